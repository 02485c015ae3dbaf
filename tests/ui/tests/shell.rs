//! Flows through the window by accessibility labels and keys, as a user without a mouse and a
//! user with a screen reader have them.

use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use tallymark::claim::Progress;
use tallymark::ui::App;
use tallymark::ui::dialogs::{Answer, Purpose};
use tallymark::ui::state::{Chosen, Look, Place, Sheet};
use tallymark_ui_tests::{EXCHANGE, article, chosen, harness, harness_with};

fn chosen_words(harness: &Harness<'_, App>) -> String {
    let app = harness.state();
    let session = app.session();
    match &app.state().chosen {
        Chosen::Nothing => String::new(),
        Chosen::Claim(id) => session.claim(id).map_or("(gone)".to_owned(), |claim| claim.quote().to_owned()),
        Chosen::Suggestion(key) => {
            let text = &session.article(&key.article).expect("open").text;
            key.span.of(text).to_owned()
        }
    }
}

fn claims(harness: &Harness<'_, App>) -> usize {
    harness.state().session().workspace().claims.len()
}

#[test]
fn the_first_page_offers_what_can_be_opened() {
    let harness = harness_with(&[]);
    for label in ["Open articles…", "Open project…", "Try the sample"] {
        harness.get_by_label(label);
    }
}

#[test]
fn the_sample_opens_and_the_first_article_is_shown() {
    let mut harness = harness_with(&[]);
    harness.get_by_label("Try the sample").click();
    harness.run();
    assert!(harness.state().session().workspace().articles.len() >= 5);
    assert!(harness.state().state().article.is_some());
}

#[test]
fn tab_enter_backspace_decide_one_suggestion_after_the_other_and_undo_takes_it_back() {
    let mut harness = harness_with(&EXCHANGE);
    let first = article(harness.state(), "one.txt");
    assert_eq!(harness.state().state().article.as_ref(), Some(&first));
    harness.key_press(Key::Tab);
    harness.run();
    assert!(chosen_words(&harness).contains("1,000"), "{}", chosen_words(&harness));
    harness.key_press(Key::Enter);
    harness.run();
    assert_eq!(claims(&harness), 1);
    assert!(chosen_words(&harness).contains("38"), "the next is chosen: {}", chosen_words(&harness));
    harness.key_press(Key::Backspace);
    harness.run();
    assert_eq!(harness.state().session().rejected(&first).len(), 1);
    harness.key_press_modifiers(Modifiers::COMMAND, Key::Z);
    harness.run();
    assert_eq!(harness.state().session().rejected(&first).len(), 0);
    assert!(chosen_words(&harness).contains("38"), "undo shows what came back: {}", chosen_words(&harness));
    harness.key_press_modifiers(Modifiers::COMMAND, Key::Z);
    harness.run();
    assert_eq!(claims(&harness), 0);
    assert!(chosen_words(&harness).contains("1,000"), "{}", chosen_words(&harness));
}

#[test]
fn typing_in_the_filter_narrows_the_list_and_accepts_nothing() {
    let mut harness = harness_with(&EXCHANGE);
    harness.key_press(Key::Tab);
    harness.run();
    harness.key_press_modifiers(Modifiers::COMMAND, Key::L);
    harness.run();
    harness.get_by_label("Filter articles").type_text("hand");
    harness.run();
    let rows = harness.query_all_by_role(Role::ListBoxOption).count();
    assert_eq!(rows, 1);
    harness.key_press(Key::A);
    harness.key_press(Key::E);
    harness.run();
    assert_eq!(claims(&harness), 0, "keys belong to the field");
    harness.key_press(Key::Enter);
    harness.run();
    let second = article(harness.state(), "two.txt");
    assert_eq!(harness.state().state().article.as_ref(), Some(&second), "Enter shows the first that is left");
}

#[test]
fn arrows_go_through_the_list_and_control_click_marks() {
    let mut harness = harness_with(&EXCHANGE);
    let (first, second) = (article(harness.state(), "one.txt"), article(harness.state(), "two.txt"));
    harness.key_press_modifiers(Modifiers::SHIFT, Key::F6);
    harness.run();
    assert_eq!(harness.state().state().active, Place::Articles);
    harness.key_press(Key::ArrowDown);
    harness.run();
    assert_eq!(harness.state().state().article.as_ref(), Some(&second));
    harness.key_press(Key::ArrowUp);
    harness.run();
    assert_eq!(harness.state().state().article.as_ref(), Some(&first));
    harness.get_by_label_contains("Handover, ").click_modifiers(Modifiers::COMMAND);
    harness.run();
    assert_eq!(harness.state().state().marked.len(), 2);
    harness.get_by_label_contains("2 marked");
}

#[test]
fn the_palette_finds_actions_and_articles_by_a_few_letters() {
    let mut harness = harness_with(&EXCHANGE);
    harness.key_press_modifiers(Modifiers::COMMAND, Key::K);
    harness.run();
    assert!(harness.state().state().sheets.contains(&Sheet::Palette));
    harness.event(egui::Event::Text("handov".to_owned()));
    harness.run();
    harness.key_press(Key::Enter);
    harness.run();
    let second = article(harness.state(), "two.txt");
    assert_eq!(harness.state().state().article.as_ref(), Some(&second));
    assert!(harness.state().state().sheets.is_empty());

    harness.key_press_modifiers(Modifiers::COMMAND, Key::K);
    harness.run();
    harness.event(egui::Event::Text("look dark".to_owned()));
    harness.run();
    harness.key_press(Key::Enter);
    harness.run();
    assert_eq!(harness.state().state().look, Look::Dark);
    assert!(harness.ctx.global_style().visuals.dark_mode);
}

#[test]
fn f1_lists_the_keys_and_escape_closes_them() {
    let mut harness = harness_with(&EXCHANGE);
    harness.key_press(Key::F1);
    harness.run();
    harness.get_by_label("Reject suggestion");
    harness.get_by_label("Backspace, keys of Reject suggestion");
    harness.key_press(Key::Escape);
    harness.run();
    assert!(harness.state().state().sheets.is_empty());
}

#[test]
fn every_menu_opens_and_its_items_have_names() {
    let mut harness = harness_with(&EXCHANGE);
    for (menu, item) in [
        ("File", "Open articles…"),
        ("File", "Export"),
        ("Edit", "Undo"),
        ("View", "Inspector"),
        ("Claims", "Next suggestion"),
        ("Facts", "Best: lowest"),
        ("Help", "Keyboard shortcuts"),
    ] {
        harness.get_by_role_and_label(Role::Button, menu).click();
        harness.run();
        assert!(harness.query_all_by_label_contains(item).count() >= 1, "{menu}: {item}");
        harness.key_press(Key::Escape);
        harness.run();
    }
}

#[test]
fn every_sheet_opens_in_both_looks_and_has_names() {
    for look in ["look light", "look dark"] {
        let mut harness = harness_with(&EXCHANGE);
        harness.key_press_modifiers(Modifiers::COMMAND, Key::K);
        harness.run();
        harness.event(egui::Event::Text(look.to_owned()));
        harness.run();
        harness.key_press(Key::Enter);
        harness.run();
        for (modifiers, key, sheet) in [
            (Modifiers::COMMAND, Key::Comma, Sheet::Settings),
            (Modifiers::COMMAND | Modifiers::SHIFT, Key::N, Sheet::Paste),
            (Modifiers::COMMAND | Modifiers::SHIFT, Key::H, Sheet::History),
            (Modifiers::NONE, Key::F1, Sheet::Shortcuts),
            (Modifiers::NONE, Key::M, Sheet::Metadata),
        ] {
            harness.key_press_modifiers(modifiers, key);
            harness.run();
            assert!(harness.state().state().sheets.contains(&sheet), "{sheet:?}");
            harness.key_press(Key::Escape);
            harness.run();
            harness.key_press(Key::Escape);
            harness.run();
            assert!(harness.state().state().sheets.is_empty(), "{sheet:?} closes");
        }
    }
}

#[test]
fn a_dialog_that_the_system_lacks_is_replaced_by_a_field() {
    let mut harness = harness(&EXCHANGE, [Answer::Unavailable(Purpose::Project), Answer::Cancelled]);
    harness.key_press_modifiers(Modifiers::COMMAND | Modifiers::ALT, Key::O);
    harness.run();
    harness.get_by_label("Path").type_text("/nowhere/at/all");
    harness.run();
    harness.get_by_label("Cancel").click();
    harness.run();
    assert!(harness.query_by_label("Path").is_none());
    harness.key_press_modifiers(Modifiers::COMMAND, Key::O);
    harness.run();
    assert_eq!(harness.state().session().workspace().articles.len(), 2, "cancelled: nothing has changed");
}

#[test]
fn f6_goes_through_the_places_past_those_that_are_folded_away() {
    let mut harness = harness_with(&EXCHANGE);
    let mut seen = Vec::new();
    for _ in 0..4 {
        harness.key_press(Key::F6);
        harness.run();
        seen.push(harness.state().state().active);
    }
    assert_eq!(seen, [Place::Inspector, Place::Reconciliation, Place::Articles, Place::Reader]);
    harness.key_press_modifiers(Modifiers::COMMAND, Key::I);
    harness.run();
    assert!(harness.query_by_label("Claim").is_none());
    harness.key_press(Key::F6);
    harness.run();
    assert_eq!(harness.state().state().active, Place::Reconciliation);
}

#[test]
fn an_article_is_marked_as_read_and_back() {
    let mut harness = harness_with(&EXCHANGE);
    let first = article(harness.state(), "one.txt");
    let progress = |harness: &Harness<'_, App>| harness.state().session().workspace().articles[&first].progress;
    harness.key_press(Key::D);
    harness.run();
    assert_eq!(progress(&harness), Progress::Done);
    harness.get_by_label_contains("to decide, read");
    harness.key_press(Key::D);
    harness.run();
    assert_eq!(progress(&harness), Progress::InProgress);
}

#[test]
fn at_rest_nothing_is_drawn_anew() {
    let mut harness = harness_with(&EXCHANGE);
    harness.key_press(Key::Tab);
    harness.run();
    harness.run_steps(60);
    assert!(!harness.ctx.has_requested_repaint(), "{:?}", harness.ctx.repaint_causes());
    harness.key_press_modifiers(Modifiers::COMMAND, Key::L);
    harness.run();
    harness.run_steps(60);
    assert!(!harness.ctx.has_requested_repaint(), "while a field has the keyboard: {:?}", harness.ctx.repaint_causes());
}

#[test]
fn chosen_files_are_given_to_the_session() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("three.txt");
    std::fs::write(&path, "Exchange\n\nThe bodies of 12 soldiers were returned.\n").expect("written");
    let path = path.to_string_lossy().into_owned();
    let mut harness = harness(&EXCHANGE, [chosen(Purpose::Articles, &[&path])]);
    harness.key_press_modifiers(Modifiers::COMMAND, Key::O);
    harness.run();
    for _ in 0..200 {
        if harness.state().session().workspace().articles.len() == 3 {
            break;
        }
        std::thread::sleep(std::time::Duration::from_millis(10));
        harness.step();
    }
    assert_eq!(harness.state().session().workspace().articles.len(), 3);
}

#[test]
fn keys_can_be_changed_and_given_back() {
    let mut harness = harness_with(&EXCHANGE);
    harness.key_press(Key::F1);
    harness.run();
    harness.get_by_label("Tab, keys of Next suggestion").click();
    harness.run();
    harness.key_press(Key::A);
    harness.run();
    harness.get_by_label_contains("is taken by “Accept all sure");
    harness.get_by_label("Tab, keys of Next suggestion").click();
    harness.run();
    harness.key_press(Key::Y);
    harness.run();
    harness.get_by_label("Y, keys of Next suggestion");
    harness.key_press(Key::Escape);
    harness.run();
    harness.key_press(Key::Y);
    harness.run();
    assert!(chosen_words(&harness).contains("1,000"), "{}", chosen_words(&harness));
    harness.key_press(Key::F1);
    harness.run();
    harness.get_by_label("Reset keys of Next suggestion").click();
    harness.run();
    harness.get_by_label("Tab, keys of Next suggestion");
}

#[test]
fn a_view_of_the_facts_is_copied_and_saved_as_a_picture() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("facts.svg");
    let mut harness = harness(&EXCHANGE, [chosen(Purpose::Picture, &[&path.to_string_lossy()])]);
    harness.get_by_label("Copy view as table").click();
    let copied = (0..6).find_map(|_| {
        harness.step();
        let text = |command: &egui::OutputCommand| match command {
            egui::OutputCommand::CopyText(text) => Some(text.clone()),
            _ => None,
        };
        harness.output().platform_output.commands.iter().find_map(text)
    });
    let copied = copied.expect("something was copied");
    assert!(copied.starts_with("Fact\tWhat\tFrom") && copied.contains("\tRussia\tUkraine\t"), "{copied}");
    harness.run();
    harness.get_by_label_contains("copied as a table");
    harness.get_by_label("Save view as picture…").click();
    harness.run();
    for _ in 0..200 {
        if path.exists() {
            break;
        }
        std::thread::sleep(std::time::Duration::from_millis(10));
        harness.step();
    }
    let svg = std::fs::read_to_string(&path).expect("the picture was written");
    assert!(svg.contains("1,000") && svg.contains("bodies to Ukraine"), "{svg}");
}

#[test]
fn sources_are_ranked_in_a_hierarchy() {
    let mut harness = harness_with(&EXCHANGE);
    harness.get_by_label("Facts").click();
    harness.run();
    harness.get_by_label_contains("Source hierarchy…").click();
    harness.run();
    harness.get_by_label_contains("Rank ").click();
    harness.run();
    assert_eq!(harness.state().session().ranked_sources().len(), 1);
    harness.get_by_label_contains("Rank no more ").click();
    harness.run();
    assert!(harness.state().session().ranked_sources().is_empty());
    harness.get_by_label("Use it").click();
    harness.run();
    assert!(harness.query_by_label("The rule is not in use.").is_none());
}

/// From the smallest window at 200 % to a 4K screen: the text keeps its room, and every place is reached.
#[test]
fn the_text_has_room_from_a_small_window_at_200_percent_to_4k() {
    use egui_kittest::kittest::NodeT as _;
    for (width, height, zoom) in
        [(1024.0, 640.0, 1.0), (1024.0, 640.0, 2.0), (1280.0, 800.0, 1.5), (3840.0, 2160.0, 1.0), (3840.0, 2160.0, 2.0)]
    {
        let mut harness = harness_with(&EXCHANGE);
        // In points of a zoomed window there is less of it.
        harness.set_size(egui::vec2(width / zoom, height / zoom));
        harness.run();
        let screen = harness.ctx.content_rect();
        let mut seen = std::collections::BTreeSet::new();
        for _ in 0..8 {
            let text = harness.get_by_role(Role::Document);
            assert!(screen.expand(0.5).contains_rect(text.rect()), "{width} × {height} at {zoom}: {:?}", text.rect());
            let active = harness.state().state().active;
            let least = if active == Place::Reader { 280.0 } else { 100.0 };
            assert!(text.rect().width() >= least, "{width} × {height} at {zoom}, {active:?}: {:?}", text.rect());
            assert!(text.rect().height() >= 100.0, "{width} × {height} at {zoom}, {active:?}: {:?}", text.rect());
            assert!(text.accesskit_node().data().label().is_some());
            harness.key_press(Key::F6);
            harness.run();
            seen.insert(harness.state().state().active);
        }
        assert_eq!(seen.len(), 4, "{width} × {height} at {zoom}: {seen:?}");
    }
}
