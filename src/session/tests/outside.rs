//! Suggesters of the analyst's own: what they bring, and what they cannot do.

use super::kept::Home;
use super::*;

/// A command that reads everything, and says these lines.
fn command(folder: &std::path::Path, lines: &[String], last: &str) -> Name {
    let script = folder.join("suggest.sh");
    let mut text = "cat > /dev/null\n".to_owned();
    for line in lines {
        text.push_str(&format!("echo '{line}'\n"));
    }
    std::fs::write(&script, text + last).unwrap();
    format!("sh '{}'", script.display()).into()
}

fn line(article: &str, text: &str, quote: &str, n: u64, score: f64) -> String {
    let start = text.find(quote).expect("in the text");
    let start = text[..start].chars().count();
    let end = start + quote.chars().count();
    format!(
        r#"{{"article": "{article}", "start": {start}, "end": {end}, "quote": "{quote}", "count": {{"n": {n}}}, "category": "bodies", "score": {score}}}"#
    )
}

fn suggester(command: Name) -> OutsideSuggester {
    OutsideSuggester { name: "mine".into(), command, seconds: 30 }
}

fn own(session: &mut Session, suggester: OutsideSuggester) {
    session.run(Command::ChangeSuggester { change: Change::add(suggester), of_project: false });
}

fn run(session: &mut Session, of_project: bool, allow: bool) {
    session.run(Command::RunSuggester { name: "mine".into(), of_project, allow });
    session.settle();
}

fn of_mine(session: &Session, article: &ArticleId) -> Vec<SuggestionKey> {
    let keys = session.pending(article).into_iter().map(Suggestion::key);
    keys.filter(|key| &*key.suggester == "mine").collect()
}

#[test]
fn its_suggestions_stand_beside_the_others_with_name_and_score() {
    let folder = tempfile::tempdir().unwrap();
    let mut session = session();
    let a = article(&session, "a");
    let facts = session.reconciliation().facts.len();
    let provisional = session.provisional();
    let lines = [
        line("a.txt", A, "1,000 soldiers", 1000, 0.75),
        line("a.txt", A, "January 29", 29, 0.1),
        "no JSON".to_owned(),
        line("a.txt", A, "38 bodies", 38, 0.5).replace("\"end\"", "\"end\": 9999, \"x\""),
    ];
    own(&mut session, suggester(command(folder.path(), &lines, "echo warming up >&2")));
    run(&mut session, false, false);
    let found = of_mine(&session, &a);
    assert_eq!(found.len(), 2);
    let suggestion = session.suggestion(&found[0]).expect("there");
    assert_eq!((suggestion.score, suggestion.grade), (Some(0.75), Grade::Check));
    let [notice] = &notices(&session)[..] else { panic!("{:?}", notices(&session)) };
    assert!(notice.starts_with("“mine” made 2 suggestions in 1 article. 2 lines did not fit"), "{notice}");
    assert!(notice.contains("line 3: ") && notice.contains("line 4: ") && notice.contains("“warming up”"), "{notice}");
    // A count that the built-in suggester reads as well is counted once.
    assert!(session.provisional() <= provisional + 1);
    assert!(session.reconciliation().facts.len() <= facts + 1);
    // Decisions are kept, also when words change and when it runs again.
    session.run(Command::Accept(found[0].clone()));
    session.run(Command::Reject(found[1].clone()));
    let claim = session.claims_of(&a).into_iter().find(|claim| claim.score.is_some()).expect("made");
    assert_eq!(claim.score.as_deref(), Some("0.75"));
    let party = PartyEntry { name: "Wexland".into(), ..PartyEntry::default() };
    session.run(Command::ChangeWord(Change::add(Word::Party(party))));
    session.settle();
    assert_eq!(of_mine(&session, &a), []);
    run(&mut session, false, false);
    assert_eq!(of_mine(&session, &a), []);
    assert!(session.rejected(&a).iter().any(|s| s.key() == found[1]));
    session.run(Command::Restore(found[1].clone()));
    assert_eq!(of_mine(&session, &a), [found[1].clone()]);
}

#[test]
fn a_projects_command_runs_only_when_the_analyst_allows_it() {
    let home = Home::new();
    let mark = home.path("mark");
    let command = command(home.path("").as_path(), &[], &format!("touch '{}'", mark.display()));
    let mut session = home.named();
    let theirs = suggester(command.clone());
    session.run(Command::ChangeSuggester { change: Change::add(theirs.clone()), of_project: true });
    session.settle();
    session.close();
    drop(session);
    let mut session = home.open(&home.path("named"));
    assert_eq!(session.suggesters().iter().map(|k| (k.of_project, k.allowed)).collect::<Vec<_>>(), [(true, false)]);
    session.run(Command::Accept(key(&session, &article(&session, "b"), "12")));
    session.settle();
    assert!(!mark.exists(), "nothing runs by being opened or worked in");
    run(&mut session, true, false);
    assert!(!mark.exists() && notices(&session)[0].contains("comes with the project"), "{:?}", notices(&session));
    run(&mut session, true, true);
    assert!(mark.exists());
    session.close();
    drop(session);
    // It is remembered for this command, and for this project.
    let mut session = home.open(&home.path("named"));
    assert!(session.suggesters()[0].allowed);
    let other = OutsideSuggester { command: format!("{command} --more").into(), ..theirs.clone() };
    session.run(Command::ChangeSuggester { change: Change::replace(theirs.clone(), other), of_project: true });
    assert!(!session.suggesters()[0].allowed);
    session.run(Command::NewProject);
    session.settle();
    session.run(Command::ChangeSuggester { change: Change::add(theirs), of_project: true });
    session.settle();
    assert!(!session.suggesters()[0].allowed);
    assert_eq!(session.undo_label(), Some("add suggester mine"));
}

#[test]
fn one_that_hangs_is_ended_and_one_that_fails_is_said() {
    let folder = tempfile::tempdir().unwrap();
    let mut session = session();
    let a = article(&session, "a");
    let lines = [line("a.txt", A, "1,000 soldiers", 1000, 0.5)];
    let hangs = OutsideSuggester { seconds: 1, ..suggester(command(folder.path(), &lines, "sleep 60")) };
    own(&mut session, hangs.clone());
    run(&mut session, false, false);
    assert!(notices(&session)[0].contains("Its time was up"), "{:?}", notices(&session));
    assert_eq!(of_mine(&session, &a).len(), 1, "what it had said is kept");
    let fails = suggester(command(folder.path(), &[], "echo no model >&2; exit 7"));
    session.run(Command::ChangeSuggester { change: Change::replace(hangs, fails.clone()), of_project: false });
    run(&mut session, false, false);
    let notice = notices(&session)[1].to_owned();
    assert!(notice.contains("exit status: 7") && notice.contains("“no model”"), "{notice}");
    assert_eq!(of_mine(&session, &a).len(), 1, "a run that failed says nothing of articles that it did not read");
    let nothing = suggester("no-such-program-anywhere --at all".into());
    session.run(Command::ChangeSuggester { change: Change::replace(fails, nothing.clone()), of_project: false });
    run(&mut session, false, false);
    assert!(notices(&session)[2].contains("There is no program “no-such-program-anywhere”"));
    session.run(Command::ChangeSuggester {
        change: Change::replace(nothing, OutsideSuggester { name: "built-in".into(), ..suggester("x".into()) }),
        of_project: false,
    });
    assert!(notices(&session)[3].contains("the name of the program's own"));
}

#[test]
fn a_run_can_be_stopped() {
    let folder = tempfile::tempdir().unwrap();
    let mut session = session();
    own(&mut session, suggester(command(folder.path(), &[], "sleep 60")));
    session.run(Command::RunSuggester { name: "mine".into(), of_project: false, allow: false });
    let job = session.jobs().iter().find(|job| job.name == "Suggesting with mine").expect("it is shown").id;
    session.run(Command::StopJob(job));
    session.settle();
    assert!(notices(&session)[0].contains("It was stopped"), "{:?}", notices(&session));
}
