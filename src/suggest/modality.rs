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
    if let Some(unit) = taken_back(sheet, counted, sentence) {
        return Some((Modality::Denied, unit));
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
        // "the model gives a chance that deaths will exceed 10,000"
        let ahead = (verb.at + 1..counted.unit).take_while(|unit| !sheet.is_punct_any(*unit, &[",", ";", ":"]));
        let may = bit(Cue::Will) | bit(Cue::Possible);
        if verb.voice == Voice::Nominal
            && let Some(unit) = ahead.into_iter().find(|unit| sheet.any_cue(*unit, may))
        {
            return of_cues(sheet, sheet.cues(unit) & may).map(|modality| (modality, unit));
        }
        if matches!(verb.voice, Voice::Infinitive | Voice::Nominal | Voice::Gerund) {
            return before(sheet, verb, verbs, sentence);
        }
        return None;
    }
    // Without a verb of its own: "12 feared dead", "the exchange would follow a 6,000 for 6,000 formula".
    let next = counted.phrase.end;
    if sheet.cue(next, Cue::Fear)
        || sheet.cue(next, Cue::Be) && sheet.cue(next + 1, Cue::Fear)
        || (next..next + 2).any(|unit| sheet.is_any(unit, &["feared"]))
    {
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

/// Nobody plans deaths: "deaths will exceed 10,000" is what may come.
pub(super) fn of_losses(modality: Modality, category: &str) -> Modality {
    match modality {
        // "20 monks have still to be found"
        Modality::Planned if category == "missing" => Modality::Reported,
        Modality::Planned if matches!(category, "killed" | "wounded") => Modality::Hypothetical,
        other => other,
    }
}

/// Words that say that a figure does not hold.
const WRONG: &[&str] = &[
    "wrong",
    "false",
    "incorrect",
    "untrue",
    "mistaken",
    "inaccurate",
    "exaggerated",
    "erroneous",
    "baseless",
    "unfounded",
];

/// The unit that takes a figure back: "earlier reports of 30 dead were wrong", "it is not true that
/// nine …", "13 had been given as missing by mistake", "lowered the number to 73 from 81".
fn taken_back(sheet: &Sheet<'_>, counted: &Counted<'_>, sentence: &Range<usize>) -> Option<usize> {
    let (start, end) = (counted.phrase.start, counted.phrase.end);
    let figure = |unit: usize| {
        sheet.cue(unit, Cue::Figures)
            || ["report", "claim", "figure", "rumour", "rumor", "allegation"]
                .iter()
                .any(|w| sheet.word(unit).starts_with(w))
    };
    let floor = sentence.start.max(start.saturating_sub(6));
    let told = (floor..start).rev().take_while(|unit| !sheet.is_punct_any(*unit, &[",", ";"])).any(figure);
    let ahead = (end..sentence.end).take_while(|unit| sheet.count(*unit).is_none() && !sheet.is_punct(*unit, ";"));
    if told
        && let Some(wrong) = ahead.clone().find(|unit| {
            sheet.is_any(*unit, WRONG) && (1..=2).any(|back| *unit > back && sheet.cue(*unit - back, Cue::Be))
        })
    {
        return Some(wrong);
    }
    // "correcting its earlier figure of 112", "retracted an initial report of 40 dead"
    const EARLIER: &[&str] = &["earlier", "previous", "initial", "first", "original", "former", "preliminary"];
    const MENDS: &[&str] = &["correct", "retract", "withdr", "revis", "replac", "rescind", "amend"];
    let named =
        (floor..start).rev().take_while(|unit| !sheet.is_punct_any(*unit, &[",", ";"])).find(|unit| figure(*unit));
    if let Some(named) = named
        && let Some(earlier) = (floor..named).rev().take(2).find(|unit| sheet.is_any(*unit, EARLIER))
        && let Some(mends) = (earlier.saturating_sub(4).max(sentence.start)..earlier)
            .find(|unit| MENDS.iter().any(|stem| sheet.word(*unit).starts_with(stem)))
    {
        return Some(mends);
    }
    // "it is not true that", "it was false that"
    let open = (floor..start).rev().find(|unit| sheet.is_any(*unit, &["that"]));
    if let Some(that) = open
        && that > sentence.start + 1
        && (sheet.is_any(that - 1, WRONG)
            || sheet.is_any(that - 1, &["true", "correct"]) && sheet.cue(that - 2, Cue::Negation))
    {
        return Some(that - 1);
    }
    // "had been given as missing by mistake", "were wrongly listed"
    let given = |unit: usize| {
        ["given", "listed", "reported", "counted", "registered", "recorded", "declared", "announced", "included"]
            .contains(&sheet.word(unit))
    };
    let clause = ahead.clone().take_while(|unit| !sheet.is_punct_any(*unit, &[",", ":"]));
    if clause.clone().any(given)
        && let Some(unit) = clause.clone().find(|unit| {
            sheet.is_any(*unit, &["mistakenly", "wrongly", "erroneously"])
                || sheet.is_any(*unit, &["mistake", "error"]) && sheet.any_cue(*unit - 1, bit(Cue::By) | bit(Cue::In))
        })
    {
        return Some(unit);
    }
    // "revised its figure to 231 from 214", "cut the toll from 38 to 35"
    let unit = counted.unit;
    let from = unit > sentence.start && sheet.cue(unit - 1, Cue::From);
    let to = |at: usize| sheet.cue(at, Cue::To) && sheet.count(at + 1).is_some();
    let revised = |at: &usize| {
        ["revised", "lowered", "corrected", "reduced", "amended", "downgraded", "cut", "revises", "lowers", "corrects"]
            .contains(&sheet.word(*at))
    };
    let before_from = (sentence.start.max(unit.saturating_sub(14))..unit).rev();
    if from
        && (to(unit + 1) || to(end) || before_from.clone().take(6).any(to))
        && let Some(at) = before_from.clone().find(revised)
    {
        return Some(at);
    }
    None
}
