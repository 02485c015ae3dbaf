//! What a span of text is read as: how many, of whom, from whom to whom, when, on whose word.
//!
//! A suggestion proposes a reading; a claim is a reading that an analyst stands for.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{ClaimDate, DateWindow, Name, Quantity, Span};

/// The party name that stands for the two parties of an event together.
pub const BOTH: &str = "both";

/// What sort of figure it is. The names are those of the JSON Lines schema.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Happened once.
    #[default]
    Event,
    /// Over a period: "in 2025", "since January".
    Cumulative,
    /// As of a time: "are still held", losses to date.
    Stock,
    /// Agreed, offered, announced for later.
    Plan,
    /// A state of affairs: "exchanges are blocked".
    Status,
}

impl Kind {
    /// Every kind, in the order of menus.
    pub const ALL: [Self; 5] = [Self::Event, Self::Cumulative, Self::Stock, Self::Plan, Self::Status];

    /// The word that the window shows.
    pub fn word(self) -> &'static str {
        match self {
            Self::Event => "event",
            Self::Cumulative => "over a period",
            Self::Stock => "as of a time",
            Self::Plan => "plan",
            Self::Status => "status",
        }
    }
}

/// How it is said. The names are those of the JSON Lines schema.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Modality {
    /// In the outlet's own voice, or a source's.
    #[default]
    Reported,
    /// The text says confirmed or verified.
    Confirmed,
    /// Agreed, offered, announced, demanded.
    Planned,
    /// Hoped, feared, conditional.
    Hypothetical,
    /// Rejected, withdrawn, corrected or superseded in the text.
    Denied,
}

impl Modality {
    /// Every modality, in the order of menus.
    pub const ALL: [Self; 5] = [Self::Reported, Self::Confirmed, Self::Planned, Self::Hypothetical, Self::Denied];

    /// The word that the window shows.
    pub fn word(self) -> &'static str {
        match self {
            Self::Reported => "reported",
            Self::Confirmed => "confirmed",
            Self::Planned => "planned",
            Self::Hypothetical => "hypothetical",
            Self::Denied => "denied",
        }
    }
}

/// On which side of an event a source stands.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Side {
    /// Of the party of that name.
    Party(Name),
    /// Of none: a relief body, a mission, an investigator.
    Independent,
    /// Not known. Unknown is no side: it makes neither "opposing" nor "independent".
    #[default]
    Unknown,
}

impl Side {
    /// The party's name, "independent" or "unknown".
    pub fn word(&self) -> &str {
        match self {
            Self::Party(name) => name,
            Self::Independent => "independent",
            Self::Unknown => "unknown",
        }
    }
}

/// One link of an attribution chain.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Asserter {
    /// Its fullest name in the article; joint sources are one, joined by " + ".
    pub name: Name,
    /// The side that the article's words show it on ("an aide to the Russian president").
    /// [`Side::Unknown`] leaves it to the codebook and the lexicon.
    #[serde(default)]
    pub side: Side,
    /// Whether the article withholds its name.
    #[serde(default)]
    pub anonymous: bool,
}

impl Asserter {
    /// A named source of which the article tells no more.
    pub fn named(name: impl Into<Name>) -> Self {
        Self { name: name.into(), side: Side::Unknown, anonymous: false }
    }
}

/// On whose word: from the innermost source outwards, the publishing outlet left out.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Attribution {
    /// Empty means the outlet's own voice.
    pub chain: Vec<Asserter>,
    /// The platform it was said on: "Telegram". A channel is not a source.
    pub via: Option<Name>,
    /// Who vouches for the identity of the counted people, where that is not who gives the count.
    pub identity_by: Vec<Name>,
}

/// The count in its words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Count {
    /// Where the count stands; `None` for a confirmation without a number.
    pub span: Option<Span>,
    /// What it says.
    pub quantity: Quantity,
}

/// A tie to another count: `span` is where that one stands, `None` where it is not in the text
/// ("another 3,000", with nothing before it).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Link {
    /// Where the other count stands.
    pub span: Option<Span>,
}

/// One of several claims made of one span: "in July, August and September — each …".
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Distributive {
    /// Which, from 0.
    pub index: u16,
    /// Of how many.
    pub of: u16,
}

/// What a reader should know beside the fields. Kebab-case in every export; described in `docs/method.md`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ClaimFlag {
    /// The text's directions contradict one another.
    DirectionUnclear,
    /// Another party describes the same thing in other terms.
    FramingDiffers,
    /// "lost" was read as killed.
    LostReadAsKilled,
    /// The text says that the true number is likely higher or lower.
    Caveat,
    /// "1K", "46k": rounded notation.
    RoundedNotation,
    /// Corrected in the text: the figure that it replaces is denied.
    Corrects,
}

/// The fields of a reading, as the trace names them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Field {
    /// How many.
    Count,
    /// What sort of figure.
    Kind,
    /// Of what.
    Category,
    /// Of whom.
    Party,
    /// From whom.
    From,
    /// To whom.
    To,
    /// When.
    Date,
    /// On whose word.
    Attribution,
    /// How it is said.
    Modality,
}

/// How a field came to its value.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum How {
    /// The words say it.
    Stated,
    /// A named rule worked it out.
    Inferred {
        /// The rule, in words: "two-party complement".
        rule: Name,
    },
    /// The analyst set it.
    Hand,
    /// It came with an import.
    Imported {
        /// The format or suggester it came from.
        from: Name,
    },
}

/// Where a field's value comes from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Provenance {
    /// How.
    pub how: How,
    /// The words that it rests on.
    #[serde(default)]
    pub evidence: Vec<Span>,
}

impl Provenance {
    /// Said in so many words.
    pub fn stated(evidence: impl IntoIterator<Item = Span>) -> Self {
        Self { how: How::Stated, evidence: evidence.into_iter().collect() }
    }

    /// Worked out by a named rule.
    pub fn inferred(rule: impl Into<Name>, evidence: impl IntoIterator<Item = Span>) -> Self {
        Self { how: How::Inferred { rule: rule.into() }, evidence: evidence.into_iter().collect() }
    }

    /// Set by the analyst.
    pub fn hand() -> Self {
        Self { how: How::Hand, evidence: Vec::new() }
    }
}

/// The provenance of every field that has one.
pub type Trace = BTreeMap<Field, Provenance>;

/// How a span of text is read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reading {
    /// How many.
    pub count: Count,
    /// What sort of figure.
    #[serde(default)]
    pub kind: Kind,
    /// Of what: the id of a category of the codebook.
    pub category: Name,
    /// Of whom: a party's short English name, or [`BOTH`].
    #[serde(default)]
    pub party: Option<Name>,
    /// Who gave them.
    #[serde(default)]
    pub from: Option<Name>,
    /// Who received them.
    #[serde(default)]
    pub to: Option<Name>,
    /// When.
    #[serde(default)]
    pub date: ClaimDate,
    /// The time that a count to date or a statement speaks of, where it is not the article's.
    #[serde(default)]
    pub as_of: Option<DateWindow>,
    /// On whose word.
    #[serde(default)]
    pub attribution: Attribution,
    /// How it is said.
    #[serde(default)]
    pub modality: Modality,
    /// "another 3,000": added to that count.
    #[serde(default)]
    pub additive: Option<Link>,
    /// "five of them": a part of that count.
    #[serde(default)]
    pub part_of: Option<Link>,
    /// "the same number": that count's value.
    #[serde(default)]
    pub refers_to: Option<Link>,
    /// "confirmed the numbers": the counts that it speaks of.
    #[serde(default)]
    pub confirms: Vec<Span>,
    /// One of several claims of one span.
    #[serde(default)]
    pub distributive: Option<Distributive>,
    /// A part of the category or a place that keeps facts apart: "officers", "Kursk region".
    #[serde(default)]
    pub subset: Option<Name>,
    /// What a reader should know.
    #[serde(default)]
    pub flags: Vec<ClaimFlag>,
}

impl Reading {
    /// A reading of which only count and category are known.
    pub fn new(count: Count, category: impl Into<Name>) -> Self {
        Self {
            count,
            kind: Kind::default(),
            category: category.into(),
            party: None,
            from: None,
            to: None,
            date: ClaimDate::default(),
            as_of: None,
            attribution: Attribution::default(),
            modality: Modality::default(),
            additive: None,
            part_of: None,
            refers_to: None,
            confirms: Vec::new(),
            distributive: None,
            subset: None,
            flags: Vec::new(),
        }
    }

    /// The day for which the figure was told, where that is another than the day of the event: "the
    /// toll stood at 15 on Thursday" of a fire on Tuesday.
    pub fn told_another_day(&self) -> Option<&DateWindow> {
        let event = &self.date.window;
        self.as_of.as_ref().filter(|told| told.is_known() && (told.start, told.end) != (event.start, event.end))
    }

    /// "bodies · Ukraine · Russia → Ukraine": the line that names a claim in lists.
    pub fn summary(&self) -> String {
        let mut parts = vec![self.category.to_string()];
        if let Some(party) = &self.party {
            parts.push(party.to_string());
        }
        match (&self.from, &self.to) {
            (Some(from), Some(to)) => parts.push(format!("{from} → {to}")),
            (Some(from), None) => parts.push(format!("from {from}")),
            (None, Some(to)) => parts.push(format!("to {to}")),
            (None, None) => {}
        }
        parts.join(" · ")
    }
}
