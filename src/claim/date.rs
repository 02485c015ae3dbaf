//! When: a window of days, how precise it is, and what it rests on.

use chrono::{Datelike, Days, Months, NaiveDate};
use serde::{Deserialize, Serialize};

use super::{Name, Span};

/// The months in English, January first.
pub const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// The days of the week in English, Monday first.
pub const WEEKDAYS: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

/// How exactly a window is known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Precision {
    /// One day.
    Day,
    /// Two to six days.
    Days,
    /// A calendar week.
    Week,
    /// A calendar month.
    Month,
    /// A calendar year.
    Year,
    /// Any other stretch.
    Range,
    /// No window.
    #[default]
    Unknown,
}

/// What a date, an outlet, a title or an address rests on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Basis {
    /// The article's own words say it in full.
    Stated,
    /// The article's words, completed from its date of publication ("on Thursday").
    Resolved,
    /// Somebody entered it.
    Analyst,
    /// Carried over from an article that tells the same.
    Linked,
    /// Worked out from other words.
    Inferred,
    /// Nothing is known.
    #[default]
    Unknown,
}

impl Basis {
    /// The word that the window and the reports show.
    pub fn word(self) -> &'static str {
        match self {
            Self::Stated => "stated",
            Self::Resolved => "resolved",
            Self::Analyst => "by hand",
            Self::Linked => "linked",
            Self::Inferred => "inferred",
            Self::Unknown => "unknown",
        }
    }
}

/// A closed window of days, `start` and `end` included; `None` where a side is open or unknown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DateWindow {
    /// First day.
    pub start: Option<NaiveDate>,
    /// Last day.
    pub end: Option<NaiveDate>,
    /// How exactly it is known.
    pub precision: Precision,
    /// What it rests on.
    pub basis: Basis,
}

impl DateWindow {
    /// Nothing known.
    pub const UNKNOWN: Self = Self { start: None, end: None, precision: Precision::Unknown, basis: Basis::Unknown };

    /// One day.
    pub fn day(day: NaiveDate, basis: Basis) -> Self {
        Self { start: Some(day), end: Some(day), precision: Precision::Day, basis }
    }

    /// A calendar month. `None` where there is no such month.
    pub fn month(year: i32, month: u32, basis: Basis) -> Option<Self> {
        let start = NaiveDate::from_ymd_opt(year, month, 1)?;
        let end = start.checked_add_months(Months::new(1))?.checked_sub_days(Days::new(1))?;
        Some(Self { start: Some(start), end: Some(end), precision: Precision::Month, basis })
    }

    /// A calendar year. `None` where chrono does not reach it.
    pub fn year(year: i32, basis: Basis) -> Option<Self> {
        let (start, end) = (NaiveDate::from_ymd_opt(year, 1, 1)?, NaiveDate::from_ymd_opt(year, 12, 31)?);
        Some(Self { start: Some(start), end: Some(end), precision: Precision::Year, basis })
    }

    /// A week of ISO 8601, Monday to Sunday. `None` where the year has no such week.
    pub fn week(year: i32, week: u32, basis: Basis) -> Option<Self> {
        let start = NaiveDate::from_isoywd_opt(year, week, chrono::Weekday::Mon)?;
        let end = start.checked_add_days(Days::new(6))?;
        Some(Self { start: Some(start), end: Some(end), precision: Precision::Week, basis })
    }

    /// From one day to another, with the precision that fits. An end before the start is swapped.
    pub fn between(a: NaiveDate, b: NaiveDate, basis: Basis) -> Self {
        let (start, end) = (a.min(b), a.max(b));
        Self { start: Some(start), end: Some(end), precision: precision_of(start, end), basis }
    }

    /// Reads `2026`, `2026-02`, `2026-02-06`, a week of ISO 8601 (`2026-W06`, Monday to Sunday), or
    /// two of these with `/` between: the notation of the metadata table. `None` where it is none of
    /// these.
    pub fn parse(text: &str, basis: Basis) -> Option<Self> {
        if let Some((from, to)) = text.split_once('/') {
            let (from, to) = (Self::parse(from, basis)?, Self::parse(to, basis)?);
            let (start, end) = (from.start?, to.end?);
            return (start <= end).then(|| Self::between(start, end, basis));
        }
        let mut parts = text.trim().split('-');
        let number = |s: &str, digits: usize| {
            (s.len() == digits && s.bytes().all(|b| b.is_ascii_digit())).then(|| s.parse::<u32>().ok()).flatten()
        };
        let year = i32::try_from(number(parts.next()?, 4)?).ok()?;
        match (parts.next(), parts.next(), parts.next()) {
            (None, None, None) => Self::year(year, basis),
            (Some(week), None, None) if week.starts_with('W') => Self::week(year, number(&week[1..], 2)?, basis),
            (Some(month), None, None) => Self::month(year, number(month, 2)?, basis),
            (Some(month), Some(day), None) => {
                NaiveDate::from_ymd_opt(year, number(month, 2)?, number(day, 2)?).map(|d| Self::day(d, basis))
            }
            _ => None,
        }
    }

    /// The notation that [`DateWindow::parse`] reads; empty where nothing is known.
    pub fn notation(&self) -> String {
        let (Some(start), Some(end)) = (self.start, self.end) else { return String::new() };
        if start == end {
            return start.format("%Y-%m-%d").to_string();
        }
        if Self::year(start.year(), self.basis).is_some_and(|w| w.end == Some(end) && w.start == Some(start)) {
            return start.format("%Y").to_string();
        }
        if Self::month(start.year(), start.month(), self.basis)
            .is_some_and(|w| w.end == Some(end) && w.start == Some(start))
        {
            return start.format("%Y-%m").to_string();
        }
        format!("{}/{}", start.format("%Y-%m-%d"), end.format("%Y-%m-%d"))
    }

    /// Whether any side of the window is known.
    pub fn is_known(&self) -> bool {
        self.start.is_some() || self.end.is_some()
    }

    /// The day, where the window is one.
    pub fn single_day(&self) -> Option<NaiveDate> {
        self.start.filter(|day| Some(*day) == self.end)
    }

    /// Whether `other` lies wholly inside; open sides reach for ever.
    pub fn contains(&self, other: &Self) -> bool {
        let starts = match (self.start, other.start) {
            (None, _) => true,
            (Some(_), None) => false,
            (Some(a), Some(b)) => a <= b,
        };
        let ends = match (self.end, other.end) {
            (None, _) => true,
            (Some(_), None) => false,
            (Some(a), Some(b)) => b <= a,
        };
        self.is_known() && other.is_known() && starts && ends
    }

    /// The window in unambiguous words: "29 Jan 2026", "6–28 Feb 2026", "July 2025", "2025".
    pub fn words(&self) -> String {
        match (self.start, self.end) {
            (None, None) => "no date".to_owned(),
            (Some(start), None) => format!("since {}", day_words(start)),
            (None, Some(end)) => format!("until {}", day_words(end)),
            (Some(start), Some(end)) if start == end => day_words(start),
            (Some(start), Some(end)) => match self.notation().len() {
                4 => start.format("%Y").to_string(),
                7 => start.format("%B %Y").to_string(),
                _ if start.year() == end.year() && start.month() == end.month() => {
                    format!("{}–{}", start.day(), day_words(end))
                }
                _ if start.year() == end.year() => format!("{} – {}", start.format("%-d %b"), day_words(end)),
                _ => format!("{} – {}", day_words(start), day_words(end)),
            },
        }
    }
}

/// A day in words: "29 Jan 2026".
pub fn day_words(day: NaiveDate) -> String {
    const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    match (MONTHS.get(day.month0() as usize), day.year()) {
        // Every fact has a day or two in its words: nearly all are put together without reading a pattern.
        (Some(month), year @ 1000..=9999) => format!("{} {month} {year}", day.day()),
        _ => day.format("%-d %b %Y").to_string(),
    }
}

fn precision_of(start: NaiveDate, end: NaiveDate) -> Precision {
    let days = (end - start).num_days();
    match days {
        0 => Precision::Day,
        1..=5 => Precision::Days,
        6 if start.weekday() == chrono::Weekday::Mon => Precision::Week,
        _ if start.day() == 1
            && Some(end) == DateWindow::month(start.year(), start.month(), Basis::Stated).and_then(|w| w.end) =>
        {
            Precision::Month
        }
        _ if start.ordinal() == 1 && end.month() == 12 && end.day() == 31 && start.year() == end.year() => {
            Precision::Year
        }
        _ => Precision::Range,
    }
}

/// When a claim says that something happened: the window, and what the file alone supports.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ClaimDate {
    /// Once everything known is used.
    pub window: DateWindow,
    /// What the file alone supports: `2026-01-29`, `XXXX-01-29`, `XXXX-WXX-4`, `2025`,
    /// `XXXX-07/XXXX-09`, `2022-02/..`; see `docs/formats.md`.
    pub value: Option<Name>,
    /// The words that say it.
    pub text: Option<Name>,
    /// Where those words stand.
    pub span: Option<Span>,
    /// Whether the window is an *extent* (a count over all of it: "in 2025") rather than an
    /// *uncertainty* (one event on some day in it).
    pub extent: bool,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_notation_of_the_metadata_table() {
        for (text, words) in [
            ("2026", "2026"),
            ("2026-02", "February 2026"),
            ("2026-02-06", "6 Feb 2026"),
            ("2026-02-06/2026-02-28", "6–28 Feb 2026"),
            ("2025-12-30/2026-01-02", "30 Dec 2025 – 2 Jan 2026"),
        ] {
            let window = DateWindow::parse(text, Basis::Analyst).expect(text);
            assert_eq!(window.notation(), text);
            assert_eq!(window.words(), words);
        }
        for text in
            ["", "26", "2026-13", "2026-02-30", "2026-2-6", "2026-02-28/2026-02-06", "yesterday", "2026-02-06-01"]
        {
            assert_eq!(DateWindow::parse(text, Basis::Analyst), None, "{text}");
        }
    }

    #[test]
    fn weeks() {
        for (text, notation) in [
            ("2026-W06", "2026-02-02/2026-02-08"),
            ("2024-W01", "2024-01-01/2024-01-07"),
            ("2020-W53/2021-01", "2020-12-28/2021-01-31"),
            ("2026-W54", ""),
            ("2026-W6", ""),
            ("2026-W00", ""),
            ("2026-W", ""),
        ] {
            let window = DateWindow::parse(text, Basis::Analyst);
            assert_eq!(window.map_or(String::new(), |w| w.notation()), notation, "{text}");
        }
    }

    #[test]
    fn a_window_knows_how_precise_it_is() {
        for (text, precision) in [
            ("2026-W06", Precision::Week),
            ("2026-02-06/2026-02-07", Precision::Days),
            ("2026-02-02/2026-02-08", Precision::Week),
            ("2026-02-01/2026-02-28", Precision::Month),
            ("2026-01-01/2026-12-31", Precision::Year),
            ("2026-02-06/2026-02-28", Precision::Range),
        ] {
            assert_eq!(DateWindow::parse(text, Basis::Analyst).map(|w| w.precision), Some(precision), "{text}");
        }
    }
}
