//! What holds of every article, whatever the bytes.

use proptest::prelude::*;

use super::{Article, Format, ReadOptions, read, split};
use crate::claim::Span;

/// Pieces that readers trip over, to be strung together.
const PIECES: &[&str] = &[
    "1,000 bodies ",
    "\r\n",
    "\n\n",
    "\r",
    "\0",
    "\t",
    "\u{feff}",
    "😀",
    "e\u{301}",
    "“",
    "’s",
    "\u{e42}s ",
    "â€™",
    "\u{fffd}",
    "# ",
    "**",
    "[a](",
    "http://x.example/2026/01/29/y",
    ")",
    "![",
    "](x)",
    "> ",
    "- ",
    "| a | b |",
    "|---|",
    "\n---\n",
    "`",
    "<p>",
    "</p>",
    "<div",
    " hidden",
    ">",
    "<table><tr><td>",
    "</table>",
    "<!--",
    "-->",
    "<script>",
    "</script>",
    "&amp;",
    "&#",
    "<title>",
    "<a href=\"",
    "\"",
    "<br><br>",
    "<q>",
    "<sup>2",
    "January 29, 2026",
    "KYIV, Jan 29 (Reuters) - ",
    "18/9. Photo: A",
    "Original url:\n",
    "Date: 2026-13-45\n",
    "\u{202e}",
    "Кremlin",
    "ไทย",
    "word ",
    "Title Words",
];

fn sound(article: &Article) -> Result<(), TestCaseError> {
    let text = &*article.text;
    let fits = |span: Span| Span::checked(text, span.start as usize, span.end as usize).is_some();
    prop_assert!(!text.contains('\r'));
    let mut end = 0;
    for block in &article.markup.blocks {
        prop_assert!(fits(block.span), "{block:?}");
        prop_assert!(block.span.start >= end, "blocks overlap: {:?}", article.markup.blocks);
        prop_assert!(!block.span.of(text).trim().is_empty());
        end = block.span.end;
    }
    for spans in [&article.markup.syntax, &article.markup.links] {
        let mut end = 0;
        for span in spans {
            prop_assert!(fits(*span) && span.start >= end, "{spans:?}");
            end = span.end;
        }
    }
    for span in article.markup.strong.iter().chain(&article.markup.emphasis) {
        prop_assert!(fits(*span));
    }
    for (at, there, _) in article.repairs.repairs() {
        prop_assert_eq!(text[*at as usize..].chars().next(), Some(*there));
    }
    for remark in &article.remarks {
        prop_assert!(remark.span.is_none_or(fits), "{remark:?}");
    }
    let value = |known: &Option<crate::claim::Known>| known.as_ref().is_none_or(|known| !known.value.is_empty());
    prop_assert!(value(&article.metadata.title) && value(&article.metadata.outlet) && value(&article.metadata.url));
    Ok(())
}

fn check(bytes: &[u8]) -> Result<(), TestCaseError> {
    for name in ["a.txt", "a.md", "a.html"] {
        for whole_page in [false, true] {
            let options = ReadOptions { whole_page, ..ReadOptions::default() };
            if let Ok(article) = read(name, bytes, &options) {
                sound(&article)?;
                let again = read(name, bytes, &options).expect("reads again");
                prop_assert_eq!(&again.text, &article.text);
                prop_assert_eq!(&again.markup, &article.markup);
            }
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_string_of_pieces_comes_to_a_sound_article(pieces in proptest::collection::vec(0..PIECES.len(), 0..40)) {
        let text: String = pieces.into_iter().map(|n| PIECES[n]).collect();
        check(text.as_bytes())?;
    }

    #[test]
    fn any_bytes_come_to_a_sound_article_or_an_error(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        check(&bytes)?;
    }
}

/// A small file of each format that says "Forty bodies were returned."
fn ordinary(format: Format) -> Vec<u8> {
    const WORDS: &str = "Forty bodies were returned.";
    match format {
        Format::Text | Format::Markdown | Format::Html => WORDS.into(),
        Format::Mhtml => format!("Content-Type: text/html\r\n\r\n<p>{WORDS}</p>\r\n").into(),
        Format::Mail => format!("Subject: Swap\r\n\r\n{WORDS}\r\n").into(),
        Format::Docx => super::docx::tests::document(&format!("<w:p><w:r><w:t>{WORDS}</w:t></w:r></w:p>")),
        Format::Odt => super::odt::tests::document(&format!("<text:p>{WORDS}</text:p>")),
        Format::Epub => super::epub::tests::book(&[&format!("<p>{WORDS}</p>")]),
        Format::Pdf => {
            let drawn = format!("BT /F1 12 Tf 50 700 Td ({WORDS}) Tj ET");
            super::pdf::tests::of_pages(&[("", drawn.into_bytes())])
        }
        Format::Csv => format!("text\n{WORDS}\n").into(),
        Format::JsonLines => format!("{{\"text\":\"{WORDS}\"}}\n").into(),
    }
}

#[test]
fn every_format_reads_an_ordinary_text() {
    for format in Format::ALL {
        let name = format!("a.{}", format.extensions()[0]);
        let bytes = ordinary(format);
        let article = read(&name, &bytes, &ReadOptions::default()).expect("reads");
        assert_eq!(article.format, format);
        assert_eq!(article.text.trim_end(), "Forty bodies were returned.");
        assert!(article.reader.starts_with(&format!("{} {}", format.id(), format.version())));
        sound(&article).expect("sound");
        let split = split(&name, &bytes, &ReadOptions::default()).expect("splits");
        let [part] = &split.parts[..] else { panic!("{format:?}: one article") };
        assert_eq!(split.read(part).expect("reads").text, article.text);
    }
}

#[test]
fn a_document_under_the_wrong_ending_says_what_it_is() {
    let error = read("a.txt", &ordinary(Format::Docx), &ReadOptions::default()).expect_err("no text");
    assert!(error.message.contains("rename it to .docx"), "{error}");
    let error = read("a.html", &ordinary(Format::Pdf), &ReadOptions::default()).expect_err("no text");
    assert!(error.message.contains("rename it to .pdf"), "{error}");
    let article = read("download", &ordinary(Format::Pdf), &ReadOptions::default()).expect("told by its bytes");
    assert_eq!(article.format, Format::Pdf);
}
