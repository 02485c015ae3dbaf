//! The one place where bytes, code points, UTF-16 units and lines are converted.

use crate::claim::Span;

/// How far apart the marks of the index stand, in bytes.
const STRIDE: usize = 1024;

/// An index over a text: conversions cost a scan of at most one stride, and memory is a few
/// bytes per kilobyte.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Positions {
    /// At every `STRIDE`-th byte (moved back to a character boundary): byte, code points, UTF-16 units before it.
    marks: Vec<Mark>,
    /// First byte of every line.
    lines: Vec<u32>,
    /// Lengths of the text in bytes, code points and UTF-16 units.
    total: Mark,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Mark {
    byte: u32,
    chars: u32,
    utf16: u32,
}

impl Mark {
    fn step(&mut self, character: char) {
        self.byte += character.len_utf8() as u32;
        self.chars += 1;
        self.utf16 += character.len_utf16() as u32;
    }
}

impl Positions {
    /// Indexes a text of less than 4 GiB.
    pub fn new(text: &str) -> Self {
        let mut index = Self { marks: vec![Mark::default()], lines: vec![0], total: Mark::default() };
        let mut at = Mark::default();
        for character in text.chars() {
            if at.byte as usize >= index.marks.len() * STRIDE {
                index.marks.push(at);
            }
            at.step(character);
            if character == '\n' {
                index.lines.push(at.byte);
            }
        }
        index.total = at;
        index
    }

    fn scan(&self, text: &str, from: Mark, mut stop: impl FnMut(Mark) -> bool) -> Mark {
        let mut at = from;
        for character in text.get(from.byte as usize..).unwrap_or("").chars() {
            let mut next = at;
            next.step(character);
            if stop(next) {
                break;
            }
            at = next;
        }
        at
    }

    fn at_byte(&self, text: &str, byte: usize) -> Mark {
        let byte = byte.min(self.total.byte as usize) as u32;
        let mark = self.marks.partition_point(|mark| mark.byte <= byte).saturating_sub(1);
        self.scan(text, self.marks[mark], |next| next.byte > byte)
    }

    /// Code points before a byte. A byte inside a character counts as its start.
    pub fn chars_at(&self, text: &str, byte: usize) -> usize {
        self.at_byte(text, byte).chars as usize
    }

    /// UTF-16 units before a byte. A byte inside a character counts as its start.
    pub fn utf16_at(&self, text: &str, byte: usize) -> usize {
        self.at_byte(text, byte).utf16 as usize
    }

    /// The byte at which a code point begins; beyond the end, the length.
    pub fn byte_of_char(&self, text: &str, chars: usize) -> usize {
        let chars = chars.min(self.total.chars as usize) as u32;
        let mark = self.marks.partition_point(|mark| mark.chars <= chars).saturating_sub(1);
        self.scan(text, self.marks[mark], |next| next.chars > chars).byte as usize
    }

    /// The byte at which a UTF-16 unit begins; beyond the end, the length.
    pub fn byte_of_utf16(&self, text: &str, utf16: usize) -> usize {
        let utf16 = utf16.min(self.total.utf16 as usize) as u32;
        let mark = self.marks.partition_point(|mark| mark.utf16 <= utf16).saturating_sub(1);
        self.scan(text, self.marks[mark], |next| next.utf16 > utf16).byte as usize
    }

    /// A span in code points: first, and first behind.
    pub fn chars_of(&self, text: &str, span: Span) -> (usize, usize) {
        (self.chars_at(text, span.start as usize), self.chars_at(text, span.end as usize))
    }

    /// Line and column of a byte, both from 1, the column in code points.
    pub fn line_column(&self, text: &str, byte: usize) -> (usize, usize) {
        let byte = byte.min(self.total.byte as usize);
        let line = self.lines.partition_point(|start| *start as usize <= byte).max(1);
        let start = self.lines[line - 1] as usize;
        (line, self.chars_at(text, byte) - self.chars_at(text, start) + 1)
    }

    /// Number of lines, at least 1.
    pub fn line_count(&self) -> usize {
        self.lines.len()
    }

    /// Length of the text in code points.
    pub fn char_count(&self) -> usize {
        self.total.chars as usize
    }

    /// Length of the text in UTF-16 units.
    pub fn utf16_count(&self) -> usize {
        self.total.utf16 as usize
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn conversions_agree_with_counting() {
        let text = "aé😀\n\tẞ\u{301} 中".repeat(700);
        let index = Positions::new(&text);
        for (n, (byte, _)) in text.char_indices().enumerate().step_by(97) {
            let before = &text[..byte];
            assert_eq!(index.chars_at(&text, byte), n);
            assert_eq!(index.utf16_at(&text, byte), before.encode_utf16().count());
            assert_eq!(index.byte_of_char(&text, n), byte);
            assert_eq!(index.byte_of_utf16(&text, before.encode_utf16().count()), byte);
            assert_eq!(index.line_column(&text, byte).0, before.matches('\n').count() + 1);
        }
        assert_eq!(index.char_count(), text.chars().count());
        assert_eq!(index.utf16_count(), text.encode_utf16().count());
    }

    #[test]
    fn an_empty_text_has_one_line() {
        let index = Positions::new("");
        assert_eq!((index.line_count(), index.line_column("", 5)), (1, (1, 1)));
    }
}
