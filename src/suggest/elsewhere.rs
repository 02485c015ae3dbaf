//! What the article says elsewhere of the same people: whose they are, from whom they come, to whom
//! they go. A careful reader does not forget it from one paragraph to the next.
//!
//! Two steps, in the order of trust. A figure that is like no other ("208 soldiers" in the heading,
//! "208 Ethiopian captives" in the lead) is of the same people. And where every figure under one
//! word whose side is told is of one side (all "hostages" are Israel's, all "prisoners" go from Israel
//! to the Palestinians), those of which it is not told are of it, too. Where two sides have such
//! people, nothing is taken.

use std::collections::BTreeMap;

use super::clauses::transfers;
use super::draft::Draft;
use super::pipeline::Read;
use super::quantities::{Note, QuantityMention};
use super::roles::{Roles, Slot};
use super::scene::Scene;
use super::sheet::Sheet;
use crate::claim::{Modality, Name};

/// The rule of a figure that is named with its side elsewhere.
pub(super) const SAME_FIGURE: &str = "the same figure elsewhere in the article";
/// The rule of people of whom the article knows one side.
pub(super) const ALL_OF_THEM: &str = "as all such people in the article";

/// Figures below this are common, and two of them need not be of the same people.
const TELLING: u64 = 13;

/// What is known of one place in the roles of a group of figures.
#[derive(Clone, Copy, Default)]
enum Known {
    #[default]
    Nothing,
    One(Slot),
    Several,
}

impl Known {
    fn add(&mut self, slot: Option<Slot>) {
        let Some(slot) = slot else { return };
        *self = match *self {
            Self::Nothing if slot.party.is_some() => Self::One(slot),
            Self::One(known) if known.party == slot.party => Self::One(known),
            _ => Self::Several,
        };
    }

    fn one(self, rule: &'static str) -> Option<Slot> {
        match self {
            Self::One(slot) => Some(Slot { rule, ..slot }),
            Self::Nothing | Self::Several => None,
        }
    }
}

/// What is known of a group of figures.
#[derive(Clone, Copy, Default)]
struct Told {
    party: Known,
    from: Known,
    to: Known,
    /// How many figures tell something of it.
    figures: u32,
}

impl Told {
    fn add(&mut self, roles: &Roles) {
        let tells = [roles.party, roles.from, roles.to].iter().flatten().any(|slot| slot.party.is_some());
        self.figures += u32::from(tells);
        self.party.add(roles.party);
        self.from.add(roles.from);
        self.to.add(roles.to);
    }
}

/// Fills what the sentences of the drafts leave open.
pub(super) fn fill(
    sheet: &Sheet<'_>,
    scene: &Scene,
    counts: &[QuantityMention],
    read: &[Read],
    drafts: &mut [Draft<'_>],
) {
    let mut of_figure: BTreeMap<(Name, u64), Told> = BTreeMap::new();
    let mut of_word: BTreeMap<Name, Told> = BTreeMap::new();
    let mut of_category: BTreeMap<Name, Told> = BTreeMap::new();
    for draft in drafts.iter().filter(|draft| is_held(&draft.category.id)) {
        // A part may be of other people: "five of them Thai farm workers". So may a single one.
        if draft.part_of.is_none() && draft.quantity.n != Some(1) {
            of_word.entry(word(sheet, draft)).or_default().add(&draft.roles);
            of_category.entry(draft.category.id.clone()).or_default().add(&draft.roles);
        }
        if let Some(value) = telling(draft) {
            of_figure.entry((draft.category.id.clone(), value)).or_default().add(&draft.roles);
        }
    }
    for place in 0..drafts.len() {
        if !is_held(&drafts[place].category.id) {
            continue;
        }
        // "Not 312 but 310 men": those that are put right are the same people.
        let mention = &counts[drafts[place].count];
        let right = mention.partner.filter(|_| mention.has(Note::Correction));
        let wrong = right.and_then(|partner| drafts[..place].iter().rev().take(4).find(|d| d.count == partner));
        let wrong = wrong.map(|d| d.roles);
        let draft = &mut drafts[place];
        if let Some(wrong) = wrong {
            let again = |slot: Option<Slot>| slot.map(|slot| Slot { rule: SAME_FIGURE, ..slot });
            draft.roles.party = draft.roles.party.or(again(wrong.party));
            draft.roles.from = draft.roles.from.or(again(wrong.from));
            draft.roles.to = draft.roles.to.or(again(wrong.to));
        }
        let same = telling(draft).and_then(|value| of_figure.get(&(draft.category.id.clone(), value)));
        if let Some(told) = same {
            take(sheet, read, draft, told, SAME_FIGURE);
        }
        // Where both sides have such people, one figure under a word does not make it one side's.
        let both = of_category.get(&draft.category.id).is_some_and(|told| matches!(told.party, Known::Several));
        if let Some(told) = of_word.get(&word(sheet, draft)).filter(|told| !both || told.figures > 1) {
            take(sheet, read, draft, told, ALL_OF_THEM);
        }
        go_home(sheet, scene, read, draft);
    }
}

/// Whether people of a category are held by somebody and handed to somebody.
fn is_held(category: &str) -> bool {
    matches!(category, "bodies" | "prisoners" | "hostages")
}

/// The word that an article has for the people: one side's are its "captives", the other's its "prisoners".
fn word(sheet: &Sheet<'_>, draft: &Draft<'_>) -> Name {
    let noun = sheet.noun(draft.category.unit).and_then(|noun| noun.forms.first());
    noun.unwrap_or(&draft.category.id).clone()
}

fn telling(draft: &Draft<'_>) -> Option<u64> {
    draft.quantity.n.filter(|value| *value >= TELLING)
}

/// Takes what is told of one side into the places that are open.
fn take(sheet: &Sheet<'_>, read: &[Read], draft: &mut Draft<'_>, told: &Told, rule: &'static str) {
    let handed = is_handed(sheet, read, draft);
    let roles = &mut draft.roles;
    if roles.party.is_none() && roles.origin.is_none() {
        // Whoever gives them is not whose they are.
        let given = roles.from;
        roles.party = told.party.one(rule).filter(|slot| given.is_none_or(|from| from.party != slot.party));
    }
    if !handed || draft.modality.0 == Modality::Denied {
        return;
    }
    let apart = |slot: &Slot, other: Option<Slot>| other.is_none_or(|other| other.party != slot.party);
    if roles.from.is_none() {
        roles.from = told.from.one(rule).filter(|slot| apart(slot, roles.to));
    }
    if roles.to.is_none() {
        roles.to = told.to.one(rule).filter(|slot| apart(slot, roles.from));
    }
}

/// Whether a draft tells of a handing over.
fn is_handed(sheet: &Sheet<'_>, read: &[Read], draft: &Draft<'_>) -> bool {
    let frame = draft.roles.verb.and_then(|(verb, _)| read[draft.sentence].verbs.get(verb)).and_then(|v| v.frame);
    frame.is_some_and(|frame| transfers(sheet.frame_entry(frame).subject))
        || draft.roles.from.is_some()
        || draft.roles.to.is_some()
        || draft.roles.home.is_some()
}

/// Those whose side is known by now go to it.
fn go_home(sheet: &Sheet<'_>, scene: &Scene, read: &[Read], draft: &mut Draft<'_>) {
    let handed = is_handed(sheet, read, draft);
    let roles = &mut draft.roles;
    let Some(own) = roles.party.filter(|slot| slot.party.is_some() && is_elsewhere(slot.rule)) else { return };
    if handed && roles.from.is_none() && roles.to.is_none() {
        roles.to = Some(Slot { rule: "they go to their own side", ..own });
        let other = own.party.and_then(|party| scene.other(sheet.words, party));
        roles.from = other.map(|(party, rule)| Slot::by(party, own.unit, rule));
    }
}

fn is_elsewhere(rule: &str) -> bool {
    rule == SAME_FIGURE || rule == ALL_OF_THEM
}
