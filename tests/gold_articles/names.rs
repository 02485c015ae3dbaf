//! Whether two names mean the same party or source. Names are compared loosely: a reader of the
//! gold writes "the Red Cross" where the program has the fullest name of the article.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use tallymark::claim::Lexicon;

/// Words that tell nothing.
const EMPTY: [&str; 9] = ["the", "of", "and", "s", "a", "an", "for", "in", "by"];

/// Words for a state as such: "the Russian side" and "the Russian government" are Russia.
const STATE: [&str; 6] = ["government", "federation", "side", "authorities", "officials", "republic"];

/// Words that many sources share: having one in common makes no two sources the same.
const GENERIC: [&str; 34] = [
    "ministry",
    "minister",
    "headquarters",
    "agency",
    "source",
    "sources",
    "unnamed",
    "anonymous",
    "official",
    "war",
    "prisoners",
    "treatment",
    "foreign",
    "defense",
    "interior",
    "committee",
    "commission",
    "health",
    "service",
    "center",
    "coast",
    "guard",
    "army",
    "police",
    "military",
    "spokesman",
    "spokeswoman",
    "local",
    "state",
    "news",
    "association",
    "office",
    "mayor",
    "commander",
];

/// What the words and names of the lexicon stand for.
struct Known {
    /// Adjectives, peoples and capitals of one word: the words of the party's name.
    words: BTreeMap<String, Vec<String>>,
    /// Words of the names of parties.
    parties: BTreeSet<String>,
    /// Whole names and acronyms: the fullest name.
    names: BTreeMap<String, String>,
}

static KNOWN: LazyLock<Known> = LazyLock::new(|| {
    let lexicon = Lexicon::built_in();
    let mut known = Known { words: BTreeMap::new(), parties: BTreeSet::new(), names: BTreeMap::new() };
    for party in &lexicon.parties {
        let full = words(&party.name);
        known.parties.extend(full.iter().cloned());
        for name in party.names.iter().chain(&party.adjectives).chain(&party.people).chain(&party.capital) {
            if let [word] = words(name).as_slice() {
                known.words.insert(word.clone(), full.clone());
            }
            known.names.insert(name.to_lowercase(), party.name.to_string());
        }
    }
    for source in &lexicon.sources {
        for alias in &source.aliases {
            known.names.insert(alias.to_lowercase(), source.name.to_string());
        }
    }
    known
});

/// The words of a name in one spelling.
fn words(name: &str) -> Vec<String> {
    let lower = name.to_lowercase();
    let words = lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let spelled = |word: &str| match word {
        "defence" => "defense".to_owned(),
        "centre" => "center".to_owned(),
        "zelenskyy" | "zelenskiy" => "zelensky".to_owned(),
        "organisation" => "organization".to_owned(),
        word => word.to_owned(),
    };
    words.filter(|word| !EMPTY.contains(word)).map(spelled).collect()
}

/// What a name comes to: its telling words.
fn fold(name: &str) -> BTreeSet<String> {
    let known = &*KNOWN;
    let bare = name.strip_prefix("the ").or_else(|| name.strip_prefix("The ")).unwrap_or(name);
    let full = known.names.get(&bare.to_lowercase()).map_or(bare, String::as_str);
    let folded: BTreeSet<String> = words(full)
        .into_iter()
        .flat_map(|word| known.words.get(&word).cloned().unwrap_or_else(|| vec![word]))
        .collect();
    let telling: BTreeSet<String> = folded.iter().filter(|word| !STATE.contains(&word.as_str())).cloned().collect();
    if telling.is_empty() { folded } else { telling }
}

/// Whether two names of parties are the same.
pub fn same_party(a: &str, b: &str) -> bool {
    fold(a) == fold(b)
}

/// Whether two names of sources are the same: equal, or one a telling part of the other
/// ("Saraliyev" of "Shamsail Saraliyev"), never a generic one ("headquarters").
pub fn same_source(a: &str, b: &str) -> bool {
    let (a, b) = (fold(a), fold(b));
    if a == b {
        return true;
    }
    let shared: BTreeSet<&String> = a.intersection(&b).collect();
    let telling = |word: &&&String| !GENERIC.contains(&word.as_str()) && !KNOWN.parties.contains(**word);
    (a.is_subset(&b) || b.is_subset(&a)) && (shared.len() >= 3 || shared.iter().any(|word| telling(&word)))
}

#[test]
fn names_are_compared_loosely() {
    for (a, b) in [("Russian", "Russia"), ("DR Congo", "Democratic Republic of the Congo"), ("Kyiv", "Ukraine")] {
        assert!(same_party(a, b), "{a} and {b}");
    }
    assert!(!same_party("South Sudan", "Sudan"));
    for (a, b) in [
        ("ICRC", "International Committee of the Red Cross"),
        ("Saraliyev", "Shamsail Saraliyev"),
        ("Russian side", "Russian government"),
        ("the Defence Ministry of Ukraine", "Ukrainian Defense Ministry"),
    ] {
        assert!(same_source(a, b), "{a} and {b}");
    }
    for (a, b) in [("ministry", "Ukrainian Defence Ministry"), ("Russian government", "Russian Red Cross")] {
        assert!(!same_source(a, b), "{a} and {b}");
    }
}
