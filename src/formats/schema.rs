//! The lines in which suggestions and claims are exchanged. Fields stand in this order in every
//! line; `docs/formats.md` describes them. Reading is lenient: what is left out is null.

use chrono::NaiveDate;
use serde::{Deserialize, Deserializer, Serialize};

use super::Document;
use crate::claim::{
    Asserter, Basis, Claim, ClaimFlag, DateWindow, Field, Form, Grade, How, Kind, Link, Modality, Name, Precision,
    Provenance, Reading, Side, Span, Suggestion, Trace,
};

/// Where something stands, in code points.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Place {
    /// First code point; null where the other count is not in the text.
    pub start: Option<usize>,
    /// First code point behind.
    pub end: Option<usize>,
}

/// The count of a line.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct CountLine {
    /// First code point; null for a confirmation without a number.
    pub start: Option<usize>,
    /// First code point behind.
    pub end: Option<usize>,
    /// The words, as the text has them.
    pub text: Option<String>,
    /// The wording.
    pub form: Option<Form>,
    /// The number as written.
    pub n: Option<u64>,
    /// Smallest number of people.
    pub low: Option<u64>,
    /// Largest number of people.
    pub high: Option<u64>,
    /// Whether `low` is a convention.
    #[serde(deserialize_with = "null_as_default")]
    pub low_soft: bool,
    /// Whether `high` is a convention.
    #[serde(deserialize_with = "null_as_default")]
    pub high_soft: bool,
    /// The counts that a confirmation without a number speaks of.
    #[serde(deserialize_with = "null_as_default", skip_serializing_if = "Vec::is_empty")]
    pub confirms: Vec<Place>,
}

/// The date of a line.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct DateLine {
    /// What the file alone supports.
    pub value: Option<String>,
    /// First day.
    pub start: Option<String>,
    /// Last day.
    pub end: Option<String>,
    /// How exactly it is known.
    pub precision: Option<Precision>,
    /// What it rests on.
    pub basis: Option<Basis>,
    /// The words that say it.
    pub text: Option<String>,
}

/// Where a field comes from.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Why {
    /// The field.
    pub field: Option<Field>,
    /// "stated", "inferred", "hand", "imported".
    pub how: String,
    /// The rule, in words; for an import, where from.
    pub rule: Option<String>,
    /// Positions of the words that it rests on: start and end of each in turn.
    #[serde(deserialize_with = "null_as_default")]
    pub evidence: Vec<usize>,
}

/// What a claim of a project holds beyond a suggestion; absent in suggestions.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct More {
    /// Identity of the claim.
    pub id: Option<String>,
    /// The analyst's remark.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub note: String,
    /// Sides of the sources of `attribution`, in their order: a party's name, "independent", "unknown".
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub sides: Vec<String>,
    /// Which sources of `attribution` the article withholds the name of, from 0.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub anonymous: Vec<usize>,
    /// The time that a count to date or a statement speaks of.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub as_of: Option<DateLine>,
    /// Whether the date is a period over which was counted.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub extent: bool,
    /// The part of the category, or the place, that keeps facts apart.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub subset: Option<String>,
    /// What a reader should know.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub flags: Vec<ClaimFlag>,
    /// Who made it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub annotator: Option<String>,
    /// When, in UTC.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub created: Option<String>,
}

/// A suggestion or a claim as a line.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ClaimLine {
    /// The article's name.
    pub article: String,
    /// First code point of the phrase.
    pub start: usize,
    /// First code point behind.
    pub end: usize,
    /// The phrase, as the text has it.
    #[serde(default, deserialize_with = "null_as_default")]
    pub quote: String,
    /// How many.
    #[serde(default, deserialize_with = "null_as_default")]
    pub count: CountLine,
    /// What sort of figure.
    #[serde(default, deserialize_with = "null_as_default")]
    pub kind: Kind,
    /// Of what.
    #[serde(default, deserialize_with = "null_as_default")]
    pub category: String,
    /// Of whom.
    #[serde(default)]
    pub party: Option<String>,
    /// From whom.
    #[serde(default)]
    pub from: Option<String>,
    /// To whom.
    #[serde(default)]
    pub to: Option<String>,
    /// When.
    #[serde(default, deserialize_with = "null_as_default")]
    pub date: DateLine,
    /// On whose word, innermost first.
    #[serde(default, deserialize_with = "null_as_default")]
    pub attribution: Vec<String>,
    /// The platform.
    #[serde(default)]
    pub via: Option<String>,
    /// Who vouches for the identity of the counted people.
    #[serde(default, deserialize_with = "null_as_default")]
    pub identity_by: Vec<String>,
    /// How it is said.
    #[serde(default, deserialize_with = "null_as_default")]
    pub modality: Modality,
    /// The count that it adds to.
    #[serde(default)]
    pub additive: Option<Place>,
    /// The count that it is a part of.
    #[serde(default)]
    pub part_of: Option<Place>,
    /// The count whose value it takes.
    #[serde(default)]
    pub refers_to: Option<Place>,
    /// How far it can be trusted; null where it was made by hand.
    #[serde(default)]
    pub grade: Option<Grade>,
    /// Where each field comes from.
    #[serde(default, deserialize_with = "null_as_default")]
    pub why: Vec<Why>,
    /// Who suggests it; null where it was made by hand.
    #[serde(default)]
    pub suggester: Option<String>,
    /// An outside suggester's own score.
    #[serde(default)]
    pub score: Option<f64>,
    /// What a claim of a project holds beyond this.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub more: Option<More>,
}

/// A mention of a date as a line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MentionLine {
    /// The article's name.
    pub article: String,
    /// First code point.
    pub start: usize,
    /// First code point behind.
    pub end: usize,
    /// The words, as the text has them.
    pub quote: String,
    /// The value, in the notation of `docs/formats.md`.
    pub value: String,
}

fn null_as_default<'de, D: Deserializer<'de>, T: Default + Deserialize<'de>>(deserializer: D) -> Result<T, D::Error> {
    Ok(Option::deserialize(deserializer)?.unwrap_or_default())
}

impl Place {
    pub(super) fn of(document: &Document<'_>, span: Span) -> Self {
        let (start, end) = document.chars(span);
        Self { start: Some(start), end: Some(end) }
    }

    fn of_link(document: &Document<'_>, link: Option<Link>) -> Option<Self> {
        link.map(|link| link.span.map_or_else(Self::default, |span| Self::of(document, span)))
    }
}

impl DateLine {
    fn of_window(window: &DateWindow) -> Self {
        let day = |day: Option<NaiveDate>| day.map(|day| day.to_string());
        Self {
            value: None,
            start: day(window.start),
            end: day(window.end),
            precision: Some(window.precision),
            basis: Some(window.basis),
            text: None,
        }
    }
}

impl MentionLine {
    /// The line of a mention.
    pub fn new(document: &Document<'_>, span: Span, value: &str) -> Self {
        let (start, end) = document.chars(span);
        let quote = document.words(span).unwrap_or("").to_owned();
        Self { article: document.name.to_owned(), start, end, quote, value: value.to_owned() }
    }
}

fn text(name: &Option<Name>) -> Option<String> {
    name.as_deref().map(str::to_owned)
}

fn lines_of_trace(document: &Document<'_>, trace: &Trace) -> Vec<Why> {
    trace
        .iter()
        .map(|(field, Provenance { how, evidence })| {
            let (how, rule) = match how {
                How::Stated => ("stated", None),
                How::Inferred { rule } => ("inferred", Some(rule.to_string())),
                How::Hand => ("hand", None),
                How::Imported { from } => ("imported", Some(from.to_string())),
            };
            let evidence = evidence.iter().flat_map(|span| <[usize; 2]>::from(document.chars(*span))).collect();
            Why { field: Some(*field), how: how.to_owned(), rule, evidence }
        })
        .collect()
}

impl ClaimLine {
    /// The line of a suggestion.
    pub fn of_suggestion(document: &Document<'_>, suggestion: &Suggestion) -> Self {
        let Suggestion { span, reading, grade, suggester, score, .. } = suggestion;
        let quote = document.words(*span).unwrap_or("");
        Self {
            grade: Some(*grade),
            suggester: Some(suggester.to_string()),
            score: *score,
            ..Self::of_reading(document, *span, quote, reading, &suggestion.why())
        }
    }

    /// The line of a claim; `more` holds what the schema of suggestions has no place for.
    pub fn of_claim(document: &Document<'_>, claim: &Claim) -> Self {
        let reading = &claim.reading;
        let chain = &reading.attribution.chain;
        let all_unknown = chain.iter().all(|asserter| asserter.side == Side::Unknown);
        let more = More {
            id: Some(claim.id.to_string()),
            note: claim.note.clone(),
            sides: if all_unknown { Vec::new() } else { chain.iter().map(|a| a.side.word().to_owned()).collect() },
            anonymous: chain.iter().enumerate().filter(|(_, a)| a.anonymous).map(|(n, _)| n).collect(),
            as_of: reading.as_of.as_ref().map(DateLine::of_window),
            extent: reading.date.extent,
            subset: text(&reading.subset),
            flags: reading.flags.clone(),
            annotator: Some(claim.created.by.to_string()),
            created: Some(claim.created.at.to_rfc3339_opts(chrono::SecondsFormat::Secs, true)),
        };
        Self {
            grade: claim.grade,
            suggester: claim.suggestion.as_ref().map(|key| key.suggester.to_string()),
            score: claim.score.as_ref().and_then(|score| score.parse().ok()),
            more: Some(more),
            ..Self::of_reading(document, claim.span(), claim.quote(), reading, &claim.trace)
        }
    }

    fn of_reading(document: &Document<'_>, span: Span, quote: &str, reading: &Reading, trace: &Trace) -> Self {
        let (start, end) = document.chars(span);
        let quantity = &reading.count.quantity;
        let count = reading.count.span.map(|span| Place::of(document, span)).unwrap_or_default();
        // Where only claims are at hand, the words of the count are those that came with them.
        let words = reading.count.span.and_then(|span| document.words(span));
        Self {
            article: document.name.to_owned(),
            start,
            end,
            quote: quote.to_owned(),
            count: CountLine {
                start: count.start,
                end: count.end,
                text: words.map(str::to_owned),
                form: Some(quantity.form),
                n: quantity.n,
                low: quantity.low,
                high: quantity.high,
                low_soft: quantity.low_soft,
                high_soft: quantity.high_soft,
                confirms: reading.confirms.iter().map(|span| Place::of(document, *span)).collect(),
            },
            kind: reading.kind,
            category: reading.category.to_string(),
            party: text(&reading.party),
            from: text(&reading.from),
            to: text(&reading.to),
            date: DateLine {
                value: text(&reading.date.value),
                text: text(&reading.date.text),
                ..DateLine::of_window(&reading.date.window)
            },
            attribution: reading.attribution.chain.iter().map(|asserter| asserter.name.to_string()).collect(),
            via: text(&reading.attribution.via),
            identity_by: reading.attribution.identity_by.iter().map(|name| name.to_string()).collect(),
            modality: reading.modality,
            additive: Place::of_link(document, reading.additive),
            part_of: Place::of_link(document, reading.part_of),
            refers_to: Place::of_link(document, reading.refers_to),
            grade: None,
            why: lines_of_trace(document, trace),
            suggester: None,
            score: None,
            more: None,
        }
    }
}

/// A source as an outside line names it: one without a name is known by its words.
pub(super) fn asserter_of(name: &str) -> Asserter {
    let lower = name.to_lowercase();
    let anonymous = ["unnamed", "anonymous", "unidentified", "undisclosed"].iter().any(|word| lower.contains(word));
    Asserter { anonymous, ..Asserter::named(name) }
}
