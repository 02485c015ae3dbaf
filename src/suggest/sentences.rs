//! Where sentences and quotations begin and end.
//!
//! A sentence ends at a full stop, a question or exclamation mark, at a cell's border and at the
//! end of a block; it goes on over the end of a paragraph that stops short ("1,000 bodies,") where
//! the next begins with a small letter. A quotation that is left open at the end of a paragraph
//! goes on in the next, if that one opens with a mark again or brings the closing one.

use std::ops::Range;

use rustc_hash::FxHashSet;

use super::tokens::{Token, TokenKind, Tokens};
use super::word_set::WordSet;
use crate::article::{Block, BlockKind};
use crate::claim::{Name, Span};

/// A sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sentence {
    /// Its tokens, closing marks included. The break behind a block belongs to the sentence before it.
    pub tokens: Range<usize>,
    /// The kind of block that it begins in.
    pub block: BlockKind,
    /// Whether it is the first of its block.
    pub opens_block: bool,
}

/// A quotation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quotation {
    /// Its tokens, the marks included.
    pub tokens: Range<usize>,
    /// Where it stands, the marks included.
    pub span: Span,
    /// Whether a closing mark was found.
    pub closed: bool,
    /// Whether single marks were used.
    pub single: bool,
}

impl Quotation {
    /// The tokens between the marks.
    pub fn inner(&self) -> Range<usize> {
        let end = self.tokens.end - usize::from(self.closed);
        (self.tokens.start + 1).min(end)..end
    }
}

/// Words with a point that ends no sentence, in lower case and without the point: what the
/// lexicon's `abbreviations` add to.
const ABBREVIATIONS: &[&str] = &[
    "adm", "approx", "apr", "art", "assoc", "aug", "ave", "brig", "bros", "capt", "cf", "cmdr", "co", "col", "comdr",
    "corp", "cpl", "dec", "dept", "dr", "est", "etc", "feb", "fig", "fr", "ft", "gen", "gov", "hon", "inc", "jan",
    "jr", "jul", "jun", "lt", "ltd", "maj", "mar", "messrs", "mr", "mrs", "ms", "mt", "no", "nos", "nov", "oct", "op",
    "pp", "pres", "prof", "rep", "reps", "rev", "sen", "sens", "sep", "sept", "sgt", "spc", "sr", "st", "supt", "univ",
    "vol", "vs",
];

/// Words with a point that ends no sentence: those of English and a lexicon's.
#[derive(Clone, Debug, Default)]
pub struct Abbreviations(FxHashSet<Box<str>>);

impl Abbreviations {
    /// Those of a lexicon, written in any case, with or without their point.
    pub fn new(of_lexicon: &[Name]) -> Self {
        Self(of_lexicon.iter().map(|name| name.trim_end_matches('.').to_lowercase().into()).collect())
    }

    /// Whether a word in lower case, without its point, is one.
    fn has(&self, word: &str) -> bool {
        ABBREVIATIONS.binary_search(&word).is_ok() || self.0.contains(word)
    }
}

/// Abbreviations that may well stand last in a sentence: only the next word tells.
const EITHER: &WordSet = words![
    "apr", "aug", "co", "corp", "etc", "feb", "inc", "jan", "jr", "jul", "jun", "ltd", "nov", "oct", "sept", "sr"
];

/// "no" is a word far more often than "No."; it abbreviates only before a number.
const BEFORE_NUMBERS: &WordSet = words!["no", "nos", "art", "fig", "op", "vol", "pp", "mar", "est", "sep", "dec"];

/// Words that begin sentences and seldom names: after "U.S." they tell that the sentence is over.
const STARTERS: &[&str] = &[
    "a",
    "after",
    "all",
    "although",
    "an",
    "and",
    "as",
    "at",
    "both",
    "but",
    "by",
    "during",
    "each",
    "earlier",
    "for",
    "four",
    "he",
    "his",
    "however",
    "i",
    "if",
    "in",
    "it",
    "its",
    "last",
    "later",
    "many",
    "meanwhile",
    "more",
    "most",
    "no",
    "nor",
    "of",
    "on",
    "one",
    "only",
    "our",
    "she",
    "since",
    "so",
    "some",
    "such",
    "that",
    "the",
    "their",
    "then",
    "there",
    "these",
    "they",
    "this",
    "those",
    "three",
    "to",
    "two",
    "under",
    "we",
    "what",
    "when",
    "while",
    "who",
    "with",
    "you",
];

/// Splits into sentences. `blocks` are the first token and the block of each block that holds any.
pub(super) fn sentences(
    tokens: &Tokens<'_>,
    blocks: &[(usize, Block)],
    abbreviations: &Abbreviations,
) -> Vec<Sentence> {
    let mut sentences: Vec<Sentence> = Vec::with_capacity(tokens.len() / 20 + blocks.len());
    for (place, (first, block)) in blocks.iter().enumerate() {
        let end = blocks.get(place + 1).map_or(tokens.len(), |next| next.0);
        let on = place > 0 && goes_on(tokens, &blocks[place - 1].1, block, *first);
        let open = if on { sentences.pop() } else { None };
        split(tokens, *first..end, abbreviations, open, block, &mut sentences);
    }
    sentences
}

/// Splits the tokens of a block; `open` is the sentence of the block before that goes on in it.
fn split(
    tokens: &Tokens<'_>,
    range: Range<usize>,
    known: &Abbreviations,
    open: Option<Sentence>,
    block: &Block,
    sentences: &mut Vec<Sentence>,
) {
    let mut current =
        open.unwrap_or(Sentence { tokens: range.start..range.start, block: block.kind, opens_block: true });
    let Range { start: mut index, end } = range;
    let may_end = |index: usize| tokens.get(index).is_none_or(|token| may_end(tokens.read(), token));
    while index < end {
        // Nearly all tokens end nothing.
        index += (index..end).take_while(|index| !may_end(*index)).count();
        if index == end {
            current.tokens.end = end;
            break;
        }
        let behind = boundary(tokens, index, end, known);
        index = behind.unwrap_or(index + 1);
        current.tokens.end = index;
        if behind.is_some() && index < end {
            let next = Sentence { tokens: index..index, block: block.kind, opens_block: false };
            sentences.push(std::mem::replace(&mut current, next));
        }
    }
    if !current.tokens.is_empty() {
        sentences.push(current);
    }
}

/// Whether the sentence before a block goes on in it.
fn goes_on(tokens: &Tokens<'_>, before: &Block, block: &Block, first: usize) -> bool {
    let text = |kind| matches!(kind, BlockKind::Paragraph | BlockKind::Quote);
    if !text(before.kind) || !text(block.kind) || !tokens.is_word(first) {
        return false;
    }
    let small = tokens.source(first).chars().next().is_some_and(char::is_lowercase);
    // Behind the words of the block before stands its break.
    let Some(last) = first.checked_sub(2) else { return false };
    small && !(tokens.kind(last) == TokenKind::Punct && tokens.is_any(last, &[".", "!", "?", "…", ":", "\"", "|"]))
}

/// Whether a sentence may end at a token: a word with a point, or one of the marks. `false` is certain.
fn may_end(read: &str, token: &Token) -> bool {
    match token.kind {
        TokenKind::Word => read.as_bytes().get((token.read_end as usize).wrapping_sub(1)) == Some(&b'.'),
        // The first byte of "…" is one of many marks.
        TokenKind::Punct => matches!(token.initial, b'.' | b'!' | b'?' | b'|' | 0xE2),
        _ => false,
    }
}

/// The token behind the end of a sentence, if it ends at this token.
fn boundary(tokens: &Tokens<'_>, index: usize, end: usize, known: &Abbreviations) -> Option<usize> {
    let word = match tokens.kind(index) {
        TokenKind::Word | TokenKind::Punct => tokens.word(index),
        _ => return None,
    };
    let abbreviation = tokens.is_word(index);
    if abbreviation && !word.ends_with('.') {
        return None;
    }
    let point = match word {
        "." | "…" => true,
        "!" | "?" => false,
        "|" => return Some(index + 1),
        _ if abbreviation => true,
        _ => return None,
    };
    let mut next = index + 1;
    // Repeated and closing marks belong to the sentence.
    while next < end
        && tokens.kind(next) == TokenKind::Punct
        && tokens.is_glued(next)
        && tokens.is_any(next, &[".", "!", "?", "…", "\"", "'", ")", "]"])
    {
        next += 1;
    }
    let marks = next > index + 1;
    if next >= end || tokens.kind(next) == TokenKind::Break {
        // The break belongs to the sentence that it ends.
        return Some(end);
    }
    if tokens.is_glued(next) {
        return None;
    }
    // What follows decides: a small letter goes on, whatever stood before.
    let mut start = next;
    while start < end && tokens.kind(start) == TokenKind::Punct {
        if !tokens.is_any(start, &["\"", "'", "(", "[", "—", "–", "-", "•", "@", "#", "$", "€", "£"]) {
            return None;
        }
        start += 1;
    }
    let begins = match tokens.kind(start) {
        TokenKind::Word => !tokens.source(start).chars().next().is_some_and(char::is_lowercase),
        _ => true,
    };
    if !begins {
        return None;
    }
    if !point || marks && !abbreviation && tokens.word(index + 1) != "." {
        return Some(next);
    }
    let starter = tokens.is_any(start, STARTERS);
    if abbreviation {
        return starter.then_some(next);
    }
    let Some(before) = index.checked_sub(1).filter(|_| tokens.is_glued(index)) else { return Some(next) };
    let last = tokens.word(before);
    let number = tokens.kind(start) == TokenKind::Number;
    // "June 1st.": what is glued to digits abbreviates nothing.
    let after_digits = tokens.is_glued(before) && before > 0 && tokens.kind(before - 1) == TokenKind::Number;
    if tokens.is_word(before) && !after_digits {
        let initial =
            last.chars().count() == 1 && tokens.get(before).is_some_and(|t| t.is_capitalised()) && last != "i";
        if initial {
            return starter.then_some(next);
        }
        if known.has(last) {
            if BEFORE_NUMBERS.has(last) {
                return (!number).then_some(next);
            }
            if EITHER.has(last) {
                return starter.then_some(next);
            }
            return None;
        }
    }
    // "1. Kyiv": the number of a list item.
    let numbering =
        tokens.kind(before) == TokenKind::Number && (before == 0 || tokens.kind(before - 1) == TokenKind::Break);
    (!numbering).then_some(next)
}

/// What a quotation mark can do where it stands.
#[derive(Clone, Copy)]
struct Mark {
    opens: bool,
    closes: bool,
    /// The mark itself says which: “ or ”.
    says: Option<bool>,
    /// It is the first token of its block.
    leads: bool,
}

/// Finds the quotations: double marks of every shape, and single marks where they cannot be
/// apostrophes.
pub(super) fn quotations(tokens: &Tokens<'_>, blocks: &[(usize, Block)]) -> Vec<Quotation> {
    let mut found = Vec::new();
    let mut open: Option<usize> = None;
    for (place, (first, block)) in blocks.iter().enumerate() {
        let end = blocks.get(place + 1).map_or(tokens.len(), |next| next.0);
        // Headings, captions and cells are no part of a quotation that is open around them.
        let aside = matches!(block.kind, BlockKind::Heading(_) | BlockKind::Caption | BlockKind::TableRow);
        let mut here = if aside { None } else { open };
        for index in marks(tokens, *first..end, b'"') {
            let Some(mark) = double_mark(tokens, index, *first) else { continue };
            match here {
                None if mark.opens || mark.says == Some(true) => here = Some(index),
                None => {}
                // The opening mark that is repeated at the head of every paragraph of a long quotation.
                Some(start) if mark.leads && mark.opens && start < *first => {}
                Some(start) if mark.says == Some(true) && mark.opens && !mark.closes => {
                    found.push(quotation(tokens, start..index, false, false));
                    here = Some(index);
                }
                Some(start) if mark.closes || !mark.opens => {
                    found.push(quotation(tokens, start..index + 1, true, false));
                    here = None;
                }
                Some(start) => {
                    found.push(quotation(tokens, start..index, false, false));
                    here = Some(index);
                }
            }
        }
        if let Some(start) = here
            && (aside || !taken_up(tokens, blocks, place + 1))
        {
            found.push(quotation(tokens, start..end, false, false));
            here = None;
        }
        if !aside {
            open = here;
        }
        single_quotations(tokens, *first..end, &mut found);
    }
    if let Some(start) = open {
        found.push(quotation(tokens, start..tokens.len(), false, false));
    }
    found.retain(|q| !q.inner().is_empty());
    found.sort_by_key(|q| (q.tokens.start, std::cmp::Reverse(q.tokens.end)));
    found
}

/// Whether a quotation that is open is taken up by the next block of running text: it opens with a
/// mark again, or its first mark closes.
fn taken_up(tokens: &Tokens<'_>, blocks: &[(usize, Block)], next: usize) -> bool {
    let running = |block: &Block| matches!(block.kind, BlockKind::Paragraph | BlockKind::Quote | BlockKind::Item);
    // A picture or a cross-heading may stand between, no more.
    let Some(place) = (next..blocks.len().min(next + 3)).find(|place| running(&blocks[*place].1)) else { return false };
    let first = blocks[place].0;
    let end = blocks.get(place + 1).map_or(tokens.len(), |block| block.0);
    let mark = (first..end).find_map(|index| double_mark(tokens, index, first));
    mark.is_some_and(|mark| mark.leads && mark.opens || mark.closes && !mark.opens)
}

/// Where a mark of one byte stands in a range of tokens.
fn marks<'t>(tokens: &'t Tokens<'_>, range: Range<usize>, mark: u8) -> impl Iterator<Item = usize> + 't {
    let all = tokens.all().get(range.clone()).unwrap_or(&[]).iter().zip(range);
    let is = move |token: &Token| token.initial == mark && token.kind == TokenKind::Punct;
    all.filter(move |(token, _)| is(token)).map(|(_, index)| index)
}

fn double_mark(tokens: &Tokens<'_>, index: usize, first: usize) -> Option<Mark> {
    if tokens.kind(index) != TokenKind::Punct || !tokens.is(index, "\"") {
        return None;
    }
    let source = tokens.source(index);
    let leads = index == first;
    let bare_left = leads || !tokens.is_glued(index);
    let bare_right = !tokens.is_glued(index + 1);
    let left = if index > first { tokens.word(index - 1) } else { "" };
    let opens = !bare_right && (bare_left || matches!(left, "(" | "[" | "—" | "–" | "-" | "'" | "/" | ":"));
    let closes = !bare_left || !opens;
    let says = match source {
        "“" | "„" | "‟" => Some(true),
        "”" => Some(false),
        _ => None,
    };
    // A German “ closes, a Swedish ” opens: the place is stronger than the shape.
    let says = match says {
        Some(true) if !opens && closes => None,
        Some(false) if opens && bare_left => None,
        says => says,
    };
    Some(Mark { opens, closes: closes && !(opens && bare_left), says, leads })
}

/// Quotations in single marks within a block: opened where no apostrophe can stand, closed at
/// the last mark that can, one behind punctuation before one that might be a plural's possessive.
fn single_quotations(tokens: &Tokens<'_>, range: Range<usize>, found: &mut Vec<Quotation>) {
    let mut open: Option<usize> = None;
    let mut perhaps: Option<usize> = None;
    for index in marks(tokens, range.clone(), b'\'') {
        let bare_left = index == range.start || !tokens.is_glued(index);
        let left = tokens.word_before(index, 1);
        let after_opening = bare_left || matches!(left, "(" | "[" | "—" | "–" | "\"");
        let source = tokens.source(index);
        let opens = after_opening
            && tokens.is_glued(index + 1)
            && (source == "‘" || source == "'")
            && tokens.is_word(index + 1)
            && !tokens.is_any(index + 1, &["s", "til", "em", "tis", "twas", "cause", "bout", "n"]);
        if opens {
            if let (Some(start), Some(end)) = (open, perhaps) {
                found.push(quotation(tokens, start..end + 1, true, true));
            }
            (open, perhaps) = (Some(index), None);
        } else if let Some(start) = open
            && !bare_left
        {
            if tokens.get(index).is_some_and(|token| token.is_possessive()) {
                perhaps = Some(index);
            } else {
                found.push(quotation(tokens, start..index + 1, true, true));
                (open, perhaps) = (None, None);
            }
        }
    }
    if let (Some(start), Some(end)) = (open, perhaps) {
        found.push(quotation(tokens, start..end + 1, true, true));
    }
}

fn quotation(tokens: &Tokens<'_>, mut range: Range<usize>, closed: bool, single: bool) -> Quotation {
    while !closed && range.end > range.start && tokens.kind(range.end - 1) == TokenKind::Break {
        range.end -= 1;
    }
    let span = tokens.span(range.clone()).unwrap_or(Span { start: 0, end: 1 });
    Quotation { tokens: range, span, closed, single }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::{Markup, RepairView};

    fn check(text: &str, expected: &[&str]) {
        let tokens =
            Tokens::new(text, &Markup::of_plain(text), &RepairView::default(), &Abbreviations::new(&["Obl.".into()]));
        let shown: Vec<String> = tokens
            .sentences()
            .iter()
            .map(|s| tokens.span(s.tokens.clone()).map_or("", |span| span.of(text)).trim().replace('\n', "¶"))
            .collect();
        assert_eq!(shown, expected, "{text}");
        let mut end = 0;
        for sentence in tokens.sentences() {
            assert_eq!(sentence.tokens.start, end, "{text}");
            end = sentence.tokens.end;
        }
        assert_eq!(end, tokens.len());
    }

    #[test]
    fn abbreviations_are_sorted() {
        assert!(ABBREVIATIONS.is_sorted());
    }

    #[test]
    fn sentences_end_where_they_end() {
        check("One. Two! Three? “Four.” Five", &["One.", "Two!", "Three?", "“Four.”", "Five"]);
        check("It was Jan. 29 in Kharkiv Obl. East.", &["It was Jan. 29 in Kharkiv Obl. East."]);
        check("Gen. V. Ivanov met Dr. Kim. They left.", &["Gen. V. Ivanov met Dr. Kim.", "They left."]);
        check("U.S. officials left the U.S. The rest stayed.", &["U.S. officials left the U.S.", "The rest stayed."]);
        check("At 5 p.m. on Friday. 1,000 bodies", &["At 5 p.m. on Friday.", "1,000 bodies"]);
        check("He said no. She left. No. 5 won.", &["He said no.", "She left.", "No. 5 won."]);
        check("“Why?” he asked. Then…", &["“Why?” he asked.", "Then…"]);
        check("Title\n\nBody one. Body two\nNext", &["Title", "Body one.", "Body two", "Next"]);
        check("“1,000 bodies,\n\nwhich they claim,” he said.", &["“1,000 bodies,¶¶which they claim,” he said."]);
        check("a | b | c", &["a |", "b |", "c"]);
        check("Since Oct. In all, Feb. 3 and Jan. 29", &["Since Oct.", "In all, Feb. 3 and Jan. 29"]);
        check("It was June 1st. T-90s. It cost 5kg. Then", &["It was June 1st.", "T-90s.", "It cost 5kg.", "Then"]);
        check("We have 3.5 of them. ok. Yes", &["We have 3.5 of them. ok.", "Yes"]);
        check("", &[]);
    }

    fn quotes(text: &str, expected: &[&str]) {
        let tokens = Tokens::of_text(text);
        let shown: Vec<String> = tokens.quotations().iter().map(|q| q.span.of(text).replace('\n', "¶")).collect();
        assert_eq!(shown, expected, "{text}");
    }

    #[test]
    fn quotations_begin_and_end_in_every_style() {
        quotes("He said “a b” and \"c\".", &["“a b”", "\"c\""]);
        quotes(
            "\"Ukraine has been handed over 1,000,” he said. \"Yes.\"",
            &["\"Ukraine has been handed over 1,000,”", "\"Yes.\""],
        );
        quotes("„a“ und «b»", &["„a“", "«b»"]);
        quotes(
            "“1,000 bodies,\n\nwhich they claim,” he said.\n\n“Two,” he added.",
            &["“1,000 bodies,¶¶which they claim,”", "“Two,”"],
        );
        quotes("“One.\n\n“Two.”\n\nThree", &["“One.¶¶“Two.”"]);
        quotes("“One never closes.\n\nTwo says “x”.", &["“One never closes.", "“x”"]);
        quotes("It's the soldiers' 'tens of thousands more' here", &["'tens of thousands more'"]);
        quotes("with ‘the soldiers’ bodies’ still", &["‘the soldiers’ bodies’"]);
        quotes("a “b ‘c d’ e” f", &["“b ‘c d’ e”", "‘c d’"]);
        quotes("a 5\" gun and 'tis so", &[]);
        quotes("\" \"\"", &[]);
    }

    #[test]
    fn damaged_marks_are_marks() {
        let text = "\u{e42}Yes,\u{e42} he said.";
        let repairs = RepairView::new(vec![(0, '\u{e42}', '“'), (7, '\u{e42}', '”')]);
        let tokens = Tokens::new(text, &Markup::of_plain(text), &repairs, &Abbreviations::default());
        assert_eq!(tokens.quotations().len(), 1);
        assert_eq!(tokens.word(0), "\"");
        assert!(tokens.quotations()[0].closed);
        assert_eq!(tokens.quotations()[0].inner(), 1..3);
    }
}
