//! The sources of the project, and the hierarchy that the analyst gives them.

use std::collections::BTreeSet;

use egui::{RichText, Ui};

use crate::claim::{BestRule, Name};
use crate::session::Command;
use crate::ui::fonts::size;
use crate::ui::sheet;
use crate::ui::state::{Sheet, View};
use crate::ui::theme::{self, space};
use crate::ui::widgets;

/// What is typed.
#[derive(Debug, Default)]
pub struct SourceHierarchy {
    filter: String,
}

impl SourceHierarchy {
    /// Draws it where it is open.
    pub fn show(&mut self, ctx: &egui::Context, view: &mut View<'_>) {
        sheet::show(ctx, view, Sheet::Sources, "Source hierarchy", 520.0, |ui, view| {
            let ranked = view.session.ranked_sources();
            let words = "Where sources differ, the rule “source hierarchy” takes the word of the first that speaks.";
            ui.label(RichText::new(words).size(size::SMALL).color(view.theme.secondary));
            if view.session.codebook().conventions.best != BestRule::SourceHierarchy {
                ui.horizontal(|ui| {
                    ui.label(RichText::new("The rule is not in use.").size(size::SMALL).color(view.theme.doubt));
                    if ui.add(widgets::compact("Use it")).clicked() {
                        view.run(Command::SetBestRule(BestRule::SourceHierarchy));
                    }
                });
            }
            ui.add_space(space::S);
            heading(ui, "Ranked");
            if ranked.is_empty() {
                ui.label(RichText::new("No source is ranked yet.").color(view.theme.secondary));
            }
            for (place, name) in ranked.iter().enumerate() {
                ranked_row(ui, view, &ranked, place, name);
            }
            ui.add_space(space::M);
            heading(ui, "Others in this project");
            self.others(ui, view, &ranked);
        });
    }

    fn others(&mut self, ui: &mut Ui, view: &mut View<'_>, ranked: &[Name]) {
        let filter = egui::TextEdit::singleline(&mut self.filter).hint_text("Filter").desired_width(f32::INFINITY);
        ui.add(filter).accessible_name("Filter sources");
        let typed = self.filter.trim().to_lowercase();
        let facts = &view.session.reconciliation().facts;
        let of_facts = facts.iter().flat_map(|fact| &fact.origins).filter(|origin| !origin.anonymous);
        let of_codebook = view.session.codebook().sources.iter().map(|source| &source.name);
        let names: BTreeSet<&Name> = of_facts.map(|origin| &origin.name).chain(of_codebook).collect();
        let others = names.into_iter().filter(|name| !ranked.contains(name) && name.to_lowercase().contains(&typed));
        let others: Vec<&Name> = others.collect();
        if others.is_empty() {
            ui.label(RichText::new("None.").color(view.theme.secondary));
        }
        egui::ScrollArea::vertical().max_height(240.0).auto_shrink([false, true]).show(ui, |ui| {
            for name in others {
                ui.horizontal(|ui| {
                    if ui.add(widgets::compact("Add")).accessible_name(format!("Rank {name}")).clicked() {
                        let order = ranked.iter().chain(std::iter::once(name)).cloned().collect();
                        view.run(Command::RankSources(order));
                    }
                    ui.add(egui::Label::new(&**name).truncate());
                });
            }
        });
    }
}

fn heading(ui: &mut Ui, words: &str) {
    ui.label(RichText::new(words).font(theme::strong(size::BODY)));
    ui.add_space(space::XS);
}

/// A ranked source, with the ways to move it.
fn ranked_row(ui: &mut Ui, view: &mut View<'_>, ranked: &[Name], place: usize, name: &Name) {
    ui.horizontal(|ui| {
        let mut order = ranked.to_vec();
        let mut changed = false;
        let button = |ui: &mut Ui, words: &str, says: &str, enabled: bool| {
            let button = ui.add_enabled(enabled, egui::Button::new(words).small());
            button.accessible_name(format!("{says} {name}")).clicked()
        };
        if button(ui, "↑", "Move up", place > 0) {
            order.swap(place, place - 1);
            changed = true;
        }
        if button(ui, "↓", "Move down", place + 1 < ranked.len()) {
            order.swap(place, place + 1);
            changed = true;
        }
        if button(ui, "×", "Rank no more", true) {
            order.remove(place);
            changed = true;
        }
        if changed {
            view.run(Command::RankSources(order));
        }
        ui.add(egui::Label::new(format!("{}. {name}", place + 1)).truncate());
    });
}
