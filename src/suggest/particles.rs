//! Verbs whose two words stand apart: "let 11 soldiers go", "brought 205 defenders home".
//!
//! The lexicon writes them together ("let go"). Here the first word is kept with the last, so that
//! the object may stand between; only last words that are seldom anything but the verb's are split off.

use std::ops::Range;

use rustc_hash::FxHashMap;

use super::lexicon_pass::Forms;
use super::sheet::{Sheet, What};
use super::word_set::{WordSet, key};
use crate::claim::FrameEntry;

/// Last words that an object may part from their verb.
const PARTICLES: &WordSet = words![
    "back", "home", "over", "free", "go", "hostage", "captive", "prisoner", "alive", "dead", "homes", "up", "out",
    "ashore", "homeless", "water", "sea", "river", "safety", "off", "action",
];

/// How many units the object between may have.
const REACH: usize = 12;

/// A verb that can stand apart: its last word, its frame and in which forms.
#[derive(Clone, Debug)]
struct Parted {
    last: Box<str>,
    frame: u16,
    forms: Forms,
}

/// The verbs of a lexicon that can stand apart, by their first word.
#[derive(Debug)]
pub(super) struct Particles {
    by_first: FxHashMap<Box<str>, Vec<Parted>>,
    /// A bit for the [`key`] of each first word.
    keys: Box<[u64; 1024]>,
}

impl Particles {
    /// Collects them from the frames of a lexicon.
    pub(super) fn new(frames: &[FrameEntry]) -> Self {
        let mut by_first = FxHashMap::<_, Vec<Parted>>::default();
        for (index, frame) in frames.iter().enumerate() {
            let lists = [
                (Forms::FINITE, &frame.finite),
                (Forms::PARTICIPLE, &frame.participle),
                (Forms::GERUND, &frame.gerund),
            ];
            for (forms, words) in lists {
                for form in words {
                    let Some((first, rest)) = form.split_once(' ') else { continue };
                    let last = rest.rsplit(' ').next().unwrap_or(rest);
                    if !PARTICLES.has(last) {
                        continue;
                    }
                    let list = by_first.entry(Box::<str>::from(first.to_lowercase())).or_default();
                    match list.iter_mut().find(|p| &*p.last == last && p.frame == index as u16) {
                        Some(known) => known.forms = known.forms.with(forms),
                        None => list.push(Parted { last: last.into(), frame: index as u16, forms }),
                    }
                }
            }
        }
        let mut keys = Box::new([0; 1024]);
        for key in by_first.keys().map(|word| key(word.as_bytes())) {
            keys[key as usize >> 6] |= 1 << (key & 63);
        }
        Self { by_first, keys }
    }

    /// The frame of a verb at a unit whose last word stands behind an object in the sentence.
    #[inline]
    pub(super) fn parted(&self, sheet: &Sheet<'_>, at: usize, sentence: &Range<usize>) -> Option<(u16, Forms)> {
        let key = sheet.key(at);
        if self.keys[key as usize >> 6] & 1 << (key & 63) == 0 {
            return None;
        }
        let list = self.by_first.get(sheet.word(at))?;
        let end = sentence.end.min(at + REACH);
        let mut counted = false;
        for unit in at + 1..end {
            if matches!(sheet.what(unit), What::Punct | What::Break)
                && !sheet.is_punct_any(unit, &["-", "'", "*", "("])
                && !sheet.is_possessive(unit)
            {
                return None;
            }
            // "carrying 60 people capsized off Djerba": the last word is that of another verb.
            if counted
                && sheet.frame(unit).is_none()
                && sheet.word(unit).ends_with("ed")
                && PARTICLES.has(sheet.word(unit + 1))
                && sheet.is_unknown(unit)
            {
                return None;
            }
            counted |= sheet.count(unit).is_some();
            // Without a count between, the lexicon has found the two words together, or they are not one.
            if counted && let Some(parted) = list.iter().find(|parted| *parted.last == *sheet.word(unit)) {
                return Some((parted.frame, parted.forms));
            }
        }
        None
    }
}
