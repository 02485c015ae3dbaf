//! Claims that tell little about themselves: which fact they are of, and which they are not.

use super::fixture::{Case, check};

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
