//! The facts along time: a lane for each category and receiver, dots sized by count.

use std::collections::BTreeMap;

use chrono::{Datelike, Days, Months, NaiveDate};
use egui::{Align2, FontId, Rect, RichText, Sense, Stroke, Ui, pos2, vec2};

use super::rows::range_words;
use crate::claim::{Fact, FactKind, FactVerdict, Reconciliation};
use crate::ui::state::{Request, View};
use crate::ui::theme::{Theme, space};
use crate::ui::widgets;

const LABELS: f32 = 170.0;
const LANE: f32 = 34.0;
const AXIS: f32 = 24.0;

/// Draws every fact that has a window with both ends; plans hollow, totals as bars over their
/// period, conflicts ringed.
pub(super) fn show(ui: &mut Ui, view: &mut View<'_>, reconciliation: &Reconciliation) {
    let theme = view.theme.clone();
    let dated: Vec<(&Fact, NaiveDate, NaiveDate)> =
        (reconciliation.facts.iter()).filter_map(|fact| Some((fact, fact.window.start?, fact.window.end?))).collect();
    let Some((first, last)) = extent(&dated) else {
        ui.label(RichText::new("Facts with a date appear here along time.").color(theme.secondary));
        return;
    };
    let mut lanes: BTreeMap<String, Vec<(&Fact, NaiveDate, NaiveDate)>> = BTreeMap::new();
    for item in &dated {
        lanes.entry(lane(item.0)).or_default().push(*item);
    }
    egui::ScrollArea::vertical().id_salt("timeline").auto_shrink(false).show(ui, |ui| {
        let height = AXIS + LANE * lanes.len() as f32;
        let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width() - space::M, height), Sense::hover());
        let plot = Rect::from_min_max(pos2(rect.left() + LABELS, rect.top()), rect.max);
        let days = (last - first).num_days().max(1) as f32;
        let x = |day: NaiveDate| plot.left() + (day - first).num_days() as f32 / days * plot.width();
        months(ui, plot, first, last, &x, &theme);
        let most = dated.iter().filter_map(|(fact, ..)| size_of(fact)).max().unwrap_or(1).max(1) as f32;
        for (i, (name, facts)) in lanes.iter().enumerate() {
            let y = rect.top() + AXIS + LANE * (i as f32 + 0.5);
            let words = ui.painter().layout_no_wrap(name.clone(), FontId::proportional(widgets::SECONDARY), theme.text);
            ui.painter().galley(pos2(rect.left(), y - words.size().y / 2.0), words, theme.text);
            ui.painter().hline(plot.x_range(), y, Stroke::new(1.0, theme.line));
            for (fact, start, end) in facts {
                one(ui, view, fact, (x(*start), x(*end)), y, most, &theme);
            }
        }
    });
}

fn extent(dated: &[(&Fact, NaiveDate, NaiveDate)]) -> Option<(NaiveDate, NaiveDate)> {
    // Counts to date since the beginning of a war would push the events into a corner.
    let near = |fact: &Fact| matches!(fact.kind, FactKind::Count | FactKind::Plan);
    let days = |only_near: bool| dated.iter().filter(move |(fact, ..)| !only_near || near(fact));
    let only_near = days(true).next().is_some();
    let first = days(only_near).map(|(_, start, _)| *start).min()?;
    let last = days(only_near).map(|(.., end)| *end).max()?;
    Some((first.checked_sub_days(Days::new(7))?, last.checked_add_days(Days::new(7))?))
}

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
fn one(ui: &mut Ui, view: &mut View<'_>, fact: &Fact, (from, to): (f32, f32), y: f32, most: f32, theme: &Theme) {
    let clip = ui.clip_rect();
    let colour = view.session.codebook().category(&fact.category).map_or_else(|| "other".into(), |c| c.colour.clone());
    let tint = theme.category(&colour);
    let share = (size_of(fact).unwrap_or(1) as f32 / most).sqrt();
    let radius = 4.0 + 8.0 * share;
    let centre = pos2((from + to) / 2.0, y);
    let whole_period = matches!(fact.kind, FactKind::Rollup | FactKind::Stock);
    if to - from > 2.0 {
        let bar = Rect::from_min_max(pos2(from, y - 2.0), pos2(to, y + 2.0));
        ui.painter().rect_filled(bar.intersect(clip), 2.0, tint.fill);
        ui.painter().rect_stroke(bar.intersect(clip), 2.0, Stroke::new(1.0, tint.line), egui::StrokeKind::Inside);
    }
    let response = ui.interact(
        Rect::from_center_size(centre, vec2(radius * 2.0, radius * 2.0)),
        ui.scope_id().with(("dot", &fact.id, fact.members.first().map(|member| &member.claim.0))),
        Sense::click(),
    );
    let words = format!("{}: {}, {}", fact.label, range_words(fact), fact.verdict.label());
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, &words));
    if fact.kind == FactKind::Plan || whole_period {
        ui.painter().circle(centre, radius, theme.panel, Stroke::new(1.5, tint.line));
    } else {
        ui.painter().circle(centre, radius, tint.fill, Stroke::new(1.5, tint.line));
    }
    if fact.verdict == FactVerdict::Conflicting {
        ui.painter().circle_stroke(centre, radius + 3.0, Stroke::new(1.5, theme.bad));
    }
    if response.has_focus() {
        ui.painter().circle_stroke(centre, radius + 5.0, Stroke::new(2.0, theme.accent));
    }
    if response.on_hover_text(words).clicked() {
        view.ask(Request::ShowFact(Some(fact.id.clone())));
    }
}

fn months(ui: &Ui, plot: Rect, first: NaiveDate, last: NaiveDate, x: &dyn Fn(NaiveDate) -> f32, theme: &Theme) {
    let span = (last - first).num_days();
    let step = match span {
        0..=400 => 1,
        401..=1200 => 3,
        _ => 12,
    };
    let Some(mut day) = first.with_day(1) else { return };
    while day.month0() % step != 0 {
        match day.checked_sub_months(Months::new(1)) {
            Some(earlier) => day = earlier,
            None => return,
        }
    }
    let mut free = f32::NEG_INFINITY;
    while day <= last {
        let at = x(day);
        if at >= plot.left() {
            ui.painter().vline(at, plot.y_range(), Stroke::new(1.0, theme.line));
            let words = if day.month() == 1 || step == 12 { day.format("%b %Y") } else { day.format("%b") }.to_string();
            if at > free {
                let drawn = ui.painter().text(
                    pos2(at + 3.0, plot.top() + 2.0),
                    Align2::LEFT_TOP,
                    words,
                    FontId::proportional(widgets::REASON),
                    theme.secondary,
                );
                free = drawn.right() + space::S;
            }
        }
        let Some(next) = day.checked_add_months(Months::new(step)) else { return };
        day = next;
    }
}
