//! Events that are kept: what happened together, found anew where a moment has changed.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::claim::{Event as ShownEvent, Reference};

use super::super::events::{self, Happening};
use super::super::interner::NONE;
use super::super::statement::Prepared;
use super::Reconciler;
use super::groups::{Event, Trace};
use super::output::name;

impl Reconciler {
    /// Events anew where a moment has changed. Gives the facts whose event is another.
    pub(super) fn happen(&mut self, prepared: &Prepared<'_>) -> BTreeSet<u32> {
        let mut related = BTreeSet::new();
        for moment in std::mem::take(&mut self.groups.stale_moments) {
            self.work.groups += 1;
            let Some((facts, before)) = self.groups.moments.get_mut(&moment) else { continue };
            let (facts, before) = (facts.clone(), std::mem::take(before));
            let numbers = self.in_order(facts);
            let found = events::happenings(prepared, &self.codebook, &self.drafts(&numbers));
            let found: Vec<(Happening, Vec<u32>)> = found
                .into_iter()
                .map(|happening| {
                    let own = happening.facts.iter().map(|place| numbers[*place]).collect();
                    (happening, own)
                })
                .collect();
            for old in &before {
                if let Some(event) = &self.groups.events[*old as usize] {
                    let moved = event.numbers.iter().any(|number| self.groups.changed.contains(number));
                    if moved {
                        related.extend(&event.numbers);
                        self.groups.traces.push(Trace { window: event.happening.window, subject: (NONE, NONE, NONE) });
                    }
                    if let Some(start) = event.happening.window.start {
                        self.groups.by_day.remove(&(start, *old));
                    }
                }
            }
            let was: Vec<(u32, u32)> = before
                .iter()
                .filter_map(|old| Some((*old, self.groups.events[*old as usize].as_ref()?)))
                .flat_map(|(old, event)| event.numbers.iter().map(move |fact| (*fact, old)))
                .collect();
            let mut free: Vec<u32> = before.clone();
            let mut now = Vec::with_capacity(found.len());
            for (happening, numbers) in found {
                // The event that had one of its facts before keeps its number.
                let known = free.iter().position(|old| {
                    self.groups.events[*old as usize]
                        .as_ref()
                        .is_some_and(|old| old.numbers.iter().any(|n| numbers.contains(n)))
                });
                let number = match known {
                    Some(at) => free.remove(at),
                    None => {
                        self.groups.events.push(None);
                        u32::try_from(self.groups.events.len() - 1).unwrap_or(u32::MAX)
                    }
                };
                let old = self.groups.events[number as usize].take();
                let same = old.as_ref().is_some_and(|old| {
                    let (was, now) = (&old.happening, &happening);
                    old.numbers == numbers
                        && (&was.label, was.kind, was.window, was.round)
                            == (&now.label, now.kind, now.window, now.round)
                });
                self.groups.events_changed |= !same;
                let shown = match old.filter(|_| same) {
                    Some(old) => old.shown,
                    None => Arc::new(ShownEvent {
                        id: Reference::Event(number).to_string().into(),
                        label: happening.label.clone(),
                        kind: happening.kind.into(),
                        window: happening.window,
                        facts: numbers.iter().map(|number| name(*number)).collect(),
                    }),
                };
                let event = Event { happening, numbers, shown };
                if !same || event.numbers.iter().any(|number| self.groups.changed.contains(number)) {
                    related.extend(&event.numbers);
                    self.groups.traces.push(Trace { window: event.happening.window, subject: (NONE, NONE, NONE) });
                }
                if let Some(start) = event.happening.window.start {
                    self.groups.by_day.insert((start, number));
                }
                for fact in event.numbers.clone() {
                    if let Some(Some(held)) = self.facts.get_mut(fact as usize)
                        && held.happening != Some(number)
                    {
                        held.happening = Some(number);
                        self.stale_shown.insert(fact);
                    }
                }
                self.groups.events[number as usize] = Some(event);
                now.push(number);
            }
            for gone in free {
                self.groups.events[gone as usize] = None;
                self.groups.events_changed = true;
            }
            for (fact, old) in was {
                let still =
                    self.groups.events[old as usize].as_ref().is_some_and(|event| event.numbers.contains(&fact));
                if let Some(Some(held)) = self.facts.get_mut(fact as usize)
                    && held.happening == Some(old)
                    && !still
                {
                    held.happening = None;
                    self.stale_shown.insert(fact);
                }
            }
            if now.is_empty() {
                self.groups.moments.remove(&moment);
            } else if let Some((_, events)) = self.groups.moments.get_mut(&moment) {
                *events = now;
            }
        }
        related
    }

    /// The events of some facts, by places in a list that holds all facts of these events.
    pub(super) fn local_events(&self, numbers: &[u32]) -> (Vec<Happening>, Vec<Option<usize>>) {
        let places: BTreeMap<u32, usize> = numbers.iter().copied().zip(0..).collect();
        let mut events: BTreeSet<u32> = BTreeSet::new();
        events.extend(numbers.iter().filter_map(|number| self.held(*number)?.happening));
        let mut order: Vec<u32> = events.into_iter().collect();
        let event = |number: &u32| self.groups.events[*number as usize].as_ref();
        order.sort_by_cached_key(|number| {
            let event = event(number);
            let start = event.and_then(|event| event.happening.window.start);
            let first = event.and_then(|event| event.numbers.first()).and_then(|first| places.get(first).copied());
            (start.is_none(), start, first, event.map(|event| event.happening.label.clone()))
        });
        let mut of: Vec<Option<usize>> = vec![None; numbers.len()];
        let mut out = Vec::with_capacity(order.len());
        for (nth, number) in order.iter().enumerate() {
            let Some(event) = event(number) else { continue };
            let facts: Vec<usize> = event.numbers.iter().filter_map(|fact| places.get(fact).copied()).collect();
            facts.iter().for_each(|fact| of[*fact] = Some(nth));
            out.push(Happening { facts, ..event.happening.clone() });
        }
        (out, of)
    }
}
