//! The traps of the method, each with the rule that avoids it; at least two cases each.

use super::fixture::{Case, check, check_case, id, relations};
use crate::claim::*;

#[test]
fn opposing_sides_agree() {
    check(
        "A 2026-01-29, B 2026-01-29
         bodies Russia→Ukraine 2026-01-29 | 1000 by Headquarters in A; 1000 by Ivan Petrov [Russia] in B",
        "bodies to Ukraine, 29 Jan 2026: corroborated-opposing 1000/1000/1000 k2 s2 a2 u0",
    );
}

#[test]
fn two_sides_give_different_figures() {
    check(
        "A 2025-06-17, B 2025-06-17
         bodies Russia→Ukraine 2025-06-16 | 6057 by Headquarters in A; 6060 by Vladimir Medinsky [Russia] in B",
        "bodies to Ukraine, 16 Jun 2025: conflicting 6057/6057/6060 k2 s2 a2 u0",
    );
}

#[test]
fn the_reason_of_a_conflict_names_groups_and_gap() {
    let found = Case::new(
        "A 2025-06-17, B 2025-06-17
         bodies Russia→Ukraine 2025-06-16 | 6057 by Headquarters in A; 6060 in B",
    )
    .run();
    let reason = &found.facts[0].reason;
    for words in ["Headquarters (6,057)", "(6,060)", "3 apart", "no named origin"] {
        assert!(reason.contains(words), "{reason}");
    }
}

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

// ---- 3 Anonymous sources

#[test]
fn a_nameless_source_takes_the_side_of_the_state_agency_that_alone_quotes_it() {
    check(
        "A 2025-09-18
         bodies Russia→Ukraine 2025-09-18 | 1000 by Headquarters in A; 1000 by unnamed source via TASS in A",
        "bodies to Ukraine, 18 Sep 2025: corroborated-opposing 1000/1000/1000 k2 s2 a1 u0 [anonymous-origin, presumed-side]",
    );
}

#[test]
fn any_other_nameless_source_has_no_side() {
    check(
        "A 2025-09-18
         bodies Russia→Ukraine 2025-09-18 | 1000 by Headquarters in A; 1000 by unnamed source via Reuters in A",
        "bodies to Ukraine, 18 Sep 2025: corroborated-same-side 1000/1000/1000 k2 s1 a1 u0 [anonymous-origin]",
    );
}

#[test]
fn nameless_sources_of_two_articles_are_two() {
    check(
        "A 2025-09-18, B 2025-09-18
         killed Ukraine 2025-09-18 | 3 by witnesses in A; 3 by witnesses in B",
        "killed, Ukraine, 18 Sep 2025: corroborated-same-side 3/3/3 k2 s0 a2 u0 [anonymous-origin, anonymous-origin]",
    );
}

#[test]
fn confirming_the_numbers_adds_an_origin_and_confirming_the_event_does_not() {
    check(
        "A 2025-09-18
         bodies Russia→Ukraine 2025-09-18 | 1000 by Headquarters in A; confirms by unnamed source via TASS in A confirms 0",
        "bodies to Ukraine, 18 Sep 2025: corroborated-opposing 1000/1000/1000 k2 s2 a1 u0 [anonymous-origin, presumed-side]",
    );
    check(
        "A 2025-09-18
         bodies Russia→Ukraine 2025-09-18 | 1000 by Headquarters in A; confirms by Moscow in A",
        "bodies to Ukraine, 18 Sep 2025: single-origin 1000/1000/1000 k1 s1 a1 u0 [event-confirmed]",
    );
}

// ---- 4 What adds to k

#[test]
fn floors_ceilings_and_vague_words_never_add() {
    for words in ["more than 800", "up to 1200", "several", "700-1300"] {
        let found = Case::new(&format!(
            "A 2025-09-18, B 2025-09-18
             bodies Russia→Ukraine 2025-09-18 | 1000 by Headquarters in A; {words} by Ivan Petrov [Russia] in B"
        ))
        .run();
        assert_eq!(found.facts[0].k_origins, if words == "several" { 2 } else { 1 }, "{words}");
    }
}

#[test]
fn a_close_approximation_or_range_adds() {
    for words in ["about 1000", "950-1050"] {
        check(
            &format!(
                "A 2025-09-18, B 2025-09-18
                 bodies Russia→Ukraine 2025-09-18 | 1000 by Headquarters in A; {words} by Ivan Petrov [Russia] in B"
            ),
            match words {
                "about 1000" => "bodies to Ukraine, 18 Sep 2025: corroborated-opposing 1000/1000/1000 k2 s2 a2 u0",
                _ => "bodies to Ukraine, 18 Sep 2025: corroborated-opposing 950/1000/1050 k2 s2 a2 u0",
            },
        );
    }
}

#[test]
fn a_chain_of_rounding_is_no_conflict() {
    check(
        "A 2026-01-10, B 2026-01-10, C 2026-01-10
         prisoners Ukraine→Russia 2025 cumulative | 1851 by Red Cross in A; more than 1850 by Moscow in B; more than 1800 in C",
        "prisoners to Russia in 2025: single-origin 1801/1851/+ k1 s1 a3 u1",
    );
}

// ---- 5 Best

#[test]
fn a_side_does_not_win_by_the_number_of_its_spokespeople() {
    check(
        "A 2025-09-18, B 2025-09-18
         killed Ukraine 2025-09-18 | 30 by Ivan Petrov [Russia] in A; 30 by Oleg Sidorov [Russia] in A; 30 by Anna Belova [Russia] in A; 12 by Headquarters in B; 12 by Mission in B",
        "killed, Ukraine, 18 Sep 2025: conflicting 12/12/30 k5 s3 a2 u0",
    );
}

#[test]
fn a_tie_goes_to_the_lower_and_says_so() {
    let case = Case::new(
        "A 2025-09-18, B 2025-09-18
         killed Ukraine 2025-09-18 | 30 by Ivan Petrov [Russia] in A; 12 by Headquarters in B",
    );
    let fact = &case.run().facts[0];
    assert_eq!((fact.best, &*fact.best_rule), (Some(12), "tie, lower taken"));
    for (rule, best, words) in [
        (BestRule::Lowest, Some(12), "lowest"),
        (BestRule::Highest, Some(30), "highest"),
        (BestRule::RangeOnly, None, "range only"),
    ] {
        let case = Case::new(
            "A 2025-09-18, B 2025-09-18
             killed Ukraine 2025-09-18 | 30 by Ivan Petrov [Russia] in A; 12 by Headquarters in B",
        )
        .best(rule);
        let fact = &case.run().facts[0];
        assert_eq!((fact.best, &*fact.best_rule), (best, words));
    }
}

#[test]
fn ranges_alone_have_no_best_and_the_inner_one_is_named() {
    let case = Case::new(
        "A 2025-09-18, B 2025-09-18
         killed Ukraine 2025-09-18 | 20-60 by Ivan Petrov [Russia] in A; 30-40 by Headquarters in B",
    );
    check_case(&case, "killed, Ukraine, 18 Sep 2025: single-origin 20/–/60 k1 s1 a2 u0");
    assert_eq!(&*case.run().facts[0].best_rule, "ranges only, narrowest 30–40");
}

// ---- 6 Revisions

#[test]
fn one_source_that_goes_up_is_an_update() {
    let case = Case::new(
        "A 2025-09-18, B 2025-09-19, C 2025-09-20
         killed Ukraine 2025-09-18 | 12 by Headquarters in A; 15 by Headquarters in B; 17 by Headquarters in C",
    );
    check_case(&case, "killed, Ukraine, 18 Sep 2025: echo 17/17/17 k1 s1 a3 u0");
    assert_eq!(relations(&case.run()), ["superseded", "superseded", "agrees"]);
}

#[test]
fn words_of_correction_supersede_in_every_article_that_carries_it() {
    let case = Case::new(
        "A 2026-01-29, B 2026-01-29, C 2026-01-30
         bodies Ukraine→Russia 2026-01-29 | 38 by Moscow in A; 38 by Moscow in B denied; 41 by Moscow in B corrects; 38 by Moscow in C",
    );
    check_case(&case, "bodies to Russia, 29 Jan 2026: echo 41/41/41 k1 s1 a3 u0 [repeats-withdrawn]");
    assert_eq!(relations(&case.run()), ["superseded", "denied", "agrees", "superseded"]);
}

#[test]
fn a_relay_has_the_time_of_its_origin() {
    // B came out later, but tells what was said before.
    check(
        "A 2025-09-20, B 2025-09-25
         killed Ukraine 2025-09-18 | 15 by Headquarters in A asof 2025-09-20; 12 by Headquarters in B asof 2025-09-18",
        "killed, Ukraine, 18 Sep 2025: echo 15/15/15 k1 s1 a2 u0",
    );
}

#[test]
fn two_values_at_one_time_contradict() {
    check(
        "A 2025-09-18, B 2025-09-18
         killed Ukraine 2025-09-18 | 12 by Headquarters in A; 15 by Headquarters in B",
        "killed, Ukraine, 18 Sep 2025: conflicting 12/–/15 k1 s1 a2 u0 [self-contradiction]",
    );
}

#[test]
fn a_headline_that_rounds_against_its_own_body() {
    check(
        "A 2026-02-26, B 2026-02-26
         bodies Russia→Ukraine 2026-02-26 | 1000 in A; 1003 by Headquarters in A; 1003 by Headquarters in B",
        "bodies to Ukraine, 26 Feb 2026: conflicting 1000/1003/1003 k1 s1 a2 u1",
    );
}

// ---- 7 Hypothetical, planned, zero

#[test]
fn plans_and_fears_never_meet_what_is_reported() {
    check(
        "A 2025-09-18
         killed Ukraine 2025-09-18 | 12 by Headquarters in A; 50 by Headquarters in A feared; 0 by Headquarters in A planned",
        "killed, Ukraine, 18 Sep 2025: single-origin 12/12/12 k1 s1 a1 u0 [plan-differs]
         not certain: killed, Ukraine, 18 Sep 2025: single-origin 50/50/50 k1 s1 a1 u0
         planned: killed, Ukraine, 18 Sep 2025: single-origin 0/0/0 k1 s1 a1 u0 [plan-differs]",
    );
}

#[test]
fn planned_60_reported_57_is_a_flag_between_facts() {
    check(
        "A 2025-09-18
         prisoners Russia→Ukraine 2025-09-18 | 60 by Moscow in A planned; 57 by Headquarters in A",
        "prisoners to Ukraine, 18 Sep 2025: single-origin 57/57/57 k1 s1 a1 u0 [plan-differs]
         planned: prisoners to Ukraine, 18 Sep 2025: single-origin 60/60/60 k1 s1 a1 u0 [plan-differs]",
    );
}

#[test]
fn zero_is_a_number() {
    check(
        "A 2025-09-18, B 2025-09-18
         killed Ukraine 2025-09-18 | 0 by Headquarters in A; 4 by Moscow in B",
        "killed, Ukraine, 18 Sep 2025: conflicting 0/0/4 k2 s2 a2 u0",
    );
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

// ---- 10 Part and whole of a government

#[test]
fn bodies_of_one_government_with_one_figure_are_one_origin() {
    check(
        "A 2025-10-23, B 2025-10-23
         bodies Russia→Ukraine 2025-10-23 | 1000 by Ukrainian government in A; 1000 by Headquarters in A; 1000 by Ukrainian Defense Ministry in B",
        "bodies to Ukraine, 23 Oct 2025: echo 1000/1000/1000 k1 s1 a2 u0",
    );
}

#[test]
fn bodies_of_one_government_with_different_figures_are_two() {
    check(
        "A 2025-10-23
         bodies Russia→Ukraine 2025-10-23 | 1000 by Headquarters in A; 1003 by Ukrainian Defense Ministry in A",
        "bodies to Ukraine, 23 Oct 2025: conflicting 1000/1000/1003 k2 s1 a1 u0",
    );
}

#[test]
fn a_morgue_counts_for_itself() {
    check(
        "A 2025-10-23
         killed Ukraine 2025-10-23 | 12 by Headquarters in A; 12 by Kyiv Morgue in A",
        "killed, Ukraine, 23 Oct 2025: corroborated-same-side 12/12/12 k2 s1 a1 u0",
    );
}

#[test]
fn what_a_source_publishes_itself_is_its_word() {
    check(
        "A 2025-10-23 Headquarters, B 2025-10-23 TASS
         bodies Russia→Ukraine 2025-10-23 | 1000 in A; 1000 in B",
        "bodies to Ukraine, 23 Oct 2025: corroborated-opposing 1000/1000/1000 k2 s2 a2 u0",
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

// ---- 12 Outliers without a name

#[test]
fn a_nameless_outlier_does_not_shake_what_opposing_sides_agree_on() {
    check(
        "A 2026-01-29, B 2026-01-29, C 2026-01-29
         bodies Russia→Ukraine 2026-01-29 | 1000 by Headquarters in A; 1000 by Moscow in B; 1200 in C",
        "bodies to Ukraine, 29 Jan 2026: corroborated-opposing 1000/1000/(1200) k2 s2 a3 u1 [unattributed-outlier]",
    );
}

#[test]
fn where_sides_do_not_agree_it_conflicts() {
    check(
        "A 2026-01-29, B 2026-01-29, C 2026-01-29
         bodies Russia→Ukraine 2026-01-29 | 1000 by Headquarters in A; 1200 in C",
        "bodies to Ukraine, 29 Jan 2026: conflicting 1000/1000/1200 k1 s1 a2 u1",
    );
}

// ---- Claims that tell little about themselves

#[test]
fn who_tells_less_joins_what_it_can_be_a_repetition_of() {
    check(
        "A 2025-09-18, B 2025-09-18, C 2025-09-18
         prisoners Russia→Ukraine 2025-09-18 | 146 by Headquarters in A
         prisoners ?→Ukraine 2025-09-18 | 146 in B
         prisoners 2025-09-18 | 292 in C",
        "prisoners, 18 Sep 2025: unattributed 292/292/292 k0 s0 a1 u1
         prisoners to Ukraine, 18 Sep 2025: echo 146/146/146 k1 s1 a2 u1",
    );
}

#[test]
fn nobody_tells_whom_and_it_is_still_one_event() {
    check(
        "A 2023-06-15, B 2023-06-15
         killed 2023-06-14 | 78 by Mission in A; 79 by Red Cross in B",
        "killed, 14 Jun 2023: conflicting 78/78/79 k2 s1 a2 u0",
    );
}

#[test]
fn a_party_and_the_people_it_belongs_to() {
    check(
        "A 2025-09-18, B 2025-09-18, C 2025-09-18
         killed Gaza 2025-09-17 | 83 by Gaza Health Ministry in A
         killed Palestinians 2025-09-17 | 83 by Palestinian health officials in B; 12 in C",
        "killed, Gaza, 17 Sep 2025: corroborated-same-side 83/83/83 k2 s1 a2 u0
         killed, Palestinians, 17 Sep 2025: unattributed 12/12/12 k0 s0 a1 u1",
    );
}

#[test]
fn undated_claims_about_one_thing_told_within_days() {
    check(
        "A 2025-09-18, B 2025-09-19, C 2025-11-19
         killed Ukraine | 12 by Headquarters in A; 12 by Moscow in B; 12 in C",
        "killed, Ukraine, no date: corroborated-opposing 12/12/12 k2 s2 a2 u0
         killed, Ukraine, no date: unattributed 12/12/12 k0 s0 a1 u1",
    );
}

#[test]
fn groups_that_one_article_counts_apart_are_facts_apart() {
    check(
        "A 2025-09-18, B 2025-09-18
         killed Ukraine 2025-09-18 | 3 by Headquarters in A quote 3_soldiers; 5 by Headquarters in A quote 5_civilians; 5 in B quote five_civilians; 8 in B quote eight_people",
        "killed, Ukraine (military), 18 Sep 2025: single-origin 3/3/3 k1 s1 a1 u0
         killed, Ukraine (civilians), 18 Sep 2025: echo 5/5/5 k1 s1 a2 u1
         killed, Ukraine, 18 Sep 2025: unattributed 8/8/8 k0 s0 a1 u1",
    );
}

#[test]
fn soldiers_and_people_may_well_be_the_same() {
    check(
        "A 2025-09-18, B 2025-09-18
         killed Ukraine 2025-09-18 | 3 by Headquarters in A quote 3_soldiers; 3 in B quote 3_people",
        "killed, Ukraine, 18 Sep 2025: echo 3/3/3 k1 s1 a2 u1",
    );
}

#[test]
fn what_has_no_category_is_kept_apart_by_its_noun() {
    check(
        "A 2025-09-18, B 2025-09-18
         other 2025-09-18 | 3 in A quote three_working_groups; 20 in A quote 20_journalists; 20 in B quote some_20_journalists",
        "other (group), 18 Sep 2025: unattributed 3/3/3 k0 s0 a1 u1
         other (journalist), 18 Sep 2025: unattributed 20/20/20 k0 s0 a2 u2",
    );
}

#[test]
fn those_held_are_no_total_of_those_handed_over() {
    check(
        "A 2025-09-18
         prisoners Ukraine stock | 6000 by Headquarters in A
         prisoners Russia→Ukraine 2022-02/.. cumulative | 4757 by Headquarters in A",
        "prisoners to Ukraine, to 18 Sep 2025: single-origin 4757/4757/4757 k1 s1 a1 u0
         prisoners, Ukraine, to 18 Sep 2025: single-origin 6000/6000/6000 k1 s1 a1 u0",
    );
}

#[test]
fn a_rare_figure_tells_which_of_several_events() {
    check(
        "A 2025-06-30, B 2025-06-30
         bodies Russia→Ukraine 2025-06-11 | 1212 by Headquarters in A
         bodies Russia→Ukraine 2025-06-13 | 1200 by Headquarters in A
         bodies Russia→Ukraine 2025-06 | 1212 in B",
        "bodies to Ukraine, 11 Jun 2025: echo 1212/1212/1212 k1 s1 a2 u1
         bodies to Ukraine, 13 Jun 2025: single-origin 1200/1200/1200 k1 s1 a1 u0",
    );
}

#[test]
fn one_total_whose_period_is_told_in_other_words() {
    check(
        "A 2025-07-01, B 2025-07-02, C 2025-07-03
         bodies Russia→Ukraine 2025-06-11/2025-06-16 cumulative | 6057 by Headquarters in A
         bodies Russia→Ukraine 2025-06 cumulative | 6057 in B
         bodies Russia→Ukraine 2025-06-11/2025-06-17 cumulative | 6000 in C",
        "bodies to Ukraine in June 2025: echo 6057/6057/6057 k1 s1 a2 u1 [sum-incomplete]
         bodies to Ukraine, over 11–17 Jun 2025: unattributed 6000/6000/6000 k0 s0 a1 u1 ",
    );
}

#[test]
fn one_source_gives_the_same_round_figure_of_many_events() {
    check(
        "A 2026-01-29, B
         bodies Russia→Ukraine 2026-01-29 | 1000 by Headquarters in A
         bodies Russia→Ukraine XXXX-WXX-4 | 1000 by Headquarters in B
         bodies Ukraine→Russia 2026-01-29 | 38 by Headquarters in A
         bodies Ukraine→Russia | 38 by Headquarters in B",
        "bodies to Russia, 29 Jan 2026: single-origin 38/38/38 k1 s1 a1 u0
         bodies to Ukraine, 29 Jan 2026: single-origin 1000/1000/1000 k1 s1 a1 u0
         bodies to Russia, no date: single-origin 38/38/38 k1 s1 a1 u0
         bodies to Ukraine, a Thursday: single-origin 1000/1000/1000 k1 s1 a1 u0",
    );
}

#[test]
fn the_suggested_number_for_the_information() {
    for (claims, expected) in [
        ("1000 by Headquarters in A; 1000 by Moscow in B", 1),
        ("1000 by Headquarters in A; 1000 by unnamed source via TASS in B", 2),
        ("1000 by Headquarters in A; 1000 by Kyiv Morgue in B", 2),
        ("1000 by Headquarters in A", 3),
        ("1000 by Headquarters in A; 1003 by Moscow in B", 4),
        ("1000 by unnamed source in A", 6),
        ("1000 in A", 6),
    ] {
        let case = format!("A 2025-09-18, B 2025-09-18\nbodies Russia→Ukraine 2025-09-18 | {claims}");
        assert_eq!(Case::new(&case).run().facts[0].information, expected, "{claims}");
    }
}
