//! What was done in this session, newest first.

use egui::RichText;

use crate::ui::actions::Action;
use crate::ui::fonts::size;
use crate::ui::sheet;
use crate::ui::state::{Request, Sheet, View};
use crate::ui::theme::space;
use crate::ui::widgets;

/// Draws it where it is open.
pub fn show(ctx: &egui::Context, view: &mut View<'_>) {
    sheet::show(ctx, view, Sheet::History, "History", 420.0, |ui, view| {
        let history = view.session.history();
        if history.is_empty() && view.session.redo_label().is_none() {
            ui.label(RichText::new("Nothing has been done yet.").color(view.theme.secondary));
            return;
        }
        ui.horizontal_wrapped(|ui| {
            for action in [Action::Undo, Action::Redo] {
                let text = action.label(view.session, view.state);
                if ui.add_enabled(action.enabled(view.session, view.state), egui::Button::new(text)).clicked() {
                    view.requests.push(Request::Act(action));
                }
            }
        });
        ui.add_space(space::S);
        let height = 24.0;
        let most = sheet::list_height(ui, 360.0).min(history.len() as f32 * (height + ui.spacing().item_spacing.y));
        sheet::scrolled_by_keys(ui, "What was done", most);
        let rows = egui::ScrollArea::vertical().max_height(sheet::list_height(ui, 360.0)).auto_shrink([false, true]);
        rows.show_rows(ui, height, history.len(), |ui, range| {
            for transaction in history.iter().rev().skip(range.start).take(range.len()) {
                let height = height - ui.spacing().item_spacing.y;
                widgets::words_before_end(ui, height, widgets::capitalised(&transaction.label), |ui| {
                    let time = transaction.stamp.at.with_timezone(&chrono::Local).format("%H:%M");
                    let words = format!("{} · {time}", transaction.stamp.by);
                    ui.label(RichText::new(words).size(size::SMALL).color(view.theme.secondary));
                });
            }
        });
    });
}
