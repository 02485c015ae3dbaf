//! A claim of an unfolded fact: who says it, in which words, where, and how it stands to the others.

use egui::{Rect, Response, RichText, Sense, Ui, UiBuilder, pos2};

use super::super::columns::Columns;
use super::super::ruling_form::{self, RulingForm};
use super::{IN_MENU, named};
use crate::claim::{Fact, Member, Name, Reconciliation};
use crate::ui::state::{Place, Request, View};
use crate::ui::theme::{Theme, space};
use crate::ui::widgets::{self, SideMark};

/// A claim of an unfolded fact: who, the words, where, how it stands. A click shows it in the text.
pub(super) fn show(
    ui: &mut Ui,
    view: &mut View<'_>,
    reconciliation: &Reconciliation,
    (fact, member): (&Fact, &Member),
    (rect, sense): (Rect, Sense),
    columns: &Columns,
    parties: &[Name],
) -> (Option<Response>, Option<RulingForm>) {
    let theme = view.theme.clone();
    let Some(claim) = view.session.claim(&member.claim) else { return (None, None) };
    let record = view.session.workspace().articles.get(&claim.article);
    let response = ui.interact(rect, ui.scope_id().with(("member", &fact.id, &member.claim.0)), sense);
    let reason = reconciliation.shown(&member.reason);
    let who = member.origin.as_deref().unwrap_or("the outlet itself");
    let count = claim.reading.count.quantity.words();
    let words = format!("{who}: {count}, {}, {}", claim.quote(), member.relation.label());
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, &words));
    ui.painter().rect_filled(rect, 0.0, if response.hovered() { theme.accent_ground } else { theme.field });
    ui.painter().hline(rect.x_range(), rect.bottom(), egui::Stroke::new(1.0, theme.line));
    let side =
        (fact.origins.iter().find(|origin| Some(&origin.name) == member.origin.as_ref())).map(|origin| &origin.side);
    let inner = Rect::from_min_max(pos2(columns.left(2), rect.top()), pos2(rect.right() - space::S, rect.bottom()));
    ui.scope_builder(UiBuilder::new().max_rect(inner).layout(egui::Layout::left_to_right(egui::Align::Center)), |ui| {
        ui.spacing_mut().item_spacing.x = 6.0;
        let mark = match side {
            Some(side) => SideMark::new(side, &theme, parties),
            None => SideMark::unattributed(&theme),
        };
        mark.show(ui);
        plain(ui, RichText::new(who).size(widgets::SECONDARY).color(theme.secondary));
        if !count.is_empty() {
            plain(ui, RichText::new(count).font(crate::ui::theme::strong(widgets::SECONDARY)).color(theme.text));
        }
        let quote = RichText::new(format!("“{}”", cut(&one_line(claim.quote()), 120)))
            .font(crate::ui::theme::serif(13.0))
            .color(theme.text);
        plain(ui, quote);
        let article =
            record.map_or_else(|| claim.article.to_string(), |record| crate::ui::words::title(view.session, record));
        let undecided = if view.session.is_provisional(&member.claim) { " · undecided" } else { "" };
        let rest = format!("{}  ·  {}{undecided}", cut(&article, 40), member.relation.label());
        plain(ui, RichText::new(rest).size(widgets::SECONDARY).color(relation_colour(member, &theme)));
        ui.add(
            egui::Label::new(RichText::new(&*reason).size(widgets::REASON).color(theme.secondary))
                .truncate()
                .selectable(false),
        );
    });
    let response = response.on_hover_text(&*reason);
    if response.clicked() {
        view.ask(Request::ShowClaim(member.claim.clone()));
        if ui.input(|input| input.key_pressed(egui::Key::Enter)) {
            view.ask(Request::Focus(Place::Reader));
        }
    }
    let mut form = None;
    if view.session.as_of().is_none() {
        widgets::context_menu(&response, |ui| form = member_menu(ui, reconciliation, fact, member));
    }
    (Some(response), form)
}

fn member_menu(ui: &mut Ui, reconciliation: &Reconciliation, fact: &Fact, member: &Member) -> Option<RulingForm> {
    let mut form = None;
    if ui.button("Exclude…").clicked() {
        form = Some(RulingForm::exclude(&member.claim));
    }
    if ui.button("To a fact of its own…").clicked() {
        form = Some(RulingForm::move_to(&member.claim, None, "a fact of its own"));
    }
    ui.menu_button("Move to", |ui| {
        for other in ruling_form::targets(reconciliation, fact, IN_MENU) {
            if let Some(first) = other.own_claim()
                && ui.button(named(reconciliation, other)).clicked()
            {
                form = Some(RulingForm::move_to(&member.claim, Some(first), &other.label));
            }
        }
    });
    if ui.button("Set date…").clicked() {
        form = Some(RulingForm::set_date(&member.claim, &fact.window));
    }
    if ui.button("Set origin…").clicked() {
        form = Some(RulingForm::set_origin(&member.claim, member.origin.as_deref().unwrap_or("")));
    }
    form
}

/// A label that clicks pass through, to the row behind it.
fn plain(ui: &mut Ui, text: RichText) {
    ui.add(egui::Label::new(text).selectable(false).extend());
}

fn relation_colour(member: &Member, theme: &Theme) -> egui::Color32 {
    use crate::claim::ClaimRelation::*;
    match member.relation {
        Conflicts => theme.bad,
        Tension | Superseded | Denied => theme.doubt,
        _ => theme.secondary,
    }
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn cut(text: &str, characters: usize) -> String {
    match text.char_indices().nth(characters) {
        Some((at, _)) => format!("{}…", text[..at].trim_end()),
        None => text.to_owned(),
    }
}
