//! Dates that are counted from publication or from another date: "yesterday", "last week", "three
//! days ago", "the following weeks", "at that time".

use super::mentions::Reader;
use super::partial::{Partial, Turn};
use super::words::{DateWord, Unit};
use crate::suggest::tokens::TokenKind;

impl Reader<'_> {
    /// "the day before", "the night after": counted from another date. "the day before yesterday".
    pub(super) fn beside(&mut self, at: usize, by: i64) -> Option<usize> {
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
    pub(super) fn stands_alone(&self, at: usize) -> bool {
        !self.tokens.is_any(at, &["before", "after"])
            || !self.tokens.is_word(at + 1)
            || self.tokens.is_any(at + 1, &["and", "but", "when", "in", "at", "by"])
    }

    /// The number and unit in front of "ago", "earlier", "later": "three days", "a week".
    pub(super) fn counted(&self, at: usize) -> Option<(usize, i64, Unit)> {
        let DateWord::Unit(unit, _) = self.word(at.checked_sub(1)?)? else { return None };
        let number = at.checked_sub(2)?;
        Some((number, self.small(number)?, unit))
    }

    /// A small number: digits, "a", "one" to "twelve", "several".
    pub(super) fn small(&self, at: usize) -> Option<i64> {
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

    pub(super) fn today(&mut self, at: usize, by: i64) -> Option<usize> {
        let start = if self.tokens.is_any(at.wrapping_sub(1), &["earlier", "later"]) { at - 1 } else { at };
        let mut end = at + 1;
        if matches!(self.word(end), Some(DateWord::PartOfDay)) && !self.tokens.is(at, "today") {
            end += 1;
        }
        self.keep(start, end, Partial::Today(by))
    }

    /// "at the weekend", "over the weekend", "last weekend".
    pub(super) fn weekend(&mut self, at: usize) -> Option<usize> {
        const CUES: &[&str] = &["at", "over", "during", "since", "by", "before", "until", "after", "on", "of"];
        let by = match self.before(at, 1) {
            "the" if CUES.contains(&self.before(at, 2)) => 0,
            "last" | "past" | "this" => 0,
            "next" | "coming" => 1,
            _ => return None,
        };
        // "the weekend edition": of a thing.
        if self.tokens.is_word(at + 1) && self.counts(at + 1) {
            return None;
        }
        self.keep(at - 1, at + 1, Partial::Weekend(by))
    }

    /// "the first eight months of the year", "the first half of 2023", "the first quarter of last year".
    pub(super) fn first_months(&mut self, at: usize) -> Option<usize> {
        if self.before(at, 1) != "the" {
            return None;
        }
        let (count, of) = match self.tokens.word(at + 1) {
            "half" => (6, at + 2),
            "quarter" => (3, at + 2),
            _ => {
                let count = self.small(at + 1).and_then(|count| u32::try_from(count).ok());
                let months = matches!(self.word(at + 2), Some(DateWord::Unit(Unit::Month, true)));
                (count.filter(|count| months && (2..=11).contains(count))?, at + 3)
            }
        };
        if !self.tokens.is_any(of, &["of"]) {
            return None;
        }
        let mut end = of + 1;
        let (year, by) = match (self.year(end), self.word(end)) {
            (Some((year, behind)), _) if (1900..2100).contains(&year) => {
                end = behind;
                (Some(year), 0)
            }
            (_, Some(word @ (DateWord::Last | DateWord::This))) => {
                end += 1;
                (None, if word == DateWord::Last { -1 } else { 0 })
            }
            _ if self.tokens.is(end, "the") => {
                end += 1;
                (None, 0)
            }
            _ => return None,
        };
        if year.is_none() {
            if !matches!(self.word(end), Some(DateWord::Unit(Unit::Year, false))) {
                return None;
            }
            end += 1;
        }
        self.keep(at - 1, end, Partial::FirstMonths { count, year, by })
    }

    /// "last year", "last Thursday", "last January", "the last three weeks", "last night".
    pub(super) fn last(&mut self, at: usize) -> Option<usize> {
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

    pub(super) fn past(&mut self, at: usize) -> Option<usize> {
        match self.word(at + 1) {
            Some(DateWord::Unit(unit, false)) => self.keep(at, at + 2, Partial::Past { unit, count: Some(1) }),
            Some(DateWord::Unit(unit, true)) => self.keep(at, at + 2, Partial::Past { unit, count: None }),
            _ => self.counted_past(at),
        }
    }

    /// "the last three weeks", "the past 24 hours", "the last few months".
    pub(super) fn counted_past(&mut self, at: usize) -> Option<usize> {
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
    pub(super) fn this(&mut self, at: usize) -> Option<usize> {
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
    pub(super) fn next(&mut self, at: usize) -> Option<usize> {
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
    pub(super) fn following(&mut self, at: usize) -> Option<usize> {
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

    pub(super) fn previous(&mut self, at: usize) -> Option<usize> {
        let start = if self.before(at, 1) == "the" { at - 1 } else { at };
        match self.word(at + 1)? {
            DateWord::Unit(unit, false) => self.keep(start, at + 2, Partial::Shift { unit, by: -1 }),
            DateWord::Unit(unit, true) => self.keep(start, at + 2, Partial::Stretch { unit, before: true }),
            _ => None,
        }
    }

    /// "the same day", "at that time", "that week".
    pub(super) fn same(&mut self, at: usize) -> Option<usize> {
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

    pub(super) fn season(&mut self, at: usize, season: &'static str) -> Option<usize> {
        let behind = at + 1 + usize::from(self.tokens.is(at + 1, "of"));
        let (year, end) = self.year(behind).filter(|(year, _)| (1900..2100).contains(year))?;
        let start = self.adverb(at);
        self.keep(start, end, Partial::Season { year: Some(year), season, turn: Turn::Bare })
    }
}
