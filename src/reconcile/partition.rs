//! Claims that could meet at all: equal in shape, category, subset. Partitions are independent of
//! one another, so that an edit makes only its own stale.

use super::interner::{Lookup, Sym};
use super::joining::{self, Join};
use super::placing::{Because, Placed, place};
use super::statement::{CategoryRules, Confirms, Key, Prepared, Statement, StatementId};

/// The statements that are placed by themselves, by partition; partitions by the letters of their
/// keys, statements by number. Linear but for sorting the keys.
fn partitions(prepared: &Prepared<'_>) -> Vec<Vec<StatementId>> {
    let mut numbers: Lookup<Key, u32> = Lookup::default();
    let mut parts: Vec<(Key, Vec<StatementId>)> = Vec::new();
    let mut last: Option<(Key, u32)> = None;
    for (statement, id) in prepared.statements.iter().zip(0..) {
        if statement.confirms != Confirms::Nothing {
            continue;
        }
        let number = match last {
            Some((key, number)) if key == statement.key => number,
            _ => *numbers.or_insert_with(statement.key, || {
                parts.push((statement.key, Vec::new()));
                u32::try_from(parts.len() - 1).unwrap_or(u32::MAX)
            }),
        };
        last = Some((statement.key, number));
        parts[number as usize].1.push(id);
    }
    let rank = |sym| prepared.interner.rank(sym);
    parts.sort_unstable_by_key(|(key, _)| (key.shape, rank(key.category), rank(key.subset), key.aside, key.held));
    parts.into_iter().map(|(_, ids)| ids).collect()
}

/// Places every partition. Candidates of unplaced claims are places in the clusters given back.
pub(super) fn place_partitions(prepared: &Prepared<'_>) -> Placed {
    let mut out = Placed::default();
    for ids in partitions(prepared) {
        let placed = place(prepared, &ids);
        let offset = u32::try_from(out.clusters.len()).unwrap_or(u32::MAX);
        out.unplaced.extend(
            placed
                .unplaced
                .into_iter()
                .map(|(id, candidates, why)| (id, candidates.iter().map(|c| c + offset).collect(), why)),
        );
        out.clusters.extend(placed.clusters.into_iter().map(|mut cluster| {
            cluster.maybe.iter_mut().for_each(|c| *c += offset);
            cluster
        }));
    }
    out
}

/// Places every partition, joins what [`joining`](super::joining) finds to be one, and attaches
/// confirmations.
pub(super) fn place_all(prepared: &Prepared<'_>) -> Placed {
    let mut placed = place_partitions(prepared);
    let joins = joining::joins(prepared, &placed.clusters);
    finish(prepared, &mut placed, &joins);
    placed
}

/// Joins clusters, and attaches confirmations.
pub(super) fn finish(prepared: &Prepared<'_>, placed: &mut Placed, joins: &[Join]) {
    joining::join(&mut placed.clusters, joins);
    attach_confirmations(prepared, placed);
}

/// Confirmations go where the figure is that they confirm, or to what their article tells of the
/// event that they confirm.
fn attach_confirmations(prepared: &Prepared<'_>, placed: &mut Placed) {
    let first = prepared.statements.partition_point(|s| s.confirms == Confirms::Nothing);
    if first == prepared.statements.len() {
        return;
    }
    let mut cluster_of: Vec<Option<u32>> = vec![None; prepared.statements.len()];
    for (cluster, number) in placed.clusters.iter().zip(0u32..) {
        for (id, _) in &cluster.members {
            cluster_of[*id as usize] = Some(number);
        }
    }
    for (statement, id) in prepared.statements.iter().zip(0..).skip(first) {
        let id: StatementId = id;
        match statement.confirms {
            Confirms::Nothing => {}
            Confirms::Figure(target) => match cluster_of[target as usize] {
                Some(cluster) => {
                    placed.clusters[cluster as usize].members.push((id, Because::ConfirmsFigure(target)));
                }
                None => {
                    placed.unplaced.push((id, Vec::new(), "the figure that it confirms has no place yet".to_owned()))
                }
            },
            Confirms::Event => {
                let targets = confirmed(prepared, id, first, &cluster_of);
                if targets.is_empty() {
                    let why = "confirms an event of which its article tells no figure from anybody else".to_owned();
                    placed.unplaced.push((id, Vec::new(), why));
                }
                for cluster in targets {
                    placed.clusters[cluster as usize].members.push((id, Because::ConfirmsEvent));
                }
            }
        }
    }
}

/// The clusters of the same article that tell, on another source's word, of the event that a
/// confirmation speaks of.
fn confirmed(prepared: &Prepared<'_>, id: StatementId, ordinary: usize, cluster_of: &[Option<u32>]) -> Vec<u32> {
    let confirmation = &prepared.statements[id as usize];
    let ordinary = &prepared.statements[..ordinary];
    let first = ordinary.partition_point(|s| s.article < confirmation.article);
    let last = ordinary.partition_point(|s| s.article <= confirmation.article);
    let mut out: Vec<u32> = Vec::new();
    for (statement, i) in ordinary[first..last].iter().zip(first..) {
        if speaks_of(&prepared.categories, confirmation, statement) && statement.source != confirmation.source {
            out.extend(cluster_of[i]);
        }
    }
    out.sort_unstable();
    out.dedup();
    // Where it gave a figure itself, its word is there already.
    out.retain(|cluster| {
        !ordinary[first..last]
            .iter()
            .zip(first..)
            .any(|(s, i)| cluster_of[i] == Some(*cluster) && s.source == confirmation.source)
    });
    out
}

/// Whether a confirmation without a figure may speak of the event of a statement of its article.
pub(super) fn speaks_of(rules: &Lookup<Sym, CategoryRules>, confirmation: &Statement, statement: &Statement) -> bool {
    let transfer = |category: Sym| rules.get(&category).is_some_and(|rules| rules.transfer);
    let counts_events = !transfer(confirmation.key.category);
    let same_category =
        statement.key.category == confirmation.key.category || counts_events && transfer(statement.key.category);
    let same_time = !confirmation.window.is_known()
        || (confirmation.window.start, confirmation.window.end) == (statement.window.start, statement.window.end);
    let same_words = confirmation.partial == statement.partial || confirmation.window.is_known();
    statement.key.shape == confirmation.key.shape && same_category && same_time && same_words
}
