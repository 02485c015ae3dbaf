//! Every call to the disk fails once, and the disk dies at every call: what was acknowledged is
//! there afterwards.

use std::io;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::SystemTime;

use super::*;
use crate::project::disk::{Disk, EntryKind, Guard, Handle, Look, RealDisk};

/// How the disk fails at its call of a number.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Fault {
    /// That call fails, all others work; a write gets half of its bytes out.
    Once,
    /// That call and all behind it fail: the machine went down.
    Dead,
}

/// A disk of which one call fails.
#[derive(Clone, Debug)]
struct FaultyDisk {
    calls: Arc<AtomicUsize>,
    fails_at: usize,
    fault: Fault,
}

impl FaultyDisk {
    fn call(&self) -> io::Result<()> {
        let number = self.calls.fetch_add(1, Ordering::Relaxed);
        let fails = match self.fault {
            Fault::Once => number == self.fails_at,
            Fault::Dead => number >= self.fails_at,
        };
        if fails { Err(io::Error::other("no space left on device")) } else { Ok(()) }
    }
}

#[derive(Debug)]
struct FaultyHandle {
    disk: FaultyDisk,
    inner: Box<dyn Handle>,
}

impl Handle for FaultyHandle {
    fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        match self.disk.call() {
            Ok(()) => self.inner.write(bytes),
            Err(error) => {
                self.inner.write(&bytes[..bytes.len() / 2])?;
                Err(error)
            }
        }
    }

    fn sync(&mut self) -> io::Result<()> {
        self.disk.call()?;
        self.inner.sync()
    }
}

impl Disk for FaultyDisk {
    fn look(&self, path: &Path) -> io::Result<Option<Look>> {
        self.call()?;
        RealDisk.look(path)
    }

    fn read(&self, path: &Path, limit: u64) -> io::Result<Vec<u8>> {
        self.call()?;
        RealDisk.read(path, limit)
    }

    fn list(&self, folder: &Path) -> io::Result<Vec<(String, EntryKind)>> {
        self.call()?;
        RealDisk.list(folder)
    }

    fn make_folder(&self, folder: &Path) -> io::Result<()> {
        self.call()?;
        RealDisk.make_folder(folder)
    }

    fn create(&self, path: &Path) -> io::Result<Box<dyn Handle>> {
        self.call()?;
        Ok(Box::new(FaultyHandle { disk: self.clone(), inner: RealDisk.create(path)? }))
    }

    fn append(&self, path: &Path) -> io::Result<Box<dyn Handle>> {
        self.call()?;
        Ok(Box::new(FaultyHandle { disk: self.clone(), inner: RealDisk.append(path)? }))
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.call()?;
        RealDisk.rename(from, to)
    }

    fn remove_file(&self, path: &Path) -> io::Result<()> {
        self.call()?;
        RealDisk.remove_file(path)
    }

    fn remove_folder(&self, folder: &Path) -> io::Result<()> {
        self.call()?;
        RealDisk.remove_folder(folder)
    }

    fn sync_folder(&self, folder: &Path) -> io::Result<()> {
        self.call()?;
        RealDisk.sync_folder(folder)
    }

    fn lock(&self, path: &Path) -> io::Result<Option<Box<dyn Guard>>> {
        self.call()?;
        RealDisk.lock(path)
    }

    fn canonical(&self, path: &Path) -> io::Result<PathBuf> {
        self.call()?;
        RealDisk.canonical(path)
    }
}

fn transaction(id: &str, edits: Vec<Edit>) -> Transaction {
    Transaction { id: id.into(), label: id.into(), edits, stamp: stamp() }
}

/// What a user does; every step that was acknowledged adds to what must be there afterwards.
/// Returns whether the disk failed at all.
fn scenario(setup: &Setup, root: &Path, acknowledged: &mut Vec<Edit>) {
    let Ok(work) = open_for_work(setup, root, &"Anna".into(), SystemTime::now()) else { return };
    let (workspace, Some(mut store)) = (work.project.workspace, work.store) else { return };
    if workspace.claims.len() != 2 || !work.project.blocked.is_empty() {
        return; // some part could not be read, and is left alone
    }
    let claim = workspace.claims[&ClaimId("c1".into())].clone();
    let mut before = claim;
    let mut issued = Vec::new();
    for n in 0..4 {
        let after = Claim { note: format!("note {n}"), ..before.clone() };
        let mut edits = vec![Edit::Claim(Box::new(Change::replace(before.clone(), after.clone())))];
        if n == 1 {
            let text = "A third with 77 bodies.";
            let article = Arc::new(read("c.txt", text.as_bytes(), &ReadOptions::default()).expect("reads"));
            let bytes = ArticleBytes { version: 1, source: Arc::from(text.as_bytes()), article: article.clone() };
            if store.keep_articles(&[bytes]).is_ok() {
                let record = ArticleRecord { progress: Progress::Unread, ..record(&article) };
                edits.push(Edit::Article(Box::new(Change::add(record))));
            }
        }
        if n == 2 {
            let party = Party { name: "Aland".into(), aliases: Vec::new() };
            edits.push(Edit::Party(Box::new(Change::add(party))));
        }
        issued.extend(edits.clone());
        let applied = store.apply(vec![transaction(&format!("t{n}"), edits)]);
        if applied.is_ok() || store.flush().is_ok() {
            acknowledged.clone_from(&issued);
        }
        if n % 2 == 1 {
            let _ = store.checkpoint(SystemTime::now());
        }
        before = after;
    }
    let _ = store.close(SystemTime::now());
}

fn check_after(fault: Fault, fails_at: usize) -> bool {
    let home = tempfile::tempdir().unwrap();
    let (root, places) = (home.path().join("p"), Places::below(&home.path().join("user")));
    save_sample(&root);
    let calls = Arc::new(AtomicUsize::new(0));
    let faulty = FaultyDisk { calls: calls.clone(), fails_at, fault };
    let mut acknowledged = Vec::new();
    scenario(&Setup { disk: Arc::new(faulty), places: places.clone() }, &root, &mut acknowledged);

    let setup = Setup { disk: Arc::new(RealDisk), places };
    let work = open_for_work(&setup, &root, &"Anna".into(), SystemTime::now())
        .unwrap_or_else(|error| panic!("{fault:?} at {fails_at}: {error}"));
    let damage: Vec<_> = work.project.findings.iter().filter(|finding| finding.damage).collect();
    assert!(damage.is_empty(), "{fault:?} at {fails_at}: {damage:?}");
    for step in acknowledged.iter().flat_map(items::steps) {
        let later = acknowledged.iter().flat_map(items::steps).rfind(|other| other.key == step.key);
        let found = items::current(&work.project.workspace, &step.key);
        let expected = later.and_then(|step| step.after);
        // What was issued after the last acknowledgement may be there, or not.
        let newer = matches!((&found, &expected), (Some(items::Item::Claim(a)), Some(items::Item::Claim(b))) if a.note > b.note);
        assert!(found == expected || newer, "{fault:?} at {fails_at}: {:?} is not there, but {found:?}", step.key);
    }
    let mut store = work.store.expect("can be written");
    let found = store.checkpoint(SystemTime::now()).expect("the disk is sound");
    assert!(found.outside.is_empty() && store.is_settled(), "{fault:?} at {fails_at}: {found:?}");
    store.close(SystemTime::now()).expect("the disk is sound");
    let damage: Vec<_> = check(&root).expect("opens").into_iter().filter(|finding| finding.damage).collect();
    assert_eq!(damage, [], "{fault:?} at {fails_at}");
    calls.load(Ordering::Relaxed) > fails_at
}

#[test]
fn whichever_call_fails_what_was_acknowledged_is_there() {
    for fault in [Fault::Once, Fault::Dead] {
        let mut number = 0;
        while check_after(fault, number) {
            number += 1;
        }
        assert!(number > 100, "{fault:?}: {number} calls");
    }
}
