//! What the window shows and what is chosen in it: never the user's work.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::actions::Menu;
use super::keymap::Keymap;

use crate::claim::{ArticleId, ClaimId, Name, Span, SuggestionKey, Word, WordSort};

/// What is chosen: at most one thing, shown in the inspector and framed in the reader.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Chosen {
    /// Nothing.
    #[default]
    Nothing,
    /// A claim.
    Claim(ClaimId),
    /// A suggestion on which nothing is decided.
    Suggestion(SuggestionKey),
}

/// The places of the window, in the order in which F6 visits them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Place {
    /// The list of articles.
    Articles,
    /// The text.
    #[default]
    Reader,
    /// The claim form.
    Inspector,
    /// Facts and other views.
    Reconciliation,
}

impl Place {
    /// Every place, in the order in which F6 visits them.
    pub const ALL: [Self; 4] = [Self::Articles, Self::Reader, Self::Inspector, Self::Reconciliation];

    /// Its name, for screen readers.
    pub fn name(self) -> &'static str {
        match self {
            Self::Articles => "Articles",
            Self::Reader => "Article text",
            Self::Inspector => "Inspector",
            Self::Reconciliation => "Reconciliation",
        }
    }
}

/// Light, dark, or as the system has it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Look {
    /// As the system has it.
    #[default]
    System,
    /// Light.
    Light,
    /// Dark.
    Dark,
}

impl Look {
    /// Every look, in the order of menus.
    pub const ALL: [Self; 3] = [Self::System, Self::Light, Self::Dark];

    /// The word of menus and settings.
    pub fn word(self) -> &'static str {
        match self {
            Self::System => "System",
            Self::Light => "Light",
            Self::Dark => "Dark",
        }
    }
}

/// Windows inside the window: none of them holds anything up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Sheet {
    /// Actions and articles by name.
    Palette,
    /// Every action with its keys.
    Shortcuts,
    /// An article from the clipboard.
    Paste,
    /// Outlet, title, date, address of the marked articles.
    Metadata,
    /// How the article that is shown is read.
    Reread,
    /// Analyst, look, conventions.
    Settings,
    /// What was done in this session.
    History,
    /// Suggestions that wait, of all articles.
    Suggestions,
    /// Suggestions that were turned down.
    Rejected,
    /// What became of the claims of an article that was replaced.
    Replaced,
    /// The hierarchy of sources.
    Sources,
    /// Categories, parties and sources.
    Codebook,
    /// What the analyst has added to the lexicon.
    Words,
    /// One entry of it.
    Word,
    /// Suggesters of the analyst's own.
    Suggesters,
    /// What the program is, and under which licences.
    About,
}

/// What the form for words is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WordTask {
    /// Words of a text: what they are.
    Teach {
        /// As what.
        sort: WordSort,
        /// Where they stand.
        article: ArticleId,
        /// Which, in bytes.
        span: Span,
    },
    /// A new entry, from nothing.
    New(WordSort),
    /// An entry of the project's words, to be changed.
    Change(Box<Word>),
}

/// Where to search.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FindScope {
    /// In the article shown.
    Article,
    /// In all of them.
    Project,
}

/// State that every place of the window may read, and that requests change.
#[derive(Clone, Debug, Default)]
pub struct UiState {
    /// The article in the reader.
    pub article: Option<ArticleId>,
    /// What is chosen.
    pub chosen: Chosen,
    /// Selected words of the article, in bytes.
    pub selection: Option<Span>,
    /// The fact that is unfolded and marked in the facts table.
    pub fact: Option<Name>,
    /// Spans that the reader shall flash, and scroll to the first of them; there for one frame.
    pub jump: Option<Vec<Span>>,
    /// The reason that was shown last, until something else is done.
    pub reason: Option<ShownReason>,
    /// The place that shall take the keyboard; there for one frame.
    pub focus: Option<Place>,
    /// The place that has the keyboard.
    pub active: Place,
    /// Suggestions below this grade are hidden.
    pub threshold: Option<crate::claim::Grade>,
    /// Whether any suggestion waits, in any article, that is not hidden.
    pub waiting: bool,
    /// The category that was tagged last.
    pub last_tag: Option<Name>,
    /// Which places are folded away.
    pub folded: BTreeSet<Place>,
    /// Articles marked in the list, beside the one in the reader.
    pub marked: BTreeSet<ArticleId>,
    /// Which windows inside the window are open.
    pub sheets: BTreeSet<Sheet>,
    /// Light, dark, or as the system has it.
    pub look: Look,
    /// A search that the reader shall open; there for one frame.
    pub find: Option<FindScope>,
    /// Keys that were changed.
    pub keys: Keymap,
    /// What the form for words is about.
    pub word: Option<WordTask>,
    /// A menu that shall open; there for one frame.
    pub menu: Option<Menu>,
    /// The row of the facts table that the keyboard is at, or was at last.
    pub row: Option<FactRow>,
}

/// A reason that is shown: one stop on the way through those of a claim or a fact.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShownReason {
    /// What it is a reason of.
    pub of: super::steps::Reasoned,
    /// Which of them, from 0.
    pub place: usize,
    /// The field, where it is that of a claim.
    pub field: Option<crate::claim::Field>,
    /// What is said of it: "Reason 2 of 5, from: “Moscow transferred”".
    pub words: String,
}

/// A row of the facts table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FactRow {
    /// The first claim of the fact, by which it is known.
    pub fact: ClaimId,
    /// The claim, where the row is that of a claim.
    pub claim: Option<ClaimId>,
}

impl UiState {
    /// The articles that an action is about: the marked ones, or else the one in the reader.
    pub fn concerned(&self) -> Vec<ArticleId> {
        if self.marked.is_empty() {
            self.article.iter().cloned().collect()
        } else {
            self.marked.iter().cloned().collect()
        }
    }

    /// The place that is `steps` behind the active one in F6 order, past folded ones.
    pub fn place_after(&self, steps: isize) -> Place {
        let open: Vec<Place> = Place::ALL.into_iter().filter(|place| !self.folded.contains(place)).collect();
        let count = isize::try_from(open.len()).unwrap_or(1).max(1);
        let at = open.iter().position(|place| *place == self.active).and_then(|at| isize::try_from(at).ok());
        let next = at.map_or(0, |at| (at + steps).rem_euclid(count));
        usize::try_from(next).ok().and_then(|next| open.get(next).copied()).unwrap_or_default()
    }
}

/// What a panel wants of the window. Pushed while drawing, carried out afterwards.
#[derive(Clone, Debug, PartialEq)]
#[expect(clippy::large_enum_variant, reason = "a few in a frame, moved once")]
pub enum Request {
    /// A change of the project.
    Run(crate::session::Command),
    /// An action of the list, as if by menu or key.
    Act(super::actions::Action),
    /// Show an article from its beginning, or where it was left.
    ShowArticle(ArticleId),
    /// Show a place in an article, and flash it.
    Jump(ArticleId, Span),
    /// Choose a claim and show it, wherever it stands.
    ShowClaim(ClaimId),
    /// Choose a suggestion and show it.
    ShowSuggestion(SuggestionKey),
    /// Choose without scrolling.
    Choose(Chosen),
    /// Select words of the article in the reader.
    Select(Option<Span>),
    /// Unfold and mark a fact.
    ShowFact(Option<Name>),
    /// Give a place the keyboard.
    Focus(Place),
    /// Note the row of the facts table that the keyboard is at.
    Row(FactRow),
    /// Mark articles in the list.
    Mark(BTreeSet<ArticleId>),
    /// Open or close a window inside the window.
    Sheet(Sheet, bool),
    /// Put the file of a corrected version in the place of the article that is shown.
    Replace(std::path::PathBuf),
    /// Save the view of the facts that is shown, as a picture, to this path.
    SavePicture(std::path::PathBuf),
    /// Open the form for words.
    Word(WordTask),
    /// Light, dark, or as the system has it.
    Look(Look),
    /// Other keys for actions.
    Keys(Keymap),
}

/// What a panel is given: everything to read, and where to push what it wants.
pub struct View<'a> {
    /// The project.
    pub session: &'a crate::session::Session,
    /// What is shown and chosen.
    pub state: &'a UiState,
    /// Colours.
    pub theme: std::sync::Arc<super::theme::Theme>,
    /// Requests, in order.
    pub requests: &'a mut Vec<Request>,
}

impl View<'_> {
    /// Pushes a request.
    pub fn ask(&mut self, request: Request) {
        self.requests.push(request);
    }

    /// Pushes a change of the project.
    pub fn run(&mut self, command: crate::session::Command) {
        self.requests.push(Request::Run(command));
    }
}
