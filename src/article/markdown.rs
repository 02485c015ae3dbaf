//! Markup of Markdown, by byte offsets. The text stays as it is.

use std::ops::Range;
use std::sync::LazyLock;

use pulldown_cmark::{Event, HeadingLevel, LinkType, Options, Parser, Tag, TagEnd};
use regex::Regex;

use super::markup::{Block, BlockKind, Markup, bare_addresses};
use super::plain;
use crate::claim::Span;

static EVIDENCE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?m)!\[[^\]\n]{0,300}\]\([^)\n]*\)|\[[^\]\n]{1,300}\]\((?:https?:|#|/|mailto:|www\.)[^)\n]*\)|^#{1,6} \S|^\*\*\S[^*\n]*\*\*\s*$|^\|(?:\s*:?-{3,}:?\s*\|)+\s*$")
        .expect("a constant pattern")
});

/// Whether a text that does not call itself Markdown is Markdown all the same: it holds a link,
/// an image, a heading or a table as only Markdown writes them.
pub(super) fn is_markdown(text: &str) -> bool {
    EVIDENCE.is_match(text)
}

/// The markup of a Markdown text.
pub(super) fn markup(text: &str) -> Markup {
    let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_YAML_STYLE_METADATA_BLOCKS;
    let parser = Parser::new_ext(text, options);
    let mut walk = Walk { text, markup: Markup::default(), words: Vec::new(), leaf: None, inside: Vec::new() };
    for (_, definition) in parser.reference_definitions().iter() {
        walk.definition(definition.span.clone(), &definition.dest);
    }
    for (event, range) in parser.into_offset_iter() {
        walk.event(event, range);
    }
    walk.finish()
}

/// A leaf block that is being read.
struct Leaf {
    kind: BlockKind,
    range: Range<usize>,
    /// Whether anything but images stands in it.
    words: bool,
    /// Whether there is an image.
    image: bool,
}

struct Walk<'a> {
    text: &'a str,
    markup: Markup,
    /// Ranges that are words, within the leaf; the rest of it is syntax.
    words: Vec<Range<usize>>,
    leaf: Option<Leaf>,
    /// Containers and inline elements that are open: what they are and where their words begin.
    inside: Vec<(Open, Range<usize>)>,
}

#[derive(PartialEq)]
enum Open {
    Quote,
    Item,
    Strong,
    Emphasis,
    Link(String, LinkType),
    Image(String),
}

impl Walk<'_> {
    fn event(&mut self, event: Event<'_>, range: Range<usize>) {
        match event {
            Event::Start(tag) => self.start(tag, range),
            Event::End(tag) => self.end(tag, range),
            Event::Text(_) => self.words_at(range),
            Event::Code(_) | Event::InlineMath(_) | Event::DisplayMath(_) => {
                let code = &self.text[range.clone()];
                let ticks = code.len() - code.trim_start_matches('`').len();
                self.words_at(range.start + ticks..(range.end - ticks).max(range.start + ticks));
            }
            Event::Html(_) => self.html(range),
            Event::Rule => {
                self.syntax(range.clone());
                self.block(BlockKind::Furniture, range);
            }
            Event::InlineHtml(_)
            | Event::SoftBreak
            | Event::HardBreak
            | Event::TaskListMarker(_)
            | Event::FootnoteReference(_) => {}
        }
    }

    fn start(&mut self, tag: Tag<'_>, range: Range<usize>) {
        match tag {
            Tag::Heading { level, .. } => self.open_leaf(BlockKind::Heading(depth(level)), range),
            Tag::Paragraph => {
                let kind = self.kind_of_text();
                self.open_leaf(kind, range);
            }
            Tag::CodeBlock(_) => self.open_leaf(BlockKind::Paragraph, range),
            Tag::TableHead | Tag::TableRow => self.open_leaf(BlockKind::TableRow, range),
            Tag::MetadataBlock(_) => {
                self.block(BlockKind::Furniture, range.clone());
                self.syntax(range);
            }
            Tag::BlockQuote(_) => self.inside.push((Open::Quote, range)),
            Tag::Item => {
                // The text of a tight item comes without a paragraph around it.
                self.inside.push((Open::Item, range));
            }
            Tag::Strong => self.inside.push((Open::Strong, range)),
            Tag::Emphasis => self.inside.push((Open::Emphasis, range)),
            Tag::Link { link_type, dest_url, .. } => {
                self.need_leaf(&range);
                self.inside.push((Open::Link(dest_url.into_string(), link_type), range));
            }
            Tag::Image { dest_url, .. } => {
                self.need_leaf(&range);
                if let Some(leaf) = &mut self.leaf {
                    leaf.image = true;
                }
                self.inside.push((Open::Image(dest_url.into_string()), range));
            }
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd, range: Range<usize>) {
        match tag {
            TagEnd::Heading(_) | TagEnd::Paragraph | TagEnd::CodeBlock | TagEnd::TableHead | TagEnd::TableRow => {
                self.close_leaf();
            }
            TagEnd::BlockQuote(_) => {
                self.inside.pop();
            }
            TagEnd::Item => {
                self.close_leaf();
                self.inside.pop();
            }
            TagEnd::List(_) => self.close_leaf(),
            TagEnd::Strong | TagEnd::Emphasis => {
                let words = self.words_since(range.start);
                if let (Some((open, _)), Some(words)) = (self.inside.pop(), words) {
                    let list = if open == Open::Strong { &mut self.markup.strong } else { &mut self.markup.emphasis };
                    list.push(Span::new(words.start, words.end));
                }
            }
            TagEnd::Link | TagEnd::Image => {
                if let Some((Open::Link(address, _) | Open::Image(address), _)) = self.inside.pop() {
                    self.address(&address, range);
                }
            }
            _ => {}
        }
    }

    fn kind_of_text(&self) -> BlockKind {
        match self.inside.iter().rev().map(|(open, _)| open).find(|open| matches!(open, Open::Quote | Open::Item)) {
            Some(Open::Quote) => BlockKind::Quote,
            Some(Open::Item) => BlockKind::Item,
            _ => BlockKind::Paragraph,
        }
    }

    fn open_leaf(&mut self, kind: BlockKind, range: Range<usize>) {
        self.close_leaf();
        self.leaf = Some(Leaf { kind, range, words: false, image: false });
    }

    /// The text of a tight list item comes without a paragraph around it: it opens a leaf itself,
    /// which takes in the item's mark where it is the item's first.
    fn need_leaf(&mut self, range: &Range<usize>) {
        if self.leaf.is_none()
            && let Some(item) =
                self.inside.iter().rev().find_map(|(open, item)| (*open == Open::Item).then_some(item.start))
        {
            let first = self.markup.blocks.last().is_none_or(|block| (block.span.end as usize) <= item);
            let start = if first { item } else { range.start };
            self.leaf = Some(Leaf { kind: BlockKind::Item, range: start..range.end, words: false, image: false });
        }
        if let Some(leaf) = &mut self.leaf {
            leaf.range.end = leaf.range.end.max(range.end);
        }
    }

    fn words_at(&mut self, range: Range<usize>) {
        self.need_leaf(&range);
        let in_image = self.inside.iter().any(|(open, _)| matches!(open, Open::Image(_)));
        if let Some(leaf) = &mut self.leaf {
            leaf.words |= !in_image && !self.text[range.clone()].trim().is_empty();
        }
        if !range.is_empty() {
            self.words.push(range);
        }
    }

    fn words_since(&self, start: usize) -> Option<Range<usize>> {
        let first = self.words.get(self.words.partition_point(|words| words.start < start))?;
        Some(first.start..self.words.last()?.end)
    }

    fn close_leaf(&mut self) {
        let Some(leaf) = self.leaf.take() else {
            self.words.clear();
            return;
        };
        let text = self.text;
        let words = std::mem::take(&mut self.words);
        let mut range = trimmed(text, leaf.range);
        if leaf.kind == BlockKind::Quote {
            // The mark of a quotation stands before its first line.
            let line = text[..range.start].rfind('\n').map_or(0, |end| end + 1);
            if text[line..range.start].chars().all(|c| c == '>' || c == ' ') {
                range.start = line;
                range = trimmed(text, range);
            }
        }
        let mut at = range.start;
        for word in words.iter().filter(|word| word.end <= range.end) {
            if at < word.start {
                self.syntax(at..word.start);
            }
            at = at.max(word.end);
        }
        self.syntax(at..range.end.max(at));
        let kind = match leaf.kind {
            BlockKind::Paragraph if !leaf.words && leaf.image => {
                let alt = words.iter().any(|word| !text[word.clone()].trim().is_empty());
                if alt { BlockKind::Caption } else { BlockKind::Furniture }
            }
            kind => kind,
        };
        self.block(kind, range);
    }

    /// What lies between the words is syntax, but for the white space at its ends.
    fn syntax(&mut self, range: Range<usize>) {
        let mut start = range.start;
        for line in self.text[range].split_inclusive('\n') {
            let body = trimmed(self.text, start..start + line.len());
            start += line.len();
            if !body.is_empty() {
                self.markup.syntax.push(Span::new(body.start, body.end));
            }
        }
    }

    fn block(&mut self, kind: BlockKind, range: Range<usize>) {
        let range = trimmed(self.text, range);
        if !range.is_empty() {
            self.markup.blocks.push(Block { kind, span: Span::new(range.start, range.end) });
        }
    }

    /// A piece of HTML between paragraphs: its tags are syntax, its words a paragraph.
    fn html(&mut self, range: Range<usize>) {
        static TAG: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"(?s)<!--.*?(?:-->|$)|<[^>]*>").expect("constant"));
        let part = &self.text[range.clone()];
        let bare = TAG.replace_all(part, "");
        for tag in TAG.find_iter(part) {
            self.syntax(range.start + tag.start()..range.start + tag.end());
        }
        let kind = if bare.trim().is_empty() { BlockKind::Furniture } else { BlockKind::Paragraph };
        self.block(kind, range);
    }

    /// The address of a link or image, found in its source.
    fn address(&mut self, address: &str, range: Range<usize>) {
        if address.is_empty() {
            return;
        }
        if let Some(at) = self.text[range.clone()].rfind(address) {
            let start = range.start + at;
            self.markup.links.push(Span::new(start, start + address.len()));
        }
    }

    fn definition(&mut self, range: Range<usize>, address: &str) {
        self.block(BlockKind::Furniture, range.clone());
        self.syntax(range.clone());
        self.address(address, range);
    }

    fn finish(mut self) -> Markup {
        self.close_leaf();
        let Self { text, mut markup, .. } = self;
        markup.blocks.sort_by_key(|block| block.span);
        let mut end = 0;
        markup.blocks.retain(|block| {
            let apart = block.span.start >= end;
            end = end.max(block.span.end);
            apart
        });
        split_lines(text, &mut markup);
        let bare = markup.blocks.iter().flat_map(|block| bare_addresses(text, block.span)).collect();
        markup.settle(text, bare);
        if markup.blocks.iter().any(|block| matches!(block.kind, BlockKind::Heading(_))) {
            one_title(&mut markup.blocks);
        } else {
            plain::find_headings(text, &mut markup.blocks);
        }
        markup
    }
}

fn trimmed(text: &str, range: Range<usize>) -> Range<usize> {
    let part = &text[range.clone()];
    let start = range.start + (part.len() - part.trim_start().len());
    start..start.max(range.start + part.trim_end().len())
}

fn depth(level: HeadingLevel) -> u8 {
    level as u8
}

/// Where lines are not wrapped, each line of a paragraph is a paragraph of its own, as in plain
/// text; and what a line is by its look (a caption, a table row) it is here too.
fn split_lines(text: &str, markup: &mut Markup) {
    let all = plain::lines_of(text, Span { start: 0, end: text.len() as u32 });
    let wrapped = plain::wrap_width(text, &all).is_some();
    markup.syntax.sort_unstable();
    markup.strong.sort_unstable();
    let mut blocks = Vec::with_capacity(markup.blocks.len());
    for block in std::mem::take(&mut markup.blocks) {
        if block.kind != BlockKind::Paragraph {
            blocks.push(block);
            continue;
        }
        let lines = plain::lines_of(text, block.span);
        let kinds: Vec<_> = lines.iter().map(|line| kind_in_markdown(text, markup, line.span)).collect();
        if wrapped && kinds.iter().all(|kind| *kind == BlockKind::Paragraph) {
            blocks.push(block);
            continue;
        }
        blocks.extend(lines.iter().zip(kinds).map(|(line, kind)| Block { kind, span: line.span }));
    }
    markup.blocks = blocks;
}

fn kind_in_markdown(text: &str, markup: &Markup, line: Span) -> BlockKind {
    let words = markup.words_of(text, line);
    let source = line.of(text);
    if source.contains("![") && words.trim_matches(['|', ' ']).is_empty() {
        return BlockKind::Furniture;
    }
    // A short line that is strong from end to end heads what follows.
    let first = markup.strong.partition_point(|strong| strong.start < line.start);
    if let Some(strong) = markup.strong.get(first).filter(|strong| line.contains(**strong))
        && markup.words_of(text, *strong) == words
        && plain::is_headline(&words, plain::HEADING)
        && plain::kind_of_line(&words) == BlockKind::Paragraph
    {
        return BlockKind::Heading(2);
    }
    // The look of a line is that of its words; a table's bars may be words or syntax.
    match (plain::kind_of_line(&words), plain::kind_of_line(source)) {
        (kind @ (BlockKind::Caption | BlockKind::Furniture), _) => kind,
        (_, BlockKind::TableRow) => BlockKind::TableRow,
        // Lists are Markdown's own business.
        _ => BlockKind::Paragraph,
    }
}

/// The first heading is the title, whatever its depth, unless text stands before it; no other is.
fn one_title(blocks: &mut [Block]) {
    let mut first = true;
    for block in blocks {
        match &mut block.kind {
            BlockKind::Heading(level) => {
                *level = if first { 1 } else { (*level).max(2) };
                first = false;
            }
            // A dateline or a byline may stand above the title, a story may not.
            BlockKind::Paragraph | BlockKind::Quote | BlockKind::Item if block.span.len() > 200 => first = false,
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use BlockKind::*;

    fn check(text: &str, expected: &[(BlockKind, &str)]) {
        let markup = markup(text);
        let found: Vec<_> = markup.blocks.iter().map(|block| (block.kind, markup.words_of(text, block.span))).collect();
        let found: Vec<_> = found.iter().map(|(kind, words)| (*kind, words.as_str())).collect();
        assert_eq!(found, expected, "{text}\n{markup:?}");
    }

    #[test]
    fn blocks_are_what_a_reader_sees() {
        check(
            "# Big **Swap**\n\nJanuary 29, 2026\n\nThey [said](https://a.example/2026/01) \\*38\\* bodies.\nA new line.\n\n> “Yes,” he said.\n\n- one\n- **two** and\n  more\n\n---\n\n## Next\n",
            &[
                (Heading(1), "Big Swap"),
                (Paragraph, "January 29, 2026"),
                (Paragraph, "They said *38* bodies."),
                (Paragraph, "A new line."),
                (Quote, "“Yes,” he said."),
                (Item, "one"),
                (Item, "two and more"),
                (Furniture, ""),
                (Heading(2), "Next"),
            ],
        );
    }

    #[test]
    fn pictures_tables_and_addresses() {
        check(
            "![A coffin](x.jpg)\n\n![](y.jpg)\n\n![]() |\nCoffins on 18/9. Photo: Agency |\nBody text.\n\n| side | bodies |\n|---|---|\n| A | 38 |\n\n<https://a.example/2026/01/29/x>\n\n[1]: https://b.example/9\n",
            &[
                (Caption, "A coffin"),
                (Furniture, ""),
                (Furniture, "|"),
                (Caption, "Coffins on 18/9. Photo: Agency |"),
                (Paragraph, "Body text."),
                (TableRow, "side bodies"),
                (TableRow, "A 38"),
                (Furniture, "https://a.example/2026/01/29/x"),
                (Furniture, ""),
            ],
        );
    }

    #[test]
    fn links_strong_and_emphasis_are_known() {
        let text = "The **ministry [said](https://a.example/38)** on *Monday*, see https://b.example/1.";
        let markup = markup(text);
        let of = |spans: &[Span]| spans.iter().map(|span| span.of(text).to_owned()).collect::<Vec<_>>();
        assert_eq!(of(&markup.links), ["https://a.example/38", "https://b.example/1"]);
        assert_eq!(of(&markup.syntax), ["**", "[", "](https://a.example/38)**", "*", "*"]);
        assert_eq!(of(&markup.strong), ["ministry [said"]);
        assert_eq!(of(&markup.emphasis), ["Monday"]);
    }

    #[test]
    fn headings_are_known_where_nothing_marks_them() {
        let body = "The two sides [swapped](https://a.example) the bodies of forty soldiers on Monday, they said.";
        check(
            &format!("Bodies Swapped\n\n{body}\n\nWhat Comes Next\n\n{body}"),
            &[
                (Heading(1), "Bodies Swapped"),
                (Paragraph, "The two sides swapped the bodies of forty soldiers on Monday, they said."),
                (Heading(2), "What Comes Next"),
                (Paragraph, "The two sides swapped the bodies of forty soldiers on Monday, they said."),
            ],
        );
        check(
            &format!(
                "# Bodies Swapped\n\n**What Comes Next**\n\n**Forty** were given.\n\n**Forty were given.**\n\n{body}"
            ),
            &[
                (Heading(1), "Bodies Swapped"),
                (Heading(2), "What Comes Next"),
                (Paragraph, "Forty were given."),
                (Paragraph, "Forty were given."),
                (Paragraph, "The two sides swapped the bodies of forty soldiers on Monday, they said."),
            ],
        );
    }

    #[test]
    fn wrapped_lines_stay_one_paragraph() {
        let text = "The two sides swapped the bodies of forty\nsoldiers on **Monday**, according to officials\nin both capitals, who gave no other detail.\n";
        assert_eq!(markup(text).blocks.len(), 1);
    }

    #[test]
    fn markdown_is_known_by_what_only_it_writes() {
        for (text, expected) in [
            ("see [this](https://a.example) now", true),
            ("# Title\n\nText", true),
            ("![]() |\nText", true),
            ("**Bold line**\n\nText", true),
            ("#1 in the list\n* one\n[sic] (sic)", false),
            ("He [the aide](who?) said", false),
            ("Plain - text", false),
        ] {
            assert_eq!(is_markdown(text), expected, "{text}");
        }
    }

    #[test]
    fn anything_is_markdown() {
        for text in [
            "",
            "\n\n",
            "[",
            "![",
            "](",
            "***",
            "> > > -\n  - \n",
            "<div>\n<p>\n",
            "---\na: b\n---\n",
            "| a |\n|-|\n",
            "\u{0}",
            "[a]: <",
        ] {
            for block in markup(text).blocks {
                assert!(!block.span.of(text).is_empty(), "{text}");
            }
        }
        let deep = "> ".repeat(20_000) + &"[".repeat(20_000) + &"*a ".repeat(10_000);
        assert!(!markup(&deep).blocks.is_empty());
    }
}
