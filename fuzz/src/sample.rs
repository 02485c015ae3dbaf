//! A sound project in memory, with everything that a project can have: two analysts, an article in two
//! versions, decisions, rulings, a history, backups, an index, settings, and the journals of sessions
//! that were cut short.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};
use std::time::SystemTime;

use super::memory::{Fault, MemoryDisk};
use tallymark::article::{Article, ReadOptions, read};
use tallymark::claim::*;
use tallymark::project::disk::Disk;
use tallymark::project::layout::Head;
use tallymark::project::{ArticleBytes, OpenedProject, Places, Settings, Setup, Store, open_for_work, open_on, paths};

/// Its folder.
pub const ROOT: &str = "/p";
/// Whose layer is worked on.
pub const ANALYST: &str = "Anna";
/// How many changes wait in the journal.
pub const PENDING: usize = 3;

/// The project as it was written, and as it opens.
pub struct Sound {
    disk: MemoryDisk,
    /// Every file with its bytes, by path.
    pub files: BTreeMap<String, Vec<u8>>,
    /// All layers.
    pub opened: OpenedProject,
}

impl Sound {
    /// A disk of one's own with all of it.
    pub fn disk(&self) -> MemoryDisk {
        self.disk.failing(usize::MAX, Fault::Short)
    }
}

/// The user's folders on a disk.
pub fn setup(disk: &MemoryDisk) -> Setup {
    Setup { disk: Arc::new(disk.clone()), places: Places::below(Path::new("/user")) }
}

/// Puts bytes into a file, whatever was there.
pub fn put(disk: &MemoryDisk, path: &str, bytes: &[u8]) {
    let path = Path::new(path);
    let _ = disk.remove_file(path);
    let made = path.parent().map_or(Ok(()), |folder| disk.make_folder(folder));
    if made.is_ok()
        && let Ok(mut handle) = disk.create(path)
    {
        handle.write(bytes).expect("a disk in memory has room");
    }
}

/// A transaction under the name of its number.
pub fn transaction(id: &str, by: &str, edits: Vec<Edit>) -> Transaction {
    Transaction { id: id.into(), label: format!("change {id}").into(), edits, stamp: stamp(by) }
}

/// A record of a journal as a line, with its length and its sum.
pub fn journal_line(text: &str) -> String {
    format!("{:08x} {} {text}\n", text.len(), &paths::hash(text.as_bytes())[..16])
}

/// The project, made once.
pub fn sound() -> &'static Sound {
    static SOUND: OnceLock<Sound> = OnceLock::new();
    SOUND.get_or_init(make)
}

fn stamp(by: &str) -> Stamp {
    Stamp { by: by.into(), at: Default::default() }
}

const TEXTS: [(&str, &str); 3] = [
    (
        "a.txt",
        "Two sides exchange bodies 😀\r\n\r\nAland's 1,000 bodies came back on Tuesday, its ministry said. Borduria \
         returned 38 in exchange, and about 12 more later.\r\n",
    ),
    ("news/b.md", "# Title\n\nSome **35** bodies were returned to Aland in January, officials said.\n"),
    ("c.html", "<title>C</title><p>Forty-one bodies &amp; 7 prisoners.<p>The “Red Cross” was not involved.</p>"),
];

fn article(name: &str, bytes: &[u8]) -> Arc<Article> {
    Arc::new(read(name, bytes, &ReadOptions::default()).expect("reads"))
}

fn claim(id: &str, by: &str, article: &Article, quote: &str, quantity: Quantity) -> Claim {
    let start = article.text.find(quote).expect("the quote is in the text");
    let span = Span::new(start, start + quote.len());
    let digits = quote.find(char::is_whitespace).unwrap_or(quote.len());
    let count = Span::new(start, start + digits);
    let mut reading = Reading::new(Count { span: Some(count), quantity }, "bodies");
    reading.party = Some("Aland".into());
    reading.date.span = Some(span);
    reading.attribution.chain.push(Asserter::named("the ministry"));
    reading.confirms.push(count);
    reading.distributive = Some(Distributive { index: 0, of: 2 });
    Claim {
        id: ClaimId(id.into()),
        article: article.id.clone(),
        version: 1,
        evidence: vec![Anchor::new(&article.text, span).expect("fits")],
        reading,
        trace: BTreeMap::from([(Field::Count, Provenance::stated([count])), (Field::Party, Provenance::hand())]),
        grade: Some(Grade::Likely),
        score: Some("0.5".into()),
        note: format!("{by}'s “note”\nof two lines"),
        suggestion: Some(key(article, count)),
        created: stamp(by),
        changed: Some(stamp(by)),
        codebook_revision: 1,
    }
}

fn key(article: &Article, span: Span) -> SuggestionKey {
    SuggestionKey { article: article.id.clone(), span, reading: "x 1/2".into(), suggester: BUILT_IN.into() }
}

fn add<T: PartialEq>(value: T, edit: impl Fn(Box<Change<T>>) -> Edit) -> Edit {
    edit(Box::new(Change::add(value)))
}

/// Works on the project, and leaves it as it is when the window closes.
fn session(setup: &Setup, analyst: &str, root: &str, work: impl FnOnce(&mut Store)) {
    let work_begun = open_for_work(setup, Path::new(root), &analyst.into(), SystemTime::now()).expect("opens");
    let mut store = work_begun.store.expect("nobody else has it");
    work(&mut store);
    store.close(SystemTime::now()).expect("closes");
}

fn make() -> Sound {
    let disk = MemoryDisk::new();
    let setup = setup(&disk);
    let mut workspace = Workspace::new();
    workspace.codebook.categories.retain(|category| ["bodies", "killed"].contains(&&*category.id));
    workspace.codebook.parties.push(Party { name: "Aland".into(), aliases: vec!["Alanders".into()] });
    workspace.codebook.sources.push(Source {
        name: "the ministry".into(),
        side: Side::Party("Aland".into()),
        aliases: vec!["MoD".into()],
        part_of: None,
        admiralty: Some('B'),
        rank: Some(1),
    });
    workspace.lexicon.parties.push(PartyEntry {
        name: "Borduria".into(),
        adjectives: vec!["Bordurian".into()],
        ..PartyEntry::default()
    });
    let mut articles = BTreeMap::new();
    for (name, text) in TEXTS {
        let read = article(name, text.as_bytes());
        workspace
            .articles
            .insert(read.id.clone(), ArticleRecord { progress: Progress::InProgress, ..read.record(stamp(ANALYST)) });
        articles.insert(read.id.clone(), (Arc::from(text.as_bytes()), read));
    }
    let [a, b, c] = TEXTS.map(|(name, text)| article(name, text.as_bytes()));
    let decision = |article: &Article, span, verdict| Decision {
        suggestion: key(article, span),
        text_sha256: article.text_sha256.clone(),
        verdict,
        stamp: stamp(ANALYST),
    };
    for claim in [
        claim("c1", ANALYST, &a, "1,000 bodies", Quantity::exact(1000)),
        claim("c2", ANALYST, &a, "38 in exchange", Quantity::at_least(38)),
        claim("c3", ANALYST, &a, "12 more", Quantity::approx(12, &Conventions::default())),
        claim("c4", ANALYST, &b, "35** bodies", Quantity::range(30, 35)),
        claim("c5", ANALYST, &c, "7 prisoners", Quantity::exact(7)),
    ] {
        workspace.claims.insert(claim.id.clone(), claim);
    }
    for decision in [
        decision(&a, Span::new(0, 3), Verdict::Rejected),
        decision(&a, Span::new(4, 9), Verdict::Accepted { claim: ClaimId("c1".into()) }),
    ] {
        workspace.decisions.insert(decision.suggestion.clone(), decision);
    }
    let head =
        |id: &str| Head { id: id.into(), name: "Sample".into(), created: stamp(ANALYST), analyst: ANALYST.into() };
    for (id, root) in [("p1", ROOT), ("p2", "/q")] {
        let store = Store::create(&setup, Path::new(root), head(id), &workspace, &articles).expect("begins");
        store.close(SystemTime::now()).expect("closes");
    }
    let claims = |ids: [&str; 4]| ids.map(|id| ClaimId(id.into())).to_vec();
    let rulings = [
        RulingOp::Exclude { claim: ClaimId("c3".into()) },
        RulingOp::Merge { claims: claims(["c1", "c2", "b1", "gone"]) },
        RulingOp::PinValue { claims: claims(["c1", "c2", "c4", "b1"]), low: 3, best: Some(4), high: None },
        RulingOp::SetDate { claim: ClaimId("c4".into()), window: DateWindow::default() },
        RulingOp::Echo { article: b.id.clone(), of: Some(a.id.clone()) },
        RulingOp::Exclude { claim: ClaimId::provisional(&key(&a, Span::new(4, 9))) },
    ];
    session(&setup, ANALYST, ROOT, |store| {
        let ruling = |(n, op): (usize, RulingOp)| Ruling {
            id: RulingId(format!("r{n}").into()),
            op,
            reason: "seen".into(),
            stamp: stamp(ANALYST),
        };
        let rulings = rulings.into_iter().enumerate().map(ruling);
        store
            .apply(vec![transaction("t1", ANALYST, rulings.map(|r| add(r, Edit::Ruling)).collect())])
            .expect("applies");
    });
    session(&setup, "Ben Öz", ROOT, |store| {
        let made = [
            claim("b1", "Ben Öz", &a, "1,000 bodies", Quantity::more_than(1000)),
            claim("b2", "Ben Öz", &b, "35** bodies", Quantity::exact(35)),
        ];
        let edits = made.into_iter().map(|claim| add(claim, Edit::Claim)).collect();
        store.apply(vec![transaction("b", "Ben Öz", edits)]).expect("applies");
    });
    // The outlet corrects an article; one claim was not taken along yet.
    session(&setup, ANALYST, ROOT, |store| {
        let corrected = TEXTS[1].1.replace("35", "36");
        let new = article("news/b.md", corrected.as_bytes());
        let new = Arc::new(Article { id: b.id.clone(), ..(*new).clone() });
        let bytes = ArticleBytes { version: 2, source: Arc::from(corrected.as_bytes()), article: new.clone() };
        store.keep_articles(&[bytes]).expect("keeps");
        let before = store.replica().articles[&b.id].clone();
        let after = ArticleRecord { version: 2, ..new.record(before.added.clone()) };
        let edit = Edit::Article(Box::new(Change::replace(before, after)));
        store.apply(vec![transaction("t2", ANALYST, vec![edit])]).expect("applies");
    });
    leave_work(&setup, "/q");
    let other = journals(&disk);
    leave_work(&setup, ROOT);
    // The same project in another folder: a copy, whose work is offered and never replayed.
    let own = journals(&disk).into_iter().find(|(path, _)| !other.contains_key(path)).expect("it was left").1;
    let text = String::from_utf8(own).expect("it is text");
    let copied: String = text
        .lines()
        .map(|line| journal_line(&line.splitn(3, ' ').nth(2).expect("a record").replace("\"/p\"", "\"/elsewhere\"")))
        .collect();
    put(&disk, "/user/state/journals/0-copy.journal", copied.as_bytes());

    let index = index(&open_on(&disk, Path::new(ROOT), None).expect("opens"));
    put(&disk, "/p/.local/index-anna.jsonl", index.as_bytes());
    let mut settings = Settings { analyst: Some(ANALYST.into()), ui: "(zoom: 1.5)".to_owned(), ..Settings::default() };
    settings.note_recent(&"Sample".into(), Path::new(ROOT), Default::default(), "".into());
    settings.save(&setup).expect("saves");
    let own_words = notation_of_words();
    put(&disk, "/user/data/lexicon.ron", own_words.as_bytes());
    let opened = open_on(&disk, Path::new(ROOT), None).expect("opens");
    Sound { files: disk.files(), opened, disk }
}

fn notation_of_words() -> String {
    let mut lexicon = Lexicon::default();
    lexicon.titles.push("Gen.".into());
    tallymark::project::notation::write(&lexicon)
}

/// Changes that are in the journal when the program is killed.
fn leave_work(setup: &Setup, root: &str) {
    let work = open_for_work(setup, Path::new(root), &ANALYST.into(), SystemTime::now()).expect("opens");
    let mut store = work.store.expect("nobody else has it");
    let mut claim = store.replica().claims[&ClaimId("c1".into())].clone();
    for n in 0..PENDING {
        let after = Claim { note: format!("{n} \"noted\""), ..claim.clone() };
        let mut edits = vec![Edit::Claim(Box::new(Change::replace(claim, after.clone())))];
        if n == 1 {
            edits.push(add(Party { name: "Borduria".into(), aliases: Vec::new() }, Edit::Party));
            let ruling = store.replica().rulings.values().next().cloned();
            edits.extend(ruling.map(|ruling| Edit::Ruling(Box::new(Change::remove(ruling)))));
        }
        store.apply(vec![transaction(&format!("left {n}"), ANALYST, edits)]).expect("applies");
        claim = after;
    }
}

/// The journals on a disk with their bytes.
pub fn journals(disk: &MemoryDisk) -> BTreeMap<PathBuf, Vec<u8>> {
    let files = disk.files().into_iter().filter(|(name, _)| name.starts_with("/user/state/journals/"));
    files.map(|(name, bytes)| (PathBuf::from(name), bytes)).filter(|(path, _)| path.components().count() == 5).collect()
}

/// An index as the program writes one for a large project.
fn index(project: &OpenedProject) -> String {
    let workspace = &project.workspace;
    let (articles, claims) = (workspace.articles.len(), workspace.claims.len());
    let mut lines = vec![format!(
        "{{\"format\":{{\"major\":1,\"minor\":0}},\"project\":\"p1\",\"analyst\":\"{ANALYST}\",\"articles\":{articles},\
         \"claims\":{claims},\"verdicts\":[[\"conflicting\",1]]}}"
    )];
    lines.extend(workspace.articles.values().map(|record| serde_json::to_string(record).expect("it has no odd keys")));
    lines.join("\n") + "\n"
}
