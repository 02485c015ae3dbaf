//! The analyst's name, the look, and the conventions of the project.

use egui::{RichText, TextEdit, Ui};

use crate::claim::{BestRule, Conventions, Quantity};
use crate::session::{Command, LARGEST};
use crate::ui::fonts::size;
use crate::ui::sheet;
use crate::ui::state::{Look, Request, Sheet, View};
use crate::ui::theme::{self, space};

/// What is typed.
#[derive(Debug, Default)]
pub struct Settings {
    analyst: Option<String>,
    tolerance: Option<u8>,
    largest: Option<u32>,
}

impl Settings {
    /// Draws it where it is open.
    pub fn show(&mut self, ctx: &egui::Context, view: &mut View<'_>) {
        if !view.state.sheets.contains(&Sheet::Settings) {
            *self = Self::default();
            return;
        }
        sheet::show(ctx, view, Sheet::Settings, "Settings", 480.0, |ui, view| {
            heading(ui, "You");
            self.analyst(ui, view);
            ui.add_space(space::M);
            heading(ui, "Window");
            look(ui, view);
            zoom(ui);
            ui.add_space(space::M);
            heading(ui, "Articles");
            self.largest(ui, view);
            ui.add_space(space::M);
            heading(ui, "Conventions of this project");
            best_rule(ui, view);
            self.tolerance(ui, view);
        });
    }

    fn analyst(&mut self, ui: &mut Ui, view: &mut View<'_>) {
        let now = view.session.analyst().clone();
        let typed = self.analyst.get_or_insert_with(|| now.to_string());
        let response = sheet::row(ui, "Name", |ui| {
            ui.add(TextEdit::singleline(typed).desired_width(f32::INFINITY)).accessible_name("Your name")
        });
        let name = typed.trim();
        if response.lost_focus() && !name.is_empty() && *name != *now {
            view.run(Command::SetAnalyst(name.into()));
        }
        reason(ui, view, "Stands beside everything that you decide.");
    }

    fn largest(&mut self, ui: &mut Ui, view: &mut View<'_>) {
        let now = view.session.largest();
        let mut largest = self.largest.unwrap_or(now);
        let response = sheet::row(ui, "Largest", |ui| {
            let field = egui::DragValue::new(&mut largest).range(1..=LARGEST).suffix(" MB");
            ui.add(field).accessible_name("Largest article, in megabytes")
        });
        if response.changed() {
            self.largest = Some(largest);
        }
        let settled = !response.dragged() && !response.has_focus();
        if settled && let Some(largest) = self.largest.take().filter(|largest| *largest != now) {
            view.run(Command::SetLargest(largest));
        }
        reason(ui, view, "Longer texts are refused with a message: most are data that was opened by mistake.");
    }

    fn tolerance(&mut self, ui: &mut Ui, view: &mut View<'_>) {
        let now = view.session.codebook().conventions.approx_percent;
        let mut percent = self.tolerance.unwrap_or(now);
        let response = sheet::row(ui, "“about”", |ui| {
            ui.add(egui::Slider::new(&mut percent, 0..=50).suffix(" %")).accessible_name("Tolerance of “about”")
        });
        if response.changed() {
            self.tolerance = Some(percent);
        }
        // One step back for a whole drag, not one for each per cent on the way.
        let settled = !response.dragged() && !response.has_focus();
        if settled && let Some(percent) = self.tolerance.take().filter(|percent| *percent != now) {
            view.run(Command::SetTolerance(percent));
        }
        let conventions = Conventions { approx_percent: percent, ..view.session.codebook().conventions.clone() };
        let example = Quantity::approx(1000, &conventions).reading();
        reason(ui, view, &format!("“about 1,000” is read as {example}. Such bounds never make a conflict."));
    }
}

fn heading(ui: &mut Ui, words: &str) {
    ui.label(RichText::new(words).font(theme::strong(size::BODY)));
    ui.add_space(space::XS);
}

fn reason(ui: &mut Ui, view: &View<'_>, words: &str) {
    sheet::row(ui, "", |ui| {
        ui.add(egui::Label::new(RichText::new(words).size(size::REASON).color(view.theme.secondary)).wrap());
    });
}

fn look(ui: &mut Ui, view: &mut View<'_>) {
    sheet::row(ui, "Look", |ui| {
        for look in Look::ALL {
            if ui.add(egui::Button::selectable(view.state.look == look, look.word())).clicked() {
                view.ask(Request::Look(look));
            }
        }
    });
}

fn zoom(ui: &mut Ui) {
    sheet::row(ui, "Zoom", |ui| {
        let zoom = ui.ctx().zoom_factor();
        for percent in [80, 100, 125, 150, 200] {
            let factor = percent as f32 / 100.0;
            let on = (zoom - factor).abs() < 0.01;
            if ui.add(egui::Button::selectable(on, format!("{percent} %"))).clicked() {
                ui.ctx().set_zoom_factor(factor);
            }
        }
    });
}

fn best_rule(ui: &mut Ui, view: &mut View<'_>) {
    let now = view.session.codebook().conventions.best;
    let mut chosen = now;
    sheet::row(ui, "Best value", |ui| {
        let combo = egui::ComboBox::from_id_salt("best rule").selected_text(now.label()).width(220.0);
        let shown = combo.show_ui(ui, |ui| {
            for rule in BestRule::ALL {
                ui.selectable_value(&mut chosen, rule, rule.label());
            }
        });
        shown.response.accessible_name("Rule for the best value");
    });
    if chosen != now {
        view.run(Command::SetBestRule(chosen));
    }
    reason(ui, view, "The rule that gives the best value of a fact. Can be overruled for each.");
}
