//! The suggestions of an article: spread out while somebody looks at them, packed up while nobody does.
//!
//! Spread out, a suggestion takes some two thousand bytes; packed up, a tenth of it. Of a large
//! project all articles have theirs, and a handful is looked at.

use std::collections::BTreeSet;
use std::ops::Deref;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, LazyLock, OnceLock};

use chrono::DateTime;

use crate::article::Article;
use crate::claim::{Claim, ClaimId, Metadata, NamePool, Span, Stamp, Suggestion, SuggestionKey};
use crate::suggest::Suggester;

/// The suggestions of an article, with what follows from them alone.
#[derive(Debug, Default)]
pub(super) struct Suggested {
    /// By position.
    pub(super) list: Vec<Suggestion>,
    /// The key of each.
    pub(super) keys: Vec<SuggestionKey>,
    /// The text that they were made on.
    text: Arc<str>,
    /// The claim that each would make, provisionally, once somebody has asked for it.
    claims: Vec<OnceLock<Arc<Claim>>>,
    /// Their places, sorted by key: thousands are looked up when many are decided at once.
    by_key: Vec<usize>,
    /// The longest span of a key, in bytes.
    longest: u32,
}

impl Suggested {
    /// Suggests for an article, given what is known of it.
    pub(super) fn new(suggester: &Suggester, article: &Article, metadata: &Metadata) -> Self {
        Self::of(suggester.suggest(article, metadata), article)
    }

    /// The suggestions of an article, in any order. Of two that are known by the same key, only
    /// the first is kept.
    pub(super) fn of(list: Vec<Suggestion>, article: &Article) -> Self {
        Self::on(list, article.text.clone())
    }

    fn on(mut list: Vec<Suggestion>, text: Arc<str>) -> Self {
        list.sort_by_key(|suggestion| (suggestion.span, suggestion.reading.count.span));
        let mut seen = BTreeSet::new();
        list.retain(|suggestion| seen.insert(suggestion.key()));
        let keys: Vec<_> = list.iter().map(Suggestion::key).collect();
        let mut by_key: Vec<usize> = (0..keys.len()).collect();
        by_key.sort_by(|a, b| keys[*a].cmp(&keys[*b]));
        let longest = keys.iter().map(|key| key.span.len() as u32).max().unwrap_or(0);
        let claims = std::iter::repeat_with(OnceLock::new).take(list.len()).collect();
        Self { list, keys, text, claims, by_key, longest }
    }

    /// The place of a key.
    pub(super) fn place(&self, key: &SuggestionKey) -> Option<usize> {
        let found = self.by_key.binary_search_by(|place| self.keys[*place].cmp(key)).ok()?;
        Some(self.by_key[found])
    }

    /// The place that a provisional claim was made of.
    pub(super) fn place_of(&self, id: &ClaimId) -> Option<usize> {
        let span = id.provisional_span()?;
        let same = |place: &usize| self.keys[*place].span == span && ClaimId::provisional(&self.keys[*place]) == *id;
        self.overlapping(span).find(same).filter(|place| self.fits(*place))
    }

    /// The places of those whose count shares a byte with a span, in no order that matters.
    pub(super) fn overlapping(&self, span: Span) -> impl Iterator<Item = usize> + '_ {
        let from = span.start.saturating_sub(self.longest);
        let first = self.by_key.partition_point(|place| self.keys[*place].span.start < from);
        let near = self.by_key[first..].iter().take_while(move |place| self.keys[**place].span.start < span.end);
        near.copied().filter(move |place| self.keys[*place].span.overlaps(span))
    }

    /// Whether the one at a place makes a claim: one that does not fit the text makes none.
    pub(super) fn fits(&self, place: usize) -> bool {
        self.list.get(place).is_some_and(|suggestion| self.text.get(suggestion.span.range()).is_some())
    }

    /// The claim that a place would make, where it fits the text.
    pub(super) fn claim(&self, place: usize) -> Option<&Arc<Claim>> {
        let (held, suggestion, key) = (self.claims.get(place)?, self.list.get(place)?, self.keys.get(place)?);
        if held.get().is_none() {
            let stamp = Stamp { by: suggestion.suggester.clone(), at: DateTime::UNIX_EPOCH };
            let claim = Claim::from_suggestion(suggestion, &self.text, ClaimId::provisional(key), 1, stamp, 0)?;
            // Of two that make it at a time, both have made the same.
            let _ = held.set(Arc::new(claim));
        }
        held.get()
    }

    /// The claims that places would make.
    pub(super) fn claims_at<'a>(&'a self, places: &'a [usize]) -> impl Iterator<Item = &'a Arc<Claim>> {
        places.iter().filter_map(|place| self.claim(*place))
    }
}

/// What a packed list is spread out over.
#[derive(Debug)]
struct Packed {
    bytes: Box<[u8]>,
    text: Arc<str>,
}

impl Packed {
    /// `None` where they cannot be packed: then they stay spread out.
    fn of(suggested: &Suggested) -> Option<Self> {
        let bytes = postcard::to_allocvec(&suggested.list).ok()?.into_boxed_slice();
        let packed = Self { bytes, text: suggested.text.clone() };
        // What reading refuses (a span of nothing) must not be put away: it would be gone without a word.
        packed.list().is_some().then_some(packed)
    }

    fn list(&self) -> Option<Vec<Suggestion>> {
        postcard::from_bytes(&self.bytes).ok()
    }

    fn spread_out(&self) -> Suggested {
        let mut list = self.list().expect("was read once before it was put away");
        let mut names = NamePool::default();
        list.iter_mut().for_each(|suggestion| suggestion.share_names(&mut names));
        Suggested::on(list, self.text.clone())
    }
}

/// No suggestions.
static NONE: LazyLock<Arc<Suggested>> = LazyLock::new(Arc::default);

/// The suggestions of an article, packed up or spread out: whoever looks at them spreads them out.
#[derive(Debug, Default)]
pub(super) struct Suggestions {
    open: OnceLock<Arc<Suggested>>,
    /// What they are spread out from once they were packed up.
    packed: Option<Arc<Packed>>,
    /// Whether somebody has looked since that was asked last.
    used: AtomicBool,
}

impl Clone for Suggestions {
    fn clone(&self) -> Self {
        Self { open: self.open.clone(), packed: self.packed.clone(), used: AtomicBool::new(false) }
    }
}

impl Deref for Suggestions {
    type Target = Suggested;

    fn deref(&self) -> &Suggested {
        self.get()
    }
}

impl Suggestions {
    /// Spread out.
    pub(super) fn of(suggested: Suggested) -> Self {
        Self { open: Arc::new(suggested).into(), ..Self::default() }
    }

    /// The same, ready to be put away at no cost: for the background.
    pub(super) fn packed(mut self) -> Self {
        self.pack();
        self
    }

    /// All of them; they stay spread out.
    pub(super) fn get(&self) -> &Arc<Suggested> {
        self.used.store(true, Ordering::Relaxed);
        match &self.packed {
            Some(packed) => self.open.get_or_init(|| Arc::new(packed.spread_out())),
            None => self.open.get().unwrap_or(&NONE),
        }
    }

    /// All of them; where they are packed up they stay so.
    pub(super) fn in_passing(&self) -> Arc<Suggested> {
        match (self.open.get(), &self.packed) {
            (Some(open), _) => open.clone(),
            (None, Some(packed)) => Arc::new(packed.spread_out()),
            (None, None) => NONE.clone(),
        }
    }

    fn pack(&mut self) {
        if let (None, Some(open)) = (&self.packed, self.open.get()) {
            self.packed = Packed::of(open).map(Arc::new);
        }
    }

    /// Whether they are packed already, so that putting them away costs nothing.
    pub(super) fn is_packed(&self) -> bool {
        self.packed.is_some()
    }

    /// How many are spread out.
    pub(super) fn at_hand(&self) -> Option<usize> {
        self.open.get().map(|open| open.list.len())
    }

    /// Whether somebody has looked at them since this was asked last.
    pub(super) fn were_used(&mut self) -> bool {
        std::mem::take(self.used.get_mut())
    }

    /// Packs them up.
    pub(super) fn put_away(&mut self) {
        self.pack();
        if self.packed.is_some() {
            self.open = OnceLock::new();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::{ReadOptions, read};

    const TEXT: &str = "Published 18 July 2026\n\nUkraine's Coordination Headquarters said on Thursday that Russia handed \
                        over the bodies of 1,000 soldiers and received between 35 and 40 of its own. Hundreds more are \
                        still held, according to the Red Cross.\n\nIn July, August and September, 100 prisoners each \
                        were released. The ministry confirmed the figures.\n";

    #[test]
    fn packed_up_and_spread_out_again_they_are_the_same() {
        let article = read("a.md", TEXT.as_bytes(), &ReadOptions::default()).unwrap();
        let suggester = super::super::Words::built_in().suggester;
        let list = suggester.suggest(&article, &article.metadata);
        assert!(list.len() > 3, "{list:#?}");
        let scored = Suggestion { score: Some(0.25), suggester: "mine: too".into(), ..list[0].clone() };
        let before = Suggested::of(list.into_iter().chain([scored]).collect(), &article);
        let mut suggestions = Suggestions::of(Suggested::of(before.list.clone(), &article));
        suggestions.put_away();
        assert_eq!(suggestions.at_hand(), None);
        assert_eq!(suggestions.in_passing().list, before.list);
        assert_eq!(suggestions.at_hand(), None, "in passing nothing stays spread out");
        assert_eq!((&suggestions.list, &suggestions.keys), (&before.list, &before.keys));
        assert_eq!(suggestions.at_hand(), Some(before.list.len()));
        assert!(suggestions.were_used() && !suggestions.were_used());
        for place in 0..before.list.len() {
            let claim = before.claim(place).expect("fits");
            assert_eq!(suggestions.claim(place), Some(claim));
            assert_eq!(suggestions.place_of(&claim.id), Some(place), "{}", claim.id);
            assert_eq!(suggestions.place(&before.keys[place]), Some(place));
        }
    }

    #[test]
    fn what_would_not_be_read_again_is_not_put_away() {
        let article = read("a.md", TEXT.as_bytes(), &ReadOptions::default()).unwrap();
        let suggester = super::super::Words::built_in().suggester;
        let mut list = suggester.suggest(&article, &article.metadata);
        list[0].reading.date.span = Some(Span { start: 7, end: 7 });
        let mut suggestions = Suggestions::of(Suggested::of(list.clone(), &article));
        suggestions.put_away();
        assert_eq!(suggestions.at_hand(), Some(list.len()));
        assert_eq!(suggestions.list, list);
    }

    #[test]
    fn what_does_not_fit_the_text_makes_no_claim() {
        let article = read("a.md", TEXT.as_bytes(), &ReadOptions::default()).unwrap();
        let suggester = super::super::Words::built_in().suggester;
        let mut list = suggester.suggest(&article, &article.metadata);
        list.truncate(1);
        list[0].span = Span::new(TEXT.len() - 1, TEXT.len() + 7);
        let suggested = Suggested::of(list, &article);
        assert!(!suggested.fits(0) && suggested.claim(0).is_none());
        assert_eq!(suggested.place_of(&ClaimId::provisional(&suggested.keys[0])), None);
        assert_eq!(Suggestions::default().list.len(), 0);
    }
}
