//! Sources that no verb of saying names: whose count it is, labels, brackets, colons, and the outlet's own voice.

use std::ops::Range;

use super::attribution::{Saying, Scope};
use super::lexicon_pass::bit;
use super::phrases::{is_acronym, name_run, trim};
use super::saying_phrases::{names_source, phrase_behind, subject_speaker};
use super::sheet::{Sheet, What};
use super::speakers::Names;
use super::word_set::WordSet;
use crate::claim::{Cue, NounClass};

/// Nouns for counting, and for what comes of it: "by the ministry's own count".
const RECKONINGS: &WordSet = words![
    "count",
    "reckoning",
    "tally",
    "ledger",
    "estimate",
    "estimates",
    "calculation",
    "calculations",
    "figures",
    "records",
    "admission",
    "account",
    "statistics",
    "data",
    "list",
    "lists",
    "books",
    "blotter",
    "register",
    "registers",
    "log",
    "logs",
    "log book",
    "roll",
    "rolls",
];

/// Books in which a body keeps its figures: "by the police blotter".
const BOOKS: &WordSet =
    words!["blotter", "register", "registers", "log", "logs", "log book", "roll", "rolls", "records", "list", "lists"];

/// What stands in front of whoever counts.
pub(super) const RECKONED: &WordSet = words!["by", "on"];

/// Who counts in "by the ministry's own count", "by the reckoning of Baku", "by that of Yerevan", "on the
/// union's figures": the units of the speaker, and where the phrase ends.
pub(super) fn reckoning(sheet: &Sheet<'_>, at: usize, sentence: &Range<usize>) -> Option<(Range<usize>, usize)> {
    if !sheet.is_any(at, RECKONED) {
        return None;
    }
    let end = sentence.end.min(at + 9);
    let noun = (at + 1..end).take_while(|unit| sheet.what(*unit) == What::Word || sheet.is_possessive(*unit)).find(
        |unit| {
            let word = sheet.word(*unit);
            RECKONINGS.has(word.strip_suffix(" of").unwrap_or(word))
                || *unit == at + 1 && sheet.is_any(*unit, words!["that"])
        },
    )?;
    // "count of" may be one word of the lexicon.
    let inside = sheet.word(noun).ends_with(" of");
    // "those on the mayor's list": who is on it, and not on whose word.
    if sheet.is_any(at, words!["on"]) && at > sentence.start && sheet.what(at - 1) == What::Word {
        return None;
    }
    if (inside || sheet.cue(noun + 1, Cue::Of)) && !sheet.is_any(at, words!["on"]) {
        let units = phrase_behind(sheet, noun + 2 - usize::from(inside), sentence.end);
        let both = units.len() <= 2 && sheet.cue(units.start, Cue::Both);
        return (!units.is_empty() && (both || names_source(sheet, &units))).then(|| (units.clone(), units.end));
    }
    // "18 persons by the police blotter": who keeps it stands in front of it.
    if sheet.is_any(at, words!["by"])
        && noun >= at + 3
        && BOOKS.has(sheet.word(noun))
        && (at + 1..noun).all(|unit| sheet.what(unit) == What::Word)
        && sheet.any_cue(noun - 1, bit(Cue::Body) | bit(Cue::Organ))
    {
        return Some((at + 1..noun + 1, noun + 1));
    }
    let owner = (at + 1..noun).rev().find(|unit| sheet.is_possessive(*unit))?;
    // "by the ministry's figures": nothing but adjectives behind the owner.
    let units = at + 1..owner;
    (noun <= owner + 3 && names_source(sheet, &units)).then_some((units, noun + 1))
}

/// "Our reporter counted", "this newspaper has counted", "a correspondent of this agency saw": the outlet
/// speaks for itself.
pub(super) fn is_own_voice(sheet: &Sheet<'_>, units: Range<usize>) -> bool {
    const WRITES: &WordSet = words![
        "reporter",
        "reporters",
        "correspondent",
        "correspondents",
        "newspaper",
        "paper",
        "newsroom",
        "magazine",
        "photographer",
        "journalist",
        "journalists",
        "team",
        "investigation",
        "count",
        "tally",
    ];
    let ours = |unit: usize| sheet.is_any(unit, words!["our", "this"]) && !sheet.is_quoted(unit);
    let writes = |unit: usize| sheet.is_any(unit, WRITES);
    // "We wrote that": the outlet, where nobody is quoted.
    if !units.is_empty() && units.len() <= 4 && sheet.is_any(units.end - 1, words!["we"]) {
        return !sheet.is_quoted(units.end - 1);
    }
    units.len() <= 8
        && (ours(units.start) && (units.start + 1..units.end.min(units.start + 3)).any(writes)
            || writes(units.start + 1) && (units.start + 2..units.end).any(|unit| ours(unit) && writes(unit + 1)))
}

/// "Disaster agency AFAD: 8,574 killed": the label of a line speaks, where it is a source; and so does one behind
/// it ("government: 12 held, families: 15").
pub(super) fn label_prefix(sheet: &Sheet<'_>, sentence: &Range<usize>, names: &mut Names, found: &mut Vec<Saying>) {
    /// A line of labels is short; a sentence with colons is none.
    const LONGEST: usize = 40;
    let colon = |unit: &usize| sheet.is_punct(*unit, ":") && !sheet.is_glued(*unit + 1);
    let Some(mark) = (sentence.start..sentence.end.min(sentence.start + 13)).find(colon) else { return };
    if found.iter().any(|saying| saying.at < mark) {
        return;
    }
    let Some(first) = label_at(sheet, sentence.start..mark, sentence, names) else { return };
    found.push(first);
    let short = sentence.len() <= LONGEST;
    for mark in (mark + 1..sentence.end).filter(|unit| short && colon(unit)) {
        let opens = (sentence.start..mark).rev().find(|unit| sheet.is_punct_any(*unit, &[",", ";"]));
        let (Some(opens), Some(last)) = (opens, found.len().checked_sub(1)) else { continue };
        if found[last].at < opens
            && let Some(saying) = label_at(sheet, opens + 1..mark, sentence, names)
        {
            // What one label says ends where the next begins.
            found[last].relative = Some(found[last].at..opens);
            found.push(saying);
        }
    }
}

/// What the label in some units says, if it is a source.
fn label_at(sheet: &Sheet<'_>, label: Range<usize>, sentence: &Range<usize>, names: &mut Names) -> Option<Saying> {
    /// Who gives figures, though not by a name.
    const SPEAKERS: &WordSet =
        words!["company", "operator", "union", "opposition", "hospital", "hospitals", "doctors", "lawyers", "church"];
    let mark = label.end;
    // "18:05 – Hospital: five dead": what stands in front of the dash is the hour.
    let dash = label
        .clone()
        .rev()
        .find(|unit| sheet.is_punct_any(*unit, &["\u{2014}", "\u{2013}", "-", "|"]) && !sheet.is_glued(*unit));
    let units = trim(sheet, dash.map_or(label.start, |unit| unit + 1)..mark);
    if units.len() > 8 {
        return None;
    }
    // "pastor Hiwa Yalo", with a small letter: no place.
    let person = units.len() >= 3
        && !sheet.is_capitalised(units.start)
        && name_run(sheet, units.start + 1, units.end) == (units.start + 1..units.end);
    let source = person
        || units.clone().any(|unit| {
            sheet.source(unit).is_some()
                || sheet.is_title(unit)
                || sheet.any_cue(unit, bit(Cue::Body) | bit(Cue::Organ))
                || sheet.is_noun(unit, NounClass::Bystanders)
                || sheet.is_any(unit, SPEAKERS)
        });
    let plain = units.clone().all(|unit| {
        sheet.count(unit).is_none() && sheet.frame(unit).is_none() && !sheet.is_noun(unit, NounClass::Toll)
    });
    let counted = (mark + 1..sentence.end).any(|unit| sheet.count(unit).is_some());
    if !(source && plain && counted) {
        return None;
    }
    let speaker = names.speaker(sheet, units)?;
    names.spoke(&speaker);
    Some(Saying::simple(mark, speaker, Scope::Behind))
}

/// "31,200 people displaced since 3 February (IOM)": the source in brackets at the end of a line.
pub(super) fn bracketed(sheet: &Sheet<'_>, sentence: &Range<usize>, names: &mut Names, found: &mut Vec<Saying>) {
    if one_by_one(sheet, sentence, names, found) {
        return;
    }
    let Some(close) =
        sentence.clone().rev().find(|unit| !sheet.is_punct(*unit, ".") && sheet.what(*unit) != What::Break)
    else {
        return;
    };
    let Some(open) = (sentence.start..close).rev().take(7).find(|unit| sheet.is_punct(*unit, "(")) else { return };
    let label = usize::from(sheet.is_any(open + 1, words!["source"])) * 2;
    // "(Ministry of Home Affairs, 8 November)": the day of the figure stands behind its source.
    let day = (open + 1 + label..close).find(|unit| sheet.is_punct(*unit, ",") && sheet.date(unit + 1).is_some());
    let dated = day.filter(|comma| comma + 2 == close);
    let units = open + 1 + label..dated.unwrap_or(close);
    let source = units
        .clone()
        .any(|unit| sheet.source(unit).is_some() || sheet.any_cue(unit, bit(Cue::Body)) || is_acronym(sheet, unit));
    let counted = (sentence.start..open).any(|unit| sheet.count(unit).is_some());
    let plain = units
        .clone()
        .all(|unit| sheet.count(unit).is_none() && sheet.date(unit).is_none() && sheet.what(unit) != What::Number);
    // "(CFR 0.27%)": a rate, and nobody's name.
    let plain = plain
        && !units.clone().any(|unit| sheet.is_punct(unit, "%") || sheet.is_any(unit, words!["percent", "per cent"]));
    // "the International Organization for Migration (IOM)": its own name stands in front.
    let named = open > sentence.start
        && (sheet.is_capitalised(open - 1)
            || sheet.source(open - 1).is_some()
            || sheet.any_cue(open - 1, bit(Cue::Body) | bit(Cue::Organ)));
    if !sheet.is_punct(close, ")") || units.is_empty() || !source || !counted || !plain || named || !found.is_empty() {
        return;
    }
    if let Some(speaker) = names.speaker(sheet, units) {
        names.spoke(&speaker);
        found.push(Saying::simple(open, speaker, Scope::Clause));
    }
}

/// "150 (Basarnas), 165 (UNHCR)": every figure has its own source behind it.
fn one_by_one(sheet: &Sheet<'_>, sentence: &Range<usize>, names: &mut Names, found: &mut Vec<Saying>) -> bool {
    if !found.is_empty() {
        return false;
    }
    let behind_count =
        |unit: &usize| *unit > sentence.start && sheet.is_punct(*unit, "(") && sheet.count(*unit - 1).is_some();
    let mut sources: Vec<(usize, Range<usize>)> = Vec::new();
    for open in sentence.clone().filter(behind_count) {
        let close = (open + 1..sentence.end.min(open + 8)).find(|unit| sheet.is_punct(*unit, ")"));
        let Some(units) = close.map(|close| open + 1..close) else { continue };
        let plain = units.clone().all(|unit| sheet.what(unit) == What::Word && sheet.party(unit).is_none());
        let named = units.clone().any(|unit| {
            sheet.is_capitalised(unit) || sheet.source(unit).is_some() || sheet.any_cue(unit, bit(Cue::Body))
        });
        if plain && named {
            sources.push((open, units));
        }
    }
    let several = sources.len() > 1;
    for (open, units) in sources.into_iter().filter(|_| several) {
        if let Some(speaker) = names.speaker(sheet, units) {
            names.spoke(&speaker);
            found.push(Saying::simple(open, speaker, Scope::Before));
        }
    }
    several
}

/// "The coast guard has put out a new bulletin: 71 rescued", "A diplomat who has seen the lists leans towards
/// the judge: “Forty-three …”": a colon that a quotation follows, or behind a word for news or figures, gives
/// the word to the subject of its sentence.
pub(super) fn announced(sheet: &Sheet<'_>, sentence: &Range<usize>, names: &mut Names, found: &mut Vec<Saying>) {
    const NEWS: &WordSet = words![
        "bulletin",
        "statement",
        "update",
        "report",
        "figure",
        "figures",
        "number",
        "numbers",
        "toll",
        "count",
        "tally",
        "message",
        "post",
        "list",
        "balance",
        "communique",
        "one",
        "total",
        "account",
        "version",
    ];
    let Some(mark) = sentence.clone().find(|unit| sheet.is_punct(*unit, ":") && !sheet.is_glued(*unit + 1)) else {
        return;
    };
    let counted = (mark + 1..sentence.end).any(|unit| sheet.count(unit).is_some());
    let quoted = sheet.is_punct(mark + 1, "\"");
    let news = mark.saturating_sub(3).max(sentence.start)..mark;
    let plain = (sentence.start..mark).all(|unit| sheet.count(unit).is_none() && !sheet.is_quoted(unit));
    if !counted
        || !plain
        || !quoted && !news.into_iter().any(|unit| sheet.is_any(unit, NEWS))
        || found.iter().any(|saying| saying.at <= mark || saying.at > mark && saying.scope != Scope::Behind)
    {
        return;
    }
    // "As to the number of the dead, it named another one: 39"
    let comma = (sentence.start..mark).rev().find(|unit| sheet.is_punct(*unit, ","));
    let pronoun = comma.map(|comma| comma + 1).filter(|unit| sheet.is_any(*unit, words!["it", "he", "she"]));
    let speaker = match pronoun {
        Some(unit) => names.speaker(sheet, unit..unit + 1),
        None => subject_speaker(sheet, sentence, mark, names),
    };
    if let Some(speaker) = speaker {
        names.spoke(&speaker);
        found.push(Saying::simple(mark, speaker, Scope::Behind));
    }
}

/// "45 killed in quake: officials", "45 killed – ministry".
pub(super) fn heading_suffix(sheet: &Sheet<'_>, sentence: &Range<usize>, names: &Names, found: &mut Vec<Saying>) {
    let Some(mark) = sentence.clone().rev().find(|unit| sheet.is_punct_any(*unit, &[":", "\u{2014}", "\u{2013}"]))
    else {
        return;
    };
    let units = trim(sheet, mark + 1..sentence.end);
    if units.is_empty() || units.len() > 5 || units.clone().any(|unit| sheet.count(unit).is_some()) {
        return;
    }
    let speaks = units.clone().any(|unit| {
        sheet.source(unit).is_some()
            || sheet.is_title(unit)
            || sheet.any_cue(unit, bit(Cue::Organ) | bit(Cue::Body) | bit(Cue::Medium))
            || sheet.party(unit).is_some()
    });
    if !speaks || found.iter().any(|saying| saying.at > mark) {
        return;
    }
    if let Some(speaker) = names.speaker(sheet, units.clone()) {
        found.push(Saying::simple(mark, speaker, Scope::Before));
    }
}
