//! The window: the four places, menu and status line. Reads the session, pushes requests, and
//! lets [`App`] carry them out after drawing.

pub mod actions;
mod carry_out;
pub mod dialogs;
mod focus;
pub mod fonts;
mod from_facts;
pub mod keymap;
mod keys;
mod launch;
pub mod markdown;
mod memory;
pub mod panels;
pub mod reader;
mod remembered;
mod sheet;
mod sizes;
pub mod state;
pub mod steps;
pub mod theme;
pub mod widgets;
pub mod words;

pub use launch::run;

use std::collections::BTreeMap;

use egui::{CentralPanel, Frame, Margin, Panel, Rect, Stroke};

use crate::session::{Command, Session};
use dialogs::{Answer, Dialogs, Purpose, SystemDialogs};
use focus::Keyboard;
use panels::articles::ArticleList;
use panels::inspector::Inspector;
use panels::palette::Palette;
use panels::reconciliation::ReconciliationPanel;
use panels::sheets::{PathField, Sheets};
use panels::shortcuts::Shortcuts;
use panels::status::StatusLine;
use panels::{menu, notices, start};
use remembered::{Left, Remembered};
use state::{Place, Request, UiState, View};
use theme::Theme;

const MENU_HEIGHT: f32 = 36.0;
const STATUS_HEIGHT: f32 = 26.0;

/// The window's application.
#[derive(Debug)]
pub struct App {
    session: Session,
    state: UiState,
    reader: reader::Reader,
    articles: ArticleList,
    inspector: Inspector,
    reconciliation: ReconciliationPanel,
    status: StatusLine,
    palette: Palette,
    sheets: Sheets,
    shortcuts: Shortcuts,
    path: PathField,
    dialogs: Box<dyn Dialogs>,
    /// Where each place was drawn last, to know which of them has the keyboard.
    places: BTreeMap<Place, Rect>,
    keyboard: Keyboard,
    /// Whether this frame's requests give the inspector the keyboard: then what is accepted stays chosen.
    editing: bool,
    /// How wide, or high, places are.
    sizes: sizes::Sizes,
    /// What the session keeps of the window's settings; `None` until they were taken over.
    kept: Option<Remembered>,
    /// What they will be, and since when they are that.
    changing: Option<(Remembered, f64)>,
    /// The window's title as it was set last.
    title: String,
    /// Where projects were left, the latest first.
    left: Vec<Left>,
    /// The project's folder, and whether the place where it was left is shown.
    returned: (Option<std::path::PathBuf>, bool),
    /// How large the window is, in points at 100 %, and whether it fills the screen.
    size: (Option<(f32, f32)>, bool),
    /// The size that the window shall take, and the passes until then: zoom comes first.
    resize: Option<(egui::Vec2, u8)>,
    /// What [`UiState::waiting`] was found for.
    waiting_of: Option<(u64, Option<crate::claim::Grade>)>,
}

impl Default for App {
    fn default() -> Self {
        Self::new(Session::default())
    }
}

impl App {
    /// A window on a session, with the system's dialogs.
    pub fn new(session: Session) -> Self {
        Self::with_dialogs(session, Box::new(SystemDialogs::default()))
    }

    /// A window on a session, with other dialogs: for tests.
    pub fn with_dialogs(session: Session, dialogs: Box<dyn Dialogs>) -> Self {
        Self {
            session,
            state: UiState::default(),
            reader: reader::Reader::default(),
            articles: ArticleList::default(),
            inspector: Inspector::default(),
            reconciliation: ReconciliationPanel::default(),
            status: StatusLine,
            palette: Palette::default(),
            sheets: Sheets::default(),
            shortcuts: Shortcuts::default(),
            path: PathField::default(),
            dialogs,
            places: BTreeMap::new(),
            keyboard: Keyboard::default(),
            editing: false,
            sizes: sizes::Sizes::default(),
            kept: None,
            changing: None,
            title: String::new(),
            left: Vec::new(),
            returned: (None, false),
            size: (None, false),
            resize: None,
            waiting_of: None,
        }
    }

    /// The project shown, for tests.
    pub fn session(&self) -> &Session {
        &self.session
    }

    /// The project shown, for tests.
    pub fn session_mut(&mut self) -> &mut Session {
        &mut self.session
    }

    /// What is shown and chosen, for tests.
    pub fn state(&self) -> &UiState {
        &self.state
    }

    fn set_title(&mut self, ctx: &egui::Context) {
        let title = match self.session.project_name() {
            _ if self.session.workspace().articles.is_empty() && self.session.is_untitled() => "Tallymark".to_owned(),
            name => format!("{name} — Tallymark"),
        };
        if self.title != title {
            ctx.send_viewport_cmd(egui::ViewportCommand::Title(title.clone()));
            self.title = title;
        }
    }

    /// Draws the window and carries out what was asked.
    pub fn show(&mut self, ui: &mut egui::Ui) {
        let ctx = ui.ctx().clone();
        if !theme::install(&ctx) {
            // The fonts are there from the next pass on; nothing can be laid out in them before.
            ctx.request_discard("fonts are being installed");
            ctx.request_repaint();
            return;
        }
        if self.kept.is_none() {
            self.restore(&ctx);
        }
        let focused = |event: &egui::Event| *event == egui::Event::WindowFocused(true);
        if ctx.input(|input| input.events.iter().any(focused)) {
            self.session.run(Command::LookAround);
        }
        self.session.poll();
        self.return_to_place();
        self.follow_session();

        let mut requests: Vec<Request> = Vec::new();
        requests.extend(self.answer_of_dialog());
        requests.extend(dropped(&ctx));
        if self.state.focus.is_some() {
            // What had the keyboard lets go of it, or its place would stay the active one until the
            // other has drawn itself.
            ctx.memory_mut(|memory| {
                if let Some(id) = memory.focused() {
                    memory.surrender_focus(id);
                }
            });
        }
        let focus = self.keyboard(&ctx);
        requests.extend(keys::pressed(&ctx, &self.session, &self.state, focus).into_iter().map(Request::Act));
        self.draw(ui, &mut requests);
        // What was there for this frame has been seen by every place.
        self.state.jump = None;
        self.state.focus = None;
        self.state.find = None;
        self.state.menu = None;
        if !requests.is_empty() {
            ctx.request_repaint();
        }
        self.editing = requests.contains(&Request::Focus(Place::Inspector));
        for request in requests {
            self.carry_out(&ctx, request);
        }
        self.resize(&ctx);
        self.remember(&ctx);
        self.set_title(&ctx);
    }

    fn draw(&mut self, ui: &mut egui::Ui, requests: &mut Vec<Request>) {
        let ctx = ui.ctx().clone();
        let colours = Theme::of(&ctx);
        let Self {
            session,
            state,
            reader,
            articles,
            inspector,
            reconciliation,
            status,
            palette,
            sheets,
            shortcuts,
            path,
            sizes,
            ..
        } = self;
        let mut view = View { session, state, theme: colours.clone(), requests };
        let plain = |fill, margin| Frame::new().fill(fill).inner_margin(margin);
        let mut places = BTreeMap::new();

        Panel::top("menu")
            .exact_size(MENU_HEIGHT)
            .frame(plain(colours.panel, Margin::symmetric(6, 4)))
            .show(ui, |ui| menu::show(ui, &mut view));
        Panel::bottom("status")
            .exact_size(STATUS_HEIGHT)
            .frame(plain(colours.background, Margin::symmetric(14, 2)))
            .show(ui, |ui| status.show(ui, &mut view));
        notices::show(ui, &mut view);

        let empty = view.session.workspace().articles.is_empty() && view.session.jobs().is_empty();
        if empty {
            CentralPanel::default()
                .frame(plain(colours.reader, Margin::same(0)))
                .show(ui, |ui| start::show(ui, &mut view));
        } else {
            let most = ui.available_height();
            let mut drawn = Places { room: ui.available_size(), sizes, drawn: &mut places };
            drawn.sizes.begin(drawn.room);
            let around = Margin { left: 14, right: 14, top: 6, bottom: 0 };
            let bounds = 120.0..=(most - 160.0).max(121.0);
            drawn.show(ui, &mut view, Place::Reconciliation, (bounds, around), |ui, view| {
                landing(ui, view, Place::Reconciliation);
                reconciliation.show(ui, view);
            });
            let most = drawn.room.x - LEAST_TEXT.x - 240.0 - INSPECTOR_MARGIN;
            let bounds = 180.0..=most.clamp(180.0, 420.0);
            drawn.show(ui, &mut view, Place::Articles, (bounds, Margin::same(0)), |ui, view| articles.show(ui, view));
            let most = ui.available_width() - LEAST_TEXT.x - INSPECTOR_MARGIN;
            let (bounds, around) = (240.0..=most.clamp(240.0, 520.0), Margin { top: 8, ..around });
            drawn.show(ui, &mut view, Place::Inspector, (bounds, around), |ui, view| {
                landing(ui, view, Place::Inspector);
                inspector.show(ui, view);
            });
            let text = CentralPanel::default()
                .frame(plain(colours.reader, Margin::same(0)))
                .show(ui, |ui| within(ui, |ui| reader.show(ui, &mut view)));
            places.insert(Place::Reader, text.response.rect);
        }
        sheets.show(&ctx, &mut view);
        shortcuts.show(&ctx, &mut view);
        palette.show(&ctx, &mut view);
        if let Some((purpose, paths)) = path.show(&ctx, &colours) {
            view.requests.extend(request_for(purpose, paths));
        }
        hovering_files(&ctx, &colours);
        reader::under_windows(&ctx, &self.state.sheets);
        let dragged = ctx.input(|input| input.pointer.any_down());
        for (place, rect) in &places {
            let size = if *place == Place::Reconciliation { rect.height() } else { rect.width() };
            if *place != Place::Reader {
                self.sizes.end(*place, size, dragged);
            }
        }
        self.places = places;
        self.frame_active(&ctx, &colours);
    }

    /// Lets go of what has gone from the project, and shows the first article where none is shown.
    fn follow_session(&mut self) {
        let articles = &self.session.workspace().articles;
        self.state.marked.retain(|id| articles.contains_key(id));
        let gone = self.state.article.as_ref().is_none_or(|id| !articles.contains_key(id));
        if gone {
            let first = self.articles.order().iter().find(|id| articles.contains_key(*id)).or(articles.keys().next());
            self.state.article = first.cloned();
            self.state.chosen = state::Chosen::Nothing;
            self.state.selection = None;
        }
        let of = (self.session.revision(), self.state.threshold);
        if self.waiting_of != Some(of) {
            self.waiting_of = Some(of);
            self.state.waiting = steps::reaches(self.session.pending_by_grade(), self.state.threshold);
        }
        // Suggestions that were made anew, or accepted in the background: the chosen one stays chosen, however it is read by now.
        if let state::Chosen::Suggestion(key) = &self.state.chosen
            && self.session.suggestion(key).is_none()
            && let Some(other) = self.session.counterpart(key).cloned()
        {
            self.state.chosen = state::Chosen::Suggestion(other);
        }
        self.let_go();
    }

    fn answer_of_dialog(&mut self) -> Option<Request> {
        match self.dialogs.answer()? {
            Answer::Chosen(purpose, paths) => request_for(purpose, paths),
            Answer::Cancelled => None,
            Answer::Unavailable(purpose) => {
                self.path.open(purpose);
                None
            }
        }
    }
}

impl eframe::App for App {
    /// Also while hidden: what runs in the background is taken in.
    fn logic(&mut self, _ctx: &egui::Context, _frame: &mut eframe::Frame) {
        self.session.poll();
    }

    fn ui(&mut self, ui: &mut egui::Ui, _frame: &mut eframe::Frame) {
        self.show(ui);
    }

    /// Whatever is on its way to the disk gets there.
    fn on_exit(&mut self, _gl: Option<&eframe::glow::Context>) {
        self.leave();
        self.session.close();
    }

    fn clear_color(&self, visuals: &egui::Visuals) -> [f32; 4] {
        visuals.panel_fill.to_normalized_gamma_f32()
    }
}

/// What the inspector has to its left and right, beside its own width.
const INSPECTOR_MARGIN: f32 = 28.0;

/// Least room that the text has beside and above other places, in points.
const LEAST_TEXT: egui::Vec2 = egui::vec2(300.0, 140.0);

/// Whether a place is drawn: not where it is folded away, and in a window too small for all (a small
/// screen, a large zoom) only while it is the active one, so that the text keeps its room.
fn shows(state: &UiState, place: Place, room: egui::Vec2) -> bool {
    let crowded = match place {
        Place::Reader => false,
        Place::Articles | Place::Inspector => room.x < 180.0 + 240.0 + LEAST_TEXT.x,
        Place::Reconciliation => room.y < 160.0 + LEAST_TEXT.y,
    };
    !state.folded.contains(&place) && (!crowded || state.active == place)
}

/// The places around the text, as they are drawn one after the other.
struct Places<'a> {
    /// What they share with the text.
    room: egui::Vec2,
    sizes: &'a mut sizes::Sizes,
    /// Where each was drawn.
    drawn: &'a mut BTreeMap<Place, Rect>,
}

impl Places<'_> {
    /// Draws a place in a panel of its own, within bounds of its size, unless it is folded away.
    fn show(
        &mut self,
        ui: &mut egui::Ui,
        view: &mut View<'_>,
        place: Place,
        (bounds, margin): (std::ops::RangeInclusive<f32>, Margin),
        add: impl FnOnce(&mut egui::Ui, &mut View<'_>),
    ) {
        if !shows(view.state, place, self.room) {
            return;
        }
        let panel = match place {
            Place::Articles => Panel::left("articles"),
            Place::Inspector => Panel::right("inspector"),
            Place::Reconciliation | Place::Reader => Panel::bottom("reconciliation"),
        };
        let frame = Frame::new().fill(view.theme.panel).inner_margin(margin);
        let panel = self.sizes.panel(place, panel, bounds).frame(frame);
        let shown = panel.show(ui, |ui| within(ui, |ui| add(ui, view)));
        self.drawn.insert(place, shown.response.rect);
    }
}

/// Gives a place the whole of its panel and no more: what is wider than the panel is cut off at its
/// edge, and does not push the edge.
fn within(ui: &mut egui::Ui, add: impl FnOnce(&mut egui::Ui)) {
    let room = ui.available_rect_before_wrap();
    let mut inner = ui.new_child(egui::UiBuilder::new().max_rect(room));
    let clip = inner.clip_rect();
    inner.set_clip_rect(clip.intersect(Rect::from_min_max(clip.min, egui::pos2(room.right() + 14.0, clip.bottom()))));
    add(&mut inner);
    ui.allocate_rect(room, egui::Sense::hover());
}

/// Where the keyboard lands in a place that has no control of its own to begin with: Tab goes on
/// from there, and a screen reader says where it is.
fn landing(ui: &mut egui::Ui, view: &View<'_>, place: Place) {
    let id = ui.scope_id().with("landing");
    let asked = view.state.focus == Some(place);
    // No stop of Tab for those who did not land there.
    if !asked && !ui.memory(|memory| memory.has_focus(id)) {
        return;
    }
    let response = ui.interact(ui.max_rect(), id, egui::Sense::focusable_noninteractive());
    response.widget_info(|| egui::WidgetInfo::labeled(egui::accesskit::Role::Pane, true, place.name()));
    if asked {
        response.request_focus();
    }
}

/// What is done with chosen paths.
fn request_for(purpose: Purpose, paths: Vec<std::path::PathBuf>) -> Option<Request> {
    let one = || paths.first().cloned();
    let command = match purpose {
        Purpose::Picture => return one().map(Request::SavePicture),
        Purpose::Replacement => return one().map(Request::Replace),
        Purpose::Articles | Purpose::Folder => Some(Command::Open(paths)),
        Purpose::Project => one().map(Command::OpenProject),
        Purpose::SaveAs => one().map(Command::SaveAs),
        Purpose::Metadata => one().map(Command::ImportMetadata),
        Purpose::Export(place) => {
            let format = crate::formats::FORMATS.get(usize::from(place))?;
            one().map(|path| Command::Export { format: format.id.into(), path })
        }
    };
    command.map(Request::Run)
}

/// Files and folders that were dropped on the window.
fn dropped(ctx: &egui::Context) -> Option<Request> {
    let paths = ctx.input_mut(|input| {
        let files = std::mem::take(&mut input.raw.dropped_files);
        files.iter().map(|file| file.path().to_owned()).collect::<Vec<_>>()
    });
    (!paths.is_empty()).then_some(Request::Run(Command::Open(paths)))
}

/// Says what will happen while files hang over the window.
fn hovering_files(ctx: &egui::Context, theme: &Theme) {
    let count = ctx.input(|input| input.raw.hovered_files.len());
    if count == 0 {
        return;
    }
    let screen = ctx.content_rect();
    let painter = ctx.layer_painter(egui::LayerId::new(egui::Order::Tooltip, egui::Id::unique("hovering files")));
    painter.rect_filled(screen, 0.0, theme.accent_ground.gamma_multiply(0.85));
    painter.rect_stroke(screen.shrink(8.0), 8.0, Stroke::new(2.0, theme.accent), egui::StrokeKind::Inside);
    let words = if count == 1 { "Drop to open".to_owned() } else { format!("Drop to open {count} files") };
    let font = theme::strong(18.0);
    painter.text(screen.center(), egui::Align2::CENTER_CENTER, words, font, theme.accent);
}
