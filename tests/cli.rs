//! The command line as a user sees it: output, messages, exit status.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde_json::Value;
use tallymark::article::{ReadOptions, read};
use tallymark::claim::{
    Anchor, ArticleRecord, Claim, ClaimId, Count, Progress, Quantity, Reading, Span, Stamp, Trace, Workspace,
};
use tallymark::cli::{Console, Outcome, run};
use tallymark::project::{NewProject, save_new};

/// What a command came to.
#[derive(Debug)]
struct Ran {
    status: u8,
    out: String,
    err: String,
}

fn tallymark(arguments: &[&str]) -> Ran {
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let words = std::iter::once("tallymark").chain(arguments.iter().copied()).map(OsString::from);
    let outcome = run(words, &mut Console::new(&mut out, &mut err, false));
    let Outcome::Done(status) = outcome else { panic!("{arguments:?} opens the window") };
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("UTF-8");
    Ran { status, out: text(out), err: text(err) }
}

fn lines(text: &str) -> Vec<Value> {
    text.lines().map(|line| serde_json::from_str(line).expect(line)).collect()
}

/// A folder with these files, which goes away again.
fn folder(files: &[(&str, &[u8])]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, bytes) in files {
        write(&folder.path().join(name), bytes);
    }
    folder
}

fn write(path: &Path, bytes: &[u8]) {
    fs::create_dir_all(path.parent().expect("a folder")).expect("made");
    fs::write(path, bytes).expect("written");
}

fn path_of(folder: &tempfile::TempDir, name: &str) -> String {
    folder.path().join(name).to_str().expect("Unicode").to_owned()
}

fn here(folder: &tempfile::TempDir) -> String {
    path_of(folder, "").trim_end_matches('/').to_owned()
}

/// Three accounts of one handover, in the manner of agencies.
const FIRST: &str = "Baku Returns Bodies of 40 Armenian Soldiers\n\nMarch 5, 2024\n\nAzerbaijan handed over the bodies of 40 Armenian soldiers on Tuesday, the Armenian Defense Ministry said.\n";
const SECOND: &str = "YEREVAN, March 5, 2024 (Reuters) - Armenia received the bodies of 40 soldiers from Azerbaijan on Tuesday, according to the International Committee of the Red Cross.\n";
const THIRD: &str = "Azerbaijan returned 41 bodies to Armenia, the Azerbaijani Defense Ministry said.\n";

fn three() -> tempfile::TempDir {
    folder(&[("a.txt", FIRST.as_bytes()), ("b/b.txt", SECOND.as_bytes()), ("c.md", THIRD.as_bytes())])
}

#[test]
fn usage_is_told_apart_from_help() {
    for arguments in [&["--help"][..], &["help"], &["--version"], &["suggest", "--help"], &["formats"]] {
        let ran = tallymark(arguments);
        assert_eq!((ran.status, ran.err.as_str()), (0, ""), "{arguments:?}");
        assert!(!ran.out.is_empty());
    }
    for arguments in [
        &["suggest"][..],
        &["reconcile"],
        &["suggest", "--format", "xml", "a.txt"],
        &["suggest", "--no-such-option"],
        &["export", "nowhere"],
        &["suggest", "--dates", "--format", "csv", "a.txt"],
    ] {
        let ran = tallymark(arguments);
        assert_eq!((ran.status, ran.out.as_str()), (2, ""), "{arguments:?}");
        assert!(!ran.err.is_empty());
    }
}

#[test]
fn paths_without_a_command_open_the_window() {
    for paths in [&[][..], &["a.txt"], &["some folder", "b.md"]] {
        let (mut out, mut err) = (Vec::new(), Vec::new());
        let words = std::iter::once("tallymark").chain(paths.iter().copied()).map(OsString::from);
        let outcome = run(words, &mut Console::new(&mut out, &mut err, false));
        assert_eq!(outcome, Outcome::Window(paths.iter().map(PathBuf::from).collect()));
    }
}

#[test]
fn what_cannot_be_read_is_said_and_the_rest_goes_on() {
    let folder = three();
    write(&folder.path().join("picture.txt"), b"\x89PNG\r\n\x1a\n\0\0");
    let ran = tallymark(&["suggest", &here(&folder), &path_of(&folder, "none.txt")]);
    assert_eq!(ran.status, 1);
    assert!(ran.err.contains("none.txt") && ran.err.contains("picture.txt") && ran.err.contains("PNG"), "{}", ran.err);
    let articles: Vec<_> = lines(&ran.out).iter().map(|line| line["article"].clone()).collect();
    assert!(articles.contains(&"a.txt".into()) && articles.contains(&"b/b.txt".into()), "{articles:?}");

    for paths in [vec![path_of(&folder, "none.txt")], vec![path_of(&folder, "picture.txt")]] {
        let paths: Vec<&str> = paths.iter().map(String::as_str).collect();
        for command in ["suggest", "reconcile"] {
            let ran = tallymark(&[&[command], paths.as_slice()].concat());
            assert_eq!((ran.status, ran.out.as_str()), (2, ""), "{command} {paths:?}");
            assert!(ran.err.contains("nothing to read"), "{}", ran.err);
        }
    }
    let empty = tempfile::tempdir().expect("a folder");
    assert_eq!(tallymark(&["suggest", &here(&empty)]).status, 2);
}

#[test]
fn an_article_without_figures_is_no_error() {
    let folder = folder(&[("a.txt", b"Nothing happened."), ("empty.txt", b"")]);
    let ran = tallymark(&["suggest", &here(&folder)]);
    assert_eq!((ran.status, ran.out.as_str(), ran.err.as_str()), (0, "", ""));
    assert_eq!(tallymark(&["suggest", "--dates", &here(&folder)]).status, 0);
    let ran = tallymark(&["reconcile", "--format", "json", &here(&folder)]);
    assert_eq!(ran.status, 0);
    assert_eq!(serde_json::from_str::<Value>(&ran.out).expect("JSON")["facts"], Value::Array(Vec::new()));
}

#[test]
fn skipped_files_are_counted_in_one_line() {
    let folder = three();
    write(&folder.path().join(".hidden/x.txt"), FIRST.as_bytes());
    write(&folder.path().join("data.csv"), b"a,b");
    write(&folder.path().join("copy.txt"), FIRST.as_bytes());
    let ran = tallymark(&["suggest", &here(&folder)]);
    assert_eq!(ran.status, 0);
    assert_eq!(
        ran.err,
        "tallymark: skipped: 1 hidden, 1 table (name it to open its rows); 1 file is the same as another\n"
    );
    assert!(!ran.out.contains("copy.txt"));
}

#[test]
fn positions_are_code_points_of_the_text_that_is_written_out() {
    let text = "\u{feff}😀 e\u{301}\r\n\tAzerbaijan returned  the bodies of 40 soldiers to Armenia.\r\rIt had 1,200 wounded soldiers.\r\n";
    let page = "<html><head><title>T</title></head><body><p>😀 Armenia&nbsp;received <b>40</b>\n bodies from Azerbaijan.</p><script>99 bodies</script></body></html>";
    let utf16: Vec<u8> = "“Armenia” received 😀 40 bodies of soldiers from Azerbaijan."
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    let folder = folder(&[
        ("a.txt", text.as_bytes()),
        ("b.html", page.as_bytes()),
        ("c.txt", &utf16),
        ("d.md", b"# T\n\nArmenia **received** [40 bodies](http://x.example/99) from Azerbaijan.\n"),
    ]);
    let texts = tempfile::tempdir().expect("a folder");
    let ran = tallymark(&["suggest", &here(&folder), "--with-text", &here(&texts)]);
    assert_eq!((ran.status, ran.err.as_str()), (0, ""));
    let suggestions = lines(&ran.out);
    let mut seen = std::collections::BTreeSet::new();
    for line in &suggestions {
        let article = line["article"].as_str().expect("a name");
        seen.insert(article.to_owned());
        let file = if article.ends_with(".html") { format!("{article}.txt") } else { article.to_owned() };
        let text = fs::read_to_string(texts.path().join(file)).expect("written");
        assert!(!text.contains('\r') && !text.starts_with('\u{feff}'), "{text:?}");
        let cut = |of: &Value| -> String {
            let at = |key: &str| of[key].as_u64().expect("a position") as usize;
            text.chars().skip(at("start")).take(at("end") - at("start")).collect()
        };
        assert_eq!(cut(line), line["quote"].as_str().expect("a quote"), "{article}");
        assert_eq!(cut(&line["count"]), line["count"]["text"].as_str().expect("a count"), "{article}");
    }
    assert_eq!(seen.into_iter().collect::<Vec<_>>(), ["a.txt", "b.html", "c.txt", "d.md"], "{}", ran.out);
    assert!(suggestions.iter().all(|line| line["count"]["n"] != 99), "{}", ran.out);
}

#[test]
fn the_text_is_never_written_over_the_article() {
    let folder = folder(&[("a.txt", b"Armenia received 40 bodies.\r\n")]);
    let ran = tallymark(&["suggest", &here(&folder), "--with-text", &here(&folder)]);
    assert_eq!(ran.status, 1);
    assert!(ran.err.contains("left as it is"), "{}", ran.err);
    assert_eq!(fs::read(folder.path().join("a.txt")).expect("there"), b"Armenia received 40 bodies.\r\n");
}

#[test]
fn the_order_of_paths_changes_nothing() {
    let folder = three();
    let files: Vec<_> = ["a.txt", "b/b.txt", "c.md"].iter().map(|name| path_of(&folder, name)).collect();
    let files: Vec<&str> = files.iter().map(String::as_str).collect();
    let backwards: Vec<&str> = files.iter().rev().copied().collect();
    for command in [&["suggest"][..], &["suggest", "--dates"], &["reconcile", "--format", "json"], &["reconcile"]] {
        let (there, back) = (tallymark(&[command, &files].concat()), tallymark(&[command, &backwards].concat()));
        assert_eq!((there.status, &there.out), (back.status, &back.out), "{command:?}");
        assert!(!there.out.is_empty());
    }
}

#[test]
fn the_table_of_sources_goes_over_the_text() {
    let folder = three();
    let table = "file,outlet,title,published,url\nc.md,The Example,,2024-03-06,\nb.txt,,,2024-03-07,\nnone.txt,,,2024,\na.txt,,,18/9,\n";
    write(&folder.path().join("sources.csv"), table.as_bytes());
    let (all, sources) = (here(&folder), path_of(&folder, "sources.csv"));
    let ran = tallymark(&["reconcile", &all, "--metadata", &sources, "--format", "json"]);
    assert_eq!(ran.status, 1, "a cell could not be read");
    for word in
        ["line 4: “none.txt” matches no article", "line 5: published: “18/9”", "b/b.txt: the table says 2024-03-07"]
    {
        assert!(ran.err.contains(word), "{word}: {}", ran.err);
    }
    let facts: Value = serde_json::from_str(&ran.out).expect("JSON");
    let published: BTreeMap<_, _> = facts["documents"]
        .as_array()
        .expect("documents")
        .iter()
        .map(|d| (d["article"].as_str().expect("a name"), (d["published"].clone(), d["basis"].clone())))
        .collect();
    assert_eq!(published["a.txt"], ("2024-03-05".into(), "stated".into()));
    assert_eq!(published["b/b.txt"], ("2024-03-07".into(), "analyst".into()));
    assert_eq!(published["c.md"], ("2024-03-06".into(), "analyst".into()));

    // It is not picked up unasked, and one that is missing does not stop the rest.
    assert!(!tallymark(&["reconcile", &all, "--format", "json"]).out.contains("2024-03-06"));
    let ran = tallymark(&["suggest", &all, "--metadata", &path_of(&folder, "missing.csv")]);
    assert_eq!(ran.status, 1);
    assert!(ran.err.contains("missing.csv") && !ran.out.is_empty());
}

#[test]
fn suggestions_and_claims_are_one_schema() {
    let folder = three();
    let all = here(&folder);
    let suggestions = tallymark(&["suggest", &all]);
    write(&folder.path().join("claims.jsonl"), suggestions.out.as_bytes());
    let claims = path_of(&folder, "claims.jsonl");
    for paths in [&[all.as_str()][..], &[]] {
        let ran = tallymark(&[&["reconcile", "--claims", &claims, "--format", "json"], paths].concat());
        assert_eq!((ran.status, ran.err.contains("skipped;")), (0, false), "{}", ran.err);
        let facts: Value = serde_json::from_str(&ran.out).expect("JSON");
        assert_eq!(places(&facts), places_of_lines(&suggestions.out), "positions come back as they were given");
    }
}

/// Article and position of every claim of the facts, and of those that are unplaced.
fn places(facts: &Value) -> Vec<(String, u64, u64)> {
    let claims = facts["facts"].as_array().expect("facts").iter().flat_map(|f| f["claims"].as_array().expect("claims"));
    let all = claims.chain(facts["unplaced"].as_array().expect("unplaced"));
    sorted(all.map(place))
}

fn places_of_lines(text: &str) -> Vec<(String, u64, u64)> {
    sorted(lines(text).iter().map(place))
}

fn place(value: &Value) -> (String, u64, u64) {
    let n = |key: &str| value[key].as_u64().expect("a position");
    (value["article"].as_str().expect("a name").to_owned(), n("start"), n("end"))
}

fn sorted(places: impl Iterator<Item = (String, u64, u64)>) -> Vec<(String, u64, u64)> {
    let mut places: Vec<_> = places.collect();
    places.sort();
    places.dedup();
    places
}

#[test]
fn a_claim_that_does_not_fit_is_named_by_its_line() {
    let folder = three();
    let lines = [
        r#"{"article":"c.md","start":20,"end":29,"quote":"41 bodies","count":{"start":20,"end":22,"form":"exact","n":41,"low":41,"high":41},"category":"bodies","party":"Armenia","from":"Azerbaijan","to":"Armenia"}"#,
        r#"{"article":"c.md","start":20,"end":29,"kind":"rumour"}"#,
        r#"{"article":"absent.txt","start":5000,"end":5010,"count":{"n":7},"category":"bodies","to":"Armenia"}"#,
        "not json",
        r#"{"article":"b.txt","start":0,"end":4,"quote":"other","count":{"n":3},"category":"bodies"}"#,
    ];
    write(&folder.path().join("claims.jsonl"), lines.join("\n").as_bytes());
    let ran =
        tallymark(&["reconcile", &here(&folder), "--claims", &path_of(&folder, "claims.jsonl"), "--format", "json"]);
    assert_eq!(ran.status, 1);
    for word in ["line 2: kind", "line 4:", "line 5: b/b.txt has “YERE” there, not “other”"] {
        assert!(ran.err.contains(word), "{word}: {}", ran.err);
    }
    let facts = serde_json::from_str(&ran.out).expect("JSON");
    assert_eq!(
        places(&facts),
        [("absent.txt".to_owned(), 5000, 5010), ("b/b.txt".to_owned(), 0, 4), ("c.md".to_owned(), 20, 29)]
    );
}

#[test]
fn facts_come_as_text_and_as_a_table() {
    let folder = three();
    let text = tallymark(&["reconcile", &here(&folder)]);
    assert_eq!(text.status, 0);
    assert!(text.out.lines().next().is_some_and(|line| line.contains("in 3 articles")), "{}", text.out);
    let table = tallymark(&["reconcile", &here(&folder), "--format", "csv"]);
    let mut reader = csv::Reader::from_reader(table.out.as_bytes());
    let quotes = reader.headers().expect("a header").iter().position(|name| name == "quote").expect("a column");
    let rows: Vec<_> = reader.records().map(|row| row.expect("a row")).collect();
    assert!(rows.iter().any(|row| row[quotes].contains("40")), "{}", table.out);
    let suggestions = tallymark(&["suggest", &here(&folder), "--format", "csv"]);
    assert!(suggestions.out.starts_with("fact_id,") && suggestions.out.lines().count() > 3);
}

#[test]
fn output_goes_to_a_file_where_one_is_named() {
    let folder = three();
    let file = path_of(&folder, "out/suggestions.jsonl");
    let ran = tallymark(&["suggest", &path_of(&folder, "a.txt"), "-o", &file]);
    assert_eq!((ran.status, ran.out.as_str()), (0, ""));
    assert_eq!(fs::read_to_string(&file).expect("there"), tallymark(&["suggest", &path_of(&folder, "a.txt")]).out);
    let left: Vec<_> = fs::read_dir(folder.path().join("out")).expect("there").collect();
    assert_eq!(left.len(), 1, "nothing is left beside it");
    assert_eq!(tallymark(&["suggest", &path_of(&folder, "a.txt"), "-o", &here(&folder)]).status, 2);
}

/// A reader that goes away, or a disk that is full.
struct Broken(io::ErrorKind);

impl Write for Broken {
    fn write(&mut self, _bytes: &[u8]) -> io::Result<usize> {
        Err(self.0.into())
    }

    fn flush(&mut self) -> io::Result<()> {
        Err(self.0.into())
    }
}

#[test]
fn a_closed_pipe_ends_quietly_and_a_full_disk_does_not() {
    let folder = three();
    for (kind, status, quiet) in [(io::ErrorKind::BrokenPipe, 0, true), (io::ErrorKind::StorageFull, 1, false)] {
        for command in [&["suggest"][..], &["reconcile"], &["formats"], &["--help"]] {
            let mut words: Vec<OsString> = ["tallymark"].iter().chain(command).map(OsString::from).collect();
            if command.len() == 1 && !["formats", "--help"].contains(&command[0]) {
                words.push(folder.path().into());
            }
            let mut err = Vec::new();
            let outcome = run(words, &mut Console::new(&mut Broken(kind), &mut err, false));
            assert_eq!((outcome, err.is_empty()), (Outcome::Done(status), quiet), "{command:?} {kind:?}");
        }
    }
    let mut out = Vec::new();
    let words = ["tallymark", "suggest", "none.txt"].map(OsString::from);
    let outcome = run(words, &mut Console::new(&mut out, &mut Broken(io::ErrorKind::BrokenPipe), false));
    assert_eq!(outcome, Outcome::Done(2));
}

/// A project over the three articles, with a claim on the first.
fn project(at: &Path) {
    let stamp = Stamp { by: "Anna".into(), at: chrono::DateTime::UNIX_EPOCH };
    let mut workspace = Workspace::new();
    let mut articles = BTreeMap::new();
    for (name, text) in [("a.txt", FIRST), ("b/b.txt", SECOND)] {
        let article = read(name, text.as_bytes(), &ReadOptions::default()).expect("reads");
        let record = ArticleRecord { progress: Progress::InProgress, ..article.record(stamp.clone()) };
        let quote = "bodies of 40";
        let start = text.find(quote).expect("there");
        let count = Span::new(start + 10, start + 12);
        let claim = Claim {
            id: ClaimId(format!("c-{name}").into()),
            article: article.id.clone(),
            version: 1,
            evidence: vec![Anchor::new(text, Span::new(start, start + quote.len())).expect("fits")],
            reading: Reading::new(Count { span: Some(count), quantity: Quantity::exact(40) }, "bodies"),
            trace: Trace::new(),
            grade: None,
            score: None,
            note: String::new(),
            suggestion: None,
            created: stamp.clone(),
            changed: None,
            codebook_revision: 0,
        };
        workspace.articles.insert(record.id.clone(), record);
        workspace.claims.insert(claim.id.clone(), claim);
        articles.insert(article.id.clone(), (Arc::from(text.as_bytes()), Arc::new(article)));
    }
    let project = NewProject {
        id: &"p1".into(),
        name: &"Handovers".into(),
        created: &stamp,
        analyst: &"Anna".into(),
        workspace: &workspace,
        articles: &articles,
    };
    save_new(at, &project).expect("saved");
}

#[test]
fn a_project_is_checked_reconciled_and_exported() {
    let folder = tempfile::tempdir().expect("a folder");
    let at = folder.path().join("project");
    project(&at);
    let at = at.to_str().expect("Unicode");
    let ran = tallymark(&["check", at]);
    assert_eq!((ran.status, ran.out.lines().last()), (0, Some("sound")), "{}{}", ran.out, ran.err);

    for paths in [vec![at.to_owned()], vec![format!("{at}/project.ron")]] {
        let ran = tallymark(&["reconcile", &paths[0], "--format", "json"]);
        let facts: Value = serde_json::from_str(&ran.out).expect("JSON");
        let articles: Vec<_> = places(&facts).into_iter().map(|place| place.0).collect();
        assert_eq!((ran.status, articles), (0, vec!["a.txt".to_owned(), "b/b.txt".to_owned()]), "{}", ran.err);
    }

    for format in tallymark::formats::FORMATS {
        let out = folder.path().join(format.id);
        let ran = tallymark(&["export", at, "--to", format.id, "-o", out.to_str().expect("Unicode")]);
        assert_eq!((ran.status, ran.err.as_str()), (0, ""), "{}", format.id);
        if let [_] = format.files {
            assert!(fs::metadata(&out).expect("there").is_file(), "{}", format.id);
        } else {
            for file in format.files {
                assert!(out.join(file).is_file(), "{}: {file}", format.id);
            }
        }
    }
    let claims = tallymark(&["export", at, "--to", "claims"]);
    assert_eq!(lines(&claims.out).len(), 2);

    for arguments in [
        vec!["export", at, "--to", "nothing", "-o", "x"],
        vec!["export", at, "--to", "csv"],
        vec!["export", "nowhere", "--to", "csv", "-o", "x"],
        vec!["check", "nowhere"],
        vec!["reconcile", at, "--metadata", "x.csv"],
    ] {
        let ran = tallymark(&arguments);
        assert_eq!((ran.status, ran.out.as_str()), (2, ""), "{arguments:?}");
        assert!(!ran.err.is_empty());
    }
}

#[test]
fn a_damaged_project_is_reported_and_left_as_it_is() {
    let folder = tempfile::tempdir().expect("a folder");
    let at = folder.path().join("project");
    project(&at);
    let text = walk(&at).into_iter().find(|path| path.ends_with("v1/text.txt")).expect("a text");
    fs::write(&text, "another text").expect("written");
    let before: Vec<_> = walk(&at).into_iter().map(|path| fs::read(&path).expect("reads")).collect();
    let ran = tallymark(&["check", at.to_str().expect("Unicode")]);
    assert_eq!(ran.status, 1, "{}", ran.out);
    assert!(ran.out.contains("damage:") && ran.out.contains("text.txt"), "{}", ran.out);
    let after: Vec<_> = walk(&at).into_iter().map(|path| fs::read(&path).expect("reads")).collect();
    assert_eq!(before, after);
}

fn walk(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).expect("there") {
            let path = entry.expect("an entry").path();
            if path.is_dir() { folders.push(path) } else { files.push(path) }
        }
    }
    files.sort();
    files
}

#[test]
fn the_five_articles_are_read_where_they_are_at_hand() {
    let shared = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared");
    let articles = shared.join("articles");
    if !articles.is_dir() {
        eprintln!("skipped: the_five_articles_are_read_where_they_are_at_hand: ../shared/articles is not there");
        return;
    }
    let table = shared.join("gold/documents.csv");
    let (articles, table) = (articles.to_str().expect("Unicode"), table.to_str().expect("Unicode"));
    let ran = tallymark(&["suggest", articles, "--metadata", table]);
    assert_eq!((ran.status, ran.err.as_str()), (0, ""));
    for line in lines(&ran.out) {
        let name = line["article"].as_str().expect("a name");
        let text = fs::read_to_string(Path::new(articles).join(name)).expect("there");
        let at = |key: &str| line[key].as_u64().expect("a position") as usize;
        let cut: String = text.chars().skip(at("start")).take(at("end") - at("start")).collect();
        assert_eq!(cut, line["quote"].as_str().expect("a quote"));
    }
    let ran = tallymark(&["reconcile", articles, "--metadata", table, "--format", "json"]);
    let facts: Value = serde_json::from_str(&ran.out).expect("JSON");
    let documents = facts["documents"].as_array().expect("documents");
    assert_eq!(documents.len(), 5);
    assert!(documents.iter().all(|document| document["published"].is_string()), "{documents:?}");
}

#[test]
fn a_table_is_an_article_for_each_row_and_says_which_column_it_takes() {
    let table = format!("title,source,published,story\nA,TASS,2024-03-05,\"{FIRST}\"\nB,,,\"{THIRD}\"\n");
    let folder = folder(&[("reports.csv", table.as_bytes()), ("c.md", THIRD.as_bytes())]);
    let ran = tallymark(&["suggest", &path_of(&folder, "reports.csv")]);
    assert_eq!(ran.status, 0, "{}", ran.err);
    assert!(ran.err.contains("the text is taken from column “story”"), "{}", ran.err);
    let articles: Vec<_> = lines(&ran.out).iter().map(|line| line["article"].clone()).collect();
    for row in ["reports.csv/reports-1.csv", "reports.csv/reports-2.csv"] {
        assert!(articles.contains(&row.into()), "{articles:?}");
    }
    let ran = tallymark(&["suggest", "--text-column", "title", &path_of(&folder, "reports.csv")]);
    assert_eq!((ran.status, ran.out.as_str()), (0, ""), "{}", ran.err);
    // In a folder it may be anything, and is passed over.
    let ran = tallymark(&["suggest", &here(&folder)]);
    assert!(ran.err.contains("skipped: 1 table (name it to open its rows)"), "{}", ran.err);
    assert!(lines(&ran.out).iter().all(|line| line["article"] == "c.md"));
}

#[test]
fn how_articles_are_read_can_be_chosen() {
    let body = "<p>Azerbaijan handed over the bodies of 40 Armenian soldiers on Tuesday, officials said.</p>".repeat(5);
    let page = format!(
        "<nav><p>Most read: 99 killed in a flood, officials said on Monday.</p></nav><article>{body}</article>"
    );
    let (russian, _, _) = encoding_rs::KOI8_R.encode("40 тел");
    let folder = folder(&[("page.html", page.as_bytes()), ("koi.txt", &russian)]);
    let whole = |flags: &[&str]| {
        let page = path_of(&folder, "page.html");
        tallymark(&[&["suggest"], flags, &[&page]].concat()).out.contains("99")
    };
    assert!(!whole(&[]) && whole(&["--whole-page"]));
    let texts = path_of(&folder, "texts");
    let koi = path_of(&folder, "koi.txt");
    tallymark(&["suggest", "--encoding", "koi8-r", "--with-text", &texts, &koi]);
    assert_eq!(fs::read_to_string(folder.path().join("texts/koi.txt")).expect("written"), "40 тел");
    let ran = tallymark(&["suggest", "--encoding", "klingon", &koi]);
    assert!(ran.status != 0 && ran.err.contains("there is no encoding called “klingon”"), "{}", ran.err);
    let ran = tallymark(&["suggest", "--max-article", "0", &koi]);
    assert!(ran.status != 0 && ran.err.contains("more than the limit of 0 MB"), "{}", ran.err);
}
