//! Tries what is made from seeds until the time is up: texts under lexicons, files under the readers of
//! articles, projects and journals whose files are damaged, layers under corrections of their articles.
//!
//! `cargo run --release -- [texts|files|projects|journals|anchors] [MINUTES] [FIRST SEED] [FORMAT]`. What
//! does not hold, and what takes long, is said with the seed that shows it, and written to `found-SEED…`.

mod anchors;
mod articles;
mod check;
mod damage;
#[path = "../../src/project/tests/memory.rs"]
#[allow(dead_code, reason = "the tests of the program let its calls fail, too")]
mod memory;
mod projects;
mod random;
mod sample;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::process::ExitCode;
use std::time::{Duration, Instant};

use cpu_time::ProcessTime;
use random::Random;
use tallymark::article::Format;
// The disk in memory looks for it here.
use tallymark::project;

/// Something of some kilobytes that takes more processor time than this is found as well; what is larger
/// may take as much for every [`SOME_KILOBYTES`].
const LONG: Duration = Duration::from_secs(5);
/// As many bytes as a long article has.
const SOME_KILOBYTES: u32 = 64 * 1024;
/// More is not looked for: it would mostly be the same.
const ENOUGH: u32 = 20;
/// Every so many damaged projects are opened in a session as well, which takes long.
const IN_SESSION: u64 = 10;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let has = |word: &str| arguments.iter().any(|argument| argument == word);
    let mut numbers = arguments.iter().filter_map(|argument| argument.parse::<u64>().ok());
    let (minutes, first) = (numbers.next().unwrap_or(10), numbers.next().unwrap_or(1));
    let end = Instant::now() + Duration::from_secs(60 * minutes);
    let used = ProcessTime::now();
    let found = if has("files") {
        let format = Format::ALL.into_iter().find(|format| has(format.id()));
        try_all("files", end, first, |seed| file(seed, format))
    } else if has("projects") {
        try_all("projects", end, first, |seed| project_of(seed, projects::ANYWHERE))
    } else if has("journals") {
        try_all("journals", end, first, |seed| project_of(seed, projects::JOURNALS))
    } else if has("anchors") {
        try_all("layers", end, first, layer)
    } else {
        texts(end, first)
    };
    println!("{:.0} s of processor time", used.elapsed().as_secs_f64());
    if found == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// What was made of a seed: how long it is in bytes, what checks it, and what it is, to be looked at
/// where something was found, with the ending of its file.
struct Made {
    bytes: usize,
    check: Box<dyn FnOnce()>,
    shown: Box<dyn FnOnce() -> (String, Vec<u8>)>,
}

fn try_all(what: &str, end: Instant, first: u64, make: impl Fn(u64) -> Made) -> u32 {
    let (mut bytes, mut found) = (0usize, 0u32);
    let mut seed = first;
    while Instant::now() < end && found < ENOUGH {
        let made = make(seed);
        let begun = ProcessTime::now();
        let broke = catch_unwind(AssertUnwindSafe(made.check)).is_err();
        if broke || begun.elapsed() > LONG * (1 + made.bytes as u32 / SOME_KILOBYTES) {
            let (ending, shown) = (made.shown)();
            println!("seed {seed} ({ending}), {} bytes: {}", made.bytes, if broke { "broke" } else { "took long" });
            let _ = std::fs::write(format!("found-{seed}.{ending}"), shown);
            found += 1;
        }
        bytes += made.bytes;
        seed += 1;
    }
    println!("{} {what}, {bytes} bytes (seeds {first} to {}): {found} found", seed - first, seed - 1);
    found
}

fn file(seed: u64, format: Option<Format>) -> Made {
    let mut random = Random::new(seed);
    let (name, file) = match format {
        Some(format) => articles::file_of(format, &mut random),
        None => articles::file(&mut random),
    };
    let (ending, shown) = (name[2..].to_owned(), file.clone());
    Made {
        bytes: file.len(),
        check: Box::new(move || articles::check(&name, &file)),
        shown: Box::new(move || (ending, shown)),
    }
}

fn project_of(seed: u64, below: &'static [&'static str]) -> Made {
    let (disk, what) = projects::damaged(&mut Random::new(seed), below);
    let shown = what.clone();
    Made {
        bytes: disk.files().values().map(Vec::len).sum(),
        check: Box::new(move || {
            let seen = (seed % IN_SESSION == 0).then(|| projects::damaged(&mut Random::new(seed), below).0);
            projects::check(&disk, &what);
            seen.iter().for_each(|disk| projects::check_in_session(disk, &what));
        }),
        shown: Box::new(move || ("txt".to_owned(), shown.into_bytes())),
    }
}

fn layer(seed: u64) -> Made {
    let mut random = Random::new(seed);
    let case = anchors::case(&mut random);
    let texts = case.texts();
    Made {
        bytes: case.bytes(),
        check: Box::new(move || {
            anchors::check(&case);
            anchors::check_by_hand(&case, &mut random);
        }),
        shown: Box::new(move || ("txt".to_owned(), texts.into_bytes())),
    }
}

fn texts(end: Instant, first: u64) -> u32 {
    let (mut texts, mut bytes, mut found) = (0u64, 0usize, 0u32);
    let mut seed = first;
    while Instant::now() < end && found < ENOUGH {
        let mut random = Random::new(seed);
        let Ok(suggester) = catch_unwind(AssertUnwindSafe(|| check::suggester(&mut random))) else {
            println!("seed {seed}: the lexicon does not compile");
            found += 1;
            seed += 1;
            continue;
        };
        // A lexicon takes longer to compile than a text to read.
        for nth in 0..200 {
            let (name, text) = check::text(&mut random);
            if catch_unwind(AssertUnwindSafe(|| check::check(&suggester, name, &text))).is_err() {
                println!("seed {seed}, text {nth} ({name}): {text:?}");
                let _ = std::fs::write(format!("found-{seed}-{nth}.{}", &name[2..]), &text);
                found += 1;
            }
            texts += 1;
            bytes += text.len();
        }
        seed += 1;
    }
    println!("{texts} texts, {bytes} bytes, {} lexicons (seeds {first} to {}): {found} found", seed - first, seed - 1);
    found
}
