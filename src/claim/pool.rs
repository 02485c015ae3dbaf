//! Names that are the same, held once.

use std::collections::BTreeSet;

use super::{
    Asserter, Attribution, Claim, Decision, How, Name, Reading, Side, Stamp, Suggestion, SuggestionKey, Trace,
};

/// Names that were met so far. What is read from a file has every name for itself, and a hundred
/// thousand claims tell of a handful of parties, categories and analysts.
#[derive(Clone, Debug, Default)]
pub struct NamePool(BTreeSet<Name>);

impl NamePool {
    /// Puts the first of the same names in the place of a name.
    pub fn share(&mut self, name: &mut Name) {
        match self.0.get(&**name) {
            Some(known) => *name = known.clone(),
            None => drop(self.0.insert(name.clone())),
        }
    }

    fn share_all<'n>(&mut self, names: impl IntoIterator<Item = &'n mut Name>) {
        names.into_iter().for_each(|name| self.share(name));
    }

    fn share_in_reading(&mut self, reading: &mut Reading) {
        self.share(&mut reading.category);
        let Reading { party, from, to, subset, attribution, .. } = reading;
        self.share_all([party, from, to, subset].into_iter().flatten());
        let Attribution { chain, via, identity_by } = attribution;
        self.share_all(via.iter_mut().chain(identity_by));
        for Asserter { name, side, anonymous: _ } in chain {
            self.share(name);
            if let Side::Party(party) = side {
                self.share(party);
            }
        }
    }

    fn share_in_trace(&mut self, trace: &mut Trace) {
        for provenance in trace.values_mut() {
            if let How::Inferred { rule: name } | How::Imported { from: name } = &mut provenance.how {
                self.share(name);
            }
        }
    }

    fn share_in_key(&mut self, key: &mut SuggestionKey) {
        let SuggestionKey { article, span: _, reading, suggester } = key;
        self.share_all([&mut article.0, reading, suggester]);
    }

    fn share_in_stamp(&mut self, stamp: &mut Stamp) {
        self.share(&mut stamp.by);
    }
}

impl Suggestion {
    /// Puts names that are known already in the place of its own.
    pub fn share_names(&mut self, names: &mut NamePool) {
        names.share_all([&mut self.article.0, &mut self.suggester]);
        names.share_in_reading(&mut self.reading);
        names.share_in_trace(&mut self.trace);
    }
}

impl Claim {
    /// Puts names that are known already in the place of its own.
    pub fn share_names(&mut self, names: &mut NamePool) {
        names.share(&mut self.article.0);
        names.share_in_reading(&mut self.reading);
        names.share_in_trace(&mut self.trace);
        if let Some(key) = &mut self.suggestion {
            names.share_in_key(key);
        }
        names.share_in_stamp(&mut self.created);
        if let Some(changed) = &mut self.changed {
            names.share_in_stamp(changed);
        }
    }
}

impl Decision {
    /// Puts names that are known already in the place of its own.
    pub fn share_names(&mut self, names: &mut NamePool) {
        names.share_in_key(&mut self.suggestion);
        names.share(&mut self.text_sha256);
        names.share_in_stamp(&mut self.stamp);
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;

    #[test]
    fn the_same_names_are_held_once() {
        let mut pool = NamePool::default();
        let mut names: Vec<Name> = ["Russia", "Ukraine", "Russia"].map(Name::from).into();
        pool.share_all(&mut names);
        assert_eq!(names.iter().map(|name| &**name).collect::<Vec<_>>(), ["Russia", "Ukraine", "Russia"]);
        assert!(Arc::ptr_eq(&names[0], &names[2]) && !Arc::ptr_eq(&names[0], &names[1]));
    }
}
