//! What stands right around the counted and tells what they are: "alive", "as missing", "in hospital", "on board".

use super::category::{Category, sounds_like_people};
use super::counted::{Counted, is_plural};
use super::lexicon_pass::{Forms, bit};
use super::scene::Scene;
use super::sheet::{Sheet, What};
use super::word_set::WordSet;
use crate::claim::{Cue, NounClass};

/// "lists 31 people as missing", "38 people alive", "six were in the regional hospital", "funerals for 58
/// soldiers": what stands right behind the counted, or in front of them, tells what they are.
pub(super) fn of_predicate(sheet: &Sheet<'_>, scene: &Scene, phrase: &Counted<'_>) -> Option<Category> {
    let sounds = phrase.unknown_head.is_some_and(|unit| sounds_like_people(sheet.word(unit)));
    let named = phrase.noun.is_some_and(|(noun, _)| noun.category.is_none());
    let plain = phrase.is_elliptical() || phrase.people || named || sounds;
    let living = plain || phrase.class() == Some(NounClass::Civilian);
    let end = phrase.phrase.end;
    let state = |unit: usize| {
        let of_noun = sheet.noun(unit).filter(|_| !is_plural(sheet.word(unit))).and_then(|n| n.category.as_ref());
        let of_frame = || {
            let (frame, forms) = sheet.frame(unit)?;
            forms.has(Forms::PARTICIPLE).then(|| sheet.frame_entry(frame).category.as_ref()).flatten()
        };
        of_noun
            .or_else(of_frame)
            .filter(|id| matches!(&***id, "missing" | "killed" | "wounded" | "displaced" | "detained"))
    };
    if living
        && sheet.is_any(end, words!["as"])
        && let Some(id) = state(end + 1)
    {
        return Category::stated(id, end + 1);
    }
    // "suffered non-life-threatening injuries", "sustained minor burns"
    let mut hurt = end;
    while hurt < end + 3 && sheet.any_cue(hurt, bit(Cue::Have) | bit(Cue::Adverb)) {
        hurt += 1;
    }
    if living && sheet.is_any(hurt, words!["suffered", "sustained", "received", "suffer", "suffering", "sustaining"]) {
        let harm = (hurt + 1..hurt + 8)
            .take_while(|unit| sheet.what(*unit) == What::Word || sheet.is_punct(*unit, "-"))
            .find(|unit| sheet.is_any(*unit, words!["injuries", "wounds", "burns", "fractures", "injury", "trauma"]));
        if let Some(unit) = harm {
            return Category::by("wounded", unit, "");
        }
    }
    // "four had leg wounds", "two have broken bones"
    let had =
        sheet.any_cue(end, bit(Cue::Have)).then(|| (end + 1..end + 5).take_while(|unit| is_harm_near(sheet, *unit)));
    if living
        && !phrase.of_them
        && let Some(unit) = had.and_then(|mut near| near.find(|unit| sheet.is_any(*unit, HARM)))
    {
        return Category::by("wounded", unit, "");
    }
    // "297 individuals whose whereabouts remained unknown"
    if living && sheet.is_any(end, words!["whose"]) {
        let near = |words: &WordSet| (end + 1..end + 7).find(|unit| sheet.is_any(*unit, words));
        if let (Some(_), Some(unit)) =
            (near(words!["whereabouts", "fate"]), near(words!["unknown", "unclear", "uncertain"]))
        {
            return Category::by("missing", unit, "");
        }
    }
    // "46 soldiers of whom there is no trace", "of whom nothing has been heard"
    let of_whom =
        sheet.is_any(end, words!["of whom"]) || sheet.cue(end, Cue::Of) && sheet.is_any(end + 1, words!["whom"]);
    if of_whom || sheet.is_any(end, words!["from whom"]) {
        let behind = || (end + 1..end + 8).take_while(|unit| matches!(sheet.what(*unit), What::Word));
        let nothing = behind().find(|unit| sheet.is_any(*unit, words!["no", "nothing"]));
        let news = |unit: &usize| sheet.is_any(*unit, words!["trace", "word", "news", "sign", "heard", "known"]);
        if let (Some(_), Some(unit)) = (nothing, behind().find(news)) {
            return Category::by("missing", unit, "");
        }
    }
    // "fifteen passengers with cuts and bruises"
    if (living || phrase.class() == Some(NounClass::Civilian)) && sheet.cue(end, Cue::With) {
        let harm = (end + 1..end + 7).take_while(|unit| sheet.what(*unit) == What::Word).find(|unit| {
            sheet.is_any(*unit, HARM) || sheet.is_any(*unit, words!["broken"]) && sheet.is_any(*unit + 1, LIMBS)
        });
        if let Some(unit) = harm {
            return Category::by("wounded", unit, "");
        }
    }
    // "hauled 15 people out alive"
    if plain && !scene.captives && sheet.is_any(end, words!["out"]) && sheet.is_any(end + 1, words!["alive"]) {
        return Category::by("rescued", end + 1, "");
    }
    // "a list of nearly 300 people reported missing"
    if living
        && phrase.listed
        && let Some(id) = state(end)
    {
        return Category::stated(id, end);
    }
    if plain && !scene.captives && sheet.is_any(end, words!["alive"]) {
        return Category::by("rescued", end, "");
    }
    // The words that bury somebody are one with their preposition.
    let before = phrase.unit.saturating_sub(1);
    let buries = |frame: u16| &*sheet.frame_entry(frame).name == "bury";
    if living && sheet.frame(before).is_some_and(|(frame, forms)| buries(frame) && forms.has(Forms::NOUN)) {
        return Category::by("killed", before, "");
    }
    // "no sign of life from nine hikers": as with those who are buried.
    let front = phrase.phrase.start.saturating_sub(1);
    let unheard = |frame: u16| &*sheet.frame_entry(frame).name == "be unaccounted for";
    let lost = sheet.frame(front).is_some_and(|(frame, forms)| unheard(frame) && forms.has(Forms::NOUN));
    if living && lost && !sheet.is_any(front, words!["fate of"]) {
        return Category::by("missing", front, "");
    }
    // "the deaths of seven soldiers and injuries to 15 others": the preposition is one with its noun.
    let hurt = phrase.phrase.start.saturating_sub(1);
    let others = phrase.noun.is_some_and(|(noun, _)| noun.forms.first().is_some_and(|form| &**form == "others"));
    if (living || others) && sheet.is_any(hurt, words!["injuries to", "injury to"]) {
        return Category::by("wounded", hurt, "");
    }
    // "Six people were in the regional hospital with severe burns", "three remain in intensive care"
    let mut at = end;
    while at < end + 4
        && (sheet.any_cue(at, bit(Cue::Be) | bit(Cue::Have) | bit(Cue::Adverb))
            || sheet.word(at).starts_with("remain")
            || sheet.is_any(at, words!["still", "being", "lie", "lay", "treated"]))
    {
        at += 1;
    }
    if living && at > end && sheet.any_cue(at, bit(Cue::In)) {
        let hospital =
            (at + 1..at + 6).take_while(|unit| sheet.what(*unit) == What::Word).find(|unit| is_hospital(sheet, *unit));
        return hospital.and_then(|unit| Category::by("wounded", unit, ""));
    }
    // "Fourteen are critical", "two are in a stable condition"
    let so = sheet.is_any(at, words!["critical", "critically ill", "stable", "comatose"]);
    if living && at > end && so && sheet.any_cue(at - 1, bit(Cue::Be) | bit(Cue::Adverb)) {
        return Category::by("wounded", at, "");
    }
    // "192 rescued, 23 in hospital"
    let listed = phrase.is_elliptical() && phrase.marked.is_none() && end == phrase.unit + 1;
    if listed && sheet.cue(end, Cue::In) && is_hospital(sheet, end + 1) {
        return Category::by("wounded", end + 1, "");
    }
    of_boat(sheet, phrase).filter(|_| living)
}

/// Words for what hurts.
const HARM: &WordSet = words![
    "injuries",
    "wounds",
    "burns",
    "fractures",
    "cuts",
    "bruises",
    "gunshot wounds",
    "fracture",
    "concussion",
    "frostbite",
    "hypothermia",
    "lacerations",
];

/// What is broken of somebody.
const LIMBS: &WordSet = words!["bones", "limbs", "legs", "arms", "ribs", "leg", "arm"];

/// Whether a unit may stand between "had" and the wounds: a word that tells of nothing else.
fn is_harm_near(sheet: &Sheet<'_>, unit: usize) -> bool {
    sheet.what(unit) == What::Word && !sheet.any_cue(unit, bit(Cue::And) | bit(Cue::Be) | bit(Cue::Of))
}

/// A word for where the sick and the wounded are.
fn is_hospital(sheet: &Sheet<'_>, unit: usize) -> bool {
    sheet.is_any(
        unit,
        words![
            "hospital",
            "hospitals",
            "clinic",
            "clinics",
            "infirmary",
            "intensive care",
            "intensive",
            "ward",
            "wards"
        ],
    )
}

/// "a boat with approximately 120 people", "The ferry had left with 150 people": who is on it.
fn of_boat(sheet: &Sheet<'_>, phrase: &Counted<'_>) -> Option<Category> {
    /// How far in front of "with" the vessel may stand.
    const REACH: usize = 7;
    const LOADED: &WordSet = words![
        "left",
        "set out",
        "set off",
        "set sail",
        "sailed",
        "departed",
        "sank",
        "sunk",
        "capsized",
        "overturned",
        "packed",
        "laden",
        "loaded",
        "crowded",
        "crammed",
        "filled",
        "overloaded",
        "overcrowded",
        "taken off",
        "sinks",
        "capsizes",
    ];
    let with = phrase.phrase.start.checked_sub(1).filter(|unit| sheet.cue(*unit, Cue::With))?;
    let before = with.checked_sub(1)?;
    let floor = before.saturating_sub(REACH);
    let near = |unit: &usize| sheet.what(*unit) == What::Word || sheet.is_punct(*unit, ",");
    let vessel = if sheet.cue(before, Cue::Vessel) {
        before
    } else if sheet.is_any(before, LOADED) {
        (floor..before).rev().take_while(near).find(|unit| sheet.cue(*unit, Cue::Vessel))?
    } else {
        return None;
    };
    (!phrase.is_elliptical()).then(|| Category::by("aboard", vessel, "")).flatten()
}

/// "taken to a hospital in Chania", "carried 640 people out of the town": where people are brought tells why.
pub(super) fn carried(sheet: &Sheet<'_>, frame: &str, verb: usize, phrase: &Counted<'_>) -> Option<Category> {
    const REACH: usize = 9;
    let plain = phrase.is_elliptical() || phrase.people || phrase.noun.is_some_and(|(noun, _)| noun.category.is_none());
    let from = phrase.phrase.end.max(verb + 1);
    let behind = |first: &WordSet| (from..from + 3).find(|unit| sheet.is_any(*unit, first));
    if !plain {
        return None;
    }
    if matches!(frame, "take" | "transfer" | "transport" | "carry" | "evacuate" | "airlift")
        && let Some(to) = behind(words!["to", "into"])
    {
        let end = (to + 1..to + REACH).find(|unit| sheet.what(*unit) != What::Word).unwrap_or(to + REACH);
        let hospital = (to + 1..end).find(|unit| is_hospital(sheet, *unit));
        // "have been taken to higher ground"
        let refuge = || {
            (to + 1..end).find(|unit| {
                sheet.is_any(*unit, words!["higher", "shelters", "shelter", "camps", "gymnasiums", "schools"])
            })
        };
        return hospital
            .and_then(|unit| Category::by("wounded", unit, ""))
            .or_else(|| Category::by("displaced", refuge()?, ""));
    }
    if frame == "send"
        && let Some(to) = behind(words!["to"])
        && let Some(grave) = (to + 1..to + 3).find(|unit| sheet.is_any(*unit, words!["graves", "deaths"]))
    {
        return Category::by("killed", grave, "");
    }
    let out = matches!(frame, "take" | "transport" | "carry").then(|| behind(words!["out"])).flatten()?;
    sheet.cue(out + 1, Cue::Of).then(|| Category::by("displaced", out, "")).flatten()
}

/// "were released on bond": those whom a court or the police let go were never prisoners of a side.
pub(super) fn is_on_bail(sheet: &Sheet<'_>, verb: usize) -> bool {
    (verb + 1..verb + 7).any(|unit| {
        sheet.is_any(unit, words!["on", "without", "under"])
            && sheet.is_any(unit + 1, words!["bail", "bond", "parole", "charge", "charges", "caution", "guarantee"])
    })
}

/// Words for where people were when a roof came down.
pub(super) const INSIDE: &WordSet = words!["inside", "underground", "below ground", "indoors"];

/// "181 people aboard", "three soldiers were also on the plane": the unit that says so.
pub(super) fn aboard(sheet: &Sheet<'_>, end: usize) -> Option<usize> {
    if sheet.cue(end, Cue::Aboard) {
        return Some(end);
    }
    let mut at = end;
    while at < end + 4 && (sheet.cue(at, Cue::Be) || sheet.cue(at, Cue::Adverb) || sheet.cue(at, Cue::Have)) {
        at += 1;
    }
    if sheet.cue(at, Cue::Aboard) && at > end {
        return Some(at);
    }
    let on = sheet.cue(at, Cue::In) && sheet.cue(at + 1, Cue::Determiner);
    // "injured in a train crash": in no train.
    const HAPPENS: &WordSet = words![
        "crash",
        "crashes",
        "accident",
        "accidents",
        "collision",
        "collisions",
        "derailment",
        "disaster",
        "explosion",
        "fire",
        "bombing",
        "attack",
        "wreck",
        "mishap",
        "hijacking",
        "sinking",
        "station",
        "stop",
        "tragedy",
        "incident",
        "plunge",
    ];
    // "There were 25 people inside when the roof came down"
    let there = sheet.is_any(at, INSIDE)
        && (matches!(sheet.what(at + 1), What::Punct | What::Break | What::Date(_))
            || sheet.is_any(at + 1, words!["when", "as", "at the time", "then"])
            || sheet.cue(at + 1, Cue::SameTime));
    if there {
        return Some(at);
    }
    let vessel = (at + 2..at + 4).find(|unit| sheet.cue(*unit, Cue::Vessel));
    (on && vessel.is_some_and(|unit| !HAPPENS.has(sheet.word(unit + 1)))).then_some(at)
}
