//! What is known of each article in use: its text, its claims, its suggestions and what was
//! decided on them. Everything that is drawn is looked up here and not searched for.

use std::collections::BTreeSet;
use std::sync::Arc;

use chrono::DateTime;

use crate::article::Article;
use crate::claim::{
    ArticleId, Claim, ClaimId, Metadata, Reading, Span, Stamp, Suggestion, SuggestionKey, Verdict, Workspace,
};
use crate::reconcile;
use crate::suggest::Suggester;

/// What a claim made provisionally of a suggestion is called; what follows is article and key.
const PREFIX: &str = "s:";

/// The suggestions of an article, with what follows from them alone.
#[derive(Debug, Default)]
pub(super) struct Suggested {
    /// By position.
    pub(super) list: Vec<Suggestion>,
    /// The key of each.
    pub(super) keys: Vec<SuggestionKey>,
    /// The claim that each would make, provisionally; `None` where it does not fit the text.
    claims: Vec<Option<Arc<Claim>>>,
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
            let id = provisional_id(key);
            Claim::from_suggestion(suggestion, &article.text, id, 1, stamp(suggestion), 0).map(Arc::new)
        };
        let claims = list.iter().zip(&keys).map(claim).collect();
        Self { list, keys, claims }
    }
}

/// The id of the claim that a suggestion stands for until it is decided on. The same words read
/// the same way give the same id.
pub(super) fn provisional_id(key: &SuggestionKey) -> ClaimId {
    let SuggestionKey { article, span, reading, suggester } = key;
    ClaimId(format!("{PREFIX}{article}:{}-{}:{reading}:{suggester}", span.start, span.end).into())
}

/// The article that a provisional claim stands in; `None` where the id is that of a real one.
pub(super) fn article_of_provisional(id: &ClaimId) -> Option<&str> {
    id.0.strip_prefix(PREFIX)?.split_once(':').map(|(article, _)| article)
}

/// An article in use.
#[derive(Debug, Default)]
pub(super) struct Shelf {
    /// Its text; `None` where it could not be read.
    pub(super) article: Option<Arc<Article>>,
    /// For the reconciliation: which articles retell which.
    pub(super) shingles: Arc<[u64]>,
    /// Its suggestions.
    pub(super) suggested: Arc<Suggested>,
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

    /// Whether all of a claim's words stand where it says.
    pub(super) fn anchors(&self, claim: &Claim) -> bool {
        self.article.as_ref().is_some_and(|article| claim.evidence.iter().all(|anchor| anchor.holds(&article.text)))
    }

    /// Looks up anew what is claimed and decided in the article. `ids` are its claims, in any order.
    pub(super) fn refresh(&mut self, workspace: &Workspace, ids: &BTreeSet<ClaimId>) {
        let mut claims: Vec<&Claim> = ids.iter().filter_map(|id| workspace.claims.get(id)).collect();
        claims.sort_by(|a, b| a.order().cmp(&b.order()));
        claims.retain(|claim| self.anchors(claim));
        self.own = claims.iter().map(|claim| Arc::new((*claim).clone())).collect();
        self.claims = claims.iter().map(|claim| claim.id.clone()).collect();
        self.decide(workspace, &claims);
    }

    fn decide(&mut self, workspace: &Workspace, claims: &[&Claim]) {
        let suggested = self.suggested.clone();
        let taken = Taken::new(claims);
        (self.pending, self.rejected) = (Vec::new(), Vec::new());
        let mut assumed = Vec::new();
        for (place, (suggestion, key)) in suggested.list.iter().zip(&suggested.keys).enumerate() {
            match workspace.decisions.get(key).map(|decision| &decision.verdict) {
                Some(Verdict::Rejected) => self.rejected.push(place),
                Some(Verdict::Accepted { .. }) => {}
                None => {
                    self.pending.push(place);
                    if let Some(claim) = &suggested.claims[place]
                        && !taken.covers(&suggestion.reading, key.span)
                    {
                        assumed.push((claim.id.clone(), place, claim.clone()));
                    }
                }
            }
        }
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
        let place = self.suggested.keys.iter().position(|other| other == key)?;
        Some(&self.suggested.list[place])
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
        let of = |claim: &&Claim| {
            let reading = &claim.reading;
            let span = reading.count.span.or_else(|| claim.evidence.first().map(|anchor| anchor.span))?;
            Some((span, reading.distributive.map(|d| d.index)))
        };
        let mut counts: Vec<_> = claims.iter().filter_map(of).collect();
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

/// The id of an article by its text; for maps that are keyed by ids.
pub(super) fn article_id(id: &str) -> ArticleId {
    ArticleId(id.into())
}
