//! The reconciliation in the window: facts as of a day, rulings, and every view taken along.

use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use tallymark::claim::{Basis, DateWindow, RulingOp};
use tallymark::formats::views::View as Tab;
use tallymark::session::Command;
use tallymark::ui::App;
use tallymark::ui::dialogs::{Answer, Purpose};
use tallymark_ui_tests::{EXCHANGE, article, chosen, harness, harness_with};

const ROUNDS: [(&str, &str); 3] = [
    (
        "a.txt",
        "First round\n\nRussia handed over the bodies of 1,000 soldiers to Ukraine on 29 January 2026, Kyiv said.\n",
    ),
    (
        "b.txt",
        "Second round\n\nRussia handed over the bodies of 500 soldiers to Ukraine on 20 February 2026, Kyiv said.\n",
    ),
    (
        "c.txt",
        "Correction\n\nRussia handed over the bodies of 1,003 soldiers to Ukraine on 29 January 2026, Moscow said.\n",
    ),
];

/// A window on three articles, the first two with a date of publication.
fn rounds(answers: impl IntoIterator<Item = Answer>) -> Harness<'static, App> {
    let mut harness = harness(&ROUNDS, answers);
    for (name, day) in [("a.txt", "2026-01-30"), ("b.txt", "2026-02-21")] {
        let article = article(harness.state(), name);
        let published = DateWindow::parse(day, Basis::Analyst);
        let command = Command::SetMetadata { articles: vec![article], outlet: None, title: None, url: None, published };
        harness.state_mut().session_mut().run(command);
    }
    settle(&mut harness);
    harness
}

fn settle(harness: &mut Harness<'_, App>) {
    harness.state_mut().session_mut().settle();
    harness.run();
}

fn open(harness: &mut Harness<'_, App>, tab: &str) {
    let found = harness
        .get_all_by_role(Role::Tab)
        .find(|node| node.accesskit_node().label().is_some_and(|label| label.split(' ').next() == Some(tab)));
    found.unwrap_or_else(|| panic!("there is a tab {tab}")).click();
    harness.run();
}

/// The rows of the facts table, as they are read out.
fn rows(harness: &Harness<'_, App>) -> Vec<String> {
    let rows = harness.query_all_by_role(Role::Row).filter_map(|row| row.accesskit_node().label());
    rows.filter(|row| row.contains("bodies")).collect()
}

/// What is copied within a few frames.
fn copied(harness: &mut Harness<'_, App>) -> String {
    let text = |command: &egui::OutputCommand| match command {
        egui::OutputCommand::CopyText(text) => Some(text.clone()),
        _ => None,
    };
    let found = (0..6).find_map(|_| {
        harness.step();
        harness.output().platform_output.commands.iter().find_map(text)
    });
    found.expect("something was copied")
}

#[test]
fn the_slider_shows_the_facts_as_of_a_day_and_everything_taken_along_says_so() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("facts.svg");
    let mut harness = rounds([chosen(Purpose::Picture, &[&path.to_string_lossy()])]);
    assert_eq!(rows(&harness).len(), 2, "{:?}", rows(&harness));
    assert!(harness.query_by_label("As of").is_none(), "it is where time is");
    open(&mut harness, "Timeline");
    let slider = harness.get_by_role_and_label(Role::Slider, "As of");
    assert_eq!(slider.accesskit_node().value().as_deref(), Some("everything"));
    slider.focus();
    harness.run();
    harness.key_press(Key::ArrowLeft);
    settle(&mut harness);
    harness.get_by_label("as of 21 Feb 2026");
    harness.get_by_label_contains("2 of 3 articles were out by then; 1 without a date left out");
    harness.key_press(Key::ArrowLeft);
    settle(&mut harness);
    let slider = harness.get_by_role_and_label(Role::Slider, "As of");
    assert_eq!(slider.accesskit_node().value().as_deref(), Some("30 Jan 2026"));
    harness.get_by_label_contains("1 of 3 articles were out by then");

    open(&mut harness, "Facts");
    let [row] = &rows(&harness)[..] else { panic!("{:?}", rows(&harness)) };
    assert!(row.contains("1,000, single origin"), "what came out later is no part of it: {row}");
    harness.get_by_label("as of 30 Jan 2026");
    harness.get_by_label("Copy view as table").click();
    let table = copied(&mut harness);
    assert!(table.contains("\tAs of\n") && table.contains("\t2026-01-30\n"), "{table}");
    harness.run();
    harness.get_by_label("Save view as picture…").click();
    harness.run();
    settle(&mut harness);
    let svg = std::fs::read_to_string(&path).expect("the picture was written");
    assert!(svg.contains("As of 30 Jan 2026"), "{svg}");

    harness.get_by_label("Show everything").click();
    harness.run();
    assert_eq!(rows(&harness).len(), 2);
    assert!(harness.query_by_label("as of 30 Jan 2026").is_none());
}

#[test]
fn an_export_as_of_a_day_has_only_what_was_out_and_says_so() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("facts.json");
    let mut harness = rounds([]);
    let session = harness.state_mut().session_mut();
    session.run(Command::AcceptAll { article: None, at_least: tallymark::claim::Grade::Check });
    session.run(Command::ShowAsOf("2026-02-01".parse().ok()));
    session.run(Command::Export { format: "facts".into(), path: path.clone() });
    settle(&mut harness);
    let json = std::fs::read_to_string(&path).expect("it was written");
    assert!(json.contains("as of 2026-02-01") && json.contains("a.txt") && !json.contains("b.txt"), "{json}");
    harness.get_by_label_contains("as of 1 Feb 2026 was written");
}

#[test]
fn a_ruling_is_listed_with_its_reason_and_revoked_by_name() {
    let mut harness = rounds([]);
    let session = harness.state_mut().session_mut();
    let claim = session.reconciliation().facts[0].members[0].claim.clone();
    let before = session.reconciliation().labelled();
    session.run(Command::Rule { op: RulingOp::Exclude { claim }, reason: "counted elsewhere".to_owned() });
    harness.run();
    open(&mut harness, "Rulings");
    harness.get_by_label_contains("counted elsewhere");
    harness.get_by_label_contains("Revoke exclude").click();
    harness.run();
    let session = harness.state().session();
    assert!(session.workspace().rulings.is_empty());
    assert_eq!(session.reconciliation().labelled(), before, "the facts are as they were");
    harness.get_by_label_contains("is listed here with its reason");
}

#[test]
fn the_source_hierarchy_decides_what_is_best() {
    let mut harness = rounds([]);
    let best = |harness: &Harness<'_, App>| {
        let facts = &harness.state().session().reconciliation().facts;
        facts.iter().find(|fact| fact.members.len() == 2).expect("two give a figure for one day").best
    };
    assert_eq!(best(&harness), Some(1000), "a tie goes to the lower");
    harness.get_by_label("Facts").click();
    harness.run();
    harness.get_by_label_contains("Source hierarchy…").click();
    harness.run();
    harness.get_by_label("Filter sources").type_text("mosc");
    harness.run();
    let rank = harness
        .get_all_by_role(Role::Button)
        .find(|node| node.accesskit_node().label().is_some_and(|label| label.starts_with("Rank ")));
    rank.expect("the source is there").click();
    harness.run();
    harness.get_by_label("Use it").click();
    settle(&mut harness);
    assert_eq!(best(&harness), Some(1003), "the one that is ranked is believed");
    harness.get_by_label_contains("Rank no more ").click();
    settle(&mut harness);
    assert_eq!(best(&harness), Some(1000));
}

#[test]
fn every_view_is_copied_and_those_that_are_pictures_are_saved() {
    let folder = tempfile::tempdir().expect("a folder");
    let paths: Vec<_> = ["facts.svg", "timeline.svg"].map(|name| folder.path().join(name)).into();
    let answers: Vec<Answer> = paths.iter().map(|path| chosen(Purpose::Picture, &[&path.to_string_lossy()])).collect();
    let mut harness = rounds(answers);
    let session = harness.state_mut().session_mut();
    let claim = session.reconciliation().facts[0].members[0].claim.clone();
    session.run(Command::Rule { op: RulingOp::Exclude { claim }, reason: "counted elsewhere".to_owned() });
    harness.run();
    let mut saved = paths.iter();
    for tab in Tab::ALL {
        open(&mut harness, tab.label());
        harness.get_by_label("Copy view as table").click();
        let table = copied(&mut harness);
        let header = table.lines().next().unwrap_or_default().to_owned();
        let expected = match tab {
            Tab::Facts | Tab::Timeline => "Fact\tWhat\t",
            Tab::Matrix => "Fact\t",
            Tab::Sums => "Total\t",
            Tab::Unplaced => "Article\tWords\t",
            Tab::Undated => "Article\tPublished\t",
            Tab::Rulings => "Ruling\t",
        };
        assert!(header.starts_with(expected), "{tab:?}: {header}");
        assert!(tab != Tab::Rulings || table.contains("counted elsewhere"), "{table}");
        assert!(!table.contains('\u{FDD0}'), "facts have labels: {table}");
        harness.run();
        let picture = !harness.get_by_label("Save view as picture…").accesskit_node().is_disabled();
        assert_eq!(picture, tab.is_picture(), "{tab:?}");
        if picture {
            harness.get_by_label("Save view as picture…").click();
            harness.run();
            settle(&mut harness);
            let path = saved.next().expect("as many as pictures");
            let svg = std::fs::read_to_string(path).expect("the picture was written");
            assert!(svg.starts_with("<svg") && svg.contains("bodies to Ukraine"), "{tab:?}: {svg}");
        }
    }
}

#[test]
fn what_a_rule_for_best_would_change_is_said_before_it_is_chosen() {
    let mut harness = rounds([]);
    harness.get_by_label("Rule for best").click();
    settle(&mut harness);
    harness.get_by_label_contains("highest  ·  1 figure changes");
    harness.get_by_label("lowest");
    drop(harness);
    let mut harness = harness_with(&EXCHANGE);
    harness.get_by_label("Rule for best").click();
    settle(&mut harness);
    harness.get_by_label("highest");
}

fn press(harness: &mut Harness<'_, App>, modifiers: Modifiers, key: Key) {
    harness.key_press_modifiers(modifiers, key);
    harness.run();
}

#[test]
fn two_facts_are_made_one_by_the_palette() {
    let mut harness = rounds([]);
    assert_eq!(rows(&harness).len(), 2);
    press(&mut harness, Modifiers::NONE, Key::Tab); // a suggestion: its fact is meant
    press(&mut harness, Modifiers::COMMAND, Key::K);
    harness.event(egui::Event::Text("merge the fact".to_owned()));
    harness.run();
    press(&mut harness, Modifiers::NONE, Key::Enter);
    harness.get_by_label_contains("Choose the fact that it is one with");
    harness.get_by_label("Fact to merge with").click();
    harness.run();
    let other = harness.query_all_by_role(Role::Button).find(|node| {
        node.accesskit_node().label().is_some_and(|label| label.starts_with('F') && label.contains("odies"))
    });
    other.expect("the other fact is offered").click();
    harness.run();
    harness.get_by_label("Reason for the ruling").focus();
    harness.run();
    harness.event(egui::Event::Text("one handover, told twice".to_owned()));
    settle(&mut harness);
    press(&mut harness, Modifiers::NONE, Key::Enter);
    settle(&mut harness);
    assert_eq!(rows(&harness).len(), 1, "{:?}", rows(&harness));
    let rulings = &harness.state().session().workspace().rulings;
    assert!(rulings.values().any(|ruling| matches!(ruling.op, RulingOp::Merge { .. })));
}

#[test]
fn reasons_have_one_stop_each_of_a_claim_and_of_a_fact() {
    let mut harness = rounds([]);
    press(&mut harness, Modifiers::NONE, Key::Tab);
    let mut stops: Vec<String> = Vec::new();
    loop {
        press(&mut harness, Modifiers::COMMAND, Key::E);
        let shown = harness.state().state().reason.clone().expect("a reason is shown");
        harness.get_by_label(&shown.words);
        if stops.contains(&shown.words) {
            break;
        }
        stops.push(shown.words);
    }
    let count = stops.len();
    assert!(count >= 4, "{stops:?}");
    assert_eq!(stops[0], format!("Reason 1 of {count}, count: “1,000”"));
    assert!(stops.iter().any(|stop| stop.contains(", giver: “Russia”")), "{stops:?}");
    // Whatever else is done ends it.
    press(&mut harness, Modifiers::NONE, Key::Tab);
    assert_eq!(harness.state().state().reason, None);

    // Of a fact that has the keyboard: each of its claims, wherever it stands.
    harness.state_mut().session_mut().run(Command::CountSuggestions(true));
    settle(&mut harness);
    while harness.state().state().active != tallymark::ui::state::Place::Reconciliation {
        press(&mut harness, Modifiers::NONE, Key::F6);
    }
    press(&mut harness, Modifiers::COMMAND, Key::E);
    let first = harness.state().state().clone();
    let words = first.reason.expect("a reason is shown").words;
    assert!(words.starts_with("Reason 1 of 2, ") && words.contains("1,000"), "{words}");
    press(&mut harness, Modifiers::COMMAND, Key::E);
    let second = harness.state().state().clone();
    let words = second.reason.expect("a reason is shown").words;
    assert!(words.starts_with("Reason 2 of 2, ") && words.contains("1,003"), "{words}");
    assert_ne!(first.article, second.article, "its article is shown");
    assert_eq!(second.active, tallymark::ui::state::Place::Reconciliation, "the keyboard stays");
}
