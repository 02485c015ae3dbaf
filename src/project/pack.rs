//! A whole project as one file, for an e-mail or a shelf, and the folder again.
//!
//! The file is a ZIP, so that whoever has no Tallymark can look into it. What comes in by one is
//! not trusted: every name, size and ratio is checked before the first byte is written, and a
//! folder that could not be unpacked whole is taken away again.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Cursor, Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use rayon::prelude::*;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

use super::disk::{Disk, EntryKind, describe};
use super::layout::{LOCAL, PROJECT_FILE};
use super::load::project_folder;
use super::notation::FileError;
use super::save::{self, ensure_folder};
use super::store::Setup;
use super::{journal, paths, tree};

/// What a packed project's name ends with.
pub const ENDING: &str = ".tallymark.zip";

/// How many files are compressed before they go into the pack together.
const CHUNK: usize = 256;
/// A file that shrinks to less than one in so many is packed as it is: half of what unpacking
/// allows, so that what was packed here can always be unpacked.
const DENSEST: u64 = 50;

/// What unpacking allows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PackLimits {
    /// Length of the pack, in bytes.
    pub pack: u64,
    /// All files together, in bytes.
    pub unpacked: u64,
    /// One file, in bytes.
    pub file: u64,
    /// How many files and folders.
    pub entries: usize,
    /// How many names a path has, the file's included.
    pub depth: usize,
    /// How many times as long as in the pack a file may be, and all of them together.
    pub ratio: u64,
}

impl Default for PackLimits {
    fn default() -> Self {
        Self {
            pack: 2 << 30,
            unpacked: 16 << 30,
            file: super::article_files::ARTICLE_LIMIT,
            entries: 2_000_000,
            depth: 12,
            ratio: 100,
        }
    }
}

/// What packing came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Packed {
    /// How many files went in.
    pub files: usize,
    /// Length of the pack, in bytes.
    pub bytes: u64,
    /// What lies in the folder and is no part of a project: links, pipes, devices. By relative path.
    pub left_out: Vec<String>,
}

/// What unpacking came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unpacked {
    /// The project's folder.
    pub folder: PathBuf,
    /// How many files came out.
    pub files: usize,
}

/// Packs a project; `project` is its folder or the `project.ron` in it, `target` the file to be
/// made. Every file of the folder goes in, byte for byte, but for `.local`, `.git` and temporary
/// files. The same files make the same pack.
///
/// # Errors
/// Where it is no project, where work of an unfinished session waits in a journal, where the target
/// exists or lies in the project, or something cannot be read or written.
pub fn pack(setup: &Setup, project: &Path, target: &Path) -> Result<Packed, FileError> {
    let disk = &*setup.disk;
    let place = project.display().to_string();
    let root = project_folder(disk, project)
        .ok_or_else(|| FileError::whole(&place, format!("it is not a project: there is no {PROJECT_FILE} in it")))?;
    let root = disk.canonical(&root).map_err(|error| FileError::whole(&place, error))?;
    must_be_new(disk, &root, target)?;
    nothing_unwritten(setup, &root)?;

    let mut found = Contents::default();
    found.collect(disk, &root, "")?;
    let top = root.file_name().map(|name| name.to_string_lossy().into_owned());
    let top = top.filter(|name| paths::check_name(name).is_ok()).unwrap_or_else(|| "project".to_owned());
    let wrong = |error: zip::result::ZipError| FileError::whole(target.display().to_string(), error);
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for chunk in found.files.chunks(CHUNK) {
        let compressed: Vec<_> =
            chunk.par_iter().map(|file| compressed(disk, &root, file, &format!("{top}/{file}"))).collect();
        for entry in compressed {
            let mut entry = entry?;
            writer.raw_copy_file(entry.by_index_raw(0).map_err(wrong)?).map_err(wrong)?;
        }
    }
    let bytes = writer.finish().map_err(wrong)?.into_inner();
    nothing_unwritten(setup, &root)?; // a window may have been at work meanwhile
    tree::sweep_beside(disk, target, SystemTime::now());
    save::replace_at(disk, target, &bytes).map_err(|error| FileError::whole(target.display().to_string(), error))?;
    Ok(Packed { files: found.files.len(), bytes: bytes.len() as u64, left_out: found.left_out })
}

fn must_be_new(disk: &dyn Disk, root: &Path, target: &Path) -> Result<(), FileError> {
    let wrong = |message: String| FileError::whole(target.display().to_string(), message);
    if let Some(look) = disk.look(target).map_err(|error| wrong(error.to_string()))? {
        return Err(wrong(format!("there is {} already; choose another name, or take it away", describe(look.kind))));
    }
    let parent = target.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    if disk.canonical(parent).is_ok_and(|parent| parent.starts_with(root)) {
        return Err(wrong("a project cannot be packed into itself; name a file outside of it".to_owned()));
    }
    Ok(())
}

/// Work that only a journal has would be missing from the pack.
fn nothing_unwritten(setup: &Setup, root: &Path) -> Result<(), FileError> {
    let (journals, _) = journal::journals(&*setup.disk, &setup.places.journals());
    let here = |journal: &&journal::JournalContent| Path::new(&journal.head.folder) == root;
    match journals.iter().filter(here).find(|journal| !journal.pending.is_empty()) {
        None => Ok(()),
        Some(journal) => {
            let (count, analyst) = (journal.pending.len(), &journal.head.analyst);
            let changes = if count == 1 { "1 change".to_owned() } else { format!("{count} changes") };
            let message = format!(
                "{changes} of {analyst} are saved in the journal and not in the project's files yet; save or close \
                 the project in the window, then pack it"
            );
            Err(FileError::whole(root.display().to_string(), message))
        }
    }
}

/// The files of a project's folder.
#[derive(Default)]
struct Contents {
    files: Vec<String>,
    left_out: Vec<String>,
}

impl Contents {
    fn collect(&mut self, disk: &dyn Disk, root: &Path, below: &str) -> Result<(), FileError> {
        let folder = if below.is_empty() { root.to_path_buf() } else { root.join(below) };
        for (name, kind) in disk.list(&folder).map_err(|error| FileError::whole(below, error))? {
            let file = if below.is_empty() { name.clone() } else { format!("{below}/{name}") };
            if file == LOCAL || name.eq_ignore_ascii_case(".git") || tree::is_temporary(&name) {
                continue;
            }
            match kind {
                EntryKind::Folder => {
                    paths::check_name(&name).map_err(|message| FileError::whole(&file, message))?;
                    self.collect(disk, root, &file)?;
                }
                EntryKind::File => {
                    paths::check_name(&name).map_err(|message| FileError::whole(&file, message))?;
                    self.files.push(file);
                }
                EntryKind::Link | EntryKind::Other => self.left_out.push(file),
            }
        }
        Ok(())
    }
}

/// A file as an archive of itself alone, to be copied into the pack as it is.
fn compressed(disk: &dyn Disk, root: &Path, file: &str, name: &str) -> Result<ZipArchive<Cursor<Vec<u8>>>, FileError> {
    let bytes = disk.read(&root.join(file), PackLimits::default().file).map_err(|e| FileError::whole(file, e))?;
    let with = |method| -> Result<ZipArchive<Cursor<Vec<u8>>>, zip::result::ZipError> {
        // Neither the time nor the rights of the file are part of a project.
        let options = SimpleFileOptions::default()
            .compression_method(method)
            .last_modified_time(zip::DateTime::default())
            .unix_permissions(0o644);
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        writer.start_file(name, options)?;
        writer.write_all(&bytes)?;
        writer.finish_into_readable()
    };
    let best = with(CompressionMethod::Deflated).and_then(|mut archive| {
        let packed = archive.by_index_raw(0)?.compressed_size();
        let length = bytes.len() as u64;
        if packed >= length || length > packed.saturating_mul(DENSEST) {
            return with(CompressionMethod::Stored);
        }
        Ok(archive)
    });
    best.map_err(|error| FileError::whole(file, error))
}

/// Unpacks a project into a new or empty folder; without one, into a folder in `beside` that is
/// called as the project's was. `project.ron` comes last: until then the folder is no project.
///
/// # Errors
/// Where the file is no packed project, where anything in it would leave the folder, is no plain
/// file, or is larger than the limits allow, where its checksums are wrong, or something cannot be
/// written. Then nothing is left of what was unpacked.
pub fn unpack(
    disk: &dyn Disk,
    pack: &Path,
    folder: Option<&Path>,
    beside: &Path,
    limits: &PackLimits,
) -> Result<Unpacked, FileError> {
    let place = pack.display().to_string();
    let bytes = disk.read(pack, limits.pack).map_err(|error| FileError::whole(&place, error))?;
    let length = bytes.len() as u64;
    let mut archive = ZipArchive::new(Cursor::new(bytes))
        .map_err(|error| FileError::whole(&place, format!("it is not a packed project: {error}")))?;
    let plan = Plan::of(&mut archive, length, limits).map_err(|message| FileError::whole(&place, message))?;
    let folder = folder.map_or_else(|| beside.join(&plan.top), Path::to_path_buf);
    save::must_be_empty(disk, &folder)?;
    let shown = folder.display().to_string();
    let was_there = disk.look(&folder).map_err(|error| FileError::whole(&shown, error))?.is_some();
    match plan.carry_out(&mut archive, disk, &folder) {
        Ok(()) => Ok(Unpacked { files: plan.files.len(), folder }),
        Err(error) => {
            tree::remove(disk, &folder);
            if was_there {
                let _ = disk.make_folder(&folder); // it was empty before, and is again
            }
            Err(error)
        }
    }
}

/// What of an archive goes where: checked before anything is written.
struct Plan {
    top: String,
    /// Path in the project to place in the archive and length in bytes.
    files: BTreeMap<String, (usize, u64)>,
}

impl Plan {
    fn of(archive: &mut ZipArchive<Cursor<Vec<u8>>>, length: u64, limits: &PackLimits) -> Result<Self, String> {
        if archive.len() > limits.entries {
            return Err(format!("it holds {} files, more than the limit of {}", archive.len(), limits.entries));
        }
        if archive.has_duplicate_names() {
            return Err("it holds two files of one name".to_owned());
        }
        if archive.has_overlapping_files().map_err(|error| error.to_string())? {
            return Err("its files overlap; nothing honest makes such a file".to_owned());
        }
        let mut plan = Self { top: String::new(), files: BTreeMap::new() };
        let (mut total, mut names) = (0_u64, BTreeSet::new());
        for place in 0..archive.len() {
            let entry = archive.by_index_raw(place).map_err(|error| error.to_string())?;
            let name = std::str::from_utf8(entry.name_raw()).map_err(|_| "a name in it is not Unicode".to_owned())?;
            let shown = name.escape_debug().to_string();
            let path = name.strip_suffix('/').filter(|_| entry.is_dir()).unwrap_or(name);
            paths::check_relative(path).map_err(|message| format!("“{shown}” in it leads elsewhere: {message}"))?;
            const KIND: u32 = 0o170_000;
            const PLAIN: [u32; 3] = [0, 0o100_000, 0o040_000];
            if entry.is_symlink() || entry.unix_mode().is_some_and(|mode| !PLAIN.contains(&(mode & KIND))) {
                return Err(format!("“{shown}” in it is a link, a pipe or a device, not a file"));
            }
            if entry.encrypted() {
                return Err(format!("“{shown}” in it is encrypted"));
            }
            if path.split('/').count() > limits.depth {
                return Err(format!("“{shown}” in it lies more than {} folders deep", limits.depth));
            }
            let (top, file) = path.split_once('/').unwrap_or((path, ""));
            if !plan.top.is_empty() && plan.top != top {
                return Err(format!("it is not a packed project: “{top}” lies beside “{}” in it", plan.top));
            }
            plan.top = top.to_owned();
            if entry.is_dir() {
                continue;
            }
            // Two names that differ in case alone are one file on some systems.
            if file.is_empty() || !names.insert(file.to_lowercase()) {
                return Err(format!("it is not a packed project: “{shown}” in it is in the way of another file"));
            }
            if file.split('/').next().is_some_and(|first| first.eq_ignore_ascii_case(LOCAL)) {
                return Err(format!("“{shown}” in it belongs to the machine that it was made on, not to a project"));
            }
            let (size, packed) = (entry.size(), entry.compressed_size());
            total = total.saturating_add(size);
            if size > limits.file {
                return Err(format!("“{shown}” in it is longer than the limit of {} bytes", limits.file));
            }
            if size > packed.saturating_mul(limits.ratio) {
                let ratio = limits.ratio;
                return Err(format!("“{shown}” in it unpacks to more than {ratio} times its size; no project does"));
            }
            plan.files.insert(file.to_owned(), (place, size));
        }
        if total > limits.unpacked || total > length.saturating_mul(limits.ratio) {
            return Err(format!("it unpacks to {total} bytes, more than the limit allows"));
        }
        let inner = |file: &String| plan.files.range(format!("{file}/")..).next().map(|(next, _)| next);
        if let Some(file) =
            plan.files.keys().find(|file| inner(file).is_some_and(|n| n.starts_with(&format!("{file}/"))))
        {
            return Err(format!("“{file}” in it is a file and a folder at once"));
        }
        if !plan.files.contains_key(PROJECT_FILE) {
            return Err(format!("it is not a packed project: there is no {PROJECT_FILE} in it"));
        }
        Ok(plan)
    }

    fn carry_out(
        &self,
        archive: &mut ZipArchive<Cursor<Vec<u8>>>,
        disk: &dyn Disk,
        folder: &Path,
    ) -> Result<(), FileError> {
        let mut folders = BTreeSet::from([folder.to_path_buf()]);
        let last = self.files.get_key_value(PROJECT_FILE);
        for (file, (place, size)) in self.files.iter().filter(|(file, _)| *file != PROJECT_FILE).chain(last) {
            let wrong = |error: &dyn std::fmt::Display| FileError::whole(file, error);
            let entry = archive.by_index(*place).map_err(|error| wrong(&error))?;
            let mut bytes = Vec::new();
            // The archive may lie about lengths: no more is read than it has owned to.
            entry.take(size.saturating_add(1)).read_to_end(&mut bytes).map_err(|error| wrong(&error))?;
            if bytes.len() as u64 != *size {
                return Err(wrong(&"its length is not what the pack says"));
            }
            let path = folder.join(file);
            let parent = path.parent().unwrap_or(folder).to_path_buf();
            if file == PROJECT_FILE {
                // All else is there to stay before it becomes a project, and it becomes one at a stroke.
                sync_all(disk, &folders)?;
                save::replace_at(disk, &path, &bytes).map_err(|error| wrong(&error))?;
                break;
            }
            let written = ensure_folder(disk, &parent).and_then(|()| {
                let mut handle = disk.create(&path)?;
                handle.write(&bytes)?;
                handle.sync()
            });
            written.map_err(|error| wrong(&error))?;
            folders.insert(parent);
        }
        Ok(())
    }
}

fn sync_all(disk: &dyn Disk, folders: &BTreeSet<PathBuf>) -> Result<(), FileError> {
    let sync = |folder: &PathBuf| {
        disk.sync_folder(folder).map_err(|error| FileError::whole(folder.display().to_string(), error))
    };
    folders.iter().try_for_each(sync)
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::project::disk::RealDisk;
    use crate::project::tests::{files, save_sample};
    use crate::project::{Places, check};

    struct Home {
        folder: tempfile::TempDir,
        setup: Setup,
    }

    impl Home {
        fn new() -> Self {
            let folder = tempfile::tempdir().unwrap();
            let places = Places::below(&folder.path().join("user"));
            Self { setup: Setup { disk: Arc::new(RealDisk), places }, folder }
        }

        fn path(&self, name: &str) -> PathBuf {
            self.folder.path().join(name)
        }

        fn unpack(&self, pack: &str, to: &str) -> Result<Unpacked, FileError> {
            let to = self.path(to);
            unpack(&RealDisk, &self.path(pack), Some(&to), self.folder.path(), &PackLimits::default())
        }

        /// Unpacks an archive of these entries; nothing may be left of one that is refused.
        fn refused(&self, entries: &[(&str, &[u8], SimpleFileOptions)], why: &str) {
            let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
            for (name, bytes, options) in entries {
                writer.start_file(*name, *options).unwrap();
                writer.write_all(bytes).unwrap();
            }
            self.refused_bytes(&writer.finish().unwrap().into_inner(), why);
        }

        fn refused_bytes(&self, bytes: &[u8], why: &str) {
            std::fs::write(self.path("hostile.zip"), bytes).unwrap();
            let before = files(self.folder.path());
            let error = self.unpack("hostile.zip", "out").expect_err(why).to_string();
            assert!(error.contains(why), "{why} is not in: {error}");
            assert_eq!(files(self.folder.path()), before, "{why}");
            assert!(!self.path("out").exists(), "{why}");
        }
    }

    fn plain() -> SimpleFileOptions {
        SimpleFileOptions::default().compression_method(CompressionMethod::Deflated)
    }

    #[test]
    fn a_project_is_packed_and_unpacked_without_loss() {
        let home = Home::new();
        let root = home.path("Ukraine 2026");
        save_sample(&root);
        let project = files(&root);
        std::fs::create_dir_all(root.join(".local/backups")).unwrap();
        std::fs::write(root.join(".local/backups/x"), "x").unwrap();
        std::fs::create_dir_all(root.join(".git")).unwrap();
        std::fs::write(root.join(".git/config"), "x").unwrap();
        std::fs::write(root.join(".codebook.ron.1-1.tmp"), "half").unwrap();
        std::fs::write(root.join("notes on ГУР.txt"), "mine").unwrap();
        std::fs::write(root.join("zeros.bin"), vec![0; 300_000]).unwrap();
        std::fs::write(root.join("empty"), "").unwrap();
        #[cfg(unix)]
        std::os::unix::fs::symlink("/etc/hostname", root.join("link")).unwrap();

        let packed = pack(&home.setup, &root, &home.path("a.zip")).unwrap();
        assert_eq!(packed.files, project.len() + 3);
        assert_eq!(packed.left_out, if cfg!(unix) { vec!["link"] } else { Vec::new() });
        assert_eq!(packed.bytes, std::fs::metadata(home.path("a.zip")).unwrap().len());
        pack(&home.setup, &root.join("project.ron"), &home.path("b.zip")).unwrap();
        let bytes = |name: &str| std::fs::read(home.path(name)).unwrap();
        assert_eq!(bytes("a.zip"), bytes("b.zip"), "the same files make the same pack");

        home.unpack("a.zip", "out").unwrap();
        let mut expected = project;
        expected.insert("notes on ГУР.txt".to_owned(), b"mine".to_vec());
        expected.insert("zeros.bin".to_owned(), vec![0; 300_000]);
        expected.insert("empty".to_owned(), Vec::new());
        assert_eq!(files(&home.path("out")), expected);
        assert_eq!(check(&home.path("out")), Ok(Vec::new()));
        let beside = home.path("elsewhere");
        let unpacked = unpack(&RealDisk, &home.path("a.zip"), None, &beside, &PackLimits::default()).unwrap();
        assert_eq!(unpacked, Unpacked { folder: beside.join("Ukraine 2026"), files: expected.len() });
    }

    #[test]
    fn nothing_is_overwritten_and_nothing_packed_that_is_not_in_the_files_yet() {
        let home = Home::new();
        let root = home.path("p");
        save_sample(&root);
        let failed = |target: &Path, why: &str| {
            let error = pack(&home.setup, &root, target).expect_err(why).to_string();
            assert!(error.contains(why), "{error}");
        };
        failed(&root.join("p.zip"), "into itself");
        std::fs::write(home.path("there.zip"), "mine").unwrap();
        failed(&home.path("there.zip"), "there is a file already");
        let work = super::super::open_for_work(&home.setup, &root, &"Anna".into(), SystemTime::now()).unwrap();
        let party = crate::claim::Party { name: "Aland".into(), aliases: Vec::new() };
        let edit = crate::claim::Edit::Party(Box::new(crate::claim::Change::add(party)));
        let stamp = crate::project::tests::stamp();
        let transaction = crate::claim::Transaction { id: "t1".into(), label: "x".into(), edits: vec![edit], stamp };
        let mut store = work.store.unwrap();
        store.apply(vec![transaction]).unwrap();
        failed(&home.path("new.zip"), "1 change of Anna");
        store.close(SystemTime::now()).unwrap();
        pack(&home.setup, &root, &home.path("new.zip")).unwrap();
        let error = home.unpack("new.zip", "p").unwrap_err().to_string();
        assert!(error.contains("something else already"), "{error}");
        assert!(pack(&home.setup, &home.path("nowhere"), &home.path("x.zip")).is_err());
    }

    #[test]
    fn what_would_escape_the_folder_is_refused() {
        let home = Home::new();
        let ron = ("p/project.ron", &b"()"[..], plain());
        for name in [
            "../x",
            "p/../../x",
            "p/../../../etc/x",
            "/etc/x",
            "C:/x",
            "p/C:x",
            "p\\..\\x",
            "p/a\\b",
            "//server/share",
            "p/con",
            "p/nul.txt",
            "p/COM1",
            "p/a.",
            "p/a ",
            "p/.git/config",
            "p/.GIT/hooks/x",
            "p/git~1/x",
            "p/a:b",
            "p//x",
            "p/./x",
            "p/a\u{7}b",
        ] {
            home.refused(&[ron, (name, b"x", plain())], "leads elsewhere");
        }
        home.refused(&[ron, ("p/.local/index", b"x", plain())], "belongs to the machine");
        home.refused(&[ron, ("p/.LOCAL/index", b"x", plain())], "belongs to the machine");
        home.refused(&[ron, ("q/x", b"x", plain())], "lies beside");
        home.refused(&[ron, ("p/A.txt", b"x", plain()), ("p/a.txt", b"y", plain())], "in the way of another");
        home.refused(&[ron, ("p/a", b"x", plain()), ("p/a/b", b"y", plain())], "a file and a folder at once");
        home.refused(&[("p/codebook.ron", b"()", plain())], "no project.ron");
        home.refused(&[], "not a packed project");
        home.refused_bytes(b"nothing like it", "not a packed project");
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        writer.start_file(ron.0, ron.2).unwrap();
        writer.add_symlink("p/articles", "/etc", plain()).unwrap();
        home.refused_bytes(&writer.finish().unwrap().into_inner(), "a link, a pipe or a device");
        // The kind of a file stands in the upper half of its attributes, at 38 of 46 bytes before the name.
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, bytes, options) in [ron, ("p/pipe", b"", plain())] {
            writer.start_file(name, options).unwrap();
            writer.write_all(bytes).unwrap();
        }
        let mut bytes = writer.finish().unwrap().into_inner();
        let name = bytes.windows(6).rposition(|part| part == b"p/pipe").unwrap();
        bytes[name - 6..name - 4].copy_from_slice(&0o010_644_u16.to_le_bytes());
        home.refused_bytes(&bytes, "a link, a pipe or a device");
    }

    #[test]
    fn bombs_are_refused_before_they_go_off() {
        let home = Home::new();
        let ron = ("p/project.ron", &b"()"[..], plain());
        home.refused(&[ron, ("p/a", &vec![0; 3_000_000], plain())], "more than 100 times");
        let deep = format!("p/{}x", "a/".repeat(12));
        home.refused(&[ron, (&deep, b"x", plain())], "folders deep");
        let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
        let root = home.path("p");
        save_sample(&root);
        std::fs::write(root.join("long"), vec![7; 5000]).unwrap();
        pack(&home.setup, &root, &home.path("p.zip")).unwrap();
        let standard = PackLimits::default();
        let length = std::fs::metadata(home.path("p.zip")).unwrap().len();
        for (limits, why) in [
            (PackLimits { pack: length - 1, ..standard }, "limit"),
            (PackLimits { unpacked: 9000, ..standard }, "more than the limit allows"),
            (PackLimits { file: 4999, ..standard }, "longer than the limit"),
            (PackLimits { entries: 5, ..standard }, "more than the limit of 5"),
            (PackLimits { depth: 3, ..standard }, "folders deep"),
            (PackLimits { ratio: 1, ..standard }, "times its size"),
        ] {
            let out = home.path("out");
            let error = unpack(&RealDisk, &home.path("p.zip"), Some(&out), &out, &limits).expect_err(why).to_string();
            assert!(error.contains(why), "{why} is not in: {error}");
            assert!(!out.exists());
        }
        // Lengths that are not true, and a byte that was changed on the way.
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, bytes) in [("p/project.ron", &b"(format: 1)"[..]), ("p/a", b"some words")] {
            writer.start_file(name, stored).unwrap();
            writer.write_all(bytes).unwrap();
        }
        let sound = writer.finish().unwrap().into_inner();
        let at = |needle: &[u8]| sound.windows(needle.len()).position(|part| part == needle).unwrap();
        let mut spoilt = sound.clone();
        spoilt[at(b"some words")] ^= 1;
        home.refused_bytes(&spoilt, "a: Invalid checksum");
        for cut in [1, 30, sound.len() / 2, sound.len() - 1] {
            home.refused_bytes(&sound[..cut], "");
        }
    }
}
