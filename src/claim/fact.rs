//! What the claims come to: facts with their verdicts and ranges, sums, and what could not be placed.
//!
//! Never stored: recomputed from claims and rulings, the same input giving the same result.

use std::borrow::Cow;
use std::sync::Arc;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{ArticleId, ClaimId, DateWindow, Name, RulingId, Side};

/// What sort of fact it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FactKind {
    /// From event claims.
    Count,
    /// From cumulative claims: a total of a period.
    Rollup,
    /// As of a time.
    Stock,
    /// Planned.
    Plan,
    /// A state of affairs.
    Status,
}

/// What the sources come to, first match wins. Kebab-case in every export.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FactVerdict {
    /// Pinned by the analyst.
    Analyst,
    /// Hard bounds of two live origins do not meet.
    Conflicting,
    /// They fail to meet only because of soft bounds.
    Tension,
    /// Two parties to the event agree.
    CorroboratedOpposing,
    /// Two origins agree that are neither opposing nor of one side.
    CorroboratedIndependent,
    /// Two origins of one side agree.
    CorroboratedSameSide,
    /// Two or more articles, one origin.
    Echo,
    /// One named origin.
    SingleOrigin,
    /// No named origin.
    Unattributed,
}

impl FactVerdict {
    /// Every verdict, in the order in which they are tried.
    pub const ALL: [Self; 9] = [
        Self::Analyst,
        Self::Conflicting,
        Self::Tension,
        Self::CorroboratedOpposing,
        Self::CorroboratedIndependent,
        Self::CorroboratedSameSide,
        Self::Echo,
        Self::SingleOrigin,
        Self::Unattributed,
    ];

    /// The words of the window.
    pub fn label(self) -> &'static str {
        match self {
            Self::Analyst => "by the analyst",
            Self::Conflicting => "conflicting",
            Self::Tension => "tension",
            Self::CorroboratedOpposing => "corroborated, opposing sides",
            Self::CorroboratedIndependent => "corroborated, independent",
            Self::CorroboratedSameSide => "corroborated, same side",
            Self::Echo => "echo",
            Self::SingleOrigin => "single origin",
            Self::Unattributed => "unattributed",
        }
    }
}

/// How a claim stands to the best value of its fact.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ClaimRelation {
    /// The same exact value.
    Agrees,
    /// Its interval holds the best value, or meets the range.
    Compatible,
    /// Apart only by a soft bound.
    Tension,
    /// Apart by hard bounds.
    Conflicts,
    /// Replaced by a later word of the same origin.
    Superseded,
    /// Denied.
    Denied,
    /// Repeats what the same article or origin says elsewhere.
    Restates,
    /// Confirms that it happened, gives no figure.
    ConfirmsEvent,
}

impl ClaimRelation {
    /// The word of the window.
    pub fn label(self) -> &'static str {
        match self {
            Self::Agrees => "agrees",
            Self::Compatible => "compatible",
            Self::Tension => "tension",
            Self::Conflicts => "conflicts",
            Self::Superseded => "superseded",
            Self::Denied => "denied",
            Self::Restates => "restates",
            Self::ConfirmsEvent => "confirms the event",
        }
    }
}

/// A claim in a fact.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Member {
    /// The claim.
    pub claim: ClaimId,
    /// How it stands to the fact's best value.
    pub relation: ClaimRelation,
    /// The origin that it was folded into; `None` where unattributed.
    pub origin: Option<Name>,
    /// Why it is here: "joined F01: bodies → Ukraine, 29 Jan 2026 stated ('January 29')". Shared by
    /// those that are here for the same reason.
    pub reason: Name,
}

/// An origin of a fact: who is behind one or many claims.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Origin {
    /// Its fullest name; "unnamed source (TASS)" for an anonymous one.
    pub name: Name,
    /// Where it stands.
    pub side: Side,
    /// Whether the side is presumed, not known.
    pub presumed: bool,
    /// Whether it has no name.
    pub anonymous: bool,
    /// The articles that carry its word, sorted.
    pub articles: Vec<ArticleId>,
    /// Its tightest latest interval.
    pub low: Option<u64>,
    /// Its tightest latest interval.
    pub high: Option<u64>,
    /// Whether both bounds of it are conventions.
    pub soft: bool,
}

/// What a reader should know of a fact. Kebab-case in every export; described in `docs/method.md`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FactFlag {
    /// Only one side vouches for who the counted people are.
    IdentityByOneSide,
    /// A caveat in the text was dropped elsewhere, in the same article or in one that retells it.
    CaveatDropped,
    /// A party describes the same thing in other terms.
    FramingDiffers,
    /// The text's directions contradict one another.
    DirectionUnclear,
    /// The date rests on inference, or the year is not known.
    DateUnclear,
    /// A verdict that rests on an anonymous origin.
    AnonymousOrigin,
    /// A verdict that rests on an origin whose side is presumed.
    PresumedSide,
    /// The other side confirms that it happened, without a figure.
    EventConfirmed,
    /// Planned and reported differ.
    PlanDiffers,
    /// "lost" was read as killed.
    LostReadAsKilled,
    /// One origin gives two values on one day.
    SelfContradiction,
    /// A figure that was withdrawn is still repeated.
    RepeatsWithdrawn,
    /// One side denies it.
    Denied,
    /// Retold by articles without a named origin.
    Echoed,
    /// Counted things may not be the same unit.
    UnitUnclear,
    /// Another fact on the day before or after looks the same.
    SuspectedTwin,
    /// Claims are in it by their figure, since their own day or category is inferred.
    JoinedByFigure,
    /// A stated part explains the gap.
    GapExplained,
    /// Parts do not add up to their total.
    PartsDoNotAddUp,
    /// Soft tension with another fact.
    SoftTension,
    /// A differing figure without a named origin, where opposing sides agree.
    UnattributedOutlier,
    /// A later state of affairs has overtaken it.
    Overtaken,
    /// A total to date that falls.
    FallingTotal,
    /// The sum over its parts cannot be met.
    SumMismatch,
    /// The sum over its parts is incomplete.
    SumIncomplete,
    /// Members of a pinned fact have changed since.
    PinNeedsReview,
}

impl FactFlag {
    /// The words of the window.
    pub fn label(self) -> &'static str {
        match self {
            Self::IdentityByOneSide => "identity vouched for by one side",
            Self::CaveatDropped => "caveat dropped",
            Self::FramingDiffers => "framing differs",
            Self::DirectionUnclear => "direction unclear",
            Self::DateUnclear => "date unclear",
            Self::AnonymousOrigin => "anonymous origin",
            Self::PresumedSide => "side presumed",
            Self::EventConfirmed => "event confirmed by the other side",
            Self::PlanDiffers => "plan and outcome differ",
            Self::LostReadAsKilled => "“lost” read as killed",
            Self::SelfContradiction => "origin contradicts itself",
            Self::RepeatsWithdrawn => "repeats a withdrawn figure",
            Self::Denied => "denied by one side",
            Self::Echoed => "echoed",
            Self::UnitUnclear => "unit unclear",
            Self::SuspectedTwin => "suspected twin",
            Self::JoinedByFigure => "joined by figure",
            Self::GapExplained => "gap explained by a part",
            Self::PartsDoNotAddUp => "parts do not add up",
            Self::SoftTension => "soft tension",
            Self::UnattributedOutlier => "unattributed outlier",
            Self::Overtaken => "overtaken",
            Self::FallingTotal => "total falls",
            Self::SumMismatch => "sum does not add up",
            Self::SumIncomplete => "sum incomplete",
            Self::PinNeedsReview => "pin needs review",
        }
    }
}

/// A fact.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Fact {
    /// "F01": a label by position, not a key.
    pub id: Name,
    /// The event it belongs to: "E01".
    pub event: Option<Name>,
    /// "bodies to Ukraine, 29 Jan 2026"
    pub label: String,
    /// What sort of fact.
    pub kind: FactKind,
    /// Of what.
    pub category: Name,
    /// Of whom.
    pub party: Option<Name>,
    /// From whom.
    pub from: Option<Name>,
    /// To whom.
    pub to: Option<Name>,
    /// The part of the category or the place that keeps it apart.
    pub subset: Option<Name>,
    /// When.
    pub window: DateWindow,
    /// Smallest number that a live origin allows.
    pub low: Option<u64>,
    /// By the named rule; `None` where the rule gives none.
    pub best: Option<u64>,
    /// Largest number that a live origin allows; `None` is open.
    pub high: Option<u64>,
    /// Whether `low` is a convention.
    pub low_soft: bool,
    /// Whether `high` is a convention.
    pub high_soft: bool,
    /// Whether `best` is a midpoint of approximations ("~1,000").
    pub best_approx: bool,
    /// The rule that gave `best`, in words: "all equal", "tie, lower taken".
    pub best_rule: Name,
    /// What the sources come to.
    pub verdict: FactVerdict,
    /// What they came to before the analyst pinned it.
    pub machine_verdict: FactVerdict,
    /// The verdict that the analyst pinned; `verdict` is then [`FactVerdict::Analyst`].
    pub pinned_verdict: Option<FactVerdict>,
    /// The Admiralty number for the information, as the rules suggest it: 1 where opposing sides or
    /// three origins agree, 2 where two do or the agreement rests on a nameless one, 3 on one named
    /// origin's word, 4 where it is contested, 5 on the analyst's word, 6 where nobody is named.
    pub information: u8,
    /// Why, in words.
    pub reason: String,
    /// What a reader should know, with the words for it, sorted by flag.
    pub flags: Vec<(FactFlag, String)>,
    /// Distinct named or anonymous origins that add to the verdict.
    pub k_origins: usize,
    /// Distinct sides among them.
    pub k_sides: usize,
    /// Distinct articles.
    pub n_articles: usize,
    /// Distinct articles that give the figure in their own voice.
    pub n_unattributed: usize,
    /// Who is behind it.
    pub origins: Vec<Origin>,
    /// Its claims, by article and position.
    pub members: Vec<Member>,
    /// The rulings that were applied to it.
    pub rulings: Vec<RulingId>,
}

/// Facts that happened together: the two legs of an exchange.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Event {
    /// "E01": a label by position, not a key.
    pub id: Name,
    /// "exchange of bodies, 29 Jan 2026"
    pub label: String,
    /// "exchange", "toll", …
    #[serde(rename = "type")]
    pub kind: Name,
    /// When.
    pub window: DateWindow,
    /// Its facts.
    pub facts: Vec<Name>,
}

/// Whether a total and its parts agree.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RollupStatus {
    /// They do.
    Match,
    /// Not all parts are recorded; what is recorded leaves room.
    Incomplete,
    /// They cannot.
    Mismatch,
    /// No part is recorded.
    Untestable,
}

impl RollupStatus {
    /// The word of the window.
    pub fn label(self) -> &'static str {
        match self {
            Self::Match => "adds up",
            Self::Incomplete => "incomplete",
            Self::Mismatch => "does not add up",
            Self::Untestable => "untestable",
        }
    }
}

/// A line of a laid-open sum.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RollupMember {
    /// The fact.
    pub fact: Name,
    /// What it adds; both `None` for a blank.
    pub low: Option<u64>,
    /// What it adds at most; `None` is open.
    pub high: Option<u64>,
    /// Whether it is listed but not added, being inside another member.
    pub inside: Option<Name>,
}

/// A total against its parts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Rollup {
    /// The total.
    pub fact: Name,
    /// Whether they agree.
    pub status: RollupStatus,
    /// The parts, in order of time.
    pub members: Vec<RollupMember>,
    /// Recorded events among them.
    pub recorded: usize,
    /// How many events a source says there were.
    pub stated_events: Option<u64>,
    /// The sum's lower bound.
    pub sum_low: u64,
    /// The sum's upper bound; `None` is open.
    pub sum_high: Option<u64>,
    /// What is left of the total at least; `None` where it cannot be said.
    pub residual_low: Option<u64>,
    /// What is left of the total at most.
    pub residual_high: Option<u64>,
    /// Why, in words, with the sum.
    pub reason: String,
}

/// A claim that could belong to several facts, or to none.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Unplaced {
    /// The claim.
    pub claim: ClaimId,
    /// Facts it could belong to.
    pub candidates: Vec<Name>,
    /// Why, in words, and what would settle it.
    pub reason: String,
}

/// What the reconciliation made of an article.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DocumentView {
    /// The article.
    pub article: ArticleId,
    /// When it was published, as far as is known, linked dates included.
    pub published: DateWindow,
    /// The article that it is likely a copy or retelling of.
    pub echo_of: Option<ArticleId>,
    /// Why.
    pub echo_reason: Option<String>,
    /// Whether the analyst has confirmed it.
    pub echo_confirmed: bool,
    /// What the panel would need to know to place this article's claims; empty where nothing.
    pub needs: Vec<String>,
}

/// A ruling whose claims have gone, or that contradicts a later one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct StaleRuling {
    /// The ruling.
    pub ruling: RulingId,
    /// Why, in words.
    pub reason: String,
}

/// How words speak of a fact or an event. Ids number by place, so one that comes or goes would
/// change the words of all behind it: a reconciliation that is kept up to date writes a reference
/// that stays, and [`Reconciliation::shown`] puts the number in when the words are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reference {
    /// The fact at a place among the facts, from 0: "F01".
    Place(u32),
    /// The event at a place among the events, from 0: "E01".
    EventPlace(u32),
    /// The fact with a number that it keeps.
    Fact(u32),
    /// The event with a number that it keeps.
    Event(u32),
}

/// What stands around a reference that stays: noncharacters, which Unicode keeps for such use.
const OPEN: char = '\u{FDD0}';
const CLOSE: char = '\u{FDD1}';

impl std::fmt::Display for Reference {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Place(place) => write!(f, "F{:02}", place + 1),
            Self::EventPlace(place) => write!(f, "E{:02}", place + 1),
            Self::Fact(number) => write!(f, "{OPEN}F{number}{CLOSE}"),
            Self::Event(number) => write!(f, "{OPEN}E{number}{CLOSE}"),
        }
    }
}

impl Reference {
    /// The reference that a text consists of.
    fn read(text: &str) -> Option<Self> {
        let inside = text.strip_prefix(OPEN)?.strip_suffix(CLOSE)?;
        let number = inside.get(1..)?.parse().ok()?;
        match inside.as_bytes()[0] {
            b'F' => Some(Self::Fact(number)),
            b'E' => Some(Self::Event(number)),
            _ => None,
        }
    }
}

/// Where facts and events stand that are kept by number.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Numbering {
    /// By number of the fact: its place; `u32::MAX` where it has gone.
    pub facts: Vec<u32>,
    /// By number of the event: its place; `u32::MAX` where it has gone.
    pub events: Vec<u32>,
}

impl Numbering {
    fn of(&self, reference: Reference) -> Option<Reference> {
        let place = |list: &[u32], number: u32| list.get(number as usize).copied().filter(|place| *place != u32::MAX);
        match reference {
            Reference::Fact(number) => place(&self.facts, number).map(Reference::Place),
            Reference::Event(number) => place(&self.events, number).map(Reference::EventPlace),
            known => Some(known),
        }
    }
}

/// All that the claims come to.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Reconciliation {
    /// By article.
    pub documents: Vec<DocumentView>,
    /// By start, label.
    pub events: Vec<Arc<Event>>,
    /// By start, category, party, kind, first claim.
    pub facts: Vec<Arc<Fact>>,
    /// By fact.
    pub rollups: Vec<Rollup>,
    /// By article and position.
    pub unplaced: Vec<Unplaced>,
    /// In the order of the rulings.
    pub stale: Vec<StaleRuling>,
    /// Where facts and events stand, where words refer to them by number; else empty.
    #[serde(skip)]
    pub numbering: Arc<Numbering>,
}

impl Reconciliation {
    /// The fact of an id, whether that is a label ("F01") or a reference that stays.
    pub fn fact(&self, id: &str) -> Option<&Fact> {
        self.place(id).map(|place| &*self.facts[place])
    }

    /// The place of the fact of an id among the facts.
    pub fn place(&self, id: &str) -> Option<usize> {
        match Reference::read(id).and_then(|reference| self.numbering.of(reference)) {
            Some(Reference::Place(place)) => Some(place as usize).filter(|place| *place < self.facts.len()),
            Some(_) => None,
            None => self.facts.iter().position(|fact| *fact.id == *id),
        }
    }

    /// Words as they are read: references to facts and events replaced by their labels ("F01",
    /// "E01"). Ids too are words in this sense.
    pub fn shown<'t>(&self, words: &'t str) -> Cow<'t, str> {
        if !words.contains(OPEN) {
            return Cow::Borrowed(words);
        }
        let mut out = String::with_capacity(words.len());
        let mut rest = words;
        while let Some(at) = rest.find(OPEN) {
            out.push_str(&rest[..at]);
            let end = rest[at..].find(CLOSE).map_or(rest.len(), |end| at + end + CLOSE.len_utf8());
            match Reference::read(&rest[at..end]).and_then(|reference| self.numbering.of(reference)) {
                Some(label) => out.push_str(&label.to_string()),
                None => out.push('?'),
            }
            rest = &rest[end..];
        }
        out.push_str(rest);
        Cow::Owned(out)
    }

    /// The same with all words as they are read, and no numbers to keep.
    pub fn labelled(&self) -> Self {
        let text = |text: &mut String| {
            if let Cow::Owned(shown) = self.shown(text) {
                *text = shown;
            }
        };
        let name = |name: &mut Name| {
            if let Cow::Owned(shown) = self.shown(name) {
                *name = shown.into();
            }
        };
        let mut out = Self { numbering: Arc::default(), ..self.clone() };
        for fact in &mut out.facts {
            let fact = Arc::make_mut(fact);
            name(&mut fact.id);
            fact.event.iter_mut().for_each(name);
            text(&mut fact.reason);
            fact.flags.iter_mut().for_each(|(_, words)| text(words));
            fact.flags.sort();
            fact.members.iter_mut().for_each(|member| name(&mut member.reason));
        }
        for event in &mut out.events {
            let event = Arc::make_mut(event);
            name(&mut event.id);
            event.facts.iter_mut().for_each(name);
        }
        for rollup in &mut out.rollups {
            name(&mut rollup.fact);
            text(&mut rollup.reason);
            for member in &mut rollup.members {
                name(&mut member.fact);
                member.inside.iter_mut().for_each(name);
            }
        }
        for unplaced in &mut out.unplaced {
            unplaced.candidates.iter_mut().for_each(name);
        }
        out
    }

    /// The facts that a claim is a member of (several, for a distributive one made by hand).
    pub fn facts_of<'a>(&'a self, claim: &'a ClaimId) -> impl Iterator<Item = (&'a Fact, &'a Member)> {
        self.facts.iter().filter_map(move |fact| {
            fact.members.iter().find(|member| member.claim == *claim).map(|member| (&**fact, member))
        })
    }
}

impl Fact {
    /// A claim that the fact is known by, since its id is a label that moves: its first one. A claim
    /// that confirms an event is of all facts of that, and so stands for none as long as there is another.
    pub fn own_claim(&self) -> Option<&ClaimId> {
        let own = self.members.iter().find(|member| member.relation != ClaimRelation::ConfirmsEvent);
        own.or(self.members.first()).map(|member| &member.claim)
    }

    /// First day, for sorting; facts without one come last.
    pub fn start(&self) -> Option<NaiveDate> {
        self.window.start
    }
}
