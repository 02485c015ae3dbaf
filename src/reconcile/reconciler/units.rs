//! What has to be placed together: the claims of a partition whose times hang together, and all of
//! a partition where some of its claims have no closed window, since these may join any of its facts.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::super::statement::{Key, Shape, Statement};

/// Where a statement is that belongs to no unit.
pub(super) const NOWHERE: u32 = u32::MAX;

/// Claims that are placed together, apart from all others.
#[derive(Debug)]
pub(super) struct Unit {
    key: Key,
    /// First and last day of what is in it; `None` where it is all of a partition.
    days: Option<(NaiveDate, NaiveDate)>,
    /// The statements, confirmations left out.
    pub members: BTreeSet<u32>,
    /// Those without a place: statement, facts that it could belong to, why.
    pub unplaced: Vec<(u32, Vec<u32>, String)>,
}

#[derive(Debug, Default)]
struct Partition {
    /// The only unit, where there is but one for want of dates.
    whole: Option<u32>,
    /// How many statements have no closed window.
    open: usize,
    /// The units by their first day; their days do not overlap.
    dated: BTreeMap<NaiveDate, u32>,
}

/// All units.
#[derive(Debug, Default)]
pub(super) struct Units {
    all: Vec<Option<Unit>>,
    partitions: BTreeMap<Key, Partition>,
    /// Units whose claims are to be placed anew.
    pub stale: BTreeSet<u32>,
    /// Units that may have fallen apart.
    loosened: BTreeSet<u32>,
    /// Statements that have another unit now.
    pub moved: Vec<(u32, u32)>,
    /// Units that have gone.
    pub gone: Vec<u32>,
    /// How many statements may join what is told in another key.
    pub loose: usize,
    /// Whether a unit has gone in which something had no place.
    pub lost: bool,
}

/// The closed window by which a statement hangs together with others.
fn days(statement: &Statement) -> Option<(NaiveDate, NaiveDate)> {
    let closed = statement.window.start.zip(statement.window.end);
    closed.filter(|(start, end)| statement.key.shape != Shape::ToDate && start <= end)
}

impl Units {
    pub fn get(&self, unit: u32) -> Option<&Unit> {
        self.all.get(unit as usize)?.as_ref()
    }

    pub fn get_mut(&mut self, unit: u32) -> Option<&mut Unit> {
        self.all.get_mut(unit as usize)?.as_mut()
    }

    /// The units that there are.
    pub fn iter(&self) -> impl Iterator<Item = &Unit> {
        self.all.iter().flatten()
    }

    /// The numbers of the units that there are.
    pub fn numbers(&self) -> impl Iterator<Item = u32> + '_ {
        self.all.iter().zip(0..).filter(|(unit, _)| unit.is_some()).map(|(_, number)| number)
    }

    fn make(&mut self, key: Key, days: Option<(NaiveDate, NaiveDate)>, members: BTreeSet<u32>) -> u32 {
        let number = u32::try_from(self.all.len()).unwrap_or(NOWHERE);
        self.moved.extend(members.iter().map(|member| (*member, number)));
        self.all.push(Some(Unit { key, days, members, unplaced: Vec::new() }));
        self.stale.insert(number);
        number
    }

    fn drop(&mut self, unit: u32) -> BTreeSet<u32> {
        self.stale.remove(&unit);
        self.loosened.remove(&unit);
        self.gone.push(unit);
        let gone = self.all[unit as usize].take();
        self.lost |= gone.as_ref().is_some_and(|unit| !unit.unplaced.is_empty());
        gone.map(|unit| unit.members).unwrap_or_default()
    }

    /// Puts a statement to those that it hangs together with. Its unit is among [`Units::moved`].
    pub fn insert(&mut self, number: u32, statement: &Statement) {
        let key = statement.key;
        let days = days(statement);
        self.loose += usize::from(statement.is_loose());
        let partition = self.partitions.entry(key).or_default();
        partition.open += usize::from(days.is_none());
        let whole = partition.whole;
        if let Some(unit) = whole {
            self.join(unit, number);
            return;
        }
        let Some((mut start, mut end)) = days else {
            let dated: Vec<u32> = std::mem::take(&mut partition.dated).into_values().collect();
            let unit = self.unite(key, None, &dated);
            self.partitions.entry(key).or_default().whole = Some(unit);
            self.join(unit, number);
            return;
        };
        let all = &self.all;
        let last_day = |unit: u32| all[unit as usize].as_ref().and_then(|unit| unit.days).map(|(_, last)| last);
        let before = partition.dated.range(..=end).rev().map(|(day, unit)| (*day, *unit));
        let meeting: Vec<(NaiveDate, u32)> =
            before.take_while(|(_, unit)| last_day(*unit).is_some_and(|last| last >= start)).collect();
        for (first, unit) in &meeting {
            (start, end) = (start.min(*first), end.max(last_day(*unit).unwrap_or(end)));
        }
        if let Some(partition) = self.partitions.get_mut(&key) {
            for (first, _) in &meeting {
                partition.dated.remove(first);
            }
        }
        let meeting: Vec<u32> = meeting.into_iter().map(|(_, unit)| unit).collect();
        let unit = self.unite(key, Some((start, end)), &meeting);
        self.partitions.entry(key).or_default().dated.insert(start, unit);
        self.join(unit, number);
    }

    /// Makes some units one: the largest takes in the others, so that each statement moves seldom.
    fn unite(&mut self, key: Key, days: Option<(NaiveDate, NaiveDate)>, units: &[u32]) -> u32 {
        let size = |unit: &u32| self.get(*unit).map_or(0, |unit| unit.members.len());
        let Some(largest) = units.iter().copied().max_by_key(size) else {
            return self.make(key, days, BTreeSet::new());
        };
        for unit in units.iter().filter(|unit| **unit != largest) {
            for member in self.drop(*unit) {
                self.join(largest, member);
            }
        }
        if let Some(unit) = self.get_mut(largest) {
            unit.days = days;
        }
        largest
    }

    fn join(&mut self, unit: u32, number: u32) {
        if let Some(known) = self.get_mut(unit) {
            known.members.insert(number);
        }
        self.moved.push((number, unit));
        self.stale.insert(unit);
    }

    /// Takes a statement out of its unit.
    pub fn remove(&mut self, number: u32, unit: u32, statement: &Statement) {
        self.loose -= usize::from(statement.is_loose());
        if let Some(partition) = self.partitions.get_mut(&statement.key) {
            partition.open -= usize::from(days(statement).is_none());
        }
        if let Some(known) = self.get_mut(unit) {
            known.members.remove(&number);
            self.stale.insert(unit);
            self.loosened.insert(unit);
        }
    }

    /// Lets fall apart what no longer hangs together.
    pub fn settle<'s>(&mut self, statement: impl Fn(u32) -> &'s Statement) {
        for unit in std::mem::take(&mut self.loosened) {
            let Some(known) = self.get(unit) else { continue };
            let (key, was) = (known.key, known.days);
            let partition = self.partitions.entry(key).or_default();
            if partition.open > 0 {
                continue;
            }
            partition.whole = None;
            if let Some((first, _)) = was {
                partition.dated.remove(&first);
            }
            let members = self.drop(unit);
            let mut dated: Vec<(NaiveDate, NaiveDate, u32)> = members
                .into_iter()
                .filter_map(|member| days(statement(member)).map(|(start, end)| (start, end, member)))
                .collect();
            dated.sort_unstable();
            let mut chain: Option<(NaiveDate, NaiveDate, BTreeSet<u32>)> = None;
            for (start, end, member) in dated {
                chain = match chain {
                    Some((first, last, mut members)) if start <= last => {
                        members.insert(member);
                        Some((first, last.max(end), members))
                    }
                    done => {
                        self.keep(key, done);
                        Some((start, end, BTreeSet::from([member])))
                    }
                };
            }
            self.keep(key, chain);
        }
    }

    fn keep(&mut self, key: Key, chain: Option<(NaiveDate, NaiveDate, BTreeSet<u32>)>) {
        let Some((first, last, members)) = chain else { return };
        let unit = self.make(key, Some((first, last)), members);
        self.partitions.entry(key).or_default().dated.insert(first, unit);
    }
}
