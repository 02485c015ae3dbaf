//! What keys mean in the text itself: moving the caret, selecting, copying. Everything else that a
//! key can do is an action of the window.

use egui::{Event, Key, Modifiers};

use super::caret::Motion;

/// Something that a key does.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Deed {
    /// Move the caret; with `extend`, select on the way.
    Move {
        /// Where to.
        motion: Motion,
        /// Whether the selection grows.
        extend: bool,
    },
    /// Copy the selected words.
    Copy,
}

/// What an event does in a reader whose view is `height` points high. `None` leaves the event to
/// others.
pub fn deed(event: &Event, height: f32) -> Option<Deed> {
    match event {
        Event::Copy => Some(Deed::Copy),
        Event::Key { key, pressed: true, modifiers, .. } => of_key(*key, *modifiers, height),
        _ => None,
    }
}

fn of_key(key: Key, modifiers: Modifiers, height: f32) -> Option<Deed> {
    let ctrl = modifiers.command || modifiers.ctrl;
    let page = (height - super::layout::LINE * 2.0).max(super::layout::LINE);
    let motion = match key {
        _ if modifiers.alt => return None,
        Key::ArrowLeft if ctrl => Motion::WordLeft,
        Key::ArrowRight if ctrl => Motion::WordRight,
        Key::ArrowUp if ctrl => Motion::ParagraphUp,
        Key::ArrowDown if ctrl => Motion::ParagraphDown,
        Key::ArrowLeft => Motion::Left,
        Key::ArrowRight => Motion::Right,
        Key::ArrowUp => Motion::Up,
        Key::ArrowDown => Motion::Down,
        Key::Home if ctrl => Motion::Start,
        Key::End if ctrl => Motion::End,
        Key::Home => Motion::RowStart,
        Key::End => Motion::RowEnd,
        _ if ctrl => return None,
        Key::PageUp => Motion::PageUp(page),
        Key::PageDown => Motion::PageDown(page),
        Key::Space if modifiers.shift => Motion::PageUp(page),
        Key::Space => Motion::PageDown(page),
        _ => return None,
    };
    Some(Deed::Move { motion, extend: modifiers.shift && key != Key::Space })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_and_their_deeds() {
        let (none, shift, ctrl, alt) = (Modifiers::NONE, Modifiers::SHIFT, Modifiers::COMMAND, Modifiers::ALT);
        let go = |motion, extend| Some(Deed::Move { motion, extend });
        for (key, modifiers, expected) in [
            (Key::ArrowRight, none, go(Motion::Right, false)),
            (Key::ArrowRight, shift, go(Motion::Right, true)),
            (Key::ArrowRight, ctrl, go(Motion::WordRight, false)),
            (Key::ArrowLeft, ctrl | shift, go(Motion::WordLeft, true)),
            (Key::ArrowLeft, alt, None),
            (Key::End, ctrl | shift, go(Motion::End, true)),
            (Key::PageDown, none, go(Motion::PageDown(546.0), false)),
            (Key::PageDown, ctrl, None),
            (Key::Space, shift, go(Motion::PageUp(546.0), false)),
            (Key::Tab, none, None),
            (Key::A, none, None),
            (Key::Num1, none, None),
        ] {
            assert_eq!(of_key(key, modifiers, 600.0), expected, "{key:?} with {modifiers:?}");
        }
    }
}
