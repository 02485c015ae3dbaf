//! What is known of each article in use: its text, its claims, its suggestions and what was
//! decided on them. Everything that is drawn is looked up here and not searched for.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::claims::Claims;
use super::suggested::{Suggested, Suggestions};
use crate::article::Article;
use crate::claim::{
    ArticleId, BUILT_IN, Claim, ClaimId, Grade, Name, Reading, Span, Suggestion, SuggestionKey, Verdict, Workspace,
};
use crate::reconcile;

/// An article in use.
#[derive(Debug, Default)]
pub(super) struct Shelf {
    /// Its text; `None` where it could not be read.
    pub(super) article: Option<Arc<Article>>,
    /// For the reconciliation: which articles retell which.
    pub(super) shingles: Arc<[u64]>,
    /// Its suggestions, of all suggesters.
    pub(super) suggested: Suggestions,
    /// Whether they are still to be made: the text is shown before.
    pub(super) unsuggested: bool,
    /// Those of them that came from outside, by suggester: they stay when the others are made anew.
    pub(super) outside: BTreeMap<Name, Vec<Suggestion>>,
    /// The analyst's claims whose words stand where they say, by position.
    pub(super) own: Claims,
    /// Places in the list of suggestions: those on which nothing is decided.
    pub(super) pending: Vec<usize>,
    /// Those that were turned down.
    pub(super) rejected: Vec<usize>,
    /// Those of the pending that the facts count in.
    pub(super) assumed: Vec<usize>,
    /// How many there are.
    pub(super) tally: Tally,
    /// The counts of the claims.
    taken: Taken,
}

/// How many suggestions wait, and how many of them the facts count in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Tally {
    /// In the order of [`Grade::ALL`].
    pub(super) pending: [usize; Grade::ALL.len()],
    pub(super) assumed: usize,
}

impl Tally {
    pub(super) fn add(&mut self, other: &Self) {
        self.pending.iter_mut().zip(other.pending).for_each(|(sum, count)| *sum += count);
        self.assumed += other.assumed;
    }

    pub(super) fn take(&mut self, other: &Self) {
        self.pending.iter_mut().zip(other.pending).for_each(|(sum, count)| *sum -= count);
        self.assumed -= other.assumed;
    }
}

/// What edits have changed in an article, one after the other.
#[derive(Debug, Default)]
pub(super) struct Touched<'a> {
    /// Claims as they were and as they are.
    pub(super) claims: Vec<(Option<&'a Claim>, Option<&'a Claim>)>,
    /// Suggestions on which something else is decided, or nothing any more.
    pub(super) decided: Vec<&'a SuggestionKey>,
}

impl Touched<'_> {
    /// Whether it is quicker to look everything up anew, of so many things.
    fn is_much(&self, of: usize) -> bool {
        // One that is followed costs about what ten do that are looked up in their order.
        self.claims.len() + self.decided.len() > 100.max(of / 10)
    }
}

impl Shelf {
    /// An article with its text.
    pub(super) fn new(article: Arc<Article>, shingles: Arc<[u64]>) -> Self {
        Self { article: Some(article), shingles, ..Self::default() }
    }

    /// Prepares an article: what takes time, for the background.
    pub(super) fn shingled(article: Arc<Article>) -> Self {
        let shingles = reconcile::shingles(&article.text);
        Self::new(article, shingles)
    }

    /// The same with its suggestions.
    pub(super) fn suggested(article: Arc<Article>, suggested: Suggested) -> Self {
        let mut shelf = Self::shingled(article);
        shelf.suggested = Suggestions::of(suggested);
        shelf
    }

    /// The same, to be suggested for.
    pub(super) fn awaiting_suggestions(mut self) -> Self {
        self.unsuggested = true;
        self
    }

    /// Puts the built-in suggestions in the place of those before, beside the ones from outside.
    pub(super) fn put_built_in(&mut self, suggested: Suggestions) {
        self.unsuggested = false;
        self.suggested = match &self.article {
            Some(article) if !self.outside.is_empty() => {
                let built_in = suggested.list.iter().filter(|suggestion| *suggestion.suggester == *BUILT_IN);
                let list = built_in.chain(self.outside.values().flatten()).cloned().collect();
                Suggestions::of(Suggested::of(list, article))
            }
            _ => suggested,
        };
    }

    /// Puts an outside suggester's suggestions in the place of those that it made before.
    pub(super) fn put_outside(&mut self, suggester: &Name, list: Vec<Suggestion>) {
        if list.is_empty() {
            self.outside.remove(suggester);
        } else {
            self.outside.insert(suggester.clone(), list);
        }
        let Some(article) = &self.article else { return };
        let list = self.suggested.list.iter().filter(|suggestion| *suggestion.suggester == *BUILT_IN);
        let list = list.chain(self.outside.values().flatten()).cloned().collect();
        self.suggested = Suggestions::of(Suggested::of(list, article));
    }

    /// Whether all of a claim's words stand where it says, and were meant on this version.
    pub(super) fn anchors(&self, claim: &Claim, version: u32) -> bool {
        claim.version == version
            && self
                .article
                .as_ref()
                .is_some_and(|article| claim.evidence.iter().all(|anchor| anchor.holds(&article.text)))
    }

    /// Looks up anew what is claimed and decided in the article. `ids` are its claims, in any order.
    pub(super) fn refresh(&mut self, workspace: &Workspace, version: u32, ids: &BTreeSet<ClaimId>) {
        let claims = ids.iter().filter_map(|id| workspace.claims.shared(id));
        self.own = Claims::of(claims.filter(|claim| self.anchors(claim, version)).cloned().collect());
        self.taken = Taken::default();
        self.own.iter().for_each(|claim| self.taken.add(claim));
        self.decide(workspace);
    }

    fn decide(&mut self, workspace: &Workspace) {
        (self.pending, self.rejected) = (Vec::new(), Vec::new());
        let keys = &self.suggested.keys;
        let is_decided = keys.first().is_some_and(|key| any_decision(workspace, &key.article));
        if !is_decided {
            self.pending = (0..keys.len()).collect();
        }
        for (place, key) in keys.iter().enumerate().filter(|_| is_decided) {
            match workspace.decision_for(key).map(|decision| &decision.verdict) {
                Some(Verdict::Rejected) => self.rejected.push(place),
                Some(Verdict::Accepted { .. }) => {}
                None => self.pending.push(place),
            }
        }
        self.assume();
        self.count();
    }

    /// Which of the pending the facts count in: the words of a claim are counted once, and of
    /// several suggesters' readings the first's.
    fn assume(&mut self) {
        let suggested: &Suggested = &self.suggested;
        let mut waiting: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for place in &self.pending {
            waiting.entry(&suggested.keys[*place].suggester).or_default().push(*place);
        }
        let mut assumed: Vec<usize> = Vec::new();
        let mut before = Taken::default();
        let built_in = waiting.remove(BUILT_IN);
        let several = built_in.is_some() && !waiting.is_empty() || waiting.len() > 1;
        for places in built_in.into_iter().chain(waiting.into_values()) {
            let first = assumed.len();
            let free =
                |taken: &Taken, place: usize| !taken.covers(&suggested.list[place].reading, suggested.keys[place].span);
            let counted = |place: &usize| suggested.fits(*place) && free(&self.taken, *place) && free(&before, *place);
            assumed.extend(places.into_iter().filter(counted));
            if several {
                suggested.claims_at(&assumed[first..]).for_each(|claim| before.add(claim));
            }
        }
        assumed.sort_unstable();
        self.assumed = assumed;
    }

    fn count(&mut self) {
        let mut pending = [0; Grade::ALL.len()];
        self.pending.iter().for_each(|place| pending[rank(self.suggested.list[*place].grade)] += 1);
        self.tally = Tally { pending, assumed: self.assumed.len() };
    }

    /// Follows edits: what they touch is looked up, and nothing else, however long the article is.
    /// Returns whether that was possible; else all of it is to be [looked up anew](Shelf::refresh).
    pub(super) fn follow(&mut self, workspace: &Workspace, version: u32, touched: &Touched<'_>) -> bool {
        if touched.is_much(self.own.len() + self.suggested.list.len()) {
            return false;
        }
        let mut spans = Vec::new();
        for (before, after) in &touched.claims {
            if let Some(removed) = before.and_then(|claim| self.own.remove(claim)) {
                self.taken.remove(&removed);
                spans.extend(Taken::of(&removed).map(|(span, _)| span));
            }
            if let Some(after) = after.filter(|claim| self.anchors(claim, version)) {
                self.taken.add(after);
                spans.extend(Taken::of(after).map(|(span, _)| span));
                // An action that changes it several times over holds it as it was in between.
                let held = workspace.claims.shared(&after.id).filter(|held| ***held == *after);
                self.own.insert(held.cloned().unwrap_or_else(|| Arc::new((*after).clone())));
            }
        }
        let suggested = self.suggested.get().clone();
        for key in &touched.decided {
            // What is decided of a count may hold for other readings of it.
            for place in suggested.overlapping(key.span).filter(|place| suggested.keys[*place].span == key.span) {
                let verdict = workspace.decision_for(&suggested.keys[place]).map(|decision| &decision.verdict);
                self.set_pending(place, verdict.is_none());
                set(&mut self.rejected, place, verdict == Some(&Verdict::Rejected));
            }
            spans.push(key.span);
        }
        if self.outside.is_empty() {
            for place in spans.into_iter().flat_map(|span| suggested.overlapping(span)) {
                let counted = suggested.fits(place)
                    && self.pending.binary_search(&place).is_ok()
                    && !self.taken.covers(&suggested.list[place].reading, suggested.keys[place].span);
                set(&mut self.assumed, place, counted);
            }
        } else {
            self.assume(); // one suggester's readings stand in the way of another's
        }
        self.tally.assumed = self.assumed.len();
        true
    }

    fn set_pending(&mut self, place: usize, waits: bool) {
        let count = &mut self.tally.pending[rank(self.suggested.list[place].grade)];
        match (set(&mut self.pending, place, waits), waits) {
            (true, true) => *count += 1,
            (true, false) => *count -= 1,
            (false, _) => {}
        }
    }

    /// The place in the list of suggestions that a provisional claim was made of.
    pub(super) fn place_of(&self, id: &ClaimId) -> Option<usize> {
        self.suggested.place_of(id).filter(|place| self.assumed.binary_search(place).is_ok())
    }

    /// The claim of a place in the list of suggestions.
    pub(super) fn claim_at(&self, place: usize) -> Option<&Arc<Claim>> {
        self.suggested.claim(place)
    }

    /// The suggestion of a key.
    pub(super) fn suggestion(&self, key: &SuggestionKey) -> Option<&Suggestion> {
        self.suggested.list.get(self.suggested.place(key)?)
    }

    /// Whether nothing is decided on a suggestion.
    pub(super) fn waits(&self, key: &SuggestionKey) -> bool {
        self.suggested.place(key).is_some_and(|place| self.pending.binary_search(&place).is_ok())
    }
}

/// Whether anything is decided on suggestions of an article.
fn any_decision(workspace: &Workspace, article: &ArticleId) -> bool {
    let span = Span { start: 0, end: 0 };
    let first = SuggestionKey { article: article.clone(), span, reading: "".into(), suggester: "".into() };
    workspace.decisions.range(first..).next().is_some_and(|(key, _)| key.article == *article)
}

/// The place of a grade in [`Grade::ALL`].
fn rank(grade: Grade) -> usize {
    Grade::ALL.iter().position(|other| *other == grade).unwrap_or(0)
}

/// Puts a number into a sorted list, or takes it out. Whether that changed anything.
fn set(list: &mut Vec<usize>, number: usize, is_in: bool) -> bool {
    match (list.binary_search(&number), is_in) {
        (Err(at), true) => list.insert(at, number),
        (Ok(at), false) => drop(list.remove(at)),
        _ => return false,
    }
    true
}

/// Which counts are claimed already: a suggestion of such a count would count it twice.
#[derive(Debug, Default)]
struct Taken {
    /// Span of the count, and which member of a distributive one; and how many claims have it.
    counts: BTreeMap<(Span, Option<u16>), usize>,
    /// The longest of the spans that there are or were, in bytes.
    longest: u32,
}

impl Taken {
    /// What a claim takes.
    fn of(claim: &Claim) -> Option<(Span, Option<u16>)> {
        let reading = &claim.reading;
        let span = reading.count.span.or_else(|| claim.evidence.first().map(|anchor| anchor.span))?;
        Some((span, reading.distributive.map(|d| d.index)))
    }

    fn add(&mut self, claim: &Claim) {
        if let Some(count) = Self::of(claim) {
            self.longest = self.longest.max(count.0.len() as u32);
            *self.counts.entry(count).or_default() += 1;
        }
    }

    fn remove(&mut self, claim: &Claim) {
        let Some(count) = Self::of(claim) else { return };
        match self.counts.get_mut(&count) {
            Some(times) if *times > 1 => *times -= 1,
            _ => drop(self.counts.remove(&count)),
        }
    }

    fn covers(&self, reading: &Reading, span: Span) -> bool {
        let member = reading.distributive.map(|d| d.index);
        let from = Span { start: span.start.saturating_sub(self.longest), end: 0 };
        let near = self.counts.range((from, None)..).take_while(|((other, _), _)| other.start < span.end);
        near.into_iter().any(|((other, of), _)| other.overlaps(span) && *of == member)
    }
}

#[cfg(test)]
impl Shelf {
    /// Checks that what was followed step by step is what is found when all is looked up anew.
    pub(super) fn check(&self, workspace: &Workspace, version: u32, ids: &BTreeSet<ClaimId>) {
        let mut anew = Self { article: self.article.clone(), suggested: self.suggested.clone(), ..Self::default() };
        anew.refresh(workspace, version, ids);
        assert!(self.own.iter().eq(anew.own.iter()));
        assert_eq!(self.own.len(), anew.own.len());
        assert_eq!((&self.pending, &self.rejected, &self.assumed), (&anew.pending, &anew.rejected, &anew.assumed));
        assert_eq!((self.tally, &self.taken.counts), (anew.tally, &anew.taken.counts));
    }
}
