//! What became of the claims when an article was replaced by a corrected version: what needs a look
//! first, each with a way to it.

use egui::{RichText, Ui};

use crate::article::{Fate, Outcome};
use crate::claim::ArticleId;
use crate::session::{Command, Replacement};
use crate::ui::sheet;
use crate::ui::state::{Request, Sheet, View};
use crate::ui::theme::{self, space};

/// Opens itself when an article has been replaced.
#[derive(Debug, Default)]
pub struct Replaced {
    /// The replacement that was shown last.
    shown: Option<(ArticleId, u32, u32)>,
}

impl Replaced {
    /// Draws it where it is open.
    pub fn show(&mut self, ctx: &egui::Context, view: &mut View<'_>) {
        let Some(replacement) = view.session.replacement() else { return };
        let key = (replacement.article.clone(), replacement.from, replacement.to);
        if self.shown.as_ref() != Some(&key) {
            self.shown = Some(key);
            if !replacement.outcomes.is_empty() {
                view.ask(Request::Sheet(Sheet::Replaced, true));
            }
        }
        sheet::show(ctx, view, Sheet::Replaced, "Replaced article", 600.0, |ui, view| content(ui, view, replacement));
    }
}

fn content(ui: &mut Ui, view: &mut View<'_>, replacement: &Replacement) {
    let record = view.session.workspace().articles.get(&replacement.article);
    if let Some(record) = record {
        ui.add(
            egui::Label::new(
                RichText::new(crate::ui::words::title(view.session, record))
                    .font(theme::strong(crate::ui::fonts::size::BODY)),
            )
            .truncate(),
        );
    }
    ui.label(RichText::new(replacement.summary()).color(view.theme.secondary));
    ui.add_space(space::S);
    let most = sheet::list_height(ui, 420.0);
    sheet::scrolled_by_keys(ui, "What became of the claims", most);
    egui::ScrollArea::vertical().max_height(most).auto_shrink([false, true]).show(ui, |ui| {
        let told = replacement.by_urgency().into_iter().filter(|outcome| outcome.fate != Fate::Same);
        for outcome in told {
            row(ui, view, &replacement.article, outcome);
        }
    });
    ui.add_space(space::S);
    let words = "Undo takes all of it back. Claims without a place stay on the version that they were made on.";
    ui.label(RichText::new(words).color(view.theme.secondary));
}

fn row(ui: &mut Ui, view: &mut View<'_>, article: &ArticleId, outcome: &Outcome) {
    let flat = |words: &str| words.split_whitespace().collect::<Vec<_>>().join(" ");
    let (before, theme) = (flat(&outcome.before), view.theme.clone());
    let now = outcome.after.as_ref().map_or_else(String::new, |(_, words)| flat(words));
    let (what, colour, words) = match &outcome.fate {
        Fate::Same => return,
        Fate::Moved => ("moved".to_owned(), theme.secondary, format!("“{before}”")),
        Fate::Changed => ("other words".to_owned(), theme.doubt, format!("“{before}” → “{now}”")),
        Fate::NumberChanged { before: old, after: new } => {
            (format!("number changed: {old} → {new}"), theme.bad, format!("“{before}” → “{now}”"))
        }
        Fate::InDoubt { .. } => ("in doubt".to_owned(), theme.doubt, format!("“{before}”, perhaps “{now}”")),
        Fate::Orphaned => ("without its words".to_owned(), theme.bad, format!("“{before}”")),
    };
    ui.horizontal(|ui| {
        ui.label(RichText::new(what).color(colour));
        let stands = view.session.workspace().articles.get(article).map(|record| record.version);
        if let Some((span, _)) = &outcome.after {
            if ui.button("Show").accessible_name(format!("Show: {before}")).clicked() {
                view.ask(Request::Jump(article.clone(), *span));
            }
            let claim = view.session.workspace().claims.get(&outcome.claim);
            let waits = claim.is_some_and(|claim| Some(claim.version) != stands);
            if waits && ui.button("It is this").accessible_name(format!("It is this: {before}")).clicked() {
                view.run(Command::Reanchor { claim: outcome.claim.clone(), span: *span });
            }
        }
    });
    ui.add(egui::Label::new(RichText::new(words).font(theme::serif(14.0))).wrap());
    ui.add_space(space::S);
}
