//! Facts that are kept up to date: after an edit only what it makes stale is worked out anew.
//!
//! The rules are those of [`reconcile`](super::reconcile), and so is the result; what differs is
//! what they are asked about. Articles are read one at a time (`shelves`); the sources that their
//! spellings come to are kept (`voices`); claims whose times hang together are placed apart from
//! all others (`units`, `facts`), and what of
//! theirs joins is looked up (`joins`); rules that look over several facts are asked by group (`groups`, `happenings`, `sums`);
//! words refer to facts by numbers that stay, so that one that comes or goes changes no other
//! one's words (`output`). Which article retells which follows when it is asked for (`echoes`).

mod echoes;
mod facts;
mod groups;
mod happenings;
mod joins;
mod output;
mod shelves;
mod sums;
mod units;
mod voices;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::claim::{ArticleId, Claim, ClaimId, Codebook, Lexicon, Name, Reconciliation, Ruling, RulingOp};

use super::assemble::Pin;
use super::interner::Lookup;
use super::names::Names;
use super::statement::{ClaimRulings, Prepared, Reader};
use super::{Document, rulings};

use facts::Held;
use groups::Groups;
use joins::Joins;
use shelves::{Kept, Shelf};
use units::Units;
use voices::Voices;

/// How much was worked out anew since the counts were last taken.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Work {
    /// Claims read.
    pub claims_read: usize,
    /// Claims looked at to see which of them hang together by what they repeat.
    pub claims_tied: usize,
    /// Claims placed.
    pub claims_placed: usize,
    /// Sets of claims that hang together, placed.
    pub units: usize,
    /// Facts assessed.
    pub facts: usize,
    /// Groups of facts over which rules were asked.
    pub groups: usize,
    /// Sums added up.
    pub sums: usize,
    /// Facts put into words, for whatever reason.
    pub shown: usize,
    /// Articles compared with others.
    pub compared: usize,
}

/// At which stage something was found out about a fact.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Stage {
    Twin,
    Plan,
    Both,
    Legs,
    Overtaken,
    Parts,
    Gap,
    Sum,
}

/// Claims, rulings and articles, with the facts that they come to.
pub struct Reconciler {
    codebook: Codebook,
    lexicon: Arc<Lexicon>,
    names: Names<'static>,
    reader: Reader,
    rulings: Vec<Arc<Ruling>>,

    /// Articles by number; a number stays with its name.
    shelves: Vec<Shelf>,
    by_name: BTreeMap<Name, u32>,
    /// The place of every article by its name.
    ranks: Vec<u32>,
    /// The article of every claim.
    of_claim: BTreeMap<ClaimId, u32>,
    statements: Vec<Option<Kept>>,
    free: Vec<u32>,
    voices: Voices,
    units: Units,
    joins: Joins,
    facts: Vec<Option<Box<Held>>>,
    /// The facts in their order.
    order: Vec<u32>,
    /// By fact and by event: its place.
    places: Vec<u32>,
    event_places: Vec<u32>,
    /// Pins by the fact that they speak of.
    pins: BTreeMap<u32, Vec<Pin>>,
    groups: Groups,
    /// The articles that tell a distinctive figure.
    tellers: BTreeMap<u64, BTreeSet<u32>>,

    stale_articles: BTreeSet<u32>,
    stale_sources: BTreeSet<u32>,
    stale_views: BTreeSet<u32>,
    stale_echoes: BTreeSet<u32>,
    stale_shown: BTreeSet<u32>,
    stale_regroupings: BTreeMap<usize, Vec<String>>,
    /// Statements that are new or not what they were.
    fresh: BTreeSet<u32>,
    /// Facts that may have gone, and those that were found again.
    suspects: BTreeSet<u32>,
    met: BTreeSet<u32>,
    /// What rulings bound together when facts were placed last.
    bonds: BTreeSet<facts::Batch>,
    rulings_changed: bool,
    order_changed: bool,
    /// Facts whose place among all is to be found.
    unsorted: BTreeSet<u32>,
    /// Whether facts that stay have changed places among themselves.
    reordered: bool,
    unplaced_changed: bool,

    work: Work,
    shown: Arc<Reconciliation>,
}

impl std::fmt::Debug for Reconciler {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Reconciler").field("facts", &self.shown.facts.len()).field("work", &self.work).finish()
    }
}

impl Reconciler {
    /// Without any article yet.
    pub fn new(codebook: Codebook, lexicon: Arc<Lexicon>) -> Self {
        let names = Names::new(&codebook, &lexicon).into_owned();
        Self {
            codebook,
            lexicon,
            names,
            reader: Reader::new(),
            rulings: Vec::new(),
            shelves: Vec::new(),
            by_name: BTreeMap::new(),
            ranks: Vec::new(),
            of_claim: BTreeMap::new(),
            statements: Vec::new(),
            free: Vec::new(),
            voices: Voices::default(),
            units: Units::default(),
            joins: Joins::default(),
            facts: Vec::new(),
            order: Vec::new(),
            places: Vec::new(),
            event_places: Vec::new(),
            pins: BTreeMap::new(),
            groups: Groups::default(),
            tellers: BTreeMap::new(),
            stale_articles: BTreeSet::new(),
            stale_sources: BTreeSet::new(),
            stale_views: BTreeSet::new(),
            stale_echoes: BTreeSet::new(),
            stale_shown: BTreeSet::new(),
            stale_regroupings: BTreeMap::new(),
            fresh: BTreeSet::new(),
            suspects: BTreeSet::new(),
            met: BTreeSet::new(),
            bonds: BTreeSet::new(),
            rulings_changed: false,
            order_changed: false,
            unsorted: BTreeSet::new(),
            reordered: false,
            unplaced_changed: false,
            work: Work::default(),
            shown: Arc::default(),
        }
    }

    /// Sets what is known of an article, and all of its claims. Without document and claims it has
    /// gone. Costs what the article costs; the facts follow with [`Reconciler::update`].
    pub fn set_article(&mut self, id: &ArticleId, document: Option<Document>, claims: Vec<Arc<Claim>>) {
        let article = self.article(&id.0);
        let shelf = &mut self.shelves[article as usize];
        for claim in &shelf.given {
            self.of_claim.remove(&claim.id);
        }
        self.of_claim.extend(claims.iter().map(|claim| (claim.id.clone(), article)));
        (shelf.document, shelf.given) = (document, claims);
        self.stale_articles.insert(article);
    }

    /// Sets all rulings, in order of making.
    pub fn set_rulings<'r>(&mut self, rulings: impl IntoIterator<Item = &'r Ruling>) {
        let mut known: BTreeMap<&Name, &Arc<Ruling>> =
            self.rulings.iter().map(|ruling| (&ruling.id.0, ruling)).collect();
        let mut changed: Vec<Arc<Ruling>> = Vec::new();
        let mut after: Vec<Arc<Ruling>> = Vec::new();
        for ruling in rulings {
            match known.remove(&ruling.id.0) {
                Some(before) if **before == *ruling => after.push(before.clone()),
                before => {
                    changed.extend(before.cloned());
                    after.push(Arc::new(ruling.clone()));
                    changed.extend(after.last().cloned());
                }
            }
        }
        changed.extend(known.into_values().cloned());
        let in_order = self.rulings.iter().map(|r| &r.id).eq(after.iter().map(|r| &r.id));
        if changed.is_empty() && in_order {
            return;
        }
        // Rulings that regroup claims are known by their places: all of them are replayed.
        let regrouping = self.rulings.iter().chain(&after).filter(|ruling| rulings::regroups(&ruling.op)).cloned();
        changed.extend(regrouping.collect::<Vec<_>>());
        self.stale_regroupings.clear();
        for claim in changed.iter().flat_map(|ruling| ruling.op.claims()) {
            let Some(article) = self.of_claim.get(claim).copied() else { continue };
            self.stale_articles.insert(article);
            let shelf = &self.shelves[article as usize];
            for number in shelf.statements.clone() {
                if self.kept(number).claim.id == *claim {
                    self.fresh.insert(number);
                    self.suspect(self.kept(number).facts.clone());
                    for unit in self.units_of(number) {
                        self.units.stale.insert(unit);
                    }
                }
            }
        }
        let echoes: Vec<Name> = changed
            .iter()
            .filter_map(|ruling| match &ruling.op {
                RulingOp::Echo { article, .. } => Some(article.0.clone()),
                _ => None,
            })
            .collect();
        (self.rulings, self.rulings_changed) = (after, true);
        for name in echoes {
            if let Some(article) = self.by_name.get(&name).copied() {
                self.rule_echo(article);
                self.stale_views.insert(article);
                // Its own voice may be another's now.
                for number in self.shelves[article as usize].statements.clone() {
                    self.suspect(self.kept(number).facts.clone());
                    for unit in self.units_of(number) {
                        self.units.stale.insert(unit);
                    }
                }
            }
        }
    }

    /// Sets the codebook. Where only its sources have changed, only what rests on them is stale;
    /// else everything is.
    pub fn set_codebook(&mut self, codebook: &Codebook) {
        // The revision counts changes, and is none.
        let same = |sources: bool| {
            let of = |codebook: &Codebook| Codebook {
                revision: 0,
                sources: if sources { codebook.sources.clone() } else { Vec::new() },
                ..codebook.clone()
            };
            of(&self.codebook) == of(codebook)
        };
        if same(true) {
            return;
        }
        if same(false) {
            self.codebook = codebook.clone();
            self.names = Names::new(&self.codebook, &self.lexicon).into_owned();
            self.reader.registry.read_anew(&self.names);
            self.voices.forget();
            // Whether an outlet speaks for itself is seen while its articles are read.
            let silent = |shelf: &Shelf| shelf.document.as_ref().is_some_and(|d| d.metadata.outlet.is_some());
            let outlets = self.shelves.iter().zip(0..).filter(|(shelf, _)| silent(shelf));
            self.stale_articles.extend(outlets.map(|(_, article)| article));
            return;
        }
        let mut fresh = Self::new(codebook.clone(), self.lexicon.clone());
        for shelf in std::mem::take(&mut self.shelves) {
            fresh.set_article(&ArticleId(shelf.name), shelf.document, shelf.given);
        }
        fresh.set_rulings(self.rulings.iter().map(|ruling| &**ruling));
        fresh.work = self.work;
        *self = fresh;
    }

    /// Brings facts, sums and words up to date, but for retellings that have not been looked for
    /// yet; see [`Reconciler::follow`].
    pub fn update(&mut self) -> &Arc<Reconciliation> {
        let kept = self.rulings.clone();
        let rulings: Vec<&Ruling> = kept.iter().map(|ruling| &**ruling).collect();
        let single = ClaimRulings::of_rulings(&rulings);
        if self.ranks.len() != self.shelves.len() {
            self.ranks = vec![0; self.shelves.len()];
            for (article, rank) in self.by_name.values().zip(0..) {
                self.ranks[*article as usize] = rank;
            }
        }
        // What is ruled to retell an article depends on it, whether it shares a figure or not.
        let ruled = rulings.iter().filter_map(|ruling| match &ruling.op {
            RulingOp::Echo { article, .. } => self.by_name.get(&article.0).copied(),
            _ => None,
        });
        for article in ruled.collect::<Vec<_>>() {
            self.rule_echo(article);
        }
        for article in std::mem::take(&mut self.stale_articles) {
            self.read(article, &single);
        }
        self.reader.interner.rank_all();
        let statements = &self.statements;
        self.units.settle(|number| &statements[number as usize].as_ref().expect("a unit's member is kept").statement);
        self.work.claims_tied += std::mem::take(&mut self.units.looked_at);
        self.follow_units();
        let moved = self.voices.settle(&self.reader.registry, &self.names);
        let articles: BTreeSet<u32> = moved.iter().flat_map(|spelling| self.voices.articles(*spelling)).collect();
        for article in &articles {
            self.change_sources(*article, &moved);
        }
        self.stale_sources.extend(articles);
        self.note_told();
        let single_of = super::assemble::single_rulings(&rulings);
        self.place(&rulings, &single_of);
        self.sort();
        self.compare();
        self.output(&rulings, &single);
        self.rulings_changed = false;
        &self.shown
    }

    /// The facts as of the last [`Reconciler::update`]. Words refer to facts by numbers that stay:
    /// [`Reconciliation::shown`] reads them, [`Reconciliation::labelled`] replaces them all.
    pub fn shown(&self) -> &Arc<Reconciliation> {
        &self.shown
    }

    /// How many claims it has been told of.
    pub fn claims(&self) -> usize {
        self.of_claim.len()
    }

    /// What was worked out anew since this was last asked.
    pub fn take_work(&mut self) -> Work {
        std::mem::take(&mut self.work)
    }

    /// Statements of an article speak on another source's word than before.
    fn change_sources(&mut self, article: u32, spellings: &BTreeSet<u32>) {
        for number in self.shelves[article as usize].statements.clone() {
            if self.kept(number).statement.source.is_some_and(|source| spellings.contains(&source)) {
                self.fresh.insert(number);
                self.touch(number);
            }
        }
        self.touch_confirmed(article);
    }

    fn article(&mut self, name: &Name) -> u32 {
        if let Some(number) = self.by_name.get(name) {
            return *number;
        }
        let number = u32::try_from(self.shelves.len()).unwrap_or(u32::MAX);
        self.shelves.push(Shelf { name: name.clone(), ..Shelf::default() });
        self.by_name.insert(name.clone(), number);
        number
    }

    /// What rules are asked with, without any statement. To be given back.
    fn bare<'a>(&mut self) -> Prepared<'a> {
        Prepared {
            claims: Vec::new(),
            statements: Vec::new(),
            articles: Vec::new(),
            documents: Vec::new(),
            sources: Vec::new(),
            interner: std::mem::take(&mut self.reader.interner),
            categories: std::mem::take(&mut self.reader.categories),
            loose: Vec::new(),
            places: Lookup::default(),
            groups: std::mem::take(&mut self.reader.groups),
            retold: BTreeMap::new(),
            excluded: Lookup::default(),
        }
    }

    fn give_back(&mut self, prepared: Prepared<'_>) {
        let Prepared { interner, categories, groups, .. } = prepared;
        (self.reader.interner, self.reader.categories, self.reader.groups) = (interner, categories, groups);
    }
}
