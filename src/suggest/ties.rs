//! What ties a count to others: the same number, another so many, a part, a correction.

use super::draft::{Draft, recent};
use super::governing::{self, Tie};
use super::parts;
use super::quantities::{Note, QuantityMention};
use super::roles::Slot;
use super::sheet::Sheet;
use crate::claim::{ClaimFlag, Link, NounClass, Quantity};

/// Ties to other counts: "the same number", "another 3,000", "five of them", "not 38 but 35".
pub(super) fn link(sheet: &Sheet<'_>, counts: &[QuantityMention], draft: &mut Draft<'_>, drafts: &[Draft<'_>]) {
    let mention = &counts[draft.count];
    // At a second look what is drafted may stand behind.
    let unit = draft.counted.unit;
    let before = |d: &&Draft<'_>| d.counted.unit < unit;
    let previous = recent(drafts, draft.sentence, 0).find(before);
    let near = recent(drafts, draft.sentence, 1).find(before);
    let span_of = |d: &Draft<'_>| Some(counts[d.count].span);
    if mention.has(Note::Reference) {
        if let Some(previous) = previous.or(near) {
            draft.quantity = Quantity::by_reference(&previous.quantity);
            draft.refers_to = Some(Link { span: span_of(previous) });
        } else {
            draft.refers_to = Some(Link { span: None });
        }
    }
    if mention.has(Note::Additive) {
        let same = drafts.iter().rev().take(4).find(|d| d.category.id == draft.category.id);
        draft.additive = Some(Link { span: previous.or(same).or(near).and_then(span_of) });
    }
    let toll = draft.category.unit < draft.counted.phrase.start && sheet.is_noun(draft.category.unit, NounClass::Toll);
    let coordinate = previous.filter(|d| {
        !toll
            && d.part_of.is_some()
            && draft.roles.verb.is_none_or(|(_, tie)| tie == Tie::Parallel)
            && draft.additive.is_none()
    });
    let start = draft.counted.phrase.start;
    let comprised = start > 0
        && (governing::is_including(sheet, start - 1)
            || sheet.is_punct(start - 1, ":") && draft.category.unit + 2 != start)
        && previous.is_some();
    let told = parts::is_predicated(sheet, &draft.counted) || parts::is_of_the_state(sheet, &draft.counted);
    if mention.has(Note::Part) || draft.counted.of_them || comprised || told && near.is_some() {
        let chained = near.filter(|d| told && d.sentence == draft.sentence).and_then(|d| d.part_of);
        let whole = mention.partner.map(|partner| counts[partner].span);
        let whole = whole.or(chained.and_then(|link| link.span)).or_else(|| near.and_then(span_of));
        draft.part_of = Some(Link { span: whole });
    } else if let Some(part) = coordinate {
        draft.part_of = part.part_of.filter(|link| link.span != Some(mention.span));
    } else if let Some(whole) = parts::opened_by(sheet, &sheet.sentences[draft.sentence], draft, drafts) {
        draft.part_of = Some(Link { span: span_of(whole) });
    }
    // A part goes where its whole goes.
    // "29 are Gambians and seven Senegalese. Twelve are minors": of all of them, not of the last.
    let one_side = |whole: &Draft<'_>| {
        draft.sentence == whole.sentence
            || !recent(drafts, whole.sentence, 0).any(|d| {
                let differs = |a: Option<Slot>, b: Option<Slot>| {
                    a.zip(b).is_some_and(|(a, b)| a.rule.is_empty() && b.rule.is_empty() && a.party != b.party)
                };
                d.sentence == whole.sentence
                    && d.category.id == whole.category.id
                    && d.roles.verb.map(|(verb, _)| verb) == whole.roles.verb.map(|(verb, _)| verb)
                    && differs(d.roles.party, whole.roles.party)
            })
    };
    if let Some(whole) = draft.part_of.and_then(|link| link.span)
        && let Some(whole) = recent(drafts, draft.sentence, 1).find(|d| counts[d.count].span == whole)
        && one_side(whole)
        && draft.roles.from.is_none()
        && draft.roles.to.is_none()
        && (draft.roles.verb.is_none()
            || draft.sentence == whole.sentence
                && draft.roles.verb.map(|(verb, _)| verb) == whole.roles.verb.map(|(verb, _)| verb))
    {
        let inherited = |slot: Option<Slot>| slot.map(|slot| Slot { rule: "a part of the count before", ..slot });
        draft.roles.from = inherited(whole.roles.from);
        draft.roles.to = inherited(whole.roles.to);
        draft.roles.party = draft.roles.party.or(inherited(whole.roles.party));
    } else if let Some(whole) = draft.part_of.and_then(|link| link.span)
        && draft.roles.party.is_none()
        && (mention.has(Note::Part) || draft.counted.of_them)
        && let Some(whole) = recent(drafts, draft.sentence, 1).find(|d| counts[d.count].span == whole)
        && one_side(whole)
    {
        // Whatever else is done to a part, it is of its whole's people.
        draft.roles.party = whole.roles.party.map(|slot| Slot { rule: "a part of the count before", ..slot });
    }
    if mention.has(Note::Correction) {
        draft.flag(ClaimFlag::Corrects);
    }
    if mention.has(Note::Rounded) && draft.quantity.n.is_some() {
        draft.flag(ClaimFlag::RoundedNotation);
    }
}
