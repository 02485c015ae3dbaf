//! The facts that are shown: at once for an ordinary project, in the background for a large one.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::Session;
use crate::claim::{
    ArticleId, BestRule, Claim, ClaimId, Codebook, DateWindow, Lexicon, Reconciliation, Ruling, SuggestionKey,
};
use crate::reconcile::{self, Document};

/// Up to so many claims are reconciled between two frames.
const AT_ONCE: usize = 1500;

/// The facts, and whether they are those of what is there.
#[derive(Debug)]
pub(super) struct Facts {
    pub(super) shown: Arc<Reconciliation>,
    /// Whether what is there has changed since.
    pub(super) stale: bool,
    /// The last reconciliation that was asked of the background, and whether it is still awaited.
    asked: u64,
    awaited: bool,
    /// Whether suggestions on which nothing is decided are counted in.
    pub(super) with_suggestions: bool,
}

impl Default for Facts {
    fn default() -> Self {
        Self { shown: Arc::default(), stale: false, asked: 0, awaited: false, with_suggestions: true }
    }
}

/// All that a reconciliation needs, cheap to clone and free to leave the thread.
#[derive(Clone, Debug)]
pub(super) struct FactsInput {
    documents: Vec<Document>,
    claims: Vec<Arc<[Arc<Claim>]>>,
    rulings: Vec<Ruling>,
    codebook: Codebook,
    lexicon: Arc<Lexicon>,
}

impl FactsInput {
    /// What the claims come to.
    pub(super) fn reconcile(&self) -> Reconciliation {
        let claims: Vec<&Claim> = self.claims.iter().flat_map(|claims| claims.iter()).map(|claim| &**claim).collect();
        let rulings: Vec<&Ruling> = self.rulings.iter().collect();
        reconcile::reconcile(reconcile::Input {
            documents: &self.documents,
            claims: &claims,
            rulings: &rulings,
            codebook: &self.codebook,
            lexicon: &self.lexicon,
        })
    }
}

impl Session {
    /// What the claims, and the suggestions on which nothing is decided, come to.
    pub fn reconciliation(&self) -> &Arc<Reconciliation> {
        &self.facts.shown
    }

    /// On how many undecided suggestions the facts shown rest.
    pub fn provisional(&self) -> usize {
        if self.facts.with_suggestions { self.shelves.values().map(|shelf| shelf.assumed.len()).sum() } else { 0 }
    }

    /// Whether the facts count undecided suggestions in.
    pub fn counts_suggestions(&self) -> bool {
        self.facts.with_suggestions
    }

    /// A claim of the facts: the analyst's, or one made provisionally of a suggestion.
    pub fn claim(&self, id: &ClaimId) -> Option<&Claim> {
        self.workspace.claims.get(id).or_else(|| {
            let shelf = self.shelf_of_provisional(id)?;
            shelf.claim_at(shelf.place_of(id)?).map(|claim| &**claim)
        })
    }

    /// Whether a claim of the facts was made provisionally of a suggestion.
    pub fn is_provisional(&self, id: &ClaimId) -> bool {
        id.is_provisional() && !self.workspace.claims.contains_key(id)
    }

    /// The suggestion that a provisional claim was made of.
    pub fn suggestion_of(&self, id: &ClaimId) -> Option<&SuggestionKey> {
        let shelf = self.shelf_of_provisional(id)?;
        shelf.suggested.keys.get(shelf.place_of(id)?)
    }

    fn shelf_of_provisional(&self, id: &ClaimId) -> Option<&super::shelf::Shelf> {
        self.shelves.get(&id.provisional_article()?)
    }

    /// When an article was published, as far as is known: what its text or the analyst says, else
    /// what the reconciliation carries over from an article that tells the same.
    pub fn published(&self, article: &ArticleId) -> DateWindow {
        let known = self.workspace.articles.get(article).map(|record| record.metadata.published);
        match known {
            Some(window) if window.is_known() => window,
            _ => {
                let documents = &self.facts.shown.documents; // sorted by article
                let place = documents.binary_search_by(|view| view.article.cmp(article));
                place.map_or(DateWindow::UNKNOWN, |place| documents[place].published)
            }
        }
    }

    /// What goes into a reconciliation, with a further ruling or another rule for "best".
    pub(super) fn facts_input(
        &self,
        with_suggestions: bool,
        extra: Option<&Ruling>,
        best: Option<BestRule>,
    ) -> FactsInput {
        let none: Arc<[u64]> = Arc::from([]);
        let document = |(id, record): (&ArticleId, &crate::claim::ArticleRecord)| Document {
            id: id.clone(),
            metadata: record.metadata.clone(),
            shingles: self.shelves.get(id).map_or_else(|| none.clone(), |shelf| shelf.shingles.clone()),
        };
        let mut codebook = self.workspace.codebook.clone();
        codebook.conventions.best = best.unwrap_or(codebook.conventions.best);
        let of_shelf = |shelf: &super::shelf::Shelf| {
            let assumed = with_suggestions.then(|| shelf.assumed.clone());
            std::iter::once(shelf.own.clone()).chain(assumed).collect::<Vec<_>>()
        };
        FactsInput {
            documents: self.workspace.articles.iter().map(document).collect(),
            claims: self.shelves.values().flat_map(of_shelf).collect(),
            rulings: self.workspace.rulings.values().chain(extra).cloned().collect(),
            codebook,
            lexicon: self.lexicon.clone(),
        }
    }

    /// The reconciliation as it stands, with a further ruling or another rule for "best".
    pub(super) fn reconciled(&self, extra: Option<&Ruling>, best: Option<BestRule>) -> Reconciliation {
        self.facts_input(self.facts.with_suggestions, extra, best).reconcile()
    }

    /// Brings the facts up to date, where they are not.
    pub(super) fn update_facts(&mut self) {
        if !self.facts.stale || self.headless {
            return;
        }
        let input = self.facts_input(self.facts.with_suggestions, None, None);
        if input.claims.iter().map(|claims| claims.len()).sum::<usize>() <= AT_ONCE {
            self.facts.shown = Arc::new(input.reconcile());
            self.facts.stale = false;
            self.expected.clear();
            self.facts.asked += 1; // whatever is still under way is old
            self.revision += 1;
        } else if !self.facts.awaited {
            self.facts.stale = false;
            self.facts.awaited = true;
            self.facts.asked += 1;
            let asked = self.facts.asked;
            self.jobs.start("", move |worker| {
                let facts = Arc::new(input.reconcile());
                worker.send(move |session| session.take_facts(asked, facts));
            });
        }
    }

    fn take_facts(&mut self, asked: u64, facts: Arc<Reconciliation>) {
        self.facts.awaited = false;
        if asked == self.facts.asked && !self.facts.stale {
            self.facts.shown = facts;
            self.expected.clear();
            self.revision += 1;
        }
        self.update_facts();
    }

    /// Forgets the facts of another project.
    pub(super) fn forget_facts(&mut self) {
        let Facts { asked, awaited, .. } = self.facts;
        self.facts = Facts { asked: asked + 1, awaited, stale: true, ..Facts::default() };
    }

    /// The claims that are the analyst's own, by article.
    pub(super) fn own_claims(&self) -> BTreeMap<ArticleId, Arc<[Arc<Claim>]>> {
        self.shelves.iter().map(|(id, shelf)| (id.clone(), shelf.own.clone())).collect()
    }
}
