//! The range of a fact at a glance, in a cell of the table.

use egui::{Rect, Ui};

use super::canvas;
use crate::claim::{Fact, Name};
use crate::formats::picture;
use crate::session::Session;
use crate::ui::theme::Theme;

/// Draws the bar into a rectangle.
pub(super) fn paint(ui: &Ui, rect: Rect, fact: &Fact, session: &Session, theme: &Theme, parties: &[Name]) {
    let corners = ((0.0, 0.0), (rect.width(), rect.height()));
    let marks = picture::bar(fact, &|id| session.claim(id), parties, corners);
    canvas::paint(ui, &marks, rect.min, theme, parties);
}
