//! The words of names: how they are levelled, and what some of them say of who bears the name.

/// Words of a name that say that it is an official body or person of the party named with them.
pub(super) const OFFICIAL: &[&str] = &[
    "administration",
    "admiral",
    "ambassador",
    "army",
    "authority",
    "cabinet",
    "chancellor",
    "chief",
    "commander",
    "commission",
    "commissioner",
    "command",
    "committee",
    "council",
    "defense",
    "delegation",
    "department",
    "diplomat",
    "duma",
    "embassy",
    "force",
    "foreign",
    "general",
    "government",
    "governor",
    "headquarter",
    "intelligence",
    "interior",
    "lawmaker",
    "leadership",
    "mayor",
    "military",
    "minister",
    "ministry",
    "negotiator",
    "office",
    "official",
    "ombudsman",
    "parliament",
    "police",
    "president",
    "premier",
    "prime",
    "prosecutor",
    "secretary",
    "security",
    "senator",
    "service",
    "side",
    "spokesman",
    "spokesperson",
    "spokeswoman",
    "staff",
    "state",
];

/// Words that, beside a party's name alone, leave its government: "the Russian side".
pub(super) const GOVERNMENT: &[&str] =
    &["administration", "authority", "government", "leadership", "official", "regime", "side", "state"];

/// Words of a name that say that it relays or watches, and speaks for no side.
pub(super) const RELAY: &[&str] = &[
    "activist",
    "agency",
    "analyst",
    "broadcaster",
    "group",
    "investigation",
    "investigator",
    "journalist",
    "media",
    "monitor",
    "ngo",
    "news",
    "newspaper",
    "observatory",
    "outlet",
    "radio",
    "researcher",
    "television",
    "tv",
];

/// Words that say that a source is not named.
pub(super) const NAMELESS: &[&str] = &["anonymous", "undisclosed", "unidentified", "unnamed"];

/// Words that, alone, name nobody.
pub(super) const NOBODY: &[&str] = &["eyewitness", "insider", "official", "resident", "source", "survivor", "witness"];

pub(super) const SMALL: &[&str] =
    &["a", "an", "and", "at", "by", "for", "from", "in", "it", "of", "on", "s", "the", "to"];

/// Lower case, apostrophes made one, the genitive and small words left out, words joined by one space.
pub(in super::super) fn plain(name: &str) -> String {
    words_of(name).join(" ")
}

/// The words of a name: lower case, possessive endings and small words left out, British spelling
/// and the plural levelled.
pub(in super::super) fn words_of(name: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut word = String::new();
    let mut chars = name.chars().peekable();
    let mut flush = |word: &mut String| {
        if !word.is_empty() && !SMALL.contains(&word.as_str()) {
            words.push(level(word));
        }
        word.clear();
    };
    while let Some(c) = chars.next() {
        match c {
            c if c.is_alphanumeric() && c != '\u{0E42}' => word.extend(c.to_lowercase()),
            // "U.S." and "Jan." are one word each; so is "O'Neill", but "Ukraine's" ends before it.
            '.' if chars.peek().is_some_and(|next| next.is_alphanumeric()) && word.chars().count() == 1 => {}
            '.' if word.chars().count() <= 3 => {}
            '\'' | '’' | '‘' | '`' | '\u{0E42}' => {
                let rest: String = chars.clone().take(2).collect();
                let mut rest = rest.chars();
                let genitive = rest.next().is_some_and(|s| s == 's' || s == 'S')
                    && rest.next().is_none_or(|after| !after.is_alphanumeric());
                if genitive {
                    chars.next();
                    flush(&mut word);
                }
            }
            _ => flush(&mut word),
        }
    }
    flush(&mut word);
    words
}

fn level(word: &str) -> String {
    let word = match word {
        "defence" => "defense",
        "centre" => "center",
        "organisation" => "organization",
        "labour" => "labor",
        other => other,
    };
    let singular = match word {
        _ if word.len() <= 4 || word.ends_with("ss") || word.ends_with("us") || word.ends_with("is") => word.to_owned(),
        _ if word.ends_with("ies") => format!("{}y", &word[..word.len() - 3]),
        _ if word.ends_with('s') => word[..word.len() - 1].to_owned(),
        _ => word.to_owned(),
    };
    match singular.as_str() {
        "witnesse" => "witness".to_owned(),
        "eyewitnesse" => "eyewitness".to_owned(),
        "spokesmen" => "spokesman".to_owned(),
        _ => singular,
    }
}
