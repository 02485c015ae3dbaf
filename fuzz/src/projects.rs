//! What must hold of a project whose files are damaged, and of the journals and settings beside it.
//!
//! Nothing panics; what does not read is named with file and place, and stays as it is byte for byte;
//! what still reads is there; twice gives the same. Shared by the runner in this folder, the libFuzzer
//! target, and `tests/any_project.rs`, which replays the corpus and some seeds in every test run.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::SystemTime;

use super::damage;
use super::memory::MemoryDisk;
use super::random::Random;
use super::sample::{ANALYST, PENDING, ROOT, journals, put, setup, sound, transaction};
use tallymark::article::{OldText, reanchor};
use tallymark::claim::*;
use tallymark::formats::{Dataset, Document, FORMATS, text_report};
use tallymark::project::layout::{
    AnalystFile, ArticleFile, CodebookFile, FormatVersion, LayerFile, Part, ProjectFile, RulingsFile,
};
use tallymark::project::{
    FileError, Finding, OpenError, OpenedProject, Settings, Work, check_on, left_over, notation, open_for_work,
    open_on, paths, preview, read_own_lexicon,
};
use tallymark::reconcile;
use tallymark::session::{Command, Environment, Session};
use tallymark::suggest::Suggester;

/// Where projects are damaged: in the project itself, or in what lies in the user's folders.
pub const ANYWHERE: &[&str] = &["/p/", "/p/", "/user/"];
/// The journals alone.
pub const JOURNALS: &[&str] = &["/user/state/journals/"];

/// A damaged project made from a seed, the same everywhere; with what was done to it.
pub fn damaged(random: &mut Random, below: &[&str]) -> (MemoryDisk, String) {
    let disk = sound().disk();
    let done: Vec<String> = (0..1 + random.below(3)).map(|_| damage::one(random, &disk, below)).collect();
    (disk, done.join("; "))
}

/// The sound project with other bytes in one of its files.
pub fn with_file(path: &str, bytes: &[u8]) -> MemoryDisk {
    let disk = sound().disk();
    put(&disk, path, bytes);
    disk
}

/// The sound project with other bytes in the file that a name of the corpus begins with, up to the first
/// underscore: "codebook.ron_last-revision", and "layer", "article", "rulings", "analysts" and "journal" for those
/// whose names are longer.
pub fn in_place_of(name: &str, bytes: &[u8]) -> MemoryDisk {
    let file = name.split('_').next().unwrap_or(name);
    let part = match file {
        "layer" => "/p/annotations/anna/a-",
        "article" => "/article.ron",
        "rulings" => "/p/reconciliation/anna",
        "analysts" => "/p/analysts/anna",
        "journal" => "/user/state/journals/0-copy",
        file => file,
    };
    let path = sound().files.keys().find(|path| path.contains(part)).expect("the corpus names a file of the sample");
    with_file(path, bytes)
}

/// Panics with a sentence where something does not hold.
pub fn check(disk: &MemoryDisk, what: &str) {
    let before = Before { files: disk.files(), journals: journals(disk), what };
    let root = Path::new(ROOT);
    let found = check_on(disk, root);
    assert!(found == check_on(disk, root), "{what}: twice is not the same");
    let opened = open_on(disk, root, None);
    match (&opened, &found) {
        (Ok(opened), Ok(findings)) => {
            assert_eq!(told(opened), told(&open_on(disk, root, None).expect("opened before")), "{what}");
            if opened.read_only.is_none() {
                named(&before, findings);
                kept(&before, opened, findings);
            }
            worked_out(opened);
        }
        (Err(error), Err(same)) => {
            assert_eq!(error, same, "{what}");
            broken(&before, error);
        }
        _ => panic!("{what}: opened and checked differ"),
    }
    before.unchanged(disk, "looking");
    beside(disk, &before);
    for _ in 0..2 {
        if let Some(work) = worked_on(disk, &before) {
            assert!(opened.is_ok(), "{what}: opened for work alone");
            assert_eq!(told(&work.0.project), told(&work.1.project), "{what}: twice is not the same");
            assert_eq!(work.0.notices, work.1.notices, "{what}");
            assert_eq!(work.0.recovered, work.1.recovered, "{what}");
        }
        before.unchanged(disk, "opening");
    }
    changed(disk, &before);
}

/// The project in a session, as the window opens it: nothing panics, and what does not read stays.
pub fn check_in_session(disk: &MemoryDisk, what: &str) {
    let before = Before { files: disk.files(), journals: journals(disk), what };
    let environment = Environment { setup: Some(setup(disk)), ..Environment::in_memory() };
    let mut session = Session::start_headless(environment);
    session.work_as(ANALYST);
    session.run(Command::OpenProject(PathBuf::from(ROOT)));
    session.wait_for_jobs();
    let _ = session.wait_until_safe();
    session.close();
    before.unreadable_stay(disk, &BTreeSet::new());
}

/// All of a disk before anything was done to it.
struct Before<'a> {
    files: BTreeMap<String, Vec<u8>>,
    journals: BTreeMap<PathBuf, Vec<u8>>,
    what: &'a str,
}

impl Before<'_> {
    /// Nothing of the project, nor of the journals, was touched.
    fn unchanged(&self, disk: &MemoryDisk, how: &str) {
        let now = disk.files();
        for (path, bytes) in &self.files {
            if path.starts_with("/p/") || path.starts_with("/user/state/journals/") {
                assert!(now.get(path) == Some(bytes), "{}: {how} changed {path}", self.what);
            }
        }
        self.nothing_outside(&now);
    }

    fn nothing_outside(&self, now: &BTreeMap<String, Vec<u8>>) {
        let new = now.keys().filter(|path| !self.files.contains_key(*path));
        for path in new {
            let inside = path.starts_with("/p/") || path.starts_with("/user/");
            assert!(inside, "{}: {path} was written", self.what);
        }
    }

    /// What does not read has its bytes afterwards, and so have bytes and texts of articles, and the
    /// layers of others.
    fn unreadable_stay(&self, disk: &MemoryDisk, blocked: &BTreeSet<String>) {
        let now = disk.files();
        self.nothing_outside(&now);
        for (path, bytes) in &self.files {
            let Some(file) = path.strip_prefix("/p/") else { continue };
            let of_article = file.starts_with("articles/") && !file.ends_with("article.ron");
            let of_others = ["annotations/", "analysts/", "reconciliation/", "history/"]
                .iter()
                .any(|folder| file.strip_prefix(folder).is_some_and(|rest| !rest.starts_with("anna")));
            let unreadable = reads(file, bytes).is_some_and(|read| read.is_err()) && !has_markers(bytes);
            if of_article || of_others || unreadable || blocked.contains(file) {
                assert!(now.get(path) == Some(bytes), "{}: {file} was overwritten", self.what);
            }
            if file.starts_with("history/") {
                assert!(now.get(path).is_some_and(|now| now.starts_with(bytes)), "{}: {file} was rewritten", self.what);
            }
        }
        // A journal is kept for a week, as it is.
        for (path, bytes) in &self.journals {
            let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
            let places = [format!("/user/state/journals/{name}"), format!("/user/state/journals/kept/{name}")];
            assert!(places.iter().any(|place| now.get(place) == Some(bytes)), "{}: {name} is gone", self.what);
        }
    }
}

fn has_markers(bytes: &[u8]) -> bool {
    bytes.split(|byte| *byte == b'\n').any(|line| line.starts_with(b"<<<<<<<"))
}

/// Whether a file of a project reads; `None` of one that has no notation.
fn reads(file: &str, bytes: &[u8]) -> Option<Result<(), FileError>> {
    fn of<T: serde::de::DeserializeOwned>(file: &str, bytes: &[u8]) -> Option<Result<(), FileError>> {
        Some(notation::read::<T>(file, bytes).map(drop))
    }
    match file.split('/').collect::<Vec<_>>()[..] {
        ["project.ron"] => of::<ProjectFile>(file, bytes),
        ["codebook.ron"] => of::<CodebookFile>(file, bytes),
        ["lexicon.ron"] => of::<Lexicon>(file, bytes),
        ["analysts", name] if name.ends_with(".ron") => of::<AnalystFile>(file, bytes),
        ["articles", _, "article.ron"] => of::<ArticleFile>(file, bytes),
        ["annotations", _, name] if name.ends_with(".ron") => of::<LayerFile>(file, bytes),
        ["reconciliation", name] if name.ends_with(".ron") => of::<RulingsFile>(file, bytes),
        _ => None,
    }
}

/// What is told of a project, to compare.
fn told(project: &OpenedProject) -> impl PartialEq + std::fmt::Debug + use<> {
    let texts: Vec<_> = project.articles.iter().map(|(id, article)| (id.clone(), article.text.clone())).collect();
    (
        (project.name.clone(), project.analysts.clone(), project.workspace.clone(), texts),
        (project.findings.clone(), project.blocked.clone(), project.unanchored.clone(), project.read_only.clone()),
    )
}

/// Every file that does not read is among the findings, with its place.
fn named(before: &Before<'_>, findings: &[Finding]) {
    let what = before.what;
    for finding in findings {
        assert!(!finding.error.file.is_empty() && !finding.error.message.is_empty(), "{what}: {finding:?}");
    }
    for path in sound().files.keys() {
        let Some(file) = path.strip_prefix("/p/") else { continue };
        let of_file: Vec<&Finding> = findings.iter().filter(|finding| finding.error.file == file).collect();
        let now = before.files.get(path);
        if let Some(bytes) = now
            && let Some(Err(error)) = reads(file, bytes)
        {
            assert!(!of_file.is_empty(), "{what}: nothing is said of {file} ({error})");
            if has_markers(bytes) {
                continue;
            }
            assert!(of_file.iter().any(|finding| finding.damage), "{what}: {file} is no damage ({error})");
            let Some((line, column)) = of_file.iter().find_map(|finding| finding.error.place) else {
                assert!(bytes.iter().all(|byte| byte.is_ascii_whitespace() || !byte.is_ascii()), "{what}: {of_file:?}");
                continue;
            };
            let text = String::from_utf8_lossy(bytes);
            let lines: Vec<&str> = text.split('\n').collect();
            assert!((1..=lines.len()).contains(&line), "{what}: {of_file:?} in {} lines", lines.len());
            let long = lines[line - 1].chars().count();
            assert!((1..=long + 2).contains(&column), "{what}: {of_file:?} in {:?}", lines[line - 1]);
        }
        let folder = path.strip_suffix("article.ron");
        let is_wanted = file == "codebook.ron"
            || folder.is_some_and(|folder| before.files.keys().any(|other| other.starts_with(folder)));
        if now.is_none() && is_wanted {
            assert!(!of_file.is_empty(), "{what}: nothing is said of {file}, which is gone");
        }
        // Bytes and texts of articles have hashes, as long as the record of the article is there.
        if let ["articles", id, _, _] = file.split('/').collect::<Vec<_>>()[..]
            && now != sound().files.get(path)
        {
            let record = format!("/p/articles/{id}/article.ron");
            if before.files.get(&record) == sound().files.get(&record) {
                assert!(of_file.iter().any(|finding| finding.damage), "{what}: {file} differs, and nothing is said");
            }
        }
    }
}

/// What was not damaged is all there.
fn kept(before: &Before<'_>, opened: &OpenedProject, findings: &[Finding]) {
    let what = before.what;
    let same = |file: &str| {
        let path = format!("/p/{file}");
        before.files.get(&path) == sound().files.get(&path)
    };
    let said = |file: &str| findings.iter().any(|finding| finding.damage && finding.error.file == file);
    for (id, record) in &sound().opened.workspace.articles {
        if same(&format!("articles/{id}/article.ron")) {
            let now = opened.workspace.articles.get(id).map(|now| now.sha256.clone());
            assert_eq!(now.as_ref(), Some(&record.sha256), "{what}: {id} is gone");
            let folder = format!("articles/{id}/v{}", record.version);
            let one = before
                .files
                .keys()
                .chain(sound().files.keys())
                .any(|path| path.strip_prefix("/p/").is_some_and(|file| file.starts_with(&folder) && same(file)));
            assert!(!one || opened.articles.contains_key(id), "{what}: the text of {id} is gone");
        }
    }
    for claim in sound().opened.workspace.claims.values() {
        let (article, slug) = (&claim.article, paths::slug(&claim.created.by));
        let layer = Part::Layer(article.clone()).path(&slug);
        if same(&layer) && same(&format!("articles/{article}/article.ron")) {
            let there = opened.workspace.claims.get(&claim.id) == Some(claim);
            assert!(there || said(&layer), "{what}: claim {} of {layer} is gone", claim.id);
        }
    }
    let rulings = Part::Rulings.path("anna");
    if same(&rulings) {
        let there = |ruling: &Ruling| opened.workspace.rulings.get(&ruling.id) == Some(ruling);
        assert!(sound().opened.workspace.rulings.values().all(there) || said(&rulings), "{what}: rulings are gone");
    }
    if same("codebook.ron") && same("project.ron") {
        assert_eq!(opened.workspace.codebook, sound().opened.workspace.codebook, "{what}");
    }
    if same("lexicon.ron") {
        assert_eq!(opened.workspace.lexicon, sound().opened.workspace.lexicon, "{what}");
    }
}

/// A project that does not open at all: its `project.ron` was damaged, and that is said.
fn broken(before: &Before<'_>, error: &OpenError) {
    let (what, now) = (before.what, before.files.get("/p/project.ron"));
    assert_ne!(now, sound().files.get("/p/project.ron"), "{what}: {error}");
    match error {
        OpenError::NotAProject(_) => assert!(now.is_none(), "{what}: {error}"),
        OpenError::Newer { format, .. } => assert!(format.major > FormatVersion::CURRENT.major, "{what}: {error}"),
        OpenError::Broken { error, .. } => assert_eq!(error.file, "project.ron", "{what}: {error}"),
        OpenError::Stopped(_) => panic!("{what}: {error}"),
    }
}

/// What the window and the exports make of whatever reads.
fn worked_out(opened: &OpenedProject) {
    let workspace = &opened.workspace;
    let _ = Suggester::new(&workspace.codebook, &workspace.lexicon);
    let documents: Vec<_> = (workspace.articles.values())
        .map(|record| reconcile::Document {
            id: record.id.clone(),
            metadata: record.metadata.clone(),
            shingles: opened.articles.get(&record.id).map_or(Arc::from([]), |a| reconcile::shingles(&a.text)),
        })
        .collect();
    let claims: Vec<&Claim> = workspace.claims.values().collect();
    let rulings: Vec<&Ruling> = workspace.rulings.values().collect();
    let (codebook, lexicon) = (&workspace.codebook, &workspace.lexicon);
    let input = || reconcile::Input { documents: &documents, claims: &claims, rulings: &rulings, codebook, lexicon };
    let facts = reconcile::reconcile(input());
    assert!(facts == reconcile::reconcile(input()), "twice is not the same");
    let documents = (workspace.articles.values())
        .map(|record| Document {
            id: &record.id,
            name: &record.name,
            metadata: &record.metadata,
            article: opened.articles.get(&record.id).map(|article| &**article),
        })
        .collect();
    let dataset = Dataset::new(&opened.name, documents, claims, &facts, codebook, lexicon, "0").with_rulings(rulings);
    let _ = text_report(&dataset);
    for format in FORMATS {
        let _ = (format.export)(&dataset);
    }
}

/// What lies beside a project: its index, the settings, the user's own words, what is left over.
fn beside(disk: &MemoryDisk, before: &Before<'_>) {
    let (what, setup) = (before.what, setup(disk));
    let same = |path: &str| before.files.get(path) == sound().files.get(path);
    let shown = preview(disk, Path::new(ROOT), &ANALYST.into());
    if same("/p/.local/index-anna.jsonl") && same("/p/project.ron") {
        let shown = shown.as_ref().expect("the index is sound");
        assert_eq!(shown.articles.len(), sound().opened.workspace.articles.len(), "{what}");
    }
    let _ = left_over(&setup);
    let own = read_own_lexicon(&setup);
    assert!(own.is_ok() || !same("/user/data/lexicon.ron"), "{what}");
    let path = "/user/config/settings.ron";
    let (settings, said) = Settings::load(&setup);
    if let Some(bytes) = before.files.get(path) {
        let read = notation::read::<Settings>("settings.ron", bytes).ok();
        assert_eq!(read.is_none(), said.is_some(), "{what}: {said:?}");
        assert_eq!(read.unwrap_or_default(), settings, "{what}");
        let kept = disk.files();
        let aside = kept.get("/user/config/settings.broken-1.ron").or_else(|| kept.get(path));
        assert!(aside == Some(bytes), "{what}: the settings are gone");
    }
}

/// Opens the project for work twice, one after the other, and leaves it; `None` where it does not open.
fn worked_on(disk: &MemoryDisk, before: &Before<'_>) -> Option<(Work, Work)> {
    let open = || {
        let mut work = open_for_work(&setup(disk), Path::new(ROOT), &ANALYST.into(), SystemTime::now()).ok()?;
        work.store = None; // lets go of the lock
        Some(work)
    };
    let work = open()?;
    let again = open().unwrap_or_else(|| panic!("{}: the second time it does not open", before.what));
    taken_along(&work);
    if before.journals == journals(&sound().disk()) {
        let mine = sound().files.keys().filter(|path| path.starts_with("/p/") && !path.starts_with("/p/.local"));
        if mine.into_iter().all(|path| before.files.get(path) == sound().files.get(path)) {
            assert_eq!(work.recovered.len(), PENDING, "{}: {:?}", before.what, work.notices);
        }
    }
    Some((work, again))
}

/// What the window does first: claims of earlier versions go along to the current ones.
fn taken_along(work: &Work) {
    let workspace = &work.project.workspace;
    for (id, older) in &work.older {
        let (Some(record), Some(article)) = (workspace.articles.get(id), work.project.articles.get(id)) else {
            continue;
        };
        for old in older {
            let OldText { version, text_sha256, text } = old.clone();
            let old = OldText { version, text_sha256, text };
            let keys: Vec<SuggestionKey> =
                workspace.rulings.values().flat_map(|r| r.op.claims()).filter_map(ClaimId::provisional_key).collect();
            let claims = workspace.claims.values().filter(|claim| claim.article == *id);
            let decisions = workspace.decisions.values().filter(|decision| decision.suggestion.article == *id);
            let hash = &record.text_sha256;
            let _ = reanchor(&old, &article.text, record.version, hash, claims, decisions, keys.iter());
        }
    }
}

/// Changes everything that there is, saves and closes: what does not read stays, what does is saved.
fn changed(disk: &MemoryDisk, before: &Before<'_>) {
    let what = before.what;
    let open = || {
        open_for_work(&setup(disk), Path::new(ROOT), &ANALYST.into(), SystemTime::now())
            .map_err(|error| error.to_string())
    };
    let Ok(work) = open() else { return };
    let Some(mut store) = work.store else {
        assert!(work.project.read_only.is_some(), "{what}: nobody else has it");
        return;
    };
    let blocked: BTreeSet<String> = work.project.blocked.keys().map(|part| part.path("anna")).collect();
    let mut edits = Vec::new();
    let replica = store.replica().clone();
    for claim in replica.claims.values() {
        let after = Claim { note: format!("{} seen", claim.note), ..claim.clone() };
        edits.push(Edit::Claim(Box::new(Change::replace(claim.clone(), after))));
    }
    for record in replica.articles.values() {
        let progress = if record.progress == Progress::Done { Progress::Unread } else { Progress::Done };
        let after = ArticleRecord { progress, ..record.clone() };
        edits.push(Edit::Article(Box::new(Change::replace(record.clone(), after))));
    }
    edits.extend(replica.decisions.values().take(1).map(|d| Edit::Decision(Box::new(Change::remove(d.clone())))));
    let conventions = Conventions { approx_percent: 33, ..replica.codebook.conventions.clone() };
    edits.push(Edit::Conventions(Box::new(Change::replace(replica.codebook.conventions.clone(), conventions))));
    let mut lexicon = replica.lexicon.clone();
    lexicon.titles.push("Col.".into());
    edits.push(Edit::Lexicon(Box::new(Change::replace(replica.lexicon.clone(), lexicon))));
    edits.push(Edit::Party(Box::new(Change::add(Party { name: "Novum".into(), aliases: Vec::new() }))));
    let stamp = Stamp { by: ANALYST.into(), at: Default::default() };
    let op = RulingOp::Merge { claims: replica.claims.keys().cloned().collect() };
    let ruling = Ruling { id: RulingId("r-new".into()), op, reason: "seen".into(), stamp };
    edits.push(Edit::Ruling(Box::new(Change::add(ruling))));
    store.apply(vec![transaction("all", ANALYST, edits)]).unwrap_or_else(|error| panic!("{what}: {error}"));
    let replica = store.replica().clone();
    let saved = store.checkpoint(SystemTime::now());
    if let Ok(found) = &saved {
        assert!(found.blocked.is_empty() && found.outside.is_empty(), "{what}: nobody else wrote, but {found:?}");
    }
    let closed = store.close(SystemTime::now());
    assert_eq!(saved.is_ok(), closed.is_ok(), "{what}: {:?} {closed:?}", saved.err());
    before.unreadable_stay(disk, &blocked);

    let again = open().unwrap_or_else(|error| panic!("{what}: it was saved, and does not open: {error}"));
    let now = again.project.blocked.keys().map(|part| part.path("anna")).collect::<BTreeSet<_>>();
    assert!(now.is_subset(&blocked), "{what}: what was saved does not read: {:?}", again.project.blocked);
    let writable = |part: Part| !blocked.contains(&part.path("anna"));
    for (id, claim) in &replica.claims {
        if writable(Part::Layer(claim.article.clone())) {
            assert_eq!(again.project.workspace.claims.get(id), Some(claim), "{what}: the work on {id} is gone");
        }
    }
    if writable(Part::Rulings) {
        assert_eq!(again.project.workspace.rulings, replica.rulings, "{what}");
    }
    if writable(Part::Codebook) {
        assert_eq!(again.project.workspace.codebook, replica.codebook, "{what}");
    }
    if writable(Part::Lexicon) {
        assert_eq!(again.project.workspace.lexicon, replica.lexicon, "{what}");
    }
}
