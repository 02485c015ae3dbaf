//! A suggester of the user's own on the command line: a shell script that is always there, and the
//! example of the docs where Python is.
#![cfg(unix)]

use std::ffi::OsString;
use std::path::Path;
use std::process::Command;

use serde_json::Value;
use tallymark::cli::{Console, Outcome, run};

const TEXT: &str =
    "Exchange 😀\n\nRussia handed over the bodies of 1,000 soldiers to Ukraine. Ukraine freed 38 prisoners.\n";

/// Status, lines, messages.
fn suggest(folder: &Path, arguments: &[&str]) -> (u8, Vec<Value>, String) {
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let mut words: Vec<OsString> = ["tallymark", "suggest"].map(OsString::from).into();
    words.extend(arguments.iter().map(OsString::from));
    words.push(folder.join("a.txt").into());
    let outcome = run(words, &mut Console::new(&mut out, &mut err, false));
    let Outcome::Done(status) = outcome else { panic!("the window opens") };
    let text = String::from_utf8(out).expect("UTF-8");
    let lines = text.lines().map(|line| serde_json::from_str(line).expect(line)).collect();
    (status, lines, String::from_utf8(err).expect("UTF-8"))
}

fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("a.txt"), TEXT).expect("written");
    folder
}

fn of<'a>(lines: &'a [Value], suggester: &str) -> Vec<&'a Value> {
    lines.iter().filter(|line| line["suggester"] == suggester).collect()
}

#[test]
fn a_shell_script_suggests_beside_the_built_in_suggester() {
    let folder = folder();
    let script = folder.path().join("mine.sh");
    let at = TEXT[..TEXT.find("38 prisoners").expect("there")].chars().count();
    let line = format!(
        r#"{{"article": "a.txt", "start": {at}, "end": {}, "quote": "38 prisoners", "count": {{"n": 38}}, "category": "prisoners", "score": 0.5}}"#,
        at + 12
    );
    // It answers only if it was asked about the article, in one line.
    let program =
        format!("read -r first\ncase \"$first\" in *'\"article\":\"a.txt\"'*) echo '{line}';; esac\necho nonsense\n");
    std::fs::write(&script, program).expect("written");
    let command = format!("sh '{}'", script.display());
    let (status, lines, messages) = suggest(folder.path(), &["--with", &command, "--with-name", "mine"]);
    assert_eq!(status, 1, "{messages}");
    assert!(messages.contains("mine: line 2: "), "{messages}");
    let mine = of(&lines, "mine");
    assert_eq!(mine.len(), 1);
    assert_eq!((&mine[0]["score"], &mine[0]["quote"]), (&0.5.into(), &"38 prisoners".into()));
    assert_eq!(mine[0]["why"][0]["how"], "imported");
    assert!(!of(&lines, "built-in").is_empty());
    let starts: Vec<_> = lines.iter().map(|line| line["count"]["start"].as_u64()).collect();
    assert!(starts.is_sorted(), "{starts:?}");
}

#[test]
fn what_goes_wrong_is_said_and_the_rest_is_printed() {
    let folder = folder();
    for (arguments, status, message) in [
        (&["--with", "sh -c 'echo no model >&2; exit 3'"][..], 1, "sh: it ended with exit status: 3"),
        (&["--with", "sh -c 'sleep 60'", "--with-limit", "1"], 1, "took more than 1 s"),
        (&["--with", "no-such-program-anywhere"], 1, "There is no program"),
        (&["--with", "sh 'open"], 2, "stays open"),
        (&["--with", "sh", "--with-name", "built-in"], 2, "is the name of"),
        (&["--with", "sh -c true"], 0, ""),
    ] {
        let (ended, lines, messages) = suggest(folder.path(), arguments);
        assert_eq!(ended, status, "{arguments:?}: {messages}");
        assert!(messages.contains(message), "{arguments:?}: {messages}");
        assert_eq!(lines.is_empty(), status == 2, "{arguments:?}");
    }
}

#[test]
fn the_example_of_the_docs_works() {
    if !Command::new("python3").arg("--version").output().is_ok_and(|output| output.status.success()) {
        eprintln!("skipped the_example_of_the_docs_works: there is no python3");
        return;
    }
    let folder = folder();
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/outside_suggester/suggest.py");
    let command = format!("python3 '{}'", script.display());
    let (status, lines, messages) = suggest(folder.path(), &["--with", &command, "--with-name", "patterns"]);
    assert_eq!((status, &*messages), (0, ""));
    let found: Vec<_> = of(&lines, "patterns").iter().map(|line| line["quote"].as_str()).collect();
    assert_eq!(found, [Some("38 prisoners")]);
}

#[test]
fn another_language_is_said() {
    let folder = tempfile::tempdir().expect("a folder");
    let text = "Россия передала Украине тела 1000 погибших военнослужащих 29 января 2026 года.\n";
    std::fs::write(folder.path().join("a.txt"), text).expect("written");
    let (status, lines, messages) = suggest(folder.path(), &[]);
    assert_eq!(status, 0);
    assert!(messages.contains("a.txt: in Russian: only numbers and dates"), "{messages}");
    assert_eq!(lines.len(), 1, "{lines:?}");
    assert_eq!((&lines[0]["grade"], &lines[0]["date"]["start"]), (&"check".into(), &"2026-01-29".into()));
}
