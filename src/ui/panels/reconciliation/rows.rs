//! Which rows the facts table has: facts in order, and under an unfolded one its reason and claims.

use std::collections::BTreeSet;

use crate::claim::{ClaimId, Fact, FactVerdict, Reconciliation};

/// A column that the table can be sorted by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Column {
    /// As the reconciliation numbers them: by start, category, party.
    #[default]
    Fact,
    Direction,
    Range,
    Origins,
    Verdict,
    Flags,
}

/// A row of the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Row {
    /// The fact of an index.
    Fact(usize),
    /// Its verdict's reason.
    Reason(usize),
    /// The member of an index, of a fact.
    Member(usize, usize),
}

impl Row {
    /// Height in points.
    pub(super) fn height(self) -> f32 {
        match self {
            Self::Fact(_) => 31.0,
            Self::Reason(_) => 24.0,
            Self::Member(..) => 25.0,
        }
    }
}

/// What a fact is remembered by between two recomputations: its first claim, since its id is a
/// label that moves.
pub(super) fn key(fact: &Fact) -> Option<&ClaimId> {
    fact.members.first().map(|member| &member.claim)
}

/// The rows, and the top of each (one more than rows: the last is the bottom).
pub(super) fn rows(
    reconciliation: &Reconciliation,
    keeps: &dyn Fn(FactVerdict) -> bool,
    (column, down): (Column, bool),
    unfolded: &BTreeSet<ClaimId>,
) -> (Vec<Row>, Vec<f32>) {
    let facts = &reconciliation.facts;
    let mut order: Vec<usize> = (0..facts.len()).filter(|i| keeps(facts[*i].verdict)).collect();
    match column {
        Column::Fact => {}
        Column::Direction => order.sort_by(|a, b| direction(&facts[*a]).cmp(&direction(&facts[*b]))),
        Column::Range => order.sort_by_key(|i| facts[*i].best.or(facts[*i].low).unwrap_or(0)),
        Column::Origins => order.sort_by_key(|i| (facts[*i].k_origins, facts[*i].k_sides, facts[*i].n_articles)),
        Column::Verdict => order.sort_by_key(|i| facts[*i].verdict),
        Column::Flags => order.sort_by_key(|i| std::cmp::Reverse(facts[*i].flags.len())),
    }
    if down {
        order.reverse();
    }
    let mut rows = Vec::with_capacity(order.len());
    for i in order {
        rows.push(Row::Fact(i));
        if key(&facts[i]).is_some_and(|key| unfolded.contains(key)) {
            rows.push(Row::Reason(i));
            let mut members: Vec<usize> = (0..facts[i].members.len()).collect();
            members.sort_by_key(|m| (facts[i].members[*m].origin.is_none(), facts[i].members[*m].origin.clone(), *m));
            rows.extend(members.into_iter().map(|member| Row::Member(i, member)));
        }
    }
    let mut tops = Vec::with_capacity(rows.len() + 1);
    let mut top = 0.0;
    for row in &rows {
        tops.push(top);
        top += row.height();
    }
    tops.push(top);
    (rows, tops)
}

/// "Russia → Ukraine", or whose people they are.
pub(super) fn direction(fact: &Fact) -> String {
    match (&fact.from, &fact.to, &fact.party) {
        (Some(from), Some(to), _) => format!("{from} → {to}"),
        (Some(from), None, _) => format!("from {from}"),
        (None, Some(to), _) => format!("to {to}"),
        (None, None, Some(party)) => party.to_string(),
        (None, None, None) => String::new(),
    }
}
