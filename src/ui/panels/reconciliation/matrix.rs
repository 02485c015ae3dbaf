//! Facts by source: who gives which figure for what.

use egui::{RichText, Ui};

use crate::claim::{ClaimId, ClaimRelation, Name, Reconciliation};
use crate::formats::picture::range_words;
use crate::formats::views::{by_origin, origins_of};
use crate::ui::state::{Request, View};
use crate::ui::theme::space;
use crate::ui::widgets;

/// So many columns are drawn; the copied table has all.
const MOST: usize = 40;

/// The matrix's own state: its columns, worked out once an edition of the facts.
#[derive(Debug, Default)]
pub(super) struct Matrix {
    of: Option<(u64, u64)>,
    columns: Vec<Name>,
    /// How many more there would be.
    more: usize,
}

impl Matrix {
    /// Draws it: a row a fact, a column an origin (the most frequent first), a click to the words.
    pub(super) fn show(&mut self, ui: &mut Ui, view: &mut View<'_>, reconciliation: &Reconciliation) {
        let theme = view.theme.clone();
        let of = Some(view.session.facts_edition());
        if self.of != of {
            self.of = of;
            self.columns = origins_of(reconciliation.facts.iter().map(|fact| &**fact));
            self.more = self.columns.len().saturating_sub(MOST);
            self.columns.truncate(MOST);
        }
        if self.columns.is_empty() {
            ui.label(RichText::new("Who gives which figure for what appears here.").color(theme.secondary));
            return;
        }
        if self.more > 0 {
            let words = format!("The {MOST} most frequent sources; {} more are in the copied table.", self.more);
            ui.label(RichText::new(words).size(widgets::REASON).color(theme.doubt));
        }
        let columns = &self.columns;
        let facts = &reconciliation.facts;
        let row = 24.0;
        egui::ScrollArea::horizontal().id_salt("matrix").auto_shrink(false).show(ui, |ui| {
            // A source's name has two lines; the column is as wide as the longer of them, within reason.
            let width = |name: &Name| {
                let words = widgets::words_width(ui, name, widgets::SECONDARY);
                let word = name.split(' ').map(|word| widgets::words_width(ui, word, widgets::SECONDARY));
                word.fold(words * 0.55, f32::max).clamp(108.0, 190.0) + space::M
            };
            let widths: Vec<f32> = columns.iter().map(width).collect();
            let mut table = egui_extras::TableBuilder::new(ui)
                .id_salt("matrix table")
                .striped(true)
                .vscroll(true)
                .auto_shrink(false)
                .cell_layout(egui::Layout::left_to_right(egui::Align::Center))
                .column(egui_extras::Column::exact(240.0).clip(true))
                .column(egui_extras::Column::exact(130.0).clip(true));
            for width in widths {
                table = table.column(egui_extras::Column::exact(width).clip(true));
            }
            let header = |ui: &mut Ui, words: &str| {
                let font = egui::FontId::proportional(widgets::SECONDARY);
                let mut job = egui::text::LayoutJob::simple(words.to_owned(), font, theme.secondary, 0.0);
                job.wrap.max_width = ui.available_width();
                job.wrap.max_rows = 2;
                ui.add(egui::Label::new(job)).on_hover_text(words);
            };
            table
                .header(36.0, |mut cells| {
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
                            if widgets::link(ui, &widgets::capitalised(&fact.label), theme.text, widgets::SECONDARY)
                                .clicked()
                            {
                                view.ask(Request::ShowFact(Some(fact.id.clone())));
                            }
                        });
                        cells.col(|ui| {
                            ui.label(RichText::new(range_words(fact)).size(widgets::SECONDARY));
                        });
                        let given = by_origin(fact);
                        for column in columns {
                            cells.col(|ui| cell(ui, view, given.get(&**column).copied()));
                        }
                    });
                });
        });
        ui.add_space(space::XS);
    }
}

fn cell(ui: &mut Ui, view: &mut View<'_>, given: Option<(&ClaimId, ClaimRelation)>) {
    let Some((id, relation)) = given else { return };
    let Some(claim) = view.session.claim(id) else { return };
    let quantity = &claim.reading.count.quantity;
    let colour = match relation {
        ClaimRelation::Conflicts => view.theme.bad,
        ClaimRelation::Tension => view.theme.doubt,
        _ => view.theme.text,
    };
    let words = Some(quantity.words()).filter(|words| !words.is_empty()).unwrap_or_else(|| quantity.reading());
    let response = widgets::link(ui, &words, colour, widgets::SECONDARY);
    if response.on_hover_text(format!("{}: {}", quantity.reading(), relation.label())).clicked() {
        view.ask(Request::ShowClaim(id.clone()));
    }
}
