//! The shelves of all articles, with what they hold together: looked up in every frame, and never
//! added up there.

use std::collections::{BTreeMap, VecDeque};
use std::ops::Deref;

use super::shelf::{Shelf, Tally};
use crate::claim::{ArticleId, ClaimId, Span, SuggestionKey};

/// So many changes are remembered: whoever follows one article looks in every frame.
const REMEMBERED: usize = 32;

/// What an edit has changed of the marks on an article.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MarksChanged {
    /// Claims that were added, changed or taken away, with where their words stood before.
    pub claims: Vec<(ClaimId, Vec<Span>)>,
    /// Counts on which something else is decided.
    pub decided: Vec<SuggestionKey>,
}

/// Shelves by article.
#[derive(Debug, Default)]
pub(super) struct Shelves {
    all: BTreeMap<ArticleId, Shelf>,
    tally: Tally,
    /// Grows with each change; never given twice in a session.
    edition: u64,
    /// The edition of what has not changed since these were put up.
    first: u64,
    /// When what is marked in an article changed last.
    editions: BTreeMap<ArticleId, u64>,
    /// The latest changes that are known in detail: of which article, and the editions before and after.
    changes: VecDeque<(ArticleId, u64, u64, MarksChanged)>,
}

impl Deref for Shelves {
    type Target = BTreeMap<ArticleId, Shelf>;

    fn deref(&self) -> &Self::Target {
        &self.all
    }
}

impl Shelves {
    /// Shelves that were stocked elsewhere, with a later edition than those before.
    pub(super) fn of(all: BTreeMap<ArticleId, Shelf>, before: &Self) -> Self {
        let mut tally = Tally::default();
        all.values().for_each(|shelf| tally.add(&shelf.tally));
        let first = before.edition + 1;
        Self { all, tally, edition: first, first, ..Self::default() }
    }

    /// How many suggestions wait in all of them.
    pub(super) fn tally(&self) -> &Tally {
        &self.tally
    }

    /// Puts a shelf up; the one that was there comes back.
    pub(super) fn insert(&mut self, id: ArticleId, shelf: Shelf) -> Option<Shelf> {
        let old = self.remove(&id);
        self.tally.add(&shelf.tally);
        self.all.insert(id, shelf);
        old
    }

    /// Takes a shelf down.
    pub(super) fn remove(&mut self, id: &ArticleId) -> Option<Shelf> {
        self.note(id, None);
        let shelf = self.all.remove(id)?;
        self.tally.take(&shelf.tally);
        Some(shelf)
    }

    /// Changes a shelf. `changed` says what that does to the marks; `None` where it is too much to say.
    pub(super) fn change<T>(
        &mut self,
        id: &ArticleId,
        change: impl FnOnce(&mut Shelf) -> (T, Option<MarksChanged>),
    ) -> Option<T> {
        let shelf = self.all.get_mut(id)?;
        self.tally.take(&shelf.tally);
        let (result, changed) = change(shelf);
        self.tally.add(&shelf.tally);
        self.note(id, changed);
        Some(result)
    }

    fn note(&mut self, id: &ArticleId, changed: Option<MarksChanged>) {
        self.edition += 1;
        let before = self.editions.insert(id.clone(), self.edition).unwrap_or(self.first);
        match changed {
            Some(changed) => {
                self.changes.push_back((id.clone(), before, self.edition, changed));
                if self.changes.len() > REMEMBERED {
                    self.changes.pop_front();
                }
            }
            None => self.changes.retain(|(of, ..)| of != id),
        }
    }

    /// When what is marked in an article changed last.
    pub(super) fn edition(&self, id: &ArticleId) -> u64 {
        self.editions.get(id).copied().unwrap_or(self.first)
    }

    /// What has changed in an article since an edition; `None` where that is not known in detail.
    pub(super) fn changes_since(&self, id: &ArticleId, edition: u64) -> Option<Vec<&MarksChanged>> {
        let mut at = edition;
        let mut found = Vec::new();
        for (_, before, after, changed) in self.changes.iter().filter(|(of, ..)| of == id) {
            if *before == at {
                found.push(changed);
                at = *after;
            }
        }
        (at == self.edition(id)).then_some(found)
    }
}
