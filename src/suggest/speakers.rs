//! Who speaks: noun phrases read as sources, and names resolved within the article.
//!
//! Persons are known by their full name ("Saraliyev" is "Shamsail Saraliyev" where the article
//! says so anywhere), bodies by acronyms and definite descriptions ("the headquarters"), a state
//! that speaks by its name or capital is its government.

mod described;
mod phrase;

use std::collections::BTreeMap;
use std::ops::Range;

use super::lexicon_pass::{PartyWord, bit};
use super::phrases::{is_acronym, name_run, side_in, text_of, without_article};
use super::sheet::{Sheet, What};
use crate::article::BlockKind;
use crate::claim::{Asserter, Cue, Name, Side, SourceEntry, SourceRole};

/// What sort of speaker it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum SpeakerKind {
    /// A person by name.
    Person,
    /// A body, or people by their office.
    Body,
    /// A medium: it hears and relays.
    Outlet,
}

/// Somebody who speaks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Speaker {
    /// The link of the chain that it makes.
    pub(super) asserter: Asserter,
    /// What it is.
    pub(super) kind: SpeakerKind,
    /// The units of its noun phrase.
    pub(super) units: Range<usize>,
}

/// The names of an article.
#[derive(Debug, Default)]
pub(super) struct Names {
    /// Full names by last name, lower case.
    persons: BTreeMap<String, Name>,
    /// Full names of bodies by acronym, as written.
    acronyms: BTreeMap<String, Name>,
    /// The longest words with which the article names each source of the lexicon, by its name there.
    surfaces: BTreeMap<Name, Name>,
    /// The fullest names that the article has for groups that it also calls by an acronym.
    groups: BTreeMap<u16, Name>,
    /// Parties that the article names.
    parties: std::collections::BTreeSet<u16>,
    /// The two parties of the article, for "the two countries said".
    pair: Option<(u16, u16)>,
    /// Sides of persons and bodies, by full name, as their first apposition shows them.
    sides: BTreeMap<Name, Side>,
    /// Bodies in the order of their mention: unit and name.
    bodies: Vec<(usize, Name)>,
    /// The last person and the last speaker of any kind.
    last_person: Option<Speaker>,
    last_body: Option<Speaker>,
    last: Option<Speaker>,
    /// Who the sentence before is about, and the unit that it ends in front of.
    topic: Option<(Speaker, usize)>,
    /// Bodies that the article names in full, in capitals: unit and name.
    proper: Vec<(usize, Name)>,
    /// Nouns in small letters with which acronyms are introduced: "the prisons service, SNAI".
    nicknames: Vec<(String, Name)>,
}

impl Names {
    /// Collects the persons and acronyms of an article; `pair` are its two parties.
    pub(super) fn collect(sheet: &Sheet<'_>, pair: Option<(u16, u16)>) -> Self {
        let mut names = Self { pair, ..Self::default() };
        for unit in 0..sheet.units.len() {
            if !sheet.is_known(unit) {
                continue;
            }
            if let Some(source) = sheet.source(unit) {
                let known = names.surfaces.get(&source.name).map_or(0, |known| known.len());
                let longer = sheet.span(unit..unit + 1).is_some_and(|span| span.range().len() > known);
                if longer
                    && let Some(text) = text_of(sheet, unit..unit + 1)
                    && text.len() > known
                {
                    names.surfaces.insert(source.name.clone(), text);
                }
            }
            if let Some((party, by)) = sheet.party(unit) {
                names.parties.insert(party);
                let entry = &sheet.words.parties[party as usize];
                let short = entry.name.chars().all(|c| c.is_uppercase() || !c.is_alphabetic());
                if short
                    && by == PartyWord::Name
                    && let Some(text) = text_of(sheet, unit..unit + 1)
                    && names.groups.get(&party).is_none_or(|known| known.len() < text.len())
                {
                    names.groups.insert(party, without_article(&text));
                }
            }
        }
        for (index, sentence) in sheet.sentences.iter().enumerate() {
            let heading = matches!(sheet.block(index), BlockKind::Heading(_));
            if heading {
                continue;
            }
            let mut at = sentence.start;
            while at < sentence.end {
                // Nearly all words: neither a name nor a mark that a name stands beside.
                if sheet.what(at) == What::Word && !sheet.is_capitalised(at) && !sheet.is_any(at, words!["or"]) {
                    at += 1;
                    continue;
                }
                let run = name_run(sheet, at, sentence.end);
                if run.len() >= 2 || run.len() == 1 && has_age(sheet, at) {
                    names.add_person(sheet, run.clone());
                }
                if is_nickname(sheet, at)
                    && let Some(name) = text_of(sheet, at + 1..at + 2)
                {
                    names.nicknames.push((sheet.word(at - 1).to_owned(), name));
                }
                if sheet.is_capitalised(at)
                    && sheet.any_cue(at, bit(Cue::Body) | bit(Cue::Organ))
                    && sheet.source(at).is_none()
                {
                    names.add_proper(sheet, at, sentence);
                }
                // "(SCP)", ", or SCP,"
                if sheet.is_punct(at, "(") && sheet.is_punct(at + 2, ")")
                    || sheet.is_any(at, words!["or"])
                        && at > sentence.start
                        && sheet.is_punct(at - 1, ",")
                        && is_acronym(sheet, at + 1)
                {
                    names.add_acronym(sheet, at + 1, sentence.start);
                }
                at = run.end.max(at + 1);
            }
        }
        names
    }

    fn add_person(&mut self, sheet: &Sheet<'_>, run: Range<usize>) {
        let last = sheet.word(run.end - 1).to_owned();
        let Some(full) = text_of(sheet, run) else { return };
        match self.persons.get(&last) {
            Some(known) if known.len() >= full.len() => {}
            _ => {
                self.persons.insert(last, full);
            }
        }
    }

    /// "The Coordination Centre for Refugees": remembers what "the Centre" will stand for.
    fn add_proper(&mut self, sheet: &Sheet<'_>, unit: usize, sentence: &Range<usize>) {
        let named = |unit: usize| sheet.what(unit) == What::Word && sheet.is_capitalised(unit);
        let mut start = unit;
        while start > sentence.start && named(start - 1) && !sheet.is_any(start - 1, words!["the"]) {
            start -= 1;
        }
        let mut end = unit + 1;
        while end < sentence.end {
            let link =
                sheet.any_cue(end, bit(Cue::Of) | bit(Cue::For)) || sheet.is_any(end, words!["the", "and", "on"]);
            let next = (end + 1..end + 4).find(|at| named(*at));
            match next {
                _ if named(end) => end += 1,
                Some(next) if link && next < sentence.end => end = next + 1,
                _ => break,
            }
        }
        if end - start >= 2
            && let Some(name) = text_of(sheet, start..end)
        {
            self.proper.push((start, name));
        }
    }

    /// "Full Name of a Body (ACRONYM)": remembers what the acronym stands for.
    fn add_acronym(&mut self, sheet: &Sheet<'_>, unit: usize, floor: usize) {
        let Some(acronym) = text_of(sheet, unit..unit + 1) else { return };
        let letters = acronym.chars().filter(|c| c.is_alphabetic()).count();
        if letters < 2 || !acronym.chars().all(|c| c.is_uppercase() || !c.is_alphabetic()) {
            return;
        }
        let bracket = unit - 1 - usize::from(sheet.is_any(unit - 1, words!["or"]));
        if bracket <= floor {
            return;
        }
        if let Some(source) = sheet.source(bracket - 1) {
            self.acronyms.insert(acronym.to_string(), source.name.clone());
            return;
        }
        let mut start = bracket;
        while start > floor {
            let word = start - 1;
            let small = sheet.is_any(word, words!["of", "for", "the", "and", "on", "in", "to", "de"]);
            let named = sheet.is_capitalised(word) && sheet.what(word) == What::Word;
            if !(small || named || sheet.is_punct(word, "-")) {
                break;
            }
            start = word;
        }
        while start < bracket && !sheet.is_capitalised(start) || sheet.is_any(start, words!["the"]) {
            start += 1;
        }
        if start < bracket
            && let Some(full) = text_of(sheet, start..bracket)
        {
            self.acronyms.insert(acronym.to_string(), full);
        }
    }

    /// Remembers who spoke.
    pub(super) fn spoke(&mut self, speaker: &Speaker) {
        match speaker.kind {
            SpeakerKind::Person => {
                // "the nurse" is spoken of again by her office.
                if speaker.asserter.name.starts_with(char::is_lowercase) {
                    self.bodies.push((speaker.units.start, speaker.asserter.name.clone()));
                }
                self.last_person = Some(speaker.clone());
            }
            SpeakerKind::Body => {
                self.bodies.push((speaker.units.start, speaker.asserter.name.clone()));
                self.last_body = Some(speaker.clone());
            }
            SpeakerKind::Outlet => {}
        }
        if speaker.asserter.side != Side::Unknown {
            self.sides.entry(speaker.asserter.name.clone()).or_insert_with(|| speaker.asserter.side.clone());
        }
        self.last = Some(speaker.clone());
    }

    /// Remembers the person who is named first in a sentence: "he" in the next one.
    pub(super) fn named_first(&mut self, sheet: &Sheet<'_>, sentence: &Range<usize>) {
        let mut at = sentence.start;
        while at < sentence.end.min(sentence.start + 12) {
            let run = name_run(sheet, at, sentence.end);
            let full = run.clone().next_back().and_then(|last| self.persons.get(sheet.word(last)));
            let by_age = || run.len() == 1 && has_age(sheet, run.start);
            if let Some(name) = full.filter(|_| run.len() >= 2 || run.start > sentence.start || by_age()) {
                let side = side_in(sheet, sentence.start..run.start).unwrap_or_else(|| self.side_of(name));
                let asserter = Asserter { name: name.clone(), side, anonymous: false };
                self.last_person = Some(Speaker { asserter, kind: SpeakerKind::Person, units: run });
                return;
            }
            at = run.end.max(at + 1);
        }
    }

    /// The person by name whom the beginning of a sentence is about: "The mediator, Amadou Ba, was more careful".
    pub(super) fn subject_of(&self, sheet: &Sheet<'_>, units: Range<usize>) -> Option<Speaker> {
        const FAR: usize = 10;
        let mut at = units.start;
        while at < units.end.min(units.start + FAR) {
            // Behind a verb or in an aside stands somebody else.
            if sheet.any_cue(at, bit(Cue::Be) | bit(Cue::Have)) || sheet.is_punct(at, "\"") {
                return None;
            }
            let run = name_run(sheet, at, units.end);
            let governed = run.start > units.start
                && sheet.any_cue(
                    run.start - 1,
                    bit(Cue::Of) | bit(Cue::In) | bit(Cue::To) | bit(Cue::By) | bit(Cue::From) | bit(Cue::For),
                );
            if run.len() >= 2
                && !governed
                && let Some(name) = self.persons.get(sheet.word(run.end - 1))
            {
                let goes_on = sheet.is_punct(run.end, ",")
                    || sheet.any_cue(run.end, bit(Cue::Be) | bit(Cue::Have))
                    || sheet.frame(run.end).is_some();
                let asserter = Asserter { name: name.clone(), side: self.side_of(name), anonymous: false };
                return goes_on.then_some(Speaker { asserter, kind: SpeakerKind::Person, units: run });
            }
            at = run.end.max(at + 1);
        }
        None
    }

    /// Remembers that a known body was named.
    pub(super) fn mentioned(&mut self, unit: usize, source: &SourceEntry) {
        if source.role == SourceRole::Body {
            self.bodies.push((unit, source.name.clone()));
            // "Sudan's army and the RSF" in the heading, "The army said" below it.
            if source.side != Side::Unknown {
                self.sides.entry(source.name.clone()).or_insert_with(|| source.side.clone());
            }
        }
    }

    /// Remembers who a sentence is about: "it" in the next one.
    pub(super) fn about(&mut self, topic: Option<Speaker>, end: usize) {
        self.topic = topic.map(|speaker| (speaker, end));
    }

    /// Remembers the person whom a sentence names somewhere, where nobody in it speaks by name: "Survivors told
    /// another story to X, a lawyer. According to him".
    pub(super) fn told_to(&mut self, sheet: &Sheet<'_>, sentence: &Range<usize>) {
        let addressed = |at: usize| sheet.cue(at - 1, Cue::To) || sheet.is_any(at - 1, words!["told"]);
        if !(sentence.start + 1..sentence.end).any(|at| sheet.is_capitalised(at) && addressed(at)) {
            return;
        }
        let mut at = sentence.start;
        while at < sentence.end {
            let run = name_run(sheet, at, sentence.end);
            if run.len() >= 2
                && at > sentence.start
                && addressed(at)
                && let Some(name) = self.persons.get(sheet.word(run.end - 1))
            {
                let asserter = Asserter { name: name.clone(), side: self.side_of(name), anonymous: false };
                self.last_person = Some(Speaker { asserter, kind: SpeakerKind::Person, units: run });
                return;
            }
            at = run.end.max(at + 1);
        }
    }

    fn side_of(&self, name: &Name) -> Side {
        self.sides.get(name).cloned().unwrap_or_default()
    }
}

/// Whether a comma stands between a body in small letters and its acronym: "the prisons service, SNAI,".
fn is_nickname(sheet: &Sheet<'_>, comma: usize) -> bool {
    comma > 0
        && sheet.is_punct(comma, ",")
        && is_acronym(sheet, comma + 1)
        && sheet.is_unknown(comma + 1)
        && sheet.word(comma + 1).len() > 1
        && sheet.any_cue(comma - 1, bit(Cue::Body))
        && !sheet.is_capitalised(comma - 1)
        && (sheet.is_punct_any(comma + 2, &[",", ".", ";", ":"]) || sheet.what(comma + 2) == What::Break)
}

/// Whether a name is followed by an age: "Halima, 24, gave birth".
fn has_age(sheet: &Sheet<'_>, unit: usize) -> bool {
    let age = sheet.word(unit + 2).parse::<u8>().is_ok_and(|age| (5..110).contains(&age));
    age && sheet.is_punct(unit + 1, ",") && sheet.is_punct_any(unit + 3, &[",", "."])
}
