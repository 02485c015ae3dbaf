//! What a count counts: the noun phrase around it.
//!
//! A partitive's head decides the category ("the remains of 1,000 soldiers" counts bodies), and so
//! does the head behind a possessive ("79 of its own soldiers' remains"). A count without a noun
//! ("Gets 35", "12 were killed") is elliptical, and takes what a frame or a parallel clause gives.

use std::ops::Range;

use super::lexicon_pass::{Forms, PREPOSITIONS, PartyWord, bit};
use super::sheet::{Sheet, What};
use crate::claim::{Cue, NounClass, NounEntry};

/// A party, and the unit that names it.
pub(super) type Named = (u16, usize);

/// Whose people they are by a pronoun.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Owner {
    /// "its own": the subject's.
    Own,
    /// "its", "their".
    Pronoun,
    /// "of ours": the speaker's.
    Ours,
    /// "of theirs": the other side's.
    Theirs,
}

/// The noun phrase around a count.
#[derive(Clone, Debug)]
pub(super) struct Counted<'a> {
    /// The unit of the count.
    pub(super) unit: usize,
    /// The units of the phrase, the partitive's head and its determiner included.
    pub(super) phrase: Range<usize>,
    /// The noun that heads it: of the partitive, else the last behind the count.
    pub(super) noun: Option<(&'a NounEntry, usize)>,
    /// The people's noun below a partitive's head: "soldiers" in "the bodies of 12 soldiers".
    pub(super) below: Option<&'a NounEntry>,
    /// Whose they are, by an adjective, a possessive or a word for a people.
    pub(super) party: Option<Named>,
    /// Whose they are, by a pronoun.
    pub(super) owner: Option<Owner>,
    /// A frame's participle in the phrase or in place of its noun: "12 injured", "3 captured soldiers".
    pub(super) marked: Option<(u16, usize)>,
    /// An unknown plural stands where the noun would: "12 miners".
    pub(super) unknown_head: Option<usize>,
    /// "five of them": a part of another count.
    pub(super) of_them: bool,
    /// The head is a word for a people: "15 Palestinians".
    pub(super) people: bool,
    /// "a list of 231 prisoners": what is done is done to the list.
    pub(super) listed: bool,
    /// "300 Russian and Ukrainian prisoners": of both, and where they are named.
    pub(super) both: Option<usize>,
    /// A state in front of the head: "12 dead miners", "two missing boys".
    pub(super) state: Option<(&'a NounEntry, usize)>,
}

impl Counted<'_> {
    /// Whether the noun is a state that people are in: "12 dead", "7 missing".
    pub(super) fn is_state(&self, sheet: &Sheet<'_>) -> bool {
        self.noun.is_some_and(|(noun, at)| {
            noun.category.is_some() && noun.class != NounClass::Bodies && !is_plural(sheet.word(at))
        })
    }

    /// Whether no noun says what is counted.
    pub(super) fn is_elliptical(&self) -> bool {
        self.noun.is_none() && !self.people && self.unknown_head.is_none()
    }

    /// The class of the head.
    pub(super) fn class(&self) -> Option<NounClass> {
        self.noun.map(|(noun, _)| noun.class)
    }
}

const STOPS: u64 = bit(Cue::And)
    | bit(Cue::Subordinator)
    | bit(Cue::Be)
    | bit(Cue::Have)
    | bit(Cue::Will)
    | bit(Cue::Possible)
    | bit(Cue::Negation)
    | PREPOSITIONS
    | bit(Cue::Relative)
    | bit(Cue::Pronoun)
    | bit(Cue::Return);

/// Reads the phrase around a count.
pub(super) fn read<'a>(sheet: &Sheet<'a>, unit: usize, sentence: &Range<usize>) -> Counted<'a> {
    let mut counted = Counted {
        unit,
        phrase: unit..unit + 1,
        noun: None,
        below: None,
        party: None,
        owner: None,
        marked: None,
        unknown_head: None,
        of_them: false,
        people: false,
        listed: false,
        state: None,
        both: None,
    };
    behind(sheet, &mut counted, sentence.end);
    before(sheet, &mut counted, sentence.start);
    counted
}

/// Reads on behind the count, up to the head.
fn behind<'a>(sheet: &Sheet<'a>, counted: &mut Counted<'a>, end: usize) {
    let mut at = counted.unit + 1;
    let (mut words, mut last_word) = (0, None);
    while at < end && words < 9 {
        words += 1;
        if sheet.is_possessive(at) {
            // "150 of the village's 1,800 residents": whose they are; what they are stands behind the second number.
            if sheet.count(at + 1).is_some() && sheet.cue(counted.unit + 1, Cue::Of) {
                counted.noun = None;
                counted.unknown_head = None;
                counted.phrase.end = counted.unit + 1;
                break;
            }
            at += 1;
            continue;
        }
        if sheet.is_punct(at, "-") && sheet.is_glued(at) {
            // "12 anti-government protesters", "20-odd": a compound goes on.
            at += 1;
            continue;
        }
        // "310 "sons of the nation"", "20 “collaborators”": in what somebody else calls them.
        if at == counted.unit + 1
            && sheet.is_punct_any(at, &["\"", "'"])
            && !sheet.is_glued(at)
            && (at + 2..end.min(at + 7)).any(|close| sheet.is_punct_any(close, &["\"", "'"]) && sheet.is_glued(close))
        {
            at += 1;
            continue;
        }
        if sheet.what(at) != What::Word {
            break;
        }
        if sheet.cue(at, Cue::Of) && counted.noun.is_none() && !counted.people {
            // "several of the soldiers", "79 of its own", "five of them"
            let next = at + 1;
            // "31 of theirs", "four of ours"
            if sheet.is_any(next, words!["theirs", "ours", "his", "hers"]) && sheet.noun(next + 1).is_none() {
                let ours = sheet.is_any(next, words!["ours"]);
                counted.owner = Some(if ours { Owner::Ours } else { Owner::Theirs });
                counted.phrase.end = next + 1;
                break;
            }
            // "fifteen of us": all of them, and no part of a count before.
            if sheet.is_any(next, words!["us", "you"]) {
                counted.phrase.end = next + 1;
                break;
            }
            if sheet.cue(next, Cue::Pronoun)
                || sheet.is_any(next, words!["whom"])
                || (sheet.is_any(next, words!["these", "those"]) && sheet.what(next + 1) != What::Word)
            {
                counted.of_them = true;
                counted.phrase.end = next + 1;
                // "five of them Thai farm workers"
                if let Some(party) = sheet.party_by(next + 1, &[PartyWord::Adjective, PartyWord::People]) {
                    counted.party = Some((party, next + 1));
                }
                break;
            }
            if words > 1 && last_word.is_some() {
                break;
            }
            at = next;
            continue;
        }
        if sheet.is_any(at, words!["more", "additional", "further", "such", "other"]) {
            counted.phrase.end = at + 1;
            at += 1;
            continue;
        }
        // "25 sets of Chinese soldiers' remains"
        if counted.noun.is_none() && sheet.is_any(at, words!["set", "sets"]) && sheet.cue(at + 1, Cue::Of) {
            at += 2;
            continue;
        }
        // "28 bullet-riddled bodies": the thing is a part of an adjective.
        if sheet.is_noun(at, NounClass::Things)
            && counted.noun.is_none()
            && sheet.is_punct(at + 1, "-")
            && sheet.is_glued(at + 1)
            && (sheet.word(at + 2).ends_with("ed") || sheet.word(at + 2).ends_with("en"))
        {
            at += 3;
            continue;
        }
        if let Some(noun) = sheet.noun(at) {
            // "soldiers' remains", "prisoner exchanges" go on; "soldiers home" does not.
            // So does "people aboard" in front of "crashes".
            let ends = |noun: &NounEntry, head: usize| {
                is_plural(sheet.word(head))
                    || noun.category.as_deref() == Some("aboard") && sheet.word(head).contains(' ')
            };
            let closed = counted.noun.is_some_and(|(noun, head)| ends(noun, head)) || counted.people;
            if closed && !sheet.is_possessive(at - 1) {
                let state =
                    noun.category.is_some() && noun.class != NounClass::Bodies && noun.class != NounClass::Events;
                let adjective = state && !is_plural(sheet.word(at));
                if adjective {
                    counted.noun = Some((noun, at));
                    counted.phrase.end = at;
                }
                break;
            }
            // "12 dead miners": what was read as the head is the state that they are in.
            if counted.noun.is_some() && counted.is_state(sheet) && !sheet.is_possessive(at - 1) {
                counted.state = counted.noun;
            }
            counted.noun = Some((noun, at));
            counted.unknown_head = None;
            counted.people = false;
            counted.phrase.end = at + 1;
            at += 1;
            continue;
        }
        if let Some((party, by)) = sheet.party(at) {
            match by {
                PartyWord::Adjective if counted.noun.is_none() || sheet.noun(at + 1).is_some() => {
                    counted.party = Some((party, at));
                    // "a combined 300 Russian and Ukrainian prisoners"
                    if sheet.cue(at + 1, Cue::And)
                        && sheet.party_by(at + 2, &[PartyWord::Adjective]).is_some_and(|second| second != party)
                    {
                        counted.both = Some(at);
                        at += 2;
                        continue;
                    }
                    // "released one American on Friday": with nothing behind it, a word for a person.
                    let ends = !matches!(sheet.what(at + 1), What::Word)
                        || sheet.any_cue(at + 1, STOPS)
                        || sheet.frame(at + 1).is_some();
                    if counted.noun.is_none() && ends && !(sheet.is_punct(at + 1, "-") && sheet.is_glued(at + 1)) {
                        counted.people = true;
                        counted.phrase.end = at + 1;
                    }
                    // An adjective that is also a word for the people ("12 Chinese were killed").
                    if counted.noun.is_none() && sheet.party_by(at, &[PartyWord::People]).is_some() {
                        counted.people = true;
                        counted.phrase.end = at + 1;
                    }
                    at += 1;
                    continue;
                }
                PartyWord::People if counted.noun.is_none() => {
                    counted.party = Some((party, at));
                    counted.people = true;
                    counted.phrase.end = at + 1;
                    at += 1;
                    continue;
                }
                PartyWord::Name | PartyWord::Metonym if sheet.is_possessive(at + 1) && counted.noun.is_none() => {
                    counted.party = Some((party, at));
                    at += 2;
                    continue;
                }
                PartyWord::Name if sheet.noun(at + 1).is_some() => {
                    // "12 Hamas fighters", "3 UN peacekeepers"
                    counted.party = Some((party, at));
                    at += 1;
                    continue;
                }
                PartyWord::Name if counted.noun.is_none() && is_plural(sheet.word(at)) => {
                    // "31 Palestinians", "5 Houthis": named by its people.
                    counted.party = Some((party, at));
                    counted.people = true;
                    counted.phrase.end = at + 1;
                    at += 1;
                    continue;
                }
                // "61 Taliban": a group that is no state is named by its people, with nothing behind it.
                PartyWord::Name
                    if counted.noun.is_none()
                        && at == counted.unit + 1
                        && !sheet.words.parties[party as usize].state
                        && (!matches!(sheet.what(at + 1), What::Word)
                            || sheet.any_cue(at + 1, STOPS)
                            || sheet.frame(at + 1).is_some()) =>
                {
                    counted.party = Some((party, at));
                    counted.people = true;
                    counted.phrase.end = at + 1;
                    at += 1;
                    continue;
                }
                // "Hundreds of Goma residents": people by their town.
                PartyWord::Place | PartyWord::Metonym
                    if counted.noun.is_none()
                        && sheet.noun(at + 1).is_some_and(|noun| {
                            noun.category.is_none()
                                && matches!(noun.class, NounClass::Civilian | NounClass::People | NounClass::Military)
                        }) =>
                {
                    counted.party = Some((party, at));
                    at += 1;
                    continue;
                }
                _ => break,
            }
        }
        if counted.noun.is_none() && sheet.any_cue(at, bit(Cue::Possessive)) {
            let own = sheet.cue(at + 1, Cue::Own);
            counted.owner = Some(if own { Owner::Own } else { Owner::Pronoun });
            at += 1 + usize::from(own);
            continue;
        }
        // "bringing to 14 the number of bodies": the words for the count are behind it.
        if sheet.cue(at, Cue::Determiner) && sheet.is_any(at + 1, words!["number", "total", "toll", "tally"]) {
            break;
        }
        if counted.noun.is_none() && words <= 3 && sheet.cue(at, Cue::Determiner) && !sheet.cue(at, Cue::Relative) {
            at += 1;
            continue;
        }
        if let Some((frame, forms)) = sheet.frame(at)
            && forms.has(Forms::PARTICIPLE)
        {
            // "two died in captivity": what happened to them, and then where.
            let happened = counted.marked.is_some() && sheet.word(at).starts_with("in ");
            if counted.noun.is_some() || counted.people || happened {
                break;
            }
            counted.marked = Some((frame, at));
            counted.phrase.end = at + 1;
            at += 1;
            continue;
        }
        if sheet.any_cue(at, STOPS) || counted.noun.is_some() || counted.people {
            break;
        }
        if let Some((_, forms)) = sheet.frame(at)
            && !forms.has(Forms::PARTICIPLE)
        {
            break;
        }
        // "97 confirmed deaths", "30 reported cases": how it is known, in front of what is counted.
        let known = sheet.word(at).ends_with("ed") && sheet.noun(at + 1).is_some();
        if sheet.reporting(at).is_some() && !known {
            break;
        }
        // An adjective or a noun that the lexicon does not know.
        if sheet.word(at).ends_with("ly") {
            at += 1;
            continue;
        }
        last_word = Some(at);
        counted.unknown_head = Some(at);
        at += 1;
        if at - counted.unit > 6 {
            break;
        }
    }
    // "16 (India), 31 (Pakistan)"
    let bracket = counted.phrase.end;
    if counted.party.is_none()
        && sheet.is_punct(bracket, "(")
        && sheet.is_punct(bracket + 2, ")")
        && let Some(party) = sheet.party_by(bracket + 1, &[PartyWord::Name, PartyWord::Adjective])
    {
        counted.party = Some((party, bracket + 1));
    }
    // "84 citizens of Ukraine", "12 servicemen of the Russian Federation"
    let people = matches!(counted.class(), Some(NounClass::Civilian | NounClass::Military));
    if people && sheet.cue(counted.phrase.end, Cue::Of) && counted.party.is_none() {
        let of = counted.phrase.end + 1 + usize::from(sheet.any_cue(counted.phrase.end + 1, bit(Cue::Determiner)));
        if of < end
            && let Some(party) = sheet.party_by(of, &[PartyWord::Name])
            && !sheet.is_possessive(of + 1)
        {
            counted.party = Some((party, of));
        }
    }
    // "45 bodies of Palestinians", "12 bodies of Ukrainian soldiers"
    if counted.class() == Some(NounClass::Bodies) && sheet.cue(counted.phrase.end, Cue::Of) && counted.party.is_none() {
        let mut of = counted.phrase.end + 1;
        while of < end && sheet.cue(of, Cue::Determiner) {
            of += 1;
        }
        if let Some((party, by)) = (of < end).then(|| sheet.party(of)).flatten()
            && by != PartyWord::Place
        {
            counted.party = Some((party, of));
            let below = sheet.noun(of + 1).filter(|_| by == PartyWord::Adjective);
            counted.phrase.end = of + 1 + usize::from(below.is_some());
            counted.below = below;
        }
    }
    // "600,000 fled; 40,000 returned": a participle that makes nothing of people by itself is the verb.
    if counted.is_elliptical()
        && let Some((frame, at)) = counted.marked
        && sheet.frame_entry(frame).category.is_none()
        && counted.phrase.end == at + 1
    {
        counted.marked = None;
        counted.phrase.end = counted.unit + 1;
    }
    // A marked participle directly in front of a following noun is an adjective; else it stands for the noun.
    if let Some(head) = counted.unknown_head {
        // "7 Congolese": a people of two countries.
        let of_a_people = sheet.word(head).ends_with("ese") && sheet.is_capitalised(head);
        let plural = of_a_people
            || is_plural(sheet.word(head)) && !["is", "us", "as"].iter().any(|end| sheet.word(head).ends_with(end));
        // "Eleven traders freed": who was freed is told by the noun alone.
        let stands_for = |(frame, at): (u16, usize)| at > head && sheet.frame_entry(frame).category.is_some();
        if counted.marked.is_some_and(stands_for) || !plural {
            counted.unknown_head = None;
        } else {
            counted.phrase.end = counted.phrase.end.max(head + 1);
        }
    }
}

/// Whether a noun looks like a plural.
pub(super) fn is_plural(word: &str) -> bool {
    // "prisoners of war": the head stands in front of what it is of.
    let head = word.split_once(" of ").map_or(word, |(head, _)| head);
    let last = head.rsplit([' ', '-']).next().unwrap_or(head);
    matches!(last, "people" | "men" | "women" | "children" | "personnel" | "police" | "staff" | "crew")
        || last.ends_with("men")
        || last.ends_with('s') && !last.ends_with("ss")
}

/// Reads back in front of the count: a partitive's head, or a possessor.
fn before<'a>(sheet: &Sheet<'a>, counted: &mut Counted<'a>, start: usize) {
    let mut at = counted.unit;
    // "the bodies of the 12 soldiers", "of all 4 hostages", "of another 3,000"
    let mut steps = 0;
    while at > start && steps < 3 {
        let word = at - 1;
        let skip = sheet.any_cue(word, bit(Cue::Determiner) | bit(Cue::Possessive) | bit(Cue::Own))
            || sheet.is_any(
                word,
                words!["another", "other", "further", "additional", "remaining", "first", "last", "extra", "initial"],
            );
        if !skip || sheet.what(word) != What::Word || sheet.is_any(word, words!["that"]) {
            break;
        }
        if sheet.any_cue(word, bit(Cue::Possessive)) {
            counted.owner.get_or_insert(if sheet.cue(word + 1, Cue::Own) { Owner::Own } else { Owner::Pronoun });
        }
        at = word;
        steps += 1;
    }
    if at > start && sheet.is_possessive(at - 1) && counted.party.is_none() {
        // "Russia's 38 dead"
        if let Some((party, _)) = at.checked_sub(2).and_then(|unit| sheet.party(unit)) {
            counted.party = Some((party, at - 2));
        }
    }
    let near = at;
    if at > start && sheet.cue(at - 1, Cue::Of) && at >= start + 2 {
        let head = at - 2;
        if let Some(noun) = sheet.noun(head) {
            match noun.class {
                NounClass::Bodies => {
                    counted.below = counted.noun.map(|(noun, _)| noun);
                    counted.noun = Some((noun, head));
                    counted.phrase.start = head;
                    take_determiner(sheet, counted, head, start);
                    return;
                }
                NounClass::Group => {
                    counted.listed = sheet.is_any(head, words!["list", "lists"]);
                    counted.phrase.start = head;
                    take_determiner(sheet, counted, head, start);
                    return;
                }
                _ => {}
            }
        }
    }
    if near < counted.unit {
        // "another 3,000 bodies", "the 20 living hostages"
        counted.phrase.start = near;
    }
}

/// Widens a phrase to the determiner and adjectives in front of its head: "the repatriated remains of".
fn take_determiner(sheet: &Sheet<'_>, counted: &mut Counted<'_>, head: usize, start: usize) {
    let mut at = head;
    for _ in 0..3 {
        if at == start {
            return;
        }
        let unit = at - 1;
        if sheet.any_cue(unit, bit(Cue::Determiner) | bit(Cue::Possessive)) {
            counted.phrase.start = unit;
            return;
        }
        if sheet.is_possessive(unit) && unit > start && counted.party.is_none() {
            if let Some((party, _)) = sheet.party(unit - 1) {
                counted.party = Some((party, unit - 1));
            }
            return;
        }
        if let Some(party) = sheet.party_by(unit, &[PartyWord::Adjective]) {
            counted.party.get_or_insert((party, unit));
            counted.phrase.start = unit;
        } else if !(sheet.is_unknown(unit) && sheet.what(unit) == What::Word) {
            return;
        }
        at = unit;
    }
}
