//! Which sayings cover a count, and who vouches for the identity of the people counted.

use std::ops::Range;

use super::attribution::{Saying, Scope};
use super::lexicon_pass::bit;
use super::phrases::{text_of, trim};
use super::sheet::{Sheet, What};
use crate::claim::{Cue, Name, Saying as Pattern};

/// The relative clause that a unit stands in: from its pronoun to the comma that closes it.
pub(super) fn relative_clause(sheet: &Sheet<'_>, unit: usize, sentence: &Range<usize>) -> Option<Range<usize>> {
    let floor = unit.saturating_sub(14).max(sentence.start);
    let open = (floor..unit).rev().find(|at| {
        sheet.is_punct_any(*at, &[",", ";", "\""])
            || sheet.is_any(*at, words!["which", "whom", "who", "whose", "where"])
            || sheet.reporting(*at).is_some_and(|e| e.pattern != Pattern::Noun && e.pattern != Pattern::Preposition)
    })?;
    // "which, the Russian side asserts, may belong to …", "that, according to Hamas, are …"
    let open = match open.checked_sub(1) {
        Some(pronoun)
            if sheet.is_punct(open, ",")
                && pronoun >= sentence.start
                && sheet.is_any(pronoun, words!["which", "who", "whose", "that"]) =>
        {
            // The second comma closes what is told aside, and the clause goes on behind it.
            let mark = |from: usize| (from..sentence.end).find(|at| sheet.is_punct_any(*at, &[",", ";", "\""]));
            let close = mark(unit).map_or(sentence.end, |aside| mark(aside + 1).unwrap_or(sentence.end));
            return Some(pronoun..close);
        }
        _ => open,
    };
    if !sheet.is_any(open, words!["which", "whom", "who", "whose", "where"]) {
        return None;
    }
    let close = (unit..sentence.end)
        .find(|at| sheet.is_punct_any(*at, &[",", ";", "\""]) || sheet.what(*at) == What::Break)
        .unwrap_or(sentence.end);
    Some(open..close)
}

/// The sayings that cover a unit, innermost first.
pub(super) fn covering<'s>(sheet: &Sheet<'_>, unit: usize, sayings: &'s [Saying]) -> Vec<&'s Saying> {
    let mut inner: Vec<&Saying> = Vec::new();
    let outside = |saying: &&Saying| saying.relative.as_ref().is_none_or(|clause| clause.contains(&unit));
    let mut gone_on = false;
    for saying in sayings.iter().rev().filter(outside) {
        if saying.scope == Scope::Behind && saying.at < unit && !parted(sheet, saying.at, unit, sayings) {
            // "denied this, saying it had killed": what was said before is over, its hearer is not.
            if !gone_on {
                inner.push(saying);
            }
            gone_on = saying.goes_on;
        }
    }
    for saying in sayings.iter().filter(outside) {
        // "There had been seven; three died there, he said": all of it is his.
        let his = saying.units.len() <= 2 && sheet.is_any(saying.units.start, words!["he", "she"]);
        let before = saying.scope == Scope::Before
            && saying.at > unit
            && (his && !sayings.iter().any(|other| other.at < saying.at) || !parted(sheet, unit, saying.at, sayings));
        let clause = saying.scope == Scope::Clause
            && if saying.at < unit {
                !parted(sheet, saying.at, unit, sayings)
            } else {
                !parted(sheet, unit, saying.at, sayings)
            };
        if before || clause {
            if before && (quotes_alone(sheet, unit, saying, &inner) || speaks_for(sheet, saying)) {
                inner.clear();
            }
            // "denied having killed 80 villagers, as claimed by the committee": the committee's figure.
            let first = saying.units.start;
            if clause && saying.at > unit && first > 0 && sheet.is_any(first - 1, words!["as"]) {
                inner.insert(0, saying);
            } else {
                inner.push(saying);
            }
            if before {
                break;
            }
        }
    }
    // "and not 61 as their officials have been saying": on nobody else's word.
    if let Some(alone) = inner.iter().position(|saying| saying.relative.as_ref().is_some_and(|of| of.start == unit)) {
        return vec![inner[alone]];
    }
    inner
}

/// Whether a unit stands in a quotation that the saying behind it closes, and that another saying does
/// not open: "Survivors said there were 150 aboard, “so there are 20 left”, said X".
fn quotes_alone(sheet: &Sheet<'_>, unit: usize, saying: &Saying, inner: &[&Saying]) -> bool {
    let token = sheet.units[unit].first as usize;
    let Some(quotation) = sheet.tokens.quotation_of(token) else { return false };
    let open = sheet.unit_of_token(quotation.tokens.start);
    let close = sheet.unit_of_token(quotation.tokens.end.saturating_sub(1));
    open > 0
        && sheet.is_punct(open - 1, ",")
        && close < saying.units.start
        && saying.units.start <= close + 3
        && inner.iter().all(|earlier| earlier.at + 3 < open)
}

/// "The WHO has verified 203 deaths, its representative said": one speaks for the other.
fn speaks_for(sheet: &Sheet<'_>, saying: &Saying) -> bool {
    saying.speaker.as_ref().is_some_and(|speaker| sheet.is_any(speaker.units.start, words!["its", "their"]))
}

/// Whether a new main clause begins between two units: a semicolon, or "while", "but" after a comma
/// in front of somebody else who acts or speaks.
fn parted(sheet: &Sheet<'_>, from: usize, to: usize, sayings: &[Saying]) -> bool {
    let behind = sayings.iter().any(|saying| saying.at == from);
    // "While the army speaks of three dead, villagers say that …"
    let start = sheet.sentences[sheet.sentence_of(from)].start;
    let concedes = sheet.is_any(start, words!["while", "although", "though", "whereas"]);
    let turns = |unit: usize| {
        concedes
            && sheet.is_punct(unit, ",")
            && sayings
                .iter()
                .any(|s| s.scope == Scope::Behind && s.at > unit && (unit + 1..=unit + 3).contains(&s.units.start))
    };
    // "…, the minister said, as the commission put the dead at 16"
    let meanwhile = |unit: usize| {
        behind
            && sheet.is_any(unit, words!["as"])
            && sheet.is_punct(unit - 1, ",")
            && sayings
                .iter()
                .any(|s| s.scope == Scope::Behind && s.at < to && (unit + 1..=unit + 3).contains(&s.units.start))
    };
    (from + 1..to).any(|unit| {
        sheet.is_punct(unit, ";")
            || turns(unit)
            || meanwhile(unit)
            || (sheet.is_any(unit, words!["while", "but", "whereas", "although", "though"])
                && unit > 0
                && sheet.is_punct(unit - 1, ",")
                && !sheet.is_any(unit + 1, words!["receiving", "returning"])
                && !sheet.frame(unit + 1).is_some_and(|(_, forms)| forms.has(super::lexicon_pass::Forms::GERUND))
                && (another_acts(sheet, unit + 1)
                    || sayings.iter().any(|saying| if behind { saying.at > unit } else { saying.at < unit })))
    })
}

/// Whether a clause begins with somebody by name, and not with a count or with things.
fn another_acts(sheet: &Sheet<'_>, from: usize) -> bool {
    (from..from + 4).take_while(|unit| sheet.what(*unit) == What::Word).any(|unit| {
        sheet.party(unit).is_some()
            || sheet.source(unit).is_some()
            || sheet.is_title(unit)
            || sheet.any_cue(unit, bit(Cue::Organ) | bit(Cue::Body))
            || sheet.is_capitalised(unit)
    })
}

/// Who vouches for the identity of the people in a phrase: the speaker of a relative clause behind it.
pub(super) fn identity_by(sheet: &Sheet<'_>, phrase_end: usize, sayings: &[Saying]) -> Option<(Name, Range<usize>)> {
    sayings.iter().find_map(|saying| {
        let clause = saying.relative.as_ref()?;
        let close = clause.start >= phrase_end
            && clause.start <= phrase_end + 3
            && !sheet.is_any(clause.start, words!["where"]);
        let speaker = saying.speaker.as_ref()?;
        let name = text_of(sheet, without_determiner(sheet, trim(sheet, speaker.units.clone())))?;
        let named = if name.contains(' ') { name } else { speaker.asserter.name.clone() };
        close.then(|| (named, saying.units.clone()))
    })
}

fn without_determiner(sheet: &Sheet<'_>, mut units: Range<usize>) -> Range<usize> {
    while !units.is_empty() && sheet.any_cue(units.start, bit(Cue::Determiner)) {
        units.start += 1;
    }
    units
}
