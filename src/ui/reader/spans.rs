//! Claims and suggestions as marks on the text: where they stand, and in which lane.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::claim::{ArticleId, ClaimId, Grade, Name, Quantity, Reading, Span, SuggestionKey, grouped};
use crate::session::Session;
use crate::ui::state::Chosen;

/// Lanes beyond this one share it: more lines under a row cannot be told apart.
pub const DEEPEST: u8 = 3;

/// What a mark stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// A claim of the analyst's.
    Claim(ClaimId),
    /// A suggestion on which nothing is decided.
    Suggestion(SuggestionKey),
}

impl Target {
    /// The target as what is chosen.
    pub fn chosen(&self) -> Chosen {
        match self {
            Self::Claim(id) => Chosen::Claim(id.clone()),
            Self::Suggestion(key) => Chosen::Suggestion(key.clone()),
        }
    }

    /// Whether it is what is chosen.
    pub fn is(&self, chosen: &Chosen) -> bool {
        match (self, chosen) {
            (Self::Claim(id), Chosen::Claim(other)) => id == other,
            // The span first: it tells nearly all apart, and cheaply.
            (Self::Suggestion(key), Chosen::Suggestion(other)) => key.span == other.span && key == other,
            _ => false,
        }
    }

    /// Whether it is a suggestion.
    pub fn is_suggestion(&self) -> bool {
        matches!(self, Self::Suggestion(_))
    }
}

/// A mark on the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    /// Where it stands, in bytes of the article.
    pub span: Span,
    /// What it stands for.
    pub target: Target,
    /// The id of its category.
    pub category: Name,
    /// How many.
    pub quantity: Quantity,
    /// How far a suggestion can be trusted.
    pub grade: Option<Grade>,
    /// Which of a claim's spans it is, from 0: the main one.
    pub part: usize,
    /// The lane under the text, 0 being the one next to the letters.
    pub lane: u8,
}

impl Mark {
    /// The count in few words, the number alone where there is exactly one: "1,000", "1,801 or more".
    pub fn count(&self) -> String {
        self.quantity.single().map_or_else(|| self.quantity.reading(), grouped)
    }

    /// "bodies · Ukraine · Russia → Ukraine"
    pub fn summary(&self, session: &Session) -> String {
        let reading = match &self.target {
            Target::Claim(id) => session.workspace().claims.get(id).map(|claim| &claim.reading),
            Target::Suggestion(key) => session.suggestion(key).map(|suggestion| &suggestion.reading),
        };
        reading.map_or_else(|| self.category.to_string(), Reading::summary)
    }
}

/// The marks of an article, by position.
#[derive(Clone, Debug, Default)]
pub struct Marks {
    marks: Vec<Mark>,
    /// For each mark, the farthest end of it and all before it: what makes finding quick.
    reach: Vec<u32>,
}

impl Marks {
    /// Sorts marks by position, longer ones first, and gives each its lane.
    pub fn new(mut marks: Vec<Mark>) -> Self {
        marks.sort_by(|a, b| {
            let key = |mark: &Mark| (mark.span.start, std::cmp::Reverse(mark.span.end), mark.target.is_suggestion());
            key(a).cmp(&key(b))
        });
        let mut ends: Vec<u32> = Vec::new();
        let mut reach = Vec::with_capacity(marks.len());
        let mut farthest = 0;
        for mark in &mut marks {
            let free = ends.iter().position(|end| *end <= mark.span.start);
            let lane = free.unwrap_or(ends.len());
            match ends.get_mut(lane) {
                Some(end) => *end = mark.span.end,
                None => ends.push(mark.span.end),
            }
            mark.lane = u8::try_from(lane).map_or(DEEPEST, |lane| lane.min(DEEPEST));
            farthest = farthest.max(mark.span.end);
            reach.push(farthest);
        }
        Self { marks, reach }
    }

    /// The marks of an article: all its claims, and the suggestions at or above a grade.
    pub fn of(session: &Session, article: &ArticleId, threshold: Option<Grade>) -> Self {
        let text = session.article(article).map_or("", |article| &article.text);
        let mut marks = Vec::new();
        for claim in session.claims_of(article) {
            for (part, anchor) in claim.evidence.iter().enumerate().filter(|(_, anchor)| anchor.holds(text)) {
                marks.push(Mark {
                    span: anchor.span,
                    target: Target::Claim(claim.id.clone()),
                    category: claim.reading.category.clone(),
                    quantity: claim.reading.count.quantity.clone(),
                    grade: None,
                    part,
                    lane: 0,
                });
            }
        }
        for (key, suggestion) in session.pending_with_keys(article) {
            if threshold.is_some_and(|lowest| suggestion.grade < lowest) {
                continue;
            }
            if Span::checked(text, suggestion.span.start as usize, suggestion.span.end as usize).is_none() {
                continue;
            }
            marks.push(Mark {
                span: suggestion.span,
                target: Target::Suggestion(key.clone()),
                category: suggestion.reading.category.clone(),
                quantity: suggestion.reading.count.quantity.clone(),
                grade: Some(suggestion.grade),
                part: 0,
                lane: 0,
            });
        }
        Self::new(marks)
    }

    /// All marks, by position.
    pub fn all(&self) -> &[Mark] {
        &self.marks
    }

    /// The categories of the marks, the most frequent first.
    pub fn categories(&self) -> Vec<&Name> {
        let mut counts: BTreeMap<&Name, usize> = BTreeMap::new();
        for mark in &self.marks {
            *counts.entry(&mark.category).or_default() += 1;
        }
        let mut categories: Vec<(&Name, usize)> = counts.into_iter().collect();
        categories.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        categories.into_iter().map(|(category, _)| category).collect()
    }

    /// The marks that share a byte with a range, by position.
    pub fn within(&self, bytes: Range<usize>) -> impl Iterator<Item = &Mark> {
        let first = self.reach.partition_point(|end| *end as usize <= bytes.start);
        let last = self.marks.partition_point(|mark| (mark.span.start as usize) < bytes.end).max(first);
        self.marks[first..last].iter().filter(move |mark| mark.span.end as usize > bytes.start)
    }

    /// What a click chooses of the marks under it, the shortest of which comes first, given what is
    /// chosen now: the shortest, or the one behind the chosen one.
    pub fn next_of<'a>(under: &[&'a Mark], chosen: &Chosen) -> Option<&'a Mark> {
        let next = under.iter().position(|mark| mark.target.is(chosen)).map_or(0, |at| (at + 1) % under.len());
        under.get(next).copied()
    }

    /// The main mark of what is chosen.
    pub fn of_chosen(&self, chosen: &Chosen) -> Option<&Mark> {
        self.marks.iter().find(|mark| mark.part == 0 && mark.target.is(chosen))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mark(start: usize, end: usize) -> Mark {
        Mark {
            span: Span::new(start, end),
            target: Target::Claim(ClaimId(format!("{start}-{end}").into())),
            category: "bodies".into(),
            quantity: Quantity::exact(1),
            grade: None,
            part: 0,
            lane: 0,
        }
    }

    fn lanes(spans: &[(usize, usize)]) -> Vec<(u32, u32, u8)> {
        let marks = Marks::new(spans.iter().map(|(start, end)| mark(*start, *end)).collect());
        marks.all().iter().map(|m| (m.span.start, m.span.end, m.lane)).collect()
    }

    #[test]
    fn overlapping_spans_take_the_first_free_lane() {
        for (spans, expected) in [
            (vec![(0, 5), (5, 9)], vec![(0, 5, 0), (5, 9, 0)]),
            (vec![(0, 5), (3, 9), (8, 12)], vec![(0, 5, 0), (3, 9, 1), (8, 12, 0)]),
            (vec![(2, 4), (0, 9), (3, 8)], vec![(0, 9, 0), (2, 4, 1), (3, 8, 2)]),
            (vec![(0, 9), (0, 9)], vec![(0, 9, 0), (0, 9, 1)]),
            (vec![(0, 9); 6], vec![(0, 9, 0), (0, 9, 1), (0, 9, 2), (0, 9, 3), (0, 9, 3), (0, 9, 3)]),
        ] {
            assert_eq!(lanes(&spans), expected);
        }
    }

    #[test]
    fn marks_within_a_range_are_found_even_behind_long_ones() {
        let marks = Marks::new([(0, 100), (5, 8), (10, 20), (50, 60)].map(|(a, b)| mark(a, b)).into());
        let found = |range| marks.within(range).map(|m| m.span.start).collect::<Vec<_>>();
        assert_eq!(found(0..1), [0]);
        assert_eq!(found(7..12), [0, 5, 10]);
        assert_eq!(found(8..10), [0]);
        assert_eq!(found(59..70), [0, 50]);
        assert_eq!(found(100..200), [] as [u32; 0]);
    }

    #[test]
    fn clicks_cycle_from_the_shortest_mark_outwards() {
        let marks = [(10, 15), (5, 20), (0, 100)].map(|(a, b)| mark(a, b));
        let under: Vec<&Mark> = marks.iter().collect();
        let mut chosen = Chosen::Nothing;
        let mut seen = Vec::new();
        for _ in 0..4 {
            let next = Marks::next_of(&under, &chosen).expect("three marks");
            seen.push(next.span.len());
            chosen = next.target.chosen();
        }
        assert_eq!(seen, [5, 15, 100, 5]);
        assert_eq!(Marks::next_of(&under[2..], &chosen).map(|mark| mark.span.len()), Some(100));
        assert_eq!(Marks::next_of(&[], &chosen), None);
    }
}
