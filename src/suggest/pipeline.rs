//! The stages in order: one article in, its suggestions out.

use std::collections::BTreeMap;
use std::ops::Range;

use super::attribution::{Saying, sayings};
use super::clauses::{Actor, Verb, verbs};
use super::confirmations::confirmations;
use super::counted::{self, Counted};
use super::covering::identity_by;
use super::dates::{DateMention, OwnDate, own_dates};
use super::draft::{Draft, Found, recent};
use super::ellipsis::Look;
use super::elsewhere;
use super::finish::finish;
use super::gaps;
use super::governing::{self, Tie};
use super::infer;
use super::lexicon_pass::Words;
use super::modality;
use super::not_people;
use super::on_whose_word::{heard_later, introduced, leave_out_outlet, withdrawn_later};
use super::parts;
use super::phrases::behind_dateline;
use super::quantities::{Note, QuantityMention};
use super::repeats::repeats;
use super::roles::{self, Slot};
use super::scene::Scene;
use super::sheet::{Sheet, What};
use super::speakers::{Names, Speaker};
use super::stage::{Stage, Watch};
use super::tables::Tables;
use super::tokens::Tokens;
use super::when;
use super::which_date;
use super::word_set::WordSet;
use crate::article::BlockKind;
use crate::claim::{ArticleId, ClaimDate, Cue, Form, Kind, Metadata, Modality, Quantity, Suggestion};

/// A sentence as the grammar has read it.
pub(super) struct Read {
    pub(super) units: Range<usize>,
    pub(super) verbs: Vec<Verb>,
    pub(super) sayings: Vec<Saying>,
    /// Whose text it is, in a block quotation that the text in front of it introduces.
    pub(super) text_of: Option<Speaker>,
}

/// All that the stages that draft look at.
#[derive(Clone, Copy)]
pub(super) struct Pass<'p, 'a> {
    pub(super) sheet: &'p Sheet<'a>,
    pub(super) scene: &'p Scene,
    pub(super) counts: &'p [QuantityMention],
    pub(super) read: &'p [Read],
    pub(super) tables: &'p Tables,
    pub(super) names: &'p Names,
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
    let hits = words.hits(tokens);
    watch(Stage::LexiconPass);
    let sheet = Sheet::new(tokens, words, &overlays(counts, dates), &hits);
    drop(hits);
    let scene = Scene::of(&sheet);
    let mut names = Names::collect(&sheet, scene.pair);
    let tables = Tables::of(&sheet);
    let repeated = repeats(&sheet);
    watch(Stage::Sheet);
    let read = read_sentences(&sheet, &mut names, watch);
    let pass = Pass { sheet: &sheet, scene: &scene, counts, read: &read, tables: &tables, names: &names };
    let mut drafts: Vec<Draft<'_>> = Vec::with_capacity(counts.len());
    for index in (0..read.len()).filter(|index| !repeated[*index]) {
        let looks = [Look::First, Look::Again];
        pass.draft_sentence(index, &looks, &mut drafts, watch);
    }
    pass.draft_headings(&repeated, &mut drafts, watch);
    elsewhere::fill(&sheet, &scene, counts, &read, &mut drafts);
    heard_later(&sheet, &read, &mut drafts);
    withdrawn_later(&sheet, &read, &mut drafts);
    watch(Stage::Attribution);
    // A day of the week that dates neither a saying nor an event says less than a dateline.
    // So does one far down a text that has a dateline.
    const FAR: usize = 12;
    let tells = |place: usize| {
        let index = sheet.sentence_of(sheet.unit_of_token(dates[place].tokens.start));
        let sentence = &read[index];
        let event = || sentence.units.clone().any(|unit| which_date::names_event(&sheet, unit));
        index < FAR && (!sentence.sayings.is_empty() || event())
    };
    let rank = |(place, why): &(usize, OwnDate)| match why {
        OwnDate::Today | OwnDate::AsOf => 0,
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

/// Verbs and sayings of every sentence.
fn read_sentences(sheet: &Sheet<'_>, names: &mut Names, watch: &mut Watch<'_>) -> Vec<Read> {
    let mut before = Actor::Nobody;
    let mut read: Vec<Read> = Vec::with_capacity(sheet.sentences.len());
    let mut text_of: Option<Speaker> = None;
    for (index, units) in sheet.sentences.iter().enumerate() {
        // "MANILA (AP) - Two officers said": the place from which it is told neither acts nor speaks.
        let told = &(behind_dateline(sheet, units)..units.end);
        let verbs = verbs(sheet, told, before);
        let named = |subject: &Actor| matches!(subject, Actor::Party(..) | Actor::Both(_));
        if let Some(last) = verbs.iter().rev().map(|v| v.subject).find(named) {
            before = last;
        }
        let block = sheet.block(index);
        watch(Stage::Clauses);
        let sayings = sayings(sheet, told, block, &verbs, names);
        watch(Stage::Sayings);
        if block != BlockKind::Quote {
            text_of = introduced(sheet, units, &sayings);
        }
        let text_of = text_of.clone().filter(|_| block == BlockKind::Quote);
        read.push(Read { units: units.clone(), verbs, sayings, text_of });
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
        let Self { sheet, scene, counts, read, tables, .. } = *self;
        let sentence = &read[index];
        let mut phrases: Vec<Counted<'a>> = sentence
            .units
            .clone()
            .filter(|unit| sheet.count(*unit).is_some() && not_people::why(sheet, *unit, &sentence.units).is_none())
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
                    // "one of 208 captives whom Eritrea set free"
                    let freed = || governing::object_relative(sheet, phrase, &sentence.verbs, &sentence.units);
                    parts::verb_of_whole(sheet, phrase, &sentence.verbs).or_else(|| Some((freed()?, Tie::Object)))
                }
                None => governing::of(sheet, phrase, &sentence.verbs, &sentence.units),
            };
            if governing.is_none()
                && mention.has(Note::Withdrawn)
                && let Some(right) = phrases.get(place + 1)
                && sheet.count(right.unit) == mention.partner
            {
                governing = governing::of(sheet, right, &sentence.verbs, &sentence.units);
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
            let clause = clause
                .or_else(|| Some((Modality::Planned, tables.planned(sheet, index, phrase.unit)?)))
                .map(|(found, unit)| (modality::of_losses(found, &category.id), unit));
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
            let draft = Found {
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
            let drafted = infer::complete(sheet, scene, counts, &sentence.verbs, draft.into(), drafts);
            drafted_already[place] = true;
            drafts.extend(drafted);
        }
        watch(Stage::Roles);
    }
}

/// What a count says: "the toll passed 11,000" is more than 11,000.
fn quantity(sheet: &Sheet<'_>, mention: &QuantityMention, phrase: &Counted<'_>) -> Quantity {
    const PASSES: &WordSet = words![
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
pub(super) fn takes_frame_of(
    sheet: &Sheet<'_>,
    mention: &QuantityMention,
    phrase: &Counted<'_>,
    previous: &Draft<'_>,
) -> bool {
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

/// The counts of an article and the first form of the noun that heads each.
#[cfg(test)]
pub(super) fn heads(
    suggester: &super::Suggester,
    article: &crate::article::Article,
) -> Vec<(Range<usize>, Option<crate::claim::Name>)> {
    let tokens = Tokens::of_article(article, &suggester.abbreviations);
    let counts = super::quantities::quantities(&tokens, &suggester.quantifiers, &suggester.conventions, &[]);
    let sheet = Sheet::new(&tokens, &suggester.words, &overlays(&counts, &[]), &suggester.words.hits(&tokens));
    let units = (0..sheet.units.len()).filter_map(|unit| Some((unit, sheet.count(unit)?)));
    units
        .map(|(unit, count)| {
            let phrase = counted::read(&sheet, unit, &sheet.sentences[sheet.sentence_of(unit)]);
            let head = phrase.below.or(phrase.noun.map(|(noun, _)| noun));
            let head = if phrase.class() == Some(crate::claim::NounClass::Bodies) {
                phrase.noun.map(|(noun, _)| noun)
            } else {
                head
            };
            (counts[count].span.range(), head.and_then(|noun| noun.forms.first().cloned()))
        })
        .collect()
}
