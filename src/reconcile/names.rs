//! Who is meant by a name: parties through codebook and lexicon, sources through their words.
//!
//! "Gaza Health Ministry", "Gaza's health ministry" and "the Health Ministry of Gaza" are one
//! source; "Moscow", "Russian authorities" and "the Russian side" are the Russian government.

mod words;

use std::borrow::Cow;
use std::collections::BTreeMap;

use crate::claim::{Codebook, Lexicon, Name, PartyEntry, Side, Source, SourceEntry, SourceRole};

use words::{GOVERNMENT, NAMELESS, NOBODY, OFFICIAL, RELAY, SMALL};
pub(super) use words::{plain, words_of};

/// What a name of a source comes to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct SourceName {
    /// The same for every spelling of the source.
    pub key: String,
    /// Its canonical name, where codebook or lexicon know it.
    pub canonical: Option<Name>,
    /// Where it stands, by codebook, lexicon or the words of the name.
    pub side: Side,
    /// Whether it has no name.
    pub anonymous: bool,
    /// The party whose government it is, where it is one as a whole.
    pub government: Option<Name>,
    /// The keys of the bodies that it is a part of, the nearest first.
    pub part_of: Vec<String>,
    /// Whether it relays what others say.
    pub relay: bool,
    /// Whether a state owns it.
    pub state_owned: bool,
    /// Whether what it publishes in its own voice is its own word: a ministry's site, a channel of
    /// a headquarters, a state medium.
    pub speaks: bool,
    /// The keys of the sources that it is made of, where it is joint; else empty.
    pub joint: Vec<String>,
    /// The last word, where the name could be a surname: one word of a person.
    pub person: Option<Vec<String>>,
    /// The analyst's rank for it, 1 being the first.
    pub rank: Option<u32>,
}

/// Codebook and lexicon, by lower-case name.
pub(super) struct Names<'a> {
    parties: BTreeMap<String, Name>,
    entries: BTreeMap<Name, Cow<'a, PartyEntry>>,
    /// Names and adjectives only: what may stand inside a longer name.
    words: BTreeMap<String, Name>,
    /// Regions and towns, and the party that they belong to.
    places: BTreeMap<String, Name>,
    codebook: BTreeMap<String, Cow<'a, Source>>,
    sources: BTreeMap<String, Cow<'a, SourceEntry>>,
    titles: BTreeMap<String, ()>,
}

impl<'a> Names<'a> {
    /// Indexes codebook and lexicon; linear in both.
    pub fn new(codebook: &'a Codebook, lexicon: &'a Lexicon) -> Self {
        let mut parties = BTreeMap::new();
        let mut words = BTreeMap::new();
        // The lexicon's later layers win there already; here the first entry of a word does, and
        // the codebook comes before the lexicon.
        for party in &codebook.parties {
            for name in std::iter::once(&party.name).chain(&party.aliases) {
                parties.entry(plain(name)).or_insert_with(|| party.name.clone());
                words.entry(plain(name)).or_insert_with(|| party.name.clone());
            }
        }
        for entry in &lexicon.parties {
            parties.entry(plain(&entry.name)).or_insert_with(|| entry.name.clone());
        }
        for entry in &lexicon.parties {
            for name in std::iter::once(&entry.name).chain(&entry.names).chain(&entry.adjectives) {
                words.entry(plain(name)).or_insert_with(|| entry.name.clone());
            }
            for name in
                [&entry.names, &entry.adjectives, &entry.people, &entry.capital, &entry.metonyms].into_iter().flatten()
            {
                parties.entry(plain(name)).or_insert_with(|| entry.name.clone());
            }
        }
        let mut sources = BTreeMap::new();
        for entry in &lexicon.sources {
            sources.entry(plain(&entry.name)).or_insert(Cow::Borrowed(entry));
        }
        for entry in &lexicon.sources {
            for alias in &entry.aliases {
                sources.entry(plain(alias)).or_insert(Cow::Borrowed(entry));
            }
        }
        let mut own = BTreeMap::new();
        for source in &codebook.sources {
            for name in std::iter::once(&source.name).chain(&source.aliases) {
                own.entry(plain(name)).or_insert(Cow::Borrowed(source));
            }
        }
        // Who is in the codebook under one of its names in the lexicon is there under all of them.
        for source in &codebook.sources {
            let known = std::iter::once(&source.name).chain(&source.aliases).find_map(|name| sources.get(&plain(name)));
            for name in known.into_iter().flat_map(|entry| std::iter::once(&entry.name).chain(&entry.aliases)) {
                own.entry(plain(name)).or_insert(Cow::Borrowed(source));
            }
        }
        let mut places = BTreeMap::new();
        for entry in &lexicon.parties {
            for place in &entry.places {
                places.entry(plain(place)).or_insert_with(|| entry.name.clone());
            }
        }
        Self {
            parties,
            places,
            entries: lexicon.parties.iter().map(|entry| (entry.name.clone(), Cow::Borrowed(entry))).collect(),
            words,
            codebook: own,
            sources,
            titles: lexicon.titles.iter().map(|title| (plain(title), ())).collect(),
        }
    }

    /// The same, independent of the codebook and the lexicon that it was made of.
    pub fn into_owned(self) -> Names<'static> {
        fn own<K: Ord, T: Clone + 'static>(map: BTreeMap<K, Cow<'_, T>>) -> BTreeMap<K, Cow<'static, T>> {
            map.into_iter().map(|(key, entry)| (key, Cow::Owned(entry.into_owned()))).collect()
        }
        Names {
            parties: self.parties,
            places: self.places,
            entries: own(self.entries),
            words: self.words,
            codebook: own(self.codebook),
            sources: own(self.sources),
            titles: self.titles,
        }
    }

    /// The short English name of a party, where it is known by another; else the name itself.
    pub fn party(&self, name: &Name) -> Name {
        self.parties.get(&plain(name)).cloned().unwrap_or_else(|| name.clone())
    }

    /// The party that stands against this one, as the lexicon has it.
    pub fn are_opposite(&self, a: &str, b: &str) -> bool {
        let faces = |a: &str, b: &str| self.entries.get(a).is_some_and(|e| e.opposite.iter().any(|o| &**o == b));
        faces(a, b) || faces(b, a)
    }

    /// A side under the short English name of its party, and of the state or group it belongs to.
    pub fn side(&self, side: &Side) -> Side {
        match side {
            Side::Party(party) => Side::Party(self.side_of_party(&self.party(party))),
            other => other.clone(),
        }
    }

    /// What the side of a party comes to: the state or group that it belongs to.
    fn side_of_party(&self, party: &Name) -> Name {
        let mut party = party.clone();
        for _ in 0..4 {
            let whole = match self.entries.get(&*party) {
                Some(entry) => entry.part_of.clone(),
                None => self.places.get(&plain(&party)).cloned(),
            };
            match whole {
                Some(whole) if whole != party => party = self.party(&whole),
                _ => break,
            }
        }
        party
    }

    /// What a source's name comes to. Depends on nothing but the name, codebook and lexicon.
    pub fn source(&self, name: &str) -> SourceName {
        let joint: Vec<&str> = name.split(" + ").map(str::trim).filter(|part| !part.is_empty()).collect();
        if joint.len() > 1 {
            return self.joint_source(&joint);
        }
        let mut tokens = words_of(name);
        let anonymous = is_anonymous(&tokens);
        let lowered = plain(name);
        let own = self.codebook.get(&lowered).map(|source| &**source);
        let known = own
            .and_then(|source| self.sources.get(&plain(&source.name)))
            .or_else(|| self.sources.get(&lowered))
            .or_else(|| self.sources.get(&self.without_titles(&tokens).join(" ")))
            .map(|entry| &**entry);
        let canonical = own.map(|s| s.name.clone()).or_else(|| known.map(|entry| entry.name.clone()));
        if let Some(canonical) = &canonical {
            tokens = words_of(canonical);
        }
        let whole = self.parties.get(&lowered).or_else(|| self.parties.get(&tokens.join(" "))).cloned();
        let (mut key_words, named_parties) = self.with_parties(&tokens);
        let government = match (&whole, named_parties.as_slice()) {
            (Some(party), _) if canonical.is_none() => Some(party.clone()),
            (_, [party]) if key_words.iter().all(|w| w.starts_with('@') || GOVERNMENT.contains(&w.as_str())) => {
                Some(party.clone())
            }
            _ => None,
        };
        // A source that is known may be a person, too: by the surname alone it is the same one.
        let may_be_person = government.is_none()
            && !anonymous
            && named_parties.is_empty()
            && known.is_none_or(|entry| entry.role == SourceRole::Person);
        let person = may_be_person
            .then(|| self.person(canonical.as_deref().unwrap_or(name), &tokens))
            .flatten()
            .filter(|words| canonical.is_none() || words.len() > 1);
        if let Some(person) = person.as_ref().filter(|_| canonical.is_none()) {
            key_words.clone_from(person);
        }
        key_words.sort_unstable();
        key_words.dedup();
        let key = match &government {
            Some(party) => format!("government of {party}"),
            None if key_words.is_empty() => lowered,
            None => key_words.join(" "),
        };
        let side = [own.map(|s| &s.side), known.map(|s| &s.side)]
            .into_iter()
            .flatten()
            .find(|side| **side != Side::Unknown)
            .cloned()
            .or_else(|| government.clone().map(Side::Party))
            .or_else(|| self.side_by_words(&tokens, &named_parties))
            .unwrap_or_default();
        let mut part_of = Vec::new();
        let mut above = own.and_then(|s| s.part_of.clone()).or_else(|| known.and_then(|s| s.part_of.clone()));
        let mut side = side;
        while let Some(whole) = above.take().filter(|_| part_of.len() < 8) {
            let plain_whole = plain(&whole);
            let entry = self.sources.get(&plain_whole).map(|entry| &**entry);
            let (words, parties) = self.with_parties(&words_of(&whole));
            let is_government = self.parties.get(&plain_whole).cloned().or_else(|| {
                (parties.len() == 1 && words.iter().all(|w| w.starts_with('@') || GOVERNMENT.contains(&w.as_str())))
                    .then(|| parties[0].clone())
            });
            if side == Side::Unknown {
                side = match (&is_government, entry) {
                    (Some(party), _) => Side::Party(party.clone()),
                    (None, Some(entry)) => entry.side.clone(),
                    (None, None) => Side::Unknown,
                };
            }
            let mut words = words;
            words.sort_unstable();
            words.dedup();
            part_of.push(is_government.map_or_else(|| words.join(" "), |party| format!("government of {party}")));
            above = self
                .codebook
                .get(&plain_whole)
                .and_then(|s| s.part_of.clone())
                .or_else(|| entry.and_then(|e| e.part_of.clone()));
        }
        let side = self.side(&side);
        let speaks_as_government = government.is_some();
        let canonical = canonical.or_else(|| government.as_ref().map(|party| self.government_name(party)));
        SourceName {
            key,
            canonical,
            side,
            anonymous,
            government,
            part_of,
            relay: known.is_some_and(|s| matches!(s.role, SourceRole::Outlet | SourceRole::Platform))
                || tokens.iter().any(|t| RELAY.contains(&t.as_str())),
            state_owned: known.is_some_and(|s| s.state_owned),
            speaks: own.is_some_and(|s| matches!(s.side, Side::Party(_)))
                || known.is_some_and(|s| s.state_owned || matches!(s.role, SourceRole::Body | SourceRole::Person))
                || speaks_as_government,
            joint: Vec::new(),
            person,
            rank: own.and_then(|s| s.rank),
        }
    }

    /// "Russian government", "United States government".
    fn government_name(&self, party: &Name) -> Name {
        let adjective = self.entries.get(&**party).filter(|e| e.state).and_then(|e| e.adjectives.first());
        match (adjective, self.entries.get(&**party)) {
            (Some(adjective), _) => format!("{adjective} government").into(),
            (None, Some(entry)) if entry.state => format!("{party} government").into(),
            _ => party.clone(),
        }
    }

    fn joint_source(&self, parts: &[&str]) -> SourceName {
        let parts: Vec<SourceName> = parts.iter().map(|part| self.source(part)).collect();
        let mut keys: Vec<String> = parts.iter().map(|part| part.key.clone()).collect();
        keys.sort_unstable();
        keys.dedup();
        let mut sides: Vec<&Side> = parts.iter().map(|p| &p.side).filter(|s| **s != Side::Unknown).collect();
        sides.sort_unstable();
        sides.dedup();
        // A joint work of two sides stands on neither.
        let side = match sides.as_slice() {
            [one] => (*one).clone(),
            [] => Side::Unknown,
            _ => Side::Independent,
        };
        SourceName {
            key: keys.join(" + "),
            canonical: None,
            side,
            anonymous: parts.iter().all(|part| part.anonymous),
            government: None,
            part_of: Vec::new(),
            relay: false,
            state_owned: false,
            speaks: false,
            joint: keys,
            person: None,
            rank: parts.iter().filter_map(|part| part.rank).min(),
        }
    }

    /// Replaces the words that name a party by `@Party`; gives the distinct parties too.
    fn with_parties(&self, tokens: &[String]) -> (Vec<String>, Vec<Name>) {
        let (mut out, mut parties) = (Vec::with_capacity(tokens.len()), Vec::<Name>::new());
        let mut at = 0;
        while at < tokens.len() {
            let longest = (1..=3.min(tokens.len() - at))
                .rev()
                .find_map(|n| self.words.get(&tokens[at..at + n].join(" ")).map(|party| (n, party)));
            match longest {
                Some((n, party)) => {
                    out.push(format!("@{party}"));
                    if !parties.contains(party) {
                        parties.push(party.clone());
                    }
                    at += n;
                }
                None => {
                    out.push(tokens[at].clone());
                    at += 1;
                }
            }
        }
        (out, parties)
    }

    fn side_by_words(&self, tokens: &[String], parties: &[Name]) -> Option<Side> {
        let [party] = parties else { return None };
        let official = tokens.iter().any(|t| OFFICIAL.contains(&t.as_str()) || self.titles.contains_key(t.as_str()));
        let relay = tokens.iter().any(|t| RELAY.contains(&t.as_str()));
        (official && !relay).then(|| Side::Party(party.clone()))
    }

    fn without_titles(&self, tokens: &[String]) -> Vec<String> {
        tokens.iter().filter(|t| !self.titles.contains_key(t.as_str())).cloned().collect()
    }

    /// The words of a person's name, titles left out: one to four capitalised words, none of
    /// which says that it is a body.
    fn person(&self, name: &str, tokens: &[String]) -> Option<Vec<String>> {
        let capitalised = name
            .split_whitespace()
            .filter(|w| !SMALL.contains(&w.to_lowercase().as_str()) && !self.titles.contains_key(&plain(w)))
            .all(|w| w.chars().next().is_some_and(char::is_uppercase) && w.chars().skip(1).any(char::is_lowercase));
        let words = self.without_titles(tokens);
        let body = words
            .iter()
            .any(|w| OFFICIAL.contains(&w.as_str()) || RELAY.contains(&w.as_str()) || GOVERNMENT.contains(&w.as_str()));
        (capitalised && !body && (1..=4).contains(&words.len())).then_some(words)
    }
}

fn is_anonymous(tokens: &[String]) -> bool {
    let nobody = |t: &String| NOBODY.contains(&t.as_str());
    tokens.iter().any(|t| NAMELESS.contains(&t.as_str()))
        || (!tokens.is_empty()
            && tokens.iter().any(nobody)
            && tokens.iter().all(|t| {
                nobody(t)
                    || matches!(t.as_str(), "senior" | "local" | "several" | "some" | "well" | "informed" | "familiar")
            }))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lexicon() -> Lexicon {
        Lexicon::parse(
            r#"(
            parties: [
                (name: "Russia", names: ["Russian Federation"], adjectives: ["Russian"], capital: ["Moscow"], metonyms: ["the Kremlin"], opposite: ["Ukraine"], state: true),
                (name: "Ukraine", adjectives: ["Ukrainian"], capital: ["Kyiv"], opposite: ["Russia"], state: true),
                (name: "Gaza", part_of: Some("Palestinians")),
                (name: "Palestinians", names: ["Palestine"], adjectives: ["Palestinian"]),
                (name: "United States", names: ["U.S."], adjectives: ["American"], state: true),
            ],
            sources: [
                (name: "Coordination Headquarters", aliases: ["Koordshtab"], side: Party("Ukraine"), part_of: Some("Ukrainian government")),
                (name: "TASS", side: Party("Russia"), role: Outlet, state_owned: true),
                (name: "Red Cross", aliases: ["ICRC"], side: Independent),
            ],
            titles: ["President", "spokesman"],
        )"#,
        )
        .unwrap()
    }

    #[test]
    fn spellings_of_one_source() {
        let (codebook, lexicon) = (Codebook::default(), lexicon());
        let names = Names::new(&codebook, &lexicon);
        for same in [
            &[
                "Gaza Health Ministry",
                "Gaza's health ministry",
                "Gaza’s Health Ministry",
                "the Health Ministry of Gaza",
            ][..],
            &["Russian government", "Moscow", "the Kremlin", "Russia", "the Russian side", "Russian authorities"],
            &["Coordination Headquarters", "Koordshtab", "the Coordination Headquarters"],
            &["Ukraine's defense minister", "Ukrainian Defence Minister", "the defence minister of Ukraine"],
            &["Volodymyr Zelensky", "President Volodymyr Zelensky"],
            &["ICRC", "the Red Cross"],
        ] {
            let keys: Vec<String> = same.iter().map(|name| names.source(name).key).collect();
            assert!(keys.windows(2).all(|pair| pair[0] == pair[1]), "{keys:?}");
        }
        for (a, b) in [
            ("Gaza Health Ministry", "Gaza Interior Ministry"),
            ("Ukrainian government", "Russian government"),
            ("Moscow mayor", "Moscow"),
        ] {
            assert_ne!(names.source(a).key, names.source(b).key, "{a} / {b}");
        }
    }

    #[test]
    fn sides_by_codebook_lexicon_and_words() {
        let lexicon = lexicon();
        let codebook = Codebook {
            sources: vec![Source {
                name: "Jane Doe".into(),
                side: Side::Party("Ukraine".into()),
                aliases: vec![],
                part_of: None,
                admiralty: None,
                rank: Some(1),
            }],
            ..Codebook::default()
        };
        let names = Names::new(&codebook, &lexicon);
        for (name, expected) in [
            ("Jane Doe", "Ukraine"),
            ("Coordination Headquarters", "Ukraine"),
            ("Ukraine's defense minister", "Ukraine"),
            ("Russian side", "Russia"),
            ("Moscow", "Russia"),
            ("TASS", "Russia"),
            ("Red Cross", "independent"),
            ("U.S. media", "unknown"),
            ("BBC Russia + Mediazona", "unknown"),
            ("Gaza Health Ministry", "Palestinians"),
            ("John Smith", "unknown"),
            ("Russian and Ukrainian officials", "unknown"),
        ] {
            assert_eq!(names.source(name).side.word(), expected, "{name}");
        }
    }

    #[test]
    fn who_has_no_name() {
        let (codebook, lexicon) = (Codebook::default(), lexicon());
        let names = Names::new(&codebook, &lexicon);
        for (name, expected) in [
            ("unnamed source", true),
            ("an anonymous official", true),
            ("sources", true),
            ("witnesses", true),
            ("a senior official", true),
            ("Ukrainian officials", false),
            ("Source Security", false),
        ] {
            assert_eq!(names.source(name).anonymous, expected, "{name}");
        }
    }
}
