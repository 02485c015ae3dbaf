//! The analyst's word: applied, explained, stale where its claims have gone, and undone by
//! removing it.

use super::fixture::{Case, check_case, facts, id};
use crate::claim::*;

const TWO_DAYS: &str = "A 2026-01-30, B 2026-01-30
    bodies Russia→Ukraine 2026-01-29 | 1000 by Headquarters in A; 1003 in A
    bodies Russia→Ukraine 2026-01-30 | 1000 by Moscow in B";

fn stale(case: &Case) -> Vec<String> {
    case.run().stale.into_iter().map(|s| format!("{}: {}", s.ruling.0, s.reason)).collect()
}

#[test]
fn merging_two_facts() {
    let case = Case::new(TWO_DAYS).rule(RulingOp::Merge { claims: vec![id(0), id(2)] });
    check_case(
        &case,
        "bodies to Ukraine, 29 Jan 2026: corroborated-opposing 1000/1000/(1003) k2 s2 a2 u1 [unattributed-outlier]",
    );
    let found = case.run();
    assert_eq!(found.facts[0].rulings, [RulingId("r0".into())]);
    assert!(found.facts[0].members[2].reason.contains("ruling (merge facts): because"));
}

#[test]
fn moving_a_claim_away_and_elsewhere() {
    let away = Case::new(TWO_DAYS).rule(RulingOp::Move { claim: id(1), to: None });
    check_case(
        &away,
        "bodies to Ukraine, 29 Jan 2026: single-origin 1000/1000/1000 k1 s1 a1 u0 [suspected-twin]
         bodies to Ukraine, 29 Jan 2026: unattributed 1003/1003/1003 k0 s0 a1 u1
         bodies to Ukraine, 30 Jan 2026: single-origin 1000/1000/1000 k1 s1 a1 u0 [suspected-twin]",
    );
    let elsewhere = Case::new(TWO_DAYS).rule(RulingOp::Move { claim: id(1), to: Some(id(2)) });
    check_case(
        &elsewhere,
        "bodies to Ukraine, 29 Jan 2026: single-origin 1000/1000/1000 k1 s1 a1 u0
         bodies to Ukraine, 30 Jan 2026: conflicting 1000/1000/1003 k1 s1 a2 u1",
    );
}

#[test]
fn moving_an_unplaced_claim() {
    let case = Case::new(
        "A 2025-09-18, B 2025-10-23
         bodies Russia→Ukraine 2025-09-05 | 1000 by Headquarters in A
         bodies Russia→Ukraine 2025-09-18 | 1000 by Headquarters in A
         bodies Russia→Ukraine 2025-09 | about 1000 in B",
    )
    .rule(RulingOp::Move { claim: id(2), to: Some(id(1)) });
    check_case(
        &case,
        "bodies to Ukraine, 5 Sep 2025: single-origin 1000/1000/1000 k1 s1 a1 u0
         bodies to Ukraine, 18 Sep 2025: echo 1000/1000/1000 k1 s1 a2 u1",
    );
}

#[test]
fn splitting_off_under_a_label() {
    let case = Case::new(TWO_DAYS).rule(RulingOp::Split { claims: vec![id(1)], label: "Kursk".into() });
    let labels: Vec<String> = case.run().facts.iter().map(|f| f.label.clone()).collect();
    assert!(labels.contains(&"bodies to Ukraine (Kursk), 29 Jan 2026".to_owned()), "{labels:?}");
}

#[test]
fn excluding_dating_and_attributing() {
    let window = DateWindow::parse("2026-01-29", Basis::Analyst).unwrap();
    let case = Case::new(TWO_DAYS)
        .rule(RulingOp::Exclude { claim: id(1) })
        .rule(RulingOp::SetDate { claim: id(2), window })
        .rule(RulingOp::SetOrigin { claim: id(2), origin: "Mission".into(), side: Side::Independent });
    check_case(&case, "bodies to Ukraine, 29 Jan 2026: corroborated-independent 1000/1000/1000 k2 s2 a2 u0");
    assert_eq!(case.run().facts[0].rulings.len(), 2);
}

#[test]
fn pins_stand_over_the_rules_and_ask_for_another_look() {
    let pins = |claims: Vec<ClaimId>| {
        Case::new(TWO_DAYS)
            .rule(RulingOp::PinValue { claims: claims.clone(), low: 990, best: Some(1000), high: None })
            .rule(RulingOp::PinVerdict { claims, verdict: FactVerdict::SingleOrigin })
    };
    let found = pins(vec![id(0), id(1)]).run();
    let fact = &found.facts[0];
    assert_eq!((fact.low, fact.best, fact.high), (Some(990), Some(1000), None));
    assert_eq!((fact.verdict, fact.machine_verdict), (FactVerdict::Analyst, FactVerdict::Conflicting));
    assert_eq!(fact.pinned_verdict, Some(FactVerdict::SingleOrigin));
    assert!(fact.reason.contains("because") && fact.reason.contains("conflicting"), "{}", fact.reason);
    let review = |fact: &Fact| fact.flags.iter().any(|(flag, _)| *flag == FactFlag::PinNeedsReview);
    assert!(!review(fact));
    assert!(review(&pins(vec![id(0)]).run().facts[0]), "a claim has joined since");
    assert_eq!(stale(&pins(vec![ClaimId("gone".into())])).len(), 2);
}

#[test]
fn rulings_that_no_longer_apply_are_shown() {
    let gone = || ClaimId("gone".into());
    let case = Case::new(TWO_DAYS)
        .rule(RulingOp::Move { claim: gone(), to: None })
        .rule(RulingOp::Exclude { claim: gone() })
        .rule(RulingOp::Merge { claims: vec![gone()] })
        .rule(RulingOp::Split { claims: vec![gone()], label: "x".into() })
        .rule(RulingOp::SetOrigin { claim: id(0), origin: "A".into(), side: Side::Unknown })
        .rule(RulingOp::SetOrigin { claim: id(0), origin: "B".into(), side: Side::Unknown })
        .rule(RulingOp::Echo { article: ArticleId("Z".into()), of: None });
    let stale = stale(&case);
    assert_eq!(stale.len(), 6, "{stale:?}");
    for ruling in ["r0", "r1", "r2", "r3", "r4", "r6"] {
        assert!(stale.iter().any(|s| s.starts_with(ruling)), "{ruling}: {stale:?}");
    }
}

#[test]
fn removing_all_rulings_restores() {
    let plain = Case::new(TWO_DAYS);
    let before = plain.run();
    let mut case = Case::new(TWO_DAYS)
        .rule(RulingOp::Merge { claims: vec![id(0), id(2)] })
        .rule(RulingOp::Exclude { claim: id(1) })
        .rule(RulingOp::PinVerdict { claims: vec![id(0)], verdict: FactVerdict::Echo });
    assert_ne!(facts(&before), facts(&case.run()));
    case.rulings.clear();
    assert_eq!(before, case.run());
}
