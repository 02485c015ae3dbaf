//! What a count is a part of, and takes its category from: "of the survivors, 29", "were among 29 people killed".

use std::ops::Range;

use super::category::Category;
use super::counted::{Counted, is_plural};
use super::lexicon_pass::Forms;
use super::sheet::{Sheet, What};
use crate::claim::{Cue, NounClass};

/// The rule of some of a whole that its phrase names.
pub(super) const OF_WHOLE: &str = "a part of the whole";

/// "Fifteen soldiers were among 29 people killed": the whole stands behind.
pub(super) fn among(sheet: &Sheet<'_>, phrase: &Counted<'_>, sentence: &Range<usize>) -> Option<Category> {
    let mut at = phrase.phrase.end;
    while sheet.cue(at, Cue::Be) || sheet.cue(at, Cue::Adverb) {
        at += 1;
    }
    if at == phrase.phrase.end || !sheet.is_any(at, words!["among"]) {
        return None;
    }
    (at + 1..sentence.end.min(at + 8)).find_map(|unit| {
        let of_noun = sheet.noun(unit).and_then(|noun| noun.category.clone());
        let of_frame = || sheet.frame(unit).and_then(|(frame, _)| sheet.frame_entry(frame).category.clone());
        let id = of_noun.or_else(of_frame)?;
        Some(Category { id, unit, rule: OF_WHOLE })
    })
}

/// A dash between a label and its figure: "Missing – 12".
fn is_dash(sheet: &Sheet<'_>, unit: usize) -> bool {
    sheet.is_punct_any(unit, &["-", "\u{2013}", "\u{2014}"]) && !sheet.is_glued(unit) && !sheet.is_glued(unit + 1)
}

/// Whether a sentence tells who those before are: "Among them are 280 soldiers and 20 civilians".
pub(super) fn tells_of_them(sheet: &Sheet<'_>, phrase: &Counted<'_>, sentence: &Range<usize>) -> bool {
    let opens = sentence.start..sentence.end.min(sentence.start + 2);
    opens.into_iter().any(|unit| {
        sheet.is_any(unit, words!["among"])
            && sheet.is_any(unit + 1, words!["them", "those", "these"])
            && phrase.unit <= unit + 9
    })
}

/// "Of the dead, 84 were Egyptians", "The dead include 41 protesters": the whole that a count is a part of.
pub(super) fn of_whole(sheet: &Sheet<'_>, phrase: &Counted<'_>, sentence: &Range<usize>) -> Option<Category> {
    let mut at = phrase.phrase.start;
    let mut linked = false;
    // "Killed: 45" is a label, and no part of anything.
    let mut colon = false;
    while at > sentence.start {
        let unit = at - 1;
        let link = sheet.word(unit).starts_with("includ")
            || sheet.word(unit).starts_with("compris")
            || sheet.is_punct_any(unit, &[",", ":"])
            || is_dash(sheet, unit)
            || sheet.cue(unit, Cue::Be);
        colon |= sheet.is_punct(unit, ":") || is_dash(sheet, unit);
        if !(link || sheet.cue(unit, Cue::Adverb)) {
            break;
        }
        linked |= link;
        at = unit;
    }
    if !linked || at == sentence.start {
        return None;
    }
    let unit = at - 1;
    if let Some(noun) = sheet.noun(unit)
        && matches!(noun.class, NounClass::People | NounClass::Toll)
        && (noun.class == NounClass::People
            || sheet.word(unit + 1).starts_with("includ")
            || sheet.cue(unit + 1, Cue::Adverb))
        && let Some(id) = &noun.category
        && (!sheet.word(unit).ends_with('s')
            || opens_with_all(sheet, sentence, unit)
            || sheet.word(unit + 1).starts_with("includ") && matches!(&**id, "killed" | "wounded"))
    {
        // "Of the 12 dead, five": a counted whole comes before; "the dead" is one without a count.
        return Category::by(id, unit, if colon { "" } else { OF_WHOLE });
    }
    let (frame, forms) = sheet.frame(unit)?;
    let those = unit > sentence.start && sheet.is_any(unit - 1, words!["those", "people", "persons"]);
    let id = sheet.frame_entry(frame).category.as_ref()?;
    let rule = if colon { "" } else { OF_WHOLE };
    (forms.has(Forms::PARTICIPLE) && (those || colon)).then(|| Category { id: id.clone(), unit, rule })
}

/// The noun of "Of the teachers, four are men", which says of itself nothing of what happened to them.
pub(super) fn whole_noun<'a>(
    sheet: &Sheet<'a>,
    phrase: &Counted<'_>,
    sentence: &Range<usize>,
) -> Option<&'a crate::claim::NounEntry> {
    let comma = phrase.phrase.start.checked_sub(1).filter(|unit| sheet.is_punct(*unit, ","))?;
    let unit = comma.checked_sub(1).filter(|unit| *unit > sentence.start)?;
    let noun = sheet.noun(unit).filter(|noun| noun.category.is_none() && noun.class != NounClass::Things)?;
    (phrase.is_elliptical() && is_plural(sheet.word(unit)) && opens_with_all(sheet, sentence, unit)).then_some(noun)
}

/// "Of the survivors, 29 are Gambians": all of them, without a count.
fn opens_with_all(sheet: &Sheet<'_>, sentence: &Range<usize>, noun: usize) -> bool {
    noun >= sentence.start + 2
        && sheet.cue(noun - 1, Cue::Determiner)
        && sheet.cue(noun - 2, Cue::Of)
        && (noun - 2 == sentence.start || !sheet.cue(noun - 3, Cue::And) && sheet.what(noun - 3) != What::Word)
}
