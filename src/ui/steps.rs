//! Steps through suggestions and claims, and small changes of the chosen one: what keys do.

use unicode_segmentation::UnicodeSegmentation as _;

use super::actions::Nudge;
use super::state::{Chosen, FactRow, Place, UiState};
use crate::claim::{
    Anchor, ArticleId, Claim, ClaimId, Field, Grade, How, Provenance, Reading, Span, Suggestion, SuggestionKey,
};
use crate::session::Session;

/// The suggestions of an article that wait and are not hidden, by position.
pub fn waiting<'a>(session: &'a Session, state: &UiState, article: &ArticleId) -> Vec<&'a Suggestion> {
    let mut waiting = session.pending(article);
    waiting.retain(|suggestion| state.threshold.is_none_or(|threshold| suggestion.grade >= threshold));
    waiting
}

/// Whether any suggestion of an article waits and is not hidden.
pub fn waits(session: &Session, state: &UiState, article: &ArticleId) -> bool {
    reaches(session.pending_of_by_grade(article), state.threshold)
}

/// The next (or previous) article of a list, after the shown one and round its end, in which a
/// suggestion waits: the first (or last) one.
pub fn waiting_elsewhere(
    session: &Session,
    state: &UiState,
    order: &[ArticleId],
    forwards: bool,
) -> Option<SuggestionKey> {
    let at = state.article.as_ref().and_then(|shown| order.iter().position(|article| article == shown));
    let count = order.len();
    let from = at.unwrap_or(if forwards { count.saturating_sub(1) } else { 0 });
    let step = |n: usize| if forwards { (from + n) % count } else { (from + count - n) % count };
    let article = (1..=count).map(|n| &order[step(n)]).find(|article| waits(session, state, article))?;
    let waiting = waiting(session, state, article);
    let first = if forwards { waiting.first() } else { waiting.last() };
    first.map(|suggestion| suggestion.key())
}

/// The chosen claim with the selected words added to it. `None` where no claim is chosen, nothing
/// is selected, or the claim has these words already.
pub fn with_evidence(session: &Session, state: &UiState) -> Option<Claim> {
    let Chosen::Claim(id) = &state.chosen else { return None };
    let (claim, span) = (session.workspace().claims.get(id)?, state.selection?);
    if state.article.as_ref() != Some(&claim.article) || claim.evidence.iter().any(|anchor| anchor.span == span) {
        return None;
    }
    let anchor = Anchor::new(&session.article(&claim.article)?.text, span)?;
    let mut claim = claim.clone();
    claim.evidence.push(anchor);
    Some(claim)
}

/// The reading of what is chosen.
pub fn chosen_reading<'a>(session: &'a Session, state: &UiState) -> Option<&'a Reading> {
    match &state.chosen {
        Chosen::Nothing => None,
        Chosen::Claim(id) => session.claim(id).map(|claim| &claim.reading),
        Chosen::Suggestion(key) => suggestion(session, key).map(|suggestion| &suggestion.reading),
    }
}

/// What a ruling would be about: the row that the keyboard is at in the facts table, or else the chosen
/// claim, or what a chosen suggestion counts as. `None` where nothing is, or where the facts are those
/// of a day: rulings are made on all that is known.
pub fn ruled(session: &Session, state: &UiState) -> Option<FactRow> {
    if session.as_of().is_some() {
        return None;
    }
    let row =
        state.row.as_ref().filter(|row| state.active == Place::Reconciliation && session.claim(&row.fact).is_some());
    if let Some(row) = row {
        return Some(row.clone());
    }
    let claim = match &state.chosen {
        Chosen::Nothing => return None,
        Chosen::Claim(id) => id.clone(),
        Chosen::Suggestion(key) => ClaimId::provisional(key),
    };
    session.claim(&claim)?;
    Some(FactRow { fact: claim.clone(), claim: Some(claim) })
}

/// What reasons are shown of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reasoned {
    /// The chosen claim or suggestion: a stop for each of its fields.
    Chosen(Chosen),
    /// A row of the facts: a stop for each of its claims; of a claim's row, for each of its fields.
    Row(FactRow),
}

/// A stop on the way through reasons.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reason {
    /// What the words are the reason for: "from", "Russian officials: 1,000".
    pub of: String,
    /// The field, where it is that of a claim.
    pub field: Option<Field>,
    /// The article that the words stand in.
    pub article: ArticleId,
    /// The words, at least one, by position.
    pub spans: Vec<Span>,
}

/// In the order of the inspector.
const FIELDS: [Field; 9] = [
    Field::Count,
    Field::Category,
    Field::Party,
    Field::From,
    Field::To,
    Field::Date,
    Field::Attribution,
    Field::Modality,
    Field::Kind,
];

/// What reasons are asked of: the row of the facts that the keyboard is at, or else what is chosen.
pub fn reasoned(session: &Session, state: &UiState) -> Option<Reasoned> {
    let row = state.row.as_ref().filter(|row| session.claim(&row.fact).is_some());
    if let Some(row) = row.filter(|_| state.active == Place::Reconciliation) {
        return Some(Reasoned::Row(row.clone()));
    }
    chosen_span(session, state).map(|_| Reasoned::Chosen(state.chosen.clone()))
}

/// The reasons of a claim, a suggestion or a fact, in their order; only those that rest on words.
pub fn reasons(session: &Session, of: &Reasoned) -> Vec<Reason> {
    let of_fields = |article: &ArticleId, trace: crate::claim::Trace| -> Vec<Reason> {
        let reason = |field: Field| {
            let mut spans = trace.get(&field)?.evidence.clone();
            spans.sort();
            spans.dedup();
            let of = field.word().to_owned();
            (!spans.is_empty()).then(|| Reason { of, field: Some(field), article: article.clone(), spans })
        };
        FIELDS.into_iter().filter_map(reason).collect()
    };
    let of_claim = |id: &ClaimId| {
        let claim = session.claim(id);
        claim.map_or_else(Vec::new, |claim| of_fields(&claim.article, claim.trace.clone()))
    };
    match of {
        Reasoned::Chosen(Chosen::Nothing) => Vec::new(),
        Reasoned::Chosen(Chosen::Claim(id)) => of_claim(id),
        Reasoned::Chosen(Chosen::Suggestion(key)) => suggestion(session, key)
            .map_or_else(Vec::new, |suggestion| of_fields(&suggestion.article, suggestion.why())),
        Reasoned::Row(FactRow { claim: Some(id), .. }) => of_claim(id),
        Reasoned::Row(FactRow { fact, claim: None }) => {
            let facts = session.shown_facts();
            let Some((fact, _)) = facts.facts_of(fact).next() else { return Vec::new() };
            let reason = |member: &crate::claim::Member| {
                let claim = session.claim(&member.claim)?;
                let who = member.origin.as_deref().unwrap_or("the outlet itself");
                let count = claim.reading.count.quantity.words();
                let of = if count.is_empty() { who.to_owned() } else { format!("{who}: {count}") };
                let spans = claim.evidence.iter().map(|anchor| anchor.span).collect();
                Some(Reason { of, field: None, article: claim.article.clone(), spans })
            };
            fact.members.iter().filter_map(reason).collect()
        }
    }
}

/// The suggestion of a key, where nothing is decided on it.
pub fn suggestion<'a>(session: &'a Session, key: &SuggestionKey) -> Option<&'a Suggestion> {
    session.waiting_suggestion(key)
}

/// Where what is chosen stands.
pub fn chosen_span(session: &Session, state: &UiState) -> Option<(ArticleId, Span)> {
    match &state.chosen {
        Chosen::Nothing => None,
        Chosen::Claim(id) => session.claim(id).map(|claim| (claim.article.clone(), claim.span())),
        Chosen::Suggestion(key) => suggestion(session, key).map(|found| (found.article.clone(), found.span)),
    }
}

/// The next (or previous) suggestion of the article shown: after the chosen thing, or after the
/// selection, and round from the end to the beginning.
pub fn neighbour(session: &Session, state: &UiState, forwards: bool) -> Option<SuggestionKey> {
    let article = state.article.as_ref()?;
    let end = if forwards { 0 } else { u32::MAX };
    let first = || shown_from(session, state, article, end, forwards).next();
    let found = match &state.chosen {
        Chosen::Suggestion(key) if key.article == *article && session.waiting_suggestion(key).is_some() => {
            behind(session, state, key, forwards).or_else(first)
        }
        _ => {
            let chosen = chosen_span(session, state).filter(|(of, _)| of == article).map(|(_, span)| span);
            let at = chosen.or(state.selection).map_or(0, |span| span.start);
            let near = shown_from(session, state, article, at, forwards);
            near.into_iter().find(|(_, found)| forwards || found.span.start < at).or_else(first)
        }
    };
    found.map(|(key, _)| key.clone())
}

/// The suggestions of an article that wait and are not hidden, from a byte on.
fn shown_from<'a>(
    session: &'a Session,
    state: &UiState,
    article: &ArticleId,
    byte: u32,
    forwards: bool,
) -> impl Iterator<Item = (&'a SuggestionKey, &'a Suggestion)> {
    let threshold = state.threshold;
    let waiting = session.pending_from(article, byte, forwards);
    waiting.filter(move |(_, found)| threshold.is_none_or(|threshold| found.grade >= threshold))
}

/// The next (or previous) suggestion after one that waits, hidden or not, in its article.
fn behind<'a>(
    session: &'a Session,
    state: &UiState,
    key: &SuggestionKey,
    forwards: bool,
) -> Option<(&'a SuggestionKey, &'a Suggestion)> {
    let place = session.pending_place(key)?;
    let start = session.waiting_suggestion(key)?.span.start;
    // Several may begin at the same byte.
    shown_from(session, state, &key.article, start, forwards).find(|(other, _)| {
        let other = session.pending_place(other);
        other.is_some_and(|other| if forwards { other > place } else { other < place })
    })
}

/// Whether any suggestion is graded high enough; `counts` are in the order of [`Grade::ALL`].
pub fn reaches(counts: [usize; Grade::ALL.len()], threshold: Option<Grade>) -> bool {
    let counted = Grade::ALL.into_iter().zip(counts).filter(|(_, count)| *count > 0);
    counted.into_iter().any(|(grade, _)| threshold.is_none_or(|threshold| grade >= threshold))
}

/// The suggestion that is chosen once the given one is decided: the next by position, if any.
pub fn following(session: &Session, state: &UiState, key: &SuggestionKey) -> Option<SuggestionKey> {
    behind(session, state, key, true).map(|(key, _)| key.clone())
}

/// The next (or previous) claim of the article shown, round from the end to the beginning.
pub fn neighbour_claim<'a>(session: &'a Session, state: &UiState, forwards: bool) -> Option<&'a Claim> {
    let article = state.article.as_ref()?;
    let claims = session.claims_of(article);
    if let Chosen::Claim(id) = &state.chosen
        && let Some(at) = claims.iter().position(|claim| claim.id == *id)
    {
        let count = claims.len();
        let next = if forwards { (at + 1) % count } else { (at + count - 1) % count };
        return Some(claims[next]);
    }
    let at = chosen_span(session, state).filter(|(of, _)| of == article).map_or(0, |(_, span)| span.start);
    if forwards {
        claims.iter().find(|claim| claim.span().start >= at).or(claims.first()).copied()
    } else {
        claims.iter().rev().find(|claim| claim.span().start < at).or(claims.last()).copied()
    }
}

/// The article after (or before) the shown one in the order of the list, which has an end.
pub fn neighbour_article(order: &[ArticleId], shown: Option<&ArticleId>, forwards: bool) -> Option<ArticleId> {
    let at = shown.and_then(|shown| order.iter().position(|article| article == shown));
    let next = match (at, forwards) {
        (None, _) => 0,
        (Some(at), true) => (at + 1).min(order.len().saturating_sub(1)),
        (Some(at), false) => at.saturating_sub(1),
    };
    order.get(next).cloned()
}

/// A claim with giver and receiver exchanged, marked as set by hand.
pub fn swapped(reading: &Reading, trace: &crate::claim::Trace) -> (Reading, crate::claim::Trace) {
    let reading = Reading { from: reading.to.clone(), to: reading.from.clone(), ..reading.clone() };
    let mut trace = trace.clone();
    for field in [Field::From, Field::To] {
        trace.insert(field, Provenance { how: How::Hand, evidence: Vec::new() });
    }
    (reading, trace)
}

/// A claim whose main span has one boundary moved by a word, or by a character. `None` where that
/// would leave it empty, or there is nothing that way.
pub fn nudged(claim: &Claim, text: &str, nudge: Nudge, by_letter: bool) -> Option<Claim> {
    let move_by = if by_letter { nudged_by_letter } else { nudged_span };
    let span = move_by(text, claim.span(), nudge)?;
    let mut claim = claim.clone();
    *claim.evidence.first_mut()? = Anchor::new(text, span)?;
    Some(claim)
}

fn nudged_span(text: &str, span: Span, nudge: Nudge) -> Option<Span> {
    // A word's neighbourhood is enough, and a long article is not walked through for a key.
    let (start, end) = (span.start as usize, span.end as usize);
    let words = |from: usize, to: usize| {
        let part = text.get(from..to).unwrap_or("");
        part.unicode_word_indices().map(move |(at, word)| (from + at, from + at + word.len())).collect::<Vec<_>>()
    };
    let before = boundary(text, start.saturating_sub(400), false);
    let after = boundary(text, (end + 400).min(text.len()), true);
    match nudge {
        Nudge::EndOut => words(end, after).first().map(|(_, to)| (start, *to)),
        Nudge::EndIn => words(start, end).iter().rev().nth(1).map(|(_, to)| (start, *to)),
        Nudge::StartOut => words(before, start).last().map(|(from, _)| (*from, end)),
        Nudge::StartIn => words(start, end).get(1).map(|(from, _)| (*from, end)),
    }
    .and_then(|(start, end)| Span::checked(text, start, end))
    .filter(|moved| *moved != span)
}

/// A span with one boundary moved by a character as it is read: letters keep their accents.
fn nudged_by_letter(text: &str, span: Span, nudge: Nudge) -> Option<Span> {
    let (start, end) = (span.start as usize, span.end as usize);
    let next = |at: usize| text.get(at..)?.graphemes(true).next().map(|letter| at + letter.len());
    let last = |at: usize| {
        let from = boundary(text, at.saturating_sub(200), false);
        text.get(from..at)?.graphemes(true).next_back().map(|letter| at - letter.len())
    };
    let (start, end) = match nudge {
        Nudge::EndOut => (start, next(end)?),
        Nudge::EndIn => (start, last(end)?),
        Nudge::StartOut => (last(start)?, end),
        Nudge::StartIn => (next(start)?, end),
    };
    Span::checked(text, start, end)
}

/// The nearest character boundary, forwards or backwards.
fn boundary(text: &str, at: usize, forwards: bool) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at = if forwards { at + 1 } else { at - 1 };
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(before: &str, nudge: Nudge, expected: &str) {
        check_by(nudged_span, before, nudge, expected);
    }

    /// The span is marked with `|` on either side.
    fn check_by(move_by: fn(&str, Span, Nudge) -> Option<Span>, before: &str, nudge: Nudge, expected: &str) {
        let parts: Vec<&str> = before.split('|').collect();
        let text = parts.concat();
        let span = Span::new(parts[0].len(), parts[0].len() + parts[1].len());
        let shown = match move_by(&text, span, nudge) {
            Some(span) => {
                format!("{}|{}|{}", &text[..span.start as usize], span.of(&text), &text[span.end as usize..])
            }
            None => "nothing".to_owned(),
        };
        assert_eq!(shown, expected, "{before} {nudge:?}");
    }

    #[test]
    fn a_boundary_moves_by_a_word_and_leaves_no_space_inside() {
        use Nudge::*;
        check("the |1,000 bodies| of soldiers", EndOut, "the |1,000 bodies of| soldiers");
        check("the |1,000 bodies| of soldiers", EndIn, "the |1,000| bodies of soldiers");
        check("the |1,000 bodies| of soldiers", StartOut, "|the 1,000 bodies| of soldiers");
        check("the |1,000 bodies| of soldiers", StartIn, "the 1,000 |bodies| of soldiers");
        check("the |1,000| bodies", EndIn, "nothing");
        check("|all 38|.", EndOut, "nothing");
        check("|all 38|.", StartOut, "nothing");
        check("élan — |38 тел| погибших", EndOut, "élan — |38 тел погибших|");
    }

    #[test]
    fn a_boundary_moves_by_a_character_with_its_accents() {
        use Nudge::*;
        let check = |before, nudge, expected| check_by(nudged_by_letter, before, nudge, expected);
        check("the |1,000| bodies", EndOut, "the |1,000 |bodies");
        check("the |1,000| bodies", EndIn, "the |1,00|0 bodies");
        check("the |1,000| bodies", StartOut, "the| 1,000| bodies");
        check("the |1,000| bodies", StartIn, "the 1|,000| bodies");
        check("a |x|", EndIn, "nothing");
        check("|all|", EndOut, "nothing");
        check("caf|e\u{301} x|", StartIn, "cafe\u{301}| x|");
        check("x |a|👩‍👩‍👧 b", EndOut, "x |a👩‍👩‍👧| b");
    }
}
