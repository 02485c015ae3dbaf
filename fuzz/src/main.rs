//! Tries texts under lexicons, both made from seeds, until the time is up.
//!
//! `cargo run --release -- [MINUTES] [FIRST SEED]`. What does not hold is said with the seed that
//! shows it, and the text is written to `found-SEED.txt`.

mod check;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::process::ExitCode;
use std::time::{Duration, Instant};

use check::Random;

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1).filter_map(|argument| argument.parse::<u64>().ok());
    let (minutes, first) = (arguments.next().unwrap_or(10), arguments.next().unwrap_or(1));
    let end = Instant::now() + Duration::from_secs(60 * minutes);
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
    if found == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
