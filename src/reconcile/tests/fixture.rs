//! Claims in a compact notation, and facts in one, so that a case is two short texts.
//!
//! ```text
//! A 2026-01-29, B 2026-01-30 Moscow Times
//! bodies Russia→Ukraine 2026-01-29 | 1000 by Headquarters [Ukraine] in A; about 1000 in B
//! ```
//!
//! The first line names articles with their dates of publication and outlets. Each further line is
//! a subject (category, then direction or party, then a date, then a kind other than event), and
//! its claims: words and number, who says it, in which article, and what else there is, in
//! brackets: a side, `anonymous`, or after the article `on`, `asof`, `denied`, `planned`, …

use crate::claim::*;
use crate::reconcile::{Document, Input, reconcile, shingles};

/// A small world: two states at war, two others, agencies, the Red Cross.
pub(super) fn lexicon() -> Lexicon {
    Lexicon::parse(
        r#"(
        parties: [
            (name: "Russia", adjectives: ["Russian"], capital: ["Moscow"], opposite: ["Ukraine"], state: true),
            (name: "Ukraine", adjectives: ["Ukrainian"], capital: ["Kyiv"], opposite: ["Russia"], state: true),
            (name: "Israel", adjectives: ["Israeli"], opposite: ["Hamas", "Palestinians"], state: true),
            (name: "Palestinians", names: ["Palestine"], adjectives: ["Palestinian"]),
            (name: "Gaza", part_of: Some("Palestinians")),
            (name: "Turkey", names: ["Türkiye"], adjectives: ["Turkish"], state: true),
            (name: "Syria", adjectives: ["Syrian"], state: true),
        ],
        sources: [
            (name: "Headquarters", side: Party("Ukraine"), part_of: Some("Ukrainian government")),
            (name: "Ukrainian Defense Ministry", part_of: Some("Ukrainian government")),
            (name: "Kyiv Morgue", side: Party("Ukraine"), part_of: Some("Ukrainian government")),
            (name: "TASS", side: Party("Russia"), role: Outlet, state_owned: true),
            (name: "Reuters", side: Independent, role: Outlet),
            (name: "Red Cross", aliases: ["ICRC"], side: Independent),
            (name: "Mission", side: Independent),
        ],
        titles: ["President", "spokesman"],
    )"#,
    )
    .unwrap()
}

/// What a test reconciles.
pub(super) struct Case {
    pub documents: Vec<Document>,
    pub claims: Vec<Claim>,
    pub rulings: Vec<Ruling>,
    pub codebook: Codebook,
    pub lexicon: Lexicon,
}

impl Case {
    pub fn new(text: &str) -> Self {
        let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
        let documents = documents(lines.next().unwrap());
        let mut claims = Vec::new();
        for line in lines {
            let (subject, items) = line.split_once('|').unwrap_or_else(|| panic!("no | in {line}"));
            for item in items.split(';') {
                let number = claims.len();
                claims.push(claim(number, subject, item));
            }
        }
        Self { documents, claims, rulings: Vec::new(), codebook: Codebook::built_in(), lexicon: lexicon() }
    }

    pub fn rule(mut self, op: RulingOp) -> Self {
        let number = self.rulings.len();
        self.rulings.push(Ruling {
            id: RulingId(format!("r{number}").into()),
            op,
            reason: "because".to_owned(),
            stamp: stamp(),
        });
        self
    }

    pub fn best(mut self, rule: BestRule) -> Self {
        self.codebook.conventions.best = rule;
        self
    }

    pub fn run(&self) -> Reconciliation {
        let claims: Vec<&Claim> = self.claims.iter().collect();
        let rulings: Vec<&Ruling> = self.rulings.iter().collect();
        reconcile(Input {
            documents: &self.documents,
            claims: &claims,
            rulings: &rulings,
            codebook: &self.codebook,
            lexicon: &self.lexicon,
        })
    }
}

fn stamp() -> Stamp {
    Stamp { by: "analyst".into(), at: chrono::DateTime::UNIX_EPOCH }
}

/// The id of the claim that stands at a place among all, from 0.
pub(super) fn id(number: usize) -> ClaimId {
    ClaimId(format!("c{number:03}").into())
}

fn documents(line: &str) -> Vec<Document> {
    line.split(',')
        .map(|item| {
            let mut words = item.split_whitespace();
            let name = words.next().unwrap();
            let mut metadata = Metadata::default();
            let date = words.next().unwrap_or("");
            if date.contains("XX") {
                metadata.published_value = Some(date.into());
            } else {
                metadata.published = DateWindow::parse(date, Basis::Stated).unwrap_or_default();
            }
            let rest: Vec<&str> = words.collect();
            let (outlet, text) = match rest.iter().position(|w| *w == "text") {
                Some(at) => (rest[..at].join(" "), rest[at + 1..].join(" ")),
                None => (rest.join(" "), String::new()),
            };
            metadata.outlet = (!outlet.is_empty()).then(|| Known::new(outlet, Basis::Stated));
            Document { id: ArticleId(name.into()), metadata, shingles: shingles(&text) }
        })
        .collect()
}

fn name(word: &str) -> Option<Name> {
    (word != "?").then(|| word.replace('_', " ").into())
}

fn date(reading: &mut Reading, word: &str) {
    if word.contains("XX") || word.ends_with("/..") && word.contains('X') {
        reading.date.value = Some(word.into());
    } else if let Some(start) = word.strip_suffix("/..") {
        let window = DateWindow::parse(start, Basis::Stated).unwrap();
        reading.date.window = DateWindow { end: None, precision: Precision::Range, ..window };
        reading.date.value = Some(word.into());
    } else {
        reading.date.window = DateWindow::parse(word, Basis::Stated).unwrap_or_else(|| panic!("no date: {word}"));
        reading.date.value = Some(word.into());
    }
}

fn claim(number: usize, subject: &str, item: &str) -> Claim {
    let nothing = Count { span: None, quantity: Quantity::confirm_only() };
    let mut words = subject.split_whitespace();
    let mut reading = Reading::new(nothing, words.next().unwrap());
    for word in words {
        match word {
            "cumulative" => (reading.kind, reading.date.extent) = (Kind::Cumulative, true),
            "stock" => reading.kind = Kind::Stock,
            "plan" => (reading.kind, reading.modality) = (Kind::Plan, Modality::Planned),
            "status" => reading.kind = Kind::Status,
            word if word.contains('→') => {
                let (from, to) = word.split_once('→').unwrap();
                (reading.from, reading.to) = (name(from), name(to));
                reading.party = name(to);
            }
            word if word.starts_with(|c: char| c.is_ascii_digit() || c == 'X') => date(&mut reading, word),
            word => reading.party = name(word),
        }
    }
    // "WORDS N [by NAME [SIDE]] [quoted_by NAME] in ARTICLE [more…]"
    let (head, rest) = item.split_once(" in ").unwrap_or_else(|| panic!("no article in {item}"));
    let (count, by) = match head.split_once(" by ") {
        Some((count, by)) => (count.trim(), Some(by.trim())),
        None => (head.trim(), None),
    };
    let position = number * 100 + 1;
    let count_span = Span::new(position, position + 5);
    reading.count = Count { span: Some(count_span), quantity: quantity(count) };
    if let Some(by) = by {
        reading.attribution.chain = by.split(" via ").map(asserter).collect();
    }
    let mut rest = rest.split_whitespace();
    let article = rest.next().unwrap();
    let mut quote = count.to_owned();
    let mut inferred: Vec<Field> = Vec::new();
    while let Some(word) = rest.next() {
        let at = |n: &str| {
            let position = n.parse::<usize>().unwrap() * 100 + 1;
            Span::new(position, position + 5)
        };
        match word {
            "on" => date(&mut reading, rest.next().unwrap()),
            "asof" => reading.as_of = DateWindow::parse(rest.next().unwrap(), Basis::Stated),
            "denied" => reading.modality = Modality::Denied,
            "planned" => reading.modality = Modality::Planned,
            "feared" => reading.modality = Modality::Hypothetical,
            "corrects" => reading.flags.push(ClaimFlag::Corrects),
            "another" => reading.additive = Some(Link { span: None }),
            "part" => reading.part_of = Some(Link { span: Some(at(rest.next().unwrap())) }),
            "identity" => reading.attribution.identity_by.push(rest.next().unwrap().replace('_', " ").into()),
            "confirms" => reading.confirms.push(at(rest.next().unwrap())),
            "subset" => reading.subset = name(rest.next().unwrap()),
            "guessed" => inferred.push(match rest.next().unwrap() {
                "day" => Field::Date,
                "kind" => Field::Category,
                other => panic!("{other} in {item}"),
            }),
            "quote" => quote = rest.next().unwrap().replace('_', " "),
            other => panic!("{other} in {item}"),
        }
    }
    Claim {
        id: id(number),
        article: ArticleId(article.into()),
        version: 1,
        evidence: vec![Anchor {
            span: Span::new(position, position + 20),
            quote: quote.into(),
            before: "".into(),
            after: "".into(),
        }],
        reading,
        trace: inferred.into_iter().map(|field| (field, Provenance::inferred("as the case has it", []))).collect(),
        grade: None,
        score: None,
        note: String::new(),
        suggestion: None,
        created: stamp(),
        changed: None,
        codebook_revision: 1,
    }
}

fn asserter(text: &str) -> Asserter {
    let (who, side) = match text.trim().split_once(" [") {
        Some((who, side)) => (who, side.trim_end_matches(']')),
        None => (text.trim(), ""),
    };
    let side = match side {
        "" => Side::Unknown,
        "independent" => Side::Independent,
        party => Side::Party(party.into()),
    };
    Asserter { side, ..Asserter::named(who) }
}

fn quantity(words: &str) -> Quantity {
    let conventions = Conventions::default();
    let (word, n) = words.rsplit_once(' ').unwrap_or(("", words));
    let number = |s: &str| s.parse::<u64>().unwrap_or_else(|_| panic!("no number: {words}"));
    match word {
        "" if n == "confirms" => Quantity::confirm_only(),
        "" if n == "several" => Quantity::vague(3, Some(9)),
        "" if n == "dozens" => Quantity::vague(24, Some(99)),
        "" if n.contains('-') => n.split_once('-').map(|(a, b)| Quantity::range(number(a), number(b))).unwrap(),
        "" => Quantity::exact(number(n)),
        "at least" => Quantity::at_least(number(n)),
        "more than" => Quantity::more_than(number(n)),
        "up to" => Quantity::at_most(number(n)),
        "fewer than" => Quantity::fewer_than(number(n)),
        "nearly" => Quantity::nearly(number(n), &conventions),
        "about" => Quantity::approx(number(n), &conventions),
        other => panic!("{other}"),
    }
}

/// Facts in the order of their ids, a line each:
/// `label: verdict low/best/high k s a u [flags] {numbers of the claims}`.
pub(super) fn facts(found: &Reconciliation) -> String {
    let number = |n: Option<u64>, soft: bool| match n {
        Some(n) if soft => format!("({n})"),
        Some(n) => n.to_string(),
        None => "–".to_owned(),
    };
    let mut out = String::new();
    for fact in &found.facts {
        let verdict = serde_json::to_value(fact.verdict).unwrap();
        let best = match fact.best {
            Some(n) if fact.best_approx => format!("~{n}"),
            best => number(best, false),
        };
        let high =
            if fact.high.is_none() && fact.low.is_some() { "+".to_owned() } else { number(fact.high, fact.high_soft) };
        out.push_str(&format!(
            "{}: {} {}/{best}/{high} k{} s{} a{} u{}",
            fact.label,
            verdict.as_str().unwrap(),
            number(fact.low, fact.low_soft),
            fact.k_origins,
            fact.k_sides,
            fact.n_articles,
            fact.n_unattributed
        ));
        // The flag for a missing date goes without saying in these tests.
        let flags: Vec<String> = fact
            .flags
            .iter()
            .filter(|(flag, _)| *flag != FactFlag::DateUnclear && *flag != FactFlag::Echoed)
            .map(|(flag, _)| serde_json::to_value(flag).unwrap().as_str().unwrap().to_owned())
            .collect();
        if !flags.is_empty() {
            out.push_str(&format!(" [{}]", flags.join(", ")));
        }
        out.push('\n');
    }
    for unplaced in &found.unplaced {
        let candidates: Vec<&str> = unplaced.candidates.iter().map(|c| &**c).collect();
        out.push_str(&format!("unplaced {}: {}\n", unplaced.claim, candidates.join(" ")));
    }
    out
}

/// Reconciles and compares, line by line; spaces at the ends make no difference.
#[track_caller]
pub(super) fn check(case: &str, expected: &str) {
    check_case(&Case::new(case), expected);
}

#[track_caller]
pub(super) fn check_case(case: &Case, expected: &str) {
    let found = case.run();
    let lines = |text: &str| text.lines().map(str::trim).filter(|l| !l.is_empty()).collect::<Vec<_>>().join("\n");
    let (got, want) = (lines(&facts(&found)), lines(expected));
    assert!(got == want, "\n--- expected\n{want}\n--- found\n{got}\n");
    for fact in &found.facts {
        assert!(!fact.reason.is_empty(), "{} has a verdict without a reason", fact.label);
        assert!(fact.members.iter().all(|m| !m.reason.is_empty()), "{} has a member without a reason", fact.label);
    }
    assert!(found.rollups.iter().all(|r| !r.reason.is_empty()) && found.unplaced.iter().all(|u| !u.reason.is_empty()));
}

/// The relations of the members of the only fact, in order of their claims.
pub(super) fn relations(found: &Reconciliation) -> Vec<&'static str> {
    found.facts.iter().flat_map(|fact| &fact.members).map(|member| member.relation.label()).collect()
}
