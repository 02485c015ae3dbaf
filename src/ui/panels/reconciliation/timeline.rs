//! The facts along time, each to be clicked.

use std::collections::BTreeMap;
use std::ops::Range;

use egui::{RichText, Sense, Ui, pos2, vec2};

use super::canvas;
use crate::claim::{FactVerdict, Reconciliation};
use crate::formats::picture::{Mark, Picture, Shape, timeline};
use crate::ui::state::{Request, View};
use crate::ui::theme::space;
use crate::ui::widgets;

/// Up to so many dots are drawn each by itself; of more, those that would hide one another are one.
const DOTS: usize = 3000;
/// How close that is, in points.
const CLOSE: f32 = 12.0;
/// So many marks are tried together for whether they are in view.
const BAND: usize = 64;

/// The timeline's own state: its picture, worked out once a revision and width.
#[derive(Debug, Default)]
pub(super) struct Timeline {
    of: Option<((u64, u64), u32, u32)>,
    picture: Option<Picture>,
    /// Marks that lie together, with their upper and lower ends.
    bands: Vec<(f32, f32, Range<usize>)>,
}

impl Timeline {
    /// Draws it.
    pub(super) fn show(&mut self, ui: &mut Ui, view: &mut View<'_>, reconciliation: &Reconciliation) {
        let theme = view.theme.clone();
        let width = ui.available_width() - space::L;
        let of = Some((view.session.facts_edition(), view.session.codebook().revision, width as u32));
        if self.of != of {
            self.of = of;
            self.picture = timeline(reconciliation, view.session.codebook(), width);
            if let Some(picture) = &mut self.picture {
                thin(&mut picture.marks, reconciliation);
            }
            self.bands = self.picture.as_ref().map_or_else(Vec::new, |picture| bands(&picture.marks));
        }
        let Some(picture) = &self.picture else {
            ui.label(RichText::new("Facts with a date appear here along time.").color(theme.secondary));
            return;
        };
        let parties = widgets::parties(ui.ctx(), view.session);
        egui::ScrollArea::vertical().id_salt("timeline").auto_shrink(false).show(ui, |ui| {
            let (rect, _) = ui.allocate_exact_size(vec2(width, picture.height), Sense::hover());
            let clip = ui.clip_rect();
            let in_view = |(top, bottom, _): &&(f32, f32, Range<usize>)| {
                rect.top() + top <= clip.bottom() && rect.top() + bottom >= clip.top()
            };
            let seen = || self.bands.iter().filter(in_view).flat_map(|(.., marks)| &picture.marks[marks.clone()]);
            canvas::paint(ui, seen(), rect.min, &theme, &parties);
            for mark in seen() {
                let (Some(place), Shape::Circle { centre, radius, .. }) = (mark.fact, &mark.shape) else { continue };
                let centre = pos2(rect.left() + centre.0, rect.top() + centre.1);
                let target = egui::Rect::from_center_size(centre, vec2(radius * 2.0, radius * 2.0));
                let Some(fact) = reconciliation.facts.get(place).filter(|_| clip.intersects(target)) else { continue };
                let id = ui.scope_id().with(("dot", fact.own_claim().map(|claim| &claim.0), place));
                let response = ui.interact(target, id, Sense::click());
                let words = mark.title.as_deref().unwrap_or_default();
                response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, words));
                // There may be a thousand dots: what the pointer is not on tells nothing.
                let told = response.hovered() || response.has_focus();
                let response = if told { response.on_hover_text(words) } else { response };
                if response.clicked() {
                    view.ask(Request::ShowFact(Some(fact.id.clone())));
                }
            }
        });
    }
}

/// Leaves of dots that would hide one another the one that matters most, where there are too many.
fn thin(marks: &mut Vec<Mark>, reconciliation: &Reconciliation) {
    if marks.iter().filter(|mark| mark.fact.is_some()).count() <= DOTS {
        return;
    }
    // What precedes a dot on its line is part of it: its bar, its ring.
    let mut parts: Vec<Mark> = Vec::new();
    let mut kept: Vec<Mark> = Vec::new();
    let mut dots: BTreeMap<(i32, i32), (bool, u32, usize, Vec<Mark>)> = BTreeMap::new();
    for mark in marks.drain(..) {
        let (Some(place), Shape::Circle { centre, radius, .. }) = (mark.fact, &mark.shape) else {
            match mark.shape {
                Shape::Bar { .. } | Shape::Circle { .. } => parts.push(mark),
                _ => kept.push(mark),
            }
            continue;
        };
        let near = (centre.1 as i32, (centre.0 / CLOSE) as i32);
        let conflicts = reconciliation.facts.get(place).is_some_and(|fact| fact.verdict == FactVerdict::Conflicting);
        let (weight, mut all) = ((conflicts, (radius * 100.0) as u32), std::mem::take(&mut parts));
        all.push(mark);
        let (known, size, others, best) = dots.entry(near).or_insert((false, 0, 0, Vec::new()));
        *others += 1;
        if best.is_empty() || weight > (*known, *size) {
            (*known, *size, *best) = (weight.0, weight.1, all);
        }
    }
    for (_, _, count, mut best) in dots.into_values() {
        if let Some(title) = best.last_mut().and_then(|mark| mark.title.as_mut())
            && count > 1
        {
            title.push_str(&format!("; and {} more within days", count - 1));
        }
        kept.append(&mut best);
    }
    *marks = kept;
}

/// Marks in the order in which they are drawn, in bands that are tried together.
fn bands(marks: &[Mark]) -> Vec<(f32, f32, Range<usize>)> {
    let ends = |mark: &Mark| match &mark.shape {
        Shape::Line { from, to, .. } => (from.1.min(to.1), from.1.max(to.1)),
        Shape::Bar { min, max, .. } => (min.1, max.1),
        Shape::Circle { centre, radius, .. } => (centre.1 - radius - 2.0, centre.1 + radius + 2.0),
        Shape::Side { centre, size, .. } => (centre.1 - size, centre.1 + size),
        Shape::Words { at, size, .. } => (at.1 - size, at.1 + size),
    };
    let band = |(n, marks): (usize, &[Mark])| {
        let all = marks.iter().map(ends);
        let (top, bottom) =
            all.fold((f32::INFINITY, f32::NEG_INFINITY), |(a, b), (top, bottom)| (a.min(top), b.max(bottom)));
        (top, bottom, n * BAND..n * BAND + marks.len())
    };
    marks.chunks(BAND).enumerate().map(band).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::picture::Ink;

    fn dot(x: f32, radius: f32, fact: usize) -> Mark {
        let shape = Shape::Circle { centre: (x, 10.0), radius, fill: None, edge: Some((Ink::Text, 1.0)) };
        Mark { shape, fact: Some(fact), title: Some(format!("fact {fact}")) }
    }

    #[test]
    fn a_few_dots_stay_and_of_many_the_largest_stands_for_those_it_would_hide() {
        let nothing = Reconciliation::default();
        let mut few: Vec<Mark> = (0..DOTS).map(|n| dot(n as f32 / 10.0, 5.0, n)).collect();
        thin(&mut few, &nothing);
        assert_eq!(few.len(), DOTS);

        let mut many: Vec<Mark> = (0..DOTS + 1).map(|n| dot(1.0 + n as f32 / 10_000.0, 5.0, n)).collect();
        many[7] = dot(1.0, 9.0, 7);
        many.push(Mark::from(Shape::Line { from: (0.0, 0.0), to: (1.0, 1.0), ink: Ink::Line, width: 1.0 }));
        thin(&mut many, &nothing);
        let titles: Vec<&str> = many.iter().filter_map(|mark| mark.title.as_deref()).collect();
        assert_eq!(titles, [format!("fact 7; and {DOTS} more within days")]);
        assert_eq!(many.len(), 2, "what is no dot stays");
    }

    #[test]
    fn bands_hold_every_mark_once() {
        let marks: Vec<Mark> = (0..200).map(|n| dot(n as f32, 5.0, n)).collect();
        let places: Vec<usize> = bands(&marks)
            .into_iter()
            .flat_map(|(top, bottom, places)| {
                assert!(top <= 5.0 && bottom >= 15.0);
                places
            })
            .collect();
        assert_eq!(places, (0..200).collect::<Vec<_>>());
    }
}
