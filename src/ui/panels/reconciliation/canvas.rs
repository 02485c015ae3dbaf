//! Pictures of the facts on the screen: the marks of [`crate::formats::picture`] in the colours of
//! the theme.

use egui::{Align2, Color32, FontId, Pos2, Rect, Stroke, Ui, pos2};

use crate::claim::Name;
use crate::formats::picture::{self, Ink, Mark};
use crate::ui::theme::Theme;
use crate::ui::widgets::side_shape;

/// The colour of an ink.
pub(super) fn colour(ink: &Ink, theme: &Theme, parties: &[Name]) -> Color32 {
    match ink {
        Ink::Text => theme.text,
        Ink::Secondary => theme.secondary,
        Ink::Line => theme.line,
        Ink::Ground => theme.panel,
        Ink::Accent => theme.accent,
        Ink::AccentGround => theme.accent_ground,
        Ink::Bad => theme.bad,
        Ink::Doubt => theme.doubt,
        Ink::Good => theme.good,
        Ink::Fill(name) => theme.category(name).fill,
        Ink::Edge(name) => theme.category(name).line,
        Ink::Side(side) => theme.side(side, parties),
    }
}

/// Paints marks, shifted so that their origin is at `origin`. What lies outside the clip is left out.
pub(super) fn paint<'a>(
    ui: &Ui,
    marks: impl IntoIterator<Item = &'a Mark>,
    origin: Pos2,
    theme: &Theme,
    parties: &[Name],
) {
    let painter = ui.painter();
    let clip = ui.clip_rect();
    let at = |(x, y): picture::At| pos2(origin.x + x, origin.y + y);
    let paint = |ink: &Ink| colour(ink, theme, parties);
    let stroke = |edge: &Option<(Ink, f32)>| edge.as_ref().map_or(Stroke::NONE, |(ink, w)| Stroke::new(*w, paint(ink)));
    for mark in marks {
        if !clip.intersects(bounds(&mark.shape, origin)) {
            continue;
        }
        match &mark.shape {
            picture::Shape::Line { from, to, ink, width } => {
                painter.line_segment([at(*from), at(*to)], Stroke::new(*width, paint(ink)));
            }
            picture::Shape::Bar { min, max, radius, fill, edge } => {
                let rect = Rect::from_min_max(at(*min), at(*max));
                painter.rect(rect, *radius, paint(fill), stroke(edge), egui::StrokeKind::Inside);
            }
            picture::Shape::Circle { centre, radius, fill, edge } => {
                let fill = fill.as_ref().map_or(Color32::TRANSPARENT, &paint);
                painter.circle(at(*centre), *radius, fill, stroke(edge));
            }
            picture::Shape::Side { centre, size, shape, ink } => {
                painter.add(side_shape(*shape, at(*centre), *size, paint(ink)));
            }
            picture::Shape::Words { at: place, from_right, size, ink, text, most } => {
                let ink = paint(ink);
                let mut job = egui::text::LayoutJob::simple_singleline(text.clone(), FontId::proportional(*size), ink);
                job.wrap = egui::text::TextWrapping::truncate_at_width(*most);
                let galley = painter.layout_job(job);
                let anchor = if *from_right { Align2::RIGHT_CENTER } else { Align2::LEFT_CENTER };
                painter.galley(anchor.anchor_size(at(*place), galley.size()).min, galley, ink);
            }
        }
    }
}

/// A rectangle that holds a shape: words are taken to be as wide as they may become.
fn bounds(shape: &picture::Shape, origin: Pos2) -> Rect {
    let at = |(x, y): picture::At| pos2(origin.x + x, origin.y + y);
    let around = |centre, radius| Rect::from_center_size(at(centre), egui::Vec2::splat(2.0 * radius));
    match shape {
        picture::Shape::Line { from, to, width, .. } => Rect::from_two_pos(at(*from), at(*to)).expand(*width),
        picture::Shape::Bar { min, max, .. } => Rect::from_min_max(at(*min), at(*max)),
        picture::Shape::Circle { centre, radius, .. } => around(*centre, radius + 2.0),
        picture::Shape::Side { centre, size, .. } => around(*centre, *size),
        picture::Shape::Words { at: place, size, .. } => {
            let middle = at(*place);
            Rect::everything_right_of(f32::NEG_INFINITY)
                .intersect(Rect::from_x_y_ranges(f32::NEG_INFINITY..=f32::INFINITY, middle.y - size..=middle.y + size))
        }
    }
}
