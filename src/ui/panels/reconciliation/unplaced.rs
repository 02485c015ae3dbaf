//! Claims that could belong to several facts, or to none, with what would settle it.

use egui::{RichText, Ui};

use super::facts::named;
use super::tall_list::TallList;
use crate::claim::{Reconciliation, RulingOp};
use crate::session::Command;
use crate::ui::state::{Request, View};
use crate::ui::theme::space;
use crate::ui::widgets;

/// Draws the tray.
pub(super) fn show(list: &mut TallList, ui: &mut Ui, view: &mut View<'_>, reconciliation: &Reconciliation) {
    let theme = view.theme.clone();
    if reconciliation.unplaced.is_empty() {
        ui.label(RichText::new("Every claim has its place.").color(theme.secondary));
        return;
    }
    // Rulings are made on all that is known.
    let may_rule = view.session.as_of().is_none();
    let waiting = &reconciliation.unplaced;
    let key = |place: usize| egui::Id::unique(&*waiting[place].claim.0);
    list.show(ui, "unplaced", waiting.len(), key, |ui, place| {
        let unplaced = &waiting[place];
        if let Some(claim) = view.session.claim(&unplaced.claim) {
            let quote = format!("“{}”", claim.quote().split_whitespace().collect::<Vec<_>>().join(" "));
            ui.horizontal(|ui| {
                let text = RichText::new(quote).font(crate::ui::theme::serif(13.5)).color(theme.text);
                if ui.add(egui::Link::new(text)).on_hover_text("Show in the text").clicked() {
                    view.ask(Request::ShowClaim(unplaced.claim.clone()));
                }
                ui.label(RichText::new(claim.reading.summary()).size(widgets::SECONDARY).color(theme.secondary));
            });
            ui.label(RichText::new(reconciliation.shown(&unplaced.reason)).size(widgets::REASON).color(theme.doubt));
            ui.add_enabled_ui(may_rule, |ui| {
                ui.horizontal_wrapped(|ui| {
                    for candidate in &unplaced.candidates {
                        let Some(fact) = reconciliation.fact(candidate) else { continue };
                        let Some(first) = fact.own_claim() else { continue };
                        if ui.add(widgets::compact(format!("To “{}”", named(reconciliation, fact)))).clicked() {
                            let op = RulingOp::Move { claim: unplaced.claim.clone(), to: Some(first.clone()) };
                            view.run(Command::Rule { op, reason: "placed by the analyst".to_owned() });
                        }
                    }
                    if ui.add(widgets::compact("To a fact of its own")).clicked() {
                        let op = RulingOp::Move { claim: unplaced.claim.clone(), to: None };
                        view.run(Command::Rule { op, reason: "placed by the analyst".to_owned() });
                    }
                })
            });
            ui.add_space(space::S);
            ui.separator();
        }
    });
}
