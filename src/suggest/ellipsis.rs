//! Counts that say of themselves neither of what nor what happened: "43 fought in Mariupol",
//! "up from 144", "the 208 soldiers", "two have gunshot wounds".
//!
//! Every figure about people is worth an analyst's look. Where no noun and no frame gives a category,
//! a count speaks of the people spoken of: those of an equal figure ("the 208"), those of the figure
//! beside it, or those of the last figures before. What rests on that is graded "check".

use std::collections::BTreeMap;
use std::ops::Range;

use super::category::Category;
use super::clauses::is_of_a_group;
use super::counted::{Counted, is_plural};
use super::draft::{Draft, recent};
use super::lexicon_pass::{Forms, PartyWord, bit};
use super::quantities::{Note, QuantityMention};
use super::roles::Slot;
use super::sheet::{Sheet, What};
use super::word_set::WordSet;
use crate::article::BlockKind;
use crate::claim::{Cue, NounClass};

/// The rule of a count that repeats an earlier one.
pub(super) const SAME: &str = "the figure named before";
/// The rule of a count that takes some of those counted before.
pub(super) const SOME: &str = "some of those counted before";
/// The rule of a figure beside another.
pub(super) const BESIDE: &str = "the figure beside it";
/// The rule of people of whom nothing is told.
pub(super) const PEOPLE: &str = "people, of whom nothing more is told";

/// How many sentences back the people spoken of are sought.
const BACK: usize = 3;

/// What a count speaks of by its surroundings: the category, and whose people they are.
pub(super) struct Elided {
    pub(super) category: Category,
    pub(super) party: Option<Slot>,
    pub(super) from: Option<Slot>,
    pub(super) to: Option<Slot>,
}

impl Elided {
    fn alone(category: Category) -> Self {
        Self { category, party: None, from: None, to: None }
    }

    fn taken(draft: &Draft<'_>, rule: &'static str) -> Self {
        let inherited = |slot: Option<Slot>| slot.map(|slot| Slot { rule, ..slot });
        Self {
            category: Category { rule, ..draft.category.clone() },
            party: inherited(draft.roles.party),
            from: inherited(draft.roles.from),
            to: inherited(draft.roles.to),
        }
    }
}

/// When a sentence is looked at.
#[derive(Clone, Copy)]
pub(super) enum Look<'l, 'a> {
    /// For the first time: what stands before is drafted.
    First,
    /// Again, when all of it that explain themselves are drafted, those behind included.
    Again,
    /// A heading, when the whole article is drafted: the first draft of each value, and all drafts.
    Below(&'l BTreeMap<u64, usize>, &'l [Draft<'a>]),
}

/// Reads a count that nothing else explains.
pub(super) fn of_context(
    sheet: &Sheet<'_>,
    phrase: &Counted<'_>,
    mention: &QuantityMention,
    sentence: &Range<usize>,
    (index, drafts): (usize, &[Draft<'_>]),
    look: Look<'_, '_>,
) -> Option<Elided> {
    if mention.notes.any(&[Note::YearLike, Note::Label, Note::Fraction, Note::Nothing]) && phrase.noun.is_none() {
        return None;
    }
    let people = counts_people(sheet, phrase);
    if !people && !alone(sheet, phrase, sentence) {
        return None;
    }
    if speaks(sheet, phrase) || is_age(sheet, phrase, mention, sentence) {
        return None;
    }
    if let Look::Below(values, below) = look {
        let value = mention.quantity.as_ref().and_then(|quantity| quantity.n)?;
        return values.get(&value).and_then(|place| below.get(*place)).map(|same| Elided::taken(same, SAME));
    }
    // "the 208 soldiers", "The three who are missing"
    let definite = (phrase.phrase.start.saturating_sub(1)..=phrase.phrase.start).any(|unit| {
        unit >= sentence.start && unit < phrase.unit && sheet.is_any(unit, words!["the", "these", "those", "all"])
    });
    if definite
        && let Some(value) = mention.quantity.as_ref().and_then(|quantity| quantity.n)
        && let Some(same) = drafts.iter().rev().take(40).find(|draft| draft.quantity.n == Some(value))
    {
        return Some(Elided::taken(same, SAME));
    }
    // "police put the crowd at 6,000"
    let crowd = phrase.phrase.start >= sentence.start + 2
        && sheet.is_any(phrase.phrase.start - 1, words!["at"])
        && sheet.is_any(phrase.phrase.start - 2, words!["crowd", "turnout", "attendance", "gathering"]);
    if crowd {
        return Category::by("other", phrase.phrase.start - 2, PEOPLE).map(Elided::alone);
    }
    if !people && let Some(category) = labelled(sheet, phrase, sentence) {
        return Some(Elided::alone(category));
    }
    // "The Red Cross, which had spoken of 103": a figure that is like no other.
    let telling = mention.quantity.as_ref().and_then(|quantity| quantity.n).filter(|value| *value >= 13);
    let alike = |draft: &&Draft<'_>| draft.quantity.n == telling && told(draft);
    if telling.is_some()
        && !(people && is_round(telling))
        && let Some(same) = drafts.iter().rev().take(200).find(alike)
    {
        let mut taken = Elided::taken(same, SAME);
        if people {
            // Who else they are is told by their own noun.
            (taken.from, taken.to) = (None, None);
        }
        return Some(taken);
    }
    if matches!(look, Look::First) {
        return None;
    }
    // "The five others came before the sunset prayer": others of those who were counted last.
    let others =
        definite && phrase.phrase.clone().any(|unit| sheet.is_any(unit, words!["other", "others", "remaining"]));
    if others && phrase.noun.is_none_or(|(noun, _)| noun.forms.first().is_some_and(|form| &**form == "others")) {
        let before = |d: &&Draft<'_>| d.counted.unit < phrase.unit && told(d);
        if let Some(of) = recent(drafts, index, 1).find(before) {
            // "Twelve escaped. The other 40": those who did not are of the whole that the twelve are a part of.
            let whole = of.part_of.and_then(|link| link.span);
            let spans = |draft: &&Draft<'_>| sheet.span(draft.counted.unit..draft.counted.unit + 1) == whole;
            let of = recent(drafts, index, BACK).filter(|_| whole.is_some()).find(spans).unwrap_or(of);
            return Some(Elided::taken(of, SOME));
        }
    }
    let names = phrase.noun.is_some_and(|(noun, _)| noun.forms.first().is_some_and(|form| &**form == "name"));
    if (!people || names)
        && let Some(spoken_of) = spoken_of(sheet, phrase, (index, drafts), false)
    {
        return Some(Elided::alone(spoken_of));
    }
    let own = recent(drafts, index, 0).filter(|draft| draft.sentence == index && told(draft));
    // Of two as near, the one before: "nine dead, seven from gunshots, and five bodies".
    let place = sheet.count(phrase.unit).unwrap_or_default();
    let beside = own.min_by_key(|draft| (draft.count.abs_diff(place), draft.count > place));
    // More people than were hurt are not some of the hurt.
    let of = |draft: &Draft<'_>| draft.quantity.low.or(draft.quantity.n).or(draft.quantity.high);
    let own = mention.quantity.as_ref().and_then(|quantity| quantity.low.or(quantity.n));
    let beyond = |draft: &Draft<'_>| people && own.zip(of(draft)).is_some_and(|(own, of)| own > of);
    if let Some(beside) = beside.filter(|beside| !beyond(beside)) {
        return Some(Elided::taken(beside, if people { SOME } else { BESIDE }));
    }
    if !people {
        let earlier = || recent(drafts, index, BACK).filter(|draft| draft.counted.unit < phrase.unit);
        let before = earlier().find(told).or_else(|| earlier().next());
        let taken = before.map(|before| Elided::taken(before, SOME));
        return taken.or_else(|| spoken_of(sheet, phrase, (index, drafts), true).map(Elided::alone));
    }
    // "38 girls": those whom the article speaks of by that word.
    const ANYBODY: &WordSet = words![
        "person", "people", "man", "woman", "resident", "others", "name", "member", "citizen", "civilian", "local"
    ];
    let word = phrase
        .noun
        .filter(|(noun, _)| noun.category.is_none() && noun.forms.first().is_some_and(|form| !ANYBODY.has(form)));
    if let Some((word, _)) = word
        && let Some(same) = drafts.iter().rev().take(60).find(|draft| {
            told(draft)
                && draft.counted.noun.is_some_and(|(noun, _)| std::ptr::eq(noun, word))
                && matches!(
                    &*draft.category.id,
                    "hostages" | "missing" | "rescued" | "aboard" | "prisoners" | "detained"
                )
        })
    {
        return Some(Elided::alone(Elided::taken(same, SOME).category));
    }
    // "has 131 names": of those spoken of, whoever they are.
    if names && let Some(before) = recent(drafts, index, BACK).find(told) {
        return Some(Elided::alone(Elided::taken(before, SOME).category));
    }
    // People spoken of next to captives, or to those who fled, are of them; soldiers are captives alone.
    let military = phrase.class() == Some(NounClass::Military);
    // "59 residents of the region remain": whoever lives there is nobody's prisoner.
    let resident = phrase
        .noun
        .is_some_and(|(noun, _)| noun.forms.first().is_some_and(|form| matches!(&**form, "resident" | "villager")));
    let spoken_of = |d: &&Draft<'_>| match &*d.category.id {
        "prisoners" => !resident,
        "hostages" => true,
        "civilians" | "displaced" => !military,
        _ => false,
    };
    if let Some(before) = recent(drafts, index, BACK).find(|d| told(d)).filter(spoken_of) {
        // Those who take hostages get fighters of theirs back for them.
        let jailed = sentence.clone().any(|unit| sheet.cue(unit, Cue::Captivity));
        if &*before.category.id == "hostages" && jailed && phrase.noun.is_some_and(|(noun, _)| is_of_a_group(noun)) {
            return Category::by("prisoners", phrase.unit, SOME).map(Elided::alone);
        }
        return Some(if military {
            Elided::taken(before, SOME)
        } else {
            Elided::alone(Elided::taken(before, SOME).category)
        });
    }
    // Rows say who they are, and the text above them what became of them.
    if sheet.block(index) == BlockKind::TableRow
        && let Some(before) = recent(drafts, index, BACK).find(told)
    {
        return Some(Elided::taken(before, SOME));
    }
    let unit = phrase.noun.map_or(phrase.unit, |(_, unit)| unit);
    // Who only watches is no figure of the story.
    if sheet.is_any(unit, words!["fans", "spectators", "viewers", "supporters", "concertgoers", "shoppers"]) {
        return None;
    }
    // Migrants are a matter of their own.
    let migrants = phrase.noun.and_then(|(noun, _)| noun.forms.first()).is_some_and(|form| &**form == "migrant");
    let id = if phrase.class() == Some(NounClass::Civilian) && !migrants { "civilians" } else { "other" };
    Some(Elided::alone(Category::by(id, unit, PEOPLE)?))
}

/// The rule of a bare figure behind a word for those that it counts.
pub(super) const SPOKEN_OF: &str = "the word for them before";

/// "Lawyers disputed the number of arrests, too. The society knew of at least 532": the last word for people
/// of whom something is told, where it stands nearer than the last figure. Where there is no such figure,
/// `any` word for them will do.
fn spoken_of(
    sheet: &Sheet<'_>,
    phrase: &Counted<'_>,
    (index, drafts): (usize, &[Draft<'_>]),
    any: bool,
) -> Option<Category> {
    /// How many units back it is sought.
    const REACH: usize = 60;
    let end = phrase.phrase.start;
    let last = recent(drafts, index, BACK).find(|draft| draft.counted.unit < phrase.unit);
    let floor = last.map_or(0, |draft| draft.counted.phrase.end);
    let floor = floor.max(sheet.sentences[index.saturating_sub(1)].start).max(end.saturating_sub(REACH));
    (floor..end).rev().find_map(|unit| {
        // "said the number on board was higher: 165"
        if sheet.cue(unit, Cue::Aboard)
            && unit > 0
            && sheet.is_any(unit - 1, words!["number", "people", "those", "many"])
        {
            return Category::by("aboard", unit, SPOKEN_OF);
        }
        let noun = sheet.noun(unit)?;
        let id = noun.category.as_ref().filter(|id| !matches!(&***id, "other" | "exchanges" | "aboard"))?;
        let definite = unit > 0 && sheet.any_cue(unit - 1, bit(Cue::Determiner));
        // "the working group on the missing", "the Missing Families Forum": a part of a name. And survivors tell.
        let named = definite && unit > 1 && sheet.is_any(unit - 2, words!["on", "for"])
            || sheet.is_capitalised(unit) && sheet.sentences[sheet.sentence_of(unit)].start != unit
            || sheet.is_possessive(unit + 1)
            || &**id == "rescued" && !(unit > 0 && sheet.cue(unit - 1, Cue::Of));
        let several = any || !named && (is_plural(sheet.word(unit)) || noun.class == NounClass::Toll || definite);
        several.then(|| Category::by(id, unit, SPOKEN_OF)).flatten()
    })
}

/// Whether many figures are likely to be this one: "20", "100", "5,000".
fn is_round(value: Option<u64>) -> bool {
    value.is_some_and(|value| value.is_multiple_of(if value < 200 { 10 } else { 100 }))
}

/// Whether a draft's category says something of its people.
fn told(draft: &&Draft<'_>) -> bool {
    draft.category.rule != PEOPLE && &*draft.category.id != "exchanges"
}

/// "put the dead at 1,074", "bringing to 14 the number of bodies": a label before or behind.
fn labelled(sheet: &Sheet<'_>, phrase: &Counted<'_>, sentence: &Range<usize>) -> Option<Category> {
    let before = phrase.phrase.start.checked_sub(1).filter(|unit| *unit >= sentence.start)?;
    let stated = |unit: usize| {
        let noun = sheet.noun(unit)?;
        Category::stated(noun.category.as_ref()?, unit)
    };
    let behind = phrase.phrase.end;
    if sheet.cue(behind, Cue::Determiner) && sheet.word(behind + 1).starts_with("number") {
        let end = sentence.end.min(behind + 8);
        let participle = |unit: usize| {
            let (frame, forms) = sheet.frame(unit)?;
            let id = sheet.frame_entry(frame).category.as_ref()?;
            forms.has(Forms::PARTICIPLE).then(|| Category::stated(id, unit)).flatten()
        };
        return (behind + 1..end).find_map(stated).or_else(|| (behind + 1..end).find_map(participle));
    }
    if !(sheet.is_any(before, words!["at", "to", "as", "reaching", "past"]) || sheet.cue(before, Cue::To)) {
        return None;
    }
    // "put the dead of the Atlantic route at 4,600"
    let puts = |unit: &usize| sheet.is_any(*unit, words!["put", "puts", "putting", "estimates", "estimated"]);
    let far = (before.saturating_sub(10).max(sentence.start)..before).rev().find(puts);
    let reach = far.unwrap_or(before.saturating_sub(3).max(sentence.start));
    (reach..before).rev().find_map(|unit| {
        let definite = unit > sentence.start && sheet.cue(unit - 1, Cue::Determiner);
        let state = sheet.noun(unit).is_some_and(|noun| noun.class == NounClass::People);
        (definite && state).then(|| stated(unit)).flatten()
    })
}

/// Whether the head is a word for people, known or of their kind.
fn counts_people(sheet: &Sheet<'_>, phrase: &Counted<'_>) -> bool {
    let known = matches!(phrase.class(), Some(NounClass::People | NounClass::Civilian | NounClass::Military));
    let sounds = phrase.unknown_head.is_some_and(|unit| super::category::sounds_like_people(sheet.word(unit)));
    known && phrase.noun.is_some_and(|(_, unit)| is_plural(sheet.word(unit)) || sheet.word(unit) == "people")
        || phrase.people
        || (phrase.noun.is_none() && sounds)
}

/// Whether a count stands for a noun phrase by itself: nothing behind it is counted.
fn alone(sheet: &Sheet<'_>, phrase: &Counted<'_>, sentence: &Range<usize>) -> bool {
    if phrase.noun.is_some() || phrase.people {
        return false;
    }
    let next = if phrase.of_them { phrase.phrase.end } else { phrase.unit + 1 };
    let verb = |unit: usize| {
        let word = sheet.word(unit);
        const PAST: &WordSet = words![
            "fought", "got", "went", "came", "made", "took", "had", "spent", "left", "ran", "fell", "swam", "fled",
            "began", "stood", "sat", "lay", "grew", "rose", "kept", "found", "lost", "saw", "told", "bore", "wore",
            "slept", "ate", "chose", "sought", "need", "needed", "require", "refuse", "live", "come", "go", "want",
        ];
        PAST.has(word)
            || word.len() > 4 && word.ends_with("ed")
            || sheet.frame(unit).is_some_and(|(_, forms)| forms.has(Forms::FINITE) || forms.has(Forms::PARTICIPLE))
    };
    let closes = match sheet.what(next) {
        // "The right figure is 71: 25 were counted twice" is no hour.
        What::Punct if sheet.is_punct(next, ":") => !(sheet.is_glued(next) && sheet.is_glued(next + 1)),
        What::Punct => !(sheet.is_glued(next) && sheet.is_any(next, words!["-", "/", "–", "’", "'", "%", "°"])),
        What::Break => true,
        What::Word => {
            // "48 were hurt, three critically"
            let how = sheet.word(next).ends_with("ly") && matches!(sheet.what(next + 1), What::Punct | What::Break);
            verb(next)
                || how
                || sheet.reporting(next).is_some()
                || sheet.any_cue(
                    next,
                    bit(Cue::Be)
                        | bit(Cue::Have)
                        | bit(Cue::Will)
                        | bit(Cue::Possible)
                        | bit(Cue::And)
                        | bit(Cue::Relative)
                        | bit(Cue::Subordinator)
                        | bit(Cue::From)
                        | bit(Cue::In)
                        | bit(Cue::ToDate)
                        | bit(Cue::Adverb)
                        | bit(Cue::Preposition),
                )
                || sheet.is_any(
                    next,
                    words![
                        "out", "free", "safe", "alive", "of", "more", "at", "on", "by", "to", "but", "did", "could",
                        "may", "might", "must",
                    ],
                )
        }
        What::Count(_) => false,
        _ => true,
    };
    // "three to a mat", "two per bed": a ratio.
    let ratio = sheet.is_any(next, words!["to", "per"])
        && sheet.is_any(next + 1, words!["a", "an", "each", "every", "bed", "one"]);
    // "one of 208 captives": one of them, who is told of.
    let single = sheet.is_any(phrase.unit, words!["one"]);
    if ratio || single {
        return false;
    }
    let opens = match phrase.phrase.start.checked_sub(1).filter(|unit| *unit >= sentence.start) {
        // "The nine, all of them locals, walked in"
        None => {
            phrase.phrase.start < phrase.unit
                || verb(next)
                || sheet.any_cue(next, bit(Cue::Be) | bit(Cue::Have) | bit(Cue::Will) | bit(Cue::Possible))
                || sheet.is_any(next, words!["must"])
        }
        Some(before) => match sheet.what(before) {
            What::Punct => !sheet.is_any(before, words!["/", "#", "+", "@"]),
            What::Break => true,
            What::Word => {
                // A name before a number ("Division 8", "Channel 12") numbers something; so does "number".
                let name = sheet.is_any(before, words!["number", "no", "telephone", "phone", "tel", "call", "unit"]);
                let name = name || sheet.is_capitalised(before) && before > sentence.start && sheet.is_unknown(before);
                let singular = sheet.noun(before).is_some_and(|noun| noun.class == NounClass::Things);
                !name && !singular
            }
            _ => false,
        },
    };
    closes && opens
}

/// "Two officers told this paper": whoever speaks is no figure of the story.
fn speaks(sheet: &Sheet<'_>, phrase: &Counted<'_>) -> bool {
    let mut next = phrase.phrase.end;
    while sheet.cue(next, Cue::Have) || sheet.cue(next, Cue::Adverb) {
        next += 1;
    }
    sheet.reporting(next).is_some_and(|entry| entry.pattern == crate::claim::Saying::Says)
}

/// "The youngest person to die was two and the oldest 100", "A woman of 30 was pulled out": an age,
/// whatever its sentence tells.
pub(super) fn is_of_age(sheet: &Sheet<'_>, phrase: &Counted<'_>, sentence: &Range<usize>) -> bool {
    if !phrase.is_elliptical() || phrase.of_them || phrase.marked.is_some() {
        return false;
    }
    let unit = phrase.unit;
    let near = (unit.saturating_sub(6).max(sentence.start)..unit).rev();
    let told = near
        .take_while(|at| !sheet.is_punct_any(*at, &[";", ":"]) && sheet.count(*at).is_none())
        .any(|at| sheet.is_any(at, words!["aged", "oldest", "youngest", "eldest"]));
    let alone = matches!(sheet.what(unit + 1), What::Punct | What::Break)
        || sheet.any_cue(unit + 1, bit(Cue::And) | bit(Cue::Be));
    let of = unit > sentence.start + 1 && sheet.cue(unit - 1, Cue::Of);
    // "a tailor of 24": a word for one who does something.
    let trade = |at: usize| {
        sheet.is_unknown(at)
            && at > sentence.start
            && sheet.is_any(at - 1, words!["a", "an"])
            && ["er", "or", "ist", "ian", "man", "ant", "ess"].iter().any(|end| sheet.word(at).ends_with(end))
            && !sheet
                .is_any(at, words!["number", "matter", "order", "cluster", "quarter", "corner", "offer", "register"])
            && matches!(sheet.what(unit + 1), What::Punct | What::Break)
    };
    let one = |at: usize| {
        let people = [NounClass::People, NounClass::Civilian, NounClass::Military];
        sheet.noun(at).is_some_and(|noun| noun.category.is_none() && people.contains(&noun.class))
            && !is_plural(sheet.word(at))
            && sheet.word(at) != "people"
    };
    // "a Senegalese of 34"
    let of_a_people = |at: usize| {
        sheet.party_by(at, &[PartyWord::Adjective, PartyWord::People]).is_some()
            && at > sentence.start
            && sheet.is_any(at - 1, words!["a", "an"])
    };
    told && alone || of && (one(unit - 2) || of_a_people(unit - 2) || trade(unit - 2)) && alone
}

/// Words for one person of a family: "His granddaughter, 5, had".
const KIN: &WordSet = words![
    "daughter",
    "granddaughter",
    "son",
    "grandson",
    "mother",
    "grandmother",
    "father",
    "grandfather",
    "wife",
    "husband",
    "widow",
    "widower",
    "niece",
    "nephew",
    "aunt",
    "uncle",
    "brother",
    "sister",
    "cousin",
    "grandchild",
];

/// "The oldest is 60", "a woman of 30", "She was 13", "aged 20 and 21".
fn is_age(sheet: &Sheet<'_>, phrase: &Counted<'_>, mention: &QuantityMention, sentence: &Range<usize>) -> bool {
    if counts_people(sheet, phrase) {
        return false;
    }
    let from = phrase.unit.saturating_sub(6).max(sentence.start);
    if (from..phrase.unit)
        .any(|unit| sheet.is_any(unit, words!["aged", "age", "ages", "oldest", "youngest", "eldest", "born"]))
    {
        return true;
    }
    // "who are 13, 14 and 16": the first of a list tells.
    let mut first = phrase.unit;
    while first > sentence.start + 1
        && (sheet.is_punct(first - 1, ",") || sheet.cue(first - 1, Cue::And))
        && sheet.count(first - 2).is_some()
    {
        first -= 2;
    }
    let Some(before) = first.checked_sub(1).filter(|unit| *unit >= sentence.start) else { return false };
    let ends = matches!(sheet.what(phrase.unit + 1), What::Punct | What::Break) || sheet.cue(phrase.unit + 1, Cue::And);
    // "There were 38.", "The number is 35": a count, and no age; nobody is 197.
    let subject = before.checked_sub(1).filter(|unit| *unit >= sentence.start);
    let counts = subject.is_some_and(|unit| {
        sheet.is_any(unit, words!["there", "it", "that", "number", "total", "figure", "count", "toll", "tally", "list"])
            || is_plural(sheet.word(unit)) && sheet.noun(unit).is_some_and(|noun| noun.class == NounClass::Toll)
    });
    // "The figure for the first day is 19": so is what the subject further in front counts.
    let floor = before.saturating_sub(7).max(sentence.start);
    let counts = counts
        || (floor..before)
            .rev()
            .take_while(|unit| sheet.what(*unit) != What::Punct)
            .any(|unit| sheet.is_any(unit, words!["figure", "toll", "tally"]));
    let old = mention.quantity.as_ref().and_then(|quantity| quantity.n).is_none_or(|value| value < 110);
    if sheet.cue(before, Cue::Be) && ends && !counts && old {
        return true;
    }
    let one = |unit: usize| {
        let known = sheet.noun(unit).is_some_and(|noun| noun.class != NounClass::Group && noun.category.is_none());
        let titled = sheet.is_title(unit);
        (known || titled || sheet.is_any(unit, KIN)) && !is_plural(sheet.word(unit)) && sheet.word(unit) != "people"
    };
    (sheet.cue(before, Cue::Of) && before > sentence.start && one(before - 1))
        || (sheet.is_punct(before, ",") && before > sentence.start && one(before - 1) && ends)
}
