//! Flows in the reader: reading, selecting, tagging, deciding, by mouse and by keyboard.

use egui::{Key, Modifiers, Pos2, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use tallymark::claim::{ArticleId, Span};
use tallymark::session::Session;
use tallymark::ui::App;
use tallymark::ui::state::Chosen;

struct Desk {
    harness: Harness<'static, App>,
}

impl Desk {
    fn new(text: &str) -> Self {
        let mut session = Session::new("anna");
        session.add_articles(&[("article.txt", text.as_bytes())]);
        let builder = Harness::builder()
            .with_size(vec2(1280.0, 720.0))
            .with_step_dt(0.05)
            .with_max_steps(60)
            .allow_missing_glyphs();
        let mut harness = builder.build_ui_state(|ui, app: &mut App| app.show(ui), App::new(session));
        harness.run();
        Self { harness }
    }

    fn app(&self) -> &App {
        self.harness.state()
    }

    fn article(&self) -> ArticleId {
        self.app().state().article.clone().expect("an article is open")
    }

    fn text(&self) -> &str {
        &self.app().session().article(&self.article()).expect("it has a text").text
    }

    fn selected(&self) -> &str {
        self.app().state().selection.map_or("", |span| span.of(self.text()))
    }

    /// The words of what is chosen.
    fn chosen(&self) -> String {
        let session = self.app().session();
        match &self.app().state().chosen {
            Chosen::Nothing => String::new(),
            Chosen::Claim(id) => session.workspace().claims.get(id).map_or("(gone)", |claim| claim.quote()).to_owned(),
            Chosen::Suggestion(key) => {
                let pending = session.pending(&key.article);
                pending.iter().find(|s| s.key() == *key).map_or("(decided)", |s| s.span.of(self.text())).to_owned()
            }
        }
    }

    fn press(&mut self, key: Key) -> &mut Self {
        self.press_with(Modifiers::NONE, key)
    }

    fn press_with(&mut self, modifiers: Modifiers, key: Key) -> &mut Self {
        self.harness.key_press_modifiers(modifiers, key);
        self.harness.run();
        self
    }
}

const EXCHANGE: &str = "Russia handed over the bodies of 1,000 Ukrainian soldiers on Thursday.\n\n\
    Ukraine returned the bodies of 38 Russian servicemen, the ministry said.\n\n\
    In March, 909 bodies were handed over.\n";

#[test]
fn suggestions_are_buttons_with_names_and_a_click_chooses_one() {
    let mut desk = Desk::new(EXCHANGE);
    desk.harness.get_by_label_contains("the bodies of 38 Russian servicemen").click();
    desk.harness.run();
    assert_eq!(desk.chosen(), "the bodies of 38 Russian servicemen");
}
