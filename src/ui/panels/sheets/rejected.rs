//! Suggestions that were turned down, by article, each with a way back.

use egui::{Align, Layout, RichText, Ui};

use crate::claim::{Suggestion, SuggestionKey};
use crate::session::Command;
use crate::ui::fonts::size;
use crate::ui::sheet;
use crate::ui::state::{Request, Sheet, View};
use crate::ui::theme::{self, space};
use crate::ui::words;

/// Draws it where it is open.
pub fn show(ctx: &egui::Context, view: &mut View<'_>) {
    sheet::show(ctx, view, Sheet::Rejected, "Rejected suggestions", 560.0, |ui, view| {
        let session = view.session;
        let mut any = false;
        egui::ScrollArea::vertical().max_height(420.0).auto_shrink([false, true]).show(ui, |ui| {
            for (id, record) in &session.workspace().articles {
                let rejected = session.rejected(id);
                if rejected.is_empty() {
                    continue;
                }
                any = true;
                ui.add(
                    egui::Label::new(RichText::new(words::title(session, record)).font(theme::strong(size::BODY)))
                        .truncate(),
                );
                for suggestion in rejected {
                    row(ui, view, suggestion);
                }
                ui.add_space(space::S);
            }
        });
        if !any {
            ui.label(RichText::new("None has been rejected.").color(view.theme.secondary));
        }
    });
}

fn row(ui: &mut Ui, view: &mut View<'_>, suggestion: &Suggestion) {
    let Some(article) = view.session.article(&suggestion.article) else { return };
    let quote = suggestion.span.of(&article.text).split_whitespace().collect::<Vec<_>>().join(" ");
    ui.horizontal(|ui| {
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let key: SuggestionKey = suggestion.key();
            if ui.button("Take back").accessible_name(format!("Take back: {quote}")).clicked() {
                view.run(Command::Restore(key.clone()));
            }
            if ui.button("Show").accessible_name(format!("Show: {quote}")).clicked() {
                view.ask(Request::Jump(suggestion.article.clone(), suggestion.span));
            }
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                let text = RichText::new(format!("“{quote}”")).font(theme::serif(14.0));
                ui.add(egui::Label::new(text).truncate());
            });
        });
    });
}
