//! The facts by keyboard: the table is one stop of Tab, and arrows go from row to row.

use egui::{EventFilter, Key, Modifiers, Popup, Response, Ui};

use super::super::rows::{Row, key};
use super::FactsTable;
use crate::claim::Reconciliation;
use crate::ui::state::FactRow;

impl FactsTable {
    /// Lets the next fact that is asked for be brought into view, also where it was the last one.
    pub(in super::super) fn follow_anew(&mut self) {
        self.followed = None;
    }

    /// Gives the keyboard to the row that had it last, or else to the marked one, or to the first.
    pub(in super::super) fn land(&mut self) {
        self.landing = true;
    }

    /// What a row is about; `None` for one that keys go past.
    pub(super) fn spot(reconciliation: &Reconciliation, row: Row) -> Option<FactRow> {
        let fact = |i: u32| reconciliation.facts.get(i as usize);
        match row {
            Row::Fact(i) => Some(FactRow { fact: key(fact(i)?)?.clone(), claim: None }),
            Row::Reason(_) => None,
            Row::Member(i, m) => {
                let fact = fact(i)?;
                Some(FactRow { fact: key(fact)?.clone(), claim: Some(fact.members.get(m as usize)?.claim.clone()) })
            }
        }
    }

    /// The place of the row that keys are about.
    pub(super) fn place(&mut self, reconciliation: &Reconciliation, rows: &[Row]) -> Option<usize> {
        let is_at = |at: &FactRow, row: Row| match row {
            Row::Fact(i) => at.claim.is_none() && key(&reconciliation.facts[i as usize]) == Some(&at.fact),
            Row::Reason(_) => false,
            Row::Member(i, m) => {
                let fact = &reconciliation.facts[i as usize];
                at.claim.as_ref() == Some(&fact.members[m as usize].claim) && key(fact) == Some(&at.fact)
            }
        };
        let marked = || self.marked.clone().map(|fact| FactRow { fact, claim: None });
        let at = self.at.clone().or_else(marked);
        let there = |at: FactRow| match rows.get(self.place) {
            Some(row) if is_at(&at, *row) => Some(self.place),
            _ => rows.iter().position(|row| is_at(&at, *row)),
        };
        let of_fact = |at: FactRow| FactRow { claim: None, ..at };
        let found = at.clone().and_then(there).or_else(|| at.map(of_fact).and_then(there));
        self.place = found.unwrap_or(0);
        (!rows.is_empty()).then_some(self.place)
    }

    /// Arrows and their like on the row that has the keyboard. Gives the place to go to.
    pub(super) fn row_keys(
        &mut self,
        ui: &Ui,
        reconciliation: &Reconciliation,
        rows: &[Row],
        response: &Response,
    ) -> Option<usize> {
        let filter = EventFilter { vertical_arrows: true, horizontal_arrows: true, ..Default::default() };
        ui.memory_mut(|memory| memory.set_focus_lock_filter(response.id, filter));
        if Popup::is_any_open(ui.ctx()) {
            return None; // Arrows are those of the menu.
        }
        let here = self.place;
        let stop = |place: &usize| !matches!(rows[*place], Row::Reason(_));
        let (last, page) = (rows.len() - 1, 8);
        let down = |by: usize| ((here + by).min(last)..=last).find(stop);
        let up = |by: usize| (0..=here.saturating_sub(by)).rev().find(stop);
        let pressed = |k| ui.input_mut(|input| input.consume_key(Modifiers::NONE, k));
        use Key as K;
        if pressed(K::ArrowDown) {
            return down(1);
        } else if pressed(K::ArrowUp) {
            return up(1);
        } else if pressed(K::PageDown) {
            return down(page).or_else(|| (0..=last).rev().find(stop));
        } else if pressed(K::PageUp) {
            return up(page);
        } else if pressed(K::Home) {
            return Some(0);
        } else if pressed(K::End) {
            return (0..=last).rev().find(stop);
        }
        match rows[here] {
            // Right unfolds, and goes in; left folds, from a claim it goes out to its fact.
            Row::Fact(i) => {
                let fact = &reconciliation.facts[i as usize];
                let key = key(fact)?.clone();
                let open = self.unfolded.contains_key(&key);
                if pressed(K::ArrowRight) {
                    if open {
                        return down(1).filter(|place| matches!(rows[*place], Row::Member(..)));
                    }
                    self.set_unfolded((i, fact), &key, true);
                }
                if pressed(K::ArrowLeft) {
                    self.set_unfolded((i, fact), &key, false);
                }
                None
            }
            _ if pressed(K::ArrowLeft) => (0..here).rev().find(|place| matches!(rows[*place], Row::Fact(_))),
            _ => None,
        }
    }
}
