//! From what the words give to days of the calendar, as far as what is known carries.
//!
//! Values are written as TIMEX3 writes them, with `X` for what is not known: `2026-01-29`,
//! `XXXX-01-29`, `2026-WXX-4`, `2025-W37`, `2025-07/2025-09`. No day is ever invented: where
//! nothing fixes one, the window stays as wide as the words leave it.

use chrono::{Datelike, Days, Months, NaiveDate};

use super::partial::{Partial, Turn};
use super::words::Unit;
use crate::claim::{Basis, DateWindow};

/// What is known of the day from which a text speaks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Frame {
    /// First and last day on which it may have been published.
    pub published: Option<(NaiveDate, NaiveDate)>,
    /// What its own words give, where that is no window: "18/9".
    pub month_day: Option<(u32, u32)>,
    /// What its own words give, where that is no window: "on Thursday" (1 for Monday – 7).
    pub weekday: Option<u8>,
    /// The day of the week of `month_day`, as the head of a dispatch shows it.
    pub month_day_is: Option<u8>,
}

impl Frame {
    pub(super) fn new(published: &DateWindow) -> Self {
        let published = match (published.start, published.end) {
            (Some(start), Some(end)) => Some((start, end)),
            _ => None,
        };
        Self { published, ..Self::default() }
    }

    fn day(&self) -> Option<NaiveDate> {
        self.published.filter(|(start, end)| start == end).map(|(day, _)| day)
    }

    /// What a function of the day of publication gives, where every day that is possible gives the same.
    fn agreed<T: PartialEq>(&self, of: impl Fn(NaiveDate) -> Option<T>) -> Option<T> {
        let (start, end) = self.published?;
        let (a, b) = (of(start)?, of(end)?);
        (a == b).then_some(a)
    }

    fn year(&self) -> Option<i32> {
        self.agreed(|day| Some(day.year()))
    }
}

/// A date as far as it could be resolved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Resolved {
    pub value: String,
    pub start: Option<NaiveDate>,
    pub end: Option<NaiveDate>,
    pub basis: Basis,
}

impl Resolved {
    fn unknown(value: impl Into<String>) -> Self {
        Self { value: value.into(), start: None, end: None, basis: Basis::Unknown }
    }

    fn days(value: String, start: NaiveDate, end: NaiveDate, basis: Basis) -> Self {
        Self { value, start: Some(start), end: Some(end), basis }
    }

    fn day(day: NaiveDate, basis: Basis) -> Self {
        Self::days(day_value(day), day, day, basis)
    }

    fn of(value: String, window: Option<DateWindow>, basis: Basis) -> Self {
        match window.and_then(|w| w.start.zip(w.end)) {
            Some((start, end)) => Self::days(value, start, end, basis),
            None => Self::unknown(value),
        }
    }

    pub(super) fn window(&self) -> DateWindow {
        match (self.start, self.end) {
            (Some(start), Some(end)) => DateWindow::between(start, end, self.basis),
            _ => DateWindow::UNKNOWN,
        }
    }
}

fn day_value(day: NaiveDate) -> String {
    day.format("%Y-%m-%d").to_string()
}

fn week_value(day: NaiveDate) -> String {
    let week = day.iso_week();
    format!("{:04}-W{:02}", week.year(), week.week())
}

fn monday(day: NaiveDate) -> Option<NaiveDate> {
    day.checked_sub_days(Days::new(u64::from(day.weekday().num_days_from_monday())))
}

pub(super) fn shifted(day: NaiveDate, days: i64) -> Option<NaiveDate> {
    day.checked_add_signed(chrono::TimeDelta::try_days(days)?)
}

fn months_on(day: NaiveDate, by: i64) -> Option<NaiveDate> {
    let months = Months::new(u32::try_from(by.unsigned_abs()).ok()?);
    if by < 0 { day.checked_sub_months(months) } else { day.checked_add_months(months) }
}

/// The calendar unit that a day lies in, some units on: its name and its days.
fn calendar(day: NaiveDate, unit: Unit, by: i64) -> Option<(String, NaiveDate, NaiveDate)> {
    match unit {
        Unit::Hour | Unit::Day => {
            let day = shifted(day, if unit == Unit::Day { by } else { 0 })?;
            Some((day_value(day), day, day))
        }
        Unit::Week => {
            let start = monday(shifted(day, by.checked_mul(7)?)?)?;
            Some((week_value(start), start, shifted(start, 6)?))
        }
        Unit::Month => {
            let first = months_on(day.with_day(1)?, by)?;
            let end = shifted(months_on(first, 1)?, -1)?;
            Some((first.format("%Y-%m").to_string(), first, end))
        }
        Unit::Year => {
            let year = i32::try_from(i64::from(day.year()).checked_add(by)?).ok()?;
            let (start, end) = (NaiveDate::from_ymd_opt(year, 1, 1)?, NaiveDate::from_ymd_opt(year, 12, 31)?);
            Some((format!("{year:04}"), start, end))
        }
        Unit::Decade => {
            let first = i32::try_from((i64::from(day.year()).div_euclid(10).checked_add(by)?).checked_mul(10)?).ok()?;
            let (start, end) = (NaiveDate::from_ymd_opt(first, 1, 1)?, NaiveDate::from_ymd_opt(first + 9, 12, 31)?);
            Some((format!("{first:04}/{:04}", first + 9), start, end))
        }
    }
}

/// What a value of a calendar unit looks like where the day of publication is not known.
fn blank(unit: Unit) -> &'static str {
    match unit {
        Unit::Hour | Unit::Day => "XXXX-XX-XX",
        Unit::Week => "XXXX-WXX",
        Unit::Month => "XXXX-XX",
        Unit::Year => "XXXX",
        Unit::Decade => "XXXX/XXXX",
    }
}

/// Resolves a date. `before` is the date before it in the text, for those that are counted from
/// one; `future` whether the sentence speaks of what is to come.
pub(super) fn resolve(partial: &Partial, frame: &Frame, before: Option<&Resolved>, future: bool) -> Resolved {
    match partial {
        Partial::Day { year: Some(year), month, day } => match NaiveDate::from_ymd_opt(*year, *month, *day) {
            Some(day) => Resolved::day(day, Basis::Stated),
            None => Resolved::unknown(format!("XXXX-{month:02}-{day:02}")),
        },
        Partial::Day { year: None, month, day } => {
            let near =
                |published: NaiveDate| near_year(published, future, |year| NaiveDate::from_ymd_opt(year, *month, *day));
            match frame.agreed(near) {
                Some(day) => Resolved::day(day, Basis::Resolved),
                None => Resolved::unknown(format!("XXXX-{month:02}-{day:02}")),
            }
        }
        Partial::DayOfMonth(day) => match frame.agreed(|published| day_of_month(published, *day, future)) {
            Some(day) => Resolved::day(day, Basis::Resolved),
            None => Resolved::unknown(format!("XXXX-XX-{day:02}")),
        },
        Partial::Weekend(by) => match frame.agreed(|published| weekend(published, *by, future)) {
            Some((from, to)) => {
                Resolved::days(format!("{}/{}", day_value(from), day_value(to)), from, to, Basis::Resolved)
            }
            None => Resolved::unknown("XXXX-WXX-WE"),
        },
        Partial::FirstMonths { count, year, by } => first_months(*count, *year, *by, frame),
        Partial::ThatMonth(month) => {
            let year = before.and_then(|before| before.end).map(|day| day.year() + i32::from(day.month() > *month));
            match year {
                Some(year) => Resolved::of(
                    format!("{year:04}-{month:02}"),
                    DateWindow::month(year, *month, Basis::Inferred),
                    Basis::Inferred,
                ),
                None => resolve(&Partial::Month { year: None, month: *month, turn: Turn::Bare }, frame, None, future),
            }
        }
        Partial::Unsure { year, a, b } => unsure(*year, *a, *b, frame),
        Partial::Month { year: Some(year), month, .. } => Resolved::of(
            format!("{year:04}-{month:02}"),
            DateWindow::month(*year, *month, Basis::Stated),
            Basis::Stated,
        ),
        Partial::Month { year: None, month, turn } => {
            let year = |published: NaiveDate| month_year(published, *month, *turn, future);
            match frame.agreed(year) {
                Some(year) => {
                    let window = DateWindow::month(year, *month, Basis::Resolved);
                    Resolved::of(format!("{year:04}-{month:02}"), window, Basis::Resolved)
                }
                None => Resolved::unknown(format!("XXXX-{month:02}")),
            }
        }
        Partial::Year(year) => {
            Resolved::of(format!("{year:04}"), DateWindow::year(*year, Basis::Stated), Basis::Stated)
        }
        Partial::InYear(inner, by) => in_year(inner, *by, frame),
        Partial::Season { year, season, turn } => {
            let relative = match turn {
                Turn::Last => frame.agreed(|p| Some(season_year(p, season))),
                Turn::Next => frame.year().map(|year| year + 1),
                _ => frame.year(),
            };
            let basis = if year.is_some() { Basis::Stated } else { Basis::Resolved };
            match year.or(relative) {
                // A season's days depend on the hemisphere: the window is the year.
                Some(year) => Resolved::of(format!("{year:04}-{season}"), DateWindow::year(year, basis), basis),
                None => Resolved::unknown(format!("XXXX-{season}")),
            }
        }
        Partial::Weekday { weekday, turn, week } => weekday_of(*weekday, *turn, *week, frame, future),
        Partial::Today(by) => today(*by, frame),
        Partial::Overnight => overnight(frame),
        Partial::Calendar { unit, by } => match frame.agreed(|day| calendar(day, *unit, *by)) {
            Some((value, start, end)) => Resolved::days(value, start, end, Basis::Resolved),
            None => calendar_between(*unit, *by, frame),
        },
        Partial::Past { unit, count } => past(*unit, *count, frame),
        Partial::Ago { unit, count } => match frame.agreed(|day| calendar(day, *unit, -count)) {
            Some((value, start, end)) => Resolved::days(value, start, end, Basis::Resolved),
            None => calendar_between(*unit, -count, frame),
        },
        Partial::Recent => Resolved::unknown("PAST_REF"),
        Partial::Coming => Resolved::unknown("FUTURE_REF"),
        Partial::Between(from, to) => between(from, to, frame, before, future),
        Partial::Shift { unit, by } => shift(*unit, *by, before),
        Partial::Stretch { unit, before: back } => stretch(*unit, *back, frame, before),
        Partial::Same => match before {
            Some(before) => Resolved { basis: Basis::Inferred, ..before.clone() },
            None => Resolved::unknown("XXXX-XX-XX"),
        },
    }
}

/// The year in which a day without one falls: the last that is not after publication, or with
/// `future` the first that is not before it.
fn near_year(published: NaiveDate, future: bool, of: impl Fn(i32) -> Option<NaiveDate>) -> Option<NaiveDate> {
    let year = published.year();
    if future {
        // 29 February may take some years to come.
        return (year..=year + 8).filter_map(of).find(|day| *day >= published);
    }
    // A day of the next weeks is meant sooner than one of almost a year ago: a correction, a deadline.
    let soon = [year, year + 1].into_iter().filter_map(&of).find(|day| *day > published);
    if let Some(day) = soon.filter(|day| (*day - published).num_days() <= 21) {
        return Some(day);
    }
    (year - 8..=year).rev().filter_map(of).find(|day| *day <= published)
}

fn month_year(published: NaiveDate, month: u32, turn: Turn, future: bool) -> Option<i32> {
    let (year, this) = (published.year(), published.month());
    Some(match turn {
        Turn::This => year,
        Turn::Last if month >= this => year - 1,
        Turn::Next if month <= this => year + 1,
        Turn::Bare if future && month < this => year + 1,
        Turn::Bare if !future && month > this => year - 1,
        _ => year,
    })
}

/// The year of "last summer": this year's once it is over.
fn season_year(published: NaiveDate, season: &str) -> i32 {
    let over = match season {
        "SP" => published.month() > 5,
        "SU" => published.month() > 8,
        "FA" => published.month() > 11,
        _ => false,
    };
    if over { published.year() } else { published.year() - 1 }
}

/// "3/4" where nothing in the text tells: the reading that lies just before publication, if only one
/// does.
fn unsure(year: Option<i32>, a: u32, b: u32, frame: &Frame) -> Resolved {
    let reading = |month: u32, day: u32| resolve(&Partial::Day { year, month, day }, frame, None, false);
    let (day_first, month_first) = (reading(b, a), reading(a, b));
    if let Some(published) = frame.day() {
        let close = |r: &Resolved| r.start.is_some_and(|day| (0..=14).contains(&(published - day).num_days()));
        match (close(&day_first), close(&month_first)) {
            (true, false) => return Resolved { basis: Basis::Resolved, ..day_first },
            (false, true) => return Resolved { basis: Basis::Resolved, ..month_first },
            _ => {}
        }
    }
    Resolved::unknown(year.map_or_else(|| "XXXX-XX-XX".to_owned(), |year| format!("{year:04}-XX-XX")))
}

/// "on the 14th": the last such day at or before publication, or the next one.
fn day_of_month(published: NaiveDate, day: u32, future: bool) -> Option<NaiveDate> {
    let sign = if future { 1 } else { -1 };
    let fits = |found: &NaiveDate| if future { *found >= published } else { *found <= published };
    let first = published.with_day(1)?;
    (0..=2).filter_map(|by| months_on(first, sign * by)?.with_day(day)).find(fits)
}

/// The Saturday and Sunday that are over or under way on a day, or those that come, some weeks on.
fn weekend(published: NaiveDate, by: i64, future: bool) -> Option<(NaiveDate, NaiveDate)> {
    let today = i64::from(published.weekday().num_days_from_monday());
    let back = (today - 5).rem_euclid(7);
    let ahead = if future && back > 1 { 7 } else { 0 };
    let saturday = shifted(published, ahead - back + 7 * by)?;
    Some((saturday, shifted(saturday, 1)?))
}

/// "the first eight months of the year", "of 2023", "of last year".
fn first_months(count: u32, year: Option<i32>, by: i64, frame: &Frame) -> Resolved {
    let basis = if year.is_some() { Basis::Stated } else { Basis::Resolved };
    let counted = || frame.year().and_then(|year| i32::try_from(i64::from(year).checked_add(by)?).ok());
    let Some(year) = year.or_else(counted) else { return Resolved::unknown(format!("XXXX-01/XXXX-{count:02}")) };
    let ends = DateWindow::month(year, 1, basis).zip(DateWindow::month(year, count, basis));
    match ends.and_then(|(first, last)| first.start.zip(last.end)) {
        Some((from, to)) => Resolved::days(format!("{year:04}-01/{year:04}-{count:02}"), from, to, basis),
        None => Resolved::unknown(format!("{year:04}")),
    }
}

fn in_year(inner: &Partial, by: i64, frame: &Frame) -> Resolved {
    let year = frame.year().and_then(|year| i32::try_from(i64::from(year).checked_add(by)?).ok());
    let dated = match (inner, year) {
        (Partial::Month { month, turn, .. }, Some(_)) => Partial::Month { year, month: *month, turn: *turn },
        (Partial::Day { month, day, .. }, Some(_)) => Partial::Day { year, month: *month, day: *day },
        _ => return resolve(inner, &Frame::default(), None, false),
    };
    Resolved { basis: Basis::Resolved, ..resolve(&dated, frame, None, false) }
}

/// The last day of that name at or before publication, or as the words have it.
fn weekday_of(weekday: u8, turn: Turn, week: Option<i8>, frame: &Frame, future: bool) -> Resolved {
    let number = i64::from(weekday) - 1;
    let of = |published: NaiveDate| -> Option<NaiveDate> {
        let today = i64::from(published.weekday().num_days_from_monday());
        if let Some(week) = week {
            return shifted(monday(published)?, number + 7 * i64::from(week));
        }
        let back = (today - number).rem_euclid(7);
        match turn {
            Turn::Bare if future => shifted(published, (number - today).rem_euclid(7)),
            Turn::Bare => shifted(published, -back),
            Turn::Last => shifted(published, -if back == 0 { 7 } else { back }),
            Turn::This => shifted(monday(published)?, number),
            Turn::Next => shifted(
                published,
                match (number - today).rem_euclid(7) {
                    0 => 7,
                    days => days,
                },
            ),
        }
    };
    if let Some(day) = frame.agreed(of) {
        return Resolved::day(day, Basis::Resolved);
    }
    let year = frame.year().map_or_else(|| "XXXX".to_owned(), |year| format!("{year:04}"));
    let value = format!("{year}-WXX-{weekday}");
    // "AHVAZ, 3 October – … yesterday, Wednesday": so far from the dateline, whatever its year.
    if let (None, Some((month, day)), Some(own), Turn::Bare, None, false) =
        (frame.published, frame.month_day, frame.month_day_is, turn, week, future)
    {
        let back = (i64::from(own) - i64::from(weekday)).rem_euclid(7);
        if let Some(day) = NaiveDate::from_ymd_opt(2024, month, day).and_then(|day| shifted(day, -back)) {
            return Resolved::unknown(day.format("XXXX-%m-%d").to_string());
        }
    }
    let Some((start, end)) = frame.published else { return Resolved::unknown(value) };
    // A window of some days that holds one such day only fixes it.
    if turn == Turn::Bare && week.is_none() && !future && (end - start).num_days() < 14 {
        let within = (0..=13).filter_map(|by| shifted(start, by)).filter(|day| *day <= end);
        let mut days = within.filter(|day| i64::from(day.weekday().num_days_from_monday()) == number);
        if let (Some(day), None) = (days.next(), days.next()) {
            return Resolved::day(day, Basis::Resolved);
        }
    }
    match (of(start), of(end)) {
        (Some(from), Some(to)) => Resolved::days(value, from.min(to), from.max(to), Basis::Resolved),
        _ => Resolved::unknown(value),
    }
}

fn today(by: i64, frame: &Frame) -> Resolved {
    if let Some(day) = frame.day().and_then(|day| shifted(day, by)) {
        return Resolved::day(day, Basis::Resolved);
    }
    let year = frame.year();
    let value = match (frame.month_day, frame.weekday, year) {
        (Some((month, day)), ..) => match NaiveDate::from_ymd_opt(2024, month, day).and_then(|d| shifted(d, by)) {
            Some(day) => day.format("XXXX-%m-%d").to_string(),
            None => "XXXX-XX-XX".to_owned(),
        },
        (None, Some(weekday), year) => {
            let weekday = (i64::from(weekday) - 1 + by).rem_euclid(7) + 1;
            format!("{}-WXX-{weekday}", year.map_or_else(|| "XXXX".to_owned(), |year| format!("{year:04}")))
        }
        (None, None, Some(year)) => match frame.agreed(|day| Some(day.month())) {
            Some(month) => format!("{year:04}-{month:02}-XX"),
            None => format!("{year:04}-XX-XX"),
        },
        (None, None, None) => "XXXX-XX-XX".to_owned(),
    };
    match frame.published.and_then(|(start, end)| shifted(start, by).zip(shifted(end, by))) {
        Some((start, end)) => Resolved::days(value, start, end, Basis::Resolved),
        None => Resolved::unknown(value),
    }
}

/// The night into the day of publication: that day or the one before.
fn overnight(frame: &Frame) -> Resolved {
    match frame.day().and_then(|day| shifted(day, -1).map(|before| (before, day))) {
        Some((from, to)) => Resolved::days(format!("{}/{}", day_value(from), day_value(to)), from, to, Basis::Resolved),
        None => Resolved { value: today(0, frame).value, ..today(-1, frame) },
    }
}

/// A calendar unit where publication is a window: its name is not known, its days are bounded.
fn calendar_between(unit: Unit, by: i64, frame: &Frame) -> Resolved {
    let Some((start, end)) = frame.published else { return Resolved::unknown(blank(unit)) };
    let value = match (frame.year(), unit) {
        (Some(year), Unit::Week) => format!("{year:04}-WXX"),
        (Some(year), Unit::Month) => format!("{year:04}-XX"),
        _ => blank(unit).to_owned(),
    };
    match (calendar(start, unit, by), calendar(end, unit, by)) {
        (Some((_, from, _)), Some((_, _, to))) => Resolved::days(value, from, to, Basis::Resolved),
        _ => Resolved::unknown(value),
    }
}

/// "the past three weeks": that many units up to publication.
fn past(unit: Unit, count: Option<i64>, frame: &Frame) -> Resolved {
    let Some(count) = count else { return Resolved::unknown("PAST_REF") };
    let back = |day: NaiveDate| match unit {
        Unit::Hour => shifted(day, -(count + 23) / 24),
        Unit::Day => shifted(day, -count),
        Unit::Week => shifted(day, count.checked_mul(-7)?),
        Unit::Month => months_on(day, -count),
        Unit::Year => months_on(day, count.checked_mul(-12)?),
        Unit::Decade => months_on(day, count.checked_mul(-120)?),
    };
    match frame.published.and_then(|(start, end)| back(start).map(|from| (from, end))) {
        Some((from, to)) => Resolved::days(format!("{}/{}", day_value(from), day_value(to)), from, to, Basis::Resolved),
        None => Resolved::unknown("PAST_REF"),
    }
}

fn between(from: &Partial, to: &Partial, frame: &Frame, before: Option<&Resolved>, future: bool) -> Resolved {
    let last = resolve(to, frame, before, future);
    // The first end is the last of its kind that is not after the second.
    let first = match last.end {
        Some(end) => {
            let close = Frame { published: Some((end, end)), ..*frame };
            resolve(from, &close, before, false)
        }
        None => resolve(from, &Frame { published: None, ..*frame }, before, future),
    };
    let value = if first.value == last.value { last.value.clone() } else { format!("{}/{}", first.value, last.value) };
    let stated = first.basis == Basis::Stated || from_year(from, to);
    let basis = if stated && last.basis == Basis::Stated { Basis::Stated } else { Basis::Resolved };
    match (first.start, last.end) {
        (Some(start), Some(end)) if start <= end => Resolved::days(value, start, end, basis),
        _ => Resolved::unknown(value),
    }
}

/// Whether the year of the second end was given in words, and holds for the first: "3 to 9 May 2025".
fn from_year(from: &Partial, to: &Partial) -> bool {
    let year = |partial: &Partial| match partial {
        Partial::Day { year, .. } | Partial::Month { year, .. } => *year,
        _ => None,
    };
    year(from).is_none() && year(to).is_some()
}

/// "the following day": counted from the date before it.
fn shift(unit: Unit, by: i64, before: Option<&Resolved>) -> Resolved {
    let Some((start, end)) = before.and_then(|before| before.start.zip(before.end)) else {
        return Resolved::unknown(
            before
                .filter(|_| unit == Unit::Day)
                .and_then(|b| blank_day(&b.value, by))
                .unwrap_or_else(|| blank(unit).to_owned()),
        );
    };
    match (calendar(start, unit, by), calendar(end, unit, by)) {
        (Some(a), Some(b)) if a == b => Resolved::days(a.0, a.1, a.2, Basis::Inferred),
        (Some(a), Some(b)) => {
            Resolved::days(format!("{}/{}", day_value(a.1), day_value(b.2)), a.1, b.2, Basis::Inferred)
        }
        _ => Resolved::unknown(blank(unit)),
    }
}

/// `XXXX-01-29` some days on.
fn blank_day(value: &str, by: i64) -> Option<String> {
    let day = NaiveDate::parse_from_str(&format!("2024{}", value.strip_prefix("XXXX")?), "%Y-%m-%d").ok()?;
    Some(shifted(day, by)?.format("XXXX-%m-%d").to_string())
}

/// "the following weeks": from the date before it to a month after its end (a week for days, a
/// year for months or years), never beyond publication.
fn stretch(unit: Unit, back: bool, frame: &Frame, before: Option<&Resolved>) -> Resolved {
    let Some(before) = before else { return Resolved::unknown(if back { "PAST_REF" } else { "XXXX-XX" }) };
    let length = match unit {
        Unit::Hour => 1,
        Unit::Day => 7,
        Unit::Week => 31,
        Unit::Month => 183,
        Unit::Year | Unit::Decade => 3 * 366,
    };
    let Some((start, end)) = before.start.zip(before.end) else { return stretch_unknown(unit, back, before) };
    let (from, mut to) = if back { (shifted(start, -length), Some(end)) } else { (Some(start), shifted(end, length)) };
    if !back && let Some((_, latest)) = frame.published {
        to = to.map(|to| to.min(latest).max(end));
    }
    match (from, to) {
        (Some(from), Some(to)) => {
            // A month's name as the anchor leaves no more than months to be named.
            let coarse = before.value.len() == 7 || !matches!(unit, Unit::Day | Unit::Hour);
            let (a, b) = if coarse {
                (from.format("%Y-%m").to_string(), to.format("%Y-%m").to_string())
            } else {
                (day_value(from), day_value(to))
            };
            let value = if a == b { a } else { format!("{a}/{b}") };
            Resolved::days(value, from, to, Basis::Inferred)
        }
        _ => Resolved::unknown("XXXX-XX"),
    }
}

/// The same where the year is not known: `XXXX-06` gives `XXXX-06/XXXX-07`.
fn stretch_unknown(unit: Unit, back: bool, before: &Resolved) -> Resolved {
    let month =
        before.value.strip_prefix("XXXX-").and_then(|rest| rest.get(..2)).and_then(|month| month.parse::<u32>().ok());
    let Some(month) = month.filter(|month| (1..=12).contains(month) && matches!(unit, Unit::Week)) else {
        return Resolved::unknown("XXXX-XX");
    };
    let other = if back { (month + 10) % 12 + 1 } else { month % 12 + 1 };
    let (a, b) = if back { (other, month) } else { (month, other) };
    Resolved::unknown(format!("XXXX-{a:02}/XXXX-{b:02}"))
}
