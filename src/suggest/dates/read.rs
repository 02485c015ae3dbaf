//! The date that an analyst types.

use super::mentions::Reader;
use super::partial::Partial;
use super::resolve::{Frame, resolve};
use super::words::DateWords;
use super::{Bound, bound, bounded, bounded_value, kind};
use crate::claim::{Basis, ClaimDate, DateWindow};
use crate::suggest::dates::DateKind;
use crate::suggest::quantities::Quantifiers;
use crate::suggest::tokens::Tokens;

/// Reads a date as it stands in the form of a claim ("29 Jan 2026", "18/9", "last Thursday", "since
/// May", "2026-02-06/2026-02-28"), completed from the article's date of publication. The error says
/// what cannot be read, in a sentence.
pub(in crate::suggest) fn read_date(
    text: &str,
    published: &DateWindow,
    q: &Quantifiers,
    words: &DateWords,
) -> Result<ClaimDate, String> {
    let text = text.trim();
    if text.is_empty() {
        return Err("enter a date, such as 29 January 2026, January 2026, or 2026-01-29".to_owned());
    }
    let date = |window: DateWindow, value: String, extent: bool| ClaimDate {
        window: DateWindow { basis: if window.is_known() { Basis::Analyst } else { Basis::Unknown }, ..window },
        value: Some(value.into()),
        text: Some(text.into()),
        span: None,
        extent,
    };
    if let Some(window) = DateWindow::parse(text, Basis::Analyst) {
        let extent = text.contains('/') || text.len() == 4;
        return Ok(date(window, text.to_owned(), extent));
    }
    let tokens = Tokens::of_text(text);
    let mut reader = Reader { tokens: &tokens, q, words, order: None, typed: true, found: Vec::new() };
    reader.run();
    let found = match reader.found.as_slice() {
        [] => return Err(nothing_found(text)),
        [one] => one,
        [first, second, ..] => {
            let of = |range: &std::ops::Range<usize>| tokens.span(range.clone()).map_or("", |span| span.of(text));
            let (first, second) = (of(&first.tokens), of(&second.tokens));
            return Err(format!(
                "“{text}” holds two dates, “{first}” and “{second}”: enter one, or a stretch as in 3 to 9 May"
            ));
        }
    };
    let ignorable = [
        "on", "in", "at", "the", "since", "until", "till", "by", "from", "before", "after", "as", "of", "during", ",",
        ".", "year", "about", "around", "up", "to",
    ];
    let unknown = (0..tokens.len()).find(|at| !found.tokens.contains(at) && !tokens.is_any(*at, &ignorable));
    if let Some(at) = unknown {
        let word = tokens.source(at);
        return Err(format!("“{word}” in “{text}” was not understood"));
    }
    if let Partial::Unsure { a, b, .. } = found.partial {
        let settled = resolve(&found.partial, &Frame::new(published), None, false);
        if settled.start.is_none() {
            let month = |n: u32| {
                chrono::NaiveDate::from_ymd_opt(2024, n, 1).map_or(String::new(), |day| day.format("%B").to_string())
            };
            return Err(format!("“{text}” may be {a} {} or {b} {}: write the month as a word", month(b), month(a)));
        }
    }
    if kind(&found.partial) == DateKind::Reference {
        return Err(format!("“{text}” points at another date: enter that date itself"));
    }
    let resolved = resolve(&found.partial, &Frame::new(published), None, false);
    if resolved.start.is_none() {
        if found.partial.is_deictic() {
            return Err(format!(
                "“{text}” is counted from the date of publication, which is not known: enter that first, or the day itself"
            ));
        }
        if kind(&found.partial) == DateKind::Vague {
            return Err(format!("“{text}” gives no date: enter a stretch, as in June to August 2025"));
        }
        if resolved.value.starts_with("XXXX") && matches!(&found.partial, Partial::Day { year: Some(_), .. }) {
            return Err(format!("there is no such day as {text}"));
        }
    }
    let bound = bound(&tokens, found);
    let extent = bound != Bound::At || matches!(kind(&found.partial), DateKind::Year | DateKind::Period);
    Ok(date(bounded(resolved.window(), bound), bounded_value(&resolved.value, bound), extent))
}

fn nothing_found(text: &str) -> String {
    if text.chars().any(|c| c.is_ascii_digit()) {
        return format!("“{text}” is no date: write it as 29 January 2026, January 2026, or 2026-01-29");
    }
    format!("no date in “{text}”")
}
