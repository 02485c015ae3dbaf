use std::sync::LazyLock;

use super::*;
use crate::claim::Lexicon;

static WORDS: LazyLock<Quantifiers> = LazyLock::new(|| Quantifiers::new(&Lexicon::built_in()));

/// `text` and what must be found in it: "[span] reading" and the notes, separated by `;`.
fn check_with(q: &Quantifiers, text: &str, expected: &[&str]) {
    let tokens = Tokens::of_text(text);
    let found = quantities(&tokens, q, &Conventions::default(), &[]);
    let shown: Vec<String> = found
        .iter()
        .map(|m| {
            let reading = m.quantity.as_ref().map_or("–".to_owned(), |quantity| {
                match (quantity.form, quantity.low, quantity.high) {
                    (Form::Exact, Some(n), _) => n.to_string(),
                    (form, low, high) => {
                        let bound = |b: Option<u64>| b.map_or("…".to_owned(), |n| n.to_string());
                        format!("{form:?} {}–{}", bound(low), bound(high))
                    }
                }
            });
            format!("{} = {reading}", m.span.of(text))
        })
        .collect();
    assert_eq!(shown, expected, "{text}");
}

#[test]
fn digits_with_every_separator() {
    let q = &*WORDS;
    let check = |text: &str, expected: &[&str]| check_with(q, text, expected);
    for text in [
        "1,000",
        "1.000",
        "1 000",
        "1\u{a0}000",
        "1\u{202f}000",
        "1\u{2009}000",
        "1'000",
        "1’000",
        "1000",
        "1K",
        "1k",
        "１０００",
    ] {
        let tokens_text = format!("received {text} bodies");
        let tokens = Tokens::of_text(&tokens_text);
        let found = quantities(&tokens, q, &Conventions::default(), &[]);
        let shown: Vec<_> =
            found.iter().map(|m| (m.span.of(&tokens_text), m.quantity.as_ref().and_then(|q| q.single()))).collect();
        assert_eq!(shown, [(text, Some(1000))]);
    }
    check(
        "46k, 1.2m, 1.2 million and 2.5bn people",
        &["46k = 46000", "1.2m = 1200000", "1.2 million = 1200000", "2.5bn = 2500000000"],
    );
    check("1,234,567 or 12,34,567 or 1.234.567,5", &["1,234,567 = 1234567", "12,34,567 = 1234567", "1.234.567,5 = –"]);
    check("at 10:30 on +1-222-2222 29km away", &[]);
    check("192.168.1.2 and 22,24,26", &[]);
}

#[test]
fn spelled_out() {
    let q = &*WORDS;
    let check = |text: &str, expected: &[&str]| check_with(q, text, expected);
    for (text, n) in [
        ("one thousand", 1000),
        ("twenty-one", 21),
        ("one hundred and five", 105),
        ("a hundred", 100),
        ("a dozen", 12),
        ("two dozen", 24),
        ("half a dozen", 6),
        ("half a million", 500_000),
        ("one and a half million", 1_500_000),
        ("two-and-a-half million", 2_500_000),
        ("a million and a half", 1_500_000),
        ("three hundred forty-two thousand six hundred and seven", 342_607),
        ("nine hundred ninety-nine", 999),
        ("nineteen hundred", 1900),
        ("a score of", 20),
        ("2½ million", 2_500_000),
        ("zero", 0),
    ] {
        let sentence = format!("{} were found.", text.replace(" of", " of them"));
        let tokens = Tokens::of_text(&sentence);
        let found = quantities(&tokens, q, &Conventions::default(), &[]);
        assert_eq!(found.len(), 1, "{text}: {found:?}");
        assert_eq!(found[0].quantity, Some(Quantity::exact(n)), "{text}");
        assert_eq!(found[0].span.of(&sentence), text.trim_end_matches(" of"), "{text}");
    }
    check("between one hundred and two hundred men", &["between one hundred and two hundred = Range 100–200"]);
    check("three hundred and 2 hundred", &["three hundred = 300", "2 hundred = 200"]);
    check("no one knows the one who did this one thing", &[]);
    check("one of the two", &["one = 1", "two = 2"]);
}

#[test]
fn vague_words() {
    let q = &*WORDS;
    let check = |text: &str, expected: &[&str]| check_with(q, text, expected);
    check("Tens of thousands of soldiers", &["Tens of thousands = Vague 20000–99999"]);
    check("with “tens of thousands more” still missing", &["tens of thousands = Vague 20000–99999"]);
    check(
        "hundreds, dozens and thousands",
        &["hundreds = Vague 200–999", "dozens = Vague 24–99", "thousands = Vague 2000–9999"],
    );
    check(
        "Several men, a few hundred, a couple of dozen",
        &["Several = Vague 3–9", "a few hundred = Vague 300–999", "a couple of dozen = Vague 24–47"],
    );
    check("scores of them; the test scores of 5; scores", &["scores = Vague 40–99", "scores = Vague 40–99", "5 = 5"]);
    check("at least several hundred", &["at least several hundred = Vague 300–…"]);
    check("more than a few dozen", &["more than a few dozen = Vague 36–…"]);
}

#[test]
fn modifiers_in_front_and_behind() {
    let q = &*WORDS;
    let check = |text: &str, expected: &[&str]| check_with(q, text, expected);
    check("more than 1,800 servicemen", &["more than 1,800 = MoreThan 1801–…"]);
    check("over 46,000 troops", &["over 46,000 = MoreThan 46001–…"]);
    check("has handed over 1,000 bodies", &["1,000 = 1000"]);
    check("handed over over 1,000 bodies", &["over 1,000 = MoreThan 1001–…"]);
    check(
        "around 1,000 and some 300 and an estimated 50",
        &["around 1,000 = Approx 900–1100", "some 300 = Approx 270–330", "an estimated 50 = Approx 45–55"],
    );
    check(
        "at least 20, no fewer than 30, up to 40, as many as 50",
        &[
            "at least 20 = AtLeast 20–…",
            "no fewer than 30 = AtLeast 30–…",
            "up to 40 = AtMost 0–40",
            "as many as 50 = AtMost 0–50",
        ],
    );
    check(
        "fewer than 10, nearly 40, almost 200",
        &["fewer than 10 = LessThan 0–9", "nearly 40 = LessThan 36–39", "almost 200 = LessThan 180–199"],
    );
    check(
        "500 or more, 40-odd, 20 at most, 30+ men, 60 or so",
        &[
            "500 or more = AtLeast 500–…",
            "40-odd = Approx 36–44",
            "20 at most = AtMost 0–20",
            "30+ = AtLeast 30–…",
            "60 or so = Approx 54–66",
        ],
    );
    check("more than half a million", &["more than half a million = MoreThan 500001–…"]);
    check("more than 20 but fewer than 30", &["more than 20 but fewer than 30 = Range 21–29"]);
    check("more than 40 and less than 10", &["more than 40 = MoreThan 41–…", "less than 10 = LessThan 0–9"]);
    check("1,000 more than last year", &["1,000 = 1000"]);
    check("at least about 20", &["at least about 20 = AtLeast 20–…"]);
}

#[test]
fn ranges() {
    let q = &*WORDS;
    let check = |text: &str, expected: &[&str]| check_with(q, text, expected);
    check("20 to 30 men", &["20 to 30 = Range 20–30"]);
    check("20–30 men, 20-30 women", &["20–30 = Range 20–30", "20-30 = Range 20–30"]);
    check("between 20 and 30", &["between 20 and 30 = Range 20–30"]);
    check("from 20 to 30 thousand", &["from 20 to 30 thousand = Range 20000–30000"]);
    check("5-20k", &["5-20k = Range 5000–20000"]);
    check("two or three soldiers", &["two or three = Range 2–3"]);
    check("They won 2-1", &[]);
    check("rose from 20 to 30", &["20 = 20", "30 = 30"]);
    check("about 20 to 30", &["about 20 to 30 = Range 20–30"]);
    check("20 or 3,000", &["20 = 20", "3,000 = 3000"]);
}

fn notes(text: &str) -> Vec<(String, Vec<Note>, Option<usize>)> {
    use Note::*;
    const ALL: [Note; 20] = [
        Additive, Part, Each, Ordinal, Fraction, PerCent, Currency, Compound, Time, Label, Multiplier, Negative,
        ForPartner, Withdrawn, Correction, Reference, Nothing, Spelled, YearLike, Rounded,
    ];
    let tokens = Tokens::of_text(text);
    quantities(&tokens, &WORDS, &Conventions::default(), &[])
        .into_iter()
        .map(|m| {
            let notes = ALL.into_iter().filter(|note| m.has(*note) && *note != Spelled).collect();
            (m.span.of(text).to_owned(), notes, m.partner)
        })
        .collect()
}

#[test]
fn notes_tell_what_a_figure_is() {
    use Note::*;
    let check = |text: &str, expected: &[(&str, &[Note], Option<usize>)]| {
        let found = notes(text);
        let shown: Vec<(&str, &[Note], Option<usize>)> =
            found.iter().map(|(t, n, p)| (t.as_str(), n.as_slice(), *p)).collect();
        assert_eq!(shown, expected, "{text}");
    };
    check("another 3,000 bodies", &[("3,000", &[Additive], None)]);
    check("tens of thousands more", &[("tens of thousands", &[Additive], None)]);
    check("a \"6,000 for 6,000\" formula", &[("6,000", &[ForPartner], Some(1)), ("6,000", &[ForPartner], Some(0))]);
    check("a 1,000-for-38 swap", &[("1,000", &[ForPartner], Some(1)), ("38", &[ForPartner], Some(0))]);
    check("jailed 5 for 10 years", &[("5", &[], None), ("10", &[], None)]);
    check("not 38 but 35 bodies", &[("38", &[Withdrawn], Some(1)), ("35", &[Correction], Some(0))]);
    check("35, not 38", &[("35", &[Correction], Some(1)), ("38", &[Withdrawn], Some(0))]);
    check("is now eight, down from 21", &[("eight", &[Correction], Some(1)), ("21", &[Withdrawn], Some(0))]);
    check("no one was killed", &[("no one", &[Nothing], None)]);
    check("Nobody has confirmed it", &[]);
    check("rose from 20 to 30", &[("20", &[Withdrawn], Some(1)), ("30", &[Correction], Some(0))]);
    check("returned 157 and the same number", &[("157", &[], None), ("the same number", &[Reference], Some(0))]);
    check("five of them", &[("five", &[Part], None)]);
    check("20 of the 38", &[("20", &[Part], Some(1)), ("38", &[], None)]);
    check("12 out of 40", &[("12", &[Part], Some(1)), ("40", &[], None)]);
    check("12 of 140 men", &[("12", &[Part], Some(1)), ("140", &[], None)]);
    check("390 prisoners each", &[("390", &[Each], None)]);
    check("38 each", &[("38", &[Each], None)]);
    check("5 per cent, 5%, 5 percent", &[("5", &[PerCent], None), ("5", &[PerCent], None), ("5", &[PerCent], None)]);
    check("$5 million and 300 roubles", &[("5 million", &[Currency, Rounded], None), ("300", &[Currency], None)]);
    check("the 1,000-kilometre line, a three-day visit", &[("1,000", &[Compound], None), ("three", &[Compound], None)]);
    check("more than 1,000-kilometre", &[("more than 1,000", &[Compound], None)]);
    check("the 13th exchange, the first of these", &[("13th", &[Ordinal], None), ("first", &[Ordinal], None)]);
    check("T-72 No. 5 #3", &[("72", &[Label], None), ("5", &[Label], None), ("3", &[Label], None)]);
    check(
        "two thirds, 3/4 and one in five",
        &[
            ("two thirds", &[Fraction], None),
            ("3/4", &[Fraction], None),
            ("one", &[Fraction], None),
            ("five", &[], None),
        ],
    );
    check("at 5 pm", &[("5", &[Time], None)]);
    check("three times", &[("three", &[Multiplier], None)]);
    check("2025 soldiers", &[("2025", &[YearLike], None)]);
    check("none of them", &[("none", &[Part, Nothing], None)]);
    check("including 3", &[("3", &[Part], None)]);
    check("$100", &[("100", &[Currency], None)]);
}

#[test]
#[expect(clippy::single_range_in_vec_init, reason = "a list of ranges that has one")]
fn a_taken_range_is_left_alone() {
    let tokens = Tokens::of_text("on 29 January 300 bodies");
    let found = quantities(&tokens, &WORDS, &Conventions::default(), &[1..3]);
    assert_eq!(found.iter().map(|m| m.tokens.clone()).collect::<Vec<_>>(), [3..4]);
}

proptest::proptest! {
    #[test]
    fn any_text_is_read_without_harm(text in "\\PC{0,60}|([0-9]{1,4}|[,.' \u{a0}/:%-]|one|two|and|a|half|hundred|thousands?|of|to|for|or|more than|not|but){0,40}") {
        let tokens = Tokens::of_text(&text);
        let q = &*WORDS;
        let mut end = 0;
        for mention in quantities(&tokens, q, &Conventions::default(), &[]) {
            assert!(mention.tokens.start >= end && !mention.tokens.is_empty());
            end = mention.tokens.end;
            assert!(text.get(mention.span.range()).is_some());
        }
        let _ = read_quantity(&text, q, &Conventions::default());
    }
}
