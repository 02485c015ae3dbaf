//! The audit trail: one transaction a line, never rewritten.

use std::collections::BTreeSet;
use std::path::Path;

use super::disk::Disk;
use super::notation::{self, FileError};
use super::paths;
use super::save::ensure_folder;
use crate::claim::{Name, Transaction};

/// The largest history that is looked through, in bytes.
const LIMIT: u64 = 1 << 30;

/// The log of an analyst, by slug.
pub fn file(analyst: &str) -> String {
    format!("history/{analyst}.log")
}

/// Appends transactions, synced. With `look`, what is there is read first: transactions that are
/// there already are passed over, and a line that was cut off is ended.
///
/// # Errors
/// Where the log cannot be read or written.
pub fn append(
    disk: &dyn Disk,
    root: &Path,
    analyst: &str,
    transactions: &[Transaction],
    look: bool,
) -> Result<(), FileError> {
    if transactions.is_empty() {
        return Ok(());
    }
    let file = file(analyst);
    let wrong = |error| FileError::whole(&file, error);
    let path = paths::inside(disk, root, &file)?;
    let there = match disk.look(&path).map_err(wrong)? {
        Some(_) if look => disk.read(&path, LIMIT).map_err(wrong)?,
        _ => Vec::new(),
    };
    let ids = ids(&there);
    let mut text = String::new();
    if there.last().is_some_and(|byte| *byte != b'\n') {
        text.push('\n');
    }
    for transaction in transactions.iter().filter(|transaction| !ids.contains(&*transaction.id)) {
        text.push_str(&notation::write_line(transaction));
        text.push('\n');
    }
    let folder = path.parent().unwrap_or(root);
    let written = ensure_folder(disk, folder).and_then(|()| {
        let mut handle = disk.append(&path)?;
        handle.write(text.as_bytes())?;
        handle.sync()?;
        if there.is_empty() { disk.sync_folder(folder) } else { Ok(()) }
    });
    written.map_err(wrong)
}

/// The identities in a log, found without parsing the rest of each line: the id comes first.
fn ids(log: &[u8]) -> BTreeSet<&str> {
    let id = |line: &'_ [u8]| -> Option<(usize, usize)> {
        let rest = line.strip_prefix(b"(id:\"")?;
        Some((5, 5 + rest.iter().position(|byte| *byte == b'"')?))
    };
    log.split(|byte| *byte == b'\n')
        .filter_map(|line| id(line).and_then(|(from, to)| std::str::from_utf8(&line[from..to]).ok()))
        .collect()
}

/// The transactions of a log, oldest first, with the number of lines that do not read.
///
/// # Errors
/// Where the log cannot be read; none at all is an empty one.
pub fn read(disk: &dyn Disk, root: &Path, analyst: &Name) -> Result<(Vec<Transaction>, usize), FileError> {
    let file = file(&paths::slug(analyst));
    let path = paths::inside(disk, root, &file)?;
    if disk.look(&path).map_err(|error| FileError::whole(&file, error))?.is_none() {
        return Ok((Vec::new(), 0));
    }
    let bytes = disk.read(&path, LIMIT).map_err(|error| FileError::whole(&file, error))?;
    let lines = bytes.split(|byte| *byte == b'\n').filter(|line| !line.iter().all(u8::is_ascii_whitespace));
    let (mut transactions, mut unread) = (Vec::new(), 0);
    for line in lines {
        match notation::read(&file, line) {
            Ok(transaction) => transactions.push(transaction),
            Err(_) => unread += 1,
        }
    }
    Ok((transactions, unread))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project::disk::RealDisk;

    fn transaction(id: &str) -> Transaction {
        let stamp = crate::claim::Stamp { by: "Anna".into(), at: chrono::DateTime::UNIX_EPOCH };
        Transaction { id: id.into(), label: "test".into(), edits: Vec::new(), stamp }
    }

    #[test]
    fn a_transaction_is_logged_once_and_after_a_line_that_was_cut_off() {
        let folder = tempfile::tempdir().unwrap();
        let append = |ids: &[&str]| {
            let transactions: Vec<_> = ids.iter().map(|id| transaction(id)).collect();
            append(&RealDisk, folder.path(), "anna", &transactions, true).unwrap();
        };
        let read = || read(&RealDisk, folder.path(), &"Anna".into()).unwrap();
        assert_eq!(read(), (Vec::new(), 0));
        append(&["t1", "t2"]);
        append(&["t2", "t3"]);
        let path = folder.path().join("history/anna.log");
        let mut text = std::fs::read_to_string(&path).unwrap();
        text.push_str("(id:\"t4\",lab");
        std::fs::write(&path, text).unwrap();
        append(&["t5"]);
        let (transactions, unread) = read();
        let ids: Vec<_> = transactions.iter().map(|t| &*t.id).collect();
        assert_eq!((ids, unread), (vec!["t1", "t2", "t3", "t5"], 1));
    }
}
