//! JSON Lines as annotation tools for language models read them: a line for each article, with
//! its text and its spans. `label` is doccano's, `spans` is Prodigy's; both count code points.

use serde::Serialize;

use super::claims::write_line;
use super::{Dataset, ExportError, ExportFormat, OutputFile};

/// The entry of the list.
pub(super) const FORMAT: ExportFormat = ExportFormat {
    id: "jsonl",
    label: "Articles with spans, JSON Lines (doccano, Prodigy)",
    extension: "jsonl",
    units: "code points",
    checked_with: "spaCy: char_span",
    files: &["articles.jsonl"],
    export,
};

#[derive(Serialize)]
struct Line<'a> {
    text: &'a str,
    label: Vec<(usize, usize, &'a str)>,
    spans: Vec<SpanLine<'a>>,
    meta: Meta<'a>,
}

#[derive(Serialize)]
struct SpanLine<'a> {
    start: usize,
    end: usize,
    label: &'a str,
    id: &'a str,
    text: &'a str,
}

#[derive(Serialize)]
struct Meta<'a> {
    article: &'a str,
    title: Option<&'a str>,
    outlet: Option<&'a str>,
    url: Option<&'a str>,
    published: Option<String>,
    text_sha256: &'a str,
}

fn export(dataset: &Dataset<'_>) -> Result<Vec<OutputFile>, ExportError> {
    let mut bytes = Vec::new();
    for document in dataset.documents() {
        let article = document.article.ok_or_else(|| {
            ExportError(format!("{}: its text is not at hand, and this format carries it", document.name))
        })?;
        let claims = dataset.claims_on(document);
        let metadata = document.metadata;
        let value = |known: &'_ Option<crate::claim::Known>| known.as_ref().map(|known| known.value.clone());
        let (title, outlet, url) = (value(&metadata.title), value(&metadata.outlet), value(&metadata.url));
        let spans: Vec<_> = claims
            .iter()
            .flat_map(|claim| claim.evidence.iter().map(move |anchor| (claim, anchor)))
            .map(|(claim, anchor)| {
                let (start, end) = document.chars(anchor.span);
                let text = anchor.span.of(&article.text);
                SpanLine { start, end, label: &claim.reading.category, id: &claim.id.0, text }
            })
            .collect();
        let line = Line {
            text: &article.text,
            label: spans.iter().map(|span| (span.start, span.end, span.label)).collect(),
            spans,
            meta: Meta {
                article: document.name,
                title: title.as_deref(),
                outlet: outlet.as_deref(),
                url: url.as_deref(),
                published: metadata.published.is_known().then(|| metadata.published.notation()),
                text_sha256: &article.text_sha256,
            },
        };
        write_line(&mut bytes, &line)?;
    }
    Ok(vec![OutputFile { name: "articles.jsonl".to_owned(), bytes }])
}
