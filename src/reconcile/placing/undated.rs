//! Claims without a date: what they can be recognised by, and the fact that they then join.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Days, NaiveDate};

use super::super::dating;
use super::super::interner::NONE;
use super::super::statement::{Shape, Statement, StatementId};
use super::{Because, FEW, Placing, rare};

impl Placing<'_, '_> {
    /// Claims without a date: they join what they can be told to repeat, and found a fact of
    /// their own otherwise, with the facts listed that they could belong to. Which claims depend on
    /// one another here is what `reconciler::units` ties together: article and figure.
    pub(super) fn undated(&mut self, undated: &[StatementId]) {
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
        order.sort_by_cached_key(|id| {
            let s = self.statement(*id);
            (s.article, s.partial == NONE, std::cmp::Reverse(s.facet.known()), self.prepared.rank(s.facet), *id)
        });
        let dated = self.placed.clusters.len();
        for id in order {
            let s = self.statement(id);
            let value = self.prepared.interner.str(s.partial);
            let fits = |number: &usize| {
                let cluster = &self.placed.clusters[*number];
                let same_partial = s.partial == NONE || cluster.partial == NONE || cluster.partial == s.partial;
                cluster.facet.fits(s.facet)
                    && !self.is_some_of_all(cluster, s)
                    && same_partial
                    && (value.is_empty() || dating::may_be(value, &cluster.window))
            };
            let only = |list: Option<&BTreeSet<usize>>| {
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
                // What is denied differs, as a rule, from what is not.
                let meets = |n: &usize| {
                    let cluster = &self.placed.clusters[*n];
                    cluster.is_repeated_by(&s.count) || s.denied && cluster.is_near(&s.count)
                };
                same_words.or_else(|| only(Some(list)).filter(meets))
            };
            // A day without its year, or a weekday, is not put in a year by its figure.
            let dateless = s.partial == NONE;
            // One source gives the same round figure of many events.
            let recurs = s.key.shape == Shape::Event;
            let same_statement = || {
                let source = s.source.filter(|_| dateless && !recurs)?;
                only(index.by_word.get(&(source, s.count.single()?)))
            };
            let same_rare = || only(index.by_rare.get(&rare(&s.count).filter(|_| dateless)?));
            let same_days = || {
                let (value, said) = (s.count.single().filter(|_| dateless)?, s.said?);
                let days = Days::new(if s.key.shape == Shape::Plan { 14 } else { NEAR });
                let same_party =
                    |number: &usize| s.facet.known() > 0 && self.placed.clusters[*number].facet.party == s.facet.party;
                let from = said.checked_sub_days(days).unwrap_or(said);
                let to = said.checked_add_days(days).unwrap_or(said);
                let near = index.by_value.range((value, from)..=(value, to)).flat_map(|(_, list)| list);
                only(Some(&near.copied().filter(same_party).collect()))
            };
            let joined = same_article()
                .map(|n| (n, Because::SameArticle))
                .or_else(|| same_statement().map(|n| (n, Because::SameStatement)))
                .or_else(|| same_rare().map(|n| (n, Because::SameRareFigure)))
                .or_else(|| same_days().map(|n| (n, Because::SameDays)));
            let number = match joined {
                Some((number, because)) => {
                    self.add(u32::try_from(number).unwrap_or(u32::MAX), id, because);
                    number
                }
                None => {
                    let related = index.related(self.statement(id));
                    let fitting = related.into_iter().filter(|number| *number < dated && fits(number));
                    let maybe = fitting.take(FEW).filter_map(|n| u32::try_from(n).ok()).collect();
                    let number = self.found(id);
                    self.placed.clusters[number as usize].maybe = maybe;
                    number as usize
                }
            };
            index.add(&self.prepared.statements[id as usize], number);
        }
    }
}

/// Whether a statement is held against all that have its figure, and not only against what was told
/// within days: sums and plans, and figures that are not shared by chance every other day.
pub(in super::super) fn is_known_whenever(statement: &Statement, value: u64) -> bool {
    statement.key.shape != Shape::Event || value >= 100
}

/// An event is recognised by a figure that is told within so many days.
const NEAR: u64 = 3;

/// Clusters by what an undated claim can be recognised by.
#[derive(Default)]
struct Repeats {
    by_article: BTreeMap<u32, BTreeSet<usize>>,
    by_word: BTreeMap<(u32, u64), BTreeSet<usize>>,
    by_rare: BTreeMap<u64, BTreeSet<usize>>,
    /// By value, and the day on which it happened or, where that is not known, was said.
    by_value: BTreeMap<(u64, NaiveDate), BTreeSet<usize>>,
}

impl Repeats {
    /// Clusters that a statement could belong to: its article tells of them, or they have its figure.
    fn related(&self, statement: &Statement) -> BTreeSet<usize> {
        let mut out = self.by_article.get(&statement.article).cloned().unwrap_or_default();
        if let Some(value) = statement.count.single() {
            let whenever = is_known_whenever(statement, value) || statement.said.is_none();
            let days = |day: NaiveDate| {
                let days = Days::new(NEAR);
                (day.checked_sub_days(days).unwrap_or(day), day.checked_add_days(days).unwrap_or(day))
            };
            let told = if whenever { Some((NaiveDate::MIN, NaiveDate::MAX)) } else { statement.said.map(days) };
            let near = told.into_iter().flat_map(|(from, to)| self.by_value.range((value, from)..=(value, to)));
            out.extend(near.flat_map(|(_, clusters)| clusters));
            if whenever {
                out.extend(self.by_rare.get(&value).into_iter().flatten());
            }
        }
        out
    }

    fn add(&mut self, statement: &Statement, cluster: usize) {
        self.by_article.entry(statement.article).or_default().insert(cluster);
        let Some(value) = statement.count.single() else { return };
        if let Some(source) = statement.source {
            self.by_word.entry((source, value)).or_default().insert(cluster);
        }
        if let Some(day) = statement.window.end.or(statement.said) {
            self.by_value.entry((value, day)).or_default().insert(cluster);
        }
        if rare(&statement.count).is_some() {
            self.by_rare.entry(value).or_default().insert(cluster);
        }
    }
}
