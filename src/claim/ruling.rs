//! An analyst's word over the reconciliation's: kept as data, replayed after each recompute.

use serde::{Deserialize, Serialize};

use super::fact::FactVerdict;
use super::{ArticleId, ClaimId, DateWindow, Name, Side, Stamp};

/// Identity of a ruling.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct RulingId(pub Name);

/// What the analyst rules. Claims are named, never facts: facts are recomputed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum RulingOp {
    /// The fact that these claims are in has this best value.
    PinValue {
        /// The members that it was made over.
        claims: Vec<ClaimId>,
        /// Lower bound.
        low: u64,
        /// Best.
        best: Option<u64>,
        /// Upper bound; `None` is open.
        high: Option<u64>,
    },
    /// The fact that these claims are in has this verdict.
    PinVerdict {
        /// The members that it was made over.
        claims: Vec<ClaimId>,
        /// The verdict in the analyst's eyes.
        verdict: FactVerdict,
    },
    /// The claim belongs with another claim; with `None`, to a fact of its own.
    Move {
        /// The claim.
        claim: ClaimId,
        /// A claim of the fact where it belongs.
        to: Option<ClaimId>,
    },
    /// The facts of these claims are one.
    Merge {
        /// A claim of each.
        claims: Vec<ClaimId>,
    },
    /// These claims are a fact apart from the rest of theirs, under a label.
    Split {
        /// The claims that leave.
        claims: Vec<ClaimId>,
        /// What keeps them apart: a place, a subset.
        label: Name,
    },
    /// The claim's origin is this.
    SetOrigin {
        /// The claim.
        claim: ClaimId,
        /// Who is behind it.
        origin: Name,
        /// Where it stands.
        side: Side,
    },
    /// The claim takes part in nothing.
    Exclude {
        /// The claim.
        claim: ClaimId,
    },
    /// The claim's event has this date.
    SetDate {
        /// The claim.
        claim: ClaimId,
        /// When.
        window: DateWindow,
    },
    /// An article is, or is not, a retelling of another.
    Echo {
        /// The article.
        article: ArticleId,
        /// What it retells; `None` rules that it is none.
        of: Option<ArticleId>,
    },
}

/// A ruling: an override of the reconciliation, with its reason.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ruling {
    /// Its identity.
    pub id: RulingId,
    /// What is ruled.
    pub op: RulingOp,
    /// Why.
    pub reason: String,
    /// Who, and when.
    pub stamp: Stamp,
}

impl RulingOp {
    /// The claims that it names.
    pub fn claims(&self) -> Vec<&ClaimId> {
        match self {
            Self::PinValue { claims, .. }
            | Self::PinVerdict { claims, .. }
            | Self::Merge { claims }
            | Self::Split { claims, .. } => claims.iter().collect(),
            Self::Move { claim, to } => std::iter::once(claim).chain(to).collect(),
            Self::SetOrigin { claim, .. } | Self::Exclude { claim } | Self::SetDate { claim, .. } => vec![claim],
            Self::Echo { .. } => Vec::new(),
        }
    }

    /// What is ruled, in words, without the claims: "1,000 – 1,003", "apart as Kursk".
    pub fn words(&self) -> String {
        let number = |n: &Option<u64>| n.map_or_else(|| "open".to_owned(), super::grouped);
        match self {
            Self::PinValue { low, best, high, .. } => {
                let best = best.map_or_else(|| "no best".to_owned(), super::grouped);
                format!("{} – {best} – {}", super::grouped(*low), number(high))
            }
            Self::PinVerdict { verdict, .. } => verdict.label().to_owned(),
            Self::Move { to: Some(_), .. } => "to the fact of another claim".to_owned(),
            Self::Move { to: None, .. } => "to a fact of its own".to_owned(),
            Self::Merge { claims } => format!("the facts of {} claims are one", claims.len()),
            Self::Split { label, .. } => format!("apart as {label}"),
            Self::SetOrigin { origin, side, .. } => format!("{origin} ({})", side.word()),
            Self::Exclude { .. } => "takes part in nothing".to_owned(),
            Self::SetDate { window, .. } => window.words(),
            Self::Echo { of: Some(_), .. } => "retells another article".to_owned(),
            Self::Echo { of: None, .. } => "retells no other article".to_owned(),
        }
    }

    /// The words of history and lists.
    pub fn label(&self) -> &'static str {
        match self {
            Self::PinValue { .. } => "pin value",
            Self::PinVerdict { .. } => "pin verdict",
            Self::Move { .. } => "move claim",
            Self::Merge { .. } => "merge facts",
            Self::Split { .. } => "split fact",
            Self::SetOrigin { .. } => "set origin",
            Self::Exclude { .. } => "exclude claim",
            Self::SetDate { .. } => "set date",
            Self::Echo { .. } => "rule on echo",
        }
    }
}
