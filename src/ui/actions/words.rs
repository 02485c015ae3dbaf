//! The words of actions: names, names as things stand, and a sentence for each.

use std::borrow::Cow;

use super::{Action, Nudge, Ruling};
use crate::claim::{BestRule, Grade, Progress, WordSort};
use crate::formats::FORMATS;
use crate::session::Session;
use crate::ui::state::{Chosen, Look, Place, UiState};

impl Action {
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
            Self::Reread => "Reopen with encoding…",
            Self::ToggleDone => "Mark as read",
            Self::RemoveArticles => "Remove article",
            Self::Palette => "Search articles and actions…",
            Self::Toggle(Place::Articles) => "Articles",
            Self::Toggle(Place::Reader) => "Text",
            Self::Toggle(Place::Inspector) => "Inspector",
            Self::Toggle(Place::Reconciliation) => "Reconciliation",
            Self::NextPlace => "Next place",
            Self::PreviousPlace => "Previous place",
            Self::OpenMenu(menu) => return Cow::Owned(format!("{} menu", menu.title())),
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
            Self::Suggestions => "Suggestions of all articles",
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
            Self::TagAgain => "Tag as before",
            Self::Teach(WordSort::Source) => "These words are a source…",
            Self::Teach(WordSort::Party) => "These words are a party…",
            Self::Teach(WordSort::Unit) => "These words are a unit…",
            Self::Teach(WordSort::NotAFigure) => "This is not a figure…",
            Self::Codebook => "Codebook",
            Self::Words => "Words of this project",
            Self::Suggesters => "Suggesters",
            Self::Swap => "Swap from and to",
            Self::Nudge(Nudge::StartOut) => "Move the start outwards",
            Self::Nudge(Nudge::EndOut) => "Move the end outwards",
            Self::Nudge(Nudge::StartIn) => "Move the start inwards",
            Self::Nudge(Nudge::EndIn) => "Move the end inwards",
            Self::NudgeLetter(Nudge::StartOut) => "Move the start outwards by a character",
            Self::NudgeLetter(Nudge::EndOut) => "Move the end outwards by a character",
            Self::NudgeLetter(Nudge::StartIn) => "Move the start inwards by a character",
            Self::NudgeLetter(Nudge::EndIn) => "Move the end inwards by a character",
            Self::AddEvidence => "Add the selected words to the claim",
            Self::NextClaim => "Next claim",
            Self::PreviousClaim => "Previous claim",
            Self::DeleteClaim => "Delete claim",
            Self::ChooseNothing => "Choose nothing",
            Self::ShowWords => "Show the reasons, one after the other",
            Self::ShowFact => "Show its fact",
            Self::ShowView(view) => return Cow::Owned(format!("Show {}", view.label().to_lowercase())),
            Self::Rule(Ruling::PinValue) => "Pin the value of the fact…",
            Self::Rule(Ruling::PinVerdict) => "Pin the verdict of the fact…",
            Self::Rule(Ruling::Merge) => "Merge the fact with another…",
            Self::Rule(Ruling::Move) => "Move the claim to another fact…",
            Self::Rule(Ruling::Exclude) => "Exclude the claim from the facts…",
            Self::Rule(Ruling::SetDate) => "Set the date of the claim…",
            Self::Rule(Ruling::SetOrigin) => "Set the origin of the claim…",
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
            Self::TagAgain => match state.last_tag.as_ref().and_then(|tag| session.codebook().category(tag)) {
                Some(category) => format!("Tag as {} again", category.label.to_lowercase()),
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
            Self::OpenArticles => {
                "Add articles to the project: text, pages, e-mail, documents, PDF, or a table of many."
            }
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
            Self::Reread => "Read the article’s own bytes otherwise: encoding, whole page, column of a table.",
            Self::ToggleDone => "Mark the article as read, whatever was found in it.",
            Self::RemoveArticles => "Take the article out, with its claims. Can be undone.",
            Self::Palette => "Find an article or an action by a few letters.",
            Self::Toggle(Place::Articles) => "Show or hide the list of articles.",
            Self::Toggle(Place::Reader) => "The text is always shown.",
            Self::Toggle(Place::Inspector) => "Show or hide the inspector.",
            Self::Toggle(Place::Reconciliation) => "Show or hide facts, sums and timeline.",
            Self::NextPlace => "Give the next part of the window the keyboard.",
            Self::PreviousPlace => "Give the previous part of the window the keyboard.",
            Self::OpenMenu(_) => "Open the menu; arrows go through it.",
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
            Self::Suggestions => "Filter, sort and decide what waits in all articles, many at once.",
            Self::Rejected => "Suggestions that were turned down, to take a rejection back.",
            Self::Tag(_) => "Tag the selected words, or give the chosen claim another category.",
            Self::TagAgain => "Tag the selected words with the category that was used last.",
            Self::Teach(WordSort::NotAFigure) => "A number beside these words is never suggested in this project.",
            Self::Teach(_) => "Add the selected words to those that suggestions know in this project.",
            Self::Codebook => "Categories, parties and sources: add, rename, merge, retire.",
            Self::Words => "What was added to the words that suggestions know: change, switch off, remove.",
            Self::Suggesters => "Programs of your own that suggest claims, and running them.",
            Self::Swap => "Exchange giver and receiver of the chosen claim or suggestion.",
            Self::Nudge(_) => "Move a boundary of the chosen claim by a word.",
            Self::NudgeLetter(_) => "Move a boundary of the chosen claim by a character.",
            Self::AddEvidence => "Words that stand apart belong to one claim: the count here, the party there.",
            Self::NextClaim => "Choose the next claim of this article.",
            Self::PreviousClaim => "Choose the previous claim of this article.",
            Self::DeleteClaim => "Delete the chosen claim. The suggestion that it came from waits again.",
            Self::ChooseNothing => "Choose and select nothing.",
            Self::ShowFact => "Show the fact that the chosen claim has joined.",
            Self::ShowWords => {
                "Light up the words that the first field rests on, then the next; of a fact, those of its claims."
            }
            Self::ShowView(_) => "Show this view of the facts.",
            Self::Rule(ruling) if ruling.is_of_fact() => "Of the fact that the keyboard is at, or of the chosen claim.",
            Self::Rule(_) => "Of the claim that the keyboard is at among the facts, or else of the chosen one.",
            Self::CopyView => "Copy facts, matrix, sums … as they are shown, for a spreadsheet.",
            Self::SavePicture => "Write the facts with their ranges, or the timeline, as an SVG file.",
            Self::CountSuggestions => "Whether the facts count suggestions on which nothing is decided.",
            Self::Best(_) => "The rule that gives the best value of a fact.",
            Self::Sources => "Which source is believed first where the rule for best is the source hierarchy.",
            Self::Shortcuts => "Every action with its keys.",
            Self::About => "Version, licences.",
        }
    }
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
