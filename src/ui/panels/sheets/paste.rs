//! An article from the clipboard, with what is known of it.

use egui::{RichText, TextEdit, Ui};

use crate::session::Command;
use crate::ui::sheet;
use crate::ui::state::{Request, Sheet, View};
use crate::ui::theme::space;

/// What is typed.
#[derive(Debug, Default)]
pub struct Paste {
    text: String,
    title: String,
    outlet: String,
    published: String,
    url: String,
}

impl Paste {
    /// Draws it where it is open.
    pub fn show(&mut self, ctx: &egui::Context, view: &mut View<'_>) {
        sheet::show(ctx, view, Sheet::Paste, "Paste an article", 560.0, |ui, view| {
            self.form(ui, view);
        });
    }

    fn form(&mut self, ui: &mut Ui, view: &mut View<'_>) {
        let words = "What is left empty is taken from the text, where the text says it.";
        ui.label(RichText::new(words).color(view.theme.secondary));
        ui.add_space(space::S);
        egui::ScrollArea::vertical().max_height(220.0).show(ui, |ui| {
            let edit = TextEdit::multiline(&mut self.text)
                .hint_text("Paste the words of the article here, or its HTML")
                .desired_rows(9)
                .desired_width(f32::INFINITY);
            ui.add(edit).accessible_name("Text of the article");
        });
        ui.add_space(space::S);
        field(ui, "Title", &mut self.title, "");
        field(ui, "Outlet", &mut self.outlet, "");
        field(ui, "Date", &mut self.published, "e.g. 29 Jan 2026");
        field(ui, "Address", &mut self.url, "https://…");
        let published = self.published.trim();
        let read = (!published.is_empty()).then(|| view.session.read_published(published));
        let wrong = read.as_ref().is_some_and(Result::is_err);
        if let Some(Err(error)) = read {
            ui.label(RichText::new(error).color(view.theme.bad));
        }
        match sheet::buttons(ui, view, "Add article", !wrong && !self.text.trim().is_empty()) {
            None => {}
            Some(false) => view.ask(Request::Sheet(Sheet::Paste, false)),
            Some(true) => {
                let Self { text, title, outlet, published, url } = std::mem::take(self);
                let html = is_html(&text);
                view.run(Command::Paste { text, html, title, outlet, published, url });
                view.ask(Request::Sheet(Sheet::Paste, false));
            }
        }
    }
}

fn field(ui: &mut Ui, label: &str, text: &mut String, hint: &str) {
    sheet::row(ui, label, |ui| {
        ui.add(TextEdit::singleline(text).hint_text(crate::ui::widgets::hint(hint)).desired_width(f32::INFINITY))
            .accessible_name(label)
    });
}

/// Whether pasted text is a page's source rather than its words.
fn is_html(text: &str) -> bool {
    let start = text.trim_start().to_ascii_lowercase();
    let page = ["<!doctype html", "<html", "<head", "<body", "<article", "<div", "<p>", "<p "];
    page.iter().any(|tag| start.starts_with(tag))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn html_is_told_from_words() {
        for (text, expected) in [
            ("<!DOCTYPE html><html>", true),
            ("  <p>Russia returned", true),
            ("Russia returned <1,000 bodies", false),
            ("<pause> he said", false),
            ("", false),
        ] {
            assert_eq!(is_html(text), expected, "{text}");
        }
    }
}
