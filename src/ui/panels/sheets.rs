//! The windows inside the window, one file each.

mod about;
mod codebook;
mod history;
mod metadata;
mod paste;
mod path;
mod replaced;
mod reread;
mod settings;
mod sources;
mod suggesters;
mod suggestion_list;
mod word_form;
mod words;

pub use path::PathField;

use crate::ui::state::View;

/// What is typed in the windows inside the window, while they are open.
#[derive(Debug)]
pub struct Sheets {
    codebook: codebook::CodebookSheet,
    waiting: suggestion_list::SuggestionList,
    rejected: suggestion_list::SuggestionList,
    paste: paste::Paste,
    metadata: metadata::MetadataForm,
    reread: reread::Reread,
    settings: settings::Settings,
    sources: sources::SourceHierarchy,
    words: words::Words,
    word: word_form::WordForm,
    suggesters: suggesters::Suggesters,
    replaced: replaced::Replaced,
}

impl Default for Sheets {
    fn default() -> Self {
        Self {
            waiting: suggestion_list::SuggestionList::waiting(),
            rejected: suggestion_list::SuggestionList::rejected(),
            codebook: Default::default(),
            paste: Default::default(),
            metadata: Default::default(),
            reread: Default::default(),
            settings: Default::default(),
            sources: Default::default(),
            words: Default::default(),
            word: Default::default(),
            suggesters: Default::default(),
            replaced: Default::default(),
        }
    }
}

impl Sheets {
    /// Draws those that are open.
    pub fn show(&mut self, ctx: &egui::Context, view: &mut View<'_>) {
        self.codebook.show(ctx, view);
        self.paste.show(ctx, view);
        self.metadata.show(ctx, view);
        self.reread.show(ctx, view);
        self.settings.show(ctx, view);
        self.sources.show(ctx, view);
        self.words.show(ctx, view);
        self.word.show(ctx, view);
        self.suggesters.show(ctx, view);
        self.replaced.show(ctx, view);
        history::show(ctx, view);
        self.waiting.show(ctx, view);
        self.rejected.show(ctx, view);
        about::show(ctx, view);
    }
}
