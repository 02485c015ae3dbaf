//! Articles and their claims, read into statements one article at a time.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::claim::{Claim, ClaimId, DateWindow, Name, Span};

use super::super::Document;
use super::super::echo::{Echo, Told};
use super::super::interner::Lookup;
use super::super::partition::speaks_of;
use super::super::statement::{Beside, ClaimRulings, Confirms, Prepared, Statement};
use super::Reconciler;
use super::units::NOWHERE;

/// An article and its claims.
#[derive(Debug, Default)]
pub(super) struct Shelf {
    pub name: Name,
    pub document: Option<Document>,
    /// Its claims as they were given.
    pub given: Vec<Arc<Claim>>,
    /// Its statements, counts before confirmations.
    pub statements: Vec<u32>,
    /// Where the confirmations begin.
    pub ordinary: usize,
    /// The spellings of its sources, each as often as it was asked for.
    pub spellings: Vec<u32>,
    /// Confirmations that speak of nothing that is there.
    pub loose: Vec<(Arc<Claim>, u32, String)>,
    /// What it likely retells, as the texts and figures have it.
    pub found: Option<Echo>,
    /// The same once the analyst has ruled.
    pub echo: Option<Echo>,
    /// The date of publication that was carried over to it.
    pub linked: Option<DateWindow>,
    /// What it tells, sorted.
    pub told: Vec<Told>,
    /// Those figures of it that few articles tell by chance, sorted.
    pub distinctive: Vec<u64>,
}

impl Shelf {
    /// When it was published by what is known of it alone.
    pub fn published(&self) -> DateWindow {
        self.document.as_ref().map_or(DateWindow::UNKNOWN, |document| document.metadata.published)
    }
}

/// A statement that is kept: its article and its source are numbers that stay.
#[derive(Debug)]
pub(super) struct Kept {
    pub statement: Statement,
    pub claim: Arc<Claim>,
    /// Which of its claim's statements it is.
    pub nth: u32,
    /// Its place among the statements of its article.
    pub place: u32,
    /// The place of its claim among those of its article.
    pub claim_place: u32,
    pub unit: u32,
    /// The facts that it is a member of.
    pub facts: Vec<u32>,
}

fn position(claim: &Claim) -> Option<Span> {
    claim.evidence.first().map(|anchor| anchor.span)
}

impl Reconciler {
    /// Reads an article's claims anew, and puts those that have changed where they belong.
    pub(super) fn read(&mut self, article: u32, single: &ClaimRulings<'_>) {
        let shelf = &self.shelves[article as usize];
        let name = shelf.name.clone();
        let mut claims: Vec<Arc<Claim>> =
            shelf.given.iter().filter(|claim| !single.excluded.contains(&claim.id)).cloned().collect();
        claims.sort_by(|a, b| position(a).cmp(&position(b)).then_with(|| a.id.cmp(&b.id)));
        claims.dedup_by(|a, b| a.id == b.id);
        self.work.claims_read += claims.len();
        let published = shelf.published();
        let outlet = shelf.document.as_ref().and_then(|document| document.metadata.outlet.as_ref());
        let beside = Beside {
            codebook: &self.codebook,
            names: &self.names,
            rulings: single,
            published: &published,
            outlet: outlet.map(|known| &known.value),
        };
        self.reader.registry.asked = Some(Vec::new());
        let (mut counts, mut confirmations) = (Vec::with_capacity(claims.len()), Vec::new());
        for (place, claim) in claims.iter().enumerate() {
            let statement = self.reader.read(claim, place, 0, beside);
            match statement.confirms {
                Confirms::Nothing => counts.push(statement),
                _ => confirmations.push(statement),
            }
        }
        let spellings = self.reader.registry.asked.take().unwrap_or_default();
        let linked = shelf.linked;
        let mut prepared = Prepared {
            claims: claims.iter().map(|claim| &**claim).collect(),
            statements: counts,
            articles: vec![name],
            interner: std::mem::take(&mut self.reader.interner),
            categories: std::mem::take(&mut self.reader.categories),
            groups: std::mem::take(&mut self.reader.groups),
            documents: Vec::new(),
            sources: Vec::new(),
            loose: Vec::new(),
            places: Lookup::default(),
            retold: BTreeMap::new(),
            excluded: Lookup::default(),
        };
        prepared.resolve(confirmations);
        if let Some(linked) = linked {
            prepared.redate(0, &linked, single);
        }
        let Prepared { statements, loose, interner, categories, groups, .. } = prepared;
        (self.reader.interner, self.reader.categories, self.reader.groups) = (interner, categories, groups);
        let loose = loose.into_iter().map(|(claim, why)| (claims[claim as usize].clone(), claim, why)).collect();

        self.touch_confirmed(article);
        let shelf = &mut self.shelves[article as usize];
        if shelf.loose != loose {
            (shelf.loose, self.unplaced_changed) = (loose, true);
        }
        let gone = std::mem::replace(&mut shelf.spellings, spellings.clone());
        self.voices.exchange(article, &gone, &spellings);
        self.exchange(article, statements, &claims);
        self.touch_confirmed(article);
        self.stale_sources.insert(article);
        self.stale_views.insert(article);
    }

    /// Puts new statements of an article in the place of its old ones; those that are the same stay.
    fn exchange(&mut self, article: u32, statements: Vec<Statement>, claims: &[Arc<Claim>]) {
        let old = std::mem::take(&mut self.shelves[article as usize].statements);
        let mut known: BTreeMap<(ClaimId, u32), u32> = BTreeMap::new();
        for number in old {
            let kept = self.kept(number);
            known.insert((kept.claim.id.clone(), kept.nth), number);
        }
        let mut times: BTreeMap<&ClaimId, u32> = BTreeMap::new();
        let mut numbers: Vec<(u32, u32)> = Vec::with_capacity(statements.len());
        for statement in &statements {
            let id = &claims[statement.claim as usize].id;
            let nth = times.entry(id).or_default();
            let number = known.remove(&(id.clone(), *nth)).unwrap_or_else(|| self.new_number());
            numbers.push((number, *nth));
            *nth += 1;
        }
        for number in known.into_values() {
            self.take_out(number);
            self.unplaced_changed |= self.kept(number).statement.confirms == Confirms::Event;
            self.statements[number as usize] = None;
            self.free.push(number);
        }
        let ordinary = statements.partition_point(|statement| statement.confirms == Confirms::Nothing);
        self.shelves[article as usize].ordinary = ordinary;
        self.shelves[article as usize].statements = numbers.iter().map(|(number, _)| *number).collect();
        for ((statement, (number, nth)), place) in statements.into_iter().zip(numbers.clone()).zip(0..) {
            let claim_place = statement.claim;
            let claim = claims[claim_place as usize].clone();
            let confirms = match statement.confirms {
                Confirms::Figure(figure) => Confirms::Figure(numbers[figure as usize].0),
                other => other,
            };
            let statement = Statement { claim: 0, article, confirms, ..statement };
            if let Some(kept) = &mut self.statements[number as usize] {
                let same_claim = Arc::ptr_eq(&kept.claim, &claim) || kept.claim == claim;
                if same_claim && kept.statement == statement {
                    (kept.place, kept.claim_place, kept.claim) = (place, claim_place, claim);
                    continue;
                }
                // What has no place is listed by where it stands, and a confirmation by what it confirms.
                self.unplaced_changed |= position(&kept.claim) != position(&claim);
                self.unplaced_changed |= kept.statement.confirms == Confirms::Event;
                self.take_out(number);
            }
            let facts = self.statements[number as usize].take().map(|kept| kept.facts).unwrap_or_default();
            match statement.confirms {
                Confirms::Nothing => {
                    let statements = &self.statements;
                    let at =
                        |number: u32| &statements[number as usize].as_ref().expect("a unit's member is kept").statement;
                    self.units.insert(number, &statement, at);
                }
                Confirms::Figure(figure) => self.touch(figure),
                Confirms::Event => self.unplaced_changed = true,
            }
            self.fresh.insert(number);
            let kept = Kept { statement, claim, nth, place, claim_place, unit: NOWHERE, facts };
            self.statements[number as usize] = Some(kept);
        }
        self.follow_units();
        // A confirmation may have been read before its figure had a unit.
        for (number, _) in numbers {
            if let Confirms::Figure(figure) = self.kept(number).statement.confirms
                && self.fresh.contains(&number)
            {
                self.touch(figure);
            }
        }
    }

    /// Takes a statement out of its unit, and remembers the facts that it was in.
    fn take_out(&mut self, number: u32) {
        self.follow_units();
        let Some(kept) = &self.statements[number as usize] else { return };
        self.suspect(kept.facts.clone());
        let Some(kept) = &self.statements[number as usize] else { return };
        match kept.statement.confirms {
            Confirms::Nothing => self.units.remove(number, kept.unit, &kept.statement),
            Confirms::Figure(figure) => self.touch(figure),
            Confirms::Event => {}
        }
    }

    /// Notes the units that statements have gone to.
    pub(super) fn follow_units(&mut self) {
        for (number, unit) in std::mem::take(&mut self.units.moved) {
            if let Some(kept) = &mut self.statements[number as usize] {
                kept.unit = unit;
            }
        }
    }

    /// Facts that may have gone: whatever else is in them is placed anew.
    pub(super) fn suspect(&mut self, facts: Vec<u32>) {
        for fact in facts {
            let members = self.held(fact).map_or_else(Vec::new, |held| held.members.iter().map(|(m, _)| *m).collect());
            members.into_iter().for_each(|member| self.touch(member));
            self.suspects.insert(fact);
        }
    }

    /// Makes the unit of a statement stale.
    pub(super) fn touch(&mut self, number: u32) {
        if let Some(Some(kept)) = self.statements.get(number as usize)
            && self.units.get(kept.unit).is_some()
        {
            self.units.stale.insert(kept.unit);
        }
    }

    /// Makes the units stale whose events an article confirms.
    pub(super) fn touch_confirmed(&mut self, article: u32) {
        let shelf = &self.shelves[article as usize];
        let confirming = shelf.statements[shelf.ordinary..].to_vec();
        for number in confirming {
            for unit in self.units_of(number) {
                self.units.stale.insert(unit);
            }
            // A fact of confirmations alone is in no unit: it is found again with theirs, or has gone.
            let alone = |fact: &u32| self.is_of_confirmations(*fact);
            self.suspect(self.kept(number).facts.iter().copied().filter(alone).collect());
        }
    }

    /// The units that a statement has to do with.
    pub(super) fn units_of(&self, number: u32) -> Vec<u32> {
        let kept = self.kept(number);
        match kept.statement.confirms {
            Confirms::Nothing => vec![kept.unit],
            Confirms::Figure(figure) => self
                .statements
                .get(figure as usize)
                .and_then(Option::as_ref)
                .map(|figure| figure.unit)
                .into_iter()
                .collect(),
            Confirms::Event => {
                let shelf = &self.shelves[kept.statement.article as usize];
                let mut out: Vec<u32> = shelf.statements[..shelf.ordinary]
                    .iter()
                    .map(|other| self.kept(*other))
                    .filter(|other| speaks_of(&self.reader.categories, &kept.statement, &other.statement))
                    .map(|other| other.unit)
                    .collect();
                out.sort_unstable();
                out.dedup();
                out
            }
        }
        .into_iter()
        .filter(|unit| self.units.get(*unit).is_some())
        .collect()
    }

    fn new_number(&mut self) -> u32 {
        self.free.pop().unwrap_or_else(|| {
            self.statements.push(None);
            u32::try_from(self.statements.len() - 1).unwrap_or(NOWHERE)
        })
    }

    /// A statement that is kept.
    ///
    /// # Panics
    /// Never: numbers are only given away with their statements.
    pub(super) fn kept(&self, number: u32) -> &Kept {
        self.statements[number as usize].as_ref().expect("a number in use has its statement")
    }
}
