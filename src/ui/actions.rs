//! The one list of actions: menu, command palette, keyboard and shortcut sheet are made from it.

mod keys;
mod words;

pub use keys::{Reach, keys_in_words, matches};

use super::state::{Chosen, FindScope, Look, Place, Sheet, UiState};
use crate::claim::{BestRule, Grade, WordSort};
use crate::formats::FORMATS;
use crate::formats::views::View as Tab;
use crate::session::Session;

/// A boundary of the chosen claim, and where it is moved.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Nudge {
    /// The start, so that the span grows.
    StartOut,
    /// The end, so that the span grows.
    EndOut,
    /// The start, so that the span shrinks.
    StartIn,
    /// The end, so that the span shrinks.
    EndIn,
}

impl Nudge {
    /// Every one, in the order of the menu.
    pub const ALL: [Self; 4] = [Self::StartOut, Self::EndOut, Self::StartIn, Self::EndIn];
}

/// A ruling on a claim or a fact, as an action begins it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Ruling {
    /// Pin the value of a fact.
    PinValue,
    /// Pin the verdict of a fact.
    PinVerdict,
    /// Make one of two facts.
    Merge,
    /// Move a claim to another fact, or to one of its own.
    Move,
    /// Leave a claim out of the facts.
    Exclude,
    /// Say when what a claim tells of took place.
    SetDate,
    /// Say who is behind a claim.
    SetOrigin,
}

impl Ruling {
    /// Every one, in the order of the menu.
    pub const ALL: [Self; 7] =
        [Self::PinValue, Self::PinVerdict, Self::Merge, Self::Move, Self::Exclude, Self::SetDate, Self::SetOrigin];

    /// Whether it is about a fact as a whole.
    pub fn is_of_fact(self) -> bool {
        matches!(self, Self::PinValue | Self::PinVerdict | Self::Merge)
    }
}

/// Something that a user can do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Action {
    /// Begin an untitled project.
    NewProject,
    /// Open files.
    OpenArticles,
    /// Open all articles of a folder.
    OpenFolder,
    /// Add an article from the clipboard.
    PasteArticle,
    /// Open a project.
    OpenProject,
    /// Look at a finished project.
    TrySample,
    /// Read a table of outlets and dates over the articles.
    ImportMetadata,
    /// Put a corrected version in the place of the article that is shown.
    ReplaceArticle,
    /// Write everything now.
    Save,
    /// Give the project a place and a name.
    SaveAs,
    /// Write a dataset; the number is the format's place in the list of formats.
    Export(u8),
    /// Analyst, look, conventions.
    Settings,
    /// Leave.
    Quit,
    /// Undo.
    Undo,
    /// Redo.
    Redo,
    /// What was done.
    History,
    /// Search in the article.
    Find,
    /// Search in all articles.
    FindEverywhere,
    /// Set outlet, title, date, address.
    SetMetadata,
    /// Another encoding, the whole page or its main text, another column.
    Reread,
    /// Mark an article as read, or take that back.
    ToggleDone,
    /// Take articles out.
    RemoveArticles,
    /// Actions and articles by name.
    Palette,
    /// Fold a place away, or unfold it.
    Toggle(Place),
    /// Give the next place the keyboard.
    NextPlace,
    /// Give the previous place the keyboard.
    PreviousPlace,
    /// Open a menu of the menu bar.
    OpenMenu(Menu),
    /// Show the next article.
    NextArticle,
    /// Show the previous article.
    PreviousArticle,
    /// Filter the list of articles.
    FilterArticles,
    /// Hide suggestions below a grade.
    Threshold(Option<Grade>),
    /// Light, dark, or as the system has it.
    SetLook(Look),
    /// Larger.
    ZoomIn,
    /// Smaller.
    ZoomOut,
    /// As large as it was meant.
    ZoomReset,
    /// Without the frame of the window.
    FullScreen,
    /// Choose the next suggestion.
    NextSuggestion,
    /// Choose the previous suggestion.
    PreviousSuggestion,
    /// Make a claim of the chosen suggestion.
    Accept,
    /// Correct the chosen suggestion or claim.
    Edit,
    /// Turn the chosen suggestion down.
    Reject,
    /// Accept all of this article that are graded sure.
    AcceptAllSure,
    /// Accept all that are graded sure, in every article.
    AcceptAllSureEverywhere,
    /// The suggestions of all articles, in a list.
    Suggestions,
    /// Suggestions that were turned down.
    Rejected,
    /// Tag the selected words, or the chosen claim, with the category of a digit.
    Tag(u8),
    /// Tag the selected words, or the chosen claim, with the category that was used last.
    TagAgain,
    /// Say what the selected words are.
    Teach(WordSort),
    /// Categories, parties and sources.
    Codebook,
    /// What was added to the lexicon.
    Words,
    /// Suggesters of the analyst's own.
    Suggesters,
    /// Exchange giver and receiver.
    Swap,
    /// Move a boundary of the chosen claim by a word.
    Nudge(Nudge),
    /// Move a boundary of the chosen claim by a character.
    NudgeLetter(Nudge),
    /// Give the chosen claim the selected words, too.
    AddEvidence,
    /// Choose the next claim.
    NextClaim,
    /// Choose the previous claim.
    PreviousClaim,
    /// Delete the chosen claim.
    DeleteClaim,
    /// Choose and select nothing.
    ChooseNothing,
    /// Show the fact that the chosen claim belongs to.
    ShowFact,
    /// Show the reasons of what is chosen, or of the row that the keyboard is at, one after the other.
    ShowWords,
    /// Show a view of the facts.
    ShowView(Tab),
    /// Begin a ruling on the claim or fact that the keyboard is at.
    Rule(Ruling),
    /// Count suggestions on which nothing is decided into the facts, or leave them out.
    CountSuggestions,
    /// Copy the view of the facts that is shown, as a table.
    CopyView,
    /// Save the view of the facts that is shown, as a picture.
    SavePicture,
    /// Rank the sources.
    Sources,
    /// Choose the rule that gives "best".
    Best(BestRule),
    /// Every action with its keys.
    Shortcuts,
    /// What the program is.
    About,
}

/// A menu of the menu bar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Menu {
    /// Projects, articles, datasets.
    File,
    /// Undo, search, articles' data.
    Edit,
    /// What is shown, and how.
    View,
    /// Suggestions and claims.
    Claims,
    /// The reconciliation.
    Facts,
    /// Help.
    Help,
}

impl Menu {
    /// Every menu, in order.
    pub const ALL: [Self; 6] = [Self::File, Self::Edit, Self::View, Self::Claims, Self::Facts, Self::Help];

    /// Its title.
    pub fn title(self) -> &'static str {
        match self {
            Self::File => "File",
            Self::Edit => "Edit",
            Self::View => "View",
            Self::Claims => "Claims",
            Self::Facts => "Facts",
            Self::Help => "Help",
        }
    }
}

const TAGS: std::ops::RangeInclusive<u8> = 0..=9;

impl Action {
    /// Every action, in the order of menus. Groups of a menu stand together.
    pub fn all() -> Vec<Self> {
        use Action::*;
        let mut all = vec![
            NewProject,
            OpenArticles,
            OpenFolder,
            PasteArticle,
            OpenProject,
            TrySample,
            Save,
            SaveAs,
            ImportMetadata,
        ];
        all.extend((0..FORMATS.len()).filter_map(|place| u8::try_from(place).ok()).map(Export));
        all.extend([
            Settings,
            Quit,
            Undo,
            Redo,
            History,
            Find,
            FindEverywhere,
            SetMetadata,
            Reread,
            ReplaceArticle,
            ToggleDone,
            RemoveArticles,
        ]);
        all.extend([Palette, FilterArticles, NextArticle, PreviousArticle, NextPlace, PreviousPlace]);
        all.extend(Menu::ALL.map(OpenMenu));
        all.extend([Place::Articles, Place::Inspector, Place::Reconciliation].map(Toggle));
        all.extend([None, Some(Grade::Likely), Some(Grade::Sure)].map(Threshold));
        all.extend(Look::ALL.map(SetLook));
        all.extend([ZoomIn, ZoomOut, ZoomReset, FullScreen]);
        all.extend([NextSuggestion, PreviousSuggestion, Accept, Edit, Reject, AcceptAllSure, AcceptAllSureEverywhere]);
        all.extend([Suggestions, Rejected]);
        all.extend(TAGS.filter(|digit| *digit > 0).chain([0]).map(Tag));
        all.push(TagAgain);
        all.extend(WordSort::ALL.map(Teach));
        all.extend([Codebook, Words, Suggesters, Swap, AddEvidence]);
        all.extend(self::Nudge::ALL.map(Action::Nudge));
        all.extend(self::Nudge::ALL.map(NudgeLetter));
        all.extend([NextClaim, PreviousClaim, ChooseNothing, DeleteClaim, ShowWords]);
        all.push(ShowFact);
        all.extend(Tab::ALL.map(ShowView));
        all.extend(self::Ruling::ALL.map(Rule));
        all.extend([CountSuggestions, CopyView, SavePicture]);
        all.extend(BestRule::ALL.map(Best));
        all.push(Sources);
        all.extend([Shortcuts, About]);
        all
    }

    /// The menu that it stands in, and its group there: groups are set apart by a line.
    pub fn menu(self) -> (Menu, u8) {
        match self {
            Self::NewProject | Self::OpenArticles | Self::OpenFolder | Self::PasteArticle => (Menu::File, 0),
            Self::OpenProject | Self::TrySample => (Menu::File, 1),
            Self::Save | Self::SaveAs => (Menu::File, 2),
            Self::ImportMetadata => (Menu::File, 3),
            Self::ReplaceArticle => (Menu::Edit, 2),
            Self::Export(_) => (Menu::File, 4),
            Self::Settings => (Menu::File, 5),
            Self::Quit => (Menu::File, 6),
            Self::Undo | Self::Redo | Self::History => (Menu::Edit, 0),
            Self::Find | Self::FindEverywhere => (Menu::Edit, 1),
            Self::SetMetadata | Self::Reread | Self::ToggleDone | Self::RemoveArticles => (Menu::Edit, 2),
            Self::Palette | Self::FilterArticles | Self::NextArticle | Self::PreviousArticle => (Menu::View, 0),
            Self::NextPlace | Self::PreviousPlace | Self::OpenMenu(_) => (Menu::View, 1),
            Self::Toggle(_) => (Menu::View, 2),
            Self::Threshold(_) => (Menu::View, 3),
            Self::SetLook(_) => (Menu::View, 4),
            Self::ZoomIn | Self::ZoomOut | Self::ZoomReset | Self::FullScreen => (Menu::View, 5),
            Self::NextSuggestion | Self::PreviousSuggestion | Self::Accept | Self::Edit | Self::Reject => {
                (Menu::Claims, 0)
            }
            Self::AcceptAllSure | Self::AcceptAllSureEverywhere | Self::Suggestions | Self::Rejected => {
                (Menu::Claims, 1)
            }
            Self::Tag(_) | Self::TagAgain => (Menu::Claims, 2),
            Self::Teach(_) | Self::Codebook | Self::Words | Self::Suggesters => (Menu::Claims, 3),
            Self::Swap | Self::AddEvidence | Self::Nudge(_) | Self::NudgeLetter(_) => (Menu::Claims, 4),
            Self::NextClaim | Self::PreviousClaim | Self::ChooseNothing | Self::DeleteClaim | Self::ShowWords => {
                (Menu::Claims, 5)
            }
            Self::ShowFact => (Menu::Facts, 0),
            Self::ShowView(_) => (Menu::Facts, 1),
            Self::Rule(_) => (Menu::Facts, 2),
            Self::CountSuggestions => (Menu::Facts, 3),
            Self::CopyView | Self::SavePicture => (Menu::Facts, 4),
            Self::Best(_) | Self::Sources => (Menu::Facts, 5),
            Self::Shortcuts | Self::About => (Menu::Help, 0),
        }
    }

    /// Whether it is shown with a mark because it is on; `None` where it is no switch.
    pub fn on(self, session: &Session, state: &UiState) -> Option<bool> {
        match self {
            Self::Toggle(place) => Some(!state.folded.contains(&place)),
            Self::Threshold(grade) => Some(state.threshold == grade),
            Self::SetLook(look) => Some(state.look == look),
            Self::CountSuggestions => Some(session.counts_suggestions()),
            Self::Best(rule) => Some(session.codebook().conventions.best == rule),
            _ => None,
        }
    }

    /// Whether it can be done as things stand.
    pub fn enabled(self, session: &Session, state: &UiState) -> bool {
        let any_article = !session.workspace().articles.is_empty();
        let suggestion = matches!(state.chosen, Chosen::Suggestion(_));
        let claim = matches!(state.chosen, Chosen::Claim(_));
        match self {
            Self::SaveAs | Self::ImportMetadata | Self::Export(_) | Self::FindEverywhere | Self::FilterArticles => {
                any_article
            }
            Self::NextArticle | Self::PreviousArticle | Self::AcceptAllSureEverywhere => any_article,
            Self::Suggestions | Self::Rejected | Self::Sources | Self::CopyView | Self::SavePicture => any_article,
            Self::Save => any_article,
            Self::Undo => session.undo_label().is_some(),
            Self::Redo => session.redo_label().is_some(),
            Self::Find | Self::Reread | Self::ReplaceArticle => state.article.is_some(),
            Self::SetMetadata | Self::ToggleDone | Self::RemoveArticles => !state.concerned().is_empty(),
            Self::NextSuggestion | Self::PreviousSuggestion => state.waiting,
            Self::AcceptAllSure => state.article.as_ref().is_some_and(|article| {
                let waiting = Grade::ALL.into_iter().zip(session.pending_of_by_grade(article));
                waiting.into_iter().any(|(grade, count)| grade == Grade::Sure && count > 0)
            }),
            Self::Accept | Self::Reject => suggestion,
            Self::Edit => suggestion || claim,
            Self::Tag(digit) => {
                session.codebook().category_of_digit(digit).is_some()
                    && (claim || (state.selection.is_some() && state.article.is_some()))
            }
            Self::TagAgain => {
                let known = state.last_tag.as_ref().and_then(|tag| session.codebook().category(tag));
                known.is_some_and(|tag| !tag.retired)
                    && (claim || (state.selection.is_some() && state.article.is_some()))
            }
            Self::AddEvidence => super::steps::with_evidence(session, state).is_some(),
            Self::ShowWords => super::steps::reasoned(session, state).is_some(),
            Self::ShowView(_) => any_article,
            Self::Rule(ruling) => {
                super::steps::ruled(session, state).is_some_and(|row| ruling.is_of_fact() || row.claim.is_some())
            }
            Self::Swap => super::steps::chosen_reading(session, state)
                .is_some_and(|reading| reading.from.is_some() || reading.to.is_some()),
            Self::Teach(WordSort::NotAFigure) => {
                state.article.is_some() && (state.selection.is_some() || suggestion || claim)
            }
            Self::Teach(_) => state.article.is_some() && state.selection.is_some(),
            Self::Codebook | Self::Words | Self::Suggesters => true,
            // Of selected words, the reader moves the boundaries.
            Self::Nudge(_) | Self::NudgeLetter(_) => claim && state.selection.is_none(),
            Self::DeleteClaim | Self::ShowFact => claim,
            Self::NextClaim | Self::PreviousClaim => {
                state.article.as_ref().is_some_and(|article| session.claim_count(article) > 0)
            }
            Self::ChooseNothing => suggestion || claim || state.selection.is_some(),
            Self::NewProject
            | Self::OpenArticles
            | Self::OpenFolder
            | Self::PasteArticle
            | Self::OpenProject
            | Self::TrySample
            | Self::Settings
            | Self::Quit
            | Self::History
            | Self::Palette
            | Self::Toggle(_)
            | Self::NextPlace
            | Self::PreviousPlace
            | Self::OpenMenu(_)
            | Self::Threshold(_)
            | Self::SetLook(_)
            | Self::ZoomIn
            | Self::ZoomOut
            | Self::ZoomReset
            | Self::FullScreen
            | Self::CountSuggestions
            | Self::Best(_)
            | Self::Shortcuts
            | Self::About => true,
        }
    }

    /// Whether the keyboard is elsewhere when it is done: in a window inside the window, a field, a menu,
    /// another place.
    pub fn takes_keyboard(self) -> bool {
        let field = matches!(self, Self::FilterArticles | Self::Edit | Self::ShowView(_) | Self::Rule(_));
        field || self.moves_keyboard() || self.sheet().is_some() || self.find().is_some()
    }

    /// Whether it takes the keyboard from place to place; windows inside the window keep it.
    pub fn moves_keyboard(self) -> bool {
        matches!(self, Self::NextPlace | Self::PreviousPlace | Self::OpenMenu(_))
    }

    /// The window inside the window that it opens.
    pub fn sheet(self) -> Option<Sheet> {
        match self {
            Self::Palette => Some(Sheet::Palette),
            Self::Shortcuts => Some(Sheet::Shortcuts),
            Self::PasteArticle => Some(Sheet::Paste),
            Self::SetMetadata => Some(Sheet::Metadata),
            Self::Reread => Some(Sheet::Reread),
            Self::Settings => Some(Sheet::Settings),
            Self::History => Some(Sheet::History),
            Self::Suggestions => Some(Sheet::Suggestions),
            Self::Rejected => Some(Sheet::Rejected),
            Self::Codebook => Some(Sheet::Codebook),
            Self::Sources => Some(Sheet::Sources),
            Self::Words => Some(Sheet::Words),
            Self::Suggesters => Some(Sheet::Suggesters),
            Self::About => Some(Sheet::About),
            _ => None,
        }
    }

    /// The search that it opens in the reader.
    pub fn find(self) -> Option<FindScope> {
        match self {
            Self::Find => Some(FindScope::Article),
            Self::FindEverywhere => Some(FindScope::Project),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use egui::os::OperatingSystem;
    use egui::{Key, KeyboardShortcut};
    use std::collections::BTreeSet;

    #[test]
    fn no_two_actions_share_keys_on_any_system() {
        for os in [OperatingSystem::Nix, OperatingSystem::Windows, OperatingSystem::Mac] {
            let mut seen: Vec<(KeyboardShortcut, Action)> = Vec::new();
            for action in Action::all() {
                for shortcut in action.shortcuts(os) {
                    for (other, owner) in &seen {
                        let same = matches(*other, shortcut.logical_key, shortcut.modifiers)
                            || matches(shortcut, other.logical_key, other.modifiers);
                        assert!(!same || *owner == action, "{os:?}: {action:?} and {owner:?} share {shortcut:?}");
                    }
                    seen.push((shortcut, action));
                }
            }
        }
    }

    #[test]
    fn keys_that_a_text_field_needs_are_left_to_it() {
        for action in Action::all() {
            for shortcut in action.shortcuts(OperatingSystem::Nix) {
                let function_key =
                    format!("{:?}", shortcut.logical_key).starts_with('F') && shortcut.logical_key != Key::F;
                if shortcut.modifiers.is_none() && !function_key {
                    assert_ne!(action.reach(), Reach::Everywhere, "{action:?} would take {shortcut:?} while typing");
                }
            }
        }
    }

    #[test]
    fn every_action_is_listed_once_with_words_of_its_own_and_groups_stand_together() {
        let all = Action::all();
        let texts: BTreeSet<_> = all.iter().map(|action| action.text()).collect();
        assert_eq!(texts.len(), all.len(), "two actions have the same words");
        for menu in Menu::ALL {
            let groups: Vec<u8> = all.iter().filter(|a| a.menu().0 == menu).map(|a| a.menu().1).collect();
            assert!(groups.is_sorted(), "{menu:?}: {groups:?}");
        }
        for action in all {
            assert!(action.tooltip().ends_with('.'), "{action:?}");
            let first = action.text().chars().next();
            assert!(first.is_some_and(char::is_uppercase), "{action:?}");
        }
    }
}
