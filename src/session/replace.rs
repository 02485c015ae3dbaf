//! An article replaced by a corrected version: the new text beside the old, the analyst's layer taken
//! along in the same action, and what became of each claim.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use super::{Session, Severity};
use crate::article::{self, Article, Fate, OldText, Outcome, Reanchored, reanchor, reanchor_at};
use crate::claim::{
    ArticleId, ArticleRecord, Basis, Change, ClaimId, DateWindow, Edit, Known, Metadata, Name, Progress, Span,
};
use crate::project::source::{Source, bytes_of};
use crate::project::{self, ArticleBytes, disk::RealDisk};

/// What became of an analyst's claims when an article was replaced by another version.
#[derive(Clone, Debug, PartialEq)]
pub struct Replacement {
    /// The article.
    pub article: ArticleId,
    /// Its version before, from 1.
    pub from: u32,
    /// Its version now.
    pub to: u32,
    /// What became of each claim, by its place before.
    pub outcomes: Vec<Outcome>,
}

impl Replacement {
    /// The claims of which something is to be said, the most urgent first: other numbers, in doubt,
    /// nowhere any more, other words, moved.
    pub fn by_urgency(&self) -> Vec<&Outcome> {
        let rank = |outcome: &&Outcome| match outcome.fate {
            Fate::NumberChanged { .. } => 0,
            Fate::InDoubt { .. } => 1,
            Fate::Orphaned => 2,
            Fate::Changed => 3,
            Fate::Moved => 4,
            Fate::Same => 5,
        };
        let mut outcomes: Vec<_> = self.outcomes.iter().collect();
        outcomes.sort_by_key(rank);
        outcomes
    }

    /// "2 claims stand where they stood, 1 has another number": what became of all.
    pub fn summary(&self) -> String {
        let count = |wanted: fn(&Fate) -> bool| self.outcomes.iter().filter(|outcome| wanted(&outcome.fate)).count();
        let parts = [
            (
                count(|fate| matches!(fate, Fate::NumberChanged { .. })),
                "has another number now",
                "have other numbers now",
            ),
            (count(|fate| matches!(fate, Fate::InDoubt { .. })), "is in doubt", "are in doubt"),
            (count(|fate| *fate == Fate::Orphaned), "has lost its words", "have lost their words"),
            (count(|fate| *fate == Fate::Changed), "has other words now", "have other words now"),
            (count(|fate| *fate == Fate::Moved), "moved", "moved"),
            (count(|fate| *fate == Fate::Same), "stands where it stood", "stand where they stood"),
        ];
        let words = |(n, one, many): (usize, &str, &str)| match n {
            0 => None,
            1 => Some(format!("1 claim {one}")),
            n => Some(format!("{n} claims {many}")),
        };
        let parts: Vec<_> = parts.into_iter().filter_map(words).collect();
        if parts.is_empty() { "no claims were made on it".to_owned() } else { parts.join(", ") }
    }
}

/// What a replacement by another file is called, and how it is told.
const REPLACED: (&str, &str) = ("replace", "was replaced by");

impl Session {
    /// What the last replacement of an article in this session came to.
    pub fn replacement(&self) -> Option<&Replacement> {
        self.replacement.as_ref()
    }

    /// Reads a corrected version of an article in the background, and puts it in its place.
    pub(super) fn replace_article(&mut self, id: &ArticleId, path: PathBuf) {
        let Some(record) = self.workspace.articles.get(id).cloned() else { return };
        let (folder, project) = (self.saving.folder().map(PathBuf::from), self.project_number);
        let options = self.read_options();
        self.jobs.start(&format!("Replacing {}", record.label()), move |worker| {
            let name = name_of_version(&record, &path);
            let bytes = bytes_of(&Source { name: name.clone(), path }, &options);
            let read = bytes.and_then(|bytes| Ok((article::read(&name, &bytes, &options)?, bytes)));
            let version = match &folder {
                Some(folder) => project::next_version(&RealDisk, folder, &record),
                None => record.version.saturating_add(1),
            };
            worker.send(move |session| match read {
                Ok((article, bytes)) if session.project_number == project => {
                    session.take_version(&record.id, version, bytes.into(), article, REPLACED);
                }
                Ok(_) => {}
                Err(error) => session.notify(Severity::Error, format!("{error}. Nothing was replaced.")),
            });
        });
    }

    /// Replaces an article's text from memory, at once. For tests.
    pub fn replace_with(&mut self, id: &ArticleId, name: &str, bytes: &[u8]) {
        let Some(record) = self.workspace.articles.get(id).cloned() else { return };
        let name = name_of_version(&record, std::path::Path::new(name));
        match article::read(&name, bytes, &self.read_options()) {
            Ok(article) => self.take_version(id, record.version.saturating_add(1), Arc::from(bytes), article, REPLACED),
            Err(error) => self.notify(Severity::Error, format!("{error}. Nothing was replaced.")),
        }
        self.update_facts();
    }

    /// Puts another version in an article's place; `how` is what was done, for "Undo …", and how that
    /// is told.
    pub(super) fn take_version(
        &mut self,
        id: &ArticleId,
        version: u32,
        source: Arc<[u8]>,
        article: Article,
        how: (&str, &str),
    ) {
        let Some(before) = self.workspace.articles.get(id).cloned() else { return };
        let Some(old) = self.article(id).cloned() else {
            let text = format!(
                "{}: its text cannot be read, so nothing can be taken along. Nothing was replaced.",
                before.label()
            );
            self.notify(Severity::Error, text);
            return;
        };
        if article.sha256 == before.sha256 && article.text_sha256 == before.text_sha256 {
            let text = format!("{} is this very text already, byte for byte; nothing was replaced.", before.label());
            self.notify(Severity::Info, text);
            return;
        }
        let article = Arc::new(Article { id: id.clone(), ..article });
        let progress = if before.progress == Progress::Done { Progress::InProgress } else { before.progress };
        let after = ArticleRecord {
            metadata: over(&before.metadata, &article.metadata),
            version,
            progress,
            ..article.record(before.added.clone())
        };
        let old = OldText { version: before.version, text_sha256: before.text_sha256.clone(), text: old.text.clone() };
        let layer = self.layer_on(&old, id, &article.text, &after);
        let mut edits = vec![Edit::Article(Box::new(Change::replace(before.clone(), after)))];
        edits.extend(layer.edits);
        if !self.may_change(&edits) {
            return;
        }
        self.put_article(article.clone()); // taken from there by the edit
        self.keep_articles(vec![ArticleBytes { version, source, article }]);
        let (label, told) = how;
        if self.commit(&format!("{label} “{}”", before.label()), edits) {
            let replacement =
                Replacement { article: id.clone(), from: before.version, to: version, outcomes: layer.outcomes };
            let urgent = replacement.outcomes.iter().any(|outcome| !matches!(outcome.fate, Fate::Same | Fate::Moved));
            let severity = if urgent { Severity::Warning } else { Severity::Info };
            let text = format!("“{}” {told} version {version}: {}.", before.label(), replacement.summary());
            self.notify(severity, text);
            self.replacement = Some(replacement);
        }
    }

    /// What the analyst has made of an article's old text, on a new one: with the rulings that speak
    /// of suggestions on which nothing is decided.
    fn layer_on(&self, old: &OldText, id: &ArticleId, new: &str, record: &ArticleRecord) -> Reanchored {
        let claims = self.claim_ids.get(id).into_iter().flatten().filter_map(|claim| self.workspace.claims.get(claim));
        let decisions = self.workspace.decisions.values().filter(|decision| decision.suggestion.article == *id);
        let named = self.workspace.rulings.values().flat_map(|ruling| ruling.op.claims());
        let named: Vec<_> = named.filter_map(ClaimId::provisional_key).filter(|key| key.article == *id).collect();
        let mut layer = reanchor(old, new, record.version, &record.text_sha256, claims, decisions, named.iter());
        let renamed: BTreeMap<ClaimId, ClaimId> = (layer.keys.iter())
            .map(|(before, after)| (ClaimId::provisional(before), ClaimId::provisional(after)))
            .filter(|(before, after)| before != after)
            .collect();
        layer.edits.extend(self.renaming_in_rulings(&renamed));
        layer
    }

    /// Takes what was made on earlier versions of articles along to the current ones: of a layer
    /// whose analyst was away while somebody else replaced an article. One action for each article.
    pub(super) fn take_layers_along(&mut self) {
        for id in self.older.keys().cloned().collect::<Vec<_>>() {
            for old in self.older.get(&id).cloned().unwrap_or_default() {
                let (Some(record), Some(article)) = (self.workspace.articles.get(&id), self.article(&id)) else {
                    continue;
                };
                if record.version == old.version {
                    continue;
                }
                let (to, label) = (record.version, record.label().to_owned());
                let layer = self.layer_on(&old, &id, &article.text.clone(), &record.clone());
                let count = layer.outcomes.len();
                if self.commit(&format!("take claims along to the corrected “{label}”"), layer.edits) {
                    let replacement =
                        Replacement { article: id.clone(), from: old.version, to, outcomes: layer.outcomes };
                    if count > 0 {
                        let text = format!(
                            "“{label}” was replaced by version {to} by somebody else: {}.",
                            replacement.summary()
                        );
                        self.notify(Severity::Warning, text);
                    }
                    self.replacement = Some(replacement);
                }
            }
        }
    }

    /// Puts a claim where the analyst says that its words stand now.
    pub(super) fn reanchor_claim(&mut self, id: &ClaimId, span: Span) {
        let Some(claim) = self.workspace.claims.get(id).cloned() else { return };
        let (Some(record), Some(article)) = (self.workspace.articles.get(&claim.article), self.article(&claim.article))
        else {
            return;
        };
        let version = record.version;
        let older = self.older.get(&claim.article).into_iter().flatten();
        let old = older.into_iter().find(|old| old.version == claim.version).cloned();
        // Without the old text nothing but the main words can be told.
        let none = OldText { version: claim.version, text_sha256: "".into(), text: "".into() };
        match reanchor_at(&old.unwrap_or(none), &article.text, &claim, span, version) {
            Some(mut moved) => {
                moved.changed = Some(self.stamp());
                self.commit("put claim in its place", vec![Edit::Claim(Box::new(Change::replace(claim, moved)))]);
            }
            None => {
                self.notify(Severity::Warning, "These words do not fit the text; nothing was changed.".to_owned());
            }
        }
    }

    /// Puts another version of an article on its shelf; the one that was there is kept for undo.
    pub(super) fn exchange_text(&mut self, before: &ArticleRecord, after: &ArticleRecord) {
        let id = &after.id;
        let wanted = (id.clone(), after.text_sha256.clone());
        if !self.superseded.contains_key(&wanted)
            && let Some(folder) = self.saving.folder()
            && let Some(article) = project::read_version(&RealDisk, folder, after)
        {
            let suggested = super::suggested::Suggested::new(&self.suggester, &article, &after.metadata);
            let shelf = super::Shelf::suggested(article, suggested);
            self.superseded.insert(wanted.clone(), shelf);
        }
        // Where it cannot be read it is shown as missing: never the text of another version.
        let shelf = self.superseded.remove(&wanted).unwrap_or_default();
        if let Some(old) = self.shelves.insert(id.clone(), shelf) {
            if let Some(article) = &old.article {
                let known = self.older.entry(id.clone()).or_default();
                if known.iter().all(|old| old.version != before.version) {
                    let text_sha256 = before.text_sha256.clone();
                    known.push(OldText { version: before.version, text_sha256, text: article.text.clone() });
                }
            }
            self.superseded.insert((id.clone(), before.text_sha256.clone()), old);
        }
        // Which claims stand where they say is another matter now.
        let version = after.version;
        let shelf = &self.shelves[id];
        for claim in self.claim_ids.get(id).into_iter().flatten().filter_map(|claim| self.workspace.claims.get(claim)) {
            if shelf.anchors(claim, version) {
                self.unanchored.remove(&claim.id);
            } else {
                self.unanchored.insert(claim.id.clone());
            }
        }
    }
}

/// What a version is called: as the article, with the ending of the file that it comes from, since
/// that says how it is read.
fn name_of_version(record: &ArticleRecord, path: &std::path::Path) -> String {
    let name = record.name.to_string();
    let Some(ending) = path.extension().map(|ending| ending.to_string_lossy().into_owned()) else { return name };
    let base = name.rsplit('/').next().unwrap_or(&name).to_owned();
    match base.rsplit_once('.') {
        Some((_, old)) if old.eq_ignore_ascii_case(&ending) => name,
        Some((stem, _)) if !stem.is_empty() => format!("{}{stem}.{ending}", &name[..name.len() - base.len()]),
        _ => format!("{name}.{ending}"),
    }
}

/// What is known of an article once another version of it was read: the analyst's own word stays, and
/// so does what the new text does not speak of.
fn over(before: &Metadata, text: &Metadata) -> Metadata {
    let field = |before: &Option<Known>, text: &Option<Known>| match (before, text) {
        (Some(known), _) if known.basis == Basis::Analyst => Some(known.clone()),
        (before, text) => text.clone().or_else(|| before.clone()),
    };
    let by_hand = before.published.basis == Basis::Analyst && before.published.is_known();
    let published = |a: &Metadata, b: &Metadata| -> (DateWindow, Option<Name>, bool) {
        let from = if by_hand || !b.published.is_known() { a } else { b };
        (from.published, from.published_value.clone(), from.date_differs)
    };
    let (published, published_value, date_differs) = published(before, text);
    Metadata {
        outlet: field(&before.outlet, &text.outlet),
        title: field(&before.title, &text.title),
        url: field(&before.url, &text.url),
        published,
        published_value,
        date_differs,
        language: text.language.clone(),
    }
}
