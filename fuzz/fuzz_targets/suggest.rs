//! The same checks under libFuzzer: the first bytes choose lexicon and format, the rest is the text.

#![no_main]

#[path = "../src/check.rs"]
mod check;
#[path = "../src/random.rs"]
mod random;

use libfuzzer_sys::fuzz_target;
use random::Random;

fuzz_target!(|data: &[u8]| {
    let Some((head, text)) = data.split_first_chunk::<2>() else { return };
    let suggester = check::suggester(&mut Random::new(u64::from(head[0])));
    let name = ["a.txt", "a.md", "a.html"][usize::from(head[1]) % 3];
    check::check(&suggester, name, &String::from_utf8_lossy(text));
});
