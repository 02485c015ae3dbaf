//! A project of every released version of the file format, opened for ever.

use std::path::PathBuf;

use super::*;

fn folder(version: u32) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(format!("samples/formats/{version}"))
}

fn day(text: &str) -> DateWindow {
    DateWindow::parse(text, Basis::Stated).expect("a date")
}

/// Something of everything that version 1 of the format can hold.
fn version_1() -> (Workspace, BTreeMap<ArticleId, (Arc<[u8]>, Arc<Article>)>) {
    let (mut workspace, articles) = sample();
    let id = ClaimId("c1".into());
    let article = workspace.claims[&id].article.clone();
    let text = articles[&article].1.text.clone();
    let record = workspace.articles.get_mut(&article).expect("there");
    record.metadata = Metadata {
        outlet: Some(Known::new("The “Example”", Basis::Analyst)),
        title: Some(Known::new("Two sides", Basis::Stated)),
        url: Some(Known::new("https://example.org/1", Basis::Inferred)),
        published: DateWindow { basis: Basis::Analyst, ..day("2026-01-29") },
        published_value: Some("XXXX-01-28".into()),
        date_differs: true,
        language: None,
    };
    let claim = workspace.claims.get_mut(&id).expect("there");
    let span = claim.span();
    let other = Span::new(0, 6);
    claim.reading = Reading {
        count: Count {
            span: Some(Span::new(span.start as usize, span.start as usize + 5)),
            quantity: Quantity::nearly(1000, &Conventions::default()),
        },
        kind: Kind::Cumulative,
        category: "killed".into(),
        party: Some(BOTH.into()),
        from: Some("Russia".into()),
        to: None,
        date: ClaimDate {
            window: day("2026-01-01/2026-01-29"),
            value: Some("2026-01".into()),
            text: Some("in January".into()),
            span: Some(other),
            extent: true,
        },
        as_of: Some(day("2026-01-29")),
        attribution: Attribution {
            chain: vec![
                Asserter { name: "Anna B.".into(), side: Side::Party("Ukraine".into()), anonymous: false },
                Asserter { name: "official".into(), side: Side::Independent, anonymous: true },
            ],
            via: Some("Telegram".into()),
            identity_by: vec!["Red Cross".into()],
        },
        modality: Modality::Denied,
        additive: Some(Link { span: None }),
        part_of: Some(Link { span: Some(other) }),
        refers_to: Some(Link { span: Some(other) }),
        confirms: vec![other],
        distributive: Some(Distributive { index: 1, of: 3 }),
        subset: Some("officers".into()),
        flags: vec![ClaimFlag::Caveat, ClaimFlag::LostReadAsKilled],
    };
    claim.evidence.push(Anchor::new(&text, other).expect("fits"));
    claim.trace = BTreeMap::from([
        (Field::Count, Provenance::stated([span])),
        (Field::From, Provenance::inferred("two-party complement", [other])),
        (Field::Category, Provenance::hand()),
        (Field::Party, Provenance { how: How::Imported { from: "brat".into() }, evidence: Vec::new() }),
    ]);
    claim.grade = None;
    claim.changed = Some(stamp());
    let key = SuggestionKey { article, span, reading: "Exact 1–1".into(), suggester: "elsewhere".into() };
    claim.suggestion = Some(key.clone());
    let decision = Decision {
        suggestion: key.clone(),
        text_sha256: paths::hash(text.as_bytes()).into(),
        verdict: Verdict::Accepted { claim: id.clone() },
        stamp: stamp(),
    };
    workspace.decisions.insert(key, decision);
    let ops = [
        RulingOp::PinValue { claims: vec![id.clone()], low: 1, best: Some(2), high: None },
        RulingOp::PinVerdict { claims: vec![id.clone()], verdict: FactVerdict::CorroboratedOpposing },
        RulingOp::Move { claim: id.clone(), to: None },
        RulingOp::Merge { claims: vec![id.clone()] },
        RulingOp::Split { claims: vec![id.clone()], label: "Kursk".into() },
        RulingOp::SetOrigin { claim: id.clone(), origin: "Anna B.".into(), side: Side::Unknown },
        RulingOp::SetDate { claim: id.clone(), window: day("2026-01-29") },
        RulingOp::Echo { article: workspace.articles.keys().next().expect("there").clone(), of: None },
    ];
    for (n, op) in ops.into_iter().enumerate() {
        let ruling =
            Ruling { id: RulingId(format!("r{}", n + 2).into()), op, reason: "because".into(), stamp: stamp() };
        workspace.rulings.insert(ruling.id.clone(), ruling);
    }
    workspace.codebook.parties = vec![Party { name: "Aland".into(), aliases: vec!["Åland".into()] }];
    workspace.codebook.sources = vec![Source {
        name: "Anna B.".into(),
        side: Side::Party("Aland".into()),
        aliases: Vec::new(),
        part_of: Some("Aland government".into()),
        admiralty: Some('B'),
        rank: Some(1),
    }];
    workspace.codebook.conventions = Conventions {
        approx_percent: 12,
        vague: VagueTable::Acled,
        best: BestRule::Latest,
        tie: TieRule::NoBest,
        ..Conventions::default()
    };
    workspace.lexicon = Lexicon::parse("(parties: [(name: \"Aland\", capital: [\"Mariehamn\"])])").expect("reads");
    (workspace, articles)
}

/// With `TALLYMARK_WRITE_SAMPLES` set this writes the sample of the current format where there is
/// none. One that is there is never written again.
#[test]
fn version_1_opens_for_ever() {
    let folder = folder(1);
    let (workspace, articles) = version_1();
    if std::env::var_os("TALLYMARK_WRITE_SAMPLES").is_some() && !folder.exists() {
        let project = NewProject {
            id: &"01999999-0000-7000-8000-000000000001".into(),
            name: &"Format 1".into(),
            created: &stamp(),
            analyst: &"Anna".into(),
            workspace: &workspace,
            articles: &articles,
        };
        save_new(&folder, &project).expect("saves");
    }
    let opened = open(&folder).expect("opens");
    assert_eq!(opened.findings, []);
    assert_eq!(opened.read_only, None);
    let (found, codebook) = (&opened.workspace, &opened.workspace.codebook);
    assert_eq!(found.claims, workspace.claims);
    assert_eq!(found.decisions, workspace.decisions);
    assert_eq!(found.rulings, workspace.rulings);
    assert_eq!(found.lexicon, workspace.lexicon);
    assert_eq!((&codebook.parties, &codebook.sources), (&workspace.codebook.parties, &workspace.codebook.sources));
    assert_eq!((codebook.categories.len(), &codebook.conventions), (13, &workspace.codebook.conventions));
    let id = &workspace.claims[&ClaimId("c1".into())].article;
    assert_eq!(found.articles[id], workspace.articles[id]);
    assert_eq!(check(&folder), Ok(Vec::new()));
    assert_eq!(opened.articles.len(), articles.len());
    for (id, article) in &opened.articles {
        assert_eq!(article.text, articles[id].1.text);
    }
    // Format 1 is the current one: written again it is the same, byte for byte.
    let home = tempfile::tempdir().unwrap();
    let copy = home.path().join("copy");
    let project = NewProject {
        id: &opened.id,
        name: &opened.name,
        created: &opened.created,
        analyst: &"Anna".into(),
        workspace: &opened.workspace,
        articles: &articles,
    };
    save_new(&copy, &project).expect("saves");
    assert_eq!(super::files(&copy), super::files(&folder));
}
