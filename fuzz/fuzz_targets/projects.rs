//! The same checks under libFuzzer: the first byte chooses a file of the project, the rest is what
//! stands in it.

#![no_main]

#[path = "../src/damage.rs"]
mod damage;
#[path = "../../src/project/tests/memory.rs"]
mod memory;
#[path = "../src/projects.rs"]
mod projects;
#[path = "../src/random.rs"]
mod random;
#[path = "../src/sample.rs"]
mod sample;

use libfuzzer_sys::fuzz_target;
// The disk in memory looks for it here.
use tallymark::project;

fuzz_target!(|data: &[u8]| {
    let Some((first, bytes)) = data.split_first() else { return };
    let files: Vec<&String> = sample::sound().files.keys().collect();
    let path = files[usize::from(*first) % files.len()];
    projects::check(&projects::with_file(path, bytes), path);
});
