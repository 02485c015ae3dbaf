//! What one article counts apart is apart: groups, parts without a name, and figures that one
//! voice would not give for one thing.
//!
//! Facts are only ever taken apart here, never put together, and only by what the claims of one
//! article say of one another.

use std::collections::BTreeSet;

use crate::claim::{Form, Quantity, Relation};

use super::super::interner::{NONE, Sym};
use super::super::statement::{Aside, Shape, Statement, StatementId};
use super::super::subset::group_of;
use super::{Because, Cluster, FEW, Placing};

/// How many claims of one article on one fact are held against one another.
const PAIRS: usize = 16;

/// A count, for finding its equals.
type Interval = (Option<u64>, Option<u64>);

fn interval(count: &Quantity) -> Interval {
    (count.low, count.high)
}

impl Placing<'_, '_> {
    /// Where one article gives, on one source's word, figures that cannot be one another's, and
    /// its words name different groups ("3 soldiers", "5 civilians"), the groups are facts apart.
    pub(super) fn part_groups(&mut self) {
        let groups = |id: &StatementId| {
            let name = group_of(self.prepared.claim(*id).quote())?;
            self.prepared.groups.get(&*name).copied()
        };
        for number in 0..self.placed.clusters.len() {
            let cluster = &self.placed.clusters[number];
            if cluster.values.len() < 2 || cluster.key.subset != NONE {
                continue;
            }
            let mut told: Vec<(u32, Option<u32>, StatementId)> = cluster
                .members
                .iter()
                .map(|(id, _)| (self.statement(*id).article, self.statement(*id).source, *id))
                .collect();
            told.sort_unstable();
            let mut apart: BTreeSet<Sym> = BTreeSet::new();
            for same in told.chunk_by(|a, b| (a.0, a.1) == (b.0, b.1)) {
                // A handful at most; more of them tell nothing new.
                let live: Vec<StatementId> = same
                    .iter()
                    .map(|(.., id)| *id)
                    .filter(|id| !self.statement(*id).denied && !self.statement(*id).corrects)
                    .take(FEW)
                    .collect();
                for (i, a) in live.iter().enumerate() {
                    for b in &live[i + 1..] {
                        let relation = self.statement(*a).count.relation(&self.statement(*b).count);
                        if relation != Relation::Conflict {
                            continue;
                        }
                        let (x, y) = (groups(a), groups(b));
                        if x != y {
                            apart.extend(x.into_iter().chain(y));
                        }
                    }
                }
            }
            for group in apart {
                let members = std::mem::take(&mut self.placed.clusters[number].members);
                let (leaving, staying): (Vec<_>, Vec<_>) =
                    members.into_iter().partition(|(id, _)| groups(id) == Some(group));
                self.placed.clusters[number].members = staying;
                if leaving.is_empty() {
                    continue;
                }
                let from = &self.placed.clusters[number];
                let mut fresh = Cluster::beside(from);
                fresh.key.subset = group;
                fresh.members = leaving;
                self.placed.clusters.push(fresh);
            }
        }
        // Numbers of clusters stand still: an emptied one is passed over later.
    }

    /// Parts of a total that no word names ("148 of them", "54 of them") are one part only where
    /// their figures meet.
    pub(super) fn part_parts(&mut self) {
        for number in 0..self.placed.clusters.len() {
            let cluster = &self.placed.clusters[number];
            if cluster.key.aside != Aside::Part || cluster.key.subset != NONE || cluster.values.len() < 2 {
                continue;
            }
            let mut parts: Vec<(Quantity, Vec<StatementId>)> = Vec::new();
            let mut ids: Vec<StatementId> = cluster.members.iter().map(|(id, _)| *id).collect();
            ids.sort_unstable();
            for id in ids {
                let count = &self.statement(id).count;
                match parts.iter_mut().find(|(part, _)| part.meets(count)) {
                    Some((_, members)) => members.push(id),
                    None => parts.push((count.clone(), vec![id])),
                }
            }
            for (_, members) in parts.into_iter().skip(1) {
                self.leave(number, &members);
            }
        }
    }

    /// One voice does not give 231 and 13 for one thing: of figures of one article that are far
    /// apart, the one that fewer articles have, or else the smaller, counts something else.
    /// Figures that are near stay together, and contradict one another.
    pub(super) fn part_contradictions(&mut self) {
        for number in 0..self.placed.clusters.len() {
            let cluster = &self.placed.clusters[number];
            if cluster.values.len() < 2 || cluster.key.aside == Aside::Part {
                continue;
            }
            let mut told: Vec<(u32, StatementId)> = cluster
                .members
                .iter()
                .map(|(id, _)| (self.statement(*id).article, *id))
                .filter(|(_, id)| !self.statement(*id).denied && !self.statement(*id).corrects)
                .collect();
            told.sort_unstable();
            let mut losers: BTreeSet<Interval> = BTreeSet::new();
            for of_article in told.chunk_by(|a, b| a.0 == b.0) {
                let of_article = &of_article[..of_article.len().min(PAIRS)];
                for (i, (_, a)) in of_article.iter().enumerate() {
                    for (_, b) in &of_article[i + 1..] {
                        if self.count_two_things(cluster, of_article, *a, *b) {
                            losers.insert(self.loser(&told, *a, *b));
                        }
                    }
                }
            }
            for loser in losers {
                let of_it = |id: &StatementId| interval(&self.statement(*id).count) == loser;
                let leaving: Vec<StatementId> =
                    self.placed.clusters[number].members.iter().map(|(id, _)| *id).filter(of_it).collect();
                if leaving.len() < self.placed.clusters[number].members.len() {
                    self.leave(number, &leaving);
                }
            }
        }
    }

    /// Claims that tell too little of what they count (nobody whom, or a day that is inferred) are
    /// one fact as far as their figures hang together: the largest company stays.
    pub(super) fn part_strangers(&mut self) {
        for number in 0..self.placed.clusters.len() {
            let cluster = &self.placed.clusters[number];
            if cluster.values.len() < 2 {
                continue;
            }
            let inferred = || cluster.members.iter().all(|(id, _)| self.statement(*id).inferred.date);
            if cluster.facet.known() > 0 && !inferred() {
                continue;
            }
            // A count to date grows while it is told.
            let times = if cluster.key.shape == Shape::ToDate { 3 } else { 2 };
            let mut figures: Vec<(u64, u64, StatementId)> = cluster
                .members
                .iter()
                .map(|(id, _)| (&self.statement(*id).count, *id))
                .filter(|(count, _)| count.has_value())
                .map(|(count, id)| (count.low.unwrap_or(0), count.high.unwrap_or(u64::MAX), id))
                .collect();
            figures.sort_unstable();
            let mut companies: Vec<Vec<StatementId>> = Vec::new();
            let mut reach = 0u64;
            for (low, high, id) in figures {
                match companies.last_mut() {
                    Some(company) if low <= reach.max(1).saturating_mul(times) => company.push(id),
                    _ => companies.push(vec![id]),
                }
                reach = reach.max(high);
            }
            let Some(largest) = (0..companies.len()).rev().max_by_key(|i| companies[*i].len()) else { continue };
            let largest = companies.remove(largest);
            // "1,074, up from 144": what is put right in the same article was said of the same thing.
            companies.retain(|company| {
                let put_right = |id: &StatementId| {
                    let statement = self.statement(*id);
                    let right = |other: &StatementId| {
                        let other = self.statement(*other);
                        other.corrects && other.article == statement.article
                    };
                    statement.denied && largest.iter().any(right)
                };
                !company.iter().all(put_right)
            });
            for company in companies {
                self.leave(number, &company);
            }
        }
    }

    /// Whether two figures of one article, filed as one fact, are too far apart to be it.
    fn count_two_things(&self, cluster: &Cluster, told: &[(u32, StatementId)], a: StatementId, b: StatementId) -> bool {
        let (x, y) = (self.statement(a), self.statement(b));
        // As far apart as the least of all rules asks, before any word is looked at.
        let apart = |low: &Quantity, high: &Quantity| match (low.high, high.low) {
            (Some(ceiling), Some(floor)) => floor > ceiling && u128::from(floor) * 2 >= u128::from(ceiling) * 3,
            _ => false,
        };
        if !apart(&x.count, &y.count) && !apart(&y.count, &x.count) {
            return false;
        }
        // A count to date grows, though not by ten times within one article: what one source has
        // counted by two days, or what it counts and had counted before. More than two of its
        // figures are rather those of several places.
        let to_date = cluster.key.shape == Shape::ToDate;
        let grows = to_date && x.said != y.said;
        let group = |id: StatementId| group_of(self.prepared.claim(id).quote());
        let figures_of = |source: u32| {
            let told = told.iter().map(|(_, id)| self.statement(*id));
            let own = told.filter(|s| s.article == x.article && s.source == Some(source));
            own.map(|s| interval(&s.count)).collect::<BTreeSet<Interval>>().len()
        };
        // In halves: three stand for one and a half.
        let halves = match (x.source, y.source) {
            (a, b) if grows && (a == b || a.is_none() || b.is_none()) => 20,
            (Some(a), Some(b)) if a == b && to_date && figures_of(a) == 2 => 20,
            (a, b) if a == b => 3,
            (None, _) | (_, None) if to_date => 6,
            (None, _) | (_, None) => 4,
            _ if group(a) != group(b) => 4,
            // Two sides of a war differ as widely as they like.
            _ => return false,
        };
        let far = |low: &Statement, high: &Statement| match (low.count.high, high.count.low) {
            (Some(ceiling), Some(floor)) => {
                // What "dozens" leaves open is a convention, and no word of the source.
                let vague = |statement: &Statement| statement.count.form == Form::Vague;
                let halves = if vague(low) || vague(high) { halves.max(20) } else { halves };
                u128::from(floor) * 2 >= u128::from(ceiling) * halves && floor > ceiling
            }
            _ => false,
        };
        far(x, y) || far(y, x)
    }

    /// Of two figures, the one that fewer articles have; else the smaller.
    fn loser(&self, told: &[(u32, StatementId)], a: StatementId, b: StatementId) -> Interval {
        let (x, y) = (&self.statement(a).count, &self.statement(b).count);
        let support = |count: &Quantity| {
            let meeting = told.iter().filter(|(_, id)| self.statement(*id).count.meets(count));
            meeting.map(|(article, _)| *article).collect::<BTreeSet<u32>>().len()
        };
        let first = (support(x), x.low, x.high) <= (support(y), y.low, y.high);
        interval(if first { x } else { y })
    }

    /// Takes claims out of a fact into one of their own, which could also be that fact.
    fn leave(&mut self, number: usize, leaving: &[StatementId]) {
        let of_them = |id: &StatementId| leaving.contains(id);
        let members = std::mem::take(&mut self.placed.clusters[number].members);
        let (gone, staying): (Vec<_>, Vec<_>) = members.into_iter().partition(|(id, _)| of_them(id));
        self.placed.clusters[number].members = staying;
        let mut fresh = Cluster::beside(&self.placed.clusters[number]);
        for (id, because) in gone {
            let because = if fresh.members.is_empty() { Because::Founds } else { because };
            let because =
                if because == Because::Founds && !fresh.members.is_empty() { Because::SameWindow } else { because };
            let count = &self.statement(id).count;
            if fresh.values.len() < FEW && count.has_value() && !fresh.values.contains(count) {
                fresh.values.push(count.clone());
            }
            fresh.members.push((id, because));
        }
        if fresh.members.is_empty() {
            return;
        }
        fresh.maybe = u32::try_from(number).into_iter().collect();
        fresh.narrow(self.prepared);
        self.placed.clusters[number].narrow(self.prepared);
        self.placed.clusters.push(fresh);
    }
}
