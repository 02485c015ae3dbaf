//! Which column of a table holds what, by its name.

use super::Column;

/// Names of the column with the text, the likeliest first.
const TEXT: &[&str] = &[
    "text",
    "fulltext",
    "articletext",
    "articlebody",
    "maintext",
    "body",
    "bodytext",
    "content",
    "articlecontent",
    "article",
    "plaintext",
    "cleantext",
    "rawtext",
    "cleanedtext",
    "story",
    "transcript",
    "contenthtml",
    "html",
    "message",
    "post",
    "description",
];
pub(super) const TITLE: &[&str] = &["title", "headline", "articletitle", "heading", "subject"];
pub(super) const URL: &[&str] =
    &["url", "link", "articleurl", "sourceurl", "weburl", "canonicalurl", "permalink", "address", "href", "uri"];
pub(super) const OUTLET: &[&str] = &[
    "outlet",
    "sourcename",
    "source",
    "publisher",
    "publishername",
    "publication",
    "newspaper",
    "medianame",
    "media",
    "sitename",
    "site",
    "website",
    "domain",
    "feed",
];
pub(super) const PUBLISHED: &[&str] = &[
    "published",
    "publishedat",
    "publicationdate",
    "datepublished",
    "publisheddate",
    "publishdate",
    "pubdate",
    "date",
    "datetime",
    "timestamp",
    "createdat",
    "time",
];

/// A name without case and signs: "Full_Text" is "fulltext", "source.name" is "sourcename".
pub(super) fn plain(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Whether something is the name of a host: "tass.com".
pub(super) fn is_host(value: &str) -> bool {
    let (Some((_, end)), false) = (value.rsplit_once('.'), value.contains(char::is_whitespace)) else { return false };
    (2..=10).contains(&end.len()) && end.chars().all(|c| c.is_ascii_lowercase())
}

/// The day of a time in seconds or milliseconds since 1970, as programs write it.
pub(super) fn day_of_seconds(written: &str) -> Option<String> {
    let number: i64 = written.split('.').next()?.parse().ok()?;
    let seconds = match written.len() {
        9..=10 => number,
        12..=13 => number / 1000,
        _ => return None,
    };
    Some(chrono::DateTime::from_timestamp(seconds, 0)?.format("%Y-%m-%d").to_string())
}

/// A text shorter than this, in characters on the average, is no article.
const LONG: usize = 80;

/// The column that holds the text, and a sentence on why: the one that was asked for, one of a
/// telling name that is filled in at least half as many rows as any other, or the one with by far
/// the longest texts.
pub(super) fn text_column(columns: &[Column], asked: Option<&str>) -> Result<(String, String), String> {
    let list = || columns.iter().map(|column| column.name.as_str()).take(30).collect::<Vec<_>>().join(", ");
    if let Some(asked) = asked {
        let exact = columns.iter().find(|column| column.name == asked);
        let found = exact.or_else(|| columns.iter().find(|column| plain(&column.name) == plain(asked)));
        let found = found.ok_or_else(|| format!("there is no column “{asked}”; there are {}", list()))?;
        return Ok((found.name.clone(), format!("the text is that of column “{}”", found.name)));
    }
    let most = columns.iter().map(|column| column.filled).max().unwrap_or(0);
    let named = TEXT.iter().find_map(|name| {
        columns.iter().find(|column| plain(&column.name) == *name && column.filled > 0 && column.filled * 2 >= most)
    });
    if let Some(column) = named {
        let note = format!("the text is taken from column “{}”, guessed by its name", column.name);
        return Ok((column.name.clone(), note));
    }
    let average = |column: &Column| column.characters / column.filled.max(1);
    let mut by_length: Vec<&Column> = columns.iter().collect();
    by_length.sort_by_key(|column| std::cmp::Reverse(column.characters));
    let next = by_length.get(1).map_or(0, |column| column.characters);
    if let Some(longest) =
        by_length.first().filter(|longest| average(longest) >= LONG && longest.characters >= 2 * next)
    {
        let note = format!("the text is taken from column “{}”, which holds by far the longest texts", longest.name);
        return Ok((longest.name.clone(), note));
    }
    Err(format!("no column of it can be told to hold the text of articles; choose one of {}", list()))
}
