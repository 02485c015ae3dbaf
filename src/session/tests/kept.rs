//! Work that is kept: on a real disk, through kills, in two windows at once.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use super::*;
use crate::project::disk::RealDisk;
use crate::project::{Places, Setup, Timing};

pub(super) struct Home(tempfile::TempDir);

impl Home {
    pub(super) fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    pub(super) fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    /// A session that writes no checkpoint by itself.
    pub(super) fn session(&self) -> Session {
        self.session_of(
            "Anna",
            Timing { rest: Duration::from_secs(3600), work: Duration::from_secs(3600), ..Timing::default() },
        )
    }

    /// A session of another analyst at the same machine.
    pub(super) fn session_named(&self, analyst: &str) -> Session {
        let never = Duration::from_secs(3600);
        self.session_of(analyst, Timing { rest: never, work: never, ..Timing::default() })
    }

    fn session_of(&self, analyst: &str, timing: Timing) -> Session {
        let places = Places::below(&self.path("user"));
        let setup = Setup { disk: Arc::new(RealDisk), places };
        let settings = Settings { analyst: Some(analyst.into()), ..Settings::load(&setup).0 };
        settings.save(&setup).unwrap();
        let environment = Environment { setup: Some(setup), timing, ..Environment::of_user(Arc::new(|| {})) };
        Session::start(environment)
    }

    pub(super) fn articles(&self) -> PathBuf {
        let folder = self.path("articles");
        std::fs::create_dir_all(&folder).unwrap();
        std::fs::write(folder.join("a.txt"), A).unwrap();
        std::fs::write(folder.join("b.txt"), B).unwrap();
        folder
    }

    /// A session with the articles open, one suggestion accepted, saved as "named".
    pub(super) fn named(&self) -> Session {
        let mut session = self.session();
        session.run(Command::Open(vec![self.articles()]));
        session.settle();
        accept(&mut session, "38");
        session.run(Command::SaveAs(self.path("named")));
        session.settle();
        assert_eq!(notices(&session), [""; 0]);
        session
    }

    pub(super) fn open(&self, path: &Path) -> Session {
        let mut session = self.session();
        session.run(Command::OpenProject(path.to_path_buf()));
        session.settle();
        session
    }
}

fn accept(session: &mut Session, count: &str) {
    let a = article(session, "a");
    session.run(Command::Accept(key(session, &a, count)));
    session.settle();
}

/// The workspace as it is written: an analyst's claims and what belongs to them.
fn work(session: &Session) -> Workspace {
    session.workspace().clone()
}

#[test]
fn opened_articles_are_saved_before_anything_has_a_name() {
    let home = Home::new();
    let mut session = home.session();
    assert_eq!(session.save_state(), SaveState::Empty);
    session.run(Command::Open(vec![home.articles()]));
    session.settle();
    assert_eq!(session.workspace().articles.len(), 2);
    assert!(matches!(session.save_state(), SaveState::Saved { .. }), "{:?}", session.save_state());
    assert!(session.is_untitled());
    assert_eq!(session.project_name(), "Untitled");
    accept(&mut session, "38");
    let before = work(&session);
    session.abandon(); // killed

    let mut session = home.session();
    assert!(session.resume());
    session.settle();
    assert_eq!(work(&session), before);
    assert_eq!(session.undo_label(), Some("accept suggestion"), "what was recovered can be undone");
    assert!(notices(&session)[0].contains("2 changes had reached") || notices(&session)[0].contains("Recovered"));
    session.close();
    let mut session = home.session();
    assert!(!session.resume(), "nothing is left over");
    let recent = session.recent()[0].folder.clone();
    session.run(Command::OpenProject(recent));
    session.settle();
    assert_eq!(work(&session), before);
    assert_eq!(notices(&session), [""; 0]);
    assert!(session.provisional() > 0, "suggestions are there again");
}

#[test]
fn projects_without_a_name_are_told_apart_by_what_is_in_them() {
    let home = Home::new();
    let mut session = home.session();
    session.run(Command::Open(vec![home.articles()]));
    session.settle();
    let title = session.recent()[0].about.clone();
    assert!(title.ends_with(" and 1 more"), "{title}");
    accept(&mut session, "38");
    session.run(Command::NewProject);
    session.settle();
    assert_eq!(&*session.recent()[0].about, format!("{title} · 1 claim"));
    // One that is left with nothing in it is nothing to come back to.
    session.run(Command::Open(vec![home.path("articles").join("a.txt")]));
    session.settle();
    assert_eq!(session.recent().len(), 2);
    let all: Vec<_> = session.workspace().articles.keys().cloned().collect();
    all.into_iter().for_each(|id| session.run(Command::RemoveArticle(id)));
    session.close();
    let session = home.session();
    assert_eq!(session.recent().len(), 1, "{:?}", session.recent());
    assert_eq!(&*session.recent()[0].about, format!("{title} · 1 claim"));
}

#[test]
fn a_project_gets_a_name_and_opens_as_it_was() {
    let home = Home::new();
    let mut session = home.named();
    assert_eq!((session.project_name(), session.is_untitled()), ("named", false));
    assert_eq!(session.project_folder().map(|f| f.file_name().unwrap().to_owned()), Some("named".into()));
    assert_eq!(session.recent().len(), 1, "the untitled one has moved");
    accept(&mut session, "1,000");
    let before = work(&session);
    session.run(Command::Save);
    session.settle();
    assert!(crate::project::check(&home.path("named")).unwrap().is_empty());
    drop(session);
    let session = home.open(&home.path("named").join("project.ron"));
    assert_eq!(work(&session), before);
    assert_eq!(session.history(), []);
}

#[test]
fn every_acknowledged_change_survives_a_kill() {
    let home = Home::new();
    home.named().close();
    let mut expected = None;
    for count in 0..3 {
        let mut session = home.open(&home.path("named"));
        if let Some(expected) = &expected {
            assert_eq!(&work(&session), expected, "after kill {count}");
        }
        let a = article(&session, "a");
        let mut claim = session.claims_of(&a)[0].clone();
        claim.note.push_str("more ");
        session.run(Command::ChangeClaim { claim: Box::new(claim), label: "note".into() });
        session.run(Command::SetTolerance(11 + count));
        session.settle();
        assert!(matches!(session.save_state(), SaveState::Saved { .. }));
        expected = Some(work(&session));
        session.abandon();
    }
    let session = home.open(&home.path("named"));
    let (mut found, mut expected) = (work(&session), expected.unwrap());
    (found.codebook.revision, expected.codebook.revision) = (0, 0);
    assert_eq!(found, expected);
    assert_eq!(session.claims_of(&article(&session, "a"))[0].note, "more more more ");
}

#[test]
fn a_second_window_reads_and_does_not_write() {
    let home = Home::new();
    let first = home.named();
    let mut second = home.open(&home.path("named"));
    assert!(matches!(second.save_state(), SaveState::ReadOnly(why) if why.contains("another window")));
    assert_eq!(second.workspace().claims.len(), 1);
    let before = work(&second);
    let a = article(&second, "a");
    second.run(Command::Accept(key(&second, &a, "1,000")));
    assert_eq!(work(&second), before);
    assert!(notices(&second).iter().any(|notice| notice.contains("read-only")));
    drop(second);
    drop(first);
    assert!(matches!(home.open(&home.path("named")).save_state(), SaveState::Saved { .. }));
}

#[test]
fn a_layer_that_does_not_read_closes_its_article_only() {
    let home = Home::new();
    let session = home.named();
    let (a, b) = (article(&session, "a"), article(&session, "b"));
    drop(session);
    let layer = home.path("named").join(format!("annotations/anna/{a}.ron"));
    let broken = std::fs::read_to_string(&layer).unwrap().replace("category", "cat");
    std::fs::write(&layer, &broken).unwrap();
    let mut session = home.open(&home.path("named"));
    assert!(session.read_only_article(&a).is_some_and(|why| why.contains("unknown field “cat”")));
    assert_eq!(session.read_only_article(&b), None);
    assert!(notices(&session)[0].contains("annotations/anna/"));
    assert!(session.article(&a).is_some(), "its text can be read");
    session.run(Command::Accept(key(&session, &a, "38")));
    assert_eq!(session.workspace().claims.len(), 0);
    let key = session.pending(&b)[0].key();
    session.run(Command::Accept(key));
    assert_eq!(session.workspace().claims.len(), 1);
    drop(session);
    assert_eq!(std::fs::read_to_string(&layer).unwrap(), broken);
}

#[test]
fn changes_from_outside_are_taken_in() {
    let home = Home::new();
    let mut session = home.named();
    let a = article(&session, "a");
    session.run(Command::Save);
    session.settle();
    let layer = home.path("named").join(format!("annotations/anna/{a}.ron"));
    let text = std::fs::read_to_string(&layer).unwrap();
    std::fs::write(&layer, text.replace("note: \"\"", "note: \"from elsewhere\"")).unwrap();
    accept(&mut session, "1,000");
    session.run(Command::Save);
    session.settle();
    session.run(Command::Save);
    session.settle();
    let mut notes: Vec<_> = session.claims_of(&a).iter().map(|claim| claim.note.clone()).collect();
    notes.sort();
    assert_eq!(notes, ["", "from elsewhere"]);
    let before = work(&session);
    drop(session);
    assert_eq!(work(&home.open(&home.path("named"))), before);
}

#[test]
fn another_analyst_has_claims_of_her_own() {
    let home = Home::new();
    let mut session = home.named();
    let before = work(&session);
    session.run(Command::SetAnalyst("Ben".into()));
    session.settle();
    assert_eq!((&**session.analyst(), session.workspace().claims.len()), ("Ben", 0));
    session.run(Command::SetAnalyst("Anna".into()));
    session.settle();
    assert_eq!(work(&session), before);
    assert!(matches!(session.save_state(), SaveState::Saved { .. }), "{:?}", session.save_state());
}

#[test]
fn an_untitled_project_keeps_its_claims_when_the_analyst_is_renamed() {
    let home = Home::new();
    let mut session = home.session();
    session.run(Command::Open(vec![home.articles()]));
    session.settle();
    accept(&mut session, "38");
    session.run(Command::SetAnalyst("Maria".into()));
    session.run(Command::SaveAs(home.path("named")));
    session.settle();
    drop(session);
    let mut anna = home.open(&home.path("named"));
    let joined = (&**anna.analyst(), anna.workspace().claims.len());
    assert_eq!(joined, ("Maria", 1), "who has no claims in a project is shown those of its only analyst");
    anna.run(Command::SetAnalyst("Anna".into()));
    anna.settle();
    assert_eq!((&**anna.analyst(), anna.workspace().claims.len()), ("Anna", 0), "and can begin her own");
    drop(anna);
    let mut maria = home.session_of("Maria", Timing::default());
    maria.run(Command::OpenProject(home.path("named")));
    maria.settle();
    assert_eq!(maria.workspace().claims.len(), 1);
}

#[test]
fn what_cannot_be_opened_is_told_and_the_rest_goes_on() {
    let home = Home::new();
    let mut session = home.session();
    let folder = home.articles();
    std::fs::write(folder.join("picture.txt"), b"\x89PNG\r\n\x1a\n\0\0").unwrap();
    std::fs::write(folder.join("notes.xyz"), "x").unwrap();
    session.run(Command::Open(vec![folder, home.path("missing.txt")]));
    session.settle();
    assert_eq!(session.workspace().articles.len(), 2);
    let told = notices(&session).join("\n");
    for part in ["picture.txt", "missing.txt", "another ending"] {
        assert!(told.contains(part), "{part} is not in {told}");
    }
    session.run(Command::OpenProject(home.path("articles")));
    session.settle();
    assert_eq!(session.workspace().articles.len(), 2);
    assert!(notices(&session).iter().any(|notice| notice.contains("is not a project")));
}

#[test]
fn what_was_added_is_told_and_what_has_no_words_is_left_out() {
    let home = Home::new();
    let mut session = home.session();
    let empty = home.path("empty");
    std::fs::create_dir(&empty).unwrap();
    session.run(Command::Open(vec![empty.clone()]));
    session.settle();
    assert!(notices(&session).iter().any(|notice| notice.contains("No articles were found in")));
    std::fs::write(empty.join("nothing.txt"), "").unwrap();
    std::fs::write(empty.join("blank.txt"), " \n\n").unwrap();
    session.run(Command::Open(vec![empty]));
    session.settle();
    assert!(session.workspace().articles.is_empty());
    let told = notices(&session).join("\n");
    assert!(told.contains("There are no words in 2 files") && told.contains("blank.txt"), "{told}");

    // The first articles are all that is seen; what comes to them later is named.
    session.run(Command::Open(vec![home.articles()]));
    session.settle();
    assert!(
        !notices(&session).iter().any(|notice| notice.contains("Added: ") || notice.contains("were added: ")),
        "{:?}",
        notices(&session)
    );
    let more = home.path("more");
    std::fs::create_dir(&more).unwrap();
    std::fs::write(more.join("c.txt"), "Kyiv received the bodies of 12 soldiers.\n").unwrap();
    session.run(Command::Open(vec![more]));
    session.settle();
    assert!(notices(&session).contains(&"Added: c.txt."), "{:?}", notices(&session));
}

#[test]
fn a_project_file_without_a_word_is_told_of_without_backups_that_are_not_there() {
    let home = Home::new();
    drop(home.named());
    let root = home.path("named");
    std::fs::write(root.join("project.ron"), "").unwrap();
    let backups = root.join(".local/backups/project.ron");
    for kept in [true, false] {
        if kept {
            std::fs::create_dir_all(&backups).unwrap();
            std::fs::write(backups.join("000000000000001.ron"), "()").unwrap();
        } else {
            std::fs::remove_dir_all(&backups).unwrap();
        }
        let session = home.open(&root);
        let told = notices(&session).join("\n");
        assert!(told.contains("could not be opened") && !told.contains(".."), "{told}");
        assert_eq!(told.contains(".local/backups"), kept, "{told}");
    }
}

#[test]
fn a_table_of_sources_is_read_over_the_articles() {
    let home = Home::new();
    let mut session = home.named();
    let table = home.path("sources.csv");
    std::fs::write(&table, "file,outlet,published\na.txt,The Example,2026-01-30\nz.txt,Other,\n").unwrap();
    session.run(Command::ImportMetadata(table));
    session.settle();
    let record = &session.workspace().articles[&article(&session, "a")];
    assert_eq!(record.metadata.outlet, Some(Known::new("The Example", Basis::Analyst)));
    assert_eq!(session.undo_label(), Some("read table of sources"));
    assert!(notices(&session)[0].contains("“z.txt” matches no article"));
}

#[test]
fn datasets_are_exported() {
    let home = Home::new();
    let mut session = home.named();
    for format in FORMATS {
        let path = home.path(&format!("out-{}.{}", format.id, format.extension));
        session.run(Command::Export { format: format.id.into(), path: path.clone() });
        session.settle();
        let written = if format.files.len() > 1 { path.join(format.files[0]) } else { path };
        assert!(std::fs::metadata(&written).is_ok_and(|file| file.len() > 0), "{}: {:?}", format.id, notices(&session));
    }
}

#[test]
fn the_window_is_woken_when_something_comes_in() {
    let home = Home::new();
    let woken = Arc::new(AtomicUsize::new(0));
    let counter = woken.clone();
    let setup = Setup { disk: Arc::new(RealDisk), places: Places::below(&home.path("user")) };
    let wake = Arc::new(move || {
        counter.fetch_add(1, Ordering::Relaxed);
    });
    let mut session = Session::start(Environment { setup: Some(setup), ..Environment::of_user(wake) });
    session.run(Command::Open(vec![home.articles()]));
    assert_eq!(session.jobs().len(), 1);
    session.settle();
    assert_eq!(session.jobs(), []);
    assert!(woken.load(Ordering::Relaxed) > 0);
    session.set_ui_settings("(zoom: 2)".to_owned());
    session.close();
    assert_eq!(home.session().ui_settings(), "(zoom: 2)");
}

#[test]
fn a_new_project_leaves_the_old_one_saved() {
    let home = Home::new();
    let mut session = home.named();
    let before = work(&session);
    session.run(Command::NewProject);
    session.settle();
    assert!(session.workspace().articles.is_empty());
    assert_eq!(session.save_state(), SaveState::Empty);
    session.run(Command::OpenProject(home.path("named")));
    session.settle();
    assert_eq!(work(&session), before);
}

/// A large project shows what its index knows while it is being read, and is changed only afterwards.
#[test]
fn a_large_project_shows_its_list_before_it_is_read() {
    let home = Home::new();
    let folder = home.path("many");
    std::fs::create_dir_all(&folder).unwrap();
    for n in 0..510 {
        std::fs::write(folder.join(format!("{n:03}.txt")), if n == 0 { A } else { "Nothing to count." }).unwrap();
    }
    // Byte-identical files are one article.
    for n in 1..510 {
        std::fs::write(folder.join(format!("{n:03}.txt")), format!("Nothing to count in {n:03}.")).unwrap();
    }
    let mut session = home.session();
    session.run(Command::Open(vec![folder]));
    session.settle();
    let first = article(&session, "000");
    session.run(Command::AcceptAll { article: Some(first.clone()), at_least: Grade::Check });
    session.run(Command::SaveAs(home.path("large")));
    session.settle();
    let work = work(&session);
    let verdicts = session.reconciliation().facts.len();
    assert!(verdicts > 0);
    session.close();
    drop(session);

    let mut session = home.session();
    session.run(Command::OpenProject(home.path("large")));
    session.wait(|session| !session.workspace().articles.is_empty());
    if matches!(session.save_state(), SaveState::ReadOnly(_)) {
        assert_eq!(session.workspace().articles.len(), 510);
        assert_eq!(session.article(&first).map(|article| article.text.to_string()).as_deref(), Some(A));
        let expected: usize = session.expected_verdicts().iter().map(|(_, count)| count).sum();
        assert_eq!(expected, verdicts);
        session.run(Command::RemoveArticle(first.clone()));
        assert!(notices(&session)[0].contains("still being read"));
    }
    session.settle();
    assert_eq!(*session.workspace(), work);
    assert_eq!((session.expected_verdicts().len(), session.reconciliation().facts.len()), (0, verdicts));
    session.run(Command::RemoveArticle(first));
    assert_eq!(session.workspace().articles.len(), 509);
    session.close();
    drop(session);
    let session = home.open(&home.path("large"));
    assert_eq!(session.workspace().articles.len(), 509, "what the index says is never trusted");
}
