//! A text in pieces that are the same or not: words, numbers with what stands between their digits,
//! single signs. White space is between them and does not count.

use crate::claim::numerals::{SMALL, TENS};

/// A piece of a text, in bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Token {
    pub start: u32,
    pub end: u32,
    /// Letters or digits, rather than a sign.
    pub is_word: bool,
}

impl Token {
    /// Its text.
    pub fn of(self, text: &str) -> &str {
        text.get(self.start as usize..self.end as usize).unwrap_or("")
    }
}

/// The pieces of a text.
pub(super) fn tokens(text: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut characters = text.char_indices().peekable();
    while let Some((start, character)) = characters.next() {
        if character.is_whitespace() {
            continue;
        }
        let mut end = start + character.len_utf8();
        let is_word = character.is_alphanumeric();
        while is_word && let Some(&(at, next)) = characters.peek() {
            let rest = text[at + next.len_utf8()..].chars().next();
            // "1,000", "3.5", "1'000": one number, however it is written.
            let in_number = ".,'’\u{a0}\u{202f}".contains(next)
                && text[..at].ends_with(|c: char| c.is_ascii_digit())
                && rest.is_some_and(|c| c.is_ascii_digit());
            if !next.is_alphanumeric() && !in_number {
                break;
            }
            end = at + next.len_utf8();
            characters.next();
        }
        tokens.push(Token { start: start as u32, end: end as u32, is_word });
    }
    tokens
}

/// Words for numbers beside the units and tens, so that a change of one is seen. What they are worth does not matter here.
const NUMBER_WORDS: &[&str] = &[
    "zero",
    "hundred",
    "hundreds",
    "thousand",
    "thousands",
    "million",
    "millions",
    "billion",
    "dozen",
    "dozens",
    "score",
    "scores",
    "half",
    "both",
    "several",
    "many",
    "few",
];

/// The numbers in some words, in order: digits without what groups them, and words in small letters.
pub(super) fn numbers(words: &str) -> Vec<String> {
    let number = |token: &Token| {
        let text = token.of(words).to_lowercase();
        if text.contains(|c: char| c.is_numeric()) {
            let grouped = |c: char| matches!(c, ',' | '\'' | '’' | '\u{a0}' | '\u{202f}');
            return Some(text.chars().filter(|c| !grouped(*c)).collect());
        }
        [NUMBER_WORDS, &SMALL, &TENS].iter().any(|words| words.contains(&&*text)).then_some(text)
    };
    tokens(words).iter().filter(|token| token.is_word).filter_map(number).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_one_piece_however_they_are_written() {
        let check = |text: &str, expected: &[&str]| {
            let found: Vec<_> = tokens(text).into_iter().map(|token| token.of(text)).collect();
            assert_eq!(found, expected, "{text}");
        };
        check("the 1,000 bodies, 38.", &["the", "1,000", "bodies", ",", "38", "."]);
        check("3.5 million;1’000 x", &["3.5", "million", ";", "1’000", "x"]);
        check("Kyiv's “two-way” été 😀", &["Kyiv", "'", "s", "“", "two", "-", "way", "”", "été", "😀"]);
        check(" \n ", &[]);
    }

    #[test]
    fn numbers_are_found_in_digits_and_words() {
        let check = |text: &str, expected: &[&str]| assert_eq!(numbers(text), expected, "{text}");
        check("the bodies of 1,212 soldiers", &["1212"]);
        check("Twenty-two of 38 were killed", &["twenty", "two", "38"]);
        check("nobody was killed", &[]);
        check("a dozen, or 1.5 thousand", &["dozen", "1.5", "thousand"]);
    }
}
