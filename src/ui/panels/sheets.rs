//! The windows inside the window, one file each.

mod about;
mod history;
mod metadata;
mod paste;
mod path;
mod rejected;
mod replaced;
mod settings;
mod sources;
mod suggesters;
mod word_form;
mod words;

pub use path::PathField;

use crate::ui::state::View;

/// What is typed in the windows inside the window, while they are open.
#[derive(Debug, Default)]
pub struct Sheets {
    paste: paste::Paste,
    metadata: metadata::MetadataForm,
    settings: settings::Settings,
    sources: sources::SourceHierarchy,
    words: words::Words,
    word: word_form::WordForm,
    suggesters: suggesters::Suggesters,
    replaced: replaced::Replaced,
}

impl Sheets {
    /// Draws those that are open.
    pub fn show(&mut self, ctx: &egui::Context, view: &mut View<'_>) {
        self.paste.show(ctx, view);
        self.metadata.show(ctx, view);
        self.settings.show(ctx, view);
        self.sources.show(ctx, view);
        self.words.show(ctx, view);
        self.word.show(ctx, view);
        self.suggesters.show(ctx, view);
        self.replaced.show(ctx, view);
        history::show(ctx, view);
        rejected::show(ctx, view);
        about::show(ctx, view);
    }
}
