//! The tray of notices: what happened, to which file, what was kept, what to do. They stay until
//! they are read.

use egui::accesskit::Live;
use egui::{Color32, RichText, Ui, vec2};

use crate::claim::grouped;
use crate::session::{Command, Notice, Severity};
use crate::ui::fonts::size;
use crate::ui::state::{Request, View};
use crate::ui::theme::{self, space};
use crate::ui::widgets;

/// Height that is kept for text and facts, in points, and the bounds of the strip.
const KEPT: f32 = 310.0;
const LEAST: f32 = 36.0;
const MOST: f32 = 132.0;
/// More than these are counted, and come up as others are read.
const SHOWN: usize = 3;

/// Draws it as a strip of the window's own, so that it lies over nothing.
pub fn show(ui: &mut Ui, view: &mut View<'_>) {
    let notices = view.session.notices();
    if notices.is_empty() {
        return;
    }
    // Text and facts keep the room that they need; what is longer is scrolled.
    let most = (ui.available_height() - KEPT).clamp(LEAST, MOST);
    let frame = egui::Frame::new().fill(view.theme.panel).inner_margin(egui::Margin::symmetric(14, 4));
    egui::Panel::bottom("notices").resizable(false).min_size(0.0).frame(frame).show(ui, |ui| {
        let area = egui::ScrollArea::vertical().max_height(most).min_scrolled_height(most).auto_shrink([false, true]);
        area.show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = space::XS;
            for notice in notices.iter().rev().take(SHOWN).rev() {
                card(ui, view, notice);
            }
            if notices.len() > SHOWN {
                more(ui, view, notices);
            }
        });
    });
}

fn more(ui: &mut Ui, view: &mut View<'_>, notices: &[Notice]) {
    let words = RichText::new(format!("{} more", grouped((notices.len() - SHOWN) as u64)));
    widgets::words_before_end(ui, widgets::COMPACT, words.size(size::SMALL).color(view.theme.secondary), |ui| {
        if ui.add(widgets::compact("Dismiss all")).clicked() {
            for notice in notices {
                view.requests.push(Request::Run(Command::DismissNotice(notice.id)));
            }
        }
    });
}

fn card(ui: &mut Ui, view: &mut View<'_>, notice: &Notice) {
    let (word, colour) = kind(notice.severity, view);
    let room = ui.available_width();
    let response = ui.horizontal_top(|ui| {
        ui.add_space(space::S);
        ui.add_sized(
            vec2(64.0, 18.0),
            egui::Label::new(RichText::new(word).font(theme::strong(size::SMALL)).color(colour)),
        );
        let width = (room - 64.0 - widgets::SIGN - 4.0 * space::S).max(80.0);
        ui.allocate_ui(vec2(width, 18.0), |ui| {
            ui.set_max_width(width);
            ui.set_min_width(width);
            let said = ui.add(egui::Label::new(&notice.text).wrap().selectable(true));
            // Errors interrupt who listens; what is good to know waits for a pause.
            let live = if notice.severity == Severity::Error { Live::Assertive } else { Live::Polite };
            ui.ctx().accesskit_node_builder(said.id, |node| node.set_live(live));
        });
        if widgets::sign(ui, "×", "Dismiss").accessible_name("Dismiss notice").clicked() {
            view.run(Command::DismissNotice(notice.id));
        }
    });
    let rect = response.response.rect;
    let bar = egui::Rect::from_min_size(rect.min, vec2(3.0, rect.height()));
    ui.painter().rect_filled(bar, 2.0, colour);
}

fn kind(severity: Severity, view: &View<'_>) -> (&'static str, Color32) {
    match severity {
        Severity::Info => ("Note", view.theme.accent),
        Severity::Warning => ("Attention", view.theme.doubt),
        Severity::Error => ("Error", view.theme.bad),
    }
}
