//! What follows from an edit: looked up anew, suggested anew, compiled anew.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::Session;
use super::open::Text;
use super::shelf::{Shelf, Suggested};
use crate::claim::{ArticleId, Change, Claim, Conventions, Edit, Lexicon};
use crate::suggest::Suggester;

/// Up to so many bytes of text are suggested for between two frames.
const AT_ONCE: usize = 60_000;

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
                    }
                    (None, Some(after)) => {
                        if let Some(shelf) = self.attic.remove(&after.id) {
                            self.shelves.insert(after.id.clone(), shelf);
                        }
                        touched.insert(after.id.clone());
                    }
                    (Some(before), Some(after)) => {
                        if before.metadata != after.metadata {
                            anew.insert(after.id.clone());
                        }
                    }
                    (None, None) => {}
                },
                Edit::Ruling(_) => {}
                Edit::Category(_) | Edit::Party(_) | Edit::Source(_) | Edit::Lexicon(_) => recompile = true,
                Edit::Conventions(change) => recompile |= changes_reading(change),
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
        self.facts.stale = true;
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
            if self.shelves.get(&after.article).is_some_and(|shelf| !shelf.anchors(after)) {
                self.unanchored.insert(after.id.clone());
            }
            touched.insert(after.article.clone());
        }
    }

    /// Looks up anew what is claimed and decided in an article.
    pub(super) fn refresh(&mut self, id: &ArticleId) {
        let none = BTreeSet::new();
        let ids = self.claim_ids.get(id).unwrap_or(&none);
        if let Some(shelf) = self.shelves.get_mut(id) {
            shelf.refresh(&self.workspace, ids);
        }
    }

    /// Suggests for an article whose metadata has changed: at once, or for a long one in the background.
    fn suggest_anew(&mut self, id: &ArticleId) {
        let Some(record) = self.workspace.articles.get(id) else { return };
        let Some(article) = self.shelves.get(id).and_then(|shelf| shelf.article.clone()) else { return };
        let (suggester, metadata) = (self.suggester.clone(), record.metadata.clone());
        if article.text.len() <= AT_ONCE {
            let suggested = Suggested::new(&suggester, &article, &metadata);
            self.put_suggested(id, suggested);
            return;
        }
        let (id, project, compiled) = (id.clone(), self.project_number, self.compiled);
        self.jobs.start("Suggesting", move |worker| {
            let suggested = Suggested::new(&suggester, &article, &metadata);
            worker.send(move |session| {
                let now = session.workspace.articles.get(&id).map(|record| &record.metadata);
                if session.project_number == project && session.compiled == compiled && now == Some(&metadata) {
                    session.put_suggested(&id, suggested);
                }
            });
        });
    }

    /// Puts the suggestions of an article in the place of those before.
    pub(super) fn put_suggested(&mut self, id: &ArticleId, suggested: Suggested) {
        if let Some(shelf) = self.shelves.get_mut(id) {
            shelf.suggested = Arc::new(suggested);
            self.refresh(id);
            self.facts.stale = true;
            self.revision += 1;
        }
    }

    /// Compiles codebook and lexicon anew in the background, and suggests for every article with them.
    pub(super) fn recompile(&mut self) {
        self.compiled += 1;
        let (codebook, layer) = (self.workspace.codebook.clone(), self.workspace.lexicon.clone());
        let standing = self.standing_lexicon.clone();
        let (project, compiled) = (self.project_number, self.compiled);
        let fresh = move |session: &Session| session.project_number == project && session.compiled == compiled;
        let texts = self.texts();
        self.jobs.start("Suggesting", move |worker| {
            let lexicon = if layer == Lexicon::default() {
                standing
            } else {
                let mut lexicon = (*standing).clone();
                lexicon.add(layer);
                Arc::new(lexicon)
            };
            let suggester = Arc::new(Suggester::new(&codebook, &lexicon));
            let compiled = suggester.clone();
            worker.send(move |session| {
                if fresh(session) {
                    session.suggester = compiled;
                    session.lexicon = lexicon;
                    session.facts.stale = true;
                }
            });
            super::open::suggest_all(worker, &suggester, texts, move |session, found| {
                let now = session.workspace.articles.get(&found.id).map(|record| &record.metadata);
                if fresh(session) && now == Some(&found.metadata) {
                    if let Some(shelf) = session.shelves.get_mut(&found.id) {
                        shelf.shingles = found.shingles;
                    }
                    session.put_suggested(&found.id, found.suggested);
                }
            });
        });
    }

    /// The texts in use with what is known of them.
    fn texts(&self) -> Vec<Text> {
        let text = |(id, shelf): (&ArticleId, &Shelf)| {
            let metadata = self.workspace.articles.get(id)?.metadata.clone();
            Some(Text { article: shelf.article.clone()?, metadata, shingles: shelf.shingles.clone() })
        };
        self.shelves.iter().filter_map(text).collect()
    }
}

/// Whether a change of conventions changes what words are read as.
fn changes_reading(change: &Change<Conventions>) -> bool {
    let reading = |conventions: &Option<Conventions>| {
        let Conventions { approx_percent, vague, best: _, tie: _ } = conventions.clone().unwrap_or_default();
        (approx_percent, vague)
    };
    reading(&change.before) != reading(&change.after)
}
