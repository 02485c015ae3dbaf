//! What the built-in suggestions, and the facts made of them, are worth on whole articles that a
//! reader has annotated (`tests/gold`).
//!
//! `cargo test --test gold_articles -- --nocapture` prints a table for both halves and every miss of
//! the half that rules may be written for. The method is that of the project's gold: a suggestion
//! meets a claim where their counts overlap, each at most once; every level is counted over all the
//! claims that must be found, so what is not found is wrong at every level.

mod gold;
mod names;
mod reconciliation;
mod scoring;
#[path = "../support/mod.rs"]
mod support;

use std::fmt::Write as _;

use gold::Half;
use scoring::Scored;
use support::tally::{Score, held_out_is_shown, hidden};

/// What must hold: the level, the floor in the open half and in the held-out one. Raise a floor when
/// the suggestions rise above it; lower one only where much more is found for it, and say so.
const FLOORS: [(&str, f64, f64); 18] = [
    ("precision", 0.9, 0.96),
    ("recall", 0.92, 0.87),
    ("value", 0.92, 0.87),
    ("category", 0.7, 0.75),
    ("party", 0.77, 0.62),
    ("from", 0.82, 0.68),
    ("to", 0.84, 0.69),
    ("date", 0.8, 0.73),
    ("date, file alone", 0.58, 0.4),
    ("source", 0.8, 0.72),
    ("chain", 0.7, 0.68),
    ("modality", 0.88, 0.85),
    ("whole", 0.45, 0.38),
    ("sure, right", 0.67, 0.85),
    ("sure, share", 0.05, 0.1),
    ("negatives left", 0.89, 0.95),
    ("dates found", 0.96, 0.96),
    ("dates right", 0.86, 0.92),
];

/// The same for the facts made of the suggestions, and for those made of the gold claims: what is
/// lost in the second is lost in reconciling alone.
const FACT_FLOORS: [[(&str, f64, f64); 8]; 2] = [
    [
        ("claims placed", 0.91, 0.87),
        ("pairs, precision", 0.15, 0.19),
        ("pairs, recall", 0.12, 0.16),
        ("verdict", 0.34, 0.45),
        ("low", 0.61, 0.58),
        ("best", 0.55, 0.57),
        ("high", 0.57, 0.6),
        ("kept apart", 0.68, 0.78),
    ],
    [
        ("claims placed", 0.99, 0.99),
        ("pairs, precision", 0.74, 0.64),
        ("pairs, recall", 0.83, 0.84),
        ("verdict", 0.7, 0.77),
        ("low", 0.81, 0.85),
        ("best", 0.75, 0.83),
        ("high", 0.78, 0.85),
        ("kept apart", 0.89, 0.89),
    ],
];

/// One half's scores, and what it missed.
struct Part {
    held_out: bool,
    score: Score,
    misses: Vec<String>,
}

/// Prints the misses, a table of both halves and the harmonic mean of the levels called precision
/// and recall; gives the levels that are below their floors.
fn report(title: &str, parts: &[Part], floors: &[(&str, f64, f64)], mean_of: [&str; 2]) -> String {
    let (mut text, mut low) = (format!("{title}\n"), String::new());
    for part in parts {
        if part.held_out && !held_out_is_shown() {
            let _ = writeln!(text, "{}", hidden(part.misses.len()));
        } else {
            for miss in &part.misses {
                let _ = writeln!(text, "{miss}");
            }
        }
    }
    let name = |held_out: bool| if held_out { "held out" } else { "open" };
    let _ = write!(text, "\n{title:<24}");
    for part in parts {
        let _ = write!(text, "{:>20}", name(part.held_out));
    }
    text.push('\n');
    for (level, ..) in floors {
        let _ = write!(text, "{level:<24}");
        for part in parts {
            let tally = part.score.of(level);
            let _ = write!(text, "{:>12}{:>8.3}", format!("{}/{}", tally.right, tally.of), tally.share());
        }
        text.push('\n');
    }
    let _ = write!(text, "{:<24}", "F1");
    for part in parts {
        let [precision, recall] = mean_of.map(|level| part.score.of(level).share());
        let mean = 2.0 * precision * recall / (precision + recall).max(f64::MIN_POSITIVE);
        let _ = write!(text, "{mean:>20.3}");
    }
    println!("{text}\n");
    for part in parts {
        let of_part: Vec<(&str, f64)> =
            floors.iter().map(|(level, open, held)| (*level, if part.held_out { *held } else { *open })).collect();
        for line in part.score.below(&of_part).lines() {
            let _ = writeln!(low, "{}: {line}", name(part.held_out));
        }
    }
    if low.is_empty() { low } else { format!("{title}\n{low}{text}\n") }
}

#[test]
fn suggestions_hold_their_floors_on_whole_articles() {
    let parts = [false, true].map(|held_out| {
        let half = Half::load(held_out);
        let dated = scoring::lines(&half.run("suggest", true, &[]));
        let alone = scoring::lines(&half.run("suggest", false, &[]));
        let mut scored: Scored = scoring::suggestions(&half, &dated, &alone);
        scoring::dates(&half.dates, &scoring::lines(&half.run("suggest", true, &["--dates"])), &mut scored);
        Part { held_out, score: scored.score, misses: scored.misses }
    });
    let low = report("suggestions", &parts, &FLOORS, ["precision", "recall"]);
    assert!(low.is_empty(), "{low}");
}

#[test]
fn facts_hold_their_floors_on_whole_articles() {
    let halves = [false, true].map(|held_out| (held_out, Half::load(held_out)));
    let mut low = String::new();
    for (from_gold, floors) in [false, true].into_iter().zip(&FACT_FLOORS) {
        let parts = halves.each_ref().map(|(held_out, half)| {
            let output = if from_gold {
                half.reconcile(&reconciliation::claim_lines(half))
            } else {
                half.run("reconcile", true, &["--format", "json"])
            };
            let Scored { score, misses } = reconciliation::facts(half, &output);
            Part { held_out: *held_out, score, misses }
        });
        let title = if from_gold { "facts, of gold claims" } else { "facts, of suggestions" };
        low += &report(title, &parts, floors, ["pairs, precision", "pairs, recall"]);
    }
    assert!(low.is_empty(), "{low}");
}
