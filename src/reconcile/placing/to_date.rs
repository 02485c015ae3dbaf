//! Counts to date: which of them are one series.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use crate::claim::DateWindow;

use super::super::statement::{Statement, StatementId};
use super::{Because, Cluster, MANY, Placing, Shelf};

impl Placing<'_, '_> {
    /// Counts to date: one series for each direction and start.
    pub(super) fn series(&mut self, part: &[StatementId]) {
        let (told, untold): (Vec<StatementId>, Vec<StatementId>) = part.iter().partition(|id| {
            let s = self.statement(**id);
            s.facet.known() > 0 || s.since.is_some()
        });
        let (mut started, mut startless): (Vec<StatementId>, Vec<StatementId>) =
            told.into_iter().partition(|id| self.statement(*id).since.is_some());
        // From the lowest, as counts to date grow.
        let best_told = |s: &Statement| (std::cmp::Reverse(s.facet.known()), self.prepared.rank(s.facet), s.count.low);
        started.sort_by_cached_key(|id| {
            let s = self.statement(*id);
            (s.since, best_told(s), *id)
        });
        startless.sort_by_key(|id| (best_told(self.statement(*id)), *id));
        let mut at = 0;
        while at < started.len() {
            // Starts in one month, one of them given to the month only, are one start.
            let since = self.statement(started[at]).since;
            let run =
                started[at..].iter().take_while(|id| same_start(since, self.statement(**id).since)).count().max(1);
            let mut run_of = started[at..at + run].to_vec();
            run_of.sort_by_key(|id| (best_told(self.statement(*id)), *id));
            let mut shelf = Shelf::default();
            for id in run_of {
                self.shelve(&mut shelf, id, &Because::SameSeries);
            }
            at += run;
        }
        // A stock without a start finds its series, where there is but one.
        let mut all = Shelf::default();
        for (cluster, number) in self.placed.clusters.iter().zip(0u32..) {
            all.by_root.entry((cluster.roots.party, None)).or_default().push(number);
            all.by_start.entry(None).or_default().push(number);
            all.equal.entry(cluster.facet).or_default().push(number);
        }
        for id in startless {
            self.shelve(&mut all, id, &Because::SameSeries);
        }
        self.coarse_starts();
        self.part_times();
        self.chains(&untold);
        self.part_states();
        for cluster in &mut self.placed.clusters {
            let members = || cluster.members.iter().map(|(id, _)| &self.prepared.statements[*id as usize]);
            let start = members().filter_map(|s| s.since.or(s.window.start)).min();
            let end = members().filter_map(|s| s.window.end.or(s.said)).max();
            let first = members().next().map(|s| s.window.basis).unwrap_or_default();
            cluster.window = match (start, end) {
                (Some(start), Some(end)) => DateWindow::between(start, end, first),
                _ => DateWindow { start, end, basis: first, ..DateWindow::UNKNOWN },
            };
        }
    }

    /// "Since 2020" and "since November 2020" are one start where the figures all but agree, and
    /// there is only one such series.
    fn coarse_starts(&mut self) {
        use chrono::Datelike;
        let since = |cluster: &Cluster| cluster.since.filter(|_| !cluster.members.is_empty());
        let mut of_year: BTreeMap<i32, Vec<usize>> = BTreeMap::new();
        for (number, cluster) in self.placed.clusters.iter().enumerate() {
            if let Some(start) = since(cluster) {
                of_year.entry(start.year()).or_default().push(number);
            }
        }
        for numbers in of_year.into_values() {
            let coarse =
                |number: &usize| since(&self.placed.clusters[*number]).is_some_and(|start| start.ordinal() == 1);
            let (coarse, fine): (Vec<usize>, Vec<usize>) = numbers.into_iter().partition(coarse);
            for number in coarse {
                let cluster = &self.placed.clusters[number];
                let mut same = fine.iter().copied().filter(|other| {
                    let other = &self.placed.clusters[*other];
                    other.facet == cluster.facet && other.values.iter().any(|value| cluster.all_but_agrees(value))
                });
                if let (Some(only), None) = (same.next(), same.next())
                    && let Ok([from, to]) = self.placed.clusters.get_disjoint_mut([number, only])
                {
                    to.take_in(from, &Because::SameSeries);
                }
            }
        }
    }

    /// How things stood, counted from no start, is told anew from time to time: over a year of silence
    /// nothing ties one figure to the next, and over a quarter only a source or a figure that both have.
    fn part_times(&mut self) {
        const SILENCE: i64 = 92;
        const YEAR: i64 = 366;
        for number in 0..self.placed.clusters.len() {
            let cluster = &self.placed.clusters[number];
            // A start that is told of nobody may be that of any other war.
            if cluster.since.is_some() && cluster.facet.known() > 0 || cluster.members.len() < 2 {
                continue;
            }
            let mut told: Vec<(NaiveDate, StatementId)> =
                cluster.members.iter().filter_map(|(id, _)| Some((self.statement(*id).said?, *id))).collect();
            told.sort_unstable();
            let marks = |id: StatementId| {
                let statement = self.statement(id);
                (statement.source, statement.count.single())
            };
            let mut times: Vec<Vec<StatementId>> = Vec::new();
            let (mut last, mut sources, mut values) = (None, BTreeSet::new(), BTreeSet::new());
            for (day, id) in told {
                let silence = last.map_or(0, |last: NaiveDate| (day - last).num_days());
                let (source, value) = marks(id);
                let in_common = source.is_some_and(|source| sources.contains(&source))
                    || value.is_some_and(|value| values.contains(&value));
                match times.last_mut() {
                    Some(time) if silence <= SILENCE || silence <= YEAR && in_common => time.push(id),
                    _ => {
                        (sources, values) = (BTreeSet::new(), BTreeSet::new());
                        times.push(vec![id]);
                    }
                }
                last = Some(day);
                sources.extend(source);
                values.extend(value);
            }
            for time in times.into_iter().skip(1) {
                self.leave(number, &time);
            }
        }
    }

    /// How many are held on one day and how many on another are two states of affairs, where nothing but their
    /// category ties them: nobody is told, and neither a figure nor a source is the same.
    fn part_states(&mut self) {
        const NEXT_DAY: i64 = 1;
        for number in 0..self.placed.clusters.len() {
            let cluster = &self.placed.clusters[number];
            let counted_at_once = self.prepared.rules(cluster.key.category).counted_at_once;
            if !counted_at_once || cluster.since.is_some() || cluster.facet.known() > 0 || cluster.members.len() < 2 {
                continue;
            }
            let day = |id: StatementId| {
                let statement = self.statement(id);
                statement.window.single_day().filter(|_| !statement.inferred.date && !statement.inferred.unsure)
            };
            let mut told: Vec<(NaiveDate, StatementId)> =
                cluster.members.iter().filter_map(|(id, _)| Some((day(*id)?, *id))).collect();
            if told.len() < cluster.members.len() {
                continue;
            }
            told.sort_unstable();
            let mut states: Vec<Vec<StatementId>> = Vec::new();
            let (mut last, mut sources, mut values) = (None, BTreeSet::new(), BTreeSet::new());
            for same_day in told.chunk_by(|a, b| a.0 == b.0) {
                let day = same_day[0].0;
                let of_day = || same_day.iter().map(|(_, id)| self.statement(*id));
                let known = |s: &Statement| {
                    s.source.is_some_and(|source| sources.contains(&source))
                        || s.count.single().is_none_or(|value| values.contains(&value))
                };
                let soon = last.is_some_and(|last: NaiveDate| (day - last).num_days() <= NEXT_DAY);
                match states.last_mut() {
                    Some(state) if soon || of_day().any(known) => state.extend(same_day.iter().map(|(_, id)| *id)),
                    _ => {
                        (sources, values) = (BTreeSet::new(), BTreeSet::new());
                        states.push(same_day.iter().map(|(_, id)| *id).collect());
                    }
                }
                last = Some(day);
                sources.extend(of_day().filter_map(|s| s.source));
                values.extend(of_day().filter_map(|s| s.count.single()));
            }
            for state in states.into_iter().skip(1) {
                self.leave(number, &state);
            }
        }
    }

    /// Counts to date that tell neither whom nor since when: those said within ten days of one
    /// another, not ten times one another, and with anything in common, are taken as one toll.
    fn chains(&mut self, untold: &[StatementId]) {
        const DAYS: i64 = 10;
        let (mut timed, timeless): (Vec<StatementId>, Vec<StatementId>) =
            untold.iter().partition(|id| self.statement(**id).said.is_some());
        timed.sort_by_key(|id| (self.statement(*id).said, *id));
        let mut open: Vec<(u32, NaiveDate)> = Vec::new();
        let mut of_days: BTreeMap<NaiveDate, Vec<u32>> = BTreeMap::new();
        for id in timed {
            let Some(said) = self.statement(id).said else { continue };
            open.retain(|(_, last)| (said - *last).num_days() <= DAYS);
            let count = &self.statement(id).count;
            let latest = open.len().saturating_sub(MANY);
            let meeting = open.iter().skip(latest).position(|(cluster, _)| {
                self.placed.clusters[*cluster as usize].may_grow(count) && self.is_kin(*cluster, id)
            });
            let meeting = meeting.map(|place| place + latest);
            let day = self.day_of_event(id);
            let of_that_day = || {
                let of_day: &Vec<u32> = of_days.get(&day?)?;
                of_day
                    .iter()
                    .take(MANY)
                    .copied()
                    .find(|cluster| self.placed.clusters[*cluster as usize].may_grow(count))
            };
            let number = match (meeting, of_that_day()) {
                (Some(place), _) => {
                    open[place].1 = said;
                    self.add(open[place].0, id, Because::SameSeries);
                    open[place].0
                }
                (None, Some(number)) => {
                    self.add(number, id, Because::SameSeries);
                    open.push((number, said));
                    number
                }
                (None, None) => {
                    let number = self.found(id);
                    open.push((number, said));
                    number
                }
            };
            if let Some(day) = day {
                let of_day = of_days.entry(day).or_default();
                if of_day.last() != Some(&number) {
                    of_day.push(number);
                }
            }
        }
        self.undated(&timeless);
    }

    /// The day of the event whose casualties a claim counts, where its words name it: a toll of the 17th is
    /// the same one a month later.
    fn day_of_event(&self, id: StatementId) -> Option<NaiveDate> {
        let statement = self.statement(id);
        let casualties = self.prepared.rules(statement.key.category).found_in_time;
        let day = statement.window.single_day().filter(|_| casualties && !statement.inferred.date)?;
        (Some(day) < statement.said).then_some(day)
    }
}

/// Whether two starts of a count to date are one: equal, or in one month, where one of them is
/// its first day and so perhaps known to the month only.
fn same_start(a: Option<NaiveDate>, b: Option<NaiveDate>) -> bool {
    use chrono::Datelike;
    match (a, b) {
        (Some(a), Some(b)) => {
            a == b || ((a.year(), a.month()) == (b.year(), b.month()) && (a.day() == 1 || b.day() == 1))
        }
        (None, None) => true,
        _ => false,
    }
}
