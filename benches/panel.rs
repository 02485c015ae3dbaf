//! What frames of the whole window cost with 100,000 facts in the reconciliation panel.
//!
//! `cargo bench --bench panel` prints median, 99th percentile and slowest frame: at rest and
//! scrolling in every view, and the slowest frame of choosing a filter, another order, or an edit.
//! `-- 10000` measures with another number of facts.

#[allow(dead_code, reason = "each benchmark uses a part of it")]
mod frames;

use std::time::{Duration, Instant};

use egui::accesskit::Role;
use egui::{Event, Pos2, pos2};
use frames::{Window, report, wheel};
use tallymark::claim::MONTHS;
use tallymark::formats::views::View as Tab;
use tallymark::session::{Command, Session};

/// In the middle of the panel.
const PANEL: Pos2 = pos2(720.0, 780.0);

/// Articles that tell of so many facts: each of another day or party.
fn session(facts: usize) -> Session {
    const PARTIES: [&str; 10] =
        ["Russian", "Ukrainian", "Israeli", "Syrian", "Turkish", "Indian", "Sudanese", "Malian", "Yemeni", "Iraqi"];
    let sentence = |n: usize| {
        let (party, day) = (PARTIES[n % 10], n / 10);
        let (month, year) = (MONTHS[day / 28 % 12], 1970 + day / 336);
        format!(
            "On {} {month} {year}, {} {party} soldiers were killed, the ministry said.\n\n",
            day % 28 + 1,
            n % 90 + 5
        )
    };
    let numbers: Vec<usize> = (0..facts).collect();
    let texts: Vec<String> = numbers.chunks(500).map(|of| of.iter().copied().map(sentence).collect()).collect();
    let names: Vec<String> = (0..texts.len()).map(|n| format!("{n:04}.txt")).collect();
    let files: Vec<(&str, &[u8])> = names.iter().zip(&texts).map(|(n, text)| (&**n, text.as_bytes())).collect();
    let mut session = Session::new("bench");
    session.add_articles(&files);
    session.settle();
    session
}

fn main() {
    let asked = std::env::args().find_map(|arg| arg.parse().ok());
    let start = Instant::now();
    let mut window = Window::of(session(asked.unwrap_or(100_000)));
    let facts = window.app.session().reconciliation().facts.len();
    println!("{facts} facts; read, suggested, reconciled and first shown in {:.1?}", start.elapsed());
    for tab in Tab::ALL {
        let opened = window.click(Role::Tab, tab.label());
        report(&format!("{}: opened", tab.label()), &[opened]);
        window.frames(5, |_, _| Vec::new());
        report(&format!("{}: at rest", tab.label()), &window.frames(100, |_, _| Vec::new()));
        window.frame(vec![Event::PointerMoved(PANEL)]);
        report(&format!("{}: scrolling", tab.label()), &window.frames(200, |_, _| vec![wheel(-90.0)]));
    }
    window.click(Role::Tab, Tab::Facts.label());
    for filter in [" single origin", " single origin", " conflicting", " conflicting"] {
        report(&format!("filter{filter}"), &[window.click(Role::Button, filter)]);
    }
    for column in ["Sort by fact", "Sort by direction", "Sort by low", "Sort by low", "Sort by verdict"] {
        report(column, &[window.click(Role::Button, column)]);
    }
    report("a fact unfolded", &[window.click(Role::Row, "")]);
    let session = window.app.session();
    let articles: Vec<_> = session.workspace().articles.keys().take(20).cloned().collect();
    let keys: Vec<_> = articles.iter().filter_map(|id| Some(session.pending(id).first()?.key())).collect();
    let (mut edits, mut drawn, mut followed): (Vec<Duration>, Vec<Duration>, Vec<Duration>) = Default::default();
    for key in keys {
        let start = Instant::now();
        window.app.session_mut().run(Command::Accept(key));
        edits.push(start.elapsed());
        drawn.push(window.frame(Vec::new()));
        let (waited, took) = window.settle();
        followed.push(waited);
        drawn.extend(took);
    }
    [&mut edits, &mut drawn, &mut followed].into_iter().for_each(|took| took.sort_unstable());
    report("an edit, by the clock", &edits);
    report("the frames after it", &drawn);
    report("until the facts are there, by the clock", &followed);
}
