//! Stale units placed anew, and the facts among them that are not what they were assessed anew.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use chrono::NaiveDate;

use crate::claim::{Claim, ClaimId, Fact, FactFlag, FactKind, Name, Reference, Ruling, Span};

use super::super::assemble::{Render, kind};
use super::super::draft::{Draft, Shared};
use super::super::interner::Lookup;
use super::super::partition::{finish, place_partitions};
use super::super::placing::{Because, Cluster, Placed};
use super::super::sources::Source;
use super::super::statement::{Confirms, Prepared, Statement};
use super::super::{across, rulings, verdict};
use super::{Reconciler, Stage};

/// Where a statement stands among all: counts before confirmations, then by article, position,
/// claim, and which of its claim's it is.
type Standing = (bool, Name, Option<Span>, ClaimId, u32);

/// Where a fact stands among all.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Order {
    dateless: bool,
    start: Option<NaiveDate>,
    category: Option<Name>,
    party: Option<Name>,
    kind: FactKind,
    first: Standing,
    subset: Option<Name>,
    /// All members, where the first could be that of another fact too.
    all: Vec<Standing>,
}

/// A fact that is kept.
#[derive(Debug)]
pub(super) struct Held {
    pub draft: Draft,
    pub order: Order,
    /// Its members, and why each is one.
    pub members: Vec<(u32, Because)>,
    maybe: Vec<u32>,
    /// In words, by its own claims alone.
    pub own: Arc<Fact>,
    /// What other facts have to say of it, and at which stage.
    pub cross: Vec<(Stage, u32, FactFlag, String)>,
    pub happening: Option<u32>,
    pub pinned: bool,
    /// In words, with all that other facts, events and pins have to say.
    pub shown: Arc<Fact>,
}

/// Some statements by their places among themselves; articles by number.
pub(super) struct Sheet {
    claims: Vec<Arc<Claim>>,
    statements: Vec<Statement>,
    pub articles: Vec<u32>,
    sources: Vec<Source>,
}

/// Units that rulings and joins bind together, and the rulings.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Batch {
    units: BTreeSet<u32>,
    rulings: BTreeSet<usize>,
    /// The statements that the rulings name: a confirmation among them may be of no unit, and still be
    /// missed when it goes.
    named: BTreeSet<u32>,
}

impl Reconciler {
    /// Places what is stale. `rulings` are all, `single` those on one claim.
    pub(super) fn place(&mut self, rulings: &[&Ruling], single: &BTreeMap<&ClaimId, Vec<usize>>) {
        self.join();
        let (batches, bonds) = self.batches(rulings);
        self.bonds = bonds.into_iter().collect();
        for batch in batches {
            self.place_batch(&batch, rulings, single);
        }
        self.units.stale.clear();
        // Whatever was there and has not been found again has gone.
        let prepared = self.bare();
        for number in std::mem::take(&mut self.suspects) {
            if self.facts.get(number as usize).is_some_and(Option::is_some) && !self.met.contains(&number) {
                self.leave(&prepared, number);
                let gone = self.facts[number as usize].take();
                for (member, _) in gone.iter().flat_map(|held| &held.members) {
                    self.part(*member, number);
                }
                self.order_changed = true;
            }
        }
        self.give_back(prepared);
        self.met.clear();
        self.fresh.clear();
    }

    /// What is stale, in batches that know nothing of one another; and all that rulings bind.
    fn batches(&self, rulings: &[&Ruling]) -> (Vec<Batch>, Vec<Batch>) {
        // Rulings that put claims into other facts bind the units of these claims.
        let mut bonds: Vec<Batch> = Vec::new();
        // A confirmation without a unit may come for a ruling that named it.
        let mut renewed: BTreeSet<usize> = BTreeSet::new();
        for (number, ruling) in rulings.iter().enumerate().filter(|(_, ruling)| rulings::regroups(&ruling.op)) {
            let claims = ruling.op.claims();
            let statements = claims.iter().filter_map(|claim| self.of_claim.get(*claim)).flat_map(|article| {
                let shelf = &self.shelves[*article as usize];
                shelf.statements.iter().copied().filter(|number| claims.contains(&&self.kept(*number).claim.id))
            });
            let statements: Vec<u32> = statements.collect();
            if statements.iter().any(|statement| self.fresh.contains(statement)) {
                renewed.insert(number);
            }
            let units = statements.iter().flat_map(|number| self.units_of(*number)).collect();
            let named = statements.into_iter().collect();
            let mut bond = Batch { units: self.with_joined(units), rulings: BTreeSet::from([number]), named };
            let ids: BTreeSet<&ClaimId> = claims.into_iter().collect();
            let meets = |other: &Batch| {
                !other.units.is_disjoint(&bond.units)
                    || other.rulings.iter().any(|r| rulings[*r].op.claims().iter().any(|claim| ids.contains(claim)))
            };
            let (meeting, apart): (Vec<Batch>, Vec<Batch>) = bonds.into_iter().partition(meets);
            for mut other in meeting {
                bond.units.append(&mut other.units);
                bond.rulings.append(&mut other.rulings);
                bond.named.append(&mut other.named);
            }
            bonds = apart;
            bonds.push(bond);
        }
        // Uniting two bonds may make the result meet a third only through units: they are all in by now,
        // since every bond was held against all before it.
        let mut out: Vec<Batch> = Vec::new();
        let mut bound: BTreeSet<u32> = BTreeSet::new();
        for bond in &bonds {
            bound.extend(&bond.units);
            // One of its claims may have gone, with its unit: what is left was placed with it.
            let renewed = bond.rulings.iter().any(|ruling| renewed.contains(ruling));
            if renewed
                || bond.units.is_empty()
                || !bond.units.is_disjoint(&self.units.stale)
                || !self.bonds.contains(bond)
            {
                out.push(bond.clone());
            }
        }
        let alone: Vec<u32> = self.units.stale.difference(&bound).copied().collect();
        for unit in alone {
            if bound.contains(&unit) {
                continue;
            }
            let units = self.with_joined(BTreeSet::from([unit]));
            bound.extend(&units);
            out.push(Batch { units, ..Batch::default() });
        }
        (out, bonds)
    }

    /// The statements of a batch: counts, then confirmations, each in their order.
    fn statements_of(&self, batch: &Batch, rulings: &[&Ruling]) -> Vec<u32> {
        let members = batch.units.iter().filter_map(|unit| self.units.get(*unit)).flat_map(|unit| &unit.members);
        let mut counts: Vec<u32> = members.copied().collect();
        let mut articles: BTreeSet<u32> = counts.iter().map(|number| self.kept(*number).statement.article).collect();
        let named: BTreeSet<&ClaimId> = batch.rulings.iter().flat_map(|number| rulings[*number].op.claims()).collect();
        articles.extend(named.iter().filter_map(|claim| self.of_claim.get(*claim)));
        let mut confirming: Vec<u32> = Vec::new();
        for article in articles {
            let shelf = &self.shelves[article as usize];
            confirming.extend(shelf.statements[shelf.ordinary..].iter().copied().filter(|number| {
                named.contains(&self.kept(*number).claim.id)
                    || self.units_of(*number).iter().any(|unit| batch.units.contains(unit))
            }));
        }
        let place = |number: &u32| {
            let kept = self.kept(*number);
            (self.ranks[kept.statement.article as usize], kept.place)
        };
        counts.sort_unstable_by_key(place);
        confirming.sort_unstable_by_key(place);
        counts.extend(confirming);
        counts
    }

    fn place_batch(&mut self, batch: &Batch, rulings: &[&Ruling], single: &BTreeMap<&ClaimId, Vec<usize>>) {
        let numbers = self.statements_of(batch, rulings);
        self.work.units += batch.units.len();
        self.work.claims_placed += numbers.len();
        for number in &numbers {
            let kept = self.kept(*number);
            let facts = kept.facts.iter().copied();
            // A confirmation may be in facts of other units as well, which are none of this batch's business.
            let own = |fact: &u32| kept.statement.confirms == Confirms::Nothing || self.is_of_confirmations(*fact);
            self.suspects.extend(facts.filter(own).collect::<Vec<_>>());
        }
        let sheet = self.lay_out(&numbers);
        let mut prepared = self.prepared(&sheet);
        if !batch.rulings.is_empty() {
            prepared.places = sheet.claims.iter().zip(0..).map(|(claim, place)| (&claim.id, place)).collect();
        }
        let mut placed = place_partitions(&prepared);
        finish(&prepared, &mut placed, &self.joins.among(&numbers));
        let mut labels = BTreeMap::new();
        let replayed: Vec<(usize, &Ruling)> = batch.rulings.iter().map(|number| (*number, rulings[*number])).collect();
        let stale = rulings::replay(&prepared, &replayed, &mut placed, &mut labels);
        for number in &batch.rulings {
            self.stale_regroupings.remove(number);
        }
        for (number, why) in stale {
            self.stale_regroupings.entry(number).or_default().push(why);
        }
        self.keep(batch, &prepared, placed, labels, &numbers, &sheet.articles, rulings, single);
        self.give_back(prepared);
    }

    /// Some statements by their places among themselves, as the rules want it.
    pub(super) fn lay_out(&self, numbers: &[u32]) -> Sheet {
        let mut places: Vec<(u32, u32, u32)> = numbers
            .iter()
            .map(|number| {
                let kept = self.kept(*number);
                (self.ranks[kept.statement.article as usize], kept.claim_place, kept.statement.article)
            })
            .collect();
        places.sort_unstable();
        places.dedup();
        let mut articles: Vec<u32> = places.iter().map(|(.., article)| *article).collect();
        articles.dedup();
        let mut claims: Vec<Arc<Claim>> = Vec::with_capacity(places.len());
        // The sources of the batch by key, and the place of each spelling's among them.
        let spelling = |number: &u32| self.kept(*number).statement.source;
        let mut spellings: Vec<u32> = numbers.iter().filter_map(spelling).collect();
        spellings.sort_unstable();
        spellings.dedup();
        let said: Vec<(u32, &str)> = spellings
            .into_iter()
            .filter_map(|spelling| Some((spelling, &*self.voices.source(spelling)?.key)))
            .collect();
        let mut sources: Vec<&str> = said.iter().map(|(_, key)| *key).collect();
        sources.sort_unstable();
        sources.dedup();
        let source_of: Lookup<u32, u32> = said
            .iter()
            .map(|(spelling, key)| (*spelling, u32::try_from(sources.partition_point(|k| k < key)).unwrap_or(u32::MAX)))
            .collect();
        let local: Lookup<u32, u32> = numbers.iter().copied().zip(0..).collect();
        let mut statements: Vec<Statement> = Vec::with_capacity(numbers.len());
        let mut claim_of: Vec<u32> = vec![u32::MAX; places.len()];
        for number in numbers {
            let kept = self.kept(*number);
            let rank = self.ranks[kept.statement.article as usize];
            let claim = places.partition_point(|(r, place, _)| (*r, *place) < (rank, kept.claim_place));
            claim_of[claim] = *number;
            let article = articles.partition_point(|article| self.ranks[*article as usize] < rank);
            let confirms = match kept.statement.confirms {
                // A figure outside of the batch is none of its claims' business.
                Confirms::Figure(figure) => Confirms::Figure(local.get(&figure).copied().unwrap_or(u32::MAX)),
                other => other,
            };
            statements.push(Statement {
                claim: u32::try_from(claim).unwrap_or(u32::MAX),
                article: u32::try_from(article).unwrap_or(u32::MAX),
                source: kept.statement.source.and_then(|spelling| source_of.get(&spelling).copied()),
                confirms,
                ..kept.statement.clone()
            });
        }
        claims.extend(claim_of.iter().map(|number| self.kept(*number).claim.clone()));
        let sources: Vec<Source> = sources.iter().filter_map(|key| self.voices.by_key(key)).cloned().collect();
        Sheet { claims, statements, articles, sources }
    }

    /// What rules are asked with, of some statements. To be given back.
    pub(super) fn prepared<'s>(&mut self, sheet: &'s Sheet) -> Prepared<'s> {
        let mut prepared = self.bare();
        prepared.sources = sheet.sources.clone();
        prepared.claims = sheet.claims.iter().map(|claim| &**claim).collect();
        prepared.statements = sheet.statements.clone();
        prepared.articles = sheet.articles.iter().map(|article| self.shelves[*article as usize].name.clone()).collect();
        prepared.retold = sheet
            .articles
            .iter()
            .zip(0..)
            .filter_map(|(article, place)| {
                let original = &self.shelves[self.confirmed_retelling(*article)? as usize].name;
                Some((place, u32::try_from(prepared.articles.binary_search(original).ok()?).ok()?))
            })
            .collect();
        prepared
    }

    /// Takes in what a batch has come to.
    #[expect(clippy::too_many_arguments, reason = "a batch is what all of them speak of")]
    fn keep(
        &mut self,
        batch: &Batch,
        prepared: &Prepared<'_>,
        placed: Placed,
        mut labels: BTreeMap<u32, Name>,
        numbers: &[u32],
        articles: &[u32],
        rulings: &[&Ruling],
        single: &BTreeMap<&ClaimId, Vec<usize>>,
    ) {
        // Every fact gets a number: that of the one which had its first claim before, or a new one.
        let mut number_of: Vec<Option<u32>> = vec![None; placed.clusters.len()];
        let mut kept: Vec<(usize, u32, u32, Vec<(u32, Because)>)> = Vec::new();
        for (place, cluster) in placed.clusters.iter().enumerate() {
            let Some(first) = cluster.members.iter().map(|(id, _)| *id).min() else { continue };
            let members: Vec<(u32, Because)> = cluster
                .members
                .iter()
                .map(|(id, because)| {
                    let because = match because {
                        Because::ConfirmsFigure(figure) => Because::ConfirmsFigure(numbers[*figure as usize]),
                        other => other.clone(),
                    };
                    (numbers[*id as usize], because)
                })
                .collect();
            let before = self.kept(numbers[first as usize]).facts.iter().copied();
            let known = before.filter(|fact| !self.met.contains(fact)).min_by_key(|fact| {
                let same = self.held(*fact).is_some_and(|held| held.members.first() == members.first());
                (!same, *fact)
            });
            let number = known.unwrap_or_else(|| {
                self.facts.push(None);
                u32::try_from(self.facts.len() - 1).unwrap_or(u32::MAX)
            });
            self.met.insert(number);
            number_of[place] = Some(number);
            kept.push((place, number, numbers[first as usize], members));
        }
        let mut clusters: Vec<Option<Cluster>> = placed.clusters.into_iter().map(Some).collect();
        let mut orders: BTreeMap<u32, Order> = BTreeMap::new();
        for (place, number, first, members) in &kept {
            let Some(cluster) = &clusters[*place] else { continue };
            let order = self.order(prepared, cluster, *first, members);
            orders.insert(*number, order);
        }
        for (place, number, _, members) in kept {
            let Some(mut cluster) = clusters[place].take() else { continue };
            let mut maybe: Vec<u32> =
                cluster.maybe.iter().filter_map(|other| number_of.get(*other as usize).copied().flatten()).collect();
            maybe.sort_by(|a, b| orders.get(a).cmp(&orders.get(b)));
            let split = labels.remove(&u32::try_from(place).unwrap_or(u32::MAX));
            let order = orders.get(&number).cloned();
            let Some(order) = order else { continue };
            if self.is_same(number, &cluster, &split, &members, &maybe, &order) {
                continue;
            }
            self.work.facts += 1;
            let assessed = verdict::assess(prepared, &self.names, &self.codebook.conventions, &cluster);
            let mut shared = Shared::of(prepared, &cluster);
            let mut draft = Draft {
                number,
                split,
                assessed,
                mention: Reference::Fact(number),
                shared: None,
                cluster: std::mem::take(&mut cluster),
            };
            let mut flags = draft.assessed.flags.clone();
            let mut more = Vec::new();
            across::of_claims(prepared, &self.names, 0, &draft, &mut more);
            flags.extend(more.into_iter().map(|(_, flag, text)| (flag, text)));
            flags.sort();
            flags.dedup();
            let render = Render { prepared, codebook: &self.codebook, rulings, single };
            let mentions: Vec<Reference> = maybe.iter().map(|other| Reference::Fact(*other)).collect();
            let own = Arc::new(render.fact(&draft, flags, None, &mentions));
            // What only its words needed.
            draft.cluster.members = Vec::new();
            draft.assessed.relations = Vec::new();
            draft.assessed.voices.parts = Vec::new();
            // Most facts have one voice, and there may be a hundred thousand of them.
            draft.assessed.voices.standings.shrink_to_fit();
            shared.articles.iter_mut().for_each(|article| *article = articles[*article as usize]);
            shared.told.iter_mut().for_each(|told| told.article = articles[told.article as usize]);
            draft.shared = Some(shared);
            self.leave(prepared, number);
            if self.held(number).is_none_or(|held| held.order != order) {
                self.order_changed = true;
                self.unsorted.insert(number);
            }
            let before = self.facts[number as usize].take();
            for (member, _) in before.iter().flat_map(|held| &held.members) {
                self.part(*member, number);
            }
            for (member, _) in &members {
                if let Some(kept) = &mut self.statements[*member as usize]
                    && !kept.facts.contains(&number)
                {
                    kept.facts.push(number);
                    self.unplaced_changed |= kept.statement.confirms == Confirms::Event;
                }
            }
            let happening = before.and_then(|held| held.happening);
            let shown = own.clone();
            let cross = Vec::new();
            let held = Held { draft, order, members, maybe, own, cross, happening, pinned: false, shown };
            self.facts[number as usize] = Some(Box::new(held));
            self.enter(prepared, number);
        }
        self.keep_unplaced(batch, placed.unplaced, &number_of, numbers);
    }

    fn keep_unplaced(
        &mut self,
        batch: &Batch,
        unplaced: Vec<(u32, Vec<u32>, String)>,
        number_of: &[Option<u32>],
        numbers: &[u32],
    ) {
        let mut of_unit: BTreeMap<u32, Vec<(u32, Vec<u32>, String)>> = BTreeMap::new();
        for (id, candidates, why) in unplaced {
            let number = numbers[id as usize];
            // Whether a confirmation of an event has a place is seen over all units.
            if self.kept(number).statement.confirms == Confirms::Event {
                continue;
            }
            let candidates = candidates.iter().filter_map(|c| number_of.get(*c as usize).copied().flatten()).collect();
            let unit = self.units_of(number).first().copied().or_else(|| batch.units.first().copied());
            if let Some(unit) = unit {
                of_unit.entry(unit).or_default().push((number, candidates, why));
            }
        }
        for unit in &batch.units {
            let list = of_unit.remove(unit).unwrap_or_default();
            if let Some(unit) = self.units.get_mut(*unit)
                && unit.unplaced != list
            {
                (unit.unplaced, self.unplaced_changed) = (list, true);
            }
        }
    }

    /// Whether a fact is what it was, so that nothing has to be assessed.
    fn is_same(
        &self,
        number: u32,
        cluster: &Cluster,
        split: &Option<Name>,
        members: &[(u32, Because)],
        maybe: &[u32],
        order: &Order,
    ) -> bool {
        let Some(held) = self.held(number) else { return false };
        let was = &held.draft.cluster;
        let same = (was.key, was.facet, was.roots, was.window, was.partial, was.since)
            == (cluster.key, cluster.facet, cluster.roots, cluster.window, cluster.partial, cluster.since);
        same && was.rulings == cluster.rulings
            && held.draft.split == *split
            && held.members == members
            && held.maybe == maybe
            && held.order == *order
            && !members.iter().any(|(member, _)| self.fresh.contains(member))
            && !(self.rulings_changed && (!was.rulings.is_empty() || !cluster.rulings.is_empty()))
    }

    /// Where a fact stands among all, `first` being the first of its members in their order.
    fn order(&self, prepared: &Prepared<'_>, cluster: &Cluster, first: u32, members: &[(u32, Because)]) -> Order {
        let first = self.standing(first);
        // A count is in one fact only; a confirmation may be in several.
        let standings = members.iter().filter(|_| first.0).map(|(member, _)| self.standing(*member));
        let mut all: Vec<Standing> = standings.collect();
        all.sort();
        Order {
            dateless: cluster.window.start.is_none(),
            start: cluster.window.start,
            category: prepared.interner.name(cluster.key.category).cloned(),
            party: prepared.interner.name(cluster.facet.party).cloned(),
            kind: kind(cluster),
            first,
            subset: prepared.interner.name(cluster.key.subset).cloned(),
            all,
        }
    }

    /// Where a statement stands among all.
    pub(super) fn standing(&self, number: u32) -> Standing {
        let kept = self.kept(number);
        let confirms = kept.statement.confirms != Confirms::Nothing;
        let article = self.shelves[kept.statement.article as usize].name.clone();
        let span = kept.claim.evidence.first().map(|anchor| anchor.span);
        (confirms, article, span, kept.claim.id.clone(), kept.nth)
    }

    /// Whether a fact has no member but confirmations.
    pub(super) fn is_of_confirmations(&self, fact: u32) -> bool {
        let confirms = |member: &u32| {
            let kept = self.statements[*member as usize].as_ref();
            kept.is_none_or(|kept| kept.statement.confirms != Confirms::Nothing)
        };
        self.held(fact).is_some_and(|held| held.members.iter().all(|(member, _)| confirms(member)))
    }

    /// A statement is no longer a member of a fact.
    fn part(&mut self, member: u32, fact: u32) {
        if let Some(Some(kept)) = self.statements.get_mut(member as usize) {
            kept.facts.retain(|other| *other != fact);
            self.unplaced_changed |= kept.statement.confirms == Confirms::Event;
        }
    }

    /// A fact that is kept.
    pub(super) fn held(&self, number: u32) -> Option<&Held> {
        self.facts.get(number as usize)?.as_deref()
    }
}
