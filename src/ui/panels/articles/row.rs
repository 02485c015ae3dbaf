//! A row of the list: what it says, how high it is, and how it is drawn.

use std::sync::Arc;

use egui::text::{LayoutJob, TextFormat};
use egui::{Color32, FontId, Galley, Pos2, Rect, Shape, Stroke, pos2, vec2};

use super::order;
use crate::claim::{ArticleRecord, Basis, DateWindow, DocumentView, Progress, WEEKDAYS, grouped};
use crate::session::Session;
use crate::ui::fonts::{self, size};
use crate::ui::theme::{Theme, space};
use crate::ui::words;

/// Left of the words; the bar of the shown article stands inside it.
const LEFT: f32 = 16.0;
const RIGHT: f32 = 12.0;
const TOP: f32 = 9.0;
const TITLE_LINE: f32 = 17.0;
const LINE: f32 = 16.0;
/// The disc of progress, and the space after it.
const GLYPH: f32 = 17.0;
/// A title is cut after so many lines; the whole is in the tooltip.
const TITLE_ROWS: usize = 3;

/// What a row says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Words {
    pub title: String,
    pub outlet: String,
    pub date: String,
    pub basis: &'static str,
    pub retells: Option<String>,
    pub claims: usize,
    pub waiting: usize,
    pub progress: Progress,
}

impl Words {
    /// The words of an article's row, with how many claims it has and how many suggestions wait.
    pub fn of(
        session: &Session,
        record: &ArticleRecord,
        document: Option<&DocumentView>,
        claims: usize,
        waiting: usize,
    ) -> Self {
        let (date, basis) = date_words(&order::published(record, document), record.metadata.published_value.as_deref());
        let retells = document.and_then(|document| document.echo_of.as_ref()).map(|of| {
            let of = session.workspace().articles.get(of);
            format!("retells {}", of.map_or("another article".to_owned(), |of| short_name(&of.name)))
        });
        Self {
            title: words::title(session, record),
            outlet: words::outlet(record).map_or("no outlet".to_owned(), ToString::to_string),
            date,
            basis,
            retells,
            claims,
            waiting,
            // What has claims has been begun, whether or not that was said.
            progress: if claims > 0 { record.progress.max(Progress::InProgress) } else { record.progress },
        }
    }

    /// The row in a sentence, for screen readers.
    pub fn spoken(&self) -> String {
        let Self { title, outlet, date, basis, retells, claims, waiting, progress } = self;
        let retells = retells.as_ref().map_or(String::new(), |retells| format!(", {retells}"));
        let progress = progress_words(*progress);
        format!("{title}, {outlet}, {date} {basis}{retells}, {claims} claims, {waiting} to decide, {progress}")
    }

    /// "6 claims · 1 to decide", numbers strong.
    fn counts(&self, with_retells: bool, theme: &Theme) -> LayoutJob {
        let mut job = LayoutJob::default();
        let number = TextFormat::simple(FontId::new(size::SMALL, fonts::semibold()), theme.text);
        let words = TextFormat::simple(FontId::proportional(size::SMALL), theme.secondary);
        job.append(&grouped(self.claims as u64), 0.0, number.clone());
        job.append(if self.claims == 1 { " claim · " } else { " claims · " }, 0.0, words.clone());
        job.append(&grouped(self.waiting as u64), 0.0, number);
        job.append(" to decide", 0.0, words);
        if let Some(retells) = self.retells.as_ref().filter(|_| with_retells) {
            let format = TextFormat::simple(FontId::proportional(size::SMALL), theme.doubt);
            job.append(&format!("≈ {retells}"), 8.0, format);
        }
        job
    }

    fn before_basis(&self) -> String {
        format!("{} · {} ", self.outlet, self.date)
    }

    /// Outlet, date and what the date rests on.
    fn origin(&self, theme: &Theme) -> LayoutJob {
        let mut job = LayoutJob::default();
        let words = TextFormat::simple(FontId::proportional(size::SMALL), theme.secondary);
        job.append(&self.before_basis(), 0.0, words.clone());
        job.append(self.basis, 0.0, words);
        job
    }
}

/// How far the analyst has got, in words.
pub fn progress_words(progress: Progress) -> &'static str {
    match progress {
        Progress::Unread => "not read",
        Progress::InProgress => "in progress",
        Progress::Done => "read",
    }
}

/// A date and what it rests on; where only a day or weekday is known, that.
fn date_words(published: &DateWindow, value: Option<&str>) -> (String, &'static str) {
    if published.is_known() {
        return (published.words(), published.basis.word());
    }
    let partial = value.and_then(|value| {
        let rest = value.strip_prefix("XXXX-")?;
        if let Some(day) = rest.strip_prefix("WXX-") {
            let day = WEEKDAYS.get(day.parse::<usize>().ok()?.checked_sub(1)?)?;
            return Some((format!("a {day}"), Basis::Unknown.word()));
        }
        let day = chrono::NaiveDate::parse_from_str(&format!("2000-{rest}"), "%Y-%m-%d").ok()?;
        Some((day.format("%-d %b").to_string(), "year missing"))
    });
    partial.unwrap_or_else(|| ("date".to_owned(), Basis::Unknown.word()))
}

/// A file's name without folder and ending.
fn short_name(name: &str) -> String {
    let file = name.rsplit('/').next().unwrap_or(name);
    let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
    match stem.char_indices().nth(24) {
        Some((at, _)) => format!("{}…", &stem[..at]),
        None => stem.to_owned(),
    }
}

/// How many lines a row has, and so how high it is: known before anything is laid out, so that a
/// hundred thousand rows can be scrolled through.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Lines {
    title: usize,
    origin: usize,
    retells: bool,
}

impl Lines {
    /// The lines that the words take in a list of this width.
    pub fn of(words: &Words, width: f32, measure: &mut Measure) -> Self {
        let room = width - LEFT - RIGHT;
        let origin = words.before_basis() + words.basis;
        Self {
            title: measure.lines(&words.title, room, GLYPH, 1.07).min(TITLE_ROWS),
            origin: measure.lines(&origin, room, 0.0, size::SMALL / size::BODY).min(2),
            retells: words.retells.is_some(),
        }
    }

    /// The lines of a row in a long list: titles take two, and what retells is said beside the counts.
    pub const ALIKE: Self = Self { title: 2, origin: 1, retells: false };

    /// The height of the row in points.
    pub fn height(self) -> f32 {
        let small = self.origin + usize::from(self.retells) + 1;
        2.0 * TOP + TITLE_LINE * self.title as f32 + LINE * small as f32
    }
}

/// Widths of characters at the size of the interface, measured once.
#[derive(Debug, Default)]
pub struct Measure {
    widths: std::collections::HashMap<char, f32>,
    ctx: Option<egui::Context>,
}

impl Measure {
    /// Measures with the fonts of a context.
    pub fn with(&mut self, ctx: &egui::Context) -> &mut Self {
        self.ctx = Some(ctx.clone());
        self
    }

    fn width(&mut self, c: char) -> f32 {
        if let Some(width) = self.widths.get(&c) {
            return *width;
        }
        let font = FontId::proportional(size::BODY);
        let width = self.ctx.as_ref().map_or(7.0, |ctx| ctx.fonts_mut(|fonts| fonts.glyph_width(&font, c)));
        self.widths.insert(c, width);
        width
    }

    /// How many lines a text takes that is broken between words; a little too many rather than
    /// too few. `scale` is the font's size and weight against the measured one.
    fn lines(&mut self, text: &str, room: f32, indent: f32, scale: f32) -> usize {
        let (mut lines, mut at) = (1, indent);
        let space = self.width(' ') * scale;
        for word in text.split(' ') {
            let width = word.chars().map(|c| self.width(c)).sum::<f32>() * scale;
            if at > indent.max(0.0) && at + width > room {
                lines += 1;
                at = 0.0;
            }
            at += width + space;
            // A word longer than a line is broken where it stands.
            while at - space > room {
                lines += 1;
                at -= room;
            }
        }
        lines
    }
}

/// How a row looks apart from its words.
#[derive(Clone, Copy, Debug)]
pub struct Look {
    pub shown: bool,
    pub marked: bool,
    pub hovered: bool,
}

/// Draws a row.
pub fn paint(ui: &egui::Ui, rect: Rect, words: &Words, lines: Lines, look: Look, theme: &Theme) {
    let painter = ui.painter();
    if look.shown || look.marked {
        painter.rect_filled(rect, 0.0, theme.accent_ground);
    } else if look.hovered {
        painter.rect_filled(rect, 0.0, theme.field);
    }
    if look.shown {
        painter.rect_filled(Rect::from_min_size(rect.min, vec2(3.0, rect.height())), 0.0, theme.accent);
    }
    let room = rect.width() - LEFT - RIGHT;
    let mut at = pos2(rect.left() + LEFT, rect.top() + TOP);
    progress(painter, at + vec2(6.0, TITLE_LINE / 2.0), words.progress, theme);

    let mut title = LayoutJob::default();
    let format = TextFormat {
        line_height: Some(TITLE_LINE),
        ..TextFormat::simple(crate::ui::theme::strong(size::BODY), theme.text)
    };
    title.append(&words.title, GLYPH, format);
    at.y = line(ui, at, title, room, lines.title, TITLE_LINE);
    let origin = at;
    let (galley, below) = lay_out(ui, at, words.origin(theme), room, lines.origin, LINE);
    dots_below(painter, origin, &galley, words.before_basis().chars().count(), theme);
    painter.galley(origin, galley, Color32::PLACEHOLDER);
    at.y = below;
    if let Some(retells) = words.retells.as_ref().filter(|_| lines.retells) {
        let format = TextFormat::simple(FontId::proportional(size::SMALL), theme.doubt);
        let job = LayoutJob::single_section(format!("≈ {retells}"), format);
        at.y = line(ui, at, job, room, 1, LINE);
    }
    line(ui, at, words.counts(!lines.retells, theme), room, 1, LINE);
    let bottom = rect.bottom() - 0.5;
    if !look.shown && !look.marked {
        let stroke = Stroke::new(1.0, theme.line.gamma_multiply(0.6));
        painter.hline(rect.left() + LEFT..=rect.right() - space::M, bottom, stroke);
    }
}

/// Draws words in at most so many lines and gives the y below them.
fn line(ui: &egui::Ui, at: Pos2, job: LayoutJob, width: f32, rows: usize, height: f32) -> f32 {
    let (galley, below) = lay_out(ui, at, job, width, rows, height);
    ui.painter().galley(at, galley, Color32::PLACEHOLDER);
    below
}

fn lay_out(ui: &egui::Ui, at: Pos2, mut job: LayoutJob, width: f32, rows: usize, height: f32) -> (Arc<Galley>, f32) {
    for section in &mut job.sections {
        section.format.line_height = Some(height);
    }
    job.wrap.max_width = width;
    job.wrap.max_rows = rows;
    // A single line is cut within a word: of a long file name most is seen then.
    job.wrap.break_anywhere = rows == 1;
    let galley = ui.ctx().fonts_mut(|fonts| fonts.layout_job(job));
    // A row is as high as its words may take; what they do not take is left at its end.
    let used = galley.rows.len().clamp(1, rows);
    (galley, at.y + used as f32 * height)
}

/// Dots under the words from a character on.
fn dots_below(painter: &egui::Painter, at: Pos2, galley: &Galley, first: usize, theme: &Theme) {
    let mut before = 0;
    for row in &galley.rows {
        let skipped = first.saturating_sub(before);
        before += row.glyphs.len();
        let mut underlined = row.glyphs.iter().skip(skipped);
        let Some(from) = underlined.next() else { continue };
        let to = underlined.last().unwrap_or(from);
        let y = at.y + row.pos.y + row.size.y - 1.5;
        let (from, to) = (at.x + row.pos.x + from.pos.x, at.x + row.pos.x + to.pos.x + to.advance_width);
        let stroke = Stroke::new(1.0, theme.faint);
        painter.extend(Shape::dashed_line(&[pos2(from, y), pos2(to, y)], stroke, 1.5, 1.5));
    }
}

/// An empty, half or full disc.
fn progress(painter: &egui::Painter, centre: Pos2, progress: Progress, theme: &Theme) {
    let radius = 4.5;
    match progress {
        Progress::Unread => {}
        Progress::InProgress => {
            let half: Vec<Pos2> = (0..=16)
                .map(|step| {
                    let angle = std::f32::consts::PI * (0.5 + step as f32 / 16.0);
                    centre + radius * vec2(angle.cos(), angle.sin())
                })
                .collect();
            painter.add(Shape::convex_polygon(half, theme.accent, Stroke::NONE));
        }
        Progress::Done => {
            painter.circle_filled(centre, radius, theme.accent);
        }
    }
    painter.circle_stroke(centre, radius, Stroke::new(1.3, theme.accent));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_say_what_is_known_of_them() {
        let day = DateWindow::parse("2026-01-29", Basis::Stated).expect("a date");
        for (window, value, expected) in [
            (day, None, ("29 Jan 2026", "stated")),
            (DateWindow::UNKNOWN, Some("XXXX-09-18"), ("18 Sep", "year missing")),
            (DateWindow::UNKNOWN, Some("XXXX-WXX-4"), ("a Thursday", "unknown")),
            (DateWindow::UNKNOWN, Some("nonsense"), ("date", "unknown")),
            (DateWindow::UNKNOWN, None, ("date", "unknown")),
        ] {
            let (date, basis) = date_words(&window, value);
            assert_eq!((&*date, basis), expected, "{value:?}");
        }
    }

    #[test]
    fn lines_are_counted_as_words_are_broken() {
        let mut measure = Measure::default(); // without fonts every character is 7 points wide
        for (text, room, expected) in [
            ("aaaa bbbb", 100.0, 1),
            ("aaaa bbbb", 40.0, 2),
            ("aaaaaaaaaa", 40.0, 2),
            ("", 40.0, 1),
            ("aa bb cc dd", 40.0, 2),
        ] {
            assert_eq!(measure.lines(text, room, 0.0, 1.0), expected, "{text} in {room}");
        }
    }
}
