//! The stages in order: one article in, its suggestions out.

use std::collections::BTreeMap;
use std::ops::Range;

use super::attribution::{Saying, sayings};
use super::category::{self, Category};
use super::clauses::{Actor, Verb, transfers, verbs};
use super::confirmations::confirmations;
use super::counted::{self, Counted};
use super::covering::{covering, identity_by};
use super::dates::{DateMention, OwnDate, own_dates};
use super::draft::{Draft, recent};
use super::ellipsis::{self, Look};
use super::finish::finish;
use super::gaps;
use super::infer;
use super::lexicon_pass::{Words, bit};
use super::modality;
use super::parts;
use super::phrases::{text_of, without_article};
use super::quantities::{Note, QuantityMention};
use super::repeats::repeats;
use super::roles::{self, Roles, Slot, Tie};
use super::scene::Scene;
use super::sheet::{Sheet, What, token_hits};
use super::speakers::{Names, Speaker, SpeakerKind};
use super::stage::{Stage, Watch};
use super::tables::{self, Tables};
use super::tokens::Tokens;
use super::when;
use crate::article::BlockKind;
use crate::claim::{
    ArticleId, Beside, ClaimDate, Cue, Form, Kind, Metadata, Modality, Name, NounClass, Quantity, Role, Suggestion,
};

/// A sentence as the grammar has read it.
pub(super) struct Read {
    pub(super) units: Range<usize>,
    pub(super) verbs: Vec<Verb>,
    pub(super) sayings: Vec<Saying>,
}

/// The rule for a count that stands on the word of the sentence before.
const GONE_ON: &str = "goes on from the sentence before";

/// All that the stages that draft look at.
#[derive(Clone, Copy)]
struct Pass<'p, 'a> {
    sheet: &'p Sheet<'a>,
    scene: &'p Scene,
    counts: &'p [QuantityMention],
    read: &'p [Read],
    tables: &'p Tables,
    names: &'p Names,
}

/// The suggestions of an article, by position.
pub(super) fn run(
    tokens: &Tokens<'_>,
    words: &Words,
    counts: &[QuantityMention],
    dates: &[DateMention],
    known: &Metadata,
    article: &ArticleId,
    watch: &mut Watch<'_>,
) -> Vec<Suggestion> {
    let hits = token_hits(tokens, words);
    watch(Stage::LexiconPass);
    let sheet = Sheet::new(tokens, words, &overlays(counts, dates), &hits);
    let scene = Scene::of(&sheet);
    let mut names = Names::collect(&sheet, scene.pair);
    let tables = Tables::of(&sheet);
    let repeated = repeats(&sheet);
    watch(Stage::Sheet);
    let read = read_sentences(&sheet, &mut names, watch);
    let pass = Pass { sheet: &sheet, scene: &scene, counts, read: &read, tables: &tables, names: &names };
    let mut drafts: Vec<Draft<'_>> = Vec::new();
    for index in (0..read.len()).filter(|index| !repeated[*index]) {
        let looks = [Look::First, Look::Again];
        pass.draft_sentence(index, &looks, &mut drafts, watch);
    }
    pass.draft_headings(&repeated, &mut drafts, watch);
    heard_later(&sheet, &read, &mut drafts);
    watch(Stage::Attribution);
    // A day of the week that dates neither a saying nor an event says less than a dateline.
    let tells = |place: usize| {
        let sentence = &read[sheet.sentence_of(sheet.unit_of_token(dates[place].tokens.start))];
        !sentence.sayings.is_empty() || sentence.units.clone().any(|unit| when::names_event(&sheet, unit))
    };
    let rank = |(place, why): &(usize, OwnDate)| match why {
        OwnDate::Today => 0,
        OwnDate::Weekday if tells(*place) => 1,
        OwnDate::Dateline => 2,
        OwnDate::Caption => 3,
        OwnDate::Weekday => 4,
    };
    let own = own_dates(tokens, dates).into_iter().min_by_key(rank).map(|(place, _)| place);
    leave_out_outlet(known, &mut drafts);
    let calendar = when::Calendar::new(dates, own, known);
    let drafts = when::date(&sheet, &calendar, counts, &read, drafts);
    watch(Stage::ClaimDates);
    let mut suggestions = confirmations(&sheet, counts, &read, &repeated, &drafts, article);
    suggestions.extend(drafts.into_iter().filter_map(|draft| finish(&sheet, &scene, counts, draft, article)));
    suggestions.sort_by_key(|s| (s.reading.count.span.unwrap_or(s.span), s.reading.distributive));
    watch(Stage::Finish);
    suggestions
}

/// "…, X told this paper": the publishing outlet is no link of the chain.
fn leave_out_outlet(known: &Metadata, drafts: &mut [Draft<'_>]) {
    let Some(outlet) = known.outlet.as_ref().map(|outlet| without_article(&outlet.value).to_lowercase()) else {
        return;
    };
    for draft in drafts {
        let own = |speaker: &Speaker| {
            speaker.kind == SpeakerKind::Outlet && without_article(&speaker.asserter.name).to_lowercase() == outlet
        };
        if draft.chain.len() > 1 {
            draft.chain.retain(|speaker| !own(speaker));
        }
    }
}

/// Verbs and sayings of every sentence.
fn read_sentences(sheet: &Sheet<'_>, names: &mut Names, watch: &mut Watch<'_>) -> Vec<Read> {
    let mut before = Actor::Nobody;
    let mut read: Vec<Read> = Vec::with_capacity(sheet.sentences.len());
    for (index, units) in sheet.sentences.iter().enumerate() {
        let verbs = verbs(sheet, units, before);
        let named = |subject: &Actor| matches!(subject, Actor::Party(..) | Actor::Both(_));
        if let Some(last) = verbs.iter().rev().map(|v| v.subject).find(named) {
            before = last;
        }
        let block = sheet.block(index);
        watch(Stage::Clauses);
        let sayings = sayings(sheet, units, block, &verbs, names);
        watch(Stage::Sayings);
        read.push(Read { units: units.clone(), verbs, sayings });
    }
    read
}

/// The counts and dates as units of the sheet, in order.
fn overlays(counts: &[QuantityMention], dates: &[DateMention]) -> Vec<(Range<usize>, What)> {
    let counts = counts.iter().enumerate().filter(|(_, count)| count.may_count());
    let mut all: Vec<(Range<usize>, What)> =
        counts.map(|(i, count)| (count.tokens.clone(), What::Count(i as u32))).collect();
    all.extend(dates.iter().enumerate().map(|(i, date)| (date.tokens.clone(), What::Date(i as u32))));
    all.sort_by_key(|(range, _)| range.start);
    all
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
    if let Some(why) = sheet.suppression(next, Beside::After) {
        return Some(why);
    }
    // "Tawfiq al-Mansouri, 34, and", "Kim (47)"
    let opens = unit >= sentence.start + 2 && sheet.is_punct_any(unit - 1, &[",", "("]);
    let closes = sheet.is_punct_any(unit + 1, &[",", ")", "."]) || sheet.what(unit + 1) == What::Break;
    let name =
        opens && sheet.is_capitalised(unit - 2) && (sheet.is_unknown(unit - 2) || sheet.source(unit - 2).is_some());
    (opens && closes && name).then_some("an age behind a name")
}

impl<'a> Pass<'_, 'a> {
    /// What a heading leaves open ("35 free") is told by the text below: a heading is read again when
    /// all else is drafted.
    fn draft_headings(&self, repeated: &[bool], drafts: &mut Vec<Draft<'a>>, watch: &mut Watch<'_>) {
        let mut values: BTreeMap<u64, usize> = BTreeMap::new();
        for (place, draft) in drafts.iter().enumerate() {
            if let Some(value) = draft.quantity.n {
                values.entry(value).or_insert(place);
            }
        }
        let mut found: Vec<Draft<'a>> = Vec::new();
        let heading = |index: &usize| matches!(self.sheet.block(*index), BlockKind::Heading(_)) || *index == 0;
        for index in (0..self.read.len()).filter(heading).filter(|index| !repeated[*index]) {
            let first = drafts.partition_point(|draft| draft.sentence < index);
            let own = drafts[first..].iter().take_while(|draft| draft.sentence == index);
            let mut own: Vec<Draft<'a>> = own.cloned().collect();
            let known = own.len();
            self.draft_sentence(index, &[Look::Below(&values, drafts)], &mut own, watch);
            found.extend(own.into_iter().skip(known));
        }
        if !found.is_empty() {
            drafts.extend(found);
            drafts.sort_by_key(|draft| (draft.sentence, draft.count));
        }
    }

    /// The drafts of a sentence, added to those before. A figure that does not explain itself may
    /// lean on one behind it: hence the several looks.
    fn draft_sentence(&self, index: usize, looks: &[Look<'_, 'a>], drafts: &mut Vec<Draft<'a>>, watch: &mut Watch<'_>) {
        let Self { sheet, scene, counts, read, .. } = *self;
        let sentence = &read[index];
        let mut phrases: Vec<Counted<'a>> = sentence
            .units
            .clone()
            .filter(|unit| sheet.count(*unit).is_some() && suppressed(sheet, *unit, &sentence.units).is_none())
            .map(|unit| counted::read(sheet, unit, &sentence.units))
            .collect();
        parts::share_nouns(sheet, counts, &mut phrases);
        let known = |phrase: &Counted<'_>| {
            let count = sheet.count(phrase.unit);
            recent(drafts, index, 0).any(|draft| draft.sentence == index && Some(draft.count) == count)
        };
        let mut drafted_already: Vec<bool> = phrases.iter().map(known).collect();
        let rounds = looks.iter().flat_map(|look| (0..phrases.len()).map(move |place| (*look, place)));
        for (look, place) in rounds {
            let phrase = &phrases[place];
            let things = || parts::of_things(sheet, &phrases, place, recent(drafts, index, 1).next());
            if drafted_already[place] || things() {
                continue;
            }
            let Some(count) = sheet.count(phrase.unit) else { continue };
            let mention = &counts[count];
            let hung = sheet.is_punct(phrase.unit + 1, "-") && sheet.is_glued(phrase.unit + 1);
            if (mention.has(Note::Compound) || hung) && !mention.has(Note::ForPartner) {
                continue;
            }
            let next = phrases.get(place + 1).map(|p| p.phrase.start);
            // At a second look what is drafted may stand behind.
            let before = |d: &&Draft<'_>| d.sentence == index && d.counted.unit < phrase.unit;
            let previous = recent(drafts, index, 0).find(before);
            let gapped = previous.and_then(|d| {
                let subject =
                    gaps::gapped(sheet, phrase, &sentence.units).or_else(|| gaps::goes_on(sheet, phrase, d))?;
                Some((subject, d.roles.verb?))
            });
            let mut governing = match gapped {
                Some((_, (verb, tie))) => Some((verb, if tie == Tie::Dative { tie } else { Tie::Parallel })),
                None if parts::is_whole(sheet, counts, &phrases, place) => {
                    parts::verb_of_whole(phrase, &sentence.verbs)
                }
                None => roles::governing(sheet, phrase, &sentence.verbs, &sentence.units),
            };
            if governing.is_none()
                && mention.has(Note::Withdrawn)
                && let Some(right) = phrases.get(place + 1)
                && sheet.count(right.unit) == mention.partner
            {
                governing = roles::governing(sheet, right, &sentence.verbs, &sentence.units);
            }
            if governing.is_none()
                && let Some(previous) = previous
                && !parts::is_whole(sheet, counts, &phrases, place)
                && (takes_frame_of(sheet, mention, phrase, previous)
                    || gaps::shares_verb(sheet, phrase, mention.has(Note::Additive), &sentence.verbs, previous)
                    || gaps::said_by_another(sheet, phrase, &sentence.verbs, &sentence.units, previous))
            {
                governing = previous.roles.verb.map(|(verb, _)| (verb, Tie::Parallel));
            }
            let mut roles = roles::fill(sheet, phrase, &sentence.verbs, governing, next, &sentence.units);
            if let Some((subject, (verb, tie))) = gapped {
                if tie == Tie::Dative {
                    roles.to = None;
                }
                gaps::fill_gap(sheet, (&sentence.verbs[verb], tie), subject, &mut roles);
            }
            // "not 38 but 35 bodies from Ukraine": the one that is put right goes where the other went.
            if let Some(previous) =
                previous.filter(|d| mention.has(Note::Correction) && mention.partner == Some(d.count))
            {
                let of = |slot: Option<Slot>, other: Option<Slot>| slot.or(other);
                roles.from = of(roles.from, previous.roles.from);
                roles.to = of(roles.to, previous.roles.to);
                roles.party = of(roles.party, previous.roles.party);
            }
            // "are home", "Four Thai hostages home from Gaza"
            let home = phrase.phrase.end + usize::from(sheet.cue(phrase.phrase.end, Cue::Be));
            if governing.is_none() && sheet.cue(home, Cue::Home) {
                roles.home = Some(home);
            }
            let Some((category, subset)) = self.categorise(phrase, mention, &mut roles, drafts, index, look) else {
                continue;
            };
            watch(Stage::Roles);
            let said = self.attribution(index, phrase.unit);
            let clause = modality::of_clause(sheet, phrase, mention, &sentence.verbs, governing, &sentence.units);
            let clause = clause.map(|(found, unit)| (modality::of_losses(found, &category.id), unit));
            let modality = match (clause, said.modality) {
                (Some((modality, unit)), Modality::Reported | Modality::Confirmed) => (modality, Some(unit)),
                (_, modality) => (modality, said.evidence.first().copied().filter(|_| modality != Modality::Reported)),
            };
            let said = if said.chain.is_empty() && said.evidence.is_empty() {
                self.gone_on(index, phrase, mention, &sentence.sayings, drafts).unwrap_or(said)
            } else {
                said
            };
            let identity = identity_by(sheet, phrase.phrase.end, &sentence.sayings);
            watch(Stage::Attribution);
            let draft = Draft {
                count,
                sentence: index,
                counted: phrase.clone(),
                roles,
                category,
                quantity: quantity(sheet, mention, phrase),
                chain: said.chain,
                chain_evidence: said.evidence,
                chain_rule: said.rule,
                via: said.via,
                identity_by: identity.into_iter().map(|(name, _)| name).collect(),
                modality,
                kind: if modality.0 == Modality::Planned { (Kind::Plan, "") } else { (Kind::Event, "") },
                date: ClaimDate::default(),
                date_provenance: None,
                as_of: None,
                additive: None,
                part_of: None,
                refers_to: None,
                distributive: None,
                subset,
                flags: Vec::new(),
                confirms: Vec::new(),
            };
            let drafted = infer::complete(sheet, scene, counts, &sentence.verbs, draft, drafts);
            drafted_already[place] = true;
            drafts.extend(drafted);
        }
        watch(Stage::Roles);
    }

    /// The category of a count, and the subset where it is a part of another count.
    fn categorise(
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
        if let Some(cell) = self.tables.plain(sheet, phrase.unit) {
            let slot = |(party, unit)| Slot::by(party, unit, "the heading of the column or row");
            *roles = Roles {
                party: cell.party.map(slot),
                from: cell.from.map(slot),
                to: cell.to.map(slot),
                ..Roles::default()
            };
            return Some((cell.category, cell.subset));
        }
        if phrase.is_elliptical() && self.tables.of_things(sheet, index) {
            return None;
        }
        // "| Russia gave |", "| 909 bodies |": the heading tells the way of a counted noun, too.
        if !phrase.is_elliptical() && sheet.block(index) == BlockKind::TableRow && roles.verb.is_none() {
            let slot = |(party, unit)| Slot::by(party, unit, "the heading of the column or row");
            let (from, to) = self.tables.way(sheet, index);
            roles.from = roles.from.or(from.map(slot));
            roles.to = roles.to.or(to.map(slot));
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
        // "among them two women soldiers" of the hostages before: what they are a part of decides.
        let whole = mention.partner.and_then(|partner| recent(drafts, index, 1).find(|d| d.count == partner));
        if (part || joined)
            && let Some(of) = whole.or(near)
            && phrase.noun.is_none_or(|(noun, _)| noun.category.is_none())
            && matches!(&*of.category.id, "hostages" | "prisoners" | "detained" | "missing")
            && (roles.verb.is_none() || roles.verb.map(|(verb, _)| verb) == of.roles.verb.map(|(verb, _)| verb))
            && of.sentence == index
        {
            let category = Category { rule: "a part of the count before", ..of.category.clone() };
            return Some((category, subset()));
        }
        if let Some(found) = category::of(sheet, self.scene, phrase, &sentence.verbs, roles) {
            let bystander = phrase.class() == Some(NounClass::Bystanders);
            // "12,141 officers were deployed" is no claim; "Pyongyang deployed 11,000 soldiers" is.
            let verb = roles.verb.map(|(verb, _)| sentence.verbs[verb]);
            let moved = verb.and_then(|v| v.frame).is_some_and(|frame| transfers(sheet.frame_entry(frame).subject));
            let staffed = &*found.id == "other" && moved && verb.is_some_and(|v| v.subject.party().is_none());
            return ((!bystander || roles.verb.is_some()) && !staffed).then(|| (found, subset()));
        }
        if let Some(whole) = category::of_whole(sheet, phrase, &sentence.units) {
            return Some((whole, noun_text()));
        }
        if let Some(held) = category::of_custody(sheet, phrase, &sentence.units) {
            return Some((held, None));
        }
        let toll = category::of_toll(sheet, phrase, &sentence.units)
            .or_else(|| category::of_toll_behind(sheet, phrase, &sentence.units));
        if let Some(toll) = toll {
            return Some((toll, None));
        }
        if let Some(whole) = category::among(sheet, phrase, &sentence.units) {
            return Some((whole, noun_text()));
        }
        if part && let Some(whole) = whole.or(near) {
            let category = Category { rule: "a part of the count before", ..whole.category.clone() };
            return Some((category, subset()));
        }
        if phrase.is_elliptical() {
            if let Some(cell) = self.tables.cell(sheet, index).or_else(|| tables::item(sheet, index, phrase.unit)) {
                if let Some((party, unit)) = cell.party {
                    roles.party = Some(Slot::by(party, unit, "the heading of the column or row"));
                }
                let slot = |(party, unit)| Slot::by(party, unit, "the heading of the column or row");
                roles.from = cell.from.map(slot);
                roles.to = cell.to.map(slot);
                return Some((cell.category, cell.subset));
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
                    let rule = if found.rule.is_empty() { "parallel count" } else { found.rule };
                    return Some((Category { rule, ..found }, None));
                }
            }
            if tied && let Some(topic) = topic {
                return Some((Category { rule: "parallel count", ..topic.category.clone() }, None));
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
                    Category::by("prisoners", sentence.verbs[verb].at, "people in a transfer")
                };
                let mut found = topic_noun(sheet, phrase.unit, index).or_else(plain).or_else(own)?;
                if moved && &*found.id == "detained" {
                    found.id = "prisoners".into();
                }
                return Some((found, None));
            }
        }
        // "| Released by Armenia |", "* to Ukraine: 205 soldiers": plain people under a heading of handing over.
        if matches!(phrase.class(), Some(NounClass::Military | NounClass::People)) || phrase.people {
            let cell = self.tables.cell(sheet, index).or_else(|| tables::item(sheet, index, phrase.unit));
            if let Some(cell) = cell.filter(|cell| cell.from.is_some() || cell.to.is_some()) {
                let slot = |(party, unit)| Slot::by(party, unit, "the heading of the column or row");
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
            return Some((Category { rule: "parallel count", ..previous.category.clone() }, None));
        }
        // "1,000 people were returned: 880 soldiers and 120 civilians"
        if let Some(previous) = previous
            && (previous.part_of.is_some() && takes_frame_of(sheet, mention, phrase, previous) || colon)
            && matches!(phrase.class(), Some(NounClass::Civilian | NounClass::Military | NounClass::People))
        {
            let category = Category { rule: "parallel count", ..previous.category.clone() };
            return Some((category, noun_text()));
        }
        let elided = ellipsis::of_context(sheet, phrase, mention, &sentence.units, (index, drafts), look)?;
        roles.party = roles.party.or(elided.party);
        if roles.from.is_none() && roles.to.is_none() {
            roles.from = elided.from;
            roles.to = elided.to;
        }
        Some((elided.category, None))
    }

    /// "bringing the year's total to 17": a total of what was counted before.
    fn is_total(&self, phrase: &Counted<'_>, sentence: &Read) -> bool {
        let sheet = self.sheet;
        let start = phrase.phrase.start;
        start > sentence.units.start
            && (sheet.cue(start - 1, Cue::To) || sheet.is_any(start - 1, &["at"]))
            && (start.saturating_sub(6).max(sentence.units.start)..start - 1)
                .any(|unit| sheet.is_any(unit, &["total", "tally", "figure", "number", "count"]))
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

    /// "…, X said. Another 79 are missing, 12 of them children.": a part of, or an addition to, what the
    /// sentence before gives is on the same word, in the same paragraph.
    fn gone_on(
        &self,
        index: usize,
        phrase: &Counted<'_>,
        mention: &QuantityMention,
        sayings: &[Saying],
        drafts: &[Draft<'_>],
    ) -> Option<Said> {
        let sheet = self.sheet;
        let opening = phrase.phrase.start.saturating_sub(sheet.sentences[index].start) <= 3;
        let tied = mention.has(Note::Part) || mention.has(Note::Additive) || phrase.of_them;
        let of_the =
            sheet.is_any(phrase.unit + 1, &["of"]) && sheet.is_any(phrase.unit + 2, &["the", "these", "those"]);
        let of_before = sheet.is_any(sheet.sentences[index].start, &["of"]);
        let here = recent(drafts, index, 0).find(|d| d.sentence == index && d.chain_rule == GONE_ON);
        if sheet.is_quoted(phrase.unit) || !sayings.is_empty() || sheet.opens_block(index) {
            return None;
        }
        let opens = opening && (tied || of_the || phrase.is_elliptical());
        let before = match here {
            Some(here) => here,
            None if opens || of_before => recent(drafts, index, 1).find(|d| d.sentence + 1 == index)?,
            None => return None,
        };
        let settled = matches!(before.modality.0, Modality::Reported | Modality::Confirmed);
        if before.chain.is_empty() || !settled {
            return None;
        }
        Some(Said {
            chain: before.chain.clone(),
            evidence: before.chain_evidence.clone(),
            rule: GONE_ON,
            via: before.via.clone(),
            modality: Modality::Reported,
        })
    }

    /// The source that stands between a comma and a count where the verb of saying is left out.
    fn gapped(&self, sentence: usize, at: usize, unit: usize) -> Option<Speaker> {
        let sheet = self.sheet;
        let end = unit - usize::from(unit > 0 && sheet.is_punct(unit - 1, "\""));
        let floor = end.saturating_sub(7).max(sheet.sentences[sentence].start);
        let comma = (floor..end).rev().find(|at| sheet.what(*at) == What::Punct && !sheet.is_possessive(*at))?;
        let units = comma + 1..end;
        let source = units.clone().any(|at| sheet.source(at).is_some())
            || units.clone().filter(|at| sheet.is_capitalised(*at)).count() >= 2;
        let plain = units.clone().all(|at| {
            sheet.frame(at).is_none()
                && sheet.reporting(at).is_none()
                && sheet.count(at).is_none()
                && sheet.date(at).is_none()
                && !sheet.any_cue(
                    at,
                    bit(Cue::Be) | bit(Cue::Have) | bit(Cue::In) | bit(Cue::By) | bit(Cue::From) | bit(Cue::And),
                )
        });
        if at >= comma || !sheet.is_punct(comma, ",") || !source || !plain {
            return None;
        }
        self.names.speaker(sheet, units)
    }

    /// Who gives a count, by the sayings of its sentence and its quotation.
    fn attribution(&self, sentence: usize, unit: usize) -> Said {
        let Self { sheet, read, .. } = *self;
        let mut found: Vec<&Saying> = covering(sheet, unit, &read[sentence].sayings);
        let mut rule = "";
        let token = sheet.units[unit].first as usize;
        if found.iter().all(|saying| saying.chain().is_empty())
            && let Some(quotation) = sheet.tokens.quotation_of(token)
        {
            let inside = std::mem::take(&mut found);
            rule = "the speaker of the quotation";
            let open = sheet.unit_of_token(quotation.tokens.start);
            let close = sheet.unit_of_token(quotation.tokens.end - 1);
            let (first, last) = (sheet.sentence_of(open), sheet.sentence_of(close));
            found.extend(read[last].sayings.iter().filter(|s| s.at > close).take(1));
            if found.is_empty() {
                found.extend(read[first].sayings.iter().rev().filter(|s| s.at < open).take(1));
            }
            if found.is_empty()
                && let Some(next) = read.get(last + 1)
            {
                found.extend(next.sayings.first().filter(|s| s.units.start <= next.units.start + 2));
            }
            // "The delegate, X, called it wrong. “We have 27 dead.”"
            if found.is_empty() && open == read[first].units.start && !sheet.opens_block(first) && first > 0 {
                let before = &read[first - 1].sayings;
                found.extend(before.iter().rev().filter(|s| s.speaker.is_some()).take(1));
                let modality = Modality::Reported;
                if let Some(saying) = found.first() {
                    let chain = saying.speaker.iter().cloned().collect();
                    let rule = "the quotation goes on from the sentence before";
                    return Said { chain, evidence: vec![saying.at], rule, via: saying.via.clone(), modality };
                }
            }
            found.extend(inside);
        }
        // "DVB has documented 3,195 deaths, the NUG 3,000"
        if let Some(speaker) = found.last().and_then(|saying| self.gapped(sentence, saying.at, unit)) {
            let (evidence, rule) = (vec![speaker.units.start], "the verb of saying before");
            return Said { chain: vec![speaker], evidence, rule, via: None, modality: Modality::Reported };
        }
        let mut said = Said { chain: Vec::new(), evidence: Vec::new(), rule, via: None, modality: Modality::Reported };
        for saying in &found {
            for speaker in saying.chain() {
                if !said.chain.iter().any(|known| known.asserter.name == speaker.asserter.name) {
                    said.chain.push(speaker.clone());
                }
            }
            said.evidence.push(saying.at);
            said.via = said.via.or_else(|| saying.via.clone());
            if let Some(modality) = saying.modality
                && said.modality == Modality::Reported
            {
                said.modality = modality;
            }
            if saying.denied {
                said.modality = Modality::Denied;
            }
        }
        said
    }
}

/// What a count says: "the toll passed 11,000" is more than 11,000.
fn quantity(sheet: &Sheet<'_>, mention: &QuantityMention, phrase: &Counted<'_>) -> Quantity {
    const PASSES: &[&str] = &[
        "passes",
        "passed",
        "past",
        "tops",
        "topped",
        "exceeds",
        "exceeded",
        "exceed",
        "surpasses",
        "surpassed",
        "above",
        "surpass",
        "pass",
        "top",
    ];
    let Some(found) = &mention.quantity else { return Quantity::confirm_only() };
    let passed = phrase.phrase.start > 0 && sheet.is_any(phrase.phrase.start - 1, PASSES);
    match found.n {
        Some(n) if passed && found.form == Form::Exact => Quantity::more_than(n),
        _ => found.clone(),
    }
}

/// Whether a count without a verb of its own shares that of the count before it.
fn takes_frame_of(sheet: &Sheet<'_>, mention: &QuantityMention, phrase: &Counted<'_>, previous: &Draft<'_>) -> bool {
    if mention.has(Note::Part) {
        return true;
    }
    if mention.has(Note::Correction) || mention.has(Note::ForPartner) {
        return mention.partner.is_none_or(|partner| partner == previous.count);
    }
    // "1,000 bodies and 38 prisoners": nothing but "and" or a comma between.
    (previous.counted.phrase.end..phrase.phrase.start)
        .all(|unit| sheet.cue(unit, Cue::And) || sheet.is_punct_any(unit, &[",", "("]))
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

/// Who gives a count.
struct Said {
    chain: Vec<Speaker>,
    evidence: Vec<usize>,
    rule: &'static str,
    via: Option<Name>,
    modality: Modality,
}

/// "Saraliyev confirmed the details to the RBC news website": who heard the figures that the
/// speaker gave in the sentence before.
fn heard_later(sheet: &Sheet<'_>, read: &[Read], drafts: &mut [Draft<'_>]) {
    for (index, sentence) in read.iter().enumerate() {
        for saying in &sentence.sayings {
            let (Some(speaker), Some(heard_by)) = (&saying.speaker, &saying.heard_by) else { continue };
            let end = sentence.units.end.min(saying.at + 6);
            if !(saying.at + 1..end).any(|unit| sheet.cue(unit, Cue::Figures)) {
                continue;
            }
            let first = drafts.partition_point(|d| d.sentence + 2 < index);
            for draft in drafts[first..].iter_mut().take_while(|d| d.sentence < index) {
                let same = draft.chain.first().is_some_and(|first| first.asserter.name == speaker.asserter.name);
                if same && !draft.chain.iter().any(|s| s.asserter.name == heard_by.asserter.name) {
                    draft.chain.push(heard_by.clone());
                    draft.chain_evidence.push(saying.at);
                    draft.chain_rule = "the figures were confirmed to it";
                }
            }
        }
    }
}

/// The counts of an article and the first form of the noun that heads each.
#[cfg(test)]
pub(super) fn heads(
    suggester: &super::Suggester,
    article: &crate::article::Article,
) -> Vec<(Range<usize>, Option<Name>)> {
    let tokens = Tokens::of_article(article, &suggester.abbreviations);
    let counts = super::quantities::quantities(&tokens, &suggester.quantifiers, &suggester.conventions, &[]);
    let sheet = Sheet::new(&tokens, &suggester.words, &overlays(&counts, &[]), &token_hits(&tokens, &suggester.words));
    let units = (0..sheet.units.len()).filter_map(|unit| Some((unit, sheet.count(unit)?)));
    units
        .map(|(unit, count)| {
            let phrase = counted::read(&sheet, unit, &sheet.sentences[sheet.sentence_of(unit)]);
            let head = phrase.below.or(phrase.noun.map(|(noun, _)| noun));
            let head = if phrase.class() == Some(NounClass::Bodies) { phrase.noun.map(|(noun, _)| noun) } else { head };
            (counts[count].span.range(), head.and_then(|noun| noun.forms.first().cloned()))
        })
        .collect()
}
