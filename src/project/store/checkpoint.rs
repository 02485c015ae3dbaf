//! The checkpoint: the touched files are written, what somebody else has written meanwhile is found instead.

use std::collections::BTreeSet;
use std::time::SystemTime;

use super::{Found, Store};
use crate::project::layout::{self, Part};
use crate::project::notation::{self, FileError};
use crate::project::save::{self, Seen};
use crate::project::{article_files, history, journal, paths};

impl Store {
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
        let wanted = text.as_ref().map(|text| article_files::digest(text.as_bytes()));
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

    pub(super) fn retire_recovered(&mut self) {
        for path in std::mem::take(&mut self.recovered) {
            let _ = journal::retire(self.disk(), &path);
        }
    }
}
