//! Claims in, facts out: placing, origins, verdicts, estimates, roll-ups. Pure and deterministic;
//! the same claims give the same facts in whatever order they come.
//!
//! The way through: claims are sorted and made [`statement`]s; partitions of them are placed into
//! clusters (`partition`, `placing`), each independent of all others; clusters of different
//! partitions that tell the same are joined (`joining`); rulings are replayed over
//! the clusters (`rulings`); each cluster is assessed by itself (`origins`, `series`, `estimate`,
//! `verdict`); then come the stages that look over several facts: `events`, `rollup`, `across`;
//! and last what is said of articles: `echo`, `needs`. Absent on purpose: weights, scores,
//! averages, learning.

mod across;
mod as_of;
mod assemble;
mod dating;
mod draft;
mod echo;
mod estimate;
mod events;
mod interner;
mod joining;
mod labels;
mod names;
mod needs;
mod origins;
mod partition;
mod placing;
mod reconciler;
mod rollup;
mod rulings;
mod series;
mod sources;
mod statement;
mod subset;
mod union;
mod verdict;

use std::collections::BTreeMap;

use crate::claim::{
    ArticleId, Claim, ClaimId, Codebook, DateWindow, Lexicon, Metadata, Name, Reconciliation, Reference, Ruling,
};

pub use as_of::{AsOf, as_of, is_out};
pub use echo::shingles;
pub use reconciler::{Reconciler, Work};

use assemble::Stages;
use draft::Draft;
use echo::Echo;
use names::Names;
use statement::ClaimRulings;

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
    /// The articles. One named twice is taken as it is named first.
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

/// What the claims come to. Takes any claims, also of articles that are not among the documents.
pub fn reconcile(input: Input<'_>) -> Reconciliation {
    let names = Names::new(input.codebook, input.lexicon);
    let single = ClaimRulings::of(&input);
    let (claims, articles) = statement::sorted_claims(&input, &single);
    let mut by_id: BTreeMap<&Name, &Document> = BTreeMap::new();
    for document in input.documents {
        by_id.entry(&document.id.0).or_insert(document);
    }
    let documents: Vec<Option<&Document>> = articles.iter().map(|name| by_id.get(name).copied()).collect();
    let mut published: Vec<DateWindow> =
        documents.iter().map(|d| d.map_or(DateWindow::UNKNOWN, |d| d.metadata.published)).collect();
    let mut prepared = statement::prepare(&input, &names, &single, claims, articles, documents, &published);
    let mut echoes = echo::echoes(&prepared, &published);
    let ruled_echoes = assemble::rule_echoes(&prepared, input.rulings, &mut echoes);
    for (article, window) in echo::linked(&prepared, &published, &echoes) {
        published[article as usize] = window;
        prepared.redate(article, &window, &single);
    }
    prepared.retold = assemble::retold(&prepared, input.rulings);
    let prepared = prepared;
    let mut placed = partition::place_all(&prepared);
    let mut split_labels = BTreeMap::new();
    let is_there = |claim: &ClaimId| prepared.places.contains(claim) || prepared.excluded.contains(claim);
    let mut stale = rulings::single_claims(is_there, input.rulings, &single);
    let numbered: Vec<(usize, &Ruling)> = input.rulings.iter().copied().enumerate().collect();
    stale.extend(rulings::replay(&prepared, &numbered, &mut placed, &mut split_labels));
    stale.extend(ruled_echoes);
    let conventions = &input.codebook.conventions;
    // Where each cluster went, for those that point to one.
    let mut drafts: Vec<Draft> = Vec::with_capacity(placed.clusters.len());
    for (cluster, number) in placed.clusters.into_iter().zip(0u32..) {
        if cluster.members.is_empty() {
            continue;
        }
        let assessed = verdict::assess(&prepared, &names, conventions, &cluster);
        let split = split_labels.remove(&number);
        drafts.push(Draft { number, split, cluster, assessed, mention: Reference::Place(0), shared: None });
    }
    assemble::sort(&prepared, &mut drafts);
    for (draft, place) in drafts.iter_mut().zip(0..) {
        draft.mention = Reference::Place(place);
    }
    let drafts: Vec<&Draft> = drafts.iter().collect();
    let happenings = events::happenings(&prepared, input.codebook, &drafts);
    let mut happening_of: Vec<Option<usize>> = vec![None; drafts.len()];
    for (number, happening) in happenings.iter().enumerate() {
        for fact in &happening.facts {
            happening_of[*fact] = Some(number);
        }
    }
    let mut flags = Vec::new();
    let twin_of = across::twins(&prepared, &drafts, &happenings, &happening_of, &mut flags);
    across::flags(&prepared, &names, &drafts, &mut flags);
    let ledger = rollup::Ledger {
        prepared: &prepared,
        codebook: input.codebook,
        drafts: &drafts,
        happenings: &happenings,
        happening_of: &happening_of,
        twin_of: &twin_of,
    };
    let sums = ledger.sums();
    Stages {
        input,
        prepared: &prepared,
        published: &published,
        echoes: &echoes,
        drafts: &drafts,
        happenings: &happenings,
        happening_of: &happening_of,
        sums,
        flags,
        unplaced: placed.unplaced,
        stale,
        single: assemble::single_rulings(input.rulings),
    }
    .reconciliation()
}

/// Retellings by rank of the article.
type Echoes = BTreeMap<u32, Echo>;

#[cfg(test)]
mod tests;
