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

/// The rule of a group's hostages, and of the prisoners that go for them.
pub(super) const HELD_BY_GROUP: &str = "hostages are the state's, the prisoners for them the group's";

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
    // The dead of a disaster are nobody's to hand over: "the bodies of three Vietnamese" tells of no other.
    let handed_over = scene.captives || scene.conflict;
    let of_group = Captives::of(sheet, scene, drafts);
    for place in 0..drafts.len() {
        let category = &*drafts[place].category.id;
        if !is_held(category) || category == "bodies" && !handed_over {
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
            take(sheet, scene, read, draft, told, SAME_FIGURE);
        }
        // Where both sides have such people, one figure under a word does not make it one side's.
        let both = of_category.get(&draft.category.id).is_some_and(|told| matches!(told.party, Known::Several));
        if let Some(told) = of_word.get(&word(sheet, draft)).filter(|told| !both || told.figures > 1) {
            take(sheet, scene, read, draft, told, ALL_OF_THEM);
        }
        if let Some(captives) = &of_group {
            captives.fill(sheet, read, draft);
        }
        go_home(sheet, scene, read, draft);
        let_go_by_state(sheet, scene, draft);
    }
}

/// Whom a state lets go, or who is of an armed group, is a prisoner, though the article is about hostages:
/// "43 members of the group had been released from the central prison".
fn let_go_by_state(sheet: &Sheet<'_>, scene: &Scene, draft: &mut Draft<'_>) {
    if draft.category.rule.is_empty() || &*draft.category.id != "hostages" {
        return;
    }
    let entry = |party: u16| &sheet.words.parties[party as usize];
    let known = |slot: Option<Slot>| slot.and_then(|slot| slot.party);
    let foe = |party: u16| scene.conflict && scene.has(party);
    let by_state = known(draft.roles.from).is_some_and(|from| entry(from).state && foe(from));
    // An armed group has foes; a people has them too, and its own are prisoners as well.
    let of_group = known(draft.roles.party).is_some_and(|of| !entry(of).state && !entry(of).opposite.is_empty());
    if by_state || of_group {
        draft.category.id = "prisoners".into();
    }
}

/// Between a state and a group, hostages are the state's people, whom the group holds; and where there are
/// hostages, the prisoners that go for them are the group's, or of its people, whom the state holds.
struct Captives {
    state: u16,
    group: u16,
    people: u16,
    /// Whether hostages of other countries are among them: then they need not be the state's.
    foreign: bool,
}

impl Captives {
    fn of(sheet: &Sheet<'_>, scene: &Scene, drafts: &[Draft<'_>]) -> Option<Self> {
        let (state, group) = scene.state_and_group(sheet.words).filter(|_| scene.captives)?;
        let hostages = || drafts.iter().filter(|draft| &*draft.category.id == "hostages");
        hostages().next()?;
        let foreign = hostages().any(|draft| {
            draft.roles.party.and_then(|slot| slot.party).is_some_and(|party| party != state && party != group)
        });
        Some(Self { state, group, people: sheet.words.people_of(group), foreign })
    }

    fn fill(&self, sheet: &Sheet<'_>, read: &[Read], draft: &mut Draft<'_>) {
        let (own, holder) = match &*draft.category.id {
            "hostages" if !self.foreign => (self.state, self.group),
            "prisoners" => (self.people, self.state),
            _ => return,
        };
        let handed = is_handed(sheet, read, draft);
        let draft = &mut **draft;
        let roles = &mut draft.roles;
        // "sixteen other foreign hostages"
        let foreign = draft.counted.phrase.clone().any(|unit| sheet.is_any(unit, words!["foreign"]));
        let open = roles.party.is_none() && roles.origin.is_none() && draft.counted.owner.is_none() && !foreign;
        let fits =
            roles.from.is_none_or(|from| from.party == Some(holder)) && roles.to.is_none_or(|to| to.party == Some(own));
        if !open || !fits || draft.part_of.is_some() {
            return;
        }
        let slot = |party| Slot::by(party, draft.counted.unit, HELD_BY_GROUP);
        roles.party = Some(slot(own));
        if handed && draft.modality.0 != Modality::Denied {
            roles.from.get_or_insert(slot(holder));
            roles.to.get_or_insert(slot(own));
        }
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
fn take(sheet: &Sheet<'_>, scene: &Scene, read: &[Read], draft: &mut Draft<'_>, told: &Told, rule: &'static str) {
    let handed = is_handed(sheet, read, draft);
    let draft = &mut **draft;
    let roles = &mut draft.roles;
    if roles.party.is_none() && roles.origin.is_none() {
        // Whoever gives them is not whose they are.
        let given = roles.from;
        roles.party = told.party.one(rule).filter(|slot| given.is_none_or(|from| from.party != slot.party));
    }
    if !handed || draft.modality.0 == Modality::Denied {
        return;
    }
    // Those of both sides go both ways.
    if roles.party.is_some_and(|slot| slot.party.is_none()) {
        return;
    }
    // Between two foes, a third that is named with some of them seldom has all of them.
    let apart = |slot: &Slot, other: Option<Slot>| {
        other.is_none_or(|other| other.party != slot.party)
            && (!scene.conflict || slot.party.is_some_and(|party| scene.has(party)))
    };
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
