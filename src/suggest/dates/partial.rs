//! A date as its words give it, before anything else is known.

use super::words::Unit;

/// Which of several days of the same name is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Turn {
    /// "Thursday", "January": the nearest that fits the sentence.
    Bare,
    /// "last Thursday"
    Last,
    /// "this Thursday"
    This,
    /// "next Thursday"
    Next,
}

/// A date as its words give it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Partial {
    /// "January 29, 2026", "29 January", "18/9"
    Day { year: Option<i32>, month: u32, day: u32 },
    /// "3/4" where nothing tells day from month.
    Unsure { year: Option<i32>, a: u32, b: u32 },
    /// "on the 14th": of the month that fits the sentence.
    DayOfMonth(u32),
    /// "the weekend", "last weekend", "next weekend": weeks from the nearest.
    Weekend(i64),
    /// "the first eight months of the year": how many, and the year, counted from publication where it is none.
    FirstMonths { count: u32, year: Option<i32>, by: i64 },
    /// "that November": the first behind the date before it in the text.
    ThatMonth(u32),
    /// "February 2022", "early June", "last January"
    Month { year: Option<i32>, month: u32, turn: Turn },
    /// "2025"
    Year(i32),
    /// "March last year": a month or day in a year counted from publication.
    InYear(Box<Partial>, i64),
    /// "summer 2025", "last winter"; the season as TIMEX3 writes it.
    Season { year: Option<i32>, season: &'static str, turn: Turn },
    /// "Thursday" (1 for Monday – 7), "Thursday last week" (week −1).
    Weekday { weekday: u8, turn: Turn, week: Option<i8> },
    /// Days from publication: "today", "yesterday".
    Today(i64),
    /// The night before the day of publication, or into it.
    Overnight,
    /// A calendar unit, counted from publication: "last week" is −1.
    Calendar { unit: Unit, by: i64 },
    /// "the past three weeks": up to publication. `None` where no number is given.
    Past { unit: Unit, count: Option<i64> },
    /// "three days ago"
    Ago { unit: Unit, count: i64 },
    /// "in recent months": no window.
    Recent,
    /// "the next weeks": no window.
    Coming,
    /// "between 3 and 9 May", "from July to September"
    Between(Box<Partial>, Box<Partial>),
    /// Counted from the date before it in the text: "the following day" is +1 day.
    Shift { unit: Unit, by: i64 },
    /// "the following weeks": a stretch after the date before it in the text.
    Stretch { unit: Unit, before: bool },
    /// "at that time", "the same day": the date before it in the text.
    Same,
}

impl Partial {
    /// Whether it is understood from another date in the text.
    pub(super) fn refers(&self) -> bool {
        matches!(self, Self::Shift { .. } | Self::Stretch { .. } | Self::Same | Self::ThatMonth(_))
    }

    /// Whether it is understood from the day of publication: "today", "Thursday", "last week".
    pub(super) fn is_deictic(&self) -> bool {
        matches!(
            self,
            Self::Weekday { .. }
                | Self::Today(_)
                | Self::Overnight
                | Self::Calendar { .. }
                | Self::Past { .. }
                | Self::Ago { .. }
                | Self::DayOfMonth(_)
                | Self::Weekend(_)
                | Self::FirstMonths { year: None, .. }
        )
    }
}
