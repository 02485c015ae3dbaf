//! The stages of the suggestions, for those who measure them.

/// A stage. [`Suggester::suggest_watched`](super::Suggester::suggest_watched) tells when each has
/// been done; those that work sentence by sentence or count by count are told of again and again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stage {
    /// Words, numbers and marks; the read view.
    Tokens,
    /// Sentences and quotations.
    Sentences,
    /// Mentions of dates.
    Dates,
    /// Figures.
    Quantities,
    /// The words of the lexicon.
    LexiconPass,
    /// Units, and what the whole article tells: parties, names, tables, repeats.
    Sheet,
    /// Verbs and their subjects.
    Clauses,
    /// Sayings and their speakers.
    Sayings,
    /// Counted things, roles, categories, inference.
    Roles,
    /// On whose word a count is given, and how it is said.
    Attribution,
    /// The dates of claims.
    ClaimDates,
    /// Spans, traces, grades, order.
    Finish,
}

impl Stage {
    /// Every stage, in order.
    pub const ALL: [Self; 12] = [
        Self::Tokens,
        Self::Sentences,
        Self::Dates,
        Self::Quantities,
        Self::LexiconPass,
        Self::Sheet,
        Self::Clauses,
        Self::Sayings,
        Self::Roles,
        Self::Attribution,
        Self::ClaimDates,
        Self::Finish,
    ];
}

/// Hears of every stage that has been done.
pub(super) type Watch<'w> = dyn FnMut(Stage) + 'w;
