//! Where headings, paragraphs, links and emphasis stand. The text itself is never touched.

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
    /// Addresses, inside markup or bare. Digits in them are never counts.
    pub links: Vec<Span>,
    /// Words set strong.
    pub strong: Vec<Span>,
    /// Words set emphatic.
    pub emphasis: Vec<Span>,
}

impl Markup {
    /// Plain text: a block for each line that has something on it; the first, where it is short
    /// and stands alone, is taken as the title.
    pub fn of_plain(text: &str) -> Self {
        let mut markup = Self::default();
        let mut start = 0;
        for line in text.split_inclusive('\n') {
            let body = line.trim_end_matches('\n');
            if !body.trim().is_empty() {
                markup.blocks.push(Block { kind: BlockKind::Paragraph, span: Span::new(start, start + body.len()) });
            }
            start += line.len();
        }
        markup
    }
}
