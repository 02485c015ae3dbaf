//! Projects of any size, made and written for measurements: every article has ten claims, and no two
//! articles tell the same.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use rayon::prelude::*;
use tallymark::article::{ReadOptions, read};
use tallymark::claim::{
    Anchor, ArticleRecord, Basis, Claim, ClaimDate, ClaimId, Count, DateWindow, MONTHS, Progress, Quantity, Reading,
    Span, Stamp, Trace, Workspace,
};
use tallymark::project::layout::{self, Head, Part};

/// How many claims each article has.
pub const CLAIMS: usize = 10;

const PARTIES: [&str; 10] =
    ["Russia", "Ukraine", "Israel", "Syria", "Turkey", "India", "Sudan", "Mali", "Yemen", "Iraq"];

/// Whose the claims are.
pub fn stamp() -> Stamp {
    Stamp { by: "Anna".into(), at: "2026-01-01T00:00:00Z".parse().expect("a date") }
}

/// A number that is the same in every run, and another for every place.
fn number(of: usize, below: usize) -> usize {
    let mixed = (of as u64).wrapping_add(0x9E37_79B9_7F4A_7C15).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    (mixed ^ (mixed >> 29)).wrapping_mul(0x94D0_49BB_1331_11EB) as usize % below
}

fn word(of: usize) -> String {
    const SYLLABLES: [&str; 16] =
        ["ba", "chen", "da", "el", "fa", "gor", "hu", "is", "jan", "ko", "lev", "mi", "nur", "os", "pet", "ra"];
    (0..3).map(|n| SYLLABLES[number(of * 3 + n, 16)]).collect()
}

/// A sentence of an article: its words, how many, when, and whose.
fn sentence(n: usize, m: usize) -> (String, usize, DateWindow, &'static str) {
    let of = n * CLAIMS + m;
    let (count, party, day) = (20 + number(of, 900), PARTIES[number(of + 7, 10)], number(of / 3, 9_000));
    let (year, month, date) = (2000 + day / 336, day / 28 % 12, day % 28 + 1);
    let words = format!(
        "The {} {} of {} said that on {date} {} {year} the bodies of {count} soldiers of {party} came over to {}.\n\n",
        word(of),
        word(of + 1),
        word(of / 2),
        MONTHS[month],
        word(of + 3)
    );
    let date = DateWindow::parse(&format!("{year}-{:02}-{date:02}", month + 1), Basis::Stated).expect("a date");
    (words, count, date, party)
}

/// An article of the project, with its claims.
fn article(n: usize) -> (ArticleRecord, Vec<Claim>, String) {
    let sentences: Vec<_> = (0..CLAIMS).map(|m| sentence(n, m)).collect();
    let head = format!("Report {n} from {}\n\n", word(n * 31));
    let text = sentences.iter().fold(head, |text, (words, ..)| text + words);
    let article = read(&format!("{n:06}.txt"), text.as_bytes(), &ReadOptions::default()).expect("reads");
    let record = ArticleRecord { progress: Progress::Done, ..article.record(stamp()) };
    let places: Vec<usize> = text.match_indices("the bodies of").map(|(at, _)| at).collect();
    let claim = |(m, at): (usize, &usize)| {
        let (_, number, date, party) = &sentences[m];
        let end = at + text[*at..].find(" of ").expect("there") + 4;
        let count = Span::new(end, end + number.to_string().len());
        let span = Span::new(*at, count.end as usize + " soldiers".len());
        let mut reading =
            Reading::new(Count { span: Some(count), quantity: Quantity::exact(*number as u64) }, "bodies");
        reading.party = Some((*party).into());
        reading.date = ClaimDate { window: *date, ..ClaimDate::default() };
        Claim {
            id: ClaimId(format!("c{n:06}-{m}").into()),
            article: record.id.clone(),
            version: 1,
            evidence: vec![Anchor::new(&text, span).expect("fits")],
            reading,
            trace: Trace::new(),
            grade: None,
            score: None,
            note: String::new(),
            suggestion: None,
            created: stamp(),
            changed: None,
            codebook_revision: 1,
        }
    };
    let claims = places.iter().enumerate().map(claim).collect();
    (record, claims, text)
}

/// Writes a project's folder without waiting for the disk.
pub fn generate(root: &Path, articles: usize) {
    let head = Head { id: "bench".into(), name: "Bench".into(), created: stamp(), analyst: "Anna".into() };
    let write = |file: &str, text: &str| {
        let path = root.join(file);
        fs::create_dir_all(path.parent().expect("has one")).expect("made");
        fs::write(path, text).expect("written");
    };
    let render = |parts: BTreeSet<Part>, workspace: &Workspace| {
        for (part, text) in
            layout::render(&parts, &head, workspace, &layout::ClaimIndex::of(workspace), &BTreeMap::new())
        {
            if let Some(text) = text {
                write(&part.path("anna"), &text);
            }
        }
    };
    (0..articles).into_par_iter().for_each(|n| {
        let (record, claims, text) = article(n);
        let id = record.id.clone();
        write(&format!("articles/{id}/v1/source.txt"), &text);
        write(&format!("articles/{id}/v1/text.txt"), &text);
        let mut workspace = Workspace::default();
        workspace.articles.insert(id.clone(), record);
        workspace.claims.extend(claims.into_iter().map(|claim| (claim.id.clone(), claim)));
        render(BTreeSet::from([Part::Article(id.clone()), Part::Layer(id)]), &workspace);
    });
    render(BTreeSet::from([Part::Project, Part::Codebook, Part::Analyst]), &Workspace::new());
}
