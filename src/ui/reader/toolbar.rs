//! The small bar beside what is chosen or selected: accept, edit, reject; or the tags.

use egui::{
    Align2, Area, Color32, Frame, Id, Margin, Order, Rect, Response, RichText, Sense, Shadow, Stroke, Ui, pos2, vec2,
};

use super::spans::Mark;
use crate::claim::{Category, Codebook, Name, Span, WordSort};
use crate::ui::actions::Action;
use crate::ui::theme::Theme;
use crate::ui::widgets;

/// What was pressed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Pressed {
    /// Accept the suggestion.
    Accept,
    /// Accept it and go on to its fields.
    Edit,
    /// Reject it.
    Reject,
    /// Tag the selection as this category.
    Tag(Name),
    /// Give the chosen claim the selected words, too.
    Add,
    /// Say what the selected words are.
    Teach(WordSort),
}

/// Distance from the words, in points.
const GAP: f32 = 8.0;

fn bar<R>(ui: &Ui, id: Id, words: Rect, within: Rect, theme: &Theme, add: impl FnOnce(&mut Ui) -> R) -> R {
    let shadow = Shadow {
        offset: [0, 4],
        blur: 16,
        spread: 0,
        color: Color32::from_black_alpha(if theme.dark { 110 } else { 36 }),
    };
    let frame = Frame::new()
        .fill(theme.panel)
        .stroke(Stroke::new(1.0, theme.line))
        .corner_radius(8)
        .shadow(shadow)
        .inner_margin(Margin::same(6));
    // Below the words, or above them where there is no room below.
    let height = egui::AreaState::load(ui.ctx(), id).and_then(|state| state.size).map_or(48.0, |size| size.y);
    let (pivot, at) = if words.max.y + GAP + height > within.max.y && words.min.y - GAP - height > within.min.y {
        (Align2::LEFT_BOTTOM, pos2(words.min.x, words.min.y - GAP))
    } else {
        (Align2::LEFT_TOP, pos2(words.min.x, words.max.y + GAP))
    };
    let area =
        Area::new(id).order(Order::Middle).pivot(pivot).fixed_pos(at).constrain_to(within.shrink(4.0)).fade_in(false);
    area.show(ui.ctx(), |ui| frame.show(ui, add).inner).inner
}

/// The bar of a suggestion. `words` is where it stands on the screen.
pub fn suggestion(ui: &Ui, mark: &Mark, summary: &str, words: Rect, within: Rect, theme: &Theme) -> Option<Pressed> {
    let id = Id::unique("reader bar of a suggestion");
    bar(ui, id, words, within, theme, |ui| {
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = 6.0;
            let mut pressed = None;
            let accept = button(ui, "Accept", "Enter", true, theme).on_hover_text("Make a claim of this suggestion");
            if accept.clicked() {
                pressed = Some(Pressed::Accept);
            }
            if button(ui, "Edit", "E", false, theme).on_hover_text("Accept, then correct its fields").clicked() {
                pressed = Some(Pressed::Edit);
            }
            let reject = button(ui, "Reject", "Backspace", false, theme);
            if reject.on_hover_text("Turn this suggestion down; it can be taken back").clicked() {
                pressed = Some(Pressed::Reject);
            }
            ui.add_space(4.0);
            let grade = mark.grade.map_or(String::new(), |grade| format!(" · {}", grade.word()));
            let words = RichText::new(format!("{} · {summary}{grade}", mark.count()));
            ui.add(egui::Label::new(words.size(widgets::SECONDARY).color(theme.secondary)).extend().selectable(false));
            pressed
        })
        .inner
    })
}

/// How many tags the bar of a selection shows before it is unfolded.
const FEW: usize = 6;

/// The bar of a selection: tags, those that the article uses most first (`used`), the others
/// behind "More". `selected` is what the bar is about: for other words it is folded again.
/// `addable`: a claim is chosen to which they can be added.
pub fn tags(
    ui: &Ui,
    codebook: &Codebook,
    used: &[&Name],
    (selected, addable): (Span, bool),
    (words, within): (Rect, Rect),
    theme: &Theme,
) -> Option<Pressed> {
    let id = Id::unique("reader bar of a selection");
    let unfolded = ui.data(|data| data.get_temp::<Span>(id)) == Some(selected);
    let mut offered: Vec<&Category> = codebook.categories.iter().filter(|category| !category.retired).collect();
    let hidden = offered.len().saturating_sub(FEW);
    if !unfolded {
        let rank = |category: &&Category| used.iter().position(|id| **id == category.id).unwrap_or(usize::MAX);
        offered.sort_by_key(rank);
        offered.truncate(FEW);
        // In the order of the codebook again, so that a tag has its place.
        offered.sort_by_key(|category| codebook.categories.iter().position(|other| other.id == category.id));
    }
    bar(ui, id, words, within, theme, |ui| {
        ui.set_max_width(640.0_f32.min(within.width() - 24.0));
        let add = |ui: &mut Ui| {
            ui.spacing_mut().item_spacing = vec2(6.0, 6.0);
            let mut pressed = None;
            for category in offered {
                if tag(ui, category, theme).on_hover_text(&category.guideline).clicked() {
                    pressed = Some(Pressed::Tag(category.id.clone()));
                }
            }
            if !unfolded && hidden > 0 {
                let look = Look {
                    label: "More",
                    key: None,
                    ink: theme.secondary,
                    fill: theme.panel,
                    stroke: Stroke::new(1.0, theme.line),
                    radius: 10.0,
                };
                if look.show(ui, "More tags", theme).on_hover_text(format!("{hidden} more categories")).clicked() {
                    ui.data_mut(|data| data.insert_temp(id, selected));
                }
            }
            pressed
        };
        let mut pressed = if unfolded { ui.horizontal_wrapped(add).inner } else { ui.horizontal(add).inner };
        ui.add_space(2.0);
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = 6.0;
            let label = RichText::new("Learn:").size(widgets::SECONDARY).color(theme.secondary);
            ui.add(egui::Label::new(label).selectable(false));
            if addable {
                let stroke = Stroke::new(1.0, theme.accent);
                let key = Some("J".to_owned());
                let look =
                    Look { label: "add to claim", key, ink: theme.text, fill: theme.panel, stroke, radius: 10.0 };
                if look.show(ui, "Add to the claim", theme).on_hover_text(Action::AddEvidence.tooltip()).clicked() {
                    pressed = Some(Pressed::Add);
                }
            }
            for sort in WordSort::ALL {
                let (label, name) = match sort {
                    WordSort::Source => ("a source", "Learn as a source"),
                    WordSort::Party => ("a party", "Learn as a party"),
                    WordSort::Unit => ("a unit", "Learn as a unit"),
                    WordSort::NotAFigure => ("not a figure", "Learn as not a figure"),
                };
                let stroke = Stroke::new(1.0, theme.line);
                let look = Look { label, key: None, ink: theme.secondary, fill: theme.panel, stroke, radius: 10.0 };
                if look.show(ui, name, theme).on_hover_text(Action::Teach(sort).tooltip()).clicked() {
                    pressed = Some(Pressed::Teach(sort));
                }
            }
        });
        pressed
    })
}

/// A button with the key that does the same.
fn button(ui: &mut Ui, label: &str, key: &str, first: bool, theme: &Theme) -> Response {
    let (ink, fill, stroke) = if first {
        (theme.on_accent, theme.accent, Stroke::NONE)
    } else {
        (theme.text, theme.panel, Stroke::new(1.0, theme.line))
    };
    let look = Look { label, key: Some(key.to_owned()), ink, fill, stroke, radius: 5.0 };
    look.show(ui, &format!("{label} suggestion"), theme)
}

/// A category as a button.
fn tag(ui: &mut Ui, category: &Category, theme: &Theme) -> Response {
    let tint = theme.category(&category.colour);
    let look = Look {
        label: &category.label,
        key: category.digit.map(|digit| digit.to_string()),
        ink: theme.text,
        fill: tint.fill,
        stroke: Stroke::new(1.0, tint.line),
        radius: 10.0,
    };
    look.show(ui, &format!("Tag as {}", category.label), theme)
}

/// How a button of the bar looks.
struct Look<'a> {
    label: &'a str,
    key: Option<String>,
    ink: Color32,
    fill: Color32,
    stroke: Stroke,
    radius: f32,
}

impl Look<'_> {
    fn show(&self, ui: &mut Ui, name: &str, theme: &Theme) -> Response {
        let font = egui::FontId::proportional(12.5);
        let label = ui.painter().layout_no_wrap(self.label.to_owned(), font, self.ink);
        let hint = self.key.as_ref().map(|key| {
            ui.painter().layout_no_wrap(key.clone(), egui::FontId::proportional(10.5), self.ink.gamma_multiply(0.85))
        });
        let key_width = hint.as_ref().map_or(0.0, |hint| hint.rect.width() + 14.0);
        let size = vec2(label.rect.width() + key_width + 16.0, 24.0);
        let (rect, response) = ui.allocate_exact_size(size, Sense::click());
        response.widget_info(|| egui::WidgetInfo::labeled(egui::accesskit::Role::Button, ui.is_enabled(), name));
        let painter = ui.painter();
        let fill = if response.hovered() { self.fill.lerp_to_gamma(theme.text, 0.08) } else { self.fill };
        painter.rect(rect, self.radius, fill, self.stroke, egui::StrokeKind::Inside);
        let at = pos2(rect.min.x + 8.0, rect.center().y - label.rect.height() / 2.0);
        let width = label.rect.width();
        painter.galley(at, label, self.ink);
        if let Some(hint) = hint {
            let size = vec2(hint.rect.width() + 8.0, 15.0);
            let key = Rect::from_min_size(pos2(at.x + width + 6.0, rect.center().y - 7.5), size);
            painter.rect_stroke(key, 3.0, Stroke::new(1.0, self.ink.gamma_multiply(0.35)), egui::StrokeKind::Inside);
            painter.galley(key.center() - hint.rect.size() / 2.0, hint, self.ink);
        }
        response
    }
}
