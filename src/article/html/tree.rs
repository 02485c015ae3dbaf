//! The tree of a page, of bounded depth.

use std::cell::RefCell;

use html5ever::tendril::StrTendril;
use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{BufferQueue, Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts};

use super::element::{Element, Role, is_void, role_of};
use super::head::Head;

/// Elements nested deeper than this are read as if they stood at this depth.
const DEEPEST: usize = 400;

#[derive(Debug)]
pub(super) enum Kind {
    Text(String),
    Element(Element),
}

#[derive(Debug)]
pub(super) struct Node {
    pub kind: Kind,
    pub parent: usize,
    pub children: Vec<usize>,
}

/// The elements of a page; the first is the page itself. A child's index is above its parent's.
#[derive(Debug)]
pub(super) struct Tree {
    pub nodes: Vec<Node>,
    pub head: Head,
    /// Of each node: characters of visible text beneath it, and of those in links.
    pub weight: Vec<(usize, usize)>,
}

/// Takes the tokens and makes the tree.
struct Sink(RefCell<Builder>);

struct Open {
    node: usize,
    name: String,
    role: Role,
}

struct Builder {
    nodes: Vec<Node>,
    head: Head,
    /// Open elements, outermost first.
    open: Vec<Open>,
    /// Elements too deep to be opened, whose end tags must close nothing.
    skipped: std::collections::BTreeMap<String, usize>,
    /// The element whose raw text is being read: what becomes of it.
    raw: Option<Raw>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Raw {
    Title,
    LinkedData,
    Nothing,
}

impl TokenSink for Sink {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        let mut builder = self.0.borrow_mut();
        match token {
            Token::TagToken(tag) if tag.kind == TagKind::StartTag => return builder.start(&tag),
            Token::TagToken(tag) => builder.end(&tag.name),
            Token::CharacterTokens(text) => builder.text(&text),
            _ => {}
        }
        TokenSinkResult::Continue
    }
}

impl Builder {
    fn start(&mut self, tag: &Tag) -> TokenSinkResult<()> {
        let name = &*tag.name;
        let attribute = |key: &str| tag.attrs.iter().find(|a| &*a.name.local == key).map(|a| &*a.value);
        // In XHTML `<script/>` is whole; as HTML it would swallow the rest of the page.
        let raw = |builder: &mut Self, what: Raw, kind: RawKind| {
            if tag.self_closing {
                return TokenSinkResult::Continue;
            }
            builder.raw = Some(what);
            TokenSinkResult::RawData(kind)
        };
        match name {
            "script" => {
                let linked = attribute("type").is_some_and(|t| t.trim().eq_ignore_ascii_case("application/ld+json"));
                if linked {
                    self.head.json_ld.push(String::new());
                }
                return raw(self, if linked { Raw::LinkedData } else { Raw::Nothing }, RawKind::ScriptData);
            }
            "style" | "xmp" | "iframe" | "noembed" | "noframes" | "noscript" => {
                return raw(self, Raw::Nothing, RawKind::Rawtext);
            }
            "textarea" => return raw(self, Raw::Nothing, RawKind::Rcdata),
            "title" => {
                let what = if self.head.title.is_empty() && !self.inside("svg") { Raw::Title } else { Raw::Nothing };
                return raw(self, what, RawKind::Rcdata);
            }
            "plaintext" => return TokenSinkResult::Plaintext,
            "meta" => {
                let key = attribute("property").or(attribute("name")).or(attribute("itemprop"));
                if let (Some(key), Some(content)) = (key, attribute("content")) {
                    self.head.metas.push((key.trim().to_lowercase(), content.to_owned()));
                }
            }
            "link" => {
                let canonical = attribute("rel").is_some_and(|rel| rel.eq_ignore_ascii_case("canonical"));
                if canonical && self.head.canonical.is_none() {
                    self.head.canonical = attribute("href").map(|href| href.trim().to_owned());
                }
            }
            "time" => {
                let named = attribute("itemprop").is_some_and(|p| p.eq_ignore_ascii_case("datePublished"));
                if let Some(time) = attribute("datetime")
                    && (named || attribute("pubdate").is_some() || self.inside("article") || self.inside("header"))
                {
                    self.head.times.push(time.to_owned());
                }
            }
            _ => {}
        }
        if matches!(name, "html" | "head" | "body") || (is_void(name) && !matches!(name, "br" | "hr")) {
            return TokenSinkResult::Continue;
        }
        let element = Element::of(tag);
        let role = element.role;
        self.close_implied(name, role);
        if self.open.len() >= DEEPEST && !is_void(name) {
            *self.skipped.entry(name.to_owned()).or_default() += 1;
            return TokenSinkResult::Continue;
        }
        let node = self.add(Kind::Element(element));
        let whole = is_void(name) || (tag.self_closing && matches!(name, "svg" | "math" | "path" | "use"));
        if !whole {
            self.open.push(Open { node, name: name.to_owned(), role });
        }
        TokenSinkResult::Continue
    }

    fn inside(&self, name: &str) -> bool {
        self.open.iter().any(|open| open.name == name)
    }

    fn add(&mut self, kind: Kind) -> usize {
        let parent = self.open.last().map_or(0, |open| open.node);
        let node = self.nodes.len();
        self.nodes.push(Node { kind, parent, children: Vec::new() });
        self.nodes[parent].children.push(node);
        node
    }

    /// Elements that end where another begins: a paragraph before a block, an item before the
    /// next, a cell, a row.
    fn close_implied(&mut self, name: &str, role: Role) {
        let (closes, limits): (&[&str], &[&str]) = match name {
            "li" => (&["li"], &["ul", "ol", "menu", "dir"]),
            "dd" | "dt" => (&["dd", "dt"], &["dl"]),
            "td" | "th" => (&["td", "th"], &["tr", "table"]),
            "tr" => (&["tr"], &["table"]),
            "tbody" | "thead" | "tfoot" => (&["tbody", "thead", "tfoot"], &["table"]),
            "option" | "optgroup" => (&["option"], &["select", "datalist"]),
            "a" => (&["a"], &["td", "th", "table", "div", "p", "li"]),
            _ => (&[], &[]),
        };
        let known = |open: &Open| closes.contains(&&*open.name) || limits.contains(&&*open.name);
        if !closes.is_empty()
            && let Some(found) = self.open.iter().rposition(known)
            && closes.contains(&&*self.open[found].name)
        {
            self.open.truncate(found);
        }
        if !role.is_inline() && !matches!(role, Role::Break | Role::Dropped) {
            // Inline elements that were left open do not keep a paragraph open.
            let block = self.open.iter().rposition(|open| !open.role.is_inline());
            if let Some(block) = block.filter(|block| self.open[*block].name == "p") {
                self.open.truncate(block);
            }
        }
    }

    fn end(&mut self, name: &str) {
        if self.raw.is_some()
            && matches!(
                name,
                "script" | "style" | "xmp" | "iframe" | "noembed" | "noframes" | "noscript" | "textarea" | "title"
            )
        {
            self.raw = None;
            return;
        }
        if name == "br" {
            self.add(Kind::Element(Element {
                role: Role::Break,
                link: false,
                hidden: false,
                unlikely: false,
                says: None,
                paragraph: false,
            }));
            return;
        }
        if let Some(count) = self.skipped.get_mut(name).filter(|count| **count > 0) {
            *count -= 1;
            return;
        }
        let inline = role_of(name).is_inline();
        let table = matches!(name, "table" | "tr" | "td" | "th" | "tbody" | "thead" | "tfoot");
        for place in (0..self.open.len()).rev() {
            let open = &self.open[place];
            if open.name == name {
                self.open.truncate(place);
                return;
            }
            let wall = match open.role {
                Role::Table | Role::Cell => !table,
                role => inline && !role.is_inline(),
            };
            if wall {
                return;
            }
        }
    }

    fn text(&mut self, text: &str) {
        match self.raw {
            Some(Raw::Title) => return self.head.title.push_str(text),
            Some(Raw::LinkedData) => {
                if let Some(script) = self.head.json_ld.last_mut() {
                    script.push_str(text);
                }
                return;
            }
            Some(Raw::Nothing) => return,
            None => {}
        }
        let parent = self.open.last().map_or(0, |open| open.node);
        if let Some(last) = self.nodes[parent].children.last().copied()
            && let Kind::Text(before) = &mut self.nodes[last].kind
        {
            before.push_str(text);
            return;
        }
        self.add(Kind::Text(text.to_owned()));
    }
}

impl Tree {
    pub fn parse(html: &str) -> Self {
        let page =
            Element { role: Role::Block, link: false, hidden: false, unlikely: false, says: None, paragraph: false };
        let builder = Builder {
            nodes: vec![Node { kind: Kind::Element(page), parent: 0, children: Vec::new() }],
            head: Head::default(),
            open: Vec::new(),
            skipped: std::collections::BTreeMap::new(),
            raw: None,
        };
        let tokenizer = Tokenizer::new(Sink(RefCell::new(builder)), TokenizerOpts::default());
        let input = BufferQueue::default();
        input.push_back(StrTendril::from_slice(html));
        while !matches!(tokenizer.feed(&input), html5ever::TokenizerResult::Done) {}
        tokenizer.end();
        let Builder { nodes, head, .. } = tokenizer.sink.0.into_inner();
        let weight = weigh(&nodes);
        Self { nodes, head, weight }
    }

    pub fn element(&self, node: usize) -> Option<&Element> {
        match &self.nodes[node].kind {
            Kind::Element(element) => Some(element),
            Kind::Text(_) => None,
        }
    }
}

/// Characters of visible text beneath each node, and of those in links.
fn weigh(nodes: &[Node]) -> Vec<(usize, usize)> {
    let mut weight = vec![(0, 0); nodes.len()];
    for (node, it) in nodes.iter().enumerate().rev() {
        match &it.kind {
            Kind::Text(text) => weight[node] = (text.split_whitespace().map(|w| w.chars().count() + 1).sum(), 0),
            Kind::Element(e) if e.hidden || e.role == Role::Dropped => weight[node] = (0, 0),
            Kind::Element(e) if e.link => weight[node].1 = weight[node].0,
            Kind::Element(_) => {}
        }
        if node > 0 {
            weight[it.parent].0 += weight[node].0;
            weight[it.parent].1 += weight[node].1;
        }
    }
    weight
}
