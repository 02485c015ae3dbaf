//! What deciding on very many suggestions of one article costs, without a window: how long it takes,
//! how long the session holds a frame up meanwhile, and when the facts are there.
//!
//! `cargo bench --bench deciding --no-default-features`; `-- 20000` takes so many suggestions.
//! Twice as many suggestions should take twice as long.

mod news;

use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use cpu_time::ProcessTime;
use news::news;
use tallymark::claim::Grade;
use tallymark::project::disk::RealDisk;
use tallymark::project::{Places, Setup};
use tallymark::session::{Command, Environment, Session};

/// So many bytes of text stand between two figures.
const APART: usize = 250;

/// Lets the session work until nothing is left to do: how long its turns took, the shortest first.
fn turns(session: &mut Session) -> Vec<Duration> {
    let mut took = Vec::new();
    while !session.is_idle() || !session.facts_are_current() {
        let begun = Instant::now();
        if session.poll() {
            took.push(begun.elapsed());
        } else {
            std::thread::sleep(Duration::from_micros(500));
        }
    }
    took.sort_unstable();
    took
}

fn report(what: &str, session: &mut Session, command: Command) {
    let (begun, processor) = (Instant::now(), ProcessTime::now());
    session.run(command);
    let first = begun.elapsed();
    let took = turns(session);
    let at = |share: f64| took.get(((took.len() as f64 * share) as usize).min(took.len().saturating_sub(1)));
    let ms = |took: Option<&Duration>| took.map_or(0.0, |took| took.as_secs_f64() * 1e3);
    println!(
        "  {what}: {:.2} s ({:.2} s of the processor); the command {:.1} ms, {} turns of {:.2} ms, 99 % under {:.2} ms, \
         the longest {:.1} ms; {} claims, {} suggestions left",
        begun.elapsed().as_secs_f64(),
        processor.elapsed().as_secs_f64(),
        first.as_secs_f64() * 1e3,
        took.len(),
        ms(at(0.5)),
        ms(at(0.99)),
        ms(took.last()),
        session.workspace().claims.len(),
        session.unannotated(),
    );
}

fn measure(home: &Path, count: usize) {
    let file = home.join(format!("{count}.txt"));
    std::fs::write(&file, news(count * APART, count)).expect("written");
    let setup = Setup { disk: Arc::new(RealDisk), places: Places::below(&home.join(count.to_string())) };
    let mut session = Session::start(Environment { setup: Some(setup), ..Environment::of_user(Arc::new(|| ())) });
    session.settle();
    println!("{count} figures:");
    report("opened", &mut session, Command::Open(vec![file]));
    report("all accepted", &mut session, Command::AcceptAll { article: None, at_least: Grade::Check });
    report("undone", &mut session, Command::Undo);
    report("redone", &mut session, Command::Redo);
}

fn main() {
    let home = tempfile::tempdir().expect("a folder");
    let asked: Vec<usize> = std::env::args().filter_map(|arg| arg.parse().ok()).collect();
    for count in if asked.is_empty() { &[1_000, 5_000, 20_000][..] } else { &asked } {
        measure(home.path(), *count);
    }
}
