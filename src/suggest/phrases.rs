//! Noun phrases as they stand: where they end, the names in them, the side that they show.

use std::ops::Range;

use super::lexicon_pass::{PartyWord, bit};
use super::sheet::{Sheet, What};
use super::word_set::WordSet;
use crate::claim::{Cue, Name, PartyEntry, Side, SourceRole};

/// Small words inside names of persons.
const PARTICLES: &WordSet =
    words!["al", "bin", "ibn", "de", "da", "del", "van", "von", "el", "ben", "der", "la", "abu", "du"];

/// Whether the head of a noun phrase ends in front of a unit.
pub(super) fn head_ends(sheet: &Sheet<'_>, unit: usize, start: usize) -> bool {
    unit > start
        && (sheet.is_punct_any(unit, &[",", ";", ":", "\u{2014}", "\u{2013}"])
            || (sheet.cue(unit, Cue::Relative) && !sheet.cue(unit, Cue::Determiner))
            || sheet.date(unit).is_some()
            || sheet.is_any(unit, words!["in", "on", "at", "who", "speaking"])
                && !sheet.is_capitalised(unit + 1)
                && !stands_at_a_place(sheet, unit))
}

/// Whether a number is an earlier one that another is set beside, by what stands in front of it: "up from 219".
pub(super) fn follows_up_from(sheet: &Sheet<'_>, number: usize) -> bool {
    number > 0
        && (sheet.is_any(number - 1, words!["up from", "down from"])
            || number > 1 && sheet.is_any(number - 1, words!["from"]) && sheet.is_any(number - 2, words!["up", "down"]))
}

/// "an official at the Rafah crossing", "a source in the port police": the place is a part of what the
/// source is called.
fn stands_at_a_place(sheet: &Sheet<'_>, unit: usize) -> bool {
    sheet.is_any(unit, words!["in", "at"])
        && !sheet.is_capitalised(unit - 1)
        && sheet.any_cue(unit + 1, bit(Cue::Determiner))
        && (sheet.is_capitalised(unit + 2)
            // "a source in the port police of Chania"
            || (unit + 2..unit + 5)
                .take_while(|at| sheet.what(*at) == What::Word)
                .any(|at| sheet.any_cue(at, bit(Cue::Body) | bit(Cue::Organ))))
}

/// A run of names that no lexicon knows: "Shamsail Saraliyev", "Abu Ubaida", "de Silva".
pub(super) fn name_run(sheet: &Sheet<'_>, from: usize, end: usize) -> Range<usize> {
    // Most of what is asked about begins none.
    if !sheet.is_capitalised(from) {
        return from..from;
    }
    let mut at = from;
    let mut last = from;
    while at < end && at - from < 8 {
        // "Why Kikla?": a heading's question.
        let asks = at == from && sheet.is_any(at, words!["why", "how", "what", "where", "when", "who"]);
        let named = sheet.is_capitalised(at)
            && !asks
            && (sheet.is_unknown(at) || sheet.source(at).is_some_and(|s| s.role == SourceRole::Person))
            && !sheet.is_title(at);
        if named {
            at += 1;
            last = at;
        } else if at > from
            && (sheet.is_punct(at, "-") && sheet.is_glued(at) && sheet.is_glued(at + 1)
                || PARTICLES.has(sheet.word(at))
                || sheet.is_punct(at, ".") && sheet.word(at - 1).chars().count() == 1)
        {
            at += 1;
        } else {
            break;
        }
    }
    from..last
}

/// The side that a phrase shows: the party of the first adjective, possessive or name in it.
pub(super) fn side_in(sheet: &Sheet<'_>, units: Range<usize>) -> Option<Side> {
    for unit in units {
        if let Some((party, by)) = sheet.party(unit)
            && by != PartyWord::Place
        {
            return Some(Side::Party(sheet.words.parties[party as usize].name.clone()));
        }
        if let Some(source) = sheet.source(unit)
            && source.side != Side::Unknown
        {
            return Some(source.side.clone());
        }
    }
    None
}

/// A state that speaks by its name or capital is its government; a group speaks by its name.
pub(super) fn government(entry: &PartyEntry) -> Name {
    match entry.adjectives.first() {
        Some(adjective) if entry.state => format!("{adjective} government").into(),
        _ if entry.state => format!("{} government", entry.name).into(),
        _ => entry.name.clone(),
    }
}

/// A name without the article in front of it.
pub(super) fn without_article(name: &str) -> Name {
    let rest = name.split_once(' ').filter(|(first, _)| first.eq_ignore_ascii_case("the")).map(|(_, rest)| rest);
    rest.unwrap_or(name).into()
}

/// Where a sentence begins behind its dateline: "MANILA, May 3 (AP) — Two officers said".
pub(super) fn behind_dateline(sheet: &Sheet<'_>, sentence: &Range<usize>) -> usize {
    /// The longest dateline: "KINSHASA/GOMA, DR Congo, Jan. 30 (EFE). –".
    const LONGEST: usize = 16;
    if !sheet.is_capitalised(sentence.start) || sheet.is_quoted(sentence.start) {
        return sentence.start;
    }
    let mark =
        |unit: &usize| sheet.is_punct_any(*unit, &["\u{2014}", "\u{2013}", "-", ":"]) && !sheet.is_glued(*unit + 1);
    let Some(end) = (sentence.start + 1..sentence.end.min(sentence.start + LONGEST)).find(mark) else {
        return sentence.start;
    };
    let colon = sheet.is_punct(end, ":");
    if !colon && sheet.is_glued(end) {
        return sentence.start;
    }
    let place = sentence.start..end;
    let plain = place.clone().all(|unit| {
        sheet.is_capitalised(unit)
            || sheet.date(unit).is_some()
            || sheet.is_punct_any(unit, &[",", "(", ")", "/", ".", "-"])
            || sheet.is_glued(unit)
    });
    // "TASS: 12 killed", "RSF – 40 captured" are labels of who says it.
    let speaks = place.clone().take_while(|unit| !sheet.is_punct(*unit, "(")).any(|unit| {
        sheet.source(unit).is_some_and(|source| source.role == SourceRole::Body || unit == sentence.start)
            || sheet.any_cue(unit, bit(Cue::Body)) && sheet.party(unit).is_none()
    });
    let shouted = sheet.span(sentence.start..sentence.start + 1).is_some_and(|span| {
        let text = span.of(sheet.tokens.text());
        text.chars().count() > 3 && text.chars().all(|c| c.is_uppercase() || !c.is_alphabetic())
    });
    let bracket = sheet.is_punct(end - 1, ")") || sheet.is_punct(end - 1, ".") && sheet.is_punct(end - 2, ")");
    let agency = bracket || place.clone().any(|unit| sheet.date(unit).is_some());
    let comma = place.clone().any(|unit| sheet.is_punct(unit, ","));
    let behind = sheet.what(end + 1) == What::Word && sheet.is_capitalised(end + 1) || sheet.count(end + 1).is_some();
    let reads = if colon { shouted || bracket } else { shouted || agency || comma && place.len() <= 6 };
    if plain && !speaks && behind && reads && end + 3 < sentence.end { end + 1 } else { sentence.start }
}

/// Whether a unit is written in capitals alone: "AFP".
pub(super) fn is_acronym(sheet: &Sheet<'_>, unit: usize) -> bool {
    let text = sheet.span(unit..unit + 1).map_or("", |span| span.of(sheet.tokens.text()));
    text.len() <= 8 && text.chars().all(|c| c.is_uppercase() || c == '.')
}

/// A phrase without the marks and conjunctions at its edges.
pub(super) fn trim(sheet: &Sheet<'_>, mut units: Range<usize>) -> Range<usize> {
    let edge = |unit: usize| {
        matches!(sheet.what(unit), What::Break | What::Date(_))
            || (sheet.what(unit) == What::Punct && !sheet.is_punct_any(unit, &["(", ")"]))
            || (sheet.any_cue(unit, bit(Cue::And) | bit(Cue::Subordinator)) && !sheet.is_capitalised(unit))
            || (sheet.cue(unit, Cue::Adverb) && sheet.cues(unit) & bit(Cue::Organ) == 0)
            || (sheet.is_unknown(unit) && sheet.word(unit).ends_with("ly") && !sheet.is_capitalised(unit))
    };
    while !units.is_empty() && edge(units.start) {
        units.start += 1;
    }
    while !units.is_empty() && edge(units.end - 1) {
        units.end -= 1;
    }
    // "the local committee on Friday": the preposition of a date behind.
    if !units.is_empty() && sheet.cue(units.end - 1, Cue::In) && sheet.date(units.end).is_some() {
        units.end -= 1;
    }
    units
}

/// The words of a phrase as the article has them, white space evened out.
pub(super) fn text_of(sheet: &Sheet<'_>, units: Range<usize>) -> Option<Name> {
    let span = sheet.span(units)?;
    let text = span.of(sheet.tokens.text());
    if is_even(text) {
        return Some(text.into());
    }
    let mut words = text.split_whitespace();
    let mut out = words.next()?.to_owned();
    for word in words {
        out.push(' ');
        out.push_str(word);
    }
    Some(out.into())
}

/// Whether a text that neither begins nor ends with white space has nothing but single spaces in it. `true` is certain.
fn is_even(text: &str) -> bool {
    let odd = |byte: u8| byte < b' ' || matches!(byte, 0xC2 | 0xE1 | 0xE2 | 0xE3);
    let ends = |byte: Option<&u8>| byte.is_none_or(|byte| *byte == b' ');
    let bytes = text.as_bytes();
    !ends(bytes.first())
        && !ends(bytes.last())
        && !bytes.iter().any(|byte| odd(*byte))
        && !bytes.windows(2).any(|pair| pair == b"  ")
}

/// Whether a name has a word in it, whatever its case. The word is in lower case.
pub(super) fn contains_word(name: &str, word: &str) -> bool {
    if name.is_ascii() && word.is_ascii() && !word.is_empty() {
        let (name, word) = (name.as_bytes(), word.as_bytes());
        let inside = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_alphanumeric);
        return word.iter().all(u8::is_ascii_alphanumeric)
            && name.windows(word.len()).enumerate().any(|(at, part)| {
                part[0].eq_ignore_ascii_case(&word[0])
                    && part.eq_ignore_ascii_case(word)
                    && !inside(at.checked_sub(1).and_then(|before| name.get(before)))
                    && !inside(name.get(at + word.len()))
            });
    }
    let same = |part: &str| {
        if part.is_ascii() { part.eq_ignore_ascii_case(word) } else { part.to_lowercase() == word }
    };
    name.split(|c: char| !c.is_alphanumeric()).any(same)
}
