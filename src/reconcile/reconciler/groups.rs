//! Rules that look over several facts, asked by group: facts of one subject, one moment, one
//! article, one total. A fact that changes makes the groups stale that it is in or was in.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike, NaiveDate};

use crate::claim::{BOTH, DateWindow, FactFlag, FactVerdict};

use super::super::across::{self, Flagged};
use super::super::draft::Draft;
use super::super::events::{self, Happening, Moment};
use super::super::interner::{NONE, Sym};
use super::super::rollup::{Ledger, Sum, is_total};
use super::super::statement::{Aside, Facet, Key, Prepared, Shape};
use super::facts::Held;
use super::{Reconciler, Stage};

/// Key and time of the legs of an exchange.
type Leg = (Key, Option<NaiveDate>, Option<NaiveDate>);

/// Category, subset, direction.
type Subject = (Sym, Sym, Facet);

/// An event that is kept; its facts are numbers that stay.
#[derive(Clone, Debug)]
pub(super) struct Event {
    pub happening: Happening,
    pub numbers: Vec<u32>,
}

/// Facts by what they have in common, and what was found out over them.
#[derive(Debug, Default)]
pub(super) struct Groups {
    moments: BTreeMap<Moment, (BTreeSet<u32>, Vec<u32>)>,
    /// All of a subject, and the plans among them.
    subjects: BTreeMap<Subject, (BTreeSet<u32>, BTreeSet<u32>)>,
    /// Events of a day.
    days: BTreeSet<(Subject, NaiveDate, u32)>,
    /// Totals and counts to date by key, for sides against both.
    keys: BTreeMap<Key, BTreeSet<u32>>,
    /// Legs, and what is over both of them, of one key and time.
    legs: BTreeMap<Leg, BTreeSet<u32>>,
    /// Events and states of affairs, by category.
    categories: BTreeMap<Sym, (BTreeSet<u32>, BTreeSet<u32>)>,
    articles: BTreeMap<u32, BTreeSet<u32>>,
    totals: BTreeSet<u32>,
    /// What may be inside a total: by category, subset and party, then first day.
    inside: BTreeMap<((Sym, Sym, Sym), NaiveDate, u32), ()>,
    /// Totals by their two ends.
    periods: BTreeMap<(Option<NaiveDate>, Option<NaiveDate>), BTreeSet<u32>>,
    pub events: Vec<Option<Event>>,
    /// Events by their first day.
    by_day: BTreeSet<(NaiveDate, u32)>,
    pub sums: BTreeMap<u32, (Sum, Vec<u32>)>,
    /// For the later of two suspected twins, the earlier.
    twin_of: BTreeMap<u32, u32>,
    /// The facts of which a group said something.
    flagged: BTreeMap<(Stage, Group), BTreeSet<u32>>,

    changed: BTreeSet<u32>,
    /// Time and subject of what has changed or was so before.
    traces: Vec<Trace>,
    stale_moments: BTreeSet<Moment>,
    stale_subjects: BTreeSet<Subject>,
    /// Pairs of adjacent days, by the first.
    stale_days: BTreeSet<(Subject, NaiveDate)>,
    stale_keys: BTreeSet<Key>,
    stale_legs: BTreeSet<Leg>,
    stale_categories: BTreeSet<Sym>,
    stale_articles: BTreeSet<u32>,
    pub events_changed: bool,
    pub sums_changed: bool,
}

/// What a group is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Group {
    Days(Subject, NaiveDate),
    Subject(Subject),
    Key(Key),
    Legs(Leg),
    Category(Sym),
    Article(u32),
    Fact(u32),
}

/// What sums ask of a fact that has changed.
#[derive(Clone, Copy, Debug)]
struct Trace {
    window: DateWindow,
    subject: (Sym, Sym, Sym),
}

/// The day of a fact that may have a twin.
fn day(draft: &Draft) -> Option<NaiveDate> {
    let key = draft.cluster.key;
    draft.cluster.window.single_day().filter(|_| key.shape == Shape::Event && key.aside == Aside::No)
}

fn subject(draft: &Draft) -> Subject {
    (draft.cluster.key.category, draft.cluster.key.subset, draft.cluster.facet)
}

impl Reconciler {
    /// A fact goes into its groups.
    pub(super) fn enter(&mut self, prepared: &Prepared<'_>, number: u32) {
        self.regroup(prepared, number, true);
    }

    /// A fact goes out of its groups.
    pub(super) fn leave(&mut self, prepared: &Prepared<'_>, number: u32) {
        self.regroup(prepared, number, false);
    }

    fn regroup(&mut self, prepared: &Prepared<'_>, number: u32, enters: bool) {
        if let Some(Some(held)) = self.facts.get(number as usize) {
            let groups = &mut self.groups;
            let draft = &held.draft;
            let (key, facet, window) = (draft.cluster.key, draft.cluster.facet, draft.cluster.window);
            let put = |set: &mut BTreeSet<u32>| if enters { set.insert(number) } else { set.remove(&number) };
            groups.changed.insert(number);
            groups.traces.push(Trace { window, subject: (key.category, key.subset, facet.party) });
            if let Some(moment) = events::moment(prepared, &self.codebook, draft) {
                put(&mut groups.moments.entry(moment.clone()).or_default().0);
                groups.stale_moments.insert(moment);
            }
            let own = subject(draft);
            let (all, plans) = groups.subjects.entry(own).or_default();
            put(all);
            if key.shape == Shape::Plan {
                put(plans);
            }
            groups.stale_subjects.insert(own);
            let mut said: Vec<(Stage, Group)> = vec![
                (Stage::Plan, Group::Subject(own)),
                (Stage::Both, Group::Key(key)),
                (Stage::Legs, Group::Legs((key, window.start, window.end))),
                (Stage::Overtaken, Group::Category(key.category)),
                (Stage::Gap, Group::Fact(number)),
                (Stage::Sum, Group::Fact(number)),
            ];
            if let Some(day) = day(draft) {
                if enters {
                    groups.days.insert((own, day, number));
                } else {
                    groups.days.remove(&(own, day, number));
                }
                for first in day.pred_opt().into_iter().chain([day]) {
                    groups.stale_days.insert((own, first));
                    said.push((Stage::Twin, Group::Days(own, first)));
                }
            }
            if matches!(key.shape, Shape::ToDate | Shape::Period) && facet.party != NONE {
                put(groups.keys.entry(key).or_default());
                groups.stale_keys.insert(key);
            }
            let is_leg = facet.from != NONE && facet.to != NONE || prepared.interner.str(facet.party) == BOTH;
            if matches!(key.shape, Shape::Event | Shape::Period) && window.is_known() && is_leg {
                let leg = (key, window.start, window.end);
                put(groups.legs.entry(leg).or_default());
                groups.stale_legs.insert(leg);
            }
            if matches!(key.shape, Shape::Event | Shape::Status) {
                let (happened, states) = groups.categories.entry(key.category).or_default();
                put(if key.shape == Shape::Event { happened } else { states });
                groups.stale_categories.insert(key.category);
            }
            for article in draft.shared.iter().flat_map(|shared| &shared.articles) {
                put(groups.articles.entry(*article).or_default());
                groups.stale_articles.insert(*article);
                said.push((Stage::Parts, Group::Article(*article)));
            }
            if is_total(draft) {
                put(&mut groups.totals);
            }
            if key.aside == Aside::No
                && let (Some(start), Some(_)) = (window.start, window.end)
            {
                let place = ((key.category, key.subset, facet.party), start, number);
                if enters {
                    groups.inside.insert(place, ());
                } else {
                    groups.inside.remove(&place);
                }
                if is_total(draft) {
                    put(groups.periods.entry((window.start, window.end)).or_default());
                }
            }
            self.stale_shown.insert(number);
            if !enters {
                for group in said {
                    if let Some(facts) = groups.flagged.get_mut(&group) {
                        facts.remove(&number);
                    }
                }
                if groups.sums.remove(&number).is_some() {
                    groups.sums_changed = true;
                }
                groups.twin_of.remove(&number);
            }
        }
    }

    /// Asks the rules that look over several facts, wherever something has changed.
    pub(super) fn compare(&mut self) {
        if self.groups.changed.is_empty() {
            return;
        }
        let prepared = self.bare();
        let mut related = self.happen(&prepared);
        related.extend(&self.groups.changed);
        // The other leg of an exchange speaks for its twin as well.
        let events = related.iter().filter_map(|number| self.event_of(*number));
        let legs: Vec<u32> = events.flat_map(|event| event.numbers.iter().copied()).collect();
        for leg in legs {
            let Some(held) = self.held(leg) else { continue };
            if held.draft.cluster.facet.from == NONE {
                continue;
            }
            let (own, day) = (subject(&held.draft), day(&held.draft));
            for first in day.into_iter().flat_map(|day| day.pred_opt().into_iter().chain([day])) {
                self.groups.stale_days.insert((own, first));
            }
        }
        for (of, first) in std::mem::take(&mut self.groups.stale_days) {
            self.ask_days(&prepared, of, first);
        }
        for of in std::mem::take(&mut self.groups.stale_subjects) {
            let facts = match self.groups.subjects.get(&of) {
                Some((all, plans)) if !plans.is_empty() => all.clone(),
                Some((all, _)) if all.is_empty() => {
                    self.groups.subjects.remove(&of);
                    BTreeSet::new()
                }
                _ => BTreeSet::new(),
            };
            self.ask(Stage::Plan, Group::Subject(of), &facts, across::plans);
        }
        for key in std::mem::take(&mut self.groups.stale_keys) {
            let both = |number: &u32| {
                self.held(*number).is_some_and(|held| prepared.interner.str(held.draft.cluster.facet.party) == BOTH)
            };
            let facts = self.groups.keys.get(&key).filter(|facts| facts.iter().any(both)).cloned().unwrap_or_default();
            self.ask(Stage::Both, Group::Key(key), &facts, |drafts, flags| {
                across::both_sides(&prepared, drafts, flags)
            });
        }
        for leg in std::mem::take(&mut self.groups.stale_legs) {
            let both = |number: &u32| {
                self.held(*number).is_some_and(|held| prepared.interner.str(held.draft.cluster.facet.party) == BOTH)
            };
            let facts = self.groups.legs.get(&leg).filter(|facts| facts.iter().any(both)).cloned().unwrap_or_default();
            self.ask(Stage::Legs, Group::Legs(leg), &facts, |drafts, flags| {
                across::both_legs(&prepared, drafts, flags)
            });
        }
        for category in std::mem::take(&mut self.groups.stale_categories) {
            let facts = match self.groups.categories.get(&category) {
                Some((happened, states)) if !states.is_empty() => happened.union(states).copied().collect(),
                _ => BTreeSet::new(),
            };
            self.ask(Stage::Overtaken, Group::Category(category), &facts, across::overtaken);
        }
        let mut conflicting: BTreeSet<u32> = BTreeSet::new();
        for article in std::mem::take(&mut self.groups.stale_articles) {
            let facts = self.groups.articles.get(&article).cloned().unwrap_or_default();
            let held = || facts.iter().filter_map(|number| Some((*number, self.held(*number)?)));
            let parts = |(_, held): (u32, &Held)| {
                held.draft
                    .shared
                    .iter()
                    .flat_map(|shared| &shared.told)
                    .any(|told| told.article == article && told.part_of.is_some())
            };
            conflicting.extend(
                held().filter(|(_, held)| held.draft.assessed.verdict == FactVerdict::Conflicting).map(|(n, _)| n),
            );
            let any = held().any(parts);
            let facts = if any { facts } else { BTreeSet::new() };
            self.ask_of_article(&prepared, article, &facts);
        }
        let is_conflicting = |number: &u32| {
            self.held(*number).is_some_and(|held| held.draft.assessed.verdict == FactVerdict::Conflicting)
        };
        conflicting.extend(self.groups.changed.iter().copied().filter(is_conflicting));
        for number in conflicting {
            self.ask_gap(&prepared, number);
        }
        self.add_up(&prepared);
        self.groups.changed.clear();
        self.groups.traces.clear();
        self.give_back(prepared);
    }

    pub(super) fn event_of(&self, number: u32) -> Option<&Event> {
        self.groups.events[self.held(number)?.happening? as usize].as_ref()
    }

    /// Facts in their order.
    fn in_order(&self, facts: impl IntoIterator<Item = u32>) -> Vec<u32> {
        let mut out: Vec<u32> = facts.into_iter().filter(|number| self.held(*number).is_some()).collect();
        out.sort_unstable_by_key(|number| self.place_of(*number));
        out.dedup();
        out
    }

    fn drafts(&self, numbers: &[u32]) -> Vec<&Draft> {
        numbers.iter().filter_map(|number| self.held(*number)).map(|held| &held.draft).collect()
    }

    /// Events anew where a moment has changed. Gives the facts whose event is another.
    fn happen(&mut self, prepared: &Prepared<'_>) -> BTreeSet<u32> {
        let mut related = BTreeSet::new();
        for moment in std::mem::take(&mut self.groups.stale_moments) {
            self.work.groups += 1;
            let Some((facts, before)) = self.groups.moments.get_mut(&moment) else { continue };
            let (facts, before) = (facts.clone(), std::mem::take(before));
            let numbers = self.in_order(facts);
            let found = events::happenings(prepared, &self.codebook, &self.drafts(&numbers));
            let found: Vec<Event> = found
                .into_iter()
                .map(|happening| Event {
                    numbers: happening.facts.iter().map(|place| numbers[*place]).collect(),
                    happening,
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
            for event in found {
                // The event that had one of its facts before keeps its number.
                let known = free.iter().position(|old| {
                    self.groups.events[*old as usize]
                        .as_ref()
                        .is_some_and(|old| old.numbers.iter().any(|n| event.numbers.contains(n)))
                });
                let number = match known {
                    Some(at) => free.remove(at),
                    None => {
                        self.groups.events.push(None);
                        u32::try_from(self.groups.events.len() - 1).unwrap_or(u32::MAX)
                    }
                };
                let old = &self.groups.events[number as usize];
                let same = old.as_ref().is_some_and(|old| {
                    let (was, now) = (&old.happening, &event.happening);
                    old.numbers == event.numbers
                        && (&was.label, was.kind, was.window, was.round)
                            == (&now.label, now.kind, now.window, now.round)
                });
                self.groups.events_changed |= !same;
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
    fn local_events(&self, numbers: &[u32]) -> (Vec<Happening>, Vec<Option<usize>>) {
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

    fn with_events(&self, facts: impl IntoIterator<Item = u32>) -> Vec<u32> {
        let facts: BTreeSet<u32> = facts.into_iter().collect();
        let beside =
            facts.iter().filter_map(|number| self.event_of(*number)).flat_map(|event| event.numbers.iter().copied());
        self.in_order(facts.iter().copied().chain(beside).collect::<BTreeSet<u32>>())
    }

    /// Looks for twins on a day and the next.
    fn ask_days(&mut self, prepared: &Prepared<'_>, of: Subject, first: NaiveDate) {
        let second = first.succ_opt().unwrap_or(first);
        let on =
            |day: NaiveDate| self.groups.days.range((of, day, 0)..=(of, day, u32::MAX)).map(|(.., number)| *number);
        let later: BTreeSet<u32> = on(second).collect();
        let mut facts: BTreeSet<u32> = on(first).collect();
        if facts.is_empty() || later.is_empty() {
            facts.clear();
        } else {
            facts.extend(&later);
        }
        let numbers = self.with_events(facts.iter().copied());
        let (happenings, happening_of) = self.local_events(&numbers);
        let drafts = self.drafts(&numbers);
        let mut flags = Vec::new();
        let twins = across::twins(prepared, &drafts, &happenings, &happening_of, &mut flags);
        let flags: Vec<(u32, FactFlag, String)> = flags
            .into_iter()
            .map(|(place, flag, text)| (numbers[place], flag, text))
            .filter(|(number, ..)| facts.contains(number))
            .collect();
        let places: BTreeMap<u32, usize> = numbers.iter().copied().zip(0..).collect();
        for fact in &later {
            let twin = places.get(fact).and_then(|place| twins.get(place)).map(|earlier| numbers[*earlier]);
            let before = match twin {
                Some(twin) => self.groups.twin_of.insert(*fact, twin),
                None => self.groups.twin_of.remove(fact),
            };
            if before != twin
                && let Some(Some(held)) = self.facts.get(*fact as usize)
            {
                let cluster = &held.draft.cluster;
                let subject = (cluster.key.category, cluster.key.subset, cluster.facet.party);
                self.groups.traces.push(Trace { window: cluster.window, subject });
            }
        }
        self.flag(Stage::Twin, Group::Days(of, first), flags);
    }

    fn ask(&mut self, stage: Stage, group: Group, facts: &BTreeSet<u32>, rule: impl Fn(&[&Draft], &mut Vec<Flagged>)) {
        let mut flags = Vec::new();
        if !facts.is_empty() {
            let numbers = self.in_order(facts.iter().copied());
            rule(&self.drafts(&numbers), &mut flags);
            self.flag(stage, group, flags.into_iter().map(|(place, f, text)| (numbers[place], f, text)).collect());
        } else {
            self.flag(stage, group, Vec::new());
        }
    }

    fn ask_of_article(&mut self, prepared: &Prepared<'_>, article: u32, facts: &BTreeSet<u32>) {
        // Facts of the article alone: what others tell of them is those articles' business.
        let numbers = self.in_order(facts.iter().copied());
        let mut own: Vec<Draft> = self.drafts(&numbers).into_iter().cloned().collect();
        for draft in &mut own {
            if let Some(shared) = &mut draft.shared {
                shared.told.retain(|told| told.article == article);
            }
        }
        let mut flags = Vec::new();
        across::parts(prepared, &own.iter().collect::<Vec<_>>(), &mut flags);
        let flags = flags.into_iter().map(|(place, flag, text)| (numbers[place], flag, text)).collect();
        self.flag(Stage::Parts, Group::Article(article), flags);
    }

    fn ask_gap(&mut self, prepared: &Prepared<'_>, number: u32) {
        let mut flags = Vec::new();
        if let Some(held) = self.held(number)
            && held.draft.assessed.verdict == FactVerdict::Conflicting
        {
            let articles = held.draft.shared.iter().flat_map(|shared| &shared.articles);
            let beside = articles.filter_map(|article| self.groups.articles.get(article)).flatten().copied();
            let numbers = self.in_order(beside.chain([number]).collect::<BTreeSet<u32>>());
            across::gaps(prepared, &self.drafts(&numbers), &mut flags);
            flags.iter_mut().for_each(|(place, ..)| *place = numbers[*place] as usize);
            flags.retain(|(fact, ..)| *fact == number as usize);
        }
        let flags = flags.into_iter().map(|(_, flag, text)| (number, flag, text)).collect();
        self.flag(Stage::Gap, Group::Fact(number), flags);
    }

    /// Puts what a group says of its facts in the place of what it said before.
    fn flag(&mut self, stage: Stage, group: Group, flags: Vec<(u32, FactFlag, String)>) {
        let before = self.groups.flagged.remove(&(stage, group)).unwrap_or_default();
        if before.is_empty() && flags.is_empty() {
            return;
        }
        self.work.groups += 1;
        // A fact may be in several groups of one stage: they are told apart by this number.
        let number = match group {
            Group::Article(article) => article,
            Group::Days(_, first) => u32::try_from(first.num_days_from_ce()).unwrap_or(0),
            _ => 0,
        };
        let now: BTreeSet<u32> = flags.iter().map(|(fact, ..)| *fact).collect();
        for fact in before.union(&now) {
            let Some(Some(held)) = self.facts.get_mut(*fact as usize) else { continue };
            let mut said: Vec<(FactFlag, String)> =
                flags.iter().filter(|(of, ..)| of == fact).map(|(_, flag, text)| (*flag, text.clone())).collect();
            said.sort();
            said.dedup();
            let known = held.cross.iter().filter(|(s, n, ..)| (*s, *n) == (stage, number));
            if known.map(|(_, _, flag, text)| (flag, text)).eq(said.iter().map(|(flag, text)| (flag, text))) {
                continue;
            }
            held.cross.retain(|(s, n, ..)| (*s, *n) != (stage, number));
            held.cross.extend(said.into_iter().map(|(flag, text)| (stage, number, flag, text)));
            self.stale_shown.insert(*fact);
        }
        if !now.is_empty() {
            self.groups.flagged.insert((stage, group), now);
        }
    }

    /// Sums anew where a total or what may be inside it has changed.
    fn add_up(&mut self, prepared: &Prepared<'_>) {
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
