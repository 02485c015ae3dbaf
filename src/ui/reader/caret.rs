//! The caret: a position in the article, and how keys move it.

use std::sync::Arc;

use egui::vec2;

use super::layout::Laid;
use super::selection::{letter_boundary, sentence_boundary, word_boundary};
use super::sheet::Sheet;

/// Where the next letter would go, if letters could be written here.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Caret {
    /// In bytes of the article.
    pub byte: usize,
    /// Whether it stands at the end of its row rather than at the beginning of the next, where
    /// the byte is both.
    pub early: bool,
    /// The distance from the left edge that going up and down keeps to.
    pub goal: Option<f32>,
}

/// A way to move.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Motion {
    /// To the letter before.
    Left,
    /// To the letter behind.
    Right,
    /// To the beginning of the word, or of the one before.
    WordLeft,
    /// To the end of the word, or of the one behind.
    WordRight,
    /// To the beginning of the sentence, or of the one before.
    SentenceLeft,
    /// To the end of the sentence, or of the one behind.
    SentenceRight,
    /// One row up.
    Up,
    /// One row down.
    Down,
    /// To the beginning of the row.
    RowStart,
    /// To the end of the row.
    RowEnd,
    /// To the beginning of the paragraph, or of the one before.
    ParagraphUp,
    /// To the beginning of the next paragraph.
    ParagraphDown,
    /// So many points up.
    PageUp(f32),
    /// So many points down.
    PageDown(f32),
    /// To the first letter of the article.
    Start,
    /// Behind the last letter of the article.
    End,
}

/// What moving a caret needs to know of the page.
pub trait Page {
    /// The paragraphs.
    fn sheet(&self) -> &Sheet;
    /// A paragraph, laid out.
    fn laid(&mut self, index: usize) -> Arc<Laid>;
    /// How far below the top of the article a paragraph's first row begins, in points.
    fn rows_top(&self, index: usize) -> f64;
    /// The paragraph at a height, and how far below the top of its first row that is.
    fn find(&self, y: f64) -> (usize, f32);
    /// The height of the article, in points.
    fn total(&self) -> f64;
}

impl Caret {
    /// A caret at a byte of the article.
    pub fn at(byte: usize) -> Self {
        Self { byte, ..Self::default() }
    }

    /// Moves. At either end of the article it stays.
    pub fn step(&mut self, motion: Motion, page: &mut impl Page) {
        let (first, last) = page.sheet().ends();
        let Some(index) = page.sheet().paragraph_at(self.byte) else { return };
        let goal = self.goal.take();
        let early = std::mem::take(&mut self.early);
        match motion {
            Motion::Left => self.byte = letter_boundary(page.sheet(), self.byte, true),
            Motion::Right => self.byte = letter_boundary(page.sheet(), self.byte, false),
            Motion::WordLeft => self.byte = word_boundary(page.sheet(), self.byte, true),
            Motion::WordRight => self.byte = word_boundary(page.sheet(), self.byte, false),
            Motion::SentenceLeft => self.byte = sentence_boundary(page.sheet(), self.byte, true),
            Motion::SentenceRight => self.byte = sentence_boundary(page.sheet(), self.byte, false),
            Motion::Start => self.byte = first,
            Motion::End => self.byte = last,
            Motion::ParagraphUp => {
                let start = |index: usize| page.sheet().paragraphs[index].span.start as usize;
                self.byte = if self.byte > start(index) { start(index) } else { start(index.saturating_sub(1)) };
            }
            Motion::ParagraphDown => {
                self.byte = page.sheet().paragraphs.get(index + 1).map_or(last, |next| next.span.start as usize);
            }
            Motion::RowStart | Motion::RowEnd => {
                let laid = page.laid(index);
                let x = if motion == Motion::RowStart { f32::NEG_INFINITY } else { f32::INFINITY };
                (self.byte, self.early) = laid.hit_row(laid.place(self.byte, early).row, x);
            }
            Motion::Up | Motion::Down => self.by_row(index, early, goal, motion == Motion::Up, page),
            Motion::PageUp(points) => self.by_points(index, early, goal, -points, page),
            Motion::PageDown(points) => self.by_points(index, early, goal, points, page),
        }
        self.byte = self.byte.clamp(first, last);
    }

    fn by_row(&mut self, index: usize, early: bool, goal: Option<f32>, up: bool, page: &mut impl Page) {
        let laid = page.laid(index);
        let place = laid.place(self.byte, early);
        let x = goal.unwrap_or(place.x + laid.indent);
        let target = if up {
            match (place.row.checked_sub(1), index.checked_sub(1)) {
                (Some(row), _) => Some((laid, row)),
                (None, Some(above)) => {
                    let above = page.laid(above);
                    let row = above.row_count() - 1;
                    Some((above, row))
                }
                (None, None) => None,
            }
        } else if place.row + 1 < laid.row_count() {
            Some((laid, place.row + 1))
        } else {
            (index + 1 < page.sheet().paragraphs.len()).then(|| (page.laid(index + 1), 0))
        };
        let (first, last) = page.sheet().ends();
        match target {
            Some((laid, row)) => {
                (self.byte, self.early) = laid.hit_row(row, x - laid.indent);
                self.goal = Some(x);
            }
            None => self.byte = if up { first } else { last },
        }
    }

    fn by_points(&mut self, index: usize, early: bool, goal: Option<f32>, points: f32, page: &mut impl Page) {
        let laid = page.laid(index);
        let place = laid.place(self.byte, early);
        let x = goal.unwrap_or(place.x + laid.indent);
        let y = page.rows_top(index) + f64::from(laid.row_rect(place.row).center().y + points);
        let (first, last) = page.sheet().ends();
        if y < 0.0 || y > page.total() {
            self.byte = if points < 0.0 { first } else { last };
            return;
        }
        let (index, below) = page.find(y);
        let laid = page.laid(index);
        (self.byte, self.early) = laid.hit(vec2(x - laid.indent, below));
        self.goal = Some(x);
    }
}
