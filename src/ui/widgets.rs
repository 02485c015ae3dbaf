//! Small things that several places of the window draw the same way.

use egui::{Color32, Response, RichText, Sense, Shape, Stroke, Ui, pos2, vec2};

use super::theme::Theme;
use crate::claim::{BOTH, Name, Side};
use crate::formats::picture::SideShape;
use crate::session::Session;

/// Size of secondary words.
pub const SECONDARY: f32 = 12.0;
/// Size of reasons under fields.
pub const REASON: f32 = 11.5;

/// The parties that the project speaks of, in a fixed order: the codebook's, then those of the
/// facts by name. The order gives each its colour and shape.
pub fn parties(ctx: &egui::Context, session: &Session) -> std::sync::Arc<[Name]> {
    type Cached = (((u64, u64), u32), std::sync::Arc<[Name]>);
    let key = egui::Id::unique("parties in order");
    let edition = (session.facts_edition(), session.codebook().revision);
    if let Some((of, parties)) = ctx.data(|data| data.get_temp::<Cached>(key))
        && of == edition
    {
        return parties;
    }
    let parties = parties_of(session);
    ctx.data_mut(|data| data.insert_temp::<Cached>(key, (edition, parties.clone())));
    parties
}

/// The parties of a project in the order that gives them their marks: those of the codebook, then
/// those of the facts, by name.
pub fn parties_of(session: &Session) -> std::sync::Arc<[Name]> {
    let mut parties: Vec<Name> = session.codebook().parties.iter().map(|party| party.name.clone()).collect();
    let facts = &session.reconciliation().facts;
    // Facts share their names, so that most are known by where they lie.
    let mut seen = std::collections::HashSet::new();
    let named: std::collections::BTreeSet<&Name> = (facts.iter())
        .flat_map(|fact| [&fact.party, &fact.from, &fact.to])
        .flatten()
        .filter(|name| seen.insert(name.as_ptr()) && &***name != BOTH)
        .collect();
    let new: Vec<Name> = named.into_iter().filter(|name| !parties.contains(name)).cloned().collect();
    parties.extend(new);
    parties.into()
}

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
        let (rect, response) = ui.allocate_exact_size(vec2(9.0, 12.0), Sense::hover());
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
/// the row's height.
pub fn pill(ui: &mut Ui, text: &str, colour: Color32) -> Response {
    let galley = ui.painter().layout_no_wrap(text.to_owned(), egui::FontId::proportional(SECONDARY), colour);
    let (rect, response) = ui.allocate_exact_size(galley.size() + vec2(16.0, 4.0), Sense::hover());
    ui.painter().rect_stroke(rect, 10.0, Stroke::new(1.0, colour.gamma_multiply(0.7)), egui::StrokeKind::Inside);
    ui.painter().galley(rect.center() - galley.size() / 2.0, galley, colour);
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Label, true, text));
    response
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
