//! Text in, suggestions out: deterministic, offline, explainable. One file per stage.

mod attribution;
mod category;
mod clauses;
mod counted;
mod draft;
mod finish;
mod infer;
mod lexicon_pass;
mod modality;
mod pipeline;
pub mod quantities;
mod roles;
mod scene;
pub mod sentences;
mod sheet;
mod speakers;
pub mod tokens;

use crate::article::Article;
use crate::claim::{ClaimDate, Codebook, Conventions, DateWindow, Lexicon, Metadata, Name, Quantity, Span, Suggestion};

/// A mention of a date in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DateMention {
    /// Where it stands.
    pub span: Span,
    /// Its value in the notation of `docs/formats.md`, everything known being used: `2026-01-29`,
    /// `XXXX-09-18`, `2025-W37`.
    pub value: Name,
    /// The window that it comes to.
    pub window: DateWindow,
}

/// The compiled lexicons: built once, used for every article, from any thread.
#[derive(Debug)]
pub struct Suggester {
    conventions: Conventions,
    abbreviations: Vec<Name>,
    quantifiers: quantities::Quantifiers,
    words: lexicon_pass::Words,
}

impl Suggester {
    /// Compiles a codebook and a lexicon (all layers laid over one another).
    pub fn new(codebook: &Codebook, lexicon: &Lexicon) -> Self {
        Self {
            conventions: codebook.conventions.clone(),
            abbreviations: lexicon.abbreviations.clone(),
            quantifiers: quantities::Quantifiers::new(lexicon),
            words: lexicon_pass::Words::new(codebook, lexicon),
        }
    }

    /// The suggestions for an article, by position. `metadata` is what is known of it by now:
    /// the analyst's word over the text's.
    pub fn suggest(&self, article: &Article, _metadata: &Metadata) -> Vec<Suggestion> {
        let tokens = tokens::Tokens::of_article(article, &self.abbreviations);
        let counts = quantities::quantities(&tokens, &self.quantifiers, &self.conventions, &[]);
        pipeline::run(&tokens, &self.words, &counts, &article.id)
    }

    /// The mentions of dates in an article, by position.
    pub fn dates(&self, _article: &Article, _metadata: &Metadata) -> Vec<DateMention> {
        Vec::new()
    }

    /// The count that an analyst typed ("more than 1,800"), or what is wrong with it.
    pub fn read_quantity(&self, text: &str) -> Result<Quantity, String> {
        quantities::read_quantity(text, &self.quantifiers, &self.conventions)
    }

    /// The date that an analyst typed ("29 Jan 2026", "18/9", "last Thursday"), resolved against
    /// the article's date of publication, or what is wrong with it.
    pub fn read_date(&self, text: &str, _published: &DateWindow) -> Result<ClaimDate, String> {
        let window = DateWindow::parse(text, crate::claim::Basis::Analyst).ok_or("not a date")?;
        Ok(ClaimDate { window, text: Some(text.into()), ..ClaimDate::default() })
    }
}

#[cfg(test)]
mod tests;
