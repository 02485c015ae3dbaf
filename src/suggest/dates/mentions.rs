//! Where dates stand, and what their words give: no knowledge from outside the text.
//!
//! One pass over the tokens. A date begins at a word of [`DateWords`] or at digits; words in front
//! ("early", "the", "between") are taken up backwards.

use std::ops::Range;

use super::super::quantities::Quantifiers;
use super::super::tokens::{TokenKind, Tokens};
use super::numeric::Order;
use super::partial::Partial;
use super::words::{DateWord, DateWords};
use crate::suggest::word_set::WordSet;

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
                TokenKind::Word => match self.words.at(self.tokens, at) {
                    Some(word) => self.at_word(at, word),
                    None => self.ordinal_day(at),
                },
                _ => None,
            };
            debug_assert!(end.is_none() || self.found.len() > before);
            at = end.unwrap_or(at + 1).max(at + 1);
        }
        self.lists();
    }

    /// Keeps a date; its beginning never reaches into the one before.
    pub(super) fn keep(&mut self, start: usize, end: usize, partial: Partial) -> Option<usize> {
        let free = self.found.last().map_or(0, |found| found.tokens.end);
        let start = start.max(free);
        if start >= end {
            return None;
        }
        self.found.push(Found { tokens: start..end, partial, list: None });
        Some(end)
    }

    pub(super) fn word(&self, at: usize) -> Option<DateWord> {
        self.words.at(self.tokens, at)
    }

    pub(super) fn before(&self, at: usize, back: usize) -> &str {
        self.tokens.word_before(at, back)
    }

    /// A day of the month in digits: "29", "29th".
    pub(super) fn day(&self, at: usize) -> Option<(u32, usize)> {
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
    pub(super) fn year(&self, at: usize) -> Option<(i32, usize)> {
        let text = self.tokens.word(at);
        if self.tokens.kind(at) != TokenKind::Number || text.len() != 4 || !text.bytes().all(|b| b.is_ascii_digit()) {
            return None;
        }
        let year = text.parse().ok().filter(|year| (1000..2200).contains(year))?;
        let tied = self.tokens.is_glued(at + 1) && self.tokens.is_word(at + 1) && !self.tokens.is(at + 1, "'s");
        (!tied).then_some((year, at + 1))
    }

    /// The year behind a month or day: "2026", ", 2026", "of 2026".
    pub(super) fn year_behind(&self, at: usize) -> Option<(i32, usize)> {
        if let Some(found) = self.year(at) {
            return Some(found).filter(|(year, end)| self.is_year_before(*year, *end));
        }
        let far = self.tokens.is_any(at, &[",", "of", "-"]);
        let (year, end) = far.then(|| self.year(at + 1))??;
        // "on May 5, 2000 soldiers": a number that something is counted by.
        ((1900..2100).contains(&year) && self.is_year_before(year, end)).then_some((year, end))
    }

    /// Whether what follows lets a four-digit number behind a month be a year.
    pub(super) fn is_year_before(&self, year: i32, end: usize) -> bool {
        (1900..2100).contains(&year) || !self.counts(end)
    }

    /// Whether a counted noun stands at a token, or behind one or two words that describe it.
    pub(super) fn counts(&self, at: usize) -> bool {
        for place in at..at + 3 {
            if !self.tokens.is_word(place) || self.tokens.get(place).is_some_and(|t| t.is_possessive()) {
                return false;
            }
            if self.q.is_counted_noun(self.tokens.word(place)) {
                return true;
            }
            if FUNCTION_WORDS.has(self.tokens.word(place)) {
                return false;
            }
        }
        false
    }

    /// A month's name: its number, the token behind (and behind its point), and whether it needs
    /// more to be sure of it.
    pub(super) fn month(&self, at: usize) -> Option<(u32, usize, bool)> {
        match self.word(at)? {
            DateWord::Month(month, doubtful) => Some((u32::from(month), at + 1, doubtful)),
            DateWord::ShortMonth(month) => {
                let point = self.tokens.is(at + 1, ".") && self.tokens.is_glued(at + 1);
                Some((u32::from(month), at + 1 + usize::from(point), true))
            }
            _ => None,
        }
    }

    pub(super) fn is_capitalised(&self, at: usize) -> bool {
        self.typed || self.tokens.get(at).is_some_and(|token| token.is_capitalised())
    }

    pub(super) fn at_word(&mut self, at: usize, word: DateWord) -> Option<usize> {
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
            Weekend => self.weekend(at),
            First => self.first_months(at).or_else(|| self.ordinal_day(at)),
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
            // "before the end of the month"
            Unit(unit @ (super::words::Unit::Week | super::words::Unit::Month | super::words::Unit::Year), false)
                if self.tokens.ends(at, &["end", "of", "the"]) || self.tokens.ends(at, &["start", "of", "the"]) =>
            {
                let start = at - 3 - usize::from(self.before(at - 3, 1) == "the");
                let next = self.tokens.is_word(at + 1) && self.tokens.is_any(at + 1, &["the"]);
                if next { None } else { self.keep(start, at + 1, Partial::Calendar { unit, by: 0 }) }
            }
            Unit(..) | PartOfDay => None,
        }
    }

    /// Marks lists: months or days or years with nothing but commas and "and" between them.
    pub(super) fn lists(&mut self) {
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
pub(super) const FUNCTION_WORDS: &WordSet = words![
    "a", "after", "also", "an", "and", "are", "as", "at", "been", "before", "between", "both", "but", "by", "can",
    "could", "did", "during", "for", "from", "had", "has", "have", "he", "her", "his", "if", "in", "into", "is", "it",
    "its", "may", "more", "most", "not", "of", "on", "or", "our", "over", "said", "says", "she", "since", "so", "some",
    "than", "that", "the", "their", "there", "these", "they", "this", "those", "to", "under", "until", "was", "we",
    "were", "when", "where", "which", "while", "who", "will", "with", "would",
];
