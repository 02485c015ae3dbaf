//! Where words of a text stand in a corrected version of it.
//!
//! In this order: the same text has the same positions; words with the same surroundings, there once
//! in either text, are the same; what the difference of the two texts leaves standing has moved with it; words that stand in the new text once are found there; else the place
//! whose words and surroundings are most alike, accepted from [`ACCEPTED`] where no other is nearly
//! as good, put forward for review from [`REVIEWED`], and otherwise none. Nothing is guessed below
//! that, and nothing is moved without being said.

mod claims;
mod tokens;

pub use claims::{Fate, OldText, Outcome, Reanchored, reanchor, reanchor_at};

use std::cell::OnceCell;
use std::collections::BTreeMap;

use imara_diff::{Algorithm, Diff, InternedInput};

use crate::claim::{Anchor, Span};
use tokens::{Token, numbers, tokens};

/// How alike a place must be for words to be put there, from 0 to 1.
pub const ACCEPTED: f64 = 0.90;
/// By how much it must be better than any other.
pub const MARGIN: f64 = 0.05;
/// How alike a place must be to be put forward.
pub const REVIEWED: f64 = 0.70;

/// Words of which every text has many say nothing of a place.
const COMMON: usize = 40;
/// So many words may stand somewhere else by chance, beside a comma that stands there too.
const FEW: usize = 3;
/// So many places are looked at closely.
const PLACES: usize = 8;
/// Words longer than this, in bytes, are compared by their tokens: letter by letter, a passage that
/// stands in some places nearly would take seconds.
const LONG: usize = 300;

/// What became of a span.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Placed {
    /// The same words stand here; white space may differ.
    Same(Span),
    /// Other words stand in its place, this much alike.
    Changed(Span, f64),
    /// This may be the place, or not.
    Doubtful(Span, f64),
    /// It is nowhere.
    Lost,
}

/// Two versions of a text.
#[derive(Debug)]
pub struct Versions<'a> {
    old: &'a str,
    new: &'a str,
    old_tokens: Vec<Token>,
    new_tokens: Vec<Token>,
    /// For each token of the old text, the one of the new that it is.
    same: Vec<Option<u32>>,
    /// Where each word stands in the new text, for those that are not common.
    index: OnceCell<BTreeMap<&'a str, Vec<u32>>>,
}

/// For each token of one text, the token of the other that the difference leaves standing.
fn aligned(old: &str, old_tokens: &[Token], new: &str, new_tokens: &[Token]) -> Vec<Option<u32>> {
    let mut input: InternedInput<&str> = InternedInput::default();
    input.update_before(old_tokens.iter().map(|token| token.of(old)));
    input.update_after(new_tokens.iter().map(|token| token.of(new)));
    let diff = Diff::compute(Algorithm::Histogram, &input);
    let mut same = vec![None; old_tokens.len()];
    let (mut before, mut after) = (0, 0);
    let mut stand = |before: std::ops::Range<u32>, after: u32| {
        for (n, place) in before.enumerate() {
            same[place as usize] = Some(after + n as u32);
        }
    };
    for hunk in diff.hunks() {
        stand(before..hunk.before.start, after);
        (before, after) = (hunk.before.end, hunk.after.end);
    }
    stand(before..old_tokens.len() as u32, after);
    same
}

impl<'a> Versions<'a> {
    /// Compares two versions of a text.
    pub fn new(old: &'a str, new: &'a str) -> Self {
        let (old_tokens, new_tokens) = (tokens(old), tokens(new));
        let same = match old == new {
            true => (0..old_tokens.len() as u32).map(Some).collect(),
            false => aligned(old, &old_tokens, new, &new_tokens),
        };
        Self { old, new, old_tokens, new_tokens, same, index: OnceCell::new() }
    }

    /// Where the words of an anchor on the old text stand in the new one.
    pub fn place(&self, anchor: &Anchor) -> Placed {
        if anchor.quote.is_empty() {
            return Placed::Lost; // words of nothing are nowhere
        }
        // Where other words stand than it says, its place tells nothing: a file was damaged.
        let holds = anchor.holds(self.old);
        if self.old == self.new && holds {
            return Placed::Same(anchor.span);
        }
        if holds && let Some(span) = self.with_surroundings(anchor) {
            return Placed::Same(span);
        }
        let standing = self.standing(anchor.span, true).filter(|_| holds);
        // The difference may leave a word standing where another like it was: what stands around it tells.
        let is_word = |token: &&Token| token.is_word;
        let is_said_by_words = |span: Span| tokens(span.of(self.new)).iter().filter(is_word).count() > FEW;
        if let Some(span) = standing.filter(|span| is_said_by_words(*span) || self.alike(anchor, *span) >= REVIEWED) {
            return Placed::Same(span);
        }
        let exact: Vec<usize> = self.new.match_indices(&*anchor.quote).map(|(at, _)| at).take(COMMON).collect();
        let at = |start: usize| Span::new(start, start + anchor.quote.len());
        if let [only] = exact[..] {
            // A word or two that stand somewhere else by chance are not the same words.
            let (span, words) = (at(only), tokens(&anchor.quote).iter().filter(|token| token.is_word).count());
            let score = self.alike(anchor, span);
            return match words > 2 || score >= REVIEWED {
                true => Placed::Same(span),
                false => Placed::Doubtful(span, score),
            };
        }
        let mut places: Vec<Span> = exact.into_iter().map(at).collect();
        places.extend(standing);
        places.extend(self.hull(anchor.span).filter(|_| holds));
        places.extend(self.likely(anchor));
        self.best(anchor, places)
    }

    /// Where an anchor stands with all that stood around it, where that is one place in either text:
    /// whatever was changed or moved elsewhere, it is this one.
    fn with_surroundings(&self, anchor: &Anchor) -> Option<Span> {
        if anchor.before.is_empty() || anchor.after.is_empty() {
            return None;
        }
        let whole = format!("{}{}{}", anchor.before, anchor.quote, anchor.after);
        let only = |text: &str| {
            let at = text.find(&whole)?;
            (text.rfind(&whole) == Some(at)).then_some(at + anchor.before.len())
        };
        only(self.old)?;
        let start = only(self.new)?;
        Some(Span::new(start, start + anchor.quote.len()))
    }

    /// The best of some places.
    fn best(&self, anchor: &Anchor, mut places: Vec<Span>) -> Placed {
        places.sort_unstable();
        places.dedup();
        let mut scored: Vec<(f64, Span)> = places.into_iter().map(|span| (self.alike(anchor, span), span)).collect();
        scored.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        let Some(&(score, span)) = scored.first() else { return Placed::Lost };
        let second = scored.iter().find(|(_, other)| !other.overlaps(span)).map_or(0.0, |(score, _)| *score);
        if score < REVIEWED {
            return Placed::Lost;
        }
        if score < ACCEPTED || score - second < MARGIN {
            return Placed::Doubtful(span, score);
        }
        if same_words(&anchor.quote, span.of(self.new)) { Placed::Same(span) } else { Placed::Changed(span, score) }
    }

    /// The tokens of the old text that a span touches, first and last.
    fn touched(&self, span: Span) -> Option<(usize, usize)> {
        let first = self.old_tokens.partition_point(|token| token.end <= span.start);
        let behind = self.old_tokens.partition_point(|token| token.start < span.end);
        (first < behind).then(|| (first, behind - 1))
    }

    /// Where a span stands that the difference has left standing whole. With `surely`, something
    /// beside it must stand as well: alone it may have been matched by chance.
    fn standing(&self, span: Span, surely: bool) -> Option<Span> {
        let (first, last) = self.touched(span)?;
        let start = self.same[first]?;
        for (n, place) in (first..=last).enumerate() {
            if self.same[place] != Some(start + n as u32) {
                return None;
            }
        }
        let end = start + (last - first) as u32;
        let beside = |place: Option<usize>, expected: Option<u32>| match (place, expected) {
            (Some(place), Some(expected)) => self.same.get(place).copied().flatten() == Some(expected),
            (None, None) => true, // both texts begin with it
            _ => false,
        };
        let words = (first..=last).filter(|place| self.old_tokens[*place].is_word).count();
        let sure = words > FEW
            || beside(first.checked_sub(1), start.checked_sub(1))
            || (last + 1 < self.same.len() && beside(Some(last + 1), Some(end + 1)));
        if surely && !sure {
            return None;
        }
        // A span may begin or end inside of a token: the same one has the same inside.
        let (old_first, new_first) = (self.old_tokens[first], self.new_tokens[start as usize]);
        let (old_last, new_last) = (self.old_tokens[last], self.new_tokens[end as usize]);
        let from = new_first.start + span.start.saturating_sub(old_first.start);
        let to = new_last.end - old_last.end.saturating_sub(span.end);
        Span::checked(self.new, from as usize, to as usize)
    }

    /// What stands between the nearest words on either side of a span that the difference has left
    /// standing, as far as it is like the words of the span.
    fn hull(&self, span: Span) -> Option<Span> {
        hull(self.old, &self.old_tokens, self.new, &self.new_tokens, &self.same, span)
    }

    /// Places where words of an anchor and of its surroundings stand together.
    fn likely(&self, anchor: &Anchor) -> Vec<Span> {
        let index = self.index.get_or_init(|| {
            let mut index: BTreeMap<&str, Vec<u32>> = BTreeMap::new();
            for (place, token) in self.new_tokens.iter().enumerate().filter(|(_, token)| token.is_word) {
                index.entry(token.of(self.new)).or_default().push(place as u32);
            }
            index.retain(|_, places| places.len() <= COMMON);
            index
        });
        let window = format!("{}{}{}", anchor.before, anchor.quote, anchor.after);
        let inside = Span::new(anchor.before.len(), anchor.before.len() + anchor.quote.len());
        let local = tokens(&window);
        let begins = local.partition_point(|token| token.end <= inside.start);
        let mut votes: BTreeMap<i64, usize> = BTreeMap::new();
        for (n, token) in local.iter().enumerate().filter(|(_, token)| token.is_word) {
            for place in index.get(token.of(&window)).into_iter().flatten() {
                *votes.entry((i64::from(*place) - n as i64 + begins as i64) / 8).or_default() += 1;
            }
        }
        let mut votes: Vec<_> = votes.into_iter().map(|(place, votes)| (std::cmp::Reverse(votes), place)).collect();
        votes.sort_unstable();
        let length = local.len() as i64;
        let look = |(_, place): (std::cmp::Reverse<usize>, i64)| {
            let bound = |place: i64| usize::try_from(place.max(0)).unwrap_or(0).min(self.new_tokens.len());
            let (from, to) = (bound(place * 8 - length), bound(place * 8 + 2 * length + 8));
            let around = self.new_tokens.get(from..to).filter(|around| !around.is_empty())?;
            let same = aligned(&window, &local, self.new, around);
            hull(&window, &local, self.new, around, &same, inside)
        };
        votes.into_iter().take(PLACES).filter_map(look).collect()
    }

    /// How alike an anchor and a place in the new text are, surroundings included: from 0 to 1.
    fn alike(&self, anchor: &Anchor, span: Span) -> f64 {
        let flat = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        let around = |text: &str| text.chars().count();
        // Paragraphs come and go as wholes: what stands in another one says little.
        let (before, after) = (last_paragraph(&anchor.before), first_paragraph(&anchor.after));
        let (before, after) = (flat(before), flat(after));
        // Twice as much of the new text as there is of the old: words may have been put in between.
        let head: Vec<char> = self.new[..span.start as usize].chars().rev().take(2 * around(&anchor.before)).collect();
        let tail: String = self.new[span.end as usize..].chars().take(2 * around(&anchor.after)).collect();
        let head: String = head.into_iter().rev().collect();
        let (head, tail) = (flat(last_paragraph(&head)), flat(first_paragraph(&tail)));
        let (quote, words) = (flat(&anchor.quote), flat(span.of(self.new)));
        let length = (around(&before) + around(&quote).max(around(&words)) + around(&after)).max(1);
        let backwards = |text: &str| text.chars().rev().collect::<Vec<char>>();
        let forwards = |text: &str| text.chars().collect::<Vec<char>>();
        let edits = (1.0 - likeness(&quote, &words)) * around(&quote).max(around(&words)) as f64
            + beginning(&backwards(&before), &backwards(&head)) as f64
            + beginning(&forwards(&after), &forwards(&tail)) as f64;
        (1.0 - edits / length as f64).max(0.0)
    }

    /// Where a smaller span of a claim stands, given where its main words `old` stand now. `None`
    /// where that cannot be said for sure.
    fn place_inside(&self, span: Span, old: Span, new: Span) -> Option<Span> {
        Span::checked(self.old, span.start as usize, span.end as usize)?;
        if let Some(found) = self.standing(span, false).filter(|found| new.contains(*found) == old.contains(span)) {
            return Some(found);
        }
        if old.contains(span) {
            let (from, to) = (old.of(self.old), new.of(self.new));
            let local = Span::new((span.start - old.start) as usize, (span.end - old.start) as usize);
            // Of a word that stands, a piece of it stands too.
            let within = Versions::new(from, to);
            let found = within.standing(local, false).or_else(|| within.hull(local))?;
            return Span::checked(self.new, (new.start + found.start) as usize, (new.start + found.end) as usize);
        }
        match self.place(&Anchor::new(self.old, span)?) {
            Placed::Same(span) | Placed::Changed(span, _) => Some(span),
            Placed::Doubtful(..) | Placed::Lost => None,
        }
    }
}

/// Whether two pieces of text have the same words; white space may differ.
fn same_words(a: &str, b: &str) -> bool {
    a.split_whitespace().eq(b.split_whitespace())
}

/// How alike two pieces of text are: 1 less the share of characters that are to be changed.
fn likeness(a: &str, b: &str) -> f64 {
    if a.len().max(b.len()) <= LONG {
        return strsim::normalized_levenshtein(a, b);
    }
    let (left, right) = (tokens(a), tokens(b));
    let same = aligned(a, &left, b, &right).into_iter().flatten().count();
    2.0 * same as f64 / (left.len() + right.len()).max(1) as f64
}

fn first_paragraph(text: &str) -> &str {
    text.split_once("\n\n").map_or(text, |(first, _)| first)
}

fn last_paragraph(text: &str) -> &str {
    text.rsplit_once("\n\n").map_or(text, |(_, last)| last)
}

/// How many characters must be changed to make of one text some beginning of another: the distance
/// of Levenshtein with a free end.
fn beginning(text: &[char], other: &[char]) -> usize {
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (n, character) in text.iter().enumerate() {
        let mut corner = row[0];
        row[0] = n + 1;
        for (m, there) in other.iter().enumerate() {
            let here = (corner + usize::from(character != there)).min(row[m] + 1).min(row[m + 1] + 1);
            corner = row[m + 1];
            row[m + 1] = here;
        }
    }
    row.into_iter().min().unwrap_or(0)
}

/// See [`Versions::hull`]; `new_tokens` may be those of a part of the new text.
fn hull(
    old: &str,
    old_tokens: &[Token],
    new: &str,
    new_tokens: &[Token],
    same: &[Option<u32>],
    span: Span,
) -> Option<Span> {
    let first = old_tokens.partition_point(|token| token.end <= span.start);
    let behind = old_tokens.partition_point(|token| token.start < span.end);
    if first >= behind {
        return None;
    }
    let stands = |place: &usize| old_tokens[*place].is_word.then_some(same[*place]).flatten();
    let inside: Vec<u32> = (first..behind).filter_map(|place| same[place]).collect();
    let low = match same[first] {
        Some(place) => place,
        None => (0..first).rev().find_map(|place| stands(&place)).map_or(0, |place| place + 1),
    };
    let high = match same[behind - 1] {
        Some(place) => place + 1,
        None => (behind..old_tokens.len()).find_map(|place| stands(&place)).unwrap_or(new_tokens.len() as u32),
    };
    let (low, high) = (low as usize, high as usize);
    // What is far longer than the words were has something else in it.
    if low >= high || high > new_tokens.len() || high - low > 3 * (behind - first) + 8 {
        return None;
    }
    if inside.iter().any(|place| !(low..high).contains(&(*place as usize))) {
        return None;
    }
    let words = span.of(old);
    let cut =
        |from: usize, to: usize| Span::checked(new, new_tokens[from].start as usize, new_tokens[to - 1].end as usize);
    // Words that were put in before or behind it do not belong to it.
    let most = 6.min(high - low - 1);
    let mut best: Option<(f64, Span)> = None;
    for front in 0..=most {
        for back in 0..=most - front {
            let Some(found) = cut(low + front, high - back) else { continue };
            let score = likeness(words, found.of(new));
            if best.is_none_or(|(other, _)| score > other) {
                best = Some((score, found));
            }
            if score >= 1.0 {
                return Some(found); // no other can be more alike
            }
        }
    }
    best.map(|(_, span)| span)
}

#[cfg(test)]
mod tests;
