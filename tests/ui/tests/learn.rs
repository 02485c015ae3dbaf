//! Flows in which the window learns: words of the project, suggesters of the analyst's own, reasons.

use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use tallymark::claim::{Change, OutsideSuggester, Side, Word};
use tallymark::session::Command;
use tallymark::ui::App;
use tallymark::ui::state::{Chosen, Sheet};
use tallymark_ui_tests::{article, harness_with};

const TEXT: &str = "Wexland handed over the bodies of 40 soldiers to Ukraine on Thursday, the Zorgian Bureau reported.\n\n\
                    Ukraine returned the bodies of 38 soldiers, and Russia received them.\n";

/// The window on the text, the reader having the keyboard, the caret at its beginning.
fn window() -> Harness<'static, App> {
    let mut harness = harness_with(&[("a.txt", TEXT)]);
    harness.get_by_role(Role::Document).focus();
    harness.run();
    harness.key_press_modifiers(Modifiers::COMMAND, Key::Home);
    harness.run();
    harness
}

fn select_first_word(harness: &mut Harness<'_, App>) {
    harness.key_press_modifiers(Modifiers::COMMAND | Modifiers::SHIFT, Key::ArrowRight);
    harness.run();
    let app = harness.state();
    let span = app.state().selection.expect("words are selected");
    assert_eq!(span.of(TEXT), "Wexland");
}

fn settle(harness: &mut Harness<'_, App>) {
    harness.state_mut().session_mut().settle();
    harness.run();
}

fn words(harness: &Harness<'_, App>) -> Vec<Word> {
    harness.state().session().workspace().lexicon.words()
}

#[test]
fn selected_words_become_a_party_by_the_keyboard_alone_and_one_undo_takes_it_back() {
    let mut harness = window();
    let id = article(harness.state(), "a.txt");
    let giver = |harness: &Harness<'_, App>| harness.state().session().pending(&id)[0].reading.from.clone();
    let before = giver(&harness);
    assert_ne!(before.as_deref(), Some("Wexland"));
    select_first_word(&mut harness);
    harness.key_press_modifiers(Modifiers::SHIFT, Key::P);
    harness.run();
    assert!(harness.state().state().sheets.contains(&Sheet::Word));
    harness.get_by_label_contains("stands once in this article");
    harness.key_press(Key::Enter);
    harness.run();
    settle(&mut harness);
    assert!(!harness.state().state().sheets.contains(&Sheet::Word), "the form is closed");
    let [Word::Party(party)] = &words(&harness)[..] else { panic!("{:?}", words(&harness)) };
    assert_eq!(&*party.name, "Wexland");
    assert_eq!(giver(&harness).as_deref(), Some("Wexland"), "the suggestions have followed");
    harness.key_press_modifiers(Modifiers::COMMAND, Key::Z);
    harness.run();
    settle(&mut harness);
    assert!(words(&harness).is_empty());
    assert_eq!(giver(&harness), before);
}

#[test]
fn the_small_bar_and_the_palette_offer_it_too() {
    let mut harness = window();
    select_first_word(&mut harness);
    harness.get_by_label("Learn").click();
    harness.run();
    harness.get_by_label("Learn as a source").click();
    harness.run();
    assert!(harness.state().state().sheets.contains(&Sheet::Word));
    harness.get_by_label("Side in words").focus();
    harness.run();
    harness.get_by_label("Side in words").type_text("Ukraine");
    harness.run();
    harness.get_by_label("Add").click();
    harness.run();
    settle(&mut harness);
    let [Word::Source(source)] = &words(&harness)[..] else { panic!("{:?}", words(&harness)) };
    assert_eq!((&*source.name, &source.side), ("Wexland", &Side::Party("Ukraine".into())));
    harness.key_press_modifiers(Modifiers::COMMAND, Key::K);
    harness.run();
    harness.event(egui::Event::Text("not a fig".to_owned()));
    harness.run();
    harness.key_press(Key::Enter);
    harness.run();
    assert!(harness.state().state().sheets.contains(&Sheet::Word));
    harness.get_by_label_contains("is one of these words");
}

#[test]
fn the_words_of_the_project_are_switched_off_changed_and_removed() {
    let mut harness = window();
    let party = tallymark::claim::PartyEntry { name: "Wexland".into(), ..Default::default() };
    harness.state_mut().session_mut().run(Command::ChangeWord(Change::add(Word::Party(party))));
    settle(&mut harness);
    harness.key_press_modifiers(Modifiers::COMMAND | Modifiers::SHIFT, Key::W);
    harness.run();
    harness.get_by_label("Switch off Wexland").click();
    harness.run();
    assert!(words(&harness)[0].is_off());
    harness.get_by_label("Switch on Wexland").click();
    harness.run();
    assert!(!words(&harness)[0].is_off());
    harness.get_by_label("Edit Wexland").click();
    harness.run();
    harness.get_by_role_and_label(Role::TextInput, "Adjectives").focus();
    harness.run();
    harness.get_by_role_and_label(Role::TextInput, "Adjectives").type_text("Wexlandic");
    harness.run();
    harness.get_by_label("Change").click();
    harness.run();
    let [Word::Party(party)] = &words(&harness)[..] else { panic!("{:?}", words(&harness)) };
    assert_eq!(party.adjectives, ["Wexlandic".into()]);
    harness.get_by_label("Remove Wexland").click();
    harness.run();
    assert!(words(&harness).is_empty());
    harness.key_press(Key::Escape);
    harness.run();
    assert!(!harness.state().state().sheets.contains(&Sheet::Words));
}

#[test]
fn every_field_says_why_and_the_words_are_one_key_away() {
    let mut harness = window();
    harness.key_press(Key::Tab);
    harness.run();
    let Chosen::Suggestion(key) = harness.state().state().chosen.clone() else { panic!("none is chosen") };
    let grade = harness.state().session().suggestion(&key).expect("there").grade_in_words();
    harness.get_by_label(&grade);
    harness.get_by_label_contains("no word makes it a plan, a period");
    // The words are no stops on the way from field to field: a click shows them, and keys of their own.
    assert!(harness.query_all_by_label_contains("Show “40”").next().is_some(), "the count's words");
    harness.event(egui::Event::Key {
        key: Key::E,
        physical_key: None,
        pressed: true,
        repeat: false,
        modifiers: Modifiers::COMMAND,
    });
    harness.step();
    let shown = harness.state().state().jump.clone().expect("words are shown");
    let text = &harness.state().session().article(&key.article).expect("open").text;
    assert_eq!(shown.iter().map(|span| span.of(text)).collect::<Vec<_>>(), ["40"], "those of the first field first");
    harness.run();
    assert_eq!(harness.state().session().workspace().claims.len(), 0, "nothing is accepted on the way");
}

#[test]
fn a_rejected_suggestion_is_brought_back_from_the_list() {
    let mut harness = window();
    harness.key_press(Key::Tab);
    harness.run();
    harness.key_press(Key::Backspace);
    harness.run();
    let id = article(harness.state(), "a.txt");
    assert_eq!(harness.state().session().rejected(&id).len(), 1);
    harness.key_press_modifiers(Modifiers::COMMAND, Key::K);
    harness.run();
    harness.event(egui::Event::Text("rejected sug".to_owned()));
    harness.run();
    harness.key_press(Key::Enter);
    harness.run();
    harness.get_by_label("Take back of the list").click();
    harness.run();
    assert_eq!(harness.state().session().rejected(&id).len(), 0);
}

#[test]
fn a_suggester_is_added_and_one_of_the_project_is_asked_for_first() {
    let mut harness = window();
    harness.key_press_modifiers(Modifiers::COMMAND, Key::K);
    harness.run();
    harness.event(egui::Event::Text("suggesters".to_owned()));
    harness.run();
    harness.key_press(Key::Enter);
    harness.run();
    harness.get_by_label("Add suggester…").click();
    harness.run();
    harness.get_by_role_and_label(Role::TextInput, "Name").type_text("mine");
    harness.run();
    harness.get_by_role_and_label(Role::TextInput, "Command").focus();
    harness.run();
    harness.get_by_role_and_label(Role::TextInput, "Command").type_text("no-such-program --here");
    harness.run();
    harness.get_by_label("this project").click();
    harness.run();
    harness.get_by_label("Add").click();
    harness.run();
    let outside = harness.state().session().codebook().conventions.outside.clone();
    let expected = OutsideSuggester {
        name: "mine".into(),
        command: "no-such-program --here".into(),
        seconds: OutsideSuggester::LIMIT,
    };
    assert_eq!(outside, [expected]);
    harness.get_by_label("Run mine").click();
    harness.run();
    assert!(harness.state().session().notices().is_empty(), "nothing has run");
    harness.get_by_label("Do not run").click();
    harness.run();
    harness.get_by_label("Run mine").click();
    harness.run();
    harness.get_by_label("Allow and run").click();
    harness.run();
    settle(&mut harness);
    let notices = harness.state().session().notices();
    assert!(notices[0].text.contains("There is no program “no-such-program”"), "{notices:?}");
}

#[test]
fn an_article_in_another_language_says_so_over_its_text() {
    let text = "Россия передала Украине тела 1000 погибших военнослужащих 29 января 2026 года, сообщили в Киеве.\n";
    let harness = harness_with(&[("a.txt", text)]);
    harness.get_by_label_contains("in Russian: numbers and dates only");
    assert_eq!(harness.state().session().pending_count(&article(harness.state(), "a.txt")), 1);
}
