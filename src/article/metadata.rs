//! What a text says of its outlet, title, date and address.
//!
//! In this order: what the file declares of itself (the head of a page, a block of `key: value`
//! lines), a line of its own with a date, an agency's dateline, and the address that the text
//! gives as its own. A date without a year is kept as what it is, and no year is invented.

use std::sync::LazyLock;

use chrono::{Datelike, NaiveDate};
use regex::Regex;

use super::markup::{BlockKind, Markup};
use super::outlet::outlet_of;
use crate::claim::{Basis, DateWindow, Known, Metadata, Name, Span, WEEKDAYS};

/// What a file says of itself outside its text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Declared {
    pub outlet: Option<String>,
    pub title: Option<String>,
    pub url: Option<String>,
    /// As it is written: "2026-01-29T10:00:00Z".
    pub published: Option<String>,
}

impl Declared {
    /// Fills what is still empty.
    pub fn or(self, other: Self) -> Self {
        Self {
            outlet: self.outlet.or(other.outlet),
            title: self.title.or(other.title),
            url: self.url.or(other.url),
            published: self.published.or(other.published),
        }
    }
}

/// Reads the metadata of a text.
pub(super) fn read(text: &str, markup: &Markup, declared: Declared) -> Metadata {
    let declared = declared.or(front_matter(text)).or(head_lines(text, markup));
    let order = NumericOrder::of(text);
    let mut metadata = Metadata::default();

    let labelled = labelled_address(text, markup);
    let (address, basis) = match (declared.url, labelled) {
        (Some(url), _) | (None, Some((url, true))) => (Some(url), Basis::Stated),
        (None, Some((url, false))) => (Some(url), Basis::Inferred),
        (None, None) => (None, Basis::Unknown),
    };
    metadata.url = address.as_ref().map(|url| Known::new(url.as_str(), basis));

    let agency = agency_dateline(text, markup, order);
    let outlet_at = address.as_deref().and_then(outlet_of);
    metadata.outlet = declared
        .outlet
        .map(|outlet| Known::new(outlet, Basis::Stated))
        .or_else(|| outlet_at.map(|outlet| Known::new(outlet, Basis::Inferred)))
        .or_else(|| agency.as_ref().and_then(|a| a.agency.clone()).map(|agency| Known::new(agency, Basis::Stated)));

    metadata.title = declared
        .title
        .map(|title| Known::new(title, Basis::Stated))
        .or_else(|| title_of(text, markup).map(|(title, basis)| Known::new(title, basis)));

    let day = declared
        .published
        .as_deref()
        .and_then(|written| declared_day(written, order))
        .or_else(|| dateline_day(text, markup, order))
        .map(|day| (day, Basis::Stated))
        .or_else(|| agency.as_ref()?.date.day().map(|day| (day, Basis::Stated)))
        .or_else(|| labelled_day(text, markup, order).map(|day| (day, Basis::Stated)))
        .or_else(|| address.as_deref().and_then(day_in_address).map(|day| (day, Basis::Inferred)));
    match day {
        Some((day, basis)) => metadata.published = DateWindow::day(day, basis),
        None => {
            let partial = agency.map(|agency| agency.date).filter(|date| date.month > 0);
            let partial = partial.or_else(|| place_and_day(text, markup, order));
            let partial = partial.or_else(|| caption_date(text, markup, order));
            metadata.published_value = partial.map(|date| date.value());
        }
    }
    metadata
}

/// A date as it is written, perhaps without a year.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Written {
    year: Option<i32>,
    month: u32,
    day: u32,
}

impl Written {
    fn day(self) -> Option<NaiveDate> {
        NaiveDate::from_ymd_opt(self.year?, self.month, self.day)
    }

    fn value(self) -> Name {
        format!("XXXX-{:02}-{:02}", self.month, self.day).into()
    }
}

/// Whether 3/4 is the third of April or the fourth of March, as far as the text proves it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum NumericOrder {
    DayFirst,
    MonthFirst,
    Unknown,
}

impl NumericOrder {
    /// Votes of all numeric dates in the text: 18/9 proves one, 9/18 the other.
    fn of(text: &str) -> Self {
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
fn numeric_pairs(text: &str) -> Vec<(u32, u32)> {
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

fn number(digits: &str) -> u32 {
    digits.parse().unwrap_or(0)
}

const MONTHS: &str = r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)";

fn month_number(word: &str) -> u32 {
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
fn dates_in(text: &str, order: NumericOrder) -> Vec<(Written, std::ops::Range<usize>)> {
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
fn declared_day(written: &str, order: NumericOrder) -> Option<NaiveDate> {
    let written = written.trim();
    let iso = written.get(..10).and_then(|start| NaiveDate::parse_from_str(start, "%Y-%m-%d").ok());
    let packed = || written.get(..8).and_then(|start| NaiveDate::parse_from_str(start, "%Y%m%d").ok());
    let day = iso.or_else(packed).or_else(|| dates_in(written, order).into_iter().find_map(|(date, _)| date.day()))?;
    (1800..=2200).contains(&day.year()).then_some(day)
}

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

fn dateline_day(text: &str, markup: &Markup, order: NumericOrder) -> Option<NaiveDate> {
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
fn labelled_day(text: &str, markup: &Markup, order: NumericOrder) -> Option<NaiveDate> {
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
struct AgencyLine {
    agency: Option<String>,
    /// `month` is 0 where there is no date.
    date: Written,
}

fn agency_dateline(text: &str, markup: &Markup, order: NumericOrder) -> Option<AgencyLine> {
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
fn place_and_day(text: &str, markup: &Markup, order: NumericOrder) -> Option<Written> {
    let top = markup.blocks.iter().take(5).filter(|block| block.kind != BlockKind::TableRow && block.span.len() < 600);
    top.flat_map(|block| block.span.of(text).lines()).find_map(|line| {
        let date = behind_a_place(line, order)?;
        date.year.is_none().then_some(date)
    })
}

/// A day and month without a year, in a caption.
fn caption_date(text: &str, markup: &Markup, order: NumericOrder) -> Option<Written> {
    let captions = markup.blocks.iter().filter(|block| block.kind == BlockKind::Caption);
    captions.map(|block| markup.words_of(text, block.span)).find_map(|words| {
        let (date, _) = dates_in(&words, order).into_iter().next()?;
        date.year.is_none().then_some(date)
    })
}

/// The day in an address: ".../2026/01/29/...", ".../2026/jan/29/...", "...-20260129".
fn day_in_address(address: &str) -> Option<NaiveDate> {
    static PATH: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"(?i)[/_=-]((?:19|20)\d\d)(?:[/_-]?)(0[1-9]|1[0-2]|[/_-][1-9]|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)(?:[/_-]?)(0[1-9]|[12]\d|3[01]|[/_-][1-9])(?:[^0-9]|$)")
            .expect("a constant pattern")
    });
    PATH.captures_iter(address).find_map(|hit| {
        let month = hit[2].trim_start_matches(['/', '_', '-']);
        let month = if month.starts_with(|c: char| c.is_ascii_digit()) { number(month) } else { month_number(month) };
        NaiveDate::from_ymd_opt(number(&hit[1]) as i32, month, number(hit[3].trim_start_matches(['/', '_', '-'])))
    })
}

/// The address that the text calls its own, and whether it says so; else one that stands alone at
/// the very beginning or end.
fn labelled_address(text: &str, markup: &Markup) -> Option<(String, bool)> {
    static LABEL: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"(?i)^\W*(?:(?:original|source|article|canonical|full|permanent) (?:url|link|article|source|story|text)|original|url|link|source|permalink|address|(?:first|originally) published(?: at| on| by| in)?|retrieved from|read (?:the )?(?:original|full)(?: article| story)?(?: at| on| here)?)\s*[:–-]?\W*$")
            .expect("a constant pattern")
    });
    let alone = |n: usize| n < 3 || n + 2 >= markup.blocks.len();
    let mut inferred = None;
    for (n, block) in markup.blocks.iter().enumerate() {
        let place = markup.links.partition_point(|link| link.end <= block.span.start);
        let Some(link) = markup.links.get(place).filter(|link| link.overlaps(block.span)) else { continue };
        let address = link.of(text);
        if !address.contains("://") && !address.starts_with("www.") {
            continue;
        }
        // What stands before it on the line, or the block before.
        let before = text[block.span.start as usize..link.start.max(block.span.start) as usize].trim_end_matches('<');
        let label = if before.trim().is_empty() && n > 0 {
            markup.words_of(text, markup.blocks[n - 1].span)
        } else {
            before.trim_end_matches(['[', '(', '*', ' ']).to_owned()
        };
        // A label is a few words; what is longer is a paragraph.
        if label.len() < 200 && LABEL.is_match(label.trim()) {
            return Some((address.to_owned(), true));
        }
        if block.kind == BlockKind::Furniture && alone(n) && inferred.is_none() && has_path(address) {
            inferred = Some((address.to_owned(), false));
        }
    }
    inferred
}

fn has_path(address: &str) -> bool {
    let rest = address.split_once("://").map_or(address, |(_, rest)| rest);
    rest.split_once('/').is_some_and(|(_, path)| path.len() > 8)
        && ![".jpg", ".jpeg", ".png", ".gif", ".webp", ".svg"].iter().any(|end| address.to_lowercase().ends_with(end))
}

/// A block between `---` lines at the very beginning, `key: value` each.
fn front_matter(text: &str) -> Declared {
    let Some(block) = text.strip_prefix("---\n").and_then(|rest| rest.split_once("\n---")).map(|(block, _)| block)
    else {
        return Declared::default();
    };
    let mut declared = Declared::default();
    for line in block.lines().take(100) {
        keep(&mut declared, line, true);
    }
    declared
}

/// Lines such as "Date: 29 January 2026" above the text, as saved by hand or by a script.
fn head_lines(text: &str, markup: &Markup) -> Declared {
    let mut declared = Declared { published: leading_date(text), ..Declared::default() };
    for block in markup.blocks.iter().take(8).filter(|block| block.span.len() < 600) {
        for line in block.span.of(text).lines() {
            keep(&mut declared, line, false);
        }
    }
    declared
}

/// "date 2024-06-19 The coast guard was searching": what a list of articles kept of the page, in front of its text.
fn leading_date(text: &str) -> Option<String> {
    let rest = text.trim_start().strip_prefix("date ")?;
    let word = rest.split_whitespace().next()?;
    NaiveDate::parse_from_str(word, "%Y-%m-%d").ok()?;
    Some(word.to_owned())
}

fn keep(declared: &mut Declared, line: &str, front: bool) {
    let Some((key, value)) = line.split_once(':') else { return };
    let key = key.trim().trim_matches(['*', '_', '#', '-', ' ']).to_lowercase();
    let value = value.trim().trim_matches(['*', '_', '"', '\'', '<', '>', ' ']);
    if value.is_empty() {
        return;
    }
    let is_address = value.contains("://") || value.starts_with("www.");
    let dated = || dates_in(value, NumericOrder::Unknown).iter().any(|(date, _)| date.year.is_some());
    let slot = match key.as_str() {
        "title" | "headline" => &mut declared.title,
        "date" | "published" | "publication date" | "date published" | "pubdate" | "published on" if dated() => {
            &mut declared.published
        }
        "url" | "link" | "original url" | "source url" | "canonical" | "permalink" | "address" if is_address => {
            &mut declared.url
        }
        "source" if is_address => &mut declared.url,
        "outlet" | "publisher" | "publication" | "newspaper" | "site" if !is_address => &mut declared.outlet,
        // "Source: …" in a text may be the source of a picture; in a head it is the outlet.
        "source" if front || value.chars().count() <= 40 => &mut declared.outlet,
        _ => return,
    };
    slot.get_or_insert_with(|| value.to_owned());
}

fn title_of(text: &str, markup: &Markup) -> Option<(String, Basis)> {
    let heading = markup.blocks.iter().find(|block| block.kind == BlockKind::Heading(1));
    if let Some(title) = heading.map(|block| markup.words_of(text, block.span)).filter(|title| !title.is_empty()) {
        return Some((title, Basis::Stated));
    }
    let readable =
        |kind| matches!(kind, BlockKind::Paragraph | BlockKind::Quote | BlockKind::Item | BlockKind::Caption);
    let first = markup.blocks.iter().find(|block| readable(block.kind))?;
    // Enough of the block for a title; a long one is not copied whole.
    let limit =
        text[first.span.range()].char_indices().nth(600).map_or(first.span.end, |(at, _)| first.span.start + at as u32);
    let words = markup.words_of(text, Span { start: first.span.start, end: limit });
    // A sentence of a full stop alone is no title.
    Some(first_sentence(&words)).filter(|title| !title.is_empty()).map(|title| (title, Basis::Inferred))
}

/// The first sentence, cut at a word where it is long.
fn first_sentence(words: &str) -> String {
    const LIMIT: usize = 110;
    let end = words.char_indices().zip(words.char_indices().skip(1)).find_map(|((_, c), (next, after))| {
        let rest = &words[next..];
        let begins = rest.trim_start_matches(['"', '”', '’', ')', ' ']).chars().next().is_some_and(char::is_uppercase);
        let before = words[..next - c.len_utf8()].rsplit(' ').next().unwrap_or("");
        let abbreviation = before.chars().count() <= 3 && before.chars().next().is_some_and(char::is_uppercase);
        (matches!(c, '.' | '!' | '?') && (after == ' ' || "\"”’)".contains(after)) && begins && !abbreviation)
            .then_some(next)
    });
    let sentence = &words[..end.unwrap_or(words.len())];
    let sentence = sentence.strip_suffix('.').unwrap_or(sentence);
    match sentence.char_indices().nth(LIMIT) {
        None => sentence.to_owned(),
        Some((cut, _)) => {
            let cut = sentence[..cut].rfind(' ').unwrap_or(cut);
            format!("{}…", sentence[..cut].trim_end_matches([',', ';', ':', '–', '—', '-', ' ']))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Metadata {
        let markup =
            if super::super::markdown::is_markdown(text) { Markup::of_markdown(text) } else { Markup::of_plain(text) };
        read(text, &markup, Declared::default())
    }

    fn shown(known: &Option<Known>) -> String {
        known.as_ref().map_or_else(|| "–".to_owned(), |k| format!("{} ({})", k.value, k.basis.word()))
    }

    const BODY: &str =
        "The two sides swapped the bodies of forty soldiers on Monday, according to officials in both capitals.\n";

    #[test]
    fn the_day_of_publication() {
        for (head, published) in [
            ("January 29, 2026\n\n", "2026-01-29 stated"),
            ("29 Jan 2026\n", "2026-01-29 stated"),
            ("2026-01-29\n", "2026-01-29 stated"),
            ("29.01.2026, 14:05\n", "2026-01-29 stated"),
            ("29/01/2026\n", "2026-01-29 stated"),
            ("Thursday, 29th January 2026 14:05 GMT\n", "2026-01-29 stated"),
            ("Updated: Feb. 2, 2026 | Published: Jan. 29, 2026\n", "2026-01-29 stated"),
            ("By Anna Smith and Ben Roe | Jan 29, 2026\n", "2026-01-29 stated"),
            ("Analysis · Anna Smith · 29 January 2026 · 6 min read\n", "2026-01-29 stated"),
            ("Opinion | Anna Smith | Thursday, January 29, 2026\n", "2026-01-29 stated"),
            ("By Anna Smith | Baku City, January 29, 2026 | All our coverage\n", "2026-01-29 stated"),
            (
                "29/01/2026 – 20:15 | Automatic translation revised by the editors | Read in Spanish\n",
                "2026-01-29 stated",
            ),
            ("Thursday, 29 January 2026 · From our correspondent in Baku\n", "2026-01-29 stated"),
            (
                "Thursday, January 29, 2026. Blog by Anna Smith and the desk. All times local (GMT-5)\n",
                "2026-01-29 stated",
            ),
            ("Baku, 29 January 2026 (The Herald, translated from the Spanish)\n", "2026-01-29 stated"),
            ("Baku, 29 January\n", "XXXX-01-29"),
            ("The Baku Herald, Thursday 29 January 2026 · By Anna Smith · translated\n", "2026-01-29 stated"),
            ("El Heraldo del Norte, Thursday 29 January 2026\n", "2026-01-29 stated"),
            ("The Baku Herald, 29 January 2026. By Anna Smith, in Baku\n", "2026-01-29 stated"),
            ("The Baku Herald, no. 41 | Thursday, 29 January 2026 | 6 minutes\n", "2026-01-29 stated"),
            (
                "29 January 2026 · a letter on the lake, twice a month, by Anna Smith · read it on the web\n",
                "2026-01-29 stated",
            ),
            ("Two Sides Swap\n\nNorthern Wire, 29 January 2026\n\n", "2026-01-29 stated"),
            (
                "Two Sides Swap\n\nExplainer. Published 29 January 2026, corrected 30 January. A long read\n\n",
                "2026-01-29 stated",
            ),
            (
                "Two Sides Swap\n\nUnofficial translation of a statement of the Ministry, 29 January 2026, 6.30 p.m.\n\n",
                "2026-01-29 stated",
            ),
            (
                "Two Sides Swap\n\nFrom our correspondent in Baku · 29 January 2026, updated at 4 p.m. · translated\n\n",
                "2026-01-29 stated",
            ),
            (
                "Two Sides Swap\n\nPeriod covered: 26 to 29 January 2026, 18:00 (UTC+3) | Next report: 2 February\n\n",
                "2026-01-29 stated",
            ),
            ("Two Sides Swap\n\nSituation report No. 4 as of 29 January 2026\n\n", "2026-01-29 stated"),
            ("Two Sides Swap\n\nPress release no. 12 | Geneva, 29 January 2026\n\n", "2026-01-29 stated"),
            ("Two Sides Swap\n\n(Statement issued by the Ministry on 29 January 2026)\n\n", "2026-01-29 stated"),
            ("Two Sides Swap\n\nPhoto: soldiers in Baku, 29 January 2026\n\n", ""),
            ("Two Sides Swap\n\nThe worst day since the massacre of Baku, 29 January 1990\n\n", ""),
            ("Two Sides Swap Bodies\nPublished 29 January 2026\n\n", "2026-01-29 stated"),
            ("Date: 29 January 2026\nSource: Example Agency\n\n", "2026-01-29 stated"),
            (" date 2026-01-29 ", "2026-01-29 stated"),
            ("---\ntitle: Swap\ndate: 2026-01-29\n---\n\n", "2026-01-29 stated"),
            ("BAKU, Jan 29, 2026 (Reuters) - ", "2026-01-29 stated"),
            ("BAKU (29 January 2026, Example Agency). ", "2026-01-29 stated"),
            ("https://news.example.com/2026/01/29/two-sides-swap\n\n", "2026-01-29 inferred"),
            ("https://news.example.com/world/2026/jan/29/two-sides-swap\n\n", "2026-01-29 inferred"),
            // No year, or no way to tell which part is the month.
            ("BAKU, Jan 29 (Reuters) - ", "XXXX-01-29"),
            ("MOSCOW, January 29. /TASS/. ", "XXXX-01-29"),
            ("GENEVA, 29 January – ", "XXXX-01-29"),
            ("Coffins at an undisclosed place on 18/9. Photo: Agency\n", "XXXX-09-18"),
            ("Coffins at an undisclosed place on 9/18. Photo: Agency\n", "XXXX-09-18"),
            ("Coffins at an undisclosed place on 8/9. Photo: Agency\n", ""),
            ("Talks on 18/9 failed.\nCoffins at an undisclosed place on 3/9. Photo: Agency\n", "XXXX-09-03"),
            ("03/04/2026\n", ""),
            // A date in a sentence is no dateline.
            ("It began on January 29, 2026.\n", ""),
            ("Swap of January 29, 2026\n\n", ""),
            ("Coffins on Jan. 29, 2026. Photo: Agency\n", ""),
            ("February 30, 2026\n", ""),
            ("Related: https://news.example.com/2025/12/01/an-older-swap\n", ""),
        ] {
            let metadata = of(&format!("{head}{BODY}{}", format!("{BODY}\n").repeat(8)));
            let day = metadata.published;
            let found = match &metadata.published_value {
                Some(value) => value.to_string(),
                None if day.is_known() => format!("{} {}", day.notation(), day.basis.word()),
                None => String::new(),
            };
            assert_eq!(found, published, "{head}");
        }
    }

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

    #[test]
    fn outlet_title_and_address() {
        let text = format!(
            "\n\n# Two Sides **Swap** Bodies\n\n{BODY}\nSee [this](https://www.other.example/2025/01/02/old).\n\nOriginal url:\n\n<https://www.examplevilleherald.com/2026/01/29/two-sides>\n"
        );
        let metadata = of(&text);
        assert_eq!(shown(&metadata.title), "Two Sides Swap Bodies (stated)");
        assert_eq!(shown(&metadata.outlet), "Exampleville Herald (inferred)");
        assert_eq!(shown(&metadata.url), "https://www.examplevilleherald.com/2026/01/29/two-sides (stated)");
        assert_eq!(metadata.published.notation(), "2026-01-29");

        let metadata = of(&format!("BAKU (Reuters) - {BODY}"));
        assert_eq!(shown(&metadata.outlet), "Reuters (stated)");
        for (text, title) in [
            (
                "Two Sides Swap Bodies\n\nThe two sides swapped the bodies of forty soldiers.",
                "Two Sides Swap Bodies (stated)",
            ),
            ("The U.S. said it. Then more.", "The U.S. said it (inferred)"),
            ("“Now,” he said. Then more.", "“Now,” he said (inferred)"),
            ("", "–"),
            (".", "–"),
            ("\n \n", "–"),
        ] {
            assert_eq!(shown(&of(text).title), title, "{text}");
        }
        let long = format!("{} end.", "word ".repeat(60));
        let title = of(&long).title.map_or(0, |title| title.value.chars().count());
        assert!((80..=112).contains(&title));
        assert_eq!(of(BODY).outlet, None);
    }
}
