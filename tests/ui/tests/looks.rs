//! How the window looks in every size: everything keeps its size, lies in the window and over nothing
//! else.

use egui::accesskit::Role;
use egui::{Key, Modifiers, Rect, Vec2, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use tallymark::session::{Command, Session};
use tallymark::ui::App;
use tallymark::ui::state::Sheet;
use tallymark_ui_tests::{EXCHANGE, article, harness_with, sample_project};

/// A window of 1440 by 900 at 100, 150 and 200 %, and the smallest that is meant.
const SIZES: [Vec2; 4] = [vec2(1440.0, 900.0), vec2(960.0, 600.0), vec2(720.0, 450.0), vec2(1024.0, 640.0)];

fn window(session: Session, size: Vec2) -> Harness<'static, App> {
    let builder = Harness::builder().with_size(size).with_step_dt(0.05).with_max_steps(60);
    let mut harness = builder.build_eframe(|_| App::new(session));
    harness.run();
    harness
}

/// The finished sample project in a window of a size.
fn sample(size: Vec2) -> (tempfile::TempDir, Harness<'static, App>) {
    let (folder, path) = sample_project();
    let mut session = Session::new("anna");
    session.run(Command::OpenProject(path));
    session.settle();
    let harness = window(session, size);
    (folder, harness)
}

fn press(harness: &mut Harness<'_, App>, modifiers: Modifiers, key: Key) {
    harness.key_press_modifiers(modifiers, key);
    harness.run();
}

fn settle(harness: &mut Harness<'_, App>) {
    harness.state_mut().session_mut().settle();
    harness.run();
}

/// What is called by names, each of which must be there once, lies in the window and apart.
fn check_apart(harness: &Harness<'_, App>, names: &[&str], size: Vec2) {
    let screen = Rect::from_min_size(egui::Pos2::ZERO, size).expand(0.5);
    let rects: Vec<(&str, Rect)> = names.iter().map(|name| (*name, harness.get_by_label(name).rect())).collect();
    for (n, (name, rect)) in rects.iter().enumerate() {
        assert!(screen.contains_rect(*rect), "{name} {rect:?} is not in the window of {size:?}");
        assert!(rect.height() >= 14.0 && rect.width() >= 14.0, "{name} is squashed to {rect:?} at {size:?}");
        for (other, at) in &rects[n + 1..] {
            assert!(!rect.shrink(0.5).intersects(at.shrink(0.5)), "{name} {rect:?} is over {other} {at:?} at {size:?}");
        }
    }
}

#[test]
fn the_search_has_room_for_each_of_its_controls_and_begins_anew() {
    for size in SIZES {
        let mut harness = window(session_of(&EXCHANGE), size);
        press(&mut harness, Modifiers::COMMAND, Key::F);
        harness.event(egui::Event::Text("soldiers".to_owned()));
        harness.run();
        let names = [
            "Find",
            "Match case",
            "Whole words",
            "Regular expression",
            "This article",
            "1 of 1",
            "Back",
            "Next",
            "List hits with their surroundings",
            "Tag",
            "Close",
        ];
        check_apart(&harness, &names, size);
        press(&mut harness, Modifiers::NONE, Key::Escape);
        press(&mut harness, Modifiers::COMMAND, Key::F);
        harness.event(egui::Event::Text("bodies".to_owned()));
        harness.run();
        assert_eq!(harness.get_by_label("Find").accesskit_node().value().as_deref(), Some("bodies"), "{size:?}");
    }
}

fn session_of(articles: &[(&str, &str)]) -> Session {
    let mut session = Session::new("anna");
    let files: Vec<(&str, &[u8])> = articles.iter().map(|(name, text)| (*name, text.as_bytes())).collect();
    session.add_articles(&files);
    session
}

#[test]
fn who_says_it_can_be_read_and_its_buttons_pressed() {
    for size in [SIZES[0], SIZES[2]] {
        let (_folder, mut harness) = sample(size);
        let found = (0..12).any(|_| {
            press(&mut harness, Modifiers::NONE, Key::N);
            harness.query_by_label("Move outwards").is_some()
        });
        assert!(found, "a claim is relayed");
        let field = harness.get_by_role_and_label(Role::TextInput, "Source").rect();
        assert!(field.width() >= 140.0, "{field:?} at {size:?}");
        for node in
            [harness.get_by_label("Move outwards"), harness.get_all_by_label_contains("Drop ").next().expect("one")]
        {
            assert!(
                node.rect().right() <= size.x && node.rect().left() >= field.right(),
                "{:?} at {size:?}",
                node.rect()
            );
            assert!(node.rect().height() >= 20.0);
        }
    }
}

#[test]
fn the_views_of_the_facts_and_the_rule_for_best_stand_apart() {
    for size in &SIZES[1..] {
        let size = *size;
        let (_folder, harness) = sample(size);
        let tabs: Vec<String> =
            harness.get_all_by_role(Role::Tab).filter_map(|tab| tab.accesskit_node().label()).collect();
        let mut names: Vec<&str> = tabs.iter().map(String::as_str).collect();
        names.extend(["Rule for best", "Copy view as table", "Save view as picture…"]);
        check_apart(&harness, &names, size);
    }
}

#[test]
fn chips_stay_where_they_are_whichever_view_is_shown() {
    let (_folder, mut harness) = sample(SIZES[0]);
    let chip = |harness: &Harness<'_, App>| harness.get_by_label("1 conflicting").rect();
    let before = chip(&harness);
    for tab in ["Matrix", "Rulings", "Timeline"] {
        let found = harness
            .get_all_by_role(Role::Tab)
            .find(|node| node.accesskit_node().label().is_some_and(|label| label.starts_with(tab)));
        found.expect("there is such a view").click();
        harness.run();
        assert_eq!(chip(&harness), before, "{tab}");
    }
}

#[test]
fn buttons_in_rows_of_the_facts_are_as_high_as_their_words_need() {
    let mut harness = window(session_of(&EXCHANGE), SIZES[0]);
    let row = harness.get_all_by_role(Role::Row).next().expect("there is a fact");
    row.click();
    harness.run();
    for name in ["Pin value…", "Pin verdict…"] {
        let rect = harness.get_by_label(name).rect();
        assert!(rect.height() >= 20.0, "{name} {rect:?}");
    }
}

#[test]
fn the_palette_is_as_high_as_what_it_finds_now() {
    let mut harness = window(session_of(&EXCHANGE), SIZES[3]);
    let height = |harness: &Harness<'_, App>| {
        let area = egui::AreaState::load(&harness.ctx, egui::Id::unique("palette"));
        area.and_then(|area| area.size).expect("it is open").y
    };
    press(&mut harness, Modifiers::COMMAND, Key::K);
    let high = height(&harness);
    harness.event(egui::Event::Text("undo".to_owned()));
    harness.run();
    assert!(height(&harness) < high, "{} {high}", height(&harness));
    press(&mut harness, Modifiers::COMMAND, Key::A);
    press(&mut harness, Modifiers::NONE, Key::Backspace);
    harness.run_steps(3);
    assert!((height(&harness) - high).abs() < 2.0, "{} is not {high}", height(&harness));
}

#[test]
fn places_follow_the_window_and_come_back_with_it() {
    let mut harness = harness_with(&EXCHANGE);
    let filter = |harness: &Harness<'_, App>| harness.get_by_label("Filter articles").rect().width();
    let at = |harness: &mut Harness<'_, App>, size| {
        harness.set_size(size);
        harness.run();
        filter(harness)
    };
    let before = filter(&harness);
    let wide = at(&mut harness, vec2(2560.0, 1440.0));
    assert!(wide > before + 40.0, "{wide} {before}");
    let narrow = at(&mut harness, vec2(960.0, 600.0));
    assert!(narrow < before, "{narrow} {before}");
    let again = at(&mut harness, vec2(1440.0, 900.0));
    assert!((again - before).abs() < 1.0, "{again} {before}");
}

#[test]
fn windows_inside_the_window_are_within_it_and_what_they_hold_can_be_reached() {
    for size in SIZES {
        let mut harness = window(session_of(&EXCHANGE), SIZES[0]);
        press(&mut harness, Modifiers::COMMAND | Modifiers::SHIFT, Key::L);
        harness.set_size(size);
        harness.run();
        check_apart(
            &harness,
            &["Accept of the list", "Reject of the list", "Mark all", "Category", "Rule", "Filter suggestions"],
            size,
        );
        press(&mut harness, Modifiers::NONE, Key::Escape);
        press(&mut harness, Modifiers::COMMAND | Modifiers::SHIFT, Key::K);
        let digits: Vec<String> = (0..=9).map(|n| format!("Digit {n}")).collect();
        for digit in &digits {
            let rect = harness.get_by_label(digit).rect();
            assert!(rect.right() <= size.x && rect.width() >= 20.0, "{digit} {rect:?} at {size:?}");
        }
    }
}

#[test]
fn two_windows_do_not_lie_on_one_another() {
    let mut harness = harness_with(&EXCHANGE);
    press(&mut harness, Modifiers::COMMAND | Modifiers::SHIFT, Key::H);
    press(&mut harness, Modifiers::COMMAND, Key::Comma);
    let middle = |sheet: Sheet| {
        let area = egui::AreaState::load(&harness.ctx, egui::Id::unique(("sheet", sheet)));
        area.and_then(|area| area.pivot_pos).expect("it is open")
    };
    let (one, other) = (middle(Sheet::History), middle(Sheet::Settings));
    assert!(one.distance(other) > 20.0, "{one:?} {other:?}");
}

#[test]
fn keys_of_actions_stand_beside_their_names() {
    let mut harness = window(session_of(&EXCHANGE), SIZES[3]);
    press(&mut harness, Modifiers::NONE, Key::F1);
    let keys: Vec<(String, Rect)> = (harness.get_all_by_label_contains(", keys of "))
        .filter_map(|node| Some((node.accesskit_node().label()?, node.rect())))
        .collect();
    assert!(keys.len() > 40);
    let mut seen = 0;
    for (name, rect) in &keys {
        let action = name.split(", keys of ").nth(1).unwrap_or_default();
        let beside = harness.query_all_by_label(action).map(|node| node.rect());
        for label in beside.filter(|label| (label.center().y - rect.center().y).abs() < 4.0) {
            seen += 1;
            assert!(label.right() <= rect.left() || label.left() >= rect.right(), "{name}: {label:?} {rect:?}");
        }
    }
    assert!(seen > 40, "{seen}");
}

#[test]
fn a_notice_lies_over_nothing_and_goes_with_its_project() {
    let (_folder, mut harness) = sample(SIZES[0]);
    harness.state_mut().session_mut().say("Three of the files were left out.".to_owned());
    harness.run();
    let notice = harness.get_by_label("Three of the files were left out.").rect();
    let rows = harness.get_all_by_role(Role::Row).map(|row| row.rect());
    assert!(rows.filter(|row| row.top() < notice.top()).count() >= 3);
    let copy = harness.get_by_label("Copy view as table").rect();
    assert!(copy.bottom() < notice.top());
    harness.state_mut().session_mut().run(Command::NewProject);
    settle(&mut harness);
    assert!(harness.query_by_label("Three of the files were left out.").is_none());
}

#[test]
fn a_fact_says_how_much_of_it_is_undecided_and_its_claims_how_many_they_count() {
    let text = "Russia handed over the bodies of about 900 soldiers to Ukraine on 29 January 2026, Kyiv said.\n";
    let mut harness = window(session_of(&[("a.txt", text)]), SIZES[0]);
    let row = |harness: &Harness<'_, App>| {
        let row = harness.get_all_by_role(Role::Row).next().expect("there is a fact");
        row.accesskit_node().label().expect("it has a name")
    };
    assert!(row(&harness).ends_with("its claim is undecided"), "{}", row(&harness));
    harness.get_all_by_role(Role::Row).next().expect("one").click();
    harness.run();
    harness.get_by_label_contains(": about 900, ");
    let session = harness.state_mut().session_mut();
    session.run(Command::AcceptAll { article: None, at_least: tallymark::claim::Grade::Check });
    settle(&mut harness);
    assert!(!row(&harness).contains("undecided"), "{}", row(&harness));
}

#[test]
fn the_date_of_an_article_takes_the_forms_that_are_shown_everywhere() {
    let mut harness = harness_with(&EXCHANGE);
    press(&mut harness, Modifiers::NONE, Key::M);
    harness.get_by_role_and_label(Role::TextInput, "Date").focus();
    harness.run();
    harness.get_by_role_and_label(Role::TextInput, "Date").type_text("26 Feb 2026");
    harness.run();
    harness.get_by_label("Set").click();
    settle(&mut harness);
    let first = article(harness.state(), "one.txt");
    let published = harness.state().session().workspace().articles[&first].metadata.published;
    assert_eq!(published.notation(), "2026-02-26");
}

#[test]
fn what_the_marks_of_the_facts_stand_for_is_said() {
    let (_folder, harness) = sample(vec2(1280.0, 800.0));
    for side in ["Ukraine", "Russia", "nobody named"] {
        assert!(harness.query_all_by_label(side).count() >= 1, "{side}");
    }
}

#[test]
fn whatever_the_pointer_rests_on_tells_about_itself_without_a_clash() {
    let (_folder, mut harness) = sample(SIZES[0]);
    harness.ctx.all_styles_mut(|style| {
        (style.interaction.tooltip_delay, style.interaction.show_tooltips_only_when_still) = (0.0, false);
    });
    let sheets = [
        None,
        Some((Modifiers::COMMAND | Modifiers::SHIFT, Key::L)),
        Some((Modifiers::COMMAND | Modifiers::SHIFT, Key::K)),
        Some((Modifiers::COMMAND | Modifiers::SHIFT, Key::F)),
        Some((Modifiers::NONE, Key::F1)),
        Some((Modifiers::COMMAND, Key::Comma)),
    ];
    for sheet in sheets {
        if let Some((modifiers, key)) = sheet {
            press(&mut harness, modifiers, key);
        }
        // Of things of a kind, the first few.
        let mut seen = std::collections::BTreeMap::<String, usize>::new();
        let screen = Rect::from_min_size(egui::Pos2::ZERO, SIZES[0]);
        let places: Vec<egui::Pos2> = harness
            .query_all_by(|_| true)
            .filter(|node| {
                let of_kind = seen.entry(format!("{:?}", node.accesskit_node().role())).or_default();
                *of_kind += 1;
                *of_kind <= 6
            })
            .filter_map(|node| node.accesskit_node().bounding_box().map(|_| node.rect().center()))
            .filter(|at| screen.contains(*at))
            .collect();
        assert!(places.len() > 20, "{}", places.len());
        for at in places {
            // Ids that clash panic.
            harness.hover_at(at);
            harness.step();
            harness.step();
        }
        if sheet.is_some() {
            press(&mut harness, Modifiers::NONE, Key::Escape);
        }
    }
}

#[test]
fn the_field_of_the_menu_bar_and_the_name_of_the_project_stand_apart() {
    for size in SIZES.into_iter().chain([vec2(512.0, 320.0)]) {
        let harness = window(session_of(&EXCHANGE), size);
        let names = ["Help", "Search articles and actions", "Untitled"];
        let there: Vec<&str> = names.into_iter().filter(|name| harness.query_by_label(name).is_some()).collect();
        assert!(there.len() >= 2, "{there:?} at {size:?}");
        check_apart(&harness, &there, size);
    }
}

#[test]
fn a_figure_told_for_another_day_says_so_and_the_day_can_be_changed() {
    let text = "Fire in Ostrava, 6 May 2025\n\nThe fire broke out on Sunday, 4 May 2025. The ministry had put the death \
                toll of the fire at 15 on Monday, 5 May 2025.\n";
    let mut harness = window(session_of(&[("fire.txt", text)]), SIZES[0]);
    let found = (0..8).any(|_| {
        press(&mut harness, Modifiers::NONE, Key::Tab);
        harness.query_by_role_and_label(Role::TextInput, "As of").is_some()
    });
    assert!(found, "the toll was told on the day after the fire");
    assert_eq!(
        harness.get_by_role_and_label(Role::TextInput, "As of").accesskit_node().value().as_deref(),
        Some("5 May 2025")
    );
    let as_of = |harness: &Harness<'_, App>| {
        let claims = harness.state().session().workspace().claims.values();
        claims.map(|claim| claim.reading.as_of.map(|told| told.words())).collect::<Vec<_>>()
    };
    harness.get_by_role_and_label(Role::TextInput, "As of").focus();
    harness.run();
    press(&mut harness, Modifiers::COMMAND, Key::A);
    harness.event(egui::Event::Text("6 May 2025".to_owned()));
    harness.run();
    press(&mut harness, Modifiers::NONE, Key::Enter);
    assert_eq!(as_of(&harness), [Some("6 May 2025".to_owned())], "the correction accepts it");
    harness.get_by_role_and_label(Role::TextInput, "As of").focus();
    harness.run();
    press(&mut harness, Modifiers::COMMAND, Key::A);
    press(&mut harness, Modifiers::NONE, Key::Backspace);
    press(&mut harness, Modifiers::NONE, Key::Enter);
    assert_eq!(as_of(&harness), [None]);
    assert!(harness.query_by_role_and_label(Role::TextInput, "As of").is_none(), "it is the day of the event again");
}
