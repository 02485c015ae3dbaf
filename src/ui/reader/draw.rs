//! What the reader draws around and over the words: marks, rail, header, bars; and what it says of them.

use egui::{Rect, Response, RichText, Sense, Stroke, StrokeKind, Ui, pos2, vec2};

use super::header::Header;
use super::paint::{Brush, Visible};
use super::scroll::Scroll;
use super::sheet::Sheet;
use super::spans::Mark;
use super::{FLASH, Field, Reader, Reveal, access, toolbar};
use crate::article::Article;
use crate::claim::Span;
use crate::ui::actions::Action;
use crate::ui::state::{Request, View};
use crate::ui::theme::Theme;

impl Reader {
    /// The rail at the right edge: marks, what is in view, a way to jump.
    pub(super) fn rail(&mut self, ui: &Ui, field: Field, sheet: &Sheet, view: &View<'_>) {
        let theme = &view.theme;
        let rail = field.rail.shrink2(vec2(0.0, 6.0));
        let response = ui.interact(field.rail, ui.scope_id().with("rail"), Sense::click_and_drag());
        response
            .widget_info(|| egui::WidgetInfo::labeled(egui::accesskit::Role::ScrollBar, true, "Place in the article"));
        self.rail.update(self.marks_made, rail, (sheet, &self.heights, &self.marks), (view.session.codebook(), theme));
        let total = self.heights.total().max(1.0);
        let seen = |y: f64| (y / total).clamp(0.0, 1.0) as f32;
        let top = self.scroll.y(&self.heights);
        let shown = (seen(top), seen(top + f64::from(field.text.height())));
        if let Some(pos) = response.interact_pointer_pos().filter(|_| response.dragged() || response.clicked()) {
            match self.rail.mark_at(rail, pos.y).and_then(|mark| self.marks.get(mark)) {
                Some(mark) if response.clicked() => self.wishes.reveal = Some((mark.span, Reveal::Flash)),
                _ => {
                    let share = f64::from((pos.y - rail.min.y) / rail.height()).clamp(0.0, 1.0);
                    let y = share * total - f64::from(field.text.height()) / 2.0;
                    self.scroll = Scroll::at(y.max(0.0), &self.heights);
                }
            }
            ui.ctx().request_repaint();
        }
        self.rail.paint(ui.painter(), rail, shown, response.hovered() || response.dragged(), theme);
    }

    /// The mark under the pointer.
    pub(super) fn hovered(&self, ui: &Ui, response: &Response, visible: &[Visible]) -> Option<Mark> {
        if !response.hovered() || !self.hand.is_free() {
            return None;
        }
        let pos = ui.input(|input| input.pointer.hover_pos())?;
        let mark = self.marks_under(pos, visible).first().map(|mark| (*mark).clone());
        let over_words =
            visible.iter().any(|visible| visible.laid.galley.rect.translate(visible.origin.to_vec2()).contains(pos));
        if over_words {
            ui.ctx().set_cursor_icon(egui::CursorIcon::Text);
        }
        mark
    }

    /// The marks behind, under and around the words, the words, the selection, the caret.
    pub(super) fn paint(
        &self,
        ui: &Ui,
        field: Field,
        visible: &[Visible],
        hovered: Option<&Mark>,
        (response, view): (&Response, &View<'_>),
    ) {
        let theme = &view.theme;
        let painter = ui.painter_at(field.text);
        let (codebook, chosen) = (view.session.codebook(), &view.state.chosen);
        let brush = Brush { painter: &painter, theme, codebook, marks: &self.marks, chosen };
        let selected = self.selected();
        let (hits, hit_shown) = view.state.article.as_ref().map_or((&[][..], None), |id| self.find.hits_of(id));
        let flash = self.flash.as_ref().and_then(|(spans, since)| {
            let age = ui.input(|input| input.time) - since;
            // A reason stays lit as long as it is told of.
            let stays = view.state.reason.is_some();
            (stays || age < FLASH).then(|| (spans, if stays { 1.0 } else { 1.0 - (age / FLASH) as f32 }))
        });
        if flash.is_some() && view.state.reason.is_none() {
            ui.ctx().request_repaint_after(std::time::Duration::from_millis(33));
        }
        for paragraph in visible {
            brush.fills(paragraph);
            if let Some((spans, strength)) = flash {
                let bytes = paragraph.bytes();
                let here = |span: &&Span| (span.start as usize) < bytes.end && (span.end as usize) > bytes.start;
                for span in spans.iter().filter(here) {
                    brush.ground(paragraph, span.range(), theme.hit(true).gamma_multiply(strength));
                }
            }
            let first = hits.partition_point(|hit| (hit.span.end as usize) <= paragraph.bytes().start);
            for hit in hits[first..].iter().take_while(|hit| (hit.span.start as usize) < paragraph.bytes().end) {
                let shown = Some(hit.span) == hit_shown;
                brush.ground(paragraph, hit.span.range(), theme.hit(shown));
                if shown {
                    brush.frame(paragraph, hit.span.range(), theme.doubt);
                }
            }
            if let Some(span) = selected {
                brush.ground(paragraph, span.range(), theme.selected());
                brush.frame(paragraph, span.range(), theme.accent);
            }
        }
        for paragraph in visible {
            brush.words(paragraph);
        }
        let margin = field.left + field.width + 14.0;
        let room = field.text.max.x - margin - 4.0;
        for paragraph in visible {
            brush.lines(paragraph, hovered);
            if room >= 60.0 {
                brush.margin(paragraph, margin, room);
            }
        }
        if response.has_focus() {
            let here = visible.iter().rfind(|paragraph| {
                let bytes = paragraph.bytes();
                bytes.contains(&self.caret.byte) || bytes.end == self.caret.byte
            });
            if let Some(paragraph) = here {
                brush.caret(paragraph, self.caret.byte, self.caret.early);
            }
        }
    }

    /// The lines over the article.
    pub(super) fn header(&self, ui: &mut Ui, field: Field, header: &Header, visible: &[Visible], theme: &Theme) {
        let clip = ui.clip_rect();
        let first = visible.first().filter(|visible| visible.index == 0);
        let (above, below) = match first {
            Some(first) => {
                let corner = first.origin - vec2(first.laid.indent, first.laid.above);
                let bottom = first.origin.y + first.laid.galley.rect.height();
                (corner - vec2(0.0, header.around().0), pos2(field.left, bottom))
            }
            None if visible.is_empty() => (pos2(field.left, field.text.min.y), pos2(field.left, field.text.min.y)),
            None => return,
        };
        ui.set_clip_rect(clip.intersect(field.text));
        header.paint(ui, above, below, theme);
        ui.set_clip_rect(clip);
    }

    /// The marks in view for those who listen; one that they press is chosen.
    pub(super) fn mark_nodes(
        &mut self,
        ui: &Ui,
        field: Field,
        visible: &[Visible],
        article: &Article,
        view: &mut View<'_>,
    ) {
        let (Some(first), Some(last)) = (visible.first(), visible.last()) else { return };
        let mut pressed = None;
        for mark in self.marks.within(first.bytes().start..last.bytes().end) {
            let rows = visible.iter().flat_map(|paragraph| paragraph.rects(mark.span.range()));
            let Some(row) = rows.into_iter().find(|row| field.text.intersects(*row)) else { continue };
            let rect = row.intersect(field.text);
            let chosen = mark.target.is(&view.state.chosen);
            if access::mark(ui, ui.scope_id(), mark, rect, chosen, &article.text) {
                pressed = Some(mark.target.chosen());
            }
        }
        if let Some(chosen) = pressed {
            view.ask(Request::Choose(chosen));
        }
    }

    /// The small bar beside what is selected or chosen.
    pub(super) fn bars(
        &mut self,
        ui: &Ui,
        response: &Response,
        field: Field,
        visible: &[Visible],
        view: &mut View<'_>,
    ) {
        if !self.hand.is_free() {
            return;
        }
        let theme = view.theme.clone();
        let rows = |span: Span| {
            let rows = visible.iter().flat_map(|paragraph| paragraph.rects(span.range()));
            rows.filter(|row| field.text.intersects(*row)).reduce(|a, b| {
                // Beside the last row, but clear of all of them.
                Rect::from_min_max(pos2(b.min.x, a.min.y), b.max)
            })
        };
        let pressed = if let Some(span) = self.selected() {
            let Some(words) = rows(span) else { return };
            let (codebook, used) = (view.session.codebook(), self.marks.categories());
            let addable = Action::AddEvidence.enabled(view.session, view.state);
            toolbar::tags(ui, codebook, &used, (span, addable), (words, field.text), &theme)
        } else if let Some(mark) =
            self.marks.of_chosen(&view.state.chosen, view.session).filter(|mark| mark.target.is_suggestion())
        {
            let Some(words) = rows(mark.span) else { return };
            toolbar::suggestion(ui, mark, &mark.summary(view.session), words, field.text, &theme)
        } else {
            None
        };
        if let Some(pressed) = pressed {
            response.request_focus();
            self.press(pressed, view);
        }
    }
}

/// What a mark under the pointer stands for.
pub(super) fn tooltip(response: &Response, mark: &Mark, view: &View<'_>) {
    let codebook = view.session.codebook();
    let label = codebook.category(&mark.category).map_or(&*mark.category, |category| &*category.label).to_owned();
    let colour = codebook.category(&mark.category).map_or(&*mark.category, |category| &*category.colour);
    let (tint, theme) = (view.theme.category(colour), view.theme.clone());
    let session = view.session;
    response.clone().on_hover_ui_at_pointer(|ui| {
        ui.horizontal(|ui| {
            let (rect, _) = ui.allocate_exact_size(vec2(10.0, 10.0), Sense::hover());
            ui.painter().rect(rect, 2.0, tint.fill, Stroke::new(1.0, tint.line), StrokeKind::Inside);
            ui.label(RichText::new(label).strong());
            let kind = mark.grade.map_or("claim".to_owned(), |grade| format!("suggestion, {}", grade.word()));
            ui.label(RichText::new(kind).color(theme.secondary));
        });
        ui.label(format!("{} · {}", mark.count(), mark.summary(session)));
    });
}
