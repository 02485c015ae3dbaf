//! Which fact the claim joined, and why.

use egui::{RichText, Ui};

use crate::claim::{ClaimId, day_words};
use crate::ui::state::{Request, View};
use crate::ui::theme::space;
use crate::ui::widgets;

/// Draws the facts of a claim, or why it is in none.
pub(super) fn show(ui: &mut Ui, view: &mut View<'_>, id: &ClaimId) {
    ui.separator();
    ui.label(RichText::new("Fact").strong());
    let reconciliation = view.session.shown_facts().clone();
    let mut any = false;
    for (fact, member) in reconciliation.facts_of(id) {
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
    for unplaced in reconciliation.unplaced.iter().filter(|unplaced| unplaced.claim == *id) {
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
