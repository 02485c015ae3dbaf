//! What follows from an edit: what is looked up anew, suggested anew, compiled anew.

use std::collections::{BTreeMap, BTreeSet};

use super::Session;
use super::shelf::Touched;
use super::shelves::MarksChanged;
use super::words::changes_reading;
use crate::claim::{ArticleId, ArticleRecord, Change, Claim, Edit};

impl Session {
    /// Brings all that depends on edited things up to date.
    pub(super) fn follow(&mut self, edits: &[Edit]) {
        let mut touched: BTreeMap<ArticleId, Touched<'_>> = BTreeMap::new();
        let (mut whole, mut anew) = (BTreeSet::new(), BTreeSet::new());
        let mut recompile = false;
        for edit in edits {
            match edit {
                Edit::Claim(change) => self.index_claim(change, &mut touched),
                Edit::Decision(change) => {
                    for key in change.before.iter().chain(&change.after).map(|decision| &decision.suggestion) {
                        touched.entry(key.article.clone()).or_default().decided.push(key);
                    }
                }
                Edit::Article(change) => match self.listed(change) {
                    (Some(before), None) => {
                        if let Some(shelf) = self.shelves.remove(&before.id) {
                            self.attic.insert(before.id.clone(), shelf);
                        }
                        self.outdate_article(&before.id);
                    }
                    (None, Some(after)) => {
                        if let Some(shelf) = self.attic.remove(&after.id) {
                            if shelf.unsuggested {
                                anew.insert(after.id.clone());
                            }
                            self.shelves.insert(after.id.clone(), shelf);
                        }
                        whole.insert(after.id.clone());
                    }
                    (Some(before), Some(after)) => {
                        if before.text_sha256 != after.text_sha256 {
                            self.exchange_text(before, after);
                            whole.insert(after.id.clone());
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
        for id in &whole {
            self.refresh(id);
        }
        for (id, touched) in touched.into_iter().filter(|(id, _)| !whole.contains(id)) {
            self.follow_touched(&id, &touched);
        }
        for id in anew {
            self.suggest_anew(&id);
        }
        if recompile {
            self.recompile();
        }
        self.revision += 1;
    }

    fn index_claim<'a>(&mut self, change: &'a Change<Claim>, touched: &mut BTreeMap<ArticleId, Touched<'a>>) {
        let Change { before, after, .. } = change;
        let (before_in, after_in) =
            (before.as_ref().map(|claim| &claim.article), after.as_ref().map(|claim| &claim.article));
        let mut touch = |id: &ArticleId, before, after| {
            touched.entry(id.clone()).or_default().claims.push((before, after));
        };
        match (before_in, after_in) {
            (Some(from), Some(to)) if from != to => {
                touch(from, before.as_ref(), None);
                touch(to, None, after.as_ref());
            }
            (Some(id), _) | (None, Some(id)) => touch(id, before.as_ref(), after.as_ref()),
            (None, None) => {}
        }
        if let Some(before) = &change.before {
            if let Some(ids) = self.claim_ids.get_mut(&before.article) {
                ids.remove(&before.id);
            }
            self.unanchored.remove(&before.id);
            self.uses.remove(before);
        }
        if let Some(after) = &change.after {
            self.claim_ids.entry(after.article.clone()).or_default().insert(after.id.clone());
            self.uses.add(after);
            let version = self.workspace.articles.get(&after.article).map_or(1, |record| record.version);
            if self.shelves.get(&after.article).is_some_and(|shelf| !shelf.anchors(after, version)) {
                self.unanchored.insert(after.id.clone());
            }
        }
    }

    /// Notes a change of an article in the catalogue.
    fn listed<'a>(
        &mut self,
        change: &'a Change<ArticleRecord>,
    ) -> (&'a Option<ArticleRecord>, &'a Option<ArticleRecord>) {
        self.catalogue.follow(change.before.as_ref(), change.after.as_ref());
        (&change.before, &change.after)
    }

    /// Looks up anew what is claimed and decided in an article.
    pub(super) fn refresh(&mut self, id: &ArticleId) {
        let none = BTreeSet::new();
        let ids = self.claim_ids.get(id).unwrap_or(&none);
        let version = self.version_of(id);
        let workspace = &self.workspace;
        self.shelves.change(id, |shelf| (shelf.refresh(workspace, version, ids), None));
        self.outdate_article(id);
    }

    /// Looks up what edits have touched in an article.
    fn follow_touched(&mut self, id: &ArticleId, touched: &Touched<'_>) {
        let version = self.version_of(id);
        let workspace = &self.workspace;
        let marks = || MarksChanged {
            claims: (touched.claims.iter())
                .filter_map(|(before, after)| {
                    let spans = before.iter().flat_map(|claim| &claim.evidence).map(|anchor| anchor.span);
                    Some((before.or(*after)?.id.clone(), spans.collect()))
                })
                .collect(),
            decided: touched.decided.iter().map(|key| (*key).clone()).collect(),
        };
        let followed = self.shelves.change(id, |shelf| {
            let followed = shelf.follow(workspace, version, touched);
            (followed, followed.then(marks))
        });
        match followed {
            Some(false) => self.refresh(id),
            _ => self.outdate_article(id),
        }
    }

    fn version_of(&self, id: &ArticleId) -> u32 {
        self.workspace.articles.get(id).map_or(1, |record| record.version)
    }
}
