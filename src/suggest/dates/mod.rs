//! Every date of a text: partial values first, resolution second.
//!
//! `mentions` finds where dates stand and what their words give; `resolve` completes them from
//! the day of publication, as far as that is known. Each mention keeps both: what everything known
//! gives, and what the file alone supports.

mod calendar;
mod context;
mod mentions;
mod numeric;
mod own;
mod partial;
mod read;
mod relative;
mod resolve;
mod words;

use std::ops::Range;

pub use own::{OwnDate, own_dates};
pub use words::DateWords;

pub(super) use read::read_date;

use self::context::{bound, is_extent, is_future, is_look_back};
use self::mentions::{Found, Reader};
use self::partial::{Partial, Turn};
use self::resolve::{Frame, Resolved, resolve};
use self::words::Unit;
use super::quantities::Quantifiers;
use super::tokens::Tokens;
use crate::article::BlockKind;
use crate::claim::{Basis, ClaimDate, DateWindow, Metadata, Name, Span};
use crate::suggest::word_set::WordSet;

/// How a date bounds what is said of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Bound {
    /// "on January 29", "in 2025"
    #[default]
    At,
    /// "since February 2022", "since the invasion began in February 2022"
    Since,
    /// "until May", "by Friday"
    Until,
    /// "before May"
    Before,
    /// "after May"
    After,
    /// "as of Friday"
    AsOf,
}

/// What kind of words a date is in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DateKind {
    /// A day of the calendar, with or without its year.
    Day,
    /// A day of the week.
    Weekday,
    /// "today", "yesterday", "this morning", "overnight".
    Today,
    /// A month, with or without its year.
    Month,
    /// A year or season.
    Year,
    /// "last week", "this month": a calendar unit counted from publication.
    Calendar,
    /// "between 3 and 9 May", "the past three weeks".
    Period,
    /// "at that time", "the following weeks": counted from another date of the text.
    Reference,
    /// "in recent months", "the coming weeks": no window.
    Vague,
}

/// A mention of a date in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DateMention {
    /// Its tokens, without a preposition.
    pub tokens: Range<usize>,
    /// Where it stands.
    pub span: Span,
    /// Its value in the notation of `docs/formats.md`, everything known being used: `2026-01-29`,
    /// `XXXX-09-18`, `2025-W37`.
    pub value: Name,
    /// The window that it comes to, without regard to its bound. Its basis is "stated" where the
    /// words say it in full, "resolved" where publication completes them, "inferred" where another
    /// date of the text does.
    pub window: DateWindow,
    /// What the file alone supports, in the same notation: `2026-WXX-4`.
    pub text_value: Name,
    /// The window that the file alone supports.
    pub text_window: DateWindow,
    /// What kind of words it is in.
    pub kind: DateKind,
    /// How it bounds what is said of it.
    pub bound: Bound,
    /// Whether it names a stretch that things happen all over ("in 2025", "since May") rather than
    /// a stretch in which one thing happened on some day ("in early June").
    pub extent: bool,
    /// Whether it lies behind the article's own events: more than a week before publication, or,
    /// where that is not known, a date in full beside words like "previously".
    pub look_back: bool,
    /// Whether its sentence speaks of what is to come.
    pub future: bool,
    /// Whether it is counted from the day of publication: "today", "Thursday", "last week".
    pub deictic: bool,
    /// The mention that it is counted from: "at that time".
    pub reference: Option<usize>,
    /// Its place in its list, and how many are in it: "in July, August, and September".
    pub list: Option<(usize, usize)>,
}

impl DateMention {
    /// The tokens with the preposition in front: "on Thursday", "since January", "as of Friday".
    pub fn with_preposition(&self, tokens: &Tokens<'_>) -> Range<usize> {
        const PREPOSITIONS: &WordSet = words![
            "on",
            "in",
            "at",
            "since",
            "until",
            "till",
            "by",
            "from",
            "during",
            "over",
            "within",
            "throughout",
            "before",
            "after",
            "as",
            "for",
            "through",
        ];
        let mut start = self.tokens.start;
        if start > 0 && tokens.is(start - 1, "the") {
            start -= 1;
        }
        if start > 1 && tokens.starts(start - 2, &["as", "of"]) {
            start -= 2;
        } else if start > 0 && PREPOSITIONS.has(tokens.word(start - 1)) {
            start -= 1;
        } else {
            start = self.tokens.start;
        }
        start..self.tokens.end
    }

    /// The date of a claim that this mention dates: window and value with the bound taken in
    /// (`2022-02/..`), the words with their preposition.
    pub fn claim_date(&self, tokens: &Tokens<'_>) -> ClaimDate {
        let words = self.with_preposition(tokens);
        let span = tokens.span(words).unwrap_or(self.span);
        ClaimDate {
            window: bounded(self.window, self.bound),
            value: Some(match self.bound {
                Bound::At => self.text_value.clone(),
                bound => bounded_value(&self.text_value, bound).into(),
            }),
            text: Some(span.of(tokens.text()).into()),
            span: Some(span),
            extent: self.extent,
        }
    }
}

/// A window with its bound: "since" is open behind, "until" before.
fn bounded(window: DateWindow, bound: Bound) -> DateWindow {
    use crate::claim::Precision::Range;
    match bound {
        _ if !window.is_known() => window,
        Bound::At => window,
        Bound::Since => DateWindow { end: None, precision: Range, ..window },
        Bound::After => {
            let start = window.end.and_then(|end| resolve::shifted(end, 1));
            DateWindow { start, end: None, precision: Range, ..window }
        }
        Bound::Until | Bound::AsOf => DateWindow { start: None, precision: Range, ..window },
        Bound::Before => {
            let end = window.start.and_then(|start| resolve::shifted(start, -1));
            DateWindow { start: None, end, precision: Range, ..window }
        }
    }
}

fn bounded_value(value: &str, bound: Bound) -> String {
    // A period has its ends already.
    let (first, last) = value.split_once('/').unwrap_or((value, value));
    match bound {
        Bound::At => value.to_owned(),
        Bound::Since | Bound::After => format!("{first}/.."),
        Bound::Until | Bound::Before | Bound::AsOf => format!("../{last}"),
    }
}

/// Several mentions of a list as one: from the first to the last. `None` for an empty list.
pub fn listed(mentions: &[DateMention]) -> Option<(String, DateWindow)> {
    let (first, last) = (mentions.first()?, mentions.last()?);
    if mentions.len() == 1 {
        return Some((first.text_value.to_string(), first.window));
    }
    let window = match (first.window.start, last.window.end) {
        (Some(start), Some(end)) => DateWindow::between(start, end, first.window.basis.max(last.window.basis)),
        _ => DateWindow::UNKNOWN,
    };
    Some((format!("{}/{}", first.text_value, last.text_value), window))
}

/// The mentions of dates in a text, by position. `known` is what is known of the article by now,
/// `stated` what its file says.
pub fn dates(
    tokens: &Tokens<'_>,
    q: &Quantifiers,
    words: &DateWords,
    known: &Metadata,
    stated: &Metadata,
) -> Vec<DateMention> {
    let mut reader = Reader { tokens, q, words, order: numeric::vote(tokens), typed: false, found: Vec::new() };
    reader.run();
    let mut found = reader.found;
    settle_order(&mut found);
    let text_frame = text_frame(tokens, &found, stated);
    let full_frame = full_frame(known, text_frame);
    let mut resolved: Vec<(Resolved, Resolved)> = Vec::with_capacity(found.len());
    let mut mentions: Vec<DateMention> = Vec::with_capacity(found.len());
    for (place, date) in found.iter().enumerate() {
        let Some(span) = tokens.span(date.tokens.clone()) else { continue };
        let reference = if date.partial.refers() { anchor(tokens, &found[..place], date) } else { None };
        let future = is_future(tokens, date);
        let before = reference.map(|place| &resolved[place]);
        let full = resolve(&date.partial, &full_frame, before.map(|r| &r.0), future);
        let text = resolve(&date.partial, &text_frame, before.map(|r| &r.1), future);
        let mut mention = DateMention {
            tokens: date.tokens.clone(),
            span,
            value: full.value.as_str().into(),
            window: full.window(),
            text_value: text.value.as_str().into(),
            text_window: text.window(),
            kind: kind(&date.partial),
            bound: bound(tokens, date),
            extent: false,
            look_back: false,
            future,
            deictic: date.partial.is_deictic(),
            reference,
            list: date.list,
        };
        mention.extent = is_extent(tokens, &mention);
        mention.look_back = is_look_back(tokens, &mention, &full_frame);
        if let Partial::Stretch { before: false, .. } = date.partial {
            cap(&mut mention, &found[place + 1..], &full_frame);
        }
        resolved.push((full, text));
        mentions.push(mention);
    }
    mentions
}

/// "3/4" where the order is not proven, but one reading is spelled out elsewhere in the text.
fn settle_order(found: &mut [Found]) {
    let spelled: std::collections::BTreeSet<(u32, u32)> = found
        .iter()
        .filter_map(|date| match &date.partial {
            Partial::Day { month, day, .. } => Some((*month, *day)),
            _ => None,
        })
        .collect();
    for date in found {
        if let Partial::Unsure { year, a, b } = date.partial {
            let (day_first, month_first) = (spelled.contains(&(b, a)), spelled.contains(&(a, b)));
            let day = |month, day| Partial::Day { year, month, day };
            match (day_first, month_first) {
                (true, false) => date.partial = day(b, a),
                (false, true) => date.partial = day(a, b),
                _ => {}
            }
        }
    }
}

/// What the file alone tells of the day from which it speaks: its date in full, else a day without
/// a year, a day of the week, or a year that its words give away ("last year. In 2025").
fn text_frame(tokens: &Tokens<'_>, found: &[Found], stated: &Metadata) -> Frame {
    let published = stated.published;
    if published.is_known() && matches!(published.basis, Basis::Stated | Basis::Resolved) {
        return Frame::new(&published);
    }
    let mut frame = Frame::default();
    if let Some(value) = &stated.published_value {
        match (value.strip_prefix("XXXX-WXX-"), value.strip_prefix("XXXX-").and_then(|rest| rest.split_once('-'))) {
            (Some(weekday), _) => frame.weekday = weekday.parse().ok().filter(|day| (1..=7).contains(day)),
            (None, Some((month, day))) => frame.month_day = month.parse().ok().zip(day.parse().ok()),
            _ => {}
        }
    }
    if frame.month_day.is_none() {
        let days = found.iter().filter(|date| matches!(block(tokens, date), BlockKind::Caption | BlockKind::TableRow));
        frame.month_day = only(days.filter_map(|date| match date.partial {
            Partial::Day { year: None, month, day } => Some((month, day)),
            _ => None,
        }));
    }
    if frame.month_day.is_some() {
        frame.month_day_is = day_of_dispatch(tokens, found);
    }
    if frame.weekday.is_none() {
        frame.weekday = only(found.iter().filter_map(|date| match date.partial {
            Partial::Weekday { weekday, turn: Turn::Bare, week: None } if !is_future(tokens, date) => Some(weekday),
            _ => None,
        }));
    }
    // "continued last year. In 2025 alone": publication is in the year after.
    let last_year = found.windows(2).find_map(|pair| match (&pair[0].partial, &pair[1].partial) {
        (Partial::Calendar { unit: Unit::Year, by }, Partial::Year(year))
            if pair[1].tokens.start <= pair[0].tokens.end + 3 =>
        {
            Some(i64::from(*year) - by)
        }
        _ => None,
    });
    if let Some(year) = last_year.and_then(|year| i32::try_from(year).ok()) {
        frame.published = DateWindow::year(year, Basis::Inferred).and_then(|w| w.start.zip(w.end));
        if let Some(day) = frame.month_day.and_then(|(month, day)| chrono::NaiveDate::from_ymd_opt(year, month, day)) {
            frame.published = Some((day, day));
        }
    }
    frame
}

/// The day of the week on which a text was written, if its words give it away: "yesterday, Wednesday", "today
/// (Friday)". A dispatch whose head has a day without a year ("MOSCOW, April 14. … on Tuesday") tells in its first
/// lines of the day on which it was sent, by the custom of the agencies; not where it tells of a night, or goes on
/// to a later day. No window is made of it, only a value.
fn day_of_dispatch(tokens: &Tokens<'_>, found: &[Found]) -> Option<u8> {
    const HEAD: usize = 4;
    let said = found.windows(2).find_map(|pair| {
        let (by, weekday) = match (&pair[0].partial, &pair[1].partial) {
            (Partial::Today(by @ (-1 | 0)), Partial::Weekday { weekday, turn: Turn::Bare, week: None }) => {
                (*by, *weekday)
            }
            _ => return None,
        };
        let beside = pair[1].tokens.start <= pair[0].tokens.end + 1;
        beside.then_some(if by == 0 { weekday } else { weekday % 7 + 1 })
    });
    if said.is_some() {
        return said;
    }
    let bare = |date: &Found| match date.partial {
        Partial::Weekday { weekday, turn: Turn::Bare, week: None } if !is_future(tokens, date) => Some(weekday),
        _ => None,
    };
    let days = || found.iter().filter_map(|date| Some((date, bare(date)?)));
    let (lead, _) = days().next()?;
    // "the ministry said late on Wednesday, but the WHO said on Thursday": of those in the first of such sentences
    // the last, where they lie close together.
    let head = tokens.sentence_index(lead.tokens.start);
    // "raised the toll on Saturday after floods which swept the valley on Tuesday": the day of what is told aside.
    let aside = |date: &Found| {
        (lead.tokens.end..date.tokens.start).any(|at| tokens.is_any(at, &["which", "who", "that", "after", "since"]))
    };
    let of_head =
        || days().take_while(|(date, _)| tokens.sentence_index(date.tokens.start) == head).filter(|(d, _)| !aside(d));
    let back = |from: u8, to: u8| (i64::from(to) - i64::from(from)).rem_euclid(7);
    let (first, weekday) = of_head().find(|(_, day)| of_head().all(|(_, other)| back(other, *day) <= 2))?;
    let mut days = days().filter(|(date, _)| tokens.sentence_index(date.tokens.start) != head);
    let night = |at: usize| tokens.is_any(at, &["night", "evening", "late", "last"]);
    let by_night = (first.tokens.start.saturating_sub(2)..first.tokens.end + 1).any(night);
    let later = days.any(|(_, other)| (1..=2).contains(&(i64::from(other) - i64::from(weekday)).rem_euclid(7)));
    let heads = tokens.sentence_index(first.tokens.start) < HEAD;
    (heads && !by_night && !later).then_some(weekday)
}

/// What everything known tells: publication, or else what the text gives.
fn full_frame(known: &Metadata, text: Frame) -> Frame {
    if !known.published.is_known() {
        return text;
    }
    let frame = Frame { month_day: text.month_day, weekday: text.weekday, ..Frame::new(&known.published) };
    // A publication month and a day of that month in the text are a day.
    let day = frame.month_day.zip(frame.published).and_then(|((month, day), (start, end))| {
        let candidates = [chrono::Datelike::year(&start), chrono::Datelike::year(&end)];
        let mut days = candidates.iter().filter_map(|year| chrono::NaiveDate::from_ymd_opt(*year, month, day));
        days.find(|day| (start..=end).contains(day))
    });
    match day {
        Some(day) if frame.published.is_some_and(|(start, end)| start != end) => {
            Frame { published: Some((day, day)), ..frame }
        }
        _ => frame,
    }
}

/// The value, if all are the same.
fn only<T: PartialEq>(values: impl Iterator<Item = T>) -> Option<T> {
    let mut values = values;
    let first = values.next()?;
    values.all(|other| other == first).then_some(first)
}

fn block(tokens: &Tokens<'_>, date: &Found) -> BlockKind {
    tokens
        .sentences()
        .get(tokens.sentence_index(date.tokens.start))
        .map_or(BlockKind::Paragraph, |sentence| sentence.block)
}

fn kind(partial: &Partial) -> DateKind {
    match partial {
        Partial::Day { .. } | Partial::Unsure { .. } | Partial::DayOfMonth(_) => DateKind::Day,
        Partial::Month { .. } | Partial::ThatMonth(_) => DateKind::Month,
        Partial::Year(_) | Partial::Season { .. } => DateKind::Year,
        Partial::InYear(inner, _) => kind(inner),
        Partial::Weekday { .. } => DateKind::Weekday,
        Partial::Today(_) | Partial::Overnight => DateKind::Today,
        Partial::Calendar { unit: Unit::Day, .. } | Partial::Ago { .. } | Partial::Calendar { .. } => {
            DateKind::Calendar
        }
        Partial::Past { count: None, .. } | Partial::Recent | Partial::Coming => DateKind::Vague,
        Partial::Past { .. } | Partial::Between(..) | Partial::Weekend(_) | Partial::FirstMonths { .. } => {
            DateKind::Period
        }
        Partial::Shift { .. } | Partial::Stretch { .. } | Partial::Same => DateKind::Reference,
    }
}

/// How many sentences a reference may reach back.
const REACH: usize = 4;

/// The mention that a date is counted from: the nearest before it that is a day, a week or a month
/// (or, for "that year", anything).
fn anchor(tokens: &Tokens<'_>, before: &[Found], date: &Found) -> Option<usize> {
    let sentence = tokens.sentence_index(date.tokens.start);
    let coarse = matches!(date.partial, Partial::Shift { unit: Unit::Year | Unit::Decade, .. });
    before.iter().enumerate().rev().take(6).find_map(|(place, other)| {
        let near = tokens.sentence_index(other.tokens.start) + REACH >= sentence;
        let fine = match &other.partial {
            Partial::Year(_) | Partial::Season { .. } | Partial::Calendar { unit: Unit::Year | Unit::Decade, .. } => {
                coarse
            }
            Partial::Recent | Partial::Coming | Partial::Past { .. } => false,
            _ => true,
        };
        (near && fine).then_some(place)
    })
}

/// "the following weeks" end at the latest where the text goes on with a later date.
fn cap(mention: &mut DateMention, after: &[Found], frame: &Frame) {
    let Some((start, end)) = mention.window.start.zip(mention.window.end) else { return };
    let next = after.iter().take(3).find(|date| matches!(date.partial, Partial::Day { .. }));
    let Some(day) = next.and_then(|date| resolve(&date.partial, frame, None, false).start) else { return };
    if day > start && day < end && mention.value.len() != 10 {
        mention.window = DateWindow::between(start, day, mention.window.basis);
        let (a, b) = (start.format("%Y-%m").to_string(), day.format("%Y-%m").to_string());
        mention.value = if a == b { a.into() } else { format!("{a}/{b}").into() };
    }
}

#[cfg(test)]
mod tests;
