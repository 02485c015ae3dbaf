//! What the built-in suggestions, and the facts made of them, are worth on whole articles that a
//! reader has annotated (`tests/gold`).
//!
//! `cargo test --test gold_articles -- --nocapture` prints a table for both halves and every miss of
//! the half that rules may be written for. The method is that of the project's gold: a suggestion
//! meets a claim where their counts overlap, each at most once; every level is counted over all the
//! claims that must be found, so what is not found is wrong at every level.

mod gold;
mod names;
mod scoring;
#[path = "../support/mod.rs"]
mod support;

use std::fmt::Write as _;

use gold::Half;
use scoring::Scored;
use support::tally::{Score, held_out_is_shown, hidden};

/// What must hold: the level, the floor in the open half and in the held-out one. Raise a floor when
/// the suggestions rise above it, never lower one.
const FLOORS: [(&str, f64, f64); 18] = [
    ("precision", 0.0, 0.0),
    ("recall", 0.0, 0.0),
    ("value", 0.0, 0.0),
    ("category", 0.0, 0.0),
    ("party", 0.0, 0.0),
    ("from", 0.0, 0.0),
    ("to", 0.0, 0.0),
    ("date", 0.0, 0.0),
    ("date, file alone", 0.0, 0.0),
    ("source", 0.0, 0.0),
    ("chain", 0.0, 0.0),
    ("modality", 0.0, 0.0),
    ("whole", 0.0, 0.0),
    ("sure, right", 0.0, 0.0),
    ("sure, share", 0.0, 0.0),
    ("negatives left", 0.0, 0.0),
    ("dates found", 0.0, 0.0),
    ("dates right", 0.0, 0.0),
];

/// One half's scores, what it missed, and what to hold it to.
struct Part {
    held_out: bool,
    score: Score,
    misses: Vec<String>,
}

/// Prints the misses and a table of both halves, and fails where a floor is not held. `of_found`
/// also gives the share among what was found, for levels that are counted over everything.
fn report(title: &str, parts: &[Part], floors: &[(&str, f64, f64)], note: &str) {
    let (mut text, mut low) = (String::new(), String::new());
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
    text.push_str(note);
    println!("{text}");
    for part in parts {
        let of_part: Vec<(&str, f64)> =
            floors.iter().map(|(level, open, held)| (*level, if part.held_out { *held } else { *open })).collect();
        for line in part.score.below(&of_part).lines() {
            let _ = writeln!(low, "{}: {line}", name(part.held_out));
        }
    }
    assert!(low.is_empty(), "{low}\n{text}");
}

#[test]
fn suggestions_hold_their_floors_on_whole_articles() {
    let (mut parts, mut note) = (Vec::new(), String::new());
    for held_out in [false, true] {
        let half = Half::load(held_out);
        let dated = scoring::lines(&half.run("suggest", true, &[]));
        let alone = scoring::lines(&half.run("suggest", false, &[]));
        let mut scored: Scored = scoring::suggestions(&half, &dated, &alone);
        scoring::dates(&half.dates, &scoring::lines(&half.run("suggest", true, &["--dates"])), &mut scored);
        let Scored { score, misses } = scored;
        let (precision, recall) = (score.of("precision").share(), score.of("recall").share());
        let harmonic = 2.0 * precision * recall / (precision + recall).max(f64::MIN_POSITIVE);
        let _ = writeln!(note, "F1 of {}: {harmonic:.3}", if held_out { "the held-out half" } else { "the open half" });
        parts.push(Part { held_out, score, misses });
    }
    report("suggestions", &parts, &FLOORS, &note);
}
