//! What was known on a day.

use chrono::NaiveDate;

use super::fixture::Case;
use crate::claim::{Claim, Ruling};
use crate::reconcile::{Input, as_of, reconcile};

#[track_caller]
fn check(case: &str, days: &[(&str, &str)]) {
    let case = Case::new(case);
    let claims: Vec<&Claim> = case.claims.iter().collect();
    let rulings: Vec<&Ruling> = case.rulings.iter().collect();
    let input = Input {
        documents: &case.documents,
        claims: &claims,
        rulings: &rulings,
        codebook: &case.codebook,
        lexicon: &case.lexicon,
    };
    for (day, expected) in days {
        let day: NaiveDate = day.parse().unwrap();
        let out = as_of(&input, day);
        let found = reconcile(Input { documents: &out.documents, claims: &out.claims, ..input });
        let number = |n: Option<u64>| n.map_or_else(|| "–".to_owned(), |n| n.to_string());
        let lines = found.facts.iter().map(|fact| {
            let range = [fact.low, fact.best, fact.high].map(number).join("/");
            format!("{}: {range}, {} articles", fact.label, fact.n_articles)
        });
        assert_eq!(lines.collect::<Vec<_>>().join("; "), *expected, "as of {day}");
    }
}

#[test]
fn a_series_of_one_source_is_updated_as_days_pass() {
    check(
        "A 2025-09-01, B 2025-09-03, C 2025-09-05
        killed Ukraine 2025-08-30 | 12 by Red Cross in A; 15 by Red Cross in B; 17 by Red Cross in C",
        &[
            ("2025-08-31", ""),
            ("2025-09-01", "killed, Ukraine, 30 Aug 2025: 12/12/12, 1 articles"),
            ("2025-09-04", "killed, Ukraine, 30 Aug 2025: 15/15/15, 2 articles"),
            ("2025-12-31", "killed, Ukraine, 30 Aug 2025: 17/17/17, 3 articles"),
        ],
    );
}

#[test]
fn what_may_not_have_been_out_does_not_count() {
    check(
        "A 2025-09, B, C 2025-09-20
        killed Ukraine 2025-08-30 | 12 by Red Cross in A; 13 by Mission in B; 14 by Reuters in C",
        &[("2025-09-15", ""), ("2025-09-25", "killed, Ukraine, 30 Aug 2025: 14/14/14, 1 articles")],
    );
}
