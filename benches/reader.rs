//! What a frame of the reader costs: layout, drawing and tessellation, without a GPU.
//!
//! `cargo bench --bench reader` prints median and 99th percentile in milliseconds, for articles of
//! several sizes with three spans for each kilobyte: at rest, scrolling, jumping, and in the frame
//! after a span was added. `-- 100000000` measures another size, in bytes.

use std::time::{Duration, Instant};

use egui::{Event, MouseWheelSource, MouseWheelUnit, Pos2, RawInput, Rect, TouchPhase, vec2};
use tallymark::claim::Span;
use tallymark::session::{Command, Session};
use tallymark::ui::App;
use tallymark::ui::reader::Reader;
use tallymark::ui::state::{Request, UiState, View};
use tallymark::ui::theme::{self, Theme};

/// A reader with what it needs of the window.
struct Desk {
    ctx: egui::Context,
    session: Session,
    state: UiState,
    reader: Reader,
    time: f64,
}

impl Desk {
    fn new(text: &str) -> Self {
        let ctx = egui::Context::default();
        let mut session = Session::new("bench");
        session.add_articles(&[("article.txt", text.as_bytes())]);
        let state = UiState { article: session.workspace().articles.keys().next().cloned(), ..UiState::default() };
        let mut desk = Self { ctx, session, state, reader: Reader::default(), time: 0.0 };
        // The first passes install the fonts.
        for _ in 0..3 {
            desk.frame(Vec::new());
        }
        desk
    }

    /// Draws a frame and returns what it took.
    fn frame(&mut self, events: Vec<Event>) -> Duration {
        self.time += 1.0 / 60.0;
        let screen = Rect::from_min_size(Pos2::ZERO, vec2(1000.0, 800.0));
        let input = RawInput { screen_rect: Some(screen), time: Some(self.time), events, ..RawInput::default() };
        let start = Instant::now();
        let Self { session, state, reader, .. } = self;
        let mut requests = Vec::new();
        let mut output = self.ctx.run_ui(input, |ui| {
            if !theme::install(ui.ctx()) {
                ui.ctx().request_discard("fonts");
                return;
            }
            reader.show(ui, &mut View { session, state, theme: Theme::of(ui.ctx()), requests: &mut requests });
        });
        let shapes = std::mem::take(&mut output.shapes);
        std::hint::black_box(self.ctx.tessellate(shapes, output.pixels_per_point));
        let took = start.elapsed();
        output.textures_delta.clear();
        state.jump = None;
        for request in requests {
            match request {
                Request::Run(command) => session.run(command),
                Request::Choose(chosen) => state.chosen = chosen,
                Request::Select(selection) => state.selection = selection,
                _ => {}
            }
        }
        took
    }

    fn frames(&mut self, count: usize, mut events: impl FnMut(&mut Self, usize) -> Vec<Event>) -> Vec<Duration> {
        let mut took: Vec<Duration> = (0..count)
            .map(|n| {
                let events = events(self, n);
                self.frame(events)
            })
            .collect();
        took.sort_unstable();
        took
    }
}

/// News of a size in bytes, with three figures in each kilobyte.
fn news(bytes: usize) -> String {
    let filler = "The officials who spoke to reporters at the border on that day gave no further details, and those who \
        had waited there since the morning were told to come back when the lists had been compared. ";
    let mut text = String::with_capacity(bytes + 1024);
    let mut n = 0;
    while text.len() < bytes {
        n += 1;
        text.push_str(&format!("Russia handed over the bodies of {} Ukrainian soldiers on Thursday. ", n % 900 + 20));
        text.push_str(filler);
        text.push_str(&filler[..filler.len() / 2]);
        text.push_str("\n\n");
    }
    text
}

fn report(what: &str, took: &[Duration]) {
    let at = |share: f64| took[((took.len() - 1) as f64 * share) as usize].as_secs_f64() * 1e3;
    println!("  {what:<28} median {:>8.3} ms   p99 {:>8.3} ms", at(0.5), at(0.99));
}

/// What the whole window costs around the same article.
fn measure_window(text: &str) {
    let mut session = Session::new("bench");
    session.add_articles(&[("article.txt", text.as_bytes())]);
    let mut app = App::new(session);
    let ctx = egui::Context::default();
    let mut frames = |count: usize, events: &dyn Fn() -> Vec<Event>| {
        let mut took: Vec<Duration> = (0..count)
            .map(|_| {
                let screen = Rect::from_min_size(Pos2::ZERO, vec2(1440.0, 900.0));
                let input = RawInput { screen_rect: Some(screen), events: events(), ..RawInput::default() };
                let start = Instant::now();
                let mut output = ctx.run_ui(input, |ui| app.show(ui));
                let shapes = std::mem::take(&mut output.shapes);
                std::hint::black_box(ctx.tessellate(shapes, output.pixels_per_point));
                let took = start.elapsed();
                output.textures_delta.clear();
                took
            })
            .collect();
        took.sort_unstable();
        took
    };
    frames(5, &Vec::new);
    report("the whole window at rest", &frames(100, &Vec::new));
    frames(1, &|| vec![Event::PointerMoved(Pos2::new(700.0, 300.0))]);
    report("the whole window scrolling", &frames(200, &|| vec![wheel(-60.0)]));
}

fn wheel(delta: f32) -> Event {
    Event::MouseWheel {
        unit: MouseWheelUnit::Point,
        delta: vec2(0.0, delta),
        phase: TouchPhase::Move,
        source: MouseWheelSource::Unknown,
        modifiers: egui::Modifiers::NONE,
    }
}

fn main() {
    let sizes: Vec<usize> = std::env::args().filter_map(|arg| arg.parse().ok()).collect();
    let sizes = if sizes.is_empty() { vec![10_000, 1_000_000, 5_000_000] } else { sizes };
    for size in sizes {
        measure(&format!("{} kB in paragraphs", size / 1000), &news(size));
    }
    measure("1 MB in a single line", &"word after word without an end ".repeat(33_000));
}

fn measure(name: &str, text: &str) {
    let start = Instant::now();
    let mut desk = Desk::new(text);
    let opened = start.elapsed();
    let article = desk.state.article.clone().expect("an article is open");
    let spans = desk.session.pending(&article).len();
    println!("{name}: {} bytes, {spans} spans; read, suggested and first shown in {:.0?}", text.len(), opened);

    report("at rest", &desk.frames(200, |_, _| Vec::new()));
    let pointer = Event::PointerMoved(Pos2::new(400.0, 400.0));
    desk.frame(vec![pointer]);
    report("scrolling down", &desk.frames(300, |_, _| vec![wheel(-60.0)]));
    report("scrolling up", &desk.frames(300, |_, _| vec![wheel(60.0)]));
    let length = text.len();
    report(
        "jump",
        &desk.frames(60, |desk, n| {
            let mut at = (n * 7919 * 127) % (length - 8);
            while !text.is_char_boundary(at) {
                at -= 1;
            }
            desk.state.jump = Some(Span::new(at, at + 4));
            Vec::new()
        }),
    );
    if spans > 0 {
        let keys: Vec<_> = desk.session.pending(&article).iter().take(20).map(|suggestion| suggestion.key()).collect();
        report(
            "a suggestion accepted",
            &desk.frames(keys.len(), |desk, n| {
                desk.session.run(Command::Accept(keys[n].clone()));
                Vec::new()
            }),
        );
    }
    measure_window(text);
}
