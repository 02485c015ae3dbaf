//! Which clusters of different units join, kept up to date: what a unit's clusters may join is
//! looked up by figure and day, and follows from these clusters alone.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::super::joining::{Join, Seed, target};
use super::super::placing::{Because, place};
use super::super::statement::StatementId;
use super::Reconciler;

/// Clusters as joining sees them, each known by the first of its statements, and what they join.
/// Empty as long as no claim may join anything.
#[derive(Debug, Default)]
pub(super) struct Joins {
    /// Whether clusters are kept.
    active: bool,
    seeds: BTreeMap<u32, (u32, Seed)>,
    of_unit: BTreeMap<u32, Vec<u32>>,
    marks: BTreeMap<(u64, NaiveDate), BTreeSet<u32>>,
    to: BTreeMap<u32, (u32, Because)>,
    from: BTreeMap<u32, BTreeSet<u32>>,
}

impl Joins {
    /// The joins among some statements, by their places.
    pub fn among(&self, numbers: &[u32]) -> Vec<Join> {
        if self.to.is_empty() {
            return Vec::new();
        }
        let places: BTreeMap<u32, StatementId> = numbers.iter().copied().zip(0..).collect();
        let of = |number: &u32| {
            let (to, because) = self.to.get(number)?;
            Some((*places.get(number)?, *places.get(to)?, because.clone()))
        };
        numbers.iter().filter_map(of).collect()
    }

    fn put(&mut self, first: u32, unit: u32, seed: Seed) {
        for mark in seed.marks() {
            self.marks.entry(mark).or_default().insert(first);
        }
        self.of_unit.entry(unit).or_default().push(first);
        self.seeds.insert(first, (unit, seed));
    }

    /// Takes a unit's clusters out.
    fn take(&mut self, unit: u32) -> Vec<(u32, u32, Seed)> {
        let mut out = Vec::new();
        for first in self.of_unit.remove(&unit).unwrap_or_default() {
            let Some((unit, seed)) = self.seeds.remove(&first) else { continue };
            for mark in seed.marks() {
                if let Some(list) = self.marks.get_mut(&mark) {
                    list.remove(&first);
                    if list.is_empty() {
                        self.marks.remove(&mark);
                    }
                }
            }
            out.push((first, unit, seed));
        }
        out
    }

    /// Clusters within reach of one.
    fn near(&self, seed: &Seed) -> BTreeSet<u32> {
        seed.reach().flat_map(|(from, to)| self.marks.range(from..=to)).flat_map(|(_, list)| list).copied().collect()
    }

    /// Notes what a cluster joins; whether it joined something else before.
    fn point(&mut self, first: u32, to: Option<(u32, Because)>) -> Option<Option<u32>> {
        if self.to.get(&first) == to.as_ref() {
            return None;
        }
        let before = self.to.remove(&first).map(|(to, _)| to);
        if let Some(list) = before.and_then(|before| self.from.get_mut(&before)) {
            list.remove(&first);
        }
        if let Some((target, because)) = to {
            self.from.entry(target).or_default().insert(first);
            self.to.insert(first, (target, because));
        }
        Some(before)
    }
}

impl Reconciler {
    /// Finds what the clusters of stale units join, and makes the units stale whose claims are in
    /// other facts for it.
    pub(super) fn join(&mut self) {
        let active = self.units.loose > 0;
        let gone = std::mem::take(&mut self.units.gone);
        if !active && !self.joins.active {
            return;
        }
        let mut units: BTreeSet<u32> = self.units.stale.clone();
        if !active {
            let left = std::mem::take(&mut self.joins);
            for (first, (to, _)) in &left.to {
                self.touch(*first);
                self.touch(*to);
            }
            return;
        }
        if !self.joins.active {
            self.joins.active = true;
            units = self.units.numbers().collect();
        }
        let mut before: BTreeMap<u32, (u32, Seed)> = BTreeMap::new();
        for unit in gone.iter().chain(&units) {
            before.extend(self.joins.take(*unit).into_iter().map(|(first, unit, seed)| (first, (unit, seed))));
        }
        let mut after: BTreeSet<u32> = BTreeSet::new();
        for unit in &units {
            for (first, seed) in self.seeds_of(*unit) {
                after.insert(first);
                self.joins.put(first, *unit, seed);
            }
        }
        // Whatever is near one that has come, gone or changed may join another now.
        let mut asked: BTreeSet<u32> = before.keys().chain(&after).copied().collect();
        for first in asked.clone() {
            let (was, is) = (before.get(&first), self.joins.seeds.get(&first));
            if was != is {
                let near = was.into_iter().chain(is).flat_map(|(_, seed)| self.joins.near(seed));
                asked.extend(near.collect::<Vec<_>>());
            }
        }
        for first in asked {
            let to = self.joins.seeds.get(&first).filter(|(_, seed)| seed.is_loose()).and_then(|(_, seed)| {
                let near = self.joins.near(seed).into_iter().filter(|other| *other != first);
                let others: Vec<(u32, &Seed)> = near.map(|other| (other, &self.joins.seeds[&other].1)).collect();
                target(seed, &others, |a, b| self.standing(a).cmp(&self.standing(b)))
            });
            let now = to.as_ref().map(|(to, _)| *to);
            if let Some(was) = self.joins.point(first, to) {
                for number in [Some(first), was, now].into_iter().flatten() {
                    self.touch(number);
                }
            }
        }
    }

    /// The clusters of a unit, by the first of their statements.
    fn seeds_of(&mut self, unit: u32) -> Vec<(u32, Seed)> {
        let Some(unit) = self.units.get(unit) else { return Vec::new() };
        let mut numbers: Vec<u32> = unit.members.iter().copied().collect();
        let order = |number: &u32| {
            let kept = self.kept(*number);
            (self.ranks[kept.statement.article as usize], kept.place)
        };
        numbers.sort_unstable_by_key(order);
        let sheet = self.lay_out(&numbers);
        let prepared = self.prepared(&sheet);
        let all: Vec<StatementId> = (0..).take(numbers.len()).collect();
        let clusters = place(&prepared, &all).clusters;
        let seed = |cluster| Some(Seed::of(&prepared, cluster)?.with_articles(|place| sheet.articles[place as usize]));
        let out = clusters
            .iter()
            .filter_map(|cluster| {
                let first = cluster.members.iter().map(|(id, _)| *id).min()?;
                Some((numbers[first as usize], seed(cluster)?))
            })
            .collect();
        self.give_back(prepared);
        out
    }

    /// Some units, with all whose claims are in one fact with theirs by joins.
    pub(super) fn with_joined(&self, mut units: BTreeSet<u32>) -> BTreeSet<u32> {
        if self.joins.to.is_empty() {
            return units;
        }
        let mut open: Vec<u32> = units.iter().copied().collect();
        while let Some(unit) = open.pop() {
            for first in self.joins.of_unit.get(&unit).into_iter().flatten() {
                let to = self.joins.to.get(first).map(|(to, _)| to);
                for other in to.into_iter().chain(self.joins.from.get(first).into_iter().flatten()) {
                    if let Some((other, _)) = self.joins.seeds.get(other)
                        && units.insert(*other)
                    {
                        open.push(*other);
                    }
                }
            }
        }
        units
    }
}
