//! The keys of actions: which, where they count, and how they are said.

use egui::os::OperatingSystem;
use egui::{Key, KeyboardShortcut, Modifiers};

use super::{Action, Menu, Nudge};
use crate::claim::WordSort;
use crate::ui::state::Place;

/// Where the keys of an action count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// Everywhere, also while typing.
    Everywhere,
    /// Where nothing is being typed, in windows inside the window too.
    Untyped,
    /// Where nothing is being typed, and no window inside the window has the keyboard.
    NotTyping,
    /// In the text only, since other controls need the key themselves (Enter, Tab, Backspace).
    Text,
}

impl Action {
    /// Where its keys count.
    pub fn reach(self) -> Reach {
        match self {
            Self::Accept | Self::Reject | Self::NextSuggestion | Self::PreviousSuggestion => Reach::Text,
            Self::Edit
            | Self::AcceptAllSure
            | Self::AcceptAllSureEverywhere
            | Self::Swap
            | Self::AddEvidence
            | Self::Teach(_)
            | Self::Tag(_)
            | Self::TagAgain
            | Self::Nudge(_)
            | Self::NudgeLetter(_)
            | Self::NextClaim
            | Self::PreviousClaim
            | Self::ChooseNothing
            | Self::DeleteClaim
            | Self::ShowFact
            | Self::ToggleDone
            | Self::SetMetadata => Reach::NotTyping,
            Self::Undo | Self::Redo => Reach::Untyped,
            _ => Reach::Everywhere,
        }
    }

    /// Its keys as the list has them, the one that is shown first; the user's own are in the keymap.
    pub fn shortcuts(self, os: OperatingSystem) -> Vec<KeyboardShortcut> {
        use Key as K;
        let mac = os.is_mac();
        let plain = |key| KeyboardShortcut::new(Modifiers::NONE, key);
        let shift = |key| KeyboardShortcut::new(Modifiers::SHIFT, key);
        let command = |key| KeyboardShortcut::new(Modifiers::COMMAND, key);
        let command_shift = |key| KeyboardShortcut::new(Modifiers::COMMAND.plus(Modifiers::SHIFT), key);
        let command_alt = |key| KeyboardShortcut::new(Modifiers::COMMAND.plus(Modifiers::ALT), key);
        let alt = |key| KeyboardShortcut::new(Modifiers::ALT, key);
        let alt_shift = |key| KeyboardShortcut::new(Modifiers::ALT.plus(Modifiers::SHIFT), key);
        match self {
            Self::NewProject => vec![command(K::N)],
            Self::OpenArticles => vec![command(K::O)],
            Self::OpenFolder => vec![command_shift(K::O)],
            Self::PasteArticle => vec![command_shift(K::N)],
            Self::OpenProject => vec![command_alt(K::O)],
            Self::Save => vec![command(K::S)],
            Self::SaveAs => vec![command_shift(K::S)],
            Self::Settings => vec![command(K::Comma)],
            Self::Quit => vec![command(K::Q)],
            Self::Undo => vec![command(K::Z)],
            Self::Redo if mac => vec![command_shift(K::Z)],
            Self::Redo => vec![command(K::Y), command_shift(K::Z)],
            Self::History => vec![command_shift(K::H)],
            Self::Find => vec![command(K::F)],
            Self::FindEverywhere => vec![command_shift(K::F)],
            Self::SetMetadata => vec![plain(K::M)],
            Self::ToggleDone => vec![plain(K::D)],
            Self::Palette => vec![command(K::K), command_shift(K::P)],
            Self::Toggle(Place::Articles) => vec![command(K::B)],
            Self::Toggle(Place::Inspector) => vec![command(K::I)],
            Self::Toggle(Place::Reconciliation) => vec![command(K::J)],
            Self::NextPlace => vec![plain(K::F6)],
            Self::PreviousPlace => vec![shift(K::F6)],
            // There, Alt types characters.
            Self::OpenMenu(Menu::File) if mac => vec![plain(K::F10)],
            Self::OpenMenu(_) if mac => Vec::new(),
            Self::OpenMenu(Menu::File) => vec![alt(K::F), plain(K::F10)],
            Self::OpenMenu(Menu::Edit) => vec![alt(K::E)],
            Self::OpenMenu(Menu::View) => vec![alt(K::V)],
            Self::OpenMenu(Menu::Claims) => vec![alt(K::C)],
            Self::OpenMenu(Menu::Facts) => vec![alt(K::A)],
            Self::OpenMenu(Menu::Help) => vec![alt(K::H)],
            Self::NextArticle => vec![command(K::PageDown)],
            Self::PreviousArticle => vec![command(K::PageUp)],
            Self::FilterArticles => vec![command(K::L)],
            Self::ZoomIn => vec![command(K::Plus), command(K::Equals)],
            Self::ZoomOut => vec![command(K::Minus)],
            Self::ZoomReset => vec![command(K::Num0)],
            // macOS has keys of its own for it.
            Self::FullScreen if mac => Vec::new(),
            Self::FullScreen => vec![plain(K::F11)],
            Self::NextSuggestion => vec![plain(K::Tab)],
            Self::PreviousSuggestion => vec![shift(K::Tab)],
            Self::Accept => vec![plain(K::Enter)],
            Self::Edit => vec![plain(K::E)],
            Self::Reject => vec![plain(K::Backspace)],
            Self::AcceptAllSure => vec![plain(K::A)],
            Self::AcceptAllSureEverywhere => vec![shift(K::A)],
            Self::Suggestions => vec![command_shift(K::L)],
            Self::Codebook => vec![command_shift(K::K)],
            Self::TagAgain => vec![plain(K::T)],
            Self::AddEvidence => vec![plain(K::J)],
            Self::Tag(digit) => digit_key(digit).map(plain).into_iter().collect(),
            Self::Swap => vec![plain(K::X)],
            Self::Teach(WordSort::Source) => vec![shift(K::S)],
            Self::Teach(WordSort::Party) => vec![shift(K::P)],
            Self::Teach(WordSort::Unit) => vec![shift(K::U)],
            Self::Teach(WordSort::NotAFigure) => vec![shift(K::N)],
            Self::Words => vec![command_shift(K::W)],
            Self::Nudge(Nudge::StartOut) => vec![plain(K::OpenBracket)],
            Self::Nudge(Nudge::EndOut) => vec![plain(K::CloseBracket)],
            Self::Nudge(Nudge::StartIn) => vec![shift(K::OpenBracket), plain(K::OpenCurlyBracket)],
            Self::Nudge(Nudge::EndIn) => vec![shift(K::CloseBracket), plain(K::CloseCurlyBracket)],
            Self::NudgeLetter(Nudge::StartOut) => vec![alt(K::OpenBracket)],
            Self::NudgeLetter(Nudge::EndOut) => vec![alt(K::CloseBracket)],
            Self::NudgeLetter(Nudge::StartIn) => vec![alt_shift(K::OpenBracket), alt(K::OpenCurlyBracket)],
            Self::NudgeLetter(Nudge::EndIn) => vec![alt_shift(K::CloseBracket), alt(K::CloseCurlyBracket)],
            Self::NextClaim => vec![plain(K::N)],
            Self::PreviousClaim => vec![plain(K::P)],
            Self::DeleteClaim => vec![plain(K::Delete)],
            Self::ChooseNothing => vec![plain(K::Escape)],
            Self::ShowFact => vec![plain(K::F)],
            Self::ShowWords => vec![command(K::E)],
            Self::Shortcuts => vec![plain(K::F1)],
            Self::TrySample
            | Self::ImportMetadata
            | Self::ReplaceArticle
            | Self::RemoveArticles
            | Self::Reread
            | Self::Toggle(Place::Reader)
            | Self::Threshold(_)
            | Self::SetLook(_)
            | Self::Rejected
            | Self::Export(_)
            | Self::ShowView(_)
            | Self::Rule(_)
            | Self::CountSuggestions
            | Self::CopyView
            | Self::SavePicture
            | Self::Best(_)
            | Self::Sources
            | Self::Suggesters
            | Self::About => Vec::new(),
        }
    }
}

/// Keys in words: "Ctrl+Shift+Z", "Enter", "[".
pub fn keys_in_words(ctx: &egui::Context, shortcut: KeyboardShortcut) -> String {
    let key = match shortcut.logical_key {
        Key::Enter => "Enter",
        Key::Backspace => "Backspace",
        Key::PageUp => "PgUp",
        Key::PageDown => "PgDn",
        Key::Minus => "−",
        key => key.symbol_or_name(),
    };
    let modifiers = ctx.format_modifiers(shortcut.modifiers);
    if modifiers.is_empty() {
        key.to_owned()
    } else if ctx.os().is_mac() {
        format!("{modifiers}{key}")
    } else {
        format!("{modifiers}+{key}")
    }
}

/// Whether pressed keys are those of a shortcut. Shift and Alt must agree, except where keyboards
/// differ in what they need for a character: digits, plus, braces. Ctrl and Alt together are AltGr,
/// with which many keyboards type brackets.
pub fn matches(shortcut: KeyboardShortcut, key: Key, pressed: Modifiers) -> bool {
    if key != shortcut.logical_key {
        return false;
    }
    let square = matches!(key, Key::OpenBracket | Key::CloseBracket);
    let curly = matches!(key, Key::OpenCurlyBracket | Key::CloseCurlyBracket);
    let varies = curly || matches!(key, Key::Plus | Key::Equals);
    let digit = (0..=9).any(|digit| digit_key(digit) == Some(key));
    if (square || curly) && pressed.ctrl && pressed.alt {
        shortcut.modifiers.is_none()
    } else if varies || (digit && !pressed.alt) {
        pressed.alt == shortcut.modifiers.alt && pressed.matches_logically(shortcut.modifiers)
    } else {
        pressed.matches_exact(shortcut.modifiers)
    }
}

fn digit_key(digit: u8) -> Option<Key> {
    let keys =
        [Key::Num0, Key::Num1, Key::Num2, Key::Num3, Key::Num4, Key::Num5, Key::Num6, Key::Num7, Key::Num8, Key::Num9];
    keys.get(usize::from(digit)).copied()
}
