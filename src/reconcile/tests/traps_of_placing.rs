//! The traps of the method in what belongs together and what is added, each with the rule that
//! avoids it; at least two cases each.

use super::fixture::{Case, check, check_case, id, relations};
use crate::claim::*;

// ---- 1 Extents are not dates

#[test]
fn an_extent_never_meets_a_day() {
    check(
        "A 2025-08-01
         bodies Russia→Ukraine 2025-06-16 | 1000 by Headquarters in A
         bodies Russia→Ukraine 2025-06-01/2025-06-30 cumulative | 1000 in A
         bodies Russia→Ukraine 2025 cumulative | 5000 in A",
        "bodies to Ukraine, to 1 Aug 2025: unattributed 5000/5000/5000 k0 s0 a1 u1 [sum-incomplete]
         bodies to Ukraine in June 2025: unattributed 1000/1000/1000 k0 s0 a1 u1
         bodies to Ukraine, 16 Jun 2025: single-origin 1000/1000/1000 k1 s1 a1 u0",
    );
}

#[test]
fn a_wider_window_joins_the_only_event_inside() {
    check(
        "A 2025-09-18, B 2025-10-23
         bodies Russia→Ukraine 2025-09-18 | 1000 by Headquarters in A
         bodies Russia→Ukraine 2025-09 | about 1000 in B",
        "bodies to Ukraine, 18 Sep 2025: echo 1000/1000/1000 k1 s1 a2 u1",
    );
}

#[test]
fn a_wider_window_with_several_events_inside_is_unplaced() {
    check(
        "A 2025-09-18, B 2025-10-23
         bodies Russia→Ukraine 2025-09-05 | 1000 by Headquarters in A
         bodies Russia→Ukraine 2025-09-18 | 1000 by Headquarters in A
         bodies Russia→Ukraine 2025-09 | about 1000 in B",
        "bodies to Ukraine, 5 Sep 2025: single-origin 1000/1000/1000 k1 s1 a1 u0
         bodies to Ukraine, 18 Sep 2025: single-origin 1000/1000/1000 k1 s1 a1 u0
         unplaced c002: F01 F02",
    );
}

#[test]
fn a_claim_without_a_date_founds_its_own_fact_and_lists_candidates() {
    let case = Case::new(
        "A 2025-09-18, B
         bodies Russia→Ukraine 2025-09-18 | 1000 by Headquarters in A
         bodies Russia→Ukraine | 1000 by Ivan Petrov [Russia] in B",
    );
    check_case(
        &case,
        "bodies to Ukraine, 18 Sep 2025: single-origin 1000/1000/1000 k1 s1 a1 u0
         bodies to Ukraine, no date: single-origin 1000/1000/1000 k1 s1 a1 u0",
    );
    let reason = case.run().facts[1].members[0].reason.clone();
    assert!(reason.contains("could also be F01"), "{reason}");
}

#[test]
fn what_is_added_never_joins_what_it_adds_to() {
    check(
        "A 2025-06-17
         bodies Russia→Ukraine 2025-06-16 | 6000 by Headquarters in A; 3000 by Headquarters in A another",
        "bodies to Ukraine, 16 Jun 2025: single-origin 6000/6000/6000 k1 s1 a1 u0
         further bodies to Ukraine, 16 Jun 2025: single-origin 3000/3000/3000 k1 s1 a1 u0",
    );
}

#[test]
fn three_events_with_equal_figures_stay_three() {
    check(
        "A 2026-03-01
         bodies Russia→Ukraine 2025-09-18 | 1000 by Headquarters in A
         bodies Russia→Ukraine 2025-10-23 | 1000 by Headquarters in A
         bodies Russia→Ukraine 2026-01-29 | 1000 by Headquarters in A",
        "bodies to Ukraine, 18 Sep 2025: single-origin 1000/1000/1000 k1 s1 a1 u0
         bodies to Ukraine, 23 Oct 2025: single-origin 1000/1000/1000 k1 s1 a1 u0
         bodies to Ukraine, 29 Jan 2026: single-origin 1000/1000/1000 k1 s1 a1 u0",
    );
}

// ---- 2 Nothing is counted twice

fn rollup(case: &str, total: usize) -> (String, u64, Option<u64>, usize, Vec<(String, bool)>) {
    let found = Case::new(case).run();
    let fact = found.facts.iter().find(|f| f.members.iter().any(|m| m.claim == id(total))).unwrap();
    let rollup = found.rollups.iter().find(|r| r.fact == fact.id).unwrap();
    let members = rollup.members.iter().map(|m| (found.fact(&m.fact).unwrap().label.clone(), m.inside.is_some()));
    (rollup.status.label().to_owned(), rollup.sum_low, rollup.sum_high, rollup.recorded, members.collect())
}

#[test]
fn of_a_period_and_its_events_the_higher_floor_is_added() {
    let (status, low, high, _, members) = rollup(
        "A 2026-01-05
         bodies Russia→Ukraine 2025 cumulative | 9000 in A
         bodies Russia→Ukraine 2025-06 cumulative | more than 6000 in A
         bodies Russia→Ukraine 2025-06-10 | 1000 in A
         bodies Russia→Ukraine 2025-06-16 | 1200 in A
         bodies Russia→Ukraine 2025-09-18 | 1000 in A",
        0,
    );
    assert_eq!((status.as_str(), low, high), ("incomplete", 7001, None));
    assert_eq!(
        members,
        [
            ("bodies to Ukraine in June 2025".to_owned(), false),
            ("bodies to Ukraine, 10 Jun 2025".to_owned(), true),
            ("bodies to Ukraine, 16 Jun 2025".to_owned(), true),
            ("bodies to Ukraine, 18 Sep 2025".to_owned(), false),
        ]
    );
    let (_, low, _, _, members) = rollup(
        "A 2026-01-05
         bodies Russia→Ukraine 2025 cumulative | 9000 in A
         bodies Russia→Ukraine 2025-06 cumulative | at least 1000 in A
         bodies Russia→Ukraine 2025-06-10 | 1000 in A
         bodies Russia→Ukraine 2025-06-16 | 1200 in A",
        0,
    );
    assert_eq!((low, members[0].1), (2200, true));
}

#[test]
fn plans_and_totals_over_both_sides_are_no_members() {
    let (status, low, ..) = rollup(
        "A 2026-01-05
         bodies Russia→Ukraine 2025 cumulative | 9000 in A
         bodies Russia→Ukraine 2025-06-10 plan | 6000 in A
         bodies both 2025-06-10 | 8000 in A",
        0,
    );
    assert_eq!((status.as_str(), low), ("untestable", 0));
}

#[test]
fn an_annual_total_exceeded_by_its_events_does_not_add_up() {
    let (status, low, ..) = rollup(
        "A 2026-01-05
         bodies Russia→Ukraine 2025 cumulative | 2000 in A
         bodies Russia→Ukraine 2025-06-10 | 1212 in A
         bodies Russia→Ukraine 2025-06-16 | 1200 in A",
        0,
    );
    assert_eq!((status.as_str(), low), ("does not add up", 2412));
}

#[test]
fn all_events_recorded_and_the_sum_meets_the_total() {
    let with = |total: u64| {
        rollup(
            &format!(
                "A 2026-01-05
                 bodies Russia→Ukraine 2025 cumulative | {total} in A
                 exchanges both 2025 cumulative | 2 in A
                 bodies Russia→Ukraine 2025-06-10 | 1212 in A
                 bodies Russia→Ukraine 2025-06-16 | 1200 in A"
            ),
            0,
        )
        .0
    };
    assert_eq!(with(2412), "adds up");
    assert_eq!(with(3000), "does not add up");
}

#[test]
fn more_events_than_stated_is_a_mismatch_only_in_one_unit() {
    let events = "bodies Russia→Ukraine 2025-06-10 | 1212 in A
                  bodies Russia→Ukraine 2025-06-16 | 1200 in A";
    let (status, ..) = rollup(
        &format!(
            "A 2026-01-05\nexchanges both 2025 cumulative | 1 in A\nbodies Russia→Ukraine 2025 cumulative | 5000 in A\n{events}"
        ),
        0,
    );
    assert_eq!(status, "does not add up");
    // A round over days may be one exchange or several.
    let (status, ..) = rollup(
        &format!(
            "A 2026-01-05\nexchanges both 2025 cumulative | 1 in A\nbodies Russia→Ukraine 2025 cumulative | 50000 in A\n{events}
             bodies Russia→Ukraine 2025-08-03/2025-09-20 cumulative | 700 in A"
        ),
        0,
    );
    assert_eq!(status, "incomplete");
}

// ---- 8 Series

#[test]
fn counts_to_date_are_one_series_and_the_latest_stands() {
    let case = Case::new(
        "A 2025-03-01, B 2025-06-01, C 2025-09-01
         killed Gaza stock | 48000 by Gaza Health Ministry in A; 54000 by Gaza's health ministry in B; more than 63000 by the Health Ministry of Gaza in C",
    );
    check_case(&case, "killed, Gaza, to 1 Sep 2025: echo 63001/–/+ k1 s1 a3 u0");
    assert_eq!(relations(&case.run()), ["superseded", "superseded", "compatible"]);
}

#[test]
fn another_origin_with_a_higher_later_total_is_an_update() {
    check(
        "A 2023-02-07, B 2023-02-09
         killed Turkey 2023-02-06/.. cumulative | 5000 by Turkish government in A; 18000 by Red Cross in B",
        "killed, Turkey, to 9 Feb 2023: single-origin 18000/18000/18000 k1 s1 a2 u0",
    );
}

#[test]
fn a_later_total_below_an_earlier_floor_is_a_conflict() {
    check(
        "A 2023-02-07, B 2023-02-09
         killed Turkey 2023-02-06/.. cumulative | 5000 by Turkish government in A; 3000 by Red Cross in B",
        "killed, Turkey, to 9 Feb 2023: conflicting 3000/3000/5000 k2 s2 a2 u0",
    );
}

#[test]
fn one_origins_falling_total_is_a_revision() {
    check(
        "A 2023-10-10, B 2023-11-10
         killed Israel stock | 1400 by Israeli government in A; 1200 by Israeli government in B",
        "killed, Israel, to 10 Nov 2023: echo 1200/1200/1200 k1 s1 a2 u0 [falling-total]",
    );
}

#[test]
fn two_starts_are_two_series() {
    check(
        "A 2025-09-01
         killed Gaza 2023-10-07/2025-09-01 cumulative | 63000 by Gaza Health Ministry in A
         killed Gaza 2025-03-18/2025-09-01 cumulative | 11000 by Gaza Health Ministry in A",
        "killed, Gaza, to 1 Sep 2025: single-origin 63000/63000/63000 k1 s1 a1 u0 [sum-incomplete]
         killed, Gaza, to 1 Sep 2025: single-origin 11000/11000/11000 k1 s1 a1 u0",
    );
}

#[test]
fn the_missing_may_become_fewer() {
    check(
        "A 2025-05-01, B 2025-05-04
         missing Turkey stock | 40 by Turkish police in A; 12 by Red Cross in B",
        "missing, Turkey, to 4 May 2025: single-origin 12/12/12 k1 s1 a2 u0",
    );
}

// ---- 9 Gaps explained by scope

#[test]
fn a_gap_that_a_stated_part_explains() {
    check(
        "A 2025-05-24, B 2025-05-24
         prisoners Russia→Ukraine 2025-05-24 | 207 by Headquarters in A; 205 by Moscow in B
         civilians Russia→Ukraine 2025-05-24 | 2 by Headquarters in A part 0 quote two_civilians",
        "civilians to Ukraine, 24 May 2025: single-origin 2/2/2 k1 s1 a1 u0
         prisoners to Ukraine, 24 May 2025: conflicting 205/205/207 k2 s2 a2 u0 [gap-explained]",
    );
}

#[test]
fn a_part_never_meets_its_total() {
    check(
        "A 2025-05-24
         prisoners Russia→Ukraine 2025-05-24 | 157 by Headquarters in A; 152 by Headquarters in A part 0; 5 in A part 0 quote five_civilians",
        "prisoners to Ukraine, 24 May 2025: single-origin 157/157/157 k1 s1 a1 u0
         prisoners to Ukraine (a part), 24 May 2025: single-origin 152/152/152 k1 s1 a1 u0
         prisoners to Ukraine (civilians), 24 May 2025: unattributed 5/5/5 k0 s0 a1 u1",
    );
}

#[test]
fn parts_that_are_more_than_their_total_are_flagged() {
    check(
        "A 2025-05-24
         killed Ukraine 2025-05-24 | 10 by Headquarters in A; 12 by Headquarters in A part 0 quote 12_children",
        "killed, Ukraine, 24 May 2025: single-origin 10/10/10 k1 s1 a1 u0 [parts-do-not-add-up]
         killed, Ukraine (children), 24 May 2025: single-origin 12/12/12 k1 s1 a1 u0",
    );
}

// ---- 11 The day line

#[test]
fn facts_on_adjacent_days_that_look_alike_are_suspected_twins() {
    let case = "A 2026-01-30, B 2026-01-30
         bodies Russia→Ukraine 2026-01-29 | 1000 by Headquarters in A
         bodies Russia→Ukraine 2026-01-30 | 1000 by Moscow in B
         bodies Russia→Ukraine 2026 cumulative | 5000 in A";
    check(
        case,
        "bodies to Ukraine, to 30 Jan 2026: unattributed 5000/5000/5000 k0 s0 a1 u1 [sum-incomplete]
         bodies to Ukraine, 29 Jan 2026: single-origin 1000/1000/1000 k1 s1 a1 u0 [suspected-twin]
         bodies to Ukraine, 30 Jan 2026: single-origin 1000/1000/1000 k1 s1 a1 u0 [suspected-twin]",
    );
    let (_, low, ..) = rollup(case, 2);
    assert_eq!(low, 1000, "counted once until the analyst decides");
}

#[test]
fn an_equal_other_leg_makes_twins_too() {
    let found = Case::new(
        "A 2026-01-30, B 2026-01-30
         bodies Russia→Ukraine 2026-01-29 | 1000 by Headquarters in A
         bodies Ukraine→Russia 2026-01-29 | 38 by Headquarters in A
         bodies Russia→Ukraine 2026-01-30 | 1003 by Moscow in B
         bodies Ukraine→Russia 2026-01-30 | 38 by Moscow in B",
    )
    .run();
    let twins = |f: &std::sync::Arc<Fact>| f.flags.iter().any(|(flag, _)| *flag == FactFlag::SuspectedTwin);
    assert!(found.facts.iter().all(twins) && found.facts.len() == 4);
}

#[test]
fn an_article_that_tells_of_both_days_tells_of_two_events() {
    check(
        "A 2026-01-30
         killed Ukraine 2026-01-29 | 3 by Headquarters in A
         killed Ukraine 2026-01-30 | 3 by Headquarters in A",
        "killed, Ukraine, 29 Jan 2026: single-origin 3/3/3 k1 s1 a1 u0
         killed, Ukraine, 30 Jan 2026: single-origin 3/3/3 k1 s1 a1 u0",
    );
}
