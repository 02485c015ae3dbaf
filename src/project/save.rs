//! Files written so that a reader finds the old bytes or the new ones, whatever happens between.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, SystemTime};

use super::article_files::digest;
use super::disk::{Disk, EntryKind, RealDisk};
use super::layout::{self, GIT_ATTRIBUTES, GIT_IGNORE, Head, PROJECT_FILE, Part};
use super::notation::FileError;
use super::paths;
use crate::article::Article;
use crate::claim::{ArticleId, Name, Stamp, Workspace};

/// How far apart two times of files may be and still be the same: FAT counts in two seconds.
const COARSEST_CLOCK: Duration = Duration::from_secs(3);

/// What a file was when it was read or written last.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seen {
    /// Length in bytes.
    pub len: u64,
    /// When it was last changed, where the file system tells.
    pub modified: Option<SystemTime>,
    /// SHA-256 of the bytes, hexadecimal.
    pub sha256: Name,
}

impl Seen {
    /// Reads a file of a project of at most `limit` bytes; `None` where there is none.
    ///
    /// # Errors
    /// Where the path leads elsewhere, or the file cannot be read.
    pub fn read(disk: &dyn Disk, root: &Path, file: &str, limit: u64) -> Result<Option<(Vec<u8>, Self)>, FileError> {
        let path = paths::inside(disk, root, file)?;
        let wrong = |error| FileError::whole(file, error);
        let Some(look) = disk.look(&path).map_err(wrong)? else { return Ok(None) };
        let bytes = disk.read(&path, limit).map_err(wrong)?;
        let seen = Self { len: bytes.len() as u64, modified: look.modified, sha256: digest(&bytes) };
        Ok(Some((bytes, seen)))
    }

    /// Whether a file is still what it was: by length and time where both agree and the time is
    /// not so fresh that a second change could share it, else by its bytes.
    ///
    /// # Errors
    /// Where the file cannot be looked at.
    pub fn still(seen: Option<&Self>, disk: &dyn Disk, root: &Path, file: &str, limit: u64) -> Result<bool, FileError> {
        let path = paths::inside(disk, root, file)?;
        let look = disk.look(&path).map_err(|error| FileError::whole(file, error))?;
        let (Some(seen), Some(look)) = (seen, look) else { return Ok(seen.is_none() && look.is_none()) };
        if look.kind == EntryKind::File && look.len != seen.len {
            return Ok(false);
        }
        // A file that was written a moment ago can be written again without its time telling.
        let settled = look.modified.and_then(|time| SystemTime::now().duration_since(time).ok());
        let settled = settled.is_some_and(|age| age > COARSEST_CLOCK);
        if look.kind == EntryKind::File && settled && look.modified == seen.modified {
            return Ok(true);
        }
        Ok(Self::read(disk, root, file, limit)?.is_some_and(|(_, now)| now.sha256 == seen.sha256))
    }
}

/// What the files of a project were when they were read or written last, with one digest over all of
/// them that costs the same to keep however many there are.
#[derive(Clone, Debug, Default)]
pub struct SeenFiles {
    files: BTreeMap<String, Seen>,
    /// The sum of the hashes of names and contents: the order does not matter, so that one can be
    /// taken out and another put in.
    sum: [u64; 4],
}

impl SeenFiles {
    /// All of some files.
    pub fn of(files: BTreeMap<String, Seen>) -> Self {
        let mut all = Self::default();
        for (file, seen) in files {
            all.insert(file, seen);
        }
        all
    }

    /// What a file was; `None` where there was none.
    pub fn get(&self, file: &str) -> Option<&Seen> {
        self.files.get(file)
    }

    /// Notes what a file is now.
    pub fn insert(&mut self, file: String, seen: Seen) {
        self.remove(&file);
        self.add(&file, &seen, u64::wrapping_add);
        self.files.insert(file, seen);
    }

    /// Notes that a file is gone. Whether there was one.
    pub fn remove(&mut self, file: &str) -> bool {
        let Some(seen) = self.files.remove(file) else { return false };
        self.add(file, &seen, u64::wrapping_sub);
        true
    }

    fn add(&mut self, file: &str, seen: &Seen, step: impl Fn(u64, u64) -> u64) {
        let hash = paths::digest(format!("{file} {}", seen.sha256).as_bytes());
        for (sum, part) in self.sum.iter_mut().zip(hash.chunks_exact(8)) {
            let part = part.iter().fold(0, |part, byte| part << 8 | u64::from(*byte));
            *sum = step(*sum, part);
        }
    }

    /// Every file with what it was, by name.
    pub fn iter(&self) -> impl Iterator<Item = (&String, &Seen)> {
        self.files.iter()
    }

    /// The digest over all of them.
    pub fn digest(&self) -> Name {
        self.sum.iter().map(|part| format!("{part:016x}")).collect::<String>().into()
    }
}

/// Makes a folder, and sees to it that the names on the way survive a power cut.
pub(super) fn ensure_folder(disk: &dyn Disk, folder: &Path) -> std::io::Result<()> {
    if folder.as_os_str().is_empty() {
        return Ok(()); // the working folder
    }
    match disk.look(folder)? {
        Some(look) if look.kind == EntryKind::Folder => return Ok(()),
        Some(look) => {
            let what = super::disk::describe(look.kind);
            return Err(std::io::Error::other(format!("{} is {what}, not a folder", folder.display())));
        }
        None => {}
    }
    let parent = folder.parent().filter(|parent| !parent.as_os_str().is_empty());
    if let Some(parent) = parent {
        ensure_folder(disk, parent)?;
    }
    disk.make_folder(folder)?;
    parent.map_or(Ok(()), |parent| disk.sync_folder(parent))
}

/// Puts bytes in the place of a file, or where there was none: a temporary file in the same
/// folder, write, sync, rename, sync of the folder. Where it fails, the old bytes are still there.
///
/// # Errors
/// Where the path leads elsewhere, or one of the steps fails.
pub fn replace(disk: &dyn Disk, root: &Path, file: &str, bytes: &[u8]) -> Result<Seen, FileError> {
    let path = paths::inside(disk, root, file)?;
    replace_at(disk, &path, bytes).map_err(|error| FileError::whole(file, error))?;
    let modified = disk.look(&path).ok().flatten().and_then(|look| look.modified);
    Ok(Seen { len: bytes.len() as u64, modified, sha256: digest(bytes) })
}

/// [`replace`] at a path that the user has chosen.
pub(super) fn replace_at(disk: &dyn Disk, path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    static COUNT: AtomicU64 = AtomicU64::new(0);
    if let Some(look) = disk.look(path)?
        && look.kind != EntryKind::File
    {
        let message = format!("there is {} in its place", super::disk::describe(look.kind));
        return Err(std::io::Error::other(message));
    }
    let (Some(folder), Some(base)) = (path.parent(), path.file_name()) else {
        return Err(std::io::Error::other("this is no name for a file"));
    };
    ensure_folder(disk, folder)?;
    let number = COUNT.fetch_add(1, Ordering::Relaxed);
    let temporary = folder.join(format!(".{}.{}-{number}.tmp", base.to_string_lossy(), std::process::id()));
    let written = (|| {
        let mut handle = disk.create(&temporary)?;
        handle.write(bytes)?;
        handle.sync()?;
        drop(handle);
        disk.rename(&temporary, path)?;
        disk.sync_folder(if folder.as_os_str().is_empty() { Path::new(".") } else { folder })
    })();
    if written.is_err() {
        // What cannot be taken away now is swept at the next opening.
        let _ = disk.remove_file(&temporary);
    }
    written
}

/// Writes what an export came to: one file at the path itself, several into a folder of that name.
/// A file is there whole or not at all.
///
/// # Errors
/// The first that could not be written.
pub fn write_outputs(disk: &dyn Disk, path: &Path, files: &[(String, Vec<u8>)]) -> Result<(), FileError> {
    let write = |path: &Path, bytes: &[u8]| {
        replace_at(disk, path, bytes).map_err(|error| FileError::whole(path.display().to_string(), error))
    };
    match files {
        [(_, bytes)] => write(path, bytes),
        files => files.iter().try_for_each(|(name, bytes)| {
            paths::check_name(name).map_err(|message| FileError::whole(name, message))?;
            write(&path.join(name), bytes)
        }),
    }
}

/// Writes the bytes and the text of an article's version, which are never changed afterwards. What
/// is there already is left as it is; where it differs, that is an error.
///
/// # Errors
/// Where a file cannot be written, or has other bytes.
pub fn keep_article(
    disk: &dyn Disk,
    root: &Path,
    id: &ArticleId,
    version: u32,
    source: &[u8],
    article: &Article,
) -> Result<(), FileError> {
    let folder = format!("articles/{id}");
    let files = [
        (format!("{folder}/{}", layout::source_name(&article.name, version)), source),
        (format!("{folder}/v{version}/text.txt"), article.text.as_bytes()),
    ];
    for (file, bytes) in files {
        match Seen::read(disk, root, &file, bytes.len() as u64) {
            Ok(Some((found, _))) if found == bytes => {}
            Ok(None) => {
                replace(disk, root, &file, bytes)?;
            }
            Ok(Some(_)) => {
                return Err(FileError::whole(file, "other bytes are in its place; they were left as they are"));
            }
            Err(error) => return Err(error),
        }
    }
    Ok(())
}

/// What a new project begins with.
#[derive(Clone, Copy, Debug)]
pub struct NewProject<'a> {
    /// Its identity.
    pub id: &'a Name,
    /// Its name.
    pub name: &'a Name,
    /// Who began it, and when.
    pub created: &'a Stamp,
    /// Whose layer the workspace is.
    pub analyst: &'a Name,
    /// Articles, claims, decisions, rulings, codebook, lexicon.
    pub workspace: &'a Workspace,
    /// The bytes and the text of every article of the workspace.
    pub articles: &'a BTreeMap<ArticleId, (Arc<[u8]>, Arc<Article>)>,
}

/// Writes a new project into a folder that does not exist yet, or is empty. `project.ron` comes
/// last: until then the folder is no project.
///
/// # Errors
/// Where the folder is not empty, or something cannot be written; the message names the file.
pub fn save_new(folder: &Path, project: &NewProject<'_>) -> Result<(), FileError> {
    save_new_on(&RealDisk, folder, project).map(drop)
}

/// [`save_new`] on a disk. Returns what was written.
pub(super) fn save_new_on(
    disk: &dyn Disk,
    folder: &Path,
    project: &NewProject<'_>,
) -> Result<BTreeMap<String, Seen>, FileError> {
    must_be_empty(disk, folder)?;
    ensure_folder(disk, folder).map_err(|error| FileError::whole(folder.display().to_string(), error))?;
    for (id, record) in &project.workspace.articles {
        let file = Part::Article(id.clone()).path("");
        let (source, article) = project
            .articles
            .get(id)
            .ok_or_else(|| FileError::whole(file, "the bytes of the article are not at hand"))?;
        keep_article(disk, folder, id, record.version, source, article)?;
    }
    write_rest(disk, folder, project, &BTreeMap::new())
}

/// An error where a folder has anything in it.
pub(super) fn must_be_empty(disk: &dyn Disk, folder: &Path) -> Result<(), FileError> {
    let place = folder.display().to_string();
    let empty = match disk.look(folder).map_err(|error| FileError::whole(&place, error))? {
        None => true,
        Some(look) if look.kind == EntryKind::Folder => {
            disk.list(folder).map_err(|error| FileError::whole(&place, error))?.is_empty()
        }
        Some(_) => false,
    };
    let message = "there is something else already; choose a new or an empty folder";
    if empty { Ok(()) } else { Err(FileError::whole(place, message)) }
}

/// Writes all of a project beside the bytes and texts of its articles.
pub(super) fn write_rest(
    disk: &dyn Disk,
    folder: &Path,
    project: &NewProject<'_>,
    versions: &BTreeMap<ArticleId, Vec<layout::VersionFile>>,
) -> Result<BTreeMap<String, Seen>, FileError> {
    let NewProject { id, name, created, analyst, workspace, articles: _ } = *project;
    let head = Head { id: id.clone(), name: name.clone(), created: created.clone(), analyst: analyst.clone() };
    let slug = paths::slug(analyst);
    let mut parts = BTreeSet::from([Part::Codebook, Part::Lexicon, Part::Analyst, Part::Rulings]);
    for id in workspace.articles.keys() {
        parts.extend([Part::Article(id.clone()), Part::Layer(id.clone())]);
    }
    let mut written = BTreeMap::new();
    for (file, text) in [GIT_ATTRIBUTES, GIT_IGNORE] {
        replace(disk, folder, file, text.as_bytes())?;
    }
    let claims = layout::ClaimIndex::of(workspace);
    let rest = layout::render(&parts, &head, workspace, &claims, versions);
    let first = layout::render(&BTreeSet::from([Part::Project]), &head, workspace, &claims, versions);
    for (part, text) in rest.into_iter().chain(first) {
        if let Some(text) = text {
            let file = part.path(&slug);
            let seen = replace(disk, folder, &file, text.as_bytes())?;
            written.insert(file, seen);
        }
    }
    debug_assert!(written.contains_key(PROJECT_FILE));
    Ok(written)
}
