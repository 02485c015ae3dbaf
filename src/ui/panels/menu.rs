//! The menu bar: menus made from the list of actions, the search field, the project's name.

use egui::{Align, Button, Layout, Rect, RichText, Stroke, Ui, UiBuilder, pos2, vec2};

use crate::session::Command;
use crate::ui::actions::{Action, Menu};
use crate::ui::fonts::{self, size};
use crate::ui::state::{Request, View};
use crate::ui::theme::space;
use crate::ui::words;

/// Of an open menu: as wide as its longest action with its keys.
const WIDTH: f32 = 292.0;
const SEARCH_WIDTH: f32 = 248.0;
/// A field narrower than this is left out: a key and a menu open the palette, too.
const LEAST_SEARCH: f32 = 120.0;

/// Draws it.
pub fn show(ui: &mut Ui, view: &mut View<'_>) {
    let whole = ui.max_rect();
    ui.spacing_mut().interact_size.y = whole.height();
    let menus = egui::MenuBar::new().ui(ui, |ui| {
        ui.spacing_mut().item_spacing.x = 2.0;
        ui.spacing_mut().button_padding = vec2(8.0, 4.0);
        let mut right = whole.left();
        for menu in Menu::ALL {
            let title = RichText::new(menu.title()).family(fonts::medium());
            let shown = ui.menu_button(title, |ui| {
                // What is higher than the window is scrolled.
                let most = (ui.ctx().content_rect().bottom() - whole.bottom() - 24.0).max(80.0);
                let area = egui::ScrollArea::vertical().max_height(most).min_scrolled_height(most);
                area.show(ui, |ui| menu_items(ui, view, menu));
            });
            let response = shown.response;
            if view.state.menu == Some(menu) {
                response.request_focus();
                egui::Popup::open_id(ui.ctx(), egui::Popup::default_response_id(&response));
            }
            right = response.rect.right();
        }
        right
    });
    let left = menus.inner + space::L;
    let right = search(ui, view, whole, left);
    project(ui, view, whole, right);
}

/// The actions of a menu, in groups. A mark before an action says that it is on.
fn menu_items(ui: &mut Ui, view: &mut View<'_>, menu: Menu) {
    ui.set_width(WIDTH);
    ui.spacing_mut().button_padding = vec2(8.0, 4.0);
    ui.spacing_mut().item_spacing.y = 1.0;
    let mut group = None;
    let of_menu = |action: &Action| action.menu().0 == menu && !matches!(action, Action::OpenMenu(_));
    for action in Action::all().into_iter().filter(of_menu) {
        let own = action.menu().1;
        if group.is_some_and(|group| group != own) {
            ui.add_space(3.0);
            ui.separator();
            ui.add_space(3.0);
        }
        group = Some(own);
        match action {
            // A menu of its own, opened where the first of them stands.
            Action::Export(0) => {
                ui.add_enabled_ui(action.enabled(view.session, view.state), |ui| {
                    ui.menu_button("Export", |ui| exports(ui, view));
                });
            }
            Action::Export(_) => {}
            _ => item(ui, view, action),
        }
        if action == Action::OpenProject && !view.session.recent().is_empty() {
            ui.menu_button("Open recent", |ui| recent(ui, view));
        }
    }
}

fn exports(ui: &mut Ui, view: &mut View<'_>) {
    ui.set_width(WIDTH + 40.0);
    for (place, format) in crate::formats::FORMATS.iter().enumerate() {
        let Ok(place) = u8::try_from(place) else { break };
        let button = Button::new(format!("{}…", format.label)).frame_when_inactive(false);
        let response = ui.add(button.min_size(vec2(ui.available_width(), 26.0)));
        let hint =
            format!("{}. Positions: {}. Checked with: {}.", format.files.join(", "), format.units, format.checked_with);
        if response.on_hover_text(hint).clicked() {
            view.ask(Request::Act(Action::Export(place)));
            ui.close();
        }
    }
}

fn recent(ui: &mut Ui, view: &mut View<'_>) {
    ui.set_width(WIDTH + 120.0);
    for project in view.session.recent() {
        let mut job = egui::text::LayoutJob::default();
        let format = |size, colour| egui::TextFormat::simple(egui::FontId::proportional(size), colour);
        job.append(&project.name, 0.0, format(size::BODY, view.theme.text));
        job.append(&project.about, 8.0, format(size::SMALL, view.theme.secondary));
        let button = Button::new(job).frame_when_inactive(false).truncate();
        let response = ui.add(button.min_size(vec2(ui.available_width(), 26.0)));
        let said = words::recent(project);
        let response = response.accessible_name(format!("Open project {said}, {}", words::opened(project)));
        let hint = format!("{said}\n{}\n{}", words::opened(project), project.folder.display());
        if response.on_hover_text(hint).clicked() {
            view.requests.push(Request::Run(Command::OpenProject(project.folder.clone())));
            ui.close();
        }
    }
}

fn item(ui: &mut Ui, view: &mut View<'_>, action: Action) {
    let on = action.on(view.session, view.state);
    let label = action.label(view.session, view.state);
    let text = if on.is_some() { format!("      {label}") } else { label.clone() };
    let mut button = Button::new(text).frame_when_inactive(false).min_size(vec2(ui.available_width(), 26.0));
    if let Some(keys) = view.state.keys.words(action, ui.ctx()) {
        button = button.shortcut_text(RichText::new(keys).size(size::SMALL));
    }
    let enabled = action.enabled(view.session, view.state);
    let response = ui.add_enabled(enabled, button).accessible_name(&label);
    if on == Some(true) {
        check(ui, pos2(response.rect.left() + 14.0, response.rect.center().y), view.theme.accent);
    }
    if response.on_hover_text(action.tooltip()).clicked() {
        view.ask(Request::Act(action));
        ui.close();
    }
}

/// A check mark around a point.
fn check(ui: &Ui, at: egui::Pos2, colour: egui::Color32) {
    let points = vec![at + vec2(-4.0, 0.0), at + vec2(-1.0, 3.0), at + vec2(4.5, -3.5)];
    ui.painter().line(points, Stroke::new(1.6, colour));
}

/// The field in the middle, or as far to the left and as wide as there is room: looks like a search
/// field, opens the palette. Gives its right edge.
fn search(ui: &mut Ui, view: &mut View<'_>, whole: Rect, left: f32) -> f32 {
    let width = SEARCH_WIDTH.min(whole.right() - space::S - left);
    if width < LEAST_SEARCH {
        return left;
    }
    let centre = whole.center().x.max(left + width / 2.0);
    let rect = Rect::from_center_size(pos2(centre, whole.center().y), vec2(width, 26.0));
    let mut ui = ui.new_child(UiBuilder::new().max_rect(rect).layout(Layout::left_to_right(Align::Center)));
    let keys = view.state.keys.words(Action::Palette, ui.ctx()).unwrap_or_default();
    let words = if width < SEARCH_WIDTH { "Search…".into() } else { Action::Palette.text() };
    let words = RichText::new(words).color(view.theme.secondary);
    let button =
        Button::new(words).fill(view.theme.panel).stroke(Stroke::new(1.0, view.theme.line)).min_size(rect.size());
    let response = ui.put(rect, button.right_text(""));
    let response = response.accessible_name("Search articles and actions").on_hover_text(Action::Palette.tooltip());
    key_cap(&ui, rect.right_center() - vec2(7.0, 0.0), &keys.replace('+', " "), view);
    if response.clicked() {
        view.ask(Request::Act(Action::Palette));
    }
    rect.right()
}

/// A key with its right edge at a point.
fn key_cap(ui: &Ui, right: egui::Pos2, keys: &str, view: &View<'_>) {
    let font = egui::FontId::proportional(10.5);
    let galley = ui.painter().layout_no_wrap(keys.to_owned(), font, view.theme.secondary);
    let size = vec2(galley.size().x + 10.0, 18.0);
    let rect = Rect::from_center_size(right - vec2(size.x / 2.0, 0.0), size);
    let stroke = Stroke::new(1.0, view.theme.line);
    ui.painter().rect(rect, 3.0, view.theme.field, stroke, egui::StrokeKind::Inside);
    ui.painter().galley(rect.center() - galley.size() / 2.0, galley, view.theme.secondary);
}

/// The project's name, at the right.
fn project(ui: &mut Ui, view: &View<'_>, whole: Rect, search: f32) {
    let from = search + space::L;
    let room = Rect::from_min_max(pos2(from, whole.top()), pos2(whole.right() - space::S, whole.bottom()));
    if room.width() < 80.0 {
        return;
    }
    let mut ui = ui.new_child(UiBuilder::new().max_rect(room).layout(Layout::right_to_left(Align::Center)));
    let name = RichText::new(view.session.project_name()).color(view.theme.secondary);
    ui.add(egui::Label::new(name).truncate()).on_hover_text("The project");
}
