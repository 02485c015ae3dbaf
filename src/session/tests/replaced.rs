//! Articles that outlets correct, as an analyst meets them.

use super::kept::Home;
use super::*;
use crate::article::Fate;

/// The first article with one number corrected, a sentence put in before it, and its last one gone.
const CORRECTED: &str = "CORRECTION: an earlier version gave another number. \
                         Russia handed over the bodies of 1,012 soldiers to Ukraine on January 29, 2026, Kyiv said.";

fn fates(session: &Session) -> Vec<(String, Fate)> {
    let replacement = session.replacement().expect("an article was replaced");
    replacement.outcomes.iter().map(|outcome| (outcome.before.to_string(), outcome.fate.clone())).collect()
}

fn quotes(session: &Session, article: &ArticleId) -> Vec<String> {
    session.claims_of(article).iter().map(|claim| claim.quote().to_owned()).collect()
}

#[test]
fn claims_go_along_and_what_is_not_there_any_more_is_listed() {
    let mut session = session();
    let a = article(&session, "a");
    session.run(Command::AcceptAll { article: Some(a.clone()), at_least: Grade::Check });
    let other = Reading::new(Count { span: None, quantity: Quantity::confirm_only() }, "bodies");
    let at = span(&session, &a, "to Ukraine on January 29, 2026");
    session.run(Command::AddClaim { article: a.clone(), span: at, reading: Box::new(other) });
    let before = session.workspace().clone();
    let old = quotes(&session, &a);
    assert_eq!(old.len(), 3);

    session.replace_with(&a, "a.txt", CORRECTED.as_bytes());
    let fates = fates(&session);
    let of = |part: &str| fates.iter().find(|(quote, _)| quote.contains(part)).map(|(_, fate)| fate.clone());
    assert_eq!(of("1,000"), Some(Fate::NumberChanged { before: "1000".into(), after: "1012".into() }));
    assert_eq!(of("38"), Some(Fate::Orphaned));
    assert_eq!(of("to Ukraine"), Some(Fate::Moved));
    assert!(notices(&session).iter().any(|notice| notice.contains("1 claim has another number now")));
    assert_eq!(&*session.article(&a).expect("has a text").text, CORRECTED);
    let record = &session.workspace().articles[&a];
    assert_eq!((record.version, record.id == a), (2, true));
    let claims = session.claims_of(&a);
    assert_eq!(claims.len(), 2);
    assert!(claims.iter().all(|claim| claim.version == 2 && claim.evidence[0].holds(CORRECTED)));
    let count = claims.iter().find_map(|claim| claim.reading.count.span).expect("a count");
    assert_eq!(count.of(CORRECTED), "1,012");
    let [lost] = session.unanchored()[..] else { panic!("one without words") };
    assert_eq!((lost.version, lost.quote().contains("38")), (1, true));
    assert!(session.pending(&a).iter().all(|s| s.span.end as usize <= CORRECTED.len()));

    // The analyst says where it belongs, or takes all of it back.
    let (lost, place) = (lost.id.clone(), span(&session, &a, "another number"));
    session.run(Command::Reanchor { claim: lost, span: place });
    assert_eq!((session.unanchored().len(), session.claims_of(&a).len()), (0, 3));
    session.run(Command::Undo);
    assert_eq!(session.unanchored().len(), 1);
    session.run(Command::Undo);
    assert_eq!(*session.workspace(), before);
    assert_eq!((&*session.article(&a).expect("has a text").text, quotes(&session, &a)), (A, old.clone()));
    assert!(session.unanchored().is_empty());
    session.run(Command::Redo);
    assert_eq!(&*session.article(&a).expect("has a text").text, CORRECTED);
    session.run(Command::Undo);
    assert_eq!(quotes(&session, &a), old);
}

#[test]
fn what_was_rejected_stays_rejected_and_the_same_file_is_no_correction() {
    let mut session = session();
    let b = article(&session, "b");
    let key = key(&session, &b, "12");
    session.run(Command::Reject(key));
    let waiting = session.pending_count(&b);
    session.replace_with(&b, "b.txt", format!("Updated. {B}").as_bytes());
    assert_eq!((session.rejected(&b).len(), session.pending_count(&b)), (1, waiting));
    let version = session.workspace().articles[&b].version;
    session.replace_with(&b, "b.txt", format!("Updated. {B}").as_bytes());
    assert_eq!(session.workspace().articles[&b].version, version);
    assert!(notices(&session).iter().any(|notice| notice.contains("byte for byte")));
    session.add_articles(&[("b.txt", B.as_bytes())]);
    assert_eq!(session.workspace().articles.len(), 2, "an earlier version is no other article");
}

#[test]
fn a_replaced_article_is_kept_with_all_its_versions_through_kills() {
    let home = Home::new();
    let mut session = home.named();
    let a = article(&session, "a");
    let root = session.project_folder().expect("it has one").to_path_buf();
    let file = home.path("corrected.txt");
    std::fs::write(&file, A.replace("38", "41")).unwrap();
    let before = session.workspace().clone();
    session.run(Command::Replace { article: a.clone(), path: file });
    session.settle();
    assert!(matches!(&fates(&session)[0].1, Fate::NumberChanged { after, .. } if &**after == "41"));
    let after = session.workspace().clone();
    session.abandon(); // killed before anything was written but the journal and the new text

    let mut session = home.open(&root);
    assert_eq!(*session.workspace(), after);
    assert!(session.article(&a).expect("has a text").text.contains("41"));
    assert_eq!((session.claims_of(&a).len(), session.unanchored().len()), (1, 0));
    session.run(Command::Save);
    session.settle();
    session.run(Command::Undo);
    session.settle();
    assert_eq!(*session.workspace(), before);
    assert!(session.article(&a).expect("has a text").text.contains("38"));
    session.run(Command::Redo);
    session.settle();
    session.close();
    drop(session);
    assert_eq!(crate::project::check(&root), Ok(Vec::new()));
    let folder = root.join("articles").join(&*a.0);
    for (version, number) in [("v1", "38"), ("v2", "41")] {
        let text = std::fs::read_to_string(folder.join(version).join("text.txt")).unwrap();
        assert!(text.contains(number), "{version}");
    }
    let session = home.open(&root);
    assert_eq!(*session.workspace(), after);
    assert_eq!(session.claims_of(&a).len(), 1);
}

#[test]
fn the_layer_of_somebody_who_was_away_goes_along_when_she_opens_it() {
    let home = Home::new();
    let mut anna = home.named();
    let (a, root) = (article(&anna, "a"), anna.project_folder().expect("it has one").to_path_buf());
    anna.close();
    drop(anna);
    let mut ben = home.session_named("Ben");
    ben.run(Command::OpenProject(root.clone()));
    ben.settle();
    ben.run(Command::SetAnalyst("Ben".into()));
    ben.settle();
    let file = home.path("corrected.txt");
    std::fs::write(&file, format!("Updated on Friday. {A}")).unwrap();
    ben.run(Command::Replace { article: a.clone(), path: file });
    ben.settle();
    assert_eq!(ben.workspace().articles[&a].version, 2, "{:?}", notices(&ben));
    ben.close();
    drop(ben);
    let found: Vec<_> = crate::project::check(&root).unwrap().into_iter().filter(|finding| finding.damage).collect();
    assert_eq!(found, [], "claims on an earlier version are no damage");

    let mut anna = home.open(&root);
    let claims = anna.claims_of(&a);
    assert_eq!((claims.len(), claims[0].version), (1, 2));
    assert!(notices(&anna).iter().any(|notice| notice.contains("replaced by version 2 by somebody else")));
    assert_eq!(anna.undo_label(), Some("take claims along to the corrected “Updated on Friday”"));
    anna.close();
    drop(anna);
    assert_eq!(crate::project::check(&root), Ok(Vec::new()));
}
