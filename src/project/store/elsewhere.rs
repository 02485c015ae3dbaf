//! A project gets another place: an untitled one moves, one with a name is copied.

use std::collections::BTreeSet;
use std::path::Path;
use std::time::SystemTime;

use super::Store;
use crate::claim::Name;
use crate::project::layout::{self, GIT_ATTRIBUTES, GIT_IGNORE, Head, PROJECT_FILE, Part};
use crate::project::notation::FileError;
use crate::project::save::{self, Seen, SeenFiles};
use crate::project::{journal, lock, tree};

impl Store {
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
}
