//! Which fact the claim joined, and why.

use std::sync::{Arc, Mutex, PoisonError};

use egui::{RichText, Ui};

use crate::claim::{ClaimId, Fact, Name, Reconciliation, day_words};
use crate::ui::from_facts::FromFacts;
use crate::ui::state::{Request, View};
use crate::ui::theme::space;
use crate::ui::widgets;

/// Draws the facts of a claim, or why it is in none.
pub(super) fn show(ui: &mut Ui, view: &mut View<'_>, id: &ClaimId) {
    ui.separator();
    ui.label(RichText::new("Fact").strong());
    let reconciliation = view.session.shown_facts().clone();
    let mut any = false;
    let (belongs, is_current) = belongs(view, ui.ctx(), id);
    let Belongs { facts, waiting } = belongs.unwrap_or_default();
    let of_facts = facts.iter().filter_map(|fact| reconciliation.fact(fact));
    for (fact, member) in of_facts.filter_map(|fact| Some((fact, fact.members.iter().find(|m| m.claim == *id)?))) {
        any = true;
        let response =
            widgets::link(ui, &format!("{} {}", reconciliation.shown(&fact.id), fact.label), view.theme.accent, 13.0);
        if response.on_hover_text("Show the fact").clicked() {
            view.ask(Request::ShowFact(Some(fact.id.clone())));
        }
        let line = format!("{} · {}", member.relation.label(), fact.verdict.label());
        ui.label(RichText::new(line).size(widgets::SECONDARY).color(view.theme.text));
        ui.label(RichText::new(reconciliation.shown(&member.reason)).size(widgets::REASON).color(view.theme.secondary));
        ui.add_space(space::XS);
    }
    let waits = waiting.iter().filter_map(|place| reconciliation.unplaced.get(*place));
    for unplaced in waits.filter(|unplaced| unplaced.claim == *id) {
        any = true;
        ui.label(RichText::new("Not placed").color(view.theme.doubt));
        ui.label(
            RichText::new(reconciliation.shown(&unplaced.reason)).size(widgets::REASON).color(view.theme.secondary),
        );
    }
    if !any && is_current {
        let words = match view.session.as_of() {
            Some(day) => format!("In no fact as of {}.", day_words(day)),
            None => "In no fact: excluded, or waiting to be placed.".to_owned(),
        };
        ui.label(RichText::new(words).size(widgets::REASON).color(view.theme.secondary));
    }
}

/// The facts of a claim, and how it waits to be placed, where it does.
#[derive(Clone, Debug, Default)]
struct Belongs {
    facts: Vec<Name>,
    waiting: Vec<usize>,
}

impl Belongs {
    fn of(facts: &Reconciliation, id: &ClaimId) -> Self {
        let is_of = |fact: &Fact| fact.members.iter().any(|member| member.claim == *id);
        let waiting = facts.unplaced.iter().enumerate().filter(|(_, unplaced)| unplaced.claim == *id);
        Self {
            facts: facts.facts.iter().filter(|fact| is_of(fact)).map(|fact| fact.id.clone()).collect(),
            waiting: waiting.map(|(place, _)| place).collect(),
        }
    }
}

/// Where the claim that is chosen belongs, and whether that is of the facts as they are: of many it is
/// `None` at first, and then what it was a moment ago.
fn belongs(view: &View<'_>, ctx: &egui::Context, id: &ClaimId) -> (Option<Belongs>, bool) {
    type Known = FromFacts<((u64, u64), ClaimId), Belongs>;
    let cell = ctx.data_mut(|data| {
        let key = egui::Id::unique("facts of the claim");
        data.get_temp_mut_or_default::<Arc<Mutex<Known>>>(key).clone()
    });
    let mut known = cell.lock().unwrap_or_else(PoisonError::into_inner);
    let (key, claim) = ((view.session.facts_edition(), id.clone()), id.clone());
    known.follow(ctx, &key, view.session.shown_facts(), move |facts| Belongs::of(facts, &claim));
    let of_claim = known.known().filter(|((_, of), _)| of == id);
    (of_claim.map(|(_, belongs)| belongs.clone()), known.is_of(&key))
}
