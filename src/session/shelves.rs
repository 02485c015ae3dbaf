//! The shelves of all articles, with what they hold together: looked up in every frame, and never
//! added up there.

use std::collections::{BTreeMap, VecDeque};
use std::ops::{Bound, Deref};

use super::shelf::{Shelf, Tally};
use crate::claim::{ArticleId, ClaimId, Span, SuggestionKey};

/// So many changes are remembered: whoever follows one article looks in every frame.
const REMEMBERED: usize = 32;

/// The suggestions of so many articles are all kept spread out; of more, those that somebody looks at.
pub(super) const AT_HAND: usize = 500;

/// So many shelves are looked over between two frames for suggestions that nobody looks at.
const LOOKED_OVER: usize = 64;
/// Of these, so many whose suggestions are yet to be packed.
const PACKED: usize = 8;
/// Longer lists are not put away as soon as they are made: whoever looks at them would wait.
const LONG: usize = 500;

/// What an edit has changed of the marks on an article.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MarksChanged {
    /// Claims that were added, changed or taken away, with where their words stood before.
    pub claims: Vec<(ClaimId, Vec<Span>)>,
    /// Counts on which something else is decided.
    pub decided: Vec<SuggestionKey>,
}

/// Shelves by article.
#[derive(Debug)]
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
    /// The shelf that was looked over last for suggestions to be put away.
    looked_over: Option<ArticleId>,
    /// What [`AT_HAND`] is but in tests.
    pub(super) at_hand: usize,
}

impl Default for Shelves {
    fn default() -> Self {
        Self {
            all: BTreeMap::new(),
            tally: Tally::default(),
            edition: 0,
            first: 0,
            editions: BTreeMap::new(),
            changes: VecDeque::new(),
            looked_over: None,
            at_hand: AT_HAND,
        }
    }
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

    /// Puts away the suggestions of some of the articles at which nobody has looked since their turn
    /// came last: all of them have their turn, one after the other.
    pub(super) fn put_away(&mut self) {
        if self.all.len() <= self.at_hand {
            return;
        }
        let from = self.looked_over.take().map_or(Bound::Unbounded, Bound::Excluded);
        let mut packed = 0;
        for (id, shelf) in self.all.range_mut::<ArticleId, _>((from, Bound::Unbounded)).take(LOOKED_OVER) {
            self.looked_over = Some(id.clone());
            let suggestions = &mut shelf.suggested;
            if suggestions.at_hand().is_none() || suggestions.were_used() {
                continue;
            }
            packed += usize::from(!suggestions.is_packed());
            suggestions.put_away();
            if packed == PACKED {
                break;
            }
        }
    }

    /// Puts away the suggestions of an article, where that costs nothing and there are many others.
    pub(super) fn put_away_at(&mut self, id: &ArticleId) {
        if self.all.len() > self.at_hand
            && let Some(shelf) = self.all.get_mut(id)
            && shelf.suggested.is_packed()
            && shelf.suggested.at_hand().is_some_and(|count| count < LONG)
        {
            shelf.suggested.put_away();
        }
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
