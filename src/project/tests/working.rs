//! Projects that are worked on: journal, checkpoint, recovery, lock, other people's changes.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::SystemTime;

use super::*;
use crate::project::layout::Part;

struct Home {
    folder: tempfile::TempDir,
    setup: Setup,
}

impl Home {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let places = Places::below(&folder.path().join("user"));
        Self { setup: Setup { disk: Arc::new(disk::RealDisk), places }, folder }
    }

    fn root(&self) -> PathBuf {
        self.folder.path().join("sample")
    }

    /// The sample project, saved and opened.
    fn sample() -> (Self, Work) {
        let home = Self::new();
        save_sample(&home.root());
        let work = home.open();
        (home, work)
    }

    fn open(&self) -> Work {
        self.open_at(&self.root())
    }

    fn open_at(&self, folder: &Path) -> Work {
        open_for_work(&self.setup, folder, &"Anna".into(), now()).expect("opens")
    }

    fn journals(&self) -> Vec<PathBuf> {
        let entries = fs::read_dir(self.setup.places.journals()).map(|d| d.map(|e| e.unwrap().path()).collect());
        let mut paths: Vec<_> = entries.unwrap_or_default();
        paths.retain(|path| path.extension().is_some_and(|e| e == "journal"));
        paths
    }
}

fn now() -> SystemTime {
    SystemTime::now()
}

fn transaction(id: &str, edits: Vec<Edit>) -> Transaction {
    Transaction { id: id.into(), label: format!("change {id}").into(), edits, stamp: stamp() }
}

fn note(workspace: &Workspace, claim: &str, note: &str) -> Edit {
    let before = workspace.claims[&ClaimId(claim.into())].clone();
    Edit::Claim(Box::new(Change::replace(before.clone(), Claim { note: note.into(), ..before })))
}

fn noted(workspace: &Workspace, claim: &str) -> String {
    workspace.claims[&ClaimId(claim.into())].note.clone()
}

fn layer(workspace: &Workspace) -> Part {
    Part::Layer(workspace.claims.values().next().expect("there").article.clone())
}

#[test]
fn opening_and_closing_changes_no_file() {
    let home = Home::new();
    save_sample(&home.root());
    let before = files(&home.root());
    let work = home.open();
    assert_eq!((work.project.findings.len(), work.recovered.len()), (0, 0));
    work.store.expect("can be written").close(now()).unwrap();
    assert_eq!(files(&home.root()), before);
    assert!(home.journals().is_empty());
}

#[test]
fn a_checkpoint_writes_the_touched_files_only_and_logs_what_happened() {
    let (home, work) = Home::sample();
    let before = files(&home.root());
    let mut store = work.store.expect("can be written");
    store.apply(vec![transaction("t1", vec![note(&work.project.workspace, "c1", "new")])]).unwrap();
    assert_eq!(files(&home.root()), before, "nothing is written before the checkpoint");
    assert_eq!(home.journals().len(), 1);
    store.checkpoint(now()).unwrap();
    assert!(store.is_settled());
    let after = files(&home.root());
    let layer = layer(&work.project.workspace).path("anna");
    let changed: Vec<_> = after.iter().filter(|(name, bytes)| before.get(*name) != Some(bytes)).map(|f| f.0).collect();
    let backup = format!(".local/backups/{layer}/");
    assert!(changed.iter().any(|name| name.starts_with(&backup)));
    let changed: Vec<_> = changed.into_iter().filter(|name| !name.starts_with(".local")).collect();
    assert_eq!(changed, [&layer, "history/anna.log"]);
    store.close(now()).unwrap();
    assert!(home.journals().is_empty());
    assert_eq!(noted(&home.open().project.workspace, "c1"), "new");
}

#[test]
fn work_that_was_cut_off_between_journal_and_checkpoint_is_recovered() {
    let (home, work) = Home::sample();
    let mut store = work.store.expect("can be written");
    let first = transaction("t1", vec![note(&work.project.workspace, "c1", "new")]);
    store.apply(vec![first.clone()]).unwrap();
    let text = "A third with 77 bodies.";
    let article = Arc::new(read("c.txt", text.as_bytes(), &ReadOptions::default()).unwrap());
    let bytes = ArticleBytes { version: 1, source: Arc::from(text.as_bytes()), article: article.clone() };
    store.keep_articles(&[bytes]).unwrap();
    let record = ArticleRecord { progress: Progress::Unread, ..record(&article) };
    let second = transaction("t2", vec![Edit::Article(Box::new(Change::add(record)))]);
    store.apply(vec![second.clone()]).unwrap();
    let expected = store.replica().clone();
    drop(store); // killed

    for journal in home.journals() {
        let mut bytes = fs::read(&journal).unwrap();
        bytes.extend(b"0000ff99 torn"); // and the last line cut off
        fs::write(&journal, bytes).unwrap();
    }
    assert_eq!(left_over(&home.setup).len(), 1);
    let work = home.open();
    assert_eq!(work.recovered, [first, second]);
    assert_eq!(work.project.workspace, expected);
    assert_eq!(&*work.project.articles[&article.id].text, text);
    assert!(work.notices.iter().any(|n| n.contains("2 changes")), "{:?}", work.notices);
    assert!(work.notices.iter().any(|n| n.contains("13 bytes")), "{:?}", work.notices);
    assert_eq!(left_over(&home.setup), [], "somebody is at it");
    drop(work); // killed again, before anything was written

    let work = home.open();
    assert_eq!(work.project.workspace, expected);
    let mut store = work.store.expect("can be written");
    store.checkpoint(now()).unwrap();
    assert!(home.journals().is_empty(), "the old journal has had its day");
    store.close(now()).unwrap();
    let work = home.open();
    assert_eq!((work.recovered.len(), work.notices.len()), (0, 0));
    assert_eq!(work.project.workspace, expected);
    let log = fs::read_to_string(home.root().join("history/anna.log")).unwrap();
    assert_eq!(log.lines().count(), 2);
}

/// Killed, changed by somebody else, recovered, worked on, and killed once more, in the middle of a checkpoint or
/// before it: what was done after the recovery stands, and is not led back by what was recovered.
#[test]
fn work_after_a_recovery_outlasts_the_next_crash() {
    for written in [false, true] {
        let (home, work) = Home::sample();
        let mut store = work.store.expect("can be written");
        store.apply(vec![transaction("t1", vec![note(&work.project.workspace, "c1", "mine")])]).unwrap();
        drop(store);
        let layer = home.root().join(layer(&work.project.workspace).path("anna"));
        let old = noted(&work.project.workspace, "c1");
        let text = fs::read_to_string(&layer).unwrap();
        assert!(text.contains(&format!("note: {old:?}")), "{text}");
        fs::write(&layer, text.replacen(&format!("note: {old:?}"), "note: \"theirs\"", 1)).unwrap();

        let work = home.open();
        assert_eq!(noted(&work.project.workspace, "c1"), "theirs");
        let copies = work.project.workspace.claims.len();
        let mut store = work.store.expect("can be written");
        store.apply(vec![transaction("t2", vec![note(&work.project.workspace, "c1", "after all")])]).unwrap();
        assert_eq!(left_over(&home.setup), [], "somebody is at it");
        if written {
            // The first file is written; then the machine stops.
            let text = fs::read_to_string(&layer).unwrap();
            fs::write(&layer, text.replacen("note: \"theirs\"", "note: \"after all\"", 1)).unwrap();
        }
        drop(store);
        let left: Vec<_> = left_over(&home.setup).into_iter().map(|left| left.changes).collect();
        assert_eq!(left, [2], "the copy and the change, not told twice");

        let work = home.open();
        assert_eq!(noted(&work.project.workspace, "c1"), "after all", "written: {written}; {:?}", work.notices);
        assert_eq!(work.project.workspace.claims.len(), copies);
        let mut store = work.store.expect("can be written");
        store.checkpoint(now()).unwrap();
        assert!(home.journals().is_empty());
        store.close(now()).unwrap();
        assert_eq!(noted(&home.open().project.workspace, "c1"), "after all");
    }
}

#[test]
fn a_copy_of_the_folder_does_not_take_the_journal_of_the_original() {
    let (home, work) = Home::sample();
    let mut store = work.store.expect("can be written");
    store.apply(vec![transaction("t1", vec![note(&work.project.workspace, "c1", "new")])]).unwrap();
    let copy = home.folder.path().join("copy");
    tree::copy(&disk::RealDisk, &home.root(), &copy).unwrap();
    assert_eq!(home.open_at(&copy).elsewhere, [], "its owner is at work");
    drop(store);
    let work = home.open_at(&copy);
    assert_eq!((work.recovered.len(), work.elsewhere.len()), (0, 1));
    assert_ne!(noted(&work.project.workspace, "c1"), "new");
    assert_eq!(home.open().recovered.len(), 1);
}

#[test]
fn a_second_window_is_read_only() {
    let (home, first) = Home::sample();
    let second = home.open();
    assert!(second.store.is_none());
    assert!(second.project.read_only.is_some_and(|why| why.contains("another window")));
    let other = open_for_work(&home.setup, &home.root(), &"Ben".into(), now()).unwrap();
    assert!(other.store.is_some(), "another analyst has a layer of her own");
    assert!(other.project.workspace.claims.is_empty());
    drop(first);
    assert!(home.open().store.is_some());
}

#[test]
fn somebody_elses_bytes_are_never_overwritten() {
    let (home, work) = Home::sample();
    let workspace = &work.project.workspace;
    let file = home.root().join(layer(workspace).path("anna"));
    let mut store = work.store.expect("can be written");
    store.apply(vec![transaction("t1", vec![note(workspace, "c1", "mine")])]).unwrap();
    let before = fs::read_to_string(&file).unwrap();
    edit(&file, "n: Some(38)", "n: Some(39)");
    let theirs = fs::read_to_string(&file).unwrap();
    assert_eq!(before.len(), theirs.len());

    let found = store.checkpoint(now()).unwrap();
    assert_eq!(fs::read_to_string(&file).unwrap(), theirs);
    assert!(!store.is_settled());
    let [outside] = &found.outside[..] else { panic!("{found:?}") };
    let chains = items::chains(store.pending().iter().flat_map(|t| &t.edits));
    let merged = merge::merge(store.replica(), &chains, outside);
    assert_eq!(merged.notices, Vec::<String>::new());
    store.adopt(outside);
    store.apply(vec![transaction("t2", merged.edits)]).unwrap();
    store.checkpoint(now()).unwrap();
    assert!(store.is_settled());
    let both = fs::read_to_string(&file).unwrap();
    assert!(both.contains("n: Some(39)") && both.contains("\"mine\""), "{both}");

    fs::write(&file, "<<<<<<< ours").unwrap();
    store.apply(vec![transaction("t3", vec![note(store.replica(), "c1", "more")])]).unwrap();
    let found = store.checkpoint(now()).unwrap();
    assert_eq!(found.blocked.len(), 1);
    assert_eq!(fs::read_to_string(&file).unwrap(), "<<<<<<< ours");
    fs::write(&file, &both).unwrap();
    let found = store.look_around();
    assert_eq!((found.unblocked.len(), found.outside.len()), (1, 1));
}

#[test]
fn an_article_that_somebody_else_adds_is_found() {
    let (home, work) = Home::sample();
    let mut store = work.store.expect("can be written");
    assert!(store.look_around().outside.is_empty());
    let other = open_for_work(&home.setup, &home.root(), &"Ben".into(), now()).unwrap();
    let text = "35 bodies";
    let article = Arc::new(read("new.txt", text.as_bytes(), &ReadOptions::default()).unwrap());
    let mut theirs = other.store.expect("can be written");
    let bytes = ArticleBytes { version: 1, source: Arc::from(text.as_bytes()), article: article.clone() };
    theirs.keep_articles(&[bytes]).unwrap();
    let record = ArticleRecord { progress: Progress::Unread, ..record(&article) };
    theirs.apply(vec![transaction("b1", vec![Edit::Article(Box::new(Change::add(record)))])]).unwrap();
    theirs.close(now()).unwrap();
    let found = store.look_around();
    assert_eq!((found.outside.len(), found.articles.len()), (1, 1));
    let merged = merge::merge(store.replica(), &Default::default(), &found.outside[0]);
    store.adopt(&found.outside[0]);
    store.apply(vec![transaction("t1", merged.edits)]).unwrap();
    store.checkpoint(now()).unwrap();
    assert!(store.look_around().outside.is_empty());
    assert!(store.replica().articles.contains_key(&article.id));
}

#[test]
fn an_article_taken_out_leaves_the_folder_when_the_project_is_closed() {
    let (home, work) = Home::sample();
    let workspace = &work.project.workspace;
    let record = workspace.articles.values().find(|r| &*r.name == "news/b.md").unwrap().clone();
    let folder = home.root().join(format!("articles/{}", record.id));
    let remove = transaction("t1", vec![Edit::Article(Box::new(Change::remove(record.clone())))]);
    let undo = remove.clone().inverted("t2".into(), stamp());
    let again = Transaction { id: "t3".into(), ..remove.clone() };
    let before = files(&folder);
    let mut store = work.store.expect("can be written");
    store.apply(vec![remove]).unwrap();
    store.checkpoint(now()).unwrap();
    assert!(!folder.join("article.ron").exists() && folder.join("v1/text.txt").exists());
    store.apply(vec![undo]).unwrap();
    store.checkpoint(now()).unwrap();
    assert_eq!(files(&folder), before);
    store.apply(vec![again]).unwrap();
    store.close(now()).unwrap();
    assert!(!folder.exists());
    assert_eq!(check(&home.root()), Ok(Vec::new()));
}

#[test]
fn an_untitled_project_moves_and_a_named_one_is_copied() {
    let home = Home::new();
    let mut store = create_untitled(&home.setup, &"p7".into(), &stamp()).unwrap();
    assert!(store.is_untitled());
    let party = Party { name: "Aland".into(), aliases: Vec::new() };
    store.apply(vec![transaction("t1", vec![Edit::Party(Box::new(Change::add(party)))])]).unwrap();
    let (old, named, copy) = (store.root().to_path_buf(), home.root(), home.folder.path().join("copy"));
    store.save_as(&named, &"Named".into(), now()).unwrap();
    assert!(!old.exists() && !store.is_untitled() && store.is_settled());
    assert!(home.journals().is_empty());
    store.save_as(&copy, &"Copy".into(), now()).unwrap();
    assert!(store.save_as(&named, &"Again".into(), now()).is_err());
    store.close(now()).unwrap();
    let (first, second) = (open(&named).unwrap(), open(&copy).unwrap());
    assert_eq!((&*first.id, &*first.name, &*second.name), ("p7", "Named", "Copy"));
    assert_ne!(first.id, second.id);
    assert_eq!(first.workspace.codebook, second.workspace.codebook);
    assert!(first.workspace.codebook.parties.iter().any(|p| &*p.name == "Aland"));
    assert_eq!(check(&copy), Ok(Vec::new()));
}

#[test]
fn an_analyst_who_gets_another_name_takes_the_layer_along() {
    let (home, work) = Home::sample();
    let mut store = work.store.expect("can be written");
    store.rename_analyst(&"Anna Maria".into());
    store.apply(vec![transaction("t1", vec![note(&work.project.workspace, "c1", "new")])]).unwrap();
    store.close(now()).unwrap();
    let work = open_for_work(&home.setup, &home.root(), &"Anna Maria".into(), now()).unwrap();
    assert_eq!((work.project.workspace.claims.len(), work.project.workspace.rulings.len()), (2, 1));
    assert_eq!(work.project.analysts, ["Anna Maria".into()]);
    assert_eq!(check(&home.root()), Ok(Vec::new()));
}

#[test]
fn nothing_is_written_where_the_folder_has_gone() {
    let (home, work) = Home::sample();
    let mut store = work.store.expect("can be written");
    store.apply(vec![transaction("t1", vec![note(&work.project.workspace, "c1", "new")])]).unwrap();
    let away = home.folder.path().join("away");
    fs::rename(home.root(), &away).unwrap();
    assert!(store.checkpoint(now()).unwrap_err().to_string().contains("is gone"));
    assert!(!home.root().exists());
    fs::rename(&away, home.root()).unwrap();
    store.checkpoint(now()).unwrap();
    assert!(store.is_settled());
}

#[test]
fn conflict_markers_are_joined_claim_by_claim() {
    let (home, work) = Home::sample();
    let part = layer(&work.project.workspace);
    drop(work);
    let file = home.root().join(part.path("anna"));
    let text = fs::read_to_string(&file).unwrap();
    let marked = text.replacen(
        "      note: \"Anna's “note”\",\n",
        "<<<<<<< HEAD\n      note: \"one\",\n=======\n      note: \"other\",\n>>>>>>> branch\n",
        1,
    );
    assert_ne!(marked, text);
    fs::write(&file, marked).unwrap();
    let work = home.open();
    let notes: Vec<_> = work.project.workspace.claims.values().map(|c| c.note.lines().last().unwrap_or("")).collect();
    assert_eq!(notes, ["one", "other", "Anna's “note”"]);
    assert!(work.project.findings[0].to_string().contains("conflict markers"));
    let mut store = work.store.expect("can be written");
    store.checkpoint(now()).unwrap();
    store.close(now()).unwrap();
    assert!(!fs::read_to_string(&file).unwrap().contains("<<<<"));
    assert_eq!(check(&home.root()), Ok(Vec::new()));
}
