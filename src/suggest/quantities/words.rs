//! The words that numbers are made of, and the compiled words that stand beside them.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::claim::numerals::{ORDINALS, SMALL, TENS, TENTHS};
use crate::claim::{Form, Lexicon};
use crate::suggest::tokens::words_of_form;
use crate::suggest::word_filter::WordFilter;

/// A word that numbers are made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum NumberWord {
    /// "zero", "nought"
    Zero,
    /// 1–19
    Small(u8),
    /// 20, 30 … 90
    Tens(u8),
    /// "hundred"
    Hundred,
    /// "thousand", "million", "lakh" …
    Scale(u64),
    /// "dozen", "score"
    Lot(u64),
    /// "tens", "dozens", "hundreds", "thousands" …: the unit
    Plural(u64),
    /// "first", "twentieth", "hundredth"
    Ordinal(u64),
    /// "thirds", "fifths"
    Parts(u64),
    /// "half", "quarter": the denominator
    Share(u64),
    /// "a", "an"
    Article,
}

const SCALES: [(&str, u64); 6] = [
    ("thousand", 1_000),
    ("lakh", 100_000),
    ("million", 1_000_000),
    ("crore", 10_000_000),
    ("billion", 1_000_000_000),
    ("trillion", 1_000_000_000_000),
];

/// What "k" and its like multiply by, glued to digits or (where `apart`) a space behind them.
pub(super) fn suffix(word: &str) -> Option<(u64, bool)> {
    Some(match word {
        "k" => (1_000, true),
        "m" => (1_000_000, false),
        "mn" | "mln" | "mil" | "mio" => (1_000_000, true),
        "mm" => (1_000_000, false),
        "b" => (1_000_000_000, false),
        "bn" | "bln" => (1_000_000_000, true),
        "tn" | "tln" | "trn" => (1_000_000_000_000, true),
        "dz" | "dzs" | "doz" | "dozs" => (12, true),
        _ => return None,
    })
}

/// A phrase beside a number, and what it makes of it.
#[derive(Clone, Debug)]
pub(super) struct Modifier {
    /// Its tokens, in the read form.
    pub words: Vec<Box<str>>,
    /// What it makes of the number; `None` for words that only add ("another").
    pub form: Option<Form>,
    /// Whether its bounds are conventions: "nearly".
    pub soft: bool,
    /// Whether the count adds to another.
    pub additive: bool,
    /// Words before it that take it away: "handed | over 1,000".
    pub not_after: Vec<Box<str>>,
}

/// A phrase that is a count by itself.
#[derive(Clone, Debug)]
pub(super) struct VagueWords {
    /// Its tokens, in the read form.
    pub words: Vec<Box<str>>,
    /// Lower bound.
    pub low: u64,
    /// Upper bound.
    pub high: Option<u64>,
    /// Whether it stands for another count: "the same number".
    pub reference: bool,
}

/// All words that stand in or beside numbers, compiled from a lexicon.
#[derive(Debug)]
pub struct Quantifiers {
    numbers: FxHashMap<&'static str, NumberWord>,
    /// What `numbers` may hold.
    number_filter: WordFilter,
    /// With what a figure in words may begin: `numbers` and `vague`.
    beginnings: WordFilter,
    /// By their last word, longest first.
    before: FxHashMap<Box<str>, Vec<Modifier>>,
    /// By their first word, longest first.
    after: FxHashMap<Box<str>, Vec<Modifier>>,
    /// By their first word, longest first.
    vague: FxHashMap<Box<str>, Vec<VagueWords>>,
    /// Single words for counted things, people or not: what "no" may deny.
    nouns: FxHashSet<Box<str>>,
}

impl Quantifiers {
    /// Compiles the quantifiers of a lexicon, and the nouns that they count.
    pub fn new(lexicon: &Lexicon) -> Self {
        let (mut before, mut after, mut vague) = (
            FxHashMap::<_, Vec<Modifier>>::default(),
            FxHashMap::<_, Vec<Modifier>>::default(),
            FxHashMap::<_, Vec<VagueWords>>::default(),
        );
        for entry in &lexicon.quantifiers {
            for form in &entry.forms {
                let words = tokenised(form);
                let (Some(first), Some(last)) = (words.first().cloned(), words.last().cloned()) else { continue };
                let reference = entry.form == Some(Form::ByReference);
                if reference || entry.low.is_some() {
                    let low = entry.low.unwrap_or(0);
                    vague.entry(first).or_default().push(VagueWords { words, low, high: entry.high, reference });
                    continue;
                }
                let not_after = entry.not_after.iter().map(|word| word.to_lowercase().into()).collect();
                let modifier =
                    Modifier { words, form: entry.form, soft: entry.soft, additive: entry.additive, not_after };
                if entry.after {
                    after.entry(first).or_default().push(modifier);
                } else {
                    before.entry(last).or_default().push(modifier);
                }
            }
        }
        let longest = |list: &mut Vec<Modifier>| list.sort_by_key(|m| std::cmp::Reverse(m.words.len()));
        before.values_mut().for_each(longest);
        after.values_mut().for_each(longest);
        vague.values_mut().for_each(|list| list.sort_by_key(|v| std::cmp::Reverse(v.words.len())));
        let nouns = lexicon.nouns.iter().flat_map(|noun| &noun.forms).map(|form| form.to_lowercase().into()).collect();
        let numbers = numbers();
        let number_filter = WordFilter::new(numbers.keys().copied());
        let beginnings = WordFilter::new(numbers.keys().copied().chain(vague.keys().map(|word| &**word)));
        Self { numbers, number_filter, beginnings, before, after, vague, nouns }
    }

    pub(super) fn number(&self, word: &str) -> Option<NumberWord> {
        if self.number_filter.may_have(word) { self.numbers.get(word).copied() } else { None }
    }

    /// Whether a figure in words may begin with a word, by what tells it from most others. `false` is certain.
    #[inline]
    pub(super) fn may_begin(&self, mixed: u32) -> bool {
        self.beginnings.may_have_mixed(mixed)
    }

    /// Whether a word, in lower case, names a counted thing of the lexicon.
    pub fn is_counted_noun(&self, word: &str) -> bool {
        self.nouns.contains(word)
    }

    /// The modifiers that end with a word.
    pub(super) fn before(&self, last: &str) -> &[Modifier] {
        self.before.get(last).map_or(&[], Vec::as_slice)
    }

    /// The modifiers that begin with a word.
    pub(super) fn after(&self, first: &str) -> &[Modifier] {
        self.after.get(first).map_or(&[], Vec::as_slice)
    }

    /// The counts by themselves that begin with a word.
    pub(super) fn vague(&self, first: &str) -> &[VagueWords] {
        self.vague.get(first).map_or(&[], Vec::as_slice)
    }
}

fn tokenised(form: &str) -> Vec<Box<str>> {
    let mut words = Vec::new();
    words_of_form(form, |word, _| words.push(word.into()));
    words
}

/// The plural of a spelled ordinal is never in a text but in these few shapes.
fn numbers() -> FxHashMap<&'static str, NumberWord> {
    use NumberWord::*;
    let mut map = FxHashMap::default();
    let mut add = |word, meaning| {
        map.insert(word, meaning);
    };
    for (place, word) in SMALL.iter().enumerate() {
        add(*word, Small(place as u8 + 1));
    }
    for (place, word) in TENS.iter().enumerate() {
        add(*word, Tens(place as u8 * 10 + 20));
    }
    for (place, word) in ORDINALS.iter().enumerate() {
        add(*word, Ordinal(place as u64 + 1));
    }
    for (place, word) in TENTHS.iter().enumerate() {
        add(*word, Ordinal(place as u64 * 10 + 20));
    }
    for (word, value) in SCALES {
        add(word, Scale(value));
    }
    for (word, meaning) in [
        ("zero", Zero),
        ("nought", Zero),
        ("naught", Zero),
        ("hundred", Hundred),
        ("dozen", Lot(12)),
        ("score", Lot(20)),
        ("tens", Plural(10)),
        ("dozens", Plural(12)),
        ("scores", Plural(20)),
        ("hundreds", Plural(100)),
        ("thousands", Plural(1_000)),
        ("lakhs", Plural(100_000)),
        ("millions", Plural(1_000_000)),
        ("crores", Plural(10_000_000)),
        ("billions", Plural(1_000_000_000)),
        ("trillions", Plural(1_000_000_000_000)),
        ("hundredth", Ordinal(100)),
        ("thousandth", Ordinal(1_000)),
        ("millionth", Ordinal(1_000_000)),
        ("billionth", Ordinal(1_000_000_000)),
        ("trillionth", Ordinal(1_000_000_000_000)),
        ("half", Share(2)),
        ("halves", Parts(2)),
        ("quarter", Share(4)),
        ("quarters", Parts(4)),
        ("firsts", Parts(1)),
        ("thirds", Parts(3)),
        ("fourths", Parts(4)),
        ("fifths", Parts(5)),
        ("sixths", Parts(6)),
        ("sevenths", Parts(7)),
        ("eighths", Parts(8)),
        ("ninths", Parts(9)),
        ("tenths", Parts(10)),
        ("elevenths", Parts(11)),
        ("twelfths", Parts(12)),
        ("fifteenths", Parts(15)),
        ("sixteenths", Parts(16)),
        ("twentieths", Parts(20)),
        ("thirtieths", Parts(30)),
        ("hundredths", Parts(100)),
        ("thousandths", Parts(1_000)),
        ("millionths", Parts(1_000_000)),
        ("billionths", Parts(1_000_000_000)),
        ("trillionths", Parts(1_000_000_000_000)),
        ("a", Article),
        ("an", Article),
    ] {
        add(word, meaning);
    }
    map
}
