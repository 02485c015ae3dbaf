//! Which claims speak of the same fact: a sort within a partition, then one pass.
//!
//! The value is never part of a fact's key; the event's date is. A value is only ever asked
//! where a claim tells too little about itself (no date, no party): then it joins what it can be
//! told to repeat, and founds a fact of its own otherwise.

mod apart;
mod to_date;
mod undated;

pub(super) use undated::is_known_whenever;

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::claim::{DateWindow, Quantity};

use super::interner::{Lookup, NONE, Sym};
use super::statement::{Aside, Facet, Key, Prepared, Shape, Statement, StatementId};
use super::subset::group_of;

/// Why a claim is in its fact. Told in words once the fact has its label.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Because {
    /// Nothing else was there.
    Founds,
    /// The same day, month, period.
    SameWindow,
    /// The only event of its kind inside the claim's wider window.
    OnlyInside,
    /// The same count to date.
    SameSeries,
    /// Without a date, but its article speaks of one such event only, and the figures meet.
    SameArticle,
    /// The same source gives the same figure.
    SameStatement,
    /// The same rare figure.
    SameRareFigure,
    /// The same figure, told within days.
    SameDays,
    /// The same figure, and its own day is inferred.
    InferredDay,
    /// The same figure at the same time, and its own category, this one, is inferred.
    InferredCategory(Sym),
    /// The same figure in another article, which tells it by itself and not as added or a part.
    ToldByItself,
    /// The same figure at the same time, told without the word for the group.
    WithoutGroup,
    /// Confirms the figure of that statement.
    ConfirmsFigure(StatementId),
    /// Confirms that it happened.
    ConfirmsEvent,
    /// The analyst's ruling, by its place among the rulings.
    Ruled(usize),
}

/// Claims of one fact.
#[derive(Clone, Debug, Default)]
pub(super) struct Cluster {
    pub key: Key,
    pub facet: Facet,
    /// The states and peoples behind the facet.
    pub roots: Facet,
    pub window: DateWindow,
    /// The incomplete notation of its date, where the window is not known.
    pub partial: Sym,
    /// The start of a series.
    pub since: Option<NaiveDate>,
    pub members: Vec<(StatementId, Because)>,
    /// Rulings that were applied to it, by place.
    pub rulings: Vec<usize>,
    /// Facts that an undated claim could belong to as well: clusters of the same partition.
    pub maybe: Vec<u32>,
    /// The first distinct values, to ask whether an under-told claim can be a repetition.
    values: Vec<Quantity>,
}

/// How many values of a cluster are kept for [`Cluster::meets`], and how many candidates are listed.
const FEW: usize = 8;

/// How many series of nobody are looked at for one more count.
const MANY: usize = 64;

/// The longest window, in days beside its first, that ties counts to date to one another.
const WEEK: i64 = 6;

impl Cluster {
    /// A cluster with the key of a statement, and without claims yet.
    pub fn new(statement: &Statement) -> Self {
        Self {
            key: statement.key,
            facet: statement.facet,
            roots: statement.roots,
            window: statement.window,
            partial: statement.partial,
            since: statement.since,
            members: Vec::new(),
            rulings: Vec::new(),
            maybe: Vec::new(),
            values: Vec::new(),
        }
    }

    /// A cluster with the key of another, and without claims yet.
    pub fn beside(other: &Self) -> Self {
        Self {
            key: other.key,
            facet: other.facet,
            roots: other.roots,
            window: other.window,
            partial: other.partial,
            since: other.since,
            ..Self::default()
        }
    }

    /// Takes in the claims of another cluster, which leaves that one empty. What is known of the
    /// time is this one's.
    pub fn take_in(&mut self, other: &mut Self, because: &Because) {
        self.facet = self.facet.with(other.facet);
        self.roots = self.roots.with(other.roots);
        for value in std::mem::take(&mut other.values) {
            if self.values.len() < FEW && !self.values.contains(&value) {
                self.values.push(value);
            }
        }
        self.members.extend(std::mem::take(&mut other.members).into_iter().map(|(id, _)| (id, because.clone())));
        other.maybe.clear();
    }

    /// Recomputes direction and window after claims have left.
    pub fn narrow(&mut self, prepared: &Prepared<'_>) {
        let own = self.members.iter().filter(|(_, because)| !matches!(because, Because::Ruled(_)));
        let statements: Vec<&Statement> = own.map(|(id, _)| &prepared.statements[*id as usize]).collect();
        let Some(first) = statements.iter().min_by_key(|s| length(&s.window)) else { return };
        if self.key.shape != Shape::ToDate {
            (self.window, self.partial) = (first.window, first.partial);
        }
        self.facet = statements.iter().fold(first.facet, |facet, s| facet.with(s.facet));
        self.roots = statements.iter().fold(first.roots, |roots, s| roots.with(s.roots));
    }

    fn add(&mut self, id: StatementId, statement: &Statement, because: Because) {
        self.facet = self.facet.with(statement.facet);
        self.roots = self.roots.with(statement.roots);
        // The best ground for a window stands for it.
        if (statement.window.start, statement.window.end) == (self.window.start, self.window.end) {
            self.window.basis = self.window.basis.min(statement.window.basis);
        }
        if self.values.len() < FEW && statement.count.has_value() && !self.values.contains(&statement.count) {
            self.values.push(statement.count.clone());
        }
        self.members.push((id, because));
    }

    /// Whether a count is no more than twice or half of one of its values, or leaves that open.
    fn is_near(&self, count: &Quantity) -> bool {
        let up_to_twice = |a: &Quantity, b: &Quantity| match (a.low, b.high) {
            (Some(floor), Some(ceiling)) => floor <= ceiling.saturating_mul(2),
            _ => true,
        };
        self.values.is_empty() || self.values.iter().any(|v| up_to_twice(v, count) && up_to_twice(count, v))
    }

    /// Whether the number that a count names is no more than twice or half of one of its values.
    fn is_of_the_size(&self, count: &Quantity) -> bool {
        let size = |count: &Quantity| count.n.or(count.low.filter(|low| *low > 0)).or(count.high);
        self.values.iter().any(|value| match (size(value), size(count)) {
            (Some(a), Some(b)) => a.max(b) <= a.min(b).saturating_mul(2),
            _ => false,
        })
    }

    /// Whether a count to date may be this one at another time: no more than ten times or a tenth of it.
    fn may_grow(&self, count: &Quantity) -> bool {
        let up_to_ten_times = |a: &Quantity, b: &Quantity| match (a.low, b.high) {
            (Some(floor), Some(ceiling)) => floor <= ceiling.max(1).saturating_mul(10),
            _ => true,
        };
        self.values.is_empty()
            || self.values.iter().any(|v| up_to_ten_times(v, count))
                && self.values.iter().any(|v| up_to_ten_times(count, v))
    }

    /// How many times its nearest value is a count, or the count that value, in hundredths beyond
    /// the first; 0 where they meet.
    fn times(&self, count: &Quantity) -> u64 {
        let apart = |low: &Quantity, high: &Quantity| match (low.high, high.low) {
            (Some(ceiling), Some(floor)) if floor > ceiling => floor.saturating_mul(100) / ceiling.max(1),
            _ => 0,
        };
        self.values.iter().map(|value| apart(value, count).max(apart(count, value))).min().unwrap_or(0)
    }

    /// Whether a count is within a tenth of one of its exact values.
    fn all_but_agrees(&self, count: &Quantity) -> bool {
        let Some(n) = count.single() else { return false };
        self.values.iter().filter_map(Quantity::single).any(|value| value.abs_diff(n) <= n.max(value) / 10)
    }

    /// Whether a count can be a repetition of one of its values.
    fn meets(&self, count: &Quantity) -> bool {
        self.values.iter().any(|value| value.meets(count))
    }

    /// The same of a count that tells less about whom it counts, or when: see [`repeats`].
    fn is_repeated_by(&self, count: &Quantity) -> bool {
        self.values.iter().any(|value| repeats(value, count))
    }
}

/// Whether two counts can be one figure told twice: "at least 8" and "more than 600" meet in all that is
/// above both, and yet repeat nothing.
fn repeats(a: &Quantity, b: &Quantity) -> bool {
    let size = |count: &Quantity| count.n.or(count.low.filter(|low| *low > 0)).or(count.high);
    let near = match (size(a), size(b)) {
        (Some(a), Some(b)) => a.max(b) <= a.min(b).saturating_mul(2),
        _ => true,
    };
    let open = |count: &Quantity| count.high.is_none() || matches!(count.low, None | Some(0));
    a.meets(b) && (near || !open(a) && !open(b))
}

/// What a partition comes to. Numbers of clusters are places in `clusters`.
#[derive(Default)]
pub(super) struct Placed {
    pub clusters: Vec<Cluster>,
    /// Claims that could belong to several facts: statement, clusters, why.
    pub unplaced: Vec<(StatementId, Vec<u32>, String)>,
}

/// Places the statements of one partition: all of one key, sorted by number.
pub(super) fn place(prepared: &Prepared<'_>, part: &[StatementId]) -> Placed {
    let Some(first) = part.first() else { return Placed::default() };
    let shape = prepared.statements[*first as usize].key.shape;
    let mut placing = Placing { prepared, placed: Placed::default(), dated: Shelf::default() };
    match shape {
        Shape::ToDate => placing.series(part),
        Shape::Period => placing.periods(part),
        Shape::Event | Shape::Plan | Shape::Hypothetical | Shape::Status => placing.events(part),
    }
    if matches!(shape, Shape::Plan | Shape::Hypothetical) {
        placing.part_offers();
    }
    if matches!(shape, Shape::Event | Shape::Period | Shape::ToDate) {
        placing.part_groups();
        placing.part_parts();
        placing.part_nameless();
        placing.part_crowds(false);
        placing.part_contradictions();
        placing.part_crowds(true);
        placing.part_strangers();
    }
    placing.placed
}

/// Clusters where they can be found by whom they count.
#[derive(Default)]
struct Shelf {
    /// By root of the party, then first day.
    by_root: BTreeMap<(Sym, Option<NaiveDate>), Vec<u32>>,
    /// By first day.
    by_start: BTreeMap<Option<NaiveDate>, Vec<u32>>,
    /// By direction, exactly.
    equal: BTreeMap<Facet, Vec<u32>>,
}

impl Shelf {
    fn put(&mut self, number: u32, facet: Facet, roots: Facet, start: Option<NaiveDate>) {
        self.by_root.entry((roots.party, start)).or_default().push(number);
        self.by_start.entry(start).or_default().push(number);
        self.equal.entry(facet).or_default().push(number);
    }

    /// Clusters that may count the same people, with a first day in a range.
    fn of<'s>(
        &'s self,
        party: Sym,
        from: Option<NaiveDate>,
        to: Option<NaiveDate>,
    ) -> Box<dyn Iterator<Item = u32> + 's> {
        if party == NONE {
            return Box::new(self.by_start.range(from..=to).flat_map(|(_, list)| list).copied());
        }
        let of = move |party: Sym| self.by_root.range((party, from)..=(party, to)).flat_map(|(_, list)| list);
        Box::new(of(party).chain(of(NONE)).copied())
    }
}

/// Clusters that a claim could join.
#[derive(Default)]
struct Candidates {
    /// Nothing known contradicts.
    fitting: Vec<u32>,
    /// Only the states and peoples behind the parties fit.
    related: Vec<u32>,
}

impl Candidates {
    /// The only one, and whether a claim of that direction must be a repetition of it to join: who
    /// tells less about whom it counts may speak of a total over several parties.
    fn only(&self, clusters: &[Cluster], statement: &Statement) -> Option<(u32, bool)> {
        match (self.fitting.as_slice(), self.related.as_slice()) {
            ([one], _) => {
                let (known, facet) = (clusters[*one as usize].facet, statement.facet);
                let tells_less =
                    !statement.inferred.unsure && facet.party != NONE && tells_way(known) != tells_way(facet);
                Some((*one, known.party != facet.party || tells_less))
            }
            ([], [one]) => Some((*one, true)),
            _ => None,
        }
    }

    fn all(&self) -> &[u32] {
        if self.fitting.is_empty() { &self.related } else { &self.fitting }
    }
}

struct Placing<'p, 'a> {
    prepared: &'p Prepared<'a>,
    placed: Placed,
    /// Clusters with both ends of their window known.
    dated: Shelf,
}

impl Placing<'_, '_> {
    fn statement(&self, id: StatementId) -> &Statement {
        &self.prepared.statements[id as usize]
    }

    fn add(&mut self, cluster: u32, id: StatementId, because: Because) {
        let statement = &self.prepared.statements[id as usize];
        self.placed.clusters[cluster as usize].add(id, statement, because);
    }

    fn found(&mut self, id: StatementId) -> u32 {
        let statement = &self.prepared.statements[id as usize];
        let number = u32::try_from(self.placed.clusters.len()).unwrap_or(u32::MAX);
        self.placed.clusters.push(Cluster::new(statement));
        self.add(number, id, Because::Founds);
        if statement.window.start.is_some() && statement.window.end.is_some() {
            self.dated.put(number, statement.facet, statement.roots, statement.window.start);
        }
        number
    }

    /// Whether a fact counts one party's people of a total, and a claim that tells nobody is no such count:
    /// "23 dead", of whom eleven are of one country and five of another.
    fn is_some_of_all(&self, cluster: &Cluster, statement: &Statement) -> bool {
        let some = |(id, _): &(StatementId, Because)| self.statement(*id).whole.is_some();
        statement.facet.party == NONE
            && cluster.facet.party != NONE
            && cluster.key.subset == NONE
            && cluster.key.aside == Aside::No
            && cluster.members.iter().take(FEW).any(some)
    }

    /// Which of some clusters fit a claim: at most one more of each sort than are listed.
    fn candidates(&self, of: impl Iterator<Item = u32>, statement: &Statement) -> Candidates {
        let mut out = Candidates::default();
        for number in of {
            let cluster = &self.placed.clusters[number as usize];
            if self.is_some_of_all(cluster, statement) {
                continue;
            }
            if cluster.facet.fits(statement.facet) {
                out.fitting.push(number);
            } else if cluster.roots.fits(statement.roots) && out.related.len() <= FEW {
                out.related.push(number);
            }
            if out.fitting.len() > FEW {
                break;
            }
        }
        out
    }

    /// Events: days first, then wider windows from the narrowest, then what has no date.
    fn events(&mut self, part: &[StatementId]) {
        let mut undated: Vec<StatementId> = Vec::new();
        // Claims of one window and direction, in the order of their numbers: there are far fewer cells to be
        // sorted than claims.
        let mut cells: Vec<Vec<StatementId>> = Vec::new();
        let mut numbers: Lookup<(NaiveDate, NaiveDate, Facet), usize> = Lookup::default();
        for id in part {
            let s = self.statement(*id);
            let (Some(start), Some(end)) = (s.window.start, s.window.end) else {
                undated.push(*id);
                continue;
            };
            let number = *numbers.or_insert_with((start, end, s.facet), || cells.len());
            match cells.get_mut(number) {
                Some(cell) => cell.push(*id),
                None => cells.push(vec![*id]),
            }
        }
        cells.sort_by_cached_key(|cell| {
            let s = self.statement(cell[0]);
            (length(&s.window), s.window.start, std::cmp::Reverse(s.facet.known()), self.prepared.rank(s.facet))
        });
        for cell in cells {
            self.cell(&cell);
        }
        self.undated(&undated);
    }

    /// Claims of one direction and one window.
    fn cell(&mut self, cell: &[StatementId]) {
        let Some(first) = cell.first() else { return };
        let statement = self.statement(*first);
        let (facet, window) = (statement.facet, statement.window);
        let ends_inside = |n: &u32| {
            let end = self.placed.clusters[*n as usize].window.end;
            end.is_some() && end <= window.end
        };
        let of = self.dated.of(statement.roots.party, window.start, window.end).filter(ends_inside);
        let candidates = self.candidates(of, statement);
        let inside = candidates.all().to_vec();
        let same_window = |cluster: &Cluster| (cluster.window.start, cluster.window.end) == (window.start, window.end);
        // An equal key before all; else the only one that fits.
        let equal = inside.iter().copied().find(|c| {
            let cluster = &self.placed.clusters[*c as usize];
            cluster.facet == facet && same_window(cluster)
        });
        // An equal direction before those that only fit.
        let alike = || {
            let mut alike = inside.iter().copied().filter(|c| self.placed.clusters[*c as usize].facet == facet);
            alike.next().filter(|_| inside.len() <= FEW && facet.known() > 0 && alike.next().is_none())
        };
        let target =
            equal.or_else(alike).map(|n| (n, false)).or_else(|| candidates.only(&self.placed.clusters, statement));
        let Some((target, must_repeat)) = target else {
            let same_time: Vec<u32> =
                inside.iter().copied().filter(|c| same_window(&self.placed.clusters[*c as usize])).collect();
            if !same_time.is_empty() {
                let untold = self.repeat_one_of(cell, &same_time);
                self.found_together(&untold, &inside);
            } else if inside.is_empty() {
                self.found_together(cell, &inside);
            } else {
                self.one_of_several(cell, &inside, &window);
            }
            return;
        };
        let because = match same_window(&self.placed.clusters[target as usize]) {
            true => Because::SameWindow,
            false => Because::OnlyInside,
        };
        let mut rest = Vec::new();
        for id in cell {
            let other = because == Because::OnlyInside && self.counts_others(target, *id);
            if other || must_repeat && !self.may_repeat(target, *id) {
                rest.push(*id);
            } else {
                self.add(target, *id, because.clone());
            }
        }
        self.found_together(&rest, &[target]);
    }

    /// Whether a claim of a wider window counts others than the only event inside: its figure meets none
    /// of the event's, and the words of the two name different groups ("two guards", "one girl").
    fn counts_others(&self, cluster: u32, id: StatementId) -> bool {
        let (statement, cluster) = (self.statement(id), &self.placed.clusters[cluster as usize]);
        if cluster.meets(&statement.count) || cluster.values.is_empty() || !statement.count.has_value() {
            return false;
        }
        let group = |id: StatementId| group_of(self.prepared.claim(id).quote());
        let own = group(id);
        own.is_some()
            && cluster.members.iter().take(FEW).all(|(id, _)| group(*id).is_some_and(|other| Some(other) != own))
    }

    /// Whether a claim that tells less about whom it counts can be about the people of a fact: it
    /// repeats a figure, or, of a toll and with nobody told, is near one or on the same word. What
    /// is handed over has two legs, and who tells of neither may speak of both.
    fn may_repeat(&self, cluster: u32, id: StatementId) -> bool {
        let (statement, cluster) = (self.statement(id), &self.placed.clusters[cluster as usize]);
        if cluster.is_repeated_by(&statement.count) {
            return true;
        }
        // "At least 27 people" are not the 18 insurgents of whom the other side speaks.
        let group = |id: StatementId| group_of(self.prepared.claim(id).quote());
        let own = group(id);
        let of_others = |(id, _): &(StatementId, Because)| group(*id).is_some_and(|group| Some(&group) != own.as_ref());
        if !cluster.members.is_empty() && cluster.members.iter().take(FEW).all(of_others) {
            return false;
        }
        let untold = statement.facet.known() == 0 && !self.prepared.rules(statement.key.category).transfer;
        let same_word = || {
            let sources = cluster.members.iter().take(FEW).map(|(id, _)| self.statement(*id).source);
            statement.source.is_some() && sources.into_iter().any(|source| source == statement.source)
        };
        untold && statement.key.subset == NONE && (cluster.is_near(&statement.count) || same_word())
    }

    /// Claims that tell less than several facts of their time, and repeat the figure of exactly one
    /// of them, join it. Gives those that do not.
    fn repeat_one_of(&mut self, cell: &[StatementId], facts: &[u32]) -> Vec<StatementId> {
        let mut rest = Vec::new();
        for id in cell {
            let count = &self.statement(*id).count;
            let mut same = facts
                .iter()
                .copied()
                .filter(|number| count.has_value() && self.placed.clusters[*number as usize].meets(count));
            match (same.next(), same.next()) {
                (Some(only), None) => self.add(only, *id, Because::SameWindow),
                _ => rest.push(*id),
            }
        }
        rest
    }

    /// Claims whose window holds several events: a rare figure tells of which one they speak, else
    /// they have no place until somebody knows the day.
    fn one_of_several(&mut self, cell: &[StatementId], inside: &[u32], window: &DateWindow) {
        for id in cell {
            let figure = rare(&self.statement(*id).count);
            let mut same = inside.iter().copied().filter(|number| {
                figure.is_some() && self.placed.clusters[*number as usize].values.iter().any(|v| v.single() == figure)
            });
            if let (Some(only), None) = (same.next(), same.next()) {
                self.add(only, *id, Because::SameRareFigure);
                continue;
            }
            let count = inside.len();
            let many = if count > FEW { "several".to_owned() } else { count.to_string() };
            let why = format!("{many} known events of this kind fall in {}: a day would settle it", window.words());
            self.placed.unplaced.push((*id, inside[..count.min(FEW)].to_vec(), why));
        }
    }

    /// One fact of claims with one key, and what they could belong to as well.
    fn found_together(&mut self, cell: &[StatementId], maybe: &[u32]) {
        let Some((first, others)) = cell.split_first() else { return };
        let number = self.found(*first);
        self.placed.clusters[number as usize].members.reserve(others.len());
        for id in others {
            self.add(number, *id, Because::SameWindow);
        }
        self.placed.clusters[number as usize].maybe = maybe[..maybe.len().min(FEW)].to_vec();
    }

    /// Closed periods: keyed by their two ends, exactly.
    fn periods(&mut self, part: &[StatementId]) {
        let (mut dated, undated): (Vec<StatementId>, Vec<StatementId>) =
            part.iter().partition(|id| self.statement(**id).window.is_known());
        dated.sort_by_cached_key(|id| {
            let s = self.statement(*id);
            (s.window.start, s.window.end, std::cmp::Reverse(s.facet.known()), self.prepared.rank(s.facet), *id)
        });
        let same = |a: &StatementId, b: &StatementId| {
            let (a, b) = (&self.prepared.statements[*a as usize].window, &self.prepared.statements[*b as usize].window);
            (a.start, a.end) == (b.start, b.end)
        };
        let runs: Vec<Vec<StatementId>> = dated.chunk_by(same).map(<[StatementId]>::to_vec).collect();
        let mut rares: BTreeMap<u64, Vec<u32>> = BTreeMap::new();
        for run in runs {
            let mut shelf = Shelf::default();
            for id in run {
                let statement = &self.prepared.statements[id as usize];
                let figure = rare(&statement.count);
                let mut known = figure.and_then(|figure| rares.get_mut(&figure));
                if let Some(list) = &mut known {
                    // Starts only grow: what has ended before this one meets nothing that follows,
                    // so that periods which do not overlap know nothing of one another.
                    list.retain(|number| {
                        self.placed.clusters[*number as usize]
                            .window
                            .end
                            .is_none_or(|end| Some(end) >= statement.window.start)
                    });
                }
                let known = known.filter(|_| !shelf.equal.contains_key(&statement.facet));
                let same = known.and_then(|list| self.same_total(list, statement));
                let number = match same {
                    Some(number) => {
                        self.add(number, id, Because::SameRareFigure);
                        number
                    }
                    None => self.shelve(&mut shelf, id, &Because::SameWindow),
                };
                if let Some(figure) = figure {
                    let list = rares.entry(figure).or_default();
                    if list.last() != Some(&number) {
                        list.push(number);
                    }
                }
            }
        }
        self.undated(&undated);
    }

    /// The only total of the same people over an overlapping period: one that has the same rare
    /// figure is the same, its ends only told in other words ("in June", "over six days in June").
    fn same_total(&self, with_figure: &[u32], statement: &Statement) -> Option<u32> {
        let window = &statement.window;
        let mut fitting = with_figure.iter().rev().take(FEW).copied().filter(|number| {
            let cluster = &self.placed.clusters[*number as usize];
            let overlaps = cluster.window.start <= window.end && window.start <= cluster.window.end;
            let closed = cluster.window.start.is_some() && window.start.is_some();
            closed && overlaps && cluster.facet.fits(statement.facet)
        });
        fitting.next().filter(|_| fitting.next().is_none())
    }

    /// Whether a count to date of nobody has anything in common with a series but its category: a figure
    /// of its size, an article, a source, or the days that it speaks of.
    fn is_kin(&self, cluster: u32, id: StatementId) -> bool {
        let (statement, cluster) = (self.statement(id), &self.placed.clusters[cluster as usize]);
        let short = |s: &Statement| length(&s.window) <= WEEK;
        let shares = |(id, _): &(StatementId, Because)| {
            let other = self.statement(*id);
            let overlap = other.window.start <= statement.window.end && statement.window.start <= other.window.end;
            other.article == statement.article
                || other.source.is_some() && other.source == statement.source
                || short(other) && short(statement) && overlap
        };
        cluster.is_of_the_size(&statement.count)
            || cluster.members.iter().take(FEW).any(shares)
            || cluster.members.iter().rev().take(FEW).any(shares)
    }

    /// Puts a claim to those of its time that count the same people. Claims come best told first.
    fn shelve(&mut self, shelf: &mut Shelf, id: StatementId, because: &Because) -> u32 {
        let statement = &self.prepared.statements[id as usize];
        let may_be = |number: u32| {
            statement.key.shape != Shape::ToDate || self.placed.clusters[number as usize].may_grow(&statement.count)
        };
        // The nearest of equal direction; there are several only of counts to date.
        let equal = shelf
            .equal
            .get(&statement.facet)
            .into_iter()
            .flatten()
            .rev()
            .take(MANY)
            .copied()
            .filter(|number| may_be(*number));
        let to_date = statement.key.shape == Shape::ToDate;
        let may_be_kin = |number: u32| !to_date || statement.facet.known() > 0 || self.is_kin(number, id);
        let equal = equal.filter(|number| may_be_kin(*number));
        let nearest = equal.min_by_key(|number| self.placed.clusters[*number as usize].times(&statement.count));
        if let Some(equal) = nearest {
            self.add(equal, id, because.clone());
            return equal;
        }
        let near = shelf.of(statement.roots.party, None, None).filter(|number| may_be(*number));
        let candidates = self.candidates(near, statement);
        let target = candidates.only(&self.placed.clusters, statement).filter(|(number, must_repeat)| {
            let cluster = &self.placed.clusters[*number as usize];
            // Of two counts to date the one that tells less may be of many more.
            let tells_other = *must_repeat || to_date && cluster.facet != statement.facet;
            if tells_other { cluster.is_repeated_by(&statement.count) } else { may_be_kin(*number) }
        });
        if let Some((number, _)) = target {
            self.add(number, id, because.clone());
            return number;
        }
        let number = self.found(id);
        let all = candidates.all();
        self.placed.clusters[number as usize].maybe = all[..all.len().min(FEW)].to_vec();
        shelf.put(number, statement.facet, statement.roots, None);
        number
    }
}

/// A value that two texts seldom share by chance: exact, of three digits or more, and not round.
pub(super) fn rare(count: &Quantity) -> Option<u64> {
    count
        .single()
        .filter(|n| *n >= 100 && !n.is_multiple_of(10))
        .or_else(|| count.single().filter(|n| *n >= 1000 && !n.is_multiple_of(100)))
}

/// Whether it is known from whom or to whom: nine who are set free are not the ten who are held.
fn tells_way(facet: Facet) -> bool {
    facet.from != NONE || facet.to != NONE
}

fn length(window: &DateWindow) -> i64 {
    match (window.start, window.end) {
        (Some(start), Some(end)) => (end - start).num_days(),
        _ => i64::MAX,
    }
}
