//! The suggestions of all articles in one list: filtered, sorted, decided one by one or many at once.

mod row;
mod shortlist;

use std::collections::BTreeSet;

use egui::accesskit::{Role, SortDirection};
use egui::{EventFilter, Key, Modifiers, RichText, Sense, Ui, WidgetInfo, pos2, vec2};

use crate::claim::{Grade, SuggestionKey, grouped};
use crate::session::Command;
use crate::ui::fonts::size;
use crate::ui::sheet;
use crate::ui::state::{Request, Sheet, View};
use crate::ui::theme::{SCROLL_BAR, space};
use shortlist::{Column, Filter, Of, Shortlist};

/// Height of a row, and of the headings, in points.
const ROW: f32 = 30.0;
const HEADINGS: f32 = 22.0;

/// A list of suggestions: those that wait, or those that were turned down.
#[derive(Debug)]
pub struct SuggestionList {
    of: Of,
    filter: Filter,
    sort: (Column, bool),
    list: Shortlist,
    /// Marked to be decided together.
    marked: BTreeSet<SuggestionKey>,
    /// The row that keys are about.
    at: usize,
    /// Where marking with Shift began.
    from: Option<usize>,
    /// Scroll so that the row can be seen.
    reveal: bool,
}

/// What is done with the marked suggestions, or else with the one at the cursor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Deed {
    Accept,
    Reject,
    Restore,
}

impl Deed {
    fn command(self, keys: Vec<SuggestionKey>) -> Command {
        match self {
            Self::Accept => Command::AcceptThese(keys),
            Self::Reject => Command::RejectThese(keys),
            Self::Restore => Command::RestoreThese(keys),
        }
    }

    fn word(self) -> &'static str {
        match self {
            Self::Accept => "Accept",
            Self::Reject => "Reject",
            Self::Restore => "Take back",
        }
    }

    fn key(self) -> &'static str {
        if self == Self::Reject { "⌫" } else { "⏎" }
    }
}

impl SuggestionList {
    /// The list of those on which nothing is decided.
    pub fn waiting() -> Self {
        Self::new(Of::Waiting)
    }

    /// The list of those that were turned down.
    pub fn rejected() -> Self {
        Self::new(Of::Rejected)
    }

    fn new(of: Of) -> Self {
        Self {
            of,
            filter: Filter::default(),
            sort: (Column::Place, false),
            list: Shortlist::default(),
            marked: BTreeSet::new(),
            at: 0,
            from: None,
            reveal: false,
        }
    }

    fn sheet(&self) -> (Sheet, &'static str) {
        match self.of {
            Of::Waiting => (Sheet::Suggestions, "Suggestions of all articles"),
            Of::Rejected => (Sheet::Rejected, "Rejected suggestions"),
        }
    }

    /// Draws it where it is open.
    pub fn show(&mut self, ctx: &egui::Context, view: &mut View<'_>) {
        let (of, title) = self.sheet();
        if !view.state.sheets.contains(&of) {
            *self = Self { filter: std::mem::take(&mut self.filter), sort: self.sort, ..Self::new(self.of) };
            return;
        }
        self.list.refresh(view.session, self.of, &self.filter, self.sort);
        let list = &self.list;
        self.marked.retain(|key| list.has(key));
        self.at = self.at.min(self.list.rows.len().saturating_sub(1));
        sheet::show(ctx, view, of, title, 1040.0, |ui, view| {
            self.filters(ui, view);
            ui.add_space(space::S);
            let table = self.table(ui);
            self.headings(ui, view, table.id);
            self.rows(ui, view, &table);
            self.foot(ui, view);
        });
    }

    fn filters(&mut self, ui: &mut Ui, view: &View<'_>) {
        let before = self.filter.clone();
        ui.horizontal_wrapped(|ui| {
            let field = egui::TextEdit::singleline(&mut self.filter.words).hint_text("Filter").desired_width(180.0);
            ui.add(field).accessible_name("Filter suggestions");
            let counts = &self.list.counts;
            let categories = counts.categories.iter().map(|(id, count)| {
                let label = view.session.codebook().category(id).map_or(&**id, |category| &category.label);
                (id.clone(), label.to_owned(), *count)
            });
            choice(ui, "Category", "All categories", &mut self.filter.category, categories);
            let grades = Grade::ALL
                .into_iter()
                .map(|grade| (grade, grade.word().to_owned(), counts.grades.get(&grade).copied().unwrap_or(0)));
            choice(ui, "Grade", "All grades", &mut self.filter.grade, grades);
            let rules = counts
                .rules
                .iter()
                .map(|(rule, count)| (rule.clone(), crate::claim::rule_in_words(rule).to_owned(), *count));
            choice(ui, "Rule", "All rules", &mut self.filter.rule, rules);
            let articles = counts.articles.iter().map(|(id, count)| {
                let record = view.session.workspace().articles.get(id);
                let title =
                    record.map_or_else(|| id.to_string(), |record| crate::ui::words::title(view.session, record));
                (id.clone(), title, *count)
            });
            choice(ui, "Article", "All articles", &mut self.filter.article, articles);
            if self.filter != Filter::default() && ui.button("Clear").on_hover_text("Show all of them").clicked() {
                self.filter = Filter::default();
            }
        });
        if self.filter != before {
            self.at = 0;
            self.from = None;
            ui.ctx().request_repaint();
        }
    }

    /// How high the rows' part of the table is, in points.
    fn room(ui: &Ui) -> f32 {
        (ui.ctx().content_rect().height() - 300.0).clamp(120.0, 16.0 * ROW)
    }

    /// How wide the rows are: beside them is room for the scroll bar.
    fn width(ui: &Ui) -> f32 {
        ui.available_width() - SCROLL_BAR
    }

    /// The table as a whole: what has the keyboard, and what those who listen go through.
    fn table(&self, ui: &Ui) -> egui::Response {
        let size = vec2(ui.available_width(), HEADINGS + Self::room(ui));
        let rect = egui::Rect::from_min_size(ui.cursor().min, size);
        let table = ui.interact(rect, ui.scope_id().with("suggestions"), Sense::focusable_noninteractive());
        let name = self.sheet().1;
        table.widget_info(|| WidgetInfo::labeled(Role::Table, true, name));
        ui.ctx().accesskit_node_builder(table.id, |node| {
            node.set_row_count(self.list.rows.len() + 1);
            node.set_column_count(row::COLUMNS + 1);
        });
        table
    }

    fn headings(&mut self, ui: &mut Ui, view: &View<'_>, table: egui::Id) {
        let (rect, _) = ui.allocate_exact_size(vec2(Self::width(ui), HEADINGS), Sense::hover());
        let mut of_table = row::below(ui, rect, table);
        let heading = of_table.interact(rect, table.with("headings"), Sense::hover());
        heading.widget_info(|| WidgetInfo::labeled(Role::Row, true, "Headings"));
        ui.ctx().accesskit_node_builder(heading.id, |node| node.set_row_index(0));
        let of_heading = row::below(&mut of_table, rect, heading.id);
        for (place_in_row, (column, label, x, width)) in row::columns(rect).into_iter().enumerate() {
            let place = egui::Rect::from_min_size(pos2(x, rect.top()), vec2(width, rect.height()));
            let sorted = self.sort.0 == column;
            let arrow = match (sorted, self.sort.1) {
                (false, _) => "",
                (true, false) => " ↑",
                (true, true) => " ↓",
            };
            let colour = if sorted { view.theme.text } else { view.theme.secondary };
            let words = RichText::new(format!("{label}{arrow}")).size(size::SMALL).color(colour);
            let header = of_heading.interact(place, heading.id.with(label), Sense::hover());
            header.widget_info(|| WidgetInfo::labeled(Role::ColumnHeader, true, label));
            ui.ctx().accesskit_node_builder(header.id, |node| {
                node.set_column_index(place_in_row + 1); // the first is that of marks
                if sorted {
                    node.set_sort_direction(match self.sort.1 {
                        true => SortDirection::Descending,
                        false => SortDirection::Ascending,
                    });
                }
            });
            let mut cell = ui.new_child(
                egui::UiBuilder::new()
                    .max_rect(place)
                    .layout(egui::Layout::left_to_right(egui::Align::Center))
                    .accessibility_parent(header.id),
            );
            cell.spacing_mut().button_padding.x = 0.0;
            let button = cell.add(egui::Button::new(words).small().frame_when_inactive(false));
            let button = button.on_hover_text("Sort; a third click puts them as they stand in the articles");
            if button.accessible_name(format!("Sort by {}", label.to_lowercase())).clicked() {
                self.sort = match (sorted, self.sort.1) {
                    (false, _) => (column, false),
                    (true, false) => (column, true),
                    (true, true) => (Column::Place, false),
                };
            }
        }
    }

    fn rows(&mut self, ui: &mut Ui, view: &mut View<'_>, list: &egui::Response) {
        let height = Self::room(ui);
        let room = egui::Rect::from_min_size(ui.cursor().min, vec2(ui.available_width(), height));
        let id = list.id;
        let count = self.list.rows.len();
        sheet::begin_at(ui, list);
        if list.has_focus() {
            self.keys(ui, view, id);
        }
        let mut area = egui::ScrollArea::vertical().id_salt("suggestions").max_height(height).auto_shrink(false);
        if std::mem::take(&mut self.reveal) {
            let top = self.at as f32 * ROW;
            let seen = ui.data(|data| data.get_temp::<f32>(id)).unwrap_or(0.0);
            if top < seen {
                area = area.vertical_scroll_offset(top);
            } else if top + ROW > seen + height {
                area = area.vertical_scroll_offset(top + ROW - height);
            }
        }
        let mut pressed = None;
        let width = Self::width(ui);
        let drawn = area.show_rows(ui, ROW, count, |ui, range| {
            ui.set_max_width(width);
            ui.spacing_mut().item_spacing.y = 0.0;
            for place in range {
                let Some(key) = self.list.rows.get(place) else { continue };
                let look = row::Look {
                    at: place == self.at,
                    focused: place == self.at && list.has_focus(),
                    marked: self.marked.contains(key),
                };
                if let Some(what) = row::show(ui, view, (place, key), look, (id, ROW)) {
                    pressed = Some((place, what));
                }
            }
        });
        ui.data_mut(|data| data.insert_temp(id, drawn.state.unclamped_offset().y));
        if count == 0 {
            let words = match (self.of, self.filter == Filter::default()) {
                (_, false) => "None is left by this filter.",
                (Of::Waiting, true) => "Nothing waits to be decided.",
                (Of::Rejected, true) => "None has been rejected.",
            };
            ui.put(room, egui::Label::new(RichText::new(words).color(view.theme.secondary)));
        }
        if let Some((place, what)) = pressed {
            list.request_focus();
            self.pressed(ui, view, place, what);
        }
    }

    fn pressed(&mut self, ui: &Ui, view: &mut View<'_>, place: usize, what: row::Pressed) {
        let modifiers = ui.input(|input| input.modifiers);
        let Some(key) = self.list.rows.get(place).cloned() else { return };
        if modifiers.shift {
            self.mark_to(place);
        } else if what == row::Pressed::Mark || modifiers.command {
            if !self.marked.remove(&key) {
                self.marked.insert(key);
            }
            self.from = Some(place);
        } else {
            self.from = Some(place);
            self.show_row(view, &key);
        }
        self.at = place;
    }

    /// Shows a suggestion's words in the reader.
    fn show_row(&self, view: &mut View<'_>, key: &SuggestionKey) {
        match (self.of, view.session.suggestion(key)) {
            (Of::Waiting, _) => view.ask(Request::ShowSuggestion(key.clone())),
            (Of::Rejected, Some(found)) => view.ask(Request::Jump(found.article.clone(), found.span)),
            (Of::Rejected, None) => {}
        }
    }

    /// Marks all rows from where marking began to this one.
    fn mark_to(&mut self, place: usize) {
        let from = *self.from.get_or_insert(self.at);
        let rows = &self.list.rows[from.min(place)..=from.max(place)];
        self.marked.extend(rows.iter().cloned());
    }

    /// Keys while the list has the keyboard.
    fn keys(&mut self, ui: &Ui, view: &mut View<'_>, id: egui::Id) {
        let filter = EventFilter { vertical_arrows: true, ..Default::default() };
        ui.memory_mut(|memory| memory.set_focus_lock_filter(id, filter));
        let Some(last) = self.list.rows.len().checked_sub(1) else { return };
        let page = 12;
        let at = self.at;
        let moves = [
            (Key::ArrowDown, (at + 1).min(last)),
            (Key::ArrowUp, at.saturating_sub(1)),
            (Key::PageDown, (at + page).min(last)),
            (Key::PageUp, at.saturating_sub(page)),
            (Key::Home, 0),
            (Key::End, last),
        ];
        let (to, extend) = ui.input_mut(|input| {
            // Shift first: a key alone is taken whether Shift is held or not.
            let extended = moves.iter().find(|(key, _)| input.consume_key(Modifiers::SHIFT, *key));
            let plain = moves.iter().find(|(key, _)| input.consume_key(Modifiers::NONE, *key));
            (plain.or(extended).map(|(_, to)| *to), extended.is_some())
        });
        let (space, all, accept, reject) = ui.input_mut(|input| {
            (
                input.consume_key(Modifiers::NONE, Key::Space),
                input.consume_key(Modifiers::COMMAND, Key::A),
                input.consume_key(Modifiers::NONE, Key::Enter),
                input.consume_key(Modifiers::NONE, Key::Backspace),
            )
        });
        if let Some(to) = to {
            if extend {
                self.mark_to(to);
            } else {
                self.from = Some(to);
            }
            self.at = to;
            self.reveal = true;
            if let Some(key) = self.list.rows.get(to).cloned() {
                self.show_row(view, &key);
            }
        }
        if space && let Some(key) = self.list.rows.get(self.at).cloned() {
            if !self.marked.remove(&key) {
                self.marked.insert(key);
            }
            self.from = Some(self.at);
        }
        if all {
            self.marked.extend(self.list.rows.iter().cloned());
        }
        match self.of {
            Of::Waiting if accept => self.decide(view, Deed::Accept),
            Of::Waiting if reject => self.decide(view, Deed::Reject),
            Of::Rejected if accept => self.decide(view, Deed::Restore),
            _ => {}
        }
    }

    /// The marked suggestions in the order of the list, or else the one at the cursor.
    fn concerned(&self) -> Vec<SuggestionKey> {
        let marked = self.list.rows.iter().filter(|key| self.marked.contains(*key)).cloned().collect::<Vec<_>>();
        if marked.is_empty() { self.list.rows.get(self.at).cloned().into_iter().collect() } else { marked }
    }

    fn decide(&mut self, view: &mut View<'_>, deed: Deed) {
        let keys = self.concerned();
        if !keys.is_empty() {
            view.run(deed.command(keys));
            self.marked.clear();
            self.from = None;
        }
    }

    fn foot(&mut self, ui: &mut Ui, view: &mut View<'_>) {
        ui.add_space(space::S);
        let room = vec2(ui.available_width(), 30.0);
        ui.allocate_ui_with_layout(room, egui::Layout::left_to_right(egui::Align::Center), |ui| {
            let (shown, all) = (self.list.rows.len(), self.list.all);
            let mut words = match shown == all {
                true => grouped(all as u64),
                false => format!("{} of {}", grouped(shown as u64), grouped(all as u64)),
            };
            // Marks outside the filter are kept, and not acted on: what is not seen is not decided.
            let marked = self.list.rows.iter().filter(|key| self.marked.contains(*key)).count();
            if marked > 0 {
                words += &format!(", {} marked", grouped(marked as u64));
            }
            ui.label(RichText::new(words).color(view.theme.secondary));
            let label = if marked > 0 { "Mark none" } else { "Mark all" };
            if ui.add_enabled(shown > 0, egui::Button::new(label)).clicked() {
                if marked > 0 {
                    self.marked.clear();
                } else {
                    self.marked.extend(self.list.rows.iter().cloned());
                }
            }
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                let deeds: &[Deed] = match self.of {
                    Of::Waiting => &[Deed::Accept, Deed::Reject],
                    Of::Rejected => &[Deed::Restore],
                };
                let count = marked.max(1);
                for deed in deeds {
                    let words = if marked > 0 {
                        format!("{} {}", deed.word(), grouped(count as u64))
                    } else {
                        deed.word().to_owned()
                    };
                    let mut button = egui::Button::new(RichText::new(&words)).shortcut_text(deed.key());
                    if *deed != Deed::Reject {
                        button = button.fill(view.theme.accent_ground);
                    }
                    let name = format!("{words} of the list");
                    if ui.add_enabled(shown > 0, button).accessible_name(name).clicked() {
                        self.decide(view, *deed);
                    }
                }
            });
        });
    }
}

/// A choice of one value among those that there are, each with how many have it.
fn choice<T: Clone + PartialEq>(
    ui: &mut Ui,
    name: &str,
    all: &str,
    chosen: &mut Option<T>,
    values: impl Iterator<Item = (T, String, usize)>,
) {
    let values: Vec<_> = values.collect();
    let now = chosen.as_ref().and_then(|now| values.iter().find(|(value, ..)| value == now));
    let text = now.map_or(all, |(_, label, _)| label).to_owned();
    let combo = egui::ComboBox::from_id_salt(name).selected_text(text).width(150.0).truncate();
    let shown = combo.show_ui(ui, |ui| {
        ui.set_min_width(240.0);
        if ui.selectable_label(chosen.is_none(), all).clicked() {
            *chosen = None;
        }
        for (value, label, count) in values {
            let on = chosen.as_ref() == Some(&value);
            let button = egui::Button::selectable(on, label).shortcut_text(grouped(count as u64)).truncate();
            if ui.add(button).clicked() {
                *chosen = Some(value);
            }
        }
    });
    shown.response.accessible_name(name);
}
