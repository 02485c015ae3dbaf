//! The analyst's rulings, replayed over what was placed. One whose claims have gone is stale: it
//! is shown, not dropped.

use std::collections::{BTreeMap, BTreeSet};

use crate::claim::{ClaimId, Name, Ruling, RulingOp};

use super::placing::{Because, Cluster, Placed};
use super::statement::{ClaimRulings, Prepared, StatementId};

/// Rulings that could not be applied: place among the rulings, why.
pub(super) type StaleList = Vec<(usize, String)>;

/// Where every claim's statements are.
struct Whereabouts<'p> {
    prepared: &'p Prepared<'p>,
    of_claim: BTreeMap<u32, Vec<u32>>,
}

impl<'p> Whereabouts<'p> {
    fn new(prepared: &'p Prepared<'p>, clusters: &[Cluster]) -> Self {
        let mut out = Self { prepared, of_claim: BTreeMap::new() };
        for (cluster, number) in clusters.iter().zip(0..) {
            out.note(cluster, number);
        }
        out
    }

    fn note(&mut self, cluster: &Cluster, number: u32) {
        for (id, _) in &cluster.members {
            let claim = self.prepared.statements[*id as usize].claim;
            let list = self.of_claim.entry(claim).or_default();
            if !list.contains(&number) {
                list.push(number);
            }
        }
    }

    fn forget(&mut self, statement: StatementId, number: u32) {
        let claim = self.prepared.statements[statement as usize].claim;
        if let Some(list) = self.of_claim.get_mut(&claim) {
            list.retain(|n| *n != number);
        }
    }

    /// The first cluster of a claim.
    fn of(&self, claim: &ClaimId) -> Option<u32> {
        let place = self.prepared.places.get(claim)?;
        self.of_claim.get(place)?.iter().min().copied()
    }
}

/// Applies moves, merges and splits in order; each ruling comes with its place among all. `labels` takes the label of every cluster that was
/// split off. Emptied clusters stay, without members.
pub(super) fn replay(
    prepared: &Prepared<'_>,
    rulings: &[(usize, &Ruling)],
    placed: &mut Placed,
    labels: &mut BTreeMap<u32, Name>,
) -> StaleList {
    let mut stale = StaleList::new();
    if !rulings.iter().any(|(_, ruling)| regroups(&ruling.op)) {
        return stale;
    }
    // Claims that could not be placed can be moved: each gets a cluster of its own for it.
    let named: BTreeSet<&ClaimId> =
        rulings.iter().filter(|(_, r)| regroups(&r.op)).flat_map(|(_, r)| r.op.claims()).collect();
    let unplaced = std::mem::take(&mut placed.unplaced);
    for (id, candidates, why) in unplaced {
        if named.contains(&prepared.claim(id).id) {
            let statement = &prepared.statements[id as usize];
            let mut cluster = Cluster::new(statement);
            cluster.maybe = candidates;
            cluster.members.push((id, Because::Founds));
            placed.clusters.push(cluster);
        } else {
            placed.unplaced.push((id, candidates, why));
        }
    }
    let mut at = Whereabouts::new(prepared, &placed.clusters);
    for (number, ruling) in rulings.iter().copied() {
        let result = match &ruling.op {
            RulingOp::Move { claim, to } => shift(prepared, &mut at, placed, number, claim, to.as_ref()),
            RulingOp::Merge { claims } => merge(&mut at, placed, number, claims),
            RulingOp::Split { claims, label } => split(prepared, &mut at, placed, number, claims, label, labels),
            _ => Ok(()),
        };
        if let Err(why) = result {
            stale.push((number, why));
        }
    }
    stale.sort_unstable();
    stale
}

/// Whether a ruling puts claims into other facts.
pub(super) fn regroups(op: &RulingOp) -> bool {
    matches!(op, RulingOp::Move { .. } | RulingOp::Merge { .. } | RulingOp::Split { .. })
}

/// Rulings on single claims: stale where the claim has gone or a later ruling says otherwise.
/// `is_there` tells whether there is a claim, excluded or not.
pub(super) fn single_claims(
    is_there: impl Fn(&ClaimId) -> bool,
    rulings: &[&Ruling],
    single: &ClaimRulings<'_>,
) -> StaleList {
    let mut stale = StaleList::new();
    let mut last: BTreeMap<(u8, &ClaimId), usize> = BTreeMap::new();
    for (number, ruling) in rulings.iter().enumerate() {
        let (what, claim) = match &ruling.op {
            RulingOp::Exclude { claim } => (0, claim),
            RulingOp::SetDate { claim, .. } => (1, claim),
            RulingOp::SetOrigin { claim, .. } => (2, claim),
            _ => continue,
        };
        if !is_there(claim) {
            stale.push((number, "its claim has gone".to_owned()));
            continue;
        }
        if what != 0 && single.excluded.contains(claim) {
            stale.push((number, "its claim is excluded by another ruling".to_owned()));
            continue;
        }
        if let Some(earlier) = last.insert((what, claim), number) {
            stale.push((earlier, "a later ruling on the same claim replaces it".to_owned()));
        }
    }
    stale
}

fn gone(claim: &ClaimId) -> String {
    format!("claim {claim} has gone or is excluded")
}

/// Takes a claim's statements out of a cluster, and the confirmations that rest on them.
fn take(
    prepared: &Prepared<'_>,
    at: &mut Whereabouts<'_>,
    placed: &mut Placed,
    cluster: u32,
    claim: &ClaimId,
) -> Vec<(StatementId, Because)> {
    let members = std::mem::take(&mut placed.clusters[cluster as usize].members);
    let own: BTreeSet<StatementId> =
        members.iter().map(|(id, _)| *id).filter(|id| prepared.claim(*id).id == *claim).collect();
    let (leaving, staying): (Vec<_>, Vec<_>) = members.into_iter().partition(|(id, because)| {
        own.contains(id) || matches!(because, Because::ConfirmsFigure(figure) if own.contains(figure))
    });
    placed.clusters[cluster as usize].members = staying;
    for (id, _) in &leaving {
        at.forget(*id, cluster);
    }
    leaving
}

fn shift(
    prepared: &Prepared<'_>,
    at: &mut Whereabouts<'_>,
    placed: &mut Placed,
    number: usize,
    claim: &ClaimId,
    to: Option<&ClaimId>,
) -> Result<(), String> {
    let from = at.of(claim).ok_or_else(|| gone(claim))?;
    let target = match to {
        Some(other) => {
            let target = at.of(other).ok_or_else(|| gone(other))?;
            if target == from {
                placed.clusters[target as usize].rulings.push(number);
                return Ok(());
            }
            target
        }
        None => {
            let cluster = &placed.clusters[from as usize];
            if cluster.members.iter().all(|(id, _)| prepared.claim(*id).id == *claim) {
                placed.clusters[from as usize].rulings.push(number);
                return Ok(());
            }
            let target = u32::try_from(placed.clusters.len()).map_err(|_| "too many facts".to_owned())?;
            let own =
                prepared.places.get(claim).and_then(|place| prepared.statements.iter().find(|s| s.claim == *place));
            let fresh = own.map_or_else(|| Cluster::beside(cluster), Cluster::new);
            placed.clusters.push(fresh);
            target
        }
    };
    for (id, because) in take(prepared, at, placed, from, claim) {
        let because = if prepared.claim(id).id == *claim { Because::Ruled(number) } else { because };
        placed.clusters[target as usize].members.push((id, because));
    }
    placed.clusters[target as usize].rulings.push(number);
    placed.clusters[from as usize].narrow(prepared);
    at.note(&placed.clusters[target as usize], target);
    Ok(())
}

fn merge(at: &mut Whereabouts<'_>, placed: &mut Placed, number: usize, claims: &[ClaimId]) -> Result<(), String> {
    let missing: Vec<String> = claims.iter().filter(|claim| at.of(claim).is_none()).map(gone).collect();
    let clusters: BTreeSet<u32> = claims.iter().filter_map(|claim| at.of(claim)).collect();
    let Some(target) = claims.iter().find_map(|claim| at.of(claim)) else { return Err(missing.join("; ")) };
    for cluster in clusters.into_iter().filter(|cluster| *cluster != target) {
        let from = std::mem::take(&mut placed.clusters[cluster as usize]);
        for (id, because) in from.members {
            at.forget(id, cluster);
            let because = match because {
                Because::ConfirmsFigure(_) | Because::ConfirmsEvent => because,
                _ => Because::Ruled(number),
            };
            placed.clusters[target as usize].members.push((id, because));
        }
        placed.clusters[target as usize].rulings.extend(from.rulings);
    }
    placed.clusters[target as usize].rulings.push(number);
    at.note(&placed.clusters[target as usize], target);
    if missing.is_empty() { Ok(()) } else { Err(missing.join("; ")) }
}

fn split(
    prepared: &Prepared<'_>,
    at: &mut Whereabouts<'_>,
    placed: &mut Placed,
    number: usize,
    claims: &[ClaimId],
    label: &Name,
    labels: &mut BTreeMap<u32, Name>,
) -> Result<(), String> {
    let missing: Vec<String> = claims.iter().filter(|claim| at.of(claim).is_none()).map(gone).collect();
    let Some(first) = claims.iter().find_map(|claim| at.of(claim)) else { return Err(missing.join("; ")) };
    let origin = &placed.clusters[first as usize];
    let target = u32::try_from(placed.clusters.len()).map_err(|_| "too many facts".to_owned())?;
    let fresh = Cluster::beside(origin);
    placed.clusters.push(fresh);
    labels.insert(target, label.clone());
    for claim in claims {
        let Some(from) = at.of(claim).filter(|from| *from != target) else { continue };
        for (id, because) in take(prepared, at, placed, from, claim) {
            let because = if prepared.claim(id).id == *claim { Because::Ruled(number) } else { because };
            placed.clusters[target as usize].members.push((id, because));
        }
        placed.clusters[from as usize].narrow(prepared);
        at.note(&placed.clusters[target as usize], target);
    }
    placed.clusters[target as usize].rulings.push(number);
    if missing.is_empty() { Ok(()) } else { Err(missing.join("; ")) }
}

/// Which fact a pin speaks of, and whether its members have changed since.
pub(super) enum Pinned {
    /// The fact that holds most of the claims that are left.
    To {
        fact: usize,
        changed: Option<String>,
    },
    Stale(String),
}

/// Finds the fact of a pin. `fact_of` gives the facts of a claim.
pub(super) fn pinned(
    claims: &[ClaimId],
    fact_of: impl Fn(&ClaimId) -> Vec<usize>,
    members: impl Fn(usize) -> BTreeSet<ClaimId>,
) -> Pinned {
    let mut votes: BTreeMap<usize, usize> = BTreeMap::new();
    for claim in claims {
        for fact in fact_of(claim) {
            *votes.entry(fact).or_default() += 1;
        }
    }
    let Some((fact, _)) = votes.into_iter().max_by_key(|(fact, n)| (*n, std::cmp::Reverse(*fact))) else {
        return Pinned::Stale("none of the claims that it was made over is left".to_owned());
    };
    let made_over: BTreeSet<ClaimId> = claims.iter().cloned().collect();
    let now = members(fact);
    let (new, lost) = (now.difference(&made_over).count(), made_over.difference(&now).count());
    let changed = (new + lost > 0).then(|| {
        format!("since it was pinned, {new} claims have joined and {lost} have left; the pin needs another look")
    });
    Pinned::To { fact, changed }
}
