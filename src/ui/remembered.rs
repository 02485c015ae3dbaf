//! What the window remembers from one start to the next: looks and sizes, never work. What does
//! not read is forgotten.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::keymap::Keymap;
use super::state::{Look, Place};
use crate::claim::Grade;

/// What is remembered.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Remembered {
    /// Light, dark, or as the system has it.
    pub look: Look,
    /// How large everything is, 1 being as it was meant.
    pub zoom: f32,
    /// Which places are folded away.
    pub folded: BTreeSet<Place>,
    /// Suggestions below this grade are hidden.
    pub threshold: Option<Grade>,
    /// How wide, or high, places are, in points.
    pub sizes: BTreeMap<Place, f32>,
    /// Keys that were changed.
    pub keys: Keymap,
}

impl Default for Remembered {
    fn default() -> Self {
        Self {
            look: Look::System,
            zoom: 1.0,
            folded: BTreeSet::new(),
            threshold: None,
            sizes: BTreeMap::new(),
            keys: Keymap::default(),
        }
    }
}

impl Remembered {
    /// Reads what [`Remembered::write`] wrote; the standard where it does not read.
    pub fn read(text: &str) -> Self {
        let mut read: Self = ron::from_str(text).unwrap_or_default();
        if !(0.5..=3.0).contains(&read.zoom) {
            read.zoom = 1.0;
        }
        read.sizes.retain(|_, size| (100.0..=1200.0).contains(size));
        read
    }

    /// The notation that is kept.
    pub fn write(&self) -> String {
        ron::to_string(self).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_and_nonsense_is_forgotten() {
        let remembered = Remembered {
            look: Look::Dark,
            zoom: 1.5,
            folded: [Place::Inspector].into(),
            threshold: Some(Grade::Likely),
            sizes: [(Place::Articles, 300.0)].into(),
            keys: Keymap::default(),
        };
        assert_eq!(Remembered::read(&remembered.write()), remembered);
        for text in ["", "nonsense", "(zoom: 900.0)", "(zoom: NaN)", "(sizes: {articles: -3.0})", "(from_later: 3)"] {
            assert_eq!(Remembered::read(text), Remembered::default(), "{text}");
        }
    }
}
