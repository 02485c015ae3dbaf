//! How suggestions are met with gold claims, and each field compared.

use std::cmp::Reverse;
use std::ops::Range;

use serde_json::Value;

use crate::gold::{GoldClaim, GoldSpan, Part};
use crate::names::{same_party, same_source};
use crate::support::tally::Score;

/// The levels of a claim that was found, in the order of the table.
pub const LEVELS: [&str; 10] =
    ["value", "category", "party", "from", "to", "date", "date, file alone", "source", "chain", "modality"];

/// The levels of a claim that must be right for a suggestion graded sure to be so.
const OF_SURE: [&str; 5] = ["value", "category", "party", "from", "to"];

/// What a part comes to.
pub struct Scored {
    pub score: Score,
    /// What is wrong, a line each.
    pub misses: Vec<String>,
}

/// The lines that a command writes.
pub fn lines(text: &str) -> Vec<Value> {
    text.lines().map(|line| serde_json::from_str(line).expect("a line of JSON")).collect()
}

fn article(line: &Value) -> &str {
    line["article"].as_str().expect("an article").rsplit('/').next().unwrap_or_default()
}

fn place(start: &Value, end: &Value) -> Option<Range<usize>> {
    let number = |value: &Value| usize::try_from(value.as_u64()?).ok();
    Some(number(start)?..number(end)?)
}

/// Where the count of a line stands, or its phrase.
fn count(line: &Value) -> Range<usize> {
    let count = &line["count"];
    place(&count["start"], &count["end"])
        .or_else(|| place(&line["start"], &line["end"]))
        .expect("a line stands somewhere")
}

fn overlap(a: &Range<usize>, b: &Range<usize>) -> usize {
    a.end.min(b.end).saturating_sub(a.start.max(b.start))
}

/// Whether a line has no number of its own: it can meet no gold claim.
fn is_silent(line: &Value) -> bool {
    line["count"]["text"].is_null() && matches!(line["count"]["form"].as_str(), None | Some("confirm_only"))
}

/// Which line meets which gold claim: best overlap first, each at most once. Also the lines that are
/// neither right nor wrong, being further ones on a span that has several members or is peripheral.
struct Met {
    of_gold: Vec<Option<usize>>,
    of_line: Vec<Option<usize>>,
    excused: Vec<bool>,
}

fn meet(gold: &[GoldClaim], lines: &[Value]) -> Met {
    let mut pairs = Vec::new();
    for (i, claim) in gold.iter().enumerate() {
        for (j, line) in lines.iter().enumerate() {
            if article(line) != claim.doc || is_silent(line) {
                continue;
            }
            let (wanted, got) = (claim.count(), count(line));
            let common = overlap(&wanted, &got);
            // A span far wider than the count was not aimed at it.
            if common > 0 && got.len() <= 2 * wanted.len() + 24 {
                let away = wanted.start.abs_diff(got.start);
                pairs.push((Reverse(common), Reverse(value_is_right(claim, line)), away, i, j));
            }
        }
    }
    pairs.sort();
    let (mut of_gold, mut of_line) = (vec![None; gold.len()], vec![None; lines.len()]);
    for (.., i, j) in &pairs {
        if of_gold[*i].is_none() && of_line[*j].is_none() {
            (of_gold[*i], of_line[*j]) = (Some(*j), Some(*i));
        }
    }
    let mut excused = vec![false; lines.len()];
    for (.., i, j) in &pairs {
        let further = of_line[*j].is_none();
        excused[*j] |= further && (!gold[*i].distributive.is_empty() || !gold[*i].is_core());
    }
    Met { of_gold, of_line, excused }
}

/// Scores the suggestions for a part: made with the table of dates, and from the files alone.
pub fn suggestions(part: &Part, dated: &[Value], alone: &[Value]) -> Scored {
    let mut scored = Scored { score: Score::default(), misses: Vec::new() };
    let met = meet(&part.claims, dated);
    let met_alone = meet(&part.claims, alone);
    for (i, claim) in part.claims.iter().enumerate().filter(|(_, claim)| claim.is_core()) {
        let Scored { score, misses } = &mut scored;
        let mut miss = |field: &str, want: &str, got: &str| {
            misses.push(format!("{} “{}” {field}: want {want}, got {got}", claim.doc, claim.quote.trim()));
        };
        let found = met.of_gold[i].map(|j| &dated[j]);
        score.add("recall", found.is_some());
        if found.is_none() {
            miss("found", "a suggestion", "none");
        }
        let mut whole = true;
        for level in LEVELS {
            let line = if level == "date, file alone" { met_alone.of_gold[i].map(|j| &alone[j]) } else { found };
            let right = line.is_some_and(|line| is_right(level, claim, line));
            score.add(level, right);
            // What the file alone supports is a question of its own.
            whole &= right || level == "date, file alone";
            if !right && let Some(line) = line {
                let (want, got) = shown(level, claim, line);
                miss(level, &want, &got);
            }
        }
        score.add("whole", whole);
    }
    for (j, line) in dated.iter().enumerate() {
        let gold = met.of_line[j].map(|i| &part.claims[i]);
        if is_silent(line) || met.excused[j] || gold.is_some_and(|claim| !claim.is_core()) {
            continue;
        }
        scored.score.add("precision", gold.is_some());
        let sure = line["grade"] == "sure";
        scored.score.add("sure, share", sure);
        if sure {
            let right = gold.is_some_and(|claim| OF_SURE.iter().all(|level| is_right(level, claim, line)));
            scored.score.add("sure, right", right);
        }
        if gold.is_none() {
            scored.misses.push(format!("{} “{}” is no claim", article(line), quote(line)));
        }
    }
    let wrong: Vec<&Value> = (0..dated.len())
        .filter(|j| met.of_line[*j].is_none() && !met.excused[*j] && !is_silent(&dated[*j]))
        .map(|j| &dated[j])
        .collect();
    for span in &part.negatives {
        let touched =
            wrong.iter().any(|line| article(line) == span.doc && overlap(&count(line), &(span.start..span.end)) > 0);
        scored.score.add("negatives left", !touched);
    }
    scored
}

/// Scores mentions of dates: right where every line on a gold mention has its value.
pub fn dates(gold: &[GoldSpan], lines: &[Value], scored: &mut Scored) {
    for span in gold {
        let near = |line: &&Value| {
            article(line) == span.doc
                && place(&line["start"], &line["end"]).is_some_and(|at| overlap(&at, &(span.start..span.end)) > 0)
        };
        let mut values: Vec<&str> = lines.iter().filter(near).filter_map(|line| line["value"].as_str()).collect();
        values.sort_unstable();
        values.dedup();
        let want = span.value.as_deref().unwrap_or_default();
        scored.score.add("dates found", !values.is_empty());
        scored.score.add("dates right", values == [want]);
        if values != [want] {
            scored.misses.push(format!("{} “{}” mention of a date: want {want}, got {values:?}", span.doc, span.quote));
        }
    }
}

fn quote(line: &Value) -> String {
    line["quote"].as_str().unwrap_or_default().split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What was wanted and what was got, in words.
fn shown(level: &str, claim: &GoldClaim, line: &Value) -> (String, String) {
    let or_none = |name: &Option<String>| name.clone().unwrap_or_else(|| "none".to_owned());
    let date = |key: &str| line["date"][key].as_str().unwrap_or("none").to_owned();
    match level {
        "value" => {
            let bound = |n: Option<u64>| n.map_or_else(|| "…".to_owned(), |n| n.to_string());
            let count = &line["count"];
            let got = format!("{} {}–{}", count["form"], count["low"], count["high"]);
            (format!("{} {}–{}", claim.kind, bound(claim.min), bound(claim.max)), got)
        }
        "category" => (claim.category.clone(), line["category"].to_string()),
        "party" => (or_none(&claim.party), line["party"].to_string()),
        "from" => (or_none(&claim.from), line["from"].to_string()),
        "to" => (or_none(&claim.to), line["to"].to_string()),
        "date" => (or_none(&claim.event_date), format!("{}/{}", date("start"), date("end"))),
        "date, file alone" => (or_none(&claim.event_date_text_only), date("value")),
        "source" | "chain" => (claim.asserted_by.join(" < "), line["attribution"].to_string()),
        _ => (claim.modality.clone(), line["modality"].to_string()),
    }
}

/// Whether a level of a line is what the gold says, or as good.
fn is_right(level: &str, claim: &GoldClaim, line: &Value) -> bool {
    match level {
        "value" => value_is_right(claim, line),
        "category" => category_is_right(claim, line),
        "party" => party_is_right(&claim.party, &claim.party_alt, &line["party"]),
        "from" => party_is_right(&claim.from, &claim.from_alt, &line["from"]),
        "to" => party_is_right(&claim.to, &claim.to_alt, &line["to"]),
        "date" => date_is_right(claim, line),
        "date, file alone" => date_alone_is_right(claim, line),
        "source" => chains(claim).any(|want| match (want.first(), attribution(line).first()) {
            (None, None) => true,
            (Some(want), Some(got)) => same_source(want, got),
            _ => false,
        }),
        "chain" => chains(claim).any(|want| {
            let got = attribution(line);
            want.len() == got.len() && want.iter().zip(&got).all(|(want, got)| same_source(want, got))
        }),
        "modality" => modality_is_right(claim, line),
        _ => unreachable!("{level} is no level"),
    }
}

fn value_is_right(claim: &GoldClaim, line: &Value) -> bool {
    let count = &line["count"];
    let (n, low, high) = (count["n"].as_u64(), count["low"].as_u64(), count["high"].as_u64());
    let form = match count["form"].as_str().unwrap_or_default() {
        "by_reference" if low.is_some() && low == high => "exact",
        form => form,
    };
    let (min, max) = (claim.min, claim.max);
    // Strict bounds keep the number as written in the gold; the program has the first that they allow.
    let floor = |bound: Option<u64>| bound == min || bound == min.map(|n| n + 1);
    let ceiling = |bound: Option<u64>| bound.is_some() && (bound == max || bound == max.map(|n| n.saturating_sub(1)));
    std::iter::once(&claim.kind).chain(&claim.kind_alt).any(|kind| match kind.as_str() {
        "exact" => form == "exact" && low == min && low == high && n.is_none_or(|n| Some(n) == min),
        "at_least" => {
            let strict = form == "more_than" || !claim.min_exclusive;
            matches!(form, "at_least" | "more_than") && high.is_none() && floor(low) && strict
        }
        "at_most" => matches!(form, "at_most" | "less_than") && (n == max || ceiling(high)),
        "approx" => {
            let written = n.or(low);
            let near = written == min || written == max;
            near && matches!(form, "approx" | "less_than" | "vague")
        }
        "range" => form == "range" && (low, high) == (min, max),
        "vague" => form == "vague" && (min.is_none() || max.is_none() || (low, high) == (min, max)),
        _ => false,
    })
}

fn category_is_right(claim: &GoldClaim, line: &Value) -> bool {
    let got = line["category"].as_str().unwrap_or_default();
    let finer = ["rescued", "displaced", "detained", "aboard"];
    got == claim.category
        || claim.category_alt.iter().any(|other| other == got)
        // Gold without a finer category: its subtype, or any of these.
        || claim.category == "other" && (claim.subtype.as_deref() == Some(got) || finer.contains(&got))
}

/// A party that is not told and both parties together are as good as each other.
fn party_is_right(want: &Option<String>, others: &[Option<String>], got: &Value) -> bool {
    let open = |name: Option<&str>| matches!(name, None | Some("both"));
    let got = got.as_str();
    std::iter::once(want).chain(others).any(|want| match (want.as_deref(), got) {
        (want, got) if open(want) && open(got) => true,
        (Some(want), Some(got)) => same_party(want, got),
        _ => false,
    })
}

fn date_is_right(claim: &GoldClaim, line: &Value) -> bool {
    let date = &line["date"];
    let (start, end) = (date["start"].as_str(), date["end"].as_str());
    if let Some(start) = start
        && claim.distributive.iter().any(|day| start.starts_with(day.as_str()))
    {
        return true;
    }
    let guessed = matches!(date["basis"].as_str(), None | Some("inferred" | "unknown" | "linked"));
    std::iter::once(&claim.event_date).chain(&claim.event_date_alt).any(|want| match want {
        None => start.is_none() || guessed,
        Some(want) => window_is_right(want, start, end),
    })
}

/// Whether a window is the one that is wanted: a day, a month, a year, or two of these with `/`
/// between, of which either end will do, and `..` where one is open.
fn window_is_right(want: &str, start: Option<&str>, end: Option<&str>) -> bool {
    let begins = |day: Option<&str>, want: &str| day.is_some_and(|day| day.starts_with(want));
    match want.split_once('/') {
        Some((from, "..")) => begins(start, from) || start.is_none() || end.is_none(),
        Some(("..", to)) => begins(end, to) || start.is_none() || end.is_none(),
        Some((from, to)) => begins(start, from) || begins(end, to),
        None if want.len() == 10 => start == Some(want) && end.is_none_or(|end| end == want),
        None => begins(start, want) && end.is_none_or(|end| end.starts_with(want)),
    }
}

/// As [`date_is_right`], for suggestions made of the file alone: its own words may tell the day of
/// publication, and then the full date is as good.
fn date_alone_is_right(claim: &GoldClaim, line: &Value) -> bool {
    let date = &line["date"];
    let (start, end) = (date["start"].as_str(), date["end"].as_str());
    let got = date["value"].as_str().or(start).filter(|value| !tells_nothing(value));
    let alone = std::iter::once(&claim.event_date_text_only).chain(&claim.event_date_text_only_alt);
    let full = std::iter::once(&claim.event_date).chain(&claim.event_date_alt);
    alone.chain(full).any(|want| match (want, got) {
        (None, got) => got.is_none(),
        (Some(want), Some(got)) if want.contains('/') => {
            got.split('/').next() == want.split('/').next() || window_is_right(want, start, end)
        }
        (Some(want), Some(got)) => got == want || window_is_right(want, start, end),
        (Some(_), None) => false,
    })
}

/// Whether a date is one of words that nothing in the file anchors ("today", "at that time").
fn tells_nothing(value: &str) -> bool {
    matches!(value, "XXXX-XX-XX" | "PAST_REF")
}

fn attribution(line: &Value) -> Vec<&str> {
    line["attribution"].as_array().into_iter().flatten().filter_map(Value::as_str).collect()
}

fn chains(claim: &GoldClaim) -> impl Iterator<Item = &Vec<String>> {
    std::iter::once(&claim.asserted_by).chain(&claim.asserted_by_alt)
}

fn modality_is_right(claim: &GoldClaim, line: &Value) -> bool {
    let got = line["modality"].as_str().unwrap_or_default();
    // "confirmed" is often a verb of saying and no more, so it and "attributed" are as good.
    std::iter::once(&claim.modality).chain(&claim.modality_alt).any(|want| match want.as_str() {
        "asserted" => got == "reported",
        "attributed" | "confirmed" => matches!(got, "reported" | "confirmed"),
        want => got == want,
    })
}
