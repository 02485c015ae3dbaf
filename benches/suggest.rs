//! How fast the suggestions are: MB per second of CPU time on one thread, the ratio to a bare pass
//! of the lexicon's automaton over the same text, the share of every stage, memory, readiness.
//!
//! `cargo bench --bench suggest --no-default-features`; with `-- --quick` over a tenth of the text.
//! `-- --digest` prints a digest of all suggestions and nothing else: the same before and after a
//! change that is to change nothing; `-- --ready` prints how long it takes to be ready. The text is made (`suggest/corpus.rs`), the same in every run.

#[path = "suggest/corpus.rs"]
mod corpus;

use std::path::Path;
use std::time::{Duration, Instant};

use cpu_time::ProcessTime;
use daachorse::{DoubleArrayAhoCorasick, DoubleArrayAhoCorasickBuilder, MatchKind};
use peak_alloc::PeakAlloc;
use rayon::prelude::*;
use sha2::{Digest, Sha256};
use tallymark::article::{Article, ReadOptions, read};
use tallymark::claim::{Codebook, Lexicon, Suggestion};
use tallymark::suggest::{Stage, Suggester, forms};

use corpus::{Made, Maker};

#[global_allocator]
static MEMORY: PeakAlloc = PeakAlloc;

const MB: f64 = 1e6;

fn main() {
    let given = |option: &str| std::env::args().any(|arg| arg == option);
    let scale = if given("--quick") { 10 } else { 1 };
    let (time, lexicon) = timed(Lexicon::built_in);
    let (compile, suggester) = timed(|| Suggester::new(&Codebook::built_in(), &lexicon));
    let ready = format!(
        "ready: {:.1} ms (lexicon read {:.1}, compiled {:.1})",
        millis(time + compile),
        millis(time),
        millis(compile)
    );
    if given("--ready") {
        println!("{ready}");
        return;
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut maker = Maker::new(2026, &lexicon, root);
    if given("--digest") {
        let articles = articles(&maker.articles(20_000_000 / scale, 5000));
        println!("{}", digest(&suggester, &articles));
        return;
    }
    println!("{ready}");

    let made = maker.articles(24_000_000 / scale, 5000);
    let variety = corpus::variety(&made);
    println!(
        "text: {:.1} MB in {} articles of 2.5 to 10 kB; {} sentences, {:.1} % of them distinct; {} distinct words; {:.1} figures a kB",
        variety.bytes as f64 / MB,
        variety.articles,
        variety.sentences,
        100.0 * variety.distinct_sentences as f64 / variety.sentences as f64,
        variety.distinct_words,
        1e3 * variety.figures as f64 / variety.bytes as f64
    );
    let (reading, articles) = cpu(|| articles(&made));
    drop(made);
    let bytes: usize = articles.iter().map(|article| article.text.len()).sum();

    let automaton = automaton(&lexicon);
    let bare = (0..3).map(|_| bare_pass(&automaton, &articles)).min().unwrap_or_default();
    let (whole, suggestions) = (0..3)
        .map(|_| cpu(|| articles.iter().map(|a| suggester.suggest(a, &a.metadata).len()).sum::<usize>()))
        .min()
        .unwrap_or_default();
    let rate = |time: Duration| bytes as f64 / MB / time.as_secs_f64();
    println!("bare Aho–Corasick pass: {:.1} MB per CPU second", rate(bare));
    println!(
        "suggest, one thread: {:.1} MB per CPU second, {:.1} times the bare pass; {suggestions} suggestions",
        rate(whole),
        whole.as_secs_f64() / bare.as_secs_f64()
    );
    println!("with the reading of the files: {:.1} MB per CPU second", rate(whole + reading));
    stages(&suggester, &articles);
    memory(&suggester, &articles);
    drop(articles);

    let small = self::articles(&maker.articles(20_000_000 / scale, 1600));
    let bytes: usize = small.iter().map(|article| article.text.len()).sum();
    let (one, _) = timed(|| small.iter().map(|a| suggester.suggest(a, &a.metadata).len()).sum::<usize>());
    let (many, _) = timed(|| small.par_iter().map(|a| suggester.suggest(a, &a.metadata).len()).sum::<usize>());
    println!(
        "{} articles of {:.1} kB: {:.0} ms on one thread, {:.0} ms on {} threads (wall clock)",
        small.len(),
        bytes as f64 / 1e3 / small.len() as f64,
        millis(one),
        millis(many),
        rayon::current_num_threads()
    );
}

fn articles(made: &[Made]) -> Vec<Article> {
    let options = ReadOptions::default();
    made.iter().filter_map(|made| read(&made.name, made.text.as_bytes(), &options).ok()).collect()
}

fn millis(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}

fn timed<T>(work: impl FnOnce() -> T) -> (Duration, T) {
    let start = Instant::now();
    let done = work();
    (start.elapsed(), done)
}

/// CPU time, all threads of the process together.
fn cpu<T>(work: impl FnOnce() -> T) -> (Duration, T) {
    let start = ProcessTime::now();
    let done = work();
    (start.elapsed(), done)
}

/// Aho–Corasick over every form of the lexicon, leftmost-longest.
fn automaton(lexicon: &Lexicon) -> DoubleArrayAhoCorasick<u32> {
    let builder = DoubleArrayAhoCorasickBuilder::new().match_kind(MatchKind::LeftmostLongest);
    builder.build(forms(&Codebook::built_in(), lexicon)).expect("the lexicon has forms, and each once")
}

/// The automaton alone, over the same texts in lower case.
fn bare_pass(automaton: &DoubleArrayAhoCorasick<u32>, articles: &[Article]) -> Duration {
    let lower: Vec<String> = articles.iter().map(|article| article.text.to_lowercase()).collect();
    let (time, hits) = cpu(|| lower.iter().map(|text| automaton.leftmost_find_iter(text).count()).sum::<usize>());
    assert!(hits > 0, "the lexicon's words are in the text");
    time
}

fn stages(suggester: &Suggester, articles: &[Article]) {
    let mut spent = vec![Duration::ZERO; Stage::ALL.len()];
    for article in articles {
        let mut last = Instant::now();
        suggester.suggest_watched(article, &article.metadata, &mut |stage| {
            let now = Instant::now();
            spent[stage as usize] += now - last;
            last = now;
        });
    }
    let all: Duration = spent.iter().sum();
    let share = |stage: &Stage| 100.0 * spent[*stage as usize].as_secs_f64() / all.as_secs_f64();
    let shares: Vec<String> = Stage::ALL.iter().map(|stage| format!("{stage:?} {:.1} %", share(stage))).collect();
    println!("stages: {}", shares.join(", "));
}

/// What is allocated at the most while articles are suggested one by one, beside the articles
/// themselves and the lexicon; and for one article of a megabyte.
fn memory(suggester: &Suggester, articles: &[Article]) {
    let peak = |articles: &[Article]| {
        let before = MEMORY.current_usage();
        MEMORY.reset_peak_usage();
        for article in articles {
            suggester.suggest(article, &article.metadata);
        }
        (MEMORY.peak_usage().saturating_sub(before)) as f64 / MB
    };
    let small = peak(articles);
    let mut long = String::new();
    for article in articles {
        if long.len() > 1_000_000 {
            break;
        }
        long.push_str(&article.text);
        long.push_str("\n\n");
    }
    let long = read("long.txt", long.as_bytes(), &ReadOptions::default()).into_iter().collect::<Vec<_>>();
    let before = MEMORY.current_usage();
    let second = Suggester::new(&Codebook::built_in(), &Lexicon::built_in());
    let compiled = MEMORY.current_usage().saturating_sub(before) as f64 / MB;
    drop(second);
    println!(
        "memory above the text: {small:.2} MB at the most for articles one by one, {:.1} MB for one of a megabyte; the compiled lexicon {compiled:.1} MB",
        peak(&long)
    );
}

/// SHA-256 of every suggestion with all that it says.
fn digest(suggester: &Suggester, articles: &[Article]) -> String {
    let mut hash = Sha256::new();
    let mut count = 0;
    for article in articles {
        let found: Vec<Suggestion> = suggester.suggest(article, &article.metadata);
        count += found.len();
        hash.update(serde_json::to_vec(&found).unwrap_or_default());
        for date in suggester.dates(article, &article.metadata) {
            hash.update(format!("{date:?}"));
        }
    }
    let hex: String = hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
    format!("{hex} over {count} suggestions")
}
