//! What is known of each article in use: its text, its claims, its suggestions and what was
//! decided on them. Everything that is drawn is looked up here and not searched for.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use chrono::DateTime;

use crate::article::Article;
use crate::claim::{
    BUILT_IN, Claim, ClaimId, Metadata, Name, Reading, Span, Stamp, Suggestion, SuggestionKey, Verdict, Workspace,
};
use crate::reconcile;
use crate::suggest::Suggester;

/// The suggestions of an article, with what follows from them alone.
#[derive(Debug, Default)]
pub(super) struct Suggested {
    /// By position.
    pub(super) list: Vec<Suggestion>,
    /// The key of each.
    pub(super) keys: Vec<SuggestionKey>,
    /// The claim that each would make, provisionally; `None` where it does not fit the text.
    claims: Vec<Option<Arc<Claim>>>,
    /// Their places, sorted by key: thousands are looked up when many are decided at once.
    by_key: Vec<usize>,
}

impl Suggested {
    /// Suggests for an article, given what is known of it.
    pub(super) fn new(suggester: &Suggester, article: &Article, metadata: &Metadata) -> Self {
        Self::of(suggester.suggest(article, metadata), article)
    }

    /// The suggestions of an article, in any order. Of two that are known by the same key, only
    /// the first is kept.
    pub(super) fn of(mut list: Vec<Suggestion>, article: &Article) -> Self {
        list.sort_by_key(|suggestion| (suggestion.span, suggestion.reading.count.span));
        let mut seen = BTreeSet::new();
        list.retain(|suggestion| seen.insert(suggestion.key()));
        let keys: Vec<_> = list.iter().map(Suggestion::key).collect();
        let stamp = |by: &Suggestion| Stamp { by: by.suggester.clone(), at: DateTime::UNIX_EPOCH };
        let claim = |(suggestion, key): (&Suggestion, &SuggestionKey)| {
            let id = ClaimId::provisional(key);
            Claim::from_suggestion(suggestion, &article.text, id, 1, stamp(suggestion), 0).map(Arc::new)
        };
        let claims = list.iter().zip(&keys).map(claim).collect();
        let mut by_key: Vec<usize> = (0..keys.len()).collect();
        by_key.sort_by(|a, b| keys[*a].cmp(&keys[*b]));
        Self { list, keys, claims, by_key }
    }
}

/// An article in use.
#[derive(Debug, Default)]
pub(super) struct Shelf {
    /// Its text; `None` where it could not be read.
    pub(super) article: Option<Arc<Article>>,
    /// For the reconciliation: which articles retell which.
    pub(super) shingles: Arc<[u64]>,
    /// Its suggestions, of all suggesters.
    pub(super) suggested: Arc<Suggested>,
    /// Those of them that came from outside, by suggester: they stay when the others are made anew.
    pub(super) outside: BTreeMap<Name, Vec<Suggestion>>,
    /// Its claims whose words stand where they say, by position.
    pub(super) claims: Vec<ClaimId>,
    /// Places in the list of suggestions: those on which nothing is decided.
    pub(super) pending: Vec<usize>,
    /// Those that were turned down.
    pub(super) rejected: Vec<usize>,
    /// Those of the pending that the facts count in, as ids of their claims, sorted, with their places.
    pub(super) provisional: Vec<(ClaimId, usize)>,
    /// What goes into the facts: the analyst's claims, in the same order.
    pub(super) own: Arc<[Arc<Claim>]>,
    /// What goes into the facts: claims made provisionally.
    pub(super) assumed: Arc<[Arc<Claim>]>,
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

    /// Puts the built-in suggestions in the place of those before, beside the ones from outside.
    pub(super) fn put_built_in(&mut self, suggested: Suggested) {
        self.suggested = match &self.article {
            Some(article) if !self.outside.is_empty() => {
                let built_in = suggested.list.into_iter().filter(|suggestion| *suggestion.suggester == *BUILT_IN);
                let list = built_in.chain(self.outside.values().flatten().cloned()).collect();
                Arc::new(Suggested::of(list, article))
            }
            _ => Arc::new(suggested),
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
        self.suggested = Arc::new(Suggested::of(list, article));
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
        let mut claims: Vec<&Claim> = ids.iter().filter_map(|id| workspace.claims.get(id)).collect();
        claims.sort_by(|a, b| a.order().cmp(&b.order()));
        claims.retain(|claim| self.anchors(claim, version));
        self.own = claims.iter().map(|claim| Arc::new((*claim).clone())).collect();
        self.claims = claims.iter().map(|claim| claim.id.clone()).collect();
        self.decide(workspace, &claims);
    }

    fn decide(&mut self, workspace: &Workspace, claims: &[&Claim]) {
        let suggested = self.suggested.clone();
        (self.pending, self.rejected) = (Vec::new(), Vec::new());
        // The words of a claim are counted once, and of several suggesters' readings the first's.
        let mut taken = Taken::new(claims);
        let mut waiting: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (place, key) in suggested.keys.iter().enumerate() {
            match workspace.decision_for(key).map(|decision| &decision.verdict) {
                Some(Verdict::Rejected) => self.rejected.push(place),
                Some(Verdict::Accepted { .. }) => {}
                None => {
                    self.pending.push(place);
                    waiting.entry(&key.suggester).or_default().push(place);
                }
            }
        }
        let mut assumed = Vec::new();
        let built_in = waiting.remove(BUILT_IN);
        for places in built_in.into_iter().chain(waiting.into_values()) {
            let first = assumed.len();
            for place in places {
                if let Some(claim) = &suggested.claims[place]
                    && !taken.covers(&suggested.list[place].reading, suggested.keys[place].span)
                {
                    assumed.push((claim.id.clone(), place, claim.clone()));
                }
            }
            taken = taken.with(assumed[first..].iter().map(|(_, _, claim)| &**claim));
        }
        assumed.sort_by_key(|(_, place, _)| *place);
        self.assumed = assumed.iter().map(|(_, _, claim)| claim.clone()).collect();
        self.provisional = assumed.into_iter().map(|(id, place, _)| (id, place)).collect();
        self.provisional.sort();
    }

    /// The place in the list of suggestions that a provisional claim was made of.
    pub(super) fn place_of(&self, id: &ClaimId) -> Option<usize> {
        let found = self.provisional.binary_search_by(|(other, _)| other.cmp(id)).ok()?;
        Some(self.provisional[found].1)
    }

    /// The claim of a place in the list of suggestions.
    pub(super) fn claim_at(&self, place: usize) -> Option<&Arc<Claim>> {
        self.suggested.claims.get(place)?.as_ref()
    }

    /// The suggestion of a key.
    pub(super) fn suggestion(&self, key: &SuggestionKey) -> Option<&Suggestion> {
        let Suggested { list, keys, by_key, .. } = &*self.suggested;
        let found = by_key.binary_search_by(|place| keys[*place].cmp(key)).ok()?;
        list.get(by_key[found])
    }
}

/// Which counts are claimed already: a suggestion of such a count would count it twice.
struct Taken {
    /// Span of the count, and which member of a distributive one; by start.
    counts: Vec<(Span, Option<u16>)>,
    /// The furthest end of those up to each.
    reach: Vec<u32>,
}

impl Taken {
    fn new(claims: &[&Claim]) -> Self {
        Self { counts: Vec::new(), reach: Vec::new() }.with(claims.iter().copied())
    }

    /// With the counts of further claims.
    fn with<'a>(self, claims: impl Iterator<Item = &'a Claim>) -> Self {
        let of = |claim: &Claim| {
            let reading = &claim.reading;
            let span = reading.count.span.or_else(|| claim.evidence.first().map(|anchor| anchor.span))?;
            Some((span, reading.distributive.map(|d| d.index)))
        };
        let mut counts = self.counts;
        counts.extend(claims.filter_map(of));
        counts.sort_unstable();
        let reach = counts
            .iter()
            .scan(0, |furthest, (span, _)| {
                *furthest = span.end.max(*furthest);
                Some(*furthest)
            })
            .collect();
        Self { counts, reach }
    }

    fn covers(&self, reading: &Reading, span: Span) -> bool {
        let member = reading.distributive.map(|d| d.index);
        let end = self.counts.partition_point(|(other, _)| other.start < span.end);
        (0..end)
            .rev()
            .take_while(|n| self.reach[*n] > span.start)
            .any(|n| self.counts[n].0.overlaps(span) && self.counts[n].1 == member)
    }
}
