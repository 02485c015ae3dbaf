//! How many claims bear each category, party and source: counted once for a revision.

use std::collections::BTreeMap;

use crate::claim::{BOTH, Name};
use crate::session::Session;

/// The counts.
#[derive(Debug, Default)]
pub struct Uses {
    of: Option<u64>,
    categories: BTreeMap<Name, usize>,
    parties: BTreeMap<Name, usize>,
    sources: BTreeMap<Name, usize>,
}

impl Uses {
    /// Counts anew where the project has changed.
    pub fn refresh(&mut self, session: &Session) {
        if self.of == Some(session.revision()) {
            return;
        }
        *self = Self { of: Some(session.revision()), ..Self::default() };
        for claim in session.workspace().claims.values() {
            let reading = &claim.reading;
            *self.categories.entry(reading.category.clone()).or_default() += 1;
            let mut named: Vec<&Name> = [&reading.party, &reading.from, &reading.to].into_iter().flatten().collect();
            named.sort();
            named.dedup();
            for name in named.into_iter().filter(|name| &***name != BOTH) {
                *self.parties.entry(name.clone()).or_default() += 1;
            }
            for asserter in reading.attribution.chain.iter().filter(|asserter| !asserter.anonymous) {
                *self.sources.entry(asserter.name.clone()).or_default() += 1;
            }
        }
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
