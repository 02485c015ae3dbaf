//! Counts to date: figures at different times are updates of one another, not contradictions.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::origins::Standing;

/// The day that a count speaks of, and that on which it was told.
type Time = (Option<NaiveDate>, NaiveDate);

/// Marks the words of a series that a later one has overtaken: a higher total by anybody, or, of
/// what need not grow ("missing", "held"), any other total. What grows and is said to be lower
/// later, by another origin, stays beside the earlier: a conflict. Linear but for sorting.
pub(super) fn mark_overtaken(standings: &mut [Standing], only_grows: bool) {
    let all = standings.iter().filter(|s| s.live.is_some()).all(|s| s.of_day.is_some());
    // By the day that it speaks of, where all tell theirs, then by the day of telling.
    let time = |standing: &Standing| Some((standing.of_day.filter(|_| all), standing.said?));
    // By day: the highest floor and the lowest ceiling that are said later than it.
    let mut floors: BTreeMap<Time, u64> = BTreeMap::new();
    let mut ceilings: BTreeMap<Time, u64> = BTreeMap::new();
    for standing in standings.iter() {
        let (Some(said), Some(word)) = (time(standing), &standing.live) else { continue };
        if let Some(low) = word.low.filter(|_| !word.low_soft) {
            let floor = floors.entry(said).or_insert(low);
            *floor = (*floor).max(low);
        }
        if let Some(high) = word.high.filter(|_| !word.high_soft) {
            let ceiling = ceilings.entry(said).or_insert(high);
            *ceiling = (*ceiling).min(high);
        }
    }
    let floors = from_later(&floors, u64::max);
    let ceilings = from_later(&ceilings, u64::min);
    let after =
        |list: &[(Time, u64)], said: Time| list.get(list.partition_point(|(day, _)| *day <= said)).map(|(_, n)| *n);
    for standing in standings {
        let (Some(said), Some(word)) = (time(standing), &standing.live) else { continue };
        let risen = matches!((word.high, after(&floors, said)), (Some(high), Some(floor)) if high < floor);
        let fallen = matches!((word.low, after(&ceilings, said)), (Some(low), Some(ceiling)) if ceiling < low);
        standing.outdated = risen || fallen && !only_grows;
    }
}

/// Totals that articles give in their own voice for one day, and on different ones, are one growing
/// figure: what was published later stands.
pub(super) fn mark_retold(standings: &mut [Standing]) {
    let own = |standing: &Standing| standing.source.is_none() && !standing.outdated;
    // By the day that it speaks of, then of publication: the highest floor.
    let mut floors: BTreeMap<NaiveDate, BTreeMap<NaiveDate, u64>> = BTreeMap::new();
    for standing in standings.iter().filter(|s| own(s)) {
        let (Some(said), Some(told), Some(word)) = (standing.said, standing.told, &standing.live) else { continue };
        if let Some(low) = word.low.filter(|_| !word.low_soft) {
            let floor = floors.entry(said).or_default().entry(told).or_insert(low);
            *floor = (*floor).max(low);
        }
    }
    let floors: BTreeMap<NaiveDate, Vec<(NaiveDate, u64)>> =
        floors.into_iter().map(|(said, by_day)| (said, from_later(&by_day, u64::max))).collect();
    for standing in standings.iter_mut().filter(|s| own(s)) {
        let (Some(said), Some(told), Some(word)) = (standing.said, standing.told, &standing.live) else { continue };
        let Some(list) = floors.get(&said) else { continue };
        let later = list.get(list.partition_point(|(day, _)| *day <= told));
        standing.outdated = matches!((word.high, later), (Some(high), Some((_, floor))) if high < *floor);
    }
}

/// The dead of one event, counted up to the 19th and up to the 23rd: the lower figure was that of the earlier
/// day, whoever gives it.
pub(super) fn mark_counted_on(standings: &mut [Standing]) {
    let mut floors: BTreeMap<NaiveDate, u64> = BTreeMap::new();
    for (day, word) in standings.iter().filter_map(|s| Some((s.counted_to?, s.live.as_ref()?))) {
        if let Some(low) = word.low.filter(|_| !word.low_soft) {
            let floor = floors.entry(day).or_insert(low);
            *floor = (*floor).max(low);
        }
    }
    let floors = from_later(&floors, u64::max);
    for standing in standings {
        let (Some(day), Some(word)) = (standing.counted_to, &standing.live) else { continue };
        let later = floors.get(floors.partition_point(|(other, _)| *other <= day));
        standing.outdated |= matches!((word.high, later), (Some(high), Some((_, floor))) if high < *floor);
    }
}

/// For every day, the extreme over it and all later days.
fn from_later<T: Copy + Ord>(by_day: &BTreeMap<T, u64>, extreme: fn(u64, u64) -> u64) -> Vec<(T, u64)> {
    let mut out: Vec<(T, u64)> = Vec::with_capacity(by_day.len());
    for (day, value) in by_day.iter().rev() {
        let value = out.last().map_or(*value, |(_, later)| extreme(*later, *value));
        out.push((*day, value));
    }
    out.reverse();
    out
}
