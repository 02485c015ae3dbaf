//! Which keys an action has: those of the list, or those that the user has given it instead.

use std::collections::BTreeMap;

use egui::os::OperatingSystem;
use egui::{Key, KeyboardShortcut, Modifiers};
use serde::{Deserialize, Serialize};

use super::actions::{self, Action};

/// Keys that were changed, by the action's name; an empty text is no keys at all.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Keymap {
    changed: BTreeMap<String, String>,
}

impl Keymap {
    /// The keys of an action, the one that is shown first.
    pub fn shortcuts(&self, action: Action, os: OperatingSystem) -> Vec<KeyboardShortcut> {
        match self.changed.get(&name(action)) {
            None => action.shortcuts(os),
            Some(text) => read(text).into_iter().collect(),
        }
    }

    /// The first keys of an action in words: "Ctrl+Z", "⌘Z", "Tab".
    pub fn words(&self, action: Action, ctx: &egui::Context) -> Option<String> {
        let first = self.shortcuts(action, ctx.os()).first().copied();
        first.map(|shortcut| actions::keys_in_words(ctx, shortcut))
    }

    /// Whether an action has other keys than those of the list.
    pub fn is_changed(&self, action: Action) -> bool {
        self.changed.contains_key(&name(action))
    }

    /// Whether any has.
    pub fn is_changed_at_all(&self) -> bool {
        !self.changed.is_empty()
    }

    /// Gives an action other keys.
    ///
    /// # Errors
    /// The action that has these keys already.
    pub fn set(&mut self, action: Action, keys: KeyboardShortcut, os: OperatingSystem) -> Result<(), Action> {
        let clash = |other: &Action| {
            *other != action
                && self.shortcuts(*other, os).iter().any(|taken| {
                    actions::matches(*taken, keys.logical_key, keys.modifiers)
                        || actions::matches(keys, taken.logical_key, taken.modifiers)
                })
        };
        if let Some(other) = Action::all().into_iter().find(clash) {
            return Err(other);
        }
        self.changed.remove(&name(action));
        if self.shortcuts(action, os).first() != Some(&keys) {
            self.changed.insert(name(action), write(keys));
        }
        Ok(())
    }

    /// Gives an action its keys of the list again, as far as no other has taken them meanwhile.
    pub fn reset(&mut self, action: Action) {
        self.changed.remove(&name(action));
    }

    /// Gives all actions their keys of the list again.
    pub fn reset_all(&mut self) {
        self.changed.clear();
    }
}

/// Whether an action can be given these keys: what types a character or moves the caret in a text
/// field would otherwise be lost there.
pub fn fits(action: Action, keys: KeyboardShortcut) -> bool {
    let function_key = keys.logical_key.name().len() > 1 && keys.logical_key.name().starts_with('F');
    action.reach() != actions::Reach::Everywhere || function_key || !keys.conflicts_with_text_editing()
}

/// An action's name in the settings.
fn name(action: Action) -> String {
    format!("{action:?}")
}

fn write(keys: KeyboardShortcut) -> String {
    let Modifiers { alt, ctrl, shift, command, .. } = keys.modifiers;
    let mut parts = Vec::new();
    for (on, word) in [(command, "Command"), (ctrl && !command, "Control"), (alt, "Alt"), (shift, "Shift")] {
        if on {
            parts.push(word);
        }
    }
    parts.push(keys.logical_key.name());
    parts.join(" ")
}

fn read(text: &str) -> Option<KeyboardShortcut> {
    let mut modifiers = Modifiers::NONE;
    let mut key = None;
    for word in text.split(' ') {
        match word {
            "Command" => modifiers = modifiers.plus(Modifiers::COMMAND),
            "Control" => modifiers = modifiers.plus(Modifiers::CTRL),
            "Alt" => modifiers = modifiers.plus(Modifiers::ALT),
            "Shift" => modifiers = modifiers.plus(Modifiers::SHIFT),
            name => key = Some(Key::from_name(name)?),
        }
    }
    key.map(|key| KeyboardShortcut::new(modifiers, key))
}

#[cfg(test)]
mod tests {
    use super::*;

    const OS: OperatingSystem = OperatingSystem::Nix;

    #[test]
    fn keys_are_written_and_read() {
        for action in Action::all() {
            for keys in action.shortcuts(OS) {
                assert_eq!(read(&write(keys)), Some(keys), "{action:?}");
            }
        }
        for text in ["", "Command", "Hyper Q"] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn changed_keys_take_the_place_of_those_of_the_list_and_clashes_are_refused() {
        let mut keymap = Keymap::default();
        let plain = |key| KeyboardShortcut::new(Modifiers::NONE, key);
        assert_eq!(keymap.set(Action::Accept, plain(Key::Y), OS), Ok(()));
        assert_eq!(keymap.shortcuts(Action::Accept, OS), [plain(Key::Y)]);
        assert_eq!(keymap.set(Action::Reject, plain(Key::Y), OS), Err(Action::Accept));
        assert_eq!(keymap.set(Action::Reject, plain(Key::Enter), OS), Ok(()), "which nothing has any more");
        keymap.reset_all();
        assert_eq!(keymap, Keymap::default());
        assert_eq!(keymap.set(Action::Undo, Action::Undo.shortcuts(OS)[0], OS), Ok(()));
        assert!(!keymap.is_changed_at_all(), "its own keys are no change");
    }

    #[test]
    fn keys_that_type_are_not_given_to_what_works_while_typing() {
        let plain = |key| KeyboardShortcut::new(Modifiers::NONE, key);
        assert!(fits(Action::Accept, plain(Key::Y)));
        assert!(!fits(Action::Palette, plain(Key::Y)));
        assert!(fits(Action::Palette, plain(Key::F2)));
        assert!(fits(Action::Palette, KeyboardShortcut::new(Modifiers::COMMAND, Key::Y)));
    }
}
