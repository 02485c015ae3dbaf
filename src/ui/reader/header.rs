//! The lines over an article: its title where the text has none, and outlet, date and address.

use std::borrow::Cow;
use std::sync::Arc;

use egui::{FontId, Galley, Pos2, Rect, Shape, Stroke, Ui, pos2, vec2};

use super::sheet::Sheet;
use crate::article::{Article, Format, Languages};
use crate::claim::{ArticleRecord, Basis, MONTHS, Metadata, WEEKDAYS};
use crate::ui::theme::{self, Theme};

/// Space above the first line, in points.
const TOP: f32 = 24.0;
/// Height of the line with outlet, date and address, in points.
const META: f32 = 36.0;

/// A part of the line under the title.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Part {
    words: String,
    /// What a value rests on, where that is worth saying.
    basis: Option<(&'static str, Cow<'static, str>)>,
}

/// What stands over and under an article's title.
#[derive(Clone, Debug)]
pub struct Header {
    /// The title, where the text itself does not begin with one.
    title: Option<Arc<Galley>>,
    /// Whether the first paragraph is the title.
    in_text: bool,
    parts: Vec<Part>,
    /// Width of the column, in points.
    width: f32,
}

/// Less room than this is not worth beginning a part in, in points.
const LEAST: f32 = 48.0;

impl Header {
    /// The header of an article; `in_text` says that its first paragraph is its title. A title that
    /// was made of the first words of the text is not set: they follow right below.
    pub fn new(ui: &Ui, record: Option<&ArticleRecord>, sheet: &Sheet, width: f32, theme: &Theme) -> Self {
        let first = sheet.paragraphs.first().map_or("", |first| first.span.of(&sheet.article.text));
        let repeats = |title: &str| first.trim_start().starts_with(title.trim_end_matches('…').trim_end());
        let in_text = sheet.title().is_some();
        let title = record.filter(|record| !in_text && !repeats(record.label())).map(|record| {
            let format = egui::TextFormat {
                font_id: theme::serif_strong(22.0),
                line_height: Some(30.0),
                color: theme.text,
                ..Default::default()
            };
            let mut job = egui::text::LayoutJob::single_section(record.label().to_owned(), format);
            job.wrap.max_width = width;
            job.wrap.max_rows = 4;
            ui.painter().layout_job(job)
        });
        let parts = record.map_or_else(Vec::new, |record| parts(&record.metadata, &sheet.article));
        Self { title, in_text, parts, width }
    }

    /// Points that it takes above the first paragraph, and below it.
    pub fn around(&self) -> (f32, f32) {
        match &self.title {
            _ if self.in_text => (TOP, META - 12.0),
            Some(title) => (TOP + title.rect.height() + META, 0.0),
            None => (TOP + META - 4.0, 0.0),
        }
    }

    /// Draws it. `above` is the corner over all, `below` the one under the first paragraph.
    pub fn paint(&self, ui: &mut Ui, above: Pos2, below: Pos2, theme: &Theme) {
        let mut at = if self.in_text { below } else { above + vec2(0.0, TOP - 4.0) };
        if let Some(title) = &self.title {
            let corner = above + vec2(0.0, TOP);
            ui.painter().galley(corner, title.clone(), theme.text);
            at = corner + vec2(0.0, title.rect.height());
        }
        at += vec2(0.0, 4.0);
        // What does not fit beside the rest is shortened, and whole in a tooltip.
        let right = above.x + self.width;
        let font = FontId::proportional(13.0);
        for (n, part) in self.parts.iter().enumerate() {
            // A word or two are to be read of what is shown at all; the rest is told by the "…".
            if n > 0 && right - at.x < LEAST {
                let (rect, _) = text(ui, at, " …", &font, theme, right);
                return self.rest(ui, rect, n);
            }
            if n > 0 {
                at.x = text(ui, at, " · ", &font, theme, right).0.max.x;
            }
            let (rect, shortened) = text(ui, at, &part.words, &font, theme, right);
            at.x = rect.max.x;
            if shortened {
                return self.rest(ui, rect, n);
            }
            if let Some((word, meaning)) = &part.basis {
                at.x += 4.0;
                let (rect, shortened) = text(ui, at, word, &font, theme, right);
                at.x = rect.max.x;
                if !shortened {
                    dotted(ui, rect, theme);
                }
                let id = ui.scope_id().with(("basis", n));
                let response = ui.interact(rect, id, egui::Sense::hover());
                response.widget_info(|| {
                    egui::WidgetInfo::labeled(egui::accesskit::Role::Label, true, format!("{}: {word}", part.words))
                });
                if shortened {
                    return self.rest(ui, rect, n);
                }
                response.on_hover_text(&**meaning);
            }
        }
    }

    /// Tells, where the pointer rests on what stands for them, of the parts that had no room.
    fn rest(&self, ui: &Ui, rect: Rect, from: usize) {
        let whole = |part: &Part| match &part.basis {
            Some((word, meaning)) => format!("{} {word}: {meaning}", part.words),
            None => part.words.clone(),
        };
        let words = self.parts[from..].iter().map(whole).collect::<Vec<_>>().join("\n");
        let response = ui.interact(rect, ui.scope_id().with(("part", from)), egui::Sense::hover());
        response.widget_info(|| egui::WidgetInfo::labeled(egui::accesskit::Role::Label, true, &words));
        response.on_hover_text(&words);
    }
}

/// Draws words up to a right edge. Gives where they stand, and whether they were shortened.
fn text(ui: &Ui, at: Pos2, words: &str, font: &FontId, theme: &Theme, right: f32) -> (Rect, bool) {
    let mut job = egui::text::LayoutJob::simple_singleline(words.to_owned(), font.clone(), theme.secondary);
    job.wrap = egui::text::TextWrapping::truncate_at_width((right - at.x).max(0.0));
    let galley = ui.ctx().fonts_mut(|fonts| fonts.layout_job(job));
    let (rect, shortened) = (galley.rect.translate(at.to_vec2()), galley.elided);
    ui.painter().galley(at, galley, theme.secondary);
    (rect, shortened)
}

fn dotted(ui: &Ui, under: Rect, theme: &Theme) {
    let line = [pos2(under.min.x, under.max.y), pos2(under.max.x, under.max.y)];
    ui.painter().extend(Shape::dashed_line(&line, Stroke::new(1.0, theme.secondary), 1.0, 2.0));
}

fn parts(metadata: &Metadata, article: &Article) -> Vec<Part> {
    let outlet = metadata.outlet.as_ref().map_or("no outlet", |outlet| &outlet.value);
    let mut parts = vec![Part { words: outlet.to_owned(), basis: None }];
    let date = &metadata.published;
    let basis = Some((date.basis.word(), basis_in_words(date.basis).into()));
    let words = match &metadata.published_value {
        Some(value) if !date.is_known() => partial_date(value),
        _ if !date.is_known() => "date".to_owned(),
        _ => date.words(),
    };
    parts.push(Part { words, basis });
    if let Some(host) = metadata.url.as_ref().and_then(|url| host(&url.value)) {
        parts.push(Part { words: host.to_owned(), basis: None });
    }
    if let Some(words) = Languages::in_words(metadata.language.as_ref(), &article.foreign) {
        let meaning = "Suggestions read English. Elsewhere they offer only numbers with their dates, graded “check”.";
        parts.push(Part { words, basis: Some(("numbers and dates only", meaning.into())) });
    }
    // What is to be said of the text as a whole; what is of a place stands in the margin beside it.
    let whole: Vec<&str> = article.remarks.iter().filter(|r| r.span.is_none()).map(|r| r.text.as_str()).collect();
    if !whole.is_empty() {
        let word = if article.format == Format::Pdf { "order of reading not sure" } else { "see how it was read" };
        let words = article.format.extensions()[0].to_uppercase();
        parts.push(Part { words, basis: Some((word, format!("{}.", whole.join(".\n")).into())) });
    }
    parts
}

/// `XXXX-09-18` as "18 September, year missing", a weekday as "a Thursday"; anything else as it stands.
fn partial_date(value: &str) -> String {
    let number = |text: &str, most: usize| text.parse::<usize>().ok().filter(|n| (1..=most).contains(n));
    if let Some(day) = value.strip_prefix("XXXX-WXX-").and_then(|day| number(day, 7)) {
        return format!("a {}", WEEKDAYS[day - 1]);
    }
    let rest = value.strip_prefix("XXXX-").and_then(|rest| rest.split_once('-'));
    match rest.and_then(|(month, day)| Some((number(month, 12)?, number(day, 31)?))) {
        Some((month, day)) => format!("{day} {}, year missing", MONTHS[month - 1]),
        None => value.to_owned(),
    }
}

fn basis_in_words(basis: Basis) -> &'static str {
    match basis {
        Basis::Stated => "The article says so in full.",
        Basis::Resolved => "The article’s words, completed from its date of publication.",
        Basis::Analyst => "Entered by hand.",
        Basis::Linked => "Taken over from an article that tells the same.",
        Basis::Inferred => "Worked out from other words.",
        Basis::Unknown => "Nothing in the article says when it was published. It can be set by hand.",
    }
}

/// The host of an address, without `www.`.
fn host(url: &str) -> Option<&str> {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let host = rest.split(['/', '?', '#']).next()?.rsplit('@').next()?;
    let host = host.split(':').next()?;
    let host = host.strip_prefix("www.").unwrap_or(host);
    (host.contains('.')).then_some(host)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hosts_of_addresses() {
        for (url, expected) in [
            ("https://www.example.org/a/b?c#d", Some("example.org")),
            ("http://news.example.org:8080", Some("news.example.org")),
            ("example.org/x", Some("example.org")),
            ("https://user:secret@example.org/", Some("example.org")),
            ("#", None),
            ("", None),
        ] {
            assert_eq!(host(url), expected, "{url}");
        }
    }

    #[test]
    fn dates_that_lack_a_year_are_said_in_words() {
        for (value, expected) in [
            ("XXXX-09-18", "18 September, year missing"),
            ("XXXX-WXX-4", "a Thursday"),
            ("XXXX-13-18", "XXXX-13-18"),
            ("2025-W37", "2025-W37"),
        ] {
            assert_eq!(partial_date(value), expected);
        }
    }
}
