//! The columns of the facts table: as wide as what stands in them, as far as there is room.

use egui::{Rect, pos2};

use super::rows::direction;
use crate::claim::{Fact, Reconciliation};
use crate::formats::picture::range_words;
use crate::ui::theme::space;

/// How many columns there are: fold mark, number, label, direction, bar, range, origins, sides,
/// articles, verdict, flags.
const COLUMNS: usize = 11;

/// How wide the columns would be, in points: what stands in them.
#[derive(Clone, Copy, Debug)]
pub(super) struct Wishes {
    widths: [f32; COLUMNS],
}

impl Wishes {
    /// Of all facts.
    pub(super) fn of(reconciliation: &Reconciliation) -> Self {
        Self::of_first(reconciliation, usize::MAX)
    }

    /// Of so many facts at the most, the first ones.
    pub(super) fn of_first(reconciliation: &Reconciliation, count: usize) -> Self {
        // By the number of letters: there may be many thousands of facts.
        const BODY: f32 = 7.3;
        const SMALL: f32 = 6.9;
        let longest = |length: &dyn Fn(&Fact) -> usize| {
            reconciliation.facts.iter().take(count).map(|fact| length(fact)).max().unwrap_or(0) as f32
        };
        let number = reconciliation.facts.len().to_string().len().max(2) + 1;
        let flags = |fact: &Fact| fact.flags.iter().map(|(flag, _)| flag.label().len() + 2).sum();
        let widths = [
            20.0,
            (number as f32 * SMALL + 8.0).max(42.0),
            longest(&|fact| fact.label.chars().count()) * BODY,
            longest(&|fact| direction(fact).chars().count()) * SMALL,
            130.0,
            // A number stands next to it: with less between them they would read as one.
            longest(&|fact| range_words(fact).chars().count()) * BODY + space::S,
            58.0,
            48.0,
            58.0,
            longest(&|fact| fact.verdict.label().len()) * SMALL + 18.0,
            (longest(&flags) * SMALL).max(36.0),
        ];
        Self { widths: widths.map(|width| width + space::S) }
    }
}

/// Left edge of each column, and the right edge of the last.
pub(super) struct Columns([f32; COLUMNS + 1]);

impl Columns {
    /// The least that is left of a column, as a share of what it would be and in points.
    const LEAST: [(f32, f32); COLUMNS] = [
        (1.0, 0.0),
        (1.0, 0.0),
        (0.75, 120.0),
        (0.5, 72.0),
        (0.5, 0.0),
        (0.6, 84.0),
        (1.0, 0.0),
        (1.0, 0.0),
        (1.0, 0.0),
        (0.8, 80.0),
        (0.2, 48.0),
    ];
    /// The columns that give way before the others, and what is left of them then.
    const FIRST: [(usize, (f32, f32)); 3] = [(10, (0.0, 140.0)), (2, (0.75, 120.0)), (4, (0.7, 0.0))];
    /// The columns that are left out, one after the other, where there is not the least room for all:
    /// sides, articles, origins, flags. The verdict's tooltip tells what they would.
    const LEFT_OUT: [usize; 4] = [7, 8, 6, 10];
    /// Which share of the room that is left over a column takes.
    const MORE: [f32; COLUMNS] = [0.0, 0.0, 0.3, 0.15, 0.2, 0.1, 0.0, 0.0, 0.0, 0.05, 0.2];

    /// In a row, which gives the width.
    pub(super) fn new(rect: Rect, wishes: &Wishes) -> Self {
        let mut widths = wishes.widths;
        let mut spare = rect.width() - widths.iter().sum::<f32>();
        // What gives way first: many flags, long labels, the bar.
        for (column, least) in Self::FIRST {
            let gives = (widths[column] - (wishes.widths[column] * least.0).max(least.1)).max(0.0).min(-spare);
            if gives > 0.0 {
                widths[column] -= gives;
                spare += gives;
            }
        }
        if spare >= 0.0 {
            widths.iter_mut().zip(Self::MORE).for_each(|(width, share)| *width += spare * share);
        } else {
            let mut least: Vec<f32> = (widths.iter().zip(&wishes.widths).zip(Self::LEAST))
                .map(|((width, wish), (share, points))| (wish * share).max(points).min(*width))
                .collect();
            for column in Self::LEFT_OUT {
                if least.iter().sum::<f32>() <= rect.width() {
                    break;
                }
                spare += widths[column];
                (widths[column], least[column]) = (0.0, 0.0);
            }
            let yielding: f32 = widths.iter().zip(&least).map(|(width, least)| width - least).sum();
            let share = (-spare / yielding.max(1.0)).clamp(0.0, 1.0);
            widths.iter_mut().zip(&least).for_each(|(width, least)| *width -= (*width - least) * share);
            // Where even that is too much, all become narrower alike.
            let scale = (rect.width() / widths.iter().sum::<f32>()).min(1.0);
            widths.iter_mut().for_each(|width| *width *= scale);
        }
        let mut edges = [rect.left(); COLUMNS + 1];
        for (column, width) in widths.into_iter().enumerate() {
            edges[column + 1] = edges[column] + width;
        }
        Self(edges)
    }

    /// The left edge of a column.
    pub(super) fn left(&self, column: usize) -> f32 {
        self.0[column]
    }

    /// A column of a row; narrower than nothing where it is left out.
    pub(super) fn cell(&self, row: Rect, column: usize) -> Rect {
        Rect::from_min_max(pos2(self.0[column], row.top()), pos2(self.0[column + 1] - space::S, row.bottom()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn widths(width: f32, flags: f32) -> Vec<f32> {
        let widths = [28.0, 42.0, 300.0, 130.0, 138.0, 140.0, 66.0, 56.0, 66.0, 170.0, flags];
        let row = Rect::from_min_max(pos2(10.0, 0.0), pos2(10.0 + width, 31.0));
        let columns = Columns::new(row, &Wishes { widths });
        assert!(columns.0[COLUMNS] <= row.right() + 0.5, "within the row of {width}");
        columns.0.windows(2).map(|pair| pair[1] - pair[0]).collect()
    }

    #[test]
    fn a_label_gives_way_last_and_an_empty_column_takes_nothing() {
        let wide = widths(1400.0, 200.0);
        assert!(wide[2] > 300.0 && wide[10] > 200.0, "what is left over is shared: {wide:?}");
        let narrow = widths(1000.0, 400.0);
        assert!(narrow[2] >= 224.0 && narrow[10] < 200.0, "{narrow:?}");
        assert_eq!((narrow[6], narrow[7], narrow[8]), (66.0, 56.0, 66.0), "figures are never cut");
        let bare = widths(1000.0, 0.0);
        assert!(bare[3] > narrow[3] && bare[10] < 1.0, "{bare:?}");
        let small = widths(690.0, 200.0);
        assert!(small[9] >= 136.0, "a verdict is read as it is: {small:?}");
        assert_eq!((small[6], small[7], small[8]), (0.0, 0.0, 0.0), "the figures are left out whole: {small:?}");
        let least = widths(420.0, 200.0);
        assert!([0, 1, 2, 3, 4, 5, 9].into_iter().all(|column| least[column] > 10.0), "{least:?}");
    }
}
