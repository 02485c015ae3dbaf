//! The facts along time: a lane for each category and receiver, dots sized by count.

use std::collections::BTreeMap;

use chrono::{Datelike, Days, Months, NaiveDate};

use super::{At, Ink, Mark, Picture, Shape, range_words};
use crate::claim::{Codebook, Fact, FactKind, FactVerdict, Name, Reconciliation};

const LABELS: f32 = 170.0;
const LANE: f32 = 34.0;
const AXIS: f32 = 24.0;
const SMALL: f32 = 12.0;
const SMALLEST: f32 = 11.5;

type Dated<'a> = (usize, &'a Fact, NaiveDate, NaiveDate);

/// The picture, of a width: every fact that has a window with both ends; plans, totals and counts
/// as of a time hollow, a window of more than a day as a bar, conflicts ringed. `None` where no
/// fact has a date.
pub fn timeline(reconciliation: &Reconciliation, codebook: &Codebook, width: f32) -> Option<Picture> {
    let dated: Vec<Dated<'_>> = (reconciliation.facts.iter().enumerate())
        .filter_map(|(place, fact)| Some((place, &**fact, fact.window.start?, fact.window.end?)))
        .collect();
    let (first, last) = extent(&dated)?;
    let mut lanes: BTreeMap<String, Vec<Dated<'_>>> = BTreeMap::new();
    for item in &dated {
        lanes.entry(lane(item.1)).or_default().push(*item);
    }
    let height = AXIS + LANE * lanes.len() as f32;
    let days = (last - first).num_days().max(1) as f32;
    let plot = (LABELS, (width - 1.0).max(LABELS + 40.0));
    let scale = |day: NaiveDate| plot.0 + (day - first).num_days() as f32 / days * (plot.1 - plot.0);
    let mut marks = months(plot, height, first, last, &scale);
    let most = dated.iter().filter_map(|(_, fact, ..)| size_of(fact)).max().unwrap_or(1).max(1) as f32;
    for (i, (name, facts)) in lanes.iter().enumerate() {
        let y = AXIS + LANE * (i as f32 + 0.5);
        let words = Shape::Words {
            at: (0.0, y),
            from_right: false,
            size: SMALL,
            ink: Ink::Text,
            text: name.clone(),
            most: LABELS,
        };
        marks.push(words.into());
        marks.push(Shape::Line { from: (plot.0, y), to: (plot.1, y), ink: Ink::Line, width: 1.0 }.into());
        for (place, fact, start, end) in facts {
            let colour = codebook.category(&fact.category).map_or_else(|| "other".into(), |c| c.colour.clone());
            let clipped = |day| scale(day).clamp(plot.0, plot.1);
            dot(&mut marks, *place, fact, (clipped(*start), clipped(*end)), y, most, colour);
        }
    }
    let title = format!("Facts from {} to {}", first.format("%-d %b %Y"), last.format("%-d %b %Y"));
    Some(Picture { title, width, height, marks })
}

/// First and last day of the axis, with a week to spare at either end.
fn extent(dated: &[Dated<'_>]) -> Option<(NaiveDate, NaiveDate)> {
    // Counts to date since the beginning of a war would push the events into a corner.
    let near = |fact: &Fact| matches!(fact.kind, FactKind::Count | FactKind::Plan);
    let days = |only_near: bool| dated.iter().filter(move |(_, fact, ..)| !only_near || near(fact));
    let only_near = days(true).next().is_some();
    let first = days(only_near).map(|(_, _, start, _)| *start).min()?;
    let last = days(only_near).map(|(.., end)| *end).max()?;
    Some((first.checked_sub_days(Days::new(7))?, last.checked_add_days(Days::new(7))?))
}

/// The name of the lane of a fact.
fn lane(fact: &Fact) -> String {
    match (&fact.to, &fact.party) {
        (Some(to), _) => format!("{} to {to}", fact.category),
        (None, Some(party)) => format!("{}, {party}", fact.category),
        (None, None) => fact.category.to_string(),
    }
}

fn size_of(fact: &Fact) -> Option<u64> {
    fact.best.or(fact.low).or(fact.high)
}

/// One fact: a dot in the middle of its window, a thin bar over the window where it is not a day.
fn dot(marks: &mut Vec<Mark>, place: usize, fact: &Fact, (from, to): (f32, f32), y: f32, most: f32, colour: Name) {
    let share = (size_of(fact).unwrap_or(1) as f32 / most).sqrt();
    let radius = 4.0 + 8.0 * share;
    let centre: At = ((from + to) / 2.0, y);
    let (fill, edge) = (Ink::Fill(colour.clone()), Ink::Edge(colour));
    if to - from > 2.0 {
        let (min, max) = ((from, y - 2.0), (to, y + 2.0));
        marks.push(Shape::Bar { min, max, radius: 2.0, fill: fill.clone(), edge: Some((edge.clone(), 1.0)) }.into());
    }
    if fact.verdict == FactVerdict::Conflicting {
        let edge = Some((Ink::Bad, 1.5));
        marks.push(Shape::Circle { centre, radius: radius + 3.0, fill: None, edge }.into());
    }
    let hollow = matches!(fact.kind, FactKind::Plan | FactKind::Rollup | FactKind::Stock);
    let fill = Some(if hollow { Ink::Ground } else { fill });
    let title = format!("{}: {}, {}", fact.label, range_words(fact), fact.verdict.label());
    let shape = Shape::Circle { centre, radius, fill, edge: Some((edge, 1.5)) };
    marks.push(Mark { shape, fact: Some(place), title: Some(title) });
}

/// The axis: a line for each month, quarter or year, named where there is room.
fn months(
    (left, right): (f32, f32),
    height: f32,
    first: NaiveDate,
    last: NaiveDate,
    scale: &dyn Fn(NaiveDate) -> f32,
) -> Vec<Mark> {
    let step = match (last - first).num_days() {
        0..=400 => 1,
        401..=1200 => 3,
        _ => 12,
    };
    let mut marks = Vec::new();
    let Some(mut day) = first.with_day(1) else { return marks };
    while day.month0() % step != 0 {
        match day.checked_sub_months(Months::new(1)) {
            Some(earlier) => day = earlier,
            None => return marks,
        }
    }
    let mut free = f32::NEG_INFINITY;
    while day <= last {
        let x = scale(day);
        if x >= left {
            marks.push(Shape::Line { from: (x, 0.0), to: (x, height), ink: Ink::Line, width: 1.0 }.into());
            let text = if day.month() == 1 || step == 12 { day.format("%b %Y") } else { day.format("%b") }.to_string();
            // A generous guess: who draws may use another typeface.
            let wide = text.chars().count() as f32 * SMALLEST * 0.62;
            if x > free && x + 3.0 + wide <= right {
                free = x + 3.0 + wide + 8.0;
                let at = (x + 3.0, 9.0);
                let ink = Ink::Secondary;
                marks.push(
                    Shape::Words { at, from_right: false, size: SMALLEST, ink, text, most: f32::INFINITY }.into(),
                );
            }
        }
        let Some(next) = day.checked_add_months(Months::new(step)) else { break };
        day = next;
    }
    marks
}
