//! Facts, their range bars and their claims.

use crate::ui::state::View;

/// The panel's own state: which view, sorting, filters.
#[derive(Debug, Default)]
pub struct ReconciliationPanel {}

impl ReconciliationPanel {
    /// Draws it.
    pub fn show(&mut self, ui: &mut egui::Ui, _view: &mut View<'_>) {
        ui.label("Facts");
    }
}
