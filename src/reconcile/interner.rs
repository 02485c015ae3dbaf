//! Short texts as small numbers, so that sorting and comparing claims never touches a string.

use std::borrow::Borrow;
use std::collections::HashMap;
use std::hash::Hash;

use rustc_hash::FxBuildHasher;

use crate::claim::Name;

/// A hash map that is only ever asked, never walked, so that hash order cannot show in anything.
/// Short names and small numbers are its keys, which one multiplication spreads well enough.
#[derive(Clone, Debug)]
pub(super) struct Lookup<K, V>(HashMap<K, V, FxBuildHasher>);

impl<K, V> Default for Lookup<K, V> {
    fn default() -> Self {
        Self(HashMap::default())
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

    /// The value of a key, to be changed.
    pub fn get_mut<Q: Hash + Eq + ?Sized>(&mut self, key: &Q) -> Option<&mut V>
    where
        K: Borrow<Q>,
    {
        self.0.get_mut(key)
    }

    /// Whether there is nothing in it.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// How many keys there are.
    pub fn len(&self) -> u32 {
        u32::try_from(self.0.len()).unwrap_or(u32::MAX)
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

/// Gives every distinct text one number. Numbers depend on the order of asking, so nothing is ever
/// sorted by them: what has to be sorted is sorted by [`Interner::rank`].
#[derive(Debug, Default)]
pub(super) struct Interner {
    numbers: Lookup<Name, Sym>,
    names: Vec<Name>,
    /// The place of every number's text among all texts, as of the last [`Interner::rank_all`].
    ranks: Vec<u32>,
}

impl Interner {
    pub fn new() -> Self {
        Self { numbers: Lookup::default(), names: vec![Name::from("")], ranks: vec![0] }
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

    /// The number of a text, where it has one.
    pub fn get(&self, name: &str) -> Option<Sym> {
        self.numbers.get(name).copied()
    }

    /// Ranks all texts by their letters. Costs nothing where none has come since the last time.
    pub fn rank_all(&mut self) {
        if self.ranks.len() == self.names.len() {
            return;
        }
        let mut order: Vec<usize> = (0..self.names.len()).collect();
        order.sort_unstable_by(|a, b| self.names[*a].cmp(&self.names[*b]));
        self.ranks = vec![0; order.len()];
        for (sym, rank) in order.into_iter().zip(0..) {
            self.ranks[sym] = rank;
        }
    }

    /// Where a number's text stands among all by its letters; [`NONE`] comes first.
    pub fn rank(&self, sym: Sym) -> u32 {
        self.ranks.get(sym as usize).copied().unwrap_or(u32::MAX)
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
