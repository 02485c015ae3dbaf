//! The range of a fact at a glance: low to high, best marked, one tick per origin.

use egui::{Rect, Shape, Stroke, Ui, pos2, vec2};

use crate::claim::{Fact, Name};
use crate::session::Session;
use crate::ui::theme::Theme;
use crate::ui::widgets::SideMark;

/// Draws the bar into a rectangle. Soft bounds fade, open ones run out to the edge; ticks have the
/// side's colour and shape, hollow where nobody is named.
pub(super) fn paint(ui: &Ui, rect: Rect, fact: &Fact, session: &Session, theme: &Theme, parties: &[Name]) {
    let painter = ui.painter_at(rect);
    let y = rect.center().y;
    painter.hline(rect.x_range(), y, Stroke::new(1.0, theme.line));
    let ticks = ticks(fact, session, theme, parties);
    let values = ticks.iter().map(|(value, _)| *value).chain(fact.low).chain(fact.high).chain(fact.best);
    let (Some(min), Some(max)) = (values.clone().min(), values.max()) else { return };
    let pad = ((max - min) as f32 * 0.25).max(1.0);
    let (from, to) = (min as f32 - pad, max as f32 + pad);
    let x = |value: f32| rect.left() + (value - from) / (to - from) * rect.width();
    let low = fact.low.map_or(rect.left(), |low| x(low as f32));
    let high = fact.high.map_or(rect.right(), |high| x(high as f32));
    if high - low > 0.5 {
        let bar = Rect::from_min_max(pos2(low, y - 3.5), pos2(high, y + 3.5));
        painter.rect_filled(bar, 2.0, theme.accent_ground);
        let edge = Stroke::new(1.0, theme.accent.gamma_multiply(0.6));
        painter.hline(bar.x_range(), bar.top(), edge);
        painter.hline(bar.x_range(), bar.bottom(), edge);
        for (soft, open, side) in
            [(fact.low_soft, fact.low.is_none(), bar.left()), (fact.high_soft, fact.high.is_none(), bar.right())]
        {
            if soft {
                let points = (0..3).map(|i| pos2(side, bar.top() + 1.5 + 2.0 * i as f32));
                painter.extend(points.map(|p| Shape::circle_filled(p, 0.8, theme.secondary)));
            } else if !open {
                painter.vline(side, bar.y_range(), edge);
            }
        }
    }
    if let Some(best) = fact.best {
        painter.vline(x(best as f32), rect.center().y - 8.0..=rect.center().y + 8.0, Stroke::new(1.5, theme.text));
    }
    // Equal values stand side by side, not on top of one another.
    let mut at: std::collections::BTreeMap<u64, f32> = std::collections::BTreeMap::new();
    for (value, mark) in ticks {
        let shift = at.entry(value).or_insert(0.0);
        painter.add(mark.at(pos2(x(value as f32), y) + vec2(*shift, 0.0), 7.0));
        *shift = if *shift > 0.0 { -*shift } else { -*shift + 8.0 };
    }
}

/// Value and mark of each origin, then of words that nobody is named for (each value once).
fn ticks(fact: &Fact, session: &Session, theme: &Theme, parties: &[Name]) -> Vec<(u64, SideMark)> {
    let middle = |low: Option<u64>, high: Option<u64>| match (low, high) {
        (Some(low), Some(high)) => Some(low + (high - low) / 2),
        (low, high) => low.or(high),
    };
    let mut ticks: Vec<(u64, SideMark)> = (fact.origins.iter())
        .filter_map(|origin| Some((middle(origin.low, origin.high)?, SideMark::new(&origin.side, theme, parties))))
        .collect();
    let unnamed = fact.members.iter().filter(|member| member.origin.is_none());
    let values: std::collections::BTreeSet<u64> = unnamed
        .filter_map(|member| session.claim(&member.claim))
        .filter_map(|claim| {
            let quantity = &claim.reading.count.quantity;
            quantity.n.or(middle(quantity.low, quantity.high))
        })
        .collect();
    ticks.extend(values.into_iter().map(|value| (value, SideMark::unattributed(theme))));
    ticks
}
