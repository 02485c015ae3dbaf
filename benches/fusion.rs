//! The rules for "best" as plain data fusion, on a data set that whoever runs this lays beside it:
//! how often each names the true value. No data set comes with the project.
//!
//! `cargo bench --bench fusion --no-default-features -- CLAIMS.csv TRUTH.csv`
//!
//! * `CLAIMS.csv` has the columns `object,source,value`, and may have `side` (who the source stands
//!   for), `time` (a day, YYYY-MM-DD) and `rank` (1 is asked first, by the source hierarchy).
//!   Values are whole numbers; other lines are counted and passed over.
//! * `TRUTH.csv` has the columns `object,value`. Objects without a truth are not counted.
//!
//! Each object is one event of a day of its own, each line a claim of its source in an article of
//! its own; nothing but the rule differs between the runs. Printed for every rule: objects with a
//! truth, how many of them got a value, how many the true one, and both shares. Without arguments
//! a made-up example of five lines is run and its result checked.
//!
//! Sets of this shape are published with the surveys of truth discovery (Dong and Srivastava 2009;
//! Li et al. 2012, "Truth finding on the deep web"): stocks, flights, books, populations of cities.

use std::collections::BTreeMap;
use std::path::Path;

use chrono::{DateTime, Days, NaiveDate};
use tallymark::claim::{
    Anchor, ArticleId, Asserter, Basis, BestRule, Claim, ClaimId, Codebook, Count, DateWindow, Lexicon, Metadata, Name,
    Quantity, Reading, Side, Source, Span, Stamp, Trace,
};
use tallymark::reconcile::{Document, Input, reconcile};

const EXAMPLE: &str = "object,source,value,side,time,rank
flood,Agency,12,A,2020-01-03,1
flood,Ministry,10,B,2020-01-02,2
flood,Mission,10,C,2020-01-01,3
fire,Agency,7,A,2020-01-01,1
fire,Ministry,9,B,2020-01-02,2
";
const EXAMPLE_TRUTH: &str = "object,value\nflood,10\nfire,9\n";

const RULES: [(&str, BestRule); 5] = [
    ("plurality of sides, then of origins", BestRule::PluralityOfSides),
    ("lowest", BestRule::Lowest),
    ("highest", BestRule::Highest),
    ("latest", BestRule::Latest),
    ("source hierarchy", BestRule::SourceHierarchy),
];

fn main() -> Result<(), String> {
    // `cargo bench` adds a flag of its own.
    let files: Vec<String> = std::env::args().skip(1).filter(|argument| !argument.starts_with("--")).collect();
    match files.as_slice() {
        [claims, truth] => {
            let read =
                |file: &String| std::fs::read_to_string(Path::new(file)).map_err(|error| format!("{file}: {error}"));
            print(&fuse(&read(claims)?, &read(truth)?)?);
        }
        [] => {
            let found = fuse(EXAMPLE, EXAMPLE_TRUTH)?;
            print(&found);
            let right: Vec<usize> = found.iter().map(|score| score.right).collect();
            // By sides 10 and, of a tie, the lower; by time 12 and 9.
            if right != [1, 1, 1, 1, 0] {
                return Err(format!("the example came to {right:?}"));
            }
        }
        _ => return Err("give CLAIMS.csv and TRUTH.csv, or nothing for the example".to_owned()),
    }
    Ok(())
}

struct Score {
    rule: &'static str,
    objects: usize,
    answered: usize,
    right: usize,
}

fn print(scores: &[Score]) {
    println!("{:<40} {:>8} {:>8} {:>8} {:>10} {:>10}", "rule", "objects", "valued", "right", "accuracy", "of valued");
    for Score { rule, objects, answered, right } in scores {
        let share = |of: usize| if of == 0 { 0.0 } else { 100.0 * *right as f64 / of as f64 };
        println!(
            "{rule:<40} {objects:>8} {answered:>8} {right:>8} {:>9.1}% {:>9.1}%",
            share(*objects),
            share(*answered)
        );
    }
}

/// The score of every rule.
fn fuse(claims: &str, truth: &str) -> Result<Vec<Score>, String> {
    let mut codebook = Codebook::built_in();
    let (claims, documents) = read_claims(claims, &mut codebook)?;
    let truth = read_truth(truth)?;
    let (claims, lexicon): (Vec<&Claim>, _) = (claims.iter().collect(), Lexicon::built_in());
    let mut out = Vec::new();
    for (rule, best) in RULES {
        codebook.conventions.best = best;
        let input =
            Input { documents: &documents, claims: &claims, rulings: &[], codebook: &codebook, lexicon: &lexicon };
        let mut score = Score { rule, objects: truth.len(), answered: 0, right: 0 };
        for fact in &reconcile(input).facts {
            let Some(wanted) = fact.subset.as_ref().and_then(|object| truth.get(object)) else { continue };
            score.answered += usize::from(fact.best.is_some());
            score.right += usize::from(fact.best == Some(*wanted));
        }
        out.push(score);
    }
    Ok(out)
}

fn reader(text: &str) -> csv::Reader<&[u8]> {
    csv::ReaderBuilder::new().flexible(true).trim(csv::Trim::All).from_reader(text.as_bytes())
}

fn column(headers: &csv::StringRecord, name: &str) -> Option<usize> {
    headers.iter().position(|header| header.eq_ignore_ascii_case(name))
}

fn read_claims(text: &str, codebook: &mut Codebook) -> Result<(Vec<Claim>, Vec<Document>), String> {
    let mut reader = reader(text);
    let headers = reader.headers().map_err(|error| error.to_string())?.clone();
    let needed = |name: &str| column(&headers, name).ok_or_else(|| format!("the claims have no column {name}"));
    let (object, source, value) = (needed("object")?, needed("source")?, needed("value")?);
    let (side, time, rank) = (column(&headers, "side"), column(&headers, "time"), column(&headers, "rank"));
    let first = NaiveDate::from_ymd_opt(1900, 1, 1).unwrap_or_default();
    let mut days: BTreeMap<String, u64> = BTreeMap::new();
    let mut sources: BTreeMap<String, Source> = BTreeMap::new();
    let (mut claims, mut documents, mut passed_over) = (Vec::new(), Vec::new(), 0usize);
    for record in reader.records() {
        let record = record.map_err(|error| error.to_string())?;
        let field = |at: Option<usize>| at.and_then(|at| record.get(at)).filter(|text| !text.is_empty());
        let (Some(object), Some(who)) = (field(Some(object)), field(Some(source))) else {
            passed_over += 1;
            continue;
        };
        let Some(n) = field(Some(value)).and_then(|text| text.replace([',', ' '], "").parse::<u64>().ok()) else {
            passed_over += 1;
            continue;
        };
        // A source by a name that means nothing else to the lexicon.
        let name = format!("Desk {who}");
        sources.entry(name.clone()).or_insert_with(|| Source {
            name: name.as_str().into(),
            side: field(side).map_or(Side::Independent, |side| Side::Party(side.into())),
            aliases: Vec::new(),
            part_of: None,
            admiralty: None,
            rank: field(rank).and_then(|rank| rank.parse().ok()),
        });
        let next = days.len() as u64;
        let day =
            first.checked_add_days(Days::new(*days.entry(object.to_owned()).or_insert(next) * 2)).unwrap_or(first);
        let article = ArticleId(format!("a{:09}", claims.len()).into());
        let said = field(time).and_then(|time| DateWindow::parse(time, Basis::Stated)).unwrap_or_default();
        let metadata = Metadata { published: said, ..Metadata::default() };
        documents.push(Document { id: article.clone(), metadata, shingles: std::sync::Arc::from([]) });
        claims.push(claim(article, object, &name, day, n));
    }
    if passed_over > 0 {
        println!("{passed_over} lines without an object, a source or a whole number were passed over");
    }
    codebook.sources.extend(sources.into_values());
    Ok((claims, documents))
}

fn claim(article: ArticleId, object: &str, source: &str, day: NaiveDate, n: u64) -> Claim {
    let mut reading = Reading::new(Count { span: Some(Span::new(0, 4)), quantity: Quantity::exact(n) }, "killed");
    reading.subset = Some(object.into());
    reading.date.window = DateWindow::day(day, Basis::Stated);
    reading.attribution.chain = vec![Asserter::named(source)];
    Claim {
        id: ClaimId(format!("c-{}", article.0).into()),
        article,
        version: 1,
        evidence: vec![Anchor {
            span: Span::new(0, 8),
            quote: "a figure".into(),
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

fn read_truth(text: &str) -> Result<BTreeMap<Name, u64>, String> {
    let mut reader = reader(text);
    let headers = reader.headers().map_err(|error| error.to_string())?.clone();
    let needed = |name: &str| column(&headers, name).ok_or_else(|| format!("the truth has no column {name}"));
    let (object, value) = (needed("object")?, needed("value")?);
    let mut out = BTreeMap::new();
    for record in reader.records() {
        let record = record.map_err(|error| error.to_string())?;
        let number = record.get(value).and_then(|text| text.replace([',', ' '], "").parse().ok());
        if let (Some(object), Some(number)) = (record.get(object), number) {
            out.insert(Name::from(object), number);
        }
    }
    Ok(out)
}
