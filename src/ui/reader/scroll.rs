//! What is in view: a paragraph and an offset below its top, so that a corrected height above never makes the text jump.

use super::heights::Heights;

/// The top of the view.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Scroll {
    /// The paragraph at the top of the view.
    pub paragraph: usize,
    /// How far below that paragraph's top the view begins, in points.
    pub offset: f32,
}

impl Scroll {
    /// How far below the top of the article the view begins, by the heights as they are known.
    pub fn y(self, heights: &Heights) -> f64 {
        heights.above(self.paragraph) + f64::from(self.offset)
    }

    /// The view that begins at a height.
    pub fn at(y: f64, heights: &Heights) -> Self {
        let (paragraph, offset) = heights.find(y);
        Self { paragraph, offset }
    }

    /// Brings the offset into its paragraph again after it was changed, and keeps the end of the
    /// text from rising above the bottom of a view of `height` points. `measure` lays a paragraph
    /// out and gives its true height.
    pub fn settle(&mut self, count: usize, height: f32, mut measure: impl FnMut(usize) -> f32) {
        if count == 0 {
            *self = Self::default();
            return;
        }
        self.paragraph = self.paragraph.min(count - 1);
        self.rise(&mut measure);
        while self.paragraph + 1 < count {
            let own = measure(self.paragraph);
            if self.offset < own {
                break;
            }
            self.offset -= own;
            self.paragraph += 1;
        }
        let (mut index, mut bottom) = (self.paragraph, -self.offset);
        while index < count && bottom < height {
            bottom += measure(index);
            index += 1;
        }
        if bottom < height {
            self.offset -= height - bottom;
            self.rise(&mut measure);
        }
    }

    fn rise(&mut self, measure: &mut impl FnMut(usize) -> f32) {
        while self.offset < 0.0 && self.paragraph > 0 {
            self.paragraph -= 1;
            self.offset += measure(self.paragraph);
        }
        self.offset = self.offset.max(0.0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settled(paragraph: usize, offset: f32) -> (usize, f32) {
        let heights = [10.0, 20.0, 30.0, 40.0];
        let mut scroll = Scroll { paragraph, offset };
        scroll.settle(heights.len(), 50.0, |index| heights[index]);
        (scroll.paragraph, scroll.offset)
    }

    #[test]
    fn offsets_move_into_the_paragraph_that_they_reach() {
        for (from, expected) in [
            ((0, 0.0), (0, 0.0)),
            ((0, 10.0), (1, 0.0)),
            ((0, 35.0), (2, 5.0)),
            ((2, -5.0), (1, 15.0)),
            ((1, -99.0), (0, 0.0)),
            ((3, 30.0), (2, 20.0)),
            ((0, 999.0), (2, 20.0)),
            ((9, 0.0), (2, 20.0)),
        ] {
            assert_eq!(settled(from.0, from.1), expected, "{from:?}");
        }
    }

    #[test]
    fn a_text_shorter_than_the_view_does_not_move() {
        let mut scroll = Scroll { paragraph: 1, offset: 5.0 };
        scroll.settle(2, 500.0, |_| 20.0);
        assert_eq!(scroll, Scroll::default());
        scroll.settle(0, 500.0, |_| 20.0);
        assert_eq!(scroll, Scroll::default());
    }
}
