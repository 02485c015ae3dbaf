//! What is said of articles: retellings, dates carried over, and what would have to be known.

use super::fixture::{Case, check_case};
use crate::claim::*;

/// An undated article that tells what a dated one tells.
const RETOLD: &str = "A XXXX-WXX-4, B 2026-01-29
    bodies Russia→Ukraine XXXX-WXX-4 | 1000 by Ivan Petrov [Russia] in A; 1000 by Headquarters in A
    bodies Ukraine→Russia XXXX-WXX-4 | 38 by Ivan Petrov [Russia] in A
    bodies Russia→Ukraine 2025 cumulative | 14480 in A; 14480 in B
    bodies Russia→Ukraine 2026-01-29 | 1000 by Ivan Petrov [Russia] in B; 1000 by Headquarters in B
    bodies Ukraine→Russia 2026-01-29 | 38 by Ivan Petrov [Russia] in B";

#[test]
fn an_undated_retelling_takes_the_date_of_what_it_retells() {
    let case = Case::new(RETOLD);
    check_case(
        &case,
        "bodies to Ukraine in 2025: unattributed 14480/14480/14480 k0 s0 a2 u2
         bodies to Russia, 29 Jan 2026: echo 38/38/38 k1 s1 a2 u0
         bodies to Ukraine, 29 Jan 2026: corroborated-opposing 1000/1000/1000 k2 s2 a2 u0",
    );
    let found = case.run();
    let view = &found.documents[0];
    assert_eq!(view.echo_of, Some(ArticleId("B".into())));
    assert_eq!((view.published.notation().as_str(), view.published.basis), ("2026-01-29", Basis::Linked));
    assert!(view.needs.is_empty() && !view.echo_confirmed);
    assert!(view.echo_reason.as_deref().unwrap().contains("4 figures"));
    assert_eq!(found.documents[1].echo_of, None);
}

#[test]
fn a_date_that_the_words_contradict_is_not_carried_over() {
    let found = Case::new(&RETOLD.replace("A XXXX-WXX-4,", "A XXXX-WXX-5,")).run();
    assert_eq!(found.documents[0].echo_of, Some(ArticleId("B".into())), "still a hint");
    assert!(!found.documents[0].published.is_known());
    assert!(found.documents[0].needs[0].starts_with("no date of publication: a Friday"));
}

#[test]
fn the_analyst_rules_on_retellings() {
    let none = Case::new(RETOLD).rule(RulingOp::Echo { article: ArticleId("A".into()), of: None }).run();
    assert_eq!((none.documents[0].echo_of.clone(), none.documents[0].published.is_known()), (None, false));
    let yes = Case::new(RETOLD)
        .rule(RulingOp::Echo { article: ArticleId("A".into()), of: Some(ArticleId("B".into())) })
        .run();
    assert!(yes.documents[0].echo_confirmed);
}

#[test]
fn a_shared_round_figure_is_no_retelling() {
    let found = Case::new(
        "A 2025-09-18, B 2025-10-23
         bodies Russia→Ukraine 2025-09-18 | 1000 by Headquarters in A
         bodies Russia→Ukraine 2025-10-23 | 1000 by Headquarters in B",
    )
    .run();
    assert!(found.documents.iter().all(|d| d.echo_of.is_none()));
}

#[test]
fn near_texts_with_few_shared_figures() {
    let text = "the two sides handed over the bodies of fallen soldiers at the border on that day as agreed before";
    let found = Case::new(&format!(
        "A 2025-09-18 text {text}, B 2025-09-19 text {text} once more
         bodies Russia→Ukraine 2025-09-18 | 120 by Headquarters in A; 120 by Headquarters in B
         bodies Ukraine→Russia 2025-09-18 | 24 by Headquarters in A; 24 by Headquarters in B"
    ))
    .run();
    assert_eq!(found.documents[1].echo_of, Some(ArticleId("A".into())));
    assert!(found.documents[1].echo_reason.as_deref().unwrap().contains("three-word runs"));
}

#[test]
fn what_would_have_to_be_known() {
    let found = Case::new(
        "A, B, C XXXX-09-18, D 2025-01-01, E
         bodies Russia→Ukraine XXXX-WXX-4 | 1000 by Headquarters in A
         bodies Russia→Ukraine XXXX-07 | about 1000 in A
         bodies Russia→Ukraine XXXX-09 | about 1000 in A
         bodies Russia→Ukraine XXXX-09-18 | 1000 by Headquarters in C
         bodies Russia→Ukraine 2024-12-30 | 1000 by Headquarters in D
         killed Ukraine | 3 in B",
    )
    .run();
    let needs: Vec<String> = found.documents.iter().map(|d| d.needs.join("; ")).collect();
    assert_eq!(
        needs,
        [
            "no date of publication: a Thursday, October or later; 3 of its figures cannot be put in a year",
            "no date of publication; 1 of its figures have no date at all",
            "no year of publication: 18 September, no year; 1 of its figures cannot be put in a year",
            "",
            "no date of publication",
        ]
    );
}

#[test]
fn an_event_without_a_year_is_not_put_in_one() {
    check_case(
        &Case::new(
            "A XXXX-09-18, B 2025-10-01
             bodies Russia→Ukraine XXXX-09-18 | 1000 by Headquarters in A
             bodies Ukraine→Russia XXXX-09-18 | 24 by Headquarters in A
             bodies Russia→Ukraine 2025-09-18 | 1000 by Moscow in B
             bodies Russia→Ukraine 2025 cumulative | 14480 in B",
        ),
        "bodies to Ukraine, to 1 Oct 2025: unattributed 14480/14480/14480 k0 s0 a1 u1 [sum-incomplete]
         bodies to Ukraine, 18 Sep 2025: single-origin 1000/1000/1000 k1 s1 a1 u0
         bodies to Russia, 18 September, no year: single-origin 24/24/24 k1 s1 a1 u0
         bodies to Ukraine, 18 September, no year: single-origin 1000/1000/1000 k1 s1 a1 u0",
    );
}
