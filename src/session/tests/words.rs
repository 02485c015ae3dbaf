//! Words that the analyst adds: what is suggested anew with them, and what stays decided.

use super::kept::Home;
use super::*;

/// An article about nobody whom the program knows.
const C: &str = "Wexland handed over the bodies of 40 soldiers to Ruritania, the Zorgian Bureau reported. The \
                 Bureau said that 12 stevedores were killed. Flight 370 carried 25 soldiers.";

fn unknown() -> (Session, ArticleId) {
    let mut session = Session::new("Anna");
    session.add_articles(&[("a.txt", A.as_bytes()), ("c.txt", C.as_bytes())]);
    session.settle();
    let c = article(&session, "c");
    (session, c)
}

fn add(session: &mut Session, word: Word) {
    session.run(Command::ChangeWord(Change::add(word)));
    session.settle();
    assert_eq!(notices(session), [""; 0]);
}

fn party(name: &str) -> Word {
    Word::Party(PartyEntry { name: name.into(), ..PartyEntry::default() })
}

fn source(name: &str, descriptions: &[&str]) -> Word {
    let descriptions = descriptions.iter().map(|text| (*text).into()).collect();
    let side = Side::Party("Wexland".into());
    Word::Source(SourceEntry { name: name.into(), descriptions, side, ..SourceEntry::default() })
}

fn unit(form: &str) -> Word {
    Word::Unit(NounEntry { forms: vec![form.into()], class: NounClass::People, ..NounEntry::default() })
}

fn no_figure(form: &str) -> Word {
    let forms = vec![form.into()];
    Word::NotAFigure(SuppressionEntry { forms, place: Beside::Before, ..SuppressionEntry::default() })
}

fn counts(session: &Session, article: &ArticleId) -> Vec<String> {
    let text = &session.article(article).expect("a text").text;
    let count = |s: &&Suggestion| s.reading.count.span.map_or("", |span| span.of(text)).to_owned();
    session.pending(article).iter().map(count).collect()
}

fn reading_of(session: &Session, article: &ArticleId, count: &str) -> Reading {
    let key = key(session, article, count);
    session.suggestion(&key).expect("it waits").reading.clone()
}

#[test]
fn words_are_learnt_and_unlearnt_by_one_undo() {
    let (mut session, c) = unknown();
    let before: Vec<_> = session.pending(&c).into_iter().cloned().collect();
    assert_eq!(reading_of(&session, &c, "40").from, None);
    add(&mut session, party("Wexland"));
    assert_eq!(reading_of(&session, &c, "40").from.as_deref(), Some("Wexland"));
    add(&mut session, party("Ruritania"));
    let reading = reading_of(&session, &c, "40");
    assert_eq!((reading.from.as_deref(), reading.to.as_deref()), (Some("Wexland"), Some("Ruritania")));
    add(&mut session, source("Zorgian Bureau", &["the Bureau"]));
    assert_eq!(&*reading_of(&session, &c, "40").attribution.chain[0].name, "Zorgian Bureau");
    add(&mut session, unit("stevedores"));
    assert!(counts(&session, &c).contains(&"12".to_owned()));
    assert_eq!(&*reading_of(&session, &c, "12").category, "killed");
    for _ in 0..4 {
        session.run(Command::Undo);
    }
    session.settle();
    assert_eq!(session.pending(&c).into_iter().cloned().collect::<Vec<_>>(), before);
    assert_eq!(session.redo_label(), Some("add party “Wexland”"));
    assert!(session.workspace().lexicon == Lexicon::default());
}

#[test]
fn not_a_figure_and_switched_off_again() {
    let (mut session, c) = unknown();
    let before = counts(&session, &c);
    let [first, ..] = &before[..] else { panic!("{before:?}") };
    assert_eq!(first, "40");
    add(&mut session, no_figure("bodies of"));
    assert!(!counts(&session, &c).contains(&"40".to_owned()), "the number behind these words is none");
    let word = session.workspace().lexicon.words()[0].clone();
    let off = word.clone().switched(true);
    session.run(Command::ChangeWord(Change::replace(word.clone(), off.clone())));
    session.settle();
    assert_eq!(session.undo_label(), Some("switch off no figure “bodies of”"));
    assert_eq!(counts(&session, &c), before);
    session.run(Command::ChangeWord(Change::remove(word)));
    assert_eq!(notices(&session), ["The words were not changed: the entry is no longer there."]);
    session.run(Command::ChangeWord(Change::remove(off)));
    assert!(session.workspace().lexicon.words().is_empty());
    session.run(Command::ChangeWord(Change::add(party("  "))));
    assert!(notices(&session)[1].contains("It needs a name"), "{:?}", notices(&session));
}

#[test]
fn decisions_stay_with_the_words_when_they_are_read_anew() {
    let (mut session, c) = unknown();
    // Accepted as it stood, then read otherwise: the claim is what the analyst made of it.
    let accepted = key(&session, &c, "40");
    session.run(Command::Accept(accepted.clone()));
    let claims = session.workspace().claims.clone();
    let waiting = session.pending_count(&c);
    add(&mut session, party("Wexland"));
    add(&mut session, party("Ruritania"));
    assert!(!counts(&session, &c).contains(&"40".to_owned()), "it is decided");
    assert_eq!((&session.workspace().claims, session.pending_count(&c)), (&claims, waiting));
    // Taken back, the new reading waits.
    session.run(Command::Restore(accepted.clone()));
    assert!(session.suggestion(&accepted).is_none(), "that reading is no longer made");
    let counterpart = session.counterpart(&accepted).cloned().expect("another one is");
    let reading = &session.suggestion(&counterpart).expect("it waits").reading;
    assert_eq!(reading.from.as_deref(), Some("Wexland"));
    // Accepted with corrections.
    let mut edited = reading.clone();
    edited.party = Some("Ruritania".into());
    let trace = session.suggestion(&counterpart).expect("it waits").trace.clone();
    session.run(Command::AcceptAs { suggestion: counterpart, reading: Box::new(edited.clone()), trace });
    let wexland = Change::remove(party("Wexland"));
    session.run(Command::ChangeWord(wexland));
    session.settle();
    assert!(!counts(&session, &c).contains(&"40".to_owned()));
    assert_eq!(session.claims_of(&c)[0].reading, edited);
}

#[test]
fn a_rejected_reading_is_not_offered_again_and_can_be_brought_back() {
    let (mut session, c) = unknown();
    let a = article(&session, "a");
    let (of_a, of_c) = (key(&session, &a, "38"), key(&session, &c, "40"));
    session.run(Command::Reject(of_a.clone()));
    session.run(Command::Reject(of_c.clone()));
    add(&mut session, source("Zorgian Bureau", &[]));
    add(&mut session, unit("stevedores"));
    for (article, key, count) in [(&a, &of_a, "38"), (&c, &of_c, "40")] {
        assert!(!counts(&session, article).contains(&count.to_owned()), "{count}");
        assert_eq!(session.rejected(article).iter().map(|s| s.key()).collect::<Vec<_>>(), std::slice::from_ref(key));
    }
    // A different reading of the same words is another matter: it is offered, and marked.
    add(&mut session, party("Wexland"));
    let other = key(&session, &c, "40");
    assert_ne!(other, of_c);
    assert_eq!(session.rejected_readings(&other), [&of_c]);
    session.run(Command::Undo);
    session.settle();
    session.run(Command::Restore(of_c.clone()));
    assert_eq!(key(&session, &c, "40"), of_c);
    assert!(session.rejected_readings(&of_c).is_empty());
}

#[test]
fn words_and_rejections_are_kept_with_the_project() {
    let home = Home::new();
    let mut session = home.named();
    let b = article(&session, "b");
    let rejected = key(&session, &b, "12");
    session.run(Command::Reject(rejected.clone()));
    session.run(Command::ChangeWord(Change::add(party("Wexland"))));
    session.run(Command::ChangeWord(Change::add(unit("stevedores").switched(true))));
    session.settle();
    session.close();
    drop(session);
    let file = std::fs::read_to_string(home.path("named").join("lexicon.ron")).expect("written");
    assert!(file.contains("Wexland") && file.contains("stevedores"), "{file}");
    let session = home.open(&home.path("named"));
    assert_eq!(session.workspace().lexicon.words(), [party("Wexland"), unit("stevedores").switched(true)]);
    assert!(session.lexicon().party_of("Wexland").is_some());
    let b = article(&session, "b");
    assert_eq!(session.rejected(&b).iter().map(|s| s.key()).collect::<Vec<_>>(), [rejected]);
    assert!(!counts(&session, &b).contains(&"12".to_owned()));
}
