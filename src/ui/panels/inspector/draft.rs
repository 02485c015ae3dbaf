//! What is typed into the form and not yet taken over: it stays, also where it does not parse.

use crate::claim::{Asserter, DateWindow, Reading};
use crate::ui::state::Chosen;

/// The form's texts. They follow the chosen claim until one of them is being typed in.
#[derive(Debug, Default)]
pub(super) struct Draft {
    of: Chosen,
    reading: Option<Reading>,
    pub(super) count: String,
    pub(super) party: String,
    pub(super) from: String,
    pub(super) to: String,
    pub(super) date: String,
    pub(super) as_of: String,
    pub(super) via: String,
    pub(super) chain: Vec<String>,
    pub(super) new_source: String,
    pub(super) subset: String,
    pub(super) note: String,
    pub(super) count_error: Option<String>,
    pub(super) date_error: Option<String>,
    pub(super) as_of_error: Option<String>,
}

impl Draft {
    /// Takes over the texts of another claim, or of the same one when it has changed.
    pub(super) fn follow(&mut self, chosen: &Chosen, reading: &Reading, note: &str) {
        if self.of == *chosen && self.reading.as_ref() == Some(reading) {
            return;
        }
        let text = |name: &Option<crate::claim::Name>| name.as_deref().unwrap_or("").to_owned();
        *self = Self {
            of: chosen.clone(),
            count: count_words(reading),
            party: text(&reading.party),
            from: text(&reading.from),
            to: text(&reading.to),
            date: date_words(&reading.date.window),
            as_of: reading.as_of.as_ref().map(date_words).unwrap_or_default(),
            via: text(&reading.attribution.via),
            chain: reading.attribution.chain.iter().map(|asserter| asserter.name.to_string()).collect(),
            new_source: String::new(),
            subset: text(&reading.subset),
            note: note.to_owned(),
            count_error: None,
            date_error: None,
            as_of_error: None,
            reading: Some(reading.clone()),
        };
    }

    /// The chain as typed: links that kept their name keep what is known of them.
    pub(super) fn asserters(&self, before: &[Asserter]) -> Vec<Asserter> {
        let known = |name: &str| before.iter().find(|asserter| &*asserter.name == name).cloned();
        (self.chain.iter().chain(std::iter::once(&self.new_source)))
            .map(|name| name.trim())
            .filter(|name| !name.is_empty())
            .map(|name| known(name).unwrap_or_else(|| Asserter::named(name)))
            .collect()
    }
}

/// The count in words that read back as the same quantity.
pub(super) fn count_words(reading: &Reading) -> String {
    reading.count.quantity.words()
}

/// The window in words or notation that reads back as the same window.
pub(super) fn date_words(window: &DateWindow) -> String {
    match (window.start, window.end) {
        (None, None) => String::new(),
        (Some(_), Some(_)) if window.words().contains('–') => window.notation(),
        _ => window.words(),
    }
}
