//! Confirmations without a number: "TASS, citing an unnamed source, confirmed the numbers involved"
//! speaks of counts, "Moscow also confirmed the exchange" of an event alone.

use std::ops::Range;

use super::attribution::Saying;
use super::draft::Draft;
use super::pipeline::Read;
use super::quantities::QuantityMention;
use super::sheet::Sheet;
use super::which_date::names_event;
use crate::claim::{
    ArticleId, BUILT_IN, Count, Cue, Field, Grade, Kind, Modality, Provenance, Quantity, Reading, Span, Suggestion,
    Trace,
};

/// How many figures back a confirmation can speak of.
const REACH: usize = 40;

/// The confirmations of an article; `drafts` are its counts, dated, by position.
pub(super) fn confirmations(
    sheet: &Sheet<'_>,
    counts: &[QuantityMention],
    read: &[Read],
    repeated: &[bool],
    drafts: &[Draft<'_>],
    article: &ArticleId,
) -> Vec<Suggestion> {
    let mut found = Vec::new();
    for (index, sentence) in read.iter().enumerate().filter(|(index, _)| !repeated[*index]) {
        for saying in &sentence.sayings {
            if saying.modality != Some(Modality::Confirmed) || saying.denied || saying.relative.is_some() {
                continue;
            }
            let Some((object, figures)) = object(sheet, saying.at + 1, &sentence.units) else { continue };
            if let Some(suggestion) = confirmation(sheet, counts, drafts, index, saying, object, figures, article) {
                found.push(suggestion);
            }
        }
    }
    found
}

/// What is confirmed: the unit behind its noun, and whether it is figures.
fn object(sheet: &Sheet<'_>, from: usize, sentence: &Range<usize>) -> Option<(usize, bool)> {
    let end = sentence.end.min(from + 5);
    for unit in from..end {
        if sheet.is_any(unit, words!["that", ":"])
            || sheet.count(unit).is_some()
            || sheet.is_punct_any(unit, &[",", ";"])
        {
            return None;
        }
        if sheet.cue(unit, Cue::Figures) {
            return Some((unit + 1, true));
        }
        if names_event(sheet, unit)
            && unit > from
            && !sheet.cue(unit + 1, Cue::Of)
            && !sheet.word(unit).ends_with(" of")
        {
            return Some((unit + 1, false));
        }
    }
    None
}

#[expect(clippy::too_many_arguments, reason = "one suggestion from the whole state")]
fn confirmation(
    sheet: &Sheet<'_>,
    counts: &[QuantityMention],
    drafts: &[Draft<'_>],
    sentence: usize,
    saying: &Saying,
    object_end: usize,
    figures: bool,
    article: &ArticleId,
) -> Option<Suggestion> {
    let chain: Vec<_> = saying.chain().into_iter().map(|speaker| speaker.asserter.clone()).collect();
    let innermost = chain.first()?;
    let start = saying.cited.iter().map(|s| s.units.start).fold(saying.units.start, usize::min);
    let span = sheet.span(start..object_end)?;
    let event =
        |d: &&Draft<'_>| d.kind.0 == Kind::Event && matches!(d.modality.0, Modality::Reported | Modality::Confirmed);
    // The figures that stand before it, within reach; else the first that follow.
    let behind = drafts.partition_point(|d| d.sentence < sentence);
    let told_before = drafts[behind.saturating_sub(REACH)..behind].iter().filter(event);
    let last = told_before.clone().next_back();
    let nearest = last.or_else(|| drafts[behind..].iter().take(REACH).find(event))?;
    let mut confirms: Vec<Span> = Vec::new();
    if figures {
        // The figures of the same event that somebody else gave; one's own are given already.
        confirms = told_before
            .filter(|d| d.date.window == nearest.date.window && d.date.value == nearest.date.value)
            .filter(|d| d.chain.first().is_none_or(|first| first.asserter.name != innermost.name))
            .map(|d| counts[d.count].span)
            .collect();
        confirms.dedup();
        if confirms.is_empty() {
            return None;
        }
    }
    let moved = nearest.roles.from.is_some() || nearest.roles.to.is_some();
    let category = if !figures && moved { "exchanges".into() } else { nearest.category.id.clone() };
    let mut reading = Reading::new(Count { span: None, quantity: Quantity::confirm_only() }, category);
    reading.modality = Modality::Confirmed;
    reading.date = nearest.date.clone();
    reading.attribution.chain = chain;
    reading.attribution.via = saying.via.clone();
    let mut trace = Trace::new();
    let said = sheet.span(saying.at..saying.at + 1);
    trace.insert(Field::Modality, Provenance::stated(said));
    trace.insert(Field::Attribution, Provenance::stated(sheet.span(saying.units.clone())));
    let rule = "what the confirmation speaks of";
    trace.insert(Field::Category, Provenance::inferred(rule, [counts[nearest.count].span]));
    if reading.date.window.is_known() {
        trace.insert(Field::Date, Provenance::inferred(rule, nearest.date.span));
    }
    reading.confirms = confirms;
    let (article, suggester) = (article.clone(), BUILT_IN.into());
    Some(Suggestion { article, span, reading, trace, grade: Grade::Likely, suggester, score: None })
}
