//! The verbs of a sentence: which frame each belongs to, its voice, and who its subject is.
//!
//! No full parse: verb groups are read from their auxiliaries, and a subject is the first noun
//! phrase without a preposition between a clause's beginning and its verb. Coordinated verbs and
//! participles inherit the subject of the verb before.

use std::ops::Range;

use super::lexicon_pass::{Forms, PartyWord, bit};
use super::sheet::{Sheet, What};
use super::word_set::WordSet;
use crate::article::BlockKind;
use crate::claim::{Cue, NounClass, NounEntry, Role, Side};

/// How a verb stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Voice {
    /// "returned", "has returned", "will return", "is returning"
    Active,
    /// "were returned", "has been handed over"
    Passive,
    /// "to return"
    Infinitive,
    /// "returning", without an auxiliary
    Gerund,
    /// A past form behind a noun and without an auxiliary: "bodies returned to Ukraine". It may be
    /// a participle or a verb; what follows tells.
    Bare,
    /// "the return of"
    Nominal,
}

/// Who does something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Actor {
    /// A party, and the unit that names it.
    Party(u16, usize),
    /// Two parties together, and where they are named.
    Both(usize),
    /// "we": the side of whoever speaks.
    Speaker(usize),
    /// Somebody or something that is no party.
    Other(usize),
    /// Nobody is named.
    Nobody,
}

impl Actor {
    /// The party.
    pub(super) fn party(self) -> Option<(u16, usize)> {
        match self {
            Self::Party(party, unit) => Some((party, unit)),
            _ => None,
        }
    }
}

/// A verb, or a noun of doing.
#[derive(Clone, Copy, Debug)]
pub(super) struct Verb {
    /// The unit of its main word.
    pub(super) at: usize,
    /// The first unit of its group, auxiliaries included.
    pub(super) start: usize,
    /// Its frame, where it has one.
    pub(super) frame: Option<u16>,
    /// Whether it is a verb of saying.
    pub(super) says: bool,
    /// How it stands.
    pub(super) voice: Voice,
    /// Its subject.
    pub(super) subject: Actor,
    /// Cues of the group: plans, possibilities, negations (bits).
    pub(super) cues: u64,
    /// Whether the subject was taken over from a verb before.
    pub(super) inherited: bool,
}

const AUXILIARY: u64 = bit(Cue::Be)
    | bit(Cue::Have)
    | bit(Cue::Will)
    | bit(Cue::Possible)
    | bit(Cue::Negation)
    | bit(Cue::Adverb)
    | bit(Cue::Plan)
    | bit(Cue::Fear)
    | bit(Cue::To);

/// The verbs of a sentence, in order.
pub(super) fn verbs(sheet: &Sheet<'_>, sentence: &Range<usize>, before: Actor) -> Vec<Verb> {
    let mut verbs: Vec<Verb> = Vec::new();
    for at in sentence.clone() {
        if sheet.what(at) != What::Word {
            continue;
        }
        let frame = sheet.words.particles.parted(sheet, at, sentence).or_else(|| sheet.frame(at));
        let says = sheet.reporting(at).is_some_and(|entry| {
            !matches!(entry.pattern, crate::claim::Saying::Preposition | crate::claim::Saying::Noun)
        });
        if frame.is_none() && !says {
            continue;
        }
        // "government-held areas", "Hamas-run": part of an adjective.
        if at > sentence.start && sheet.is_punct(at - 1, "-") && sheet.is_glued(at) {
            continue;
        }
        // "Mike Lynch": a name that looks like a verb.
        if at > sentence.start
            && sheet.is_capitalised(at)
            && sheet.is_capitalised(at - 1)
            && sheet.is_unknown(at - 1)
            && !matches!(sheet.block_of(at), BlockKind::Heading(_))
        {
            continue;
        }
        // "43 prisoners with life sentences": a plural behind a preposition is no verb.
        if sheet.word(at).ends_with('s')
            && frame.is_some_and(|(_, forms)| forms.has(Forms::FINITE) && !forms.has(Forms::PARTICIPLE))
            && at > sentence.start + 1
            && sheet.what(at - 1) == What::Word
            && sheet.any_cue(at - 2, bit(Cue::With) | bit(Cue::For) | bit(Cue::Preposition) | bit(Cue::In))
            && sheet.is_unknown(at - 1)
            && !sheet.is_capitalised(at - 1)
            && !sheet.word(at - 1).ends_with('s')
        {
            continue;
        }
        let (start, cues) = group_start(sheet, at, sentence.start);
        let says = says && !looks_nominal(sheet, at, start, sentence.start);
        if frame.is_none() && !says {
            continue;
        }
        let forms = frame.map_or(Forms::FINITE.with(Forms::PARTICIPLE), |(_, forms)| forms);
        let Some(voice) = voice(sheet, at, start, cues, forms, sentence, says && frame.is_none()) else { continue };
        let mut verb = Verb {
            at,
            start,
            frame: frame.map(|(f, _)| f),
            says,
            voice,
            subject: Actor::Nobody,
            cues,
            inherited: false,
        };
        if voice != Voice::Nominal {
            (verb.subject, verb.inherited) = subject(sheet, &verb, &verbs, sentence, before);
        }
        verbs.push(verb);
    }
    verbs
}

/// Whether a word of saying stands as a noun or adjective: "a government project", "the reported deaths".
fn looks_nominal(sheet: &Sheet<'_>, at: usize, start: usize, floor: usize) -> bool {
    let word = sheet.word(at);
    if at == floor && start == at {
        // "State news agency", "Reports from the field": a noun; "Confirmed: 12 dead" is none.
        let past =
            word.ends_with("ed") || word.ends_with("ing") || word.contains(' ') || matches!(word, "said" | "told");
        return !past && !sheet.is_any(at + 1, words!["that", ":"]);
    }
    // "a mines official said": these are verbs and nothing else.
    if start < at || at == floor || matches!(word, "said" | "told" | "says" | "tells") {
        return false;
    }
    let previous = at - 1;
    // "in Perlis state", "the Varsha project": part of a name.
    if matches!(word, "state" | "project") && sheet.is_capitalised(previous) {
        return true;
    }
    if sheet.any_cue(
        previous,
        bit(Cue::Determiner)
            | bit(Cue::Possessive)
            | bit(Cue::Of)
            | bit(Cue::In)
            | bit(Cue::By)
            | bit(Cue::From)
            | bit(Cue::For),
    ) || sheet.is_possessive(previous)
        || sheet.party_by(previous, &[PartyWord::Adjective]).is_some()
            && sheet.party_by(previous, &[PartyWord::People]).is_none()
        || sheet.is_any(previous, words!["new", "latest", "other"])
        // "an official explained" says it.
        || sheet.is_any(previous, words!["official"]) && !word.ends_with("ed")
        // "which first spoke of seven": an adverb there.
        || sheet.is_any(previous, words!["first"])
            && !sheet.is_any(previous.wrapping_sub(1), words!["which", "who", "had", "has", "have"])
            && !(previous > floor && sheet.noun(previous - 1).is_some())
        // "Unconfirmed reports that 100 had died"
        || matches!(word, "reports" | "claims")
            && sheet.is_any(
                previous,
                words!["unconfirmed", "initial", "early", "earlier", "conflicting", "preliminary", "unverified", "press", "some"],
            )
    {
        return !sheet.is_any(previous, words!["that", "all", "both"]);
    }
    // "has suspended asylum claims": the object of a verb, with a noun in front of it.
    if word.ends_with('s')
        && sheet.is_unknown(previous)
        && !sheet.is_capitalised(previous)
        && previous > floor
        && sheet.word(previous - 1).ends_with("ed")
    {
        return true;
    }
    // "exchanged lists of prisoners", "denied reports that": the object of a verb.
    if word.ends_with('s')
        && (sheet.frame(previous).is_some_and(|(_, forms)| forms.has(Forms::FINITE))
            || sheet.reporting(previous).is_some_and(|entry| entry.pattern == crate::claim::Saying::Says))
        && sheet.noun(previous).is_none()
    {
        return true;
    }
    // "initial reports suggested", "the claims were": what follows is the verb.
    let verb_follows = sheet.any_cue(at + 1, bit(Cue::Be) | bit(Cue::Have) | bit(Cue::Will) | bit(Cue::Possible))
        || sheet.reporting(at + 1).is_some_and(|entry| entry.pattern == crate::claim::Saying::Says);
    if verb_follows && word.ends_with('s') {
        return true;
    }
    let past = word.ends_with("ed") || word.ends_with("ing") || word.ends_with('s');
    let irregular =
        ["said", "told", "wrote", "put", "written", "shown", "thought", "say", "tell", "found", "given", "gave"];
    if past || irregular.iter().any(|form| word.starts_with(form)) || word.contains(' ') {
        return false;
    }
    // ", figures from the ministry of migration show": a plural stands further in front.
    if matches!(word, "show" | "suggest" | "indicate" | "say")
        && (sheet.is_punct_any(at + 1, &[".", ","]) || sheet.count(at + 1).is_some() || at + 1 >= sheet.units.len())
    {
        return false;
    }
    // A base form needs a plural before it: "officials report", never "a government project".
    let plural = sheet.word(previous).ends_with('s')
        || sheet.is_any(previous, words!["they", "we", "i", "you", "who", "police"]);
    !plural && !sheet.is_any(at + 1, words!["that"]) && !(sheet.party(previous).is_some() && sheet.cue(at + 1, Cue::To))
}

/// The first unit of the verb group that a word closes, and the cues in it.
fn group_start(sheet: &Sheet<'_>, at: usize, floor: usize) -> (usize, u64) {
    let (mut start, mut cues) = (at, 0);
    while start > floor && at - start < 7 {
        let unit = start - 1;
        let found = sheet.cues(unit) & AUXILIARY;
        let adverb = sheet.is_unknown(unit) && sheet.word(unit).ends_with("ly");
        if sheet.what(unit) != What::Word || (found == 0 && !adverb) {
            break;
        }
        // Adverbs in front of the first auxiliary belong to the clause, not to the group.
        cues |= found;
        start = unit;
    }
    while start < at && sheet.cues(start) & AUXILIARY & !bit(Cue::Adverb) == 0 {
        start += 1;
    }
    (start, cues)
}

/// The voice of a word with these forms; `None` where it is no verb here.
fn voice(
    sheet: &Sheet<'_>,
    at: usize,
    start: usize,
    cues: u64,
    forms: Forms,
    sentence: &Range<usize>,
    says: bool,
) -> Option<Voice> {
    let has = |cue: Cue| cues & bit(cue) != 0;
    let helped = start < at;
    let previous = at.checked_sub(1).filter(|unit| *unit >= sentence.start);
    if forms.has(Forms::NOUN) && !helped {
        let after_determiner = previous.is_some_and(|unit| stands_before_noun(sheet, unit, sentence.start));
        if after_determiner || sheet.cue(at + 1, Cue::Of) || forms.only(Forms::NOUN) {
            return Some(Voice::Nominal);
        }
    }
    if forms.only(Forms::NOUN) {
        return Some(Voice::Nominal);
    }
    if forms.has(Forms::PARTICIPLE) && has(Cue::Be) {
        return Some(Voice::Passive);
    }
    if forms.has(Forms::GERUND) {
        return Some(if has(Cue::Be) { Voice::Active } else { Voice::Gerund });
    }
    if has(Cue::Have) || has(Cue::Will) || has(Cue::Possible) {
        return Some(Voice::Active);
    }
    if has(Cue::To) || has(Cue::Plan) || has(Cue::Fear) {
        return Some(if forms.has(Forms::FINITE) { Voice::Infinitive } else { Voice::Bare });
    }
    if says {
        return Some(Voice::Active);
    }
    // "the dead at 19 and the injured at 44": a participle that stands for its people.
    let stands_for = previous.is_some_and(|unit| sheet.is_any(unit, words!["the"]))
        && sheet.noun(at).is_some_and(|noun| noun.category.is_some())
        && (sheet.is_any(at + 1, words!["at"]) || sheet.cue(at + 1, Cue::To));
    if stands_for && !helped {
        return None;
    }
    if forms.has(Forms::PARTICIPLE) {
        return Some(Voice::Bare);
    }
    forms.has(Forms::FINITE).then_some(Voice::Active)
}

/// Whether a noun is expected behind a unit: a determiner, a possessive, a preposition, an adjective behind one.
fn stands_before_noun(sheet: &Sheet<'_>, unit: usize, floor: usize) -> bool {
    let mut at = unit;
    for _ in 0..3 {
        if sheet.any_cue(
            at,
            bit(Cue::Determiner)
                | bit(Cue::Possessive)
                | bit(Cue::Own)
                | bit(Cue::Of)
                | bit(Cue::In)
                | bit(Cue::By)
                | bit(Cue::From)
                | bit(Cue::For)
                | bit(Cue::With)
                | bit(Cue::Preposition),
        ) || sheet.is_possessive(at)
            || sheet.is_any(at, words!["another", "first", "latest", "last", "previous", "new"])
        {
            return true;
        }
        let adjective = (sheet.is_unknown(at) && !sheet.is_capitalised(at))
            || sheet.party_by(at, &[PartyWord::Adjective]).is_some()
            || sheet.noun(at).is_some_and(|noun| noun.class != NounClass::Bodies);
        if !adjective || at == floor {
            return false;
        }
        at -= 1;
    }
    false
}

/// The subject of a verb, and whether it is that of a verb before.
fn subject(sheet: &Sheet<'_>, verb: &Verb, verbs: &[Verb], sentence: &Range<usize>, before: Actor) -> (Actor, bool) {
    let inherited = || {
        let last = verbs.iter().rev().find(|v| v.voice != Voice::Nominal && v.subject != Actor::Nobody);
        (last.map_or(Actor::Nobody, |v| v.subject), true)
    };
    let mut high = before_adverbs(sheet, verb.start, sentence.start);
    // "returned 24 bodies and received 38": coordinated verbs share the subject.
    if high > sentence.start
        && (sheet.cue(high - 1, Cue::And) || sheet.is_any(high - 1, words!["but", "then"]))
        && verbs.iter().any(|v| v.voice != Voice::Nominal && v.subject != Actor::Nobody)
    {
        return inherited();
    }
    // ", a member of the ruling party, told": what stands between commas is an apposition.
    if high > sentence.start && sheet.is_punct(high - 1, ",") {
        let mut at = high - 1;
        while at > sentence.start && !sheet.is_punct(at - 1, ",") {
            at -= 1;
        }
        if at > sentence.start + 1 {
            high = at - 1;
        } else if verb.voice == Voice::Gerund {
            return inherited();
        }
    }
    // "After freeing 12, Armenia received three": so with a word before it.
    let led = verb.start == sentence.start + 1
        && verb.voice == Voice::Gerund
        && sheet.is_any(
            sentence.start,
            words!["after", "before", "by", "while", "since", "upon", "on", "besides", "despite"],
        );
    let opens = (verb.start == sentence.start || led)
        && (verb.voice == Voice::Gerund || sheet.is_any(verb.start, words!["having"]))
        && verb.start < sentence.end;
    if opens && let Some(comma) = (verb.at + 1..sentence.end.min(verb.at + 24)).find(|at| sheet.is_punct(*at, ",")) {
        let end = (comma + 1..sentence.end)
            .find(|at| sheet.frame(*at).is_some() || sheet.what(*at) == What::Punct || sheet.reporting(*at).is_some())
            .unwrap_or(sentence.end);
        return (actor(sheet, comma + 1..end, &[], before), false);
    }
    let mut low = high;
    let mut opened_by = None;
    while low > sentence.start {
        let unit = low - 1;
        let is_verb = verbs.iter().any(|v| v.at == unit && v.voice != Voice::Nominal && !is_adjective(sheet, v));
        let punct = sheet.what(unit) == What::Punct
            && !sheet.is_punct_any(unit, &["-", "'", ".", "(", ")"])
            && !sheet.is_possessive(unit);
        let clause = opens_clause(sheet, unit);
        if is_verb || punct || clause || sheet.what(unit) == What::Break {
            opened_by = Some(unit);
            break;
        }
        low = unit;
    }
    let found = actor(sheet, low..high, verbs, before);
    match found {
        Actor::Nobody => {
            let relative = opened_by.filter(|unit| sheet.cue(*unit, Cue::Relative));
            if let Some(unit) = relative {
                // "Hamas, which released 12": the noun phrase in front of the pronoun.
                let mut end = unit;
                while end > sentence.start && sheet.is_punct(end - 1, ",") {
                    end -= 1;
                }
                let from = (sentence.start..end)
                    .rev()
                    .find(|unit| sheet.what(*unit) == What::Punct || verbs.iter().any(|v| v.at == *unit))
                    .map_or(sentence.start, |unit| unit + 1);
                return (actor(sheet, from..end, verbs, before), false);
            }
            inherited()
        }
        Actor::Party(party, unit) => {
            let first = unit.checked_sub(2).filter(|first| *first == sentence.start && sheet.is_punct(unit - 1, ","));
            let both = first.and_then(|first| sheet.party_by(first, &[PartyWord::Name, PartyWord::Metonym]));
            match first {
                Some(first) if both.is_some_and(|other| other != party) => (Actor::Both(first), false),
                _ => (found, false),
            }
        }
        _ => (found, false),
    }
}

/// The first of the adverbs in front of a unit: "also", "previously", "officially".
pub(super) fn before_adverbs(sheet: &Sheet<'_>, unit: usize, floor: usize) -> usize {
    let mut at = unit;
    // "The company first spoke of"
    let first = |unit: usize| sheet.is_any(unit, words!["first"]) && unit > floor && sheet.noun(unit - 1).is_some();
    while at > floor
        && (sheet.cue(at - 1, Cue::Adverb)
            || (sheet.is_unknown(at - 1) && sheet.word(at - 1).ends_with("ly"))
            || first(at - 1))
    {
        at -= 1;
    }
    at
}

/// Whether a unit opens a clause: "which", "that" before a new subject, "while".
pub(super) fn opens_clause(sheet: &Sheet<'_>, unit: usize) -> bool {
    if sheet.is_any(unit, words!["that"]) {
        // "that attack" is no clause; "that Ukraine", "that 12 people", "that killed" are.
        return !(sheet.is_noun(unit + 1, NounClass::Things) || sheet.is_noun(unit + 1, NounClass::Events));
    }
    sheet.cue(unit, Cue::Relative) || (sheet.cue(unit, Cue::Subordinator) && !sheet.cue(unit, Cue::Adverb))
}

/// Whether a bare participle stands in front of the noun that it describes.
pub(super) fn is_adjective(sheet: &Sheet<'_>, verb: &Verb) -> bool {
    verb.voice == Voice::Bare
        && verb.start == verb.at
        && (sheet.noun(verb.at + 1).is_some() || sheet.party_by(verb.at + 1, &[PartyWord::Adjective]).is_some())
}

/// The first noun phrase without a preposition in a range, as somebody who acts.
pub(super) fn actor(sheet: &Sheet<'_>, range: Range<usize>, verbs: &[Verb], before: Actor) -> Actor {
    let mut at = range.start;
    let mut other = None;
    while at < range.end {
        if sheet.any_cue(
            at,
            bit(Cue::From)
                | bit(Cue::To)
                | bit(Cue::Of)
                | bit(Cue::By)
                | bit(Cue::For)
                | bit(Cue::With)
                | bit(Cue::In)
                | bit(Cue::Preposition),
        ) {
            at = complement_end(sheet, at + 1, range.end);
            continue;
        }
        if sheet.cue(at, Cue::Both) {
            return Actor::Both(at);
        }
        if sheet.is_any(at, words!["we"]) || sheet.is_any(at, words!["our"]) && sheet.any_cue(at + 1, bit(Cue::Organ)) {
            return Actor::Speaker(at);
        }
        if sheet.is_any(at, words!["it", "they"]) {
            // "The government said it would": the subject of the verb before, whoever that is.
            let last = verbs
                .iter()
                .rev()
                .filter(|v| v.voice != Voice::Nominal)
                .map(|v| v.subject)
                .find(|s| *s != Actor::Nobody);
            return last.unwrap_or(before);
        }
        // "Syria's SDF", "Colombia's ELN rebels": the second acts.
        if sheet.party(at).is_some()
            && sheet.is_possessive(at + 1)
            && at + 2 < range.end
            && sheet.party_by(at + 2, &[PartyWord::Name]).is_some()
        {
            at += 2;
            continue;
        }
        // "his country had lost": the speaker's.
        if sheet.is_any(at, words!["his", "her", "my"])
            && (sheet.is_any(at + 1, words!["country", "nation", "side"]) || sheet.any_cue(at + 1, bit(Cue::Organ)))
        {
            return Actor::Speaker(at);
        }
        if let Some((party, by)) = sheet.party(at)
            && by != PartyWord::Place
        {
            // "Ethiopia, Eritrea free 520 prisoners"
            let listed = sheet.is_punct(at + 1, ",") && matches!(sheet.block_of(at), BlockKind::Heading(_));
            if listed
                && at + 3 == range.end
                && let Some((second, _)) = sheet.party(at + 2)
                && second != party
            {
                return Actor::Both(at);
            }
            if sheet.cue(at + 1, Cue::And)
                && at + 2 < range.end
                && let Some((second, _)) = sheet.party(at + 2)
                && second != party
            {
                return Actor::Both(at);
            }
            // "Papua New Guinea gunmen free nine": of the country, and not for it.
            let against = by == PartyWord::Name
                && sheet.words.parties[party as usize].state
                && sheet.noun(at + 1).is_some_and(is_of_a_group);
            if against {
                other = other.or(Some(at + 1));
                at += 2;
                continue;
            }
            return Actor::Party(party, at);
        }
        if let Some(source) = sheet.source(at)
            && let Side::Party(side) = &source.side
            && let Some(party) = sheet.words.party_named(side)
        {
            return Actor::Party(party, at);
        }
        let content = sheet.count(at).is_some()
            || (sheet.what(at) == What::Word && sheet.cues(at) & !(bit(Cue::Organ) | bit(Cue::Body)) == 0);
        if content && other.is_none() {
            other = Some(at);
        }
        at += 1;
    }
    other.map_or(Actor::Nobody, Actor::Other)
}

/// The first unit behind a preposition's noun phrase.
fn complement_end(sheet: &Sheet<'_>, from: usize, end: usize) -> usize {
    let mut at = from;
    let mut content = false;
    while at < end {
        if sheet.date(at).is_some() {
            at += 1;
            // "In 2025 alone", "On Thursday"
            if sheet.is_any(at, words!["alone"]) {
                at += 1;
            }
            return at;
        }
        if sheet.what(at) == What::Punct && !sheet.is_possessive(at) && !sheet.is_punct(at, "-") {
            return at;
        }
        let determiner = sheet.any_cue(at, bit(Cue::Determiner) | bit(Cue::Possessive));
        let name = sheet.party_by(at, &[PartyWord::Name, PartyWord::Metonym]).is_some() && !sheet.is_possessive(at + 1);
        if content && (determiner || sheet.cue(at, Cue::Pronoun) || sheet.any_cue(at, bit(Cue::Both))) {
            return at;
        }
        if name {
            // "in northern Nigeria": a part of the country, and no phrase of its own in front of it.
            let part = sheet.word(at - 1).ends_with("ern")
                || sheet.is_any(
                    at - 1,
                    words![
                        "central",
                        "north",
                        "south",
                        "east",
                        "west",
                        "upper",
                        "lower",
                        "neighbouring",
                        "neighboring",
                        "nearby",
                        "rural",
                        "all of",
                        "mainland"
                    ],
                );
            // "from Russia Ukraine received": a second bare name opens a new phrase.
            if content
                && !part
                && !sheet.is_possessive(at - 1)
                && sheet.party_by(at - 1, &[PartyWord::Adjective]).is_none()
            {
                return at;
            }
            return at + 1;
        }
        if sheet.any_cue(at, bit(Cue::From) | bit(Cue::To) | bit(Cue::Of) | bit(Cue::By) | bit(Cue::In)) && content {
            return at;
        }
        content |= !determiner;
        at += 1;
    }
    end
}

/// Whether a word calls people as those of an armed group are called, and never those of a state. Entries
/// of the lexicon stand for all their words: "terrorist" for jihadists and bandits.
pub(super) fn is_of_a_group(noun: &NounEntry) -> bool {
    const OF_A_GROUP: &WordSet = words![
        "fighter",
        "militant",
        "rebel",
        "insurgent",
        "terrorist",
        "gunman",
        "militiaman",
        "kidnapper",
        "hostage-taker"
    ];
    noun.forms.first().is_some_and(|form| OF_A_GROUP.has(form))
}

/// Whether what follows an adjective can act for the state or group: "Syrian authorities", "Russian
/// soldiers", "Israeli President"; "Italian divers" cannot.
pub(super) fn acts_for(sheet: &Sheet<'_>, adjective: usize) -> bool {
    (adjective + 1..adjective + 5)
        .find_map(|unit| {
            if sheet.any_cue(unit, bit(Cue::Organ) | bit(Cue::Body))
                || sheet.is_title(unit)
                || sheet.source(unit).is_some()
            {
                return Some(true);
            }
            if let Some(noun) = sheet.noun(unit) {
                // "Ethiopian rebels" are of the country, and not for it.
                let forces = matches!(noun.class, NounClass::Military | NounClass::Bystanders);
                return Some(forces && !is_of_a_group(noun));
            }
            if sheet.what(unit) != What::Word || sheet.frame(unit).is_some() {
                return Some(false);
            }
            None
        })
        .unwrap_or(false)
}

/// Whether a role moves the counted people from one side to another.
pub(super) fn transfers(role: Role) -> bool {
    matches!(role, Role::Giver | Role::Receiver | Role::Reciprocal)
}
