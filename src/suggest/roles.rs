//! Who gave whom to whom: the places of the frame that governs a count (`governing`).

use std::ops::Range;

use super::clauses::{Actor, Verb, Voice, actor, acts_for, transfers};
use super::counted::{Counted, Owner};
use super::governing::Tie;
use super::lexicon_pass::{Forms, PartyWord, bit};
use super::sheet::{Sheet, What};
use crate::claim::{Cue, NounClass, Role, Side, SourceRole};

/// A party in a place of a frame, where it is named, and by which rule (none: it is stated).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Slot {
    /// The party; `None` stands for the two parties together.
    pub(super) party: Option<u16>,
    /// The unit that names it.
    pub(super) unit: usize,
    /// The rule that put it here; empty where the words say it.
    pub(super) rule: &'static str,
}

impl Slot {
    pub(super) fn stated(party: u16, unit: usize) -> Self {
        Self { party: Some(party), unit, rule: "" }
    }

    pub(super) fn by(party: u16, unit: usize, rule: &'static str) -> Self {
        Self { party: Some(party), unit, rule }
    }
}

/// What the sentence says of a count's roles.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Roles {
    /// The verb among those of the sentence, and how the count stands to it.
    pub(super) verb: Option<(usize, Tie)>,
    /// Who gives them.
    pub(super) from: Option<Slot>,
    /// Who gets them.
    pub(super) to: Option<Slot>,
    /// Whose they are.
    pub(super) party: Option<Slot>,
    /// Who does it to them ("killed by").
    pub(super) agent: Option<Slot>,
    /// Where they are said to come from, or be: never a giver.
    pub(super) origin: Option<Slot>,
    /// "from Ukrainian captivity"
    pub(super) captivity: bool,
    /// "returned home"
    pub(super) home: Option<usize>,
    /// "to its troops": to the side that speaks, or the subject's.
    pub(super) to_theirs: Option<usize>,
    /// "in return"
    pub(super) in_return: bool,
}

/// Fills the places of the governing frame.
pub(super) fn fill(
    sheet: &Sheet<'_>,
    counted: &Counted<'_>,
    verbs: &[Verb],
    verb: Option<(usize, Tie)>,
    next_phrase: Option<usize>,
    sentence: &Range<usize>,
) -> Roles {
    let mut roles = Roles { verb, ..Roles::default() };
    roles.party = counted.party.map(|(party, unit)| Slot::stated(party, unit));
    let captors = captors(sheet, counted);
    if captors.is_some() {
        roles.party = None;
    }
    let Some((index, tie)) = verb else { return roles };
    let verb = &verbs[index];
    let Some(entry) = verb.frame.map(|frame| sheet.frame_entry(frame)) else { return roles };
    if sheet.word(verb.at).ends_with("home") || &*entry.name == "come home" {
        roles.home = Some(verb.at);
    }
    // "In exchange, the government released four": the words stand in front of the subject.
    let opens = clause_start(sheet, verb.start, sentence);
    roles.in_return |= (opens..verb.start.min(opens + 3)).any(|unit| sheet.cue(unit, Cue::Return));
    // "From Russian captivity 84 were returned", "To the Ukrainian side were transferred"
    if sheet.any_cue(opens, bit(Cue::From) | bit(Cue::To)) {
        let end = (opens + 1..verb.start)
            .find(|unit| sheet.is_punct(*unit, ",") || sheet.count(*unit).is_some())
            .unwrap_or(verb.start);
        prepositions(sheet, counted, opens..end, &mut roles);
    }

    // The stretches in which prepositions name the parties.
    let clause_end = clause_end(sheet, counted.phrase.end.max(verb.at + 1), verbs, sentence, next_phrase);
    let behind = counted.phrase.end.max(if tie == Tie::Theme { verb.at + 1 } else { 0 })..clause_end;
    prepositions(sheet, counted, behind, &mut roles);
    match tie {
        Tie::Object | Tie::Nominal | Tie::Dative => {
            prepositions(sheet, counted, verb.at + 1..counted.phrase.start, &mut roles);
            // "They gave us 60 bodies": the side of whoever speaks receives.
            if entry.subject == Role::Giver && sheet.is_any(verb.at + 1, words!["us"]) {
                roles.to_theirs.get_or_insert(verb.at + 1);
            }
            // "handed Ukraine 1,000 bodies": a bare party between verb and object receives.
            if tie == Tie::Object && transfers(entry.subject) && roles.to.is_none() {
                let next = verb.at + 1;
                if next < counted.phrase.start
                    && let Some(party) = sheet.party_by(next, &[PartyWord::Name, PartyWord::Metonym])
                    && !sheet.is_possessive(next + 1)
                    && entry.subject == Role::Giver
                {
                    roles.to = Some(Slot::stated(party, next));
                }
            }
        }
        Tie::Theme if verb.at < counted.phrase.start => {
            prepositions(sheet, counted, verb.at + 1..counted.phrase.start, &mut roles);
        }
        Tie::Theme if counted.phrase.end <= verb.start => {
            prepositions(sheet, counted, counted.phrase.end..verb.start, &mut roles);
        }
        Tie::Theme | Tie::Parallel => {}
    }
    let subject = match (tie, verb.voice) {
        (Tie::Dative, _) => {
            if let Some((party, unit)) = verb.subject.party() {
                roles.to.get_or_insert(Slot::stated(party, unit));
            }
            roles.agent.map_or(Actor::Nobody, |slot| slot.party.map_or(Actor::Nobody, |p| Actor::Party(p, slot.unit)))
        }
        (Tie::Object, _) => verb.subject,
        (Tie::Nominal, _) => nominal_agent(sheet, verb, &roles, sentence),
        _ => roles.agent.and_then(|s| s.party.map(|p| Actor::Party(p, s.unit))).unwrap_or(Actor::Nobody),
    };
    let rule = if verb.inherited && tie == Tie::Object { "subject of the verb before" } else { "" };
    if let Some((party, unit)) = subject.party() {
        let slot = Slot::by(party, unit, rule);
        // "Italian divers recovered 12 bodies": nobody was handed anything.
        let adjective = sheet.party_by(unit, &[PartyWord::Name, PartyWord::Metonym, PartyWord::People]).is_none();
        // "released by the Saudi-led coalition": a body that the lexicon knows acts by its own name.
        let body = sheet.party(unit).is_none() && matches!(tie, Tie::Theme | Tie::Dative);
        let hands = !(adjective && transfers(entry.subject)) || body || acts_for(sheet, unit);
        match entry.subject {
            Role::Giver | Role::Receiver if !hands => {}
            Role::Giver => {
                roles.from.get_or_insert(slot);
            }
            Role::Receiver => {
                roles.to.get_or_insert(slot);
            }
            Role::Loser => {
                roles.party.get_or_insert(slot);
            }
            Role::Actor => {
                roles.agent.get_or_insert(slot);
            }
            Role::Reciprocal | Role::None => {}
        }
    }
    if let (Actor::Both(unit), Role::Reciprocal | Role::Giver | Role::Receiver) = (subject, entry.subject)
        && roles.from.is_none()
        && roles.to.is_none()
        && roles.party.is_none()
    {
        roles.party = Some(Slot { party: None, unit, rule: "" });
    }
    // "Yerevan received seven prisoners from Baku": who gets them from somewhere gets them from its side.
    if entry.subject == Role::Receiver
        && roles.from.is_none()
        && let (Some(origin), Some(to)) = (roles.origin, roles.to)
        && origin.party != to.party
        && sheet.party_by(origin.unit, &[PartyWord::Name, PartyWord::Metonym]).is_some()
        && !sheet.is_possessive(origin.unit + 1)
    {
        roles.from = roles.origin.take();
    }
    // "the return of 18 soldiers held by Thailand"
    if transfers(entry.subject) && roles.from.is_none() {
        roles.from = holder(sheet, counted.phrase.end).filter(|from| roles.to.is_none_or(|to| to.party != from.party));
    }
    freed_from(sheet, counted, captors, &entry.name, tie, &mut roles);
    brought_back(counted, verb, &entry.name, tie, &mut roles);
    sent_to_their_own(&entry.name, tie, &mut roles);
    // "its own": the subject's people.
    if matches!(counted.owner, Some(Owner::Own | Owner::Pronoun))
        && roles.party.is_none()
        && let Some((party, unit)) = verb.subject.party()
    {
        roles.party = Some(Slot::by(party, unit, "its own: the subject's"));
    }
    roles
}

/// The armed group that holds those who are called its hostages: "300 Boko Haram hostages". By an adjective they
/// are of a people: "20 Israeli hostages".
fn captors(sheet: &Sheet<'_>, counted: &Counted<'_>) -> Option<Slot> {
    let (noun, _) = counted.noun?;
    let taken = noun.category.as_deref() == Some("hostages")
        || noun.forms.first().is_some_and(|form| matches!(&**form, "captive" | "abductee"));
    let (party, unit) = counted.party.filter(|_| taken)?;
    let entry = &sheet.words.parties[party as usize];
    let group = !entry.state && !entry.opposite.is_empty();
    let by_name = sheet.party_by(unit, &[PartyWord::Name]) == Some(party)
        && sheet.party_by(unit, &[PartyWord::Adjective, PartyWord::People]).is_none();
    (group && by_name && unit > counted.unit).then(|| Slot::stated(party, unit))
}

/// "The army freed 300 people who had been held by Boko Haram": whoever frees them did not hold them, and gets them.
fn freed_from(
    sheet: &Sheet<'_>,
    counted: &Counted<'_>,
    captors: Option<Slot>,
    frame: &str,
    tie: Tie,
    roles: &mut Roles,
) {
    let Some(held_by) = captors.or_else(|| holder(sheet, counted.phrase.end)) else { return };
    let freer = roles.from.filter(|from| from.party != held_by.party);
    if matches!(frame, "free" | "release") && tie == Tie::Object && freer.is_some() {
        roles.to = roles.to.or(freer.map(|slot| Slot { rule: FREED, ..slot }));
        roles.from = Some(held_by);
    } else if captors.is_some() && roles.from.is_none() && roles.to.is_none_or(|to| to.party != held_by.party) {
        roles.from = Some(held_by);
    }
}

/// The rule of those whom another than their captor frees.
const FREED: &str = "who frees them from others";

/// "managed to return 124 of our people", "returned 12 of its own soldiers": one's own are brought back, and given
/// to nobody.
fn brought_back(counted: &Counted<'_>, verb: &Verb, frame: &str, tie: Tie, roles: &mut Roles) {
    let own = matches!(counted.owner, Some(Owner::Own | Owner::Pronoun)) && counted.party.is_none();
    if own
        && tie == Tie::Object
        && frame == "return"
        && roles.to.is_none()
        && let Some(from) = roles.from
        && verb.subject.party().is_some_and(|(party, _)| from.party == Some(party))
    {
        roles.to = roles.from.take();
    }
}

/// "India repatriated 22 Pakistani prisoners": whose people they are not gives them to their own side.
fn sent_to_their_own(frame: &str, tie: Tie, roles: &mut Roles) {
    let Some(party) = roles.party.filter(|party| party.rule.is_empty() && party.party.is_some()) else { return };
    if frame == "repatriate"
        && tie == Tie::Object
        && roles.from.is_none()
        && let Some(to) = roles.to.filter(|to| to.party.is_some() && to.party != party.party)
    {
        roles.from = Some(to);
        roles.to = Some(Slot { rule: "they go to their own side", ..party });
    }
}

/// Who holds the people of a phrase, by the participle behind it: "held by Thailand", "who had been held hostage by
/// Boko Haram".
fn holder(sheet: &Sheet<'_>, end: usize) -> Option<Slot> {
    /// How far the participle may stand behind the people.
    const REACH: usize = 6;
    let participle = (end..end + REACH)
        .take_while(|unit| {
            *unit == end
                || sheet.date(*unit - 1).is_some()
                || sheet.is_any(*unit - 1, words!["who", "that"])
                || sheet.any_cue(*unit - 1, bit(Cue::Be) | bit(Cue::Have) | bit(Cue::In))
        })
        .last()?;
    let (frame, forms) = sheet.frame(participle)?;
    let held = matches!(sheet.frame_entry(frame).category.as_deref()?, "prisoners" | "hostages" | "detained");
    let by = participle + 1 + usize::from(sheet.is_any(participle + 1, words!["hostage", "captive", "prisoner"]));
    if !held || !forms.has(Forms::PARTICIPLE) || !sheet.cue(by, Cue::By) {
        return None;
    }
    let named = by + 1 + usize::from(sheet.any_cue(by + 1, bit(Cue::Determiner)));
    let party = sheet.party_by(named, &[PartyWord::Name, PartyWord::Metonym, PartyWord::People])?;
    Some(Slot::stated(party, named))
}

/// Who acts in a noun of doing: "Russia's return of …", "the return by Russia of …".
fn nominal_agent(sheet: &Sheet<'_>, verb: &Verb, roles: &Roles, sentence: &Range<usize>) -> Actor {
    if let Some(slot) = roles.agent {
        return slot.party.map_or(Actor::Both(slot.unit), |party| Actor::Party(party, slot.unit));
    }
    let mut at = verb.at;
    for _ in 0..3 {
        if at == sentence.start {
            break;
        }
        at -= 1;
        if sheet.is_possessive(at) && at > sentence.start {
            return actor(sheet, at - 1..at, &[], Actor::Nobody);
        }
        if let Some(party) = sheet.party_by(at, &[PartyWord::Adjective]) {
            return Actor::Party(party, at);
        }
        if sheet.any_cue(at, bit(Cue::Determiner)) {
            break;
        }
    }
    Actor::Nobody
}

/// Where the clause of a verb begins: behind the last semicolon, colon or "and" after a comma before it.
fn clause_start(sheet: &Sheet<'_>, verb: usize, sentence: &Range<usize>) -> usize {
    (sentence.start..verb)
        .rev()
        .find(|at| {
            sheet.is_punct_any(*at, &[";", ":"])
                || sheet.what(*at) == What::Break
                || sheet.is_any(*at, words!["and", "while", "but"]) && sheet.is_punct(at.saturating_sub(1), ",")
        })
        .map_or(sentence.start, |at| at + 1)
}

/// Where the clause that begins before a unit ends: at the next verb, count, or clause word.
fn clause_end(
    sheet: &Sheet<'_>,
    from: usize,
    verbs: &[Verb],
    sentence: &Range<usize>,
    next_phrase: Option<usize>,
) -> usize {
    let stop = next_phrase.unwrap_or(sentence.end).min(sentence.end);
    let mut at = from;
    while at < stop {
        let verb = verbs.iter().any(|v| v.start == at && v.voice != Voice::Nominal);
        let clause = sheet.any_cue(at, bit(Cue::Relative)) && !sheet.any_cue(at, bit(Cue::Determiner))
            || sheet.cue(at, Cue::Subordinator)
                && !sheet.any_cue(at, bit(Cue::Adverb) | bit(Cue::In) | bit(Cue::Preposition));
        if clause || sheet.is_punct_any(at, &[";", "\u{2014}"]) || sheet.what(at) == What::Break {
            return at;
        }
        if verb {
            // A bare participle goes on with the same clause; a verb with its own subject does not.
            return at;
        }
        at += 1;
    }
    stop
}

/// Reads "to Ukraine", "from Russia", "by Hamas", "from Ukrainian captivity", "home".
fn prepositions(sheet: &Sheet<'_>, counted: &Counted<'_>, range: Range<usize>, roles: &mut Roles) {
    let mut at = range.start;
    while at < range.end {
        let next = at + 1;
        if sheet.cue(at, Cue::Return) {
            roles.in_return = true;
        } else if sheet.cue(at, Cue::Home) {
            roles.home.get_or_insert(at);
        } else if sheet.cue(at, Cue::To)
            && sheet.cue(next, Cue::Possessive)
            && (sheet.cue(next + 1, Cue::Organ)
                || sheet.is_noun(next + 1, NounClass::Military)
                || sheet.is_any(next + 1, words!["troops", "territory", "soil"]))
        {
            roles.to_theirs.get_or_insert(next);
        } else if sheet.any_cue(at, bit(Cue::To) | bit(Cue::From) | bit(Cue::By)) && next < range.end {
            if let Some((slot, captivity, owns)) = party_behind(sheet, next, range.end) {
                // "people from Guinea, Mali and Senegal": of several, and of none of them alone. "its independence
                // from Britain": nobody came from there.
                let from = sheet.cue(at, Cue::From);
                let several = from && at == counted.phrase.end && is_one_of_several(sheet, slot.unit);
                let parting =
                    from && at > range.start && sheet.is_any(at - 1, words!["independence", "secession", "freedom"]);
                if several || parting {
                    at = next;
                    continue;
                }
                if sheet.cue(at, Cue::To) {
                    roles.to.get_or_insert(slot);
                } else if sheet.cue(at, Cue::By) {
                    roles.agent.get_or_insert(slot);
                } else if captivity {
                    roles.captivity = true;
                    roles.from.get_or_insert(slot);
                } else {
                    let people = matches!(
                        counted.class(),
                        Some(NounClass::Civilian | NounClass::People | NounClass::Bystanders | NounClass::Military)
                    ) || counted.people;
                    let close = at == counted.phrase.end;
                    if owns || (people && close) {
                        roles.origin.get_or_insert(slot);
                    } else {
                        roles.from.get_or_insert(slot);
                    }
                }
            } else if sheet.cue(at, Cue::From)
                && let Some(held) = (next..(next + 3).min(range.end)).find(|u| sheet.cue(*u, Cue::Captivity))
            {
                roles.captivity = true;
                // "from the jails of Pakistan"
                let of = held + 1;
                if sheet.cue(of, Cue::Of)
                    && of + 1 < range.end
                    && let Some(party) = sheet.party_by(of + 1, &[PartyWord::Name, PartyWord::Metonym])
                {
                    roles.from.get_or_insert(Slot::stated(party, of + 1));
                }
            }
        }
        at += 1;
    }
}

/// Whether a list of places goes on behind the first: "Guinea, Mali and Senegal".
fn is_one_of_several(sheet: &Sheet<'_>, first: usize) -> bool {
    let next = first + 2;
    (sheet.is_punct(first + 1, ",") || sheet.cue(first + 1, Cue::And))
        && sheet
            .party_by(next, &[PartyWord::Name])
            .is_some_and(|second| sheet.party(first).is_none_or(|(own, _)| own != second))
}

/// The party of the noun phrase at a unit, whether it is a captivity, and whether the party only
/// owns what is named ("Russia's Kursk region").
fn party_behind(sheet: &Sheet<'_>, from: usize, end: usize) -> Option<(Slot, bool, bool)> {
    let mut at = from;
    while at < end && sheet.any_cue(at, bit(Cue::Determiner)) && !sheet.cue(at, Cue::Both) {
        at += 1;
    }
    if at < end
        && sheet.party(at).is_none()
        && let Some(source) = sheet.source(at)
        && source.role == SourceRole::Body
        && let Side::Party(side) = &source.side
    {
        // "to the Congolese army": a body that the lexicon knows stands for its side.
        return sheet.words.party_named(side).map(|party| (Slot::stated(party, at), false, false));
    }
    let (party, by) = (at < end).then(|| sheet.party(at)).flatten()?;
    let slot = Slot::stated(party, at);
    let mut behind = at + 1;
    let possessive = sheet.is_possessive(behind);
    if possessive {
        behind += 1;
    }
    // "from Yemen's Iran-aligned Houthi group": of the group, though it is in Yemen.
    let group = (behind..(behind + 5).min(end))
        .take_while(|unit| possessive && sheet.what(*unit) != What::Break)
        .find_map(|unit| {
            let other = sheet.party_by(unit, &[PartyWord::Name, PartyWord::Adjective])?;
            let armed = sheet.words.parties[other as usize]
                .opposite
                .iter()
                .any(|foe| sheet.words.party_named(foe) == Some(party));
            (armed && !sheet.words.parties[other as usize].state).then(|| Slot::stated(other, unit))
        });
    if let Some(group) = group {
        return Some((group, false, false));
    }
    let captivity = (behind..(behind + 2).min(end)).any(|unit| sheet.cue(unit, Cue::Captivity));
    let organ = sheet.any_cue(behind, bit(Cue::Organ) | bit(Cue::Body));
    let owns = match by {
        PartyWord::Place => true,
        PartyWord::Adjective => !organ && !captivity,
        _ => possessive && !organ && !captivity,
    };
    Some((slot, captivity, owns))
}
