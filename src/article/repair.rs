//! What damaged characters were meant to be, position by position.
//!
//! Two kinds of damage are known. *Mojibake*: UTF-8 that was read in a legacy code page, so that
//! one character became two or three ("â€™"). *Lost quotes*: every quotation mark of a text became
//! one and the same stray character (U+FFFD, or the letter that their first byte is in some code
//! page), which is told by where it stands. The text itself is never changed.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, MatchKind};

/// A view over a text in which damaged characters read as the ones that were meant. Every
/// replaced character keeps its place: positions are those of the real text.
///
/// Where several characters stand for one, the first reads as the one that was meant and the
/// others as [`RepairView::NOTHING`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RepairView {
    /// Byte position, the character there, the character meant; sorted by position.
    repairs: Vec<(u32, char, char)>,
}

impl RepairView {
    /// What the further characters of a mojibake read as: a space of no width.
    pub const NOTHING: char = '\u{200B}';

    /// A view from its repairs, sorted by position.
    pub fn new(repairs: Vec<(u32, char, char)>) -> Self {
        Self { repairs }
    }

    /// Finds the damaged characters of a text. Real Thai, Russian, Greek, accented and other text
    /// is left alone: a character is taken for damage only where it can be nothing else.
    pub fn find(text: &str) -> Self {
        if text.is_ascii() {
            return Self::default();
        }
        let mut repairs = BTreeMap::new();
        find_mojibake(text, &mut repairs);
        find_lost_quotes(text, &mut repairs);
        Self { repairs: repairs.into_iter().map(|(at, (there, meant))| (at, there, meant)).collect() }
    }

    /// The repairs: byte position, the character there, the character meant.
    pub fn repairs(&self) -> &[(u32, char, char)] {
        &self.repairs
    }

    /// The character meant at a byte position, where it is damaged.
    pub fn at(&self, byte: usize) -> Option<char> {
        let byte = u32::try_from(byte).ok()?;
        let place = self.repairs.binary_search_by_key(&byte, |repair| repair.0).ok()?;
        Some(self.repairs[place].2)
    }

    /// How many characters are shown repaired.
    pub fn len(&self) -> usize {
        self.repairs.len()
    }

    /// Whether nothing is damaged.
    pub fn is_empty(&self) -> bool {
        self.repairs.is_empty()
    }
}

type Repairs = BTreeMap<u32, (char, char)>;

/// Every damaged spelling of a character: what its UTF-8 bytes look like in each legacy code page.
struct Mojibake {
    automaton: AhoCorasick,
    meant: Vec<char>,
}

static MOJIBAKE: LazyLock<Mojibake> = LazyLock::new(|| {
    // Three bytes each: quotes, dashes, dots, bullet, euro, trade mark, narrow space. In any code
    // page what they become is a sequence that no language writes.
    const THREE: &str = "‘’‚“”„–—―…•‹›€™\u{2009}\u{200A}\u{202F}′″−";
    let pages = [
        encoding_rs::WINDOWS_1252,
        encoding_rs::WINDOWS_1251,
        encoding_rs::WINDOWS_1250,
        encoding_rs::WINDOWS_1253,
        encoding_rs::WINDOWS_1254,
        encoding_rs::WINDOWS_1255,
        encoding_rs::WINDOWS_1256,
        encoding_rs::WINDOWS_1257,
        encoding_rs::WINDOWS_1258,
        encoding_rs::WINDOWS_874,
        encoding_rs::MACINTOSH,
        encoding_rs::IBM866,
        encoding_rs::KOI8_R,
    ];
    let mut spellings: BTreeMap<String, char> = BTreeMap::new();
    let mut add = |spelling: String, meant: char| {
        if spelling.chars().count() > 1 && !spelling.contains(['\u{FFFD}', ' ', '\n']) {
            spellings.entry(spelling).or_insert(meant);
        }
    };
    for meant in THREE.chars() {
        let mut utf8 = [0; 4];
        let bytes = meant.encode_utf8(&mut utf8).as_bytes();
        for page in pages {
            add(page.decode_without_bom_handling(bytes).0.into_owned(), meant);
            // Where a page leaves a byte empty, some programs fall back on Windows-1252.
            let one = |page: &'static encoding_rs::Encoding, byte: u8| {
                page.decode_without_bom_handling(&[byte]).0.into_owned()
            };
            let fall_back = |byte: &u8| match one(page, *byte) {
                c if c.chars().all(|c| ('\u{80}'..='\u{9F}').contains(&c)) => one(encoding_rs::WINDOWS_1252, *byte),
                c => c,
            };
            add(bytes.iter().map(fall_back).collect(), meant);
        }
        // Read as Latin-1, as programs do that know no code page: the rest are control characters.
        add(bytes.iter().map(|byte| char::from(*byte)).collect(), meant);
    }
    // Two bytes each: Western accented letters and signs, in the Western code pages alone, where
    // the second character is a sign and not a letter.
    for meant in '\u{A0}'..='\u{FF}' {
        let mut utf8 = [0; 4];
        let bytes = meant.encode_utf8(&mut utf8).as_bytes();
        let spelling = encoding_rs::WINDOWS_1252.decode_without_bom_handling(bytes).0.into_owned();
        if spelling.chars().nth(1).is_some_and(|c| !c.is_alphanumeric()) {
            add(spelling, meant);
        }
    }
    let automaton = AhoCorasick::builder()
        .match_kind(MatchKind::LeftmostLongest)
        .build(spellings.keys())
        .expect("a few hundred short patterns");
    Mojibake { automaton, meant: spellings.into_values().collect() }
});

fn find_mojibake(text: &str, repairs: &mut Repairs) {
    for hit in MOJIBAKE.automaton.find_iter(text) {
        let mut meant = MOJIBAKE.meant[hit.pattern().as_usize()];
        for (offset, there) in text[hit.range()].char_indices() {
            repairs.insert((hit.start() + offset) as u32, (there, meant));
            meant = RepairView::NOTHING;
        }
    }
    // C1 control characters are Windows-1252 read as Latin-1; no text uses them.
    for (at, there) in text.char_indices().filter(|(_, c)| ('\u{80}'..='\u{9F}').contains(c)) {
        let bytes = [there as u32 as u8];
        let (meant, _) = encoding_rs::WINDOWS_1252.decode_without_bom_handling(&bytes);
        if let Some(meant) = meant.chars().next().filter(|meant| *meant != there) {
            repairs.entry(at as u32).or_insert((there, meant));
        }
    }
}

/// Where a stray character stands, as a quotation mark would.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Role {
    /// Between letters, as in "Kyiv’s".
    Apostrophe,
    /// After a space, before a word.
    Opening,
    /// After punctuation or a word, before a space.
    Closing,
    /// Where no quotation mark can stand.
    Other,
}

/// Letters of scripts in which English or any Latin text has no business; everything that has
/// neither Latin letters nor common signs.
fn is_stray(c: char) -> bool {
    c == char::REPLACEMENT_CHARACTER
        || ('\u{E000}'..='\u{F8FF}').contains(&c)
        || (c.is_alphabetic() && !is_latin(c) && c != 'º' && c != 'ª' && c != 'µ')
}

pub(super) fn is_latin(c: char) -> bool {
    c.is_alphabetic()
        && matches!(c, '\0'..='\u{24F}' | '\u{1E00}'..='\u{1EFF}' | '\u{2C60}'..='\u{2C7F}' | '\u{A720}'..='\u{A7FF}' | '\u{FB00}'..='\u{FB06}')
}

fn find_lost_quotes(text: &str, repairs: &mut Repairs) {
    let mut counts: BTreeMap<char, usize> = BTreeMap::new();
    let mut latin = 0_usize;
    for (at, c) in text.char_indices() {
        latin += usize::from(is_latin(c));
        if is_stray(c) && !repairs.contains_key(&(at as u32)) {
            *counts.entry(c).or_default() += 1;
        }
    }
    // A text that uses a script writes many letters of it; quotes that were lost became one
    // character, or a few.
    let letters: Vec<char> = counts.keys().copied().filter(|c| c.is_alphabetic()).collect();
    if letters.len() > 2 {
        counts.retain(|c, _| !c.is_alphabetic());
    }
    for (stray, count) in counts {
        if latin < 5 * count {
            continue;
        }
        let places = places_of(text, stray, repairs);
        if is_convincing(stray, &places) {
            for (at, length, role, ends_quote) in places {
                let meant = match role {
                    Role::Apostrophe => '’',
                    Role::Opening => '“',
                    Role::Closing if ends_quote => '”',
                    Role::Closing => '’',
                    Role::Other => continue,
                };
                for n in 0..length {
                    let meant = if n == 0 { meant } else { RepairView::NOTHING };
                    repairs.insert((at + n * stray.len_utf8()) as u32, (stray, meant));
                }
            }
        }
    }
}

/// Byte, length in characters, role, and whether a quotation is open there.
type Place = (usize, usize, Role, bool);

fn places_of(text: &str, stray: char, repairs: &Repairs) -> Vec<Place> {
    let mut places: Vec<Place> = Vec::new();
    let (mut open, mut from) = (false, 0);
    while let Some(offset) = text[from..].find(stray) {
        let at = from + offset;
        // A new paragraph begins without a quotation; one that goes on is opened anew.
        open &= !text[from..at].contains('\n');
        let length = text[at..].chars().take_while(|c| *c == stray).count();
        let end = at + length * stray.len_utf8();
        from = end;
        if repairs.contains_key(&(at as u32)) {
            continue;
        }
        let role = if length <= 3 { role_of(&text[..at], &text[end..], open) } else { Role::Other };
        places.push((at, length, role, open));
        match role {
            Role::Opening => open = true,
            Role::Closing if open => open = false,
            _ => {}
        }
    }
    places
}

fn role_of(before: &str, after: &str, open: bool) -> Role {
    let (last, next) = (before.chars().next_back(), after.chars().next());
    let word = |c: Option<char>| c.is_some_and(|c| is_latin(c) || c.is_ascii_digit());
    let gap_before = last.is_none_or(|c| c.is_whitespace() || "([{—–-/".contains(c));
    let gap_after = next.is_none_or(|c| c.is_whitespace() || ".,;:!?)]}—–-/".contains(c));
    let punctuation = last.is_some_and(|c| ".,;:!?…)]%".contains(c));
    if last.is_some_and(is_latin) && next.is_some_and(is_latin) {
        return if is_elision(before, after) { Role::Apostrophe } else { Role::Other };
    }
    if gap_before && (word(next) || next.is_some_and(|c| "$£€([…".contains(c))) {
        return Role::Opening;
    }
    if gap_after && !gap_before && (punctuation || word(last)) && (open || punctuation || before.ends_with(['s', 'S']))
    {
        return Role::Closing;
    }
    Role::Other
}

/// Whether an apostrophe between two letters leaves a word that is written so: "Kyiv’s", "don’t",
/// "they’re", "O’Brien", "l’eau", "d’accord".
fn is_elision(before: &str, after: &str) -> bool {
    let head: String = before.chars().rev().take_while(|c| is_latin(*c)).take(8).collect();
    let head: String = head.chars().rev().collect::<String>();
    let tail: String = after.chars().take_while(|c| is_latin(*c)).take(3).collect();
    let capital = tail.chars().next().is_some_and(char::is_uppercase);
    if ["O", "D", "L"].contains(&head.as_str()) && capital {
        return true;
    }
    let (head, tail) = (head.to_lowercase(), tail.to_lowercase());
    let pronoun = ["i", "you", "he", "she", "it", "we", "they", "who", "that", "there", "what"].contains(&&*head);
    match tail.as_str() {
        "s" => true,
        "t" => head.ends_with('n'),
        "d" | "ll" | "m" | "re" => pronoun,
        "ve" => pronoun || ["could", "would", "should", "might", "must"].contains(&&*head),
        _ => ["l", "d", "j", "m", "n", "s", "t", "c", "qu"].contains(&&*head),
    }
}

/// U+FFFD is damage wherever it stands, and is read as a quote where it stands like one. A letter
/// must stand like one everywhere, and be seen in an elision or in pairs.
fn is_convincing(stray: char, places: &[Place]) -> bool {
    let of = |role: Role| places.iter().filter(|place| place.2 == role).count();
    let (apostrophes, openings, closings) = (of(Role::Apostrophe), of(Role::Opening), of(Role::Closing));
    if stray == char::REPLACEMENT_CHARACTER {
        // Where accented letters were lost too, an apostrophe cannot be told from an "é".
        return of(Role::Other) <= apostrophes + openings + closings;
    }
    of(Role::Other) == 0
        && (apostrophes > 0 || openings > 0)
        && openings.abs_diff(closings) <= 1 + openings / 4
        && (apostrophes > 0 || closings > 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn repaired(text: &str) -> String {
        let view = RepairView::find(text);
        text.char_indices().map(|(at, c)| view.at(at).unwrap_or(c)).filter(|c| *c != RepairView::NOTHING).collect()
    }

    #[test]
    fn damage_reads_as_what_was_meant() {
        for (text, expected) in [
            // Quotes that all became one Thai letter.
            (
                "Iraqโs ministry confirmed it.\nโWe got 40 bodies, which they say are ours,โ it said near โBasra.โ This",
                "Iraq’s ministry confirmed it.\n“We got 40 bodies, which they say are ours,” it said near “Basra.” This",
            ),
            ("The soldiersโ families thanked Georgiaโs envoy.", "The soldiers’ families thanked Georgia’s envoy."),
            // The same through other code pages.
            ("Iraqвs ministry said вnoв to them", "Iraq’s ministry said “no” to them"),
            ("Iraq\u{fffd}s ministry said \u{fffd}no.\u{fffd} It stayed", "Iraq’s ministry said “no.” It stayed"),
            ("It\u{fffd}\u{fffd}\u{fffd}s over, they said", "It’s over, they said"),
            // UTF-8 read in a code page.
            ("Iraqâ€™s â€œfinalâ€\u{9d} count â€“ 40 â€¦", "Iraq’s “final” count – 40 …"),
            ("Iraqв\u{402}™s вЂ“ 40", "Iraq’s – 40"),
            ("Iraqโ€™s", "Iraq’s"),
            ("JosÃ© in SÃ£o Paulo", "José in São Paulo"),
            ("itâ\u{80}\u{99}s", "it’s"),
            ("it\u{92}s \u{93}so\u{94}", "it’s “so”"),
        ] {
            assert_eq!(repaired(text), expected, "{text}");
        }
    }

    #[test]
    fn sound_text_is_left_alone() {
        for text in [
            "",
            "กองทัพไทยส่งคืนร่างทหาร 18 นาย โรงพยาบาล",
            "The Thai word โรงเรียน means school, and โรค means disease.",
            "Россия передала Украине 1000 тел, в ответ получила 38.",
            "The letter в is the third; in Russian, в also means “in”.",
            "The TGF-β pathway and α-particles, 5 µm, Ω",
            "He wrote “π” and 'Σ' on the board",
            "na\u{fffd}ve caf\u{fffd} owners",
            "Ukraine’s “final” count – 38 …",
            "les côtes d’Azur, São Paulo, Ånge, Ça va",
            "א is the first letter. The sign ש is on the door.",
            "中文 and 日本語 text with 1 quote",
            "Ελλάδα's flag; Грузия’s envoy",
        ] {
            assert_eq!(RepairView::find(text), RepairView::default(), "{text}");
        }
    }
}
