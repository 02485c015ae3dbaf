//! A sorted map whose copies share its values: a project is held several times over (as it is shown,
//! as it will be written), and its claims are in memory once.

use std::borrow::Borrow;
use std::collections::{BTreeMap, btree_map};
use std::ops::{Index, RangeBounds};
use std::sync::Arc;

/// A sorted map whose copies share its values. What is changed in one copy is copied for it alone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SharedMap<K, V>(BTreeMap<K, Arc<V>>);

impl<K, V> Default for SharedMap<K, V> {
    fn default() -> Self {
        Self(BTreeMap::new())
    }
}

impl<K: Ord, V> SharedMap<K, V> {
    /// How many values.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The value of a key.
    pub fn get<Q: Ord + ?Sized>(&self, key: &Q) -> Option<&V>
    where
        K: Borrow<Q>,
    {
        self.0.get(key).map(|value| &**value)
    }

    /// The value of a key, to be held beside the map.
    pub fn shared<Q: Ord + ?Sized>(&self, key: &Q) -> Option<&Arc<V>>
    where
        K: Borrow<Q>,
    {
        self.0.get(key)
    }

    /// Whether a key has a value.
    pub fn contains_key<Q: Ord + ?Sized>(&self, key: &Q) -> bool
    where
        K: Borrow<Q>,
    {
        self.0.contains_key(key)
    }

    /// Gives a key a value. What it had before is let go of; whether it had one.
    pub fn insert(&mut self, key: K, value: impl Into<Arc<V>>) -> bool {
        self.0.insert(key, value.into()).is_some()
    }

    /// Gives a key a value, unless it has one.
    pub fn insert_new(&mut self, key: K, value: impl Into<Arc<V>>) {
        self.0.entry(key).or_insert_with(|| value.into());
    }

    /// Takes a key out with its value. Whether it was there.
    pub fn remove<Q: Ord + ?Sized>(&mut self, key: &Q) -> bool
    where
        K: Borrow<Q>,
    {
        self.0.remove(key).is_some()
    }

    /// All keys, in order.
    pub fn keys(&self) -> btree_map::Keys<'_, K, Arc<V>> {
        self.0.keys()
    }

    /// All values, in the order of their keys.
    pub fn values(&self) -> impl DoubleEndedIterator<Item = &V> + ExactSizeIterator + Clone {
        self.0.values().map(|value| &**value)
    }

    /// All keys with their values, in order.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = (&K, &V)> + ExactSizeIterator + Clone {
        self.into_iter()
    }

    /// The keys of a range with their values, in order.
    pub fn range<Q: Ord + ?Sized, R: RangeBounds<Q>>(&self, range: R) -> impl DoubleEndedIterator<Item = (&K, &V)>
    where
        K: Borrow<Q>,
    {
        self.0.range(range).map(|(key, value)| (key, &**value))
    }
}

impl<K: Ord, V: Clone> SharedMap<K, V> {
    /// The value of a key, to be changed; where a copy of the map shares it, it is copied first.
    pub fn get_mut<Q: Ord + ?Sized>(&mut self, key: &Q) -> Option<&mut V>
    where
        K: Borrow<Q>,
    {
        self.0.get_mut(key).map(Arc::make_mut)
    }
}

impl<K: Ord + Borrow<Q>, Q: Ord + ?Sized, V> Index<&Q> for SharedMap<K, V> {
    type Output = V;

    fn index(&self, key: &Q) -> &V {
        &self.0[key]
    }
}

impl<'a, K, V> IntoIterator for &'a SharedMap<K, V> {
    type Item = (&'a K, &'a V);
    type IntoIter = std::iter::Map<btree_map::Iter<'a, K, Arc<V>>, fn((&'a K, &'a Arc<V>)) -> (&'a K, &'a V)>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.iter().map(|(key, value)| (key, &**value))
    }
}

impl<K: Ord, V> Extend<(K, V)> for SharedMap<K, V> {
    fn extend<T: IntoIterator<Item = (K, V)>>(&mut self, values: T) {
        self.0.extend(values.into_iter().map(|(key, value)| (key, Arc::new(value))));
    }
}

impl<K: Ord, V> FromIterator<(K, V)> for SharedMap<K, V> {
    fn from_iter<T: IntoIterator<Item = (K, V)>>(values: T) -> Self {
        Self(values.into_iter().map(|(key, value)| (key, Arc::new(value))).collect())
    }
}

impl<K: Ord, V, const N: usize> From<[(K, V); N]> for SharedMap<K, V> {
    fn from(values: [(K, V); N]) -> Self {
        values.into_iter().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn copies_share_what_neither_has_changed() {
        let map: SharedMap<u8, String> = [(1, "one".to_owned()), (2, "two".to_owned())].into();
        let mut copy = map.clone();
        *copy.get_mut(&2).expect("there") += "!";
        copy.insert(3, "three".to_owned());
        let same = |key: u8| match (map.shared(&key), copy.shared(&key)) {
            (Some(a), Some(b)) => Some(Arc::ptr_eq(a, b)),
            _ => None,
        };
        assert_eq!([1, 2, 3].map(same), [Some(true), Some(false), None]);
        assert_eq!((&map[&2], &copy[&2]), (&"two".to_owned(), &"two!".to_owned()));
        assert!(copy.remove(&1) && !copy.remove(&1));
        assert_eq!(map.iter().map(|(key, _)| *key).collect::<Vec<_>>(), [1, 2]);
    }
}
