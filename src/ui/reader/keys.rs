//! What keys mean in the reader. Pure: a key and its modifiers give a deed.

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
    /// Tag the selection with the category of a digit, or give the chosen claim that category.
    Digit(u8),
    /// Choose the next suggestion, or with `back` the one before.
    Suggestion {
        /// Whether to go back.
        back: bool,
    },
    /// Accept the chosen suggestion.
    Accept,
    /// Reject the chosen suggestion.
    Reject,
    /// Delete the chosen claim.
    Delete,
    /// Accept the chosen suggestion and go on to its fields; go to the fields of the chosen claim.
    Edit,
    /// Accept all suggestions of the article that are graded sure.
    AcceptSure,
    /// Swap giver and receiver of the chosen claim.
    Swap,
    /// Move a boundary of the selection or of the chosen claim.
    Nudge(Nudge),
    /// Drop the selection; else choose nothing.
    Clear,
    /// Copy the selected words.
    Copy,
}

/// How a boundary moves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Nudge {
    /// The end rather than the beginning.
    pub end: bool,
    /// Outwards, so that the span grows.
    pub grow: bool,
    /// By a letter rather than a word.
    pub letter: bool,
}

/// What an event does in a reader whose view is `height` points high. `None` leaves the event to
/// others.
///
/// `[` moves the beginning of a claim out by a word and `]` its end; with Shift they move it in;
/// with Alt they move it by a letter.
pub fn deed(event: &Event, height: f32) -> Option<Deed> {
    match event {
        Event::Copy => Some(Deed::Copy),
        Event::Key { key, pressed: true, modifiers, .. } => of_key(*key, *modifiers, height),
        _ => None,
    }
}

fn of_key(key: Key, modifiers: Modifiers, height: f32) -> Option<Deed> {
    if let Some(nudge) = nudge(key, modifiers) {
        return Some(Deed::Nudge(nudge));
    }
    let ctrl = modifiers.command || modifiers.ctrl;
    let page = (height - super::layout::LINE * 2.0).max(super::layout::LINE);
    let motion = match key {
        Key::ArrowLeft if ctrl => Some(Motion::WordLeft),
        Key::ArrowRight if ctrl => Some(Motion::WordRight),
        Key::ArrowUp if ctrl => Some(Motion::ParagraphUp),
        Key::ArrowDown if ctrl => Some(Motion::ParagraphDown),
        Key::ArrowLeft => Some(Motion::Left),
        Key::ArrowRight => Some(Motion::Right),
        Key::ArrowUp => Some(Motion::Up),
        Key::ArrowDown => Some(Motion::Down),
        Key::Home if ctrl => Some(Motion::Start),
        Key::End if ctrl => Some(Motion::End),
        Key::Home => Some(Motion::RowStart),
        Key::End => Some(Motion::RowEnd),
        Key::PageUp => Some(Motion::PageUp(page)),
        Key::PageDown => Some(Motion::PageDown(page)),
        Key::Space if modifiers.is_none() => Some(Motion::PageDown(page)),
        Key::Space if modifiers.shift_only() => Some(Motion::PageUp(page)),
        _ => None,
    };
    if let Some(motion) = motion {
        let extend = modifiers.shift && key != Key::Space;
        return (!modifiers.alt).then_some(Deed::Move { motion, extend });
    }
    if key == Key::Tab && !ctrl && !modifiers.alt {
        return Some(Deed::Suggestion { back: modifiers.shift });
    }
    if !modifiers.is_none() {
        return None;
    }
    match key {
        Key::Enter => Some(Deed::Accept),
        Key::Backspace => Some(Deed::Reject),
        Key::Delete => Some(Deed::Delete),
        Key::E => Some(Deed::Edit),
        Key::A => Some(Deed::AcceptSure),
        Key::X => Some(Deed::Swap),
        Key::Escape => Some(Deed::Clear),
        _ => digit(key).map(Deed::Digit),
    }
}

fn digit(key: Key) -> Option<u8> {
    const DIGITS: [Key; 10] =
        [Key::Num0, Key::Num1, Key::Num2, Key::Num3, Key::Num4, Key::Num5, Key::Num6, Key::Num7, Key::Num8, Key::Num9];
    DIGITS.iter().position(|digit| *digit == key).and_then(|digit| u8::try_from(digit).ok())
}

/// Layouts differ in whether Shift turns a bracket into a brace; both are known.
fn nudge(key: Key, modifiers: Modifiers) -> Option<Nudge> {
    let (end, brace) = match key {
        Key::OpenBracket => (false, false),
        Key::CloseBracket => (true, false),
        Key::OpenCurlyBracket => (false, true),
        Key::CloseCurlyBracket => (true, true),
        _ => return None,
    };
    // Ctrl and Alt together are AltGr, with which many layouts type brackets.
    let alt_gr = modifiers.ctrl && modifiers.alt;
    let ctrl = (modifiers.command || modifiers.ctrl) && !alt_gr;
    (!ctrl).then_some(Nudge { end, grow: !(brace || modifiers.shift), letter: modifiers.alt && !alt_gr })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(key: Key, modifiers: Modifiers, expected: Option<Deed>) {
        assert_eq!(of_key(key, modifiers, 600.0), expected, "{key:?} with {modifiers:?}");
    }

    #[test]
    fn keys_and_their_deeds() {
        let (none, shift, ctrl, alt) = (Modifiers::NONE, Modifiers::SHIFT, Modifiers::COMMAND, Modifiers::ALT);
        let go = |motion, extend| Some(Deed::Move { motion, extend });
        let nudge = |end, grow, letter| Some(Deed::Nudge(Nudge { end, grow, letter }));
        for (key, modifiers, expected) in [
            (Key::ArrowRight, none, go(Motion::Right, false)),
            (Key::ArrowRight, shift, go(Motion::Right, true)),
            (Key::ArrowRight, ctrl, go(Motion::WordRight, false)),
            (Key::ArrowLeft, ctrl | shift, go(Motion::WordLeft, true)),
            (Key::ArrowLeft, alt, None),
            (Key::End, ctrl | shift, go(Motion::End, true)),
            (Key::PageDown, none, go(Motion::PageDown(546.0), false)),
            (Key::Space, shift, go(Motion::PageUp(546.0), false)),
            (Key::Tab, none, Some(Deed::Suggestion { back: false })),
            (Key::Tab, shift, Some(Deed::Suggestion { back: true })),
            (Key::Tab, ctrl, None),
            (Key::Num1, none, Some(Deed::Digit(1))),
            (Key::Num0, none, Some(Deed::Digit(0))),
            (Key::Num1, ctrl, None),
            (Key::A, none, Some(Deed::AcceptSure)),
            (Key::A, ctrl, None),
            (Key::Z, ctrl, None),
            (Key::OpenBracket, none, nudge(false, true, false)),
            (Key::CloseBracket, shift, nudge(true, false, false)),
            (Key::CloseCurlyBracket, shift, nudge(true, false, false)),
            (Key::CloseBracket, alt, nudge(true, true, true)),
            (Key::OpenBracket, ctrl, None),
        ] {
            check(key, modifiers, expected);
        }
    }
}
