//! The command palette: articles and actions by a few letters of their names.

use egui::{Align2, Key, Modifiers, Rect, RichText, Sense, Ui, WidgetInfo, vec2};

use crate::claim::ArticleId;
use crate::ui::actions::Action;
use crate::ui::fonts::size;
use crate::ui::state::{Request, Sheet, View};
use crate::ui::theme::space;
use crate::ui::words;

const WIDTH: f32 = 600.0;
const ROW: f32 = 32.0;
const MOST: usize = 200;
/// Of more articles not every one is compared letter by letter.
const MANY: usize = 2_000;

/// The palette's own state: what is typed, what it found, which entry is chosen.
#[derive(Debug, Default)]
pub struct Palette {
    typed: String,
    found: Vec<Entry>,
    found_for: Option<(String, u64)>,
    chosen: usize,
    opened: bool,
}

#[derive(Clone, Debug, PartialEq)]
enum Target {
    Act(Action),
    Show(ArticleId),
}

#[derive(Clone, Debug, PartialEq)]
struct Entry {
    target: Target,
    text: String,
    side: String,
    enabled: bool,
}

impl Palette {
    /// Draws it where it is open.
    pub fn show(&mut self, ctx: &egui::Context, view: &mut View<'_>) {
        if !view.state.sheets.contains(&Sheet::Palette) {
            self.opened = false;
            return;
        }
        let just_opened = !std::mem::replace(&mut self.opened, true);
        if just_opened {
            self.typed.clear();
            self.chosen = 0;
            self.found_for = None;
        }
        self.search(ctx, view);
        let id = egui::Id::unique("palette");
        let area = egui::Modal::default_area(id).anchor(Align2::CENTER_TOP, vec2(0.0, 56.0));
        let width = WIDTH.min(ctx.content_rect().width() - 2.0 * space::XL);
        let modal = egui::Modal::new(id).area(area.accessible_name("Command palette"));
        let shown = modal.backdrop_color(egui::Color32::from_black_alpha(24)).show(ctx, |ui| {
            ui.set_width(width);
            self.content(ui, view, just_opened)
        });
        let done = shown.inner || shown.should_close();
        if done {
            view.ask(Request::Sheet(Sheet::Palette, false));
        }
    }

    /// The field and the entries. Gives whether something was chosen.
    fn content(&mut self, ui: &mut Ui, view: &mut View<'_>, just_opened: bool) -> bool {
        let (down, up, enter) = ui.input_mut(|input| {
            let mut take = |key| input.consume_key(Modifiers::NONE, key);
            (take(Key::ArrowDown), take(Key::ArrowUp), take(Key::Enter))
        });
        let last = self.found.len().saturating_sub(1);
        if down {
            self.chosen = if self.chosen >= last { 0 } else { self.chosen + 1 };
        }
        if up {
            self.chosen = if self.chosen == 0 { last } else { self.chosen - 1 };
        }
        let before = self.typed.clone();
        let edit = egui::TextEdit::singleline(&mut self.typed)
            .id(egui::Id::unique("palette field"))
            .hint_text("Search articles and actions")
            .font(egui::FontId::proportional(15.0))
            .margin(egui::Margin::symmetric(10, 8))
            .desired_width(f32::INFINITY);
        let response = ui.add(edit).accessible_name("Search articles and actions");
        if just_opened || !response.has_focus() {
            response.request_focus();
        }
        if self.typed != before {
            self.chosen = 0;
        }
        ui.add_space(space::XS);
        if self.found.is_empty() {
            ui.label(RichText::new("Nothing of that name.").color(view.theme.secondary));
        }
        let mut taken = if enter { self.found.get(self.chosen).cloned() } else { None };
        let most = (ui.ctx().content_rect().height() * 0.6).min(12.0 * ROW);
        // As high as what was found, not as high as what was found before.
        let list = egui::ScrollArea::vertical().max_height(most).min_scrolled_height(most).auto_shrink([false, true]);
        list.show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = 0.0;
            for (i, entry) in self.found.iter().enumerate() {
                let response = row(ui, view, entry, i == self.chosen);
                if (down || up || just_opened) && i == self.chosen {
                    response.scroll_to_me(None);
                }
                if response.clicked() {
                    taken = Some(entry.clone());
                }
            }
        });
        let Some(entry) = taken.filter(|entry| entry.enabled) else { return false };
        view.ask(match entry.target {
            Target::Act(action) => Request::Act(action),
            Target::Show(article) => Request::ShowArticle(article),
        });
        true
    }

    fn search(&mut self, ctx: &egui::Context, view: &View<'_>) {
        let of = (self.typed.clone(), view.session.revision());
        if self.found_for.as_ref() == Some(&of) {
            return;
        }
        let typed: Vec<char> = self.typed.to_lowercase().chars().filter(|c| !c.is_whitespace()).collect();
        let mut found: Vec<(u32, Entry)> = Vec::new();
        for action in Action::all().into_iter().filter(|action| *action != Action::Palette) {
            let text = action.label(view.session, view.state);
            let menu = action.menu().0.title();
            let Some(cost) = cost(&text, &typed).or_else(|| cost(&format!("{menu} {text}"), &typed)) else { continue };
            let enabled = action.enabled(view.session, view.state);
            let side = view.state.keys.words(action, ctx).unwrap_or_default();
            let entry = Entry { target: Target::Act(action), text, side, enabled };
            // What cannot be done now is still what was meant, where nothing that can be is as near.
            let cost = if enabled { cost } else { cost + if typed.is_empty() { 1000 } else { 4 } };
            found.push((cost, entry));
        }
        let articles = &view.session.workspace().articles;
        let words: Vec<String> = self.typed.split_whitespace().map(str::to_lowercase).collect();
        // Of very many articles those that have the words as they were typed.
        let near: Box<dyn Iterator<Item = &ArticleId>> = match articles.len() > MANY {
            true => Box::new(view.session.articles_with(&words).take(4 * MOST)),
            false => Box::new(articles.keys()),
        };
        for (id, record) in near.filter_map(|id| Some((id, articles.get(id)?))) {
            let text = words::title(view.session, record);
            let outlet = words::outlet(record).map_or("", |outlet| &**outlet);
            let Some(cost) = cost(&format!("{text} {outlet} {}", record.name), &typed) else { continue };
            let side = if outlet.is_empty() { record.name.to_string() } else { outlet.to_owned() };
            found.push((cost + 2, Entry { target: Target::Show(id.clone()), text, side, enabled: true }));
        }
        found.sort_by_key(|(cost, _)| *cost);
        self.found = found.into_iter().take(MOST).map(|(_, entry)| entry).collect();
        self.found_for = Some(of);
    }
}

/// How far a text is from what was typed, which has no spaces: nearest where it begins with it, then
/// where one of its words does, then where it stands inside a word; last where the letters are the
/// beginnings of its words in order, as "aas" is of "Accept all sure". `None` where they are neither.
fn cost(text: &str, typed: &[char]) -> Option<u32> {
    if typed.is_empty() {
        return Some(0);
    }
    let text = text.to_lowercase();
    let plain: Vec<char> = text.chars().filter(|c| !c.is_whitespace()).collect();
    let starts = word_starts(&text);
    let begins = |at: usize| plain[at..].starts_with(typed);
    let length = plain.len() as u32;
    if begins(0) {
        // Of two that begin with it, the one that is nearer to being it.
        return Some(1 + u32::from(length > typed.len() as u32));
    }
    if starts.iter().any(|at| begins(*at)) {
        return Some(3);
    }
    let letters: Vec<char> = typed.iter().copied().filter(|c| c.is_alphanumeric()).collect();
    // A letter or two stand inside of nearly everything.
    if typed.len() > 2 && (0..plain.len()).any(begins) {
        return Some(8);
    }
    let words = of_beginnings(&plain, &starts, &letters)?;
    Some(20 + words)
}

/// Where words begin, counted in characters that are no spaces.
fn word_starts(text: &str) -> Vec<usize> {
    let (mut starts, mut at, mut inside) = (Vec::new(), 0, false);
    for c in text.chars() {
        let of_word = c.is_alphanumeric() || (inside && matches!(c, '\'' | '’'));
        if of_word && !inside {
            starts.push(at);
        }
        inside = of_word;
        at += usize::from(!c.is_whitespace());
    }
    starts
}

/// Whether letters are the beginnings of words, in order, some words left out: of how many words.
fn of_beginnings(text: &[char], starts: &[usize], letters: &[char]) -> Option<u32> {
    if letters.is_empty() {
        return Some(0);
    }
    let mut best: Option<u32> = None;
    for (place, start) in starts.iter().enumerate() {
        let end = starts.get(place + 1).copied().unwrap_or(text.len());
        let same = text[*start..end].iter().zip(letters).take_while(|(a, b)| a == b).count();
        for taken in 1..=same {
            let rest = of_beginnings(text, &starts[place + 1..], &letters[taken..]);
            best = best.into_iter().chain(rest.map(|rest| rest + 1)).min();
        }
    }
    best
}

fn row(ui: &mut Ui, view: &View<'_>, entry: &Entry, chosen: bool) -> egui::Response {
    let theme = &view.theme;
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::CLICK);
    let name = entry.text.clone();
    response.widget_info(|| WidgetInfo::selected(egui::accesskit::Role::ListBoxOption, entry.enabled, chosen, &name));
    if !ui.is_rect_visible(rect) {
        return response;
    }
    if chosen || response.hovered() {
        let fill = if chosen { theme.accent_ground } else { theme.field };
        ui.painter().rect_filled(rect, 6.0, fill);
    }
    let colour = if entry.enabled { theme.text } else { theme.faint };
    let font = egui::FontId::proportional(size::BODY);
    let small = egui::FontId::proportional(size::SMALL);
    let side = clipped(ui, &entry.side, small, theme.secondary, rect.width() * 0.35);
    let left = rect.width() - side.size().x - 3.0 * space::M;
    let text = clipped(ui, &entry.text, font, colour, left);
    let middle = |galley: &egui::Galley| rect.center().y - galley.size().y / 2.0;
    let place = egui::pos2(rect.left() + space::M, middle(&text));
    ui.painter().galley(place, text, colour);
    let place = egui::pos2(rect.right() - space::M - side.size().x, middle(&side));
    ui.painter_at(Rect::EVERYTHING).galley(place, side, theme.secondary);
    response
}

fn clipped(ui: &Ui, text: &str, font: egui::FontId, colour: egui::Color32, width: f32) -> std::sync::Arc<egui::Galley> {
    let mut job = egui::text::LayoutJob::simple_singleline(text.to_owned(), font, colour);
    job.wrap = egui::text::TextWrapping::truncate_at_width(width);
    ui.ctx().fonts_mut(|fonts| fonts.layout_job(job))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_begin_after_what_is_no_letter() {
        for (text, expected) in [("look: dark", vec![0, 5]), ("“is” don’t (so)…", vec![1, 4, 10]), ("", vec![])]
        {
            assert_eq!(word_starts(text), expected, "{text}");
        }
    }

    #[test]
    fn what_is_nearer_comes_first() {
        let texts = [
            "Open articles…",
            "Accept suggestion",
            "Accept all sure in this article",
            "Next article",
            "Swap from and to",
        ];
        for (typed, expected) in [
            ("open", Some("Open articles…")),
            ("accsug", Some("Accept suggestion")),
            ("aas", Some("Accept all sure in this article")),
            ("swap", Some("Swap from and to")),
            ("next art", Some("Next article")),
            ("sure", Some("Accept all sure in this article")),
            ("pin", None),
            ("timeline", None),
            ("rot", None),
            ("zzz", None),
        ] {
            let typed: Vec<char> = typed.chars().filter(|c| *c != ' ').collect();
            let best = texts.iter().filter_map(|text| Some((cost(text, &typed)?, *text))).min_by_key(|(cost, _)| *cost);
            assert_eq!(best.map(|(_, text)| text), expected, "{typed:?}");
        }
    }
}
