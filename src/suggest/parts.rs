//! Wholes and parts: "137 of the 287 pupils", "not 38 but 35 bodies", "of the 205 released, 190 were".

use std::ops::Range;

use super::clauses::{Verb, Voice};
use super::counted::{Counted, is_plural};
use super::draft::Draft;
use super::governing::Tie;
use super::lexicon_pass::PartyWord;
use super::quantities::{Note, QuantityMention};
use super::sheet::{Sheet, What};
use super::word_set::WordSet;
use crate::claim::{Cue, NounClass};

/// Gives a count without a noun that of the count behind it that it belongs with: the part counts
/// what its whole counts, and the figure that is withdrawn what is put in its place.
pub(super) fn share_nouns(sheet: &Sheet<'_>, counts: &[QuantityMention], phrases: &mut [Counted<'_>]) {
    for place in 1..phrases.len() {
        let (before, behind) = phrases.split_at_mut(place);
        let (part, whole) = (&mut before[place - 1], &behind[0]);
        let (Some(first), Some(second)) = (sheet.count(part.unit), sheet.count(whole.unit)) else { continue };
        let mention = &counts[first];
        let tied = mention.partner == Some(second) && (mention.has(Note::Part) || mention.has(Note::Withdrawn));
        // "11 of its 17 townships"
        let of_its = whole.unit == part.unit + 3
            && sheet.cue(part.unit + 1, Cue::Of)
            && sheet.any_cue(part.unit + 2, super::lexicon_pass::bit(Cue::Possessive));
        let tied = tied || of_its && whole.class() == Some(NounClass::Things);
        if tied && part.is_elliptical() {
            part.noun = whole.noun;
            part.people = whole.people;
            part.unknown_head = whole.unknown_head;
            part.state = whole.state;
            part.marked = whole.marked;
            part.party = part.party.or(whole.party);
        }
    }
    for place in 1..phrases.len() {
        let (before, behind) = phrases.split_at_mut(place);
        share_remains(sheet, &before[place - 1], &mut behind[0]);
    }
}

/// "the remains of 14 nurses and two drivers": the head in front of the first is the head of both.
fn share_remains<'a>(sheet: &Sheet<'_>, first: &Counted<'a>, second: &mut Counted<'a>) {
    let Some((head, at)) = first.noun.filter(|(noun, at)| noun.class == NounClass::Bodies && *at < first.unit) else {
        return;
    };
    let between = first.phrase.end..second.phrase.start;
    let joined = !between.is_empty()
        && between.len() <= 2
        && between.clone().all(|unit| sheet.cue(unit, Cue::And) || sheet.is_punct(unit, ","));
    let plain = second.noun.is_none_or(|(noun, _)| {
        noun.category.is_none() && matches!(noun.class, NounClass::People | NounClass::Civilian | NounClass::Military)
    });
    let told = second.marked.is_some_and(|(frame, _)| sheet.frame_entry(frame).category.is_some());
    if joined && plain && !second.is_elliptical() && second.state.is_none() && !told {
        second.below = second.noun.map(|(noun, _)| noun);
        second.noun = Some((head, at));
    }
}

/// Whether a count without a noun is told who they are: "25 are officers", "of those, 12 were children".
pub(super) fn is_predicated(sheet: &Sheet<'_>, phrase: &Counted<'_>) -> bool {
    let mut at = phrase.phrase.end;
    if !phrase.is_elliptical() || !sheet.cue(at, Cue::Be) {
        return false;
    }
    while sheet.cue(at, Cue::Be)
        || sheet.cue(at, Cue::Adverb)
        || sheet.any_cue(at, super::lexicon_pass::bit(Cue::Determiner))
    {
        at += 1;
    }
    let person = |unit: usize| {
        sheet.noun(unit).is_some_and(|noun| {
            noun.category.is_none()
                && matches!(noun.class, NounClass::People | NounClass::Civilian | NounClass::Military)
        })
    };
    person(at)
        || person(at + 1) && sheet.frame(at).is_none()
        || sheet.party_by(at, &[PartyWord::People, PartyWord::Adjective]).is_some()
}

/// Whether some of a known whole are counted: "six of the dead", "145 of those injured".
pub(super) fn is_of_the_state(sheet: &Sheet<'_>, phrase: &Counted<'_>) -> bool {
    let of = phrase.unit + 1;
    sheet.cue(of, Cue::Of)
        && sheet.is_any(of + 1, words!["the", "those", "these"])
        && phrase.noun.is_some_and(|(_, at)| at >= of + 2 && phrase.is_state(sheet))
}

/// Whether a count is the whole of the part directly before it: the verb is the part's.
pub(super) fn is_whole(sheet: &Sheet<'_>, counts: &[QuantityMention], phrases: &[Counted<'_>], place: usize) -> bool {
    let Some(part) = place.checked_sub(1).and_then(|before| sheet.count(phrases[before].unit)) else { return false };
    counts[part].has(Note::Part)
        && counts[part].partner.is_some()
        && counts[part].partner == sheet.count(phrases[place].unit)
}

/// The verb of a whole: a participle directly behind its noun ("of the 287 pupils kidnapped in May").
pub(super) fn verb_of_whole(sheet: &Sheet<'_>, phrase: &Counted<'_>, verbs: &[Verb]) -> Option<(usize, Tie)> {
    // "400 of the prison's 900 inmates escaped": what the part did by itself is no word of the whole.
    let index = verbs.iter().position(|v| v.at == phrase.phrase.end && v.voice == Voice::Bare)?;
    let alone = !verbs[index + 1..].iter().any(|v| v.voice != Voice::Nominal && v.frame.is_some());
    if alone && verbs[index].frame.is_some_and(|frame| sheet.frame_entry(frame).themselves) {
        return None;
    }
    Some((index, Tie::Theme))
}

/// Whether "12 of them" speaks of things: a count of things stands between it and the people before.
pub(super) fn of_things(sheet: &Sheet<'_>, phrases: &[Counted<'_>], place: usize, last: Option<&Draft<'_>>) -> bool {
    // "six of whom": things are not called so.
    if !phrases[place].of_them || sheet.is_any(phrases[place].phrase.end - 1, words!["whom"]) {
        return false;
    }
    let last_people = last.map_or(0, |draft| draft.counted.unit);
    if phrases[..place].iter().any(|p| p.unit > last_people && p.class() == Some(NounClass::Things)) {
        return true;
    }
    let unit = phrases[place].unit;
    let floor = sheet.sentences[sheet.sentence_of(unit)].start;
    let things = |at: usize| sheet.is_noun(at, NounClass::Things);
    // "around a row of lorries, 12 of them marked": what stands right before, if nobody follows.
    let behind = phrases[place].phrase.end;
    let people = sheet.noun(behind).is_some_and(|noun| noun.class != NounClass::Things);
    // "across the country, 212 of them under age": they are more than one.
    let plural = |at: usize| things(at) && is_plural(sheet.word(at));
    // "All 21 coaches left the rails. Two of them overturned."
    if unit == floor && sheet.sentence_of(unit) > 0 {
        let before = sheet.sentences[sheet.sentence_of(unit) - 1].clone();
        let counted = before.rev().take_while(|at| *at > last_people).find(|at| sheet.count(*at).is_some());
        let noun = counted.and_then(|count| (count + 1..count + 4).find(|at| sheet.noun(*at).is_some()));
        const CARRIAGES: &WordSet = words![
            "coaches",
            "carriages",
            "wagons",
            "cars",
            "vehicles",
            "trucks",
            "lorries",
            "buildings",
            "houses",
            "homes",
            "rooms",
            "bridges",
            "villages",
            "towns",
            "schools",
            "hospitals",
            "shops",
            "containers",
        ];
        if noun.is_some_and(|at| things(at) && (sheet.cue(at, Cue::Vessel) || CARRIAGES.has(sheet.word(at)))) {
            return true;
        }
    }
    let beside = unit >= floor + 2 && sheet.is_punct(unit - 1, ",") && plural(unit - 2) && !people;
    beside
        || last.is_none() && {
            // "Ten lorries came; six of them were refrigerated."
            (floor..unit).rev().find(|at| sheet.noun(*at).is_some()).is_some_and(things)
        }
}

/// The whole that a sentence opens with: "Of the 205 prisoners released, 190 were soldiers",
/// "Among the 38 dead are 11 women".
pub(super) fn opened_by<'d, 'a>(
    sheet: &Sheet<'_>,
    sentence: &Range<usize>,
    draft: &Draft<'_>,
    drafts: &'d [Draft<'a>],
) -> Option<&'d Draft<'a>> {
    let first = drafts.iter().rev().take_while(|d| d.sentence == draft.sentence).last()?;
    let opener = first.counted.phrase.start.checked_sub(1).filter(|unit| *unit >= sentence.start)?;
    let opens = (sheet.cue(opener, Cue::Of) || sheet.is_any(opener, words!["among"]))
        && (opener == sentence.start
            || sheet.is_punct(opener - 1, ",")
            || opener == sentence.start + 1 && sheet.is_any(sentence.start, words!["out"]));
    let nothing = (first.counted.phrase.end..draft.counted.unit).all(|unit| sheet.what(unit) != What::Break);
    (opens && nothing).then_some(first)
}
