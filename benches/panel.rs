//! What a frame of the reconciliation panel costs with 100,000 facts: layout, drawing and
//! tessellation, without a GPU.
//!
//! `cargo bench --bench panel` prints median and 99th percentile in milliseconds of the processor's
//! time: at rest and scrolling in every view, and the slowest frame of choosing a filter, another
//! order, or an edit. `-- 10000` measures with another number of facts.

use std::time::Duration;

use cpu_time::ThreadTime;
use egui::accesskit::Role;
use egui::{Event, Modifiers, MouseWheelSource, MouseWheelUnit, PointerButton, Pos2, RawInput, Rect, TouchPhase, vec2};
use tallymark::claim::MONTHS;
use tallymark::formats::views::View as Tab;
use tallymark::session::{Command, Session};
use tallymark::ui::panels::reconciliation::ReconciliationPanel;
use tallymark::ui::state::{Request, UiState, View};
use tallymark::ui::theme::{self, Theme};

const SCREEN: Rect = Rect { min: Pos2::ZERO, max: Pos2::new(1440.0, 300.0) };

/// A panel with what it needs of the window.
struct Desk {
    ctx: egui::Context,
    session: Session,
    state: UiState,
    panel: ReconciliationPanel,
    time: f64,
    places: Vec<(Role, String, Pos2)>,
}

impl Desk {
    fn new(session: Session) -> Self {
        let (ctx, panel) = (egui::Context::default(), ReconciliationPanel::default());
        let mut desk = Self { ctx, session, state: UiState::default(), panel, time: 0.0, places: Vec::new() };
        // The first passes install the fonts.
        for _ in 0..3 {
            desk.frame(Vec::new());
        }
        desk
    }

    /// Draws a frame and returns what it took.
    fn frame(&mut self, events: Vec<Event>) -> Duration {
        self.time += 1.0 / 60.0;
        let input = RawInput { screen_rect: Some(SCREEN), time: Some(self.time), events, ..RawInput::default() };
        let Self { session, state, panel, .. } = self;
        let mut requests = Vec::new();
        let start = ThreadTime::now();
        let mut output = self.ctx.run_ui(input, |ui| {
            if !theme::install(ui.ctx()) {
                ui.ctx().request_discard("fonts");
                return;
            }
            panel.show(ui, &mut View { session, state, theme: Theme::of(ui.ctx()), requests: &mut requests });
        });
        let shapes = std::mem::take(&mut output.shapes);
        std::hint::black_box(self.ctx.tessellate(shapes, output.pixels_per_point));
        let took = start.elapsed();
        output.textures_delta.clear();
        if let Some(update) = output.platform_output.accesskit_update.take() {
            let node = |(_, node): (_, egui::accesskit::Node)| {
                let bounds = node.bounds()?;
                let centre = Pos2::new((bounds.x0 + bounds.x1) as f32 / 2.0, (bounds.y0 + bounds.y1) as f32 / 2.0);
                Some((node.role(), node.label()?.to_owned(), centre))
            };
            self.places = update.nodes.into_iter().filter_map(node).collect();
        }
        for request in requests {
            if let Request::Run(command) = request {
                self.session.run(command);
            }
        }
        took
    }

    fn frames(&mut self, count: usize, mut events: impl FnMut() -> Vec<Event>) -> Vec<Duration> {
        let mut took: Vec<Duration> = (0..count).map(|_| self.frame(events())).collect();
        took.sort_unstable();
        took
    }

    /// Clicks on what has a name that begins so. Gives the slowest frame of it.
    fn click(&mut self, role: Role, name: &str) -> Duration {
        self.ctx.enable_accesskit();
        self.frame(Vec::new());
        self.ctx.disable_accesskit();
        let found = self.places.iter().find(|(of, label, _)| *of == role && label.contains(name));
        let (.., at) = *found.as_ref().unwrap_or_else(|| panic!("nothing is called {name}"));
        let at = *at;
        let button = |pressed| Event::PointerButton {
            pos: at,
            button: PointerButton::Primary,
            pressed,
            modifiers: Modifiers::NONE,
        };
        let steps = [vec![Event::PointerMoved(at)], vec![button(true)], vec![button(false)], vec![], vec![]];
        let slowest = steps.into_iter().map(|events| self.frame(events)).max().unwrap_or_default();
        self.frame(vec![Event::PointerMoved(SCREEN.center())]);
        slowest
    }
}

/// Articles that tell of so many facts: each of another day or party.
fn session(facts: usize) -> Session {
    const PARTIES: [&str; 10] =
        ["Russian", "Ukrainian", "Israeli", "Syrian", "Turkish", "Indian", "Sudanese", "Malian", "Yemeni", "Iraqi"];
    let sentence = |n: usize| {
        let (party, day) = (PARTIES[n % 10], n / 10);
        let (month, year) = (MONTHS[day / 28 % 12], 1970 + day / 336);
        format!(
            "On {} {month} {year}, {} {party} soldiers were killed, the ministry said.\n\n",
            day % 28 + 1,
            n % 90 + 5
        )
    };
    let numbers: Vec<usize> = (0..facts).collect();
    let texts: Vec<String> = numbers.chunks(500).map(|of| of.iter().copied().map(sentence).collect()).collect();
    let names: Vec<String> = (0..texts.len()).map(|n| format!("{n:04}.txt")).collect();
    let files: Vec<(&str, &[u8])> = names.iter().zip(&texts).map(|(n, text)| (&**n, text.as_bytes())).collect();
    let mut session = Session::new("bench");
    session.add_articles(&files);
    session.settle();
    session
}

fn wheel(delta: f32) -> Event {
    Event::MouseWheel {
        unit: MouseWheelUnit::Point,
        delta: vec2(0.0, delta),
        phase: TouchPhase::Move,
        source: MouseWheelSource::Unknown,
        modifiers: Modifiers::NONE,
    }
}

fn report(what: &str, took: &[Duration]) {
    let at = |share: f64| took[((took.len() - 1) as f64 * share) as usize].as_secs_f64() * 1e3;
    println!("  {what:<28} median {:>8.3} ms   p99 {:>8.3} ms", at(0.5), at(0.99));
}

fn main() {
    let asked = std::env::args().find_map(|arg| arg.parse().ok());
    let start = ThreadTime::now();
    let mut desk = Desk::new(session(asked.unwrap_or(100_000)));
    let facts = desk.session.reconciliation().facts.len();
    println!("{facts} facts; read, suggested, reconciled and first shown in {:.1?}", start.elapsed());
    for tab in Tab::ALL {
        let opened = desk.click(Role::Tab, tab.label());
        report(&format!("{}: opened", tab.label()), &[opened]);
        desk.frames(5, Vec::new);
        report(&format!("{}: at rest", tab.label()), &desk.frames(100, Vec::new));
        desk.frame(vec![Event::PointerMoved(SCREEN.center())]);
        report(&format!("{}: scrolling", tab.label()), &desk.frames(200, || vec![wheel(-90.0)]));
    }
    desk.click(Role::Tab, Tab::Facts.label());
    for filter in [" single origin", " single origin", " conflicting", " conflicting"] {
        report(&format!("filter{filter}"), &[desk.click(Role::Button, filter)]);
    }
    for column in ["Sort by Fact", "Sort by Direction", "Sort by Low", "Sort by Low", "Sort by Verdict"] {
        report(column, &[desk.click(Role::Button, column)]);
    }
    report("a fact unfolded", &[desk.click(Role::Row, "soldiers")]);
    let articles: Vec<_> = desk.session.workspace().articles.keys().take(20).cloned().collect();
    let keys: Vec<_> = articles.iter().filter_map(|id| Some(desk.session.pending(id).first()?.key())).collect();
    let mut edits: Vec<(Duration, Duration)> = keys
        .into_iter()
        .map(|key| {
            let start = ThreadTime::now();
            desk.session.run(Command::Accept(key));
            (start.elapsed(), desk.frame(Vec::new()))
        })
        .collect();
    edits.sort_unstable();
    report("a suggestion accepted", &edits.iter().map(|(edit, _)| *edit).collect::<Vec<_>>());
    report("the frame after it", &edits.iter().map(|(_, frame)| *frame).collect::<Vec<_>>());
}
