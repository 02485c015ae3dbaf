//! The facts of a reconciliation as one JSON object.

use serde::Serialize;

use super::{Dataset, ExportError, ExportFormat, OutputFile};
use crate::claim::{Basis, DateWindow, Fact, FactFlag, FactKind, FactVerdict, Grade, Precision, RollupStatus};

/// The entry of the list.
pub(super) const FORMAT: ExportFormat = ExportFormat {
    id: "facts",
    label: "Facts, JSON",
    extension: "json",
    units: "code points",
    checked_with: "any reader of JSON",
    files: &["facts.json"],
    export,
};

fn export(dataset: &Dataset<'_>) -> Result<Vec<OutputFile>, ExportError> {
    Ok(vec![OutputFile { name: "facts.json".to_owned(), bytes: facts_json(dataset)? }])
}

#[derive(Serialize)]
struct Facts<'a> {
    /// The rule for best and the other conventions, with the codebook's revision.
    conventions: String,
    documents: Vec<DocumentJson<'a>>,
    events: Vec<EventJson<'a>>,
    facts: Vec<FactJson<'a>>,
    rollups: Vec<RollupJson<'a>>,
    unplaced: Vec<UnplacedJson<'a>>,
}

#[derive(Serialize)]
struct DocumentJson<'a> {
    article: &'a str,
    published: Option<String>,
    basis: Basis,
    echo_of: Option<&'a str>,
    echo_confirmed: bool,
}

#[derive(Serialize)]
struct EventJson<'a> {
    id: &'a str,
    label: &'a str,
    #[serde(rename = "type")]
    kind: &'a str,
    start: Option<String>,
    end: Option<String>,
    facts: &'a [crate::claim::Name],
}

#[derive(Serialize)]
struct FactJson<'a> {
    id: &'a str,
    event: Option<&'a str>,
    label: &'a str,
    kind: FactKind,
    category: &'a str,
    party: Option<&'a str>,
    from: Option<&'a str>,
    to: Option<&'a str>,
    start: Option<String>,
    end: Option<String>,
    precision: Precision,
    low: Option<u64>,
    best: Option<u64>,
    high: Option<u64>,
    low_soft: bool,
    high_soft: bool,
    best_rule: &'a str,
    verdict: FactVerdict,
    reason: &'a str,
    flags: Vec<FactFlag>,
    k_origins: usize,
    k_sides: usize,
    n_articles: usize,
    n_unattributed: usize,
    origins: Vec<OriginJson<'a>>,
    claims: Vec<ClaimJson<'a>>,
}

#[derive(Serialize)]
struct OriginJson<'a> {
    name: &'a str,
    side: &'a str,
    articles: Vec<&'a str>,
}

#[derive(Serialize)]
struct ClaimJson<'a> {
    article: &'a str,
    start: usize,
    end: usize,
    count_start: Option<usize>,
    count_end: Option<usize>,
    quote: &'a str,
    relation: crate::claim::ClaimRelation,
    origin: Option<&'a str>,
    grade: Option<Grade>,
    reason: &'a str,
}

#[derive(Serialize)]
struct RollupJson<'a> {
    fact: &'a str,
    status: RollupStatus,
    members: Vec<&'a str>,
    recorded: usize,
    stated_events: Option<u64>,
    sum_low: u64,
    sum_high: Option<u64>,
    residual_high: Option<u64>,
}

#[derive(Serialize)]
struct UnplacedJson<'a> {
    article: &'a str,
    start: usize,
    end: usize,
    candidates: &'a [crate::claim::Name],
    reason: &'a str,
}

fn days(window: &DateWindow) -> (Option<String>, Option<String>) {
    (window.start.map(|day| day.to_string()), window.end.map(|day| day.to_string()))
}

/// The facts as one JSON object, ended by a line end.
///
/// # Errors
/// Never on values of the reconciliation; serialising says so itself.
pub fn facts_json(dataset: &Dataset<'_>) -> Result<Vec<u8>, ExportError> {
    let reconciliation = dataset.reconciliation;
    let mut documents: Vec<_> = reconciliation
        .documents
        .iter()
        .map(|view| DocumentJson {
            article: dataset.name_of(&view.article),
            published: Some(view.published.notation()).filter(|notation| !notation.is_empty()),
            basis: view.published.basis,
            echo_of: view.echo_of.as_ref().map(|of| dataset.name_of(of)),
            echo_confirmed: view.echo_confirmed,
        })
        .collect();
    documents.sort_by_key(|document| document.article);
    let events = reconciliation.events.iter().map(|event| {
        let (start, end) = days(&event.window);
        EventJson { id: &event.id, label: &event.label, kind: &event.kind, start, end, facts: &event.facts }
    });
    let mut unplaced: Vec<_> = reconciliation
        .unplaced
        .iter()
        .filter_map(|unplaced| {
            let claim = dataset.claim(&unplaced.claim)?;
            let document = dataset.document(&claim.article)?;
            let (start, end) = document.chars(claim.span());
            let reason = unplaced.reason.as_str();
            Some(UnplacedJson { article: document.name, start, end, candidates: &unplaced.candidates, reason })
        })
        .collect();
    unplaced.sort_by_key(|claim| (claim.article, claim.start, claim.end));
    let facts = Facts {
        conventions: dataset.conventions(),
        documents,
        events: events.collect(),
        facts: reconciliation.facts.iter().map(|fact| fact_json(dataset, fact)).collect(),
        rollups: reconciliation
            .rollups
            .iter()
            .map(|rollup| RollupJson {
                fact: &rollup.fact,
                status: rollup.status,
                members: rollup.members.iter().map(|member| &*member.fact).collect(),
                recorded: rollup.recorded,
                stated_events: rollup.stated_events,
                sum_low: rollup.sum_low,
                sum_high: rollup.sum_high,
                residual_high: rollup.residual_high,
            })
            .collect(),
        unplaced,
    };
    let mut bytes = serde_json::to_vec_pretty(&facts).map_err(|error| ExportError(error.to_string()))?;
    bytes.push(b'\n');
    Ok(bytes)
}

fn fact_json<'a>(dataset: &'a Dataset<'a>, fact: &'a Fact) -> FactJson<'a> {
    let (start, end) = days(&fact.window);
    let mut flags: Vec<_> = fact.flags.iter().map(|(flag, _)| *flag).collect();
    flags.sort_unstable();
    flags.dedup();
    FactJson {
        id: &fact.id,
        event: fact.event.as_deref(),
        label: &fact.label,
        kind: fact.kind,
        category: &fact.category,
        party: fact.party.as_deref(),
        from: fact.from.as_deref(),
        to: fact.to.as_deref(),
        start,
        end,
        precision: fact.window.precision,
        low: fact.low,
        best: fact.best,
        high: fact.high,
        low_soft: fact.low_soft,
        high_soft: fact.high_soft,
        best_rule: &fact.best_rule,
        verdict: fact.verdict,
        reason: &fact.reason,
        flags,
        k_origins: fact.k_origins,
        k_sides: fact.k_sides,
        n_articles: fact.n_articles,
        n_unattributed: fact.n_unattributed,
        origins: fact
            .origins
            .iter()
            .map(|origin| {
                let mut articles: Vec<_> = origin.articles.iter().map(|id| dataset.name_of(id)).collect();
                articles.sort_unstable();
                OriginJson { name: &origin.name, side: origin.side.word(), articles }
            })
            .collect(),
        claims: dataset
            .members(fact)
            .into_iter()
            .map(|(member, claim, document)| {
                let (start, end) = document.chars(claim.span());
                let count = claim.reading.count.span.map(|span| document.chars(span));
                ClaimJson {
                    article: document.name,
                    start,
                    end,
                    count_start: count.map(|count| count.0),
                    count_end: count.map(|count| count.1),
                    quote: claim.quote(),
                    relation: member.relation,
                    origin: member.origin.as_deref(),
                    grade: claim.grade,
                    reason: &member.reason,
                }
            })
            .collect(),
    }
}
