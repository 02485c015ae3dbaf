//! What keeps two counts of one category apart: a part ("five of them children"), or a place.

use std::sync::LazyLock;

use aho_corasick::AhoCorasick;

use crate::claim::{Name, Reading};

use super::names::words_of;

/// Groups that, as a rule, are counted as a part of a toll, by every word for them (levelled as
/// [`words_of`] does).
const PARTS: &[(&str, &[&str])] = &[
    ("children", &["child", "children", "minor", "infant", "baby", "babi", "toddler", "kid", "newborn", "teenager"]),
    ("women", &["woman", "women", "mother"]),
    ("elderly", &["elderly", "pensioner"]),
];

/// Groups that may be all of a toll as well as a part of it; they keep a count apart only where
/// the text says that it is a part.
const GROUPS: &[(&str, &[&str])] = &[
    ("men", &["man", "men"]),
    // Girls are abducted from a school as all of them, and counted as a part of a toll.
    ("children", &["girl", "boy", "schoolgirl", "schoolboy"]),
    ("civilians", &["civilian"]),
    (
        "military",
        &[
            "soldier",
            "troop",
            "servicemen",
            "serviceman",
            "fighter",
            "military",
            "officer",
            "conscript",
            "militant",
            "insurgent",
            "rebel",
            "guerrilla",
            "gunman",
            "gunmen",
            "militiaman",
            "militiamen",
            "combatant",
            "marine",
            "commando",
            "paratrooper",
        ],
    ),
    ("police", &["police", "policeman", "policemen", "constable"]),
    ("guards", &["guard"]),
    ("clergy", &["monk", "nun", "priest", "imam"]),
    ("journalists", &["journalist", "reporter"]),
    ("medics", &["medic", "doctor", "nurse", "paramedic"]),
    ("rescuers", &["rescuer", "firefighter"]),
    ("foreigners", &["foreigner", "foreign"]),
    ("crew", &["crew"]),
    ("passengers", &["passenger"]),
    ("students", &["student", "pupil"]),
];

/// The subset that a reading tells by itself: the analyst's, else a group of its quote that is
/// counted as a part, as a rule.
pub(super) fn subset_of(reading: &Reading, quote: &str) -> Option<Name> {
    match reading.subset.as_ref().filter(|subset| !subset.trim().is_empty()) {
        Some(subset) => Some(subset.clone()),
        None => STEMS.is_match(quote).then(|| among(PARTS, quote)).flatten(),
    }
}

/// The group that a quote names, of a count that is said to be a part of another of its category.
pub(super) fn subset_of_part(quote: &str) -> Option<Name> {
    among(GROUPS, quote)
}

/// The group that a quote names, whether it is a part or all of a count; `None` for people in general.
pub(super) fn group_of(quote: &str) -> Option<Name> {
    among(PARTS, quote).or_else(|| among(GROUPS, quote))
}

/// Whether the group that a quote names may be all whom a toll counts, as fighters are of a battle. Officers
/// may be those of the police.
pub(super) fn is_all_of_a_toll(quote: &str) -> bool {
    group_of(quote).is_some_and(|group| matches!(&*group, "men" | "military"))
        && !words_of(quote).iter().any(|word| word == "officer")
}

/// Whether a quote is a number, with no word for whom it counts: "seven", "the 14 dead".
pub(super) fn names_nobody(quote: &str) -> bool {
    const WHAT_CAME_OF_THEM: &[&str] = &[
        "but",
        "casualties",
        "dead",
        "death",
        "deaths",
        "died",
        "hurt",
        "injured",
        "just",
        "killed",
        "lost",
        "missing",
        "not",
        "wounded",
    ];
    // "It made that 22", "theirs is now at 34".
    const OF_A_FIGURE: &[&str] = &[
        "at", "count", "figure", "figures", "from", "has", "is", "it", "its", "losses", "made", "makes", "moved",
        "now", "number", "own", "stands", "stood", "that", "the", "their", "theirs", "tolls", "toll", "to", "was",
    ];
    let words = quote.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_lowercase).all(|word| {
        word.starts_with(|c: char| c.is_ascii_digit())
            || BEFORE.contains(&word.as_str())
            || WHAT_CAME_OF_THEM.contains(&word.as_str())
            || OF_A_FIGURE.contains(&word.as_str())
    })
}

/// The counted noun of a quote, levelled: "three online working groups" counts groups. It keeps
/// apart what has no category of its own.
pub(super) fn counted_noun(quote: &str) -> Option<Name> {
    let mut head: Option<&str> = None;
    for word in quote.split(|c: char| !c.is_alphanumeric() && c != '-' && c != '’' && c != '\'') {
        let lower = word.to_lowercase();
        // "Twenty-three" is a number as well.
        let parts = || lower.split('-').filter(|part| !part.is_empty());
        let number = lower.starts_with(|c: char| c.is_ascii_digit())
            || parts().next().is_some() && parts().all(|part| BEFORE.contains(&part));
        match head {
            _ if lower.is_empty() => {}
            None if number => {}
            // "1,047 in four days" counts nothing that it names.
            None if BEHIND.contains(&lower.as_str()) => return None,
            Some(_) if BEHIND.contains(&lower.as_str()) => break,
            // "20 observers deployed along …", but "three working groups".
            Some(head) if head.ends_with('s') && (lower.ends_with("ed") || lower.ends_with("ing")) => break,
            _ => head = Some(word),
        }
    }
    let noun = words_of(head?).into_iter().next()?;
    (!ANYBODY.contains(&noun.as_str())).then(|| Name::from(noun))
}

/// Nouns for people of no kind in particular, who are counted by one article under one of them and
/// by another under the next.
const ANYBODY: &[&str] =
    &["arrival", "human", "individual", "migrant", "people", "person", "refugee", "soul", "total", "victim"];

/// Words before a counted noun.
const BEFORE: &[&str] = &[
    "a",
    "about",
    "additional",
    "all",
    "almost",
    "an",
    "another",
    "approximately",
    "around",
    "at",
    "between",
    "dozen",
    "dozens",
    "eight",
    "eighteen",
    "eighty",
    "eleven",
    "fewer",
    "fifteen",
    "fifty",
    "first",
    "five",
    "forty",
    "four",
    "fourteen",
    "hundred",
    "hundreds",
    "least",
    "many",
    "million",
    "millions",
    "more",
    "most",
    "nearly",
    "nine",
    "nineteen",
    "ninety",
    "no",
    "of",
    "one",
    "only",
    "other",
    "over",
    "scores",
    "second",
    "seven",
    "seventeen",
    "seventy",
    "several",
    "six",
    "sixteen",
    "sixty",
    "some",
    "ten",
    "tens",
    "than",
    "the",
    "their",
    "these",
    "third",
    "thirteen",
    "thirty",
    "those",
    "thousand",
    "thousands",
    "three",
    "twelve",
    "twenty",
    "two",
    "up",
    "to",
    "and",
];

/// Words behind it.
const BEHIND: &[&str] = &[
    "aboard",
    "after",
    "among",
    "and",
    "are",
    "as",
    "at",
    "by",
    "during",
    "for",
    "from",
    "had",
    "have",
    "in",
    "including",
    "into",
    "is",
    "of",
    "on",
    "or",
    "over",
    "since",
    "still",
    "that",
    "to",
    "under",
    "was",
    "were",
    "which",
    "while",
    "who",
    "whose",
    "with",
    "from",
];

/// What the words of [`PARTS`] have in common, to pass over most quotes quickly.
static STEMS: LazyLock<AhoCorasick> = LazyLock::new(|| {
    let stems = PARTS.iter().flat_map(|(_, words)| words.iter());
    AhoCorasick::builder().ascii_case_insensitive(true).build(stems).expect("a few short words make a small automaton")
});

/// Every name that a group may have.
pub(super) fn group_names() -> impl Iterator<Item = &'static str> {
    PARTS.iter().chain(GROUPS).map(|(name, _)| *name)
}

/// The only one of some groups that a quote has a word for.
fn among(groups: &[(&'static str, &[&str])], quote: &str) -> Option<Name> {
    let mut words = words_of(quote);
    // "113 police officers" are no soldiers.
    if words.iter().any(|word| word == "police") {
        words.retain(|word| word != "officer");
    }
    let mut found = groups.iter().filter(|(_, all)| words.iter().any(|w| all.contains(&w.as_str())));
    match (found.next(), found.next()) {
        (Some((name, _)), None) => Some(Name::from(*name)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::claim::{Count, Quantity};

    #[test]
    fn what_is_counted() {
        for (quote, expected) in [
            ("three online working groups", "group"),
            ("more than 1,000-kilometre frontline", "frontline"),
            ("dozens of protesters in Tbilisi", "protester"),
            ("20 journalists", "journalist"),
            ("the 300 observers deployed along the border", "observer"),
            ("12", ""),
            ("Twenty-three", ""),
            ("twenty-three combatants", "combatant"),
            ("1,047 in four days", ""),
            ("the arrivals are 14,902", ""),
            ("74 dead and missing", "dead"),
        ] {
            assert_eq!(counted_noun(quote).as_deref().unwrap_or(""), expected, "{quote}");
        }
    }

    #[test]
    fn numbers_that_name_nobody() {
        for (quote, expected) in [
            ("seven", true),
            ("more than 50", true),
            ("the 14 dead", true),
            ("not five killed", true),
            ("27 people", false),
            ("48,458 martyrs", false),
            ("two others", false),
            ("12 Palestinians", false),
        ] {
            assert_eq!(names_nobody(quote), expected, "{quote}");
        }
    }

    #[test]
    fn groups_that_may_be_all_of_a_toll() {
        for (quote, expected) in [
            ("Four Thai soldiers", true),
            ("18 insurgents", true),
            ("19 men", true),
            ("48 officers", false),
            ("113 wounded police officers", false),
            ("20 monks", false),
            ("27 people", false),
        ] {
            assert_eq!(is_all_of_a_toll(quote), expected, "{quote}");
        }
    }

    #[test]
    fn parts_by_their_words() {
        for (quote, is_part, expected) in [
            ("12 people", false, None),
            ("3 children", false, Some("children")),
            ("five of them children", true, Some("children")),
            ("3 babies", false, Some("children")),
            ("women and children", true, None),
            ("two police officers", false, None),
            ("two journalists", true, Some("journalists")),
            ("31 Russian soldiers", false, None),
        ] {
            let count = Count { span: None, quantity: Quantity::exact(3) };
            let reading = Reading::new(count, "killed");
            let found = subset_of(&reading, quote).or_else(|| is_part.then(|| subset_of_part(quote)).flatten());
            assert_eq!(found.as_deref(), expected, "{quote}");
        }
    }
}
