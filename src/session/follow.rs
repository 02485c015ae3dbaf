//! What follows from an edit: what is looked up anew, suggested anew, compiled anew.

use std::collections::BTreeSet;

use super::Session;
use super::words::changes_reading;
use crate::claim::{ArticleId, Change, Claim, Edit};

impl Session {
    /// Brings all that depends on edited things up to date.
    pub(super) fn follow(&mut self, edits: &[Edit]) {
        let (mut touched, mut anew) = (BTreeSet::new(), BTreeSet::new());
        let mut recompile = false;
        for edit in edits {
            match edit {
                Edit::Claim(change) => self.index_claim(change, &mut touched),
                Edit::Decision(change) => {
                    touched.extend(change.before.iter().chain(&change.after).map(|d| d.suggestion.article.clone()));
                }
                Edit::Article(change) => match (&change.before, &change.after) {
                    (Some(before), None) => {
                        if let Some(shelf) = self.shelves.remove(&before.id) {
                            self.attic.insert(before.id.clone(), shelf);
                        }
                        self.outdate_article(&before.id);
                    }
                    (None, Some(after)) => {
                        if let Some(shelf) = self.attic.remove(&after.id) {
                            self.shelves.insert(after.id.clone(), shelf);
                        }
                        touched.insert(after.id.clone());
                    }
                    (Some(before), Some(after)) => {
                        if before.text_sha256 != after.text_sha256 {
                            self.exchange_text(before, after);
                            touched.insert(after.id.clone());
                        }
                        if before.metadata != after.metadata {
                            anew.insert(after.id.clone());
                            self.outdate_article(&after.id);
                        }
                    }
                    (None, None) => {}
                },
                Edit::Ruling(_) => self.outdate(|stale| stale.rulings = true),
                Edit::Category(_) | Edit::Party(_) | Edit::Source(_) => {
                    recompile = true;
                    self.outdate(|stale| stale.codebook = true);
                }
                // The facts follow once it is compiled.
                Edit::Lexicon(_) => recompile = true,
                Edit::Conventions(change) => {
                    recompile |= changes_reading(change);
                    self.outdate(|stale| stale.codebook = true);
                }
            }
        }
        for id in &touched {
            self.refresh(id);
        }
        for id in anew {
            self.suggest_anew(&id);
        }
        if recompile {
            self.recompile();
        }
        self.revision += 1;
    }

    fn index_claim(&mut self, change: &Change<Claim>, touched: &mut BTreeSet<ArticleId>) {
        if let Some(before) = &change.before {
            if let Some(ids) = self.claim_ids.get_mut(&before.article) {
                ids.remove(&before.id);
            }
            self.unanchored.remove(&before.id);
            touched.insert(before.article.clone());
        }
        if let Some(after) = &change.after {
            self.claim_ids.entry(after.article.clone()).or_default().insert(after.id.clone());
            let version = self.workspace.articles.get(&after.article).map_or(1, |record| record.version);
            if self.shelves.get(&after.article).is_some_and(|shelf| !shelf.anchors(after, version)) {
                self.unanchored.insert(after.id.clone());
            }
            touched.insert(after.article.clone());
        }
    }

    /// Looks up anew what is claimed and decided in an article.
    pub(super) fn refresh(&mut self, id: &ArticleId) {
        let none = BTreeSet::new();
        let ids = self.claim_ids.get(id).unwrap_or(&none);
        let version = self.workspace.articles.get(id).map_or(1, |record| record.version);
        if let Some(shelf) = self.shelves.get_mut(id) {
            shelf.refresh(&self.workspace, version, ids);
        }
        self.outdate_article(id);
    }
}
