//! The text of an OpenDocument text (LibreOffice): paragraphs, headings, lists, tables and notes,
//! in the order of reading; nothing deleted or commented.

use super::archive::Archive;
use super::docx::xml_text;
use super::flow::Flow;
use super::format::Content;
use super::markup::BlockKind;
use super::metadata::Declared;
use super::read::ReadOptions;
use super::xml::{self, Event};

/// More spaces in a row than this are the same to a reader.
const MOST_SPACES: usize = 100;

/// Reads a document. The error is a sentence without the file's name.
pub(super) fn read(bytes: &[u8], options: &ReadOptions) -> Result<Content, String> {
    let limits = &options.unpacking;
    let mut archive = Archive::open(bytes, limits)?;
    let mut walk = Walk { flow: Flow::default(), inside: 0, skipped: 0, items: 0 };
    xml::walk(&archive.needed("content.xml")?, limits.depth, |event| {
        walk.take(&event);
        Ok(())
    })?;
    let (text, markup) = walk.flow.finish();
    let title = match archive.entry("meta.xml")? {
        Some(meta) if !markup.blocks.iter().any(|block| block.kind == BlockKind::Heading(1)) => {
            xml_text(&meta, "dc:title", limits.depth)?
        }
        _ => None,
    };
    Ok(Content { text: Some(text), markup, declared: Declared { title, ..Declared::default() }, ..Content::default() })
}

struct Walk {
    flow: Flow,
    /// Open paragraphs: text between them is layout of the file.
    inside: usize,
    /// Open elements of which nothing is read.
    skipped: usize,
    /// Open list items.
    items: usize,
}

fn is_skipped(name: &str) -> bool {
    matches!(
        name,
        "text:tracked-changes"
            | "office:annotation"
            | "text:note-citation"
            | "text:sequence-decls"
            | "office:forms"
            | "svg:title"
            | "svg:desc"
    )
}

impl Walk {
    fn take(&mut self, event: &Event<'_>) {
        match event {
            Event::Start(name, _) if self.skipped > 0 || is_skipped(name) => {
                self.skipped += usize::from(self.skipped == 0 || is_skipped(name));
            }
            Event::End(name) if is_skipped(name) => self.skipped = self.skipped.saturating_sub(1),
            _ if self.skipped > 0 => {}
            Event::Start(name, attributes) => match *name {
                "text:p" => {
                    self.inside += 1;
                    self.flow.begin(if self.items > 0 { BlockKind::Item } else { BlockKind::Paragraph });
                }
                "text:h" => {
                    self.inside += 1;
                    let level = attributes.get("text:outline-level").and_then(|level| level.parse().ok());
                    self.flow.begin(BlockKind::Heading(level.unwrap_or(1_u8).clamp(1, 6)));
                }
                "text:list-item" => self.items += 1,
                "text:s" => {
                    let count = attributes.get("text:c").and_then(|count| count.parse().ok()).unwrap_or(1);
                    self.flow.push(&" ".repeat(MOST_SPACES.min(count)), false, false);
                }
                "text:tab" => self.flow.push("\t", false, false),
                "text:line-break" => self.flow.push("\n", false, false),
                "table:table-row" => self.flow.begin_row(),
                "table:table-cell" => self.flow.begin_cell(),
                "text:note" => self.flow.begin_note(),
                _ => {}
            },
            Event::End(name) => match *name {
                "text:p" | "text:h" => {
                    self.inside = self.inside.saturating_sub(1);
                    self.flow.end();
                }
                "text:list-item" => self.items = self.items.saturating_sub(1),
                "table:table-row" => self.flow.end_row(),
                "text:note" => self.flow.end_note(),
                _ => {}
            },
            Event::Text(text) if self.inside > 0 => {
                // White space is folded, as in HTML; what is meant has elements of its own.
                let mut folded = String::with_capacity(text.len());
                for c in text.chars() {
                    let c = if matches!(c, '\n' | '\t') { ' ' } else { c };
                    if c != ' ' || !folded.ends_with(' ') {
                        folded.push(c);
                    }
                }
                self.flow.push(&folded, false, false);
            }
            Event::Text(_) => {}
        }
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::super::archive::pack;
    use super::*;

    /// A document with this body.
    pub fn document(body: &str) -> Vec<u8> {
        let body = format!(
            "<?xml version='1.0'?><office:document-content><office:body><office:text>{body}</office:text></office:body></office:document-content>"
        );
        let meta = b"<office:meta><dc:title>Swap of bodies</dc:title></office:meta>";
        pack(&[
            ("mimetype", b"application/vnd.oasis.opendocument.text"),
            ("content.xml", body.as_bytes()),
            ("meta.xml", meta),
        ])
    }

    #[test]
    fn a_document_in_the_order_of_reading() {
        let content = read(
            &document(
                "<text:tracked-changes><text:p>40</text:p></text:tracked-changes>\n\
                 <text:p>The <text:span>38<text:s text:c='2'/>bodies</text:span>\n came<text:note><text:note-citation>1</text:note-citation>\
                 <text:note-body><text:p>So they said.</text:p></text:note-body></text:note>.<office:annotation><text:p>?</text:p></office:annotation></text:p>\n\
                 <text:list><text:list-item><text:p>one</text:p></text:list-item><text:list-item><text:p>two</text:p></text:list-item></text:list>\
                 <table:table><table:table-row><table:table-cell><text:p>A</text:p></table:table-cell><table:table-cell table:number-columns-repeated='999999999'><text:p>1,000</text:p></table:table-cell></table:table-row></table:table>\
                 <text:h text:outline-level='2'>Later</text:h><text:p>a<text:line-break/>b<text:s text:c='999999999'/></text:p>",
            ),
            &ReadOptions::default(),
        )
        .expect("a document");
        assert_eq!(
            content.text.as_deref(),
            Some("The 38  bodies came.\n\none\ntwo\n\nA\t1,000\n\nLater\n\na\nb\n\nSo they said.\n")
        );
        assert_eq!(content.declared.title.as_deref(), Some("Swap of bodies"));
        let kinds: Vec<_> = content.markup.blocks.iter().map(|block| block.kind).collect();
        use BlockKind::*;
        assert_eq!(kinds, [Paragraph, Item, Item, TableRow, Heading(2), Paragraph, Paragraph]);
    }
}
