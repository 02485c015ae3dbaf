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

/// The number of every word of a form. Nearly all are short enough to be a key themselves, so that a look-up
/// touches one place in memory and no other.
#[derive(Debug, Default)]
struct WordTable {
    short: FxHashMap<u128, u32>,
    long: FxHashMap<Box<str>, u32>,
}

impl WordTable {
    /// The bytes of a word with its length in the last; `None` where they are too many.
    fn key(word: &str) -> Option<u128> {
        let mut key = [0; 16];
        key.get_mut(..word.len()).filter(|bytes| bytes.len() < 16)?.copy_from_slice(word.as_bytes());
        key[15] = word.len() as u8;
        Some(u128::from_le_bytes(key))
    }

    /// The key of a word that stands in a text. Where sixteen bytes can be taken at once, none is copied singly.
    #[inline]
    fn key_at(text: &[u8], start: usize, end: usize) -> Option<u128> {
        let (length, ahead) = (end - start, text.get(start..start + 16)?);
        let bytes = u128::from_le_bytes(ahead.try_into().ok()?);
        (length < 16).then(|| bytes & ((1 << (8 * length)) - 1) | (length as u128) << 120)
    }

    fn get(&self, word: &str) -> Option<u32> {
        match Self::key(word) {
            Some(key) => self.short.get(&key),
            None => self.long.get(word),
        }
        .copied()
    }

    /// The number of a word, which is the `next` if it is new.
    fn entry(&mut self, word: &str, next: u32) -> u32 {
        match Self::key(word) {
            Some(key) => *self.short.entry(key).or_insert(next),
            None => *self.long.entry(word.into()).or_insert(next),
        }
    }
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
        let mut trie = Self { nodes: Vec::with_capacity(2 * forms), ..Self::default() };
        trie.words.short.reserve(forms);
        trie.steps.reserve(forms);
        trie.first.reserve(forms);
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
        let text = tokens.read().as_bytes();
        let number = |token: &Token| {
            let (start, end) = (token.read_start as usize, token.read_end as usize);
            let word = &tokens.read()[start..end];
            if !self.filter.may_have(word) {
                return NONE;
            }
            let found = match WordTable::key_at(text, start, end) {
                Some(key) => self.words.short.get(&key).copied(),
                None => self.words.get(word),
            };
            found.unwrap_or(NONE)
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
