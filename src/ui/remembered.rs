//! How the window was left: look, zoom, folded places. Kept in the user's settings, never work.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::App;
use super::state::{Look, Place};
use crate::claim::Grade;

/// What is kept from one start to the next. What cannot be read is as it was meant at first.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
struct Remembered {
    look: u8,
    zoom: f32,
    folded: BTreeSet<u8>,
    threshold: Option<Grade>,
}

impl Default for Remembered {
    fn default() -> Self {
        Self { look: 0, zoom: 1.0, folded: BTreeSet::new(), threshold: None }
    }
}

impl App {
    /// Leaves the window as it was left. Called once, before the first frame.
    pub(super) fn recall(&mut self, ctx: &egui::Context) {
        let Ok(kept) = ron::from_str::<Remembered>(self.session.ui_settings()) else { return };
        self.state.look = Look::ALL.get(usize::from(kept.look)).copied().unwrap_or_default();
        self.state.threshold = kept.threshold;
        self.state.folded = Place::ALL.into_iter().filter(|place| kept.folded.contains(&(*place as u8))).collect();
        if (0.5..=3.0).contains(&kept.zoom) {
            ctx.set_zoom_factor(kept.zoom);
        }
    }

    /// Keeps how the window stands, where that has changed.
    pub(super) fn remember(&mut self, ctx: &egui::Context) {
        let look = Look::ALL.iter().position(|look| *look == self.state.look).unwrap_or(0);
        let now = Remembered {
            look: u8::try_from(look).unwrap_or(0),
            zoom: ctx.zoom_factor(),
            folded: self.state.folded.iter().map(|place| *place as u8).collect(),
            threshold: self.state.threshold,
        };
        let key = egui::Id::unique("remembered");
        if ctx.data(|data| data.get_temp::<Remembered>(key)).as_ref() == Some(&now) {
            return;
        }
        if let Ok(text) = ron::to_string(&now)
            && text != self.session.ui_settings()
        {
            self.session.set_ui_settings(text);
        }
        ctx.data_mut(|data| data.insert_temp(key, now));
    }
}
