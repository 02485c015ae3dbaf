//! Free text that is completed from the codebook, from what has been used before, and the lexicon.

use egui::{Response, Ui};

use super::text_field;
use crate::claim::Name;
use crate::ui::state::View;

/// What free text is completed from.
#[derive(Clone, Copy)]
pub(super) enum Known {
    /// The parties.
    Party,
    /// Those who say something.
    Source,
}

/// A text field with completions from the codebook, what has been used before, and the lexicon.
/// Arrow keys choose, Enter takes, a click takes.
pub(super) fn completing(ui: &mut Ui, view: &View<'_>, text: &mut String, name: &str, known: Known) -> Response {
    let response = text_field(ui, text, name, "not told");
    let typed = text.trim().to_lowercase();
    if !response.has_focus() && !response.lost_focus() || typed.is_empty() {
        return response;
    }
    let matches = completions(view, &typed, known);
    if matches.is_empty() || matches.iter().any(|m| m.to_lowercase() == typed) {
        return response;
    }
    let key = response.id.with("completion");
    let mut place: usize = ui.data(|data| data.get_temp(key)).unwrap_or(0);
    if response.has_focus() {
        ui.input(|input| {
            place = (place + input.num_presses(egui::Key::ArrowDown)).min(matches.len());
            place = place.saturating_sub(input.num_presses(egui::Key::ArrowUp));
        });
    }
    let entered = response.lost_focus() && ui.input(|input| input.key_pressed(egui::Key::Enter));
    if entered && place > 0 {
        matches[place - 1].as_ref().clone_into(text);
        place = 0;
    }
    let popup = egui::Popup::from_response(&response)
        .open(response.has_focus())
        .close_behavior(egui::PopupCloseBehavior::IgnoreClicks)
        .accessible_name("Completions")
        .width(response.rect.width());
    let mut clicked = None;
    popup.show(|ui| {
        for (i, option) in matches.iter().enumerate() {
            if ui.selectable_label(place == i + 1, &**option).is_pointer_button_down_on() {
                clicked = Some(option.clone());
            }
        }
    });
    if let Some(option) = clicked {
        option.as_ref().clone_into(text);
        place = 0;
        response.surrender_focus();
    }
    ui.data_mut(|data| data.insert_temp(key, place));
    response
}

/// Up to eight completions: the project's own names first, then the lexicon's, each once.
fn completions(view: &View<'_>, typed: &str, known: Known) -> Vec<Name> {
    let session = view.session;
    let codebook = session.codebook();
    let lexicon = session.lexicon();
    let fits = |name: &&Name| {
        let name = name.to_lowercase();
        name.starts_with(typed) || name.split(' ').any(|word| word.starts_with(typed))
    };
    let mut found: Vec<Name> = Vec::new();
    let mut add = |names: &mut dyn Iterator<Item = &Name>| {
        for name in names.filter(fits) {
            if found.len() < 8 && !found.contains(name) {
                found.push(name.clone());
            }
        }
    };
    match known {
        Known::Party => {
            add(&mut codebook.parties.iter().map(|party| &party.name));
            add(&mut session.uses().parties());
            add(&mut lexicon.parties.iter().map(|party| &party.name));
        }
        Known::Source => {
            add(&mut codebook.sources.iter().map(|source| &source.name));
            add(&mut session.uses().sources());
            add(&mut lexicon.sources.iter().map(|source| &source.name));
        }
    }
    found
}
