//! Where dates stand, and what their words give: no knowledge from outside the text.
//!
//! One pass over the tokens. A date begins at a word of [`DateWords`] or at digits; words in front
//! ("early", "the", "between") are taken up backwards.

use std::ops::Range;

use super::super::quantities::Quantifiers;
use super::super::tokens::{TokenKind, Tokens};
use super::numeric::{Order, numeric};
use super::partial::{Partial, Turn};
use super::words::{DateWord, DateWords, Unit};

/// A date as found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Found {
    /// Its tokens.
    pub tokens: Range<usize>,
    /// What they give.
    pub partial: Partial,
    /// The place in its list, and how many are in it: "in July, August, and September".
    pub list: Option<(usize, usize)>,
}

/// Words before a number that make it a year, a day and month.
const CUES: &[&str] = &[
    "in",
    "since",
    "until",
    "till",
    "by",
    "from",
    "to",
    "during",
    "of",
    "early",
    "late",
    "mid",
    "before",
    "after",
    "through",
    "between",
    "throughout",
    "year",
    "as",
    "around",
    "for",
    "spring",
    "summer",
    "autumn",
    "fall",
    "winter",
    "for",
];

/// Words before "18/9" that make it a date and no fraction.
const DAY_CUES: &[&str] = &[
    "on", "since", "until", "till", "by", "from", "to", "dated", "before", "after", "between", "night", "morning",
    "evening", "and", "date", "of", "through",
];

/// Words before "May" and "March" that make them months.
const MONTH_CUES: &[&str] = &[
    "in",
    "since",
    "until",
    "till",
    "last",
    "next",
    "this",
    "early",
    "late",
    "mid",
    "of",
    "from",
    "to",
    "by",
    "through",
    "during",
    "between",
    "before",
    "after",
    "throughout",
    "for",
    "every",
    "previous",
    "following",
];

pub(super) struct Reader<'a> {
    pub tokens: &'a Tokens<'a>,
    pub q: &'a Quantifiers,
    pub words: &'a DateWords,
    pub order: Option<Order>,
    /// Whether the whole text is a date that somebody typed: capitals and cues do not matter.
    pub typed: bool,
    pub found: Vec<Found>,
}

impl Reader<'_> {
    pub(super) fn run(&mut self) {
        let mut at = 0;
        while at < self.tokens.len() {
            let before = self.found.len();
            let end = match self.tokens.kind(at) {
                TokenKind::Number => self.at_number(at),
                TokenKind::Word => match self.words.get(self.tokens.word(at)) {
                    Some(word) => self.at_word(at, word),
                    None => None,
                },
                _ => None,
            };
            debug_assert!(end.is_none() || self.found.len() > before);
            at = end.unwrap_or(at + 1).max(at + 1);
        }
        self.lists();
    }

    /// Keeps a date; its beginning never reaches into the one before.
    fn keep(&mut self, start: usize, end: usize, partial: Partial) -> Option<usize> {
        let free = self.found.last().map_or(0, |found| found.tokens.end);
        let start = start.max(free);
        if start >= end {
            return None;
        }
        self.found.push(Found { tokens: start..end, partial, list: None });
        Some(end)
    }

    fn word(&self, at: usize) -> Option<DateWord> {
        self.words.get(self.tokens.word(at))
    }

    fn before(&self, at: usize, back: usize) -> &str {
        self.tokens.word_before(at, back)
    }

    /// A day of the month in digits: "29", "29th".
    fn day(&self, at: usize) -> Option<(u32, usize)> {
        let text = self.tokens.word(at);
        if self.tokens.kind(at) != TokenKind::Number || text.len() > 2 || !text.bytes().all(|b| b.is_ascii_digit()) {
            return None;
        }
        let day = text.parse().ok().filter(|day| (1..=31).contains(day))?;
        if self.tokens.is_glued(at + 1) && self.tokens.is_word(at + 1) {
            let ordinal = self.tokens.is_any(at + 1, &["st", "nd", "rd", "th"]);
            return (ordinal || self.tokens.is(at + 1, "'s")).then_some((day, at + 1 + usize::from(ordinal)));
        }
        // "29.5", "5:30" and "20-year-old" are no days.
        let tied = self.tokens.is_glued(at + 1)
            && self.tokens.is_glued(at + 2)
            && (self.tokens.is_any(at + 1, &[":", "%"])
                || self.tokens.is_any(at + 1, &["-"]) && self.tokens.is_word(at + 2) && self.month(at + 2).is_none());
        (!tied).then_some((day, at + 1))
    }

    /// A year in four digits.
    fn year(&self, at: usize) -> Option<(i32, usize)> {
        let text = self.tokens.word(at);
        if self.tokens.kind(at) != TokenKind::Number || text.len() != 4 || !text.bytes().all(|b| b.is_ascii_digit()) {
            return None;
        }
        let year = text.parse().ok().filter(|year| (1000..2200).contains(year))?;
        let tied = self.tokens.is_glued(at + 1) && self.tokens.is_word(at + 1) && !self.tokens.is(at + 1, "'s");
        (!tied).then_some((year, at + 1))
    }

    /// The year behind a month or day: "2026", ", 2026", "of 2026".
    fn year_behind(&self, at: usize) -> Option<(i32, usize)> {
        if let Some(found) = self.year(at) {
            return Some(found).filter(|(year, end)| self.is_year_before(*year, *end));
        }
        let far = self.tokens.is_any(at, &[",", "of", "-"]);
        let (year, end) = far.then(|| self.year(at + 1))??;
        // "on May 5, 2000 soldiers": a number that something is counted by.
        ((1900..2100).contains(&year) && self.is_year_before(year, end)).then_some((year, end))
    }

    /// Whether what follows lets a four-digit number behind a month be a year.
    fn is_year_before(&self, year: i32, end: usize) -> bool {
        (1900..2100).contains(&year) || !self.counts(end)
    }

    /// Whether a counted noun stands at a token, or behind one or two words that describe it.
    fn counts(&self, at: usize) -> bool {
        for place in at..at + 3 {
            if !self.tokens.is_word(place) || self.tokens.get(place).is_some_and(|t| t.is_possessive()) {
                return false;
            }
            if self.q.is_counted_noun(self.tokens.word(place)) {
                return true;
            }
            if FUNCTION_WORDS.contains(&self.tokens.word(place)) {
                return false;
            }
        }
        false
    }

    /// A month's name: its number, the token behind (and behind its point), and whether it needs
    /// more to be sure of it.
    fn month(&self, at: usize) -> Option<(u32, usize, bool)> {
        match self.word(at)? {
            DateWord::Month(month, doubtful) => Some((u32::from(month), at + 1, doubtful)),
            DateWord::ShortMonth(month) => {
                let point = self.tokens.is(at + 1, ".") && self.tokens.is_glued(at + 1);
                Some((u32::from(month), at + 1 + usize::from(point), true))
            }
            _ => None,
        }
    }

    fn is_capitalised(&self, at: usize) -> bool {
        self.typed || self.tokens.get(at).is_some_and(|token| token.is_capitalised())
    }

    fn at_word(&mut self, at: usize, word: DateWord) -> Option<usize> {
        use DateWord::*;
        match word {
            Month(..) | ShortMonth(_) => self.month_first(at, at),
            Weekday(day) => self.weekday(at, day, at + 1),
            ShortWeekday(day) => {
                let point = usize::from(self.tokens.is(at + 1, ".") && self.tokens.is_glued(at + 1));
                self.short_weekday(at, day, at + 1 + point)
            }
            Today(by) => self.today(at, i64::from(by)),
            Overnight => {
                let weekday = (1..=3).any(|ahead| matches!(self.word(at + ahead), Some(Weekday(_))));
                if weekday { None } else { self.keep(at, at + 1, Partial::Overnight) }
            }
            Season(season) => self.season(at, season),
            Last => self.last(at),
            Past => self.past(at),
            This => self.this(at),
            Next => self.next(at),
            Following => self.following(at),
            Previous => self.previous(at),
            Recent => match self.word(at + 1) {
                Some(Unit(..)) => self.keep(at, at + 2, Partial::Recent),
                _ => None,
            },
            Same => self.same(at),
            Ago => {
                self.counted(at).and_then(|(start, count, unit)| self.keep(start, at + 1, Partial::Ago { unit, count }))
            }
            Earlier => {
                if let Some((start, count, unit)) = self.counted(at).filter(|_| self.stands_alone(at)) {
                    let reference = Partial::Shift { unit, by: -count };
                    return self.keep(start, at + 1, reference);
                }
                self.beside(at, -1)
            }
            Later => {
                if let Some((start, count, unit)) = self.counted(at).filter(|_| self.stands_alone(at)) {
                    return self.keep(start, at + 1, Partial::Shift { unit, by: count });
                }
                self.beside(at, 1)
            }
            Unit(..) | PartOfDay => None,
        }
    }

    /// "the day before", "the night after": counted from another date. "the day before yesterday".
    fn beside(&mut self, at: usize, by: i64) -> Option<usize> {
        let (unit, start) = match self.word(at.checked_sub(1)?)? {
            DateWord::Unit(unit, false) => (unit, at - 1),
            DateWord::PartOfDay if self.tokens.is(at - 1, "night") => (Unit::Day, at - 1),
            _ => return None,
        };
        if self.before(start, 1) != "the" || !self.tokens.is_any(at, &["before", "after"]) {
            return None;
        }
        let next = self.word(at + 1);
        if let (Some(DateWord::Today(day)), Unit::Day) = (next, unit) {
            return self.keep(start - 1, at + 2, Partial::Today(i64::from(day) + by));
        }
        // "the day after the exchange" needs the event's date, which is not known here.
        let alone =
            !self.tokens.is_word(at + 1) || self.tokens.is_any(at + 1, &["and", "but", "when", "in", "at", "by"]);
        if alone { self.keep(start - 1, at + 1, Partial::Shift { unit, by }) } else { None }
    }

    /// Whether "before", "after" and their like say nothing of what: "a day after the exchange"
    /// needs the event's date, which is not known here.
    fn stands_alone(&self, at: usize) -> bool {
        !self.tokens.is_any(at, &["before", "after"])
            || !self.tokens.is_word(at + 1)
            || self.tokens.is_any(at + 1, &["and", "but", "when", "in", "at", "by"])
    }

    /// The number and unit in front of "ago", "earlier", "later": "three days", "a week".
    fn counted(&self, at: usize) -> Option<(usize, i64, Unit)> {
        let DateWord::Unit(unit, _) = self.word(at.checked_sub(1)?)? else { return None };
        let number = at.checked_sub(2)?;
        Some((number, self.small(number)?, unit))
    }

    /// A small number: digits, "a", "one" to "twelve", "several".
    fn small(&self, at: usize) -> Option<i64> {
        let word = self.tokens.word(at);
        if self.tokens.kind(at) == TokenKind::Number {
            return word.parse().ok().filter(|n| (1..=1000).contains(n));
        }
        const WORDS: [&str; 12] =
            ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];
        match word {
            "a" | "an" => Some(1),
            _ => WORDS.iter().position(|w| *w == word).map(|place| place as i64 + 1),
        }
    }

    fn today(&mut self, at: usize, by: i64) -> Option<usize> {
        let start = if self.tokens.is_any(at.wrapping_sub(1), &["earlier", "later"]) { at - 1 } else { at };
        let mut end = at + 1;
        if matches!(self.word(end), Some(DateWord::PartOfDay)) && !self.tokens.is(at, "today") {
            end += 1;
        }
        self.keep(start, end, Partial::Today(by))
    }

    /// "last year", "last Thursday", "last January", "the last three weeks", "last night".
    fn last(&mut self, at: usize) -> Option<usize> {
        let next = at + 1;
        let Some(word) = self.word(next) else { return self.counted_past(at) };
        match word {
            DateWord::Unit(Unit::Hour | Unit::Day, false) => None,
            DateWord::Unit(unit, false) if self.before(at, 1) == "the" => {
                // "over the last year"
                self.keep(at - 1, next + 1, Partial::Past { unit, count: Some(1) })
            }
            DateWord::Unit(unit, false) => self.keep(at, next + 1, Partial::Calendar { unit, by: -1 }),
            DateWord::Unit(unit, true) => self.keep(at, next + 1, Partial::Past { unit, count: None }),
            DateWord::PartOfDay if self.tokens.is(next, "night") => self.keep(at, next + 1, Partial::Overnight),
            DateWord::Weekday(weekday) => {
                self.keep(at, next + 1, Partial::Weekday { weekday, turn: Turn::Last, week: None })
            }
            DateWord::Month(month, _) if self.is_capitalised(next) => {
                let partial = Partial::Month { year: None, month: u32::from(month), turn: Turn::Last };
                self.keep(at, next + 1, partial)
            }
            DateWord::Season(season) => {
                self.keep(at, next + 1, Partial::Season { year: None, season, turn: Turn::Last })
            }
            _ => None,
        }
    }

    fn past(&mut self, at: usize) -> Option<usize> {
        match self.word(at + 1) {
            Some(DateWord::Unit(unit, false)) => self.keep(at, at + 2, Partial::Past { unit, count: Some(1) }),
            Some(DateWord::Unit(unit, true)) => self.keep(at, at + 2, Partial::Past { unit, count: None }),
            _ => self.counted_past(at),
        }
    }

    /// "the last three weeks", "the past 24 hours", "the last few months".
    fn counted_past(&mut self, at: usize) -> Option<usize> {
        let few = self.tokens.is_any(at + 1, &["few", "several", "couple"]);
        let count = self.small(at + 1);
        let unit_at = at + 2 + usize::from(self.tokens.is(at + 2, "of"));
        match self.word(unit_at) {
            Some(DateWord::Unit(unit, _)) if few || count.is_some() => {
                self.keep(at, unit_at + 1, Partial::Past { unit, count })
            }
            _ => None,
        }
    }

    /// "this year", "earlier this week", "this morning", "this Thursday", "this January".
    fn this(&mut self, at: usize) -> Option<usize> {
        let start = if self.tokens.is_any(at.wrapping_sub(1), &["earlier", "later"]) { at - 1 } else { at };
        let next = at + 1;
        let end = next + 1;
        match self.word(next)? {
            DateWord::Unit(unit @ (Unit::Week | Unit::Month | Unit::Year | Unit::Decade), false) => {
                // "this month's", "this year"; "this week" may be a day's weekday: see `weekday`.
                self.keep(start, end, Partial::Calendar { unit, by: 0 })
            }
            DateWord::PartOfDay => self.keep(start, end, Partial::Today(0)),
            DateWord::Weekday(weekday) => {
                self.keep(at, end, Partial::Weekday { weekday, turn: Turn::This, week: None })
            }
            DateWord::Month(month, doubtful)
                if self.is_capitalised(next) && !doubtful
                    || matches!(self.word(next), Some(DateWord::Month(5 | 8, _))) && self.is_capitalised(next) =>
            {
                self.keep(at, end, Partial::Month { year: None, month: u32::from(month), turn: Turn::This })
            }
            DateWord::Season(season) => self.keep(at, end, Partial::Season { year: None, season, turn: Turn::This }),
            _ => None,
        }
    }

    /// "next year", "next Thursday", "the next day", "the coming weeks".
    fn next(&mut self, at: usize) -> Option<usize> {
        let next = at + 1;
        let end = next + 1;
        let the = self.before(at, 1) == "the";
        let coming = self.tokens.is(at, "coming");
        match self.word(next)? {
            DateWord::Unit(Unit::Hour, _) => None,
            DateWord::Unit(Unit::Day, false) if the => {
                self.keep(at - 1, end, Partial::Shift { unit: Unit::Day, by: 1 })
            }
            DateWord::Unit(_, true) => self.keep(at, end, Partial::Coming),
            DateWord::Unit(Unit::Day, false) => None,
            DateWord::Unit(unit, false) if the && !coming => self.keep(at - 1, end, Partial::Shift { unit, by: 1 }),
            DateWord::Unit(unit, false) => self.keep(at, end, Partial::Calendar { unit, by: 1 }),
            DateWord::PartOfDay if the => self.keep(at - 1, end, Partial::Shift { unit: Unit::Day, by: 1 }),
            DateWord::Weekday(weekday) => {
                self.keep(at, end, Partial::Weekday { weekday, turn: Turn::Next, week: None })
            }
            DateWord::Month(month, _) if self.is_capitalised(next) => {
                self.keep(at, end, Partial::Month { year: None, month: u32::from(month), turn: Turn::Next })
            }
            DateWord::Season(season) => self.keep(at, end, Partial::Season { year: None, season, turn: Turn::Next }),
            _ => None,
        }
    }

    /// "the following day", "the following weeks".
    fn following(&mut self, at: usize) -> Option<usize> {
        let start = if self.before(at, 1) == "the" { at - 1 } else { at };
        match self.word(at + 1)? {
            DateWord::Unit(unit, false) => self.keep(start, at + 2, Partial::Shift { unit, by: 1 }),
            DateWord::Unit(unit, true) => self.keep(start, at + 2, Partial::Stretch { unit, before: false }),
            DateWord::PartOfDay => self.keep(start, at + 2, Partial::Shift { unit: Unit::Day, by: 1 }),
            DateWord::Weekday(weekday) => {
                self.keep(start, at + 2, Partial::Weekday { weekday, turn: Turn::Next, week: None })
            }
            _ => None,
        }
    }

    fn previous(&mut self, at: usize) -> Option<usize> {
        let start = if self.before(at, 1) == "the" { at - 1 } else { at };
        match self.word(at + 1)? {
            DateWord::Unit(unit, false) => self.keep(start, at + 2, Partial::Shift { unit, by: -1 }),
            DateWord::Unit(unit, true) => self.keep(start, at + 2, Partial::Stretch { unit, before: true }),
            _ => None,
        }
    }

    /// "the same day", "at that time", "that week".
    fn same(&mut self, at: usize) -> Option<usize> {
        let same = self.tokens.is(at, "same");
        if same && self.before(at, 1) != "the" {
            return None;
        }
        let start = if same { at - 1 } else { at };
        let start = if self.tokens.is_any(start.wrapping_sub(1), &["at", "on", "in"]) { start - 1 } else { start };
        let time = self.tokens.is_any(at + 1, &["time", "point", "moment", "occasion"])
            && start < at
            && self.tokens.is_any(start, &["at", "on"]);
        match self.word(at + 1) {
            Some(DateWord::Unit(Unit::Day | Unit::Week | Unit::Month | Unit::Year, false))
                if same || start < at || !self.tokens.is_word(at + 2) =>
            {
                self.keep(start, at + 2, Partial::Same)
            }
            _ if time => self.keep(start, at + 2, Partial::Same),
            _ => None,
        }
    }

    fn season(&mut self, at: usize, season: &'static str) -> Option<usize> {
        let behind = at + 1 + usize::from(self.tokens.is(at + 1, "of"));
        let (year, end) = self.year(behind).filter(|(year, _)| (1900..2100).contains(year))?;
        let start = self.adverb(at);
        self.keep(start, end, Partial::Season { year: Some(year), season, turn: Turn::Bare })
    }

    /// The beginning of what qualifies a month or year in front: "early", "mid-", "earlier in", "the end of".
    fn adverb(&self, at: usize) -> usize {
        let t = self.tokens;
        if t.is_any(at.wrapping_sub(1), &["early", "late", "mid"]) {
            return at - 1;
        }
        if t.is_any(at.wrapping_sub(1), &["-"]) && t.is_any(at.wrapping_sub(2), &["mid", "early", "late"]) {
            return at - 2;
        }
        if t.is_any(at.wrapping_sub(1), &["in"]) && t.is_any(at.wrapping_sub(2), &["earlier", "later", "early", "late"])
        {
            return at - 2;
        }
        if t.is_any(at.wrapping_sub(1), &["of"])
            && t.is_any(at.wrapping_sub(2), &["beginning", "end", "start", "middle", "month"])
        {
            let start = at - 2;
            return if t.is_any(start.wrapping_sub(1), &["the"]) { start - 1 } else { start };
        }
        at
    }

    /// "Thursday", "Thursday, January 29", "Thursday last week", "from Monday to Friday".
    fn weekday(&mut self, at: usize, weekday: u8, end: usize) -> Option<usize> {
        let t = self.tokens;
        let named = t.is_any(at.wrapping_sub(1), &["good", "black", "bloody", "ash", "palm", "super", "cyber"])
            || t.is_any(end, &["times", "telegraph", "mirror", "express", "mail", "post", "mass", "school"]);
        if !self.is_capitalised(at) || named && !self.typed {
            return None;
        }
        // With the date behind it, the day of the week says nothing more.
        let date_at = end + usize::from(t.is(end, ","));
        let date_at = date_at + usize::from(t.is(date_at, "the"));
        if self.month(date_at).is_some()
            && self.day_behind(date_at)
            && let Some(end) = self.month_first(at, date_at)
        {
            return Some(end);
        }
        if t.kind(date_at) == TokenKind::Number
            && let Some((partial, end)) = self.day_first(date_at).or_else(|| numeric(t, date_at, self.order, true))
        {
            return self.keep(at, end, partial);
        }
        // "Monday to Friday", "between Monday and Wednesday"
        let link =
            t.is_any(end, &["to", "through", "–", "-", "until"]) || t.is(end, "and") && self.before(at, 1) == "between";
        if link && let Some(DateWord::Weekday(last)) = self.word(end + 1) {
            let start = if t.is_any(at.wrapping_sub(1), &["from", "between"]) { at - 1 } else { at };
            let day = |weekday| Box::new(Partial::Weekday { weekday, turn: Turn::Bare, week: None });
            return self.keep(start, end + 2, Partial::Between(day(weekday), day(last)));
        }
        let mut end = end;
        if matches!(self.word(end), Some(DateWord::PartOfDay)) {
            end += 1;
        }
        // "Thursday last week"
        let week = match (self.word(end), self.word(end + 1)) {
            (Some(DateWord::Last), Some(DateWord::Unit(Unit::Week, false))) => Some(-1),
            (Some(DateWord::This), Some(DateWord::Unit(Unit::Week, false))) => Some(0),
            (Some(DateWord::Next), Some(DateWord::Unit(Unit::Week, false))) => Some(1),
            _ => None,
        };
        if week.is_some() {
            end += 2;
        }
        self.keep(at, end, Partial::Weekday { weekday, turn: Turn::Bare, week })
    }

    /// "Thu, 29 Jan": shortened days of the week stand only with a date.
    fn short_weekday(&mut self, at: usize, weekday: u8, end: usize) -> Option<usize> {
        if !self.is_capitalised(at) {
            return None;
        }
        let date_at = end + usize::from(self.tokens.is(end, ","));
        if self.month(date_at).is_some() && self.day_behind(date_at) {
            return self.month_first(at, date_at);
        }
        if let Some((partial, end)) = self.day_first(date_at) {
            return self.keep(at, end, partial);
        }
        if self.typed { self.weekday(at, weekday, end) } else { None }
    }

    /// Whether a day of the month stands behind a month's name.
    fn day_behind(&self, month_at: usize) -> bool {
        self.month(month_at)
            .is_some_and(|(_, end, _)| self.day(end + usize::from(self.tokens.is(end, "the"))).is_some())
    }

    /// "January 29, 2026", "February 2022", "early June", "January to March 2025". `start` is where
    /// a day of the week stands in front, else `at`.
    fn month_first(&mut self, start: usize, at: usize) -> Option<usize> {
        let t = self.tokens;
        let (month, name_end, doubtful) = self.month(at)?;
        let capital = self.is_capitalised(at);
        // A lower-case "may" is a verb, a lower-case "mar" or "dec" anything.
        if doubtful && !capital {
            return None;
        }
        let cue = self.before(at, 1);
        let day_at = name_end + usize::from(t.is(name_end, "the"));
        if let Some((day, day_end)) = self.day(day_at)
            && !(cue == "in" && self.counts(day_end))
            && chrono::NaiveDate::from_ymd_opt(2024, month, day).is_some()
        {
            return self.month_day(start, month, day, day_end);
        }
        if let Some((year, end)) = self.year_behind(name_end) {
            return self.month_range(at, month, Some(year), end);
        }
        let shortened = matches!(self.word(at), Some(DateWord::ShortMonth(_)));
        if shortened && !self.typed {
            // "Jan" alone is as often a name; "in Jan." is a month.
            let point = name_end > at + 1;
            if !(point && matches!(cue, "in" | "since" | "until" | "last" | "by" | "to" | "from" | "of")) {
                return None;
            }
        } else if doubtful && !self.typed {
            let hyphen = cue == "-" && matches!(self.before(at, 2), "mid" | "early" | "late");
            let listed = self
                .found
                .last()
                .is_some_and(|found| found.tokens.end + 2 >= at && matches!(found.partial, Partial::Month { .. }))
                || t.is_any(name_end, &[",", "and"]) && matches!(self.word(name_end + 1), Some(DateWord::Month(..)));
            let headed = cue == "the" && !self.sentence_start(at);
            if !(MONTH_CUES.contains(&cue) || hyphen || listed || headed && month != 5) {
                return None;
            }
        }
        self.month_range(at, month, None, name_end)
    }

    fn sentence_start(&self, at: usize) -> bool {
        self.tokens.sentence_tokens(at).start == at
    }

    /// A month, or the range of months that it begins, kept.
    fn month_range(&mut self, at: usize, month: u32, year: Option<i32>, end: usize) -> Option<usize> {
        let t = self.tokens;
        let between = self.before(at, 1) == "between";
        let from = self.before(at, 1) == "from";
        let link = t.is_any(end, &["to", "through", "until", "till", "–", "-", "—"]) || t.is(end, "and") && between;
        if link
            && let Some((last, name_end, _)) = self.month(end + 1)
            && self.is_capitalised(end + 1)
            && self.day(name_end).is_none_or(|(_, behind)| self.counts(behind))
        {
            let (last_year, end) = self.year_behind(name_end).map_or((None, name_end), |(year, end)| (Some(year), end));
            let start = if between || from { at - 1 } else { at };
            let first = Partial::Month { year, month, turn: Turn::Bare };
            let last = Partial::Month { year: last_year, month: last, turn: Turn::Bare };
            return self.keep(start, end, Partial::Between(Box::new(first), Box::new(last)));
        }
        let start = self.adverb(at);
        let partial = Partial::Month { year, month, turn: Turn::Bare };
        if year.is_none()
            && let Some((by, end)) = self.year_counted(end)
        {
            return self.keep(start, end, Partial::InYear(Box::new(partial), by));
        }
        self.keep(start, end, partial)
    }

    /// "last year" behind "March" or "March 3": which year, and the token behind.
    fn year_counted(&self, at: usize) -> Option<(i64, usize)> {
        let at = at + usize::from(self.tokens.is_any(at, &["of", ","]));
        let by = match self.word(at)? {
            DateWord::Last => -1,
            DateWord::This => 0,
            DateWord::Next => 1,
            _ => return None,
        };
        matches!(self.word(at + 1), Some(DateWord::Unit(Unit::Year, false))).then_some((by, at + 2))
    }

    /// The rest of "January 29": a year, a second day, a second date.
    fn month_day(&mut self, start: usize, month: u32, day: u32, day_end: usize) -> Option<usize> {
        let t = self.tokens;
        let between = self.before(start, 1) == "between";
        let from = self.before(start, 1) == "from";
        let first = |year| Partial::Day { year, month, day };
        let begin = if between || from { start - 1 } else { start };
        let (year, end) = self.year_behind(day_end).map_or((None, day_end), |(year, end)| (Some(year), end));
        let dash = t.is_any(end, &["–", "-", "—"]);
        let link = dash || t.is_any(end, &["to", "through", "until", "till"]) || t.is(end, "and") && between;
        if link {
            // "January 29 to February 5", "January 29–31"
            if let Some((last_month, name_end, _)) = self.month(end + 1)
                && let Some((last_day, last_end)) = self.day(name_end)
            {
                let (last_year, last_end) = self.year_behind(last_end).map_or((None, last_end), |(y, e)| (Some(y), e));
                let last = Partial::Day { year: last_year, month: last_month, day: last_day };
                return self.keep(begin, last_end, Partial::Between(Box::new(first(year)), Box::new(last)));
            }
            if let Some((last_day, last_end)) =
                self.day(end + 1).filter(|(last, behind)| *last > day && (dash || !self.counts(*behind)))
            {
                let (last_year, last_end) = self.year_behind(last_end).map_or((year, last_end), |(y, e)| (Some(y), e));
                let last = Partial::Day { year: last_year, month, day: last_day };
                return self.keep(begin, last_end, Partial::Between(Box::new(first(last_year)), Box::new(last)));
            }
        }
        // "January 29 and 30": the month holds for both.
        let and = t.is_any(end, &["and", "&"]) || t.is(end, "or");
        if and
            && year.is_none()
            && !between
            && let Some((last_day, last_end)) = self.day(end + 1)
            && last_day > day
            && !t.is_word(last_end)
            && chrono::NaiveDate::from_ymd_opt(2024, month, last_day).is_some()
        {
            let (last_year, last_end) = self.year_behind(last_end).map_or((None, last_end), |(y, e)| (Some(y), e));
            self.keep(start, end, first(last_year))?;
            return self.keep(end + 1, last_end, Partial::Day { year: last_year, month, day: last_day });
        }
        if year.is_none()
            && let Some((by, end)) = self.year_counted(end)
        {
            return self.keep(start, end, Partial::InYear(Box::new(first(None)), by));
        }
        self.keep(start, end, first(year))
    }

    fn at_number(&mut self, at: usize) -> Option<usize> {
        let t = self.tokens;
        let word = t.word(at);
        if word.len() > 10
            || t.is_glued(at)
                && t.is_any(at.wrapping_sub(1), &["-", "/", "."])
                && !t.is_any(at.wrapping_sub(2), &["mid", "early", "late"])
        {
            return None;
        }
        let cue = self.before(at, 1);
        let after_date = self.found.last().is_some_and(|found| found.tokens.end + 1 == at)
            && matches!(cue, "and" | "," | "to" | "–" | "-");
        let bracketed = cue == "(" && t.is(at + 3, ")");
        let cued = self.typed
            || DAY_CUES.contains(&cue) && !(cue == "of" || cue == "and" && !after_date)
            || after_date
            || bracketed;
        if let Some((partial, end)) = numeric(t, at, self.order, cued || cue == "in") {
            let start =
                if matches!(partial, Partial::Between(..)) && matches!(cue, "from" | "between") { at - 1 } else { at };
            return self.keep(start, end, partial);
        }
        // "the 1990s"
        if word.len() == 4 && t.is_glued(at + 1) && t.is(at + 1, "s") && word.ends_with('0') {
            let decade = word.parse().ok().filter(|year| (1800..2100).contains(year))?;
            let years = Partial::Between(Box::new(Partial::Year(decade)), Box::new(Partial::Year(decade + 9)));
            return self.keep(at, at + 2, years);
        }
        if word.len() <= 2 {
            if let Some(end) = self.day_range(at) {
                return Some(end);
            }
            if let Some((partial, end)) = self.day_first(at) {
                let the = usize::from(self.before(at, 1) == "the");
                return self.keep(at - the, end, partial);
            }
            return None;
        }
        self.year_alone(at)
    }

    /// "29 January 2026", "29th of January".
    fn day_first(&self, at: usize) -> Option<(Partial, usize)> {
        let (day, end) = self.day(at)?;
        let hyphen = self.tokens.is(end, "-") && self.tokens.is_glued(end);
        let month_at = end + usize::from(self.tokens.is(end, "of") || hyphen);
        let (month, name_end, doubtful) = self.month(month_at)?;
        chrono::NaiveDate::from_ymd_opt(2024, month, day)?;
        if doubtful && !self.is_capitalised(month_at) {
            return None;
        }
        let (year, end) = self.year_behind(name_end).map_or((None, name_end), |(year, end)| (Some(year), end));
        Some((Partial::Day { year, month, day }, end))
    }

    /// "3 to 9 May", "3–9 May", "29 and 30 January", "29 January to 5 February".
    fn day_range(&mut self, at: usize) -> Option<usize> {
        let t = self.tokens;
        let between = self.before(at, 1) == "between";
        let begin = if between || self.before(at, 1) == "from" { at - 1 } else { at };
        let (day, end) = self.day(at)?;
        let month_first = self.day_first(at);
        let end = month_first.as_ref().map_or(end, |(_, end)| *end);
        let link = t.is_any(end, &["to", "–", "-", "—", "through", "until", "till"]) || t.is(end, "and") && between;
        if link && let Some((last, last_end)) = self.day_first(end + 1) {
            let first = match (&month_first, &last) {
                (Some((first, _)), _) => first.clone(),
                (None, Partial::Day { year, month, day: last_day }) if day < *last_day => {
                    Partial::Day { year: *year, month: *month, day }
                }
                _ => return None,
            };
            return self.keep(begin, last_end, Partial::Between(Box::new(first), Box::new(last)));
        }
        // "29 and 30 January", "3, 5 and 9 May"
        if month_first.is_none() && t.is_any(end, &["and", "or", "&", ","]) {
            let mut days = vec![(day, at, end)];
            let mut place = end;
            while days.len() < 12 && t.is_any(place, &["and", "or", "&", ","]) {
                place += 1 + usize::from(t.is(place, ",") && t.is(place + 1, "and"));
                if let Some((Partial::Day { year, month, day: last }, last_end)) = self.day_first(place) {
                    let sound = days.iter().all(|(d, ..)| chrono::NaiveDate::from_ymd_opt(2024, month, *d).is_some());
                    let rising = days.windows(2).all(|pair| pair[0].0 < pair[1].0)
                        && days.last().is_some_and(|(d, ..)| *d < last);
                    if !sound || !rising {
                        return None;
                    }
                    for (day, start, end) in days {
                        self.keep(start, end, Partial::Day { year, month, day });
                    }
                    return self.keep(place, last_end, Partial::Day { year, month, day: last });
                }
                let Some((day, end)) = self.day(place) else { break };
                days.push((day, place, end));
                place = end;
            }
        }
        None
    }

    /// "in 2025", "early 2025", "from 2014 to 2021", "the 2022 invasion", "(2025)".
    fn year_alone(&mut self, at: usize) -> Option<usize> {
        let t = self.tokens;
        let (year, end) = self.year(at)?;
        if !(1900..2100).contains(&year) {
            return None;
        }
        let cue = self.before(at, 1);
        let possessive = t.get(end).is_some_and(|token| token.is_possessive());
        let alone = t.sentence_tokens(at).len() == 1 || self.typed;
        let bracketed = cue == "(" && t.is_any(end, &[")", ","]);
        let hyphen =
            cue == "-" && t.is_glued(at) && matches!(self.before(at, 2), "mid" | "early" | "late" | "pre" | "post");
        let attribute = cue == "the" && t.is_word(end) && !self.counts(end);
        let cued = CUES.contains(&cue) || possessive || bracketed || hyphen || attribute || alone;
        let adverbs = matches!(cue, "early" | "late" | "mid" | "year") || hyphen;
        // "of 2000 soldiers", "for 2024 bodies", "to 2000 men"
        let weak = matches!(cue, "of" | "for" | "to" | "as" | "around" | "by" | "from" | "after" | "before");
        let counted = self.counts(end) && !adverbs;
        let directly = counted && self.q.is_counted_noun(t.word(end));
        if !cued
            || weak && counted
            || directly && !(attribute || possessive)
            || cue == "around" && counted
            || cue == "as" && self.before(at, 2) != "early"
        {
            return None;
        }
        let from = matches!(cue, "from" | "between");
        let link = t.is_any(end, &["to", "through", "until", "–", "-", "—"]) || t.is(end, "and") && cue == "between";
        if link && let Some((last, last_end)) = self.year(end + 1).filter(|(last, _)| *last > year && *last < 2100) {
            let begin = if from { at - 1 } else { at };
            return self.keep(
                begin,
                last_end,
                Partial::Between(Box::new(Partial::Year(year)), Box::new(Partial::Year(last))),
            );
        }
        let start = self.adverb(at);
        let start = if t.is_any(start.wrapping_sub(1), &["year"]) { start - 1 } else { start };
        self.keep(start, end, Partial::Year(year))
    }

    /// Marks lists: months or days or years with nothing but commas and "and" between them.
    fn lists(&mut self) {
        let joined = |a: &Found, b: &Found| {
            let gap = a.tokens.end..b.tokens.start;
            let link =
                gap.len() <= 2 && gap.clone().all(|at| self.tokens.is_any(at, &[",", "and", "&"])) && !gap.is_empty();
            link && std::mem::discriminant(&a.partial) == std::mem::discriminant(&b.partial)
                && self.tokens.sentence_index(a.tokens.start) == self.tokens.sentence_index(b.tokens.start)
        };
        let mut start = 0;
        while start < self.found.len() {
            let mut end = start + 1;
            while end < self.found.len() && joined(&self.found[end - 1], &self.found[end]) {
                end += 1;
            }
            if end > start + 1 {
                for place in start..end {
                    self.found[place].list = Some((place - start, end - start));
                }
            }
            start = end;
        }
    }
}

/// Words behind which no counted noun belongs to the number before them.
const FUNCTION_WORDS: &[&str] = &[
    "a", "after", "also", "an", "and", "are", "as", "at", "been", "before", "between", "both", "but", "by", "can",
    "could", "did", "during", "for", "from", "had", "has", "have", "he", "her", "his", "if", "in", "into", "is", "it",
    "its", "may", "more", "most", "not", "of", "on", "or", "our", "over", "said", "says", "she", "since", "so", "some",
    "than", "that", "the", "their", "there", "these", "they", "this", "those", "to", "under", "until", "was", "we",
    "were", "when", "where", "which", "while", "who", "will", "with", "would",
];
