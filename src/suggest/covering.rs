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
            || sheet.is_any(*at, &["which", "whom", "who", "whose"])
            || sheet.reporting(*at).is_some_and(|e| e.pattern != Pattern::Noun && e.pattern != Pattern::Preposition)
    })?;
    if !sheet.is_any(open, &["which", "whom", "who", "whose"]) {
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
        if saying.scope == Scope::Behind && saying.at < unit && !parted(sheet, saying.at, unit) {
            // "denied this, saying it had killed": what was said before is over, its hearer is not.
            if !gone_on {
                inner.push(saying);
            }
            gone_on = saying.goes_on;
        }
    }
    for saying in sayings.iter().filter(outside) {
        let before = saying.scope == Scope::Before && saying.at > unit && !parted(sheet, unit, saying.at);
        let clause = saying.scope == Scope::Clause
            && if saying.at < unit { !parted(sheet, saying.at, unit) } else { !parted(sheet, unit, saying.at) };
        if before || clause {
            inner.push(saying);
            if before {
                break;
            }
        }
    }
    inner
}

/// Whether a new main clause begins between two units: a semicolon, or "while", "but" after a comma.
fn parted(sheet: &Sheet<'_>, from: usize, to: usize) -> bool {
    (from + 1..to).any(|unit| {
        sheet.is_punct(unit, ";")
            || (sheet.is_any(unit, &["while", "but", "whereas", "although", "though"])
                && unit > 0
                && sheet.is_punct(unit - 1, ",")
                && !sheet.is_any(unit + 1, &["receiving", "returning"])
                && !sheet.frame(unit + 1).is_some_and(|(_, forms)| forms.has(super::lexicon_pass::Forms::GERUND)))
    })
}

/// Who vouches for the identity of the people in a phrase: the speaker of a relative clause behind it.
pub(super) fn identity_by(sheet: &Sheet<'_>, phrase_end: usize, sayings: &[Saying]) -> Option<(Name, Range<usize>)> {
    sayings.iter().find_map(|saying| {
        let clause = saying.relative.as_ref()?;
        let close = clause.start >= phrase_end && clause.start <= phrase_end + 3;
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
