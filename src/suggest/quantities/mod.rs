//! Every figure of a text, in digits or words, with the interval that its wording leaves open.
//!
//! A hand-written automaton over tokens, linear in the text: a number is read where one begins
//! ([`number`]), then the words around it say what it is ([`Note`]) and what they make of it: the
//! modifiers of the lexicon, ranges, two bounds joined ("more than 20 but fewer than 30").
//! Nothing is thrown away here but what is certainly no count (addresses, times, "29km"): ages,
//! money and the like are told by notes or by the lexicon's suppressions, later.

mod number;
mod ratio;
mod read;
mod words;

use std::ops::Range;

pub use ratio::Ratio;
pub use words::Quantifiers;

pub(super) use read::read_quantity;

use self::number::{Joining, Kind, Number, number_at};
use self::words::Modifier;
use super::tokens::{TokenKind, Tokens};
use crate::claim::{Conventions, Form, Quantity, Span, VagueTable};

/// What the words around a figure say of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Note {
    /// "another 3,000", "tens of thousands more": on top of another count.
    Additive,
    /// "five of them", "including 3": a part of another count. The partner, if known, is the whole.
    Part,
    /// "38 each", "each 38": one count for each of several.
    Each,
    /// "first", "13th".
    Ordinal,
    /// "half", "two thirds", "2.5", "one in five": no whole number.
    Fraction,
    /// "5 per cent".
    PerCent,
    /// "$5 million", "300 roubles".
    Currency,
    /// "1,000-kilometre", "three-day": a hyphen ties it to the word behind.
    Compound,
    /// "5 pm".
    Time,
    /// "T-72", "No. 5", "#3": a name, not a number.
    Label,
    /// "three times", "twofold".
    Multiplier,
    /// "minus 5".
    Negative,
    /// "6,000 for 6,000": the partner is the other one.
    ForPartner,
    /// "not 38 but 35", "from 38 to 41": the value that no longer holds. The partner is the new one.
    Withdrawn,
    /// The value that replaces its partner.
    Correction,
    /// "the same number": the partner, if any, is the count just before.
    Reference,
    /// "no bodies", "none of": zero by denial.
    Nothing,
    /// Written in words.
    Spelled,
    /// Four digits without a separator, that might be a year where no date is near.
    YearLike,
    /// "K", "m", "million" written with digits: a rounded notation.
    Rounded,
}

/// The notes on a figure.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Notes(u32);

impl Notes {
    /// Whether a note is there.
    pub fn has(self, note: Note) -> bool {
        self.0 & 1 << note as u8 != 0
    }

    /// Whether any of these notes is there.
    pub fn any(self, notes: &[Note]) -> bool {
        notes.iter().any(|note| self.has(*note))
    }

    /// Adds a note.
    pub fn add(&mut self, note: Note) {
        self.0 |= 1 << note as u8;
    }
}

/// A figure in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QuantityMention {
    /// Its tokens, modifiers included: "more than 1,800".
    pub tokens: Range<usize>,
    /// The tokens of the number alone: "1,800".
    pub number: Range<usize>,
    /// Where it stands, modifiers included. Words that only add ("another", "more") are left out.
    pub span: Span,
    /// The count. `None` where the figure is no whole number, or negative. "The same number" has
    /// the value of the count before it in the sentence, where there is one.
    pub quantity: Option<Quantity>,
    /// The number's value, where it has one: 2.5 is 5/2.
    pub value: Option<Ratio>,
    /// What the words around say of it.
    pub notes: Notes,
    /// The place, in the list of mentions, of the figure that it belongs with.
    pub partner: Option<usize>,
}

impl QuantityMention {
    /// Whether a note is there.
    pub fn has(&self, note: Note) -> bool {
        self.notes.has(note)
    }

    /// Whether the figure might count something: whole, and neither money, nor a share, a time or a name.
    pub fn may_count(&self) -> bool {
        use Note::*;
        self.quantity.is_some()
            && !self.notes.any(&[Ordinal, Fraction, PerCent, Currency, Time, Label, Multiplier, Negative])
    }
}

/// The figures of a text, by position. `taken` are token ranges that belong to something else
/// (dates), sorted: no figure reaches into them.
pub fn quantities(
    tokens: &Tokens<'_>,
    q: &Quantifiers,
    conventions: &Conventions,
    taken: &[Range<usize>],
) -> Vec<QuantityMention> {
    let mut finder = Finder { tokens, q, conventions, taken, next_taken: 0, found: Vec::new() };
    finder.run();
    let mut found = finder.found;
    join_bounds(tokens, &mut found);
    pair_up(tokens, &mut found);
    found
}

struct Finder<'a> {
    tokens: &'a Tokens<'a>,
    q: &'a Quantifiers,
    conventions: &'a Conventions,
    taken: &'a [Range<usize>],
    next_taken: usize,
    found: Vec<QuantityMention>,
}

impl Finder<'_> {
    fn run(&mut self) {
        let mut at = 0;
        while at < self.tokens.len() {
            while self.taken.get(self.next_taken).is_some_and(|range| range.end <= at) {
                self.next_taken += 1;
            }
            if let Some(range) = self.taken.get(self.next_taken).filter(|range| range.start <= at) {
                at = range.end;
                continue;
            }
            at = self.mention(at).max(at + 1);
        }
    }

    /// Whether tokens up to `end` are free.
    fn free(&self, range: &Range<usize>) -> bool {
        let ahead = &self.taken[self.next_taken..];
        let clear = |taken: &Range<usize>| taken.end <= range.start || taken.start >= range.end;
        ahead.iter().take(3).all(clear)
    }

    fn number(&self, at: usize, joining: Joining) -> Option<Number> {
        let number = number_at(self.tokens, self.q, at, joining)?;
        self.free(&number.tokens).then_some(number)
    }

    /// Reads the figure that begins at a token, if one does; gives the token to go on from.
    fn mention(&mut self, at: usize) -> usize {
        let tokens = self.tokens;
        match tokens.kind(at) {
            TokenKind::Number => {
                if let Some(behind) = code(tokens, at) {
                    return behind;
                }
            }
            TokenKind::Word => {
                if let Some(behind) = self.nothing(at) {
                    return behind;
                }
            }
            TokenKind::Punct if tokens.is(at, ".") => {}
            _ => return at + 1,
        }
        let joining = if tokens.is_any(at.wrapping_sub(1), &["between"]) { Joining::NoAnd } else { Joining::And };
        let Some(number) = self.number(at, joining) else { return at + 1 };
        let end = number.tokens.end;
        // "29km", "5pm", "1990s", "3D"
        if !number.spelled
            && number.kind != Kind::Ordinal
            && tokens.is_glued(end)
            && tokens.is_word(end)
            && !tokens.is(end, "'s")
        {
            return end + 1;
        }
        let mut notes = Notes::default();
        let range = self.range(&number);
        let (mut whole, base) = match &range {
            Some((tokens, quantity, _)) => (tokens.clone(), Some(quantity.clone())),
            None => (number.tokens.clone(), self.base(&number, &mut notes)),
        };
        let number_tokens = whole.clone();
        let value = match number.kind {
            _ if range.is_some() => None,
            Kind::Vague { .. } | Kind::Reference => None,
            _ => Some(number.value),
        };
        self.note(&number, &number_tokens, &mut notes);
        let quantity = self.modified(&number, range.is_some(), base, &mut whole, &mut notes);
        let Some(span) = tokens.span(whole.clone()) else { return end };
        let behind = whole.end;
        let quantity = quantity.filter(|_| !notes.has(Note::Negative));
        self.found.push(QuantityMention {
            tokens: whole,
            number: number_tokens,
            span,
            quantity,
            value,
            notes,
            partner: None,
        });
        behind
    }

    /// What a number says by itself.
    fn base(&self, number: &Number, notes: &mut Notes) -> Option<Quantity> {
        match number.kind {
            Kind::Cardinal => number.value.as_whole().map(Quantity::exact),
            Kind::Ordinal => {
                notes.add(Note::Ordinal);
                number.value.as_whole().map(Quantity::exact)
            }
            Kind::Fraction => {
                notes.add(Note::Fraction);
                None
            }
            Kind::Vague { low, high, unit } => {
                let low = match unit {
                    Some(unit) if unit != 20 && self.conventions.vague == VagueTable::Acled => unit,
                    _ => low,
                };
                Some(Quantity::vague(low, high))
            }
            Kind::Reference => {
                notes.add(Note::Reference);
                Some(Quantity { form: Form::ByReference, ..Quantity::confirm_only() })
            }
        }
    }

    /// Reads the range that a number begins: "20 to 30", "between 20 and 30", "two or three".
    fn range(&self, first: &Number) -> Option<(Range<usize>, Quantity, usize)> {
        let tokens = self.tokens;
        if first.kind != Kind::Cardinal {
            return None;
        }
        let (start, end) = (first.tokens.start, first.tokens.end);
        let before = tokens.word_before(start, 1);
        let hyphen = tokens.is(end, "-") && tokens.is_glued(end) && tokens.is_glued(end + 1);
        let spaced = tokens.is_any(end, &["-", "–"]) && !tokens.is_glued(end) && !tokens.is_glued(end + 1);
        let dash = tokens.is_any(end, &["–", "~", "—"]) && tokens.is_glued(end) && tokens.is_glued(end + 1);
        let word = tokens.word(end);
        let hyphenated_to = hyphen && tokens.is_any(end + 1, &["to", "or"]) && tokens.is(end + 2, "-");
        let second_at = match () {
            () if before == "between" && word == "and" => end + 1,
            () if hyphenated_to => end + 3,
            () if hyphen || dash || spaced => end + 1,
            () if matches!(word, "to" | "through" | "till" | "or") => end + 1,
            () => return None,
        };
        let second = self.number(second_at, if before == "between" { Joining::NoAnd } else { Joining::And })?;
        let behind = second.tokens.end;
        if second.kind != Kind::Cardinal || !second.spelled && tokens.is_glued(behind) && tokens.is_word(behind) {
            return None;
        }
        // "rose from 20 to 30" gives an old figure and a new one.
        if before == "from" && word == "to" && changes(tokens, start - 1) {
            return None;
        }
        // Spelled and written numbers are seldom two ends of one range joined by a mark.
        if (hyphen || spaced) && first.spelled != second.spelled {
            return None;
        }
        let (mut low, high) = (first.value, second.value);
        // "20 to 30 thousand", "5-20k"
        if first.scale == 1 && second.scale > 100 && low.times(Ratio::whole(second.scale.into())?)? < high {
            low = low.times(Ratio::whole(second.scale.into())?)?;
        }
        let (low, high) = (low.as_whole()?, high.as_whole()?);
        let near = !matches!(word, "or") && !hyphenated_to || high <= low.saturating_mul(2).max(low + 2);
        if low >= high || !near {
            return None;
        }
        let start =
            if before == "between" && word == "and" || before == "from" && matches!(word, "to" | "through" | "till") {
                start - 1
            } else {
                start
            };
        Some((start..behind, Quantity::range(low, high), behind))
    }

    /// "no bodies", "none of them", "not a single soldier": zero, by denial.
    fn nothing(&mut self, at: usize) -> Option<usize> {
        let tokens = self.tokens;
        let noun = |at: usize| self.q.is_counted_noun(tokens.word(at));
        let end = match tokens.word(at) {
            "no" if noun(at + 1) || tokens.is_word(at + 1) && noun(at + 2) => at + 1,
            // "no one was killed", "nobody died": whether it is a harm, the verb's frame will tell.
            "no" if tokens.is(at + 1, "one") && is_done(tokens, at + 2) => at + 2,
            "nobody" if is_done(tokens, at + 1) => at + 1,
            "none" if tokens.is(at + 1, "of") => at + 1,
            "not"
                if tokens.is_any(at + 1, &["a", "one"])
                    && tokens.is(at + 2, "single")
                    && (noun(at + 3) || noun(at + 4)) =>
            {
                at + 3
            }
            "not" if tokens.is(at + 1, "one") && noun(at + 2) => at + 2,
            _ => return None,
        };
        let span = tokens.span(at..end)?;
        let mut notes = Notes::default();
        notes.add(Note::Nothing);
        notes.add(Note::Spelled);
        if tokens.is(end, "of") {
            notes.add(Note::Part);
        }
        let quantity = Some(Quantity::exact(0));
        let value = Ratio::whole(0);
        self.found.push(QuantityMention {
            tokens: at..end,
            number: at..end,
            span,
            quantity,
            value,
            notes,
            partner: None,
        });
        Some(end)
    }

    /// What the words beside a number, and its own looks, say of it.
    fn note(&self, number: &Number, range: &Range<usize>, notes: &mut Notes) {
        let tokens = self.tokens;
        let Range { start, end } = *range;
        let before = tokens.word_before(start, 1);
        let glued_before = tokens.is_glued(start);
        let behind = tokens.word(end);
        if number.spelled {
            notes.add(Note::Spelled);
        } else {
            if number.scale >= 1_000 {
                notes.add(Note::Rounded);
            }
            let text = tokens.word(number.tokens.start);
            if number.tokens.len() == 1 && text.len() == 4 && text.bytes().all(|b| b.is_ascii_digit()) {
                notes.add(Note::YearLike);
            }
        }
        match behind {
            "%" | "per" if behind == "%" || tokens.is_any(end + 1, &["cent", "mille"]) => notes.add(Note::PerCent),
            "percent" | "percentage" | "pct" | "pc" => notes.add(Note::PerCent),
            "am" | "pm" | "a.m." | "p.m." | "o'clock" | "gmt" | "utc" | "hrs" => notes.add(Note::Time),
            "each" | "apiece" => notes.add(Note::Each),
            "times" | "fold" => notes.add(Note::Multiplier),
            _ => {}
        }
        if before == "each" || self.each_behind(end) {
            notes.add(Note::Each);
        }
        if is_currency(behind) && !tokens.is_glued(end)
            || matches!(before, "$" | "€" | "£" | "¥" | "₴" | "₽" | "₹" | "₪" | "₺")
            || glued_before && matches!(before, "us$" | "usd" | "eur" | "gbp")
            || matches!(before, "usd" | "eur" | "gbp" | "uah" | "rub")
        {
            notes.add(Note::Currency);
        }
        if behind == "-"
            && tokens.is_glued(end)
            && tokens.is_glued(end + 1)
            && tokens.is_word(end + 1)
            && !tokens.is_any(end + 1, &["for", "odd", "plus", "ish"])
        {
            notes.add(if tokens.is(end + 1, "fold") { Note::Multiplier } else { Note::Compound });
        }
        // "T-72", "No. 5", "#3", "[3]"
        let tied = before == "-"
            && glued_before
            && tokens.is_glued(start.wrapping_sub(1))
            && start > 1
            && tokens.is_word(start - 2);
        let prefix = ["mid", "pre", "post", "non", "another", "over", "under", "for", "to", "or", "and", "some"];
        let numbered = before == "." && tokens.is_any(start.wrapping_sub(2), &["no", "nos", "nr", "nrs"])
            || before == "#" && glued_before
            || matches!(before, "№" | "nr")
            || before == "[" && glued_before && behind == "]" && start > 1 && tokens.is_glued(start - 1);
        if tied && !number.spelled && !prefix.contains(&tokens.word(start - 2)) || numbered {
            notes.add(Note::Label);
        }
        let minus = before == "-" && glued_before && start > 0 && !tokens.is_glued(start - 1);
        if minus && !number.spelled || matches!(before, "minus" | "negative") {
            notes.add(Note::Negative);
        }
        // "five of them", "20 of the 38", "12 out of 40", "including 3", "of whom 5"
        let of = behind == "of"
            && tokens.is_any(end + 1, &["them", "whom", "which", "these", "those", "the", "its", "their", "our"])
            && (tokens.is_any(end + 1, &["them", "whom", "which"])
                || number.kind == Kind::Cardinal && self.number(end + 2, Joining::And).is_some());
        let out_of = behind == "out" && tokens.is(end + 1, "of");
        let among = matches!(before, "including")
            || tokens.ends(start, &["of", "whom"])
            || tokens.ends(start, &["of", "them"])
            || tokens.ends(start, &["among", "them"])
            || tokens.ends(start, &["of", "which"]);
        if (of || out_of || among) && number.kind != Kind::Fraction {
            notes.add(Note::Part);
        }
        // "one in five": a share
        if number.value.as_whole() == Some(1)
            && behind == "in"
            && self
                .number(end + 1, Joining::And)
                .is_some_and(|n| n.kind == Kind::Cardinal && !is_time_noun(tokens.word(n.tokens.end)))
        {
            notes.add(Note::Fraction);
        }
    }

    /// Whether "each" stands behind the counted noun: "390 prisoners each".
    fn each_behind(&self, end: usize) -> bool {
        const STOPS: &[&str] = &[
            "and", "of", "to", "in", "on", "from", "for", "with", "by", "were", "was", "are", "had", "have", "that",
            "who",
        ];
        let words = |at: &usize| self.tokens.is_word(*at) && !STOPS.contains(&self.tokens.word(*at));
        (end..end + 4).take_while(words).any(|at| at > end && self.tokens.is_any(at, &["each", "apiece"]))
    }

    /// Applies the words of the lexicon in front of and behind a number, and widens its tokens.
    fn modified(
        &self,
        number: &Number,
        ranged: bool,
        base: Option<Quantity>,
        whole: &mut Range<usize>,
        notes: &mut Notes,
    ) -> Option<Quantity> {
        let tokens = self.tokens;
        let mut forms: Vec<(Form, bool)> = Vec::new();
        let mut left = whole.start;
        for _ in 0..4 {
            let Some(last) = left.checked_sub(1) else { break };
            if notes.has(Note::Currency)
                && tokens.kind(last) == TokenKind::Punct
                && forms.is_empty()
                && is_symbol(tokens.word(last))
            {
                left -= 1;
                continue;
            }
            let sentence = tokens.sentence_index(left);
            let fits = |m: &&Modifier| {
                let Some(start) = left.checked_sub(m.words.len()) else { return false };
                let same = m.words.iter().enumerate().all(|(place, word)| tokens.word(start + place) == &**word);
                same && self.free(&(start..left))
                    && tokens.sentence_index(start) == sentence
                    && !m.not_after.iter().any(|word| tokens.word_before(start, 1) == &**word)
            };
            let Some(modifier) = self.q.before(tokens.word(last)).iter().find(fits) else { break };
            left -= modifier.words.len();
            if modifier.additive {
                notes.add(Note::Additive);
            }
            if let Some(form) = modifier.form {
                forms.push((form, modifier.soft));
                whole.start = left;
            }
        }
        if notes.has(Note::Ordinal) {
            // "at least the third" is no bound on people.
            return base;
        }
        let mut right = whole.end;
        for _ in 0..2 {
            let fits = |m: &&Modifier| {
                m.words.iter().enumerate().all(|(place, word)| tokens.word(right + place) == &**word)
                    && self.free(&(right..right + m.words.len()))
            };
            let Some(modifier) = self.q.after(tokens.word(right)).iter().find(fits) else { break };
            let end = right + modifier.words.len();
            let last = tokens.word(end - 1);
            // "1,000 more than last year" compares, "500 at least 20 of whom" and "or more than 4500" begin another figure.
            if tokens.is(end, "than") || modifier.form.is_some() && self.number(end, Joining::And).is_some() {
                break;
            }
            // "+" and "odd" must touch, "plus" may begin another clause.
            let touching = matches!(last, "+" | "odd" | "plus" | "ish") && modifier.words.len() == 1;
            if touching && last != "odd" && !tokens.is_glued(right) {
                break;
            }
            right = end;
            if modifier.additive {
                notes.add(Note::Additive);
            }
            if let Some(form) = modifier.form {
                forms.push((form, modifier.soft));
                whole.end = right;
            } else {
                break;
            }
        }
        let Some(base) = base else {
            // "more than half": the interval is one of shares.
            return None;
        };
        // A bound of the source's is stronger than "about".
        let bound =
            forms.iter().find(|(form, _)| !matches!(form, Form::Approx | Form::Exact)).or_else(|| forms.first());
        let Some((form, soft)) = bound else { return Some(base) };
        Some(apply(&base, number.value, ranged, *form, *soft, self.conventions))
    }
}

/// Whether something is done to somebody here, or somebody dies: "was killed", "had been hurt", "died".
fn is_done(tokens: &Tokens<'_>, at: usize) -> bool {
    tokens.is_any(at, &["was", "were", "died", "survived"])
        || tokens.is_any(at, &["has", "have", "had"]) && tokens.is(at + 1, "been")
        || tokens.is_any(at, &["has", "have", "had"]) && tokens.is(at + 1, "died")
}

/// What a modifier makes of a count.
fn apply(base: &Quantity, value: Ratio, ranged: bool, form: Form, soft: bool, conventions: &Conventions) -> Quantity {
    if base.form == Form::ByReference {
        return base.clone();
    }
    if base.form == Form::Vague {
        return match form {
            Form::AtLeast | Form::MoreThan => Quantity::vague(base.low.unwrap_or(0), None),
            Form::AtMost | Form::LessThan => Quantity::vague(0, base.high),
            _ => base.clone(),
        };
    }
    let (low, high) = match (ranged, value.as_whole()) {
        (true, _) => (base.low.unwrap_or(0), base.high.unwrap_or(u64::MAX)),
        (false, Some(n)) => (n, n),
        (false, None) => return base.clone(),
    };
    match form {
        Form::AtLeast => Quantity::at_least(low),
        Form::MoreThan => Quantity::more_than(low),
        Form::AtMost => Quantity::at_most(high),
        Form::LessThan if soft => Quantity::nearly(high, conventions),
        Form::LessThan => Quantity::fewer_than(high),
        Form::Approx if !ranged => Quantity::approx(low, conventions),
        _ => base.clone(),
    }
}

/// Two bounds joined are a range: "more than 20 but fewer than 30".
fn join_bounds(tokens: &Tokens<'_>, found: &mut Vec<QuantityMention>) {
    let mut joined: Vec<QuantityMention> = Vec::with_capacity(found.len());
    for mention in found.drain(..) {
        if let Some(before) = joined.last_mut()
            && let Some(both) = two_bounds(tokens, before, &mention)
        {
            before.tokens.end = mention.tokens.end;
            before.number.end = mention.number.end;
            before.span = before.span.union(mention.span);
            before.value = None;
            before.quantity = Some(both);
        } else {
            joined.push(mention);
        }
    }
    *found = joined;
}

fn two_bounds(tokens: &Tokens<'_>, a: &QuantityMention, b: &QuantityMention) -> Option<Quantity> {
    let gap = a.tokens.end..b.tokens.start;
    let linked = match gap.len() {
        1 => tokens.is_any(gap.start, &["and", "but"]),
        2 => tokens.is(gap.start, ",") && tokens.is_any(gap.start + 1, &["and", "but"]),
        _ => false,
    };
    let (x, y) = (a.quantity.as_ref()?, b.quantity.as_ref()?);
    let floor = |q: &Quantity| matches!(q.form, Form::AtLeast | Form::MoreThan);
    let ceiling = |q: &Quantity| matches!(q.form, Form::AtMost | Form::LessThan) && !q.high_soft;
    let (low, high) = match () {
        () if floor(x) && ceiling(y) => (x.low?, y.high?),
        () if ceiling(x) && floor(y) => (y.low?, x.high?),
        () => return None,
    };
    (linked && low <= high).then(|| Quantity::range(low, high))
}

/// How a figure stands to the one before it.
enum Tie {
    /// "6,000 for 6,000"
    For,
    /// "not 38 but 35", "rose from 38 to 41": the first no longer holds.
    Replaces,
    /// "35, not 38": the second does not hold.
    Withdraws,
    /// "20 of the 38", "12 out of 40": the second is the whole.
    Whole,
}

/// Ties figures that belong together.
fn pair_up(tokens: &Tokens<'_>, found: &mut [QuantityMention]) {
    for second in 1..found.len() {
        let first = second - 1;
        let Some(tie) = tie(tokens, &found[first], &found[second]) else { continue };
        let (before, after) = match tie {
            Tie::For => (Some(Note::ForPartner), Some(Note::ForPartner)),
            Tie::Replaces => (Some(Note::Withdrawn), Some(Note::Correction)),
            Tie::Withdraws => (Some(Note::Correction), Some(Note::Withdrawn)),
            Tie::Whole => (Some(Note::Part), None),
        };
        if let Some(note) = before {
            found[first].notes.add(note);
            found[first].partner = Some(second);
        }
        if let Some(note) = after {
            found[second].notes.add(note);
            found[second].partner = Some(first);
        }
    }
    // "the same number": the nearest count before it in the sentence.
    for place in 0..found.len() {
        if !found[place].has(Note::Reference) {
            continue;
        }
        let sentence = tokens.sentence_index(found[place].tokens.start);
        let same = |m: &QuantityMention| tokens.sentence_index(m.tokens.start) == sentence;
        // "as many soldiers, 146": said at once, the figure itself is the count.
        let said = found.get(place + 1).is_some_and(|next| {
            let gap = found[place].tokens.end..next.tokens.start;
            (1..=4).contains(&gap.len())
                && tokens.is_any(gap.end - 1, &[",", "(", ":", "—", "–"])
                && same(next)
                && next.may_count()
        });
        if said {
            found[place].quantity = None;
            continue;
        }
        let before = found[..place].iter().rposition(|m| same(m) && m.may_count() && !m.has(Note::Reference));
        let nearest = before.filter(|before| place - before <= 8);
        if let Some(to) = nearest.and_then(|to| found[to].quantity.clone()) {
            found[place].quantity = Some(Quantity::by_reference(&to));
            found[place].partner = nearest;
        }
    }
}

fn tie(tokens: &Tokens<'_>, a: &QuantityMention, b: &QuantityMention) -> Option<Tie> {
    if tokens.sentence_index(a.tokens.start) != tokens.sentence_index(b.tokens.start) {
        return None;
    }
    let gap = a.tokens.end..b.tokens.start;
    let counts = a.may_count() && b.may_count();
    let hyphens = gap.len() == 3 && tokens.is(gap.start, "-") && tokens.is(gap.start + 2, "-");
    let link = if hyphens { gap.start + 1 } else { gap.start };
    if counts && (gap.len() == 1 || hyphens) {
        if tokens.is(link, "for") && !is_time_noun(tokens.word(b.tokens.end)) && !is_currency(tokens.word(b.tokens.end))
        {
            return Some(Tie::For);
        }
        if tokens.is_any(link, &["x", "×"]) {
            return Some(Tie::For);
        }
    }
    let before = |m: &QuantityMention| tokens.word_before(m.tokens.start, 1);
    if counts && before(a) == "not" && gap.len() <= 6 && before(b) == "but" {
        return Some(Tie::Replaces);
    }
    if counts
        && before(b) == "not"
        && gap.len() <= 6
        && (tokens.is_any(b.tokens.start.wrapping_sub(2), &[",", "and", "("]))
    {
        return Some(Tie::Withdraws);
    }
    // "now eight, down from 21"
    if counts
        && before(b) == "from"
        && gap.len() <= 8
        && changes(tokens, b.tokens.start - 1)
        && !tokens.is_any(b.tokens.end, &["to"])
    {
        return Some(Tie::Withdraws);
    }
    let from = a.tokens.start.checked_sub(1).filter(|from| tokens.is(*from, "from"));
    if counts && before(b) == "to" && gap.len() <= 4 && from.is_some_and(|from| changes(tokens, from)) {
        return Some(Tie::Replaces);
    }
    let whole = gap.len() == 1 && tokens.is(gap.start, "of") && counts
        || gap.len() == 2 && (tokens.starts(gap.start, &["of", "the"]) || tokens.starts(gap.start, &["out", "of"]))
        || gap.len() == 3 && tokens.starts(gap.start, &["out", "of", "the"]);
    (whole && !b.notes.any(&[Note::Ordinal, Note::PerCent])).then_some(Tie::Whole)
}

/// Digits that are no count whatever stands beside them: a time ("10:30"), a telephone number, a
/// chain like 5/17/2018. Gives the token behind.
fn code(tokens: &Tokens<'_>, at: usize) -> Option<usize> {
    let number = |at: usize| tokens.kind(at) == TokenKind::Number && tokens.is_glued(at);
    let link = |at: usize, mark: &str| tokens.is(at, mark) && tokens.is_glued(at) && number(at + 1);
    if link(at + 1, ":") {
        let mut end = at + 3;
        while link(end, ":") {
            end += 2;
        }
        return Some(end);
    }
    let mut end = at + 1;
    while link(end, "-") || link(end, "/") {
        end += 2;
    }
    (end > at + 4).then_some(end)
}

/// Whether the words before "from" tell of a figure that changes: "rose from 20 to 30".
fn changes(tokens: &Tokens<'_>, from: usize) -> bool {
    const VERBS: &[&str] = &[
        "changed",
        "climbed",
        "corrected",
        "cut",
        "declined",
        "decreased",
        "down",
        "downgraded",
        "dropped",
        "fell",
        "fallen",
        "grew",
        "grown",
        "increase",
        "increased",
        "increasing",
        "jumped",
        "lowered",
        "raise",
        "raised",
        "raising",
        "reduced",
        "revised",
        "revising",
        "rise",
        "risen",
        "rises",
        "rising",
        "rose",
        "shrunk",
        "soared",
        "surged",
        "up",
        "updated",
        "upped",
        "went",
    ];
    (1..=4).any(|back| VERBS.contains(&tokens.word_before(from, back)))
}

fn is_symbol(word: &str) -> bool {
    matches!(word, "$" | "€" | "£" | "¥" | "₴" | "₽" | "₹" | "₪" | "₺")
}

fn is_currency(word: &str) -> bool {
    matches!(
        word,
        "$" | "€"
            | "£"
            | "¥"
            | "₴"
            | "₽"
            | "₹"
            | "₪"
            | "₺"
            | "dollar"
            | "dollars"
            | "euro"
            | "euros"
            | "rouble"
            | "roubles"
            | "ruble"
            | "rubles"
            | "hryvnia"
            | "hryvnias"
            | "hryvnya"
            | "yen"
            | "yuan"
            | "renminbi"
            | "shekel"
            | "shekels"
            | "rupee"
            | "rupees"
            | "lira"
            | "liras"
            | "riyal"
            | "riyals"
            | "rial"
            | "rials"
            | "dinar"
            | "dinars"
            | "franc"
            | "francs"
            | "cents"
            | "kopecks"
            | "peso"
            | "pesos"
            | "birr"
            | "naira"
            | "zloty"
            | "zlotys"
            | "usd"
            | "eur"
            | "gbp"
            | "uah"
            | "rub"
            | "sek"
            | "chf"
            | "sterling"
    )
}

/// Whether a word names a stretch of time.
fn is_time_noun(word: &str) -> bool {
    matches!(
        word,
        "second"
            | "seconds"
            | "minute"
            | "minutes"
            | "hour"
            | "hours"
            | "day"
            | "days"
            | "night"
            | "nights"
            | "week"
            | "weeks"
            | "month"
            | "months"
            | "year"
            | "years"
            | "decade"
            | "decades"
            | "century"
            | "centuries"
    )
}

#[cfg(test)]
mod tests;
