//! Further words of a claim, beside its main span: the count here, the party there.

use egui::{RichText, Ui};

use crate::claim::Claim;
use crate::session::Command;
use crate::ui::state::{Request, View};
use crate::ui::theme::{self, space};
use crate::ui::widgets;

/// Lists them, each with a way to it and a way out of the claim. Draws nothing where there are none.
pub(super) fn show(ui: &mut Ui, view: &mut View<'_>, claim: &Claim) {
    for (part, anchor) in claim.evidence.iter().enumerate().skip(1) {
        let quote = anchor.quote.split_whitespace().collect::<Vec<_>>().join(" ");
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = space::XS;
            ui.label(RichText::new("and").size(widgets::REASON).color(view.theme.secondary));
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                let out = egui::Button::new("×").small().frame_when_inactive(false);
                let out = ui.add(out).on_hover_text("These words do not belong to the claim");
                if out.accessible_name(format!("Take “{quote}” out of the claim")).clicked() {
                    run(view, claim, "take words out", |claim| {
                        claim.evidence.remove(part);
                    });
                }
                let first = egui::Button::new("↑").small().frame_when_inactive(false);
                let first = ui.add(first).on_hover_text("Make these the main words of the claim");
                if first.accessible_name(format!("Make “{quote}” the main words")).clicked() {
                    run(view, claim, "change main words", |claim| claim.evidence.swap(0, part));
                }
                ui.with_layout(egui::Layout::left_to_right(egui::Align::Center), |ui| {
                    let words = RichText::new(format!("“{quote}”")).font(theme::serif(14.0)).color(view.theme.text);
                    let label = egui::Label::new(words).truncate().sense(egui::Sense::click());
                    if ui.add(label).on_hover_text("Show in the text").clicked() {
                        view.ask(Request::Jump(claim.article.clone(), anchor.span));
                    }
                });
            });
        });
    }
}

fn run(view: &mut View<'_>, claim: &Claim, label: &str, change: impl FnOnce(&mut Claim)) {
    let mut claim = claim.clone();
    change(&mut claim);
    view.run(Command::ChangeClaim { claim: Box::new(claim), label: label.into() });
}
