//! The last ten versions of each changed file, in `.local`, which may be deleted at any time.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use super::disk::{Disk, EntryKind};
use super::layout::LOCAL;
use super::notation::{self, FileError};
use super::paths;
use super::save::ensure_folder;

/// How many versions of a file are kept.
const VERSIONS: usize = 10;
/// While work goes on, a file is written every few seconds; ten versions shall reach further back.
const APART: Duration = Duration::from_secs(300);

/// When each file was backed up last, in this session.
#[derive(Debug, Default)]
pub struct Backups {
    last: BTreeMap<String, SystemTime>,
}

fn folder(root: &Path, file: &str) -> PathBuf {
    root.join(LOCAL).join("backups").join(file)
}

/// Whether earlier versions of a file are there.
pub fn are_kept(disk: &dyn Disk, root: &Path, file: &str) -> bool {
    !versions(disk, &folder(root, file)).is_empty()
}

impl Backups {
    /// Keeps the bytes that a file has now, before it is overwritten; at most once in five minutes.
    ///
    /// # Errors
    /// Where the file cannot be read, or the backup not be written.
    pub fn keep(&mut self, disk: &dyn Disk, root: &Path, file: &str, now: SystemTime) -> Result<(), FileError> {
        let fresh = |last: &SystemTime| now.duration_since(*last).is_ok_and(|age| age < APART);
        if self.last.get(file).is_some_and(fresh) {
            return Ok(());
        }
        let wrong = |error| FileError::whole(file, error);
        let path = paths::inside(disk, root, file)?;
        if disk.look(&path).map_err(wrong)?.is_none() {
            return Ok(());
        }
        let bytes = disk.read(&path, notation::LIMIT).map_err(wrong)?;
        let folder = folder(root, file);
        let stamp = now.duration_since(UNIX_EPOCH).map_or(0, |age| age.as_millis());
        let written = ensure_folder(disk, &folder).and_then(|()| {
            let target = folder.join(format!("{stamp:015}.ron"));
            if disk.look(&target)?.is_none() {
                disk.create(&target)?.write(&bytes)?;
            }
            let mut names = versions(disk, &folder);
            names.truncate(names.len().saturating_sub(VERSIONS));
            names.iter().try_for_each(|name| disk.remove_file(&folder.join(name)))
        });
        written.map_err(|error| FileError::whole(format!("{LOCAL}/backups/{file}"), error))?;
        self.last.insert(file.to_owned(), now);
        Ok(())
    }
}

/// The versions of a file that are kept, oldest first.
fn versions(disk: &dyn Disk, folder: &Path) -> Vec<String> {
    let names = disk.list(folder).unwrap_or_default();
    names.into_iter().filter(|(name, kind)| *kind == EntryKind::File && name.ends_with(".ron")).map(|n| n.0).collect()
}

/// The latest kept version of a file; `None` where there is none.
pub fn latest(disk: &dyn Disk, root: &Path, file: &str) -> Option<PathBuf> {
    let folder = folder(root, file);
    versions(disk, &folder).pop().map(|name| folder.join(name))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project::disk::RealDisk;

    #[test]
    fn ten_versions_are_kept_and_none_twice_in_five_minutes() {
        let root = tempfile::tempdir().unwrap();
        let mut backups = Backups::default();
        let mut now = UNIX_EPOCH;
        for n in 0..30 {
            std::fs::write(root.path().join("a.ron"), format!("{n}")).unwrap();
            backups.keep(&RealDisk, root.path(), "a.ron", now).unwrap();
            now += Duration::from_secs(200);
        }
        let folder = folder(root.path(), "a.ron");
        let names = versions(&RealDisk, &folder);
        let kept: Vec<_> = names.iter().map(|n| std::fs::read_to_string(folder.join(n)).unwrap()).collect();
        assert_eq!(kept, ["10", "12", "14", "16", "18", "20", "22", "24", "26", "28"]);
        assert_eq!(latest(&RealDisk, root.path(), "a.ron"), Some(folder.join(&names[9])));
        assert_eq!(latest(&RealDisk, root.path(), "b.ron"), None);
    }
}
