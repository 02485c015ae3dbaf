//! Any file under any reader of articles: nothing breaks, and twice gives the same.

#[path = "../fuzz/src/articles.rs"]
mod articles;
#[path = "../fuzz/src/random.rs"]
mod random;

use std::path::Path;

use random::Random;
use rayon::prelude::*;
use tallymark::article::{Format, ReadOptions, split};

#[test]
fn what_was_once_found_is_read_without_harm() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/corpus_of_articles");
    let mut files: Vec<_> =
        std::fs::read_dir(folder).expect("the corpus").map(|entry| entry.expect("an entry").path()).collect();
    files.sort();
    assert!(files.len() >= 10);
    for file in files {
        let name = file.file_name().and_then(|name| name.to_str()).expect("a name");
        articles::check(name, &std::fs::read(&file).expect("a file of the corpus"));
    }
}

#[test]
fn composed_files_are_read_without_harm() {
    (0..600_u64).into_par_iter().for_each(|seed| {
        let mut random = Random::new(seed);
        let (name, bytes) = articles::file(&mut random);
        articles::check(&name, &bytes);
    });
}

#[test]
fn each_format_is_composed_so_that_it_is_mostly_read() {
    // Files that are all refused would prove nothing.
    for format in Format::ALL {
        let read = |seed: u64| {
            let (name, bytes) = articles::file_of(format, &mut Random::new(seed));
            let split = split(&name, &bytes, &ReadOptions::default());
            split.is_ok_and(|split| {
                split.parts.iter().any(|part| split.read(part).is_ok_and(|article| !article.text.trim().is_empty()))
            })
        };
        let count = (0..60).filter(|seed| read(*seed)).count();
        let why = || {
            let (name, bytes) = articles::file_of(format, &mut Random::new(1));
            let split = split(&name, &bytes, &ReadOptions::default());
            split.map(|split| split.parts.iter().map(|part| split.read(part).map(|a| a.text)).collect::<Vec<_>>())
        };
        assert!(count >= 5, "{format:?}: {count} of 60 are read; {:?}", why());
    }
}
