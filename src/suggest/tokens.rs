//! The words of an article as suggestions read them: markup skipped, damage repaired, case folded.
//!
//! Two texts run side by side. The **source** is the article's text: spans count into it and
//! nothing else is ever handed out. The **read view** ([`Tokens::read`]) is what the rules look
//! at: lower case, markup and invisible characters gone, damaged characters as they were meant,
//! every stretch of white space one space, every end of a block a line feed, every apostrophe
//! `'`, every double quotation mark `"`, every hyphen `-`. Each token knows its place in both.
//!
//! Nothing is allocated for a token; the whole is one pass over the text.

use std::ops::Range;

use super::scan::Builder;
use super::sentences::{self, Abbreviations, Quotation, Sentence};
use super::stage::{Stage, Watch};
use crate::article::{Article, Block, BlockKind, Markup, RepairView};
use crate::claim::Span;

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

/// One token: 28 bytes.
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
    pub(super) flags: u8,
    /// The first byte of its read form: tells most words apart without a look at the text.
    pub(super) initial: u8,
    /// What else tells its read form from most others ([`mixed`](super::word_set::mixed)).
    pub(super) mixed: u32,
}

pub(super) const CAPITALISED: u8 = 1;
pub(super) const ALL_CAPS: u8 = 2;
pub(super) const GLUED: u8 = 4;
pub(super) const POSSESSIVE: u8 = 8;
pub(super) const HAS_DIGIT: u8 = 16;
pub(super) const QUOTED: u8 = 32;

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
    pub fn of_article(article: &'t Article, abbreviations: &Abbreviations) -> Self {
        Self::new(&article.text, &article.markup, &article.repairs, abbreviations)
    }

    /// The same, telling of its stages.
    pub(super) fn of_article_watched(
        article: &'t Article,
        abbreviations: &Abbreviations,
        watch: &mut Watch<'_>,
    ) -> Self {
        let (mut tokens, blocks) = Self::scanned(&article.text, &article.markup, &article.repairs);
        watch(Stage::Tokens);
        tokens.divide(&blocks, abbreviations);
        watch(Stage::Sentences);
        tokens
    }

    /// Reads a text without markup or damage: every line is a block.
    pub fn of_text(text: &'t str) -> Self {
        Self::new(text, &Markup::of_plain(text), &RepairView::default(), &Abbreviations::default())
    }

    /// Reads a text with its markup and repairs. Spans that do not fit the text are passed over.
    pub fn new(text: &'t str, markup: &Markup, repairs: &RepairView, abbreviations: &Abbreviations) -> Self {
        let (mut tokens, blocks) = Self::scanned(text, markup, repairs);
        tokens.divide(&blocks, abbreviations);
        tokens
    }

    /// Finds the tokens, and with which of them each block begins.
    fn scanned(text: &'t str, markup: &Markup, repairs: &RepairView) -> (Self, Vec<(usize, Block)>) {
        let mut builder = Builder::new(text, markup, repairs);
        let mut blocks = Vec::with_capacity(markup.blocks.len());
        for block in &markup.blocks {
            let fits = text.get(block.span.range()).is_some() && block.span.start as usize >= builder.done;
            if fits && block.kind != BlockKind::Furniture {
                blocks.extend(builder.block(*block).map(|first| (first, *block)));
            }
        }
        let Builder { read, tokens, .. } = builder;
        (Self { text, read, tokens, sentences: Vec::new(), quotations: Vec::new() }, blocks)
    }

    /// Finds the sentences and quotations.
    fn divide(&mut self, blocks: &[(usize, Block)], abbreviations: &Abbreviations) {
        self.quotations = sentences::quotations(self, blocks);
        self.sentences = sentences::sentences(self, blocks, abbreviations);
        for (index, sentence) in self.sentences.iter().enumerate() {
            for token in &mut self.tokens[sentence.tokens.clone()] {
                token.sentence = index as u32;
            }
        }
        for quotation in &self.quotations {
            for token in &mut self.tokens[quotation.tokens.clone()] {
                token.flags |= QUOTED;
            }
        }
    }

    /// The source: the article's text.
    pub fn text(&self) -> &'t str {
        self.text
    }

    /// The read view. Positions in it are those of [`Token::read_start`], not of the article.
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
    #[inline]
    pub fn get(&self, index: usize) -> Option<&Token> {
        #[cfg(test)]
        super::work::tick();
        self.tokens.get(index)
    }

    /// What the token at an index is; beyond the end a break.
    #[inline]
    pub fn kind(&self, index: usize) -> TokenKind {
        self.get(index).map_or(TokenKind::Break, |token| token.kind)
    }

    /// Whether the token at an index is a word.
    #[inline]
    pub fn is_word(&self, index: usize) -> bool {
        self.kind(index) == TokenKind::Word
    }

    /// Whether the token at an index follows the one before without white space.
    #[inline]
    pub fn is_glued(&self, index: usize) -> bool {
        self.get(index).is_some_and(Token::is_glued)
    }

    /// The read form of a token: lower case, repaired; empty beyond the end.
    #[inline]
    pub fn word(&self, index: usize) -> &str {
        let Some(token) = self.get(index) else { return "" };
        &self.read[token.read_start as usize..token.read_end as usize]
    }

    /// What tells the read form of a token from most others; 0 beyond the end.
    #[inline]
    pub(super) fn mixed(&self, index: usize) -> u32 {
        self.get(index).map_or(0, |token| token.mixed)
    }

    /// The read form of the token `back` places before an index; empty before the beginning.
    pub fn word_before(&self, index: usize, back: usize) -> &str {
        index.checked_sub(back).map_or("", |index| self.word(index))
    }

    /// Whether the token at an index reads so (in lower case).
    #[inline]
    pub fn is(&self, index: usize, word: &str) -> bool {
        self.is_any(index, &[word])
    }

    /// Whether the token at an index reads as one of these.
    #[inline]
    pub fn is_any(&self, index: usize, words: &[&str]) -> bool {
        let Some(token) = self.get(index) else { return words.contains(&"") };
        is_one_of(&self.read, token.read_start..token.read_end, token.initial, words)
    }

    /// Whether tokens from an index on read as this phrase, one element a token.
    pub fn starts(&self, index: usize, phrase: &[&str]) -> bool {
        phrase.iter().enumerate().all(|(place, word)| self.is(index + place, word))
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

/// The words of a form of a lexicon as an article would have them, in lower case, each with whether
/// it follows the one before without white space.
pub(super) fn words_of_form(form: &str, mut word: impl FnMut(&str, bool)) {
    let plain = form.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b' ' || byte == b'-');
    if plain {
        // Nearly all forms: letters with spaces and hyphens between.
        let mut glued = false;
        for (place, part) in form.split(' ').filter(|part| !part.is_empty()).enumerate() {
            glued &= place == 0;
            for (place, letters) in part.split('-').enumerate() {
                if place > 0 {
                    word("-", glued);
                    glued = true;
                }
                if !letters.is_empty() {
                    word(letters, glued);
                    glued = true;
                }
            }
            glued = false;
        }
        return;
    }
    // One block and no markup: nothing has to be looked for.
    let block = Block { span: Span::new(0, form.len()), kind: BlockKind::Paragraph };
    let markup = Markup { blocks: vec![block], ..Markup::default() };
    let tokens = Tokens::new(form, &markup, &RepairView::default(), &Abbreviations::default());
    (0..tokens.len()).for_each(|index| word(tokens.word(index), tokens.is_glued(index)));
}

/// Whether what stands at a place of the read view is in a short list. Its length and its first byte tell
/// nearly all words apart.
#[inline]
pub(super) fn is_one_of(read: &str, place: Range<u32>, initial: u8, list: &[&str]) -> bool {
    let length = (place.end - place.start) as usize;
    let bytes = || read.as_bytes().get(place.start as usize..place.end as usize);
    list.iter().any(|other| {
        other.len() == length
            && other.as_bytes().first().is_none_or(|first| *first == initial)
            && bytes() == Some(other.as_bytes())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(tokens: &Tokens<'_>) -> String {
        let words: Vec<&str> = (0..tokens.len()).map(|i| tokens.word(i)).collect();
        words.join("·").replace('\n', "¶")
    }

    fn check(text: &str, expected: &str) {
        assert_eq!(shown(&Tokens::of_text(text)), expected, "{text}");
    }

    #[test]
    fn forms_are_cut_as_articles_are() {
        for form in ["let go", "prisoner-of-war camp", "a", "u.s.", "o'brien's", "9/11", "post- war", "-a", "g 7", ""] {
            let mut cut = Vec::new();
            words_of_form(form, |word, glued| cut.push((word.to_owned(), glued)));
            let tokens = Tokens::of_text(form);
            let expected: Vec<_> = (0..tokens.len()).map(|i| (tokens.word(i).to_owned(), tokens.is_glued(i))).collect();
            assert_eq!(cut, expected, "{form}");
        }
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
        let tokens = Tokens::new(text, &markup, &repairs, &Abbreviations::default());
        assert_eq!(shown(&tokens), "russia·'s·told·\u{fffc}·x");
        assert_eq!(tokens.span(0..2).map(|s| s.of(text)), Some("Russia**ๅs"));
        assert_eq!(tokens.read(), "russia's told \u{fffc}x");
    }

    #[test]
    fn tokens_know_their_place() {
        let text = "“Über 20” NATO's";
        let tokens = Tokens::of_text(text);
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
                let tokens = Tokens::new(&text, &markup, &RepairView::default(), &Abbreviations::default());
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
