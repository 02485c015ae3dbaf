//! Claims in, facts out: placing, origins, verdicts, estimates, roll-ups. Pure and deterministic;
//! the same claims give the same facts in whatever order they come.

use crate::claim::{ArticleId, Claim, Codebook, Lexicon, Metadata, Reconciliation, Ruling};

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
pub fn reconcile(_input: Input<'_>) -> Reconciliation {
    Reconciliation::default()
}
