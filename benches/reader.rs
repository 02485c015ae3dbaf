//! What the reader costs: from opening an article to reading it, and frames of the whole window at
//! rest, scrolling, jumping, selecting and adding spans, for articles of 3 kB to 100 MB.
//!
//! `cargo bench --bench reader`; `-- 5000000 20000` measures one size, in bytes, with so many spans.
//! The spans are suggestions, all of which are accepted before the frames are measured.

#[allow(dead_code, reason = "each benchmark uses a part of it")]
mod frames;
mod news;

use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use cpu_time::ThreadTime;
use egui::accesskit::Role;
use egui::{Event, Key, Pos2, pos2};
use frames::{Window, button, key, report, wheel};
use news::news;
use peak_alloc::PeakAlloc;
use tallymark::claim::{ArticleId, Grade};
use tallymark::project::disk::RealDisk;
use tallymark::project::{Places, Setup};
use tallymark::session::{Command, Environment, Session};

#[global_allocator]
static MEMORY: PeakAlloc = PeakAlloc;

/// What the peers were measured with, in bytes and spans.
const SIZES: &[(usize, usize)] =
    &[(3_000, 20), (100_000, 500), (1_000_000, 5_000), (5_000_000, 20_000), (100_000_000, 200_000)];

/// In the middle of the text, clear of bars and of the panels.
const TEXT: Pos2 = pos2(660.0, 330.0);
const LONG: Duration = Duration::from_secs(600);

fn megabytes() -> f64 {
    f64::from(MEMORY.current_usage_as_mb())
}

fn reading(session: &Session) -> Option<ArticleId> {
    session.workspace().articles.keys().next().filter(|id| session.article(id).is_some()).cloned()
}

/// Opens an article in the window, as the menu would.
fn open(home: &Path, name: &str, text: &str) -> (Window, ArticleId) {
    let file = home.join(format!("{name}.txt"));
    std::fs::write(&file, text).expect("written");
    let setup = Setup { disk: Arc::new(RealDisk), places: Places::below(&home.join(name)) };
    let mut window = Window::start(|wake| Environment { setup: Some(setup), ..Environment::of_user(wake) });
    window.settle();
    let before = megabytes();
    window.app.session_mut().run(Command::SetLargest(1_000));
    let begun = Instant::now();
    window.app.session_mut().run(Command::Open(vec![file]));
    window.until(LONG, |session| reading(session).is_some());
    window.frame(Vec::new());
    let readable = begun.elapsed();
    let (_, took) = window.settle();
    let settled = begun.elapsed();
    let id = reading(window.app.session()).expect("it is open");
    println!(
        "{name}: {} bytes, {} suggestions; readable after {:.3} s, all suggested, reconciled and saved after {:.2} s",
        text.len(),
        window.app.session().pending_count(&id),
        readable.as_secs_f64(),
        settled.as_secs_f64()
    );
    report("meanwhile", &took);
    println!("  memory above the text: {:.1} MB", megabytes() - before - text.len() as f64 / 1e6);
    (window, id)
}

/// Marks some words by dragging over them. Returns what the frames cost.
fn select(window: &mut Window, from: Pos2) -> Vec<Duration> {
    let mut took = vec![window.frame(vec![Event::PointerMoved(from)])];
    took.push(window.frame(vec![button(from, true)]));
    for step in 1..=20 {
        let at = from + egui::vec2(6.0 * step as f32, 2.5 * step as f32);
        took.push(window.frame(vec![Event::PointerMoved(at)]));
    }
    took.push(window.frame(vec![button(from + egui::vec2(120.0, 50.0), false)]));
    took
}

fn measure(home: &Path, name: &str, text: &str) {
    let (mut window, article) = open(home, name, text);
    let begun = ThreadTime::now();
    window.app.session_mut().run(Command::AcceptAll { article: Some(article.clone()), at_least: Grade::Check });
    let accepted = begun.elapsed();
    let (waited, took) = window.settle();
    let claims = window.app.session().workspace().claims.len();
    println!(
        "  all accepted: {claims} spans; {:.0} ms of the processor until the next frame, all accepted, reconciled and \
         saved after {:.2} s; {:.1} MB now",
        accepted.as_secs_f64() * 1e3,
        waited.as_secs_f64(),
        megabytes()
    );
    report("meanwhile", &took);

    report("at rest", &window.frames(200, |_, _| Vec::new()));
    window.frame(vec![Event::PointerMoved(TEXT)]);
    report("scrolling down", &window.frames(300, |_, _| vec![wheel(-60.0)]));
    report("scrolling up", &window.frames(200, |_, _| vec![wheel(60.0)]));
    // The rail at the right edge of the text: to one place after the other.
    let rail = window.place(Role::ScrollBar, "Place in the article");
    report(
        "jumping over the article",
        &window.frames(120, |_, n| {
            let at = pos2(rail.x, 110.0 + (n / 2 * 37 % 400) as f32);
            vec![Event::PointerMoved(at), button(at, n % 2 == 0)]
        }),
    );
    let mut dragged: Vec<Duration> = (0..10).flat_map(|_| select(&mut window, TEXT)).collect();
    dragged.sort_unstable();
    report("dragging a selection", &dragged);

    let (mut drawn, mut followed) = (Vec::new(), Vec::new());
    for n in 0..20 {
        select(&mut window, TEXT + egui::vec2(n as f32, (n * 13 % 60) as f32));
        // The frame in which the key comes, with the command, and the one that shows what came of it.
        drawn.push(window.frame(key(Key::Num1)) + window.frame(Vec::new()));
        followed.push(window.settle().0);
        window.frames(3, |_, _| vec![wheel(-120.0)]);
        window.frames(10, |_, _| Vec::new());
    }
    if std::env::var_os("TALLYMARK_BENCH_EACH").is_some() {
        println!("  each: {drawn:.1?}");
    }
    let added = window.app.session().workspace().claims.len() - claims;
    drawn.sort_unstable();
    followed.sort_unstable();
    report(&format!("a span added (of {added})"), &drawn);
    report("until its facts are there, by the clock", &followed);
    let undone: Vec<Duration> = (0..added.min(5))
        .map(|_| {
            window.app.session_mut().run(Command::Undo);
            let took = window.frame(Vec::new());
            window.settle();
            took
        })
        .collect();
    report("after an undo", &undone);
}

fn main() {
    let home = tempfile::tempdir().expect("a folder");
    let asked: Vec<usize> = std::env::args().filter_map(|arg| arg.parse().ok()).collect();
    let sizes = asked.chunks_exact(2).map(|pair| (pair[0], pair[1])).collect::<Vec<_>>();
    for (bytes, spans) in if sizes.is_empty() { SIZES } else { &sizes } {
        let name =
            if *bytes < 1_000_000 { format!("{} kB", bytes / 1000) } else { format!("{} MB", bytes / 1_000_000) };
        measure(home.path(), &name, &news(*bytes, *spans));
    }
    if sizes.is_empty() {
        measure(home.path(), "1 MB in a single line", &"word after word without an end ".repeat(33_000));
    }
}
