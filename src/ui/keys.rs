//! The keyboard: which pressed keys are actions, and which are left to the widgets.

use egui::os::OperatingSystem;
use egui::{Event, Key, Modifiers};

use super::actions::{self, Action, Reach};
use super::state::UiState;
use crate::session::Session;

/// Where the keyboard is, as far as actions care.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Focus {
    /// In the text, or nowhere in particular.
    Text,
    /// On a control that is no text field: it needs Enter, Tab, Backspace itself.
    Control,
    /// On a control of a window inside the window, or anywhere while one is open.
    Sheet,
    /// In a text field.
    Typing,
    /// In a menu or a window that wants all keys.
    Taken,
}

impl Focus {
    fn allows(self, reach: Reach) -> bool {
        match self {
            Self::Text => true,
            Self::Control => reach != Reach::Text,
            Self::Sheet => matches!(reach, Reach::Everywhere | Reach::Untyped),
            Self::Typing => reach == Reach::Everywhere,
            Self::Taken => false,
        }
    }
}

/// Passes until what a key has opened has the keyboard for sure: it may be measured first, and scrolled to.
const OPENING: u8 = 4;

/// What the toolkit is not to see of the keyboard, or not yet.
///
/// Tab, while the text has the keyboard and there are suggestions to step through: there it chooses
/// the next one. Elsewhere it goes from control to control, as everywhere.
///
/// What is typed right behind a key that opens something to type into, until that has the keyboard: on
/// a slow machine several keys come in one frame, and "1" behind Ctrl+F would tag what is selected.
#[derive(Debug, Default)]
pub struct Guard {
    keeps_tab: bool,
    tabs: Vec<Modifiers>,
    ahead: Vec<Event>,
    waits: u8,
    /// Whether the letter of the key that opens something is still to come.
    own: bool,
}

impl Guard {
    /// Keeps back what is typed while something opens, and lets it go once that is open.
    fn hold_back(&mut self, ctx: &egui::Context, input: &mut egui::RawInput) {
        if self.waits > 0 {
            self.waits -= 1;
            ctx.request_repaint();
            let typed: Vec<Event> = input.events.extract_if(.., |event| is_typed(event)).collect();
            typed.into_iter().for_each(|event| self.keep(event));
        } else if !self.ahead.is_empty() {
            let new = std::mem::take(&mut input.events);
            input.events = std::mem::take(&mut self.ahead);
            input.events.extend(new);
        }
    }
}

impl Guard {
    /// Keeps an event for later, unless it is the letter of the very key that opens something: that
    /// comes right behind it.
    fn keep(&mut self, event: Event) {
        match event {
            Event::Text(_) if std::mem::take(&mut self.own) => return,
            Event::Key { pressed: true, .. } => self.own = false,
            _ => {}
        }
        self.ahead.push(event);
    }
}

/// Whether an event comes from the keyboard.
fn is_typed(event: &Event) -> bool {
    matches!(event, Event::Key { .. } | Event::Text(_) | Event::Ime(_) | Event::Paste(_) | Event::Cut | Event::Copy)
}

impl egui::Plugin for Guard {
    fn debug_name(&self) -> &'static str {
        "keys that are kept back"
    }

    fn input_hook(&mut self, ctx: &egui::Context, input: &mut egui::RawInput) {
        self.hold_back(ctx, input);
        if !self.keeps_tab {
            return;
        }
        let taken = &mut self.tabs;
        input.events.retain(|event| match event {
            Event::Key { key: Key::Tab, pressed: true, modifiers, .. }
                if modifiers.is_none() || modifiers.shift_only() =>
            {
                taken.push(*modifiers);
                false
            }
            _ => true,
        });
    }
}

/// Whether keys are those that the list gives to an action which now has others.
fn given_away(all: &[Action], state: &UiState, os: OperatingSystem, key: Key, modifiers: Modifiers) -> bool {
    let had = |action: &Action| {
        state.keys.is_changed(*action)
            && action.reach() != Reach::Everywhere
            && action.shortcuts(os).iter().any(|shortcut| actions::matches(*shortcut, key, modifiers))
    };
    state.keys.is_changed_at_all() && all.iter().any(had)
}

/// Takes the keys of actions out of the input and gives the actions, in the order of pressing.
pub fn pressed(ctx: &egui::Context, session: &Session, state: &UiState, focus: Focus) -> Vec<Action> {
    let all = Action::all();
    let os = ctx.os();
    let covered = !state.sheets.is_empty();
    let meant = |key: Key, modifiers: Modifiers| {
        all.iter().copied().find(|action| {
            focus.allows(action.reach())
                && !(covered && action.moves_keyboard())
                && state.keys.shortcuts(*action, os).iter().any(|shortcut| actions::matches(*shortcut, key, modifiers))
                && action.enabled(session, state)
        })
    };
    let mut found = Vec::new();
    let mut letter = false;
    let (mut opening, mut own) = (false, false);
    let mut ahead = Vec::new();
    ctx.input_mut(|input| {
        input.events.retain(|event| {
            if opening && is_typed(event) {
                ahead.push(event.clone());
                return false;
            }
            let Event::Key { key, pressed: true, modifiers, .. } = event else { return true };
            match meant(*key, *modifiers) {
                Some(action) => {
                    letter |= modifiers.alt || action.sheet().is_some();
                    (opening, own) = (action.takes_keyboard(), !modifiers.command);
                    found.push(action);
                }
                // Keys that an action has no longer do nothing, whoever else knows them.
                None => return focus != Focus::Text || !given_away(&all, state, os, *key, *modifiers),
            }
            false
        });
        if letter {
            // The letter of the keys is none of the words of what they open.
            input.events.retain(|event| !matches!(event, Event::Text(_)));
        }
    });
    let wanted = focus == Focus::Text && Action::NextSuggestion.enabled(session, state);
    let guard = ctx.plugin_or_default::<Guard>();
    let tabs = {
        let mut guard = guard.lock();
        guard.keeps_tab = wanted;
        if opening {
            (guard.waits, guard.own) = (OPENING, own);
            ahead.into_iter().for_each(|event| guard.keep(event));
        }
        std::mem::take(&mut guard.tabs)
    };
    found.extend(tabs.into_iter().filter_map(|modifiers| meant(Key::Tab, modifiers)));
    found
}
