//! From a folder to a project that is being worked on: lock, reading, recovery.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use super::article_files::{read_text, version_text};
use super::disk::Disk;
use super::journal::{self, JournalContent};
use super::layout::{ArticleFile, Head, Part, VersionFile};
use super::load::{Going, open_watched, project_folder, unanchored};
use super::notation::FileError;
use super::opened::{Finding, OpenError, OpenedProject};
use super::store::{Setup, Store};
use super::{backup, lock, merge, paths, tree};
use crate::article::OldText;
use crate::claim::{ArticleId, ArticleRecord, Claim, Decision, Name, Progress, Stamp, Transaction, Workspace};

/// A project opened by an analyst.
#[derive(Debug)]
pub struct Work {
    /// As it was found, with what was recovered applied.
    pub project: OpenedProject,
    /// What keeps the work; `None` where the project is read-only, and `project.read_only` says why.
    pub store: Option<Store>,
    /// What was recovered, in order: each is undone like any other action.
    pub recovered: Vec<Transaction>,
    /// What became of work that had not reached the project's files: a sentence each.
    pub notices: Vec<String>,
    /// Texts of earlier versions that claims or decisions were made on, by article.
    pub older: BTreeMap<ArticleId, Vec<OldText>>,
    /// Journals of the same project in another folder, whose work may be wanted here.
    pub elsewhere: Vec<JournalContent>,
}

impl Work {
    /// A project that is read and never written.
    pub fn in_memory(project: OpenedProject) -> Self {
        Self {
            project,
            store: None,
            recovered: Vec::new(),
            notices: Vec::new(),
            older: BTreeMap::new(),
            elsewhere: Vec::new(),
        }
    }
}

/// Opens a project for work: takes the lock, reads the analyst's layer, and replays what a session
/// that was cut short has left in the journal. `path` is the folder, or the `project.ron` in it.
///
/// # Errors
/// Where it cannot be opened at all. A lock that is taken makes it read-only.
pub fn open_for_work(setup: &Setup, path: &Path, analyst: &Name, now: SystemTime) -> Result<Work, OpenError> {
    open_for_work_watched(setup, path, analyst, now, &|_| true)
}

/// The same, which can be stopped.
///
/// # Errors
/// See [`open_for_work`]; and where it was stopped.
pub fn open_for_work_watched(
    setup: &Setup,
    path: &Path,
    analyst: &Name,
    now: SystemTime,
    going: Going<'_>,
) -> Result<Work, OpenError> {
    let disk = &*setup.disk;
    let folder = project_folder(disk, path).ok_or_else(|| OpenError::NotAProject(path.to_path_buf()))?;
    let broken = |error: &dyn std::fmt::Display| OpenError::Broken {
        folder: folder.clone(),
        error: FileError::whole(folder.display().to_string(), error),
        kept: false,
    };
    let root = disk.canonical(&folder).map_err(|error| broken(&error))?;
    let lock = lock::take(setup, &root, analyst);
    if matches!(lock, Ok(Some(_))) {
        tree::sweep(disk, &root, now);
    }
    let mut project = open_watched(disk, &root, Some(analyst), going)?;
    offer_backups(setup, &mut project);
    let guard = match lock {
        Ok(Some(guard)) if project.read_only.is_none() => Some(guard),
        Ok(Some(_)) => None,
        Ok(None) => {
            project.read_only.get_or_insert_with(|| lock::TAKEN.to_owned());
            None
        }
        Err(error) => {
            let state = setup.places.state.display();
            project.read_only.get_or_insert_with(|| format!("no journal can be kept in {state}: {error}"));
            None
        }
    };
    let mut work = Work::in_memory(project);
    if let Some(guard) = guard {
        let recovered = recover(setup, analyst, &mut work);
        work.older = older_texts(disk, &work.project);
        let store = Store::go_on(setup, &mut work.project, analyst, guard, &work.recovered, recovered);
        work.store = Some(store);
    }
    Ok(work)
}

/// A file that does not read has perhaps a kept version that does.
fn offer_backups(setup: &Setup, project: &mut OpenedProject) {
    for finding in project.findings.iter_mut().filter(|finding| finding.damage && finding.error.place.is_some()) {
        if let Some(kept) = backup::latest(&*setup.disk, &project.root, &finding.error.file) {
            finding.error.message.push_str(&format!(". The last version before it: {}", kept.display()));
        }
    }
}

/// What was found of a session that was cut short.
#[derive(Debug, Default)]
pub(super) struct Recovered {
    /// The journals that may be retired once the work is in the files.
    pub(super) journals: Vec<PathBuf>,
    /// What the layers held, that the work changes, when they were read.
    pub(super) layers: BTreeMap<ArticleId, Held>,
}

/// What an analyst's layer on an article held when it was read.
#[derive(Debug, Default)]
pub(super) struct Held {
    pub(super) progress: Progress,
    pub(super) claims: Vec<Claim>,
    pub(super) decisions: Vec<Decision>,
}

/// What stands in the layers that transactions change. Without those that did not read, or had
/// two sides: what these hold is not what stands in the workspace.
fn layers_before(project: &OpenedProject, pending: &[Transaction]) -> BTreeMap<ArticleId, Held> {
    let workspace = &project.workspace;
    let as_read = |part: &Part| !project.blocked.contains_key(part) && !project.conflicts.contains(part);
    let parts = pending.iter().flat_map(|transaction| &transaction.edits).flat_map(Part::of);
    let mut layers: BTreeMap<ArticleId, Held> = BTreeMap::new();
    for part in parts.filter(as_read) {
        if let Part::Layer(id) = part
            && let Some(record) = workspace.articles.get(&id)
        {
            layers.insert(id, Held { progress: record.progress, ..Held::default() });
        }
    }
    if layers.is_empty() {
        return layers;
    }
    for claim in workspace.claims.values() {
        if let Some(held) = layers.get_mut(&claim.article) {
            held.claims.push(claim.clone());
        }
    }
    for decision in workspace.decisions.values() {
        if let Some(held) = layers.get_mut(&decision.suggestion.article) {
            held.decisions.push(decision.clone());
        }
    }
    layers
}

/// Replays the journals of this project, folder and analyst.
fn recover(setup: &Setup, analyst: &Name, work: &mut Work) -> Recovered {
    let disk = &*setup.disk;
    let (journals, spoilt) = journal::journals(disk, &setup.places.journals());
    for (path, why) in spoilt {
        let message = format!("The journal {} cannot be read ({why}); it was left where it is.", path.display());
        work.notices.push(message);
    }
    let folder = work.project.root.to_string_lossy().into_owned();
    let own = |journal: &JournalContent| {
        journal.head.project == work.project.id && paths::slug(&journal.head.analyst) == paths::slug(analyst)
    };
    let (here, elsewhere): (Vec<_>, Vec<_>) =
        journals.into_iter().filter(own).partition(|journal| journal.head.folder == folder);
    work.elsewhere = elsewhere.into_iter().filter(|j| !j.pending.is_empty() && is_ownerless(setup, j)).collect();
    // A journal that could not be written to its end was begun anew with the same.
    let mut known = BTreeSet::new();
    let pending: Vec<_> = (here.iter())
        .flat_map(|journal| &journal.pending)
        .filter(|transaction| known.insert(transaction.id.clone()))
        .cloned()
        .collect();
    let layers = layers_before(&work.project, &pending);
    let replayed = merge::replay(&mut work.project.workspace, &pending);
    for journal in here.iter().filter(|journal| journal.torn > 0) {
        let message = format!(
            "The end of the journal {} could not be read ({} bytes); it was set aside.",
            journal.path.display(),
            journal.torn
        );
        work.notices.push(message);
    }
    if !replayed.transactions.is_empty() {
        work.notices.push(recovered_words(&replayed.transactions));
    }
    work.notices.extend(replayed.notices.into_iter().map(sentence));
    work.recovered = replayed.transactions;
    read_recovered_texts(setup, &mut work.project);
    Recovered { journals: here.into_iter().map(|journal| journal.path).collect(), layers }
}

fn sentence(words: String) -> String {
    let mut characters = words.chars();
    let first = characters.next().map(|c| c.to_uppercase().to_string()).unwrap_or_default();
    format!("{first}{}.", characters.as_str())
}

fn recovered_words(transactions: &[Transaction]) -> String {
    let labels: Vec<_> = transactions.iter().rev().take(3).map(|t| &*t.label).collect();
    let more = if transactions.len() > labels.len() { ", …" } else { "" };
    let (count, noun) = (transactions.len(), if transactions.len() == 1 { "change" } else { "changes" });
    format!(
        "The program ended before {count} {noun} had reached the project's files; nothing was lost. \
         Recovered: {}{more}. Undo takes them back one by one.",
        labels.join(", ")
    )
}

/// Whether nobody is at work where a journal belongs.
fn is_ownerless(setup: &Setup, journal: &JournalContent) -> bool {
    matches!(lock::take(setup, Path::new(&journal.head.folder), &journal.head.analyst), Ok(Some(_)))
}

/// The texts of the versions that work here rests on and that are not current any more.
fn older_texts(disk: &dyn Disk, project: &OpenedProject) -> BTreeMap<ArticleId, Vec<OldText>> {
    let workspace = &project.workspace;
    let mut wanted: BTreeSet<(&ArticleId, &VersionFile)> = BTreeSet::new();
    let listed = |id: &ArticleId| project.versions.get(id).map_or(&[][..], |versions| versions);
    for claim in workspace.claims.values() {
        let current = workspace.articles.get(&claim.article).map_or(0, |record| record.version);
        if claim.version != current {
            let versions = listed(&claim.article).iter().filter(|version| version.number == claim.version);
            wanted.extend(versions.map(|version| (&claim.article, version)));
        }
    }
    for decision in workspace.decisions.values() {
        let id = &decision.suggestion.article;
        if workspace.articles.get(id).is_some_and(|record| record.text_sha256 != decision.text_sha256) {
            let versions = listed(id).iter().filter(|version| version.text_sha256 == decision.text_sha256);
            wanted.extend(versions.map(|version| (id, version)));
        }
    }
    let mut older: BTreeMap<ArticleId, Vec<OldText>> = BTreeMap::new();
    for (id, version) in wanted {
        older.entry(id.clone()).or_default().extend(version_text(disk, &project.root, id, version));
    }
    older
}

/// Articles that only the journal knows have their bytes in the project's folder already.
fn read_recovered_texts(setup: &Setup, project: &mut OpenedProject) {
    let missing = |(id, record): &(&ArticleId, &ArticleRecord)| match project.articles.get(*id) {
        Some(article) => article.text_sha256 != record.text_sha256, // another version of it
        None => !project.versions.contains_key(*id),
    };
    let new: Vec<_> = project.workspace.articles.iter().filter(missing).map(|(id, _)| id.clone()).collect();
    for id in new {
        let record = &project.workspace.articles[&id];
        let file = ArticleFile::of(record, &[]);
        let version = file.versions.first();
        let mut findings: Vec<Finding> = Vec::new();
        let article = version.and_then(|v| read_text(&*setup.disk, &project.root, record, v, &mut findings));
        project.findings.extend(findings);
        match article {
            Some(article) => {
                project.articles.insert(id, article);
            }
            None => {
                project.articles.remove(&id);
                project.blocked.insert(Part::Layer(id), "its text could not be read".to_owned());
            }
        }
    }
    project.unanchored = unanchored(&project.workspace, &project.articles);
}

/// Begins a project that has no name yet, in the user's data folder.
///
/// # Errors
/// Where it cannot be written there.
pub fn create_untitled(setup: &Setup, id: &Name, created: &Stamp) -> Result<Store, FileError> {
    let folder = setup.places.untitled().join(&**id);
    let head = Head { id: id.clone(), name: UNTITLED.into(), created: created.clone(), analyst: created.by.clone() };
    Store::create(setup, &folder, head, &Workspace::new(), &BTreeMap::new())
}

/// The name of a project that has none.
pub const UNTITLED: &str = "Untitled";

/// Work that a session which was cut short has left in a journal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeftOver {
    /// The project's name.
    pub name: Name,
    /// Its folder.
    pub folder: PathBuf,
    /// Whose work it is.
    pub analyst: Name,
    /// How many changes.
    pub changes: usize,
}

/// What is left in journals whose owner is gone and whose project is still there, latest last.
pub fn left_over(setup: &Setup) -> Vec<LeftOver> {
    let (journals, _) = journal::journals(&*setup.disk, &setup.places.journals());
    journals
        .into_iter()
        .filter(|journal| !journal.pending.is_empty())
        .filter(|journal| project_folder(&*setup.disk, Path::new(&journal.head.folder)).is_some())
        .filter(|journal| is_ownerless(setup, journal))
        .map(|journal| LeftOver {
            name: journal.head.name,
            folder: PathBuf::from(journal.head.folder),
            analyst: journal.head.analyst,
            changes: journal.pending.len(),
        })
        .collect()
}
