//! Writes the text of a page's tree, and notes its blocks.

use super::super::markup::{Block, BlockKind, Markup, bare_addresses};
use super::element::{Element, Role};
use super::tree::{Kind, Tree};
use crate::claim::Span;

/// Writes the text of a tree, and notes its blocks.
pub(super) struct Writer<'a> {
    tree: &'a Tree,
    /// Whether what stands around an article is left out.
    main: bool,
    /// The weight of the element that is written.
    whole: usize,
    text: String,
    markup: Markup,
    /// Where the block that is being written began.
    start: Option<usize>,
    /// What the open blocks are; the last is asked.
    kinds: Vec<BlockKind>,
    /// Whether a space is due before the next word.
    space: bool,
    /// Line breaks since the last word.
    breaks: usize,
    /// Whether the next block follows the last on the next line, without a blank one.
    close: bool,
    rows: Vec<Row>,
    pre: usize,
    /// Strong and emphatic elements that are open, and where their words in this block began.
    set: Vec<(Role, Option<usize>)>,
    raised: bool,
}

/// A table that is being written.
struct Row {
    /// A table that only lays out the page: its cells are blocks.
    layout: bool,
    cells: usize,
}

enum Step {
    Enter(usize),
    Leave(usize),
}

impl<'a> Writer<'a> {
    pub fn new(tree: &'a Tree, main: bool) -> Self {
        Self {
            tree,
            main,
            whole: 0,
            text: String::new(),
            markup: Markup::default(),
            start: None,
            kinds: Vec::new(),
            space: false,
            breaks: 0,
            close: false,
            rows: Vec::new(),
            pre: 0,
            set: Vec::new(),
            raised: false,
        }
    }

    pub fn walk(&mut self, root: usize) {
        self.whole = self.tree.weight[root].0;
        let mut steps = vec![Step::Enter(root)];
        while let Some(step) = steps.pop() {
            match step {
                Step::Enter(node) => match &self.tree.nodes[node].kind {
                    Kind::Text(text) => self.write(text),
                    Kind::Element(element) => {
                        if node != root && self.is_left_out(node, element) {
                            continue;
                        }
                        self.enter(node, element.role);
                        steps.push(Step::Leave(node));
                        steps.extend(self.tree.nodes[node].children.iter().rev().map(|child| Step::Enter(*child)));
                    }
                },
                Step::Leave(node) => {
                    if let Some(element) = self.tree.element(node) {
                        self.leave(element.role);
                    }
                }
            }
        }
        self.end_block();
    }

    fn is_left_out(&self, node: usize, element: &Element) -> bool {
        if element.hidden || element.role == Role::Dropped {
            return true;
        }
        // A name that fits the page's furniture does not remove the better part of the article.
        let small = self.tree.weight[node].0 * 5 < self.whole * 2;
        self.main && small && (element.role == Role::Around || (element.unlikely && !element.paragraph))
    }

    fn in_data_cell(&self) -> bool {
        self.rows.last().is_some_and(|row| !row.layout)
    }

    fn enter(&mut self, node: usize, role: Role) {
        match role {
            Role::Inline | Role::Dropped => {}
            Role::Strong | Role::Emphasis => self.set.push((role, None)),
            Role::Quoted => self.write("“"),
            Role::Raised => self.raised = true,
            Role::Break => self.line_break(),
            Role::Pre => {
                self.begin_block(BlockKind::Paragraph);
                self.pre += 1;
            }
            Role::Table => {
                let layout = self.lays_out(node);
                if !self.in_data_cell() {
                    self.end_block();
                }
                self.rows.push(Row { layout, cells: 0 });
            }
            Role::Row => {
                let data = self.in_data_cell();
                self.begin_block(if data { BlockKind::TableRow } else { BlockKind::Paragraph });
                if let Some(row) = self.rows.last_mut() {
                    row.cells = 0;
                }
            }
            Role::Cell => match self.rows.last_mut() {
                Some(row) if !row.layout => {
                    row.cells += 1;
                    if row.cells > 1 && self.start.is_some() {
                        self.trim_end();
                        self.text.push('\t');
                        self.space = false;
                    }
                }
                _ => self.begin_block(BlockKind::Paragraph),
            },
            Role::Heading(level) => self.begin_block(BlockKind::Heading(level)),
            Role::Item => self.begin_block(BlockKind::Item),
            Role::Quote => self.begin_block(BlockKind::Quote),
            Role::Caption => self.begin_block(BlockKind::Caption),
            Role::Block | Role::Around => {
                let inherited = self.kinds.last().copied().unwrap_or(BlockKind::Paragraph);
                self.begin_block(inherited);
            }
        }
    }

    fn leave(&mut self, role: Role) {
        match role {
            Role::Inline | Role::Dropped | Role::Break => {}
            Role::Strong | Role::Emphasis => {
                if let Some((role, Some(start))) = self.set.pop() {
                    self.note_set(role, start);
                }
            }
            Role::Quoted => {
                self.space = false;
                self.write("”");
            }
            Role::Raised => self.raised = false,
            Role::Pre => {
                self.end_block();
                self.pre -= 1;
                self.kinds.pop();
            }
            Role::Table => {
                self.rows.pop();
                if !self.in_data_cell() {
                    self.end_block();
                    self.close = false;
                }
            }
            Role::Row => {
                self.end_block();
                self.kinds.pop();
                self.close = true;
            }
            Role::Cell => {
                if !self.in_data_cell() {
                    self.end_block();
                    self.kinds.pop();
                }
            }
            Role::Item => {
                self.end_block();
                self.kinds.pop();
                self.close = true;
            }
            Role::Heading(_) | Role::Quote | Role::Caption | Role::Block | Role::Around => {
                self.end_block();
                self.kinds.pop();
                self.close = false;
            }
        }
    }

    /// A table that holds running text, headings or tables lays out the page.
    fn lays_out(&self, table: usize) -> bool {
        let (mut rows, mut waiting) = (0, self.tree.nodes[table].children.clone());
        while let Some(node) = waiting.pop() {
            let Some(element) = self.tree.element(node) else { continue };
            match element.role {
                Role::Table | Role::Heading(_) => return true,
                Role::Cell if self.tree.weight[node].0 > 300 => return true,
                Role::Row => rows += 1,
                _ => {}
            }
            waiting.extend(&self.tree.nodes[node].children);
        }
        rows == 0
    }

    fn begin_block(&mut self, kind: BlockKind) {
        // A data table keeps its rows whole, whatever stands in its cells.
        if self.in_data_cell() && self.kinds.last() == Some(&BlockKind::TableRow) {
            self.kinds.push(BlockKind::TableRow);
            self.space = true;
            return;
        }
        self.end_block();
        let close = self.close && matches!(kind, BlockKind::Item | BlockKind::TableRow);
        self.close = close;
        self.kinds.push(kind);
    }

    fn end_block(&mut self) {
        if self.in_data_cell()
            && self.kinds.len() >= 2
            && self.kinds[self.kinds.len() - 2] == BlockKind::TableRow
            && self.kinds.last() == Some(&BlockKind::TableRow)
        {
            self.space = true;
            return;
        }
        self.space = false;
        self.breaks = 0;
        let Some(start) = self.start.take() else { return };
        let open = std::mem::take(&mut self.set);
        for (role, from) in &open {
            if let Some(from) = from {
                self.note_set(*role, *from);
            }
        }
        self.set = open.into_iter().map(|(role, _)| (role, None)).collect();
        self.trim_end();
        // A block of spaces that do not break has no words either.
        if !self.text[start..].trim().is_empty() {
            let kind = self.kinds.last().copied().unwrap_or(BlockKind::Paragraph);
            self.markup.blocks.push(Block { kind, span: Span::new(start, self.text.len()) });
        }
    }

    fn trim_end(&mut self) {
        let end = self.text.trim_end_matches([' ', '\n', '\t']).len();
        self.text.truncate(end.max(self.start.unwrap_or(0)));
    }

    fn note_set(&mut self, role: Role, start: usize) {
        let end = self.text.trim_end().len();
        if start < end {
            let list = if role == Role::Strong { &mut self.markup.strong } else { &mut self.markup.emphasis };
            list.push(Span::new(start, end));
        }
    }

    fn line_break(&mut self) {
        if self.in_data_cell() || self.pre > 0 {
            self.space = true;
        } else if self.start.is_some() {
            self.breaks += 1;
            // Two breaks are how old pages write a paragraph.
            if self.breaks >= 2 {
                self.end_block();
                self.close = false;
            }
        }
    }

    fn write(&mut self, text: &str) {
        for c in text.chars() {
            // A character reference can still write one.
            let c = if c == '\r' { '\n' } else { c };
            let blank = matches!(c, ' ' | '\t' | '\n' | '\r' | '\u{c}');
            if blank && (self.pre == 0 || self.start.is_none()) {
                self.space = true;
                continue;
            }
            if self.start.is_none() {
                if !self.text.is_empty() {
                    self.text.push_str(if self.close { "\n" } else { "\n\n" });
                }
                self.start = Some(self.text.len());
            } else if self.breaks > 0 {
                self.trim_end();
                self.text.push('\n');
            } else if self.space && !self.text.ends_with(['\t', '\n']) {
                self.text.push(' ');
            } else if self.raised && c.is_ascii_digit() && !self.text.ends_with(char::is_whitespace) {
                // A raised digit is a note or a power, and no digit of the number before it.
                self.text.push(' ');
            }
            self.raised = false;
            self.space = false;
            self.breaks = 0;
            let at = self.text.len();
            for (_, start) in &mut self.set {
                start.get_or_insert(at);
            }
            self.text.push(c);
        }
    }

    pub fn finish(mut self) -> (String, Markup) {
        self.end_block();
        if !self.text.is_empty() {
            self.text.push('\n');
        }
        let Self { text, mut markup, .. } = self;
        let bare = bare_addresses(&text, Span { start: 0, end: text.len() as u32 });
        markup.settle(&text, bare);
        (text, markup)
    }
}
