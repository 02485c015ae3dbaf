//! The facts in plain text, to be read on a terminal.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::Dataset;
use crate::claim::{Fact, FactVerdict, RollupStatus, counted, grouped};

/// Verdicts in the order in which an analyst wants to see them: what needs work first.
const ORDER: [FactVerdict; 9] = [
    FactVerdict::Conflicting,
    FactVerdict::Tension,
    FactVerdict::Analyst,
    FactVerdict::CorroboratedOpposing,
    FactVerdict::CorroboratedIndependent,
    FactVerdict::CorroboratedSameSide,
    FactVerdict::Echo,
    FactVerdict::SingleOrigin,
    FactVerdict::Unattributed,
];

/// The facts in plain text: a line of counts, then each fact with its range, verdict, reason and
/// claims, then sums, and what could not be placed.
pub fn text_report(dataset: &Dataset<'_>) -> String {
    let mut out = String::new();
    // Writing into a string cannot fail.
    let _ = write(&mut out, dataset);
    out
}

fn write(out: &mut String, dataset: &Dataset<'_>) -> std::fmt::Result {
    let reconciliation = dataset.reconciliation;
    let facts = &reconciliation.facts;
    writeln!(
        out,
        "{} from {} in {}",
        counted(facts.len(), "fact"),
        counted(dataset.claims().len(), "claim"),
        counted(dataset.documents().len(), "article")
    )?;
    let tally: Vec<_> = ORDER
        .iter()
        .map(|verdict| (facts.iter().filter(|fact| fact.verdict == *verdict).count(), verdict.label()))
        .filter(|(count, _)| *count > 0)
        .map(|(count, label)| format!("{} {label}", grouped(count as u64)))
        .collect();
    let sums = reconciliation.rollups.iter().filter(|rollup| rollup.status == RollupStatus::Mismatch).count();
    let undated = reconciliation.documents.iter().filter(|document| !document.published.is_known()).count();
    let add_up = if sums == 1 { "sum that does not add up" } else { "sums that do not add up" };
    let more = [
        (reconciliation.unplaced.len(), format!("{} unplaced", grouped(reconciliation.unplaced.len() as u64))),
        (sums, format!("{} {add_up}", grouped(sums as u64))),
        (undated, format!("{} without a date", counted(undated, "article"))),
    ];
    let more = more.into_iter().filter(|(count, _)| *count > 0).map(|(_, words)| words);
    let line: Vec<_> = tally.into_iter().chain(more).collect();
    if !line.is_empty() {
        writeln!(out, "{}", line.join(" · "))?;
    }
    writeln!(out, "{}", dataset.conventions())?;
    let mut of_event: BTreeMap<&str, Vec<&Fact>> = BTreeMap::new();
    for fact in facts {
        of_event.entry(fact.event.as_deref().unwrap_or("")).or_default().push(fact);
    }
    for event in &reconciliation.events {
        writeln!(out, "\n{}  {}", event.id, event.label)?;
        for fact in of_event.remove(&*event.id).unwrap_or_default() {
            write_fact(out, dataset, fact)?;
        }
    }
    // What is left belongs to no event.
    let alone: Vec<&Fact> = of_event.into_values().flatten().collect();
    if !alone.is_empty() && !reconciliation.events.is_empty() {
        writeln!(out, "\nOther facts")?;
    }
    for fact in alone {
        write_fact(out, dataset, fact)?;
    }
    if !reconciliation.rollups.is_empty() {
        writeln!(out, "\nSums")?;
        for rollup in &reconciliation.rollups {
            let label = reconciliation.fact(&rollup.fact).map_or("", |fact| &fact.label);
            writeln!(out, "  {}  {label}: {}", rollup.fact, rollup.status.label())?;
            writeln!(out, "      {}", rollup.reason)?;
        }
    }
    if !reconciliation.unplaced.is_empty() {
        writeln!(out, "\nUnplaced")?;
        for unplaced in &reconciliation.unplaced {
            let Some(claim) = dataset.claim(&unplaced.claim) else { continue };
            let place = dataset.name_of(&claim.article);
            writeln!(out, "  {place}: “{}”", one_line(claim.quote()))?;
            writeln!(out, "      {}", unplaced.reason)?;
        }
    }
    let needs: Vec<_> = reconciliation.documents.iter().filter(|document| !document.needs.is_empty()).collect();
    if !needs.is_empty() {
        writeln!(out, "\nTo know more")?;
        for document in needs {
            writeln!(out, "  {}: {}", dataset.name_of(&document.article), document.needs.join("; "))?;
        }
    }
    Ok(())
}

fn write_fact(out: &mut String, dataset: &Dataset<'_>, fact: &Fact) -> std::fmt::Result {
    writeln!(out, "  {}  {}: {}  [{}]", fact.id, fact.label, range(fact), fact.verdict.label())?;
    writeln!(
        out,
        "      {} / {} / {}{}",
        counted(fact.k_origins, "origin"),
        counted(fact.k_sides, "side"),
        counted(fact.n_articles, "article"),
        if fact.n_unattributed > 0 { format!(" / {} unattributed", fact.n_unattributed) } else { String::new() }
    )?;
    if !fact.reason.is_empty() {
        writeln!(out, "      {}", fact.reason)?;
    }
    for (_, words) in &fact.flags {
        writeln!(out, "      ! {words}")?;
    }
    for (member, claim, document) in dataset.members(fact) {
        let who = member.origin.as_deref().unwrap_or("own voice");
        let quote = one_line(claim.quote());
        writeln!(out, "      - {who}: “{quote}” ({}; {})", document.name, member.relation.label())?;
    }
    Ok(())
}

/// "1,000", "35–38, best 35", "at least 6,001", "~1,000 (900–1,100)".
fn range(fact: &Fact) -> String {
    let best = fact.best.map(|best| format!("{}{}", if fact.best_approx { "~" } else { "" }, grouped(best)));
    match (fact.low, fact.high) {
        (None, None) => best.unwrap_or_else(|| "no figure".to_owned()),
        (Some(low), Some(high)) if low == high => grouped(low),
        (low, high) => {
            let interval = match (low, high) {
                (Some(low), Some(high)) => format!("{}–{}", grouped(low), grouped(high)),
                (Some(low), None) => format!("{} or more", grouped(low)),
                (_, Some(high)) => format!("{} or fewer", grouped(high)),
                (None, None) => String::new(),
            };
            best.map_or(interval.clone(), |best| format!("{interval}, best {best}"))
        }
    }
}

/// A quote on one line; control characters, which a terminal would obey, are left out.
fn one_line(quote: &str) -> String {
    let words: String = quote.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}
