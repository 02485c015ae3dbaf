//! Exports over an article with everything that moves offsets: emoji, combining marks, tabs,
//! right-to-left text, overlapping spans.

use serde_json::Value;

use super::*;
use crate::article::{Article, ReadOptions, read};
use crate::claim::{
    Anchor, Asserter, Attribution, Basis, Claim, ClaimDate, ClaimId, ClaimRelation, Codebook, Conventions, Count,
    DateWindow, Fact, FactKind, FactVerdict, Field, Form, Grade, Kind, Lexicon, Link, Member, Modality, Origin,
    Precision, Provenance, Quantity, Reading, Reconciliation, Side, Span, Stamp,
};

const TEXT: &str = "😀 e\u{301}\t“1,000 bodies” — גופות 38,\r\n=more than 1,800 men, said O’Néill.\n";

fn article() -> Article {
    read("a/x.txt", TEXT.as_bytes(), &ReadOptions::default()).expect("reads")
}

fn claim(article: &Article, quote: &str, count: &str, quantity: Quantity) -> Claim {
    let span = |words: &str| {
        let at = article.text.find(words).expect("in the text");
        Span::new(at, at + words.len())
    };
    let mut reading = Reading::new(Count { span: Some(span(count)), quantity }, "bodies");
    reading.party = Some("Ruritania".into());
    reading.to = Some("Ruritania".into());
    reading.date = ClaimDate {
        window: DateWindow::parse("2026-01-29", Basis::Resolved).expect("a day"),
        value: Some("XXXX-WXX-4".into()),
        text: Some("Thursday".into()),
        ..ClaimDate::default()
    };
    reading.attribution.chain =
        vec![Asserter { side: Side::Party("Ruritania".into()), ..Asserter::named("O’Néill") }];
    Claim {
        id: ClaimId::unkept(&article.name, span(quote).start, 0),
        article: article.id.clone(),
        version: 1,
        evidence: vec![Anchor::new(&article.text, span(quote)).expect("fits")],
        reading,
        trace: [(Field::Count, Provenance::stated([span(count)]))].into(),
        grade: Some(Grade::Sure),
        score: None,
        note: "=see".to_owned(),
        suggestion: None,
        created: Stamp { by: "anna".into(), at: chrono::DateTime::UNIX_EPOCH },
        changed: None,
        codebook_revision: 0,
    }
}

fn fact(claims: &[Claim]) -> Fact {
    let member = |claim: &Claim| Member {
        claim: claim.id.clone(),
        relation: ClaimRelation::Agrees,
        origin: Some("O’Néill".into()),
        reason: "joined".into(),
    };
    Fact {
        id: "F01".into(),
        event: None,
        label: "bodies to Ruritania, 29 Jan 2026".to_owned(),
        kind: FactKind::Count,
        category: "bodies".into(),
        party: Some("Ruritania".into()),
        from: None,
        to: Some("Ruritania".into()),
        subset: None,
        window: DateWindow::parse("2026-01-29", Basis::Resolved).expect("a day"),
        low: Some(1000),
        best: Some(1000),
        high: Some(1000),
        low_soft: false,
        high_soft: false,
        best_approx: false,
        best_rule: "all equal".into(),
        verdict: FactVerdict::SingleOrigin,
        machine_verdict: FactVerdict::SingleOrigin,
        pinned_verdict: None,
        information: 3,
        reason: "one origin".to_owned(),
        flags: Vec::new(),
        k_origins: 1,
        k_sides: 1,
        n_articles: 1,
        n_unattributed: 0,
        origins: vec![Origin {
            name: "O’Néill".into(),
            side: Side::Party("Ruritania".into()),
            presumed: false,
            anonymous: false,
            articles: vec![claims[0].article.clone()],
            low: Some(1000),
            high: Some(1000),
            soft: false,
        }],
        members: claims[..1].iter().map(member).collect(),
        rulings: Vec::new(),
    }
}

fn with_dataset(test: impl FnOnce(&Dataset<'_>, &Article)) {
    let article = article();
    let told_on = |claim: Claim, day: &str| {
        let as_of = DateWindow::parse(day, Basis::Stated);
        Claim { reading: Reading { as_of, ..claim.reading }, ..claim }
    };
    let claims = [
        told_on(claim(&article, "1,000 bodies", "1,000", Quantity::exact(1000)), "2026-01-30"),
        told_on(claim(&article, "bodies” — גופות 38", "38", Quantity::exact(38)), "2026-01-29"),
        claim(&article, "=more than 1,800 men", "1,800", Quantity::more_than(1800)),
    ];
    let reconciliation = Reconciliation { facts: vec![fact(&claims).into()], ..Reconciliation::default() };
    let (codebook, lexicon) = (Codebook::built_in(), Lexicon::default());
    let document =
        Document { id: &article.id, name: &article.name, metadata: &article.metadata, article: Some(&article) };
    let dataset = Dataset::new("Test", vec![document], &claims, &reconciliation, &codebook, &lexicon, "0.0.0");
    test(&dataset, &article);
}

fn files(id: &str, dataset: &Dataset<'_>) -> Vec<OutputFile> {
    (format(id).expect("in the list").export)(dataset).expect("exports")
}

fn cut(text: &str, start: usize, end: usize) -> String {
    text.chars().skip(start).take(end - start).collect()
}

#[test]
fn the_list_is_sound() {
    let mut ids: Vec<_> = FORMATS.iter().map(|format| format.id).collect();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), FORMATS.len());
    with_dataset(|dataset, _| {
        for format in FORMATS {
            let names: Vec<_> = (format.export)(dataset).expect(format.id).into_iter().map(|file| file.name).collect();
            assert_eq!(names, format.files, "{}", format.id);
        }
    });
}

#[test]
fn spans_of_json_lines_are_code_points() {
    with_dataset(|dataset, article| {
        let files = files("jsonl", dataset);
        let line: Value = serde_json::from_slice(&files[0].bytes).expect("one line");
        let text = line["text"].as_str().expect("a text");
        assert_eq!(text, &*article.text);
        let spans = line["spans"].as_array().expect("spans");
        assert_eq!(spans.len(), 3);
        for (span, label) in spans.iter().zip(line["label"].as_array().expect("labels")) {
            let at = |key: &str| span[key].as_u64().expect("a position") as usize;
            assert_eq!(cut(text, at("start"), at("end")), span["text"].as_str().expect("words"));
            assert_eq!((&label[0], &label[1], &label[2]), (&span["start"], &span["end"], &span["label"]));
        }
    });
}

#[test]
fn the_tables_hold_all_units_and_run_nothing() {
    with_dataset(|dataset, article| {
        let files = files("csv", dataset);
        let mut reader = csv::Reader::from_reader(files[0].bytes.as_slice());
        let headers = reader.headers().expect("a header").clone();
        let rows: Vec<_> = reader.records().map(|row| row.expect("a row")).collect();
        assert_eq!(rows.len(), 3);
        let utf16: Vec<u16> = article.text.encode_utf16().collect();
        for row in &rows {
            let cell = |name: &str| {
                let place = headers.iter().position(|header| header == name).expect(name);
                unguarded(&row[place]).to_owned()
            };
            let n = |name: &str| cell(name).parse::<usize>().expect(name);
            assert!(row.iter().all(|cell| !cell.starts_with(['=', '+', '-', '@'])), "{row:?}");
            assert_eq!(cut(&article.text, n("start"), n("end")), cell("quote"));
            assert_eq!(article.text[n("start_byte")..n("end_byte")], cell("quote"));
            assert_eq!(String::from_utf16_lossy(&utf16[n("start_utf16")..n("end_utf16")]), cell("quote"));
            assert_eq!(cell("note"), "=see");
            let told = if cell("value_text") == "1,000" { "2026-01-30" } else { "" };
            assert_eq!(cell("claim_as_of"), told, "only where it is another day than the event's");
        }
        assert_eq!(headers.iter().next_back(), Some("claim_as_of"), "what is new comes last");
        assert_eq!(&rows[0][0], "F01");
        assert_eq!(&rows[1][0], "", "a claim in no fact has a row all the same");
        let package: Value = serde_json::from_slice(&files[2].bytes).expect("JSON");
        for (resource, file) in package["resources"].as_array().expect("resources").iter().zip(&files) {
            let names: Vec<_> = resource["schema"]["fields"]
                .as_array()
                .expect("fields")
                .iter()
                .map(|field| field["name"].as_str().expect("a name").to_owned())
                .collect();
            let header = csv::Reader::from_reader(file.bytes.as_slice()).headers().expect("a header").clone();
            assert_eq!(header.iter().collect::<Vec<_>>(), names);
            assert_eq!(resource["path"], file.name.as_str());
            let mut unique = names.clone();
            unique.sort();
            unique.dedup();
            assert_eq!(unique.len(), names.len(), "column names repeat");
        }
    });
}

#[test]
fn the_report_shows_every_quote_and_runs_nothing() {
    with_dataset(|dataset, article| {
        let page = String::from_utf8(files("report", dataset).remove(0).bytes).expect("UTF-8");
        for word in ["<script", "http-equiv=\"refresh", "<img", "<link", "src=", "url(", "@import"] {
            assert!(!page.contains(word), "{word}");
        }
        assert!(page.contains("default-src &#39;none") || page.contains("default-src 'none'"));
        assert!(page.contains(&*article.sha256) && page.contains(&*article.text_sha256));
        // Read back by the reader of saved pages, the article's text is there to the letter.
        let read = read("report.html", page.as_bytes(), &ReadOptions { whole_page: true, ..ReadOptions::default() })
            .expect("a page");
        for claim in dataset.claims() {
            let quote = claim.quote().split_whitespace().collect::<Vec<_>>().join(" ");
            assert!(read.text.contains(&quote), "{quote}: {}", read.text);
        }
        // Every link within the page leads somewhere.
        for target in page.split("href=\"#").skip(1).filter_map(|rest| rest.split('"').next()) {
            assert!(page.contains(&format!("id=\"{target}\"")), "{target}");
        }
        assert_eq!(page.matches("<mark").count(), page.matches("</mark>").count());
    });
}

/// As a damaged layer has them: beyond the text, and from the middle of a character on.
#[test]
fn claims_that_do_not_stand_in_their_text_are_exported_by_their_quote() {
    let article = article();
    let sound = claim(&article, "1,000 bodies", "1,000", Quantity::exact(1000));
    let dash = article.text.find('—').expect("there is one");
    for (start, end) in [(9, u32::MAX), (u32::MAX - 1, u32::MAX), (dash as u32 + 1, dash as u32 + 2)] {
        let mut claim = sound.clone();
        claim.evidence[0].span = Span { start, end };
        claim.reading.count.span = Some(Span { start, end });
        let claims = [claim];
        let reconciliation = Reconciliation { facts: vec![fact(&claims).into()], ..Reconciliation::default() };
        let (codebook, lexicon) = (Codebook::built_in(), Lexicon::default());
        let document =
            Document { id: &article.id, name: &article.name, metadata: &article.metadata, article: Some(&article) };
        let dataset = Dataset::new("Test", vec![document], &claims, &reconciliation, &codebook, &lexicon, "0.0.0");
        for format in FORMATS {
            let files = (format.export)(&dataset).expect("exports");
            let text = files.iter().map(|file| String::from_utf8_lossy(&file.bytes)).collect::<String>();
            assert!(text.contains("1,000 bodies") || text.contains("1000"), "{}: {text}", format.id);
        }
    }
}

#[test]
fn markup_and_hidden_characters_in_an_article_stay_text() {
    let text = "<script>alert(1)</script> & \u{202e}40 bodies\u{202c} <img src=x>";
    let article = read("<b>.txt", text.as_bytes(), &ReadOptions::default()).expect("reads");
    let claims = [claim(&article, "40 bodies", "40", Quantity::exact(40))];
    let reconciliation = Reconciliation { facts: vec![fact(&claims).into()], ..Reconciliation::default() };
    let (codebook, lexicon) = (Codebook::built_in(), Lexicon::default());
    let document =
        Document { id: &article.id, name: &article.name, metadata: &article.metadata, article: Some(&article) };
    let dataset = Dataset::new("<i>&", vec![document], &claims, &reconciliation, &codebook, &lexicon, "0.0.0");
    let page = String::from_utf8(files("report", &dataset).remove(0).bytes).expect("UTF-8");
    for word in ["<script", "<img", "<i>", "<b>", "\u{202e}"] {
        assert!(!page.contains(word), "{word}");
    }
    assert!(page.contains("U+202E") && page.contains("&lt;script&gt;"));
}

#[test]
fn web_annotations_select_by_position_and_by_quote() {
    with_dataset(|dataset, article| {
        let page: Value = serde_json::from_slice(&files("webanno", dataset)[0].bytes).expect("JSON");
        assert_eq!(page["@context"][0], "http://www.w3.org/ns/anno.jsonld");
        let items = page["items"].as_array().expect("items");
        assert_eq!(items.len(), dataset.claims().len());
        for item in items {
            let selectors = item["target"]["selector"].as_array().expect("selectors");
            let at = |key: &str| selectors[0][key].as_u64().expect("a position") as usize;
            let exact = selectors[1]["exact"].as_str().expect("a quote");
            assert_eq!(
                (&selectors[0]["type"], &selectors[1]["type"]),
                (&"TextPositionSelector".into(), &"TextQuoteSelector".into())
            );
            assert_eq!(cut(&article.text, at("start"), at("end")), exact);
            let around = format!(
                "{}{exact}{}",
                selectors[1]["prefix"].as_str().expect("a prefix"),
                selectors[1]["suffix"].as_str().expect("a suffix")
            );
            assert!(article.text.contains(&around), "{around}");
        }
    });
}

#[test]
fn facts_are_written_as_documented() {
    with_dataset(|dataset, article| {
        let value: Value = serde_json::from_slice(&facts_json(dataset).expect("JSON")).expect("JSON");
        let keys: Vec<_> = value.as_object().expect("an object").keys().map(String::as_str).collect();
        let mut expected = ["conventions", "documents", "events", "facts", "rollups", "unplaced"];
        expected.sort_unstable();
        let mut sorted = keys.clone();
        sorted.sort_unstable();
        assert_eq!(sorted, expected);
        let fact = &value["facts"][0];
        let claim = &fact["claims"][0];
        let at = |key: &str| claim[key].as_u64().expect("a position") as usize;
        assert_eq!(cut(&article.text, at("start"), at("end")), "1,000 bodies");
        assert_eq!(cut(&article.text, at("count_start"), at("count_end")), "1,000");
        assert_eq!(claim["relation"], "agrees");
        assert_eq!(fact["verdict"], "single-origin");
        assert_eq!(fact["origins"][0]["articles"][0], "a/x.txt");
        let text = facts_json(dataset).expect("JSON");
        let text = String::from_utf8(text).expect("UTF-8");
        let order = ["\"id\"", "\"event\"", "\"label\"", "\"kind\"", "\"best_rule\"", "\"verdict\"", "\"origins\""];
        let places: Vec<_> = order.iter().map(|key| text.find(key).expect(key)).collect();
        assert!(places.is_sorted(), "{places:?}");
    });
}

#[test]
fn claims_go_out_and_come_back() {
    with_dataset(|dataset, article| {
        let bytes = files("claims", dataset).remove(0).bytes;
        let text = String::from_utf8(bytes.clone()).expect("UTF-8");
        assert_eq!(text.lines().count(), 3);
        let stamp = Stamp { by: "anna".into(), at: chrono::DateTime::UNIX_EPOCH };
        let conventions = Conventions::default();
        let mut imported = read_claims(&text);
        let anchored = imported.claims(
            |name| (name == "a/x.txt").then(|| (article.id.clone(), Anchoring::Text(article))),
            &conventions,
            &stamp,
        );
        assert_eq!(imported.problems, []);
        for (claim, original) in anchored.iter().zip(dataset.claims()) {
            assert_eq!(claim.evidence, original.evidence);
            assert_eq!((&claim.reading, &claim.trace), (&original.reading, &original.trace));
            assert_eq!((&claim.note, claim.grade), (&original.note, original.grade));
        }
        // Without the text, positions are what they were.
        let given = read_claims(&text).claims(|_| Some((article.id.clone(), Anchoring::AsGiven)), &conventions, &stamp);
        let id = article.id.clone();
        let document = Document { id: &id, name: "a/x.txt", metadata: &article.metadata, article: None };
        for (claim, original) in given.iter().zip(dataset.claims()) {
            let source = dataset.document(&original.article).expect("there");
            assert_eq!(document.chars(claim.span()), source.chars(original.span()));
            assert_eq!(claim.quote(), original.quote());
        }
    });
}

#[test]
fn a_line_has_its_fields_in_order_and_no_others() {
    with_dataset(|dataset, article| {
        let claim = dataset.claims()[0];
        let suggestion = crate::claim::Suggestion {
            article: article.id.clone(),
            span: claim.span(),
            reading: claim.reading.clone(),
            trace: claim.trace.clone(),
            grade: Grade::Likely,
            suggester: "built-in".into(),
            score: None,
        };
        let bytes = suggestion_lines(dataset.document(&article.id).expect("there"), &[suggestion]).expect("a line");
        assert_eq!(
            String::from_utf8(bytes).expect("UTF-8"),
            concat!(
                r#"{"article":"a/x.txt","start":6,"end":18,"quote":"1,000 bodies","#,
                r#""count":{"start":6,"end":11,"text":"1,000","form":"exact","n":1000,"low":1000,"high":1000,"low_soft":false,"high_soft":false},"#,
                r#""kind":"event","category":"bodies","party":"Ruritania","from":null,"to":"Ruritania","#,
                r#""date":{"value":"XXXX-WXX-4","start":"2026-01-29","end":"2026-01-29","precision":"day","basis":"resolved","text":"Thursday"},"#,
                r#""attribution":["O’Néill"],"via":null,"identity_by":[],"modality":"reported","#,
                r#""additive":null,"part_of":null,"refers_to":null,"grade":"likely","#,
                r#""why":[{"field":"count","how":"stated","rule":null,"evidence":[6,11]},"#,
                r#"{"field":"kind","how":"inferred","rule":"no word makes it a plan, a period or a count to date","evidence":[]},"#,
                r#"{"field":"modality","how":"inferred","rule":"its source says it, and no word makes it doubtful","evidence":[]}],"#,
                r#""suggester":"built-in","score":null}"#,
                "\n"
            )
        );
    });
}

fn read_one(line: &str) -> Result<Claim, String> {
    let mut imported = read_claims(line);
    let stamp = Stamp { by: "x".into(), at: chrono::DateTime::UNIX_EPOCH };
    let mut claims = imported.claims(
        |name| Some((crate::claim::ArticleId(name.into()), Anchoring::AsGiven)),
        &Conventions::default(),
        &stamp,
    );
    match imported.problems.first() {
        Some(problem) => Err(problem.to_string()),
        None => Ok(claims.remove(0)),
    }
}

#[test]
fn what_is_left_out_of_a_line_is_null_or_follows() {
    let claim = read_one(r#"{"article":"a","start":3,"end":9}"#).expect("enough");
    assert_eq!((claim.span(), &*claim.reading.category), (Span::new(3, 9), "other"));
    assert_eq!(claim.reading.count.quantity.form, Form::ConfirmOnly);
    assert_eq!((claim.reading.kind, claim.reading.modality), (Kind::Event, Modality::Reported));
    assert_eq!(claim.reading.attribution, Attribution::default());
    for (count, expected) in [
        (r#"{"n":38}"#, Quantity::exact(38)),
        (r#"{"form":"more_than","n":1800}"#, Quantity::more_than(1800)),
        (r#"{"form":"more_than","n":1800,"low":1801,"high":null,"low_soft":null}"#, Quantity::more_than(1800)),
        (r#"{"form":"approx","n":1000}"#, Quantity::approx(1000, &Conventions::default())),
        (r#"{"low":20,"high":30}"#, Quantity::range(20, 30)),
        (r#"{"form":"vague","low":3,"high":9,"low_soft":true,"high_soft":true}"#, Quantity::vague(3, Some(9))),
    ] {
        let line = format!(r#"{{"article":"a","start":3,"end":9,"count":{count},"unknown":[1]}}"#);
        assert_eq!(read_one(&line).expect(count).reading.count.quantity, expected, "{count}");
    }
    let line = r#"{"article":"a","start":3,"end":9,"kind":"cumulative","date":{"value":"2025","start":"2025-01-01","end":"2025-12-31","precision":"year","basis":"stated"},"attribution":["unnamed source","TASS"],"additive":{"start":1,"end":2},"part_of":null}"#;
    let reading = read_one(line).expect("reads").reading;
    assert_eq!((reading.date.window.precision, reading.date.extent), (Precision::Year, true));
    assert_eq!(reading.attribution.chain.iter().map(|a| a.anonymous).collect::<Vec<_>>(), [true, false]);
    assert_eq!((reading.additive, reading.part_of), (Some(Link { span: Some(Span::new(1, 2)) }), None));
}

#[test]
fn a_line_that_does_not_fit_is_named_and_skipped() {
    for (line, message) in [
        ("{", "EOF"),
        ("[]", "line 1"),
        (r#"{"article":"a","start":9,"end":9}"#, "holds nothing"),
        (r#"{"article":"","start":1,"end":9}"#, "article"),
        (r#"{"start":1,"end":9}"#, "article"),
        (r#"{"article":"a","start":-1,"end":9}"#, "start"),
        (r#"{"article":"a","start":1,"end":9,"kind":"rumour"}"#, "kind"),
        (r#"{"article":"a","start":1,"end":9,"count":{"low":9,"high":3}}"#, "above"),
        (r#"{"article":"a","start":1,"end":9,"count":{"n":"many"}}"#, "count.n"),
        (r#"{"article":"a","start":1,"end":9,"date":{"start":"18/9"}}"#, "18/9"),
        (r#"{"article":"a","start":1,"end":9} {}"#, "more than one"),
        (r#"{"article":"a","start":1,"end":99999999999}"#, "holds nothing"),
    ] {
        let error = read_one(line).expect_err(line);
        assert!(error.starts_with("line 1") && error.contains(message), "{line}: {error}");
    }
    let imported = read_claims("\n{}\n\n{\"article\":\"a\",\"start\":1,\"end\":2}\r\n");
    assert_eq!((imported.problems[0].line, imported.lines[0].0), (2, 4));
}

#[test]
fn members_of_a_distributive_span_are_known_by_their_place() {
    let line = r#"{"article":"a","start":1,"end":9,"count":{"start":2,"end":4,"n":5}}"#;
    let mut imported = read_claims(&[line; 3].join("\n"));
    let stamp = Stamp { by: "x".into(), at: chrono::DateTime::UNIX_EPOCH };
    let claims = imported.claims(
        |name| Some((crate::claim::ArticleId(name.into()), Anchoring::AsGiven)),
        &Conventions::default(),
        &stamp,
    );
    let places: Vec<_> =
        claims.iter().filter_map(|claim| claim.reading.distributive).map(|d| (d.index, d.of)).collect();
    assert_eq!(places, [(0, 3), (1, 3), (2, 3)]);
    let mut ids: Vec<_> = claims.iter().map(|claim| claim.id.clone()).collect();
    ids.dedup();
    assert_eq!(ids.len(), 3);
}

#[test]
fn positions_and_quote_must_agree_where_the_text_is_at_hand() {
    let article = article();
    let stamp = Stamp { by: "x".into(), at: chrono::DateTime::UNIX_EPOCH };
    for (line, word) in [
        (r#"{"article":"a","start":0,"end":1,"quote":"x"}"#, "not “x”"),
        (r#"{"article":"a","start":0,"end":9999,"quote":"x"}"#, "beyond"),
    ] {
        let mut imported = read_claims(line);
        let claims =
            imported.claims(|_| Some((article.id.clone(), Anchoring::Text(&article))), &Conventions::default(), &stamp);
        assert!(claims.is_empty() && imported.problems[0].message.contains(word), "{:?}", imported.problems);
    }
}

#[test]
fn every_view_is_a_table_that_a_spreadsheet_takes() {
    use crate::claim::{RollupMember, Unplaced};
    let article = article();
    let claims = [
        claim(&article, "1,000 bodies", "1,000", Quantity::exact(1000)),
        claim(&article, "=more than 1,800 men", "1,800", Quantity::more_than(1800)),
    ];
    let total =
        Fact { id: "F02".into(), label: "bodies to Ruritania, 2026".into(), kind: FactKind::Rollup, ..fact(&claims) };
    let reconciliation = Reconciliation {
        facts: vec![fact(&claims).into(), total.into()],
        rollups: vec![crate::claim::Rollup {
            fact: "F02".into(),
            status: crate::claim::RollupStatus::Incomplete,
            members: vec![RollupMember { fact: "F01".into(), low: Some(1000), high: Some(1000), inside: None }],
            recorded: 1,
            stated_events: Some(2),
            sum_low: 1000,
            sum_high: None,
            residual_low: None,
            residual_high: Some(400),
            reason: "1 of 2 events is recorded".to_owned(),
        }],
        unplaced: vec![Unplaced {
            claim: claims[1].id.clone(),
            candidates: vec!["F01".into()],
            reason: "no day is known".to_owned(),
        }],
        ..Reconciliation::default()
    };
    let (codebook, lexicon) = (Codebook::built_in(), Lexicon::default());
    let document =
        Document { id: &article.id, name: &article.name, metadata: &article.metadata, article: Some(&article) };
    let dataset = Dataset::new("Test", vec![document], &claims, &reconciliation, &codebook, &lexicon, "0.0.0");
    let check = |view: views::View, shown: &[usize], expected: &[&str]| {
        let table = view.table(&dataset, shown);
        assert!(table.rows.iter().all(|row| row.len() == table.header.len()), "{table:?}");
        let tsv = table.tsv();
        let lines: Vec<&str> = tsv.lines().skip(1).collect();
        assert_eq!(lines.len(), expected.len(), "{view:?}: {tsv}");
        for (line, expected) in lines.iter().zip(expected) {
            assert!(line.starts_with(expected), "{view:?}: {line}");
        }
    };
    check(
        views::View::Facts,
        &[1, 0],
        &["F02\tbodies to Ruritania, 2026\t\tRuritania\t2026-01-29", "F01\tbodies to Ruritania, 29 Jan 2026"],
    );
    check(views::View::Timeline, &[0], &["F01\t"]);
    check(views::View::Matrix, &[0], &["bodies to Ruritania, 29 Jan 2026\t1,000\texactly 1,000"]);
    check(
        views::View::Sums,
        &[],
        &[
            "bodies to Ruritania, 2026\t1,000\tbodies to Ruritania, 29 Jan 2026\t1000\t1000\tyes",
            "bodies to Ruritania, 2026\t1,000\tSum\t1000\t\t\tincomplete\t1 of 2 events is recorded",
        ],
    );
    check(views::View::Unplaced, &[], &["a/x.txt\t'=more than 1,800 men\t"]);
    check(views::View::Undated, &[], &[]);
}

#[test]
fn pictures_say_what_they_show_and_run_nothing() {
    let article = article();
    let claims = [claim(&article, "1,000 bodies", "1,000", Quantity::exact(1000))];
    let label = "bodies to <script>alert(1)</script>".to_owned();
    let two = Fact { label, verdict: FactVerdict::Conflicting, high: Some(1200), ..fact(&claims) };
    let reconciliation = Reconciliation { facts: vec![fact(&claims).into(), two.into()], ..Reconciliation::default() };
    let codebook = Codebook::built_in();
    let colour = |ink: &picture::Ink| if *ink == picture::Ink::Bad { "#B00000" } else { "#333333" }.to_owned();
    let find = |id: &ClaimId| claims.iter().find(|claim| claim.id == *id);
    let ranges = picture::ranges(&reconciliation, &[1, 0], &find, &["Ruritania".into()], 960.0);
    let along = picture::timeline(&reconciliation, &codebook, 960.0).expect("a fact has a date");
    for picture in [ranges, along] {
        assert!(picture.marks.iter().any(|mark| mark.fact == Some(1)), "{picture:?}");
        let svg = picture.svg(&colour);
        assert!(svg.starts_with("<svg") && svg.contains("#B00000") && svg.contains("1,000"), "{svg}");
        assert!(!svg.contains("<script") && !svg.contains("href"), "{svg}");
        assert_eq!(svg, picture.svg(&colour));
    }
    let undated = Fact { window: DateWindow::UNKNOWN, ..fact(&claims) };
    let reconciliation = Reconciliation { facts: vec![undated.into()], ..Reconciliation::default() };
    assert_eq!(picture::timeline(&reconciliation, &codebook, 960.0), None);
}
