//! The sums: a total against what is recorded, laid open so that it can be re-added by eye.

use egui::{RichText, Ui};

use super::tall_list::TallList;
use crate::claim::{Reconciliation, Rollup, RollupStatus, grouped};
use crate::formats::picture::range_words;
use crate::ui::state::{Request, View};
use crate::ui::theme::space;
use crate::ui::widgets;

/// Draws every total with its parts.
pub(super) fn show(list: &mut TallList, ui: &mut Ui, view: &mut View<'_>, reconciliation: &Reconciliation) {
    if reconciliation.rollups.is_empty() {
        let words = "Totals of a period (“in 2025, 14,480 bodies”) are compared here with what is recorded of it.";
        ui.label(RichText::new(words).color(view.theme.secondary));
        return;
    }
    let rollups = &reconciliation.rollups;
    let key = |place: usize| egui::Id::unique(&*rollups[place].fact);
    list.show(ui, "sums", rollups.len(), key, |ui, place| {
        one(ui, view, reconciliation, &rollups[place]);
        ui.add_space(space::S);
    });
}

fn one(ui: &mut Ui, view: &mut View<'_>, reconciliation: &Reconciliation, rollup: &Rollup) {
    let theme = view.theme.clone();
    let Some(fact) = reconciliation.fact(&rollup.fact) else { return };
    let colour = match rollup.status {
        RollupStatus::Match => theme.good,
        RollupStatus::Mismatch => theme.bad,
        RollupStatus::Incomplete | RollupStatus::Untestable => theme.doubt,
    };
    ui.horizontal(|ui| {
        if widgets::link(ui, &widgets::capitalised(&fact.label), theme.text, 13.0).clicked() {
            view.ask(Request::ShowFact(Some(fact.id.clone())));
        }
        ui.label(RichText::new(range_words(fact)).strong());
        widgets::pill(ui, rollup.status.label(), colour);
    });
    ui.label(RichText::new(reconciliation.shown(&rollup.reason)).size(widgets::SECONDARY).color(theme.secondary));
    egui::Grid::new(("sum", &rollup.fact)).num_columns(3).spacing([space::XL, 2.0]).show(ui, |ui| {
        for member in &rollup.members {
            let Some(part) = reconciliation.fact(&member.fact) else { continue };
            let colour = if member.inside.is_some() { theme.faint } else { theme.text };
            if widgets::link(ui, &widgets::capitalised(&part.label), colour, widgets::SECONDARY).clicked() {
                view.ask(Request::ShowFact(Some(part.id.clone())));
            }
            let words = interval(member.low, member.high);
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                ui.label(RichText::new(words).size(widgets::SECONDARY).color(colour));
            });
            let inside = member.inside.as_ref().map(|other| reconciliation.shown(other));
            let inside = inside.map_or_else(String::new, |other| format!("inside {other}, not added"));
            ui.label(RichText::new(inside).size(widgets::REASON).color(theme.secondary));
            ui.end_row();
        }
        if !rollup.members.is_empty() {
            ui.label(RichText::new("Sum").size(widgets::SECONDARY).strong());
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                ui.label(
                    RichText::new(interval(Some(rollup.sum_low), rollup.sum_high)).size(widgets::SECONDARY).strong(),
                );
            });
            let residual = match (rollup.residual_low, rollup.residual_high) {
                (None, None) => String::new(),
                (low, high) => format!("left to explain: {}", interval(low, high)),
            };
            ui.label(RichText::new(residual).size(widgets::REASON).color(theme.secondary));
            ui.end_row();
        }
    });
    ui.separator();
}

fn interval(low: Option<u64>, high: Option<u64>) -> String {
    match (low, high) {
        (Some(low), Some(high)) if low == high => grouped(low),
        (Some(low), Some(high)) => format!("{} – {}", grouped(low), grouped(high)),
        (Some(low), None) => format!("{}+", grouped(low)),
        (None, Some(high)) => format!("up to {}", grouped(high)),
        (None, None) => "no figure".to_owned(),
    }
}
