//! What is known of an article beside its text.

use serde::{Deserialize, Serialize};

use super::{ArticleId, Basis, DateWindow, Name, Stamp};

/// A value, and what it rests on.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Known {
    /// The value.
    pub value: Name,
    /// What it rests on.
    pub basis: Basis,
}

impl Known {
    /// A value with its basis.
    pub fn new(value: impl Into<Name>, basis: Basis) -> Self {
        Self { value: value.into(), basis }
    }
}

/// Outlet, title, address and date of publication, each with its basis.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Metadata {
    /// Who published it.
    pub outlet: Option<Known>,
    /// Its headline.
    pub title: Option<Known>,
    /// Its address. Text: nothing is ever fetched.
    pub url: Option<Known>,
    /// When it was published; the basis stands inside.
    pub published: DateWindow,
    /// Day and month that the text gives without a year ("18/9"), as `XXXX-09-18`, or a weekday as
    /// `XXXX-WXX-4`: what the file alone supports of the date of publication.
    pub published_value: Option<Name>,
    /// Whether a date entered by hand differs from the one that the text states.
    pub date_differs: bool,
    /// The language of most of it, where that is not English: "Russian".
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language: Option<Name>,
}

/// How far the analyst has got with an article.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Progress {
    /// Not opened yet.
    #[default]
    Unread,
    /// Begun.
    InProgress,
    /// Read, whatever was found in it.
    Done,
}

/// An article as a project lists it; its text lies beside.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ArticleRecord {
    /// Its identity.
    pub id: ArticleId,
    /// The file's name as opened, with `/`; what the command line calls `article`.
    pub name: Name,
    /// Outlet, title, address, date.
    pub metadata: Metadata,
    /// SHA-256 of the bytes as opened, hexadecimal.
    pub sha256: Name,
    /// SHA-256 of the text that positions count into, hexadecimal.
    pub text_sha256: Name,
    /// The encoding that was used: "UTF-8".
    pub encoding: Name,
    /// How it was decided: "strict UTF-8", "byte-order mark", "declared", "guessed", "by hand".
    pub encoding_reason: Name,
    /// The reader that made text of the bytes, and its version: "html 1".
    pub reader: Name,
    /// The current version, from 1.
    pub version: u32,
    /// How far the analyst has got.
    #[serde(default)]
    pub progress: Progress,
    /// Who added it, and when.
    pub added: Stamp,
}

impl ArticleRecord {
    /// The title, or the file's name where there is none.
    pub fn label(&self) -> &str {
        self.metadata.title.as_ref().map_or(&self.name, |title| &title.value)
    }
}
