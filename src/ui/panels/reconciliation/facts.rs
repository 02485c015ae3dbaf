//! The facts table: a row a fact, which unfolds to its reason and its claims.

mod keys;
mod member_row;

use std::collections::BTreeSet;
use std::sync::Arc;

use egui::{Rect, Response, RichText, Sense, Ui, UiBuilder, pos2, vec2};

use super::Filter;
use super::columns::{Columns, Wishes};
use super::range_bar::Bars;
use super::rows::{Column, Index, Row, Unfolded, direction, key};
use super::ruling_form::{self, RulingForm};
use crate::claim::{ClaimId, Fact, FactVerdict, Name, Reconciliation, Side};
use crate::formats::picture::range_words;
use crate::ui::from_facts::{AT_ONCE, FromFacts};
use crate::ui::state::{FactRow, Place, Request, View};
use crate::ui::theme::{SCROLL_BAR, Theme, space};
use crate::ui::widgets;

/// So many facts a menu offers; the form of a ruling offers more.
const IN_MENU: usize = 12;

/// The table's own state.
#[derive(Debug, Default)]
pub(super) struct FactsTable {
    sort: (Column, bool),
    unfolded: Unfolded,
    marked: Option<ClaimId>,
    followed: Option<Name>,
    bring: bool,
    /// The row that keys are about: the only one that is a stop of Tab.
    at: Option<FactRow>,
    /// Its place among the rows, as it was found last.
    place: usize,
    /// Whether it is to take the keyboard.
    landing: bool,
    /// The fact that was unfolded just now: its claims are brought into view.
    opened: Option<ClaimId>,
    shown_before: bool,
    /// Of the facts of a revision.
    index: Option<((u64, u64), Index)>,
    cache: Option<Cache>,
    wishes: FromFacts<(u64, u64), Wishes>,
    bars: Bars,
}

#[derive(Debug)]
struct Cache {
    of: ((u64, u64), Option<Filter>, (Column, bool), usize),
    rows: Vec<Row>,
    tops: Vec<f32>,
}

impl FactsTable {
    /// Whether a fact was asked for that was not shown yet.
    pub(super) fn follows(&mut self, fact: Option<&Name>) -> bool {
        let new = fact != self.followed.as_ref();
        if new {
            self.followed = fact.cloned();
            self.bring = true;
        }
        new
    }

    /// The facts that it shows, by their place, in the order of its rows.
    pub(super) fn shown(&self, reconciliation: &Reconciliation) -> Vec<usize> {
        match &self.cache {
            None => (0..reconciliation.facts.len()).collect(),
            Some(cache) => {
                let place = |row: &Row| if let Row::Fact(place) = row { Some(*place as usize) } else { None };
                cache.rows.iter().filter_map(place).filter(|place| *place < reconciliation.facts.len()).collect()
            }
        }
    }

    /// Draws the table. Gives back the form of a ruling that was begun.
    pub(super) fn show(
        &mut self,
        ui: &mut Ui,
        view: &mut View<'_>,
        reconciliation: &Arc<Reconciliation>,
        (filter, sides): (Option<Filter>, &[Side]),
    ) -> Option<RulingForm> {
        if self.bring
            && let Some(fact) = self.followed.as_ref().and_then(|id| reconciliation.fact(id))
            && let Some(key) = key(fact)
        {
            self.marked = Some(key.clone());
            self.at = Some(FactRow { fact: key.clone(), claim: None });
            if self.unfolded.insert(key.clone(), fact.id.clone()).is_none() {
                self.index = None;
            }
        }
        let edition = view.session.facts_edition();
        self.wishes.follow(ui.ctx(), &edition, reconciliation, Wishes::of);
        let wishes = self.wishes.value().copied();
        let wishes = wishes.unwrap_or_else(|| Wishes::of_first(reconciliation, AT_ONCE));
        // Beside the rows is room for the scroll bar, whether it is there or not.
        let width = ui.available_width() - SCROLL_BAR;
        self.header(ui, view, &wishes, width, sides);
        self.refresh(edition, reconciliation, filter);
        if reconciliation.facts.is_empty() {
            ui.add_space(space::S);
            let words = match view.session.as_of() {
                Some(_) if view.session.facts_are_current() => "Nothing was known by that day.",
                Some(_) => "The facts of that day are being worked out…",
                None if !view.session.facts_are_current() => "The facts are being worked out…",
                None => "Facts appear here as soon as there are claims or suggestions.",
            };
            ui.label(RichText::new(words).color(view.theme.secondary));
            return None;
        }
        let parties = widgets::parties(ui.ctx(), view.session);
        let mut form = None;
        let cache = self.cache.take()?;
        let bring = std::mem::take(&mut self.bring);
        let opened = self.opened.take();
        let total = cache.tops.last().copied().unwrap_or(0.0);
        let mut area = egui::ScrollArea::vertical().id_salt("facts").auto_shrink(false);
        if !std::mem::replace(&mut self.shown_before, true) {
            area = area.vertical_scroll_offset(0.0); // that of another project is remembered otherwise
        }
        area.show_viewport(ui, |ui, viewport| {
            ui.set_height(total);
            let whole = ui.max_rect();
            let first = cache.tops.partition_point(|top| *top <= viewport.top()).saturating_sub(1);
            let row_of =
                |top: f32, height: f32| Rect::from_min_size(pos2(whole.left(), whole.top() + top), vec2(width, height));
            let columns = Columns::new(row_of(0.0, 0.0), &wishes);
            let here = self.place(reconciliation, &cache.rows);
            let past = cache.tops.partition_point(|top| *top <= viewport.bottom()).min(cache.rows.len());
            // The row with the keyboard is always there, also where it is scrolled out of view.
            let hidden = here.filter(|here| !(first..past).contains(here));
            let mut go = None;
            for place in (first..past).chain(hidden) {
                let row = cache.rows[place];
                let rect = row_of(cache.tops[place], row.height());
                let sense = if here == Some(place) { Sense::click() } else { Sense::CLICK };
                let (response, made) = match row {
                    Row::Fact(i) => {
                        let fact = &reconciliation.facts[i as usize];
                        self.fact_row(ui, view, (i, fact), (rect, sense), &columns, &parties)
                    }
                    Row::Reason(i) => {
                        (None, self.reason_row(ui, view, &reconciliation.facts[i as usize], rect, &columns))
                    }
                    Row::Member(i, m) => {
                        let fact = &reconciliation.facts[i as usize];
                        let member = &fact.members[m as usize];
                        member_row::show(ui, view, reconciliation, (fact, member), (rect, sense), &columns, &parties)
                    }
                };
                form = made.or(form.take());
                let Some(response) = response else { continue };
                if response.clicked() {
                    self.at = Self::spot(reconciliation, row);
                }
                if here == Some(place) && response.has_focus() {
                    go = self.row_keys(ui, reconciliation, &cache.rows, &response);
                    let spot = Self::spot(reconciliation, row);
                    if let Some(spot) = spot.filter(|spot| view.state.row.as_ref() != Some(spot)) {
                        view.ask(Request::Row(spot));
                    }
                }
                if here == Some(place) && std::mem::take(&mut self.landing) {
                    self.at = Self::spot(reconciliation, row);
                    response.request_focus();
                    ui.scroll_to_rect_animation(rect, None, egui::style::ScrollAnimation::none());
                }
            }
            if let Some(place) = go {
                self.place = place;
                self.at = Self::spot(reconciliation, cache.rows[place]);
                self.landing = true;
                ui.ctx().request_repaint();
            }
            let is = |row: &Row, wanted: Option<&ClaimId>| match row {
                Row::Fact(i) => wanted.is_some() && key(&reconciliation.facts[*i as usize]) == wanted,
                _ => false,
            };
            if let Some(place) = cache.rows.iter().position(|row| is(row, opened.as_ref())) {
                // As much of what was unfolded as there is room for, from its first row on.
                let within = cache.rows[place + 1..].iter().take_while(|row| !matches!(row, Row::Fact(_))).count();
                let height = cache.tops[place + 1 + within] - cache.tops[place];
                let rect = row_of(cache.tops[place], height.min(viewport.height()));
                ui.scroll_to_rect_animation(rect, None, egui::style::ScrollAnimation::none());
            }
            if bring && let Some(place) = cache.rows.iter().position(|row| is(row, self.marked.as_ref())) {
                ui.scroll_to_rect(row_of(cache.tops[place], 31.0), Some(egui::Align::Min));
            }
        });
        self.landing &= !cache.rows.is_empty();
        self.cache = Some(cache);
        form
    }

    fn refresh(&mut self, edition: (u64, u64), reconciliation: &Reconciliation, filter: Option<Filter>) {
        let of = (edition, filter, self.sort, self.unfolded.len());
        if self.cache.as_ref().is_none_or(|cache| cache.of != of) {
            let known = self.index.take().filter(|(of, _)| *of == edition);
            let (_, index) =
                self.index.insert(known.unwrap_or_else(|| (edition, Index::new(reconciliation, &mut self.unfolded))));
            let (rows, tops) = index.rows(reconciliation, filter, self.sort);
            self.cache = Some(Cache { of, rows, tops });
        }
    }

    fn header(&mut self, ui: &mut Ui, view: &View<'_>, wishes: &Wishes, width: f32, sides: &[Side]) {
        let (session, theme) = (view.session, &*view.theme);
        let (rect, _) = ui.allocate_exact_size(vec2(width, 22.0), Sense::hover());
        let columns = Columns::new(rect, wishes);
        for (i, words, name, column, hint) in [
            (1, "No.", "number", Column::Number, "Facts are numbered by time, then by what is counted"),
            (2, "Fact", "fact", Column::Fact, "Sort by the alphabet"),
            (3, "Direction", "direction", Column::Direction, "Sort"),
            (4, "Low – best – high", "low – best – high", Column::Range, ""),
            (6, "Origins", "origins", Column::Origins, "How many are behind the figure, each counted once"),
            (7, "Sides", "sides", Column::Sides, "On how many sides they stand"),
            (8, "Articles", "articles", Column::Articles, "In how many articles the figure stands"),
            (9, "Verdict", "verdict", Column::Verdict, "Sort"),
            (10, "Flags", "flags", Column::Flags, "Sort by how many there are"),
        ] {
            let sorted = if self.sort.0 != column {
                ""
            } else if self.sort.1 {
                " ↓"
            } else {
                " ↑"
            };
            let mut cell = columns.cell(rect, i);
            if i == 4 {
                cell.max.x = columns.cell(rect, 5).right();
            }
            let text = RichText::new(format!("{words}{sorted}")).size(widgets::SECONDARY).color(theme.secondary);
            let response = at(ui, cell, |ui| {
                let response = ui.add(egui::Button::new(text).frame(false).truncate());
                let response = match column {
                    Column::Range => response.on_hover_ui(|ui| {
                        ui.label("Sort. The marks are those who give the figure, by the side on which they stand:");
                        ui.horizontal_wrapped(|ui| {
                            widgets::legend(ui, sides, theme, &widgets::parties(ui.ctx(), session));
                        });
                    }),
                    _ => response.on_hover_text(hint),
                };
                response.accessible_name(format!("Sort by {name}"))
            });
            if response.is_some_and(|response| response.clicked()) {
                self.sort = if self.sort.0 == column { (column, !self.sort.1) } else { (column, false) };
            }
        }
        ui.painter().hline(rect.x_range(), rect.bottom(), egui::Stroke::new(1.0, theme.line));
    }

    fn fact_row(
        &mut self,
        ui: &mut Ui,
        view: &mut View<'_>,
        (place, fact): (u32, &Fact),
        (rect, sense): (Rect, Sense),
        columns: &Columns,
        parties: &[Name],
    ) -> (Option<Response>, Option<RulingForm>) {
        let theme = view.theme.clone();
        let Some(key) = key(fact).cloned() else { return (None, None) };
        let open = self.unfolded.contains_key(&key);
        let response = ui.interact(rect, ui.scope_id().with(("fact", &key.0)), sense);
        let undecided = undecided(view, fact);
        let mut words = format!("{}, {}, {}", fact.label, range_words(fact), fact.verdict.label());
        if let Some(undecided) = &undecided {
            words += &format!(", {undecided}");
        }
        response.widget_info(|| egui::WidgetInfo::selected(egui::Role::Row, true, open, &words));
        let painter = ui.painter();
        if self.marked.as_ref() == Some(&key) {
            painter.rect_filled(rect, 0.0, theme.accent_ground);
        } else if response.hovered() {
            painter.rect_filled(rect, 0.0, theme.field);
        }
        painter.hline(rect.x_range(), rect.bottom(), egui::Stroke::new(1.0, theme.line));
        fold_mark(ui, columns.cell(rect, 0), open, &theme);
        let facts = view.session.shown_facts();
        let secondary = |words: String| RichText::new(words).size(widgets::SECONDARY).color(theme.secondary);
        at(ui, columns.cell(rect, 1), |ui| widgets::shortened(ui, secondary(facts.shown(&fact.id).into_owned())));
        at(ui, columns.cell(rect, 2), |ui| widgets::shortened(ui, widgets::capitalised(&fact.label)));
        at(ui, columns.cell(rect, 3), |ui| widgets::shortened(ui, secondary(direction(fact))));
        let bar = columns.cell(rect, 4);
        self.bars.paint(ui, bar.shrink2(vec2(4.0, 4.0)), (place, fact), view.session, (&theme, parties));
        at(ui, columns.cell(rect, 5), |ui| {
            let response = widgets::shortened(ui, range_words(fact));
            response.on_hover_text(format!("best: {}", best_words(fact)))
        });
        let counted = |n: usize, one: &str, many: &str| {
            format!("{} {}", crate::claim::grouped(n as u64), if n == 1 { one } else { many })
        };
        let own = match fact.n_unattributed {
            0 => String::new(),
            n => {
                format!("; {} in {} own voice", counted(n, "article", "articles"), if n == 1 { "its" } else { "their" })
            }
        };
        for (column, n, one, many) in [
            (6, fact.k_origins, "origin", "origins"),
            (7, fact.k_sides, "side", "sides"),
            (8, fact.n_articles, "article", "articles"),
        ] {
            let long = if column == 8 { format!("{}{own}", counted(n, one, many)) } else { counted(n, one, many) };
            at(ui, columns.cell(rect, column), |ui| {
                widgets::shortened(ui, secondary(crate::claim::grouped(n as u64))).on_hover_text(long)
            });
        }
        at(ui, columns.cell(rect, 9), |ui| {
            let (label, colour) = (fact.verdict.label(), verdict_colour(fact.verdict, &theme));
            let pill = match &undecided {
                None => widgets::pill(ui, label, colour),
                Some(_) => widgets::dashed_pill(ui, label, colour),
            };
            // Also what is said in the columns that a narrow table leaves out.
            pill.on_hover_ui(|ui| {
                ui.label(format!("{label}: {}", facts.shown(&fact.reason)));
                let origins = counted(fact.k_origins, "origin", "origins");
                let sides = counted(fact.k_sides, "side", "sides");
                let articles = counted(fact.n_articles, "article", "articles");
                ui.label(format!("{origins} · {sides} · {articles}{own}"));
                for (_, words) in &fact.flags {
                    ui.label(facts.shown(words));
                }
                if let Some(undecided) = &undecided {
                    let words = widgets::capitalised(undecided);
                    ui.label(format!("{words}. Exports leave what is undecided out."));
                }
            })
        });
        at(ui, columns.cell(rect, 10), |ui| {
            let words = fact.flags.iter().map(|(flag, _)| flag.label()).collect::<Vec<_>>().join(", ");
            let long = fact.flags.iter().map(|(_, words)| facts.shown(words)).collect::<Vec<_>>().join("\n");
            let response = widgets::shortened(ui, RichText::new(words).size(widgets::SECONDARY).color(theme.doubt));
            if long.is_empty() { response } else { response.on_hover_text(long) }
        });
        // Enter goes to the first words; Space folds, as a click does.
        let entered = response.has_focus() && ui.input(|input| input.key_pressed(egui::Key::Enter));
        if entered && let Some(member) = fact.members.first() {
            view.ask(Request::ShowClaim(member.claim.clone()));
            view.ask(Request::Focus(Place::Reader));
        }
        if response.clicked() && !entered {
            self.set_unfolded((place, fact), &key, !open);
            self.marked = Some(key.clone());
            view.ask(Request::ShowFact(Some(fact.id.clone())));
            self.followed = Some(fact.id.clone());
        }
        let mut form = None;
        if view.session.as_of().is_none() {
            widgets::context_menu(&response, |ui| form = fact_menu(ui, view.session, fact));
        }
        (Some(response), form)
    }

    fn set_unfolded(&mut self, (place, fact): (u32, &Fact), key: &ClaimId, open: bool) {
        if open {
            self.unfolded.insert(key.clone(), fact.id.clone());
            self.opened = Some(key.clone());
        } else {
            self.unfolded.remove(key);
        }
        if let Some((_, index)) = &mut self.index {
            index.set_unfolded(place, open);
        }
    }

    fn reason_row(
        &mut self,
        ui: &mut Ui,
        view: &mut View<'_>,
        fact: &Fact,
        rect: Rect,
        columns: &Columns,
    ) -> Option<RulingForm> {
        let theme = view.theme.clone();
        ui.painter().rect_filled(rect, 0.0, theme.field);
        let inner = Rect::from_min_max(pos2(columns.left(2), rect.top()), rect.max - vec2(space::S, 0.0));
        let reason = view.session.shown_facts().shown(&fact.reason);
        let words = format!("{}. Best: {}.", widgets::capitalised(reason.trim_end_matches('.')), best_words(fact));
        let words = RichText::new(words).size(widgets::SECONDARY).color(theme.secondary);
        let may_rule = view.session.as_of().is_none(); // rulings are made on all that is known
        let mut form = None;
        ui.scope_builder(UiBuilder::new().max_rect(inner), |ui| {
            widgets::words_before_end(ui, rect.height(), words, |ui| {
                ui.add_enabled_ui(may_rule, |ui| {
                    if ui.add(widgets::compact("Pin value…")).clicked() {
                        form = Some(RulingForm::pin_value(fact));
                    }
                    if ui.add(widgets::compact("Pin verdict…")).clicked() {
                        form = Some(RulingForm::pin_verdict(fact));
                    }
                    for id in &fact.rulings {
                        let revoke = ui.add(widgets::compact("Revoke"));
                        if revoke.on_hover_text(ruling_words(view, id)).clicked() {
                            view.run(crate::session::Command::RevokeRuling(id.clone()));
                        }
                    }
                });
            });
        });
        form
    }
}

/// "2 of 3 claims are undecided", where some are.
fn undecided(view: &View<'_>, fact: &Fact) -> Option<String> {
    let undecided = fact.members.iter().filter(|member| view.session.is_provisional(&member.claim)).count();
    let all = fact.members.len();
    match (undecided, all) {
        (0, _) => None,
        (1, 1) => Some("its claim is undecided".to_owned()),
        _ if undecided == all => Some(format!("all {} claims are undecided", crate::claim::grouped(all as u64))),
        _ => Some(format!(
            "{} of {} claims undecided",
            crate::claim::grouped(undecided as u64),
            crate::claim::grouped(all as u64)
        )),
    }
}

/// By which rule the best figure came about: where others stand beside equal ones, that is said.
fn best_words(fact: &Fact) -> &str {
    match fact.best_rule.as_ref() {
        "all equal" if fact.low != fact.high => "all exact figures are equal",
        rule => rule,
    }
}

/// The sides of those who give the figures, parties first.
pub(super) fn sides_of(reconciliation: &Reconciliation) -> Vec<Side> {
    let origins = reconciliation.facts.iter().flat_map(|fact| &fact.origins);
    let mut sides: Vec<Side> = origins.map(|origin| origin.side.clone()).collect::<BTreeSet<_>>().into_iter().collect();
    let nobody = reconciliation.facts.iter().any(|fact| fact.n_unattributed > 0);
    if nobody && !sides.contains(&Side::Unknown) {
        sides.push(Side::Unknown);
    }
    sides
}

fn ruling_words(view: &View<'_>, id: &crate::claim::RulingId) -> String {
    view.session
        .workspace()
        .rulings
        .get(id)
        .map_or_else(String::new, |ruling| format!("{}: {} ({})", ruling.op.label(), ruling.reason, ruling.stamp.by))
}

fn fact_menu(ui: &mut Ui, session: &crate::session::Session, fact: &Fact) -> Option<RulingForm> {
    let mut form = None;
    if ui.button("Pin value…").clicked() {
        form = Some(RulingForm::pin_value(fact));
    }
    if ui.button("Pin verdict…").clicked() {
        form = Some(RulingForm::pin_verdict(fact));
    }
    ui.menu_button("Merge with", |ui| {
        for other in ruling_form::mergeable(session.reconciliation(), fact, IN_MENU) {
            if ui.button(named(session.reconciliation(), other)).clicked() {
                form = RulingForm::merge(fact, other);
            }
        }
        if ui.button("Another fact…").clicked() {
            form = Some(RulingForm::merge_elsewhere(fact));
        }
    });
    form
}

/// A fact as it is told from others: "F12 killed, 13 Mar 2025 · 27 – 31".
pub(super) fn named(reconciliation: &Reconciliation, fact: &Fact) -> String {
    format!("{} {} · {}", reconciliation.shown(&fact.id), fact.label, range_words(fact))
}

/// Puts a widget into a cell, centred vertically; nothing where the column is left out.
fn at(ui: &mut Ui, cell: Rect, add: impl FnOnce(&mut Ui) -> Response) -> Option<Response> {
    if cell.width() <= 0.0 {
        return None;
    }
    let builder = UiBuilder::new().max_rect(cell).layout(egui::Layout::left_to_right(egui::Align::Center));
    ui.scope_builder(builder, |ui| {
        ui.style_mut().interaction.selectable_labels = false;
        Some(add(ui))
    })
    .inner
}

fn fold_mark(ui: &Ui, cell: Rect, open: bool, theme: &Theme) {
    let centre = cell.center();
    let points = if open {
        vec![centre + vec2(-4.0, -2.0), centre + vec2(4.0, -2.0), centre + vec2(0.0, 3.0)]
    } else {
        vec![centre + vec2(-2.0, -4.0), centre + vec2(3.0, 0.0), centre + vec2(-2.0, 4.0)]
    };
    ui.painter().add(egui::Shape::convex_polygon(points, theme.secondary, egui::Stroke::NONE));
}

fn verdict_colour(verdict: FactVerdict, theme: &Theme) -> egui::Color32 {
    use FactVerdict::*;
    match verdict {
        Conflicting => theme.bad,
        Tension | Echo => theme.doubt,
        CorroboratedOpposing | CorroboratedIndependent | CorroboratedSameSide => theme.good,
        Analyst => theme.accent,
        SingleOrigin | Unattributed => theme.secondary,
    }
}

/// The word of a side, where a form asks for it.
pub(super) fn side_of_word(word: &str) -> Side {
    match word.trim() {
        "" | "unknown" => Side::Unknown,
        "independent" => Side::Independent,
        party => Side::Party(party.into()),
    }
}
