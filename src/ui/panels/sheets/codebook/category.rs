//! The form of a category: names, colour, digit, place among the others, guideline.

use egui::{Sense, Stroke, StrokeKind, Ui, WidgetInfo, vec2};

use super::{Pressed, buttons, entered, field, fields, problem, reason, title};
use crate::claim::{Category, Codebook, Name};
use crate::session::{Command, Merge, Uses};
use crate::ui::markdown;
use crate::ui::sheet;
use crate::ui::state::View;
use crate::ui::theme::space;

/// What is typed.
#[derive(Debug, Default)]
pub struct CategoryForm {
    /// The id of the category that is changed; `None` for a new one.
    pub of: Option<Name>,
    /// It, as it was when the form was filled.
    filled_from: Option<Category>,
    draft: Option<Category>,
    reading: bool,
}

impl CategoryForm {
    /// Turns to another category, or to a new one.
    pub fn open(&mut self, id: Option<Name>) {
        *self = Self { of: id, reading: self.reading, ..Self::default() };
        if self.of.is_none() {
            self.draft = Some(blank());
        }
    }

    /// Fills the form where the category is another, or has changed.
    fn follow(&mut self, codebook: &Codebook) {
        if self.of.is_none() && self.draft.is_none() {
            self.of = codebook.categories.first().map(|category| category.id.clone());
        }
        let now = self.of.as_ref().and_then(|id| codebook.category(id));
        if self.of.is_some() && now.is_none() {
            // Renamed, merged or removed, or taken back.
            let same = |other: &&Category| Some(&other.label) == self.draft.as_ref().map(|draft| &draft.label);
            let other = codebook.categories.iter().find(same).or(codebook.categories.first());
            self.of = other.map(|category| category.id.clone());
            self.filled_from = None;
            return self.fill(codebook);
        }
        if self.of.is_some() && self.filled_from.as_ref() != now {
            self.fill(codebook);
        }
    }

    fn fill(&mut self, codebook: &Codebook) {
        self.filled_from = self.of.as_ref().and_then(|id| codebook.category(id)).cloned();
        self.draft = self.filled_from.clone();
    }

    /// Draws it.
    pub fn show(&mut self, ui: &mut Ui, view: &mut View<'_>, uses: &Uses) {
        let codebook = view.session.codebook();
        self.follow(codebook);
        let is_new = self.of.is_none();
        let before = self.filled_from.clone();
        let Some(draft) = &mut self.draft else { return };
        let reading = &mut self.reading;
        let carried = before.as_ref().map_or(0, |category| uses.category(&category.id));
        let (why_not, typed) = fields(ui, |ui| {
            title(ui, before.as_ref().map_or("New category", |category| &category.label));
            let mut label = draft.label.to_string();
            let name_field = field(ui, "Label", &mut label, "As the window shows it: Bodies");
            // The id of a new category is made of its label, until it is typed.
            if is_new && draft.id == id_of(&draft.label) {
                draft.id = id_of(&label);
            }
            draft.label = label.into();
            let mut id = draft.id.to_string();
            let id_field = field(ui, "Id", &mut id, "As exports write it: bodies");
            draft.id = id.trim().into();
            let mut unit = draft.unit.to_string();
            let unit_field = field(ui, "Counts", &mut unit, "In the plural: bodies, people, exchanges");
            draft.unit = unit.into();
            sheet::row(ui, "Colour", |ui| swatches(ui, view, &mut draft.colour));
            ui.add_space(space::XS);
            sheet::row(ui, "Digit", |ui| {
                ui.horizontal_wrapped(|ui| digits(ui, codebook, before.as_ref(), &mut draft.digit));
            });
            ui.add_space(space::XS);
            sheet::row(ui, "Part of", |ui| parent(ui, codebook, &draft.id, &mut draft.parent));
            ui.add_space(space::XS);
            sheet::row(ui, "", |ui| {
                ui.checkbox(&mut draft.people, "Counts people, alive or dead");
            });
            sheet::row(ui, "", |ui| {
                ui.checkbox(&mut draft.transfer, "Handed from one side to another");
            });
            ui.add_space(space::S);
            guideline(ui, view, draft, reading);

            let why_not = why_not(draft, before.as_ref(), codebook);
            let touched = !is_new || !draft.label.trim().is_empty();
            problem(ui, view, why_not.filter(|_| touched));
            if let Some(before) = before.as_ref().filter(|before| before.id != draft.id && carried > 0) {
                reason(ui, view, &format!("{carried} claims are carried along from “{}”.", before.id));
            }
            (why_not, entered(ui, &[&name_field, &id_field, &unit_field]))
        });
        let ready = why_not.is_none() && before.as_ref() != Some(draft);
        let others: Vec<(Name, String)> = match &before {
            None => Vec::new(),
            Some(before) => (codebook.categories.iter().filter(|other| other.id != before.id && !other.retired))
                .map(|other| (other.id.clone(), other.label.to_string()))
                .collect(),
        };
        let retire = before.as_ref().map(|category| if category.retired { "Bring back" } else { "Retire" });
        let what = before.as_ref().map_or_else(String::new, |category| category.label.to_string());
        let save = if is_new { "Add" } else { "Save" };
        let pressed = buttons(ui, view, (&what, save), ready, retire, &others, before.is_some() && carried == 0);
        let by_key = ready && typed;
        match pressed.or(by_key.then_some(Pressed::Save)) {
            Some(Pressed::Save) => {
                let after = draft.clone();
                self.of = Some(after.id.clone());
                self.filled_from = Some(after.clone());
                view.run(Command::Category(before, Some(after)));
            }
            Some(Pressed::Retire) => {
                let after = before.clone().map(|category| Category { retired: !category.retired, ..category });
                view.run(Command::Category(before, after));
            }
            Some(Pressed::Merge(into)) => {
                if let Some(before) = before {
                    self.open(Some(into.clone()));
                    view.run(Command::Merge(Merge::Category(before.id, into)));
                }
            }
            Some(Pressed::Remove) => view.run(Command::Category(before, None)),
            None => {}
        }
    }
}

fn blank() -> Category {
    Category {
        id: "".into(),
        label: "".into(),
        unit: "people".into(),
        colour: "other".into(),
        digit: None,
        parent: None,
        people: true,
        transfer: false,
        guideline: String::new(),
        retired: false,
    }
}

/// An id made of a label: small letters, digits, dashes.
fn id_of(label: &str) -> Name {
    let letters = |c: char| if c.is_alphanumeric() { c.to_lowercase().collect::<String>() } else { " ".to_owned() };
    label.chars().map(letters).collect::<String>().split_whitespace().collect::<Vec<_>>().join("-").into()
}

/// What stands in the way of saving.
fn why_not(draft: &Category, before: Option<&Category>, codebook: &Codebook) -> Option<&'static str> {
    let other = |category: &&Category| before.is_none_or(|before| before.id != category.id);
    let mut others = codebook.categories.iter().filter(other);
    if draft.label.trim().is_empty() {
        Some("A category needs a label.")
    } else if draft.id.is_empty() {
        Some("A category needs an id.")
    } else if draft.id.contains(char::is_whitespace) {
        Some("An id has no spaces: exports use it as a value.")
    } else if draft.unit.trim().is_empty() {
        Some("Say what is counted, in the plural.")
    } else if others.clone().any(|other| other.id == draft.id) {
        Some("Another category has this id. Merge the two, or choose another id.")
    } else if others.any(|other| other.label == draft.label) {
        Some("Another category has this label.")
    } else {
        None
    }
}

fn swatches(ui: &mut Ui, view: &View<'_>, chosen: &mut Name) {
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(6.0, 6.0);
        for colour in view.theme.category_colours() {
            let tint = view.theme.category(colour);
            let on = **chosen == *colour;
            let (rect, response) = ui.allocate_exact_size(vec2(26.0, 22.0), Sense::click());
            let name = format!("Colour {colour}");
            response.widget_info(|| WidgetInfo::selected(egui::accesskit::Role::RadioButton, true, on, &name));
            ui.painter().rect(rect, 5.0, tint.fill, Stroke::new(1.5, tint.line), StrokeKind::Inside);
            if on {
                let points = [vec2(-4.0, 0.0), vec2(-1.0, 3.0), vec2(4.5, -3.5)].map(|offset| rect.center() + offset);
                ui.painter().line(points.to_vec(), Stroke::new(2.0, view.theme.text));
            }
            if response.has_focus() {
                let stroke = Stroke::new(2.0, view.theme.accent);
                ui.painter().rect_stroke(rect.expand(2.0), 6.0, stroke, StrokeKind::Outside);
            }
            if response.on_hover_text(colour).clicked() {
                *chosen = colour.into();
            }
        }
    });
}

fn digits(ui: &mut Ui, codebook: &Codebook, before: Option<&Category>, digit: &mut Option<u8>) {
    let owner = |n: u8| {
        let other = |category: &&Category| category.digit == Some(n) && before.is_none_or(|b| b.id != category.id);
        codebook.categories.iter().filter(|category| !category.retired).find(other)
    };
    let none = ui.add(egui::Button::selectable(digit.is_none(), "none"));
    if none.accessible_name("No digit").clicked() {
        *digit = None;
    }
    for n in (1..=9).chain([0]) {
        let taken = owner(n);
        let button = egui::Button::selectable(*digit == Some(n), n.to_string()).min_size(vec2(22.0, 0.0));
        let response = ui.add_enabled(taken.is_none(), button).accessible_name(format!("Digit {n}"));
        let response = match taken {
            Some(other) => response.on_disabled_hover_text(format!("{} has it", other.label)),
            None => response,
        };
        if response.clicked() {
            *digit = Some(n);
        }
    }
}

fn parent(ui: &mut Ui, codebook: &Codebook, own: &Name, parent: &mut Option<Name>) {
    let label = |id: &Option<Name>| match id {
        None => "none".to_owned(),
        Some(id) => codebook.category(id).map_or_else(|| id.to_string(), |category| category.label.to_string()),
    };
    let combo = egui::ComboBox::from_id_salt("part of").selected_text(label(parent)).width(200.0);
    let shown = combo.show_ui(ui, |ui| {
        ui.selectable_value(parent, None, "none");
        // One level: what has a parent is none itself, and nothing is a part of itself.
        for category in codebook.categories.iter().filter(|other| other.id != *own && other.parent.is_none()) {
            ui.selectable_value(parent, Some(category.id.clone()), &*category.label);
        }
    });
    shown.response.accessible_name("Part of");
}

/// The guideline, to be read as it is set, or written as Markdown.
fn guideline(ui: &mut Ui, view: &View<'_>, draft: &mut Category, reading: &mut bool) {
    sheet::row(ui, "Guideline", |ui| {
        for (on, words) in [(false, "Write"), (true, "Read")] {
            let button = egui::Button::selectable(*reading == on, words);
            if ui.add(button).accessible_name(format!("{words} the guideline")).clicked() {
                *reading = on;
            }
        }
    });
    if *reading {
        egui::Frame::new().inner_margin(egui::Margin::symmetric(2, 6)).show(ui, |ui| {
            markdown::show(ui, &draft.guideline, &view.theme);
        });
    } else {
        let edit = egui::TextEdit::multiline(&mut draft.guideline)
            .hint_text("What belongs in it and what does not. *Markdown*.")
            .desired_rows(5)
            .desired_width(f32::INFINITY);
        ui.add(edit).accessible_name("Guideline");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_made_of_a_label() {
        for (label, id) in
            [("Bodies", "bodies"), ("Aid workers (local)", "aid-workers-local"), ("Тіла", "тіла"), ("", "")]
        {
            assert_eq!(&*id_of(label), id);
        }
    }

    #[test]
    fn what_cannot_be_saved_says_why() {
        let codebook = Codebook::built_in();
        let bodies = codebook.category("bodies").cloned().expect("built in");
        assert_eq!(why_not(&bodies, Some(&bodies), &codebook), None);
        let named = |id: &str, label: &str| Category { id: id.into(), label: label.into(), ..bodies.clone() };
        for (draft, expected) in [
            (named("x", ""), "label"),
            (named("", "X"), "id"),
            (named("a b", "X"), "no spaces"),
            (named("killed", "X"), "has this id"),
            (named("x", "Killed"), "has this label"),
        ] {
            let found = why_not(&draft, Some(&bodies), &codebook);
            assert!(found.is_some_and(|found| found.contains(expected)), "{expected}: {found:?}");
        }
    }
}
