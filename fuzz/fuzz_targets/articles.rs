//! The same checks under libFuzzer: the first byte chooses the format, the rest is the file.

#![no_main]

#[path = "../src/articles.rs"]
mod articles;
#[path = "../src/random.rs"]
mod random;

use libfuzzer_sys::fuzz_target;
use tallymark::article::Format;

fuzz_target!(|data: &[u8]| {
    let Some((first, file)) = data.split_first() else { return };
    let format = Format::ALL[usize::from(*first) % Format::ALL.len()];
    articles::check(&format!("a.{}", format.extensions()[0]), file);
});
