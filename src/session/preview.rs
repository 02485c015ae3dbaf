//! What a ruling or another rule would change, before it is made.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::Session;
use crate::claim::{BestRule, ClaimId, Fact, Reconciliation, Ruling, RulingId, RulingOp, grouped};
use crate::reconcile::Reconciler;

/// What was asked last, and what is known of the answers.
#[derive(Debug, Default)]
pub(super) struct Questions {
    ruling: Option<RulingOp>,
    /// What a ruling would change of an edition of the facts.
    of_ruling: Option<(u64, RulingOp, Vec<String>)>,
    /// Whether it was asked what other rules for "best" would change.
    best: bool,
    /// The edition for which that is being worked out.
    begun: Option<u64>,
    /// What each rule would change, in the order of [`BestRule::ALL`].
    of_best: Option<(u64, Vec<Vec<String>>)>,
}

impl Session {
    /// What the ruling would change of the facts, a line each, once that was asked with
    /// [`Command::PreviewRuling`](super::Command::PreviewRuling) and is known.
    pub fn previewed_ruling(&self, op: &RulingOp) -> Option<&[String]> {
        let (edition, answered, lines) = self.questions.of_ruling.as_ref()?;
        (*edition == self.facts.edition && answered == op).then_some(lines)
    }

    /// Which figures each rule for "best" would change, a line each, in the order of
    /// [`BestRule::ALL`], once that was asked with
    /// [`Command::PreviewBest`](super::Command::PreviewBest) and is known.
    pub fn previewed_best(&self) -> Option<&[Vec<String>]> {
        let (edition, lines) = self.questions.of_best.as_ref()?;
        (*edition == self.facts.edition).then_some(lines)
    }

    pub(super) fn preview_ruling(&mut self, op: RulingOp) {
        if self.previewed_ruling(&op).is_none() {
            self.questions.ruling = Some(op);
        }
    }

    pub(super) fn preview_best(&mut self) {
        self.questions.best = true;
    }

    /// Answers what was asked, as soon as the facts are current.
    pub(super) fn answer_questions(&mut self) {
        if !self.facts.is_current() {
            return;
        }
        let edition = self.facts.edition;
        if let Some(op) = self.questions.ruling.take() {
            // The highest id of all: replayed last, as it would be if it were made now.
            let id = RulingId("\u{10FFFF}".into());
            let ruling = Ruling { id, op: op.clone(), reason: "preview".to_owned(), stamp: self.stamp() };
            let rulings: Vec<Ruling> = self.workspace.rulings.values().cloned().collect();
            let lines = self.with_keeper(|keeper, before| {
                keeper.set_rulings(rulings.iter().chain([&ruling]));
                let lines = differences(before, settled(keeper));
                keeper.set_rulings(&rulings);
                settled(keeper);
                lines
            });
            self.questions.of_ruling = lines.map(|lines| (edition, op, lines));
            self.revision += 1;
        }
        if std::mem::take(&mut self.questions.best)
            && self.previewed_best().is_none()
            && self.questions.begun != Some(edition)
        {
            self.compare_rules(edition);
        }
    }

    /// Works out what every rule for "best" would change: everything is reconciled with each of
    /// them, for a large project in the background.
    fn compare_rules(&mut self, edition: u64) {
        let input = self.facts_input(self.with_suggestions, None);
        let (before, now) = (self.facts.shown.clone(), self.codebook().conventions.best);
        let compare = move |rule: BestRule| match rule == now {
            true => Vec::new(),
            false => differences(&before, &input.clone().with_best(rule).reconcile()),
        };
        let members: usize = self.facts.shown.facts.iter().map(|fact| fact.members.len()).sum();
        if members <= self.facts.at_once {
            self.questions.of_best = Some((edition, BestRule::ALL.map(compare).into()));
            self.revision += 1;
            return;
        }
        self.questions.begun = Some(edition);
        self.jobs.start("Comparing rules for best", move |worker| {
            let mut lines = Vec::new();
            for rule in BestRule::ALL {
                if worker.is_stopped() {
                    return;
                }
                lines.push(compare(rule));
                worker.progress(lines.len() as f32 / BestRule::ALL.len() as f32);
            }
            worker.send(move |session| {
                session.questions.of_best = Some((edition, lines));
                session.revision += 1;
            });
        });
    }
}

/// Everything followed, retellings included.
fn settled(keeper: &mut Reconciler) -> &Arc<Reconciliation> {
    keeper.update();
    while keeper.is_behind() {
        keeper.follow(usize::MAX);
        keeper.update();
    }
    keeper.shown()
}

/// The differences of two reconciliations, a line each: facts are met by the claims they share.
pub fn differences(before: &Reconciliation, after: &Reconciliation) -> Vec<String> {
    // What was kept from one to the other is the same, and of no further interest.
    let kept: BTreeSet<*const Fact> = before.facts.iter().map(Arc::as_ptr).collect();
    let same: BTreeSet<*const Fact> = after.facts.iter().map(Arc::as_ptr).filter(|fact| kept.contains(fact)).collect();
    let other = |fact: &&Arc<Fact>| !same.contains(&Arc::as_ptr(fact));
    let before: Vec<&Arc<Fact>> = before.facts.iter().filter(other).collect();
    let mut of_claim: BTreeMap<&ClaimId, Vec<usize>> = BTreeMap::new();
    for (place, fact) in before.iter().enumerate() {
        for member in &fact.members {
            of_claim.entry(&member.claim).or_default().push(place);
        }
    }
    let mut met = vec![false; before.len()];
    let mut lines = Vec::new();
    for fact in after.facts.iter().filter(other) {
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
                lines.extend(difference(before[place], fact));
            }
        }
    }
    let gone = before.iter().zip(met).filter(|(_, met)| !met);
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
