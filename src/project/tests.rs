//! Whole projects on a real disk.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::Arc;

use super::*;
use crate::article::{Article, ReadOptions, read};
use crate::claim::*;

pub(crate) fn stamp() -> Stamp {
    Stamp { by: "Anna".into(), at: chrono::DateTime::UNIX_EPOCH }
}

pub(crate) fn record(article: &Article) -> ArticleRecord {
    ArticleRecord { progress: Progress::InProgress, ..article.record(stamp()) }
}

/// A claim on the words `quote` of an article.
pub(crate) fn claim(id: &str, article: &Article, quote: &str, n: u64) -> Claim {
    let start = article.text.find(quote).expect("the quote is in the text");
    let span = Span::new(start, start + quote.len());
    let mut reading = Reading::new(Count { span: Some(span), quantity: Quantity::exact(n) }, "bodies");
    reading.party = Some("Ukraine".into());
    Claim {
        id: ClaimId(id.into()),
        article: article.id.clone(),
        version: 1,
        evidence: vec![Anchor::new(&article.text, span).expect("fits")],
        reading,
        trace: BTreeMap::from([(Field::Count, Provenance::hand())]),
        grade: Some(Grade::Likely),
        score: None,
        note: "Anna's “note”".into(),
        suggestion: None,
        created: stamp(),
        changed: None,
        codebook_revision: 1,
    }
}

/// Two articles, two claims in the first, a decision and a ruling.
pub(crate) fn sample() -> (Workspace, BTreeMap<ArticleId, (Arc<[u8]>, Arc<Article>)>) {
    let mut workspace = Workspace::new();
    let mut articles = BTreeMap::new();
    for (name, text) in
        [("a.txt", "Russia's 1,000 bodies 😀\r\nand 38 more.\r\n"), ("news/b.md", "# Title\n\nSome **35** bodies.\n")]
    {
        let article = Arc::new(read(name, text.as_bytes(), &ReadOptions::default()).expect("reads"));
        workspace.articles.insert(article.id.clone(), record(&article));
        articles.insert(article.id.clone(), (Arc::from(text.as_bytes()), article));
    }
    let first = articles.values().find(|(_, a)| &*a.name == "a.txt").expect("there").1.clone();
    for claim in [claim("c2", &first, "38", 38), claim("c1", &first, "1,000 bodies", 1000)] {
        workspace.claims.insert(claim.id.clone(), claim);
    }
    let key = SuggestionKey {
        article: first.id.clone(),
        span: Span::new(0, 3),
        reading: "x".into(),
        suggester: BUILT_IN.into(),
    };
    let decision = Decision {
        suggestion: key.clone(),
        text_sha256: first.text_sha256.clone(),
        verdict: Verdict::Rejected,
        stamp: stamp(),
    };
    workspace.decisions.insert(key, decision);
    let ruling = Ruling {
        id: RulingId("r1".into()),
        op: RulingOp::Exclude { claim: ClaimId("c2".into()) },
        reason: "twice".into(),
        stamp: stamp(),
    };
    workspace.rulings.insert(ruling.id.clone(), ruling);
    (workspace, articles)
}

pub(crate) fn save_sample(folder: &Path) -> Workspace {
    let (workspace, articles) = sample();
    let (name, created) = ("Sample".into(), stamp());
    let project = NewProject {
        id: &"p1".into(),
        name: &name,
        created: &created,
        analyst: &"Anna".into(),
        workspace: &workspace,
        articles: &articles,
    };
    save_new(folder, &project).expect("saves");
    workspace
}

/// Every file below a folder with its bytes, by relative path.
pub(crate) fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    walkdir::WalkDir::new(folder)
        .into_iter()
        .map(|entry| entry.expect("can be walked"))
        .filter(|entry| entry.file_type().is_file())
        .map(|entry| {
            let name = entry.path().strip_prefix(folder).expect("below").to_str().expect("Unicode").replace('\\', "/");
            (name, fs::read(entry.path()).expect("reads"))
        })
        .collect()
}

fn edit(path: &Path, from: &str, to: &str) {
    let text = fs::read_to_string(path).expect("reads");
    assert!(text.contains(from), "{text}");
    fs::write(path, text.replacen(from, to, 1)).expect("writes");
}

#[test]
fn what_was_saved_opens_as_it_was_and_saves_to_the_same_bytes() {
    let home = tempfile::tempdir().unwrap();
    let (first, second) = (home.path().join("first"), home.path().join("second"));
    let workspace = save_sample(&first);
    let opened = open(&first).expect("opens");
    assert_eq!(opened.findings, []);
    assert_eq!(opened.workspace, workspace);
    assert_eq!((&*opened.name, &opened.analysts[..]), ("Sample", &["Anna".into()][..]));
    assert!(opened.unanchored.is_empty());
    let (_, articles) = sample();
    let project = NewProject {
        id: &opened.id,
        name: &opened.name,
        created: &opened.created,
        analyst: &"Anna".into(),
        workspace: &opened.workspace,
        articles: &articles,
    };
    save_new(&second, &project).expect("saves");
    assert_eq!(files(&first), files(&second));
    let names: Vec<_> = files(&first).into_keys().collect();
    let id = articles.keys().next().expect("there");
    for name in [
        ".gitattributes".to_owned(),
        "analysts/anna.ron".to_owned(),
        format!("articles/{id}/article.ron"),
        format!("articles/{id}/v1/source.txt"),
        format!("articles/{id}/v1/text.txt"),
        format!("annotations/anna/{id}.ron"),
        "reconciliation/anna.ron".to_owned(),
    ] {
        assert!(names.contains(&name), "{name} is not in {names:#?}");
    }
    assert!(save_new(&second, &project).is_err(), "a folder with something in it is not written into");
}

#[test]
fn a_layer_that_does_not_read_leaves_the_rest() {
    let home = tempfile::tempdir().unwrap();
    let root = home.path().join("p");
    let workspace = save_sample(&root);
    let id = workspace.claims.values().next().expect("there").article.clone();
    let layer = root.join(format!("annotations/anna/{id}.ron"));
    edit(&layer, "quote:", "qoute:");
    let opened = open_on(&disk::RealDisk, &root, Some(&"Anna".into())).expect("opens");
    assert_eq!(opened.workspace.articles.len(), 2);
    assert!(opened.workspace.claims.is_empty());
    assert_eq!(opened.workspace.rulings.len(), 1);
    let message = opened.findings[0].to_string();
    for part in ["annotations/anna/", ":15:", "claims[0].evidence[0].qoute", "unknown field “qoute”"] {
        assert!(message.contains(part), "{part} is not in: {message}");
    }
    assert_eq!(opened.blocked.keys().collect::<Vec<_>>(), [&layout::Part::Layer(id)]);
}

#[test]
fn a_check_finds_what_opening_passes_over() {
    let check = |spoil: &dyn Fn(&Path, &ArticleId), expected: &str, damage: bool| {
        let home = tempfile::tempdir().unwrap();
        let root = home.path().join("p");
        let workspace = save_sample(&root);
        assert_eq!(super::check(&root), Ok(Vec::new()));
        spoil(&root, workspace.articles.keys().next().expect("there"));
        let found = super::check(&root).expect("opens");
        assert!(found.iter().any(|f| f.damage == damage && f.to_string().contains(expected)), "{found:#?}");
    };
    let record = |root: &Path, id: &ArticleId| root.join(format!("articles/{id}/article.ron"));
    check(&|r, a| fs::remove_file(record(r, a)).unwrap(), "article.ron: it is missing, so", false);
    check(&|r, _| fs::remove_file(r.join("codebook.ron")).unwrap(), "codebook.ron: there is none", false);
    let twice = "parties: [(name: \"A\"), (name: \"B\"), (name: \"A\")]";
    let parties = |r: &Path, _: &ArticleId| edit(&r.join("codebook.ron"), "parties: []", twice);
    check(&parties, "codebook.ron: in parties[2]: “A” is in the list twice", true);
}

#[test]
fn damage_is_found_and_named() {
    let check = |spoil: &dyn Fn(&Path, &ArticleId), expected: &[&str]| {
        let home = tempfile::tempdir().unwrap();
        let root = home.path().join("p");
        let workspace = save_sample(&root);
        spoil(&root, &workspace.claims.values().next().expect("there").article);
        let opened = open(&root).expect("opens");
        let found: Vec<_> = opened.findings.iter().map(ToString::to_string).collect();
        for part in expected {
            assert!(found.iter().any(|f| f.contains(part)), "{part} is not in {found:#?}");
        }
        assert_eq!(opened.workspace.articles.len() + opened.blocked.len() / 2, 2);
    };
    let source = |root: &Path, id: &ArticleId| root.join(format!("articles/{id}/v1/source.txt"));
    let text = |root: &Path, id: &ArticleId| root.join(format!("articles/{id}/v1/text.txt"));
    let layer = |root: &Path, id: &ArticleId| root.join(format!("annotations/anna/{id}.ron"));
    let record = |root: &Path, id: &ArticleId| root.join(format!("articles/{id}/article.ron"));
    check(&|r, a| fs::write(text(r, a), "other").unwrap(), &["v1/text.txt: its bytes are not those"]);
    check(&|r, a| fs::remove_file(source(r, a)).unwrap(), &["v1/source.txt: it is missing"]);
    check(&|r, a| edit(&layer(r, a), "quote: \"1,000", "quote: \"1,001"), &["“1,001 bodies” does not stand"]);
    check(&|r, a| edit(&layer(r, a), "id: \"c1\"", "id: \"c2\""), &["claims[1].id: claim c2: another claim"]);
    check(
        &|r, a| edit(&layer(r, a), "start: 9", "start: 99"),
        &["claims[0].evidence[0].span: the span ends before it begins"],
    );
    check(
        &|r, a| edit(&layer(r, a), "low: Some(1000)", "low: Some(1001)"),
        &["claims[0].reading.count.quantity: the count's lowest number is above its highest"],
    );
    check(&|r, a| edit(&record(r, a), "v1/source.txt", "../../x"), &["versions[0].source: “..”"]);
    check(&|r, a| edit(&record(r, a), "version: 1", "version: 2"), &["there must be one version 2"]);
    check(&|r, _| fs::write(r.join("codebook.ron"), b"(revision: -1)").unwrap(), &["codebook.ron:1:"]);
    check(
        &|r, a| fs::copy(layer(r, a), r.join("annotations/anna/x (1).ron")).map(drop).unwrap(),
        &["x (1).ron: a copy"],
    );
    check(&|r, a| fs::copy(layer(r, a), r.join("annotations/anna/x.ron")).map(drop).unwrap(), &["x, which is not"]);
}

#[test]
fn a_newer_minor_version_is_opened_for_reading_and_a_newer_major_one_not_at_all() {
    let home = tempfile::tempdir().unwrap();
    let root = home.path().join("p");
    let workspace = save_sample(&root);
    let project = root.join("project.ron");
    edit(&project, "minor: 0", "minor: 9");
    edit(&project, "  name:", "  later: [Some((a: 1))],\n  name:");
    let id = workspace.claims.values().next().expect("there").article.clone();
    let layer = root.join(format!("annotations/anna/{id}.ron"));
    edit(&layer, "      version:", "      later: Kind(\"x\"),\n      version:");
    let opened = open(&root).expect("opens");
    assert_eq!(opened.findings, [], "what this version does not know is passed over");
    assert_eq!(opened.workspace, workspace);
    assert!(opened.read_only.is_some_and(|why| why.contains("1.9")));
    edit(&root.join("project.ron"), "major: 1", "major: 2");
    assert!(matches!(open(&root), Err(OpenError::Newer { format, .. }) if format.major == 2));
    fs::write(root.join("project.ron"), "(").unwrap();
    assert!(matches!(open(&root), Err(OpenError::Broken { .. })));
    fs::remove_file(root.join("project.ron")).unwrap();
    assert!(matches!(open(&root), Err(OpenError::NotAProject(_))));
}

#[cfg(unix)]
#[test]
fn links_in_a_project_are_refused() {
    let home = tempfile::tempdir().unwrap();
    let root = home.path().join("p");
    let workspace = save_sample(&root);
    let id = workspace.claims.values().next().expect("there").article.clone();
    let text = root.join(format!("articles/{id}/v1/text.txt"));
    fs::remove_file(&text).unwrap();
    std::os::unix::fs::symlink("/etc/hostname", &text).unwrap();
    let opened = open(&root).expect("opens");
    assert!(opened.findings[0].to_string().contains("a link, not a file"), "{:?}", opened.findings);
}

#[test]
fn a_check_reports_what_opening_does_not_look_at() {
    let home = tempfile::tempdir().unwrap();
    let root = home.path().join("p");
    let workspace = save_sample(&root);
    assert_eq!(check(&root), Ok(Vec::new()));
    let id = workspace.claims.values().next().expect("there").article.clone();
    let layer = root.join(format!("annotations/anna/{id}.ron"));
    edit(&layer, "category: \"bodies\"", "category: \"limbs\"");
    edit(&layer, "before: \"Russia's ", "before: \"Russia ");
    edit(&root.join("reconciliation/anna.ron"), "\"c2\"", "\"c9\"");
    let found: Vec<_> = check(&root).expect("opens").iter().map(|f| (f.damage, f.to_string())).collect();
    for (damage, part) in
        [(true, "no category “limbs”"), (false, "what stands around “1,000 bodies”"), (false, "names claim c9")]
    {
        assert!(found.iter().any(|(d, f)| *d == damage && f.contains(part)), "{part} is not in {found:#?}");
    }
    assert_eq!(found.len(), 3);
}

/// Whatever is done to a project's files, a check says what and where.
#[test]
fn every_damage_is_named_by_a_check() {
    let check_one = |what: &str, damage: bool, spoil: &dyn Fn(&Path, &ArticleId), expected: &[&str]| {
        let home = tempfile::tempdir().unwrap();
        let root = home.path().join("p");
        let workspace = save_sample(&root);
        spoil(&root, &workspace.claims.values().next().expect("there").article);
        let found = match check(&root) {
            Ok(found) => found.iter().map(|f| (f.damage, f.to_string())).collect(),
            Err(error) => vec![(true, error.to_string())],
        };
        let named = |(d, f): &(bool, String)| *d == damage && expected.iter().all(|part| f.contains(part));
        assert!(found.iter().any(named), "{what}: {expected:?} is not in {found:#?}");
    };
    let layer = |root: &Path, id: &ArticleId| root.join(format!("annotations/anna/{id}.ron"));
    let record = |root: &Path, id: &ArticleId| root.join(format!("articles/{id}/article.ron"));
    let text = |root: &Path, id: &ArticleId| root.join(format!("articles/{id}/v1/text.txt"));
    let source = |root: &Path, id: &ArticleId| root.join(format!("articles/{id}/v1/source.txt"));
    let cut = |path: &Path| {
        let bytes = fs::read(path).unwrap();
        fs::write(path, &bytes[..bytes.len() / 2]).unwrap();
    };
    let flip = |path: &Path| {
        let mut bytes = fs::read(path).unwrap();
        let middle = bytes.len() / 2;
        bytes[middle] ^= 0x80;
        fs::write(path, bytes).unwrap();
    };
    check_one("a layer cut off", true, &|r, a| cut(&layer(r, a)), &["annotations/anna/", ":"]);
    check_one("a record cut off", true, &|r, a| cut(&record(r, a)), &["article.ron:"]);
    check_one("a text cut off", true, &|r, a| cut(&text(r, a)), &["v1/text.txt", "hash differs"]);
    check_one("a flipped bit in a layer", true, &|r, a| flip(&layer(r, a)), &["annotations/anna/", ":"]);
    check_one("a flipped bit in a source", true, &|r, a| flip(&source(r, a)), &["v1/source.txt", "hash differs"]);
    check_one("an empty layer", true, &|r, a| fs::write(layer(r, a), "").unwrap(), &["the file is empty"]);
    check_one("no text", true, &|r, a| fs::remove_file(text(r, a)).unwrap(), &["v1/text.txt", "missing"]);
    check_one("no codebook that reads", true, &|r, _| cut(&r.join("codebook.ron")), &["codebook.ron:"]);
    check_one("rulings cut off", true, &|r, _| cut(&r.join("reconciliation/anna.ron")), &["reconciliation/anna.ron:"]);
    check_one("no project.ron that reads", true, &|r, _| cut(&r.join("project.ron")), &["project.ron:"]);
    check_one("no project.ron", true, &|r, _| fs::remove_file(r.join("project.ron")).unwrap(), &["no project.ron"]);
    check_one("no record", true, &|r, a| fs::remove_file(record(r, a)).unwrap(), &["which is not in the project"]);
    check_one("a claim beyond the text", true, &|r, a| edit(&layer(r, a), "end: 21", "end: 9999"), &["does not stand"]);
    check_one("a span inside a character", true, &|r, a| edit(&layer(r, a), "end: 21", "end: 24"), &["does not stand"]);
    check_one("a number that is too large", true, &|r, a| edit(&layer(r, a), "end: 21", "end: 99999999999"), &[":"]);
    check_one(
        "a field that nobody knows",
        true,
        &|r, a| edit(&layer(r, a), "note:", "nota:"),
        &["unknown field “nota”"],
    );
    check_one(
        "a folder in place of a file",
        true,
        &|r, a| {
            fs::remove_file(text(r, a)).unwrap();
            fs::create_dir(text(r, a)).unwrap();
        },
        &["v1/text.txt", "a folder"],
    );
    check_one(
        "half of a conflict",
        true,
        &|r, a| {
            let layer = layer(r, a);
            let text = fs::read_to_string(&layer).unwrap();
            fs::write(&layer, format!("<<<<<<< HEAD\n{text}")).unwrap();
        },
        &["annotations/anna/"],
    );
    check_one(
        "a copy of a synchronising service",
        false,
        &|r, a| {
            let name = format!("{a} (Anna's conflicted copy 2026-01-02).ron");
            fs::copy(layer(r, a), layer(r, a).with_file_name(name)).map(drop).unwrap();
        },
        &["conflicted copy", "synchronising service"],
    );
    check_one(
        "a line of the history cut off",
        false,
        &|r, _| {
            fs::create_dir_all(r.join("history")).unwrap();
            fs::write(r.join("history/anna.log"), "(id:\"t1\",lab").unwrap();
        },
        &["history/anna.log", "1 line does not read"],
    );
    check_one(
        "a file that is none of ours",
        false,
        &|r, _| fs::write(r.join("articles/x.txt"), "x").unwrap(),
        &["articles/x.txt", "not part of the project"],
    );
    #[cfg(unix)]
    check_one(
        "a link in place of a file",
        true,
        &|r, a| {
            fs::remove_file(source(r, a)).unwrap();
            std::os::unix::fs::symlink("/etc/hostname", source(r, a)).unwrap();
        },
        &["v1/source.txt", "a link"],
    );
}

mod faults;
mod formats;
pub(crate) mod memory;
mod model;
mod working;

#[test]
fn reading_can_be_stopped_at_any_time_and_says_how_far_it_is() {
    let home = tempfile::tempdir().unwrap();
    let root = home.path().join("p");
    let workspace = save_sample(&root);
    let told = std::sync::Mutex::new(Vec::new());
    let going = |until: usize| {
        let told = &told;
        move |done: f32| {
            let mut told = told.lock().unwrap();
            told.push(done);
            told.len() < until
        }
    };
    let open = |until: usize| {
        told.lock().unwrap().clear();
        open_watched(&disk::RealDisk, &root, Some(&"Anna".into()), &going(until))
    };
    let opened = open(usize::MAX).expect("opens");
    assert_eq!(opened.workspace, workspace);
    let steps = told.lock().unwrap().clone();
    assert!(steps.len() >= 2 && steps.is_sorted() && steps.iter().all(|done| (0.0..=1.0).contains(done)), "{steps:?}");
    for until in 1..=steps.len() {
        assert_eq!(open(until).err(), Some(OpenError::Stopped(root.clone())), "stopped at {until}");
    }
}
