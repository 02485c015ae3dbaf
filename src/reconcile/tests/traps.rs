//! The traps of the method in what sources come to, each with the rule that avoids it; at least
//! two cases each. Those in what belongs together are in `traps_of_placing`.

use super::fixture::{Case, check, check_case, relations};
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

#[test]
fn a_person_in_the_codebook_is_one_with_the_surname_alone() {
    let claims = "A 2025-09-18, B 2025-09-18
         bodies Russia→Ukraine 2025-09-18 | 1000 by Shamsail Saraliyev in A; 1000 by Saraliyev in B";
    let with = |name: &str| {
        let mut case = Case::new(claims);
        case.codebook.sources.push(Source {
            name: name.into(),
            side: Side::Party("Russia".into()),
            aliases: Vec::new(),
            part_of: None,
            admiralty: None,
            rank: None,
        });
        case.run().facts[0].origins.iter().map(|origin| origin.name.to_string()).collect::<Vec<_>>()
    };
    assert_eq!(with("Shamsail Saraliyev"), ["Shamsail Saraliyev"]);
    // Who is listed by one word alone is nobody else.
    assert_eq!(with("Saraliyev").len(), 2);
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
