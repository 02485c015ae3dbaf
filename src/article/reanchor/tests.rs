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
