//! Starting the window, or saying in one sentence why it cannot be.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Instant;

use super::App;
use crate::session::{Command, Environment, Session};

/// What to do instead, where there is no window.
const INSTEAD: &str = "without a window, try `tallymark reconcile samples/articles`";

/// Opens the window on a project or on articles, and returns once it is closed.
///
/// # Errors
/// One sentence that says what to do, where there is no display or no usable graphics driver.
pub fn run(paths: Vec<PathBuf>) -> Result<(), String> {
    let started = Instant::now();
    let report = std::env::var_os("TALLYMARK_REPORT_FIRST_FRAME").is_some();
    if let Some(missing) = no_display(|name| std::env::var_os(name).is_some_and(|value| !value.is_empty())) {
        return Err(format!("No window can be opened: {missing}; {INSTEAD}."));
    }
    let viewport = egui::ViewportBuilder::default()
        .with_title("Tallymark")
        .with_app_id("tallymark")
        .with_inner_size([1440.0, 900.0])
        .with_min_inner_size([1024.0, 640.0])
        .with_icon(icon());
    let options = eframe::NativeOptions { viewport, ..Default::default() };
    let create: eframe::AppCreator<'_> = Box::new(move |creation| {
        super::theme::install(&creation.egui_ctx);
        let ctx = creation.egui_ctx.clone();
        let mut session = Session::start(Environment::of_user(Arc::new(move || ctx.request_repaint())));
        if paths.is_empty() {
            session.resume();
        } else {
            session.run(Command::Open(paths));
        }
        let mut app = App::new(session);
        app.restore(&creation.egui_ctx);
        Ok(Box::new(Timed { app, started, report }))
    });
    eframe::run_native("tallymark", options, create)
        .map_err(|error| format!("No window can be opened: {}; {INSTEAD}.", reason(&error)))
}

/// The application, and where it is asked for, the time to its first frame on standard error.
struct Timed {
    app: App,
    started: Instant,
    report: bool,
}

impl eframe::App for Timed {
    fn logic(&mut self, ctx: &egui::Context, frame: &mut eframe::Frame) {
        self.app.logic(ctx, frame);
    }

    fn ui(&mut self, ui: &mut egui::Ui, frame: &mut eframe::Frame) {
        self.app.ui(ui, frame);
        if std::mem::take(&mut self.report) {
            eprintln!("first frame after {} ms", self.started.elapsed().as_millis());
        }
    }

    fn on_exit(&mut self, context: Option<&eframe::glow::Context>) {
        self.app.on_exit(context);
    }

    fn clear_color(&self, visuals: &egui::Visuals) -> [f32; 4] {
        self.app.clear_color(visuals)
    }
}

/// What a system without a display lacks; `set` says whether a variable of the environment is set.
fn no_display(set: impl Fn(&str) -> bool) -> Option<&'static str> {
    let needs_server = cfg!(all(unix, not(target_os = "macos"), not(target_os = "android"), not(target_os = "ios")));
    let found = ["DISPLAY", "WAYLAND_DISPLAY", "WAYLAND_SOCKET"].into_iter().any(set);
    (needs_server && !found).then_some("neither DISPLAY nor WAYLAND_DISPLAY is set")
}

/// What stands in the way of a window. What the libraries say of it names their own source files,
/// and helps nobody.
fn reason(error: &eframe::Error) -> String {
    match error {
        eframe::Error::AppCreation(error) => error.to_string().trim_end_matches('.').to_owned(),
        eframe::Error::Winit(_) | eframe::Error::WinitEventLoop(_) => "the display cannot be reached".to_owned(),
        _ => "there is no usable graphics driver (OpenGL)".to_owned(),
    }
}

/// The window's icon: tally marks, drawn here so that it is sharp at its one size.
fn icon() -> egui::IconData {
    let size = 64_usize;
    let theme = super::theme::Theme::light();
    let (ground, stroke) = (theme.accent.to_array(), theme.on_accent.to_array());
    let mut rgba = Vec::with_capacity(size * size * 4);
    for y in 0..size {
        for x in 0..size {
            let (x, y) = (x as f32 + 0.5, y as f32 + 0.5);
            let colour = if !in_tile(x, y) {
                [0; 4]
            } else if on_marks(x, y) {
                stroke
            } else {
                ground
            };
            rgba.extend(colour);
        }
    }
    let size = 64;
    egui::IconData { rgba, width: size, height: size }
}

/// Whether a point lies in the rounded tile of the icon.
fn in_tile(x: f32, y: f32) -> bool {
    let (radius, edge) = (14.0_f32, 2.0);
    let near = |v: f32| (edge + radius - v).max(v - (64.0 - edge - radius)).max(0.0);
    near(x).hypot(near(y)) <= radius
}

/// Whether a point lies on four upright strokes or the one across them.
fn on_marks(x: f32, y: f32) -> bool {
    let upright = (15.0..=49.0).contains(&y) && [19.0, 27.5, 36.0, 44.5].iter().any(|at: &f32| (x - at).abs() <= 2.2);
    let across = (12.0..=52.0).contains(&x) && (y - (46.0 - (x - 12.0) * 0.7)).abs() <= 2.7;
    upright || across
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[cfg(target_os = "linux")]
    fn a_missing_display_is_told_before_a_window_is_tried() {
        for (set, expected) in
            [(&[][..], true), (&["DISPLAY"][..], false), (&["WAYLAND_DISPLAY"][..], false), (&["HOME"][..], true)]
        {
            assert_eq!(no_display(|name| set.contains(&name)).is_some(), expected, "{set:?}");
        }
    }

    #[test]
    fn the_icon_has_marks_on_a_tile_with_clear_corners() {
        let icon = icon();
        let at = |x: u32, y: u32| {
            let place = ((y * icon.width + x) * 4) as usize;
            icon.rgba[place..place + 4].to_vec()
        };
        assert_eq!(icon.rgba.len(), (icon.width * icon.height * 4) as usize);
        assert_eq!(at(0, 0)[3], 0);
        assert_ne!(at(19, 17), at(10, 10));
    }
}
