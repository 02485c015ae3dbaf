//! The one list of actions: menu, command palette, keyboard and shortcut sheet are made from it.

use std::borrow::Cow;

use egui::os::OperatingSystem;
use egui::{Key, KeyboardShortcut, Modifiers};

use super::state::{Chosen, FindScope, Look, Place, Sheet, UiState};
use crate::claim::{BestRule, Grade, Progress, WordSort};
use crate::formats::FORMATS;
use crate::session::Session;

/// A boundary of the chosen claim, and where it is moved, by a word.
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
    /// Suggestions that were turned down.
    Rejected,
    /// Tag the selected words, or the chosen claim, with the category of a digit.
    Tag(u8),
    /// Say what the selected words are.
    Teach(WordSort),
    /// What was added to the lexicon.
    Words,
    /// Suggesters of the analyst's own.
    Suggesters,
    /// Exchange giver and receiver.
    Swap,
    /// Move a boundary of the chosen claim.
    Nudge(Nudge),
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

/// Where the keys of an action count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// Everywhere, also while typing.
    Everywhere,
    /// Where nothing is being typed.
    NotTyping,
    /// In the text only, since other controls need the key themselves (Enter, Tab, Backspace).
    Text,
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
            ReplaceArticle,
        ];
        all.extend([
            Settings,
            Quit,
            Undo,
            Redo,
            History,
            Find,
            FindEverywhere,
            SetMetadata,
            ToggleDone,
            RemoveArticles,
        ]);
        all.extend([Palette, FilterArticles, NextArticle, PreviousArticle, NextPlace, PreviousPlace]);
        all.extend([Place::Articles, Place::Inspector, Place::Reconciliation].map(Toggle));
        all.extend([None, Some(Grade::Likely), Some(Grade::Sure)].map(Threshold));
        all.extend(Look::ALL.map(SetLook));
        all.extend([ZoomIn, ZoomOut, ZoomReset, FullScreen]);
        all.extend([NextSuggestion, PreviousSuggestion, Accept, Edit, Reject, AcceptAllSure, AcceptAllSureEverywhere]);
        all.push(Rejected);
        all.extend(TAGS.filter(|digit| *digit > 0).chain([0]).map(Tag));
        all.extend(WordSort::ALL.map(Teach));
        all.extend([Words, Suggesters, Swap]);
        all.extend(self::Nudge::ALL.map(Action::Nudge));
        all.extend([NextClaim, PreviousClaim, ChooseNothing, DeleteClaim]);
        all.extend([ShowFact, CountSuggestions, CopyView, SavePicture]);
        all.extend(BestRule::ALL.map(Best));
        all.push(Sources);
        all.extend([Shortcuts, About]);
        all
    }

    /// Its words, in sentence case; "…" only where more input follows.
    pub fn text(self) -> Cow<'static, str> {
        Cow::Borrowed(match self {
            Self::Export(place) => return Cow::Owned(format!("Export: {}…", format_label(place))),
            Self::NewProject => "New project",
            Self::OpenArticles => "Open articles…",
            Self::OpenFolder => "Open folder of articles…",
            Self::PasteArticle => "Paste article…",
            Self::OpenProject => "Open project…",
            Self::TrySample => "Try the sample",
            Self::ImportMetadata => "Import table of outlets and dates…",
            Self::ReplaceArticle => "Replace article by a corrected version…",
            Self::Save => "Save",
            Self::SaveAs => "Save as…",
            Self::Settings => "Settings",
            Self::Quit => "Quit",
            Self::Undo => "Undo",
            Self::Redo => "Redo",
            Self::History => "History",
            Self::Find => "Find in article",
            Self::FindEverywhere => "Find in all articles",
            Self::SetMetadata => "Set outlet, title, date…",
            Self::ToggleDone => "Mark as read",
            Self::RemoveArticles => "Remove article",
            Self::Palette => "Search articles and actions…",
            Self::Toggle(Place::Articles) => "Articles",
            Self::Toggle(Place::Reader) => "Text",
            Self::Toggle(Place::Inspector) => "Inspector",
            Self::Toggle(Place::Reconciliation) => "Reconciliation",
            Self::NextPlace => "Next place",
            Self::PreviousPlace => "Previous place",
            Self::NextArticle => "Next article",
            Self::PreviousArticle => "Previous article",
            Self::FilterArticles => "Filter articles",
            Self::Threshold(None | Some(Grade::Check)) => "Show all suggestions",
            Self::Threshold(Some(Grade::Likely)) => "Hide suggestions below “likely”",
            Self::Threshold(Some(Grade::Sure)) => "Hide suggestions below “sure”",
            Self::SetLook(Look::System) => "Look: as the system",
            Self::SetLook(Look::Light) => "Look: light",
            Self::SetLook(Look::Dark) => "Look: dark",
            Self::ZoomIn => "Zoom in",
            Self::ZoomOut => "Zoom out",
            Self::ZoomReset => "Reset zoom",
            Self::FullScreen => "Full screen",
            Self::NextSuggestion => "Next suggestion",
            Self::PreviousSuggestion => "Previous suggestion",
            Self::Accept => "Accept suggestion",
            Self::Edit => "Edit",
            Self::Reject => "Reject suggestion",
            Self::AcceptAllSure => "Accept all sure in this article",
            Self::AcceptAllSureEverywhere => "Accept all sure in all articles",
            Self::Rejected => "Rejected suggestions",
            Self::Tag(1) => "Tag with category 1",
            Self::Tag(2) => "Tag with category 2",
            Self::Tag(3) => "Tag with category 3",
            Self::Tag(4) => "Tag with category 4",
            Self::Tag(5) => "Tag with category 5",
            Self::Tag(6) => "Tag with category 6",
            Self::Tag(7) => "Tag with category 7",
            Self::Tag(8) => "Tag with category 8",
            Self::Tag(9) => "Tag with category 9",
            Self::Tag(_) => "Tag with category 0",
            Self::Teach(WordSort::Source) => "These words are a source…",
            Self::Teach(WordSort::Party) => "These words are a party…",
            Self::Teach(WordSort::Unit) => "These words are a unit…",
            Self::Teach(WordSort::NotAFigure) => "This is not a figure…",
            Self::Words => "Words of this project",
            Self::Suggesters => "Suggesters",
            Self::Swap => "Swap from and to",
            Self::Nudge(Nudge::StartOut) => "Move the start outwards",
            Self::Nudge(Nudge::EndOut) => "Move the end outwards",
            Self::Nudge(Nudge::StartIn) => "Move the start inwards",
            Self::Nudge(Nudge::EndIn) => "Move the end inwards",
            Self::NextClaim => "Next claim",
            Self::PreviousClaim => "Previous claim",
            Self::DeleteClaim => "Delete claim",
            Self::ChooseNothing => "Choose nothing",
            Self::ShowFact => "Show its fact",
            Self::CountSuggestions => "Count undecided suggestions",
            Self::CopyView => "Copy view as table",
            Self::SavePicture => "Save view as picture…",
            Self::Best(BestRule::PluralityOfSides) => "Best: plurality of sides",
            Self::Best(BestRule::Lowest) => "Best: lowest",
            Self::Best(BestRule::Highest) => "Best: highest",
            Self::Best(BestRule::Latest) => "Best: latest word",
            Self::Best(BestRule::SourceHierarchy) => "Best: source hierarchy",
            Self::Best(BestRule::RangeOnly) => "Best: range only",
            Self::Sources => "Source hierarchy…",
            Self::Shortcuts => "Keyboard shortcuts",
            Self::About => "About Tallymark",
        })
    }

    /// Its words as things stand: "Undo accept suggestion", "Tag as bodies".
    pub fn label(self, session: &Session, state: &UiState) -> String {
        match self {
            Self::Undo => session.undo_label().map_or_else(|| "Undo".to_owned(), |what| format!("Undo {what}")),
            Self::Redo => session.redo_label().map_or_else(|| "Redo".to_owned(), |what| format!("Redo {what}")),
            Self::Tag(digit) => match session.codebook().category_of_digit(digit) {
                Some(category) => format!("Tag as {}", category.label.to_lowercase()),
                None => self.text().into_owned(),
            },
            Self::ToggleDone if all_done(session, state) => "Mark as not read".to_owned(),
            Self::RemoveArticles if state.marked.len() > 1 => format!("Remove {} articles", state.marked.len()),
            Self::Edit => match state.chosen {
                Chosen::Claim(_) => "Edit claim".to_owned(),
                _ => "Edit suggestion".to_owned(),
            },
            _ => self.text().into_owned(),
        }
    }

    /// What it does, in a sentence; for tooltips and the palette.
    pub fn tooltip(self) -> &'static str {
        match self {
            Self::NewProject => "Begin an untitled project. The one that is open stays saved.",
            Self::OpenArticles => "Add text, Markdown or HTML files to the project.",
            Self::OpenFolder => "Add every article of a folder and its subfolders.",
            Self::PasteArticle => "Add an article from the clipboard.",
            Self::OpenProject => "Open a project folder.",
            Self::TrySample => "Open a few articles about one exchange, to try things out.",
            Self::ImportMetadata => "Read a CSV table with outlet and date of each article.",
            Self::ReplaceArticle => "Read a corrected version of the article that is shown; its claims go along.",
            Self::Save => "Write everything now. Changes are saved as they are made anyhow.",
            Self::SaveAs => "Give the project a place and a name.",
            Self::Export(_) => "Write a dataset of the claims and facts.",
            Self::Settings => "Your name, the look, the conventions of the project.",
            Self::Quit => "Leave. Everything is saved.",
            Self::Undo => "Take the last action back.",
            Self::Redo => "Do again what was taken back.",
            Self::History => "What was done in this session, newest first.",
            Self::Find => "Search the words of the article.",
            Self::FindEverywhere => "Search the words of all articles, each hit with its surroundings.",
            Self::SetMetadata => "Set outlet, title, date or address of the marked articles.",
            Self::ToggleDone => "Mark the article as read, whatever was found in it.",
            Self::RemoveArticles => "Take the article out, with its claims. Can be undone.",
            Self::Palette => "Find an article or an action by a few letters.",
            Self::Toggle(Place::Articles) => "Show or hide the list of articles.",
            Self::Toggle(Place::Reader) => "The text is always shown.",
            Self::Toggle(Place::Inspector) => "Show or hide the inspector.",
            Self::Toggle(Place::Reconciliation) => "Show or hide facts, sums and timeline.",
            Self::NextPlace => "Give the next part of the window the keyboard.",
            Self::PreviousPlace => "Give the previous part of the window the keyboard.",
            Self::NextArticle => "Show the next article of the list.",
            Self::PreviousArticle => "Show the previous article of the list.",
            Self::FilterArticles => "Type a few letters of a title or an outlet.",
            Self::Threshold(None | Some(Grade::Check)) => "Show suggestions of every grade.",
            Self::Threshold(Some(_)) => "Hide what is graded lower. The status line counts what is hidden.",
            Self::SetLook(_) => "Light, dark, or as the system has it.",
            Self::ZoomIn => "Make everything larger.",
            Self::ZoomOut => "Make everything smaller.",
            Self::ZoomReset => "Make everything as large as it was meant.",
            Self::FullScreen => "Use the whole screen, or return from it.",
            Self::NextSuggestion => "Choose the next suggestion that waits to be decided.",
            Self::PreviousSuggestion => "Choose the previous suggestion that waits to be decided.",
            Self::Accept => "Make a claim of the chosen suggestion.",
            Self::Edit => "Correct the chosen claim or suggestion in the inspector.",
            Self::Reject => "Turn the chosen suggestion down. It can be taken back.",
            Self::AcceptAllSure => "Make claims of all suggestions of this article that are graded sure.",
            Self::AcceptAllSureEverywhere => "Make claims of all suggestions that are graded sure.",
            Self::Rejected => "Suggestions that were turned down, to take a rejection back.",
            Self::Tag(_) => "Tag the selected words, or give the chosen claim another category.",
            Self::Teach(WordSort::NotAFigure) => "A number beside these words is never suggested in this project.",
            Self::Teach(_) => "Add the selected words to those that suggestions know in this project.",
            Self::Words => "What was added to the words that suggestions know: change, switch off, remove.",
            Self::Suggesters => "Programs of your own that suggest claims, and running them.",
            Self::Swap => "Exchange giver and receiver of the chosen claim or suggestion.",
            Self::Nudge(_) => "Move a boundary of the chosen claim by a word.",
            Self::NextClaim => "Choose the next claim of this article.",
            Self::PreviousClaim => "Choose the previous claim of this article.",
            Self::DeleteClaim => "Delete the chosen claim. The suggestion that it came from waits again.",
            Self::ChooseNothing => "Choose and select nothing.",
            Self::ShowFact => "Show the fact that the chosen claim has joined.",
            Self::CopyView => "Copy facts, matrix, sums … as they are shown, for a spreadsheet.",
            Self::SavePicture => "Write the facts with their ranges, or the timeline, as an SVG file.",
            Self::CountSuggestions => "Whether the facts count suggestions on which nothing is decided.",
            Self::Best(_) => "The rule that gives the best value of a fact.",
            Self::Sources => "Which source is believed first where the rule for best is the source hierarchy.",
            Self::Shortcuts => "Every action with its keys.",
            Self::About => "Version, licences.",
        }
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
            Self::SetMetadata | Self::ToggleDone | Self::RemoveArticles => (Menu::Edit, 2),
            Self::Palette | Self::FilterArticles | Self::NextArticle | Self::PreviousArticle => (Menu::View, 0),
            Self::NextPlace | Self::PreviousPlace => (Menu::View, 1),
            Self::Toggle(_) => (Menu::View, 2),
            Self::Threshold(_) => (Menu::View, 3),
            Self::SetLook(_) => (Menu::View, 4),
            Self::ZoomIn | Self::ZoomOut | Self::ZoomReset | Self::FullScreen => (Menu::View, 5),
            Self::NextSuggestion | Self::PreviousSuggestion | Self::Accept | Self::Edit | Self::Reject => {
                (Menu::Claims, 0)
            }
            Self::AcceptAllSure | Self::AcceptAllSureEverywhere | Self::Rejected => (Menu::Claims, 1),
            Self::Tag(_) => (Menu::Claims, 2),
            Self::Teach(_) | Self::Words | Self::Suggesters => (Menu::Claims, 3),
            Self::Swap | Self::Nudge(_) => (Menu::Claims, 4),
            Self::NextClaim | Self::PreviousClaim | Self::ChooseNothing | Self::DeleteClaim => (Menu::Claims, 5),
            Self::ShowFact => (Menu::Facts, 0),
            Self::CountSuggestions => (Menu::Facts, 1),
            Self::CopyView | Self::SavePicture => (Menu::Facts, 2),
            Self::Best(_) | Self::Sources => (Menu::Facts, 3),
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
        let waiting =
            || state.article.as_ref().is_some_and(|article| !super::steps::waiting(session, state, article).is_empty());
        match self {
            Self::SaveAs | Self::ImportMetadata | Self::Export(_) | Self::FindEverywhere | Self::FilterArticles => {
                any_article
            }
            Self::NextArticle | Self::PreviousArticle | Self::AcceptAllSureEverywhere => any_article,
            Self::Rejected | Self::Sources | Self::CopyView | Self::SavePicture => any_article,
            Self::Save => any_article,
            Self::Undo => session.undo_label().is_some(),
            Self::Redo => session.redo_label().is_some(),
            Self::Find | Self::ReplaceArticle => state.article.is_some(),
            Self::SetMetadata | Self::ToggleDone | Self::RemoveArticles => !state.concerned().is_empty(),
            Self::NextSuggestion | Self::PreviousSuggestion => waiting(),
            Self::AcceptAllSure => state.article.as_ref().is_some_and(|article| {
                session.pending(article).iter().any(|suggestion| suggestion.grade == Grade::Sure)
            }),
            Self::Accept | Self::Reject => suggestion,
            Self::Edit => suggestion || claim,
            Self::Tag(digit) => {
                session.codebook().category_of_digit(digit).is_some()
                    && (claim || (state.selection.is_some() && state.article.is_some()))
            }
            Self::Swap => super::steps::chosen_reading(session, state)
                .is_some_and(|reading| reading.from.is_some() || reading.to.is_some()),
            Self::Teach(WordSort::NotAFigure) => {
                state.article.is_some() && (state.selection.is_some() || suggestion || claim)
            }
            Self::Teach(_) => state.article.is_some() && state.selection.is_some(),
            Self::Words | Self::Suggesters => true,
            // Of selected words, the reader moves the boundaries.
            Self::Nudge(_) => claim && state.selection.is_none(),
            Self::DeleteClaim | Self::ShowFact => claim,
            Self::NextClaim | Self::PreviousClaim => {
                state.article.as_ref().is_some_and(|article| !session.claims_of(article).is_empty())
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

    /// Where its keys count.
    pub fn reach(self) -> Reach {
        match self {
            Self::Accept | Self::Reject | Self::NextSuggestion | Self::PreviousSuggestion => Reach::Text,
            Self::Edit
            | Self::AcceptAllSure
            | Self::Swap
            | Self::Teach(_)
            | Self::Tag(_)
            | Self::Nudge(_)
            | Self::NextClaim
            | Self::PreviousClaim
            | Self::ChooseNothing
            | Self::DeleteClaim
            | Self::ShowFact
            | Self::ToggleDone
            | Self::SetMetadata
            | Self::Undo
            | Self::Redo => Reach::NotTyping,
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
            Self::NextClaim => vec![plain(K::N)],
            Self::PreviousClaim => vec![plain(K::P)],
            Self::DeleteClaim => vec![plain(K::Delete)],
            Self::ChooseNothing => vec![plain(K::Escape)],
            Self::ShowFact => vec![plain(K::F)],
            Self::Shortcuts => vec![plain(K::F1)],
            Self::TrySample
            | Self::ImportMetadata
            | Self::ReplaceArticle
            | Self::RemoveArticles
            | Self::Toggle(Place::Reader)
            | Self::Threshold(_)
            | Self::SetLook(_)
            | Self::AcceptAllSureEverywhere
            | Self::Rejected
            | Self::Export(_)
            | Self::CountSuggestions
            | Self::CopyView
            | Self::SavePicture
            | Self::Best(_)
            | Self::Sources
            | Self::Suggesters
            | Self::About => Vec::new(),
        }
    }

    /// The window inside the window that it opens.
    pub fn sheet(self) -> Option<Sheet> {
        match self {
            Self::Palette => Some(Sheet::Palette),
            Self::Shortcuts => Some(Sheet::Shortcuts),
            Self::PasteArticle => Some(Sheet::Paste),
            Self::SetMetadata => Some(Sheet::Metadata),
            Self::Settings => Some(Sheet::Settings),
            Self::History => Some(Sheet::History),
            Self::Rejected => Some(Sheet::Rejected),
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
    let bracket = matches!(key, Key::OpenBracket | Key::CloseBracket);
    let varies = matches!(key, Key::OpenCurlyBracket | Key::CloseCurlyBracket | Key::Plus | Key::Equals);
    let digit = (0..=9).any(|digit| digit_key(digit) == Some(key));
    if bracket && pressed.ctrl && pressed.alt {
        shortcut.modifiers.is_none()
    } else if varies || (digit && !pressed.alt) {
        pressed.matches_logically(shortcut.modifiers)
    } else {
        pressed.matches_exact(shortcut.modifiers)
    }
}

fn digit_key(digit: u8) -> Option<Key> {
    let keys =
        [Key::Num0, Key::Num1, Key::Num2, Key::Num3, Key::Num4, Key::Num5, Key::Num6, Key::Num7, Key::Num8, Key::Num9];
    keys.get(usize::from(digit)).copied()
}

/// How a format of the list is called.
fn format_label(place: u8) -> &'static str {
    FORMATS.get(usize::from(place)).map_or("dataset", |format| format.label)
}

fn all_done(session: &Session, state: &UiState) -> bool {
    let concerned = state.concerned();
    let done = |id| session.workspace().articles.get(id).is_some_and(|record| record.progress == Progress::Done);
    !concerned.is_empty() && concerned.iter().all(done)
}

#[cfg(test)]
mod tests {
    use super::*;
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
