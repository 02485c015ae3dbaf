//! Rules that look over several facts, asked by group: facts of one subject, one moment, one
//! article, one total. A fact that changes makes the groups stale that it is in or was in.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use chrono::{Datelike, NaiveDate};

use crate::claim::{BOTH, DateWindow, Event as ShownEvent, FactFlag, FactVerdict};

use super::super::across::{self, Flagged};
use super::super::draft::Draft;
use super::super::events::{self, Happening, Moment};
use super::super::interner::{NONE, Sym};
use super::super::rollup::{Sum, is_total};
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
    /// As it is shown.
    pub shown: Arc<ShownEvent>,
}

/// Facts by what they have in common, and what was found out over them.
#[derive(Debug, Default)]
pub(super) struct Groups {
    pub moments: BTreeMap<Moment, (BTreeSet<u32>, Vec<u32>)>,
    /// All of a subject, and the plans among them.
    pub subjects: BTreeMap<Subject, (BTreeSet<u32>, BTreeSet<u32>)>,
    /// Events of a day.
    pub days: BTreeSet<(Subject, NaiveDate, u32)>,
    /// Totals and counts to date by key, for sides against both.
    pub keys: BTreeMap<Key, BTreeSet<u32>>,
    /// Legs, and what is over both of them, of one key and time.
    pub legs: BTreeMap<Leg, BTreeSet<u32>>,
    /// Events and states of affairs, by category.
    pub categories: BTreeMap<Sym, (BTreeSet<u32>, BTreeSet<u32>)>,
    pub articles: BTreeMap<u32, BTreeSet<u32>>,
    pub totals: BTreeSet<u32>,
    /// What may be inside a total: by category, subset and party, then first day.
    pub inside: BTreeMap<((Sym, Sym, Sym), NaiveDate, u32), ()>,
    /// Totals by their two ends.
    pub periods: BTreeMap<(Option<NaiveDate>, Option<NaiveDate>), BTreeSet<u32>>,
    pub events: Vec<Option<Event>>,
    /// Events by their first day.
    pub by_day: BTreeSet<(NaiveDate, u32)>,
    pub sums: BTreeMap<u32, (Sum, Vec<u32>)>,
    /// For the later of two suspected twins, the earlier.
    pub twin_of: BTreeMap<u32, u32>,
    /// The facts of which a group said something.
    pub flagged: BTreeMap<(Stage, Group), BTreeSet<u32>>,

    pub changed: BTreeSet<u32>,
    /// Time and subject of what has changed or was so before.
    pub traces: Vec<Trace>,
    pub stale_moments: BTreeSet<Moment>,
    pub stale_subjects: BTreeSet<Subject>,
    /// Pairs of adjacent days, by the first.
    pub stale_days: BTreeSet<(Subject, NaiveDate)>,
    pub stale_keys: BTreeSet<Key>,
    pub stale_legs: BTreeSet<Leg>,
    pub stale_categories: BTreeSet<Sym>,
    pub stale_articles: BTreeSet<u32>,
    pub events_changed: bool,
    pub sums_changed: bool,
}

/// What a group is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Group {
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
pub(super) struct Trace {
    pub window: DateWindow,
    pub subject: (Sym, Sym, Sym),
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
        self.ask_gaps(&prepared, conflicting);
        self.add_up(&prepared);
        self.groups.changed.clear();
        self.groups.traces.clear();
        self.give_back(prepared);
    }

    pub(super) fn event_of(&self, number: u32) -> Option<&Event> {
        self.groups.events[self.held(number)?.happening? as usize].as_ref()
    }

    /// Facts in their order.
    pub(super) fn in_order(&self, facts: impl IntoIterator<Item = u32>) -> Vec<u32> {
        let mut out: Vec<u32> = facts.into_iter().filter(|number| self.held(*number).is_some()).collect();
        out.sort_unstable_by_key(|number| self.place_of(*number));
        out.dedup();
        out
    }

    pub(super) fn drafts(&self, numbers: &[u32]) -> Vec<&Draft> {
        numbers.iter().filter_map(|number| self.held(*number)).map(|held| &held.draft).collect()
    }

    pub(super) fn with_events(&self, facts: impl IntoIterator<Item = u32>) -> Vec<u32> {
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

    /// Asks all at once what explains the gaps of facts that may be in conflict: one article can have
    /// very many of them, and what it states as parts is looked up once.
    fn ask_gaps(&mut self, prepared: &Prepared<'_>, asked: BTreeSet<u32>) {
        let conflicting = |number: &u32| {
            let held = self.held(*number);
            held.is_some_and(|held| held.draft.assessed.verdict == FactVerdict::Conflicting)
        };
        let drafts = asked.iter().filter(|number| conflicting(number)).filter_map(|number| self.held(*number));
        let shared = drafts.flat_map(|held| &held.draft.shared);
        let articles: BTreeSet<u32> = shared.flat_map(|shared| &shared.articles).copied().collect();
        let beside = articles.iter().filter_map(|article| self.groups.articles.get(article)).flatten().copied();
        let numbers = self.in_order(beside.chain(asked.iter().copied()));
        let mut found = Vec::new();
        across::gaps(prepared, &self.drafts(&numbers), &mut found);
        let mut flags: BTreeMap<u32, Vec<(u32, FactFlag, String)>> = BTreeMap::new();
        for (place, flag, text) in found {
            flags.entry(numbers[place]).or_default().push((numbers[place], flag, text));
        }
        for number in asked {
            self.flag(Stage::Gap, Group::Fact(number), flags.remove(&number).unwrap_or_default());
        }
    }

    /// Puts what a group says of its facts in the place of what it said before.
    pub(super) fn flag(&mut self, stage: Stage, group: Group, flags: Vec<(u32, FactFlag, String)>) {
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
}
