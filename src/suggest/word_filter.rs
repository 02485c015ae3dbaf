//! A quick no to the question whether a word is in a list that is made when the program runs.

use super::word_set::mixed;

/// A bit for every word of a list, by its first and last byte and its length. These three tell nearly all
/// words of a text apart from some hundred others, without a look-up; `WORDS` times 64 bits should be some
/// eight times as many as there are words.
#[derive(Clone, Debug)]
pub(super) struct WordFilter<const WORDS: usize = 64>([u64; WORDS]);

impl<const WORDS: usize> WordFilter<WORDS> {
    /// The filter of some words.
    pub(super) fn new<'w>(words: impl IntoIterator<Item = &'w str>) -> Self {
        let mut filter = Self([0; WORDS]);
        for word in words {
            filter.add(word);
        }
        filter
    }

    /// Adds a word.
    pub(super) fn add(&mut self, word: &str) {
        if let Some((place, bit)) = Self::place(mixed(word.as_bytes())) {
            self.0[place] |= bit;
        }
    }

    /// Nothing but the empty word is mixed to 0.
    #[inline]
    fn place(mixed: u32) -> Option<(usize, u64)> {
        let bits = mixed >> 8;
        (mixed != 0).then_some(((bits >> 6) as usize % WORDS, 1 << (bits & 63)))
    }

    /// Whether a word may be in the list. `false` is certain.
    #[inline]
    pub(super) fn may_have(&self, word: &str) -> bool {
        self.may_have_mixed(mixed(word.as_bytes()))
    }

    /// The same of a word that is mixed already.
    #[inline]
    pub(super) fn may_have_mixed(&self, mixed: u32) -> bool {
        Self::place(mixed).is_some_and(|(place, bit)| self.0[place] & bit != 0)
    }
}

impl<const WORDS: usize> Default for WordFilter<WORDS> {
    fn default() -> Self {
        Self([0; WORDS])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_in_the_list_is_never_denied() {
        let long = "x".repeat(80);
        let words = ["one", "two", "über", &long];
        let filter: WordFilter = WordFilter::new(words);
        assert!(words.iter().all(|word| filter.may_have(word)));
        assert!(!filter.may_have("") && !filter.may_have("four") && !filter.may_have("on"));
    }
}
