//! How far a suggestion can be trusted, by the rules that were used.
//!
//! A rule keeps a suggestion *sure* where it has not been wrong on any article with known answers
//! (category, party, from and to all right), *likely* where it was wrong now and then, *check*
//! where it was as often wrong as right or is new. What no rule is named for is said in the words.

use super::captivity;
use super::category;
use super::draft::Draft;
use super::ellipsis;
use super::elsewhere;
use super::infer;
use super::of_what::{OVER_LIST, PARALLEL, PART, QUESTION};
use super::scene::Scene;
use super::tables::{self, HEADING};
use super::wholes;
use crate::claim::{ClaimFlag, Grade, Kind, Modality};

/// The rules, and the best grade that a suggestion can have that rests on one.
const RULES: &[(&str, Grade)] = &[
    // The words say it.
    ("", Grade::Sure),
    // Of what.
    (PARALLEL, Grade::Sure),
    (category::MOVED, Grade::Sure),
    (category::SOLDIERS_MOVED, Grade::Sure),
    ("people of one of two foes, held by the other", Grade::Sure),
    ("soldiers who are home again", Grade::Likely),
    ("the noun behind the verb", Grade::Sure),
    ("the topic of the sentence before", Grade::Sure),
    (HEADING, Grade::Sure),
    (OVER_LIST, Grade::Sure),
    (tables::OF_TABLE, Grade::Likely),
    (tables::LABEL, Grade::Likely),
    (tables::CAPTIVES, Grade::Likely),
    (category::LIKE_BODIES, Grade::Likely),
    (wholes::LET_GO, Grade::Likely),
    ("soldiers whom an army took", Grade::Likely),
    (captivity::TAKEN, Grade::Likely),
    (PART, Grade::Likely),
    (wholes::OF_WHOLE, Grade::Likely),
    (category::VICTIMS, Grade::Sure),
    (QUESTION, Grade::Sure),
    ("shot: read as killed", Grade::Likely),
    ("a toll without a word is of the dead", Grade::Sure),
    ("a swap without a word for whom", Grade::Likely),
    (category::FAMILIES_MOVED, Grade::Check),
    ("people sent back", Grade::Likely),
    (category::LEFT, Grade::Likely),
    ("who went back", Grade::Likely),
    // Figures that lean on others: every one is worth a look.
    (ellipsis::SAME, Grade::Check),
    (ellipsis::SOME, Grade::Check),
    (ellipsis::SPOKEN_OF, Grade::Check),
    (ellipsis::BESIDE, Grade::Check),
    (ellipsis::PEOPLE, Grade::Check),
    // From whom, to whom, of whom.
    (elsewhere::SAME_FIGURE, Grade::Likely),
    (elsewhere::ALL_OF_THEM, Grade::Likely),
    (elsewhere::HELD_BY_GROUP, Grade::Likely),
    ("exchanged: of both sides", Grade::Likely),
    ("subject of the verb before", Grade::Sure),
    ("they go to their own side", Grade::Sure),
    ("two-party complement", Grade::Sure),
    ("usual opposite", Grade::Sure),
    ("the other of two that are named", Grade::Likely),
    ("who receives them", Grade::Sure),
    ("who receives them, though a third", Grade::Check),
    ("an exchange has two parties", Grade::Sure),
    ("its own: the subject's", Grade::Sure),
    ("its: the speaker's", Grade::Sure),
    ("its: the speaker's side", Grade::Sure),
    ("we: the speaker's side", Grade::Sure),
    ("ours: the speaker's", Grade::Likely),
    ("theirs: the other side's", Grade::Likely),
    ("n for m: the first to the side that speaks, else to the first named", Grade::Sure),
    (infer::HELD_BY_THE_GROUP, Grade::Likely),
    ("each side: the same count in both directions", Grade::Sure),
    ("in exchange: the other direction", Grade::Sure),
    ("a swap told one way: the other direction", Grade::Check),
    ("the verb before, left out", Grade::Sure),
    ("home is their own or the speaker's side", Grade::Likely),
    ("soldiers of the other side", Grade::Sure),
    ("where it happened", Grade::Sure),
    ("struck by the other side", Grade::Sure),
    ("the country that the article is about", Grade::Sure),
    ("soldiers are the state's, rebels the group's", Grade::Sure),
    ("a state's own prisoners", Grade::Likely),
    ("where they come from", Grade::Likely),
];

/// The best grade that a rule allows. A rule without an entry is new, and nothing is known of it.
fn of_rule(rule: &str) -> Grade {
    RULES.iter().find(|(name, _)| *name == rule).map_or(Grade::Likely, |(_, grade)| *grade)
}

/// Of two rules the one that is trusted less, the first where both are trusted alike: what leans on another
/// count is never surer than that.
pub(super) fn weaker(rule: &'static str, leans_on: &'static str) -> &'static str {
    let (own, other) = (of_rule(rule), of_rule(leans_on));
    if other < own || other == own && own < Grade::Sure { leans_on } else { rule }
}

/// How far a draft can be trusted.
pub(super) fn grade(draft: &Draft<'_>, scene: &Scene) -> Grade {
    let open = [Modality::Denied, Modality::Hypothetical].contains(&draft.modality.0);
    let odd = draft.flags.iter().any(|flag| matches!(flag, ClaimFlag::DirectionUnclear));
    let none = draft.quantity.low == Some(0) && draft.quantity.high == Some(0);
    let slots = [draft.roles.party, draft.roles.from, draft.roles.to];
    let rules = slots.iter().flatten().map(|slot| slot.rule).chain([draft.category.rule]);
    // "12 of them were wounded": where the words say what became of them, whose they are is that of the whole. That
    // some of the dead are dead, too, is oftener wrong: they may be those who were found, or sent home.
    let of_dead = is_casualty(draft) && draft.category.rule.is_empty();
    let grades: Vec<Grade> = rules.filter(|rule| !(of_dead && *rule == PART)).map(of_rule).collect();
    if open || odd || none || grades.contains(&Grade::Check) {
        return Grade::Check;
    }
    // Who is counted over a period, or planned, is often not the captives of the day.
    let stretched = draft.category.rule == category::MOVED && matches!(draft.kind.0, Kind::Cumulative | Kind::Plan)
        || draft.category.rule == PARALLEL && draft.kind.0 == Kind::Stock
        || &*draft.category.id == "displaced" && draft.kind.0 == Kind::Stock;
    let sure = grades.iter().all(|grade| *grade == Grade::Sure) && is_whole(draft, scene) && !stretched;
    if sure { Grade::Sure } else { Grade::Likely }
}

/// Whether nothing is left open that such a count has.
fn is_whole(draft: &Draft<'_>, scene: &Scene) -> bool {
    let slots = [draft.roles.party, draft.roles.from, draft.roles.to];
    let both = draft.roles.party.is_some_and(|slot| slot.party.is_none());
    if both {
        // Which two they are must be known.
        return scene.pair.is_some();
    }
    if slots.iter().all(Option::is_some) {
        return true;
    }
    if draft.roles.from.is_some() || draft.roles.to.is_some() {
        return false;
    }
    let handed = matches!(&*draft.category.id, "bodies" | "prisoners" | "hostages" | "civilians" | "exchanges");
    if &*draft.category.id == "bodies" && draft.roles.party.is_none() {
        // Found where people were hurt and saved, and not handed over.
        let told = matches!(draft.category.rule, "" | HEADING) && draft.counted.owner.is_none();
        return told && scene.hurt && !scene.captives && !scene.conflict;
    }
    if &*draft.category.id == "hostages" && draft.roles.party.is_none() && !scene.conflict {
        // Kidnapped, and let go by nobody: whose they are matters where two foes hold captives.
        return draft.category.rule.is_empty() && draft.counted.owner.is_none() && draft.part_of.is_none();
    }
    if handed {
        // Held or found, and not handed over: then it must be said whose they are, and that they are held.
        return draft.kind.0 == Kind::Stock && draft.roles.party.is_some();
    }
    let told = matches!(draft.category.rule, "" | HEADING | PART | category::VICTIMS | QUESTION | OVER_LIST);
    // "four of its own fighters", of whom it is not known whose.
    let whose = draft.roles.party.is_some() || draft.counted.owner.is_none();
    if is_casualty(draft) {
        // Among captives and foes, a casualty's category and party are often those of the captives.
        let foes = scene.conflict && (scene.captives || scene.states && !scene.uprooted && !scene.hurt);
        let named = draft.roles.party.is_some() || !foes;
        // "of the 12, seven went missing": who is missing among captives is often held, or found.
        let lost = scene.captives && &*draft.category.id == "missing" && draft.counted.is_elliptical();
        return told && whose && named && !lost;
    }
    let peace = !scene.captives && !scene.conflict;
    match &*draft.category.id {
        "displaced" => told && whose && draft.part_of.is_none() && peace,
        // Those who are held by whoever it be may be hostages; those who are arrested are not.
        "detained" => told && whose && peace && !draft.counted.is_elliptical(),
        _ => false,
    }
}

/// Whether people came to harm or were saved from it, and are handed to nobody.
fn is_casualty(draft: &Draft<'_>) -> bool {
    matches!(&*draft.category.id, "killed" | "wounded" | "missing" | "rescued")
        && draft.roles.from.is_none()
        && draft.roles.to.is_none()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rule_stands_once() {
        for (place, (rule, _)) in RULES.iter().enumerate() {
            assert!(RULES[..place].iter().all(|(known, _)| known != rule), "{rule} stands twice");
        }
    }

    #[test]
    fn what_the_words_say_is_sure_and_a_new_rule_is_not() {
        assert_eq!(of_rule(""), Grade::Sure);
        assert_eq!(of_rule("a rule that nobody has measured"), Grade::Likely);
    }
}
