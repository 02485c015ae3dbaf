//! A proposed claim, and what the analyst decided about it.

use serde::{Deserialize, Serialize};

use super::{ArticleId, ClaimId, Name, Quantity, Reading, Span, Stamp, Trace};

/// The name of the suggester that is built in.
pub const BUILT_IN: &str = "built-in";

/// How far a suggestion can be trusted, by the rules that were used: no score, no ranking.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Grade {
    /// To be looked at.
    Check,
    /// Probably right.
    Likely,
    /// Every field stated, or inferred by a rule that has not failed.
    Sure,
}

impl Grade {
    /// Every grade, best first.
    pub const ALL: [Self; 3] = [Self::Sure, Self::Likely, Self::Check];

    /// The word that the window shows.
    pub fn word(self) -> &'static str {
        match self {
            Self::Sure => "sure",
            Self::Likely => "likely",
            Self::Check => "check",
        }
    }
}

/// A proposed reading of a span.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Suggestion {
    /// The article it stands in.
    pub article: ArticleId,
    /// The phrase: "the remains of 31 Russian soldiers".
    pub span: Span,
    /// The proposed reading.
    pub reading: Reading,
    /// Where each field comes from.
    pub trace: Trace,
    /// How far it can be trusted.
    pub grade: Grade,
    /// Who suggests it: [`BUILT_IN`], or the name of an outside suggester.
    pub suggester: Name,
    /// An outside suggester's own score.
    pub score: Option<f64>,
}

/// What a decision is kept by: the same words read the same way are the same suggestion, under
/// any lexicon. A different reading of the same words is offered again.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SuggestionKey {
    /// The article.
    pub article: ArticleId,
    /// Where the count stands, or the phrase where there is no count.
    pub span: Span,
    /// Value, category, direction (and the member of a distributive span), in one line.
    pub reading: Name,
    /// Who suggested it.
    pub suggester: Name,
}

impl Suggestion {
    /// The key that decisions on it are kept by.
    pub fn key(&self) -> SuggestionKey {
        SuggestionKey {
            article: self.article.clone(),
            span: self.reading.count.span.unwrap_or(self.span),
            reading: reading_key(&self.reading),
            suggester: self.suggester.clone(),
        }
    }
}

impl SuggestionKey {
    /// Which member of a distributive span it is ("1/3"), where it is one.
    fn member(&self) -> Option<&str> {
        let (_, last) = self.reading.rsplit_once(' ')?;
        let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        last.split_once('/').filter(|(index, of)| digits(index) && digits(of)).map(|_| last)
    }

    /// Whether two keys are about the same count in the same words, however they read it: of a
    /// distributive span, the same member.
    pub fn same_words(&self, other: &Self) -> bool {
        (&self.article, self.span, self.member()) == (&other.article, other.span, other.member())
    }
}

fn reading_key(reading: &Reading) -> Name {
    let Quantity { form, n, low, high, low_soft, high_soft } = &reading.count.quantity;
    let bound = |b: &Option<u64>| b.map_or_else(|| "…".to_owned(), |n| n.to_string());
    // Soft bounds are a convention: what was decided on "about 1,000" stands under another one.
    let value = match n {
        Some(n) if *low_soft || *high_soft => n.to_string(),
        _ => format!("{}–{}", bound(low), bound(high)),
    };
    let name = |n: &Option<Name>| n.as_deref().unwrap_or("?").to_owned();
    let member = reading.distributive.map_or_else(String::new, |d| format!(" {}/{}", u32::from(d.index) + 1, d.of));
    format!(
        "{form:?} {value} {} of {}, {} → {}{member}",
        reading.category,
        name(&reading.party),
        name(&reading.from),
        name(&reading.to),
    )
    .into()
}

/// What became of a suggestion.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Verdict {
    /// It became this claim, as it stood or edited.
    Accepted {
        /// The claim.
        claim: ClaimId,
    },
    /// It was turned down, and is not offered again for the same words.
    Rejected,
}

/// A decision on a suggestion.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Decision {
    /// What it was about.
    pub suggestion: SuggestionKey,
    /// The hash of the text that the suggestion stood in, hexadecimal.
    pub text_sha256: Name,
    /// What was decided.
    pub verdict: Verdict,
    /// Who decided, and when.
    pub stamp: Stamp,
}
