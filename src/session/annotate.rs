//! Claims made and changed by hand.

use super::{Session, Severity};
use crate::claim::{
    Anchor, ArticleId, Change, Claim, Count, Edit, Field, Name, Provenance, Quantity, Reading, Span, SuggestionKey,
    Trace,
};

impl Session {
    /// Tags a span. The reading begins with what the suggester makes of it: a suggestion that
    /// waits there, which is thereby accepted, else the count that the words give.
    pub(super) fn tag(&mut self, article: &ArticleId, span: Span, category: &Name) {
        let (Some(shelf), Some(record)) = (self.shelves.get(article), self.workspace.articles.get(article)) else {
            return;
        };
        let Some(anchor) = shelf.article.as_ref().and_then(|article| Anchor::new(&article.text, span)) else {
            self.notify(Severity::Warning, "The selection does not fit the text; nothing was tagged.".to_owned());
            return;
        };
        let same = |claim: &&Claim| claim.span() == span && claim.reading.category == *category;
        if self.claims_of(article).into_iter().any(|claim| same(&claim)) {
            return; // a digit pressed twice
        }
        let version = record.version;
        let (reading, trace, grade, suggestion) = match self.suggestion_under(article, span) {
            Some(key) => match self.suggestion(&key) {
                Some(found) => {
                    let (mut reading, mut trace) = (found.reading.clone(), found.trace.clone());
                    if reading.category != *category {
                        reading.category = category.clone();
                        trace.insert(Field::Category, Provenance::hand());
                    }
                    (reading, trace, Some(found.grade), Some(key))
                }
                None => return,
            },
            None => {
                let (reading, trace) = self.reading_of_words(&anchor, category);
                (reading, trace, None, None)
            }
        };
        let claim = Claim {
            id: self.new_claim_id(),
            article: article.clone(),
            version,
            evidence: vec![anchor],
            reading,
            trace,
            grade,
            note: String::new(),
            suggestion: suggestion.clone(),
            created: self.stamp(),
            changed: None,
            codebook_revision: self.workspace.codebook.revision,
        };
        let edits = match suggestion {
            Some(key) => self.accepting(vec![(key, claim)]),
            None => vec![Edit::Claim(Box::new(Change::add(claim)))],
        };
        let label = self.workspace.codebook.category(category).map_or(&**category, |category| &category.label);
        self.commit(&format!("tag as {}", label.to_lowercase()), edits);
    }

    /// The suggestion that waits under a span: the one whose count lies in it, or that shares most
    /// of its words; of several of one count, the first.
    fn suggestion_under(&self, article: &ArticleId, span: Span) -> Option<SuggestionKey> {
        let shelf = self.shelves.get(article)?;
        let shared = |a: Span, b: Span| a.end.min(b.end).saturating_sub(a.start.max(b.start));
        let fit = |place: &&usize| {
            let found = &shelf.suggested.list[**place];
            let count = found.reading.count.span;
            let inside = count.is_some_and(|count| span.contains(count));
            (inside, shared(span, found.span), std::cmp::Reverse(**place))
        };
        let overlaps = |place: &&usize| {
            let found = &shelf.suggested.list[**place];
            // Words beside a count say nothing of it: they are tagged for themselves.
            let count = found.reading.count.span.unwrap_or(found.span);
            count.overlaps(span)
        };
        let place = shelf.pending.iter().filter(overlaps).max_by_key(fit)?;
        shelf.suggested.keys.get(*place).cloned()
    }

    /// What the words of an anchor say by themselves: a count, or none.
    fn reading_of_words(&self, anchor: &Anchor, category: &Name) -> (Reading, Trace) {
        let mut trace = Trace::from([(Field::Category, Provenance::hand())]);
        let count = match self.suggester.read_quantity(&anchor.quote) {
            Ok(quantity) => {
                trace.insert(Field::Count, Provenance::stated([anchor.span]));
                Count { span: Some(anchor.span), quantity }
            }
            Err(_) => Count { span: None, quantity: Quantity::confirm_only() },
        };
        (Reading::new(count, category.clone()), trace)
    }

    /// Puts a claim in the place of the one with its id. Fields that differ are the analyst's.
    pub(super) fn change_claim(&mut self, mut claim: Claim, label: &str) {
        let Some(before) = self.workspace.claims.get(&claim.id).cloned() else {
            self.notify(Severity::Warning, "The claim is gone; nothing was changed.".to_owned());
            return;
        };
        if claim.evidence.is_empty() || claim.article != before.article {
            self.notify(
                Severity::Error,
                "A claim keeps its article and some words of it; nothing was changed.".to_owned(),
            );
            return;
        }
        let text = self.article(&claim.article).map(|article| article.text.clone());
        for anchor in &mut claim.evidence {
            if before.evidence.contains(anchor) {
                continue; // one that is unanchored stays as it was
            }
            match text.as_ref().and_then(|text| Anchor::new(text, anchor.span)) {
                Some(sound) => *anchor = sound,
                None => {
                    let text = "The boundaries do not fit the text; nothing was changed.".to_owned();
                    self.notify(Severity::Error, text);
                    return;
                }
            }
        }
        for field in changed_fields(&before.reading, &claim.reading) {
            if claim.trace.get(&field) == before.trace.get(&field) {
                claim.trace.insert(field, Provenance::hand());
            }
        }
        let unstamped = Claim { changed: before.changed.clone(), ..claim.clone() };
        if unstamped == before {
            return;
        }
        claim.changed = Some(self.stamp());
        self.commit(label, vec![Edit::Claim(Box::new(Change::replace(before, claim)))]);
    }
}

/// The fields in which two readings differ.
fn changed_fields(a: &Reading, b: &Reading) -> Vec<Field> {
    [
        (Field::Count, a.count != b.count),
        (Field::Kind, a.kind != b.kind),
        (Field::Category, a.category != b.category),
        (Field::Party, a.party != b.party),
        (Field::From, a.from != b.from),
        (Field::To, a.to != b.to),
        (Field::Date, a.date != b.date),
        (Field::Attribution, a.attribution != b.attribution),
        (Field::Modality, a.modality != b.modality),
    ]
    .into_iter()
    .filter_map(|(field, differs)| differs.then_some(field))
    .collect()
}
