//! The list of articles: filter, sort, marks, and what each has to be decided.

mod order;
mod row;

use egui::accesskit::Role;
use egui::{EventFilter, Key, Rect, RichText, Sense, Ui, WidgetInfo, pos2, vec2};

use crate::claim::{ArticleId, Progress};
use crate::session::Command;
use crate::ui::actions::Action;
use crate::ui::fonts::size;
use crate::ui::state::{Place, Request, View};
use crate::ui::theme::{self, space};
use crate::ui::widgets;
use order::Sort;
use row::{Lines, Look, Measure, Words};

/// The list's own state: what is typed in the filter, the order, and where each row stands.
#[derive(Debug, Default)]
pub struct ArticleList {
    filter: String,
    sort: Sort,
    rows: Rows,
    measure: Measure,
    focus_filter: bool,
    /// Scroll so that this row can be seen.
    reveal: Option<ArticleId>,
    shown: Option<ArticleId>,
    /// The row that takes the keyboard once it is the one shown.
    focus_row: Option<ArticleId>,
}

/// The rows as they were computed for an edition of the articles, a filter, an order and a width.
#[derive(Debug, Default)]
struct Rows {
    of: Option<(u64, String, Sort, u32)>,
    /// For what else, and when.
    while_at: (u64, f64),
    ids: Vec<ArticleId>,
    /// The lines of each row, and where each begins; nothing where all are alike.
    lines: Vec<Lines>,
    tops: Vec<f32>,
}

impl Rows {
    /// Where a row begins, in points; of the place behind the last one, where the list ends.
    fn top(&self, place: usize) -> f32 {
        self.tops.get(place).copied().unwrap_or(place as f32 * Lines::ALIKE.height())
    }

    fn lines(&self, place: usize) -> Lines {
        self.lines.get(place).copied().unwrap_or(Lines::ALIKE)
    }

    /// The row at a height.
    fn at(&self, y: f32) -> usize {
        match self.tops.is_empty() {
            true => (y / Lines::ALIKE.height()).max(0.0) as usize,
            false => self.tops.partition_point(|top| *top <= y).saturating_sub(1),
        }
    }
}

/// Up to so many rows are as high as their words need; in a longer list all are alike, so that
/// no change of the project has every title measured anew.
const MEASURED: usize = 2000;
/// In a longer list the order follows what is decided after so many seconds.
const PATIENCE: f64 = 1.0;

impl ArticleList {
    /// The articles in the order of the list.
    pub fn order(&self) -> &[ArticleId] {
        &self.rows.ids
    }

    /// Puts the keyboard into the filter at the next drawing.
    pub fn focus_filter(&mut self) {
        self.focus_filter = true;
    }

    /// Draws it.
    pub fn show(&mut self, ui: &mut Ui, view: &mut View<'_>) {
        ui.spacing_mut().item_spacing.y = 0.0;
        ui.add_space(space::S);
        self.header(ui, view);
        ui.add_space(space::S);
        self.filter_field(ui, view);
        ui.add_space(space::S);
        if view.state.marked.len() > 1 {
            marked_bar(ui, view);
        }
        self.refresh(ui, view);
        if self.rows.ids.is_empty() {
            nothing_found(ui, view, &self.filter);
        } else {
            self.list(ui, view);
        }
    }

    fn header(&mut self, ui: &mut Ui, view: &View<'_>) {
        margin(ui, |ui| {
            ui.horizontal(|ui| {
                ui.set_height(24.0);
                ui.label(RichText::new("Articles").font(theme::strong(size::BODY)));
                ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                    self.sort_menu(ui);
                    let all = view.session.workspace().articles.len();
                    let shown = self.rows.ids.len();
                    let words = if self.filter.trim().is_empty() || shown == all {
                        crate::claim::grouped(all as u64)
                    } else {
                        format!("{} of {}", crate::claim::grouped(shown as u64), crate::claim::grouped(all as u64))
                    };
                    ui.label(RichText::new(words).color(view.theme.secondary));
                });
            });
        });
    }

    fn sort_menu(&mut self, ui: &mut Ui) {
        let button = egui::Button::new(RichText::new("↑↓").size(size::SMALL)).frame_when_inactive(false).small();
        let response = ui.add(button).on_hover_text("Sort the list").accessible_name("Sort the list");
        egui::Popup::menu(&response).show(|ui| {
            for sort in Sort::ALL {
                if ui.add(egui::Button::selectable(self.sort == sort, sort.word())).clicked() {
                    self.sort = sort;
                    ui.close();
                }
            }
        });
    }

    fn filter_field(&mut self, ui: &mut Ui, view: &mut View<'_>) {
        margin(ui, |ui| {
            let width = ui.available_width();
            let edit = egui::TextEdit::singleline(&mut self.filter)
                .id(egui::Id::unique("filter of articles"))
                .hint_text("Filter")
                .margin(egui::Margin::symmetric(8, 6))
                .desired_width(width);
            let response = ui.add(edit).accessible_name("Filter articles");
            if std::mem::take(&mut self.focus_filter) {
                response.request_focus();
            }
            if response.lost_focus() {
                let pressed = |key| ui.input(|input| input.key_pressed(key));
                if pressed(Key::Escape) {
                    self.filter.clear();
                }
                if pressed(Key::Enter)
                    && let Some(first) = self.rows.ids.first()
                {
                    view.ask(Request::ShowArticle(first.clone()));
                    view.ask(Request::Focus(Place::Articles));
                }
            }
        });
    }

    /// Computes the rows anew where something has changed that they depend on.
    fn refresh(&mut self, ui: &Ui, view: &View<'_>) {
        let width = ui.available_width();
        let session = view.session;
        let of = (session.articles_edition(), self.filter.clone(), self.sort, width.to_bits());
        let (revision, now) = (session.revision(), ui.input(|input| input.time));
        if self.rows.of.as_ref() == Some(&of) {
            let long = self.rows.ids.len() > MEASURED;
            let (then, since) = self.rows.while_at;
            if then == revision || long && !self.sort.is_volatile() {
                return;
            }
            if long && now - since < PATIENCE {
                ui.ctx().request_repaint_after_secs((PATIENCE - (now - since)) as f32);
                return;
            }
        }
        let ids = order::ordered(session, &self.filter, self.sort);
        let measure = self.measure.with(ui.ctx());
        let (mut lines, mut tops) = (Vec::new(), Vec::new());
        if ids.len() <= MEASURED {
            let line = |id: &ArticleId| {
                let document = order::document(session, id);
                let Some(record) = session.workspace().articles.get(id) else { return Lines::ALIKE };
                Lines::of(&Words::of(session, record, document, 0, 0), width, measure)
            };
            lines = ids.iter().map(line).collect::<Vec<Lines>>();
            let heights = lines.iter().scan(0.0, |below, lines| {
                *below += lines.height();
                Some(*below)
            });
            tops = std::iter::once(0.0).chain(heights).collect();
        }
        self.rows = Rows { of: Some(of), while_at: (revision, now), ids, lines, tops };
    }

    fn list(&mut self, ui: &mut Ui, view: &mut View<'_>) {
        let take_focus = view.state.focus == Some(Place::Articles);
        // An article that was shown from elsewhere is scrolled to, once.
        if self.shown != view.state.article || take_focus {
            self.shown.clone_from(&view.state.article);
            self.reveal.clone_from(&view.state.article);
        }
        let height = self.rows.top(self.rows.ids.len());
        egui::ScrollArea::vertical().id_salt("articles").auto_shrink(false).show_viewport(ui, |ui, seen| {
            ui.set_height(height);
            ui.set_width(ui.available_width());
            let origin = ui.max_rect().min;
            let width = ui.max_rect().width();
            let at = |rows: &Rows, i: usize| {
                let (top, bottom) = (origin.y + rows.top(i), origin.y + rows.top(i + 1));
                Rect::from_min_max(pos2(origin.x, top), pos2(origin.x + width, bottom))
            };
            if let Some(id) = self.reveal.take()
                && let Some(i) = self.rows.ids.iter().position(|other| *other == id)
            {
                ui.scroll_to_rect(at(&self.rows, i), None);
            }
            for i in self.rows.at(seen.top())..self.rows.ids.len() {
                if self.rows.top(i) > seen.bottom() {
                    break;
                }
                let rect = at(&self.rows, i);
                self.row(ui, view, i, rect);
            }
        });
        if take_focus {
            let row = view.state.article.as_ref().or(self.rows.ids.first());
            if let Some(id) = row {
                self.focus_row = Some(id.clone());
                ui.ctx().request_repaint();
                if view.state.article.is_none() {
                    view.ask(Request::ShowArticle(id.clone()));
                }
            }
        }
    }

    fn row(&mut self, ui: &mut Ui, view: &mut View<'_>, i: usize, rect: Rect) {
        let id = &self.rows.ids[i];
        let Some(record) = view.session.workspace().articles.get(id) else { return };
        let claims = view.session.claim_count(id);
        let document = order::document(view.session, id);
        let words = Words::of(view.session, record, document, claims, view.session.pending_count(id));
        let shown = view.state.article.as_ref() == Some(id);
        let marked = view.state.marked.contains(id);
        // Only the shown row is a stop of Tab; arrows go from row to row.
        let stop = shown || (view.state.article.is_none() && i == 0);
        let sense = if stop { Sense::click() } else { Sense::CLICK };
        let response = ui.interact(rect, row_id(id), sense);
        response.widget_info(|| WidgetInfo::selected(Role::ListBoxOption, true, shown || marked, words.spoken()));
        if stop && self.focus_row.as_ref() == Some(id) {
            self.focus_row = None;
            response.request_focus();
        }
        let look = Look { shown, marked, hovered: response.hovered() };
        row::paint(ui, rect, &words, self.rows.lines(i), look, &view.theme);
        if response.has_focus() {
            self.keys(ui, view, i);
        }
        if response.clicked() {
            self.clicked(ui, view, i);
        }
        widgets::context_menu(&response, |ui| context_menu(ui, view, &self.rows.ids[i]));
        if words.title.len() > 80 {
            response.on_hover_text_at_pointer(&words.title);
        }
    }

    /// Arrow keys while a row has the keyboard.
    fn keys(&mut self, ui: &Ui, view: &mut View<'_>, i: usize) {
        let filter = EventFilter { vertical_arrows: true, ..Default::default() };
        ui.memory_mut(|memory| memory.set_focus_lock_filter(row_id(&self.rows.ids[i]), filter));
        let last = self.rows.ids.len() - 1;
        let none = egui::Modifiers::NONE;
        let page = 8;
        let target = ui.input_mut(|input| {
            [
                (Key::ArrowDown, (i + 1).min(last)),
                (Key::ArrowUp, i.saturating_sub(1)),
                (Key::PageDown, (i + page).min(last)),
                (Key::PageUp, i.saturating_sub(page)),
                (Key::Home, 0),
                (Key::End, last),
            ]
            .into_iter()
            .find_map(|(key, target)| input.consume_key(none, key).then_some(target))
        });
        if let Some(target) = target {
            let id = self.rows.ids[target].clone();
            self.focus_row = Some(id.clone());
            self.reveal = Some(id.clone());
            view.ask(Request::ShowArticle(id));
        }
    }

    /// A click shows the article; with Ctrl it marks it too, with Shift all up to it.
    fn clicked(&self, ui: &Ui, view: &mut View<'_>, i: usize) {
        let id = &self.rows.ids[i];
        let modifiers = ui.input(|input| input.modifiers);
        let mut marked = view.state.marked.clone();
        let entered = ui.input(|input| input.key_pressed(Key::Enter));
        if modifiers.command {
            marked.extend(view.state.article.clone().filter(|_| marked.is_empty()));
            if !marked.remove(id) {
                marked.insert(id.clone());
            }
        } else if modifiers.shift {
            let from =
                view.state.article.as_ref().and_then(|from| self.rows.ids.iter().position(|other| other == from));
            let from = from.unwrap_or(i);
            marked = self.rows.ids[from.min(i)..=from.max(i)].iter().cloned().collect();
        } else {
            marked.clear();
            view.ask(Request::ShowArticle(id.clone()));
            if entered {
                view.ask(Request::Focus(Place::Reader));
            }
        }
        view.ask(Request::Mark(marked));
    }
}

/// The id of a row, from the article and not from its place.
fn row_id(article: &ArticleId) -> egui::Id {
    egui::Id::unique(("article row", article))
}

fn margin<R>(ui: &mut Ui, add: impl FnOnce(&mut Ui) -> R) -> R {
    let frame = egui::Frame::new().inner_margin(egui::Margin { left: 12, right: 12, top: 0, bottom: 0 });
    frame.show(ui, add).inner
}

/// What can be done with several marked articles.
fn marked_bar(ui: &mut Ui, view: &mut View<'_>) {
    margin(ui, |ui| {
        ui.horizontal(|ui| {
            let count = view.state.marked.len();
            ui.label(
                RichText::new(format!("{} marked", crate::claim::grouped(count as u64)))
                    .size(size::SMALL)
                    .color(view.theme.secondary),
            );
            let small = |text: &str| egui::Button::new(RichText::new(text).size(size::SMALL)).small();
            if ui.add(small("Set outlet, date…")).clicked() {
                view.ask(Request::Act(Action::SetMetadata));
            }
            if ui.add(small("Clear")).on_hover_text("Mark none").clicked() {
                view.ask(Request::Mark(Default::default()));
            }
        });
    });
    ui.add_space(space::S);
}

fn context_menu(ui: &mut Ui, view: &mut View<'_>, id: &ArticleId) {
    let several = view.state.marked.len() > 1 && view.state.marked.contains(id);
    let concerned: Vec<ArticleId> =
        if several { view.state.marked.iter().cloned().collect() } else { vec![id.clone()] };
    if ui.button("Show").clicked() {
        view.ask(Request::ShowArticle(id.clone()));
        ui.close();
    }
    if ui.button("Set outlet, title, date…").clicked() {
        if !several {
            view.ask(Request::ShowArticle(id.clone()));
            view.ask(Request::Mark(Default::default()));
        }
        view.ask(Request::Act(Action::SetMetadata));
        ui.close();
    }
    ui.separator();
    for progress in [Progress::Unread, Progress::InProgress, Progress::Done] {
        let here = view.session.workspace().articles.get(id).map(|record| record.progress);
        let text = format!("Mark as {}", row::progress_words(progress));
        if ui.add(egui::Button::selectable(here == Some(progress), text)).clicked() {
            for id in &concerned {
                view.run(Command::SetProgress(id.clone(), progress));
            }
            ui.close();
        }
    }
    ui.separator();
    let text = if several {
        format!("Remove {} articles", crate::claim::grouped(concerned.len() as u64))
    } else {
        "Remove article".to_owned()
    };
    if ui.button(text).on_hover_text("With its claims. Can be undone.").clicked() {
        for id in concerned {
            view.run(Command::RemoveArticle(id));
        }
        ui.close();
    }
}

fn nothing_found(ui: &mut Ui, view: &View<'_>, filter: &str) {
    margin(ui, |ui| {
        let words = if filter.trim().is_empty() {
            "No articles yet. Open files, or drop them here.".to_owned()
        } else {
            format!("No article has “{}” in its title, outlet or file name.", filter.trim())
        };
        ui.add_space(vec2(0.0, space::S).y);
        ui.label(RichText::new(words).color(view.theme.secondary));
    });
}
