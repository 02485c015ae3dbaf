//! An article cut into the paragraphs that are laid out one by one, and the text that each shows.

use std::sync::Arc;

use unicode_segmentation::UnicodeSegmentation as _;

use crate::article::{Article, BlockKind, Markup};
use crate::claim::Span;

/// Blocks longer than this many bytes are cut: laying out costs about a millisecond for three
/// kilobytes, and a frame has sixteen.
const LONGEST: usize = 8 * 1024;

/// How far back from [`LONGEST`] a good place to cut is looked for, in bytes.
const LOOK_BACK: usize = 2 * 1024;

/// A stretch of text that is laid out as one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Paragraph {
    /// Where it stands, in bytes of the article.
    pub span: Span,
    /// What it is.
    pub kind: BlockKind,
    /// Whether a block begins here; false where a long one was cut.
    pub begins: bool,
}

/// An article as paragraphs: sorted, not overlapping, and together everything that is not white
/// space between blocks.
#[derive(Clone, Debug)]
pub struct Sheet {
    /// The article.
    pub article: Arc<Article>,
    /// Its paragraphs, in order.
    pub paragraphs: Vec<Paragraph>,
}

impl Sheet {
    /// Cuts an article. Time is linear in its length.
    pub fn new(article: Arc<Article>) -> Self {
        let paragraphs = cut(&article.text, &article.markup);
        Self { article, paragraphs }
    }

    /// The paragraph that a byte stands in, or the next one, or the last. `None` where there is no
    /// paragraph at all.
    pub fn paragraph_at(&self, byte: usize) -> Option<usize> {
        let index = self.paragraphs.partition_point(|p| (p.span.end as usize) < byte);
        // A byte between two paragraphs that touch belongs to the later one.
        let touches = |next: &Paragraph| next.span.start as usize == byte;
        let index = if self.paragraphs.get(index + 1).is_some_and(touches) { index + 1 } else { index };
        (!self.paragraphs.is_empty()).then(|| index.min(self.paragraphs.len() - 1))
    }

    /// What a paragraph shows.
    pub fn shown(&self, index: usize) -> Shown {
        self.paragraphs.get(index).map_or_else(Shown::default, |p| Shown::new(&self.article, p.span))
    }

    /// The heading that is the article's title: its first paragraph, where that is one of the
    /// first rank.
    pub fn title(&self) -> Option<usize> {
        self.paragraphs.first().filter(|p| p.kind == BlockKind::Heading(1)).map(|_| 0)
    }

    /// First byte and the byte behind the last that is shown.
    pub fn ends(&self) -> (usize, usize) {
        let first = self.paragraphs.first().map_or(0, |p| p.span.start as usize);
        let last = self.paragraphs.last().map_or(0, |p| p.span.end as usize);
        (first, last)
    }
}

fn cut(text: &str, markup: &Markup) -> Vec<Paragraph> {
    let mut out = Vec::new();
    let mut done = 0;
    for block in &markup.blocks {
        let (start, end) = (block.span.start as usize, block.span.end as usize);
        if start < done || !text.is_char_boundary(start) || !text.is_char_boundary(end) {
            continue;
        }
        // Words before the block on its own line (`# `, `> `) belong to it; other lines stand alone.
        let line = text[done..start].rfind('\n').map_or(done, |at| done + at + 1);
        between(text, done..line, &mut out);
        let start = if text[line..start].trim().is_empty() { start } else { line };
        let rest = text[end..].find('\n').map_or(text.len(), |at| end + at);
        let next = markup.blocks.get(out_of(markup, end)).map_or(text.len(), |b| b.span.start as usize);
        let rest = rest.min(next);
        let end = if text[end..rest].trim().is_empty() { end } else { rest };
        push(text, start..end, block.kind, &mut out);
        done = end;
    }
    between(text, done..text.len(), &mut out);
    out
}

/// The first block that begins at or behind a byte.
fn out_of(markup: &Markup, byte: usize) -> usize {
    markup.blocks.partition_point(|block| (block.span.start as usize) < byte)
}

/// What stands between blocks is shown too, line by line: nothing of an article is hidden.
fn between(text: &str, range: std::ops::Range<usize>, out: &mut Vec<Paragraph>) {
    let mut at = range.start;
    for line in text[range].split_inclusive('\n') {
        let words = line.trim();
        if !words.is_empty() {
            let start = at + (line.len() - line.trim_start().len());
            push(text, start..start + words.len(), BlockKind::Furniture, out);
        }
        at += line.len();
    }
}

fn push(text: &str, range: std::ops::Range<usize>, kind: BlockKind, out: &mut Vec<Paragraph>) {
    let (mut start, end) = (range.start, range.end);
    let mut begins = true;
    while end - start > LONGEST {
        let at = start + cut_point(&text[start..end]);
        out.push(Paragraph { span: Span::new(start, at), kind, begins });
        (start, begins) = (at, false);
    }
    if start < end {
        out.push(Paragraph { span: Span::new(start, end), kind, begins });
    }
}

/// Where a text longer than [`LONGEST`] is cut: behind a sentence, else behind white space, else
/// between two letters.
fn cut_point(text: &str) -> usize {
    let floor = |mut at: usize| {
        while !text.is_char_boundary(at) {
            at -= 1;
        }
        at
    };
    let (from, to) = (floor(LONGEST - LOOK_BACK), floor(LONGEST));
    let window = &text[from..to];
    let sentence = [". ", "! ", "? ", ".\n", "。"].iter().filter_map(|end| window.rfind(end).map(|at| at + end.len()));
    let space =
        || window.rfind(char::is_whitespace).map(|at| at + window[at..].chars().next().map_or(1, char::len_utf8));
    let letter = || window.grapheme_indices(true).next_back().map(|(at, _)| at).filter(|at| *at > 0);
    sentence.max().or_else(space).or_else(letter).map_or(to, |at| from + at)
}

/// The text that a paragraph shows, character for character that of the article: damaged
/// characters as they were meant, line ends within a paragraph as spaces.
#[derive(Clone, Debug, Default)]
pub struct Shown {
    /// What is shown.
    pub text: String,
    /// Where the paragraph stands in the article, in bytes.
    pub start: usize,
    /// First byte behind it.
    pub end: usize,
    /// For each character, its first byte in the article, counted from `start`; empty where all
    /// characters of the article's text are single bytes.
    bytes: Vec<u32>,
    /// Number of characters.
    chars: usize,
}

impl Shown {
    fn new(article: &Article, span: Span) -> Self {
        let original = span.of(&article.text);
        let start = span.start as usize;
        let repairs = article.repairs.repairs();
        let first = repairs.partition_point(|repair| repair.0 < span.start);
        let mut repairs = repairs[first..].iter().take_while(|repair| repair.0 < span.end).peekable();
        let ascii = original.is_ascii();
        let (mut text, mut bytes, mut chars) = (String::with_capacity(original.len()), Vec::new(), 0);
        for (at, character) in original.char_indices() {
            let repaired = repairs.next_if(|repair| repair.0 as usize == start + at).map(|repair| repair.2);
            text.push(visible(repaired.unwrap_or(character), original, at));
            if !ascii {
                bytes.push(at as u32);
            }
            chars += 1;
        }
        Self { text, start, end: span.end as usize, bytes, chars }
    }

    /// How many characters it has.
    pub fn char_count(&self) -> usize {
        self.chars
    }

    /// The character that a byte of the article belongs to, counted from the paragraph's first;
    /// bytes outside give its ends.
    pub fn char_of(&self, byte: usize) -> usize {
        let byte = byte.clamp(self.start, self.end) - self.start;
        if byte == self.end - self.start {
            return self.chars;
        }
        if self.bytes.is_empty() { byte } else { self.bytes.partition_point(|b| *b as usize <= byte).saturating_sub(1) }
    }

    /// The byte of the article at which a character begins; beyond the last, the paragraph's end.
    pub fn byte_of(&self, char: usize) -> usize {
        if char >= self.chars {
            return self.end;
        }
        self.start + if self.bytes.is_empty() { char } else { self.bytes[char] as usize }
    }

    /// Byte ranges of the shown text as bytes of the article, for what was found in the one and is
    /// needed in the other.
    pub fn article_byte(&self, shown_byte: usize) -> usize {
        let at = shown_byte.min(self.text.len());
        self.byte_of(self.text[..at].chars().count())
    }

    /// The place in the shown text of a byte of the article.
    pub fn shown_byte(&self, byte: usize) -> usize {
        let char = self.char_of(byte);
        self.text.char_indices().nth(char).map_or(self.text.len(), |(at, _)| at)
    }
}

/// What is shown for a character: line ends within a paragraph as spaces (a hard one, behind two
/// spaces or a backslash, stays), control characters as a replacement that can be seen.
fn visible(character: char, original: &str, at: usize) -> char {
    match character {
        '\n' => {
            let before = &original[..at];
            if before.ends_with("  ") || before.ends_with('\\') { '\n' } else { ' ' }
        }
        '\t' => '\t',
        '\u{FFFC}' => '\u{FFFD}',
        c if c.is_control() => '\u{FFFD}',
        c => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::{Block, ReadOptions, RepairView, read};

    fn article(text: &str) -> Article {
        read("a.txt", text.as_bytes(), &ReadOptions::default()).expect("plain text is read")
    }

    fn paragraphs(article: Article) -> Vec<String> {
        let sheet = Sheet::new(Arc::new(article));
        sheet.paragraphs.iter().map(|p| p.span.of(&sheet.article.text).to_owned()).collect()
    }

    #[test]
    fn nothing_that_stands_between_blocks_is_lost() {
        let mut article = article("before\n\n# Title\none two\n---\nthree!\nafter");
        let text = article.text.clone();
        let block = |words: &str, kind| {
            let at = text.find(words).expect("there");
            Block { kind, span: Span::new(at, at + words.len()) }
        };
        article.markup.blocks = vec![
            block("Title", BlockKind::Heading(1)),
            block("one two", BlockKind::Paragraph),
            block("three", BlockKind::Paragraph),
        ];
        assert_eq!(paragraphs(article), ["before", "# Title", "one two", "---", "three!", "after"]);
    }

    #[test]
    fn long_blocks_are_cut_at_sentences_spaces_or_letters_and_lose_nothing() {
        for text in ["Word after word. ".repeat(3_000), "word ".repeat(5_000), "é".repeat(20_000), "x".repeat(8_192)] {
            let parts = paragraphs(article(&text));
            assert_eq!(parts.concat().trim_end(), text.trim_end());
            assert!(parts.iter().all(|part| part.len() <= LONGEST));
            if text.contains(". ") {
                assert!(parts[0].ends_with(". "));
            } else if text.contains(' ') {
                assert!(parts[0].ends_with(' '));
            }
        }
    }

    #[test]
    fn a_byte_between_paragraphs_belongs_to_the_next_one() {
        let sheet = Sheet::new(Arc::new(article("one\n\ntwo\nthree")));
        for (byte, expected) in [(0, 0), (3, 0), (4, 1), (5, 1), (8, 1), (9, 2), (14, 2), (99, 2)] {
            assert_eq!(sheet.paragraph_at(byte), Some(expected), "byte {byte}");
        }
        assert_eq!(Sheet::new(Arc::new(article(""))).paragraph_at(0), None);
    }

    #[test]
    fn the_shown_text_has_the_characters_of_the_article_one_for_one() {
        let mut article = article("don\u{92}t\nstop é😀\u{1}  \nhere");
        article.repairs = RepairView::new(vec![(3, '\u{92}', '’')]);
        let span = Span::new(0, article.text.len());
        let shown = Shown::new(&article, span);
        assert_eq!(shown.text, "don’t stop é😀\u{FFFD}  \nhere");
        assert_eq!(shown.char_count(), article.text.chars().count());
        for (n, (byte, _)) in article.text.char_indices().enumerate() {
            assert_eq!((shown.char_of(byte), shown.byte_of(n)), (n, byte));
            assert_eq!(shown.article_byte(shown.shown_byte(byte)), byte);
        }
        assert_eq!(shown.byte_of(999), article.text.len());
        assert_eq!(shown.char_of(999), shown.char_count());
    }
}
