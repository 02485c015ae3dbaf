//! What a user can do to a project, as values. Panels push these while they draw; afterwards
//! [`Session::run`](super::Session::run) turns each into a transaction.

use std::path::PathBuf;

use crate::claim::{
    ArticleId, BestRule, Category, Change, Claim, ClaimId, DateWindow, Grade, Name, OutsideSuggester, Party, Progress,
    Reading, Ruling, RulingId, RulingOp, Source, Span, SuggestionKey, Trace, Word,
};

/// A wish of the user's.
#[derive(Clone, Debug, PartialEq)]
pub enum Command {
    /// Open files and folders of articles, or a project among them. Read in the background.
    Open(Vec<PathBuf>),
    /// From now on open articles of up to so many millions of bytes; see
    /// [`Session::largest`](super::Session::largest).
    SetLargest(u32),
    /// Open a project folder, or its `project.ron`.
    OpenProject(PathBuf),
    /// Begin an untitled project. What was open stays saved.
    NewProject,
    /// Give the project a place and a name.
    SaveAs(PathBuf),
    /// Write everything now.
    Save,
    /// An article from the clipboard.
    Paste {
        /// Text, or HTML.
        text: String,
        /// Whether it is HTML.
        html: bool,
        /// Title; empty leaves it to the text.
        title: String,
        /// Outlet; empty leaves it to the text.
        outlet: String,
        /// Date in the notation of the metadata table; empty leaves it to the text.
        published: String,
        /// Address; empty leaves it to the text.
        url: String,
    },
    /// Put a corrected version in the place of an article's text; what was made of it goes along.
    /// Read in the background; see [`Session::replacement`](super::Session::replacement).
    Replace {
        /// Which.
        article: ArticleId,
        /// The file of the corrected version.
        path: PathBuf,
    },
    /// Read an article's own bytes otherwise, in the background: a version like a corrected one.
    Reread {
        /// Which.
        article: ArticleId,
        /// How.
        reading: super::ArticleReading,
    },
    /// Say where the words of a claim stand that was made on an earlier version of its article.
    Reanchor {
        /// The claim.
        claim: ClaimId,
        /// Where it stands in the current text, in bytes.
        span: Span,
    },
    /// Take an article out, with its claims and decisions.
    RemoveArticle(ArticleId),
    /// Set outlet, title, address or date of one or several articles by hand; `None` leaves as is,
    /// an empty text (or unknown window) takes the value away.
    SetMetadata {
        /// Which.
        articles: Vec<ArticleId>,
        /// Outlet.
        outlet: Option<Name>,
        /// Title.
        title: Option<Name>,
        /// Address.
        url: Option<Name>,
        /// Date of publication.
        published: Option<DateWindow>,
    },
    /// Read a metadata table (CSV) over the articles.
    ImportMetadata(PathBuf),
    /// How far the analyst has got.
    SetProgress(ArticleId, Progress),
    /// Make a claim of a suggestion as it stands.
    Accept(SuggestionKey),
    /// Make a claim of a suggestion with corrections: the reading and trace as the analyst wants them.
    AcceptAs {
        /// Which.
        suggestion: SuggestionKey,
        /// As it shall be read.
        reading: Box<Reading>,
        /// Where each field then comes from.
        trace: Trace,
    },
    /// Make claims of all suggestions in an article (or in all) that are graded at least so.
    AcceptAll {
        /// Where; `None` is everywhere.
        article: Option<ArticleId>,
        /// The lowest grade.
        at_least: Grade,
    },
    /// Make claims of these suggestions as they stand, in one step.
    AcceptThese(Vec<SuggestionKey>),
    /// Turn a suggestion down.
    Reject(SuggestionKey),
    /// Turn these suggestions down, in one step.
    RejectThese(Vec<SuggestionKey>),
    /// Take a decision on a suggestion back; an accepted one loses its claim.
    Restore(SuggestionKey),
    /// Let these suggestions, which were turned down, wait again, in one step.
    RestoreThese(Vec<SuggestionKey>),
    /// Tag a span by hand. The reading begins with what the suggester makes of the span, the
    /// category being the given one.
    Tag {
        /// Where.
        article: ArticleId,
        /// What, in bytes.
        span: Span,
        /// As what.
        category: Name,
    },
    /// Make a claim by hand, read as the analyst wants it.
    AddClaim {
        /// Where.
        article: ArticleId,
        /// What, in bytes.
        span: Span,
        /// As it shall be read.
        reading: Box<Reading>,
    },
    /// Tag many spans by hand, in one step that is undone as one.
    TagAll {
        /// Where and what, in bytes.
        spans: Vec<(ArticleId, Span)>,
        /// As what.
        category: Name,
    },
    /// Put a claim in the place of the one with its id; also moves its boundaries, and adds or
    /// drops further evidence. `label` is what "Undo …" says.
    ChangeClaim {
        /// The claim as it shall be.
        claim: Box<Claim>,
        /// "set party", "nudge boundary".
        label: Name,
    },
    /// Delete claims; a suggestion that one came from waits again.
    DeleteClaims(Vec<ClaimId>),
    /// Overrule the reconciliation.
    Rule {
        /// How.
        op: RulingOp,
        /// Why.
        reason: String,
    },
    /// Take a ruling back.
    RevokeRuling(RulingId),
    /// Put a ruling in the place of the one with its id.
    ChangeRuling(Box<Ruling>),
    /// Ask what a ruling would change: [`Session::previewed_ruling`](super::Session::previewed_ruling).
    PreviewRuling(Box<RulingOp>),
    /// Ask what other rules for "best" would change: [`Session::previewed_best`](super::Session::previewed_best).
    PreviewBest,
    /// Choose the rule that gives "best".
    SetBestRule(BestRule),
    /// Rank these sources, the first being believed first; all others have no rank.
    RankSources(Vec<Name>),
    /// Set the tolerance of "about", in per cent.
    SetTolerance(u8),
    /// Add (before `None`), change or remove (after `None`) a category.
    Category(Option<Category>, Option<Category>),
    /// Add, change or remove a party.
    Party(Option<Party>, Option<Party>),
    /// Add, change or remove a source.
    Source(Option<Source>, Option<Source>),
    /// Make one of two categories, parties or sources.
    Merge(super::Merge),
    /// Add, change or remove an entry of the project's words for suggestions.
    ChangeWord(Change<Word>),
    /// Add, change or remove a suggester of the analyst's own.
    ChangeSuggester {
        /// Before and after.
        change: Change<OutsideSuggester>,
        /// Whether the project keeps it, or the analyst's own settings.
        of_project: bool,
    },
    /// Run a suggester of the analyst's own over all articles, in the background.
    RunSuggester {
        /// Its name.
        name: Name,
        /// Whether it is one that the project keeps.
        of_project: bool,
        /// The analyst has seen the command, and allows the project to run it from now on.
        allow: bool,
    },
    /// The analyst's name.
    SetAnalyst(Name),
    /// Take the last action back.
    Undo,
    /// Do it again after all.
    Redo,
    /// Write a dataset in the background.
    Export {
        /// The id of a format of the list.
        format: Name,
        /// File or folder.
        path: PathBuf,
    },
    /// Write a picture in the background.
    SavePicture {
        /// The file.
        path: PathBuf,
        /// What goes into it.
        svg: String,
    },
    /// Look at the facts as of a day, on what was out by then; with `None`, at all.
    ShowAsOf(Option<chrono::NaiveDate>),
    /// Whether suggestions on which nothing is decided are counted into the facts.
    CountSuggestions(bool),
    /// Look whether somebody else has changed the project's files: when the window gets the focus.
    LookAround,
    /// Stop a job.
    StopJob(u64),
    /// A notice was read.
    DismissNotice(u64),
}
