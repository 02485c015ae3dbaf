//! Facts by source: who gives which figure for what.

use std::collections::BTreeMap;

use egui::{RichText, Ui};

use super::rows::range_words;
use crate::claim::{ClaimId, Fact, Member, Name, Reconciliation};
use crate::ui::state::{Request, View};
use crate::ui::theme::space;
use crate::ui::widgets;

/// The column of figures that the outlets give in their own voice.
const OWN_VOICE: &str = "in their own voice";

/// The matrix's own state: its columns, worked out once a revision.
#[derive(Debug, Default)]
pub(super) struct Matrix {
    of: Option<u64>,
    columns: Vec<Name>,
}

impl Matrix {
    /// Draws it: a row a fact, a column an origin (the most frequent first), a click to the words.
    pub(super) fn show(&mut self, ui: &mut Ui, view: &mut View<'_>, reconciliation: &Reconciliation) {
        let theme = view.theme.clone();
        if self.of != Some(view.session.revision()) {
            self.of = Some(view.session.revision());
            self.columns = columns(reconciliation);
        }
        if self.columns.is_empty() {
            ui.label(RichText::new("Who gives which figure for what appears here.").color(theme.secondary));
            return;
        }
        let columns = &self.columns;
        let facts = &reconciliation.facts;
        let row = 24.0;
        egui::ScrollArea::horizontal().id_salt("matrix").auto_shrink(false).show(ui, |ui| {
            let mut table = egui_extras::TableBuilder::new(ui)
                .id_salt("matrix table")
                .striped(true)
                .vscroll(true)
                .auto_shrink(false)
                .cell_layout(egui::Layout::left_to_right(egui::Align::Center))
                .column(egui_extras::Column::exact(240.0).clip(true))
                .column(egui_extras::Column::exact(130.0).clip(true));
            for _ in columns {
                table = table.column(egui_extras::Column::exact(130.0).clip(true));
            }
            let header = |ui: &mut Ui, words: &str| {
                let text = RichText::new(words).size(widgets::SECONDARY).color(theme.secondary);
                widgets::shortened(ui, text).on_hover_text(words);
            };
            table
                .header(22.0, |mut cells| {
                    cells.col(|ui| header(ui, "Fact"));
                    cells.col(|ui| header(ui, "Low – best – high"));
                    for column in columns {
                        cells.col(|ui| header(ui, column));
                    }
                })
                .body(|body| {
                    body.rows(row, facts.len(), |mut cells| {
                        let fact = &facts[cells.index()];
                        cells.col(|ui| {
                            if widgets::link(ui, &fact.label, theme.text, widgets::SECONDARY).clicked() {
                                view.ask(Request::ShowFact(Some(fact.id.clone())));
                            }
                        });
                        cells.col(|ui| {
                            ui.label(RichText::new(range_words(fact)).size(widgets::SECONDARY));
                        });
                        let given = by_origin(fact);
                        for column in columns {
                            cells.col(|ui| cell(ui, view, given.get(&**column)));
                        }
                    });
                });
        });
        ui.add_space(space::XS);
    }
}

fn columns(reconciliation: &Reconciliation) -> Vec<Name> {
    let mut counts: BTreeMap<Name, usize> = BTreeMap::new();
    for fact in &reconciliation.facts {
        for name in by_origin(fact).into_keys() {
            *counts.entry(name.into()).or_default() += 1;
        }
    }
    let mut columns: Vec<(Name, usize)> = counts.into_iter().collect();
    columns.sort_by(|(a, i), (b, j)| (j, a).cmp(&(i, b)));
    columns.into_iter().map(|(name, _)| name).collect()
}

fn by_origin(fact: &Fact) -> BTreeMap<&str, &Member> {
    let mut given = BTreeMap::new();
    for member in &fact.members {
        given.entry(member.origin.as_deref().unwrap_or(OWN_VOICE)).or_insert(member);
    }
    given
}

fn cell(ui: &mut Ui, view: &mut View<'_>, member: Option<&&Member>) {
    let Some(member) = member else { return };
    let id: &ClaimId = &member.claim;
    let Some(claim) = view.session.claim(id) else { return };
    let quantity = &claim.reading.count.quantity;
    let colour = match member.relation {
        crate::claim::ClaimRelation::Conflicts => view.theme.bad,
        crate::claim::ClaimRelation::Tension => view.theme.doubt,
        _ => view.theme.text,
    };
    let response = widgets::link(ui, &quantity.reading(), colour, widgets::SECONDARY);
    if response.on_hover_text(member.relation.label()).clicked() {
        view.ask(Request::ShowClaim(id.clone()));
    }
}
