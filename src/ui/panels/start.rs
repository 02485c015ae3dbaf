//! The first page: what can be opened.

use egui::{Align, Layout, RichText, Stroke, Ui, vec2};

use crate::session::Command;
use crate::ui::actions::Action;
use crate::ui::fonts::{self, size};
use crate::ui::state::{Request, View};
use crate::ui::theme::space;
use crate::ui::words;

const WIDTH: f32 = 440.0;
/// So many recent projects are shown; the menu has them all.
const RECENT: usize = 6;

/// Draws it.
pub fn show(ui: &mut Ui, view: &mut View<'_>) {
    let theme = view.theme.clone();
    egui::ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
        let above = ((ui.available_height() - 470.0) * 0.4).max(space::XL);
        ui.add_space(above);
        ui.with_layout(Layout::top_down(Align::Center), |ui| {
            ui.set_max_width(WIDTH);
            ui.label(
                RichText::new("Tallymark").font(egui::FontId::new(34.0, fonts::serif_semibold())).color(theme.text),
            );
            ui.add_space(space::XS);
            let words = "What different sources claim about the same event, compared.";
            ui.add(egui::Label::new(RichText::new(words).size(14.0).color(theme.secondary)).extend());
            ui.add_space(space::XL + space::S);
            choice(ui, view, Action::OpenArticles, "Text, web pages, e-mail, Word, PDF, tables of articles", true);
            ui.add_space(space::S);
            choice(ui, view, Action::OpenProject, "A folder that was saved before", false);
            ui.add_space(space::S);
            choice(ui, view, Action::TrySample, "Articles about one exchange, ready to compare", false);
            ui.add_space(space::XL);
            drop_area(ui, view);
            recent(ui, view);
        });
    });
}

/// A large button: what it does, what for, its keys.
fn choice(ui: &mut Ui, view: &mut View<'_>, action: Action, what: &str, first: bool) {
    let theme = view.theme.clone();
    let (fill, edge, title, secondary) = if first {
        (theme.accent, theme.accent, theme.on_accent, theme.on_accent)
    } else {
        (theme.panel, theme.line, theme.text, theme.secondary)
    };
    let mut job = egui::text::LayoutJob::default();
    let format = |font, colour| egui::TextFormat::simple(font, colour);
    job.append(&action.text(), 0.0, format(crate::ui::theme::strong(14.0), title));
    job.append("\n", 0.0, format(crate::ui::theme::strong(14.0), title));
    job.append(what, 0.0, format(egui::FontId::proportional(size::SMALL), secondary));
    ui.spacing_mut().button_padding.x = space::L;
    let button = egui::Button::new(job).fill(fill).stroke(Stroke::new(1.0, edge)).corner_radius(8);
    let response = ui.add(button.min_size(vec2(WIDTH, 56.0)).right_text(""));
    let response = response.accessible_name(action.text());
    if let Some(keys) = view.state.keys.words(action, ui.ctx()) {
        let place = response.rect.right_center() - vec2(space::L, 0.0);
        let font = egui::FontId::proportional(size::SMALL);
        ui.painter().text(place, egui::Align2::RIGHT_CENTER, keys, font, secondary);
    }
    if response.clicked() {
        view.ask(Request::Act(action));
    }
}

fn drop_area(ui: &mut Ui, view: &View<'_>) {
    let (rect, _) = ui.allocate_exact_size(vec2(WIDTH, 72.0), egui::Sense::hover());
    let path = [rect.left_top(), rect.right_top(), rect.right_bottom(), rect.left_bottom(), rect.left_top()];
    let stroke = Stroke::new(1.2, view.theme.faint);
    ui.painter().extend(egui::Shape::dashed_line(&path, stroke, 6.0, 5.0));
    let mut ui = ui.new_child(
        egui::UiBuilder::new().max_rect(rect).layout(Layout::centered_and_justified(egui::Direction::TopDown)),
    );
    ui.label(RichText::new("or drop files or folders here").color(view.theme.secondary));
}

/// Projects that were open, the latest first.
fn recent(ui: &mut Ui, view: &mut View<'_>) {
    let recent = view.session.recent();
    if recent.is_empty() {
        return;
    }
    ui.add_space(space::XL);
    ui.allocate_ui_with_layout(vec2(WIDTH, 0.0), Layout::top_down(Align::Min), |ui| {
        ui.label(RichText::new("Recent projects").font(crate::ui::theme::strong(size::BODY)));
        ui.add_space(space::XS);
        for project in recent.iter().take(RECENT) {
            let folder = project.folder.display().to_string();
            let small = || egui::FontId::proportional(size::SMALL);
            let mut job = egui::text::LayoutJob::default();
            let name = egui::TextFormat::simple(egui::FontId::proportional(size::BODY), view.theme.text);
            job.append(&project.name, 0.0, name);
            if !project.about.is_empty() {
                let about = egui::TextFormat::simple(small(), view.theme.secondary);
                job.append("\n", 0.0, about.clone());
                job.append(&project.about, 0.0, about);
            }
            let button = egui::Button::new(job).frame_when_inactive(false).right_text("");
            let height = if project.about.is_empty() { 28.0 } else { 44.0 };
            let response = ui.add(button.min_size(vec2(WIDTH, height))).on_hover_text(folder);
            let when = words::opened(project);
            // On the line of the name, whatever stands below it.
            let line = response.rect.right_top() + vec2(-ui.spacing().button_padding.x, 14.0);
            ui.painter().text(line, egui::Align2::RIGHT_CENTER, &when, small(), view.theme.secondary);
            let said = format!("Open project {}, {when}", words::recent(project));
            if response.accessible_name(said).clicked() {
                view.requests.push(Request::Run(Command::OpenProject(project.folder.clone())));
            }
        }
    });
    ui.add_space(space::XL);
}
