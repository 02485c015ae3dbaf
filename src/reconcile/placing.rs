//! Which claims speak of the same fact: a sort within a partition, then one pass.
//!
//! The value is never part of a fact's key; the event's date is. A value is only ever asked
//! where a claim tells too little about itself (no date, no party): then it joins what it can be
//! told to repeat, and founds a fact of its own otherwise.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::claim::{DateWindow, Quantity};

use super::dating;
use super::interner::{NONE, Sym};
use super::statement::{Facet, Key, Prepared, Shape, Statement, StatementId};

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

impl Cluster {
    fn new(statement: &Statement) -> Self {
        Self {
            key: statement.key,
            facet: statement.facet,
            window: statement.window,
            partial: statement.partial,
            since: statement.since,
            members: Vec::new(),
            rulings: Vec::new(),
            maybe: Vec::new(),
            values: Vec::new(),
        }
    }

    /// A cluster of claims that a ruling set apart.
    pub fn of(key: Key, facet: Facet, window: DateWindow) -> Self {
        Self {
            key,
            facet,
            window,
            partial: NONE,
            since: None,
            members: Vec::new(),
            rulings: Vec::new(),
            maybe: Vec::new(),
            values: Vec::new(),
        }
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
    }

    fn add(&mut self, id: StatementId, statement: &Statement, because: Because) {
        self.facet = self.facet.with(statement.facet);
        if self.values.len() < FEW && !self.values.contains(&statement.count) {
            self.values.push(statement.count.clone());
        }
        self.members.push((id, because));
    }

    /// Whether a count can be a repetition of one of its values.
    fn meets(&self, count: &Quantity) -> bool {
        self.values.iter().any(|value| value.meets(count))
    }
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
    let mut placing =
        Placing { prepared, placed: Placed::default(), by_party: BTreeMap::new(), by_start: BTreeMap::new() };
    match shape {
        Shape::ToDate => placing.series(part),
        Shape::Period => placing.periods(part),
        Shape::Event | Shape::Plan | Shape::Hypothetical | Shape::Status => placing.events(part),
    }
    placing.placed
}

struct Placing<'p, 'a> {
    prepared: &'p Prepared<'a>,
    placed: Placed,
    /// Dated clusters by party and first day.
    by_party: BTreeMap<(Sym, NaiveDate), Vec<u32>>,
    /// Dated clusters by first day.
    by_start: BTreeMap<NaiveDate, Vec<u32>>,
}

impl<'a> Placing<'_, 'a> {
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
        if let Some(start) = statement.window.start.filter(|_| statement.window.end.is_some()) {
            self.by_party.entry((statement.facet.party, start)).or_default().push(number);
            self.by_start.entry(start).or_default().push(number);
        }
        number
    }

    /// Events: days first, then wider windows from the narrowest, then what has no date.
    fn events(&mut self, part: &[StatementId]) {
        let (mut dated, undated): (Vec<StatementId>, Vec<StatementId>) = part.iter().partition(|id| {
            let window = &self.statement(**id).window;
            window.start.is_some() && window.end.is_some()
        });
        dated.sort_by_key(|id| {
            let s = self.statement(*id);
            (length(&s.window), s.window.start, std::cmp::Reverse(s.facet.known()), s.facet, *id)
        });
        let mut at = 0;
        while at < dated.len() {
            let s = self.statement(dated[at]);
            let (window, facet) = ((s.window.start, s.window.end), s.facet);
            let cell = dated[at..]
                .iter()
                .take_while(|id| {
                    let s = self.statement(**id);
                    (s.window.start, s.window.end) == window && s.facet == facet
                })
                .count();
            self.cell(&dated[at..at + cell]);
            at += cell;
        }
        self.undated(&undated);
    }

    /// Claims of one direction and one window.
    fn cell(&mut self, cell: &[StatementId]) {
        let Some(first) = cell.first() else { return };
        let (facet, window) = (self.statement(*first).facet, self.statement(*first).window);
        let inside = self.inside(facet, &window);
        let same_window = |cluster: &Cluster| (cluster.window.start, cluster.window.end) == (window.start, window.end);
        // An equal key before all; else the only one that fits.
        let equal = inside.iter().copied().find(|c| {
            let cluster = &self.placed.clusters[*c as usize];
            cluster.facet == facet && same_window(cluster)
        });
        let target = equal.or(if let [only] = inside.as_slice() { Some(*only) } else { None });
        let Some(target) = target else {
            let because_of_direction = inside.iter().any(|c| same_window(&self.placed.clusters[*c as usize]));
            if inside.is_empty() || because_of_direction {
                self.found_together(cell, &inside);
            } else {
                let count = inside.len();
                let why = format!(
                    "{} known events of this kind fall in {}: a day would settle it",
                    if count > FEW { "several".to_owned() } else { count.to_string() },
                    window.words()
                );
                for id in cell {
                    self.placed.unplaced.push((*id, inside[..count.min(FEW)].to_vec(), why.clone()));
                }
            }
            return;
        };
        let cluster = &self.placed.clusters[target as usize];
        let because = if same_window(cluster) { Because::SameWindow } else { Because::OnlyInside };
        // Who tells less about whom it counts joins only what it can be a repetition of: a total
        // over several parties looks just so.
        let less_told = cluster.facet.party != facet.party;
        let mut rest = Vec::new();
        for id in cell {
            if less_told && !self.placed.clusters[target as usize].meets(&self.statement(*id).count) {
                rest.push(*id);
            } else {
                self.add(target, *id, because.clone());
            }
        }
        self.found_together(&rest, &[target]);
    }

    /// One fact of claims with one key, and what they could belong to as well.
    fn found_together(&mut self, cell: &[StatementId], maybe: &[u32]) {
        let Some((first, others)) = cell.split_first() else { return };
        let number = self.found(*first);
        for id in others {
            self.add(number, *id, Because::SameWindow);
        }
        self.placed.clusters[number as usize].maybe = maybe[..maybe.len().min(FEW)].to_vec();
    }

    /// The clusters that lie inside a window and fit a direction: at most one more than are listed.
    fn inside(&self, facet: Facet, window: &DateWindow) -> Vec<u32> {
        let (Some(start), Some(end)) = (window.start, window.end) else { return Vec::new() };
        let fits = |c: &&u32| {
            let cluster = &self.placed.clusters[**c as usize];
            cluster.window.end.is_some_and(|e| e <= end) && cluster.facet.fits(facet)
        };
        if facet.party == NONE {
            return self
                .by_start
                .range(start..=end)
                .flat_map(|(_, list)| list)
                .filter(fits)
                .copied()
                .take(FEW + 1)
                .collect();
        }
        let of = |party: Sym| self.by_party.range((party, start)..=(party, end)).flat_map(|(_, list)| list);
        of(facet.party).chain(of(NONE)).filter(fits).copied().take(FEW + 1).collect()
    }

    /// Closed periods: keyed by their two ends, exactly.
    fn periods(&mut self, part: &[StatementId]) {
        let (mut dated, undated): (Vec<StatementId>, Vec<StatementId>) =
            part.iter().partition(|id| self.statement(**id).window.is_known());
        dated.sort_by_key(|id| {
            let s = self.statement(*id);
            (s.window.start, s.window.end, std::cmp::Reverse(s.facet.known()), s.facet, *id)
        });
        let mut at = 0;
        while at < dated.len() {
            let window = self.statement(dated[at]).window;
            let run = dated[at..]
                .iter()
                .take_while(|id| {
                    let w = &self.statement(**id).window;
                    (w.start, w.end) == (window.start, window.end)
                })
                .count();
            let from = self.placed.clusters.len();
            self.by_facet(&dated[at..at + run], from, &Because::SameWindow);
            at += run;
        }
        self.undated(&undated);
    }

    /// Counts to date: one series for each direction and start.
    fn series(&mut self, part: &[StatementId]) {
        let mut told: Vec<StatementId> = Vec::new();
        let mut untold: Vec<StatementId> = Vec::new();
        for id in part {
            let s = self.statement(*id);
            if s.facet.known() > 0 || s.since.is_some() { told.push(*id) } else { untold.push(*id) }
        }
        // Known starts first, so that a stock without one finds its series.
        told.sort_by_key(|id| {
            let s = self.statement(*id);
            (s.since.is_none(), s.since, std::cmp::Reverse(s.facet.known()), s.facet, *id)
        });
        let mut at = 0;
        while at < told.len() {
            let since = self.statement(told[at]).since;
            let run = told[at..].iter().take_while(|id| same_start(since, self.statement(**id).since)).count().max(1);
            // Starts in one month, one of them given to the month only, are one start.
            let from = if since.is_some() {
                self.placed
                    .clusters
                    .iter()
                    .position(|c| same_start(c.since, since))
                    .unwrap_or(self.placed.clusters.len())
            } else {
                0
            };
            self.by_facet(&told[at..at + run], from, &Because::SameSeries);
            at += run;
        }
        self.chains(&untold);
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

    /// Counts to date that tell neither whom nor since when: those said within ten days of one
    /// another are taken as one toll.
    fn chains(&mut self, untold: &[StatementId]) {
        const DAYS: i64 = 10;
        let (mut timed, timeless): (Vec<StatementId>, Vec<StatementId>) =
            untold.iter().partition(|id| self.statement(**id).said.is_some());
        timed.sort_by_key(|id| (self.statement(*id).said, *id));
        let mut open: Option<(u32, NaiveDate)> = None;
        for id in timed {
            let Some(said) = self.statement(id).said else { continue };
            let cluster = match open {
                Some((cluster, last)) if (said - last).num_days() <= DAYS => {
                    self.add(cluster, id, Because::SameSeries);
                    cluster
                }
                _ => self.found(id),
            };
            open = Some((cluster, said));
        }
        self.undated(&timeless);
    }

    /// Puts claims of one time together by direction, best told first, beside the clusters from
    /// `from` on.
    fn by_facet(&mut self, cell: &[StatementId], from: usize, because: &Because) {
        for id in cell {
            let (facet, since) = (self.statement(*id).facet, self.statement(*id).since);
            let mut equal = None;
            let mut fitting = Vec::new();
            for (number, cluster) in self.placed.clusters.iter().enumerate().skip(from) {
                if since.is_some() && cluster.since.is_some() && !same_start(cluster.since, since) {
                    continue;
                }
                if cluster.facet == facet && (cluster.since.is_none() || since.is_some()) {
                    equal = Some(number);
                    break;
                }
                if cluster.facet.fits(facet) && fitting.len() <= FEW {
                    fitting.push(number);
                }
            }
            let target = equal.or(if let [only] = fitting.as_slice() { Some(*only) } else { None });
            let count = &self.statement(*id).count;
            let target = target.filter(|t| {
                let cluster = &self.placed.clusters[*t];
                cluster.facet.party == facet.party || cluster.meets(count)
            });
            match target.and_then(|t| u32::try_from(t).ok()) {
                Some(target) => self.add(target, *id, because.clone()),
                None => {
                    let number = self.found(*id);
                    let maybe = fitting.iter().take(FEW).filter_map(|n| u32::try_from(*n).ok()).collect();
                    self.placed.clusters[number as usize].maybe = maybe;
                }
            }
        }
    }

    /// Claims without a date: they join what they can be told to repeat, and found a fact of
    /// their own otherwise, with the facts listed that they could belong to.
    fn undated(&mut self, undated: &[StatementId]) {
        if undated.is_empty() {
            return;
        }
        let mut index = Repeats::default();
        for (number, cluster) in self.placed.clusters.iter().enumerate() {
            for (id, _) in &cluster.members {
                index.add(self.statement(*id), number);
            }
        }
        let mut order = undated.to_vec();
        order.sort_by_key(|id| {
            let s = self.statement(*id);
            (s.article, s.partial == NONE, std::cmp::Reverse(s.facet.known()), s.facet, *id)
        });
        let dated = self.placed.clusters.len();
        for id in order {
            let s = self.statement(id);
            let value = self.prepared.interner.str(s.partial);
            let fits = |number: &usize| {
                let cluster = &self.placed.clusters[*number];
                let same_partial = s.partial == NONE || cluster.partial == NONE || cluster.partial == s.partial;
                cluster.facet.fits(s.facet)
                    && same_partial
                    && (value.is_empty() || dating::may_be(value, &cluster.window))
            };
            let only = |list: Option<&Vec<usize>>| {
                let mut fitting = list.into_iter().flatten().copied().filter(|number| fits(number));
                fitting.next().filter(|_| fitting.next().is_none())
            };
            let same_article = || {
                let list = index.by_article.get(&s.article)?;
                // The article's own words for the day come before "the only one that fits".
                let same_words = list.iter().copied().find(|n| {
                    let cluster = &self.placed.clusters[*n];
                    s.partial != NONE && cluster.partial == s.partial && cluster.facet.fits(s.facet)
                });
                same_words.or_else(|| only(Some(list)).filter(|n| self.placed.clusters[*n].meets(&s.count)))
            };
            let same_statement = || s.source.and_then(|source| only(index.by_word.get(&(source, s.count.single()?))));
            let same_rare = || only(index.by_rare.get(&rare(&s.count)?));
            let joined = same_article()
                .map(|n| (n, Because::SameArticle))
                .or_else(|| same_statement().map(|n| (n, Because::SameStatement)))
                .or_else(|| same_rare().map(|n| (n, Because::SameRareFigure)));
            let number = match joined {
                Some((number, because)) => {
                    self.add(u32::try_from(number).unwrap_or(u32::MAX), id, because);
                    number
                }
                None => {
                    let maybe =
                        (0..dated.min(1000)).filter(fits).take(FEW).filter_map(|n| u32::try_from(n).ok()).collect();
                    let number = self.found(id);
                    self.placed.clusters[number as usize].maybe = maybe;
                    number as usize
                }
            };
            index.add(&self.prepared.statements[id as usize], number);
        }
    }
}

/// Clusters by what an undated claim can be recognised by.
#[derive(Default)]
struct Repeats {
    by_article: BTreeMap<u32, Vec<usize>>,
    by_word: BTreeMap<(u32, u64), Vec<usize>>,
    by_rare: BTreeMap<u64, Vec<usize>>,
}

impl Repeats {
    fn add(&mut self, statement: &Statement, cluster: usize) {
        let push = |list: &mut Vec<usize>| {
            if !list.contains(&cluster) {
                list.push(cluster);
            }
        };
        push(self.by_article.entry(statement.article).or_default());
        if let (Some(source), Some(value)) = (statement.source, statement.count.single()) {
            push(self.by_word.entry((source, value)).or_default());
        }
        if let Some(value) = rare(&statement.count) {
            push(self.by_rare.entry(value).or_default());
        }
    }
}

/// A value that two texts seldom share by chance: exact, of three digits or more, and not round.
pub(super) fn rare(count: &Quantity) -> Option<u64> {
    count
        .single()
        .filter(|n| *n >= 100 && !n.is_multiple_of(10))
        .or_else(|| count.single().filter(|n| *n >= 1000 && !n.is_multiple_of(100)))
}

fn length(window: &DateWindow) -> i64 {
    match (window.start, window.end) {
        (Some(start), Some(end)) => (end - start).num_days(),
        _ => i64::MAX,
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
