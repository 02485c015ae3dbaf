//! Forms of a lexicon as chains of words, and which of them begin at a token.
//!
//! An article is cut into words once; each of them is looked up once, and only where a form of
//! several words begins are there further steps. So a hit begins and ends with whole words by its
//! nature ("men" is never found in "women"), and the work is one look-up a word.

use std::ops::Range;

use rustc_hash::FxHashMap;

use super::tokens::{Token, Tokens, words_of_form};
use super::word_filter::WordFilter;

/// The place of a form in the order in which forms were added.
pub(super) type Pattern = u32;

/// No pattern, or no node.
const NONE: u32 = u32::MAX;

/// Where a chain of words has come to.
#[derive(Clone, Copy, Debug)]
struct Node {
    /// The form that ends here, or [`NONE`].
    pattern: Pattern,
    /// Whether longer forms go through here.
    goes_on: bool,
}

/// The number of every word of a form. Nearly all are short enough to be a key themselves, and half of them to be
/// a small one, so that a look-up touches one place in memory, and one that is likely to be at hand.
#[derive(Debug, Default)]
struct WordTable {
    short: FxHashMap<u64, u32>,
    middle: FxHashMap<u128, u32>,
    long: FxHashMap<Box<str>, u32>,
}

/// What a word is looked up by.
enum Key {
    Short(u64),
    Middle(u128),
    Long,
}

impl Key {
    /// From sixteen bytes, the first of which are the word's: they, and its length in the last.
    #[inline]
    fn of(bytes: [u8; 16], length: usize) -> Self {
        let bytes = u128::from_le_bytes(bytes);
        match length {
            0..8 => Self::Short(bytes as u64 & ((1 << (8 * length)) - 1) | (length as u64) << 56),
            8..16 => Self::Middle(bytes & ((1 << (8 * length)) - 1) | (length as u128) << 120),
            _ => Self::Long,
        }
    }
}

impl WordTable {
    fn with_capacity(words: usize) -> Self {
        let mut table = Self::default();
        table.short.reserve(words / 2);
        table.middle.reserve(words / 2);
        table
    }

    /// The number of a word that stands in a text. Where sixteen bytes can be taken at once, none is copied singly.
    #[inline]
    fn get(&self, text: &str, word: Range<usize>) -> Option<u32> {
        let ahead = text.as_bytes().get(word.start..word.start + 16).and_then(|bytes| bytes.try_into().ok());
        let bytes = ahead.unwrap_or_else(|| padded(&text.as_bytes()[word.clone()]));
        match Key::of(bytes, word.len()) {
            Key::Short(key) => self.short.get(&key),
            Key::Middle(key) => self.middle.get(&key),
            Key::Long => self.long.get(&text[word]),
        }
        .copied()
    }

    /// The number of a word, which is the `next` if it is new.
    fn entry(&mut self, word: &str, next: u32) -> u32 {
        match Key::of(padded(word.as_bytes()), word.len()) {
            Key::Short(key) => *self.short.entry(key).or_insert(next),
            Key::Middle(key) => *self.middle.entry(key).or_insert(next),
            Key::Long => *self.long.entry(word.into()).or_insert(next),
        }
    }
}

/// The first sixteen bytes of a word, zeros behind it.
fn padded(word: &[u8]) -> [u8; 16] {
    let mut bytes = [0; 16];
    let length = word.len().min(16);
    bytes[..length].copy_from_slice(&word[..length]);
    bytes
}

/// Forms by their words.
#[derive(Debug, Default)]
pub(super) struct FormTrie {
    words: WordTable,
    /// Of these words.
    filter: WordFilter<2048>,
    /// The node where each word begins a form, or [`NONE`].
    first: Vec<u32>,
    nodes: Vec<Node>,
    /// From a node by a word, by its number and whether it stands there without white space.
    steps: FxHashMap<(u32, u32, bool), u32>,
}

impl FormTrie {
    /// One for about so many forms.
    pub(super) fn with_capacity(forms: usize) -> Self {
        let mut trie = Self { words: WordTable::with_capacity(forms), ..Self::default() };
        trie.steps.reserve(forms / 2);
        trie
    }

    /// Adds a form in lower case. Of two that read the same, the later is kept.
    pub(super) fn add(&mut self, form: &str, pattern: Pattern) {
        let mut at = NONE;
        words_of_form(form, |word, glued| at = self.step(at, word, glued));
        if let Some(node) = self.nodes.get_mut(at as usize) {
            node.pattern = pattern;
        }
    }

    /// The node behind a word, which is made if it is not there yet.
    fn step(&mut self, at: u32, word: &str, glued: bool) -> u32 {
        let fresh = self.nodes.len() as u32;
        self.filter.add(word);
        let number = self.words.entry(word, self.first.len() as u32);
        if number as usize == self.first.len() {
            self.first.push(NONE);
        }
        let next = if let Some(node) = self.nodes.get_mut(at as usize) {
            node.goes_on = true;
            *self.steps.entry((at, number, glued)).or_insert(fresh)
        } else {
            let first = &mut self.first[number as usize];
            if *first == NONE {
                *first = fresh;
            }
            *first
        };
        if next == fresh {
            self.nodes.push(Node { pattern: NONE, goes_on: false });
        }
        next
    }

    /// The number of each token's word, or [`NONE`] where no form has it: every word is looked up once.
    fn numbers(&self, tokens: &Tokens<'_>) -> Vec<u32> {
        let number = |token: &Token| {
            if !self.filter.may_have_mixed(token.mixed) {
                return NONE;
            }
            self.words.get(tokens.read(), token.read_start as usize..token.read_end as usize).unwrap_or(NONE)
        };
        tokens.all().iter().map(number).collect()
    }

    /// The longest form that begins at a token: its pattern, and the first token behind it.
    #[inline]
    fn longest(&self, tokens: &Tokens<'_>, numbers: &[u32], from: usize) -> Option<(Pattern, usize)> {
        let mut at = *self.first.get(numbers[from] as usize)?;
        let mut found = None;
        let mut place = from + 1;
        while let Some(node) = self.nodes.get(at as usize) {
            if node.pattern != NONE {
                found = Some((node.pattern, place));
            }
            if !node.goes_on {
                break;
            }
            let Some(number) = numbers.get(place).filter(|number| **number != NONE) else { break };
            let Some(next) = self.steps.get(&(at, *number, tokens.is_glued(place))) else { break };
            at = *next;
            place += 1;
        }
        found
    }

    /// The forms in an article, in order and not overlapping; of several that begin at one place the
    /// longest.
    pub(super) fn hits(&self, tokens: &Tokens<'_>) -> Vec<(Range<usize>, Pattern)> {
        let numbers = self.numbers(tokens);
        let mut hits = Vec::with_capacity(tokens.len() / 2);
        let mut at = 0;
        while at < tokens.len() {
            match self.longest(tokens, &numbers, at) {
                Some((pattern, behind)) => {
                    hits.push((at..behind, pattern));
                    at = behind;
                }
                None => at += 1,
            }
        }
        hits
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_form_of_whole_words_is_found() {
        let forms = ["men", "men of war", "prisoner", "prisoner-of-war camp", "u.s.", "9/11", "o'brien's", "at"];
        let mut trie = FormTrie::default();
        for (place, form) in forms.iter().enumerate() {
            trie.add(form, place as u32);
        }
        let check = |text: &str, expected: &[&str]| {
            let tokens = Tokens::of_text(text);
            let found: Vec<_> = trie.hits(&tokens).into_iter().map(|(_, pattern)| forms[pattern as usize]).collect();
            assert_eq!(found, expected, "{text}");
        };
        check("Women of war, men of peace, men of war.", &["men", "men of war"]);
        check("A prisoner-of-war said", &["prisoner"]);
        check("the prisoner-of-war camps; prisoner - of - war camp", &["prisoner", "prisoner"]);
        check("a **prisoner-of-war camp** at the U.S. border", &["prisoner-of-war camp", "at", "u.s."]);
        check("since 9/11 and 9 / 11 O’Brien’s men\n\nof war", &["9/11", "o'brien's", "men"]);
        check("", &[]);
        check("the", &[]);
    }
}
