//! Whose people came to harm, by where it happened and by whom they were struck.

use super::clauses::is_of_a_group;
use super::draft::Draft;
use super::lexicon_pass::{PartyWord, bit};
use super::phrases::is_acronym;
use super::roles::Slot;
use super::scene::Scene;
use super::sheet::{Sheet, What};
use super::word_set::WordSet;
use crate::claim::{Cue, NounClass, Side};

/// What a side strikes with: behind its adjective, the strike is its own.
const STRIKES: &WordSet = words![
    "strike",
    "strikes",
    "airstrike",
    "airstrikes",
    "air",
    "drone",
    "drones",
    "missile",
    "missiles",
    "shelling",
    "attack",
    "attacks",
    "raid",
    "raids",
    "bombardment",
    "bombing",
    "bombs",
    "rocket",
    "rockets",
    "artillery",
    "fire",
    "jets",
    "warplanes",
    "warplane",
    "gunfire",
    "tank",
    "tanks",
    "offensive",
    "ambush",
    "assault",
    "incursion",
    "shells",
    "mortar",
    "sniper",
    "glide",
    "forces",
    "troops",
    "gunmen",
    "fighters",
    "militants",
    "rebels",
];

/// "Pakistan said 31 civilians were killed in Indian strikes", "Russian drones killed six people in
/// Kharkiv": not the side that struck, but where it struck, else the other.
pub(super) fn struck(sheet: &Sheet<'_>, scene: &Scene, draft: &Draft<'_>) -> Option<Slot> {
    const REACH: usize = 18;
    let sentence = sheet.sentences[draft.sentence].clone();
    let phrase = draft.counted.phrase.clone();
    let from = sentence.start.max(phrase.start.saturating_sub(REACH));
    let near = from..sentence.end.min(phrase.end + REACH);
    let armed = |noun: &crate::claim::NounEntry| noun.class == NounClass::Military && noun.category.is_none();
    // Whom a state's own forces kill at home are its foes there.
    if draft.counted.noun.is_some_and(|(noun, _)| armed(noun)) {
        return None;
    }
    let (attacker, at) = near.clone().filter(|unit| !phrase.contains(unit)).find_map(|unit| {
        let party = sheet.party_by(unit, &[PartyWord::Adjective])?;
        let with = (unit + 1..unit + 3).any(|at| sheet.is_any(at, STRIKES));
        // "Thai, Cambodian troops trade fire": both.
        let joined = unit > sentence.start + 1
            && (sheet.is_punct(unit - 1, ",") || sheet.cue(unit - 1, Cue::And))
            && sheet.party_by(unit - 2, &[PartyWord::Adjective]).is_some();
        // "a clash between Abu Sayyaf gunmen and Philippine troops": neither struck alone.
        let joined = joined
            || unit > sentence.start
                && sheet.cue(unit - 1, Cue::And)
                && (unit.saturating_sub(6).max(sentence.start)..unit).any(|at| sheet.is_any(at, words!["between"]));
        // "killed in Israeli attacks, while Israel reported 28 deaths": a clause of its own.
        let between = if unit < phrase.start { unit..phrase.start } else { phrase.end..unit };
        let parted = between.into_iter().any(|at| {
            sheet.is_punct(at, ";")
                || sheet.is_any(at, words!["while", "whereas", "but"])
                || sheet.reporting(at).is_some()
        });
        (with && !joined && !parted).then_some((party, unit))
    })?;
    let foe = |party: u16| {
        let opposites = &sheet.words.opposites;
        party != attacker
            && (opposites[attacker as usize].contains(&party) || opposites[party as usize].contains(&attacker))
    };
    let place = near.clone().filter(|unit| *unit != at && !phrase.contains(unit)).find_map(|unit| {
        let before = unit.checked_sub(1)?;
        let led = (before.saturating_sub(2)..=before).any(|at| sheet.any_cue(at, bit(Cue::In)));
        let party = sheet.party_by(unit, &[PartyWord::Place, PartyWord::Name, PartyWord::Metonym])?;
        (led && foe(party)).then(|| Slot::by(party, unit, "where it happened"))
    });
    place.or_else(|| {
        let (other, rule) = scene.other(sheet.words, attacker)?;
        // Of two that are only named together, the other need not be the one that was struck.
        (rule != "the other of two that are named" && foe(other))
            .then(|| Slot::by(other, at, "struck by the other side"))
    })
}

/// Where a state fights an armed group, soldiers of whom nothing else is told are the state's, and rebels the
/// group's: "40 soldiers were killed in an attack on a base", "three militants were shot".
pub(super) fn by_arms(sheet: &Sheet<'_>, scene: &Scene, draft: &Draft<'_>) -> Option<Slot> {
    const OF_STATES: &WordSet = words![
        "soldier",
        "serviceman",
        "service member",
        "troops",
        "police officer",
        "security force member",
        "recruit"
    ];
    let (state, group) = scene.state_and_group(sheet.words)?;
    let (noun, unit) = draft.counted.noun.filter(|(noun, _)| noun.class == NounClass::Military)?;
    let side = match noun.forms.first()? {
        _ if is_of_a_group(noun) => group,
        form if OF_STATES.has(form) => state,
        _ => return None,
    };
    if of_a_body(sheet, draft) {
        return None;
    }
    // Those of one side whom their own killed are of another matter; so are those from abroad.
    let own = draft.roles.agent.is_some_and(|agent| agent.party == Some(side));
    let phrase = draft.counted.phrase.clone();
    let foreign = phrase.into_iter().any(|at| sheet.is_any(at, words!["foreign", "former", "retired"]));
    (!own && !foreign).then(|| Slot::by(side, unit, BY_ARMS))
}

/// Whether the counted are named by a body that is of no one country: "four AMISOM soldiers", "five African Union
/// soldiers".
pub(super) fn of_a_body(sheet: &Sheet<'_>, draft: &Draft<'_>) -> bool {
    let end = draft.counted.noun.map_or(draft.counted.unit, |(_, unit)| unit);
    let name = |unit: usize| {
        sheet.party(unit).is_none()
            && match sheet.source(unit) {
                Some(source) => !matches!(source.side, Side::Party(_)),
                None => {
                    is_acronym(sheet, unit) && sheet.is_unknown(unit) && sheet.word(unit).len() > 1
                        || sheet.is_any(unit, words!["un", "u.n.", "au", "african union", "nato"])
                }
            }
    };
    (draft.counted.unit + 1..end).any(|unit| sheet.what(unit) == What::Word && name(unit))
}

/// The rule of soldiers and rebels of whom no more is told.
const BY_ARMS: &str = "soldiers are the state's, rebels the group's";

/// "killed 17 soldiers in northern Mali", "in Kebbi state, Nigeria": the state that is named as the place
/// behind the phrase, unless those are counted who come from elsewhere.
pub(super) fn in_the_country(sheet: &Sheet<'_>, scene: &Scene, draft: &Draft<'_>) -> Option<Slot> {
    const FROM_ELSEWHERE: &WordSet = words![
        "tourists",
        "migrants",
        "foreigners",
        "nationals",
        "passengers",
        "peacekeepers",
        "pilgrims",
        "expatriates",
        "visitors",
        "sailors",
        "crew",
        "mercenaries",
        "refugees",
        "citizens",
        "asylum seekers",
    ];
    let end = sheet.sentences[draft.sentence].end.min(draft.counted.phrase.end + 14);
    if draft.counted.phrase.clone().any(|unit| sheet.is_any(unit, FROM_ELSEWHERE)) || of_a_body(sheet, draft) {
        return None;
    }
    let state_behind = |unit: usize, end: usize| {
        (unit + 1..(unit + 6).min(end)).take_while(|at| sheet.count(*at).is_none()).find_map(|at| {
            let party = sheet.party_by(at, &[PartyWord::Name, PartyWord::Place])?;
            let state = sheet.words.parties[party as usize].state && !sheet.is_possessive(at + 1);
            state.then(|| Slot::by(party, at, "where it happened"))
        })
    };
    let at_home = |slot: &Slot| scene.home.is_none_or(|home| slot.party == Some(home));
    for unit in draft.counted.phrase.end..end {
        if sheet.is_punct_any(unit, &[";", "\""]) || sheet.reporting(unit).is_some() {
            break;
        }
        let named = sheet.any_cue(unit, bit(Cue::In)).then(|| state_behind(unit, end)).flatten();
        if let Some(named) = named.filter(at_home) {
            return Some(named);
        }
    }
    // "In neighbouring Iraq, seven people died"
    let opens = sheet.sentences[draft.sentence].start;
    let comma = (opens..draft.counted.phrase.start.min(opens + 7)).find(|unit| sheet.is_punct(*unit, ","));
    comma.filter(|_| sheet.any_cue(opens, bit(Cue::In))).and_then(|comma| state_behind(opens, comma))
}

/// "31 people were killed in Gaza": in a conflict, civilians are of the side where it happened.
pub(super) fn where_it_happened(sheet: &Sheet<'_>, scene: &Scene, draft: &Draft<'_>) -> Option<Slot> {
    let end = sheet.sentences[draft.sentence].end.min(draft.counted.phrase.end + 14);
    let mut unit = draft.counted.phrase.end;
    while unit < end {
        if sheet.count(unit).is_some() || sheet.is_punct_any(unit, &[",", ";", "\""]) || sheet.reporting(unit).is_some()
        {
            return None;
        }
        if sheet.any_cue(unit, bit(Cue::In) | bit(Cue::Of)) {
            let near = unit + 1..(unit + 5).min(end);
            // "in a clash between the army and the group", "in a Hamas attack": who took part, and not where.
            let between = |at: usize| (unit + 1..at).any(|at| sheet.is_any(at, words!["between"]));
            let named = near.clone().filter(|at| !between(*at) && !sheet.is_any(at + 1, STRIKES)).find_map(|at| {
                let place = sheet.party_by(at, &[PartyWord::Place, PartyWord::Name, PartyWord::Metonym]);
                let party = place
                    .or_else(|| sheet.party_by(at, &[PartyWord::Adjective]).filter(|_| is_ground(sheet, at + 1)))?;
                scene.has(party).then(|| Slot::by(party, at, "where it happened"))
            });
            if named.is_some() {
                return named;
            }
        }
        unit += 1;
    }
    None
}

/// Whether a place of the side follows its adjective: "the Indian side", "Indian-administered Kashmir".
fn is_ground(sheet: &Sheet<'_>, unit: usize) -> bool {
    const GROUND: &WordSet = words![
        "side",
        "territory",
        "soil",
        "town",
        "city",
        "village",
        "villages",
        "region",
        "province",
        "district",
        "capital",
        "part",
        "border",
        "administered",
        "held",
        "controlled",
        "occupied",
        "run",
        "ruled",
        "port",
        "island",
        "coast",
    ];
    let at = unit + usize::from(sheet.is_punct(unit, "-"));
    sheet.is_any(at, GROUND)
        || sheet.is_any(at + 1, words!["town", "city", "village", "region", "province", "district"])
}
