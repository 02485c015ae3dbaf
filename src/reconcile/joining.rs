//! What is told in two keys and is one: claims of which the text leaves day or category open, and
//! which repeat a figure of exactly one fact of their time.
//!
//! Placing asks for equal keys. A suggestion's day is often that of the article, and its category
//! that of the figure beside it; an analyst sees by the figure what such a claim repeats. Only what
//! is *inferred* gives way: two stated days, two stated categories, two known parties are never
//! joined. A claim that several facts could have said joins none of them. Whether a cluster joins
//! another follows from the two and from what else could be meant, never from other joins.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

use chrono::{Days, NaiveDate};

use crate::claim::{Form, Quantity};

use super::interner::NONE;
use super::placing::{Because, Cluster};
use super::statement::{Aside, Facet, Key, Prepared, Shape, Statement, StatementId};

/// An inferred day is wrong by so many days at most, for two tellings of a figure to be one.
const DAYS: i64 = 3;
/// The same for two tellings of one article: an inferred day may be that of another event in it.
const DAYS_IN_ARTICLE: i64 = 45;
/// The same for a figure that two articles seldom share by chance.
const DAYS_OF_RARE: i64 = 14;
/// The longest window that a claim is recognised by, in days beside the first.
const LONGEST: i64 = 6;
/// The least figure that is recognised under another category, or told by itself elsewhere: smaller
/// ones are shared by chance.
const TELLING: u64 = 5;
/// So many values and windows of a cluster are asked.
const FEW: usize = 16;

/// A cluster, as far as joining asks of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Seed {
    key: Key,
    facet: Facet,
    /// No member's day is stated.
    inferred_date: bool,
    /// No member's category is stated.
    inferred_category: bool,
    /// Its category is none: its noun stands for it.
    nameless: bool,
    /// Its group was set apart from figures that its articles give of something else.
    set_apart: bool,
    /// The numbers that its words name, sorted.
    values: Vec<u64>,
    /// Its members' closed windows, sorted.
    windows: Vec<(NaiveDate, NaiveDate)>,
    /// The articles that tell of it, sorted.
    articles: Vec<u32>,
}

/// A cluster that joins another; each known by the first of its statements.
pub(super) type Join = (StatementId, StatementId, Because);

fn short_window(statement: &Statement) -> Option<(NaiveDate, NaiveDate)> {
    let end = statement.window.end?;
    // A count so far is of the day up to which it goes.
    let so_far = statement.key.shape == Shape::ToDate && statement.window.start.is_none();
    let start = if so_far { end } else { statement.window.start? };
    (0..=LONGEST).contains(&(end - start).num_days()).then_some((start, end))
}

/// The number that a count's words name: 214 of "214" and of "at least 214".
fn named(count: &Quantity) -> Option<u64> {
    match count.form {
        Form::Range | Form::Vague | Form::ConfirmOnly => None,
        _ => count.n.or_else(|| count.single()),
    }
}

impl Seed {
    /// Of a cluster; `None` where it cannot be recognised by anything.
    pub fn of(prepared: &Prepared<'_>, cluster: &Cluster) -> Option<Self> {
        if !matches!(cluster.key.shape, Shape::Event | Shape::ToDate | Shape::Plan) {
            return None;
        }
        let members = || cluster.members.iter().map(|(id, _)| &prepared.statements[*id as usize]);
        let values: BTreeSet<u64> = members().filter_map(|s| named(&s.count)).collect();
        let windows: BTreeSet<_> = members().filter_map(short_window).collect();
        if values.is_empty() || windows.is_empty() {
            return None;
        }
        let articles: BTreeSet<u32> = members().map(|s| s.article).collect();
        Some(Self {
            key: cluster.key,
            facet: cluster.facet,
            inferred_date: members().all(|s| s.inferred.date),
            inferred_category: members().all(|s| s.inferred.category),
            nameless: prepared.rules(cluster.key.category).nameless,
            set_apart: members().any(|s| s.key.subset != cluster.key.subset) && members().all(|s| !s.inferred.unsure),
            values: values.into_iter().take(FEW).collect(),
            windows: windows.into_iter().take(FEW).collect(),
            articles: articles.into_iter().collect(),
        })
    }

    /// Whether it may join another one.
    pub fn is_loose(&self) -> bool {
        self.inferred_date || self.inferred_category || self.key.aside != Aside::No || self.key.subset != NONE
    }

    /// Its articles under other numbers.
    pub fn with_articles(mut self, number: impl Fn(u32) -> u32) -> Self {
        self.articles = self.articles.into_iter().map(number).collect();
        self.articles.sort_unstable();
        self
    }

    /// What it is found by: figures and first days.
    pub fn marks(&self) -> impl Iterator<Item = (u64, NaiveDate)> + '_ {
        self.values.iter().flat_map(|value| self.windows.iter().map(|(start, _)| (*value, *start)))
    }

    /// Between which marks all are that it may join, or that may join it.
    pub fn reach(&self) -> impl Iterator<Item = ((u64, NaiveDate), (u64, NaiveDate))> + '_ {
        let reach = |value: u64, (start, end): (NaiveDate, NaiveDate)| {
            let days = |n: i64| Days::new(u64::try_from(n).unwrap_or(0));
            let far = if value >= TELLING { DAYS_IN_ARTICLE } else { DAYS };
            let first = start.checked_sub_days(days(far + LONGEST)).unwrap_or(start);
            ((value, first), (value, end.checked_add_days(days(far)).unwrap_or(end)))
        };
        self.values.iter().flat_map(move |value| self.windows.iter().map(move |window| reach(*value, *window)))
    }

    /// The days between two clusters.
    fn gap(&self, other: &Self) -> i64 {
        let between = |a: &(NaiveDate, NaiveDate), b: &(NaiveDate, NaiveDate)| {
            (b.0 - a.1).num_days().max((a.0 - b.1).num_days()).max(0)
        };
        let all = self.windows.iter().flat_map(|a| other.windows.iter().map(move |b| between(a, b)));
        all.min().unwrap_or(i64::MAX)
    }

    /// Whether they share a figure of at least so many.
    fn repeats(&self, other: &Self, least: u64) -> bool {
        self.values.iter().any(|value| *value >= least && other.values.binary_search(value).is_ok())
    }

    /// Whether they share a figure of four digits or more that is not round.
    fn shares_rare(&self, other: &Self) -> bool {
        let rare = |value: &&u64| **value >= 1000 && !value.is_multiple_of(100);
        self.values.iter().filter(rare).any(|value| other.values.binary_search(value).is_ok())
    }

    /// Whether the two can tell the same, and how many days lie between them. With `category`, one
    /// of another category that is inferred can.
    fn may_be(&self, other: &Self, category: bool) -> Option<i64> {
        let at_a_time = |shape: Shape| matches!(shape, Shape::Event | Shape::ToDate);
        let (a, b) = (&self.key, &other.key);
        let same_shape = a.shape == b.shape || at_a_time(a.shape) && at_a_time(b.shape);
        if !same_shape || a.held != b.held || !self.facet.fits(other.facet) {
            return None;
        }
        let mut least = 0;
        if a.subset != b.subset {
            // "26 soldiers", "26 prisoners"; a noun that stands for a category is no part of another.
            let nouns =
                category && (self.nameless && self.inferred_category || other.nameless && other.inferred_category);
            if !nouns && a.subset != NONE && b.subset != NONE {
                return None;
            }
            let shares = || self.articles.iter().any(|article| other.articles.binary_search(article).is_ok());
            if (self.set_apart || other.set_apart) && shares() {
                return None;
            }
            least = TELLING;
        }
        if a.aside != b.aside {
            // The article that adds it to something tells of two things.
            let shares = self.articles.iter().any(|article| other.articles.binary_search(article).is_ok());
            if shares || a.aside != Aside::No && b.aside != Aside::No {
                return None;
            }
            least = TELLING;
        }
        if a.category != b.category {
            let inferred = self.inferred_category || other.inferred_category;
            if !category || !inferred || a.aside != b.aside {
                return None;
            }
            least = TELLING;
        }
        if !self.repeats(other, least) {
            return None;
        }
        let gap = self.gap(other);
        // One article tells of a thousand on three days, but seldom of 23 on two.
        let retells = || {
            let telling = |value: &&u64| **value >= TELLING && !value.is_multiple_of(10);
            let shares = self.articles.iter().any(|article| other.articles.binary_search(article).is_ok());
            let alone = |seed: &Self| seed.inferred_date && seed.articles.len() == 1;
            let repeats = || self.values.iter().filter(telling).any(|value| other.values.binary_search(value).is_ok());
            shares && (alone(self) || alone(other)) && repeats()
        };
        let days = match self.inferred_date || other.inferred_date {
            true if gap > DAYS && retells() => DAYS_IN_ARTICLE,
            true if self.shares_rare(other) => DAYS_OF_RARE,
            true => DAYS,
            false => 0,
        };
        (gap <= days).then_some(gap)
    }
}

/// What a cluster joins, of all within its reach, itself left out: the only thing of its time with
/// its figure. `order` is that of the claims.
pub(super) fn target<I: Copy>(
    seed: &Seed,
    others: &[(I, &Seed)],
    order: impl Fn(I, I) -> Ordering,
) -> Option<(I, Because)> {
    for category in [false, true] {
        if category && !seed.inferred_category {
            return None;
        }
        let mut all: Vec<(i64, I, &Seed)> = others
            .iter()
            .filter(|(_, other)| other.key.aside == Aside::No)
            .filter_map(|(id, other)| Some((seed.may_be(other, category)?, *id, *other)))
            .collect();
        // "12 soldiers and 12 civilians": neither is the 12 of whom nothing is told.
        let group = |other: &Seed| other.key.subset != NONE && other.key.subset != seed.key.subset;
        if !seed.inferred_date
            && !seed.inferred_category
            && seed.key.subset != NONE
            && others.iter().any(|(_, other)| group(other) && seed.repeats(other, TELLING) && seed.gap(other) == 0)
        {
            return None;
        }
        all.sort_by(|a, b| {
            let firm = |other: &Seed| (other.inferred_date, other.inferred_category);
            (firm(a.2), a.0).cmp(&(firm(b.2), b.0)).then_with(|| order(a.1, b.1))
        });
        let Some((_, first, best)) = all.first() else { continue };
        let agree =
            all.iter().enumerate().all(|(i, (.., a))| all[i + 1..].iter().all(|(.., b)| a.may_be(b, true).is_some()));
        let nearest = all.iter().map(|(gap, ..)| *gap).min();
        let mut near = all.iter().filter(|(gap, ..)| Some(*gap) == nearest);
        let (first, best) = match (agree, near.next(), near.next()) {
            (true, ..) => (*first, *best),
            (false, Some((_, only, other)), None) => (*only, *other),
            _ => return None,
        };
        let because = match () {
            () if best.key.category != seed.key.category => Because::InferredCategory(seed.key.category),
            () if best.key.aside != seed.key.aside => Because::ToldByItself,
            () if best.key.subset != seed.key.subset && !seed.inferred_date => Because::WithoutGroup,
            () => Because::InferredDay,
        };
        return Some((first, because));
    }
    None
}

/// All joins among some clusters.
pub(super) fn joins(prepared: &Prepared<'_>, clusters: &[Cluster]) -> Vec<Join> {
    if !prepared.statements.iter().any(Statement::is_loose) {
        return Vec::new();
    }
    let seeds: Vec<(StatementId, Seed)> = clusters
        .iter()
        .filter_map(|cluster| Some((cluster.members.iter().map(|(id, _)| *id).min()?, Seed::of(prepared, cluster)?)))
        .collect();
    let mut marks: Vec<((u64, NaiveDate), usize)> = Vec::new();
    for (place, (_, seed)) in seeds.iter().enumerate() {
        marks.extend(seed.marks().map(|mark| (mark, place)));
    }
    marks.sort_unstable();
    let mut out = Vec::new();
    for (place, (first, seed)) in seeds.iter().enumerate().filter(|(_, (_, seed))| seed.is_loose()) {
        let mut near: Vec<usize> = Vec::new();
        for (from, to) in seed.reach() {
            let begin = marks.partition_point(|(mark, _)| *mark < from);
            near.extend(marks[begin..].iter().take_while(|(mark, _)| *mark <= to).map(|(_, place)| *place));
        }
        near.sort_unstable();
        near.dedup();
        let others: Vec<(StatementId, &Seed)> =
            near.into_iter().filter(|other| *other != place).map(|other| (seeds[other].0, &seeds[other].1)).collect();
        out.extend(target(seed, &others, |a, b| a.cmp(&b)).map(|(to, because)| (*first, to, because)));
    }
    out
}

/// Puts the claims of what joins to those that it joins. What joins in a ring is where the first of
/// it is.
pub(super) fn join(clusters: &mut [Cluster], joins: &[Join]) {
    if joins.is_empty() {
        return;
    }
    let to: BTreeMap<StatementId, StatementId> = joins.iter().map(|(from, to, _)| (*from, *to)).collect();
    let wanted: BTreeSet<StatementId> = joins.iter().flat_map(|(from, to, _)| [*from, *to]).collect();
    let mut places: BTreeMap<StatementId, usize> = BTreeMap::new();
    for (place, cluster) in clusters.iter().enumerate() {
        if let Some(first) = cluster.members.iter().map(|(id, _)| *id).min().filter(|first| wanted.contains(first)) {
            places.insert(first, place);
        }
    }
    let end = |from: StatementId| {
        let (mut way, mut at) = (vec![from], from);
        while let Some(next) = to.get(&at) {
            if let Some(ring) = way.iter().position(|passed| passed == next) {
                return way[ring..].iter().min().copied().unwrap_or(from);
            }
            way.push(*next);
            at = *next;
        }
        at
    };
    let mut ordered: Vec<&Join> = joins.iter().collect();
    ordered.sort_unstable_by_key(|(from, ..)| *from);
    for (from, _, because) in ordered {
        let (Some(from), Some(to)) = (places.get(from), places.get(&end(*from))) else { continue };
        if from != to
            && let Ok([from, to]) = clusters.get_disjoint_mut([*from, *to])
        {
            to.take_in(from, because);
        }
    }
}
