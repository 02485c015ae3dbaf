//! The words of this project: what the analyst has added to the lexicon, to be seen, changed,
//! switched off and removed.

use std::collections::BTreeSet;

use egui::{Align, Layout, RichText, Ui};

use crate::claim::{Change, Lexicon, Name, Word, WordSort};
use crate::session::Command;
use crate::ui::fonts::size;
use crate::ui::sheet;
use crate::ui::state::{Request, Sheet, View, WordTask};
use crate::ui::theme::{self, space};

/// What the sheet knows beside the project.
#[derive(Debug, Default)]
pub struct Words {
    /// What the program's own layer holds, once it was asked for.
    built_in: Option<BTreeSet<(WordSort, Name)>>,
}

impl Words {
    /// Draws it where it is open.
    pub fn show(&mut self, ctx: &egui::Context, view: &mut View<'_>) {
        if !view.state.sheets.contains(&Sheet::Words) {
            return;
        }
        let built_in = self.built_in.get_or_insert_with(|| {
            let words = Lexicon::built_in().words();
            words.iter().map(|word| (word.sort(), word.key().into())).collect()
        });
        sheet::show(ctx, view, Sheet::Words, "Words of this project", 560.0, |ui, view| {
            let about = "Names and words that suggestions know in this project, beside those that the program knows.";
            ui.label(RichText::new(about).size(size::SMALL).color(view.theme.secondary));
            ui.add_space(space::S);
            ui.horizontal(|ui| {
                for sort in WordSort::ALL {
                    let label =
                        format!("Add {}…", if sort == WordSort::NotAFigure { "not a figure" } else { sort.word() });
                    if ui.button(label).clicked() {
                        view.ask(Request::Word(WordTask::New(sort)));
                    }
                }
            });
            ui.add_space(space::M);
            let layer = &view.session.workspace().lexicon;
            let words = layer.words();
            if words.is_empty() {
                let hint = "None yet. Select words in a text and say what they are: with the small bar, by the right \
                            mouse button, or in the menu Claims.";
                ui.label(RichText::new(hint).color(view.theme.secondary));
            }
            let most = sheet::list_height(ui, 420.0);
            sheet::scrolled_by_keys(ui, "Words", most);
            egui::ScrollArea::vertical().max_height(most).auto_shrink([false, true]).show(ui, |ui| {
                for sort in WordSort::ALL {
                    let mut of_sort = words.iter().filter(|word| word.sort() == sort).peekable();
                    if of_sort.peek().is_none() {
                        continue;
                    }
                    ui.label(RichText::new(sort.heading()).font(theme::strong(size::BODY)));
                    ui.add_space(space::XS);
                    for word in of_sort {
                        let instead = built_in.contains(&(sort, word.key().into()));
                        row(ui, view, word, instead);
                    }
                    ui.add_space(space::S);
                }
            });
            let others = layer.other_entries();
            if others > 0 {
                let words = format!("{others} entries of other sorts are changed in the project's lexicon.ron.");
                ui.label(RichText::new(words).size(size::REASON).color(view.theme.secondary));
            }
        });
    }
}

fn row(ui: &mut Ui, view: &mut View<'_>, word: &Word, instead: bool) {
    let key = word.key().to_owned();
    let off = word.is_off();
    ui.horizontal(|ui| {
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            if ui.button("Remove").accessible_name(format!("Remove {key}")).clicked() {
                view.run(Command::ChangeWord(Change::remove(word.clone())));
            }
            let switch = if off { "Switch on" } else { "Switch off" };
            if ui.button(switch).accessible_name(format!("{switch} {key}")).clicked() {
                let changed = word.clone().switched(!off);
                view.run(Command::ChangeWord(Change::replace(word.clone(), changed)));
            }
            if ui.button("Edit").accessible_name(format!("Edit {key}")).clicked() {
                view.ask(Request::Word(WordTask::Change(Box::new(word.clone()))));
            }
            ui.with_layout(Layout::top_down(Align::Min), |ui| {
                ui.spacing_mut().item_spacing.y = 0.0;
                let colour = if off { view.theme.secondary } else { view.theme.text };
                let mut name = RichText::new(&key).font(theme::strong(size::BODY)).color(colour);
                if off {
                    name = name.strikethrough();
                }
                ui.add(egui::Label::new(name).truncate());
                let more: Vec<&str> = word.forms().into_iter().skip(1).map(|form| &**form).collect();
                let mut about = vec![word.meaning()];
                if !more.is_empty() && !matches!(word, Word::Party(_)) {
                    about.insert(0, format!("also {}", more.join(", ")));
                }
                if off {
                    about.insert(0, if instead { "off, the program's own entry too" } else { "off" }.to_owned());
                } else if instead {
                    about.push("in the place of the program's own entry".to_owned());
                }
                let about = RichText::new(about.join(" · ")).size(size::REASON).color(view.theme.secondary);
                ui.add(egui::Label::new(about).truncate());
            });
        });
    });
    ui.add_space(space::XS);
}
