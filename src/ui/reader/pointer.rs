//! The mouse: clicks that choose, drags that select.

use egui::{Pos2, Response, Ui};

use super::caret::Caret;
use super::paint::Visible;
use super::selection::{Selection, Unit, sentence_at, word_at};
use super::spans::{Mark, Marks};
use super::{Field, Reader};
use crate::claim::WordSort;
use crate::ui::actions::Action;
use crate::ui::state::{Chosen, Request, View};
use crate::ui::widgets;

/// Two presses so close in time (seconds) and place (points) are a double click.
const DOUBLE: (f64, f32) = (0.35, 6.0);

/// What the mouse is doing.
#[derive(Debug, Default)]
pub struct Hand {
    /// Where the button went down, and how the selection grows from there.
    hold: Option<(std::ops::Range<usize>, Unit)>,
    /// Whether the mouse has moved since, so that this is no click.
    moved: bool,
    /// When and where it went down last, and how often in quick succession.
    press: Option<(f64, Pos2, u8)>,
}

impl Hand {
    /// Whether no button is held over the text.
    pub fn is_free(&self) -> bool {
        self.hold.is_none()
    }
}

impl Reader {
    /// Takes in the mouse. Returns whether the view was scrolled.
    pub(super) fn pointer(
        &mut self,
        ui: &Ui,
        response: &Response,
        field: Field,
        visible: &[Visible],
        view: &mut View<'_>,
    ) -> bool {
        let (pressed, pos, modifiers) =
            ui.input(|input| (input.pointer.primary_pressed(), input.pointer.interact_pos(), input.modifiers));
        let Some(pos) = pos else {
            self.hand.hold = None;
            return false;
        };
        let mut scrolled = false;
        if pressed && (response.is_pointer_button_down_on() || response.clicked()) {
            self.press_at(ui, response, pos, modifiers.shift, visible);
        }
        if response.dragged_by(egui::PointerButton::Primary) && self.hand.hold.is_some() {
            self.hand.moved = true;
            scrolled = self.drag_to(ui, field, pos, modifiers.alt, visible);
        }
        if response.clicked() && !self.hand.moved {
            self.click_at(pos, modifiers.shift, visible, view);
        }
        if !ui.input(|input| input.pointer.primary_down()) {
            self.hand.hold = None;
            self.hand.moved = false;
        }
        scrolled
    }

    /// The menu of the right button: what can be done with the selected words, or with the ones
    /// under the pointer.
    pub(super) fn menu(&mut self, response: &Response, visible: &[Visible], view: &mut View<'_>) {
        if response.secondary_clicked()
            && let Some(pos) = response.interact_pointer_pos()
            && let Some(sheet) = self.sheet.clone()
            && let Some((byte, _)) = hit(pos, visible)
        {
            response.request_focus();
            let inside = self.selection.span(&sheet.article.text).is_some_and(|span| span.range().contains(&byte));
            let mark = self.marks_under(pos, visible).first().map(|mark| mark.target.chosen());
            if let Some(chosen) = mark.filter(|_| !inside) {
                self.selection = Selection::at(byte);
                self.wishes.chosen = chosen.clone();
                view.ask(Request::Choose(chosen));
            } else if !inside && let Some(word) = word_at(&sheet, letter_under(pos, visible).unwrap_or(byte)) {
                self.selection = Selection::of(word.clone());
                self.caret = Caret::at(word.end);
            }
        }
        widgets::context_menu(response, |ui| {
            ui.set_min_width(250.0);
            let decide = [Action::Accept, Action::Edit, Action::Reject].map(Some);
            let learn = WordSort::ALL.map(|sort| Some(Action::Teach(sort)));
            let tags = (1..=9).chain([0]).map(|digit| Some(Action::Tag(digit)));
            let all = decide.into_iter().chain([None]).chain(learn).chain([None]).chain(tags);
            let mut after = false;
            for action in all.chain([None, Some(Action::Words)]) {
                match action {
                    None if after => {
                        ui.separator();
                        after = false;
                    }
                    Some(action) if action.enabled(view.session, view.state) => {
                        let mut button = egui::Button::new(action.label(view.session, view.state));
                        if let Some(keys) = view.state.keys.words(action, ui.ctx()) {
                            button = button.shortcut_text(keys);
                        }
                        if ui.add(button).clicked() {
                            view.ask(Request::Act(action));
                        }
                        after = true;
                    }
                    _ => {}
                }
            }
        });
    }

    fn press_at(&mut self, ui: &Ui, response: &Response, pos: Pos2, shift: bool, visible: &[Visible]) {
        response.request_focus();
        let now = ui.input(|input| input.time);
        let count = match self.hand.press {
            Some((time, place, count)) if now - time < DOUBLE.0 && place.distance(pos) < DOUBLE.1 => count % 3 + 1,
            _ => 1,
        };
        self.hand.press = Some((now, pos, count));
        self.hand.moved = false;
        let Some((byte, _)) = hit(pos, visible) else { return };
        let Some(sheet) = self.sheet.clone() else { return };
        let letter = letter_under(pos, visible).unwrap_or(byte);
        let whole = match count {
            2 => word_at(&sheet, letter).map(|range| (range, Unit::Word)),
            3 => sentence_at(&sheet, letter).map(|range| (range, Unit::Sentence)),
            _ => None,
        };
        self.hand.hold = Some(match whole {
            Some((range, unit)) => {
                self.selection = Selection::of(range.clone());
                self.caret = Caret::at(range.end);
                (range, unit)
            }
            None if shift => (self.selection.anchor..self.selection.anchor, Unit::Word),
            None => (byte..byte, Unit::Word),
        });
    }

    /// Extends the selection to a point; beyond an edge of the view, scrolls.
    fn drag_to(&mut self, ui: &Ui, field: Field, pos: Pos2, alt: bool, visible: &[Visible]) -> bool {
        let (Some((held, unit)), Some(sheet)) = (self.hand.hold.clone(), self.sheet.clone()) else { return false };
        let beyond =
            if pos.y < field.text.min.y { pos.y - field.text.min.y } else { (pos.y - field.text.max.y).max(0.0) };
        if beyond != 0.0 {
            let time = ui.input(|input| input.stable_dt).min(0.1);
            self.scroll.offset += beyond.clamp(-120.0, 120.0) * 10.0 * time;
            ui.ctx().request_repaint();
        }
        let inside = Pos2::new(pos.x, pos.y.clamp(field.text.min.y + 1.0, field.text.max.y - 1.0));
        if let Some((byte, _)) = hit(inside, visible) {
            let unit = if alt { Unit::Character } else { unit };
            let anchor = if byte < held.start { held.end } else { held.start };
            self.selection = Selection::between(&sheet, anchor, byte, unit);
            self.caret = Caret::at(self.selection.focus);
        }
        beyond != 0.0
    }

    fn click_at(&mut self, pos: Pos2, shift: bool, visible: &[Visible], view: &mut View<'_>) {
        if self.hand.press.is_some_and(|(_, _, count)| count > 1) {
            return;
        }
        let (Some((byte, early)), Some(sheet)) = (hit(pos, visible), self.sheet.clone()) else { return };
        if shift {
            self.selection = Selection::between(&sheet, self.selection.anchor, byte, Unit::Word);
            self.caret = Caret::at(self.selection.focus);
            return;
        }
        self.caret = Caret { early, ..Caret::at(byte) };
        self.selection = Selection::at(byte);
        let under = self.marks_under(pos, visible);
        let chosen = Marks::next_of(&under, &view.state.chosen).map_or(Chosen::Nothing, |mark| mark.target.chosen());
        if chosen != view.state.chosen {
            self.wishes.chosen = chosen.clone();
            view.ask(Request::Choose(chosen));
        }
    }

    /// The marks under a point, the shortest first.
    pub(super) fn marks_under(&self, pos: Pos2, visible: &[Visible]) -> Vec<&Mark> {
        let Some(paragraph) = paragraph_under(pos, visible) else { return Vec::new() };
        let over = |mark: &&Mark| paragraph.rects(mark.span.range()).iter().any(|row| row.expand(2.0).contains(pos));
        let mut marks: Vec<&Mark> = self.marks.within(paragraph.bytes()).filter(over).collect();
        marks.sort_by_key(|mark| (mark.span.len(), mark.span.start));
        marks
    }
}

/// The paragraph in view at a height: the last that begins above it, or the first.
fn paragraph_under(pos: Pos2, visible: &[Visible]) -> Option<&Visible> {
    let above = visible.iter().rfind(|paragraph| paragraph.origin.y - paragraph.laid.above <= pos.y);
    above.or(visible.first())
}

/// The byte nearest to a point, and whether the end of a row is meant.
fn hit(pos: Pos2, visible: &[Visible]) -> Option<(usize, bool)> {
    paragraph_under(pos, visible).map(|paragraph| paragraph.laid.hit(pos - paragraph.origin))
}

/// The letter that a point lies on.
fn letter_under(pos: Pos2, visible: &[Visible]) -> Option<usize> {
    paragraph_under(pos, visible).map(|paragraph| paragraph.laid.letter_under(pos - paragraph.origin))
}
