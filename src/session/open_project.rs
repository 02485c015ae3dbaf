//! Projects opened in the background, and put in the place of the one that is open.

use std::collections::BTreeMap;
use std::path::PathBuf;

use super::catalogue::Catalogue;
use super::saving::Saving;
use super::shelves::Shelves;
use super::stock::{Outline, Stock};
use super::uses::Uses;
use super::{Session, Severity};
use crate::claim::Name;
use crate::project::{self, Keeper, OpenError, UNTITLED, Work};

/// How many findings on a project are told one by one.
const NAMED: usize = 20;

/// How much of the opening of a project the reading is.
const READING: f32 = 0.85;

impl Session {
    /// Begins an untitled project. What was open is saved.
    pub(super) fn new_project(&mut self) {
        self.notices.mark();
        self.let_go();
        let closing = self.take_closing();
        self.analyst = self.own_name();
        let workspace = crate::claim::Workspace::new();
        self.put_workspace(workspace, Saving::of(None, None, Default::default()), UNTITLED.into());
        self.wait_for(closing);
        self.recompile();
    }

    /// Whatever is still being written is waited for in the background.
    pub(super) fn wait_for(&mut self, closing: Vec<Keeper>) {
        if !closing.is_empty() {
            self.jobs.start("", move |_| closing.into_iter().for_each(Keeper::join));
        }
    }

    /// Opens a project, unless it is open.
    pub(super) fn open_project(&mut self, path: PathBuf) {
        if self.saving.folder().is_some_and(|folder| folder == path || folder.join("project.ron") == path) {
            return;
        }
        self.notices.mark();
        self.analyst = self.own_name();
        self.load(path, Vec::new(), !self.analyst_named);
    }

    /// The name of the person at the machine, whoever's layer is open.
    fn own_name(&self) -> Name {
        self.settings.analyst.clone().unwrap_or_else(|| project::user_name().into())
    }

    /// Opens the project that is open once more: for another analyst.
    pub(super) fn reopen(&mut self, folder: PathBuf) {
        self.let_go();
        let closing = self.take_closing();
        self.load(folder, closing, false);
    }

    /// Loads a project in the background. With `join`, the layer of a project's only analyst is
    /// opened by whoever has none in it: a finished project shows what is in it.
    fn load(&mut self, path: PathBuf, mut closing: Vec<Keeper>, join: bool) {
        closing.extend(self.take_closing());
        let setup = self.environment.setup.clone();
        let analyst = self.analyst.clone();
        let name = path.file_name().map_or(path.as_os_str(), |name| name).to_string_lossy().into_owned();
        let (looked_at, now) = (!self.headless, self.environment.now.clone());
        self.jobs.start(&format!("Opening {name}"), move |worker| {
            closing.into_iter().for_each(Keeper::join);
            if looked_at && let Some(preview) = project::preview(&project::disk::RealDisk, &path, &analyst) {
                let (path, outline) = (path.clone(), Outline::of(preview));
                worker.send(move |session| session.take_outline(path, outline));
            }
            let going = |done: f32| worker.goes_on(done * READING);
            let open = |analyst: &Name| match &setup {
                Some(setup) => project::open_for_work_watched(setup, &path, analyst, now().into(), &going),
                None => {
                    project::open_watched(&project::disk::RealDisk, &path, Some(analyst), &going).map(Work::in_memory)
                }
            };
            let mut joined = None;
            let mut work = open(&analyst);
            if join
                && let Ok(Work { project, .. }) = &work
                && let [only] = project.analysts.as_slice()
                && project::paths::slug(only) != project::paths::slug(&analyst)
            {
                let only = only.clone();
                drop(work); // with its lock
                work = open(&only);
                joined = Some(only);
            }
            let work = work.and_then(|mut work| {
                let articles = std::mem::take(&mut work.project.articles);
                let going = |done: f32| worker.goes_on(READING + (1.0 - READING) * done);
                match Stock::of(&work.project.workspace, articles, going) {
                    Some(stock) => Ok((work, stock)),
                    None => Err(OpenError::Stopped(path.clone())),
                }
            });
            worker.send(move |session| match work {
                Ok((work, stock)) => {
                    if let Some(name) = joined {
                        session.join_layer(name);
                    }
                    session.take_project(work, stock);
                }
                Err(error) => {
                    session.drop_preview();
                    session.tell_of_failed_project(&path, &error);
                }
            });
        });
    }

    fn join_layer(&mut self, name: Name) {
        let own = self.own_name();
        let text = format!(
            "You work as {name}, the only analyst of this project. To keep claims of your own beside hers, \
             set your name ({own}) in the settings."
        );
        self.notify(Severity::Info, text);
        self.analyst = name;
    }

    fn tell_of_failed_project(&mut self, path: &std::path::Path, error: &OpenError) {
        let severity = if matches!(error, OpenError::Stopped(_)) { Severity::Info } else { Severity::Error };
        self.notify(severity, format!("{}.", capital(&error.to_string())));
        if matches!(error, OpenError::NotAProject(_)) {
            self.settings.forget_recent(path);
            self.save_settings();
        }
    }

    /// Puts an opened project in the place of the one that is open.
    fn take_project(&mut self, work: Work, stock: Stock) {
        let Work { project, store, recovered, notices, older, elsewhere } = work;
        self.let_go();
        let closing = self.take_closing();
        self.wait_for(closing);
        let saving = Saving::of(Some(project.root.clone()), project.read_only.clone(), project.blocked.clone());
        let folder = project.root.clone();
        let expected = self.expected_on_opening();
        self.put_workspace(project.workspace, saving, project.name);
        self.project_id = Some(project.id);
        self.expected = expected;
        self.shelves = Shelves::of(stock.shelves, &self.shelves);
        self.catalogue = stock.catalogue.after(&self.catalogue);
        self.uses = stock.uses;
        self.claim_ids = stock.claim_ids;
        self.unanchored = project.unanchored.into_iter().collect();
        self.history.undo = recovered;
        self.tell_of_project(&project.findings, notices, elsewhere.len());
        if let Some(why) = &project.read_only {
            self.notify(Severity::Warning, format!("The project is open for reading only: {why}."));
        }
        if let Some(store) = store {
            self.keep(store);
            self.older = older;
            self.take_layers_along();
        }
        self.note_recent(folder);
        self.recompile();
    }

    fn tell_of_project(&mut self, findings: &[project::Finding], notices: Vec<String>, elsewhere: usize) {
        for notice in notices {
            self.notify(Severity::Warning, notice);
        }
        for finding in findings.iter().take(NAMED) {
            let severity = if finding.damage { Severity::Error } else { Severity::Info };
            self.notify(severity, format!("{finding}."));
        }
        if findings.len() > NAMED {
            let more = findings.len() - NAMED;
            self.notify(Severity::Error, format!("{more} more findings; `tallymark check` lists them all."));
        }
        if elsewhere > 0 {
            let text = "Unsaved work on this project was found that belongs to another folder. It is not used here; \
                        open the project where it lay to recover it.";
            self.notify(Severity::Warning, text.to_owned());
        }
    }

    /// Puts another workspace in the place of the one there is, with nothing looked up yet.
    pub(super) fn put_workspace(&mut self, workspace: crate::claim::Workspace, saving: Saving, name: Name) {
        use std::mem::{replace, take};
        self.project_number += 1;
        // What was said before the first project is of the program.
        if !self.workspace.articles.is_empty() || self.saving.folder().is_some() {
            self.notices.forget();
        }
        let shelves = Shelves::of(BTreeMap::new(), &self.shelves);
        let catalogue = Catalogue::default().after(&self.catalogue);
        // Of a large project even letting go takes a while.
        let before = (
            replace(&mut self.workspace, workspace),
            replace(&mut self.shelves, shelves),
            (take(&mut self.attic), take(&mut self.superseded), take(&mut self.older)),
            replace(&mut self.catalogue, catalogue),
            (take(&mut self.claim_ids), take(&mut self.unanchored), take(&mut self.history)),
            self.forget_facts(),
        );
        rayon::spawn(move || drop(before));
        self.uses = Uses::default();
        self.replacement = None;
        self.expected.clear();
        self.saving = saving;
        self.name = name;
        self.project_id = None;
        self.revision += 1;
    }

    /// Opens the project of the work that was cut short last, where there is any. For the start of
    /// the program, when nothing else is to be opened. Whether there is.
    pub fn resume(&mut self) -> bool {
        let Some(setup) = self.environment.setup.clone() else { return false };
        let own = |left: &project::LeftOver| project::paths::slug(&left.analyst) == project::paths::slug(&self.analyst);
        let Some(left) = project::left_over(&setup).into_iter().rfind(own) else { return false };
        self.open_project(left.folder);
        true
    }

    /// The analyst's own layer of the lexicon, over the built-in one.
    pub(super) fn load_own_lexicon(&mut self) {
        let Some(setup) = &self.environment.setup else { return };
        match project::read_own_lexicon(setup) {
            Ok(layer) => self.own_layer = layer,
            Err(error) => {
                let text = format!("Your own words for suggestions are not used: {error}. The file was left as it is.");
                self.notify(Severity::Warning, text);
            }
        }
    }
}

/// Words as the beginning of a sentence.
fn capital(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
