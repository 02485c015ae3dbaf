//! Bodies and offices that have no name in the lexicon: what a phrase calls them, without what is only said of them.

use std::ops::Range;

use super::super::lexicon_pass::{PartyWord, bit};
use super::super::phrases::{is_acronym, text_of};
use super::super::saying_phrases::subject_speaker;
use super::super::sheet::{Sheet, What};
use super::super::which_date::names_event;
use super::super::word_set::WordSet;
use super::{Names, SpeakerKind};
use crate::claim::{Cue, Name, NounClass, Saying};

/// Relations, who are called by their first names.
const KIN: &WordSet = words![
    "brother",
    "sister",
    "father",
    "mother",
    "son",
    "daughter",
    "wife",
    "husband",
    "uncle",
    "aunt",
    "cousin",
    "widow",
    "neighbour",
    "neighbor",
    "friend",
];

/// Subjects of verbs of saying that are not sources.
const NOT_SOURCES: &WordSet = words![
    "images",
    "image",
    "photo",
    "photos",
    "photograph",
    "picture",
    "video",
    "footage",
    "sign",
    "map",
    "decision",
    "move",
    "this",
    "more",
    "others",
    "people",
    "persons",
    "search",
    "searches",
    "rescue",
    "bus",
    "buses",
    "plane",
    "planes",
    "flight",
    "flights",
    "convoy",
    "convoys",
    "trucks",
    "ambulances",
    "date",
    "effort",
    "efforts",
    "death",
    "deaths",
    "backlog",
    "storms",
    "rains",
    "crashes",
    "fires",
    "blaze",
    "sinking",
    "shipwreck",
    "disaster",
    "tragedy",
    "incident",
    "delay",
    "delays",
];

/// Titles that people are called by as a name, too.
const NAMES_TOO: &WordSet =
    words!["sultan", "king", "prince", "pope", "bishop", "cardinal", "marshal", "judge", "emir"];

impl Names {
    /// The name of a body or office as the phrase describes it.
    pub(super) fn described(&self, sheet: &Sheet<'_>, head: Range<usize>) -> Option<Name> {
        let mut head = head;
        // "Its Defence Ministry", "his brother Sher": whose it is tells the sentence before. "A hospital …, its
        // spokesman said": an office is nobody without its body.
        if head.len() > 1 && sheet.cue(head.start, Cue::Possessive) {
            let office = head.start + 1;
            head.start += 1 + usize::from(head.len() > 2 && sheet.cue(office, Cue::Own));
            let sentence = &sheet.sentences[sheet.sentence_of(office)];
            if head.len() == 1
                && sheet.is_title(head.start)
                && sheet.is_any(office - 1, words!["its", "their"])
                && office > sentence.start + 2
                && let Some(owner) = subject_speaker(sheet, sentence, office - 1, self)
                && owner.kind == SpeakerKind::Body
                && let Some(text) = text_of(sheet, head.clone())
            {
                return Some(format!("{} {text}", owner.asserter.name).into());
            }
        }
        // "the state's own human rights commission"
        if let Some(mark) = head.clone().find(|unit| sheet.is_possessive(*unit))
            && mark + 1 < head.end
            && sheet.is_any(mark - 1, words!["state", "country", "nation", "government", "kingdom", "island"])
        {
            let own = usize::from(sheet.cue(mark + 1, Cue::Own));
            if mark + 1 + own < head.end {
                head.start = mark + 1 + own;
            }
        }
        // "toll of fuel protests disputed": a figure is no speaker.
        let of = head.clone().skip(1).find(|unit| sheet.cue(*unit, Cue::Of));
        let figure = |unit: usize| {
            sheet.is_noun(unit, NounClass::Toll)
                || sheet.is_any(unit, words!["toll", "death toll", "number", "cases", "case", "total"])
        };
        if figure(of.map_or(head.end, |of| of) - 1) {
            return None;
        }
        while !head.is_empty() && sheet.any_cue(head.start, bit(Cue::Determiner)) {
            head.start += 1;
        }
        // "Ukraine's Coordination Headquarters": a proper name stands without its owner.
        if head.len() > 2
            && sheet.party(head.start).is_some()
            && sheet.is_possessive(head.start + 1)
            && sheet.is_capitalised(head.start + 2)
        {
            head.start += 2;
        }
        if let Some(bracket) = head.clone().find(|unit| sheet.is_punct(*unit, "(")) {
            head.end = bracket;
        }
        // "a nurse who declined to be named", "the adversary itself"
        let unnamed = head.clone().skip(1).find(|unit| sheet.cue(*unit, Cue::Anonymous));
        head.end = unnamed.unwrap_or(head.end);
        if head.len() > 1 && sheet.is_any(head.end - 1, words!["itself", "themselves", "himself", "herself"]) {
            head.end -= 1;
        }
        // "rescuers reached by phone": how they were asked is no part of the name.
        let asked = head.clone().skip(1).find(|unit| {
            sheet.is_any(
                *unit,
                words!["reached", "contacted", "interviewed", "quoted", "cited", "asked", "speaking", "engaged"],
            )
        });
        head.end = asked.unwrap_or(head.end);
        // "an earlier report by Nigerian media", "figures from the ministry", "a statement of the army"
        let saying = head.clone().find(|unit| {
            sheet.reporting(*unit).is_some_and(|entry| entry.pattern == Saying::Noun) || sheet.cue(*unit + 1, Cue::By)
        });
        if let Some(noun) = saying {
            let word = sheet.word(noun);
            let inside = [" by", " from", " of"].iter().any(|end| word.ends_with(end));
            let behind = sheet.any_cue(noun + 1, bit(Cue::By) | bit(Cue::From) | bit(Cue::Of));
            let start = noun + 1 + usize::from(behind && !inside);
            if (inside || behind) && start < head.end {
                head.start = start;
                while head.len() > 1 && sheet.any_cue(head.start, bit(Cue::Determiner)) {
                    head.start += 1;
                }
            } else if noun + 1 == head.end && noun >= head.start + 2 && sheet.is_possessive(noun - 1) {
                // "the ministry's statement"
                head.end = noun - 1;
            }
        }
        // "the exiled National Unity Government": a name stands without what is said of it.
        if head.len() == 2
            && sheet.is_unknown(head.start)
            && !sheet.is_capitalised(head.start)
            && sheet.party_by(head.start + 1, &[PartyWord::Name]).is_some()
        {
            head.start += 1;
        }
        let small = head.clone().take_while(|unit| sheet.is_unknown(*unit) && !sheet.is_capitalised(*unit)).count();
        let named = |unit: usize| {
            sheet.is_capitalised(unit) || sheet.any_cue(unit, bit(Cue::Of) | bit(Cue::For) | bit(Cue::And))
        };
        if small > 0
            && head.len() >= small + 2
            && sheet.is_capitalised(head.start + small)
            && (head.start + small..head.end).all(named)
        {
            head.start += small;
        }
        // "the rights group Viasna": the name alone.
        let body = head.clone().rev().find(|unit| {
            (sheet.any_cue(*unit, bit(Cue::Body) | bit(Cue::Medium)) || KIN.has(sheet.word(*unit)))
                && !sheet.is_capitalised(*unit)
        });
        if let Some(body) = body
            && body + 1 < head.end
            && (body + 1..head.end).all(|unit| sheet.is_capitalised(unit) && sheet.is_unknown(unit))
        {
            head.start = body + 1;
        }
        if head.is_empty() || head.len() > 14 {
            return None;
        }
        // "the commander of zone 7"
        while head.len() > 2 && sheet.count(head.end - 1).is_some() {
            head.end -= 1;
        }
        // "a spokesman for one of the governments": the office alone; "three of those freed" are all of it.
        let whole = sheet.count(head.start).is_some() && sheet.is_any(head.start + 1, words!["of"]);
        if !whole && sheet.count(head.start).is_some() && head.len() > 1 {
            head.start += 1;
        }
        if !whole && let Some(count) = head.clone().find(|unit| sheet.count(*unit).is_some()) {
            head.end = count;
            while !head.is_empty() && sheet.any_cue(head.end - 1, bit(Cue::Of) | bit(Cue::For) | bit(Cue::In)) {
                head.end -= 1;
            }
            if head.is_empty() {
                return None;
            }
        }
        let noun_like = |unit: usize| {
            sheet.what(unit) == What::Word
                && !NOT_SOURCES.has(sheet.word(unit))
                && sheet.noun(unit).is_none_or(|noun| noun.class != NounClass::Bodies)
        };
        if !noun_like(head.end - 1) || sheet.any_cue(head.end - 1, bit(Cue::Pronoun) | bit(Cue::Relative)) {
            return None;
        }
        // "floods that covered large areas": what happened speaks as little as what it did.
        let told = (head.start + 1..head.end)
            .find(|unit| sheet.is_any(*unit, words!["that", "which"]))
            .filter(|that| names_event(sheet, that - 1) || NOT_SOURCES.has(sheet.word(that - 1)));
        // "40 buses and 12 trucks", "Out of 90 accused": no phrase of its own.
        // "…, many roused from their sleep, were rescued from a ferry, officials said": a verb, and no name.
        if sheet.any_cue(head.start, bit(Cue::Be) | bit(Cue::Have)) && !sheet.is_capitalised(head.start) {
            return None;
        }
        let open = sheet.cue(head.end - 1, Cue::And) || sheet.is_any(head.start, words!["out"]);
        if names_event(sheet, head.end - 1)
            || told.is_some()
            || open
            || sheet.is_any(head.start, words!["there"])
            || sheet.is_any(head.end - 1, words!["someone", "somebody", "nobody", "everyone"])
        {
            return None;
        }
        let text = text_of(sheet, head.clone())?;
        // "Police said": a common word with the capital of its sentence.
        let opens = sheet.sentences[sheet.sentence_of(head.start)].start == head.start;
        // "Sultan said": without an article, who bears such a title is called so.
        let title = sheet.is_title(head.start) && !sheet.is_any(head.start, NAMES_TOO);
        let common = sheet.cues(head.start) != 0 || sheet.noun(head.start).is_some() || title;
        let lone = opens && common && !is_acronym(sheet, head.start) && sheet.party(head.start).is_none();
        if !lone || head.len() > 1 && sheet.is_capitalised(head.start + 1) {
            return Some(text);
        }
        let mut letters = text.chars();
        let first = letters.next()?;
        Some(first.to_lowercase().chain(letters).collect::<String>().into())
    }
}
