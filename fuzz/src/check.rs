//! What must hold of the suggestions for any text under any lexicon, and texts to try it on.
//!
//! Shared by the runner in this folder, the libFuzzer target, and `tests/any_text.rs`, which
//! replays the corpus and a few thousand seeds in every test run.

use super::random::Random;
use tallymark::article::{ReadOptions, read};
use tallymark::claim::{
    Beside, Codebook, Cue, CueEntry, DateWindow, FrameEntry, Lexicon, Metadata, Name, NounClass, NounEntry, PartyEntry,
    QuantifierEntry, ReportingEntry, Role, Saying, Side, SourceEntry, Span, SuppressionEntry,
};
use tallymark::suggest::Suggester;

/// Panics with a sentence where something does not hold.
pub fn check(suggester: &Suggester, name: &str, text: &str) {
    let Ok(article) = read(name, text.as_bytes(), &ReadOptions::default()) else { return };
    let sound = |span: Span, what: &str| {
        let words = article.text.get(span.start as usize..span.end as usize);
        assert!(span.start < span.end && words.is_some(), "{what} at {span:?} is no stretch of {:?}", article.text);
    };
    let mut metadata = article.metadata.clone();
    for published in [None, Some("2026-01-31")] {
        if let Some(day) = published.and_then(|day| DateWindow::parse(day, tallymark::claim::Basis::Analyst)) {
            metadata.published = day;
        }
        let suggestions = suggester.suggest(&article, &metadata);
        for suggestion in &suggestions {
            sound(suggestion.span, "a suggestion");
            if let Some(count) = suggestion.reading.count.span {
                sound(count, "a count");
                let inside = suggestion.span.start <= count.start && count.end <= suggestion.span.end;
                assert!(inside, "{count:?} is not in {:?} of {:?}", suggestion.span, article.text);
            }
            suggestion.reading.confirms.iter().for_each(|span| sound(*span, "a confirmed count"));
            suggestion.reading.date.span.into_iter().for_each(|span| sound(span, "a date"));
            let evidence = suggestion.trace.values().flat_map(|provenance| provenance.evidence.iter());
            evidence.for_each(|span| sound(*span, "evidence"));
        }
        let starts = suggestions.iter().map(|s| s.reading.count.span.unwrap_or(s.span));
        assert!(starts.is_sorted(), "suggestions are not in order in {:?}", article.text);
        assert_eq!(suggestions, suggester.suggest(&article, &metadata), "twice is not the same");
        for date in suggester.dates(&article, &metadata) {
            sound(date.span, "a mention of a date");
        }
    }
    let _ = suggester.dates(&article, &Metadata::default());
}

/// A text with the name of its file, made from a seed: the same everywhere.
pub fn text(random: &mut Random) -> (&'static str, String) {
    let name = *random.pick(&["a.txt", "a.txt", "a.md", "a.html"]);
    let parts = 1 + random.below(60);
    let mut text = String::new();
    let palette: Vec<&str> = (0..2 + random.below(30)).map(|_| *random.pick(FRAGMENTS)).collect();
    for _ in 0..parts {
        match random.below(20) {
            0 => text.extend(char::from_u32(random.below(0x11_0000) as u32)),
            1 => text.push_str(&random.below(100_000_000).to_string()),
            2 => text.push_str(random.pick::<&str>(FRAGMENTS)),
            _ => text.push_str(random.pick::<&str>(&palette)),
        }
        if !random.chance(15) {
            text.push(' ');
        }
    }
    (name, text)
}

/// A lexicon made from a seed: the built-in one, or one of strange forms, or both together.
pub fn lexicon(random: &mut Random) -> Lexicon {
    let mut lexicon = if random.chance(40) { Lexicon::built_in() } else { Lexicon::default() };
    let forms = |random: &mut Random| -> Vec<Name> {
        (0..random.below(4))
            .map(|_| {
                let mut form = String::new();
                for _ in 0..1 + random.below(3) {
                    if random.chance(10) {
                        form.extend(char::from_u32(random.below(0x1_0000) as u32));
                    }
                    form.push_str(random.pick::<&str>(FRAGMENTS));
                    if random.chance(50) {
                        form.push(' ');
                    }
                }
                form.into()
            })
            .collect()
    };
    for _ in 0..random.below(12) {
        let name: Name = (*random.pick(FRAGMENTS)).into();
        match random.below(8) {
            0 => lexicon.parties.push(PartyEntry {
                name,
                adjectives: forms(random),
                people: forms(random),
                capital: forms(random),
                places: forms(random),
                opposite: forms(random),
                state: random.chance(50),
                ..PartyEntry::default()
            }),
            1 => lexicon.sources.push(SourceEntry {
                side: if random.chance(50) { Side::Party(name.clone()) } else { Side::Unknown },
                name,
                aliases: forms(random),
                descriptions: forms(random),
                ..SourceEntry::default()
            }),
            2 => lexicon.nouns.push(NounEntry {
                forms: forms(random),
                category: random.chance(50).then(|| "killed".into()),
                class: *random.pick(&[NounClass::Bodies, NounClass::People, NounClass::Toll, NounClass::Group]),
                ..NounEntry::default()
            }),
            3 => lexicon.frames.push(FrameEntry {
                name,
                finite: forms(random),
                participle: forms(random),
                gerund: forms(random),
                noun: forms(random),
                subject: *random.pick(&[Role::Giver, Role::Receiver, Role::Loser, Role::Reciprocal, Role::None]),
                themselves: random.chance(50),
                dative: random.chance(50),
                weak: random.chance(30),
                category: random.chance(50).then(|| "bodies".into()),
                ..FrameEntry::default()
            }),
            4 => lexicon.reporting.push(ReportingEntry {
                forms: forms(random),
                pattern: *random.pick(&[Saying::Says, Saying::Tells, Saying::Preposition, Saying::Cites, Saying::Noun]),
                ..ReportingEntry::default()
            }),
            5 => lexicon.quantifiers.push(QuantifierEntry {
                forms: forms(random),
                low: random.chance(40).then(|| random.below(1000) as u64),
                after: random.chance(50),
                additive: random.chance(30),
                ..QuantifierEntry::default()
            }),
            6 => lexicon.suppressions.push(SuppressionEntry {
                forms: forms(random),
                place: *random.pick(&[Beside::Within, Beside::Before, Beside::After]),
                ..SuppressionEntry::default()
            }),
            _ => lexicon.cues.push(CueEntry {
                forms: forms(random),
                cue: *random.pick(&Cue::ALL),
                ..CueEntry::default()
            }),
        }
    }
    lexicon.titles.extend(forms(random));
    lexicon.abbreviations.extend(forms(random));
    lexicon
}

/// A suggester over a made lexicon.
pub fn suggester(random: &mut Random) -> Suggester {
    let codebook = if random.chance(70) { Codebook::built_in() } else { Codebook::default() };
    Suggester::new(&codebook, &lexicon(random))
}

/// What texts about counted people are made of, and what breaks readers of text.
const FRAGMENTS: &[&str] = &[
    "Russia",
    "Ukraine",
    "Israeli",
    "Hamas",
    "Gaza",
    "Moscow",
    "the Red Cross",
    "TASS",
    "the ministry",
    "Shamsail Saraliyev",
    "returned",
    "handed over",
    "received",
    "were killed",
    "has been handed over",
    "lost",
    "exchange of",
    "the return of",
    "to",
    "from",
    "of",
    "by",
    "in",
    "and",
    "or",
    "but",
    "which",
    "who",
    "that",
    "while",
    "for",
    "with",
    "also",
    "the",
    "a",
    "said",
    "told",
    "according to",
    "citing",
    "adding that",
    "confirmed",
    "denied",
    "confirmed the figures",
    "reported",
    "1,000",
    "38",
    "0",
    "1.5 million",
    "1 000 000",
    "20-30",
    "between 5 and 9",
    "3/4",
    "½",
    "18/9",
    "2026",
    "1.2.3",
    "29.01.2026",
    "999999999999999999999",
    "1K",
    "13th",
    "twenty-one",
    "tens of thousands",
    "a dozen",
    "half a",
    "no",
    "the same number",
    "none of them",
    "as many",
    "another",
    "more than",
    "at least",
    "up to",
    "nearly",
    "fewer than",
    "soldiers",
    "bodies",
    "the remains of",
    "people",
    "prisoners of war",
    "civilians",
    "kilometres",
    "death toll",
    "each",
    "on Thursday",
    "January 29",
    "February 2022",
    "since",
    "until",
    "last year",
    "three days ago",
    "at that time",
    "overnight",
    "in July, August and September",
    "early June",
    "the following weeks",
    "the past 3 weeks",
    "between 3 and 9 May",
    ".",
    ",",
    ";",
    ":",
    "?",
    "!",
    "…",
    "—",
    "–",
    "-",
    "(",
    ")",
    "[",
    "]",
    "\"",
    "“",
    "”",
    "'",
    "’",
    "‘",
    "„",
    "«",
    "|",
    "/",
    "%",
    "$",
    "#",
    "*",
    "**",
    "_",
    "`",
    "~",
    "\\",
    "<",
    ">",
    "&amp;",
    "<p>",
    "</p>",
    "<b",
    "](",
    "![",
    "](#)",
    "https://a.b/1,000",
    "www.x.org",
    "a@b.c",
    "\n",
    "\n\n",
    "\r\n",
    "\t",
    "# ",
    "## ",
    "* ",
    "1. ",
    "> ",
    "| a | b |\n|---|---|\n",
    "---\n",
    "\u{a0}",
    "\u{202f}",
    "\u{200b}",
    "\u{ad}",
    "\u{feff}",
    "\u{e42}",
    "\u{301}",
    "\u{202e}",
    "\0",
    "İ",
    "ß",
    "ǆ",
    "ﬁ",
    "𝟙𝟚",
    "١٢٣",
    "Ⅻ",
    "日本",
    "🙂",
    "U.S.",
    "p.m.",
    "No.",
    "Gen.",
    "e.g.",
    "’s",
    "'s",
    "s'",
    "n't",
    "O'Brien",
    "the two countries",
    "one of the few",
    "9/11",
    "Photo: Reuters",
    "KYIV, Jan 5 (Reuters) -",
    "not",
    "will",
    "would",
    "ready to",
    "plans to",
    "feared",
    "including",
    "total",
];
