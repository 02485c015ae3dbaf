//! A field for a path, where the system has no dialog to offer.

use egui::{RichText, TextEdit};

use crate::ui::dialogs::{Purpose, typed_paths};
use crate::ui::sheet;
use crate::ui::theme::{Theme, space};

/// The field, and what it is for; closed where it is for nothing.
#[derive(Debug, Default)]
pub struct PathField {
    purpose: Option<Purpose>,
    typed: String,
    opened: bool,
}

impl PathField {
    /// Opens it.
    pub fn open(&mut self, purpose: Purpose) {
        *self = Self { purpose: Some(purpose), typed: String::new(), opened: true };
    }

    /// Whether it is open.
    pub fn is_open(&self) -> bool {
        self.purpose.is_some()
    }

    /// Draws it where it is open; gives the paths once they are confirmed.
    pub fn show(&mut self, ctx: &egui::Context, theme: &Theme) -> Option<(Purpose, Vec<std::path::PathBuf>)> {
        let purpose = self.purpose?;
        let id = egui::Id::unique("path field");
        let modal = egui::Modal::new(id).area(egui::Modal::default_area(id).accessible_name(purpose.title()));
        let shown = modal.backdrop_color(egui::Color32::from_black_alpha(24)).show(ctx, |ui| {
            ui.set_width(520.0_f32.min(ctx.content_rect().width() - 48.0));
            ui.label(RichText::new(purpose.title()).font(crate::ui::theme::strong(14.0)));
            ui.add_space(space::XS);
            let words = match (purpose.writes(), purpose.several()) {
                (true, _) => "This system offers no dialog for files. Type or paste the path to write to.",
                (false, false) => "This system offers no dialog for files. Type or paste the path.",
                (false, true) => {
                    "This system offers no dialog for files. Type or paste the paths, one on each line, and press \
                     Ctrl+Enter; or drop files on the window."
                }
            };
            ui.label(RichText::new(words).color(theme.secondary));
            ui.add_space(space::S);
            let edit = if purpose.several() {
                TextEdit::multiline(&mut self.typed).desired_rows(4)
            } else {
                TextEdit::singleline(&mut self.typed)
            };
            let edit = edit.hint_text(purpose.hint()).desired_width(f32::INFINITY);
            let response = ui.add(edit).accessible_name("Path");
            if std::mem::take(&mut self.opened) {
                response.request_focus();
            }
            let entered = sheet::entered(ui);
            ui.add_space(space::M);
            let mut pressed = None;
            let room = egui::vec2(ui.available_width(), 28.0);
            ui.allocate_ui_with_layout(room, egui::Layout::right_to_left(egui::Align::Center), |ui| {
                let word = if purpose.writes() { "Save" } else { "Open" };
                let word = RichText::new(word).color(theme.on_accent);
                let main = egui::Button::new(word).fill(theme.accent).stroke(egui::Stroke::NONE);
                if ui.add_enabled(!self.typed.trim().is_empty(), main).clicked() {
                    pressed = Some(true);
                }
                if ui.button("Cancel").clicked() {
                    pressed = Some(false);
                }
            });
            if entered && !self.typed.trim().is_empty() { Some(true) } else { pressed }
        });
        match shown.inner {
            Some(true) => {
                let paths = typed_paths(&self.typed, purpose.several());
                self.purpose = None;
                (!paths.is_empty()).then_some((purpose, paths))
            }
            Some(false) => {
                self.purpose = None;
                None
            }
            None => {
                if shown.should_close() {
                    self.purpose = None;
                }
                None
            }
        }
    }
}
