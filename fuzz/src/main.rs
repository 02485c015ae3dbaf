//! Tries texts under lexicons, or files under the readers of articles, all made from seeds, until the
//! time is up.
//!
//! `cargo run --release -- [texts|files] [MINUTES] [FIRST SEED] [FORMAT]`. What does not hold, and what
//! takes long, is said with the seed that shows it, and written to `found-SEED…`.

mod articles;
mod check;
mod random;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::process::ExitCode;
use std::time::{Duration, Instant};

use random::Random;
use tallymark::article::Format;

/// A file of some kilobytes that takes longer than this is found as well.
const LONG: Duration = Duration::from_secs(5);

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let mut numbers = arguments.iter().filter_map(|argument| argument.parse::<u64>().ok());
    let (minutes, first) = (numbers.next().unwrap_or(10), numbers.next().unwrap_or(1));
    let end = Instant::now() + Duration::from_secs(60 * minutes);
    let found = if arguments.iter().any(|argument| argument == "files") {
        let format = Format::ALL.into_iter().find(|format| arguments.iter().any(|argument| argument == format.id()));
        files(end, first, format)
    } else {
        texts(end, first)
    };
    if found == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn texts(end: Instant, first: u64) -> u32 {
    let (mut texts, mut bytes, mut found) = (0u64, 0usize, 0u32);
    let mut seed = first;
    while Instant::now() < end && found < 20 {
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

fn files(end: Instant, first: u64, format: Option<Format>) -> u32 {
    let (mut bytes, mut found) = (0usize, 0u32);
    let mut seed = first;
    while Instant::now() < end && found < 20 {
        let mut random = Random::new(seed);
        let (name, file) = match format {
            Some(format) => articles::file_of(format, &mut random),
            None => articles::file(&mut random),
        };
        let begun = Instant::now();
        let broke = catch_unwind(AssertUnwindSafe(|| articles::check(&name, &file))).is_err();
        if broke || begun.elapsed() > LONG {
            println!("seed {seed} ({name}), {} bytes: {}", file.len(), if broke { "broke" } else { "took long" });
            let _ = std::fs::write(format!("found-{seed}.{}", &name[2..]), &file);
            found += 1;
        }
        bytes += file.len();
        seed += 1;
    }
    println!("{} files, {bytes} bytes (seeds {first} to {}): {found} found", seed - first, seed - 1);
    found
}
