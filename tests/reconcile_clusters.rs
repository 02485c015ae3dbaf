//! Whole sets of claims with the noise of suggestions, against clusters and conflicts by hand.
//!
//! Scored as whole articles are: over pairs of claims, together in one fact or not; and over
//! clusters, in conflict or not. `cargo test --test reconcile_clusters -- --nocapture` prints every
//! set and what is otherwise. Claims are in the notation of `reconcile_notation`.

mod reconcile_notation;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use reconcile_notation::World;
use serde::Deserialize;
use tallymark::claim::{FactVerdict, Lexicon};

/// Pairs rightly together, least F1 over all sets.
const PAIRS: f64 = 0.95;
/// Conflicts found, least precision and recall over all sets. The goal of both is higher than the
/// first by a little: two tolls of one day in two places that no claim names are still taken for one.
const CONFLICTS: (f64, f64) = (0.88, 0.85);

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Set {
    name: String,
    articles: String,
    claims: Vec<String>,
    /// Clusters whose claims conflict.
    conflicts: Vec<String>,
}

#[derive(Clone, Copy, Default)]
struct Tally {
    right: u32,
    wrong: u32,
    missed: u32,
}

impl Tally {
    fn note(&mut self, want: bool, got: bool) {
        self.right += u32::from(want && got);
        self.wrong += u32::from(!want && got);
        self.missed += u32::from(want && !got);
    }

    fn precision(self) -> f64 {
        f64::from(self.right) / f64::from((self.right + self.wrong).max(1))
    }

    fn recall(self) -> f64 {
        f64::from(self.right) / f64::from((self.right + self.missed).max(1))
    }

    fn f1(self) -> f64 {
        2.0 * f64::from(self.right) / f64::from((2 * self.right + self.wrong + self.missed).max(1))
    }

    fn add(&mut self, other: Self) {
        self.right += other.right;
        self.wrong += other.wrong;
        self.missed += other.missed;
    }
}

fn sets() -> Vec<Set> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/reconcile_clusters");
    let mut out = Vec::new();
    for file in ["wars.ron", "disasters.ron"] {
        let text = std::fs::read_to_string(folder.join(file)).expect("the sets are there");
        let sets: Vec<Set> = ron::from_str(&text).unwrap_or_else(|e| panic!("{file}: {e}"));
        out.extend(sets);
    }
    out
}

/// Pairs and conflicts of a set.
fn score(set: &Set, lexicon: &Lexicon) -> (Tally, Tally) {
    let world = World::new(&set.articles, &set.claims);
    let found = world.run(&[], lexicon);
    let mut places: Vec<BTreeSet<usize>> = vec![BTreeSet::new(); world.claims.len()];
    for (place, fact) in found.facts.iter().enumerate() {
        for member in &fact.members {
            let at = world.claims.iter().position(|claim| claim.id == member.claim).expect("a member is a claim");
            places[at].insert(place);
        }
    }
    let quote = |at: usize| {
        let claim = &world.claims[at];
        format!("{} “{}” in {}", claim.reading.summary(), claim.quote(), claim.article)
    };
    let (mut pairs, mut conflicts) = (Tally::default(), Tally::default());
    let mut clusters: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (a, of_a) in world.clusters.iter().enumerate() {
        let of_a = of_a.as_deref().unwrap_or_else(|| panic!("{} has no cluster", quote(a)));
        clusters.entry(of_a).or_default().push(a);
        for (b, of_b) in world.clusters.iter().enumerate().skip(a + 1) {
            let (want, got) = (Some(of_a) == of_b.as_deref(), !places[a].is_disjoint(&places[b]));
            pairs.note(want, got);
            if want != got {
                println!("    {}: {} / {}", if want { "apart" } else { "wrongly together" }, quote(a), quote(b));
            }
        }
    }
    for conflict in &set.conflicts {
        assert!(clusters.contains_key(conflict.as_str()), "{}: no cluster {conflict}", set.name);
    }
    for (name, members) in clusters {
        let mut votes: BTreeMap<usize, usize> = BTreeMap::new();
        for place in members.iter().flat_map(|member| &places[*member]) {
            *votes.entry(*place).or_default() += 1;
        }
        let most = votes.into_iter().max_by_key(|(place, n)| (*n, std::cmp::Reverse(*place)));
        let got = most.is_some_and(|(place, _)| found.facts[place].verdict == FactVerdict::Conflicting);
        let want = set.conflicts.iter().any(|conflict| conflict == name);
        conflicts.note(want, got);
        if want != got {
            println!("    {name}: {}", if want { "conflict not found" } else { "no conflict" });
        }
    }
    println!("{}: pairs {:.2}, conflicts {:.2} {:.2}", set.name, pairs.f1(), conflicts.precision(), conflicts.recall());
    (pairs, conflicts)
}

#[test]
fn claims_that_belong_together_are_together_and_conflicts_are_found() {
    let lexicon = Lexicon::built_in();
    let (mut pairs, mut conflicts) = (Tally::default(), Tally::default());
    let sets = sets();
    assert!(sets.len() >= 12, "{} sets", sets.len());
    for set in &sets {
        let (of_set, conflicts_of_set) = score(set, &lexicon);
        pairs.add(of_set);
        conflicts.add(conflicts_of_set);
    }
    let (f1, precision, recall) = (pairs.f1(), conflicts.precision(), conflicts.recall());
    println!(
        "all: pairs {f1:.3} (precision {:.3}, recall {:.3}), conflicts {precision:.3} {recall:.3}",
        pairs.precision(),
        pairs.recall()
    );
    assert!(f1 >= PAIRS, "pairs together: F1 {f1:.3}");
    assert!(
        precision >= CONFLICTS.0 && recall >= CONFLICTS.1,
        "conflicts: precision {precision:.3}, recall {recall:.3}"
    );
}
