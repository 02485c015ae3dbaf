//! Whose people they are and which way they go where the words leave it open, worked out by named rules:
//! the other of two parties, the side that the dead go home to, parallel counts, legs of a swap.

use super::clauses::{Actor, Verb, Voice, is_of_a_group, transfers};
use super::counted::Owner;
use super::draft::{Draft, recent};
use super::governing::Tie;
use super::lexicon_pass::PartyWord;
use super::of_what::PARALLEL;
use super::quantities::{Note, QuantityMention};
use super::roles::Slot;
use super::scene::Scene;
use super::sheet::Sheet;
use super::ties;
use super::where_hurt::{by_arms, in_the_country, of_a_body, struck, where_it_happened};
use crate::claim::{ClaimFlag, Cue, Distributive, NounClass, Role, Side};

/// Completes a draft; `drafts` are those before it in the article.
pub(super) fn complete<'a>(
    sheet: &Sheet<'a>,
    scene: &Scene,
    counts: &[QuantityMention],
    verbs: &[Verb],
    mut draft: Draft<'a>,
    drafts: &mut [Draft<'a>],
) -> Vec<Draft<'a>> {
    let mention = &counts[draft.count];
    let verb = draft.roles.verb.map(|(index, _)| verbs[index]);
    let role = verb.and_then(|v| v.frame).map_or(Role::None, |frame| sheet.frame_entry(frame).subject);
    ties::link(sheet, counts, &mut draft, drafts);
    said_we(sheet, scene, verb, role, &mut draft);
    if draft.roles.party.is_none_or(|slot| !slot.rule.is_empty())
        && let Some(party) = said_of_them(sheet, &draft).or_else(|| of_people(sheet, &draft))
    {
        draft.roles.party = Some(party);
    }
    if &*draft.category.id == "exchanges" {
        draft.roles.from = None;
        draft.roles.to = None;
        if draft.roles.party.is_none_or(|slot| slot.party.is_some()) && scene.pair.is_some() {
            let unit = draft.counted.unit;
            draft.roles.party = Some(Slot { party: None, unit, rule: "an exchange has two parties" });
        }
        return vec![draft];
    }
    let moving = matches!(&*draft.category.id, "bodies" | "prisoners" | "hostages" | "civilians" | "detained");
    let back = draft.roles.home.is_some() || draft.roles.captivity;
    // "arrested 12 people for 3 murders" swaps nobody.
    let partner = mention.has(Note::ForPartner) && (role == Role::None || transfers(role));
    let part = draft.part_of.is_some() && (draft.roles.from.is_some() || draft.roles.to.is_some());
    // A part of "1,000 each" is a part in both directions.
    if part && let Some(whole) = draft.part_of.and_then(|link| link.span) {
        let legs: Vec<&Draft<'_>> = recent(drafts, draft.sentence, 0)
            .filter(|d| counts[d.count].span == whole && d.distributive.is_some())
            .collect();
        if legs.len() > 1 {
            let rule = "a part of the count before";
            let inherited = |slot: Option<Slot>| slot.map(|slot| Slot { rule, ..slot });
            let of_leg = |leg: &&Draft<'a>| {
                let mut part = draft.clone();
                part.roles.from = inherited(leg.roles.from);
                part.roles.to = inherited(leg.roles.to);
                part.roles.party = inherited(leg.roles.party);
                part.distributive = leg.distributive;
                part
            };
            return legs.iter().rev().map(of_leg).collect();
        }
    }
    let headed = verb.is_none() && (draft.roles.from.is_some() || draft.roles.to.is_some());
    // "200 fighters surrendered": they go to nobody's side but their captors'.
    let gave_up = verb.is_some_and(|v| {
        v.frame.is_some_and(|frame| {
            let entry = sheet.frame_entry(frame);
            entry.themselves && entry.category.is_some()
        })
    }) && draft.roles.verb.is_some_and(|(_, tie)| tie == Tie::Theme);
    if moving && !gave_up && (transfers(role) || back || partner || part || headed) {
        if let Some(legs) = legs(sheet, scene, counts, verb, &draft, drafts) {
            return legs;
        }
        transfer(sheet, scene, counts, &mut draft, drafts, verb, role);
        // "exchanged 300 prisoners in all": of nobody alone, they are of both.
        let slots = [draft.roles.party, draft.roles.from, draft.roles.to];
        if role == Role::Reciprocal
            && scene.conflict
            && !partner
            && !for_others(sheet, &draft)
            && slots.iter().all(Option::is_none)
            && draft.counted.owner.is_none()
        {
            draft.roles.party = Some(Slot { party: None, unit: draft.counted.unit, rule: "exchanged: of both sides" });
        }
    } else {
        plain(sheet, scene, counts, &mut draft, drafts, (verb, role));
        // "leaving two soldiers and six gunmen dead": gunmen are of no state, unless the words say so.
        let inferred = draft.roles.party.is_some_and(|slot| {
            !slot.rule.is_empty() && slot.party.is_some_and(|party| sheet.words.parties[party as usize].state)
        });
        if inferred && draft.counted.noun.is_some_and(|(noun, _)| is_of_a_group(noun)) {
            draft.roles.party = by_arms(sheet, scene, &draft);
        }
    }
    vec![draft]
}

/// "four hostages will be exchanged for 217 prisoners": each goes its own way.
fn for_others(sheet: &Sheet<'_>, draft: &Draft<'_>) -> bool {
    let sentence = &sheet.sentences[draft.sentence];
    let count_near = |unit: usize| (unit + 1..unit + 4).any(|at| sheet.count(at).is_some());
    let phrase = &draft.counted.phrase;
    let before = (sentence.start..phrase.start).rev().take(3).any(|unit| sheet.cue(unit, Cue::For));
    before || (phrase.end..sentence.end).any(|unit| sheet.cue(unit, Cue::For) && count_near(unit))
}

/// The side of the innermost source that stands on one.
fn speaking_side(sheet: &Sheet<'_>, scene: &Scene, draft: &Draft<'_>) -> Option<u16> {
    draft.chain.iter().find_map(|speaker| match &speaker.asserter.side {
        Side::Party(name) => sheet.words.party_named(name),
        _ => scene.side_of_body(sheet.words, &speaker.asserter.name),
    })
}

/// "We gave 1,003 and got 30": the side of whoever speaks.
fn said_we(sheet: &Sheet<'_>, scene: &Scene, verb: Option<Verb>, role: Role, draft: &mut Draft<'_>) {
    let Some(Actor::Speaker(unit)) = verb.map(|v| v.subject) else { return };
    if draft.roles.verb.is_none_or(|(_, tie)| !matches!(tie, Tie::Object | Tie::Parallel)) {
        return;
    }
    let Some(side) = speaking_side(sheet, scene, draft) else { return };
    let slot = Slot::by(side, unit, "we: the speaker's side");
    // "We managed to return 124 of our people": home, and to nobody else.
    let returned = verb.and_then(|v| v.frame).is_some_and(|frame| &*sheet.frame_entry(frame).name == "return");
    let ours = draft.counted.phrase.clone().any(|at| sheet.is_any(at, words!["our"]));
    match role {
        Role::Giver if returned && ours && draft.roles.from.is_none() => _ = draft.roles.to.get_or_insert(slot),
        Role::Giver => _ = draft.roles.from.get_or_insert(slot),
        Role::Receiver => _ = draft.roles.to.get_or_insert(slot),
        Role::Loser => _ = draft.roles.party.get_or_insert(slot),
        Role::Actor => _ = draft.roles.agent.get_or_insert(slot),
        Role::Reciprocal | Role::None => {}
    }
}

/// The rule of those who are exchanged between a state and a group.
pub(super) const HELD_BY_THE_GROUP: &str = "hostages are held by the group, prisoners by the state";

/// "N for M", "N each": one claim for each direction.
fn legs<'a>(
    sheet: &Sheet<'a>,
    scene: &Scene,
    counts: &[QuantityMention],
    verb: Option<Verb>,
    draft: &Draft<'a>,
    drafts: &[Draft<'a>],
) -> Option<Vec<Draft<'a>>> {
    let mention = &counts[draft.count];
    let stated = [draft.roles.party, draft.roles.from, draft.roles.to].into_iter().flatten().any(|s| s.party.is_some());
    let subject = verb.map_or(Actor::Nobody, |v| v.subject);
    let unit = draft.counted.unit;
    let each = mention.has(Note::Each)
        || sheet.cue(draft.counted.phrase.end, Cue::Each)
        || matches!(subject, Actor::Both(at) if sheet.word(at).starts_with("each"))
        || matches!(subject, Actor::Both(_))
            && verb.is_some_and(|verb| verb.start > 0 && sheet.is_any(verb.start - 1, words!["each"]))
        || (draft.counted.phrase.end..sheet.sentences[draft.sentence].end)
            .take_while(|at| sheet.count(*at).is_none() && !sheet.is_punct_any(*at, &[":", ";"]))
            .any(|at| {
                sheet.cue(at, Cue::Both)
                    && (sheet.word(at).starts_with("each ") || sheet.word(at).starts_with("either "))
            });
    let leg = |to: u16, from: u16, rule: &'static str, distributive: Option<Distributive>| {
        let mut leg = draft.clone();
        leg.roles.to = Some(Slot::by(to, unit, rule));
        leg.roles.from = Some(Slot::by(from, unit, rule));
        leg.roles.party = Some(Slot::by(to, unit, rule));
        leg.distributive = distributive;
        leg
    };
    if mention.has(Note::ForPartner) && !stated {
        let (first, second) = match (scene.both(sheet, subject), speaking_side(sheet, scene, draft)) {
            (_, Some(side)) => (side, scene.other(sheet.words, side)?.0),
            (Some(pair), None) => pair,
            (None, None) => scene.pair?,
        };
        let partner = recent(drafts, draft.sentence, 0).find(|d| Some(d.count) == mention.partner);
        let is_second = mention.partner.is_some_and(|partner| partner < draft.count) && partner.is_some();
        // "The rebels and the government agreed to exchange 9 hostages for 40 prisoners": in whatever order they
        // are named, hostages come from the group.
        let is_state = |party: u16| sheet.words.parties[party as usize].state;
        let taken = |d: &Draft<'_>| &*d.category.id == "hostages";
        if is_state(first) != is_state(second) && (taken(draft) || partner.is_some_and(taken)) {
            let (state, group) = if is_state(first) { (first, second) } else { (second, first) };
            let (to, from) = if taken(draft) { (state, group) } else { (group, state) };
            return Some(vec![leg(to, from, HELD_BY_THE_GROUP, None)]);
        }
        let rule = "n for m: the first to the side that speaks, else to the first named";
        return Some(vec![if is_second { leg(second, first, rule, None) } else { leg(first, second, rule, None) }]);
    }
    if each && !stated {
        let (first, second) = scene.both(sheet, subject).or(scene.pair)?;
        let of = |index| Some(Distributive { index, of: 2 });
        let rule = "each side: the same count in both directions";
        return Some(vec![leg(first, second, rule, of(0)), leg(second, first, rule, of(1))]);
    }
    None
}

/// Direction and party of people that are handed over.
fn transfer(
    sheet: &Sheet<'_>,
    scene: &Scene,
    counts: &[QuantityMention],
    draft: &mut Draft<'_>,
    drafts: &mut [Draft<'_>],
    verb: Option<Verb>,
    role: Role,
) {
    let words = sheet.words;
    let complement = |slot: Slot| {
        slot.party.and_then(|party| scene.other(words, party)).map(|(other, rule)| Slot::by(other, slot.unit, rule))
    };
    if let Some(unit) = draft.counted.both
        && draft.roles.from.is_none()
        && draft.roles.to.is_none()
    {
        draft.roles.party = Some(Slot { party: None, unit, rule: "" });
        return;
    }
    owned_by_pronoun(sheet, scene, draft, verb);
    // "freed 14 political prisoners", "pardoned 200 inmates": a state lets its own people go.
    if let Some(from) = draft.roles.from.filter(|_| draft.roles.to.is_none() && draft.roles.party.is_none())
        && from.party.is_some_and(|party| sheet.words.parties[party as usize].state)
        && is_its_own(sheet, draft, verb)
    {
        draft.roles.party = Some(Slot { rule: "a state's own prisoners", ..from });
        return;
    }
    if draft.roles.party.is_none()
        && let Some(origin) = draft.roles.origin
    {
        draft.roles.party = Some(Slot { rule: "where they come from", ..origin });
    }
    if let Some(home) = draft.roles.home
        && draft.roles.to.is_none()
    {
        let own = draft.roles.party.and_then(|slot| slot.party).or_else(|| speaking_side(sheet, scene, draft));
        draft.roles.to = own.map(|party| Slot::by(party, home, "home is their own or the speaker's side"));
    }
    if let Some(theirs) = draft.roles.to_theirs
        && draft.roles.to.is_none()
    {
        let side = speaking_side(sheet, scene, draft);
        draft.roles.to = side.map(|party| Slot::by(party, theirs, "its: the speaker's side"));
    }
    in_exchange_for(sheet, counts, draft, drafts, complement);
    swap_told_one_way(counts, draft, drafts, complement);
    let own = draft.roles.party.filter(|slot| slot.party.is_some());
    let found = verb.is_some_and(|verb| {
        let word = sheet.word(verb.at);
        ["recover", "retriev", "exhum", "collect", "regain", "unearth"].iter().any(|stem| word.starts_with(stem))
    });
    match (draft.roles.from, draft.roles.to) {
        (Some(from), None) => {
            draft.roles.to = own
                .filter(|slot| slot.party != from.party)
                .map(|slot| Slot { rule: "they go to their own side", ..slot })
                .or_else(|| complement(from));
        }
        (None, Some(to)) => {
            draft.roles.from = complement(to).filter(|slot| slot.party != to.party);
            // "Italy recovered 12 bodies": with nobody to give them, they were found.
            if draft.roles.from.is_none() && found && to.rule.is_empty() {
                draft.roles.to = None;
            }
        }
        // "the bodies of 15 rebels have been recovered": found, and handed to nobody.
        (None, None) if found && draft.roles.verb.is_some_and(|(_, tie)| tie == Tie::Theme) => {}
        (None, None) => {
            if let Some(own) = own {
                draft.roles.to = Some(Slot { rule: "they go to their own side", ..own });
                draft.roles.from = complement(own);
            }
        }
        (Some(_), Some(_)) => {}
    }
    // "33 hostages exchanged for 1,900 Palestinians": those who held them are a group, and no people.
    if &*draft.category.id == "hostages"
        && let Some(from) = draft.roles.from.filter(|slot| !slot.rule.is_empty())
        && let Some(group) = from.party.and_then(|party| scene.group_of(words, party))
    {
        draft.roles.from = Some(Slot { party: Some(group), ..from });
    }
    if draft.roles.party.is_none()
        && let Some(to) = draft.roles.to
        && (role != Role::None || draft.roles.home.is_some() || verb.is_none())
    {
        // Who is handed to a third is not of its people.
        let third = to.party.is_some_and(|party| scene.pair.is_some() && !scene.has(party));
        let rule = if third { "who receives them, though a third" } else { "who receives them" };
        draft.roles.party = Some(Slot { rule, ..to });
    }
    if draft.roles.party.is_none() && draft.roles.to.is_none() && draft.roles.from.is_none() {
        parallel_party(counts, draft, drafts);
    }
}

/// Whether those whom a state lets go are held for what they did or said at home.
fn is_its_own(sheet: &Sheet<'_>, draft: &Draft<'_>, verb: Option<Verb>) -> bool {
    let pardoned = verb.and_then(|v| v.frame).is_some_and(|frame| &*sheet.frame_entry(frame).name == "pardon");
    let noun = draft.counted.noun.and_then(|(noun, _)| noun.forms.first());
    pardoned || noun.is_some_and(|form| matches!(&**form, "political prisoner" | "inmate" | "protester"))
}

/// "four of ours", "gave back 31 of theirs": whose, by who speaks or acts.
fn owned_by_pronoun(sheet: &Sheet<'_>, scene: &Scene, draft: &mut Draft<'_>, verb: Option<Verb>) {
    if draft.roles.party.is_some() {
        return;
    }
    let unit = draft.counted.unit;
    let side = speaking_side(sheet, scene, draft);
    let acts = verb.and_then(|verb| verb.subject.party()).map(|(party, _)| party).or(side);
    draft.roles.party = match draft.counted.owner {
        Some(Owner::Ours) => side.map(|party| Slot::by(party, unit, "ours: the speaker's")),
        // "300 of our people are home"
        Some(Owner::Pronoun) if draft.counted.phrase.clone().any(|at| sheet.is_any(at, words!["our"])) => {
            side.map(|party| Slot::by(party, unit, "we: the speaker's side"))
        }
        Some(Owner::Theirs) => acts
            .and_then(|party| scene.other(sheet.words, party))
            .map(|(party, _)| Slot::by(party, unit, "theirs: the other side's")),
        _ => None,
    };
}

/// "released 32 prisoners in exchange for two soldiers": the second go the other way.
fn in_exchange_for(
    sheet: &Sheet<'_>,
    counts: &[QuantityMention],
    draft: &mut Draft<'_>,
    drafts: &mut [Draft<'_>],
    other: impl Fn(Slot) -> Option<Slot>,
) {
    let start = draft.counted.phrase.start;
    let exchanged = start >= 2
        && sheet.cue(start - 1, Cue::For)
        && (sheet.cue(start - 2, Cue::Return)
            || sheet.is_any(start - 2, words!["exchange", "return", "swap", "exchanged", "swapped", "traded"]));
    let partner = counts[draft.count].has(Note::ForPartner).then_some(counts[draft.count].partner).flatten();
    // "in exchange the government released four": told by nothing else, they go the other way.
    let open = draft.roles.in_return && draft.roles.from.is_none() && draft.roles.to.is_none();
    let second = |d: &&Draft<'_>| {
        (exchanged || open || partner.is_some() && partner == Some(d.count)) && d.sentence == draft.sentence
    };
    let unit = draft.counted.unit;
    let before = drafts.iter_mut().rev().take_while(|d| d.sentence == draft.sentence).find(|d| d.counted.unit < unit);
    if let Some(previous) = before.filter(|d| second(&&**d)) {
        let rule = "in exchange: the other direction";
        let turned = |slot: Option<Slot>| slot.map(|slot| Slot { rule, ..slot });
        // "33 hostages are to be freed in exchange for 1,900 Palestinians": the second tells of the first.
        let theirs = draft.roles.party.filter(|slot| slot.party.is_some() && exchanged);
        let open = previous.roles.from.is_none() && previous.roles.to.is_none() && previous.roles.party.is_none();
        if open && let Some(theirs) = theirs {
            previous.roles.from = other(theirs).map(|_| Slot { rule, ..theirs });
            previous.roles.to = other(theirs).map(|slot| Slot { rule, ..slot });
            previous.roles.party = previous.roles.to;
        }
        draft.roles.to = draft.roles.party.filter(|slot| slot.party.is_some()).or(turned(previous.roles.from));
        // "released 20 hostages in exchange for 2,000 Palestinian prisoners": their own side does not give them.
        draft.roles.from = turned(previous.roles.to)
            .filter(|from| draft.roles.to.is_none_or(|to| to.party != from.party))
            .or(draft.roles.from.filter(|from| draft.roles.to.is_none_or(|to| to.party != from.party)));
    }
}

/// "Russia returned 157 and transferred the same number to Ukraine": both verbs go one way, and a
/// swap goes both. The first is read as getting back, and both are flagged.
fn swap_told_one_way(
    counts: &[QuantityMention],
    draft: &mut Draft<'_>,
    drafts: &mut [Draft<'_>],
    complement: impl Fn(Slot) -> Option<Slot>,
) {
    let inferred = |slot: Option<Slot>| slot.is_none_or(|slot| !slot.rule.is_empty());
    if counts[draft.count].has(Note::Reference)
        && let Some(previous) = drafts.iter_mut().rev().find(|d| d.sentence == draft.sentence)
        && let (Some(from), Some(again)) = (previous.roles.from, draft.roles.from)
        && from.party == again.party
        && inferred(previous.roles.to)
        && inferred(previous.roles.party)
    {
        let rule = "a swap told one way: the other direction";
        previous.roles.to = Some(Slot { rule, ..from });
        previous.roles.from = complement(from).map(|slot| Slot { rule, ..slot });
        previous.roles.party = previous.roles.to;
        previous.flag(ClaimFlag::DirectionUnclear);
        draft.flag(ClaimFlag::DirectionUnclear);
    }
}

/// "Of the Ukrainians, 25 are officers": the people that a part is taken of.
fn of_people(sheet: &Sheet<'_>, draft: &Draft<'_>) -> Option<Slot> {
    let start = sheet.sentences[draft.sentence].start;
    let named = start + 1 + usize::from(sheet.cue(start + 1, Cue::Determiner));
    let party = sheet.party_by(named, &[PartyWord::People]).filter(|_| sheet.cue(start, Cue::Of))?;
    let near = sheet.is_punct(named + 1, ",") && named + 2 >= draft.counted.phrase.start;
    near.then(|| Slot::stated(party, named))
}

/// "84 were Egyptians", "The other eleven are Belarusians": a party said of the counted themselves.
fn said_of_them(sheet: &Sheet<'_>, draft: &Draft<'_>) -> Option<Slot> {
    let end = draft.counted.phrase.end;
    let mut predicate = end;
    while sheet.cue(predicate, Cue::Be) || sheet.cue(predicate, Cue::Adverb) {
        predicate += 1;
    }
    let (party, by) = sheet.party(predicate).filter(|_| predicate > end)?;
    let people = matches!(by, PartyWord::People | PartyWord::Adjective)
        && sheet.noun(predicate + 1).is_none_or(|noun| noun.class != NounClass::Things)
        && sheet.frame(predicate + 1).is_none();
    people.then(|| Slot::stated(party, predicate))
}

/// Whose people they are where nothing is handed over.
fn plain(
    sheet: &Sheet<'_>,
    scene: &Scene,
    counts: &[QuantityMention],
    draft: &mut Draft<'_>,
    drafts: &[Draft<'_>],
    (verb, role): (Option<Verb>, Role),
) {
    // "deported from Iran", "returned to Afghanistan": those who are sent on have a way.
    let sent_on = &*draft.category.id == "displaced"
        && verb.and_then(|v| v.frame).is_some_and(|frame| {
            matches!(&*sheet.frame_entry(frame).name, "deport" | "push back" | "send back" | "return" | "repatriate")
        });
    if !sent_on {
        draft.roles.from = None;
        draft.roles.to = None;
    }
    if role == Role::Loser && &*draft.category.id == "killed" {
        draft.flag(ClaimFlag::LostReadAsKilled);
    }
    if draft.roles.party.is_some() {
        return;
    }
    if let Some(origin) = draft.roles.origin {
        draft.roles.party = Some(Slot { rule: "where they come from", ..origin });
        return;
    }
    // "killed on both sides"
    let end = sheet.sentences[draft.sentence].end;
    let both = (draft.counted.phrase.end..end)
        .take_while(|unit| sheet.count(*unit).is_none())
        .find(|unit| sheet.cue(*unit, Cue::Both) && sheet.is_any(unit - 1, words!["on", "from", "of", "in"]));
    if let Some(unit) = both {
        draft.roles.party = Some(Slot { party: None, unit, rule: "" });
        return;
    }
    // "killed 58 of ours", "31 of theirs": as where people are handed over.
    if matches!(draft.counted.owner, Some(Owner::Ours | Owner::Theirs)) {
        owned_by_pronoun(sheet, scene, draft, verb);
        if draft.roles.party.is_some() {
            return;
        }
    }
    if draft.counted.owner.is_some()
        && let Some(party) = speaking_side(sheet, scene, draft)
    {
        draft.roles.party = Some(Slot::by(party, draft.counted.unit, "its: the speaker's"));
        return;
    }
    // "The army claimed to have killed 35 enemy troops and captured seven": whoever speaks did it.
    let taken = draft.counted.class() == Some(NounClass::Military) || &*draft.category.id == "prisoners";
    let enemy = draft.counted.phrase.clone().any(|unit| sheet.is_any(unit, words!["enemy", "hostile", "opposing"]));
    let by_them = scene.conflict && role == Role::Actor && taken && by_speaker(sheet, draft, verb);
    let agent = draft.roles.agent.and_then(|slot| slot.party).filter(|_| role == Role::Actor);
    let side = agent.or_else(|| speaking_side(sheet, scene, draft)).filter(|_| enemy || by_them && agent.is_none());
    if let Some((other, _)) = side.and_then(|party| scene.other(sheet.words, party)) {
        draft.roles.party = Some(Slot::by(other, draft.counted.unit, "soldiers of the other side"));
        return;
    }
    if matches!(&*draft.category.id, "killed" | "wounded" | "missing")
        && let Some(slot) = struck(sheet, scene, draft)
    {
        draft.roles.party = Some(slot);
        return;
    }
    if scene.conflict && matches!(&*draft.category.id, "killed" | "wounded" | "missing" | "displaced" | "prisoners") {
        // "Ukrainian forces killed 200 soldiers": the other side's.
        let military = draft.counted.class() == Some(NounClass::Military);
        let third = of_a_body(sheet, draft);
        if let Some(agent) = draft.roles.agent.filter(|_| military && !third && role == Role::Actor)
            && let Some((other, _)) = agent.party.and_then(|party| scene.other(sheet.words, party))
        {
            draft.roles.party = Some(Slot::by(other, agent.unit, "soldiers of the other side"));
            return;
        }
        if !military
            && !of_a_body(sheet, draft)
            && let Some(slot) = where_it_happened(sheet, scene, draft)
        {
            draft.roles.party = Some(slot);
            return;
        }
    }
    if matches!(&*draft.category.id, "killed" | "wounded" | "missing" | "prisoners" | "detained") && scene.conflict {
        draft.roles.party = by_arms(sheet, scene, draft);
        if draft.roles.party.is_some() {
            return;
        }
    }
    let unnamed = draft.counted.is_elliptical() || matches!(draft.counted.class(), Some(NounClass::People));
    if unnamed {
        parallel_party(counts, draft, drafts);
    }
    let at_home =
        matches!(&*draft.category.id, "killed" | "wounded" | "missing" | "hostages" | "displaced" | "detained");
    if at_home && draft.roles.party.is_none() && !scene.migrants && !scene.conflict {
        draft.roles.party = in_the_country(sheet, scene, draft);
    }
    // In an article about one country, those of whom nothing else is told are its people.
    let local =
        matches!(&*draft.category.id, "killed" | "wounded" | "missing" | "detained" | "displaced" | "civilians");
    // Soldiers in a war at home may be of either side.
    let either = scene.conflict && draft.counted.class() == Some(NounClass::Military);
    // "The insurgents had lost 30 men": theirs, and not the country's.
    let theirs = role == Role::Loser
        && verb.is_some_and(|verb| {
            let Actor::Other(unit) = verb.subject else { return false };
            (unit..unit + 3).any(|at| sheet.noun(at).is_some_and(is_of_a_group))
        });
    let open = local && draft.roles.party.is_none() && !scene.migrants && !scene.captives && !either && !theirs;
    let open = open && !of_a_body(sheet, draft) && !scene.mixed;
    if let Some(home) = scene.home.filter(|_| open) {
        // "eight people died in Bangkok", in an article about Myanmar.
        let abroad = sheet.sentences[draft.sentence].clone().any(|unit| {
            let words = [PartyWord::Place, PartyWord::Name, PartyWord::Metonym, PartyWord::Adjective];
            sheet.party_by(unit, &words).is_some_and(|party| party != home && sheet.words.parties[party as usize].state)
        });
        if !abroad {
            draft.roles.party = Some(Slot::by(home, draft.counted.unit, "the country that the article is about"));
        }
    }
}

/// Whether what is done is done by whoever speaks: "claimed to have killed", "said it captured".
fn by_speaker(sheet: &Sheet<'_>, draft: &Draft<'_>, verb: Option<Verb>) -> bool {
    let object = draft.roles.verb.is_some_and(|(_, tie)| matches!(tie, Tie::Object | Tie::Parallel));
    let said = draft.chain_evidence.first().copied();
    // "The army said it had retaken two districts and captured 83 militiamen"
    let it = |said: usize| {
        let subject = said + 1 + usize::from(sheet.is_any(said + 1, words!["that"]));
        sheet.is_any(subject, words!["it", "they", "its", "their"])
    };
    object
        && verb.is_some_and(|verb| {
            let before = said.filter(|said| *said < verb.at);
            let near = before.is_some_and(|said| verb.start <= said + 3);
            let itself = before.is_some_and(it) && !matches!(verb.subject, Actor::Party(..) | Actor::Both(_));
            verb.voice == Voice::Infinitive && near || itself || verb.inherited && verb.subject.party().is_none()
        })
}

/// "38 soldiers were killed and 12 wounded", "46,000 troops, with tens of thousands more missing":
/// an elliptical count speaks of the people of the count before it.
fn parallel_party(counts: &[QuantityMention], draft: &mut Draft<'_>, drafts: &[Draft<'_>]) {
    let tied = draft.counted.is_elliptical() || counts[draft.count].notes.any(&[Note::Additive, Note::Part]);
    let state = draft.counted.noun.is_some_and(|(noun, _)| noun.category.is_some() && noun.class == NounClass::People);
    if !(tied || state) {
        return;
    }
    let unit = draft.counted.unit;
    // "Iran said 1,060 had been killed, while Israel reported 28 deaths": each side counts its own.
    let voice = |d: &Draft<'_>| d.chain.first().map(|speaker| speaker.asserter.side.clone());
    let own = voice(draft);
    let apart = |d: &&Draft<'_>| {
        voice(d).zip(own.clone()).is_some_and(|(theirs, ours)| {
            theirs != ours && matches!((&theirs, &ours), (Side::Party(_), Side::Party(_)))
        })
    };
    let previous = recent(drafts, draft.sentence, 0).find(|d| d.counted.unit < unit);
    // "34 of the Chechen gunmen were killed where they were holding 600 hostages": two sorts of people.
    let captors = |d: &&Draft<'_>| {
        draft.category.id != d.category.id
            && matches!(&*draft.category.id, "hostages" | "prisoners")
            && d.counted.noun.is_some_and(|(noun, _)| is_of_a_group(noun))
    };
    if let Some(previous) = previous.filter(|d| !apart(d) && !captors(d)) {
        draft.roles.party = previous.roles.party.map(|slot| Slot { rule: PARALLEL, ..slot });
    }
}
