//! Dates that name days, months and years: "Thursday, January 29", "3 to 9 May", "in 2025".

use super::mentions::Reader;
use super::numeric::numeric;
use super::partial::{Partial, Turn};
use super::words::{DateWord, Unit};
use crate::claim::numerals::{ORDINALS, TENS, TENTHS};
use crate::suggest::tokens::TokenKind;
use crate::suggest::word_set::WordSet;

/// Words before a number that make it a year, a day and month.
const CUES: &WordSet = words![
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
const DAY_CUES: &WordSet = words![
    "on", "since", "until", "till", "by", "from", "to", "dated", "before", "after", "between", "night", "morning",
    "evening", "and", "date", "of", "through",
];

/// Words before "May" and "March" that make them months.
const MONTH_CUES: &WordSet = words![
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

impl Reader<'_> {
    /// The beginning of what qualifies a month or year in front: "early", "mid-", "earlier in", "the end of".
    pub(super) fn adverb(&self, at: usize) -> usize {
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
    pub(super) fn weekday(&mut self, at: usize, weekday: u8, end: usize) -> Option<usize> {
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
    pub(super) fn short_weekday(&mut self, at: usize, weekday: u8, end: usize) -> Option<usize> {
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
    pub(super) fn day_behind(&self, month_at: usize) -> bool {
        self.month(month_at)
            .is_some_and(|(_, end, _)| self.day(end + usize::from(self.tokens.is(end, "the"))).is_some())
    }

    /// "January 29, 2026", "February 2022", "early June", "January to March 2025". `start` is where
    /// a day of the week stands in front, else `at`.
    pub(super) fn month_first(&mut self, start: usize, at: usize) -> Option<usize> {
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
            if !(MONTH_CUES.has(cue) || hyphen || listed || headed && month != 5) {
                return None;
            }
        }
        self.month_range(at, month, None, name_end)
    }

    pub(super) fn sentence_start(&self, at: usize) -> bool {
        self.tokens.sentence_tokens(at).start == at
    }

    /// A month, or the range of months that it begins, kept.
    pub(super) fn month_range(&mut self, at: usize, month: u32, year: Option<i32>, end: usize) -> Option<usize> {
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
        if year.is_none() && start == at && self.before(at, 1) == "that" {
            return self.keep(at - 1, end, Partial::ThatMonth(month));
        }
        let partial = Partial::Month { year, month, turn: Turn::Bare };
        if year.is_none()
            && let Some((by, end)) = self.year_counted(end)
        {
            return self.keep(start, end, Partial::InYear(Box::new(partial), by));
        }
        self.keep(start, end, partial)
    }

    /// "last year" behind "March" or "March 3": which year, and the token behind.
    pub(super) fn year_counted(&self, at: usize) -> Option<(i64, usize)> {
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
    pub(super) fn month_day(&mut self, start: usize, month: u32, day: u32, day_end: usize) -> Option<usize> {
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

    pub(super) fn at_number(&mut self, at: usize) -> Option<usize> {
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
        let cued =
            self.typed || DAY_CUES.has(cue) && !(cue == "of" || cue == "and" && !after_date) || after_date || bracketed;
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
            return self.ordinal_alone(at);
        }
        self.year_alone(at)
    }

    /// "on the 14th", "since the 3rd": a day of the month that the text is in.
    fn ordinal_alone(&mut self, at: usize) -> Option<usize> {
        const DAYS: &[&str] = &["on", "since", "until", "till", "by", "from", "before", "after"];
        let (day, end) = self.day(at).filter(|(_, end)| *end == at + 2 && !self.tokens.is(at + 1, "'s"))?;
        let cued = self.before(at, 1) == "the" && DAYS.contains(&self.before(at, 2));
        // "on the 14th floor": of something that is counted through.
        let alone = !self.tokens.is_word(end) || super::mentions::FUNCTION_WORDS.has(self.tokens.word(end));
        let hyphen = self.tokens.is_any(end, &["-"]) && self.tokens.is_glued(end);
        if cued && alone && !hyphen { self.keep(at, end, Partial::DayOfMonth(day)) } else { None }
    }

    /// "the seventh of October 2023", "the twenty-first of May".
    pub(super) fn ordinal_day(&mut self, at: usize) -> Option<usize> {
        let t = self.tokens;
        if !t.is(at + 1, "of") {
            return None;
        }
        let (month, name_end, _) = self.month(at + 2).filter(|_| self.is_capitalised(at + 2))?;
        let (last, first) = (t.word(at), t.word(at.saturating_sub(2)));
        let tens = t.is(at.wrapping_sub(1), "-") && matches!(first, "twenty" | "thirty");
        let at_most_nine = |word: &str| ORDINALS[..9].iter().position(|ordinal| *ordinal == word);
        let day = if tens {
            10 * (TENS.iter().position(|ten| *ten == first)? + 2) + at_most_nine(last)? + 1
        } else if let Some(tenth) = TENTHS.iter().position(|tenth| *tenth == last) {
            10 * (tenth + 2)
        } else {
            ORDINALS.iter().position(|ordinal| *ordinal == last)? + 1
        } as u32;
        chrono::NaiveDate::from_ymd_opt(2024, month, day)?;
        let start = if tens { at - 2 } else { at };
        let start = start - usize::from(self.before(start, 1) == "the");
        let (year, end) = self.year_behind(name_end).map_or((None, name_end), |(year, end)| (Some(year), end));
        self.keep(start, end, Partial::Day { year, month, day })
    }

    /// "29 January 2026", "29th of January".
    pub(super) fn day_first(&self, at: usize) -> Option<(Partial, usize)> {
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
    pub(super) fn day_range(&mut self, at: usize) -> Option<usize> {
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
    pub(super) fn year_alone(&mut self, at: usize) -> Option<usize> {
        let t = self.tokens;
        let (year, end) = self.year(at)?;
        if !(1900..2100).contains(&year) {
            return None;
        }
        let cue = self.before(at, 1);
        let possessive = t.get(end).is_some_and(|token| token.is_possessive());
        let alone = t.sentence_tokens(at).len() == 1 || self.typed;
        // "in 1998 and 1999"
        let listed = t.is_any(at.wrapping_sub(1), &["and", "or"])
            && self.found.last().is_some_and(|found| {
                found.tokens.end + 1 == at && matches!(found.partial, Partial::Year(first) if first < year)
            })
            && !self.counts(end);
        let bracketed = cue == "(" && t.is_any(end, &[")", ","]);
        let hyphen =
            cue == "-" && t.is_glued(at) && matches!(self.before(at, 2), "mid" | "early" | "late" | "pre" | "post");
        // "a 2007 earthquake": nothing is counted by its singular.
        let singular = t.is_word(end) && !crate::suggest::counted::is_plural(t.word(end));
        let attribute = cue == "the" && t.is_word(end) && !self.counts(end)
            || matches!(cue, "the" | "a" | "an") && singular && self.q.is_counted_noun(t.word(end))
            || matches!(cue, "a" | "an") && singular && !self.counts(end) && !t.is_any(end, &["-"]);
        // "2001: An explosion in Zabrze kills 13": the year that an entry of a chronicle begins with.
        let entry = t.is_any(end, &[":", "–", "—"]) && t.is_word(end + 1) && {
            let sentence = t.sentence_tokens(at);
            (sentence.start..at).all(|token| t.is_any(token, &["•", "-", "–", "—", "*", "·", "‣", "▪", "●"]))
        };
        let cued = CUES.has(cue) || possessive || bracketed || hyphen || attribute || alone || listed || entry;
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
}
