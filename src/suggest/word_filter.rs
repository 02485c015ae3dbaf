//! A quick no to the question whether a word is in a list.

/// First byte and length of every word of a list. Nearly all words of a text are told apart from a
/// few hundred by these two alone, without a look-up.
#[derive(Clone, Debug)]
pub(super) struct WordFilter([u64; 256]);

impl WordFilter {
    /// The filter of some words.
    pub(super) fn new<'w>(words: impl IntoIterator<Item = &'w str>) -> Self {
        let mut filter = Self([0; 256]);
        for word in words {
            if let Some(first) = word.bytes().next() {
                filter.0[first as usize] |= Self::bit(word);
            }
        }
        filter
    }

    /// Longer words than 63 bytes share a bit.
    fn bit(word: &str) -> u64 {
        1 << word.len().min(63)
    }

    /// Whether a word may be in the list. `false` is certain.
    pub(super) fn may_have(&self, word: &str) -> bool {
        word.bytes().next().is_some_and(|first| self.0[first as usize] & Self::bit(word) != 0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_in_the_list_is_never_denied() {
        let long = "x".repeat(80);
        let words = ["one", "two", "über", &long];
        let filter = WordFilter::new(words);
        assert!(words.iter().all(|word| filter.may_have(word)));
        assert!(!filter.may_have("") && !filter.may_have("four") && !filter.may_have("on"));
    }
}
