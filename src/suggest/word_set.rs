//! Lists of words that are asked for again and again: a set says no without looking at the word.
//!
//! The rules of the grammar hold every unit of an article against hundreds of short lists, and nearly
//! always in vain. Each set is made when the program is compiled, with a bit for the [`key`] of each of its
//! words; each unit knows its own.

/// Words in lower case, none of them twice, with a bit for the key of each.
#[derive(Debug)]
pub(super) struct WordSet {
    words: &'static [&'static str],
    keys: [u64; 4],
    /// The same for the other half of each key: of a long list, the two say no where one would not.
    more: [u64; 4],
}

/// What tells a word from nearly all others without comparing them: its first and last byte and its length
/// in bytes, mixed by a multiplication. The upper bits of a product are its best mixed.
#[inline]
pub(super) const fn mixed(word: &[u8]) -> u32 {
    let (Some(first), Some(last)) = (word.first(), word.last()) else { return 0 };
    mixed_of(*first, *last, word.len())
}

/// The same from what is mixed.
#[inline]
pub(super) const fn mixed_of(first: u8, last: u8, length: usize) -> u32 {
    (first as u32 | (last as u32) << 8 | (length as u32) << 16).wrapping_mul(0x9E37_79B1)
}

/// The bits of this that sets go by.
#[inline]
pub(super) const fn key(word: &[u8]) -> u16 {
    key_of(mixed(word))
}

/// The same of a word that is mixed already.
#[inline]
pub(super) const fn key_of(mixed: u32) -> u16 {
    (mixed >> 16) as u16
}

/// Whether a word is in a short list. Its length and its first byte tell nearly all words apart, without a call that
/// compares them.
#[inline]
pub(super) fn is_among(word: &str, list: &[&str]) -> bool {
    let first = word.as_bytes().first();
    list.iter().any(|other| other.len() == word.len() && other.as_bytes().first() == first && *other == word)
}

impl WordSet {
    /// The set of some words in lower case.
    pub(super) const fn of(words: &'static [&'static str]) -> Self {
        let (mut keys, mut more) = ([0; 4], [0; 4]);
        let mut place = 0;
        while place < words.len() {
            let key = key(words[place].as_bytes());
            keys[key as usize >> 14] |= 1 << (key >> 8 & 63);
            more[key as usize >> 6 & 3] |= 1 << (key & 63);
            place += 1;
        }
        Self { words, keys, more }
    }

    /// Its words, in the order in which they were given.
    pub(super) const fn words(&self) -> &'static [&'static str] {
        self.words
    }

    /// Whether a word with this key may be in it. `false` is certain.
    #[inline]
    pub(super) const fn may_have(&self, key: u16) -> bool {
        self.keys[key as usize >> 14] & 1 << (key >> 8 & 63) != 0
            && self.more[key as usize >> 6 & 3] & 1 << (key & 63) != 0
    }

    /// Whether a word in lower case is one of those listed, without a look at its key.
    pub(super) fn lists(&self, word: &str) -> bool {
        is_among(word, self.words)
    }

    /// Whether a word in lower case is in it.
    #[inline]
    pub(super) fn has(&self, word: &str) -> bool {
        self.may_have(key(word.as_bytes())) && self.lists(word)
    }
}

/// The set of these words, made when the program is compiled.
macro_rules! words {
    ($($word:literal),+ $(,)?) => {
        const { &$crate::suggest::word_set::WordSet::of(&[$($word),+]) }
    };
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_set_has_its_words_and_no_others() {
        let set = words!["killed", "über", "up from", ","];
        for word in ["killed", "über", "up from", ","] {
            assert!(set.has(word) && set.may_have(key(word.as_bytes())), "{word}");
        }
        for word in ["", "kiiled", "kill", "up", "from", ";", "Killed"] {
            assert!(!set.has(word), "{word}");
        }
    }
}
