//! Decisions on suggestions.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::slices::{self, AT_ONCE, Slices};
use super::{Session, Severity};
use crate::claim::{
    ArticleId, Change, Claim, ClaimId, Decision, Edit, Grade, Reading, Suggestion, SuggestionKey, Trace, Verdict,
    grouped,
};

/// So many articles are looked through between two frames.
const ARTICLES: usize = 16;

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
        let mut articles: Vec<ArticleId> = self.shelves.keys().cloned().collect();
        articles.retain(|id| article.is_none_or(|wanted| wanted == id));
        let counts = articles.iter().map(|id| self.pending_of_by_grade(id));
        let graded = |counts: [usize; Grade::ALL.len()]| Grade::ALL.into_iter().zip(counts);
        let count: usize = counts.flat_map(graded).filter(|(grade, _)| *grade >= at_least).map(|(_, n)| n).sum();
        if count <= AT_ONCE || self.headless {
            let keys = self.graded_at_least(&articles, at_least);
            return self.accept_these(keys);
        }
        let project = self.project_number;
        self.jobs.start(&decision_name("Accepting", count), move |worker| {
            let mut keys = Vec::new();
            for articles in articles.chunks(ARTICLES) {
                let articles = articles.to_vec();
                let more = worker.ask(move |session| session.graded_at_least(&articles, at_least));
                let Some(more) = more.filter(|_| !worker.is_stopped()) else { return };
                keys.extend(more);
            }
            slices::run(worker, project, keys, &Arc::new(Accepting));
        });
        self.revision += 1;
    }

    /// The suggestions of articles that wait and are graded at least so.
    fn graded_at_least(&self, articles: &[ArticleId], at_least: Grade) -> Vec<SuggestionKey> {
        let mut keys = Vec::new();
        for id in articles {
            let sure = |suggestion: &Suggestion| suggestion.grade >= at_least;
            self.look_through(id, false, |key, found| keys.extend(sure(found).then(|| key.clone())));
        }
        keys
    }

    /// Makes claims of those of these suggestions on which nothing is decided.
    pub(super) fn accept_these(&mut self, keys: Vec<SuggestionKey>) {
        self.in_slices(&decision_name("Accepting", keys.len()), keys, Accepting);
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
        self.in_slices(&decision_name("Rejecting", keys.len()), keys, Rejecting);
    }

    /// Lets those of these suggestions wait again that were turned down.
    pub(super) fn restore_these(&mut self, keys: Vec<SuggestionKey>) {
        self.in_slices(&decision_name("Restoring", keys.len()), keys, Restoring);
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

/// Suggestions become claims as they stand.
struct Accepting;

impl Slices<SuggestionKey> for Accepting {
    fn edits(&self, session: &mut Session, keys: Vec<SuggestionKey>) -> (usize, Vec<Edit>) {
        let claim = |key: SuggestionKey| session.claim_of_suggestion(&key).map(|claim| (key, claim));
        let accepted: Vec<_> = session.undecided(keys).into_iter().filter_map(claim).collect();
        (accepted.len(), session.accepting(accepted))
    }

    fn label(&self, count: usize) -> String {
        several("accept", count)
    }
}

/// Suggestions are turned down.
struct Rejecting;

impl Slices<SuggestionKey> for Rejecting {
    fn edits(&self, session: &mut Session, keys: Vec<SuggestionKey>) -> (usize, Vec<Edit>) {
        let rejected = |key| session.deciding(key, Verdict::Rejected);
        let edits: Vec<Edit> = session.undecided(keys).into_iter().map(rejected).collect();
        (edits.len(), edits)
    }

    fn label(&self, count: usize) -> String {
        several("reject", count)
    }
}

/// Suggestions that were turned down wait again.
struct Restoring;

impl Slices<SuggestionKey> for Restoring {
    fn edits(&self, session: &mut Session, keys: Vec<SuggestionKey>) -> (usize, Vec<Edit>) {
        let mut rejected: BTreeMap<&SuggestionKey, &Decision> = BTreeMap::new();
        for decision in keys.iter().filter_map(|key| session.workspace.decision_for(key)) {
            if decision.verdict == Verdict::Rejected {
                rejected.insert(&decision.suggestion, decision);
            }
        }
        let back = |decision: &Decision| Edit::Decision(Box::new(Change::remove(decision.clone())));
        let edits: Vec<Edit> = rejected.into_values().map(back).collect();
        (edits.len(), edits)
    }

    fn label(&self, count: usize) -> String {
        several("restore", count)
    }
}

/// "Accepting 19,555 suggestions"
fn decision_name(doing: &str, count: usize) -> String {
    format!("{doing} {} suggestions", grouped(count as u64))
}

/// "accept suggestion", "accept 12 suggestions"
fn several(verb: &str, count: usize) -> String {
    if count == 1 { format!("{verb} suggestion") } else { format!("{verb} {count} suggestions") }
}
