//! A folder read as a project: what does not read is left as it is and named, the rest works.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rayon::prelude::*;
use serde::de::DeserializeOwned;

use super::article_files::{FoundArticle, read_article};
use super::backup::are_kept;
use super::conflict::{self, Join};
use super::disk::{Disk, EntryKind, RealDisk};
use super::layout::{
    AnalystFile, CodebookFile, FormatVersion, LayerFile, PROJECT_FILE, Part, ProjectFile, ProjectHead, RulingsFile,
    VersionFile,
};
use super::notation::{self, FileError, Strictness};
use super::opened::{Finding, OpenError, OpenedProject};
use super::paths;
use super::save::Seen;
use crate::article::Article;
use crate::claim::{ArticleId, Claim, ClaimId, Codebook, Name, NamePool, Workspace};

/// Opens a project with the layers of all analysts: for reports, exports and checks. `path` is its
/// folder or the `project.ron` in it.
///
/// # Errors
/// Where it is no project, or a newer one, or its `project.ron` does not read. Everything else that
/// is wrong is among the findings.
pub fn open(path: &Path) -> Result<OpenedProject, OpenError> {
    open_on(&RealDisk, path, None)
}

/// Opens a project on a disk; with an analyst, only that analyst's layer is read.
///
/// # Errors
/// See [`open`].
pub fn open_on(disk: &dyn Disk, path: &Path, analyst: Option<&Name>) -> Result<OpenedProject, OpenError> {
    open_watched(disk, path, analyst, &|_| true)
}

/// Is told how far the reading of a project is, from 0 to 1, on any thread; says whether to go on.
pub type Going<'a> = &'a (dyn Fn(f32) -> bool + Sync);

/// How much of the reading of a project its articles are, as far as anybody can tell beforehand.
const ARTICLES: f32 = 0.6;
/// Between so many articles or layers somebody may want to stop.
const STRIDE: usize = 256;

/// The same, which can be stopped.
///
/// # Errors
/// See [`open`]; and where it was stopped.
pub fn open_watched(
    disk: &dyn Disk,
    path: &Path,
    analyst: Option<&Name>,
    going: Going<'_>,
) -> Result<OpenedProject, OpenError> {
    let root = project_folder(disk, path).ok_or_else(|| OpenError::NotAProject(path.to_path_buf()))?;
    let mut reader = Reader {
        disk,
        root: &root,
        strictness: Strictness::Strict,
        conflicts: BTreeSet::new(),
        seen: BTreeMap::new(),
        findings: Vec::new(),
        blocked: BTreeMap::new(),
        going,
        stopped: false,
    };
    let broken = |error| OpenError::Broken { folder: root.clone(), error, kept: are_kept(disk, &root, PROJECT_FILE) };

    let bytes = reader.bytes(PROJECT_FILE).map_err(broken)?;
    let bytes = bytes.ok_or_else(|| OpenError::NotAProject(path.to_path_buf()))?;
    let format = conflict::read::<ProjectHead>(PROJECT_FILE, &bytes).map_err(broken)?.0.format;
    if format.major > FormatVersion::CURRENT.major {
        return Err(OpenError::Newer { folder: root.clone(), format });
    }
    if format > FormatVersion::CURRENT {
        reader.strictness = Strictness::Lenient;
    }
    let (project, conflicting) =
        conflict::read_as::<ProjectFile>(PROJECT_FILE, &bytes, reader.strictness).map_err(broken)?;
    if conflicting {
        reader.note_conflict(&Part::Project);
        reader.findings.push(Finding::note(PROJECT_FILE, conflict::JOINED));
    }
    let read_only = (format > FormatVersion::CURRENT).then(|| {
        format!(
            "It was saved by a newer version of the program (file format {format}, this one knows {}); \
             it is opened for reading only, so that nothing of it is lost.",
            FormatVersion::CURRENT
        )
    });

    let mut workspace = Workspace { codebook: Codebook::built_in(), ..Workspace::default() };
    if let Some(file) = reader.part::<CodebookFile>(&Part::Codebook, "") {
        let CodebookFile { revision, categories, parties, sources } = file;
        workspace.codebook = Codebook { revision, categories, parties, sources, conventions: Default::default() };
    }
    workspace.codebook.conventions = project.conventions;
    if let Some(lexicon) = reader.part(&Part::Lexicon, "") {
        workspace.lexicon = lexicon;
    }

    let (articles, versions) = reader.articles(&mut workspace);
    let layers = reader.analysts(analyst);
    for (slug, name) in &layers {
        if analyst.is_none_or(|wanted| paths::slug(wanted) == *slug) {
            reader.layers(slug, name, &mut workspace);
            reader.rulings(slug, &mut workspace);
        }
    }
    if reader.stopped {
        return Err(OpenError::Stopped(root));
    }
    let unanchored = unanchored(&workspace, &articles);
    reader.tell_of_unanchored(&unanchored, &workspace, &articles, &versions);
    let Reader { seen, mut findings, blocked, conflicts, .. } = reader;
    findings.sort_by(|a, b| (&a.error.file, a.error.place).cmp(&(&b.error.file, b.error.place)));
    Ok(OpenedProject {
        root: root.clone(),
        id: project.id,
        name: project.name,
        created: project.created,
        analyst: analyst.cloned(),
        analysts: layers.into_values().collect(),
        workspace,
        articles,
        unanchored,
        findings,
        blocked,
        read_only,
        versions,
        seen,
        conflicts,
    })
}

/// The folder of a project, from itself or from its `project.ron`.
pub fn project_folder(disk: &dyn Disk, path: &Path) -> Option<PathBuf> {
    let is_file = |path: &Path| matches!(disk.look(path), Ok(Some(look)) if look.kind == EntryKind::File);
    if path.file_name().is_some_and(|name| name == PROJECT_FILE) && is_file(path) {
        let parent = path.parent().filter(|parent| !parent.as_os_str().is_empty());
        return Some(parent.unwrap_or(Path::new(".")).to_path_buf());
    }
    is_file(&path.join(PROJECT_FILE)).then(|| path.to_path_buf())
}

/// The file of an analyst's or an article's name in a folder: "anna" of "anna.ron".
fn stem(name: &str) -> Option<&str> {
    name.strip_suffix(".ron").filter(|stem| !stem.is_empty() && !stem.starts_with('.'))
}

/// Whether a name looks like a copy that a synchronising service made of a conflict.
pub fn is_conflict_copy(name: &str) -> bool {
    let lower = name.to_lowercase();
    let numbered = lower.rsplit_once(" (").is_some_and(|(_, tail)| {
        tail.split_once(')').is_some_and(|(n, rest)| {
            !n.is_empty() && n.bytes().all(|b| b.is_ascii_digit()) && (rest.is_empty() || rest.starts_with('.'))
        })
    });
    numbered || ["conflicted copy", "sync-conflict", "safebackup", "conflict copy"].iter().any(|s| lower.contains(s))
}

struct Reader<'a> {
    disk: &'a dyn Disk,
    root: &'a Path,
    strictness: Strictness,
    conflicts: BTreeSet<Part>,
    seen: BTreeMap<String, Seen>,
    findings: Vec<Finding>,
    blocked: BTreeMap<Part, String>,
    going: Going<'a>,
    /// Whether somebody wanted to stop: what was read is of no use then.
    stopped: bool,
}

/// A layer's file as it was read in the background, with what was seen of it.
struct FoundLayer {
    part: Part,
    layer: Result<Option<(LayerFile, bool)>, FileError>,
    seen: Option<Seen>,
}

impl Reader<'_> {
    /// The bytes of a file; `None` where there is none. Remembers what was seen.
    fn bytes(&mut self, file: &str) -> Result<Option<Vec<u8>>, FileError> {
        let found = Seen::read(self.disk, self.root, file, notation::LIMIT)?;
        Ok(found.map(|(bytes, seen)| {
            self.seen.insert(file.to_owned(), seen);
            bytes
        }))
    }

    /// The value of a part's file; `None` where there is none, or where it does not read, which
    /// blocks the part.
    fn part<T: DeserializeOwned + Join>(&mut self, part: &Part, analyst: &str) -> Option<T> {
        let (file, strictness) = (part.path(analyst), self.strictness);
        let bytes = self.bytes(&file);
        let read = bytes.and_then(|bytes| bytes.map(|bytes| conflict::read_as(&file, &bytes, strictness)).transpose());
        self.parsed(part, &file, read)
    }

    /// A part's value with whether it had conflict markers, after what is to be said of it was noted.
    fn parsed<T>(&mut self, part: &Part, file: &str, read: Result<Option<(T, bool)>, FileError>) -> Option<T> {
        match read {
            Ok(None) => None,
            Ok(Some((value, conflicting))) => {
                if conflicting {
                    self.note_conflict(part);
                    self.findings.push(Finding::note(file, conflict::JOINED));
                }
                Some(value)
            }
            Err(error) => {
                self.block(part.clone(), error);
                None
            }
        }
    }

    fn note_conflict(&mut self, part: &Part) {
        self.conflicts.insert(part.clone());
    }

    fn block(&mut self, part: Part, error: FileError) {
        self.blocked.entry(part).or_insert_with(|| error.to_string());
        self.findings.push(Finding::damage(error));
    }

    /// The names in a folder of the project that are of one kind; others are found worth a note.
    fn names(&mut self, folder: &str, kind: EntryKind) -> Vec<String> {
        let entries = paths::inside(self.disk, self.root, folder).and_then(|path| match self.disk.look(&path) {
            Ok(Some(look)) if look.kind == EntryKind::Folder => {
                self.disk.list(&path).map_err(|error| FileError::whole(folder, error))
            }
            Ok(None) => Ok(Vec::new()),
            Ok(Some(_)) => Err(FileError::whole(folder, "it is not a folder")),
            Err(error) => Err(FileError::whole(folder, error)),
        });
        let entries = entries.unwrap_or_else(|error| {
            self.findings.push(Finding::damage(error));
            Vec::new()
        });
        let mut names = Vec::new();
        for (name, found) in entries {
            let place = format!("{folder}/{name}");
            if name.starts_with('.') {
                continue;
            }
            if is_conflict_copy(&name) {
                let message = "a copy that a synchronising service made of a conflict; it is not read. Compare it \
                               with the file beside it, and take out what is not needed";
                self.findings.push(Finding::note(place, message));
            } else if found != kind || paths::check_name(&name).is_err() {
                self.findings.push(Finding::note(place, "not part of the project; it is left alone"));
            } else {
                names.push(name);
            }
        }
        names
    }

    fn articles(
        &mut self,
        workspace: &mut Workspace,
    ) -> (BTreeMap<ArticleId, Arc<Article>>, BTreeMap<ArticleId, Vec<VersionFile>>) {
        let folders = self.names("articles", EntryKind::Folder);
        let (disk, root, strictness) = (self.disk, self.root, self.strictness);
        let mut found = Vec::with_capacity(folders.len());
        let count = folders.len();
        for (n, folders) in folders.chunks(STRIDE).enumerate() {
            if !(self.going)(ARTICLES * (n * STRIDE) as f32 / count as f32) {
                self.stopped = true;
                return Default::default();
            }
            let read = |folder: &String| read_article(disk, root, ArticleId(folder.as_str().into()), strictness);
            found.par_extend(folders.par_iter().filter_map(read));
        }
        let (mut articles, mut versions) = (BTreeMap::new(), BTreeMap::new());
        for FoundArticle { id, outcome, article, findings, seen, conflicting } in found {
            if conflicting {
                self.note_conflict(&Part::Article(id.clone()));
            }
            self.findings.extend(findings);
            self.seen.extend(seen);
            match outcome {
                Ok((file, record)) => {
                    versions.insert(id.clone(), file.versions);
                    workspace.articles.insert(id.clone(), record);
                    match article {
                        Some(article) => {
                            articles.insert(id, article);
                        }
                        None => {
                            let why = "its text could not be read".to_owned();
                            self.blocked.insert(Part::Layer(id), why);
                        }
                    }
                }
                Err(error) => {
                    self.block(Part::Article(id.clone()), error);
                    let why = "the record of its article could not be read".to_owned();
                    self.blocked.insert(Part::Layer(id), why);
                }
            }
        }
        (articles, versions)
    }

    /// Everybody who has a layer: by slug, the name in full.
    fn analysts(&mut self, analyst: Option<&Name>) -> BTreeMap<String, Name> {
        let mut names: BTreeMap<String, Name> = BTreeMap::new();
        let strictness = self.strictness;
        for file in self.names("analysts", EntryKind::File) {
            let Some(slug) = stem(&file).map(str::to_owned) else { continue };
            let own = analyst.is_some_and(|wanted| paths::slug(wanted) == slug);
            let place = format!("analysts/{file}");
            match self
                .bytes(&place)
                .and_then(|b| b.map(|b| conflict::read_as::<AnalystFile>(&place, &b, strictness)).transpose())
            {
                Ok(Some((file, conflicting))) => {
                    if conflicting {
                        if own {
                            self.note_conflict(&Part::Analyst);
                        }
                        self.findings.push(Finding::note(&place, conflict::JOINED));
                    }
                    names.insert(slug, file.name);
                }
                Ok(None) => {}
                Err(error) if own => self.block(Part::Analyst, error),
                Err(error) => self.findings.push(Finding::damage(error)),
            }
        }
        for folder in self.names("annotations", EntryKind::Folder) {
            names.entry(folder.clone()).or_insert_with(|| folder.into());
        }
        for file in self.names("reconciliation", EntryKind::File) {
            if let Some(slug) = stem(&file) {
                names.entry(slug.to_owned()).or_insert_with(|| slug.into());
            }
        }
        names
    }

    fn layers(&mut self, slug: &str, analyst: &Name, workspace: &mut Workspace) {
        let folder = format!("annotations/{slug}");
        let mut ids = Vec::new();
        for file in self.names(&folder, EntryKind::File) {
            match stem(&file) {
                Some(stem) => ids.push(ArticleId(stem.into())),
                None => {
                    let place = format!("{folder}/{file}");
                    self.findings.push(Finding::note(place, "not part of the project; it is left alone"));
                }
            }
        }
        let (disk, root, strictness) = (self.disk, self.root, self.strictness);
        let count = ids.len();
        for (n, ids) in ids.chunks(STRIDE).enumerate() {
            if self.stopped || !(self.going)(ARTICLES + (1.0 - ARTICLES) * (n * STRIDE) as f32 / count as f32) {
                self.stopped = true;
                return;
            }
            let found: Vec<_> = ids.par_iter().map(|id| read_layer(disk, root, id, slug, strictness)).collect();
            for (id, found) in ids.iter().zip(found) {
                self.take_layer(id, found, (slug, analyst), workspace);
            }
        }
    }

    /// Puts the claims and decisions of a layer into the workspace, where they belong there.
    fn take_layer(
        &mut self,
        id: &ArticleId,
        found: FoundLayer,
        (slug, analyst): (&str, &Name),
        workspace: &mut Workspace,
    ) {
        let FoundLayer { part, layer, seen } = found;
        let place = part.path(slug);
        self.seen.extend(seen.map(|seen| (place.clone(), seen)));
        let Some(layer) = self.parsed(&part, &place, layer) else { return };
        if !workspace.articles.contains_key(id) {
            let error = FileError::whole(place, format!("{analyst}'s claims on {id}, which is not in the project"));
            self.block(part, error);
            return;
        }
        if let Err(error) = layer.check(&place, id).and_then(|()| foreign_ids(&place, &layer, workspace)) {
            self.block(part, error);
            return;
        }
        if let Some(record) = workspace.articles.get_mut(id) {
            record.progress = record.progress.max(layer.progress);
        }
        workspace.claims.extend(layer.claims.into_iter().map(|claim| (claim.id.clone(), claim)));
        for decision in layer.decisions {
            workspace.decisions.insert_new(decision.suggestion.clone(), decision);
        }
    }

    fn rulings(&mut self, slug: &str, workspace: &mut Workspace) {
        let Some(RulingsFile { rulings }) = self.part(&Part::Rulings, slug) else { return };
        let mut ids = BTreeSet::new();
        if let Some(n) = rulings.iter().position(|r| !ids.insert(&r.id) || workspace.rulings.contains_key(&r.id)) {
            let file = Part::Rulings.path(slug);
            self.block(
                Part::Rulings,
                FileError::field(file, format!("rulings[{n}].id"), "another ruling has the same id"),
            );
            return;
        }
        workspace.rulings.extend(rulings.into_iter().map(|ruling| (ruling.id.clone(), ruling)));
    }

    /// Says of each claim whose words do not stand where it says why that is.
    fn tell_of_unanchored(
        &mut self,
        unanchored: &[ClaimId],
        workspace: &Workspace,
        articles: &BTreeMap<ArticleId, Arc<Article>>,
        versions: &BTreeMap<ArticleId, Vec<VersionFile>>,
    ) {
        for claim in unanchored.iter().filter_map(|id| workspace.claims.get(id)) {
            let Some(record) = workspace.articles.get(&claim.article) else { continue };
            if !articles.contains_key(&claim.article) {
                continue; // the text is missing, which is said of the text
            }
            let file = format!("annotations/…/{}.ron", claim.article);
            let listed = versions.get(&claim.article).into_iter().flatten();
            let (made, now) = (claim.version, record.version);
            let finding = if made != now && listed.into_iter().any(|version| version.number == made) {
                let message = format!(
                    "claim {}: “{}” was made on version {made} of the article, and has no place in version {now} yet",
                    claim.id,
                    claim.quote()
                );
                Finding::note(file, message)
            } else {
                let message = format!("claim {}: “{}” does not stand where the claim says", claim.id, claim.quote());
                Finding::damage(FileError::whole(file, message))
            };
            self.findings.push(finding);
        }
    }
}

/// Reads an analyst's layer on an article.
fn read_layer(disk: &dyn Disk, root: &Path, id: &ArticleId, slug: &str, strictness: Strictness) -> FoundLayer {
    let part = Part::Layer(id.clone());
    let file = part.path(slug);
    let (layer, seen) = match Seen::read(disk, root, &file, notation::LIMIT) {
        Ok(Some((bytes, seen))) => (conflict::read_as::<LayerFile>(&file, &bytes, strictness).map(Some), Some(seen)),
        Ok(None) => (Ok(None), None),
        Err(error) => (Err(error), None),
    };
    let layer = layer.map(|layer| {
        layer.map(|(mut layer, conflicting)| {
            let mut names = NamePool::default();
            layer.claims.iter_mut().for_each(|claim| claim.share_names(&mut names));
            layer.decisions.iter_mut().for_each(|decision| decision.share_names(&mut names));
            (layer, conflicting)
        })
    });
    FoundLayer { part, layer, seen }
}

/// Claims whose words do not stand where they say, in order of ids.
pub(super) fn unanchored(workspace: &Workspace, articles: &BTreeMap<ArticleId, Arc<Article>>) -> Vec<ClaimId> {
    let stands = |claim: &Claim| {
        let version = workspace.articles.get(&claim.article).map_or(1, |record| record.version);
        articles.get(&claim.article).is_some_and(|article| {
            claim.version == version && claim.evidence.iter().all(|anchor| anchor.holds(&article.text))
        })
    };
    let lost = |claim: &&Claim| !stands(claim);
    let claims: Vec<&Claim> = workspace.claims.values().collect();
    claims.into_par_iter().filter(lost).map(|claim| claim.id.clone()).collect()
}

/// Ids are unique over the whole project.
fn foreign_ids(file: &str, layer: &LayerFile, workspace: &Workspace) -> Result<(), FileError> {
    match layer.claims.iter().position(|claim| workspace.claims.contains_key(&claim.id)) {
        None => Ok(()),
        Some(n) => {
            let id = &layer.claims[n].id;
            let message = format!("claim {id}: a claim in another file has the same id");
            Err(FileError::field(file, format!("claims[{n}].id"), message))
        }
    }
}
