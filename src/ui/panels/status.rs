//! The status line: whether the work is saved, what waits, what runs, what was repaired.

use egui::{Align, Layout, RichText, Ui};

use crate::claim::{Grade, grouped};
use crate::session::{Command, SaveState};
use crate::ui::actions::Action;
use crate::ui::fonts::size;
use crate::ui::state::{Chosen, Request, View};
use crate::ui::theme::space;
use crate::ui::widgets;

/// The status line. It has nothing of its own: what it says is counted as it changes.
#[derive(Debug, Default)]
pub struct StatusLine;

/// What a long line leaves to what stands at the end, in points.
const BESIDE: f32 = 120.0;

#[derive(Clone, Copy, Debug, Default)]
struct Counts {
    waiting: u64,
    hidden: u64,
    unannotated: u64,
}

impl StatusLine {
    /// Draws it.
    pub fn show(&mut self, ui: &mut Ui, view: &mut View<'_>) {
        let counts = Counts::of(view);
        ui.horizontal_centered(|ui| {
            ui.spacing_mut().item_spacing.x = space::XL;
            ui.spacing_mut().interact_size.y = 18.0;
            save_state(ui, view);
            if let Some(reason) = &view.state.reason {
                ui.scope(|ui| {
                    ui.set_max_width((ui.available_width() - BESIDE).max(80.0));
                    let said = ui.add(egui::Label::new(words(&reason.words, view.theme.text)).truncate());
                    ui.ctx().accesskit_node_builder(said.id, |node| node.set_live(egui::accesskit::Live::Polite));
                });
            } else if !view.session.workspace().articles.is_empty() {
                suggestions(ui, view, counts);
                unannotated(ui, view, counts);
                unanchored(ui, view);
                read_only(ui, view);
            }
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                zoom(ui, view);
                repaired(ui, view);
                jobs(ui, view);
            });
        });
    }
}

impl Counts {
    fn of(view: &View<'_>) -> Self {
        let mut counts = Self { unannotated: view.session.unannotated() as u64, ..Self::default() };
        for (grade, count) in Grade::ALL.into_iter().zip(view.session.pending_by_grade()) {
            match view.state.threshold {
                Some(threshold) if grade < threshold => counts.hidden += count as u64,
                _ => counts.waiting += count as u64,
            }
        }
        counts
    }
}

fn words(text: impl Into<String>, colour: egui::Color32) -> RichText {
    RichText::new(text).size(size::SMALL).color(colour)
}

fn save_state(ui: &mut Ui, view: &mut View<'_>) {
    let theme = view.theme.clone();
    match view.session.save_state() {
        SaveState::Empty => {
            ui.label(words("nothing to save yet", theme.secondary));
        }
        SaveState::Saved { .. } => {
            let hint = "Every change is on disk. It survives a crash or a power cut.";
            ui.label(words("✓ all changes saved", theme.good)).on_hover_text(hint);
        }
        SaveState::Saving => {
            ui.label(words("saving…", theme.secondary));
        }
        SaveState::Failed(why) => {
            let text = format!("not saved: {why}");
            let said = ui.add(egui::Label::new(words(&text, theme.bad)).truncate()).on_hover_text(&text);
            ui.ctx().accesskit_node_builder(said.id, |node| node.set_live(egui::accesskit::Live::Assertive));
            if widgets::link(ui, "Save to another place…", theme.accent, size::SMALL).clicked() {
                view.ask(Request::Act(Action::SaveAs));
            }
        }
        SaveState::ReadOnly(why) => {
            let text = format!("read-only: {why}");
            ui.add(egui::Label::new(words(&text, theme.doubt)).truncate()).on_hover_text(&text);
        }
    }
}

/// How many suggestions wait in all articles, and how many of them are hidden.
fn suggestions(ui: &mut Ui, view: &mut View<'_>, counts: Counts) {
    let Counts { waiting, hidden, .. } = counts;
    let mut text = format!("suggestions: {} to decide", grouped(waiting));
    if let Some(threshold) = view.state.threshold.filter(|threshold| *threshold > Grade::Check) {
        text += &format!(", {} hidden below “{}”", grouped(hidden), threshold.word());
    }
    let response = ui.add(egui::Button::new(words(text, view.theme.secondary)).small().frame_when_inactive(false));
    let response = response.on_hover_text("Choose which grades are shown");
    egui::Popup::menu(&response).show(|ui| {
        for action in [None, Some(Grade::Likely), Some(Grade::Sure)].map(Action::Threshold) {
            let on = action.on(view.session, view.state).unwrap_or(false);
            if ui.add(egui::Button::selectable(on, action.text())).clicked() {
                view.ask(Request::Act(action));
                ui.close();
            }
        }
    });
}

fn unannotated(ui: &mut Ui, view: &View<'_>, counts: Counts) {
    // Most of the time these are the suggestions that wait, which are told of already.
    if counts.unannotated <= counts.waiting + counts.hidden {
        return;
    }
    let text = format!("figures nobody has annotated: {}", grouped(counts.unannotated));
    let hint = "Figures about people in the texts that are neither claimed nor rejected.";
    ui.label(words(text, view.theme.secondary)).on_hover_text(hint);
}

/// Claims whose words do not stand where they say, each with a way to it.
fn unanchored(ui: &mut Ui, view: &mut View<'_>) {
    let claims = view.session.unanchored();
    if claims.is_empty() {
        return;
    }
    let text = format!("claims without their words: {}", grouped(claims.len() as u64));
    let response = ui.add(egui::Button::new(words(text, view.theme.bad)).small().frame_when_inactive(false));
    let hint = "The words of these claims do not stand where they say. They are kept as they are.";
    egui::Popup::menu(&response.on_hover_text(hint)).show(|ui| {
        for claim in claims {
            if ui.button(claim.quote()).clicked() {
                view.requests.push(Request::Choose(Chosen::Claim(claim.id.clone())));
                ui.close();
            }
        }
    });
}

/// Why the article shown cannot be changed, where its file does not read.
fn read_only(ui: &mut Ui, view: &View<'_>) {
    if let Some(why) = view.state.article.as_ref().and_then(|id| view.session.read_only_article(id)) {
        let text = words(format!("article is read-only: {why}"), view.theme.doubt);
        ui.add(egui::Label::new(text).truncate()).on_hover_text(why);
    }
}

fn jobs(ui: &mut Ui, view: &mut View<'_>) {
    let theme = view.theme.clone();
    for job in view.session.jobs() {
        let stop = egui::Button::new(words("×", theme.secondary)).small().frame_when_inactive(false);
        let name = format!("Stop {}", job.name);
        if ui.add(stop).on_hover_text("Stop").accessible_name(name).clicked() {
            view.requests.push(Request::Run(Command::StopJob(job.id)));
        }
        let bar = egui::ProgressBar::new(job.progress.unwrap_or(0.5)).desired_width(80.0).desired_height(6.0);
        ui.add(bar.fill(theme.accent));
        ui.label(words(&job.name, theme.secondary));
    }
}

fn repaired(ui: &mut Ui, view: &View<'_>) {
    let Some(article) = view.state.article.as_ref().and_then(|id| view.session.article(id)) else { return };
    let count = article.repairs.len();
    if count > 0 {
        let text = if count == 1 {
            "1 character shown repaired".to_owned()
        } else {
            format!("{} characters shown repaired", grouped(count as u64))
        };
        let hint = "Damaged in the file, shown as they were meant. The text itself is kept as it is.";
        ui.label(words(text, view.theme.secondary)).on_hover_text(hint);
    }
}

fn zoom(ui: &mut Ui, view: &mut View<'_>) {
    let text = format!("{:.0} %", ui.ctx().zoom_factor() * 100.0);
    let button = egui::Button::new(words(&text, view.theme.secondary)).small().frame_when_inactive(false);
    let response = ui.add(button).on_hover_text("Zoom. A click resets it.");
    if response.accessible_name(format!("Zoom {text}")).clicked() {
        view.ask(Request::Act(Action::ZoomReset));
    }
}
