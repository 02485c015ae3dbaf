//! Of what: the category of a count, by table, frame, whole, toll or the counts beside it.

use std::ops::Range;

use super::captivity;
use super::category::{self, Category};
use super::clauses::transfers;
use super::counted::{Counted, is_plural};
use super::draft::{Draft, recent};
use super::ellipsis::{self, Look};
use super::governing::Tie;
use super::grades;
use super::lexicon_pass::{PartyWord, bit};
use super::parts;
use super::phrases::{follows_up_from, text_of};
use super::pipeline::{Pass, Read, takes_frame_of};
use super::predicates;
use super::quantities::{Note, QuantityMention};
use super::roles::{Roles, Slot};
use super::sheet::{Sheet, What};
use super::tables;
use super::tolls;
use super::wholes;
use crate::article::BlockKind;
use crate::claim::{Cue, Name, NounClass, Role, Saying};

/// The rule of some of the people counted before.
pub(super) const PART: &str = "a part of the count before";
/// The rule of a count that stands beside another of the same.
pub(super) const PARALLEL: &str = "parallel count";
/// The rule of a figure that answers a question.
pub(super) const QUESTION: &str = "the question before";
/// The rule of a figure in a list whose first line says what is counted.
pub(super) const OVER_LIST: &str = "the line over the list";

impl Pass<'_, '_> {
    /// The category of a count, and the subset where it is a part of another count.
    pub(super) fn categorise(
        &self,
        phrase: &Counted<'_>,
        mention: &QuantityMention,
        roles: &mut Roles,
        drafts: &[Draft<'_>],
        index: usize,
        look: Look<'_, '_>,
    ) -> Option<(Category, Option<Name>)> {
        let sheet = self.sheet;
        let sentence = &self.read[index];
        let near = recent(drafts, index, 1).find(|d| d.counted.unit < phrase.unit);
        let previous = near.filter(|d| d.sentence == index);
        if phrase.is_elliptical() && self.tables.of_things(sheet, index, phrase.unit) {
            return None;
        }
        if let Some(cell) = self.tables.plain(sheet, phrase.unit, self.captive()) {
            let slot = |(party, unit)| Slot::by(party, unit, tables::HEADING);
            *roles = Roles {
                party: cell.party.map(slot),
                from: cell.from.map(slot),
                to: cell.to.map(slot),
                ..Roles::default()
            };
            return Some((self.of_persons(cell.category, index, drafts), cell.subset));
        }
        // "| Russia gave |", "| 909 bodies |": the heading tells the way of a counted noun, too.
        if !phrase.is_elliptical() && sheet.block(index) == BlockKind::TableRow && roles.verb.is_none() {
            let slot = |(party, unit)| Slot::by(party, unit, tables::HEADING);
            let (from, to) = self.tables.way(sheet, index);
            roles.from = roles.from.or(from.map(slot));
            roles.to = roles.to.or(to.map(slot));
        }
        // "two people briefed on the talks told", "a relative of one of them says": whoever speaks is no figure.
        let speaks = sentence.sayings.iter().any(|saying| {
            let speaker = saying.speaker.as_ref().filter(|_| saying.at >= phrase.phrase.end);
            let one_of = phrase.of_them && phrase.unit > 0 && sheet.cue(phrase.unit - 1, Cue::Of);
            speaker.is_some_and(|speaker| {
                speaker.units.contains(&phrase.unit)
                    && (one_of || speaker.units.start == phrase.phrase.start && phrase.noun.is_some())
            })
        });
        // "according to six survivors": whoever is named there speaks, and is counted by nobody.
        let heard = phrase.phrase.start > sentence.units.start
            && sheet.reporting(phrase.phrase.start - 1).is_some_and(|entry| entry.pattern == Saying::Preposition)
            && (matches!(phrase.class(), Some(NounClass::People | NounClass::Civilian | NounClass::Bystanders))
                || sheet.cue(phrase.unit + 1, Cue::Of))
            && !sheet.is_any(phrase.unit, words!["hundreds", "thousands"]);
        if heard {
            return None;
        }
        if speaks && phrase.noun.is_none_or(|(noun, _)| noun.category.is_none()) {
            return None;
        }
        if is_single(sheet, phrase) || ellipsis::is_of_age(sheet, phrase, &sentence.units) {
            return None;
        }
        if let Some(asked) = self.asked(phrase, roles, index) {
            return Some((asked, None));
        }
        if let Some((told, party)) = subject_of_count(sheet, phrase, &sentence.units) {
            let party = party.map(|(party, unit)| Slot::stated(party, unit));
            roles.party = roles.party.or(party);
            if let Some(category) = told {
                return Some((category, None));
            }
        }
        // "holding hostages – up to 1,400 of them": those who are named right before.
        let named = phrase.phrase.start.saturating_sub(2);
        if phrase.of_them
            && phrase.phrase.start >= sentence.units.start + 2
            && sheet.is_punct_any(phrase.phrase.start - 1, &["\u{2014}", "\u{2013}", "-"])
            && is_plural(sheet.word(named))
            && let Some(id) = sheet.noun(named).and_then(|noun| noun.category.clone())
        {
            return Some((Category { id, unit: named, rule: PARALLEL }, None));
        }
        // "12,000 displaced by the floods, toll mounts to 17": a clause of its own, without a verb that is known.
        if phrase.is_elliptical()
            && let Some(toll) = tolls::of_toll(sheet, phrase, &sentence.units)
            && sheet.is_noun(toll.unit, NounClass::Toll)
            && roles.verb.is_some_and(|(verb, _)| sentence.verbs[verb].at < toll.unit)
            && (toll.unit..phrase.phrase.start).all(|unit| sheet.frame(unit).is_none())
        {
            roles.verb = None;
            return Some((toll, None));
        }
        let predicated = parts::is_predicated(sheet, phrase);
        let part = mention.has(Note::Part) || phrase.of_them || predicated;
        let joined = previous.is_some_and(|d| d.part_of.is_some() && takes_frame_of(sheet, mention, phrase, d));
        let colon = phrase.phrase.start > 0 && sheet.is_punct(phrase.phrase.start - 1, ":");
        let noun = phrase.noun.filter(|(_, unit)| phrase.phrase.contains(unit));
        let noun_text = || noun.and_then(|(_, unit)| text_of(sheet, unit..unit + 1));
        let subset = || if part { noun_text() } else { None };
        if matches!(phrase.class(), Some(NounClass::Things | NounClass::Group)) {
            return None;
        }
        // "in nine cases", "three court cases": people only where a sickness spreads.
        let case =
            |noun: &crate::claim::NounEntry| matches!(noun.forms.first().map(|form| &**form), Some("case" | "contact"));
        if phrase.noun.is_some_and(|(noun, _)| case(noun)) && !self.scene.sickness {
            return None;
        }
        // "among them two women soldiers" of the hostages before: what they are a part of decides.
        let whole = mention.partner.and_then(|partner| recent(drafts, index, 1).find(|d| d.count == partner));
        if (part || joined)
            && let Some(of) = whole.or(near)
            && phrase.noun.is_none_or(|(noun, _)| noun.category.is_none())
            && matches!(&*of.category.id, "hostages" | "prisoners" | "detained" | "missing")
            && (roles.verb.is_none() || roles.verb.map(|(verb, _)| verb) == of.roles.verb.map(|(verb, _)| verb))
            && of.sentence == index
        {
            let category = leaning(PART, &of.category);
            return Some((category, subset()));
        }
        let plain = phrase.noun.is_none_or(|(noun, _)| noun.category.is_none() || noun.class == NounClass::Civilian);
        if plain
            && roles.verb.is_none()
            && wholes::tells_of_them(sheet, phrase, &sentence.units)
            && let Some(of) = recent(drafts, index, 1).find(|d| d.sentence < index)
            && matches!(
                &*of.category.id,
                "hostages" | "prisoners" | "detained" | "killed" | "wounded" | "missing" | "rescued" | "bodies"
            )
        {
            let again = |slot: Option<Slot>| slot.map(|slot| Slot { rule: PART, ..slot });
            roles.party = roles.party.or(again(of.roles.party));
            roles.from = roles.from.or(again(of.roles.from));
            roles.to = roles.to.or(again(of.roles.to));
            return Some((leaning(PART, &of.category), subset()));
        }
        if let Some(found) = category::of(sheet, self.scene, phrase, &sentence.verbs, roles) {
            // "27 of the Ethiopians refused to board": on their way they are what they were.
            if matches!(&*found.id, "aboard" | "displaced" | "other" | "detained")
                && phrase.class() != Some(NounClass::Civilian)
                && !is_vague(sheet, phrase)
                && let Some(captives) = captives(sheet, phrase, part || phrase.is_elliptical(), near, drafts)
            {
                return Some((captives, subset()));
            }
            let mut found = self.as_called_nearby(found, roles, index, drafts);
            if self.scene.of_bodies {
                found = like_bodies(sheet, found, (phrase, index), drafts);
            }
            let bystander = phrase.class() == Some(NounClass::Bystanders);
            // "12,141 officers were deployed" is no claim; "Pyongyang deployed 11,000 soldiers" is.
            let verb = roles.verb.map(|(verb, _)| sentence.verbs[verb]);
            let moved = verb.and_then(|v| v.frame).is_some_and(|frame| transfers(sheet.frame_entry(frame).subject));
            let staffed = &*found.id == "other" && moved && verb.is_some_and(|v| v.subject.party().is_none());
            return ((!bystander || roles.verb.is_some()) && !staffed).then(|| (found, subset()));
        }
        if let Some(whole) = wholes::of_whole(sheet, phrase, &sentence.units) {
            return Some((whole, noun_text()));
        }
        if phrase.is_elliptical()
            && let Some(label) = tables::label_of(sheet, &sentence.units, phrase.unit)
        {
            if let Some(labelled) = tables::under_label(sheet, label.clone()) {
                return Some((labelled, None));
            }
            if tables::is_of_things(sheet, label) {
                return None;
            }
        }
        // "Of the victims, four were under ten"
        if let Some(noun) = wholes::whole_noun(sheet, phrase, &sentence.units)
            && noun.forms.first().is_some_and(|form| &**form == "victim")
        {
            return Some((Category::by("killed", phrase.unit, category::VICTIMS)?, None));
        }
        // "Thirty of the freed spent the night in the hall."
        if let Some(freed) = self.captive().and_then(|captive| wholes::of_freed(sheet, phrase, captive)) {
            return Some((freed, None));
        }
        // "They let people go: nine on Wednesday, eight on Thursday"
        if let Some(told) = self.under_verb(phrase, sentence) {
            return Some((told, None));
        }
        // "Of the teachers, four are men": of those counted before as teachers.
        if let Some(noun) = wholes::whole_noun(sheet, phrase, &sentence.units)
            && let Some(whole) = drafts.iter().rev().take(40).find(|draft| {
                draft.sentence < index && draft.counted.noun.is_some_and(|(counted, _)| std::ptr::eq(counted, noun))
            })
        {
            let again = |slot: Option<Slot>| slot.map(|slot| Slot { rule: PART, ..slot });
            roles.party = roles.party.or(again(whole.roles.party));
            return Some((leaning(PART, &whole.category), noun_text()));
        }
        if let Some(held) = captivity::of_custody(sheet, phrase, &sentence.units) {
            return Some((held, None));
        }
        let toll = tolls::of_toll(sheet, phrase, &sentence.units)
            .or_else(|| tolls::of_toll_behind(sheet, phrase, &sentence.units));
        if let Some(toll) = toll {
            return Some((toll, None));
        }
        if let Some(whole) = wholes::among(sheet, phrase, &sentence.units) {
            return Some((whole, noun_text()));
        }
        // "when the helicopter bringing twelve of them crashed": what is done to them is not what was done to all.
        let before = phrase.phrase.start.saturating_sub(1);
        let done = phrase.phrase.start > sentence.units.start
            && sheet.is_unknown(before)
            && sheet.word(before).ends_with("ing");
        if part
            && done
            && let Some(whole) = whole.or(near)
        {
            return Some((Category { rule: ellipsis::SOME, ..whole.category.clone() }, subset()));
        }
        if part && let Some(whole) = whole.or(near) {
            let category = leaning(PART, &whole.category);
            return Some((category, subset()));
        }
        if phrase.is_elliptical() {
            let of_row =
                || self.tables.cell(sheet, index, self.captive()).filter(|_| !self.tables.in_columns(phrase.unit));
            if let Some(cell) = of_row().or_else(|| tables::item(sheet, index, phrase.unit)) {
                if let Some((party, unit)) = cell.party {
                    roles.party = Some(Slot::by(party, unit, tables::HEADING));
                }
                let slot = |(party, unit)| Slot::by(party, unit, tables::HEADING);
                roles.from = cell.from.map(slot);
                roles.to = cell.to.map(slot);
                return Some((self.of_persons(cell.category, index, drafts), cell.subset));
            }
            if let Some(found) = listed(sheet, phrase, &sentence.units) {
                return Some((found, None));
            }
            if let Some(found) = category::of_parallel(sheet, phrase, &sentence.verbs, roles) {
                return Some((found, None));
            }
            let tied = mention.has(Note::ForPartner)
                || mention.has(Note::Reference)
                || mention.has(Note::Correction)
                || roles.verb.is_some_and(|(verb, _)| sentence.verbs[verb].frame.is_some());
            let moved = roles.verb.is_some_and(|(verb, _)| {
                sentence.verbs[verb].frame.is_some_and(|frame| transfers(sheet.frame_entry(frame).subject))
            });
            let tied = tied
                || mention.has(Note::Withdrawn)
                || is_compared(sheet, phrase)
                || self.is_reported(phrase, sentence)
                || self.is_total(phrase, sentence);
            let handed = |d: &&Draft<'_>| d.roles.from.is_some() || d.roles.to.is_some();
            let topic = previous
                .or(near.filter(|_| mention.has(Note::ForPartner) || mention.has(Note::Reference)))
                .or(near.filter(|d| moved && handed(d)));
            if let Some(topic) = topic.filter(|topic| &*topic.category.id == "displaced")
                && let Some((verb, _)) = roles.verb
                && sentence.verbs[verb].frame.is_some_and(|frame| sheet.frame_entry(frame).category.is_none())
            {
                return Some((Category { id: "other".into(), rule: "who went back", ..topic.category.clone() }, None));
            }
            // "two hostages were killed and five were freed": the noun is shared, what is done is not.
            if let Some(topic) = topic.filter(|_| tied)
                && roles.verb.is_some_and(|(verb, tie)| {
                    tie != Tie::Parallel
                        && topic.sentence == index
                        && topic.roles.verb.is_some_and(|(of, _)| of != verb)
                })
                && (topic.counted.noun.is_some() || topic.counted.people)
            {
                let shared = Counted { noun: topic.counted.noun, people: topic.counted.people, ..phrase.clone() };
                if let Some(found) = category::of(sheet, self.scene, &shared, &sentence.verbs, roles) {
                    let rule = if found.rule.is_empty() { PARALLEL } else { found.rule };
                    return Some((Category { rule, ..found }, None));
                }
            }
            if tied && let Some(topic) = topic {
                return Some((leaning(PARALLEL, &topic.category), None));
            }
            if mention.has(Note::ForPartner) || moved {
                let swap = roles.verb.filter(|(verb, _)| {
                    let frame = sentence.verbs[*verb].frame;
                    frame.is_some_and(|frame| sheet.frame_entry(frame).subject == Role::Reciprocal)
                });
                // "swapped 306 for 306"
                let plain = || {
                    let (verb, _) = swap.filter(|_| mention.has(Note::ForPartner))?;
                    Category::by("prisoners", sentence.verbs[verb].at, "a swap without a word for whom")
                };
                // "Moscow and Kyiv each got 84 of their own back"
                let own = || {
                    let (verb, _) = roles.verb.filter(|_| moved && self.scene.conflict && phrase.owner.is_some())?;
                    Category::by("prisoners", sentence.verbs[verb].at, category::MOVED)
                };
                if let Some(mut found) = topic_noun(sheet, phrase.unit, index).or_else(plain).or_else(own) {
                    let bail =
                        || roles.verb.is_some_and(|(verb, _)| predicates::is_on_bail(sheet, sentence.verbs[verb].at));
                    if moved && &*found.id == "detained" && !bail() {
                        found.id = "prisoners".into();
                    }
                    return Some((found, None));
                }
                // "Kidnappers freed nine after a ransom was paid."
                let freed = roles.verb.filter(|(verb, _)| {
                    sentence.verbs[*verb].frame.is_some_and(|frame| {
                        matches!(&*sheet.frame_entry(frame).name, "free" | "release" | "let go" | "set free")
                    })
                });
                if let Some((verb, _)) = freed.filter(|_| topic.is_none())
                    && let Some(captive) = self.captive()
                {
                    let called =
                        recent(drafts, index, 3).find(|draft| matches!(&*draft.category.id, "hostages" | "prisoners"));
                    let called = called.map(|draft| &*draft.category.id);
                    if let Some(id) = called.or((captive == "hostages").then_some(captive)) {
                        return Some((Category::by(id, sentence.verbs[verb].at, category::MOVED)?, None));
                    }
                }
            }
        }
        // "| Released by Armenia |", "* to Ukraine: 205 soldiers": plain people under a heading of handing over.
        if matches!(phrase.class(), Some(NounClass::Military | NounClass::People)) || phrase.people {
            let cell =
                self.tables.cell(sheet, index, self.captive()).or_else(|| tables::item(sheet, index, phrase.unit));
            if let Some(cell) = cell.filter(|cell| cell.from.is_some() || cell.to.is_some()) {
                let slot = |(party, unit)| Slot::by(party, unit, tables::HEADING);
                roles.from = roles.from.or(cell.from.map(slot));
                roles.to = roles.to.or(cell.to.map(slot));
                return Some((cell.category, None));
            }
        }
        // "freed 11 soldiers and got five of its men in return"
        if let Some(previous) = previous.filter(|d| d.roles.from.is_some() || d.roles.to.is_some())
            && let Some((verb, _)) = roles.verb
            && sentence.verbs[verb].frame.is_some_and(|frame| transfers(sheet.frame_entry(frame).subject))
            && phrase.class() == Some(NounClass::People)
        {
            return Some((leaning(PARALLEL, &previous.category), None));
        }
        // "1,000 people were returned: 880 soldiers and 120 civilians", "22 children and one woman"
        if let Some(previous) = previous
            && (takes_frame_of(sheet, mention, phrase, previous)
                && (previous.part_of.is_some() || roles.verb.is_none() && !previous.category.rule.is_empty())
                || colon)
            && matches!(phrase.class(), Some(NounClass::Civilian | NounClass::Military | NounClass::People))
        {
            let category = leaning(PARALLEL, &previous.category);
            return Some((category, noun_text()));
        }
        if let Some(captives) = captives(sheet, phrase, false, near, drafts) {
            return Some((captives, None));
        }
        if let Some(victims) = category::of_victims(sheet, phrase) {
            return Some((victims, None));
        }
        let elided = ellipsis::of_context(sheet, phrase, mention, &sentence.units, (index, drafts), look)?;
        // "seven Senegalese and two from Guinea"
        let from = phrase.phrase.end;
        let origin = (phrase.is_elliptical() && sheet.is_any(from, words!["from"]) && elided.from.is_none())
            .then(|| sheet.party_by(from + 1, &[PartyWord::Name]))
            .flatten()
            .filter(|_| elided.to.is_none() && roles.to.is_none() && roles.verb.is_none())
            .map(|party| Slot::stated(party, from + 1));
        if origin.is_some() && roles.from.is_some_and(|slot| slot.unit == from + 1) {
            roles.from = None;
        }
        roles.party = roles.party.or(origin).or(elided.party);
        if roles.from.is_none() && roles.to.is_none() {
            roles.from = elided.from;
            roles.to = elided.to;
        }
        Some((elided.category, None))
    }

    /// What a verb in front of a colon says of a list of figures by their days or places behind it.
    fn under_verb(&self, phrase: &Counted<'_>, sentence: &Read) -> Option<Category> {
        /// How far in front the colon may stand.
        const REACH: usize = 40;
        let sheet = self.sheet;
        let start = phrase.phrase.start;
        let floor = sentence.units.start.max(start.saturating_sub(REACH));
        if !phrase.is_elliptical() || phrase.of_them {
            return None;
        }
        let listed = |unit: &usize| {
            sheet.count(*unit).is_some()
                || sheet.date(*unit).is_some()
                || sheet.is_punct(*unit, ",")
                || sheet.any_cue(*unit, bit(Cue::And) | bit(Cue::In) | bit(Cue::Adverb) | bit(Cue::ToDate))
        };
        let first = (floor..start).rev().find(|unit| !listed(unit)).filter(|unit| sheet.is_punct(*unit, ":"))?;
        let dated = sheet.date(phrase.phrase.end).is_some()
            || sheet.cue(phrase.phrase.end, Cue::In) && sheet.date(phrase.phrase.end + 1).is_some()
            || start > first + 1 && (first + 1..start).any(|unit| sheet.date(unit).is_some());
        let verb =
            sentence.verbs.iter().rev().find(|verb| verb.at < first && verb.frame.is_some()).filter(|_| dated)?;
        // Between verb and colon nothing else is counted.
        if (verb.at..first).any(|unit| sheet.count(unit).is_some()) {
            return None;
        }
        let entry = sheet.frame_entry(verb.frame?);
        match &entry.category {
            Some(id) if !entry.weak => Category::by(id, verb.at, PARALLEL),
            None if transfers(entry.subject) => Category::by(self.captive()?, verb.at, category::MOVED),
            _ => None,
        }
    }

    /// What captives are in the article, if it speaks of any.
    fn captive(&self) -> Option<&'static str> {
        self.scene.captives.then(|| self.scene.captive(self.sheet.words, None))
    }

    /// Of those who are let go where nobody says by whom: hostages or prisoners, as the last of them were
    /// called. Where hostages go for prisoners the article speaks of both.
    fn as_called_nearby(&self, found: Category, roles: &Roles, index: usize, drafts: &[Draft<'_>]) -> Category {
        let inferred = matches!(found.rule, category::MOVED | category::SOLDIERS_MOVED);
        if !inferred || &*found.id != "hostages" || roles.from.is_some_and(|slot| slot.party.is_some()) {
            return found;
        }
        let called = recent(drafts, index, 3)
            .find(|draft| draft.category.rule.is_empty() && matches!(&*draft.category.id, "hostages" | "prisoners"));
        called.map_or(found.clone(), |draft| Category { id: draft.category.id.clone(), ..found })
    }

    /// A column of people tells who they are, and the text above the table what became of them.
    fn of_persons(&self, category: Category, index: usize, drafts: &[Draft<'_>]) -> Category {
        if category.rule != ellipsis::PEOPLE {
            return category;
        }
        let told = |draft: &&Draft<'_>| {
            self.sheet.block(draft.sentence) != BlockKind::TableRow
                && matches!(
                    &*draft.category.id,
                    "displaced" | "prisoners" | "hostages" | "civilians" | "rescued" | "detained"
                )
        };
        let above = drafts.iter().rev().filter(|draft| draft.sentence < index).take(40).find(told);
        above.map_or(category, |draft| Category { rule: ellipsis::SOME, ..draft.category.clone() })
    }

    /// "How many people have died? Thirty-one inmates, says the prison service.": what the question
    /// asks of is what the answer counts.
    fn asked(&self, phrase: &Counted<'_>, roles: &Roles, index: usize) -> Option<Category> {
        let sheet = self.sheet;
        let opens = phrase.phrase.start <= sheet.sentences[index].start + 1 && roles.verb.is_none();
        let before = index.checked_sub(1).filter(|_| opens)?;
        let question = sheet.sentences[before].clone();
        let last = question.clone().rev().find(|unit| sheet.what(*unit) != What::Break)?;
        let plain = phrase.class().is_none_or(|class| {
            matches!(class, NounClass::People | NounClass::Civilian | NounClass::Military) && !phrase.is_state(sheet)
        });
        if !plain || phrase.marked.is_some() || question.len() > 16 || !sheet.is_punct(last, "?") {
            return None;
        }
        question.rev().find_map(|unit| {
            // "How many are alive?"
            if sheet.is_any(unit, words!["alive"]) {
                return Category::by("rescued", unit, QUESTION);
            }
            let noun = sheet.noun(unit).and_then(|noun| noun.category.as_ref());
            let frame = || sheet.frame(unit).and_then(|(frame, _)| sheet.frame_entry(frame).category.as_ref());
            let id = noun.or_else(frame).filter(|id| !matches!(&***id, "other" | "exchanges"))?;
            Category::by(id, unit, QUESTION)
        })
    }

    /// "bringing the year's total to 17": a total of what was counted before.
    fn is_total(&self, phrase: &Counted<'_>, sentence: &Read) -> bool {
        let sheet = self.sheet;
        let start = phrase.phrase.start;
        start > sentence.units.start
            && (sheet.cue(start - 1, Cue::To) || sheet.is_any(start - 1, words!["at"]))
            && (start.saturating_sub(6).max(sentence.units.start)..start - 1)
                .any(|unit| sheet.is_any(unit, words!["total", "tally", "figure", "number", "count"]))
    }

    /// "…, while Reuters reported five": the figure alone is the object of a verb of saying.
    fn is_reported(&self, phrase: &Counted<'_>, sentence: &Read) -> bool {
        let sheet = self.sheet;
        let Some(before) = phrase.phrase.start.checked_sub(1) else { return false };
        let behind = phrase.phrase.end;
        let alone = matches!(sheet.what(behind), What::Punct | What::Break | What::Date(_))
            || sheet.any_cue(behind, bit(Cue::And) | bit(Cue::In) | bit(Cue::Subordinator));
        alone && sentence.verbs.iter().any(|v| v.says && v.frame.is_none() && v.at == before)
    }
}

/// "94,000 migrants have landed, up from 45,000": an earlier count of the same.
fn is_compared(sheet: &Sheet<'_>, phrase: &Counted<'_>) -> bool {
    let own = sheet.word(phrase.unit);
    let start = phrase.phrase.start;
    ["up from ", "down from "].iter().any(|opening| own.starts_with(opening))
        || follows_up_from(sheet, start)
        || start > 0 && sheet.is_any(start - 1, words!["compared with", "compared to", "against"])
        || start > 1 && sheet.is_any(start - 2, words!["compared"]) && sheet.is_any(start - 1, words!["with", "to"])
}

/// "Deaths by province: Herat 12, Farah 7, Badghis 3.": the word in front of the colon, behind which
/// names and numbers stand.
fn listed(sheet: &Sheet<'_>, phrase: &Counted<'_>, sentence: &Range<usize>) -> Option<Category> {
    let name = phrase.phrase.start.checked_sub(1).filter(|unit| *unit > sentence.start)?;
    let closes = matches!(sheet.what(phrase.phrase.end), What::Punct | What::Break);
    if !sheet.is_capitalised(name) || !closes {
        return None;
    }
    let floor = sentence.start.max(name.saturating_sub(60));
    let colon = (floor..name).rev().find(|unit| sheet.is_punct(*unit, ":"))?;
    let entry = |unit: usize| {
        sheet.is_capitalised(unit)
            || sheet.count(unit).is_some()
            || sheet.is_punct_any(unit, &[",", ";", "(", ")", "-"])
            || sheet.any_cue(unit, bit(Cue::And) | bit(Cue::Of))
    };
    if !(colon + 1..name).all(entry) {
        return None;
    }
    (floor..colon).rev().find_map(|unit| {
        let id = sheet.noun(unit)?.category.as_ref()?;
        Category::by(id, unit, OVER_LIST)
    })
}

/// "was one of 14 prisoners", "the Greek one", "None of these figures": no figure of people.
fn is_single(sheet: &Sheet<'_>, phrase: &Counted<'_>) -> bool {
    let unit = phrase.unit;
    let before = |cues: u64| unit > 0 && sheet.any_cue(unit - 1, cues);
    if sheet.is_any(unit, words!["one"]) {
        // "six members of one family"
        if sheet.is_any(unit + 1, words!["family", "household"]) {
            return true;
        }
        let of = sheet.cue(unit + 1, Cue::Of) && before(bit(Cue::Be));
        let adjective = unit > 1
            && sheet.party_by(unit - 1, &[PartyWord::Adjective]).is_some()
            && sheet.any_cue(unit - 2, bit(Cue::Determiner));
        return of || adjective && phrase.is_elliptical();
    }
    sheet.is_any(unit, words!["none"])
        && sheet.cue(unit + 1, Cue::Of)
        && sheet.is_any(unit + 2, words!["these", "this", "that"])
        && (unit + 3..unit + 5)
            .all(|at| sheet.noun(at).is_none_or(|noun| noun.class == NounClass::Things) || sheet.cue(at, Cue::Figures))
}

/// "The survivors are no longer 208", "The Sudanese are not 19 but 17", "The dead number 31": what the
/// subject of a count is, and whose people.
fn subject_of_count(
    sheet: &Sheet<'_>,
    phrase: &Counted<'_>,
    sentence: &Range<usize>,
) -> Option<(Option<Category>, Option<(u16, usize)>)> {
    let ends = matches!(sheet.what(phrase.phrase.end), What::Punct | What::Break | What::Word)
        && !sheet.cue(phrase.phrase.end, Cue::Of);
    if !phrase.is_elliptical() || phrase.of_them || !ends {
        return None;
    }
    let mut at = phrase.phrase.start;
    let mut linked = false;
    while at > sentence.start {
        let unit = at - 1;
        // "not 19 but 17"
        let put_right = sheet.is_any(unit, words!["but"]) || linked_count(sheet, unit, phrase.phrase.start);
        let link = sheet.cue(unit, Cue::Be) || sheet.is_any(unit, words!["number", "numbered", "total", "totalled"]);
        linked |= link;
        if !(link || put_right || sheet.any_cue(unit, bit(Cue::Negation) | bit(Cue::Adverb) | bit(Cue::ToDate))) {
            break;
        }
        at = unit;
    }
    let subject = at.checked_sub(1).filter(|unit| linked && *unit > sentence.start)?;
    let definite = sheet.any_cue(subject - 1, bit(Cue::Determiner));
    if !definite || subject - 1 > sentence.start + 1 {
        return None;
    }
    let state = sheet
        .noun(subject)
        .filter(|noun| matches!(noun.class, NounClass::People | NounClass::Civilian | NounClass::Military));
    let category = state.and_then(|noun| noun.category.as_ref()).and_then(|id| Category::stated(id, subject));
    let people = sheet.party_by(subject, &[PartyWord::People, PartyWord::Adjective]).map(|party| (party, subject));
    (category.is_some() || people.is_some()).then_some((category, people))
}

/// Whether a unit is the count that "but" puts right, directly before the one at `end`.
fn linked_count(sheet: &Sheet<'_>, unit: usize, end: usize) -> bool {
    sheet.count(unit).is_some() && (unit + 1 == end || unit + 2 == end) && sheet.is_any(unit + 1, words!["but"])
}

/// Whether a figure is a vague one that brings people in: "thousands", and not "thousands of them".
fn is_vague(sheet: &Sheet<'_>, phrase: &Counted<'_>) -> bool {
    !phrase.of_them
        && phrase.phrase.start == phrase.unit
        && sheet.is_any(phrase.unit, words!["dozens", "scores", "hundreds", "thousands", "millions"])
}

/// The captives that a count without a word of its own for them takes some of: "27 of the Ethiopians",
/// "five of the men", "12 were deported".
fn captives(
    sheet: &Sheet<'_>,
    phrase: &Counted<'_>,
    leans: bool,
    near: Option<&Draft<'_>>,
    drafts: &[Draft<'_>],
) -> Option<Category> {
    let held = |d: &&Draft<'_>| matches!(&*d.category.id, "prisoners" | "hostages");
    let of = phrase.unit + 1;
    let some_of = sheet.cue(of, Cue::Of) && sheet.any_cue(of + 1, bit(Cue::Determiner)) && !phrase.of_them;
    let people =
        phrase.people || phrase.class() == Some(NounClass::People) || phrase.class() == Some(NounClass::Military);
    let plain = phrase.noun.is_none_or(|(noun, _)| noun.category.is_none());
    let found = if some_of && people && plain {
        let own = |d: &&Draft<'_>| {
            let known = d.roles.party.and_then(|slot| slot.party);
            phrase.party.is_none_or(|(party, _)| known.is_none_or(|known| known == party))
        };
        drafts.iter().rev().take(40).filter(held).find(own)?
    } else if leans {
        near.filter(|d| held(d))?
    } else {
        return None;
    };
    Some(leaning(PART, &found.category))
}

/// "The army got 36 coffins … Later it received two more soldiers": soldiers between bodies are bodies, where
/// the figures around them are and nobody is told to be alive.
fn like_bodies(
    sheet: &Sheet<'_>,
    found: Category,
    (phrase, index): (&Counted<'_>, usize),
    drafts: &[Draft<'_>],
) -> Category {
    let moved = matches!(found.rule, category::SOLDIERS_MOVED | category::FAMILIES_MOVED | category::MOVED);
    if !moved {
        return found;
    }
    let living = |draft: &&Draft<'_>| matches!(&*draft.category.id, "prisoners" | "hostages" | "civilians");
    let near = || recent(drafts, index, 2).filter(|draft| draft.counted.unit < phrase.unit);
    let last = near().find(|draft| living(draft) || &*draft.category.id == "bodies");
    let bodies = last.filter(|draft| &*draft.category.id == "bodies");
    let sentence = &sheet.sentences[index];
    let alive = sentence.clone().any(|unit| {
        sheet.is_any(unit, words!["alive", "living", "freed", "released", "captivity", "prison", "jail"])
            || sheet
                .noun(unit)
                .and_then(|noun| noun.category.as_deref())
                .is_some_and(|id| matches!(id, "prisoners" | "hostages" | "detained"))
    });
    match bodies {
        Some(_) if !alive => Category { id: "bodies".into(), rule: category::LIKE_BODIES, ..found },
        _ => found,
    }
}

/// What leans on another count by a rule: it is never surer than that.
fn leaning(rule: &'static str, on: &Category) -> Category {
    Category { rule: grades::weaker(rule, on.rule), ..on.clone() }
}

/// The last noun of handed-over people before a unit, at most two sentences back: what "6,000 for
/// 6,000" is about.
fn topic_noun(sheet: &Sheet<'_>, unit: usize, sentence: usize) -> Option<Category> {
    let floor = sheet.sentences[sentence.saturating_sub(2)].start;
    // "a 500 for 500 formula … to exchange prisoners"
    let behind = unit + 1..sheet.sentences[sentence].end;
    (floor..unit).rev().chain(behind).find_map(|at| {
        let id = sheet.noun(at)?.category.as_ref()?;
        matches!(&**id, "bodies" | "prisoners" | "hostages" | "detained").then(|| Category {
            id: id.clone(),
            unit: at,
            rule: "the topic of the sentence before",
        })
    })
}
