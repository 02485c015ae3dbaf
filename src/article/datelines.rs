//! The lines in which a text says when it was published: a line of its own with a date, one with a label, an
//! agency's dateline, a place and a day, a caption.

use std::sync::LazyLock;

use chrono::NaiveDate;
use regex::Regex;

use super::markup::{BlockKind, Markup};
use super::written_dates::{NumericOrder, Written, dates_in};
use crate::claim::{Span, WEEKDAYS};

/// Whether a line is a date of publication, alone but for a weekday, a time, and the like.
pub(super) fn is_dateline(line: &str) -> bool {
    dateline(line, NumericOrder::Unknown).is_some()
}

fn dateline(line: &str, order: NumericOrder) -> Option<NaiveDate> {
    static FILLER: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"(?i)\b(?:\d{1,2}[:.]\d{2}(?::\d{2})?(?:\.\d+)?|\d{1,2} ?[ap]\.?m\b\.?|[ap]\.?m\b\.?|noon|midnight|gmt|utc|bst|cest?|eest?|msk|e[ds]t|c[ds]t|m[ds]t|p[ds]t|ist|jst|(?:mon|tues?|wed(?:nes)?|thur?s?|fri|sat(?:ur)?|sun)(?:day)?|published|publication|posted|updated|modified|created|first|last|date|time|on|at|\d{1,2} ?h(?:ours?)?|z|\d+ min(?:ute)?s? read)\b|[+-]\d{2}:?\d{2}")
            .expect("a constant pattern")
    });
    let year = line.as_bytes().windows(4).any(|four| four.iter().all(u8::is_ascii_digit));
    if !year || line.chars().count() > 140 {
        return None;
    }
    let dates: Vec<_> = dates_in(line, order).into_iter().filter(|(date, _)| date.year.is_some()).collect();
    let (mut rest, mut from) = (String::new(), 0);
    for (_, range) in &dates {
        rest.push_str(&line[from..range.start]);
        rest.push(' ');
        from = range.end;
    }
    rest.push_str(&line[from..]);
    let rest = FILLER.replace_all(&rest, " ");
    let words: Vec<&str> =
        rest.split(|c: char| !c.is_alphanumeric() && c != '\'' && c != '’').filter(|w| !w.is_empty()).collect();
    let byline = words.first().is_some_and(|word| word.eq_ignore_ascii_case("by")) && words.len() <= 9;
    let place = words.len() <= 3 && words.iter().all(|w| w.chars().all(char::is_uppercase) && w.len() > 2);
    if !(words.is_empty() || byline || place) {
        return in_its_part(line, order).or_else(|| before_the_rest(line, &dates));
    }
    // "Published …, updated …": the first is asked for.
    let lower = line.to_lowercase();
    let published = ["published", "posted"].iter().find_map(|word| lower.find(word));
    let after = published.and_then(|at| dates.iter().find(|(_, range)| range.start >= at));
    after.or(dates.first()).and_then(|(date, _)| date.day())
}

/// "Analysis · Marta Oikonomou · 15 June 2025 · 6 min read", "By Jun D. | Surigao City, December 4, 2024":
/// a date that is alone, or behind a place, in one of the parts of a line of such.
fn in_its_part(line: &str, order: NumericOrder) -> Option<NaiveDate> {
    let parts: Vec<&str> = line.split(['|', '·', '•']).map(str::trim).filter(|part| !part.is_empty()).collect();
    // "A newsletter on the delta, twice a month, by N. Ilse", "no. 142": a label, as long as no sentence ends in it.
    let label = |part: &&str| part.split_whitespace().count() <= 14 && !ends_sentence(part);
    if parts.len() < 2 || !parts.iter().all(label) {
        return None;
    }
    parts.iter().find_map(|part| dateline(part, order).or_else(|| behind_a_place(part, order)?.day()))
}

/// Whether a sentence ends inside a part of a line: a full stop before a capital.
fn ends_sentence(part: &str) -> bool {
    part.match_indices(". ").any(|(at, _)| part[at + 2..].starts_with(char::is_uppercase))
}

/// What stands before a date, without the day of the week in front of it.
fn before_weekday(before: &str) -> &str {
    let before = before.trim_end();
    let (rest, last) = before.rsplit_once(' ').unwrap_or(("", before));
    let last = last.trim_end_matches(',');
    if WEEKDAYS.iter().any(|day| last.eq_ignore_ascii_case(day)) { rest.trim_end() } else { before }
}

/// "Surigao City, December 4, 2024", "Lagos, 24 June", "The Tamar Post, Monday 9 March 2026": nothing but a place or a
/// paper's name, and the date.
fn behind_a_place(part: &str, order: NumericOrder) -> Option<Written> {
    const PARTICLES: &[&str] = &["de", "del", "della", "des", "di", "do", "da", "du", "der", "of", "and", "the", "&"];
    let part = part.trim_matches(['*', '_', ' ']);
    let (date, range) = dates_in(part, order).into_iter().next()?;
    let place = before_weekday(&part[..range.start]).strip_suffix(',')?;
    let words: Vec<&str> = place.split_whitespace().collect();
    let named = (1..=5).contains(&words.len())
        && words.iter().all(|word| word.starts_with(char::is_uppercase) || PARTICLES.contains(word));
    let rest = part[range.end..].trim();
    let bracket = rest.starts_with('(') && rest.ends_with(')');
    (named && (rest.is_empty() || bracket)).then_some(date)
}

/// "Sunday, March 22, 2026. Blog by Kate Furlong": the date in full that a line begins with, alone
/// before its full stop; "Cúcuta, 19 March 2026 (El Correo)": behind its place.
fn before_the_rest(line: &str, dates: &[(Written, std::ops::Range<usize>)]) -> Option<NaiveDate> {
    let (date, range) = dates.first()?;
    let before = line[..range.start].trim_matches(|c: char| !c.is_alphanumeric());
    let weekday = before.is_empty() || WEEKDAYS.iter().any(|day| before.eq_ignore_ascii_case(day));
    if weekday && line[range.end..].starts_with(". ") {
        return date.day();
    }
    // "The Tamar Post, 15 May 2026. By N. Ilse, in Tamar": a byline behind the stop.
    let line = line.trim_matches(['*', '_', ' ']);
    if let Some((head, _)) = line.split_once(". By ")
        && let Some(day) = behind_a_place(head, NumericOrder::Unknown).and_then(Written::day)
    {
        return Some(day);
    }
    // "The Tamar Post, Monday 9 March 2026"; without the weekday it may be a title.
    let on_weekday = before_weekday(before).len() < before.len();
    behind_a_place(line, NumericOrder::Unknown).filter(|_| line.ends_with(')') || on_weekday)?.day()
}

/// Blocks in which a text says when it was published: the first dozen and the last few.
fn outer_blocks(markup: &Markup) -> impl Iterator<Item = Span> {
    let count = markup.blocks.len();
    let at_edge = move |n: usize| n < 12 || n + 4 >= count;
    // A row between others is of a table; one by itself is a line with bars in it.
    let row = move |n: usize| markup.blocks.get(n).is_some_and(|block| block.kind == BlockKind::TableRow);
    let in_table = move |n: usize| row(n) && (row(n + 1) || n > 0 && row(n - 1));
    let blocks = markup.blocks.iter().enumerate();
    blocks.filter(move |(n, _)| at_edge(*n) && !in_table(*n)).map(|(_, block)| block.span)
}

pub(super) fn dateline_day(text: &str, markup: &Markup, order: NumericOrder) -> Option<NaiveDate> {
    outer_blocks(markup).find_map(|span| {
        // A table row that only looks like one, or a block of several lines: line by line.
        if span.len() > 600 {
            return None;
        }
        let words = markup.words_of(text, span);
        dateline(&words, order).or_else(|| span.of(text).lines().find_map(|line| dateline(line.trim(), order)))
    })
}

/// The day of a line between the title and the text that says what the text is: "Northern Wire, 15 March 2025",
/// "Explainer. Published 20 October 2024, corrected 21 October", "Situation report No. 4 as of 6 March 2026",
/// "Period covered: 9 to 12 August 2025", "Translation of a statement of the ministry, 18 February 2026, 6.30 p.m.".
pub(super) fn labelled_day(text: &str, markup: &Markup, order: NumericOrder) -> Option<NaiveDate> {
    const TOP: usize = 7;
    let head = markup.blocks.iter().enumerate().take(TOP);
    // In a plain text such a line looks like a heading; one far down is of a section.
    let above = |n: usize, kind: BlockKind| match kind {
        BlockKind::Heading(_) => n <= 3,
        kind => kind != BlockKind::Caption,
    };
    let lines = head
        .filter(|(n, block)| above(*n, block.kind) && block.span.len() < 600)
        .map(|(n, block)| (n, markup.words_of(text, block.span)));
    for (n, words) in lines {
        let count = words.split_whitespace().count();
        if count > 40 {
            return None;
        }
        if let Some(day) = day_of_label(&words, order, n == 0) {
            return Some(day);
        }
    }
    None
}

/// The day in one such line. What stands first may be a title: only a word such as "published" tells it from one.
fn day_of_label(line: &str, order: NumericOrder, first: bool) -> Option<NaiveDate> {
    const DATES: &[&str] = &["published", "posted", "updated", "issued", "as of", "dated"];
    const PERIODS: &[&str] = &["period covered", "reporting period", "covering"];
    const PAPERS: &[&str] =
        &["statement", "release", "communiqu", "bulletin", "translation", "translated", "transcript"];
    const PICTURES: &[&str] = &["photo", "picture", "image", "getty", "©"];
    const TELLS: &[&str] = &[" since ", " was ", " were ", " killed ", " after ", " when ", " died "];
    let dates: Vec<_> = dates_in(line, order).into_iter().filter(|(date, _)| date.year.is_some()).collect();
    let lower = line.to_lowercase();
    let any = |words: &[&str]| words.iter().any(|word| lower.contains(word));
    // Lower case may be longer; then the places do not agree.
    if dates.is_empty()
        || lower.len() != line.len()
        || line.split_whitespace().count() > 24
        || any(PICTURES)
        || any(TELLS)
    {
        return None;
    }
    let behind = |label: &&str| {
        let end = lower.find(*label)? + label.len();
        let (date, _) = dates.iter().find(|(_, range)| range.start >= end && range.start - end <= 12)?;
        date.day()
    };
    if let Some(day) = DATES.iter().find_map(behind) {
        return Some(day);
    }
    if let Some(at) = PERIODS.iter().find_map(|label| lower.find(label)) {
        let end = line[at..].find(['|', '·', '•']).map_or(line.len(), |bar| at + bar);
        return dates.iter().rev().find(|(_, range)| range.start >= at && range.end <= end)?.0.day();
    }
    let (date, range) = dates.first()?;
    let before = before_weekday(&line[..range.start]);
    let alone = || {
        dateline(&line[range.start..], order).is_some()
            || line[range.end..].trim_matches(['*', '_', ')', ' ']).is_empty()
    };
    let part = before.trim_end_matches(['·', '|', '•', ' ']).rsplit(['·', '|', '•']).next().unwrap_or(before);
    let parted = !first && before.ends_with([',', '·', '|', '•']) && !part.contains(". ");
    let paper = any(PAPERS) && (before.ends_with(" on") || before.ends_with(" of"));
    ((parted || paper) && alone()).then(|| date.day()).flatten()
}

/// An agency's line: "KYIV, Jan 29 (Reuters) -", "MOSCOW, January 29. /TASS/.".
pub(super) struct AgencyLine {
    pub agency: Option<String>,
    /// `month` is 0 where there is no date.
    pub date: Written,
}

pub(super) fn agency_dateline(text: &str, markup: &Markup, order: NumericOrder) -> Option<AgencyLine> {
    static LINE: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"^(?P<place>\p{Lu}[\p{L}.'’-]*(?:[ /]\p{Lu}[\p{L}.'’-]*){0,3}(?:, \p{Lu}[\p{L}. ]+?)?)(?P<date>,? [^()/–—\n]{0,30}?)?[.,]?\s*(?:\((?P<a>\p{Lu}[\p{L} .&/-]{1,40})\)|/(?P<b>\p{Lu}[\p{L} .&-]{1,40})/)\s*(?:[-–—:.]|\s)")
            .expect("a constant pattern")
    });
    static BARE: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"^(?P<place>\p{Lu}[\p{Lu}.'’-]+(?:[ /]\p{Lu}[\p{Lu}.'’-]*){0,3}(?:, \p{Lu}[\p{L}. ]+?)?),? (?P<date>[^()–—\n-]{3,30}?)\s*(?:[–—:]|--?)\s")
            .expect("a constant pattern")
    });
    // "LA PAZ (18 March 2026, Agency). "
    static BRACKETED: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(
            r"^(?P<place>\p{Lu}[\p{L}.'’-]*(?:[ /]\p{Lu}[\p{L}.'’-]*){0,3}) \((?P<date>[^()\n]{6,60})\)\s*[-–—:.]\s",
        )
        .expect("a constant pattern")
    });
    let blocks = markup.blocks.iter().filter(|block| block.kind == BlockKind::Paragraph).take(4);
    blocks.map(|block| markup.words_of(text, block.span)).find_map(|words| {
        let start: String = words.chars().take(160).collect();
        // An agency stands in brackets or between strokes; without one there must be a date.
        let agency = start.contains(['(', '/']).then(|| LINE.captures(&start)).flatten();
        let dated = || start.bytes().any(|byte| byte.is_ascii_digit());
        let hit = agency
            .or_else(|| if dated() { BARE.captures(&start) } else { None })
            .or_else(|| if dated() { BRACKETED.captures(&start) } else { None })?;
        let written = hit.name("date").map_or("", |m| m.as_str());
        // A lazy place may take the month along: the date is looked for in the whole line.
        let date = dates_in(&hit[0], order).first().map(|(date, _)| *date);
        let named = |name: &str| hit.name(name).map(|m| m.as_str().to_owned());
        let agency = named("a").or_else(|| named("b")).filter(|name| is_agency(name));
        // Without a date, only capitals make a dateline: "Kharkiv (Ukraine) - " begins a sentence.
        let loud = hit["place"].chars().all(|c| !c.is_lowercase());
        (date.is_some() || (loud && agency.is_some() && written.trim().is_empty()))
            .then(|| AgencyLine { agency, date: date.unwrap_or_default() })
    })
}

/// A bracket behind a place names an agency, and not a region or a weekday.
fn is_agency(name: &str) -> bool {
    let capitals = name.chars().filter(|c| c.is_alphabetic()).all(char::is_uppercase) && name.len() <= 8;
    const KNOWN: &[&str] = &[
        "Reuters",
        "Xinhua",
        "Interfax",
        "Interfax-Ukraine",
        "Ukrinform",
        "Bloomberg",
        "Yonhap",
        "Kyodo",
        "Anadolu",
        "Anadolu Agency",
        "Associated Press",
        "Agence France-Presse",
        "Kyodo News",
        "Sputnik",
        "Yonhap News",
        "Antara",
        "Bernama",
        "Tasnim",
        "Petra",
        "Belga",
        "Lusa",
        "Efe",
        "The Associated Press",
        "Thomson Reuters Foundation",
    ];
    capitals || KNOWN.contains(&name)
}

/// A day and month without a year behind a place, alone in a line above the text: "Lagos, 24 June".
pub(super) fn place_and_day(text: &str, markup: &Markup, order: NumericOrder) -> Option<Written> {
    let top = markup.blocks.iter().take(5).filter(|block| block.kind != BlockKind::TableRow && block.span.len() < 600);
    top.flat_map(|block| block.span.of(text).lines()).find_map(|line| {
        let date = behind_a_place(line, order)?;
        date.year.is_none().then_some(date)
    })
}

/// A day and month without a year, in a caption.
pub(super) fn caption_date(text: &str, markup: &Markup, order: NumericOrder) -> Option<Written> {
    let captions = markup.blocks.iter().filter(|block| block.kind == BlockKind::Caption);
    captions.map(|block| markup.words_of(text, block.span)).find_map(|words| {
        let (date, _) = dates_in(&words, order).into_iter().next()?;
        date.year.is_none().then_some(date)
    })
}
