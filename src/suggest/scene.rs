//! What the whole article tells: who is named how often, and which two parties face one another.

use std::collections::BTreeMap;

use super::clauses::Actor;
use super::lexicon_pass::{PartyWord, Words};
use super::sheet::Sheet;
use super::word_set::WordSet;
use crate::claim::{Cue, NounClass, Side, SourceRole};

/// The rule of the other of two foes.
pub(super) const COMPLEMENT: &str = "two-party complement";

/// Words for people on their way, of whom no captivity is told.
const ON_THE_MOVE: &WordSet =
    words!["migrant", "migrants", "returnee", "returnees", "repatriation", "asylum", "asylum seekers", "deportees",];

/// Words for those who take people, and what they want for them.
const KIDNAPPING: &WordSet =
    words!["kidnapper", "kidnappers", "abductors", "captors", "hostage-takers", "hostage takers", "ransom", "ransoms"];

/// Words of war.
const FIGHTING: &WordSet = words![
    "martyr",
    "martyrs",
    "attack",
    "attacks",
    "bombing",
    "bombings",
    "raid",
    "raids",
    "battle",
    "fighting",
    "invasion",
    "rocket",
    "rockets",
    "war",
    "shelling",
    "shelled",
    "strike",
    "strikes",
    "airstrike",
    "airstrikes",
    "air strikes",
    "missile",
    "missiles",
    "drone",
    "drones",
    "ceasefire",
    "truce",
    "artillery",
    "firing",
    "army",
    "ammunition",
    "fire",
    "jets",
    "bombardment",
    "offensive",
    "clashes",
];

/// Words of sickness that spreads.
const SICKNESS: &WordSet = words![
    "outbreak",
    "epidemic",
    "pandemic",
    "cholera",
    "measles",
    "ebola",
    "marburg",
    "mpox",
    "dengue",
    "malaria",
    "meningitis",
    "diphtheria",
    "polio",
    "typhoid",
    "influenza",
    "flu",
    "covid",
    "virus",
    "disease",
    "infection",
    "infections",
    "infected",
    "fever",
    "plague",
    "hepatitis",
    "anthrax",
    "diarrhoea",
    "diarrhea",
    "poisoning",
];

/// The parties of an article.
pub(super) struct Scene {
    /// The first unit that names each party, and how often it is named.
    mentions: BTreeMap<u16, (usize, u32)>,
    /// The two parties of the article's main event.
    pub(super) pair: Option<(u16, u16)>,
    /// Whether it speaks of prisoners or hostages.
    pub(super) captives: bool,
    /// Whether it calls captives hostages: oftener than prisoners, and whether at least twice as often.
    pub(super) hostages: bool,
    hardly_prisoners: bool,
    /// Whether it speaks of bodies, and hardly of captives.
    pub(super) of_bodies: bool,
    /// Whether the lexicon knows the two as facing one another: the article is about a conflict.
    pub(super) conflict: bool,
    /// Whether the two are states: then it matters of each casualty whose it is.
    pub(super) states: bool,
    /// Whether it speaks oftener of the uprooted and sent back than of captives.
    pub(super) uprooted: bool,
    /// Whether it speaks again and again of those who leave their homes.
    pub(super) leaving: bool,
    /// Whether it speaks of migrants: then its dead are of other countries than where they died.
    pub(super) migrants: bool,
    /// Whether it is about sickness that spreads: then its "cases" are people.
    pub(super) sickness: bool,
    /// Whether it tells of the hurt, the saved or those aboard, and not of soldiers: then its dead are of a
    /// disaster or an attack.
    pub(super) hurt: bool,
    /// The state that it is about: named far oftener than any other.
    pub(super) home: Option<u16>,
    /// Whether it counts people of several states beside that one: "11 Serbs, five Croats".
    pub(super) mixed: bool,
}

impl Scene {
    /// Reads an article's sheet, once.
    pub(super) fn of(sheet: &Sheet<'_>) -> Self {
        let mut sickness = false;
        let mut mentions: BTreeMap<u16, (usize, u32)> = BTreeMap::new();
        let mut together: BTreeMap<(u16, u16), u32> = BTreeMap::new();
        let mut here: Vec<u16> = Vec::new();
        let (mut captives, mut bodies, mut freed) = (false, 0_u32, false);
        let (mut hostages, mut prisoners, mut uprooted) = (0_u32, 0_u32, 0_u32);
        let (mut hurt, mut soldiers, mut moving) = (0_u32, 0_u32, 0_u32);
        let mut counted: Vec<u16> = Vec::new();
        // "the Israeli Prison Service": a body that the lexicon knows names its side.
        let named = |unit: usize| match sheet.party(unit) {
            Some((_, PartyWord::Place)) => None,
            Some((party, _)) => Some(party),
            None => sheet.source(unit).filter(|source| source.role != SourceRole::Outlet).and_then(|source| {
                let Side::Party(side) = &source.side else { return None };
                sheet.words.party_named(side)
            }),
        };
        for sentence in &sheet.sentences {
            here.clear();
            for unit in sentence.clone() {
                // "captives" are of either kind.
                let captive =
                    |noun: &crate::claim::NounEntry| noun.forms.first().is_some_and(|form| &**form == "captive");
                match sheet.noun(unit).and_then(|noun| noun.category.as_deref().filter(|_| !captive(noun))) {
                    Some("hostages") => (captives, hostages) = (true, hostages + 1),
                    Some("prisoners") => (captives, prisoners) = (true, prisoners + 1),
                    Some("exchanges") => captives = true,
                    Some("bodies") => bodies += 1,
                    Some("displaced") => uprooted += 1,
                    Some("wounded" | "rescued" | "aboard") => hurt += 1,
                    _ => moving += u32::from(sheet.is_any(unit, ON_THE_MOVE)),
                }
                if sheet.is_any(unit, KIDNAPPING) {
                    (captives, hostages) = (true, hostages + 1);
                }
                soldiers += u32::from(sheet.is_noun(unit, NounClass::Military) || sheet.is_any(unit, FIGHTING));
                sickness = sickness || sheet.is_any(unit, SICKNESS);
                freed = freed
                    || sheet.frame(unit).is_some_and(|(frame, _)| {
                        matches!(
                            &*sheet.frame_entry(frame).name,
                            "free" | "release" | "swap" | "exchange" | "hand over"
                        )
                    });
                let taken = sheet.frame(unit).and_then(|(frame, _)| sheet.frame_entry(frame).category.as_deref());
                hostages += u32::from(taken == Some("hostages"));
                uprooted += u32::from(taken == Some("displaced"));
                hurt += u32::from(matches!(taken, Some("wounded" | "rescued" | "aboard")));
                let Some(party) = named(unit) else { continue };
                mentions.entry(party).or_insert((unit, 0)).1 += 1;
                if !here.contains(&party) {
                    here.push(party);
                }
                let own_count = unit > sentence.start && sheet.count(unit - 1).is_some();
                let state = !counted.contains(&party);
                if own_count && state && sheet.party_by(unit, &[PartyWord::People, PartyWord::Adjective]).is_some() {
                    counted.push(party);
                }
                if sheet.cue(unit + 1, Cue::And)
                    && let Some((second, _)) = sheet.party(unit + 2)
                    && second != party
                {
                    *together.entry((party.min(second), party.max(second))).or_default() += 3;
                }
            }
            // A long list of countries says nothing of who faces whom.
            if here.len() <= 4 {
                for (i, a) in here.iter().enumerate() {
                    for b in &here[i + 1..] {
                        *together.entry((*a.min(b), *a.max(b))).or_default() += 1;
                    }
                }
            }
        }
        let facing = |a: u16, b: u16| {
            sheet.words.opposites[a as usize].contains(&b) || sheet.words.opposites[b as usize].contains(&a)
        };
        // "Turkey and Crimea": a party may stand beside another by one of its places alone.
        let of = |party: u16| mentions.get(&party).copied().unwrap_or((usize::MAX, 0));
        // A people and a group of it do not face one another.
        let kin = |a: u16, b: u16| {
            let (a, b) = (&sheet.words.parties[a as usize], &sheet.words.parties[b as usize]);
            a.part_of.as_ref() == Some(&b.name) || b.part_of.as_ref() == Some(&a.name)
        };
        let pair = together
            .iter()
            .filter(|((a, b), _)| !kin(*a, *b))
            .map(|((a, b), score)| {
                let named = of(*a).1.min(of(*b).1);
                (score + named + if facing(*a, *b) { 6 } else { 0 }, (*a, *b))
            })
            .max_by_key(|(score, pair)| (*score, std::cmp::Reverse(*pair)))
            .map(|(_, (a, b))| if of(a).0 <= of(b).0 { (a, b) } else { (b, a) });
        // Two foes that an earthquake shakes are neighbours.
        let fought = captives || soldiers > 0 || freed || bodies > 0 && hurt == 0;
        let conflict = fought && pair.is_some_and(|(a, b)| facing(a, b));
        let state = |party: u16| sheet.words.parties[party as usize].state;
        let states = pair.is_some_and(|(a, b)| state(a) && state(b));
        let leaving = uprooted >= 2 && uprooted > hostages + prisoners;
        let uprooted = uprooted + moving > hostages + prisoners;
        // A state that fights a group of its own; one that fights a people's group is not where both live.
        let within = pair.is_some_and(|(a, b)| {
            let of = |party: u16| sheet.words.parties[party as usize].part_of.as_deref();
            // A people with a capital of its own does not live in the state that it fights.
            let own = |group: u16, state: u16| {
                let ground = !sheet.words.parties[group as usize].capital.is_empty();
                of(group).map_or(!ground, |of| of == &*sheet.words.parties[state as usize].name)
            };
            state(a) && !state(b) && own(b, a) || state(b) && !state(a) && own(a, b)
        });
        let home = Self::home(sheet.words, &mentions).filter(|_| !conflict || within);
        let mixed = counted.iter().filter(|party| Some(**party) != home).count() >= 2;
        // Six words for bodies to each for captives: an exchange of the dead alone.
        let of_bodies = bodies >= 6 * (hostages + prisoners).max(1);
        let (hostages, hardly_prisoners) = (hostages > prisoners, hostages >= 2 * prisoners);
        Self {
            mentions,
            pair,
            captives,
            hostages,
            hardly_prisoners,
            of_bodies,
            conflict,
            states,
            uprooted,
            leaving,
            migrants: moving > 0,
            sickness,
            hurt: hurt >= 2 && soldiers < hurt,
            home,
            mixed,
        }
    }

    /// The state that is named three times or more, and at least twice as often as any other.
    fn home(words: &Words, mentions: &BTreeMap<u16, (usize, u32)>) -> Option<u16> {
        let states = || mentions.iter().filter(|(party, _)| words.parties[**party as usize].state);
        let (home, (_, often)) =
            states().max_by_key(|(party, (first, often))| (*often, std::cmp::Reverse((*first, **party))))?;
        let next = states().filter(|(party, _)| *party != home).map(|(_, (_, often))| *often).max().unwrap_or(0);
        (*often >= 3 && *often >= 2 * next).then_some(*home)
    }

    /// The other of two parties, and the rule that names it.
    pub(super) fn other(&self, words: &Words, party: u16) -> Option<(u16, &'static str)> {
        // Two that the lexicon knows as foes are the two; of others that are named together it may be wrong.
        let rule = if self.conflict { COMPLEMENT } else { "the other of two that are named" };
        if let Some((a, b)) = self.pair {
            if a == party {
                return Some((b, rule));
            }
            if b == party {
                return Some((a, rule));
            }
        }
        words.opposites[party as usize]
            .iter()
            .find(|other| self.mentions.contains_key(other))
            .map(|other| (*other, "usual opposite"))
    }

    /// "the army", "the rebels": whose they are where a state and a group fight one another.
    pub(super) fn side_of_body(&self, words: &Words, body: &str) -> Option<u16> {
        const STATE: &[&str] = &["army", "military", "government", "security forces", "army spokesman", "troops"];
        const GROUP: &[&str] =
            &["rebels", "militants", "insurgents", "jihadists", "guerrillas", "rebel group", "group"];
        let (state, group) = self.state_and_group(words)?;
        let is = |bodies: &[&str]| bodies.iter().any(|known| body.eq_ignore_ascii_case(known));
        if is(STATE) { Some(state) } else { is(GROUP).then_some(group) }
    }

    /// The state and the group, where one of each face one another.
    pub(super) fn state_and_group(&self, words: &Words) -> Option<(u16, u16)> {
        let (a, b) = self.pair.filter(|_| self.conflict)?;
        match (words.parties[a as usize].state, words.parties[b as usize].state) {
            (true, false) => Some((a, b)),
            (false, true) => Some((b, a)),
            _ => None,
        }
    }

    /// The group of a people that the article names oftenest: those who hold hostages are Hamas, and no people.
    pub(super) fn group_of(&self, words: &Words, people: u16) -> Option<u16> {
        let name = &words.parties[people as usize].name;
        let of = |party: &u16| words.parties[*party as usize].part_of.as_ref() == Some(name);
        let named = self.mentions.iter().filter(|(party, _)| of(party));
        named
            .max_by_key(|(party, (first, often))| (*often, std::cmp::Reverse((*first, **party))))
            .map(|(party, _)| *party)
    }

    /// Whether a party is one of the two.
    pub(super) fn has(&self, party: u16) -> bool {
        self.pair.is_some_and(|(a, b)| a == party || b == party)
    }

    /// What those are who are let go by a party, where the words do not say it: hostages, if the article
    /// calls its captives so and no state lets them go.
    pub(super) fn captive(&self, words: &Words, giver: Option<u16>) -> &'static str {
        let group = giver.map(|party| !words.parties[party as usize].state);
        if self.hostages && group.unwrap_or(self.hardly_prisoners) { "hostages" } else { "prisoners" }
    }

    /// The two parties that a subject names together, in its order.
    pub(super) fn both(&self, sheet: &Sheet<'_>, subject: Actor) -> Option<(u16, u16)> {
        let Actor::Both(unit) = subject else { return None };
        match (sheet.party(unit), sheet.party(unit + 2)) {
            (Some((a, _)), Some((b, _))) if a != b => Some((a, b)),
            _ => self.pair,
        }
    }
}
