//! What keeps two counts of one category apart: a part ("five of them children"), or a place.

use crate::claim::{Name, Reading};

use super::names::words_of;

/// Groups that, as a rule, are counted as a part of a toll, by every word for them (levelled as
/// [`words_of`] does).
const PARTS: &[(&str, &[&str])] = &[
    ("children", &["child", "children", "minor", "infant", "baby", "toddler", "kid", "newborn", "teenager"]),
    ("women", &["woman", "women", "girl", "mother"]),
    ("elderly", &["elderly", "pensioner"]),
];

/// Groups that may be all of a toll as well as a part of it; they keep a count apart only where
/// the text says that it is a part.
const GROUPS: &[(&str, &[&str])] = &[
    ("men", &["man", "men", "boy"]),
    ("civilians", &["civilian"]),
    ("military", &["soldier", "troop", "servicemen", "serviceman", "fighter", "military", "officer", "conscript"]),
    ("police", &["police", "policeman", "policemen"]),
    ("journalists", &["journalist", "reporter"]),
    ("medics", &["medic", "doctor", "nurse", "paramedic"]),
    ("rescuers", &["rescuer", "firefighter"]),
    ("foreigners", &["foreigner", "foreign"]),
    ("crew", &["crew"]),
    ("passengers", &["passenger"]),
    ("students", &["student", "pupil"]),
];

/// The subset of a reading: the analyst's, else what the words of its quote say.
pub(super) fn subset_of(reading: &Reading, quote: &str) -> Option<Name> {
    if let Some(subset) = reading.subset.as_ref().filter(|subset| !subset.trim().is_empty()) {
        return Some(subset.clone());
    }
    // Whoever is handed over is counted whole; "women" among prisoners would be said as a part.
    let is_part = reading.part_of.is_some();
    let words = words_of(quote);
    let among = |groups: &[(&'static str, &[&str])]| {
        let mut found = groups.iter().filter(|(_, all)| words.iter().any(|w| all.contains(&w.as_str())));
        match (found.next(), found.next()) {
            (Some((name, _)), None) => Some(Name::from(*name)),
            _ => None,
        }
    };
    match among(PARTS) {
        Some(part) => Some(part),
        None if is_part => among(GROUPS),
        None => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::claim::{Count, Link, Quantity};

    #[test]
    fn parts_by_their_words() {
        for (quote, is_part, expected) in [
            ("12 people", false, None),
            ("3 children", false, Some("children")),
            ("five of them children", true, Some("children")),
            ("women and children", true, None),
            ("two police officers", false, None),
            ("two journalists", true, Some("journalists")),
            ("31 Russian soldiers", false, None),
        ] {
            let count = Count { span: None, quantity: Quantity::exact(3) };
            let mut reading = Reading::new(count, "killed");
            reading.part_of = is_part.then_some(Link { span: None });
            assert_eq!(subset_of(&reading, quote).as_deref(), expected, "{quote}");
        }
    }
}
