//! A project that is being worked on: keeps what happens in the journal, and writes the touched
//! files at each checkpoint. Synchronous; `keeper` runs it on a thread of its own.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Bound;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::SystemTime;

use rayon::prelude::*;

use super::backup::Backups;
use super::disk::{Disk, EntryKind, Guard};
use super::items::{Item, Key};
use super::journal::{self, Journal, JournalHead};
use super::layout::{
    self, ClaimIndex, FormatVersion, GIT_ATTRIBUTES, GIT_IGNORE, Head, PROJECT_FILE, Part, VersionFile,
};
use super::merge::Outside;
use super::notation::{self, FileError};
use super::opened::OpenedProject;
use super::places::Places;
use super::save::{self, Seen, SeenFiles};
use super::work::Recovered;
use super::{history, index, lock, outside, paths, tree};
use crate::article::Article;
use crate::claim::{ArticleId, FactVerdict, Name, Stamp, Transaction, Workspace};

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

/// What a checkpoint or a look around found that somebody else has done.
#[derive(Debug, Default)]
pub struct Found {
    /// Parts that have changed on disk, to be merged and then [adopted](Store::adopt).
    pub outside: Vec<Outside>,
    /// Texts of articles that have come in with them.
    pub articles: Vec<Arc<Article>>,
    /// Parts whose file no longer reads, and why: they are left as they are.
    pub blocked: Vec<(Part, FileError)>,
    /// Parts that read again.
    pub unblocked: Vec<Part>,
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

    /// Writes the touched files. Those that somebody else has changed are not written, but found.
    ///
    /// # Errors
    /// The first thing that could not be written. What was written is written; the rest stays
    /// touched, and safe in the journal.
    pub fn checkpoint(&mut self, now: SystemTime) -> Result<Found, FileError> {
        let mut found = Found::default();
        if self.is_settled() {
            return Ok(found);
        }
        self.must_be_there()?;
        if self.seen.get(&Part::Analyst.path(&self.slug)).is_none() {
            self.touched.insert(Part::Analyst);
        }
        let parts: BTreeSet<_> = self.touched.difference(&self.blocked).cloned().collect();
        let mut failed = None;
        let mut files = layout::render(&parts, &self.head, &self.replica, &self.claims, &self.versions);
        // An article that goes, goes after the claims on it: those of none would be damage.
        files.sort_by_key(|(part, text)| matches!(part, Part::Article(_)) && text.is_none());
        for (part, text) in files {
            match self.write_part(&part, text, now, &mut found) {
                Ok(true) => {
                    self.adopted.remove(&part);
                    self.touched.remove(&part);
                }
                Ok(false) => {}
                Err(error) => failed = failed.or(Some(error)),
            }
        }
        if let Some(error) = failed {
            return Err(error);
        }
        if found.outside.is_empty() && found.blocked.is_empty() {
            self.touched.clear(); // what is blocked cannot be written, and was refused before
            for file in std::mem::take(&mut self.obsolete) {
                if self.seen.remove(&file) {
                    self.backups.keep(&*self.setup.disk, &self.root, &file, now)?;
                    let path = self.root.join(&file);
                    let _ = self.disk().remove_file(&path);
                    // Gone once it is empty: a folder makes an analyst.
                    let _ = path.parent().map(|folder| self.disk().remove_folder(folder));
                }
            }
            self.settle()?;
        }
        Ok(found)
    }

    /// Writes one part, or finds that somebody else did. Whether the file now is as it should be.
    fn write_part(
        &mut self,
        part: &Part,
        text: Option<String>,
        now: SystemTime,
        found: &mut Found,
    ) -> Result<bool, FileError> {
        let file = part.path(&self.slug);
        let wanted = text.as_ref().map(|text| super::article_files::digest(text.as_bytes()));
        let seen = self.seen.get(&file);
        if wanted.as_ref() == seen.map(|seen| &seen.sha256) {
            return Ok(true);
        }
        let there = match Seen::still(seen, self.disk(), &self.root, &file, notation::LIMIT)? {
            true => seen.cloned(),
            false => {
                let now = Seen::read(self.disk(), &self.root, &file, notation::LIMIT)?.map(|(_, now)| now);
                let hash = now.as_ref().map(|now| &now.sha256);
                // What failed half-way may have been written all the same.
                if hash != wanted.as_ref() && hash != self.attempted.get(&file) {
                    self.look_into(part, found);
                    return Ok(false);
                }
                now
            }
        };
        if there.is_some() {
            self.backups.keep(&*self.setup.disk, &self.root, &file, now)?;
        }
        match text {
            Some(text) => {
                self.attempted.extend(wanted.map(|wanted| (file.clone(), wanted)));
                let seen = save::replace(self.disk(), &self.root, &file, text.as_bytes())?;
                self.attempted.remove(&file);
                self.seen.insert(file, seen);
            }
            None if there.is_none() => {
                self.seen.remove(&file);
            }
            None => {
                let path = paths::inside(self.disk(), &self.root, &file)?;
                let folder = path.parent().unwrap_or(&self.root);
                let gone = self.disk().remove_file(&path).and_then(|()| self.disk().sync_folder(folder));
                gone.map_err(|error| FileError::whole(&file, error))?;
                self.seen.remove(&file);
            }
        }
        if let Part::Article(id) = part {
            match self.replica.articles.get(id) {
                Some(record) => {
                    let versions = self.versions.remove(id).unwrap_or_default();
                    self.versions.insert(id.clone(), layout::ArticleFile::of(record, &versions).versions);
                    self.removed.remove(id);
                }
                None => {
                    self.removed.insert(id.clone());
                }
            }
        }
        Ok(true)
    }

    /// Reads what somebody else has made of a part.
    fn look_into(&mut self, part: &Part, found: &mut Found) {
        match outside::read(self.disk(), &self.root, &self.slug, part, &self.replica) {
            Ok((mut outside, versions)) => {
                outside.before = self.adopted.get(part).cloned();
                if self.blocked.remove(part) {
                    found.unblocked.push(part.clone());
                }
                if let (Part::Article(id), Some(versions)) = (part, versions) {
                    found.articles.extend(self.other_text(id, &outside, &versions));
                    self.versions.insert(id.clone(), versions);
                }
                found.outside.push(outside);
            }
            Err(error) => {
                let file = part.path(&self.slug);
                if let Ok(Some((_, seen))) = Seen::read(self.disk(), &self.root, &file, notation::LIMIT) {
                    self.seen.insert(file, seen); // looked into again when it changes
                }
                self.blocked.insert(part.clone());
                found.blocked.push((part.clone(), error));
            }
        }
    }

    /// The text of an article that somebody else has replaced by another version.
    fn other_text(&self, id: &ArticleId, outside: &Outside, versions: &[VersionFile]) -> Option<Arc<Article>> {
        let own = self.replica.articles.get(id)?;
        let record = outside.items.values().find_map(|item| match item {
            Item::Article(record) if record.text_sha256 != own.text_sha256 => Some(record),
            _ => None,
        })?;
        let version = versions.iter().find(|version| version.number == record.version)?;
        super::article_files::read_text(self.disk(), &self.root, record, version, &mut Vec::new())
    }

    /// All touched files are written: history, the mark in the journal, and an end to old journals.
    fn settle(&mut self) -> Result<(), FileError> {
        let sure = std::mem::take(&mut self.logged_before);
        history::append(self.disk(), &self.root, &self.slug, &self.unlogged, !sure)?;
        self.logged_before = true;
        self.unlogged.clear();
        let state = self.state();
        if let Some(journal) = &mut self.journal
            && journal.checkpoint(&state).is_err()
        {
            // Its transactions do nothing when replayed over the files.
            self.journal = None;
        }
        self.pending.clear();
        self.journalled = 0;
        self.retire_recovered();
        Ok(())
    }

    fn retire_recovered(&mut self) {
        for path in std::mem::take(&mut self.recovered) {
            let _ = journal::retire(self.disk(), &path);
        }
    }

    /// Looks whether somebody else has changed any file, or added articles.
    pub fn look_around(&mut self) -> Found {
        self.look_on(None, usize::MAX).0
    }

    /// Looks at the files of so many articles, those behind an article; from the beginning on, at
    /// everything else beside. With what was found, the last article where there are more.
    pub fn look_on(&mut self, after: Option<&ArticleId>, most: usize) -> (Found, Option<ArticleId>) {
        let mut found = Found::default();
        let from = after.map_or(Bound::Unbounded, Bound::Excluded);
        let behind = self.replica.articles.range::<ArticleId, _>((from, Bound::Unbounded));
        let ids: Vec<ArticleId> = behind.take(most).map(|(id, _)| id.clone()).collect();
        let last = ids.last().filter(|_| ids.len() == most).cloned();
        let mut parts: BTreeSet<Part> =
            ids.into_iter().flat_map(|id| [Part::Article(id.clone()), Part::Layer(id)]).collect();
        if after.is_none() {
            parts.extend([Part::Project, Part::Codebook, Part::Lexicon, Part::Rulings]);
            parts.extend(self.blocked.iter().cloned());
        }
        for part in parts {
            let file = part.path(&self.slug);
            let still = Seen::still(self.seen.get(&file), self.disk(), &self.root, &file, notation::LIMIT);
            // What was touched but never written is not there yet, and need not be.
            if matches!(still, Ok(false)) {
                self.look_into(&part, &mut found);
            }
        }
        if after.is_some() {
            return (found, last);
        }
        let known = |id: &ArticleId| self.replica.articles.contains_key(id) || self.removed.contains(id);
        let new = outside::new_articles(self.disk(), &self.root, known);
        for (outside, versions, article) in new {
            if let Part::Article(id) = &outside.part {
                self.versions.insert(id.clone(), versions);
            }
            found.articles.push(article);
            found.outside.push(outside);
        }
        (found, last)
    }

    /// Notes that what was found in a file has been merged: the next write may replace it.
    pub fn adopt(&mut self, outside: &Outside) {
        match &outside.seen {
            Some(seen) => self.seen.insert(outside.file.clone(), seen.clone()),
            None => {
                self.seen.remove(&outside.file);
            }
        }
        self.adopted.insert(outside.part.clone(), outside.items.clone());
        self.touched.insert(outside.part.clone());
    }

    /// Gives the project another place, a new or empty folder, and its name. An untitled project
    /// moves there; of one with a name this makes a copy with an identity of its own, and goes on
    /// with the copy.
    ///
    /// # Errors
    /// Where something cannot be read or written. Then all stays as it was.
    pub fn save_as(&mut self, folder: &Path, name: &Name, now: SystemTime) -> Result<(), FileError> {
        let place = folder.display().to_string();
        save::must_be_empty(self.disk(), folder)?;
        // What cannot be written here may be writable there: its failure is not ours.
        let _ = self.checkpoint(now);
        self.must_be_there()?;
        save::ensure_folder(self.disk(), folder).map_err(|error| FileError::whole(&place, error))?;
        let root = self.disk().canonical(folder).map_err(|error| FileError::whole(&place, error))?;
        if root.starts_with(&self.root) {
            return Err(FileError::whole(place, "a project cannot be saved into itself"));
        }
        let copied = match self.copy_to(&root, name, now) {
            Ok(copied) => copied,
            Err(error) => {
                tree::remove(self.disk(), &root); // it was empty before
                return Err(error);
            }
        };
        let mut old = std::mem::replace(self, copied);
        if old.is_untitled() {
            // All of it lies at the new place now.
            if let Some(journal) = old.journal.take() {
                let _ = journal.close(old.disk());
            }
            tree::remove(old.disk(), &old.root);
        } else {
            let _ = old.close(now); // what it could not write is in its journal
        }
        Ok(())
    }

    fn copy_to(&self, root: &Path, name: &Name, now: SystemTime) -> Result<Self, FileError> {
        let place = root.display().to_string();
        let copied = tree::copy(self.disk(), &self.root, root)?;
        let guard = lock::take(&self.setup, root, &self.head.analyst).map_err(|e| FileError::whole(&place, e))?;
        let guard = guard.ok_or_else(|| FileError::whole(&place, lock::TAKEN))?;
        let id = if self.is_untitled() { self.head.id.clone() } else { journal::unique_name().into() };
        let head = Head { id, name: name.clone(), ..self.head.clone() };
        let mut copy = Self::new(&self.setup, root.to_path_buf(), head, self.replica.clone(), guard);
        copy.versions = self.versions.clone();
        copy.blocked = self.blocked.clone();
        copy.touched = self.touched.clone();
        copy.unlogged = self.unlogged.clone();
        copy.pending = self.pending.clone();
        // What was changed by somebody else just now is to be found at the next look, not overwritten.
        let unchanged = |file: &String, old: &Seen| match copied.get(file) {
            Some(new) if new.sha256 == old.sha256 => new.clone(),
            _ => Seen { modified: None, ..old.clone() },
        };
        copy.seen = SeenFiles::of(self.seen.iter().map(|(file, old)| (file.clone(), unchanged(file, old))).collect());
        for (file, text) in [GIT_ATTRIBUTES, GIT_IGNORE] {
            save::replace(self.disk(), root, file, text.as_bytes())?;
        }
        copy.write_project_file()?;
        copy.checkpoint(now)?;
        Ok(copy)
    }

    /// Writes `project.ron`, whatever was seen of it.
    fn write_project_file(&mut self) -> Result<(), FileError> {
        let project =
            layout::render(&BTreeSet::from([Part::Project]), &self.head, &self.replica, &self.claims, &self.versions);
        for text in project.into_iter().filter_map(|(_, text)| text) {
            let seen = save::replace(self.disk(), &self.root, PROJECT_FILE, text.as_bytes())?;
            self.seen.insert(PROJECT_FILE.to_owned(), seen);
        }
        self.touched.remove(&Part::Project);
        Ok(())
    }

    /// Whether the project lies among those that have no name yet.
    pub fn is_untitled(&self) -> bool {
        let untitled = self.setup.places.untitled();
        let untitled = self.disk().canonical(&untitled).unwrap_or(untitled);
        self.root.starts_with(untitled)
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
