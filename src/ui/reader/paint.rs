//! Draws the marks behind, under and around the words.

use egui::emath::GuiRounding as _;
use egui::{Color32, CornerRadius, FontId, Painter, Pos2, Rect, Shape, Stroke, StrokeKind, pos2, vec2};

use std::ops::Range;
use std::sync::Arc;

use super::layout::{Laid, NOTICE};
use super::spans::{Mark, Marks};
use crate::claim::Codebook;
use crate::ui::state::Chosen;
use crate::ui::theme::{Theme, Tint};

/// A paragraph in view.
#[derive(Clone, Debug)]
pub struct Visible {
    /// Which.
    pub index: usize,
    /// Where its galley's corner stands on the screen.
    pub origin: Pos2,
    /// Its rows.
    pub laid: Arc<Laid>,
}

impl Visible {
    /// The rectangles of a range of the article on the screen, one for each row.
    pub fn rects(&self, bytes: Range<usize>) -> Vec<Rect> {
        let here = bytes.start.max(self.laid.shown.start)..bytes.end.min(self.laid.shown.end);
        if here.is_empty() {
            return Vec::new();
        }
        self.laid.rects(here).into_iter().map(|(_, rect)| rect.translate(self.origin.to_vec2())).collect()
    }

    /// The bytes of the article that it shows.
    pub fn bytes(&self) -> Range<usize> {
        self.laid.shown.start..self.laid.shown.end
    }
}

/// What all drawing needs.
pub struct Brush<'a> {
    /// Draws, clipped to the view.
    pub painter: &'a Painter,
    /// Colours.
    pub theme: &'a Theme,
    /// Which category has which colour.
    pub codebook: &'a Codebook,
    /// The marks of the article.
    pub marks: &'a Marks,
    /// What is chosen.
    pub chosen: &'a Chosen,
}

/// Thickness of the line under a claim, and the distance of lanes, in points.
const LINE: f32 = 2.0;
const LANE: f32 = 3.0;

/// The part of a row's rectangle that stands behind letters.
fn ground(row: Rect, lane: u8) -> Rect {
    let top = row.min.y + 1.5 + f32::from(lane) * 1.5;
    Rect::from_min_max(pos2(row.min.x - 1.5, top), pos2(row.max.x + 1.5, row.max.y - 4.0))
}

/// The part of a row's rectangle that words stand in, with a little room.
fn around(row: Rect) -> Rect {
    Rect::from_min_max(pos2(row.min.x - 1.0, row.min.y + 1.0), pos2(row.max.x + 1.0, row.max.y - 2.0))
}

/// The line of a lane, right under the letters.
fn under(row: Rect, lane: u8) -> Rect {
    let top = row.max.y - 4.0 + f32::from(lane) * LANE;
    Rect::from_min_max(pos2(row.min.x - 1.5, top), pos2(row.max.x + 1.5, top + LINE))
}

impl Brush<'_> {
    fn tint(&self, mark: &Mark) -> Tint {
        let colour = self.codebook.category(&mark.category).map_or(&*mark.category, |category| &*category.colour);
        self.theme.category(colour)
    }

    fn crisp(&self, rect: Rect) -> Rect {
        rect.round_to_pixels(self.painter.pixels_per_point())
    }

    /// The fills of claims, behind the words.
    pub fn fills(&self, visible: &Visible) {
        for mark in self.marks.within(visible.bytes()) {
            let colour = match (mark.target.is_suggestion(), mark.target.is(self.chosen)) {
                (false, _) => self.tint(mark).fill,
                (true, true) => self.theme.accent_ground,
                (true, false) => continue,
            };
            for row in visible.rects(mark.span.range()) {
                let rect = self.crisp(ground(row, mark.lane));
                self.painter.rect_filled(rect, CornerRadius { nw: 2, ne: 2, sw: 0, se: 0 }, colour);
            }
        }
    }

    /// A ground for words, behind the letters: selected ones, hits.
    pub fn ground(&self, visible: &Visible, bytes: Range<usize>, colour: Color32) {
        for row in visible.rects(bytes) {
            self.painter.rect_filled(self.crisp(around(row)), 2.0, colour);
        }
    }

    /// A thin frame around such a ground: it is soft, so that the words on it stay easy to read.
    pub fn frame(&self, visible: &Visible, bytes: Range<usize>, colour: Color32) {
        for row in visible.rects(bytes) {
            let stroke = Stroke::new(1.0, colour.gamma_multiply(0.6));
            self.painter.rect_stroke(self.crisp(around(row)), 2.0, stroke, StrokeKind::Inside);
        }
    }

    /// Lines under claims, outlines of suggestions, and the frame around what is chosen.
    pub fn lines(&self, visible: &Visible, hovered: Option<&Mark>) {
        let mut shapes = Vec::new();
        for mark in self.marks.within(visible.bytes()) {
            let (tint, chosen) = (self.tint(mark), mark.target.is(self.chosen));
            let lit = hovered.is_some_and(|hovered| hovered.target == mark.target);
            for row in visible.rects(mark.span.range()) {
                let suggestion = mark.target.is_suggestion();
                match (suggestion, mark.lane) {
                    (false, lane) => {
                        shapes.push(Shape::rect_filled(self.crisp(under(row, lane)), 0.0, tint.line));
                    }
                    // The frame around what is chosen stands in for the outline.
                    (true, 0) if chosen => {}
                    (true, 0) => {
                        let rect = outline(row);
                        let width = if lit { 1.5 } else { 1.0 };
                        dashed_frame(self.crisp(rect), 3.0, Stroke::new(width, tint.line), &mut shapes);
                    }
                    (true, lane) => {
                        let line = self.crisp(under(row, lane));
                        let ends = [line.left_center(), line.right_center()];
                        shapes.extend(Shape::dashed_line(&ends, Stroke::new(LINE, tint.line), 3.0, 2.0));
                    }
                }
                if lit && !chosen && !suggestion {
                    let rect = self.crisp(ground(row, mark.lane).expand2(vec2(0.5, 0.5)));
                    shapes.push(Shape::rect_stroke(rect, 2.0, Stroke::new(1.0, tint.line), StrokeKind::Outside));
                }
                if chosen {
                    let rect = Rect::from_min_max(ground(row, 0).min, under(row, mark.lane).max);
                    // Between the words beside it there is a blank's width, some four points.
                    let rect = rect.expand2(vec2(0.5, 2.0));
                    let stroke = Stroke::new(2.0, self.theme.accent);
                    shapes.push(Shape::rect_stroke(self.crisp(rect), 4.0, stroke, StrokeKind::Outside));
                }
            }
        }
        self.painter.extend(shapes);
    }

    /// The words of a paragraph, and the notice under one that cannot be shown as it should be.
    pub fn words(&self, visible: &Visible) {
        let Visible { origin, laid, .. } = visible;
        self.painter.galley(*origin, laid.galley.clone(), self.theme.text);
        if laid.kind == crate::article::BlockKind::Quote {
            let x = origin.x - laid.indent + 4.0;
            let bar = Rect::from_min_size(pos2(x, origin.y + 2.0), vec2(2.0, laid.galley.rect.height() - 4.0));
            self.painter.rect_filled(self.crisp(bar), 0.0, self.theme.line);
        }
        if let Some(words) = laid.notice() {
            let at = *origin + vec2(0.0, laid.galley.rect.height() + NOTICE - 16.0);
            self.painter.text(at, egui::Align2::LEFT_TOP, words, FontId::proportional(11.5), self.theme.doubt);
        }
    }

    /// The caret.
    pub fn caret(&self, visible: &Visible, byte: usize, early: bool) {
        let place = visible.laid.place(byte, early);
        let row = visible.laid.row_rect(place.row).translate(visible.origin.to_vec2());
        let x = visible.origin.x + place.x;
        let rect = Rect::from_min_max(pos2(x - 0.75, row.min.y + 3.0), pos2(x + 0.75, row.max.y - 4.0));
        self.painter.rect_filled(self.crisp(rect), 0.0, self.theme.accent);
    }

    /// The names of categories, in the margin beside the rows in which their marks begin.
    pub fn margin(&self, visible: &Visible, x: f32, room: f32) {
        let mut last: Option<(i32, f32)> = None;
        let mut seen: Vec<&str> = Vec::new();
        for mark in
            self.marks.within(visible.bytes()).filter(|mark| visible.bytes().contains(&(mark.span.start as usize)))
        {
            let Some(row) = visible.rects(mark.span.range()).first().copied() else { continue };
            let line = row.min.y.round() as i32;
            let fresh = last.is_none_or(|(other, _)| other != line);
            if fresh {
                seen.clear();
            }
            let label = self.codebook.category(&mark.category).map_or(&*mark.category, |category| &*category.label);
            if seen.contains(&label) {
                continue;
            }
            seen.push(label);
            let at = if fresh { x } else { last.map_or(x, |(_, end)| end + 6.0) };
            let galley =
                self.painter.layout_no_wrap(label.to_owned(), FontId::proportional(11.0), self.tint(mark).line);
            let end = at + galley.rect.width();
            if end > x + room {
                continue;
            }
            self.painter.galley(pos2(at, row.center().y - galley.rect.height() / 2.0), galley, self.theme.secondary);
            last = Some((line, end));
        }
    }
}

/// The rectangle that a suggestion's outline follows.
fn outline(row: Rect) -> Rect {
    Rect::from_min_max(pos2(row.min.x - 1.5, row.min.y + 1.5), pos2(row.max.x + 1.5, row.max.y - 1.5))
}

/// A dashed frame with rounded corners.
fn dashed_frame(rect: Rect, radius: f32, stroke: Stroke, shapes: &mut Vec<Shape>) {
    let radius = radius.min(rect.width() / 2.0).min(rect.height() / 2.0);
    let mut path = Vec::with_capacity(18);
    let corners = [
        (pos2(rect.max.x - radius, rect.min.y + radius), -90.0_f32),
        (pos2(rect.max.x - radius, rect.max.y - radius), 0.0),
        (pos2(rect.min.x + radius, rect.max.y - radius), 90.0),
        (pos2(rect.min.x + radius, rect.min.y + radius), 180.0),
    ];
    for (centre, from) in corners {
        for step in 0..=3_u8 {
            let angle = (from + f32::from(step) * 30.0).to_radians();
            path.push(centre + radius * vec2(angle.cos(), angle.sin()));
        }
    }
    path.push(path[0]);
    Shape::dashed_line_many(&path, stroke, 3.0, 2.0, shapes);
}
