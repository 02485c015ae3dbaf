//! A project that is being worked on: keeps what happens in the journal, and writes the touched
//! files at each checkpoint. Synchronous; `keeper` runs it on a thread of its own.

mod checkpoint;
mod elsewhere;
mod others;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::SystemTime;

use rayon::prelude::*;

use super::backup::Backups;
use super::disk::{Disk, EntryKind, Guard};
use super::items::{Item, Key};
use super::journal::{self, Journal, JournalHead};
use super::layout::{ClaimIndex, FormatVersion, Head, Part, VersionFile};
use super::notation::FileError;
use super::opened::OpenedProject;
use super::places::Places;
use super::save::{self, SeenFiles};
use super::work::Recovered;
use super::{index, lock, outside, paths, tree};
use crate::article::Article;
use crate::claim::{ArticleId, FactVerdict, Name, Stamp, Transaction, Workspace};

pub use others::Found;

/// The disk and the folders that a store works with.
#[derive(Clone, Debug)]
pub struct Setup {
    /// The file system.
    pub disk: Arc<dyn Disk>,
    /// The user's own folders.
    pub places: Places,
}

impl Setup {
    /// The machine's file system and the user's folders.
    pub fn of_user() -> Self {
        Self { disk: Arc::new(super::disk::RealDisk), places: Places::of_user() }
    }
}

/// The bytes and the text of an article, to be kept.
#[derive(Clone, Debug)]
pub struct ArticleBytes {
    /// The version, from 1.
    pub version: u32,
    /// The bytes as opened.
    pub source: Arc<[u8]>,
    /// What they came to.
    pub article: Arc<Article>,
}

/// A project that is being worked on, and whose lock is held.
#[derive(Debug)]
pub struct Store {
    setup: Setup,
    root: PathBuf,
    head: Head,
    slug: String,
    /// What the files will be after the next checkpoint.
    replica: Workspace,
    versions: BTreeMap<ArticleId, Vec<VersionFile>>,
    seen: SeenFiles,
    /// The claims of each article of the replica.
    claims: ClaimIndex,
    blocked: BTreeSet<Part>,
    touched: BTreeSet<Part>,
    /// Hashes of what was to be written to a file when that failed.
    attempted: BTreeMap<String, Name>,
    /// What was taken in from files that were not written since.
    adopted: BTreeMap<Part, BTreeMap<Key, Item>>,
    /// What is not in the files yet.
    pending: Vec<Transaction>,
    /// How many of them are in the journal.
    journalled: usize,
    /// What is not in the history yet.
    unlogged: Vec<Transaction>,
    /// Whether the history ends as this session has left it.
    logged_before: bool,
    journal: Option<Journal>,
    /// Journals of sessions that were cut short, whose work is pending here.
    recovered: Vec<PathBuf>,
    /// Articles taken out, whose bytes still lie in their folders for the sake of undo.
    removed: BTreeSet<ArticleId>,
    /// Files of the analyst under another name.
    obsolete: Vec<String>,
    backups: Backups,
    /// How many facts have each verdict, where somebody has worked that out: for the index.
    verdicts: Option<Vec<(FactVerdict, usize)>>,
    _guard: Box<dyn Guard>,
}

impl Store {
    /// Begins a project in a new or empty folder.
    ///
    /// # Errors
    /// Where the folder is not empty, is locked, or something cannot be written.
    pub fn create(
        setup: &Setup,
        folder: &Path,
        head: Head,
        workspace: &Workspace,
        articles: &BTreeMap<ArticleId, (Arc<[u8]>, Arc<Article>)>,
    ) -> Result<Self, FileError> {
        let Head { id, name, created, analyst } = &head;
        let project = save::NewProject { id, name, created, analyst, workspace, articles };
        let seen = save::save_new_on(&*setup.disk, folder, &project)?;
        let wrong = |error| FileError::whole(folder.display().to_string(), error);
        let root = setup.disk.canonical(folder).map_err(wrong)?;
        let guard = lock::take(setup, &root, analyst).map_err(wrong)?;
        let guard = guard.ok_or_else(|| FileError::whole(folder.display().to_string(), lock::TAKEN))?;
        let mut store = Self::new(setup, root, head, workspace.clone(), guard);
        store.seen = SeenFiles::of(seen);
        Ok(store)
    }

    fn new(setup: &Setup, root: PathBuf, head: Head, replica: Workspace, guard: Box<dyn Guard>) -> Self {
        let slug = paths::slug(&head.analyst);
        Self {
            setup: setup.clone(),
            root,
            head,
            slug,
            claims: ClaimIndex::of(&replica),
            replica,
            versions: BTreeMap::new(),
            seen: SeenFiles::default(),
            blocked: BTreeSet::new(),
            touched: BTreeSet::new(),
            attempted: BTreeMap::new(),
            adopted: BTreeMap::new(),
            pending: Vec::new(),
            journalled: 0,
            unlogged: Vec::new(),
            logged_before: false,
            journal: None,
            recovered: Vec::new(),
            removed: BTreeSet::new(),
            obsolete: Vec::new(),
            backups: Backups::default(),
            verdicts: None,
            _guard: guard,
        }
    }

    /// Goes on with an opened project, whose lock is held and whose workspace has `replayed` applied.
    /// Takes over what is known of its files and versions.
    pub(super) fn go_on(
        setup: &Setup,
        opened: &mut OpenedProject,
        analyst: &Name,
        guard: Box<dyn Guard>,
        replayed: &[Transaction],
        recovered: Recovered,
    ) -> Self {
        let head = Head {
            id: opened.id.clone(),
            name: opened.name.clone(),
            created: opened.created.clone(),
            analyst: analyst.clone(),
        };
        let mut store = Self::new(setup, opened.root.clone(), head, opened.workspace.clone(), guard);
        store.versions = std::mem::take(&mut opened.versions);
        store.seen = SeenFiles::of(std::mem::take(&mut opened.seen));
        store.blocked = opened.blocked.keys().cloned().collect();
        store.touched = replayed.iter().flat_map(|t| &t.edits).flat_map(Part::of).collect();
        store.touched.extend(opened.conflicts.iter().cloned());
        // What the files hold of it now is what somebody else's next change is measured by.
        let (root, slug, replica) = (&store.root, &store.slug, &store.replica);
        let Recovered { journals, layers } = recovered;
        let holds = |part: &Part| {
            let known = match part {
                Part::Layer(id) => layers.get(id).map(|held| outside::items_of(held, replica.articles.get(id))),
                _ => None,
            };
            // A layer was read a moment ago, and may be one of thousands.
            let items = match known {
                Some(items) => items,
                None => outside::read(&*setup.disk, root, slug, part, replica).ok()?.0.items,
            };
            Some((part.clone(), items))
        };
        store.adopted = store.touched.par_iter().filter_map(holds).collect();
        store.pending = replayed.to_vec();
        store.unlogged = replayed.to_vec();
        store.recovered = journals;
        store
    }

    /// The project's folder.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// The project's name.
    pub fn name(&self) -> &Name {
        &self.head.name
    }

    /// Whether all that happened is in the project's files.
    pub fn is_settled(&self) -> bool {
        self.touched.is_empty() && self.pending.is_empty()
    }

    /// The project as it will be in its files after the next checkpoint.
    pub fn replica(&self) -> &Workspace {
        &self.replica
    }

    /// What is not in the project's files yet.
    pub fn pending(&self) -> &[Transaction] {
        &self.pending
    }

    fn disk(&self) -> &dyn Disk {
        &*self.setup.disk
    }

    /// Writes the bytes and texts of articles, before the transaction that adds them.
    ///
    /// # Errors
    /// Where a file cannot be written.
    pub fn keep_articles(&self, articles: &[ArticleBytes]) -> Result<(), FileError> {
        self.must_be_there()?;
        for ArticleBytes { version, source, article } in articles {
            save::keep_article(self.disk(), &self.root, &article.id, *version, source, article)?;
        }
        Ok(())
    }

    /// The project's folder may have gone with the stick that it was on: nothing is written then.
    fn must_be_there(&self) -> Result<(), FileError> {
        let place = self.root.display().to_string();
        match self.disk().look(&self.root) {
            Ok(Some(look)) if look.kind == EntryKind::Folder => Ok(()),
            Ok(_) => {
                Err(FileError::whole(place, "the project's folder is gone; bring it back, or save to another place"))
            }
            Err(error) => Err(FileError::whole(place, error)),
        }
    }

    /// Takes transactions in. Once this returns they survive a power cut. After an error they are
    /// kept in memory, and go into a new journal with the next call.
    ///
    /// # Errors
    /// Where the journal cannot be written, or a transaction does not fit what is there.
    pub fn apply(&mut self, transactions: Vec<Transaction>) -> Result<(), FileError> {
        let mut refused = None;
        for transaction in transactions {
            if let Err(stale) = self.replica.apply(&transaction) {
                refused = Some(FileError::whole(format!("“{}”", transaction.label), stale));
                continue;
            }
            transaction.edits.iter().for_each(|edit| self.claims.follow(edit));
            self.touched.extend(transaction.edits.iter().flat_map(Part::of));
            self.unlogged.push(transaction.clone());
            self.pending.push(transaction);
        }
        self.flush()?;
        refused.map_or(Ok(()), Err)
    }

    /// Sees to it that all that happened is in the journal.
    ///
    /// # Errors
    /// Where the journal cannot be written.
    pub fn flush(&mut self) -> Result<(), FileError> {
        if self.journalled == self.pending.len() {
            return Ok(());
        }
        if let Some(journal) = &mut self.journal {
            if journal.add(&self.pending[self.journalled..]).is_ok() {
                self.journalled = self.pending.len();
                return Ok(());
            }
            // What the system holds of it is not known: never trusted again, and never taken away.
            self.journal = None;
        }
        let head = JournalHead {
            format: FormatVersion::CURRENT,
            project: self.head.id.clone(),
            name: self.head.name.clone(),
            folder: self.root.to_string_lossy().into_owned(),
            analyst: self.head.analyst.clone(),
            state: self.state(),
        };
        let folder = self.setup.places.journals();
        let took_over: Vec<Name> =
            self.recovered.iter().filter_map(|path| journal::file_name(path)).map(Name::from).collect();
        let begun = Journal::begin(self.disk(), &folder, &journal::unique_name(), &head, &self.pending, &took_over);
        self.journal = Some(begun.map_err(|error| FileError::whole(folder.display().to_string(), error))?);
        self.journalled = self.pending.len();
        Ok(())
    }

    /// A digest of all files that were read or written.
    fn state(&self) -> Name {
        self.seen.digest()
    }

    /// Takes over the layer under another name: an untitled project's analyst was called otherwise.
    pub fn rename_analyst(&mut self, name: &Name) {
        let old = std::mem::replace(&mut self.slug, paths::slug(name));
        self.head.analyst = name.clone();
        if old != self.slug {
            let own = self.replica.articles.keys().map(|id| Part::Layer(id.clone()));
            let parts: Vec<_> = own.chain([Part::Analyst, Part::Rulings]).collect();
            self.obsolete.extend(parts.iter().map(|part| part.path(&old)));
            self.touched.extend(parts);
        }
    }

    /// Notes how many facts have each verdict: what a large project shows first when it is opened.
    pub fn note_verdicts(&mut self, verdicts: Vec<(FactVerdict, usize)>) {
        self.verdicts = Some(verdicts);
    }

    /// Writes everything, ends the journal and lets go of the lock.
    ///
    /// # Errors
    /// Where something could not be written: it stays in the journal, and is recovered at the next opening.
    pub fn close(mut self, now: SystemTime) -> Result<(), FileError> {
        let found = self.checkpoint(now)?;
        if !self.is_settled() {
            let file = found.outside.first().map_or_else(|| self.root.display().to_string(), |o| o.file.clone());
            return Err(FileError::whole(
                file,
                "it was changed by somebody else; the work here is kept in the journal",
            ));
        }
        self.retire_recovered(); // those that had nothing left to recover, too
        for id in &self.removed {
            tree::set_aside_article(self.disk(), &self.root, id);
        }
        let changed = self.journal.is_some() || !index::is_there(self.disk(), &self.root, &self.head.analyst);
        if let Some(journal) = self.journal.take() {
            let _ = journal.close(self.disk());
        }
        if changed {
            let Head { id, analyst, .. } = &self.head;
            // Without it the next opening takes longer; nothing rests on it.
            let _ = index::write(self.disk(), &self.root, id, analyst, &self.replica, self.verdicts.as_deref());
        }
        journal::prune(self.disk(), &self.setup.places.journals(), now);
        Ok(())
    }

    /// Who began the project, and when.
    pub fn created(&self) -> &Stamp {
        &self.head.created
    }
}
