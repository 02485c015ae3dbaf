//! Where headings, paragraphs, links and emphasis stand. The text itself is never touched.

use std::sync::LazyLock;

use aho_corasick::AhoCorasick;
use regex::Regex;

use super::{markdown, plain};
use crate::claim::Span;

/// What a block is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum BlockKind {
    /// A heading, 1 being the article's own title.
    Heading(u8),
    /// Running text.
    Paragraph,
    /// A list item.
    Item,
    /// Cells of a table row, or a line with separators.
    TableRow,
    /// A caption of a picture.
    Caption,
    /// A block quotation.
    Quote,
    /// A rule, an image, an address alone: nothing to be read.
    Furniture,
}

/// A block of text: never empty, sorted, not overlapping. A paragraph is what a reader sees as
/// one: in plain text a line (or lines up to a blank one, where lines are wrapped).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Block {
    /// What it is.
    pub kind: BlockKind,
    /// Where it stands, without the line end.
    pub span: Span,
}

/// The markup of an article.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Markup {
    /// Blocks, in order.
    pub blocks: Vec<Block>,
    /// Characters that are markup and not words: `#`, `**`, `](https://…)`, escapes. Sorted, not
    /// overlapping; the reader dims them, suggestions read past them.
    pub syntax: Vec<Span>,
    /// Addresses, inside markup or bare. Digits in them are never counts. Sorted, not overlapping.
    pub links: Vec<Span>,
    /// Words set strong.
    pub strong: Vec<Span>,
    /// Words set emphatic.
    pub emphasis: Vec<Span>,
}

impl Markup {
    /// Plain text: a block for each line that has something on it, or for each paragraph where
    /// lines are wrapped; the first, where it is short and stands alone, is taken as the title.
    pub fn of_plain(text: &str) -> Self {
        let mut markup = Self { blocks: plain::blocks(text), ..Self::default() };
        markup.settle(text, bare_addresses(text, Span { start: 0, end: text.len() as u32 }));
        markup
    }

    /// Markdown (CommonMark with tables). Lines of a paragraph are blocks of their own, unless
    /// they are wrapped.
    pub fn of_markdown(text: &str) -> Self {
        markdown::markup(text)
    }

    /// The block that a byte stands in.
    pub fn block_at(&self, byte: usize) -> Option<&Block> {
        let place = self.blocks.partition_point(|block| block.span.end as usize <= byte);
        self.blocks.get(place).filter(|block| block.span.covers(byte))
    }

    /// The words of a span without the syntax in it, on one line.
    pub fn words_of(&self, text: &str, span: Span) -> String {
        let mut words = String::new();
        let mut at = span.start;
        let first = self.syntax.partition_point(|s| s.end <= span.start);
        for syntax in self.syntax[first..].iter().take_while(|s| s.start < span.end) {
            if at < syntax.start {
                words.push_str(text.get(at as usize..syntax.start as usize).unwrap_or(""));
            }
            at = at.max(syntax.end);
        }
        if at < span.end {
            words.push_str(text.get(at as usize..span.end as usize).unwrap_or(""));
        }
        words.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// Sorts everything, adds addresses, and turns blocks that are an address alone into furniture.
    pub(super) fn settle(&mut self, text: &str, bare: Vec<Span>) {
        let Self { blocks, syntax, links, strong, emphasis } = self;
        links.extend(bare);
        for spans in [&mut *links, syntax] {
            spans.sort_unstable();
            merge_overlapping(spans);
        }
        for spans in [strong, emphasis] {
            spans.sort_unstable();
            spans.dedup();
        }
        for block in blocks {
            let place = links.partition_point(|link| link.end <= block.span.start);
            let Some(link) = links.get(place).filter(|link| link.overlaps(block.span)) else { continue };
            let rest = [&text[block.span.start as usize..link.start.max(block.span.start) as usize], {
                let from = link.end.min(block.span.end) as usize;
                &text[from..block.span.end as usize]
            }];
            if rest.iter().all(|rest| rest.chars().all(|c| c.is_whitespace() || "<>()[]".contains(c))) {
                block.kind = BlockKind::Furniture;
            }
        }
    }
}

fn merge_overlapping(spans: &mut Vec<Span>) {
    spans.dedup_by(|next, kept| {
        let overlap = next.start < kept.end;
        if overlap {
            kept.end = kept.end.max(next.end);
        }
        overlap
    });
}

/// One of these is in every address.
static ADDRESS_MARKS: LazyLock<AhoCorasick> = LazyLock::new(|| {
    AhoCorasick::builder().ascii_case_insensitive(true).build(["/", "www."]).expect("constant patterns")
});
static ADDRESS: LazyLock<Regex> = LazyLock::new(|| {
    // With a scheme, with "www.", or a host name with a path behind it.
    Regex::new(
        r"(?i)\b(?:https?://|ftp://|www\.)[^\s<>\x22“”«»|]+|\b(?:[a-z0-9][a-z0-9-]*\.)+[a-z]{2,12}/[^\s<>\x22“”«»|]*",
    )
    .expect("a constant pattern")
});

/// Addresses that stand in the text as they are, within a span. Punctuation behind an address is
/// not part of it, nor is a bracket that was opened before it.
pub(super) fn bare_addresses(text: &str, within: Span) -> Vec<Span> {
    let part = within.of(text);
    let mut words = Vec::new();
    let mut done = 0;
    // No address reaches over white space: only words with such a mark in them are looked at.
    while let Some(mark) = ADDRESS_MARKS.find(&part[done..]) {
        let (from, to) = (done + mark.start(), done + mark.end());
        let before = part[done..from].char_indices().rfind(|(_, c)| c.is_whitespace());
        let start = before.map_or(done, |(at, c)| done + at + c.len_utf8());
        done = part[to..].find(char::is_whitespace).map_or(part.len(), |at| to + at);
        words.push(start..done);
    }
    words
        .into_iter()
        .flat_map(|word| ADDRESS.find_iter(&part[word.clone()]).map(move |hit| (word.start, hit)))
        .filter_map(|(offset, hit)| {
            let mut address = hit.as_str();
            loop {
                let shorter = address.trim_end_matches(['.', ',', ';', ':', '!', '?', '\'', '’', '*', '…']);
                let shorter = match shorter.chars().next_back() {
                    Some(')') if shorter.matches(')').count() > shorter.matches('(').count() => {
                        &shorter[..shorter.len() - 1]
                    }
                    Some(']') if !shorter.contains('[') => &shorter[..shorter.len() - 1],
                    _ => shorter,
                };
                if shorter.len() == address.len() {
                    break;
                }
                address = shorter;
            }
            let start = within.start as usize + offset + hit.start();
            (!address.is_empty()).then(|| Span::new(start, start + address.len()))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_end_where_a_reader_ends_them() {
        for (text, expected) in [
            ("see https://a.example/2026/01/29/x-38-y.", vec!["https://a.example/2026/01/29/x-38-y"]),
            ("(www.example.org/a_(b)), then", vec!["www.example.org/a_(b)"]),
            ("at example.co.uk/news/12 and and/or 24/7 and 18/9", vec!["example.co.uk/news/12"]),
            ("U.S./Russia talks; 3.5/5", vec![]),
            (
                "either/or\u{a0}www.a.example/x\thttp://b.example\n“c.example/1”c.example/2",
                vec!["www.a.example/x", "http://b.example", "c.example/1", "c.example/2"],
            ),
            ("no address", vec![]),
        ] {
            let all = Span { start: 0, end: text.len() as u32 };
            let found: Vec<_> = bare_addresses(text, all).into_iter().map(|span| span.of(text)).collect();
            assert_eq!(found, expected, "{text}");
        }
    }

    #[test]
    fn a_block_is_found_by_a_byte_and_read_without_its_syntax() {
        let text = "# The **big** [one](https://x.example)\n\nBody.";
        let markup = Markup::of_markdown(text);
        assert_eq!(markup.words_of(text, markup.blocks[0].span), "The big one");
        assert_eq!(markup.block_at(8), Some(&markup.blocks[0]));
        assert_eq!(markup.block_at(text.len() - 2), Some(&markup.blocks[1]));
        assert_eq!(markup.block_at(text.find("\n\n").map_or(0, |at| at + 1)), None);
    }
}
