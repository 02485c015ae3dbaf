//! The text of a saved page: no script, no style, nothing hidden, nothing fetched.
//!
//! The tokens are those of the standard's tokenizer; the tree made of them is simpler than a
//! browser's, because only the text is wanted: its depth is bounded, every step looks at a bounded
//! number of open elements, and it is walked without recursion. So no page, however nested or
//! unclosed, can make it slow or crash it.

mod choose;
mod element;
mod guard;
mod head;
mod tree;
mod writer;

use self::tree::Tree;
use self::writer::Writer;
use super::markup::Markup;
use super::metadata::Declared;

/// What a page comes to.
#[derive(Debug, Default)]
pub(super) struct Page {
    pub text: String,
    pub markup: Markup,
    pub declared: Declared,
}

/// Reads a page. The error is a sentence without the file's name.
pub(super) fn read(html: &str, whole_page: bool) -> Result<Page, String> {
    guard::refuse_giant_tags(html)?;
    let tree = Tree::parse(html);
    let root = if whole_page { None } else { tree.main() };
    let mut writer = Writer::new(&tree, root.is_some());
    if let Some(root) = root
        && let Some(heading) = tree.title_outside(root)
    {
        writer.walk(heading);
    }
    writer.walk(root.unwrap_or(0));
    let (text, markup) = writer.finish();
    let mut declared = tree.head.declared();
    split_title(&mut declared, &text);
    Ok(Page { text, markup, declared })
}

/// "Headline - Site" is parted where the headline stands in the text as a line of its own.
fn split_title(declared: &mut Declared, text: &str) {
    let Some(title) = &declared.title else { return };
    for separator in [" | ", " - ", " – ", " — ", " · ", " :: "] {
        let Some((headline, site)) = title.rsplit_once(separator) else { continue };
        if text.lines().any(|line| line == headline) {
            let site = site.trim().to_owned();
            declared.outlet.get_or_insert(site);
            declared.title = Some(headline.to_owned());
            return;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::BlockKind::*;
    use super::*;
    use crate::claim::Span;

    fn text(html: &str) -> String {
        read(html, false).expect("a page").text
    }

    #[test]
    fn blocks_are_apart_and_white_space_is_folded() {
        for (html, expected) in [
            ("", ""),
            ("plain", "plain\n"),
            ("<p>one\n  two<p>three<br>four", "one two\n\nthree\nfour\n"),
            ("a<br><br>b", "a\n\nb\n"),
            ("<div>a<div>b</div>c</div>", "a\n\nb\n\nc\n"),
            ("<p>1,000 <b> bodies</b>, <i>38</i></p>", "1,000 bodies, 38\n"),
            ("<ul><li>one<li>two</ul><p>x", "one\ntwo\n\nx\n"),
            ("<p>caf&eacute; &amp; 1&nbsp;000 &lt;x&gt; &#8220;a&#x201d;", "café & 1\u{a0}000 <x> “a”\n"),
            ("<p>14,480<sup>2</sup> on the 29<sup>th</sup>.<sup><a href=#x>1</a></sup>", "14,480 2 on the 29th. 1\n"),
            ("<p>He said <q>no</q>.", "He said “no”.\n"),
            ("<pre>a\n  b&#13;c</pre>", "a\n  b\nc\n"),
            ("<table><tr><th>side<th>bodies<tr><td><p>A</p><td>1,000</table>", "side\tbodies\nA\t1,000\n"),
            ("</p></div>x</b>", "x\n"),
            ("<p>a</br>b", "a\nb\n"),
        ] {
            assert_eq!(text(html), expected, "{html}");
        }
    }

    #[test]
    fn nothing_hidden_is_read() {
        for html in [
            "<script>var x = '<p>no</p>';</script><p>yes",
            "<style>no</style><p>yes",
            "<noscript>no</noscript><p>yes",
            "<template><p>no</p></template><p>yes",
            "<p hidden>no</p><p>yes",
            "<p style='color:red; DISPLAY : none'>no</p><p>yes",
            "<div style='visibility:hidden'><p>no</p></div><p>yes",
            "<span class='sr-only'>no</span><p>yes",
            "<!-- no --><p>yes",
            "<title>no</title><p>yes",
            "<textarea>no</textarea><select><option>no</select><button>no</button><p>yes",
            "<svg><text>no</text></svg><iframe>no</iframe><p>yes",
            "<dialog>no</dialog><p>yes",
            "<p>yes</p><script>no",
        ] {
            assert_eq!(text(html), "yes\n", "{html}");
            assert_eq!(read(html, true).expect("a page").text, "yes\n", "{html}");
        }
    }

    #[test]
    fn the_article_is_told_from_what_stands_around_it() {
        let body = "<p>The two sides swapped the bodies of forty soldiers on Monday, officials said.</p>".repeat(6);
        let around = "<nav><ul><li><a href=/>Home</a><li><a href=/war>War</a></ul></nav><header><h1>Swap</h1></header>";
        for page in [
            format!("{around}<article>{body}<aside>Read also 99 things</aside></article><footer>No rights</footer>"),
            format!(
                "{around}<div class=story>{body}</div><div class=sidebar><p>Most read: 99</p></div><footer>No</footer>"
            ),
            format!("{around}<main><div>{body}</div><div class='related-news'><p>Most read</p></div></main><p>© 2026"),
        ] {
            let main = text(&page);
            assert!(main.starts_with("Swap\n\nThe two sides"), "{main}");
            assert!(!main.contains("Home") && !main.contains("99") && !main.contains("No"), "{main}");
            assert_eq!(main.matches("forty").count(), 6, "{page}");
            let whole = read(&page, true).expect("a page").text;
            assert!(whole.contains("Home") && whole.len() > main.len(), "{whole}");
        }
        // An article whose class has an unlucky name stays.
        assert_eq!(text(&format!("<div class='content has-sidebar'>{body}</div>")).matches("forty").count(), 6);
    }

    #[test]
    fn blocks_know_what_they_are() {
        let page = read(
            "<h1>Title</h1><p>A <strong>big</strong> <em>swap</em>, see https://a.example/1/2.</p><blockquote><p>Yes.</p></blockquote><ul><li>one</ul><figure><img alt=x><figcaption>Coffins</figcaption></figure><table><tr><td>a<td>b</table>",
            true,
        )
        .expect("a page");
        let blocks: Vec<_> = page.markup.blocks.iter().map(|b| (b.kind, b.span.of(&page.text))).collect();
        assert_eq!(
            blocks,
            [
                (Heading(1), "Title"),
                (Paragraph, "A big swap, see https://a.example/1/2."),
                (Quote, "Yes."),
                (Item, "one"),
                (Caption, "Coffins"),
                (TableRow, "a\tb"),
            ]
        );
        let of = |spans: &[Span]| spans.iter().map(|s| s.of(&page.text).to_owned()).collect::<Vec<_>>();
        assert_eq!(of(&page.markup.strong), ["big"]);
        assert_eq!(of(&page.markup.emphasis), ["swap"]);
        assert_eq!(of(&page.markup.links), ["https://a.example/1/2"]);
    }

    #[test]
    fn old_pages_of_tables_and_line_breaks_are_read() {
        let page = read(
            "<title>Bodies swapped - The Old Paper</title><table><tr><td><a href=a>Home</a><br><a href=b>News of 99</a></td><td><font><b>Bodies swapped</b><br><i>March 5, 2024</i><br><br>The two sides swapped the bodies of 40 soldiers on Tuesday, officials said.<br><br>A further 12 were found on Wednesday, and rescuers feared that more would be.</font></td></tr></table>",
            false,
        )
        .expect("a page");
        assert_eq!(page.text.lines().next(), Some("Bodies swapped"));
        assert_eq!(page.markup.blocks.len(), 3);
        assert!(!page.text.contains("99"), "{}", page.text);
        assert_eq!(page.declared.title.as_deref(), Some("Bodies swapped"));
        assert_eq!(page.declared.outlet.as_deref(), Some("The Old Paper"));
    }

    #[test]
    fn the_head_is_read() {
        let head = |html: &str| Tree::parse(html).head.declared();
        let meta = head(
            "<head><title>Swap of bodies - The Example</title><meta property='og:site_name' content='The Example'><meta property='article:published_time' content='2026-01-29T10:00:00+02:00'><link rel=canonical href='https://example.org/2026/swap'></head>",
        );
        assert_eq!(
            (meta.title.as_deref(), meta.outlet.as_deref(), meta.published.as_deref(), meta.url.as_deref()),
            (
                Some("Swap of bodies"),
                Some("The Example"),
                Some("2026-01-29T10:00:00+02:00"),
                Some("https://example.org/2026/swap")
            )
        );
        let ld = head(
            r#"<script type="application/ld+json">{"@graph":[{"@type":"WebSite","name":"x"},{"@type":["NewsArticle"],"headline":"Swap","datePublished":"2026-01-29","publisher":{"name":"The Example"},"url":"https://example.org/a"}]}</script>"#,
        );
        assert_eq!((ld.title.as_deref(), ld.outlet.as_deref()), (Some("Swap"), Some("The Example")));
        assert_eq!((ld.published.as_deref(), ld.url.as_deref()), (Some("2026-01-29"), Some("https://example.org/a")));
        assert_eq!(head("<script type='application/ld+json'>{broken</script>"), Declared::default());
    }

    #[test]
    fn hostile_pages_end_in_text_or_in_an_error() {
        for html in [
            "<div>".repeat(100_000) + "deep",
            "<b>".repeat(20_000) + "deep",
            "<p><a x=1><b><i><table>".repeat(5_000) + "deep",
            "<ul><li>".repeat(10_000) + "deep",
            "<div ".to_owned() + &"x".repeat(2_000_000) + ">deep",
            "<div title=\"".to_owned() + &"x y ".repeat(500_000) + "\">deep",
            "<!--".to_owned() + &"x".repeat(100_000) + "-->deep",
            "</div>".repeat(100_000) + "deep",
            "<div>x</p>".repeat(20_000) + "deep",
        ] {
            assert!(text(&html).trim_end().ends_with("deep"), "{}", &html[..40]);
        }
        let many: String = (0..200_000).map(|n| format!(" a{n}=1")).collect();
        let error = read(&format!("<p>\n<div{many}>"), false).expect_err("too many attributes");
        assert!(error.contains("line 2"), "{error}");
        for html in
            ["<", "<a", "<a b", "<a b='", "<!--", "<!", "</", "&#", "&", "<![CDATA[", "\0<p\0>", "<script", "<title>"]
        {
            let _ = read(html, false).expect(html);
        }
    }
}
