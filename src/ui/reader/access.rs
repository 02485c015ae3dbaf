//! The reader for those who listen: its text as a document, its marks as buttons with names.

use std::sync::Arc;

use egui::accesskit::{Action, Role};
use egui::text::{CCursor, LayoutJob};
use egui::text_selection::{CCursorRange, accesskit_text};
use egui::{Galley, Id, Rect, Response, Sense, Ui, WidgetInfo};

use super::paint::Visible;
use super::selection::Selection;
use super::spans::{Mark, Target};

/// Describes the text in view and the selection in it. Nothing is done where nobody listens.
pub fn text(ui: &Ui, response: &Response, title: &str, visible: &[Visible], selection: Selection) {
    let name = || WidgetInfo::labeled(Role::Document, true, format!("Article: {title}"));
    response.widget_info(name);
    let listens = ui.ctx().accesskit_node_builder(response.id, |node| {
        node.set_role(Role::Document);
        node.set_read_only();
    });
    let (Some(()), Some(first)) = (listens, visible.first()) else { return };
    let galleys: Vec<Arc<Galley>> = visible.iter().map(|visible| visible.laid.galley.clone()).collect();
    let scale = ui.ctx().pixels_per_point();
    let text = galleys.iter().map(|galley| galley.text()).collect::<Vec<_>>().join("\n");
    let mut galley = Galley::concat(Arc::new(LayoutJob { text, ..LayoutJob::default() }), &galleys, scale);
    // Joined galleys stand close; these have space between them, and some are indented.
    let places = visible.iter().flat_map(|paragraph| {
        let shift = paragraph.origin - first.origin;
        paragraph.laid.galley.rows.iter().map(move |row| row.pos + shift)
    });
    for (row, place) in galley.rows.iter_mut().zip(places) {
        row.pos = place;
    }
    let range = CCursorRange::two(
        CCursor::new(place(visible, selection.anchor)),
        CCursor::new(place(visible, selection.focus)),
    );
    let transform = egui::emath::TSTransform::from_translation(first.origin.to_vec2());
    accesskit_text::update_accesskit_for_text_widget(ui.ctx(), response.id, Some(range), transform, &galley);
}

/// The character of the paragraphs in view, joined by line ends, at a byte of the article; bytes
/// out of view give the nearest end.
fn place(visible: &[Visible], byte: usize) -> usize {
    let mut before = 0;
    for paragraph in visible {
        let shown = &paragraph.laid.shown;
        if byte <= shown.end {
            return before + shown.char_of(byte);
        }
        before += shown.char_count() + 1;
    }
    before.saturating_sub(1)
}

/// "claim: bodies, 1,000, the remains of 1,000 soldiers"
pub fn name(mark: &Mark, text: &str) -> String {
    let kind = if mark.target.is_suggestion() { "suggestion" } else { "claim" };
    let words = mark.span.of(text).split_whitespace().collect::<Vec<_>>().join(" ");
    let grade = mark.grade.map_or(String::new(), |grade| format!(", {}", grade.word()));
    format!("{kind}: {}, {}, {words}{grade}", mark.category, mark.count())
}

/// A mark in view, as a button that can be found by its name and pressed. Pointers go through it
/// to the text. Returns whether it was pressed.
pub fn mark(ui: &Ui, id: Id, mark: &Mark, rect: Rect, chosen: bool, text: &str) -> bool {
    let id = match &mark.target {
        Target::Claim(claim) => id.with(("claim", claim, mark.part)),
        Target::Suggestion(key) => id.with(("suggestion", key)),
    };
    let response = ui.interact(rect, id, Sense::hover());
    response.widget_info(|| WidgetInfo::selected(Role::Button, true, chosen, name(mark, text)));
    ui.ctx().accesskit_node_builder(id, |node| node.add_action(Action::Click));
    ui.input(|input| input.has_accesskit_action_request(id, Action::Click))
}
