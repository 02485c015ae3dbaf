//! What is selected, in positions of the article, and how a selection snaps to words and sentences.

use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation as _;

use super::sheet::{Sheet, Shown};
use crate::claim::Span;
use crate::suggest::tokens::Tokens;

/// What a selection by mouse grows by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Unit {
    /// Single characters, with Alt held.
    Character,
    /// Whole words.
    #[default]
    Word,
    /// Whole sentences, after a triple click.
    Sentence,
}

/// A selection: where it began and where it ends now, in bytes of the article.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Selection {
    /// Where it began. Extending keeps it.
    pub anchor: usize,
    /// Where it ends: the caret.
    pub focus: usize,
}

impl Selection {
    /// The selected words. `None` where nothing is.
    pub fn span(self, text: &str) -> Option<Span> {
        Span::checked(text, self.anchor.min(self.focus), self.anchor.max(self.focus))
    }

    /// The selection between two positions, grown to whole units. The anchor stays on its side.
    pub fn between(sheet: &Sheet, anchor: usize, focus: usize, unit: Unit) -> Self {
        let range = anchor.min(focus)..anchor.max(focus);
        let grown = match unit {
            Unit::Character => range,
            Unit::Word => snap(sheet, range),
            Unit::Sentence => sentences(sheet, range),
        };
        if anchor <= focus {
            Self { anchor: grown.start, focus: grown.end }
        } else {
            Self { anchor: grown.end, focus: grown.start }
        }
    }

    /// Nothing selected, the caret being at a byte.
    pub fn at(byte: usize) -> Self {
        Self { anchor: byte, focus: byte }
    }

    /// The selection of exactly these words.
    pub fn of(range: Range<usize>) -> Self {
        Self { anchor: range.start, focus: range.end }
    }
}

/// A range of bytes of the article, grown to the whole words that it touches, without white space
/// at its ends. A range that touches no word keeps its characters.
pub fn snap(sheet: &Sheet, range: Range<usize>) -> Range<usize> {
    if range.is_empty() {
        return range;
    }
    let Some(first) = sheet.paragraph_at(range.start) else { return range };
    let Some(last) = sheet.paragraph_at(range.end) else { return range };
    let start = word_around(&sheet.shown(first), range.start, false).map_or(range.start, |word| word.start);
    let end = word_around(&sheet.shown(last), range.end, true).map_or(range.end, |word| word.end);
    trimmed(&sheet.article.text, start.min(range.start)..end.max(range.end))
}

/// A range without the white space at its ends.
fn trimmed(text: &str, range: Range<usize>) -> Range<usize> {
    let words = text.get(range.clone()).unwrap_or("");
    let start = range.start + (words.len() - words.trim_start().len());
    start..start + words.trim().len()
}

/// The word that a byte of the article stands inside; with `before`, the one that the character
/// before it belongs to. `None` on white space and punctuation.
fn word_around(shown: &Shown, byte: usize, before: bool) -> Option<Range<usize>> {
    let at = shown.shown_byte(byte);
    let holds = |range: &Range<usize>| if before { range.start < at && at <= range.end } else { range.contains(&at) };
    let word = segments(&shown.text).find(holds)?;
    let is_word = shown.text[word.clone()].contains(char::is_alphanumeric);
    is_word.then(|| shown.article_byte(word.start)..shown.article_byte(word.end))
}

fn segments(text: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    text.split_word_bound_indices().map(|(at, word)| at..at + word.len())
}

/// What a double click selects: the word at a byte without white space beside it, a run of
/// punctuation, or the word before where the click fell behind it. `None` on white space alone.
pub fn word_at(sheet: &Sheet, byte: usize) -> Option<Range<usize>> {
    let shown = sheet.shown(sheet.paragraph_at(byte)?);
    let at = shown.shown_byte(byte);
    let solid = |range: &Range<usize>| !shown.text[range.clone()].trim().is_empty();
    let here = segments(&shown.text).find(|range| range.contains(&at)).filter(solid);
    let word = here.or_else(|| segments(&shown.text).find(|range| range.end == at).filter(solid))?;
    Some(shown.article_byte(word.start)..shown.article_byte(word.end))
}

/// The sentences that a range touches, without white space at their ends.
fn sentences(sheet: &Sheet, range: Range<usize>) -> Range<usize> {
    let first = sentence_at(sheet, range.start);
    let last = sentence_at(sheet, range.end.max(range.start + 1) - 1);
    match (first, last) {
        (Some(first), Some(last)) => first.start..last.end.max(first.end),
        _ => range,
    }
}

/// What a triple click selects: the sentence at a byte, by the rules that suggestions go by. A
/// paragraph's end ends its sentence.
pub fn sentence_at(sheet: &Sheet, byte: usize) -> Option<Range<usize>> {
    let shown = sheet.shown(sheet.paragraph_at(byte)?);
    let at = shown.shown_byte(byte).min(shown.text.len().checked_sub(1)?);
    // The white space behind a sentence belongs to it.
    let sentences = sentences_of(&shown);
    let range = sentences.iter().rfind(|sentence| sentence.start <= at).or(sentences.first())?;
    Some(shown.article_byte(range.start)..shown.article_byte(range.end))
}

/// The sentences of a paragraph, in bytes of what it shows, without white space at their ends.
fn sentences_of(shown: &Shown) -> Vec<Range<usize>> {
    let tokens = Tokens::of_text(&shown.text);
    let spans = tokens.sentences().iter().filter_map(|sentence| tokens.span(sentence.tokens.clone()));
    spans.map(|span| trimmed(&shown.text, span.range())).filter(|range| !range.is_empty()).collect()
}

/// The end of the sentence behind a byte, or the beginning of the one before it, going on into the
/// neighbouring paragraph; the ends of the text at last.
pub fn sentence_boundary(sheet: &Sheet, byte: usize, back: bool) -> usize {
    boundary_of(sheet, byte, back, sentences_of)
}

/// The word boundary behind a byte (the end of the next word), or before it (the beginning of the
/// word before), going on into the neighbouring paragraph; the ends of the text at last.
pub fn word_boundary(sheet: &Sheet, byte: usize, back: bool) -> usize {
    let is_word = |shown: &Shown, range: &Range<usize>| shown.text[range.clone()].contains(char::is_alphanumeric);
    boundary_of(sheet, byte, back, |shown| segments(&shown.text).filter(|range| is_word(shown, range)).collect())
}

/// The end of the next stretch of a paragraph behind a byte, or the beginning of the one before it.
fn boundary_of(sheet: &Sheet, byte: usize, back: bool, stretches: impl Fn(&Shown) -> Vec<Range<usize>>) -> usize {
    let Some(mut index) = sheet.paragraph_at(byte) else { return byte };
    let mut from = byte;
    loop {
        let shown = sheet.shown(index);
        let at = shown.shown_byte(from);
        let stretches = stretches(&shown);
        let found = if back {
            stretches.iter().rfind(|stretch| stretch.start < at).map(|stretch| stretch.start)
        } else {
            stretches.iter().find(|stretch| stretch.end > at).map(|stretch| stretch.end)
        };
        if let Some(found) = found {
            return shown.article_byte(found);
        }
        if back && index == 0 || !back && index + 1 == sheet.paragraphs.len() {
            return if back { shown.start } else { shown.end };
        }
        index = if back { index - 1 } else { index + 1 };
        let next = sheet.paragraphs[index].span;
        from = if back { next.end as usize } else { next.start as usize };
    }
}

/// The character boundary behind or before a byte: whole grapheme clusters, on into the
/// neighbouring paragraph.
pub fn letter_boundary(sheet: &Sheet, byte: usize, back: bool) -> usize {
    let Some(index) = sheet.paragraph_at(byte) else { return byte };
    let shown = sheet.shown(index);
    let at = shown.shown_byte(byte);
    if !back {
        return match shown.text[at..].graphemes(true).next() {
            Some(letter) => shown.article_byte(at + letter.len()),
            None => sheet.paragraphs.get(index + 1).map_or(byte, |next| next.span.start as usize),
        };
    }
    if at > 0 {
        return shown.article_byte(last_letter(&shown.text[..at]));
    }
    match index.checked_sub(1).map(|index| sheet.shown(index)) {
        // A long paragraph was cut here: the end of the part before is this very place.
        Some(before) if before.end == byte => before.article_byte(last_letter(&before.text)),
        Some(before) => before.end,
        None => byte,
    }
}

/// Where the last grapheme cluster of a text begins.
fn last_letter(text: &str) -> usize {
    text.grapheme_indices(true).next_back().map_or(0, |(start, _)| start)
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::article::{ReadOptions, RepairView, read};

    /// A sheet of the text without its `|`, and where these stood.
    fn sheet(marked: &str) -> (Sheet, Vec<usize>) {
        let parts: Vec<&str> = marked.split('|').collect();
        let mut at = 0;
        let marks = parts[..parts.len() - 1].iter().map(|part| {
            at += part.len();
            at
        });
        let marks = marks.collect();
        let article = read("a.txt", parts.concat().as_bytes(), &ReadOptions::default()).expect("plain text is read");
        (Sheet::new(Arc::new(article)), marks)
    }

    fn check(marked: &str, expected: &str, select: impl Fn(&Sheet, &[usize]) -> Option<Range<usize>>) {
        let (sheet, marks) = sheet(marked);
        let found = select(&sheet, &marks).map_or("", |range| &sheet.article.text[range]);
        assert_eq!(found, expected, "{marked}");
    }

    #[test]
    fn a_drag_takes_whole_words_and_no_space() {
        for (marked, expected) in [
            ("the r|emains o|f 1,000 men", "remains of"),
            ("the |remains| of", "remains"),
            ("the| remains |of", "remains"),
            ("th|e remains |of", "the remains"),
            ("said: 1,0|00 m|en.", "1,000 men"),
            ("about 4|6|k left", "46k"),
            ("men|.| Then", "."),
            ("men| |then", ""),
            ("Ки|їв от|римав тіла", "Київ отримав"),
            ("一千|具遗|体", "具遗"),
            ("naïve cafe\u{301}s o|pe|n", "open"),
            ("caf|e\u{301}| x", "cafe\u{301}"),
            ("two| 😀 thr|ee", "😀 three"),
            ("end o|f one\nand be|ginning", "of one\nand beginning"),
        ] {
            check(marked, expected, |sheet, marks| Some(snap(sheet, marks[0]..marks[1])));
        }
    }

    #[test]
    fn the_anchor_stays_on_its_side() {
        let (sheet, marks) = sheet("the r|emains o|f men");
        let forth = Selection::between(&sheet, marks[0], marks[1], Unit::Word);
        let back = Selection::between(&sheet, marks[1], marks[0], Unit::Word);
        assert_eq!((forth.anchor, forth.focus), (4, 14));
        assert_eq!((back.anchor, back.focus), (14, 4));
        assert_eq!(Selection::between(&sheet, marks[0], marks[1], Unit::Character).anchor, marks[0]);
        assert_eq!(Selection { anchor: 3, focus: 3 }.span(&sheet.article.text), None);
    }

    #[test]
    fn a_double_click_takes_a_word_without_the_space_behind_it() {
        for (marked, expected) in [
            ("the rem|ains of", "remains"),
            ("the remains| of", "remains"),
            ("the |remains of", "remains"),
            ("of 1,|000 men", "1,000"),
            ("men |… then", "…"),
            ("men | then", ""),
            ("|", ""),
        ] {
            check(marked, expected, |sheet, marks| word_at(sheet, marks[0]));
        }
    }

    #[test]
    fn a_damaged_apostrophe_does_not_cut_a_word() {
        let text = "they don\u{92}t say";
        let mut article = read("a.txt", text.as_bytes(), &ReadOptions::default()).expect("plain text is read");
        article.repairs = RepairView::new(vec![(8, '\u{92}', '’')]);
        let sheet = Sheet::new(Arc::new(article));
        assert_eq!(word_at(&sheet, 6).map(|word| &text[word]), Some("don\u{92}t"));
    }

    #[test]
    fn the_caret_goes_by_sentences_and_on_into_the_next_paragraph() {
        // From each mark to the next, and back.
        let (sheet, marks) = sheet("|One here.| Two in Jan. there.|\n\nThree.|");
        let mut at = marks[0];
        for mark in &marks[1..] {
            at = sentence_boundary(&sheet, at, false);
            assert_eq!(at, *mark);
        }
        let text = &sheet.article.text;
        for words in ["Three.", "Two in", "One here"] {
            at = sentence_boundary(&sheet, at, true);
            assert!(text[at..].starts_with(words), "{words}: {:?}", &text[at..]);
        }
        assert_eq!(sentence_boundary(&sheet, 0, true), 0);
    }

    #[test]
    fn a_triple_click_takes_a_sentence() {
        for (marked, expected) in [
            ("One here. Tw|o there. Three.", "Two there."),
            ("One here.| Two there.", "One here."),
            ("He met Lt. Gen. K. Bud|anov on Jan. 29. Then left.", "He met Lt. Gen. K. Budanov on Jan. 29."),
            ("The U.S. Ar|my said so. It did.", "The U.S. Army said so."),
            ("Was it 1.5 tho|usand? Yes.", "Was it 1.5 thousand?"),
            ("First line\nsecond li|ne\nthird", "second line"),
        ] {
            check(marked, expected, |sheet, marks| sentence_at(sheet, marks[0]));
        }
    }

    #[test]
    fn words_are_stepped_over_in_both_directions_and_across_paragraphs() {
        // Behind the first mark lies the second, and before the second lies the first.
        for marked in ["|the| remains", "of |1,000| men", "one\n\n|two| three"] {
            let (sheet, marks) = sheet(marked);
            assert_eq!(word_boundary(&sheet, marks[0], false), marks[1], "{marked}");
            assert_eq!(word_boundary(&sheet, marks[1], true), marks[0], "{marked}");
        }
        for (marked, back) in [
            ("the| remains| of", false),
            ("the re|mains| of", false),
            ("men|.\n\nThen| more", false),
            ("men|.|", false),
            ("the |re|mains", true),
            ("|men.\n\n|Then", true),
            ("|“|men”", true),
        ] {
            let (sheet, marks) = sheet(marked);
            let (from, to) = if back { (marks[1], marks[0]) } else { (marks[0], marks[1]) };
            assert_eq!(word_boundary(&sheet, from, back), to, "{marked}");
        }
    }

    #[test]
    fn letters_are_stepped_over_whole() {
        let text = "e\u{301}👩‍👩‍👧x\nю";
        let (sheet, _) = sheet(text);
        let mut stops = vec![0];
        while stops.last() != Some(&text.len()) {
            stops.push(letter_boundary(&sheet, stops[stops.len() - 1], false));
        }
        assert_eq!(stops, [0, 3, 21, 22, 23, 25]);
        stops.reverse();
        for pair in stops.windows(2) {
            assert_eq!(letter_boundary(&sheet, pair[0], true), pair[1]);
        }
    }

    #[test]
    fn letters_are_stepped_over_where_a_long_paragraph_was_cut() {
        let (sheet, _) = sheet(&"é".repeat(10_000));
        let cut = sheet.paragraphs[1].span.start as usize;
        assert_eq!(letter_boundary(&sheet, cut, true), cut - 2);
        assert_eq!(letter_boundary(&sheet, cut, false), cut + 2);
        assert_eq!(letter_boundary(&sheet, cut - 2, false), cut);
    }
}
