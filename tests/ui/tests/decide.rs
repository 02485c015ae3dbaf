//! Deciding on suggestions: one list over all articles, many at once, and how many keys it takes.

use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use tallymark::claim::{Grade, SuggestionKey};
use tallymark::session::{Command, Session};
use tallymark::ui::App;
use tallymark::ui::state::{Chosen, Sheet};
use tallymark_ui_tests::{EXCHANGE, harness_with, sample_project};

const NONE: Modifiers = Modifiers::NONE;

fn press(harness: &mut Harness<'_, App>, modifiers: Modifiers, key: Key) {
    harness.key_press_modifiers(modifiers, key);
    harness.run();
}

fn pending(session: &Session) -> usize {
    session.workspace().articles.keys().map(|id| session.pending_count(id)).sum()
}

fn rejected(session: &Session) -> usize {
    session.workspace().articles.keys().map(|id| session.rejected(id).len()).sum()
}

fn claims(session: &Session) -> usize {
    session.workspace().claims.len()
}

fn rows(harness: &Harness<'_, App>) -> Vec<String> {
    let list = harness.get_by_role_and_label(Role::Window, "Suggestions of all articles");
    let rows = list.children_recursive().filter(|node| node.accesskit_node().role() == Role::Row);
    // The first is that of the headings.
    rows.skip(1).map(|row| row.accesskit_node().label().unwrap_or_default()).collect()
}

fn list_of(articles: &[(&str, &str)]) -> Harness<'static, App> {
    let mut harness = harness_with(articles);
    press(&mut harness, Modifiers::COMMAND | Modifiers::SHIFT, Key::L);
    assert!(harness.state().state().sheets.contains(&Sheet::Suggestions));
    harness
}

#[test]
fn the_list_goes_over_all_articles_and_is_filtered_by_words_and_category() {
    let mut harness = list_of(&EXCHANGE);
    let all = pending(harness.state().session());
    assert!(all >= 3);
    assert_eq!(rows(&harness).len(), all);
    harness.get_by_label("Filter suggestions").focus();
    harness.run();
    harness.get_by_label("Filter suggestions").type_text("servicemen");
    harness.run();
    assert_eq!(rows(&harness).len(), 1, "{:?}", rows(&harness));
    harness.get_by_label(&format!("1 of {all}"));
    harness.get_by_label("Clear").click();
    harness.run();
    assert_eq!(rows(&harness).len(), all);
    harness.get_by_label("Sort by count").click();
    harness.run();
    assert!(rows(&harness)[0].contains("38"), "{:?}", rows(&harness));
    harness.get_by_label("Sort by count").click();
    harness.run();
    assert!(rows(&harness)[0].contains("1,000"), "{:?}", rows(&harness));
}

#[test]
fn marked_suggestions_are_accepted_in_one_step_and_come_back_with_one_undo() {
    let mut harness = list_of(&EXCHANGE);
    let all = pending(harness.state().session());
    press(&mut harness, NONE, Key::Space);
    press(&mut harness, NONE, Key::ArrowDown);
    press(&mut harness, NONE, Key::Space);
    harness.get_by_label_contains("2 marked");
    press(&mut harness, NONE, Key::Enter);
    assert_eq!((claims(harness.state().session()), pending(harness.state().session())), (2, all - 2));
    assert_eq!(harness.state().session().undo_label(), Some("accept 2 suggestions"));
    press(&mut harness, Modifiers::COMMAND, Key::Z);
    assert_eq!((claims(harness.state().session()), pending(harness.state().session())), (0, all));
}

#[test]
fn all_of_a_filter_are_rejected_and_taken_back_from_the_list_of_the_rejected() {
    let mut harness = list_of(&EXCHANGE);
    let all = pending(harness.state().session());
    press(&mut harness, Modifiers::COMMAND, Key::A);
    press(&mut harness, NONE, Key::Backspace);
    assert_eq!((rejected(harness.state().session()), pending(harness.state().session())), (all, 0));
    harness.get_by_label("Nothing waits to be decided.");
    press(&mut harness, NONE, Key::Escape);
    assert!(harness.state().state().sheets.is_empty());
    press(&mut harness, Modifiers::COMMAND, Key::K);
    harness.event(egui::Event::Text("rejected sug".to_owned()));
    harness.run();
    press(&mut harness, NONE, Key::Enter);
    harness.get_by_label("Mark all").click();
    harness.run();
    harness.get_by_label(&format!("Take back {all} of the list")).click();
    harness.run();
    assert_eq!((rejected(harness.state().session()), pending(harness.state().session())), (0, all));
    assert_eq!(harness.state().session().undo_label(), Some(&*format!("restore {all} suggestions")));
}

#[test]
fn shift_marks_a_stretch_and_a_row_is_shown_in_the_text() {
    let mut harness = list_of(&EXCHANGE);
    press(&mut harness, NONE, Key::ArrowDown);
    let shown = harness.state().state().chosen.clone();
    assert!(matches!(shown, Chosen::Suggestion(_)), "the words are shown in the text behind the list");
    press(&mut harness, Modifiers::SHIFT, Key::End);
    let all = pending(harness.state().session());
    harness.get_by_label_contains(&format!("{} marked", all - 1));
    // Letters that mean something in the text mean nothing here.
    press(&mut harness, NONE, Key::A);
    press(&mut harness, NONE, Key::Num1);
    assert_eq!(claims(harness.state().session()), 0);
}

/// What the analyst who made the sample project decided: the claims of that project, by article
/// name, as span and reading of their count.
fn decided_before() -> Vec<(String, tallymark::claim::Claim)> {
    let (_folder, path) = sample_project();
    let mut session = Session::new("anna");
    session.run(Command::OpenProject(path));
    session.settle();
    let workspace = session.workspace();
    let name = |claim: &tallymark::claim::Claim| workspace.articles[&claim.article].name.to_string();
    workspace.claims.values().map(|claim| (name(claim), claim.clone())).collect()
}

/// Five articles, opened and decided as the analyst of the sample project decided them, by keys:
/// what is sure at once, then one after the other what she kept and what she did not, in the order in
/// which Tab brings it. What she read otherwise than it is suggested is accepted to be edited,
/// counted as four keys more: E, the field, its value, Enter. What she tagged without a suggestion is
/// not counted here.
#[test]
fn five_articles_are_decided_with_fewer_than_eighty_keys() {
    let before = decided_before();
    let names = [
        "01-first-exchange-of-the-year.md",
        "02-thursdays-exchange.txt",
        "03-february-exchange.txt",
        "04-september-handover.txt",
        "05-autumn-handover.html",
    ];
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../samples/articles/");
    let texts: Vec<String> =
        names.iter().map(|name| std::fs::read_to_string(format!("{folder}{name}")).expect("a sample")).collect();
    let articles: Vec<(&str, &str)> = names.iter().copied().zip(texts.iter().map(String::as_str)).collect();
    let mut harness = harness_with(&articles);
    let mut keys = 2; // Ctrl+O, and Enter in the dialog with the files chosen.
    let kept = |session: &Session, key: &SuggestionKey| {
        let suggestion = session.suggestion(key)?;
        let name = session.workspace().articles[&key.article].name.to_string();
        let same = |claim: &&tallymark::claim::Claim| {
            claim.reading.count.quantity == suggestion.reading.count.quantity && claim.span().overlaps(suggestion.span)
        };
        before.iter().filter(|(of, _)| *of == name).map(|(_, claim)| claim).find(same).cloned()
    };
    // What is sure is looked over and taken at once, as far as she took it.
    let session = harness.state().session();
    let sure: Vec<SuggestionKey> = (session.workspace().articles.keys())
        .flat_map(|id| session.pending_with_keys(id).map(|(key, found)| (key.clone(), found.grade)).collect::<Vec<_>>())
        .filter_map(|(key, grade)| (grade == Grade::Sure).then_some(key))
        .collect();
    let read_otherwise = |session: &Session, key: &SuggestionKey, claim: &tallymark::claim::Claim| {
        let suggested = &session.suggestion(key).expect("it is suggested").reading;
        let of =
            |reading: &tallymark::claim::Reading| (reading.category.clone(), reading.from.clone(), reading.to.clone());
        of(&claim.reading) != of(suggested)
    };
    // Each of these that she did not keep is deleted: next claim, Delete. One that she read otherwise is
    // corrected: next claim, E, the field, its value, Enter.
    for key in &sure {
        keys += match kept(session, key) {
            None => 2,
            Some(claim) if read_otherwise(session, key, &claim) => 5,
            Some(_) => 0,
        };
    }
    press(&mut harness, Modifiers::SHIFT, Key::A);
    keys += 1;
    let mut steps = 0;
    while harness.state().state().waiting {
        if !matches!(harness.state().state().chosen, Chosen::Suggestion(_)) {
            press(&mut harness, NONE, Key::Tab);
            keys += 1;
        }
        let Chosen::Suggestion(key) = harness.state().state().chosen.clone() else { panic!("Tab chooses the next") };
        let claim = kept(harness.state().session(), &key);
        let otherwise = claim.as_ref().is_some_and(|claim| read_otherwise(harness.state().session(), &key, claim));
        press(&mut harness, NONE, if claim.is_some() { Key::Enter } else { Key::Backspace });
        keys += 1 + if otherwise { 4 } else { 0 };
        steps += 1;
        assert!(steps < 200, "every key decides one");
    }
    assert_eq!(pending(harness.state().session()), 0, "all is decided");
    assert!(claims(harness.state().session()) >= 10);
    println!(
        "{keys} keys for {} claims, {} rejected",
        claims(harness.state().session()),
        rejected(harness.state().session())
    );
    assert!(keys < 80, "{keys} keys");
}

#[test]
fn tab_goes_on_to_the_next_article_where_something_waits() {
    let mut harness = harness_with(&EXCHANGE);
    let first = harness.state().state().article.clone();
    press(&mut harness, NONE, Key::Tab);
    while harness.state().state().article == first {
        press(&mut harness, NONE, Key::Enter);
        press(&mut harness, NONE, Key::Tab);
    }
    assert!(matches!(harness.state().state().chosen, Chosen::Suggestion(_)));
    press(&mut harness, NONE, Key::Backspace);
    assert!(!harness.state().state().waiting);
}
