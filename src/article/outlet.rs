//! Who publishes under an address.

use std::collections::BTreeMap;
use std::sync::LazyLock;

static HOSTS: LazyLock<BTreeMap<String, String>> = LazyLock::new(|| {
    let table: Vec<(String, String)> =
        ron::from_str(include_str!("../../assets/outlets/hosts.ron")).expect("hosts.ron is checked by a test");
    table.into_iter().collect()
});

/// Words that newspapers call themselves by, at the end of their name.
const ENDINGS: &[&str] = &[
    "advertiser",
    "atlantic",
    "bulletin",
    "chronicle",
    "citizen",
    "courier",
    "daily",
    "dispatch",
    "examiner",
    "express",
    "gazette",
    "globe",
    "guardian",
    "herald",
    "hill",
    "independent",
    "inquirer",
    "insider",
    "intercept",
    "international",
    "journal",
    "ledger",
    "life",
    "mail",
    "media",
    "mirror",
    "monitor",
    "news",
    "nation",
    "national",
    "observer",
    "online",
    "post",
    "press",
    "record",
    "register",
    "report",
    "reporter",
    "review",
    "standard",
    "star",
    "sun",
    "telegraph",
    "times",
    "today",
    "tribune",
    "voice",
    "week",
    "weekly",
    "world",
];

/// And at its beginning.
const BEGINNINGS: &[&str] = &["daily", "evening", "morning", "sunday", "radio", "news", "agence", "global", "new"];

/// Second-level labels under which names are given out, as in "co.uk".
const SHARED: &[&str] = &["co", "com", "org", "net", "gov", "gob", "gouv", "ac", "edu", "or", "ne", "in"];

/// The host of an address, lower-cased, without "www." and port. `None` where there is none.
pub(super) fn host_of(address: &str) -> Option<String> {
    let rest = address.split_once("://").map_or(address, |(_, rest)| rest);
    let host = rest.split(['/', '?', '#']).next()?.rsplit('@').next()?.split(':').next()?;
    let host = host.trim_end_matches('.').to_lowercase();
    let host = ["www.", "m.", "amp."].iter().find_map(|start| host.strip_prefix(start)).unwrap_or(&host);
    let sound = host.contains('.') && host.chars().all(|c| c.is_alphanumeric() || c == '.' || c == '-');
    sound.then(|| host.to_owned())
}

/// The name of the outlet at an address: from the table of hosts, else from the words of the host
/// ("themoscowtimes.com" is The Moscow Times).
pub(super) fn outlet_of(address: &str) -> Option<String> {
    let host = host_of(address)?;
    let mut part = host.as_str();
    loop {
        if let Some(name) = HOSTS.get(part) {
            return Some(name.clone());
        }
        match part.split_once('.') {
            Some((_, rest)) if rest.contains('.') => part = rest,
            _ => break,
        }
    }
    if host.chars().all(|c| c.is_ascii_digit() || c == '.') {
        return None;
    }
    let labels: Vec<&str> = host.split('.').collect();
    let mut place = labels.len().checked_sub(2)?;
    if place > 0 && SHARED.contains(&labels[place]) && labels[place + 1].len() == 2 {
        place -= 1;
    }
    Some(words_of_label(labels[place]))
}

fn words_of_label(label: &str) -> String {
    let mut words: Vec<String> = Vec::new();
    for part in label.split('-').filter(|part| !part.is_empty()) {
        let mut rest = part;
        let mut behind = Vec::new();
        while let Some(ending) = ENDINGS
            .iter()
            .filter(|ending| rest.ends_with(**ending))
            .max_by_key(|ending| ending.len())
            .filter(|ending| rest.len() == ending.len() || rest.len() >= ending.len() + 2)
        {
            rest = &rest[..rest.len() - ending.len()];
            behind.push(*ending);
        }
        let known = !behind.is_empty();
        if known && let Some(after) = rest.strip_prefix("the") {
            words.push("the".to_owned());
            rest = after;
        }
        if known
            && let Some(start) =
                BEGINNINGS.iter().find(|start| rest.len() > start.len() + 1 && rest.starts_with(**start))
        {
            words.push((*start).to_owned());
            rest = &rest[start.len()..];
        }
        if !rest.is_empty() {
            words.push(rest.to_owned());
        }
        words.extend(behind.into_iter().rev().map(str::to_owned));
    }
    let alone = words.len() == 1;
    let title = |word: String| {
        // A short name that stands alone is letters: BBC, TASS.
        if alone && word.len() <= 4 {
            return word.to_uppercase();
        }
        let mut chars = word.chars();
        chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
    };
    words.into_iter().map(title).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_outlet_by_its_address() {
        for (address, expected) in [
            ("https://www.themoscowtimes.com/2026/01/29/x", Some("The Moscow Times")),
            ("http://example-herald.co.uk/a", Some("Example Herald")),
            ("https://user@tass.com:443/world/1", Some("TASS")),
            ("https://www.theguardian.com/world", Some("The Guardian")),
            ("https://en.dailysabah.com", Some("Dailysabah")),
            ("https://www.kyivpost.com/post/1", Some("Kyiv Post")),
            ("https://edition.cnn.com/2026/", Some("CNN")),
            ("https://news.sky.com/story", Some("Sky News")),
            ("https://sport.bbc.co.uk/x", Some("BBC")),
            ("https://127.0.0.1/x", None),
            ("nothing", None),
            ("", None),
        ] {
            assert_eq!(outlet_of(address).as_deref(), expected, "{address}");
        }
    }

    #[test]
    fn the_table_reads() {
        assert!(HOSTS.len() > 50);
        assert!(HOSTS.keys().all(|host| host_of(host).as_ref() == Some(host)));
    }
}
