//! The window for those who listen to it: what the accessibility tree says.

use egui::accesskit::{Live, Role};
use egui::{Event, Key, Modifiers};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use tallymark_ui_tests::{EXCHANGE, harness_with};

#[test]
fn the_text_is_a_document_with_its_selection_and_its_marks_by_name() {
    let mut harness = harness_with(&EXCHANGE);
    let text = |harness: &egui_kittest::Harness<'_, tallymark::ui::App>| {
        let document = harness.get_by_role(Role::Document);
        assert!(document.accesskit_node().data().label().is_some_and(|name| name.starts_with("Article: ")));
        let runs = document.children_recursive().filter(|node| node.accesskit_node().role() == Role::TextRun);
        runs.filter_map(|run| run.accesskit_node().data().value().map(str::to_owned)).collect::<String>()
    };
    assert!(text(&harness).contains("the bodies of 1,000 Ukrainian soldiers on Thursday."), "{}", text(&harness));
    harness.get_by_role(Role::Document).focus();
    harness.run();
    harness.key_press_modifiers(Modifiers::COMMAND, Key::Home);
    harness.run();
    harness.key_press_modifiers(Modifiers::COMMAND | Modifiers::SHIFT, Key::ArrowRight);
    harness.run();
    let document = harness.get_by_role(Role::Document);
    let selection = document.accesskit_node().data().text_selection().copied().expect("a selection is told");
    assert_ne!(selection.anchor, selection.focus);
    // Marks are buttons: what they are, how they are read, the words.
    let mark = harness.query_all_by_label_contains("suggestion: bodies, 1,000, ").next().expect("a mark");
    assert_eq!(mark.accesskit_node().role(), Role::Button);
    mark.click_accesskit();
    harness.run();
    harness.key_press(Key::Escape);
    harness.run();
    harness
        .query_all_by_label_contains("suggestion: bodies, 1,000, ")
        .next()
        .expect("it is still there")
        .click_accesskit();
    harness.run();
    harness.key_press(Key::Enter);
    harness.run();
    assert!(harness.query_all_by_label_contains("claim: bodies, 1,000, ").next().is_some());
}

#[test]
fn what_happens_is_announced() {
    let mut harness = harness_with(&EXCHANGE);
    harness.state_mut().session_mut().say("Something was copied.".to_owned());
    harness.run();
    let notice = harness.get_by_label("Something was copied.");
    assert_eq!(notice.accesskit_node().data().live(), Some(Live::Polite));
    harness.key_press_modifiers(Modifiers::COMMAND, Key::F);
    harness.run();
    harness.event(Event::Text("bodies".to_owned()));
    harness.run();
    let count = harness.query_all_by_label_contains(" of 3").next().expect("how many were found");
    assert_eq!(count.accesskit_node().data().live(), Some(Live::Polite));
}

#[test]
fn every_control_that_can_be_pressed_has_a_name() {
    let mut harness = harness_with(&EXCHANGE);
    harness.key_press(Key::Tab);
    harness.run();
    for sheet in ["", "suggestions of all", "codebook", "settings", "keyboard short", "words of this", "history"] {
        if !sheet.is_empty() {
            harness.key_press_modifiers(Modifiers::COMMAND, Key::K);
            harness.run();
            harness.event(Event::Text(sheet.to_owned()));
            harness.run();
            harness.key_press(Key::Enter);
            harness.run();
        }
        for role in
            [Role::Button, Role::CheckBox, Role::ComboBox, Role::TextInput, Role::ListBoxOption, Role::RadioButton]
        {
            for node in harness.query_all_by_role(role) {
                let named = node.accesskit_node().label().is_some_and(|label| !label.trim().is_empty());
                assert!(named, "{sheet}: a {role:?} at {:?} has no name", node.rect());
            }
        }
        harness.key_press(Key::Escape);
        harness.run();
        harness.key_press(Key::Escape);
        harness.run();
        harness.key_press(Key::Tab);
        harness.run();
    }
}

#[test]
fn the_suggestions_of_all_articles_are_a_table_with_headings_rows_and_cells() {
    let mut harness = harness_with(&EXCHANGE);
    harness.key_press_modifiers(Modifiers::COMMAND, Key::K);
    harness.run();
    harness.event(Event::Text("suggestions of all".to_owned()));
    harness.run();
    harness.key_press(Key::Enter);
    harness.run();
    harness.get_by_label("Sort by count").click();
    harness.run();
    let table = harness.get_by_role(Role::Table);
    let node = table.accesskit_node();
    assert_eq!(node.label().as_deref(), Some("Suggestions of all articles"));
    let all = harness.state().session().pending_by_grade().iter().sum::<usize>();
    assert_eq!((node.data().row_count(), node.data().column_count()), (Some(all + 1), Some(6)));
    let named = |parent: &egui_kittest::Node<'_>, role: Role| {
        // Containers without a role of their own stand between.
        let children = parent.children_recursive().filter(move |child| child.accesskit_node().role() == role);
        children.map(|child| child.accesskit_node().label().unwrap_or_default()).collect::<Vec<_>>()
    };
    let rows: Vec<_> = table.children_recursive().filter(|row| row.accesskit_node().role() == Role::Row).collect();
    assert_eq!(rows.len(), all + 1, "a short list is drawn whole");
    assert_eq!(named(&rows[0], Role::ColumnHeader), ["Words", "Count", "Reading", "Grade", "Article"]);
    let sorted = rows[0].children_recursive().filter_map(|header| header.accesskit_node().data().sort_direction());
    assert_eq!(sorted.collect::<Vec<_>>(), [egui::accesskit::SortDirection::Ascending]);
    let mut counts = Vec::new();
    for (place, row) in rows.iter().enumerate().skip(1) {
        assert_eq!(row.accesskit_node().data().row_index(), Some(place));
        let cells = named(row, Role::Cell);
        assert_eq!(cells.len(), 5, "{cells:?}");
        assert_eq!(named(row, Role::CheckBox), [format!("Mark {}", cells[0])]);
        counts.push(cells[1].clone());
    }
    assert_eq!(counts.last().map(|count| &**count), Some("1,000"), "{counts:?}");
}
