//! The reader: an article's text with its claims and suggestions, by mouse and by keyboard.
//!
//! Only paragraphs in view are laid out ([`layout`]); the view hangs on a paragraph, not on a
//! height ([`scroll`]), so that what is learnt about heights never moves the text. All positions
//! are bytes of the article: rows, glyphs and characters stay inside [`layout`].

mod access;
mod caret;
mod draw;
mod find;
mod find_bar;
mod header;
mod heights;
mod keys;
mod layout;
mod marks;
mod notes;
mod paint;
mod pointer;
mod scroll;
mod selection;
mod sheet;
mod spans;
mod toolbar;
mod work;

use std::collections::BTreeMap;
use std::sync::Arc;

use egui::{EventFilter, Rect, Response, Sense, Ui, pos2, vec2};

use crate::article::Article;
use crate::claim::{ArticleId, Grade, Span};
use crate::ui::state::{Chosen, Place, Request, View};
use crate::ui::theme::{self, Theme};
use caret::Caret;
use draw::tooltip;
use find_bar::FindBar;
use header::Header;
use heights::Heights;
use layout::{Cache, Laid, Setting};
use paint::Visible;
use scroll::Scroll;
use selection::Selection;
use sheet::Sheet;
use spans::Marks;

/// Least space on either side of the column, in points.
const SIDE: f32 = 24.0;
/// Space under the last paragraph, in points.
const FOOT: f32 = 80.0;
/// How long a place that was jumped to is lit, in seconds.
const FLASH: f64 = 1.2;

/// The reader's own state: layout, scroll position, caret, selection.
#[derive(Debug, Default)]
pub struct Reader {
    sheet: Option<Arc<Sheet>>,
    heights: Heights,
    cache: Cache,
    scroll: Scroll,
    top: Top,
    caret: Caret,
    selection: Selection,
    /// The selection that the window knows of.
    told: Option<Span>,
    hand: pointer::Hand,
    marks: Marks,
    /// What the marks were made of, and how often they were.
    marks_of: Option<(ArticleId, u64, Option<Grade>)>,
    marks_made: u64,
    rail: marks::Rail,
    /// Where each article was left.
    left: BTreeMap<ArticleId, (Scroll, Top, Caret)>,
    wishes: Wishes,
    find: FindBar,
    /// Where and since when a place is lit.
    flash: Option<(Vec<Span>, f64)>,
    /// What is to be lit once it is in view.
    lit: Vec<Span>,
    /// The widget of the text, as it was drawn last.
    text: Option<egui::Id>,
}

/// What stays in place when the column changes its width.
#[derive(Clone, Copy, Debug, Default)]
struct Top {
    /// The byte at the top of the view.
    byte: usize,
    /// The width of the column when it was noted.
    width: f32,
}

/// What came from outside and was taken note of, so that it is done once.
#[derive(Debug, Default)]
struct Wishes {
    jump: Option<Vec<Span>>,
    focus: Option<Place>,
    chosen: Chosen,
    /// A place to bring into view.
    reveal: Option<(Span, Reveal)>,
}

/// How a place is brought into view.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Reveal {
    /// Not at all where it is in view; else to the nearest edge.
    Nearest,
    /// Not at all where it is in view; else a third from the top.
    Third,
    /// A third from the top, and lit for a moment.
    Flash,
    /// At the top, wherever it is now.
    Top,
}

/// Where things stand on the screen in this frame.
#[derive(Clone, Copy, Debug)]
struct Field {
    /// The text with its margins.
    text: Rect,
    /// The rail at the right edge.
    rail: Rect,
    /// Left edge of the column.
    left: f32,
    /// Width of the column.
    width: f32,
}

impl Field {
    fn new(area: Rect) -> Self {
        let rail = Rect::from_min_max(pos2((area.max.x - marks::WIDTH).max(area.min.x), area.min.y), area.max);
        let text = Rect::from_min_max(area.min, pos2(rail.min.x, area.max.y));
        let width = layout::COLUMN.min(text.width() - 2.0 * SIDE).max(120.0).floor();
        let left = (area.center().x - width / 2.0).min(text.max.x - SIDE - width).max(text.min.x + SIDE).floor();
        Self { text, rail, left, width }
    }
}

/// Lays paragraphs out and learns their heights.
struct Setter<'a> {
    ctx: &'a egui::Context,
    sheet: &'a Sheet,
    theme: &'a Theme,
    /// Space above the first paragraph, and right below it.
    around: (f32, f32),
    cache: &'a mut Cache,
    heights: &'a mut Heights,
}

impl Setter<'_> {
    fn laid(&mut self, index: usize) -> Arc<Laid> {
        let laid = self.cache.get(self.ctx, self.sheet, index, self.theme);
        let (above, below) = self.extra(index);
        self.heights.set(index, above + laid.height() + below);
        laid
    }

    fn extra(&self, index: usize) -> (f32, f32) {
        let (above, below) = if index == 0 { self.around } else { (0.0, 0.0) };
        (above, if index + 1 == self.sheet.paragraphs.len() { below + FOOT } else { below })
    }

    fn height(&mut self, index: usize) -> f32 {
        self.laid(index);
        self.heights.get(index)
    }

    /// The row of a byte, counted from the top of its paragraph.
    fn row(&mut self, byte: usize, early: bool) -> Option<(usize, std::ops::Range<f32>)> {
        let index = self.sheet.paragraph_at(byte)?;
        let laid = self.laid(index);
        let rect = laid.row_rect(laid.place(byte, early).row);
        let top = self.extra(index).0 + laid.above;
        Some((index, top + rect.min.y..top + rect.max.y))
    }
}

impl caret::Page for Setter<'_> {
    fn sheet(&self) -> &Sheet {
        self.sheet
    }

    fn laid(&mut self, index: usize) -> Arc<Laid> {
        Setter::laid(self, index)
    }

    fn rows_top(&self, index: usize) -> f64 {
        self.heights.above(index) + f64::from(self.extra(index).0 + layout::above(self.sheet, index))
    }

    fn find(&self, y: f64) -> (usize, f32) {
        let (index, below) = self.heights.find(y);
        (index, below - self.extra(index).0 - layout::above(self.sheet, index))
    }

    fn total(&self) -> f64 {
        self.heights.total()
    }
}

impl Reader {
    /// Draws it.
    pub fn show(&mut self, ui: &mut Ui, view: &mut View<'_>) {
        let theme = view.theme.clone();
        self.text = None;
        let area = ui.available_rect_before_wrap();
        ui.painter().rect_filled(area, 0.0, theme.reader);
        let Some(id) = view.state.article.clone() else {
            return hint(ui, area, "No article is open. Choose one on the left.", &theme);
        };
        let Some(article) = view.session.article(&id).cloned() else {
            return hint(ui, area, "This article has no text yet: it is being read, or could not be.", &theme);
        };
        let sheet = self.open(&article, view);
        let selected = self.selected().map_or("", |span| span.of(&article.text));
        let area =
            if self.find.follow(view, selected) { self.find.show(ui, area, self.caret.byte, view) } else { area };
        let field = Field::new(area);
        self.refresh(view);
        self.follow(view);

        let response = ui.interact(field.text, ui.scope_id().with("reader"), Sense::click_and_drag());
        self.text = Some(response.id);
        let record = view.session.workspace().articles.get(&id);
        let header = Header::new(ui, record, &sheet, field.width, &theme);
        let setting = Setting {
            article: id.clone(),
            text: article.text_sha256.clone(),
            width: field.width,
            dark: theme.dark,
            scale: ui.ctx().pixels_per_point(),
            fonts: theme::serif(layout::BODY),
        };
        self.set_up(ui.ctx(), setting, &sheet, &header, &theme);

        self.focus(ui, &response, view);
        if response.has_focus() {
            self.keyboard(ui, field, header.around(), view);
        }
        self.wheel(ui, &response, field);
        self.reveal(ui, field, &sheet, header.around(), &theme);
        let mut visible = self.visible(ui, field, &sheet, header.around(), &theme);
        self.rail(ui, field, &sheet, view);
        if self.pointer(ui, &response, field, &visible, view) {
            visible = self.visible(ui, field, &sheet, header.around(), &theme);
        }
        self.menu(&response, &visible, view);
        let hovered = self.hovered(ui, &response, &visible);
        self.paint(ui, field, &visible, hovered.as_ref(), (&response, view));
        self.header(ui, field, &header, &visible, &theme);
        for paragraph in &visible {
            notes::show(ui, &article, paragraph, field.text, &theme);
        }
        if let Some(mark) = hovered {
            tooltip(&response, &mark, view);
        }
        let title = record.map_or(&*article.name, |record| record.label());
        access::text(ui, &response, title, &visible, self.selection);
        self.mark_nodes(ui, field, &visible, &article, view);
        self.bars(ui, &response, field, &visible, view);
        self.tell(view);
        self.cache.end();
        self.left.insert(id, (self.scroll, self.top, self.caret));
        if sheet.paragraphs.is_empty() {
            hint(ui, area, "This article has no words.", &theme);
        }
    }

    /// Whether there is a text that can take the keyboard.
    pub fn has_text(&self) -> bool {
        self.text.is_some()
    }

    /// Whether this is the widget that takes the keys of the text itself.
    pub fn has_keys(&self, widget: egui::Id) -> bool {
        self.text == Some(widget)
    }

    /// The byte of the article at the top of the view.
    pub fn top(&self) -> usize {
        self.top.byte
    }

    /// Brings a byte of the article that is shown next to the top of the view.
    pub fn begin_at(&mut self, byte: usize) {
        let byte = u32::try_from(byte).unwrap_or(u32::MAX - 1);
        self.wishes.reveal = Some((Span { start: byte, end: byte + 1 }, Reveal::Top));
    }

    /// Takes an article in hand; where it was read before, at the place where it was left.
    fn open(&mut self, article: &Arc<Article>, view: &mut View<'_>) -> Arc<Sheet> {
        if let Some(sheet) = &self.sheet
            && Arc::ptr_eq(&sheet.article, article)
        {
            return sheet.clone();
        }
        let same = self.sheet.as_ref().is_some_and(|sheet| sheet.article.id == article.id);
        let sheet = Arc::new(Sheet::new(article.clone()));
        (self.scroll, self.top, self.caret) = self.left.get(&article.id).copied().unwrap_or_default();
        let (first, last) = sheet.ends();
        self.caret = Caret::at(self.caret.byte.clamp(first, last));
        if !same || self.sheet.is_some() {
            if view.state.selection.is_some() && view.state.selection == self.told {
                view.ask(Request::Select(None));
            }
            self.selection = Selection::at(self.caret.byte);
            self.told = None;
        }
        self.hand = pointer::Hand::default();
        self.flash = None;
        self.sheet = Some(sheet.clone());
        sheet
    }

    /// Makes the marks anew where the project or the threshold has changed.
    fn refresh(&mut self, view: &View<'_>) {
        let Some(article) = view.state.article.clone() else { return };
        let (session, threshold) = (view.session, view.state.threshold);
        let edition = session.marks_edition(&article);
        let key = (article, edition, threshold);
        if self.marks_of.as_ref() == Some(&key) {
            return;
        }
        let before = self.marks_of.take().filter(|(of, _, shown)| (of, shown) == (&key.0, &threshold));
        match before.and_then(|(_, edition, _)| session.marks_changed(&key.0, edition)) {
            Some(changes) => self.marks.follow(session, &key.0, threshold, &changes),
            None => self.marks = Marks::of(session, &key.0, threshold),
        }
        self.marks_of = Some(key);
        self.marks_made += 1;
    }

    /// Follows what was chosen, selected or asked for elsewhere.
    fn follow(&mut self, view: &View<'_>) {
        if let Some(span) = view.state.selection
            && view.state.selection != self.told
        {
            self.selection = Selection::of(span.range());
            self.caret = Caret::at(span.end as usize);
            self.wishes.reveal = Some((span, Reveal::Third));
        } else if view.state.selection.is_none() && self.told.is_some() && self.hand.is_free() {
            self.selection = Selection::at(self.caret.byte);
        }
        self.told = view.state.selection;
        if self.wishes.chosen != view.state.chosen {
            self.wishes.chosen = view.state.chosen.clone();
            if let Some(mark) = self.marks.of_chosen(&view.state.chosen, view.session) {
                self.wishes.reveal = Some((mark.span, Reveal::Third));
                if view.state.selection.is_none() {
                    self.caret = Caret::at(mark.span.start as usize);
                    self.selection = Selection::at(self.caret.byte);
                }
            }
        }
        if self.wishes.jump != view.state.jump {
            self.wishes.jump.clone_from(&view.state.jump);
            if let Some(spans) = view.state.jump.clone()
                && let Some(span) = spans.first().copied()
            {
                self.wishes.reveal = Some((span, Reveal::Flash));
                self.lit = spans;
                self.caret = Caret::at(span.start as usize);
            }
        }
    }

    fn set_up(&mut self, ctx: &egui::Context, setting: Setting, sheet: &Sheet, header: &Header, theme: &Theme) {
        let width = setting.width;
        if !self.cache.begin(ctx, setting) && self.heights.len() == sheet.paragraphs.len() {
            return;
        }
        let estimates = (0..sheet.paragraphs.len()).map(|index| layout::estimate(sheet, index, width));
        self.heights = Heights::new(estimates.collect());
        let around = header.around();
        let mut setter = Setter { ctx, sheet, theme, around, cache: &mut self.cache, heights: &mut self.heights };
        let Top { byte, width: before } = self.top;
        if before != width
            && self.scroll != Scroll::default()
            && let Some((paragraph, row)) = setter.row(byte, false)
        {
            self.scroll = Scroll { paragraph, offset: row.start };
        }
    }

    fn focus(&mut self, ui: &Ui, response: &Response, view: &View<'_>) {
        if self.wishes.focus != view.state.focus {
            self.wishes.focus = view.state.focus;
            if view.state.focus == Some(Place::Reader) {
                response.request_focus();
            }
        }
        if response.has_focus() {
            let filter = EventFilter {
                tab: false,
                horizontal_arrows: true,
                vertical_arrows: true,
                // As long as there is something to let go of, Escape does not let go of the text.
                escape: self.told.is_some() || view.state.chosen != Chosen::Nothing,
            };
            ui.memory_mut(|memory| memory.set_focus_lock_filter(response.id, filter));
        }
    }

    fn wheel(&mut self, ui: &Ui, response: &Response, field: Field) {
        let over = response.contains_pointer() || ui.rect_contains_pointer(field.rail);
        if over {
            self.scroll.offset -= ui.input_mut(|input| std::mem::take(&mut input.smooth_scroll_delta.y));
        }
    }

    /// Brings into view what was asked for.
    fn reveal(&mut self, ui: &Ui, field: Field, sheet: &Sheet, around: (f32, f32), theme: &Theme) {
        let Some((span, how)) = self.wishes.reveal.take() else { return };
        let height = field.text.height();
        let Self { cache, heights, scroll, .. } = self;
        let mut setter = Setter { ctx: ui.ctx(), sheet, theme, around, cache, heights };
        let Some((paragraph, row)) = setter.row(span.start as usize, false) else { return };
        let margin = (height / 6.0).min(2.0 * layout::LINE);
        // Where it stands in the view now, as far as that is near enough to matter.
        let mut y = None;
        let mut top = -scroll.offset;
        for index in scroll.paragraph..sheet.paragraphs.len() {
            if index == paragraph {
                y = Some(top + row.start);
            }
            if index == paragraph || top > height {
                break;
            }
            top += setter.height(index);
        }
        let inside = y.is_some_and(|y| y >= margin && y + row.end - row.start <= height - margin);
        let at = match how {
            Reveal::Nearest if y.is_none_or(|y| y < margin) && paragraph <= scroll.paragraph => margin,
            Reveal::Nearest => height - margin - (row.end - row.start),
            Reveal::Third | Reveal::Flash => height / 3.0,
            Reveal::Top => 0.0,
        };
        if !inside || how == Reveal::Top {
            *scroll = Scroll { paragraph, offset: row.start - at };
        }
        if how == Reveal::Flash {
            self.flash = Some((std::mem::take(&mut self.lit), ui.input(|input| input.time)));
        }
    }

    /// Lays out what is in view.
    fn visible(&mut self, ui: &Ui, field: Field, sheet: &Sheet, around: (f32, f32), theme: &Theme) -> Vec<Visible> {
        let Self { cache, heights, scroll, top, .. } = self;
        let mut setter = Setter { ctx: ui.ctx(), sheet, theme, around, cache, heights };
        let height = field.text.height();
        scroll.settle(sheet.paragraphs.len(), height, |index| setter.height(index));
        let mut out = Vec::new();
        let mut y = -scroll.offset;
        let mut index = scroll.paragraph;
        while index < sheet.paragraphs.len() && y < height {
            let laid = setter.laid(index);
            let corner = pos2(field.left, field.text.min.y + y + setter.extra(index).0);
            let round = egui::emath::GuiRounding::round_to_pixels;
            out.push(Visible { index, origin: round(laid.origin(corner), ui.ctx().pixels_per_point()), laid });
            y += setter.heights.get(index);
            index += 1;
        }
        if let Some(first) = out.first() {
            let below = field.text.min.y - first.origin.y;
            *top = Top { byte: first.laid.hit(vec2(0.0, below.max(0.0))).0, width: field.width };
        }
        out
    }

    fn selected(&self) -> Option<Span> {
        self.sheet.as_ref().and_then(|sheet| self.selection.span(&sheet.article.text))
    }

    /// Tells the window what is selected.
    fn tell(&mut self, view: &mut View<'_>) {
        let selected = self.selected();
        if selected != self.told {
            self.told = selected;
            view.ask(Request::Select(selected));
        }
    }
}

/// Keeps the small bars beside words under the windows that are open: they belong to the text.
pub fn under_windows(ctx: &egui::Context, open: &std::collections::BTreeSet<crate::ui::state::Sheet>) {
    let shown = ctx.memory(|memory| memory.areas().visible_layer_ids());
    for bar in toolbar::layers().into_iter().filter(|bar| shown.contains(bar)) {
        for window in open.iter().map(|sheet| crate::ui::sheet::layer(*sheet)).filter(|window| shown.contains(window)) {
            ctx.set_sublayer(bar, window);
        }
    }
}

fn hint(ui: &Ui, area: Rect, words: &str, theme: &Theme) {
    let font = egui::FontId::proportional(13.0);
    ui.painter().text(area.center(), egui::Align2::CENTER_CENTER, words, font, theme.secondary);
    let response = ui.interact(area, ui.scope_id().with("hint"), Sense::hover());
    response.widget_info(|| egui::WidgetInfo::labeled(egui::accesskit::Role::Label, true, words));
}
