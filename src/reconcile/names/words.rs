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

/// The bytes of the longest of these.
const LONGEST_SMALL: usize = 4;

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
        if word.len() <= LONGEST_SMALL && (word.is_empty() || SMALL.contains(&word.as_str())) {
            word.clear();
        } else {
            level(word);
            words.push(std::mem::take(word));
        }
    };
    while let Some(c) = chars.next() {
        match c {
            c if c.is_ascii_alphanumeric() => word.push(c.to_ascii_lowercase()),
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

/// Levels British spelling and the plural.
fn level(word: &mut String) {
    let american = match word.as_str() {
        "defence" => "defense",
        "centre" => "center",
        "organisation" => "organization",
        "labour" => "labor",
        _ => "",
    };
    if !american.is_empty() {
        word.clear();
        word.push_str(american);
    }
    if word.len() <= 4 || !word.ends_with('s') || word.ends_with("ss") || word.ends_with("us") || word.ends_with("is") {
        // No plural.
    } else if word.ends_with("ies") {
        word.truncate(word.len() - 3);
        word.push('y');
    } else {
        word.pop();
    }
    match word.as_str() {
        "witnesse" | "eyewitnesse" => word.truncate(word.len() - 1),
        "spokesmen" => {
            word.clear();
            word.push_str("spokesman");
        }
        _ => {}
    }
}
