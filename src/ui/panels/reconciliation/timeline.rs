//! The facts along time, each to be clicked.

use egui::{RichText, Sense, Stroke, Ui, pos2, vec2};

use super::canvas;
use crate::claim::Reconciliation;
use crate::formats::picture::{Picture, Shape, timeline};
use crate::ui::state::{Request, View};
use crate::ui::theme::space;
use crate::ui::widgets;

/// The timeline's own state: its picture, worked out once a revision and width.
#[derive(Debug, Default)]
pub(super) struct Timeline {
    of: Option<(u64, u32)>,
    picture: Option<Picture>,
}

impl Timeline {
    /// Draws it.
    pub(super) fn show(&mut self, ui: &mut Ui, view: &mut View<'_>, reconciliation: &Reconciliation) {
        let theme = view.theme.clone();
        let width = ui.available_width() - space::L;
        let of = Some((view.session.revision(), width as u32));
        if self.of != of {
            self.of = of;
            self.picture = timeline(reconciliation, view.session.codebook(), width);
        }
        let Some(picture) = &self.picture else {
            ui.label(RichText::new("Facts with a date appear here along time.").color(theme.secondary));
            return;
        };
        let parties = widgets::parties(ui.ctx(), view.session);
        egui::ScrollArea::vertical().id_salt("timeline").auto_shrink(false).show(ui, |ui| {
            let (rect, _) = ui.allocate_exact_size(vec2(width, picture.height), Sense::hover());
            canvas::paint(ui, &picture.marks, rect.min, &theme, &parties);
            let clip = ui.clip_rect();
            for mark in &picture.marks {
                let (Some(place), Shape::Circle { centre, radius, .. }) = (mark.fact, &mark.shape) else { continue };
                let centre = pos2(rect.left() + centre.0, rect.top() + centre.1);
                let target = egui::Rect::from_center_size(centre, vec2(radius * 2.0, radius * 2.0));
                let Some(fact) = reconciliation.facts.get(place).filter(|_| clip.intersects(target)) else { continue };
                let id = ui.scope_id().with(("dot", fact.members.first().map(|member| &member.claim.0), place));
                let response = ui.interact(target, id, Sense::click());
                let words = mark.title.as_deref().unwrap_or_default();
                response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, words));
                if response.has_focus() {
                    ui.painter().circle_stroke(centre, radius + 5.0, Stroke::new(2.0, theme.accent));
                }
                if response.on_hover_text(words).clicked() {
                    view.ask(Request::ShowFact(Some(fact.id.clone())));
                }
            }
        });
    }
}
