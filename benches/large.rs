//! What the window does with a project of 100,000 articles and a million claims: what it shows first
//! and when, what its frames cost while the rest is read, and what an edit and the filter cost there.
//!
//! `cargo bench --bench large`; `-- 1000` makes a project of as many articles, and `-- 1000 all` waits
//! until all of them were suggested for, too: else the frames are measured while that goes on.
//! `TALLYMARK_BENCH_DIR` says on which disk. The project is opened once to have it indexed, and then
//! measured warm.

#[allow(dead_code, reason = "each benchmark uses a part of it")]
mod frames;
#[allow(dead_code, reason = "each benchmark uses a part of it")]
mod made;

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use egui::{Event, Key, Modifiers, pos2};
use frames::{Window, key, report, wheel};
use made::{CLAIMS, generate};
use peak_alloc::PeakAlloc;
use tallymark::claim::Claim;
use tallymark::project::disk::RealDisk;
use tallymark::project::{Places, Settings, Setup};
use tallymark::session::{Command, Environment, SaveState};

#[global_allocator]
static MEMORY: PeakAlloc = PeakAlloc;

const LONG: Duration = Duration::from_secs(3_000);

fn seconds(took: Duration) -> f64 {
    took.as_secs_f64()
}

fn start(home: &Path) -> Window {
    let setup = Setup { disk: Arc::new(RealDisk), places: Places::below(&home.join("user")) };
    let settings = Settings { analyst: Some("Anna".into()), ..Settings::default() };
    settings.save(&setup).expect("written");
    let mut window = Window::start(|wake| Environment { setup: Some(setup), ..Environment::of_user(wake) });
    window.settle();
    window
}

/// Opens the project and measures until the facts of its claims are there; suggestions follow.
fn open(home: &Path, root: &Path) -> Window {
    let mut window = start(home);
    let before = MEMORY.current_usage_as_mb();
    let begun = Instant::now();
    window.app.session_mut().run(Command::OpenProject(root.to_path_buf()));
    let (outline, took) = window.until(LONG, |session| !session.workspace().articles.is_empty());
    let session = window.app.session();
    let first = session.workspace().articles.keys().next().is_some_and(|id| session.article(id).is_some());
    let verdicts: usize = session.expected_verdicts().iter().map(|(_, count)| count).sum();
    println!(
        "  shown after {:.2} s: {} articles, {} text, {verdicts} facts in the line of verdicts",
        seconds(outline),
        session.workspace().articles.len(),
        if first { "the first" } else { "no" }
    );
    report("frames until then", &took);
    let (_, took) = window.until(LONG, |session| !session.workspace().claims.is_empty());
    println!("  open for work after {:.2} s", seconds(begun.elapsed()));
    report("frames until then", &took);
    let (_, took) = window.until(LONG, |session| !session.reconciliation().facts.is_empty());
    println!(
        "  reconciled after {:.2} s: {} facts; {:.0} MB above the start",
        seconds(begun.elapsed()),
        window.app.session().reconciliation().facts.len(),
        MEMORY.current_usage_as_mb() - before
    );
    report("frames until then", &took);
    window
}

fn typed(text: &str) -> Vec<Event> {
    vec![Event::Text(text.to_owned())]
}

/// Changes notes, one after the other, and measures the command, the frame that shows it, and when
/// it is saved.
fn edit(window: &mut Window) {
    let claims: Vec<Claim> = window.app.session().workspace().claims.values().step_by(7).take(100).cloned().collect();
    let (mut commands, mut drawn, mut saved) = (Vec::new(), Vec::new(), Vec::new());
    for (n, claim) in claims.into_iter().enumerate() {
        let changed = Claim { note: format!("note {n}"), ..claim };
        let begun = Instant::now();
        let label = "edit note".into();
        window.app.session_mut().run(Command::ChangeClaim { claim: Box::new(changed), label });
        commands.push(begun.elapsed());
        drawn.push(window.frame(Vec::new()));
        while window.app.session().save_state() == SaveState::Saving {
            std::thread::sleep(Duration::from_micros(100));
            window.app.session_mut().poll();
        }
        saved.push(begun.elapsed());
        drawn.push(window.frame(Vec::new()));
    }
    [&mut commands, &mut drawn, &mut saved].into_iter().for_each(|took| took.sort_unstable());
    report("an edit, by the clock", &commands);
    report("the frames after it", &drawn);
    report("from the edit to saved, by the clock", &saved);
}

fn measure(home: &Path, articles: usize, all: bool) {
    println!("{articles} articles, {} claims", articles * CLAIMS);
    let home = home.join(articles.to_string());
    let root = home.join("project");
    generate(&root, articles);
    println!(" the first time:");
    drop(open(&home, &root));
    println!(" warm:");
    let mut window = open(&home, &root);

    report("at rest", &window.frames(100, |_, _| Vec::new()));
    window.frame(vec![Event::PointerMoved(pos2(120.0, 400.0))]);
    report("scrolling the list", &window.frames(200, |_, n| vec![wheel(if n % 40 == 0 { -90_000.0 } else { -90.0 })]));
    window.frame(vec![Event::PointerMoved(pos2(700.0, 800.0))]);
    report("scrolling the facts", &window.frames(200, |_, _| vec![wheel(-90.0)]));
    let find =
        Event::Key { key: Key::L, physical_key: None, pressed: true, repeat: false, modifiers: Modifiers::COMMAND };
    window.frame(vec![find]);
    window.frames(3, |_, _| Vec::new());
    let mut letters = Vec::new();
    for letter in ["0", "9", "9", "9", "x"] {
        letters.push(window.frame(typed(letter)) + window.frame(Vec::new()));
    }
    for _ in 0..5 {
        letters.push(window.frame(key(Key::Backspace)) + window.frame(Vec::new()));
    }
    letters.sort_unstable();
    report("a letter in the filter", &letters);
    window.frame(key(Key::Escape));
    edit(&mut window);
    if all {
        let (waited, took) = window.until(LONG, |session| session.is_idle() && session.facts_are_current());
        println!("  everything suggested for and reconciled after another {:.0} s", seconds(waited));
        report("frames until then", &took);
        edit(&mut window);
    }
    let begun = Instant::now();
    drop(window);
    println!("  closed within {:.2} s", seconds(begun.elapsed()));
}

fn main() {
    let sizes: Vec<usize> = std::env::args().filter_map(|argument| argument.parse().ok()).collect();
    let sizes = if sizes.is_empty() { vec![1_000, 100_000] } else { sizes };
    let disk = std::env::var_os("TALLYMARK_BENCH_DIR").map_or_else(std::env::temp_dir, PathBuf::from);
    let home = tempfile::tempdir_in(disk).expect("a folder");
    for articles in sizes {
        measure(home.path(), articles, std::env::args().any(|argument| argument == "all"));
    }
}
