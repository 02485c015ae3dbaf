//! Which file holds what: the folder of a project as plain structs, each written by one function.
//!
//! `docs/project.md` describes the same for readers of the files.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::notation::{self, FileError};
use super::paths;
use crate::claim::{
    ArticleId, ArticleRecord, Category, Claim, ClaimId, Codebook, Conventions, Decision, Edit, Lexicon, Metadata, Name,
    Party, Progress, Ruling, Source, Span, Stamp, SuggestionKey, Workspace,
};

/// The file that makes a folder a project.
pub const PROJECT_FILE: &str = "project.ron";
/// What version control must know: texts and sources are never touched, logs are joined.
pub const GIT_ATTRIBUTES: (&str, &str) =
    (".gitattributes", "*.ron text eol=lf\narticles/**/v*/* -text\nhistory/*.log text eol=lf merge=union\n");
/// What version control leaves out.
pub const GIT_IGNORE: (&str, &str) = (".gitignore", ".local/\n.*.tmp\n");
/// Backups and other things that may be deleted at any time.
pub const LOCAL: &str = ".local";

/// A version of the file format. A newer minor one can be read; a newer major one cannot.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FormatVersion {
    /// Grows where older programs would misread the files.
    pub major: u32,
    /// Grows where something was added.
    pub minor: u32,
}

impl FormatVersion {
    /// The version that is written.
    pub const CURRENT: Self = Self { major: 1, minor: 0 };
}

impl std::fmt::Display for FormatVersion {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}.{}", self.major, self.minor)
    }
}

/// `project.ron`
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProjectFile {
    /// The version of the file format.
    pub format: FormatVersion,
    /// Identity: the same for every copy that is to be merged with this one.
    pub id: Name,
    /// The name that the window shows.
    pub name: Name,
    /// Who began it, and when.
    pub created: Stamp,
    /// By which conventions words become numbers.
    pub conventions: Conventions,
}

/// What is read of `project.ron` first, whatever else a newer version has put into it.
#[derive(Clone, Copy, Debug, Deserialize)]
pub struct ProjectHead {
    /// The version of the file format.
    pub format: FormatVersion,
}

/// `codebook.ron`
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CodebookFile {
    /// Grows by one with every change.
    pub revision: u32,
    /// What may be tagged.
    pub categories: Vec<Category>,
    /// The parties of this project.
    #[serde(default)]
    pub parties: Vec<Party>,
    /// The sources of this project.
    #[serde(default)]
    pub sources: Vec<Source>,
}

/// `analysts/NAME.ron`
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AnalystFile {
    /// The name in full.
    pub name: Name,
}

/// `articles/ID/article.ron`
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ArticleFile {
    /// Its identity, which is also the name of its folder.
    pub id: ArticleId,
    /// The file's name as opened, with `/`.
    pub name: Name,
    /// Outlet, title, address, date.
    pub metadata: Metadata,
    /// The version that counts now.
    pub version: u32,
    /// All versions, from the first.
    pub versions: Vec<VersionFile>,
    /// Who added it, and when.
    pub added: Stamp,
}

/// A version of an article's bytes and text.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct VersionFile {
    /// From 1.
    pub number: u32,
    /// The bytes as opened: "v1/source.md".
    pub source: Name,
    /// SHA-256 of the bytes, hexadecimal.
    pub sha256: Name,
    /// SHA-256 of `text.txt` beside it, hexadecimal.
    pub text_sha256: Name,
    /// The encoding that was used.
    pub encoding: Name,
    /// How it was decided.
    pub encoding_reason: Name,
    /// The reader that made text of the bytes, and its version.
    pub reader: Name,
}

/// `annotations/ANALYST/ID.ron`: what one analyst made of one article.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LayerFile {
    /// The article, which is also the name of the file.
    pub article: ArticleId,
    /// How far the analyst has got.
    #[serde(default)]
    pub progress: Progress,
    /// By position, then id.
    #[serde(default)]
    pub claims: Vec<Claim>,
    /// By key.
    #[serde(default)]
    pub decisions: Vec<Decision>,
}

/// `reconciliation/ANALYST.ron`
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RulingsFile {
    /// In order of making.
    pub rulings: Vec<Ruling>,
}

/// What stands in one file, and is written as one.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// `project.ron`
    Project,
    /// `codebook.ron`
    Codebook,
    /// `lexicon.ron`
    Lexicon,
    /// `analysts/NAME.ron`
    Analyst,
    /// `articles/ID/article.ron`
    Article(ArticleId),
    /// `annotations/ANALYST/ID.ron`
    Layer(ArticleId),
    /// `reconciliation/ANALYST.ron`
    Rulings,
}

impl Part {
    /// The parts that an edit changes.
    pub fn of(edit: &Edit) -> Vec<Self> {
        fn both<T, K>(change: &crate::claim::Change<T>, key: impl Fn(&T) -> K) -> Vec<K> {
            change.before.iter().chain(&change.after).map(key).collect()
        }
        match edit {
            Edit::Article(change) => both(change, |record| record.id.clone())
                .into_iter()
                .flat_map(|id| [Self::Article(id.clone()), Self::Layer(id)])
                .collect(),
            Edit::Claim(change) => both(change, |claim| Self::Layer(claim.article.clone())),
            Edit::Decision(change) => both(change, |decision| Self::Layer(decision.suggestion.article.clone())),
            Edit::Ruling(_) => vec![Self::Rulings],
            // The revision, which grows with either, stands in the codebook.
            Edit::Category(_) | Edit::Party(_) | Edit::Source(_) => vec![Self::Codebook],
            Edit::Conventions(_) => vec![Self::Project, Self::Codebook],
            Edit::Lexicon(_) => vec![Self::Lexicon],
        }
    }

    /// Its file, relative to the project's folder; `analyst` is the slug of the analyst's name.
    pub fn path(&self, analyst: &str) -> String {
        match self {
            Self::Project => PROJECT_FILE.to_owned(),
            Self::Codebook => "codebook.ron".to_owned(),
            Self::Lexicon => "lexicon.ron".to_owned(),
            Self::Analyst => format!("analysts/{analyst}.ron"),
            Self::Article(id) => format!("articles/{id}/article.ron"),
            Self::Layer(id) => format!("annotations/{analyst}/{id}.ron"),
            Self::Rulings => format!("reconciliation/{analyst}.ron"),
        }
    }
}

/// The name of a version's bytes in the article's folder: "v1/source.md". The ending is that of
/// the file as opened where it is a plain one, else `bin`.
pub fn source_name(name: &str, version: u32) -> String {
    let base = name.rsplit('/').next().unwrap_or(name);
    let ending = base.rsplit_once('.').map_or("", |(_, ending)| ending).to_ascii_lowercase();
    let plain = (1..=8).contains(&ending.len()) && ending.bytes().all(|b| b.is_ascii_alphanumeric());
    format!("v{version}/source.{}", if plain { &ending } else { "bin" })
}

/// What the writer of a project knows beside the workspace.
#[derive(Clone, Debug)]
pub struct Head {
    /// The project's identity.
    pub id: Name,
    /// The project's name.
    pub name: Name,
    /// Who began it, and when.
    pub created: Stamp,
    /// The analyst whose layer it is.
    pub analyst: Name,
}

/// The claims of each article: so that writing one article costs the same in a project of any size.
#[derive(Clone, Debug, Default)]
pub struct ClaimIndex(BTreeMap<ArticleId, BTreeSet<ClaimId>>);

impl ClaimIndex {
    /// Of all claims of a workspace.
    pub fn of(workspace: &Workspace) -> Self {
        let mut index = Self::default();
        for claim in workspace.claims.values() {
            index.0.entry(claim.article.clone()).or_default().insert(claim.id.clone());
        }
        index
    }

    /// Follows an edit that was applied.
    pub fn follow(&mut self, edit: &Edit) {
        let Edit::Claim(change) = edit else { return };
        if let Some(before) = &change.before
            && let Some(ids) = self.0.get_mut(&before.article)
        {
            ids.remove(&before.id);
        }
        if let Some(after) = &change.after {
            self.0.entry(after.article.clone()).or_default().insert(after.id.clone());
        }
    }

    fn claims<'a>(&'a self, workspace: &'a Workspace, id: &ArticleId) -> impl Iterator<Item = &'a Claim> {
        self.0.get(id).into_iter().flatten().filter_map(|claim| workspace.claims.get(claim))
    }
}

/// The text of every part's file, as the workspace has it; `None` where there is to be no file.
/// `claims` knows the claims of each article of the workspace; `versions` gives the versions of an article that its file lists already.
pub fn render(
    parts: &BTreeSet<Part>,
    head: &Head,
    workspace: &Workspace,
    claims: &ClaimIndex,
    versions: &BTreeMap<ArticleId, Vec<VersionFile>>,
) -> Vec<(Part, Option<String>)> {
    let text = |part: &Part| match part {
        Part::Project => Some(notation::write(&ProjectFile {
            format: FormatVersion::CURRENT,
            id: head.id.clone(),
            name: head.name.clone(),
            created: head.created.clone(),
            conventions: workspace.codebook.conventions.clone(),
        })),
        Part::Codebook => {
            let Codebook { revision, categories, parties, sources, conventions: _ } = workspace.codebook.clone();
            Some(notation::write(&CodebookFile { revision, categories, parties, sources }))
        }
        Part::Lexicon => (workspace.lexicon != Lexicon::default()).then(|| notation::write(&workspace.lexicon)),
        Part::Analyst => Some(notation::write(&AnalystFile { name: head.analyst.clone() })),
        Part::Article(id) => {
            let record = workspace.articles.get(id)?;
            let listed = versions.get(id).map_or(&[][..], |versions| versions);
            Some(notation::write(&ArticleFile::of(record, listed)))
        }
        Part::Layer(id) => layer(workspace, claims, id).render(),
        Part::Rulings => {
            let rulings: Vec<_> = workspace.rulings.values().cloned().collect();
            (!rulings.is_empty()).then(|| notation::write(&RulingsFile { rulings }))
        }
    };
    parts.iter().map(|part| (part.clone(), text(part))).collect()
}

/// The layer of an article.
fn layer(workspace: &Workspace, claims: &ClaimIndex, id: &ArticleId) -> LayerFile {
    // The keys of decisions sort by article first.
    let span = Span { start: 0, end: 0 };
    let first = SuggestionKey { article: id.clone(), span, reading: "".into(), suggester: "".into() };
    let decisions = workspace.decisions.range(first..).map(|(_, decision)| decision);
    LayerFile {
        article: id.clone(),
        progress: workspace.articles.get(id).map(|record| record.progress).unwrap_or_default(),
        claims: claims.claims(workspace, id).cloned().collect(),
        decisions: decisions.take_while(|decision| decision.suggestion.article == *id).cloned().collect(),
    }
}

impl LayerFile {
    /// Its text, sorted; `None` where nothing is in it.
    pub fn render(mut self) -> Option<String> {
        if self.claims.is_empty() && self.decisions.is_empty() && self.progress == Progress::Unread {
            return None;
        }
        self.claims.sort_by(|a, b| a.order().cmp(&b.order()));
        self.decisions.sort_by(|a, b| a.suggestion.cmp(&b.suggestion));
        Some(notation::write(&self))
    }

    /// Checks what the types do not: every claim has evidence, the article is
    /// the one of the file's name, ids are not repeated.
    ///
    /// # Errors
    /// The first thing that is wrong, with its place.
    pub fn check(&self, file: &str, id: &ArticleId) -> Result<(), FileError> {
        let mut ids = BTreeSet::new();
        if self.article != *id {
            return Err(FileError::field(file, "article", format!("the file belongs to {id}, not {}", self.article)));
        }
        for (place, claim) in self.claims.iter().enumerate() {
            let wrong = |field: &str, message: String| {
                Err(FileError::field(
                    file,
                    format!("claims[{place}].{field}"),
                    format!("claim {}: {message}", claim.id),
                ))
            };
            if !ids.insert(&claim.id) {
                return wrong("id", "another claim has the same id".to_owned());
            }
            if claim.article != *id {
                return wrong("article", format!("it stands in {}, not in {id}", claim.article));
            }
            if claim.evidence.is_empty() {
                return wrong("evidence", "a claim without words".to_owned());
            }
        }
        let mut keys = BTreeSet::new();
        for (place, decision) in self.decisions.iter().enumerate() {
            let wrong = |message: &str| Err(FileError::field(file, format!("decisions[{place}].suggestion"), message));
            if decision.suggestion.article != *id {
                return wrong("it stands in another article");
            }
            if !keys.insert(&decision.suggestion) {
                return wrong("decided twice");
            }
        }
        Ok(())
    }
}

impl ArticleFile {
    /// The file of a record, with the older versions that its file lists already.
    pub fn of(record: &ArticleRecord, versions: &[VersionFile]) -> Self {
        let current = VersionFile {
            number: record.version,
            source: source_name(&record.name, record.version).into(),
            sha256: record.sha256.clone(),
            text_sha256: record.text_sha256.clone(),
            encoding: record.encoding.clone(),
            encoding_reason: record.encoding_reason.clone(),
            reader: record.reader.clone(),
        };
        let mut versions: Vec<_> = versions.iter().filter(|v| v.number != record.version).cloned().collect();
        versions.push(current);
        versions.sort_by_key(|version| version.number);
        Self {
            id: record.id.clone(),
            name: record.name.clone(),
            metadata: record.metadata.clone(),
            version: record.version,
            versions,
            added: record.added.clone(),
        }
    }

    /// The record, without the analyst's progress, and the current version.
    ///
    /// # Errors
    /// Where the file names another article, a version that is not there, or a path that leads elsewhere.
    pub fn record(&self, file: &str, id: &ArticleId) -> Result<(ArticleRecord, &VersionFile), FileError> {
        if self.id != *id {
            return Err(FileError::field(file, "id", format!("the folder belongs to {id}, not {}", self.id)));
        }
        for (place, version) in self.versions.iter().enumerate() {
            let wrong = |message: String| Err(FileError::field(file, format!("versions[{place}].source"), message));
            if let Err(message) = paths::check_relative(&version.source) {
                return wrong(message);
            }
            if !version.source.starts_with(&format!("v{}/", version.number)) {
                return wrong(format!("“{}” does not lie in the folder of version {}", version.source, version.number));
            }
        }
        let mut current = self.versions.iter().filter(|version| version.number == self.version);
        let (Some(version), None) = (current.next(), current.next()) else {
            return Err(FileError::field(file, "version", format!("there must be one version {}", self.version)));
        };
        let record = ArticleRecord {
            id: self.id.clone(),
            name: self.name.clone(),
            metadata: self.metadata.clone(),
            sha256: version.sha256.clone(),
            text_sha256: version.text_sha256.clone(),
            encoding: version.encoding.clone(),
            encoding_reason: version.encoding_reason.clone(),
            reader: version.reader.clone(),
            version: self.version,
            progress: Progress::default(),
            added: self.added.clone(),
        };
        Ok((record, version))
    }
}
