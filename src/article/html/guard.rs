//! Pages that are attacks are refused before they are read.

/// A tag with more attributes than this is an attack, not a page.
const MOST_ATTRIBUTES: usize = 5_000;

/// The tokenizer compares every attribute of a tag with all others, which takes for ever on a tag
/// with a million of them.
pub(super) fn refuse_giant_tags(html: &str) -> Result<(), String> {
    let bytes = html.as_bytes();
    let mut at = 0;
    while let Some(offset) = memchr(b'<', &bytes[at..]) {
        at += offset + 1;
        if bytes[at..].starts_with(b"!--") {
            at += html[at..].find("-->").unwrap_or(html.len() - at);
            continue;
        }
        if !bytes.get(at).is_some_and(|byte| byte.is_ascii_alphabetic() || *byte == b'/') {
            continue;
        }
        let start = at;
        let (mut attributes, mut gap) = (0, false);
        while at < bytes.len() && bytes[at] != b'>' {
            match bytes[at] {
                quote @ (b'"' | b'\'') if bytes[..at].trim_ascii_end().ends_with(b"=") => {
                    at = memchr(quote, &bytes[at + 1..]).map_or(bytes.len(), |offset| at + 1 + offset);
                    // Attributes need no space between them behind a quote.
                    gap = true;
                }
                byte if byte.is_ascii_whitespace() || byte == b'/' => gap = true,
                _ if gap => {
                    attributes += 1;
                    gap = false;
                }
                _ => {}
            }
            if attributes > MOST_ATTRIBUTES {
                let line = html[..start].matches('\n').count() + 1;
                return Err(format!("line {line}: a tag with more than {MOST_ATTRIBUTES} attributes; this is no page"));
            }
            at += 1;
        }
        at = at.min(bytes.len());
        let name = &bytes[start..at];
        for raw in ["script", "style"] {
            if name.get(..raw.len()).is_some_and(|name| name.eq_ignore_ascii_case(raw.as_bytes())) {
                at = end_of_raw(html, at, raw);
            }
        }
    }
    Ok(())
}

fn memchr(byte: u8, bytes: &[u8]) -> Option<usize> {
    bytes.iter().position(|other| *other == byte)
}

fn end_of_raw(html: &str, from: usize, name: &str) -> usize {
    let bytes = html.as_bytes();
    let mut at = from;
    while let Some(offset) = memchr(b'<', &bytes[at..]) {
        at += offset;
        let rest = &bytes[at + 1..];
        if rest.first() == Some(&b'/')
            && rest.get(1..=name.len()).is_some_and(|n| n.eq_ignore_ascii_case(name.as_bytes()))
        {
            return at;
        }
        at += 1;
    }
    bytes.len()
}
