//! The form of a party: its name, and other names for it.

use egui::Ui;

use super::uses::Uses;
use super::{Pressed, buttons, entered, field, list_of, names_of, problem, reason, title};
use crate::claim::{Name, Party};
use crate::session::{Command, Merge};
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
        let name: Name = self.name.trim().into();
        let taken = parties.iter().any(|party| party.name == name) && self.of.as_ref() != Some(&name);
        let why_not = match (name.is_empty(), taken) {
            (true, _) => Some("A party needs a name."),
            (_, true) => Some("There is a party of this name. Merge the two."),
            _ => None,
        };
        problem(ui, view, why_not.filter(|_| self.of.is_some() || !self.also.is_empty()));
        let carried = self.of.as_ref().map_or(0, |name| uses.party(name));
        if self.of.as_ref().is_some_and(|of| *of != name) && carried > 0 {
            reason(ui, view, &format!("{carried} claims are carried along."));
        }
        if self.of.is_some() && known.is_none() {
            reason(ui, view, "Claims name it; the codebook does not have it yet.");
        }
        let after = Party { name: name.clone(), aliases: names_of(&self.also) };
        let ready = why_not.is_none() && known.as_ref() != Some(&after);
        let names = parties.iter().map(|party| &party.name).chain(uses.parties());
        let mut others: Vec<(Name, String)> = match &self.of {
            None => Vec::new(),
            Some(of) => names.filter(|other| *other != of).map(|other| (other.clone(), other.to_string())).collect(),
        };
        others.sort();
        others.dedup();
        let what = self.of.as_deref().unwrap_or("").to_owned();
        let save = if known.is_none() { "Add" } else { "Save" };
        let removable = known.is_some() && carried == 0;
        let pressed = buttons(ui, view, (&what, save), ready, None, &others, removable);
        let by_key = ready && entered(ui, &[&name_field, &also_field]);
        match pressed.or(by_key.then_some(Pressed::Save)) {
            Some(Pressed::Save) => {
                let renamed = self.of.clone().filter(|of| *of != name);
                match (&known, renamed) {
                    // A name that only claims bear: they take the new one, and keep the old as an alias.
                    (None, Some(of)) => view.run(Command::Merge(Merge::Party(of, name.clone()))),
                    _ => view.run(Command::Party(known, Some(after))),
                }
                self.open(Some(name));
            }
            Some(Pressed::Merge(into)) => {
                if let Some(of) = self.of.clone() {
                    self.open(Some(into.clone()));
                    view.run(Command::Merge(Merge::Party(of, into)));
                }
            }
            Some(Pressed::Remove) => {
                self.open(None);
                view.run(Command::Party(known, None));
            }
            Some(Pressed::Retire) | None => {}
        }
    }
}
