//! What is looked up of a project that is opened, made in the background: it is put in place whole,
//! at a cost that does not grow with the project.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rayon::prelude::*;

use super::catalogue::Catalogue;
use super::shelf::Shelf;
use super::uses::Uses;
use crate::article::Article;
use crate::claim::{ArticleId, ArticleRecord, ClaimId, SharedMap, Workspace};
use crate::project::Preview;

/// Between so many articles somebody may want to stop.
const STRIDE: usize = 512;

/// The shelves of a project, before anything was suggested.
#[derive(Debug, Default)]
pub(super) struct Stock {
    pub(super) shelves: BTreeMap<ArticleId, Shelf>,
    /// The claims of each article.
    pub(super) claim_ids: BTreeMap<ArticleId, BTreeSet<ClaimId>>,
    pub(super) catalogue: Catalogue,
    pub(super) uses: Uses,
}

impl Stock {
    /// The shelves of a project's articles. `going` is told how far it is, from 0 to 1; `None`
    /// where it does not want to go on.
    pub(super) fn of(
        workspace: &Workspace,
        articles: BTreeMap<ArticleId, Arc<Article>>,
        going: impl Fn(f32) -> bool,
    ) -> Option<Self> {
        let mut claim_ids: BTreeMap<ArticleId, BTreeSet<ClaimId>> = BTreeMap::new();
        for claim in workspace.claims.values() {
            claim_ids.entry(claim.article.clone()).or_default().insert(claim.id.clone());
        }
        let none = BTreeSet::new();
        let shelf = |(id, article): (ArticleId, Arc<Article>)| {
            let version = workspace.articles.get(&id).map_or(1, |record| record.version);
            let mut shelf = Shelf::new(article, Arc::from([])).awaiting_suggestions();
            shelf.refresh(workspace, version, claim_ids.get(&id).unwrap_or(&none));
            (id, shelf)
        };
        let count = articles.len();
        let mut shelves = Vec::with_capacity(count);
        let mut articles = articles.into_iter();
        loop {
            let chunk: Vec<_> = articles.by_ref().take(STRIDE).collect();
            if chunk.is_empty() {
                break;
            }
            if !going(shelves.len() as f32 / count as f32) {
                return None;
            }
            shelves.par_extend(chunk.into_par_iter().map(shelf));
        }
        let catalogue = Catalogue::of(workspace.articles.values());
        let uses = Uses::of(workspace.claims.values());
        Some(Self { shelves: shelves.into_iter().collect(), claim_ids, catalogue, uses })
    }
}

/// What an index knows of a project, ready to be shown.
#[derive(Debug)]
pub(super) struct Outline {
    pub(super) preview: Preview,
    pub(super) articles: SharedMap<ArticleId, ArticleRecord>,
    pub(super) shelves: BTreeMap<ArticleId, Shelf>,
    pub(super) catalogue: Catalogue,
}

impl Outline {
    /// Of a preview.
    pub(super) fn of(mut preview: Preview) -> Self {
        let records = std::mem::take(&mut preview.articles);
        let articles: SharedMap<_, _> = records.into_iter().map(|record| (record.id.clone(), record)).collect();
        let mut shelves: BTreeMap<_, _> = articles.keys().map(|id| (id.clone(), Shelf::default())).collect();
        if let Some(first) = preview.first.take() {
            shelves.insert(first.id.clone(), Shelf::new(first, Arc::from([])));
        }
        let catalogue = Catalogue::of(articles.values());
        Self { preview, articles, shelves, catalogue }
    }
}
