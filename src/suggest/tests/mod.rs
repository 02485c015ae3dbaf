//! Suggestions from text to reading: every phenomenon as a short text with marks.

mod lexicon;
mod linear;
mod nasty;

use serde::Deserialize;

use super::Suggester;
use crate::article::{ReadOptions, read};
use crate::claim::{Basis, Codebook, DateWindow, Kind, Lexicon, Modality, Suggestion};

/// A text with its counts in brackets, and what must be suggested for them.
#[derive(Debug, Deserialize)]
struct Case {
    text: String,
    claims: Vec<String>,
    /// The window of each claim's date, where the case is about when.
    #[serde(default)]
    dates: Vec<String>,
}

const CASES: &str = include_str!("cases.ron");

/// A suggestion in one line: category, of whom, from whom, to whom, by whom, modality, kind.
fn line(s: &Suggestion) -> String {
    let reading = &s.reading;
    let mut out = reading.category.to_string();
    for (word, name) in [(" of ", &reading.party), (" from ", &reading.from), (" to ", &reading.to)] {
        if let Some(name) = name {
            out += word;
            out += name;
        }
    }
    let chain: Vec<&str> = reading.attribution.chain.iter().map(|a| &*a.name).collect();
    if !chain.is_empty() {
        out += " by ";
        out += &chain.join(" < ");
    }
    if reading.modality != Modality::Reported {
        out += " ";
        out += reading.modality.word();
    }
    match reading.kind {
        Kind::Event => {}
        Kind::Cumulative => out += " cumulative",
        Kind::Stock => out += " stock",
        Kind::Plan => out += " plan",
        Kind::Status => out += " status",
    }
    out
}

/// A text with its marks taken out, and where they stood.
fn marked(text: &str) -> (String, Vec<std::ops::Range<usize>>) {
    let (mut plain, mut marks, mut open) = (String::new(), Vec::new(), 0);
    for c in text.chars() {
        match c {
            '[' => open = plain.len(),
            ']' => marks.push(open..plain.len()),
            c => plain.push(c),
        }
    }
    (plain, marks)
}

/// What is wrong with the suggestions for a case; empty where nothing is.
fn check(suggester: &Suggester, case: &Case) -> String {
    let (text, marks) = marked(&case.text);
    let article = read("case.txt", text.as_bytes(), &ReadOptions::default()).expect("a text");
    let mut metadata = article.metadata.clone();
    metadata.published = DateWindow::parse("2026-03-12", Basis::Analyst).expect("a day");
    let mut got: Vec<(std::ops::Range<usize>, Vec<String>)> = Vec::new();
    let mut windows: Vec<(std::ops::Range<usize>, String)> = Vec::new();
    for suggestion in suggester.suggest(&article, &metadata) {
        let Some(span) = suggestion.reading.count.span else { continue };
        let window = suggestion.reading.date.window;
        windows.push((span.range(), if window.is_known() { window.notation() } else { String::new() }));
        match got.last_mut() {
            Some((range, lines)) if *range == span.range() => lines.push(line(&suggestion)),
            _ => got.push((span.range(), vec![line(&suggestion)])),
        }
    }
    let shown = |range: &std::ops::Range<usize>| format!("{:?}@{}", &text[range.clone()], range.start);
    let mut wrong = Vec::new();
    for mark in marks.iter().filter(|mark| !got.iter().any(|(range, _)| range == *mark)) {
        wrong.push(format!("missed {}", shown(mark)));
    }
    for (range, lines) in got.iter().filter(|(range, _)| !marks.contains(range)) {
        wrong.push(format!("suggested {}: {}", shown(range), lines.join(" & ")));
    }
    for (mark, claim) in marks.iter().zip(&case.claims) {
        if let Some((_, lines)) = got.iter().find(|(range, _)| range == mark)
            && lines.join(" & ") != *claim
        {
            wrong.push(format!("{}\n      want {claim}\n      got  {}", shown(mark), lines.join(" & ")));
        }
    }
    for (mark, date) in marks.iter().zip(&case.dates) {
        if let Some((_, window)) = windows.iter().find(|(range, _)| range == mark)
            && window != date
        {
            wrong.push(format!("{} is dated {window:?}, not {date:?}", shown(mark)));
        }
    }
    if marks.len() != case.claims.len() {
        wrong.push("the case has not as many claims as marks".to_owned());
    }
    if wrong.is_empty() { String::new() } else { format!("{}\n    {}\n", case.text, wrong.join("\n    ")) }
}

#[test]
fn cases() {
    let suggester = Suggester::new(&Codebook::built_in(), &Lexicon::built_in());
    let cases: Vec<Case> = ron::from_str(CASES).expect("cases.ron");
    let wrong: Vec<String> = cases.iter().map(|case| check(&suggester, case)).filter(|w| !w.is_empty()).collect();
    assert!(wrong.is_empty(), "{} of {} cases:\n{}", wrong.len(), cases.len(), wrong.join("\n"));
}
