//! XML pulled event by event: no entities of its own, no depth without end.

use std::borrow::Cow;

use quick_xml::events::{BytesStart, Event as Raw};
use quick_xml::{Reader, XmlVersion};

use super::decode;

/// What comes next in a document. Names are as written, with their prefix: "w:p".
pub(super) enum Event<'a> {
    Start(&'a str, Attributes<'a>),
    /// Also behind the start of an element that is empty.
    End(&'a str),
    Text(&'a str),
}

/// The attributes of an element.
pub(super) struct Attributes<'a>(&'a BytesStart<'a>);

impl Attributes<'_> {
    /// The value of an attribute by its name as written.
    pub fn get(&self, name: &str) -> Option<String> {
        // Without the check for repeated ones, which compares each with all others.
        let mut all = self.0.attributes();
        let found = all.with_checks(false).flatten().find(|attribute| attribute.key.as_ref() == name.as_bytes())?;
        found.normalized_value(XmlVersion::Implicit1_0).ok().map(Cow::into_owned)
    }
}

/// Walks through a document. `visit` is given every element and text, and may end it with an error;
/// the error is a sentence without the file's name.
pub(super) fn walk(
    bytes: &[u8],
    depth: usize,
    mut visit: impl FnMut(Event<'_>) -> Result<(), String>,
) -> Result<(), String> {
    let xml = decode::decode(bytes, None, decode::declared_in_markup(bytes).as_deref())?.text;
    let mut reader = Reader::from_str(&xml);
    let mut open = 0;
    loop {
        let at = reader.buffer_position() as usize;
        let place = |what: &str| {
            format!("its XML is damaged in line {}: {what}", xml[..at.min(xml.len())].matches('\n').count() + 1)
        };
        match reader.read_event().map_err(|error| place(&error.to_string()))? {
            Raw::Eof if open > 0 => return Err(place("it ends before its elements do")),
            Raw::Eof => return Ok(()),
            Raw::Start(start) => {
                open += 1;
                if open > depth {
                    return Err(format!(
                        "its elements are nested more than {depth} deep; this is an attack, not a document"
                    ));
                }
                let name = start.name();
                visit(Event::Start(name_of(name.as_ref()), Attributes(&start)))?;
            }
            Raw::Empty(start) => {
                let name = start.name();
                visit(Event::Start(name_of(name.as_ref()), Attributes(&start)))?;
                visit(Event::End(name_of(name.as_ref())))?;
            }
            Raw::End(end) => {
                open -= 1;
                visit(Event::End(name_of(end.name().as_ref())))?;
            }
            Raw::Text(text) => visit(Event::Text(&text.decode().map_err(|error| place(&error.to_string()))?))?,
            Raw::CData(text) => visit(Event::Text(&text.decode().map_err(|error| place(&error.to_string()))?))?,
            Raw::GeneralRef(reference) => {
                let name = reference.decode().map_err(|error| place(&error.to_string()))?;
                let meant = match &*name {
                    "amp" => Some('&'),
                    "lt" => Some('<'),
                    "gt" => Some('>'),
                    "quot" => Some('"'),
                    "apos" => Some('\''),
                    _ => reference.resolve_char_ref().ok().flatten().filter(|c| *c != '\0'),
                };
                match meant {
                    Some(c) => visit(Event::Text(c.encode_utf8(&mut [0; 4])))?,
                    // What nobody has declared stands for itself.
                    None => visit(Event::Text(&format!("&{name};")))?,
                }
            }
            Raw::DocType(text) if text.windows(8).any(|window| window == b"<!ENTITY") => {
                return Err("its XML declares entities of its own; this is an attack, not a document".to_owned());
            }
            Raw::DocType(_) | Raw::Comment(_) | Raw::Decl(_) | Raw::PI(_) => {}
        }
    }
}

fn name_of(name: &[u8]) -> &str {
    // Of a text that is UTF-8.
    std::str::from_utf8(name).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(xml: &str) -> Result<String, String> {
        let mut all = String::new();
        walk(xml.as_bytes(), 50, |event| {
            match event {
                Event::Start(name, attributes) => {
                    all.push_str(&format!("<{name}{}>", attributes.get("a").unwrap_or_default()));
                }
                Event::End(name) => all.push_str(&format!("</{name}>")),
                Event::Text(text) => all.push_str(text),
            }
            Ok(())
        })?;
        Ok(all)
    }

    #[test]
    fn elements_attributes_and_text() {
        for (xml, expected) in [
            ("<w:p a='1&amp;2'>4&#48; &lt;bodies&gt;<x/></w:p>", "<w:p1&2>40 <bodies><x></x></w:p>"),
            ("<?xml version='1.0' encoding='UTF-8'?><p><![CDATA[a<b]]><!-- no --></p>", "<p>a<b</p>"),
            ("<p>&nbsp;&unknown;</p>", "<p>&nbsp;&unknown;</p>"),
            ("", ""),
        ] {
            assert_eq!(text(xml).as_deref(), Ok(expected), "{xml}");
        }
    }

    #[test]
    fn attacks_and_damage_end_in_a_message() {
        let laughs = "<!DOCTYPE x [<!ENTITY a 'ha'><!ENTITY b '&a;&a;&a;&a;'>]><x>&b;</x>";
        for (xml, word) in [
            (laughs.to_owned(), "entities of its own"),
            ("<p>".repeat(100), "nested more than 50 deep"),
            ("<p>\n<b></p>".to_owned(), "line 2"),
            ("<p>".to_owned(), "ends before"),
            ("<p".to_owned(), "damaged"),
        ] {
            let error = text(&xml).expect_err(word);
            assert!(error.contains(word), "{error}");
        }
        // A hundred thousand attributes take no longer than they are long.
        let many: String = (0..100_000).map(|n| format!(" b{n}='x'")).collect();
        assert_eq!(text(&format!("<p{many} a='y'>z</p>")).as_deref(), Ok("<py>z</p>"));
    }
}
