//! One analyst's claims and decisions, taken along to a corrected version of their article.

use std::collections::BTreeSet;

use super::{Placed, Versions, numbers};
use crate::claim::{Anchor, Change, Claim, ClaimId, Decision, Edit, Name, Span, SuggestionKey};

/// A version of an article that claims were made on.
#[derive(Clone, Debug)]
pub struct OldText {
    /// Its number, from 1.
    pub version: u32,
    /// The hash of its text, hexadecimal.
    pub text_sha256: Name,
    /// Its text.
    pub text: std::sync::Arc<str>,
}

/// What became of a claim.
#[derive(Clone, Debug, PartialEq)]
pub enum Fate {
    /// It stands where it stood.
    Same,
    /// The same words stand at another place.
    Moved,
    /// Other words stand in its place; the numbers in them are the same.
    Changed,
    /// Other numbers stand in its place. The claim went there, and says still what it said: what it
    /// is read as is for the analyst to change.
    NumberChanged {
        /// The numbers before, as they were written.
        before: Name,
        /// The numbers now.
        after: Name,
    },
    /// There is a place that may be the one; the claim stays on the version that it was made on.
    InDoubt {
        /// How alike it is, from 0 to 1.
        score: f64,
    },
    /// There is none; the claim stays on the version that it was made on.
    Orphaned,
}

/// A claim, before and after.
#[derive(Clone, Debug, PartialEq)]
pub struct Outcome {
    /// The claim.
    pub claim: ClaimId,
    /// What became of it.
    pub fate: Fate,
    /// Its words on the old version.
    pub before: Name,
    /// Where it stands now, or may stand where it is in doubt, with the words there.
    pub after: Option<(Span, Name)>,
}

/// What a corrected version makes of one analyst's layer.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Reanchored {
    /// The edits that take claims and decisions along.
    pub edits: Vec<Edit>,
    /// What became of each claim, by its place on the old version.
    pub outcomes: Vec<Outcome>,
    /// The keys of suggestions before and after: of those that a decision was made on, and of those
    /// that were given besides.
    pub keys: Vec<(SuggestionKey, SuggestionKey)>,
}

/// Takes claims and decisions from one version of an article along to another: those among the given
/// that were made on the old one. `version` and `text_sha256` are those of the new text; `keys` are
/// suggestions of the old text whose keys on the new one are wanted as well.
pub fn reanchor<'a>(
    old: &OldText,
    new: &str,
    version: u32,
    text_sha256: &Name,
    claims: impl Iterator<Item = &'a Claim>,
    decisions: impl Iterator<Item = &'a Decision>,
    keys: impl Iterator<Item = &'a SuggestionKey>,
) -> Reanchored {
    let versions = Versions::new(&old.text, new);
    let mut claims: Vec<&Claim> = claims.filter(|claim| claim.version == old.version).collect();
    claims.sort_by(|a, b| a.order().cmp(&b.order()));
    let mut result = Reanchored::default();
    for claim in claims {
        let (after, outcome) = of_claim(&versions, new, claim, version);
        if let Some(after) = after {
            result.edits.push(Edit::Claim(Box::new(Change::replace(claim.clone(), after))));
        }
        result.outcomes.push(outcome);
    }
    let (mut gone, mut come) = (Vec::new(), Vec::new());
    let mut taken = BTreeSet::new();
    for decision in decisions.filter(|decision| decision.text_sha256 == old.text_sha256) {
        let Some(key) = moved_key(&versions, &decision.suggestion) else { continue };
        if !taken.insert(key.clone()) {
            continue; // two are about the same words now; the second stays with the old ones
        }
        result.keys.push((decision.suggestion.clone(), key.clone()));
        let after = Decision { suggestion: key, text_sha256: text_sha256.clone(), ..decision.clone() };
        gone.push(Edit::Decision(Box::new(Change::remove(decision.clone()))));
        come.push(Edit::Decision(Box::new(Change::add(after))));
    }
    result.keys.extend(keys.filter_map(|key| Some((key.clone(), moved_key(&versions, key)?))));
    // All go before the first comes: one may take the place of another.
    result.edits.extend(gone.into_iter().chain(come));
    result
}

/// The key of a suggestion on the new text.
fn moved_key(versions: &Versions<'_>, key: &SuggestionKey) -> Option<SuggestionKey> {
    match versions.place(&Anchor::new(versions.old, key.span)?) {
        Placed::Same(span) | Placed::Changed(span, _) => Some(SuggestionKey { span, ..key.clone() }),
        Placed::Doubtful(..) | Placed::Lost => None,
    }
}

fn of_claim(versions: &Versions<'_>, new: &str, claim: &Claim, version: u32) -> (Option<Claim>, Outcome) {
    let outcome = |fate, after: Option<Span>| Outcome {
        claim: claim.id.clone(),
        fate,
        before: claim.quote().into(),
        after: after.map(|span| (span, span.of(new).into())),
    };
    let Some(main) = claim.evidence.first() else { return (None, outcome(Fate::Orphaned, None)) };
    let (span, fate) = match versions.place(main) {
        Placed::Lost => return (None, outcome(Fate::Orphaned, None)),
        Placed::Doubtful(span, score) => return (None, outcome(Fate::InDoubt { score }, Some(span))),
        Placed::Same(span) if span == main.span => (span, Fate::Same),
        Placed::Same(span) => (span, Fate::Moved),
        Placed::Changed(span, _) => {
            let (before, after) = (numbers(&main.quote), numbers(span.of(new)));
            let fate = if before == after {
                Fate::Changed
            } else {
                Fate::NumberChanged { before: before.join(", ").into(), after: after.join(", ").into() }
            };
            (span, fate)
        }
    };
    let Some(mut moved) = put(versions, new, claim, span, version) else {
        return (None, outcome(Fate::Orphaned, None));
    };
    if moved.evidence.len() < claim.evidence.len() {
        // Further words of it are gone: whether it still says the same is to be looked at.
        return (None, outcome(Fate::InDoubt { score: 0.0 }, Some(span)));
    }
    if let Fate::NumberChanged { before, after } = &fate {
        let remark = format!(
            "The article was corrected: “{}” became “{}”. The claim is read as before.",
            if before.is_empty() { claim.quote() } else { before },
            if after.is_empty() { span.of(new) } else { after },
        );
        moved.note = if moved.note.is_empty() { remark } else { format!("{remark}\n{}", moved.note) };
    }
    (Some(moved), outcome(fate, Some(span)))
}

/// The claim as it is when the analyst has said where its main words stand now. `None` where the
/// span does not fit the new text. What else of it cannot be found there for sure is left out.
pub fn reanchor_at(old: &OldText, new: &str, claim: &Claim, span: Span, version: u32) -> Option<Claim> {
    put(&Versions::new(&old.text, new), new, claim, span, version)
}

/// A claim with its main words at a span of the new text, and all else of it that is found there.
fn put(versions: &Versions<'_>, new: &str, claim: &Claim, span: Span, version: u32) -> Option<Claim> {
    let main = claim.evidence.first()?;
    let mut moved = Claim { version, evidence: vec![Anchor::new(new, span)?], ..claim.clone() };
    for anchor in &claim.evidence[1..] {
        if let Placed::Same(span) | Placed::Changed(span, _) = versions.place(anchor) {
            moved.evidence.extend(Anchor::new(new, span));
        }
    }
    let inside = |part: Span| versions.place_inside(part, main.span, span);
    let reading = &mut moved.reading;
    reading.count.span = reading.count.span.and_then(inside);
    reading.date.span = reading.date.span.and_then(inside);
    for link in [&mut reading.additive, &mut reading.part_of, &mut reading.refers_to].into_iter().flatten() {
        link.span = link.span.and_then(inside);
    }
    reading.confirms = reading.confirms.iter().filter_map(|part| inside(*part)).collect();
    for provenance in moved.trace.values_mut() {
        provenance.evidence = provenance.evidence.iter().filter_map(|part| inside(*part)).collect();
    }
    if let Some(key) = &claim.suggestion {
        moved.suggestion = moved_key(versions, key).or_else(|| Some(key.clone()));
    }
    Some(moved)
}
