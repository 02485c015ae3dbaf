//! The tray of notices: what happened, to which file, what was kept, what to do. They stay until
//! they are read.

use egui::accesskit::Live;
use egui::{Align, Align2, Color32, Layout, RichText, Ui, vec2};

use crate::session::{Command, Notice, Severity};
use crate::ui::fonts::size;
use crate::ui::state::{Request, View};
use crate::ui::theme::{self, space};

const WIDTH: f32 = 380.0;
/// More than these are counted, and come up as others are read.
const SHOWN: usize = 3;

/// Draws it above the status line, whose height is given.
pub fn show(ctx: &egui::Context, view: &mut View<'_>, above: f32) {
    let notices = view.session.notices();
    if notices.is_empty() {
        return;
    }
    let tray = egui::Area::new(egui::Id::unique("notices")).order(egui::Order::Foreground);
    let tray = tray.anchor(Align2::RIGHT_BOTTOM, vec2(-space::M, -above - space::M)).accessible_name("Notices");
    tray.show(ctx, |ui| {
        ui.set_width(WIDTH);
        ui.spacing_mut().item_spacing.y = space::S;
        if notices.len() > SHOWN {
            more(ui, view, notices);
        }
        for notice in notices.iter().rev().take(SHOWN).rev() {
            card(ui, view, notice);
        }
    });
}

fn more(ui: &mut Ui, view: &mut View<'_>, notices: &[Notice]) {
    egui::Frame::popup(ui.style()).inner_margin(egui::Margin::symmetric(12, 4)).show(ui, |ui| {
        ui.horizontal(|ui| {
            let words = format!("{} more", notices.len() - SHOWN);
            ui.label(RichText::new(words).size(size::SMALL).color(view.theme.secondary));
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                if ui.small_button("Dismiss all").clicked() {
                    for notice in notices {
                        view.requests.push(Request::Run(Command::DismissNotice(notice.id)));
                    }
                }
            });
        });
    });
}

fn card(ui: &mut Ui, view: &mut View<'_>, notice: &Notice) {
    let (word, colour) = kind(notice.severity, view);
    let frame = egui::Frame::popup(ui.style()).inner_margin(egui::Margin { left: 14, right: 8, top: 8, bottom: 10 });
    let response = frame.show(ui, |ui| {
        ui.set_width(WIDTH - 24.0);
        ui.horizontal(|ui| {
            ui.label(RichText::new(word).font(theme::strong(size::SMALL)).color(colour));
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                let button = egui::Button::new("×").frame_when_inactive(false).small();
                if ui.add(button).on_hover_text("Dismiss").accessible_name("Dismiss notice").clicked() {
                    view.run(Command::DismissNotice(notice.id));
                }
            });
        });
        egui::ScrollArea::vertical().id_salt(notice.id).max_height(160.0).show(ui, |ui| {
            let said = ui.add(egui::Label::new(&notice.text).wrap().selectable(true));
            // Errors interrupt who listens; what is good to know waits for a pause.
            let live = if notice.severity == Severity::Error { Live::Assertive } else { Live::Polite };
            ui.ctx().accesskit_node_builder(said.id, |node| node.set_live(live));
        });
    });
    let rect = response.response.rect;
    let bar = egui::Rect::from_min_size(rect.min + vec2(1.0, 8.0), vec2(3.0, rect.height() - 16.0));
    ui.painter().rect_filled(bar, 2.0, colour);
}

fn kind(severity: Severity, view: &View<'_>) -> (&'static str, Color32) {
    match severity {
        Severity::Info => ("Note", view.theme.accent),
        Severity::Warning => ("Attention", view.theme.doubt),
        Severity::Error => ("Error", view.theme.bad),
    }
}
