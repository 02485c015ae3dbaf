//! The list of readable formats: what each is called, how it is told, and which reader it has.

use super::decode::{self, Encoding};
use super::metadata::Declared;
use super::read::ReadOptions;
use super::{Markup, Remark, docx, epub, html, mail, markdown, odt, pdf, table};

/// How a file is read. To add one: a variant here, a line in [`Format::ALL`] and in `profile`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Format {
    /// Plain text.
    Text,
    /// Markdown.
    Markdown,
    /// HTML.
    Html,
    /// A page with all that belongs to it in one file, as browsers save it.
    Mhtml,
    /// An e-mail.
    Mail,
    /// A document of Word.
    Docx,
    /// A document of LibreOffice.
    Odt,
    /// A book.
    Epub,
    /// PDF with a text layer.
    Pdf,
    /// A table with an article in each row.
    Csv,
    /// JSON objects, one a line, an article each.
    JsonLines,
}

/// What distinguishes a format.
pub(super) struct Profile {
    pub id: &'static str,
    pub label: &'static str,
    pub extensions: &'static [&'static str],
    pub version: u32,
    pub reader: Reader,
}

/// What a reader begins with.
pub(super) enum Reader {
    /// The decoded text.
    OfText {
        read: fn(&str, &ReadOptions) -> Result<Content, String>,
        /// The encoding that the file declares of itself.
        declared_encoding: fn(&[u8]) -> Option<String>,
    },
    /// The bytes: the format says itself what its characters are.
    OfBytes(fn(&[u8], &ReadOptions) -> Result<Content, String>),
}

/// What a reader makes of a file.
#[derive(Debug, Default)]
pub(super) struct Content {
    /// `None` where the decoded text is the article's text as it stands.
    pub text: Option<String>,
    pub markup: Markup,
    pub declared: Declared,
    /// The encoding, where the reader decides it.
    pub encoding: Option<Encoding>,
    /// What the reader of the article should know.
    pub remarks: Vec<Remark>,
    /// What was chosen about reading, for the name of the reader: ", whole page".
    pub choice: String,
}

impl Content {
    /// A page's text, with what was chosen about it.
    pub fn of_page(page: html::Page, whole: bool) -> Self {
        let html::Page { text, markup, declared } = page;
        let choice = if whole { super::read::WHOLE_PAGE.to_owned() } else { String::new() };
        Self { text: Some(text), markup, declared, choice, ..Self::default() }
    }
}

impl Format {
    /// Every format, in the order of menus and of `tallymark formats`.
    pub const ALL: [Self; 11] = [
        Self::Text,
        Self::Markdown,
        Self::Html,
        Self::Mhtml,
        Self::Mail,
        Self::Docx,
        Self::Odt,
        Self::Epub,
        Self::Pdf,
        Self::Csv,
        Self::JsonLines,
    ];

    pub(super) fn profile(self) -> Profile {
        match self {
            Self::Text => Profile {
                id: "text",
                label: "Plain text",
                extensions: &["txt", "text"],
                version: 1,
                reader: Reader::OfText {
                    read: |text, _| {
                        // Many a .txt is Markdown that a script has saved.
                        let marked = markdown::is_markdown(text);
                        let markup = if marked { Markup::of_markdown(text) } else { Markup::of_plain(text) };
                        Ok(Content { markup, ..Content::default() })
                    },
                    declared_encoding: |_| None,
                },
            },
            Self::Markdown => Profile {
                id: "markdown",
                label: "Markdown",
                extensions: &["md", "markdown"],
                version: 1,
                reader: Reader::OfText {
                    read: |text, _| Ok(Content { markup: Markup::of_markdown(text), ..Content::default() }),
                    declared_encoding: |_| None,
                },
            },
            Self::Html => Profile {
                id: "html",
                label: "HTML, a saved page",
                extensions: &["html", "htm", "xhtml"],
                version: 1,
                reader: Reader::OfText {
                    read: |text, options| {
                        Ok(Content::of_page(html::read(text, options.whole_page)?, options.whole_page))
                    },
                    declared_encoding: decode::declared_in_markup,
                },
            },
            Self::Mhtml => Profile {
                id: "mhtml",
                label: "MHTML, a page saved whole",
                extensions: &["mhtml", "mht"],
                version: 1,
                reader: Reader::OfBytes(mail::read_page),
            },
            Self::Mail => Profile {
                id: "mail",
                label: "E-mail",
                extensions: &["eml"],
                version: 1,
                reader: Reader::OfBytes(mail::read),
            },
            Self::Docx => Profile {
                id: "docx",
                label: "Word document",
                extensions: &["docx"],
                version: 1,
                reader: Reader::OfBytes(docx::read),
            },
            Self::Odt => Profile {
                id: "odt",
                label: "OpenDocument text",
                extensions: &["odt"],
                version: 1,
                reader: Reader::OfBytes(odt::read),
            },
            Self::Epub => Profile {
                id: "epub",
                label: "EPUB book",
                extensions: &["epub"],
                version: 1,
                reader: Reader::OfBytes(epub::read),
            },
            Self::Pdf => Profile {
                id: "pdf",
                label: "PDF with a text layer",
                extensions: &["pdf"],
                version: 1,
                reader: Reader::OfBytes(pdf::read),
            },
            Self::Csv => Profile {
                id: "csv",
                label: "CSV, an article in each row",
                extensions: &["csv", "tsv"],
                version: 1,
                reader: Reader::OfText { read: table::read_csv, declared_encoding: |_| None },
            },
            Self::JsonLines => Profile {
                id: "jsonl",
                label: "JSON Lines, an article in each",
                extensions: &["jsonl", "ndjson"],
                version: 1,
                reader: Reader::OfText { read: table::read_json, declared_encoding: |_| None },
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

    /// Whether one file holds many articles. Such a file is opened where somebody names it, and
    /// passed over in folders: most tables that lie among articles are no articles.
    pub fn is_table(self) -> bool {
        matches!(self, Self::Csv | Self::JsonLines)
    }

    /// Whether the text of an article is the file as it stands, and not drawn out of it.
    pub fn is_verbatim(self) -> bool {
        matches!(self, Self::Text | Self::Markdown)
    }

    /// The format that a file's ending tells, whatever its case. `None` where the ending is not
    /// that of a document.
    pub fn of_name(name: &str) -> Option<Self> {
        let file = name.rsplit(['/', '\\']).next().unwrap_or(name);
        let (_, ending) = file.rsplit_once('.')?;
        let ending = ending.to_ascii_lowercase();
        Self::ALL.into_iter().find(|format| format.extensions().contains(&ending.as_str()))
    }

    /// The format of a file: by its ending; where that tells nothing, by its first bytes; else
    /// plain text.
    pub fn of(name: &str, bytes: &[u8]) -> Self {
        Self::of_name(name).or_else(|| Self::of_bytes(bytes)).unwrap_or(Self::Text)
    }

    /// The format that the bytes show without doubt.
    pub(super) fn of_bytes(bytes: &[u8]) -> Option<Self> {
        let within = |needle: &[u8], reach: usize| {
            let head = &bytes[..bytes.len().min(reach)];
            head.windows(needle.len()).any(|window| window == needle)
        };
        if bytes.starts_with(b"%PDF-") {
            return Some(Self::Pdf);
        }
        if !bytes.starts_with(b"PK\x03\x04") {
            return None;
        }
        // Both keep a first entry, not packed, that says what they are.
        if within(b"mimetypeapplication/epub+zip", 100) {
            Some(Self::Epub)
        } else if within(b"mimetypeapplication/vnd.oasis.opendocument.text", 100) {
            Some(Self::Odt)
        } else {
            within(b"word/document.xml", usize::MAX).then_some(Self::Docx)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_by_their_ending() {
        for (name, format) in [
            ("a.TXT", Some(Format::Text)),
            ("a/b.markdown", Some(Format::Markdown)),
            ("a.xhtml", Some(Format::Html)),
            ("a.mht", Some(Format::Mhtml)),
            ("a.Docx", Some(Format::Docx)),
            ("a.csv", Some(Format::Csv)),
            ("a.jpg", None),
            ("txt", None),
            ("a.txt/b", None),
        ] {
            assert_eq!(Format::of_name(name), format, "{name}");
        }
    }

    #[test]
    fn formats_by_their_bytes_where_the_ending_tells_nothing() {
        for (name, bytes, format) in [
            ("report", &b"%PDF-1.7\n"[..], Format::Pdf),
            ("report.dat", b"PK\x03\x04....................mimetypeapplication/epub+zip", Format::Epub),
            ("report", b"forty bodies", Format::Text),
            ("report.md", b"%PDF-1.7\n", Format::Markdown),
        ] {
            assert_eq!(Format::of(name, bytes), format, "{name}");
        }
    }

    #[test]
    fn no_ending_belongs_to_two_formats() {
        let mut endings: Vec<_> = Format::ALL.iter().flat_map(|format| format.extensions()).collect();
        let count = endings.len();
        endings.sort();
        endings.dedup();
        assert_eq!(endings.len(), count);
    }
}
