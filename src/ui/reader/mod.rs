//! The article's text, with claims and suggestions.

use crate::ui::state::View;

/// The reader's own state: layout cache, scroll position, caret.
#[derive(Debug, Default)]
pub struct Reader {}

impl Reader {
    /// Draws it.
    pub fn show(&mut self, ui: &mut egui::Ui, _view: &mut View<'_>) {
        ui.label("Article");
    }
}
