//! Text in, suggestions out: deterministic, offline, explainable. One file per stage.

#[macro_use]
mod word_set;

mod attribution;
mod captivity;
mod category;
mod claimants;
mod clauses;
mod columns;
mod confirmations;
mod counted;
mod covering;
pub mod dates;
mod draft;
mod ellipsis;
mod elsewhere;
mod finish;
mod foreign;
mod form_trie;
mod gaps;
mod governing;
mod grades;
mod infer;
mod labels;
mod lexicon_pass;
mod modality;
mod not_its_date;
mod not_people;
mod of_what;
mod on_whose_word;
mod particles;
mod parts;
mod phrases;
mod pipeline;
mod predicates;
pub mod quantities;
mod repeats;
mod roles;
mod saying_phrases;
mod scan;
mod scene;
pub mod sentences;
mod sheet;
mod speakers;
mod stage;
mod tables;
mod ties;
pub mod tokens;
mod tolls;
mod when;
mod where_hurt;
mod which_date;
mod wholes;
mod word_filter;
#[cfg(test)]
mod work;

pub use dates::DateMention;
pub use lexicon_pass::forms;
pub use stage::Stage;

use crate::article::Article;
use crate::claim::{ClaimDate, Codebook, Conventions, DateWindow, Lexicon, Metadata, Quantity, Span, Suggestion};

/// The compiled lexicons: built once, used for every article, from any thread.
#[derive(Debug)]
pub struct Suggester {
    conventions: Conventions,
    abbreviations: sentences::Abbreviations,
    quantifiers: quantities::Quantifiers,
    date_words: dates::DateWords,
    words: lexicon_pass::Words,
}

impl Suggester {
    /// Compiles a codebook and a lexicon (all layers laid over one another).
    pub fn new(codebook: &Codebook, lexicon: &Lexicon) -> Self {
        Self {
            conventions: codebook.conventions.clone(),
            abbreviations: sentences::Abbreviations::new(&lexicon.abbreviations),
            quantifiers: quantities::Quantifiers::new(lexicon),
            date_words: dates::DateWords::new(),
            words: lexicon_pass::Words::new(codebook, lexicon),
        }
    }

    /// The suggestions for an article, by position. `metadata` is what is known of it by now:
    /// the analyst's word over the text's.
    pub fn suggest(&self, article: &Article, metadata: &Metadata) -> Vec<Suggestion> {
        self.suggest_watched(article, metadata, &mut |_| {})
    }

    /// The same, telling after every stage that it is done, so that a benchmark can clock it.
    pub fn suggest_watched(
        &self,
        article: &Article,
        metadata: &Metadata,
        watch: &mut dyn FnMut(Stage),
    ) -> Vec<Suggestion> {
        let tokens = tokens::Tokens::of_article_watched(article, &self.abbreviations, watch);
        let dates = dates::dates(&tokens, &self.quantifiers, &self.date_words, metadata, &article.metadata);
        watch(Stage::Dates);
        let taken: Vec<std::ops::Range<usize>> = dates.iter().map(|date| date.tokens.clone()).collect();
        let mut counts = quantities::quantities(&tokens, &self.quantifiers, &self.conventions, &taken);
        watch(Stage::Quantities);
        if article.foreign.is_empty() {
            return pipeline::run(&tokens, &self.words, &counts, &dates, metadata, &article.id, watch);
        }
        // Only what is English is read as English; partners are places in the list, so none is taken out.
        for count in counts.iter_mut().filter(|count| is_foreign(article, count.span)) {
            count.quantity = None;
        }
        let (foreign, dates): (Vec<_>, Vec<_>) = dates.into_iter().partition(|date| is_foreign(article, date.span));
        let mut found = pipeline::run(&tokens, &self.words, &counts, &dates, metadata, &article.id, watch);
        let numeric: Vec<_> = (foreign.iter())
            .filter(|date| is_numeric(article, date.span))
            .map(|date| (date.span, date.claim_date(&tokens)))
            .collect();
        found.extend(foreign::suggestions(article, &numeric, |text| self.read_date(text, &metadata.published).ok()));
        found.sort_by_key(|s| (s.reading.count.span.unwrap_or(s.span), s.reading.distributive));
        found
    }

    /// The mentions of dates in an article, by position.
    pub fn dates(&self, article: &Article, metadata: &Metadata) -> Vec<DateMention> {
        let tokens = tokens::Tokens::of_article(article, &self.abbreviations);
        let mut found = dates::dates(&tokens, &self.quantifiers, &self.date_words, metadata, &article.metadata);
        // "mar", "sat" and "dec" are words of other languages too.
        found.retain(|date| !is_foreign(article, date.span) || is_numeric(article, date.span));
        found
    }

    /// The count that an analyst typed ("more than 1,800"), or what is wrong with it.
    pub fn read_quantity(&self, text: &str) -> Result<Quantity, String> {
        quantities::read_quantity(text, &self.quantifiers, &self.conventions)
    }

    /// The date that an analyst typed ("29 Jan 2026", "18/9", "last Thursday"), resolved against
    /// the article's date of publication, or what is wrong with it.
    pub fn read_date(&self, text: &str, published: &DateWindow) -> Result<ClaimDate, String> {
        dates::read_date(text, published, &self.quantifiers, &self.date_words)
    }
}

/// Whether words stand where an article is not English.
fn is_foreign(article: &Article, span: Span) -> bool {
    let place = article.foreign.partition_point(|passage| passage.span.end <= span.start);
    article.foreign.get(place).is_some_and(|passage| passage.span.start < span.end)
}

fn is_numeric(article: &Article, span: Span) -> bool {
    !span.of(&article.text).contains(char::is_alphabetic)
}

#[cfg(test)]
mod tests;
