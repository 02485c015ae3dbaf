//! The spellings of sources that are in use, and the sources that they come to: kept up to date
//! as claims come and go.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::super::names::Names;
use super::super::sources::{Registry, Source};

/// Spellings in use, by number.
#[derive(Default)]
pub(super) struct Voices {
    /// How many claims use each.
    uses: Vec<u32>,
    /// The articles that use each, with how often.
    articles: Vec<BTreeMap<u32, u32>>,
    /// The key of each that is in use.
    keys: Vec<Option<String>>,
    /// The spellings in use under a key.
    by_key: BTreeMap<String, BTreeSet<u32>>,
    /// For every surname: the full keys of the people who bear it, and how many spellings give each.
    bearers: BTreeMap<String, BTreeMap<String, u32>>,
    /// For every surname: the spellings in use that give it alone.
    alone: BTreeMap<String, BTreeSet<u32>>,
    sources: BTreeMap<String, Arc<Source>>,
    /// Spellings that came or went since the last [`Voices::settle`].
    stale: BTreeSet<u32>,
}

impl Voices {
    /// Notes that an article uses some spellings, and no longer uses others.
    pub fn exchange(&mut self, article: u32, gone: &[u32], come: &[u32]) {
        for number in come {
            let place = *number as usize;
            if self.uses.len() <= place {
                self.uses.resize(place + 1, 0);
                self.articles.resize_with(place + 1, BTreeMap::new);
                self.keys.resize(place + 1, None);
            }
            self.uses[place] += 1;
            *self.articles[place].entry(article).or_default() += 1;
            if self.uses[place] == 1 {
                self.stale.insert(*number);
            }
        }
        for number in gone {
            let place = *number as usize;
            self.uses[place] -= 1;
            if let Some(times) = self.articles[place].get_mut(&article) {
                *times -= 1;
                if *times == 0 {
                    self.articles[place].remove(&article);
                }
            }
            if self.uses[place] == 0 {
                self.stale.insert(*number);
            }
        }
    }

    /// Marks every spelling as to be read anew.
    pub fn forget(&mut self) {
        self.stale.extend((0..).zip(&self.uses).filter(|(_, uses)| **uses > 0).map(|(number, _)| number));
        self.keys.iter_mut().for_each(|key| *key = None);
        (self.by_key, self.bearers, self.alone) = Default::default();
    }

    /// Makes spellings sources again. Gives those whose source is not what it was.
    pub fn settle(&mut self, registry: &Registry, names: &Names<'_>) -> BTreeSet<u32> {
        let mut renamed: BTreeSet<u32> = std::mem::take(&mut self.stale);
        for number in renamed.clone() {
            let in_use = self.uses[number as usize] > 0;
            match registry.person(number) {
                Some([surname]) => {
                    let alone = self.alone.entry(surname.clone()).or_default();
                    if in_use {
                        alone.insert(number)
                    } else {
                        alone.remove(&number)
                    };
                }
                Some([.., surname]) => {
                    let had = self.keys[number as usize].is_some();
                    let bearers = self.bearers.entry(surname.clone()).or_default();
                    let key = registry.own_key(number);
                    let times = bearers.entry(key.clone()).or_default();
                    match (had, in_use) {
                        (false, true) => *times += 1,
                        (true, false) => *times -= 1,
                        _ => {}
                    }
                    if *times == 0 {
                        bearers.remove(&key);
                    }
                    renamed.extend(self.alone.get(surname).into_iter().flatten());
                }
                _ => {}
            }
        }
        let mut keys: BTreeSet<String> = BTreeSet::new();
        let mut moved: BTreeSet<u32> = BTreeSet::new();
        for number in renamed {
            let key = (self.uses[number as usize] > 0).then(|| self.key(number, registry));
            let before = &mut self.keys[number as usize];
            if *before == key {
                keys.extend(key);
                continue;
            }
            if let Some(before) = before.take() {
                if let Some(list) = self.by_key.get_mut(&before) {
                    list.remove(&number);
                }
                keys.insert(before);
            }
            if let Some(key) = &key {
                self.by_key.entry(key.clone()).or_default().insert(number);
                keys.insert(key.clone());
            }
            self.keys[number as usize] = key;
            moved.insert(number);
        }
        for key in keys {
            let spellings = self.by_key.get(&key).filter(|list| !list.is_empty());
            let source = spellings.map(|list| registry.source(&key, list.iter().copied(), names));
            if self.sources.get(&key).map(|known| &**known) == source.as_ref() {
                continue;
            }
            moved.extend(spellings.into_iter().flatten());
            match source {
                Some(source) => {
                    self.sources.insert(key, Arc::new(source));
                }
                None => {
                    self.sources.remove(&key);
                    self.by_key.remove(&key);
                }
            }
        }
        moved
    }

    /// The articles that use a spelling.
    pub fn articles(&self, spelling: u32) -> impl Iterator<Item = u32> {
        self.articles[spelling as usize].keys().copied()
    }

    fn key(&self, number: u32, registry: &Registry) -> String {
        let own = || registry.own_key(number);
        match registry.person(number) {
            // A surname alone is whoever alone bears it.
            Some([surname]) => match self.bearers.get(surname) {
                Some(keys) if keys.len() == 1 => keys.keys().next().cloned().unwrap_or_else(own),
                _ => own(),
            },
            _ => own(),
        }
    }

    /// The source of a spelling in use.
    pub fn source(&self, spelling: u32) -> Option<&Arc<Source>> {
        self.sources.get(self.keys.get(spelling as usize)?.as_ref()?)
    }

    /// The source of a key.
    pub fn by_key(&self, key: &str) -> Option<&Source> {
        self.sources.get(key).map(|source| &**source)
    }
}
