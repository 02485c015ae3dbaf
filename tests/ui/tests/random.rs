//! Whatever is clicked and typed, in whatever order: the project stays sound, everything can be
//! undone, and no two widgets share an identity.

use egui::epaint::Shape;
use egui::{Event, Key, Modifiers, PointerButton, pos2};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use tallymark::claim::{Verdict, Workspace};
use tallymark::ui::App;
use tallymark::ui::actions::Action;
use tallymark::ui::dialogs::Answer;
use tallymark::ui::state::Chosen;
use tallymark_ui_tests::{EXCHANGE, harness};

/// Numbers that look random and are the same in every run.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % sides as u64) as usize
    }

    fn pick<T: Copy>(&mut self, from: &[T]) -> T {
        from[self.roll(from.len())]
    }
}

/// What must hold at all times.
fn check(harness: &Harness<'_, App>, after: &str) {
    let app = harness.state();
    let (session, state) = (app.session(), app.state());
    let workspace = session.workspace();
    for claim in workspace.claims.values() {
        let text = &session.article(&claim.article).unwrap_or_else(|| panic!("{after}: a claim without article")).text;
        assert!(!claim.evidence.is_empty(), "{after}: a claim without words");
        assert!(claim.evidence.iter().all(|anchor| anchor.holds(text)), "{after}: words that have moved");
        assert!(claim.span().start < claim.span().end, "{after}: an empty span");
    }
    for decision in workspace.decisions.values() {
        if let Verdict::Accepted { claim } = &decision.verdict {
            assert!(workspace.claims.contains_key(claim), "{after}: accepted, but there is no claim");
        }
        let pending = session.pending(&decision.suggestion.article);
        assert!(pending.iter().all(|waits| waits.key() != decision.suggestion), "{after}: decided, and waits");
    }
    match &state.chosen {
        Chosen::Nothing => {}
        Chosen::Claim(id) => assert!(session.claim(id).is_some(), "{after}: a claim is chosen that is not there"),
        Chosen::Suggestion(key) => {
            assert!(session.suggestion(key).is_some(), "{after}: a suggestion is chosen that is not there");
        }
    }
    if let (Some(article), Some(span)) = (&state.article, state.selection)
        && let Some(article) = session.article(article)
    {
        assert!(article.text.get(span.range()).is_some(), "{after}: letters are cut by the selection");
    }
    for clipped in &harness.output().shapes {
        clash(&clipped.shape, after);
    }
}

/// The toolkit writes on the screen where two widgets share an identity.
fn clash(shape: &Shape, after: &str) {
    match shape {
        Shape::Vec(shapes) => shapes.iter().for_each(|shape| clash(shape, after)),
        Shape::Text(text) => {
            let words = text.galley.text();
            assert!(!words.contains("use of") || !words.contains("ID"), "{after}: {words}");
        }
        _ => {}
    }
}

const KEYS: &[Key] = &[
    Key::Tab,
    Key::Enter,
    Key::Backspace,
    Key::Escape,
    Key::Space,
    Key::ArrowLeft,
    Key::ArrowRight,
    Key::ArrowUp,
    Key::ArrowDown,
    Key::Home,
    Key::End,
    Key::PageUp,
    Key::PageDown,
    Key::Delete,
    Key::F6,
    Key::A,
    Key::E,
    Key::J,
    Key::N,
    Key::P,
    Key::T,
    Key::X,
    Key::Z,
    Key::Num1,
    Key::Num5,
    Key::OpenBracket,
    Key::CloseBracket,
];

const TYPED: &[&str] = &["3", "about 1,000", "Україна", "naïve", "(", "  ", "bodies, men", "2026-01-29"];

/// One step: a key, with or without others held; a click, a drag; words; an action by name.
fn step(harness: &mut Harness<'_, App>, dice: &mut Dice) -> String {
    let held = dice.pick(&[
        Modifiers::NONE,
        Modifiers::NONE,
        Modifiers::NONE,
        Modifiers::SHIFT,
        Modifiers::COMMAND,
        Modifiers::ALT,
        Modifiers::COMMAND.plus(Modifiers::SHIFT),
    ]);
    match dice.roll(10) {
        0..=4 => {
            let key = dice.pick(KEYS);
            harness.key_press_modifiers(held, key);
            format!("{key:?} with {held:?}")
        }
        5..=7 => {
            let (from, to) = ([0, 1].map(|_| pos2(dice.roll(1440) as f32, dice.roll(900) as f32))).into();
            let to = if dice.roll(3) == 0 { to } else { from };
            let button = dice.pick(&[PointerButton::Primary, PointerButton::Primary, PointerButton::Secondary]);
            harness.event(Event::PointerMoved(from));
            harness.event(Event::PointerButton { pos: from, button, pressed: true, modifiers: held });
            harness.step();
            harness.event(Event::PointerMoved(to));
            harness.step();
            harness.event(Event::PointerButton { pos: to, button, pressed: false, modifiers: held });
            format!("{button:?} from {from:?} to {to:?} with {held:?}")
        }
        8 => {
            let words = dice.pick(TYPED);
            harness.event(Event::Text(words.to_owned()));
            format!("typing {words:?}")
        }
        _ => {
            let actions = Action::all();
            let action = actions[dice.roll(actions.len())];
            harness.key_press_modifiers(Modifiers::COMMAND, Key::K);
            harness.step();
            harness.event(Event::Text(action.text().into_owned()));
            harness.step();
            harness.key_press(Key::Enter);
            format!("{action:?} by its name")
        }
    }
}

/// What is on disk after all is undone: but for the number of the codebook's revision, as before.
fn bare(workspace: &Workspace) -> Workspace {
    let mut bare = workspace.clone();
    bare.codebook.revision = 0;
    // What was removed and taken back stands last in its list.
    bare.codebook.categories.sort_by(|a, b| a.id.cmp(&b.id));
    bare.codebook.parties.sort_by(|a, b| a.name.cmp(&b.name));
    bare.codebook.sources.sort_by(|a, b| a.name.cmp(&b.name));
    bare
}

fn play(seed: u64, steps: usize) {
    let mut dice = Dice(seed);
    let mut window = harness(&EXCHANGE, (0..steps).map(|_| Answer::Cancelled));
    let start = bare(window.state().session().workspace());
    let mut last = Vec::new();
    for n in 0..steps {
        let what = step(&mut window, &mut dice);
        window.step();
        window.step();
        last.push(what);
        let told = format!("seed {seed}, step {n}, {:?}", &last[last.len().saturating_sub(4)..]);
        check(&window, &told);
        if window.state().session().workspace().articles.is_empty() && window.state().session().undo_label().is_none() {
            break; // A new project was begun; there is nothing more to be clicked.
        }
    }
    let same = !window.state().session().history().is_empty();
    while window.state().session().undo_label().is_some() {
        window.state_mut().session_mut().run(tallymark::session::Command::Undo);
    }
    window.step();
    if same {
        let end = bare(window.state().session().workspace());
        // Another project may have been begun on the way: then there was nothing of this one left.
        if !end.articles.is_empty() && end.articles.keys().eq(start.articles.keys()) {
            assert_eq!(end, start, "seed {seed}: everything can be undone");
        }
    }
    check(&window, &format!("seed {seed}, all undone"));
}

#[test]
fn random_clicks_and_keys_leave_the_project_sound() {
    for seed in [7, 20_261_122] {
        play(seed, 160);
    }
}

#[test]
fn every_action_of_the_list_is_found_by_its_name_and_leaves_the_project_sound() {
    let mut window = harness(&EXCHANGE, (0..200).map(|_| Answer::Cancelled));
    for action in Action::all() {
        if matches!(action, Action::Palette | Action::NewProject) {
            continue;
        }
        // Something is chosen, so that most actions can be done.
        window.key_press(Key::Escape);
        window.step();
        window.key_press(Key::Escape);
        window.step();
        if window.state().state().chosen == Chosen::Nothing {
            window.key_press(Key::Tab);
            window.step();
        }
        let label = action.label(window.state().session(), window.state().state());
        window.key_press_modifiers(Modifiers::COMMAND, Key::K);
        window.run_steps(2);
        window.event(Event::Text(label.clone()));
        window.run_steps(2);
        assert!(window.query_all_by_label(&label).next().is_some(), "{label}");
        window.key_press(Key::Enter);
        window.run_steps(3);
        check(&window, &label);
    }
}
