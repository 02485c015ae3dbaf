//! Flows in the reader: reading, selecting, tagging, deciding, by mouse and by keyboard.

use egui::{Key, Modifiers, Pos2, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use tallymark::claim::{ArticleId, Span};
use tallymark::session::{Command, Session};
use tallymark::ui::reader::Reader;
use tallymark::ui::state::{Chosen, Place, Request, UiState, View};
use tallymark::ui::theme::Theme;

/// The reader with what it needs of the window, and nothing else.
struct Desk {
    session: Session,
    state: UiState,
    reader: Reader,
}

impl Desk {
    fn new(text: &str) -> Self {
        let mut session = Session::new("anna");
        session.add_articles(&[("article.txt", text.as_bytes())]);
        let article = session.workspace().articles.keys().next().cloned();
        Self {
            session,
            state: UiState { article, focus: Some(Place::Reader), ..UiState::default() },
            reader: Reader::default(),
        }
    }

    fn show(&mut self, ui: &mut egui::Ui) {
        let Self { session, state, reader } = self;
        let mut requests = Vec::new();
        reader.show(ui, &mut View { session, state, theme: Theme::of(ui.ctx()), requests: &mut requests });
        state.jump = None;
        state.focus = None;
        for request in requests {
            match request {
                Request::Run(command) => session.run(command),
                Request::Choose(chosen) => state.chosen = chosen,
                Request::Select(selection) => state.selection = selection,
                Request::Focus(place) => state.focus = Some(place),
                other => panic!("the reader is not expected to ask for {other:?}"),
            }
        }
    }

    fn article(&self) -> ArticleId {
        self.state.article.clone().expect("an article is open")
    }

    fn text(&self) -> &str {
        &self.session.article(&self.article()).expect("it has a text").text
    }

    fn selected(&self) -> &str {
        self.state.selection.map_or("", |span| span.of(self.text()))
    }

    /// The words of what is chosen.
    fn chosen(&self) -> &str {
        match &self.state.chosen {
            Chosen::Nothing => "",
            Chosen::Claim(id) => self.session.workspace().claims.get(id).map_or("(gone)", |claim| claim.quote()),
            Chosen::Suggestion(key) => {
                let pending = self.session.pending(&key.article);
                pending.iter().find(|s| s.key() == *key).map_or("(decided)", |s| s.span.of(self.text()))
            }
        }
    }

    fn span_of(&self, words: &str) -> Span {
        let start = self.text().find(words).unwrap_or_else(|| panic!("“{words}” is in the text"));
        Span::new(start, start + words.len())
    }
}

fn desk(text: &str) -> Harness<'static, Desk> {
    let builder = Harness::builder().with_size(vec2(900.0, 600.0)).with_step_dt(0.05).with_max_steps(40);
    let mut harness = builder.build_ui_state(|ui, desk: &mut Desk| desk.show(ui), Desk::new(text));
    harness.run();
    harness
}

const EXCHANGE: &str = "Russia handed over the bodies of 1,000 Ukrainian soldiers on Thursday.\n\n\
    Ukraine returned the bodies of 38 Russian servicemen, the ministry said.\n\n\
    In March, 909 bodies were handed over.\n";

/// The first letter's place on the screen, found by pressing Home and looking for the caret: the
/// column begins where the first mark would.
fn column(harness: &Harness<'_, Desk>) -> Pos2 {
    let document = harness.get_by_role(egui::accesskit::Role::Document).rect();
    let width = 664.0_f32.min(document.width() - 48.0);
    let left = (450.0 - width / 2.0).min(document.max.x - 24.0 - width).max(document.min.x + 24.0);
    Pos2::new(left.floor(), document.min.y)
}

#[test]
fn suggestions_are_buttons_with_names_and_a_click_chooses_one() {
    let mut harness = desk(EXCHANGE);
    let node = harness.get_by_label_contains("the bodies of 38 Russian servicemen");
    node.click();
    harness.run();
    assert!(harness.state().chosen().contains("38 Russian servicemen"), "{}", harness.state().chosen());
    let _ = column(&harness);
}

#[test]
fn enter_accepts_and_goes_on_to_the_next_suggestion() {
    let mut harness = desk(EXCHANGE);
    harness.key_press(Key::Tab);
    harness.run();
    assert!(harness.state().chosen().contains("1,000"), "{}", harness.state().chosen());
    harness.key_press(Key::Enter);
    harness.run();
    assert!(harness.state().chosen().contains("38"), "{}", harness.state().chosen());
    assert_eq!(harness.state().session.workspace().claims.len(), 1);
    harness.key_press(Key::Backspace);
    harness.run();
    let article = harness.state().article();
    assert_eq!(harness.state().session.rejected(&article).len(), 1);
    assert!(harness.state().chosen().contains("909"), "{}", harness.state().chosen());
    harness.state_mut().session.run(Command::Undo);
    harness.key_press_modifiers(Modifiers::SHIFT, Key::Tab);
    harness.run();
    assert!(harness.state().chosen().contains("38"), "{}", harness.state().chosen());
    let _ = harness.state().span_of("38");
    assert_eq!(harness.state().selected(), "");
}
