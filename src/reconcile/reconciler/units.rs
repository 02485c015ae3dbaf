//! What has to be placed together: the claims of a partition whose times hang together, claims
//! without a date with all that they could be recognised to repeat, and all of a partition where
//! some of its claims could belong to any of its facts.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike, NaiveDate};

use super::super::placing::is_known_whenever;
use super::super::statement::{Key, Shape, Statement};
use super::super::union::{find, unite};

/// Where a statement is that belongs to no unit.
pub(super) const NOWHERE: u32 = u32::MAX;

/// Claims that are placed together, apart from all others.
#[derive(Debug)]
pub(super) struct Unit {
    key: Key,
    /// The first days of the chains of days that are in it.
    firsts: BTreeSet<NaiveDate>,
    /// The statements, confirmations left out.
    pub members: BTreeSet<u32>,
    /// Those without a place: statement, facts that it could belong to, why.
    pub unplaced: Vec<(u32, Vec<u32>, String)>,
}

/// How a statement hangs together with others of its partition.
enum Tie {
    /// By the days that it shares with them.
    Days(NaiveDate, NaiveDate),
    /// By what it repeats, as it has no day.
    Marks,
    /// It could belong to any fact.
    All,
}

/// What a statement without a date is recognised by (`placing::undated`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Mark {
    /// Its article.
    Article(u32),
    /// Its figure, whenever it was told.
    Figure(u64),
    /// Its figure, and in which few days it was told.
    Told(u64, i32),
}

/// So many days are one mark; no less than those within which a figure is recognised.
const DAYS: i32 = 4;

/// Statements that have a mark: those with a day, and those without.
type Marked = (BTreeSet<u32>, BTreeSet<u32>);

#[derive(Debug, Default)]
struct Partition {
    /// The only unit, where a statement could belong to any fact.
    whole: Option<u32>,
    units: BTreeSet<u32>,
    /// How many statements could belong to any fact.
    open: usize,
    /// How many have no day.
    undated: usize,
    /// The chains of days by their first: last day, unit. They do not overlap.
    chains: BTreeMap<NaiveDate, (NaiveDate, u32)>,
    /// Kept as long as some have no day.
    marks: Option<BTreeMap<Mark, Marked>>,
}

/// All units.
#[derive(Debug, Default)]
pub(super) struct Units {
    all: Vec<Option<Unit>>,
    /// By statement.
    unit_of: Vec<u32>,
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
    /// How many statements were looked at to tie others to them, since that was taken last.
    pub looked_at: usize,
}

fn tie(statement: &Statement) -> Tie {
    let window = &statement.window;
    match (statement.key.shape, window.start.zip(window.end)) {
        (Shape::ToDate, _) => Tie::All,
        (_, Some((start, end))) if start <= end => Tie::Days(start, end),
        (_, Some(_)) => Tie::All,
        // Half a period can overlap any other.
        (Shape::Period, None) if window.is_known() => Tie::All,
        _ => Tie::Marks,
    }
}

fn days_of(day: NaiveDate) -> i32 {
    day.num_days_from_ce().div_euclid(DAYS)
}

/// What a statement is recognised by. More are tied by it than recognise one another, never fewer.
fn marks(statement: &Statement) -> BTreeSet<Mark> {
    let mut out = BTreeSet::from([Mark::Article(statement.article)]);
    if let Some(value) = statement.count.single() {
        let whenever = is_known_whenever(statement, value);
        // Of whom it is not known when he said it, it is only known what.
        if whenever || statement.said.is_none() || matches!(tie(statement), Tie::Days(..)) {
            out.insert(Mark::Figure(value));
        }
        if !whenever {
            let told = statement.window.end.into_iter().chain(statement.said);
            out.extend(told.map(|day| Mark::Told(value, days_of(day))));
        }
    }
    out
}

impl Partition {
    fn mark(&mut self, number: u32, statement: &Statement) {
        let Some(all) = &mut self.marks else { return };
        let dated = matches!(tie(statement), Tie::Days(..));
        for mark in marks(statement) {
            let (with, without) = all.entry(mark).or_default();
            if dated {
                with.insert(number)
            } else {
                without.insert(number)
            };
        }
    }

    fn unmark(&mut self, number: u32, statement: &Statement) {
        let Some(all) = &mut self.marks else { return };
        for mark in marks(statement) {
            if let Some((with, without)) = all.get_mut(&mark) {
                with.remove(&number);
                without.remove(&number);
                if with.is_empty() && without.is_empty() {
                    all.remove(&mark);
                }
            }
        }
    }

    /// Of each unit in which something is that a statement is recognised by, or that is recognised by
    /// it, one at least: those without a day that share a mark are in one unit, with all that is
    /// recognised by it, so that one of them stands for the rest.
    fn linked(&self, statement: &Statement) -> Vec<u32> {
        let Some(all) = &self.marks else { return Vec::new() };
        let dated = matches!(tie(statement), Tie::Days(..));
        let undated_of = |mark: &Mark| all.get(mark).and_then(|(_, without)| without.first().copied());
        let mut out = Vec::new();
        for own in marks(statement) {
            if let (false, Some(first)) = (dated, undated_of(&own)) {
                out.push(first);
                continue;
            }
            for mark in around(own) {
                match (undated_of(&mark), all.get(&mark)) {
                    (Some(first), _) => out.push(first),
                    (None, Some((with, _))) if !dated => out.extend(with.iter().copied()),
                    _ => {}
                }
            }
        }
        out
    }

    /// All that is told within the reach of a mark.
    fn in_reach(&self, of: Mark) -> impl Iterator<Item = u32> + '_ {
        let marked = around(of).into_iter().filter_map(|mark| self.marks.as_ref()?.get(&mark));
        marked.flat_map(|(with, without)| with.iter().chain(without).copied())
    }
}

/// A mark, and those beside it in time.
fn around(mark: Mark) -> Vec<Mark> {
    match mark {
        Mark::Told(value, days) => (days - 1..=days + 1).map(|days| Mark::Told(value, days)).collect(),
        mark => vec![mark],
    }
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

    fn make(&mut self, key: Key) -> u32 {
        let number = u32::try_from(self.all.len()).unwrap_or(NOWHERE);
        let (firsts, members, unplaced) = Default::default();
        self.all.push(Some(Unit { key, firsts, members, unplaced }));
        self.partitions.entry(key).or_default().units.insert(number);
        self.stale.insert(number);
        number
    }

    /// Takes a unit out: its statements, and the first days of its chains.
    fn drop(&mut self, unit: u32) -> (BTreeSet<u32>, BTreeSet<NaiveDate>) {
        self.stale.remove(&unit);
        self.loosened.remove(&unit);
        self.gone.push(unit);
        let Some(gone) = self.all[unit as usize].take() else { return Default::default() };
        self.lost |= !gone.unplaced.is_empty();
        self.partitions.entry(gone.key).or_default().units.remove(&unit);
        (gone.members, gone.firsts)
    }

    /// Puts a statement to those that it hangs together with. Its unit is among [`Units::moved`].
    /// `at` gives the statements that are in units already.
    pub fn insert<'s>(&mut self, number: u32, statement: &Statement, at: impl Fn(u32) -> &'s Statement) {
        let (key, tie) = (statement.key, tie(statement));
        self.loose += usize::from(statement.is_loose());
        let partition = self.partitions.entry(key).or_default();
        partition.open += usize::from(matches!(tie, Tie::All));
        partition.undated += usize::from(matches!(tie, Tie::Marks));
        if let Some(unit) = partition.whole {
            self.join(unit, number);
            return;
        }
        if matches!(tie, Tie::All) {
            let units: Vec<u32> = partition.units.iter().copied().collect();
            let unit = self.unite(key, &units);
            if let Some(unit) = self.get_mut(unit) {
                unit.firsts.clear();
            }
            let partition = self.partitions.entry(key).or_default();
            partition.chains.clear();
            (partition.marks, partition.whole) = (None, Some(unit));
            self.join(unit, number);
            return;
        }
        self.keep_marks(key, &at);
        let partition = self.partitions.entry(key).or_default();
        let mut meeting: BTreeSet<u32> = BTreeSet::new();
        let mut days = None;
        let mut merged: Vec<NaiveDate> = Vec::new();
        if let Tie::Days(start, end) = tie {
            let before = partition.chains.range(..=end).rev();
            let chains = before.take_while(|(_, (last, _))| *last >= start);
            let (mut first, mut last) = (start, end);
            for (chain, (end, unit)) in chains {
                (first, last) = (first.min(*chain), last.max(*end));
                merged.push(*chain);
                meeting.insert(*unit);
            }
            merged.iter().for_each(|chain| {
                partition.chains.remove(chain);
            });
            days = Some((first, last));
        }
        let linked = partition.linked(statement);
        self.looked_at += linked.len();
        meeting.extend(linked.into_iter().map(|other| self.unit_of[other as usize]));
        let meeting: Vec<u32> = meeting.into_iter().collect();
        let unit = self.unite(key, &meeting);
        if let Some((first, last)) = days {
            self.partitions.entry(key).or_default().chains.insert(first, (last, unit));
            if let Some(unit) = self.get_mut(unit) {
                merged.iter().for_each(|chain| {
                    unit.firsts.remove(chain);
                });
                unit.firsts.insert(first);
            }
        }
        self.join(unit, number);
        self.partitions.entry(key).or_default().mark(number, statement);
    }

    /// Notes by what the statements of a partition are recognised, once some have no day.
    fn keep_marks<'s>(&mut self, key: Key, at: impl Fn(u32) -> &'s Statement) {
        let partition = self.partitions.entry(key).or_default();
        if partition.undated == 0 || partition.marks.is_some() {
            return;
        }
        partition.marks = Some(BTreeMap::new());
        for unit in partition.units.clone() {
            let members = self.all[unit as usize].iter().flat_map(|unit| &unit.members);
            for member in members.copied().collect::<Vec<_>>() {
                self.partitions.entry(key).or_default().mark(member, at(member));
            }
        }
    }

    /// Makes some units one: the largest takes in the others, so that each statement moves seldom.
    fn unite(&mut self, key: Key, units: &[u32]) -> u32 {
        let size = |unit: &u32| self.get(*unit).map_or(0, |unit| unit.members.len());
        let Some(largest) = units.iter().copied().max_by_key(size) else {
            return self.make(key);
        };
        for unit in units.iter().filter(|unit| **unit != largest) {
            let (members, firsts) = self.drop(*unit);
            let chains = &mut self.partitions.entry(key).or_default().chains;
            for first in &firsts {
                if let Some((_, unit)) = chains.get_mut(first) {
                    *unit = largest;
                }
            }
            if let Some(unit) = self.get_mut(largest) {
                unit.firsts.extend(firsts);
            }
            for member in members {
                self.join(largest, member);
            }
        }
        largest
    }

    fn join(&mut self, unit: u32, number: u32) {
        if let Some(known) = self.get_mut(unit) {
            known.members.insert(number);
        }
        if self.unit_of.len() <= number as usize {
            self.unit_of.resize(number as usize + 1, NOWHERE);
        }
        self.unit_of[number as usize] = unit;
        self.moved.push((number, unit));
        self.stale.insert(unit);
    }

    /// Takes a statement out of its unit.
    pub fn remove(&mut self, number: u32, unit: u32, statement: &Statement) {
        self.loose -= usize::from(statement.is_loose());
        if let Some(partition) = self.partitions.get_mut(&statement.key) {
            let tie = tie(statement);
            partition.open -= usize::from(matches!(tie, Tie::All));
            partition.undated -= usize::from(matches!(tie, Tie::Marks));
            partition.unmark(number, statement);
            if partition.undated == 0 {
                partition.marks = None;
            }
        }
        if let Some(known) = self.get_mut(unit) {
            known.members.remove(&number);
            self.stale.insert(unit);
            self.loosened.insert(unit);
        }
    }

    /// Lets fall apart what no longer hangs together.
    pub fn settle<'s>(&mut self, at: impl Fn(u32) -> &'s Statement) {
        for unit in std::mem::take(&mut self.loosened) {
            let Some(known) = self.get(unit) else { continue };
            let key = known.key;
            let partition = self.partitions.entry(key).or_default();
            if partition.open > 0 {
                continue;
            }
            partition.whole = None;
            self.keep_marks(key, &at);
            let (members, firsts) = self.drop(unit);
            let partition = self.partitions.entry(key).or_default();
            firsts.iter().for_each(|first| {
                partition.chains.remove(first);
            });
            let (mut dated, mut undated) = (Vec::new(), Vec::new());
            for member in &members {
                match tie(at(*member)) {
                    Tie::Days(start, end) => dated.push((start, end, *member)),
                    _ => undated.push(*member),
                }
            }
            dated.sort_unstable();
            // Chains of days first, then what ties them.
            let mut chains: Vec<(NaiveDate, NaiveDate)> = Vec::new();
            let mut part_of: BTreeMap<u32, usize> = BTreeMap::new();
            for (start, end, member) in dated {
                match chains.last_mut() {
                    Some((_, last)) if start <= *last => *last = (*last).max(end),
                    _ => chains.push((start, end)),
                }
                part_of.insert(member, chains.len() - 1);
            }
            for (member, part) in undated.iter().zip(chains.len()..) {
                part_of.insert(*member, part);
            }
            let mut root: Vec<usize> = (0..chains.len() + undated.len()).collect();
            // Of those without a day that share a mark, the first ties all that is recognised by it.
            let mut first_of: BTreeMap<Mark, usize> = BTreeMap::new();
            let partition = self.partitions.entry(key).or_default();
            for member in &undated {
                let own = part_of[member];
                for mark in marks(at(*member)) {
                    if let Some(first) = first_of.get(&mark) {
                        unite(&mut root, *first, own);
                        continue;
                    }
                    first_of.insert(mark, own);
                    for other in partition.in_reach(mark) {
                        self.looked_at += 1;
                        if let Some(part) = part_of.get(&other) {
                            unite(&mut root, *part, own);
                        }
                    }
                }
            }
            let mut units: BTreeMap<usize, u32> = BTreeMap::new();
            for member in members {
                let part = find(&mut root, part_of[&member]);
                let unit = *units.entry(part).or_insert_with(|| self.make(key));
                self.join(unit, member);
            }
            for (part, (first, last)) in chains.into_iter().enumerate() {
                let unit = units[&find(&mut root, part)];
                self.partitions.entry(key).or_default().chains.insert(first, (last, unit));
                if let Some(unit) = self.get_mut(unit) {
                    unit.firsts.insert(first);
                }
            }
        }
    }
}
