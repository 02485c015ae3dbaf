//! Every word of every lexicon, found in one pass.
//!
//! Of the forms that begin at a word the longest is taken, and the search goes on behind it. A form
//! may mean several things ("return" is a verb and a noun, "Georgia" …): all its senses are kept,
//! and the grammar chooses.

use std::collections::BTreeMap;
use std::fmt;
use std::ops::Range;

use rustc_hash::FxHashMap;

use super::form_trie::FormTrie;
use super::particles::Particles;
use super::tokens::Tokens;
use crate::claim::{
    Beside, Codebook, Cue, FrameEntry, Lexicon, Name, NounEntry, PartyEntry, ReportingEntry, SourceEntry,
    SuppressionEntry,
};

/// How a party is named.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum PartyWord {
    /// By its name: "Russia".
    Name,
    /// By an adjective: "Russian".
    Adjective,
    /// By a word for its people: "Russians".
    People,
    /// By capital or seat: "Moscow", "the Kremlin".
    Metonym,
    /// By a place in it, which never acts: "Gaza".
    Place,
}

/// The grammatical forms of a frame's word, as bits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct Forms(u8);

impl Forms {
    pub(super) const FINITE: Self = Self(1);
    pub(super) const PARTICIPLE: Self = Self(2);
    pub(super) const GERUND: Self = Self(4);
    pub(super) const NOUN: Self = Self(8);

    /// Whether one of these forms is among them.
    pub(super) fn has(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// Both together.
    pub(super) fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether this form is the only one.
    pub(super) fn only(self, other: Self) -> bool {
        self == other
    }
}

/// One meaning of a form; the numbers are places in the lists of [`Words`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Sense {
    Party { party: u16, by: PartyWord },
    Source(u16),
    Noun(u16),
    Frame { frame: u16, forms: Forms },
    Reporting(u16),
    Suppression { entry: u16, place: Beside },
    Cue(Cue),
    Title,
}

impl Sense {
    /// The bit of its sort in [`Words::sorts`].
    pub(super) const fn sort(self) -> u8 {
        match self {
            Self::Party { .. } => sort::PARTY,
            Self::Source(_) => sort::SOURCE,
            Self::Noun(_) => sort::NOUN,
            Self::Frame { .. } => sort::FRAME,
            Self::Reporting(_) => sort::REPORTING,
            Self::Suppression { .. } => sort::SUPPRESSION,
            Self::Cue(_) => 0,
            Self::Title => sort::TITLE,
        }
    }
}

/// Bits of the sorts of senses, so that a unit that has none of a sort is passed over at once.
pub(super) mod sort {
    pub(in super::super) const PARTY: u8 = 1;
    pub(in super::super) const SOURCE: u8 = 2;
    pub(in super::super) const NOUN: u8 = 4;
    pub(in super::super) const FRAME: u8 = 8;
    pub(in super::super) const REPORTING: u8 = 16;
    pub(in super::super) const SUPPRESSION: u8 = 32;
    pub(in super::super) const TITLE: u8 = 64;
}

/// With which capitals a form may stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Case {
    /// Anyhow: it is written small in the lexicon.
    Any,
    /// With a capital: it is a name.
    Capital,
    /// In capitals: it is an acronym.
    Capitals,
}

impl Case {
    fn of(form: &str) -> Self {
        if form.is_ascii() && !form.bytes().any(|byte| byte.is_ascii_uppercase()) {
            return Self::Any;
        }
        let mut letters = form.chars().filter(|c| c.is_alphabetic());
        let first = form.chars().find(|c| c.is_alphanumeric()).is_some_and(char::is_uppercase);
        let short =
            form.chars().count() <= 6 && !form.contains(' ') && form.chars().filter(|c| c.is_alphabetic()).count() > 1;
        if short && letters.all(char::is_uppercase) {
            Self::Capitals
        } else if first {
            Self::Capital
        } else {
            Self::Any
        }
    }
}

#[derive(Clone, Copy, Debug)]
struct Pattern {
    cues: u64,
    /// What it means, for each [`Case`] of its words: places in the list of [`Words`].
    meanings: [u32; 3],
    /// Whether numbers in it count nobody: "9/11", "the two countries".
    idiom: bool,
}

/// What a form means where its words stand with some capitals. The first sense of each sort lies ready, as that is
/// asked of a unit again and again; which of them are there, the sorts tell.
#[derive(Clone, Copy, Debug)]
pub(super) struct Meaning {
    first: u32,
    last: u32,
    case: Case,
    /// The sorts of its senses ([`sort`]).
    pub(super) sorts: u8,
    pub(super) party: (u16, PartyWord),
    pub(super) frame: (u16, Forms),
    pub(super) noun: u16,
    pub(super) reporting: u16,
    pub(super) source: u16,
}

impl Meaning {
    /// That of the senses from a place on, those of which count that words with these capitals may have.
    fn of(senses: &[(Case, Sense)], first: usize, case: Case) -> Self {
        let (behind, senses) = (senses.len() as u32, &senses[first..]);
        let none = (0, PartyWord::Name);
        let frame = (0, Forms::default());
        let first = first as u32;
        let mut found =
            Self { first, last: behind, case, sorts: 0, party: none, frame, noun: 0, reporting: 0, source: 0 };
        for (_, sense) in senses.iter().filter(|(need, _)| *need <= case) {
            let new = found.sorts & sense.sort() == 0;
            found.sorts |= sense.sort();
            match *sense {
                _ if !new => {}
                Sense::Party { party, by } => found.party = (party, by),
                Sense::Frame { frame, forms } => found.frame = (frame, forms),
                Sense::Noun(noun) => found.noun = noun,
                Sense::Reporting(entry) => found.reporting = entry,
                Sense::Source(source) => found.source = source,
                Sense::Suppression { .. } | Sense::Cue(_) | Sense::Title => {}
            }
        }
        found
    }
}

/// The words of all lexicons, compiled.
pub(super) struct Words {
    forms: FormTrie,
    patterns: Vec<Pattern>,
    meanings: Vec<Meaning>,
    senses: Vec<(Case, Sense)>,
    /// Parties of the lexicon and the codebook.
    pub(super) parties: Vec<PartyEntry>,
    /// Sources of the lexicon and the codebook.
    pub(super) sources: Vec<SourceEntry>,
    pub(super) nouns: Vec<NounEntry>,
    pub(super) frames: Vec<FrameEntry>,
    pub(super) reporting: Vec<ReportingEntry>,
    pub(super) suppressions: Vec<SuppressionEntry>,
    /// For each party, its places among the opposites: parties that it usually faces.
    pub(super) opposites: Vec<Vec<u16>>,
    /// The party of each source's side or each party's own name, by name.
    party_of_name: BTreeMap<Name, u16>,
    /// The parties of names and adjectives, lower case.
    party_of_word: BTreeMap<String, u16>,
    /// The sources that a definite description can stand for, lower case.
    described: BTreeMap<String, Vec<Name>>,
    /// Verbs whose two words may stand apart.
    pub(super) particles: Particles,
}

impl fmt::Debug for Words {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Words").field("forms", &self.patterns.len()).finish_non_exhaustive()
    }
}

/// The bit of a cue in [`Words::cues`].
pub(super) const fn bit(cue: Cue) -> u64 {
    1 << cue as u64
}

/// The bits of all prepositions.
pub(super) const PREPOSITIONS: u64 = bit(Cue::To)
    | bit(Cue::From)
    | bit(Cue::By)
    | bit(Cue::For)
    | bit(Cue::With)
    | bit(Cue::In)
    | bit(Cue::Preposition);

impl Words {
    /// Compiles the lexicon with the codebook's own parties and sources laid over it.
    pub(super) fn new(codebook: &Codebook, lexicon: &Lexicon) -> Self {
        let (parties, sources) = completed(codebook, lexicon);
        let party_of_name: BTreeMap<Name, u16> =
            parties.iter().enumerate().map(|(i, p)| (p.name.clone(), i as u16)).collect();
        let mut party_of_word = BTreeMap::new();
        for (i, party) in parties.iter().enumerate() {
            for word in std::iter::once(&party.name).chain(&party.names).chain(&party.adjectives) {
                party_of_word.entry(word.to_lowercase()).or_insert(i as u16);
            }
        }
        let mut described: BTreeMap<String, Vec<Name>> = BTreeMap::new();
        for source in &sources {
            for description in &source.descriptions {
                described.entry(description.to_lowercase()).or_default().push(source.name.clone());
            }
        }
        let opposites = parties
            .iter()
            .map(|p| p.opposite.iter().filter_map(|name| party_of_name.get(name).copied()).collect())
            .collect();

        let found = FormTable::of(lexicon, &parties, &sources).sorted();
        let mut forms = FormTrie::with_capacity(found.len());
        let mut patterns = Vec::with_capacity(found.len());
        let mut senses: Vec<(Case, Sense)> = Vec::new();
        let mut meanings: Vec<Meaning> = Vec::new();
        let mut shared: FxHashMap<Option<(Case, Sense)>, [u32; 3]> = FxHashMap::default();
        for found in found.chunk_by(|a, b| a.0 == b.0) {
            forms.add(&found[0].0, patterns.len() as u32);
            let first = senses.len();
            let (mut cues, mut idiom) = (0, false);
            for (_, case, sense) in found {
                idiom |= matches!(sense, Sense::Suppression { place: Beside::Within, .. });
                let known = senses[first..].iter_mut().find(|(need, known)| match (known, sense) {
                    (Sense::Frame { frame, .. }, Sense::Frame { frame: other, .. }) => frame == other,
                    (known, sense) => (need, known) == (case, sense),
                });
                match (sense, known) {
                    (Sense::Cue(cue), _) => cues |= bit(*cue),
                    (Sense::Frame { forms, .. }, Some((_, Sense::Frame { forms: known, .. }))) => {
                        *known = known.with(*forms);
                    }
                    (_, Some(_)) => {}
                    (_, None) => senses.push((*case, *sense)),
                }
            }
            idiom |= cues & bit(Cue::Both) != 0;
            // Most forms have one sense, and share it with others of their entry.
            let alone = match &senses[first..] {
                [] => Some(None),
                [sense] => Some(Some(*sense)),
                _ => None,
            };
            let known = alone.and_then(|alone| shared.get(&alone).copied());
            let meanings = known.unwrap_or_else(|| {
                let mut allowed = None;
                let meaning = |case: Case| {
                    // Most forms mean the same with more capitals.
                    let may = senses[first..].iter().filter(|(need, _)| *need <= case).count();
                    if allowed != Some(may) {
                        allowed = Some(may);
                        meanings.push(Meaning::of(&senses, first, case));
                    }
                    meanings.len() as u32 - 1
                };
                [Case::Any, Case::Capital, Case::Capitals].map(meaning)
            });
            match (known, alone) {
                (Some(_), _) => senses.truncate(first),
                (None, Some(alone)) => {
                    shared.insert(alone, meanings);
                }
                (None, None) => {}
            }
            patterns.push(Pattern { cues, meanings, idiom });
        }
        patterns.shrink_to_fit();
        Self {
            forms,
            patterns,
            meanings,
            senses,
            parties,
            sources,
            nouns: lexicon.nouns.clone(),
            frames: lexicon.frames.clone(),
            reporting: lexicon.reporting.clone(),
            suppressions: lexicon.suppressions.clone(),
            opposites,
            party_of_name,
            party_of_word,
            described,
            particles: Particles::new(&lexicon.frames),
        }
    }

    /// The party of a name, as exports write it.
    pub(super) fn party_named(&self, name: &str) -> Option<u16> {
        self.party_of_name.get(name).copied()
    }

    /// The people that a group is part of ("Palestinians" of Hamas); of any other group, itself.
    pub(super) fn people_of(&self, group: u16) -> u16 {
        let of = self.parties[group as usize].part_of.as_deref().and_then(|name| self.party_named(name));
        let people = |of: &u16| !self.parties[*of as usize].state && !self.parties[*of as usize].people.is_empty();
        of.filter(people).unwrap_or(group)
    }

    /// The party that a word names or describes: "UK", "Indian".
    pub(super) fn party_word(&self, word: &str) -> Option<u16> {
        self.party_of_word.get(&word.to_lowercase()).copied()
    }

    /// The sources that a definite description ("the agency") can stand for.
    pub(super) fn described(&self, description: &str) -> &[Name] {
        self.described.get(description).map_or(&[], Vec::as_slice)
    }

    /// The cues of a pattern, as bits ([`bit`]).
    pub(super) fn cues(&self, pattern: u32) -> u64 {
        self.patterns.get(pattern as usize).map_or(0, |p| p.cues)
    }

    /// The place of what a pattern means ([`Words::meaning`]) where its words have these capitals.
    pub(super) fn meaning_of(&self, pattern: u32, case: Case) -> Option<u32> {
        self.patterns.get(pattern as usize).map(|p| p.meanings[case as usize])
    }

    /// What is meant, by its place.
    #[inline]
    pub(super) fn meaning(&self, place: u32) -> Option<&Meaning> {
        self.meanings.get(place as usize)
    }

    /// Whether numbers in a pattern count nobody: "9/11", "the two countries".
    pub(super) fn is_idiom(&self, pattern: u32) -> bool {
        self.patterns.get(pattern as usize).is_some_and(|p| p.idiom)
    }

    /// All senses of a meaning, cues left out.
    pub(super) fn senses(&self, meaning: Option<&Meaning>) -> impl Iterator<Item = Sense> {
        let (range, case) = meaning.map_or((0..0, Case::Any), |m| (m.first as usize..m.last as usize, m.case));
        self.senses[range].iter().filter(move |(need, _)| *need <= case).map(|(_, sense)| *sense)
    }

    /// The forms in an article: token ranges and patterns, in order, not overlapping.
    pub(super) fn hits(&self, tokens: &Tokens<'_>) -> Vec<(Range<usize>, u32)> {
        self.forms.hits(tokens)
    }
}

/// The parties and sources of a lexicon with the codebook's own laid over them.
fn completed(codebook: &Codebook, lexicon: &Lexicon) -> (Vec<PartyEntry>, Vec<SourceEntry>) {
    let mut parties = lexicon.parties.clone();
    for party in &codebook.parties {
        match parties.iter_mut().find(|p| p.name == party.name) {
            Some(known) => known.names.extend(party.aliases.iter().cloned()),
            None => parties.push(PartyEntry {
                name: party.name.clone(),
                names: party.aliases.clone(),
                ..PartyEntry::default()
            }),
        }
    }
    let mut sources = lexicon.sources.clone();
    for source in &codebook.sources {
        match sources.iter_mut().find(|s| s.name == source.name) {
            Some(known) => known.aliases.extend(source.aliases.iter().cloned()),
            None => sources.push(SourceEntry {
                name: source.name.clone(),
                aliases: source.aliases.clone(),
                side: source.side.clone(),
                part_of: source.part_of.clone(),
                ..SourceEntry::default()
            }),
        }
    }
    // Indices are 16 bits wide: of a codebook with more entries than that, the rest is not read.
    parties.truncate(usize::from(u16::MAX));
    sources.truncate(usize::from(u16::MAX));
    (parties, sources)
}

/// Every form that an article is searched for, in lower case and sorted: what a bare pass of another
/// method would look for.
pub fn forms(codebook: &Codebook, lexicon: &Lexicon) -> Vec<String> {
    let (parties, sources) = completed(codebook, lexicon);
    let mut forms: Vec<String> =
        FormTable::of(lexicon, &parties, &sources).sorted().into_iter().map(|(form, ..)| form).collect();
    forms.dedup();
    forms
}

/// Forms in lower case, each with a sense that words with its capitals have.
#[derive(Default)]
struct FormTable(Vec<(String, Case, Sense)>);

impl FormTable {
    /// Every form of a lexicon, of its parties and sources as the codebook completes them.
    fn of(lexicon: &Lexicon, parties: &[PartyEntry], sources: &[SourceEntry]) -> Self {
        let mut forms = Self::default();
        for (i, party) in parties.iter().enumerate() {
            let mut add = |by: PartyWord, names: &[Name]| {
                for name in names {
                    forms.add(name, Sense::Party { party: i as u16, by });
                }
            };
            add(PartyWord::Name, std::slice::from_ref(&party.name));
            add(PartyWord::Name, &party.names);
            add(PartyWord::Adjective, &party.adjectives);
            add(PartyWord::People, &party.people);
            add(PartyWord::Metonym, &party.capital);
            add(PartyWord::Metonym, &party.metonyms);
            add(PartyWord::Place, &party.places);
        }
        for (i, source) in sources.iter().enumerate() {
            forms.add(&source.name, Sense::Source(i as u16));
            for alias in &source.aliases {
                forms.add(alias, Sense::Source(i as u16));
            }
        }
        for (i, noun) in lexicon.nouns.iter().enumerate() {
            for form in &noun.forms {
                forms.add(form, Sense::Noun(i as u16));
            }
        }
        for (i, frame) in lexicon.frames.iter().enumerate() {
            for (bits, words) in [
                (Forms::FINITE, &frame.finite),
                (Forms::PARTICIPLE, &frame.participle),
                (Forms::GERUND, &frame.gerund),
                (Forms::NOUN, &frame.noun),
            ] {
                for word in words {
                    forms.add(word, Sense::Frame { frame: i as u16, forms: bits });
                }
            }
        }
        for (i, entry) in lexicon.reporting.iter().enumerate() {
            for form in &entry.forms {
                forms.add(form, Sense::Reporting(i as u16));
            }
        }
        for (i, entry) in lexicon.suppressions.iter().enumerate() {
            for form in &entry.forms {
                forms.add(form, Sense::Suppression { entry: i as u16, place: entry.place });
            }
        }
        for entry in &lexicon.cues {
            for form in &entry.forms {
                forms.add(form, Sense::Cue(entry.cue));
            }
        }
        for title in &lexicon.titles {
            forms.add(title, Sense::Title);
        }
        forms
    }

    fn add(&mut self, form: &str, sense: Sense) {
        let mut form = form.trim();
        // An article in front of a name is a unit of its own: "the Associated Press".
        if matches!(sense, Sense::Party { .. } | Sense::Source(_))
            && let Some((article, name)) = form.split_once(' ')
            && article.eq_ignore_ascii_case("the")
        {
            form = name;
        }
        if form.is_empty() {
            return;
        }
        self.0.push((folded(form), Case::of(form), sense));
    }

    /// The forms in order, those that read the same in the order in which they came: patterns never depend on
    /// hashing.
    fn sorted(self) -> Vec<(String, Case, Sense)> {
        let mut forms = self.0;
        forms.sort_by(|a, b| a.0.cmp(&b.0));
        forms
    }
}

/// A form as an article's words are read.
fn folded(form: &str) -> String {
    if form.is_ascii() {
        return form.to_ascii_lowercase();
    }
    form.to_lowercase().replace(['\u{2019}', '\u{2018}'], "'").replace('\u{2013}', "-")
}
