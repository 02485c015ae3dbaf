//! The sheet of shortcuts, made from the list of actions.

use egui::{Align, Layout, RichText, Ui};

use crate::ui::actions::{self, Action, Menu};
use crate::ui::fonts::size;
use crate::ui::state::{Sheet, View};
use crate::ui::theme::{self, space};
use crate::ui::{sheet, widgets};

/// Draws it where it is open.
pub fn show(ctx: &egui::Context, view: &mut View<'_>) {
    sheet::show(ctx, view, Sheet::Shortcuts, "Keyboard shortcuts", 760.0, |ui, view| {
        let words = "Keys without Ctrl count where nothing is being typed. Tab, Enter and Backspace count in the text.";
        ui.label(RichText::new(words).color(view.theme.secondary));
        ui.add_space(space::M);
        let most = (ui.ctx().content_rect().height() - 190.0).max(200.0);
        egui::ScrollArea::vertical().max_height(most).auto_shrink([false, true]).show(ui, |ui| {
            ui.columns(2, |columns| {
                let [left, right] = columns else { return };
                for menu in [Menu::Claims, Menu::Facts, Menu::Help] {
                    group(left, view, menu);
                }
                for menu in [Menu::File, Menu::Edit, Menu::View] {
                    group(right, view, menu);
                }
            });
        });
    });
}

fn group(ui: &mut Ui, view: &View<'_>, menu: Menu) {
    ui.spacing_mut().item_spacing.y = 2.0;
    ui.label(RichText::new(menu.title()).font(theme::strong(size::BODY)));
    ui.add_space(space::XS);
    for action in Action::all().into_iter().filter(|action| action.menu().0 == menu) {
        let shortcuts = action.shortcuts(ui.ctx().os());
        if shortcuts.is_empty() {
            continue;
        }
        ui.horizontal(|ui| {
            ui.set_height(22.0);
            let text = action.label(view.session, view.state);
            ui.label(RichText::new(text).color(view.theme.text));
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                ui.add_space(space::M);
                for shortcut in shortcuts.iter().rev() {
                    widgets::key_hint(ui, &actions::keys_in_words(ui.ctx(), *shortcut), &view.theme);
                }
            });
        });
    }
    ui.add_space(space::L);
}
