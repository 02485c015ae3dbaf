//! Tallymark's own JSON Lines: suggestions and claims in one schema, one object a line.

use serde::Serialize;

use super::schema::ClaimLine;
use super::{Dataset, Document, ExportError, ExportFormat, OutputFile};
use crate::claim::Suggestion;

/// The entry of the list.
pub(super) const FORMAT: ExportFormat = ExportFormat {
    id: "claims",
    label: "Claims, JSON Lines",
    extension: "jsonl",
    units: "code points",
    checked_with: "tallymark reconcile --claims",
    files: &["claims.jsonl"],
    export,
};

fn export(dataset: &Dataset<'_>) -> Result<Vec<OutputFile>, ExportError> {
    let mut bytes = Vec::new();
    for claim in dataset.claims() {
        if let Some(document) = dataset.document(&claim.article) {
            write_line(&mut bytes, &ClaimLine::of_claim(document, claim))?;
        }
    }
    Ok(vec![OutputFile { name: "claims.jsonl".to_owned(), bytes }])
}

/// The lines of an article's suggestions, in their order.
///
/// # Errors
/// Never with finite scores: JSON has no word for others.
pub fn suggestion_lines(document: &Document<'_>, suggestions: &[Suggestion]) -> Result<Vec<u8>, ExportError> {
    let mut bytes = Vec::new();
    for suggestion in suggestions {
        write_line(&mut bytes, &ClaimLine::of_suggestion(document, suggestion))?;
    }
    Ok(bytes)
}

/// A value as one line of JSON.
pub(super) fn write_line(bytes: &mut Vec<u8>, value: &impl Serialize) -> Result<(), ExportError> {
    serde_json::to_writer(&mut *bytes, value).map_err(|error| ExportError(error.to_string()))?;
    bytes.push(b'\n');
    Ok(())
}
