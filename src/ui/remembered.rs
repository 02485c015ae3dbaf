//! What the window remembers from one start to the next: looks and sizes, never work. What does
//! not read is forgotten.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use std::path::{Path, PathBuf};

use super::keymap::Keymap;
use super::state::{Look, Place};
use crate::claim::{ArticleId, Grade};

/// Of so many projects the place is kept where they were left.
const LEFT: usize = 24;

/// Where a project was left.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Left {
    /// The project's folder.
    pub project: PathBuf,
    /// The article that was shown.
    pub article: ArticleId,
    /// The byte at the top of the view.
    pub byte: usize,
}

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
    /// The width and height, in points, that the places share and that `sizes` are for.
    pub room: Option<(f32, f32)>,
    /// Keys that were changed.
    pub keys: Keymap,
    /// How large the window is, in points at 100 %; `None` leaves it as it begins.
    pub window: Option<(f32, f32)>,
    /// Whether it fills the screen.
    pub maximized: bool,
    /// Where projects were left, the latest first.
    pub left: Vec<Left>,
}

impl Default for Remembered {
    fn default() -> Self {
        Self {
            look: Look::System,
            zoom: 1.0,
            folded: BTreeSet::new(),
            threshold: None,
            sizes: BTreeMap::new(),
            room: None,
            keys: Keymap::default(),
            window: None,
            maximized: false,
            left: Vec::new(),
        }
    }
}

impl Remembered {
    /// Reads what [`Remembered::write`] wrote; `None` where it does not read.
    pub fn read(text: &str) -> Option<Self> {
        if text.is_empty() {
            return Some(Self::default());
        }
        let mut read: Self = ron::from_str(text).ok()?;
        if !(0.5..=3.0).contains(&read.zoom) {
            read.zoom = 1.0;
        }
        read.sizes.retain(|_, size| (100.0..=1200.0).contains(size));
        read.room = read
            .room
            .filter(|(width, height)| (100.0..=16_000.0).contains(width) && (100.0..=16_000.0).contains(height));
        let sound = |size: &f32| (320.0..=16_000.0).contains(size);
        read.window = read.window.filter(|(width, height)| sound(width) && sound(height));
        read.left.truncate(LEFT);
        Some(read)
    }

    /// Where a project was left.
    pub fn left_of<'a>(list: &'a [Left], project: &Path) -> Option<&'a Left> {
        list.iter().find(|left| left.project == project)
    }

    /// Notes where a project is left.
    pub fn note_left(list: &mut Vec<Left>, left: Left) {
        list.retain(|other| other.project != left.project);
        list.insert(0, left);
        list.truncate(LEFT);
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
            room: Some((1200.0, 740.0)),
            keys: Keymap::default(),
            window: Some((1200.0, 800.0)),
            maximized: true,
            left: vec![left("/a", 7)],
        };
        assert_eq!(Remembered::read(&remembered.write()), Some(remembered));
        for text in [
            "",
            "(zoom: 900.0)",
            "(zoom: NaN)",
            "(sizes: {articles: -3.0})",
            "(from_later: 3)",
            "(window: Some((0.0, NaN)))",
        ] {
            assert_eq!(Remembered::read(text), Some(Remembered::default()), "{text}");
        }
        assert_eq!(Remembered::read("nonsense"), None);
    }

    fn left(project: &str, byte: usize) -> Left {
        Left { project: project.into(), article: ArticleId("a".into()), byte }
    }

    #[test]
    fn of_each_project_the_last_place_is_kept_and_of_many_the_latest() {
        let mut list = Vec::new();
        for (project, byte) in [("/a", 1), ("/b", 2), ("/a", 3)] {
            Remembered::note_left(&mut list, left(project, byte));
        }
        assert_eq!(list, [left("/a", 3), left("/b", 2)]);
        for n in 0..100 {
            Remembered::note_left(&mut list, left(&format!("/{n}"), n));
        }
        assert_eq!(list.len(), LEFT);
        assert_eq!(Remembered::left_of(&list, Path::new("/99")).map(|left| left.byte), Some(99));
        assert_eq!(Remembered::left_of(&list, Path::new("/a")), None);
    }
}
