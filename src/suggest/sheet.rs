//! The sheet that the grammar works on: an article cut into units, each a word of the lexicon, a
//! count, a date, or a plain token, with what is known of it.

use std::ops::Range;

use super::lexicon_pass::{Case, Forms, PartyWord, Sense, Words, bit, sort};
use super::tokens::{TokenKind, Tokens};
use super::word_set::{WordSet, key};
use crate::article::BlockKind;
use crate::claim::{Beside, Cue, FrameEntry, NounClass, NounEntry, ReportingEntry, SourceEntry, Span};

/// What a unit is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum What {
    /// A word, or several that the lexicon knows as one.
    Word,
    /// Digits that are neither a count nor a date.
    Number,
    /// One mark.
    Punct,
    /// An address.
    Address,
    /// The end of a block.
    Break,
    /// A count: its place among the counts of the article.
    Count(u32),
    /// A date: its place among the dates of the article.
    Date(u32),
}

/// One unit.
#[derive(Clone, Copy, Debug)]
pub(super) struct Unit {
    /// Its first token.
    pub(super) first: u32,
    /// The first token behind it.
    pub(super) last: u32,
    /// Where its words stand in the read view.
    read: (u32, u32),
    /// What it is.
    pub(super) what: What,
    /// With which capitals it begins.
    pub(super) case: Case,
    /// Its pattern in the lexicon, or [`NO_PATTERN`].
    pattern: u32,
    /// The sorts of its senses ([`sort`]).
    sorts: u8,
    /// The key of its words in the read view ([`key`]).
    key: u8,
    /// Its cues ([`bit`]).
    cues: u64,
}

const NO_PATTERN: u32 = u32::MAX;

/// An article cut into units.
pub(super) struct Sheet<'a> {
    /// Its tokens.
    pub(super) tokens: &'a Tokens<'a>,
    /// The lexicon.
    pub(super) words: &'a Words,
    /// The units, in order and without gaps.
    pub(super) units: Vec<Unit>,
    /// The units of each sentence. One that is longer than [`LONGEST`] is cut, so that the grammar,
    /// which looks back and forth within a sentence, stays linear in the text.
    pub(super) sentences: Vec<Range<usize>>,
    /// The sentence of the text that each is (a piece of).
    sentence_of_text: Vec<u32>,
}

/// More units than any sentence has that people write.
const LONGEST: usize = 240;

impl<'a> Sheet<'a> {
    /// Cuts an article into units. `overlays` are the counts and dates: token ranges, sorted, not
    /// overlapping; they win over words of the lexicon. `hits` are those words ([`Words::hits`]).
    pub(super) fn new(
        tokens: &'a Tokens<'a>,
        words: &'a Words,
        overlays: &[(Range<usize>, What)],
        hits: &[(Range<usize>, u32)],
    ) -> Self {
        let mut units = Vec::with_capacity(tokens.len());
        let mut sentences: Vec<Range<usize>> = Vec::with_capacity(tokens.sentences().len());
        let mut sentence_of_text = Vec::with_capacity(tokens.sentences().len());
        let idioms: Vec<Range<usize>> =
            hits.iter().filter(|(_, pattern)| words.is_idiom(*pattern)).map(|(range, _)| range.clone()).collect();
        let idiom = |range: &Range<usize>| {
            let next = idioms.partition_point(|idiom| idiom.end <= range.start);
            idioms.get(next).is_some_and(|idiom| idiom.start < range.end)
        };
        let (mut overlay, mut hit) =
            (overlays.iter().filter(|(range, _)| !idiom(range)).peekable(), hits.iter().peekable());
        for (index, sentence) in tokens.sentences().iter().enumerate() {
            let from = units.len();
            let mut at = sentence.tokens.start;
            while at < sentence.tokens.end {
                while overlay.next_if(|(range, _)| range.start < at).is_some() {}
                while hit.next_if(|(range, _)| range.start < at).is_some() {}
                let boundary = overlay.peek().map_or(usize::MAX, |(range, _)| range.start);
                let unit = if boundary == at {
                    let (range, what) = overlay.next().expect("peeked");
                    Unit { what: *what, ..plain(tokens, range.start, range.end.max(at + 1)) }
                } else if let Some((range, pattern)) =
                    hit.next_if(|(range, _)| range.start == at && range.end <= boundary)
                {
                    let unit = Unit { pattern: *pattern, ..plain(tokens, range.start, range.end) };
                    let sorts = words.sorts(*pattern, unit.case);
                    let cues = words.cues(*pattern);
                    let known = sorts != 0 || cues != 0;
                    if known { Unit { what: What::Word, sorts, cues, ..unit } } else { plain(tokens, at, at + 1) }
                } else {
                    plain(tokens, at, at + 1)
                };
                at = unit.last as usize;
                units.push(unit);
            }
            let mut piece = from;
            while piece < units.len() || piece == from {
                let end = (piece + LONGEST).min(units.len());
                sentences.push(piece..end);
                sentence_of_text.push(index as u32);
                if end == units.len() {
                    break;
                }
                piece = end;
            }
        }
        let mut sheet = Self { tokens, words, units, sentences, sentence_of_text };
        sheet.leave_out_backers();
        sheet
    }

    /// "the Iran-backed Houthis", "a US-brokered truce": who stands behind a side, or between two, is none
    /// of those that give and take.
    fn leave_out_backers(&mut self) {
        const BEHIND: &WordSet = words![
            "backed",
            "aligned",
            "allied",
            "supported",
            "linked",
            "funded",
            "sponsored",
            "trained",
            "mediated",
            "brokered",
            "designated",
            "made",
            "built",
            "supplied",
        ];
        for unit in 0..self.units.len() {
            if self.units[unit].sorts & sort::PARTY != 0
                && self.is_punct(unit + 1, "-")
                && self.is_glued(unit + 1)
                && self.is_any(unit + 2, BEHIND)
            {
                self.units[unit].sorts &= !sort::PARTY;
            }
        }
    }

    /// A unit; `None` beyond the end.
    fn unit(&self, unit: usize) -> Option<&Unit> {
        #[cfg(test)]
        super::work::tick();
        self.units.get(unit)
    }

    /// The read form of a unit: lower case; empty beyond the end.
    pub(super) fn word(&self, unit: usize) -> &str {
        self.unit(unit).map_or("", |u| &self.tokens.read()[u.read.0 as usize..u.read.1 as usize])
    }

    /// The read form of units, white space and all.
    pub(super) fn words_of(&self, units: Range<usize>) -> &str {
        match (self.units.get(units.start), units.end.checked_sub(1).and_then(|last| self.units.get(last))) {
            (Some(first), Some(last)) => self.tokens.read_of(first.first as usize..last.last as usize),
            _ => "",
        }
    }

    /// Whether a unit reads as one of these.
    #[inline]
    pub(super) fn is_any(&self, unit: usize, words: &WordSet) -> bool {
        let Some(unit) = self.unit(unit) else { return words.has("") };
        words.may_have(unit.key) && words.lists(&self.tokens.read()[unit.read.0 as usize..unit.read.1 as usize])
    }

    /// Where units stand in the article.
    pub(super) fn span(&self, units: Range<usize>) -> Option<Span> {
        let (first, last) = (self.units.get(units.start)?, self.units.get(units.end.checked_sub(1)?)?);
        self.tokens.span(first.first as usize..last.last as usize)
    }

    /// What a unit is; beyond the end a break.
    pub(super) fn what(&self, unit: usize) -> What {
        self.unit(unit).map_or(What::Break, |u| u.what)
    }

    /// The count that a unit is.
    pub(super) fn count(&self, unit: usize) -> Option<usize> {
        match self.what(unit) {
            What::Count(index) => Some(index as usize),
            _ => None,
        }
    }

    /// The date that a unit is.
    pub(super) fn date(&self, unit: usize) -> Option<usize> {
        match self.what(unit) {
            What::Date(index) => Some(index as usize),
            _ => None,
        }
    }

    /// Whether a unit begins with a capital.
    pub(super) fn is_capitalised(&self, unit: usize) -> bool {
        self.unit(unit).is_some_and(|u| u.case >= Case::Capital)
    }

    /// Whether a unit is a possessive ending.
    pub(super) fn is_possessive(&self, unit: usize) -> bool {
        self.unit(unit).and_then(|u| self.tokens.get(u.first as usize)).is_some_and(|t| t.is_possessive())
    }

    /// Whether a unit follows the one before without white space.
    pub(super) fn is_glued(&self, unit: usize) -> bool {
        self.unit(unit).is_some_and(|u| self.tokens.is_glued(u.first as usize))
    }

    /// Whether a unit stands in a quotation.
    pub(super) fn is_quoted(&self, unit: usize) -> bool {
        self.unit(unit).and_then(|u| self.tokens.get(u.first as usize)).is_some_and(|t| t.is_quoted())
    }

    /// Whether a unit is this mark.
    pub(super) fn is_punct(&self, unit: usize, mark: &str) -> bool {
        self.what(unit) == What::Punct && self.word(unit) == mark
    }

    /// Whether a unit is one of several marks.
    pub(super) fn is_punct_any(&self, unit: usize, marks: &[&str]) -> bool {
        self.what(unit) == What::Punct && marks.contains(&self.word(unit))
    }

    /// Whether a unit is a word that the lexicon does not know.
    pub(super) fn is_unknown(&self, unit: usize) -> bool {
        self.unit(unit).is_some_and(|u| u.what == What::Word && u.pattern == NO_PATTERN)
    }

    /// Whether a unit has a sense in the lexicon beside its cues.
    pub(super) fn is_known(&self, unit: usize) -> bool {
        self.unit(unit).is_some_and(|u| u.sorts != 0)
    }

    /// The cues of a unit, as bits.
    pub(super) fn cues(&self, unit: usize) -> u64 {
        self.unit(unit).map_or(0, |u| u.cues)
    }

    /// Whether a unit can do what a cue does.
    pub(super) fn cue(&self, unit: usize, cue: Cue) -> bool {
        self.cues(unit) & bit(cue) != 0
    }

    /// Whether a unit can do what one of several cues does (bits).
    pub(super) fn any_cue(&self, unit: usize, bits: u64) -> bool {
        self.cues(unit) & bits != 0
    }

    /// Every meaning of a unit but its cues.
    pub(super) fn senses(&self, unit: usize) -> impl Iterator<Item = Sense> {
        let (pattern, case) = match self.unit(unit) {
            Some(u) if u.what == What::Word => (u.pattern, u.case),
            _ => (NO_PATTERN, Case::Any),
        };
        self.words.senses(pattern, case)
    }

    /// Whether a unit has a sense of a sort.
    fn has_sort(&self, unit: usize, sort: u8) -> bool {
        self.unit(unit).is_some_and(|u| u.sorts & sort != 0)
    }

    /// The party that a unit names, and how.
    pub(super) fn party(&self, unit: usize) -> Option<(u16, PartyWord)> {
        if !self.has_sort(unit, sort::PARTY) {
            return None;
        }
        self.senses(unit).find_map(|sense| match sense {
            Sense::Party { party, by } => Some((party, by)),
            _ => None,
        })
    }

    /// The party that a unit names in one of these ways.
    pub(super) fn party_by(&self, unit: usize, ways: &[PartyWord]) -> Option<u16> {
        if !self.has_sort(unit, sort::PARTY) {
            return None;
        }
        self.senses(unit).find_map(|sense| match sense {
            Sense::Party { party, by } if ways.contains(&by) => Some(party),
            _ => None,
        })
    }

    /// The noun that a unit is.
    pub(super) fn noun(&self, unit: usize) -> Option<&'a NounEntry> {
        if !self.has_sort(unit, sort::NOUN) {
            return None;
        }
        let words = self.words;
        self.senses(unit).find_map(|sense| match sense {
            Sense::Noun(noun) => words.nouns.get(noun as usize),
            _ => None,
        })
    }

    /// Whether a unit is a noun of this class.
    pub(super) fn is_noun(&self, unit: usize, class: NounClass) -> bool {
        self.noun(unit).is_some_and(|n| n.class == class)
    }

    /// The frame that a unit belongs to, and in which forms.
    pub(super) fn frame(&self, unit: usize) -> Option<(u16, Forms)> {
        if !self.has_sort(unit, sort::FRAME) {
            return None;
        }
        self.senses(unit).find_map(|sense| match sense {
            Sense::Frame { frame, forms } => Some((frame, forms)),
            _ => None,
        })
    }

    /// The entry of a frame.
    pub(super) fn frame_entry(&self, frame: u16) -> &'a FrameEntry {
        &self.words.frames[frame as usize]
    }

    /// The reporting word that a unit is.
    pub(super) fn reporting(&self, unit: usize) -> Option<&'a ReportingEntry> {
        if !self.has_sort(unit, sort::REPORTING) {
            return None;
        }
        let words = self.words;
        self.senses(unit).find_map(|sense| match sense {
            Sense::Reporting(entry) => words.reporting.get(entry as usize),
            _ => None,
        })
    }

    /// The known source that a unit names.
    pub(super) fn source(&self, unit: usize) -> Option<&'a SourceEntry> {
        if !self.has_sort(unit, sort::SOURCE) {
            return None;
        }
        let words = self.words;
        self.senses(unit).find_map(|sense| match sense {
            Sense::Source(source) => words.sources.get(source as usize),
            _ => None,
        })
    }

    /// Whether a unit is a title: "President", "spokesman".
    pub(super) fn is_title(&self, unit: usize) -> bool {
        if !self.has_sort(unit, sort::TITLE) {
            return false;
        }
        self.senses(unit).any(|sense| sense == Sense::Title)
    }

    /// Why a unit suppresses a number that stands so to it.
    pub(super) fn suppression(&self, unit: usize, beside: Beside) -> Option<&'a str> {
        if !self.has_sort(unit, sort::SUPPRESSION) {
            return None;
        }
        let words = self.words;
        self.senses(unit).find_map(|sense| match sense {
            Sense::Suppression { entry, place } if place == beside => {
                words.suppressions.get(entry as usize).map(|entry| &*entry.why)
            }
            _ => None,
        })
    }

    /// The kind of block that a unit's sentence begins in.
    pub(super) fn block_of(&self, unit: usize) -> BlockKind {
        self.block(self.sentence_of(unit))
    }

    /// The kind of block that a sentence begins in.
    pub(super) fn block(&self, sentence: usize) -> BlockKind {
        let place = self.sentence_of_text.get(sentence).map_or(usize::MAX, |place| *place as usize);
        self.tokens.sentences().get(place).map_or(BlockKind::Paragraph, |sentence| sentence.block)
    }

    /// Whether a sentence is the first of its block.
    pub(super) fn opens_block(&self, sentence: usize) -> bool {
        let place = self.sentence_of_text.get(sentence).map_or(usize::MAX, |place| *place as usize);
        self.tokens.sentences().get(place).is_some_and(|sentence| sentence.opens_block)
    }

    /// The sentence that a unit stands in.
    pub(super) fn sentence_of(&self, unit: usize) -> usize {
        self.sentences.partition_point(|range| range.end <= unit).min(self.sentences.len().saturating_sub(1))
    }

    /// The unit that a token belongs to.
    pub(super) fn unit_of_token(&self, token: usize) -> usize {
        self.units.partition_point(|unit| unit.last as usize <= token)
    }
}

/// A unit of tokens that no lexicon knows as one.
fn plain(tokens: &Tokens<'_>, first: usize, last: usize) -> Unit {
    let what = match tokens.kind(first) {
        TokenKind::Word => What::Word,
        TokenKind::Number => What::Number,
        TokenKind::Punct => What::Punct,
        TokenKind::Address => What::Address,
        TokenKind::Break => What::Break,
    };
    let case = match tokens.get(first) {
        Some(token) if token.is_all_caps() => Case::Capitals,
        Some(token) if token.is_capitalised() => Case::Capital,
        _ => Case::Any,
    };
    let read = match (tokens.get(first), tokens.get(last.saturating_sub(1))) {
        (Some(first), Some(last)) if first.read_start <= last.read_end => (first.read_start, last.read_end),
        _ => (0, 0),
    };
    let key = key(&tokens.read().as_bytes()[read.0 as usize..read.1 as usize]);
    Unit { first: first as u32, last: last as u32, read, what, case, pattern: NO_PATTERN, sorts: 0, key, cues: 0 }
}
