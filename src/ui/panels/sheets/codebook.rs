//! The codebook in the window: categories, parties and sources, each with who bears it, to be
//! added, renamed, merged, retired and removed.

mod category;
mod party;
mod source;

use egui::accesskit::Role;
use egui::{RichText, Sense, Ui, WidgetInfo, vec2};

use crate::claim::{Name, grouped};
use crate::session::{Command, Merge};
use crate::ui::fonts::size;
use crate::ui::sheet;
use crate::ui::state::{Sheet, View};
use crate::ui::theme::{self, space};
use category::CategoryForm;
use party::PartyForm;
use source::SourceForm;

/// Width of the list at the left, in points.
const LIST: f32 = 240.0;
/// Height of list and form, in points.
const HEIGHT: f32 = 600.0;

/// Which part of the codebook is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Part {
    #[default]
    Categories,
    Parties,
    Sources,
}

impl Part {
    const ALL: [Self; 3] = [Self::Categories, Self::Parties, Self::Sources];

    fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::Categories => ("Categories", "category"),
            Self::Parties => ("Parties", "party"),
            Self::Sources => ("Sources", "source"),
        }
    }
}

/// What is typed and chosen in it.
#[derive(Debug, Default)]
pub struct CodebookSheet {
    part: Part,
    filter: String,
    category: CategoryForm,
    party: PartyForm,
    source: SourceForm,
}

/// A line of the list at the left.
struct Entry {
    id: Name,
    label: String,
    /// The colour's name, where it has one.
    colour: Option<Name>,
    uses: usize,
    /// "retired", "not in the codebook".
    remark: &'static str,
}

impl CodebookSheet {
    /// Draws it where it is open.
    pub fn show(&mut self, ctx: &egui::Context, view: &mut View<'_>) {
        if !view.state.sheets.contains(&Sheet::Codebook) {
            *self = Self { part: self.part, ..Self::default() };
            return;
        }
        let uses = view.session.uses();
        sheet::show(ctx, view, Sheet::Codebook, "Codebook", 860.0, |ui, view| {
            self.head(ui, view);
            ui.add_space(space::S);
            let height = (ui.ctx().content_rect().height() - 220.0).clamp(280.0, HEIGHT);
            let room = vec2(ui.available_width(), height);
            ui.allocate_ui_with_layout(room, egui::Layout::left_to_right(egui::Align::Min), |ui| {
                ui.allocate_ui_with_layout(vec2(LIST, height), egui::Layout::top_down(egui::Align::Min), |ui| {
                    ui.set_min_size(vec2(LIST, height));
                    self.list(ui, view, height);
                });
                ui.separator();
                let rest = vec2(ui.available_width(), height);
                ui.allocate_ui_with_layout(rest, egui::Layout::top_down(egui::Align::Min), |ui| match self.part {
                    Part::Categories => self.category.show(ui, view, uses),
                    Part::Parties => self.party.show(ui, view, uses),
                    Part::Sources => self.source.show(ui, view, uses),
                });
            });
        });
    }

    fn head(&mut self, ui: &mut Ui, view: &View<'_>) {
        ui.horizontal(|ui| {
            for part in Part::ALL {
                if ui.add(egui::Button::selectable(self.part == part, part.words().0)).clicked() {
                    self.part = part;
                    self.filter.clear();
                }
            }
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                let revision = view.session.codebook().revision;
                let words = format!("revision {revision}; each claim keeps the one that it was made under");
                crate::ui::widgets::shortened(ui, RichText::new(words).size(size::SMALL).color(view.theme.secondary));
            });
        });
    }

    fn list(&mut self, ui: &mut Ui, view: &mut View<'_>, height: f32) {
        let (plural, one) = self.part.words();
        let field = egui::TextEdit::singleline(&mut self.filter).hint_text("Filter").desired_width(LIST - 20.0);
        let field = ui.add(field).accessible_name(format!("Filter {}", plural.to_lowercase()));
        sheet::begin_at(ui, &field);
        ui.add_space(space::XS);
        let typed = self.filter.trim().to_lowercase();
        let entries = self.entries(view);
        let chosen = self.chosen().clone();
        egui::ScrollArea::vertical().id_salt(("list", plural)).max_height(height - 76.0).auto_shrink(false).show(
            ui,
            |ui| {
                ui.spacing_mut().item_spacing.y = 0.0;
                for entry in entries.iter().filter(|entry| entry.label.to_lowercase().contains(&typed)) {
                    if line(ui, view, entry, chosen.as_ref() == Some(&entry.id)) {
                        self.choose(Some(entry.id.clone()));
                    }
                }
            },
        );
        ui.add_space(space::XS);
        if ui.button(format!("Add {one}…")).clicked() {
            self.choose(None);
        }
    }

    fn chosen(&self) -> &Option<Name> {
        match self.part {
            Part::Categories => &self.category.of,
            Part::Parties => &self.party.of,
            Part::Sources => &self.source.of,
        }
    }

    fn choose(&mut self, id: Option<Name>) {
        match self.part {
            Part::Categories => self.category.open(id),
            Part::Parties => self.party.open(id),
            Part::Sources => self.source.open(id),
        }
    }

    fn entries(&self, view: &View<'_>) -> Vec<Entry> {
        let codebook = view.session.codebook();
        match self.part {
            Part::Categories => {
                let entry = |category: &crate::claim::Category| Entry {
                    id: category.id.clone(),
                    label: category.label.to_string(),
                    colour: Some(category.colour.clone()),
                    uses: view.session.uses().category(&category.id),
                    remark: if category.retired { "retired" } else { "" },
                };
                let mut entries: Vec<Entry> = codebook.categories.iter().map(entry).collect();
                // What has been retired stands last.
                entries.sort_by_key(|entry| entry.remark == "retired");
                entries
            }
            Part::Parties => {
                let known = codebook.parties.iter().map(|party| &party.name);
                named(known, view.session.uses().parties(), |name| view.session.uses().party(name))
            }
            Part::Sources => {
                let known = codebook.sources.iter().map(|source| &source.name);
                named(known, view.session.uses().sources(), |name| view.session.uses().source(name))
            }
        }
    }
}

/// Names of the codebook and names that claims bear beside it, together by name.
fn named<'a>(
    known: impl Iterator<Item = &'a Name>,
    borne: impl Iterator<Item = &'a Name>,
    uses: impl Fn(&Name) -> usize,
) -> Vec<Entry> {
    let mut entries: std::collections::BTreeMap<&Name, bool> = borne.map(|name| (name, false)).collect();
    entries.extend(known.map(|name| (name, true)));
    let entry = |(name, known): (&Name, bool)| Entry {
        id: name.clone(),
        label: name.to_string(),
        colour: None,
        uses: uses(name),
        remark: if known { "" } else { "in claims" },
    };
    entries.into_iter().map(entry).collect()
}

/// A line of the list. Returns whether it was pressed.
fn line(ui: &mut Ui, view: &View<'_>, entry: &Entry, chosen: bool) -> bool {
    let theme = &view.theme;
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width() - 10.0, 28.0), Sense::click());
    let name = match (entry.uses, entry.remark) {
        (uses, "") => format!("{}, {uses} claims", entry.label),
        (uses, remark) => format!("{}, {uses} claims, {remark}", entry.label),
    };
    response.widget_info(|| WidgetInfo::selected(Role::ListBoxOption, true, chosen, &name));
    if !ui.is_rect_visible(rect) {
        return response.clicked();
    }
    if chosen || response.hovered() {
        ui.painter().rect_filled(rect, 4.0, if chosen { theme.accent_ground } else { theme.field });
    }
    let mut left = rect.left() + space::S;
    if let Some(colour) = &entry.colour {
        let tint = theme.category(colour);
        let dot = egui::Rect::from_center_size(egui::pos2(left + 6.0, rect.center().y), vec2(12.0, 12.0));
        ui.painter().rect(dot, 3.0, tint.fill, egui::Stroke::new(1.5, tint.line), egui::StrokeKind::Inside);
        left += 20.0;
    }
    let side = if entry.remark.is_empty() {
        grouped(entry.uses as u64)
    } else {
        format!("{} · {}", entry.remark, entry.uses)
    };
    let small = egui::FontId::proportional(size::SMALL);
    let side = ui.painter().layout_no_wrap(side, small, theme.secondary);
    let end = rect.right() - space::S - side.size().x;
    let colour = if entry.remark == "retired" { theme.secondary } else { theme.text };
    let font = egui::FontId::proportional(size::BODY);
    let mut job = egui::text::LayoutJob::simple_singleline(entry.label.clone(), font, colour);
    job.wrap = egui::text::TextWrapping::truncate_at_width(end - left - space::S);
    let label = ui.ctx().fonts_mut(|fonts| fonts.layout_job(job));
    let middle = |galley: &egui::Galley| rect.center().y - galley.size().y / 2.0;
    ui.painter().galley(egui::pos2(left, middle(&label)), label, colour);
    ui.painter().galley(egui::pos2(end, middle(&side)), side, theme.secondary);
    let clicked = response.clicked();
    response.on_hover_text(name);
    clicked
}

fn title(ui: &mut Ui, words: &str) {
    ui.label(RichText::new(words).font(theme::strong(size::BODY + 1.0)));
    ui.add_space(space::S);
}

fn field(ui: &mut Ui, label: &str, text: &mut String, hint: &str) -> egui::Response {
    let response = sheet::row(ui, label, |ui| {
        let edit =
            egui::TextEdit::singleline(text).hint_text(crate::ui::widgets::hint(hint)).desired_width(f32::INFINITY);
        ui.add(edit).accessible_name(label)
    });
    ui.add_space(space::XS);
    response
}

fn reason(ui: &mut Ui, view: &View<'_>, words: &str) {
    sheet::row(ui, "", |ui| {
        ui.add(egui::Label::new(RichText::new(words).size(size::REASON).color(view.theme.secondary)).wrap());
    });
}

fn problem(ui: &mut Ui, view: &View<'_>, words: Option<&str>) {
    if let Some(words) = words {
        ui.label(RichText::new(words).size(size::SMALL).color(view.theme.bad));
    }
}

/// Names with commas between.
fn list_of(names: &[Name]) -> String {
    names.iter().map(|name| &**name).collect::<Vec<_>>().join(", ")
}

/// What stands between the commas.
fn names_of(text: &str) -> Vec<Name> {
    text.split([',', ';']).map(str::trim).filter(|name| !name.is_empty()).map(Name::from).collect()
}

/// The fields of a form: they scroll, and the buttons stay where they are.
fn fields<R>(ui: &mut Ui, add: impl FnOnce(&mut Ui) -> R) -> R {
    let room = (ui.available_height() - 48.0).max(80.0);
    let area = egui::ScrollArea::vertical().id_salt("fields").max_height(room).auto_shrink([false, true]);
    let drawn = area.show(ui, |ui| {
        ui.set_max_width(ui.available_width() - space::M);
        add(ui)
    });
    drawn.inner
}

/// What was pressed under a form.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Pressed {
    Save,
    Retire,
    Merge(Name),
    Remove,
}

/// The buttons under a form. `others` are those that it can be merged into, id and label.
fn buttons(
    ui: &mut Ui,
    view: &View<'_>,
    (what, save): (&str, &str),
    can_save: bool,
    retire: Option<&str>,
    others: &[(Name, String)],
    removable: bool,
) -> Option<Pressed> {
    let mut pressed = None;
    ui.add_space(space::M);
    ui.horizontal_wrapped(|ui| {
        let words = RichText::new(save).color(view.theme.on_accent);
        let main = egui::Button::new(words).fill(view.theme.accent).stroke(egui::Stroke::NONE);
        if ui.add_enabled(can_save, main).clicked() {
            pressed = Some(Pressed::Save);
        }
        if !others.is_empty() {
            ui.menu_button("Merge into…", |ui| {
                egui::ScrollArea::vertical().max_height(280.0).show(ui, |ui| {
                    for (id, label) in others {
                        let name = format!("Merge {what} into {label}");
                        if ui.button(label).accessible_name(name).clicked() {
                            pressed = Some(Pressed::Merge(id.clone()));
                            ui.close();
                        }
                    }
                });
            });
        }
        if let Some(words) = retire
            && ui.button(words).clicked()
        {
            pressed = Some(Pressed::Retire);
        }
        if removable && ui.button("Remove").accessible_name(format!("Remove {what}")).clicked() {
            pressed = Some(Pressed::Remove);
        }
    });
    pressed
}

/// What the forms of parties and of sources have in common: an entry is known by its name.
struct Naming<'a> {
    /// As which it is known; `None` for a new one.
    of: &'a Option<Name>,
    /// As it is to be called.
    name: Name,
    /// Whether the codebook has it.
    known: bool,
    /// How many claims name it.
    carried: usize,
    /// "party"
    noun: &'a str,
}

impl Naming<'_> {
    /// Says what is wrong with the name, once something was typed, and what a change of it carries
    /// along. Whether nothing is wrong.
    fn check<'n>(&self, ui: &mut Ui, view: &View<'_>, mut names: impl Iterator<Item = &'n Name>, typed: bool) -> bool {
        let Self { of, name, known, carried, noun } = self;
        let taken = names.any(|other| other == name) && of.as_ref() != Some(name);
        let why_not = match (name.is_empty(), taken) {
            (true, _) => Some(format!("A {noun} needs a name.")),
            (_, true) => Some(format!("There is a {noun} of this name. Merge the two.")),
            _ => None,
        };
        problem(ui, view, why_not.as_deref().filter(|_| of.is_some() || typed));
        if of.as_ref().is_some_and(|of| of != name) && *carried > 0 {
            reason(ui, view, &format!("{carried} claims are carried along."));
        }
        if of.is_some() && !known {
            reason(ui, view, "Claims name it; the codebook does not have it yet.");
        }
        why_not.is_none()
    }

    /// The buttons under the form, and Enter in one of its fields. `names` are those that it can be
    /// merged into.
    fn pressed<'n>(
        &self,
        ui: &mut Ui,
        view: &View<'_>,
        (ready, removable): (bool, bool),
        names: impl Iterator<Item = &'n Name>,
        fields: &[&egui::Response],
    ) -> Option<Pressed> {
        let mut others: Vec<(Name, String)> = match self.of {
            None => Vec::new(),
            Some(of) => names.filter(|other| *other != of).map(|other| (other.clone(), other.to_string())).collect(),
        };
        others.sort();
        others.dedup();
        let what = self.of.as_deref().unwrap_or("");
        let save = if self.known { "Save" } else { "Add" };
        let pressed = buttons(ui, view, (what, save), ready, None, &others, removable);
        let by_key = ready && entered(ui, fields);
        pressed.or(by_key.then_some(Pressed::Save))
    }

    /// What is to be done, and which entry the form is about then. `change` makes the command that
    /// keeps the entry as it was typed, or removes it.
    fn outcome(
        &self,
        pressed: Pressed,
        merge: fn(Name, Name) -> Merge,
        change: impl FnOnce(bool) -> Command,
    ) -> Option<(Command, Option<Name>)> {
        let renamed = self.of.clone().filter(|of| *of != self.name);
        match pressed {
            Pressed::Save => {
                let command = match renamed {
                    // A name that only claims bear: they take the new one, and keep the old as an alias.
                    Some(of) if !self.known => Command::Merge(merge(of, self.name.clone())),
                    _ => change(true),
                };
                Some((command, Some(self.name.clone())))
            }
            Pressed::Merge(into) => Some((Command::Merge(merge(self.of.clone()?, into.clone())), Some(into))),
            Pressed::Remove => Some((change(false), None)),
            Pressed::Retire => None,
        }
    }
}

/// Whether Enter was pressed in one of a form's fields.
fn entered(ui: &Ui, fields: &[&egui::Response]) -> bool {
    fields.iter().any(|field| field.lost_focus()) && ui.input(|input| input.key_pressed(egui::Key::Enter))
}
