//! Whose word a claim is: every spelling of a source made one, nameless sources told apart by who
//! quotes them, and each put on its side.
//!
//! Sides come from the article's own words about the source, then codebook, then lexicon, then
//! the words of its name; else they are unknown. Folding within a fact is `origins`' business.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::claim::{Attribution, Name, Side};

use super::interner::Lookup;
use super::names::{Names, SourceName, plain};

/// A source's number: its place in the sorted list of sources.
pub(super) type SourceId = u32;

/// A source, under all its spellings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Source {
    /// The same for every spelling.
    pub key: String,
    /// Its canonical or fullest name.
    pub name: Name,
    /// Where it stands.
    pub side: Side,
    /// Whether the side is presumed from who quotes it.
    pub presumed: bool,
    /// Whether it has no name.
    pub anonymous: bool,
    /// The key of who quotes it, where it has no name.
    pub quoted_by: Option<String>,
    /// Whether it is a government as a whole.
    pub government: bool,
    /// Keys of the bodies that it is a part of, the nearest first.
    pub part_of: Vec<String>,
    /// Keys of the sources that it is made of, where it is joint.
    pub joint: Vec<String>,
    /// Whether it relays what others say.
    pub relay: bool,
    /// The analyst's rank for it.
    pub rank: Option<u32>,
}

/// What an attribution comes to before spellings are made one.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
struct Spelling {
    name: Name,
    /// Who quotes it, where it has no name.
    quoted_by: Option<Name>,
    side: Side,
    anonymous: bool,
    /// Whether the side is the analyst's word.
    ruled: bool,
    /// Whether `quoted_by` is the identity of an article, of which nobody is known who published it.
    of_article: bool,
}

/// How a source is named.
#[derive(Clone, Copy, Default)]
struct Manner {
    anonymous: bool,
    ruled: bool,
    of_article: bool,
}

/// A spelling in the numbers of its texts, to be found by without comparing these.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct SpellingKey {
    name: u32,
    /// Who quotes it; [`NOBODY`] where it has a name.
    quoted_by: u32,
    side: u32,
    anonymous: bool,
    ruled: bool,
    of_article: bool,
}

/// No number of a text.
const NOBODY: u32 = u32::MAX;

/// A spelling, and what its names come to.
struct Read {
    spelling: Spelling,
    name: Arc<SourceName>,
    /// Who quotes it, where it has no name.
    quoting: Option<Arc<SourceName>>,
}

/// Collects attributions, then makes their spellings one.
#[derive(Default)]
pub(super) struct Registry {
    numbers: Lookup<SpellingKey, u32>,
    spellings: Vec<Read>,
    /// The numbers of the texts in them.
    texts: Lookup<Name, u32>,
    /// What names come to: one name is in many spellings.
    names: Lookup<Name, Arc<SourceName>>,
    /// The numbers that were asked for, where somebody counts them.
    pub asked: Option<Vec<u32>>,
}

impl Registry {
    /// Notes an attribution. `outlet` is who published the article, `article` its identity. Gives
    /// the number of its spelling; `None` for the own voice of an outlet that is no party's body.
    pub fn note(
        &mut self,
        names: &Names<'_>,
        attribution: &Attribution,
        outlet: Option<&Name>,
        article: &Name,
    ) -> Option<u32> {
        let mut chain = attribution.chain.iter();
        let Some(innermost) = chain.find(|link| !link.name.trim().is_empty()) else {
            let outlet = outlet?;
            let number = self.number(names, outlet, None, &Side::Unknown, Manner::default());
            return self.spellings[number as usize].name.speaks.then_some(number);
        };
        let relay = chain.next().map(|link| &link.name);
        let manner = Manner { anonymous: innermost.anonymous, ..Manner::default() };
        let number = self.number(names, &innermost.name, None, &innermost.side, manner);
        if !innermost.anonymous && !self.spellings[number as usize].name.anonymous {
            return Some(number);
        }
        let quoted_by = relay.or(outlet);
        let manner = Manner { anonymous: true, of_article: quoted_by.is_none(), ..Manner::default() };
        Some(self.number(names, &innermost.name, Some(quoted_by.unwrap_or(article)), &innermost.side, manner))
    }

    /// Notes an origin that the analyst set.
    pub fn note_ruled(&mut self, names: &Names<'_>, name: &Name, side: &Side) -> u32 {
        let manner = Manner { ruled: *side != Side::Unknown, ..Manner::default() };
        self.number(names, name, None, side, manner)
    }

    fn number(&mut self, names: &Names<'_>, name: &Name, quoted_by: Option<&Name>, side: &Side, manner: Manner) -> u32 {
        let Manner { anonymous, ruled, of_article } = manner;
        let key = SpellingKey {
            name: self.text(name),
            quoted_by: quoted_by.map_or(NOBODY, |by| self.text(by)),
            side: match side {
                Side::Unknown => NOBODY,
                Side::Independent => NOBODY - 1,
                Side::Party(party) => self.text(party),
            },
            anonymous,
            ruled,
            of_article,
        };
        let known = self.numbers.get(&key).copied();
        let number = known.unwrap_or_else(|| u32::try_from(self.spellings.len()).unwrap_or(u32::MAX));
        if let Some(asked) = &mut self.asked {
            asked.push(number);
        }
        if known.is_some() {
            return number;
        }
        let (quoted_by, side) = (quoted_by.cloned(), side.clone());
        let spelling = Spelling { name: name.clone(), quoted_by, side, anonymous, ruled, of_article };
        let name = self.name(names, &spelling.name);
        let quoting = self.quoting(names, &spelling);
        self.numbers.insert(key, number);
        self.spellings.push(Read { spelling, name, quoting });
        number
    }

    fn text(&mut self, text: &Name) -> u32 {
        if let Some(number) = self.texts.get(text) {
            return *number;
        }
        let number = self.texts.len();
        self.texts.insert(text.clone(), number);
        number
    }

    /// Who quotes a nameless source. The words of an article's identity say nothing of anybody.
    fn quoting(&mut self, names: &Names<'_>, spelling: &Spelling) -> Option<Arc<SourceName>> {
        let quoted_by = spelling.quoted_by.as_ref()?;
        Some(match spelling.of_article {
            true => Arc::new(SourceName { key: plain(quoted_by), ..SourceName::default() }),
            false => self.name(names, quoted_by),
        })
    }

    fn name(&mut self, names: &Names<'_>, name: &Name) -> Arc<SourceName> {
        if let Some(known) = self.names.get(name) {
            return known.clone();
        }
        let read = Arc::new(names.source(name));
        self.names.insert(name.clone(), read.clone());
        read
    }

    /// The words of a spelling that could be a person's name; one of them is a surname.
    pub fn person(&self, number: u32) -> Option<&[String]> {
        let read = &self.spellings[number as usize];
        read.name.person.as_deref().filter(|_| read.quoting.is_none())
    }

    /// The key of a spelling by itself.
    pub fn own_key(&self, number: u32) -> String {
        let Read { spelling, name, quoting } = &self.spellings[number as usize];
        match quoting {
            Some(quoting) => format!("{} ({})", plain(&spelling.name), quoting.key),
            None => name.key.clone(),
        }
    }

    /// The source that some spellings come to, under a key.
    pub fn source(&self, key: &str, spellings: impl Iterator<Item = u32>, names: &Names<'_>) -> Source {
        // In an order of their own: the claims' would let one edit change what another says.
        let mut all: Vec<&Read> = spellings.map(|i| &self.spellings[i as usize]).collect();
        all.sort_unstable_by(|a, b| a.spelling.cmp(&b.spelling));
        one_source(key, all.into_iter(), names)
    }

    /// Reads all spellings anew, by another codebook or lexicon.
    pub fn read_anew(&mut self, names: &Names<'_>) {
        self.names = Lookup::default();
        let mut spellings = std::mem::take(&mut self.spellings);
        for Read { spelling, name, quoting } in &mut spellings {
            *name = self.name(names, &spelling.name);
            *quoting = self.quoting(names, spelling);
        }
        self.spellings = spellings;
    }

    /// Makes spellings one. Gives the sources, sorted by key, and the source of every spelling.
    pub fn resolve(self, names: &Names<'_>) -> (Vec<Source>, Vec<SourceId>) {
        let surnames = surnames(&self.spellings);
        let numbers = 0..u32::try_from(self.spellings.len()).unwrap_or(u32::MAX);
        let keys: Vec<String> = numbers
            .map(|number| {
                let full = match self.person(number) {
                    Some([surname]) => surnames.get(surname).cloned().flatten(),
                    _ => None,
                };
                full.unwrap_or_else(|| self.own_key(number))
            })
            .collect();
        let mut by_key: BTreeMap<&str, Vec<u32>> = BTreeMap::new();
        for (key, number) in keys.iter().zip(0..) {
            by_key.entry(key).or_default().push(number);
        }
        let mut of_spelling = vec![0; self.spellings.len()];
        let sources = by_key
            .iter()
            .zip(0..)
            .map(|((key, members), id)| {
                for member in members {
                    of_spelling[*member as usize] = id;
                }
                self.source(key, members.iter().copied(), names)
            })
            .collect();
        (sources, of_spelling)
    }
}

/// The full name's key for every surname that exactly one person of the corpus has; `None` where
/// several have it.
fn surnames(spellings: &[Read]) -> BTreeMap<String, Option<String>> {
    let mut full: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for read in spellings {
        if let (None, Some(words)) = (&read.quoting, &read.name.person)
            && words.len() > 1
            && let Some(last) = words.last()
        {
            full.entry(last).or_default().insert(&read.name.key);
        }
    }
    full.into_iter()
        .map(|(surname, keys)| {
            let only = if keys.len() == 1 { keys.first().map(|key| (*key).to_owned()) } else { None };
            (surname.to_owned(), only)
        })
        .collect()
}

fn one_source<'s>(key: &str, spellings: impl Iterator<Item = &'s Read> + Clone, names: &Names<'_>) -> Source {
    let reads = || spellings.clone().map(|read| &read.name);
    let ruled = spellings.clone().map(|read| &read.spelling).find(|s| s.ruled).map(|s| s.side.clone());
    let said: BTreeSet<&Side> =
        spellings.clone().map(|read| &read.spelling.side).filter(|side| **side != Side::Unknown).collect();
    let quoted = spellings.clone().filter_map(|read| Some((read.spelling.quoted_by.as_ref()?, read.quoting.as_ref()?)));
    let (quoted_by, quoting) = quoted.min_by_key(|(name, _)| *name).unzip();
    let mut presumed = false;
    let mut side = ruled
        .or_else(|| (said.len() == 1).then(|| said.first().map(|side| names.side(side))).flatten())
        .or_else(|| reads().map(|r| &r.side).find(|side| **side != Side::Unknown).cloned())
        .unwrap_or_default();
    if side == Side::Unknown
        && let Some(quoting) = quoting
        && quoting.state_owned
        && matches!(quoting.side, Side::Party(_))
    {
        side = quoting.side.clone();
        presumed = true;
    }
    let anonymous = quoted_by.is_some();
    let fullest = spellings
        .clone()
        .map(|read| &read.spelling.name)
        .max_by(|a, b| a.chars().count().cmp(&b.chars().count()).then_with(|| b.cmp(a)))
        .cloned()
        .unwrap_or_default();
    let canonical = reads().filter_map(|r| r.canonical.as_ref()).min().cloned();
    let name = match (quoted_by, canonical) {
        // An article's identity is no name to show.
        (Some(by), _) if by.contains('.') && quoting.is_some_and(|q| q.canonical.is_none()) => fullest,
        (Some(by), _) => {
            let by = quoting.and_then(|q| q.canonical.as_ref()).unwrap_or(by);
            format!("{fullest} ({by})").into()
        }
        (None, Some(canonical)) => canonical,
        (None, None) => fullest,
    };
    let longest =
        |of: fn(&SourceName) -> &Vec<String>| reads().map(|read| of(read)).max_by_key(|list| list.len()).cloned();
    Source {
        key: key.to_owned(),
        name,
        side,
        presumed,
        anonymous,
        quoted_by: quoting.map(|quoting| quoting.key.clone()),
        government: reads().any(|r| r.government.is_some()),
        part_of: longest(|r| &r.part_of).unwrap_or_default(),
        joint: longest(|r| &r.joint).unwrap_or_default(),
        relay: reads().any(|r| r.relay),
        rank: reads().filter_map(|r| r.rank).min(),
    }
}
