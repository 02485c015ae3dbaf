//! The facts that are shown, and what is asked of them.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::NaiveDate;

use super::Session;
use super::claims::Claims;
use super::shelf::Shelf;
use super::suggested::Suggestions;
use crate::claim::{
    ArticleId, ArticleRecord, BestRule, Claim, ClaimId, Codebook, DateWindow, Lexicon, Reconciliation, Ruling,
    SuggestionKey,
};
use crate::reconcile::{self, Document, is_out};

/// The claims of an article that go into the facts, cheap to copy.
#[derive(Clone, Debug, Default)]
pub(super) struct ToldClaims {
    own: Claims,
    /// Suggestions, and the places of those that are counted in.
    assumed: Option<(Suggestions, Vec<usize>)>,
}

impl ToldClaims {
    /// The claims of a shelf, with the suggestions on which nothing is decided or without.
    pub(super) fn of(shelf: &Shelf, with_suggestions: bool) -> Self {
        let any = with_suggestions && !shelf.assumed.is_empty();
        Self { own: shelf.own.clone(), assumed: any.then(|| (shelf.suggested.clone(), shelf.assumed.clone())) }
    }

    /// How many.
    pub(super) fn len(&self) -> usize {
        self.own.len() + self.assumed.as_ref().map_or(0, |(_, places)| places.len())
    }

    /// The analyst's, then the others, each by position.
    pub(super) fn all(&self) -> Vec<Arc<Claim>> {
        let mut all: Vec<Arc<Claim>> = self.own.iter().cloned().collect();
        if let Some((suggestions, places)) = &self.assumed {
            all.extend(suggestions.in_passing().claims_at(places).cloned());
        }
        all
    }
}

/// All that a reconciliation from nothing needs, cheap to clone and free to leave the thread.
#[derive(Clone, Debug)]
pub(super) struct FactsInput {
    documents: Vec<Document>,
    claims: Vec<ToldClaims>,
    rulings: Vec<Ruling>,
    codebook: Codebook,
    lexicon: Arc<Lexicon>,
}

impl FactsInput {
    /// What the claims come to.
    pub(super) fn reconcile(&self) -> Reconciliation {
        let claims: Vec<Arc<Claim>> = self.claims.iter().flat_map(ToldClaims::all).collect();
        let claims: Vec<&Claim> = claims.iter().map(|claim| &**claim).collect();
        let rulings: Vec<&Ruling> = self.rulings.iter().collect();
        reconcile::reconcile(reconcile::Input {
            documents: &self.documents,
            claims: &claims,
            rulings: &rulings,
            codebook: &self.codebook,
            lexicon: &self.lexicon,
        })
    }

    /// The same with another rule for "best".
    pub(super) fn with_best(mut self, best: BestRule) -> Self {
        self.codebook.conventions.best = best;
        self
    }
}

impl Session {
    /// What the claims, and the suggestions on which nothing is decided, come to. Its words refer to
    /// facts by numbers that stay: [`Reconciliation::shown`] makes them labels.
    pub fn reconciliation(&self) -> &Arc<Reconciliation> {
        &self.facts.shown
    }

    /// The facts that are looked at: those as of a day while [`Session::as_of`] gives one, else all.
    pub fn shown_facts(&self) -> &Arc<Reconciliation> {
        self.past.as_ref().map_or(&self.facts.shown, |past| &past.shown)
    }

    /// The day as of which facts are looked at, on what was out by then; `None` for all.
    pub fn as_of(&self) -> Option<NaiveDate> {
        self.past.as_ref()?.day
    }

    /// Whether the facts that are looked at are those of what there is: else they are on their way.
    pub fn facts_are_current(&self) -> bool {
        self.past.as_ref().unwrap_or(&self.facts).is_current()
    }

    /// How many articles were out by each day on which one came out, in order of time; and how many
    /// are not known to have come out by any day. "Surely out": the last day on which it may have been.
    pub fn publication_days(&self) -> (Vec<(NaiveDate, usize)>, usize) {
        let mut days: BTreeMap<NaiveDate, usize> = BTreeMap::new();
        let ends = self.workspace.articles.values().map(|record| record.metadata.published.end);
        ends.clone().flatten().for_each(|day| *days.entry(day).or_default() += 1);
        let mut out = 0;
        let days = days.into_iter().map(|(day, count)| {
            out += count;
            (day, out)
        });
        (days.collect(), ends.filter(Option::is_none).count())
    }

    /// On how many undecided suggestions the facts shown rest.
    pub fn provisional(&self) -> usize {
        if self.with_suggestions { self.unannotated() } else { 0 }
    }

    /// Whether the facts count undecided suggestions in.
    pub fn counts_suggestions(&self) -> bool {
        self.with_suggestions
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

    fn shelf_of_provisional(&self, id: &ClaimId) -> Option<&Shelf> {
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

    /// What the reconciliation needs to know of an article in use.
    pub(super) fn document(&self, id: &ArticleId, record: &ArticleRecord) -> Document {
        Document {
            id: id.clone(),
            metadata: record.metadata.clone(),
            shingles: self.shelves.get(id).map_or_else(|| Arc::from([]), |shelf| shelf.shingles.clone()),
        }
    }

    /// Whether an article is counted: as of a day, only those that were out by then are.
    pub(super) fn is_counted(&self, id: &ArticleId, day: Option<NaiveDate>) -> bool {
        let record = self.workspace.articles.get(id);
        let out = |day| record.is_some_and(|record| is_out(&record.metadata.published, day) == Some(true));
        day.is_none_or(out)
    }

    /// What goes into a reconciliation from nothing, with suggestions on which nothing is decided
    /// or without, and of a day only what was out by then.
    pub(super) fn facts_input(&self, with_suggestions: bool, day: Option<NaiveDate>) -> FactsInput {
        let articles = self.workspace.articles.iter().filter(|(id, _)| self.is_counted(id, day));
        let shelves = self.shelves.iter().filter(|(id, _)| self.is_counted(id, day));
        FactsInput {
            documents: articles.map(|(id, record)| self.document(id, record)).collect(),
            claims: shelves.map(|(_, shelf)| ToldClaims::of(shelf, with_suggestions)).collect(),
            rulings: self.workspace.rulings.values().cloned().collect(),
            codebook: self.workspace.codebook.clone(),
            lexicon: self.lexicon.clone(),
        }
    }

    /// The claims that are the analyst's own, by article; of a day only what was out by then.
    pub(super) fn own_claims(&self, day: Option<NaiveDate>) -> BTreeMap<ArticleId, Claims> {
        let shelves = self.shelves.iter().filter(|(id, _)| self.is_counted(id, day));
        shelves.map(|(id, shelf)| (id.clone(), shelf.own.clone())).collect()
    }
}
