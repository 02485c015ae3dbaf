//! A project in use: commands, history, background jobs, notices. No egui here.
//!
//! The window reads a [`Session`] while it draws, and pushes [`Command`]s. [`Session::run`] turns
//! each into a transaction; [`Session::poll`] takes in what background work has brought.

mod accept;
mod annotate;
mod catalogue;
mod claims;
mod codebook;
mod command;
mod environment;
mod export;
mod facts;
mod follow;
mod headless;
mod history;
mod jobs;
mod merge;
mod metadata;
mod notices;
mod open_articles;
mod open_project;
mod opening;
mod outside;
mod preview;
mod replace;
mod reread;
mod rulings;
mod saving;
mod shelf;
mod shelves;
mod slices;
mod stock;
mod suggested;
mod turning;
mod upkeep;
mod uses;
mod words;

pub use command::Command;
pub use environment::Environment;
pub use jobs::Job;
pub use merge::Merge;
pub use notices::{Notice, Severity};
pub use open_articles::LARGEST;
pub use outside::KnownSuggester;
pub use preview::differences;
pub use replace::Replacement;
pub use reread::Reading as ArticleReading;
pub use saving::SaveState;
pub use shelves::MarksChanged;
pub use uses::Uses;

pub use crate::formats::{ExportFormat, FORMATS};
pub use crate::project::Recent;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use crate::article::{Article, OldText};
use crate::claim::{
    ArticleId, Claim, ClaimId, Codebook, FactVerdict, Grade, Lexicon, Name, Stamp, Suggestion, SuggestionKey, Workspace,
};
use crate::project::{self, Settings, UNTITLED};
use crate::suggest::Suggester;

use catalogue::Catalogue;
use history::History;
use jobs::Jobs;
use notices::Notices;
use preview::Questions;
use saving::Saving;
use shelf::Shelf;
use shelves::Shelves;
use suggested::Suggested;
use upkeep::Facts;
use words::Words;

/// So long the results of background work are taken in between two frames.
const SLICE: Duration = Duration::from_millis(3);

/// A project in use.
#[derive(Debug)]
pub struct Session {
    environment: Environment,
    jobs: Jobs,
    notices: Notices,
    settings: Settings,
    /// How often settings were to be saved, and which of these is on disk: a later one never loses to an earlier.
    settings_turn: (u64, Arc<std::sync::Mutex<u64>>),
    analyst: Name,

    /// What edits apply to.
    workspace: Workspace,
    /// The articles of the workspace, as they are looked up.
    shelves: Shelves,
    /// The articles in the order of their names.
    catalogue: Catalogue,
    /// Articles that were taken out, for when that is undone.
    attic: BTreeMap<ArticleId, Shelf>,
    /// Articles as they were before they were replaced by another version, by the hash of the text.
    superseded: BTreeMap<(ArticleId, Name), Shelf>,
    /// Texts of versions that are not current, for what was made on them.
    older: BTreeMap<ArticleId, Vec<OldText>>,
    /// How many facts had each verdict when the project was closed: until they are worked out anew.
    expected: Vec<(FactVerdict, usize)>,
    /// What the last replacement of an article came to.
    replacement: Option<Replacement>,
    /// The claims of each article.
    claim_ids: BTreeMap<ArticleId, BTreeSet<ClaimId>>,
    /// What the claims name.
    uses: Uses,
    /// Claims whose words do not stand where they say.
    unanchored: BTreeSet<ClaimId>,
    facts: Facts,
    /// The facts as of a day, while they are looked at.
    past: Option<Facts>,
    /// The last number that facts were given.
    facts_number: u64,
    /// Whether suggestions on which nothing is decided are counted into the facts.
    with_suggestions: bool,
    questions: Questions,
    history: History,
    /// How many things are being done slice by slice.
    slices_under_way: usize,

    /// The analyst's own layer of the lexicon.
    own_layer: Lexicon,
    /// All layers.
    lexicon: Arc<Lexicon>,
    suggester: Arc<Suggester>,
    /// Grows when words change: what older ones came to is dropped.
    compiled: u64,
    /// Which of these the words at hand are, and whether others are being compiled.
    compiled_done: u64,
    compiling: bool,

    name: Name,
    /// The project's identity; `None` while it lies nowhere.
    project_id: Option<Name>,
    saving: Saving,
    /// Grows when another project is opened: results for an older one are dropped.
    project_number: u64,
    /// Nobody looks: facts are not kept up to date, settings not saved.
    headless: bool,
    /// Suggestions are kept up to date.
    suggesting: bool,
    /// The analyst was named for this session, and works in a layer of that name.
    analyst_named: bool,
    revision: u64,
}

impl Default for Session {
    fn default() -> Self {
        Self::new("analyst")
    }
}

impl Session {
    /// An untitled, empty project, all in memory: nothing of it is saved, and the same steps give
    /// the same result.
    pub fn new(analyst: &str) -> Self {
        let settings = Settings { analyst: Some(analyst.into()), ..Settings::default() };
        Self::with(Environment::in_memory(), settings, Words::built_in())
    }

    /// A session of the person at the machine: with settings, and everything saved as it happens.
    /// No project is open yet; see [`Session::resume`].
    pub fn start(environment: Environment) -> Self {
        let (settings, message) = environment.setup.as_ref().map(Settings::load).unwrap_or_default();
        let mut session = Self::with(environment, settings, Words::none());
        if let Some(message) = message {
            session.notify(Severity::Warning, message);
        }
        session.load_own_lexicon();
        session.recompile();
        session
    }

    fn with(environment: Environment, settings: Settings, words: Words) -> Self {
        Self {
            jobs: Jobs::new(environment.wake.clone()),
            notices: Notices::default(),
            analyst: settings.analyst.clone().unwrap_or_else(|| project::user_name().into()),
            settings,
            settings_turn: Default::default(),
            suggester: words.suggester,
            workspace: Workspace::new(),
            shelves: Shelves::default(),
            catalogue: Catalogue::default(),
            attic: BTreeMap::new(),
            superseded: BTreeMap::new(),
            older: BTreeMap::new(),
            expected: Vec::new(),
            replacement: None,
            claim_ids: BTreeMap::new(),
            uses: Uses::default(),
            unanchored: BTreeSet::new(),
            facts: Facts::none(words.lexicon.clone()),
            past: None,
            facts_number: 0,
            with_suggestions: true,
            questions: Questions::default(),
            history: History::default(),
            slices_under_way: 0,
            own_layer: Lexicon::default(),
            lexicon: words.lexicon,
            compiled: 0,
            compiled_done: 0,
            compiling: false,
            name: UNTITLED.into(),
            project_id: None,
            saving: Saving::default(),
            project_number: 0,
            headless: false,
            suggesting: true,
            analyst_named: false,
            revision: 0,
            environment,
        }
    }

    /// Takes in what background work has brought. Called once a frame, before drawing. Returns
    /// whether anything changed.
    pub fn poll(&mut self) -> bool {
        let (before, begun) = (self.revision, Instant::now());
        let mut any = false;
        while let Some(event) = self.jobs.next_event() {
            event(self);
            any = true;
            if begun.elapsed() > SLICE {
                self.jobs.wake(); // what else has come in is for the next frame
                break;
            }
        }
        self.shelves.put_away();
        self.update_facts();
        any || self.revision != before
    }

    /// Waits until all background work is in, acknowledgements of saving included; at most two
    /// minutes. For tests, and for working without a window.
    pub fn settle(&mut self) {
        let end = Instant::now() + Duration::from_secs(120);
        self.update_facts();
        while (self.jobs.is_busy() || self.saving.is_awaited() || self.is_telling()) && Instant::now() < end {
            let patience = if self.is_telling() { Duration::ZERO } else { Duration::from_millis(50) };
            if let Some(event) = self.jobs.wait_event(patience) {
                event(self);
            }
            self.poll();
        }
        self.poll();
    }

    /// Whether nothing is under way in the background, and everything that was done is saved.
    pub fn is_idle(&self) -> bool {
        !self.jobs.is_busy() && !self.saving.is_awaited() && !self.is_telling()
    }

    /// Grows with every change of anything that is drawn.
    pub fn revision(&self) -> u64 {
        self.revision
    }

    /// The articles that have all of some words, given in small letters, in title, outlet or file
    /// name, in the order of their names, numbers in their order.
    pub fn articles_with<'a>(&'a self, words: &'a [String]) -> impl Iterator<Item = &'a ArticleId> {
        self.catalogue.with_words(words)
    }

    /// Grows when articles come, go, or are called otherwise.
    pub fn articles_edition(&self) -> u64 {
        self.catalogue.edition()
    }

    /// Grows when the facts that are looked at are others.
    pub fn facts_edition(&self) -> (u64, u64) {
        let past = self.past.as_ref();
        (past.unwrap_or(&self.facts).number(), self.facts.edition + past.map_or(0, |past| past.edition))
    }

    /// Articles, claims, decisions, rulings, codebook.
    pub fn workspace(&self) -> &Workspace {
        &self.workspace
    }

    /// Categories, parties, sources, conventions.
    pub fn codebook(&self) -> &Codebook {
        &self.workspace.codebook
    }

    /// All layers of the lexicon.
    pub fn lexicon(&self) -> &Lexicon {
        &self.lexicon
    }

    /// What reads typed counts and dates.
    pub fn suggester(&self) -> &Suggester {
        &self.suggester
    }

    /// The project's name: "Untitled" until it has one.
    pub fn project_name(&self) -> &str {
        &self.name
    }

    /// The project's folder; `None` while there is none, or all is in memory.
    pub fn project_folder(&self) -> Option<&Path> {
        self.saving.folder()
    }

    /// Whether the project has no name and place of its own yet.
    pub fn is_untitled(&self) -> bool {
        let untitled = self.environment.setup.as_ref().map(|setup| setup.places.untitled());
        match (self.saving.folder(), untitled) {
            (Some(folder), Some(untitled)) => folder.starts_with(untitled),
            (folder, _) => folder.is_none(),
        }
    }

    /// Projects that were open, the latest first.
    pub fn recent(&self) -> &[Recent] {
        &self.settings.recent
    }

    /// The window's own settings, as it gave them; empty where there are none.
    pub fn ui_settings(&self) -> &str {
        &self.settings.ui
    }

    /// Keeps the window's own settings.
    pub fn set_ui_settings(&mut self, settings: String) {
        if self.settings.ui != settings {
            self.settings.ui = settings;
            self.save_settings();
        }
    }

    /// The text of an article; `None` while it is being read, or where it could not be.
    pub fn article(&self, id: &ArticleId) -> Option<&Arc<Article>> {
        self.shelves.get(id)?.article.as_ref()
    }

    /// The claims of an article, by position; without those whose words do not stand where they say.
    pub fn claims_of(&self, article: &ArticleId) -> Vec<&Claim> {
        self.shelves.get(article).into_iter().flat_map(|shelf| shelf.own.iter()).map(|claim| &**claim).collect()
    }

    /// How many claims of an article have their words where they say: without listing them.
    pub fn claim_count(&self, article: &ArticleId) -> usize {
        self.shelves.get(article).map_or(0, |shelf| shelf.own.len())
    }

    /// A claim of the analyst's whose words stand where it says.
    pub fn standing_claim(&self, id: &ClaimId) -> Option<&Claim> {
        self.workspace.claims.get(id).filter(|_| !self.unanchored.contains(id))
    }

    /// Grows when claims of an article, suggestions on it or decisions on these change.
    pub fn marks_edition(&self, article: &ArticleId) -> u64 {
        self.shelves.edition(article)
    }

    /// What has changed in an article since an [edition](Session::marks_edition), one after the
    /// other; `None` where that is not known in detail.
    pub fn marks_changed(&self, article: &ArticleId, since: u64) -> Option<Vec<&MarksChanged>> {
        self.shelves.changes_since(article, since)
    }

    /// How many claims bear each category, party and source.
    pub fn uses(&self) -> &Uses {
        &self.uses
    }

    /// Claims whose words do not stand where they say, by article and position: shown as such,
    /// never moved, never dropped.
    pub fn unanchored(&self) -> Vec<&Claim> {
        let mut claims: Vec<_> = self.unanchored.iter().filter_map(|id| self.workspace.claims.get(id)).collect();
        claims.sort_by(|a, b| a.order().cmp(&b.order()));
        claims
    }

    /// The suggestions of an article on which nothing is decided, by position.
    pub fn pending(&self, article: &ArticleId) -> Vec<&Suggestion> {
        self.suggestions(article, |shelf| &shelf.pending)
    }

    /// The suggestions of an article that were turned down, by position.
    pub fn rejected(&self, article: &ArticleId) -> Vec<&Suggestion> {
        self.suggestions(article, |shelf| &shelf.rejected)
    }

    fn suggestions(&self, article: &ArticleId, places: impl Fn(&Shelf) -> &Vec<usize>) -> Vec<&Suggestion> {
        let Some(shelf) = self.shelves.get(article) else { return Vec::new() };
        places(shelf).iter().map(|place| &shelf.suggested.list[*place]).collect()
    }

    /// Looks through the suggestions of an article by position: those on which nothing is decided, or
    /// those that were turned down. For whoever looks through all articles: nothing stays in memory.
    pub fn look_through(&self, article: &ArticleId, rejected: bool, mut see: impl FnMut(&SuggestionKey, &Suggestion)) {
        let Some(shelf) = self.shelves.get(article) else { return };
        let places = if rejected { &shelf.rejected } else { &shelf.pending };
        if places.is_empty() {
            return;
        }
        let suggested = shelf.suggested.in_passing();
        places.iter().for_each(|place| see(&suggested.keys[*place], &suggested.list[*place]));
    }

    /// The suggestions of an article on which nothing is decided, each with its key, by position.
    pub fn pending_with_keys(&self, article: &ArticleId) -> impl Iterator<Item = (&SuggestionKey, &Suggestion)> {
        let shelf = self.shelves.get(article);
        shelf.into_iter().flat_map(|shelf| {
            let Suggested { list, keys, .. } = &*shelf.suggested;
            shelf.pending.iter().map(move |place| (&keys[*place], &list[*place]))
        })
    }

    /// How many suggestions of an article wait: without listing them.
    pub fn pending_count(&self, article: &ArticleId) -> usize {
        self.shelves.get(article).map_or(0, |shelf| shelf.pending.len())
    }

    /// The suggestion of a key, where nothing is decided on it.
    pub fn waiting_suggestion(&self, key: &SuggestionKey) -> Option<&Suggestion> {
        let shelf = self.shelves.get(&key.article).filter(|shelf| shelf.waits(key))?;
        shelf.suggestion(key)
    }

    /// All suggestions that are made of the count of a key, whatever was decided on them.
    pub fn suggestions_on(&self, key: &SuggestionKey) -> impl Iterator<Item = (&SuggestionKey, &Suggestion)> {
        let (shelf, span) = (self.shelves.get(&key.article), key.span);
        shelf.into_iter().flat_map(move |shelf| {
            let Suggested { list, keys, .. } = &*shelf.suggested;
            let same = shelf.suggested.overlapping(span).filter(move |place| keys[*place].span == span);
            same.map(move |place| (&keys[place], &list[place]))
        })
    }

    /// The suggestions of an article on which nothing is decided, from a byte on: those that begin
    /// at it or behind it, or backwards those that begin at it or before it, the nearest first.
    pub fn pending_from(
        &self,
        article: &ArticleId,
        byte: u32,
        forwards: bool,
    ) -> Box<dyn Iterator<Item = (&SuggestionKey, &Suggestion)> + '_> {
        let Some(shelf) = self.shelves.get(article) else { return Box::new(std::iter::empty()) };
        let Suggested { list, keys, .. } = &*shelf.suggested;
        let found = |place: &usize| (&keys[*place], &list[*place]);
        let first = |after: bool| {
            shelf.pending.partition_point(|place| {
                let start = list[*place].span.start;
                start < byte || after && start == byte
            })
        };
        match forwards {
            true => Box::new(shelf.pending[first(false)..].iter().map(found)),
            false => Box::new(shelf.pending[..first(true)].iter().rev().map(found)),
        }
    }

    /// The place of a suggestion among those that wait in its article, from 0.
    pub fn pending_place(&self, key: &SuggestionKey) -> Option<usize> {
        let shelf = self.shelves.get(&key.article)?;
        shelf.pending.binary_search(&shelf.suggested.place(key)?).ok()
    }

    /// The place of a claim among those of its article, from 0.
    pub fn claim_place(&self, claim: &Claim) -> Option<usize> {
        self.shelves.get(&claim.article)?.own.place(claim)
    }

    /// How many suggestions of an article wait, by grade in the order of [`Grade::ALL`].
    pub fn pending_of_by_grade(&self, article: &ArticleId) -> [usize; Grade::ALL.len()] {
        self.shelves.get(article).map_or([0; Grade::ALL.len()], |shelf| shelf.tally.pending)
    }

    /// How many suggestions wait in all articles, by grade in the order of [`Grade::ALL`].
    pub fn pending_by_grade(&self) -> [usize; Grade::ALL.len()] {
        self.shelves.tally().pending
    }

    /// The suggestion of a key, whatever was decided on it.
    pub fn suggestion(&self, key: &SuggestionKey) -> Option<&Suggestion> {
        self.shelves.get(&key.article)?.suggestion(key)
    }

    /// Figures about people in the texts that are neither claimed nor rejected.
    pub fn unannotated(&self) -> usize {
        self.shelves.tally().assumed
    }

    /// Messages that have not been read.
    pub fn notices(&self) -> &[Notice] {
        self.notices.list()
    }

    /// Work in the background.
    pub fn jobs(&self) -> &[Job] {
        self.jobs.shown()
    }

    /// The analyst's name.
    pub fn analyst(&self) -> &Name {
        &self.analyst
    }

    /// Turns a command into a transaction and applies it. What cannot be done becomes a notice.
    pub fn run(&mut self, command: Command) {
        self.finish_turning();
        match command {
            Command::Open(paths) => self.open(paths),
            Command::SetLargest(megabytes) => self.set_largest(megabytes),
            Command::OpenProject(path) => self.open_project(path),
            Command::NewProject => self.new_project(),
            Command::SaveAs(path) => self.save_as(path),
            Command::Save => self.save_now(),
            Command::Paste { text, html, title, outlet, published, url } => {
                self.paste(&text, html, metadata::Entered { outlet, title, url, published });
            }
            Command::Replace { article, path } => self.replace_article(&article, path),
            Command::Reread { article, reading } => self.reread(&article, reading),
            Command::Reanchor { claim, span } => self.reanchor_claim(&claim, span),
            Command::RemoveArticle(article) => self.remove_article(&article),
            Command::SetMetadata { articles, outlet, title, url, published } => {
                self.set_metadata(&articles, &metadata::Wanted { outlet, title, url, published });
            }
            Command::ImportMetadata(path) => self.import_metadata(path),
            Command::SetProgress(article, progress) => self.set_progress(&article, progress),
            Command::Accept(key) => self.accept(&key, None),
            Command::AcceptAs { suggestion, reading, trace } => self.accept(&suggestion, Some((*reading, trace))),
            Command::AcceptAll { article, at_least } => self.accept_all(article.as_ref(), at_least),
            Command::AcceptThese(keys) => self.accept_these(keys),
            Command::Reject(key) => self.reject(&key),
            Command::RejectThese(keys) => self.reject_these(keys),
            Command::Restore(key) => self.restore(&key),
            Command::RestoreThese(keys) => self.restore_these(keys),
            Command::Tag { article, span, category } => self.tag(&article, span, &category),
            Command::AddClaim { article, span, reading } => self.add_claim(&article, span, *reading),
            Command::TagAll { spans, category } => self.tag_all(spans, category),
            Command::ChangeClaim { claim, label } => self.change_claim(*claim, &label),
            Command::DeleteClaims(ids) => self.delete_claims(&ids),
            Command::Rule { op, reason } => self.rule(op, reason),
            Command::RevokeRuling(id) => self.revoke_ruling(&id),
            Command::ChangeRuling(ruling) => self.change_ruling(*ruling),
            Command::PreviewRuling(op) => self.preview_ruling(*op),
            Command::PreviewBest => self.preview_best(),
            Command::SetBestRule(rule) => self.set_best_rule(rule),
            Command::RankSources(order) => self.rank_sources(&order),
            Command::SetTolerance(percent) => self.set_tolerance(percent),
            Command::Category(before, after) => self.set_category(before, after),
            Command::Party(before, after) => self.set_party(before, after),
            Command::Source(before, after) => self.set_source(before, after),
            Command::Merge(merge) => self.merge(&merge),
            Command::ChangeWord(change) => self.change_word(&change),
            Command::ChangeSuggester { change, of_project } => self.change_suggester(change, of_project),
            Command::RunSuggester { name, of_project, allow } => self.run_suggester(&name, of_project, allow),
            Command::SetAnalyst(name) => self.set_analyst(&name),
            Command::Undo => self.undo(),
            Command::Redo => self.redo(),
            Command::Export { format, path } => self.export(&format, path),
            Command::SavePicture { path, svg } => self.write_picture(path, svg),
            Command::ShowAsOf(day) => self.show_as_of(day),
            Command::CountSuggestions(count) => self.count_suggestions(count),
            Command::LookAround => self.look_around(),
            Command::StopJob(id) => self.jobs.stop(id),
            Command::DismissNotice(id) => {
                self.notices.dismiss(id);
                self.revision += 1;
            }
        }
        self.update_facts();
    }

    fn count_suggestions(&mut self, count: bool) {
        if self.with_suggestions != count {
            self.with_suggestions = count;
            self.outdate(|stale| stale.all = true);
            self.revision += 1;
        }
    }

    /// Tells the user of something that was done elsewhere: a copy to the clipboard.
    pub fn say(&mut self, text: String) {
        self.notify(Severity::Info, text);
    }

    fn notify(&mut self, severity: Severity, text: String) {
        self.notices.add(severity, text);
        self.revision += 1;
    }

    fn stamp(&self) -> Stamp {
        Stamp { by: self.analyst.clone(), at: (self.environment.now)() }
    }

    fn new_claim_id(&self) -> ClaimId {
        ClaimId(format!("c{}", (self.environment.new_id)()).into())
    }
}

#[cfg(test)]
mod tests;
