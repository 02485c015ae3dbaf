//! Decisions on suggestions.

use std::collections::{BTreeMap, BTreeSet};

use super::{Session, Severity};
use crate::claim::{
    ArticleId, Change, Claim, ClaimId, Decision, Edit, Grade, Reading, Suggestion, SuggestionKey, Trace, Verdict,
};

impl Session {
    /// Makes a claim of a suggestion, as it stands or as the analyst wants it.
    pub(super) fn accept(&mut self, key: &SuggestionKey, corrected: Option<(Reading, Trace)>) {
        let label = if corrected.is_some() { "accept with corrections" } else { "accept suggestion" };
        let Some(mut claim) = self.claim_of_suggestion(key) else {
            self.notify(Severity::Warning, "The suggestion is no longer made; nothing was accepted.".to_owned());
            return;
        };
        if let Some((reading, trace)) = corrected {
            claim.reading = reading;
            claim.trace = trace;
        }
        let edits = self.accepting(vec![(key.clone(), claim)]);
        self.commit(label, edits);
    }

    /// Makes claims of all that waits in an article, or in all, and is graded at least so.
    pub(super) fn accept_all(&mut self, article: Option<&ArticleId>, at_least: Grade) {
        let mut keys = Vec::new();
        for id in self.shelves.keys().filter(|id| article.is_none_or(|wanted| wanted == *id)) {
            let sure = |suggestion: &Suggestion| suggestion.grade >= at_least;
            self.look_through(id, false, |key, found| keys.extend(sure(found).then(|| key.clone())));
        }
        self.accept_these(keys);
    }

    /// Makes claims of those of these suggestions on which nothing is decided.
    pub(super) fn accept_these(&mut self, keys: Vec<SuggestionKey>) {
        let claim = |key: SuggestionKey| self.claim_of_suggestion(&key).map(|claim| (key, claim));
        let accepted: Vec<_> = self.undecided(keys).into_iter().filter_map(claim).collect();
        let label = several("accept", accepted.len());
        let edits = self.accepting(accepted);
        self.commit(&label, edits);
    }

    /// Those of these suggestions on which nothing is decided, each once.
    fn undecided(&self, keys: Vec<SuggestionKey>) -> Vec<SuggestionKey> {
        let mut seen = BTreeSet::new();
        let waits = |key: &SuggestionKey| {
            self.suggestion(key).is_some() && self.workspace.decision_for(key).is_none() && seen.insert(key.clone())
        };
        keys.into_iter().filter(waits).collect()
    }

    /// The claim that a suggestion makes as it stands, under a new identity.
    pub(super) fn claim_of_suggestion(&self, key: &SuggestionKey) -> Option<Claim> {
        let shelf = self.shelves.get(&key.article)?;
        let (suggestion, article) = (shelf.suggestion(key)?, shelf.article.as_ref()?);
        let version = self.workspace.articles.get(&key.article)?.version;
        let revision = self.workspace.codebook.revision;
        Claim::from_suggestion(suggestion, &article.text, self.new_claim_id(), version, self.stamp(), revision)
    }

    /// The edits that make claims of suggestions. Rulings over a suggestion then speak of the claim.
    pub(super) fn accepting(&self, accepted: Vec<(SuggestionKey, Claim)>) -> Vec<Edit> {
        let mut edits = Vec::new();
        let mut renamed = BTreeMap::new();
        for (key, claim) in accepted {
            renamed.insert(ClaimId::provisional(&key), claim.id.clone());
            edits.push(self.deciding(key, Verdict::Accepted { claim: claim.id.clone() }));
            edits.push(Edit::Claim(Box::new(Change::add(claim))));
        }
        edits.extend(self.renaming_in_rulings(&renamed));
        edits
    }

    /// The edit that decides on a suggestion, whatever was decided before.
    fn deciding(&self, suggestion: SuggestionKey, verdict: Verdict) -> Edit {
        let record = self.workspace.articles.get(&suggestion.article);
        let text_sha256 = record.map_or_else(|| "".into(), |record| record.text_sha256.clone());
        let before = self.workspace.decisions.get(&suggestion).cloned();
        let after = Some(Decision { suggestion, text_sha256, verdict, stamp: self.stamp() });
        Edit::Decision(Box::new(Change::between(before, after)))
    }

    /// Turns a suggestion down. One that was accepted loses its claim.
    pub(super) fn reject(&mut self, key: &SuggestionKey) {
        if !self.workspace.articles.contains_key(&key.article) {
            return;
        }
        let mut edits = vec![self.deciding(key.clone(), Verdict::Rejected)];
        edits.extend(self.without_claim_of(key));
        self.commit("reject suggestion", edits);
    }

    /// Turns those of these suggestions down on which nothing is decided.
    pub(super) fn reject_these(&mut self, keys: Vec<SuggestionKey>) {
        let rejected = |key| self.deciding(key, Verdict::Rejected);
        let edits: Vec<Edit> = self.undecided(keys).into_iter().map(rejected).collect();
        self.commit(&several("reject", edits.len()), edits);
    }

    /// Lets those of these suggestions wait again that were turned down.
    pub(super) fn restore_these(&mut self, keys: &[SuggestionKey]) {
        let mut rejected: BTreeMap<&SuggestionKey, &Decision> = BTreeMap::new();
        for decision in keys.iter().filter_map(|key| self.workspace.decision_for(key)) {
            if decision.verdict == Verdict::Rejected {
                rejected.insert(&decision.suggestion, decision);
            }
        }
        let back = |decision: &Decision| Edit::Decision(Box::new(Change::remove(decision.clone())));
        let edits: Vec<Edit> = rejected.into_values().map(back).collect();
        self.commit(&several("restore", edits.len()), edits);
    }

    /// Takes a decision on a suggestion back; an accepted one loses its claim.
    pub(super) fn restore(&mut self, key: &SuggestionKey) {
        let Some(decision) = self.workspace.decision_for(key).cloned() else { return };
        let mut edits = self.without_claim_of(&decision.suggestion);
        edits.push(Edit::Decision(Box::new(Change::remove(decision))));
        self.commit("restore suggestion", edits);
    }

    /// The edits that take away the claim of an accepted suggestion; rulings over it speak of the
    /// suggestion again.
    fn without_claim_of(&self, key: &SuggestionKey) -> Vec<Edit> {
        let accepted = match self.workspace.decisions.get(key).map(|decision| &decision.verdict) {
            Some(Verdict::Accepted { claim }) => self.workspace.claims.get(claim).cloned(),
            _ => None,
        };
        let Some(claim) = accepted else { return Vec::new() };
        let renamed = BTreeMap::from([(claim.id.clone(), ClaimId::provisional(key))]);
        let mut edits = self.renaming_in_rulings(&renamed);
        edits.push(Edit::Claim(Box::new(Change::remove(claim))));
        edits
    }

    /// The edits that delete claims; the suggestions that they came from wait again.
    pub(super) fn delete_claims(&mut self, ids: &[ClaimId]) {
        let mut edits = Vec::new();
        let mut renamed = BTreeMap::new();
        let mut seen = BTreeSet::new();
        for claim in ids.iter().filter(|id| seen.insert(*id)).filter_map(|id| self.workspace.claims.get(id)) {
            edits.push(Edit::Claim(Box::new(Change::remove(claim.clone()))));
            let decision = claim.suggestion.as_ref().and_then(|key| self.workspace.decisions.get(key));
            if let Some(decision) = decision
                && decision.verdict == (Verdict::Accepted { claim: claim.id.clone() })
            {
                renamed.insert(claim.id.clone(), ClaimId::provisional(&decision.suggestion));
                edits.push(Edit::Decision(Box::new(Change::remove(decision.clone()))));
            }
        }
        let count = seen.len();
        edits.extend(self.renaming_in_rulings(&renamed));
        let label = if count == 1 { "delete claim".to_owned() } else { format!("delete {count} claims") };
        self.commit(&label, edits);
    }
}

/// "accept suggestion", "accept 12 suggestions"
fn several(verb: &str, count: usize) -> String {
    if count == 1 { format!("{verb} suggestion") } else { format!("{verb} {count} suggestions") }
}
