//! The form of a party: its name, and other names for it.

use egui::Ui;

use super::{Naming, field, list_of, names_of, title};
use crate::claim::{Name, Party};
use crate::session::{Command, Merge, Uses};
use crate::ui::state::View;

/// What is typed.
#[derive(Debug, Default)]
pub struct PartyForm {
    /// The party that is changed; `None` for a new one.
    pub of: Option<Name>,
    filled_from: Option<(Name, Option<Party>)>,
    name: String,
    also: String,
}

impl PartyForm {
    /// Turns to another party, or to a new one.
    pub fn open(&mut self, name: Option<Name>) {
        *self = Self { of: name, ..Self::default() };
    }

    /// Draws it.
    pub fn show(&mut self, ui: &mut Ui, view: &mut View<'_>, uses: &Uses) {
        let parties = &view.session.codebook().parties;
        let known = self.of.as_ref().and_then(|name| parties.iter().find(|party| party.name == *name)).cloned();
        if let Some(name) = &self.of
            && self.filled_from.as_ref() != Some(&(name.clone(), known.clone()))
        {
            self.name = name.to_string();
            self.also = known.as_ref().map_or_else(String::new, |party| list_of(&party.aliases));
            self.filled_from = Some((name.clone(), known.clone()));
        }
        title(ui, self.of.as_deref().unwrap_or("New party"));
        let name_field = field(ui, "Name", &mut self.name, "Its short English name");
        let also_field = field(ui, "Also called", &mut self.also, "Other names, with commas between");
        let naming = Naming {
            of: &self.of,
            name: self.name.trim().into(),
            known: known.is_some(),
            carried: self.of.as_ref().map_or(0, |name| uses.party(name)),
            noun: "party",
        };
        let names = || parties.iter().map(|party| &party.name);
        let sound = naming.check(ui, view, names(), !self.also.is_empty());
        let after = Party { name: naming.name.clone(), aliases: names_of(&self.also) };
        let ready = sound && known.as_ref() != Some(&after);
        let can = (ready, known.is_some() && naming.carried == 0);
        let pressed = naming.pressed(ui, view, can, names().chain(uses.parties()), &[&name_field, &also_field]);
        let change = |keep: bool| Command::Party(known, keep.then_some(after));
        if let Some((command, next)) = pressed.and_then(|pressed| naming.outcome(pressed, Merge::Party, change)) {
            self.open(next);
            view.run(command);
        }
    }
}
