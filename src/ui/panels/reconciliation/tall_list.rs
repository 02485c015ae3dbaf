//! A list of things of different heights, of which only those in view are laid out.

use egui::{Rect, Ui, UiBuilder, pos2, vec2};

/// What is taken for the height of a thing that was not in view yet, in points.
const GUESS: f32 = 64.0;
/// No thing is higher than this.
const ROOM: f32 = 20_000.0;

/// The heights that were met, by place.
#[derive(Debug, Default)]
pub(super) struct TallList {
    heights: Vec<f32>,
    /// Where each begins, and after the last where it ends.
    tops: Vec<f32>,
    width: f32,
}

impl TallList {
    /// Draws those of `count` things that are in view. `key` names a thing, so that what is typed
    /// or has the keyboard in it stays with it; `item` draws it.
    pub(super) fn show(
        &mut self,
        ui: &mut Ui,
        salt: &str,
        count: usize,
        key: impl Fn(usize) -> egui::Id,
        mut item: impl FnMut(&mut Ui, usize),
    ) {
        egui::ScrollArea::vertical().id_salt(salt).auto_shrink(false).show_viewport(ui, |ui, viewport| {
            let width = ui.available_width();
            if (self.heights.len(), self.width) != (count, width) {
                // What is there was measured at another width or in another place: a better guess than none.
                self.heights.resize(count, GUESS);
                self.width = width;
                self.pile_up(0);
            }
            ui.set_height(self.tops.last().copied().unwrap_or(0.0));
            let whole = ui.max_rect();
            let first = self.tops.partition_point(|top| *top <= viewport.top()).saturating_sub(1);
            let (mut top, mut changed) = (self.tops.get(first).copied().unwrap_or(0.0), None);
            for place in first..count {
                if top > viewport.bottom() {
                    break;
                }
                let corner = pos2(whole.left(), whole.top() + top);
                let room = Rect::from_min_size(corner, vec2(width, ROOM));
                let drawn = ui.scope_builder(UiBuilder::new().id_salt(key(place)).max_rect(room), |ui| item(ui, place));
                let height = drawn.response.rect.height() + ui.spacing().item_spacing.y;
                if (height - self.heights[place]).abs() > 0.5 {
                    self.heights[place] = height;
                    changed = changed.or(Some(place));
                }
                top += height;
            }
            if let Some(place) = changed {
                self.pile_up(place);
                ui.ctx().request_repaint();
            }
        });
    }

    /// Where things begin, from one on.
    fn pile_up(&mut self, from: usize) {
        let mut top = if from == 0 { 0.0 } else { self.tops[from] };
        self.tops.truncate(from);
        for height in &self.heights[from..] {
            self.tops.push(top);
            top += height;
        }
        self.tops.push(top);
    }
}
