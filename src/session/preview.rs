//! What a ruling or another rule would change, before it is made.

use std::collections::BTreeMap;

use super::Session;
use crate::claim::{BestRule, ClaimId, Fact, Reconciliation, Ruling, RulingId, RulingOp, grouped};

impl Session {
    /// What a ruling would change of the facts, a line each.
    pub fn preview(&self, op: &RulingOp) -> Vec<String> {
        // The highest id of all: replayed last, as it would be if it were made now.
        let id = RulingId("\u{10FFFF}".into());
        let ruling = Ruling { id, op: op.clone(), reason: "preview".to_owned(), stamp: self.stamp() };
        differences(self.reconciliation(), &self.reconciled(Some(&ruling), None))
    }

    /// Which figures another rule for "best" would change, a line each.
    pub fn preview_best(&self, rule: BestRule) -> Vec<String> {
        if rule == self.codebook().conventions.best {
            return Vec::new();
        }
        differences(self.reconciliation(), &self.reconciled(None, Some(rule)))
    }
}

/// The differences of two reconciliations, a line each: facts are met by the claims they share.
pub fn differences(before: &Reconciliation, after: &Reconciliation) -> Vec<String> {
    let mut of_claim: BTreeMap<&ClaimId, Vec<usize>> = BTreeMap::new();
    for (place, fact) in before.facts.iter().enumerate() {
        for member in &fact.members {
            of_claim.entry(&member.claim).or_default().push(place);
        }
    }
    let mut met = vec![false; before.facts.len()];
    let mut lines = Vec::new();
    for fact in &after.facts {
        let mut votes: BTreeMap<usize, usize> = BTreeMap::new();
        for place in fact.members.iter().filter_map(|member| of_claim.get(&member.claim)).flatten() {
            *votes.entry(*place).or_default() += 1;
        }
        let old = votes
            .into_iter()
            .filter(|(place, _)| !met[*place])
            .max_by_key(|(place, votes)| (*votes, usize::MAX - place));
        match old {
            None => lines.push(format!("new: {}, {}", fact.label, figure(fact))),
            Some((place, _)) => {
                met[place] = true;
                lines.extend(difference(&before.facts[place], fact));
            }
        }
    }
    let gone = before.facts.iter().zip(met).filter(|(_, met)| !met);
    lines.extend(gone.map(|(fact, _)| format!("gone: {}, {}", fact.label, figure(fact))));
    lines
}

fn difference(before: &Fact, after: &Fact) -> Option<String> {
    let mut parts = Vec::new();
    if figure(before) != figure(after) {
        parts.push(format!("{} → {}", figure(before), figure(after)));
    }
    if before.verdict != after.verdict {
        parts.push(format!("{} → {}", before.verdict.label(), after.verdict.label()));
    }
    if before.members.len() != after.members.len() {
        parts.push(format!("{} → {} claims", before.members.len(), after.members.len()));
    }
    (!parts.is_empty()).then(|| format!("{}: {}", after.label, parts.join("; ")))
}

fn figure(fact: &Fact) -> String {
    let bound = |n: Option<u64>| n.map_or_else(|| "…".to_owned(), grouped);
    match fact.best {
        Some(best) if fact.low == fact.high => grouped(best),
        Some(best) => format!("{} / {} / {}", bound(fact.low), grouped(best), bound(fact.high)),
        None => format!("{} / – / {}", bound(fact.low), bound(fact.high)),
    }
}
