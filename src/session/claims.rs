//! The claims of one article, by position: changed by one, and copied for the background, at a cost
//! that does not grow with how many there are.

use std::sync::Arc;

use crate::claim::{Claim, Span};

/// So many claims are kept together at the most; copies share such parts until one of them changes.
const PART: usize = 512;

/// Claims, by position.
#[derive(Clone, Debug, Default)]
pub(super) struct Claims {
    /// None is empty.
    parts: Vec<Arc<Vec<Arc<Claim>>>>,
    len: usize,
}

impl Claims {
    /// Claims in any order.
    pub(super) fn of(mut claims: Vec<Arc<Claim>>) -> Self {
        claims.sort_by(|a, b| a.order().cmp(&b.order()));
        let parts = claims.chunks(PART).map(|part| Arc::new(part.to_vec())).collect();
        Self { parts, len: claims.len() }
    }

    /// How many.
    pub(super) fn len(&self) -> usize {
        self.len
    }

    /// All, by position.
    pub(super) fn iter(&self) -> impl DoubleEndedIterator<Item = &Arc<Claim>> {
        self.parts.iter().flat_map(|part| part.iter())
    }

    /// Those whose main words are exactly a span.
    pub(super) fn at(&self, span: Span) -> impl Iterator<Item = &Arc<Claim>> {
        let before = move |claim: &Claim| claim.order().1 < Some(span);
        let first = self.parts.partition_point(|part| part.last().is_some_and(|claim| before(claim)));
        let near = self.parts[first..].iter().flat_map(|part| part.iter()).skip_while(move |claim| before(claim));
        near.take_while(move |claim| claim.order().1 == Some(span))
    }

    /// Where a claim is, or would be: the part, and the place in it.
    fn find(&self, claim: &Claim) -> (usize, Result<usize, usize>) {
        let order = claim.order();
        let part = self.parts.partition_point(|part| part.last().is_some_and(|last| last.order() < order));
        let part = part.min(self.parts.len().saturating_sub(1));
        let Some(claims) = self.parts.get(part) else { return (0, Err(0)) };
        (part, claims.binary_search_by(|other| other.order().cmp(&order)))
    }

    /// The place of a claim among all of them, from 0.
    pub(super) fn place(&self, claim: &Claim) -> Option<usize> {
        let (part, place) = self.find(claim);
        Some(self.parts[..part].iter().map(|part| part.len()).sum::<usize>() + place.ok()?)
    }

    /// Puts a claim in its place.
    pub(super) fn insert(&mut self, claim: Arc<Claim>) {
        let (at, place) = self.find(&claim);
        let Some(part) = self.parts.get_mut(at) else {
            *self = Self { parts: vec![Arc::new(vec![claim])], len: 1 };
            return;
        };
        let claims = Arc::make_mut(part);
        match place {
            Ok(place) => claims[place] = claim,
            Err(place) => {
                claims.insert(place, claim);
                self.len += 1;
            }
        }
        if claims.len() > PART {
            let half = claims.split_off(PART / 2);
            self.parts.insert(at + 1, Arc::new(half));
        }
    }

    /// Takes out the claim that stands where this one does and has its id.
    pub(super) fn remove(&mut self, claim: &Claim) -> Option<Arc<Claim>> {
        let (at, place) = self.find(claim);
        let claims = Arc::make_mut(self.parts.get_mut(at)?);
        let removed = claims.remove(place.ok()?);
        if claims.is_empty() {
            self.parts.remove(at);
        }
        self.len -= 1;
        Some(removed)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::claim::{Anchor, ArticleId, ClaimId, Count, Quantity, Reading, Stamp, Trace};

    fn claim(start: usize, id: usize) -> Arc<Claim> {
        let span = Span::new(start, start + 3);
        let anchor = Anchor { span, quote: "abc".into(), before: "".into(), after: "".into() };
        let stamp = Stamp { by: "anna".into(), at: chrono::DateTime::UNIX_EPOCH };
        Arc::new(Claim {
            id: ClaimId(format!("c{id}").into()),
            article: ArticleId("a".into()),
            version: 1,
            evidence: vec![anchor],
            reading: Reading::new(Count { span: Some(span), quantity: Quantity::exact(3) }, "bodies"),
            trace: Trace::new(),
            grade: None,
            score: None,
            note: String::new(),
            suggestion: None,
            created: stamp,
            changed: None,
            codebook_revision: 1,
        })
    }

    proptest! {
        #[test]
        fn changed_one_by_one_they_are_the_same_as_sorted_at_once(
            begun in prop::collection::vec((0..900_usize, 0..3_usize), 0..1_200),
            steps in prop::collection::vec((any::<bool>(), 0..900_usize, 0..3_usize), 0..300),
        ) {
            let begun: std::collections::BTreeSet<_> = begun.into_iter().collect();
            let mut plain: std::collections::BTreeMap<_, _> =
                begun.iter().map(|(start, id)| ((*start, *id), claim(*start, *id))).collect();
            let mut claims = Claims::of(plain.values().cloned().collect());
            let copy = claims.clone();
            for (adds, start, id) in steps {
                let one = claim(start, id);
                if adds {
                    claims.insert(one.clone());
                    plain.insert((start, id), one);
                } else {
                    prop_assert_eq!(claims.remove(&one), plain.remove(&(start, id)));
                }
            }
            prop_assert!(claims.iter().eq(plain.values()));
            prop_assert_eq!(claims.len(), plain.len());
            prop_assert!(claims.parts.iter().all(|part| !part.is_empty() && part.len() <= PART));
            for start in [0, 7, 450, 899] {
                let at = claims.at(Span::new(start, start + 3)).count();
                prop_assert_eq!(at, (0..3).filter(|id| plain.contains_key(&(start, *id))).count());
            }
            prop_assert_eq!(copy.len(), begun.len(), "a copy stays as it was");
        }
    }
}
