//! Articles as outlets correct them.

use std::collections::BTreeMap;

use super::*;
use crate::claim::{
    ArticleId, Claim, ClaimId, Count, Decision, Field, Provenance, Quantity, Reading, Stamp, SuggestionKey, Verdict,
};

const OLD: &str = "Two Sides Exchange Bodies\n\nMarch 5, 2024\n\nAland handed over the bodies of 38 soldiers on \
    Tuesday, its defence ministry said. Borduria returned 17 in exchange.\n\nIt was the fourth exchange this year. \
    In January Aland had returned 41 bodies, in February none. The Red Cross was not involved, officials said.\n";

/// Where the words `quote` of [`OLD`] stand in `new`, with the words there.
fn place(new: &str, quote: &str) -> (&'static str, String) {
    let start = OLD.find(quote).expect("the quote is in the text");
    let anchor = Anchor::new(OLD, Span::new(start, start + quote.len())).expect("fits");
    let words = |span: Span| span.of(new).to_owned();
    match Versions::new(OLD, new).place(&anchor) {
        Placed::Same(span) => ("same", words(span)),
        Placed::Changed(span, _) => ("changed", words(span)),
        Placed::Doubtful(span, _) => ("in doubt", words(span)),
        Placed::Lost => ("lost", String::new()),
    }
}

#[track_caller]
fn check(new: &str, quote: &str, expected: (&str, &str)) {
    let (how, words) = place(new, quote);
    assert_eq!((how, words.as_str()), expected, "{quote}");
}

#[test]
fn what_the_correction_leaves_standing_moves_with_it() {
    check(OLD, "38 soldiers", ("same", "38 soldiers"));
    let longer = format!("CORRECTED on Wednesday.\n\n{OLD}\nMore to follow.\n");
    for quote in ["the bodies of 38 soldiers", "17", "41 bodies", "38", "Two Sides"] {
        check(&longer, quote, ("same", quote));
    }
    let wrapped = OLD.replace("of 38 soldiers on", "of\n38\nsoldiers on");
    check(&wrapped, "the bodies of 38 soldiers", ("same", "the bodies of\n38\nsoldiers"));
    let reordered =
        format!("{}\n{}", &OLD[OLD.find("It was").expect("there")..], &OLD[..OLD.find("It was").expect("there")]);
    check(&reordered, "the bodies of 38 soldiers", ("same", "the bodies of 38 soldiers"));
    check(&reordered, "41 bodies", ("same", "41 bodies"));
}

#[test]
fn a_common_word_goes_with_its_surroundings_and_not_where_another_like_it_stands() {
    // The paragraphs changed their order, and what the difference leaves standing is the longer one.
    let short = "On Monday 12 bodies came to Aland by train, and officials were there.";
    let long = "Officials of Borduria said that 38 soldiers, officials among them, were handed over at the bridge on \
                Tuesday, when officials of the Red Cross had left; officials, it said, were not told of it in time.";
    let (old, new) = (format!("{short}\n\n{long}\n"), format!("{long}\n\n{short}\n"));
    let at = old.find("officials were").expect("there");
    let anchor = Anchor::new(&old, Span::new(at, at + 9)).expect("fits");
    let there = new.find("officials were").expect("there");
    assert_eq!(Versions::new(&old, &new).place(&anchor), Placed::Same(Span::new(there, there + 9)));
}

#[test]
fn a_number_that_was_corrected_is_found_in_its_place() {
    check(&OLD.replace("38", "41"), "the bodies of 38 soldiers", ("changed", "the bodies of 41 soldiers"));
    check(&OLD.replace("38", "41"), "38", ("changed", "41"));
    check(&OLD.replace("returned 17 in", "returned as many as 19 in"), "17", ("in doubt", "19"));
    check(
        &OLD.replace("the bodies of 38 soldiers", "the remains of 38 soldiers"),
        "the bodies of 38 soldiers",
        ("changed", "the remains of 38 soldiers"),
    );
}

#[test]
fn words_that_are_gone_are_nowhere_and_never_somewhere_else() {
    let without = OLD.replace(" Borduria returned 17 in exchange.", "");
    check(&without, "Borduria returned 17 in exchange", ("lost", ""));
    check("Something else entirely was in the paper that day.\n", "the bodies of 38 soldiers", ("lost", ""));
    check("", "38", ("lost", ""));
    let unlike = "Storm\n\nA storm left 38 villages without power for a week, the grid's operator said on its page.\n";
    assert_eq!(place(unlike, "38").0, "in doubt", "a number alone proves nothing");
}

#[test]
fn of_several_places_as_good_none_is_chosen() {
    let old = "The ministry said that 12 bodies had come back on Monday by train.\n";
    let anchor = Anchor::new(old, Span::new(23, 32)).expect("fits");
    assert_eq!(&*anchor.quote, "12 bodies");
    let line = |n: u64, day: &str| format!("A ministry says {n} bodies have come back on {day} by train.\n");
    let new = format!("{}\n{}", line(14, "Monday"), line(15, "Monday"));
    let placed = Versions::new(old, &new).place(&anchor);
    assert!(matches!(placed, Placed::Doubtful(..) | Placed::Lost), "{placed:?}");
}

#[test]
fn nothing_breaks_on_odd_texts() {
    let texts = ["", "a", "\u{a0}", "1", "é😀", "1,000", "a\nb\nc", "38 38 38 38", &"38 bodies. ".repeat(50)];
    for old in texts {
        for new in texts {
            let versions = Versions::new(old, new);
            for start in (0..old.len()).filter(|at| old.is_char_boundary(*at)) {
                for end in (start + 1..=old.len()).filter(|at| old.is_char_boundary(*at)).take(4) {
                    let anchor = Anchor::new(old, Span::new(start, end)).expect("fits");
                    match versions.place(&anchor) {
                        Placed::Same(span) | Placed::Changed(span, _) | Placed::Doubtful(span, _) => {
                            assert!(Span::checked(new, span.start as usize, span.end as usize).is_some());
                        }
                        Placed::Lost => {}
                    }
                }
            }
        }
    }
}

#[test]
fn a_piece_of_a_word_stays_that_piece() {
    // An analyst may have marked a part of a word as the count, or as a date.
    let new = format!("CORRECTED\n\n{}", OLD.replace("of 38 soldiers on", "of\n38\nsoldiers on"));
    let quote = "the bodies of 38 soldiers";
    for (words, expected) in [("oldie", Some("oldie")), ("dies of 38", Some("dies of\n38")), ("8 s", Some("8\ns"))] {
        let mut claim = claim("c1", quote, "38", 38);
        claim.reading.count.span = Some(span(OLD, words));
        let old = OldText { version: 1, text_sha256: "old".into(), text: OLD.into() };
        let found = reanchor(&old, &new, 2, &"new".into(), [&claim].into_iter(), [].iter(), [].iter());
        let [crate::claim::Edit::Claim(change)] = &found.edits[..] else { panic!("{found:?}") };
        let moved = change.after.as_ref().expect("it went along");
        assert_eq!(moved.reading.count.span.map(|span| span.of(&new)), expected);
    }
}

#[test]
fn spans_of_nothing_are_nowhere() {
    let nothing = |start: u32, end: u32| Span { start, end };
    let new = OLD.replace("38", "41");
    for broken in [nothing(9, 9), nothing(60, 50), nothing(9_999, 10_000), nothing(0, 0), nothing(u32::MAX, 1)] {
        let mut claim = claim("c1", "the bodies of 38 soldiers", "38", 38);
        claim.reading.count.span = Some(broken);
        let key = SuggestionKey {
            article: ArticleId("a.1".into()),
            span: broken,
            reading: "x".into(),
            suggester: "built-in".into(),
        };
        let old = OldText { version: 1, text_sha256: "old".into(), text: OLD.into() };
        let found = reanchor(&old, &new, 2, &"new".into(), [&claim].into_iter(), [].iter(), [key].iter());
        let [crate::claim::Edit::Claim(change)] = &found.edits[..] else { panic!("{found:?}") };
        assert_eq!(change.after.as_ref().and_then(|moved| moved.reading.count.span), None);
        assert_eq!(found.keys, []);
        claim.evidence[0].span = broken;
        let found = reanchor(&old, &new, 2, &"new".into(), [&claim].into_iter(), [].iter(), [].iter());
        assert_eq!(found.outcomes.len(), 1);
    }
}

#[test]
fn a_claim_whose_words_stand_elsewhere_goes_where_they_stand() {
    let mut broken = claim("c1", "the bodies of 38 soldiers", "38", 38);
    broken.evidence[0].span = span(OLD, "41 bodies");
    for new in [OLD.to_owned(), OLD.replace("17", "18")] {
        let old = OldText { version: 1, text_sha256: "old".into(), text: OLD.into() };
        let found = reanchor(&old, &new, 2, &"new".into(), [&broken].into_iter(), [].iter(), [].iter());
        let after = found.outcomes[0].after.as_ref().map(|(_, words)| &**words);
        assert_eq!((&found.outcomes[0].fate, after), (&Fate::Moved, Some("the bodies of 38 soldiers")));
    }
}

#[test]
fn a_long_passage_that_stands_nearly_in_many_places_takes_no_seconds() {
    let passage = "Aland handed over the bodies of 38 soldiers on Tuesday, its ministry said. ".repeat(8);
    let old = format!("First. {passage}\n\nLast.\n");
    let new: String = (100..112).map(|n| format!("{}\n\n{n}. ", passage.replace("38", &n.to_string()))).collect();
    let anchor = Anchor::new(&old, span(&old, &passage)).expect("fits");
    let versions = Versions::new(&old, &new);
    let begun = std::time::Instant::now();
    let placed = versions.place(&anchor);
    assert!(begun.elapsed().as_secs() < 10, "{:?}", begun.elapsed());
    assert!(!matches!(placed, Placed::Same(_)), "{placed:?}");
}

fn stamp() -> Stamp {
    Stamp { by: "Anna".into(), at: chrono::DateTime::UNIX_EPOCH }
}

fn span(text: &str, words: &str) -> Span {
    let start = text.find(words).expect("there");
    Span::new(start, start + words.len())
}

fn claim(id: &str, quote: &str, count: &str, n: u64) -> Claim {
    let mut reading = Reading::new(Count { span: Some(span(OLD, count)), quantity: Quantity::exact(n) }, "bodies");
    reading.date.span = Some(span(OLD, "March 5, 2024"));
    Claim {
        id: ClaimId(id.into()),
        article: ArticleId("a.1".into()),
        version: 1,
        evidence: vec![Anchor::new(OLD, span(OLD, quote)).expect("fits")],
        reading,
        trace: BTreeMap::from([(Field::Count, Provenance::stated([span(OLD, count)]))]),
        grade: None,
        score: None,
        note: "mine".into(),
        suggestion: None,
        created: stamp(),
        changed: None,
        codebook_revision: 1,
    }
}

#[test]
fn a_layer_goes_along_with_all_its_spans_and_says_which_numbers_changed() {
    let claims = [
        claim("c1", "the bodies of 38 soldiers", "38", 38),
        claim("c2", "Borduria returned 17", "17", 17),
        claim("c3", "returned 41 bodies", "41", 41),
    ];
    let new = format!("CORRECTED\n\n{}", OLD.replace("38", "35").replace(" Borduria returned 17 in exchange.", ""));
    let key = |count: &str| SuggestionKey {
        article: ArticleId("a.1".into()),
        span: span(OLD, count),
        reading: "x".into(),
        suggester: "built-in".into(),
    };
    let decision = |count: &str| Decision {
        suggestion: key(count),
        text_sha256: "old".into(),
        verdict: Verdict::Rejected,
        stamp: stamp(),
    };
    let decisions = [decision("41"), decision("17"), Decision { text_sha256: "older".into(), ..decision("38") }];
    let old = OldText { version: 1, text_sha256: "old".into(), text: OLD.into() };
    let found = reanchor(&old, &new, 2, &"new".into(), claims.iter(), decisions.iter(), std::iter::empty());
    let fates: Vec<_> = found.outcomes.iter().map(|outcome| (&*outcome.claim.0, outcome.fate.clone())).collect();
    let changed = Fate::NumberChanged { before: "38".into(), after: "35".into() };
    assert_eq!(fates, [("c1", changed), ("c2", Fate::Orphaned), ("c3", Fate::Moved)]);
    let moved: Vec<Claim> = found
        .edits
        .iter()
        .filter_map(|edit| match edit {
            crate::claim::Edit::Claim(change) => change.after.clone(),
            _ => None,
        })
        .collect();
    let [first, third] = &moved[..] else { panic!("{moved:?}") };
    assert_eq!(
        (first.version, first.quote(), &*first.note),
        (
            2,
            "the bodies of 35 soldiers",
            "The article was corrected: “38” became “35”. The claim is read as before.\nmine",
        )
    );
    assert_eq!(first.reading.count.quantity, Quantity::exact(38), "what it is read as is the analyst's");
    assert_eq!(first.reading.count.span.map(|span| span.of(&new)), Some("35"));
    assert_eq!(first.reading.date.span.map(|span| span.of(&new)), Some("March 5, 2024"));
    assert_eq!(first.trace[&Field::Count].evidence[0].of(&new), "35");
    assert_eq!((third.quote(), third.reading.count.span.map(|span| span.of(&new))), ("returned 41 bodies", Some("41")));
    assert!(moved.iter().all(|claim| claim.evidence[0].holds(&new)));
    let [(before, after)] = &found.keys[..] else { panic!("{:?}", found.keys) };
    assert_eq!((before.span.of(OLD), after.span.of(&new)), ("41", "41"));
    assert_eq!(found.edits.len(), 2 + 2);
}
