//! How long reconciling takes: from nothing, at three sizes and on one origin's many claims; and
//! after one edit in a project of 100,000 claims. With the memory that claims and facts take.
//!
//! `cargo bench --bench reconcile --no-default-features`, on one thread; from nothing, the best of
//! three runs, after the claims have been made; after an edit, the median and the worst of many.
//! Times are of the processor in this thread, so that other work on the machine makes little
//! difference; the time on the wall is printed beside those from nothing, for what waits for memory
//! and for others. `-- --quick` takes a tenth of everything. `-- --digest` prints a digest of all that these
//! projects come to and nothing else: the same before and after a change that is to change nothing.
//! `-- --once` reconciles the largest a single time, for a profiler.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::{Duration, Instant};

use chrono::{DateTime, Days, NaiveDate};
use cpu_time::ThreadTime;
use peak_alloc::PeakAlloc;
use sha2::{Digest, Sha256};
use tallymark::claim::{
    Anchor, ArticleId, Asserter, Basis, Claim, ClaimId, Codebook, Count, DateWindow, Kind, Lexicon, Metadata, Modality,
    Name, Quantity, Reading, Reconciliation, Span, Stamp, Trace,
};
use tallymark::reconcile::{Document, Input, Reconciler, reconcile};

fn main() {
    let given = |option: &str| std::env::args().any(|arg| arg == option);
    let scale = if given("--quick") { 10 } else { 1 };
    if given("--once") {
        let claims = many_facts(1_000_000 / scale);
        println!("{} facts", reconciled(&documents(&claims), &claims).facts.len());
        return;
    }
    if given("--digest") {
        println!("{}", digest(100_000 / scale));
        return;
    }
    for (name, claims) in [
        ("1,000,000 claims in 100,000 facts", many_facts(1_000_000 / scale)),
        ("100,000 claims in 10,000 facts", many_facts(100_000 / scale)),
        ("10,000 claims in 1,000 facts", many_facts(10_000 / scale)),
        ("100,000 claims of one origin in one fact", one_fact(100_000 / scale, 1)),
        ("100,000 claims of 100,000 origins in one fact", one_fact(100_000 / scale, 100_000)),
    ] {
        let documents = documents(&claims);
        let (time, wall, facts, bytes) = measure(&documents, &claims);
        let each = time.as_nanos() / claims.len() as u128;
        let (ms, n) = (time.as_millis(), claims.len());
        let wall = wall.as_millis();
        println!(
            "{name}: {ms} ms of the processor, {wall} ms on the wall, {each} ns and {} bytes a claim ({n} claims, {facts} facts)",
            bytes / n as u64
        );
    }
    edits("all claims dated", many_facts(100_000 / scale));
    edits("one claim in ten without a date", some_undated(100_000 / scale));
}

/// What claims come to, read anew.
fn reconciled(documents: &[Document], claims: &[Claim]) -> Reconciliation {
    let claims: Vec<&Claim> = claims.iter().collect();
    let (codebook, lexicon) = (Codebook::built_in(), Lexicon::built_in());
    reconcile(Input { documents, claims: &claims, rulings: &[], codebook: &codebook, lexicon: &lexicon })
}

/// SHA-256 of all facts with all that they say, read anew and kept up to date.
fn digest(n: usize) -> String {
    let mut hash = Sha256::new();
    let projects =
        [many_facts(n), some_undated(n), told_otherwise(n / 5), one_fact(n / 10, 1), one_fact(n / 10, n / 10)];
    for claims in projects {
        let documents = documents(&claims);
        hash.update(format!("{:?}", reconciled(&documents, &claims)));
        let mut of_article = by_article(documents, claims);
        let mut reconciler = Reconciler::new(Codebook::built_in(), Arc::new(Lexicon::built_in()));
        for (article, (document, claims)) in &of_article {
            reconciler.set_article(article, Some(document.clone()), claims.clone());
        }
        hash.update(format!("{:?}", reconciler.update()));
        for (i, (article, (document, claims))) in of_article.iter_mut().enumerate().step_by(97) {
            document.metadata.published = day(i % 200);
            change(claims, i, |reading| reading.count.quantity = Quantity::exact(77 + i as u64));
            reconciler.set_article(article, Some(document.clone()), claims.clone());
            reconciler.update();
        }
        hash.update(format!("{:?}", reconciler.update()));
    }
    let hex: String = hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
    hex
}

/// The time of the best of three runs, of the processor and on the wall; facts, and bytes that they take.
fn measure(documents: &[Document], claims: &[Claim]) -> (Duration, Duration, usize, u64) {
    let (codebook, lexicon) = (Codebook::built_in(), Lexicon::built_in());
    let claims: Vec<&Claim> = claims.iter().collect();
    let input = Input { documents, claims: &claims, rulings: &[], codebook: &codebook, lexicon: &lexicon };
    let run = |_| {
        let (start, wall, before) = (now(), Instant::now(), in_use());
        let found = reconcile(input);
        (now() - start, wall.elapsed(), found.facts.len(), in_use().saturating_sub(before))
    };
    (0..3).map(run).min().unwrap_or_default()
}

/// One edit after another, of every sort, in a project with so many claims.
fn edits(name: &str, claims: Vec<Claim>) {
    let documents = documents(&claims);
    let (before, n) = (in_use(), claims.len());
    let of_article = by_article(documents, claims);
    let start = now();
    let mut reconciler = Reconciler::new(Codebook::built_in(), Arc::new(Lexicon::built_in()));
    for (article, (document, claims)) in &of_article {
        reconciler.set_article(article, Some(document.clone()), claims.clone());
    }
    reconciler.update();
    let built = now() - start;
    let start = now();
    while reconciler.is_behind() {
        reconciler.follow(usize::MAX);
        reconciler.update();
    }
    let followed = now() - start;
    let (ms, later, bytes) = (built.as_millis(), followed.as_millis(), in_use().saturating_sub(before) / n as u64);
    println!("kept up to date, {name}, {n} claims: {ms} ms, retellings {later} ms, {bytes} bytes a claim beside it");
    reconciler.take_work();
    let articles: Vec<ArticleId> = of_article.keys().cloned().collect();
    type Edit = fn(&mut Document, &mut Vec<Arc<Claim>>, usize);
    let sorts: [(&str, Edit); 5] = [
        ("a claim's value changed", |_, claims, i| {
            change(claims, i, |reading| reading.count.quantity = Quantity::exact(77 + i as u64))
        }),
        ("a claim's day changed", |_, claims, i| change(claims, i, |reading| reading.date.window = day(i * 7 % 200))),
        ("a claim removed", |_, claims, i| {
            claims.remove(i % claims.len());
        }),
        ("an article's date changed", |document, _, i| document.metadata.published = day(i % 200)),
        ("an origin set", |_, claims, i| {
            change(claims, i, |reading| {
                reading.attribution.chain = vec![Asserter::named(format!("Witness Number{i}"))]
            });
        }),
    ];
    for (what, edit) in sorts {
        let (mut times, mut behind) = (Vec::new(), Vec::new());
        for i in 0..100 {
            let id = &articles[i * 7919 % articles.len()];
            let Some((document, claims)) = of_article.get(id).cloned() else { continue };
            // There and back: the second is a claim added, where the first is one removed.
            let (mut other, mut others) = (document.clone(), claims.clone());
            edit(&mut other, &mut others, i);
            for (document, claims) in [(other, others), (document, claims)] {
                let start = now();
                reconciler.set_article(id, Some(document), claims);
                reconciler.update();
                times.push(now() - start);
                let start = now();
                while reconciler.is_behind() {
                    reconciler.follow(usize::MAX);
                    reconciler.update();
                }
                behind.push(now() - start);
            }
        }
        let (middle, worst) = spread(&mut times);
        let (later, latest) = spread(&mut behind);
        println!("  {what}, and back: median {middle} µs, worst {worst} µs; retellings {later} µs, worst {latest} µs");
    }
    let work = reconciler.take_work();
    println!("  over 1,000 edits: {work:?}");
}

fn by_article(documents: Vec<Document>, claims: Vec<Claim>) -> BTreeMap<ArticleId, (Document, Vec<Arc<Claim>>)> {
    let mut of_article: BTreeMap<ArticleId, (Document, Vec<Arc<Claim>>)> =
        documents.into_iter().map(|document| (document.id.clone(), (document, Vec::new()))).collect();
    for claim in claims {
        if let Some((_, claims)) = of_article.get_mut(&claim.article) {
            claims.push(Arc::new(claim));
        }
    }
    of_article
}

fn change(claims: &mut [Arc<Claim>], i: usize, how: impl Fn(&mut Reading)) {
    let n = claims.len();
    how(&mut Arc::make_mut(&mut claims[i % n]).reading);
}

fn spread(times: &mut [Duration]) -> (u128, u128) {
    times.sort_unstable();
    let at = |n: usize| times.get(n).map_or(0, Duration::as_micros);
    (at(times.len() / 2), at(times.len().saturating_sub(1)))
}

/// What the process has allocated is counted, so that memory is what was asked for, not what the
/// system has handed out.
#[global_allocator]
static ALLOCATED: PeakAlloc = PeakAlloc;

/// Time of the processor in this thread.
fn now() -> Duration {
    ThreadTime::now().as_duration()
}

/// The memory that is in use, in bytes.
fn in_use() -> u64 {
    ALLOCATED.current_usage() as u64
}

const PARTIES: [&str; 10] =
    ["Russia", "Ukraine", "Israel", "Sudan", "Syria", "Turkey", "India", "Pakistan", "Mali", "Yemen"];
const CATEGORIES: [&str; 5] = ["killed", "wounded", "missing", "bodies", "prisoners"];
const SOURCES: [&str; 6] =
    ["Red Cross", "Ministry of Health", "Moscow", "Kyiv", "a spokesman for the army", "local officials"];

/// Ten claims to a fact: ten articles with ten claims each tell of ten facts.
fn many_facts(n: usize) -> Vec<Claim> {
    (0..n)
        .map(|i| {
            // Article and place in it; articles of one batch of ten tell the same facts.
            let (article, place) = (i / 10, i % 10);
            let fact = article / 10 * 10 + place;
            let value = 10 + (fact * 7919 % 5000) as u64 + u64::from(article % 10 == 9 && fact % 5 == 0);
            let mut reading = reading(CATEGORIES[fact % 5], value);
            let party = PARTIES[fact / 5 % 10];
            reading.party = Some(party.into());
            if fact % 5 > 2 {
                reading.to = Some(party.into());
                reading.from = Some(PARTIES[(fact / 5 + 1) % 10].into());
            }
            reading.date.window = day(fact / 50);
            if !(article + place).is_multiple_of(4) {
                reading.attribution.chain = vec![Asserter::named(SOURCES[(article + place) % 6])];
            }
            claim(i, article, place, reading)
        })
        .collect()
}

/// One claim in ten does not tell when.
fn some_undated(n: usize) -> Vec<Claim> {
    let mut claims = many_facts(n);
    for claim in claims.iter_mut().step_by(10) {
        claim.reading.date.window = DateWindow::UNKNOWN;
    }
    claims
}

/// Counts to date, plans, denials, vague and partial ones, months instead of days, fewer sides than are known.
fn told_otherwise(n: usize) -> Vec<Claim> {
    let mut claims = some_undated(n);
    for (i, claim) in claims.iter_mut().enumerate() {
        let reading = &mut claim.reading;
        match i % 23 {
            1 => reading.kind = Kind::Stock,
            2 => reading.kind = Kind::Cumulative,
            3 => reading.kind = Kind::Plan,
            4 => reading.kind = Kind::Status,
            5 => reading.modality = Modality::Denied,
            6 => reading.party = None,
            7 => reading.from = None,
            8 => reading.count.quantity = Quantity::more_than(100 + i as u64 % 50),
            9 => reading.count.quantity = Quantity::confirm_only(),
            10 => reading.date.window = DateWindow { end: day(i / 500 + 30).end, ..reading.date.window },
            11 => reading.count.quantity = Quantity::exact(1003 + i as u64 % 7),
            12 => reading.category = "detained".into(),
            13 => reading.count.quantity = Quantity::exact(20 + i as u64 % 9),
            _ => {}
        }
    }
    claims
}

fn one_fact(n: usize, origins: usize) -> Vec<Claim> {
    (0..n)
        .map(|i| {
            let mut reading = reading("killed", 100 + (i % 3) as u64);
            reading.party = Some("Ukraine".into());
            reading.date.window = day(0);
            reading.attribution.chain = vec![Asserter::named(format!("Witness Number{}", i % origins))];
            claim(i, i / 10, i % 10, reading)
        })
        .collect()
}

fn day(n: usize) -> DateWindow {
    let first = NaiveDate::from_ymd_opt(2000, 1, 1).unwrap_or_default();
    DateWindow::day(first.checked_add_days(Days::new(n as u64)).unwrap_or(first), Basis::Stated)
}

fn reading(category: &str, value: u64) -> Reading {
    Reading::new(Count { span: None, quantity: Quantity::exact(value) }, category)
}

fn claim(number: usize, article: usize, place: usize, mut reading: Reading) -> Claim {
    let span = Span::new(place * 100, place * 100 + 20);
    reading.count.span = Some(Span::new(place * 100, place * 100 + 4));
    Claim {
        id: ClaimId(format!("c{number:08}").into()),
        article: ArticleId(format!("article-{article:06}").into()),
        version: 1,
        evidence: vec![Anchor {
            span,
            quote: "some 12 people of whom it is told".into(),
            before: Name::from(""),
            after: Name::from(""),
        }],
        reading,
        trace: Trace::default(),
        grade: None,
        score: None,
        note: String::new(),
        suggestion: None,
        created: Stamp { by: "bench".into(), at: DateTime::UNIX_EPOCH },
        changed: None,
        codebook_revision: 1,
    }
}

fn documents(claims: &[Claim]) -> Vec<Document> {
    let mut ids: Vec<&ArticleId> = claims.iter().map(|claim| &claim.article).collect();
    ids.sort();
    ids.dedup();
    let metadata = |n: usize| Metadata { published: day(n / 50), ..Metadata::default() };
    ids.into_iter()
        .enumerate()
        .map(|(n, id)| Document { id: id.clone(), metadata: metadata(n), shingles: std::sync::Arc::from([]) })
        .collect()
}
