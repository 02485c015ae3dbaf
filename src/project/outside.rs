//! What somebody else has written into a project, read as things that can be merged.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use super::article_files::read_article;
use super::conflict;
use super::disk::{Disk, EntryKind};
use super::items::{Item, Key};
use super::layout::{ArticleFile, CodebookFile, LayerFile, Part, ProjectFile, RulingsFile, VersionFile};
use super::merge::Outside;
use super::notation::{self, FileError, Strictness};
use super::paths;
use super::save::Seen;
use super::work::Held;
use crate::article::Article;
use crate::claim::{ArticleId, ArticleRecord, Conventions, Lexicon, Progress, Workspace};

/// Reads a part as it is on disk. What its file does not say is taken from `ours`: the analyst's
/// progress does not stand with the article, nor the article with her layer.
///
/// # Errors
/// Where the file does not read: the part must not be written then.
pub fn read(
    disk: &dyn Disk,
    root: &Path,
    analyst: &str,
    part: &Part,
    ours: &Workspace,
) -> Result<(Outside, Option<Vec<VersionFile>>), FileError> {
    let file = part.path(analyst);
    let (bytes, seen) = match Seen::read(disk, root, &file, notation::LIMIT)? {
        Some((bytes, seen)) => (Some(bytes), Some(seen)),
        None => (None, None),
    };
    let mut versions = None;
    let items = match (part, bytes.as_deref()) {
        (Part::Layer(id), bytes) => {
            let layer =
                bytes.map(|bytes| conflict::read::<LayerFile>(&file, bytes)).transpose()?.map(|(layer, _)| layer);
            if let Some(layer) = &layer {
                layer.check(&file, id)?;
            }
            of_layer(layer, ours.articles.get(id))
        }
        (_, None) => Vec::new(),
        (Part::Article(id), Some(bytes)) => {
            let (parsed, _) = conflict::read::<ArticleFile>(&file, bytes)?;
            let (mut record, _) = parsed.record(&file, id)?;
            record.progress = ours.articles.get(id).map(|own| own.progress).unwrap_or_default();
            versions = Some(parsed.versions);
            vec![Item::Article(record)]
        }
        (Part::Project, Some(bytes)) => {
            let (parsed, _) = conflict::read::<ProjectFile>(&file, bytes)?;
            let own = (parsed.conventions != Conventions::default()).then_some(Item::Conventions(parsed.conventions));
            own.into_iter().collect()
        }
        (Part::Codebook, Some(bytes)) => {
            let (CodebookFile { revision: _, categories, parties, sources }, _) = conflict::read(&file, bytes)?;
            let categories = categories.into_iter().map(Item::Category);
            categories
                .chain(parties.into_iter().map(Item::Party))
                .chain(sources.into_iter().map(Item::Source))
                .collect()
        }
        (Part::Lexicon, Some(bytes)) => {
            let (lexicon, _) = conflict::read::<Lexicon>(&file, bytes)?;
            (lexicon != Lexicon::default()).then_some(Item::Lexicon(lexicon)).into_iter().collect()
        }
        (Part::Rulings, Some(bytes)) => {
            let (RulingsFile { rulings }, _) = conflict::read(&file, bytes)?;
            rulings.into_iter().map(Item::Ruling).collect()
        }
        (Part::Analyst, Some(_)) => Vec::new(),
    };
    let items: BTreeMap<Key, Item> = items.into_iter().map(|item| (item.key(), item)).collect();
    Ok((Outside { part: part.clone(), file, items, before: None, seen }, versions))
}

fn of_layer(layer: Option<LayerFile>, record: Option<&ArticleRecord>) -> Vec<Item> {
    let progress = layer.as_ref().map_or(Progress::Unread, |layer| layer.progress);
    let record = record.map(|record| Item::Article(ArticleRecord { progress, ..record.clone() }));
    let (claims, decisions) = layer.map(|layer| (layer.claims, layer.decisions)).unwrap_or_default();
    let claims = claims.into_iter().map(|claim| Item::Claim(Box::new(claim)));
    claims.chain(decisions.into_iter().map(Item::Decision)).chain(record).collect()
}

/// The things of a layer that was read before, on an article as it is now.
pub(super) fn items_of(held: &Held, record: Option<&ArticleRecord>) -> BTreeMap<Key, Item> {
    let Held { progress, claims, decisions } = held;
    let record = record.map(|record| Item::Article(ArticleRecord { progress: *progress, ..record.clone() }));
    let claims = claims.iter().map(|claim| Item::Claim(Box::new(claim.clone())));
    let items = claims.chain(decisions.iter().cloned().map(Item::Decision)).chain(record);
    items.map(|item| (item.key(), item)).collect()
}

/// Articles in the project's folder that are not known yet, with their versions and texts. One
/// that does not read is left for the next opening to report.
pub fn new_articles(
    disk: &dyn Disk,
    root: &Path,
    known: impl Fn(&ArticleId) -> bool,
) -> Vec<(Outside, Vec<VersionFile>, Arc<Article>)> {
    let folders = disk.list(&root.join("articles")).unwrap_or_default();
    let new = folders
        .into_iter()
        .filter(|(name, kind)| *kind == EntryKind::Folder && paths::check_name(name).is_ok() && !name.starts_with('.'))
        .map(|(name, _)| ArticleId(name.into()))
        .filter(|id| !known(id));
    let read = |id: ArticleId| {
        let found = read_article(disk, root, id.clone(), Strictness::Strict)?;
        let (Ok((file, record)), Some(article), Some((name, seen))) = (found.outcome, found.article, found.seen) else {
            return None;
        };
        let items = BTreeMap::from([(Key::Article(id.clone()), Item::Article(record))]);
        let outside = Outside { part: Part::Article(id), file: name, items, before: None, seen: Some(seen) };
        Some((outside, file.versions, article))
    };
    new.filter_map(read).collect()
}
