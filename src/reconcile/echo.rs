//! Which article likely retells which: hints for the analyst, never proof.
//!
//! Claims are compared first (the same figures on the same word, a rare figure on nobody's), text
//! only between articles that share some. The direction cannot be known from two texts: the later
//! is said to retell the earlier, the undated the dated.

use std::collections::BTreeMap;
use std::hash::{Hash, Hasher};

use rustc_hash::FxHasher;

use crate::claim::{Basis, DateWindow};

use super::dating;
use super::placing::rare;
use super::statement::{Confirms, Prepared, Statement};

/// Texts that share this part of the shorter one's three-word shingles are near.
const CONTAINMENT: f64 = 0.2;
/// A figure in more articles than this tells nothing of who copied whom.
pub(super) const COMMON: usize = 6;
/// Facts with equal values on equal words that make an echo.
const SHARED: usize = 3;

/// A likely retelling.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Echo {
    /// The article that it likely retells, by rank.
    pub of: u32,
    pub reason: String,
    /// Whether it is strong enough for a date to be carried over.
    pub strong: bool,
}

/// The hashes of a text's three-word shingles, sorted and without repeats. Case, punctuation,
/// quotation marks (damaged ones too) and spacing make no difference. Memory: eight bytes a word.
pub fn shingles(text: &str) -> std::sync::Arc<[u64]> {
    let mut words: Vec<u64> = Vec::new();
    let mut hash = FNV;
    let mut inside = false;
    for c in text.chars() {
        // U+0E42 stands for quotation marks where UTF-8 was read as a Thai code page.
        if c.is_alphanumeric() && c != '\u{0E42}' {
            for lower in c.to_lowercase() {
                hash = fnv(hash, u64::from(u32::from(lower)));
            }
            inside = true;
        } else if inside {
            words.push(hash);
            (hash, inside) = (FNV, false);
        }
    }
    if inside {
        words.push(hash);
    }
    let mut out: Vec<u64> =
        words.windows(3).map(|three| three.iter().fold(FNV, |hash, word| fnv(hash, *word))).collect();
    out.sort_unstable();
    out.dedup();
    out.into()
}

const FNV: u64 = 0xcbf2_9ce4_8422_2325;

/// One step of Fowler–Noll–Vo 1a over a whole number; the same on every machine and version.
fn fnv(hash: u64, value: u64) -> u64 {
    value.to_le_bytes().iter().fold(hash, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3))
}

/// The part of the smaller set that the other holds too.
pub(super) fn containment(a: &[u64], b: &[u64]) -> f64 {
    let (small, large) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    if small.is_empty() {
        return 0.0;
    }
    let (mut i, mut j, mut both) = (0, 0, 0usize);
    while i < small.len() && j < large.len() {
        match small[i].cmp(&large[j]) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => {
                both += 1;
                i += 1;
                j += 1;
            }
        }
    }
    #[expect(clippy::cast_precision_loss, reason = "a text has far fewer than 2^52 words")]
    let share = both as f64 / small.len() as f64;
    share
}

/// What an article tells, as the comparison sees it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Told {
    /// Category, direction, value and source, hashed.
    pub what: u64,
    /// A rare value on nobody's word.
    rare: bool,
}

/// What a statement tells on the word of a source, and whether few articles tell it by chance.
/// `None` where it says nothing that can be compared.
pub(super) fn told<S: Hash>(statement: &Statement, source: Option<S>) -> Option<(Told, bool)> {
    if statement.denied || statement.confirms != Confirms::Nothing || !statement.count.has_value() {
        return None;
    }
    let mut hasher = FxHasher::default();
    let (q, named) = (&statement.count, source.is_some());
    (statement.key.category, statement.facet, q.low, q.high, q.low_soft, source).hash(&mut hasher);
    let rare = rare(q).is_some();
    let distinctive = rare || q.low.is_some_and(|n| n >= 10) && named;
    Some((Told { what: hasher.finish(), rare: rare && !named }, distinctive))
}

/// What two articles have in common, where it is enough to be said.
#[derive(Clone, Copy, Debug)]
pub(super) struct Alike {
    pub shared: usize,
    pub rare: usize,
    near: f64,
}

impl Alike {
    /// Compares two articles by what they tell, each sorted, and by the shingles of their texts.
    pub fn of(a: &[Told], b: &[Told], texts: (&[u64], &[u64])) -> Option<Self> {
        let (shared, rare) = in_common(a, b);
        // One shared figure is chance; text is compared only where there is more to it.
        if shared < 2 && rare == 0 {
            return None;
        }
        let near = containment(texts.0, texts.1);
        (shared >= SHARED || rare > 0 || near >= CONTAINMENT).then_some(Self { shared, rare, near })
    }

    /// The retelling that it speaks for.
    pub fn echo(self, of: u32) -> Echo {
        let Self { shared, rare, near } = self;
        let mut reasons = vec![format!("{shared} figures on the same word are the same")];
        if rare > 0 {
            reasons.push(format!("{rare} rare figures stand on nobody's word in both"));
        }
        if near >= CONTAINMENT {
            reasons.push(format!("{:.0} % of the shorter text's three-word runs are in the other", near * 100.0));
        }
        Echo { of, reason: reasons.join("; "), strong: shared >= SHARED && (rare > 0 || near >= CONTAINMENT) }
    }
}

/// Looks for retellings. `published` is by rank of the article. Articles are candidates only where
/// they share a figure that few others have.
pub(super) fn echoes(prepared: &Prepared<'_>, published: &[DateWindow]) -> BTreeMap<u32, Echo> {
    // What articles tell, one behind the other, each sorted and without repeats; and where each begins.
    let mut all: Vec<Told> = Vec::with_capacity(prepared.statements.len());
    let mut starts: Vec<usize> = Vec::with_capacity(prepared.articles.len() + 1);
    let mut distinctive: Vec<(u64, u32)> = Vec::new();
    // Confirmations stand behind all others, and tell nothing.
    let ordinary = prepared.statements.partition_point(|s| s.confirms == Confirms::Nothing);
    for of_article in prepared.statements[..ordinary].chunk_by(|a, b| a.article == b.article) {
        let from = all.len();
        starts.resize(of_article[0].article as usize + 1, from);
        for statement in of_article {
            let Some((told, is_distinctive)) = told(statement, statement.source) else { continue };
            all.push(told);
            if is_distinctive {
                distinctive.push((told.what, statement.article));
            }
        }
        all[from..].sort_unstable();
        let mut kept = from;
        for at in from..all.len() {
            if at == from || all[at] != all[kept - 1] {
                all[kept] = all[at];
                kept += 1;
            }
        }
        all.truncate(kept);
    }
    starts.resize(prepared.articles.len() + 1, all.len());
    distinctive.sort_unstable();
    distinctive.dedup();
    // The lower number of a pair in the upper half: these sort faster than two numbers do.
    let mut pairs: Vec<u64> = Vec::new();
    for group in distinctive.chunk_by(|a, b| a.0 == b.0) {
        if group.len() > COMMON {
            continue;
        }
        for (i, (_, a)) in group.iter().enumerate() {
            pairs.extend(group[i + 1..].iter().map(|(_, b)| u64::from(*a) << 32 | u64::from(*b)));
        }
    }
    pairs.sort_unstable();
    let of = |article: u32| &all[starts[article as usize]..starts[article as usize + 1]];
    // Earlier first, undated last.
    let order = |article: u32| {
        let window = published.get(article as usize).copied().unwrap_or_default();
        (window.start.is_none(), window.start, window.end, article)
    };
    let mut best: Vec<Option<((usize, usize, u32), Alike)>> = vec![None; prepared.articles.len()];
    pairs.dedup();
    for pair in pairs {
        #[expect(clippy::cast_possible_truncation, reason = "each half is one number")]
        let (a, b) = ((pair >> 32) as u32, pair as u32);
        let text = |article: u32| prepared.documents[article as usize].map_or(&[][..], |d| &d.shingles);
        let Some(alike) = Alike::of(of(a), of(b), (text(a), text(b))) else { continue };
        let (earlier, later) = if order(a) <= order(b) { (a, b) } else { (b, a) };
        let score = (alike.shared, alike.rare, u32::MAX - earlier);
        let found = &mut best[later as usize];
        if found.is_none_or(|(known, _)| score > known) {
            *found = Some((score, alike));
        }
    }
    let found = (0..).zip(best).filter_map(|(article, found)| Some((article, found?)));
    found.map(|(article, ((.., of), alike))| (article, alike.echo(u32::MAX - of))).collect()
}

/// How many figures two articles share, and how many of them are rare ones on nobody's word. Both
/// lists are sorted.
fn in_common(a: &[Told], b: &[Told]) -> (usize, usize) {
    let (mut shared, mut rare) = (0, 0);
    let (mut i, mut j) = (0, 0);
    while let (Some(x), Some(y)) = (a.get(i), b.get(j)) {
        match x.what.cmp(&y.what) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => {
                shared += 1;
                rare += usize::from(x.rare);
                i += 1;
                j += 1;
            }
        }
    }
    (shared, rare)
}

/// Dates of publication that undated articles take over from the dated ones that they retell, by
/// rank. Nothing is carried over that the article's own words contradict.
pub(super) fn linked(
    prepared: &Prepared<'_>,
    published: &[DateWindow],
    echoes: &BTreeMap<u32, Echo>,
) -> BTreeMap<u32, DateWindow> {
    let mut out: BTreeMap<u32, DateWindow> = BTreeMap::new();
    for (article, echo) in echoes.iter().filter(|(_, echo)| echo.strong) {
        let own = published.get(*article as usize).copied().unwrap_or_default();
        let theirs = published.get(echo.of as usize).copied().unwrap_or_default();
        let says = prepared.documents[*article as usize].and_then(|d| d.metadata.published_value.as_deref());
        out.extend(taken_over(&own, &theirs, says).map(|window| (*article, window)));
    }
    out
}

/// The date of publication that an article takes over from the one that it retells, where its own
/// is not known and nothing that it says speaks against it.
pub(super) fn taken_over(own: &DateWindow, theirs: &DateWindow, says: Option<&str>) -> Option<DateWindow> {
    let known = |window: &DateWindow| match (window.start, window.end) {
        (Some(start), Some(end)) => (end - start).num_days() <= 6,
        _ => false,
    };
    if known(own) || !known(theirs) {
        return None;
    }
    let fits = says.is_none_or(|value| dating::may_be(value, theirs)) && (!own.is_known() || own.contains(theirs));
    fits.then_some(DateWindow { basis: Basis::Linked, ..*theirs })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shingles_see_through_quotes_case_and_spacing() {
        let a = shingles("Ukraine’s headquarters said: “1,000 bodies  were returned”");
        let b = shingles("UKRAINEโs headquarters said โ1,000 bodies were\nreturnedโ");
        assert_eq!(a, b);
        assert!((containment(&a, &b) - 1.0).abs() < f64::EPSILON);
        assert_eq!(shingles("two words").len(), 0);
        assert!(containment(&a, &shingles("something else was said there today")) < f64::EPSILON);
    }
}
