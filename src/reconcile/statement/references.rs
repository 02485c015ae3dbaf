//! What one claim of an article says of another: the same number, a part of it, a confirmation.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use crate::claim::{DateWindow, Form, Link, Quantity, Span};

use super::super::interner::{NONE, Sym};
use super::super::subset::subset_of_part;
use super::{Aside, Confirms, Facet, Prepared, Shape, Statement, StatementId};

/// How many tolls of an article are held against a count of bodies in it.
const MANY: usize = 64;

/// So many figures that add up to another one are no chance.
const FEWEST_ROWS: usize = 2;

/// What two claims of an article share that count the same people in other words: the exact figure, of
/// what, of whom, and when.
fn told_alike(statement: &Statement) -> Option<(u32, u64, Shape, Sym, Facet, Option<NaiveDate>, Option<NaiveDate>)> {
    let exact = statement.count.low.filter(|low| statement.count.high == Some(*low))?;
    let (window, key) = (&statement.window, &statement.key);
    Some((statement.article, exact, key.shape, key.category, statement.facet, window.start, window.end))
}

impl Prepared<'_> {
    /// Gives "the same number" the value of the count it refers to, where the reading did not.
    pub(super) fn resolve_references(&mut self) {
        let missing: Vec<(usize, Quantity)> = self
            .statements
            .iter()
            .enumerate()
            .filter(|(_, s)| !s.count.has_value())
            .filter_map(|(i, s)| {
                let Link { span } = self.claims[s.claim as usize].reading.refers_to?;
                let target = self.statement_at(s.article, span?).filter(|target| *target as usize != i)?;
                let count = &self.statements[target as usize].count;
                count.has_value().then(|| (i, Quantity::by_reference(count)))
            })
            .collect();
        for (i, count) in missing {
            self.statements[i].count = count;
        }
    }

    /// A part is told from its total by what it is a part of: of another category it needs no
    /// more, of the same one the group that its words name. So is what is added to a count.
    pub(super) fn resolve_parts(&mut self) {
        // "Twelve deported", "twelve of the prisoners were taken to Egypt": the same twelve.
        let mut wholes: BTreeMap<_, Vec<usize>> = BTreeMap::new();
        if self.statements.iter().any(|s| s.key.aside == Aside::Part) {
            for (i, statement) in self.statements.iter().enumerate().filter(|(_, s)| s.key.aside == Aside::No) {
                if let Some(told) = told_alike(statement) {
                    wholes.entry(told).or_default().push(i);
                }
            }
        }
        // What turns out to be a part as well, and of what.
        let mut parts: Vec<(usize, Option<Box<Quantity>>)> = Vec::new();
        for i in 0..self.statements.len() {
            let (aside, article, key) = {
                let statement = &self.statements[i];
                (statement.key.aside, statement.article, statement.key)
            };
            let claim = self.claims[self.statements[i].claim as usize];
            let link = match aside {
                Aside::No => continue,
                Aside::Additive => claim.reading.additive,
                Aside::Part => claim.reading.part_of,
            };
            let other = link
                .and_then(|link| link.span)
                .and_then(|span| self.statements_at(article, span).find(|other| *other as usize != i))
                .map(|other| self.statements[other as usize].clone());
            // Who died of the 41 that fell ill are all who died; who is hurt of 30 that were freed are some;
            // and two civilians among 205 prisoners are counted as civilians anyway.
            let is = |category: Sym, name: &str| self.interner.str(category) == name;
            let found_dead = |whole: Sym| is(key.category, "bodies") && is(whole, "killed");
            let of_others = other.as_ref().is_some_and(|other| {
                other.key.category != key.category
                    && !(aside == Aside::Part && found_dead(other.key.category))
                    && (aside == Aside::Additive
                        || !self.rules(other.key.category).transfer
                        || self.rules(key.category).transfer)
            });
            if of_others {
                self.statements[i].key.aside = Aside::No;
            } else if aside == Aside::Part && other.as_ref().is_some_and(|whole| self.is_told_by_party(i, whole)) {
                self.statements[i].key.aside = Aside::No;
                self.statements[i].whole = other.map(|whole| Box::new(whole.count));
            } else if aside == Aside::Part {
                // "24 dead, four of them girls": the part grows with its total.
                if key.shape == Shape::Event && other.as_ref().is_some_and(|other| other.key.shape == Shape::ToDate) {
                    self.statements[i].key.shape = Shape::ToDate;
                }
                self.statements[i].whole = other.as_ref().map(|other| Box::new(other.count.clone()));
                let quote = claim.quote();
                if key.subset == NONE
                    && let Some(subset) = subset_of_part(quote)
                {
                    self.statements[i].key.subset = self.interner.sym(&subset);
                }
                let again = told_alike(&self.statements[i]).and_then(|told| wholes.get(&told)).cloned();
                // "47 cases, 39 of them confirmed": the 39 of the table are those, and not the 47.
                let beside = other.as_ref().is_some_and(|other| {
                    let own = &self.statements[i];
                    let key = |s: &Statement| (s.key.shape, s.key.subset, s.window.start, s.window.end);
                    key(other) == key(own) && other.facet.fits(own.facet)
                });
                match again {
                    _ if self.statements[i].key.subset != NONE => self.statements[i].key.aside = Aside::No,
                    Some(alike) if beside => {
                        let whole = self.statements[i].whole.clone();
                        parts.extend(alike.into_iter().map(|other| (other, whole.clone())));
                    }
                    Some(_) => self.statements[i].key.aside = Aside::No,
                    None => {}
                }
            }
        }
        for (other, whole) in parts {
            self.statements[other].key.aside = Aside::Part;
            self.statements[other].whole = whole;
        }
    }

    /// Whether a part is kept apart from its whole by whose people it counts: "six Spaniards" of 97 dead are
    /// the Spaniards among the dead, whoever counts them and of whatever total.
    fn is_told_by_party(&self, part: usize, whole: &Statement) -> bool {
        let part = &self.statements[part];
        let (own, other) = (part.roots.party, whole.roots.party);
        own != NONE && own != other && part.key.category == whole.key.category
    }

    /// Figures that one voice of an article gives in a row, and that add up to another one of its figures
    /// right before or behind them, are the parts of that one: the rows of a table and its last line.
    pub(super) fn resolve_rows(&mut self) {
        let mut first = 0;
        while first < self.statements.len() {
            let article = self.statements[first].article;
            let count = self.statements[first..].iter().take_while(|s| s.article == article).count();
            self.rows_of(first, first + count);
            first += count;
        }
    }

    fn rows_of(&mut self, first: usize, last: usize) {
        let plain = |i: &usize| {
            let s = &self.statements[*i];
            s.count.single().is_some_and(|n| n > 0) && !s.denied && s.key.aside == Aside::No && s.key.subset == NONE
        };
        let mut cells: Vec<usize> = (first..last).filter(plain).collect();
        if cells.len() <= FEWEST_ROWS {
            return;
        }
        let of = |i: &usize| {
            let s = &self.statements[*i];
            (s.key, s.facet, s.window.start, s.window.end)
        };
        cells.sort_by_cached_key(|i| (of(i), *i));
        let mut parts: Vec<(usize, Quantity)> = Vec::new();
        for alike in cells.chunk_by(|a, b| of(a) == of(b)) {
            // Of one voice: whose numbers are one is known later, so that spellings are asked.
            let voice = |i: &usize| &self.claims[self.statements[*i].claim as usize].reading.attribution;
            let columns = alike.chunk_by(|a, b| voice(a) == voice(b));
            for column in columns.filter(|column| column.len() > FEWEST_ROWS) {
                for (at, total) in column.iter().enumerate() {
                    let before = self.adding_up_to(*total, column[..at].iter().rev());
                    let rows = before.into_iter().chain(self.adding_up_to(*total, column[at + 1..].iter()));
                    parts.extend(rows.flatten().map(|row| (row, self.statements[*total].count.clone())));
                }
            }
        }
        for (row, total) in parts {
            self.statements[row].key.aside = Aside::Part;
            self.statements[row].whole = Some(Box::new(total));
        }
    }

    /// The first few of some figures, where they add up to another one.
    fn adding_up_to<'r>(&self, total: usize, rows: impl Iterator<Item = &'r usize> + Clone) -> Option<Vec<usize>> {
        let exact = |i: usize| self.statements[i].count.single();
        let mut left = exact(total)?;
        for (taken, row) in rows.clone().take(MANY).enumerate() {
            left = left.checked_sub(exact(*row)?)?;
            if left == 0 {
                return (taken + 1 >= FEWEST_ROWS).then(|| rows.take(taken + 1).copied().collect());
            }
        }
        None
    }

    /// Bodies that are found where an article tells of about as many dead of the same day are these dead,
    /// counted by somebody who has seen them. Bodies that are handed over are not.
    pub(super) fn resolve_bodies(&mut self) {
        let of = |name: &str| self.interner.get(name);
        let (Some(bodies), Some(killed)) = (of("bodies"), of("killed")) else { return };
        let plain = |s: &Statement| s.key.shape == Shape::Event && s.key.aside == Aside::No && s.key.subset == NONE;
        let known = |s: &Statement| s.window.is_known() && s.count.has_value();
        let mut dead: Vec<(u32, Facet, DateWindow, bool, Quantity)> = self
            .statements
            .iter()
            .filter(|s| s.key.category == killed && plain(s) && known(s))
            .map(|s| (s.article, s.facet, s.window, s.inferred.date, s.count.clone()))
            .collect();
        dead.sort_by_key(|(article, ..)| *article);
        // Where bodies are handed over, those without a direction may be as well.
        let handed = |s: &&Statement| s.key.category == bodies && (s.facet.from != NONE || s.facet.to != NONE);
        let exchanges: BTreeSet<u32> = self.statements.iter().filter(handed).map(|s| s.article).collect();
        let about = |low: &Quantity, high: &Quantity| match (low.high, high.low) {
            (Some(ceiling), Some(floor)) => u128::from(floor) * 2 < u128::from(ceiling) * 3,
            _ => true,
        };
        for statement in &mut self.statements {
            // "19 dead, 14 of them pulled out": told as a part, even where of another category.
            let reading = &self.claims[statement.claim as usize].reading;
            let some_of_them = reading.part_of.is_some() || reading.additive.is_some();
            let is_it = statement.key.category == bodies && plain(statement) && !some_of_them;
            if !is_it || exchanges.contains(&statement.article) {
                continue;
            }
            let first = dead.partition_point(|(article, ..)| *article < statement.article);
            let of_article = dead[first..].iter().take_while(|(article, ..)| *article == statement.article);
            let mut them = of_article.take(MANY).filter(|(_, facet, window, inferred, count)| {
                let whose = facet.party == statement.facet.party;
                let same_day = (window.start, window.end) == (statement.window.start, statement.window.end);
                let told_again = (*inferred || statement.inferred.date)
                    && (count.low, count.high) == (statement.count.low, statement.count.high);
                whose && (same_day || told_again) && about(count, &statement.count) && about(&statement.count, count)
            });
            if them.next().is_some() {
                statement.key.category = killed;
            }
        }
    }

    /// The statement whose count stands at a place of an article; counts before phrases.
    fn statement_at(&self, article: u32, span: Span) -> Option<StatementId> {
        self.statements_at(article, span).next()
    }

    fn statements_at(&self, article: u32, span: Span) -> impl Iterator<Item = StatementId> + '_ {
        let first = self.statements.partition_point(|s| s.article < article);
        let last = self.statements.partition_point(|s| s.article <= article);
        let at = move |i: &usize| {
            let claim = self.claims[self.statements[*i].claim as usize];
            let place = claim.reading.count.span.or_else(|| claim.evidence.first().map(|anchor| anchor.span));
            place.is_some_and(|place| place.overlaps(span))
        };
        (first..last.max(first)).filter(at).map(|i| u32::try_from(i).unwrap_or(u32::MAX))
    }

    /// A confirmation of figures becomes a statement of each, on its own source's word.
    pub(super) fn add_confirmations(&mut self, confirmations: Vec<Statement>) {
        for confirmation in confirmations {
            let claim = self.claims[confirmation.claim as usize];
            if claim.reading.confirms.is_empty() {
                self.statements.push(confirmation);
                continue;
            }
            let mut figures: Vec<StatementId> =
                claim.reading.confirms.iter().flat_map(|span| self.ordinary_at(confirmation.article, *span)).collect();
            figures.sort_unstable();
            figures.dedup();
            if figures.is_empty() {
                self.loose.push((
                    confirmation.claim,
                    "confirms figures, but none of them is a claim yet: accept the counts that it speaks of".to_owned(),
                ));
            }
            for figure in figures {
                let target = &self.statements[figure as usize];
                let (key, facet, roots) = (target.key, target.facet, target.roots);
                let (window, count) = (target.window, target.count.clone());
                let count = Quantity { form: Form::ByReference, ..count };
                self.statements.push(Statement {
                    key,
                    facet,
                    roots,
                    window,
                    count,
                    confirms: Confirms::Figure(figure),
                    ..confirmation.clone()
                });
            }
        }
    }

    /// Like [`Self::statement_at`], for counts only; the ordinary statements stay sorted by
    /// article while confirmations are added behind them.
    fn ordinary_at(&self, article: u32, span: Span) -> Vec<StatementId> {
        let ordinary = self.statements.partition_point(|s| s.confirms == Confirms::Nothing);
        let first = self.statements[..ordinary].partition_point(|s| s.article < article);
        let last = self.statements[..ordinary].partition_point(|s| s.article <= article);
        (first..last)
            .filter(|i| {
                let claim = self.claims[self.statements[*i].claim as usize];
                let place = claim.reading.count.span.or_else(|| claim.evidence.first().map(|anchor| anchor.span));
                place.is_some_and(|place| place.overlaps(span))
            })
            .map(|i| u32::try_from(i).unwrap_or(u32::MAX))
            .collect()
    }
}
