//! The sheet of shortcuts, made from the list of actions; a click on keys changes them.

use egui::{Event, Key, KeyboardShortcut, Modifiers, RichText, Ui};

use crate::ui::actions::{Action, Menu, keys_in_words};
use crate::ui::fonts::size;
use crate::ui::state::{Request, Sheet, View};
use crate::ui::theme::{self, space};
use crate::ui::{keymap, sheet, widgets};

/// The sheet's own state: which action waits for keys, and what was wrong with the last ones.
#[derive(Debug, Default)]
pub struct Shortcuts {
    waiting: Option<Action>,
    problem: Option<String>,
}

impl Shortcuts {
    /// Whether the next keys are to become those of an action.
    pub fn is_waiting(&self) -> bool {
        self.waiting.is_some()
    }

    /// Draws it where it is open.
    pub fn show(&mut self, ctx: &egui::Context, view: &mut View<'_>) {
        if !view.state.sheets.contains(&Sheet::Shortcuts) {
            *self = Self::default();
            return;
        }
        self.listen(ctx, view);
        sheet::show(ctx, view, Sheet::Shortcuts, "Keyboard shortcuts", 760.0, |ui, view| self.content(ui, view));
    }

    fn content(&mut self, ui: &mut Ui, view: &mut View<'_>) {
        let theme = view.theme.clone();
        let (words, colour) = match (&self.problem, self.waiting) {
            (Some(problem), _) => (problem.clone(), theme.bad),
            (None, Some(action)) => {
                let label = action.label(view.session, view.state);
                (format!("Press the new keys of “{label}”, or Escape to leave them as they are."), theme.accent)
            }
            (None, None) => {
                let words = "Keys without Ctrl count where nothing is being typed; Tab, Enter and Backspace in the \
                             text only. A click on keys changes them.";
                (words.to_owned(), theme.secondary)
            }
        };
        ui.label(RichText::new(words).color(colour));
        if view.state.keys.is_changed_at_all() && ui.button("All as they were").clicked() {
            let mut keys = view.state.keys.clone();
            keys.reset_all();
            view.ask(Request::Keys(keys));
        }
        ui.add_space(space::M);
        let most = (ui.ctx().content_rect().height() - 200.0).max(200.0);
        sheet::scrolled_by_keys(ui, "All actions with their keys", most);
        egui::ScrollArea::vertical().max_height(most).auto_shrink([false, true]).show(ui, |ui| {
            ui.columns(2, |columns| {
                let [left, right] = columns else { return };
                for menu in [Menu::Claims, Menu::Facts, Menu::Help] {
                    self.group(left, view, menu);
                }
                for menu in [Menu::File, Menu::Edit, Menu::View] {
                    self.group(right, view, menu);
                }
            });
        });
    }

    fn group(&mut self, ui: &mut Ui, view: &mut View<'_>, menu: Menu) {
        ui.spacing_mut().item_spacing.y = 2.0;
        ui.label(RichText::new(menu.title()).font(theme::strong(size::BODY)));
        ui.add_space(space::XS);
        for action in Action::all().into_iter().filter(|action| action.menu().0 == menu) {
            let text = action.label(view.session, view.state);
            let words = RichText::new(&text).color(view.theme.text);
            widgets::words_before_end(ui, 22.0, words, |ui| {
                ui.spacing_mut().item_spacing.x = space::XS;
                ui.add_space(space::M);
                self.keys(ui, view, action, &text);
                ui.add_space(space::XS);
            });
        }
        ui.add_space(space::L);
    }

    fn keys(&mut self, ui: &mut Ui, view: &mut View<'_>, action: Action, text: &str) {
        let shortcuts = view.state.keys.shortcuts(action, ui.ctx().os());
        let colour = if view.state.keys.is_changed(action) { view.theme.accent } else { view.theme.secondary };
        let mut words: Vec<String> = shortcuts.iter().map(|keys| keys_in_words(ui.ctx(), *keys)).collect();
        if self.waiting == Some(action) {
            words = vec!["press keys".to_owned()];
        } else if words.is_empty() {
            words = vec!["–".to_owned()];
        }
        for words in words.iter().rev() {
            let cap = egui::Button::new(RichText::new(words).size(size::REASON - 0.5).color(colour))
                .small()
                .corner_radius(3)
                .fill(view.theme.field);
            let response = ui.add(cap).on_hover_text("Change these keys");
            if response.accessible_name(format!("{words}, keys of {text}")).clicked() {
                self.waiting = Some(action);
                self.problem = None;
            }
        }
        if view.state.keys.is_changed(action) {
            let reset = egui::Button::new(RichText::new("reset").size(size::REASON)).small().frame_when_inactive(false);
            if ui.add(reset).accessible_name(format!("Reset keys of {text}")).clicked() {
                let mut keys = view.state.keys.clone();
                keys.reset(action);
                view.ask(Request::Keys(keys));
            }
        }
    }

    /// Takes the keys that an action waits for.
    fn listen(&mut self, ctx: &egui::Context, view: &mut View<'_>) {
        let Some(action) = self.waiting else { return };
        let pressed = ctx.input_mut(|input| {
            let place = input.events.iter().position(|event| matches!(event, Event::Key { pressed: true, .. }))?;
            match input.events.remove(place) {
                Event::Key { key, modifiers, .. } => Some((key, modifiers)),
                _ => None,
            }
        });
        let Some((key, modifiers)) = pressed else { return };
        self.waiting = None;
        if key == Key::Escape {
            return;
        }
        let keys = KeyboardShortcut::new(as_pattern(modifiers), key);
        let mut keymap = view.state.keys.clone();
        self.problem = if !keymap::fits(action, keys) {
            Some("These keys are needed for typing; add Ctrl, or take a function key.".to_owned())
        } else {
            let words = keys_in_words(ctx, keys);
            let clash = keymap.set(action, keys, ctx.os()).err();
            clash.map(|other| format!("{words} is taken by “{}”.", other.label(view.session, view.state)))
        };
        if self.problem.is_none() {
            view.ask(Request::Keys(keymap));
        }
    }
}

/// Pressed modifiers as a shortcut names them: the system's main one as "command".
fn as_pattern(pressed: Modifiers) -> Modifiers {
    Modifiers { ctrl: pressed.ctrl && !pressed.command, mac_cmd: false, ..pressed }
}
