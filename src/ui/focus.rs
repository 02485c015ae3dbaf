//! Where the keyboard is: what has it, what it comes back to, and that it can be seen.

use egui::{FocusDirection, Id, Key, LayerId, Modifiers, Order, Popup, Rect, Stroke, StrokeKind};

use super::App;
use super::keys::Focus;
use super::sheet;
use super::state::{Place, Sheet};
use super::theme::Theme;
use super::widgets;

/// What is remembered of the keyboard's way through the window.
#[derive(Debug, Default)]
pub(super) struct Keyboard {
    /// Whether the keyboard moved last, and not the pointer: then what has it is framed.
    pub(super) led: bool,
    /// Whether anything has had the keyboard yet: the text begins with it, or the first arrow would go
    /// to whatever control lies in its direction.
    begun: bool,
    /// Whether it went from place to place: then the active place is framed.
    pub(super) by_place: bool,
    /// What had it when the last pass ended, and as what.
    last: Option<(Id, Focus)>,
    /// Passes in which a place that was asked for may still take it.
    settling: u8,
    /// What had it last in the windows inside the window.
    inside: Option<Id>,
    windows: Return,
    popups: Return,
    /// What is to have it again, as soon as nothing lies over it.
    back: Option<Id>,
    /// Passes that this may take.
    waits: u8,
    /// Passes until the keyboard goes into the menu that was opened by a key.
    enter: Option<u8>,
    /// What had the keyboard before that key.
    before_menu: Option<Option<Id>>,
}

/// What the keyboard comes back to when what lies over it has gone.
#[derive(Debug, Default)]
struct Return {
    open: bool,
    to: Option<Id>,
}

impl Return {
    /// Notes whether something lies over the rest by now, and what has the keyboard. Gives back
    /// what had it before, where that has just gone.
    fn follow(&mut self, open: bool, focused: Option<Id>) -> Option<Option<Id>> {
        let was = std::mem::replace(&mut self.open, open);
        match (was, open) {
            (false, true) => {
                self.to = focused;
                None
            }
            (true, false) => Some(self.to.take()),
            _ => None,
        }
    }
}

/// So many passes a place has to take the keyboard: it may have to scroll first.
const SETTLING: u8 = 4;
/// A menu is measured before it is drawn; so many passes until it can be entered.
const MENU_DRAWN: u8 = 3;

impl App {
    /// A menu was opened by a key: the keyboard goes into it as soon as it is there.
    pub(super) fn enter_menu(&mut self, ctx: &egui::Context) {
        self.keyboard.before_menu = Some(ctx.memory(|memory| memory.focused()));
        self.keyboard.enter = Some(MENU_DRAWN);
        self.keyboard.led = true;
    }

    /// Whether a window inside the window lies over the places.
    pub(super) fn is_covered(&self) -> bool {
        self.path.is_open() || !self.state.sheets.is_empty()
    }

    /// Where the keyboard is; notes which place is active, and brings it back to where it was when
    /// a window or a menu has closed. Whatever is open over the article takes all keys that act on it,
    /// and where nothing else has the keyboard, the text has it.
    pub(super) fn keyboard(&mut self, ctx: &egui::Context) -> Focus {
        self.follow_input(ctx);
        if self.state.focus.is_some() {
            self.keyboard.settling = SETTLING;
        }
        let popup = Popup::is_any_open(ctx);
        self.come_back(ctx, popup);
        self.enter_opened_menu(ctx, popup);
        let taken = self.path.is_open()
            || self.shortcuts.is_waiting()
            || self.state.sheets.contains(&Sheet::Palette)
            || popup
            || self.menu_key(ctx);
        let focused = ctx.memory(|memory| memory.focused());
        if let Some(place) = focused.and_then(|id| self.place_of(ctx, id)) {
            self.state.active = place;
        }
        let focus = if taken {
            Focus::Taken
        } else if self.is_covered() {
            self.keep_inside(ctx, focused)
        } else {
            self.keep_somewhere(ctx, focused)
        };
        self.keyboard.last = focused.map(|id| (id, focus));
        focus
    }

    /// What the pointer and the keys of this pass say about which of the two leads.
    fn follow_input(&mut self, ctx: &egui::Context) {
        let pressed = ctx.input(|input| input.pointer.any_pressed().then(|| input.pointer.interact_pos())).flatten();
        if let Some(pos) = pressed {
            self.keyboard.led = false;
            self.keyboard.by_place = false;
            if ctx.layer_id_at(pos).is_some_and(in_background)
                && let Some((place, _)) = self.places.iter().find(|(_, rect)| rect.contains(pos))
            {
                self.state.active = *place;
            }
        }
        let key = |event: &egui::Event| matches!(event, egui::Event::Key { pressed: true, .. });
        if ctx.input(|input| input.events.iter().any(key)) {
            self.keyboard.led = true;
        }
    }

    /// The place that a widget stands in; `None` in windows, bars and menus over the places.
    fn place_of(&self, ctx: &egui::Context, id: Id) -> Option<Place> {
        let response = ctx.read_response(id).filter(|response| in_background(response.layer_id))?;
        let at = response.rect.center();
        self.places.iter().find(|(_, rect)| rect.contains(at)).map(|(place, _)| *place)
    }

    /// Gives the keyboard back to what had it before a window or a menu was opened.
    fn come_back(&mut self, ctx: &egui::Context, popup: bool) {
        let covered = self.is_covered();
        let focused = ctx.memory(|memory| memory.focused());
        let before_popup = match popup && !self.keyboard.popups.open {
            true => self.keyboard.before_menu.take().unwrap_or(focused),
            false => focused,
        };
        let back = [self.keyboard.popups.follow(popup, before_popup), self.keyboard.windows.follow(covered, focused)];
        if self.state.focus.is_some() || !self.keyboard.led {
            self.keyboard.back = None;
            return;
        }
        // What took the keyboard meanwhile on its own keeps it.
        let gone = focused.is_none_or(|id| ctx.read_response(id).is_none_or(|r| !in_background(r.layer_id)));
        if !gone {
            self.keyboard.back = None;
        }
        for to in back.into_iter().flatten() {
            match to.filter(|id| ctx.read_response(*id).is_some()) {
                Some(id) if gone => (self.keyboard.back, self.keyboard.waits) = (Some(id), SETTLING),
                _ => {}
            }
        }
        let Some(id) = self.keyboard.back else { return };
        let layer = ctx.read_response(id).map(|response| response.layer_id);
        let free = layer.is_some_and(|layer| ctx.memory(|memory| memory.allows_interaction(layer)));
        if !free && !covered && !popup {
            // In the pass after a window has closed, nothing under it can take the keyboard yet.
            self.keyboard.waits = self.keyboard.waits.saturating_sub(1);
            ctx.request_repaint();
        }
        if free || covered || popup || self.keyboard.waits == 0 {
            self.keyboard.back = None;
            if free {
                ctx.memory_mut(|memory| memory.request_focus(id));
            }
        }
    }

    fn enter_opened_menu(&mut self, ctx: &egui::Context, popup: bool) {
        let Some(passes) = self.keyboard.enter else { return };
        self.keyboard.enter = passes.checked_sub(1);
        if self.keyboard.enter.is_none() && popup {
            ctx.memory_mut(|memory| memory.move_focus(FocusDirection::Down));
        }
        ctx.request_repaint();
    }

    /// The menu key, or Shift+F10, on what has the keyboard. Returns whether it was pressed.
    fn menu_key(&mut self, ctx: &egui::Context) -> bool {
        let pressed = ctx.input_mut(|input| {
            input.consume_key(Modifiers::SHIFT, Key::F10) || input.consume_key(Modifiers::NONE, Key::Menu)
        });
        if pressed && let Some(id) = ctx.memory(|memory| memory.focused()) {
            widgets::ask_for_menu(ctx, id);
            self.enter_menu(ctx);
        }
        pressed
    }

    /// While windows are open: keeps the keyboard in them, as long as it is not elsewhere by a click.
    fn keep_inside(&mut self, ctx: &egui::Context, focused: Option<Id>) -> Focus {
        let of_sheet = |layer: LayerId| self.state.sheets.iter().any(|sheet| sheet::layer(*sheet) == layer);
        let escaped = ctx.input(|input| input.key_pressed(Key::Escape));
        match focused {
            Some(id) => {
                let layer = ctx.read_response(id).map(|response| response.layer_id);
                if let Some(layer) = layer.filter(|layer| of_sheet(*layer)) {
                    self.keyboard.inside = Some(id);
                    self.hold(ctx, layer);
                }
            }
            None if self.keyboard.led && !escaped => {
                // A field lets go of the keyboard with Enter.
                let inside = self.keyboard.inside.and_then(|id| ctx.read_response(id));
                let inside = inside.filter(|response| of_sheet(response.layer_id) && response.enabled());
                if let Some(response) = inside {
                    response.request_focus();
                    self.hold(ctx, response.layer_id);
                } else if let Some(layer) = sheet::top(ctx, &self.state.sheets) {
                    self.hold(ctx, layer);
                }
            }
            None => {}
        }
        let typing = ctx.text_edit_focused() || (escaped && self.was_typing());
        if typing { Focus::Typing } else { Focus::Sheet }
    }

    /// Lets Tab and arrows go round in a window only. The pointer stays free to press elsewhere: it
    /// lifts this.
    fn hold(&self, ctx: &egui::Context, layer: LayerId) {
        let pointed = ctx.input(|input| input.pointer.is_moving() || input.pointer.any_down());
        if self.keyboard.led && !pointed {
            ctx.memory_mut(|memory| memory.set_modal_layer(layer));
        }
        ctx.move_to_top(layer);
    }

    fn was_typing(&self) -> bool {
        matches!(self.keyboard.last, Some((_, Focus::Typing)))
    }

    /// Where no window is open: what has the keyboard, or had it until Escape, and the text where
    /// nothing has.
    fn keep_somewhere(&mut self, ctx: &egui::Context, focused: Option<Id>) -> Focus {
        self.keyboard.inside = None;
        let Some(id) = focused else {
            self.keyboard.settling = self.keyboard.settling.saturating_sub(1);
            if self.keyboard.settling > 0 || self.keyboard.back.is_some() {
                ctx.request_repaint();
            } else if (self.keyboard.led || !self.keyboard.begun) && self.reader.has_text() {
                self.state.focus = Some(Place::Reader);
                self.state.active = Place::Reader;
                ctx.request_repaint();
            }
            // The toolkit takes the keyboard away with Escape before anyone is asked: that Escape
            // belongs to what had it.
            let escaped = ctx.input(|input| input.key_pressed(Key::Escape));
            return match self.keyboard.last {
                Some((_, Focus::Text)) | None => Focus::Text,
                Some(_) if escaped => Focus::Typing,
                Some(_) => Focus::Text,
            };
        };
        self.keyboard.settling = 0;
        self.keyboard.begun = true;
        if ctx.text_edit_focused() {
            Focus::Typing
        } else if self.reader.has_keys(id) {
            Focus::Text
        } else if self.place_of(ctx, id).is_some() {
            Focus::Control
        } else {
            Focus::Sheet
        }
    }

    /// Frames what has the keyboard, and the place that it was moved to by keys.
    pub(super) fn frame_active(&self, ctx: &egui::Context, theme: &Theme) {
        let stroke = Stroke::new(2.0, theme.accent);
        let covered = self.is_covered();
        if self.keyboard.by_place
            && !covered
            && let Some(rect) = self.places.get(&self.state.active)
        {
            // In the layer of the places: what is open over them stays over the frame.
            ctx.layer_painter(LayerId::background()).rect_stroke(*rect, 0.0, stroke, StrokeKind::Inside);
        }
        if !self.keyboard.led || ctx.text_edit_focused() {
            return; // A text field frames itself.
        }
        let Some(id) = ctx.memory(|memory| memory.focused()) else { return };
        if self.reader.has_keys(id) {
            return; // The caret shows it.
        }
        let Some(response) = ctx.read_response(id) else { return };
        let whole_place = self
            .places
            .get(&self.state.active)
            .is_some_and(|place| in_background(response.layer_id) && response.rect.area() > 0.6 * place.area());
        if self.keyboard.by_place && whole_place {
            return; // The frame of the place is that of what has the keyboard.
        }
        // Within the place or the window that it stands in: what lies beside those has frames of its own.
        let around = if in_background(response.layer_id) {
            self.places.values().find(|place| place.contains_rect(response.interact_rect)).copied()
        } else {
            ctx.memory(|memory| memory.area_rect(response.layer_id.id)).map(|area| area.shrink(4.0))
        };
        let around = around.map_or(ctx.content_rect(), |around| around.intersect(ctx.content_rect()));
        if let Some(rect) = ring(response.interact_rect, around) {
            ctx.layer_painter(response.layer_id).rect_stroke(rect, 5.0, stroke, StrokeKind::Inside);
        }
    }
}

/// The frame of a widget, as far as it is within bounds: around it, so that it shows on any ground, and
/// clear of the words of what is large.
fn ring(widget: Rect, bounds: Rect) -> Option<Rect> {
    let around = if widget.size().min_elem() > 80.0 { 6.0 } else { 3.0 };
    let rect = widget.expand(around).intersect(bounds);
    (widget.is_positive() && rect.is_positive()).then_some(rect)
}

fn in_background(layer: LayerId) -> bool {
    layer.order == Order::Background
}

#[cfg(test)]
mod tests {
    use super::*;
    use egui::{pos2, vec2};

    #[test]
    fn the_keyboard_comes_back_to_where_it_was() {
        let (before, inside) = (Id::unique("before"), Id::unique("inside"));
        let mut back = Return::default();
        for (open, focused, expected) in [
            (false, Some(before), None),
            (true, Some(before), None),
            (true, Some(inside), None),
            (false, Some(inside), Some(Some(before))),
            (false, None, None),
            (true, None, None),
            (false, Some(inside), Some(None)),
        ] {
            assert_eq!(back.follow(open, focused), expected, "{open}, {focused:?}");
        }
    }

    #[test]
    fn a_ring_stays_on_the_screen() {
        let screen = Rect::from_min_size(pos2(0.0, 0.0), vec2(100.0, 100.0));
        let at = |x: f32, y: f32| Rect::from_min_size(pos2(x, y), vec2(20.0, 10.0));
        for (widget, expected) in [
            (at(40.0, 40.0), Some(Rect::from_min_max(pos2(37.0, 37.0), pos2(63.0, 53.0)))),
            (at(0.0, 95.0), Some(Rect::from_min_max(pos2(0.0, 92.0), pos2(23.0, 100.0)))),
            (at(200.0, 40.0), None),
            (Rect::NOTHING, None),
        ] {
            assert_eq!(ring(widget, screen), expected, "{widget:?}");
        }
    }
}
