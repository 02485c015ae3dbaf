//! The words for a count around the number: "the death toll rose to 45", "bringing to 14 the number of bodies".

use std::ops::Range;

use super::category::Category;
use super::counted::Counted;
use super::lexicon_pass::{Forms, bit};
use super::sheet::{Sheet, What};
use super::word_set::WordSet;
use crate::claim::{Cue, NounClass};

/// "The death toll rose to 45", "put the toll at 41": the word for a count in front of the number.
pub(super) fn of_toll(sheet: &Sheet<'_>, phrase: &Counted<'_>, sentence: &Range<usize>) -> Option<Category> {
    let person = phrase.noun.is_some_and(|(noun, _)| noun.category.is_none() && noun.class == NounClass::People);
    if !(phrase.is_elliptical() || person) {
        return None;
    }
    let mut before = phrase.phrase.start.checked_sub(1).filter(|unit| *unit >= sentence.start)?;
    while before > sentence.start && sheet.cue(before, Cue::Adverb) && !sheet.cue(before, Cue::ToDate) {
        before -= 1;
    }
    if sheet.reporting(before).is_some()
        && let Some(id) = toll_of(sheet.word(before))
    {
        return Category::stated(&id.into(), before);
    }
    const REACHES: &WordSet = words![
        "reach",
        "reached",
        "reaches",
        "reaching",
        "hit",
        "hits",
        "past",
        "passed",
        "passes",
        "above",
        "exceeded",
        "exceeds",
        "surpassed",
        "surpasses",
        "tops",
        "topped",
        ":",
        "nears",
        "neared",
        "from",
        "down from",
        "up from",
        "raised from",
        "revised from",
        "stands at",
        "stood at",
        "climbs",
        "reach",
        "exceed",
        "pass",
        "top",
        "surpass",
        "passes",
        "exceeds",
        "total",
        "totaled",
        "totalled",
        "was",
        "is",
        "rises",
        "rose",
        "climbed",
        "jumps",
        "jumped",
        "grew",
        "grows",
        "soars",
        "soared",
        "mounts",
    ];
    let opens = sheet.tokens.read_of(sheet.units[phrase.unit].first as usize..sheet.units[phrase.unit].last as usize);
    let leads = opens.contains(' ')
        && REACHES
            .words()
            .iter()
            .any(|word| opens.starts_with(word) && opens.as_bytes().get(word.len()) == Some(&b' '))
        || sheet.any_cue(before, bit(Cue::To) | bit(Cue::In) | bit(Cue::Of) | bit(Cue::Be) | bit(Cue::ToDate))
        || sheet.is_any(before, REACHES);
    // "the families of another 147": of whom, and no figure of the number before.
    let of_others = sheet.cue(before, Cue::Of)
        && before > sentence.start
        && sheet.noun(before - 1).is_some_and(|noun| noun.class == NounClass::Bystanders);
    if !leads || of_others {
        return None;
    }
    for unit in (sentence.start..before).rev() {
        // "the number of martyrs has reached", "the number of Ukrainians returned to"
        if sheet.is_any(unit, words!["number", "total number"]) && sheet.cue(unit + 1, Cue::Of) {
            let found = (unit + 2..before.min(unit + 7)).find_map(|at| {
                let of_noun = sheet.noun(at).and_then(|noun| noun.category.clone());
                let of_frame = || {
                    let (frame, forms) = sheet.frame(at)?;
                    forms.has(Forms::PARTICIPLE).then(|| sheet.frame_entry(frame).category.clone()).flatten()
                };
                of_noun.or_else(of_frame).and_then(|id| Category::stated(&id, at))
            });
            return found;
        }
        if sheet.is_noun(unit, NounClass::Toll) {
            return match &sheet.noun(unit)?.category {
                Some(id) => Category::stated(id, unit),
                None => Category::by("killed", unit, "a toll without a word is of the dead"),
            };
        }
        if sheet.is_punct_any(unit, &[";", ":"]) || sheet.what(unit) == What::Break {
            return None;
        }
    }
    None
}

/// What "put the toll at", "put the number of injured at" puts.
fn toll_of(words: &str) -> Option<&'static str> {
    let has = |word: &str| words.contains(word);
    match () {
        () if has("injured") || has("wounded") => Some("wounded"),
        () if has("missing") => Some("missing"),
        () if has("displaced") => Some("displaced"),
        () if has("toll") || has("dead") || has("deaths") || has("killed") => Some("killed"),
        () => None,
    }
}

/// "bringing to 14 the number of bodies recovered there": the words for the count behind it.
pub(super) fn of_toll_behind(sheet: &Sheet<'_>, phrase: &Counted<'_>, sentence: &Range<usize>) -> Option<Category> {
    let behind = phrase.phrase.end;
    let at = behind + usize::from(sheet.any_cue(behind, bit(Cue::Determiner)));
    if !phrase.is_elliptical() || at == behind {
        return None;
    }
    if let Some(noun) = sheet.noun(at).filter(|noun| noun.class == NounClass::Toll) {
        let id = noun.category.clone().unwrap_or_else(|| "killed".into());
        return Category::stated(&id, at);
    }
    if !(sheet.is_any(at, words!["number", "total"]) && sheet.cue(at + 1, Cue::Of)) {
        return None;
    }
    (at + 2..sentence.end.min(at + 8)).find_map(|unit| {
        let of_noun = sheet.noun(unit).and_then(|noun| noun.category.clone());
        let of_frame = || sheet.frame(unit).and_then(|(frame, _)| sheet.frame_entry(frame).category.clone());
        of_noun.or_else(of_frame).and_then(|id| Category::stated(&id, unit))
    })
}
