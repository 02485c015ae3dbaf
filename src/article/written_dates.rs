//! Dates as they are written in a line about an article: with or without a year, in words, by ISO, or by
//! strokes, whose order the text has to prove.

use std::sync::LazyLock;

use chrono::{Datelike, NaiveDate};
use regex::Regex;

use crate::claim::Name;

/// A date as it is written, perhaps without a year.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Written {
    pub year: Option<i32>,
    pub month: u32,
    pub day: u32,
}

impl Written {
    pub fn day(self) -> Option<NaiveDate> {
        NaiveDate::from_ymd_opt(self.year?, self.month, self.day)
    }

    pub fn value(self) -> Name {
        format!("XXXX-{:02}-{:02}", self.month, self.day).into()
    }
}

/// Whether 3/4 is the third of April or the fourth of March, as far as the text proves it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum NumericOrder {
    DayFirst,
    MonthFirst,
    Unknown,
}

impl NumericOrder {
    /// Votes of all numeric dates in the text: 18/9 proves one, 9/18 the other.
    pub fn of(text: &str) -> Self {
        let (mut day_first, mut month_first) = (0, 0);
        for (a, b) in numeric_pairs(text) {
            match (a, b) {
                (13..=31, 1..=12) => day_first += 1,
                (1..=12, 13..=31) => month_first += 1,
                _ => {}
            }
        }
        match (day_first, month_first) {
            (1.., 0) => Self::DayFirst,
            (0, 1..) => Self::MonthFirst,
            _ => Self::Unknown,
        }
    }

    fn read(self, a: u32, b: u32) -> Option<(u32, u32)> {
        match (a, b) {
            (13..=31, 1..=12) => Some((b, a)),
            (1..=12, 13..=31) => Some((a, b)),
            (1..=12, 1..=12) if a == b => Some((a, b)),
            (1..=12, 1..=12) => match self {
                Self::DayFirst => Some((b, a)),
                Self::MonthFirst => Some((a, b)),
                Self::Unknown => None,
            },
            _ => None,
        }
    }
}

/// Every "18/9" of a text, with or without a year behind it: one or two digits on both sides of a
/// stroke, and no letter or digit beside them. The whole text is looked through, so by its strokes.
pub(super) fn numeric_pairs(text: &str) -> Vec<(u32, u32)> {
    let bytes = text.as_bytes();
    let digits = |from: usize| bytes[from.min(bytes.len())..].iter().take_while(|byte| byte.is_ascii_digit()).count();
    let is_word = |c: char| c.is_alphanumeric() || c == '_';
    let ends = |at: usize| !text[at..].chars().next().is_some_and(is_word);
    let mut pairs = Vec::new();
    let mut from = 0;
    for (stroke, _) in text.match_indices('/') {
        let before = bytes[from.min(stroke)..stroke].iter().rev().take_while(|byte| byte.is_ascii_digit()).count();
        let start = stroke - before;
        let after = digits(stroke + 1);
        let end = stroke + 1 + after;
        let alone = !text[..start].chars().next_back().is_some_and(is_word);
        if !(1..=2).contains(&before) || !(1..=2).contains(&after) || !alone || !ends(end) {
            continue;
        }
        pairs.push((number(&text[start..stroke]), number(&text[stroke + 1..end])));
        let year = if bytes.get(end) == Some(&b'/') { digits(end + 1) } else { 0 };
        from = if (2..=4).contains(&year) && ends(end + 1 + year) { end + 1 + year } else { end };
    }
    pairs
}

pub(super) fn number(digits: &str) -> u32 {
    digits.parse().unwrap_or(0)
}

const MONTHS: &str = r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)";

pub(super) fn month_number(word: &str) -> u32 {
    const STARTS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let lower = word.to_lowercase();
    STARTS.iter().position(|start| lower.starts_with(start)).map_or(0, |n| n as u32 + 1)
}

static DATE: LazyLock<Regex> = LazyLock::new(|| {
    let m = MONTHS;
    Regex::new(&format!(
        r"(?ix)
        \b(?P<d1>\d{{1,2}})(?:st|nd|rd|th)?[\s\u{{a0}}]+(?:of\s+)?(?P<m1>{m})\b\.?(?:,?[\s\u{{a0}}]+(?P<y1>\d{{4}})\b)?
        |\b(?P<m2>{m})\b\.?[\s\u{{a0}}]+(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?\b(?:,?[\s\u{{a0}}]+(?P<y2>\d{{4}})\b)?
        |\b(?P<y3>\d{{4}})[-/.](?P<m3>\d{{1,2}})[-/.](?P<d3>\d{{1,2}})(?:\b|T)
        |\b(?P<d4>\d{{1,2}})\.(?P<m4>\d{{1,2}})\.(?P<y4>\d{{4}})\b
        |\b(?P<a5>\d{{1,2}})/(?P<b5>\d{{1,2}})(?:/(?P<y5>\d{{4}}))?\b"
    ))
    .expect("a constant pattern")
});

/// The dates in a short text, with where they stand.
pub(super) fn dates_in(text: &str, order: NumericOrder) -> Vec<(Written, std::ops::Range<usize>)> {
    // The pattern is slow beside typographic quotes, and most lines have no date to be found.
    if !text.bytes().any(|byte| byte.is_ascii_digit()) {
        return Vec::new();
    }
    DATE.captures_iter(text)
        .filter_map(|hit| {
            let get = |name: &str| hit.name(name).map(|m| m.as_str());
            let year = ["y1", "y2", "y3", "y4", "y5"].iter().find_map(|name| get(name)).map(|y| number(y) as i32);
            let (month, day) = if let Some(month) = get("m1").or(get("m2")) {
                (month_number(month), number(get("d1").or(get("d2"))?))
            } else if let (Some(month), Some(day)) = (get("m3").or(get("m4")), get("d3").or(get("d4"))) {
                (number(month), number(day))
            } else {
                order.read(number(get("a5")?), number(get("b5")?))?
            };
            let written = Written { year: year.filter(|year| (1800..=2200).contains(year)), month, day };
            // 29 February is a day of some years.
            NaiveDate::from_ymd_opt(written.year.unwrap_or(2000), month, day)?;
            (year.is_some() == written.year.is_some()).then(|| (written, hit.get(0).map_or(0..0, |m| m.range())))
        })
        .collect()
}

/// A date that the file declares of itself: ISO first, else any date with a year.
pub(super) fn declared_day(written: &str, order: NumericOrder) -> Option<NaiveDate> {
    let written = written.trim();
    let iso = written.get(..10).and_then(|start| NaiveDate::parse_from_str(start, "%Y-%m-%d").ok());
    let packed = || written.get(..8).and_then(|start| NaiveDate::parse_from_str(start, "%Y%m%d").ok());
    let day = iso.or_else(packed).or_else(|| dates_in(written, order).into_iter().find_map(|(date, _)| date.day()))?;
    (1800..=2200).contains(&day.year()).then_some(day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_with_a_stroke_between() {
        let pattern = Regex::new(r"\b(\d{1,2})/(\d{1,2})(?:/\d{2,4})?\b").expect("a pattern");
        for (text, pairs) in [
            ("on 18/9 and 9/18/2025, 3/4.", vec![(18, 9), (9, 18), (3, 4)]),
            ("24/7/365 1/2/3/4", vec![(24, 7), (1, 2), (3, 4)]),
            ("1/2/26 1/2/20261", vec![(1, 2), (1, 2)]),
            ("a1/2 1/2b é1/2 1/2é _1/2 (1/2)", vec![(1, 2)]),
            ("100/2 1/200 1/ /2 and/or 2026/01/29 // 1 / 2", vec![(1, 29)]),
            ("“18/9”", vec![(18, 9)]),
        ] {
            // The same as the plain pattern finds.
            let plain: Vec<_> = pattern.captures_iter(text).map(|hit| (number(&hit[1]), number(&hit[2]))).collect();
            assert_eq!((numeric_pairs(text), plain), (pairs.clone(), pairs), "{text}");
        }
    }
}
