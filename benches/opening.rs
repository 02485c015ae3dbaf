//! How long a folder of 10,000 articles takes to be opened as the window opens it: read, suggested,
//! reconciled, kept in an untitled project on this disk. With what is allocated at the most, and how
//! long reading alone takes, by format.
//!
//! `cargo bench --bench opening --no-default-features`; `-- --quick` opens a tenth.

#[path = "suggest/corpus.rs"]
#[allow(dead_code, reason = "this benchmark uses a part of it")]
mod corpus;

use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use peak_alloc::PeakAlloc;
use tallymark::claim::Lexicon;
use tallymark::project::disk::RealDisk;
use tallymark::project::{Places, Setup, source};
use tallymark::session::{Command, Environment, Session};

#[global_allocator]
static PEAK: PeakAlloc = PeakAlloc;

fn main() {
    let count = if std::env::args().any(|arg| arg == "--quick") { 1_000 } else { 10_000 };
    let folder = tempfile::tempdir().expect("a folder");
    let articles = folder.path().join("articles");
    std::fs::create_dir(&articles).expect("made");
    let mut bytes = 0;
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut maker = corpus::Maker::new(2026, &Lexicon::built_in(), root);
    for n in 0..count {
        // About as long as news is.
        let made = maker.article(n, 3_000);
        let ending = made.name.rsplit('.').next().unwrap_or("txt");
        bytes += made.text.len();
        std::fs::write(articles.join(format!("{n:05}.{ending}")), made.text).expect("written");
    }
    // One in a hundred cannot be read.
    for n in 0..count / 100 {
        std::fs::write(articles.join(format!("broken-{n}.txt")), b"\x89PNG\r\n\x1a\n").expect("written");
    }
    println!("{count} articles, {} kB each on the average", bytes / count / 1000);

    let options = Default::default();
    let begun = Instant::now();
    let sources = source::find(std::slice::from_ref(&articles));
    let loaded = source::load(&sources.files, &options, || {});
    println!("read alone: {} ms, {} refused", begun.elapsed().as_millis(), loaded.problems.len());
    drop(loaded);

    let setup = Setup { disk: Arc::new(RealDisk), places: Places::below(&folder.path().join("user")) };
    let environment = Environment { setup: Some(setup), ..Environment::of_user(Arc::new(|| {})) };
    let mut session = Session::start(environment);
    session.settle();
    PEAK.reset_peak_usage();
    let before = PEAK.current_usage_as_mb();
    let begun = Instant::now();
    session.run(Command::Open(vec![articles]));
    let (mut slowest, mut steps, mut first) = (Duration::ZERO, 0, None);
    while !session.jobs().is_empty() {
        let polled = Instant::now();
        session.poll();
        slowest = slowest.max(polled.elapsed());
        if let Some(progress) = session.jobs().first().and_then(|job| job.progress) {
            steps += 1;
            first = first.or(Some((begun.elapsed(), progress)));
        }
        std::thread::sleep(Duration::from_millis(16));
    }
    let shown = begun.elapsed();
    session.settle();
    let (first, progress) = first.unwrap_or_default();
    println!(
        "opened: shown after {} ms, saved after {} ms; first progress ({:.1} %) after {} ms, {steps} frames with progress",
        shown.as_millis(),
        begun.elapsed().as_millis(),
        progress * 100.0,
        first.as_millis()
    );
    println!("the longest that a frame waited for it: {} ms", slowest.as_millis());
    println!(
        "allocated at the most: {:.0} MB over {before:.0} MB; now {:.0} MB",
        PEAK.peak_usage_as_mb() - before,
        PEAK.current_usage_as_mb()
    );
    println!(
        "{} articles; told: {:?}",
        session.workspace().articles.len(),
        session.notices().iter().map(|n| n.text.lines().next().unwrap_or("")).collect::<Vec<_>>()
    );
}
