//! What is counted: the category, by noun, state, frame or parallel.

use super::clauses::{Verb, transfers};
use super::counted::Counted;
use super::roles::{Roles, Tie};
use super::sheet::Sheet;
use crate::claim::{Cue, Name, NounClass};

/// A category, the unit that shows it, and the rule (empty: the words say it).
#[derive(Clone, Debug)]
pub(super) struct Category {
    pub(super) id: Name,
    pub(super) unit: usize,
    pub(super) rule: &'static str,
}

impl Category {
    pub(super) fn stated(id: &Name, unit: usize) -> Option<Self> {
        Some(Self { id: id.clone(), unit, rule: "" })
    }

    pub(super) fn by(id: &str, unit: usize, rule: &'static str) -> Option<Self> {
        Some(Self { id: id.into(), unit, rule })
    }
}

/// The category that phrase and frame give; `None` where nothing is said of people.
pub(super) fn of(sheet: &Sheet<'_>, phrase: &Counted<'_>, verbs: &[Verb], roles: &Roles) -> Option<Category> {
    let verb = roles.verb.map(|(index, _)| &verbs[index]);
    let entry = verb.and_then(|v| v.frame.map(|frame| (sheet.frame_entry(frame), v.at)));
    // A common verb tells only where a known noun stands with it.
    let entry = entry.filter(|(entry, _)| !entry.weak || phrase.noun.is_some() || phrase.people);
    let of_frame = entry.and_then(|(entry, at)| entry.category.as_ref().map(|id| (id, at)));
    let class = phrase.class();
    if matches!(class, Some(NounClass::Things | NounClass::Group)) {
        return None;
    }
    if sheet.cue(phrase.phrase.end, Cue::Aboard) {
        return Category::by("aboard", phrase.phrase.end, "");
    }
    if let Some((noun, at)) = phrase.noun {
        if matches!(noun.class, NounClass::Bodies | NounClass::Events | NounClass::Toll) || phrase.is_state(sheet) {
            return noun.category.as_ref().and_then(|id| Category::stated(id, at));
        }
        // "12 hostages were killed" are killed; "captured 12 hostages" are hostages.
        if let Some((id, frame_at)) = of_frame
            && (noun.category.is_none() || !matches!(&**id, "prisoners" | "other" | "detained"))
        {
            return Category::stated(id, frame_at);
        }
        if let Some(id) = &noun.category {
            return Category::stated(id, at);
        }
    }
    if phrase.noun.is_none()
        && !phrase.people
        && let Some((frame, at)) = phrase.marked
        && let Some(id) = &sheet.frame_entry(frame).category
    {
        return Category::stated(id, at);
    }
    if let Some((id, at)) = of_frame {
        return Category::stated(id, at);
    }
    let back = roles.captivity || roles.home.is_some();
    let (entry, at) = entry?;
    if !(transfers(entry.subject) || back) {
        return None;
    }
    match class {
        Some(NounClass::Civilian) => Category::stated(&"civilians".into(), phrase.noun?.1),
        Some(NounClass::Military) => Category::by("prisoners", at, "soldiers in a transfer are prisoners"),
        Some(NounClass::People) => Category::by("prisoners", at, "people in a transfer"),
        _ if phrase.people => Category::by("prisoners", at, "people in a transfer"),
        _ => None,
    }
}

/// What an elliptical count counts, by the noun in front of it or the topic: "Gets 35", "157 for 157".
pub(super) fn of_parallel(sheet: &Sheet<'_>, phrase: &Counted<'_>, verbs: &[Verb], roles: &Roles) -> Option<Category> {
    let (index, tie) = roles.verb?;
    let verb = &verbs[index];
    if tie != Tie::Object || !verb.frame.is_some_and(|frame| transfers(sheet.frame_entry(frame).subject)) {
        return None;
    }
    // "swapped prisoners on a 157-for-157 basis"
    (verb.at + 1..phrase.phrase.start).find_map(|unit| {
        let id = sheet.noun(unit)?.category.as_ref()?;
        Some(Category { id: id.clone(), unit, rule: "the noun behind the verb" })
    })
}
