//! Claims in, facts out: placing, origins, verdicts, estimates, roll-ups. Pure and deterministic;
//! the same claims give the same facts in whatever order they come.
//!
//! The way through: claims are sorted and made [`statement`]s; partitions of them are placed into
//! clusters (`partition`, `placing`), each independent of all others; rulings are replayed over
//! the clusters (`rulings`); each cluster is assessed by itself (`origins`, `series`, `estimate`,
//! `verdict`); then come the stages that look over several facts: `events`, `rollup`, `across`;
//! and last what is said of articles: `echo`, `needs`. Absent on purpose: weights, scores,
//! averages, learning.

mod dating;
mod estimate;
mod interner;
mod labels;
mod names;
mod origins;
mod partition;
mod placing;
mod series;
mod sources;
mod statement;
mod subset;
mod verdict;

use crate::claim::{
    ArticleId, Claim, Codebook, DateWindow, Fact, FactKind, Lexicon, Member, Metadata, Name, Origin, Reconciliation,
    Ruling, Side, Unplaced,
};

use names::Names;
use placing::{Because, Cluster};
use statement::{ClaimRulings, Prepared, Shape};
use verdict::Assessed;

/// What the reconciliation needs to know of an article.
#[derive(Clone, Debug)]
pub struct Document {
    /// Its identity.
    pub id: ArticleId,
    /// Outlet and date of publication, the analyst's word over the text's.
    pub metadata: Metadata,
    /// Hashes of its three-word shingles, sorted and without repeats ([`shingles`]); empty where
    /// the text is not at hand.
    pub shingles: std::sync::Arc<[u64]>,
}

/// All that goes in.
#[derive(Clone, Copy, Debug)]
pub struct Input<'a> {
    /// The articles.
    pub documents: &'a [Document],
    /// The claims, in any order.
    pub claims: &'a [&'a Claim],
    /// The analyst's rulings, in order of making.
    pub rulings: &'a [&'a Ruling],
    /// Sources and conventions.
    pub codebook: &'a Codebook,
    /// The sides of the world's sources.
    pub lexicon: &'a Lexicon,
}

/// The hashes of a text's three-word shingles, sorted and without repeats.
pub fn shingles(_text: &str) -> std::sync::Arc<[u64]> {
    std::sync::Arc::from([])
}

/// What the claims come to.
pub fn reconcile(input: Input<'_>) -> Reconciliation {
    let names = Names::new(input.codebook, input.lexicon);
    let rulings = ClaimRulings::of(&input);
    let (claims, articles) = statement::sorted_claims(&input, &rulings);
    let by_id: std::collections::HashMap<&Name, &Document> =
        input.documents.iter().map(|document| (&document.id.0, document)).collect();
    let documents: Vec<Option<&Document>> = articles.iter().map(|name| by_id.get(name).copied()).collect();
    let published: Vec<DateWindow> =
        documents.iter().map(|d| d.map_or(DateWindow::UNKNOWN, |d| d.metadata.published)).collect();
    let prepared = statement::prepare(&input, &names, &rulings, claims, articles, documents, &published);
    let placed = partition::place_all(&prepared);
    let conventions = &input.codebook.conventions;
    let mut drafts: Vec<Draft> = placed
        .clusters
        .into_iter()
        .map(|cluster| {
            let assessed = verdict::assess(&prepared, &names, conventions, &cluster);
            Draft { cluster, assessed }
        })
        .collect();
    drafts.sort_by(|a, b| a.order(&prepared).cmp(&b.order(&prepared)));
    let facts = drafts.iter().zip(1..).map(|(draft, n)| draft.fact(&prepared, &input, n)).collect();
    let unplaced = placed
        .unplaced
        .iter()
        .map(|(id, _, why)| Unplaced {
            claim: prepared.claim(*id).id.clone(),
            candidates: Vec::new(),
            reason: why.clone(),
        })
        .collect();
    Reconciliation { facts, unplaced, ..Reconciliation::default() }
}

/// A fact before it has a number.
struct Draft {
    cluster: Cluster,
    assessed: Assessed,
}

impl Draft {
    fn kind(&self) -> FactKind {
        match self.cluster.key.shape {
            Shape::Event => FactKind::Count,
            Shape::Period => FactKind::Rollup,
            Shape::ToDate => FactKind::Stock,
            Shape::Plan | Shape::Hypothetical => FactKind::Plan,
            Shape::Status => FactKind::Status,
        }
    }

    /// By start, category, party, kind, first claim; what has no start comes last.
    fn order<'p>(&self, prepared: &'p Prepared<'_>) -> impl Ord + use<'p> {
        let window = &self.cluster.window;
        let first = self.cluster.members.iter().map(|(id, _)| *id).min();
        (
            window.start.is_none(),
            window.start,
            prepared.interner.str(self.cluster.key.category),
            prepared.interner.str(self.cluster.facet.party),
            self.kind(),
            first,
        )
    }

    fn fact(&self, prepared: &Prepared<'_>, input: &Input<'_>, number: usize) -> Fact {
        let Self { cluster, assessed } = self;
        let name = |sym| prepared.interner.name(sym).cloned();
        let subset = name(cluster.key.subset);
        let id: Name = format!("F{number:02}").into();
        let label = labels::label(prepared, input.codebook, cluster, subset.as_deref());
        let mut members: Vec<(u32, Member)> = Vec::with_capacity(cluster.members.len());
        let mut origin_of: Vec<Option<Name>> = vec![None; cluster.members.len()];
        let mut origins = Vec::new();
        for standing in &assessed.voices.standings {
            let Some(source) = standing.source.map(|s| &prepared.sources[s as usize]) else { continue };
            let mut articles: Vec<ArticleId> = standing
                .members
                .iter()
                .map(|i| prepared.statements[cluster.members[*i].0 as usize].article)
                .map(|rank| ArticleId(prepared.articles[rank as usize].clone()))
                .collect();
            articles.sort_unstable();
            articles.dedup();
            for member in &standing.members {
                origin_of[*member] = Some(source.name.clone());
            }
            let live = standing.live.as_ref();
            origins.push(Origin {
                name: source.name.clone(),
                side: source.side.clone(),
                presumed: source.presumed,
                anonymous: source.anonymous,
                articles,
                low: live.and_then(|q| q.low),
                high: live.and_then(|q| q.high),
                soft: live.is_some_and(|q| q.low_soft && q.high_soft),
            });
        }
        for (i, (statement, because)) in cluster.members.iter().enumerate() {
            let origin = origin_of[i].clone().or_else(|| {
                let source = prepared.statements[*statement as usize].source?;
                Some(prepared.sources[source as usize].name.clone())
            });
            let reason = reason(prepared, cluster, *statement, because, &id, &label);
            let claim = prepared.claim(*statement);
            members.push((
                *statement,
                Member { claim: claim.id.clone(), relation: assessed.relations[i], origin, reason },
            ));
        }
        members.sort_by_key(|(statement, _)| prepared.statements[*statement as usize].claim);
        let _: Option<Side> = None;
        let estimate = &assessed.estimate;
        Fact {
            id,
            event: None,
            label,
            kind: self.kind(),
            category: name(cluster.key.category).unwrap_or_default(),
            party: name(cluster.facet.party),
            from: name(cluster.facet.from),
            to: name(cluster.facet.to),
            subset,
            window: cluster.window,
            low: estimate.low,
            best: estimate.best,
            high: estimate.high,
            low_soft: estimate.low_soft,
            high_soft: estimate.high_soft,
            best_approx: estimate.best_approx,
            best_rule: estimate.best_rule.clone(),
            verdict: assessed.verdict,
            machine_verdict: assessed.verdict,
            reason: assessed.reason.clone(),
            flags: assessed.flags.clone(),
            k_origins: assessed.k_origins,
            k_sides: assessed.k_sides,
            n_articles: assessed.n_articles,
            n_unattributed: assessed.n_unattributed,
            origins,
            members: members.into_iter().map(|(_, member)| member).collect(),
            rulings: Vec::new(),
        }
    }
}

/// Why a claim is in its fact, in words.
fn reason(prepared: &Prepared<'_>, _cluster: &Cluster, id: u32, because: &Because, fact: &str, label: &str) -> String {
    let claim = prepared.claim(id);
    let text = claim.reading.date.text.as_deref().map_or_else(String::new, |text| format!(" (“{text}”)"));
    let basis = prepared.statements[id as usize].window.basis.word();
    match because {
        Because::Founds => format!("founds {fact}: {label}{text}"),
        Because::SameWindow => format!("joined {fact}: {label}, date {basis}{text}"),
        _ => format!("joined {fact}: {label}"),
    }
}

#[cfg(test)]
mod tests;
