//! The text of a book (EPUB): its pages in the order of its spine, each read as a page of HTML.

use std::collections::BTreeMap;

use super::archive::Archive;
use super::decode;
use super::docx::xml_text;
use super::flow::Flow;
use super::format::Content;
use super::html;
use super::metadata::Declared;
use super::read::ReadOptions;
use super::xml::{self, Event};

/// Reads a book. The error is a sentence without the file's name.
pub(super) fn read(bytes: &[u8], options: &ReadOptions) -> Result<Content, String> {
    let limits = &options.unpacking;
    let mut archive = Archive::open(bytes, limits)?;
    let mut root = None;
    xml::walk(&archive.needed("META-INF/container.xml")?, limits.depth, |event| {
        if let Event::Start("rootfile", attributes) = event {
            root = root.take().or(attributes.get("full-path"));
        }
        Ok(())
    })?;
    let root = root.ok_or("its container names no book")?;
    let package = archive.needed(&root)?;
    let mut pages: BTreeMap<String, String> = BTreeMap::new();
    let mut order = Vec::new();
    xml::walk(&package, limits.depth, |event| {
        let Event::Start(name, attributes) = event else { return Ok(()) };
        match name.rsplit(':').next().unwrap_or(name) {
            "item" => {
                let kind = attributes.get("media-type").unwrap_or_default();
                let contents = attributes.get("properties").is_some_and(|p| p.split(' ').any(|p| p == "nav"));
                if let (Some(id), Some(href), false) = (attributes.get("id"), attributes.get("href"), contents)
                    && kind.contains("html")
                {
                    pages.insert(id, href);
                }
            }
            "itemref" => order.extend(attributes.get("idref")),
            _ => {}
        }
        Ok(())
    })?;
    let mut flow = Flow::default();
    let mut missing = Vec::new();
    for id in order {
        // Taken out: a page that the spine names twice is read once.
        let Some(href) = pages.remove(&id) else { continue };
        let name = beside(&root, &href);
        let Some(page) = archive.entry(&name)? else {
            missing.push(name);
            continue;
        };
        let decoded = decode::decode(&page, options.encoding.as_deref(), decode::declared_in_markup(&page).as_deref());
        let page = html::read(&decoded.map_err(|message| format!("“{name}” inside it: {message}"))?.text, true)?;
        flow.append(page);
    }
    let (text, markup) = flow.finish();
    if text.trim().is_empty() {
        return Err("there are no words in its pages; it may be a book of pictures".to_owned());
    }
    let word = |name: &str| xml_text(&package, name, limits.depth);
    let declared = Declared {
        title: word("dc:title")?,
        outlet: word("dc:publisher")?,
        published: word("dc:date")?,
        url: word("dc:source")?.filter(|source| source.contains("://")),
    };
    let remark = |name: String| super::Remark { span: None, text: format!("a page is missing in the book: {name}") };
    let remarks = missing.into_iter().map(remark).collect();
    Ok(Content { text: Some(text), markup, declared, remarks, ..Content::default() })
}

/// The name of an entry that another one refers to. It is looked up, and never a path of the disk.
fn beside(from: &str, href: &str) -> String {
    let href = href.split(['#', '?']).next().unwrap_or_default();
    let mut parts: Vec<&str> = from.split('/').collect();
    parts.pop();
    for part in href.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    percent_decoded(&parts.join("/"))
}

fn percent_decoded(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut decoded = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let hex = (bytes[at] == b'%').then(|| text.get(at + 1..at + 3)).flatten();
        match hex.and_then(|hex| u8::from_str_radix(hex, 16).ok()) {
            Some(byte) => {
                decoded.push(byte);
                at += 3;
            }
            None => {
                decoded.push(bytes[at]);
                at += 1;
            }
        }
    }
    String::from_utf8_lossy(&decoded).into_owned()
}

#[cfg(test)]
pub(super) mod tests {
    use super::super::archive::pack;
    use super::*;

    const CONTAINER: &[u8] = b"<container><rootfiles><rootfile full-path='OEBPS/book.opf'/></rootfiles></container>";

    /// A book of these pages.
    pub fn book(pages: &[&str]) -> Vec<u8> {
        let items: String = (0..pages.len())
            .map(|n| format!("<item id='p{n}' href='text/page%20{n}.xhtml' media-type='application/xhtml+xml'/>"))
            .collect();
        let order: String = (0..pages.len()).map(|n| format!("<itemref idref='p{n}'/>")).collect();
        let package = format!(
            "<package><metadata><dc:title>Swap</dc:title><dc:publisher>Example Press</dc:publisher><dc:date>2026-01-29</dc:date></metadata>\
             <manifest><item id='nav' href='nav.xhtml' media-type='application/xhtml+xml' properties='nav'/><item id='c' href='c.png' media-type='image/png'/>{items}</manifest>\
             <spine><itemref idref='nav'/>{order}<itemref idref='p0'/><itemref idref='none'/></spine></package>"
        );
        let names: Vec<_> = (0..pages.len()).map(|n| format!("OEBPS/text/page {n}.xhtml")).collect();
        let mut entries: Vec<(&str, &[u8])> = vec![
            ("mimetype", b"application/epub+zip"),
            ("META-INF/container.xml", CONTAINER),
            ("OEBPS/book.opf", package.as_bytes()),
        ];
        entries.extend(names.iter().map(String::as_str).zip(pages.iter().map(|page| page.as_bytes())));
        pack(&entries)
    }

    #[test]
    fn pages_are_read_in_the_order_of_the_spine() {
        let bytes = book(&[
            "<?xml version='1.0'?><html><body><h1>One</h1><p>Forty <b>bodies</b>.</p></body></html>",
            "<p>Two</p><script>no</script>",
        ]);
        let content = read(&bytes, &ReadOptions::default()).expect("a book");
        let text = content.text.expect("text");
        assert_eq!(text, "One\n\nForty bodies.\n\nTwo\n");
        assert_eq!(content.markup.strong.iter().map(|span| span.of(&text)).collect::<Vec<_>>(), ["bodies"]);
        assert_eq!(content.declared.outlet.as_deref(), Some("Example Press"));
        assert_eq!(content.declared.published.as_deref(), Some("2026-01-29"));
    }

    #[test]
    fn names_of_pages_lead_nowhere_else() {
        for (from, href, expected) in [
            ("OEBPS/book.opf", "text/a.xhtml#x", "OEBPS/text/a.xhtml"),
            ("book.opf", "../../etc/passwd", "etc/passwd"),
            ("a/b/book.opf", "../c%20d.html?x", "a/c d.html"),
            ("book.opf", "100%.html", "100%.html"),
        ] {
            assert_eq!(beside(from, href), expected);
        }
        let error = read(&book(&["<p></p>"]), &ReadOptions::default()).expect_err("no words");
        assert!(error.contains("no words"), "{error}");
    }
}
