//! From a draft to a suggestion: names, spans, the trace, the grade.

use super::draft::Draft;
use super::grades::grade;
use super::quantities::QuantityMention;
use super::roles::Slot;
use super::scene::Scene;
use super::sheet::Sheet;
use crate::claim::{ArticleId, BOTH, BUILT_IN, Count, Field, Name, Provenance, Reading, Span, Suggestion, Trace};

/// A draft as a suggestion; `None` where its words have no place in the text.
pub(super) fn finish(
    sheet: &Sheet<'_>,
    scene: &Scene,
    counts: &[QuantityMention],
    draft: Draft<'_>,
    article: &ArticleId,
) -> Option<Suggestion> {
    let mention = &counts[draft.count];
    let span = sheet.span(draft.counted.phrase.clone())?;
    let at = |unit: usize| sheet.span(unit..unit + 1);
    let provenance = |unit: usize, rule: &'static str| {
        if rule.is_empty() { Provenance::stated(at(unit)) } else { Provenance::inferred(rule, at(unit)) }
    };
    let mut trace = Trace::new();
    trace.insert(Field::Count, Provenance::stated([mention.span]));
    trace.insert(Field::Category, provenance(draft.category.unit, draft.category.rule));
    let grade = grade(&draft, scene);
    let draft = draft.into_found();
    let mut reading = Reading::new(Count { span: Some(mention.span), quantity: draft.quantity }, draft.category.id);
    let name = |slot: Slot| -> Name {
        slot.party.map_or_else(|| BOTH.into(), |party| sheet.words.parties[party as usize].name.clone())
    };
    for (field, slot, place) in [
        (Field::Party, draft.roles.party, &mut reading.party),
        (Field::From, draft.roles.from, &mut reading.from),
        (Field::To, draft.roles.to, &mut reading.to),
    ] {
        if let Some(slot) = slot {
            *place = Some(name(slot));
            trace.insert(field, provenance(slot.unit, slot.rule));
        }
    }
    reading.attribution.chain = draft.chain.iter().map(|speaker| speaker.asserter.clone()).collect();
    reading.attribution.via = draft.via;
    reading.attribution.identity_by = draft.identity_by;
    if !draft.chain_evidence.is_empty() {
        let spans: Vec<Span> = draft.chain_evidence.iter().filter_map(|unit| at(*unit)).collect();
        let found = if draft.chain_rule.is_empty() {
            Provenance::stated(spans)
        } else {
            Provenance::inferred(draft.chain_rule, spans)
        };
        trace.insert(Field::Attribution, found);
    }
    if let (modality, Some(unit)) = draft.modality {
        reading.modality = modality;
        trace.insert(Field::Modality, Provenance::stated(at(unit)));
    }
    reading.kind = draft.kind.0;
    if !draft.kind.1.is_empty() {
        trace.insert(Field::Kind, Provenance::inferred(draft.kind.1, []));
    }
    reading.date = draft.date;
    if let Some(found) = draft.date_provenance {
        trace.insert(Field::Date, found);
    }
    reading.as_of = draft.as_of;
    reading.additive = draft.additive;
    reading.part_of = draft.part_of;
    reading.refers_to = draft.refers_to;
    reading.distributive = draft.distributive;
    reading.subset = draft.subset;
    reading.flags = draft.flags;
    reading.confirms = draft.confirms;
    let suggester = BUILT_IN.into();
    Some(Suggestion { article: article.clone(), span, reading, trace, grade, suggester, score: None })
}
