//! Undo and redo of very many decisions, slice by slice: whatever comes in between, all of it is done.

use super::kept::Home;
use super::*;

/// So many sentences with one figure each.
const MANY: usize = 900;

/// A project on disk in which everything suggested was accepted at once.
fn all_accepted(home: &Home) -> (Session, usize) {
    let file = home.path("many.txt");
    let places = (0..MANY)
        .map(|n| format!("On 3 May 2025 the bodies of {} soldiers were found, officials said.\n\n", 1_000 + n));
    std::fs::write(&file, places.collect::<String>()).unwrap();
    let mut session = home.session();
    session.run(Command::Open(vec![file]));
    session.settle();
    session.run(Command::AcceptAll { article: None, at_least: Grade::Check });
    session.settle();
    let claims = session.workspace().claims.len();
    assert!(claims >= MANY, "{claims}");
    assert_eq!(session.history().len(), 2, "opening, accepting");
    (session, claims)
}

/// Lets the background go on until some, and not all, of the claims are there.
fn until_some_are_left(session: &mut Session, all: usize) {
    let end = std::time::Instant::now() + std::time::Duration::from_secs(60);
    while std::time::Instant::now() < end {
        session.poll();
        let left = session.workspace().claims.len();
        if left > 0 && left < all {
            return;
        }
        assert!(!session.is_idle() || left == all, "it was done at a stroke");
    }
    panic!("nothing was undone within a minute");
}

#[test]
fn very_many_decisions_are_undone_and_redone_slice_by_slice() {
    let home = Home::new();
    let (mut session, all) = all_accepted(&home);
    let before = session.workspace().clone();
    session.run(Command::Undo);
    assert_eq!(session.workspace().claims.len(), all, "nothing is done at a stroke");
    until_some_are_left(&mut session, all);
    session.settle();
    assert!(session.workspace().claims.is_empty() && session.workspace().decisions.is_empty());
    assert_eq!(session.pending_by_grade().iter().sum::<usize>(), all, "they wait again");
    assert_eq!(session.redo_label(), Some(&*format!("accept {all} suggestions")));
    session.run(Command::Redo);
    session.settle();
    assert_eq!(*session.workspace(), before);
    assert_eq!(session.redo_label(), None);
    assert_eq!(session.history().len(), 2);
    session.run(Command::Undo);
    session.settle();
    assert!(session.workspace().claims.is_empty());
    session.close();
}

#[test]
fn what_is_asked_for_meanwhile_waits_until_all_of_it_is_undone() {
    let home = Home::new();
    // Before anything is put together, while it is being done, and by a second undo.
    for (meanwhile, second) in [(false, false), (true, false), (true, true)] {
        let (mut session, all) = all_accepted(&home);
        session.run(Command::Undo);
        if meanwhile {
            until_some_are_left(&mut session, all);
        }
        if second {
            session.run(Command::Undo);
            assert!(session.workspace().articles.is_empty(), "the opening was undone, too");
        } else {
            let article = article(&session, "many");
            session.run(Command::Tag { article, span: Span::new(0, 2), category: "other".into() });
            assert_eq!(session.workspace().claims.len(), 1, "{meanwhile}");
        }
        session.settle();
        assert_eq!(session.workspace().claims.len(), usize::from(!second));
        assert_eq!(notices(&session), [""; 0]);
        session.close();
    }
}

#[test]
fn a_power_cut_in_the_middle_leaves_all_of_it_undone() {
    let home = Home::new();
    let (mut session, all) = all_accepted(&home);
    session.run(Command::Undo);
    until_some_are_left(&mut session, all);
    session.abandon(); // killed
    let mut session = home.session();
    assert!(session.resume());
    session.settle();
    assert_eq!((session.workspace().claims.len(), session.workspace().decisions.len()), (0, 0));
    assert_eq!(session.workspace().articles.len(), 1);
    session.close();
}
