//! The journal: every transaction as it happens, so that a killed process loses nothing.
//!
//! A file of records, one a line: length of the text in bytes and a checksum, hexadecimal, then
//! the record as RON. It lies in the user's state folder, apart from the project, and is bound to
//! the project's identity, its folder, the analyst, and the state of the files at the last
//! checkpoint. A record that is cut off or spoilt ends what is read.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::disk::{Disk, EntryKind, Handle};
use super::layout::FormatVersion;
use super::notation;
use super::paths::{hash, slug};
use super::save::ensure_folder;
use crate::claim::{Name, Transaction};

/// The largest journal that is read, in bytes.
const LIMIT: u64 = 1 << 30;
const ENDING: &str = ".journal";
/// Where journals go that are no longer needed, for a week.
const KEPT: &str = "kept";

/// What a journal is bound to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct JournalHead {
    /// The version of the records.
    pub format: FormatVersion,
    /// The project's identity.
    pub project: Name,
    /// The project's name, for messages.
    pub name: Name,
    /// The project's folder, absolute.
    pub folder: String,
    /// Whose work it is.
    pub analyst: Name,
    /// A digest of the project's files as they were when the journal began.
    pub state: Name,
}

/// A record of a journal.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
enum Record {
    Began(JournalHead),
    Did(Transaction),
    /// What stood in the journals of these file names, found after a session that was cut short, is
    /// before this as far as it counts: they are not replayed any more.
    TookOver {
        journals: Vec<Name>,
    },
    /// All before this is in the project's files, which are as the digest says.
    Checkpoint {
        state: Name,
    },
    Closed,
}

/// What a journal holds.
#[derive(Clone, Debug, PartialEq)]
pub struct JournalContent {
    /// Its file.
    pub path: PathBuf,
    /// What it is bound to.
    pub head: JournalHead,
    /// What is not known to be in the project's files, in order.
    pub pending: Vec<Transaction>,
    /// File names of older journals whose work was taken over into this one.
    pub took_over: Vec<Name>,
    /// The digest of the project's files at the last checkpoint.
    pub state: Name,
    /// How many bytes at the end could not be read.
    pub torn: usize,
}

/// A journal that is being written.
#[derive(Debug)]
pub struct Journal {
    path: PathBuf,
    handle: Box<dyn Handle>,
}

fn line(record: &Record) -> String {
    let text = notation::write_line(record);
    format!("{:08x} {} {text}\n", text.len(), &hash(text.as_bytes())[..16])
}

impl Journal {
    /// Begins a journal with what it is bound to and what is pending already, synced. That holds, as far as
    /// it counts, what stood in the journals of the file names `took_over`. `unique` is the beginning of
    /// its own name; where such names sort by time, journals are found in order.
    ///
    /// # Errors
    /// What the disk says; then there is no journal, or one without a sound beginning.
    pub fn begin(
        disk: &dyn Disk,
        folder: &Path,
        unique: &str,
        head: &JournalHead,
        pending: &[Transaction],
        took_over: &[Name],
    ) -> std::io::Result<Self> {
        ensure_folder(disk, folder)?;
        let path = folder.join(format!("{unique}-{}-{}{ENDING}", slug(&head.name), slug(&head.analyst)));
        let mut text = line(&Record::Began(head.clone()));
        text.extend(pending.iter().map(|transaction| line(&Record::Did(transaction.clone()))));
        if !took_over.is_empty() {
            // Behind the work: where this can be read, all of that can.
            text.push_str(&line(&Record::TookOver { journals: took_over.to_vec() }));
        }
        let mut handle = disk.create(&path)?;
        let begun = handle.write(text.as_bytes()).and_then(|()| handle.sync()).and_then(|()| disk.sync_folder(folder));
        if let Err(error) = begun {
            // Nothing rests on it: what was to stand in it goes into the next one.
            drop(handle);
            let _ = disk.remove_file(&path);
            return Err(error);
        }
        Ok(Self { path, handle })
    }

    /// Adds transactions. Once this returns they survive a power cut. After an error the journal
    /// must not be used again.
    ///
    /// # Errors
    /// What the disk says.
    pub fn add(&mut self, transactions: &[Transaction]) -> std::io::Result<()> {
        let text: String = transactions.iter().map(|transaction| line(&Record::Did(transaction.clone()))).collect();
        self.handle.write(text.as_bytes())?;
        self.handle.sync()
    }

    /// Notes that all before is in the project's files.
    ///
    /// # Errors
    /// What the disk says.
    pub fn checkpoint(&mut self, state: &Name) -> std::io::Result<()> {
        self.handle.write(line(&Record::Checkpoint { state: state.clone() }).as_bytes())?;
        self.handle.sync()
    }

    /// Ends it: all is in the project's files. It is kept for a week.
    ///
    /// # Errors
    /// What the disk says; then it lies where it was, and its records do nothing when replayed.
    pub fn close(mut self, disk: &dyn Disk) -> std::io::Result<()> {
        self.handle.write(line(&Record::Closed).as_bytes())?;
        self.handle.sync()?;
        drop(self.handle);
        retire(disk, &self.path)
    }
}

/// Puts a journal among those that are kept for a week.
///
/// # Errors
/// What the disk says.
pub fn retire(disk: &dyn Disk, path: &Path) -> std::io::Result<()> {
    let (Some(folder), Some(name)) = (path.parent(), path.file_name()) else { return Ok(()) };
    let kept = folder.join(KEPT);
    ensure_folder(disk, &kept)?;
    disk.rename(path, &kept.join(name))?;
    disk.sync_folder(folder)
}

/// Removes kept journals that are older than a week, and puts with them those that were never begun:
/// without one whole line nothing in them was ever acknowledged. What cannot be removed stays.
pub fn prune(disk: &dyn Disk, folder: &Path, now: std::time::SystemTime) {
    let kept = folder.join(KEPT);
    let old = |path: &Path, age: u64| {
        let modified = disk.look(path).ok().flatten().and_then(|look| look.modified);
        modified.and_then(|time| now.duration_since(time).ok()).is_some_and(|passed| passed.as_secs() > age)
    };
    let journals = |folder: &Path| {
        let names = disk.list(folder).unwrap_or_default().into_iter();
        let names = names.filter(|(name, kind)| *kind == EntryKind::File && name.ends_with(ENDING));
        names.map(|(name, _)| folder.join(name)).collect::<Vec<_>>()
    };
    for path in journals(&kept).iter().filter(|path| old(path, 7 * 24 * 3600)) {
        let _ = disk.remove_file(path);
    }
    // A younger one may be in the making.
    for path in journals(folder).iter().filter(|path| old(path, 60)) {
        if disk.read(path, 1 << 20).is_ok_and(|bytes| !bytes.contains(&b'\n')) {
            let _ = retire(disk, path);
        }
    }
}

/// The journals of a folder that read at all, in order of names; with those that do not, and why. Nothing
/// is pending in those that a later one took over.
pub fn journals(disk: &dyn Disk, folder: &Path) -> (Vec<JournalContent>, Vec<(PathBuf, String)>) {
    let (mut found, mut spoilt) = (Vec::new(), Vec::new());
    for (name, kind) in disk.list(folder).unwrap_or_default() {
        if kind == EntryKind::File && name.ends_with(ENDING) {
            let path = folder.join(name);
            match disk.read(&path, LIMIT).map_err(|e| e.to_string()).and_then(|bytes| read(&path, &bytes)) {
                Ok(content) => found.push(content),
                Err(why) => spoilt.push((path, why)),
            }
        }
    }
    // What was taken over was put in order there, with what somebody else had changed meanwhile left out:
    // replayed once more, it would lead things back to where they were before the work that followed.
    let later = |content: &JournalContent, name: &Name| file_name(&content.path).is_some_and(|own| **name < *own);
    let over: BTreeSet<Name> =
        found.iter().flat_map(|c| c.took_over.iter().filter(|name| later(c, name))).cloned().collect();
    for content in &mut found {
        if file_name(&content.path).is_some_and(|name| over.contains(name)) {
            content.pending.clear();
        }
    }
    (found, spoilt)
}

/// The name by which another journal takes one over.
pub fn file_name(path: &Path) -> Option<&str> {
    path.file_name()?.to_str()
}

/// Reads the bytes of a journal.
///
/// # Errors
/// Where not even its beginning can be read, or a newer program wrote it.
pub fn read(path: &Path, bytes: &[u8]) -> Result<JournalContent, String> {
    let frames = frames(bytes);
    // Ten thousand records take a second to parse one after the other.
    let records: Vec<Option<Record>> = frames.par_iter().map(Frame::record).collect();
    // Behind the first that is not sound nothing is trusted.
    let sound = records.iter().take_while(|record| record.is_some()).count();
    let torn = frames.get(sound).map_or(rest_of(bytes, &frames), |frame| bytes.len() - frame.start);
    let mut records = records.into_iter().map_while(|record| record);
    let Some(Record::Began(head)) = records.next() else {
        return Err("its beginning cannot be read".to_owned());
    };
    if head.format.major > FormatVersion::CURRENT.major {
        return Err(format!("it was written by a newer version of the program (format {})", head.format));
    }
    let mut content = JournalContent {
        path: path.to_path_buf(),
        state: head.state.clone(),
        head,
        pending: Vec::new(),
        took_over: Vec::new(),
        torn,
    };
    for record in records {
        match record {
            Record::Began(_) => return Err("it begins twice".to_owned()),
            Record::Did(transaction) => content.pending.push(transaction),
            Record::TookOver { journals } => content.took_over.extend(journals),
            Record::Checkpoint { state } => {
                content.pending.clear();
                content.state = state;
            }
            Record::Closed => content.pending.clear(),
        }
    }
    Ok(content)
}

/// A record as it stands in the bytes of a journal.
struct Frame<'a> {
    /// Its first byte, and the first one behind it.
    start: usize,
    end: usize,
    sum: &'a str,
    text: &'a [u8],
}

impl<'a> Frame<'a> {
    /// The frame that begins at a byte; `None` where there is none that is whole.
    fn at(bytes: &'a [u8], start: usize) -> Option<Self> {
        const HEAD: usize = 8 + 1 + 16 + 1;
        let rest = bytes.get(start..)?;
        let head = std::str::from_utf8(rest.get(..HEAD)?).ok()?;
        let (length, sum) = head.strip_suffix(' ')?.split_once(' ')?;
        let length = usize::from_str_radix(length, 16).ok()?;
        let text = rest.get(HEAD..HEAD.checked_add(length)?)?;
        (rest.get(HEAD + length) == Some(&b'\n')).then_some(Self { start, end: start + HEAD + length + 1, sum, text })
    }

    /// What stands in it; `None` where it is not as it was written.
    fn record(&self) -> Option<Record> {
        (hash(self.text)[..16] == *self.sum).then(|| notation::read("journal", self.text).ok()).flatten()
    }
}

/// The frames of a journal, one behind the other, as far as they go.
fn frames(bytes: &[u8]) -> Vec<Frame<'_>> {
    let frames = std::iter::successors(Frame::at(bytes, 0), |last| Frame::at(bytes, last.end));
    frames.collect()
}

/// How many bytes are behind the last frame.
fn rest_of(bytes: &[u8], frames: &[Frame<'_>]) -> usize {
    bytes.len() - frames.last().map_or(0, |last| last.end)
}

/// A new name for a journal: never one that was used.
pub(super) fn unique_name() -> String {
    uuid::Uuid::now_v7().to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::claim::{Change, Edit, Party, Stamp};
    use crate::project::disk::RealDisk;

    fn head() -> JournalHead {
        JournalHead {
            format: FormatVersion::CURRENT,
            project: "p1".into(),
            name: "Sample".into(),
            folder: "/somewhere/sample".into(),
            analyst: "Anna".into(),
            state: "s0".into(),
        }
    }

    fn transaction(n: usize) -> Transaction {
        let party = Party { name: format!("Party {n} “é”\n").into(), aliases: Vec::new() };
        Transaction {
            id: format!("t{n}").into(),
            label: "add party".into(),
            edits: vec![Edit::Party(Box::new(Change::add(party)))],
            stamp: Stamp { by: "Anna".into(), at: chrono::DateTime::UNIX_EPOCH },
        }
    }

    fn written(steps: impl FnOnce(&mut Journal)) -> Vec<u8> {
        let folder = tempfile::tempdir().unwrap();
        let mut journal = Journal::begin(&RealDisk, folder.path(), "1", &head(), &[], &[]).unwrap();
        steps(&mut journal);
        std::fs::read(&journal.path).unwrap()
    }

    fn ids(content: &JournalContent) -> Vec<&str> {
        content.pending.iter().map(|transaction| &*transaction.id).collect()
    }

    #[test]
    fn what_came_after_the_last_checkpoint_is_pending() {
        let bytes = written(|journal| {
            journal.add(&[transaction(1), transaction(2)]).unwrap();
            journal.checkpoint(&"s1".into()).unwrap();
            journal.add(&[transaction(3)]).unwrap();
        });
        let content = read(Path::new("j"), &bytes).unwrap();
        assert_eq!((ids(&content), &*content.state, content.torn), (vec!["t3"], "s1", 0));
        assert_eq!(content.pending[0], transaction(3));
        assert_eq!(content.head, head());
    }

    #[test]
    fn cut_anywhere_it_gives_every_transaction_that_is_whole() {
        let bytes = written(|journal| journal.add(&[transaction(1), transaction(2), transaction(3)]).unwrap());
        let ends: Vec<_> = bytes.iter().enumerate().filter(|(_, b)| **b == b'\n').map(|(n, _)| n + 1).collect();
        for cut in 0..=bytes.len() {
            let whole = ends.iter().filter(|end| **end <= cut).count();
            match read(Path::new("j"), &bytes[..cut]) {
                Ok(content) => {
                    assert_eq!(content.pending.len() + 1, whole, "cut at {cut}");
                    assert_eq!(content.torn, cut - ends[whole - 1]);
                }
                Err(_) => assert_eq!(whole, 0, "cut at {cut}"),
            }
        }
    }

    #[test]
    fn a_spoilt_byte_ends_what_is_read() {
        let bytes = written(|journal| journal.add(&[transaction(1), transaction(2)]).unwrap());
        let line: Vec<_> = bytes.split_inclusive(|b| *b == b'\n').map(<[u8]>::len).collect();
        for place in line[0] + line[1]..bytes.len() {
            let mut spoilt = bytes.clone();
            spoilt[place] ^= 1;
            let content = read(Path::new("j"), &spoilt).unwrap();
            assert_eq!(ids(&content), ["t1"], "spoilt at {place}");
            assert!(content.torn > 0);
        }
    }

    /// Only an older one can have been taken over, and only where the later one has all of its work.
    #[test]
    fn what_a_later_journal_took_over_is_pending_there_alone() {
        let folder = tempfile::tempdir().unwrap();
        let name = |unique: &str| Name::from(format!("{unique}-sample-anna{ENDING}"));
        let begin = |unique: &str, work: &[Transaction], took_over: &[Name]| {
            Journal::begin(&RealDisk, folder.path(), unique, &head(), work, took_over).unwrap()
        };
        let pending = || -> Vec<Vec<String>> {
            let found = journals(&RealDisk, folder.path()).0;
            found.iter().map(|content| ids(content).into_iter().map(str::to_owned).collect()).collect()
        };
        begin("1", &[transaction(1), transaction(2)], &[name("2")]);
        let mut second = begin("2", &[transaction(2), transaction(3)], &[name("1")]);
        assert_eq!(pending(), [vec![], vec!["t2", "t3"]]);
        let path = folder.path().join(&*name("2"));
        let whole = std::fs::read(&path).unwrap();
        std::fs::write(&path, &whole[..whole.len() - 2]).unwrap();
        assert_eq!(pending(), [vec!["t1", "t2"], vec!["t2", "t3"]], "torn");
        std::fs::write(&path, &whole).unwrap();
        second.checkpoint(&"s1".into()).unwrap();
        assert_eq!(pending(), [Vec::<String>::new(), vec![]], "it is in the files, and so is what it took over");
    }

    #[test]
    fn a_closed_journal_is_kept_apart_for_a_week() {
        let folder = tempfile::tempdir().unwrap();
        let mut journal = Journal::begin(&RealDisk, folder.path(), "1", &head(), &[transaction(1)], &[]).unwrap();
        journal.checkpoint(&"s1".into()).unwrap();
        assert_eq!(journals(&RealDisk, folder.path()).0.len(), 1);
        journal.close(&RealDisk).unwrap();
        assert_eq!(journals(&RealDisk, folder.path()), (Vec::new(), Vec::new()));
        let kept = || RealDisk.list(&folder.path().join(KEPT)).unwrap().len();
        let now = std::time::SystemTime::now();
        prune(&RealDisk, folder.path(), now);
        assert_eq!(kept(), 1);
        prune(&RealDisk, folder.path(), now + std::time::Duration::from_secs(8 * 24 * 3600));
        assert_eq!(kept(), 0);
        // One whose beginning never got out is no journal, once nobody can be writing it any more.
        std::fs::write(folder.path().join("2-x.journal"), "000000ff 0123").unwrap();
        prune(&RealDisk, folder.path(), now);
        assert_eq!(journals(&RealDisk, folder.path()).1.len(), 1);
        prune(&RealDisk, folder.path(), now + std::time::Duration::from_secs(120));
        assert_eq!((journals(&RealDisk, folder.path()).1.len(), kept()), (0, 1));
    }
}
