//! What somebody else does to the project's files while it is being worked on.

use std::collections::BTreeSet;
use std::ops::Bound;
use std::sync::Arc;

use super::Store;
use crate::article::Article;
use crate::claim::ArticleId;
use crate::project::items::Item;
use crate::project::layout::{Part, VersionFile};
use crate::project::merge::Outside;
use crate::project::notation::{self, FileError};
use crate::project::save::Seen;
use crate::project::{article_files, outside};

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

impl Store {
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

    /// Reads what somebody else has made of a part.
    pub(super) fn look_into(&mut self, part: &Part, found: &mut Found) {
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
        article_files::read_text(self.disk(), &self.root, record, version, &mut Vec::new())
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
}
