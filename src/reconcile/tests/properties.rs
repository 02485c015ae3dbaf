//! What holds of any claims whatever.

use proptest::prelude::*;

use super::fixture::{Case, id};
use crate::claim::*;

const CATEGORIES: [&str; 5] = ["bodies", "killed", "missing", "exchanges", "prisoners"];
const SUBJECTS: [&str; 7] = ["Russia→Ukraine", "Ukraine→Russia", "?→Ukraine", "Ukraine", "both", "", "Turkey"];
const DATES: [&str; 14] = [
    "2025-09-18",
    "2025-09-19",
    "2025-09-21",
    "2025-09-24",
    "2025-09",
    "2025-09-10/2025-09-20",
    "2025",
    "",
    "XXXX-09-18",
    "XXXX-WXX-4",
    "2025-06-01/..",
    "2025-06-01/2025-07-31",
    "2025-07",
    "2024-12-31",
];
const KINDS: [&str; 5] = ["", "cumulative", "stock", "plan", "status"];
const COUNTS: [&str; 12] = [
    "1000",
    "1003",
    "12",
    "about 1000",
    "more than 900",
    "up to 30",
    "fewer than 10",
    "20-40",
    "several",
    "14480",
    "0",
    "confirms",
];
const SOURCES: [&str; 9] = [
    "",
    " by Headquarters",
    " by Moscow",
    " by Ukrainian government",
    " by unnamed source via TASS",
    " by Red Cross",
    " by BBC + Mediazona",
    " by Mediazona",
    " by Ivan Petrov [Russia]",
];
const EXTRAS: [&str; 12] = [
    "",
    "",
    "",
    " denied",
    " corrects",
    " another",
    " part 0 quote two_children",
    " confirms 1",
    " guessed day",
    " guessed kind",
    " guessed day guessed kind",
    " guessed day another",
];

pub(super) fn line() -> impl Strategy<Value = String> {
    let pick = |list: &'static [&'static str]| prop::sample::select(list);
    (
        pick(&CATEGORIES),
        pick(&SUBJECTS),
        pick(&DATES),
        pick(&KINDS),
        pick(&COUNTS),
        pick(&SOURCES),
        0..4usize,
        pick(&EXTRAS),
    )
        .prop_map(|(category, subject, date, kind, count, source, article, extra)| {
            format!("{category} {subject} {date} {kind} | {count}{source} in {}{extra}", ["A", "B", "C", "D"][article])
        })
}

pub(super) fn case(lines: &[String]) -> Case {
    Case::new(&format!("A 2025-09-18, B 2025-10-01, C, D XXXX-09-18\n{}", lines.join("\n")))
}

pub(super) fn ruling(n: usize) -> impl Strategy<Value = RulingOp> {
    let one = move || (0..n).prop_map(id);
    prop_oneof![
        (one(), prop::option::of(one())).prop_map(|(claim, to)| RulingOp::Move { claim, to }),
        prop::collection::vec(one(), 0..3).prop_map(|claims| RulingOp::Merge { claims }),
        prop::collection::vec(one(), 0..3).prop_map(|claims| RulingOp::Split { claims, label: "x".into() }),
        one().prop_map(|claim| RulingOp::Exclude { claim }),
        prop::collection::vec(one(), 0..3).prop_map(|claims| RulingOp::PinValue {
            claims,
            low: 1,
            best: None,
            high: None
        }),
        one().prop_map(|claim| RulingOp::SetDate {
            claim,
            window: DateWindow::parse("2025-09-18", Basis::Analyst).unwrap_or_default()
        }),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 192, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_order_of_claims_and_articles_makes_no_difference(
        lines in prop::collection::vec(line(), 2..14), seed in any::<u64>(), ops in prop::collection::vec(ruling(2), 0..3),
    ) {
        let mut case = case(&lines);
        for op in ops {
            case = case.rule(op);
        }
        let before = case.run();
        // A shuffle that the seed alone decides.
        let mut state = seed;
        let mut next = |n: usize| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            usize::try_from(state >> 33).unwrap_or(0) % n
        };
        for i in (1..case.claims.len()).rev() {
            case.claims.swap(i, next(i + 1));
        }
        for i in (1..case.documents.len()).rev() {
            case.documents.swap(i, next(i + 1));
        }
        prop_assert_eq!(before, case.run());
    }

    #[test]
    fn every_claim_has_a_place_and_everything_its_reason(lines in prop::collection::vec(line(), 1..14)) {
        let case = case(&lines);
        let found = case.run();
        for claim in &case.claims {
            let placed = found.facts_of(&claim.id).count() + found.unplaced.iter().filter(|u| u.claim == claim.id).count();
            prop_assert!(placed > 0, "{} is nowhere", claim.id);
        }
        for fact in &found.facts {
            prop_assert!(!fact.reason.is_empty() && !fact.best_rule.is_empty() && !fact.members.is_empty());
            prop_assert!(fact.members.iter().all(|m| !m.reason.is_empty()));
            prop_assert!(fact.flags.iter().all(|(_, text)| !text.is_empty()));
            if let (Some(low), Some(high)) = (fact.low, fact.high) {
                prop_assert!(low <= high, "{} {low} {high}", fact.label);
            }
            if let (Some(best), Some(low)) = (fact.best, fact.low) {
                prop_assert!(low <= best && fact.high.is_none_or(|high| best <= high), "{}: {best}", fact.label);
            }
            prop_assert!(fact.k_sides <= fact.k_origins, "{}", fact.label);
        }
        prop_assert!(found.rollups.iter().all(|r| !r.reason.is_empty()));
        prop_assert!(found.unplaced.iter().all(|u| !u.reason.is_empty()));
        // Planned and reported never meet; nor do a day's event and a sum.
        for fact in &found.facts {
            for member in &fact.members {
                let reading = &case.claims.iter().find(|c| c.id == member.claim).unwrap().reading;
                let plan = reading.modality == Modality::Planned || reading.kind == Kind::Plan;
                if reading.count.quantity.form != Form::ConfirmOnly && reading.kind != Kind::Status {
                    prop_assert_eq!(plan, fact.kind == FactKind::Plan);
                }
            }
        }
    }

    #[test]
    fn removing_all_rulings_restores(
        lines in prop::collection::vec(line(), 3..10), ops in prop::collection::vec(ruling(3), 1..6),
    ) {
        let before = case(&lines).run();
        let mut ruled = case(&lines);
        for op in ops {
            ruled = ruled.rule(op);
        }
        let with = ruled.run();
        // Under rulings too, every claim that is not excluded has a place.
        for claim in &ruled.claims {
            let excluded = ruled.rulings.iter().any(|r| matches!(&r.op, RulingOp::Exclude { claim: c } if *c == claim.id));
            let placed = with.facts_of(&claim.id).count() + with.unplaced.iter().filter(|u| u.claim == claim.id).count();
            prop_assert_eq!(placed > 0, !excluded, "{}", claim.id);
        }
        ruled.rulings.clear();
        prop_assert_eq!(before, ruled.run());
    }
}
