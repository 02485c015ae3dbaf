//! The finished project in `samples/exchange`: what was decided in it, and that it is sound.
//!
//! It is made from `samples/articles` and `tests/sample_project/decisions.ron`. After a change of
//! the file format, the samples or the suggestions, `REFRESH=1 cargo test --test sample_project`
//! makes it anew; the difference is reviewed like any other.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use serde::Deserialize;
use tallymark::article::{Article, ReadOptions, read};
use tallymark::claim::{
    Anchor, ArticleId, ArticleRecord, Asserter, Basis, Change, Claim, ClaimDate, ClaimId, Count, DateWindow, Decision,
    Edit, FactVerdict, Field, Kind, Lexicon, Link, Modality, Name, Progress, Provenance, Reading, Reconciliation,
    Ruling, RulingId, RulingOp, Side, Source, Span, Stamp, Suggestion, Trace, Transaction, Verdict, Workspace,
};
use tallymark::formats::metadata_table::MetadataTable;
use tallymark::project::disk::RealDisk;
use tallymark::project::{self, NewProject, history, paths, save_new};
use tallymark::reconcile;
use tallymark::suggest::Suggester;

/// What the analyst decided.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Decisions {
    analyst: Name,
    sources: Vec<Source>,
    articles: Vec<ArticleDecisions>,
    rulings: Vec<RulingDecision>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ArticleDecisions {
    name: String,
    claims: Vec<ClaimDecision>,
}

/// A claim as the analyst wants it. `on: "*"` leaves the date as suggested.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ClaimDecision {
    at: String,
    #[serde(default)]
    nth: usize,
    #[serde(default)]
    member: u16,
    is: Name,
    #[serde(default)]
    of: String,
    #[serde(default)]
    from: String,
    #[serde(default)]
    to: String,
    on: String,
    #[serde(default)]
    extent: bool,
    #[serde(default)]
    by: Vec<Name>,
    #[serde(default)]
    side: Option<Side>,
    #[serde(default)]
    via: String,
    #[serde(default)]
    identity: Vec<Name>,
    #[serde(default)]
    how: Modality,
    #[serde(default)]
    kind: Kind,
    #[serde(default)]
    additive: bool,
    /// The phrase whose count this is a part of.
    #[serde(default)]
    part: String,
    #[serde(default)]
    note: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RulingDecision {
    op: Op,
    reason: String,
}

/// A ruling, its claims named by article, phrase and occurrence.
#[derive(Deserialize)]
enum Op {
    Echo { article: String, of: String },
    SetOrigin { claim: (String, String), origin: Name, side: Side },
    SetDate { claim: (String, String, usize), on: String },
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The clock and the identities of the project: always the same, so that only a change shows.
struct Desk {
    analyst: Name,
    steps: i64,
}

impl Desk {
    fn stamp(&mut self) -> Stamp {
        let begin: DateTime<Utc> = "2026-03-02T09:00:00Z".parse().expect("a time");
        self.steps += 1;
        Stamp { by: self.analyst.clone(), at: begin + TimeDelta::seconds(20 * self.steps) }
    }

    fn id(&mut self) -> Name {
        let at = self.stamp().at.timestamp_millis().unsigned_abs();
        let rest = u128::from(self.steps.unsigned_abs()).to_be_bytes();
        let rest: [u8; 10] = rest[6..].try_into().expect("ten of sixteen bytes");
        uuid::Builder::from_unix_timestamp_millis(at, &rest).into_uuid().to_string().into()
    }
}

/// Where a phrase stands, and the count that it marks. Any space in the text matches a space.
fn find(text: &str, phrase: &str, nth: usize) -> (Span, Option<Span>) {
    let plain: String = phrase.chars().filter(|c| !matches!(c, '[' | ']')).collect();
    let blank = |c: char| if c.is_whitespace() { ' ' } else { c };
    let starts = text.char_indices().map(|(at, _)| at).filter(|at| {
        let mut rest = text[*at..].chars().map(blank);
        plain.chars().all(|c| rest.next() == Some(c))
    });
    let start = starts.clone().nth(nth).unwrap_or_else(|| panic!("“{phrase}” does not stand {} times", nth + 1));
    let len = |chars: usize| text[start..].chars().take(chars).map(char::len_utf8).sum::<usize>();
    let span = |from: usize, to: usize| Span::checked(text, start + len(from), start + len(to)).expect("a span");
    let at = |mark| phrase.split(mark).next().expect("a part").chars().filter(|c| *c != '[').count();
    let count = phrase.contains('[').then(|| span(at('['), at(']')));
    (span(0, plain.chars().count()), count)
}

/// The suggestion that speaks of the same count.
fn suggestion_at(suggestions: &[Suggestion], phrase: Span, count: Option<Span>, member: u16) -> Option<&Suggestion> {
    let meet = |a: Span, b: Span| a.start < b.end && b.start < a.end;
    suggestions.iter().find(|s| match (count, s.reading.count.span) {
        (Some(want), Some(got)) => meet(want, got) && s.reading.distributive.is_none_or(|d| d.index == member),
        (None, None) => meet(phrase, s.span),
        _ => false,
    })
}

/// The reading that the analyst wants, and where each field comes from.
fn settled(
    want: &ClaimDecision,
    found: Option<&Suggestion>,
    count: Option<Span>,
    article: &Article,
    suggester: &Suggester,
) -> (Reading, Trace) {
    let (mut reading, mut trace) = found.map_or_else(
        || {
            let span = count.unwrap_or_else(|| panic!("{}: {} is not suggested", article.name, want.at));
            let quantity = suggester.read_quantity(span.of(&article.text)).expect("a count");
            (Reading::new(Count { span: Some(span), quantity }, want.is.clone()), Trace::new())
        },
        |s| (s.reading.clone(), s.trace.clone()),
    );
    let name = |text: &str| (!text.is_empty()).then(|| Name::from(text));
    let before = reading.clone();
    reading.category = want.is.clone();
    reading.party = name(&want.of);
    reading.from = name(&want.from);
    reading.to = name(&want.to);
    reading.modality = want.how;
    reading.kind = want.kind;
    if want.on != "*" && (before.date.window.notation() != want.on || before.date.extent != want.extent) {
        let window = DateWindow::parse(&want.on, Basis::Analyst).unwrap_or_default();
        reading.date = ClaimDate { window, extent: want.extent, ..before.date.clone() };
    }
    let chain: Vec<Name> = before.attribution.chain.iter().map(|link| link.name.clone()).collect();
    if chain != want.by {
        let link = |name: &Name| Asserter { anonymous: name.starts_with("unnamed"), ..Asserter::named(name.clone()) };
        reading.attribution.chain = want.by.iter().map(link).collect();
    }
    if let (Some(side), Some(first)) = (&want.side, reading.attribution.chain.first_mut()) {
        first.side = side.clone();
    }
    reading.attribution.via = name(&want.via);
    reading.attribution.identity_by = want.identity.clone();
    if want.additive && reading.additive.is_none() {
        reading.additive = Some(Link { span: None });
    }
    if !want.part.is_empty() {
        reading.part_of = Some(Link { span: find(&article.text, &want.part, 0).1 });
    }
    for (field, same) in [
        (Field::Count, found.is_some()),
        (Field::Category, found.is_some() && before.category == reading.category),
        (Field::Kind, before.kind == reading.kind),
        (Field::Party, before.party == reading.party),
        (Field::From, before.from == reading.from),
        (Field::To, before.to == reading.to),
        (Field::Date, before.date == reading.date),
        (Field::Attribution, before.attribution == reading.attribution),
        (Field::Modality, before.modality == reading.modality),
    ] {
        if !same {
            trace.insert(field, Provenance::hand());
        }
    }
    (reading, trace)
}

/// The articles of the decisions: bytes, text, and what the table of sources says of them.
fn articles(decisions: &Decisions) -> Vec<(Arc<[u8]>, Arc<Article>, ArticleRecord)> {
    let table = std::fs::read_to_string(root().join("samples/sources.csv")).expect("the table of sources");
    let table = MetadataTable::parse(&table).expect("a table");
    let names: Vec<&str> = decisions.articles.iter().map(|a| a.name.as_str()).collect();
    let (rows, _) = table.matched(names.iter().copied());
    let mut desk = Desk { analyst: decisions.analyst.clone(), steps: 0 };
    names
        .iter()
        .map(|name| {
            let bytes = std::fs::read(root().join("samples/articles").join(name)).expect("a sample");
            let article = read(name, &bytes, &ReadOptions::default()).expect("a readable sample");
            let record = ArticleRecord {
                metadata: rows.get(name).map_or_else(|| article.metadata.clone(), |row| row.over(&article.metadata)),
                progress: Progress::Done,
                ..article.record(desk.stamp())
            };
            (Arc::from(bytes), Arc::new(article), record)
        })
        .collect()
}

/// What the analyst did, step by step.
fn work(decisions: &Decisions) -> (Workspace, Vec<Transaction>, BTreeMap<ArticleId, (Arc<[u8]>, Arc<Article>)>) {
    let mut desk = Desk { analyst: decisions.analyst.clone(), steps: 100 };
    let (mut workspace, mut done) = (Workspace::new(), Vec::new());
    let mut step = |workspace: &mut Workspace, desk: &mut Desk, label: &str, edits: Vec<Edit>| {
        let transaction = Transaction { id: desk.id(), label: label.into(), edits, stamp: desk.stamp() };
        workspace.apply(&transaction).expect("a step that fits");
        done.push(transaction);
    };
    let articles = articles(decisions);
    let opened = articles.iter().map(|(_, _, record)| Edit::Article(Box::new(Change::add(record.clone())))).collect();
    step(&mut workspace, &mut desk, "open articles", opened);
    let sources = decisions.sources.iter().map(|source| Edit::Source(Box::new(Change::add(source.clone())))).collect();
    step(&mut workspace, &mut desk, "add sources", sources);

    let suggester = Suggester::new(&workspace.codebook, &Lexicon::built_in());
    let mut claims: BTreeMap<(String, String, usize), ClaimId> = BTreeMap::new();
    for (wanted, (_, article, record)) in decisions.articles.iter().zip(&articles) {
        let suggestions = suggester.suggest(article, &record.metadata);
        let decision = |key: &Suggestion, verdict, stamp| {
            let suggestion = key.key();
            let decision = Decision { suggestion, text_sha256: article.text_sha256.clone(), verdict, stamp };
            Edit::Decision(Box::new(Change::add(decision)))
        };
        let mut used = BTreeSet::new();
        for want in &wanted.claims {
            let (phrase, count) = find(&article.text, &want.at, want.nth);
            let found = suggestion_at(&suggestions, phrase, count, want.member);
            let (reading, trace) = settled(want, found, count, article, &suggester);
            let span = found.map_or(phrase, |s| s.span);
            let claim = Claim {
                id: ClaimId(desk.id()),
                article: article.id.clone(),
                version: 1,
                evidence: vec![Anchor::new(&article.text, span).expect("a span of the text")],
                trace,
                grade: found.map(|s| s.grade),
                score: None,
                note: want.note.clone(),
                suggestion: found.map(Suggestion::key),
                created: desk.stamp(),
                changed: None,
                codebook_revision: workspace.codebook.revision,
                reading,
            };
            claims.insert((wanted.name.clone(), want.at.clone(), want.nth), claim.id.clone());
            let label = match found {
                Some(s) if s.reading == claim.reading => "accept suggestion",
                Some(_) => "accept suggestion with corrections",
                None => "tag by hand",
            };
            let id = claim.id.clone();
            let mut edits = vec![Edit::Claim(Box::new(Change::add(claim)))];
            if let Some(s) = found {
                assert!(used.insert(s.key()), "{}: {} is claimed twice", wanted.name, want.at);
                edits.push(decision(s, Verdict::Accepted { claim: id }, desk.stamp()));
            }
            step(&mut workspace, &mut desk, label, edits);
        }
        for rest in suggestions.iter().filter(|s| !used.contains(&s.key())) {
            let edit = decision(rest, Verdict::Rejected, desk.stamp());
            step(&mut workspace, &mut desk, "reject suggestion", vec![edit]);
        }
    }

    let id_of = |name: &str| {
        let found = articles.iter().find(|(_, article, _)| *article.name == *name);
        found.map(|(_, article, _)| article.id.clone()).expect("an article of that name")
    };
    for ruling in &decisions.rulings {
        let claim = |article: &str, at: &str, nth| claims[&(article.to_owned(), at.to_owned(), nth)].clone();
        let op = match &ruling.op {
            Op::Echo { article, of } => RulingOp::Echo { article: id_of(article), of: Some(id_of(of)) },
            Op::SetOrigin { claim: (article, at), origin, side } => {
                RulingOp::SetOrigin { claim: claim(article, at, 0), origin: origin.clone(), side: side.clone() }
            }
            Op::SetDate { claim: (article, at, nth), on } => RulingOp::SetDate {
                claim: claim(article, at, *nth),
                window: DateWindow::parse(on, Basis::Analyst).expect("a date"),
            },
        };
        let label = op.label();
        let ruling = Ruling { id: RulingId(desk.id()), op, reason: ruling.reason.clone(), stamp: desk.stamp() };
        step(&mut workspace, &mut desk, label, vec![Edit::Ruling(Box::new(Change::add(ruling)))]);
    }
    let texts = articles.into_iter().map(|(bytes, article, _)| (article.id.clone(), (bytes, article))).collect();
    (workspace, done, texts)
}

/// Makes the project in a folder that is not there yet.
fn make(folder: &Path) {
    let text = std::fs::read_to_string(root().join("tests/sample_project/decisions.ron")).expect("the decisions");
    let decisions: Decisions = ron::from_str(&text).expect("decisions.ron");
    let (workspace, done, articles) = work(&decisions);
    let mut desk = Desk { analyst: decisions.analyst.clone(), steps: -1 };
    let (id, created) = (desk.id(), desk.stamp());
    let project = NewProject {
        id: &id,
        name: &"Exchange".into(),
        created: &created,
        analyst: &decisions.analyst,
        workspace: &workspace,
        articles: &articles,
    };
    save_new(folder, &project).expect("a written project");
    history::append(&RealDisk, folder, &paths::slug(&decisions.analyst), &done, false).expect("a written history");
}

fn sample() -> PathBuf {
    root().join("samples/exchange")
}

/// The facts of the sample, as the window would show them.
fn facts(project: &project::OpenedProject) -> Reconciliation {
    let documents: Vec<_> = (project.workspace.articles.values())
        .map(|record| reconcile::Document {
            id: record.id.clone(),
            metadata: record.metadata.clone(),
            shingles: project.articles.get(&record.id).map_or_else(|| Arc::from([]), |a| reconcile::shingles(&a.text)),
        })
        .collect();
    let claims: Vec<_> = project.workspace.claims.values().collect();
    let rulings: Vec<_> = project.workspace.rulings.values().collect();
    reconcile::reconcile(reconcile::Input {
        documents: &documents,
        claims: &claims,
        rulings: &rulings,
        codebook: &project.workspace.codebook,
        lexicon: &Lexicon::built_in(),
    })
}

#[test]
fn the_sample_project_is_sound_and_shows_what_it_should() {
    if std::env::var_os("REFRESH").is_some() {
        if sample().exists() {
            std::fs::remove_dir_all(sample()).expect("a folder that can be replaced");
        }
        make(&sample());
    }
    let findings = project::check(&sample()).expect("a project");
    let damage: Vec<_> = findings.iter().filter(|f| f.damage).map(|f| f.error.to_string()).collect();
    assert!(damage.is_empty(), "{damage:?}");

    let project = project::open(&sample()).expect("a project");
    assert_eq!(project.workspace.articles.len(), 8);
    assert!(project.unanchored.is_empty());
    let facts = facts(&project);
    let fact = |category: &str, to: &str, on: &str| {
        facts
            .facts
            .iter()
            .find(|f| *f.category == *category && f.to.as_deref() == Some(to) && f.window.notation() == on)
            .unwrap_or_else(|| panic!("no fact: {category} to {to}, {on}"))
    };
    for (to, on, best, verdict) in [
        ("Ukraine", "2026-01-29", 1000, FactVerdict::CorroboratedOpposing),
        ("Russia", "2026-01-29", 38, FactVerdict::Echo),
        ("Ukraine", "2026-02-26", 1000, FactVerdict::CorroboratedOpposing),
        ("Russia", "2026-02-26", 35, FactVerdict::SingleOrigin),
        ("Ukraine", "2025-09-18", 1000, FactVerdict::CorroboratedOpposing),
        ("Ukraine", "2025-11-20", 1000, FactVerdict::Conflicting),
    ] {
        let fact = fact("bodies", to, on);
        assert_eq!((fact.best, fact.verdict), (Some(best), verdict), "bodies to {to}, {on}: {}", fact.reason);
    }
}

#[test]
fn the_sample_project_can_be_made_anew() {
    let folder = tempfile::tempdir().expect("a folder");
    let (first, second) = (folder.path().join("a"), folder.path().join("b"));
    make(&first);
    make(&second);
    assert!(project::check(&first).expect("a project").iter().all(|finding| !finding.damage));
    let claims = |root: &Path| project::open(root).expect("a project").workspace.claims;
    assert_eq!(claims(&first), claims(&second), "the same steps give the same claims");
}
