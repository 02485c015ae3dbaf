//! What each element means for the text.

use html5ever::tokenizer::Tag;

/// What an element means for the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
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
pub(super) struct Element {
    pub role: Role,
    pub link: bool,
    pub hidden: bool,
    /// Its class or id names something that is not the article.
    pub unlikely: bool,
    /// "article", "main" or "body" where it says that it is the article.
    pub says: Option<&'static str>,
    pub paragraph: bool,
}

impl Role {
    pub fn is_inline(self) -> bool {
        matches!(self, Self::Inline | Self::Strong | Self::Emphasis | Self::Quoted | Self::Raised)
    }
}

pub(super) fn role_of(name: &str) -> Role {
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

pub(super) fn is_void(name: &str) -> bool {
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
    pub fn of(tag: &Tag) -> Self {
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
