//! Which rows the facts table has: facts in order, and under an unfolded one its reason and claims.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::Filter;
use crate::claim::{ClaimId, Fact, Name, Reconciliation};

/// A column that the table can be sorted by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Column {
    /// As the reconciliation numbers them: by start, category, party.
    #[default]
    Number,
    /// By its label.
    Fact,
    Direction,
    Range,
    Origins,
    Sides,
    Articles,
    Verdict,
    Flags,
}

impl Column {
    const COUNT: usize = 9;
}

/// A row of the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Row {
    /// The fact of an index.
    Fact(u32),
    /// Its verdict's reason.
    Reason(u32),
    /// The member of an index, of a fact.
    Member(u32, u32),
}

impl Row {
    /// Height in points.
    pub(super) fn height(self) -> f32 {
        match self {
            Self::Fact(_) => 31.0,
            Self::Reason(_) => 28.0,
            Self::Member(..) => 25.0,
        }
    }
}

/// What a fact is remembered by between two recomputations.
pub(super) fn key(fact: &Fact) -> Option<&ClaimId> {
    fact.own_claim()
}

/// The unfolded facts by their first claims, with their ids as they were seen last: an id is looked up,
/// a claim is searched for.
pub(super) type Unfolded = BTreeMap<ClaimId, Name>;

/// What the rows are made of, looked up once for a reconciliation: a filter or another order then
/// costs little, however many facts there are.
#[derive(Debug, Default)]
pub(super) struct Index {
    /// The facts in the order of each column that was asked for.
    orders: [Option<Vec<u32>>; Column::COUNT],
    /// The unfolded facts.
    unfolded: BTreeSet<u32>,
}

impl Index {
    /// Of the facts of a reconciliation, those with these first claims being unfolded.
    pub(super) fn new(reconciliation: &Reconciliation, unfolded: &mut Unfolded) -> Self {
        let facts = &reconciliation.facts;
        let place_of = |(claim, id): (&ClaimId, &Name)| {
            let place = reconciliation.place(id)?;
            (key(&facts[place]) == Some(claim)).then_some(place as u32)
        };
        let found: Vec<Option<u32>> = unfolded.iter().map(place_of).collect();
        let mut index = Self { unfolded: found.iter().copied().flatten().collect(), ..Self::default() };
        if found.contains(&None) {
            // Other facts by now, or gone.
            for (place, fact) in (0..).zip(facts) {
                if let Some(id) = key(fact).and_then(|key| unfolded.get_mut(key)) {
                    *id = fact.id.clone();
                    index.unfolded.insert(place);
                }
            }
        }
        index
    }

    /// Unfolds a fact, or folds it.
    pub(super) fn set_unfolded(&mut self, place: u32, open: bool) {
        if open {
            self.unfolded.insert(place);
        } else {
            self.unfolded.remove(&place);
        }
    }

    /// The rows, and the top of each (one more than rows: the last is the bottom).
    pub(super) fn rows(
        &mut self,
        reconciliation: &Reconciliation,
        filter: Option<Filter>,
        (column, down): (Column, bool),
    ) -> (Vec<Row>, Vec<f32>) {
        let Self { orders, unfolded } = self;
        let facts = &reconciliation.facts;
        let order = orders[column as usize].get_or_insert_with(|| order(facts, column));
        let mut rows = Vec::with_capacity(order.len() + 64);
        let mut add = |place: u32| {
            if filter.is_some_and(|filter| !filter.keeps(facts[place as usize].verdict)) {
                return;
            }
            rows.push(Row::Fact(place));
            if unfolded.contains(&place) {
                rows.push(Row::Reason(place));
                let of = &facts[place as usize].members;
                let mut members: Vec<(u32, _)> = (0..).zip(of.iter().map(|member| &member.origin)).collect();
                members.sort_by_key(|(member, origin)| (origin.is_none(), *origin, *member));
                rows.extend(members.into_iter().map(|(member, _)| Row::Member(place, member)));
            }
        };
        if down {
            order.iter().rev().for_each(|place| add(*place));
        } else {
            order.iter().for_each(|place| add(*place));
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
}

/// The facts in the order of a column.
fn order(facts: &[Arc<Fact>], column: Column) -> Vec<u32> {
    let mut order: Vec<u32> = (0..).zip(facts).map(|(place, _)| place).collect();
    let fact = |place: &u32| &facts[*place as usize];
    match column {
        Column::Number => {}
        Column::Fact => order.sort_by_cached_key(|place| fact(place).label.to_lowercase()),
        Column::Direction => order.sort_by_cached_key(|place| direction(fact(place))),
        Column::Range => order.sort_by_cached_key(|place| fact(place).best.or(fact(place).low).unwrap_or(0)),
        Column::Origins => {
            order.sort_by_cached_key(|place| {
                let fact = fact(place);
                (fact.k_origins, fact.k_sides, fact.n_articles)
            });
        }
        Column::Sides => order.sort_by_cached_key(|place| fact(place).k_sides),
        Column::Articles => order.sort_by_cached_key(|place| fact(place).n_articles),
        Column::Verdict => order.sort_by_cached_key(|place| fact(place).verdict),
        Column::Flags => order.sort_by_cached_key(|place| std::cmp::Reverse(fact(place).flags.len())),
    }
    order
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::claim::ClaimRelation;
    use crate::session::Session;

    #[test]
    fn facts_in_the_order_of_a_column_and_the_claims_of_an_unfolded_one() {
        let mut session = Session::default();
        let text = "Russia handed over the bodies of 1,000 soldiers to Ukraine on 29 January 2026.\n\n\
                    Russia handed over the bodies of 12 soldiers to Ukraine on 20 February 2026.\n";
        session.add_articles(&[("a.txt", text.as_bytes())]);
        let facts = session.reconciliation();
        let mut index = Index::new(facts, &mut Unfolded::new());
        let mut places = |column, down| {
            let (rows, tops) = index.rows(facts, None, (column, down));
            assert_eq!(tops.len(), rows.len() + 1);
            rows
        };
        assert_eq!(places(Column::Number, false), [Row::Fact(0), Row::Fact(1)]);
        assert_eq!(places(Column::Fact, false), [Row::Fact(1), Row::Fact(0)], "“20 Feb” before “29 Jan”");
        assert_eq!(places(Column::Range, false), [Row::Fact(1), Row::Fact(0)], "the smaller figure first");
        assert_eq!(places(Column::Range, true), [Row::Fact(0), Row::Fact(1)]);
        assert_eq!(index.rows(facts, Some(Filter::ByHand), (Column::Number, false)).0, []);

        let unfolded = [Row::Fact(0), Row::Fact(1), Row::Reason(1), Row::Member(1, 0)];
        index.set_unfolded(1, true);
        assert_eq!(index.rows(facts, None, (Column::Number, false)).0, unfolded);
        for id in [&facts.facts[1].id, &facts.facts[0].id, &"gone".into()] {
            let mut keys = Unfolded::from([(key(&facts.facts[1]).expect("a claim").clone(), id.clone())]);
            assert_eq!(Index::new(facts, &mut keys).rows(facts, None, (Column::Number, false)).0, unfolded);
            assert_eq!(keys.values().next(), Some(&facts.facts[1].id), "as it was seen last");
        }
        index.set_unfolded(1, false);
        assert_eq!(index.rows(facts, None, (Column::Number, false)).0.len(), 2);
    }

    /// "Ukraine confirmed the exchange" gives no figure and is of both facts of its day, before the
    /// claims of either: one was unfolded with the other, and a ruling on one could go to the other.
    #[test]
    fn what_confirms_two_facts_stands_for_neither() {
        let mut session = Session::default();
        let text = "Ukraine confirmed the exchange of bodies on 29 January 2026.\n\n\
                    Russia handed over the bodies of 1,000 soldiers to Ukraine on 29 January 2026, the ministry said, \
                    and received the bodies of 38 Russian soldiers in return.\n";
        session.add_articles(&[("a.txt", text.as_bytes())]);
        let facts = session.reconciliation();
        let keys: Vec<_> = facts.facts.iter().filter_map(|fact| key(fact)).collect();
        let distinct: BTreeSet<_> = keys.iter().collect();
        let confirms = |fact: &&Arc<Fact>| fact.members.iter().any(|m| m.relation == ClaimRelation::ConfirmsEvent);
        let confirmed: Vec<_> = facts.facts.iter().filter(confirms).map(|fact| &fact.label).collect();
        assert!(confirmed.len() > 1, "{confirmed:?}");
        assert_eq!(distinct.len(), keys.len(), "{keys:?}");
    }
}
