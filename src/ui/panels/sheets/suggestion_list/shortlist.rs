//! Which suggestions a filter leaves, in which order: computed once for a revision and a filter.

use std::collections::{BTreeMap, BTreeSet};

use crate::claim::{ArticleId, Grade, How, Name, Suggestion, SuggestionKey};
use crate::session::Session;

/// Which suggestions a list is of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Of {
    /// Those on which nothing is decided.
    #[default]
    Waiting,
    /// Those that were turned down.
    Rejected,
}

/// What is left of all suggestions; `None` leaves all.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Typed: every word of it stands in the quote, the reading or the article's title.
    pub words: String,
    /// The id of a category.
    pub category: Option<Name>,
    /// A grade.
    pub grade: Option<Grade>,
    /// A rule that has worked out one of the fields.
    pub rule: Option<Name>,
    /// An article.
    pub article: Option<ArticleId>,
}

/// What a list is sorted by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Column {
    /// By article and position.
    #[default]
    Place,
    /// By how many are counted.
    Count,
    /// By category, then by giver and receiver.
    Reading,
    /// The surest first.
    Grade,
    /// By the article's title, then by position.
    Article,
}

/// How many suggestions there are of each kind, before the filter.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// By category.
    pub categories: BTreeMap<Name, usize>,
    /// By grade.
    pub grades: BTreeMap<Grade, usize>,
    /// By rule.
    pub rules: BTreeMap<Name, usize>,
    /// By article.
    pub articles: BTreeMap<ArticleId, usize>,
}

/// The suggestions that a filter leaves, in order.
#[derive(Debug, Default)]
pub struct Shortlist {
    made_of: Option<(u64, Of, Filter, (Column, bool))>,
    /// Their keys.
    pub rows: Vec<SuggestionKey>,
    /// All keys, before the filter.
    keys: BTreeSet<SuggestionKey>,
    /// How many there are before the filter.
    pub all: usize,
    /// How many there are of each kind.
    pub counts: Counts,
}

impl Shortlist {
    /// Computes it anew where the project, the filter or the order has changed.
    pub fn refresh(&mut self, session: &Session, of: Of, filter: &Filter, sort: (Column, bool)) {
        let made_of = Some((session.revision(), of, filter.clone(), sort));
        if self.made_of == made_of {
            return;
        }
        *self = Self { made_of, ..Self::default() };
        let mut found: Vec<(Sortable, SuggestionKey)> = Vec::new();
        let words: Vec<String> = filter.words.to_lowercase().split_whitespace().map(str::to_owned).collect();
        for (id, record) in &session.workspace().articles {
            let text = session.article(id).map_or("", |article| &article.text);
            let title: Name = crate::ui::words::title(session, record).to_lowercase().into();
            session.look_through(id, of == Of::Rejected, |key, suggestion| {
                self.count(suggestion);
                if filter.keeps(suggestion) && has_words(&words, suggestion, text, &title) {
                    found.push((Sortable::of(suggestion, &title, sort.0), key.clone()));
                }
                self.keys.insert(key.clone());
            });
        }
        self.all = self.keys.len();
        found.sort_by(|(a, _), (b, _)| a.cmp(b));
        if sort.1 {
            found.reverse();
        }
        self.rows = found.into_iter().map(|(_, key)| key).collect();
    }

    /// Whether a suggestion is one of the list, left by the filter or not.
    pub fn has(&self, key: &SuggestionKey) -> bool {
        self.keys.contains(key)
    }

    fn count(&mut self, suggestion: &Suggestion) {
        let counts = &mut self.counts;
        *counts.categories.entry(suggestion.reading.category.clone()).or_default() += 1;
        *counts.grades.entry(suggestion.grade).or_default() += 1;
        *counts.articles.entry(suggestion.article.clone()).or_default() += 1;
        for rule in rules(suggestion) {
            *counts.rules.entry(rule.clone()).or_default() += 1;
        }
    }
}

impl Filter {
    fn keeps(&self, suggestion: &Suggestion) -> bool {
        let Self { words: _, category, grade, rule, article } = self;
        category.as_ref().is_none_or(|category| *category == suggestion.reading.category)
            && grade.is_none_or(|grade| grade == suggestion.grade)
            && article.as_ref().is_none_or(|article| *article == suggestion.article)
            && rule.as_ref().is_none_or(|rule| rules(suggestion).contains(rule))
    }
}

/// The rules that have worked out fields of a suggestion.
fn rules(suggestion: &Suggestion) -> BTreeSet<&Name> {
    let rule = |how: &'_ How| matches!(how, How::Inferred { .. });
    let named = suggestion.trace.values().filter(|provenance| rule(&provenance.how));
    named
        .filter_map(|provenance| match &provenance.how {
            How::Inferred { rule } => Some(rule),
            _ => None,
        })
        .collect()
}

fn has_words(words: &[String], suggestion: &Suggestion, text: &str, title: &str) -> bool {
    if words.is_empty() {
        return true;
    }
    let quote = text.get(suggestion.span.range()).unwrap_or("").to_lowercase();
    let summary = suggestion.reading.summary().to_lowercase();
    words.iter().all(|word| quote.contains(word) || summary.contains(word) || title.contains(word))
}

/// What a suggestion is sorted by: what the column says, then its place.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Sortable {
    number: u64,
    words: Name,
    article: ArticleId,
    start: u32,
}

impl Sortable {
    fn of(suggestion: &Suggestion, title: &Name, column: Column) -> Self {
        let quantity = &suggestion.reading.count.quantity;
        let (number, words): (u64, Name) = match column {
            Column::Place => (0, "".into()),
            Column::Count => (quantity.n.or(quantity.low).or(quantity.high).unwrap_or(0), "".into()),
            Column::Reading => (0, suggestion.reading.summary().into()),
            Column::Grade => {
                (Grade::ALL.iter().position(|grade| *grade == suggestion.grade).unwrap_or(0) as u64, "".into())
            }
            Column::Article => (0, title.clone()),
        };
        Self { number, words, article: suggestion.article.clone(), start: suggestion.span.start }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ONE: &str = "Bodies exchanged\n\nRussia handed over the bodies of 1,000 Ukrainian soldiers on Thursday.\n\n\
                       Ukraine returned the bodies of 38 Russian servicemen, the ministry said.\n";
    const TWO: &str = "Strike on the town\n\nThe strike killed 12 people and wounded about 40, officials said.\n";

    fn session() -> Session {
        let mut session = Session::new("anna");
        session.add_articles(&[("one.txt", ONE.as_bytes()), ("two.txt", TWO.as_bytes())]);
        session
    }

    fn counts(session: &Session, filter: &Filter, sort: (Column, bool)) -> Vec<u64> {
        let mut list = Shortlist::default();
        list.refresh(session, Of::Waiting, filter, sort);
        let number = |key: &SuggestionKey| session.suggestion(key).and_then(|found| found.reading.count.quantity.n);
        list.rows.iter().filter_map(number).collect()
    }

    #[test]
    fn each_filter_leaves_what_it_names_and_all_together_what_fits_all() {
        let session = session();
        let all = Filter::default();
        let place = (Column::Place, false);
        assert_eq!(counts(&session, &all, place), [1000, 38, 12, 40]);
        for (filter, expected) in [
            (Filter { words: "SERVICEMEN".to_owned(), ..all.clone() }, vec![38]),
            (Filter { words: "strike 12".to_owned(), ..all.clone() }, vec![12]),
            (Filter { words: "nowhere".to_owned(), ..all.clone() }, vec![]),
            (Filter { category: Some("wounded".into()), ..all.clone() }, vec![40]),
            (Filter { category: Some("wounded".into()), words: "bodies".to_owned(), ..all.clone() }, vec![]),
        ] {
            assert_eq!(counts(&session, &filter, place), expected, "{filter:?}");
        }
        let article = session.workspace().articles.keys().nth(1).cloned();
        assert_eq!(counts(&session, &Filter { article, ..all.clone() }, place), [12, 40]);
        let mut by_grade: Vec<u64> = Vec::new();
        for grade in Grade::ALL {
            by_grade.extend(counts(&session, &Filter { grade: Some(grade), ..all.clone() }, place));
        }
        by_grade.sort_unstable();
        assert_eq!(by_grade, [12, 38, 40, 1000]);
    }

    #[test]
    fn a_rule_leaves_those_that_it_has_worked_a_field_out_of() {
        let session = session();
        let mut list = Shortlist::default();
        list.refresh(&session, Of::Waiting, &Filter::default(), (Column::Place, false));
        assert!(!list.counts.rules.is_empty());
        for (rule, count) in list.counts.rules.clone() {
            let filter = Filter { rule: Some(rule.clone()), ..Filter::default() };
            list.refresh(&session, Of::Waiting, &filter, (Column::Place, false));
            assert_eq!(list.rows.len(), count, "{rule}");
            assert_eq!(list.all, 4);
        }
    }

    #[test]
    fn every_column_sorts_both_ways() {
        let session = session();
        let by = |column, down| counts(&session, &Filter::default(), (column, down));
        assert_eq!(by(Column::Count, false), [12, 38, 40, 1000]);
        assert_eq!(by(Column::Count, true), [1000, 40, 38, 12]);
        assert_eq!(by(Column::Article, true), [40, 12, 38, 1000]);
        assert_eq!(by(Column::Reading, false)[2..], [12, 40], "killed, wounded behind bodies");
        for column in [Column::Place, Column::Grade] {
            let (mut up, down) = (by(column, false), by(column, true));
            up.reverse();
            assert_eq!(up, down, "{column:?}");
        }
    }
}
