//! Small things that several places of the window draw the same way.

use std::sync::{Arc, Mutex, PoisonError};

use egui::text::{CCursor, CCursorRange};
use egui::{Color32, Response, RichText, Sense, Shape, Stroke, Ui, pos2, vec2};

use super::from_facts::FromFacts;
use super::theme::Theme;
use crate::claim::{BOTH, Fact, Name, Reconciliation, Side};
use crate::formats::picture::SideShape;
use crate::session::Session;

/// Size of secondary words.
pub const SECONDARY: f32 = 12.0;
/// Size of reasons under fields.
pub const REASON: f32 = 11.5;

/// The parties that the project speaks of, in an order that gives each its colour and shape. While
/// the window is open a party keeps its place: what is added comes behind.
pub fn parties(ctx: &egui::Context, session: &Session) -> Arc<[Name]> {
    let key = egui::Id::unique("parties in order");
    let cell = ctx.data_mut(|data| data.get_temp_mut_or_default::<Arc<Mutex<Parties>>>(key).clone());
    let mut parties = cell.lock().unwrap_or_else(PoisonError::into_inner);
    parties.follow(ctx, session);
    parties.shown.clone()
}

/// The parties as they are shown, and those of the facts.
#[derive(Default)]
struct Parties {
    /// By edition of the facts and revision of the codebook.
    found: FromFacts<Edition, Vec<Name>>,
    /// What is shown, and of which edition.
    shown: Arc<[Name]>,
    of: Option<Edition>,
}

type Edition = ((u64, u64), u32);

impl Parties {
    fn follow(&mut self, ctx: &egui::Context, session: &Session) {
        let edition = (session.facts_edition(), session.codebook().revision);
        let facts = session.reconciliation();
        let known: Vec<Name> = session.codebook().parties.iter().map(|party| party.name.clone()).collect();
        if self.of.is_none() {
            // What comes first stays in its place, so that nothing may be shown before it is known.
            (self.shown, self.of) = (parties_of(facts, &known).into(), Some(edition));
        }
        if self.of == Some(edition) {
            return;
        }
        self.found.follow(ctx, &edition, facts, move |facts| parties_of(facts, &known));
        if let Some((of, now)) = self.found.known()
            && self.of != Some(*of)
        {
            (self.shown, self.of) = (behind(self.shown.to_vec(), now).into(), Some(*of));
        }
    }
}

/// Those of before in their places, then those that have come. Of nothing but others (of another
/// project) nothing is kept.
fn behind(mut before: Vec<Name>, now: &[Name]) -> Vec<Name> {
    if !now.iter().any(|name| before.contains(name)) {
        before.clear();
    }
    let new: Vec<Name> = now.iter().filter(|name| !before.contains(name)).cloned().collect();
    before.extend(new);
    before
}

/// The parties of a project in the order that gives them their marks: by name those that a good part
/// of the facts is about, so that one more fact changes nothing; then the others, the most frequent
/// first, those among them on whose side figures are given; then the rest of the codebook's.
fn parties_of(facts: &Reconciliation, known: &[Name]) -> Vec<Name> {
    let facts = &facts.facts;
    let mut counts: std::collections::BTreeMap<&Name, usize> = Default::default();
    // Facts share their names, so that most are known by where they lie.
    let mut seen: std::collections::HashMap<*const u8, usize> = Default::default();
    let mut names: Vec<(&Name, usize)> = Vec::new();
    for name in facts.iter().flat_map(|fact| named_in(fact)) {
        let place = *seen.entry(name.as_ptr()).or_insert_with(|| {
            names.push((name, 0));
            names.len() - 1
        });
        names[place].1 += 1;
    }
    for (name, count) in names.into_iter().filter(|(name, _)| ***name != *BOTH) {
        *counts.entry(name).or_default() += count;
    }
    let mut parties: Vec<(&Name, usize)> = counts.into_iter().collect();
    let most = parties.iter().map(|(_, count)| *count).max().unwrap_or(0);
    // Stable: equal ones stay by name.
    parties.sort_by_key(|(_, count)| if count * 4 >= most { None } else { Some(std::cmp::Reverse(*count)) });
    let mut parties: Vec<Name> = parties.into_iter().map(|(name, _)| name.clone()).collect();
    for name in known {
        if !parties.contains(name) {
            parties.push(name.clone());
        }
    }
    parties
}

/// The parties that a fact is about, and those on whose side its figures are given.
fn named_in(fact: &Fact) -> impl Iterator<Item = &Name> {
    let sides = fact.origins.iter().filter_map(|origin| match &origin.side {
        Side::Party(name) => Some(name),
        Side::Independent | Side::Unknown => None,
    });
    [&fact.party, &fact.from, &fact.to].into_iter().flatten().chain(sides)
}

/// Room of a mark in a line of words, in points.
const MARK: f32 = 9.0;
/// Between a mark of a legend and its word: less than between two of them.
const BEHIND_MARK: f32 = 4.0;
/// Between two sides of a legend, beside the usual space.
const BETWEEN_SIDES: f32 = 4.0;

/// How the mark of a side looks: by colour *and* by shape.
#[derive(Clone, Copy, Debug)]
pub struct SideMark {
    colour: Color32,
    shape: SideShape,
}

impl SideMark {
    /// The mark of a side.
    pub fn new(side: &Side, theme: &Theme, parties: &[Name]) -> Self {
        Self { colour: theme.side(side, parties), shape: SideShape::of(side, parties) }
    }

    /// The mark of words that nobody is named for: a hollow ring.
    pub fn unattributed(theme: &Theme) -> Self {
        Self { colour: theme.secondary, shape: SideShape::Ring }
    }

    /// The shapes of the mark around a centre; `size` is its width in points.
    pub fn at(self, centre: egui::Pos2, size: f32) -> Shape {
        side_shape(self.shape, centre, size, self.colour)
    }

    /// Draws it in a line of words.
    pub fn show(self, ui: &mut Ui) -> Response {
        let (rect, response) = ui.allocate_exact_size(vec2(MARK, 12.0), Sense::hover());
        ui.painter().add(self.at(rect.center(), 8.0));
        response
    }
}

/// The mark of a side around a centre.
pub fn side_shape(shape: SideShape, centre: egui::Pos2, size: f32, colour: Color32) -> Shape {
    match shape {
        SideShape::Disc => Shape::circle_filled(centre, size / 2.0, colour),
        SideShape::Ring => Shape::circle_stroke(centre, size / 2.0, Stroke::new(1.5, colour)),
        _ => {
            let corners = shape.corners((centre.x, centre.y), size).into_iter().map(|(x, y)| pos2(x, y));
            Shape::convex_polygon(corners.collect(), colour, Stroke::NONE)
        }
    }
}

/// A rounded label with words in a colour: verdicts, counts. As tall as its words need, whatever
/// the row's height, and no wider than what is left.
pub fn pill(ui: &mut Ui, text: &str, colour: Color32) -> Response {
    outlined(ui, text, colour, true)
}

/// The same with a dashed outline, as suggestions have: what it says rests on what is undecided.
pub fn dashed_pill(ui: &mut Ui, text: &str, colour: Color32) -> Response {
    outlined(ui, text, colour, false)
}

fn outlined(ui: &mut Ui, text: &str, colour: Color32, firm: bool) -> Response {
    let mut job =
        egui::text::LayoutJob::simple_singleline(text.to_owned(), egui::FontId::proportional(SECONDARY), colour);
    job.wrap = egui::text::TextWrapping::truncate_at_width((ui.available_width() - 16.0).max(16.0));
    let galley = ui.ctx().fonts_mut(|fonts| fonts.layout_job(job));
    let (rect, response) = ui.allocate_exact_size(galley.size() + vec2(16.0, 4.0), Sense::hover());
    let stroke = Stroke::new(1.0, colour.gamma_multiply(0.7));
    if firm {
        ui.painter().rect_stroke(rect, 10.0, stroke, egui::StrokeKind::Inside);
    } else {
        ui.painter().extend(Shape::dashed_line(&capsule(rect.shrink(0.5)), stroke, 4.0, 3.0));
    }
    ui.painter().galley(rect.center() - galley.size() / 2.0, galley, colour);
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Label, true, text));
    response
}

/// The outline of a rectangle with round ends.
fn capsule(rect: egui::Rect) -> Vec<egui::Pos2> {
    const STEPS: u8 = 8;
    let radius = rect.height() / 2.0;
    let half = |centre: egui::Pos2, from: f32| {
        (0..=STEPS).map(move |step| {
            let angle = from + std::f32::consts::PI * f32::from(step) / f32::from(STEPS);
            centre + radius * vec2(angle.cos(), angle.sin())
        })
    };
    let (left, right) = (rect.left() + radius, rect.right() - radius);
    let quarter = std::f32::consts::FRAC_PI_2;
    let mut points: Vec<_> = half(pos2(right, rect.center().y), -quarter).collect();
    points.extend(half(pos2(left, rect.center().y), quarter));
    points.extend(points.first().copied());
    points
}

/// Which mark stands for which side. A mark and its word are one: no line breaks between them.
pub fn legend(ui: &mut Ui, sides: &[Side], theme: &Theme, parties: &[Name]) {
    for side in sides {
        let words = side_words(side);
        let font = egui::FontId::proportional(SECONDARY);
        let galley = ui.painter().layout_no_wrap(words.to_owned(), font, theme.secondary);
        let size = vec2(MARK + BEHIND_MARK + galley.size().x + BETWEEN_SIDES, galley.size().y.max(12.0));
        let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
        let mark = pos2(rect.left() + MARK / 2.0, rect.center().y);
        ui.painter().add(SideMark::new(side, theme, parties).at(mark, 8.0));
        let at = pos2(rect.left() + MARK + BEHIND_MARK, rect.center().y - galley.size().y / 2.0);
        ui.painter().galley(at, galley, theme.secondary);
        response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Label, true, words));
    }
}

/// How wide a legend is, in points.
pub fn legend_width(ui: &Ui, sides: &[Side]) -> f32 {
    let gap = ui.spacing().item_spacing.x;
    let around = MARK + BEHIND_MARK + BETWEEN_SIDES + gap;
    sides.iter().map(|side| words_width(ui, side_words(side), SECONDARY) + around).sum()
}

fn side_words(side: &Side) -> &str {
    match side {
        Side::Party(name) => name,
        Side::Independent => "independent",
        Side::Unknown => "nobody named",
    }
}

/// Asks for the menu of a widget, as a click with the right button would: for this pass.
pub fn ask_for_menu(ctx: &egui::Context, widget: egui::Id) {
    let now = ctx.cumulative_pass_nr();
    ctx.data_mut(|data| data.insert_temp(egui::Id::unique("menu asked for"), (widget, now)));
}

/// The menu of a widget, by the right button at the pointer, by [`ask_for_menu`] under the widget.
pub fn context_menu(response: &Response, add: impl FnOnce(&mut Ui)) {
    let ctx = &response.ctx;
    let key = egui::Popup::default_response_id(response);
    let asked = ctx.data(|data| data.get_temp::<(egui::Id, u64)>(egui::Id::unique("menu asked for")));
    let popup = egui::Popup::context_menu(response);
    if asked == Some((response.id, ctx.cumulative_pass_nr())) {
        // Under a row; in the middle of what is no row.
        let rect = response.interact_rect;
        let at = if rect.height() > 80.0 { rect.center() } else { rect.left_bottom() + vec2(24.0, -4.0) };
        ctx.data_mut(|data| data.insert_temp(key, at));
        popup.open_memory(Some(egui::SetOpenCommand::Bool(true))).at_position(at).show(add);
        return;
    }
    if response.secondary_clicked() || !popup.is_open() {
        ctx.data_mut(|data| data.remove::<egui::Pos2>(key));
    }
    match ctx.data(|data| data.get_temp::<egui::Pos2>(key)) {
        Some(at) => popup.at_position(at).show(add),
        None => popup.show(add),
    };
}

/// A key, as it stands beside what it does.
pub fn key_hint(ui: &mut Ui, key: &str, theme: &Theme) -> Response {
    egui::Frame::new()
        .fill(theme.panel)
        .stroke(Stroke::new(1.0, theme.line))
        .corner_radius(3)
        .inner_margin(egui::Margin::symmetric(4, 0))
        .show(ui, |ui| ui.add(egui::Label::new(RichText::new(key).size(10.5).color(theme.secondary)).selectable(false)))
        .inner
}

/// Height of a button in a row of words, in points.
pub const COMPACT: f32 = 22.0;

/// A button for a row of words: lower than others, its own words clear of its border.
pub fn compact<'a>(words: impl Into<String>) -> egui::Button<'a> {
    egui::Button::new(RichText::new(words).size(SECONDARY)).small().min_size(vec2(0.0, COMPACT))
}

/// Width of a button of one sign, in points.
pub const SIGN: f32 = 22.0;

/// A button of one sign, as narrow as a finger: for the end of a row whose field takes the rest.
pub fn sign(ui: &mut Ui, sign: &str, hint: &str) -> Response {
    ui.scope(|ui| {
        ui.spacing_mut().button_padding.x = 2.0;
        let button = egui::Button::new(RichText::new(sign).size(SECONDARY)).small().min_size(vec2(SIGN, COMPACT));
        ui.add(button).on_hover_text(hint)
    })
    .inner
}

/// How wide words are, in points.
pub fn words_width(ui: &Ui, words: &str, size: f32) -> f32 {
    let font = egui::FontId::proportional(size);
    ui.painter().layout_no_wrap(words.to_owned(), font, Color32::PLACEHOLDER).size().x
}

/// How wide a button with these words is, in points.
pub fn button_width(ui: &Ui, words: &str) -> f32 {
    let font = egui::TextStyle::Button.resolve(ui.style());
    let words = ui.painter().layout_no_wrap(words.to_owned(), font, Color32::PLACEHOLDER);
    words.size().x + 2.0 * ui.spacing().button_padding.x
}

/// A row in which what stands at the end keeps its width, and what is before it takes the rest.
pub fn before_end<A, B>(
    ui: &mut Ui,
    end_width: f32,
    start: impl FnOnce(&mut Ui) -> A,
    end: impl FnOnce(&mut Ui) -> B,
) -> (A, B) {
    ui.horizontal(|ui| {
        let gap = if end_width > 0.0 { ui.spacing().item_spacing.x + end_width } else { 0.0 };
        let width = (ui.available_width() - gap).max(24.0);
        let first = ui.allocate_ui(vec2(width, COMPACT), |ui| {
            ui.set_max_width(width);
            start(ui)
        });
        (first.inner, end(ui))
    })
    .inner
}

/// A line of words that are shortened to what is left beside what stands at its end.
pub fn words_before_end<R>(ui: &mut Ui, height: f32, words: impl Into<RichText>, end: impl FnOnce(&mut Ui) -> R) -> R {
    let room = vec2(ui.available_width(), height);
    ui.allocate_ui_with_layout(room, egui::Layout::right_to_left(egui::Align::Center), |ui| {
        let inner = end(ui);
        ui.with_layout(egui::Layout::left_to_right(egui::Align::Center), |ui| shortened(ui, words));
        inner
    })
    .inner
}

/// What stands in an empty field, so that nobody takes it for a value.
pub fn hint(words: impl Into<String>) -> RichText {
    RichText::new(words).italics()
}

/// The whole of a text in a tooltip, where its field is too narrow for it.
pub fn whole_on_hover(ui: &Ui, field: Response, text: &str, size: f32) -> Response {
    if words_width(ui, text, size) > field.rect.width() - 16.0 { field.on_hover_text(text) } else { field }
}

/// A text as it begins a line: its first letter large.
pub fn capitalised(text: &str) -> String {
    let mut characters = text.chars();
    characters.next().map_or_else(String::new, |first| first.to_uppercase().chain(characters).collect())
}

/// A button that looks like words and can be followed with the keyboard.
pub fn link(ui: &mut Ui, text: &str, colour: Color32, size: f32) -> Response {
    ui.add(egui::Link::new(RichText::new(text).color(colour).size(size)))
}

/// One line of text, shortened with "…" to the width that is left, the whole in a tooltip.
pub fn shortened(ui: &mut Ui, text: impl Into<RichText>) -> Response {
    ui.add(egui::Label::new(text.into()).truncate())
}

/// A box with a tick in it where it is on; drawn, not pressed.
pub fn tick(painter: egui::Painter, centre: egui::Pos2, on: bool, theme: &Theme) {
    let rect = egui::Rect::from_center_size(centre, vec2(14.0, 14.0));
    if on {
        painter.rect_filled(rect, 3.0, theme.accent);
        let points = [vec2(-3.5, 0.0), vec2(-1.0, 2.8), vec2(3.8, -2.8)].map(|offset| centre + offset);
        painter.line(points.to_vec(), Stroke::new(1.8, theme.on_accent));
    } else {
        painter.rect(rect, 3.0, theme.panel, Stroke::new(1.0, theme.secondary), egui::StrokeKind::Inside);
    }
}

/// Selects all that stands in a field that takes the keyboard: it gives way to what is typed.
pub fn select_all(field: &Response, text: &str) {
    let mut state = egui::text_edit::TextEditState::load(&field.ctx, field.id).unwrap_or_default();
    let all = CCursorRange::two(CCursor::new(0), CCursor::new(text.chars().count()));
    state.cursor.set_char_range(Some(all));
    state.store(&field.ctx, field.id);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_party_keeps_its_place_when_others_come() {
        let names = |names: &[&str]| names.iter().map(|name| Name::from(*name)).collect::<Vec<_>>();
        let check = |before: &[&str], now: &[&str], expected: &[&str]| {
            assert_eq!(behind(names(before), &names(now)), names(expected), "{before:?} {now:?}");
        };
        check(&[], &["b", "a"], &["b", "a"]);
        check(&["b", "a"], &["c", "a", "b"], &["b", "a", "c"]);
        check(&["b", "a"], &["c", "a"], &["b", "a", "c"]);
        check(&["b", "a"], &["d", "c"], &["d", "c"]);
    }
}
