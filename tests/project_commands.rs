//! The commands that work on a project, as a user runs them: the real program, with folders of its own.

use std::collections::BTreeMap;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::{Value, json};
use tallymark::claim::{Stamp, Workspace};
use tallymark::project::{NewProject, save_new};

struct Ran {
    status: i32,
    out: String,
    err: String,
}

struct Home(tempfile::TempDir);

impl Home {
    /// A home with an empty project in it.
    fn new() -> Self {
        let home = Self(tempfile::tempdir().expect("a folder"));
        let stamp = Stamp { by: "Anna".into(), at: "2026-01-01T00:00:00Z".parse().expect("a date") };
        let project = NewProject {
            id: &"p1".into(),
            name: &"Project".into(),
            created: &stamp,
            analyst: &"Anna".into(),
            workspace: &Workspace::new(),
            articles: &BTreeMap::new(),
        };
        save_new(&home.path("project"), &project).expect("saves");
        home
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn write(&self, name: &str, text: &str) -> PathBuf {
        fs::write(self.path(name), text).expect("written");
        self.path(name)
    }

    fn run(&self, arguments: &[&str], input: &str) -> Ran {
        let mut child = Command::new(env!("CARGO_BIN_EXE_tallymark"))
            .args(arguments)
            .current_dir(self.0.path())
            .env("TALLYMARK_CONFIG_DIR", self.path("config"))
            .env("TALLYMARK_DATA_DIR", self.path("data"))
            .env("TALLYMARK_STATE_DIR", self.path("state"))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("starts");
        child.stdin.take().expect("piped").write_all(input.as_bytes()).expect("read");
        let output = child.wait_with_output().expect("ends");
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("UTF-8");
        Ran { status: output.status.code().unwrap_or(-1), out: text(output.stdout), err: text(output.stderr) }
    }

    /// Runs a script of edits for Anna; gives what was answered to each line.
    fn edit(&self, steps: &[Value]) -> (Ran, Vec<Value>) {
        let script: String = steps.iter().map(|step| format!("{step}\n")).collect();
        let ran = self.run(&["edit", "project", "--analyst", "Anna"], &script);
        let answers = ran.out.lines().map(|line| serde_json::from_str(line).expect(line)).collect();
        (ran, answers)
    }

    fn files(&self, folder: &str) -> BTreeMap<PathBuf, Vec<u8>> {
        let root = self.path(folder);
        let entries = walkdir::WalkDir::new(&root).into_iter().map(|entry| entry.expect("can be walked"));
        let files = entries.filter(|entry| entry.file_type().is_file());
        let inside = |path: &Path| path.strip_prefix(&root).expect("below").to_path_buf();
        let named = files.map(|entry| (inside(entry.path()), fs::read(entry.path()).expect("reads")));
        named.filter(|(name, _)| !name.starts_with(".local")).collect()
    }
}

const TEXT: &str = "Aland received the bodies of 38 soldiers on Tuesday.\n\nBorduria got 17 in exchange.\n";

#[test]
fn a_script_of_edits_is_carried_out_and_stops_at_what_cannot_be() {
    let home = Home::new();
    let file = home.write("a.txt", TEXT);
    let (ran, answers) = home.edit(&[
        json!({ "do": "add", "file": file }),
        json!({ "do": "tag", "article": "a.txt", "quote": "38 soldiers", "category": "bodies" }),
        json!({ "do": "tag", "article": "a.txt", "quote": "17", "category": "bodies", "count": 17 }),
        json!({ "do": "set", "article": "a.txt", "quote": "17", "party": "Borduria" }),
        json!({ "do": "note", "article": "a.txt", "quote": "17", "text": "see the photograph" }),
        json!({ "do": "undo" }),
        json!({ "do": "redo" }),
        json!({ "do": "progress", "article": "a.txt", "to": "done" }),
        json!({ "do": "progress", "article": "a.txt", "to": "done" }),
        json!({ "do": "save" }),
    ]);
    assert_eq!((ran.status, ran.err.as_str()), (0, ""));
    let lines: Vec<_> = answers.iter().map(|answer| answer["line"].as_u64().expect("a number")).collect();
    assert_eq!(lines, (1..=10).collect::<Vec<_>>());
    assert_eq!(answers[1]["claims"].as_array().map(Vec::len), Some(1));
    assert_eq!((&answers[8]["done"], &answers[9]["done"]), (&Value::Null, &json!("save")));
    let claims = home.run(&["export", "project", "--to", "claims"], "");
    let claims: Vec<Value> = claims.out.lines().map(|line| serde_json::from_str(line).expect(line)).collect();
    let quotes: Vec<_> = claims.iter().map(|claim| claim["quote"].as_str().expect("a quote")).collect();
    assert_eq!(quotes, ["38 soldiers", "17"], "{claims:?}");
    assert!(claims[0].to_string().contains("38") && claims[1]["party"] == "Borduria", "{claims:?}");
    assert_eq!(home.run(&["check", "project"], "").out, "sound\n");

    for (step, why) in [
        (json!({ "do": "note", "article": "a.txt", "quote": "99", "text": "x" }), "no claim on “99”"),
        (json!({ "do": "tag", "article": "b.txt", "quote": "38", "category": "bodies" }), "no article “b.txt”"),
        (json!({ "do": "tag", "article": "a.txt", "quote": "38", "category": "limbs" }), "no category “limbs”"),
        (json!({ "do": "dance" }), "unknown variant `dance`"),
        (json!({ "do": "undo", "twice": true }), "unknown field"),
        (json!({ "do": "add", "file": home.path("nowhere.txt") }), "no such file"),
    ] {
        let party = json!({ "do": "party", "name": why });
        let (ran, answers) = home.edit(&[party, step.clone(), json!({ "do": "undo" })]);
        assert_eq!((ran.status, answers.len()), (1, 1), "{step}");
        assert!(ran.err.contains("line 2") && ran.err.contains(why), "{}", ran.err);
    }
    assert_eq!(home.run(&["edit", "nowhere"], "").status, 2);
}

#[test]
fn an_article_is_replaced_and_its_claims_are_accounted_for() {
    let home = Home::new();
    let file = home.write("a.txt", TEXT);
    let tag =
        |quote: &str| json!({ "do": "tag", "article": "a.txt", "quote": quote, "category": "bodies", "count": 1 });
    home.edit(&[json!({ "do": "add", "file": file }), tag("38 soldiers"), tag("17 in exchange"), tag("on Tuesday")]);
    let corrected = TEXT.replace("38", "35").replace("\n\nBorduria got 17 in exchange.", "");
    home.write("new.txt", &format!("Corrected on Friday\n\n{corrected}"));
    let ran = home.run(&["replace", "project", "a.txt", "new.txt", "--analyst", "Anna"], "");
    assert_eq!(ran.status, 1, "one has no place any more: {}{}", ran.out, ran.err);
    let expected = [
        "version 2: 1 claim has another number now, 1 claim has lost its words, 1 claim moved",
        "number changed: 38 → 35: “38 soldiers” → “35 soldiers”",
        "orphaned: “17 in exchange”",
        "moved: “on Tuesday”",
    ];
    let lines: Vec<_> = ran.out.lines().collect();
    assert_eq!(lines.len(), expected.len(), "{}", ran.out);
    for (line, expected) in lines.iter().zip(expected) {
        assert!(line.ends_with(expected), "{line} does not end with {expected}");
    }
    let check = home.run(&["check", "project"], "");
    assert!(check.status == 0 && check.out.contains("was made on version 1"), "{}", check.out);
    let again = home.run(&["replace", "project", "a.txt", "new.txt", "--analyst", "Anna"], "");
    assert!(again.status == 2 && again.err.contains("byte for byte"), "{}", again.err);
    assert_eq!(home.run(&["replace", "project", "b.txt", "new.txt"], "").status, 2);
}

/// Runs git in the project; `false` where it fails.
fn git(folder: &Path, arguments: &[&str]) -> bool {
    let own = ["-c", "user.name=Test", "-c", "user.email=test@example.org", "-c", "commit.gpgsign=false"];
    let mut command = Command::new("git");
    command.args(own).args(arguments).current_dir(folder).stdout(Stdio::null()).stderr(Stdio::null());
    command.status().is_ok_and(|status| status.success())
}

/// Two machines, one repository: what two people did merges by itself, and what one did twice is
/// joined claim by claim.
#[test]
fn branches_of_version_control_are_merged_claim_by_claim() {
    let home = Home::new();
    let root = home.path("project");
    if !git(&root, &["init", "-q", "-b", "main"]) {
        eprintln!("skipped: branches_of_version_control_are_merged_claim_by_claim: there is no git");
        return;
    }
    let file = home.write("a.txt", TEXT);
    let note = |quote: &str, text: &str| json!({ "do": "note", "article": "a.txt", "quote": quote, "text": text });
    let tag =
        |quote: &str| json!({ "do": "tag", "article": "a.txt", "quote": quote, "category": "bodies", "count": 1 });
    let commit = || assert!(git(&root, &["add", "-A"]) && git(&root, &["commit", "-q", "-m", "work"]));
    home.edit(&[json!({ "do": "add", "file": file }), tag("38 soldiers"), tag("17")]);
    commit();
    assert!(git(&root, &["checkout", "-q", "-b", "other"]));
    home.edit(&[note("38 soldiers", "from the other machine"), note("17", "seen twice")]);
    commit();
    assert!(git(&root, &["checkout", "-q", "main"]));
    home.edit(&[note("38 soldiers", "from this machine"), tag("Tuesday")]);
    // Somebody else has a layer of her own, which cannot be in the way.
    let ran = home.run(&["edit", "project", "--analyst", "Ben"], &format!("{}\n", tag("exchange")));
    assert_eq!(ran.status, 0, "{}", ran.err);
    commit();
    assert!(!git(&root, &["merge", "-q", "other"]), "the same lines were changed");
    let marked = home.files("project").into_values().filter(|bytes| bytes.windows(7).any(|part| part == b"<<<<<<<"));
    assert!(marked.count() > 0);

    // Opened and saved, the markers are gone and nothing that either said is.
    let ran = home.run(&["edit", "project", "--analyst", "Anna"], "{\"do\":\"save\"}\n");
    assert_eq!(ran.status, 0, "{}", ran.err);
    let files = home.files("project");
    assert!(!files.values().any(|bytes| bytes.windows(7).any(|part| part == b"<<<<<<<")));
    let text: String = files.values().map(|bytes| String::from_utf8_lossy(bytes).into_owned()).collect();
    for said in ["from the other machine", "from this machine", "seen twice", "Tuesday", "exchange"] {
        assert!(text.contains(said), "{said} is lost");
    }
    let check = home.run(&["check", "project"], "");
    assert_eq!(check.status, 0, "{}", check.out);
    commit();
}

#[test]
fn a_project_goes_into_one_file_and_comes_out_the_same() {
    let home = Home::new();
    let file = home.write("a.txt", TEXT);
    home.edit(&[json!({ "do": "add", "file": file })]);
    let ran = home.run(&["pack", "project"], "");
    assert_eq!((ran.status, ran.err.as_str()), (0, ""), "{}", ran.out);
    assert!(home.path("project.tallymark.zip").is_file());
    assert_eq!(home.run(&["pack", "project"], "").status, 2, "what is there is not overwritten");
    let ran = home.run(&["unpack", "project.tallymark.zip", "copy"], "");
    assert_eq!((ran.status, ran.err.as_str()), (0, ""), "{}", ran.out);
    assert_eq!(home.files("copy"), home.files("project"));
    let ran = home.run(&["unpack", "project.tallymark.zip"], "");
    assert!(ran.status == 2 && ran.err.contains("something else already"), "{}", ran.err);
    let ran = home.run(&["unpack", "project.tallymark.zip", "small", "--max-files", "3"], "");
    assert!(ran.status == 2 && ran.err.contains("more than the limit of 3"), "{}", ran.err);
    assert_eq!(home.run(&["unpack", "a.txt", "x"], "").status, 2);
}
