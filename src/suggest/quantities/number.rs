//! One number, in digits or words or both: a hand-written automaton over tokens.
//!
//! Every step looks a bounded number of tokens ahead, and a number is at most [`LONGEST`] parts
//! long, so the whole is linear.

use std::ops::Range;

use super::super::tokens::{TokenKind, Tokens};
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
    fn new(tokens: Range<usize>, value: Ratio, kind: Kind, spelled: bool, scale: u64) -> Self {
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

/// Whether what stands behind "a third" lets it be a share, not "a third round".
fn fraction_follows(tokens: &Tokens<'_>, end: usize) -> bool {
    !tokens.is_word(end) || tokens.is_any(end, &["of", "and", "in", "the", "are", "were", "is", "was", "have", "had"])
}

/// "several", "a few hundred", "a couple of dozen": words of the lexicon, multiplied or not.
fn vague(tokens: &Tokens<'_>, q: &Quantifiers, at: usize) -> Option<Number> {
    let words = q
        .vague(tokens.word(at))
        .iter()
        .find(|vague| vague.words.iter().enumerate().all(|(place, word)| tokens.word(at + place) == &**word))?;
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

/// "half", "half a million", "a quarter of".
fn share(tokens: &Tokens<'_>, q: &Quantifiers, at: usize) -> Option<Number> {
    let Some(NumberWord::Share(denominator)) = q.number(tokens.word(at)) else { return None };
    let half = Ratio::new(1, u128::from(denominator))?;
    let mut unit_at = at + 1;
    if tokens.is(unit_at, "-") && tokens.is_glued(unit_at) {
        unit_at += 1;
    }
    if tokens.is(unit_at, "of") && tokens.is_any(unit_at + 1, &["a"]) {
        unit_at += 1;
    }
    if q.number(tokens.word(unit_at)) == Some(NumberWord::Article) {
        unit_at += 1;
        if tokens.is(unit_at, "-") && tokens.is_glued(unit_at) {
            unit_at += 1;
        }
    }
    match q.number(tokens.word(unit_at)) {
        Some(NumberWord::Hundred) => scaled(at..unit_at + 1, half, 100),
        Some(NumberWord::Scale(unit) | NumberWord::Lot(unit)) => scaled(at..unit_at + 1, half, unit),
        // "quarter" alone is a part of a town or a year.
        _ if denominator == 4 && !tokens.is_any(at.wrapping_sub(1), &["a", "one"]) => None,
        _ => Some(Number::new(at..at + 1, half, Kind::Fraction, true, 1)),
    }
}

fn scaled(range: Range<usize>, value: Ratio, unit: u64) -> Option<Number> {
    let value = value.times(Ratio::whole(u128::from(unit))?)?;
    Some(Number::new(range, value, kind_of(value), true, unit))
}

fn kind_of(value: Ratio) -> Kind {
    if value.as_whole().is_some() { Kind::Cardinal } else { Kind::Fraction }
}

/// An ordinal in words, and whether it is a plural ("fifths"): "first", "twenty-first".
fn ordinal(tokens: &Tokens<'_>, q: &Quantifiers, at: usize) -> Option<(usize, u64, bool)> {
    match q.number(tokens.word(at))? {
        NumberWord::Ordinal(n) => Some((at + 1, n, false)),
        NumberWord::Parts(n) => Some((at + 1, n, true)),
        NumberWord::Tens(tens) => {
            let hyphen = tokens.is(at + 1, "-") && tokens.is_glued(at + 1) && tokens.is_glued(at + 2);
            let last = at + 1 + usize::from(hyphen);
            match q.number(tokens.word(last))? {
                NumberWord::Ordinal(n) if n < 10 => Some((last + 1, u64::from(tens) + n, false)),
                NumberWord::Parts(n) if n < 10 => Some((last + 1, u64::from(tens) + n, true)),
                _ => None,
            }
        }
        _ => None,
    }
}

/// ".5" behind white space.
fn pointed(tokens: &Tokens<'_>, at: usize) -> Option<Number> {
    let digits = tokens.word(at + 1);
    let stands_alone = tokens.kind(at + 1) == TokenKind::Number
        && tokens.is_glued(at + 1)
        && !tokens.is_glued(at)
        && !tokens.is_glued(at + 2)
        && digits.bytes().all(|b| b.is_ascii_digit());
    let value = stands_alone.then(|| Ratio::decimal("", digits))??;
    Some(Number::new(at..at + 2, value, kind_of(value), false, 1))
}

/// Where the reading of a cardinal stands.
#[derive(Clone, Copy)]
struct State {
    total: Ratio,
    group: Option<Ratio>,
    /// The next part must be smaller than this.
    room: u128,
    /// The next scale must be smaller than this.
    ceiling: u128,
    /// The last part was a scale.
    after_scale: bool,
    /// Behind "hundred" or a scale: "and" may follow.
    after_unit: bool,
    scale: u64,
    start: usize,
    end: usize,
}

impl State {
    fn value(&self) -> Option<Ratio> {
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

/// What may stand behind a cardinal and still belong to it: fractions, ordinal endings.
fn behind(tokens: &Tokens<'_>, q: &Quantifiers, at: usize, state: State, spelled: bool) -> Option<Number> {
    let State { end, scale, .. } = state;
    let value = state.value()?;
    let range = at..end;
    let is_number = |place: usize| tokens.kind(place) == TokenKind::Number;
    if !spelled && end == at + 1 {
        // "13th"
        if tokens.is_glued(end) && tokens.is_any(end, &["st", "nd", "rd", "th"]) {
            return Some(Number::new(at..end + 1, value, Kind::Ordinal, false, 1));
        }
        // "3/4"
        if tokens.is(end, "/") && tokens.is_glued(end) && is_number(end + 1) && tokens.is_glued(end + 1) {
            let (below, after) = digits(tokens, end + 1)?;
            if let (Some(n), Some(d)) = (value.as_whole(), below.as_whole())
                && !(tokens.is(after, "/") && tokens.is_glued(after))
            {
                let value = Ratio::new(u128::from(n), u128::from(d))?;
                return Some(Number::new(at..after, value, Kind::Fraction, false, 1));
            }
        }
        // "2 1/4", "2½"
        if value.as_whole().is_some() && is_number(end) {
            let mut after = end + 1;
            let part = tokens.word(end).chars().next().and_then(vulgar).or_else(|| {
                let slash =
                    tokens.is(after, "/") && tokens.is_glued(after) && is_number(after + 1) && !tokens.is_glued(end);
                let (n, _) = digits(tokens, end).filter(|_| slash)?;
                let (d, behind) = digits(tokens, after + 1)?;
                after = behind;
                Ratio::new(u128::from(n.as_whole()?), u128::from(d.as_whole()?)).filter(|part| part.below(1))
            });
            if let Some(value) = part.and_then(|part| value.plus(part)) {
                return scale_behind(tokens, q, Number::new(at..after, value, kind_of(value), false, 1));
            }
        }
    }
    if (spelled && tokens.is(end, "point") && scale == 1 || spelled && tokens.is(end, "point") && state.after_unit)
        && let Some((digits, after)) = spoken_decimals(tokens, q, end + 1)
    {
        let whole = value.as_whole()?.to_string();
        let value = Ratio::decimal(&whole, &digits)?;
        return scale_behind(tokens, q, Number::new(at..after, value, kind_of(value), true, 1));
    }
    // "twenty-first", "one hundred and fifth"
    let mut place = end;
    if tokens.is(place, "-") && tokens.is_glued(place) || tokens.is(place, "and") && state.after_unit {
        place += 1;
    }
    if spelled && let Some(NumberWord::Ordinal(n)) = q.number(tokens.word(place)) {
        if u128::from(n) < state.room {
            let value = value.plus(Ratio::whole(u128::from(n))?)?;
            return Some(Number::new(at..place + 1, value, Kind::Ordinal, true, 1));
        }
        if n >= 100 && state.room != 0 && place == end && !tokens.is(at, "a") && value.as_whole() != Some(1) {
            let value = value.times(Ratio::whole(u128::from(n))?)?;
            return Some(Number::new(at..place + 1, value, Kind::Ordinal, true, 1));
        }
    }
    // "two thirds", "one fifth"
    let place = end + usize::from(tokens.is(end, "-"));
    if spelled
        && let Some((after, parts, plural)) = ordinal(tokens, q, place)
        && parts > 2
        && (plural || value.as_whole() == Some(1) && fraction_follows(tokens, after))
    {
        let value = value.times(Ratio::new(1, u128::from(parts))?)?;
        return scale_behind(tokens, q, Number::new(at..after, value, Kind::Fraction, true, 1));
    }
    if spelled
        && matches!(q.number(tokens.word(place)), Some(NumberWord::Share(_) | NumberWord::Parts(2)))
        && scale == 1
    {
        let parts = if tokens.is_any(place, &["quarter", "quarters"]) { 4 } else { 2 };
        if parts == 4 || value.as_whole() == Some(1) {
            let value = value.times(Ratio::new(1, parts)?)?;
            return scale_behind(tokens, q, Number::new(at..place + 1, value, Kind::Fraction, true, 1));
        }
    }
    // "one and a half", "3 million and a quarter", "two-and-a-half million"
    if let Some((after, part)) = and_part(tokens, q, end) {
        // "3 million and a half" is half a million more, "one hundred and a half" is not.
        let unit = if state.after_scale { u128::from(scale) } else { 1 };
        let value = match part {
            Part::Share(part) => part.times(Ratio::whole(unit)?).and_then(|part| value.plus(part)),
            Part::Whole(part) => value.plus(part),
        };
        if let Some(value) = value {
            let number = Number::new(at..after, value, kind_of(value), spelled, if unit > 1 { scale } else { 1 });
            return if unit > 1 { Some(number) } else { scale_behind(tokens, q, number) };
        }
    }
    Some(Number::new(range, value, kind_of(value), spelled, scale))
}

enum Part {
    /// "and a half": of the unit before.
    Share(Ratio),
    /// "and a half million": by itself.
    Whole(Ratio),
}

/// "and a half", "and three quarters", "-and-a-half".
fn and_part(tokens: &Tokens<'_>, q: &Quantifiers, at: usize) -> Option<(usize, Part)> {
    let hyphen = |place: usize| usize::from(tokens.is(place, "-") && tokens.is_glued(place));
    let mut place = at + hyphen(at);
    if !tokens.is(place, "and") {
        return None;
    }
    place += 1;
    place += hyphen(place);
    let count = match q.number(tokens.word(place))? {
        NumberWord::Article => 1,
        NumberWord::Small(n) => n,
        _ => return None,
    };
    place += 1;
    place += hyphen(place);
    let (after, parts) = match q.number(tokens.word(place))? {
        NumberWord::Share(parts) => (place + 1, parts),
        _ => {
            let (after, parts, plural) = ordinal(tokens, q, place)?;
            if parts < 2 || plural == (count == 1) || count == 1 && !fraction_follows(tokens, after) {
                return None;
            }
            (after, parts)
        }
    };
    let part = Ratio::new(u128::from(count), u128::from(parts))?;
    match q.number(tokens.word(after)) {
        Some(NumberWord::Scale(_))
            if tokens.ends(at, &["million"]) || tokens.ends(at, &["billion"]) || tokens.ends(at, &["thousand"]) =>
        {
            let Some(NumberWord::Scale(unit)) = q.number(tokens.word(after)) else { return None };
            Some((after + 1, Part::Whole(part.times(Ratio::whole(u128::from(unit))?)?)))
        }
        _ => Some((after, Part::Share(part))),
    }
}

/// "half a million" has been read; "two thirds of a million", "2½ million" end here.
fn scale_behind(tokens: &Tokens<'_>, q: &Quantifiers, number: Number) -> Option<Number> {
    let mut place = number.tokens.end;
    if tokens.is(place, "of") && tokens.is(place + 1, "a") {
        place += 2;
    } else if tokens.is(place, "-") && tokens.is_glued(place) {
        place += 1;
    }
    let unit = match q.number(tokens.word(place)) {
        Some(NumberWord::Scale(unit)) => unit,
        Some(NumberWord::Hundred) => 100,
        Some(NumberWord::Lot(unit)) if place == number.tokens.end => unit,
        _ => return Some(number),
    };
    let value = number.value.times(Ratio::whole(u128::from(unit))?)?;
    Some(Number { tokens: number.tokens.start..place + 1, value, kind: kind_of(value), scale: unit, ..number })
}

/// The digits behind "point", spelled out.
fn spoken_decimals(tokens: &Tokens<'_>, q: &Quantifiers, at: usize) -> Option<(String, usize)> {
    let mut digits = String::new();
    let mut place = at;
    while digits.len() < 12 {
        match q.number(tokens.word(place)) {
            Some(NumberWord::Zero) => digits.push('0'),
            Some(NumberWord::Small(n)) => digits.push_str(&n.to_string()),
            Some(NumberWord::Tens(n)) => {
                let behind = place + 1 + usize::from(tokens.is(place + 1, "-"));
                match q.number(tokens.word(behind)) {
                    Some(NumberWord::Small(unit)) if unit < 10 => {
                        digits.push_str(&(n + unit).to_string());
                        place = behind;
                    }
                    _ => digits.push_str(&n.to_string()),
                }
            }
            _ => break,
        }
        place += 1;
    }
    (!digits.is_empty()).then_some((digits, place))
}

/// The fraction that one character is.
fn vulgar(c: char) -> Option<Ratio> {
    let (n, d) = match c {
        '¼' => (1, 4),
        '½' => (1, 2),
        '¾' => (3, 4),
        '⅐' => (1, 7),
        '⅑' => (1, 9),
        '⅒' => (1, 10),
        '⅓' => (1, 3),
        '⅔' => (2, 3),
        '⅕' => (1, 5),
        '⅖' => (2, 5),
        '⅗' => (3, 5),
        '⅘' => (4, 5),
        '⅙' => (1, 6),
        '⅚' => (5, 6),
        '⅛' => (1, 8),
        '⅜' => (3, 8),
        '⅝' => (5, 8),
        '⅞' => (7, 8),
        _ => return None,
    };
    Ratio::new(n, d)
}

/// A number in digits, with every kind of separator, and the token behind it.
fn digits(tokens: &Tokens<'_>, at: usize) -> Option<(Ratio, usize)> {
    let text = tokens.word(at);
    if let Some(value) = text.chars().next().and_then(vulgar) {
        return Some((value, at + 1));
    }
    // "1 000 000": groups of three behind a first of one to three, one space between them.
    if text.len() <= 3 && !text.starts_with('0') && text.bytes().all(|b| b.is_ascii_digit()) {
        let mut joined = String::new();
        let mut end = at + 1;
        while tokens.kind(end) == TokenKind::Number && one_space(tokens, end) {
            let group = tokens.word(end);
            let (whole, rest) = group.split_at_checked(3).unwrap_or((group, ""));
            let sound = whole.len() == 3 && whole.bytes().all(|b| b.is_ascii_digit());
            let decimals =
                rest.len() > 1 && rest.starts_with(['.', ',']) && rest[1..].bytes().all(|b| b.is_ascii_digit());
            if !sound || !(rest.is_empty() || decimals) || joined.len() > 16 {
                break;
            }
            if joined.is_empty() {
                joined.push_str(text);
            }
            joined.push_str(whole);
            end += 1;
            if decimals {
                return Ratio::decimal(&joined, &rest[1..]).map(|value| (value, end));
            }
        }
        // "38 100-strong": the last group belongs to what is glued behind it.
        if end > at + 1 && !(tokens.is_glued(end) && tokens.is_word(end) && suffix(tokens.word(end)).is_none()) {
            return Ratio::decimal(&joined, "").map(|value| (value, end));
        }
    }
    let followed = tokens.is_any(
        at + 1,
        &["million", "billion", "trillion", "thousand", "mn", "bn", "bln", "mln", "m", "k", "lakh", "crore"],
    );
    grouped(text, followed).map(|value| (value, at + 1))
}

/// Whether exactly one space, of any width, stands before a token.
fn one_space(tokens: &Tokens<'_>, at: usize) -> bool {
    let (Some(before), Some(token)) = (at.checked_sub(1).and_then(|b| tokens.get(b)), tokens.get(at)) else {
        return false;
    };
    let gap = tokens.text().get(before.end as usize..token.start as usize).unwrap_or("");
    let mut characters = gap.chars();
    characters.next().is_some_and(|c| c.is_whitespace() && c != '\n' && c != '\t') && characters.next().is_none()
}

/// The value of digits with separators inside: "1,000", "1.000", "1'000", "12,34,567.89", "3.5".
/// `scaled` is whether "million" or the like follows, which makes "1.234" a decimal. `None` where
/// they are no one number.
pub(super) fn grouped(text: &str, scaled: bool) -> Option<Ratio> {
    let separators: Vec<char> = text.chars().filter(|c| !c.is_ascii_digit()).take(8).collect();
    let Some(&first) = separators.first() else { return Ratio::decimal(text, "") };
    let last = *separators.last().unwrap_or(&first);
    let threes = |text: &str, separator: char| {
        let mut groups = text.split(separator);
        let head = groups.next().unwrap_or("");
        (1..=3).contains(&head.len()) && groups.all(|group| group.len() == 3)
    };
    let joined = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
    let one_kind = separators.iter().all(|c| *c == first);
    if one_kind && separators.len() == 1 {
        let (whole, behind) = text.split_once(first)?;
        let group = threes(text, first) && !whole.starts_with('0') && !(scaled && first != '\'');
        return match first {
            // One group of three is thousands: people are whole.
            _ if group => Ratio::decimal(&joined(text), ""),
            '\'' => None,
            _ => Ratio::decimal(whole, behind),
        };
    }
    if one_kind {
        let sound = threes(text, first) && !text.starts_with('0') || first == ',' && indian(text);
        return sound.then(|| Ratio::decimal(&joined(text), ""))?;
    }
    // Two kinds: the last is the decimal point, and stands once.
    let (whole, behind) = text.rsplit_once(last)?;
    let group = whole.chars().find(|c| !c.is_ascii_digit())?;
    let sound = !whole.contains(last)
        && whole.chars().all(|c| c.is_ascii_digit() || c == group)
        && (threes(whole, group) || group == ',' && indian(whole));
    sound.then(|| Ratio::decimal(&joined(whole), behind))?
}

/// "12,34,567": groups of two before the last three.
fn indian(text: &str) -> bool {
    let groups: Vec<&str> = text.split(',').take(9).collect();
    let Some((last, before)) = groups.split_last() else { return false };
    let Some((head, pairs)) = before.split_first() else { return false };
    last.len() == 3 && !pairs.is_empty() && (1..=2).contains(&head.len()) && pairs.iter().all(|pair| pair.len() == 2)
}
