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

/// What an event does in a reader whose view is `height` points high; `mac` asks for the keys of
/// macOS. `None` leaves the event to others.
pub fn deed(event: &Event, height: f32, mac: bool) -> Option<Deed> {
    match event {
        Event::Copy => Some(Deed::Copy),
        Event::Key { key, pressed: true, modifiers, .. } => of_key(*key, *modifiers, height, mac),
        _ => None,
    }
}

fn of_key(key: Key, modifiers: Modifiers, height: f32, mac: bool) -> Option<Deed> {
    let page = (height - super::layout::LINE * 2.0).max(super::layout::LINE);
    let held = (modifiers.command || (modifiers.ctrl && !mac), modifiers.alt, modifiers.ctrl && mac);
    let motion = if mac { of_mac(key, held) } else { of_others(key, held) };
    let motion = match (motion, key, held) {
        (Some(motion), ..) => motion,
        (_, Key::PageUp, (false, false, false)) => Motion::PageUp(page),
        (_, Key::PageDown, (false, false, false)) => Motion::PageDown(page),
        (_, Key::Space, (false, false, false)) if modifiers.shift => Motion::PageUp(page),
        (_, Key::Space, (false, false, false)) => Motion::PageDown(page),
        _ => return None,
    };
    Some(Deed::Move { motion, extend: modifiers.shift && key != Key::Space })
}

/// The arrows and their like as Linux and Windows have them, given whether Ctrl and Alt are held:
/// words and paragraphs with Ctrl, sentences with Alt.
fn of_others(key: Key, held: (bool, bool, bool)) -> Option<Motion> {
    Some(match (key, held.0, held.1) {
        (Key::ArrowLeft, false, false) => Motion::Left,
        (Key::ArrowRight, false, false) => Motion::Right,
        (Key::ArrowUp, false, false) => Motion::Up,
        (Key::ArrowDown, false, false) => Motion::Down,
        (Key::Home, false, false) => Motion::RowStart,
        (Key::End, false, false) => Motion::RowEnd,
        (Key::ArrowLeft, true, false) => Motion::WordLeft,
        (Key::ArrowRight, true, false) => Motion::WordRight,
        (Key::ArrowUp, true, false) => Motion::ParagraphUp,
        (Key::ArrowDown, true, false) => Motion::ParagraphDown,
        (Key::Home, true, false) => Motion::Start,
        (Key::End, true, false) => Motion::End,
        (Key::ArrowLeft, false, true) => Motion::SentenceLeft,
        (Key::ArrowRight, false, true) => Motion::SentenceRight,
        _ => return None,
    })
}

/// The same as macOS has them, given whether Command, Option and Control are held: words and
/// paragraphs with Option, rows and the whole text with Command, sentences with Option and Control.
fn of_mac(key: Key, held: (bool, bool, bool)) -> Option<Motion> {
    Some(match (key, held) {
        (Key::ArrowLeft, (false, false, false)) => Motion::Left,
        (Key::ArrowRight, (false, false, false)) => Motion::Right,
        (Key::ArrowUp, (false, false, false)) => Motion::Up,
        (Key::ArrowDown, (false, false, false)) => Motion::Down,
        (Key::ArrowLeft, (false, true, false)) => Motion::WordLeft,
        (Key::ArrowRight, (false, true, false)) => Motion::WordRight,
        (Key::ArrowUp, (false, true, false)) => Motion::ParagraphUp,
        (Key::ArrowDown, (false, true, false)) => Motion::ParagraphDown,
        (Key::ArrowLeft, (true, false, false)) => Motion::RowStart,
        (Key::ArrowRight, (true, false, false)) => Motion::RowEnd,
        (Key::ArrowUp, (true, false, false)) | (Key::Home, (false, false, false)) => Motion::Start,
        (Key::ArrowDown, (true, false, false)) | (Key::End, (false, false, false)) => Motion::End,
        (Key::ArrowLeft, (false, true, true)) => Motion::SentenceLeft,
        (Key::ArrowRight, (false, true, true)) => Motion::SentenceRight,
        _ => return None,
    })
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
            (Key::ArrowLeft, alt, go(Motion::SentenceLeft, false)),
            (Key::ArrowRight, alt | shift, go(Motion::SentenceRight, true)),
            (Key::ArrowUp, alt, None),
            (Key::End, ctrl | shift, go(Motion::End, true)),
            (Key::PageDown, none, go(Motion::PageDown(546.0), false)),
            (Key::PageDown, ctrl, None),
            (Key::Space, shift, go(Motion::PageUp(546.0), false)),
            (Key::Tab, none, None),
            (Key::A, none, None),
            (Key::Num1, none, None),
        ] {
            assert_eq!(of_key(key, modifiers, 600.0, false), expected, "{key:?} with {modifiers:?}");
        }
    }

    #[test]
    fn macos_has_its_own() {
        let (none, shift, option) = (Modifiers::NONE, Modifiers::SHIFT, Modifiers::ALT);
        let command = Modifiers { mac_cmd: true, command: true, ..Modifiers::NONE };
        let control = Modifiers { ctrl: true, ..Modifiers::NONE };
        let go = |motion, extend| Some(Deed::Move { motion, extend });
        for (key, modifiers, expected) in [
            (Key::ArrowRight, none, go(Motion::Right, false)),
            (Key::ArrowRight, option, go(Motion::WordRight, false)),
            (Key::ArrowRight, command, go(Motion::RowEnd, false)),
            (Key::ArrowLeft, command | shift, go(Motion::RowStart, true)),
            (Key::ArrowUp, command, go(Motion::Start, false)),
            (Key::ArrowDown, option | shift, go(Motion::ParagraphDown, true)),
            (Key::ArrowLeft, option | control, go(Motion::SentenceLeft, false)),
            (Key::End, none, go(Motion::End, false)),
            (Key::ArrowLeft, control, None),
            (Key::PageDown, none, go(Motion::PageDown(546.0), false)),
        ] {
            assert_eq!(of_key(key, modifiers, 600.0, true), expected, "{key:?} with {modifiers:?}");
        }
    }
}
