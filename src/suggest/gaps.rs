//! Verbs that are left out: "received 1,000 bodies and Russia 24", "2,100 on Tuesday and 900 on Wednesday".

use std::ops::Range;

use super::clauses::Verb;
use super::counted::Counted;
use super::draft::Draft;
use super::governing::Tie;
use super::lexicon_pass::{PartyWord, bit};
use super::roles::{Roles, Slot};
use super::sheet::{Sheet, What};
use crate::claim::{Cue, NounClass, Role};

/// "received 1,000 bodies and Russia 24": a second subject directly in front of its count, the verb
/// left out. Gives the party and the unit that names it.
pub(super) fn gapped(sheet: &Sheet<'_>, counted: &Counted<'_>, sentence: &Range<usize>) -> Option<(u16, usize)> {
    let mut unit = counted.phrase.start.checked_sub(1).filter(|unit| *unit > sentence.start)?;
    // "and the Russian side only 24", "Russia in turn 31"
    let mut acts = false;
    for _ in 0..4 {
        let organ = sheet.any_cue(unit, bit(Cue::Organ)) && sheet.party(unit).is_none();
        let passed = sheet.any_cue(unit, bit(Cue::Adverb) | bit(Cue::Return)) || sheet.is_possessive(unit) || organ;
        if !passed || unit <= sentence.start + 1 {
            break;
        }
        acts |= organ || sheet.is_possessive(unit);
        unit -= 1;
    }
    let party = sheet
        .party_by(unit, &[PartyWord::Name, PartyWord::Metonym, PartyWord::People])
        .or_else(|| sheet.party_by(unit, &[PartyWord::Adjective]).filter(|_| acts))?;
    let named = unit;
    if sheet.any_cue(unit - 1, bit(Cue::Determiner)) && unit > sentence.start + 1 {
        unit -= 1;
    }
    let opens = sheet.cue(unit - 1, Cue::And)
        || sheet.is_punct_any(unit - 1, &[",", ";"])
        || sheet.is_any(unit - 1, words!["while", "but", "whereas"]);
    opens.then_some((party, named))
}

/// The rule of a verb that is left out.
const LEFT_OUT: &str = "the verb before, left out";

/// "Moscow 38, 35 and 44": the subject that a count takes over from the one before, where that has
/// its own without a verb.
pub(super) fn goes_on(sheet: &Sheet<'_>, phrase: &Counted<'_>, previous: &Draft<'_>) -> Option<(u16, usize)> {
    let roles = &previous.roles;
    let slot = [roles.from, roles.to, roles.party, roles.agent].into_iter().flatten().find(|s| s.rule == LEFT_OUT)?;
    let between = previous.counted.phrase.end..phrase.phrase.start;
    let joined = between.clone().all(|unit| sheet.cue(unit, Cue::And) || sheet.is_punct(unit, ","));
    (joined && phrase.is_elliptical()).then_some((slot.party?, slot.unit))
}

/// Puts the subject of a verb that is left out in its place.
pub(super) fn fill_gap(sheet: &Sheet<'_>, (verb, tie): (&Verb, Tie), (party, unit): (u16, usize), roles: &mut Roles) {
    let Some(entry) = verb.frame.map(|frame| sheet.frame_entry(frame)) else { return };
    let slot = Slot::by(party, unit, LEFT_OUT);
    match entry.subject {
        // "Ukraine was handed 1,000 bodies and Russia 24"
        _ if tie == Tie::Dative => roles.to = Some(slot),
        Role::Giver => roles.from = Some(slot),
        Role::Receiver => roles.to = Some(slot),
        Role::Loser => roles.party = Some(slot),
        Role::Actor => roles.agent = Some(slot),
        Role::Reciprocal | Role::None => {}
    }
}

/// "the army says 12 died, the hospital 15 and the rebels 40": a second speaker and a figure alone.
pub(super) fn said_by_another(
    sheet: &Sheet<'_>,
    phrase: &Counted<'_>,
    verbs: &[Verb],
    sentence: &Range<usize>,
    previous: &Draft<'_>,
) -> bool {
    let (from, start) = (previous.counted.phrase.end, phrase.phrase.start);
    let alone =
        matches!(sheet.what(phrase.phrase.end), What::Punct | What::Break) || sheet.cue(phrase.phrase.end, Cue::And);
    let opener =
        (from..start).rev().take(6).find(|unit| sheet.cue(*unit, Cue::And) || sheet.is_punct_any(*unit, &[",", ";"]));
    let governs = previous.roles.verb.map(|(verb, _)| verb);
    phrase.is_elliptical()
        && alone
        && !previous.chain.is_empty()
        && start > sentence.start
        && opener.is_some_and(|opener| {
            let speaks = |unit: usize| {
                sheet.any_cue(unit, bit(Cue::Organ) | bit(Cue::Body) | bit(Cue::Medium))
                    || sheet.source(unit).is_some()
                    || sheet.party(unit).is_some()
                    || sheet.noun(unit).is_some_and(|noun| noun.class != NounClass::Things)
            };
            opener + 1 < start
                && (opener + 1..start).any(speaks)
                && (opener + 1..start).all(|unit| sheet.what(unit) == What::Word && sheet.date(unit).is_none())
        })
        && !verbs.iter().enumerate().any(|(index, v)| Some(index) != governs && (from..start).contains(&v.at))
}

/// "nine died at the scene and three more in hospital": a count without a noun, with nothing but
/// places and dates beside it, shares the verb that the count before it is the subject or object of.
pub(super) fn shares_verb(
    sheet: &Sheet<'_>,
    phrase: &Counted<'_>,
    additive: bool,
    verbs: &[Verb],
    previous: &Draft<'_>,
) -> bool {
    let Some((verb, tie)) = previous.roles.verb else { return false };
    let start = phrase.phrase.start;
    let before =
        start.checked_sub(1).is_some_and(|unit| sheet.cue(unit, Cue::And) || sheet.is_punct_any(unit, &[",", ";"]));
    let behind = phrase.phrase.end;
    let alone = matches!(sheet.what(behind), What::Punct | What::Break | What::Date(_))
        || sheet.any_cue(behind, bit(Cue::In) | bit(Cue::Preposition) | bit(Cue::And) | bit(Cue::To) | bit(Cue::From))
        || additive;
    let between = previous.counted.phrase.end..start;
    phrase.is_elliptical()
        && tie != Tie::Nominal
        && before
        && alone
        && !verbs.iter().enumerate().any(|(index, v)| index != verb && between.contains(&v.at))
        && between.clone().all(|unit| {
            !sheet.cue(unit, Cue::Subordinator)
                || sheet.any_cue(unit, bit(Cue::In) | bit(Cue::Adverb) | bit(Cue::Preposition))
        })
}
