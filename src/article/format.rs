//! The list of readable formats, and the way from a file's bytes to an [`Article`].

use std::sync::Arc;

use sha2::{Digest as _, Sha256};

use super::decode::{self, Decoded};
use super::metadata::{self, Declared};
use super::{Article, Markup, Positions, Remark, RepairView, html, language, markdown, repair};
use crate::claim::{ArticleId, ArticleRecord, Metadata, Name, Span};

/// How a file is read. To add one: a variant here, a line in [`Format::ALL`] and in `profile`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Format {
    /// Plain text.
    Text,
    /// Markdown.
    Markdown,
    /// HTML.
    Html,
}

/// What distinguishes a format.
struct Profile {
    id: &'static str,
    label: &'static str,
    extensions: &'static [&'static str],
    version: u32,
    read: fn(&str, &ReadOptions) -> Result<Content, String>,
    /// The encoding that the file declares of itself.
    declared_encoding: fn(&[u8]) -> Option<String>,
}

/// What a reader makes of decoded text.
struct Content {
    /// `None` where the decoded text is the article's text as it stands.
    text: Option<String>,
    markup: Markup,
    declared: Declared,
}

impl Format {
    /// Every format, in the order of menus and of `tallymark formats`.
    pub const ALL: [Self; 3] = [Self::Text, Self::Markdown, Self::Html];

    fn profile(self) -> Profile {
        match self {
            Self::Text => Profile {
                id: "text",
                label: "Plain text",
                extensions: &["txt", "text"],
                version: 1,
                read: |text, _| {
                    // Many a .txt is Markdown that a script has saved.
                    let marked = markdown::is_markdown(text);
                    let markup = if marked { Markup::of_markdown(text) } else { Markup::of_plain(text) };
                    Ok(Content { text: None, markup, declared: Declared::default() })
                },
                declared_encoding: |_| None,
            },
            Self::Markdown => Profile {
                id: "markdown",
                label: "Markdown",
                extensions: &["md", "markdown"],
                version: 1,
                read: |text, _| {
                    let markup = Markup::of_markdown(text);
                    Ok(Content { text: None, markup, declared: Declared::default() })
                },
                declared_encoding: |_| None,
            },
            Self::Html => Profile {
                id: "html",
                label: "HTML, a saved page",
                extensions: &["html", "htm", "xhtml"],
                version: 1,
                read: |text, options| {
                    let html::Page { text, markup, declared } = html::read(text, options.whole_page)?;
                    Ok(Content { text: Some(text), markup, declared })
                },
                declared_encoding: decode::declared_in_markup,
            },
        }
    }

    /// Its identity, as reports and the command line write it: "html".
    pub fn id(self) -> &'static str {
        self.profile().id
    }

    /// As menus show it: "Plain text".
    pub fn label(self) -> &'static str {
        self.profile().label
    }

    /// The endings of its files, without the point, in lower case; the first is the usual one.
    pub fn extensions(self) -> &'static [&'static str] {
        self.profile().extensions
    }

    /// The version of its reader; it grows where the same bytes come to another text or markup.
    pub fn version(self) -> u32 {
        self.profile().version
    }

    /// The format that a file's ending tells, whatever its case. `None` where the ending is not
    /// that of a document.
    pub fn of_name(name: &str) -> Option<Self> {
        let file = name.rsplit(['/', '\\']).next().unwrap_or(name);
        let (_, ending) = file.rsplit_once('.')?;
        let ending = ending.to_ascii_lowercase();
        Self::ALL.into_iter().find(|format| format.extensions().contains(&ending.as_str()))
    }
}

/// What may be chosen about reading.
#[derive(Clone, Debug)]
pub struct ReadOptions {
    /// An encoding by its label, for "Reopen with encoding…".
    pub encoding: Option<Name>,
    /// The whole page of an HTML file rather than its main text.
    pub whole_page: bool,
    /// Files larger than this, in bytes, are not read. Never more than 1 GiB, since positions
    /// have to fit in four bytes.
    pub max_bytes: usize,
}

/// What the name of a reader ends with where the whole page was read.
const WHOLE_PAGE: &str = ", whole page";

impl ReadOptions {
    /// The options under which the same bytes come to the same text again.
    pub fn of_record(record: &ArticleRecord) -> Self {
        Self {
            encoding: (&*record.encoding_reason == decode::BY_HAND).then(|| record.encoding.clone()),
            whole_page: record.reader.ends_with(WHOLE_PAGE),
            ..Self::default()
        }
    }
}

impl Default for ReadOptions {
    fn default() -> Self {
        Self { encoding: None, whole_page: false, max_bytes: 20 * 1_000_000 }
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

/// Reads a file's bytes. `name` is its path relative to what was opened, with `/`; its ending
/// chooses the format, and a file with another ending is read as plain text.
///
/// # Errors
/// Where the file is too large, is no text, or its markup cannot be read.
pub fn read(name: &str, bytes: &[u8], options: &ReadOptions) -> Result<Article, ReadError> {
    let failed = |message: String| ReadError { name: name.into(), message };
    let limit = options.max_bytes.min(1 << 30);
    if bytes.len() > limit {
        let megabytes = |n: usize| n.div_ceil(1_000_000);
        return Err(failed(format!(
            "{} MB is more than the limit of {} MB for an article",
            megabytes(bytes.len()),
            megabytes(limit)
        )));
    }
    let format = Format::of_name(name).unwrap_or(Format::Text);
    let profile = format.profile();
    let declared = (profile.declared_encoding)(bytes);
    let decoded = decode::decode(bytes, options.encoding.as_deref(), declared.as_deref()).map_err(failed)?;
    let Decoded { text, encoding, bad } = decoded;
    let content = (profile.read)(&text, options).map_err(failed)?;
    let extracted = content.text.is_some();
    let text: Arc<str> = content.text.unwrap_or(text).into();

    let mut remarks = remarks_on_bad_bytes(&text, &bad, extracted);
    remarks.extend(repair::hidden_characters(&text));
    let repairs = RepairView::find(&text);
    if !repairs.is_empty() {
        let first = repairs.repairs()[0];
        remarks.push(Remark {
            span: Some(Span::new(first.0 as usize, first.0 as usize + first.1.len_utf8())),
            text: format!("{} damaged characters are shown as what they were meant to be", repairs.len()),
        });
    }
    let (languages, more) = language::languages_of(&text, &content.markup);
    remarks.extend(more);
    let metadata = Metadata { language: languages.main, ..metadata::read(&text, &content.markup, content.declared) };
    let sha256: Name = hex(bytes).into();
    Ok(Article {
        id: ArticleId(format!("{}.{}", slug(name), &sha256[..8]).into()),
        name: name.into(),
        format,
        text_sha256: hex(text.as_bytes()).into(),
        sha256,
        encoding,
        reader: if options.whole_page && extracted {
            format!("{} {}{WHOLE_PAGE}", profile.id, profile.version).into()
        } else {
            format!("{} {}", profile.id, profile.version).into()
        },
        positions: Positions::new(&text),
        metadata,
        foreign: languages.foreign,
        markup: content.markup,
        repairs,
        remarks,
        text,
    })
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
        let record = ArticleRecord {
            id: article.id.clone(),
            name: article.name.clone(),
            metadata: article.metadata.clone(),
            sha256: article.sha256.clone(),
            text_sha256: article.text_sha256.clone(),
            encoding: article.encoding.name.clone(),
            encoding_reason: article.encoding.reason.clone(),
            reader: article.reader.clone(),
            version: 1,
            progress: crate::claim::Progress::Unread,
            added: crate::claim::Stamp { by: "anna".into(), at: chrono::DateTime::UNIX_EPOCH },
        };
        let again = ReadOptions::of_record(&record);
        assert_eq!((again.encoding.as_deref(), again.whole_page), (Some("KOI8-R"), true));
    }

    #[test]
    fn formats_by_their_ending() {
        for (name, format) in [
            ("a.TXT", Some(Format::Text)),
            ("a/b.markdown", Some(Format::Markdown)),
            ("a.xhtml", Some(Format::Html)),
            ("a.csv", None),
            ("txt", None),
            ("a.txt/b", None),
        ] {
            assert_eq!(Format::of_name(name), format, "{name}");
        }
    }
}
