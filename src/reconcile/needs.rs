//! What the panel would need to know of an article to place what it tells.

use std::collections::BTreeSet;

use crate::claim::{DateWindow, MONTHS};

use super::Document;
use super::dating::words_of_value;
use super::interner::NONE;
use super::statement::{Prepared, Shape, Statement};

/// The needs of an article. `statements` are all of its own.
pub(super) fn needs(
    prepared: &Prepared<'_>,
    document: &Document,
    published: &DateWindow,
    statements: &[Statement],
) -> Vec<String> {
    let mut out = Vec::new();
    let undated: Vec<&Statement> = statements
        .iter()
        .filter(|s| matches!(s.key.shape, Shape::Event | Shape::Period) && !s.window.is_known())
        .collect();
    if !published.is_known() {
        let mut values: BTreeSet<&str> = undated.iter().map(|s| prepared.interner.str(s.partial)).collect();
        values.remove("");
        let stated = document.metadata.published_value.as_deref().filter(|value| !value.is_empty());
        let weekday = values.iter().find(|value| value.contains("-WXX-")).copied();
        let mut hints: Vec<String> = stated.or(weekday).and_then(words_of_value).into_iter().collect();
        let day_known = stated.is_some_and(|value| !value.contains("WXX"));
        if !day_known && let Some(month) = latest_month(&values) {
            hints.push(format!("{} or later", MONTHS[month % 12]));
        }
        if document.metadata.published_value.is_none() && weekday.is_none() && hints.is_empty() {
            let years: BTreeSet<i32> =
                statements.iter().filter_map(|s| s.window.end.map(|day| chrono::Datelike::year(&day))).collect();
            hints.extend(years.last().map(|year| format!("{year} or later")));
        }
        let hints = if hints.is_empty() { String::new() } else { format!(": {}", hints.join(", ")) };
        let what = if day_known { "no year of publication" } else { "no date of publication" };
        out.push(format!("{what}{hints}"));
    }
    if !undated.is_empty() {
        let yearless = undated.iter().filter(|s| s.partial != NONE).count();
        let nothing = undated.len() - yearless;
        if yearless > 0 {
            out.push(format!("{yearless} of its figures cannot be put in a year"));
        }
        if nothing > 0 {
            out.push(format!("{nothing} of its figures have no date at all"));
        }
    }
    out
}

/// The last month that an article looks back on without a year: 9 for "July to September".
fn latest_month(values: &BTreeSet<&str>) -> Option<usize> {
    let last = |value: &str| {
        let value = value.rsplit('/').next()?;
        let mut parts = value.split('-');
        let (year, month) = (parts.next()?, parts.next()?);
        // A day is the article's own event as often as a look-back: only months tell.
        (year == "XXXX" && parts.next().is_none()).then(|| month.parse::<usize>().ok()).flatten()
    };
    values.iter().filter_map(|value| last(value)).filter(|month| (1..=12).contains(month)).max()
}
