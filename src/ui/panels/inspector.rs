//! The claim form.

use crate::ui::state::View;

/// The claim form's own state: what is being typed.
#[derive(Debug, Default)]
pub struct Inspector {}

impl Inspector {
    /// Draws it.
    pub fn show(&mut self, ui: &mut egui::Ui, _view: &mut View<'_>) {
        ui.label("Claim");
    }
}
