//! The form of a source: its name and other names, its side, the body that it belongs to, its grade.

use egui::Ui;

use super::{Naming, field, list_of, names_of, title};
use crate::claim::{Name, Side, Source};
use crate::session::{Command, Merge, Uses};
use crate::ui::sheet;
use crate::ui::state::View;
use crate::ui::theme::space;

/// What is typed.
#[derive(Debug, Default)]
pub struct SourceForm {
    /// The source that is changed; `None` for a new one.
    pub of: Option<Name>,
    filled_from: Option<(Name, Option<Source>)>,
    name: String,
    also: String,
    part_of: String,
    side: Side,
    admiralty: Option<char>,
}

/// The letters of the Admiralty scale, with what they say of a source.
const ADMIRALTY: [(char, &str); 6] = [
    ('A', "completely reliable"),
    ('B', "usually reliable"),
    ('C', "fairly reliable"),
    ('D', "not usually reliable"),
    ('E', "unreliable"),
    ('F', "cannot be judged"),
];

impl SourceForm {
    /// Turns to another source, or to a new one.
    pub fn open(&mut self, name: Option<Name>) {
        *self = Self { of: name, ..Self::default() };
    }

    fn fill(&mut self, name: &Name, known: Option<Source>) {
        self.name = name.to_string();
        self.also = known.as_ref().map_or_else(String::new, |source| list_of(&source.aliases));
        self.part_of = known.as_ref().and_then(|source| source.part_of.as_deref()).unwrap_or("").to_owned();
        self.side = known.as_ref().map_or(Side::Unknown, |source| source.side.clone());
        self.admiralty = known.as_ref().and_then(|source| source.admiralty);
        self.filled_from = Some((name.clone(), known));
    }

    /// Draws it.
    pub fn show(&mut self, ui: &mut Ui, view: &mut View<'_>, uses: &Uses) {
        let sources = &view.session.codebook().sources;
        let known = self.of.as_ref().and_then(|name| sources.iter().find(|source| source.name == *name)).cloned();
        if let Some(name) = self.of.clone()
            && self.filled_from.as_ref() != Some(&(name.clone(), known.clone()))
        {
            self.fill(&name, known.clone());
        }
        title(ui, self.of.as_deref().unwrap_or("New source"));
        let name_field = field(ui, "Name", &mut self.name, "Its fullest name");
        let also_field = field(ui, "Also called", &mut self.also, "Other names and acronyms, with commas between");
        let part_field = field(ui, "Part of", &mut self.part_of, "The body that it belongs to");
        self.side(ui, view);
        self.grade(ui);

        let naming = Naming {
            of: &self.of,
            name: self.name.trim().into(),
            known: known.is_some(),
            carried: self.of.as_ref().map_or(0, |name| uses.source(name)),
            noun: "source",
        };
        let names = || sources.iter().map(|source| &source.name);
        let sound = naming.check(ui, view, names(), !self.also.is_empty());
        let body = self.part_of.trim();
        let after = Source {
            name: naming.name.clone(),
            side: self.side.clone(),
            aliases: names_of(&self.also),
            part_of: (!body.is_empty() && *body != *naming.name).then(|| body.into()),
            admiralty: self.admiralty,
            rank: known.as_ref().and_then(|source| source.rank),
        };
        let ready = sound && known.as_ref() != Some(&after);
        let can = (ready, known.is_some());
        let pressed =
            naming.pressed(ui, view, can, names().chain(uses.sources()), &[&name_field, &also_field, &part_field]);
        let change = |keep: bool| Command::Source(known, keep.then_some(after));
        if let Some((command, next)) = pressed.and_then(|pressed| naming.outcome(pressed, Merge::Source, change)) {
            self.open(next);
            view.run(command);
        }
    }

    fn side(&mut self, ui: &mut Ui, view: &View<'_>) {
        sheet::row(ui, "Side", |ui| {
            let combo = egui::ComboBox::from_id_salt("side of source").selected_text(self.side.word()).width(220.0);
            let shown = combo.show_ui(ui, |ui| {
                for side in [Side::Unknown, Side::Independent] {
                    let words = side.word().to_owned();
                    ui.selectable_value(&mut self.side, side, words);
                }
                for party in crate::ui::widgets::parties(ui.ctx(), view.session).iter() {
                    ui.selectable_value(&mut self.side, Side::Party(party.clone()), &**party);
                }
            });
            shown.response.accessible_name("Side");
        });
        ui.add_space(space::XS);
    }

    fn grade(&mut self, ui: &mut Ui) {
        sheet::row(ui, "Reliability", |ui| {
            let says = |letter: Option<char>| {
                let found = ADMIRALTY.iter().find(|(other, _)| Some(*other) == letter);
                found.map_or("not graded".to_owned(), |(letter, words)| format!("{letter}, {words}"))
            };
            let combo = egui::ComboBox::from_id_salt("reliability").selected_text(says(self.admiralty)).width(220.0);
            let shown = combo.show_ui(ui, |ui| {
                for letter in std::iter::once(None).chain(ADMIRALTY.map(|(letter, _)| Some(letter))) {
                    ui.selectable_value(&mut self.admiralty, letter, says(letter));
                }
            });
            shown.response.accessible_name("Reliability (Admiralty scale)");
        });
        ui.add_space(space::XS);
    }
}
