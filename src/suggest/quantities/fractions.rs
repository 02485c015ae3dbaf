//! What stands behind a cardinal and still belongs to it: ordinal endings, fractions, decimals.

use std::ops::Range;

use super::super::tokens::{TokenKind, Tokens};
use super::digits::{digits, vulgar};
use super::number::{Kind, Number, State, kind_of};
use super::ratio::Ratio;
use super::words::{NumberWord, Quantifiers};

/// Whether what stands behind "a third" lets it be a share, not "a third round".
pub(super) fn fraction_follows(tokens: &Tokens<'_>, end: usize) -> bool {
    !tokens.is_word(end) || tokens.is_any(end, &["of", "and", "in", "the", "are", "were", "is", "was", "have", "had"])
}

/// "half", "half a million", "a quarter of".
pub(super) fn share(tokens: &Tokens<'_>, q: &Quantifiers, at: usize) -> Option<Number> {
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

/// An ordinal in words, and whether it is a plural ("fifths"): "first", "twenty-first".
pub(super) fn ordinal(tokens: &Tokens<'_>, q: &Quantifiers, at: usize) -> Option<(usize, u64, bool)> {
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

/// What may stand behind a cardinal and still belong to it: fractions, ordinal endings.
pub(super) fn behind(tokens: &Tokens<'_>, q: &Quantifiers, at: usize, state: State, spelled: bool) -> Option<Number> {
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
    if spelled
        && tokens.is(end, "point")
        && (scale == 1 || state.after_unit)
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

pub(super) enum Part {
    /// "and a half": of the unit before.
    Share(Ratio),
    /// "and a half million": by itself.
    Whole(Ratio),
}

/// "and a half", "and three quarters", "-and-a-half".
pub(super) fn and_part(tokens: &Tokens<'_>, q: &Quantifiers, at: usize) -> Option<(usize, Part)> {
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
