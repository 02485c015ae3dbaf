//! The whole window without a display or a GPU: what its frames cost.
//!
//! A frame is layout, drawing and tessellation of all that the window shows, at 1440 × 900. Its cost
//! is the processor's time of the window's thread, which a machine that others use as well does not
//! stretch; what a person waits for is measured by the clock and says so.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use cpu_time::ThreadTime;
use egui::accesskit::{Node, NodeId, Role, TreeUpdate};
use egui::{
    Context, Event, Key, Modifiers, MouseWheelSource, MouseWheelUnit, PointerButton, Pos2, RawInput, Rect, TouchPhase,
    Vec2, vec2,
};
use tallymark::session::{Environment, Session};
use tallymark::ui::App;

/// How large the window is, in points.
pub const SIZE: Vec2 = vec2(1440.0, 900.0);

/// A window.
pub struct Window {
    pub app: App,
    ctx: Context,
    time: f64,
    nodes: BTreeMap<NodeId, Node>,
    /// Set by the session's threads when they have brought something.
    woken: Arc<AtomicBool>,
    /// Whether the last frame asked for another one at once.
    restless: bool,
}

impl Window {
    /// A window on a session in memory.
    pub fn of(session: Session) -> Self {
        Self::with(session, Arc::default())
    }

    /// A window that keeps its work on disk, in folders of its own; `environment` gets the call by
    /// which background work wakes the window.
    pub fn start(environment: impl FnOnce(Arc<dyn Fn() + Send + Sync>) -> Environment) -> Self {
        let woken = Arc::new(AtomicBool::new(false));
        let wake = woken.clone();
        let session = Session::start(environment(Arc::new(move || wake.store(true, Ordering::Release))));
        Self::with(session, woken)
    }

    fn with(session: Session, woken: Arc<AtomicBool>) -> Self {
        let mut window = Self {
            app: App::new(session),
            ctx: Context::default(),
            time: 0.0,
            nodes: BTreeMap::new(),
            woken,
            restless: true,
        };
        // The first passes install the fonts.
        for _ in 0..3 {
            window.frame(Vec::new());
        }
        window
    }

    /// Draws a frame and returns what it took of the processor.
    pub fn frame(&mut self, events: Vec<Event>) -> Duration {
        self.time += 1.0 / 60.0;
        let screen = Rect::from_min_size(Pos2::ZERO, SIZE);
        let input = RawInput { screen_rect: Some(screen), time: Some(self.time), events, ..RawInput::default() };
        self.woken.store(false, Ordering::Release);
        let start = ThreadTime::now();
        let app = &mut self.app;
        let mut output = self.ctx.run_ui(input, |ui| app.show(ui));
        let shapes = std::mem::take(&mut output.shapes);
        std::hint::black_box(self.ctx.tessellate(shapes, output.pixels_per_point));
        let took = start.elapsed();
        output.textures_delta.clear();
        self.restless = output.viewport_output.values().any(|viewport| viewport.repaint_delay.is_zero());
        if let Some(TreeUpdate { nodes, .. }) = output.platform_output.accesskit_update.take() {
            self.nodes = nodes.into_iter().collect();
        }
        took
    }

    /// Draws frames, and returns what they took, sorted.
    pub fn frames(&mut self, count: usize, mut events: impl FnMut(&mut Self, usize) -> Vec<Event>) -> Vec<Duration> {
        let mut took: Vec<Duration> = (0..count)
            .map(|n| {
                let events = events(self, n);
                self.frame(events)
            })
            .collect();
        took.sort_unstable();
        took
    }

    /// Draws frames as the window would, sixty a second at the most and none while nothing calls for
    /// one, until something holds, `patience` at the most. Returns the time by the clock, and the
    /// frames' costs, sorted.
    pub fn until(&mut self, patience: Duration, mut holds: impl FnMut(&Session) -> bool) -> (Duration, Vec<Duration>) {
        let begun = Instant::now();
        let mut took = Vec::new();
        loop {
            let frame = Instant::now();
            if self.restless || self.woken.load(Ordering::Acquire) || took.is_empty() {
                took.push(self.frame(Vec::new()));
            }
            if holds(self.app.session()) || begun.elapsed() > patience {
                break;
            }
            std::thread::sleep(Duration::from_micros(16_667).saturating_sub(frame.elapsed()));
        }
        let waited = begun.elapsed();
        took.sort_unstable();
        (waited, took)
    }

    /// Draws frames until all background work is in, ten minutes at the most.
    pub fn settle(&mut self) -> (Duration, Vec<Duration>) {
        let mut quiet = 0;
        self.until(Duration::from_secs(600), |session| {
            quiet = if session.is_idle() { quiet + 1 } else { 0 };
            quiet > 3
        })
    }

    /// The middle of what has a role, and a name with these words in it.
    pub fn place(&mut self, role: Role, name: &str) -> Pos2 {
        self.ctx.enable_accesskit();
        self.frame(Vec::new());
        self.ctx.disable_accesskit();
        let found =
            self.nodes.values().find(|node| node.role() == role && node.label().is_some_and(|l| l.contains(name)));
        let bounds = found.and_then(Node::bounds).unwrap_or_else(|| panic!("nothing is called {name}"));
        Pos2::new((bounds.x0 + bounds.x1) as f32 / 2.0, (bounds.y0 + bounds.y1) as f32 / 2.0)
    }

    /// Clicks on what has a role and a name with these words. Returns the slowest frame of it.
    pub fn click(&mut self, role: Role, name: &str) -> Duration {
        let at = self.place(role, name);
        let slowest = self.click_at(at);
        self.frame(vec![Event::PointerMoved(Pos2::new(SIZE.x / 2.0, 2.0))]);
        slowest
    }

    /// Clicks. Returns the slowest frame of it.
    pub fn click_at(&mut self, at: Pos2) -> Duration {
        let steps =
            [vec![Event::PointerMoved(at)], vec![button(at, true)], vec![button(at, false)], Vec::new(), Vec::new()];
        steps.into_iter().map(|events| self.frame(events)).max().unwrap_or_default()
    }
}

/// The left button, pressed or let go.
pub fn button(pos: Pos2, pressed: bool) -> Event {
    Event::PointerButton { pos, button: PointerButton::Primary, pressed, modifiers: Modifiers::NONE }
}

/// A turn of the wheel, in points.
pub fn wheel(delta: f32) -> Event {
    Event::MouseWheel {
        unit: MouseWheelUnit::Point,
        delta: vec2(0.0, delta),
        phase: TouchPhase::Move,
        source: MouseWheelSource::Unknown,
        modifiers: Modifiers::NONE,
    }
}

/// A key, pressed and let go.
pub fn key(key: Key) -> Vec<Event> {
    let event = |pressed| Event::Key { key, physical_key: None, pressed, repeat: false, modifiers: Modifiers::NONE };
    vec![event(true), event(false)]
}

/// A line with median, 99th percentile and slowest, in milliseconds; the times are sorted.
pub fn report(what: &str, took: &[Duration]) {
    let at =
        |share: f64| took.get(((took.len() - 1) as f64 * share) as usize).map_or(0.0, |took| took.as_secs_f64() * 1e3);
    println!("  {what:<36} median {:>8.2} ms   p99 {:>8.2} ms   slowest {:>8.2} ms", at(0.5), at(0.99), at(1.0));
}
