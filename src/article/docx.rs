//! The text of a Word document: paragraphs, headings, lists, tables, text boxes and notes, in the
//! order of reading; nothing deleted, hidden, or computed.

use std::collections::BTreeMap;

use super::archive::Archive;
use super::flow::Flow;
use super::format::Content;
use super::markup::BlockKind;
use super::metadata::Declared;
use super::read::ReadOptions;
use super::xml::{self, Event};

/// Reads a document. The error is a sentence without the file's name.
pub(super) fn read(bytes: &[u8], options: &ReadOptions) -> Result<Content, String> {
    let limits = &options.unpacking;
    let mut archive = Archive::open(bytes, limits)?;
    let kinds = match archive.entry("word/styles.xml")? {
        Some(styles) => kinds_of_styles(&styles, limits.depth)?,
        None => BTreeMap::new(),
    };
    let mut walk = Walk {
        kinds: &kinds,
        flow: Flow::default(),
        strong: false,
        emphasis: false,
        skipped: 0,
        hidden: false,
        in_text: false,
    };
    xml::walk(&archive.needed("word/document.xml")?, limits.depth, |event| walk.take(&event))?;
    for notes in ["word/footnotes.xml", "word/endnotes.xml"] {
        if let Some(notes) = archive.entry(notes)? {
            xml::walk(&notes, limits.depth, |event| walk.take(&event))?;
        }
    }
    let (text, markup) = walk.flow.finish();
    let title = match archive.entry("docProps/core.xml")? {
        // A heading is what a reader takes for the title; this is often left over from a template.
        Some(core) if !markup.blocks.iter().any(|block| block.kind == BlockKind::Heading(1)) => {
            xml_text(&core, "dc:title", limits.depth)?
        }
        _ => None,
    };
    Ok(Content { text: Some(text), markup, declared: Declared { title, ..Declared::default() }, ..Content::default() })
}

/// What the elements of a name hold, the first that holds anything.
pub(super) fn xml_text(bytes: &[u8], wanted: &str, depth: usize) -> Result<Option<String>, String> {
    let (mut inside, mut text) = (false, String::new());
    xml::walk(bytes, depth, |event| {
        match event {
            Event::Start(name, _) if name == wanted => inside = text.trim().is_empty(),
            Event::End(name) if name == wanted => inside = false,
            Event::Text(words) if inside => text.push_str(words),
            _ => {}
        }
        Ok(())
    })?;
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    Ok(Some(text).filter(|text| !text.is_empty()))
}

/// What the paragraphs of each style are, by the style's id. Ids are translated, names are not.
fn kinds_of_styles(bytes: &[u8], depth: usize) -> Result<BTreeMap<String, BlockKind>, String> {
    let mut kinds = BTreeMap::new();
    let mut style = String::new();
    xml::walk(bytes, depth, |event| {
        match event {
            Event::Start("w:style", attributes) => style = attributes.get("w:styleId").unwrap_or_default(),
            Event::Start("w:name", attributes) if !style.is_empty() => {
                let name = attributes.get("w:val").unwrap_or_default().to_lowercase();
                let level = name.strip_prefix("heading ").and_then(|level| level.parse().ok());
                let kind = match (&*name, level) {
                    (_, Some(level @ 1..=6)) => Some(BlockKind::Heading(level)),
                    ("title", _) => Some(BlockKind::Heading(1)),
                    ("subtitle", _) => Some(BlockKind::Heading(2)),
                    ("quote" | "intense quote" | "block text", _) => Some(BlockKind::Quote),
                    ("caption", _) => Some(BlockKind::Caption),
                    _ => None,
                };
                if let Some(kind) = kind {
                    kinds.insert(style.clone(), kind);
                }
            }
            Event::End("w:style") => style.clear(),
            _ => {}
        }
        Ok(())
    })?;
    Ok(kinds)
}

struct Walk<'a> {
    kinds: &'a BTreeMap<String, BlockKind>,
    flow: Flow,
    /// Of the run that is open.
    strong: bool,
    emphasis: bool,
    hidden: bool,
    in_text: bool,
    /// How many elements are open of which nothing is read.
    skipped: usize,
}

/// What is moved away, kept for older programs beside what is read, or the separator of notes.
fn is_skipped(name: &str) -> bool {
    matches!(name, "w:moveFrom" | "mc:Fallback" | "w:del")
}

impl Walk<'_> {
    fn take(&mut self, event: &Event<'_>) -> Result<(), String> {
        match event {
            Event::Start(name, _) if self.skipped > 0 || is_skipped(name) => {
                self.skipped += usize::from(self.skipped == 0 || is_skipped(name));
            }
            Event::End(name) if is_skipped(name) => self.skipped = self.skipped.saturating_sub(1),
            _ if self.skipped > 0 => {}
            Event::Start(name, attributes) => {
                // "0" and "false" take away what the style gives.
                let on = || !matches!(attributes.get("w:val").as_deref(), Some("0" | "false" | "none"));
                match *name {
                    "w:p" => self.flow.begin(BlockKind::Paragraph),
                    "w:pStyle" => {
                        let kind = attributes.get("w:val").and_then(|style| self.kinds.get(&style));
                        if let Some(kind) = kind {
                            self.flow.set_kind(*kind);
                        }
                    }
                    "w:numPr" => self.flow.set_kind(BlockKind::Item),
                    "w:r" => (self.strong, self.emphasis, self.hidden) = (false, false, false),
                    "w:b" => self.strong = on(),
                    "w:i" => self.emphasis = on(),
                    "w:vanish" => self.hidden = on(),
                    "w:t" | "m:t" => self.in_text = true,
                    "w:tab" => self.push("\t"),
                    "w:br" | "w:cr" => self.push("\n"),
                    "w:noBreakHyphen" => self.push("-"),
                    "w:tr" => self.flow.begin_row(),
                    "w:tc" => self.flow.begin_cell(),
                    _ => {}
                }
            }
            Event::End(name) => match *name {
                "w:p" => self.flow.end(),
                "w:t" | "m:t" => self.in_text = false,
                "w:tr" => self.flow.end_row(),
                _ => {}
            },
            Event::Text(text) if self.in_text => self.push(text),
            Event::Text(_) => {}
        }
        Ok(())
    }

    fn push(&mut self, words: &str) {
        if !self.hidden {
            self.flow.push(words, self.strong, self.emphasis);
        }
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::super::archive::pack;
    use super::*;

    const STYLES: &str = "<w:styles><w:style w:styleId='berschrift1'><w:name w:val='heading 1'/></w:style><w:style w:styleId='Zitat'><w:name w:val='Quote'/></w:style></w:styles>";

    /// A document with this body.
    pub fn document(body: &str) -> Vec<u8> {
        let body = format!(
            "<?xml version='1.0' encoding='UTF-8'?><w:document xmlns:w='x'><w:body>{body}</w:body></w:document>"
        );
        pack(&[
            ("[Content_Types].xml", b"<Types/>"),
            ("word/styles.xml", STYLES.as_bytes()),
            ("word/document.xml", body.as_bytes()),
        ])
    }

    fn content(body: &str) -> Content {
        read(&document(body), &ReadOptions::default()).expect("a document")
    }

    fn text(body: &str) -> String {
        content(body).text.unwrap_or_default()
    }

    #[test]
    fn paragraphs_headings_lists_and_tables() {
        let content = content(
            "<w:p><w:pPr><w:pStyle w:val='berschrift1'/></w:pPr><w:r><w:t>Two Sides Swap</w:t></w:r></w:p>\
             <w:p><w:r><w:t xml:space='preserve'>The </w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t>38 bodies</w:t></w:r>\
             <w:r><w:rPr><w:b w:val='0'/></w:rPr><w:t> &amp; more</w:t><w:br/><w:t>came.</w:t></w:r></w:p>\
             <w:p><w:pPr><w:numPr/></w:pPr><w:r><w:t>one</w:t></w:r></w:p><w:p><w:pPr><w:numPr/></w:pPr><w:r><w:t>two</w:t></w:r></w:p>\
             <w:tbl><w:tr><w:tc><w:p><w:r><w:t>A</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>1,000</w:t></w:r></w:p></w:tc></w:tr></w:tbl>",
        );
        let text = content.text.expect("text");
        assert_eq!(text, "Two Sides Swap\n\nThe 38 bodies & more\ncame.\n\none\ntwo\n\nA\t1,000\n");
        let kinds: Vec<_> = content.markup.blocks.iter().map(|block| block.kind).collect();
        use BlockKind::*;
        assert_eq!(kinds, [Heading(1), Paragraph, Item, Item, TableRow]);
        assert_eq!(content.markup.strong.iter().map(|span| span.of(&text)).collect::<Vec<_>>(), ["38 bodies"]);
    }

    #[test]
    fn nothing_deleted_hidden_or_computed_is_read() {
        for (body, expected) in [
            (
                "<w:p><w:del><w:r><w:delText>40</w:delText></w:r></w:del><w:ins><w:r><w:t>38</w:t></w:r></w:ins></w:p>",
                "38\n",
            ),
            ("<w:p><w:moveFrom><w:r><w:t>40</w:t></w:r></w:moveFrom><w:r><w:t>38</w:t></w:r></w:p>", "38\n"),
            ("<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>40</w:t></w:r><w:r><w:t>38</w:t></w:r></w:p>", "38\n"),
            ("<w:p><w:r><w:instrText>PAGE 40</w:instrText></w:r><w:r><w:t>38</w:t></w:r></w:p>", "38\n"),
            (
                "<w:p><w:r><mc:AlternateContent><mc:Choice><w:txbxContent><w:p><w:r><w:t>box</w:t></w:r></w:p></w:txbxContent></mc:Choice><mc:Fallback><w:p><w:r><w:t>box</w:t></w:r></w:p></mc:Fallback></mc:AlternateContent></w:r><w:r><w:t>38</w:t></w:r></w:p>",
                "box\n\n38\n",
            ),
        ] {
            assert_eq!(text(body), expected, "{body}");
        }
    }

    #[test]
    fn a_title_of_the_file_counts_where_the_text_has_none() {
        let file = |body: &str| {
            let document = format!("<w:document><w:p>{body}</w:p></w:document>");
            let core = b"<cp:coreProperties><dc:title>Two Sides\n Swap</dc:title></cp:coreProperties>";
            pack(&[("word/document.xml", document.as_bytes()), ("docProps/core.xml", core)])
        };
        let content = read(&file("<w:r><w:t>Forty.</w:t></w:r>"), &ReadOptions::default()).expect("a document");
        assert_eq!(content.declared.title.as_deref(), Some("Two Sides Swap"));
    }

    #[test]
    fn what_is_no_document_is_said() {
        let missing = pack(&[("[Content_Types].xml", b"<Types/>")]);
        let error = read(&missing, &ReadOptions::default()).expect_err("no document");
        assert!(error.contains("no “word/document.xml” in it"), "{error}");
        let deep = document(&"<w:p>".repeat(5000));
        assert!(read(&deep, &ReadOptions::default()).expect_err("deep").contains("nested more than 256 deep"));
    }
}
