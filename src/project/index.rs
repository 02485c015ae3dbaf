//! A compact index of a large project in `.local`: what the window shows before all is read.
//!
//! It is a copy of what stands in the project's files and what was worked out from them, and nothing
//! rests on it: the project is read behind it as ever, and what was read takes its place. Where it is
//! missing, of another project, or does not read, there is none; it is written anew when a large
//! project is closed. One JSON object a line: of RON a hundred thousand records would take longer to
//! read than the list may take to show.

use std::path::Path;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::article_files::read_version;
use super::disk::{Disk, EntryKind};
use super::layout::{FormatVersion, LOCAL, PROJECT_FILE, ProjectFile};
use super::load::project_folder;
use super::notation::FileError;
use super::save;
use super::{conflict, paths};
use crate::article::Article;
use crate::claim::{ArticleRecord, FactVerdict, Name, Workspace};

/// Smaller projects open in no time without one.
const WORTHWHILE: usize = 500;
/// The largest index that is read, in bytes.
const LIMIT: u64 = 512 << 20;

/// The first line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Head {
    format: FormatVersion,
    project: Name,
    analyst: Name,
    articles: usize,
    claims: usize,
    verdicts: Vec<(FactVerdict, usize)>,
}

/// What can be shown of a project before it is read.
#[derive(Clone, Debug)]
pub struct Preview {
    /// The project's name.
    pub name: Name,
    /// Its articles, as they were when it was closed last, by id.
    pub articles: Vec<ArticleRecord>,
    /// How many claims there were.
    pub claims: usize,
    /// How many facts had each verdict.
    pub verdicts: Vec<(FactVerdict, usize)>,
    /// The first article of the list.
    pub first: Option<Arc<Article>>,
}

fn file(analyst: &Name) -> String {
    format!("{LOCAL}/index-{}.jsonl", paths::slug(analyst))
}

/// What is known of a large project from its index. `None` where there is none that can be used.
pub fn preview(disk: &dyn Disk, path: &Path, analyst: &Name) -> Option<Preview> {
    let root = project_folder(disk, path)?;
    let index = paths::inside(disk, &root, &file(analyst)).ok()?;
    if disk.look(&index).ok()??.kind != EntryKind::File {
        return None;
    }
    let project = disk.read(&root.join(PROJECT_FILE), super::notation::LIMIT).ok()?;
    let (project, _) = conflict::read::<ProjectFile>(PROJECT_FILE, &project).ok()?;
    let text = String::from_utf8(disk.read(&index, LIMIT).ok()?).ok()?;
    let (head, rest) = text.split_once('\n')?;
    let head: Head = serde_json::from_str(head).ok()?;
    if (head.format, &head.project) != (FormatVersion::CURRENT, &project.id) {
        return None;
    }
    let articles: Vec<ArticleRecord> = {
        use rayon::prelude::*;
        let lines: Vec<&str> = rest.lines().collect();
        lines.par_iter().map(|line| serde_json::from_str(line).ok()).collect::<Option<_>>()?
    };
    if articles.len() != head.articles {
        return None; // it was cut off
    }
    let first = articles.first().and_then(|record| read_version(disk, &root, record));
    Some(Preview { name: project.name, articles, claims: head.claims, verdicts: head.verdicts, first })
}

/// Writes the index of a project that is worth one.
///
/// # Errors
/// Where it cannot be written; nothing is lost by that.
pub(super) fn write(
    disk: &dyn Disk,
    root: &Path,
    project: &Name,
    analyst: &Name,
    workspace: &Workspace,
    verdicts: Option<&[(FactVerdict, usize)]>,
) -> Result<(), FileError> {
    if workspace.articles.len() < WORTHWHILE {
        return Ok(());
    }
    let before = || kept_verdicts(disk, root, project, analyst).unwrap_or_default();
    let head = Head {
        format: FormatVersion::CURRENT,
        project: project.clone(),
        analyst: analyst.clone(),
        articles: workspace.articles.len(),
        claims: workspace.claims.len(),
        verdicts: verdicts.map_or_else(before, <[_]>::to_vec),
    };
    let file = file(analyst);
    let wrong = |error: serde_json::Error| FileError::whole(&file, error);
    let mut bytes = serde_json::to_vec(&head).map_err(wrong)?;
    for record in workspace.articles.values() {
        bytes.push(b'\n');
        serde_json::to_writer(&mut bytes, record).map_err(wrong)?;
    }
    bytes.push(b'\n');
    save::replace(disk, root, &file, &bytes).map(drop)
}

/// The verdicts of the index that is there.
fn kept_verdicts(disk: &dyn Disk, root: &Path, project: &Name, analyst: &Name) -> Option<Vec<(FactVerdict, usize)>> {
    let text = String::from_utf8(disk.read(&root.join(file(analyst)), LIMIT).ok()?).ok()?;
    let head: Head = serde_json::from_str(text.lines().next()?).ok()?;
    (head.project == *project).then_some(head.verdicts)
}

/// Whether there is an index at all.
pub(super) fn is_there(disk: &dyn Disk, root: &Path, analyst: &Name) -> bool {
    matches!(disk.look(&root.join(file(analyst))), Ok(Some(_)))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::article::{ReadOptions, read};
    use crate::project::disk::RealDisk;
    use crate::project::tests::{record, stamp};
    use crate::project::{NewProject, save_new};

    #[test]
    fn what_a_large_project_shows_first_is_read_from_its_index_and_never_trusted() {
        let home = tempfile::tempdir().unwrap();
        let root = home.path().join("p");
        let mut workspace = Workspace::new();
        let article = Arc::new(read("000.txt", b"38 bodies", &ReadOptions::default()).unwrap());
        workspace.articles.insert(article.id.clone(), record(&article));
        let articles = BTreeMap::from([(article.id.clone(), (Arc::from(&b"38 bodies"[..]), article.clone()))]);
        let project = NewProject {
            id: &"p1".into(),
            name: &"Large".into(),
            created: &stamp(),
            analyst: &"Anna".into(),
            workspace: &workspace,
            articles: &articles,
        };
        save_new(&root, &project).unwrap();
        let anna: Name = "Anna".into();
        let verdicts = [(FactVerdict::Conflicting, 3), (FactVerdict::SingleOrigin, 9)];
        let written = |workspace: &Workspace, project: &str| {
            write(&RealDisk, &root, &project.into(), &anna, workspace, Some(&verdicts)).unwrap();
            preview(&RealDisk, &root, &anna)
        };
        assert!(written(&workspace, "p1").is_none(), "a small one needs none");
        for n in 1..600 {
            let one = read(&format!("{n:03}.txt"), b"x", &ReadOptions::default()).unwrap();
            workspace.articles.insert(one.id.clone(), record(&one));
        }
        let shown = written(&workspace, "p1").expect("there is an index");
        assert!(shown.articles.iter().eq(workspace.articles.values()));
        assert_eq!((&*shown.name, &shown.verdicts[..]), ("Large", &verdicts[..]));
        assert_eq!(shown.first.map(|first| first.text.clone()), Some(article.text.clone()));
        assert!(preview(&RealDisk, &root, &"Ben".into()).is_none());
        assert!(written(&workspace, "another").is_none(), "it belongs to another project");
        let path = root.join(file(&anna));
        written(&workspace, "p1").expect("there is an index");
        write(&RealDisk, &root, &"p1".into(), &anna, &workspace, None).unwrap();
        let kept = preview(&RealDisk, &root, &anna).expect("there is an index").verdicts;
        assert_eq!(kept, verdicts, "whoever knows of no verdicts leaves those that were known");
        written(&workspace, "p1").expect("there is an index");
        let text = std::fs::read_to_string(&path).unwrap();
        for broken in ["", "{}\n", "nonsense", &text[..text.len() / 2], &text[..text.find("000.txt").unwrap()]] {
            std::fs::write(&path, broken).unwrap();
            assert!(preview(&RealDisk, &root, &anna).is_none());
        }
        std::fs::remove_file(&path).unwrap();
        assert!(preview(&RealDisk, &root, &anna).is_none());
    }
}
