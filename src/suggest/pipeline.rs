//! The stages in order: one article in, its suggestions out.

use std::collections::BTreeMap;
use std::ops::Range;

use super::attribution::{Saying, covering, identity_by, sayings};
use super::clauses::{Actor, Verb, transfers, verbs};
use super::counted::{self, Counted};
use super::lexicon_pass::{PartyWord, Words};
use super::quantities::{Note, QuantityMention};
use super::roles::{self, Roles, Slot};
use super::sheet::{Sheet, What};
use super::speakers::{Names, Speaker};
use super::tokens::Tokens;
use crate::claim::{
    BOTH, BUILT_IN, Beside, ClaimFlag, Count, Cue, Field, Grade, Link, Modality, Name, NounClass, Provenance, Quantity,
    Reading, Role, Side, Span, Suggestion, Trace,
};

/// A sentence as the grammar has read it.
pub(super) struct Read {
    pub(super) units: Range<usize>,
    pub(super) verbs: Vec<Verb>,
    pub(super) sayings: Vec<Saying>,
}

/// A suggestion in the making.
pub(super) struct Draft<'a> {
    pub(super) count: usize,
    pub(super) sentence: usize,
    pub(super) counted: Counted<'a>,
    pub(super) roles: Roles,
    pub(super) category: Option<(Name, usize, &'static str)>,
    pub(super) chain: Vec<Speaker>,
    pub(super) evidence: Vec<usize>,
    pub(super) via: Option<Name>,
    pub(super) identity_by: Vec<Name>,
    pub(super) modality: Modality,
    pub(super) flags: Vec<ClaimFlag>,
    pub(super) additive: Option<Link>,
    pub(super) refers_to: Option<Link>,
    pub(super) quantity: Quantity,
}

/// What the whole article tells: who is named how often, and which two face one another.
pub(super) struct Scene {
    /// How often each party is named.
    pub(super) mentions: BTreeMap<u16, u32>,
    /// The two parties of the article's main event.
    pub(super) pair: Option<(u16, u16)>,
}

impl Scene {
    fn of(sheet: &Sheet<'_>) -> Self {
        let mut mentions: BTreeMap<u16, u32> = BTreeMap::new();
        let mut together: BTreeMap<(u16, u16), u32> = BTreeMap::new();
        for sentence in &sheet.sentences {
            let mut here: Vec<u16> = Vec::new();
            for unit in sentence.clone() {
                let Some((party, by)) = sheet.party(unit) else { continue };
                if by == PartyWord::Place {
                    continue;
                }
                *mentions.entry(party).or_default() += 1;
                if !here.contains(&party) {
                    here.push(party);
                }
                if sheet.cue(unit + 1, Cue::And)
                    && let Some((second, _)) = sheet.party(unit + 2)
                    && second != party
                {
                    *together.entry((party.min(second), party.max(second))).or_default() += 3;
                }
            }
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
        let pair = together
            .iter()
            .map(|((a, b), score)| {
                let named = mentions[a].min(mentions[b]);
                (score + named + if facing(*a, *b) { 6 } else { 0 }, (*a, *b))
            })
            .max_by_key(|(score, pair)| (*score, std::cmp::Reverse(*pair)))
            .map(|(_, pair)| pair);
        Self { mentions, pair }
    }

    /// The other of two parties.
    pub(super) fn other(&self, words: &Words, party: u16) -> Option<(u16, &'static str)> {
        if let Some((a, b)) = self.pair {
            if a == party {
                return Some((b, "two-party complement"));
            }
            if b == party {
                return Some((a, "two-party complement"));
            }
        }
        words.opposites[party as usize]
            .iter()
            .find(|other| self.mentions.contains_key(other))
            .map(|other| (*other, "usual opposite"))
    }
}

/// The suggestions of an article, by position.
pub(super) fn run(
    tokens: &Tokens<'_>,
    words: &Words,
    counts: &[QuantityMention],
    article: &crate::claim::ArticleId,
) -> Vec<Suggestion> {
    let overlays = overlays(counts);
    let sheet = Sheet::new(tokens, words, &overlays);
    let mut names = Names::collect(&sheet);
    let scene = Scene::of(&sheet);
    let mut before = Actor::Nobody;
    let mut read: Vec<Read> = Vec::with_capacity(sheet.sentences.len());
    for (index, units) in sheet.sentences.iter().enumerate() {
        let verbs = verbs(&sheet, units, before);
        if let Some(last) =
            verbs.iter().rev().map(|v| v.subject).find(|s| matches!(s, Actor::Party(..) | Actor::Both(_)))
        {
            before = last;
        }
        let block = tokens.sentences()[index].block;
        let sayings = sayings(&sheet, units, block, &verbs, &mut names);
        read.push(Read { units: units.clone(), verbs, sayings });
    }
    let mut drafts: Vec<Draft<'_>> = Vec::new();
    for (index, sentence) in read.iter().enumerate() {
        draft_sentence(&sheet, &scene, counts, &read, index, sentence, &mut drafts);
    }
    drafts.into_iter().filter_map(|draft| finish(&sheet, &scene, counts, draft, article)).collect()
}

/// The counts as units of the sheet.
fn overlays(counts: &[QuantityMention]) -> Vec<(Range<usize>, What)> {
    counts
        .iter()
        .enumerate()
        .filter(|(_, count)| count.may_count())
        .map(|(i, count)| (count.tokens.clone(), What::Count(i as u32)))
        .collect()
}

/// Why a count is no claim about people, by its neighbours.
fn suppressed<'a>(sheet: &Sheet<'a>, unit: usize, sentence: &Range<usize>) -> Option<&'a str> {
    if unit > sentence.start
        && let Some(why) = sheet.suppression(unit - 1, Beside::Before)
    {
        return Some(why);
    }
    let mut next = unit + 1;
    if sheet.is_punct(next, "-") && sheet.is_glued(next) {
        next += 1;
    }
    sheet.suppression(next, Beside::After)
}

fn draft_sentence<'a>(
    sheet: &Sheet<'a>,
    scene: &Scene,
    counts: &[QuantityMention],
    read: &[Read],
    index: usize,
    sentence: &Read,
    drafts: &mut Vec<Draft<'a>>,
) {
    let phrases: Vec<Counted<'a>> = sentence
        .units
        .clone()
        .filter(|unit| sheet.count(*unit).is_some())
        .filter(|unit| suppressed(sheet, *unit, &sentence.units).is_none())
        .map(|unit| counted::read(sheet, unit, &sentence.units))
        .collect();
    for (place, phrase) in phrases.iter().enumerate() {
        let Some(count) = sheet.count(phrase.unit) else { continue };
        if phrase.class() == Some(NounClass::Things) {
            continue;
        }
        let next = phrases.get(place + 1).map(|p| p.phrase.start);
        let verb = roles::governing(sheet, phrase, &sentence.verbs, &sentence.units);
        let roles = roles::fill(sheet, phrase, &sentence.verbs, verb, next, &sentence.units);
        let category = category(sheet, phrase, &sentence.verbs, &roles, drafts, index);
        let Some(category) = category else { continue };
        let (chain, evidence, via, modality) = attribution(sheet, read, index, phrase.unit);
        let identity = identity_by(sheet, phrase.phrase.end, &sentence.sayings);
        let mention = &counts[count];
        let mut draft = Draft {
            count,
            sentence: index,
            counted: phrase.clone(),
            roles,
            category: Some(category),
            chain,
            evidence,
            via,
            identity_by: identity.into_iter().map(|(name, _)| name).collect(),
            modality,
            flags: Vec::new(),
            additive: mention.has(Note::Additive).then(|| Link {
                span: drafts.iter().rev().find(|d| d.sentence == index).map(|d| counts[d.count].span),
            }),
            refers_to: None,
            quantity: mention.quantity.clone().unwrap_or_else(Quantity::confirm_only),
        };
        complete(sheet, scene, counts, &sentence.verbs, &mut draft, drafts, index);
        drafts.push(draft);
    }
}

/// What is counted: the category, the unit that shows it, and the rule.
fn category(
    sheet: &Sheet<'_>,
    phrase: &Counted<'_>,
    verbs: &[Verb],
    roles: &Roles,
    drafts: &[Draft<'_>],
    sentence: usize,
) -> Option<(Name, usize, &'static str)> {
    let verb = roles.verb.map(|(index, tie)| (&verbs[index], tie));
    let entry = verb.and_then(|(v, _)| v.frame.map(|frame| (sheet.frame_entry(frame), v.at)));
    let of_frame = entry.and_then(|(entry, at)| entry.category.clone().map(|c| (c, at)));
    let back = roles.captivity || roles.home.is_some();
    let transfer = entry.filter(|(entry, _)| transfers(entry.subject) || back);
    let aboard = phrase.phrase.end;
    if sheet.cue(aboard, Cue::Aboard) && phrase.class() != Some(NounClass::Things) {
        return Some(("aboard".into(), aboard, ""));
    }
    if let Some((noun, at)) = phrase.noun {
        match noun.class {
            NounClass::Bodies | NounClass::Events | NounClass::Toll => {
                return noun.category.clone().map(|c| (c, at, ""));
            }
            NounClass::Things | NounClass::Group => return None,
            _ => {}
        }
        if phrase.is_state(sheet) {
            return noun.category.clone().map(|category| (category, at, ""));
        }
        if let Some((category, at)) = of_frame.clone().filter(|(c, _)| &**c != "prisoners") {
            return Some((category, at, ""));
        }
        if let Some(category) = &noun.category {
            return Some((category.clone(), at, ""));
        }
    }
    if phrase.noun.is_none()
        && !phrase.people
        && let Some((frame, at)) = phrase.marked
        && let Some(category) = &sheet.frame_entry(frame).category
    {
        return Some((category.clone(), at, ""));
    }
    if let Some((category, at)) = of_frame {
        let known = phrase.noun.is_some() || phrase.people || phrase.is_elliptical() || phrase.unknown_head.is_some();
        return known.then_some((category, at, ""));
    }
    let class = phrase.class();
    if let Some((_, at)) = transfer {
        return match class {
            Some(NounClass::Civilian) => Some(("civilians".into(), phrase.noun?.1, "")),
            Some(NounClass::Military | NounClass::People) => Some(("prisoners".into(), at, "people in a transfer")),
            _ if phrase.people => Some(("prisoners".into(), at, "people in a transfer")),
            None if phrase.is_elliptical() => drafts
                .iter()
                .rev()
                .find(|draft| draft.sentence == sentence)
                .and_then(|draft| draft.category.clone())
                .map(|(category, at, _)| (category, at, "parallel count")),
            _ => None,
        };
    }
    None
}

/// Who gives a count, by the sayings of its sentence and its quotation.
fn attribution(
    sheet: &Sheet<'_>,
    read: &[Read],
    sentence: usize,
    unit: usize,
) -> (Vec<Speaker>, Vec<usize>, Option<Name>, Modality) {
    let mut found: Vec<&Saying> = covering(sheet, unit, &read[sentence].sayings);
    let token = sheet.units[unit].first as usize;
    if found.is_empty()
        && let Some(quotation) = sheet.tokens.quotation_of(token)
    {
        let open = sheet.unit_of_token(quotation.tokens.start);
        let close = sheet.unit_of_token(quotation.tokens.end - 1);
        let (first, last) = (sheet.sentence_of(open), sheet.sentence_of(close));
        found.extend(read[last].sayings.iter().filter(|s| s.at > close).take(1));
        if found.is_empty() {
            found.extend(read[first].sayings.iter().rev().filter(|s| s.at < open).take(1));
        }
        if found.is_empty() {
            // The mark may close a sentence whose speaker stands in the next one, or follow one.
            let next = read.get(last + 1).and_then(|r| r.sayings.first());
            found.extend(next.filter(|s| s.units.start <= read[last + 1].units.start + 2));
        }
    }
    let mut chain: Vec<Speaker> = Vec::new();
    let mut evidence = Vec::new();
    let (mut via, mut modality) = (None, Modality::Reported);
    for saying in &found {
        for speaker in saying.chain() {
            if !chain.iter().any(|known| known.asserter.name == speaker.asserter.name) {
                chain.push(speaker.clone());
            }
        }
        evidence.push(saying.at);
        via = via.or_else(|| saying.via.clone());
        if let Some(m) = saying.modality
            && modality == Modality::Reported
        {
            modality = m;
        }
        if saying.denied {
            modality = Modality::Denied;
        }
    }
    (chain, evidence, via, modality)
}

/// Works out what the words leave open, by named rules.
fn complete(
    sheet: &Sheet<'_>,
    scene: &Scene,
    counts: &[QuantityMention],
    verbs: &[Verb],
    draft: &mut Draft<'_>,
    drafts: &mut [Draft<'_>],
    sentence: usize,
) {
    let unit = draft.counted.unit;
    let category = draft.category.as_ref().map_or("", |(c, _, _)| c).to_owned();
    let verb = draft.roles.verb.map(|(index, tie)| (verbs[index], tie));
    let role = verb.and_then(|(v, _)| v.frame).map_or(Role::None, |frame| sheet.frame_entry(frame).subject);
    let previous = drafts.iter().rposition(|d| d.sentence == sentence);
    if counts[draft.count].has(Note::Reference)
        && let Some(previous) = previous
    {
        draft.quantity = Quantity::by_reference(&drafts[previous].quantity);
        draft.refers_to = Some(Link { span: Some(counts[drafts[previous].count].span) });
    }
    if category == "exchanges" {
        draft.roles.from = None;
        draft.roles.to = None;
        if draft.roles.party.is_none() && scene.pair.is_some() {
            draft.roles.party = Some(Slot { party: None, unit, rule: "exchanges have two parties" });
        }
        return;
    }
    let moves = matches!(&*category, "bodies" | "prisoners" | "hostages" | "civilians" | "detained")
        && (transfers(role) || draft.roles.home.is_some() || draft.roles.captivity);
    let named = moves
        && (draft.roles.from.is_some()
            || draft.roles.to.is_some()
            || draft.roles.party.is_some()
            || scene.pair.is_some());
    if named {
        complete_transfer(sheet, scene, counts, verbs, draft, drafts, sentence, role);
    } else {
        draft.roles.from = None;
        draft.roles.to = None;
        if draft.roles.party.is_none() {
            if let Some(origin) = draft.roles.origin {
                draft.roles.party = Some(Slot { rule: "where they come from", ..origin });
            } else if (draft.counted.phrase.end..sheet.sentences[sentence].end)
                .any(|u| sheet.cue(u, Cue::Both) && sheet.is_any(u - 1, &["on", "from", "of"]))
            {
                draft.roles.party = Some(Slot { party: None, unit, rule: "" });
            } else if let Some(previous) =
                previous.filter(|_| draft.counted.is_elliptical() || counts[draft.count].has(Note::Additive))
            {
                draft.roles.party = drafts[previous].roles.party.map(|slot| Slot { rule: "parallel count", ..slot });
            }
        }
    }
}

#[expect(clippy::too_many_arguments, reason = "one stage over the whole state")]
fn complete_transfer(
    sheet: &Sheet<'_>,
    scene: &Scene,
    counts: &[QuantityMention],
    verbs: &[Verb],
    draft: &mut Draft<'_>,
    drafts: &mut [Draft<'_>],
    sentence: usize,
    role: Role,
) {
    let unit = draft.counted.unit;
    let words = sheet.words;
    let complement = |slot: Slot| {
        slot.party.and_then(|party| scene.other(words, party)).map(|(other, rule)| Slot::by(other, slot.unit, rule))
    };
    if draft.roles.party.is_none()
        && let Some(origin) = draft.roles.origin
    {
        draft.roles.party = Some(Slot { rule: "where they come from", ..origin });
    }
    // "have returned home": to their own side, or the speaker's.
    if let Some(home) = draft.roles.home
        && draft.roles.to.is_none()
    {
        let speaker = draft.chain.iter().find_map(|s| match &s.asserter.side {
            Side::Party(name) => words.party_named(name),
            _ => None,
        });
        let own = draft.roles.party.and_then(|slot| slot.party).or(speaker);
        draft.roles.to = own.map(|party| Slot::by(party, home, "home is the speaker's side"));
    }
    // A swap told with both verbs going one way: the first is read as getting back.
    if counts[draft.count].has(Note::Reference)
        && let Some(previous) = drafts.iter_mut().rev().find(|d| d.sentence == sentence)
        && previous.roles.from.and_then(|s| s.party) == draft.roles.from.and_then(|s| s.party)
        && draft.roles.from.is_some()
        && previous.roles.to.is_none_or(|slot| !slot.rule.is_empty())
        && previous.roles.party.is_none_or(|slot| !slot.rule.is_empty())
        && let Some(from) = previous.roles.from
    {
        previous.roles.to = Some(Slot { rule: "a swap: the other direction", ..from });
        previous.roles.from = complement(from).map(|slot| Slot { rule: "a swap: the other direction", ..slot });
        previous.roles.party = previous.roles.to;
        previous.flags.push(ClaimFlag::DirectionUnclear);
        draft.flags.push(ClaimFlag::DirectionUnclear);
    }
    let _ = verbs;
    let own = draft.roles.party.filter(|slot| slot.party.is_some());
    match (draft.roles.from, draft.roles.to) {
        (Some(from), None) => {
            draft.roles.to = own
                .filter(|slot| slot.party != from.party)
                .map(|slot| Slot { rule: "they go to their own side", ..slot })
                .or_else(|| complement(from));
        }
        (None, Some(to)) => draft.roles.from = complement(to),
        (None, None) => {
            if let Some(own) = own {
                draft.roles.to = Some(Slot { rule: "they go to their own side", ..own });
                draft.roles.from = complement(own);
            }
        }
        (Some(_), Some(_)) => {}
    }
    if draft.roles.party.is_none()
        && let Some(to) = draft.roles.to
        && role != Role::None
    {
        draft.roles.party = Some(Slot { rule: "who receives them", ..to });
    }
    let _ = unit;
}

/// A draft as a suggestion; `None` where nothing is left of it.
fn finish(
    sheet: &Sheet<'_>,
    scene: &Scene,
    counts: &[QuantityMention],
    draft: Draft<'_>,
    article: &crate::claim::ArticleId,
) -> Option<Suggestion> {
    let _ = scene;
    let mention = &counts[draft.count];
    let span = sheet.span(draft.counted.phrase.clone())?;
    let (category, category_at, category_rule) = draft.category?;
    let mut reading = Reading::new(Count { span: Some(mention.span), quantity: draft.quantity }, category);
    let mut trace = Trace::new();
    trace.insert(Field::Count, Provenance::stated([mention.span]));
    let at = |unit: usize| sheet.span(unit..unit + 1);
    let provenance = |unit: usize, rule: &'static str| {
        if rule.is_empty() { Provenance::stated(at(unit)) } else { Provenance::inferred(rule, at(unit)) }
    };
    trace.insert(Field::Category, provenance(category_at, category_rule));
    let name = |slot: Slot| -> Name {
        slot.party.map_or_else(|| BOTH.into(), |party| sheet.words.parties[party as usize].name.clone())
    };
    for (field, slot, place) in [
        (Field::Party, draft.roles.party, &mut reading.party),
        (Field::From, draft.roles.from, &mut reading.from),
        (Field::To, draft.roles.to, &mut reading.to),
    ] {
        if let Some(slot) = slot {
            *place = Some(name(slot));
            trace.insert(field, provenance(slot.unit, slot.rule));
        }
    }
    reading.attribution.chain = draft.chain.iter().map(|speaker| speaker.asserter.clone()).collect();
    reading.attribution.via = draft.via;
    reading.attribution.identity_by = draft.identity_by;
    if !draft.evidence.is_empty() {
        let spans: Vec<Span> = draft.evidence.iter().filter_map(|unit| at(*unit)).collect();
        trace.insert(Field::Attribution, Provenance::stated(spans));
    }
    reading.modality = draft.modality;
    reading.additive = draft.additive;
    reading.refers_to = draft.refers_to;
    reading.flags = draft.flags;
    Some(Suggestion {
        article: article.clone(),
        span,
        reading,
        trace,
        grade: Grade::Likely,
        suggester: BUILT_IN.into(),
        score: None,
    })
}

#[cfg(test)]
pub(super) fn debug(tokens: &Tokens<'_>, words: &Words, counts: &[QuantityMention]) {
    for c in counts {
        println!("Q {:?} {:?} {:?} {:?}", tokens.read_of(c.tokens.clone()), c.quantity, c.notes, c.partner);
    }
    let overlays = overlays(counts);
    let sheet = Sheet::new(tokens, words, &overlays);
    let mut names = Names::collect(&sheet);
    println!("{names:#?}");
    for (index, units) in sheet.sentences.iter().enumerate() {
        println!("--- {:?}", tokens.sentences()[index].block);
        for u in units.clone() {
            let senses: Vec<_> = sheet.senses(u).collect();
            println!("{u:4} {:?} {:?} {:?} cues {:b}", sheet.word(u), sheet.units[u].what, senses, sheet.cues(u));
        }
        let verbs = verbs(&sheet, units, Actor::Nobody);
        for v in &verbs {
            println!("  V {:?} {v:?}", sheet.word(v.at));
        }
        for s in sayings(&sheet, units, tokens.sentences()[index].block, &verbs, &mut names) {
            println!("  S {s:?}");
        }
        for u in units.clone().filter(|u| sheet.count(*u).is_some()) {
            let c = counted::read(&sheet, u, units);
            println!("  C {c:?} supp {:?}", suppressed(&sheet, u, units));
            let g = roles::governing(&sheet, &c, &verbs, units);
            println!("    {:?} {:?}", g, roles::fill(&sheet, &c, &verbs, g, None, units));
        }
    }
}
