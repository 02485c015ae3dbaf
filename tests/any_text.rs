//! Any text under any lexicon, and any number of threads: nothing breaks, and nothing differs.

#[path = "../fuzz/src/check.rs"]
mod check;
#[path = "../fuzz/src/random.rs"]
mod random;

use std::path::Path;

use proptest::prelude::*;
use random::Random;
use rayon::prelude::*;
use tallymark::article::{Article, ReadOptions, read};
use tallymark::claim::{Codebook, Lexicon};
use tallymark::suggest::Suggester;

fn built_in() -> Suggester {
    Suggester::new(&Codebook::built_in(), &Lexicon::built_in())
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn files(folder: &Path) -> Vec<std::path::PathBuf> {
    let entries = std::fs::read_dir(folder).expect("the folder is there");
    let mut files: Vec<_> = entries.map(|entry| entry.expect("an entry").path()).collect();
    files.sort();
    files
}

#[test]
fn what_was_once_found_is_read_without_harm() {
    let files = files(&root().join("fuzz/corpus"));
    assert!(!files.is_empty());
    let suggesters = [built_in(), check::suggester(&mut Random::new(7))];
    for file in files {
        let bytes = std::fs::read(&file).expect("a file of the corpus");
        let name = file.file_name().and_then(|name| name.to_str()).expect("a name");
        suggesters.iter().for_each(|suggester| check::check(suggester, name, &String::from_utf8_lossy(&bytes)));
    }
}

#[test]
fn composed_texts_are_read_without_harm() {
    let suggester = built_in();
    for seed in 0..150 {
        let (name, text) = check::text(&mut Random::new(seed));
        check::check(&suggester, name, &text);
    }
    for seed in 1000..1010 {
        let mut random = Random::new(seed);
        let suggester = check::suggester(&mut random);
        for _ in 0..15 {
            let (name, text) = check::text(&mut random);
            check::check(&suggester, name, &text);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn arbitrary_texts_are_read_without_harm(
        text in "\\PC{0,120}|[a-zA-Z0-9 .,'’“”\\-\n/:|#*\\[\\]()]{0,160}",
        seed in 0u64..1_000_000,
    ) {
        static BUILT_IN: std::sync::LazyLock<Suggester> = std::sync::LazyLock::new(built_in);
        let name = *Random::new(seed).pick(&["a.txt", "a.md", "a.html"]);
        check::check(&BUILT_IN, name, &text);
    }
}

/// The sample articles, and as many made ones that each holds a few of their paragraphs.
fn articles() -> Vec<Article> {
    let texts: Vec<(String, Vec<u8>)> = files(&root().join("samples/articles"))
        .into_iter()
        .map(|file| (file.display().to_string(), std::fs::read(&file).expect("a sample")))
        .collect();
    let mut random = Random::new(5);
    let mut all = texts.clone();
    let article = |name: &str, bytes: &[u8]| read(name, bytes, &ReadOptions::default()).expect("an article");
    let whole: Vec<Article> = texts.iter().map(|(name, bytes)| article(name, bytes)).collect();
    let paragraphs: Vec<&str> = whole.iter().flat_map(|article| article.text.split("\n\n")).collect();
    for number in 0..120 {
        let some: Vec<&str> = (0..4).map(|_| *random.pick(&paragraphs)).collect();
        all.push((format!("{number}.md"), some.join("\n\n").into_bytes()));
    }
    all.iter().map(|(name, bytes)| article(name, bytes)).collect()
}

#[test]
fn the_number_of_threads_changes_nothing() {
    let (suggester, articles) = (built_in(), articles());
    let with = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("threads");
        let suggest = |article: &Article| suggester.suggest(article, &article.metadata);
        pool.install(|| articles.par_iter().map(suggest).collect::<Vec<_>>())
    };
    let one = with(1);
    assert!(one.iter().map(Vec::len).sum::<usize>() > 100, "there is something to compare");
    for threads in [2, 5] {
        assert!(with(threads) == one, "{threads} threads");
    }
    // In another order, and by a suggester of its own.
    let again = built_in();
    let backwards: Vec<_> = articles.iter().rev().map(|a| again.suggest(a, &a.metadata)).collect();
    assert!(backwards.into_iter().rev().eq(one), "the order of the articles");
}
