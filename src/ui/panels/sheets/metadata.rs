//! Outlet, title, date and address of one article, or of several at once.

use egui::{RichText, TextEdit, Ui};

use crate::claim::{ArticleId, ArticleRecord, Basis, DateWindow, Known, Name};
use crate::session::Command;
use crate::ui::fonts::size;
use crate::ui::sheet;
use crate::ui::state::{Request, Sheet, View};
use crate::ui::theme::space;

/// What is typed, and what stood there before.
#[derive(Debug, Default)]
pub struct MetadataForm {
    articles: Vec<ArticleId>,
    before: Texts,
    now: Texts,
}

#[derive(Clone, Debug, Default, PartialEq)]
struct Texts {
    outlet: String,
    title: String,
    date: String,
    url: String,
}

impl MetadataForm {
    /// Draws it where it is open.
    pub fn show(&mut self, ctx: &egui::Context, view: &mut View<'_>) {
        if !view.state.sheets.contains(&Sheet::Metadata) {
            self.articles.clear();
            return;
        }
        let concerned = view.state.concerned();
        if self.articles != concerned {
            let records: Vec<_> = concerned.iter().filter_map(|id| view.session.workspace().articles.get(id)).collect();
            self.before = Texts::shared(&records);
            self.now = self.before.clone();
            self.articles = concerned;
        }
        let title = match self.articles.len() {
            1 => "Outlet, title, date".to_owned(),
            count => format!("Outlet and date of {} articles", crate::claim::grouped(count as u64)),
        };
        sheet::show(ctx, view, Sheet::Metadata, &title, 480.0, |ui, view| self.form(ui, view));
    }

    fn form(&mut self, ui: &mut Ui, view: &mut View<'_>) {
        let several = self.articles.len() > 1;
        if several {
            let words = "What differs between the articles is shown empty, and left as it is unless you type.";
            ui.label(RichText::new(words).color(view.theme.secondary));
            ui.add_space(space::S);
        }
        let only = (!several).then(|| self.articles.first()).flatten();
        let record = only.and_then(|id| view.session.workspace().articles.get(id));
        let known = |known: Option<&Known>| known.map_or(Basis::Unknown, |known| known.basis);
        let metadata = record.map(|record| &record.metadata);
        field(ui, view, "Outlet", &mut self.now.outlet, "", metadata.map(|m| known(m.outlet.as_ref())));
        if !several {
            field(ui, view, "Title", &mut self.now.title, "", metadata.map(|m| known(m.title.as_ref())));
        }
        let hint = "e.g. 29 Jan 2026, January 2026, 2026-01-29";
        field(ui, view, "Date", &mut self.now.date, hint, metadata.map(|m| m.published.basis));
        let date = self.now.date.trim();
        let parsed = view.session.read_published(date);
        let wrong = !date.is_empty() && parsed.is_err();
        match &parsed {
            Err(error) if wrong => {
                ui.label(RichText::new(error).color(view.theme.bad));
            }
            // As it was understood, where that is not what stands there.
            Ok(window) if window.notation() != date => {
                ui.label(RichText::new(window.words()).size(size::REASON).color(view.theme.secondary));
            }
            _ => {}
        }
        if !several {
            field(ui, view, "Address", &mut self.now.url, "https://…", metadata.map(|m| known(m.url.as_ref())));
        }
        match sheet::buttons(ui, view, "Set", !wrong && self.now != self.before) {
            None => {}
            Some(false) => view.ask(Request::Sheet(Sheet::Metadata, false)),
            Some(true) => {
                view.run(self.command(parsed.unwrap_or(DateWindow::UNKNOWN)));
                view.ask(Request::Sheet(Sheet::Metadata, false));
            }
        }
    }

    fn command(&self, date: DateWindow) -> Command {
        let changed = |before: &str, now: &str| -> Option<Name> { (before != now).then(|| now.trim().into()) };
        Command::SetMetadata {
            articles: self.articles.clone(),
            outlet: changed(&self.before.outlet, &self.now.outlet),
            title: changed(&self.before.title, &self.now.title),
            url: changed(&self.before.url, &self.now.url),
            published: (self.before.date != self.now.date).then_some(date),
        }
    }
}

impl Texts {
    /// What the articles have in common; empty where they differ.
    fn shared(records: &[&ArticleRecord]) -> Self {
        let text = |of: &dyn Fn(&ArticleRecord) -> String| {
            let mut texts = records.iter().map(|record| of(record));
            let first = texts.next().unwrap_or_default();
            if texts.all(|text| text == first) { first } else { String::new() }
        };
        let value = |known: &Option<Known>| known.as_ref().map_or(String::new(), |known| known.value.to_string());
        Self {
            outlet: text(&|record| value(&record.metadata.outlet)),
            title: text(&|record| value(&record.metadata.title)),
            date: text(&|record| record.metadata.published.notation()),
            url: text(&|record| value(&record.metadata.url)),
        }
    }
}

fn field(ui: &mut Ui, view: &View<'_>, label: &str, text: &mut String, hint: &str, basis: Option<Basis>) {
    sheet::row(ui, label, |ui| {
        ui.vertical(|ui| {
            let edit =
                TextEdit::singleline(text).hint_text(crate::ui::widgets::hint(hint)).desired_width(f32::INFINITY);
            ui.add(edit).accessible_name(label);
            if let Some(basis) = basis {
                let colour = if basis == Basis::Inferred { view.theme.doubt } else { view.theme.secondary };
                ui.label(RichText::new(basis.word()).size(size::REASON).color(colour));
            }
        });
    });
    ui.add_space(space::XS);
}
