//! A large project on its way in: what its index knows is shown at once, for reading, until all is read.

use std::collections::BTreeMap;
use std::path::PathBuf;

use super::Session;
use super::saving::Saving;
use super::shelves::Shelves;
use super::stock::Outline;
use super::upkeep::Stale;
use crate::claim::{FactVerdict, Workspace};
use crate::project::Preview;

/// Why nothing can be changed yet.
const OPENING: &str = "it is still being read";

impl Session {
    /// How many facts had each verdict when the project was closed last; empty once they have been
    /// worked out anew, and for projects that open at once.
    pub fn expected_verdicts(&self) -> &[(FactVerdict, usize)] {
        &self.expected
    }

    /// How many facts have each verdict now.
    pub(super) fn counted_verdicts(&self) -> Vec<(FactVerdict, usize)> {
        let mut counts: BTreeMap<FactVerdict, usize> = BTreeMap::new();
        for fact in &self.facts.shown.facts {
            *counts.entry(fact.verdict).or_default() += 1;
        }
        if counts.is_empty() { self.expected.clone() } else { counts.into_iter().collect() }
    }

    /// Shows what the index of a project knows, in the place of what was open.
    pub(super) fn take_outline(&mut self, path: PathBuf, outline: Outline) {
        let Outline { preview: Preview { name, verdicts, .. }, articles, shelves, catalogue } = outline;
        self.let_go();
        let closing = self.take_closing();
        let folder = if path.ends_with("project.ron") { path.parent().map(PathBuf::from) } else { Some(path) };
        let saving = Saving::of(folder, Some(OPENING.to_owned()), BTreeMap::new());
        self.put_workspace(Workspace { articles, ..Workspace::new() }, saving, name);
        self.wait_for(closing);
        self.shelves = Shelves::of(shelves, &self.shelves);
        self.catalogue = catalogue.after(&self.catalogue);
        self.expected = verdicts;
        self.facts.stale = Stale::default(); // there is nothing to work them out from yet
    }

    /// Nothing came of what was shown: the project cannot be read.
    pub(super) fn drop_preview(&mut self) {
        if self.saving.read_only.as_deref() == Some(OPENING) {
            self.new_project();
        }
    }

    /// What was expected of the project that is being opened.
    pub(super) fn expected_on_opening(&mut self) -> Vec<(FactVerdict, usize)> {
        match self.saving.read_only.as_deref() {
            Some(OPENING) => std::mem::take(&mut self.expected),
            _ => Vec::new(),
        }
    }
}
