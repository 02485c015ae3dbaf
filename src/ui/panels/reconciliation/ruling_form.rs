//! A ruling being written: what is ruled, what it would change, and why.

use egui::{Response, RichText, Ui};

use super::facts::{named, side_of_word};
use super::preview_words;
use crate::claim::{Basis, ClaimId, DateWindow, Fact, FactVerdict, Reconciliation, RulingOp};
use crate::session::Command;
use crate::ui::state::View;
use crate::ui::theme::space;
use crate::ui::widgets;

/// So many facts are offered that a claim can be moved to.
const MOST_TARGETS: usize = 60;

/// The form's own state.
#[derive(Debug)]
pub(super) struct RulingForm {
    op: RulingOp,
    title: String,
    value: String,
    second: String,
    reason: String,
    /// The fact that a claim is moved from, or that is merged, where the form asks for the other one.
    from: Option<ClaimId>,
    fresh: bool,
}

/// What became of the form in this frame.
pub(super) enum Outcome {
    /// Still being written.
    Open,
    /// Given up.
    Cancelled,
    /// To be carried out.
    Done(RulingOp, String),
}

impl RulingForm {
    fn new(op: RulingOp, title: String, value: String, second: String) -> Self {
        Self { op, title, value, second, reason: String::new(), from: None, fresh: true }
    }

    pub(super) fn pin_value(fact: &Fact) -> Self {
        let claims = members(fact);
        let value = fact.best.or(fact.low).map_or_else(String::new, |value| value.to_string());
        let best = fact.best.or(fact.low).unwrap_or(0);
        let op = RulingOp::PinValue { claims, low: best, best: Some(best), high: Some(best) };
        Self::new(op, format!("Pin the value of “{}”", fact.label), value, String::new())
    }

    pub(super) fn pin_verdict(fact: &Fact) -> Self {
        let op = RulingOp::PinVerdict { claims: members(fact), verdict: fact.verdict };
        Self::new(op, format!("Pin the verdict of “{}”", fact.label), String::new(), String::new())
    }

    pub(super) fn merge(fact: &Fact, other: &Fact) -> Option<Self> {
        let claims = vec![fact.own_claim()?.clone(), other.own_claim()?.clone()];
        let title = format!("Merge “{}” and “{}”", fact.label, other.label);
        Some(Self::new(RulingOp::Merge { claims }, title, String::new(), String::new()))
    }

    /// With a fact that is chosen in the form.
    pub(super) fn merge_elsewhere(fact: &Fact) -> Self {
        let own = fact.own_claim().cloned();
        let op = RulingOp::Merge { claims: own.iter().cloned().collect() };
        let mut form = Self::new(op, format!("Merge “{}” with", fact.label), String::new(), String::new());
        form.from = own;
        form
    }

    pub(super) fn exclude(claim: &ClaimId) -> Self {
        let op = RulingOp::Exclude { claim: claim.clone() };
        Self::new(op, "Exclude the claim".to_owned(), String::new(), String::new())
    }

    pub(super) fn move_to(claim: &ClaimId, to: Option<&ClaimId>, label: &str) -> Self {
        let op = RulingOp::Move { claim: claim.clone(), to: to.cloned() };
        Self::new(op, format!("Move the claim to {label}"), String::new(), String::new())
    }

    /// To a fact that is chosen in the form.
    pub(super) fn move_elsewhere(claim: &ClaimId, from: &Fact) -> Self {
        let op = RulingOp::Move { claim: claim.clone(), to: None };
        let mut form = Self::new(op, format!("Move the claim of “{}” to", from.label), String::new(), String::new());
        form.from = from.own_claim().cloned();
        form
    }

    pub(super) fn set_date(claim: &ClaimId, window: &DateWindow) -> Self {
        let op = RulingOp::SetDate { claim: claim.clone(), window: *window };
        Self::new(op, "Set the claim's date".to_owned(), window.notation(), String::new())
    }

    pub(super) fn set_origin(claim: &ClaimId, origin: &str) -> Self {
        let op = RulingOp::SetOrigin { claim: claim.clone(), origin: origin.into(), side: side_of_word("") };
        Self::new(op, "Set the claim's origin".to_owned(), origin.to_owned(), String::new())
    }

    /// Draws the form on a line or two.
    pub(super) fn show(&mut self, ui: &mut Ui, view: &mut View<'_>) -> Outcome {
        let mut outcome = Outcome::Open;
        let ready = self.take_over(view);
        ui.horizontal_wrapped(|ui| {
            ui.label(RichText::new(&self.title).strong());
            let first = self.controls(ui, view);
            let reason = egui::TextEdit::singleline(&mut self.reason).hint_text("Why").desired_width(220.0);
            let response = ui.add(reason).accessible_name("Reason for the ruling");
            if std::mem::take(&mut self.fresh) {
                // What is to be pinned or chosen comes first; a move has a meaning as it begins.
                let first = first.filter(|_| !matches!(self.op, RulingOp::Move { .. }));
                first.as_ref().unwrap_or(&response).request_focus();
            }
            let enter = response.lost_focus() && ui.input(|input| input.key_pressed(egui::Key::Enter));
            let allowed = ready.is_ok() && !self.reason.trim().is_empty();
            let hint = "A ruling needs a reason: it is kept and exported with it.";
            let rule = ui.add_enabled(allowed, egui::Button::new("Rule")).on_disabled_hover_text(hint);
            if allowed && (rule.clicked() || enter) {
                outcome = Outcome::Done(self.op.clone(), self.reason.trim().to_owned());
            }
            if ui.button("Cancel").clicked() || ui.input(|input| input.key_pressed(egui::Key::Escape)) {
                outcome = Outcome::Cancelled;
            }
        });
        let (words, colour) = match ready {
            Ok(()) => (preview_words(view.session.previewed_ruling(&self.op)), view.theme.secondary),
            Err(error) => (error, view.theme.bad),
        };
        ui.label(RichText::new(words).size(widgets::REASON).color(colour));
        ui.add_space(space::XS);
        outcome
    }

    /// Draws what is to be ruled, and gives the first control of it.
    fn controls(&mut self, ui: &mut Ui, view: &View<'_>) -> Option<Response> {
        Some(match &mut self.op {
            RulingOp::Move { to, .. } if self.from.is_some() => {
                let facts = view.session.reconciliation();
                let named = |fact: &Fact| named(facts, fact);
                let of_its_own = "a fact of its own";
                let now = to.as_ref().and_then(|to| facts.facts_of(to).next()).map(|(fact, _)| named(fact));
                let from = self.from.as_ref().and_then(|from| facts.facts_of(from).next()).map(|(fact, _)| fact);
                let text = now.unwrap_or_else(|| of_its_own.to_owned());
                let shown = egui::ComboBox::from_id_salt("moved to").selected_text(text).show_ui(ui, |ui| {
                    ui.selectable_value(to, None, of_its_own);
                    for other in from.into_iter().flat_map(|from| targets(facts, from, MOST_TARGETS)) {
                        let first = other.own_claim().cloned();
                        ui.selectable_value(to, first, named(other));
                    }
                });
                shown.response.accessible_name("Fact to move the claim to")
            }
            RulingOp::Merge { claims } if self.from.is_some() => {
                let facts = view.session.reconciliation();
                let named = |fact: &Fact| named(facts, fact);
                let now = claims.get(1).and_then(|claim| facts.facts_of(claim).next()).map(|(fact, _)| named(fact));
                let text = now.unwrap_or_else(|| "choose a fact".to_owned());
                let shown = egui::ComboBox::from_id_salt("merged with").selected_text(text).show_ui(ui, |ui| {
                    let from = self.from.as_ref().and_then(|from| facts.facts_of(from).next()).map(|(fact, _)| fact);
                    for other in from.into_iter().flat_map(|from| mergeable(facts, from, MOST_TARGETS)) {
                        let first = other.own_claim();
                        let chosen = first.is_some() && claims.get(1) == first;
                        if ui.selectable_label(chosen, named(other)).clicked() {
                            claims.truncate(1);
                            claims.extend(first.cloned());
                        }
                    }
                });
                shown.response.accessible_name("Fact to merge with")
            }
            RulingOp::PinValue { .. } => ui
                .add(
                    egui::TextEdit::singleline(&mut self.value)
                        .desired_width(120.0)
                        .hint_text(widgets::hint("e.g. 900–1,100")),
                )
                .accessible_name("Pinned value"),
            RulingOp::PinVerdict { verdict, .. } => {
                let text = verdict.label();
                let shown = egui::ComboBox::from_id_salt("pinned verdict").selected_text(text).show_ui(ui, |ui| {
                    for option in FactVerdict::ALL.into_iter().filter(|option| *option != FactVerdict::Analyst) {
                        ui.selectable_value(verdict, option, option.label());
                    }
                });
                shown.response.accessible_name("Pinned verdict")
            }
            RulingOp::SetDate { .. } => ui
                .add(
                    egui::TextEdit::singleline(&mut self.value)
                        .desired_width(160.0)
                        .hint_text(widgets::hint("e.g. 29 Jan 2026")),
                )
                .accessible_name("Date of the event"),
            RulingOp::SetOrigin { .. } => {
                let who = ui
                    .add(egui::TextEdit::singleline(&mut self.value).desired_width(180.0).hint_text("Who"))
                    .accessible_name("Origin");
                ui.add(
                    egui::TextEdit::singleline(&mut self.second).desired_width(110.0).hint_text("Side, or independent"),
                )
                .accessible_name("Side of the origin");
                who
            }
            _ => return None,
        })
    }

    /// Takes what was typed into the ruling, and asks what it would change; or what is wrong.
    fn take_over(&mut self, view: &mut View<'_>) -> Result<(), String> {
        match &mut self.op {
            RulingOp::PinValue { low, best, high, .. } => {
                let quantity = view.session.suggester().read_quantity(&self.value)?;
                *low = quantity.low.unwrap_or(0);
                *high = quantity.high;
                *best = quantity.single().or(quantity.n);
            }
            RulingOp::Merge { claims } if claims.len() < 2 => {
                return Err("Choose the fact that it is one with.".to_owned());
            }
            RulingOp::SetDate { window, .. } => {
                *window = match DateWindow::parse(self.value.trim(), Basis::Analyst) {
                    Some(window) => window,
                    None => view.session.suggester().read_date(&self.value, &DateWindow::UNKNOWN)?.window,
                };
            }
            RulingOp::SetOrigin { origin, side, .. } => {
                if self.value.trim().is_empty() {
                    return Err("Say who is behind the claim.".to_owned());
                }
                *origin = self.value.trim().into();
                *side = side_of_word(&self.second);
            }
            _ => {}
        }
        if view.session.previewed_ruling(&self.op).is_none() {
            view.run(Command::PreviewRuling(Box::new(self.op.clone())));
        }
        Ok(())
    }
}

/// The facts that a claim of a fact can be moved to, at most so many: of one category, those nearest
/// to it in the list, which is by time, in the order of the list.
pub(super) fn targets<'a>(facts: &'a Reconciliation, of: &Fact, most: usize) -> Vec<&'a Fact> {
    nearest(facts, of, most, |other| other.category == of.category)
}

/// The facts that a fact may be one with: of one category and sort, to the same side.
pub(super) fn mergeable<'a>(facts: &'a Reconciliation, of: &Fact, most: usize) -> Vec<&'a Fact> {
    nearest(facts, of, most, |other| other.category == of.category && other.kind == of.kind && other.to == of.to)
}

fn nearest<'a>(facts: &'a Reconciliation, of: &Fact, most: usize, fits: impl Fn(&Fact) -> bool) -> Vec<&'a Fact> {
    let here = facts.facts.iter().position(|fact| fact.id == of.id).unwrap_or(0);
    let others = facts.facts.iter().enumerate().filter(|(_, other)| other.id != of.id && fits(other));
    let mut others: Vec<(usize, &Fact)> = others.map(|(place, fact)| (place, &**fact)).collect();
    others.sort_by_key(|(place, _)| place.abs_diff(here));
    others.truncate(most);
    others.sort_by_key(|(place, _)| *place);
    others.into_iter().map(|(_, fact)| fact).collect()
}

fn members(fact: &Fact) -> Vec<ClaimId> {
    fact.members.iter().map(|member| member.claim.clone()).collect()
}
