//! Two tables, ready for a spreadsheet or a data frame: one row per claim and one per fact, with
//! `datapackage.json`, which says what each column holds.

use std::collections::BTreeMap;

use serde_json::json;

use super::guard::guarded;
use super::{Dataset, Document, ExportError, ExportFormat, OutputFile};
use crate::claim::{Claim, ClaimRelation, DateWindow, Fact, Member, Ruling};

/// The entry of the list.
pub(super) const FORMAT: ExportFormat = ExportFormat {
    id: "csv",
    label: "Tables, CSV with a data package",
    extension: "csv",
    units: "bytes, code points and UTF-16, in columns",
    checked_with: "DuckDB, pandas, frictionless",
    files: &["claims.csv", "facts.csv", "datapackage.json"],
    export,
};

/// A column: its name, its type in the data package, what it holds.
type Column = (&'static str, &'static str, &'static str);

/// Columns that describe a fact. In the table of claims they are repeated for each claim.
const FACT: &[Column] = &[
    ("fact_id", "string", "label of the fact, not a key"),
    ("fact_label", "string", "the fact in words"),
    ("kind", "string", "count, rollup, stock, plan or status"),
    ("category", "string", "of what, an id of the codebook"),
    ("direction", "string", "from whom to whom"),
    ("event_start", "date", "first day"),
    ("event_end", "date", "last day"),
    ("date_precision", "string", "day, days, week, month, year, range or unknown"),
    ("low", "integer", "smallest number that a live origin allows"),
    ("best", "integer", "by the rule in best_rule"),
    ("high", "integer", "largest number that a live origin allows; empty is open"),
    ("best_rule", "string", "the rule that gave best"),
    ("verdict", "string", "what the sources come to"),
    ("verdict_reason", "string", "why, in words"),
    ("k_origins", "integer", "origins that add to the verdict"),
    ("k_sides", "integer", "sides among them"),
    ("n_articles", "integer", "articles"),
    ("n_unattributed", "integer", "articles that give the figure in their own voice"),
    ("rollup_status", "string", "whether a total and its parts agree"),
    ("flags", "string", "what a reader should know, separated by spaces"),
    ("analyst_override", "string", "rulings that were applied"),
    ("override_reason", "string", "and why"),
];

/// Further columns of the table of facts.
const FACT_MORE: &[Column] = &[
    ("event_id", "string", "label of the event, not a key"),
    ("party", "string", "of whom"),
    ("from", "string", "from whom"),
    ("to", "string", "to whom"),
    ("subset", "string", "the part or place that keeps the fact apart"),
    ("low_soft", "boolean", "whether low is a convention"),
    ("high_soft", "boolean", "whether high is a convention"),
    ("origins", "string", "who is behind it, separated by semicolons"),
    ("conventions_id", "string", "the rule for best and the other conventions, and the codebook's revision"),
];

/// Columns that describe a claim.
const CLAIM: &[Column] = &[
    ("claim_id", "string", "identity of the claim"),
    ("article_id", "string", "identity of the article"),
    ("outlet", "string", "who published it"),
    ("url", "string", "its address"),
    ("published", "string", "when: 2026, 2026-02, 2026-02-06 or two of these with / between"),
    ("date_basis", "string", "what that rests on"),
    ("speaker", "string", "the innermost source"),
    ("side", "string", "where the source stands"),
    ("via", "string", "the platform"),
    ("quote", "string", "the words, as the text has them"),
    ("start", "integer", "first code point of the quote in the article's text"),
    ("end", "integer", "first code point behind it"),
    ("form", "string", "the wording of the count"),
    ("value_text", "string", "the words of the count"),
    ("n", "integer", "the number as written"),
    ("lo", "integer", "smallest number that the words allow"),
    ("hi", "integer", "largest number that the words allow"),
    ("soft", "boolean", "whether a bound is a convention"),
    ("modality", "string", "how it is said"),
    ("relation_to_best", "string", "how it stands to the fact's best value"),
    ("origin_id", "string", "the origin that it was folded into"),
    ("is_echo", "boolean", "whether the article likely retells another"),
    ("supersedes", "string", "claims of the same origin that it replaces, separated by spaces"),
    ("admiralty", "string", "the letter that the analyst gives the source"),
    ("note", "string", "the analyst's remark"),
    ("annotator", "string", "who made it"),
    ("created_at", "datetime", "when, in UTC"),
    ("app_version", "string", "the program's version"),
    ("conventions_id", "string", "the conventions that it was read under"),
    ("article", "string", "path of the article, relative to what was opened"),
    ("title", "string", "its headline"),
    ("attribution", "string", "the chain of sources, innermost first, separated by semicolons"),
    ("claim_kind", "string", "event, cumulative, stock, plan or status"),
    ("claim_category", "string", "of what"),
    ("claim_party", "string", "of whom"),
    ("claim_from", "string", "from whom"),
    ("claim_to", "string", "to whom"),
    ("claim_date", "string", "when: 2026, 2026-02, 2026-02-06 or two of these with / between"),
    ("claim_date_basis", "string", "what that rests on"),
    ("grade", "string", "how sure the suggestion was; empty where made by hand"),
    ("suggester", "string", "who suggested it; empty where made by hand"),
    ("score", "number", "the score that an outside suggester gave it"),
    ("count_start", "integer", "first code point of the count"),
    ("count_end", "integer", "first code point behind it"),
    ("start_byte", "integer", "first byte of the quote, in UTF-8"),
    ("end_byte", "integer", "first byte behind it"),
    ("start_utf16", "integer", "first UTF-16 unit of the quote"),
    ("end_utf16", "integer", "first UTF-16 unit behind it"),
    ("claim_as_of", "string", "the day for which the figure was told, where it is not claim_date; noted as that is"),
];

fn export(dataset: &Dataset<'_>) -> Result<Vec<OutputFile>, ExportError> {
    let file = |name: &str, bytes: Vec<u8>| OutputFile { name: name.to_owned(), bytes };
    Ok(vec![
        file("claims.csv", claims_table(dataset)?),
        file("facts.csv", facts_table(dataset)?),
        file("datapackage.json", data_package(dataset)?),
    ])
}

/// The table of claims: one row for each claim, the columns of its fact repeated; a claim in
/// several facts has a row for each, one in none has empty fact columns.
///
/// # Errors
/// Never in memory; writing says so itself.
pub fn claims_table(dataset: &Dataset<'_>) -> Result<Vec<u8>, ExportError> {
    let memberships = dataset.memberships();
    let rulings = rulings_by_id(dataset);
    let facts = &dataset.reconciliation.facts;
    let cells: BTreeMap<&str, Vec<String>> =
        facts.iter().map(|fact| (&*fact.id, fact_cells(dataset, fact, &rulings))).collect();
    let mut rows = Vec::new();
    for claim in dataset.claims() {
        let Some(document) = dataset.document(&claim.article) else { continue };
        match memberships.get(&claim.id) {
            Some(facts) => {
                for (fact, member) in facts {
                    let mut row = cells[&*fact.id].clone();
                    row.extend(claim_cells(dataset, document, claim, Some((fact, member))));
                    rows.push(row);
                }
            }
            None => {
                let mut row = vec![String::new(); FACT.len()];
                row.extend(claim_cells(dataset, document, claim, None));
                rows.push(row);
            }
        }
    }
    table(&[FACT, CLAIM], rows)
}

fn facts_table(dataset: &Dataset<'_>) -> Result<Vec<u8>, ExportError> {
    let rulings = rulings_by_id(dataset);
    let rows = dataset.reconciliation.facts.iter().map(|fact| {
        let mut row = fact_cells(dataset, fact, &rulings);
        row.extend([
            text(&fact.event),
            text(&fact.party),
            text(&fact.from),
            text(&fact.to),
            text(&fact.subset),
            fact.low_soft.to_string(),
            fact.high_soft.to_string(),
            fact.origins.iter().map(|origin| &*origin.name).collect::<Vec<_>>().join("; "),
            dataset.conventions(),
        ]);
        row
    });
    table(&[FACT, FACT_MORE], rows.collect())
}

fn table(columns: &[&[Column]], rows: Vec<Vec<String>>) -> Result<Vec<u8>, ExportError> {
    let failed = |error: &dyn std::fmt::Display| ExportError(error.to_string());
    let mut writer = csv::Writer::from_writer(Vec::new());
    let names = columns.iter().flat_map(|columns| columns.iter().map(|column| column.0));
    writer.write_record(names).map_err(|error| failed(&error))?;
    for row in rows {
        writer.write_record(row.iter().map(|cell| guarded(cell).into_owned())).map_err(|error| failed(&error))?;
    }
    writer.into_inner().map_err(|error| failed(&error))
}

fn rulings_by_id<'a>(dataset: &'a Dataset<'a>) -> BTreeMap<&'a str, &'a Ruling> {
    dataset.rulings.iter().map(|ruling| (&*ruling.id.0, *ruling)).collect()
}

fn text(name: &Option<crate::claim::Name>) -> String {
    name.as_deref().unwrap_or("").to_owned()
}

fn number(n: Option<u64>) -> String {
    n.map(|n| n.to_string()).unwrap_or_default()
}

/// The word that an enum is written with in JSON.
fn word(value: &impl serde::Serialize) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(word)) => word,
        _ => String::new(),
    }
}

fn direction(from: Option<&str>, to: Option<&str>) -> String {
    match (from, to) {
        (Some(from), Some(to)) => format!("{from} → {to}"),
        (Some(from), None) => format!("from {from}"),
        (None, Some(to)) => format!("to {to}"),
        (None, None) => String::new(),
    }
}

fn fact_cells(dataset: &Dataset<'_>, fact: &Fact, rulings: &BTreeMap<&str, &Ruling>) -> Vec<String> {
    let day = |day: Option<chrono::NaiveDate>| day.map(|day| day.to_string()).unwrap_or_default();
    let applied: Vec<_> = fact.rulings.iter().filter_map(|id| rulings.get(&*id.0)).collect();
    let rollup = dataset.reconciliation.rollups.iter().find(|rollup| rollup.fact == fact.id);
    let mut flags: Vec<_> = fact.flags.iter().map(|(flag, _)| word(flag)).collect();
    flags.dedup();
    vec![
        fact.id.to_string(),
        fact.label.clone(),
        word(&fact.kind),
        fact.category.to_string(),
        direction(fact.from.as_deref(), fact.to.as_deref()),
        day(fact.window.start),
        day(fact.window.end),
        word(&fact.window.precision),
        number(fact.low),
        number(fact.best),
        number(fact.high),
        fact.best_rule.to_string(),
        word(&fact.verdict),
        fact.reason.clone(),
        fact.k_origins.to_string(),
        fact.k_sides.to_string(),
        fact.n_articles.to_string(),
        fact.n_unattributed.to_string(),
        rollup.map(|rollup| word(&rollup.status)).unwrap_or_default(),
        flags.join(" "),
        applied.iter().map(|ruling| ruling.op.label()).collect::<Vec<_>>().join("; "),
        applied.iter().map(|ruling| ruling.reason.as_str()).collect::<Vec<_>>().join("; "),
    ]
}

fn claim_cells(
    dataset: &Dataset<'_>,
    document: &Document<'_>,
    claim: &Claim,
    place: Option<(&Fact, &Member)>,
) -> Vec<String> {
    let reading = &claim.reading;
    let quantity = &reading.count.quantity;
    let metadata = document.metadata;
    let chain = &reading.attribution.chain;
    let origin = place.and_then(|(fact, member)| {
        let name = member.origin.as_ref()?;
        fact.origins.iter().find(|origin| origin.name == *name)
    });
    let speaker = chain.first();
    let side = origin.map(|origin| &origin.side).or(speaker.map(|speaker| &speaker.side));
    let source = speaker.and_then(|speaker| dataset.codebook.source(&speaker.name));
    let (start, end) = document.chars(claim.span());
    let pair = |pair: Option<(usize, usize)>| {
        pair.map_or_else(Default::default, |(start, end)| (start.to_string(), end.to_string()))
    };
    let (count_start, count_end) = pair(reading.count.span.map(|span| document.chars(span)));
    let (start_byte, end_byte) = pair(document.bytes(claim.span()));
    let (start_utf16, end_utf16) = pair(document.utf16(claim.span()));
    let known = |known: &Option<crate::claim::Known>| known.as_ref().map(|k| k.value.to_string()).unwrap_or_default();
    let notation = |window: &DateWindow| if window.is_known() { window_notation(window) } else { String::new() };
    let view = dataset.view_of(document.id);
    let published = view.map_or(&metadata.published, |view| &view.published);
    vec![
        claim.id.to_string(),
        document.id.to_string(),
        known(&metadata.outlet),
        known(&metadata.url),
        notation(published),
        word(&published.basis),
        speaker.map(|speaker| speaker.name.to_string()).unwrap_or_default(),
        side.map(|side| side.word().to_owned()).unwrap_or_default(),
        text(&reading.attribution.via),
        claim.quote().to_owned(),
        start.to_string(),
        end.to_string(),
        word(&quantity.form),
        reading.count.span.and_then(|span| document.words(span)).unwrap_or("").to_owned(),
        number(quantity.n),
        number(quantity.low),
        number(quantity.high),
        (quantity.low_soft || quantity.high_soft).to_string(),
        word(&reading.modality),
        place.map(|(_, member)| word(&member.relation)).unwrap_or_default(),
        place.map(|(_, member)| text(&member.origin)).unwrap_or_default(),
        view.is_some_and(|view| view.echo_of.is_some()).to_string(),
        place.map(|(fact, member)| superseded_by(fact, member)).unwrap_or_default(),
        source.and_then(|source| source.admiralty).map(String::from).unwrap_or_default(),
        claim.note.clone(),
        claim.created.by.to_string(),
        claim.created.at.to_rfc3339_opts(chrono::SecondsFormat::Secs, true),
        dataset.version.to_owned(),
        dataset.conventions(),
        document.name.to_owned(),
        known(&metadata.title),
        chain.iter().map(|asserter| &*asserter.name).collect::<Vec<_>>().join("; "),
        word(&reading.kind),
        reading.category.to_string(),
        text(&reading.party),
        text(&reading.from),
        text(&reading.to),
        notation(&reading.date.window),
        word(&reading.date.window.basis),
        claim.grade.as_ref().map(word).unwrap_or_default(),
        claim.suggestion.as_ref().map(|key| key.suggester.to_string()).unwrap_or_default(),
        text(&claim.score),
        count_start,
        count_end,
        start_byte,
        end_byte,
        start_utf16,
        end_utf16,
        reading.told_another_day().map(notation).unwrap_or_default(),
    ]
}

/// Like [`DateWindow::notation`], with `..` for an open side.
fn window_notation(window: &DateWindow) -> String {
    match (window.start, window.end) {
        (Some(start), None) => format!("{start}/.."),
        (None, Some(end)) => format!("../{end}"),
        _ => window.notation(),
    }
}

/// The superseded claims of the member's origin, where it is not superseded itself.
fn superseded_by(fact: &Fact, member: &Member) -> String {
    if member.relation == ClaimRelation::Superseded || member.origin.is_none() {
        return String::new();
    }
    let replaced = fact
        .members
        .iter()
        .filter(|other| other.relation == ClaimRelation::Superseded && other.origin == member.origin)
        .map(|other| &*other.claim.0);
    replaced.collect::<Vec<_>>().join(" ")
}

fn data_package(dataset: &Dataset<'_>) -> Result<Vec<u8>, ExportError> {
    let fields = |columns: &[&[Column]]| -> Vec<serde_json::Value> {
        columns
            .iter()
            .flat_map(|columns| columns.iter())
            .map(|(name, kind, description)| json!({"name": name, "type": kind, "description": description}))
            .collect()
    };
    let resource = |name: &str, title: &str, columns: &[&[Column]]| {
        json!({
            "name": name,
            "path": format!("{name}.csv"),
            "title": title,
            "profile": "tabular-data-resource",
            "format": "csv",
            "mediatype": "text/csv",
            "encoding": "utf-8",
            "schema": {"fields": fields(columns), "missingValues": [""]},
        })
    };
    let package = json!({
        "profile": "tabular-data-package",
        "name": package_name(dataset.name),
        "title": dataset.name,
        "description": "Claims and facts. A cell that begins like a formula has an apostrophe before it.",
        "created_by": format!("Tallymark {}", dataset.version),
        "resources": [
            resource("claims", "One row per claim, with the columns of its fact", &[FACT, CLAIM]),
            resource("facts", "One row per fact", &[FACT, FACT_MORE]),
        ],
    });
    let mut bytes = serde_json::to_vec_pretty(&package).map_err(|error| ExportError(error.to_string()))?;
    bytes.push(b'\n');
    Ok(bytes)
}

/// Lower case, digits and hyphens: what a data package may be called.
fn package_name(name: &str) -> String {
    let slug: String =
        name.chars().map(|c| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '-' }).collect();
    let slug = slug.split('-').filter(|part| !part.is_empty()).collect::<Vec<_>>().join("-");
    if slug.is_empty() { "claims".to_owned() } else { slug }
}
