//! The whole work by the keyboard alone: files opened, suggestions decided, words tagged, a field
//! corrected, facts looked at, the project saved, a dataset written. No mouse, no label clicked.

use egui::accesskit::Role;
use egui::{Event, Key, Modifiers};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use tallymark::claim::Field;
use tallymark::ui::App;
use tallymark::ui::dialogs::Purpose;
use tallymark::ui::state::{Chosen, Place};
use tallymark_ui_tests::{EXCHANGE, chosen, harness, harness_with};

const NONE: Modifiers = Modifiers::NONE;

struct Keys(Harness<'static, App>);

impl Keys {
    fn press(&mut self, modifiers: Modifiers, key: Key) -> &mut Self {
        self.0.key_press_modifiers(modifiers, key);
        self.0.run();
        self.seen();
        self
    }

    fn write(&mut self, words: &str) -> &mut Self {
        self.0.event(Event::Text(words.to_owned()));
        self.0.run();
        self
    }

    fn by_name(&mut self, action: &str) -> &mut Self {
        self.press(Modifiers::COMMAND, Key::K).write(action).press(NONE, Key::Enter)
    }

    fn app(&self) -> &App {
        self.0.state()
    }

    /// What has the keyboard can be seen: whatever is focused is drawn somewhere.
    fn seen(&self) {
        let Some(id) = self.0.ctx.memory(|memory| memory.focused()) else { return };
        let response = self.0.ctx.read_response(id).unwrap_or_else(|| panic!("what has the keyboard is not there"));
        let screen = self.0.ctx.content_rect().expand(1.0);
        assert!(screen.intersects(response.interact_rect.intersect(screen)), "{:?}", response.rect);
    }

    /// Waits for what the background brings.
    fn wait(&mut self, until: impl Fn(&App) -> bool) {
        for _ in 0..400 {
            if until(self.app()) {
                return self.0.run_steps(2);
            }
            std::thread::sleep(std::time::Duration::from_millis(10));
            self.0.step();
        }
        panic!("it did not come");
    }

    fn quotes(&self) -> Vec<String> {
        let mut claims: Vec<_> = self.app().session().workspace().claims.values().collect();
        claims.sort_by_key(|claim| (claim.article.clone(), claim.span()));
        claims.iter().map(|claim| claim.quote().to_owned()).collect()
    }
}

#[test]
fn from_opening_files_to_a_dataset_without_a_mouse() {
    let folder = tempfile::tempdir().expect("a folder");
    let paths: Vec<String> = (EXCHANGE.iter())
        .map(|(name, text)| {
            let path = folder.path().join(name);
            std::fs::write(&path, text).expect("written");
            path.to_string_lossy().into_owned()
        })
        .collect();
    let dataset = folder.path().join("dataset");
    let paths: Vec<&str> = paths.iter().map(String::as_str).collect();
    let format = tallymark::session::FORMATS.iter().position(|format| format.id == "csv").unwrap_or(0);
    let format = u8::try_from(format).expect("few formats");
    let answers = [chosen(Purpose::Articles, &paths), chosen(Purpose::Export(format), &[&dataset.to_string_lossy()])];
    let mut keys = Keys(harness(&[], answers));

    keys.press(Modifiers::COMMAND, Key::O);
    keys.wait(|app| app.session().workspace().articles.len() == 2 && app.session().jobs().is_empty());

    // Suggestions: the first as it stands, the second corrected.
    keys.press(NONE, Key::Tab).press(NONE, Key::Enter);
    assert_eq!(keys.quotes().len(), 1);
    assert!(matches!(keys.app().state().chosen, Chosen::Suggestion(_)));
    keys.press(NONE, Key::E);
    assert_eq!(keys.app().state().active, Place::Inspector);
    // What stands there is selected, and gives way to what is typed.
    keys.write("39").press(NONE, Key::Enter);
    assert_eq!(keys.quotes().len(), 2, "correcting a suggestion accepts it");
    let corrected =
        keys.app().session().workspace().claims.values().find(|claim| claim.reading.count.quantity.n == Some(39));
    assert!(corrected.expect("39").trace.contains_key(&Field::Count));

    // Words selected by the caret, tagged by a digit; the same tag again; a boundary moved. Enter in
    // the field has given the keyboard back to the text.
    assert_eq!(keys.app().state().active, Place::Reader);
    keys.press(NONE, Key::Escape).press(Modifiers::COMMAND, Key::End);
    keys.press(Modifiers::COMMAND | Modifiers::SHIFT, Key::ArrowLeft);
    keys.press(NONE, Key::Num5);
    assert!(keys.quotes().iter().any(|quote| quote.starts_with("said")), "{:?}", keys.quotes());
    keys.press(NONE, Key::OpenBracket);
    assert!(keys.quotes().iter().any(|quote| quote.starts_with("ministry said")), "{:?}", keys.quotes());
    keys.press(Modifiers::ALT, Key::OpenBracket);
    assert!(keys.quotes().iter().any(|quote| quote.starts_with(" ministry")), "{:?}", keys.quotes());
    // Words that stand apart are added to it.
    keys.press(Modifiers::COMMAND, Key::Home);
    keys.press(Modifiers::COMMAND | Modifiers::SHIFT, Key::ArrowRight);
    keys.press(NONE, Key::J);
    let parts = keys.app().session().workspace().claims.values().map(|claim| claim.evidence.len()).max();
    assert_eq!(parts, Some(2), "a claim of two stretches of words");
    keys.press(NONE, Key::Escape);
    keys.press(Modifiers::ALT | Modifiers::SHIFT, Key::ArrowRight).press(NONE, Key::T);
    assert_eq!(keys.quotes().len(), 4, "tagged as before: {:?}", keys.quotes());

    // The next article, what is left of it in the list of suggestions, and all taken back but one step.
    keys.press(Modifiers::COMMAND, Key::PageDown);
    keys.press(Modifiers::COMMAND | Modifiers::SHIFT, Key::L);
    keys.press(Modifiers::COMMAND, Key::A).press(NONE, Key::Backspace);
    assert!(!keys.app().state().waiting, "all is decided");
    keys.press(NONE, Key::Escape);
    keys.press(NONE, Key::D);

    // The facts: reached by F6, gone through by arrows, unfolded.
    while keys.app().state().active != Place::Reconciliation {
        keys.press(NONE, Key::F6);
    }
    keys.press(NONE, Key::Tab);
    assert!(keys.0.ctx.memory(|memory| memory.focused()).is_some());

    keys.by_name(&format!("export: {}", tallymark::session::FORMATS[usize::from(format)].label));
    keys.wait(|app| app.session().jobs().is_empty());
    assert!(dataset.exists(), "{:?}", keys.app().session().notices());
    keys.press(Modifiers::COMMAND, Key::Z);
    assert_eq!(keys.0.query_all_by_role(Role::Window).count(), 0, "no window is left open");
}

#[test]
fn f6_reaches_every_place_and_tab_every_control_of_it() {
    let mut keys = Keys(harness(&EXCHANGE, []));
    keys.press(NONE, Key::Tab);
    for place in [Place::Inspector, Place::Reconciliation, Place::Articles, Place::Reader] {
        keys.press(NONE, Key::F6);
        assert_eq!(keys.app().state().active, place);
    }
    // In the inspector Tab goes from field to field, and each of them is seen.
    keys.press(NONE, Key::E);
    let mut stops = std::collections::HashSet::new();
    for _ in 0..30 {
        keys.press(NONE, Key::Tab);
        if let Some(id) = keys.0.ctx.memory(|memory| memory.focused()) {
            stops.insert(id);
        }
    }
    assert!(stops.len() >= 10, "{}", stops.len());
}

#[test]
fn the_first_arrow_moves_the_caret_and_no_control_is_in_its_way() {
    let mut harness = harness_with(&EXCHANGE);
    for key in [Key::ArrowDown, Key::ArrowDown, Key::Home] {
        harness.key_press(key);
        harness.run();
    }
    harness.key_press_modifiers(Modifiers::COMMAND | Modifiers::SHIFT, Key::ArrowRight);
    harness.run();
    let selected = harness.state().state().selection.expect("words are selected");
    assert!(selected.start > 0 && selected.end > selected.start, "{selected:?}");
}
