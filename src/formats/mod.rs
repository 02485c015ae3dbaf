//! Datasets out and in: one file per format, one line in [`FORMATS`].
//!
//! An exporter is a leaf: a pure function from a [`Dataset`] to files. Nothing here opens a file;
//! names and bytes are given back, and whoever asked writes them.

mod claims;
mod dataset;
mod dossier;
mod facts;
mod guard;
mod import;
mod jsonl;
pub mod metadata_table;
mod outside;
pub mod picture;
mod report;
mod schema;
mod tables;
pub mod views;
mod webanno;

pub use claims::suggestion_lines;
pub use dataset::{Dataset, Document};
pub use facts::facts_json;
pub use guard::{guarded, unguarded};
pub use import::{Anchoring, ImportedClaims, LineProblem, read_claims};
pub use outside::{OutsideLines, article_line};
pub use report::text_report;
pub use schema::{ClaimLine, CountLine, DateLine, MentionLine, More, Place, Why};
pub use tables::claims_table;

/// A file that an export came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutputFile {
    /// Its name, without a folder: "facts.csv".
    pub name: String,
    /// Its contents.
    pub bytes: Vec<u8>,
}

/// Why a dataset could not be exported, in a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExportError(pub String);

impl std::fmt::Display for ExportError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for ExportError {}

/// A format of datasets. Menus, dialogs, `tallymark formats` and the table in the guide follow
/// from [`FORMATS`].
#[derive(Clone, Copy, Debug)]
pub struct ExportFormat {
    /// As the command line writes it: "csv".
    pub id: &'static str,
    /// As menus show it.
    pub label: &'static str,
    /// The ending of its files, without the point.
    pub extension: &'static str,
    /// What its positions count.
    pub units: &'static str,
    /// The independent readers that it is checked with.
    pub checked_with: &'static str,
    /// What comes out: several files go to a folder, one to a file.
    pub files: &'static [&'static str],
    /// Makes the files.
    pub export: fn(&Dataset<'_>) -> Result<Vec<OutputFile>, ExportError>,
}

/// Every format of datasets, in the order of menus.
pub const FORMATS: &[ExportFormat] =
    &[tables::FORMAT, jsonl::FORMAT, webanno::FORMAT, claims::FORMAT, facts::FORMAT, dossier::FORMAT];

/// The format of an id.
pub fn format(id: &str) -> Option<&'static ExportFormat> {
    FORMATS.iter().find(|format| format.id == id)
}

#[cfg(test)]
mod tests;
