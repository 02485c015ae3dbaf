//! The bar over the text that searches it: field, options, hits one by one or as a concordance, tags.

use std::collections::BTreeSet;
use std::sync::Arc;

use egui::{Key, Rect, RichText, Sense, Stroke, Ui, UiBuilder, pos2, vec2};

use super::find::{Hit, MOST, Query, Search};
use crate::claim::{ArticleId, Category, Span, grouped};
use crate::session::Command;
use crate::ui::state::{FindScope, Place, Request, View};
use crate::ui::theme::{self, Theme};
use crate::ui::widgets;
use crate::ui::words::surroundings;

/// Least height of the bar, in points.
const BAR: f32 = 40.0;
/// Height of a line of the concordance, in points.
const ROW: f32 = 24.0;
/// How many lines of the concordance are seen at once.
const ROWS: f32 = 7.0;

/// The search of the window: closed, or what is typed in it and what was found.
#[derive(Debug, Default)]
pub struct FindBar {
    open: bool,
    /// Whether the field shall take the keyboard.
    take_focus: bool,
    query: Query,
    everywhere: bool,
    listed: bool,
    search: Option<Search>,
    error: Option<String>,
    /// What `search` was made of.
    made_of: Option<(Query, bool, Option<ArticleId>, usize)>,
    /// The hit shown.
    at: Option<usize>,
    /// What all hits are about to be tagged as.
    preview: Option<Preview>,
}

/// Tagging all hits, before it is done: they are listed, and each can be left out.
#[derive(Debug)]
struct Preview {
    category: Category,
    /// The places of hits that are left out.
    left_out: BTreeSet<usize>,
}

/// Which hits are tagged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Reach {
    One,
    OneAndOn,
    All,
}

impl FindBar {
    /// Opens it where that was asked for, with the selected words in it. Returns whether it is open.
    pub fn follow(&mut self, view: &View<'_>, selected: &str) -> bool {
        if let Some(scope) = view.state.find {
            self.open = true;
            self.take_focus = true;
            self.everywhere = scope == FindScope::Project;
            if !selected.is_empty() && !selected.contains('\n') && selected.len() < 200 {
                self.query.text = selected.to_owned();
            }
        }
        self.open
    }

    /// Draws it at the top of an area and returns what is left of that. Searches on.
    pub fn show(&mut self, ui: &mut Ui, area: Rect, caret: usize, view: &mut View<'_>) -> Rect {
        let theme = view.theme.clone();
        self.refresh(view, caret);
        let list = (self.listed || self.everywhere || self.preview.is_some()) && !self.hits().is_empty();
        let ground = (ui.painter().add(egui::Shape::Noop), ui.painter().add(egui::Shape::Noop));
        // As many rows as the controls need in this width.
        let room = Rect::from_min_max(area.min, pos2(area.max.x, area.min.y + BAR)).shrink2(vec2(12.0, 6.0));
        let mut child = ui.new_child(UiBuilder::new().max_rect(room).id_salt("find"));
        self.controls(&mut child, view, &theme);
        let head = child.min_rect().height().max(BAR - 12.0) + 12.0;
        let lines = if list { (self.hits().len() as f32).min(ROWS) * ROW + 8.0 } else { 0.0 };
        let height = (head + lines).min((area.height() - 40.0).max(head));
        let bar = Rect::from_min_size(area.min, vec2(area.width(), height));
        ui.painter().set(ground.0, egui::Shape::rect_filled(bar, 0.0, theme.background));
        ui.painter().set(ground.1, egui::Shape::hline(bar.x_range(), bar.max.y, Stroke::new(1.0, theme.line)));
        if list {
            let rows = Rect::from_min_max(pos2(bar.min.x, bar.min.y + head), bar.max).shrink2(vec2(8.0, 4.0));
            let mut child = ui.new_child(UiBuilder::new().max_rect(rows).id_salt("concordance"));
            self.concordance(&mut child, view, &theme);
        }
        if self.search.as_ref().is_some_and(|search| !search.is_done()) {
            ui.ctx().request_repaint();
        }
        Rect::from_min_max(pos2(area.min.x, bar.max.y + 1.0), area.max)
    }

    /// The hits of an article, and the one shown among them.
    pub fn hits_of(&self, article: &ArticleId) -> (&[Hit], Option<Span>) {
        let Some(search) = self.search.as_ref().filter(|_| self.open) else { return (&[], None) };
        let shown = self.at.and_then(|at| search.hits.get(at)).filter(|hit| hit.article == *article);
        (search.of(article).1, shown.map(|hit| hit.span))
    }

    fn hits(&self) -> &[Hit] {
        self.search.as_ref().map_or(&[], |search| &search.hits)
    }

    fn refresh(&mut self, view: &View<'_>, caret: usize) {
        let articles = view.session.workspace().articles.len();
        let scope = if self.everywhere { None } else { view.state.article.clone() };
        let made_of = Some((self.query.clone(), self.everywhere, scope.clone(), articles));
        if self.made_of != made_of {
            self.made_of = made_of;
            self.preview = None;
            self.at = None;
            self.error = None;
            self.search = None;
            match self.query.pattern() {
                None => {}
                Some(Err(error)) => self.error = Some(error),
                Some(Ok(pattern)) => {
                    let ids = view.session.workspace().articles.keys();
                    let wanted = ids.filter(|id| scope.as_ref().is_none_or(|only| only == *id));
                    let texts = wanted.filter_map(|id| view.session.article(id)).map(Arc::clone).collect();
                    self.search = Some(Search::new(pattern, texts));
                }
            }
        }
        let Some(search) = &mut self.search else { return };
        if !search.is_done() {
            search.step();
        }
        if self.at.is_none()
            && let Some(article) = &view.state.article
        {
            let (first, hits) = search.of(article);
            let next = hits.iter().position(|hit| hit.span.end as usize >= caret);
            self.at = next.map(|next| first + next).or_else(|| search.is_done().then_some(first));
            self.at = self.at.filter(|at| *at < search.hits.len());
        }
    }

    /// Field, options, count and buttons: in one row where they fit, else in as many as they need.
    fn controls(&mut self, ui: &mut Ui, view: &mut View<'_>, theme: &Theme) {
        const GAP: f32 = 6.0;
        const LEAST_FIELD: f32 = 100.0;
        const MOST_FIELD: f32 = 260.0;
        ui.spacing_mut().item_spacing = vec2(GAP, GAP);
        let width = |words: &[&str]| words.iter().map(|words| widgets::button_width(ui, words) + GAP).sum::<f32>();
        let options = width(&["Aa", "Word", ".*", self.scope_words()]);
        let moves = match &self.preview {
            Some(preview) => width(&[&self.confirm_words(preview), "Cancel", "Close"]),
            None if self.everywhere => width(&["Back", "Next", "Tag", "Close"]),
            None => width(&["Back", "Next", "List", "Tag", "Close"]),
        };
        let said = self.error.clone().unwrap_or_else(|| self.count());
        let said_width = widgets::words_width(ui, &said, widgets::SECONDARY) + 1.0;
        let room = ui.available_width();
        let spare = room - options - moves - said_width - GAP;
        if spare >= LEAST_FIELD {
            ui.horizontal(|ui| {
                let field = spare.min(MOST_FIELD);
                self.field(ui, field, view);
                self.options(ui);
                self.said(ui, &said, said_width, theme);
                ui.add_space((spare - field).max(0.0));
                self.moves(ui, view, theme);
            });
            return;
        }
        let beside_options = room - options - said_width - GAP;
        if beside_options >= LEAST_FIELD {
            ui.horizontal(|ui| {
                self.field(ui, beside_options, view);
                self.options(ui);
                self.said(ui, &said, said_width, theme);
            });
            ui.horizontal_wrapped(|ui| self.moves(ui, view, theme));
            return;
        }
        // In a narrow text signs stand for words, and words stand closer.
        let said_width = said_width.min(room * 0.4);
        let signs = if self.preview.is_some() { 0.0 } else { 3.0 * (widgets::SIGN + GAP) };
        ui.horizontal(|ui| {
            self.field(ui, (room - said_width - signs - GAP - 2.0).max(60.0), view);
            self.said(ui, &said, said_width, theme);
            if self.preview.is_none() {
                self.signs(ui, view);
            }
        });
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().button_padding.x = 6.0;
            if self.preview.is_some() {
                self.moves(ui, view, theme);
            } else {
                self.options(ui);
                self.list_and_tag(ui, view, theme);
            }
        });
    }

    fn field(&mut self, ui: &mut Ui, width: f32, view: &mut View<'_>) {
        let edit = egui::TextEdit::singleline(&mut self.query.text).hint_text("Find").desired_width(width);
        // The width is that of the field with its frame.
        let field = ui.add_sized(vec2(width, 26.0), edit).accessible_name("Find");
        if std::mem::take(&mut self.take_focus) {
            field.request_focus();
            // What was searched for last is there to be searched for again, and gives way to what is typed.
            widgets::select_all(&field, &self.query.text);
        }
        let (enter, back, escape) =
            ui.input(|input| (input.key_pressed(Key::Enter), input.modifiers.shift, input.key_pressed(Key::Escape)));
        if field.lost_focus() && enter {
            self.go(back, view);
            field.request_focus();
        }
        if (field.lost_focus() || field.has_focus()) && escape {
            self.close(view);
        }
    }

    fn scope_words(&self) -> &'static str {
        if self.everywhere { "All articles" } else { "This article" }
    }

    fn options(&mut self, ui: &mut Ui) {
        toggle(ui, &mut self.query.case, "Aa", "Match case");
        toggle(ui, &mut self.query.whole, "Word", "Whole words");
        toggle(ui, &mut self.query.regex, ".*", "Regular expression");
        if ui.button(self.scope_words()).on_hover_text("Search this article or all of them").clicked() {
            self.everywhere = !self.everywhere;
        }
    }

    /// How many hits there are, or why there can be none.
    fn said(&self, ui: &mut Ui, words: &str, width: f32, theme: &Theme) {
        let colour = if self.error.is_some() { theme.bad } else { theme.secondary };
        let label = egui::Label::new(RichText::new(words).size(widgets::SECONDARY).color(colour)).truncate();
        let said = ui.add_sized(vec2(width, 20.0), label);
        ui.ctx().accesskit_node_builder(said.id, |node| node.set_live(egui::accesskit::Live::Polite));
    }

    /// The buttons that go from hit to hit, tag and close.
    fn moves(&mut self, ui: &mut Ui, view: &mut View<'_>, theme: &Theme) {
        if self.preview.is_some() {
            self.confirm(ui, view, theme);
        } else {
            let any = !self.hits().is_empty();
            if ui.add_enabled(any, egui::Button::new("Back")).on_hover_text("Hit before (Shift+Enter)").clicked() {
                self.go(true, view);
            }
            if ui.add_enabled(any, egui::Button::new("Next")).on_hover_text("Next hit (Enter)").clicked() {
                self.go(false, view);
            }
            self.list_and_tag(ui, view, theme);
        }
        if ui.button("Close").on_hover_text("Close the search (Esc)").clicked() {
            self.close(view);
        }
    }

    fn list_and_tag(&mut self, ui: &mut Ui, view: &mut View<'_>, theme: &Theme) {
        ui.add_enabled_ui(!self.hits().is_empty(), |ui| {
            if !self.everywhere {
                toggle(ui, &mut self.listed, "List", "List hits with their surroundings");
            }
            self.tags(ui, view, theme);
        });
    }

    /// The buttons that go from hit to hit and close, as narrow as can be.
    fn signs(&mut self, ui: &mut Ui, view: &mut View<'_>) {
        let any = !self.hits().is_empty();
        let sign = |ui: &mut Ui, sign: &str, hint: &str, name: &str| {
            ui.add_enabled_ui(any || name == "Close", |ui| {
                widgets::sign(ui, sign, hint).accessible_name(name).clicked()
            })
            .inner
        };
        if sign(ui, "↑", "Hit before (Shift+Enter)", "Back") {
            self.go(true, view);
        }
        if sign(ui, "↓", "Next hit (Enter)", "Next") {
            self.go(false, view);
        }
        if sign(ui, "×", "Close the search (Esc)", "Close") {
            self.close(view);
        }
    }

    /// "Tag 12 as killed"
    fn confirm_words(&self, preview: &Preview) -> String {
        let count = self.hits().len() - preview.left_out.len();
        format!("Tag {} as {}", grouped(count as u64), preview.category.label.to_lowercase())
    }

    /// What is about to be tagged, and the two ways on from there.
    fn confirm(&mut self, ui: &mut Ui, view: &mut View<'_>, theme: &Theme) {
        let Some(preview) = &self.preview else { return };
        let count = self.hits().len() - preview.left_out.len();
        let words = RichText::new(self.confirm_words(preview)).color(theme.on_accent);
        let button = egui::Button::new(words).fill(theme.accent).stroke(Stroke::NONE);
        if ui.add_enabled(count > 0, button).on_hover_text("One step, which is undone as one").clicked() {
            let kept = self.hits().iter().enumerate().filter(|(at, _)| !preview.left_out.contains(at));
            let spans = kept.map(|(_, hit)| (hit.article.clone(), hit.span)).collect();
            view.run(Command::TagAll { spans, category: preview.category.id.clone() });
            self.preview = None;
        } else if ui.button("Cancel").clicked() {
            self.preview = None;
        }
    }

    /// "3 of 17", "17 in 4 articles", "none"
    fn count(&self) -> String {
        let Some(search) = &self.search else { return String::new() };
        let number = grouped(search.hits.len() as u64);
        let number = if search.hits.len() >= MOST { format!("first {number}") } else { number };
        match (search.hits.is_empty(), search.is_done(), self.at) {
            (true, false, _) => "searching…".to_owned(),
            (true, true, _) => "none".to_owned(),
            (false, _, Some(at)) if !self.everywhere => format!("{} of {number}", grouped(at as u64 + 1)),
            _ => format!("{number} in {}", counted(search.article_count(), "article", "articles")),
        }
    }

    /// Tags the hit shown as a category, or begins to tag all of them.
    fn tags(&mut self, ui: &mut Ui, view: &mut View<'_>, theme: &Theme) {
        let codebook = view.session.codebook();
        let offered: Vec<Category> = codebook.categories.iter().filter(|category| !category.retired).cloned().collect();
        let mut chosen: Option<(Category, Reach)> = None;
        let count = grouped(self.hits().len() as u64);
        ui.menu_button("Tag", |ui| {
            let all = format!("All {count} hits as…");
            let reaches = [
                (Reach::One, "This hit as"),
                (Reach::OneAndOn, "This hit, and on to the next, as"),
                (Reach::All, &all),
            ];
            for (reach, words) in reaches {
                ui.add_enabled_ui(self.at.is_some() || reach == Reach::All, |ui| {
                    ui.menu_button(words, |ui| {
                        for category in &offered {
                            let tint = theme.category(&category.colour);
                            let text = RichText::new(&*category.label).color(tint.line);
                            if ui.button(text).on_hover_text(&category.guideline).clicked() {
                                chosen = Some((category.clone(), reach));
                                ui.close();
                            }
                        }
                    });
                });
            }
        });
        let Some((category, reach)) = chosen else { return };
        if reach == Reach::All {
            self.preview = Some(Preview { category, left_out: BTreeSet::new() });
            return;
        }
        let hits = self.at.and_then(|at| self.hits().get(at..=at)).unwrap_or(&[]);
        let spans = hits.iter().map(|hit| (hit.article.clone(), hit.span)).collect();
        view.run(Command::TagAll { spans, category: category.id });
        if reach == Reach::OneAndOn {
            self.go(false, view);
        }
    }

    /// Goes to the next hit, or the one before, round the ends.
    fn go(&mut self, back: bool, view: &mut View<'_>) {
        let count = self.hits().len();
        if count == 0 {
            return;
        }
        let next = match (self.at, back) {
            (None, _) => 0,
            (Some(at), false) => (at + 1) % count,
            (Some(at), true) => (at + count - 1) % count,
        };
        self.show_hit(next, view);
    }

    fn show_hit(&mut self, at: usize, view: &mut View<'_>) {
        self.at = Some(at);
        if let Some(hit) = self.hits().get(at) {
            view.ask(Request::Jump(hit.article.clone(), hit.span));
        }
    }

    fn close(&mut self, view: &mut View<'_>) {
        self.open = false;
        view.ask(Request::Focus(Place::Reader));
        if let Some(hit) = self.at.and_then(|at| self.hits().get(at))
            && view.state.article.as_ref() == Some(&hit.article)
        {
            view.ask(Request::Select(Some(hit.span)));
        }
    }

    fn concordance(&mut self, ui: &mut Ui, view: &mut View<'_>, theme: &Theme) {
        let mut pressed = None;
        ui.spacing_mut().item_spacing.y = 0.0;
        let area = egui::ScrollArea::vertical().id_salt("hits").auto_shrink(false);
        area.show_rows(ui, ROW, self.hits().len(), |ui, rows| {
            for at in rows {
                let Some(hit) = self.hits().get(at) else { continue };
                let look = LineLook {
                    shown: self.at == Some(at),
                    titled: self.everywhere,
                    taken: self.preview.as_ref().map(|preview| !preview.left_out.contains(&at)),
                };
                if line(ui, hit, look, view, theme) {
                    pressed = Some(at);
                }
            }
        });
        if let Some(at) = pressed {
            if let Some(Preview { left_out, .. }) = &mut self.preview
                && !left_out.remove(&at)
            {
                left_out.insert(at);
            }
            self.show_hit(at, view);
        }
    }
}

fn toggle(ui: &mut Ui, on: &mut bool, label: &str, name: &str) {
    let response = ui.selectable_label(*on, label).accessible_name(name).on_hover_text(name);
    if response.clicked() {
        *on = !*on;
    }
}

fn counted(n: usize, one: &str, many: &str) -> String {
    format!("{} {}", grouped(n as u64), if n == 1 { one } else { many })
}

/// How a line of the concordance looks.
#[derive(Clone, Copy)]
struct LineLook {
    /// Whether it is the hit shown.
    shown: bool,
    /// Whether the article's title stands before it.
    titled: bool,
    /// Whether it is about to be tagged; `None` where nothing is.
    taken: Option<bool>,
}

/// A line of the concordance: the hit in the middle, its words around it. Returns whether it was
/// pressed.
fn line(ui: &mut Ui, hit: &Hit, look: LineLook, view: &View<'_>, theme: &Theme) -> bool {
    let LineLook { shown, titled, taken } = look;
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::click());
    let Some(article) = view.session.article(&hit.article) else { return false };
    let (left, words, right) = surroundings(article, hit.span, 90);
    response.widget_info(|| {
        egui::WidgetInfo::selected(
            egui::accesskit::Role::ListBoxOption,
            true,
            taken.unwrap_or(shown),
            format!("Hit: {left}{words}{right}"),
        )
    });
    if !ui.is_rect_visible(rect) {
        return response.clicked();
    }
    let painter = ui.painter_at(rect);
    if shown || response.hovered() {
        painter.rect_filled(rect, 4.0, if shown { theme.accent_ground } else { theme.field });
    }
    let mut from = rect.min.x + 8.0;
    if let Some(taken) = taken {
        widgets::tick(painter.clone(), pos2(from + 7.0, rect.center().y), taken, theme);
        from += 24.0;
    }
    if titled {
        let record = view.session.workspace().articles.get(&hit.article);
        let title =
            record.map_or_else(|| article.name.to_string(), |record| crate::ui::words::title(view.session, record));
        let width = (rect.width() * 0.25).min(220.0);
        let font = egui::FontId::proportional(widgets::SECONDARY);
        let galley = painter.layout_no_wrap(title, font, theme.secondary);
        let place = Rect::from_min_size(pos2(from, rect.min.y), vec2(width, ROW));
        let at = pos2(from, rect.center().y - galley.rect.height() / 2.0);
        ui.painter_at(place).galley(at, galley, theme.secondary);
        from += width + 12.0;
    }
    let words_rect = Rect::from_min_max(pos2(from, rect.min.y), rect.max);
    let painter = ui.painter_at(words_rect);
    let middle = words_rect.min.x + words_rect.width() * 0.42;
    let set = |text: String, strong: bool| {
        let font = if strong { theme::serif_strong(14.0) } else { theme::serif(14.0) };
        painter.layout_no_wrap(text, font, if strong { theme.text } else { theme.secondary })
    };
    let (left, words, right) = (set(left, false), set(words.to_string(), true), set(right, false));
    let y = |galley: &egui::Galley| rect.center().y - galley.rect.height() / 2.0;
    let end = middle + words.rect.width();
    painter.galley(pos2(middle - left.rect.width(), y(&left)), left.clone(), theme.secondary);
    painter.galley(pos2(middle, y(&words)), words.clone(), theme.text);
    painter.galley(pos2(end, y(&right)), right.clone(), theme.secondary);
    response.clicked()
}
