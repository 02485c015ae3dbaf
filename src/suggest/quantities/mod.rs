//! Every figure of a text, in digits or words, with the interval that its wording leaves open.
//!
//! A hand-written automaton over tokens, linear in the text: a number is read where one begins
//! (`number`), then the words around it say what it is ([`Note`]) and what they make of it: the
//! modifiers of the lexicon, ranges, two bounds joined ("more than 20 but fewer than 30").
//! Nothing is thrown away here but what is certainly no count (addresses, times, "29km"): ages,
//! money and the like are told by notes or by the lexicon's suppressions, later.

mod beside;
mod digits;
mod fractions;
mod number;
mod pairs;
mod ratio;
mod read;
mod words;

use std::ops::Range;

pub use ratio::Ratio;
pub use words::Quantifiers;

pub(super) use read::read_quantity;

use self::number::{Joining, Kind, Number, number_at};
use self::pairs::{changes, join_bounds, pair_up};
use super::tokens::{Token, TokenKind, Tokens};
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
    pair_up(tokens, q, &mut found);
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
            // Nearly all tokens begin none.
            if !self.may_begin(&self.tokens.all()[at]) {
                at += 1;
                continue;
            }
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

    /// Whether a figure may begin with a token. `false` is certain.
    #[inline]
    fn may_begin(&self, token: &Token) -> bool {
        match token.kind {
            TokenKind::Number => true,
            // "no", "nobody", "none", "not", and the words that numbers are made of
            TokenKind::Word => token.initial == b'n' || self.q.may_begin(token.mixed),
            TokenKind::Punct => token.initial == b'.',
            TokenKind::Address | TokenKind::Break => false,
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
                if !self.q.may_begin(tokens.mixed(at)) {
                    return at + 1;
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
}

/// Whether something is done to somebody here, or somebody dies: "was killed", "had been hurt", "died".
fn is_done(tokens: &Tokens<'_>, at: usize) -> bool {
    tokens.is_any(at, &["was", "were", "died", "survived"])
        || tokens.is_any(at, &["has", "have", "had"]) && tokens.is(at + 1, "been")
        || tokens.is_any(at, &["has", "have", "had"]) && tokens.is(at + 1, "died")
}

/// Digits that are no count whatever stands beside them: a time ("10:30"), a telephone number, a
/// chain like 5/17/2018, a score. Gives the token behind.
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
    // "won 3-1", "by 9 votes, 11-2": a score or a vote, for nobody counts downwards.
    let score = end == at + 3 && tokens.is(at + 1, "-") && {
        let value = |at: usize| tokens.word(at).parse::<u64>().ok();
        value(at).zip(value(at + 2)).is_some_and(|(first, second)| second <= first)
    };
    (end > at + 4 || score).then_some(end)
}

#[cfg(test)]
mod tests;
