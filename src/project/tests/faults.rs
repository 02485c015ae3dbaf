//! Every call to the disk fails once, in every way, in everything that writes: what was
//! acknowledged is there afterwards, and nothing is that was not meant.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, SystemTime};

use rayon::prelude::*;

use super::memory::{FAULTS, Fault, MemoryDisk};
use super::*;
use crate::project::check::check_on;
use crate::project::disk::Disk;

const ROOT: &str = "/p";
/// Every so many calls are failed in one way, unless `TALLYMARK_FAULTS` is set: then every one is in every way.
const APART: usize = FAULTS.len();

fn setup(disk: &MemoryDisk) -> Setup {
    Setup { disk: Arc::new(disk.clone()), places: Places::below(Path::new("/user")) }
}

/// A disk with the sample project on it.
fn with_sample() -> MemoryDisk {
    let disk = MemoryDisk::new();
    let (workspace, articles) = sample();
    let project = NewProject {
        id: &"p1".into(),
        name: &"Sample".into(),
        created: &stamp(),
        analyst: &"Anna".into(),
        workspace: &workspace,
        articles: &articles,
    };
    save::save_new_on(&disk, Path::new(ROOT), &project).expect("the disk is sound");
    disk
}

/// When whatever was left behind is old enough to be swept.
fn later() -> SystemTime {
    SystemTime::now() + Duration::from_secs(3600)
}

/// Does something once for every call that it makes and every way in which that can fail; `then`
/// looks at what is there after the machine was started again.
fn at_every_call<T>(
    what: &str,
    start: &MemoryDisk,
    run: impl Fn(&Setup) -> T + Sync,
    then: impl Fn(&Setup, &MemoryDisk, T, &str) + Sync,
) {
    let points = AtomicUsize::new(0);
    let all = std::env::var_os("TALLYMARK_FAULTS").is_some();
    let of_fault = |(place, fault): (usize, Fault)| {
        // In an ordinary run every call fails, but not in every way.
        let (first, step) = if all { (0, 1) } else { (place * 3 % APART, APART) };
        for at in (first..).step_by(step) {
            let disk = start.failing(at, fault);
            let result = run(&setup(&disk));
            if !disk.restart() {
                assert!(at > 10, "{what} makes {at} calls");
                return;
            }
            points.fetch_add(1, Ordering::Relaxed);
            then(&setup(&disk), &disk, result, &format!("{what}, {fault:?} at call {at}"));
        }
    };
    FAULTS.into_par_iter().enumerate().for_each(of_fault);
    eprintln!("{what}: {} points of failure, all holding", points.load(Ordering::Relaxed));
}

fn no_damage(disk: &dyn Disk, root: &str, place: &str) {
    let findings = check_on(disk, Path::new(root)).unwrap_or_else(|error| panic!("{place}: {error}"));
    let damage: Vec<_> = findings.iter().filter(|finding| finding.damage).collect();
    assert!(damage.is_empty(), "{place}: {damage:?}");
}

fn no_litter(disk: &MemoryDisk, place: &str) {
    let litter: Vec<_> = disk.files().into_keys().filter(|name| name.ends_with(".tmp")).collect();
    assert!(litter.is_empty(), "{place}: {litter:?}");
}

fn transaction(id: &str, edits: Vec<Edit>) -> Transaction {
    Transaction { id: id.into(), label: id.into(), edits, stamp: stamp() }
}

/// What a user does: changes a claim four times, adds an article and a party, takes an article out,
/// saves in between, closes. Gives what was acknowledged.
fn work_on(setup: &Setup) -> Vec<Edit> {
    let mut acknowledged = Vec::new();
    let Ok(work) = open_for_work(setup, Path::new(ROOT), &"Anna".into(), SystemTime::now()) else {
        return acknowledged;
    };
    let (workspace, Some(mut store)) = (work.project.workspace, work.store) else { return acknowledged };
    if workspace.claims.len() != 2 || !work.project.blocked.is_empty() {
        return acknowledged; // some part could not be read, and is left alone
    }
    let mut before = workspace.claims[&ClaimId("c1".into())].clone();
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
            let other = workspace.articles.values().find(|record| &*record.name == "news/b.md").expect("there");
            edits.push(Edit::Article(Box::new(Change::remove(other.clone()))));
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
    acknowledged
}

#[test]
fn work_that_was_acknowledged_is_there_whichever_call_fails() {
    at_every_call("open, edit, save, close", &with_sample(), work_on, |setup, disk, acknowledged, place| {
        let work = open_for_work(setup, Path::new(ROOT), &"Anna".into(), later())
            .unwrap_or_else(|error| panic!("{place}: {error}"));
        let damage: Vec<_> = work.project.findings.iter().filter(|finding| finding.damage).collect();
        assert!(damage.is_empty(), "{place}: {damage:?}");
        for step in acknowledged.iter().flat_map(items::steps) {
            let later = acknowledged.iter().flat_map(items::steps).rfind(|other| other.key == step.key);
            let found = items::current(&work.project.workspace, &step.key);
            let expected = later.and_then(|step| step.after);
            // What was issued after the last acknowledgement may be there, or not.
            let newer = matches!((&found, &expected), (Some(items::Item::Claim(a)), Some(items::Item::Claim(b))) if a.note > b.note);
            let gone = matches!((&found, &step.key), (None, items::Key::Article(_)));
            assert!(found == expected || newer || gone, "{place}: {:?} is not there, but {found:?}", step.key);
        }
        let mut store = work.store.expect("can be written");
        let found = store.checkpoint(SystemTime::now()).unwrap_or_else(|error| panic!("{place}: {error}"));
        assert!(found.outside.is_empty() && store.is_settled(), "{place}: {found:?}");
        store.close(SystemTime::now()).unwrap_or_else(|error| panic!("{place}: {error}"));
        no_damage(disk, ROOT, place);
        no_litter(disk, place);
    });
}

#[test]
fn a_project_that_is_begun_is_there_whole_or_is_none() {
    let begin = |setup: &Setup| create_untitled(setup, &"p7".into(), &stamp()).map(drop);
    at_every_call("begin a project", &MemoryDisk::new(), begin, |setup, disk, begun, place| {
        let root = setup.places.untitled().join("p7");
        match open_for_work(setup, &root, &"Anna".into(), later()) {
            Ok(work) => {
                assert_eq!((work.project.findings.len(), work.store.is_some()), (0, true), "{place}");
                drop(work);
                no_litter(disk, place);
            }
            Err(OpenError::NotAProject(_)) => assert!(begun.is_err(), "{place}"),
            Err(error) => panic!("{place}: {error}"),
        }
    });
}

/// Edits once and saves to another place. Whether each was acknowledged.
fn save_elsewhere(setup: &Setup, root: &Path) -> (bool, bool) {
    let Ok(work) = open_for_work(setup, root, &"Anna".into(), SystemTime::now()) else { return (false, false) };
    let Some(mut store) = work.store.filter(|_| work.project.blocked.is_empty()) else { return (false, false) };
    let party = Party { name: "Aland".into(), aliases: Vec::new() };
    let edit = Edit::Party(Box::new(Change::add(party)));
    let applied = store.apply(vec![transaction("t1", vec![edit])]).is_ok();
    let saved = store.save_as(Path::new("/q"), &"Elsewhere".into(), SystemTime::now()).is_ok();
    let _ = store.close(SystemTime::now());
    (applied, saved)
}

fn parties(setup: &Setup, root: &Path) -> Option<Vec<String>> {
    let work = open_for_work(setup, root, &"Anna".into(), later()).ok()?;
    Some(work.project.workspace.codebook.parties.iter().map(|party| party.name.to_string()).collect())
}

#[test]
fn saving_to_another_place_loses_nothing_on_the_way() {
    at_every_call(
        "save a copy elsewhere",
        &with_sample(),
        |setup| save_elsewhere(setup, Path::new(ROOT)),
        |setup, disk, (applied, saved), place| {
            let here = parties(setup, Path::new(ROOT)).unwrap_or_else(|| panic!("{place}: the original is gone"));
            let there = parties(setup, Path::new("/q"));
            let has = |parties: &[String]| parties.contains(&"Aland".to_owned());
            assert!(!applied || has(&here) || there.as_deref().is_some_and(has), "{place}");
            assert!(!saved || there.as_deref().is_some_and(has), "{place}");
            no_damage(disk, ROOT, place);
            if there.is_some() {
                no_damage(disk, "/q", place);
            }
        },
    );
    let disk = MemoryDisk::new();
    let untitled = Places::below(Path::new("/user")).untitled().join("p7");
    create_untitled(&setup(&disk), &"p7".into(), &stamp()).expect("the disk is sound");
    at_every_call(
        "give an untitled project its place",
        &disk,
        |setup| save_elsewhere(setup, &untitled),
        |setup, _, (applied, saved), place| {
            let (here, there) = (parties(setup, &untitled), parties(setup, Path::new("/q")));
            assert!(here.is_some() || there.is_some(), "{place}: neither is there");
            let found: Vec<_> = here.into_iter().chain(there.clone()).flatten().collect();
            assert!(!applied || found.contains(&"Aland".to_owned()), "{place}");
            assert!(!saved || there.is_some(), "{place}");
        },
    );
}

#[test]
fn a_pack_is_there_whole_or_not_at_all_and_so_is_what_comes_of_it() {
    let start = with_sample();
    let (original, pack_file) = (start.files(), Path::new("/pack.zip"));
    let packing = |setup: &Setup| pack(setup, Path::new(ROOT), pack_file);
    let unpacking = |setup: &Setup, to: &str| {
        let standard = PackLimits::default();
        unpack(&*setup.disk, pack_file, Some(Path::new(to)), Path::new("/"), &standard)
    };
    let of_project = |disk: &MemoryDisk, root: &str| -> BTreeMap<String, Vec<u8>> {
        let inside = |(name, bytes): (String, Vec<u8>)| Some((name.strip_prefix(root)?.to_owned(), bytes));
        disk.files().into_iter().filter_map(inside).collect()
    };
    let expected = of_project(&start, "/p/");
    at_every_call("pack", &start, packing, |setup, disk, packed, place| {
        assert!(of_project(disk, "/p/") == expected, "{place}");
        assert!(packed.is_err() || disk.files().contains_key("/pack.zip"), "{place}");
        if disk.files().contains_key("/pack.zip") {
            unpacking(setup, "/out").unwrap_or_else(|error| panic!("{place}: {error}"));
            assert!(of_project(disk, "/out/") == expected, "{place}");
        }
        tree::sweep_beside(disk, pack_file, later());
        no_litter(disk, place);
    });
    pack(&setup(&start), Path::new(ROOT), pack_file).expect("the disk is sound");
    at_every_call(
        "unpack",
        &start,
        |setup| unpacking(setup, "/out"),
        |_, disk, unpacked, place| {
            let found = of_project(disk, "/out/");
            if unpacked.is_ok() || found.contains_key(layout::PROJECT_FILE) {
                assert!(found == expected, "{place}: {:?}", found.keys());
            }
            assert!(original.iter().all(|(name, bytes)| disk.files().get(name) == Some(bytes)), "{place}");
        },
    );
}
