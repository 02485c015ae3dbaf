//! What the window remembers from one start to the next.

use std::sync::Arc;

use egui::{Key, Modifiers, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use tallymark::project::disk::RealDisk;
use tallymark::project::{Places, Setup};
use tallymark::session::{Command, Environment, Session};
use tallymark::ui::App;
use tallymark::ui::state::{Look, Place};
use tallymark_ui_tests::{EXCHANGE, article, sample_project};

fn window(path: &std::path::Path, settings: &str) -> Harness<'static, App> {
    let mut session = Session::new("anna");
    session.set_ui_settings(settings.to_owned());
    session.run(Command::OpenProject(path.to_owned()));
    session.settle();
    let builder = Harness::builder().with_size(vec2(1280.0, 800.0)).with_step_dt(0.05).with_max_steps(60);
    let mut harness = builder.build_ui_state(|ui, app: &mut App| app.show(ui), App::new(session));
    harness.run();
    harness
}

#[test]
fn a_project_is_shown_where_it_was_left_with_folded_places_and_look() {
    let (_folder, path) = sample_project();
    let mut harness = window(&path, "");
    let long = article(harness.state(), "08-a-year-of-exchanges.md");
    assert_ne!(harness.state().state().article.as_ref(), Some(&long));
    for _ in 0..7 {
        harness.key_press_modifiers(Modifiers::COMMAND, Key::PageDown);
        harness.run();
    }
    assert_eq!(harness.state().state().article.as_ref(), Some(&long));
    harness.key_press_modifiers(Modifiers::COMMAND, Key::I);
    harness.run();
    harness.state_mut().leave();
    let settings = harness.state().session().ui_settings().to_owned();
    harness.state_mut().session_mut().close();
    drop(harness);

    let harness = window(&path, &settings);
    assert_eq!(harness.state().state().article.as_ref(), Some(&long));
    assert!(harness.state().state().folded.contains(&Place::Inspector));
    assert_eq!(harness.state().state().look, Look::System);
    let notices = harness.state().session().notices();
    assert!(!notices.iter().any(|notice| notice.text.starts_with("How the window looked")), "{notices:?}");
}

#[test]
fn settings_of_the_window_that_do_not_read_are_said_and_nothing_else_is_lost() {
    let (_folder, path) = sample_project();
    let harness = window(&path, "(look: mauve");
    let notices = harness.state().session().notices();
    assert!(
        notices.iter().any(|notice| notice.text.starts_with("How the window looked could not be read")),
        "{notices:?}"
    );
    assert!(harness.state().session().workspace().articles.len() >= 5);
}

#[test]
fn the_place_in_the_text_is_kept_once_it_rests_and_not_only_when_the_window_is_closed() {
    let (_folder, path) = sample_project();
    let mut harness = window(&path, "");
    for _ in 0..7 {
        harness.key_press_modifiers(Modifiers::COMMAND, Key::PageDown);
        harness.run();
    }
    let long = article(harness.state(), "08-a-year-of-exchanges.md");
    assert_eq!(harness.state().state().article.as_ref(), Some(&long));
    assert!(!harness.state().session().ui_settings().contains(&*long.0), "not with every step on the way");
    harness.run_steps(40); // two seconds of rest
    let settings = harness.state().session().ui_settings().to_owned();
    assert!(settings.contains(&*long.0), "{settings}");
    drop(harness); // without a word, as a kill would

    let harness = window(&path, &settings);
    assert_eq!(harness.state().state().article.as_ref(), Some(&long));
}

#[test]
fn projects_without_a_name_are_told_apart_on_the_first_page_and_in_the_menu() {
    let folder = tempfile::tempdir().expect("a folder");
    let setup = Setup { disk: Arc::new(RealDisk), places: Places::below(&folder.path().join("user")) };
    let mut session = Session::start(Environment { setup: Some(setup), ..Environment::in_memory() });
    for (name, text) in EXCHANGE {
        session.run(Command::NewProject);
        session.add_articles(&[(name, text.as_bytes())]);
        session.settle();
    }
    session.run(Command::NewProject);
    session.settle();
    let builder = Harness::builder().with_size(vec2(1280.0, 800.0)).with_step_dt(0.05).with_max_steps(60);
    let mut harness = builder.build_ui_state(|ui, app: &mut App| app.show(ui), App::new(session));
    harness.run();
    for title in ["Bodies exchanged", "Handover"] {
        harness.get_by_label_contains(&format!("Open project Untitled, {title}, "));
    }
    harness.get_by_label_contains("Open project Untitled, Handover, ").click();
    harness.run();
    harness.state_mut().session_mut().settle();
    harness.run();
    let names: Vec<_> = harness.state().session().workspace().articles.values().map(|a| a.name.to_string()).collect();
    assert_eq!(names, ["two.txt"]);
}
