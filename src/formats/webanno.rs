//! W3C Web Annotation, in JSON-LD: each claim as an annotation that selects its words by position
//! and by quote.
//!
//! The model has no place for a hash of the text, so the vocabulary of this program says which text
//! the positions count into.

use serde_json::{Value, json};

use super::{Dataset, Document, ExportError, ExportFormat, OutputFile};
use crate::claim::Claim;

/// The entry of the list.
pub(super) const FORMAT: ExportFormat = ExportFormat {
    id: "webanno",
    label: "W3C Web Annotation, JSON-LD",
    extension: "jsonld",
    units: "code points",
    checked_with: "any reader of JSON-LD",
    files: &["annotations.jsonld"],
    export,
};

fn export(dataset: &Dataset<'_>) -> Result<Vec<OutputFile>, ExportError> {
    let items: Vec<Value> = dataset
        .claims()
        .iter()
        .filter_map(|claim| Some(annotation(dataset.document(&claim.article)?, claim)))
        .collect();
    let page = json!({
        "@context": [
            "http://www.w3.org/ns/anno.jsonld",
            {"sha256": "urn:tallymark:sha256", "name": "http://schema.org/name"},
        ],
        "type": "AnnotationPage",
        "id": "urn:tallymark:annotations",
        "items": items,
    });
    let mut bytes = serde_json::to_vec_pretty(&page).map_err(|error| ExportError(error.to_string()))?;
    bytes.push(b'\n');
    Ok(vec![OutputFile { name: "annotations.jsonld".to_owned(), bytes }])
}

fn annotation(document: &Document<'_>, claim: &Claim) -> Value {
    let selectors = |anchor: &crate::claim::Anchor| {
        let (start, end) = document.chars(anchor.span);
        json!([
            {"type": "TextPositionSelector", "start": start, "end": end},
            {"type": "TextQuoteSelector", "exact": &*anchor.quote, "prefix": &*anchor.before, "suffix": &*anchor.after},
        ])
    };
    let source = document.metadata.url.as_ref().map_or_else(|| urn(&document.id.0), |url| url.value.to_string());
    let targets: Vec<Value> = claim
        .evidence
        .iter()
        .map(|anchor| {
            let mut target = json!({"source": source, "name": document.name, "selector": selectors(anchor)});
            if let Some(article) = document.article {
                target["sha256"] = json!(&*article.text_sha256);
            }
            target
        })
        .collect();
    let text = |purpose: &str, value: String| json!({"type": "TextualBody", "purpose": purpose, "value": value});
    let mut bodies = vec![
        text("tagging", claim.reading.category.to_string()),
        text("describing", format!("{}; {}", claim.reading.count.quantity.reading(), claim.reading.summary())),
    ];
    if !claim.note.is_empty() {
        bodies.push(text("commenting", claim.note.clone()));
    }
    json!({
        "id": urn(&claim.id.0),
        "type": "Annotation",
        "motivation": "tagging",
        "created": claim.created.at.to_rfc3339_opts(chrono::SecondsFormat::Secs, true),
        "creator": {"type": "Person", "name": &*claim.created.by},
        "body": bodies,
        "target": if targets.len() == 1 { targets[0].clone() } else { Value::Array(targets) },
    })
}

/// A name as an identifier: what may not stand in one is written with its bytes.
fn urn(name: &str) -> String {
    let mut urn = String::from("urn:tallymark:");
    for byte in name.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => urn.push(char::from(byte)),
            _ => urn.push_str(&format!("%{byte:02X}")),
        }
    }
    urn
}
