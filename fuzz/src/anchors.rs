//! What must hold of a layer that is taken along to a corrected version of its article, and texts and
//! corrections to try it on.
//!
//! Shared by the runner in this folder, the libFuzzer target, and `tests/any_project.rs`, which replays
//! the corpus and some seeds in every test run.

use std::collections::{BTreeMap, BTreeSet};

use super::random::Random;
use tallymark::article::{Fate, OldText, Outcome, Reanchored, reanchor, reanchor_at};
use tallymark::claim::{
    Anchor, ArticleId, CONTEXT, Claim, ClaimId, Count, Decision, Edit, Field, Link, Provenance, Quantity, Reading,
    Span, Stamp, SuggestionKey, Verdict,
};

/// A text, a corrected version of it, and what an analyst has made of the first.
pub struct Case {
    old: String,
    new: String,
    /// Where the one place was at which the two differ, in bytes of the old text; `None` where they
    /// differ at several places or not at all.
    changed: Option<std::ops::Range<usize>>,
    claims: Vec<Claim>,
    keys: Vec<SuggestionKey>,
}

impl Case {
    /// How long the two texts are together, in bytes.
    pub fn bytes(&self) -> usize {
        self.old.len() + self.new.len()
    }

    /// The two texts, for whoever looks at what was found.
    pub fn texts(&self) -> String {
        format!("{}\n=======\n{}", self.old, self.new)
    }
}

/// A case made from a seed: the same everywhere.
pub fn case(random: &mut Random) -> Case {
    let old = text(random);
    let (new, changed) = corrected(random, &old);
    layer(random, old, new, changed)
}

/// A case of two texts that are given, as they lie in the corpus: with a line of `=======` between.
pub fn case_of(both: &str, random: &mut Random) -> Case {
    let (old, new) = both.split_once("\n=======\n").unwrap_or((both, ""));
    layer(random, old.to_owned(), new.to_owned(), None)
}

/// Panics with a sentence where something does not hold.
pub fn check(case: &Case) {
    let found = taken_along(case);
    assert!(found == taken_along(case), "twice is not the same");
    let ids = |claims: &mut dyn Iterator<Item = &ClaimId>| claims.cloned().collect::<BTreeSet<_>>();
    assert_eq!(
        ids(&mut case.claims.iter().map(|claim| &claim.id)),
        ids(&mut found.outcomes.iter().map(|outcome| &outcome.claim)),
        "every claim has an outcome"
    );
    assert_eq!(case.claims.len(), found.outcomes.len(), "and only one");
    let moved: BTreeMap<&ClaimId, &Claim> = (found.edits.iter())
        .filter_map(|edit| match edit {
            Edit::Claim(change) => change.after.as_ref(),
            _ => None,
        })
        .map(|claim| (&claim.id, claim))
        .collect();
    for outcome in &found.outcomes {
        let before = case.claims.iter().find(|claim| claim.id == outcome.claim).expect("compared above");
        of_claim(case, before, outcome, moved.get(&outcome.claim).copied());
    }
    for (before, after) in &found.keys {
        fits(&case.new, after.span, "a decision");
        assert!(before.span.start < before.span.end, "a decision about nothing went along");
    }
}

fn taken_along(case: &Case) -> Reanchored {
    let old = OldText { version: 1, text_sha256: "old".into(), text: case.old.as_str().into() };
    let decision = |key: &SuggestionKey| Decision {
        suggestion: key.clone(),
        text_sha256: "old".into(),
        verdict: Verdict::Rejected,
        stamp: stamp(),
    };
    let decisions: Vec<Decision> = case.keys.iter().map(decision).collect();
    let claims = case.claims.iter();
    reanchor(&old, &case.new, 2, &"new".into(), claims, decisions.iter(), case.keys.iter())
}

fn fits(text: &str, span: Span, what: &str) {
    let sound = Span::checked(text, span.start as usize, span.end as usize).is_some();
    assert!(sound, "{what} at {span:?} is no stretch of {text:?}");
}

/// Without white space, which may differ.
fn squeezed(text: &str) -> String {
    text.chars().filter(|character| !character.is_whitespace()).collect()
}

fn figures(text: &str) -> String {
    text.chars().filter(|character| character.is_numeric()).collect()
}

/// Where some words stand, from 0; with those that overlap.
fn places(text: &str, words: &str) -> Vec<usize> {
    let starts = text.char_indices().map(|(at, _)| at);
    starts.filter(|at| text[*at..].starts_with(words)).take(2).collect()
}

fn of_claim(case: &Case, before: &Claim, outcome: &Outcome, after: Option<&Claim>) {
    let (old, new) = (&*case.old, &*case.new);
    let why = || format!("{outcome:?}\nold: {old:?}\nnew: {new:?}");
    if let Some((span, words)) = &outcome.after {
        fits(new, *span, "an outcome");
        assert_eq!(span.of(new), &**words, "{}", why());
    }
    let goes = !matches!(outcome.fate, Fate::InDoubt { .. } | Fate::Orphaned);
    assert_eq!(goes, after.is_some(), "a claim goes along or stays: {}", why());
    let Some(main) = before.evidence.first() else { return };
    if !main.holds(old) {
        // It did not stand where it said; it may be found where it does.
        if matches!(outcome.fate, Fate::Same | Fate::Moved) {
            let is = &after.expect("it goes along").evidence[0].quote;
            assert_eq!(squeezed(&main.quote), squeezed(is), "other words took its place: {}", why());
        }
        return;
    }
    if let Some(after) = after {
        let main = main.span;
        assert_eq!(after.version, 2, "{}", why());
        assert_eq!(after.evidence.len(), before.evidence.len(), "words of it are gone: {}", why());
        for anchor in &after.evidence {
            assert!(anchor.holds(new), "{}", why());
            fits(new, anchor.span, "evidence");
        }
        let (was, is) = (main.of(old), after.evidence[0].quote.clone());
        match &outcome.fate {
            Fate::Same => assert!(after.evidence[0].span == main && squeezed(was) == squeezed(&is), "{}", why()),
            Fate::Moved => assert_eq!(squeezed(was), squeezed(&is), "{}", why()),
            Fate::Changed => assert_eq!(figures(was), figures(&is), "a number changed in silence: {}", why()),
            Fate::NumberChanged { before, after } => assert_ne!(before, after, "{}", why()),
            Fate::InDoubt { .. } | Fate::Orphaned => {}
        }
        inside(case, before, after, &outcome.fate);
    }
    surroundings(case, main, outcome);
}

/// The smaller spans of a claim that went along.
fn inside(case: &Case, before: &Claim, after: &Claim, fate: &Fate) {
    let (old, new) = (&*case.old, &*case.new);
    let (main, there) = (before.evidence[0].span, after.evidence[0].span);
    let parts = |claim: &Claim| {
        let reading = &claim.reading;
        [reading.count.span, reading.date.span, reading.additive.and_then(|link| link.span)]
    };
    for (was, is) in parts(before).into_iter().zip(parts(after)) {
        let Some(is) = is else { continue };
        fits(new, is, "a part of a claim");
        let was = was.expect("nothing comes from nowhere");
        if main.contains(was) && !was.of(old).is_empty() && matches!(fate, Fate::Same | Fate::Moved) {
            let why =
                || format!("{was:?} {:?} became {is:?} {:?}\nold: {old:?}\nnew: {new:?}", was.of(old), is.of(new));
            assert!(there.contains(is), "a part left its claim: {}", why());
            assert_eq!(squeezed(was.of(old)), squeezed(is.of(new)), "a part has other words: {}", why());
        }
    }
    let spans = after.reading.confirms.iter().chain(after.trace.values().flat_map(|why| &why.evidence));
    spans.for_each(|span| fits(new, *span, "a reason"));
}

/// Words that stand in the new text with all that stood around them are nowhere else.
fn surroundings(case: &Case, main: &Anchor, outcome: &Outcome) {
    let (old, new) = (&*case.old, &*case.new);
    let whole = format!("{}{}{}", main.before, main.quote, main.after);
    // The beginning and the end of a text are surroundings, too, which change with it.
    let is_enough = |around: &str| around.chars().count() >= CONTEXT / 2;
    if main.quote.trim().is_empty() || !is_enough(&main.before) || !is_enough(&main.after) {
        return;
    }
    let (here, there) = (places(old, &whole), places(new, &whole));
    let ([_], [at]) = (&here[..], &there[..]) else { return };
    // White space tells nobody where he is.
    if places(&squeezed(old), &squeezed(&whole)).len() > 1 || places(&squeezed(new), &squeezed(&whole)).len() > 1 {
        return;
    }
    let start = at + main.before.len();
    let expected = Span::new(start, start + main.quote.len());
    let why = || format!("{outcome:?} and not {expected:?} {main:?}\nold: {old:?}\nnew: {new:?}");
    match (&outcome.fate, &outcome.after) {
        (Fate::Same | Fate::Moved, Some((span, _))) => {
            // White space at its ends belongs to no word.
            let trimmed = |span: Span| {
                let words = span.of(new);
                (span.start as usize + words.len() - words.trim_start().len(), words.trim().len())
            };
            assert_eq!(trimmed(*span), trimmed(expected), "the words went elsewhere: {}", why());
        }
        (Fate::Changed | Fate::NumberChanged { .. }, _) => panic!("the words were exchanged: {}", why()),
        (Fate::InDoubt { .. } | Fate::Orphaned, _) => {
            let alone = case.claims.iter().any(|claim| claim.id == outcome.claim && claim.evidence.len() == 1);
            let untouched = alone
                && case.changed.as_ref().is_some_and(|changed| {
                    let (from, to) = (main.span.start as usize, main.span.end as usize);
                    changed.end + main.before.len() <= from || to + main.after.len() <= changed.start
                });
            assert!(!untouched, "what nobody touched is lost: {}", why());
        }
        (Fate::Same | Fate::Moved, None) => panic!("no place: {}", why()),
    }
}

/// Puts every claim at places of the new text that an analyst may choose, sound ones and others.
pub fn check_by_hand(case: &Case, random: &mut Random) {
    let old = OldText { version: 1, text_sha256: "old".into(), text: case.old.as_str().into() };
    for claim in &case.claims {
        let start = random.below(case.new.len() + 2);
        let span = Span::new(start, start + 1 + random.below(40));
        let sound = Span::checked(&case.new, span.start as usize, span.end as usize).is_some();
        let moved = reanchor_at(&old, &case.new, claim, span, 2);
        assert_eq!(sound, moved.is_some() && !claim.evidence.is_empty() || sound && claim.evidence.is_empty());
        if let Some(moved) = moved {
            assert_eq!(moved.evidence[0].span, span);
            moved.evidence.iter().for_each(|anchor| assert!(anchor.holds(&case.new)));
        }
    }
}

fn stamp() -> Stamp {
    Stamp { by: "Anna".into(), at: Default::default() }
}

/// A text of paragraphs, some of them about the same; now and then a strange one.
fn text(random: &mut Random) -> String {
    if random.chance(10) {
        let palette: Vec<&str> = (0..1 + random.below(6)).map(|_| *random.pick(ODD)).collect();
        return (0..random.below(120)).map(|_| *random.pick(&palette)).collect();
    }
    // A long text of few words is the hardest for whoever looks for differences.
    let many = if random.chance(1) { 2_000 } else { 8 };
    let variety = 4 + random.below(WORDS.len());
    let mut text = String::new();
    for _ in 0..1 + random.below(many) {
        for _ in 0..1 + random.below(4) {
            for _ in 0..3 + random.below(14) {
                match random.below(14) {
                    0 => text.push_str(&random.below(60).to_string()),
                    1 => text.push_str(random.pick::<&str>(ODD)),
                    _ => text.push_str(WORDS[random.below(variety.min(WORDS.len()))]),
                }
                text.push_str(random.pick::<&str>(&[" ", " ", " ", " ", " ", ", ", "\n"]));
            }
            text.push_str(". ");
        }
        text.push_str("\n\n");
    }
    text
}

/// A place of a text that is no inside of a character.
fn place(random: &mut Random, text: &str) -> usize {
    let mut at = random.below(text.len() + 1);
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// A stretch of a text of about so many bytes.
fn stretch(random: &mut Random, text: &str, most: usize) -> std::ops::Range<usize> {
    let start = place(random, text);
    let mut end = (start + random.below(most + 1)).min(text.len());
    while !text.is_char_boundary(end) {
        end += 1;
    }
    start..end
}

/// A corrected version, with where it differs if that is one place.
fn corrected(random: &mut Random, old: &str) -> (String, Option<std::ops::Range<usize>>) {
    if random.chance(3) {
        return (text(random), None);
    }
    let mut new = old.to_owned();
    let edits = random.below(6);
    let mut changed = None;
    for _ in 0..edits {
        let most = if random.chance(20) { 400 } else { 30 };
        let mut range = stretch(random, &new, most);
        let put = match random.below(9) {
            0 => String::new(),
            1 => random.pick::<&str>(WORDS).to_string(),
            2 => format!(" {} ", random.below(60)),
            3 => {
                range.end = range.start;
                format!("{} {} ", random.pick::<&str>(WORDS), random.pick::<&str>(WORDS))
            }
            4 => new[range.clone()].replace(' ', "\n"),
            5 => {
                // A number becomes another.
                let digit = new[range.start..].char_indices().find(|(_, c)| c.is_ascii_digit());
                let Some((at, _)) = digit else { continue };
                range = range.start + at..range.start + at + 1;
                random.below(100).to_string()
            }
            6 => {
                // What stands elsewhere, once more.
                let copied = stretch(random, &new, 300);
                range.end = range.start;
                new[copied].to_owned()
            }
            7 => {
                // Paragraphs change their order.
                let mut paragraphs: Vec<&str> = new.split("\n\n").collect();
                let (a, b) = (random.below(paragraphs.len()), random.below(paragraphs.len()));
                paragraphs.swap(a, b);
                let joined = paragraphs.join("\n\n");
                range = 0..new.len();
                joined
            }
            _ => random.pick::<&str>(ODD).to_string(),
        };
        changed = Some(range.clone());
        new.replace_range(range, &put);
    }
    (new, changed.filter(|_| edits == 1))
}

/// Claims and decisions on a text: most on words of it, some on nothing that is there.
fn layer(random: &mut Random, old: String, new: String, changed: Option<std::ops::Range<usize>>) -> Case {
    let (mut claims, mut keys) = (Vec::new(), Vec::new());
    for n in 0..random.below(10) {
        let anchor = anchor(random, &old);
        let span = anchor.span;
        let inner = |random: &mut Random| -> Option<Span> {
            if random.chance(15) {
                return Some(broken(random, &old));
            }
            let words = span.of(&old);
            let part = stretch(random, words, 12);
            (!part.is_empty()).then(|| Span::new(span.start as usize + part.start, span.start as usize + part.end))
        };
        let mut reading = Reading::new(Count { span: inner(random), quantity: Quantity::exact(38) }, "bodies");
        reading.date.span = if random.chance(50) { Some(self::anchor(random, &old).span) } else { inner(random) };
        reading.additive = random.chance(30).then(|| Link { span: inner(random) });
        reading.confirms = inner(random).into_iter().collect();
        let mut evidence = vec![anchor];
        if random.chance(20) {
            evidence.push(self::anchor(random, &old));
        }
        if random.chance(2) {
            evidence.clear();
        }
        let key = SuggestionKey {
            article: ArticleId("a.1".into()),
            span: inner(random).unwrap_or(span),
            reading: "x".into(),
            suggester: "built-in".into(),
        };
        claims.push(Claim {
            id: ClaimId(format!("c{n}").into()),
            article: ArticleId("a.1".into()),
            version: 1,
            evidence,
            trace: BTreeMap::from([(Field::Count, Provenance::stated(inner(random)))]),
            reading,
            grade: None,
            score: None,
            note: String::new(),
            suggestion: random.chance(50).then(|| key.clone()),
            created: stamp(),
            changed: None,
            codebook_revision: 1,
        });
        keys.push(key);
    }
    keys.sort();
    keys.dedup();
    Case { old, new, changed, claims, keys }
}

/// An anchor on words of a text; now and then on words that do not stand there.
fn anchor(random: &mut Random, text: &str) -> Anchor {
    let most = if random.chance(3) { 2_000 } else { 40 };
    let range = stretch(random, text, most);
    // Mostly whole words, as analysts mark them.
    let mut span = (range.start, range.end.max(range.start + 1));
    if random.chance(80) {
        let head = text[..range.start].rfind(char::is_whitespace).map_or(0, |at| at + 1);
        if text.is_char_boundary(head) {
            span.0 = head;
        }
        span.1 = text[range.end..].find(char::is_whitespace).map_or(text.len(), |at| range.end + at).max(span.0 + 1);
    }
    let sound = Span::checked(text, span.0, span.1).and_then(|span| Anchor::new(text, span));
    let nowhere = |random: &mut Random| Anchor {
        span: broken(random, text),
        quote: (*random.pick(ODD)).into(),
        before: (*random.pick(WORDS)).into(),
        after: "".into(),
    };
    match sound {
        Some(anchor) if !random.chance(4) => anchor,
        _ => nowhere(random),
    }
}

/// A span that may lie anywhere, and may be none.
fn broken(random: &mut Random, text: &str) -> Span {
    let number = |random: &mut Random| match random.below(8) {
        0 => u32::MAX,
        1 => 0,
        _ => random.below(text.len() + 3) as u32,
    };
    Span { start: number(random), end: number(random) }
}

const WORDS: &[&str] = &[
    "the",
    "bodies",
    "of",
    "soldiers",
    "38",
    "were",
    "returned",
    "to",
    "Aland",
    "on",
    "Tuesday",
    "and",
    "said",
    "its",
    "ministry",
    "Borduria",
    "handed",
    "over",
    "1,000",
    "prisoners",
    "in",
    "exchange",
    "twenty",
    "dozen",
    "officials",
    "in January",
    "for",
    "a",
    "fourth",
    "this",
    "year",
    "Red Cross",
    "not",
    "41",
    "wounded",
    "civilians",
];

const ODD: &[&str] = &[
    ".",
    ",",
    "“",
    "”",
    "’s",
    "'",
    "-",
    "–",
    "(",
    ")",
    "\n",
    "\n\n",
    " ",
    "\t",
    "\u{a0}",
    "\u{202f}",
    "\u{200b}",
    "\u{feff}",
    "\u{301}",
    "é",
    "ß",
    "😀",
    "👩‍👩‍👧",
    "日本",
    "١٢٣",
    "Ⅻ",
    "½",
    "1,000",
    "3.5",
    "1’000",
    "38",
    "0",
    "a",
    "A",
    "İ",
    "\0",
    "**",
    "U.S.",
    "1.2.3",
    "9/11",
];
