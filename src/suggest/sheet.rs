//! The sheet that the grammar works on: an article cut into units, each a word of the lexicon, a
//! count, a date, or a plain token, with what is known of it.

use std::ops::Range;

use super::lexicon_pass::{Case, Forms, Meaning, PartyWord, Sense, Words, bit, sort};
use super::tokens::{ALL_CAPS, CAPITALISED, GLUED, POSSESSIVE, QUOTED, TokenKind, Tokens};
use super::word_set::{WordSet, is_among, key, key_of};
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
    /// What it means by the lexicon ([`Words::meaning`]), or [`UNKNOWN`].
    meaning: u32,
    /// The sorts of its senses ([`sort`]).
    sorts: u8,
    /// The key of its words in the read view ([`key`]).
    key: u16,
    /// The flags of its first token.
    flags: u8,
    /// Its cues ([`bit`]).
    cues: u64,
}

impl Unit {
    /// With which capitals it begins.
    fn case(&self) -> Case {
        match self.flags {
            flags if flags & ALL_CAPS != 0 => Case::Capitals,
            flags if flags & CAPITALISED != 0 => Case::Capital,
            _ => Case::Any,
        }
    }
}

const UNKNOWN: u32 = u32::MAX;

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
            // "Thirty-one of the bodies": "one of the" does not begin inside a number.
            idioms.get(next).is_some_and(|idiom| idiom.start < range.end && idiom.start <= range.start)
        };
        // The next of each that is not behind us.
        let next_overlay = |mut place: usize, at: usize| {
            let over = |range: &Range<usize>| range.start < at || idiom(range);
            while overlays.get(place).is_some_and(|(range, _)| over(range)) {
                place += 1;
            }
            (place, overlays.get(place).map_or(usize::MAX, |(range, _)| range.start))
        };
        let ((mut overlay, mut boundary), mut hit) = (next_overlay(0, 0), 0);
        for (index, sentence) in tokens.sentences().iter().enumerate() {
            let from = units.len();
            let mut at = sentence.tokens.start;
            while at < sentence.tokens.end {
                if boundary < at {
                    (overlay, boundary) = next_overlay(overlay, at);
                }
                while hits.get(hit).is_some_and(|(range, _)| range.start < at) {
                    hit += 1;
                }
                let known = hits.get(hit).filter(|(range, _)| range.start == at && range.end <= boundary);
                let unit = if boundary == at {
                    let (range, what) = &overlays[overlay];
                    (overlay, boundary) = next_overlay(overlay + 1, at);
                    Unit { what: *what, ..plain(tokens, range.start, range.end.max(at + 1)) }
                } else if let Some((range, pattern)) = known {
                    hit += 1;
                    let unit = plain(tokens, range.start, range.end);
                    let meaning = words.meaning_of(*pattern, unit.case()).unwrap_or(UNKNOWN);
                    let sorts = words.meaning(meaning).map_or(0, |meaning| meaning.sorts);
                    let cues = words.cues(*pattern);
                    let known = sorts != 0 || cues != 0;
                    if known {
                        Unit { what: What::Word, meaning, sorts, cues, ..unit }
                    } else {
                        plain(tokens, at, at + 1)
                    }
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
    #[inline]
    fn unit(&self, unit: usize) -> Option<&Unit> {
        #[cfg(test)]
        super::work::tick();
        self.units.get(unit)
    }

    /// The read form of a unit: lower case; empty beyond the end.
    #[inline]
    pub(super) fn word(&self, unit: usize) -> &str {
        self.unit(unit).map_or("", |u| self.reads(u))
    }

    /// What tells the read form of a unit from most others ([`key`]).
    #[inline]
    pub(super) fn key(&self, unit: usize) -> u16 {
        self.unit(unit).map_or(0, |u| u.key)
    }

    /// The read form of units, white space and all.
    pub(super) fn words_of(&self, units: Range<usize>) -> &str {
        match (self.units.get(units.start), units.end.checked_sub(1).and_then(|last| self.units.get(last))) {
            (Some(first), Some(last)) => self.tokens.read_of(first.first as usize..last.last as usize),
            _ => "",
        }
    }

    /// Whether a unit reads as one of these. Nearly always it does not, and its key tells.
    #[inline]
    pub(super) fn is_any(&self, unit: usize, words: &WordSet) -> bool {
        let key = self.unit(unit).map_or(key(&[]), |unit| unit.key);
        words.may_have(key) && self.is_listed(unit, words)
    }

    /// Whether a unit has a sense of one of some sorts (bits).
    #[inline]
    pub(super) fn has_sort(&self, unit: usize, sorts: u8) -> bool {
        self.unit(unit).is_some_and(|u| u.sorts & sorts != 0)
    }

    #[inline(never)]
    fn is_listed(&self, unit: usize, words: &WordSet) -> bool {
        words.lists(self.word(unit))
    }

    /// Where units stand in the article.
    pub(super) fn span(&self, units: Range<usize>) -> Option<Span> {
        let (first, last) = (self.units.get(units.start)?, self.units.get(units.end.checked_sub(1)?)?);
        self.tokens.span(first.first as usize..last.last as usize)
    }

    /// Where a unit begins and ends in the article.
    #[inline]
    pub(super) fn place(&self, unit: usize) -> Option<(usize, usize)> {
        let (unit, tokens) = (self.unit(unit)?, self.tokens.all());
        let start = tokens.get(unit.first as usize)?.start;
        let end = tokens.get((unit.last as usize).checked_sub(1)?)?.end;
        (start < end).then_some((start as usize, end as usize))
    }

    /// What a unit is; beyond the end a break.
    #[inline]
    pub(super) fn what(&self, unit: usize) -> What {
        self.unit(unit).map_or(What::Break, |u| u.what)
    }

    /// The count that a unit is.
    #[inline]
    pub(super) fn count(&self, unit: usize) -> Option<usize> {
        match self.what(unit) {
            What::Count(index) => Some(index as usize),
            _ => None,
        }
    }

    /// The date that a unit is.
    #[inline]
    pub(super) fn date(&self, unit: usize) -> Option<usize> {
        match self.what(unit) {
            What::Date(index) => Some(index as usize),
            _ => None,
        }
    }

    /// Whether a unit begins with a capital.
    #[inline]
    pub(super) fn is_capitalised(&self, unit: usize) -> bool {
        self.unit(unit).is_some_and(|u| u.flags & (CAPITALISED | ALL_CAPS) != 0)
    }

    /// Whether a unit is a possessive ending.
    #[inline]
    pub(super) fn is_possessive(&self, unit: usize) -> bool {
        self.unit(unit).is_some_and(|u| u.flags & POSSESSIVE != 0)
    }

    /// Whether a unit follows the one before without white space.
    #[inline]
    pub(super) fn is_glued(&self, unit: usize) -> bool {
        self.unit(unit).is_some_and(|u| u.flags & GLUED != 0)
    }

    /// Whether a unit stands in a quotation.
    #[inline]
    pub(super) fn is_quoted(&self, unit: usize) -> bool {
        self.unit(unit).is_some_and(|u| u.flags & QUOTED != 0)
    }

    /// Whether a unit is this mark. Inlined, so that the key of the mark is made when the program is compiled.
    #[inline]
    pub(super) fn is_punct(&self, unit: usize, mark: &str) -> bool {
        let (at, key) = (unit, key(mark.as_bytes()));
        self.unit(at).is_some_and(|unit| unit.what == What::Punct && unit.key == key && self.reads(unit) == mark)
    }

    /// Whether a unit is one of several marks.
    #[inline]
    pub(super) fn is_punct_any(&self, unit: usize, marks: &[&str]) -> bool {
        self.what(unit) == What::Punct && self.is_mark(unit, marks)
    }

    #[inline(never)]
    fn is_mark(&self, unit: usize, marks: &[&str]) -> bool {
        is_among(self.word(unit), marks)
    }

    /// The read form of a unit.
    #[inline]
    fn reads(&self, unit: &Unit) -> &str {
        &self.tokens.read()[unit.read.0 as usize..unit.read.1 as usize]
    }

    /// Whether a unit is a word that the lexicon does not know.
    #[inline]
    pub(super) fn is_unknown(&self, unit: usize) -> bool {
        self.unit(unit).is_some_and(|u| u.what == What::Word && u.meaning == UNKNOWN)
    }

    /// Whether a unit has a sense in the lexicon beside its cues.
    #[inline]
    pub(super) fn is_known(&self, unit: usize) -> bool {
        self.unit(unit).is_some_and(|u| u.sorts != 0)
    }

    /// The cues of a unit, as bits.
    #[inline]
    pub(super) fn cues(&self, unit: usize) -> u64 {
        self.unit(unit).map_or(0, |u| u.cues)
    }

    /// Whether a unit can do what a cue does.
    #[inline]
    pub(super) fn cue(&self, unit: usize, cue: Cue) -> bool {
        self.cues(unit) & bit(cue) != 0
    }

    /// Whether a unit can do what one of several cues does (bits).
    #[inline]
    pub(super) fn any_cue(&self, unit: usize, bits: u64) -> bool {
        self.cues(unit) & bits != 0
    }

    /// What a unit means by the lexicon, if it has a sense of a sort.
    #[inline]
    fn meaning(&self, unit: usize, sort: u8) -> Option<&'a Meaning> {
        let unit = self.unit(unit).filter(|u| u.sorts & sort != 0)?;
        self.words.meaning(unit.meaning)
    }

    /// The party that a unit names, and how.
    #[inline]
    pub(super) fn party(&self, unit: usize) -> Option<(u16, PartyWord)> {
        self.meaning(unit, sort::PARTY).map(|meaning| meaning.party)
    }

    /// The party that a unit names in one of these ways.
    pub(super) fn party_by(&self, unit: usize, ways: &[PartyWord]) -> Option<u16> {
        let meaning = self.meaning(unit, sort::PARTY)?;
        self.words.senses(Some(meaning)).find_map(|sense| match sense {
            Sense::Party { party, by } if ways.contains(&by) => Some(party),
            _ => None,
        })
    }

    /// The noun that a unit is.
    #[inline]
    pub(super) fn noun(&self, unit: usize) -> Option<&'a NounEntry> {
        self.words.nouns.get(self.meaning(unit, sort::NOUN)?.noun as usize)
    }

    /// Whether a unit is a noun of this class.
    #[inline]
    pub(super) fn is_noun(&self, unit: usize, class: NounClass) -> bool {
        self.noun(unit).is_some_and(|n| n.class == class)
    }

    /// The frame that a unit belongs to, and in which forms.
    #[inline]
    pub(super) fn frame(&self, unit: usize) -> Option<(u16, Forms)> {
        self.meaning(unit, sort::FRAME).map(|meaning| meaning.frame)
    }

    /// The entry of a frame.
    pub(super) fn frame_entry(&self, frame: u16) -> &'a FrameEntry {
        &self.words.frames[frame as usize]
    }

    /// The reporting word that a unit is.
    #[inline]
    pub(super) fn reporting(&self, unit: usize) -> Option<&'a ReportingEntry> {
        self.words.reporting.get(self.meaning(unit, sort::REPORTING)?.reporting as usize)
    }

    /// The known source that a unit names.
    #[inline]
    pub(super) fn source(&self, unit: usize) -> Option<&'a SourceEntry> {
        self.words.sources.get(self.meaning(unit, sort::SOURCE)?.source as usize)
    }

    /// Whether a unit is a title: "President", "spokesman".
    #[inline]
    pub(super) fn is_title(&self, unit: usize) -> bool {
        self.unit(unit).is_some_and(|u| u.sorts & sort::TITLE != 0)
    }

    /// Why a unit suppresses a number that stands so to it.
    pub(super) fn suppression(&self, unit: usize, beside: Beside) -> Option<&'a str> {
        let meaning = self.meaning(unit, sort::SUPPRESSION)?;
        let words = self.words;
        words.senses(Some(meaning)).find_map(|sense| match sense {
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
#[inline]
fn plain(tokens: &Tokens<'_>, first: usize, last: usize) -> Unit {
    let all = tokens.all();
    let token = all.get(first);
    let what = match token.map_or(TokenKind::Break, |token| token.kind) {
        TokenKind::Word => What::Word,
        TokenKind::Number => What::Number,
        TokenKind::Punct => What::Punct,
        TokenKind::Address => What::Address,
        TokenKind::Break => What::Break,
    };
    let flags = token.map_or(0, |token| token.flags);
    let (read, key) = match (token, all.get(last.saturating_sub(1))) {
        (Some(token), _) if last == first + 1 => ((token.read_start, token.read_end), key_of(token.mixed)),
        (Some(first), Some(last)) if first.read_start <= last.read_end => {
            let read = (first.read_start, last.read_end);
            (read, key(&tokens.read().as_bytes()[read.0 as usize..read.1 as usize]))
        }
        _ => ((0, 0), key(&[])),
    };
    Unit { first: first as u32, last: last as u32, read, what, meaning: UNKNOWN, sorts: 0, key, flags, cues: 0 }
}
