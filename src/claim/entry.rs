//! A claim: a reading of a span that somebody stands for.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::suggestion::SuggestionKey;
use super::{Grade, Name, Reading, Span, Suggestion, Trace};

/// Identity of a claim: assigned once, never reused, sorts by time of making.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ClaimId(pub Name);

impl ClaimId {
    /// The identity of a claim that nobody keeps: the article's name, where the claim begins (in
    /// any unit, the same for all claims of a run), and which of those that begin there, from 0.
    /// Sorts by article and position.
    pub fn unkept(article: &str, start: u32, nth: usize) -> Self {
        let suffix = if nth == 0 { String::new() } else { format!("/{nth}") };
        Self(format!("{article}#{start:08}{suffix}").into())
    }
}

/// Identity of an article: a readable slug, a dot, and the start of the hash of the bytes of its
/// first version. The same article opened twice, or by two people, is the same article.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ArticleId(pub Name);

/// What the id of a claim begins with that a suggestion stands for until it is decided on.
const PROVISIONAL: &str = "s:";

impl ClaimId {
    /// The id of the claim that a suggestion stands for until it is decided on: the same words
    /// read the same way have the same id.
    pub fn provisional(key: &SuggestionKey) -> Self {
        let SuggestionKey { article, span, reading, suggester } = key;
        Self(format!("{PROVISIONAL}{article}:{}-{}:{reading}:{suggester}", span.start, span.end).into())
    }

    /// Whether it is such an id.
    pub fn is_provisional(&self) -> bool {
        self.0.starts_with(PROVISIONAL)
    }

    /// The suggestion that such an id stands for; `None` where the id is that of an analyst's claim.
    pub fn provisional_key(&self) -> Option<SuggestionKey> {
        let (article, rest) = self.0.strip_prefix(PROVISIONAL)?.split_once(':')?;
        let (reading, suggester) = rest.split_once(':')?.1.rsplit_once(':')?;
        let span = self.provisional_span()?;
        let key = SuggestionKey {
            article: ArticleId(article.into()),
            span,
            reading: reading.into(),
            suggester: suggester.into(),
        };
        (span.start < span.end && Self::provisional(&key) == *self).then_some(key)
    }

    /// Where the count of such an id stands; `None` where the id is that of an analyst's claim.
    pub fn provisional_span(&self) -> Option<Span> {
        let (_, rest) = self.0.strip_prefix(PROVISIONAL)?.split_once(':')?;
        let (start, end) = rest.split_once(':')?.0.split_once('-')?;
        Some(Span { start: start.parse().ok()?, end: end.parse().ok()? })
    }

    /// The article of such an id; `None` where the id is that of an analyst's claim.
    pub fn provisional_article(&self) -> Option<ArticleId> {
        let (article, _) = self.0.strip_prefix(PROVISIONAL)?.split_once(':')?;
        Some(ArticleId(article.into()))
    }
}

impl std::fmt::Display for ClaimId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::fmt::Display for ArticleId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

/// Who, and when.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Stamp {
    /// The analyst's name.
    pub by: Name,
    /// In UTC, whole seconds.
    pub at: DateTime<Utc>,
}

/// How much of the text on either side of an anchor is kept, in characters.
pub const CONTEXT: usize = 32;

/// A span that can be found again: its quote, and a little of what stands before and after.
/// On loading, span and quote must agree, or the claim is unanchored: never moved in silence.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Anchor {
    /// Bytes in the text of the version.
    pub span: Span,
    /// The words, as the text has them.
    pub quote: Name,
    /// Up to [`CONTEXT`] characters before.
    pub before: Name,
    /// Up to [`CONTEXT`] characters after.
    pub after: Name,
}

impl Anchor {
    /// The anchor of a span in its text. `None` where the span does not fit the text.
    pub fn new(text: &str, span: Span) -> Option<Self> {
        let quote = text.get(span.range())?;
        let (head, tail) = (text.get(..span.start as usize)?, text.get(span.end as usize..)?);
        let from = head.char_indices().rev().take(CONTEXT).last().map_or(head.len(), |(i, _)| i);
        let to = tail.char_indices().nth(CONTEXT).map_or(tail.len(), |(i, _)| i);
        Some(Self { span, quote: quote.into(), before: head[from..].into(), after: tail[..to].into() })
    }

    /// Whether the words still stand where the span says.
    pub fn holds(&self, text: &str) -> bool {
        text.get(self.span.range()) == Some(&*self.quote)
    }
}

/// A claim.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Claim {
    /// Its identity.
    pub id: ClaimId,
    /// The article it stands in.
    pub article: ArticleId,
    /// The version of the article that it was made on, from 1.
    pub version: u32,
    /// Where it stands; the first is the main span, further ones are other words that belong to it.
    pub evidence: Vec<Anchor>,
    /// How it is read.
    pub reading: Reading,
    /// Where each field comes from.
    pub trace: Trace,
    /// How sure the suggestion was that it came from; `None` where it was made by hand.
    #[serde(default)]
    pub grade: Option<Grade>,
    /// The score that an outside suggester gave it, in digits.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub score: Option<Name>,
    /// The analyst's remark.
    #[serde(default)]
    pub note: String,
    /// The suggestion that it came from.
    #[serde(default)]
    pub suggestion: Option<SuggestionKey>,
    /// Who made it, and when.
    pub created: Stamp,
    /// Who changed it last, and when.
    #[serde(default)]
    pub changed: Option<Stamp>,
    /// The revision of the codebook that it was made under.
    pub codebook_revision: u32,
}

impl Claim {
    /// The claim that accepting a suggestion as it stands makes, on version `version` of the
    /// article whose text is given. `None` where the suggestion does not fit the text.
    pub fn from_suggestion(
        suggestion: &Suggestion,
        text: &str,
        id: ClaimId,
        version: u32,
        created: Stamp,
        codebook_revision: u32,
    ) -> Option<Self> {
        Some(Self {
            id,
            article: suggestion.article.clone(),
            version,
            evidence: vec![Anchor::new(text, suggestion.span)?],
            reading: suggestion.reading.clone(),
            trace: suggestion.trace.clone(),
            grade: Some(suggestion.grade),
            score: suggestion.score.map(|score| score.to_string().into()),
            note: String::new(),
            suggestion: Some(suggestion.key()),
            created,
            changed: None,
            codebook_revision,
        })
    }

    /// The main span.
    ///
    /// # Panics
    /// Never on a claim that was read or made here: both refuse one without evidence.
    pub fn span(&self) -> Span {
        self.evidence[0].span
    }

    /// The words of the main span.
    pub fn quote(&self) -> &str {
        self.evidence.first().map_or("", |anchor| &anchor.quote)
    }

    /// Where it stands in lists: by article, position, then id.
    pub fn order(&self) -> (&ArticleId, Option<Span>, &ClaimId) {
        (&self.article, self.evidence.first().map(|a| a.span), &self.id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_anchor_keeps_its_surroundings_in_characters() {
        let text = "é".repeat(40) + "the 38 bodies" + &"ß".repeat(40);
        let start = text.find("the").expect("there");
        let anchor = Anchor::new(&text, Span::new(start, start + 13)).expect("fits");
        assert_eq!(&*anchor.quote, "the 38 bodies");
        assert_eq!((anchor.before.chars().count(), anchor.after.chars().count()), (CONTEXT, CONTEXT));
        assert!(anchor.holds(&text));
        assert!(!anchor.holds(&text.replace("38", "39")));
        assert_eq!(Anchor::new(&text, Span::new(1, 4)), None);
    }
}
