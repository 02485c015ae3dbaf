//! Text in, suggestions out: deterministic, offline, explainable. One file per stage.

mod attribution;
mod category;
mod clauses;
mod columns;
mod confirmations;
mod counted;
mod covering;
pub mod dates;
mod draft;
mod finish;
mod gaps;
mod grades;
mod infer;
mod lexicon_pass;
mod modality;
mod particles;
mod parts;
mod phrases;
mod pipeline;
pub mod quantities;
mod repeats;
mod roles;
mod saying_phrases;
mod scan;
mod scene;
pub mod sentences;
mod sheet;
mod speakers;
mod tables;
pub mod tokens;
mod when;

pub use dates::DateMention;

use crate::article::Article;
use crate::claim::{ClaimDate, Codebook, Conventions, DateWindow, Lexicon, Metadata, Name, Quantity, Suggestion};

/// The compiled lexicons: built once, used for every article, from any thread.
#[derive(Debug)]
pub struct Suggester {
    conventions: Conventions,
    abbreviations: Vec<Name>,
    quantifiers: quantities::Quantifiers,
    date_words: dates::DateWords,
    words: lexicon_pass::Words,
}

impl Suggester {
    /// Compiles a codebook and a lexicon (all layers laid over one another).
    pub fn new(codebook: &Codebook, lexicon: &Lexicon) -> Self {
        Self {
            conventions: codebook.conventions.clone(),
            abbreviations: lexicon.abbreviations.clone(),
            quantifiers: quantities::Quantifiers::new(lexicon),
            date_words: dates::DateWords::new(),
            words: lexicon_pass::Words::new(codebook, lexicon),
        }
    }

    /// The suggestions for an article, by position. `metadata` is what is known of it by now:
    /// the analyst's word over the text's.
    pub fn suggest(&self, article: &Article, metadata: &Metadata) -> Vec<Suggestion> {
        let tokens = tokens::Tokens::of_article(article, &self.abbreviations);
        let dates = dates::dates(&tokens, &self.quantifiers, &self.date_words, metadata, &article.metadata);
        let taken: Vec<std::ops::Range<usize>> = dates.iter().map(|date| date.tokens.clone()).collect();
        let counts = quantities::quantities(&tokens, &self.quantifiers, &self.conventions, &taken);
        pipeline::run(&tokens, &self.words, &counts, &dates, metadata, &article.id)
    }

    /// The mentions of dates in an article, by position.
    pub fn dates(&self, article: &Article, metadata: &Metadata) -> Vec<DateMention> {
        let tokens = tokens::Tokens::of_article(article, &self.abbreviations);
        dates::dates(&tokens, &self.quantifiers, &self.date_words, metadata, &article.metadata)
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

#[cfg(test)]
mod tests;
