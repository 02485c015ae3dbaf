//! Short texts as small numbers, so that sorting and comparing claims never touches a string.

use std::borrow::Borrow;
use std::collections::HashMap;
use std::hash::Hash;

use crate::claim::Name;

/// A hash map that is only ever asked, never walked, so that hash order cannot show in anything.
#[derive(Clone, Debug)]
pub(super) struct Lookup<K, V>(HashMap<K, V>);

impl<K, V> Default for Lookup<K, V> {
    fn default() -> Self {
        Self(HashMap::new())
    }
}

impl<K: Hash + Eq, V> Lookup<K, V> {
    /// The value of a key.
    pub fn get<Q: Hash + Eq + ?Sized>(&self, key: &Q) -> Option<&V>
    where
        K: Borrow<Q>,
    {
        self.0.get(key)
    }

    /// Whether there is a value of a key.
    pub fn contains<Q: Hash + Eq + ?Sized>(&self, key: &Q) -> bool
    where
        K: Borrow<Q>,
    {
        self.0.contains_key(key)
    }

    /// Sets a value; gives the one that was there.
    pub fn insert(&mut self, key: K, value: V) -> Option<V> {
        self.0.insert(key, value)
    }

    /// The value of a key, made where there is none.
    pub fn or_insert_with(&mut self, key: K, value: impl FnOnce() -> V) -> &mut V {
        self.0.entry(key).or_insert_with(value)
    }
}

impl<K: Hash + Eq, V> FromIterator<(K, V)> for Lookup<K, V> {
    fn from_iter<I: IntoIterator<Item = (K, V)>>(pairs: I) -> Self {
        Self(pairs.into_iter().collect())
    }
}

/// A short text's number. [`NONE`] stands for "not known".
pub(super) type Sym = u32;

/// No text.
pub(super) const NONE: Sym = 0;

/// Gives every distinct text one number. Numbers depend on the order of asking, so they are asked
/// for in the order of the sorted claims, and nothing that is shown is ever sorted by them.
#[derive(Debug)]
pub(super) struct Interner {
    numbers: Lookup<Name, Sym>,
    names: Vec<Name>,
}

impl Interner {
    pub fn new() -> Self {
        Self { numbers: Lookup::default(), names: vec![Name::from("")] }
    }

    /// The number of a text; a new one where it has none.
    pub fn sym(&mut self, name: &Name) -> Sym {
        if let Some(sym) = self.numbers.get(name) {
            return *sym;
        }
        let sym = Sym::try_from(self.names.len()).unwrap_or(Sym::MAX);
        self.names.push(name.clone());
        self.numbers.insert(name.clone(), sym);
        sym
    }

    /// The text of a number; `None` for [`NONE`].
    pub fn name(&self, sym: Sym) -> Option<&Name> {
        if sym == NONE { None } else { self.names.get(sym as usize) }
    }

    /// The text of a number, empty for [`NONE`].
    pub fn str(&self, sym: Sym) -> &str {
        self.names.get(sym as usize).map_or("", |name| name)
    }
}
