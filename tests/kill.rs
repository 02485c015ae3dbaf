//! kill -9 of the real program, at random moments, while it carries out a script of edits: what it
//! acknowledged is there afterwards, every file reads, and nothing is left lying about.
//!
//! `TALLYMARK_KILLS` says how often; `docs/reliability.md` says what came of it.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::sync::mpsc;
use std::time::{Duration, SystemTime};

use serde_json::{Value, json};
use tallymark::article::{ReadOptions, read};
use tallymark::claim::{ArticleRecord, Progress, RulingOp, Stamp, Workspace};
use tallymark::project::disk::RealDisk;
use tallymark::project::{NewProject, Places, Setup, check, open_for_work, save_new};

/// How often in an ordinary run.
const ORDINARY: usize = 24;
/// After so many kills another project is begun.
const OF_ONE_PROJECT: usize = 40;

/// Numbers that look random and are the same in every run (SplitMix64).
struct Dice(u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    fn below(&mut self, n: usize) -> usize {
        (self.next() % n as u64) as usize
    }

    fn of<'a, T>(&mut self, list: &'a [T]) -> &'a T {
        &list[self.below(list.len())]
    }
}

/// What a user would say is in the project: a plain map of it.
#[derive(Clone, Debug, Default, PartialEq)]
struct Seen {
    /// Articles by name: title as far as it was set by a script, and progress.
    articles: BTreeMap<String, (Option<String>, Progress)>,
    /// Claims by article and words: the note.
    claims: BTreeMap<(String, String), String>,
    parties: BTreeSet<String>,
    /// Reasons of the exclusions.
    excluded: BTreeSet<String>,
}

impl Seen {
    fn of(workspace: &Workspace) -> Self {
        let name = |id| workspace.articles[id].name.to_string();
        let ours = |title: &str| title.starts_with("step ").then(|| title.to_owned());
        Self {
            articles: (workspace.articles.values())
                .map(|record| {
                    let title = record.metadata.title.as_ref().and_then(|title| ours(&title.value));
                    (record.name.to_string(), (title, record.progress))
                })
                .collect(),
            claims: (workspace.claims.values())
                .map(|claim| ((name(&claim.article), claim.quote().to_owned()), claim.note.clone()))
                .collect(),
            parties: workspace.codebook.parties.iter().map(|party| party.name.to_string()).collect(),
            excluded: (workspace.rulings.values())
                .filter(|ruling| matches!(ruling.op, RulingOp::Exclude { .. }))
                .map(|ruling| ruling.reason.clone())
                .collect(),
        }
    }
}

const ARTICLES: [&str; 3] = ["a.txt", "b/b.txt", "c.txt"];

/// The words that can be tagged in an article: each stands there once.
fn words() -> Vec<String> {
    (0..8).map(|n| format!("{} bodies", 101 + 7 * n)).collect()
}

fn text(name: &str) -> String {
    let lines: Vec<_> = words().iter().map(|words| format!("On a day {words} came over.")).collect();
    format!("{name}\n\n{}\n", lines.join("\n"))
}

/// A script, and what is in the project after each of its lines.
struct Script {
    lines: Vec<Value>,
    after: Vec<Seen>,
}

/// A random script over what is there. `count` goes on from script to script, so that no text is
/// said twice.
fn script(dice: &mut Dice, start: &Seen, folder: &Path, length: usize, count: &mut usize) -> Script {
    let (mut lines, mut after) = (Vec::new(), vec![start.clone()]);
    let (mut undo, mut redo): (Vec<Seen>, Vec<Seen>) = (Vec::new(), Vec::new());
    while lines.len() < length {
        *count += 1;
        let said = format!("step {count}");
        let now = after.last().expect("it begins with one").clone();
        let mut next = now.clone();
        let article = dice.of(&now.articles.keys().cloned().collect::<Vec<_>>()).clone();
        let claims: Vec<_> = now.claims.keys().cloned().collect();
        let line = match dice.below(20) {
            0..=5 if !claims.is_empty() => {
                let (article, quote) = dice.of(&claims).clone();
                next.claims.insert((article.clone(), quote.clone()), said.clone());
                json!({ "do": "note", "article": article, "quote": quote, "text": said })
            }
            6 | 7 => {
                let free: Vec<_> =
                    words().into_iter().filter(|w| !now.claims.contains_key(&(article.clone(), w.clone()))).collect();
                if free.is_empty() {
                    continue;
                }
                let quote = dice.of(&free).clone();
                next.claims.insert((article.clone(), quote.clone()), String::new());
                json!({ "do": "tag", "article": article, "quote": quote, "category": "bodies", "count": *count })
            }
            8 if claims.len() > 3 => {
                let (article, quote) = dice.of(&claims).clone();
                next.claims.remove(&(article.clone(), quote.clone()));
                json!({ "do": "delete", "article": article, "quote": quote })
            }
            9 | 10 => {
                next.articles.entry(article.clone()).or_default().0 = Some(said.clone());
                json!({ "do": "metadata", "article": article, "title": said })
            }
            11 => {
                let all = [Progress::Unread, Progress::InProgress, Progress::Done];
                let to = *dice.of(&all);
                if now.articles[&article].1 == to {
                    continue;
                }
                next.articles.entry(article.clone()).or_default().1 = to;
                json!({ "do": "progress", "article": article, "to": to })
            }
            12 if now.articles.len() < 7 => {
                let name = format!("added {count}.txt");
                fs::write(folder.join(&name), text(&name)).expect("written");
                next.articles.insert(name.clone(), (None, Progress::Unread));
                json!({ "do": "add", "file": folder.join(&name) })
            }
            13 if now.articles.len() > 4 => {
                let added: Vec<_> = now.articles.keys().filter(|name| name.starts_with("added")).cloned().collect();
                let name = dice.of(&added).clone();
                next.articles.remove(&name);
                next.claims.retain(|(article, _), _| *article != name);
                json!({ "do": "remove", "article": name })
            }
            14 if dice.below(2) == 0 => {
                // A line before all others: every claim moves.
                let corrected = folder.join(format!("corrected {count}.txt"));
                fs::write(&corrected, format!("Corrected {count} times.\n{}", text(&article))).expect("written");
                if now.articles[&article].1 == Progress::Done {
                    next.articles.entry(article.clone()).or_default().1 = Progress::InProgress;
                }
                json!({ "do": "replace", "article": article, "file": corrected })
            }
            14 => {
                next.parties.insert(said.clone());
                json!({ "do": "party", "name": said })
            }
            15 if !claims.is_empty() => {
                let (article, quote) = dice.of(&claims).clone();
                next.excluded.insert(said.clone());
                json!({ "do": "exclude", "article": article, "quote": quote, "reason": said })
            }
            16 if !undo.is_empty() => {
                next = undo.pop().expect("not empty");
                redo.push(now);
                lines.push(json!({ "do": "undo" }));
                after.push(next);
                continue;
            }
            17 if !redo.is_empty() => {
                next = redo.pop().expect("not empty");
                undo.push(now);
                lines.push(json!({ "do": "redo" }));
                after.push(next);
                continue;
            }
            18 | 19 => {
                lines.push(json!({ "do": "save" }));
                after.push(next);
                continue;
            }
            _ => continue,
        };
        undo.push(now);
        redo.clear();
        lines.push(line);
        after.push(next);
    }
    Script { lines, after }
}

struct Home {
    folder: tempfile::TempDir,
    setup: Setup,
}

impl Home {
    fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let places = Places::below(&folder.path().join("user"));
        let home = Self { setup: Setup { disk: Arc::new(RealDisk), places }, folder };
        let stamp = Stamp { by: "Anna".into(), at: "2026-01-01T00:00:00Z".parse().expect("a date") };
        let (mut workspace, mut articles) = (Workspace::new(), BTreeMap::new());
        for name in ARTICLES {
            let text = text(name);
            let article = Arc::new(read(name, text.as_bytes(), &ReadOptions::default()).expect("reads"));
            let record = ArticleRecord {
                id: article.id.clone(),
                name: article.name.clone(),
                metadata: article.metadata.clone(),
                sha256: article.sha256.clone(),
                text_sha256: article.text_sha256.clone(),
                encoding: article.encoding.name.clone(),
                encoding_reason: article.encoding.reason.clone(),
                reader: article.reader.clone(),
                version: 1,
                progress: Progress::Unread,
                added: stamp.clone(),
            };
            workspace.articles.insert(record.id.clone(), record);
            articles.insert(article.id.clone(), (Arc::from(text.as_bytes()), article));
        }
        let project = NewProject {
            id: &"p1".into(),
            name: &"killed".into(),
            created: &stamp,
            analyst: &"Anna".into(),
            workspace: &workspace,
            articles: &articles,
        };
        save_new(&home.root(), &project).expect("saves");
        home
    }

    fn root(&self) -> PathBuf {
        self.folder.path().join("project")
    }

    /// Runs a script with the real program and kills it at some moment. How many lines it
    /// acknowledged, and whether it was killed before it had ended.
    fn killed(&self, script: &Script, dice: &mut Dice) -> (usize, bool) {
        let file = self.folder.path().join("script.jsonl");
        let text: String = script.lines.iter().map(|line| format!("{line}\n")).collect();
        fs::write(&file, text).expect("written");
        let Places { config, data, state } = &self.setup.places;
        let mut child = Command::new(env!("CARGO_BIN_EXE_tallymark"))
            .args(["edit", "--analyst", "Anna", "--script"])
            .args([&file, &self.root()])
            .env("TALLYMARK_CONFIG_DIR", config)
            .env("TALLYMARK_DATA_DIR", data)
            .env("TALLYMARK_STATE_DIR", state)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("starts");
        let output = BufReader::new(child.stdout.take().expect("piped"));
        let (sender, acknowledged) = mpsc::channel();
        let reader = std::thread::spawn(move || {
            for line in output.lines().map_while(Result::ok) {
                let answer: Value = serde_json::from_str(&line).expect("an answer is JSON");
                sender.send(answer["line"].as_u64().expect("a number") as usize).expect("somebody waits");
            }
        });
        // Some are killed while they open and recover, some at work, some while they close.
        let until = if dice.below(6) == 0 { 0 } else { 1 + dice.below(script.lines.len()) };
        let mut last = 0;
        while last < until {
            match acknowledged.recv() {
                Ok(number) => last = number,
                Err(_) => break, // it has ended
            }
        }
        let pause = if until == 0 { dice.below(120_000) } else { dice.below(4000) };
        std::thread::sleep(Duration::from_micros(pause as u64));
        let _ = child.kill();
        let output = child.wait_with_output().expect("ends");
        reader.join().expect("answers are JSON");
        let last = acknowledged.try_iter().last().unwrap_or(last);
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(!said.contains("panicked"), "{said}");
        let killed = output.status.code().is_none() || cfg!(windows);
        assert!(killed || output.status.success(), "{}: {said}", output.status);
        (last, killed)
    }

    /// What is there, as whoever opens the project next finds it. Half of the time the work is
    /// carried on from there by the program itself.
    fn found(&self, place: &str, close: bool) -> Seen {
        let later = SystemTime::now() + Duration::from_secs(3600);
        let work = open_for_work(&self.setup, &self.root(), &"Anna".into(), later)
            .unwrap_or_else(|error| panic!("{place}: {error}"));
        let damage: Vec<_> = work.project.findings.iter().filter(|finding| finding.damage).collect();
        assert!(damage.is_empty(), "{place}: {damage:?}");
        let seen = Seen::of(&work.project.workspace);
        let left = |ending: &str, folder: &Path| {
            let entries = walkdir::WalkDir::new(folder).into_iter().filter_map(Result::ok);
            let paths = entries.map(walkdir::DirEntry::into_path);
            paths.filter(|path| path.to_string_lossy().ends_with(ending)).collect::<Vec<_>>()
        };
        assert_eq!(left(".tmp", &self.root()), [""; 0].map(PathBuf::from), "{place}");
        if close {
            work.store.expect("can be written").close(later).unwrap_or_else(|error| panic!("{place}: {error}"));
            let damage: Vec<_> = check(&self.root()).expect("opens").into_iter().filter(|f| f.damage).collect();
            assert_eq!(damage, [], "{place}");
            let journals = left(".journal", &self.setup.places.journals());
            assert!(journals.iter().all(|path| path.parent().is_some_and(|p| p.ends_with("kept"))), "{place}");
        }
        seen
    }
}

#[test]
fn nothing_that_was_acknowledged_is_lost_by_a_kill() {
    let kills = std::env::var("TALLYMARK_KILLS").ok().map_or(ORDINARY, |n| n.parse().expect("a number"));
    let mut dice = Dice(u64::from(std::process::id()));
    let (mut home, mut now, mut count) = (Home::new(), None, 0);
    let (mut done, mut acknowledged, mut unkilled) = (0, 0, 0);
    while done < kills {
        if done % OF_ONE_PROJECT == 0 && done > 0 {
            (home, now) = (Home::new(), None);
        }
        let start = now.unwrap_or_else(|| home.found("at the start", true));
        let script = script(&mut dice, &start, home.folder.path(), 40, &mut count);
        let (last, killed) = home.killed(&script, &mut dice);
        let place = format!("kill {done}, {last} lines acknowledged");
        let found = home.found(&place, dice.below(2) == 0);
        let may_be = &script.after[last..];
        assert!(
            may_be.contains(&found),
            "{place}: what was acknowledged is not there.\nscript: {:#?}\nfound: {found:#?}\nexpected: {:#?}",
            script.lines.iter().take(last + 1).map(ToString::to_string).collect::<Vec<_>>(),
            may_be[0],
        );
        acknowledged += last;
        if killed {
            done += 1;
        } else {
            unkilled += 1;
            assert!(unkilled < 20 + kills, "the program ends before it can be killed");
        }
        now = Some(found);
    }
    eprintln!("{kills} kills: {acknowledged} edits acknowledged, 0 lost; 0 files unreadable");
}
