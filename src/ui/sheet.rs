//! Windows inside the window: how all of them look, open and close, and what keys do in them.

use std::collections::BTreeSet;

use egui::{
    Align2, Event, EventFilter, FocusDirection, Id, Key, LayerId, Modifiers, Order, Popup, Rect, Response, RichText,
    Sense, Ui, WidgetInfo, vec2,
};

use super::fonts;
use super::state::{Request, Sheet, View};

/// The layer of a window.
pub fn layer(sheet: Sheet) -> LayerId {
    LayerId::new(Order::Middle, Id::unique(("sheet", sheet)))
}

/// The layer of the one that lies over the others, of those that are open.
pub fn top(ctx: &egui::Context, open: &BTreeSet<Sheet>) -> Option<LayerId> {
    let layers: Vec<LayerId> = open.iter().map(|sheet| layer(*sheet)).collect();
    ctx.memory(|memory| memory.layer_ids().filter(|layer| layers.contains(layer)).last())
}

/// Passes since a window was opened, counted to [`FRESH`]; where it was not drawn in the pass before,
/// it is counted anew.
#[derive(Clone, Copy, Debug, Default)]
struct Age {
    passes: u8,
    drawn: u64,
    /// Whether it has taken the keyboard.
    entered: bool,
}

/// So many passes the letter may be on its way that has opened a window.
const FRESH: u8 = 2;

fn grow_older(ctx: &egui::Context, id: Id) -> Age {
    let now = ctx.cumulative_pass_nr();
    ctx.data_mut(|data| {
        let age: &mut Age = data.get_temp_mut_or_default(id.with("age"));
        if age.drawn + 1 < now || age.drawn == 0 {
            *age = Age::default();
        }
        age.drawn = now;
        age.passes = age.passes.saturating_add(1);
        *age
    })
}

/// Gives the keyboard to the first control of a window that was just opened.
fn enter(ui: &Ui, id: Id) {
    if ui.is_sizing_pass() || !ui.is_enabled() {
        return; // Nothing can take it yet.
    }
    ui.memory_mut(|memory| {
        if let Some(focused) = memory.focused() {
            memory.surrender_focus(focused);
        }
        // As if by Tab: the next control that is drawn takes it.
        memory.move_focus(FocusDirection::Next);
    });
    let now = ui.ctx().cumulative_pass_nr();
    ui.data_mut(|data| {
        data.get_temp_mut_or_default::<Age>(id.with("age")).entered = true;
        data.insert_temp(id.with("entering"), now);
    });
}

/// Lets a window begin at this control instead of its first one. Called where it is drawn.
pub fn begin_at(ui: &Ui, control: &Response) {
    let entering = ui.data(|data| data.get_temp::<u64>(ui.layer_id().id.with("entering")));
    if entering == Some(ui.ctx().cumulative_pass_nr()) {
        control.request_focus();
    }
}

/// Room for a window's title and margins, in points.
const AROUND: f32 = 88.0;

/// Draws a window of a width where it is open. It takes the keyboard when it opens. Escape, its button
/// and the action that opened it close it; nothing else waits for it. It is never larger than the
/// screen: what does not fit is scrolled.
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
    let id = layer(sheet).id;
    let age = grow_older(ctx, id);
    if age.passes == 1 {
        ctx.move_to_top(layer(sheet));
    }
    if age.passes <= FRESH {
        ctx.input_mut(|input| input.events.retain(|event| !matches!(event, Event::Text(_))));
    }
    let popup = Popup::is_any_open(ctx);
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
        if !age.entered {
            enter(ui, id);
        }
        let area = egui::ScrollArea::vertical().id_salt("window").max_height(most).min_scrolled_height(most);
        area.auto_shrink([false, true]).show(ui, |ui| content(ui, view));
    });
    let on_top = top(ctx, &view.state.sheets) == Some(layer(sheet));
    let escaped = on_top && !popup && ctx.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Escape));
    if !open || escaped {
        view.ask(Request::Sheet(sheet, false));
    }
}

/// Where a window is put: in the middle when it is new or the screen has changed, and aside of
/// another that lies there. `None` leaves it where it is.
fn place(ctx: &egui::Context, view: &View<'_>, sheet: Sheet) -> Option<egui::Pos2> {
    let (id, screen, pass) = (layer(sheet).id, ctx.content_rect(), ctx.cumulative_pass_nr());
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
        .filter_map(|other| pivot(layer(*other).id))
        .collect();
    while others.iter().any(|other| other.distance(at) < 20.0) && screen.shrink(60.0).contains(at) {
        at += vec2(32.0, 32.0);
    }
    Some(at)
}

/// Whether Enter asks for what a window's form is for: pressed in a field of one line, or with Ctrl
/// anywhere in it.
pub fn entered(ui: &Ui) -> bool {
    let (plain, command) = ui.input(|input| {
        let pressed = |with: Modifiers| {
            let is_it = |event: &Event| match event {
                Event::Key { key: Key::Enter, pressed: true, modifiers, .. } => modifiers.matches_exact(with),
                _ => false,
            };
            input.events.iter().any(is_it)
        };
        (pressed(Modifiers::NONE), pressed(Modifiers::COMMAND))
    });
    // Such a field lets go of the keyboard with Enter; a longer one, or a button, keeps it.
    let let_go = ui.memory(|memory| memory.focused().is_none());
    !Popup::is_any_open(ui.ctx()) && (command || (plain && let_go))
}

/// Goes through what scrolls in a window by keys, as long as nothing is typed: a place that takes the
/// keyboard, and the words of `name` for those who listen. Called right before the scroll area, which
/// will be `height` points high at most.
pub fn scrolled_by_keys(ui: &mut Ui, name: &str, height: f32) {
    let id = ui.scope_id().with(("scrolled", name));
    let rect = Rect::from_min_size(ui.cursor().min, vec2(ui.available_width(), height.min(ui.available_height())));
    let response = ui.interact(rect, id, Sense::focusable_noninteractive());
    response.widget_info(|| WidgetInfo::labeled(egui::accesskit::Role::ScrollView, true, name));
    begin_at(ui, &response);
    if response.has_focus() {
        let filter = EventFilter { vertical_arrows: true, ..Default::default() };
        ui.memory_mut(|memory| memory.set_focus_lock_filter(id, filter));
    } else if ui.ctx().text_edit_focused() {
        return;
    }
    let page = rect.height() * 0.85;
    let all = 1.0e6;
    let arrows = response.has_focus();
    let down: f32 = ui.input_mut(|input| {
        let keys = [(Key::PageDown, page), (Key::PageUp, -page), (Key::End, all), (Key::Home, -all)];
        let lines = [(Key::ArrowDown, 48.0), (Key::ArrowUp, -48.0)];
        let mut by = |key: Key, step: f32| input.count_and_consume_key(Modifiers::NONE, key) as f32 * step;
        let paged: f32 = keys.into_iter().map(|(key, step)| by(key, step)).sum();
        paged + if arrows { lines.into_iter().map(|(key, step)| by(key, step)).sum::<f32>() } else { 0.0 }
    });
    if down != 0.0 {
        ui.scroll_with_delta_animation(vec2(0.0, -down), egui::style::ScrollAnimation::none());
    }
}

/// How high a list in a window may be, in points: `most`, or less, so that on a small screen the window
/// itself need not be scrolled as well.
pub fn list_height(ui: &Ui, most: f32) -> f32 {
    const BESIDE: f32 = 96.0; // what stands above and below a list
    let room = ui.ctx().content_rect().height() - 16.0 - AROUND - BESIDE;
    most.min(room.max(120.0))
}

/// The row of buttons at the end of a form: one that does it, one that does not. Gives which was pressed,
/// also by Enter in a field.
pub fn buttons(ui: &mut Ui, view: &View<'_>, done: &str, enabled: bool) -> Option<bool> {
    let mut pressed = (enabled && entered(ui)).then_some(true);
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
