//! Claims and suggestions as marks on the text: where they stand, and in which lane.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use crate::claim::{
    ArticleId, Claim, ClaimId, Grade, Name, Quantity, Reading, Span, Suggestion, SuggestionKey, grouped,
};
use crate::session::{MarksChanged, Session};
use crate::ui::state::Chosen;

/// Lanes beyond this one share it: more lines under a row cannot be told apart.
pub const DEEPEST: u8 = 3;

/// What a mark stands for.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
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
    #[expect(clippy::vec_box, reason = "one comes in between two hundred thousand others with every edit")]
    marks: Vec<Box<Mark>>,
    /// Where each begins.
    starts: Vec<u32>,
    /// For each mark, the farthest end of it and all before it: what makes finding quick.
    reach: Vec<u32>,
    /// Whether each is a suggestion.
    suggested: Vec<bool>,
    /// How many marks each category has.
    categories: BTreeMap<Name, usize>,
}

/// The order of marks: by position, longer ones first, claims before suggestions.
fn order(mark: &Mark) -> (u32, Reverse<u32>, &Target, usize) {
    (mark.span.start, Reverse(mark.span.end), &mark.target, mark.part)
}

impl Marks {
    /// Sorts marks by position, longer ones first, and gives each its lane.
    pub fn new(marks: Vec<Mark>) -> Self {
        let mut marks: Vec<Box<Mark>> = marks.into_iter().map(Box::new).collect();
        marks.sort_by(|a, b| order(a).cmp(&order(b)));
        let mut categories = BTreeMap::new();
        for mark in &marks {
            match categories.get_mut(&mark.category) {
                Some(count) => *count += 1,
                None => drop(categories.insert(mark.category.clone(), 1)),
            }
        }
        let starts: Vec<u32> = marks.iter().map(|mark| mark.span.start).collect();
        let suggested = marks.iter().map(|mark| mark.target.is_suggestion()).collect();
        let mut made = Self { reach: vec![0; marks.len()], marks, starts, suggested, categories };
        made.settle(0, made.marks.len());
        made
    }

    /// The marks of an article: all its claims, and the suggestions at or above a grade.
    pub fn of(session: &Session, article: &ArticleId, threshold: Option<Grade>) -> Self {
        let text = session.article(article).map_or("", |article| &article.text);
        let claims = session.claims_of(article).into_iter().flat_map(|claim| of_claim(claim, text));
        let waiting = session.pending_with_keys(article);
        let suggestions = waiting.filter_map(|(key, found)| of_suggestion(key, found, text, threshold));
        Self::new(claims.chain(suggestions).collect())
    }

    /// Follows what has changed in an article since the marks were made.
    pub fn follow(
        &mut self,
        session: &Session,
        article: &ArticleId,
        threshold: Option<Grade>,
        changes: &[&MarksChanged],
    ) {
        let text = session.article(article).map_or("", |article| &article.text);
        let mut claims: BTreeSet<&ClaimId> = BTreeSet::new();
        let mut decided: BTreeSet<&SuggestionKey> = BTreeSet::new();
        for (id, spans) in changes.iter().flat_map(|changed| &changed.claims) {
            let target = Target::Claim(id.clone());
            spans.iter().for_each(|span| self.remove(span.start, &target));
            claims.insert(id);
        }
        for claim in claims.into_iter().filter_map(|id| session.standing_claim(id)) {
            of_claim(claim, text).for_each(|mark| self.insert(mark));
        }
        decided.extend(changes.iter().flat_map(|changed| &changed.decided));
        // What is decided of a count may hold for other readings of it.
        let of_same_count = decided.into_iter().flat_map(|key| session.suggestions_on(key)).collect::<Vec<_>>();
        for (key, found) in of_same_count {
            self.remove(found.span.start, &Target::Suggestion(key.clone()));
            if session.waiting_suggestion(key).is_some() {
                of_suggestion(key, found, text, threshold).into_iter().for_each(|mark| self.insert(mark));
            }
        }
    }

    fn insert(&mut self, mark: Mark) {
        let Err(at) = self.marks.binary_search_by(|other| order(other).cmp(&order(&mark))) else { return };
        *self.categories.entry(mark.category.clone()).or_default() += 1;
        self.starts.insert(at, mark.span.start);
        self.suggested.insert(at, mark.target.is_suggestion());
        self.reach.insert(at, 0);
        self.marks.insert(at, Box::new(mark));
        self.settle(at, at + 1);
    }

    fn remove(&mut self, start: u32, target: &Target) {
        let from = self.starts.partition_point(|other| *other < start);
        let to = self.starts.partition_point(|other| *other <= start);
        let Some(at) = self.marks[from..to].iter().position(|mark| mark.target == *target) else { return };
        let at = from + at;
        let mark = self.marks.remove(at);
        self.starts.remove(at);
        self.suggested.remove(at);
        self.reach.remove(at);
        match self.categories.get_mut(&mark.category) {
            Some(count) if *count > 1 => *count -= 1,
            _ => drop(self.categories.remove(&mark.category)),
        }
        self.settle(at, at);
    }

    /// Gives the marks from one place to another their lanes and reaches, and all that overlap with
    /// these or with one another next to them.
    fn settle(&mut self, from: usize, to: usize) {
        let mut first = from.min(self.marks.len());
        while first > 0 && first < self.marks.len() && self.reach[first - 1] > self.starts[first] {
            first -= 1;
        }
        let mut farthest = first.checked_sub(1).map_or(0, |before| self.reach[before]);
        let mut ends: Vec<u32> = Vec::new();
        for at in first..self.marks.len() {
            if at >= to && self.starts[at] >= farthest {
                break; // nothing before reaches that far
            }
            let mark = &mut self.marks[at];
            let free = ends.iter().position(|end| *end <= mark.span.start);
            let lane = free.unwrap_or(ends.len());
            match ends.get_mut(lane) {
                Some(end) => *end = mark.span.end,
                None => ends.push(mark.span.end),
            }
            mark.lane = u8::try_from(lane).map_or(DEEPEST, |lane| lane.min(DEEPEST));
            farthest = farthest.max(mark.span.end);
            self.reach[at] = farthest;
        }
    }

    /// A mark, by its place.
    pub fn get(&self, place: usize) -> Option<&Mark> {
        self.marks.get(place).map(|mark| &**mark)
    }

    #[cfg(test)]
    fn iter(&self) -> impl Iterator<Item = &Mark> {
        self.marks.iter().map(|mark| &**mark)
    }

    /// The first claim's mark and the first suggestion's of those that begin in a range, by place.
    pub fn first_in(&self, bytes: Range<usize>) -> [Option<usize>; 2] {
        let from = self.starts.partition_point(|start| (*start as usize) < bytes.start);
        let to = self.starts.partition_point(|start| (*start as usize) < bytes.end).max(from);
        let first = |suggestion| self.suggested[from..to].iter().position(|is| *is == suggestion).map(|at| from + at);
        [first(false), first(true)]
    }

    /// The categories of the marks, the most frequent first.
    pub fn categories(&self) -> Vec<&Name> {
        let mut categories: Vec<(&Name, &usize)> = self.categories.iter().collect();
        categories.sort_by_key(|(_, count)| Reverse(*count));
        categories.into_iter().map(|(category, _)| category).collect()
    }

    /// The marks that share a byte with a range, by position.
    pub fn within(&self, bytes: Range<usize>) -> impl Iterator<Item = &Mark> {
        let first = self.reach.partition_point(|end| *end as usize <= bytes.start);
        let last = self.starts.partition_point(|start| (*start as usize) < bytes.end).max(first);
        self.marks[first..last].iter().map(|mark| &**mark).filter(move |mark| mark.span.end as usize > bytes.start)
    }

    /// What a click chooses of the marks under it, the shortest of which comes first, given what is
    /// chosen now: the shortest, or the one behind the chosen one.
    pub fn next_of<'a>(under: &[&'a Mark], chosen: &Chosen) -> Option<&'a Mark> {
        let next = under.iter().position(|mark| mark.target.is(chosen)).map_or(0, |at| (at + 1) % under.len());
        under.get(next).copied()
    }

    /// The main mark of what is chosen.
    pub fn of_chosen(&self, chosen: &Chosen, session: &Session) -> Option<&Mark> {
        let span = match chosen {
            Chosen::Nothing => None,
            Chosen::Claim(id) => session.standing_claim(id).map(Claim::span),
            Chosen::Suggestion(key) => session.suggestion(key).map(|found| found.span),
        };
        let start = span?.start;
        let from = self.starts.partition_point(|other| *other < start);
        let here = self.marks[from..].iter().take_while(|mark| mark.span.start == start);
        here.map(|mark| &**mark).find(|mark| mark.part == 0 && mark.target.is(chosen))
    }
}

/// The marks of a claim: one for each of its spans.
fn of_claim<'a>(claim: &'a Claim, text: &'a str) -> impl Iterator<Item = Mark> + 'a {
    let standing = claim.evidence.iter().enumerate().filter(|(_, anchor)| anchor.holds(text));
    standing.map(|(part, anchor)| Mark {
        span: anchor.span,
        target: Target::Claim(claim.id.clone()),
        category: claim.reading.category.clone(),
        quantity: claim.reading.count.quantity.clone(),
        grade: None,
        part,
        lane: 0,
    })
}

/// The mark of a suggestion, where it is graded high enough.
fn of_suggestion(key: &SuggestionKey, found: &Suggestion, text: &str, threshold: Option<Grade>) -> Option<Mark> {
    if threshold.is_some_and(|lowest| found.grade < lowest) {
        return None;
    }
    Span::checked(text, found.span.start as usize, found.span.end as usize)?;
    Some(Mark {
        span: found.span,
        target: Target::Suggestion(key.clone()),
        category: found.reading.category.clone(),
        quantity: found.reading.count.quantity.clone(),
        grade: Some(found.grade),
        part: 0,
        lane: 0,
    })
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
        marks.iter().map(|m| (m.span.start, m.span.end, m.lane)).collect()
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
    fn marks_that_come_and_go_are_the_same_as_marks_made_at_once() {
        // Spans that nest, overlap, touch and stand alone; the same steps in every run.
        let mut seed = 7_u64;
        let mut random = |below: u64| {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (seed >> 33) % below
        };
        let mut plain: BTreeSet<(usize, usize)> = BTreeSet::new();
        let mut marks = Marks::default();
        for _ in 0..600 {
            let start = random(200) as usize;
            let longest = if random(9) == 0 { 120 } else { 12 };
            let span = (start, start + 1 + random(longest) as usize);
            let mark = mark(span.0, span.1);
            if plain.remove(&span) {
                marks.remove(span.0 as u32, &mark.target);
            } else {
                plain.insert(span);
                marks.insert(mark);
            }
            let anew = Marks::new(plain.iter().map(|(start, end)| super::tests::mark(*start, *end)).collect());
            assert_eq!((&marks.marks, &marks.starts, &marks.reach), (&anew.marks, &anew.starts, &anew.reach));
            assert_eq!((&marks.suggested, &marks.categories), (&anew.suggested, &anew.categories));
        }
    }

    #[test]
    fn marks_follow_what_is_decided_tagged_changed_and_undone() {
        use crate::session::Command;
        let text = "Russia handed over the bodies of 1,000 soldiers to Ukraine. Kyiv gave 38 bodies back. \
                    Later 12 and 30 prisoners came home, and 5 civilians were killed.";
        let mut session = Session::new("anna");
        session.add_articles(&[("a.txt", text.as_bytes())]);
        session.settle();
        let article = session.workspace().articles.keys().next().expect("one").clone();
        let keys: Vec<SuggestionKey> = session.pending_with_keys(&article).map(|(key, _)| key.clone()).collect();
        assert!(keys.len() >= 4);
        let span = |words: &str| {
            let at = text.find(words).expect("there");
            Span::new(at, at + words.len())
        };
        let tag = |words: &str| Command::Tag { article: article.clone(), span: span(words), category: "bodies".into() };
        let steps = [
            Command::Accept(keys[0].clone()),
            tag("38 bodies"),
            Command::Reject(keys[2].clone()),
            tag("Kyiv gave"),
            Command::Undo,
            Command::Redo,
            tag("Later 12 and 30 prisoners"),
            Command::AcceptAll { article: None, at_least: Grade::Check },
            Command::Undo,
            Command::Undo,
            Command::Restore(keys[2].clone()),
        ];
        let mut edition = session.marks_edition(&article);
        let mut marks = Marks::of(&session, &article, None);
        for step in steps {
            let said = format!("{step:?}");
            session.run(step);
            assert_ne!(session.marks_edition(&article), edition, "{said}");
            let changes = session.marks_changed(&article, edition).expect("a small change is known in detail");
            marks.follow(&session, &article, None, &changes);
            edition = session.marks_edition(&article);
            let anew = Marks::of(&session, &article, None);
            assert_eq!((&marks.marks, &marks.reach), (&anew.marks, &anew.reach), "{said}");
            assert_eq!(marks.categories, anew.categories, "{said}");
        }
        let claim = session.claims_of(&article)[0].clone();
        let mut moved = claim.clone();
        moved.evidence.push(crate::claim::Anchor::new(text, span("came home")).expect("fits"));
        moved.reading.category = "killed".into();
        session.run(Command::ChangeClaim { claim: Box::new(moved), label: "change".into() });
        let changes = session.marks_changed(&article, edition).expect("known");
        marks.follow(&session, &article, None, &changes);
        assert_eq!(marks.marks, Marks::of(&session, &article, None).marks);
        let chosen = Chosen::Claim(claim.id);
        assert_eq!(marks.of_chosen(&chosen, &session).map(|mark| mark.part), Some(0));
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
