//! Gold articles as they lie in `tests/gold`, and what the program says of them.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fs;
use std::ops::Range;
use std::path::{Path, PathBuf};

use serde::Deserialize;
use serde::de::DeserializeOwned;
use tallymark::article::{Article, ReadOptions, read};
use tallymark::cli::{Console, Outcome, run};

/// A claim that must be found. Positions are code points.
#[derive(Clone, Debug, Deserialize)]
pub struct GoldClaim {
    pub id: String,
    pub doc: String,
    pub quote: String,
    pub start: usize,
    pub end: usize,
    pub count_start: usize,
    pub count_end: usize,
    pub min: Option<u64>,
    pub max: Option<u64>,
    #[serde(default)]
    pub min_exclusive: bool,
    pub kind: String,
    #[serde(default)]
    pub kind_alt: Vec<String>,
    pub category: String,
    #[serde(default)]
    pub category_alt: Vec<String>,
    pub subtype: Option<String>,
    pub party: Option<String>,
    #[serde(default)]
    pub party_alt: Vec<Option<String>>,
    pub from: Option<String>,
    #[serde(default)]
    pub from_alt: Vec<Option<String>>,
    pub to: Option<String>,
    #[serde(default)]
    pub to_alt: Vec<Option<String>>,
    pub event_date: Option<String>,
    #[serde(default)]
    pub event_date_alt: Vec<Option<String>>,
    pub event_date_text_only: Option<String>,
    #[serde(default)]
    pub event_date_text_only_alt: Vec<Option<String>>,
    #[serde(default)]
    pub distributive: Vec<String>,
    pub asserted_by: Vec<String>,
    #[serde(default)]
    pub asserted_by_alt: Vec<Vec<String>>,
    pub modality: String,
    #[serde(default)]
    pub modality_alt: Vec<String>,
    pub tier: String,
    /// The whole that it is a part of, in the words of the text.
    pub part_of: Option<String>,
    /// Whether it comes on top of another count.
    #[serde(default)]
    pub additive: bool,
    /// The facts that it speaks of.
    #[serde(default)]
    pub facts: Vec<String>,
}

impl GoldClaim {
    /// Whether it is required.
    pub fn is_core(&self) -> bool {
        self.tier == "core"
    }

    /// Where the count stands.
    pub fn count(&self) -> Range<usize> {
        self.count_start..self.count_end
    }
}

/// A span with the value that it has, or without one: a mention of a date, or what must not be suggested.
#[derive(Clone, Debug, Deserialize)]
pub struct GoldSpan {
    pub doc: String,
    pub quote: String,
    pub start: usize,
    pub end: usize,
    pub value: Option<String>,
}

/// A fact that core claims come to.
#[derive(Clone, Debug, Deserialize)]
pub struct GoldFact {
    pub id: String,
    pub kind: String,
    pub start: Option<String>,
    pub verdict: String,
    #[serde(default)]
    pub verdict_alt: Vec<String>,
    pub low: Option<u64>,
    #[serde(default)]
    pub low_alt: Vec<Option<u64>>,
    pub best: Option<u64>,
    #[serde(default)]
    pub best_alt: Vec<Option<u64>>,
    pub high: Option<u64>,
    #[serde(default)]
    pub high_alt: Vec<Option<u64>>,
    pub claims: Vec<String>,
}

#[derive(Deserialize)]
struct GoldFacts {
    facts: Vec<GoldFact>,
    #[serde(default)]
    not_the_same: Vec<Vec<String>>,
}

/// The parts of the gold: folder, and title. Only the sentences of the first may be looked at.
pub const PARTS: [(&str, &str); 3] = [("dev", "open"), ("held_out", "held out"), ("blind", "blind")];

/// One part of the gold: its articles, and what a reader found in them. Positions are those of the
/// texts as the program reads them.
pub struct Part {
    pub claims: Vec<GoldClaim>,
    pub negatives: Vec<GoldSpan>,
    pub dates: Vec<GoldSpan>,
    pub facts: Vec<GoldFact>,
    /// Groups of facts that must stay apart, by id.
    pub apart: Vec<Vec<String>>,
    articles: Vec<PathBuf>,
    table: PathBuf,
}

impl Part {
    /// Reads the part at a place of `PARTS`. Every quote must stand where the gold says.
    pub fn load(place: usize) -> Self {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/gold").join(PARTS[place].0);
        let facts: GoldFacts = serde_json::from_str(&text_of(&folder.join("facts.json"))).expect("facts.json");
        let mut part = Self {
            claims: lines(&folder.join("suggestions.jsonl")),
            negatives: lines(&folder.join("negatives.jsonl")),
            dates: lines(&folder.join("dates.jsonl")),
            facts: facts.facts,
            apart: facts.not_the_same,
            articles: articles(&folder.join("articles")),
            table: folder.join("documents.csv"),
        };
        let mut texts: BTreeMap<String, Placed> = BTreeMap::new();
        for path in &part.articles {
            texts.insert(file_name(path), Placed::load(path, &folder));
        }
        for claim in &mut part.claims {
            let text = &texts[&claim.doc];
            let quote = claim.start..claim.end;
            text.check(&claim.quote, &quote, &claim.id);
            let count = text.place(&claim.count(), &claim.id);
            let quote = text.place(&quote, &claim.id);
            (claim.start, claim.end, claim.count_start, claim.count_end) =
                (quote.start, quote.end, count.start, count.end);
        }
        for span in part.negatives.iter_mut().chain(&mut part.dates) {
            let text = &texts[&span.doc];
            let place = span.start..span.end;
            text.check(&span.quote, &place, &span.doc);
            let place = text.place(&place, &span.doc);
            (span.start, span.end) = (place.start, place.end);
        }
        part
    }

    /// The facts that the program makes of some lines of claims, as JSON.
    pub fn reconcile(&self, claims: &str) -> String {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("claims.jsonl");
        fs::write(&file, claims).expect("written");
        self.run("reconcile", true, &["--format", "json", "--claims", file.to_str().expect("Unicode")])
    }

    /// Runs a command of the program on the articles, with or without the table of their dates, and
    /// gives what it writes.
    pub fn run(&self, command: &str, with_table: bool, more: &[&str]) -> String {
        let mut words: Vec<OsString> = vec!["tallymark".into(), command.into()];
        words.extend(self.articles.iter().map(Into::into));
        if with_table {
            words.extend(["--metadata".into(), self.table.as_os_str().to_owned()]);
        }
        words.extend(more.iter().map(Into::into));
        let (mut out, mut err) = (Vec::new(), Vec::new());
        let outcome = run(words, &mut Console::new(&mut out, &mut err, false));
        assert_eq!(outcome, Outcome::Done(0), "{}", String::from_utf8_lossy(&err));
        String::from_utf8(out).expect("UTF-8")
    }
}

fn text_of(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn file_name(path: &Path) -> String {
    path.file_name().expect("a name").to_string_lossy().into_owned()
}

/// The lines of a JSON Lines file.
fn lines<T: DeserializeOwned>(path: &Path) -> Vec<T> {
    let read = |(n, line): (usize, &str)| {
        serde_json::from_str(line).unwrap_or_else(|error| panic!("{}: line {}: {error}", path.display(), n + 1))
    };
    text_of(path).lines().enumerate().filter(|(_, line)| !line.trim().is_empty()).map(read).collect()
}

/// The articles of a folder, by name; the texts of pages that may lie beside them are none.
fn articles(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.expect("an entry").path()).collect();
    paths.retain(|path| path.extension().is_none_or(|ending| ending != "text"));
    paths.sort();
    paths
}

/// A text that the gold counts into, and the text that the program makes of the same file.
struct Placed {
    gold: Vec<char>,
    /// Where the two differ: a page, whose extracted text may be spaced otherwise.
    page: Option<Page>,
}

/// The same words under two spacings: everything but spaces and the bars between the cells of a table.
struct Page {
    gold: Bare,
    read: Bare,
}

/// The telling characters of a text, and where each stands.
struct Bare {
    chars: Vec<char>,
    at: Vec<usize>,
}

impl Bare {
    fn new(text: &[char]) -> Self {
        let telling = text.iter().enumerate().filter(|(_, c)| !c.is_whitespace() && **c != '|');
        let (at, chars) = telling.map(|(at, c)| (at, *c)).unzip();
        Self { chars, at }
    }
}

impl Placed {
    fn load(path: &Path, part: &Path) -> Self {
        let name = file_name(path);
        let bytes = fs::read(path).expect("an article");
        let article: Article = read(&name, &bytes, &ReadOptions::default()).expect("a text");
        let read: Vec<char> = article.text.chars().collect();
        if path.extension().is_some_and(|ending| ending == "html") {
            let beside = part.join("articles").join(format!("{name}.text"));
            let companion = if beside.exists() { beside } else { part.join("text").join(format!("{name}.text")) };
            let gold: Vec<char> = text_of(&companion).chars().collect();
            let page = Page { gold: Bare::new(&gold), read: Bare::new(&read) };
            return Self { gold, page: Some(page) };
        }
        Self { gold: read, page: None }
    }

    fn check(&self, quote: &str, place: &Range<usize>, id: &str) {
        let there: Option<String> = self.gold.get(place.clone()).map(|chars| chars.iter().collect());
        assert_eq!(there.as_deref(), Some(quote), "{id}: the quote is not at {place:?}");
    }

    /// Where a span of the gold's text stands in the program's: of all the places with the same
    /// words, the one with most of the same text around it.
    fn place(&self, span: &Range<usize>, id: &str) -> Range<usize> {
        let Some(Page { gold, read }) = &self.page else { return span.clone() };
        let first = gold.at.partition_point(|at| *at < span.start);
        let end = gold.at.partition_point(|at| *at < span.end);
        let words = &gold.chars[first..end];
        let around = |at: usize| {
            let alike = |a: &[char], b: &[char]| a.iter().zip(b).take_while(|(a, b)| a == b).count();
            let alike_before = {
                let back =
                    |chars: &[char], end: usize| chars[..end].iter().rev().copied().take(200).collect::<Vec<_>>();
                alike(&back(&gold.chars, first), &back(&read.chars, at))
            };
            let behind = |chars: &[char], start: usize| chars[start..].iter().copied().take(200).collect::<Vec<_>>();
            alike_before + alike(&behind(&gold.chars, end), &behind(&read.chars, at + words.len()))
        };
        let places = (0..read.chars.len()).filter(|at| read.chars[*at..].starts_with(words));
        let best = places.max_by_key(|at| (around(*at), std::cmp::Reverse(*at)));
        let at = best.unwrap_or_else(|| panic!("{id}: the text of the page has no “{}”", String::from_iter(words)));
        read.at[at]..read.at[at + words.len() - 1] + 1
    }
}
