//! The words that dates are made of.

use rustc_hash::FxHashMap;

use crate::suggest::tokens::Tokens;
use crate::suggest::word_filter::WordFilter;

/// A stretch of the calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unit {
    Hour,
    Day,
    Week,
    Month,
    Year,
    Decade,
}

/// A word that begins or makes a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum DateWord {
    /// 1–12; whether it is also another word ("may", "march").
    Month(u8, bool),
    /// 1–12, shortened: "jan".
    ShortMonth(u8),
    /// 1 for Monday – 7
    Weekday(u8),
    /// Shortened: "thu".
    ShortWeekday(u8),
    /// Days from today: "yesterday".
    Today(i8),
    /// "overnight"
    Overnight,
    /// "weekend"
    Weekend,
    /// "first", in "the first eight months of"
    First,
    /// "spring"; as TIMEX3 writes it: "SP".
    Season(&'static str),
    /// "last"
    Last,
    /// "past"
    Past,
    /// "this"
    This,
    /// "next", "coming"
    Next,
    /// "following"
    Following,
    /// "previous", "preceding"
    Previous,
    /// "recent"
    Recent,
    /// "same", "that"
    Same,
    /// "ago"
    Ago,
    /// "earlier", "before"
    Earlier,
    /// "later", "after", "afterwards"
    Later,
    /// "week", "weeks"; whether it is a plural.
    Unit(Unit, bool),
    /// "morning", "night"
    PartOfDay,
}

/// The words that dates are made of, by their read form.
#[derive(Debug)]
pub struct DateWords {
    words: FxHashMap<&'static str, DateWord>,
    filter: WordFilter,
}

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];
const WEEKDAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

impl Default for DateWords {
    fn default() -> Self {
        Self::new()
    }
}

impl DateWords {
    /// The words of English.
    pub fn new() -> Self {
        use DateWord::*;
        let mut map = FxHashMap::default();
        let mut add = |words: &[&'static str], meaning: DateWord| {
            for word in words {
                map.insert(*word, meaning);
            }
        };
        for (place, word) in MONTHS.iter().enumerate() {
            add(&[word], Month(place as u8 + 1, matches!(*word, "march" | "may" | "august")));
        }
        for (place, words) in [
            &["jan"][..],
            &["feb"],
            &["mar"],
            &["apr"],
            &[],
            &["jun"],
            &["jul"],
            &["aug"],
            &["sep", "sept"],
            &["oct"],
            &["nov"],
            &["dec"],
        ]
        .into_iter()
        .enumerate()
        {
            add(words, ShortMonth(place as u8 + 1));
        }
        for (place, word) in WEEKDAYS.iter().enumerate() {
            add(&[word], Weekday(place as u8 + 1));
        }
        for (place, words) in
            [&["mon"][..], &["tue", "tues"], &["wed"], &["thu", "thur", "thurs"], &["fri"], &["sat"], &["sun"]]
                .into_iter()
                .enumerate()
        {
            add(words, ShortWeekday(place as u8 + 1));
        }
        add(&["today", "tonight"], Today(0));
        add(&["yesterday"], Today(-1));
        add(&["tomorrow"], Today(1));
        add(&["overnight"], Overnight);
        add(&["weekend"], Weekend);
        add(&["first"], First);
        add(&["spring"], Season("SP"));
        add(&["summer"], Season("SU"));
        add(&["autumn", "fall"], Season("FA"));
        add(&["winter"], Season("WI"));
        add(&["last"], Last);
        add(&["past"], Past);
        add(&["this"], This);
        add(&["next", "coming"], Next);
        add(&["following", "subsequent", "ensuing"], Following);
        add(&["previous", "preceding"], Previous);
        add(&["recent"], Recent);
        add(&["same", "that"], Same);
        add(&["ago"], Ago);
        add(&["earlier", "before"], Earlier);
        add(&["later", "after", "afterwards", "afterward"], Later);
        for (one, many, unit) in [
            ("hour", "hours", self::Unit::Hour),
            ("day", "days", self::Unit::Day),
            ("week", "weeks", self::Unit::Week),
            ("month", "months", self::Unit::Month),
            ("year", "years", self::Unit::Year),
            ("decade", "decades", self::Unit::Decade),
        ] {
            add(&[one], Unit(unit, false));
            add(&[many], Unit(unit, true));
        }
        add(&["morning", "afternoon", "evening", "night", "noon", "midnight"], PartOfDay);
        Self { filter: WordFilter::new(map.keys().copied()), words: map }
    }

    /// What a token means in a date.
    #[inline]
    pub(super) fn at(&self, tokens: &Tokens<'_>, index: usize) -> Option<DateWord> {
        if self.filter.may_have_mixed(tokens.mixed(index)) { self.get(tokens.word(index)) } else { None }
    }

    fn get(&self, word: &str) -> Option<DateWord> {
        if self.filter.may_have(word) { self.words.get(word).copied() } else { None }
    }
}
