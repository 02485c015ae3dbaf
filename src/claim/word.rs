//! The words that an analyst adds for her project: entries of its layer of the lexicon, one at a
//! time, as the window shows and changes them.

use super::lexicon::{Beside, Lexicon, NounEntry, PartyEntry, SourceEntry, SuppressionEntry};
use super::{Change, Name};

/// What an analyst can say of words in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum WordSort {
    /// They name somebody who says things.
    Source,
    /// They name a party.
    Party,
    /// They say what is counted.
    Unit,
    /// The number beside them counts no people.
    NotAFigure,
}

impl WordSort {
    /// Every sort, in the order of menus.
    pub const ALL: [Self; 4] = [Self::Source, Self::Party, Self::Unit, Self::NotAFigure];

    /// As a list is headed.
    pub fn heading(self) -> &'static str {
        match self {
            Self::Source => "Sources",
            Self::Party => "Parties",
            Self::Unit => "Units",
            Self::NotAFigure => "Not figures",
        }
    }

    /// "source", "party", "unit", "no figure".
    pub fn word(self) -> &'static str {
        match self {
            Self::Source => "source",
            Self::Party => "party",
            Self::Unit => "unit",
            Self::NotAFigure => "no figure",
        }
    }
}

/// An entry of a lexicon's layer that an analyst can make.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Word {
    /// Whoever can speak.
    Source(SourceEntry),
    /// Whoever can act.
    Party(PartyEntry),
    /// What is counted.
    Unit(NounEntry),
    /// Words beside which a number is no claim.
    NotAFigure(SuppressionEntry),
}

impl Word {
    /// Its sort.
    pub fn sort(&self) -> WordSort {
        match self {
            Self::Source(_) => WordSort::Source,
            Self::Party(_) => WordSort::Party,
            Self::Unit(_) => WordSort::Unit,
            Self::NotAFigure(_) => WordSort::NotAFigure,
        }
    }

    /// What it is known by in its layer: its name, or its first form.
    pub fn key(&self) -> &str {
        match self {
            Self::Source(entry) => &entry.name,
            Self::Party(entry) => &entry.name,
            Self::Unit(entry) => entry.forms.first().map_or("", |form| form),
            Self::NotAFigure(entry) => entry.forms.first().map_or("", |form| form),
        }
    }

    /// Whether it is switched off: then the entry of that name of the layers below is not used either.
    pub fn is_off(&self) -> bool {
        match self {
            Self::Source(entry) => entry.off,
            Self::Party(entry) => entry.off,
            Self::Unit(entry) => entry.off,
            Self::NotAFigure(entry) => entry.off,
        }
    }

    /// The same entry, switched on or off.
    #[must_use]
    pub fn switched(mut self, off: bool) -> Self {
        match &mut self {
            Self::Source(entry) => entry.off = off,
            Self::Party(entry) => entry.off = off,
            Self::Unit(entry) => entry.off = off,
            Self::NotAFigure(entry) => entry.off = off,
        }
        self
    }

    /// All words of it that are looked for in texts, the key first.
    pub fn forms(&self) -> Vec<&Name> {
        match self {
            Self::Source(e) => std::iter::once(&e.name).chain(&e.aliases).chain(&e.descriptions).collect(),
            Self::Party(e) => {
                let more = [&e.names, &e.adjectives, &e.people, &e.capital, &e.metonyms, &e.places];
                std::iter::once(&e.name).chain(more.into_iter().flatten()).collect()
            }
            Self::Unit(e) => e.forms.iter().collect(),
            Self::NotAFigure(e) => e.forms.iter().collect(),
        }
    }

    /// What it does, in a few words: "Russia", "counts as bodies", "before the number".
    pub fn meaning(&self) -> String {
        match self {
            Self::Source(entry) => format!("side: {}", entry.side.word()),
            Self::Party(entry) if entry.adjectives.is_empty() => "a party".to_owned(),
            Self::Party(entry) => entry.adjectives.join(", "),
            Self::Unit(entry) => match &entry.category {
                Some(category) => format!("counts as {category}"),
                None => "people: the verb says what became of them".to_owned(),
            },
            Self::NotAFigure(entry) => entry.place.words().to_owned(),
        }
    }

    /// What is wrong with it, in a sentence; `None` where it can be used.
    pub fn problem(&self) -> Option<String> {
        let sayable = |form: &&Name| form.chars().any(char::is_alphanumeric);
        if !self.key().chars().any(char::is_alphanumeric) {
            return Some(match self {
                Self::Source(_) | Self::Party(_) => "It needs a name.".to_owned(),
                _ => "It needs a word.".to_owned(),
            });
        }
        let forms = self.forms();
        if let Some(form) = forms.iter().find(|form| !sayable(form)) {
            return Some(format!("“{form}” has no letter or digit."));
        }
        let digits = |form: &&&Name| form.chars().all(|c| !c.is_alphabetic());
        match self {
            Self::NotAFigure(entry) if entry.place != Beside::Within => None,
            Self::NotAFigure(_) => forms
                .iter()
                .find(|form| !form.chars().any(char::is_numeric) && form.split_whitespace().count() < 2)
                .map(|form| format!("“{form}” is one word without a number: say whether it stands before or behind.")),
            _ => forms.iter().find(digits).map(|form| format!("“{form}” is a number and no name.")),
        }
    }
}

impl Beside {
    /// Every place, in the order of menus.
    pub const ALL: [Self; 3] = [Self::Before, Self::After, Self::Within];

    /// In words.
    pub fn words(self) -> &'static str {
        match self {
            Self::Within => "the number is one of these words",
            Self::Before => "the number stands right behind these words",
            Self::After => "the number stands right before these words",
        }
    }
}

impl Lexicon {
    /// The entries of a layer that an analyst can make, by sort and in the order of the layer.
    pub fn words(&self) -> Vec<Word> {
        let sources = self.sources.iter().cloned().map(Word::Source);
        let parties = self.parties.iter().cloned().map(Word::Party);
        let units = self.nouns.iter().cloned().map(Word::Unit);
        let others = self.suppressions.iter().cloned().map(Word::NotAFigure);
        sources.chain(parties).chain(units).chain(others).collect()
    }

    /// How many entries a layer has that are of other sorts: those are edited in its file.
    pub fn other_entries(&self) -> usize {
        let Self { parties: _, sources: _, nouns: _, suppressions: _, frames, reporting, quantifiers, cues, .. } = self;
        let words = self.abbreviations.len() + self.titles.len();
        frames.len() + reporting.len() + quantifiers.len() + cues.len() + words
    }

    /// Whether a layer has an entry of a sort and key.
    pub fn has_word(&self, sort: WordSort, key: &str) -> bool {
        match sort {
            WordSort::Source => self.sources.iter().any(|e| *e.name == *key),
            WordSort::Party => self.parties.iter().any(|e| *e.name == *key),
            WordSort::Unit => self.nouns.iter().any(|e| e.forms.first().is_some_and(|form| **form == *key)),
            WordSort::NotAFigure => self.suppressions.iter().any(|e| e.forms.first().is_some_and(|f| **f == *key)),
        }
    }

    /// The layer with an entry added, changed or removed. Changed entries keep their place.
    ///
    /// # Errors
    /// Where the entry to be changed is not there, or another of the new key is.
    pub fn with_word(&self, change: &Change<Word>) -> Result<Self, String> {
        let mut layer = self.clone();
        let Change { before, after, .. } = change;
        if let (Some(before), Some(after)) = (before, after)
            && before.sort() != after.sort()
        {
            let without = layer.with_word(&Change::remove(before.clone()))?;
            return without.with_word(&Change::add(after.clone()));
        }
        let renamed = before.as_ref().is_none_or(|before| after.as_ref().is_some_and(|a| a.key() != before.key()));
        if let Some(after) = after
            && renamed
            && layer.has_word(after.sort(), after.key())
        {
            return Err(format!("“{}” is among the words of this project already", after.key()));
        }
        let gone = || Err("the entry is no longer there".to_owned());
        macro_rules! put {
            ($list:ident, $sort:ident) => {{
                let before = before.as_ref().and_then(|w| if let Word::$sort(e) = w { Some(e) } else { None });
                let after = after.as_ref().and_then(|w| if let Word::$sort(e) = w { Some(e.clone()) } else { None });
                match before {
                    None => layer.$list.extend(after),
                    Some(before) => match (layer.$list.iter().position(|e| e == before), after) {
                        (None, _) => return gone(),
                        (Some(at), Some(after)) => layer.$list[at] = after,
                        (Some(at), None) => {
                            layer.$list.remove(at);
                        }
                    },
                }
            }};
        }
        match before.as_ref().or(after.as_ref()).map(Word::sort) {
            None => {}
            Some(WordSort::Source) => put!(sources, Source),
            Some(WordSort::Party) => put!(parties, Party),
            Some(WordSort::Unit) => put!(nouns, Unit),
            Some(WordSort::NotAFigure) => put!(suppressions, NotAFigure),
        }
        Ok(layer)
    }

    /// The source that words name, as an entry of its own that also has `form`; a new one where
    /// nobody is known by that name. For adding an alias to a source that the program knows.
    pub fn source_with(&self, name: &str, form: &str) -> SourceEntry {
        let known = self.source_of(name).cloned();
        let mut entry = known.unwrap_or_else(|| SourceEntry { name: name.into(), ..SourceEntry::default() });
        if *entry.name != *form && !entry.aliases.iter().any(|alias| **alias == *form) && !form.is_empty() {
            entry.aliases.push(form.into());
        }
        entry
    }

    /// The party that a word stands for, as an entry of its own that also has `form` as a name; a
    /// new one where there is none.
    pub fn party_with(&self, name: &str, form: &str) -> PartyEntry {
        let known = self.party_of(name).cloned();
        let mut entry = known.unwrap_or_else(|| PartyEntry { name: name.into(), ..PartyEntry::default() });
        let lists = [&entry.names, &entry.adjectives, &entry.people, &entry.capital, &entry.metonyms];
        let has = lists.into_iter().flatten().any(|known| **known == *form);
        if *entry.name != *form && !has && !form.is_empty() {
            entry.names.push(form.into());
        }
        entry
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::claim::Side;

    fn source(name: &str, side: &str) -> Word {
        Word::Source(SourceEntry { name: name.into(), side: Side::Party(side.into()), ..SourceEntry::default() })
    }

    #[test]
    fn words_are_added_changed_switched_off_and_removed() {
        let layer = Lexicon::default().with_word(&Change::add(source("Office", "Ruritania"))).expect("new");
        let layer = layer.with_word(&Change::add(source("Bureau", "Ruritania"))).expect("new");
        assert!(layer.with_word(&Change::add(source("Office", "Syldavia"))).is_err(), "it is there");
        let changed = source("Office", "Syldavia").switched(true);
        let layer = layer.with_word(&Change::replace(source("Office", "Ruritania"), changed.clone())).expect("there");
        assert_eq!(layer.words(), [changed.clone(), source("Bureau", "Ruritania")], "it keeps its place");
        let renamed = Change::replace(changed.clone(), source("Bureau", "Syldavia"));
        assert!(layer.with_word(&renamed).is_err(), "the name is taken");
        let layer = layer.with_word(&Change::remove(changed.clone())).expect("there");
        assert_eq!(layer.words(), [source("Bureau", "Ruritania")]);
        assert!(layer.with_word(&Change::remove(changed)).is_err());
        let as_party = Word::Party(PartyEntry { name: "Bureau".into(), ..PartyEntry::default() });
        let layer = layer.with_word(&Change::replace(source("Bureau", "Ruritania"), as_party.clone())).expect("moves");
        assert_eq!(layer.words(), [as_party]);
    }

    #[test]
    fn an_alias_goes_to_the_entry_that_is_known() {
        let lexicon = Lexicon::built_in();
        let party = lexicon.party_with("Kyiv", "Ukrainian side");
        assert_eq!((&*party.name, party.names.last().map(|name| &**name)), ("Ukraine", Some("Ukrainian side")));
        assert_eq!(lexicon.party_with("Ukraine", "Ukrainian"), lexicon.party_of("Ukraine").cloned().expect("known"));
        let source = lexicon.source_with("Ruritanian Office", "ROX");
        assert_eq!((&*source.name, source.aliases.len()), ("Ruritanian Office", 1));
    }

    #[test]
    fn what_cannot_be_used_is_said() {
        let beside = |form: &str, place| {
            Word::NotAFigure(SuppressionEntry { forms: vec![form.into()], place, ..SuppressionEntry::default() })
        };
        let unit = |form: &str| Word::Unit(NounEntry { forms: vec![form.into()], ..NounEntry::default() });
        for (word, fine) in [
            (source("Office", ""), true),
            (source(" ", ""), false),
            (source("1,000", ""), false),
            (unit("stevedores"), true),
            (unit(""), false),
            (beside("Flight", Beside::Before), true),
            (beside("Flight", Beside::Within), false),
            (beside("Flight 370", Beside::Within), true),
            (beside("one of the few", Beside::Within), true),
            (beside("—", Beside::After), false),
        ] {
            assert_eq!(word.problem().is_none(), fine, "{word:?}: {:?}", word.problem());
        }
    }
}
