//! Bytes in, immutable text out.
//!
//! An [`Article`] is what one file came to: its text (UTF-8, LF, nothing else normalised), one
//! index of positions, its markup, a repair view over damaged characters, and what the file says
//! of its outlet, title, date and address. Pure: no file is opened here, and nothing is fetched.

mod archive;
mod datelines;
mod decode;
mod docx;
mod epub;
mod flow;
mod format;
mod hidden;
mod html;
mod language;
mod mail;
mod markdown;
mod markup;
mod metadata;
mod odt;
mod outlet;
mod pdf;
mod plain;
mod positions;
mod read;
mod reanchor;
mod repair;
mod table;
mod written_dates;
mod xml;

pub use decode::{Decoded, Encoding, decode};
pub use format::Format;
pub use hidden::{Hidden, hidden};
pub use language::{ForeignPassage, Languages};
pub use markup::{Block, BlockKind, Markup};
pub use positions::Positions;
pub use read::{ReadError, ReadOptions, Unpacking, read};
pub use reanchor::{Fate, OldText, Outcome, Reanchored, reanchor, reanchor_at};
pub use repair::RepairView;
pub use table::{Part, Split, split};

use std::sync::Arc;

use crate::claim::{ArticleId, ArticleRecord, Metadata, Name, Progress, Span, Stamp};

/// What one file came to.
#[derive(Clone, Debug)]
pub struct Article {
    /// Its identity: slug of the name, a dot, eight hex digits of the hash of the bytes.
    pub id: ArticleId,
    /// The path relative to what was opened, with `/`.
    pub name: Name,
    /// How the file was read.
    pub format: Format,
    /// SHA-256 of the bytes as opened, hexadecimal.
    pub sha256: Name,
    /// SHA-256 of `text`, hexadecimal.
    pub text_sha256: Name,
    /// The encoding that was used, and how it was decided.
    pub encoding: Encoding,
    /// The reader and its version: "html 1".
    pub reader: Name,
    /// What positions count into. Never changed.
    pub text: Arc<str>,
    /// The one index of positions.
    pub positions: Positions,
    /// Headings, paragraphs, links, emphasis: where they stand.
    pub markup: Markup,
    /// What damaged characters were meant to be.
    pub repairs: RepairView,
    /// What the file says of outlet, title, date and address.
    pub metadata: Metadata,
    /// Which parts are not English: suggestions read numbers and dates there, and nothing else.
    pub foreign: Vec<ForeignPassage>,
    /// What a reader should know of the file: bad bytes, invisible characters.
    pub remarks: Vec<Remark>,
}

impl Article {
    /// What a project keeps of an article that is opened now: its first version, unread.
    pub fn record(&self, added: Stamp) -> ArticleRecord {
        ArticleRecord {
            id: self.id.clone(),
            name: self.name.clone(),
            metadata: self.metadata.clone(),
            sha256: self.sha256.clone(),
            text_sha256: self.text_sha256.clone(),
            encoding: self.encoding.name.clone(),
            encoding_reason: self.encoding.reason.clone(),
            reader: self.reader.clone(),
            version: 1,
            progress: Progress::default(),
            added,
        }
    }
}

/// Something worth knowing about a place in an article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remark {
    /// Where, if anywhere.
    pub span: Option<Span>,
    /// What, in a sentence.
    pub text: String,
}

#[cfg(test)]
mod tests;
