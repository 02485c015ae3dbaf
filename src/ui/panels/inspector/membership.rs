//! Which fact the claim joined, and why.

use std::sync::Arc;

use egui::{RichText, Ui};

use crate::claim::{ClaimId, Fact, Reconciliation, day_words};
use crate::ui::state::{Request, View};
use crate::ui::theme::space;
use crate::ui::widgets;

/// Draws the facts of a claim, or why it is in none.
pub(super) fn show(ui: &mut Ui, view: &mut View<'_>, id: &ClaimId) {
    ui.separator();
    ui.label(RichText::new("Fact").strong());
    let reconciliation = view.session.shown_facts().clone();
    let mut any = false;
    let (places, waiting) = places(ui.ctx(), view.session.facts_edition(), &reconciliation, id);
    let of_facts = places.iter().filter_map(|place| reconciliation.facts.get(*place));
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
    for unplaced in waiting.iter().filter_map(|place| reconciliation.unplaced.get(*place)) {
        any = true;
        ui.label(RichText::new("Not placed").color(view.theme.doubt));
        ui.label(
            RichText::new(reconciliation.shown(&unplaced.reason)).size(widgets::REASON).color(view.theme.secondary),
        );
    }
    if !any {
        let words = match view.session.as_of() {
            Some(day) => format!("In no fact as of {}.", day_words(day)),
            None => "In no fact: excluded, or waiting to be placed.".to_owned(),
        };
        ui.label(RichText::new(words).size(widgets::REASON).color(view.theme.secondary));
    }
}

/// The places of the facts of a claim, and of it among the unplaced: looked for once an edition of
/// the facts.
fn places(
    ctx: &egui::Context,
    edition: (u64, u64),
    facts: &Reconciliation,
    id: &ClaimId,
) -> (Arc<[usize]>, Arc<[usize]>) {
    type Cached = ((u64, u64), ClaimId, Arc<[usize]>, Arc<[usize]>);
    let key = egui::Id::unique("facts of the claim");
    if let Some((of, claim, places, waiting)) = ctx.data(|data| data.get_temp::<Cached>(key))
        && of == edition
        && claim == *id
    {
        return (places, waiting);
    }
    let is_of = |fact: &Fact| fact.members.iter().any(|member| member.claim == *id);
    let places = facts.facts.iter().enumerate().filter(|(_, fact)| is_of(fact)).map(|(place, _)| place);
    let waiting = facts.unplaced.iter().enumerate().filter(|(_, unplaced)| unplaced.claim == *id);
    let found: (Arc<[usize]>, Arc<[usize]>) = (places.collect(), waiting.map(|(place, _)| place).collect());
    ctx.data_mut(|data| data.insert_temp::<Cached>(key, (edition, id.clone(), found.0.clone(), found.1.clone())));
    found
}
