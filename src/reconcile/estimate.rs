//! Low, best and high: named rules over the live words of origins. Nothing is ever averaged.

use std::cell::LazyCell;
use std::collections::{BTreeMap, BTreeSet};

use crate::claim::{BestRule, Conventions, Form, Name, Quantity, Side, TieRule, grouped};

use super::origins::Standing;
use super::statement::Prepared;

/// The range of a fact, and its best value.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Estimate {
    pub low: Option<u64>,
    pub best: Option<u64>,
    /// What origins are measured against: best, or what the default rule would take where the rule
    /// of the project takes none.
    pub common: Option<u64>,
    pub high: Option<u64>,
    pub low_soft: bool,
    pub high_soft: bool,
    pub best_approx: bool,
    pub best_rule: Name,
}

/// The estimate of a fact from its standings; `grey` tells which of them only widen it in grey.
pub(super) fn estimate(
    prepared: &Prepared<'_>,
    standings: &[Standing],
    conventions: &Conventions,
    latest_stands: bool,
    grey: impl Fn(&Standing) -> bool,
) -> Estimate {
    let mut out = range(standings, grey);
    let best = best(prepared, standings, conventions, latest_stands);
    out.best = best.value;
    out.common = best.value.or_else(|| {
        let default = Conventions::default();
        let takes_none = conventions.best == BestRule::RangeOnly || conventions.tie == TieRule::NoBest;
        takes_none.then(|| self::best(prepared, standings, &default, latest_stands).value).flatten()
    });
    out.best_approx = best.approx;
    out.best_rule = best.rule;
    out
}

fn range(standings: &[Standing], grey: impl Fn(&Standing) -> bool) -> Estimate {
    let mut out = Estimate::default();
    let mut low: Option<(u64, bool)> = None;
    // `None` within is open.
    let mut high: Option<(Option<u64>, bool)> = None;
    // Asked for by soft words alone.
    let firm = LazyCell::new(|| -> BTreeSet<u64> {
        standings.iter().filter_map(Standing::word).filter_map(Quantity::single).collect()
    });
    for standing in standings {
        let Some(word) = standing.word().filter(|word| word.has_value()) else { continue };
        let soft = word.low_soft || word.high_soft;
        let holds_firm = || {
            let from = word.low.unwrap_or(0);
            let to = word.high.unwrap_or(u64::MAX);
            from <= to && firm.range(from..=to).next().is_some()
        };
        if soft && holds_firm() {
            continue;
        }
        let grey = grey(standing);
        let (l, l_soft) = (word.low.unwrap_or(0), word.low_soft || grey);
        if low.is_none_or(|(n, s)| (l, l_soft) < (n, s)) {
            low = Some((l, l_soft));
        }
        let (h, h_soft) = (word.high, word.high_soft || grey);
        let beyond = |a: Option<u64>, b: Option<u64>| a.is_none() && b.is_some() || a > b && b.is_some();
        if high.is_none_or(|(n, s)| beyond(h, n) || h == n && s && !h_soft) {
            high = Some((h, h_soft));
        }
    }
    if let Some((n, soft)) = low {
        (out.low, out.low_soft) = (Some(n), soft);
    }
    if let Some((n, soft)) = high {
        (out.high, out.high_soft) = (n, soft && n.is_some());
    }
    out
}

struct Best {
    value: Option<u64>,
    approx: bool,
    rule: Name,
}

impl Best {
    fn exact(value: u64, rule: impl Into<Name>) -> Self {
        Self { value: Some(value), approx: false, rule: rule.into() }
    }

    fn none(rule: impl Into<Name>) -> Self {
        Self { value: None, approx: false, rule: rule.into() }
    }
}

/// Who gives a value.
#[derive(Default)]
struct Votes<'p> {
    sides: BTreeSet<&'p Name>,
    of_no_side: usize,
}

fn best(prepared: &Prepared<'_>, standings: &[Standing], conventions: &Conventions, latest_stands: bool) -> Best {
    let words = || standings.iter().filter_map(|s| s.word().map(|word| (s, word)));
    if !words().any(|(_, word)| word.has_value()) {
        return Best::none("no figure stands");
    }
    if conventions.best == BestRule::RangeOnly {
        return Best::none("range only");
    }
    // Mostly nobody differs from anybody.
    let mut singles = words().filter_map(|(_, word)| word.single());
    if let Some(value) = singles.next()
        && singles.all(|other| other == value)
    {
        return Best::exact(value, "all equal");
    }
    // Named origins vote; where none gives an exact value, the articles' own voices stand in.
    let exact = |named: bool| {
        let mut values: BTreeMap<u64, Vec<&Standing>> = BTreeMap::new();
        for (standing, word) in words().filter(|(s, _)| s.source.is_some() == named) {
            if let Some(value) = word.single() {
                values.entry(value).or_default().push(standing);
            }
        }
        values
    };
    let mut values = exact(true);
    if values.is_empty() {
        values = exact(false);
    }
    if values.is_empty() {
        return without_exact(&words().map(|(_, word)| word).collect::<Vec<_>>());
    }
    if values.len() == 1 {
        let value = values.keys().next().copied().unwrap_or_default();
        return Best::exact(value, "all named origins equal");
    }
    let said = |value: &u64| values[value].iter().filter_map(|s| s.said).max();
    match conventions.best {
        BestRule::Lowest => Best::exact(values.keys().next().copied().unwrap_or_default(), "lowest"),
        BestRule::Highest => Best::exact(values.keys().next_back().copied().unwrap_or_default(), "highest"),
        BestRule::Latest => by_time(&values, said, conventions),
        BestRule::SourceHierarchy => {
            let rank =
                |value: &u64| values[value].iter().filter_map(|s| prepared.sources[s.source? as usize].rank).min();
            let first = values.keys().filter_map(rank).min();
            let of_first: Vec<u64> = values.keys().copied().filter(|v| rank(v) == first && first.is_some()).collect();
            match of_first.as_slice() {
                [one] => Best::exact(*one, "source hierarchy"),
                [] => by_sides(prepared, &values, conventions),
                several => tie(several, conventions),
            }
        }
        BestRule::PluralityOfSides | BestRule::RangeOnly if latest_stands => by_time(&values, said, conventions),
        BestRule::PluralityOfSides | BestRule::RangeOnly => by_sides(prepared, &values, conventions),
    }
}

fn by_time(
    values: &BTreeMap<u64, Vec<&Standing>>,
    said: impl Fn(&u64) -> Option<chrono::NaiveDate>,
    conventions: &Conventions,
) -> Best {
    let last = values.keys().filter_map(&said).max();
    let latest: Vec<u64> = values.keys().copied().filter(|v| last.is_none() || said(v) == last).collect();
    match latest.as_slice() {
        [one] => Best::exact(*one, "latest word"),
        several => tie(several, conventions),
    }
}

fn by_sides(prepared: &Prepared<'_>, values: &BTreeMap<u64, Vec<&Standing>>, conventions: &Conventions) -> Best {
    let votes: BTreeMap<u64, (usize, usize)> = values
        .iter()
        .map(|(value, standings)| {
            let mut votes = Votes::default();
            for standing in standings {
                match standing.source.map(|s| &prepared.sources[s as usize].side) {
                    Some(Side::Party(party)) => {
                        votes.sides.insert(party);
                    }
                    _ => votes.of_no_side += 1,
                }
            }
            (*value, (votes.sides.len(), votes.of_no_side))
        })
        .collect();
    let most_sides = votes.values().map(|(sides, _)| *sides).max().unwrap_or(0);
    let leading = |votes: &(usize, usize)| votes.0 == most_sides;
    let most_others = votes.values().filter(|v| leading(v)).map(|(_, others)| *others).max().unwrap_or(0);
    let of_most_sides: Vec<u64> = votes.iter().filter(|(_, v)| leading(v)).map(|(value, _)| *value).collect();
    let winners: Vec<u64> =
        votes.iter().filter(|(_, v)| leading(v) && v.1 == most_others).map(|(value, _)| *value).collect();
    match (of_most_sides.as_slice(), winners.as_slice()) {
        ([one], _) => Best::exact(*one, "plurality of sides"),
        (_, [one]) => Best::exact(*one, "plurality of origins that belong to no side"),
        (_, several) => tie(several, conventions),
    }
}

fn tie(values: &[u64], conventions: &Conventions) -> Best {
    match (conventions.tie, values.iter().min()) {
        (TieRule::Lower, Some(lower)) => Best::exact(*lower, "tie, lower taken"),
        _ => Best::none("tie, none taken"),
    }
}

fn without_exact(words: &[&Quantity]) -> Best {
    let approximations: Vec<&&Quantity> = words.iter().filter(|q| is_approximation(q)).collect();
    if !approximations.is_empty() {
        let given: BTreeSet<u64> = approximations.iter().filter_map(|q| q.n).collect();
        if given.len() == 1
            && let Some(n) = given.first()
        {
            return Best { value: Some(*n), approx: true, rule: "only approximations, all of them equal".into() };
        }
        let low = approximations.iter().filter_map(|q| q.low).max();
        let high = approximations.iter().filter_map(|q| q.high).min();
        if let (Some(low), Some(high)) = (low, high)
            && low <= high
        {
            let value = low + (high - low) / 2;
            return Best { value: Some(value), approx: true, rule: "midpoint of what the approximations share".into() };
        }
        return Best::none("approximations that do not meet");
    }
    let ranges: Vec<(u64, u64)> =
        words.iter().filter(|q| q.form != Form::Vague).filter_map(|q| Some((q.low?, q.high?))).collect();
    // Where ranges nest, the inner one says most.
    let narrowest = ranges.iter().min_by_key(|(low, high)| (high - low, *low));
    match narrowest {
        Some((low, high))
            if ranges.len() > 1
                && ranges.iter().any(|r| r != &(*low, *high))
                && ranges.iter().all(|(l, h)| l <= low && high <= h) =>
        {
            Best::none(format!("ranges only, narrowest {}–{}", grouped(*low), grouped(*high)))
        }
        Some(_) => Best::none("ranges only"),
        None => Best::none("floors or vague words only"),
    }
}

/// "about n", "nearly n", and an approximate value referred to.
fn is_approximation(count: &Quantity) -> bool {
    count.n.is_some()
        && count.low_soft
        && count.high_soft
        && count.low.is_some()
        && count.high.is_some()
        && !matches!(count.form, Form::Vague)
}
