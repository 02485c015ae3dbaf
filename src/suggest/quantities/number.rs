//! One number, in digits or words or both: a hand-written automaton over tokens.
//!
//! Every step looks a bounded number of tokens ahead, and a number is at most [`LONGEST`] parts
//! long, so the whole is linear.

use std::ops::Range;

use super::super::tokens::{TokenKind, Tokens};
use super::digits::{digits, pointed};
use super::fractions::{and_part, behind, fraction_follows, ordinal, share};
use super::ratio::Ratio;
use super::words::{NumberWord, Quantifiers, suffix};

/// More parts than any number has that people write.
const LONGEST: usize = 24;

/// What kind of number it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// "1,000", "twenty-one", "1.2 million"
    Cardinal,
    /// "first", "13th"
    Ordinal,
    /// "half", "two thirds", "3/4", "2.5"
    Fraction,
    /// "dozens", "tens of thousands", "several hundred"
    Vague {
        /// Lower bound.
        low: u64,
        /// Upper bound.
        high: Option<u64>,
        /// The unit of a bare plural: 10,000 for "tens of thousands".
        unit: Option<u64>,
    },
    /// "the same number"
    Reference,
}

/// A number as read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Number {
    /// Its tokens.
    pub tokens: Range<usize>,
    /// Its value; 0 for vague words and references.
    pub value: Ratio,
    /// What it is.
    pub kind: Kind,
    /// Whether words, not digits, say it.
    pub spelled: bool,
    /// The factor that its last word multiplies by, 1 where none does: "2 million".
    pub scale: u64,
}

impl Number {
    pub(super) fn new(tokens: Range<usize>, value: Ratio, kind: Kind, spelled: bool, scale: u64) -> Self {
        Self { tokens, value, kind, spelled, scale }
    }
}

/// Whether "and" may join parts: it may not behind "between" ("between one hundred and two").
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Joining {
    /// "one hundred and five" is 105.
    And,
    /// "and" ends the number.
    NoAnd,
}

/// The number that begins at a token. `None` for digits that are no one number ("22,24,26").
pub(super) fn number_at(tokens: &Tokens<'_>, q: &Quantifiers, at: usize, joining: Joining) -> Option<Number> {
    match tokens.kind(at) {
        TokenKind::Number => cardinal(tokens, q, at, joining),
        TokenKind::Word => spelled(tokens, q, at, joining),
        TokenKind::Punct if tokens.is(at, ".") => pointed(tokens, at),
        _ => None,
    }
}

fn spelled(tokens: &Tokens<'_>, q: &Quantifiers, at: usize, joining: Joining) -> Option<Number> {
    if let Some(number) = vague(tokens, q, at) {
        return Some(number);
    }
    match q.number(tokens.word(at))? {
        NumberWord::Article => match q.number(tokens.word(at + 1)) {
            Some(NumberWord::Hundred | NumberWord::Scale(_) | NumberWord::Lot(12)) => {
                let number = cardinal(tokens, q, at + 1, joining)?;
                Some(Number { tokens: at..number.tokens.end, ..number })
            }
            Some(NumberWord::Lot(_)) if tokens.is(at + 2, "of") => {
                let number = cardinal(tokens, q, at + 1, joining)?;
                Some(Number { tokens: at..number.tokens.end, ..number })
            }
            Some(NumberWord::Share(_)) => {
                let number = share(tokens, q, at + 1)?;
                Some(Number { tokens: at..number.tokens.end, ..number })
            }
            Some(NumberWord::Ordinal(_) | NumberWord::Tens(_)) => {
                let (end, parts, _) = ordinal(tokens, q, at + 1)?;
                fraction_follows(tokens, end).then_some(())?;
                Some(Number::new(at..end, Ratio::new(1, u128::from(parts))?, Kind::Fraction, true, 1))
            }
            _ => None,
        },
        NumberWord::Share(_) => share(tokens, q, at),
        NumberWord::Plural(unit) => magnitudes(tokens, q, at, unit),
        NumberWord::Ordinal(_) => {
            let (end, n, _) = ordinal(tokens, q, at)?;
            Some(Number::new(at..end, Ratio::whole(u128::from(n))?, Kind::Ordinal, true, 1))
        }
        // "the score": a number only as "a score of" or behind another number.
        NumberWord::Lot(20) | NumberWord::Parts(_) => None,
        _ => cardinal(tokens, q, at, joining),
    }
}

/// "several", "a few hundred", "a couple of dozen": words of the lexicon, multiplied or not.
fn vague(tokens: &Tokens<'_>, q: &Quantifiers, at: usize) -> Option<Number> {
    let words = q
        .vague(tokens.word(at))
        .iter()
        // They are found by the first of their words.
        .find(|vague| vague.words.iter().enumerate().skip(1).all(|(place, word)| tokens.is(at + place, word)))?;
    let end = at + words.words.len();
    let zero = Ratio::whole(0)?;
    if words.reference {
        // "as many as 20" is a bound, "twice as many" no count that is given.
        let compared = tokens.is(end, "as") || tokens.is_any(at.wrapping_sub(1), &["twice", "half", "times", "not"]);
        if compared && tokens.is(at, "as") {
            return None;
        }
        return Some(Number::new(at..end, zero, Kind::Reference, true, 1));
    }
    let behind = end + usize::from(tokens.is(end, "of"));
    let unit = match q.number(tokens.word(behind)) {
        Some(NumberWord::Hundred | NumberWord::Plural(100)) => 100,
        Some(NumberWord::Scale(unit) | NumberWord::Plural(unit)) if unit > 10 => unit,
        Some(NumberWord::Lot(unit)) => unit,
        _ => {
            return Some(Number::new(
                at..end,
                zero,
                Kind::Vague { low: words.low, high: words.high, unit: None },
                true,
                1,
            ));
        }
    };
    let mut end = behind + 1;
    let mut unit = unit;
    while let Some(NumberWord::Scale(scale)) = q.number(tokens.word(end)).filter(|_| unit < 1_000_000_000) {
        // "several hundred thousand"
        unit = unit.checked_mul(scale)?;
        end += 1;
    }
    let low = words.low.checked_mul(unit)?;
    let high = words.high.and_then(|high| high.checked_mul(unit)?.checked_add(unit - 1));
    Some(Number::new(at..end, zero, Kind::Vague { low, high, unit: None }, true, 1))
}

/// "hundreds", "tens of thousands", "scores of".
fn magnitudes(tokens: &Tokens<'_>, q: &Quantifiers, at: usize, first: u64) -> Option<Number> {
    let (mut end, mut unit, mut steps) = (at + 1, first, 1);
    while steps < 4
        && tokens.is(end, "of")
        && let Some(NumberWord::Plural(next)) = q.number(tokens.word(end + 1))
    {
        unit = unit.checked_mul(next)?;
        end += 2;
        steps += 1;
    }
    if steps == 1 {
        // "tens" and "scores" are other things as well.
        let people = ["of", "more", "were", "are", "have", "others", "killed", "wounded", "injured", "dead", "missing"];
        match first {
            10 => tokens.is_any(end, &["of", "more"]).then_some(())?,
            20 => tokens.is_any(end, &people).then_some(())?,
            _ => {}
        }
    }
    // "hundreds and hundreds", "thousands upon thousands"
    if tokens.is_any(end, &["and", "upon"]) && tokens.word(end + 1) == tokens.word(end - 1) {
        end += 2;
    }
    let (low, high) = plural(unit)?;
    Some(Number::new(at..end, Ratio::whole(0)?, Kind::Vague { low, high: Some(high), unit: Some(unit) }, true, 1))
}

/// What the plural of a unit comes to, literally: two of it to just under the next power of ten.
fn plural(unit: u64) -> Option<(u64, u64)> {
    let mut next = 10;
    while next <= unit {
        next = u64::checked_mul(next, 10)?;
    }
    Some((unit.checked_mul(2)?, next - 1))
}

pub(super) fn kind_of(value: Ratio) -> Kind {
    if value.as_whole().is_some() { Kind::Cardinal } else { Kind::Fraction }
}

/// Where the reading of a cardinal stands.
#[derive(Clone, Copy)]
pub(super) struct State {
    pub(super) total: Ratio,
    pub(super) group: Option<Ratio>,
    /// The next part must be smaller than this.
    pub(super) room: u128,
    /// The next scale must be smaller than this.
    pub(super) ceiling: u128,
    /// The last part was a scale.
    pub(super) after_scale: bool,
    /// Behind "hundred" or a scale: "and" may follow.
    pub(super) after_unit: bool,
    pub(super) scale: u64,
    pub(super) start: usize,
    pub(super) end: usize,
}

impl State {
    pub(super) fn value(&self) -> Option<Ratio> {
        self.group.map_or(Some(self.total), |group| self.total.plus(group))
    }
}

fn cardinal(tokens: &Tokens<'_>, q: &Quantifiers, at: usize, joining: Joining) -> Option<Number> {
    let zero = Ratio::whole(0)?;
    let mut state = State {
        total: zero,
        group: None,
        room: u128::MAX,
        ceiling: u128::MAX,
        after_scale: false,
        after_unit: false,
        scale: 1,
        start: at,
        end: at,
    };
    let mut checkpoint: Option<State> = None;
    let mut spelled = true;
    for _ in 0..LONGEST {
        let first = state.end == at;
        let mut place = state.end;
        if !first {
            let hyphen = tokens.is(place, "-") && (tokens.is_glued(place) == tokens.is_glued(place + 1));
            if tokens.is(place, "and") && state.after_unit && and_part(tokens, q, place).is_some() {
                break;
            }
            let and = tokens.is(place, "and") && state.after_unit && joining == Joining::And;
            if and || hyphen && (tokens.is_glued(place) || state.room == 10) {
                place += 1;
            }
        }
        let joined = place > state.end;
        match step(tokens, q, &state, place, first, joined) {
            Some((next, digits)) => {
                if state.after_unit {
                    checkpoint = Some(state);
                }
                spelled &= !(first && digits);
                state = next;
            }
            None => {
                // What was taken up behind "hundred" is the beginning of another number.
                let more = q.number(tokens.word(place));
                if matches!(more, Some(NumberWord::Hundred | NumberWord::Scale(_) | NumberWord::Plural(_)))
                    && !joined
                    && let Some(before) = checkpoint
                {
                    state = before;
                }
                break;
            }
        }
    }
    if state.end == at {
        return None;
    }
    behind(tokens, q, at, state, spelled)
}

/// One more part of a cardinal, if it fits; and whether it is in digits.
fn step(
    tokens: &Tokens<'_>,
    q: &Quantifiers,
    state: &State,
    at: usize,
    first: bool,
    joined: bool,
) -> Option<(State, bool)> {
    if tokens.kind(at) == TokenKind::Number {
        return digits_step(tokens, state, at, first, joined).map(|state| (state, true));
    }
    if !tokens.is_word(at) {
        return None;
    }
    let next = |group: u128, room: u128| -> Option<State> {
        let group = Ratio::whole(group)?;
        let group = state.group.map_or(Some(group), |before| before.plus(group))?;
        Some(State { group: Some(group), room, after_scale: false, after_unit: false, end: at + 1, ..*state })
    };
    let word = q.number(tokens.word(at))?;
    let state = match word {
        NumberWord::Zero if first => next(0, 0)?,
        NumberWord::Small(n) if u128::from(n) < state.room && (n < 10 || state.room > 10) => {
            if n == 1 && first && !number_one(tokens, q, at) {
                return None;
            }
            next(u128::from(n), 0)?
        }
        NumberWord::Tens(n) if state.room > 99 => next(u128::from(n), 10)?,
        NumberWord::Hundred if state.room < 100 || state.group.is_some() || first => {
            let group = state.group.unwrap_or(Ratio::whole(1)?);
            // "hundred" multiplies what is smaller than a hundred, and digits of any size.
            let digits = (state.start..state.end).all(|place| tokens.kind(place) == TokenKind::Number);
            if !digits && !group.below(100) || joined && state.after_unit {
                return None;
            }
            let group = group.times(Ratio::whole(100)?)?;
            State {
                group: Some(group),
                room: 100,
                after_scale: false,
                after_unit: true,
                scale: 100,
                end: at + 1,
                ..*state
            }
        }
        NumberWord::Scale(scale) => scale_step(state, scale, at + 1, first, joined)?,
        NumberWord::Lot(lot) | NumberWord::Plural(lot @ 12) if first || state.group.is_some() && state.scale == 1 => {
            if first && lot == 20 && !tokens.is(at + 1, "of") {
                return None;
            }
            let group = state.group.unwrap_or(Ratio::whole(1)?).times(Ratio::whole(u128::from(lot))?)?;
            State {
                group: Some(group),
                room: 0,
                after_scale: false,
                after_unit: false,
                scale: lot,
                end: at + 1,
                ..*state
            }
        }
        // "two hundreds", "3 thousands"
        NumberWord::Plural(unit) if unit >= 100 && !first && state.scale == 1 => {
            scale_step(state, unit, at + 1, first, joined)?
        }
        _ => return None,
    };
    Some((state, false))
}

fn scale_step(state: &State, scale: u64, end: usize, first: bool, joined: bool) -> Option<State> {
    let unit = u128::from(scale);
    let factor = Ratio::whole(unit)?;
    let done = State { room: unit, after_scale: true, after_unit: true, scale, end, ..*state };
    if first {
        return Some(State { total: factor, group: None, ceiling: unit, ..done });
    }
    if joined && state.after_unit {
        return None;
    }
    match state.group {
        Some(group) if unit < state.ceiling => {
            Some(State { total: state.total.plus(group.times(factor)?)?, group: None, ceiling: unit, ..done })
        }
        // "three lakh crore": everything before is multiplied.
        None if state.after_scale => Some(State {
            total: state.total.times(factor)?,
            ceiling: unit,
            scale: state.scale.checked_mul(scale)?,
            ..done
        }),
        _ => None,
    }
}

/// A part in digits: the first, or one behind a word that leaves room ("3 hundred and 21").
fn digits_step(tokens: &Tokens<'_>, state: &State, at: usize, first: bool, joined: bool) -> Option<State> {
    let (mut value, mut end) = digits(tokens, at)?;
    if !first {
        // "5 million and 300 roubles" are two.
        if joined && state.after_scale && tokens.kind(state.start) == TokenKind::Number {
            return None;
        }
        let plain = tokens.word(at).bytes().all(|b| b.is_ascii_digit());
        if !state.after_unit || !plain || !value.below(state.room) || value == Ratio::whole(0)? || tokens.is_glued(end)
        {
            return None;
        }
    }
    let mut scale = 1;
    // "1K", "1.2m", "10 bln"
    if tokens.is_word(end)
        && let Some((factor, apart)) = suffix(tokens.word(end))
        && (tokens.is_glued(end) || apart)
        && !(tokens.is_glued(end + 1) && matches!(tokens.kind(end + 1), TokenKind::Word | TokenKind::Number))
        && !(factor == 1_000_000 && tokens.is(end, "m") && is_length(tokens, end + 1))
    {
        value = value.times(Ratio::whole(u128::from(factor))?)?;
        scale = factor;
        end += 1;
    }
    let group = state.group.map_or(Some(value), |before| before.plus(value))?;
    Some(State { group: Some(group), room: 0, after_scale: false, after_unit: false, scale, end, ..*state })
}

/// Whether "1m" before this token is a metre.
fn is_length(tokens: &Tokens<'_>, at: usize) -> bool {
    let hyphen = usize::from(tokens.is(at, "-"));
    tokens.is_any(
        at + hyphen,
        &[
            "tall",
            "high",
            "long",
            "wide",
            "deep",
            "away",
            "sprint",
            "race",
            "thick",
            "radius",
            "below",
            "above",
            "final",
            "freestyle",
            "hurdles",
            "relay",
            "butterfly",
            "backstroke",
            "breaststroke",
            "dash",
        ],
    )
}

/// Whether "one" is a number here, and not a pronoun: "the one you mentioned", "no one".
fn number_one(tokens: &Tokens<'_>, q: &Quantifiers, at: usize) -> bool {
    let before = tokens.word_before(at, 1);
    let pronoun = [
        "the", "this", "that", "which", "no", "any", "every", "each", "another", "some", "other", "first", "last",
        "next", "new", "latest", "only", "previous",
    ];
    let multiplied = matches!(
        q.number(tokens.word(at + 1)),
        Some(NumberWord::Hundred | NumberWord::Scale(_) | NumberWord::Lot(_) | NumberWord::Ordinal(_))
    );
    multiplied || tokens.is(at + 1, "-") || !pronoun.contains(&before) && !tokens.is_any(at + 1, &["another", "'s"])
}
