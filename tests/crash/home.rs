//! The real program at work on a project, and what it leaves when it is cut short.

use std::collections::BTreeMap;
use std::fs;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::mpsc;
use std::time::{Duration, SystemTime};

use serde_json::Value;
use tallymark::article::{ReadOptions, read};
use tallymark::claim::{Stamp, Workspace};
use tallymark::project::disk::RealDisk;
use tallymark::project::{NewProject, Places, Setup, check, open_for_work, save_new};

use super::scripts::{ARTICLES, Script, Seen, text};

/// A project and the folders of its user, somewhere on a disk.
pub struct Home {
    folder: PathBuf,
    setup: Setup,
}

impl Home {
    /// Begins a project in a folder.
    pub fn new(folder: &Path) -> Self {
        let home = Self::at(folder);
        let stamp = Stamp { by: "Anna".into(), at: "2026-01-01T00:00:00Z".parse().expect("a date") };
        let (mut workspace, mut articles) = (Workspace::new(), BTreeMap::new());
        for name in ARTICLES {
            let text = text(name);
            let article = Arc::new(read(name, text.as_bytes(), &ReadOptions::default()).expect("reads"));
            let record = article.record(stamp.clone());
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

    /// What was begun in a folder before.
    pub fn at(folder: &Path) -> Self {
        let places = Places::below(&folder.join("user"));
        Self { setup: Setup { disk: Arc::new(RealDisk), places }, folder: folder.to_path_buf() }
    }

    /// The project's folder.
    pub fn root(&self) -> PathBuf {
        self.folder.join("project")
    }

    /// Starts the real program on a script, which lies elsewhere. `shell` may run it under a limit.
    pub fn start(&self, script: &Script, aside: &Path, shell: Option<&str>) -> Running {
        let file = aside.join("script.jsonl");
        let text: String = script.lines.iter().map(|line| format!("{line}\n")).collect();
        fs::write(&file, text).expect("written");
        let Places { config, data, state } = &self.setup.places;
        let mut command = match shell {
            None => Command::new(env!("CARGO_BIN_EXE_tallymark")),
            Some(limit) => {
                let mut command = Command::new("sh");
                command.args(["-c", &format!("{limit}; exec \"$0\" \"$@\""), env!("CARGO_BIN_EXE_tallymark")]);
                command
            }
        };
        let mut child = command
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
        Running { child, acknowledged, reader, last: 0 }
    }

    /// What is there, as whoever opens the project next finds it. With `close` all is written then;
    /// without, what was recovered is left to be recovered again.
    pub fn found(&self, place: &str, close: bool) -> Seen {
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

/// The program at work.
pub struct Running {
    child: Child,
    acknowledged: mpsc::Receiver<usize>,
    reader: std::thread::JoinHandle<()>,
    last: usize,
}

/// How it ended.
pub struct Ended {
    /// How many lines it acknowledged.
    pub last: usize,
    /// Its status; `None` where it was killed.
    pub status: Option<i32>,
    /// What it said.
    pub said: String,
}

impl Running {
    /// Waits until a line is acknowledged, or it has ended.
    pub fn wait_for(&mut self, line: usize) {
        while self.last < line {
            match self.acknowledged.recv() {
                Ok(number) => self.last = number,
                Err(_) => return,
            }
        }
    }

    /// Kills it, if it has not ended.
    pub fn kill(&mut self) {
        let _ = self.child.kill();
    }

    /// Waits for its end.
    pub fn end(self) -> Ended {
        let output = self.child.wait_with_output().expect("ends");
        self.reader.join().expect("answers are JSON");
        let last = self.acknowledged.try_iter().last().unwrap_or(self.last);
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(!said.contains("panicked"), "{said}");
        Ended { last, status: output.status.code(), said }
    }
}

/// Fails where what was acknowledged is not there.
pub fn must_be_there(script: &Script, last: usize, found: &Seen, place: &str) {
    let may_be = &script.after[last..];
    assert!(
        may_be.contains(found),
        "{place}: what was acknowledged is not there.\nscript: {:#?}\nfound: {found:#?}\nexpected: {:#?}",
        script.lines.iter().take(last + 1).map(ToString::to_string).collect::<Vec<_>>(),
        may_be[0],
    );
}
