//! What keys and buttons do to the selection, the chosen claim and the suggestions.

use egui::{Response, Ui};

use super::caret::{Caret, Motion};
use super::keys::{Deed, Nudge, deed};
use super::selection::{Selection, letter_boundary, word_boundary};
use super::toolbar::Pressed;
use super::{Field, Reader, Reveal, Setter};
use crate::claim::{
    Anchor, Claim, Field as ReadingField, Grade, Name, Provenance, Reading, Span, SuggestionKey, Trace,
};
use crate::session::Command;
use crate::ui::state::{Chosen, Place, Request, View};

impl Reader {
    /// Takes in the keys that mean something here, and leaves the others.
    pub(super) fn keyboard(
        &mut self,
        ui: &Ui,
        response: &Response,
        field: Field,
        around: (f32, f32),
        view: &mut View<'_>,
    ) {
        let height = field.text.height();
        let suggestions = self.marks.all().iter().any(|mark| mark.target.is_suggestion());
        let selected = self.selected().is_some();
        let idle = !selected && view.state.chosen == Chosen::Nothing;
        let mut deeds = Vec::new();
        ui.input_mut(|input| {
            input.events.retain(|event| match deed(event, height) {
                None => true,
                // With nothing to visit or to clear, these keys are the window's.
                Some(Deed::Suggestion { .. }) if !suggestions => true,
                Some(Deed::Clear) if idle => true,
                Some(Deed::Copy) if !selected => true,
                Some(deed) => {
                    deeds.push(deed);
                    false
                }
            });
        });
        for deed in deeds {
            self.by_keyboard = true;
            match deed {
                Deed::Move { motion, extend } => {
                    self.move_caret(ui, motion, extend, around, view);
                }
                Deed::Copy => {
                    if let (Some(span), Some(sheet)) = (self.selected(), &self.sheet) {
                        ui.ctx().copy_text(span.of(&sheet.article.text).to_owned());
                    }
                }
                deed => self.act(deed, view),
            }
        }
        if response.has_focus() {
            ui.memory_mut(|memory| memory.request_focus(response.id));
        }
    }

    fn move_caret(&mut self, ui: &Ui, motion: Motion, extend: bool, around: (f32, f32), view: &View<'_>) {
        let Some(sheet) = self.sheet.clone() else { return };
        let Self { cache, heights, caret, .. } = self;
        let mut page = Setter { ctx: ui.ctx(), sheet: &sheet, theme: &view.theme, around, cache, heights };
        caret.step(motion, &mut page);
        self.selection.focus = self.caret.byte;
        if !extend {
            self.selection.anchor = self.caret.byte;
        }
        let byte = self.caret.byte;
        self.wishes.reveal = Some((Span { start: byte as u32, end: byte as u32 + 1 }, Reveal::Nearest));
    }

    /// Does what a key asks for.
    pub(super) fn act(&mut self, deed: Deed, view: &mut View<'_>) {
        let chosen = view.state.chosen.clone();
        match deed {
            Deed::Move { .. } | Deed::Copy => {}
            Deed::Clear => {
                if self.selected().is_some() {
                    self.selection = Selection::at(self.caret.byte);
                } else {
                    view.ask(Request::Choose(Chosen::Nothing));
                }
            }
            Deed::Suggestion { back } => self.visit(&chosen, back, view),
            Deed::Accept => {
                if let Chosen::Suggestion(key) = chosen {
                    view.run(Command::Accept(key.clone()));
                    self.go_on(&key, view);
                }
            }
            Deed::Reject => {
                if let Chosen::Suggestion(key) = chosen {
                    view.run(Command::Reject(key.clone()));
                    self.go_on(&key, view);
                }
            }
            Deed::Edit => {
                match chosen {
                    Chosen::Suggestion(key) => view.run(Command::Accept(key)),
                    Chosen::Claim(_) => {}
                    Chosen::Nothing => return,
                }
                view.ask(Request::Focus(Place::Inspector));
            }
            Deed::Delete => {
                if let Chosen::Claim(id) = chosen {
                    view.run(Command::DeleteClaims(vec![id]));
                    view.ask(Request::Choose(Chosen::Nothing));
                }
            }
            Deed::AcceptSure => {
                let article = view.state.article.clone();
                view.run(Command::AcceptAll { article, at_least: Grade::Sure });
            }
            Deed::Digit(digit) => {
                if let Some(category) = view.session.codebook().category_of_digit(digit) {
                    self.tag(category.id.clone(), view);
                }
            }
            Deed::Swap => {
                let swap = |reading: &mut Reading| std::mem::swap(&mut reading.from, &mut reading.to);
                let fields = [ReadingField::From, ReadingField::To];
                self.correct(&chosen, swap, &fields, "swap direction", view);
            }
            Deed::Nudge(nudge) => self.nudge(nudge, &chosen, view),
        }
    }

    /// Does what a button of the small bar asks for.
    pub(super) fn press(&mut self, pressed: Pressed, view: &mut View<'_>) {
        match pressed {
            Pressed::Accept => self.act(Deed::Accept, view),
            Pressed::Edit => self.act(Deed::Edit, view),
            Pressed::Reject => self.act(Deed::Reject, view),
            Pressed::Tag(category) => self.tag(category, view),
        }
    }

    /// Tags the selection; without one, gives what is chosen the category.
    fn tag(&mut self, category: Name, view: &mut View<'_>) {
        let (Some(span), Some(article)) = (self.selected(), view.state.article.clone()) else {
            let chosen = view.state.chosen.clone();
            let set = |reading: &mut Reading| reading.category = category.clone();
            return self.correct(&chosen, set, &[ReadingField::Category], "set category", view);
        };
        view.run(Command::Tag { article, span, category });
        self.caret = Caret::at(span.end as usize);
        self.selection = Selection::at(self.caret.byte);
        self.wishes.tagged = Some(span);
    }

    /// Chooses the claim that tagging a span has made: the youngest there.
    pub(super) fn choose_tagged(&mut self, span: Span, view: &mut View<'_>) {
        let Some(article) = &view.state.article else { return };
        let claims = view.session.claims_of(article);
        let youngest = claims.into_iter().filter(|claim| claim.span() == span).max_by(|a, b| a.id.cmp(&b.id));
        if let Some(claim) = youngest {
            let chosen = Chosen::Claim(claim.id.clone());
            self.wishes.chosen = chosen.clone();
            view.ask(Request::Choose(chosen));
        }
    }

    /// Changes the reading of what is chosen and marks the fields as the analyst's. A suggestion
    /// becomes a claim by it.
    fn correct(
        &mut self,
        chosen: &Chosen,
        change: impl Fn(&mut Reading),
        fields: &[ReadingField],
        label: &str,
        view: &mut View<'_>,
    ) {
        let by_hand = |trace: &mut Trace| trace.extend(fields.iter().map(|field| (*field, Provenance::hand())));
        match chosen {
            Chosen::Claim(id) => {
                let Some(mut claim) = view.session.workspace().claims.get(id).cloned() else { return };
                change(&mut claim.reading);
                by_hand(&mut claim.trace);
                view.run(Command::ChangeClaim { claim: Box::new(claim), label: label.into() });
            }
            Chosen::Suggestion(key) => {
                let pending = view.session.pending(&key.article);
                let Some(suggestion) = pending.into_iter().find(|suggestion| suggestion.key() == *key) else { return };
                let (mut reading, mut trace) = (Box::new(suggestion.reading.clone()), suggestion.trace.clone());
                change(&mut reading);
                by_hand(&mut trace);
                view.run(Command::AcceptAs { suggestion: key.clone(), reading, trace });
            }
            Chosen::Nothing => {}
        }
    }

    /// Moves a boundary of the selection, or else of the chosen claim.
    fn nudge(&mut self, nudge: Nudge, chosen: &Chosen, view: &mut View<'_>) {
        if let Some(span) = self.selected() {
            if let Some(span) = self.nudged(span, nudge) {
                self.selection = Selection::of(span.range());
                self.caret = Caret::at(span.end as usize);
            }
            return;
        }
        let (Chosen::Claim(id), Some(sheet)) = (chosen, self.sheet.clone()) else { return };
        let Some(claim) = view.session.workspace().claims.get(id) else { return };
        let text = &sheet.article.text;
        let holds = claim.article == sheet.article.id && claim.evidence.first().is_some_and(|main| main.holds(text));
        let anchor =
            (holds.then(|| self.nudged(claim.span(), nudge)).flatten()).and_then(|span| Anchor::new(text, span));
        let Some(anchor) = anchor else { return };
        self.wishes.reveal = Some((anchor.span, Reveal::Third));
        let evidence = std::iter::once(anchor).chain(claim.evidence.iter().skip(1).cloned()).collect();
        let claim = Box::new(Claim { evidence, ..claim.clone() });
        view.run(Command::ChangeClaim { claim, label: "move boundary".into() });
    }

    /// A span with one boundary moved. `None` where it would be empty or nothing is left to take in.
    fn nudged(&self, span: Span, nudge: Nudge) -> Option<Span> {
        let sheet = self.sheet.as_ref()?;
        let step = if nudge.letter { letter_boundary } else { word_boundary };
        let (mut start, mut end) = (span.start as usize, span.end as usize);
        let back = nudge.end != nudge.grow;
        if nudge.end {
            end = step(sheet, end, back);
        } else {
            start = step(sheet, start, back);
        }
        // A boundary that moves inwards lands behind a word: the space there is not wanted.
        let text = &sheet.article.text;
        let words = text.get(start..end.max(start))?;
        if !nudge.letter && !nudge.end && !nudge.grow {
            start += words.len() - words.trim_start_matches(|c: char| !c.is_alphanumeric()).len();
        }
        if !nudge.letter && nudge.end && !nudge.grow {
            // Going back lands before the last word.
            end = start + text.get(start..end.max(start))?.trim_end_matches(|c: char| !c.is_alphanumeric()).len();
        }
        Span::checked(text, start, end).filter(|moved| *moved != span)
    }

    /// Chooses the next suggestion, or the one before, and shows it.
    fn visit(&mut self, chosen: &Chosen, back: bool, view: &mut View<'_>) {
        let here = self.marks.of_chosen(chosen).map_or(self.caret.byte, |mark| mark.span.start as usize);
        let Some(mark) = self.marks.next_suggestion(chosen, here, back) else { return };
        let (target, span) = (mark.target.chosen(), mark.span);
        self.choose(target, span, view);
    }

    /// Goes on to the next suggestion after one was decided. Behind the last, what it became stays
    /// chosen.
    fn go_on(&mut self, key: &SuggestionKey, view: &mut View<'_>) {
        let chosen = Chosen::Suggestion(key.clone());
        let next = self.marks.next_suggestion(&chosen, 0, false).filter(|mark| !mark.target.is(&chosen));
        if let Some((target, span)) = next.map(|mark| (mark.target.chosen(), mark.span)) {
            self.choose(target, span, view);
        }
    }

    fn choose(&mut self, target: Chosen, span: Span, view: &mut View<'_>) {
        self.caret = Caret::at(span.start as usize);
        self.selection = Selection::at(self.caret.byte);
        self.wishes.chosen = target.clone();
        self.wishes.reveal = Some((span, Reveal::Third));
        view.ask(Request::Choose(target));
    }
}
