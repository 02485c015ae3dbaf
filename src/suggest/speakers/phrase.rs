//! A noun phrase read as a speaker: a person, a body by name, acronym or description, a state by its name.

use std::ops::Range;

use super::super::counted::is_plural;
use super::super::lexicon_pass::{PartyWord, bit};
use super::super::phrases::{
    contains_word, government, head_ends, is_acronym, name_run, side_in, text_of, trim, without_article,
};
use super::super::sheet::{Sheet, What};
use super::super::word_set::WordSet;
use super::{Names, Speaker, SpeakerKind, is_nickname};
use crate::claim::{Asserter, Cue, Name, NounClass, Saying, Side, SourceEntry, SourceRole};

/// Nouns that stand for any body that spoke before.
const ANY_BODY: &WordSet = words![
    "agency",
    "body",
    "organisation",
    "organization",
    "group",
    "office",
    "authority",
    "department",
    "statement",
    "institution",
    "service",
    "post",
    "message",
    "release",
    "communique",
    "source",
];

/// What a source keeps or publishes, and is not by itself.
const FIGURES: &WordSet =
    words!["figures", "data", "statistics", "records", "estimates", "numbers", "tallies", "calculations"];

/// People through whom a body or an office speaks.
const STAFF: &WordSet = words![
    "monitors",
    "team",
    "teams",
    "staff",
    "clerks",
    "doctors",
    "medics",
    "volunteers",
    "workers",
    "observers",
    "investigators",
    "researchers",
    "experts",
    "rescuers",
    "crews",
    "inspectors",
    "delegates",
    "office",
    "office's",
    "lawyers",
];

impl Names {
    /// The speaker that a noun phrase names. `units` is the whole phrase with its appositions.
    pub(in crate::suggest) fn speaker(&self, sheet: &Sheet<'_>, units: Range<usize>) -> Option<Speaker> {
        let units = trim(sheet, units);
        if units.is_empty() {
            return None;
        }
        let head_end = (units.clone()).find(|unit| head_ends(sheet, *unit, units.start)).unwrap_or(units.end);
        let head = trim(sheet, units.start..head_end);
        if head.is_empty() {
            return None;
        }
        let joint = head.clone().skip(1).rfind(|unit| sheet.cue(*unit, Cue::And) && sheet.is_any(*unit, words!["and"]));
        if let Some(and) = joint
            && joins_sources(sheet, and, &head, self)
            && let (Some(first), Some(second)) =
                (self.one(sheet, head.start..and, &units), self.one(sheet, and + 1..head.end, &units))
        {
            let name: Name = format!("{} + {}", first.asserter.name, second.asserter.name).into();
            let side = if first.asserter.side == second.asserter.side { first.asserter.side } else { Side::Unknown };
            return Some(Speaker { asserter: Asserter { name, side, anonymous: false }, kind: first.kind, units });
        }
        // "the prisons service, SNAI,": the name stands behind the description.
        if sheet.is_punct(head_end, ",")
            && units.end == head_end + 2
            && is_nickname(sheet, head_end)
            && let Some(name) = text_of(sheet, head_end + 1..head_end + 2)
        {
            let side = side_in(sheet, units.clone()).unwrap_or_else(|| self.side_of(&name));
            let asserter = Asserter { name, side, anonymous: false };
            return Some(Speaker { asserter, kind: SpeakerKind::Body, units });
        }
        if let Some((name, behind)) = given_name(sheet, &units) {
            let side = side_in(sheet, units.clone()).unwrap_or_else(|| self.side_of(&name));
            let asserter = Asserter { name, side, anonymous: false };
            return Some(Speaker { asserter, kind: SpeakerKind::Person, units: units.start..behind.max(units.end) });
        }
        // "The mayor of Derna, Abdulmenam al-Ghaithi, told": the name stands in the apposition.
        let office = head.clone().any(|unit| sheet.is_title(unit))
            || sheet.any_cue(head.start, bit(Cue::Determiner) | bit(Cue::Possessive))
                && (!sheet.is_capitalised(head.end - 1)
                    || head.len() > 3
                        && !sheet.is_capitalised(head.start + 1)
                        && head.clone().any(|unit| sheet.any_cue(unit, bit(Cue::Of) | bit(Cue::In)))
                        && !sheet.any_cue(head.start + 1, bit(Cue::Body) | bit(Cue::Organ)));
        // "One of them, Alfani Buroko, told"
        let one = (sheet.count(head.start).is_some() || sheet.is_any(head.start, words!["one"]))
            && sheet.is_any(head.start + 1, words!["of"])
            || sheet.word(head.start).ends_with("of them")
            || sheet.word(head.start).ends_with("one of");
        // "the skipper of the Santa Rita": the ship's name, and not his.
        let nameless = || self.person(sheet, &head).is_none_or(|(_, run)| is_of_something(sheet, &head, &run));
        if head_end < units.end && (office || one) && nameless() {
            // "The delegate in the islands, Anselmo Perdomo,"
            let comma = (head_end..units.end).find(|unit| sheet.is_punct(*unit, ",")).unwrap_or(head_end);
            let mut rest = trim(sheet, comma..units.end);
            while rest.start < rest.end && sheet.is_title(rest.start) {
                rest.start += 1;
            }
            let run = name_run(sheet, rest.start, rest.end);
            let closes = run.end == rest.end || sheet.is_punct_any(run.end, &[",", "("]);
            if run.len() >= 2
                && closes
                && let Some((name, _)) = self.person(sheet, &run)
            {
                let side = side_in(sheet, units.clone()).unwrap_or_else(|| self.side_of(&name));
                let asserter = Asserter { name, side, anonymous: false };
                return Some(Speaker { asserter, kind: SpeakerKind::Person, units });
            }
        }
        self.one(sheet, head, &units)
    }

    /// Whether a side is one that the article speaks of.
    fn in_article(&self, sheet: &Sheet<'_>, side: &Side) -> bool {
        match side {
            Side::Party(name) => sheet.words.party_named(name).is_some_and(|party| self.parties.contains(&party)),
            Side::Independent | Side::Unknown => true,
        }
    }

    /// How a known source is called: by its full name where the article's words are a part of it,
    /// else by the fullest words that the article has for it ("AFP" stays "AFP").
    fn name_of(&self, sheet: &Sheet<'_>, source: &SourceEntry, unit: usize) -> Name {
        let Some(surface) = text_of(sheet, unit..unit + 1) else { return source.name.clone() };
        let acronym = is_acronym(sheet, unit);
        let surface = if acronym { self.surfaces.get(&source.name).cloned().unwrap_or(surface) } else { surface };
        let plain = |name: &str| name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b' ');
        if surface == source.name && plain(&surface) {
            return surface;
        }
        let part =
            surface.split(|c: char| !c.is_alphanumeric()).all(|word| contains_word(&source.name, &word.to_lowercase()));
        // "Foreign Office" is the British one only where the article speaks of Britain.
        let own = source.name.split(' ').all(|word| {
            contains_word(&surface, &word.to_lowercase())
                || sheet.words.party_word(word).is_none_or(|party| self.parties.contains(&party))
        });
        if part && own { source.name.clone() } else { without_article(&surface) }
    }

    /// One speaker from the head of a noun phrase.
    fn one(&self, sheet: &Sheet<'_>, head: Range<usize>, units: &Range<usize>) -> Option<Speaker> {
        let mut head = trim(sheet, head);
        // "Two Israeli officials", "at least three witnesses"
        while head.len() > 1 && sheet.count(head.start).is_some() && !sheet.is_any(head.start + 1, words!["of"]) {
            head.start += 1;
        }
        // "according to the group, whose list": what leads to the name is no part of it.
        while head.len() > 1 && sheet.reporting(head.start).is_some_and(|entry| entry.pattern == Saying::Preposition) {
            head.start += 1;
        }
        // "What the army has acknowledged", "JNIM for its part"
        if head.len() > 1 && sheet.is_any(head.start, words!["what"]) {
            head.start += 1;
        }
        if head.len() > 3
            && sheet.is_any(head.end - 1, words!["part"])
            && sheet.any_cue(head.end - 2, bit(Cue::Possessive))
            && sheet.cue(head.end - 3, Cue::For)
        {
            head.end -= 3;
            if head.len() > 1 && sheet.is_punct(head.end - 1, ",") {
                head.end -= 1;
            }
        }
        // "the State Commission has many times said": what stands behind the auxiliary is an adverbial.
        if let Some(auxiliary) = head.clone().skip(1).find(|unit| sheet.cue(*unit, Cue::Have)) {
            head.end = auxiliary;
        }
        // "rescuers do not expect": so does this one.
        while head.len() > 1 && sheet.is_any(head.end - 1, words!["do", "does", "did"]) {
            head.end -= 1;
        }
        // "he returned and explained": the pronoun alone.
        if head.len() == 2 && sheet.is_any(head.start, words!["he", "she"]) && !sheet.is_capitalised(head.end - 1) {
            head.end -= 1;
        }
        // "according to ICRC figures", "the ministry's data": who counts is the source, not what is counted.
        let counted = |unit: usize| FIGURES.has(sheet.word(unit));
        if head.len() > 1 && counted(head.end - 1) && !sheet.is_any(head.end - 2, words!["official", "latest", "new"]) {
            head.end -= 1;
            if head.len() > 1 && sheet.is_possessive(head.end - 1) {
                head.end -= 1;
            }
        }
        // "the NDMA's daily report": who publishes it.
        const PAPERS: &WordSet =
            words!["report", "reports", "bulletin", "update", "dashboard", "tracker", "register", "website", "list"];
        if head.len() > 2 && PAPERS.has(sheet.word(head.end - 1)) {
            let owner = (head.start + 1..head.end - 1).rev().take(3).find(|unit| sheet.is_possessive(*unit));
            head.end = owner.unwrap_or(head.end);
        }
        let first = head.start;
        if head.is_empty() {
            return None;
        }
        let stated_side = side_in(sheet, units.clone());
        let make = |name: Name, kind: SpeakerKind, side: Option<Side>, anonymous: bool| {
            let side = side.or_else(|| stated_side.clone()).unwrap_or_else(|| self.side_of(&name));
            Some(Speaker { asserter: Asserter { name, side, anonymous }, kind, units: units.clone() })
        };
        let takes =
            |speaker: &Option<Speaker>| speaker.clone().map(|speaker| Speaker { units: units.clone(), ..speaker });
        if head.len() <= 2
            && sheet.cue(first, Cue::Both)
            && let Some((a, b)) = self.pair
        {
            let name = |party: u16| government(&sheet.words.parties[party as usize]);
            let joint: Name = format!("{} + {}", name(a), name(b)).into();
            return make(joint, SpeakerKind::Body, Some(Side::Unknown), false);
        }
        // Pronouns and definite descriptions.
        if head.len() == 1 && sheet.is_any(first, words!["him", "her", "them"]) {
            return takes(if sheet.is_any(first, words!["them"]) { &self.last } else { &self.last_person });
        }
        if head.len() == 1 && sheet.cue(first, Cue::Pronoun) {
            return match sheet.word(first) {
                "he" | "she" => takes(&self.last_person),
                "it" => {
                    // "Cabalian Lines has offered a coffin. It insists": whoever the sentence before is about.
                    let opens = sheet.sentences[sheet.sentence_of(first)].start == first;
                    let topic = self.topic.as_ref().filter(|(speaker, end)| {
                        opens
                            && *end == first
                            && (speaker.kind != SpeakerKind::Person
                                || speaker
                                    .units
                                    .clone()
                                    .all(|unit| sheet.is_capitalised(unit) && !sheet.is_title(unit)))
                            && !sheet.opens_block(sheet.sentence_of(first))
                    });
                    topic
                        .map(|(speaker, _)| Speaker {
                            units: units.clone(),
                            kind: SpeakerKind::Body,
                            ..speaker.clone()
                        })
                        .or_else(|| takes(&self.last_body))
                        .or_else(|| takes(&self.last))
                }
                _ => takes(&self.last),
            };
        }
        // "its figures show", "by their own count"
        if head.len() == 1 && sheet.cue(first, Cue::Possessive) {
            return match sheet.word(first) {
                "his" | "her" => takes(&self.last_person),
                "its" | "their" => takes(&self.last_body).or_else(|| takes(&self.last)),
                _ => None,
            };
        }
        let anonymous = units.clone().any(|unit| sheet.cue(unit, Cue::Anonymous));
        if let Some(owner) = self.of_ones_own(sheet, &head) {
            return takes(&Some(owner));
        }
        // A person: behind a title, or a run of unknown names.
        if let Some((name, run)) = self.person(sheet, &head) {
            let side = side_in(sheet, units.start..run.start).or_else(|| side_in(sheet, run.end..units.end));
            return make(name, SpeakerKind::Person, side, false);
        }
        let sources: Vec<(usize, &SourceEntry)> =
            head.clone().filter_map(|unit| sheet.source(unit).map(|source| (unit, source))).collect();
        let office = head.clone().any(|unit| {
            sheet.is_title(unit) || sheet.is_any(unit, words!["source", "sources", "official", "officials"])
        });
        let closes = |unit: usize| {
            (unit + 1..head.end).all(|next| {
                !sheet.is_possessive(next)
                    && (sheet.any_cue(next, bit(Cue::Medium) | bit(Cue::Body)) && !sheet.is_capitalised(next)
                        || sheet.is_punct_any(next, &["(", ")"])
                        || sheet.is_punct(next - 1, "("))
            })
        };
        if let Some((unit, source)) = sources.last()
            && !anonymous
            && (!office || *unit + 1 == head.end)
            && closes(*unit)
            && source.role != SourceRole::Platform
        {
            let kind = match source.role {
                SourceRole::Person => SpeakerKind::Person,
                SourceRole::Outlet => SpeakerKind::Outlet,
                SourceRole::Body | SourceRole::Platform => SpeakerKind::Body,
            };
            let side = (source.side != Side::Unknown).then(|| source.side.clone());
            let side = side.filter(|side| self.in_article(sheet, side));
            return make(self.name_of(sheet, source, *unit), kind, side, false);
        }
        if let Some(text) = text_of(sheet, head.clone())
            && let Some(full) = self.acronyms.get(&*text)
        {
            return make(full.clone(), SpeakerKind::Body, None, false);
        }
        // A state or group that speaks by its name or capital.
        let bare = head.start + usize::from(head.len() == 2 && sheet.is_any(first, words!["the"]));
        if let Some((party, by)) = sheet.party(bare)
            && (head.end == bare + 1 || (head.len() == 2 && sheet.is_possessive(first + 1)))
            && matches!(by, PartyWord::Name | PartyWord::Metonym | PartyWord::People)
            && (bare == first || !sheet.words.parties[party as usize].state)
        {
            let entry = &sheet.words.parties[party as usize];
            let side = Some(Side::Party(entry.name.clone()));
            let name = match self.groups.get(&party) {
                Some(full) if !entry.state => full.clone(),
                _ => government(entry),
            };
            return make(name, SpeakerKind::Body, side, false);
        }
        let last = head.end - 1;
        // "the Centre said": the body that the article has named in full.
        if head.len() == 2
            && sheet.is_any(first, words!["the"])
            && sheet.is_capitalised(last)
            && sheet.any_cue(last, bit(Cue::Body) | bit(Cue::Organ))
            && !anonymous
        {
            let noun = sheet.word(last);
            let longer = |name: &&Name| name.contains(' ') && contains_word(name, noun);
            let spoke = self.bodies.iter().rev().take(64).map(|(_, name)| name).find(longer);
            let named = || self.proper.iter().rev().filter(|(at, _)| *at < first).map(|(_, name)| name).find(longer);
            if let Some(name) = spoke.or_else(named) {
                return make(name.clone(), SpeakerKind::Body, None, false);
            }
        }
        if sheet.is_any(first, words!["the", "this"]) && head.len() <= 3 && !sheet.is_capitalised(last) && !anonymous {
            let noun = sheet.word(last);
            let near = || self.bodies.iter().rev().take(64);
            // "the fire service" is no other service.
            let qualified = head.len() == 3;
            // "officer of the ministry" is no ministry, "the Thai army's Second Region" no army.
            let fits = |name: &Name| {
                let own = || name.split(" of the ").next().unwrap_or(name);
                contains_word(name, noun)
                    && contains_word(own(), noun)
                    && (!qualified || contains_word(name, sheet.word(first + 1)))
                    && !owner_is(name, noun)
            };
            let known = near().find(|(_, name)| fits(name)).or_else(|| {
                let description = sheet.words_of(head.clone()).to_lowercase();
                let described = sheet.words.described(&description);
                near().find(|(_, name)| described.contains(name))
            });
            if let Some((_, name)) = known {
                return make(name.clone(), SpeakerKind::Body, None, false);
            }
            // "the Thai army's Second Army Region … The army"
            if let Some((owner, _)) =
                near().find(|(_, name)| owner_is(name, noun)).and_then(|(_, name)| name.split_once("'s "))
            {
                return make(owner.into(), SpeakerKind::Body, None, false);
            }
            // "the prisons service, SNAI, … The service had reported"
            if let Some((_, name)) = self.nicknames.iter().find(|(nickname, _)| nickname == noun).filter(|_| !qualified)
            {
                return make(name.clone(), SpeakerKind::Body, None, false);
            }
            // "Xinhua said 12,000 had died; 18,000 were buried, the agency said"
            if noun == "agency"
                && !qualified
                && let Some(last) = self.last.as_ref().filter(|last| last.kind == SpeakerKind::Outlet)
            {
                return takes(&Some(last.clone()));
            }
            if ANY_BODY.has(noun)
                && !qualified
                && let Some(speaker) = takes(&self.last_body).or_else(|| takes(&self.last))
            {
                return Some(speaker);
            }
        }
        // "A statement read out on state television": whoever spoke before.
        let statement = head.start + usize::from(sheet.any_cue(head.start, bit(Cue::Determiner)));
        if sheet.is_any(statement, words!["statement", "communique", "communiqué"])
            && !sheet.any_cue(statement + 1, bit(Cue::By) | bit(Cue::From) | bit(Cue::Of))
            && let Some(speaker) = takes(&self.last_body).or_else(|| takes(&self.last))
        {
            return Some(speaker);
        }
        let head_of_all = head.clone();
        self.described(sheet, head).and_then(|name| {
            let medium = (first..=last).any(|unit| sheet.cue(unit, Cue::Medium));
            let kind = match () {
                () if medium => SpeakerKind::Outlet,
                () if is_one_person(sheet, &head_of_all) => SpeakerKind::Person,
                () => SpeakerKind::Body,
            };
            make(name, kind, None, anonymous)
        })
    }

    /// "The commission said its monitors had counted 16", "Her clerks have written down 110": who speaks through
    /// people of their own.
    fn of_ones_own(&self, sheet: &Sheet<'_>, head: &Range<usize>) -> Option<Speaker> {
        let first = head.start;
        let own = (first + 1..head.end).any(|unit| sheet.cue(unit, Cue::Own));
        // "A diplomat said his embassy knew of four"
        let body = || {
            sheet.is_any(first, words!["his", "her"])
                && (sheet.cue(head.end - 1, Cue::Body)
                    || sheet.is_any(head.end - 1, words!["company", "church", "school"]))
        };
        if head.len() < 2
            || !sheet.cue(first, Cue::Possessive)
            || !(own || STAFF.has(sheet.word(head.end - 1)) || body())
        {
            return None;
        }
        let start = sheet.sentences[sheet.sentence_of(first)].start;
        match sheet.word(first) {
            "his" | "her" => self.last_person.clone(),
            "its" | "their" => {
                let here = |speaker: &&Speaker| speaker.units.start >= start;
                self.last_body.as_ref().filter(here).or(self.last.as_ref().filter(here)).cloned()
            }
            _ => None,
        }
    }

    /// A person in a noun phrase: the full name, and its units.
    fn person(&self, sheet: &Sheet<'_>, head: &Range<usize>) -> Option<(Name, Range<usize>)> {
        let mut at = head.start;
        let mut found = None;
        while at < head.end {
            let run = name_run(sheet, at, head.end);
            if !run.is_empty() && (run.len() >= 2 || run.end == head.end || found.is_none()) {
                found = Some(run.clone());
            }
            at = run.end.max(at + 1);
        }
        let run = found?;
        // "Amadou Ndiaye of the Red Cross": the name that opens it.
        let first = name_run(sheet, head.start, head.end);
        let of = first.end < head.end && sheet.any_cue(first.end, bit(Cue::Of) | bit(Cue::From) | bit(Cue::For));
        let run = if of && first.len() == 2 { first } else { run };
        // The name closes the phrase: "lawmaker Shamsail Saraliyev"; what follows it would make it a body's.
        if run.end < head.end && !(of && run.start == head.start) {
            return None;
        }
        // "US-funded Aid Worker Security Database": the end of a longer name.
        if run.start > head.start
            && sheet.is_capitalised(run.start - 1)
            && !sheet.is_title(run.start - 1)
            && sheet.party(run.start - 1).is_none()
            && sheet.source(run.start - 1).is_none()
        {
            return None;
        }
        let known = self.persons.get(sheet.word(run.end - 1));
        let titled = run.start > head.start && sheet.is_title(run.start - 1);
        let is_body = run.clone().any(|unit| sheet.any_cue(unit, bit(Cue::Body) | bit(Cue::Medium) | bit(Cue::Organ)));
        if is_body {
            return None;
        }
        match known {
            Some(full) if run.len() == 1 || full.len() > 3 => Some((full.clone(), run)),
            _ if run.len() >= 2 || titled => text_of(sheet, run.clone()).map(|name| (name, run)),
            _ => None,
        }
    }
}

/// Whether a name in a noun phrase is that of a ship, a place or a body that somebody belongs to: "the skipper of the
/// Santa Rita".
fn is_of_something(sheet: &Sheet<'_>, head: &Range<usize>, run: &Range<usize>) -> bool {
    let article = usize::from(run.start > 0 && sheet.any_cue(run.start - 1, bit(Cue::Determiner)));
    let before = run.start.saturating_sub(1 + article);
    sheet.any_cue(head.start, bit(Cue::Determiner))
        && !sheet.is_capitalised(head.start + 1)
        && before > head.start + 1
        && sheet.any_cue(before, bit(Cue::Of) | bit(Cue::In) | bit(Cue::From))
}

/// The name that somebody goes by, and the unit behind it: "a driver who gave his name as Kasi", "a woman who
/// identified herself only as Um Ali".
fn given_name(sheet: &Sheet<'_>, units: &Range<usize>) -> Option<(Name, usize)> {
    const FAR: usize = 9;
    let end = sheet.sentences[sheet.sentence_of(units.start)].end;
    let who = units.end + usize::from(sheet.is_punct(units.end, ","));
    let gives = |unit: usize| {
        sheet.is_any(unit, words!["gave", "gives", "identified", "introduced", "called", "calls", "uses", "used"])
    };
    if !sheet.is_any(who, words!["who"]) || !gives(who + 1) {
        return None;
    }
    let own =
        |unit: usize| sheet.is_any(unit, words!["name", "names", "himself", "herself", "themselves", "first name"]);
    let stop =
        (who + 2..end.min(who + FAR)).find(|unit| !sheet.is_punct(*unit, "\"") && sheet.is_capitalised(*unit))?;
    if !(who + 2..stop).any(own) || (who + 2..stop).any(|unit| sheet.is_punct_any(unit, &[",", ";", "."])) {
        return None;
    }
    let mut behind = stop + 1;
    while behind < end.min(stop + 4) && sheet.what(behind) == What::Word && sheet.is_capitalised(behind) {
        behind += 1;
    }
    text_of(sheet, stop..behind).map(|name| (name, behind))
}

/// Whether a name is that of a part, and the noun is what it is a part of: "Thai army's Second Region", "army".
fn owner_is(name: &str, noun: &str) -> bool {
    name.contains('\'')
        && name.split_once("'s ").is_some_and(|(owner, part)| {
            owner.rsplit(' ').next().is_some_and(|last| last.eq_ignore_ascii_case(noun))
                && !part.to_lowercase().ends_with(noun)
        })
}

/// Whether a noun phrase describes one person: "a nurse", "the commander of the zone", "District
/// Collector Prasanna Lakshmi".
fn is_one_person(sheet: &Sheet<'_>, head: &Range<usize>) -> bool {
    let end = head.clone().skip(1).find(|unit| sheet.any_cue(*unit, bit(Cue::Of) | bit(Cue::For) | bit(Cue::In)));
    let last = end.unwrap_or(head.end) - 1;
    let people = [NounClass::People, NounClass::Civilian, NounClass::Military, NounClass::Bystanders];
    let noun = sheet.noun(last).is_some_and(|noun| people.contains(&noun.class));
    let office =
        (noun || sheet.is_title(last)) && !is_plural(sheet.word(last)) && !sheet.word(last).ends_with("people");
    let name = |unit: usize| {
        sheet.is_capitalised(unit)
            && (!is_acronym(sheet, unit) || sheet.word(unit).chars().count() == 1)
            && sheet.source(unit).is_none()
            && sheet.party(unit).is_none()
            && !sheet.any_cue(unit, bit(Cue::Body) | bit(Cue::Medium) | bit(Cue::Organ))
    };
    office || head.len() >= 3 && head.clone().all(|unit| name(unit) || sheet.is_punct(unit, "."))
}

/// Whether "and" in a noun phrase joins two sources rather than standing inside one name.
fn joins_sources(sheet: &Sheet<'_>, and: usize, head: &Range<usize>, names: &Names) -> bool {
    let next = and + 1;
    if next >= head.end {
        return false;
    }
    let named = |range: Range<usize>| {
        range.clone().any(|unit| sheet.source(unit).is_some() || sheet.party(unit).is_some())
            || names.person(sheet, &range).is_some()
    };
    (sheet.any_cue(next, bit(Cue::Determiner))
        || sheet.source(next).is_some()
        || sheet.party(next).is_some()
        || names.person(sheet, &(next..head.end)).is_some())
        && named(head.start..and)
}
