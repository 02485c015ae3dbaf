//! Forms of a lexicon as chains of words, and which of them begin at a token.
//!
//! An article is cut into words once; each of them is looked up once, and only where a form of
//! several words begins are there further steps. So a hit begins and ends with whole words by its
//! nature ("men" is never found in "women"), and the work is one look-up a word.

use std::ops::Range;

use rustc_hash::FxHashMap;

use super::tokens::{Tokens, words_of_form};
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

/// What is known of a word of a form.
#[derive(Clone, Copy, Debug)]
struct Known {
    /// The how-manieth word it is.
    number: u32,
    /// The node where it begins a form, or [`NONE`].
    first: u32,
}

/// Every word of a form. Nearly all are short enough to be a key themselves, so that a look-up
/// touches one place in memory and no other.
#[derive(Debug, Default)]
struct WordTable {
    short: FxHashMap<u128, Known>,
    long: FxHashMap<Box<str>, Known>,
}

impl WordTable {
    /// The bytes of a word with its length in the last; `None` where they are too many.
    fn key(word: &str) -> Option<u128> {
        let mut key = [0; 16];
        key.get_mut(..word.len()).filter(|bytes| bytes.len() < 16)?.copy_from_slice(word.as_bytes());
        key[15] = word.len() as u8;
        Some(u128::from_le_bytes(key))
    }

    fn get(&self, word: &str) -> Option<Known> {
        match Self::key(word) {
            Some(key) => self.short.get(&key),
            None => self.long.get(word),
        }
        .copied()
    }

    /// What is known of a word, which is added if it is new.
    fn entry(&mut self, word: &str) -> &mut Known {
        let new = Known { number: (self.short.len() + self.long.len()) as u32, first: NONE };
        match Self::key(word) {
            Some(key) => self.short.entry(key).or_insert(new),
            None => self.long.entry(word.into()).or_insert(new),
        }
    }
}

/// Forms by their words.
#[derive(Debug, Default)]
pub(super) struct FormTrie {
    words: WordTable,
    /// Of these words.
    filter: WordFilter<2048>,
    nodes: Vec<Node>,
    /// From a node by a word, by its number and whether it stands there without white space.
    steps: FxHashMap<(u32, u32, bool), u32>,
}

impl FormTrie {
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
        let known = self.words.entry(word);
        let next = if let Some(node) = self.nodes.get_mut(at as usize) {
            node.goes_on = true;
            *self.steps.entry((at, known.number, glued)).or_insert(fresh)
        } else {
            if known.first == NONE {
                known.first = fresh;
            }
            known.first
        };
        if next == fresh {
            self.nodes.push(Node { pattern: NONE, goes_on: false });
        }
        next
    }

    /// The longest form that begins at a token: its pattern, and the first token behind it.
    fn longest(&self, tokens: &Tokens<'_>, from: usize) -> Option<(Pattern, usize)> {
        let first = tokens.word(from);
        if !self.filter.may_have(first) {
            return None;
        }
        let mut at = self.words.get(first)?.first;
        let mut found = None;
        let mut place = from + 1;
        while let Some(node) = self.nodes.get(at as usize) {
            if node.pattern != NONE {
                found = Some((node.pattern, place));
            }
            if !node.goes_on {
                break;
            }
            let Some(word) = self.words.get(tokens.word(place)) else { break };
            let Some(next) = self.steps.get(&(at, word.number, tokens.is_glued(place))) else { break };
            at = *next;
            place += 1;
        }
        found
    }

    /// The forms in an article, in order and not overlapping; of several that begin at one place the
    /// longest.
    pub(super) fn hits(&self, tokens: &Tokens<'_>) -> Vec<(Range<usize>, Pattern)> {
        let mut hits = Vec::with_capacity(tokens.len() / 2);
        let mut at = 0;
        while at < tokens.len() {
            match self.longest(tokens, at) {
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
