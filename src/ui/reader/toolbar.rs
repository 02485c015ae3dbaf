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
/// Between two buttons, in points.
const BETWEEN: f32 = 6.0;

const OF_SUGGESTION: &str = "reader bar of a suggestion";
const OF_SELECTION: &str = "reader bar of a selection";

/// The layers that bars are drawn on.
pub fn layers() -> [egui::LayerId; 2] {
    [OF_SUGGESTION, OF_SELECTION].map(|id| egui::LayerId::new(Order::Middle, Id::unique(id)))
}

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
    let id = Id::unique(OF_SUGGESTION);
    let room = (within.width() - 24.0).max(80.0);
    let grade = mark.grade.map_or(String::new(), |grade| format!(" · {}", grade.word()));
    let summary = format!("{} · {summary}{grade}", mark.count());
    let label = || {
        let words = RichText::new(&summary).size(widgets::SECONDARY).color(theme.secondary);
        egui::Label::new(words).selectable(false)
    };
    bar(ui, id, words, within, theme, |ui| {
        ui.spacing_mut().item_spacing = vec2(BETWEEN, BETWEEN);
        let deeds = [
            (Pressed::Accept, "Accept", "Enter", "Make a claim of this suggestion"),
            (Pressed::Edit, "Edit", "E", "Accept, then correct its fields"),
            (Pressed::Reject, "Reject", "Backspace", "Turn this suggestion down; it can be taken back"),
        ];
        let width = |keys: bool| {
            let one = |(_, label, key, _): &(Pressed, &str, &str, &str)| {
                button(label, keys.then_some(key), false, theme).width(ui)
            };
            deeds.iter().map(|deed| one(deed) + BETWEEN).sum::<f32>()
        };
        // In a narrow text the keys are left out, and the reading stands below.
        let keys = width(true) - BETWEEN <= room;
        let beside = width(true) + 4.0 + widgets::words_width(ui, &summary, widgets::SECONDARY) <= room;
        let mut pressed = None;
        ui.horizontal(|ui| {
            for (deed, label, key, hint) in &deeds {
                let look = button(label, keys.then_some(*key), *deed == Pressed::Accept, theme);
                if look.show(ui, &format!("{label} suggestion"), theme).on_hover_text(*hint).clicked() {
                    pressed = Some(deed.clone());
                }
            }
            if beside {
                ui.add_space(4.0);
                ui.add(label().extend());
            }
        });
        if !beside {
            ui.set_max_width(room);
            ui.add(label().truncate());
        }
        pressed
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
    let id = Id::unique(OF_SELECTION);
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
        let room = 760.0_f32.min(within.width() - 24.0).max(80.0);
        ui.set_max_width(room);
        ui.spacing_mut().item_spacing = vec2(BETWEEN, BETWEEN);
        let plain = |label, key: Option<&str>| Look {
            label,
            key: key.map(str::to_owned),
            ink: theme.secondary,
            fill: theme.panel,
            stroke: Stroke::new(1.0, theme.line),
            radius: 10.0,
        };
        let add_to_claim =
            Look { ink: theme.text, stroke: Stroke::new(1.0, theme.accent), ..plain("add to claim", Some("J")) };
        let (more, learn) = (plain("More", None), plain("Learn…", None));
        let more = Some(more).filter(|_| !unfolded && hidden > 0);
        let looks = offered.iter().map(|category| tag(category, theme).width(ui));
        let others = [more.as_ref(), addable.then_some(&add_to_claim), Some(&learn)].into_iter().flatten();
        let all = looks.chain(others.map(|look| look.width(ui))).map(|width| width + BETWEEN).sum::<f32>() - BETWEEN;
        let add = |ui: &mut Ui| {
            let mut pressed = None;
            for category in offered {
                let shown = tag(category, theme).show(ui, &format!("Tag as {}", category.label), theme);
                if shown.on_hover_text(&category.guideline).clicked() {
                    pressed = Some(Pressed::Tag(category.id.clone()));
                }
            }
            if let Some(more) = more
                && more.show(ui, "More tags", theme).on_hover_text(format!("{hidden} more categories")).clicked()
            {
                ui.data_mut(|data| data.insert_temp(id, selected));
            }
            if addable
                && add_to_claim
                    .show(ui, "Add to the claim", theme)
                    .on_hover_text(Action::AddEvidence.tooltip())
                    .clicked()
            {
                pressed = Some(Pressed::Add);
            }
            let learn = learn.show(ui, "Learn", theme).on_hover_text("Say what these words are: suggestions learn it");
            egui::Popup::menu(&learn).show(|ui| {
                for sort in WordSort::ALL {
                    let (label, name) = match sort {
                        WordSort::Source => ("A source", "Learn as a source"),
                        WordSort::Party => ("A party", "Learn as a party"),
                        WordSort::Unit => ("A unit", "Learn as a unit"),
                        WordSort::NotAFigure => ("Not a figure", "Learn as not a figure"),
                    };
                    let item = ui.add(egui::Button::new(label).frame_when_inactive(false));
                    if item.on_hover_text(Action::Teach(sort).tooltip()).accessible_name(name).clicked() {
                        pressed = Some(Pressed::Teach(sort));
                        ui.close();
                    }
                }
            });
            pressed
        };
        // One row covers the least of the text.
        if all > room { ui.horizontal_wrapped(add).inner } else { ui.horizontal(add).inner }
    })
}

/// A button with the key that does the same.
fn button<'a>(label: &'a str, key: Option<&str>, first: bool, theme: &Theme) -> Look<'a> {
    let (ink, fill, stroke) = if first {
        (theme.on_accent, theme.accent, Stroke::NONE)
    } else {
        (theme.text, theme.panel, Stroke::new(1.0, theme.line))
    };
    Look { label, key: key.map(str::to_owned), ink, fill, stroke, radius: 5.0 }
}

/// A category as a button.
fn tag<'a>(category: &'a Category, theme: &Theme) -> Look<'a> {
    let tint = theme.category(&category.colour);
    Look {
        label: &category.label,
        key: category.digit.map(|digit| digit.to_string()),
        ink: theme.text,
        fill: tint.fill,
        stroke: Stroke::new(1.0, tint.line),
        radius: 10.0,
    }
}

/// Sizes of type on the buttons.
const LABEL: f32 = 12.5;
const KEY: f32 = 10.5;

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
    /// How wide it is, in points.
    fn width(&self, ui: &Ui) -> f32 {
        let key = self.key.as_ref().map_or(0.0, |key| widgets::words_width(ui, key, KEY) + 14.0);
        widgets::words_width(ui, self.label, LABEL) + key + 16.0
    }

    fn show(&self, ui: &mut Ui, name: &str, theme: &Theme) -> Response {
        let font = egui::FontId::proportional(LABEL);
        let label = ui.painter().layout_no_wrap(self.label.to_owned(), font, self.ink);
        let hint = self.key.as_ref().map(|key| {
            ui.painter().layout_no_wrap(key.clone(), egui::FontId::proportional(KEY), self.ink.gamma_multiply(0.85))
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
