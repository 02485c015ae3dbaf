//! What holds of every article, whatever the bytes.

use proptest::prelude::*;

use super::{Article, Format, ReadOptions, read};
use crate::claim::Span;

/// Pieces that readers trip over, to be strung together.
const PIECES: &[&str] = &[
    "1,000 bodies ", "\r\n", "\n\n", "\r", "\0", "\t", "\u{feff}", "😀", "e\u{301}", "“", "’s", "\u{e42}s ", "â€™", "\u{fffd}",
    "# ", "**", "[a](", "http://x.example/2026/01/29/y", ")", "![", "](x)", "> ", "- ", "| a | b |", "|---|", "\n---\n", "`",
    "<p>", "</p>", "<div", " hidden", ">", "<table><tr><td>", "</table>", "<!--", "-->", "<script>", "</script>", "&amp;", "&#",
    "<title>", "<a href=\"", "\"", "<br><br>", "<q>", "<sup>2", "January 29, 2026", "KYIV, Jan 29 (Reuters) - ", "18/9. Photo: A",
    "Original url:\n", "Date: 2026-13-45\n", "\u{202e}", "Кremlin", "ไทย", "word ", "Title Words",
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

#[test]
fn every_format_reads_an_ordinary_text() {
    for format in Format::ALL {
        let name = format!("a.{}", format.extensions()[0]);
        let article = read(&name, b"Forty bodies were returned.", &ReadOptions::default()).expect("reads");
        assert_eq!(article.format, format);
        assert_eq!(article.text.trim_end(), "Forty bodies were returned.");
        assert_eq!(&*article.reader, format!("{} {}", format.id(), format.version()));
    }
}
