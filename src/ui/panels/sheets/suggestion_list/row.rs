//! A row of the list of suggestions: mark, words in their sentence, reading, grade, article.

use egui::accesskit::Role;
use egui::text::{LayoutJob, TextFormat, TextWrapping};
use egui::{Color32, FontId, Rect, Sense, Stroke, StrokeKind, Ui, WidgetInfo, pos2, vec2};

use super::shortlist::Column;
use crate::claim::{Grade, SuggestionKey};
use crate::ui::fonts::size;
use crate::ui::state::View;
use crate::ui::theme::{self, space};
use crate::ui::widgets;
use crate::ui::words::{self, surroundings};

/// Width of the column of marks, in points.
const MARK: f32 = 30.0;

/// How a row stands.
#[derive(Clone, Copy, Debug)]
pub struct Look {
    /// Whether keys are about it.
    pub at: bool,
    /// Whether the list has the keyboard, too.
    pub focused: bool,
    /// Whether it is marked.
    pub marked: bool,
}

/// What was pressed in a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pressed {
    /// The mark.
    Mark,
    /// Anything else.
    Words,
}

/// How many columns there are beside that of marks.
pub const COLUMNS: usize = 5;

/// What is drawn there is below a node of the accessibility tree.
pub fn below(ui: &mut Ui, rect: Rect, parent: egui::Id) -> Ui {
    ui.new_child(egui::UiBuilder::new().max_rect(rect).accessibility_parent(parent))
}

/// The columns of a row: what it is sorted by, the heading, the left edge and the width.
pub fn columns(rect: Rect) -> [(Column, &'static str, f32, f32); COLUMNS] {
    let left = rect.left() + MARK;
    let rest = (rect.width() - MARK - space::M).max(0.0);
    let shares = [0.42, 0.12, 0.22, 0.07, 0.17];
    let names = [
        (Column::Words, "Words"),
        (Column::Count, "Count"),
        (Column::Reading, "Reading"),
        (Column::Grade, "Grade"),
        (Column::Article, "Article"),
    ];
    let mut x = left;
    std::array::from_fn(|n| {
        let width = rest * shares[n];
        let place = (names[n].0, names[n].1, x, width - space::S);
        x += width;
        place
    })
}

/// Draws a row, its place among all being given, and the table with the height of rows. Gives what was pressed.
pub fn show(
    ui: &mut Ui,
    view: &View<'_>,
    (place, key): (usize, &SuggestionKey),
    look: Look,
    (table, height): (egui::Id, f32),
) -> Option<Pressed> {
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), height), Sense::hover());
    let (session, theme) = (view.session, &view.theme);
    let (suggestion, article) = (session.suggestion(key)?, session.article(&key.article)?);
    let (before, quote, after) = surroundings(article, suggestion.span, 60);
    let quantity = &suggestion.reading.count.quantity;
    let count = quantity.single().map_or_else(|| quantity.reading(), crate::claim::grouped);
    let summary = suggestion.reading.summary();
    let record = session.workspace().articles.get(&key.article);
    let title = record.map_or_else(String::new, |record| words::title(session, record));
    let grade = suggestion.grade;

    let id = ui.scope_id().with(key);
    let mut of_table = below(ui, rect, table);
    let response = of_table.interact(rect, id, Sense::CLICK);
    let name = format!("{quote}, {count}, {summary}, {}, {title}", grade.word());
    response.widget_info(|| WidgetInfo::selected(Role::Row, true, look.at, &name));
    ui.ctx().accesskit_node_builder(id, |node| node.set_row_index(place + 1)); // behind the headings
    let of_row = below(&mut of_table, rect, id);
    let cells = columns(rect).map(|(.., x, width)| (x, width));
    let mark = Rect::from_min_size(rect.min, vec2(MARK, height));
    let marking = of_row.interact(mark, id.with("mark"), Sense::CLICK);
    for (column, words) in [&*quote, &*count, &*summary, grade.word(), &*title].into_iter().enumerate() {
        let (x, width) = cells[column];
        let cell = Rect::from_min_size(pos2(x, rect.top()), vec2(width, height));
        // Numbers alone are the names of tooltips.
        let cell = of_row.interact(cell, id.with(("cell", column)), Sense::hover());
        cell.widget_info(|| WidgetInfo::labeled(Role::Cell, true, words));
        ui.ctx().accesskit_node_builder(cell.id, |node| node.set_column_index(column + 1));
    }
    let says = format!("Mark {quote}");
    marking.widget_info(|| WidgetInfo::selected(Role::CheckBox, true, look.marked, &says));

    let painter = ui.painter().with_clip_rect(rect.intersect(ui.clip_rect()));
    let hovered = response.hovered() || marking.hovered();
    if look.at || look.marked || hovered {
        let fill = if look.at || look.marked { theme.accent_ground } else { theme.field };
        painter.rect_filled(rect, 4.0, fill);
    }
    if look.focused {
        painter.rect_stroke(rect, 4.0, Stroke::new(1.5, theme.accent), StrokeKind::Inside);
    }
    widgets::tick(painter.clone(), mark.center(), look.marked, theme);

    let at = |x: f32, galley: &egui::Galley| pos2(x, rect.center().y - galley.size().y / 2.0);
    let line = |job: LayoutJob, x: f32, width: f32| {
        let mut job = job;
        job.wrap = TextWrapping::truncate_at_width(width);
        let galley = ui.ctx().fonts_mut(|fonts| fonts.layout_job(job));
        painter.galley(at(x, &galley), galley, theme.text);
    };
    let plain = |text: &str, colour: Color32, font: FontId| LayoutJob::simple_singleline(text.to_owned(), font, colour);
    line(in_sentence(&before, &quote, &after, view), cells[0].0, cells[0].1);
    line(plain(&count, theme.text, crate::ui::fonts::figures()), cells[1].0, cells[1].1);
    let colour = session.codebook().category(&suggestion.reading.category).map(|category| category.colour.clone());
    let tint = theme.category(colour.as_deref().unwrap_or("other"));
    painter.circle_filled(pos2(cells[2].0 + 4.0, rect.center().y), 4.0, tint.line);
    let small = FontId::proportional(size::SMALL);
    line(plain(&summary, theme.text, small.clone()), cells[2].0 + 14.0, cells[2].1 - 14.0);
    let doubt = if grade == Grade::Sure { theme.secondary } else { theme.doubt };
    line(plain(grade.word(), doubt, small.clone()), cells[3].0, cells[3].1);
    line(plain(&title, theme.secondary, small), cells[4].0, cells[4].1);

    let (clicked, marked) = (response.clicked(), marking.clicked());
    if hovered {
        response.on_hover_ui_at_pointer(|ui| {
            ui.label(egui::RichText::new(format!("{before}{quote}{after}")).font(theme::serif(14.0)));
            ui.label(format!("{count} · {summary}"));
            ui.label(suggestion.grade_in_words());
            ui.label(&title);
        });
    }
    if marked {
        Some(Pressed::Mark)
    } else if clicked {
        Some(Pressed::Words)
    } else {
        None
    }
}

/// The words with what stands around them: a little before, so that they themselves are seen.
fn in_sentence(before: &str, quote: &str, after: &str, view: &View<'_>) -> LayoutJob {
    let theme = &view.theme;
    let quiet = TextFormat { font_id: theme::serif(14.0), color: theme.secondary, ..TextFormat::default() };
    let loud = TextFormat { font_id: theme::serif_strong(14.0), color: theme.text, ..TextFormat::default() };
    let skip = before.chars().count().saturating_sub(18);
    let mut head: String = before.chars().skip(skip).collect();
    if skip > 0 {
        // From a whole word on.
        head = head.split_once(' ').map_or(head.clone(), |(_, rest)| rest.to_owned());
    }
    let mut job = LayoutJob::default();
    job.append(&head, 0.0, quiet.clone());
    job.append(quote, 0.0, loud);
    job.append(after, 0.0, quiet);
    job
}
