//! Whole folders: copied for *Save as*, cleared of what was left behind.

use std::collections::BTreeMap;
use std::path::Path;
use std::time::{Duration, SystemTime};

use super::article_files::ARTICLE_LIMIT;
use super::disk::{Disk, EntryKind};
use super::layout::{LOCAL, PROJECT_FILE};
use super::notation::FileError;
use super::save::{self, Seen, ensure_folder};
use crate::claim::ArticleId;

/// A temporary file this old was left behind by a process that is gone.
const LITTER: Duration = Duration::from_secs(60);

/// Whether a name is that of a file that was being written.
pub fn is_temporary(name: &str) -> bool {
    name.starts_with('.') && name.ends_with(".tmp")
}

/// Copies a project's folder, `project.ron` last, without backups and temporary files. Links and
/// devices are left out: no project has one. Returns what was written, by relative path.
///
/// # Errors
/// Where something cannot be read or written; what was copied stays.
pub fn copy(disk: &dyn Disk, from: &Path, to: &Path) -> Result<BTreeMap<String, Seen>, FileError> {
    let mut written = BTreeMap::new();
    copy_below(disk, from, to, "", &mut written)?;
    let file = PROJECT_FILE.to_owned();
    let bytes = disk.read(&from.join(&file), ARTICLE_LIMIT).map_err(|error| FileError::whole(&file, error))?;
    written.insert(file.clone(), save::replace(disk, to, &file, &bytes)?);
    Ok(written)
}

fn copy_below(
    disk: &dyn Disk,
    from: &Path,
    to: &Path,
    below: &str,
    written: &mut BTreeMap<String, Seen>,
) -> Result<(), FileError> {
    let wrong = |file: &str, error| FileError::whole(file, error);
    for (name, kind) in disk.list(&from.join(below)).map_err(|error| wrong(below, error))? {
        let file = if below.is_empty() { name.clone() } else { format!("{below}/{name}") };
        match kind {
            EntryKind::Folder if file != LOCAL => copy_below(disk, from, to, &file, written)?,
            EntryKind::File if !is_temporary(&name) && file != PROJECT_FILE => {
                let bytes = disk.read(&from.join(&file), ARTICLE_LIMIT).map_err(|error| wrong(&file, error))?;
                let seen = save::replace(disk, to, &file, &bytes)?;
                written.insert(file, seen);
            }
            _ => {}
        }
    }
    Ok(())
}

/// Removes a folder and all in it, links not followed. What cannot be removed stays.
pub fn remove(disk: &dyn Disk, folder: &Path) {
    for (name, kind) in disk.list(folder).unwrap_or_default() {
        let path = folder.join(name);
        if kind == EntryKind::Folder {
            remove(disk, &path);
        } else {
            let _ = disk.remove_file(&path);
        }
    }
    let _ = disk.remove_folder(folder);
}

/// Moves the bytes and texts of an article that was taken out into `.local`. What cannot be moved stays.
pub fn set_aside_article(disk: &dyn Disk, root: &Path, id: &ArticleId) {
    let folder = root.join("articles").join(&*id.0);
    let target = root.join(LOCAL).join("removed").join(&*id.0);
    for (version, kind) in disk.list(&folder).unwrap_or_default() {
        if kind != EntryKind::Folder {
            continue;
        }
        for (name, kind) in disk.list(&folder.join(&version)).unwrap_or_default() {
            let (from, to) = (folder.join(&version).join(&name), target.join(&version));
            if kind == EntryKind::File && ensure_folder(disk, &to).is_ok() {
                let _ = disk.rename(&from, &to.join(&name));
            }
        }
        let _ = disk.remove_folder(&folder.join(&version));
    }
    let _ = disk.remove_folder(&folder);
}

/// Removes temporary files that a process left behind, wherever a project has files.
pub fn sweep(disk: &dyn Disk, folder: &Path, now: SystemTime) {
    for (name, kind) in disk.list(folder).unwrap_or_default() {
        let path = folder.join(&name);
        match kind {
            EntryKind::Folder if name != ".git" => sweep(disk, &path, now),
            EntryKind::File if is_temporary(&name) => sweep_one(disk, &path, now),
            _ => {}
        }
    }
}

/// Removes temporary files that were left behind when a file outside of any project was being written.
pub fn sweep_beside(disk: &dyn Disk, file: &Path, now: SystemTime) {
    let Some(name) = file.file_name().map(|name| name.to_string_lossy()) else { return };
    let parent = file.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let own = format!(".{name}.");
    for (found, kind) in disk.list(parent).unwrap_or_default() {
        if kind == EntryKind::File && is_temporary(&found) && found.starts_with(&own) {
            sweep_one(disk, &parent.join(found), now);
        }
    }
}

fn sweep_one(disk: &dyn Disk, path: &Path, now: SystemTime) {
    let modified = disk.look(path).ok().flatten().and_then(|look| look.modified);
    if modified.and_then(|time| now.duration_since(time).ok()).is_some_and(|age| age >= LITTER) {
        let _ = disk.remove_file(path);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project::disk::RealDisk;
    use crate::project::tests::{files, save_sample};

    #[test]
    fn a_copy_has_every_file_and_no_litter() {
        let home = tempfile::tempdir().unwrap();
        let (from, to) = (home.path().join("a"), home.path().join("b"));
        save_sample(&from);
        let original = files(&from);
        std::fs::create_dir_all(from.join(".local/backups")).unwrap();
        std::fs::write(from.join(".local/backups/x"), "x").unwrap();
        std::fs::write(from.join("articles/.x.tmp"), "x").unwrap();
        let written = copy(&RealDisk, &from, &to).unwrap();
        assert_eq!(files(&to), original);
        assert!(written.keys().eq(original.keys()));
        let now = SystemTime::now();
        sweep(&RealDisk, &from, now);
        assert!(from.join("articles/.x.tmp").exists(), "it may belong to a process that is at work");
        sweep(&RealDisk, &from, now + LITTER * 2);
        assert!(!from.join("articles/.x.tmp").exists());
        remove(&RealDisk, &to);
        assert!(!to.exists());
    }
}
