//! The analyst's rulings: what was ruled, why, by whom, and which have lost their target.

use std::collections::BTreeMap;

use egui::{RichText, Ui};

use super::tall_list::TallList;
use crate::claim::{ArticleId, Reconciliation, RulingId, RulingOp};
use crate::session::Command;
use crate::ui::state::{Request, View};
use crate::ui::theme::space;
use crate::ui::widgets;

/// The list's own state: which rulings are stale and in which order they stand, looked up once a
/// revision.
#[derive(Debug, Default)]
pub(super) struct Rulings {
    of: Option<u64>,
    /// With the place of why it is stale.
    order: Vec<(RulingId, Option<usize>)>,
    list: TallList,
}

impl Rulings {
    /// Draws the list, the stale ones first.
    pub(super) fn show(&mut self, ui: &mut Ui, view: &mut View<'_>, reconciliation: &Reconciliation) {
        let theme = view.theme.clone();
        let session = view.session;
        let rulings = &session.workspace().rulings;
        if rulings.is_empty() {
            let words = "What you rule by hand (a value, a verdict, where a claim belongs) is listed here with its reason. \
                     Rule from the menu of a fact or of one of its claims.";
            ui.label(RichText::new(words).color(theme.secondary));
            return;
        }
        if self.of != Some(session.revision()) {
            self.of = Some(session.revision());
            let stale: BTreeMap<&RulingId, usize> =
                reconciliation.stale.iter().enumerate().map(|(place, stale)| (&stale.ruling, place)).collect();
            self.order = rulings.keys().map(|id| (id.clone(), stale.get(id).copied())).collect();
            self.order.sort_by_key(|(_, stale)| stale.is_none());
        }
        let Self { order, list, .. } = self;
        let key = |place: usize| egui::Id::unique(&*order[place].0.0);
        list.show(ui, "rulings", order.len(), key, |ui, place| {
            let (id, stale) = &order[place];
            if let Some(ruling) = rulings.get(id) {
                ui.horizontal(|ui| {
                    let what = widgets::capitalised(&format!("{}: {}", ruling.op.label(), ruling.op.words()));
                    ui.add(egui::Label::new(RichText::new(what).strong()).truncate());
                });
                echo(ui, view, &ruling.op);
                ui.horizontal_wrapped(|ui| {
                    for id in ruling.op.claims().into_iter().take(6) {
                        let Some(claim) = session.claim(id) else { continue };
                        let quote = claim.quote().split_whitespace().collect::<Vec<_>>().join(" ");
                        let text =
                            RichText::new(format!("“{quote}”")).font(crate::ui::theme::serif(13.5)).color(theme.text);
                        if ui.add(egui::Link::new(text)).on_hover_text("Show in the text").clicked() {
                            view.ask(Request::ShowClaim(id.clone()));
                        }
                    }
                });
                let stamp = &ruling.stamp;
                let why = if ruling.reason.is_empty() { "no reason given" } else { &ruling.reason };
                let words = format!("{why} · {}, {}", stamp.by, stamp.at.format("%-d %b %Y, %H:%M UTC"));
                ui.label(RichText::new(words).size(widgets::SECONDARY).color(theme.secondary));
                if let Some(stale) = stale.and_then(|place| reconciliation.stale.get(place)) {
                    let words = format!("Stale: {}", stale.reason);
                    ui.label(RichText::new(words).size(widgets::REASON).color(theme.doubt));
                }
                let name = format!("Revoke {}: {}", ruling.op.label(), ruling.op.words());
                if ui.add(widgets::compact("Revoke")).accessible_name(name).clicked() {
                    view.run(Command::RevokeRuling(ruling.id.clone()));
                }
                ui.add_space(space::XS);
                ui.separator();
            }
        });
    }
}

/// The articles of a ruling on a retelling, each with a way to it.
fn echo(ui: &mut Ui, view: &mut View<'_>, op: &RulingOp) {
    let RulingOp::Echo { article, of } = op else { return };
    let mut link = |ui: &mut Ui, id: &ArticleId| {
        let record = view.session.workspace().articles.get(id);
        let title = record.map_or_else(|| id.to_string(), |record| crate::ui::words::title(view.session, record));
        if widgets::link(ui, &title, view.theme.text, widgets::SECONDARY).on_hover_text("Show the article").clicked() {
            view.ask(Request::ShowArticle(id.clone()));
        }
    };
    ui.horizontal_wrapped(|ui| {
        link(ui, article);
        if let Some(of) = of {
            ui.label(RichText::new("retells").size(widgets::SECONDARY));
            link(ui, of);
        }
    });
}
