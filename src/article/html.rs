//! The text of a saved page: no script, no style, nothing hidden, nothing fetched.
//!
//! The tokens are those of the standard's tokenizer; the tree made of them is simpler than a
//! browser's, because only the text is wanted: its depth is bounded, every step looks at a bounded
//! number of open elements, and it is walked without recursion. So no page, however nested or
//! unclosed, can make it slow or crash it.

use std::cell::RefCell;

use html5ever::tendril::StrTendril;
use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{BufferQueue, Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts};

use super::markup::{Block, BlockKind, Markup, bare_addresses};
use super::metadata::Declared;
use crate::claim::Span;

/// Elements nested deeper than this are read as if they stood at this depth.
const DEEPEST: usize = 400;
/// A tag with more attributes than this is an attack, not a page.
const MOST_ATTRIBUTES: usize = 5_000;

/// What a page comes to.
#[derive(Debug, Default)]
pub(super) struct Page {
    pub text: String,
    pub markup: Markup,
    pub declared: Declared,
}

/// Reads a page. The error is a sentence without the file's name.
pub(super) fn read(html: &str, whole_page: bool) -> Result<Page, String> {
    refuse_giant_tags(html)?;
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
    Ok(Page { text, markup, declared: tree.head.declared() })
}

/// The tokenizer compares every attribute of a tag with all others, which takes for ever on a tag
/// with a million of them.
fn refuse_giant_tags(html: &str) -> Result<(), String> {
    let bytes = html.as_bytes();
    let mut at = 0;
    while let Some(offset) = memchr(b'<', &bytes[at..]) {
        at += offset + 1;
        if bytes[at..].starts_with(b"!--") {
            at += html[at..].find("-->").unwrap_or(html.len() - at);
            continue;
        }
        if !bytes.get(at).is_some_and(|byte| byte.is_ascii_alphabetic() || *byte == b'/') {
            continue;
        }
        let start = at;
        let (mut attributes, mut gap) = (0, false);
        while at < bytes.len() && bytes[at] != b'>' {
            match bytes[at] {
                quote @ (b'"' | b'\'') if bytes[..at].trim_ascii_end().ends_with(b"=") => {
                    at = memchr(quote, &bytes[at + 1..]).map_or(bytes.len(), |offset| at + 1 + offset);
                    // Attributes need no space between them behind a quote.
                    gap = true;
                }
                byte if byte.is_ascii_whitespace() || byte == b'/' => gap = true,
                _ if gap => {
                    attributes += 1;
                    gap = false;
                }
                _ => {}
            }
            if attributes > MOST_ATTRIBUTES {
                let line = html[..start].matches('\n').count() + 1;
                return Err(format!("line {line}: a tag with more than {MOST_ATTRIBUTES} attributes; this is no page"));
            }
            at += 1;
        }
        at = at.min(bytes.len());
        let name = &html[start..(start + 8).min(bytes.len()).min(at.max(start))];
        for raw in ["script", "style"] {
            if name.get(..raw.len()).is_some_and(|name| name.eq_ignore_ascii_case(raw)) {
                at = end_of_raw(html, at, raw);
            }
        }
    }
    Ok(())
}

fn memchr(byte: u8, bytes: &[u8]) -> Option<usize> {
    bytes.iter().position(|other| *other == byte)
}

fn end_of_raw(html: &str, from: usize, name: &str) -> usize {
    let bytes = html.as_bytes();
    let mut at = from;
    while let Some(offset) = memchr(b'<', &bytes[at..]) {
        at += offset;
        let rest = &bytes[at + 1..];
        if rest.first() == Some(&b'/')
            && rest.get(1..=name.len()).is_some_and(|n| n.eq_ignore_ascii_case(name.as_bytes()))
        {
            return at;
        }
        at += 1;
    }
    bytes.len()
}

/// What the head of a page, and marks in its body, say.
#[derive(Debug, Default)]
struct Head {
    title: String,
    /// Name or property, lower-cased, and content, in order.
    metas: Vec<(String, String)>,
    canonical: Option<String>,
    json_ld: Vec<String>,
    times: Vec<String>,
}

impl Head {
    fn declared(&self) -> Declared {
        let mut ld = Declared::default();
        for script in &self.json_ld {
            ld = ld.or(linked_data(script));
        }
        let meta = |names: &[&str]| {
            names.iter().find_map(|name| {
                let found = self.metas.iter().find(|(key, value)| key == name && !value.trim().is_empty());
                found.map(|(_, value)| value.split_whitespace().collect::<Vec<_>>().join(" "))
            })
        };
        let site = meta(&["og:site_name"]).or(ld.outlet).or_else(|| {
            meta(&["citation_journal_title", "dc.publisher", "dcterms.publisher", "publisher", "application-name"])
        });
        let address = |url: String| url.contains("://").then_some(url);
        Declared {
            title: meta(&["og:title"])
                .or(ld.title)
                .or_else(|| meta(&["twitter:title", "dc.title", "citation_title"]))
                .map(|title| without_site(&title, site.as_deref()))
                .or_else(|| {
                    let title = self.title.split_whitespace().collect::<Vec<_>>().join(" ");
                    (!title.is_empty()).then(|| without_site(&title, site.as_deref()))
                }),
            url: self
                .canonical
                .clone()
                .and_then(address)
                .or_else(|| meta(&["og:url"]).and_then(address))
                .or_else(|| ld.url.and_then(address)),
            published: meta(&[
                "article:published_time",
                "og:article:published_time",
                "datepublished",
                "parsely-pub-date",
                "sailthru.date",
                "publish-date",
                "publication_date",
                "publishdate",
                "pubdate",
                "dc.date.issued",
                "dc.date",
                "dcterms.created",
                "dcterms.date",
                "citation_publication_date",
                "date",
            ])
            .or(ld.published)
            .or_else(|| self.times.first().cloned()),
            outlet: site,
        }
    }
}

/// "Headline - Site" without the site, where the site is known, or is the shorter part behind a bar.
fn without_site(title: &str, site: Option<&str>) -> String {
    for separator in [" | ", " - ", " – ", " — ", " · ", " :: "] {
        if let Some((before, after)) = title.rsplit_once(separator) {
            let is_site = site.is_some_and(|site| site.eq_ignore_ascii_case(after.trim()));
            if is_site || (separator == " | " && after.len() < before.len()) {
                return before.trim().to_owned();
            }
        }
    }
    title.trim().to_owned()
}

/// An article in JSON-LD. What does not parse says nothing.
fn linked_data(script: &str) -> Declared {
    let Ok(value) = serde_json::from_str::<serde_json::Value>(script.trim()) else { return Declared::default() };
    let mut declared = Declared::default();
    let mut waiting = vec![&value];
    while let Some(value) = waiting.pop() {
        match value {
            serde_json::Value::Array(items) => waiting.extend(items.iter().rev()),
            serde_json::Value::Object(fields) => {
                let text = |key: &str| fields.get(key).and_then(|v| v.as_str()).map(str::to_owned);
                let types = match fields.get("@type") {
                    Some(serde_json::Value::Array(types)) => types.iter().filter_map(|t| t.as_str()).collect(),
                    Some(serde_json::Value::String(name)) => vec![name.as_str()],
                    _ => Vec::new(),
                };
                if types.iter().any(|t| t.ends_with("Article") || t.ends_with("Posting") || *t == "Report") {
                    let publisher = fields.get("publisher").map(|p| p.as_array().and_then(|a| a.first()).unwrap_or(p));
                    let page = fields.get("mainEntityOfPage");
                    declared = declared.or(Declared {
                        title: text("headline"),
                        published: text("datePublished"),
                        outlet: publisher.and_then(|p| p.get("name").or(Some(p))?.as_str()).map(str::to_owned),
                        url: text("url")
                            .or_else(|| page.and_then(|p| p.get("@id").or(Some(p))?.as_str()).map(str::to_owned)),
                    });
                }
                waiting.extend(fields.get("@graph"));
                waiting.extend(fields.get("mainEntity"));
            }
            _ => {}
        }
    }
    declared
}

/// What an element means for the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Role {
    Inline,
    Block,
    Heading(u8),
    Item,
    Quote,
    Caption,
    Table,
    Row,
    Cell,
    Pre,
    Break,
    Quoted,
    Raised,
    Strong,
    Emphasis,
    /// Controls, pictures, templates: never text.
    Dropped,
    /// Around the article, seldom of it: navigation, asides, footers.
    Around,
}

#[derive(Debug)]
enum Kind {
    Text(String),
    Element(Element),
}

#[derive(Debug)]
struct Element {
    role: Role,
    link: bool,
    hidden: bool,
    /// Its class or id names something that is not the article.
    unlikely: bool,
    /// "article", "main" or "body" where it says that it is the article.
    says: Option<&'static str>,
    paragraph: bool,
}

#[derive(Debug)]
struct Node {
    kind: Kind,
    parent: usize,
    children: Vec<usize>,
}

/// The elements of a page; the first is the page itself. A child's index is above its parent's.
#[derive(Debug)]
struct Tree {
    nodes: Vec<Node>,
    head: Head,
    /// Of each node: characters of visible text beneath it, and of those in links.
    weight: Vec<(usize, usize)>,
}

impl Role {
    fn is_inline(self) -> bool {
        matches!(self, Self::Inline | Self::Strong | Self::Emphasis | Self::Quoted | Self::Raised)
    }
}

fn role_of(name: &str) -> Role {
    match name {
        "h1" => Role::Heading(1),
        "h2" => Role::Heading(2),
        "h3" => Role::Heading(3),
        "h4" => Role::Heading(4),
        "h5" => Role::Heading(5),
        "h6" => Role::Heading(6),
        "li" | "dd" | "dt" => Role::Item,
        "blockquote" => Role::Quote,
        "figcaption" | "caption" => Role::Caption,
        "table" => Role::Table,
        "tr" => Role::Row,
        "td" | "th" => Role::Cell,
        "pre" | "listing" => Role::Pre,
        "br" => Role::Break,
        "q" => Role::Quoted,
        "sup" => Role::Raised,
        "b" | "strong" => Role::Strong,
        "i" | "em" | "cite" => Role::Emphasis,
        "template" | "svg" | "math" | "object" | "embed" | "audio" | "video" | "canvas" | "map" | "select"
        | "datalist" | "button" | "input" | "progress" | "meter" | "img" | "frameset" => Role::Dropped,
        "nav" | "aside" | "footer" | "menu" => Role::Around,
        "address" | "article" | "body" | "center" | "details" | "dialog" | "dir" | "div" | "dl" | "fieldset"
        | "figure" | "form" | "header" | "hgroup" | "hr" | "legend" | "main" | "ol" | "optgroup" | "option" | "p"
        | "search" | "section" | "summary" | "tbody" | "tfoot" | "thead" | "ul" => Role::Block,
        _ => Role::Inline,
    }
}

fn is_void(name: &str) -> bool {
    matches!(
        name,
        "area"
            | "base"
            | "basefont"
            | "bgsound"
            | "br"
            | "col"
            | "embed"
            | "frame"
            | "hr"
            | "img"
            | "input"
            | "keygen"
            | "link"
            | "meta"
            | "param"
            | "source"
            | "track"
            | "wbr"
    )
}

/// Words of class and id that name what stands around an article.
const UNLIKELY: &[&str] = &[
    "ad",
    "ads",
    "advert",
    "advertisement",
    "banner",
    "breadcrumb",
    "breadcrumbs",
    "comment",
    "comments",
    "consent",
    "cookie",
    "cookies",
    "disqus",
    "menu",
    "modal",
    "navbar",
    "newsletter",
    "outbrain",
    "pagination",
    "paywall",
    "popup",
    "promo",
    "promoted",
    "recommended",
    "recommendations",
    "related",
    "share",
    "sharing",
    "sidebar",
    "social",
    "sponsor",
    "sponsored",
    "subscribe",
    "subscription",
    "taboola",
    "toolbar",
];

/// Classes that hide what they stand on from sight.
const HIDING: &[&str] = &[
    "sr-only",
    "visually-hidden",
    "visuallyhidden",
    "screen-reader-text",
    "screen-reader-only",
    "a11y-hidden",
    "offscreen",
    "is-hidden",
];

impl Element {
    fn of(tag: &Tag) -> Self {
        let name = &*tag.name;
        let mut element = Self {
            role: role_of(name),
            link: name == "a",
            hidden: name == "dialog",
            unlikely: false,
            says: match name {
                "article" => Some("article"),
                "main" => Some("main"),
                _ => None,
            },
            paragraph: matches!(name, "p" | "pre" | "blockquote"),
        };
        for attribute in &tag.attrs {
            let value = &*attribute.value;
            match &*attribute.name.local {
                "hidden" => element.hidden = !value.eq_ignore_ascii_case("until-found"),
                "open" if name == "dialog" => element.hidden = false,
                "style" => {
                    let style: String = value.chars().take(2_000).filter(|c| !c.is_whitespace()).collect();
                    let style = style.to_ascii_lowercase();
                    element.hidden |= style.contains("display:none") || style.contains("visibility:hidden");
                }
                "role" => match value {
                    "main" => element.says = Some("main"),
                    "article" => element.says = Some("article"),
                    "navigation" | "complementary" | "search" | "banner" | "contentinfo" => element.unlikely = true,
                    _ => {}
                },
                "itemprop" if value.eq_ignore_ascii_case("articleBody") => element.says = Some("body"),
                "class" | "id" => {
                    let value = value.get(..2_000).unwrap_or(value).to_ascii_lowercase();
                    element.hidden |= value.split_ascii_whitespace().any(|class| HIDING.contains(&class));
                    element.unlikely |= value.split(|c: char| !c.is_alphanumeric()).any(|w| UNLIKELY.contains(&w));
                }
                _ => {}
            }
        }
        element
    }
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
        if !is_void(name) && !(tag.self_closing && matches!(name, "svg" | "math" | "path" | "use")) {
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
    fn parse(html: &str) -> Self {
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

    fn element(&self, node: usize) -> Option<&Element> {
        match &self.nodes[node].kind {
            Kind::Element(element) => Some(element),
            Kind::Text(_) => None,
        }
    }

    /// Characters of text beneath a node that are not in links.
    fn prose(&self, node: usize) -> usize {
        let (all, linked) = self.weight[node];
        all.saturating_sub(linked)
    }

    /// The element that holds the article: one that says so, where it holds enough; else the one
    /// around the densest paragraphs. `None` where nothing stands out.
    fn main(&self) -> Option<usize> {
        let all = self.prose(0);
        let saying = |what: &str| -> Vec<usize> {
            (0..self.nodes.len())
                .filter(|n| self.element(*n).is_some_and(|e| e.says == Some(what) && !e.hidden))
                .collect()
        };
        for what in ["article", "main", "body"] {
            let candidates = saying(what);
            let Some(best) = candidates.iter().copied().max_by_key(|n| (self.prose(*n), std::cmp::Reverse(*n))) else {
                continue;
            };
            // A page of many teasers has many articles, none of which is the page's.
            let sum: usize = candidates.iter().filter(|n| !self.is_under(**n, best)).map(|n| self.prose(*n)).sum();
            if self.prose(best) >= 200.min(all / 2 + 1) && self.prose(best) * 2 > sum.saturating_sub(self.prose(best)) {
                return Some(best);
            }
        }
        self.densest().filter(|best| self.prose(*best) >= 140)
    }

    fn is_under(&self, mut node: usize, above: usize) -> bool {
        while node > above {
            node = self.nodes[node].parent;
            if node == above {
                return true;
            }
        }
        false
    }

    /// Each paragraph speaks for its parent, and by half for its grandparent.
    fn densest(&self) -> Option<usize> {
        let mut scores = vec![0_usize; self.nodes.len()];
        for (node, it) in self.nodes.iter().enumerate().skip(1) {
            let prose = self.prose(node);
            let text = matches!(it.kind, Kind::Text(_));
            let paragraph = self.element(node).is_some_and(|e| e.paragraph && !e.hidden && !e.unlikely);
            // Bare text between line breaks counts as a paragraph of its container.
            let block = text
                && self
                    .element(it.parent)
                    .is_some_and(|e| matches!(e.role, Role::Block | Role::Cell) && !e.paragraph && !e.hidden);
            if (paragraph || block) && prose >= 25 {
                scores[it.parent] += prose * 2;
                if it.parent != 0 {
                    scores[self.nodes[it.parent].parent] += prose;
                }
            }
        }
        let best = (1..scores.len()).max_by_key(|n| (scores[*n], std::cmp::Reverse(*n)))?;
        (scores[best] > 0).then_some(best)
    }

    /// The page's first heading, where the article has none of its own.
    fn title_outside(&self, root: usize) -> Option<usize> {
        let is_title =
            |n: usize| self.element(n).is_some_and(|e| e.role == Role::Heading(1) && !e.hidden) && self.weight[n].0 > 0;
        let titles: Vec<usize> = (0..self.nodes.len()).filter(|n| is_title(*n)).collect();
        if titles.iter().any(|n| self.is_under(*n, root)) {
            return None;
        }
        titles.first().copied()
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

/// Writes the text of a tree, and notes its blocks.
struct Writer<'a> {
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
    fn new(tree: &'a Tree, main: bool) -> Self {
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

    fn walk(&mut self, root: usize) {
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
        if start < self.text.len() {
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
            } else if self.raised && c.is_ascii_digit() && self.text.ends_with(|c: char| c.is_ascii_digit()) {
                // A raised digit behind a number is a note or a power, and no digit of the number.
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

    fn finish(mut self) -> (String, Markup) {
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

#[cfg(test)]
mod tests {
    use super::*;
    use BlockKind::*;

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
            ("<p>14,480<sup>2</sup> on the 29<sup>th</sup>", "14,480 2 on the 29th\n"),
            ("<p>He said <q>no</q>.", "He said “no”.\n"),
            ("<pre>a\n  b</pre>", "a\n  b\n"),
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
