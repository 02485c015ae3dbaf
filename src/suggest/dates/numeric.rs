//! Dates in digits alone: "2026-01-29", "29.01.2026", "18/9", and the vote between day/month and
//! month/day.

use super::super::tokens::{TokenKind, Tokens};
use super::partial::{Partial, Turn};

/// Which part stands first in "18/9/25".
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Order {
    DayFirst,
    MonthFirst,
}

/// The parts of a date in digits, with the mark between them, and the token behind.
struct Digits<'t> {
    parts: [&'t str; 3],
    count: usize,
    mark: char,
    end: usize,
}

fn parts<'a>(tokens: &'a Tokens<'_>, at: usize) -> Option<Digits<'a>> {
    let first = tokens.word(at);
    if tokens.kind(at) != TokenKind::Number || first.len() > 10 {
        return None;
    }
    let mut parts = [first, "", ""];
    if first.contains('.') {
        // One token: "29.01.2026". With one point it is a number.
        let mut count = 0;
        for part in first.split('.') {
            *parts.get_mut(count)? = part;
            count += 1;
        }
        return (count == 3).then_some(Digits { parts, count, mark: '.', end: at + 1 });
    }
    let (mut count, mut end, mut mark) = (1, at + 1, ' ');
    while tokens.is_glued(end) && tokens.is_glued(end + 1) && tokens.kind(end + 1) == TokenKind::Number {
        let this = match tokens.word(end) {
            "/" => '/',
            "-" => '-',
            "–" => '–',
            _ => break,
        };
        if count > 1 && this != mark {
            return None;
        }
        mark = this;
        *parts.get_mut(count)? = tokens.word(end + 1);
        count += 1;
        end += 2;
    }
    (count > 1).then_some(Digits { parts, count, mark, end })
}

fn digits(text: &str, length: std::ops::RangeInclusive<usize>) -> Option<u32> {
    (length.contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit())).then(|| text.parse().ok())?
}

fn is_day(n: u32) -> bool {
    (1..=31).contains(&n)
}

fn is_month(n: u32) -> bool {
    (1..=12).contains(&n)
}

/// What the document proves: a number above 12 can only be a day. `None` where nothing does, or as
/// much speaks for either.
pub(super) fn vote(tokens: &Tokens<'_>) -> Option<Order> {
    let (mut day_first, mut month_first) = (0u32, 0u32);
    let mut at = 0;
    while at < tokens.len() {
        if tokens.kind(at) != TokenKind::Number {
            at += 1;
            continue;
        }
        let Some(found) = parts(tokens, at) else {
            at += 1;
            continue;
        };
        at = found.end;
        let (Some(a), Some(b)) = (digits(found.parts[0], 1..=2), digits(found.parts[1], 1..=2)) else { continue };
        // "50/50" and "24/7" prove nothing.
        if found.mark == '–' || found.count == 2 && (found.mark != '/' || (a, b) == (24, 7)) {
            continue;
        }
        day_first += u32::from(a > 12 && is_day(a) && is_month(b));
        month_first += u32::from(b > 12 && is_day(b) && is_month(a));
    }
    match day_first.cmp(&month_first) {
        std::cmp::Ordering::Greater => Some(Order::DayFirst),
        std::cmp::Ordering::Less => Some(Order::MonthFirst),
        std::cmp::Ordering::Equal => None,
    }
}

/// The date in digits that begins at a token, and the token behind it. `cued` is whether the words
/// before tell of a date: "18/9" alone is a fraction as well.
pub(super) fn numeric(tokens: &Tokens<'_>, at: usize, order: Option<Order>, cued: bool) -> Option<(Partial, usize)> {
    let Digits { parts: [a, b, c], count, mark, end } = parts(tokens, at)?;
    if tokens.is_glued(end) && tokens.is_word(end) && !tokens.is(end, "'s")
        || tokens.is_glued(at) && tokens.is_any(at.wrapping_sub(1), &["-", "/"])
    {
        return None;
    }
    if count == 2 {
        return two_parts(a, b, mark, order, cued).map(|partial| (partial, end));
    }
    if mark == '–' {
        return None;
    }
    if a.len() == 4 {
        let (year, month, day) = (digits(a, 4..=4)?, digits(b, 1..=2)?, digits(c, 1..=2)?);
        let sound = (1000..2200).contains(&year) && is_month(month) && is_day(day);
        return sound.then_some((Partial::Day { year: Some(year as i32), month, day }, end));
    }
    let (a, b) = (digits(a, 1..=2)?, digits(b, 1..=2)?);
    let year = match c.len() {
        4 => digits(c, 4..=4).filter(|y| (1000..2200).contains(y))? as i32,
        2 if mark != '-' => two_digit_year(digits(c, 2..=2)?),
        _ => return None,
    };
    // Points are never put between month, day and year in this order.
    let order = if mark == '.' { Some(Order::DayFirst) } else { order };
    day_and_month(a, b, Some(year), order).map(|partial| (partial, end))
}

fn two_digit_year(year: u32) -> i32 {
    if year < 70 { 2000 + year as i32 } else { 1900 + year as i32 }
}

fn two_parts(a: &str, b: &str, mark: char, order: Option<Order>, cued: bool) -> Option<Partial> {
    let year = |text| digits(text, 4..=4).filter(|y| (1900..2100).contains(y)).map(|y| y as i32);
    match (year(a), year(b)) {
        (Some(from), Some(to)) if from < to && mark != '/' => {
            Some(Partial::Between(Box::new(Partial::Year(from)), Box::new(Partial::Year(to))))
        }
        (Some(from), None) if cued || mark == '-' => {
            let part = digits(b, 2..=2)?;
            if mark == '-' && is_month(part) && from % 100 + 1 != part as i32 {
                return Some(Partial::Month { year: Some(from), month: part, turn: Turn::Bare });
            }
            // "2025-26", "2025/26"
            (cued && part as i32 == (from + 1) % 100)
                .then(|| Partial::Between(Box::new(Partial::Year(from)), Box::new(Partial::Year(from + 1))))
        }
        (None, Some(year)) if mark == '/' => {
            let month = digits(a, 1..=2).filter(|m| is_month(*m))?;
            Some(Partial::Month { year: Some(year), month, turn: Turn::Bare })
        }
        (None, None) if mark == '/' && cued => day_and_month(digits(a, 1..=2)?, digits(b, 1..=2)?, None, order),
        _ => None,
    }
}

/// Day and month from two numbers, in the order that the document has, or the only one that works.
fn day_and_month(a: u32, b: u32, year: Option<i32>, order: Option<Order>) -> Option<Partial> {
    let day_first = is_day(a) && is_month(b);
    let month_first = is_month(a) && is_day(b);
    let (month, day) = match (day_first, month_first, order) {
        (false, false, _) => return None,
        (true, true, _) if a == b => (a, b),
        (true, true, None) => return Some(Partial::Unsure { year, a, b }),
        (true, false, _) | (true, true, Some(Order::DayFirst)) => (b, a),
        (false, true, _) | (true, true, Some(Order::MonthFirst)) => (a, b),
    };
    // 29 February of an unknown year may exist.
    chrono::NaiveDate::from_ymd_opt(year.unwrap_or(2024), month, day)?;
    Some(Partial::Day { year, month, day })
}
