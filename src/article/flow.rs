//! Writes the text of a document of paragraphs, tables and notes, and notes its blocks: what the
//! readers of office documents, books and PDF have in common.

use super::html;
use super::markup::{Block, BlockKind, Markup, bare_addresses};
use crate::claim::Span;

/// A paragraph that is being gathered.
#[derive(Debug, Default)]
struct Paragraph {
    kind: Option<BlockKind>,
    text: String,
    /// Ranges in `text`, in order.
    strong: Vec<std::ops::Range<usize>>,
    emphasis: Vec<std::ops::Range<usize>>,
}

/// Where finished paragraphs go.
#[derive(Debug)]
enum Place {
    /// A table's rows; of the open row each cell's paragraphs.
    Table(Vec<Vec<Paragraph>>),
    /// A note: read behind the text, since it stands in the middle of a sentence.
    Note,
}

/// The text of a document, as it is read.
#[derive(Debug, Default)]
pub(super) struct Flow {
    text: String,
    markup: Markup,
    open: Vec<Paragraph>,
    places: Vec<Place>,
    notes: Vec<Paragraph>,
    last: Option<BlockKind>,
}

impl Flow {
    /// Begins a paragraph. One that is open waits until this has ended, and is written behind it.
    pub fn begin(&mut self, kind: BlockKind) {
        self.open.push(Paragraph { kind: Some(kind), ..Paragraph::default() });
    }

    /// Says what the open paragraph is.
    pub fn set_kind(&mut self, kind: BlockKind) {
        if let Some(paragraph) = self.open.last_mut() {
            paragraph.kind = Some(kind);
        }
    }

    /// Words of the open paragraph, as they stand; outside of one they are dropped.
    pub fn push(&mut self, words: &str, strong: bool, emphasis: bool) {
        let Some(paragraph) = self.open.last_mut() else { return };
        let start = paragraph.text.len();
        paragraph.text.extend(words.chars().map(|c| if c == '\r' { '\n' } else { c }));
        let range = start..paragraph.text.len();
        if words.trim().is_empty() {
            return;
        }
        for (set, ranges) in [(strong, &mut paragraph.strong), (emphasis, &mut paragraph.emphasis)] {
            if !set {
                continue;
            }
            match ranges.last_mut() {
                Some(last) if last.end == range.start => last.end = range.end,
                _ => ranges.push(range.clone()),
            }
        }
    }

    /// Ends the paragraph that was begun last.
    pub fn end(&mut self) {
        let Some(paragraph) = self.open.pop() else { return };
        match self.places.last_mut() {
            Some(Place::Table(cells)) => {
                if cells.is_empty() {
                    cells.push(Vec::new());
                }
                if let Some(cell) = cells.last_mut() {
                    cell.push(paragraph);
                }
            }
            Some(Place::Note) => self.notes.push(paragraph),
            None => self.write(&paragraph),
        }
    }

    /// Begins a row of a table.
    pub fn begin_row(&mut self) {
        self.places.push(Place::Table(Vec::new()));
    }

    /// Begins a cell of the row.
    pub fn begin_cell(&mut self) {
        if let Some(Place::Table(cells)) = self.places.last_mut() {
            cells.push(Vec::new());
        }
    }

    /// Ends the row: one block with tabs between the cells, or where a cell holds several
    /// paragraphs, as in a table that only lays out the page, each paragraph as one.
    pub fn end_row(&mut self) {
        if !matches!(self.places.last(), Some(Place::Table(_))) {
            return;
        }
        let Some(Place::Table(cells)) = self.places.pop() else { return };
        let full = |cell: &Vec<Paragraph>| cell.iter().filter(|p| !p.text.trim().is_empty()).count();
        let outer = self.places.last_mut();
        if cells.iter().any(|cell| full(cell) > 1) || matches!(outer, Some(Place::Table(_))) {
            for paragraph in cells.into_iter().flatten() {
                self.open.push(paragraph);
                self.end();
            }
            return;
        }
        let mut row = Paragraph { kind: Some(BlockKind::TableRow), ..Paragraph::default() };
        for (n, cell) in cells.into_iter().enumerate() {
            if n > 0 {
                row.text.push('\t');
            }
            for paragraph in cell {
                row.text.push_str(&paragraph.text.split_whitespace().collect::<Vec<_>>().join(" "));
            }
        }
        self.open.push(row);
        self.end();
    }

    /// Begins a note.
    pub fn begin_note(&mut self) {
        self.places.push(Place::Note);
    }

    /// Ends it.
    pub fn end_note(&mut self) {
        if matches!(self.places.last(), Some(Place::Note)) {
            self.places.pop();
        }
    }

    /// A whole page behind what there is.
    pub fn append(&mut self, page: html::Page) {
        if page.text.trim().is_empty() {
            return;
        }
        if !self.text.is_empty() {
            self.text.push_str("\n\n");
        }
        let by = self.text.len() as u32;
        let moved = |span: &Span| Span { start: span.start + by, end: span.end + by };
        self.text.push_str(page.text.trim_end_matches('\n'));
        let Markup { blocks, syntax, links: _, strong, emphasis } = &page.markup;
        self.markup.blocks.extend(blocks.iter().map(|block| Block { kind: block.kind, span: moved(&block.span) }));
        self.markup.syntax.extend(syntax.iter().map(moved));
        self.markup.strong.extend(strong.iter().map(moved));
        self.markup.emphasis.extend(emphasis.iter().map(moved));
        self.last = blocks.last().map(|block| block.kind);
    }

    fn write(&mut self, paragraph: &Paragraph) {
        let Paragraph { kind, text, strong, emphasis } = paragraph;
        let kind = kind.unwrap_or(BlockKind::Paragraph);
        let words = text.trim();
        if words.is_empty() {
            return;
        }
        let listed = |kind| matches!(kind, BlockKind::Item | BlockKind::TableRow);
        if let Some(last) = self.last {
            self.text.push_str(if last == kind && listed(kind) { "\n" } else { "\n\n" });
        }
        let skipped = text.len() - text.trim_start().len();
        let start = self.text.len();
        self.text.push_str(words);
        let end = self.text.len();
        self.markup.blocks.push(Block { kind, span: Span::new(start, end) });
        for (ranges, spans) in [(strong, &mut self.markup.strong), (emphasis, &mut self.markup.emphasis)] {
            for range in ranges {
                let from = range.start.max(skipped) - skipped + start;
                let to = (range.end.max(skipped) - skipped + start).min(end);
                if from < to {
                    spans.push(Span::new(from, to));
                }
            }
        }
        self.last = Some(kind);
    }

    /// The text, with a line end behind it, and its markup.
    pub fn finish(mut self) -> (String, Markup) {
        while !self.open.is_empty() || !self.places.is_empty() {
            self.end();
            match self.places.last() {
                Some(Place::Table(_)) if self.open.is_empty() => self.end_row(),
                Some(Place::Note) if self.open.is_empty() => self.end_note(),
                _ => {}
            }
        }
        for note in std::mem::take(&mut self.notes) {
            self.write(&note);
        }
        let Self { mut text, mut markup, .. } = self;
        if !text.is_empty() {
            text.push('\n');
        }
        let bare = bare_addresses(&text, Span { start: 0, end: text.len() as u32 });
        markup.settle(&text, bare);
        (text, markup)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn paragraph(flow: &mut Flow, kind: BlockKind, words: &str) {
        flow.begin(kind);
        flow.push(words, false, false);
        flow.end();
    }

    #[test]
    fn paragraphs_are_apart_and_rows_and_items_are_close() {
        let mut flow = Flow::default();
        paragraph(&mut flow, BlockKind::Heading(1), " Swap ");
        paragraph(&mut flow, BlockKind::Item, "one");
        paragraph(&mut flow, BlockKind::Item, "two");
        paragraph(&mut flow, BlockKind::Paragraph, "  ");
        for row in [["side", "bodies"], ["A", "1,000"]] {
            flow.begin_row();
            for cell in row {
                flow.begin_cell();
                paragraph(&mut flow, BlockKind::Paragraph, cell);
            }
            flow.end_row();
        }
        let (text, markup) = flow.finish();
        assert_eq!(text, "Swap\n\none\ntwo\n\nside\tbodies\nA\t1,000\n");
        assert_eq!(markup.blocks.len(), 5);
    }

    #[test]
    fn words_keep_their_strength_and_notes_come_last() {
        let mut flow = Flow::default();
        flow.begin(BlockKind::Paragraph);
        flow.push("  The ", false, false);
        flow.push("big", true, false);
        flow.push(" swap", true, true);
        flow.begin_note();
        paragraph(&mut flow, BlockKind::Paragraph, "So they said.");
        flow.end_note();
        flow.push(".", false, false);
        flow.end();
        paragraph(&mut flow, BlockKind::Paragraph, "More.");
        let (text, markup) = flow.finish();
        assert_eq!(text, "The big swap.\n\nMore.\n\nSo they said.\n");
        assert_eq!(markup.strong.iter().map(|s| s.of(&text)).collect::<Vec<_>>(), ["big swap"]);
        assert_eq!(markup.emphasis.iter().map(|s| s.of(&text)).collect::<Vec<_>>(), [" swap"]);
    }

    #[test]
    fn what_is_left_open_is_closed() {
        let mut flow = Flow::default();
        flow.begin_row();
        flow.begin_cell();
        flow.begin(BlockKind::Paragraph);
        flow.push("a", false, false);
        flow.begin_note();
        flow.begin(BlockKind::Paragraph);
        flow.push("b", true, false);
        let (text, _) = flow.finish();
        assert_eq!(text, "b\n\na\n");
        let mut flow = Flow::default();
        for _ in 0..3 {
            flow.end();
            flow.end_row();
            flow.end_note();
        }
        assert_eq!(flow.finish().0, "");
    }
}
