//! Those who are held: by whom decides between detained, prisoners and hostages.

use std::ops::Range;

use super::category::Category;
use super::counted::Counted;
use super::lexicon_pass::{PartyWord, bit};
use super::roles::Roles;
use super::scene::Scene;
use super::sheet::{Sheet, What};
use crate::claim::{Cue, NounClass};

/// The rule of those who are held where people were kidnapped.
pub(super) const TAKEN: &str = "held by those who took people";

/// Soldiers, or people of one of two foes, whom the other holds are its prisoners.
pub(super) fn of_hold(
    sheet: &Sheet<'_>,
    scene: &Scene,
    phrase: &Counted<'_>,
    roles: &Roles,
    id: &str,
    at: usize,
) -> Option<Category> {
    let holds = id == "detained" && sheet.frame(at).is_some_and(|(frame, _)| &*sheet.frame_entry(frame).name == "hold");
    let own = phrase.party.filter(|(party, _)| scene.conflict && scene.has(*party));
    let agent = roles.agent.and_then(|slot| slot.party);
    let foe = own.is_some_and(|(party, _)| agent.is_none_or(|agent| agent != party));
    let civilian = phrase.class() == Some(NounClass::Civilian);
    if holds && foe && !civilian {
        return Category::by("prisoners", at, "people of one of two foes, held by the other");
    }
    // "the gunmen are still holding six teachers": where people were taken and nobody is a prisoner, those whom
    // neither the police nor a court holds.
    let state = agent.is_some_and(|agent| sheet.words.parties[agent as usize].state);
    let lawful = (at.saturating_sub(8)..at).any(|unit| {
        // "police: 12 held": they tell it.
        !sheet.is_punct(unit + 1, ":")
            && (sheet.any_cue(unit, bit(Cue::Body))
                || sheet.is_any(unit, words!["police", "authorities", "court", "army", "officers"]))
    });
    let kidnapped =
        holds && phrase.owner.is_none() && scene.captive(sheet.words, agent) == "hostages" && !state && !lawful;
    if kidnapped { Category::by("hostages", at, TAKEN) } else { None }
}

/// "23 combatants abducted by the Thai army": soldiers whom soldiers take are no hostages.
pub(super) fn of_capture(
    sheet: &Sheet<'_>,
    scene: &Scene,
    phrase: &Counted<'_>,
    id: &str,
    at: usize,
) -> Option<Category> {
    let soldiers = phrase.class() == Some(NounClass::Military)
        || phrase.below.is_some_and(|noun| noun.class == NounClass::Military)
        || phrase.is_elliptical() && scene.states;
    let by_army = sheet.cue(at + 1, Cue::By)
        && (at + 2..at + 7).take_while(|unit| sheet.what(*unit) == What::Word).any(|unit| {
            // "Thai army" may be one unit, the name of a body.
            let last = sheet.word(unit).rsplit(' ').next().unwrap_or_default();
            words!["army", "military", "forces", "troops", "navy", "guards"].has(last)
        });
    (id == "hostages" && soldiers && by_army).then(|| Category {
        id: "prisoners".into(),
        unit: at,
        rule: "soldiers whom an army took",
    })
}

/// "At least 23 Armenians remain in Azerbaijani custody": held, without a verb of holding.
pub(super) fn of_custody(sheet: &Sheet<'_>, phrase: &Counted<'_>, sentence: &Range<usize>) -> Option<Category> {
    let people = phrase.people
        || phrase.is_elliptical()
        || matches!(
            phrase.class(),
            Some(NounClass::Civilian | NounClass::Military | NounClass::People | NounClass::Bystanders)
        );
    if !people {
        return None;
    }
    let mut stays = false;
    for unit in phrase.phrase.end..sentence.end.min(phrase.phrase.end + 24) {
        stays |= sheet.cue(unit, Cue::Be)
            || sheet.word(unit).starts_with("remain")
            || sheet.is_any(unit, words!["still", "held"]);
        // "four dead and 120 in jail"
        let inside = unit <= phrase.phrase.end + 2 && sheet.cue(phrase.phrase.end, Cue::In) && unit > phrase.phrase.end;
        if sheet.cue(unit, Cue::Captivity) && (stays || inside) {
            let party = (unit.saturating_sub(2)..unit)
                .find(|at| sheet.party_by(*at, &[PartyWord::Adjective, PartyWord::Name, PartyWord::Metonym]).is_some());
            let prison = sheet.is_any(
                unit,
                words!["captivity", "custody", "jail", "jails", "prison", "prisons", "detention", "cells"],
            );
            if party.is_none() && !prison {
                return None;
            }
            let id = if party.is_some() { "prisoners" } else { "detained" };
            return Category::by(id, unit, "");
        }
    }
    None
}
