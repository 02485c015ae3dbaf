//! The five shared articles, from their gold claims. Skipped where `../shared` is absent.

use std::sync::Arc;

use chrono::NaiveDate;
use serde_json::Value;

use crate::claim::*;
use crate::reconcile::{Document, Input, reconcile};

const SHARED: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../shared");

fn shared(path: &str) -> Option<String> {
    let folders = [SHARED.to_owned(), format!("{}/../../shared", env!("CARGO_MANIFEST_DIR"))];
    let found = folders.iter().find_map(|folder| std::fs::read_to_string(format!("{folder}/{path}")).ok());
    if found.is_none() {
        eprintln!("skipped: ../shared/{path} is not there");
    }
    found
}

/// Sources as the built-in lexicon and the articles' own words give them.
fn lexicon() -> Lexicon {
    let mut lexicon = Lexicon::built_in();
    lexicon.add(
        Lexicon::parse(
            r#"(sources: [
            (name: "Coordination Headquarters for the Treatment of Prisoners of War", side: Party("Ukraine"), part_of: Some("Ukrainian government")),
            (name: "I Want to Find", side: Party("Ukraine"), part_of: Some("Ukrainian government")),
            (name: "TASS", side: Party("Russia"), role: Outlet, state_owned: true),
            (name: "Shamsail Saraliyev", side: Party("Russia"), role: Person),
            (name: "Vladimir Medinsky", side: Party("Russia"), role: Person),
            (name: "Vladimir Putin", side: Party("Russia"), role: Person),
            (name: "Tatyana Moskalkova", side: Party("Russia"), role: Person),
            (name: "Volodymyr Zelensky", side: Party("Ukraine"), role: Person),
            (name: "BBC Russia", side: Independent, role: Outlet),
            (name: "Mediazona", side: Independent, role: Outlet),
        ])"#,
        )
        .unwrap(),
    );
    lexicon
}

fn window(start: &Value, end: &Value) -> DateWindow {
    let day = |v: &Value| v.as_str().and_then(|s| s.parse::<NaiveDate>().ok());
    match (day(start), day(end)) {
        (Some(start), Some(end)) => DateWindow::between(start, end, Basis::Analyst),
        _ => DateWindow::UNKNOWN,
    }
}

fn quantity(gold: &Value) -> Quantity {
    let conventions = Conventions::default();
    let min = gold["min"].as_u64();
    match gold["kind"].as_str().unwrap() {
        "exact" => Quantity::exact(min.unwrap()),
        "approx" => Quantity::approx(min.unwrap(), &conventions),
        "at_least" => Quantity::more_than(min.unwrap()),
        "vague" => Quantity::vague(min.unwrap(), gold["max"].as_u64()),
        other => panic!("{other}"),
    }
}

fn chain(names: &Value) -> Vec<Asserter> {
    names.as_array().unwrap().iter().map(|name| Asserter::named(name.as_str().unwrap())).collect()
}

fn claims(suggestions: &str, facts: &Value) -> Vec<Claim> {
    let fact = |id: &Value| facts["facts"].as_array().unwrap().iter().find(|f| f["id"] == *id).unwrap().clone();
    let mut out: Vec<Claim> = Vec::new();
    for line in suggestions.lines().filter(|line| !line.trim().is_empty()) {
        let gold: Value = serde_json::from_str(line).unwrap();
        let of = gold["facts"].as_array().unwrap();
        for (index, id) in of.iter().enumerate() {
            let fact = fact(id);
            let at = |key: &str| usize::try_from(gold[key].as_u64().unwrap()).unwrap();
            let span = Span::new(at("start"), at("end"));
            let count = Span::new(at("count_start"), at("count_end"));
            let mut reading = Reading::new(
                Count { span: Some(count), quantity: quantity(&gold) },
                gold["category"].as_str().unwrap(),
            );
            let name = |key: &str| gold[key].as_str().map(Name::from);
            (reading.party, reading.from, reading.to) = (name("party"), name("from"), name("to"));
            reading.kind = match fact["kind"].as_str().unwrap() {
                "count" => Kind::Event,
                "rollup" => Kind::Cumulative,
                "stock" => Kind::Stock,
                "plan" => Kind::Plan,
                other => panic!("{other}"),
            };
            reading.date.window = window(&fact["start"], &fact["end"]);
            reading.date.extent = reading.kind == Kind::Cumulative;
            if of.len() > 1 {
                // The member's own month, not the fact's day.
                let month = gold["distributive"].as_array().unwrap()[index].as_str().unwrap();
                reading.date.window = DateWindow::parse(month, Basis::Resolved).unwrap();
                reading.distributive =
                    Some(Distributive { index: u16::try_from(index).unwrap(), of: u16::try_from(of.len()).unwrap() });
            }
            reading.attribution.chain = chain(&gold["asserted_by"]);
            reading.attribution.identity_by = gold["party_asserted_by"]
                .as_array()
                .into_iter()
                .flatten()
                .map(|n| n.as_str().unwrap().into())
                .collect();
            reading.modality = match gold["modality"].as_str().unwrap() {
                "planned" => Modality::Planned,
                "confirmed" => Modality::Confirmed,
                _ => Modality::Reported,
            };
            if gold["additive"] == true {
                reading.additive = Some(Link { span: None });
            }
            if gold["ambiguous"] == true {
                reading.flags.push(ClaimFlag::DirectionUnclear);
            }
            if gold["disputed_by"].is_array() {
                reading.flags.push(ClaimFlag::FramingDiffers);
            }
            let mut push = |name: String, span: Span, reading: Reading| {
                out.push(claim(&name, gold["doc"].as_str().unwrap(), span, gold["quote"].as_str().unwrap(), reading));
            };
            let id = gold["id"].as_str().unwrap();
            push(format!("{id}/{index}"), span, reading.clone());
            for also in gold["also"].as_array().into_iter().flatten() {
                let mut confirms = reading.clone();
                confirms.count = Count { span: None, quantity: Quantity::confirm_only() };
                confirms.attribution = Attribution { chain: chain(&also["asserted_by"]), ..Attribution::default() };
                confirms.confirms = vec![count];
                push(format!("{id}/confirmed"), Span::new(700, 750), confirms);
            }
        }
    }
    out
}

fn claim(id: &str, article: &str, span: Span, quote: &str, reading: Reading) -> Claim {
    Claim {
        id: ClaimId(id.into()),
        article: ArticleId(article.into()),
        version: 1,
        evidence: vec![Anchor { span, quote: quote.into(), before: "".into(), after: "".into() }],
        reading,
        trace: Trace::default(),
        grade: None,
        score: None,
        note: String::new(),
        suggestion: None,
        created: Stamp { by: "gold".into(), at: chrono::DateTime::UNIX_EPOCH },
        changed: None,
        codebook_revision: 1,
    }
}

fn documents(csv: &str) -> Vec<Document> {
    csv.lines()
        .skip(1)
        .map(|line| {
            let cells: Vec<&str> = line.split(',').collect();
            let published = DateWindow::parse(cells[3], Basis::Analyst).unwrap();
            Document {
                id: ArticleId(cells[0].into()),
                metadata: Metadata { published, ..Metadata::default() },
                shingles: Arc::from([]),
            }
        })
        .collect()
}

fn gold() -> Option<(Value, Reconciliation)> {
    let facts: Value = serde_json::from_str(&shared("gold/facts.json")?).unwrap();
    let claims = claims(&shared("gold/suggestions.jsonl")?, &facts);
    let documents = documents(&shared("gold/documents.csv")?);
    let (codebook, lexicon) = (Codebook::built_in(), lexicon());
    let claims: Vec<&Claim> = claims.iter().collect();
    let input = Input { documents: &documents, claims: &claims, rulings: &[], codebook: &codebook, lexicon: &lexicon };
    Some((facts, reconcile(input)))
}

#[test]
fn the_facts_of_the_five_articles() {
    let Some((gold, found)) = gold() else { return };
    let mut wrong = Vec::new();
    for want in gold["facts"].as_array().unwrap() {
        let members: Vec<&str> = want["claims"].as_array().unwrap().iter().map(|c| c.as_str().unwrap()).collect();
        let id = want["id"].as_str().unwrap();
        let date = |day: Option<NaiveDate>| day.map_or(Value::Null, |d| d.to_string().into());
        let got = found.facts.iter().find(|fact| {
            let own: std::collections::BTreeSet<&str> =
                fact.members.iter().map(|m| m.claim.0.split('/').next().unwrap()).collect();
            own == members.iter().copied().collect()
                && (date(fact.window.start), date(fact.window.end)) == (want["start"].clone(), want["end"].clone())
        });
        let Some(got) = got else {
            wrong.push(format!("{id} is not there: {members:?}"));
            continue;
        };
        let kind = |k: FactKind| serde_json::to_value(k).unwrap();
        let mut names: Vec<&str> = got.origins.iter().map(|o| &*o.name).collect();
        let mut wanted: Vec<&str> = want["origins"].as_array().unwrap().iter().map(|o| o.as_str().unwrap()).collect();
        names.sort_unstable();
        wanted.sort_unstable();
        for (what, got, want) in [
            ("verdict", serde_json::to_value(got.verdict).unwrap(), &want["verdict"]),
            ("kind", kind(got.kind), &want["kind"]),
            ("low", got.low.into(), &want["low"]),
            ("best", got.best.into(), &want["best"]),
            ("high", got.high.into(), &want["high"]),
            ("low_soft", got.low_soft.into(), &want["low_soft"]),
            ("high_soft", got.high_soft.into(), &want["high_soft"]),
            ("k_origins", got.k_origins.into(), &want["k_origins"]),
            ("k_sides", got.k_sides.into(), &want["k_sides"]),
            ("n_articles", got.n_articles.into(), &want["n_articles"]),
            ("n_unattributed", got.n_unattributed.into(), &want["n_unattributed"]),
            ("origins", names.clone().into(), &Value::from(wanted.clone())),
        ] {
            if got != *want {
                wrong.push(format!("{id} {what}: {got}, not {want}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert_eq!(found.facts.len(), gold["facts"].as_array().unwrap().len());
    assert_eq!(found.unplaced, []);
}

#[test]
fn the_sums_flags_and_echo_of_the_five_articles() {
    let Some((gold, found)) = gold() else { return };
    let of = |members: &[&str]| {
        let is = |fact: &&std::sync::Arc<Fact>| {
            members.iter().all(|id| fact.members.iter().any(|m| m.claim.0.starts_with(id)))
        };
        found.facts.iter().find(is).unwrap()
    };
    for (claim, status, recorded, stated, sum_low, residual_high) in [
        ("000-04", RollupStatus::Incomplete, 5, Some(14), 5, Some(9)),
        ("000-05", RollupStatus::Incomplete, 5, Some(14), 9801, Some(4679)),
        ("000-06", RollupStatus::Incomplete, 5, Some(14), 134, Some(257)),
        ("002-07", RollupStatus::Untestable, 0, None, 0, None),
    ] {
        let fact = of(&[claim]);
        let rollup = found.rollups.iter().find(|r| r.fact == fact.id).unwrap();
        let got = (rollup.status, rollup.recorded, rollup.stated_events, rollup.sum_low, rollup.residual_high);
        assert_eq!(got, (status, recorded, stated, sum_low, residual_high), "{claim}");
        assert!(!rollup.reason.is_empty());
    }
    let words = [
        ("identity vouched for by one side", FactFlag::IdentityByOneSide),
        ("caveat dropped inside the article", FactFlag::CaveatDropped),
        ("anonymous origin, its side presumed", FactFlag::PresumedSide),
        ("framing differs", FactFlag::FramingDiffers),
        ("unit unclear: is a round of several days one exchange?", FactFlag::UnitUnclear),
        ("direction unclear", FactFlag::DirectionUnclear),
        ("soft tension", FactFlag::SoftTension),
    ];
    let facts = gold["facts"].as_array().unwrap();
    for flag in gold["flags"].as_array().unwrap() {
        let Some((_, want)) = words.iter().find(|(words, _)| flag["flag"] == *words) else { continue };
        let ids = flag["facts"].as_array().cloned().unwrap_or_else(|| vec![flag["fact"].clone()]);
        for id in ids {
            let fact = facts.iter().find(|f| f["id"] == id).unwrap();
            let claims: Vec<&str> = fact["claims"].as_array().unwrap().iter().map(|c| c.as_str().unwrap()).collect();
            assert!(of(&claims).flags.iter().any(|(flag, _)| flag == want), "{id} {want:?}");
        }
    }
    for echo in gold["echo"].as_array().unwrap() {
        let (a, b) = (echo["article"].as_str().unwrap(), echo["of"].as_str().unwrap());
        let pairs: Vec<(&str, &str)> =
            found.documents.iter().filter_map(|d| Some((&*d.article.0, &*d.echo_of.as_ref()?.0))).collect();
        assert!(pairs == [(a, b)] || pairs == [(b, a)], "{pairs:?}");
    }
    let exchanges = found.events.iter().filter(|e| matches!(&*e.kind, "exchange" | "handover")).count();
    assert_eq!((exchanges, found.events.iter().filter(|e| &*e.kind == "round").count()), (7, 1));
}
