//! Why a count is no claim about people: ages, rates, labels, numbers of units, told by what stands beside it.

use std::ops::Range;

use super::sheet::{Sheet, What};
use crate::claim::{Beside, Cue, NounClass};

/// Why a count is no claim about people, by its neighbours.
pub(super) fn why<'a>(sheet: &Sheet<'a>, unit: usize, sentence: &Range<usize>) -> Option<&'a str> {
    if unit > sentence.start
        && let Some(why) = sheet.suppression(unit - 1, Beside::Before)
    {
        return Some(why);
    }
    let mut next = unit + 1;
    if sheet.is_punct(next, "-") && sheet.is_glued(next) {
        next += 1;
    }
    if let Some(why) = sheet.suppression(next, Beside::After) {
        return Some(why);
    }
    // "300 and 350 metres deep": what is measured behind both.
    let number = sheet.word(unit + 2).bytes().next().is_some_and(|first| first.is_ascii_digit());
    let both = sheet.cue(unit + 1, Cue::And) && number;
    if both && (sheet.suppression(unit + 3, Beside::After).is_some() || sheet.is_noun(unit + 3, NounClass::Things)) {
        return Some("a measure, or things");
    }
    // "an echo of 01", "room 052": nobody counts people with a zero in front.
    let digits = sheet.word(unit).as_bytes();
    if digits.len() > 1 && digits[0] == b'0' && digits.iter().all(u8::is_ascii_digit) {
        return Some("a label, not a count");
    }
    // "2 of 5 | A boat off the coast": which picture of how many.
    let which = unit == sentence.start + 2 && sheet.cue(unit - 1, Cue::Of) && sheet.count(unit - 2).is_some();
    if which && (sheet.is_punct(unit + 1, "|") || sheet.what(unit + 1) == What::Break) {
        return Some("a place in a series");
    }
    // "an average of five dead a day": a rate.
    let averaged = unit > sentence.start && sheet.is_any(unit - 1, words!["averaging", "averaged"]);
    let rate = unit > sentence.start + 1 && sheet.is_any(unit - 2, words!["average", "mean", "rate"]);
    if averaged || rate && sheet.cue(unit - 1, Cue::Of) {
        return Some("a rate");
    }
    // "children under five", "men over 60": who they are, and not how many.
    let limit = sheet.word(unit).split_once(' ').is_some_and(|(word, _)| matches!(word, "under" | "over" | "below"));
    let persons = |unit: usize| {
        sheet.is_noun(unit, NounClass::People)
            || sheet.is_noun(unit, NounClass::Civilian)
            || sheet.is_any(unit, words!["those", "anyone", "anybody", "everyone", "all", "kids"])
    };
    if limit && unit > sentence.start && persons(unit - 1) {
        return Some("a limit of age");
    }
    // "ranged in age from 5 years to 71": an age at the other end of the range.
    let ranged = unit > sentence.start && sheet.is_any(unit - 1, words!["to"]);
    let from = unit.saturating_sub(6).max(sentence.start);
    if ranged && (from..unit).any(|at| sheet.is_any(at, words!["age", "ages", "aged"])) {
        return Some("an age");
    }
    // "children aged 12 and 15", "three of them: 7, 4 years old": so is its neighbour.
    let listed = |unit: usize| sheet.cue(unit, Cue::And) || sheet.is_punct(unit, ",");
    let aged = |at: usize| sheet.count(at).is_some() && sheet.suppression(at - 1, Beside::Before) == Some("an age");
    if unit >= sentence.start + 3 && listed(unit - 1) && aged(unit - 2) {
        return Some("an age");
    }
    // "He was 16 when he was killed"
    let past = unit >= sentence.start + 2
        && sheet.cue(unit - 1, Cue::Be)
        && sheet.is_any(unit - 2, words!["he", "she", "i"])
        && (sheet.is_any(unit + 1, words!["when", "and", "then"]) || sheet.what(unit + 1) != What::Word);
    if past && sheet.word(unit).parse::<u8>().is_ok() {
        return Some("an age");
    }
    // "the commander of the 444 Brigade", "the 92nd": a unit's own number.
    if sheet.is_any(unit + 1, words!["brigade", "battalion", "regiment", "division", "squadron", "corps"])
        && sheet.is_capitalised(unit + 1)
    {
        return Some("the number of a unit");
    }
    // "Tawfiq al-Mansouri, 34, and", "Kim (47)", "those rescued were Kim, 12; Lee, 29"
    let opens = unit >= sentence.start + 2 && sheet.is_punct_any(unit - 1, &[",", "("]);
    let closes = sheet.is_punct_any(unit + 1, &[",", ")", ".", ";"]) || sheet.what(unit + 1) == What::Break;
    let name =
        opens && sheet.is_capitalised(unit - 2) && (sheet.is_unknown(unit - 2) || sheet.source(unit - 2).is_some());
    (opens && closes && name).then_some("an age behind a name")
}
