//! What the program is, its version, and whose work it rests on.

use egui::RichText;

use crate::ui::fonts::{self, size};
use crate::ui::sheet;
use crate::ui::state::{Sheet, View};
use crate::ui::theme::space;

/// Draws it where it is open.
pub fn show(ctx: &egui::Context, view: &mut View<'_>) {
    sheet::show(ctx, view, Sheet::About, "About Tallymark", 420.0, |ui, view| {
        let secondary = view.theme.secondary;
        ui.label(RichText::new("Tallymark").font(egui::FontId::new(26.0, fonts::serif_semibold())));
        ui.label(RichText::new(format!("Version {}", env!("CARGO_PKG_VERSION"))).color(secondary));
        ui.add_space(space::S);
        ui.label("What different sources claim about the same event, compared. Works without a network.");
        ui.add_space(space::S);
        ui.label(RichText::new("Licensed under MIT or Apache-2.0, at your choice.").color(secondary));
        let fonts = "Type: Inter, Source Serif 4 and Noto, under the SIL Open Font License 1.1.";
        ui.label(RichText::new(fonts).color(secondary));
        ui.add_space(space::S);
        egui::CollapsingHeader::new("Licences of the fonts").show(ui, |ui| {
            sheet::scrolled_by_keys(ui, "Licences", 240.0);
            egui::ScrollArea::vertical().max_height(240.0).show(ui, |ui| {
                for text in [
                    include_str!("../../../../assets/fonts/Inter-OFL.txt"),
                    include_str!("../../../../assets/fonts/SourceSerif4-OFL.txt"),
                    include_str!("../../../../assets/fonts/NotoEmoji-OFL.txt"),
                    include_str!("../../../../assets/fonts/NotoSans-OFL.txt"),
                ] {
                    ui.label(RichText::new(text).size(size::REASON).color(secondary));
                    ui.add_space(space::M);
                }
            });
        });
    });
}
