//! The way from a file's bytes to an [`Article`], and what may be chosen on it.

use std::sync::Arc;

use sha2::{Digest as _, Sha256};

use super::decode::{self, Decoded, Encoding};
use super::format::{Content, Format, Reader};
use super::{Article, Positions, Remark, RepairView, hidden, language, metadata};
use crate::claim::{ArticleId, ArticleRecord, Metadata, Name, Span};

/// What may be chosen about reading.
#[derive(Clone, Debug)]
pub struct ReadOptions {
    /// An encoding by its label, for "Reopen with encoding…".
    pub encoding: Option<Name>,
    /// The whole page of an HTML file rather than its main text.
    pub whole_page: bool,
    /// The column or key that holds the text of a table's articles; `None` has it guessed.
    pub column: Option<Name>,
    /// Files larger than this, in bytes, are not read, nor are texts. Never more than 1 GiB, since
    /// positions have to fit in four bytes.
    pub max_bytes: usize,
    /// The same for a file that holds many articles.
    pub max_table_bytes: usize,
    /// How far what is packed is unpacked.
    pub unpacking: Unpacking,
}

/// How far what is packed inside a file is unpacked before the file is taken for an attack.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unpacking {
    /// How many times its packed length something may come to, once that is over a megabyte.
    pub ratio: usize,
    /// Bytes that everything in one file may come to together.
    pub bytes: usize,
    /// Entries of an archive.
    pub entries: usize,
    /// How deep elements of XML may be nested, forms of a PDF, messages in messages. An archive
    /// inside an archive is never opened.
    pub depth: usize,
}

impl Default for Unpacking {
    fn default() -> Self {
        Self { ratio: 100, bytes: 100_000_000, entries: 10_000, depth: 256 }
    }
}

/// What the name of a reader ends with where the whole page was read.
pub(super) const WHOLE_PAGE: &str = ", whole page";
/// What stands before the name of the column that was read.
const COLUMN: &str = ", column ";

/// What the name of a reader ends with where a column was read.
pub(super) fn column_choice(column: &str) -> String {
    format!("{COLUMN}{column}")
}

impl ReadOptions {
    /// The options under which the same bytes come to the same text again.
    pub fn of_record(record: &ArticleRecord) -> Self {
        Self {
            encoding: (&*record.encoding_reason == decode::BY_HAND).then(|| record.encoding.clone()),
            whole_page: record.reader.ends_with(WHOLE_PAGE),
            column: record.reader.split_once(COLUMN).map(|(_, column)| column.into()),
            // What was opened once is opened again, whatever the limit was then.
            max_bytes: usize::MAX,
            ..Self::default()
        }
    }

    /// How long a file of this name may be, in bytes.
    pub fn limit_for(&self, name: &str) -> usize {
        if Format::of_name(name).is_some_and(Format::is_table) { self.max_table_bytes } else { self.max_bytes }
    }

    /// What is wrong with a file of this name and length, in bytes, before it is read; `None` where
    /// it is within the limit.
    pub fn too_long(&self, name: &str, length: usize) -> Option<String> {
        let what = if Format::of_name(name).is_some_and(Format::is_table) { "a table" } else { "an article" };
        too_long(what, length, self.limit_for(name))
    }
}

impl Default for ReadOptions {
    fn default() -> Self {
        Self {
            encoding: None,
            whole_page: false,
            column: None,
            max_bytes: 20 * 1_000_000,
            max_table_bytes: 500 * 1_000_000,
            unpacking: Unpacking::default(),
        }
    }
}

/// Why a file could not be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadError {
    /// The file.
    pub name: Name,
    /// What is wrong, and what to do, in a sentence.
    pub message: String,
}

impl std::fmt::Display for ReadError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}: {}", self.name, self.message)
    }
}

impl std::error::Error for ReadError {}

/// What is wrong with something of this length; `None` where it is within the limit.
pub(super) fn too_long(what: &str, length: usize, limit: usize) -> Option<String> {
    let limit = limit.min(1 << 30);
    let megabytes = |n: usize| n.div_ceil(1_000_000);
    (length > limit)
        .then(|| format!("{} MB is more than the limit of {} MB for {what}", megabytes(length), megabytes(limit)))
}

/// Reads a file's bytes. `name` is its path relative to what was opened, with `/`; its ending
/// chooses the format. A file with another ending is what its first bytes show, else plain text.
/// A file that holds many articles is [split](super::split) first.
///
/// # Errors
/// Where the file is too large, is no text, or cannot be read as what its ending says.
pub fn read(name: &str, bytes: &[u8], options: &ReadOptions) -> Result<Article, ReadError> {
    let failed = |message: String| ReadError { name: name.into(), message };
    if let Some(message) = too_long("an article", bytes.len(), options.max_bytes) {
        return Err(failed(message));
    }
    let format = Format::of(name, bytes);
    let profile = format.profile();
    let (content, decoded) = match profile.reader {
        Reader::OfText { read, declared_encoding } => {
            let declared = declared_encoding(bytes);
            let decoded = decode::decode(bytes, options.encoding.as_deref(), declared.as_deref());
            let decoded = decoded.map_err(|message| failed(with_right_ending(message, format, bytes)))?;
            (read(&decoded.text, options).map_err(failed)?, decoded)
        }
        Reader::OfBytes(read) => {
            let mut content = read(bytes, options).map_err(failed)?;
            let own = || Encoding { name: "Unicode".into(), reason: "the format's own".into() };
            let encoding = content.encoding.take().unwrap_or_else(own);
            (content, Decoded { text: String::new(), encoding, bad: Vec::new() })
        }
    };
    let Decoded { text, encoding, bad } = decoded;
    let Content { text: drawn, markup, declared, encoding: _, remarks: told, choice } = content;
    let extracted = drawn.is_some();
    let text: Arc<str> = drawn.unwrap_or(text).into();
    if let Some(message) = too_long("the text of an article", text.len(), options.max_bytes) {
        return Err(failed(message));
    }

    let mut remarks = told;
    remarks.extend(remarks_on_bad_bytes(&text, &bad, extracted));
    remarks.extend(hidden::remarks(&text));
    let repairs = RepairView::find(&text);
    if !repairs.is_empty() {
        let first = repairs.repairs()[0];
        remarks.push(Remark {
            span: Some(Span::new(first.0 as usize, first.0 as usize + first.1.len_utf8())),
            text: format!("{} damaged characters are shown as what they were meant to be", repairs.len()),
        });
    }
    let (languages, more) = language::languages_of(&text, &markup);
    remarks.extend(more);
    let metadata = Metadata { language: languages.main, ..metadata::read(&text, &markup, declared) };
    let sha256: Name = hex(bytes).into();
    Ok(Article {
        id: ArticleId(format!("{}.{}", slug(name), &sha256[..8]).into()),
        name: name.into(),
        format,
        text_sha256: hex(text.as_bytes()).into(),
        sha256,
        encoding,
        reader: format!("{} {}{choice}", profile.id, profile.version).into(),
        positions: Positions::new(&text),
        metadata,
        foreign: languages.foreign,
        markup,
        repairs,
        remarks,
        text,
    })
}

/// What is said of a file that is no text: where it is another document in truth, how to open it.
fn with_right_ending(message: String, format: Format, bytes: &[u8]) -> String {
    match Format::of_bytes(bytes) {
        Some(truly) if truly != format => {
            let ending = truly.extensions()[0];
            format!("this is {}, whatever its ending says; rename it to .{ending} to open it", truly.label())
        }
        _ => message,
    }
}

fn remarks_on_bad_bytes(text: &str, bad: &[usize], extracted: bool) -> Vec<Remark> {
    if bad.is_empty() {
        return Vec::new();
    }
    if extracted {
        return vec![Remark { span: None, text: format!("{} sequences of bytes could not be decoded", bad.len()) }];
    }
    const NAMED: usize = 20;
    let length = char::REPLACEMENT_CHARACTER.len_utf8();
    let mut remarks: Vec<Remark> = bad
        .iter()
        .take(NAMED)
        .map(|at| {
            let line = text[..*at].matches('\n').count() + 1;
            let span = Some(Span::new(*at, at + length));
            Remark { span, text: format!("line {line}: bytes that could not be decoded are shown as U+FFFD") }
        })
        .collect();
    if bad.len() > NAMED {
        remarks.push(Remark {
            span: None,
            text: format!("{} more places with bytes that could not be decoded", bad.len() - NAMED),
        });
    }
    remarks
}

/// A readable name from a file's: `[a-z0-9-]`, at most 40 characters, never empty, never one that
/// a system keeps for a device.
fn slug(name: &str) -> String {
    let file = name.rsplit('/').next().unwrap_or(name);
    let stem = match file.rsplit_once('.') {
        Some((stem, _)) if !stem.is_empty() => stem,
        _ => file,
    };
    let mut slug = String::new();
    for c in stem.chars() {
        if c.is_ascii_alphanumeric() {
            slug.push(c.to_ascii_lowercase());
        } else if !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
        if slug.len() == 40 {
            break;
        }
    }
    let slug = slug.trim_end_matches('-');
    let numbered =
        |prefix: &str| slug.len() == 4 && slug.starts_with(prefix) && slug.ends_with(|c: char| c.is_ascii_digit());
    let device = matches!(slug, "con" | "prn" | "aux" | "nul") || numbered("com") || numbered("lpt");
    match slug {
        "" => "article".to_owned(),
        slug if device => format!("article-{slug}"),
        slug => slug.to_owned(),
    }
}

fn hex(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::BlockKind;

    #[test]
    fn an_article_knows_what_it_was_made_of() {
        let article =
            read("news/Two Sides (1).md", b"# Title\r\n\r\n**40** bodies\r\n", &ReadOptions::default()).expect("reads");
        assert_eq!(&*article.text, "# Title\n\n**40** bodies\n");
        assert_eq!(article.id.0.split('.').next(), Some("two-sides-1"));
        assert_eq!(article.id.0.len(), "two-sides-1".len() + 9);
        assert_eq!((&*article.reader, article.format), ("markdown 1", Format::Markdown));
        assert_eq!(article.markup.blocks[0].kind, BlockKind::Heading(1));
        assert_eq!(article.sha256.len(), 64);
        assert_ne!(article.sha256, article.text_sha256);
    }

    #[test]
    fn an_empty_file_is_an_article() {
        for bytes in [&b""[..], b"\xef\xbb\xbf", b"\r\n"] {
            for name in ["a.txt", "a.md", "a.html"] {
                let article = read(name, bytes, &ReadOptions::default()).expect("reads");
                assert!(article.text.trim().is_empty() && article.markup.blocks.is_empty(), "{name}");
            }
        }
    }

    #[test]
    fn markdown_in_a_text_file_is_known_and_left_as_it_is() {
        let text = "![]() |\nThe sides [swapped](https://a.example/1) 40 bodies.";
        let article = read("a.txt", text.as_bytes(), &ReadOptions::default()).expect("reads");
        assert_eq!((&*article.text, &*article.reader), (text, "text 1"));
        assert_eq!(article.markup.links.len(), 1);
        assert!(!article.markup.syntax.is_empty());
    }

    #[test]
    fn what_cannot_be_read_is_said() {
        let options = ReadOptions { max_bytes: 10, ..ReadOptions::default() };
        let error = read("a.txt", &[b'a'; 11], &options).expect_err("too large");
        assert_eq!(error.to_string(), "a.txt: 1 MB is more than the limit of 1 MB for an article");
        assert!(read("a.txt", b"\x89PNG\r\n\x1a\n", &ReadOptions::default()).is_err());
    }

    #[test]
    fn bad_bytes_are_named_by_their_place() {
        let article = read("a.txt", b"one\xe2\x80\x99s\ntwo \xff", &ReadOptions::default()).expect("reads");
        let remark = &article.remarks[0];
        assert_eq!(remark.span.map(|span| span.of(&article.text)), Some("\u{fffd}"));
        assert!(remark.text.starts_with("line 2"), "{}", remark.text);
    }

    #[test]
    fn slugs_are_safe_on_every_system() {
        for (name, expected) in [
            ("001_5d37.txt", "001-5d37"),
            ("a/b/Ünïcode Näme.txt", "n-code-n-me"),
            ("Новости.txt", "article"),
            ("con.txt", "article-con"),
            ("COM1.html", "article-com1"),
            ("--.txt", "article"),
            (".txt", "txt"),
            ("noending", "noending"),
            ("a..b.txt", "a-b"),
        ] {
            assert_eq!(slug(name), expected, "{name}");
        }
        assert_eq!(slug(&format!("{}.txt", "ab ".repeat(60))).len(), 40);
    }

    #[test]
    fn a_record_keeps_how_it_was_read() {
        let options = ReadOptions { encoding: Some("koi8-r".into()), whole_page: true, ..ReadOptions::default() };
        let article = read("a.html", b"<nav>\xd4\xc5\xcc\xc1</nav>", &options).expect("reads");
        assert_eq!((&*article.text, &*article.reader), ("тела\n", "html 1, whole page"));
        let record = article.record(crate::claim::Stamp { by: "anna".into(), at: chrono::DateTime::UNIX_EPOCH });
        let again = ReadOptions::of_record(&record);
        assert_eq!((again.encoding.as_deref(), again.whole_page), (Some("KOI8-R"), true));
    }
}
