//! Files that hold many articles: a table (CSV) with one in each row, or JSON objects, one a line.
//!
//! Such a file is [split] first: each article becomes a small file of its own, the head of the
//! table and its one row, or the one object, which is kept with the project and can be read again.
//! Which column holds the text is chosen, or guessed from the names and, failing that, from what
//! is in them; the other columns tell title, address, outlet and date where they are named so.

mod columns;
mod csv;
mod json;

use std::borrow::Cow;

use super::decode::{self, Encoding};
use super::format::{Content, Format};
use super::metadata::Declared;
use super::read::{ReadError, ReadOptions, column_choice, too_long};
use super::{Article, Markup, Remark, html, outlet, read};
use crate::claim::Name;

pub(super) use self::csv::read as read_csv;
pub(super) use self::json::read as read_json;

/// One article of a file, as a file of its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part<'a> {
    /// What it is called: the file's own name, or "reports.csv/reports-12.csv" for its twelfth row.
    pub name: Name,
    /// Its bytes: those of the file, or a table of this row alone.
    pub bytes: Cow<'a, [u8]>,
    /// The encoding of the file that it was taken from.
    encoding: Option<Encoding>,
}

/// The articles of a file.
#[derive(Clone, Debug)]
pub struct Split<'a> {
    /// One, where the file is an article itself.
    pub parts: Vec<Part<'a>>,
    /// What is to be said of the file as a whole: which column was taken for the text.
    pub note: Option<String>,
    /// Rows that could not be read.
    pub problems: Vec<ReadError>,
    /// How the parts are read: with the column that was found.
    options: ReadOptions,
}

impl Split<'_> {
    /// Reads one of the parts.
    ///
    /// # Errors
    /// As [`read`](super::read()).
    pub fn read(&self, part: &Part<'_>) -> Result<Article, ReadError> {
        let mut article = read(&part.name, &part.bytes, &self.options)?;
        if let Some(encoding) = &part.encoding {
            article.encoding = encoding.clone();
        }
        Ok(article)
    }
}

/// Takes a file apart into its articles; most files are one.
///
/// # Errors
/// Where a table is too large or is none, or where no column holds texts: the message lists the columns.
pub fn split<'a>(name: &str, bytes: &'a [u8], options: &ReadOptions) -> Result<Split<'a>, ReadError> {
    let format = Format::of(name, bytes);
    if !format.is_table() {
        let part = Part { name: name.into(), bytes: Cow::Borrowed(bytes), encoding: None };
        return Ok(Split { parts: vec![part], note: None, problems: Vec::new(), options: options.clone() });
    }
    let failed = |message: String| ReadError { name: name.into(), message };
    if let Some(message) = too_long("a table", bytes.len(), options.max_table_bytes) {
        return Err(failed(message));
    }
    let decoded = decode::decode(bytes, options.encoding.as_deref(), None).map_err(failed)?;
    let rows = match format {
        Format::Csv => csv::rows(&decoded.text),
        _ => json::rows(&decoded.text),
    }
    .map_err(failed)?;
    let problem =
        |(line, what): (usize, String)| ReadError { name: name.into(), message: format!("line {line}: {what}") };
    let mut problems: Vec<_> = rows.problems.into_iter().map(problem).collect();
    let (column, note) = columns::text_column(&rows.columns, options.column.as_deref()).map_err(failed)?;
    let file = name.rsplit('/').next().unwrap_or(name);
    let (stem, ending) = file.rsplit_once('.').unwrap_or((file, ""));
    // Written anew, so commas part it, whatever parted it before.
    let ending = if ending.eq_ignore_ascii_case("tsv") { "csv" } else { ending };
    let mut parts = Vec::with_capacity(rows.rows.len());
    for (n, row) in rows.rows.into_iter().enumerate() {
        let name: Name = format!("{name}/{stem}-{}.{ending}", n + 1).into();
        if let Some(message) = too_long("an article", row.len(), options.max_bytes) {
            problems.push(ReadError { name, message });
            continue;
        }
        parts.push(Part { name, bytes: Cow::Owned(row.into_bytes()), encoding: Some(decoded.encoding.clone()) });
    }
    if parts.is_empty() && problems.is_empty() {
        return Err(failed("there are no rows in it".to_owned()));
    }
    let options = ReadOptions { encoding: None, column: Some(column.into()), ..options.clone() };
    Ok(Split { parts, note: Some(note), problems, options })
}

/// What a table or a list of objects comes to.
struct Rows {
    columns: Vec<Column>,
    /// Each as a file of its own.
    rows: Vec<String>,
    /// Lines that could not be read, with the reason.
    problems: Vec<(usize, String)>,
}

/// A column, as far as the choice of the one with the text needs it.
#[derive(Debug, Default)]
struct Column {
    name: String,
    /// Rows in which it holds anything, and how many characters all of these together.
    filled: usize,
    characters: usize,
}

/// One row: the names of its columns and what they hold, in order.
type Row = Vec<(String, String)>;

/// The article of one row.
fn content(row: Row, rows: usize, options: &ReadOptions) -> Result<Content, String> {
    if rows > 1 {
        return Err(format!("it holds {rows} articles and not one"));
    }
    let seen: Vec<Column> = row
        .iter()
        .map(|(name, value)| Column {
            name: name.clone(),
            filled: usize::from(!value.trim().is_empty()),
            characters: value.chars().count(),
        })
        .collect();
    let (column, _) = columns::text_column(&seen, options.column.as_deref())?;
    let text = row.iter().find(|(name, _)| *name == column).map(|(_, value)| value.as_str()).unwrap_or_default();
    if text.trim().is_empty() {
        return Err(format!("there is no text in column “{column}”"));
    }
    let mut content = if looks_like_html(text) {
        Content::of_page(html::read(text, true)?, false)
    } else {
        let text = text.replace("\r\n", "\n").replace('\r', "\n");
        let markup =
            if super::markdown::is_markdown(&text) { Markup::of_markdown(&text) } else { Markup::of_plain(&text) };
        Content { text: Some(text), markup, ..Content::default() }
    };
    content.choice = column_choice(&column);
    content.declared = declared(&row, &column);
    content.encoding = Some(Encoding { name: "UTF-8".into(), reason: "a row of a table".into() });
    let others: Vec<&str> = row.iter().map(|(name, _)| name.as_str()).filter(|name| *name != column).take(12).collect();
    if !others.is_empty() {
        let text = format!("The text is that of column “{column}”; the other columns are {}", others.join(", "));
        content.remarks.push(Remark { span: None, text });
    }
    Ok(content)
}

/// Some programs keep the text of a page with its tags.
fn looks_like_html(text: &str) -> bool {
    let text = text.trim_start();
    let head: String = text.chars().take(2_000).collect::<String>().to_ascii_lowercase();
    (head.starts_with('<') && head.contains('>')) || ["</p>", "<br", "</div>"].iter().any(|tag| head.contains(tag))
}

fn declared(row: &Row, text_column: &str) -> Declared {
    let first = |names: &[&str]| {
        names.iter().find_map(|wanted| {
            let fits = |(name, value): &&(String, String)| {
                name != text_column && columns::plain(name) == *wanted && !value.trim().is_empty()
            };
            row.iter().find(fits).map(|(_, value)| value.trim().to_owned())
        })
    };
    let is_address = |value: &str| value.contains("://");
    let outlet = first(columns::OUTLET);
    let by_host =
        outlet.as_deref().filter(|outlet| is_address(outlet) || columns::is_host(outlet)).and_then(outlet::outlet_of);
    Declared {
        title: first(columns::TITLE),
        url: first(columns::URL)
            .filter(|url| is_address(url))
            .or_else(|| outlet.clone().filter(|outlet| is_address(outlet))),
        outlet: by_host.or(outlet),
        published: first(columns::PUBLISHED).map(|written| columns::day_of_seconds(&written).unwrap_or(written)),
    }
}

#[cfg(test)]
mod tests;
