//! The file system behind a trait, so that a test can let any single call fail.
//!
//! Nothing else in `project` calls `std::fs`, but for `source`, which only looks for articles.
//! Every method is one thing that can go wrong.

use std::fmt::Debug;
use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

/// What a path leads to; links are not followed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EntryKind {
    /// A regular file.
    File,
    /// A folder.
    Folder,
    /// A symbolic link.
    Link,
    /// A pipe, a device, a socket.
    Other,
}

/// What a look at a path tells without opening it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Look {
    /// What it is.
    pub kind: EntryKind,
    /// Length in bytes.
    pub len: u64,
    /// When it was last changed, where the file system tells.
    pub modified: Option<SystemTime>,
}

/// A file that is being written.
pub trait Handle: Debug + Send {
    /// Writes all of `bytes` behind what was written before.
    ///
    /// # Errors
    /// Whatever the system says: a full disk, a short write.
    fn write(&mut self, bytes: &[u8]) -> io::Result<()>;

    /// Returns once what was written survives a power cut. After an error the handle must not be
    /// used again: what the system still holds is not known.
    ///
    /// # Errors
    /// Whatever the system says.
    fn sync(&mut self) -> io::Result<()>;
}

/// Keeps a lock of the operating system for as long as it lives.
pub trait Guard: Debug + Send {}

/// The calls that a project makes. All paths are absolute, or relative to the working folder.
///
/// # Errors
/// Every method passes on what the system says.
#[expect(clippy::missing_errors_doc, reason = "said once for all methods, above")]
pub trait Disk: Debug + Send + Sync {
    /// What is at a path, links not followed; `None` where nothing is.
    fn look(&self, path: &Path) -> io::Result<Option<Look>>;

    /// The bytes of a regular file of at most `limit` bytes. A link, pipe, device or folder is an
    /// error, never a wait.
    fn read(&self, path: &Path, limit: u64) -> io::Result<Vec<u8>>;

    /// Names in a folder with what each is, in byte order of names. Names that are not Unicode are
    /// left out: no project has one.
    fn list(&self, folder: &Path) -> io::Result<Vec<(String, EntryKind)>>;

    /// Makes a folder and those above it.
    fn make_folder(&self, folder: &Path) -> io::Result<()>;

    /// A new file; an error where the name is taken.
    fn create(&self, path: &Path) -> io::Result<Box<dyn Handle>>;

    /// A file to write at the end of; made where there is none.
    fn append(&self, path: &Path) -> io::Result<Box<dyn Handle>>;

    /// Gives a file another name in the same file system, in place of what has it.
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()>;

    /// Removes a file.
    fn remove_file(&self, path: &Path) -> io::Result<()>;

    /// Removes an empty folder.
    fn remove_folder(&self, folder: &Path) -> io::Result<()>;

    /// Returns once the names in a folder survive a power cut.
    fn sync_folder(&self, folder: &Path) -> io::Result<()>;

    /// Takes a lock; `None` where another process (or another part of this one) has it.
    fn lock(&self, path: &Path) -> io::Result<Option<Box<dyn Guard>>>;

    /// The path without links and dots; it must exist.
    fn canonical(&self, path: &Path) -> io::Result<PathBuf>;
}

/// The file system of the machine.
#[derive(Clone, Copy, Debug, Default)]
pub struct RealDisk;

#[derive(Debug)]
struct RealHandle(File);

impl Handle for RealHandle {
    fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.0.write_all(bytes)
    }

    fn sync(&mut self) -> io::Result<()> {
        self.0.sync_all()
    }
}

#[derive(Debug)]
struct RealGuard {
    _file: File,
}

impl Guard for RealGuard {}

impl Disk for RealDisk {
    fn look(&self, path: &Path) -> io::Result<Option<Look>> {
        let found = match fs::symlink_metadata(path) {
            Ok(found) => found,
            Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => {
                return Ok(None);
            }
            Err(error) => return Err(error),
        };
        let kind = kind_of(found.file_type());
        Ok(Some(Look { kind, len: found.len(), modified: found.modified().ok() }))
    }

    fn read(&self, path: &Path, limit: u64) -> io::Result<Vec<u8>> {
        let look = self.look(path)?.ok_or_else(|| io::Error::from(io::ErrorKind::NotFound))?;
        if look.kind != EntryKind::File {
            return Err(io::Error::other(format!("{}, not a file", describe(look.kind))));
        }
        let too_long = || io::Error::other(format!("longer than the limit of {limit} bytes"));
        if look.len > limit {
            return Err(too_long());
        }
        let mut bytes = Vec::with_capacity(usize::try_from(look.len).unwrap_or_default());
        File::open(path)?.take(limit + 1).read_to_end(&mut bytes)?;
        if bytes.len() as u64 > limit { Err(too_long()) } else { Ok(bytes) }
    }

    fn list(&self, folder: &Path) -> io::Result<Vec<(String, EntryKind)>> {
        let mut names = Vec::new();
        for entry in fs::read_dir(folder)? {
            let entry = entry?;
            if let Ok(name) = entry.file_name().into_string() {
                names.push((name, kind_of(entry.file_type()?)));
            }
        }
        names.sort_by(|a, b| a.0.cmp(&b.0));
        Ok(names)
    }

    fn make_folder(&self, folder: &Path) -> io::Result<()> {
        fs::create_dir_all(folder)
    }

    fn create(&self, path: &Path) -> io::Result<Box<dyn Handle>> {
        Ok(Box::new(RealHandle(OpenOptions::new().write(true).create_new(true).open(path)?)))
    }

    fn append(&self, path: &Path) -> io::Result<Box<dyn Handle>> {
        Ok(Box::new(RealHandle(OpenOptions::new().append(true).create(true).open(path)?)))
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        // Virus scanners and synchronising services hold files open for a moment on Windows.
        const REFUSED: [i32; 2] = [5, 32];
        for pause in [5, 20, 50, 100, 200, 400] {
            match fs::rename(from, to) {
                Err(error) if cfg!(windows) && error.raw_os_error().is_some_and(|code| REFUSED.contains(&code)) => {
                    std::thread::sleep(std::time::Duration::from_millis(pause));
                }
                result => return result,
            }
        }
        fs::rename(from, to)
    }

    fn remove_file(&self, path: &Path) -> io::Result<()> {
        fs::remove_file(path)
    }

    fn remove_folder(&self, folder: &Path) -> io::Result<()> {
        fs::remove_dir(folder)
    }

    fn sync_folder(&self, folder: &Path) -> io::Result<()> {
        // Windows has no such call; a rename there is durable with the file's own sync.
        if cfg!(windows) { Ok(()) } else { File::open(folder)?.sync_all() }
    }

    fn lock(&self, path: &Path) -> io::Result<Option<Box<dyn Guard>>> {
        let file = OpenOptions::new().read(true).write(true).create(true).truncate(false).open(path)?;
        match file.try_lock() {
            Ok(()) => Ok(Some(Box::new(RealGuard { _file: file }))),
            Err(TryLockError::WouldBlock) => Ok(None),
            Err(TryLockError::Error(error)) => Err(error),
        }
    }

    fn canonical(&self, path: &Path) -> io::Result<PathBuf> {
        fs::canonicalize(path)
    }
}

fn kind_of(kind: fs::FileType) -> EntryKind {
    if kind.is_symlink() {
        EntryKind::Link
    } else if kind.is_file() {
        EntryKind::File
    } else if kind.is_dir() {
        EntryKind::Folder
    } else {
        EntryKind::Other
    }
}

/// "a link", "a folder": for messages.
pub fn describe(kind: EntryKind) -> &'static str {
    match kind {
        EntryKind::File => "a file",
        EntryKind::Folder => "a folder",
        EntryKind::Link => "a link",
        EntryKind::Other => "a pipe or device",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_regular_files_are_read_and_only_up_to_the_limit() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.txt");
        let mut handle = RealDisk.create(&path).unwrap();
        handle.write(b"12345").unwrap();
        handle.sync().unwrap();
        assert_eq!(RealDisk.read(&path, 5).unwrap(), b"12345");
        assert!(RealDisk.read(&path, 4).unwrap_err().to_string().contains("limit"));
        assert!(RealDisk.read(folder.path(), 9).unwrap_err().to_string().contains("a folder"));
        assert!(RealDisk.create(&path).is_err(), "a name that is taken is not overwritten");
    }

    #[cfg(unix)]
    #[test]
    fn links_are_seen_as_links() {
        let folder = tempfile::tempdir().unwrap();
        let link = folder.path().join("link");
        std::os::unix::fs::symlink("/etc/hostname", &link).unwrap();
        assert!(RealDisk.read(&link, 9999).unwrap_err().to_string().contains("a link"));
    }

    #[test]
    fn a_lock_is_held_once() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("lock");
        let first = RealDisk.lock(&path).unwrap();
        assert!(first.is_some());
        assert!(RealDisk.lock(&path).unwrap().is_none());
        drop(first);
        assert!(RealDisk.lock(&path).unwrap().is_some());
    }
}
