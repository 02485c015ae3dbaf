//! Sums that are kept: added up anew where a total or what may be inside it has changed.

use std::collections::{BTreeMap, BTreeSet};

use super::super::draft::Draft;
use super::super::interner::NONE;
use super::super::rollup::Ledger;
use super::super::statement::Prepared;
use super::groups::{Group, Trace};
use super::{Reconciler, Stage};

impl Reconciler {
    /// Sums anew where a total or what may be inside it has changed.
    pub(super) fn add_up(&mut self, prepared: &Prepared<'_>) {
        let mut stale: BTreeSet<u32> = BTreeSet::new();
        for total in &self.groups.totals {
            let Some(held) = self.held(*total) else { continue };
            let (key, facet, window) = (held.draft.cluster.key, held.draft.cluster.facet, held.draft.cluster.window);
            let counts_events = self.counts_events(prepared, &held.draft);
            let own = (key.category, key.subset, facet.party);
            let touches = |trace: &Trace| {
                let meets = trace.window.start <= window.end && trace.window.start >= window.start;
                // An event may be a blank in it, or be counted by it; a count of events may be its own.
                let event = trace.subject == (NONE, NONE, NONE);
                let same_ends = (trace.window.start, trace.window.end) == (window.start, window.end);
                meets && (trace.subject == own || event || same_ends || counts_events)
            };
            if self.groups.changed.contains(total) || self.groups.traces.iter().any(touches) {
                stale.insert(*total);
            }
        }
        let gone: Vec<u32> = self.groups.changed.iter().copied().filter(|n| !self.groups.totals.contains(n)).collect();
        for number in gone {
            self.groups.sums_changed |= self.groups.sums.remove(&number).is_some();
            self.flag(Stage::Sum, Group::Fact(number), Vec::new());
        }
        for total in stale {
            self.sum(prepared, total);
        }
    }

    fn counts_events(&self, prepared: &Prepared<'_>, draft: &Draft) -> bool {
        let id = prepared.interner.str(draft.cluster.key.category);
        self.codebook.category(id).is_some_and(|category| !category.people)
    }

    fn sum(&mut self, prepared: &Prepared<'_>, total: u32) {
        self.work.sums += 1;
        let Some(held) = self.held(total) else { return };
        let (key, facet, window) = (held.draft.cluster.key, held.draft.cluster.facet, held.draft.cluster.window);
        let (Some(start), Some(end)) = (window.start, window.end) else { return };
        let mut facts: BTreeSet<u32> = BTreeSet::from([total]);
        let subject = (key.category, key.subset, facet.party);
        facts.extend(self.groups.inside.range((subject, start, 0)..=(subject, end, u32::MAX)).map(|((.., n), ())| *n));
        facts.extend(self.groups.periods.get(&(window.start, window.end)).into_iter().flatten());
        // Blanks are told by the other leg, and counts of events by the events.
        let directed = facet.from != NONE && facet.to != NONE;
        let tells_events = directed || self.counts_events(prepared, &held.draft);
        if tells_events {
            for (_, event) in self.groups.by_day.range((start, 0)..=(end, u32::MAX)) {
                facts.extend(self.groups.events[*event as usize].iter().flat_map(|event| &event.numbers));
            }
        }
        let numbers = if tells_events { self.with_events(facts) } else { self.in_order(facts) };
        let (happenings, happening_of) = self.local_events(&numbers);
        let drafts = self.drafts(&numbers);
        let place = |number: u32| numbers.binary_search_by_key(&self.place_of(number), |n| self.place_of(*n)).ok();
        let twin_of: BTreeMap<usize, usize> = numbers
            .iter()
            .enumerate()
            .filter_map(|(at, number)| Some((at, place(*self.groups.twin_of.get(number)?)?)))
            .collect();
        let ledger = Ledger {
            prepared,
            codebook: &self.codebook,
            drafts: &drafts,
            happenings: &happenings,
            happening_of: &happening_of,
            twin_of: &twin_of,
        };
        let found = place(total).and_then(|at| ledger.sum_at(at, &ledger.books()));
        let flags = found.iter().flat_map(|sum| &sum.flags).map(|(flag, text)| (total, *flag, text.clone())).collect();
        let same = match (&found, self.groups.sums.get(&total)) {
            (Some(sum), Some((known, of))) => {
                let lines = sum.lines.iter().map(|line| numbers[line.fact]);
                let insides = sum.lines.iter().map(|line| line.inside.map(|fact| numbers[fact]));
                sum.status == known.status
                    && sum.reason == known.reason
                    && (sum.low, sum.high, sum.recorded, sum.stated)
                        == (known.low, known.high, known.recorded, known.stated)
                    && (sum.residual_low, sum.residual_high) == (known.residual_low, known.residual_high)
                    && sum.lines.iter().map(|l| (l.low, l.high)).eq(known.lines.iter().map(|l| (l.low, l.high)))
                    && lines.eq(known.lines.iter().map(|line| of[line.fact]))
                    && insides.eq(known.lines.iter().map(|line| line.inside.map(|fact| of[fact])))
            }
            (None, None) => true,
            _ => false,
        };
        if !same {
            self.groups.sums_changed = true;
            match found {
                Some(sum) => self.groups.sums.insert(total, (sum, numbers)),
                None => self.groups.sums.remove(&total),
            };
        }
        self.flag(Stage::Sum, Group::Fact(total), flags);
    }
}
