//! What may be tagged, by whom things are said, and by which conventions words become numbers.

use serde::{Deserialize, Serialize};

use super::{Name, OutsideSuggester, Side};

/// A category of counted things.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Category {
    /// Identity, as exports write it: "bodies".
    pub id: Name,
    /// As the window shows it: "Bodies".
    pub label: Name,
    /// What is counted, in the plural: "bodies", "people", "exchanges".
    pub unit: Name,
    /// The colour's name in the theme.
    pub colour: Name,
    /// The digit that tags it, where it has one.
    #[serde(default)]
    pub digit: Option<u8>,
    /// The category that it is a part of.
    #[serde(default)]
    pub parent: Option<Name>,
    /// Whether it counts people, alive or dead.
    #[serde(default = "yes")]
    pub people: bool,
    /// Whether one of these is handed from one side to another, so that a direction is expected.
    #[serde(default)]
    pub transfer: bool,
    /// What belongs in it and what does not.
    #[serde(default)]
    pub guideline: String,
    /// Retired categories stay with the claims that carry them, and are offered no more.
    #[serde(default)]
    pub retired: bool,
}

fn yes() -> bool {
    true
}

/// A party to events.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Party {
    /// Its short English name: "Ukraine".
    pub name: Name,
    /// Other names for it, beside those of the lexicon.
    #[serde(default)]
    pub aliases: Vec<Name>,
}

/// Somebody who says things.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// Its fullest name.
    pub name: Name,
    /// Where it stands.
    #[serde(default)]
    pub side: Side,
    /// Other names for it.
    #[serde(default)]
    pub aliases: Vec<Name>,
    /// The body that it is a part of: a headquarters of a government.
    #[serde(default)]
    pub part_of: Option<Name>,
    /// The Admiralty letter, A to F, that the analyst gives it.
    #[serde(default)]
    pub admiralty: Option<char>,
    /// Its place in the analyst's hierarchy, 1 being the first.
    #[serde(default)]
    pub rank: Option<u32>,
}

/// What "several" and "tens of thousands" come to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum VagueTable {
    /// Several 3–9, dozens 24–99, hundreds 200–999, and so on: the literal plural.
    #[default]
    Literal,
    /// The Armed Conflict Location & Event Data project's conventions, as lower bounds:
    /// several 3, dozens 12, hundreds 100, thousands 1,000.
    Acled,
}

impl VagueTable {
    /// The words of settings and exports.
    pub fn label(self) -> &'static str {
        match self {
            Self::Literal => "as the words literally say",
            Self::Acled => "as ACLED takes them",
        }
    }
}

/// The rule that gives "best".
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BestRule {
    /// The value that most sides give, then most origins; a tie goes to the lower.
    #[default]
    PluralityOfSides,
    /// The lowest.
    Lowest,
    /// The highest.
    Highest,
    /// The latest word.
    Latest,
    /// The word of the source that the analyst ranks first.
    SourceHierarchy,
    /// No best: the range alone.
    RangeOnly,
}

impl BestRule {
    /// Every rule, in the order of the picker.
    pub const ALL: [Self; 6] =
        [Self::PluralityOfSides, Self::Lowest, Self::Highest, Self::Latest, Self::SourceHierarchy, Self::RangeOnly];

    /// The words of the picker.
    pub fn label(self) -> &'static str {
        match self {
            Self::PluralityOfSides => "plurality of sides",
            Self::Lowest => "lowest",
            Self::Highest => "highest",
            Self::Latest => "latest word",
            Self::SourceHierarchy => "source hierarchy",
            Self::RangeOnly => "range only",
        }
    }
}

/// What is done where the vote for "best" is tied.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum TieRule {
    /// The lower value, and the label says so.
    #[default]
    Lower,
    /// No best.
    NoBest,
}

impl TieRule {
    /// The words of settings and exports.
    pub fn label(self) -> &'static str {
        match self {
            Self::Lower => "to the lower",
            Self::NoBest => "no best",
        }
    }
}

/// By which conventions words become numbers and numbers become verdicts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Conventions {
    /// "about n" is n ± this many per cent.
    pub approx_percent: u8,
    /// What vague words come to.
    pub vague: VagueTable,
    /// The rule that gives "best".
    pub best: BestRule,
    /// What a tie does.
    pub tie: TieRule,
    /// Suggesters that this project proposes beside the built-in one. A command that comes with a
    /// project is never run by opening it: only when the analyst says so.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub outside: Vec<OutsideSuggester>,
}

impl Default for Conventions {
    fn default() -> Self {
        Self {
            approx_percent: 10,
            vague: VagueTable::default(),
            best: BestRule::default(),
            tie: TieRule::default(),
            outside: Vec::new(),
        }
    }
}

impl Conventions {
    /// What "about" leaves open on either side of `n`: whole people, rounded down, never below 0.
    pub fn tolerance(&self, n: u64) -> u64 {
        let share = u128::from(n) * u128::from(self.approx_percent.min(100)) / 100;
        u64::try_from(share).unwrap_or(n).min(n)
    }
}

/// Categories, parties, sources and conventions of a project, with a revision of their own.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Codebook {
    /// Grows by one with every change; each claim keeps the one it was made under.
    #[serde(default)]
    pub revision: u32,
    /// What may be tagged, in the order of menus.
    pub categories: Vec<Category>,
    /// The parties of this project; the lexicon knows the world's.
    #[serde(default)]
    pub parties: Vec<Party>,
    /// The sources of this project; the lexicon knows the common ones.
    #[serde(default)]
    pub sources: Vec<Source>,
    /// By which conventions words become numbers.
    #[serde(default)]
    pub conventions: Conventions,
}

const BUILT_IN: &str = include_str!("../../assets/codebook/casualties.ron");

impl Codebook {
    /// The codebook that a new project begins with: casualties and exchanges in general.
    ///
    /// # Panics
    /// Never: a test reads it.
    pub fn built_in() -> Self {
        ron::from_str(BUILT_IN).expect("assets/codebook/casualties.ron is checked by a test")
    }

    /// The category of an id.
    pub fn category(&self, id: &str) -> Option<&Category> {
        self.categories.iter().find(|category| &*category.id == id)
    }

    /// The category that a digit tags.
    pub fn category_of_digit(&self, digit: u8) -> Option<&Category> {
        self.categories.iter().find(|category| category.digit == Some(digit) && !category.retired)
    }

    /// The source of a name or alias, whatever its case.
    pub fn source(&self, name: &str) -> Option<&Source> {
        let same = |other: &str| other.to_lowercase() == name.to_lowercase();
        self.sources.iter().find(|s| same(&s.name) || s.aliases.iter().any(|alias| same(alias)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_built_in_codebook_reads_and_its_keys_are_unique() {
        let codebook = Codebook::built_in();
        let mut ids: Vec<_> = codebook.categories.iter().map(|c| c.id.clone()).collect();
        let mut digits: Vec<_> = codebook.categories.iter().filter_map(|c| c.digit).collect();
        let count = (ids.len(), digits.len());
        ids.sort();
        ids.dedup();
        digits.sort_unstable();
        digits.dedup();
        assert_eq!((ids.len(), digits.len()), count);
        assert_eq!(ids.len(), 13);
    }
}
