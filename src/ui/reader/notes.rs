//! Signs in the margin where characters are not what they seem: repaired for reading, invisible,
//! changing the direction, or looking like others.

use egui::{Color32, Pos2, Rect, Sense, Shape, Stroke, Ui, pos2, vec2};

use super::paint::Visible;
use crate::article::Article;
use crate::ui::theme::Theme;

/// What there is to say about a row.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Note {
    /// The row of the paragraph.
    row: usize,
    /// In sentences.
    lines: Vec<String>,
    /// Whether there is more than repaired characters.
    tricky: bool,
}

/// Draws the signs of a paragraph at the left of its column, and a dotted line under repaired
/// characters. Pointing at a sign says what it is about.
pub fn show(ui: &Ui, article: &Article, visible: &Visible, within: Rect, theme: &Theme) {
    if let Some(words) = visible.laid.notice() {
        // Drawn with the words; here for those who listen.
        let below = visible.laid.galley.rect.translate(visible.origin.to_vec2()).bottom();
        let rect = Rect::from_min_size(pos2(visible.origin.x, below), vec2(200.0, super::layout::NOTICE));
        if within.intersects(rect) {
            let id = ui.scope_id().with(("notice", visible.bytes().start));
            let response = ui.interact(rect.intersect(within), id, Sense::hover());
            response.widget_info(|| egui::WidgetInfo::labeled(egui::accesskit::Role::Note, true, words));
        }
    }
    for note in notes(article, visible) {
        let row = visible.laid.row_rect(note.row).translate(visible.origin.to_vec2());
        let centre = pos2(visible.origin.x - visible.laid.indent - 13.0, row.center().y);
        let rect = Rect::from_center_size(centre, vec2(16.0, 18.0));
        if !within.contains(centre) {
            continue;
        }
        let painter = ui.painter_at(within);
        if note.tricky {
            painter.extend(warning(centre, theme.doubt));
        } else {
            painter.circle_stroke(centre, 3.0, Stroke::new(1.25, theme.faint));
        }
        let id = ui.scope_id().with(("note", visible.laid.row_bytes(note.row).start));
        let response = ui.interact(rect, id, Sense::hover());
        let words = note.lines.join("\n");
        response.widget_info(|| egui::WidgetInfo::labeled(egui::accesskit::Role::Note, true, format!("Note: {words}")));
        response.on_hover_text(&words);
    }
    for (at, character, _) in repairs(article, visible) {
        let start = *at as usize;
        for rect in visible.rects(start..start + character.len_utf8()) {
            let y = rect.max.y - 4.0;
            let line = [pos2(rect.min.x, y), pos2(rect.max.x.max(rect.min.x + 3.0), y)];
            ui.painter_at(within).extend(Shape::dashed_line(&line, Stroke::new(1.0, theme.faint), 1.0, 2.0));
        }
    }
}

/// A triangle with an exclamation mark in it.
fn warning(centre: Pos2, colour: Color32) -> Vec<Shape> {
    let corners = [vec2(0.0, -6.0), vec2(6.5, 5.0), vec2(-6.5, 5.0)].map(|corner| centre + corner);
    vec![
        Shape::closed_line(corners.to_vec(), Stroke::new(1.25, colour)),
        Shape::line_segment([centre + vec2(0.0, -2.5), centre + vec2(0.0, 1.0)], Stroke::new(1.25, colour)),
        Shape::circle_filled(centre + vec2(0.0, 3.0), 0.8, colour),
    ]
}

fn repairs<'a>(article: &'a Article, visible: &Visible) -> &'a [(u32, char, char)] {
    let (repairs, bytes) = (article.repairs.repairs(), visible.bytes());
    let from = repairs.partition_point(|repair| (repair.0 as usize) < bytes.start);
    let to = repairs.partition_point(|repair| (repair.0 as usize) < bytes.end);
    &repairs[from..to]
}

fn notes(article: &Article, visible: &Visible) -> Vec<Note> {
    let bytes = visible.bytes();
    let mut notes: Vec<Note> = Vec::new();
    let mut add = |byte: usize, line: String, tricky: bool| {
        let row = visible.laid.place(byte, false).row;
        let at = notes.binary_search_by_key(&row, |note| note.row).unwrap_or_else(|at| {
            notes.insert(at, Note { row, ..Note::default() });
            at
        });
        notes[at].tricky |= tricky;
        if !notes[at].lines.contains(&line) {
            notes[at].lines.push(line);
        }
    };
    for (at, character, meant) in repairs(article, visible) {
        add(*at as usize, format!("U+{:04X} is shown as {meant}, as it was meant.", u32::from(*character)), false);
    }
    for remark in &article.remarks {
        let Some(span) = remark.span.filter(|span| bytes.contains(&(span.start as usize))) else { continue };
        // That characters were repaired is said above, one by one.
        if article.repairs.at(span.start as usize).is_none() {
            add(span.start as usize, remark.text.clone(), true);
        }
    }
    notes
}
