//! The codebook in the window: what is changed there is carried to the claims, in one step.

use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use tallymark::claim::Grade;
use tallymark::session::Command;
use tallymark::ui::App;
use tallymark::ui::state::Sheet;
use tallymark_ui_tests::{EXCHANGE, harness_with};

/// The window with claims, and its codebook open.
fn codebook() -> Harness<'static, App> {
    let mut harness = harness_with(&EXCHANGE);
    harness.state_mut().session_mut().run(Command::AcceptAll { article: None, at_least: Grade::Check });
    harness.run();
    harness.key_press_modifiers(Modifiers::COMMAND | Modifiers::SHIFT, Key::K);
    harness.run();
    assert!(harness.state().state().sheets.contains(&Sheet::Codebook));
    harness
}

fn set(harness: &mut Harness<'_, App>, field: &str, text: &str) {
    harness.get_by_role_and_label(Role::TextInput, field).focus();
    harness.run();
    harness.key_press_modifiers(Modifiers::COMMAND, Key::A);
    harness.run();
    harness.event(egui::Event::Text(text.to_owned()));
    harness.run();
}

fn categories(harness: &Harness<'_, App>) -> Vec<String> {
    let claims = harness.state().session().workspace().claims.values();
    claims.map(|claim| claim.reading.category.to_string()).collect()
}

#[test]
fn a_category_is_renamed_with_its_claims_in_one_undo() {
    let mut harness = codebook();
    let claims = categories(&harness).len();
    let revisions = |harness: &Harness<'_, App>| {
        let claims = harness.state().session().workspace().claims.values();
        claims.map(|claim| claim.codebook_revision).collect::<Vec<_>>()
    };
    let made_under = revisions(&harness);
    harness.get_by_label(&format!("Bodies, {claims} claims")).click();
    harness.run();
    set(&mut harness, "Label", "Remains");
    set(&mut harness, "Id", "remains");
    harness.get_by_label_contains(&format!("{claims} claims are carried along"));
    harness.get_by_label("Save").click();
    harness.run();
    let notices = harness.state().session().notices();
    assert!(categories(&harness).iter().all(|id| id == "remains"), "{:?}, {notices:?}", categories(&harness));
    assert_eq!(revisions(&harness), made_under, "each claim keeps the revision that it was made under");
    assert!(harness.state().session().codebook().revision > made_under[0]);
    harness.get_by_label(&format!("Remains, {claims} claims"));
    harness.state_mut().session_mut().run(Command::Undo);
    harness.run();
    assert!(categories(&harness).iter().all(|id| id == "bodies"));
}

#[test]
fn a_category_is_added_with_colour_and_digit_and_retired_again() {
    let mut harness = codebook();
    harness.get_by_label("Add category…").click();
    harness.run();
    set(&mut harness, "Label", "Aid workers");
    harness.get_by_label("Colour aboard").click();
    harness.run();
    harness.get_by_label("Add").click();
    harness.run();
    let category = harness.state().session().codebook().category("aid-workers").cloned().expect("it is added");
    assert_eq!((&*category.label, &*category.colour), ("Aid workers", "aboard"));
    harness.get_by_label("Retire").click();
    harness.run();
    assert!(harness.state().session().codebook().category("aid-workers").expect("kept").retired);
    harness.get_by_label("Aid workers, 0 claims, retired");
    harness.get_by_label("Bring back").click();
    harness.run();
    assert!(!harness.state().session().codebook().category("aid-workers").expect("kept").retired);
    harness.get_by_label("Remove Aid workers").click();
    harness.run();
    assert!(harness.state().session().codebook().category("aid-workers").is_none());
}

#[test]
fn a_taken_id_is_refused_in_words_and_two_categories_are_merged() {
    let mut harness = codebook();
    let claims = categories(&harness).len();
    harness.get_by_label(&format!("Bodies, {claims} claims")).click();
    harness.run();
    set(&mut harness, "Id", "killed");
    harness.get_by_label_contains("Another category has this id");
    set(&mut harness, "Id", "bodies");
    harness.get_by_label("Merge into…").click();
    harness.run();
    harness.get_by_label("Merge Bodies into Killed").click();
    harness.run();
    assert!(categories(&harness).iter().all(|id| id == "killed"));
    assert!(harness.state().session().codebook().category("bodies").expect("kept").retired);
    harness.state_mut().session_mut().run(Command::Undo);
    harness.run();
    assert!(!harness.state().session().codebook().category("bodies").expect("kept").retired);
    assert!(categories(&harness).iter().all(|id| id == "bodies"));
}

#[test]
fn a_party_that_claims_name_is_renamed_and_keeps_its_name_as_an_alias() {
    let mut harness = codebook();
    harness.get_by_label("Parties").click();
    harness.run();
    let claims = harness.state().session().workspace().claims.len();
    harness.get_by_label(&format!("Ukraine, {claims} claims, in claims")).click();
    harness.run();
    set(&mut harness, "Name", "Ruritania");
    harness.get_by_label("Add").click();
    harness.run();
    let parties = &harness.state().session().codebook().parties;
    assert_eq!((&*parties[0].name, parties[0].aliases.as_slice()), ("Ruritania", &["Ukraine".into()][..]));
    let claims = harness.state().session().workspace().claims.values();
    let mut names = claims.flat_map(|claim| [claim.reading.from.clone(), claim.reading.to.clone()]).flatten();
    assert!(names.all(|name| &*name != "Ukraine"));
}

#[test]
fn guidelines_are_written_and_read_beside_the_categories() {
    let mut harness = codebook();
    harness.get_by_role_and_label(Role::MultilineTextInput, "Guideline").focus();
    harness.run();
    harness.key_press_modifiers(Modifiers::COMMAND, Key::A);
    harness.run();
    harness.event(egui::Event::Text("Counts **remains** too.".to_owned()));
    harness.run();
    harness.get_by_label("Save").click();
    harness.run();
    assert_eq!(harness.state().session().codebook().categories[0].guideline, "Counts **remains** too.");
    harness.get_by_label("Read the guideline").click();
    harness.run();
    harness.get_by_label("Counts remains too.");
}
