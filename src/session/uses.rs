//! How many claims bear each category, party and source: kept as claims change, since a million of
//! them are not counted between two frames.

use std::collections::BTreeMap;

use crate::claim::{BOTH, Claim, Name};

/// The counts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Uses {
    categories: BTreeMap<Name, usize>,
    parties: BTreeMap<Name, usize>,
    sources: BTreeMap<Name, usize>,
}

impl Uses {
    /// Of some claims.
    pub(super) fn of<'a>(claims: impl IntoIterator<Item = &'a Claim>) -> Self {
        let mut uses = Self::default();
        claims.into_iter().for_each(|claim| uses.add(claim));
        uses
    }

    pub(super) fn add(&mut self, claim: &Claim) {
        fn more(counts: &mut BTreeMap<Name, usize>, name: &Name) {
            match counts.get_mut(name) {
                Some(count) => *count += 1,
                None => drop(counts.insert(name.clone(), 1)),
            }
        }
        self.each(claim, more);
    }

    pub(super) fn remove(&mut self, claim: &Claim) {
        fn less(counts: &mut BTreeMap<Name, usize>, name: &Name) {
            match counts.get_mut(name) {
                Some(count) if *count > 1 => *count -= 1,
                _ => drop(counts.remove(name)),
            }
        }
        self.each(claim, less);
    }

    fn each(&mut self, claim: &Claim, change: fn(&mut BTreeMap<Name, usize>, &Name)) {
        let reading = &claim.reading;
        change(&mut self.categories, &reading.category);
        let mut named: Vec<&Name> = [&reading.party, &reading.from, &reading.to].into_iter().flatten().collect();
        named.sort();
        named.dedup();
        named.into_iter().filter(|name| &***name != BOTH).for_each(|name| change(&mut self.parties, name));
        let asserters = reading.attribution.chain.iter().filter(|asserter| !asserter.anonymous);
        asserters.for_each(|asserter| change(&mut self.sources, &asserter.name));
    }

    /// How many claims are of a category.
    pub fn category(&self, id: &Name) -> usize {
        self.categories.get(id).copied().unwrap_or(0)
    }

    /// How many claims name a party.
    pub fn party(&self, name: &Name) -> usize {
        self.parties.get(name).copied().unwrap_or(0)
    }

    /// How often claims name a source.
    pub fn source(&self, name: &Name) -> usize {
        self.sources.get(name).copied().unwrap_or(0)
    }

    /// The parties that claims name.
    pub fn parties(&self) -> impl Iterator<Item = &Name> {
        self.parties.keys()
    }

    /// The sources that claims name.
    pub fn sources(&self) -> impl Iterator<Item = &Name> {
        self.sources.keys()
    }
}
