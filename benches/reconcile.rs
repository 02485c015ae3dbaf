//! How long reconciling takes: a million claims in 100,000 facts, and origins with many claims.
//!
//! `cargo bench --bench reconcile --no-default-features`, on one thread; each figure is the best
//! of three runs, after the claims have been made.

use std::time::{Duration, Instant};

use chrono::{DateTime, Days, NaiveDate};
use tallymark::claim::{
    Anchor, ArticleId, Asserter, Basis, Claim, ClaimId, Codebook, Count, DateWindow, Lexicon, Metadata, Name, Quantity,
    Reading, Span, Stamp, Trace,
};
use tallymark::reconcile::{Document, Input, reconcile};

fn main() {
    let few = std::env::args().any(|arg| arg == "--quick");
    let scale = if few { 10 } else { 1 };
    for (name, claims) in [
        ("1,000,000 claims in 100,000 facts", many_facts(1_000_000 / scale)),
        ("100,000 claims in 10,000 facts", many_facts(100_000 / scale)),
        ("100,000 claims of one origin in one fact", one_fact(100_000 / scale, 1)),
        ("100,000 claims of 100,000 origins in one fact", one_fact(100_000 / scale, 100_000)),
    ] {
        let documents = documents(&claims);
        let (time, facts) = measure(&documents, &claims);
        println!("{name}: {} ms ({} claims, {facts} facts)", time.as_millis(), claims.len());
    }
}

fn measure(documents: &[Document], claims: &[Claim]) -> (Duration, usize) {
    let (codebook, lexicon) = (Codebook::built_in(), Lexicon::built_in());
    let claims: Vec<&Claim> = claims.iter().collect();
    let input = Input { documents, claims: &claims, rulings: &[], codebook: &codebook, lexicon: &lexicon };
    (0..3)
        .map(|_| {
            let start = Instant::now();
            let found = reconcile(input);
            (start.elapsed(), found.facts.len())
        })
        .min()
        .unwrap_or_default()
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
