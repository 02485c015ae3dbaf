//! The words of an article as suggestions read them: markup skipped, damage repaired, case folded.
//!
//! Two texts run side by side. The **source** is the article's text: spans count into it and
//! nothing else is ever handed out. The **read view** ([`Tokens::read`]) is what the rules look
//! at: lower case, markup and invisible characters gone, damaged characters as they were meant,
//! every stretch of white space one space, every end of a block a line feed, every apostrophe
//! `'`, every double quotation mark `"`, every hyphen `-`. Each token knows its place in both, so
//! a dictionary can be run over the read view and its hits brought home with
//! [`Tokens::at_read`].
//!
//! Nothing is allocated for a token; the whole is one pass over the text.

use std::ops::Range;

use super::sentences::{self, Quotation, Sentence};
use crate::article::{Article, Block, BlockKind, Markup, RepairView};
use crate::claim::{Name, Span};

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TokenKind {
    /// Letters, with the digits, apostrophes and abbreviating points inside: "Moscow", "didn't",
    /// "U.S.", "F16". Hyphens separate: "prisoner-of-war" is five tokens, all but the first glued.
    /// A possessive is a token of its own: "Russia" "'s".
    Word,
    /// Digits with the separators between them, as written: "1,000", "29.01.2026", "½". What is
    /// glued behind ("1K", "29th") is a word.
    Number,
    /// One mark.
    Punct,
    /// An address (link, e-mail), whole. Its read form is U+FFFC: nothing in it is ever read.
    Address,
    /// The end of a block. Its read form is a line feed; its span is the gap.
    Break,
}

/// One token: 24 bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    /// First byte in the source.
    pub start: u32,
    /// First byte behind, in the source.
    pub end: u32,
    /// First byte in the read view.
    pub read_start: u32,
    /// First byte behind, in the read view.
    pub read_end: u32,
    /// Index into [`Tokens::sentences`].
    pub sentence: u32,
    /// What it is.
    pub kind: TokenKind,
    flags: u8,
}

const CAPITALISED: u8 = 1;
const ALL_CAPS: u8 = 2;
const GLUED: u8 = 4;
const POSSESSIVE: u8 = 8;
const HAS_DIGIT: u8 = 16;
const QUOTED: u8 = 32;

impl Token {
    /// Whether it begins with a capital letter.
    pub fn is_capitalised(&self) -> bool {
        self.flags & CAPITALISED != 0
    }

    /// Whether it has two letters or more, all of them capitals.
    pub fn is_all_caps(&self) -> bool {
        self.flags & ALL_CAPS != 0
    }

    /// Whether it follows the token before without white space.
    pub fn is_glued(&self) -> bool {
        self.flags & GLUED != 0
    }

    /// Whether it is a possessive ending: "'s", or the "'" of "soldiers'".
    pub fn is_possessive(&self) -> bool {
        self.flags & POSSESSIVE != 0
    }

    /// Whether a digit is in it.
    pub fn has_digit(&self) -> bool {
        self.flags & HAS_DIGIT != 0
    }

    /// Whether it stands inside a quotation, the marks themselves included.
    pub fn is_quoted(&self) -> bool {
        self.flags & QUOTED != 0
    }

    /// Its span in the source. A [`TokenKind::Break`] at the end of a text may be empty: it has none.
    pub fn span(&self) -> Option<Span> {
        (self.start < self.end).then_some(Span { start: self.start, end: self.end })
    }
}

/// The tokens of a text, its sentences and its quotations.
#[derive(Clone, Debug)]
pub struct Tokens<'t> {
    text: &'t str,
    read: String,
    tokens: Vec<Token>,
    sentences: Vec<Sentence>,
    quotations: Vec<Quotation>,
}

impl<'t> Tokens<'t> {
    /// Reads an article. `abbreviations` are those of the lexicon, beside the built-in ones.
    pub fn of_article(article: &'t Article, abbreviations: &[Name]) -> Self {
        Self::new(&article.text, &article.markup, &article.repairs, abbreviations)
    }

    /// Reads a text without markup or damage: every line is a block.
    pub fn of_text(text: &'t str, abbreviations: &[Name]) -> Self {
        Self::new(text, &Markup::of_plain(text), &RepairView::default(), abbreviations)
    }

    /// Reads a text with its markup and repairs. Spans that do not fit the text are passed over.
    pub fn new(text: &'t str, markup: &Markup, repairs: &RepairView, abbreviations: &[Name]) -> Self {
        let mut builder = Builder::new(text, markup, repairs);
        let mut blocks = Vec::with_capacity(markup.blocks.len());
        for block in &markup.blocks {
            let fits = text.get(block.span.range()).is_some() && block.span.start as usize >= builder.done;
            if fits && block.kind != BlockKind::Furniture {
                blocks.extend(builder.block(*block).map(|first| (first, *block)));
            }
        }
        let Builder { read, tokens, .. } = builder;
        let mut view = Self { text, read, tokens, sentences: Vec::new(), quotations: Vec::new() };
        view.quotations = sentences::quotations(&view, &blocks);
        view.sentences = sentences::sentences(&view, &blocks, abbreviations);
        for (index, sentence) in view.sentences.iter().enumerate() {
            for token in &mut view.tokens[sentence.tokens.clone()] {
                token.sentence = index as u32;
            }
        }
        for quotation in &view.quotations {
            for token in &mut view.tokens[quotation.tokens.clone()] {
                token.flags |= QUOTED;
            }
        }
        view
    }

    /// The source: the article's text.
    pub fn text(&self) -> &'t str {
        self.text
    }

    /// The read view, to run a dictionary over. Positions in it are good for [`Tokens::at_read`] only.
    pub fn read(&self) -> &str {
        &self.read
    }

    /// How many tokens there are.
    pub fn len(&self) -> usize {
        self.tokens.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.tokens.is_empty()
    }

    /// Every token, in order.
    pub fn all(&self) -> &[Token] {
        &self.tokens
    }

    /// The token at an index.
    pub fn get(&self, index: usize) -> Option<&Token> {
        self.tokens.get(index)
    }

    /// What the token at an index is; beyond the end a break.
    pub fn kind(&self, index: usize) -> TokenKind {
        self.tokens.get(index).map_or(TokenKind::Break, |token| token.kind)
    }

    /// Whether the token at an index is a word.
    pub fn is_word(&self, index: usize) -> bool {
        self.kind(index) == TokenKind::Word
    }

    /// Whether the token at an index follows the one before without white space.
    pub fn is_glued(&self, index: usize) -> bool {
        self.tokens.get(index).is_some_and(Token::is_glued)
    }

    /// The read form of a token: lower case, repaired; empty beyond the end.
    pub fn word(&self, index: usize) -> &str {
        let Some(token) = self.tokens.get(index) else { return "" };
        &self.read[token.read_start as usize..token.read_end as usize]
    }

    /// The read form of the token `back` places before an index; empty before the beginning.
    pub fn word_before(&self, index: usize, back: usize) -> &str {
        index.checked_sub(back).map_or("", |index| self.word(index))
    }

    /// Whether the token at an index reads so (in lower case).
    pub fn is(&self, index: usize, word: &str) -> bool {
        self.word(index) == word
    }

    /// Whether the token at an index reads as one of these.
    pub fn is_any(&self, index: usize, words: &[&str]) -> bool {
        words.contains(&self.word(index))
    }

    /// Whether tokens from an index on read as this phrase, one element a token.
    pub fn starts(&self, index: usize, phrase: &[&str]) -> bool {
        phrase.iter().enumerate().all(|(place, word)| self.word(index + place) == *word)
    }

    /// Whether the tokens just before an index read as this phrase.
    pub fn ends(&self, index: usize, phrase: &[&str]) -> bool {
        index.checked_sub(phrase.len()).is_some_and(|start| self.starts(start, phrase))
    }

    /// The read form of a range of tokens, white space and all.
    pub fn read_of(&self, range: Range<usize>) -> &str {
        match (self.tokens.get(range.start), range.end.checked_sub(1).and_then(|last| self.tokens.get(last))) {
            (Some(first), Some(last)) if range.start < range.end => {
                &self.read[first.read_start as usize..last.read_end as usize]
            }
            _ => "",
        }
    }

    /// The source of a token, as it stands; empty beyond the end.
    pub fn source(&self, index: usize) -> &'t str {
        self.tokens.get(index).and_then(Token::span).map_or("", |span| span.of(self.text))
    }

    /// The span in the source from the first of these tokens to the last. `None` for an empty range.
    pub fn span(&self, range: Range<usize>) -> Option<Span> {
        if range.is_empty() {
            return None;
        }
        let (first, last) = (self.tokens.get(range.start)?, self.tokens.get(range.end - 1)?);
        (first.start < last.end).then_some(Span { start: first.start, end: last.end })
    }

    /// The tokens that share a byte with a span of the source.
    pub fn within(&self, span: Span) -> Range<usize> {
        let start = self.tokens.partition_point(|token| token.end <= span.start);
        start..self.tokens.partition_point(|token| token.start < span.end).max(start)
    }

    /// The token that covers a byte of the read view, or the next one behind it.
    pub fn at_read(&self, byte: usize) -> usize {
        self.tokens.partition_point(|token| token.read_end as usize <= byte)
    }

    /// Whether a stretch of the read view begins and ends on token boundaries, and which tokens it
    /// holds: how a hit of a dictionary becomes a range of tokens.
    pub fn at_read_range(&self, range: Range<usize>) -> Option<Range<usize>> {
        let first = self.at_read(range.start);
        if self.tokens.get(first)?.read_start as usize != range.start {
            return None;
        }
        // Hits are a few tokens long: walking is cheaper than searching.
        let mut last = first;
        while (self.tokens.get(last)?.read_end as usize) < range.end {
            last += 1;
        }
        (self.tokens[last].read_end as usize == range.end).then_some(first..last + 1)
    }

    /// The sentences, in order, without gaps between the tokens.
    pub fn sentences(&self) -> &[Sentence] {
        &self.sentences
    }

    /// The index of the sentence that a token stands in.
    pub fn sentence_index(&self, index: usize) -> usize {
        self.tokens.get(index).map_or_else(|| self.sentences.len().saturating_sub(1), |t| t.sentence as usize)
    }

    /// The tokens of the sentence that a token stands in; empty in an empty text.
    pub fn sentence_tokens(&self, index: usize) -> Range<usize> {
        self.sentences.get(self.sentence_index(index)).map_or(0..0, |sentence| sentence.tokens.clone())
    }

    /// The quotations, in order.
    pub fn quotations(&self) -> &[Quotation] {
        &self.quotations
    }

    /// The innermost quotation that a token stands in.
    pub fn quotation_of(&self, index: usize) -> Option<&Quotation> {
        if !self.tokens.get(index)?.is_quoted() {
            return None;
        }
        let behind = self.quotations.partition_point(|quotation| quotation.tokens.start <= index);
        self.quotations[..behind].iter().rev().take(4).find(|quotation| quotation.tokens.contains(&index))
    }
}

/// A character of the read view, and where it stands in the source.
#[derive(Clone, Copy)]
struct Char {
    start: usize,
    end: usize,
    char: char,
    /// Whether markup that separates words (a cell's border, a tag) stood just before.
    parted: bool,
    /// Where a cell's border stood in that markup.
    border: Option<usize>,
}

/// One pass over a text.
struct Builder<'t, 'm> {
    text: &'t str,
    markup: &'m Markup,
    repairs: &'m [(u32, char, char)],
    read: String,
    tokens: Vec<Token>,
    /// First syntax span that ends behind the place reached.
    hole: usize,
    /// First link that ends behind the place reached.
    link: usize,
    /// First repair at or behind the place reached.
    repair: usize,
    /// End of the block.
    limit: usize,
    /// Before this byte there is neither markup nor damage.
    plain: usize,
    /// Everything before this byte has been read.
    done: usize,
    space: bool,
}

impl<'t, 'm> Builder<'t, 'm> {
    fn new(text: &'t str, markup: &'m Markup, repairs: &'m RepairView) -> Self {
        Self {
            text,
            markup,
            repairs: repairs.repairs(),
            read: String::with_capacity(text.len()),
            tokens: Vec::with_capacity(text.len() / 4),
            hole: 0,
            link: 0,
            repair: 0,
            limit: 0,
            plain: 0,
            done: 0,
            space: true,
        }
    }

    /// Moves the cursors past what ends at or before `place`.
    fn settle(&mut self, place: usize) {
        let Self { markup, repairs, .. } = self;
        while markup.syntax.get(self.hole).is_some_and(|span| span.end as usize <= place) {
            self.hole += 1;
        }
        while markup.links.get(self.link).is_some_and(|span| span.end as usize <= place) {
            self.link += 1;
        }
        while repairs.get(self.repair).is_some_and(|repair| (repair.0 as usize) < place) {
            self.repair += 1;
        }
        let next = [
            markup.syntax.get(self.hole).map(|span| span.start as usize),
            markup.links.get(self.link).map(|span| span.start as usize),
            repairs.get(self.repair).map(|repair| repair.0 as usize),
        ];
        self.plain = next.into_iter().flatten().fold(self.limit, usize::min);
    }

    /// The next character at or behind `place`, markup and invisible characters skipped. `None` at
    /// the end of the block and where an address begins.
    fn next(&self, place: usize) -> Option<Char> {
        if place < self.plain {
            let byte = self.text.as_bytes()[place];
            if byte.is_ascii() && byte != 0 {
                return Some(Char { start: place, end: place + 1, char: byte as char, parted: false, border: None });
            }
        }
        self.next_slow(place)
    }

    fn next_slow(&self, mut place: usize) -> Option<Char> {
        let (mut hole, mut link, mut repair) = (self.hole, self.link, self.repair);
        let (mut parted, mut border) = (false, None);
        while place < self.limit {
            let holes = &self.markup.syntax;
            while holes.get(hole).is_some_and(|span| span.end as usize <= place) {
                hole += 1;
            }
            if let Some(span) = holes.get(hole).filter(|span| span.start as usize <= place) {
                let syntax = span.of(self.text);
                parted |= syntax.contains(['|', '<', '\n']);
                border = border.or_else(|| syntax.find('|').map(|bar| span.start as usize + bar));
                place = span.end as usize;
                continue;
            }
            let links = &self.markup.links;
            while links.get(link).is_some_and(|span| span.end as usize <= place) {
                link += 1;
            }
            if links.get(link).is_some_and(|span| span.start as usize <= place) {
                return None;
            }
            let char = self.text.get(place..self.limit)?.chars().next()?;
            let (start, end) = (place, place + char.len_utf8());
            while self.repairs.get(repair).is_some_and(|r| (r.0 as usize) < place) {
                repair += 1;
            }
            let meant = self.repairs.get(repair).filter(|r| r.0 as usize == place).map_or(char, |r| r.2);
            if is_invisible(meant) {
                place = end;
                continue;
            }
            return Some(Char { start, end, char: meant, parted, border });
        }
        None
    }

    /// Reads a block; gives its first token, if there is anything to be read in it.
    fn block(&mut self, block: Block) -> Option<usize> {
        let (start, end) = (block.span.start as usize, block.span.end as usize);
        if !self.tokens.is_empty() && self.tokens.last().is_some_and(|token| token.kind != TokenKind::Break) {
            self.space = false;
            let from = self.tokens.last().map_or(0, |token| token.end as usize);
            let read = self.read.len();
            self.read.push('\n');
            self.push(TokenKind::Break, from, start.max(from), read, 0);
        }
        self.space = true;
        self.limit = end;
        let before = self.tokens.len();
        let mut place = start;
        self.settle(place);
        loop {
            if place >= self.plain {
                self.settle(place);
            }
            match self.next(place) {
                Some(c) => place = self.token(c),
                None => match self.address(place) {
                    Some(behind) => place = behind,
                    None => break,
                },
            }
        }
        self.done = end;
        if self.tokens.len() > before {
            return Some(before);
        }
        if self.tokens.last().is_some_and(|token| token.kind == TokenKind::Break) {
            // Nothing to be read in this block: the break belongs to the next one.
            self.tokens.pop();
            self.read.pop();
        }
        None
    }

    /// The address that begins at or behind `place` (behind markup only), if one stopped us.
    fn address(&mut self, place: usize) -> Option<usize> {
        let mut place = place;
        loop {
            self.settle(place);
            if place >= self.limit {
                return None;
            }
            if let Some(hole) = self.markup.syntax.get(self.hole).filter(|span| span.start as usize <= place) {
                place = hole.end as usize;
                continue;
            }
            if let Some(link) = self.markup.links.get(self.link).filter(|span| span.start as usize <= place) {
                let end = (link.end as usize).min(self.limit);
                let read = self.begin(false);
                self.read.push('\u{fffc}');
                self.push(TokenKind::Address, place, end, read, 0);
                return Some(end);
            }
            // Invisible characters before it.
            place += self.text.get(place..self.limit)?.chars().next()?.len_utf8();
        }
    }

    /// Writes the space before a token, and gives its place in the read view.
    fn begin(&mut self, parted: bool) -> usize {
        self.space |= parted;
        if self.space && !self.read.is_empty() && !self.read.ends_with('\n') {
            self.read.push(' ');
        }
        self.read.len()
    }

    fn push(&mut self, kind: TokenKind, start: usize, end: usize, read: usize, flags: u8) {
        let glued = if self.space { 0 } else { GLUED };
        self.space = false;
        self.tokens.push(Token {
            start: start as u32,
            end: end as u32,
            read_start: read as u32,
            read_end: self.read.len() as u32,
            sentence: 0,
            kind,
            flags: flags | glued,
        });
    }

    /// Reads one token (or white space) that begins with `first`; gives the byte behind it.
    fn token(&mut self, first: Char) -> usize {
        if let Some(border) = first.border {
            // A cell's border that is markup still ends what stands in the cell.
            let read = self.begin(true);
            self.read.push('|');
            self.push(TokenKind::Punct, border, border + 1, read, 0);
            self.space = true;
        }
        match first.char {
            c if c.is_whitespace() || c.is_control() => {
                self.space = true;
                first.end
            }
            c if digit(c).is_some() => self.number(first),
            '¼'..='¾' | '⅐'..='⅞' => {
                let read = self.begin(first.parted);
                self.read.push(first.char);
                self.push(TokenKind::Number, first.start, first.end, read, HAS_DIGIT);
                first.end
            }
            c if is_letter(c) => self.word(first),
            _ => self.mark(first),
        }
    }

    fn number(&mut self, first: Char) -> usize {
        let read = self.begin(first.parted);
        let mut end = first.start;
        let mut next = Some(first);
        while let Some(c) = next {
            if let Some(figure) = digit(c.char) {
                self.read.push(figure);
                end = c.end;
                next = self.next(end).filter(|c| !c.parted);
                continue;
            }
            // A separator counts only with a digit on its other side.
            let separator = matches!(c.char, ',' | '.' | '\'' | '’');
            match separator.then(|| self.next(c.end)).flatten().filter(|c| !c.parted && digit(c.char).is_some()) {
                Some(behind) => {
                    self.read.push(if c.char == '’' { '\'' } else { c.char });
                    next = Some(behind);
                }
                None => break,
            }
        }
        self.push(TokenKind::Number, first.start, end, read, HAS_DIGIT);
        end
    }

    fn word(&mut self, first: Char) -> usize {
        let read = self.begin(first.parted);
        let mut flags = if first.char.is_uppercase() { CAPITALISED } else { 0 };
        let (mut letters, mut capitals) = (0usize, 0usize);
        let (mut end, mut last) = (first.start, first);
        let mut next = Some(first);
        while let Some(c) = next {
            if c.char.is_ascii_lowercase() {
                self.read.push(c.char);
                letters += 1;
            } else if is_letter(c.char) {
                letters += 1;
                capitals += usize::from(c.char.is_uppercase());
                push_lower(&mut self.read, c.char);
            } else if let Some(figure) = digit(c.char) {
                self.read.push(figure);
                flags |= HAS_DIGIT;
            } else if is_mark(c.char) || c.char == '_' {
                self.read.push(c.char);
            } else if is_apostrophe(c.char) {
                // "O'Brien", "didn't": inside; "Russia's": a token of its own.
                let Some(behind) = self.next(c.end).filter(|b| !b.parted && is_letter(b.char)) else { break };
                let ending = matches!(behind.char, 's' | 'S')
                    && self
                        .next(behind.end)
                        .is_none_or(|b| b.parted || !(is_letter(b.char) || digit(b.char).is_some()));
                if ending {
                    break;
                }
                self.read.push('\'');
            } else if c.char == '.' && letters > 0 && self.abbreviates(last, c) {
                self.read.push('.');
                end = c.end;
                last = c;
                next = self.next(end).filter(|n| !n.parted && is_letter(n.char));
                if end >= self.plain {
                    self.settle(end);
                }
                continue;
            } else {
                break;
            }
            end = c.end;
            last = c;
            if end >= self.plain {
                self.settle(end);
            }
            next = self.next(end).filter(|n| !n.parted);
        }
        if letters > 1 && capitals == letters {
            flags |= ALL_CAPS;
        }
        self.push(TokenKind::Word, first.start, end, read, flags);
        self.possessive(end)
    }

    /// Whether a point belongs to the word: "U.S.", "p.m.", a single letter on its left, and on its
    /// right a single letter with a point, or the end of such a chain.
    fn abbreviates(&self, letter: Char, point: Char) -> bool {
        if !is_letter(letter.char) {
            return false;
        }
        // The letter stands alone: at the start of the word or behind another point.
        let token = self.tokens.last().map_or(0, |token| token.read_end as usize);
        let word = self.read[token..].trim_start();
        let chain = word.rsplit('.').next().is_some_and(|part| part.chars().count() == 1);
        if !chain {
            return false;
        }
        if word.contains('.') {
            return true;
        }
        let Some(second) = self.next(point.end).filter(|c| !c.parted && is_letter(c.char)) else { return false };
        self.next(second.end).is_some_and(|c| c.char == '.')
    }

    /// The possessive behind a word that ends at `end`.
    fn possessive(&mut self, end: usize) -> usize {
        let Some(apostrophe) = self.next(end).filter(|c| !c.parted && is_apostrophe(c.char)) else { return end };
        let Some(s) = self.next(apostrophe.end).filter(|c| !c.parted && matches!(c.char, 's' | 'S')) else {
            return end;
        };
        if self.next(s.end).is_some_and(|c| !c.parted && (is_letter(c.char) || digit(c.char).is_some())) {
            return end;
        }
        let read = self.read.len();
        self.read.push_str("'s");
        self.push(TokenKind::Word, apostrophe.start, s.end, read, POSSESSIVE);
        s.end
    }

    fn mark(&mut self, first: Char) -> usize {
        // An address that no markup tells of.
        if first.char == ':'
            && self.tokens.last().is_some_and(|token| token.kind == TokenKind::Word && !self.space)
            && self.text[first.end..self.limit].starts_with("//")
        {
            return self.bare_address(first.end);
        }
        let read = self.begin(first.parted);
        let after_s = !self.space
            && self.tokens.last().is_some_and(|t| t.kind == TokenKind::Word && t.read_end as usize == read)
            && self.read.ends_with('s');
        let (char, flags) = match first.char {
            '‘' | '‚' | '‛' => ('\'', 0),
            c if is_apostrophe(c) => {
                let open_ended = self.next(first.end).is_none_or(|c| c.parted || c.char.is_whitespace());
                ('\'', if after_s && open_ended { POSSESSIVE } else { 0 })
            }
            '“' | '”' | '„' | '‟' | '«' | '»' | '″' | '＂' => ('"', 0),
            '\u{2010}' | '\u{2011}' | '\u{2212}' => ('-', 0),
            '\u{2012}' | '\u{2013}' => ('–', 0),
            '\u{2014}' | '\u{2015}' => ('—', 0),
            c => (c, 0),
        };
        self.read.push(char);
        self.push(TokenKind::Punct, first.start, first.end, read, flags);
        first.end
    }

    /// Makes the word before ("https") and all up to white space one address.
    fn bare_address(&mut self, from: usize) -> usize {
        let length = self.text[from..self.limit]
            .find(|c: char| c.is_whitespace() || matches!(c, '<' | '>' | '"' | '“' | '”' | '|'))
            .unwrap_or(self.limit - from);
        let body = self.text[from..from + length].trim_end_matches(['.', ',', ';', ')', ']', '!', '?', '\'']);
        let end = from + body.len();
        if let Some(word) = self.tokens.last_mut() {
            self.read.truncate(word.read_start as usize);
            self.read.push('\u{fffc}');
            *word = Token {
                end: end as u32,
                read_end: self.read.len() as u32,
                kind: TokenKind::Address,
                flags: word.flags & GLUED,
                ..*word
            };
        }
        self.settle(end);
        end
    }
}

fn is_letter(c: char) -> bool {
    c.is_ascii_alphabetic() || (!c.is_ascii() && c.is_alphabetic())
}

/// Combining marks, which belong to the letter before them.
fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{1ab0}'..='\u{1aff}' | '\u{20d0}'..='\u{20ff}' | '\u{fe20}'..='\u{fe2f}')
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | 'ʼ' | '′' | '`' | '´')
}

/// Characters that are there and not seen: joiners, soft hyphens, marks of direction.
fn is_invisible(c: char) -> bool {
    matches!(c, '\0' | '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}'
        | '\u{2066}'..='\u{2069}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}')
}

/// The ASCII digit of a decimal digit: full-width and Arabic ones included.
fn digit(c: char) -> Option<char> {
    let zero = match c {
        '0'..='9' => return Some(c),
        '０'..='９' => '０',
        '٠'..='٩' => '٠',
        '۰'..='۹' => '۰',
        _ => return None,
    };
    char::from_digit(c as u32 - zero as u32, 10)
}

fn push_lower(read: &mut String, c: char) {
    if c.is_ascii() {
        read.push(c.to_ascii_lowercase());
    } else {
        read.extend(c.to_lowercase());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(tokens: &Tokens<'_>) -> String {
        let words: Vec<&str> = (0..tokens.len()).map(|i| tokens.word(i)).collect();
        words.join("·").replace('\n', "¶")
    }

    fn check(text: &str, expected: &str) {
        assert_eq!(shown(&Tokens::of_text(text, &[])), expected, "{text}");
    }

    #[test]
    fn words_numbers_and_marks() {
        check("Russia’s 1,000 soldiers' remains.", "russia·'s·1,000·soldiers·'·remains·.");
        check("1K, 46k and 2.5bn; 1\u{a0}000 or 1'000", "1·k·,·46·k·and·2.5·bn·;·1·000·or·1'000");
        check("prisoner-of-war swaps", "prisoner·-·of·-·war·swaps");
        check("U.S. media at 5 p.m. today", "u.s.·media·at·5·p.m.·today");
        check("the U.N. said", "the·u.n.·said");
        check("on 18/9, 29.01.2026 and Jan. 29.", "on·18·/·9·,·29.01.2026·and·jan·.·29·.");
        check("didn't O’Brien it’s F16 T-72", "didn't·o'brien·it·'s·f16·t·-·72");
        check("one\n\ntwo  three\n", "one·¶·two·three");
        check("İstanbul ÅNGSTRÖM cafe\u{301}", "i\u{307}stanbul·ångström·cafe\u{301}");
        check("see https://x.org/2026/01/29/a-1k. Then", "see·\u{fffc}·.·then");
        check("", "");
        check("\u{feff}a\u{ad}b \u{200b} ٣", "ab·3");
    }

    #[test]
    fn markup_is_read_past_and_damage_read_as_it_was_meant() {
        let text = "**Russia**ๅs [told](#) <https://a.b/9>x";
        let at = |needle: &str| text.find(needle).expect(needle);
        let markup = Markup {
            syntax: vec![
                Span::new(0, 2),
                Span::new(8, 10),
                Span::new(at("["), at("told")),
                Span::new(at("](#)"), at(" <")),
            ],
            links: vec![Span::new(at("<"), at("x"))],
            ..Markup::of_plain(text)
        };
        let repairs = RepairView::new(vec![(at("ๅ") as u32, 'ๅ', '’')]);
        let tokens = Tokens::new(text, &markup, &repairs, &[]);
        assert_eq!(shown(&tokens), "russia·'s·told·\u{fffc}·x");
        assert_eq!(tokens.span(0..2).map(|s| s.of(text)), Some("Russia**ๅs"));
        assert_eq!(tokens.read(), "russia's told \u{fffc}x");
        assert_eq!(tokens.at_read_range(9..13), Some(2..3));
        assert_eq!(tokens.at_read_range(9..12), None);
    }

    #[test]
    fn tokens_know_their_place() {
        let text = "“Über 20” NATO's";
        let tokens = Tokens::of_text(text, &[]);
        let sources: Vec<&str> = (0..tokens.len()).map(|i| tokens.source(i)).collect();
        assert_eq!(sources, ["“", "Über", "20", "”", "NATO", "'s"]);
        let nato = tokens.get(4).expect("a token");
        assert!(nato.is_all_caps() && nato.is_capitalised() && !nato.is_glued() && !nato.is_quoted());
        assert!(tokens.get(1).is_some_and(|t| t.is_quoted() && t.is_glued() && !t.is_all_caps()));
        assert!(tokens.get(5).is_some_and(|t| t.is_possessive() && t.is_glued()));
        assert!(
            tokens.starts(1, &["über", "20"]) && tokens.ends(3, &["über", "20"]) && !tokens.starts(5, &["'s", "x"])
        );
        assert_eq!(tokens.within(Span::new(4, 10)), 1..3);
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_read_without_harm(text in "\\PC{0,60}|[a-zA-Z0-9 .,'’“”\\-\n/:]{0,80}", cuts in proptest::collection::vec(0usize..80, 0..6)) {
            let on_boundary = |n: &usize| text.is_char_boundary(*n) && *n <= text.len();
            let mut cuts: Vec<usize> = cuts.into_iter().filter(on_boundary).collect();
            cuts.sort_unstable();
            cuts.dedup();
            let spans: Vec<Span> = cuts.chunks_exact(2).map(|c| Span::new(c[0], c[1])).collect();
            let markup = Markup { syntax: spans.clone(), ..Markup::of_plain(&text) };
            let linked = Markup { links: spans, ..Markup::of_plain(&text) };
            for markup in [markup, linked] {
                let tokens = Tokens::new(&text, &markup, &RepairView::default(), &[]);
                let mut end = 0;
                for (i, token) in tokens.all().iter().enumerate() {
                    assert!(token.start >= end && token.start <= token.end);
                    end = token.end;
                    assert!(text.is_char_boundary(token.start as usize) && text.is_char_boundary(token.end as usize));
                    assert!(!tokens.word(i).is_empty());
                    assert!(tokens.sentence_tokens(i).contains(&i));
                }
            }
        }
    }
}
