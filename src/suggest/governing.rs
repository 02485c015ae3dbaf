//! Which frame governs a count: the verb or noun of doing that it is the object, the subject or the
//! theme of.

use std::ops::Range;

use super::clauses::{Actor, Verb, Voice, before_adverbs, is_adjective, transfers};
use super::counted::Counted;
use super::lexicon_pass::{Forms, PREPOSITIONS, PartyWord, bit};
use super::sheet::{Sheet, What};
use super::word_set::WordSet;
use crate::claim::{Cue, NounClass, Role};

/// How a count stands to its frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tie {
    /// The verb's object: "returned 1,000 bodies".
    Object,
    /// Its theme as subject: "1,000 bodies were returned", "1,800 returned", "bodies returned".
    Theme,
    /// The object of a passive whose subject receives: "Ukraine was handed over 1,000 bodies".
    Dative,
    /// Behind a noun of doing: "the return of 1,000 bodies".
    Nominal,
    /// Coordinated with the count before: "1,000 bodies and 38 prisoners".
    Parallel,
}

/// The frame that governs a count. `earlier` are the counts of the sentence before it.
pub(super) fn of(
    sheet: &Sheet<'_>,
    counted: &Counted<'_>,
    verbs: &[Verb],
    sentence: &Range<usize>,
) -> Option<(usize, Tie)> {
    if counted.listed || speaks(sheet, counted, verbs) {
        return None;
    }
    if let Some(index) = object_relative(sheet, counted, verbs, sentence) {
        return Some((index, Tie::Object));
    }
    if let Some(index) = label(sheet, counted, verbs, sentence) {
        return Some((index, Tie::Theme));
    }
    let right = to_the_right(sheet, counted, verbs, sentence);
    if let Some((index, true)) = right {
        return Some((index, Tie::Theme));
    }
    // "rescued 12, one of whom later died", "three of whom have since died"
    if counted.of_them
        && let Some((index, _)) = right
        && before_adverbs(sheet, verbs[index].start, counted.phrase.end) == counted.phrase.end
    {
        return Some((index, Tie::Theme));
    }
    let left = to_the_left(sheet, counted, verbs, sentence).filter(|(index, _)| {
        // "14,480 bodies returned to Ukraine and 391 returned to Russia": the first has its own theme.
        let verb = &verbs[*index];
        // "leaving 100 people trapped": a verb that tells nothing gives way to one that does.
        let empty = verb.frame.is_some_and(|frame| {
            let entry = sheet.frame_entry(frame);
            entry.category.is_none() && !transfers(entry.subject) && entry.subject != Role::Loser
        });
        // "The bus fell into the river and 31 people drowned": whoever falls does it to nobody.
        let itself = verb.frame.is_some_and(|frame| {
            let entry = sheet.frame_entry(frame);
            entry.themselves && entry.subject == Role::None && verb.at + 1 < counted.phrase.start
        });
        if right.is_some() && (empty || itself) {
            return false;
        }
        right.is_none() || verb.voice != Voice::Bare || object_follows(sheet, verb.at + 1, sentence.end, false)
    });
    left.or(right.map(|(index, _)| (index, Tie::Theme)))
}

/// "Released by Armenia: 2 servicemen": a participle that says by whom, in front of a colon, tells of all that
/// follows it.
fn label(sheet: &Sheet<'_>, counted: &Counted<'_>, verbs: &[Verb], sentence: &Range<usize>) -> Option<usize> {
    let colon = (sentence.start..counted.phrase.start).find(|unit| sheet.is_punct(*unit, ":"))?;
    let first = verbs.iter().position(|verb| verb.voice != Voice::Nominal && verb.at < colon)?;
    let verb = &verbs[first];
    let opens = (sentence.start..verb.start).all(|unit| sheet.what(unit) == What::Punct);
    let alone = !verbs.iter().any(|other| other.at > verb.at && other.at < counted.phrase.start);
    let plain = (verb.at + 1..colon).all(|unit| sheet.what(unit) == What::Word);
    (opens && alone && plain && verb.frame.is_some() && sheet.cue(verb.at + 1, Cue::By)).then_some(first)
}

/// Whether the counted people say something themselves: "four survivors told rescuers".
fn speaks(sheet: &Sheet<'_>, counted: &Counted<'_>, verbs: &[Verb]) -> bool {
    const SAYS: &WordSet = words!["say", "says", "said", "tell", "tells", "told"];
    let behind = counted.phrase.end;
    let verb = verbs.iter().find(|v| v.says && v.start == behind && v.voice == Voice::Active);
    verb.is_some_and(|verb| sheet.is_any(verb.at, SAYS))
}

/// "208 captives whom Eritrea set free", "the bodies that Hamas handed over", "the 12 men Iran freed":
/// the verb of a clause whose object the count is.
pub(super) fn object_relative(
    sheet: &Sheet<'_>,
    counted: &Counted<'_>,
    verbs: &[Verb],
    sentence: &Range<usize>,
) -> Option<usize> {
    let mut at = counted.phrase.end;
    at += usize::from(sheet.is_punct(at, ","));
    let relative = sheet.is_any(at, words!["whom", "that", "which"]);
    at += usize::from(relative);
    let named = sheet.party_by(at, &[PartyWord::Name, PartyWord::Metonym]).is_some();
    if !(relative || named && at == counted.phrase.end) {
        return None;
    }
    let index = verbs.iter().position(|v| v.start > at && v.voice != Voice::Nominal)?;
    let verb = &verbs[index];
    let subject = at..verb.start;
    let plain = subject.len() <= 6
        && subject.clone().all(|unit| {
            // "whom Eritrea [set free](…)"
            sheet.is_punct(unit, "[")
                || sheet.what(unit) == What::Word
                    && !sheet.any_cue(unit, bit(Cue::And) | bit(Cue::Relative) | bit(Cue::To))
        });
    let hands_over = verb.frame.is_some_and(|frame| transfers(sheet.frame_entry(frame).subject));
    let finite = matches!(verb.voice, Voice::Active | Voice::Bare) && verb.subject.party().is_some();
    let open = !object_follows(sheet, verb.at + 1, sentence.end, false);
    (plain && hands_over && finite && open).then_some(index)
}

/// The verb that the count is the subject of, and whether it is finite beyond doubt.
fn to_the_right(
    sheet: &Sheet<'_>,
    counted: &Counted<'_>,
    verbs: &[Verb],
    sentence: &Range<usize>,
) -> Option<(usize, bool)> {
    let near = subject_of(sheet, counted, verbs, sentence, counted.phrase.end);
    // "the remains of 55 soldiers killed in the war were returned": who they are, then what is done.
    if let Some((index, false)) = near
        && verbs[index].voice == Voice::Bare
        && verbs[index].start == counted.phrase.end
        && let Some((further, true)) = subject_of(sheet, counted, verbs, sentence, verbs[index].at + 1)
        && verbs[further].frame.is_some_and(|frame| transfers(sheet.frame_entry(frame).subject))
    {
        return Some((further, true));
    }
    // "three soldiers being held by the group were killed": what they were, then what became of them.
    if let Some((index, _)) = near
        && verbs[index].start == counted.phrase.end
        && (verbs[index].voice == Voice::Bare || sheet.is_any(verbs[index].start, words!["being"]))
        && held_or_taken(sheet, &verbs[index])
        && let Some(further) = verbs[index + 1..].iter().find(|v| v.voice != Voice::Nominal)
        && further.voice == Voice::Passive
        && (verbs[index].at + 1..further.start).all(|unit| {
            sheet.what(unit) == What::Word && !sheet.any_cue(unit, bit(Cue::And) | bit(Cue::Relative))
                || sheet.is_punct_any(unit, &["(", ")"])
        })
        && further
            .frame
            .is_some_and(|frame| matches!(sheet.frame_entry(frame).category.as_deref(), Some("killed" | "wounded")))
    {
        let at = further.at;
        return verbs.iter().position(|v| v.at == at).map(|index| (index, true));
    }
    // "Three climbers who had been missing since Tuesday were found alive": what they were, then what is told.
    if let Some((index, false)) = near
        && sheet.is_any(counted.phrase.end, words!["who", "that", "which"])
        && let Some(further) = verbs.iter().position(|v| v.start > verbs[index].at && v.voice != Voice::Nominal)
        && verbs[further].voice == Voice::Passive
        && (verbs[index].at + 1..verbs[further].start).all(|unit| {
            matches!(sheet.what(unit), What::Word | What::Date(_))
                && !sheet.any_cue(unit, bit(Cue::And) | bit(Cue::Relative))
                && (!sheet.cue(unit, Cue::Subordinator) || sheet.date(unit + 1).is_some())
        })
        && verbs[further].frame.is_some_and(|frame| {
            let entry = sheet.frame_entry(frame);
            entry.category.is_some() || transfers(entry.subject)
        })
    {
        return Some((further, true));
    }
    near
}

/// Whether a verb tells that people are held or were taken.
fn held_or_taken(sheet: &Sheet<'_>, verb: &Verb) -> bool {
    verb.frame.is_some_and(|frame| {
        matches!(sheet.frame_entry(frame).category.as_deref(), Some("prisoners" | "hostages" | "detained"))
    })
}

/// The first verb from a unit on that the count is the subject of.
fn subject_of(
    sheet: &Sheet<'_>,
    counted: &Counted<'_>,
    verbs: &[Verb],
    sentence: &Range<usize>,
    from: usize,
) -> Option<(usize, bool)> {
    let mut at = from;
    let mut steps = 0;
    // Whether another count stands between: a verb behind it may be the verb of both.
    let mut shared = false;
    // "12 hostages who were held by": a verb of a relative clause gives way to one that governs from the left.
    let mut relative = false;
    // Whether an auxiliary was passed: the clause of the count has a verb already.
    let mut helped = false;
    let mut included = false;
    while at < sentence.end && steps < 24 {
        steps += 1;
        if sheet.count(at).is_some() {
            // "the bodies of 14 miners and were digging for six others": a clause of its own lies between.
            let state = counted.noun.is_some_and(|(noun, _)| {
                noun.class == NounClass::People
                    && noun.category.as_deref().is_some_and(|id| matches!(id, "killed" | "wounded" | "missing"))
            });
            if state || counted.is_state(sheet) || counted.marked.is_some() || helped && !relative {
                return None;
            }
            // "killed six and 20 were wounded": the object of one verb is not the subject of the next as well.
            if sheet.cue(at - 1, Cue::And) && is_object(sheet, counted, verbs) {
                return None;
            }
            shared = true;
        }
        helped |= sheet.any_cue(at, bit(Cue::Be) | bit(Cue::Have) | bit(Cue::Will));
        if let Some(index) = verbs.iter().position(|v| v.start <= at && at <= v.at && v.voice != Voice::Nominal) {
            let verb = &verbs[index];
            // "fifty of the 303 kidnapped pupils have escaped": an adjective.
            if shared && is_adjective(sheet, verb) {
                at = verb.at + 1;
                continue;
            }
            let entry = verb.frame.map(|frame| sheet.frame_entry(frame));
            let Some(entry) = entry else {
                // "12 were confirmed killed", "7 are reported missing": what is confirmed follows.
                let state_next = sheet.frame(verb.at + 1).is_some_and(|(_, forms)| forms.has(Forms::PARTICIPLE))
                    || sheet.noun(verb.at + 1).is_some_and(|noun| noun.category.is_some());
                if verb.voice == Voice::Passive || (verb.start == at && state_next) {
                    at = verb.at + 1;
                    continue;
                }
                // "38 bodies, officials said, were returned": a verb of saying stands between commas.
                return None;
            };
            return match verb.voice {
                Voice::Passive => Some((index, !relative)),
                Voice::Active | Voice::Infinitive if entry.themselves => {
                    let place = entry.subject == Role::None;
                    // "sleep in two gymnasiums": where it is, and nobody to whom it is done.
                    let within = sheet.word(verb.at).ends_with(" in");
                    let object = !within && object_follows(sheet, verb.at + 1, sentence.end, place);
                    (!object).then_some((index, !relative))
                }
                // "who held tickets": no participle.
                Voice::Bare
                    if relative
                        && !entry.themselves
                        && sheet.is_any(verb.start - 1, words!["who", "that", "which"])
                        && sheet.count(verb.at + 1).is_none() =>
                {
                    at = verb.at + 1;
                    continue;
                }
                // "Eleven passengers and three crew members died"
                Voice::Bare if shared => {
                    let joined = included || joined_subject(sheet, counted.phrase.end, verb.at);
                    (joined && !object_follows(sheet, verb.at + 1, sentence.end, false)).then_some((index, false))
                }
                Voice::Bare => {
                    let place = entry.themselves && entry.subject == Role::None;
                    (!object_follows(sheet, verb.at + 1, sentence.end, place)).then_some((index, false))
                }
                // "80 migrants crossing from Libya are feared to have drowned", "37 people including four children were
                // saved": who they are, then what is told.
                Voice::Gerund
                    if verb.start == counted.phrase.end && (entry.themselves || is_including(sheet, verb.at)) =>
                {
                    included |= is_including(sheet, verb.at);
                    at = verb.at + 1;
                    continue;
                }
                // "seven citizens who held tickets for it have not been heard from": what they did, then what is told.
                Voice::Active if relative && sheet.count(verb.at + 1).is_none() && !verb.says => {
                    at = verb.at + 1;
                    continue;
                }
                _ => None,
            };
        }
        relative |= sheet.is_any(at, words!["who", "which", "whom", "that"]);
        // "five hostages whose bodies were found": what is theirs is the subject there.
        if sheet.is_any(at, words!["whose"]) {
            return None;
        }
        if sheet.is_punct(at, ",") {
            // ", 72% of them women and children, have been killed": an insertion in front of the verb.
            let close = (at + 1..sentence.end.min(at + 22)).find(|unit| sheet.is_punct(*unit, ","));
            if let Some(close) = close
                && verbs.iter().any(|v| v.start == close + 1 && v.frame.is_some() && v.voice != Voice::Gerund)
                && !verbs.iter().any(|v| v.start > at && v.at < close && v.voice == Voice::Active)
            {
                at = close + 1;
                continue;
            }
            // "Two others, he says, died": so is who says it.
            let said = (at + 1..sentence.end.min(at + 9)).find(|unit| sheet.is_punct(*unit, ","));
            if let Some(close) = said
                && verbs.iter().any(|v| v.says && v.start > at && v.at < close && v.frame.is_none())
                && verbs.iter().any(|v| v.start == close + 1 && v.frame.is_some())
            {
                at = close + 1;
                continue;
            }
            // A relative clause or a short insertion between commas is passed over.
            let relative = sheet.cue(at + 1, Cue::Relative);
            let insertion = sheet.any_cue(at + 1, bit(Cue::In) | bit(Cue::Preposition))
                || sheet.is_any(at + 1, words!["including"]);
            if !relative && !insertion {
                return None;
            }
            at = (at + 1..sentence.end).find(|unit| sheet.is_punct(*unit, ","))? + 1;
            continue;
        }
        if sheet.is_punct(at, "(") {
            at = (at + 1..sentence.end).find(|unit| sheet.is_punct(*unit, ")"))? + 1;
            continue;
        }
        if sheet.is_punct(at, "\"") || sheet.is_possessive(at) || sheet.is_punct(at, "-") {
            at += 1;
            continue;
        }
        if sheet.what(at) == What::Punct || sheet.what(at) == What::Break {
            return None;
        }
        if sheet.cue(at, Cue::Subordinator) && !sheet.any_cue(at, bit(Cue::With) | bit(Cue::Adverb) | bit(Cue::In)) {
            return None;
        }
        at += 1;
    }
    None
}

/// Whether a count is the object of a verb that does something to people, right behind it.
fn is_object(sheet: &Sheet<'_>, counted: &Counted<'_>, verbs: &[Verb]) -> bool {
    verbs.iter().any(|verb| {
        verb.at + 1 == counted.phrase.start
            && !matches!(verb.voice, Voice::Passive | Voice::Nominal)
            && verb.frame.is_some_and(|frame| {
                let entry = sheet.frame_entry(frame);
                entry.category.is_some() && !entry.themselves
            })
    })
}

/// Whether nothing but "and" and a second counted noun stands between a count's phrase and a verb.
fn joined_subject(sheet: &Sheet<'_>, from: usize, verb: usize) -> bool {
    sheet.cue(from, Cue::And)
        && sheet.count(from + 1).is_some()
        && verb <= from + 5
        && (from + 2..verb)
            .all(|unit| sheet.noun(unit).is_some() || sheet.is_unknown(unit) || sheet.party(unit).is_some())
}

/// Whether an object follows a verb: a count, a determiner, a name, a noun. With `place`, the verb
/// takes places without people as its object ("fled the city", "crossed the border").
fn object_follows(sheet: &Sheet<'_>, from: usize, end: usize, place: bool) -> bool {
    let mut at = from;
    while at < end && (sheet.cue(at, Cue::Adverb) || (sheet.is_unknown(at) && sheet.word(at).ends_with("ly"))) {
        at += 1;
    }
    if at >= end || matches!(sheet.what(at), What::Punct | What::Break) || sheet.date(at).is_some() {
        return false;
    }
    if sheet.cue(at, Cue::Home) {
        return false;
    }
    if place {
        return sheet.count(at).is_some();
    }
    if sheet.count(at).is_some() || sheet.noun(at).is_some() {
        return true;
    }
    if sheet.party(at).is_some() {
        return true;
    }
    let leads = PREPOSITIONS
        | bit(Cue::Subordinator)
        | bit(Cue::And)
        | bit(Cue::Relative)
        | bit(Cue::Return)
        | bit(Cue::SameTime)
        | bit(Cue::ToDate);
    sheet.any_cue(at, bit(Cue::Determiner) | bit(Cue::Possessive)) && !sheet.any_cue(at, leads)
}

/// The verb or noun of doing that the count is the object of.
fn to_the_left(
    sheet: &Sheet<'_>,
    counted: &Counted<'_>,
    verbs: &[Verb],
    sentence: &Range<usize>,
) -> Option<(usize, Tie)> {
    let mut at = counted.phrase.start;
    let of = at > sentence.start && sheet.cue(at - 1, Cue::Of);
    // "handovers in July and August — each involving 1,000": the frame of the events governs.
    let mut each = false;
    while at > sentence.start {
        at -= 1;
        each |= sheet.cue(at, Cue::Each);
        if let Some(index) = verbs.iter().position(|v| v.at == at) {
            let verb = &verbs[index];
            let entry = verb.frame.map(|frame| sheet.frame_entry(frame));
            // "including", "comprising": what governs the whole governs its parts.
            if is_including(sheet, at) {
                continue;
            }
            match (entry, verb.voice) {
                (Some(_), Voice::Nominal)
                    if of || (verb.at + 1 == counted.phrase.start && sheet.word(at).ends_with(" of")) =>
                {
                    return Some((index, Tie::Nominal));
                }
                (Some(_), Voice::Nominal) => continue,
                (Some(entry), Voice::Passive) => {
                    let beside = (verb.at + 1..counted.phrase.start).all(|unit| {
                        sheet.what(unit) == What::Word && !sheet.any_cue(unit, bit(Cue::And) | bit(Cue::Subordinator))
                    });
                    let receives = entry.dative && beside && verb.subject != Actor::Nobody;
                    let tie = if receives { Tie::Dative } else { Tie::Theme };
                    let including = (verb.at..counted.phrase.start).any(|unit| sheet.is_any(unit, words!["including"]));
                    let inverted = beside && verb.subject == Actor::Nobody;
                    return (tie == Tie::Dative || including || inverted || verb.at + 1 == counted.phrase.start)
                        .then_some((index, tie));
                }
                // "fled 12 villages" moves nobody; "relocated 2,200 residents" does.
                (Some(entry), Voice::Bare)
                    if entry.themselves
                        && entry.subject == Role::None
                        && !(counted.people || counted.noun.is_some()) =>
                {
                    return None;
                }
                // "in which 97 died, heard from 260 witnesses": who dies does it to nobody.
                (Some(entry), Voice::Active | Voice::Bare)
                    if entry.themselves
                        && (at + 1..counted.phrase.start).any(|unit| sheet.is_punct(unit, ","))
                        && matches!(verb.subject, Actor::Other(subject) if sheet.count(subject).is_some()) =>
                {
                    return None;
                }
                (Some(_), _) => return Some((index, Tie::Object)),
                (None, _) => return None,
            }
        }
        let mark = sheet.is_punct_any(at, &[";", ":", "\u{2014}", "\u{2013}"]) && !each;
        if mark || sheet.what(at) == What::Break {
            return None;
        }
        if sheet.cue(at, Cue::Relative) && !sheet.cue(at, Cue::Determiner) {
            return None;
        }
        if sheet.cue(at, Cue::Subordinator) && !sheet.any_cue(at, bit(Cue::Adverb) | bit(Cue::In)) {
            return None;
        }
    }
    None
}

/// Whether a unit leads from a whole to its parts.
pub(super) fn is_including(sheet: &Sheet<'_>, unit: usize) -> bool {
    let word = sheet.word(unit);
    word.starts_with("includ") || word.starts_with("compris")
}
