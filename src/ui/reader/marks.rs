//! The rail at the right edge: where in the article marks stand and where the view is, in one place.

use egui::{Color32, CornerRadius, Painter, Rect, Stroke, StrokeKind, pos2, vec2};

use super::heights::Heights;
use super::sheet::Sheet;
use super::spans::Marks;
use crate::claim::Codebook;
use crate::ui::theme::Theme;

/// Width of the rail, in points.
pub const WIDTH: f32 = 24.0;

/// A dot on the rail.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Dot {
    /// From 0 at the top of the article to 1 at its end.
    y: f32,
    colour: Color32,
    /// A claim; else a suggestion.
    filled: bool,
    /// The mark, for a click.
    mark: usize,
}

/// The dots, kept until marks, colours or heights change.
#[derive(Debug, Default)]
pub struct Rail {
    key: Option<(u64, u32, u64, bool)>,
    dots: Vec<Dot>,
}

impl Rail {
    /// Works the dots out anew where something has changed: `stamp` stands for the marks. At most
    /// one dot for each two points of height, so that 20,000 marks draw as fast as 200.
    pub fn update(&mut self, stamp: u64, rail: Rect, page: (&Sheet, &Heights, &Marks), look: (&Codebook, &Theme)) {
        let ((sheet, heights, marks), (codebook, theme)) = (page, look);
        let total = heights.total().max(1.0);
        let rows = (rail.height() / 2.0).max(1.0);
        // Heights below are corrected while scrolling: a change of less than a dot does not count.
        let coarse = (total / (total / f64::from(rows)).max(64.0)) as u64 ^ (total / 512.0) as u64;
        let key = (stamp, rows as u32, coarse, theme.dark);
        if self.key == Some(key) {
            return;
        }
        self.key = Some(key);
        self.dots.clear();
        if sheet.paragraphs.is_empty() {
            return;
        }
        let byte_at = |row: usize| {
            let (index, below) = heights.find(total * row as f64 / f64::from(rows));
            let span = sheet.paragraphs[index].span;
            let share = (below / heights.get(index).max(1.0)).clamp(0.0, 1.0);
            span.start as usize + (share * span.len() as f32) as usize
        };
        // Claims and suggestions of one dot's height are one dot each.
        let mut from = 0;
        for row in 1..=rows as usize + 1 {
            let to = if row > rows as usize { usize::MAX } else { byte_at(row) };
            for mark in marks.first_in(from..to).into_iter().flatten() {
                let Some(found) = marks.get(mark) else { continue };
                let Some(index) = sheet.paragraph_at(found.span.start as usize) else { continue };
                let span = sheet.paragraphs[index].span;
                let share = found.span.start.saturating_sub(span.start) as f32 / span.len() as f32;
                let y = (heights.above(index) + f64::from(heights.get(index) * share)) / total;
                let colour = codebook.category(&found.category).map_or(&*found.category, |category| &*category.colour);
                let filled = !found.target.is_suggestion();
                self.dots.push(Dot { y: y as f32, colour: theme.category(colour).line, filled, mark });
            }
            from = to.max(from);
        }
    }

    /// Draws thumb and dots. The thumb shows which part of the article is in view: from and to, 0 to 1.
    pub fn paint(&self, painter: &Painter, rail: Rect, view: (f32, f32), lit: bool, theme: &Theme) {
        if view.1 - view.0 < 1.0 {
            let colour = if lit { theme.faint.gamma_multiply(0.5) } else { theme.line };
            painter.rect_filled(thumb(rail, view), CornerRadius::same(4), colour);
        }
        for dot in &self.dots {
            let centre = pos2(rail.center().x, rail.min.y + dot.y * rail.height());
            let rect = Rect::from_center_size(centre, vec2(8.0, 3.0));
            if dot.filled {
                painter.rect_filled(rect, 1.5, dot.colour);
            } else {
                painter.rect_filled(rect, 1.5, theme.reader);
                painter.rect_stroke(rect, 1.5, Stroke::new(1.0, dot.colour), StrokeKind::Middle);
            }
        }
    }

    /// The mark whose dot is nearest to a point of the rail, within a few points.
    pub fn mark_at(&self, rail: Rect, y: f32) -> Option<usize> {
        let distance = |dot: &Dot| (rail.min.y + dot.y * rail.height() - y).abs();
        let nearest = self.dots.iter().min_by(|a, b| distance(a).total_cmp(&distance(b)))?;
        (distance(nearest) <= 4.0).then_some(nearest.mark)
    }
}

/// The thumb, at least so high that it can be taken hold of.
pub fn thumb(rail: Rect, view: (f32, f32)) -> Rect {
    let height = ((view.1 - view.0) * rail.height()).clamp(24.0_f32.min(rail.height()), rail.height());
    let top = (rail.min.y + view.0 * rail.height()).min(rail.max.y - height);
    Rect::from_min_size(pos2(rail.center().x - 4.0, top), vec2(8.0, height))
}
