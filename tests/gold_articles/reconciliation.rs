//! Facts made of claims, compared with the facts of the gold: which claims come together, and what
//! each fact says.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};
use tallymark::claim::{Basis, Conventions, DateWindow};

use crate::gold::{GoldClaim, GoldFact, Part};
use crate::scoring::Scored;
use crate::support::tally::Score;

/// The gold claims as lines that the program reads: what suggestions would be if all were right.
pub fn claim_lines(part: &Part) -> String {
    let facts: BTreeMap<&str, &GoldFact> = part.facts.iter().map(|fact| (fact.id.as_str(), fact)).collect();
    let mut lines = String::new();
    for claim in part.claims.iter().filter(|claim| claim.is_core()) {
        let fact = claim.facts.first().and_then(|id| facts.get(id.as_str()));
        let kind = match fact.map(|fact| fact.kind.as_str()) {
            Some("rollup") => "cumulative",
            Some("stock") => "stock",
            Some("plan") => "plan",
            Some("status") => "status",
            _ => "event",
        };
        // One line for each member of a distributive span.
        let dates: Vec<Option<&str>> = if claim.distributive.is_empty() {
            vec![claim.event_date.as_deref()]
        } else {
            claim.distributive.iter().map(|date| Some(date.as_str())).collect()
        };
        for date in dates {
            lines.push_str(&line(claim, kind, date, whole_of(part, claim)).to_string());
            lines.push('\n');
        }
    }
    lines
}

/// The claim that another one is a part of. The gold names it in the words of the text: here it is found
/// again by its quote or, where that differs, the count in it; the nearest where several have it.
fn whole_of<'p>(part: &'p Part, claim: &GoldClaim) -> Option<&'p GoldClaim> {
    let words = claim.part_of.as_deref()?.trim();
    let alike = |other: &GoldClaim| match other.quote.trim() {
        quote if quote == words => 0,
        quote if quote.contains(words) || words.contains(quote) => 1,
        _ => 2,
    };
    let others = part.claims.iter().filter(|other| other.is_core() && other.doc == claim.doc && other.id != claim.id);
    let found = others.filter(|other| alike(other) < 2 && other.max.or(other.min) >= claim.max.or(claim.min));
    found.min_by_key(|other| (alike(other), other.count_start.abs_diff(claim.count_start)))
}

fn line(claim: &GoldClaim, kind: &str, date: Option<&str>, whole: Option<&GoldClaim>) -> Value {
    let (form, low, high) = interval(claim);
    let soft = matches!(form, "approx" | "vague");
    let number = if matches!(form, "range" | "vague") { None } else { claim.min.or(claim.max) };
    let (start, end) = date.map_or((None, None), window);
    let modality = match claim.modality.as_str() {
        "asserted" | "attributed" => "reported",
        other => other,
    };
    // Of what something is added to, the gold tells only that it is.
    let tie = |there: bool| if there { json!({"start": null, "end": null}) } else { Value::Null };
    json!({
        "article": claim.doc, "start": claim.start, "end": claim.end, "quote": claim.quote,
        "count": {"start": claim.count_start, "end": claim.count_end, "text": null, "form": form, "n": number,
                  "low": low, "high": high, "low_soft": soft, "high_soft": soft},
        "kind": kind, "category": claim.category, "party": claim.party, "from": claim.from, "to": claim.to,
        "date": {"value": date, "start": start, "end": end, "basis": date.map(|_| "resolved")},
        "attribution": claim.asserted_by, "modality": modality,
        "additive": tie(claim.additive), "part_of": match whole {
            Some(whole) => json!({"start": whole.count_start, "end": whole.count_end}),
            None => tie(claim.part_of.is_some()),
        },
        "more": {"extent": kind == "cumulative"},
    })
}

/// The form and the closed interval of a gold claim, by the conventions of a new project.
fn interval(claim: &GoldClaim) -> (&str, Option<u64>, Option<u64>) {
    let (min, max) = (claim.min, claim.max);
    match claim.kind.as_str() {
        "at_least" if claim.min_exclusive => ("more_than", min.map(|n| n + 1), None),
        "at_least" => ("at_least", min, None),
        "at_most" => ("at_most", Some(0), max),
        "approx" => {
            let tolerance = |n: u64| Conventions::default().tolerance(n);
            let spread = |n: u64| (n - tolerance(n), n + tolerance(n));
            let (low, high) = (min.map(|n| spread(n).0), max.or(min).map(|n| spread(n).1));
            ("approx", low, high)
        }
        kind => (kind, min, max),
    }
}

/// The first and last day of a date of the gold, null where it is open.
fn window(date: &str) -> (Option<String>, Option<String>) {
    let days = |text: &str| DateWindow::parse(text, Basis::Stated);
    let (from, to) = date.split_once('/').unwrap_or((date, date));
    let start = days(from).and_then(|window| window.start).map(|day| day.to_string());
    let end = days(to).and_then(|window| window.end).map(|day| day.to_string());
    (start, end)
}

/// Which of the output's facts hold a claim: those with a count on its own.
fn places(claim: &GoldClaim, facts: &[Value]) -> BTreeSet<usize> {
    let number = |value: &Value| value.as_u64().and_then(|n| usize::try_from(n).ok());
    let on_it = |member: &Value| {
        let phrase = || Some((number(&member["start"])?, number(&member["end"])?));
        let count = number(&member["count_start"]).zip(number(&member["count_end"])).or_else(phrase);
        let article = member["article"].as_str().unwrap_or_default().rsplit('/').next().unwrap_or_default();
        article == claim.doc && count.is_some_and(|(start, end)| start < claim.count_end && claim.count_start < end)
    };
    let holds = |fact: &Value| fact["claims"].as_array().is_some_and(|members| members.iter().any(on_it));
    (0..facts.len()).filter(|n| holds(&facts[*n])).collect()
}

/// Counts a gold fact as a conflict that is found, missed, or invented, by the verdict of the fact that
/// holds most of its claims. Of those that the program finds, "precision" is the share that the gold has
/// too, as its verdict or one as good; of those that the gold has and has no other verdict for, "recall" is
/// the share found. A tension is a disagreement told in another way: neither found nor missed.
fn conflict(fact: &GoldFact, verdict: &str, score: &mut Score, misses: &mut Vec<String>) {
    const CONFLICT: &str = "conflicting";
    let wanted = fact.verdict == CONFLICT;
    let as_good = fact.verdict_alt.iter().any(|other| other == CONFLICT);
    let only = wanted && fact.verdict_alt.iter().all(|other| other == CONFLICT);
    let found = verdict == CONFLICT;
    if found {
        score.add("conflicts, precision", wanted || as_good);
        if !wanted && !as_good {
            misses.push(format!("{} is no conflict", fact.id));
        }
    }
    if only && verdict != "tension" {
        score.add("conflicts, recall", found);
        if !found {
            misses.push(format!("{} is a conflict", fact.id));
        }
    }
}

/// Scores the facts of the program's JSON: pairs of claims that come together or not, then each gold
/// fact against the fact that holds most of its claims.
pub fn facts(part: &Part, output: &str) -> Scored {
    let mut scored = Scored { score: Score::default(), misses: Vec::new() };
    let Scored { score, misses } = &mut scored;
    let output: Value = serde_json::from_str(output).expect("facts as JSON");
    let got = output["facts"].as_array().expect("facts");

    let mut wanted: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for fact in &part.facts {
        for member in &fact.claims {
            wanted.entry(member).or_default().insert(&fact.id);
        }
    }
    // A core claim of no fact belongs with no other: whatever it is merged with is a false pair.
    let claims: BTreeMap<&str, &GoldClaim> = part
        .claims
        .iter()
        .filter(|claim| claim.is_core() || wanted.contains_key(claim.id.as_str()))
        .map(|claim| (claim.id.as_str(), claim))
        .collect();
    let found: BTreeMap<&str, BTreeSet<usize>> = claims.iter().map(|(id, claim)| (*id, places(claim, got))).collect();
    for places in found.values() {
        score.add("claims placed", !places.is_empty());
    }
    let ids: Vec<&str> = claims.keys().copied().collect();
    let none = BTreeSet::new();
    for (n, a) in ids.iter().enumerate() {
        for b in &ids[n + 1..] {
            let together = !wanted.get(a).unwrap_or(&none).is_disjoint(wanted.get(b).unwrap_or(&none));
            let met = !found[a].is_disjoint(&found[b]);
            if together {
                score.add("pairs, recall", met);
            }
            if met {
                score.add("pairs, precision", together);
            }
            if together != met && !found[a].is_empty() && !found[b].is_empty() {
                let how = if together { "apart" } else { "wrongly together" };
                misses.push(format!("{how}: {a} “{}” and {b} “{}”", claims[a].quote.trim(), claims[b].quote.trim()));
            }
        }
    }

    for fact in &part.facts {
        let mut votes: BTreeMap<usize, usize> = BTreeMap::new();
        for n in fact.claims.iter().filter_map(|id| found.get(id.as_str())).flatten() {
            *votes.entry(*n).or_default() += 1;
        }
        let same_day = |n: usize| {
            let start = got[n]["start"].as_str().unwrap_or_default();
            fact.start.as_deref().is_some_and(|day| start.starts_with(day))
        };
        let best = votes.iter().max_by_key(|(n, votes)| (**votes, same_day(**n), std::cmp::Reverse(**n)));
        let best = best.map_or(&Value::Null, |(n, _)| &got[*n]);
        let bound = |want: &Option<u64>, others: &[Option<u64>], got: &Value| {
            std::iter::once(want).chain(others).any(|want| *want == got.as_u64())
        };
        let verdict = best["verdict"].as_str().unwrap_or_default();
        conflict(fact, verdict, score, misses);
        let right = [
            ("verdict", fact.verdict == verdict || fact.verdict_alt.iter().any(|other| other == verdict)),
            ("low", bound(&fact.low, &fact.low_alt, &best["low"])),
            ("best", bound(&fact.best, &fact.best_alt, &best["best"])),
            ("high", bound(&fact.high, &fact.high_alt, &best["high"])),
        ];
        for (field, right) in right {
            let right = right && !best.is_null();
            score.add(field, right);
            if !right {
                let want = match field {
                    "verdict" => fact.verdict.clone(),
                    "low" => format!("{:?}", fact.low),
                    "best" => format!("{:?}", fact.best),
                    _ => format!("{:?}", fact.high),
                };
                let have = if best.is_null() { "no fact".to_owned() } else { best[field].to_string() };
                misses.push(format!("{} {field}: want {want}, got {have}", fact.id));
            }
        }
    }

    let of: BTreeMap<&str, &GoldFact> = part.facts.iter().map(|fact| (fact.id.as_str(), fact)).collect();
    // A claim of several facts is rightly in both.
    let held = |id: &str| -> BTreeSet<usize> {
        let alone = |member: &&String| wanted.get(member.as_str()).is_some_and(|facts| facts.len() == 1);
        let members = of[id].claims.iter().filter(alone);
        members.filter_map(|member| found.get(member.as_str())).flatten().copied().collect()
    };
    for group in &part.apart {
        for (n, a) in group.iter().enumerate() {
            for b in &group[n + 1..] {
                let (in_a, in_b) = (held(a), held(b));
                if in_a.is_empty() || in_b.is_empty() {
                    continue;
                }
                score.add("kept apart", in_a.is_disjoint(&in_b));
                if !in_a.is_disjoint(&in_b) {
                    misses.push(format!("merged: {a} and {b}"));
                }
            }
        }
    }
    scored
}
