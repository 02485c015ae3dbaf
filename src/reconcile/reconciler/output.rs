//! What is shown: only what has changed is put into words anew.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::claim::{
    ArticleId, ClaimId, DocumentView, Fact, Name, Reconciliation, Reference, Ruling, RulingOp, StaleRuling, Unplaced,
};

use super::super::assemble::{is_pin, pins};
use super::super::needs;
use super::super::rulings::{StaleList, single_claims};
use super::super::statement::{ClaimRulings, Confirms, Statement};
use super::Reconciler;

pub(super) fn name(number: u32) -> Name {
    Reference::Fact(number).to_string().into()
}

impl Reconciler {
    /// Sorts facts, where one has come, gone or moved.
    pub(super) fn sort(&mut self) {
        if !self.order_changed {
            return;
        }
        let before = std::mem::take(&mut self.order);
        let unsorted = std::mem::take(&mut self.unsorted);
        let by_order =
            |a: &u32, b: &u32| self.held(*a).map(|held| &held.order).cmp(&self.held(*b).map(|held| &held.order));
        let mut come: Vec<u32> = unsorted.iter().copied().filter(|number| self.held(*number).is_some()).collect();
        come.sort_by(by_order);
        let there = |number: &u32| self.held(*number).is_some();
        let stayed: Vec<u32> = before.iter().copied().filter(|n| there(n) && !unsorted.contains(n)).collect();
        let mut order: Vec<u32> = Vec::with_capacity(stayed.len() + come.len());
        let mut rest = &stayed[..];
        for number in come {
            let (first, behind) = rest.split_at(rest.partition_point(|other| by_order(other, &number).is_lt()));
            order.extend(first);
            order.push(number);
            rest = behind;
        }
        order.extend(rest);
        let mut known = vec![false; self.facts.len()];
        before.iter().for_each(|number| known[*number as usize] = true);
        let old_ones = order.iter().filter(|number| known[**number as usize]);
        self.reordered |= !before.iter().filter(|number| there(number)).eq(old_ones);
        let mut places = vec![u32::MAX; self.facts.len()];
        for (number, place) in order.iter().zip(0..) {
            places[*number as usize] = place;
        }
        self.order = order;
        self.places = places;
    }

    /// The place of a fact among all.
    pub(super) fn place_of(&self, number: u32) -> u32 {
        self.places.get(number as usize).copied().unwrap_or(u32::MAX)
    }

    /// Puts into words what has changed.
    pub(super) fn output(&mut self, rulings: &[&Ruling], single: &ClaimRulings<'_>) {
        let mut shown = std::mem::take(&mut self.shown);
        let out = Arc::make_mut(&mut shown);
        let mut stale = self.stale_rulings(rulings, single);
        self.pin(rulings, &mut stale);
        let changed: BTreeSet<u32> = std::mem::take(&mut self.stale_shown);
        for number in &changed {
            self.word(*number, rulings);
        }
        if self.order_changed {
            out.facts = self.order.iter().filter_map(|n| self.held(*n)).map(|held| held.shown.clone()).collect();
        } else {
            for number in &changed {
                if let Some(held) = self.held(*number) {
                    out.facts[self.place_of(*number) as usize] = held.shown.clone();
                }
            }
        }
        if self.groups.events_changed || self.reordered {
            self.show_events(out);
        }
        if self.order_changed || self.groups.events_changed {
            let numbering = Arc::make_mut(&mut out.numbering);
            numbering.facts.clone_from(&self.places);
            numbering.events.clone_from(&self.event_places);
        }
        if self.groups.sums_changed || self.reordered {
            let mut totals: Vec<u32> = self.groups.sums.keys().copied().collect();
            totals.sort_unstable_by_key(|number| self.place_of(*number));
            let sums = totals.iter().filter_map(|total| self.groups.sums.get(total));
            out.rollups = sums.map(|(sum, numbers)| sum.rollup(|place| name(numbers[place]))).collect();
        }
        if self.unplaced_changed || self.units.lost || self.reordered {
            out.unplaced = self.unplaced();
        }
        for article in std::mem::take(&mut self.stale_views) {
            self.view(article, &mut out.documents);
        }
        out.stale = Self::in_words(stale, rulings);
        (self.order_changed, self.reordered, self.unplaced_changed, self.units.lost) = (false, false, false, false);
        (self.groups.events_changed, self.groups.sums_changed) = (false, false);
        self.shown = shown;
    }

    /// A fact in words: its own, then what others say of it.
    fn word(&mut self, number: u32, rulings: &[&Ruling]) {
        let pins = &self.pins;
        let Some(Some(held)) = self.facts.get_mut(number as usize) else { return };
        self.work.shown += 1;
        let event = held.happening.map(|event| Name::from(Reference::Event(event).to_string()));
        let own_pins = pins.get(&number);
        held.pinned = own_pins.is_some();
        if held.cross.is_empty() && event.is_none() && !held.pinned {
            held.shown = held.own.clone();
            return;
        }
        let mut fact = Fact::clone(&held.own);
        fact.event = event;
        if !held.cross.is_empty() {
            fact.flags.extend(held.cross.iter().map(|(_, _, flag, text)| (*flag, text.clone())));
            fact.flags.sort();
            fact.flags.dedup();
        }
        for pin in own_pins.into_iter().flatten() {
            pin.apply(rulings, &mut fact);
        }
        held.shown = Arc::new(fact);
    }

    /// Finds the facts that pins speak of.
    fn pin(&mut self, rulings: &[&Ruling], stale: &mut Vec<(usize, String)>) {
        self.stale_shown.extend(self.pins.keys());
        self.pins.clear();
        if !rulings.iter().any(|ruling| is_pin(&ruling.op)) {
            return;
        }
        let mut found = StaleList::new();
        let of = |claim: &ClaimId| {
            let article = self.of_claim.get(claim);
            let statements = article.into_iter().flat_map(|article| &self.shelves[*article as usize].statements);
            let facts = statements.map(|number| self.kept(*number)).filter(|kept| kept.claim.id == *claim);
            let mut places: Vec<usize> =
                facts.flat_map(|kept| &kept.facts).map(|fact| self.place_of(*fact) as usize).collect();
            places.sort_unstable();
            places.dedup();
            places
        };
        let members = |place: usize| {
            let held = self.order.get(place).and_then(|number| self.held(*number));
            held.into_iter()
                .flat_map(|held| &held.members)
                .map(|(member, _)| self.kept(*member).claim.id.clone())
                .collect()
        };
        let found_pins = pins(rulings, of, members, &mut found);
        for pin in found_pins {
            let number = self.order[pin.fact];
            self.pins.entry(number).or_default().push(pin);
            self.stale_shown.insert(number);
        }
        stale.extend(found);
    }

    fn show_events(&mut self, out: &mut Reconciliation) {
        let mut order: Vec<(bool, Option<chrono::NaiveDate>, u32, &str, u32)> = Vec::new();
        for (number, event) in (0u32..).zip(&self.groups.events) {
            let Some(event) = event else { continue };
            let start = event.happening.window.start;
            let first = event.numbers.first().map_or(u32::MAX, |first| self.place_of(*first));
            order.push((start.is_none(), start, first, &event.happening.label, number));
        }
        order.sort_unstable();
        let mut places = vec![u32::MAX; self.groups.events.len()];
        let mut events = Vec::with_capacity(order.len());
        for ((.., number), place) in order.iter().zip(0..) {
            places[*number as usize] = place;
            events.extend(self.groups.events[*number as usize].as_ref().map(|event| event.shown.clone()));
        }
        self.event_places = places;
        out.events = events;
    }

    fn unplaced(&self) -> Vec<Unplaced> {
        let mut out = Vec::new();
        let order = |number: u32| {
            let kept = self.kept(number);
            (self.ranks[kept.statement.article as usize], kept.claim_place)
        };
        for (number, candidates, why) in self.units.iter().flat_map(|unit| &unit.unplaced) {
            let mut candidates: Vec<u32> = candidates.clone();
            candidates.sort_unstable_by_key(|fact| self.place_of(*fact));
            let claim = self.kept(*number).claim.id.clone();
            let candidates = candidates.into_iter().map(name).collect();
            out.push((order(*number), Unplaced { claim, candidates, reason: why.clone() }));
        }
        for (shelf, article) in self.shelves.iter().zip(0usize..) {
            for number in &shelf.statements[shelf.ordinary..] {
                let kept = self.kept(*number);
                if kept.statement.confirms == Confirms::Event && kept.facts.is_empty() {
                    let reason = "confirms an event of which its article tells no figure from anybody else".to_owned();
                    out.push((
                        order(*number),
                        Unplaced { claim: kept.claim.id.clone(), candidates: Vec::new(), reason },
                    ));
                }
            }
            for (claim, place, why) in &shelf.loose {
                let place = (self.ranks[article], *place);
                out.push((place, Unplaced { claim: claim.id.clone(), candidates: Vec::new(), reason: why.clone() }));
            }
        }
        out.sort_by(|a, b| a.0.cmp(&b.0).then_with(|| a.1.reason.cmp(&b.1.reason)));
        out.into_iter().map(|(_, unplaced)| unplaced).collect()
    }

    fn view(&mut self, article: u32, documents: &mut Vec<DocumentView>) {
        let prepared = self.bare();
        let shelf = &self.shelves[article as usize];
        let id = ArticleId(shelf.name.clone());
        let at = documents.binary_search_by(|view| view.article.cmp(&id));
        match (&shelf.document, at) {
            (None, Ok(at)) => {
                documents.remove(at);
            }
            (None, Err(_)) => {}
            (Some(document), at) => {
                let published = shelf.linked.unwrap_or(document.metadata.published);
                let own: Vec<Statement> = shelf.statements[..shelf.ordinary]
                    .iter()
                    .map(|number| self.kept(*number).statement.clone())
                    .collect();
                let confirms = |ruling: &Arc<Ruling>| matches!(&ruling.op, RulingOp::Echo { article, of: Some(_) } if *article == id);
                let confirmed = self.rulings.iter().any(confirms);
                let view = DocumentView {
                    published,
                    echo_of: shelf.echo.as_ref().map(|echo| ArticleId(self.shelves[echo.of as usize].name.clone())),
                    echo_reason: shelf.echo.as_ref().map(|echo| echo.reason.clone()),
                    echo_confirmed: shelf.echo.is_some() && confirmed,
                    needs: needs::needs(&prepared, document, &published, &own),
                    article: id,
                };
                match at {
                    Ok(at) => documents[at] = view,
                    Err(at) => documents.insert(at, view),
                }
            }
        }
        self.give_back(prepared);
    }

    /// Rulings that cannot be applied, but for pins, by their places.
    fn stale_rulings(&self, rulings: &[&Ruling], single: &ClaimRulings<'_>) -> Vec<(usize, String)> {
        if rulings.is_empty() {
            return Vec::new();
        }
        let mut stale = single_claims(|claim| self.of_claim.contains_key(claim), rulings, single);
        for (number, whys) in &self.stale_regroupings {
            stale.extend(whys.iter().map(|why| (*number, why.clone())));
        }
        let tells = |article: &ArticleId| {
            self.by_name.get(&article.0).is_some_and(|article| !self.shelves[*article as usize].given.is_empty())
        };
        stale.extend(super::super::assemble::stale_echoes(rulings, tells));
        stale
    }

    fn in_words(stale: Vec<(usize, String)>, rulings: &[&Ruling]) -> Vec<StaleRuling> {
        let mut stale = stale;
        stale.sort();
        stale.into_iter().map(|(number, reason)| StaleRuling { ruling: rulings[number].id.clone(), reason }).collect()
    }
}
