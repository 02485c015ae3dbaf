//! Totals against the sum of what they should hold, laid open so that it can be re-added.
//!
//! Nothing is counted twice: of a period and the events or shorter periods inside it, the one
//! with the higher floor is added and the other listed as inside.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike, NaiveDate};

use crate::claim::{
    BOTH, Codebook, DateWindow, FactFlag, Name, Precision, Rollup, RollupMember, RollupStatus, grouped,
};

use super::Draft;
use super::events::{Class, Happening, class_of};
use super::interner::{NONE, Sym};
use super::statement::{Aside, Prepared, Shape};

/// A line of a sum.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Line {
    /// The fact, as a place in the drafts.
    pub fact: usize,
    pub low: Option<u64>,
    pub high: Option<u64>,
    /// The fact that it is inside of, or overlaps, and is not added because of.
    pub inside: Option<usize>,
}

/// A total against its parts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Sum {
    pub fact: usize,
    pub status: RollupStatus,
    pub lines: Vec<Line>,
    pub recorded: usize,
    pub stated: Option<u64>,
    pub low: u64,
    pub high: Option<u64>,
    pub residual_low: Option<u64>,
    pub residual_high: Option<u64>,
    /// The sum in words.
    pub reason: String,
    pub flags: Vec<(FactFlag, String)>,
}

impl Sum {
    /// The sum as it is shown; `name` gives what each fact is called, by its place in the drafts.
    pub fn rollup(&self, name: impl Fn(usize) -> Name) -> Rollup {
        let member = |line: &Line| RollupMember {
            fact: name(line.fact),
            low: line.low,
            high: line.high,
            inside: line.inside.map(&name),
        };
        Rollup {
            fact: name(self.fact),
            status: self.status,
            members: self.lines.iter().map(member).collect(),
            recorded: self.recorded,
            stated_events: self.stated,
            sum_low: self.low,
            sum_high: self.high,
            residual_low: self.residual_low,
            residual_high: self.residual_high,
            reason: self.reason.clone(),
        }
    }
}

/// What sums are made of.
pub(super) struct Ledger<'p, 'a> {
    pub prepared: &'p Prepared<'a>,
    pub codebook: &'p Codebook,
    pub drafts: &'p [&'p Draft],
    pub happenings: &'p [Happening],
    /// The happening of every fact that has one.
    pub happening_of: &'p [Option<usize>],
    /// For the later of two suspected twins, the earlier.
    pub twin_of: &'p BTreeMap<usize, usize>,
}

/// Facts with both ends of their time known, where sums look for them.
pub(super) struct Books {
    /// By category, subset and party, in order of time.
    by_subject: BTreeMap<(Sym, Sym, Sym), Vec<usize>>,
    /// Counts of events, by their period.
    counts_of_events: BTreeMap<(Option<NaiveDate>, Option<NaiveDate>), Vec<usize>>,
}

/// Whether a fact is a total that its parts are held against.
pub(super) fn is_total(draft: &Draft) -> bool {
    let (key, window) = (draft.cluster.key, &draft.cluster.window);
    let total = key.shape == Shape::Period || key.shape == Shape::ToDate && draft.cluster.since.is_some();
    total && key.aside == Aside::No && window.start.is_some() && window.end.is_some()
}

impl Ledger<'_, '_> {
    /// The sums of all totals, by fact.
    pub fn sums(&self) -> Vec<Sum> {
        let books = self.books();
        (0..self.drafts.len()).filter_map(|place| self.sum_at(place, &books)).collect()
    }

    /// The facts, where sums look for them.
    pub fn books(&self) -> Books {
        let mut by_subject: BTreeMap<(Sym, Sym, Sym), Vec<usize>> = BTreeMap::new();
        let mut counts_of_events: BTreeMap<(Option<NaiveDate>, Option<NaiveDate>), Vec<usize>> = BTreeMap::new();
        for (place, draft) in self.drafts.iter().enumerate() {
            let (key, facet, window) = (draft.cluster.key, draft.cluster.facet, &draft.cluster.window);
            if key.aside != Aside::No || window.start.is_none() || window.end.is_none() {
                continue;
            }
            if self.counts_events(place) {
                if is_total(draft) {
                    counts_of_events.entry((window.start, window.end)).or_default().push(place);
                }
            } else if matches!(key.shape, Shape::Event | Shape::Period)
                || key.shape == Shape::ToDate && draft.cluster.since.is_some()
            {
                by_subject.entry((key.category, key.subset, facet.party)).or_default().push(place);
            }
        }
        for list in by_subject.values_mut() {
            list.sort_by_key(|place| (self.drafts[*place].cluster.window.start, *place));
        }
        Books { by_subject, counts_of_events }
    }

    /// The sum of a fact; `None` where it is no total.
    pub fn sum_at(&self, place: usize, books: &Books) -> Option<Sum> {
        let draft = self.drafts[place];
        let (key, facet, window) = (draft.cluster.key, draft.cluster.facet, &draft.cluster.window);
        if !is_total(draft) {
            return None;
        }
        if self.counts_events(place) {
            let sum = self.sum_of_events(place, &books.by_subject);
            return (key.shape == Shape::Period || sum.recorded > 0).then_some(sum);
        }
        let subject = (key.category, key.subset, facet.party);
        let candidates = books.by_subject.get(&subject).map_or(&[][..], |list| list);
        let stated = books
            .counts_of_events
            .get(&(window.start, window.end))
            .and_then(|list| list.iter().find(|n| self.together(**n, place)))
            .and_then(|n| self.drafts[*n].assessed.estimate.best);
        let sum = self.sum(place, candidates, stated);
        (key.shape == Shape::Period || sum.recorded > 0).then_some(sum)
    }

    fn counts_events(&self, place: usize) -> bool {
        let id = self.prepared.interner.str(self.drafts[place].cluster.key.category);
        self.codebook.category(id).is_some_and(|category| !category.people)
    }

    /// Whether one article tells both.
    fn together(&self, a: usize, b: usize) -> bool {
        self.drafts[a].shares_article(self.drafts[b], self.prepared)
    }

    fn window(&self, place: usize) -> &DateWindow {
        &self.drafts[place].cluster.window
    }

    fn sum(&self, total: usize, candidates: &[usize], stated: Option<u64>) -> Sum {
        let window = self.window(total);
        let facet = self.drafts[total].cluster.facet;
        let first = candidates.partition_point(|place| self.window(*place).start < window.start);
        let inside: Vec<usize> = candidates[first..]
            .iter()
            .copied()
            .take_while(|place| self.window(*place).start <= window.end)
            .filter(|place| {
                let other = self.window(*place);
                // "in 2025" and "by 30 December": the same total, told again while the period ran.
                let again = other.start == window.start
                    && self.drafts[*place].cluster.key.shape != Shape::Event
                    && self.drafts[*place].assessed.estimate == self.drafts[total].assessed.estimate;
                *place != total
                    && !again
                    && self.drafts[*place].cluster.facet.fits(facet)
                    && self.surely_inside(*place, total)
                    && (other.start, other.end) != (window.start, window.end)
            })
            .collect();
        let Cover { mut lines, doubtful } = self.cover(&inside);
        let blanks = self.blanks(total, &lines);
        let recorded: BTreeSet<usize> = lines
            .iter()
            .filter(|line| line.inside.is_none())
            .map(|line| line.fact)
            .chain(blanks.iter().copied())
            .map(|fact| self.happening_of[fact].map_or(fact, |h| self.drafts.len() + h))
            .collect();
        let counted = lines.iter().filter(|line| line.inside.is_none());
        let low = counted.clone().filter_map(|line| line.low).fold(0u64, u64::saturating_add);
        let high = if blanks.is_empty() {
            counted.clone().map(|line| line.high).try_fold(0u64, |sum, high| high.map(|h| sum.saturating_add(h)))
        } else {
            None
        };
        let valued = counted.count();
        let rounds = recorded.iter().any(|n| *n >= self.drafts.len() && self.happenings[*n - self.drafts.len()].round);
        lines.extend(blanks.iter().map(|fact| Line { fact: *fact, low: None, high: None, inside: None }));
        lines.sort_by_key(|line| (self.window(line.fact).start, line.fact));
        let estimate = &self.drafts[total].assessed.estimate;
        let sure = low.saturating_sub(doubtful);
        let m = recorded.len() as u64;
        let complete = stated == Some(m) && blanks.is_empty() && !rounds;
        let exhausted =
            estimate.low.is_some() && estimate.low == estimate.high && Some(low) == estimate.low && high == Some(low);
        let meets = high.is_none_or(|h| estimate.low.is_none_or(|t| h >= t)) && estimate.high.is_none_or(|t| low <= t);
        let mut flags = Vec::new();
        let (status, why) = if valued == 0 {
            (RollupStatus::Untestable, "no part of it is recorded".to_owned())
        } else if estimate.high.is_some_and(|t| sure > t) {
            (RollupStatus::Mismatch, "the recorded parts alone are more than the total".to_owned())
        } else if !rounds && stated.is_some_and(|n| m > n) {
            (RollupStatus::Mismatch, format!("{m} events are recorded, more than are stated"))
        } else if complete && !meets {
            (RollupStatus::Mismatch, "all events are recorded, and their sum is another".to_owned())
        } else if complete || exhausted {
            (RollupStatus::Match, "the parts add up to the total".to_owned())
        } else {
            (RollupStatus::Incomplete, "what is recorded leaves room".to_owned())
        };
        if rounds && stated.is_some() {
            let text = "a round over several days may be one event or several".to_owned();
            flags.push((FactFlag::UnitUnclear, text));
        } else if estimate.high.is_some_and(|t| low > t) && status != RollupStatus::Mismatch {
            let text = "an event dated only to a month may be inside a longer count at its edge".to_owned();
            flags.push((FactFlag::UnitUnclear, text));
        }
        let residual_low = match (estimate.low, high) {
            (Some(total), Some(high)) => Some(total.saturating_sub(high)),
            _ => None,
        };
        let residual_high = estimate.high.map(|total| total.saturating_sub(low));
        let missing = stated.map(|n| n.saturating_sub(m)).filter(|n| *n > 0);
        let mut reason = format!("{why}: {}", spelled(self.drafts, &lines, low, high));
        if let Some(n) = stated {
            reason.push_str(&format!("; {m} of {} events recorded", grouped(n)));
        }
        if let (Some(rest), RollupStatus::Incomplete) = (residual_high, status) {
            reason.push_str(&format!("; at most {} left", grouped(rest)));
            if let Some(missing) = missing {
                reason.push_str(&format!(" for {missing} unrecorded events"));
                let mean = rest / missing;
                reason.push_str(&format!(", {} each on average", grouped(mean)));
            }
        }
        match status {
            RollupStatus::Mismatch => flags.push((FactFlag::SumMismatch, reason.clone())),
            RollupStatus::Incomplete => flags.push((FactFlag::SumIncomplete, reason.clone())),
            RollupStatus::Match | RollupStatus::Untestable => {}
        }
        Sum {
            fact: total,
            status,
            lines,
            recorded: recorded.len(),
            stated,
            low,
            high,
            residual_low: residual_low.filter(|_| status != RollupStatus::Untestable),
            residual_high: residual_high.filter(|_| status != RollupStatus::Untestable),
            reason,
            flags,
        }
    }

    /// Which of the facts inside a total are added. Periods are tried from the shortest to the
    /// longest; `doubtful` is what may have been counted in a period already.
    fn cover(&self, inside: &[usize]) -> Cover {
        let estimate = |place: usize| &self.drafts[place].assessed.estimate;
        let line =
            |place: usize| Line { fact: place, low: estimate(place).low, high: estimate(place).high, inside: None };
        let has_value = |place: &usize| estimate(*place).low.is_some() || estimate(*place).high.is_some();
        let (events, mut periods): (Vec<usize>, Vec<usize>) = inside
            .iter()
            .copied()
            .filter(has_value)
            .partition(|place| self.drafts[*place].cluster.key.shape == Shape::Event);
        periods.sort_by_key(|place| (days(self.window(*place)), *place));
        let mut lines: BTreeMap<usize, Line> = BTreeMap::new();
        let mut added: BTreeSet<usize> = BTreeSet::new();
        for place in events {
            let mut line = line(place);
            // Two that look like one are counted once, until the analyst decides.
            line.inside = self.twin_of.get(&place).copied().filter(|twin| inside.contains(twin));
            if line.inside.is_none() {
                added.insert(place);
            }
            lines.insert(place, line);
        }
        for period in periods {
            let mut own = line(period);
            let (within, beside): (Vec<usize>, Vec<usize>) =
                added.iter().copied().partition(|place| self.surely_inside(*place, period));
            let overlapping: Vec<usize> = beside
                .into_iter()
                .filter(|p| {
                    self.drafts[*p].cluster.key.shape != Shape::Event && overlap(self.window(*p), self.window(period))
                })
                .collect();
            let rivals: Vec<usize> = within.iter().chain(&overlapping).copied().collect();
            let floor = rivals.iter().filter_map(|p| estimate(*p).low).fold(0u64, u64::saturating_add);
            if rivals.is_empty() || estimate(period).low.unwrap_or(0) >= floor {
                for rival in rivals {
                    added.remove(&rival);
                    if let Some(line) = lines.get_mut(&rival) {
                        line.inside = Some(period);
                    }
                }
                added.insert(period);
            } else {
                own.inside = rivals.first().copied();
            }
            lines.insert(period, own);
        }
        let is_event = |place: &usize| self.drafts[*place].cluster.key.shape == Shape::Event;
        let doubtful = added
            .iter()
            .filter(|event| is_event(event))
            .filter(|event| added.iter().any(|p| !is_event(p) && self.window(*p).contains(self.window(**event))))
            .filter_map(|event| estimate(*event).low)
            .fold(0u64, u64::saturating_add);
        Cover { lines: lines.into_values().collect(), doubtful }
    }

    /// Whether an event or a shorter period lies inside a period beyond doubt. The ends of a
    /// stretch from month to month are known to the month only: what is itself dated only to the
    /// month at its edge may lie outside.
    fn surely_inside(&self, place: usize, period: usize) -> bool {
        let (inner, outer) = (self.window(place), self.window(period));
        if !outer.contains(inner) {
            return false;
        }
        let to_the_month = |w: &DateWindow| {
            w.start.is_some_and(|day| day.day() == 1)
                && w.end.and_then(|day| day.succ_opt()).is_some_and(|day| day.day() == 1)
        };
        let coarse = outer.precision == Precision::Range && to_the_month(outer);
        let at_the_edge = inner.start == outer.start || inner.end == outer.end;
        // Two stretches told to the month that share an end share it in the same words.
        let same_words = inner.precision == Precision::Range && is_total(self.drafts[place]);
        !(coarse && at_the_edge && inner.precision != Precision::Day && !same_words)
    }

    /// The other leg of every exchange inside a total of which this direction is not told.
    fn blanks(&self, total: usize, lines: &[Line]) -> Vec<usize> {
        let (facet, window) = (self.drafts[total].cluster.facet, self.window(total));
        if facet.from == NONE || facet.to == NONE {
            return Vec::new();
        }
        let class = class_of(self.prepared, self.codebook, self.drafts[total]);
        let own = self.happening_of[total];
        let told: BTreeSet<usize> = lines.iter().filter_map(|line| self.happening_of[line.fact]).collect();
        let from = self.happenings.partition_point(|h| h.window.start.is_some() && h.window.start < window.start);
        self.happenings[from..]
            .iter()
            .enumerate()
            .take_while(|(_, h)| h.window.start.is_some() && h.window.start <= window.end)
            .filter(|(i, h)| h.class == class && !told.contains(&(from + i)) && own != Some(from + i))
            .filter(|(_, h)| h.facts.first().is_some_and(|fact| self.surely_inside(*fact, total)))
            .filter(|(_, h)| {
                !lines.iter().any(|line| {
                    // What happened inside a period that is counted whole is no blank.
                    line.inside.is_none()
                        && self.drafts[line.fact].cluster.key.shape != Shape::Event
                        && h.facts.first().is_some_and(|fact| self.surely_inside(*fact, line.fact))
                })
            })
            .filter_map(|(_, h)| {
                h.facts.iter().copied().find(|fact| {
                    let other = self.drafts[*fact].cluster.facet;
                    (other.from, other.to) == (facet.to, facet.from)
                })
            })
            .collect()
    }

    /// A stated number of events against those that are recorded.
    fn sum_of_events(&self, total: usize, by_subject: &BTreeMap<(Sym, Sym, Sym), Vec<usize>>) -> Sum {
        let window = self.window(total);
        let facet = self.drafts[total].cluster.facet;
        // What is counted is of the sort that the same articles give totals of.
        let classes: BTreeSet<Class> = by_subject
            .values()
            .flatten()
            .filter(|place| {
                let other = self.window(**place);
                (other.start, other.end) == (window.start, window.end)
                    && is_total(self.drafts[**place])
                    && self.together(**place, total)
            })
            .map(|place| class_of(self.prepared, self.codebook, self.drafts[*place]))
            .collect();
        let party = self.prepared.interner.name(facet.party).filter(|name| &***name != BOTH);
        let of_party = |h: &Happening| {
            party.is_none()
                || h.facts.iter().any(|fact| {
                    let other = self.drafts[*fact].cluster.facet;
                    [other.party, other.from, other.to].contains(&facet.party)
                })
        };
        let from = self.happenings.partition_point(|h| h.start().is_some() && h.start() < window.start);
        let counted: Vec<&Happening> = self.happenings[from..]
            .iter()
            .take_while(|h| h.start().is_some() && h.start() <= window.end)
            .filter(|h| window.contains(&h.window) && (h.window.start, h.window.end) != (window.start, window.end))
            .filter(|h| match classes.len() {
                0 => matches!(h.class, Class::Bodies | Class::Living),
                _ => classes.contains(&h.class),
            })
            .filter(|h| of_party(h))
            .collect();
        let rounds = counted.iter().any(|h| h.round);
        let lines: Vec<Line> = counted
            .iter()
            .map(|h| Line { fact: h.facts[0], low: Some(1), high: (!h.round).then_some(1), inside: None })
            .collect();
        let m = counted.len() as u64;
        let high = if rounds { None } else { Some(m) };
        let estimate = &self.drafts[total].assessed.estimate;
        let one_unit = !rounds && classes.len() == 1;
        let too_many = estimate.high.is_some_and(|n| m > n);
        let (status, why) = match () {
            () if m == 0 => (RollupStatus::Untestable, "no such event is recorded".to_owned()),
            () if too_many && one_unit => {
                (RollupStatus::Mismatch, "more events are recorded than are stated".to_owned())
            }
            () if one_unit && estimate.low == Some(m) && estimate.high == Some(m) => {
                (RollupStatus::Match, "as many events are recorded as are stated".to_owned())
            }
            () => (RollupStatus::Incomplete, "not all events are recorded".to_owned()),
        };
        let mut flags = Vec::new();
        if m > 0 && !one_unit {
            let text = "is a round of several days one event, and is what is recorded what is counted?".to_owned();
            flags.push((FactFlag::UnitUnclear, text));
        }
        let stated = estimate.best;
        let of = stated.map_or_else(String::new, |n| format!(" of {}", grouped(n)));
        let reason = format!("{why}: {m}{of} recorded");
        match status {
            RollupStatus::Mismatch => flags.push((FactFlag::SumMismatch, reason.clone())),
            RollupStatus::Incomplete => flags.push((FactFlag::SumIncomplete, reason.clone())),
            RollupStatus::Match | RollupStatus::Untestable => {}
        }
        Sum {
            fact: total,
            status,
            lines,
            recorded: counted.len(),
            stated,
            low: m,
            high,
            residual_low: match (estimate.low, high) {
                (Some(total), Some(high)) => Some(total.saturating_sub(high)),
                _ => None,
            },
            residual_high: estimate.high.map(|total| total.saturating_sub(m)),
            reason,
            flags,
        }
    }
}

struct Cover {
    lines: Vec<Line>,
    doubtful: u64,
}

fn days(window: &DateWindow) -> i64 {
    match (window.start, window.end) {
        (Some(start), Some(end)) => (end - start).num_days(),
        _ => i64::MAX,
    }
}

fn overlap(a: &DateWindow, b: &DateWindow) -> bool {
    a.start <= b.end && b.start <= a.end
}

/// "F03 6,001+ + F05 900 = 6,901 or more": the sum as it can be re-added.
fn spelled(drafts: &[&Draft], lines: &[Line], low: u64, high: Option<u64>) -> String {
    const SHOWN: usize = 12;
    let name = |place: usize| drafts[place].mention;
    let added: Vec<&Line> = lines.iter().filter(|line| line.inside.is_none()).collect();
    let mut parts: Vec<String> = added
        .iter()
        .take(SHOWN)
        .map(|line| match (line.low, line.high) {
            (Some(low), Some(high)) if low == high => format!("{} {}", name(line.fact), grouped(low)),
            (Some(low), Some(high)) => format!("{} {}–{}", name(line.fact), grouped(low), grouped(high)),
            (Some(low), None) => format!("{} {}+", name(line.fact), grouped(low)),
            (None, Some(high)) => format!("{} up to {}", name(line.fact), grouped(high)),
            (None, None) => format!("{} no figure", name(line.fact)),
        })
        .collect();
    if added.len() > SHOWN {
        parts.push(format!("{} more", added.len() - SHOWN));
    }
    if parts.is_empty() {
        return "nothing to add".to_owned();
    }
    let sum = match high {
        Some(high) if high == low => grouped(low),
        Some(high) => format!("{}–{}", grouped(low), grouped(high)),
        None => format!("{} or more", grouped(low)),
    };
    format!("{} = {sum}", parts.join(" + "))
}
