//! The words of the domain: every value that two parts of the house share.
//!
//! Nothing here reads a file, a clock or a screen. What suggests, reconciles, stores and exports
//! are functions between these values, and never see each other.

mod codebook;
mod date;
mod edit;
mod entry;
mod fact;
mod lexicon;
pub mod numerals;
mod outside;
mod pool;
mod quantity;
mod reading;
mod record;
mod ruling;
mod shared;
mod span;
mod suggestion;
mod why;
mod word;

pub use codebook::{BestRule, Category, Codebook, Conventions, Party, Source, TieRule, VagueTable};
pub use date::{Basis, ClaimDate, DateWindow, MONTHS, Precision, WEEKDAYS, day_words};
pub use edit::{Change, Edit, Stale, Transaction, Workspace};
pub use entry::{Anchor, ArticleId, CONTEXT, Claim, ClaimId, Stamp};
pub use fact::{
    ClaimRelation, DocumentView, Event, Fact, FactFlag, FactKind, FactVerdict, Member, Numbering, Origin,
    Reconciliation, Reference, Rollup, RollupMember, RollupStatus, StaleRuling, Unplaced,
};
pub use lexicon::{
    Beside, Cue, CueEntry, FrameEntry, Lexicon, NounClass, NounEntry, PartyEntry, QuantifierEntry, ReportingEntry,
    Role, Saying, SourceEntry, SourceRole, SuppressionEntry,
};
pub use outside::OutsideSuggester;
pub use pool::NamePool;
pub use quantity::{Form, Quantity, Relation, grouped};
pub use reading::{
    Asserter, Attribution, BOTH, ClaimFlag, Count, Distributive, Field, How, Kind, Link, Modality, Provenance, Reading,
    Side, Trace,
};
pub use record::{ArticleRecord, Known, Metadata, Progress};
pub use ruling::{Ruling, RulingId, RulingOp};
pub use shared::SharedMap;
pub use span::Span;
pub use suggestion::{BUILT_IN, Decision, Grade, Suggestion, SuggestionKey, Verdict};
pub use why::{rule_in_words, whole_trace};
pub use word::{Word, WordSort};

/// A short text that many values share: names, categories, quotes. Cheap to clone.
pub type Name = std::sync::Arc<str>;
