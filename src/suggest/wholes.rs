//! What a count is a part of, and takes its category from: "of the survivors, 29", "were among 29 people killed".

use std::ops::Range;

use super::category::Category;
use super::counted::{Counted, is_plural};
use super::lexicon_pass::{Forms, bit};
use super::sheet::{Sheet, What};
use crate::claim::{Cue, NounClass};

/// The rule of some of a whole that its phrase names.
pub(super) const OF_WHOLE: &str = "a part of the whole";

/// "Fifteen soldiers were among 29 people killed": the whole stands behind.
pub(super) fn among(sheet: &Sheet<'_>, phrase: &Counted<'_>, sentence: &Range<usize>) -> Option<Category> {
    let mut at = phrase.phrase.end;
    // "11 Serbs, five Croats and an Austrian were among the dead": so are those in front of the last.
    let listed = |unit: usize| {
        sheet.is_punct(unit, ",")
            || sheet.count(unit).is_some()
            || sheet.party(unit).is_some()
            || sheet.noun(unit).is_some_and(|noun| noun.category.is_none())
            || sheet.any_cue(unit, bit(Cue::And) | bit(Cue::Determiner))
            || sheet.is_unknown(unit) && sheet.cue(unit - 1, Cue::Determiner)
    };
    while at < phrase.phrase.end + 16 && listed(at) {
        at += 1;
    }
    let verb = at;
    while sheet.cue(at, Cue::Be) || sheet.cue(at, Cue::Adverb) {
        at += 1;
    }
    if at == verb || !sheet.is_any(at, words!["among"]) {
        return None;
    }
    (at + 1..sentence.end.min(at + 8)).find_map(|unit| {
        let of_noun = sheet.noun(unit).and_then(|noun| noun.category.clone());
        let of_frame = || sheet.frame(unit).and_then(|(frame, _)| sheet.frame_entry(frame).category.clone());
        let id = of_noun.or_else(of_frame)?;
        Some(Category { id, unit, rule: OF_WHOLE })
    })
}

/// The rule of some of those who were let go.
pub(super) const LET_GO: &str = "some of those who were let go";

/// "Thirty of the freed": those who were let go, by a participle alone.
pub(super) fn of_freed(sheet: &Sheet<'_>, phrase: &Counted<'_>, captive: &str) -> Option<Category> {
    let of = phrase.unit + 1;
    let freed = of + 2;
    let those = sheet.cue(of, Cue::Of) && sheet.any_cue(of + 1, bit(Cue::Determiner));
    let (frame, forms) = sheet.frame(freed).filter(|_| those)?;
    let entry = sheet.frame_entry(frame);
    let alone = sheet.noun(freed + 1).is_none() && sheet.noun(freed).is_none();
    (forms.has(Forms::PARTICIPLE) && alone && matches!(&*entry.name, "free" | "release")).then(|| Category {
        id: captive.into(),
        unit: freed,
        rule: LET_GO,
    })
}

/// A dash between a label and its figure: "Missing – 12".
fn is_dash(sheet: &Sheet<'_>, unit: usize) -> bool {
    sheet.is_punct_any(unit, &["-", "\u{2013}", "\u{2014}"]) && !sheet.is_glued(unit) && !sheet.is_glued(unit + 1)
}

/// Whether a sentence tells who those before are: "Among them are 280 soldiers and 20 civilians".
pub(super) fn tells_of_them(sheet: &Sheet<'_>, phrase: &Counted<'_>, sentence: &Range<usize>) -> bool {
    let opens = sentence.start..sentence.end.min(sentence.start + 2);
    // "They are five Kurds from Iraq, three Afghans and an Eritrean."
    let they = opens.clone().any(|unit| {
        sheet.is_any(unit, words!["they", "these"])
            && sheet.is_any(unit + 1, words!["are", "were", "include", "included", "comprise", "comprised"])
            && (phrase.phrase.start == unit + 2 || sheet.count(unit + 2).is_some() && phrase.unit <= unit + 24)
    });
    if they && !phrase.is_elliptical() {
        return true;
    }
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
            || sheet.word(unit + 1).starts_with("includ")
                && matches!(&**id, "killed" | "wounded" | "detained" | "hostages" | "missing" | "rescued"))
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
