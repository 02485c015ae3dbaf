//! The range of a fact at a glance: low to high, best marked, one tick per origin.

use std::collections::{BTreeMap, BTreeSet};

use super::{At, Ink, Mark, Picture, Shape, SideShape, range_words, verdict_ink};
use crate::claim::{Claim, ClaimId, Fact, Name, Reconciliation, Side};

const ROW: f32 = 30.0;
const SMALL: f32 = 12.0;

/// The bar of a fact between two corners. Soft bounds fade, open ones run out to the edge; ticks
/// have the side's colour and shape, hollow where nobody is named. `claim` finds the claims of the
/// fact.
pub fn bar<'a>(
    fact: &Fact,
    claim: &dyn Fn(&ClaimId) -> Option<&'a Claim>,
    parties: &[Name],
    (min, max): (At, At),
) -> Vec<Mark> {
    let y = (min.1 + max.1) / 2.0;
    let line = |from: At, to: At, ink: Ink, width: f32| Mark::from(Shape::Line { from, to, ink, width });
    let mut marks = vec![line((min.0, y), (max.0, y), Ink::Line, 1.0)];
    let ticks = ticks(fact, claim);
    let values = ticks.iter().map(|(value, _)| *value).chain(fact.low).chain(fact.high).chain(fact.best);
    let (Some(least), Some(most)) = (values.clone().min(), values.max()) else { return marks };
    let pad = ((most - least) as f32 * 0.25).max(1.0);
    let (from, to) = (least as f32 - pad, most as f32 + pad);
    let scale = |value: u64| min.0 + (value as f32 - from) / (to - from) * (max.0 - min.0);
    let (low, high) = (fact.low.map_or(min.0, scale), fact.high.map_or(max.0, scale));
    if high - low > 0.5 {
        let (top, bottom) = (y - 3.5, y + 3.5);
        let fill = Ink::AccentGround;
        marks.push(Shape::Bar { min: (low, top), max: (high, bottom), radius: 2.0, fill, edge: None }.into());
        marks.push(line((low, top), (high, top), Ink::Accent, 1.0));
        marks.push(line((low, bottom), (high, bottom), Ink::Accent, 1.0));
        for (soft, open, x) in [(fact.low_soft, fact.low.is_none(), low), (fact.high_soft, fact.high.is_none(), high)] {
            if soft {
                for dot in 0..3 {
                    let centre = (x, top + 1.5 + 2.0 * dot as f32);
                    let fill = Some(Ink::Secondary);
                    marks.push(Shape::Circle { centre, radius: 0.8, fill, edge: None }.into());
                }
            } else if !open {
                marks.push(line((x, top), (x, bottom), Ink::Accent, 1.0));
            }
        }
    }
    if let Some(best) = fact.best {
        marks.push(line((scale(best), y - 8.0), (scale(best), y + 8.0), Ink::Text, 1.5));
    }
    // Equal values stand side by side, not on top of one another.
    let mut at: BTreeMap<u64, f32> = BTreeMap::new();
    for (value, side) in ticks {
        let shift = at.entry(value).or_insert(0.0);
        let shape = side.as_ref().map_or(SideShape::Ring, |side| SideShape::of(side, parties));
        let ink = side.map_or(Ink::Secondary, Ink::Side);
        marks.push(Shape::Side { centre: (scale(value) + *shift, y), size: 7.0, shape, ink }.into());
        *shift = if *shift > 0.0 { -*shift } else { -*shift + 8.0 };
    }
    marks
}

/// Value and side of each origin, then of words that nobody is named for (each value once).
fn ticks<'a>(fact: &Fact, claim: &dyn Fn(&ClaimId) -> Option<&'a Claim>) -> Vec<(u64, Option<Side>)> {
    let middle = |low: Option<u64>, high: Option<u64>| match (low, high) {
        (Some(low), Some(high)) => Some(low + high.saturating_sub(low) / 2),
        (low, high) => low.or(high),
    };
    let mut ticks: Vec<(u64, Option<Side>)> = (fact.origins.iter())
        .filter_map(|origin| Some((middle(origin.low, origin.high)?, Some(origin.side.clone()))))
        .collect();
    let unnamed = fact.members.iter().filter(|member| member.origin.is_none());
    let values: BTreeSet<u64> = unnamed
        .filter_map(|member| claim(&member.claim))
        .filter_map(|claim| {
            let quantity = &claim.reading.count.quantity;
            quantity.n.or(middle(quantity.low, quantity.high))
        })
        .collect();
    ticks.extend(values.into_iter().map(|value| (value, None)));
    ticks
}

/// The facts of a reconciliation, a row each: label, bar, range in words, verdict. `shown` are the
/// facts by their place, in the order of the rows.
pub fn ranges<'a>(
    reconciliation: &Reconciliation,
    shown: &[usize],
    claim: &dyn Fn(&ClaimId) -> Option<&'a Claim>,
    parties: &[Name],
    width: f32,
) -> Picture {
    let mut marks: Vec<Mark> = Vec::new();
    let column = |share: f32| share * width;
    for (row, place) in shown.iter().enumerate() {
        let Some(fact) = reconciliation.facts.get(*place) else { continue };
        let y = ROW * (row as f32 + 0.5);
        let mut words = |from: f32, to: f32, ink: Ink, text: String| {
            let at = (column(from) + 8.0, y);
            let most = column(to) - column(from) - 16.0;
            marks.push(Shape::Words { at, from_right: false, size: SMALL, ink, text, most }.into());
        };
        words(0.0, 0.34, Ink::Text, fact.label.clone());
        words(0.62, 0.8, Ink::Text, range_words(fact));
        words(0.8, 1.0, verdict_ink(fact.verdict), fact.verdict.label().to_owned());
        let corners = ((column(0.34), y - 12.0), (column(0.62) - 8.0, y + 12.0));
        let title = format!("{}: {}, {}", fact.label, range_words(fact), fact.verdict.label());
        let own = bar(fact, claim, parties, corners).into_iter();
        marks.extend(own.map(|mark| Mark { fact: Some(*place), title: Some(title.clone()), ..mark }));
        let (from, to) = ((0.0, y + ROW / 2.0), (width, y + ROW / 2.0));
        marks.push(Shape::Line { from, to, ink: Ink::Line, width: 1.0 }.into());
    }
    Picture { title: "Facts with their ranges".to_owned(), width, height: ROW * shown.len().max(1) as f32, marks }
}
