//! Whether a figure is reported, planned, possible or denied, by the words around its verb.

use std::ops::Range;

use super::clauses::{Verb, Voice};
use super::counted::Counted;
use super::lexicon_pass::bit;
use super::quantities::{Note, QuantityMention};
use super::roles::Tie;
use super::sheet::{Sheet, What};
use crate::claim::{Cue, Modality};

/// The modality that the clause gives a count, and the unit that shows it. `None` where it says nothing.
pub(super) fn of_clause(
    sheet: &Sheet<'_>,
    counted: &Counted<'_>,
    mention: &QuantityMention,
    verbs: &[Verb],
    governing: Option<(usize, Tie)>,
    sentence: &Range<usize>,
) -> Option<(Modality, usize)> {
    if mention.has(Note::Withdrawn) {
        return Some((Modality::Denied, counted.unit));
    }
    let verb = governing.map(|(index, _)| &verbs[index]);
    if let Some(verb) = verb {
        if verb.cues & bit(Cue::Negation) != 0 && !mention.has(Note::Nothing) {
            return Some((Modality::Denied, verb.start));
        }
        if let Some(found) = of_cues(sheet, verb.cues).map(|modality| (modality, verb.start)) {
            return Some(found);
        }
        if let Some(modality) = verb.frame.and_then(|frame| sheet.frame_entry(frame).modality) {
            return Some((modality, verb.at));
        }
        // "12 feared dead", "7 are believed killed": a word of saying between count and verb.
        let said = verbs.iter().find(|v| v.says && v.at >= counted.phrase.end && v.at < verb.at);
        if let Some(said) = said
            && let Some(modality) = sheet.reporting(said.at).and_then(|entry| entry.modality)
            && modality != Modality::Confirmed
        {
            return Some((modality, said.at));
        }
        // "if the Houthis handed over"
        let start = clause_start(sheet, verb.start, sentence);
        if start > sentence.start && sheet.is_any(start - 1, &["if", "unless"]) {
            return Some((Modality::Hypothetical, start - 1));
        }
        if matches!(verb.voice, Voice::Infinitive | Voice::Nominal | Voice::Gerund) {
            return before(sheet, verb, verbs, sentence);
        }
        return None;
    }
    // Without a verb of its own: "12 feared dead", "the exchange would follow a 6,000 for 6,000 formula".
    let next = counted.phrase.end;
    if sheet.cue(next, Cue::Fear) || (next..next + 2).any(|unit| sheet.is_any(unit, &["feared"])) {
        return Some((Modality::Hypothetical, next));
    }
    let start = clause_start(sheet, counted.phrase.start, sentence);
    // "a 1,000 for 1,000 exchange agreed in Istanbul"
    let ahead = if mention.has(Note::ForPartner) { 9 } else { 3 };

    (start..(counted.phrase.end + ahead).min(sentence.end)).find_map(|unit| {
        let cues = sheet.cues(unit) & (bit(Cue::Plan) | bit(Cue::Will) | bit(Cue::Fear) | bit(Cue::Possible));
        of_cues(sheet, cues).map(|modality| (modality, unit))
    })
}

/// The modality that cues of a verb group bring.
fn of_cues(_sheet: &Sheet<'_>, cues: u64) -> Option<Modality> {
    let has = |cue: Cue| cues & bit(cue) != 0;
    if has(Cue::Fear) || has(Cue::Possible) {
        return Some(Modality::Hypothetical);
    }
    (has(Cue::Plan) || has(Cue::Will)).then_some(Modality::Planned)
}

/// What stands in front of an infinitive or a noun of doing: "a deal to free", "demanded the release of".
fn before(sheet: &Sheet<'_>, verb: &Verb, verbs: &[Verb], sentence: &Range<usize>) -> Option<(Modality, usize)> {
    let start = clause_start(sheet, verb.start, sentence);
    for unit in (start..verb.start).rev() {
        let cues = sheet.cues(unit) & (bit(Cue::Plan) | bit(Cue::Fear) | bit(Cue::Will));
        if let Some(modality) = of_cues(sheet, cues) {
            return Some((modality, unit));
        }
        if let Some(entry) = sheet.reporting(unit)
            && matches!(entry.modality, Some(Modality::Planned | Modality::Hypothetical))
        {
            return entry.modality.map(|modality| (modality, unit));
        }
        let plan_noun = verb.voice != Voice::Gerund
            && sheet.is_any(
                unit,
                &[
                    "deal",
                    "agreement",
                    "plan",
                    "plans",
                    "offer",
                    "proposal",
                    "pledge",
                    "promise",
                    "readiness",
                    "intention",
                    "talks",
                ],
            );
        if plan_noun && verb.voice == Voice::Infinitive {
            return Some((Modality::Planned, unit));
        }
        if let Some(earlier) = verbs.iter().find(|v| v.at == unit && v.voice != Voice::Nominal) {
            return of_cues(sheet, earlier.cues).map(|modality| (modality, earlier.start));
        }
    }
    None
}

/// Where the clause of a unit begins: behind the last comma with a new subject, "that", a semicolon.
fn clause_start(sheet: &Sheet<'_>, unit: usize, sentence: &Range<usize>) -> usize {
    (sentence.start..unit)
        .rev()
        .find(|at| {
            sheet.is_punct_any(*at, &[";", ":"])
                || sheet.what(*at) == What::Break
                || sheet.is_any(*at, &["that", "while", "but", "after", "before", "whereas", "if", "unless"])
                || (sheet.is_punct(*at, ",") && sheet.is_any(at + 1, &["and", "but", "while"]))
        })
        .map_or(sentence.start, |at| at + 1)
}
