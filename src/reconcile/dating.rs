//! When: the window of a claim once the analyst's word, the text's, and a linked date of
//! publication are used. No day is ever invented, and no year is guessed.

use chrono::{Datelike, Days, NaiveDate};

use crate::claim::{Basis, ClaimDate, DateWindow, MONTHS, WEEKDAYS};

/// Completes what the file alone supports (`XXXX-01-29`, `XXXX-WXX-4`, `2026-WXX-4`, `XXXX-07`,
/// `XXXX-06/XXXX-07`) from a date of publication: the latest such day at or before it.
/// `None` where the notation does not say enough, or publication is not known to the day.
pub(super) fn complete(value: &str, published: &DateWindow) -> Option<DateWindow> {
    let last = published.end?;
    if published.start? < last.checked_sub_days(Days::new(6))? && !value.starts_with(|c: char| c.is_ascii_digit()) {
        // A publication date that is itself wide does not fix a weekday or a year.
        return None;
    }
    if let Some((from, to)) = value.split_once('/') {
        if to == ".." {
            return None;
        }
        let to = complete(to, published)?;
        let (from, end) = (complete(from, &DateWindow::day(to.end?, Basis::Stated))?, to.end?);
        return (from.start? <= end).then(|| DateWindow::between(from.start.unwrap_or(end), end, published.basis));
    }
    let parts: Vec<&str> = value.split('-').collect();
    let basis = published.basis;
    match parts.as_slice() {
        [year, "WXX", weekday] => {
            let wanted = weekday.parse::<u32>().ok().filter(|n| (1..=7).contains(n))?;
            let day =
                last.checked_sub_days(Days::new(u64::from((last.weekday().number_from_monday() + 7 - wanted) % 7)))?;
            let fits = *year == "XXXX" || year.parse::<i32>().ok() == Some(day.year());
            (fits && published.start == published.end).then(|| DateWindow::day(day, basis))
        }
        ["XXXX", month, day] => {
            let (month, day) = (month.parse::<u32>().ok()?, day.parse::<u32>().ok()?);
            // Four years back, for a 29 February.
            (0..=4)
                .filter_map(|back| NaiveDate::from_ymd_opt(last.year() - back, month, day))
                .find(|date| *date <= last)
                .map(|date| DateWindow::day(date, basis))
        }
        ["XXXX", month] => {
            let month = month.parse::<u32>().ok()?;
            (0..=1)
                .filter_map(|back| DateWindow::month(last.year() - back, month, basis))
                .find(|window| window.start.is_some_and(|start| start <= last))
        }
        _ => DateWindow::parse(value, basis),
    }
}

/// Whether a day could be the one that an incomplete notation speaks of.
pub(super) fn may_be(value: &str, window: &DateWindow) -> bool {
    let Some(day) = window.single_day() else { return true };
    let parts: Vec<&str> = value.split('-').collect();
    let is = |text: &str, n: u32| text.parse::<u32>().ok() == Some(n);
    let year = parts.first().is_none_or(|y| *y == "XXXX" || y.parse::<i32>().ok() == Some(day.year()));
    year && match parts.as_slice() {
        [_, "WXX", weekday] => is(weekday, day.weekday().number_from_monday()),
        [_, month, d] => is(month, day.month()) && is(d, day.day()),
        [_, month] => is(month, day.month()),
        _ => true,
    }
}

/// Whether the words leave the end of the window open: "since January".
pub(super) fn is_open(date: &ClaimDate) -> bool {
    date.value.as_deref().is_some_and(|value| value.ends_with("/..")) || date.window.end.is_none()
}

/// "18 September, no year", "a Thursday": what an incomplete notation says, in words.
pub(super) fn words_of_value(value: &str) -> Option<String> {
    let month = |text: &str| text.parse::<usize>().ok().and_then(|n| MONTHS.get(n.wrapping_sub(1)));
    if let Some((from, to)) = value.split_once('/') {
        let open = |end: &str| matches!(end, "" | "..");
        return match (words_of_value(from), words_of_value(to)) {
            (None, Some(to)) if open(from) => Some(format!("to {to}")),
            (Some(from), None) if open(to) => Some(format!("since {from}")),
            (Some(from), Some(to)) => Some(format!("{} to {to}", from.trim_end_matches(", no year"))),
            _ => None,
        };
    }
    let parts: Vec<&str> = value.split('-').collect();
    match parts.as_slice() {
        [year, "WXX", weekday] => {
            let day = weekday.parse::<usize>().ok().and_then(|n| WEEKDAYS.get(n.wrapping_sub(1)))?;
            Some(if *year == "XXXX" { format!("a {day}") } else { format!("a {day} in {year}") })
        }
        ["XXXX", m, day] => Some(format!("{} {}, no year", day.trim_start_matches('0'), month(m)?)),
        ["XXXX", m] => Some(format!("{}, no year", month(m)?)),
        ["XXXX"] => Some("a year that is not told".to_owned()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_date_of_publication_completes() {
        for (value, published, expected) in [
            ("XXXX-WXX-4", "2026-01-29", "2026-01-29"),
            ("2026-WXX-4", "2026-01-30", "2026-01-29"),
            ("2025-WXX-4", "2026-01-30", ""),
            ("XXXX-01-29", "2026-02-26", "2026-01-29"),
            ("XXXX-12-31", "2026-02-26", "2025-12-31"),
            ("XXXX-02-29", "2026-03-01", "2024-02-29"),
            ("XXXX-09", "2025-10-23", "2025-09"),
            ("XXXX-12", "2025-10-23", "2024-12"),
            ("XXXX-12/XXXX-02", "2026-03-23", "2025-12-01/2026-02-28"),
            ("2025", "2026-03-23", "2025"),
            ("XXXX-WXX-4", "2026-01-01/2026-01-31", ""),
            ("XXXX-09-18", "", ""),
            ("2022-02/..", "2026-01-29", ""),
        ] {
            let published = DateWindow::parse(published, Basis::Linked).unwrap_or_default();
            let found = complete(value, &published).map(|w| w.notation()).unwrap_or_default();
            assert_eq!(found, expected, "{value} / {published:?}");
        }
    }

    #[test]
    fn incomplete_dates_in_words() {
        for (value, expected) in [
            ("XXXX-WXX-4", Some("a Thursday")),
            ("2026-WXX-4", Some("a Thursday in 2026")),
            ("XXXX-09-18", Some("18 September, no year")),
            ("XXXX-07/XXXX-09", Some("July to September, no year")),
            ("../XXXX", Some("to a year that is not told")),
            ("XXXX-09/..", Some("since September, no year")),
            ("2025", None),
        ] {
            assert_eq!(words_of_value(value).as_deref(), expected, "{value}");
        }
    }
}
