//! What the built-in suggestions make of short texts, counted by phenomenon and by field.
//!
//! The cases were written apart from the rules, and measure how far these carry; they are not the
//! place to pin a rule down (that is `src/suggest/tests`). Brackets mark the counts of a text.
//! `cargo test --test suggestion_cases -- --nocapture` prints the table and every miss.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::ops::Range;
use std::path::Path;

use serde::Deserialize;
use tallymark::article::{ReadOptions, read};
use tallymark::claim::{Basis, Codebook, DateWindow, Lexicon, NounClass, Suggestion};
use tallymark::suggest::Suggester;

/// One phenomenon, and the texts that show it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Phenomenon {
    phenomenon: String,
    cases: Vec<Case>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    /// The text, with `[…]` around each count that must be found.
    text: String,
    /// When the article was published.
    #[serde(default = "published")]
    published: String,
    /// Whether figures without a mark may be suggested as well.
    #[serde(default)]
    marks_may_repeat: bool,
    /// Whether the count may be narrower than the mark ("3,000" of "another 3,000").
    #[serde(default)]
    inner: bool,
    /// Whether the text holds Markdown links: then only a bracket around a number is a mark.
    #[serde(default)]
    raw: bool,
    claims: Vec<Expected>,
}

fn published() -> String {
    "2026-03-12".to_owned()
}

/// What a claim must say. `*` in a field leaves it open.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Expected {
    /// The interval in whole people: `12`, `12..`, `0..9`.
    v: String,
    #[serde(default = "exact")]
    form: String,
    /// The category.
    is: String,
    /// The party.
    #[serde(default)]
    of: String,
    #[serde(default)]
    from: String,
    #[serde(default)]
    to: String,
    /// The window of the date. Open by default: many short texts tell none.
    #[serde(default = "open")]
    on: String,
    /// The chain of sources, innermost first.
    #[serde(default)]
    by: Vec<String>,
    /// The modality.
    #[serde(default = "reported")]
    how: String,
    #[serde(default = "event")]
    kind: String,
}

fn exact() -> String {
    "exact".to_owned()
}
fn open() -> String {
    "*".to_owned()
}
fn reported() -> String {
    "reported".to_owned()
}
fn event() -> String {
    "event".to_owned()
}

/// A field's tally: how many are right, of how many.
#[derive(Clone, Copy, Default)]
struct Tally {
    right: u32,
    of: u32,
}

impl Tally {
    fn add(&mut self, right: bool) {
        self.right += u32::from(right);
        self.of += 1;
    }

    fn share(self) -> f64 {
        if self.of == 0 { 1.0 } else { f64::from(self.right) / f64::from(self.of) }
    }
}

/// The fields of the table. "found" and "clean" are recall and precision of the spans.
const FIELDS: [&str; 10] =
    ["found", "clean", "value", "category", "party", "direction", "date", "source", "modality", "kind"];

type Score = BTreeMap<&'static str, Tally>;

/// The name that serialization gives a value: "at_least".
fn word(value: &impl serde::Serialize) -> String {
    serde_json::to_value(value).ok().and_then(|v| v.as_str().map(str::to_owned)).unwrap_or_default()
}

/// The text without its marks, and where they stand in it.
fn marks(case: &Case) -> (String, Vec<Range<usize>>) {
    let (mut text, mut marks) = (String::new(), Vec::new());
    let mut rest = case.text.as_str();
    while let Some(open) = rest.find('[') {
        text.push_str(&rest[..open]);
        let Some(close) = rest[open..].find(']').map(|at| open + at) else { break };
        let inside = &rest[open + 1..close];
        if case.raw && rest[close + 1..].starts_with('(') {
            text.push_str(&rest[open..=close]);
        } else {
            marks.push(text.len()..text.len() + inside.len());
            text.push_str(inside);
        }
        rest = &rest[close + 1..];
    }
    text.push_str(rest);
    (text, marks)
}

/// Compares one suggestion with what it must say; notes what differs.
fn compare(got: &Suggestion, want: &Expected, score: &mut Score, misses: &mut String) {
    let reading = &got.reading;
    let quantity = &reading.count.quantity;
    let interval = match (quantity.low, quantity.high) {
        (Some(low), Some(high)) if low == high => low.to_string(),
        (low, high) => {
            let side = |bound: Option<u64>| bound.map(|n| n.to_string()).unwrap_or_default();
            format!("{}..{}", if low.is_none() && high.is_some() { "0".to_owned() } else { side(low) }, side(high))
        }
    };
    let name = |field: &Option<tallymark::claim::Name>| field.as_deref().unwrap_or_default().to_owned();
    let date = if reading.date.window.is_known() { reading.date.window.notation() } else { String::new() };
    let chain: Vec<String> = reading.attribution.chain.iter().map(|link| link.name.to_string()).collect();
    let mut field = |label: &'static str, got: String, want: &str| {
        if want.contains('*') {
            return;
        }
        let right = got == want;
        score.entry(label).or_default().add(right);
        if !right {
            let _ = writeln!(misses, "      {label}: want “{want}”, got “{got}”");
        }
    };
    field("value", format!("{} {interval}", word(&quantity.form)), &format!("{} {}", want.form, want.v));
    field("category", reading.category.to_string(), &want.is);
    field("party", name(&reading.party), &want.of);
    field(
        "direction",
        format!("{} → {}", name(&reading.from), name(&reading.to)),
        &format!("{} → {}", want.from, want.to),
    );
    field("date", date, &want.on);
    field("modality", word(&reading.modality), &want.how);
    field("kind", word(&reading.kind), &want.kind);
    field("source", chain.join(" < "), &want.by.join(" < "));
}

/// Scores one case; what is missed is written down.
fn check(suggester: &Suggester, case: &Case, score: &mut Score) -> String {
    let (text, marks) = marks(case);
    assert_eq!(marks.len(), case.claims.len(), "as many marks as claims: {}", case.text);
    let article = read("case.md", text.as_bytes(), &ReadOptions::default()).expect("a text");
    let mut metadata = article.metadata.clone();
    metadata.published = DateWindow::parse(&case.published, Basis::Analyst).expect("a date of publication");
    let suggestions = suggester.suggest(&article, &metadata);
    let of = |s: &Suggestion| s.reading.count.span.map(|span| span.range());
    let same = |mark: &Range<usize>, span: &Range<usize>| {
        span == mark || case.inner && mark.start <= span.start && span.end == mark.end
    };
    let mut misses = String::new();
    for (mark, want) in marks.iter().zip(&case.claims) {
        let found = suggestions.iter().find(|s| of(s).is_some_and(|span| same(mark, &span)));
        score.entry("found").or_default().add(found.is_some());
        match found {
            Some(got) => {
                let mut wrong = String::new();
                compare(got, want, score, &mut wrong);
                if !wrong.is_empty() {
                    let _ = write!(misses, "    [{}]\n{wrong}", &text[mark.clone()]);
                }
            }
            None => {
                let _ = writeln!(misses, "    [{}] not found", &text[mark.clone()]);
            }
        }
    }
    for suggestion in &suggestions {
        let Some(span) = of(suggestion) else { continue };
        let marked = marks.iter().any(|mark| same(mark, &span));
        if marked || !case.marks_may_repeat {
            score.entry("clean").or_default().add(marked);
            if !marked {
                let _ =
                    writeln!(misses, "    “{}” should not be suggested ({})", &text[span], suggestion.reading.category);
            }
        }
    }
    if misses.is_empty() { String::new() } else { format!("  {}\n{misses}", case.text.replace('\n', " ")) }
}

/// Every file of cases, in the order of names.
fn phenomena() -> Vec<Phenomenon> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases");
    let mut files: Vec<_> =
        std::fs::read_dir(folder).expect("tests/cases").map(|entry| entry.expect("a file").path()).collect();
    files.sort();
    files
        .iter()
        .flat_map(|file| {
            let text = std::fs::read_to_string(file).expect("a readable file");
            ron::from_str::<Vec<Phenomenon>>(&text).unwrap_or_else(|error| panic!("{}: {error}", file.display()))
        })
        .collect()
}

/// What share of the lexicon's examples must be found; to be raised like the floors below.
const EXAMPLES_FLOOR: f64 = 0.95;

/// What must hold over all cases. Raise a floor when the suggestions rise above it, never lower one.
const FLOORS: [(&str, f64); 10] = [
    ("found", 0.92),
    ("clean", 0.97),
    ("value", 0.98),
    ("category", 0.97),
    ("party", 0.95),
    ("direction", 0.96),
    ("date", 0.94),
    ("source", 0.9),
    ("modality", 0.97),
    ("kind", 0.93),
];

#[test]
fn suggestions_hold_their_floors() {
    let suggester = Suggester::new(&Codebook::built_in(), &Lexicon::built_in());
    let mut all = Score::new();
    let mut table = format!("{:<52}", "phenomenon");
    for field in FIELDS {
        let _ = write!(table, "{field:>10}");
    }
    table.push('\n');
    let mut misses = String::new();
    let phenomena = phenomena();
    let texts: usize = phenomena.iter().map(|p| p.cases.len()).sum();
    for phenomenon in &phenomena {
        let mut score = Score::new();
        let wrong: String = phenomenon.cases.iter().map(|case| check(&suggester, case, &mut score)).collect();
        if !wrong.is_empty() {
            let _ = write!(misses, "{}\n{wrong}", phenomenon.phenomenon);
        }
        let _ = writeln!(table, "{:<52}{}", phenomenon.phenomenon, row(&score));
        for (field, tally) in score {
            let sum = all.entry(field).or_default();
            sum.right += tally.right;
            sum.of += tally.of;
        }
    }
    let _ = writeln!(table, "{:<52}{}", format!("all {} phenomena, {texts} texts", phenomena.len()), row(&all));
    println!("{misses}\n{table}");
    assert!(phenomena.len() >= 20 && texts >= 40, "cases are missing");
    for (field, floor) in FLOORS {
        let share = all.get(field).copied().unwrap_or_default().share();
        assert!(share >= floor, "{field}: {share:.3} is below its floor of {floor}\n{misses}\n{table}");
    }
}

/// One line of the table: right of how many, by field.
fn row(score: &Score) -> String {
    let mut row = String::new();
    for field in FIELDS {
        let cell = score.get(field).map_or_else(|| "–".to_owned(), |t| format!("{}/{}", t.right, t.of));
        let _ = write!(row, "{cell:>10}");
    }
    row
}

/// What is wrong with the suggestions for an example of the lexicon: a mark that is not found, or a
/// category that is not the entry's.
fn example(suggester: &Suggester, example: &str, category: Option<&str>) -> Option<String> {
    let case = Case {
        text: example.to_owned(),
        published: published(),
        marks_may_repeat: true,
        inner: true,
        raw: false,
        claims: Vec::new(),
    };
    let (text, marks) = marks(&case);
    let article = read("example.txt", text.as_bytes(), &ReadOptions::default()).expect("a text");
    let suggestions = suggester.suggest(&article, &article.metadata);
    let spans: Vec<_> = suggestions.iter().filter_map(|s| Some((s.reading.count.span?.range(), s))).collect();
    if marks.is_empty() {
        return spans.first().map(|(span, _)| format!("{example}: “{}” is suggested", &text[span.clone()]));
    }
    for mark in &marks {
        let Some((_, found)) = spans.iter().find(|(span, _)| span == mark) else {
            return Some(format!("{example}: “{}” is not found", &text[mark.clone()]));
        };
        if let Some(category) = category
            && *found.reading.category != *category
        {
            return Some(format!("{example}: {} and not {category}", found.reading.category));
        }
    }
    None
}

#[test]
fn examples_of_the_lexicon_are_found() {
    let lexicon = Lexicon::built_in();
    let suggester = Suggester::new(&Codebook::built_in(), &lexicon);
    let mut examples: Vec<(String, Option<&str>)> = Vec::new();
    for noun in &lexicon.nouns {
        let category = noun.category.as_deref();
        // Plain people are a claim only with something that happens to them.
        let plain = category.is_none() && !matches!(noun.class, NounClass::Things | NounClass::Toll);
        let carrier = if plain { " were killed." } else { "" };
        examples.extend(noun.examples.iter().map(|example| (format!("{example}{carrier}"), category)));
    }
    // A noun has its own word on the category ("the bodies of …"), so a frame's is not asked for.
    examples.extend(lexicon.frames.iter().flat_map(|f| f.examples.iter().map(|example| (example.to_string(), None))));
    let wrong: Vec<String> =
        examples.iter().filter_map(|(text, category)| example(&suggester, text, *category)).collect();
    let share = 1.0 - wrong.len() as f64 / examples.len() as f64;
    println!("{} of {} examples fail:\n{}", wrong.len(), examples.len(), wrong.join("\n"));
    assert!(share >= EXAMPLES_FLOOR, "{share:.3} of the examples are found:\n{}", wrong.join("\n"));
}
