//! What a reader of a text cannot see: invisible characters, changes of direction, words whose
//! letters only look alike.

use unicode_segmentation::UnicodeSegmentation;

use super::Remark;
use super::repair::is_latin;
use crate::claim::Span;

/// A place in a text that is not what it seems.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hidden {
    /// Where.
    pub span: Span,
    /// What it is: "space of no width (U+200B)".
    pub name: String,
    kind: Kind,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Character,
    Word,
}

/// Every place in a text that is not what it seems, in order: invisible characters, control
/// characters, changes of direction, and words in which letters of another script stand for Latin
/// ones. Joiners and marks that belong to the writing of emoji and of other scripts are none.
pub fn hidden(text: &str) -> Vec<Hidden> {
    let mut found = Vec::new();
    // Most texts have nothing to hide, and that is quickly seen.
    if !text.bytes().any(|byte| byte >= 0x80 || (byte < 0x20 && !matches!(byte, b'\t' | b'\n' | 0x0C)) || byte == 0x7F)
    {
        return found;
    }
    for (at, c) in text.char_indices() {
        let Some(name) = name_of(c) else { continue };
        // Joiners between emoji and marks in right-to-left or Indic words are part of the writing.
        let last = text[..at].chars().next_back();
        let next = text[at + c.len_utf8()..].chars().next();
        let joins = matches!(c, '\u{200C}'..='\u{200F}' | '\u{61C}' | '\u{34F}' | '\u{180E}');
        if !joins || [last, next].into_iter().flatten().all(|c| c.is_ascii() || is_latin(c)) {
            let name = format!("{name} (U+{:04X})", u32::from(c));
            found.push(Hidden { span: Span::new(at, at + c.len_utf8()), name, kind: Kind::Character });
        }
    }
    // Words are looked for only where a stranger is.
    let strange = text.chars().any(is_strange);
    let text = if strange { text } else { "" };
    for (at, word) in text.unicode_word_indices().filter(|(_, word)| mixes_scripts(word)) {
        let strangers: String = word.chars().filter(|c| !c.is_ascii()).take(12).collect();
        let name = format!("“{word}” mixes scripts: “{strangers}” only look Latin");
        found.push(Hidden { span: Span::new(at, at + word.len()), name, kind: Kind::Word });
    }
    found.sort_by_key(|hidden| hidden.span);
    found
}

/// At most so many places are named of each kind; the last remark says how many more there are.
const NAMED: usize = 20;

/// What is hidden, as remarks on an article.
pub(super) fn remarks(text: &str) -> Vec<Remark> {
    let found = hidden(text);
    let mut remarks = Vec::new();
    for (kind, what) in
        [(Kind::Character, "invisible or direction-changing characters"), (Kind::Word, "words of mixed scripts")]
    {
        let of_kind = || found.iter().filter(move |hidden| hidden.kind == kind);
        let remark = |hidden: &Hidden| Remark { span: Some(hidden.span), text: hidden.name.clone() };
        remarks.extend(of_kind().take(NAMED).map(remark));
        if let more @ 1.. = of_kind().count().saturating_sub(NAMED) {
            remarks.push(Remark { span: None, text: format!("{more} more {what}") });
        }
    }
    remarks
}

fn name_of(c: char) -> Option<&'static str> {
    Some(match c {
        '\u{200B}' => "space of no width",
        '\u{200C}' | '\u{200D}' | '\u{34F}' => "invisible joiner",
        '\u{200E}' | '\u{200F}' | '\u{61C}' => "invisible direction mark",
        '\u{202A}' | '\u{202B}' | '\u{2066}'..='\u{2068}' => "change of direction",
        '\u{202D}' | '\u{202E}' => "direction override",
        '\u{202C}' | '\u{2069}' => "end of a change of direction",
        '\u{2060}'..='\u{2064}' | '\u{206A}'..='\u{206F}' | '\u{180E}' => "invisible joiner",
        '\u{115F}' | '\u{1160}' | '\u{3164}' | '\u{FFA0}' => "invisible filler",
        '\u{FEFF}' => "byte-order mark inside the text",
        '\u{AD}' => "soft hyphen",
        '\u{FFF9}'..='\u{FFFB}' => "invisible annotation mark",
        '\u{E0000}'..='\u{E007F}' => "invisible tag character",
        '\0' => "NUL, which no text has",
        '\t' | '\n' | '\u{c}' => return None,
        // What Windows-1252 became where it was read as Latin-1 is repaired, not remarked on.
        c if c.is_control() && !('\u{80}'..='\u{9F}').contains(&c) => "control character",
        _ => return None,
    })
}

/// Greek or Cyrillic.
fn is_strange(c: char) -> bool {
    matches!(c, '\u{370}'..='\u{52F}')
}

/// Latin and Cyrillic, or Latin and Greek, in one word, the strangers being such as look Latin.
fn mixes_scripts(word: &str) -> bool {
    const LOOK_LATIN: &str = "АВСЕНІЈКМОРЅТХҮаеіјорсухһԁѕΑΒΕΖΗΙΚΜΝΟΡΤΥΧοαν";
    let latin = word.chars().any(is_latin);
    let strangers = || word.chars().filter(|c| is_strange(*c) && c.is_alphabetic());
    latin && strangers().next().is_some() && strangers().all(|c| LOOK_LATIN.contains(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_seen_is_said() {
        for (text, place, name) in [
            ("1\u{200B}000 bodies", "\u{200B}", "space of no width (U+200B)"),
            ("ab\u{202E}cd", "\u{202E}", "direction override (U+202E)"),
            ("an\u{AD}other", "\u{AD}", "soft hyphen (U+00AD)"),
            ("a\u{FEFF}b", "\u{FEFF}", "byte-order mark inside the text (U+FEFF)"),
            ("4\u{3164}0", "\u{3164}", "invisible filler (U+3164)"),
            ("forty\0 bodies", "\0", "NUL, which no text has (U+0000)"),
            ("forty\u{1b}[8m bodies", "\u{1b}", "control character (U+001B)"),
            ("the Кremlin said", "Кremlin", "“Кremlin” mixes scripts: “К” only look Latin"),
        ] {
            let found = hidden(text);
            let shown: Vec<_> = found.iter().map(|h| (h.span.of(text), h.name.as_str())).collect();
            assert_eq!(shown, [(place, name)], "{text}");
        }
        for text in [
            "👩\u{200D}👧 family",
            "می\u{200C}خواهم",
            "Кремль and the Kremlin",
            "β-carotene αβγ",
            "Ελλάδα",
            "plain\ttext\nof two lines",
        ] {
            assert_eq!(hidden(text), [], "{text}");
        }
    }

    #[test]
    fn of_a_thousand_places_some_are_named_and_all_are_found() {
        let text = "\u{200B}".repeat(1000);
        assert_eq!(hidden(&text).len(), 1000);
        let remarks = remarks(&text);
        assert_eq!(remarks.len(), NAMED + 1);
        assert_eq!(remarks[NAMED].text, "980 more invisible or direction-changing characters");
    }
}
