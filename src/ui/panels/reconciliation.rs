//! The reconciliation: verdicts as filters, the facts with their ranges, their claims, the sums,
//! and what could not be placed or dated.

mod as_of;
mod canvas;
mod columns;
mod facts;
mod matrix;
mod range_bar;
mod rows;
mod ruling_form;
mod rulings;
mod sums;
mod tall_list;
mod timeline;
mod undated;
mod unplaced;

use std::sync::Arc;

use egui::{RichText, Ui};

use crate::claim::{BestRule, FactVerdict, Reconciliation, RollupStatus, Side, day_words, grouped};
use crate::formats::picture;
use crate::formats::views::{Table, View as Tab};
use crate::session::{Command, Session};
use crate::ui::actions::{Action, Ruling};
use crate::ui::from_facts::FromFacts;
use crate::ui::state::{FactRow, Place, Request, View};
use crate::ui::theme::{Theme, space};
use crate::ui::widgets;
use facts::FactsTable;
use ruling_form::RulingForm;
use tall_list::TallList;

/// A chip of the line of verdicts: what it counts and keeps.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Filter {
    Conflicting,
    Tension,
    Corroborated,
    Echo,
    SingleOrigin,
    Unattributed,
    ByHand,
}

impl Filter {
    const ALL: [Self; 7] = [
        Self::Conflicting,
        Self::Tension,
        Self::Corroborated,
        Self::Echo,
        Self::SingleOrigin,
        Self::Unattributed,
        Self::ByHand,
    ];

    fn keeps(self, verdict: FactVerdict) -> bool {
        use FactVerdict::*;
        match self {
            Self::Conflicting => verdict == Conflicting,
            Self::Tension => verdict == Tension,
            Self::Corroborated => {
                matches!(verdict, CorroboratedOpposing | CorroboratedIndependent | CorroboratedSameSide)
            }
            Self::Echo => verdict == Echo,
            Self::SingleOrigin => verdict == SingleOrigin,
            Self::Unattributed => verdict == Unattributed,
            Self::ByHand => verdict == Analyst,
        }
    }

    fn word(self) -> &'static str {
        match self {
            Self::Conflicting => "conflicting",
            Self::Tension => "tension",
            Self::Corroborated => "corroborated",
            Self::Echo => "echo",
            Self::SingleOrigin => "single origin",
            Self::Unattributed => "unattributed",
            Self::ByHand => "by hand",
        }
    }

    /// Chips that would only say "0" are left out, but for the one that everybody looks for.
    fn shown(self, count: usize) -> bool {
        count > 0 || self == Self::Conflicting
    }
}

/// The words of the buttons beside the views.
const COPY: &str = "Copy";
const PICTURE: &str = "SVG…";
const SOURCES: &str = "Sources…";
/// The least that is left of the picker of the rule for "best", in points.
const LEAST_PICKER: f32 = 110.0;

fn best_label(rule: BestRule) -> String {
    format!("best: {}", rule.label())
}

/// The panel's own state: which view, sorting, filters, and a ruling that is being written.
#[derive(Debug, Default)]
pub struct ReconciliationPanel {
    tab: Tab,
    timeline: timeline::Timeline,
    as_of: as_of::AsOf,
    filter: Option<Filter>,
    table: FactsTable,
    ruling: Option<RulingForm>,
    undated: undated::Undated,
    matrix: matrix::Matrix,
    sums: TallList,
    unplaced: TallList,
    rulings: rulings::Rulings,
    tally: FromFacts<(u64, u64), Tally>,
    /// How many facts each filter keeps, as far as that was known last.
    kept: [usize; Filter::ALL.len()],
}

/// What the head of the panel counts.
#[derive(Clone, Debug, Default)]
struct Tally {
    /// By filter, in its order.
    verdicts: [usize; Filter::ALL.len()],
    /// Articles without a date that would do, sums that do not add up.
    undated: usize,
    off: usize,
    /// Those on which those who give figures stand.
    sides: Vec<Side>,
}

impl Tally {
    fn of(reconciliation: &Reconciliation) -> Self {
        let mut verdicts = [0; Filter::ALL.len()];
        for fact in &reconciliation.facts {
            let filters = Filter::ALL.into_iter().filter(|filter| filter.keeps(fact.verdict));
            filters.for_each(|filter| verdicts[filter as usize] += 1);
        }
        Self {
            verdicts,
            undated: reconciliation.documents.iter().filter(|document| !document.needs.is_empty()).count(),
            off: reconciliation.rollups.iter().filter(|rollup| rollup.status == RollupStatus::Mismatch).count(),
            sides: facts::sides_of(reconciliation),
        }
    }
}

impl ReconciliationPanel {
    /// The view that is shown.
    pub fn view(&self) -> Tab {
        self.tab
    }

    /// Brings the fact that is asked for next into view, whichever was shown last.
    pub fn follow_anew(&mut self) {
        self.table.follow_anew();
    }

    /// Shows a view.
    pub fn open(&mut self, view: Tab) {
        self.tab = view;
    }

    /// Opens the form of a ruling on a row of the facts. Returns whether there was a fact to rule on.
    pub fn begin(&mut self, ruling: Ruling, row: &FactRow, session: &Session) -> bool {
        let facts = session.reconciliation();
        let about = row.claim.as_ref().unwrap_or(&row.fact);
        let Some((fact, member)) = facts.facts_of(about).next() else { return false };
        self.ruling = Some(match ruling {
            Ruling::PinValue => RulingForm::pin_value(fact),
            Ruling::PinVerdict => RulingForm::pin_verdict(fact),
            Ruling::Merge => RulingForm::merge_elsewhere(fact),
            Ruling::Move => RulingForm::move_elsewhere(&member.claim, fact),
            Ruling::Exclude => RulingForm::exclude(&member.claim),
            Ruling::SetDate => RulingForm::set_date(&member.claim, &fact.window),
            Ruling::SetOrigin => RulingForm::set_origin(&member.claim, member.origin.as_deref().unwrap_or("")),
        });
        true
    }

    /// The facts of the view, by their place, in the order of its rows.
    fn shown(&self, reconciliation: &Reconciliation) -> Vec<usize> {
        match self.tab {
            Tab::Facts => self.table.shown(reconciliation),
            _ => (0..reconciliation.facts.len()).collect(),
        }
    }

    /// The view that is shown, as a table.
    pub fn table(&self, session: &Session) -> Table {
        session.view_table(self.tab, &self.shown(session.shown_facts()))
    }

    /// The view that is shown as a picture, in SVG, in the light theme, since it goes on paper. Of
    /// a view that is no picture, the facts with their ranges. `parties` in the order that gives them
    /// their marks.
    pub fn svg(&self, session: &Session, parties: &[crate::claim::Name]) -> String {
        const WIDTH: f32 = 960.0;
        let facts = session.shown_facts();
        let theme = Theme::light();
        let along_time = || picture::timeline(facts, session.codebook(), WIDTH);
        let picture = (self.tab == Tab::Timeline)
            .then(along_time)
            .flatten()
            .unwrap_or_else(|| picture::ranges(facts, &self.shown(facts), &|id| session.claim(id), parties, WIDTH));
        let picture = match session.as_of() {
            Some(day) => picture.with_note(&format!("As of {}, on what was published by then.", day_words(day))),
            None => picture,
        };
        picture.svg(&|ink| {
            let [r, g, b, _] = canvas::colour(ink, &theme, parties).to_srgba_unmultiplied();
            format!("#{r:02X}{g:02X}{b:02X}")
        })
    }

    /// Draws it.
    pub fn show(&mut self, ui: &mut Ui, view: &mut View<'_>) {
        let reconciliation = view.session.shown_facts().clone();
        if view.state.fact.is_some() && self.table.follows(view.state.fact.as_ref()) {
            self.tab = Tab::Facts;
        }
        let focused = view.state.focus == Some(Place::Reconciliation) && self.ruling.is_none();
        if focused && self.tab == Tab::Facts && !reconciliation.facts.is_empty() {
            self.table.land();
        }
        if focused && self.tab == Tab::Undated {
            self.undated.land();
        }
        ui.add_space(space::XS);
        self.head(ui, view, &reconciliation);
        ui.add_space(space::XS);
        if self.tab == Tab::Timeline || view.session.as_of().is_some() {
            self.as_of.show(ui, view);
        }
        if let Some(form) = &mut self.ruling {
            match form.show(ui, view) {
                ruling_form::Outcome::Open => {}
                ruling_form::Outcome::Cancelled => {
                    self.ruling = None;
                    view.ask(Request::Focus(Place::Reconciliation));
                }
                ruling_form::Outcome::Done(op, reason) => {
                    view.run(Command::Rule { op, reason });
                    self.ruling = None;
                    view.ask(Request::Focus(Place::Reconciliation));
                }
            }
            ui.separator();
        }
        match self.tab {
            Tab::Facts => {
                let sides = self.tally.value().map_or(&[][..], |tally| &tally.sides);
                if let Some(form) = self.table.show(ui, view, &reconciliation, (self.filter, sides)) {
                    self.ruling = Some(form);
                }
            }
            Tab::Timeline => self.timeline.show(ui, view, &reconciliation),
            Tab::Matrix => self.matrix.show(ui, view, &reconciliation),
            Tab::Sums => sums::show(&mut self.sums, ui, view, &reconciliation),
            Tab::Unplaced => unplaced::show(&mut self.unplaced, ui, view, &reconciliation),
            Tab::Undated => self.undated.show(ui, view, &reconciliation),
            Tab::Rulings => self.rulings.show(ui, view, &reconciliation),
        }
    }

    fn head(&mut self, ui: &mut Ui, view: &mut View<'_>, reconciliation: &Arc<Reconciliation>) {
        let theme = view.theme.clone();
        self.tally.follow(ui.ctx(), &view.session.facts_edition(), reconciliation, Tally::of);
        let (undated, off) = self.tally.value().map_or((0, 0), |tally| (tally.undated, tally.off));
        self.count(view.session);
        let sums = if off > 0 {
            format!("Sums · {} off", grouped(off as u64))
        } else {
            count_words("Sums", reconciliation.rollups.len())
        };
        let room = ui.max_rect();
        let tabs = ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing.x = space::L;
            for tab in Tab::ALL {
                let words = match tab {
                    Tab::Facts => count_words(tab.label(), reconciliation.facts.len()),
                    Tab::Timeline | Tab::Matrix => tab.label().to_owned(),
                    Tab::Sums => sums.clone(),
                    Tab::Unplaced => count_words(tab.label(), reconciliation.unplaced.len()),
                    Tab::Undated => count_words(tab.label(), undated),
                    Tab::Rulings if !reconciliation.stale.is_empty() => {
                        format!("{} · {} stale", tab.label(), grouped(reconciliation.stale.len() as u64))
                    }
                    Tab::Rulings => count_words(tab.label(), view.session.workspace().rulings.len()),
                };
                if tab_button(ui, &words, self.tab == tab, &theme).clicked() {
                    self.tab = tab;
                }
            }
        });
        // What stands beside the tabs depends on the room alone, not on which view is shown.
        let tabs = tabs.response.rect;
        let beside = egui::Rect::from_min_max(
            egui::pos2(tabs.right() + space::L, tabs.top()),
            egui::pos2(room.right(), tabs.top() + 26.0_f32.max(tabs.height())),
        );
        ui.spacing_mut().item_spacing.x = space::S;
        let (picker, around) = Self::tools_width(ui, view);
        let verdicts = self.verdicts_width(ui, view);
        if beside.width() < LEAST_PICKER + around {
            ui.horizontal_wrapped(|ui| {
                self.verdicts(ui, view, false);
                best_rule(ui, view, picker.min(room.width() * 0.5));
                self.take_along(ui, view, false);
                self.legend(ui, view);
            });
            return;
        }
        let all = picker + around + verdicts;
        let mut right = ui.new_child(
            egui::UiBuilder::new().max_rect(beside).layout(egui::Layout::right_to_left(egui::Align::Center)),
        );
        self.take_along(&mut right, view, true);
        best_rule(&mut right, view, picker.min(beside.width() - around));
        if beside.width() >= all {
            self.verdicts(&mut right, view, true);
            let left = egui::Rect::from_min_max(beside.min, egui::pos2(beside.right() - all, beside.bottom()));
            let layout = egui::Layout::left_to_right(egui::Align::Center);
            self.legend(&mut ui.new_child(egui::UiBuilder::new().max_rect(left).layout(layout)), view);
        }
        ui.allocate_rect(beside, egui::Sense::hover());
        if beside.width() < all {
            ui.horizontal_wrapped(|ui| {
                self.verdicts(ui, view, false);
                self.legend(ui, view);
            });
        }
    }

    /// How wide the picker of the rule for "best" is, and what stands beside it, in points.
    fn tools_width(ui: &Ui, view: &View<'_>) -> (f32, f32) {
        let gap = ui.spacing().item_spacing.x;
        let button =
            |words: &str| widgets::words_width(ui, words, widgets::SECONDARY) + 2.0 * ui.spacing().button_padding.x;
        let best = view.session.codebook().conventions.best;
        let sources = if best == BestRule::SourceHierarchy { button(SOURCES) + gap } else { 0.0 };
        let picker = button(&best_label(best)) + ui.spacing().icon_width + ui.spacing().icon_spacing + 8.0;
        (picker, button(PICTURE) + button(COPY) + sources + 3.0 * gap)
    }

    /// Buttons that take the view along: to the clipboard, and where it is a picture, to a file.
    fn take_along(&self, ui: &mut Ui, view: &mut View<'_>, from_right: bool) {
        let mut actions = [(PICTURE, Action::SavePicture), (COPY, Action::CopyView)];
        if from_right {
            actions.reverse();
        }
        for (words, action) in actions {
            let here = action == Action::CopyView || self.tab.is_picture();
            let enabled = here && action.enabled(view.session, view.state);
            let text = RichText::new(words).size(widgets::SECONDARY);
            let button = ui.add_enabled(enabled, egui::Button::new(text)).accessible_name(action.text());
            let button = button.on_disabled_hover_text("Facts and timeline can be saved as a picture.");
            if button.on_hover_text(action.text()).clicked() {
                view.ask(Request::Act(action));
            }
        }
    }

    /// Notes how many facts each filter keeps.
    fn count(&mut self, session: &Session) {
        // Of a large project that is being read, those that there were when it was closed.
        let expected = session.expected_verdicts();
        if !expected.is_empty() {
            let kept = |filter: Filter| expected.iter().filter(move |(verdict, _)| filter.keeps(*verdict));
            self.kept = Filter::ALL.map(|filter| kept(filter).map(|(_, count)| count).sum());
        } else if let Some(tally) = self.tally.value() {
            self.kept = tally.verdicts;
        }
    }

    /// How many facts a filter keeps.
    fn kept(&self, filter: Filter) -> usize {
        self.kept[filter as usize]
    }

    /// What stands behind the verdicts while suggestions are counted in.
    fn undecided(session: &Session) -> Option<String> {
        let provisional = session.provisional();
        (provisional > 0).then(|| format!("with {} undecided", grouped(provisional as u64)))
    }

    /// How wide the line of verdicts is at most, in points.
    fn verdicts_width(&self, ui: &Ui, view: &View<'_>) -> f32 {
        let shown = Filter::ALL.into_iter().map(|filter| (filter, self.kept(filter)));
        let chips = shown.filter(|(filter, count)| filter.shown(*count));
        let words = chips
            .map(|(filter, count)| format!("{} {}", grouped(count as u64), filter.word()))
            .chain(Self::undecided(view.session));
        // The count is bold, and set off from its word.
        let around = 2.0 * ui.spacing().button_padding.x + ui.spacing().item_spacing.x + 8.0;
        words.map(|words| widgets::words_width(ui, &words, widgets::SECONDARY) + around).sum()
    }

    /// The line of verdicts, from the right where it shares its row.
    fn verdicts(&mut self, ui: &mut Ui, view: &View<'_>, from_right: bool) {
        let mut filters = Filter::ALL;
        if from_right {
            filters.reverse();
        }
        for filter in filters {
            let count = self.kept(filter);
            if filter.shown(count) && self.chip(ui, filter, count, &view.theme).clicked() {
                self.filter = (self.filter != Some(filter)).then_some(filter);
                self.tab = Tab::Facts;
            }
        }
        if let Some(words) = Self::undecided(view.session) {
            let text = RichText::new(words).size(widgets::SECONDARY).color(view.theme.secondary);
            let hint = "Suggestions that wait for a decision are counted in: verdicts that rest on them have a \
                        dashed outline, claims are marked “undecided”. Exports leave them out.";
            ui.label(text).on_hover_text(hint);
        }
    }

    /// What the marks of the facts stand for, where there is room for it in the row that is begun: the
    /// heading of the ranges tells it, too.
    fn legend(&self, ui: &mut Ui, view: &View<'_>) {
        let sides = self.tally.value().map_or(&[][..], |tally| &tally.sides);
        if ui.available_size_before_wrap().x > widgets::legend_width(ui, sides) + 2.0 * space::XL {
            ui.add_space(space::M);
            let parties = widgets::parties(ui.ctx(), view.session);
            widgets::legend(ui, sides, &view.theme, &parties);
        }
    }

    fn chip(&self, ui: &mut Ui, filter: Filter, count: usize, theme: &Theme) -> egui::Response {
        let chosen = self.filter == Some(filter);
        let mut job = egui::text::LayoutJob::default();
        let colour = if filter == Filter::Conflicting && count > 0 { theme.bad } else { theme.text };
        let format = |strong: bool| egui::TextFormat {
            font_id: if strong {
                crate::ui::theme::strong(widgets::SECONDARY)
            } else {
                egui::FontId::proportional(widgets::SECONDARY)
            },
            color: colour,
            ..Default::default()
        };
        job.append(&grouped(count as u64), 0.0, format(true));
        job.append(filter.word(), 4.0, format(false));
        let button = egui::Button::new(job)
            .fill(if chosen { theme.accent_ground } else { theme.panel })
            .stroke(egui::Stroke::new(1.0, if chosen { theme.accent } else { theme.line }))
            .corner_radius(11)
            .selected(chosen);
        ui.add(button).on_hover_text("Show only these facts").accessible_name(format!(
            "{} {}",
            grouped(count as u64),
            filter.word()
        ))
    }
}

fn count_words(word: &str, count: usize) -> String {
    if count == 0 { word.to_owned() } else { format!("{word} {}", grouped(count as u64)) }
}

fn tab_button(ui: &mut Ui, words: &str, chosen: bool, theme: &Theme) -> egui::Response {
    let text = RichText::new(words).color(if chosen { theme.text } else { theme.secondary });
    let text = if chosen { text.strong() } else { text };
    let response = ui.add(egui::Button::new(text).frame(false).selected(false));
    if chosen {
        let rect = response.rect;
        let line = egui::Rect::from_min_max(
            egui::pos2(rect.left(), rect.bottom()),
            egui::pos2(rect.right(), rect.bottom() + 2.0),
        );
        ui.painter().rect_filled(line, 0.0, theme.accent);
    }
    let (words, enabled) = (words.to_owned(), ui.is_enabled());
    response.widget_info(|| egui::WidgetInfo::selected(egui::Role::Tab, enabled, chosen, &words));
    response
}

/// The picker of the rule that gives "best". What each rule would change is asked while it is open.
fn best_rule(ui: &mut Ui, view: &mut View<'_>, width: f32) {
    let now = view.session.codebook().conventions.best;
    let mut chosen = now;
    let text = RichText::new(best_label(now)).size(widgets::SECONDARY);
    let picker = egui::ComboBox::from_id_salt("best rule").selected_text(text).width(width).truncate();
    let response = picker.show_ui(ui, |ui| {
        let changes = view.session.previewed_best();
        for (place, rule) in BestRule::ALL.into_iter().enumerate() {
            let changes = changes.and_then(|changes| changes.get(place));
            let words = match changes.map(Vec::len) {
                Some(0) => rule.label().to_owned(),
                Some(1) => format!("{}  ·  1 figure changes", rule.label()),
                Some(n) => format!("{}  ·  {} figures change", rule.label(), grouped(n as u64)),
                None => format!("{}  ·  …", rule.label()),
            };
            ui.selectable_value(&mut chosen, rule, words).on_hover_text(preview_words(changes.map(Vec::as_slice)));
        }
        if changes.is_none() {
            view.run(Command::PreviewBest);
        }
    });
    response.response.on_hover_text(best_label(now)).accessible_name("Rule for best");
    if chosen != now {
        view.run(Command::SetBestRule(chosen));
    }
    if now == BestRule::SourceHierarchy && ui.add(widgets::compact(SOURCES)).clicked() {
        view.ask(Request::Act(Action::Sources));
    }
}

/// What would change, one line each, the first dozen; `None` while that is being worked out.
fn preview_words(changes: Option<&[String]>) -> String {
    let Some(changes) = changes else { return "Working out what would change…".to_owned() };
    if changes.is_empty() {
        return "No figure changes.".to_owned();
    }
    let mut words = changes.iter().take(12).cloned().collect::<Vec<_>>().join("\n");
    if changes.len() > 12 {
        words.push_str(&format!("\n… and {} more", grouped(changes.len() as u64 - 12)));
    }
    words
}
