//! On whose word: the chain of sources of a count, from the sayings of its sentence and quotation.

use std::ops::Range;

use super::attribution::{Saying, Scope};
use super::clauses::Voice;
use super::counted::Counted;
use super::covering::covering;
use super::draft::{Draft, recent};
use super::lexicon_pass::{bit, sort};
use super::phrases::{contains_word, without_article};
use super::pipeline::{Pass, Read};
use super::quantities::{Note, QuantityMention};
use super::saying_phrases::is_person_noun;
use super::sheet::{Sheet, What};
use super::speakers::{Speaker, SpeakerKind};
use super::word_set::WordSet;
use crate::claim::{Cue, Metadata, Modality, Name};

/// The rule for a count that stands on the word of the sentence before.
const GONE_ON: &str = "goes on from the sentence before";

/// Who gives a count.
pub(super) struct Said {
    pub(super) chain: Vec<Speaker>,
    pub(super) evidence: Vec<usize>,
    pub(super) rule: &'static str,
    pub(super) via: Option<Name>,
    pub(super) modality: Modality,
}

impl Pass<'_, '_> {
    /// "…, X said. Another 79 are missing, 12 of them children.": a part of, or an addition to, what the
    /// sentence before gives is on the same word, in the same paragraph.
    pub(super) fn gone_on(
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
        let of_the = sheet.is_any(phrase.unit + 1, words!["of"])
            && sheet.is_any(phrase.unit + 2, words!["the", "these", "those"]);
        let of_before = sheet.is_any(sheet.sentences[index].start, words!["of"]);
        let here = recent(drafts, index, 0).find(|d| d.sentence == index && d.chain_rule == GONE_ON);
        let start = sheet.sentences[index].start;
        // "That makes 13", "The Turkish coast guard holds two more": a sum of one's own, somebody else's.
        let own = sheet.is_any(start, words!["that", "this"])
            || (start..phrase.phrase.start)
                .any(|unit| sheet.source(unit).is_some() || sheet.any_cue(unit, bit(Cue::Body) | bit(Cue::Organ)));
        // "the coast guard said; three others had swum ashore"
        let said_before = sayings.iter().any(|saying| saying.at < phrase.unit);
        let others = tied || of_the || sheet.is_any(phrase.unit + 1, words!["others", "other", "more"]);
        if said_before && others && !sheet.is_quoted(phrase.unit) {
            let here = recent(drafts, index, 0).filter(|d| d.sentence == index && !d.chain.is_empty());
            let here = here.filter(|d| d.counted.unit < phrase.unit).last()?;
            let between = here.counted.unit..phrase.unit;
            let mark = between.clone().rev().find(|unit| sheet.is_punct(*unit, ";"))?;
            let said_again = sayings.iter().any(|saying| saying.at > mark);
            if said_again || mark + 4 < phrase.phrase.start {
                return None;
            }
            return Some(Said {
                chain: here.chain.clone(),
                evidence: here.chain_evidence.clone(),
                rule: GONE_ON,
                via: here.via.clone(),
                modality: Modality::Reported,
            });
        }
        if sheet.is_quoted(phrase.unit) || !sayings.is_empty() || sheet.opens_block(index) || own {
            return None;
        }
        // "Nine dead, all of them recovered by helicopter": no sentence, but a further item.
        let fragment = phrase.phrase.start == start
            && self.read[index]
                .verbs
                .iter()
                .all(|verb| matches!(verb.voice, Voice::Bare | Voice::Nominal | Voice::Gerund))
            && !(start..sheet.sentences[index].end).any(|unit| sheet.any_cue(unit, bit(Cue::Be) | bit(Cue::Have)));
        let opens = opening && (tied || of_the || phrase.is_elliptical() || fragment);
        let before = match here {
            Some(here) => here,
            None if opens || of_before => recent(drafts, index, 1)
                .find(|d| d.sentence + 1 == index)
                .or_else(|| self.over_quotation(index, drafts))?,
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

    /// "The mayor said 20 had died. “The number will rise,” he said. Three of the dead were children.": the draft
    /// in front of a quotation by the same speaker.
    fn over_quotation<'d, 'a>(&self, index: usize, drafts: &'d [Draft<'a>]) -> Option<&'d Draft<'a>> {
        let between = index.checked_sub(1)?;
        let Self { sheet, read, .. } = *self;
        let same_block = !sheet.opens_block(between);
        let speaker = read[between].sayings.last()?.speaker.as_ref()?;
        let draft = recent(drafts, index, 2).find(|d| d.sentence + 2 == index)?;
        let same = draft.chain.first().is_some_and(|first| first.asserter.name == speaker.asserter.name);
        (same_block && same && sheet.is_quoted(read[between].units.start)).then_some(draft)
    }

    /// The source that stands between a comma and a count where the verb of saying is left out.
    fn gapped(&self, sentence: usize, at: usize, unit: usize) -> Option<Speaker> {
        let sheet = self.sheet;
        let end = unit - usize::from(unit > 0 && sheet.is_punct(unit - 1, "\""));
        let floor = end.saturating_sub(7).max(sheet.sentences[sentence].start);
        let comma = (floor..end).rev().find(|at| sheet.what(*at) == What::Punct && !sheet.is_possessive(*at))?;
        // "The South speaks of 31 killed, a lecturer in law, Hala Bush, of 150": the name in front of the comma.
        if sheet.word(at).ends_with(" of") && comma + 2 == end && sheet.cue(end - 1, Cue::Of) && comma > at + 2 {
            let name = (at + 1..comma).rev().take_while(|unit| sheet.is_capitalised(*unit)).count();
            if name >= 2 && sheet.is_punct(comma - name - 1, ",") {
                return self.names.speaker(sheet, comma - name..comma);
            }
        }
        let shares_of = sheet.word(at).ends_with(" of") && end == comma + 3 && sheet.cue(end - 1, Cue::Of);
        let units = comma + 1..end - usize::from(shares_of);
        let source = units.clone().any(|at| {
                let group = |party: u16| !sheet.words.parties[party as usize].state;
                sheet.source(at).is_some() || sheet.party(at).is_some_and(|(party, _)| group(party))
            })
            || units.clone().filter(|at| sheet.is_capitalised(*at)).count() >= 2
            // "The government speaks of 40 victims, residents of 70"
            || shares_of && is_person_noun(sheet, units.start);
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
    pub(super) fn attribution(&self, sentence: usize, unit: usize) -> Said {
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
            // "“We count eight,” X said by telephone. “Where are the three others?” Y said they had died": the
            // quotation goes on from the one that X closed.
            if found.is_empty() && open == read[first].units.start && !sheet.opens_block(first) && first > 0 {
                let before = &read[first - 1];
                let closes = before.sayings.last().filter(|saying| {
                    saying.speaker.is_some()
                        && saying.scope != Scope::Clause
                        && sheet.is_quoted(before.units.start)
                        && (saying.scope == Scope::Before || saying.units.end + 6 >= before.units.end)
                });
                found.extend(closes);
            }
            // "The minister says so. “Thirteen went in.” A committee has sixteen names": what he says stands behind.
            if found.is_empty() && open == read[first].units.start && !sheet.opens_block(first) && first > 0 {
                let before = read[first - 1].sayings.last().filter(|saying| saying.speaker.is_some());
                found.extend(
                    before.filter(|saying| sheet.is_any(saying.at + 1, words!["so", "otherwise", "differently"])),
                );
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
        if let Some(speaker) = &read[sentence].text_of
            && found.iter().all(|saying| saying.chain().is_empty())
        {
            let (chain, evidence) = (vec![speaker.clone()], vec![speaker.units.start]);
            let rule = "the text that the block quotation gives";
            return Said { chain, evidence, rule, via: None, modality: Modality::Reported };
        }
        let mut said = Said { chain: Vec::new(), evidence: Vec::new(), rule, via: None, modality: Modality::Reported };
        for (place, saying) in found.iter().enumerate() {
            // "The rebels dispute one of the figures: they say that they were given 49": their own.
            let by = |saying: &Saying| saying.speaker.as_ref().map(|speaker| speaker.asserter.name.clone());
            let own =
                found[..place].iter().any(|inner| !inner.denied && by(inner).is_some() && by(inner) == by(saying));
            // "has never spoken of more than 78": so many it has spoken of.
            let bounded = sheet.word(unit).starts_with("more than")
                && !sheet.cue(saying.at, Cue::Denial)
                && sheet.reporting(saying.at).is_some_and(|entry| entry.modality != Some(Modality::Denied));
            let denied = saying.denied && !own && !bounded;
            for speaker in saying.chain() {
                if !said.chain.iter().any(|known| known.asserter.name == speaker.asserter.name) {
                    said.chain.push(speaker.clone());
                }
            }
            said.evidence.push(saying.at);
            said.via = said.via.or_else(|| saying.via.clone());
            if let Some(modality) = saying.modality
                && said.modality == Modality::Reported
                && !(own && modality == Modality::Denied)
                // "He fears that more died: “We think 190 people are missing”"
                && !(saying.at + 1..unit).any(|at| sheet.is_punct(at, ":") && sheet.is_punct(at + 1, "\""))
            {
                said.modality = modality;
            }
            if denied {
                said.modality = Modality::Denied;
            }
        }
        said
    }
}

/// "The ministry published the following text:", "The statement of the union reads:": whose text a block
/// quotation behind the sentence is.
pub(super) fn introduced(sheet: &Sheet<'_>, sentence: &Range<usize>, sayings: &[Saying]) -> Option<Speaker> {
    const TEXT: &WordSet =
        words!["text", "statement", "communique", "communiqué", "letter", "declaration", "message", "post"];
    const FOLLOWS: &WordSet = words!["following", "follows", "below", "full", "reads", "read"];
    let colon = sentence.clone().rev().find(|unit| sheet.what(*unit) != What::Break);
    let any = |words: &WordSet| sentence.clone().any(|unit| sheet.is_any(unit, words));
    let opens = || colon.is_some_and(|unit| sheet.is_punct(unit, ":")) || any(TEXT) && any(FOLLOWS);
    let saying = sayings.iter().rfind(|saying| saying.speaker.is_some()).filter(|_| opens())?;
    saying.speaker.clone()
}

/// "…, X told this paper": the publishing outlet is no link of the chain.
pub(super) fn leave_out_outlet(known: &Metadata, drafts: &mut [Draft<'_>]) {
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

/// "The governor's office had reported 34 deaths. It withdrew the figure at noon": denied by the next sentence of
/// the same paragraph.
pub(super) fn withdrawn_later(sheet: &Sheet<'_>, read: &[Read], drafts: &mut [Draft<'_>]) {
    const TAKES: &WordSet = words!["withdrew", "withdraws", "withdrawn", "retracted", "retracts", "rescinded"];
    const FIGURES: &WordSet = words!["figure", "number", "toll", "claim", "report", "statement", "count"];
    for (index, sentence) in read.iter().enumerate() {
        let taken_at = sentence.units.clone().find(|unit| {
            let unit = *unit;
            if !sheet.is_any(unit, TAKES) && !sheet.has_sort(unit, sort::REPORTING) {
                return false;
            }
            let word = || sheet.word(unit);
            // "withdrew the figure" may be one word of the lexicon.
            let opens = |takes: &&str| word().strip_prefix(takes).is_some_and(|rest| rest.starts_with(' '));
            let takes = sheet.is_any(unit, TAKES) || sheet.reporting(unit).is_some() && TAKES.words().iter().any(opens);
            takes
                && (FIGURES.has(word().rsplit(' ').next().unwrap_or_default())
                    || sheet.is_any(unit + 1, words!["the", "that", "this", "its"]) && sheet.is_any(unit + 2, FIGURES))
        });
        let Some(taken_at) = taken_at else { continue };
        // "The ministry had reported 11 deaths but withdrew the figure": of its own sentence.
        let own = drafts.partition_point(|d| d.sentence < index);
        if drafts.get(own).is_some_and(|d| d.sentence == index && d.counted.unit < taken_at) {
            for draft in drafts[own..].iter_mut().take_while(|d| d.sentence == index && d.counted.unit < taken_at) {
                draft.modality = (Modality::Denied, Some(taken_at));
            }
            continue;
        }
        if index == 0 || sheet.opens_block(index) {
            continue;
        }
        // "It withdrew the figure", "The ministry withdrew": who gave the figure in the sentence before.
        let start = sentence.units.start;
        let pronoun = sheet.is_any(start, words!["it", "they", "he", "she"]);
        let names_it = |draft: &Draft<'_>| {
            pronoun
                || draft.chain.iter().any(|speaker| {
                    (start..taken_at.min(start + 5)).any(|unit| contains_word(&speaker.asserter.name, sheet.word(unit)))
                })
                || sheet.is_any(start, words!["the"])
        };
        let first = drafts.partition_point(|d| d.sentence + 1 < index);
        for draft in drafts[first..].iter_mut().take_while(|d| d.sentence + 1 == index) {
            if !draft.chain.is_empty()
                && names_it(draft)
                && matches!(draft.modality.0, Modality::Reported | Modality::Confirmed)
            {
                draft.modality = (Modality::Denied, Some(sentence.units.start));
            }
        }
    }
}

/// "Saraliyev confirmed the details to the RBC news website": who heard the figures that the
/// speaker gave in the sentence before.
pub(super) fn heard_later(sheet: &Sheet<'_>, read: &[Read], drafts: &mut [Draft<'_>]) {
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
