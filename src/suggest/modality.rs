//! Whether a figure is reported, planned, possible or denied, by the words around its verb.

use std::ops::Range;

use super::clauses::{Verb, Voice};
use super::counted::Counted;
use super::governing::Tie;
use super::lexicon_pass::{Forms, bit};
use super::quantities::{Note, QuantityMention};
use super::sheet::{Sheet, What};
use super::word_set::WordSet;
use crate::claim::{Cue, Modality, NounClass};

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
    if let Some(unit) = not_so_many(sheet, counted, sentence).filter(|_| !mention.has(Note::Nothing)) {
        return Some((Modality::Denied, unit));
    }
    // "warned that the number of dead could rise to 13"
    let clause = clause_start(sheet, counted.unit, sentence)..counted.unit;
    let rises = clause
        .into_iter()
        .rev()
        .take(4)
        .find(|unit| sheet.is_any(*unit, words!["could rise", "could climb", "may rise"]));
    if let Some(unit) = rises.filter(|unit| sheet.cue(unit + 1, Cue::To)) {
        return Some((Modality::Hypothetical, unit));
    }
    if let Some(unit) = may_be(sheet, counted, sentence).filter(|_| !mention.has(Note::Nothing)) {
        return Some((Modality::Hypothetical, unit));
    }
    let verb = governing.map(|(index, _)| &verbs[index]);
    let object = verb.is_some_and(|verb| verb.at < counted.phrase.start && verb.voice == Voice::Active);
    if !object && let Some(unit) = planned_predicate(sheet, counted, sentence) {
        return Some((Modality::Planned, unit));
    }
    if let Some(verb) = verb {
        // "the two who had not come home were alive": what is told of them in passing denies nothing.
        let aside =
            sheet.is_any(counted.phrase.end, words!["who", "which", "whom", "that"]) && verb.at > counted.phrase.end;
        // "17 of the dead have not been identified": they are dead all the same.
        let unknown = FOUND.has(sheet.word(verb.at));
        if verb.cues & bit(Cue::Negation) != 0 && !mention.has(Note::Nothing) && !aside && unknown {
            return None;
        }
        if verb.cues & bit(Cue::Negation) != 0 && !mention.has(Note::Nothing) && !aside {
            return Some((Modality::Denied, verb.start));
        }
        if still_to_be_found(sheet, verb) {
            return None;
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
        if start > sentence.start && sheet.is_any(start - 1, words!["if", "unless"]) {
            return Some((Modality::Hypothetical, start - 1));
        }
        // "the model gives a chance that deaths will exceed 10,000"
        let ahead = (verb.at + 1..counted.unit).take_while(|unit| !sheet.is_punct_any(*unit, &[",", ";", ":"]));
        let may = bit(Cue::Will) | bit(Cue::Possible);
        if verb.at < counted.unit
            && !(verb.at..counted.unit).any(|at| sheet.is_any(at, words!["who", "which", "that"]))
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
        || (next..next + 2).any(|unit| sheet.is_any(unit, words!["feared"]))
    {
        return Some((Modality::Hypothetical, next));
    }
    let start = clause_start(sheet, counted.phrase.start, sentence);
    // "a 1,000 for 1,000 exchange agreed in Istanbul"
    let ahead = if mention.has(Note::ForPartner) { 9 } else { 3 };
    // "“between four and six” of the 23 could be home"
    let of_whole = (counted.phrase.end..sentence.end)
        .take_while(|unit| {
            sheet.is_punct(*unit, "\"")
                || sheet.cue(*unit, Cue::Of)
                || sheet.is_any(*unit, words!["the", "these", "those"])
                || sheet.count(*unit).is_some()
        })
        .count();
    // "20 skiers have still to be found"
    let yet = |unit: usize| {
        FOUND.has(sheet.word(unit + 1))
            && (unit.saturating_sub(2)..unit).any(|at| sheet.is_any(at, words!["still", "yet"]))
    };
    // "forty presumed ringleaders": what they are is doubtful, and not how many.
    let adjective = |unit: usize| {
        unit > counted.unit
            && unit + 1 < counted.phrase.end
            && sheet.noun(unit + 1).is_some_and(|noun| !matches!(noun.class, NounClass::Toll | NounClass::Bodies))
    };
    (start..(counted.phrase.end + ahead + of_whole).min(sentence.end))
        .filter(|unit| !adjective(*unit) && !yet(*unit))
        .find_map(|unit| {
            let cues = sheet.cues(unit) & (bit(Cue::Plan) | bit(Cue::Will) | bit(Cue::Fear) | bit(Cue::Possible));
            of_cues(sheet, cues).map(|modality| (modality, unit))
        })
}

/// Whether a clause says how many there are not: "The survivors are no longer 208", "are not those of 38 men but
/// of 35", "five officers and not, as we wrote, six". The unit of the negation.
fn not_so_many(sheet: &Sheet<'_>, counted: &Counted<'_>, sentence: &Range<usize>) -> Option<usize> {
    let mut at = counted.phrase.start;
    while at > sentence.start
        && counted.phrase.start - at < 3
        && sheet.is_any(at - 1, words!["those", "of", "the", "that"])
    {
        at -= 1;
    }
    if at > sentence.start + 1
        && sheet.is_any(at - 1, words!["not", "no longer"])
        && sheet.any_cue(at - 2, bit(Cue::Be))
        && !sheet.is_any(counted.phrase.start, words!["all", "both"])
    {
        return Some(at - 1);
    }
    let start = counted.phrase.start;
    if start <= sentence.start || !sheet.is_punct(start - 1, ",") {
        return None;
    }
    let floor = sentence.start.max(start.saturating_sub(12));
    let open = (floor..start - 1).rev().find(|unit| sheet.is_punct(*unit, ","))?;
    (open > sentence.start && sheet.is_any(open - 1, words!["not"]) && sheet.is_any(open + 1, words!["as"]))
        .then(|| open - 1)
}

/// Whether a figure is only thought possible, by the words right around it: "Hundreds feared dead", "There may have
/// been 90 others", "is likely to exceed 10,000". The unit that says so.
fn may_be(sheet: &Sheet<'_>, counted: &Counted<'_>, sentence: &Range<usize>) -> Option<usize> {
    let feared = (counted.unit + 1..counted.phrase.end).find(|unit| sheet.is_any(*unit, words!["feared"]));
    if feared.is_some() {
        return feared;
    }
    let start = counted.phrase.start;
    let floor = sentence.start.max(start.saturating_sub(5));
    let existence = (floor..start)
        .rev()
        .take_while(|unit| sheet.any_cue(*unit, bit(Cue::Be) | bit(Cue::Have) | bit(Cue::Adverb) | bit(Cue::Possible)))
        .last()
        .filter(|first| *first > sentence.start && sheet.is_any(first - 1, words!["there"]));
    if let Some(first) = existence
        && let Some(unit) = (first..start).find(|unit| sheet.cue(*unit, Cue::Possible))
    {
        return Some(unit);
    }
    // "likely to exceed", "likely to reach"
    (floor..start).find(|unit| {
        sheet.is_any(*unit, words!["likely"])
            && sheet.cue(unit + 1, Cue::To)
            && (unit + 2 == start
                || unit + 3 == start
                    && sheet.is_any(unit + 2, words!["exceed", "reach", "top", "pass", "surpass", "hit", "total"])
                || unit + 4 == start && sheet.is_any(unit + 2, words!["rise", "climb", "grow", "increase", "go"]))
    })
}

/// What has still to be done with people who are missing.
const FOUND: &WordSet =
    words!["found", "identified", "recovered", "located", "traced", "named", "retrieved", "rescued", "accounted for"];

/// Whether a plan is none: "20 monks have still to be found", "12 are yet to be identified".
fn still_to_be_found(sheet: &Sheet<'_>, verb: &Verb) -> bool {
    FOUND.has(sheet.word(verb.at))
        && (verb.start.saturating_sub(2)..verb.at).any(|unit| sheet.is_any(unit, words!["still", "yet"]))
}

/// What is planned, behind a noun or a name for it: "A third convoy for up to 700 people is planned", "a further swap
/// of 300 was being discussed", "Another 12 people, all of them labourers, are to be handed over". The unit of
/// the verb.
fn planned_predicate(sheet: &Sheet<'_>, counted: &Counted<'_>, sentence: &Range<usize>) -> Option<usize> {
    const PLANNED: &WordSet = words!["planned", "scheduled", "foreseen", "envisaged", "slated", "awaited"];
    const IN_TALKS: &WordSet = words![
        "prepared",
        "discussed",
        "negotiated",
        "considered",
        "planned",
        "organised",
        "organized",
        "arranged",
        "drafted",
        "weighed",
        "talked",
        "worked",
        "drawn",
    ];
    let ahead = bit(Cue::Will) | bit(Cue::Plan);
    let mut relative = false;
    let mut unit = counted.phrase.end;
    let end = sentence.end.min(unit + 18);
    // An apposition, and what will be behind its second comma.
    if sheet.is_punct(unit, ",") {
        let close = (unit + 1..end).find(|unit| sheet.is_punct_any(*unit, &[",", ";", ":", "\""]))?;
        let of_them = sheet.is_any(unit + 1, words!["all", "all of", "most", "some", "both", "among"])
            || sheet.any_cue(unit + 1, bit(Cue::Determiner));
        return (of_them
            && sheet.is_punct(close, ",")
            && sheet.any_cue(close + 1, ahead)
            && !(unit + 1..close).any(|unit| sheet.count(unit).is_some()))
        .then_some(close + 1);
    }
    while unit < end {
        if sheet.what(unit) != What::Word && sheet.count(unit).is_none() && sheet.date(unit).is_none() {
            return None;
        }
        if sheet.is_any(unit, words!["who", "whom", "which", "that"]) {
            relative = true;
        } else if sheet.cue(unit, Cue::Be) {
            let next = (unit + 1..end).find(|next| !sheet.cue(*next, Cue::Adverb))?;
            let being = sheet.is_any(next, words!["being"]);
            let verb = next + usize::from(being);
            if being && IN_TALKS.has(sheet.word(verb))
                || sheet.is_any(next, words!["being prepared"])
                || !being && PLANNED.has(sheet.word(verb))
            {
                return Some(unit);
            }
            if !relative {
                return None;
            }
            relative = false;
        } else if !relative
            && sheet.frame(unit).is_some_and(|(_, forms)| forms.has(Forms::FINITE) && !forms.has(Forms::PARTICIPLE))
        {
            return None;
        }
        unit += 1;
    }
    None
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
                words![
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
                || sheet.is_any(*at, words!["said", "says", "told"])
                || sheet.what(*at) == What::Break
                || sheet.is_any(*at, words!["that", "while", "but", "after", "before", "whereas", "if", "unless"])
                || (sheet.is_punct(*at, ",") && sheet.is_any(at + 1, words!["and", "but", "while"]))
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
const WRONG: &WordSet = words![
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

/// Nouns for what is not so.
const FALSEHOODS: &WordSet = words![
    "invention",
    "fabrication",
    "lie",
    "lies",
    "fantasy",
    "hoax",
    "provocation",
    "nonsense",
    "propaganda",
    "mistake",
    "error",
    "fiction",
    "exaggeration",
    "fake",
    "rubbish",
    "garbage",
    "bogus",
    "incitement",
    "slander",
    "disinformation",
];

/// Whether a predicate that begins here says that something is not so: "is an invention", "are without foundation",
/// "proved wrong", "turned out to be false".
fn is_false_predicate(sheet: &Sheet<'_>, unit: usize) -> bool {
    let proves = || sheet.is_any(unit, words!["prove", "proved", "proven", "turned out", "turn out", "turned"]);
    if !(sheet.cue(unit, Cue::Be) || proves()) {
        return false;
    }
    for at in unit + 1..unit + 6 {
        if sheet.is_any(at, WRONG) || sheet.is_any(at, FALSEHOODS) {
            return true;
        }
        if sheet.is_any(at, words!["without"]) {
            return sheet.is_any(at + 1, words!["foundation", "basis", "merit", "substance", "truth"])
                || sheet.is_any(at + 2, words!["foundation", "basis", "merit", "substance", "truth"]);
        }
        let passes = sheet.any_cue(at, bit(Cue::Determiner) | bit(Cue::Adverb) | bit(Cue::Be) | bit(Cue::To))
            || sheet.is_any(
                at,
                words!["to be", "out", "pure", "sheer", "complete", "total", "absolute", "clerical", "simply"],
            )
            || sheet.is_punct(at, "\"");
        if !passes {
            return false;
        }
    }
    false
}

/// The unit that takes a figure back: "earlier reports of 30 dead were wrong", "it is not true that
/// nine …", "13 had been given as missing by mistake", "lowered the number to 73 from 81".
fn taken_back(sheet: &Sheet<'_>, counted: &Counted<'_>, sentence: &Range<usize>) -> Option<usize> {
    let (start, end) = (counted.phrase.start, counted.phrase.end);
    let figure = |unit: usize| {
        sheet.cue(unit, Cue::Figures)
            || matches!(sheet.word(unit).as_bytes().first(), Some(b'r' | b'c' | b'f' | b'a' | b'm' | b's'))
                && [
                    "report",
                    "claim",
                    "figure",
                    "rumour",
                    "rumor",
                    "allegation",
                    "message",
                    "story",
                    "stories",
                    "suggestion",
                ]
                .iter()
                .any(|w| sheet.word(unit).starts_with(w))
    };
    let floor = sentence.start.max(start.saturating_sub(6));
    let told = || (floor..start).rev().take_while(|unit| !sheet.is_punct_any(*unit, &[",", ";"])).any(figure);
    let ahead = (end..sentence.end).take_while(|unit| sheet.count(*unit).is_none() && !sheet.is_punct(*unit, ";"));
    if let Some(unit) = ahead.clone().find(|unit| is_false_predicate(sheet, *unit))
        && told()
    {
        return Some(unit);
    }
    // "He called reports of 70 detainees on social media “incitement”"
    if let Some(called) = (sentence.start.max(start.saturating_sub(9))..start).rev().find(|unit| {
        sheet.is_any(
            *unit,
            words!["called", "branded", "labelled", "labeled", "described", "denounced", "dubbed", "calls"],
        )
    }) && told()
        && (called + 1..called + 4).any(figure)
        && (end..sentence.end.min(end + 12))
            .any(|unit| sheet.is_punct(unit, "\"") || sheet.is_any(unit, WRONG) || sheet.is_any(unit, FALSEHOODS))
    {
        return Some(called);
    }
    // "The agency went on speaking of 37 until Saturday; a spokeswoman says that this was a mistake"
    let mark = (end..sentence.end).find(|unit| sheet.is_punct(*unit, ";"));
    if let Some(mark) = mark
        && let Some(unit) = (mark + 1..sentence.end.min(mark + 14)).find(|unit| {
            sheet.is_any(*unit, words!["this", "that", "which", "it"]) && is_false_predicate(sheet, *unit + 1)
        })
    {
        return Some(unit);
    }
    if let Some(wrong) = ahead
        .clone()
        .find(|unit| sheet.is_any(*unit, WRONG) && (1..=2).any(|back| *unit > back && sheet.cue(*unit - back, Cue::Be)))
        && told()
    {
        return Some(wrong);
    }
    // "correcting its earlier figure of 112", "retracted an initial report of 40 dead"
    const EARLIER: &WordSet = words!["earlier", "previous", "initial", "first", "original", "former", "preliminary"];
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
    let open = (floor..start).rev().find(|unit| sheet.is_any(*unit, words!["that"]));
    if let Some(that) = open
        && that > sentence.start + 1
        && (sheet.is_any(that - 1, WRONG)
            || sheet.is_any(that - 1, words!["true", "correct"]) && sheet.cue(that - 2, Cue::Negation))
    {
        return Some(that - 1);
    }
    // "had been given as missing by mistake", "were wrongly listed"
    let given = |unit: usize| {
        words!["given", "listed", "reported", "counted", "registered", "recorded", "declared", "announced", "included"]
            .has(sheet.word(unit))
    };
    let clause = ahead.clone().take_while(|unit| !sheet.is_punct_any(*unit, &[",", ":"]));
    if clause.clone().any(given)
        && let Some(unit) = clause.clone().find(|unit| {
            sheet.is_any(*unit, words!["mistakenly", "wrongly", "erroneously"])
                || sheet.is_any(*unit, words!["mistake", "error"])
                    && sheet.any_cue(*unit - 1, bit(Cue::By) | bit(Cue::In))
        })
    {
        return Some(unit);
    }
    // "revised its figure to 231 from 214", "cut the toll from 38 to 35"
    let unit = counted.unit;
    let from = unit > sentence.start && sheet.cue(unit - 1, Cue::From);
    let to = |at: usize| sheet.cue(at, Cue::To) && sheet.count(at + 1).is_some();
    let revised = |at: &usize| {
        words![
            "revised",
            "lowered",
            "corrected",
            "reduced",
            "amended",
            "downgraded",
            "cut",
            "revises",
            "lowers",
            "corrects"
        ]
        .has(sheet.word(*at))
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
