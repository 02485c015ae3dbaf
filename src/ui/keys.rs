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

/// Keeps Tab from the toolkit while the text has the keyboard and there are suggestions to step
/// through: there it chooses the next one. Elsewhere Tab goes from control to control, as everywhere.
#[derive(Debug, Default)]
pub struct TabGuard {
    on: bool,
    taken: Vec<Modifiers>,
}

impl egui::Plugin for TabGuard {
    fn debug_name(&self) -> &'static str {
        "Tab in the text"
    }

    fn input_hook(&mut self, _ctx: &egui::Context, input: &mut egui::RawInput) {
        if !self.on {
            return;
        }
        let taken = &mut self.taken;
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
    ctx.input_mut(|input| {
        input.events.retain(|event| {
            let Event::Key { key, pressed: true, modifiers, .. } = event else { return true };
            match meant(*key, *modifiers) {
                Some(action) => {
                    letter |= modifiers.alt || action.sheet().is_some();
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
    let guard = ctx.plugin_or_default::<TabGuard>();
    let tabs = std::mem::take(&mut guard.lock().taken);
    found.extend(tabs.into_iter().filter_map(|modifiers| meant(Key::Tab, modifiers)));
    let wanted = focus == Focus::Text && Action::NextSuggestion.enabled(session, state);
    guard.lock().on = wanted;
    found
}
