//! The table of sources that an analyst keeps: outlet, title, date and address of each file.
//!
//! `file,outlet,title,published,url`, any cell empty. What it says goes over what a text says of
//! itself; an empty cell changes nothing.

use std::collections::BTreeMap;

use crate::claim::{Basis, DateWindow, Known, Metadata, Name};

/// A row of the table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Row {
    /// The line that it begins on, from 1.
    pub line: usize,
    /// The path of the article, or a base name that is unique.
    pub file: String,
    /// Who published it.
    pub outlet: Option<Name>,
    /// Its headline.
    pub title: Option<Name>,
    /// When it was published.
    pub published: Option<DateWindow>,
    /// Its address.
    pub url: Option<Name>,
}

/// The table, with what was wrong with it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MetadataTable {
    /// Its rows, in order.
    pub rows: Vec<Row>,
    /// Cells and rows that could not be read: line from 1, and what is wrong.
    pub problems: Vec<(usize, String)>,
}

impl MetadataTable {
    /// Reads the table. Columns are known by their names in the header, in any order and case;
    /// others are passed over. Commas, semicolons or tabs may stand between cells.
    ///
    /// # Errors
    /// Where there is no column `file`.
    pub fn parse(text: &str) -> Result<Self, String> {
        let header = text.lines().next().unwrap_or("");
        let delimiter = [b',', b';', b'\t']
            .into_iter()
            .max_by_key(|byte| (header.bytes().filter(|b| b == byte).count(), std::cmp::Reverse(*byte)))
            .unwrap_or(b',');
        let mut reader = csv::ReaderBuilder::new().delimiter(delimiter).flexible(true).from_reader(text.as_bytes());
        let headers = reader.headers().map_err(|error| error.to_string())?.clone();
        let column = |name: &str| headers.iter().position(|header| header.trim().eq_ignore_ascii_case(name));
        let Some(file) = column("file") else {
            return Err("line 1: there is no column “file”; the header is file,outlet,title,published,url".to_owned());
        };
        let (outlet, title, published, url) = (column("outlet"), column("title"), column("published"), column("url"));
        let mut table = Self::default();
        // The reader counts lines in its own way where they end with CR LF.
        let (mut counted, mut lines) = (0, 1);
        let mut line_of = |byte: u64| {
            let at = (byte as usize).min(text.len());
            let at = at + text.as_bytes()[at..].iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
            lines += text.as_bytes()[counted..at.max(counted)].iter().filter(|byte| **byte == b'\n').count();
            counted = at.max(counted);
            lines
        };
        for record in reader.records() {
            let record = match record {
                Ok(record) => record,
                Err(error) => {
                    let line = error.position().map_or(0, |position| line_of(position.byte()));
                    table.problems.push((line, error.to_string()));
                    continue;
                }
            };
            let line = record.position().map_or(0, |position| line_of(position.byte()));
            let cell = |column: Option<usize>| {
                let cell = column.and_then(|column| record.get(column)).unwrap_or("");
                Some(super::unguarded(cell).trim()).filter(|cell| !cell.is_empty())
            };
            let Some(file) = cell(Some(file)) else {
                if record.iter().any(|cell| !cell.trim().is_empty()) {
                    table.problems.push((line, "the row names no file".to_owned()));
                }
                continue;
            };
            let day = cell(published).and_then(|cell| {
                let window = DateWindow::parse(cell, Basis::Analyst);
                if window.is_none() {
                    let forms = "2026, 2026-02, 2026-02-06 or 2026-02-06/2026-02-28";
                    table.problems.push((line, format!("published: “{cell}” is none of {forms}")));
                }
                window
            });
            table.rows.push(Row {
                line,
                file: file.replace('\\', "/"),
                outlet: cell(outlet).map(Name::from),
                title: cell(title).map(Name::from),
                published: day,
                url: cell(url).map(Name::from),
            });
        }
        Ok(table)
    }

    /// Which row belongs to which article: for each article its row, and in words which rows match
    /// nothing, several articles, or an article that another row has already.
    pub fn matched<'a>(&self, articles: impl IntoIterator<Item = &'a str>) -> (BTreeMap<&'a str, &Row>, Vec<String>) {
        let articles: Vec<&str> = articles.into_iter().collect();
        let mut by_base: BTreeMap<&str, Vec<&'a str>> = BTreeMap::new();
        for article in &articles {
            by_base.entry(base(article)).or_default().push(article);
        }
        let mut matched: BTreeMap<&'a str, &Row> = BTreeMap::new();
        let mut remarks = Vec::new();
        for row in &self.rows {
            let exact = articles.iter().find(|article| **article == row.file);
            let found = match (exact, by_base.get(base(&row.file)).map(Vec::as_slice)) {
                (Some(article), _) => *article,
                // A path that is none of the articles' matches only where it is a base name.
                (None, Some([article])) if !row.file.contains('/') || !article.contains('/') => *article,
                (None, Some(several)) if several.len() > 1 && !row.file.contains('/') => {
                    let names = several.join(", ");
                    remarks.push(format!("line {}: “{}” could be any of {names}; not used", row.line, row.file));
                    continue;
                }
                _ => {
                    remarks.push(format!("line {}: “{}” matches no article", row.line, row.file));
                    continue;
                }
            };
            if let Some(first) = matched.get(found) {
                remarks.push(format!("line {}: {found} has a row already, in line {}; not used", row.line, first.line));
            } else {
                matched.insert(found, row);
            }
        }
        (matched, remarks)
    }
}

fn base(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

impl Row {
    /// What is known of an article once the row has been laid over what its text says. The basis
    /// is `analyst`, or that of the text where the two agree.
    pub fn over(&self, metadata: &Metadata) -> Metadata {
        let laid = |value: &Option<Name>, known: &Option<Known>| match (value, known) {
            (None, known) => known.clone(),
            (Some(value), Some(known)) if known.value == *value && known.basis == Basis::Stated => Some(known.clone()),
            (Some(value), _) => Some(Known::new(value.clone(), Basis::Analyst)),
        };
        let mut result = Metadata {
            outlet: laid(&self.outlet, &metadata.outlet),
            title: laid(&self.title, &metadata.title),
            url: laid(&self.url, &metadata.url),
            ..metadata.clone()
        };
        if let Some(window) = self.published {
            let stated = metadata.published;
            let is_stated = stated.is_known() && stated.basis == Basis::Stated;
            if is_stated && window.contains(&stated) {
                // The text is as exact, or more so.
                result.published = stated;
                result.date_differs = false;
            } else {
                result.published = window;
                result.date_differs = stated.is_known() && !window.contains(&stated);
            }
        }
        result
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str, basis: Basis) -> DateWindow {
        DateWindow::parse(text, basis).expect(text)
    }

    #[test]
    fn a_table_is_read_whatever_stands_between_its_cells() {
        for text in [
            "file,outlet,title,published,url\na.txt,The Example,,2026-01-29,\n",
            "file;outlet;title;published;url\na.txt;The Example;;2026-01-29;\n",
            "URL\tnotes\tPublished\tFILE\tOutlet\n\tsee below\t2026-01-29\ta.txt\tThe Example\n\n",
            "file,outlet,published\r\na.txt,\"The Example\",2026-01-29\r\n,,\r\n",
        ] {
            let table = MetadataTable::parse(text).expect(text);
            assert_eq!(table.problems, [], "{text}");
            let row = &table.rows[0];
            assert_eq!((row.line, row.file.as_str(), row.outlet.as_deref()), (2, "a.txt", Some("The Example")));
            assert_eq!(row.published, Some(day("2026-01-29", Basis::Analyst)));
            assert_eq!((&row.title, &row.url), (&None, &None));
        }
    }

    #[test]
    fn what_cannot_be_read_is_named_by_its_line() {
        assert!(MetadataTable::parse("name,date\n").is_err());
        assert!(MetadataTable::parse("").is_err());
        let table = MetadataTable::parse("file,outlet,published\na.txt,X,18/9\n,Y,\n").expect("a header");
        let lines: Vec<_> = table.problems.iter().map(|problem| problem.0).collect();
        assert_eq!(lines, [2, 3]);
        assert_eq!(table.rows[0].outlet.as_deref(), Some("X"), "the rest of the row counts");
    }

    #[test]
    fn rows_find_their_articles() {
        let table =
            MetadataTable::parse("file,outlet\nx/a.txt,1\nb.txt,2\nc.txt,3\nb.txt,4\nd.txt,5\n").expect("a header");
        let (matched, remarks) = table.matched(["x/a.txt", "y/a.txt", "y/b.txt", "x/c.txt", "y/c.txt"]);
        let found: Vec<_> = matched.iter().map(|(article, row)| (*article, row.line)).collect();
        assert_eq!(found, [("x/a.txt", 2), ("y/b.txt", 3)]);
        assert_eq!(
            remarks,
            [
                "line 4: “c.txt” could be any of x/c.txt, y/c.txt; not used",
                "line 5: y/b.txt has a row already, in line 3; not used",
                "line 6: “d.txt” matches no article"
            ]
        );
    }

    #[test]
    fn the_table_goes_over_the_text() {
        for (stated, row, expected) in [
            ("", "2026-01-29", "2026-01-29 by hand"),
            ("2026-01-29", "2026-01-29", "2026-01-29 stated"),
            ("2026-01-29", "2026-01", "2026-01-29 stated"),
            ("2026-01-29", "2026-01-30", "2026-01-30 by hand, differs"),
            ("2026-01-29", "", "2026-01-29 stated"),
        ] {
            let published = DateWindow::parse(stated, Basis::Stated).unwrap_or_default();
            let metadata = Metadata { published, title: Some(Known::new("T", Basis::Stated)), ..Metadata::default() };
            let row = Row {
                published: DateWindow::parse(row, Basis::Analyst),
                outlet: Some("O".into()),
                title: Some("T".into()),
                ..Row::default()
            };
            let result = row.over(&metadata);
            let differs = if result.date_differs { ", differs" } else { "" };
            assert_eq!(format!("{} {}{differs}", result.published.notation(), result.published.basis.word()), expected);
            assert_eq!(result.outlet, Some(Known::new("O", Basis::Analyst)));
            assert_eq!(result.title, Some(Known::new("T", Basis::Stated)));
        }
    }
}
