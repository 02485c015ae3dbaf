//! Where the keyboard is: never behind what is open, always to be seen, back where it was.

use egui::accesskit::Role;
use egui::epaint::Shape;
use egui::{Event, Key, Modifiers, Rect};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use tallymark::claim::{Field, How};
use tallymark::session::Command;
use tallymark::ui::App;
use tallymark::ui::actions::Action;
use tallymark::ui::dialogs::{Answer, Purpose};
use tallymark::ui::state::{Chosen, Place, Sheet};
use tallymark_ui_tests::{EXCHANGE, article, harness, harness_with};

const NONE: Modifiers = Modifiers::NONE;
const COMMAND: Modifiers = Modifiers::COMMAND;

fn press(harness: &mut Harness<'_, App>, modifiers: Modifiers, key: Key) {
    harness.key_press_modifiers(modifiers, key);
    harness.run();
}

/// Types as a keyboard does: each letter is a key and a text.
fn write(harness: &mut Harness<'_, App>, words: &str) {
    for letter in words.chars() {
        if let Some(key) = Key::from_name(&letter.to_uppercase().to_string()) {
            harness.key_press(key);
        }
        harness.event(Event::Text(letter.to_string()));
    }
    harness.run();
}

/// The name of what has the keyboard.
fn focused(harness: &Harness<'_, App>) -> String {
    let root = harness.root();
    let node = root.children_recursive().find(|node| node.accesskit_node().is_focused());
    node.and_then(|node| node.accesskit_node().label()).unwrap_or_default()
}

fn focused_rect(harness: &Harness<'_, App>) -> Option<Rect> {
    let id = harness.ctx.memory(|memory| memory.focused())?;
    harness.ctx.read_response(id).map(|response| response.interact_rect)
}

fn done(harness: &Harness<'_, App>) -> usize {
    harness.state().session().history().len() - 1 // the articles were added
}

/// Every window inside the window that an action opens.
fn sheets() -> Vec<(Action, Sheet)> {
    Action::all().into_iter().filter_map(|action| Some((action, action.sheet()?))).collect()
}

fn open(harness: &mut Harness<'_, App>, action: Action) {
    let keys = action.shortcuts(egui::os::OperatingSystem::Nix).first().copied();
    match keys {
        Some(keys) => press(harness, keys.modifiers, keys.logical_key),
        None => {
            press(harness, COMMAND, Key::K);
            let label = action.label(harness.state().session(), harness.state().state());
            harness.event(Event::Text(label));
            harness.run();
            press(harness, NONE, Key::Enter);
        }
    }
}

#[test]
fn what_is_typed_while_a_window_is_open_never_acts_on_the_article() {
    for (action, sheet) in sheets() {
        let mut harness = harness_with(&EXCHANGE);
        press(&mut harness, NONE, Key::Tab);
        let chosen = harness.state().state().chosen.clone();
        assert_ne!(chosen, Chosen::Nothing);
        open(&mut harness, action);
        if !harness.state().state().sheets.contains(&sheet) {
            assert!(!action.enabled(harness.state().session(), harness.state().state()), "{action:?}");
            continue;
        }
        let window = harness.ctx.memory(|memory| memory.focused());
        assert!(window.is_some(), "{sheet:?} has taken the keyboard");
        write(&mut harness, "adjxtnpf5[");
        assert_eq!(done(&harness), 0, "{sheet:?}: {:?}", harness.state().session().history().last());
        // Also where a click has given the keyboard to the text behind.
        if sheet != Sheet::Palette {
            harness.get_by_label_contains("Article: ").focus();
            harness.run();
            write(&mut harness, "adjx5");
            assert_eq!(done(&harness), 0, "{sheet:?}, from the text: {:?}", harness.state().session().history().last());
        }
        assert_eq!(harness.state().state().chosen, chosen, "{sheet:?}");
    }
}

#[test]
fn tab_stays_in_a_window_and_escape_closes_it() {
    for (action, sheet) in sheets() {
        let mut harness = harness_with(&EXCHANGE);
        // The frame of a place that F6 goes to lies over nothing.
        press(&mut harness, NONE, Key::F6);
        press(&mut harness, Modifiers::SHIFT, Key::F6);
        press(&mut harness, NONE, Key::Tab);
        open(&mut harness, action);
        if !harness.state().state().sheets.contains(&sheet) || sheet == Sheet::Palette {
            continue;
        }
        let layer = egui::Id::unique(("sheet", sheet));
        for n in 0..24 {
            let modifiers = if n % 8 > 5 { Modifiers::SHIFT } else { NONE };
            press(&mut harness, modifiers, Key::Tab);
            let id = harness.ctx.memory(|memory| memory.focused());
            let Some(id) = id else { panic!("{sheet:?}: after {n} Tabs nothing has the keyboard") };
            let of = harness.ctx.read_response(id).map(|response| response.layer_id.id);
            assert_eq!(of, Some(layer), "{sheet:?}: Tab {n} has left it");
        }
        press(&mut harness, NONE, Key::Escape);
        assert!(!harness.state().state().sheets.contains(&sheet), "{sheet:?} closes");
        assert_eq!(done(&harness), 0);
        assert_eq!(harness.state().state().active, Place::Reader, "{sheet:?}: back in the text");
        assert!(focused(&harness).starts_with("Article: "), "{sheet:?}: {}", focused(&harness));
    }
}

#[test]
fn an_article_gets_its_outlet_and_date_by_keys() {
    let mut harness = harness_with(&EXCHANGE);
    press(&mut harness, NONE, Key::Tab);
    write(&mut harness, "m");
    assert_eq!(focused(&harness), "Outlet");
    write(&mut harness, "Meridian Wire");
    press(&mut harness, NONE, Key::Tab);
    press(&mut harness, NONE, Key::Tab);
    assert_eq!(focused(&harness), "Date");
    write(&mut harness, "2026-02-26");
    press(&mut harness, NONE, Key::Enter);
    let app = harness.state();
    assert!(app.state().sheets.is_empty(), "Enter has set it");
    assert!(app.session().workspace().claims.is_empty());
    let metadata = &app.session().workspace().articles[&article(app, "one.txt")].metadata;
    assert_eq!(metadata.outlet.as_ref().map(|known| &*known.value), Some("Meridian Wire"));
    assert_eq!(metadata.published.notation(), "2026-02-26");
    assert!(focused(&harness).starts_with("Article: "), "{}", focused(&harness));
    press(&mut harness, NONE, Key::Enter);
    assert_eq!(harness.state().session().workspace().claims.len(), 1, "the keys are those of the text again");
}

#[test]
fn a_pasted_article_is_added_by_control_and_enter() {
    let mut harness = harness_with(&EXCHANGE);
    press(&mut harness, COMMAND | Modifiers::SHIFT, Key::N);
    assert_eq!(focused(&harness), "Text of the article");
    write(&mut harness, "Kyiv received the bodies of 40 soldiers.");
    press(&mut harness, NONE, Key::Enter);
    assert_eq!(harness.state().session().workspace().articles.len(), 2, "Enter is a new line");
    press(&mut harness, COMMAND, Key::Enter);
    assert_eq!(harness.state().session().workspace().articles.len(), 3);
    assert!(harness.state().state().sheets.is_empty());
}

#[test]
fn paths_that_are_typed_are_opened_by_control_and_enter() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("three.txt");
    std::fs::write(&path, "Handover\n\nKyiv received the bodies of 40 soldiers.\n").expect("written");
    let mut harness = harness(&EXCHANGE, [Answer::Unavailable(Purpose::Articles)]);
    press(&mut harness, COMMAND, Key::O);
    harness.event(Event::Text(path.to_string_lossy().into_owned()));
    harness.run();
    press(&mut harness, COMMAND, Key::Enter);
    harness.state_mut().session_mut().settle();
    harness.run();
    assert_eq!(harness.state().session().workspace().articles.len(), 3);
}

#[test]
fn the_sheet_of_shortcuts_scrolls_by_keys() {
    let mut harness = harness_with(&EXCHANGE);
    press(&mut harness, NONE, Key::F1);
    let before = harness.get_by_label("Accept suggestion").rect().top();
    for (key, further) in [(Key::ArrowDown, true), (Key::PageDown, true), (Key::End, true), (Key::Home, false)] {
        press(&mut harness, NONE, key);
        let now = harness.query_by_label("Accept suggestion").map_or(f32::NEG_INFINITY, |node| node.rect().top());
        assert_eq!(now < before, further, "{key:?}: {now} from {before}");
    }
}

#[test]
fn escape_gives_the_keyboard_to_the_text_and_the_frame_goes_with_it() {
    let mut harness = harness_with(&EXCHANGE);
    press(&mut harness, NONE, Key::Tab);
    for keys in [vec![Key::F6, Key::F6, Key::Escape], vec![Key::F6, Key::F6, Key::F6, Key::Escape]] {
        for key in keys {
            press(&mut harness, NONE, key);
        }
        assert_eq!(harness.state().state().active, Place::Reader);
        assert!(focused(&harness).starts_with("Article: "), "{}", focused(&harness));
    }
    assert_ne!(harness.state().state().chosen, Chosen::Nothing, "what was chosen stays chosen");
    // A window that closes gives it back to the place that it was in.
    press(&mut harness, NONE, Key::F6);
    press(&mut harness, NONE, Key::F6);
    let row = focused(&harness);
    press(&mut harness, COMMAND, Key::K);
    press(&mut harness, NONE, Key::Escape);
    assert_eq!((harness.state().state().active, focused(&harness)), (Place::Reconciliation, row));
}

#[test]
fn escape_in_a_field_of_the_inspector_goes_back_to_the_text_and_keeps_what_is_chosen() {
    let mut harness = harness_with(&EXCHANGE);
    press(&mut harness, NONE, Key::Tab);
    let chosen = harness.state().state().chosen.clone();
    press(&mut harness, NONE, Key::E);
    assert_eq!(focused(&harness), "Count");
    press(&mut harness, NONE, Key::Escape);
    assert_eq!(harness.state().state().chosen, chosen);
    assert!(focused(&harness).starts_with("Article: "), "{}", focused(&harness));
}

#[test]
fn tab_goes_on_from_field_to_field_when_a_suggestion_becomes_a_claim() {
    let mut harness = harness_with(&EXCHANGE);
    press(&mut harness, NONE, Key::Tab);
    press(&mut harness, NONE, Key::E);
    harness.event(Event::Text("999".to_owned()));
    harness.run();
    let mut fields = Vec::new();
    while fields.last().is_none_or(|last| last != "When") && fields.len() < 12 {
        press(&mut harness, NONE, Key::Tab);
        fields.push(focused(&harness));
    }
    assert!(matches!(harness.state().state().chosen, Chosen::Claim(_)), "the count was taken over");
    assert_eq!(fields, ["Category", "Of whom", "From", "To", "Swap from and to", "When"]);
    let claim = harness.state().session().workspace().claims.values().next().expect("a claim");
    assert_eq!(claim.reading.count.quantity.n, Some(999));
    assert!(matches!(claim.trace[&Field::Count].how, How::Hand));
    // The words that a field rests on are not on this way, and are shown by keys of their own.
    press(&mut harness, COMMAND, Key::E);
    assert_eq!(focused(&harness), "When");
}

fn facts(harness: &Harness<'_, App>) -> Vec<String> {
    let rows = harness.query_all_by_role(Role::Row).filter_map(|row| row.accesskit_node().label());
    rows.filter(|row| row.contains("bodies")).collect()
}

fn rounds() -> Harness<'static, App> {
    let articles = [
        (
            "a.txt",
            "First\n\nRussia handed over the bodies of 1,000 soldiers to Ukraine on 29 January 2026, Kyiv said.\n",
        ),
        (
            "b.txt",
            "Second\n\nRussia handed over the bodies of 500 soldiers to Ukraine on 20 February 2026, Kyiv said.\n",
        ),
        (
            "c.txt",
            "Third\n\nRussia handed over the bodies of 1,003 soldiers to Ukraine on 29 January 2026, Moscow said.\n",
        ),
    ];
    let mut harness = harness_with(&articles);
    harness.state_mut().session_mut().settle();
    harness.run();
    harness
}

#[test]
fn the_facts_are_gone_through_by_arrows_and_come_back_to_the_same_row() {
    let mut harness = rounds();
    let all = facts(&harness);
    assert!(all.len() >= 2, "{all:?}");
    press(&mut harness, Modifiers::SHIFT, Key::F6);
    press(&mut harness, Modifiers::SHIFT, Key::F6);
    assert_eq!(focused(&harness), all[0], "F6 lands on the first row");
    press(&mut harness, NONE, Key::ArrowDown);
    assert_eq!(focused(&harness), all[1]);
    press(&mut harness, NONE, Key::End);
    assert_eq!(&focused(&harness), all.last().expect("rows"));
    press(&mut harness, NONE, Key::Home);
    press(&mut harness, NONE, Key::ArrowRight);
    press(&mut harness, NONE, Key::ArrowRight);
    assert!(focused(&harness).contains("Kyiv: ") || focused(&harness).contains("bodies of"), "{}", focused(&harness));
    assert_ne!(focused(&harness), all[0], "into the unfolded fact");
    let claim = focused(&harness);
    // The same row after another place, and after a window.
    press(&mut harness, NONE, Key::Escape);
    assert_eq!(harness.state().state().active, Place::Reader);
    press(&mut harness, Modifiers::SHIFT, Key::F6);
    press(&mut harness, Modifiers::SHIFT, Key::F6);
    assert_eq!(focused(&harness), claim);
    press(&mut harness, NONE, Key::ArrowLeft);
    assert_eq!(focused(&harness), all[0], "out to its fact");
    press(&mut harness, NONE, Key::ArrowLeft);
    assert_eq!(facts(&harness), all, "folded");
    // Enter goes to the words.
    press(&mut harness, NONE, Key::Enter);
    assert_eq!(harness.state().state().active, Place::Reader);
    assert_ne!(harness.state().state().chosen, Chosen::Nothing);
}

/// Where there is room for two rows alone, as in the smallest window at 150 %.
#[test]
fn what_is_unfolded_at_the_lower_edge_comes_into_view() {
    let mut harness = rounds();
    harness.set_size(egui::vec2(683.0, 427.0));
    harness.run();
    press(&mut harness, Modifiers::SHIFT, Key::F6);
    press(&mut harness, Modifiers::SHIFT, Key::F6);
    press(&mut harness, NONE, Key::End);
    let fact = focused(&harness);
    let before = focused_rect(&harness).expect("the last fact");
    press(&mut harness, NONE, Key::ArrowRight);
    harness.run();
    assert_eq!(focused(&harness), fact, "it keeps the keyboard");
    let after = focused_rect(&harness).expect("the same fact");
    assert!(after.top() < before.top() - 10.0, "from {before} to {after}: it makes room for what is below it");
}

#[test]
fn f_goes_to_the_fact_of_the_chosen_claim() {
    let mut harness = rounds();
    press(&mut harness, NONE, Key::Tab);
    press(&mut harness, NONE, Key::Enter);
    harness.state_mut().session_mut().settle();
    harness.run();
    press(&mut harness, NONE, Key::P);
    assert!(matches!(harness.state().state().chosen, Chosen::Claim(_)));
    press(&mut harness, NONE, Key::F);
    assert_eq!(harness.state().state().active, Place::Reconciliation);
    assert!(facts(&harness).contains(&focused(&harness)), "{}", focused(&harness));
}

/// Goes down to the first claim of the first fact.
fn to_a_claim(harness: &mut Harness<'_, App>) {
    press(harness, Modifiers::SHIFT, Key::F6);
    press(harness, Modifiers::SHIFT, Key::F6);
    press(harness, NONE, Key::ArrowRight);
    press(harness, NONE, Key::ArrowRight);
}

#[test]
fn a_claim_of_a_fact_is_excluded_by_its_menu_and_by_the_palette() {
    for by_menu in [true, false] {
        let mut harness = rounds();
        to_a_claim(&mut harness);
        let row = focused(&harness);
        if by_menu {
            press(&mut harness, Modifiers::SHIFT, Key::F10);
            harness.run_steps(4);
            assert_eq!(focused(&harness), "Exclude…", "the keyboard is in the menu of {row}");
            press(&mut harness, NONE, Key::Enter);
        } else {
            press(&mut harness, COMMAND, Key::K);
            harness.event(Event::Text("exclude".to_owned()));
            harness.run();
            press(&mut harness, NONE, Key::Enter);
        }
        assert_eq!(focused(&harness), "Reason for the ruling");
        write(&mut harness, "counted elsewhere");
        press(&mut harness, NONE, Key::Enter);
        harness.state_mut().session_mut().settle();
        harness.run();
        let rulings = &harness.state().session().workspace().rulings;
        assert_eq!(rulings.len(), 1, "{row}");
        assert!(rulings.values().all(|ruling| ruling.op.label().contains("exclude")));
        assert_eq!(harness.state().state().active, Place::Reconciliation, "back among the facts");
    }
}

#[test]
fn a_claim_is_moved_to_a_fact_that_is_chosen_in_the_form() {
    let mut harness = rounds();
    to_a_claim(&mut harness);
    press(&mut harness, COMMAND, Key::K);
    harness.event(Event::Text("move".to_owned()));
    harness.run();
    press(&mut harness, NONE, Key::Enter);
    assert_eq!(focused(&harness), "Reason for the ruling");
    harness.get_by_label("Fact to move the claim to");
    write(&mut harness, "another day");
    press(&mut harness, NONE, Key::Enter);
    assert_eq!(harness.state().session().workspace().rulings.len(), 1);
    press(&mut harness, COMMAND, Key::Z);
    assert!(harness.state().session().workspace().rulings.is_empty());
}

#[test]
fn the_palette_finds_views_and_rulings_by_their_words() {
    let mut harness = rounds();
    let first = |harness: &mut Harness<'static, App>, typed: &str| {
        press(harness, COMMAND, Key::K);
        harness.event(Event::Text(typed.to_owned()));
        harness.run();
        let palette = harness.get_by_label("Command palette");
        let found = palette.children_recursive().find(|node| node.accesskit_node().role() == Role::ListBoxOption);
        let found = found.and_then(|node| node.accesskit_node().label()).unwrap_or_default();
        press(harness, NONE, Key::Escape);
        found
    };
    for (typed, expected) in [
        ("pin", "Pin the value of the fact…"),
        ("timeline", "Show timeline"),
        ("sums", "Show sums"),
        ("exclude", "Exclude the claim from the facts…"),
        ("move the claim", "Move the claim to another fact…"),
        ("aas", "Accept all sure in this article"),
        ("zoom", "Zoom in"),
    ] {
        assert_eq!(first(&mut harness, typed), expected, "{typed}");
    }
    press(&mut harness, COMMAND, Key::K);
    harness.event(Event::Text("timeline".to_owned()));
    harness.run();
    press(&mut harness, NONE, Key::Enter);
    let on = |tab: &egui_kittest::Node<'_>| tab.accesskit_node().toggled() == Some(egui::accesskit::Toggled::True);
    let chosen: Vec<_> = harness.query_all_by_role(Role::Tab).filter(on).collect();
    assert_eq!(
        chosen.iter().map(|tab| tab.accesskit_node().label()).collect::<Vec<_>>(),
        [Some("Timeline".to_owned())]
    );
    assert_eq!(harness.state().state().active, Place::Reconciliation);
}

#[test]
fn menus_are_opened_and_gone_through_by_keys() {
    for (modifiers, key, first) in [
        (NONE, Key::F10, "New project"),
        (Modifiers::ALT, Key::F, "New project"),
        (Modifiers::ALT, Key::H, "Keyboard shortcuts"),
    ] {
        let mut harness = harness_with(&EXCHANGE);
        press(&mut harness, NONE, Key::Tab);
        press(&mut harness, modifiers, key);
        harness.run_steps(4);
        assert_eq!(focused(&harness), first, "{key:?}");
        press(&mut harness, NONE, Key::Escape);
        assert!(focused(&harness).starts_with("Article: "), "{key:?}: {}", focused(&harness));
        assert_eq!(done(&harness), 0);
    }
    let mut harness = harness_with(&EXCHANGE);
    press(&mut harness, Modifiers::ALT, Key::H);
    harness.run_steps(4);
    press(&mut harness, NONE, Key::ArrowDown);
    press(&mut harness, NONE, Key::Enter);
    assert!(harness.state().state().sheets.contains(&Sheet::About));
}

/// Whether a frame in the accent colour lies around a rectangle, or right at its edge.
fn is_framed(harness: &Harness<'_, App>, around: Rect) -> bool {
    fn frames(shape: &Shape, found: &mut Vec<(Rect, egui::Color32)>) {
        match shape {
            Shape::Vec(shapes) => shapes.iter().for_each(|shape| frames(shape, found)),
            Shape::Rect(rect) if rect.stroke.width >= 1.5 => found.push((rect.rect, rect.stroke.color)),
            _ => {}
        }
    }
    let accent = tallymark::ui::theme::Theme::of(&harness.ctx).accent;
    let mut found = Vec::new();
    harness.output().shapes.iter().for_each(|clipped| frames(&clipped.shape, &mut found));
    let screen = harness.ctx.content_rect();
    let near = around.expand(4.0);
    found.iter().any(|(rect, colour)| {
        *colour == accent && near.contains_rect(*rect) && rect.expand(1.0).contains_rect(around.intersect(screen))
    })
}

#[test]
fn whatever_has_the_keyboard_is_framed() {
    // The first page, and the places: tabs of the views, verdicts, column heads, rows, buttons.
    for (articles, stops) in [(&[][..], 12), (&EXCHANGE[..], 45)] {
        let mut harness = harness_with(articles);
        if !articles.is_empty() {
            press(&mut harness, NONE, Key::F6);
            press(&mut harness, NONE, Key::F6);
        }
        for _ in 0..stops {
            press(&mut harness, NONE, Key::Tab);
            let name = focused(&harness);
            if harness.ctx.text_edit_focused() || name.starts_with("Article: ") {
                continue; // With a frame, or a caret, of its own.
            }
            let Some(rect) = focused_rect(&harness) else { continue };
            assert!(is_framed(&harness, rect), "{name:?} at {rect:?} is not framed");
        }
    }
}

#[test]
fn the_place_that_f6_goes_to_is_framed_the_text_too() {
    let mut harness = harness_with(&EXCHANGE);
    press(&mut harness, NONE, Key::F6);
    press(&mut harness, Modifiers::SHIFT, Key::F6);
    assert_eq!(harness.state().state().active, Place::Reader);
    let text = harness.get_by_label_contains("Article: ").rect();
    let accent = tallymark::ui::theme::Theme::of(&harness.ctx).accent;
    let framed = harness.output().shapes.iter().any(|clipped| match &clipped.shape {
        Shape::Rect(rect) => rect.stroke.color == accent && rect.stroke.width >= 1.5 && rect.rect.contains_rect(text),
        _ => false,
    });
    assert!(framed, "{text:?}");
}

#[test]
fn a_ruling_that_is_given_up_leaves_the_keyboard_at_its_row() {
    let mut harness = rounds();
    to_a_claim(&mut harness);
    let row = focused(&harness);
    press(&mut harness, COMMAND, Key::K);
    harness.event(Event::Text("set the origin".to_owned()));
    harness.run();
    press(&mut harness, NONE, Key::Enter);
    assert_eq!(focused(&harness), "Origin", "what is to be ruled comes first");
    press(&mut harness, NONE, Key::Escape);
    assert_eq!(focused(&harness), row);
    let session = harness.state_mut().session_mut();
    session.run(Command::Undo);
    assert!(session.workspace().rulings.is_empty());
}

/// A key that is pressed.
fn key(key: Key, modifiers: Modifiers) -> Event {
    Event::Key { key, physical_key: None, pressed: true, repeat: false, modifiers }
}

#[test]
fn what_is_typed_right_behind_a_key_goes_where_that_key_leads() {
    for (action, field) in [(Key::F, "Find"), (Key::L, "Filter articles")] {
        let mut harness = harness_with(&EXCHANGE);
        press(&mut harness, Modifiers::NONE, Key::Tab);
        let before = done(&harness);
        // All of it in one frame, as on a machine that is busy.
        let mut typed = vec![key(action, Modifiers::COMMAND)];
        for (of, letter) in [(Key::Num1, "1"), (Key::Comma, ","), (Key::Num0, "0")] {
            typed.extend([key(of, Modifiers::NONE), Event::Text(letter.to_owned())]);
        }
        harness.input_mut().events.extend(typed);
        harness.run();
        assert_eq!(done(&harness), before, "nothing was tagged behind {action:?}");
        let value = harness.get_by_label(field).accesskit_node().value();
        assert_eq!(value.as_deref(), Some("1,0"), "{field}");
    }
    // The letter of a key that opens a window is no word of it, what comes behind it is.
    let mut harness = harness_with(&EXCHANGE);
    press(&mut harness, Modifiers::NONE, Key::Tab);
    let letter = |of: Key, letter: &str| [key(of, Modifiers::NONE), Event::Text(letter.to_owned())];
    harness.input_mut().events.extend(letter(Key::M, "m").into_iter().chain(letter(Key::X, "x")));
    harness.run();
    let outlet = harness.get_by_role_and_label(Role::TextInput, "Outlet");
    assert_eq!(outlet.accesskit_node().value().as_deref(), Some("x"));
}

#[test]
fn a_date_that_is_missing_is_given_by_keys_alone() {
    let mut harness = harness_with(&EXCHANGE);
    press(&mut harness, COMMAND, Key::K);
    harness.event(Event::Text("show undated".to_owned()));
    harness.run();
    press(&mut harness, NONE, Key::Enter);
    assert!(focused(&harness).starts_with("Date of "), "{}", focused(&harness));
    write(&mut harness, "30 Jan 2026");
    press(&mut harness, NONE, Key::Enter);
    let articles = &harness.state().session().workspace().articles;
    let dated = articles.values().filter(|record| record.metadata.published.notation() == "2026-01-30").count();
    assert_eq!(dated, 1);
}
