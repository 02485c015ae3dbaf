//! What a session with a large project holds in memory and when it shows what, without a window:
//! `cargo bench --bench session --no-default-features`.
//!
//! `-- 8000 100000` makes projects of as many articles, with ten claims each, opens them once so that
//! they are indexed, and measures the second time: the list, the first text and the line of verdicts;
//! open for work; facts; everything suggested for. `-- 8000 bare` makes them without claims: all that
//! is suggested is counted into the facts then. `TALLYMARK_BENCH_DIR` says on which disk.

#[allow(dead_code, reason = "each benchmark uses a part of it")]
mod made;

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use made::{CLAIMS, generate};
use peak_alloc::PeakAlloc;
use tallymark::project::disk::RealDisk;
use tallymark::project::{Places, Settings, Setup};
use tallymark::session::{Command, Environment, SaveState, Session};

#[global_allocator]
static MEMORY: PeakAlloc = PeakAlloc;

/// Lets the session work until something holds; how long its longest turn took.
fn until(session: &mut Session, holds: impl Fn(&Session) -> bool) -> Duration {
    let mut longest = Duration::ZERO;
    while !holds(session) {
        let begun = Instant::now();
        let any = session.poll();
        longest = longest.max(begun.elapsed());
        if !any {
            std::thread::sleep(Duration::from_millis(2));
        }
    }
    longest
}

fn open(home: &Path, root: &Path, bare: bool) {
    let setup = Setup { disk: Arc::new(RealDisk), places: Places::below(&home.join("user")) };
    let settings = Settings { analyst: Some("Anna".into()), ..Settings::default() };
    settings.save(&setup).expect("written");
    let mut session = Session::start(Environment { setup: Some(setup), ..Environment::of_user(Arc::new(|| ())) });
    session.settle();
    let before = MEMORY.current_usage();
    MEMORY.reset_peak_usage();
    let begun = Instant::now();
    session.run(Command::OpenProject(root.to_path_buf()));
    let told = |what: &str, session: &mut Session, longest: Duration| {
        let held = MEMORY.current_usage().saturating_sub(before);
        let articles = session.workspace().articles.len().max(1);
        let text: usize = session
            .workspace()
            .articles
            .keys()
            .filter_map(|id| session.article(id))
            .map(|article| article.text.len())
            .sum();
        println!(
            "  {what} after {:.2} s (longest turn {:.0} ms): {:.0} MB, {:.1} kB an article above its text; at most {:.0} MB",
            begun.elapsed().as_secs_f64(),
            longest.as_secs_f64() * 1e3,
            held as f64 / 1e6,
            held.saturating_sub(text) as f64 / 1e3 / articles as f64,
            MEMORY.peak_usage().saturating_sub(before) as f64 / 1e6,
        );
        MEMORY.reset_peak_usage();
    };
    let longest = until(&mut session, |session| !session.workspace().articles.is_empty());
    told("list", &mut session, longest);
    let longest = until(&mut session, |session| !matches!(session.save_state(), SaveState::ReadOnly(_)));
    told("open for work", &mut session, longest);
    if !bare {
        let longest = until(&mut session, |session| !session.reconciliation().facts.is_empty());
        told("facts", &mut session, longest);
    }
    let longest = until(&mut session, |session| session.is_idle() && session.facts_are_current());
    told("everything suggested and reconciled", &mut session, longest);
    println!(
        "  {} claims, {} suggestions wait, {} facts",
        session.workspace().claims.len(),
        session.pending_by_grade().iter().sum::<usize>(),
        session.reconciliation().facts.len()
    );
    let begun = Instant::now();
    drop(session);
    println!("  closed within {:.2} s", begun.elapsed().as_secs_f64());
}

fn measure(home: &Path, articles: usize, bare: bool) {
    println!("{articles} articles, {} claims", if bare { 0 } else { articles * CLAIMS });
    let home = home.join(articles.to_string());
    let root = home.join("project");
    generate(&root, articles);
    if bare {
        std::fs::remove_dir_all(root.join("annotations")).expect("removed");
    }
    println!(" the first time:");
    open(&home, &root, bare);
    println!(" warm:");
    open(&home, &root, bare);
    std::fs::remove_dir_all(&home).expect("removed");
}

fn main() {
    let sizes: Vec<usize> = std::env::args().filter_map(|argument| argument.parse().ok()).collect();
    let sizes = if sizes.is_empty() { vec![1_000, 8_000] } else { sizes };
    let disk = std::env::var_os("TALLYMARK_BENCH_DIR").map_or_else(std::env::temp_dir, PathBuf::from);
    let home = tempfile::tempdir_in(disk).expect("a folder");
    for articles in sizes {
        measure(home.path(), articles, std::env::args().any(|argument| argument == "bare"));
    }
}
