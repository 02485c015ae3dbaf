//! Which characters the bytes stand for, and why it was decided so.
//!
//! The order of decisions: an encoding chosen by hand; a byte-order mark; what the file declares,
//! where it decodes cleanly; strict UTF-8; UTF-8 with a few bad bytes; UTF-16 without a mark;
//! the guess that a browser would make.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{UTF_8, UTF_16BE, UTF_16LE};

use crate::claim::Name;

/// The encoding that was used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Encoding {
    /// Its name: "UTF-8".
    pub name: Name,
    /// How it was decided: "strict UTF-8".
    pub reason: Name,
}

/// The reason of an encoding that somebody chose.
pub(super) const BY_HAND: &str = "by hand";

/// Text from bytes: BOM removed, CRLF and lone CR made LF, undecodable bytes U+FFFD.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decoded {
    /// The text.
    pub text: String,
    /// The encoding.
    pub encoding: Encoding,
    /// Where in `text` a U+FFFD stands for bytes that could not be decoded: byte positions,
    /// ascending. A U+FFFD that was in the file is not among them.
    pub bad: Vec<usize>,
}

/// Decodes a file. `forced` is a label chosen by hand, `declared` the label that the file itself
/// gives. The error is a sentence without the file's name.
pub fn decode(bytes: &[u8], forced: Option<&str>, declared: Option<&str>) -> Result<Decoded, String> {
    if let Some(label) = forced {
        let encoding = encoding_rs::Encoding::for_label(label.trim().as_bytes())
            .ok_or_else(|| format!("there is no encoding called “{label}”; try “utf-8” or “windows-1251”"))?;
        return Ok(with(encoding, bytes, BY_HAND));
    }
    if let Some(what) = binary_kind(bytes) {
        return Err(format!("this is {what}, not a text; save or export it as text or HTML, and open that"));
    }
    let decoded = choose(bytes, declared);
    if looks_binary(&decoded.text) {
        return Err("this is no text: it is full of control characters; if it is one after all, open it with an \
                    encoding chosen by hand"
            .to_owned());
    }
    Ok(decoded)
}

fn choose(bytes: &[u8], declared: Option<&str>) -> Decoded {
    if let Some((encoding, _)) = encoding_rs::Encoding::for_bom(bytes) {
        return with(encoding, bytes, "byte-order mark");
    }
    let survey = Survey::of(bytes);
    if let Some(encoding) = declared.and_then(|label| encoding_rs::Encoding::for_label(label.as_bytes()))
        // A declaration that can be read as bytes is never true of UTF-16.
        && encoding != UTF_16LE
        && encoding != UTF_16BE
    {
        // Bytes that are sound UTF-8, with characters beyond ASCII, are that and nothing else: an
        // old declaration is often left standing by the program that saved the page.
        if encoding != UTF_8 && survey.bad == 0 && survey.good > 0 {
            let reason = format!("strict UTF-8, though {} is declared", encoding.name());
            return with(UTF_8, bytes, &reason);
        }
        let decoded = with(encoding, bytes, "declared");
        if decoded.bad.is_empty() {
            return decoded;
        }
    }
    if let Some(encoding) = unmarked_utf16(bytes, &survey) {
        return with(encoding, bytes, "zero bytes, no mark");
    }
    if survey.bad == 0 {
        return with(UTF_8, bytes, "strict UTF-8");
    }
    if survey.is_damaged_utf8() {
        return with(UTF_8, bytes, "UTF-8 with bad bytes");
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    with(detector.guess(None, Utf8Detection::Deny), bytes, "guessed")
}

/// What the bytes look like as UTF-8.
struct Survey {
    /// Characters beyond ASCII that are sound.
    good: usize,
    /// Sequences that are not.
    bad: usize,
    /// Those among them that mean something in the legacy encodings of the West: a curly quote,
    /// a dash, a letter beside a letter.
    meaningful: usize,
}

impl Survey {
    fn of(bytes: &[u8]) -> Self {
        let mut survey = Self { good: 0, bad: 0, meaningful: 0 };
        let mut last = None;
        let mut chunks = bytes.utf8_chunks().peekable();
        while let Some(chunk) = chunks.next() {
            survey.good += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
            last = chunk.valid().chars().next_back().or(last);
            if chunk.invalid().is_empty() {
                continue;
            }
            survey.bad += 1;
            let next = chunks.peek().and_then(|next| next.valid().chars().next());
            let beside_letter = last.is_some_and(char::is_alphabetic) || next.is_some_and(char::is_alphabetic);
            let meant = match chunk.invalid()[0] {
                0x80 | 0x82 | 0x84 | 0x85 | 0x91..=0x97 | 0xA0 | 0xA3 | 0xAB | 0xB0 | 0xBB => true,
                0xC0..=0xFD => beside_letter,
                _ => false,
            };
            // A file cut in the middle of a character has nothing behind it.
            survey.meaningful += usize::from(meant && (next.is_some() || chunk.invalid().len() == 1));
        }
        survey
    }

    /// A single bad byte must not turn a UTF-8 file into Windows-1252; nor is a Windows-1252 file
    /// in which two letters happen to make a UTF-8 character UTF-8.
    fn is_damaged_utf8(&self) -> bool {
        if self.good > 0 { self.bad <= self.good } else { self.meaningful == 0 && self.bad <= 8 }
    }
}

fn with(encoding: &'static encoding_rs::Encoding, bytes: &[u8], reason: &str) -> Decoded {
    let body = match encoding_rs::Encoding::for_bom(bytes) {
        Some((marked, length)) if marked == encoding => &bytes[length..],
        _ => bytes,
    };
    let mut out = Writer::default();
    if encoding == UTF_8 {
        for chunk in body.utf8_chunks() {
            out.push(chunk.valid());
            if !chunk.invalid().is_empty() {
                out.push_bad();
            }
        }
    } else {
        decode_legacy(encoding, body, &mut out);
    }
    let Writer { text, bad, .. } = out;
    Decoded { text, encoding: Encoding { name: encoding.name().into(), reason: reason.into() }, bad }
}

fn decode_legacy(encoding: &'static encoding_rs::Encoding, mut body: &[u8], out: &mut Writer) {
    let mut decoder = encoding.new_decoder_without_bom_handling();
    let mut buffer = String::with_capacity(16 * 1024);
    loop {
        let (result, read) = decoder.decode_to_string_without_replacement(body, &mut buffer, true);
        body = &body[read..];
        out.push(&buffer);
        buffer.clear();
        match result {
            encoding_rs::DecoderResult::InputEmpty => break,
            encoding_rs::DecoderResult::OutputFull => {}
            encoding_rs::DecoderResult::Malformed(..) => out.push_bad(),
        }
    }
}

/// Collects text and makes its line ends LF on the way.
#[derive(Default)]
struct Writer {
    text: String,
    bad: Vec<usize>,
    after_cr: bool,
}

impl Writer {
    fn push(&mut self, mut piece: &str) {
        if self.after_cr && !piece.is_empty() {
            piece = piece.strip_prefix('\n').unwrap_or(piece);
            self.after_cr = false;
        }
        while let Some(cr) = piece.find('\r') {
            self.text.push_str(&piece[..cr]);
            self.text.push('\n');
            piece = &piece[cr + 1..];
            if piece.is_empty() {
                self.after_cr = true;
            }
            piece = piece.strip_prefix('\n').unwrap_or(piece);
        }
        self.text.push_str(piece);
    }

    fn push_bad(&mut self) {
        self.after_cr = false;
        self.bad.push(self.text.len());
        self.text.push(char::REPLACEMENT_CHARACTER);
    }
}

/// UTF-16 without a mark: zero bytes on one side of the pairs only, few different high bytes, no
/// lone surrogates, and nothing that could as well be UTF-8 with a stray NUL.
fn unmarked_utf16(bytes: &[u8], survey: &Survey) -> Option<&'static encoding_rs::Encoding> {
    let units = bytes.len() / 2;
    if units < 4 || !bytes.len().is_multiple_of(2) || !bytes.contains(&0) {
        return None;
    }
    let control = |byte: &&u8| **byte < 0x20 && !matches!(**byte, b'\t' | b'\n' | b'\r' | 0x0C);
    let odd_as_utf8 = survey.bad > 0 || bytes.iter().filter(control).count() * 10 > bytes.len();
    [(UTF_16LE, 1), (UTF_16BE, 0)].into_iter().find_map(|(encoding, high)| {
        let mut highs = [0_usize; 256];
        let mut low_zero = 0;
        for pair in bytes.chunks_exact(2) {
            highs[pair[high] as usize] += 1;
            low_zero += usize::from(pair[1 - high] == 0);
        }
        let usual = highs[0] + highs[0x20];
        let script = (1..256).filter(|high| *high != 0x20).map(|high| highs[high]).max().unwrap_or(0);
        let plausible = odd_as_utf8 && highs[0] > 0 && (usual + script) * 10 >= units * 9 && low_zero * 12 <= units;
        (plausible && with(encoding, bytes, "").bad.is_empty()).then_some(encoding)
    })
}

/// What a file is that begins like this, where it is certainly no text.
fn binary_kind(bytes: &[u8]) -> Option<&'static str> {
    const MAGIC: &[(&[u8], &str)] = &[
        (b"\x89PNG\r\n\x1a\n", "a PNG image"),
        (b"\xFF\xD8\xFF", "a JPEG image"),
        (b"GIF87a", "a GIF image"),
        (b"GIF89a", "a GIF image"),
        (b"%PDF-", "a PDF document"),
        (b"PK\x03\x04", "a ZIP archive (or a document that is one inside: DOCX, ODT, EPUB)"),
        (b"PK\x05\x06", "an empty ZIP archive"),
        (b"\x7FELF", "a program"),
        (b"\x1F\x8B", "a gzip archive"),
        (b"7z\xBC\xAF\x27\x1C", "a 7-Zip archive"),
        (b"Rar!\x1A\x07", "a RAR archive"),
        (b"BZh", "a bzip2 archive"),
        (b"\xFD7zXZ\0", "an xz archive"),
        (b"\x28\xB5\x2F\xFD", "a Zstandard archive"),
        (b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", "an old Office document"),
        (b"SQLite format 3\0", "an SQLite database"),
        (b"{\\rtf", "a rich-text document"),
        (b"OggS", "an Ogg recording"),
        (b"ID3", "an MP3 recording"),
        (b"bplist00", "a binary property list"),
    ];
    let exact = |magic: &[u8]| match magic {
        // Three letters could begin a text as well: they need a byte that no text has.
        b"BZh" | b"ID3" | b"OggS" => bytes.starts_with(magic) && bytes.iter().take(32).any(|b| *b < 7),
        _ => bytes.starts_with(magic),
    };
    if let Some((_, what)) = MAGIC.iter().find(|(magic, _)| exact(magic)) {
        return Some(what);
    }
    let chunk = |at: usize, magic: &[u8]| bytes.get(at..at + magic.len()) == Some(magic);
    if chunk(0, b"RIFF") && (chunk(8, b"WEBP") || chunk(8, b"WAVE") || chunk(8, b"AVI ")) {
        return Some("a picture, recording or film");
    }
    if chunk(4, b"ftyp") {
        return Some("a film or recording");
    }
    (chunk(0, b"MZ") && bytes.iter().take(128).filter(|b| **b == 0).count() > 16).then_some("a program")
}

/// More than a tenth of the characters are NUL or other control characters that no text uses.
fn looks_binary(text: &str) -> bool {
    let (mut control, mut all) = (0_usize, 0_usize);
    for c in text.chars() {
        all += 1;
        control += usize::from(c.is_control() && !matches!(c, '\t' | '\n' | '\u{c}' | '\u{1b}' | '\u{80}'..='\u{9f}'));
    }
    // A few NULs in a short note are left alone.
    control > 8 && control * 10 > all
}

/// The encoding that a page declares in its first kilobytes: `<meta charset>`, `<meta http-equiv>`
/// or the XML declaration.
pub fn declared_in_markup(bytes: &[u8]) -> Option<String> {
    let head: String =
        bytes[..bytes.len().min(4096)].iter().map(|byte| char::from(byte.to_ascii_lowercase())).collect();
    let value_after = |text: &str, key: &str| -> Option<String> {
        let rest = text[text.find(key)? + key.len()..].trim_start().strip_prefix('=')?.trim_start();
        let rest = rest.trim_start_matches(['"', '\'']);
        let label: String = rest.chars().take_while(|c| c.is_ascii_alphanumeric() || "-_:.".contains(*c)).collect();
        (!label.is_empty()).then_some(label)
    };
    if let Some(declaration) = head.trim_start().strip_prefix("<?xml").and_then(|rest| rest.split("?>").next())
        && let Some(label) = value_after(declaration, "encoding")
    {
        return Some(label);
    }
    head.split("<meta").skip(1).find_map(|tag| value_after(tag.split('>').next().unwrap_or(""), "charset"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn utf16(text: &str, little: bool) -> Vec<u8> {
        text.encode_utf16().flat_map(|unit| if little { unit.to_le_bytes() } else { unit.to_be_bytes() }).collect()
    }

    fn check(bytes: &[u8], text: &str, name: &str, reason: &str) {
        let decoded = decode(bytes, None, None).expect(text);
        assert_eq!(
            (decoded.text.as_str(), &*decoded.encoding.name, &*decoded.encoding.reason),
            (text, name, reason),
            "{bytes:?}"
        );
    }

    #[test]
    fn each_step_of_the_order() {
        check(b"", "", "UTF-8", "strict UTF-8");
        check("\u{feff}ab\u{feff}c".as_bytes(), "ab\u{feff}c", "UTF-8", "byte-order mark");
        check("“35 тел” 😀 e\u{301}".as_bytes(), "“35 тел” 😀 e\u{301}", "UTF-8", "strict UTF-8");
        for little in [true, false] {
            let name = if little { "UTF-16LE" } else { "UTF-16BE" };
            for text in ["Some 1,000 bodies were “returned” 😀.", "Вернули тела 1000 солдат, пишет РБК."]
            {
                check(&utf16(text, little), text, name, "zero bytes, no mark");
                check(&utf16(&format!("\u{feff}{text}"), little), text, name, "byte-order mark");
            }
        }
        let russian = "Россия передала Украине тела тысячи погибших военных — «РБК».";
        let (bytes, _, _) = encoding_rs::WINDOWS_1251.encode(russian);
        check(&bytes, russian, "windows-1251", "guessed");
        let (bytes, _, _) = encoding_rs::WINDOWS_1252.encode("The ministry’s “final” count – 38 – stands.");
        check(&bytes, "The ministry’s “final” count – 38 – stands.", "windows-1252", "guessed");
    }

    #[test]
    fn a_bad_byte_is_shown_and_not_spread() {
        for (bytes, text, bad) in [
            (&b"the \xe2\x80\x9cfinal\xe2\x80\x9d to\xffll"[..], "the “final” to\u{fffd}ll", vec![18]),
            (b"plain \xff text", "plain \u{fffd} text", vec![6]),
            (b"cut \xe2\x80\x99 short \xe2\x80", "cut ’ short \u{fffd}", vec![14]),
            (b"was \xef\xbf\xbd there, \xe2\x80\x99 \xfe", "was \u{fffd} there, ’ \u{fffd}", vec![19]),
        ] {
            let decoded = decode(bytes, None, None).expect(text);
            assert_eq!((decoded.text.as_str(), &*decoded.encoding.reason), (text, "UTF-8 with bad bytes"));
            assert_eq!(decoded.bad, bad, "{text}");
        }
    }

    #[test]
    fn line_ends_become_lf_and_nothing_else_changes() {
        check(b"a\r\nb\rc\n\r\nd\r\r\n", "a\nb\nc\n\nd\n\n", "UTF-8", "strict UTF-8");
        check(b"a\0b  c\td\x0ce", "a\0b  c\td\u{c}e", "UTF-8", "strict UTF-8");
        check("a\u{2028}b\u{85}c".as_bytes(), "a\u{2028}b\u{85}c", "UTF-8", "strict UTF-8");
        assert_eq!(with(UTF_16LE, &utf16("a\r\nb\r", true), "").text, "a\nb\n");
    }

    #[test]
    fn what_the_file_declares_counts_where_it_holds() {
        let decoded = |bytes: &[u8], label: &str| {
            let decoded = decode(bytes, None, Some(label)).expect("text");
            (decoded.text, decoded.encoding.name.to_string(), decoded.encoding.reason.to_string())
        };
        let (koi, _, _) = encoding_rs::KOI8_R.encode("тела");
        assert_eq!(decoded(&koi, "koi8-r"), ("тела".into(), "KOI8-R".into(), "declared".into()));
        assert_eq!(decoded(b"caf\xe9", "utf-8").1, "windows-1252");
        assert_eq!(
            decoded("café".as_bytes(), "iso-8859-1").2,
            "strict UTF-8, though windows-1252 is declared",
            "an old declaration that the bytes belie"
        );
        assert_eq!(decoded("café".as_bytes(), "utf-16").0, "café");
        for (page, label) in [
            ("<?xml version='1.0' encoding='windows-1251'?><html>", Some("windows-1251")),
            ("<META HTTP-EQUIV=\"Content-Type\" content=\"text/html; charset=KOI8-R\">", Some("koi8-r")),
            ("<meta name=a content=b><meta charset = utf-8>", Some("utf-8")),
            ("<p>charset=utf-8", None),
        ] {
            assert_eq!(declared_in_markup(page.as_bytes()).as_deref(), label, "{page}");
        }
    }

    #[test]
    fn an_encoding_by_hand_wins_and_nonsense_is_refused() {
        let decoded = decode("Ж".as_bytes(), Some("windows-1252"), None).expect("text");
        assert_eq!((decoded.text.as_str(), &*decoded.encoding.reason), ("Ð–", "by hand"));
        assert!(decode(b"a", Some("klingon"), None).is_err_and(|e| e.contains("klingon")));
    }

    #[test]
    fn binary_files_are_refused_by_what_they_are() {
        for (bytes, word) in [
            (&b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"[..], "PNG"),
            (b"\x7fELF\x02\x01\x01\0\0\0", "program"),
            (b"PK\x03\x04\x14\0", "ZIP"),
            (b"%PDF-1.7\n", "PDF"),
            (&[0; 400], "control characters"),
            (&[1, 2, 3, 0, 0, 5, 0, 1, 200, 0, 0, 0, 3, 4, 0, 0, 14, 15, 16, 0], "control characters"),
        ] {
            let error = decode(bytes, None, None).expect_err(word);
            assert!(error.contains(word), "{error}");
        }
        check(b"PKK fighters laid down arms", "PKK fighters laid down arms", "UTF-8", "strict UTF-8");
        check(b"BZh is no archive here", "BZh is no archive here", "UTF-8", "strict UTF-8");
    }
}
