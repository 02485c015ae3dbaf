//! The words that suggestions know, as data: layers of RON, later ones winning, `off` removing.
//!
//! Kept here, and not with the suggestions, because the reconciliation asks it for the sides of
//! sources, and the window lets the analyst add to it. What matches words in a text is compiled
//! from it by `suggest`.

use serde::{Deserialize, Serialize};

use super::{Name, Side};

/// A state, an armed group, an authority, a people: whoever can give, receive, lose and speak.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct PartyEntry {
    /// Short English name, as exports write it: "Russia". The entry's key.
    pub name: Name,
    /// Long names and other spellings: "Russian Federation".
    pub names: Vec<Name>,
    /// Adjectives: "Russian".
    pub adjectives: Vec<Name>,
    /// Words for its people: "Russians".
    pub people: Vec<Name>,
    /// Its capital.
    pub capital: Vec<Name>,
    /// Seats and persons that stand for its government: "Kremlin".
    pub metonyms: Vec<Name>,
    /// Regions, towns and territories of it: they tell where people come from ("Gaza", "Crimea"),
    /// and never act or speak for it.
    pub places: Vec<Name>,
    /// Parties that it usually faces, first the likeliest.
    pub opposite: Vec<Name>,
    /// The state or group that it belongs to, for the sides of sources.
    pub part_of: Option<Name>,
    /// Whether it is a sovereign state (a state that speaks by its name is "X government").
    pub state: bool,
    /// Removes the entry of that name from the layers below.
    pub off: bool,
}

/// A body or person that says things, or relays what others said.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct SourceEntry {
    /// Fullest name. The entry's key.
    pub name: Name,
    /// Other names and acronyms.
    pub aliases: Vec<Name>,
    /// Definite descriptions that can stand for it later in an article: "the headquarters".
    pub descriptions: Vec<Name>,
    /// Where it stands.
    pub side: Side,
    /// The body that it is a part of.
    pub part_of: Option<Name>,
    /// What it is.
    pub role: SourceRole,
    /// Whether a state owns it (an anonymous source that it alone quotes is presumed of its side).
    pub state_owned: bool,
    /// Removes the entry of that name from the layers below.
    pub off: bool,
}

/// What a source is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum SourceRole {
    /// A body that speaks for itself: a ministry, a headquarters, the Red Cross.
    #[default]
    Body,
    /// A person.
    Person,
    /// A news agency or outlet: relays what others say.
    Outlet,
    /// A place where things are said: Telegram. Never a source.
    Platform,
}

/// A word for people, bodies or other counted things, and what it makes of a count.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct NounEntry {
    /// Singular and plural, and other spellings: "body", "bodies".
    pub forms: Vec<Name>,
    /// The category that it means by itself; `None` for plain people ("soldiers").
    pub category: Option<Name>,
    /// What class it is.
    pub class: NounClass,
    /// Short texts in which it must be found, `[…]` around the count.
    pub examples: Vec<Name>,
    /// Removes the entry whose first form is the same from the layers below.
    pub off: bool,
}

/// What class of thing a noun names.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum NounClass {
    /// Dead bodies: "remains". Heads partitives.
    Bodies,
    /// Military people.
    Military,
    /// Civilian people.
    Civilian,
    /// People of any kind.
    #[default]
    People,
    /// Counted events: "exchanges".
    Events,
    /// Relatives, officials and others who count people but seldom victims.
    Bystanders,
    /// Anything that is not people: "kilometres". Suppresses.
    Things,
    /// A word for a count itself, with the number behind it: "death toll", "number of dead".
    Toll,
    /// A group that holds counted people and is passed over: "a group of 12 soldiers", "a convoy of".
    Group,
}

/// A verb or noun of doing, and which of its places hold whom.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct FrameEntry {
    /// Name of the frame: "hand over". The entry's key.
    pub name: Name,
    /// Base forms, third persons, pasts: active.
    pub finite: Vec<Name>,
    /// Past participles: "handed over".
    pub participle: Vec<Name>,
    /// -ing forms: "handing over".
    pub gerund: Vec<Name>,
    /// Nominal forms: "the handover of", "return".
    pub noun: Vec<Name>,
    /// What the active subject does with the counted people.
    pub subject: Role,
    /// Whether the counted people may be its subject, without an object: "1,800 returned",
    /// "38 died", "thousands fled".
    pub themselves: bool,
    /// Whether the subject of its passive may be the receiver: "Ukraine was handed over the bodies of …".
    pub dative: bool,
    /// Whether it is a common word ("get", "have", "see") that says something of a count only where
    /// a noun beside it is counted people or bodies, or a parallel clause gives the noun.
    pub weak: bool,
    /// The category that it gives to plain people: "killed".
    pub category: Option<Name>,
    /// The modality that it brings: "agreed to".
    pub modality: Option<super::Modality>,
    /// Short texts in which it must be found.
    pub examples: Vec<Name>,
    /// Removes the entry of that name from the layers below.
    pub off: bool,
}

/// What the subject of a frame does with the counted people.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Role {
    /// Hands them over.
    Giver,
    /// Gets them.
    Receiver,
    /// Both sides do both: "exchanged".
    Reciprocal,
    /// Loses them: they are its own people.
    Loser,
    /// Does it to them: "killed", "captured"; they are the other's people.
    Actor,
    /// None of these.
    #[default]
    None,
}

/// A verb or preposition of saying.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ReportingEntry {
    /// All forms: "said", "says", "saying".
    pub forms: Vec<Name>,
    /// Where it has its speaker, and whom else it names.
    pub pattern: Saying,
    /// The modality that it brings.
    pub modality: Option<super::Modality>,
    /// Short texts in which it must be found.
    pub examples: Vec<Name>,
    /// Removes the entry whose first form is the same from the layers below.
    pub off: bool,
}

/// How a reporting word is built.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Saying {
    /// Its subject speaks: "X said".
    #[default]
    Says,
    /// Its subject speaks, and the object hears: "X told Y". A medium that hears is a link of the chain.
    Tells,
    /// Its object speaks, and its subject (if any) relays: "Y, citing X".
    Cites,
    /// A preposition, and the speaker behind it: "according to X".
    Preposition,
    /// A noun for what was said, the speaker in front or behind "by", "of", "from": "X's statement",
    /// "counts by X", "a report from X".
    Noun,
}

/// A small word of the language, and what it does in a sentence. These make the grammar of the
/// role and attribution stages; they seldom need additions.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct CueEntry {
    /// What the words do.
    pub cue: Cue,
    /// The words.
    pub forms: Vec<Name>,
    /// Removes the entry whose first form is the same from the layers below.
    pub off: bool,
}

/// What a small word does.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Cue {
    /// Nothing that matters.
    #[default]
    None,
    /// "the", "a", "these", "all"
    Determiner,
    /// "its", "their", "his"
    Possessive,
    /// "own"
    Own,
    /// "it", "they", "he", "she"
    Pronoun,
    /// "which", "who", "that", "whom", "whose"
    Relative,
    /// "and", "or"
    And,
    /// "while", "as", "but", "after", "before", "whereas": a clause begins
    Subordinator,
    /// Forms of be: they make passives.
    Be,
    /// Forms of have: they make perfects.
    Have,
    /// "will", "would", "shall", "to be": a plan
    Will,
    /// "could", "may", "might", "if", "would have": a possibility
    Possible,
    /// "not", "never", "no longer"
    Negation,
    /// "to"
    To,
    /// "from"
    From,
    /// "of"
    Of,
    /// "by"
    By,
    /// "for"
    For,
    /// "with"
    With,
    /// "in", "at", "on", "near": prepositions of place and time
    In,
    /// Every other preposition.
    Preposition,
    /// "in return", "in exchange", "mutual": the other of two parties does the same
    Return,
    /// "each", "each of which", "every": distributes a count
    Each,
    /// "each side", "both sides", "the two countries": both parties
    Both,
    /// "the other side", "the opposing side": the other of two parties
    OtherSide,
    /// "home", "their homeland": the party's own country
    Home,
    /// "captivity", "custody", "jail": behind a party's name, who held them
    Captivity,
    /// "agreed to", "ready to", "plans to", "is set to", "formula": planned
    Plan,
    /// "feared", "hoped", "risk", "believed": hypothetical
    Fear,
    /// "denied", "rejected", "false": denied
    Denial,
    /// "at that time", "as a result", "during it": the date stands in the sentence before
    SameTime,
    /// "so far", "to date", "still", "in total", "since": a count to date
    ToDate,
    /// "unnamed", "anonymous", "who asked not to be named": a source without a name
    Anonymous,
    /// "the numbers", "the figures", "the details": a confirmation by reference
    Figures,
    /// "the true toll", "likely far higher": a caveat
    Caveat,
    /// "government", "authorities", "officials", "forces", "side": behind an adjective, the party itself
    Organ,
    /// "ministry", "headquarters", "agency", "police": bodies that can speak
    Body,
    /// "media", "news website", "television", "newspaper": media that can hear and relay
    Medium,
    /// "now", "already", "also": adverbs between auxiliary and verb
    Adverb,
    /// "aboard", "on board": behind people, that they are on a vessel or aircraft
    Aboard,
    /// "boat", "plane", "bus": what people are on
    Vessel,
}

impl Cue {
    /// Every cue.
    pub const ALL: [Self; 41] = [
        Self::None,
        Self::Determiner,
        Self::Possessive,
        Self::Own,
        Self::Pronoun,
        Self::Relative,
        Self::And,
        Self::Subordinator,
        Self::Be,
        Self::Have,
        Self::Will,
        Self::Possible,
        Self::Negation,
        Self::To,
        Self::From,
        Self::Of,
        Self::By,
        Self::For,
        Self::With,
        Self::In,
        Self::Preposition,
        Self::Return,
        Self::Each,
        Self::Both,
        Self::OtherSide,
        Self::Home,
        Self::Captivity,
        Self::Plan,
        Self::Fear,
        Self::Denial,
        Self::SameTime,
        Self::ToDate,
        Self::Anonymous,
        Self::Figures,
        Self::Caveat,
        Self::Organ,
        Self::Body,
        Self::Medium,
        Self::Adverb,
        Self::Aboard,
        Self::Vessel,
    ];
}

/// A word that stands with numbers.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct QuantifierEntry {
    /// The words: "more than", "over".
    pub forms: Vec<Name>,
    /// What they make of the number behind (or, with `after`, before) them.
    pub form: Option<super::Form>,
    /// For vague words that are counts by themselves: lower bound.
    pub low: Option<u64>,
    /// For vague words that are counts by themselves: upper bound.
    pub high: Option<u64>,
    /// Whether it may stand behind the number: "or more".
    pub after: bool,
    /// Whether the bounds that it makes are a convention of ours and no word of the source: "nearly".
    pub soft: bool,
    /// Whether the count comes on top of another: "another", "more". Such words are no part of the count.
    pub additive: bool,
    /// Words that take it away when they stand just before it: "handed" before "over".
    pub not_after: Vec<Name>,
    /// Removes the entry whose first form is the same from the layers below.
    pub off: bool,
}

/// A phrase beside which a number is never a claim about people.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct SuppressionEntry {
    /// The words: "one of the few", "aged".
    pub forms: Vec<Name>,
    /// Where they stand with the number.
    pub place: Beside,
    /// Why, in words that the trace can show.
    pub why: Name,
    /// Removes the entry whose first form is the same from the layers below.
    pub off: bool,
}

/// Where a suppressing phrase stands with the number that it suppresses.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Beside {
    /// The number is one of its words: "one of the few", "9/11".
    #[default]
    Within,
    /// Directly before the number: "aged", "Resolution", "Boeing", "Route".
    Before,
    /// Directly behind the number: "years old", "per cent", "p.m.".
    After,
}

/// All that suggestions know of a language.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Lexicon {
    /// Whoever can act.
    pub parties: Vec<PartyEntry>,
    /// Whoever can speak.
    pub sources: Vec<SourceEntry>,
    /// What is counted.
    pub nouns: Vec<NounEntry>,
    /// What is done.
    pub frames: Vec<FrameEntry>,
    /// How it is said.
    pub reporting: Vec<ReportingEntry>,
    /// What stands with numbers.
    pub quantifiers: Vec<QuantifierEntry>,
    /// What is never a claim.
    pub suppressions: Vec<SuppressionEntry>,
    /// The small words.
    pub cues: Vec<CueEntry>,
    /// Abbreviations whose point ends no sentence: "Jan.", "U.S.".
    pub abbreviations: Vec<Name>,
    /// Titles before names, which tell what a person is: "President", "spokesman".
    pub titles: Vec<Name>,
}

/// The built-in layer: file name (for messages) and text.
const BUILT_IN: &[(&str, &str)] = &[
    ("parties.ron", include_str!("../../assets/lexicon/en/parties.ron")),
    ("groups.ron", include_str!("../../assets/lexicon/en/groups.ron")),
    ("sources.ron", include_str!("../../assets/lexicon/en/sources.ron")),
    ("nouns.ron", include_str!("../../assets/lexicon/en/nouns.ron")),
    ("frames.ron", include_str!("../../assets/lexicon/en/frames.ron")),
    ("reporting.ron", include_str!("../../assets/lexicon/en/reporting.ron")),
    ("quantifiers.ron", include_str!("../../assets/lexicon/en/quantifiers.ron")),
    ("suppressions.ron", include_str!("../../assets/lexicon/en/suppressions.ron")),
    ("cues.ron", include_str!("../../assets/lexicon/en/cues.ron")),
];

impl Lexicon {
    /// The layer that comes with the program: English, the whole world.
    ///
    /// # Panics
    /// Never: a test reads every file.
    pub fn built_in() -> Self {
        let mut lexicon = Self::default();
        for (file, text) in BUILT_IN {
            let layer = Self::parse(text).unwrap_or_else(|error| panic!("assets/lexicon/en/{file}: {error}"));
            lexicon.add(layer);
        }
        lexicon
    }

    /// One layer from its RON. The error names line and column.
    pub fn parse(text: &str) -> Result<Self, String> {
        ron::from_str(text).map_err(|error| error.to_string())
    }

    /// Lays another layer over this one: an entry of the same key replaces, `off` removes.
    pub fn add(&mut self, layer: Self) {
        let Self { parties, sources, nouns, frames, reporting, quantifiers, suppressions, cues, abbreviations, titles } =
            self;
        lay(parties, layer.parties, |e| Some(&e.name), |e| e.off);
        lay(sources, layer.sources, |e| Some(&e.name), |e| e.off);
        lay(nouns, layer.nouns, |e| e.forms.first(), |e| e.off);
        lay(frames, layer.frames, |e| Some(&e.name), |e| e.off);
        lay(reporting, layer.reporting, |e| e.forms.first(), |e| e.off);
        lay(quantifiers, layer.quantifiers, |e| e.forms.first(), |e| e.off);
        lay(suppressions, layer.suppressions, |e| e.forms.first(), |e| e.off);
        lay(cues, layer.cues, |e| e.forms.first(), |e| e.off);
        abbreviations.extend(layer.abbreviations);
        titles.extend(layer.titles);
    }

    /// The party that a name, adjective, people, capital or metonym stands for, whatever its case.
    pub fn party_of(&self, word: &str) -> Option<&PartyEntry> {
        let word = word.to_lowercase();
        let is = |name: &Name| name.to_lowercase() == word;
        self.parties.iter().find(|p| is(&p.name)).or_else(|| {
            self.parties
                .iter()
                .find(|p| [&p.names, &p.adjectives, &p.people, &p.capital, &p.metonyms].into_iter().flatten().any(is))
        })
    }

    /// The source of a name or alias, whatever its case.
    pub fn source_of(&self, name: &str) -> Option<&SourceEntry> {
        let name = name.to_lowercase();
        let is = |other: &Name| other.to_lowercase() == name;
        self.sources.iter().find(|s| is(&s.name) || s.aliases.iter().any(is))
    }
}

/// Lays the entries of a layer over those below, by key. Linear in both.
fn lay<T>(below: &mut Vec<T>, layer: Vec<T>, key: impl Fn(&T) -> Option<&Name>, off: impl Fn(&T) -> bool) {
    if layer.is_empty() {
        return;
    }
    let replaced: std::collections::BTreeSet<Name> = layer.iter().filter_map(|e| key(e).cloned()).collect();
    below.retain(|entry| key(entry).is_none_or(|k| !replaced.contains(k)));
    below.extend(layer.into_iter().filter(|entry| !off(entry)));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_built_in_layer_reads() {
        let lexicon = Lexicon::built_in();
        assert!(lexicon.party_of("Kyiv").is_some_and(|p| &*p.name == "Ukraine"));
    }

    #[test]
    fn a_later_layer_wins_and_off_removes() {
        let mut lexicon = Lexicon::parse("(parties: [(name: \"A\", capital: [\"X\"]), (name: \"B\")])").expect("reads");
        lexicon.add(
            Lexicon::parse("(parties: [(name: \"A\", capital: [\"Y\"]), (name: \"B\", off: true)])").expect("reads"),
        );
        assert!(lexicon.party_of("x").is_none() && lexicon.party_of("b").is_none());
        assert!(lexicon.party_of("y").is_some());
    }
}
