//! The slider that shows the facts as of a day: on what was published by then.

use chrono::NaiveDate;
use egui::{RichText, Ui};

use crate::claim::{day_words, grouped};
use crate::session::Command;
use crate::ui::state::View;
use crate::ui::theme::space;
use crate::ui::widgets;

/// The slider's own state: the days on which articles came out, looked up once a revision.
#[derive(Debug, Default)]
pub(super) struct AsOf {
    of: Option<u64>,
    /// Each with how many articles were out by then.
    days: Vec<(NaiveDate, usize)>,
    undated: usize,
}

impl AsOf {
    /// Draws the slider and what it means: a step a day on which an article came out, the last one
    /// for everything.
    pub(super) fn show(&mut self, ui: &mut Ui, view: &mut View<'_>) {
        let session = view.session;
        if self.of != Some(session.articles_edition()) {
            self.of = Some(session.articles_edition());
            (self.days, self.undated) = session.publication_days();
        }
        let now = session.as_of();
        if self.days.is_empty() && now.is_none() {
            return;
        }
        let theme = view.theme.clone();
        let last = self.days.len();
        let place = now.map_or(last, |day| self.days.partition_point(|(other, _)| *other <= day).saturating_sub(1));
        let mut chosen = place;
        let words = now.map_or_else(|| "everything".to_owned(), day_words);
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = space::S;
            let name = "As of";
            ui.label(RichText::new(name).size(widgets::SECONDARY).color(theme.secondary));
            ui.spacing_mut().slider_width = (ui.available_width() * 0.3).clamp(120.0, 420.0);
            let slider = ui.add(egui::Slider::new(&mut chosen, 0..=last).step_by(1.0).show_value(false));
            let slider = slider
                .on_hover_text("Shows the facts as they stood on what was published by a day. Arrow keys go by a day.")
                .accessible_name(name);
            ui.ctx().accesskit_node_builder(slider.id, |node| node.set_value(&*words));
            match now {
                None => {
                    ui.label(RichText::new(words).size(widgets::SECONDARY).color(theme.secondary));
                }
                Some(day) => {
                    let out = self.days.iter().rev().find(|(other, _)| *other <= day).map_or(0, |(_, out)| *out);
                    widgets::pill(ui, &format!("as of {}", day_words(day)), theme.doubt);
                    let all = session.workspace().articles.len();
                    let mut words =
                        format!("{} of {} articles were out by then", grouped(out as u64), grouped(all as u64));
                    if self.undated > 0 {
                        words.push_str(&format!("; {} without a date left out", self.undated));
                    }
                    if !session.facts_are_current() {
                        words.push_str("; working it out…");
                    }
                    ui.label(RichText::new(words).size(widgets::SECONDARY).color(theme.text));
                    let back = ui.add(widgets::compact("Show everything"));
                    if back.on_hover_text("Back to the facts on all articles").clicked() {
                        chosen = last;
                    }
                }
            }
        });
        ui.add_space(space::XS);
        if chosen != place {
            view.run(Command::ShowAsOf(self.days.get(chosen).map(|(day, _)| *day)));
        }
    }
}
