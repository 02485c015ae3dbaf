//! The inspector: the chosen claim or suggestion, field by field, each with where it comes from.

mod draft;
mod evidence;
mod fields;
mod membership;

use egui::{RichText, Ui};

use crate::claim::{
    BUILT_IN, Claim, How, Name, Provenance, Reading, Suggestion, SuggestionKey, Trace, grouped, whole_trace,
};
use crate::session::Command;
use crate::ui::state::{Chosen, Place, Request, View};
use crate::ui::theme::space;
use crate::ui::widgets;
use draft::{Draft, count_words as draft_count, date_words as draft_date};

/// The inspector's own state: what is being typed.
#[derive(Debug, Default)]
pub struct Inspector {
    draft: Draft,
    /// The words that the form was about last: for other words it begins at its top.
    about: Option<(crate::claim::ArticleId, crate::claim::Span)>,
}

/// What the form is about.
#[derive(Clone, Copy)]
enum Subject<'a> {
    Claim(&'a Claim),
    Suggestion(&'a Suggestion),
}

impl<'a> Subject<'a> {
    fn reading(self) -> &'a Reading {
        match self {
            Self::Claim(claim) => &claim.reading,
            Self::Suggestion(suggestion) => &suggestion.reading,
        }
    }

    /// Where each field comes from, with what goes without saying.
    fn why(self) -> Trace {
        match self {
            Self::Suggestion(suggestion) => suggestion.why(),
            Self::Claim(claim) if claim.suggestion.as_ref().is_some_and(|key| *key.suggester == *BUILT_IN) => {
                whole_trace(&claim.reading, &claim.trace)
            }
            Self::Claim(claim) => claim.trace.clone(),
        }
    }

    fn trace(self) -> &'a Trace {
        match self {
            Self::Claim(claim) => &claim.trace,
            Self::Suggestion(suggestion) => &suggestion.trace,
        }
    }

    fn article(self) -> &'a crate::claim::ArticleId {
        match self {
            Self::Claim(claim) => &claim.article,
            Self::Suggestion(suggestion) => &suggestion.article,
        }
    }

    fn span(self) -> crate::claim::Span {
        match self {
            Self::Claim(claim) => claim.span(),
            Self::Suggestion(suggestion) => suggestion.span,
        }
    }
}

/// A field set by the analyst: the reading as it shall be, and which field to mark as hers.
struct Correction {
    reading: Reading,
    fields: Vec<crate::claim::Field>,
    label: Name,
}

impl Inspector {
    /// Draws it.
    pub fn show(&mut self, ui: &mut Ui, view: &mut View<'_>) {
        let session = view.session;
        let take_focus = view.state.focus == Some(Place::Inspector);
        match &view.state.chosen {
            Chosen::Claim(id) => match session.workspace().claims.get(id) {
                Some(claim) => self.form(ui, view, Subject::Claim(claim), take_focus),
                None => empty(ui, view),
            },
            Chosen::Suggestion(key) => match session.waiting_suggestion(key) {
                Some(suggestion) => self.form(ui, view, Subject::Suggestion(suggestion), take_focus),
                None => empty(ui, view),
            },
            Chosen::Nothing => empty(ui, view),
        }
    }

    fn form(&mut self, ui: &mut Ui, view: &mut View<'_>, subject: Subject<'_>, take_focus: bool) {
        self.draft.follow(&view.state.chosen, subject.reading(), note_of(subject));
        header(ui, view, subject);
        let about = Some((subject.article().clone(), subject.span()));
        let mut area = egui::ScrollArea::vertical().id_salt("inspector").auto_shrink(false);
        if self.about != about {
            self.about = about;
            area = area.vertical_scroll_offset(0.0);
        }
        area.show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = space::XS;
            quote(ui, view, subject);
            if let Subject::Claim(claim) = subject {
                evidence::show(ui, view, claim);
                revision(ui, view, claim);
            }
            if let Subject::Suggestion(suggestion) = subject {
                grade(ui, view, suggestion);
            }
            ui.add_space(space::S);
            if let Some(correction) = fields::show(ui, view, subject, &mut self.draft, take_focus) {
                correct(view, subject, correction);
            }
            if let Subject::Claim(claim) = subject {
                self.note(ui, view, claim);
            }
            ui.add_space(space::S);
            match subject {
                Subject::Claim(claim) => {
                    membership::show(ui, view, &claim.id);
                    claim_buttons(ui, view, claim);
                }
                Subject::Suggestion(suggestion) => suggestion_buttons(ui, view, suggestion),
            }
        });
    }

    fn note(&mut self, ui: &mut Ui, view: &mut View<'_>, claim: &Claim) {
        let response = fields::row(ui, view, "Note", |ui| {
            let edit = egui::TextEdit::multiline(&mut self.draft.note).desired_rows(2).desired_width(f32::INFINITY);
            ui.add(edit.hint_text("Add a note")).accessible_name("Note")
        });
        if response.lost_focus() && self.draft.note != claim.note {
            let claim = Claim { note: self.draft.note.clone(), ..claim.clone() };
            view.run(Command::ChangeClaim { claim: Box::new(claim), label: "edit note".into() });
        }
    }
}

fn note_of(subject: Subject<'_>) -> &str {
    match subject {
        Subject::Claim(claim) => &claim.note,
        Subject::Suggestion(_) => "",
    }
}

fn empty(ui: &mut Ui, view: &mut View<'_>) {
    ui.add_space(space::S);
    ui.label(RichText::new("Claim").strong());
    ui.add_space(space::S);
    let words = "Choose a claim or a suggestion in the text, or select words and press a digit to tag them.";
    ui.label(RichText::new(words).color(view.theme.secondary));
}

fn header(ui: &mut Ui, view: &mut View<'_>, subject: Subject<'_>) {
    let session = view.session;
    let article = subject.article();
    let (word, place, of, state) = match subject {
        Subject::Claim(claim) => ("Claim", session.claim_place(claim), session.claim_count(article), "decided"),
        Subject::Suggestion(suggestion) => {
            let place = session.pending_place(&suggestion.key());
            ("Suggestion", place, session.pending_count(article), suggestion.grade.word())
        }
    };
    ui.add_space(space::XS);
    ui.horizontal(|ui| {
        ui.label(RichText::new(word).strong());
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            let place = place.map_or(0, |place| place + 1);
            let text = format!("{} of {} · {state}", grouped(place as u64), grouped(of as u64));
            ui.label(RichText::new(text).size(widgets::SECONDARY).color(view.theme.secondary));
        });
    });
    ui.add_space(space::XS);
}

/// The words, the count in them strong, with a bar in the category's colour. A click shows them.
fn quote(ui: &mut Ui, view: &mut View<'_>, subject: Subject<'_>) {
    let Some(article) = view.session.article(subject.article()) else { return };
    let colour = view.session.codebook().category(&subject.reading().category).map(|c| c.colour.clone());
    let tint = view.theme.category(colour.as_deref().unwrap_or("other"));
    let span = subject.span();
    let words: String = crate::ui::words::shown(article, span);
    let mut job = egui::text::LayoutJob::default();
    let serif = crate::ui::theme::serif(15.0);
    let plain = egui::TextFormat { font_id: serif, color: view.theme.text, ..Default::default() };
    let strong = egui::TextFormat { font_id: crate::ui::theme::serif_strong(15.0), ..plain.clone() };
    match subject.reading().count.span.filter(|count| span.contains(*count)) {
        Some(count) => {
            let part = |a: u32, b: u32| {
                if a < b {
                    crate::ui::words::shown(article, crate::claim::Span { start: a, end: b })
                } else {
                    String::new()
                }
            };
            job.append(&part(span.start, count.start), 0.0, plain.clone());
            job.append(&part(count.start, count.end), 0.0, strong);
            job.append(&part(count.end, span.end), 0.0, plain);
        }
        None => job.append(&words, 0.0, plain),
    }
    let response = egui::Frame::new()
        .inner_margin(egui::Margin { left: 12, right: 4, top: 4, bottom: 4 })
        .show(ui, |ui| ui.add(egui::Label::new(job).wrap().sense(egui::Sense::click())))
        .inner;
    let bar = egui::Rect::from_min_max(
        egui::pos2(response.rect.left() - 12.0, response.rect.top() - 2.0),
        egui::pos2(response.rect.left() - 9.0, response.rect.bottom() + 2.0),
    );
    ui.painter().rect_filled(bar, 1.0, tint.line);
    if response.on_hover_text("Show in the text").clicked() {
        view.ask(Request::Jump(subject.article().clone(), span));
    }
}

/// Carries a corrected reading out: on a claim as a change, on a suggestion by accepting it so.
fn correct(view: &mut View<'_>, subject: Subject<'_>, correction: Correction) {
    let Correction { reading, fields, label } = correction;
    if reading == *subject.reading() {
        return;
    }
    let mut trace = subject.trace().clone();
    for field in fields {
        trace.insert(field, Provenance { how: How::Hand, evidence: Vec::new() });
    }
    match subject {
        Subject::Claim(claim) => {
            let claim = Claim { reading, trace, ..claim.clone() };
            view.run(Command::ChangeClaim { claim: Box::new(claim), label });
        }
        Subject::Suggestion(suggestion) => {
            view.run(Command::AcceptAs { suggestion: suggestion.key(), reading: Box::new(reading), trace });
        }
    }
}

/// How far a suggestion can be trusted and why, who made it, and whether its words were turned down
/// in another reading.
fn grade(ui: &mut Ui, view: &mut View<'_>, suggestion: &Suggestion) {
    let line = |ui: &mut Ui, words: String, colour: egui::Color32| {
        ui.add(egui::Label::new(RichText::new(words).size(widgets::REASON).color(colour)).wrap());
    };
    let colour = match suggestion.grade {
        crate::claim::Grade::Sure => view.theme.secondary,
        _ => view.theme.doubt,
    };
    line(ui, suggestion.grade_in_words(), colour);
    if *suggestion.suggester != *BUILT_IN {
        let score = suggestion.score.map_or_else(String::new, |score| format!(", score {score:.2}"));
        line(ui, format!("Suggested by {}{score}", suggestion.suggester), view.theme.secondary);
    }
    for other in view.session.rejected_readings(&suggestion.key()) {
        line(ui, format!("You turned another reading of these words down: {}", other.words()), view.theme.doubt);
    }
}

/// Says where the codebook has changed since a claim was made.
fn revision(ui: &mut Ui, view: &View<'_>, claim: &Claim) {
    let (made, now) = (claim.codebook_revision, view.session.codebook().revision);
    if made != now {
        let words = format!("Made under revision {made} of the codebook, which is now at {now}.");
        let words = RichText::new(words).size(widgets::REASON).color(view.theme.secondary);
        ui.add(egui::Label::new(words).wrap());
    }
}

fn claim_buttons(ui: &mut Ui, view: &mut View<'_>, claim: &Claim) {
    ui.add_space(space::S);
    ui.horizontal_wrapped(|ui| {
        if ui.button("Delete claim").on_hover_text("Del").clicked() {
            view.run(Command::DeleteClaims(vec![claim.id.clone()]));
        }
        if let Some(key) = &claim.suggestion
            && ui.button("Back to suggestion").on_hover_text("Take the decision back").clicked()
        {
            restore(view, key);
        }
    });
}

fn restore(view: &mut View<'_>, key: &SuggestionKey) {
    view.run(Command::Restore(key.clone()));
    view.ask(Request::Choose(Chosen::Suggestion(key.clone())));
}

fn suggestion_buttons(ui: &mut Ui, view: &mut View<'_>, suggestion: &Suggestion) {
    ui.add_space(space::S);
    let key = suggestion.key();
    ui.horizontal_wrapped(|ui| {
        if ui.button("Accept  ⏎").clicked() {
            view.run(Command::Accept(key.clone()));
        }
        if ui.button("Reject  ⌫").clicked() {
            view.run(Command::Reject(key.clone()));
        }
    });
    let words = "Changing a field accepts the suggestion with that correction.";
    ui.label(RichText::new(words).size(widgets::REASON).color(view.theme.secondary));
}
