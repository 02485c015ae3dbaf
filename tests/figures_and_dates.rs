//! Dates and counts of the five example articles, where they lie beside the repository.

mod outside;

use std::collections::BTreeMap;

use serde_json::Value;
use tallymark::article::{Article, ReadOptions, read};
use tallymark::claim::{Basis, Codebook, Conventions, DateWindow, Lexicon, Metadata};
use tallymark::suggest::Suggester;
use tallymark::suggest::dates::{DateWords, dates};
use tallymark::suggest::quantities::{Quantifiers, quantities};
use tallymark::suggest::sentences::Abbreviations;
use tallymark::suggest::tokens::Tokens;

/// The articles, by name.
fn articles() -> Option<BTreeMap<String, Article>> {
    let folder = outside::outside("articles")?;
    let mut articles = BTreeMap::new();
    for entry in std::fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        let name = path.file_name().expect("a name").to_string_lossy().into_owned();
        let bytes = std::fs::read(&path).expect("a file");
        articles.insert(name.clone(), read(&name, &bytes, &ReadOptions::default()).expect("it reads"));
    }
    Some(articles)
}

fn text(value: &Value, key: &str) -> String {
    value[key].as_str().expect(key).to_owned()
}

fn place(value: &Value, key: &str) -> usize {
    usize::try_from(value[key].as_u64().expect(key)).expect("small")
}

/// What the analyst's spreadsheet says of each article's date.
fn published() -> BTreeMap<String, DateWindow> {
    let path = outside::outside("gold/documents.csv").expect("it lies beside the articles");
    let mut reader = csv::Reader::from_path(path).expect("a table");
    let rows = reader.records().map(|row| row.expect("a row"));
    rows.map(|row| (row[0].to_owned(), DateWindow::parse(&row[3], Basis::Analyst).expect("a date"))).collect()
}

#[test]
fn every_date_has_one_value_and_the_right_one() {
    let (Some(articles), Some(gold)) = (articles(), outside::lines("gold/dates.jsonl")) else { return };
    let published = published();
    let suggester = Suggester::new(&Codebook::built_in(), &Lexicon::built_in());
    let mut wrong = Vec::new();
    for mention in &gold {
        let name = text(mention, "doc");
        let article = &articles[&name];
        let metadata = Metadata { published: published[&name], ..article.metadata.clone() };
        let (start, end) = (place(mention, "start"), place(mention, "end"));
        let values: Vec<String> = suggester
            .dates(article, &metadata)
            .into_iter()
            .filter(|found| {
                let (from, to) = article.positions.chars_of(&article.text, found.span);
                from < end && start < to
            })
            .map(|found| found.value.to_string())
            .collect();
        if values != [text(mention, "value")] {
            wrong.push(format!("{name}:{start} {}: want {}, got {values:?}", mention["quote"], mention["value"]));
        }
    }
    assert!(wrong.is_empty(), "{} of {} wrong\n{}", wrong.len(), gold.len(), wrong.join("\n"));
}

#[test]
fn every_count_is_found_with_its_span_and_value() {
    let (Some(articles), Some(gold)) = (articles(), outside::lines("gold/suggestions.jsonl")) else { return };
    let lexicon = Lexicon::built_in();
    let (q, words) = (Quantifiers::new(&lexicon), DateWords::new());
    let mut wrong = Vec::new();
    for claim in gold.iter().filter(|claim| claim["tier"] == "core") {
        let article = &articles[&text(claim, "doc")];
        let tokens = Tokens::of_article(article, &Abbreviations::new(&lexicon.abbreviations));
        let taken: Vec<_> =
            dates(&tokens, &q, &words, &article.metadata, &article.metadata).into_iter().map(|d| d.tokens).collect();
        let found = quantities(&tokens, &q, &Conventions::default(), &taken);
        let (start, end) = (place(claim, "count_start"), place(claim, "count_end"));
        let here = found.iter().find(|m| article.positions.chars_of(&article.text, m.span) == (start, end));
        let quantity = here.and_then(|m| m.quantity.clone());
        let number = |key: &str| claim[key].as_u64();
        let low = number("min").map(|n| n + u64::from(claim["min_exclusive"] == true));
        let right = quantity.is_some_and(|q| match claim["kind"].as_str() {
            Some("approx") => q.n == number("min"),
            _ => q.low == low && q.high == number("max"),
        });
        if !right {
            wrong.push(format!("{}: {} {:?}", claim["id"], claim["count_text"], here));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_file_alone_supports_what_it_says_and_no_more() {
    let (Some(articles), Some(gold)) = (articles(), outside::lines("gold/suggestions.jsonl")) else { return };
    let lexicon = Lexicon::built_in();
    let (q, words) = (Quantifiers::new(&lexicon), DateWords::new());
    let mut checked = 0;
    let mut wrong = Vec::new();
    for claim in gold.iter().filter(|claim| claim["tier"] == "core" && claim["utterance_date"].is_null()) {
        let (Some(phrase), Some(value)) = (claim["date_text"].as_str(), claim["event_date_text_only"].as_str()) else {
            continue;
        };
        let article = &articles[&text(claim, "doc")];
        let tokens = Tokens::of_article(article, &Abbreviations::new(&lexicon.abbreviations));
        let found = dates(&tokens, &q, &words, &article.metadata, &article.metadata);
        let claimed: Vec<_> = found.iter().map(|mention| mention.claim_date(&tokens)).collect();
        // Some of the phrases are descriptions: "January 29, 2026 (dateline)", a list of months.
        let said =
            |date: &&tallymark::claim::ClaimDate| date.text.as_ref().is_some_and(|t| t.eq_ignore_ascii_case(phrase));
        if let Some(date) = claimed.iter().find(said) {
            checked += 1;
            if date.value.as_deref() != Some(value) {
                wrong.push(format!("{} {phrase}: want {value}, got {:?}", claim["id"], date.value));
            }
        }
    }
    assert!(wrong.is_empty() && checked >= 20, "{checked} checked\n{}", wrong.join("\n"));
}
