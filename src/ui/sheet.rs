//! Windows inside the window: how all of them look, open and close.

use egui::{Align2, Key, Modifiers, RichText, Ui, vec2};

use super::fonts;
use super::state::{Request, Sheet, View};

/// The layer of a window.
pub fn layer(sheet: Sheet) -> egui::LayerId {
    egui::LayerId::new(egui::Order::Middle, id(sheet))
}

fn id(sheet: Sheet) -> egui::Id {
    egui::Id::unique(("sheet", sheet))
}

/// Room for a window's title and margins, in points.
const AROUND: f32 = 88.0;

/// Draws a window of a width where it is open. Escape, its button and the action that opened it
/// close it; nothing else waits for it. It is never larger than the screen: what does not fit is
/// scrolled.
pub fn show(
    ctx: &egui::Context,
    view: &mut View<'_>,
    sheet: Sheet,
    title: &str,
    width: f32,
    content: impl FnOnce(&mut Ui, &mut View<'_>),
) {
    if !view.state.sheets.contains(&sheet) {
        return;
    }
    let mut open = true;
    let id = id(sheet);
    let screen = ctx.content_rect();
    let width = width.min(screen.width() - 48.0);
    let mut window = egui::Window::new(RichText::new(title).family(fonts::semibold()).size(fonts::size::BODY + 1.0))
        .id(id)
        .open(&mut open)
        .collapsible(false)
        .resizable(false)
        .default_size(vec2(width, screen.height() - 120.0))
        .max_height(screen.height() - 16.0)
        .pivot(Align2::CENTER_CENTER);
    if let Some(place) = place(ctx, view, sheet) {
        window = window.current_pos(place);
    }
    let most = (screen.height() - 16.0 - AROUND).max(80.0);
    window.show(ctx, |ui| {
        ui.set_width(width);
        let area = egui::ScrollArea::vertical().id_salt("window").max_height(most).min_scrolled_height(most);
        area.auto_shrink([false, true]).show(ui, |ui| content(ui, view));
    });
    let on_top = ctx.top_layer_id().is_some_and(|layer| layer.id == id);
    let escaped = on_top
        && !egui::Popup::is_any_open(ctx)
        && ctx.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Escape));
    if !open || escaped {
        view.ask(Request::Sheet(sheet, false));
    }
}

/// Where a window is put: in the middle when it is new or the screen has changed, and aside of
/// another that lies there. `None` leaves it where it is.
fn place(ctx: &egui::Context, view: &View<'_>, sheet: Sheet) -> Option<egui::Pos2> {
    let (id, screen, pass) = (id(sheet), ctx.content_rect(), ctx.cumulative_pass_nr());
    let known = id.with("place");
    let before: Option<(egui::Rect, u64)> = ctx.data(|data| data.get_temp(known));
    ctx.data_mut(|data| data.insert_temp(known, (screen, pass)));
    let same_screen = before.is_some_and(|(of, _)| of == screen);
    if same_screen && before.is_some_and(|(_, last)| pass <= last + 1) {
        return None;
    }
    let pivot = |id: egui::Id| egui::AreaState::load(ctx, id).and_then(|state| state.pivot_pos);
    let middle = screen.center() - vec2(0.0, 8.0);
    let mut at = pivot(id).filter(|_| same_screen).unwrap_or(middle);
    let others: Vec<egui::Pos2> = (view.state.sheets.iter().filter(|other| **other != sheet))
        .filter_map(|other| pivot(self::id(*other)))
        .collect();
    while others.iter().any(|other| other.distance(at) < 20.0) && screen.shrink(60.0).contains(at) {
        at += vec2(32.0, 32.0);
    }
    Some(at)
}

/// The row of buttons at the end of a form: one that does it, one that does not. Gives which was pressed.
pub fn buttons(ui: &mut Ui, view: &View<'_>, done: &str, enabled: bool) -> Option<bool> {
    let mut pressed = None;
    ui.add_space(super::theme::space::M);
    let room = vec2(ui.available_width(), 28.0);
    ui.allocate_ui_with_layout(room, egui::Layout::right_to_left(egui::Align::Center), |ui| {
        let words = RichText::new(done).color(view.theme.on_accent);
        let main = egui::Button::new(words).fill(view.theme.accent).stroke(egui::Stroke::NONE);
        if ui.add_enabled(enabled, main).clicked() {
            pressed = Some(true);
        }
        if ui.button("Cancel").clicked() {
            pressed = Some(false);
        }
    });
    pressed
}

/// A form's row: the label at the left, the control at the right. Gives what the control gives.
pub fn row<R>(ui: &mut Ui, label: &str, control: impl FnOnce(&mut Ui) -> R) -> R {
    ui.horizontal(|ui| {
        let (rect, response) = ui.allocate_exact_size(vec2(104.0, 30.0), egui::Sense::hover());
        let mut left = ui
            .new_child(egui::UiBuilder::new().max_rect(rect).layout(egui::Layout::left_to_right(egui::Align::Center)));
        let label = left.label(RichText::new(label).color(left.visuals().weak_text_color()));
        let _ = response;
        ui.label_inputs_by(label.id, control)
    })
    .inner
}
