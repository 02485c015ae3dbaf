//! What keys and the buttons of the small bar do.

use egui::Ui;

use super::caret::{Caret, Motion};
use super::keys::{Deed, deed};
use super::toolbar::Pressed;
use super::{Field, Reader, Reveal, Setter};
use crate::claim::Span;
use crate::session::Command;
use crate::ui::actions::Action;
use crate::ui::state::{Request, View};

impl Reader {
    /// Takes in the keys that mean something here, and leaves the others.
    pub(super) fn keyboard(&mut self, ui: &Ui, field: Field, around: (f32, f32), view: &View<'_>) {
        let height = field.text.height();
        let selected = self.selected();
        let mac = ui.ctx().os().is_mac();
        let mut deeds = Vec::new();
        ui.input_mut(|input| {
            input.events.retain(|event| match deed(event, height, mac) {
                None => true,
                Some(Deed::Copy) if selected.is_none() => true,
                Some(deed) => {
                    deeds.push(deed);
                    false
                }
            });
        });
        for deed in deeds {
            match deed {
                Deed::Move { motion, extend } => self.move_caret(ui, motion, extend, around, view),
                Deed::Copy => {
                    if let (Some(span), Some(sheet)) = (selected, &self.sheet) {
                        ui.ctx().copy_text(span.of(&sheet.article.text).to_owned());
                    }
                }
            }
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
        let byte = self.caret.byte as u32;
        self.wishes.reveal = Some((Span { start: byte, end: byte + 1 }, Reveal::Nearest));
    }

    /// Does what a button of the small bar asks for.
    pub(super) fn press(&mut self, pressed: Pressed, view: &mut View<'_>) {
        match pressed {
            Pressed::Accept => view.ask(Request::Act(Action::Accept)),
            Pressed::Edit => view.ask(Request::Act(Action::Edit)),
            Pressed::Reject => view.ask(Request::Act(Action::Reject)),
            Pressed::Add => view.ask(Request::Act(Action::AddEvidence)),
            Pressed::Teach(sort) => view.ask(Request::Act(Action::Teach(sort))),
            Pressed::Tag(category) => {
                let (Some(span), Some(article)) = (self.selected(), view.state.article.clone()) else { return };
                self.caret = Caret::at(span.end as usize);
                view.run(Command::Tag { article, span, category });
            }
        }
    }
}
