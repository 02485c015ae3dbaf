//! Claims made and changed by hand.

use std::collections::BTreeSet;

use super::slices::Slices;
use super::{Session, Severity};
use crate::claim::{
    Anchor, ArticleId, Change, Claim, Count, Edit, Field, Name, Provenance, Quantity, Reading, Span, SuggestionKey,
    Trace, grouped,
};

/// Places are tagged as a category.
struct Tagging {
    category: Name,
    label: String,
}

impl Slices<(ArticleId, Span)> for Tagging {
    fn edits(&self, session: &mut Session, spans: Vec<(ArticleId, Span)>) -> (usize, Vec<Edit>) {
        session.tagging(&spans, &self.category)
    }

    fn label(&self, count: usize) -> String {
        let what = if count > 1 { format!("tag {count} places") } else { "tag".to_owned() };
        format!("{what} as {}", self.label)
    }
}

/// What tagging a span comes to.
enum Tagged {
    /// A new claim.
    Claim(Box<Claim>),
    /// Nothing: there is such a claim, or no such article.
    Already,
    /// Nothing: the span does not fit the text.
    Unfit,
}

impl Session {
    /// Tags a span. The reading begins with what the suggester makes of it: a suggestion that
    /// waits there, which is thereby accepted, else the count that the words give.
    pub(super) fn tag(&mut self, article: &ArticleId, span: Span, category: &Name) {
        self.tag_all(vec![(article.clone(), span)], category.clone());
    }

    /// Makes a claim that is read as the analyst wants it.
    pub(super) fn add_claim(&mut self, article: &ArticleId, span: Span, reading: Reading) {
        let text = self.article(article).map(|article| article.text.clone());
        let anchor = text.and_then(|text| Anchor::new(&text, span));
        let (Some(anchor), Some(record)) = (anchor, self.workspace.articles.get(article)) else {
            self.notify(Severity::Warning, "The words do not fit the text; nothing was tagged.".to_owned());
            return;
        };
        let unread = Reading::new(Count { span: None, quantity: Quantity::confirm_only() }, "");
        let fields = changed_fields(&unread, &reading);
        let label = self.workspace.codebook.category(&reading.category);
        let label = label.map_or(&*reading.category, |category| &category.label).to_lowercase();
        let claim = Claim {
            id: self.new_claim_id(),
            article: article.clone(),
            version: record.version,
            evidence: vec![anchor],
            reading,
            trace: fields.into_iter().map(|field| (field, Provenance::hand())).collect(),
            grade: None,
            score: None,
            note: String::new(),
            suggestion: None,
            created: self.stamp(),
            changed: None,
            codebook_revision: self.workspace.codebook.revision,
        };
        self.commit(&format!("tag as {label}"), vec![Edit::Claim(Box::new(Change::add(claim)))]);
    }

    /// Tags many spans in one step, each as [`Session::tag`] would. Those that already carry such
    /// a claim are passed over.
    pub(super) fn tag_all(&mut self, spans: Vec<(ArticleId, Span)>, category: Name) {
        let label = self.workspace.codebook.category(&category).map_or(&*category, |category| &category.label);
        let label = label.to_lowercase();
        let name = format!("Tagging {} places as {label}", grouped(spans.len() as u64));
        self.in_slices(&name, spans, Tagging { category, label });
    }

    /// The edits that tag spans, and how many of them.
    fn tagging(&mut self, spans: &[(ArticleId, Span)], category: &Name) -> (usize, Vec<Edit>) {
        let (mut accepted, mut edits) = (Vec::new(), Vec::new());
        let mut taken = BTreeSet::new();
        let mut unfit = 0;
        for (article, span) in spans {
            match self.tagged(article, *span, category, &taken) {
                Tagged::Claim(claim) => match claim.suggestion.clone() {
                    Some(key) => {
                        taken.insert(key.clone());
                        accepted.push((key, *claim));
                    }
                    None => edits.push(Edit::Claim(Box::new(Change::add(*claim)))),
                },
                Tagged::Already => {}
                Tagged::Unfit => unfit += 1,
            }
        }
        if unfit > 0 {
            let text = match spans.len() {
                1 => "The selection does not fit the text; nothing was tagged.".to_owned(),
                _ => format!("{unfit} places do not fit their text and were not tagged."),
            };
            self.notify(Severity::Warning, text);
        }
        let count = accepted.len() + edits.len();
        edits.extend(self.accepting(accepted));
        (count, edits)
    }

    /// The claim that tagging a span makes. Suggestions that are `taken` are not taken again.
    fn tagged(&mut self, article: &ArticleId, span: Span, category: &Name, taken: &BTreeSet<SuggestionKey>) -> Tagged {
        let (Some(shelf), Some(record)) = (self.shelves.get(article), self.workspace.articles.get(article)) else {
            return Tagged::Already;
        };
        let Some(anchor) = shelf.article.as_ref().and_then(|article| Anchor::new(&article.text, span)) else {
            return Tagged::Unfit;
        };
        if shelf.own.at(span).any(|claim| claim.reading.category == *category) {
            return Tagged::Already; // a digit pressed twice
        }
        let version = record.version;
        let suggested = self.suggestion_under(article, span).filter(|key| !taken.contains(key));
        let (reading, trace, grade, suggestion) =
            match suggested.and_then(|key| self.suggestion(&key).map(|s| (key, s))) {
                Some((key, found)) => {
                    let (mut reading, mut trace) = (found.reading.clone(), found.trace.clone());
                    if reading.category != *category {
                        reading.category = category.clone();
                        trace.insert(Field::Category, Provenance::hand());
                    }
                    (reading, trace, Some(found.grade), Some(key))
                }
                None => {
                    let (reading, trace) = self.reading_of_words(&anchor, category);
                    (reading, trace, None, None)
                }
            };
        Tagged::Claim(Box::new(Claim {
            id: self.new_claim_id(),
            article: article.clone(),
            version,
            evidence: vec![anchor],
            reading,
            trace,
            grade,
            score: None,
            note: String::new(),
            suggestion,
            created: self.stamp(),
            changed: None,
            codebook_revision: self.workspace.codebook.revision,
        }))
    }

    /// The suggestion that waits under a span: the one whose count lies in it, or that shares most
    /// of its words; of several of one count, the first.
    fn suggestion_under(&self, article: &ArticleId, span: Span) -> Option<SuggestionKey> {
        let shelf = self.shelves.get(article)?;
        let shared = |a: Span, b: Span| a.end.min(b.end).saturating_sub(a.start.max(b.start));
        let fit = |place: &usize| {
            let found = &shelf.suggested.list[*place];
            let count = found.reading.count.span;
            let inside = count.is_some_and(|count| span.contains(count));
            (inside, shared(span, found.span), std::cmp::Reverse(*place))
        };
        // Words beside a count say nothing of it: they are tagged for themselves.
        let over_count = shelf.suggested.overlapping(span);
        let place = over_count.filter(|place| shelf.pending.binary_search(place).is_ok()).max_by_key(fit)?;
        shelf.suggested.keys.get(place).cloned()
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
