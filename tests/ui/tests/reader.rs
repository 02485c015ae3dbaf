//! Flows in the reader: reading, selecting, tagging, deciding, by mouse and by keyboard.

use egui::accesskit::Role;
use egui::{Event, Key, Modifiers, MouseWheelUnit, PointerButton, Pos2, Vec2, pos2, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use tallymark::claim::ArticleId;
use tallymark::session::Session;
use tallymark::ui::App;
use tallymark::ui::state::Chosen;

/// The window on one article, with the reader's words to be found on the screen.
struct Desk {
    harness: Harness<'static, App>,
}

impl Desk {
    fn new(text: &str) -> Self {
        Self::of_size(text, vec2(1280.0, 1000.0))
    }

    fn of_size(text: &str, size: Vec2) -> Self {
        let mut session = Session::new("anna");
        session.add_articles(&[("article.txt", text.as_bytes())]);
        let builder = Harness::builder().with_size(size).with_step_dt(0.05).with_max_steps(60).allow_missing_glyphs();
        let mut harness = builder.build_ui_state(|ui, app: &mut App| app.show(ui), App::new(session));
        harness.run();
        Self { harness }
    }

    fn app(&self) -> &App {
        self.harness.state()
    }

    fn session(&self) -> &Session {
        self.app().session()
    }

    fn article(&self) -> ArticleId {
        self.app().state().article.clone().expect("an article is open")
    }

    fn text(&self) -> &str {
        &self.session().article(&self.article()).expect("it has a text").text
    }

    fn selected(&self) -> &str {
        self.app().state().selection.map_or("", |span| span.of(self.text()))
    }

    /// The words of what is chosen.
    fn chosen(&self) -> String {
        match &self.app().state().chosen {
            Chosen::Nothing => String::new(),
            Chosen::Claim(id) => self.session().workspace().claims.get(id).map_or("(gone)", |c| c.quote()).to_owned(),
            Chosen::Suggestion(key) => {
                let pending = self.session().pending(&key.article);
                pending.iter().find(|s| s.key() == *key).map_or("(decided)", |s| s.span.of(self.text())).to_owned()
            }
        }
    }

    fn claims(&self) -> Vec<(String, String)> {
        let claims = self.session().claims_of(&self.article());
        claims.iter().map(|claim| (claim.reading.category.to_string(), claim.quote().to_owned())).collect()
    }

    /// The letters in view, each with its left edge and the middle of its row, as a screen reader
    /// gets them.
    fn letters(&self) -> Vec<(char, Pos2)> {
        let document = self.harness.get_by_role(Role::Document);
        let mut letters = Vec::new();
        for run in document.children_recursive().filter(|node| node.accesskit_node().role() == Role::TextRun) {
            let (node, rect) = (run.accesskit_node(), run.rect());
            let value = node.data().value().unwrap_or_default().to_owned();
            let positions = node.data().character_positions().unwrap_or_default().to_vec();
            let places = positions.iter().map(|x| pos2(rect.min.x + x, rect.center().y));
            letters.extend(value.chars().zip(places));
        }
        letters
    }

    /// Where words stand in view: the left edge of their first letter and of the letter behind.
    fn place(&self, words: &str) -> (Pos2, Pos2) {
        let letters = self.letters();
        let text: String = letters.iter().map(|(letter, _)| *letter).collect();
        let at = text.find(words).unwrap_or_else(|| panic!("“{words}” is in view:\n{text}"));
        let first = text[..at].chars().count();
        let end = first + words.chars().count();
        (letters[first].1, letters.get(end).map_or(letters[end - 1].1 + vec2(8.0, 0.0), |(_, place)| *place))
    }

    fn press(&mut self, key: Key) -> &mut Self {
        self.press_with(Modifiers::NONE, key)
    }

    fn press_with(&mut self, modifiers: Modifiers, key: Key) -> &mut Self {
        self.harness.key_press_modifiers(modifiers, key);
        self.harness.run();
        self
    }

    fn button(&mut self, pos: Pos2, pressed: bool, modifiers: Modifiers) {
        self.harness.event(Event::PointerMoved(pos));
        self.harness.event(Event::PointerButton { pos, button: PointerButton::Primary, pressed, modifiers });
    }

    /// Clicks on the middle of words, so often in quick succession.
    fn click(&mut self, words: &str, times: usize, modifiers: Modifiers) {
        // Long enough after the last click for this to be another.
        self.harness.run_steps(15);
        let (from, to) = self.place(words);
        self.harness.event(Event::ModifiersChanged(modifiers));
        for _ in 0..times {
            self.button(from.lerp(to, 0.5), true, modifiers);
            self.button(from.lerp(to, 0.5), false, modifiers);
            self.harness.step();
        }
        self.harness.event(Event::ModifiersChanged(NONE));
        self.harness.run();
    }

    /// Drags from the middle of one word to the middle of another; `release` lets go.
    fn drag(&mut self, from: &str, to: &str, modifiers: Modifiers, release: bool) {
        self.harness.run_steps(15);
        let middle = |(from, to): (Pos2, Pos2)| from.lerp(to, 0.5);
        let (from, to) = (middle(self.place(from)), middle(self.place(to)));
        self.harness.event(Event::ModifiersChanged(modifiers));
        self.harness.event(Event::PointerMoved(from));
        self.button(from, true, modifiers);
        self.harness.step();
        for share in [0.3, 0.6, 1.0] {
            self.harness.event(Event::PointerMoved(from.lerp(to, share)));
            self.harness.step();
        }
        if release {
            self.button(to, false, modifiers);
        }
        self.harness.run();
        self.harness.event(Event::ModifiersChanged(NONE));
        self.harness.step();
    }
}

const EXCHANGE: &str = "Russia handed over the bodies of 1,000 Ukrainian soldiers on Thursday.\n\n\
    Ukraine returned the bodies of 38 Russian servicemen, the ministry said.\n\n\
    In March, 909 bodies were handed over.\n";

const NONE: Modifiers = Modifiers::NONE;

#[test]
fn suggestions_are_buttons_with_names_and_a_click_chooses_one() {
    let mut desk = Desk::new(EXCHANGE);
    desk.harness.get_by_label_contains("suggestion: bodies, 38, the bodies of 38 Russian servicemen").click();
    desk.harness.run();
    assert_eq!(desk.chosen(), "the bodies of 38 Russian servicemen");
    desk.click("ministry", 1, NONE);
    assert_eq!(desk.chosen(), "");
}

#[test]
fn a_drag_selects_whole_words_and_shows_them_before_it_ends() {
    let mut desk = Desk::new(EXCHANGE);
    desk.drag("handed", "over the", NONE, false);
    assert_eq!(desk.selected(), "handed over");
    assert_eq!(desk.harness.query_all_by_label_contains("Tag as").count(), 0);
    desk.drag("Thursday", "servicemen", NONE, true);
    assert_eq!(desk.selected(), "Thursday.\n\nUkraine returned the bodies of 38 Russian servicemen");
    assert_eq!(desk.harness.query_all_by_label_contains("Tag as").count(), 6);
    desk.harness.get_by_label("More tags").click();
    desk.harness.run();
    assert_eq!(desk.harness.query_all_by_label_contains("Tag as").count(), 13);
    desk.press(Key::Escape);
    desk.press(Key::Escape);
    desk.drag("returned", "Ukraine", NONE, true);
    assert_eq!(desk.selected(), "Ukraine returned");
    desk.press(Key::Escape);
    desk.drag("March", "909", Modifiers::ALT, true);
    let selected = desk.selected();
    assert!("March, 909".contains(selected) && selected.len() < 10 && selected.contains("ch, 9"), "{selected}");
}

#[test]
fn clicks_select_words_and_sentences_and_extend() {
    let mut desk = Desk::new(EXCHANGE);
    desk.click("ministry", 2, NONE);
    assert_eq!(desk.selected(), "ministry");
    desk.click("ministry", 3, NONE);
    assert_eq!(desk.selected(), "Ukraine returned the bodies of 38 Russian servicemen, the ministry said.");
    desk.click("ministry", 1, NONE);
    assert_eq!(desk.selected(), "");
    desk.click("handed over.", 1, Modifiers::SHIFT);
    assert!(desk.selected().ends_with("ministry said.\n\nIn March, 909 bodies were handed"), "{}", desk.selected());
}

#[test]
fn enter_accepts_and_goes_on_and_backspace_rejects() {
    let mut desk = Desk::new(EXCHANGE);
    desk.click("Thursday", 1, NONE);
    desk.press_with(Modifiers::SHIFT, Key::Tab).press(Key::Tab);
    while !desk.chosen().contains("1,000") {
        desk.press(Key::Tab);
    }
    desk.press(Key::Enter);
    assert_eq!(desk.claims().len(), 1);
    assert!(desk.chosen().contains("38"), "{}", desk.chosen());
    desk.press(Key::Backspace);
    assert_eq!(desk.session().rejected(&desk.article()).len(), 1);
    assert!(desk.chosen().contains("909"), "{}", desk.chosen());
    assert!(desk.harness.query_by_label_contains("claim: bodies, 1,000").is_some());
    assert!(desk.harness.query_by_label_contains("suggestion: bodies, 38").is_none());
}

#[test]
fn the_bar_beside_a_suggestion_decides_on_it() {
    let mut desk = Desk::new(EXCHANGE);
    desk.harness.get_by_label_contains("suggestion: bodies, 1,000").click();
    desk.harness.run();
    desk.harness.get_by_label("Accept suggestion").click();
    desk.harness.run();
    assert_eq!(desk.claims().len(), 1);
    assert!(desk.chosen().contains("38"));
    desk.harness.get_by_label("Reject suggestion").click();
    desk.harness.run();
    assert_eq!(desk.session().rejected(&desk.article()).len(), 1);
}

#[test]
fn a_screen_reader_presses_marks_by_name() {
    let mut desk = Desk::new(EXCHANGE);
    desk.harness.get_by_label_contains("suggestion: bodies, 909").click_accesskit();
    desk.harness.run();
    assert!(desk.chosen().contains("909"));
}

#[test]
fn the_caret_moves_and_selects_by_keyboard() {
    let mut desk = Desk::new(EXCHANGE);
    let (shift, ctrl) = (Modifiers::SHIFT, Modifiers::COMMAND);
    desk.click("Russia", 1, NONE);
    desk.press_with(ctrl, Key::Home).press_with(shift | ctrl, Key::ArrowRight);
    assert_eq!(desk.selected(), "Russia");
    desk.press_with(shift | ctrl, Key::ArrowRight).press_with(shift, Key::ArrowLeft);
    assert_eq!(desk.selected(), "Russia hande");
    desk.press_with(shift, Key::End);
    assert_eq!(desk.selected(), "Russia handed over the bodies of 1,000 Ukrainian soldiers on Thursday.");
    desk.press(Key::ArrowLeft);
    assert_eq!(desk.selected(), "");
    desk.press(Key::ArrowDown).press(Key::Home).press_with(shift | ctrl, Key::ArrowRight);
    assert_eq!(desk.selected(), "Ukraine");
    desk.press_with(ctrl, Key::End).press_with(shift, Key::Home);
    assert_eq!(desk.selected(), "In March, 909 bodies were handed over.");
    desk.press_with(shift | ctrl, Key::Home);
    assert_eq!(desk.selected(), desk.text().trim_end());
}

#[test]
fn positions_hold_in_every_script() {
    let text = "Київ отримав тіла 1\u{202f}000 воїнів.\n\nNaïve cafe\u{301} 😀👩‍👩‍👧 été.\n\n\
        חיילים הרוגים 12 ועוד\n\nثلاثة عشر 13 جنديا\n\nทหาร 14 นาย กำลัง\n\nlast words\n";
    let mut desk = Desk::new(text);
    for (words, expected) in
        [("отримав", "отримав"), ("été", "été"), ("הרוגים", "הרוגים"), ("عشر", "عشر"), ("last", "last")]
    {
        // The bar beside the selection would lie over the next paragraph.
        desk.press(Key::Escape);
        desk.click(words, 2, NONE);
        assert_eq!(desk.selected(), expected);
    }
    desk.press(Key::Escape);
    desk.drag("חיילים", "12", NONE, true);
    assert_eq!(desk.selected(), "חיילים הרוגים 12");
    desk.press(Key::Escape);
    // Thai has no spaces between words: there the selection goes by letters.
    desk.drag("14", "นาย", NONE, true);
    assert!(desk.selected().starts_with("14 น"), "{}", desk.selected());
}

#[test]
fn a_drag_past_the_edge_scrolls_and_selects_what_was_not_laid_out() {
    let text = (0..400).map(|n| format!("Paragraph {n} has a few words.\n\n")).collect::<String>();
    let mut desk = Desk::new(&text);
    let (from, to) = desk.place("Paragraph 2 has");
    let below = pos2(from.x, 999.0);
    desk.button(from.lerp(to, 0.2), true, NONE);
    desk.harness.step();
    for _ in 0..200 {
        desk.harness.event(Event::PointerMoved(below));
        desk.harness.step();
    }
    desk.button(below, false, NONE);
    desk.harness.run();
    let selected = desk.selected();
    assert!(selected.starts_with("Paragraph 2 has"), "{}", &selected[..40]);
    assert!(selected.contains("Paragraph 50 has"), "{}", selected.len());
    let letters: String = desk.letters().iter().map(|(letter, _)| *letter).collect();
    assert!(!letters.contains("Paragraph 2 has"));
}

#[test]
fn a_wheel_scrolls_and_the_end_stays_at_the_bottom() {
    let text = (0..2000).map(|n| format!("Paragraph {n} has a few words.\n\n")).collect::<String>();
    let mut desk = Desk::new(&text);
    let (from, _) = desk.place("Paragraph 3 has");
    desk.harness.event(Event::PointerMoved(from));
    let wheel = |y: f32| Event::MouseWheel {
        unit: MouseWheelUnit::Point,
        delta: vec2(0.0, y),
        modifiers: NONE,
        phase: egui::TouchPhase::Move,
        source: egui::MouseWheelSource::Unknown,
    };
    for delta in [-400.0, -400.0, -400.0] {
        desk.harness.event(wheel(delta));
        desk.harness.run_steps(30);
    }
    let letters: String = desk.letters().iter().map(|(letter, _)| *letter).collect();
    assert!(letters.contains("Paragraph 35 ") && !letters.contains("Paragraph 3 "), "{letters}");
    desk.click("Paragraph 35", 1, NONE);
    desk.press_with(Modifiers::COMMAND, Key::End);
    let letters: String = desk.letters().iter().map(|(letter, _)| *letter).collect();
    assert!(letters.contains("Paragraph 1999 has a few words."), "{letters}");
    desk.press_with(Modifiers::COMMAND, Key::Home);
    assert!(desk.letters().iter().map(|(letter, _)| *letter).collect::<String>().contains("Paragraph 0 has"));
}

#[test]
fn the_place_where_an_article_was_left_is_shown_again_after_another_was_read() {
    let long = (0..500).map(|n| format!("Paragraph {n} has a few words.\n\n")).collect::<String>();
    let mut desk = Desk::new(&long);
    desk.harness.state_mut().session_mut().add_articles(&[("other.txt", b"Something else altogether.\n")]);
    desk.harness.run();
    while !desk.letters().iter().map(|(letter, _)| *letter).collect::<String>().contains("Paragraph 0") {
        desk.press_with(Modifiers::COMMAND, Key::PageDown);
    }
    desk.click("Paragraph 0", 1, NONE);
    for _ in 0..8 {
        desk.press(Key::PageDown);
    }
    let before: String = desk.letters().iter().map(|(letter, _)| *letter).collect();
    assert!(!before.contains("Paragraph 0 "));
    let here = desk.article();
    desk.press_with(Modifiers::COMMAND, Key::PageDown);
    if desk.article() == here {
        desk.press_with(Modifiers::COMMAND, Key::PageUp);
    }
    assert_ne!(desk.article(), here);
    desk.press_with(Modifiers::COMMAND, Key::PageUp);
    if desk.article() != here {
        desk.press_with(Modifiers::COMMAND, Key::PageDown);
    }
    assert_eq!(desk.letters().iter().map(|(letter, _)| *letter).collect::<String>(), before);
}

#[test]
fn a_search_steps_through_its_hits_and_tags_them_all_at_once() {
    let mut desk = Desk::new(EXCHANGE);
    desk.click("Russia", 1, NONE);
    desk.press_with(Modifiers::COMMAND, Key::F);
    desk.harness.get_by_label("Find").type_text("handed over");
    desk.harness.run();
    assert!(desk.harness.query_by_label("1 of 2").is_some());
    desk.press(Key::Enter);
    assert!(desk.harness.query_by_label("2 of 2").is_some());
    desk.press(Key::Enter);
    assert!(desk.harness.query_by_label("1 of 2").is_some());
    desk.harness.get_by_label("List hits with their surroundings").click();
    desk.harness.run();
    assert_eq!(desk.harness.query_all_by_label_contains("Hit: ").count(), 2);
    desk.harness.get_by_label("Tag").click();
    desk.harness.run();
    desk.harness.get_by_label_contains("All 2 hits as").click();
    desk.harness.run();
    desk.harness.get_by_label("Other").click();
    desk.harness.run();
    assert!(desk.claims().is_empty(), "they are shown first, and each can be left out");
    let first = |desk: &Desk| desk.harness.query_all_by_label_contains("Hit: ").next().expect("a hit").rect().center();
    let pos = first(&desk);
    for expected in ["Tag 1 as other", "Tag 2 as other"] {
        desk.button(pos, true, NONE);
        desk.button(pos, false, NONE);
        desk.harness.run();
        desk.harness.get_by_label(expected);
    }
    desk.harness.get_by_label("Tag 2 as other").click();
    desk.harness.run();
    assert_eq!(
        desk.claims(),
        [("other".to_owned(), "handed over".to_owned()), ("other".to_owned(), "handed over".to_owned())]
    );
    desk.harness.get_by_label("Find").focus();
    desk.harness.run();
    desk.press(Key::Escape);
    assert!(desk.harness.query_by_label("Find").is_none());
    assert_eq!(desk.selected(), "handed over");
    desk.press_with(Modifiers::COMMAND, Key::Z);
    assert!(desk.claims().is_empty());
}

#[test]
fn a_hit_is_tagged_and_the_next_is_shown() {
    let mut desk = Desk::new(EXCHANGE);
    desk.press_with(Modifiers::COMMAND, Key::F);
    desk.harness.get_by_label("Find").type_text("handed over");
    desk.harness.run();
    desk.harness.get_by_label("Tag").click();
    desk.harness.run();
    desk.harness.get_by_label_contains("This hit, and on to the next, as").click();
    desk.harness.run();
    desk.harness.get_by_label("Other").click();
    desk.harness.run();
    assert_eq!(desk.claims(), [("other".to_owned(), "handed over".to_owned())]);
    assert!(desk.harness.query_by_label("2 of 2").is_some());
}

/// Words that stand apart are one claim: both are framed and listed, and one is taken out again.
#[test]
fn a_claim_takes_further_words_and_gives_them_back() {
    let mut desk = Desk::new(EXCHANGE);
    desk.click("ministry", 2, NONE);
    desk.press(Key::Num5);
    desk.drag("on", "Thursday", NONE, true);
    desk.harness.get_by_label("Add to the claim").click();
    desk.harness.run();
    let parts = |desk: &Desk| {
        let claims = desk.session().claims_of(&desk.article());
        claims[0].evidence.iter().map(|anchor| anchor.quote.to_string()).collect::<Vec<_>>()
    };
    assert_eq!(parts(&desk), ["ministry", "on Thursday"]);
    desk.harness.get_by_label("Make “on Thursday” the main words").click();
    desk.harness.run();
    assert_eq!(parts(&desk), ["on Thursday", "ministry"]);
    desk.harness.get_by_label("Take “ministry” out of the claim").click();
    desk.harness.run();
    assert_eq!(parts(&desk), ["on Thursday"]);
    for _ in 0..3 {
        desk.press_with(Modifiers::COMMAND, Key::Z);
    }
    assert_eq!(parts(&desk), ["ministry"]);
}

#[test]
fn a_search_of_all_articles_shows_the_hit_in_its_article() {
    let mut desk = Desk::new(EXCHANGE);
    desk.harness
        .state_mut()
        .session_mut()
        .add_articles(&[("other.txt", b"The mayor said that 909 bodies had come.\n")]);
    desk.harness.run();
    let before = desk.article();
    desk.press_with(Modifiers::COMMAND.plus(Modifiers::SHIFT), Key::F);
    desk.harness.get_by_label("Find").type_text("909 bodies");
    desk.harness.run();
    assert!(desk.harness.query_by_label("2 in 2 articles").is_some());
    let other = if desk.text().contains("mayor") { "In March" } else { "mayor" };
    desk.harness.get_by_label_contains(&format!("Hit: {}", if other == "mayor" { "The mayor" } else { "" })).click();
    desk.harness.run();
    assert!(desk.article() != before || desk.text().contains("mayor"));
    assert!(desk.text().contains(other));
}

#[test]
fn a_digit_tags_what_is_selected() {
    let mut desk = Desk::new(EXCHANGE);
    desk.click("ministry", 2, NONE);
    desk.press(Key::Num5);
    assert_eq!(desk.claims(), [("killed".to_owned(), "ministry".to_owned())]);
    assert_eq!((desk.chosen().as_str(), desk.selected()), ("ministry", ""));
    desk.press(Key::Num1);
    assert_eq!(desk.claims(), [("bodies".to_owned(), "ministry".to_owned())]);
    desk.press(Key::CloseBracket);
    assert_eq!(desk.claims(), [("bodies".to_owned(), "ministry said".to_owned())]);
    desk.press(Key::Delete);
    assert!(desk.claims().is_empty());
}

#[test]
fn clicks_on_stacked_claims_cycle_through_them() {
    let mut desk = Desk::new("The bus brought forty tired people home at night.\n");
    for (words, key) in [("tired", Key::Num4), ("forty", Key::Num5)] {
        desk.press(Key::Escape);
        desk.click(words, 2, NONE);
        if words == "forty" {
            desk.click("home", 1, Modifiers::SHIFT);
        }
        desk.press(key);
    }
    assert_eq!(desk.claims().len(), 2);
    let mut seen = Vec::new();
    for _ in 0..3 {
        desk.click("tired", 1, NONE);
        seen.push(desk.chosen());
    }
    seen.sort();
    seen.dedup();
    assert_eq!(seen, ["forty tired people home", "tired"]);
    let (claims, text) = (desk.claims(), desk.text().to_owned());
    assert!(claims.iter().all(|(_, quote)| text.contains(quote.as_str())));
}
