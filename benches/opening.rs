//! How long a folder of 10,000 articles takes to be opened in the window: read, suggested, reconciled,
//! kept in an untitled project on this disk; and the longest frame meanwhile. With what is allocated at
//! the most, and how long reading alone takes.
//!
//! `cargo bench --bench opening`; `-- 1000` opens as many.

#[path = "suggest/corpus.rs"]
#[allow(dead_code, reason = "this benchmark uses a part of it")]
mod corpus;

#[allow(dead_code, reason = "each benchmark uses a part of it")]
mod frames;

use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use frames::{Window, report};
use peak_alloc::PeakAlloc;
use tallymark::claim::Lexicon;
use tallymark::project::disk::RealDisk;
use tallymark::project::{Places, Setup, source};
use tallymark::session::{Command, Environment};

#[global_allocator]
static PEAK: PeakAlloc = PeakAlloc;

const LONG: Duration = Duration::from_secs(900);

fn main() {
    let count = std::env::args().find_map(|arg| arg.parse().ok()).unwrap_or(10_000);
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
    let mut window = Window::start(|wake| Environment { setup: Some(setup), ..Environment::of_user(wake) });
    window.settle();
    PEAK.reset_peak_usage();
    let before = PEAK.current_usage_as_mb();
    window.app.session_mut().run(Command::Open(vec![articles]));
    let (mut steps, mut first) = (0, None);
    let begun = Instant::now();
    let (shown, mut took) = window.until(LONG, |session| {
        if let Some(progress) = session.jobs().first().and_then(|job| job.progress) {
            steps += 1;
            first = first.or(Some((begun.elapsed(), progress)));
        }
        !session.workspace().articles.is_empty()
    });
    let (_, after) = window.settle();
    took.extend(after);
    took.sort_unstable();
    let (first, progress) = first.unwrap_or_default();
    println!(
        "opened: shown after {} ms, saved and reconciled after {} ms; first progress ({:.1} %) after {} ms, {steps} \
         looks with progress",
        shown.as_millis(),
        begun.elapsed().as_millis(),
        progress * 100.0,
        first.as_millis()
    );
    report("frames meanwhile", &took);
    println!(
        "allocated at the most: {:.0} MB over {before:.0} MB; now {:.0} MB",
        PEAK.peak_usage_as_mb() - before,
        PEAK.current_usage_as_mb()
    );
    let session = window.app.session();
    println!(
        "{} articles; told: {:?}",
        session.workspace().articles.len(),
        session.notices().iter().map(|n| n.text.lines().next().unwrap_or("")).collect::<Vec<_>>()
    );
}
