//! What the window shows and what is chosen in it: never the user's work.

use crate::claim::{ArticleId, ClaimId, Name, Span, SuggestionKey};

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
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
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
    /// A span that the reader shall scroll to and flash; taken by the reader.
    pub jump: Option<Span>,
    /// The place that shall take the keyboard; taken by that place.
    pub focus: Option<Place>,
    /// The place that has the keyboard.
    pub active: Place,
    /// Suggestions below this grade are hidden.
    pub threshold: Option<crate::claim::Grade>,
    /// Which places are folded away.
    pub folded: std::collections::BTreeSet<Place>,
}

/// What a panel wants of the window. Pushed while drawing, carried out afterwards.
#[derive(Clone, Debug, PartialEq)]
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
