//! Articles whose date is not known well enough, with a field to give it.

use std::collections::BTreeMap;

use egui::{RichText, Ui};

use super::tall_list::TallList;
use crate::claim::{ArticleId, Reconciliation};
use crate::session::Command;
use crate::ui::state::{Request, View};
use crate::ui::theme::space;
use crate::ui::widgets;

/// What is being typed, by article.
#[derive(Debug, Default)]
pub(super) struct Undated {
    typed: BTreeMap<ArticleId, (String, Option<String>)>,
    /// The places of the articles that wait, looked up once a revision.
    waiting: (Option<(u64, u64)>, Vec<usize>),
    list: TallList,
    /// The keyboard shall go to the first field.
    landing: bool,
}

impl Undated {
    /// Lets the keyboard begin in the first field.
    pub(super) fn land(&mut self) {
        self.landing = true;
    }

    /// Draws the list.
    pub(super) fn show(&mut self, ui: &mut Ui, view: &mut View<'_>, reconciliation: &Reconciliation) {
        let theme = view.theme.clone();
        let landing = std::mem::take(&mut self.landing);
        let Self { typed, waiting: (of, waiting), list, .. } = self;
        let documents = &reconciliation.documents;
        let edition = Some(view.session.facts_edition());
        if *of != edition {
            *of = edition;
            let needy = documents.iter().enumerate().filter(|(_, document)| !document.needs.is_empty());
            *waiting = needy.map(|(place, _)| place).collect();
        }
        if waiting.is_empty() {
            ui.label(
                RichText::new("Every article's date is known as well as its figures need.").color(theme.secondary),
            );
            return;
        }
        let document = |place: usize| &documents[waiting[place]];
        let key = |place: usize| egui::Id::unique(&*document(place).article.0);
        list.show(ui, "undated", waiting.len(), key, |ui, place| {
            let document = document(place);
            let label = view
                .session
                .workspace()
                .articles
                .get(&document.article)
                .map_or_else(String::new, |record| crate::ui::words::title(view.session, record));
            let (text, error) = typed.entry(document.article.clone()).or_default();
            ui.horizontal(|ui| {
                let edit =
                    egui::TextEdit::singleline(text).desired_width(150.0).hint_text(widgets::hint("e.g. 23 Oct 2025"));
                let response = ui.add(edit).accessible_name(format!("Date of {label}"));
                if landing && place == 0 {
                    response.request_focus();
                }
                if response.changed() {
                    *error = None;
                }
                if response.lost_focus() && !text.trim().is_empty() {
                    match view.session.read_published(text) {
                        Ok(window) => view.run(Command::SetMetadata {
                            articles: vec![document.article.clone()],
                            outlet: None,
                            title: None,
                            url: None,
                            published: Some(window),
                        }),
                        Err(message) => *error = Some(message),
                    }
                }
                if widgets::link(ui, &label, theme.text, 13.0).clicked() {
                    view.ask(Request::ShowArticle(document.article.clone()));
                }
                if document.published.is_known() {
                    let words = format!("{} {}", document.published.words(), document.published.basis.word());
                    ui.label(RichText::new(words).size(widgets::SECONDARY).color(theme.secondary));
                }
            });
            if let Some(error) = error {
                ui.label(RichText::new(error.as_str()).size(widgets::REASON).color(theme.bad));
            }
            for need in &document.needs {
                ui.label(RichText::new(need).size(widgets::REASON).color(theme.doubt));
            }
            ui.add_space(space::S);
        });
    }
}
