//! Claims in a compact notation, for tests that reconcile: made into lines of the schema of
//! `--claims`, and read back as such lines are.
//!
//! ```text
//! articles:  A 2026-01-29, B 2026-01-30 Moscow Times, C XXXX-09-18
//! claims:    bodies Russia→Ukraine 2026-01-29 | 1000 by Coordination Headquarters in A; about 1000 in B
//! ```
//!
//! `articles` names each article, its date of publication, and its outlet. A line of claims has a
//! subject (category, direction or party, date, and `cumulative`, `stock`, `plan` or `status`) and
//! behind the bar its counts: words and number, on whose word (` via ` leads outwards, a side in
//! brackets), in which article, and what else there is:
//!
//! | word | says |
//! |---|---|
//! | `on DATE`, `asof DATE` | a date of its own, the time that it speaks of |
//! | `denied`, `confirmed`, `planned`, `feared` | the modality |
//! | `corrects`, `framing`, `garbled`, `lost` | words of correction, other terms, unclear direction, "lost" |
//! | `another N`, `part N`, `same N`, `confirms N` | the tie to the claim of that number, from 0 |
//! | `identity NAME`, `subset NAME`, `quote WORDS`, `as CATEGORY` | with `_` for spaces |
//! | `guessed day`, `guessed kind`, `guessed party` | that day, category or party is inferred |
//! | `#NAME` | the gold cluster |
//!
//! Party, from and to may be `?`; a date may be incomplete (`XXXX-09-18`, `XXXX-WXX-4`) or open (`2022-02-24/..`).

use std::collections::BTreeMap;
use std::sync::Arc;

use tallymark::claim::{
    Basis, BestRule, Claim, ClaimFlag, Codebook, Conventions, DateWindow, Field, Form, Kind, Known, Lexicon, Metadata,
    Modality, Quantity, Reconciliation, Ruling, Side, Source, Stamp, TieRule,
};
use tallymark::formats::{Anchoring, ClaimLine, CountLine, DateLine, More, Place, Why, read_claims};
use tallymark::reconcile::{Document, Input, reconcile};

/// What is reconciled.
pub struct World {
    pub documents: Vec<Document>,
    pub claims: Vec<Claim>,
    /// The gold cluster of each claim, where it has one.
    #[allow(dead_code, reason = "not every test has gold clusters")]
    pub clusters: Vec<Option<String>>,
    pub codebook: Codebook,
}

impl World {
    pub fn new(articles: &str, lines: &[String]) -> Self {
        let documents: Vec<Document> = articles.split(',').map(document).collect();
        let mut clusters = Vec::new();
        let mut jsonl = String::new();
        let mut number = 0;
        for line in lines {
            let (subject, items) = line.split_once('|').unwrap_or_else(|| panic!("no | in {line}"));
            for item in items.split(';') {
                let (line, cluster) = claim_line(number, subject, item);
                assert!(documents.iter().any(|d| *d.id.0 == *line.article), "no article {} in {item}", line.article);
                jsonl.push_str(&serde_json::to_string(&line).expect("a line is plain data"));
                jsonl.push('\n');
                clusters.push(cluster);
                number += 1;
            }
        }
        let codebook = Codebook::built_in();
        let mut imported = read_claims(&jsonl);
        let ids: BTreeMap<&str, _> = documents.iter().map(|d| (&*d.id.0, &d.id)).collect();
        let resolve = |name: &str| ids.get(name).map(|id| ((*id).clone(), Anchoring::AsGiven));
        let claims = imported.claims(resolve, &codebook.conventions, &stamp());
        assert!(imported.problems.is_empty(), "{:?}", imported.problems);
        Self { documents, claims, clusters, codebook }
    }

    pub fn run(&self, rulings: &[Ruling], lexicon: &Lexicon) -> Reconciliation {
        let claims: Vec<&Claim> = self.claims.iter().collect();
        let rulings: Vec<&Ruling> = rulings.iter().collect();
        let (documents, codebook) = (&self.documents, &self.codebook);
        reconcile(Input { documents, claims: &claims, rulings: &rulings, codebook, lexicon })
    }

    /// Sets the rule for best, what a tie does, and the analyst's ranking of sources.
    #[allow(dead_code, reason = "only the small cases ask for it")]
    pub fn conventions(&mut self, best: BestRule, tie: TieRule, ranks: &[String]) {
        (self.codebook.conventions.best, self.codebook.conventions.tie) = (best, tie);
        for (name, rank) in ranks.iter().zip(1..) {
            self.codebook.sources.push(Source {
                name: name.as_str().into(),
                side: Side::Unknown,
                aliases: Vec::new(),
                part_of: None,
                admiralty: None,
                rank: Some(rank),
            });
        }
    }
}

pub fn stamp() -> Stamp {
    Stamp { by: "analyst".into(), at: chrono::DateTime::UNIX_EPOCH }
}

fn document(item: &str) -> Document {
    let mut words = item.split_whitespace();
    let name = words.next().unwrap_or_else(|| panic!("an article without a name: {item}"));
    let mut metadata = Metadata::default();
    let date = words.next().unwrap_or("");
    if date.contains("XX") {
        metadata.published_value = Some(date.into());
    } else if !date.is_empty() && date != "-" {
        metadata.published = DateWindow::parse(date, Basis::Analyst).unwrap_or_else(|| panic!("no date: {item}"));
    }
    let outlet: Vec<&str> = words.collect();
    metadata.outlet = (!outlet.is_empty()).then(|| Known::new(outlet.join(" "), Basis::Analyst));
    Document { id: tallymark::claim::ArticleId(name.into()), metadata, shingles: Arc::from([]) }
}

/// Where the claim of a number stands: phrase, then count within it.
fn place(number: usize) -> (Place, Place) {
    let start = number * 100 + 10;
    (Place { start: Some(start), end: Some(start + 40) }, Place { start: Some(start + 2), end: Some(start + 8) })
}

fn name(word: &str) -> Option<String> {
    (word != "?").then(|| word.replace('_', " "))
}

fn date_line(word: &str) -> DateLine {
    let mut line = DateLine { value: Some(word.to_owned()), text: Some(word.to_owned()), ..DateLine::default() };
    let day = |w: Option<chrono::NaiveDate>| w.map(|day| day.to_string());
    if word.contains('X') {
        return line;
    }
    if let Some(start) = word.strip_suffix("/..") {
        let window = DateWindow::parse(start, Basis::Stated).unwrap_or_else(|| panic!("no date: {word}"));
        (line.start, line.basis) = (day(window.start), Some(Basis::Stated));
        return line;
    }
    let window = DateWindow::parse(word, Basis::Stated).unwrap_or_else(|| panic!("no date: {word}"));
    (line.start, line.end) = (day(window.start), day(window.end));
    (line.precision, line.basis) = (Some(window.precision), Some(Basis::Stated));
    line
}

/// A field that a rule has worked out.
fn guessed(field: &str) -> Why {
    let field = match field {
        "day" => Field::Date,
        "kind" => Field::Category,
        "party" => Field::Party,
        other => panic!("nobody guesses a {other}"),
    };
    Why {
        field: Some(field),
        how: "inferred".to_owned(),
        rule: Some("as the case has it".to_owned()),
        evidence: Vec::new(),
    }
}

fn claim_line(number: usize, subject: &str, item: &str) -> (ClaimLine, Option<String>) {
    let (phrase, count_place) = place(number);
    let mut line = ClaimLine {
        article: String::new(),
        start: phrase.start.unwrap_or(0),
        end: phrase.end.unwrap_or(1),
        quote: String::new(),
        count: CountLine::default(),
        kind: Kind::Event,
        category: String::new(),
        party: None,
        from: None,
        to: None,
        date: DateLine::default(),
        attribution: Vec::new(),
        via: None,
        identity_by: Vec::new(),
        modality: Modality::Reported,
        additive: None,
        part_of: None,
        refers_to: None,
        grade: None,
        why: Vec::new(),
        suggester: None,
        score: None,
        more: None,
    };
    let mut more = More::default();
    for (i, word) in subject.split_whitespace().enumerate() {
        match word {
            _ if i == 0 => line.category = word.to_owned(),
            "cumulative" => line.kind = Kind::Cumulative,
            "stock" => line.kind = Kind::Stock,
            "plan" => (line.kind, line.modality) = (Kind::Plan, Modality::Planned),
            "status" => line.kind = Kind::Status,
            _ if word.contains('→') => {
                let (from, to) = word.split_once('→').unwrap_or((word, "?"));
                (line.from, line.to) = (name(from), name(to));
                line.party = line.party.or_else(|| name(to));
            }
            _ if word.starts_with(|c: char| c.is_ascii_digit() || c == 'X') => line.date = date_line(word),
            _ => line.party = name(word),
        }
    }
    let (head, rest) = item.trim().split_once(" in ").unwrap_or_else(|| panic!("no article in {item}"));
    let (count, by) = match head.split_once(" by ") {
        Some((count, by)) => (count.trim(), Some(by.trim())),
        None => (head.trim(), None),
    };
    for asserter in by.into_iter().flat_map(|by| by.split(" via ")) {
        let (who, side) = asserter.trim().split_once(" [").unwrap_or((asserter.trim(), ""));
        line.attribution.push(who.to_owned());
        more.sides.push(if side.is_empty() { "unknown".to_owned() } else { side.trim_end_matches(']').to_owned() });
    }
    line.count = count_line(count);
    if !matches!(line.count.form, Some(Form::ConfirmOnly)) {
        (line.count.start, line.count.end) = (count_place.start, count_place.end);
    }
    line.quote = count.to_owned();
    let mut cluster = None;
    let mut words = rest.split_whitespace();
    line.article = words.next().unwrap_or_default().to_owned();
    while let Some(word) = words.next() {
        let mut next = || words.next().unwrap_or_else(|| panic!("{word} what? {item}"));
        let to = |n: &str| place(n.parse().unwrap_or_else(|_| panic!("{n} is no number: {item}"))).1;
        match word {
            "on" => line.date = date_line(next()),
            "asof" => more.as_of = Some(date_line(next())),
            "denied" => line.modality = Modality::Denied,
            "confirmed" => line.modality = Modality::Confirmed,
            "planned" => line.modality = Modality::Planned,
            "feared" => line.modality = Modality::Hypothetical,
            "corrects" => more.flags.push(ClaimFlag::Corrects),
            "framing" => more.flags.push(ClaimFlag::FramingDiffers),
            "garbled" => more.flags.push(ClaimFlag::DirectionUnclear),
            "lost" => more.flags.push(ClaimFlag::LostReadAsKilled),
            "another" => line.additive = Some(to(next())),
            "more" => line.additive = Some(Place::default()),
            "part" => line.part_of = Some(to(next())),
            "same" => {
                line.refers_to = Some(to(next()));
                line.count.form = Some(Form::ByReference);
            }
            "confirms" => line.count.confirms.push(to(next())),
            "identity" => line.identity_by.push(next().replace('_', " ")),
            "subset" => more.subset = name(next()),
            "quote" => line.quote = next().replace('_', " "),
            "guessed" => line.why.push(guessed(next())),
            "as" => line.category = next().to_owned(),
            _ if word.starts_with('#') => cluster = Some(word[1..].to_owned()),
            other => panic!("{other} in {item}"),
        }
    }
    line.more = Some(more);
    (line, cluster)
}

fn count_line(words: &str) -> CountLine {
    let conventions = Conventions::default();
    let (word, n) = words.rsplit_once(' ').unwrap_or(("", words));
    let number = |s: &str| s.parse::<u64>().unwrap_or_else(|_| panic!("no number: {words}"));
    let quantity = match (word, n) {
        ("", "confirms") => Quantity::confirm_only(),
        ("the", "same") => Quantity { form: Form::ByReference, ..Quantity::confirm_only() },
        ("", "several") => Quantity::vague(3, Some(9)),
        ("", "dozens") => Quantity::vague(24, Some(99)),
        ("", "hundreds") => Quantity::vague(200, Some(999)),
        ("tens of", "thousands") => Quantity::vague(20_000, Some(99_999)),
        ("", range) if range.contains('-') => {
            let (a, b) = range.split_once('-').unwrap_or((range, range));
            Quantity::range(number(a), number(b))
        }
        ("", n) => Quantity::exact(number(n)),
        ("at least", n) => Quantity::at_least(number(n)),
        ("more than", n) => Quantity::more_than(number(n)),
        ("up to", n) => Quantity::at_most(number(n)),
        ("fewer than", n) => Quantity::fewer_than(number(n)),
        ("nearly", n) => Quantity::nearly(number(n), &conventions),
        ("about", n) => Quantity::approx(number(n), &conventions),
        _ => panic!("what is {words}?"),
    };
    let Quantity { form, n, low, high, low_soft, high_soft } = quantity;
    CountLine { form: Some(form), n, low, high, low_soft, high_soft, ..CountLine::default() }
}
