//! The range of a fact at a glance, in a cell of the table.

use std::collections::BTreeMap;

use egui::{Rect, Ui};

use super::canvas;
use crate::claim::{Fact, Name};
use crate::formats::picture::{self, Mark};
use crate::session::Session;
use crate::ui::theme::Theme;

/// So many bars are kept at the most: a few screens of them.
const KEPT: usize = 200;

/// The bars that were drawn last: a fact may have a thousand claims, which are not looked through in
/// every frame.
#[derive(Debug, Default)]
pub(super) struct Bars {
    /// Of which facts, and how large.
    of: Option<((u64, u64), u32, [u32; 2])>,
    /// By the place of the fact.
    bars: BTreeMap<u32, Vec<Mark>>,
}

impl Bars {
    /// Draws the bar of a fact, its place among all being given, into a rectangle.
    pub(super) fn paint(
        &mut self,
        ui: &Ui,
        rect: Rect,
        (place, fact): (u32, &Fact),
        session: &Session,
        (theme, parties): (&Theme, &[Name]),
    ) {
        let size = [rect.width().to_bits(), rect.height().to_bits()];
        let of = Some((session.facts_edition(), session.codebook().revision, size));
        if self.of != of || self.bars.len() > KEPT {
            (self.of, self.bars) = (of, BTreeMap::new());
        }
        let marks = self.bars.entry(place).or_insert_with(|| {
            let corners = ((0.0, 0.0), (rect.width(), rect.height()));
            picture::bar(fact, &|id| session.claim(id), parties, corners)
        });
        canvas::paint(ui, &*marks, rect.min, theme, parties);
    }
}
