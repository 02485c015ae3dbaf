//! The way of the work to the disk: what is asked of the keeper, and what it reports.

use std::collections::{BTreeMap, VecDeque};
use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};

use super::{Session, Severity};
use crate::claim::{Edit, Name, Transaction, grouped};
use crate::project::layout::Part;
use crate::project::merge::{self, Outside};
use crate::project::{self, ArticleBytes, FileError, Found, Keeper, Order, Report, Store, UNTITLED, items};

/// So many characters of a title tell a project from others.
const TITLE: usize = 36;

/// Whether the work is on disk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SaveState {
    /// Nothing to save yet.
    Empty,
    /// Every change is on disk, since so many whole seconds.
    Saved {
        /// Seconds since the last change was acknowledged.
        ago: u64,
    },
    /// A change is on its way to disk.
    Saving,
    /// Saving failed; why, and what to do.
    Failed(String),
    /// Opened read-only; why.
    ReadOnly(String),
}

/// What is known of the way of the work to the disk.
#[derive(Debug, Default)]
pub(super) struct Saving {
    keeper: Option<Keeper>,
    folder: Option<PathBuf>,
    /// Keepers of projects that were open before, which may still be writing.
    closing: Vec<Keeper>,
    /// What is asked of a keeper that does not work yet.
    waiting: Vec<Order>,
    /// Whether a project to save into is being made.
    creating: bool,
    /// How many transactions were sent, and how many of them are safe.
    issued: u64,
    safe: u64,
    safe_at: Option<DateTime<Utc>>,
    /// How many articles the project had when it was last described among the recent ones: every claim
    /// more would write the settings once more.
    described: usize,
    /// What the project's files may not have yet.
    unwritten: VecDeque<(u64, Transaction)>,
    /// Orders to save whose answer is awaited.
    answers: usize,
    failure: Option<String>,
    pub(super) read_only: Option<String>,
    /// Parts whose file does not read, and why.
    pub(super) blocked: BTreeMap<Part, String>,
}

impl Saving {
    pub(super) fn folder(&self) -> Option<&Path> {
        self.folder.as_deref()
    }

    /// Whether something is on its way that will be answered.
    pub(super) fn is_awaited(&self) -> bool {
        let busy = self.creating || self.answers > 0 || self.safe < self.issued;
        busy && self.failure.is_none() && (self.keeper.is_some() || self.creating)
    }

    /// How many transactions were sent.
    pub(super) fn issued(&self) -> u64 {
        self.issued
    }

    /// The saving of a project that was opened, or of none.
    pub(super) fn of(folder: Option<PathBuf>, read_only: Option<String>, blocked: BTreeMap<Part, String>) -> Self {
        Self { folder, read_only, blocked, ..Self::default() }
    }
}

impl Session {
    /// Whether the work is on disk.
    pub fn save_state(&self) -> SaveState {
        let saving = &self.saving;
        if let Some(why) = &saving.read_only {
            return SaveState::ReadOnly(why.clone());
        }
        if let Some(why) = &saving.failure {
            return SaveState::Failed(why.clone());
        }
        if self.environment.setup.is_none() || (saving.issued == 0 && saving.folder.is_none()) {
            return SaveState::Empty;
        }
        if saving.safe < saving.issued {
            return SaveState::Saving;
        }
        let ago = saving.safe_at.map_or(0, |at| ((self.environment.now)() - at).num_seconds());
        SaveState::Saved { ago: u64::try_from(ago).unwrap_or(0) }
    }

    /// Why an article's claims cannot be changed, where its file does not read.
    pub fn read_only_article(&self, id: &crate::claim::ArticleId) -> Option<&str> {
        let blocked = &self.saving.blocked;
        let why = blocked.get(&Part::Layer(id.clone())).or_else(|| blocked.get(&Part::Article(id.clone())))?;
        Some(why)
    }

    /// Whether edits may be made; where not, a notice says why.
    pub(super) fn may_change(&mut self, edits: &[Edit]) -> bool {
        let why = match &self.saving.read_only {
            Some(why) => Some(format!("The project is read-only: {why}. Nothing was changed.")),
            None if self.saving.blocked.is_empty() => None,
            None => edits.iter().flat_map(Part::of).find_map(|part| {
                let why = self.saving.blocked.get(&part)?;
                Some(format!("This cannot be changed while its file does not read: {why}. Nothing was changed."))
            }),
        };
        why.map(|why| self.notify(Severity::Warning, why)).is_none()
    }

    /// Sends a transaction on its way to the disk.
    pub(super) fn save(&mut self, transaction: Transaction) {
        if self.environment.setup.is_none() {
            return;
        }
        self.saving.issued += 1;
        let number = self.saving.issued;
        self.saving.unwritten.push_back((number, transaction.clone()));
        self.order(Order::Apply { number, transaction });
    }

    /// Sends a transaction on its way to the disk that has been copied already.
    pub(super) fn save_copies(&mut self, [one, other]: [Transaction; 2]) {
        if self.environment.setup.is_none() {
            return;
        }
        self.saving.issued += 1;
        let number = self.saving.issued;
        self.saving.unwritten.push_back((number, one));
        self.order(Order::Apply { number, transaction: other });
    }

    /// Sends the bytes of articles on their way, before the transaction that adds them.
    pub(super) fn keep_articles(&mut self, articles: Vec<ArticleBytes>) {
        if self.environment.setup.is_some() {
            self.order(Order::KeepArticles(articles));
        }
    }

    /// Asks the keeper for something; where there is none yet, a project is made in the background.
    fn order(&mut self, order: Order) {
        match &self.saving.keeper {
            Some(keeper) => keeper.ask(order),
            None => {
                self.saving.waiting.push(order);
                self.create_project();
            }
        }
    }

    fn create_project(&mut self) {
        let Some(setup) = self.environment.setup.clone() else { return };
        if self.saving.creating || self.saving.folder.is_some() {
            return;
        }
        self.saving.creating = true;
        self.project_id = None;
        let (id, created, project) = ((self.environment.new_id)(), self.stamp(), self.project_number);
        self.jobs.start("", move |worker| {
            let store = project::create_untitled(&setup, &id, &created);
            worker.send(move |session| {
                if session.project_number == project {
                    session.project_id = store.is_ok().then_some(id);
                    session.take_created(store);
                }
            });
        });
    }

    fn take_created(&mut self, store: Result<Store, FileError>) {
        self.saving.creating = false;
        match store {
            Ok(store) => {
                self.saving.failure = None;
                self.note_recent(store.root().to_path_buf());
                self.keep(store);
            }
            Err(error) => self.fail(&error),
        }
        self.revision += 1;
    }

    /// Puts a store to work on its thread.
    pub(super) fn keep(&mut self, store: Store) {
        self.saving.folder = Some(store.root().to_path_buf());
        let (post, project) = (self.jobs.post(), self.project_number);
        let report = move |report| {
            post.send(move |session| {
                // A keeper that closes another project has only trouble to tell.
                if session.project_number == project {
                    session.take_report(report);
                } else if let Report::Failed(error) | Report::Closed(Err(error)) = report {
                    session.notify(Severity::Error, format!("The project that was open before: {error}."));
                }
            });
        };
        match Keeper::start(store, self.environment.timing, report) {
            Ok(keeper) => {
                for order in std::mem::take(&mut self.saving.waiting) {
                    keeper.ask(order);
                }
                self.saving.keeper = Some(keeper);
            }
            Err(error) => self.fail(&FileError::whole("keeping the work", error)),
        }
    }

    fn fail(&mut self, error: &FileError) {
        let text = format!("{error}. What you did is kept in memory; it is tried again, or save to another place.");
        self.saving.failure = Some(text);
        self.saving.answers = 0;
        self.revision += 1;
    }

    fn take_report(&mut self, report: Report) {
        match report {
            Report::Safe { through } => self.acknowledge(through),
            Report::Checkpointed { through } => {
                self.saving.answers = self.saving.answers.saturating_sub(1);
                self.saving.unwritten.retain(|(number, _)| *number > through);
                self.acknowledge(through);
                if self.saving.described != self.workspace.articles.len() {
                    self.describe_recent(false);
                }
            }
            Report::Failed(error) => self.fail(&error),
            Report::Found(found) => self.merge_found(found),
            Report::SavedAs(Ok(folder)) => {
                self.saving.answers = self.saving.answers.saturating_sub(1);
                self.saving.failure = None;
                if let (true, Some(old)) = (self.is_untitled(), self.saving.folder.take()) {
                    self.settings.forget_recent(&old); // it has moved
                }
                self.saving.folder = Some(folder.clone());
                self.name = name_of(&folder);
                self.note_recent(folder);
            }
            Report::SavedAs(Err(error)) => {
                self.saving.answers = self.saving.answers.saturating_sub(1);
                let text = format!("The project was not saved there. {error}. It stays where it was.");
                self.notify(Severity::Error, text);
            }
            Report::Closed(_) => {}
        }
        self.revision += 1;
    }

    fn acknowledge(&mut self, through: u64) {
        self.saving.failure = None;
        if through > self.saving.safe {
            self.saving.safe = through;
            self.saving.safe_at = Some((self.environment.now)());
        }
    }

    /// Takes in what somebody else has done to the files.
    fn merge_found(&mut self, found: Found) {
        self.finish_turning();
        let Found { outside, articles, blocked, unblocked } = found;
        // An order to save ends here when it found something; what follows is saved as it comes.
        self.saving.answers = self.saving.answers.saturating_sub(1);
        for part in unblocked {
            self.saving.blocked.remove(&part);
        }
        for (part, error) in blocked {
            self.notify(Severity::Error, format!("{error}. The file was left as it is; nothing is written to it."));
            self.saving.blocked.insert(part, error.to_string());
        }
        for article in articles {
            self.put_article(article);
        }
        let mut edits = Vec::new();
        for outside in outside {
            edits.extend(self.merge_one(outside));
        }
        let count = edits.len();
        if self.commit("take in changes from disk", edits) {
            let changes = if count == 1 { "1 change".to_owned() } else { format!("{count} changes") };
            self.notify(Severity::Info, format!("Somebody else has changed the project: {changes} were taken in."));
            self.take_layers_along();
        }
        self.update_facts();
    }

    fn merge_one(&mut self, outside: Outside) -> Vec<Edit> {
        let edits = self.saving.unwritten.iter().flat_map(|(_, transaction)| &transaction.edits);
        let merged = merge::merge(&self.workspace, &items::chains(edits), &outside);
        for notice in merged.notices {
            self.notify(Severity::Warning, format!("{}: {notice}.", outside.file));
        }
        self.order(Order::Adopt(outside));
        merged.edits
    }

    /// Writes everything now. A project without a place stays where untitled ones are.
    pub(super) fn save_now(&mut self) {
        if self.saving.read_only.is_some() {
            return;
        }
        if self.saving.keeper.is_some() {
            self.saving.answers += 1;
            self.order(Order::Checkpoint);
        } else if !self.saving.waiting.is_empty() {
            self.create_project();
        }
    }

    /// Gives the project a place and a name.
    pub(super) fn save_as(&mut self, folder: PathBuf) {
        if self.environment.setup.is_none() {
            self.notify(Severity::Warning, "This project is in memory only; it cannot be saved.".to_owned());
            return;
        }
        if let Some(why) = &self.saving.read_only {
            let text =
                format!("A project that is read-only cannot be saved elsewhere from here ({why}). Copy its folder.");
            self.notify(Severity::Warning, text);
            return;
        }
        self.saving.answers += 1;
        let name = name_of(&folder);
        self.order(Order::SaveAs { folder, name });
    }

    /// Looks whether somebody else has changed the project's files.
    pub(super) fn look_around(&mut self) {
        if let Some(keeper) = &self.saving.keeper {
            keeper.ask(Order::LookAround);
        }
    }

    /// Lets the open project go: it is written in the background.
    pub(super) fn let_go(&mut self) {
        self.finish_turning();
        self.describe_recent(true);
        let verdicts = self.counted_verdicts();
        if let Some(keeper) = self.saving.keeper.take() {
            keeper.ask(Order::NoteVerdicts(verdicts));
            keeper.ask(Order::Close);
            self.saving.closing.push(keeper);
        }
    }

    /// Keepers that may still be writing: whoever opens a project waits for them first.
    pub(super) fn take_closing(&mut self) -> Vec<Keeper> {
        std::mem::take(&mut self.saving.closing)
    }

    /// Writes everything, and waits until it is written. The session must not be used afterwards.
    pub fn close(&mut self) {
        self.finish_turning();
        self.jobs.stop_all();
        if self.saving.creating || (!self.saving.waiting.is_empty() && self.saving.keeper.is_none()) {
            self.create_project();
            self.settle(); // there is work that has no project yet
        }
        self.let_go();
        self.take_closing().into_iter().for_each(Keeper::join);
        self.settle(); // settings may still be on their way
    }

    /// Ends without writing anything more, as a kill would: what was acknowledged is in the
    /// journal. For tests.
    pub fn abandon(mut self) {
        if let Some(keeper) = self.saving.keeper.take() {
            keeper.ask(Order::Abandon);
            keeper.join();
        }
    }

    /// Sets the analyst's name. The claims of an untitled project go along; in any other the
    /// layer of that name is opened.
    pub(super) fn set_analyst(&mut self, name: &Name) {
        let name: Name = name.trim().into();
        if name.is_empty() || name == self.analyst {
            return;
        }
        self.analyst = name.clone();
        self.settings.analyst = Some(name.clone());
        self.save_settings();
        self.revision += 1;
        match self.saving.folder.clone() {
            Some(folder) if !self.is_untitled() => {
                let text = format!("Each analyst has claims of her own; now those of {name} are shown.");
                self.notify(Severity::Info, text);
                self.reopen(folder);
            }
            _ if self.environment.setup.is_some() && (self.saving.keeper.is_some() || self.saving.creating) => {
                self.order(Order::RenameAnalyst(name));
            }
            _ => {}
        }
    }

    /// Notes the open project among the recent ones.
    pub(super) fn note_recent(&mut self, folder: PathBuf) {
        let (name, now, about) = (self.name.clone(), (self.environment.now)(), self.contents());
        self.settings.note_recent(&name, &folder, now, about);
        self.save_settings();
    }

    /// Notes what the open project has in it by now, so that it is told from others of its name.
    /// `leaving`: an untitled one with nothing in it is then forgotten.
    fn describe_recent(&mut self, leaving: bool) {
        let Some(folder) = self.saving.folder.clone() else { return };
        self.saving.described = self.workspace.articles.len();
        let known = self.settings.recent.len();
        if leaving && self.workspace.articles.is_empty() && self.is_untitled() {
            self.settings.forget_recent(&folder);
        }
        let about = self.contents();
        if self.settings.describe_recent(&folder, about) || self.settings.recent.len() != known {
            self.save_settings();
        }
    }

    /// What the open project has in it, in a few words: its first article, how many others, how many
    /// claims.
    fn contents(&self) -> Name {
        let articles = self.workspace.articles.len();
        let first = self.articles_with(&[]).next().and_then(|id| self.workspace.articles.get(id));
        let Some(first) = first else { return "".into() };
        let title = first.label().split_whitespace().collect::<Vec<_>>().join(" ");
        let title = match title.char_indices().nth(TITLE) {
            Some((at, _)) => {
                // At a word's end, unless that is far away.
                let end = title[..at].rfind(' ').filter(|end| end * 3 > at * 2).unwrap_or(at);
                format!("{}…", title[..end].trim_end())
            }
            None => title,
        };
        let more = if articles > 1 { format!(" and {} more", grouped(articles as u64 - 1)) } else { String::new() };
        let claims = match self.workspace.claims.len() {
            0 => String::new(),
            1 => " · 1 claim".to_owned(),
            n => format!(" · {} claims", grouped(n as u64)),
        };
        format!("{title}{more}{claims}").into()
    }

    /// Writes the settings in the background.
    pub(super) fn save_settings(&mut self) {
        let Some(setup) = self.environment.setup.clone().filter(|_| !self.headless) else { return };
        let settings = self.settings.clone();
        self.settings_turn.0 += 1;
        let (turn, done) = self.settings_turn.clone();
        self.jobs.start("", move |worker| {
            let Ok(mut done) = done.lock() else { return };
            if *done > turn {
                return;
            }
            *done = turn;
            if let Err(error) = settings.save(&setup) {
                let text = format!("The settings were not saved: {error}.");
                worker.send(move |session| session.notify(Severity::Warning, text));
            }
        });
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        self.close();
    }
}

fn name_of(folder: &Path) -> Name {
    folder.file_name().map_or_else(|| UNTITLED.into(), |name| name.to_string_lossy().into())
}
