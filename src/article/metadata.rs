//! What a text says of its outlet, title, date and address.
//!
//! In this order: what the file declares of itself (the head of a page, a block of `key: value`
//! lines), a line of its own with a date, an agency's dateline, and the address that the text
//! gives as its own. A date without a year is kept as what it is, and no year is invented.

use std::sync::LazyLock;

use chrono::NaiveDate;
use regex::Regex;

use super::datelines::{agency_dateline, caption_date, dateline_day, labelled_day, place_and_day};
use super::markup::{BlockKind, Markup};
use super::outlet::outlet_of;
use super::written_dates::{NumericOrder, dates_in, declared_day, month_number, number};
use crate::claim::{Basis, DateWindow, Known, Metadata, Span};

/// What a file says of itself outside its text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Declared {
    pub outlet: Option<String>,
    pub title: Option<String>,
    pub url: Option<String>,
    /// As it is written: "2026-01-29T10:00:00Z".
    pub published: Option<String>,
}

impl Declared {
    /// Fills what is still empty.
    pub fn or(self, other: Self) -> Self {
        Self {
            outlet: self.outlet.or(other.outlet),
            title: self.title.or(other.title),
            url: self.url.or(other.url),
            published: self.published.or(other.published),
        }
    }
}

/// Reads the metadata of a text.
pub(super) fn read(text: &str, markup: &Markup, declared: Declared) -> Metadata {
    let declared = declared.or(front_matter(text)).or(head_lines(text, markup));
    let order = NumericOrder::of(text);
    let mut metadata = Metadata::default();

    let labelled = labelled_address(text, markup);
    let (address, basis) = match (declared.url, labelled) {
        (Some(url), _) | (None, Some((url, true))) => (Some(url), Basis::Stated),
        (None, Some((url, false))) => (Some(url), Basis::Inferred),
        (None, None) => (None, Basis::Unknown),
    };
    metadata.url = address.as_ref().map(|url| Known::new(url.as_str(), basis));

    let agency = agency_dateline(text, markup, order);
    let outlet_at = address.as_deref().and_then(outlet_of);
    metadata.outlet = declared
        .outlet
        .map(|outlet| Known::new(outlet, Basis::Stated))
        .or_else(|| outlet_at.map(|outlet| Known::new(outlet, Basis::Inferred)))
        .or_else(|| agency.as_ref().and_then(|a| a.agency.clone()).map(|agency| Known::new(agency, Basis::Stated)));

    metadata.title = declared
        .title
        .map(|title| Known::new(title, Basis::Stated))
        .or_else(|| title_of(text, markup).map(|(title, basis)| Known::new(title, basis)));

    let day = declared
        .published
        .as_deref()
        .and_then(|written| declared_day(written, order))
        .or_else(|| dateline_day(text, markup, order))
        .map(|day| (day, Basis::Stated))
        .or_else(|| agency.as_ref()?.date.day().map(|day| (day, Basis::Stated)))
        .or_else(|| labelled_day(text, markup, order).map(|day| (day, Basis::Stated)))
        .or_else(|| address.as_deref().and_then(day_in_address).map(|day| (day, Basis::Inferred)));
    match day {
        Some((day, basis)) => metadata.published = DateWindow::day(day, basis),
        None => {
            let partial = agency.map(|agency| agency.date).filter(|date| date.month > 0);
            let partial = partial.or_else(|| place_and_day(text, markup, order));
            let partial = partial.or_else(|| caption_date(text, markup, order));
            metadata.published_value = partial.map(|date| date.value());
        }
    }
    metadata
}

/// The day in an address: ".../2026/01/29/...", ".../2026/jan/29/...", "...-20260129".
fn day_in_address(address: &str) -> Option<NaiveDate> {
    static PATH: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"(?i)[/_=-]((?:19|20)\d\d)(?:[/_-]?)(0[1-9]|1[0-2]|[/_-][1-9]|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)(?:[/_-]?)(0[1-9]|[12]\d|3[01]|[/_-][1-9])(?:[^0-9]|$)")
            .expect("a constant pattern")
    });
    PATH.captures_iter(address).find_map(|hit| {
        let month = hit[2].trim_start_matches(['/', '_', '-']);
        let month = if month.starts_with(|c: char| c.is_ascii_digit()) { number(month) } else { month_number(month) };
        NaiveDate::from_ymd_opt(number(&hit[1]) as i32, month, number(hit[3].trim_start_matches(['/', '_', '-'])))
    })
}

/// The address that the text calls its own, and whether it says so; else one that stands alone at
/// the very beginning or end.
fn labelled_address(text: &str, markup: &Markup) -> Option<(String, bool)> {
    static LABEL: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"(?i)^\W*(?:(?:original|source|article|canonical|full|permanent) (?:url|link|article|source|story|text)|original|url|link|source|permalink|address|(?:first|originally) published(?: at| on| by| in)?|retrieved from|read (?:the )?(?:original|full)(?: article| story)?(?: at| on| here)?)\s*[:–-]?\W*$")
            .expect("a constant pattern")
    });
    let alone = |n: usize| n < 3 || n + 2 >= markup.blocks.len();
    let mut inferred = None;
    for (n, block) in markup.blocks.iter().enumerate() {
        let place = markup.links.partition_point(|link| link.end <= block.span.start);
        let Some(link) = markup.links.get(place).filter(|link| link.overlaps(block.span)) else { continue };
        let address = link.of(text);
        if !address.contains("://") && !address.starts_with("www.") {
            continue;
        }
        // What stands before it on the line, or the block before.
        let before = text[block.span.start as usize..link.start.max(block.span.start) as usize].trim_end_matches('<');
        let label = if before.trim().is_empty() && n > 0 {
            markup.words_of(text, markup.blocks[n - 1].span)
        } else {
            before.trim_end_matches(['[', '(', '*', ' ']).to_owned()
        };
        // A label is a few words; what is longer is a paragraph.
        if label.len() < 200 && LABEL.is_match(label.trim()) {
            return Some((address.to_owned(), true));
        }
        if block.kind == BlockKind::Furniture && alone(n) && inferred.is_none() && has_path(address) {
            inferred = Some((address.to_owned(), false));
        }
    }
    inferred
}

fn has_path(address: &str) -> bool {
    let rest = address.split_once("://").map_or(address, |(_, rest)| rest);
    rest.split_once('/').is_some_and(|(_, path)| path.len() > 8)
        && ![".jpg", ".jpeg", ".png", ".gif", ".webp", ".svg"].iter().any(|end| address.to_lowercase().ends_with(end))
}

/// A block between `---` lines at the very beginning, `key: value` each.
fn front_matter(text: &str) -> Declared {
    let Some(block) = text.strip_prefix("---\n").and_then(|rest| rest.split_once("\n---")).map(|(block, _)| block)
    else {
        return Declared::default();
    };
    let mut declared = Declared::default();
    for line in block.lines().take(100) {
        keep(&mut declared, line, true);
    }
    declared
}

/// Lines such as "Date: 29 January 2026" above the text, as saved by hand or by a script.
fn head_lines(text: &str, markup: &Markup) -> Declared {
    let mut declared = Declared { published: leading_date(text), ..Declared::default() };
    for block in markup.blocks.iter().take(8).filter(|block| block.span.len() < 600) {
        for line in block.span.of(text).lines() {
            keep(&mut declared, line, false);
        }
    }
    declared
}

/// "date 2024-06-19 The coast guard was searching": what a list of articles kept of the page, in front of its text.
fn leading_date(text: &str) -> Option<String> {
    let rest = text.trim_start().strip_prefix("date ")?;
    let word = rest.split_whitespace().next()?;
    NaiveDate::parse_from_str(word, "%Y-%m-%d").ok()?;
    Some(word.to_owned())
}

fn keep(declared: &mut Declared, line: &str, front: bool) {
    let Some((key, value)) = line.split_once(':') else { return };
    let key = key.trim().trim_matches(['*', '_', '#', '-', ' ']).to_lowercase();
    let value = value.trim().trim_matches(['*', '_', '"', '\'', '<', '>', ' ']);
    if value.is_empty() {
        return;
    }
    let is_address = value.contains("://") || value.starts_with("www.");
    let dated = || dates_in(value, NumericOrder::Unknown).iter().any(|(date, _)| date.year.is_some());
    let slot = match key.as_str() {
        "title" | "headline" => &mut declared.title,
        "date" | "published" | "publication date" | "date published" | "pubdate" | "published on" if dated() => {
            &mut declared.published
        }
        "url" | "link" | "original url" | "source url" | "canonical" | "permalink" | "address" if is_address => {
            &mut declared.url
        }
        "source" if is_address => &mut declared.url,
        "outlet" | "publisher" | "publication" | "newspaper" | "site" if !is_address => &mut declared.outlet,
        // "Source: …" in a text may be the source of a picture; in a head it is the outlet.
        "source" if front || value.chars().count() <= 40 => &mut declared.outlet,
        _ => return,
    };
    slot.get_or_insert_with(|| value.to_owned());
}

fn title_of(text: &str, markup: &Markup) -> Option<(String, Basis)> {
    let heading = markup.blocks.iter().find(|block| block.kind == BlockKind::Heading(1));
    if let Some(title) = heading.map(|block| markup.words_of(text, block.span)).filter(|title| !title.is_empty()) {
        return Some((title, Basis::Stated));
    }
    let readable =
        |kind| matches!(kind, BlockKind::Paragraph | BlockKind::Quote | BlockKind::Item | BlockKind::Caption);
    let first = markup.blocks.iter().find(|block| readable(block.kind))?;
    // Enough of the block for a title; a long one is not copied whole.
    let limit =
        text[first.span.range()].char_indices().nth(600).map_or(first.span.end, |(at, _)| first.span.start + at as u32);
    let words = markup.words_of(text, Span { start: first.span.start, end: limit });
    // A sentence of a full stop alone is no title.
    Some(first_sentence(&words)).filter(|title| !title.is_empty()).map(|title| (title, Basis::Inferred))
}

/// The first sentence, cut at a word where it is long.
fn first_sentence(words: &str) -> String {
    const LIMIT: usize = 110;
    let end = words.char_indices().zip(words.char_indices().skip(1)).find_map(|((_, c), (next, after))| {
        let rest = &words[next..];
        let begins = rest.trim_start_matches(['"', '”', '’', ')', ' ']).chars().next().is_some_and(char::is_uppercase);
        let before = words[..next - c.len_utf8()].rsplit(' ').next().unwrap_or("");
        let abbreviation = before.chars().count() <= 3 && before.chars().next().is_some_and(char::is_uppercase);
        (matches!(c, '.' | '!' | '?') && (after == ' ' || "\"”’)".contains(after)) && begins && !abbreviation)
            .then_some(next)
    });
    let sentence = &words[..end.unwrap_or(words.len())];
    let sentence = sentence.strip_suffix('.').unwrap_or(sentence);
    match sentence.char_indices().nth(LIMIT) {
        None => sentence.to_owned(),
        Some((cut, _)) => {
            let cut = sentence[..cut].rfind(' ').unwrap_or(cut);
            format!("{}…", sentence[..cut].trim_end_matches([',', ';', ':', '–', '—', '-', ' ']))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Metadata {
        let markup =
            if super::super::markdown::is_markdown(text) { Markup::of_markdown(text) } else { Markup::of_plain(text) };
        read(text, &markup, Declared::default())
    }

    fn shown(known: &Option<Known>) -> String {
        known.as_ref().map_or_else(|| "–".to_owned(), |k| format!("{} ({})", k.value, k.basis.word()))
    }

    const BODY: &str =
        "The two sides swapped the bodies of forty soldiers on Monday, according to officials in both capitals.\n";

    #[test]
    fn the_day_of_publication() {
        for (head, published) in [
            ("January 29, 2026\n\n", "2026-01-29 stated"),
            ("29 Jan 2026\n", "2026-01-29 stated"),
            ("2026-01-29\n", "2026-01-29 stated"),
            ("29.01.2026, 14:05\n", "2026-01-29 stated"),
            ("29/01/2026\n", "2026-01-29 stated"),
            ("Thursday, 29th January 2026 14:05 GMT\n", "2026-01-29 stated"),
            ("Updated: Feb. 2, 2026 | Published: Jan. 29, 2026\n", "2026-01-29 stated"),
            ("By Anna Smith and Ben Roe | Jan 29, 2026\n", "2026-01-29 stated"),
            ("Analysis · Anna Smith · 29 January 2026 · 6 min read\n", "2026-01-29 stated"),
            ("Opinion | Anna Smith | Thursday, January 29, 2026\n", "2026-01-29 stated"),
            ("By Anna Smith | Baku City, January 29, 2026 | All our coverage\n", "2026-01-29 stated"),
            (
                "29/01/2026 – 20:15 | Automatic translation revised by the editors | Read in Spanish\n",
                "2026-01-29 stated",
            ),
            ("Thursday, 29 January 2026 · From our correspondent in Baku\n", "2026-01-29 stated"),
            (
                "Thursday, January 29, 2026. Blog by Anna Smith and the desk. All times local (GMT-5)\n",
                "2026-01-29 stated",
            ),
            ("Baku, 29 January 2026 (The Herald, translated from the Spanish)\n", "2026-01-29 stated"),
            ("Baku, 29 January\n", "XXXX-01-29"),
            ("The Baku Herald, Thursday 29 January 2026 · By Anna Smith · translated\n", "2026-01-29 stated"),
            ("El Heraldo del Norte, Thursday 29 January 2026\n", "2026-01-29 stated"),
            ("The Baku Herald, 29 January 2026. By Anna Smith, in Baku\n", "2026-01-29 stated"),
            ("The Baku Herald, no. 41 | Thursday, 29 January 2026 | 6 minutes\n", "2026-01-29 stated"),
            (
                "29 January 2026 · a letter on the lake, twice a month, by Anna Smith · read it on the web\n",
                "2026-01-29 stated",
            ),
            ("Two Sides Swap\n\nNorthern Wire, 29 January 2026\n\n", "2026-01-29 stated"),
            (
                "Two Sides Swap\n\nExplainer. Published 29 January 2026, corrected 30 January. A long read\n\n",
                "2026-01-29 stated",
            ),
            (
                "Two Sides Swap\n\nUnofficial translation of a statement of the Ministry, 29 January 2026, 6.30 p.m.\n\n",
                "2026-01-29 stated",
            ),
            (
                "Two Sides Swap\n\nFrom our correspondent in Baku · 29 January 2026, updated at 4 p.m. · translated\n\n",
                "2026-01-29 stated",
            ),
            (
                "Two Sides Swap\n\nPeriod covered: 26 to 29 January 2026, 18:00 (UTC+3) | Next report: 2 February\n\n",
                "2026-01-29 stated",
            ),
            ("Two Sides Swap\n\nSituation report No. 4 as of 29 January 2026\n\n", "2026-01-29 stated"),
            ("Two Sides Swap\n\nPress release no. 12 | Geneva, 29 January 2026\n\n", "2026-01-29 stated"),
            ("Two Sides Swap\n\n(Statement issued by the Ministry on 29 January 2026)\n\n", "2026-01-29 stated"),
            ("Two Sides Swap\n\nPhoto: soldiers in Baku, 29 January 2026\n\n", ""),
            ("Two Sides Swap\n\nThe worst day since the massacre of Baku, 29 January 1990\n\n", ""),
            ("Two Sides Swap Bodies\nPublished 29 January 2026\n\n", "2026-01-29 stated"),
            ("Date: 29 January 2026\nSource: Example Agency\n\n", "2026-01-29 stated"),
            (" date 2026-01-29 ", "2026-01-29 stated"),
            ("---\ntitle: Swap\ndate: 2026-01-29\n---\n\n", "2026-01-29 stated"),
            ("BAKU, Jan 29, 2026 (Reuters) - ", "2026-01-29 stated"),
            ("BAKU (29 January 2026, Example Agency). ", "2026-01-29 stated"),
            ("https://news.example.com/2026/01/29/two-sides-swap\n\n", "2026-01-29 inferred"),
            ("https://news.example.com/world/2026/jan/29/two-sides-swap\n\n", "2026-01-29 inferred"),
            // No year, or no way to tell which part is the month.
            ("BAKU, Jan 29 (Reuters) - ", "XXXX-01-29"),
            ("MOSCOW, January 29. /TASS/. ", "XXXX-01-29"),
            ("GENEVA, 29 January – ", "XXXX-01-29"),
            ("Coffins at an undisclosed place on 18/9. Photo: Agency\n", "XXXX-09-18"),
            ("Coffins at an undisclosed place on 9/18. Photo: Agency\n", "XXXX-09-18"),
            ("Coffins at an undisclosed place on 8/9. Photo: Agency\n", ""),
            ("Talks on 18/9 failed.\nCoffins at an undisclosed place on 3/9. Photo: Agency\n", "XXXX-09-03"),
            ("03/04/2026\n", ""),
            // A date in a sentence is no dateline.
            ("It began on January 29, 2026.\n", ""),
            ("Swap of January 29, 2026\n\n", ""),
            ("Coffins on Jan. 29, 2026. Photo: Agency\n", ""),
            ("February 30, 2026\n", ""),
            ("Related: https://news.example.com/2025/12/01/an-older-swap\n", ""),
        ] {
            let metadata = of(&format!("{head}{BODY}{}", format!("{BODY}\n").repeat(8)));
            let day = metadata.published;
            let found = match &metadata.published_value {
                Some(value) => value.to_string(),
                None if day.is_known() => format!("{} {}", day.notation(), day.basis.word()),
                None => String::new(),
            };
            assert_eq!(found, published, "{head}");
        }
    }

    #[test]
    fn outlet_title_and_address() {
        let text = format!(
            "\n\n# Two Sides **Swap** Bodies\n\n{BODY}\nSee [this](https://www.other.example/2025/01/02/old).\n\nOriginal url:\n\n<https://www.examplevilleherald.com/2026/01/29/two-sides>\n"
        );
        let metadata = of(&text);
        assert_eq!(shown(&metadata.title), "Two Sides Swap Bodies (stated)");
        assert_eq!(shown(&metadata.outlet), "Exampleville Herald (inferred)");
        assert_eq!(shown(&metadata.url), "https://www.examplevilleherald.com/2026/01/29/two-sides (stated)");
        assert_eq!(metadata.published.notation(), "2026-01-29");

        let metadata = of(&format!("BAKU (Reuters) - {BODY}"));
        assert_eq!(shown(&metadata.outlet), "Reuters (stated)");
        for (text, title) in [
            (
                "Two Sides Swap Bodies\n\nThe two sides swapped the bodies of forty soldiers.",
                "Two Sides Swap Bodies (stated)",
            ),
            ("The U.S. said it. Then more.", "The U.S. said it (inferred)"),
            ("“Now,” he said. Then more.", "“Now,” he said (inferred)"),
            ("", "–"),
            (".", "–"),
            ("\n \n", "–"),
        ] {
            assert_eq!(shown(&of(text).title), title, "{text}");
        }
        let long = format!("{} end.", "word ".repeat(60));
        let title = of(&long).title.map_or(0, |title| title.value.chars().count());
        assert!((80..=112).contains(&title));
        assert_eq!(of(BODY).outlet, None);
    }
}
