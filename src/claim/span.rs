//! Where something stands in an article's text.

use serde::{Deserialize, Serialize};

/// A half-open range of **bytes** in the UTF-8 text of one version of an article.
///
/// Always on character boundaries and never empty; whoever makes one answers for that
/// ([`Span::checked`] does it against a text). Code points, UTF-16 units and lines come from
/// `article::Positions` and from nowhere else. Four bytes each: an article is limited to far
/// less than 4 GiB. One that ends where it begins, or before, is an error when it is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "Ends")]
pub struct Span {
    /// First byte.
    pub start: u32,
    /// First byte behind the span.
    pub end: u32,
}

/// A span as a file has it, which may be none.
#[derive(Deserialize)]
#[serde(rename = "Span", deny_unknown_fields)]
struct Ends {
    start: u32,
    end: u32,
}

impl TryFrom<Ends> for Span {
    type Error = &'static str;

    fn try_from(Ends { start, end }: Ends) -> Result<Self, Self::Error> {
        if start < end { Ok(Self { start, end }) } else { Err("the span ends before it begins") }
    }
}

impl Span {
    /// A span from byte positions.
    ///
    /// # Panics
    /// Where `start >= end`, or beyond 4 GiB: a programming error, never the user's.
    pub fn new(start: usize, end: usize) -> Self {
        assert!(start < end, "a span is never empty: {start}..{end}");
        let limit = |n: usize| u32::try_from(n).expect("an article is smaller than 4 GiB");
        Self { start: limit(start), end: limit(end) }
    }

    /// A span from positions that came from outside, checked against the text they count into.
    pub fn checked(text: &str, start: usize, end: usize) -> Option<Self> {
        let sound = start < end && end <= text.len() && end <= u32::MAX as usize;
        (sound && text.is_char_boundary(start) && text.is_char_boundary(end)).then(|| Self::new(start, end))
    }

    /// The range, to slice with.
    pub fn range(self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }

    /// The words of the span. Empty where the span does not fit the text.
    pub fn of(self, text: &str) -> &str {
        text.get(self.range()).unwrap_or("")
    }

    /// Length in bytes; never 0.
    #[expect(clippy::len_without_is_empty, reason = "a span is never empty")]
    pub fn len(self) -> usize {
        (self.end - self.start) as usize
    }

    /// Whether the two share at least one byte.
    pub fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// Whether `other` lies within this span.
    pub fn contains(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether the byte at `position` is inside.
    pub fn covers(self, position: usize) -> bool {
        self.range().contains(&position)
    }

    /// The smallest span that holds both.
    pub fn union(self, other: Self) -> Self {
        Self { start: self.start.min(other.start), end: self.end.max(other.end) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_sound_positions_become_spans() {
        let text = "a é b";
        assert_eq!(Span::checked(text, 2, 4).map(|s| s.of(text)), Some("é"));
        for (start, end) in [(2, 3), (3, 4), (4, 4), (5, 2), (0, 99)] {
            assert_eq!(Span::checked(text, start, end), None, "{start}..{end}");
        }
    }

    #[test]
    fn a_span_of_nothing_does_not_read() {
        assert_eq!(ron::from_str(&ron::to_string(&Span::new(2, 4)).unwrap()), Ok(Span::new(2, 4)));
        for text in ["(start: 4, end: 4)", "(start: 5, end: 2)", "(start: 1, end: 2, more: 3)", "(start: -1, end: 2)"] {
            assert!(ron::from_str::<Span>(text).is_err(), "{text}");
        }
    }
}
