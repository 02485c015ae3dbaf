//! An article's own bytes read otherwise, its claims taken along.

use super::kept::Home;
use super::*;

fn page() -> String {
    let body = "<p>Azerbaijan handed over the bodies of 40 Armenian soldiers on Tuesday, the Armenian Defense Ministry said.</p>";
    let rest = "<p>The two sides agreed on the handover in the spring, after months of talks.</p>".repeat(4);
    format!("<nav><p>Most read today</p></nav><article>{body}{rest}</article>")
}

fn opened(home: &Home, name: &str, bytes: &[u8]) -> (Session, ArticleId) {
    let path = home.path(name);
    std::fs::write(&path, bytes).expect("written");
    let mut session = home.session();
    session.run(Command::Open(vec![path]));
    session.settle();
    let id = session.workspace().articles.keys().next().expect("an article").clone();
    (session, id)
}

fn reread(session: &mut Session, article: &ArticleId, reading: ArticleReading) {
    session.run(Command::Reread { article: article.clone(), reading });
    session.settle();
}

fn text(session: &Session, id: &ArticleId) -> String {
    session.article(id).expect("its text").text.to_string()
}

#[test]
fn another_encoding_is_recorded_undone_and_read_again_after_a_restart() {
    let home = Home::new();
    let (bytes, _, _) = encoding_rs::KOI8_R.encode("Вернули тела сорока солдат, пишет газета.");
    let (mut session, id) = opened(&home, "a.txt", &bytes);
    let guessed = text(&session, &id);
    reread(&mut session, &id, ArticleReading { encoding: Some("windows-1251".into()), ..ArticleReading::default() });
    let chosen = text(&session, &id);
    assert_ne!(chosen, guessed);
    let record = &session.workspace().articles[&id];
    assert_eq!((&*record.encoding, &*record.encoding_reason, record.version), ("windows-1251", "by hand", 2));
    assert_eq!(ArticleReading::of(record).encoding.as_deref(), Some("windows-1251"));
    session.run(Command::Undo);
    assert_eq!((text(&session, &id), session.workspace().articles[&id].version), (guessed, 1));
    session.run(Command::Redo);
    session.run(Command::SaveAs(home.path("named")));
    session.settle();
    drop(session);
    let mut again = home.open(&home.path("named"));
    again.settle();
    assert_eq!(text(&again, &id), chosen);
    assert_eq!(&*again.workspace().articles[&id].encoding_reason, "by hand");
}

#[test]
fn the_whole_page_takes_claims_along_from_its_main_text() {
    let home = Home::new();
    let (mut session, id) = opened(&home, "a.html", page().as_bytes());
    let key = session.pending_with_keys(&id).next().expect("a suggestion").0.clone();
    session.run(Command::Accept(key));
    session.settle();
    assert!(!text(&session, &id).contains("Most read"));
    reread(&mut session, &id, ArticleReading { whole_page: true, ..ArticleReading::default() });
    let whole = text(&session, &id);
    assert!(whole.starts_with("Most read today"), "{whole}");
    assert_eq!(&*session.workspace().articles[&id].reader, "html 1, whole page");
    let claims = session.claims_of(&id);
    let [claim] = &claims[..] else { panic!("one claim, in its place: {claims:?}") };
    assert!(claim.evidence[0].holds(&whole) && session.unanchored().is_empty());
    // Once more changes nothing, and says so.
    let version = session.workspace().articles[&id].version;
    reread(&mut session, &id, ArticleReading { whole_page: true, ..ArticleReading::default() });
    assert_eq!(session.workspace().articles[&id].version, version);
    assert!(session.notices().iter().any(|notice| notice.text.contains("is this very text already")));
}

#[test]
fn what_cannot_be_read_otherwise_says_why() {
    let home = Home::new();
    let (mut session, id) = opened(&home, "a.csv", b"title,text,summary\nSwap,Forty bodies were returned.,Two.\n");
    reread(&mut session, &id, ArticleReading { encoding: Some("koi8-r".into()), ..ArticleReading::default() });
    assert!(
        session.notices().iter().any(|notice| notice.text.contains("choose the encoding when the table is opened"))
    );
    reread(&mut session, &id, ArticleReading { column: Some("none".into()), ..ArticleReading::default() });
    assert!(session.notices().iter().any(|notice| notice.text.contains("there is no column “none”")));
    reread(&mut session, &id, ArticleReading { column: Some("summary".into()), ..ArticleReading::default() });
    assert_eq!(text(&session, &id), "Two.");
    let mut session = Session::new("anna");
    session.add_articles(&[("a.txt", b"Forty bodies.")]);
    let id = session.workspace().articles.keys().next().expect("an article").clone();
    reread(&mut session, &id, ArticleReading::default());
    assert!(session.notices().iter().any(|notice| notice.text.contains("save the project first")));
}
