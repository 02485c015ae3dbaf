//! What opening a project gives: the project, what was found wrong in it, or why it could not be opened.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::Arc;

use super::layout::{FormatVersion, PROJECT_FILE, Part, VersionFile};
use super::notation::FileError;
use super::save::Seen;
use crate::article::Article;
use crate::claim::{ArticleId, ClaimId, Name, Stamp, Workspace};

/// Something that a reader of the project should know of one of its files.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// Whether something is damaged, rather than merely worth knowing.
    pub damage: bool,
    /// Where, and what.
    pub error: FileError,
}

impl Finding {
    /// Damage.
    pub fn damage(error: FileError) -> Self {
        Self { damage: true, error }
    }

    /// Worth knowing.
    pub fn note(file: impl Into<String>, message: impl std::fmt::Display) -> Self {
        Self { damage: false, error: FileError::whole(file, message) }
    }
}

impl std::fmt::Display for Finding {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.error.fmt(f)
    }
}

/// Why a folder could not be opened as a project at all.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OpenError {
    /// There is no `project.ron`.
    NotAProject(PathBuf),
    /// It was written by a later program, in a format that this one would misread.
    Newer {
        /// The folder.
        folder: PathBuf,
        /// The version that it has.
        format: FormatVersion,
    },
    /// Whoever asked for it did not want to wait.
    Stopped(PathBuf),
    /// `project.ron` could not be read.
    Broken {
        /// The folder.
        folder: PathBuf,
        /// What is wrong with it.
        error: FileError,
        /// Whether earlier versions of the file are kept.
        kept: bool,
    },
}

impl std::fmt::Display for OpenError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Stopped(path) => {
                write!(f, "the reading of {} was stopped. Nothing was changed", path.display())
            }
            Self::NotAProject(path) => {
                write!(f, "{} is not a project: there is no {PROJECT_FILE} in it", path.display())
            }
            Self::Newer { folder, format } => write!(
                f,
                "{} has file format {format}, which is newer than this program ({}) can read. Nothing was changed. \
                 Open it with a newer version",
                folder.display(),
                FormatVersion::CURRENT
            ),
            Self::Broken { folder, error, kept } => {
                let error = error.to_string();
                let error = error.trim_end_matches('.');
                write!(f, "{} could not be opened: {error}. Nothing was changed", folder.display())?;
                if *kept {
                    write!(f, ". Earlier versions of the file lie in .local/backups of the project's folder")?;
                }
                Ok(())
            }
        }
    }
}

impl std::error::Error for OpenError {}

/// A project as it was found on disk.
#[derive(Debug)]
pub struct OpenedProject {
    /// Its folder.
    pub root: PathBuf,
    /// Its identity.
    pub id: Name,
    /// Its name.
    pub name: Name,
    /// Who began it, and when.
    pub created: Stamp,
    /// The analyst whose layer was read; `None` where all layers were.
    pub analyst: Option<Name>,
    /// Everybody who has a layer in it, sorted.
    pub analysts: Vec<Name>,
    /// Articles, claims, decisions, rulings, codebook, lexicon.
    pub workspace: Workspace,
    /// The texts of the articles; one that could not be read is missing here.
    pub articles: BTreeMap<ArticleId, Arc<Article>>,
    /// Claims whose quote no longer stands at their span, in order of ids.
    pub unanchored: Vec<ClaimId>,
    /// What is wrong or worth knowing, by file.
    pub findings: Vec<Finding>,
    /// Parts whose file did not read, and why: they are never written.
    pub blocked: BTreeMap<Part, String>,
    /// Why nothing of the project may be written, where that is so.
    pub read_only: Option<String>,
    /// All versions of each article.
    pub(super) versions: BTreeMap<ArticleId, Vec<VersionFile>>,
    /// What each file was when it was read.
    pub(super) seen: BTreeMap<String, Seen>,
    /// Parts whose file has conflict markers, to be written without.
    pub(super) conflicts: BTreeSet<Part>,
}
