//! Suggesters of the analyst's own: which there are, and running them. A project's command is shown
//! whole and asked for before it runs for the first time.

use egui::{Align, Layout, RichText, TextEdit, Ui};

use crate::claim::{Change, Name, OutsideSuggester};
use crate::session::{Command, KnownSuggester};
use crate::ui::fonts::size;
use crate::ui::sheet;
use crate::ui::state::{Sheet, View};
use crate::ui::theme::{self, space};

/// What is typed, and what is asked.
#[derive(Debug, Default)]
pub struct Suggesters {
    form: Option<Form>,
    /// The suggester of the project that is to be allowed.
    asked: Option<Name>,
}

#[derive(Clone, Debug, Default)]
struct Form {
    before: Option<OutsideSuggester>,
    name: String,
    command: String,
    seconds: u32,
    of_project: bool,
    take_focus: bool,
}

impl Form {
    fn of(known: Option<&KnownSuggester>) -> Self {
        let suggester = known.map(|known| known.suggester.clone());
        Self {
            name: suggester.as_ref().map_or_else(String::new, |s| s.name.to_string()),
            command: suggester.as_ref().map_or_else(String::new, |s| s.command.to_string()),
            seconds: suggester.as_ref().map_or(OutsideSuggester::LIMIT, |s| s.seconds),
            of_project: known.is_some_and(|known| known.of_project),
            before: suggester,
            take_focus: true,
        }
    }

    fn suggester(&self) -> OutsideSuggester {
        OutsideSuggester { name: self.name.trim().into(), command: self.command.trim().into(), seconds: self.seconds }
    }
}

impl Suggesters {
    /// Draws it where it is open.
    pub fn show(&mut self, ctx: &egui::Context, view: &mut View<'_>) {
        if !view.state.sheets.contains(&Sheet::Suggesters) {
            *self = Self::default();
            return;
        }
        sheet::show(ctx, view, Sheet::Suggesters, "Suggesters", 560.0, |ui, view| match &mut self.form {
            Some(_) => self.form(ui, view),
            None => self.list(ui, view),
        });
    }

    fn list(&mut self, ui: &mut Ui, view: &mut View<'_>) {
        let about = "Programs of your own that read the articles and suggest claims, beside the built-in suggestions. \
                     Each runs only when you say so.";
        ui.label(RichText::new(about).size(size::SMALL).color(view.theme.secondary));
        ui.add_space(space::M);
        let known = view.session.suggesters();
        for one in &known {
            self.row(ui, view, one);
        }
        if known.is_empty() {
            let hint = "None yet. docs/outside-suggester.md tells how to make one, with an example of forty lines.";
            ui.label(RichText::new(hint).color(view.theme.secondary));
        }
        ui.add_space(space::S);
        if ui.button("Add suggester…").clicked() {
            self.form = Some(Form::of(None));
        }
    }

    fn row(&mut self, ui: &mut Ui, view: &mut View<'_>, known: &KnownSuggester) {
        let KnownSuggester { suggester, of_project, allowed, suggestions } = known;
        let name = &suggester.name;
        ui.horizontal(|ui| {
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                if ui.button("Remove").accessible_name(format!("Remove {name}")).clicked() {
                    let change = Change::remove(suggester.clone());
                    view.run(Command::ChangeSuggester { change, of_project: *of_project });
                }
                if ui.button("Edit").accessible_name(format!("Edit {name}")).clicked() {
                    self.form = Some(Form::of(Some(known)));
                }
                let label = if *allowed { "Run" } else { "Run…" };
                if ui.button(label).accessible_name(format!("Run {name}")).clicked() {
                    if *allowed {
                        run(view, known, false);
                    } else {
                        self.asked = Some(name.clone());
                    }
                }
                ui.with_layout(Layout::top_down(Align::Min), |ui| {
                    ui.spacing_mut().item_spacing.y = 0.0;
                    ui.add(egui::Label::new(RichText::new(&**name).font(theme::strong(size::BODY))).truncate());
                    let whose = if *of_project { "of this project" } else { "yours" };
                    let made = match suggestions {
                        0 => String::new(),
                        n => format!(" · {n} suggestions"),
                    };
                    let about = format!("{whose} · {}{made}", suggester.command);
                    let about = RichText::new(about).size(size::REASON).color(view.theme.secondary);
                    ui.add(egui::Label::new(about).truncate());
                });
            });
        });
        if self.asked.as_ref() == Some(name) && *of_project {
            self.ask(ui, view, known);
        }
        ui.add_space(space::S);
    }

    /// The command as it will run, and the question.
    fn ask(&mut self, ui: &mut Ui, view: &mut View<'_>, known: &KnownSuggester) {
        let frame =
            egui::Frame::new().fill(view.theme.accent_ground).corner_radius(6).inner_margin(egui::Margin::same(10));
        frame.show(ui, |ui| {
            ui.set_width(ui.available_width());
            let words = "This command comes with the project. It will run on this machine with your rights, and gets \
                         the text of every article. Run it only if you trust it:";
            ui.add(egui::Label::new(RichText::new(words).color(view.theme.text)).wrap());
            ui.add_space(space::XS);
            ui.add(
                egui::Label::new(RichText::new(&*known.suggester.command).monospace().color(view.theme.text)).wrap(),
            );
            ui.add_space(space::S);
            ui.horizontal(|ui| {
                if ui.button("Do not run").clicked() {
                    self.asked = None;
                }
                if ui.button("Allow and run").clicked() {
                    self.asked = None;
                    run(view, known, true);
                }
            });
        });
    }

    fn form(&mut self, ui: &mut Ui, view: &mut View<'_>) {
        let Some(form) = &mut self.form else { return };
        let name = field(ui, "Name", &mut form.name, "What its suggestions are marked with");
        if std::mem::take(&mut form.take_focus) {
            name.request_focus();
        }
        field(ui, "Command", &mut form.command, "python3 \"/home/anna/my models/suggest.py\"");
        sheet::row(ui, "", |ui| {
            let words = "Program and arguments, with spaces between; quotes keep words together. No shell reads it.";
            ui.add(egui::Label::new(RichText::new(words).size(size::REASON).color(view.theme.secondary)).wrap());
        });
        sheet::row(ui, "Time limit", |ui| {
            let seconds = egui::DragValue::new(&mut form.seconds).range(1..=OutsideSuggester::MOST).suffix(" s");
            ui.add(seconds).accessible_name("Time limit in seconds")
        });
        sheet::row(ui, "Kept with", |ui| {
            let settled = form.before.is_some();
            for (of_project, words) in [(false, "my settings"), (true, "this project")] {
                let button = egui::Button::selectable(form.of_project == of_project, words);
                if ui.add_enabled(!settled || form.of_project == of_project, button).clicked() {
                    form.of_project = of_project;
                }
            }
        });
        let suggester = form.suggester();
        let problem = suggester.problem();
        if let Some(problem) = problem.as_ref().filter(|_| !form.name.is_empty() && !form.command.is_empty()) {
            ui.label(RichText::new(problem).size(size::SMALL).color(view.theme.bad));
        }
        let ready = problem.is_none() && form.before.as_ref() != Some(&suggester);
        let verb = if form.before.is_some() { "Change" } else { "Add" };
        match sheet::buttons(ui, view, verb, ready) {
            Some(false) => self.form = None,
            Some(true) => {
                let change = Change::between(form.before.clone(), Some(suggester));
                view.run(Command::ChangeSuggester { change, of_project: form.of_project });
                self.form = None;
            }
            _ => {}
        }
    }
}

fn run(view: &mut View<'_>, known: &KnownSuggester, allow: bool) {
    let (name, of_project) = (known.suggester.name.clone(), known.of_project);
    view.run(Command::RunSuggester { name, of_project, allow });
}

fn field(ui: &mut Ui, label: &str, text: &mut String, hint: &str) -> egui::Response {
    let response = sheet::row(ui, label, |ui| {
        ui.add(TextEdit::singleline(text).hint_text(crate::ui::widgets::hint(hint)).desired_width(f32::INFINITY))
            .accessible_name(label)
    });
    ui.add_space(space::XS);
    response
}
