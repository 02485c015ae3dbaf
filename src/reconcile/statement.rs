//! A claim as the reconciliation sees it: numbers instead of names, rulings on it applied, its
//! date completed, its source found.

mod references;

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::claim::{
    Basis, Category, Claim, ClaimFlag, ClaimId, Codebook, Conventions, DateWindow, Field, Form, Grade, How, Kind,
    Modality, Name, Quantity, Reading, Ruling, RulingOp, Side, Span,
};

use super::dating;
use super::interner::{Interner, Lookup, NONE, Sym};
use super::names::Names;
use super::sources::{Registry, Source, SourceId};
use super::subset::{counted_noun, group_names, subset_of};
use super::{Document, Input};

/// A statement's number: its place by article, position and id of its claim.
pub(super) type StatementId = u32;

/// What may meet what: nothing of one shape ever joins a fact of another.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Shape {
    /// One event, on some day of its window.
    #[default]
    Event,
    /// A count over all of a closed period.
    Period,
    /// A count to date: a stock, or cumulative from a start up to when it was said.
    ToDate,
    /// Agreed, offered, demanded.
    Plan,
    /// Hoped, feared, conditional.
    Hypothetical,
    /// A state of affairs.
    Status,
}

/// Of whom, from whom, to whom; [`NONE`] where the text does not tell.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Facet {
    pub party: Sym,
    pub from: Sym,
    pub to: Sym,
}

impl Facet {
    /// How many of the three are known.
    pub fn known(self) -> u8 {
        [self.party, self.from, self.to].iter().map(|sym| u8::from(*sym != NONE)).sum()
    }

    /// Whether nothing known of the one contradicts the other.
    pub fn fits(self, other: Self) -> bool {
        let fits = |a: Sym, b: Sym| a == NONE || b == NONE || a == b;
        fits(self.party, other.party) && fits(self.from, other.from) && fits(self.to, other.to)
    }

    /// What the two know together.
    pub fn with(self, other: Self) -> Self {
        let or = |a: Sym, b: Sym| if a == NONE { b } else { a };
        Self { party: or(self.party, other.party), from: or(self.from, other.from), to: or(self.to, other.to) }
    }
}

/// What a fact is keyed by, beside time and direction. The value is never part of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Key {
    pub shape: Shape,
    pub category: Sym,
    /// The part of the category or the place that keeps it apart.
    pub subset: Sym,
    /// Added to another count, or a part of one without a word of its own: never joins that one.
    pub aside: Aside,
    /// Those who are held are no total of those who were handed over.
    pub held: bool,
}

/// Why a count stands beside another one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Aside {
    #[default]
    No,
    Additive,
    Part,
}

/// A claim, ready to be placed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Statement {
    /// The claim's place in [`Prepared::claims`].
    pub claim: u32,
    /// The article's place among the sorted articles.
    pub article: u32,
    pub key: Key,
    pub facet: Facet,
    /// The same by the states and peoples that the three belong to: Gaza and Hamas are Palestinian.
    pub roots: Facet,
    pub window: DateWindow,
    /// The incomplete notation of its date, where the window is not known.
    pub partial: Sym,
    /// For counts to date: where the counting starts, as far as it is known.
    pub since: Option<NaiveDate>,
    /// When it was said, or what time it speaks of, to the day.
    pub said: Option<NaiveDate>,
    /// When its article was published, to the week.
    pub told: Option<NaiveDate>,
    pub count: Quantity,
    pub source: Option<SourceId>,
    pub denied: bool,
    /// Carries words of correction.
    pub corrects: bool,
    /// What the text does not say of it, and was worked out from other words.
    pub inferred: Inferred,
    pub confirms: Confirms,
    /// Of a part: the count that it is a part of, where that is told.
    pub whole: Option<Box<Quantity>>,
}

/// Parts of a key that no word of the text states for the claim itself.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Inferred {
    pub date: bool,
    pub category: bool,
    /// Whose people it counts, and nothing else of its direction is known.
    pub party: bool,
    /// On whose word it stands.
    pub voice: bool,
    /// A suggestion that is not sure: what it differs in may be how it was read.
    pub unsure: bool,
}

impl Inferred {
    /// Of a claim, once its window is known. What the analyst has set is not inferred.
    fn of(claim: &Claim, window: &DateWindow) -> Self {
        let rule_worked_out =
            |field: Field| matches!(claim.trace.get(&field).map(|from| &from.how), Some(How::Inferred { .. }));
        let date = match window.basis {
            Basis::Analyst => false,
            Basis::Linked | Basis::Inferred => true,
            Basis::Stated | Basis::Resolved | Basis::Unknown => rule_worked_out(Field::Date),
        };
        let reading = &claim.reading;
        let alone = reading.party.is_some() && reading.from.is_none() && reading.to.is_none();
        Self {
            date: date && window.is_known(),
            category: rule_worked_out(Field::Category),
            party: alone && rule_worked_out(Field::Party),
            voice: rule_worked_out(Field::Attribution),
            unsure: claim.grade.is_some_and(|grade| grade != Grade::Sure),
        }
    }
}

/// What a confirmation without a number speaks of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Confirms {
    /// It is a count of its own.
    Nothing,
    /// The figure of that statement.
    Figure(StatementId),
    /// That the event happened.
    Event,
}

/// A category as far as reconciling it is concerned.
#[derive(Clone, Debug, Default)]
pub(super) struct CategoryRules {
    /// Handed from one side to another.
    pub transfer: bool,
    /// A count to date of it cannot fall.
    pub only_grows: bool,
    /// What the codebook has no category for.
    pub nameless: bool,
    /// How many they are is known when it is told, as of those who are freed, held or aboard. The dead,
    /// the hurt and the displaced are counted for days, and by guesses.
    pub counted_at_once: bool,
    /// Casualties, who are found in time: what is told later of one event is no contradiction.
    pub found_in_time: bool,
    /// Counted by everybody where he stands, as who is hurt or rescued: two figures of two voices seldom are one.
    pub counted_by_each: bool,
    /// A toll, of which one voice gives in one breath what it was and what it has come to.
    pub toll: bool,
}

/// All claims, ready to be placed.
pub(super) struct Prepared<'a> {
    /// By article, position, id. Excluded ones are not among them.
    pub claims: Vec<&'a Claim>,
    /// The statements of `claims`, in their order; a confirmation of k figures gives k of them,
    /// behind all others.
    pub statements: Vec<Statement>,
    /// The articles of `Statement::article`, sorted.
    pub articles: Vec<Name>,
    /// The document of every article, where there is one.
    pub documents: Vec<Option<&'a Document>>,
    pub sources: Vec<Source>,
    pub interner: Interner,
    /// By category's number.
    pub categories: Lookup<Sym, CategoryRules>,
    /// Confirmations that speak of nothing that is there: claim, why.
    pub loose: Vec<(u32, String)>,
    /// Where every claim is in `claims`.
    pub places: Lookup<&'a ClaimId, u32>,
    /// The numbers of the groups that quotes may name.
    pub groups: Lookup<&'static str, Sym>,
    /// Articles that retell another, by the analyst's ruling: by rank.
    pub retold: BTreeMap<u32, u32>,
    /// Claims that a ruling leaves out.
    pub excluded: Lookup<&'a ClaimId, ()>,
}

/// What single claims' rulings come to.
#[derive(Default)]
pub(super) struct ClaimRulings<'a> {
    pub excluded: Lookup<&'a ClaimId, usize>,
    pub dates: Lookup<&'a ClaimId, DateWindow>,
    pub origins: Lookup<&'a ClaimId, (&'a Name, &'a Side)>,
}

impl<'a> ClaimRulings<'a> {
    /// Later rulings win.
    pub fn of(input: &Input<'a>) -> Self {
        Self::of_rulings(input.rulings)
    }

    /// Later rulings win.
    pub fn of_rulings(all: &[&'a Ruling]) -> Self {
        let mut rulings = Self::default();
        for (i, ruling) in all.iter().copied().enumerate() {
            match &ruling.op {
                RulingOp::Exclude { claim } => {
                    rulings.excluded.insert(claim, i);
                }
                RulingOp::SetDate { claim, window } => {
                    rulings.dates.insert(claim, DateWindow { basis: Basis::Analyst, ..*window });
                }
                RulingOp::SetOrigin { claim, origin, side } => {
                    rulings.origins.insert(claim, (origin, side));
                }
                _ => {}
            }
        }
        rulings
    }
}

/// Sorts claims by article, position and id, and leaves out the excluded ones.
pub(super) fn sorted_claims<'a>(input: &Input<'a>, rulings: &ClaimRulings<'_>) -> (Vec<&'a Claim>, Vec<Name>) {
    let mut articles: Vec<&Name> = input.claims.iter().map(|claim| &claim.article.0).collect();
    // Claims mostly come article by article: what is next to its like needs no sorting.
    articles.dedup();
    articles.sort_unstable();
    articles.dedup();
    let ranks: Lookup<&Name, u32> = articles.iter().zip(0..).map(|(name, i)| (*name, i)).collect();
    let mut last: Option<(&Name, u32)> = None;
    let mut rank = |article: &'a Name| match last {
        Some((name, rank)) if name == article => rank,
        _ => {
            let rank = ranks.get(article).copied().unwrap_or(u32::MAX);
            last = Some((article, rank));
            rank
        }
    };
    let mut keyed: Vec<(u32, Option<Span>, &Claim)> = input
        .claims
        .iter()
        .filter(|claim| !rulings.excluded.contains(&claim.id))
        .map(|claim| (rank(&claim.article.0), claim.evidence.first().map(|anchor| anchor.span), *claim))
        .collect();
    keyed.sort_unstable_by(|a, b| (a.0, a.1).cmp(&(b.0, b.1)).then_with(|| a.2.id.cmp(&b.2.id)));
    // One claim twice is one claim.
    keyed.dedup_by(|a, b| a.0 == b.0 && a.2.id == b.2.id);
    (keyed.into_iter().map(|(.., claim)| claim).collect(), articles.into_iter().cloned().collect())
}

/// Makes a statement of one claim after the other.
pub(super) struct Reader {
    pub interner: Interner,
    pub registry: Registry,
    /// By category's number.
    pub categories: Lookup<Sym, CategoryRules>,
    /// The numbers of the groups that quotes may name.
    pub groups: Lookup<&'static str, Sym>,
    /// What a party's name comes to: the party, and the state or people behind it.
    parties: Lookup<Name, (Sym, Sym)>,
}

/// What a claim is read with.
#[derive(Clone, Copy)]
pub(super) struct Beside<'b> {
    pub codebook: &'b Codebook,
    pub names: &'b Names<'b>,
    pub rulings: &'b ClaimRulings<'b>,
    /// When its article was published.
    pub published: &'b DateWindow,
    /// Who published it.
    pub outlet: Option<&'b Name>,
}

impl Reader {
    pub fn new() -> Self {
        let mut interner = Interner::new();
        let groups = group_names().map(|name| (name, interner.sym(&Name::from(name)))).collect();
        Self {
            interner,
            registry: Registry::default(),
            categories: Lookup::default(),
            groups,
            parties: Lookup::default(),
        }
    }

    /// The statement of a claim. `number` and `article` are its places among claims and articles;
    /// its source is the number of a spelling, until the registry has made spellings one.
    pub fn read(&mut self, claim: &Claim, number: usize, article: usize, beside: Beside<'_>) -> Statement {
        let Beside { codebook, names, rulings, published, outlet } = beside;
        let reading = &claim.reading;
        let id = category_of(codebook, reading);
        let category = self.interner.sym(&id);
        let entry = || codebook.category(&id);
        self.categories.or_insert_with(category, || rules_of(entry(), &id));
        let (whose, from, to) =
            (self.party(names, &reading.party), self.party(names, &reading.from), self.party(names, &reading.to));
        let facet = Facet { party: whose.0, from: from.0, to: to.0 };
        let roots = Facet { party: whose.1, from: from.1, to: to.1 };
        let (window, partial) = window_of(claim, rulings, published);
        let spelling = match rulings.origins.get(&claim.id) {
            Some((origin, side)) => Some(self.registry.note_ruled(names, origin, side)),
            None => self.registry.note(names, &reading.attribution, outlet, &claim.article.0),
        };
        let shape = shape_of(claim, &window, published);
        let nameless = || self.categories.get(&category).is_some_and(|rules| rules.nameless);
        let quote = claim.quote();
        let subset = subset_of(reading, quote).or_else(|| nameless().then(|| counted_noun(quote)).flatten());
        let aside = match () {
            () if reading.additive.is_some() => Aside::Additive,
            () if reading.part_of.is_some() => Aside::Part,
            () => Aside::No,
        };
        let subset = subset.map_or(NONE, |subset| self.interner.sym(&subset));
        let held = reading.kind == Kind::Stock && self.categories.get(&category).is_some_and(|rules| rules.transfer);
        // A state of affairs needs no figure.
        let is_confirmation = reading.count.quantity.form == Form::ConfirmOnly && shape != Shape::Status;
        Statement {
            claim: u32::try_from(number).unwrap_or(u32::MAX),
            article: u32::try_from(article).unwrap_or(u32::MAX),
            key: Key { shape, category, subset, aside, held },
            facet,
            roots,
            window,
            partial: partial.map_or(NONE, |value| self.interner.sym(&value)),
            since: (shape == Shape::ToDate).then(|| since(reading.kind, &window)).flatten(),
            said: said(claim, shape, &window, published),
            told: to_the_week(published),
            count: levelled(&reading.count.quantity, &codebook.conventions),
            source: spelling,
            denied: reading.modality == Modality::Denied,
            corrects: reading.flags.contains(&ClaimFlag::Corrects),
            inferred: Inferred::of(claim, &window),
            confirms: if is_confirmation { Confirms::Event } else { Confirms::Nothing },
            whole: None,
        }
    }

    fn party(&mut self, names: &Names<'_>, name: &Option<Name>) -> (Sym, Sym) {
        let Some(name) = name else { return (NONE, NONE) };
        if let Some(syms) = self.parties.get(name) {
            return *syms;
        }
        let short = names.party(name);
        let root = names.side(&Side::Party(short.clone()));
        let syms = (self.interner.sym(&short), self.interner.sym(&root.word().into()));
        self.parties.insert(name.clone(), syms);
        syms
    }
}

/// Makes statements of claims. `published` gives each article's date of publication, linked ones
/// included, by the article's place in `articles`.
pub(super) fn prepare<'a>(
    input: &Input<'a>,
    names: &Names<'_>,
    rulings: &ClaimRulings<'_>,
    claims: Vec<&'a Claim>,
    articles: Vec<Name>,
    documents: Vec<Option<&'a Document>>,
    published: &[DateWindow],
) -> Prepared<'a> {
    let mut reader = Reader::new();
    let mut statements: Vec<Statement> = Vec::with_capacity(claims.len());
    let mut confirmations = Vec::new();
    let mut rank = 0usize;
    for (number, claim) in claims.iter().enumerate() {
        while articles.get(rank).is_some_and(|name| *name != claim.article.0) {
            rank += 1;
        }
        let published = published.get(rank).copied().unwrap_or_default();
        let outlet = documents.get(rank).copied().flatten().and_then(|d| d.metadata.outlet.as_ref());
        let outlet = outlet.map(|known| &known.value);
        let beside = Beside { codebook: input.codebook, names, rulings, published: &published, outlet };
        let statement = reader.read(claim, number, rank, beside);
        match statement.confirms {
            Confirms::Nothing => statements.push(statement),
            _ => confirmations.push(statement),
        }
    }
    let (sources, of_spelling) = reader.registry.resolve(names);
    for statement in statements.iter_mut().chain(&mut confirmations) {
        statement.source = statement.source.map(|spelling| of_spelling[spelling as usize]);
    }
    // Only rulings ask for claims by name.
    let places = if input.rulings.is_empty() {
        Lookup::default()
    } else {
        claims.iter().zip(0..).map(|(claim, i)| (&claim.id, i)).collect()
    };
    let excluded = match rulings.excluded.is_empty() {
        true => Lookup::default(),
        false => {
            let ids = input.claims.iter().map(|claim| &claim.id);
            ids.filter(|id| rulings.excluded.contains(*id)).map(|id| (id, ())).collect()
        }
    };
    let mut prepared = Prepared {
        claims,
        statements,
        articles,
        documents,
        sources,
        interner: reader.interner,
        categories: reader.categories,
        loose: Vec::new(),
        places,
        groups: reader.groups,
        retold: BTreeMap::new(),
        excluded,
    };
    prepared.resolve(confirmations);
    prepared.interner.rank_all();
    prepared
}

/// The interval of a count by its form and the conventions, where it came without: claims from
/// elsewhere often give "about 1,000" as 1,000 to 1,000, and "more than 1,800" as 1,800 and up.
fn levelled(count: &Quantity, conventions: &Conventions) -> Quantity {
    let count = count.clone();
    let nominal = |n: u64| count.low.is_none_or(|low| low == n) && count.high.is_none_or(|high| high == n);
    match (count.form, count.n) {
        (Form::Exact | Form::ByReference, Some(n)) if count.low.is_none() && count.high.is_none() => {
            Quantity { form: count.form, ..Quantity::exact(n) }
        }
        (Form::Approx, Some(n)) if nominal(n) => Quantity::approx(n, conventions),
        (Form::AtLeast, Some(n)) if count.low.is_none() => Quantity { high: count.high, ..Quantity::at_least(n) },
        (Form::MoreThan, Some(n)) if nominal(n) => Quantity::more_than(n),
        (Form::AtMost, Some(n)) if count.high.is_none() => Quantity::at_most(n),
        (Form::LessThan, Some(n)) if nominal(n) => Quantity::fewer_than(n),
        (Form::Approx | Form::Vague, _) => {
            Quantity { low_soft: count.low.is_some(), high_soft: count.high.is_some(), ..count }
        }
        _ => count,
    }
}

/// Whose number is found out only in time.
const CASUALTIES: &[&str] = &["killed", "wounded", "missing", "bodies", "displaced"];

fn rules_of(category: Option<&Category>, id: &str) -> CategoryRules {
    let transfer = category.is_some_and(|c| c.transfer);
    let nameless = id == "other" || category.is_none();
    let lineage = [Some(id), category.and_then(|c| c.parent.as_deref())];
    let is_one_of = |ids: &[&str]| lineage.into_iter().flatten().any(|id| ids.contains(&id));
    CategoryRules {
        transfer,
        only_grows: !matches!(id, "missing" | "displaced"),
        nameless,
        counted_at_once: !is_one_of(CASUALTIES) && !nameless,
        found_in_time: is_one_of(CASUALTIES) && !transfer,
        counted_by_each: is_one_of(&["wounded", "rescued"]),
        toll: is_one_of(&["killed"]),
    }
}

fn shape_of(claim: &Claim, window: &DateWindow, published: &DateWindow) -> Shape {
    let reading = &claim.reading;
    match (reading.modality, reading.kind) {
        (_, Kind::Status) => Shape::Status,
        (Modality::Planned, _) | (_, Kind::Plan) => Shape::Plan,
        (Modality::Hypothetical, _) => Shape::Hypothetical,
        (_, Kind::Stock) => Shape::ToDate,
        (_, Kind::Cumulative) => {
            // A named month or year is a closed period, once it is over.
            let named = matches!(
                window.precision,
                crate::claim::Precision::Month | crate::claim::Precision::Year | crate::claim::Precision::Week
            );
            let up_to_now = runs_up_to(window, published);
            let open = window.start.is_some() && dating::is_open(&reading.date);
            // "In all 23 so far": from a start that nobody tells, up to a day that was worked out.
            let worked_out =
                || matches!(claim.trace.get(&Field::Date).map(|from| &from.how), Some(How::Inferred { .. }));
            let so_far = window.start.is_none() && window.end.is_some() && worked_out();
            if (open || up_to_now || so_far) && !named { Shape::ToDate } else { Shape::Period }
        }
        (_, Kind::Event) if reading.date.extent => Shape::Period,
        (_, Kind::Event) => Shape::Event,
    }
}

/// The category that a reading is filed under: detainees who are handed from one party to another
/// are prisoners, whichever of the two words their article has.
fn category_of(codebook: &Codebook, reading: &Reading) -> Name {
    const PRISONERS: &str = "prisoners";
    let handed_over = reading.from.is_some() && reading.to.is_some() && reading.from != reading.to;
    let known = || codebook.category(PRISONERS).is_some();
    if &*reading.category == "detained" && handed_over && known() { PRISONERS.into() } else { reading.category.clone() }
}

/// Whether a count over a stretch of time runs up to when it was said: to the day, or, of a longer
/// stretch, to a day or two before.
fn runs_up_to(window: &DateWindow, published: &DateWindow) -> bool {
    let (Some(start), Some(end), Some(published)) = (window.start, window.end, published.end) else { return false };
    let (length, ago) = ((end - start).num_days(), (published - end).num_days());
    ago == 0 || (1..=2).contains(&ago) && length >= 14
}

/// Where a count to date starts; a stock whose window is only the time it speaks of has no start.
fn since(kind: Kind, window: &DateWindow) -> Option<NaiveDate> {
    let start = window.start?;
    let long = window.end.is_none_or(|end| (end - start).num_days() > 45);
    (kind == Kind::Cumulative || long).then_some(start)
}

/// The last day of a window that is known to the week.
fn to_the_week(window: &DateWindow) -> Option<NaiveDate> {
    let (start, end) = (window.start?, window.end?);
    ((end - start).num_days() <= 6).then_some(end)
}

fn said(claim: &Claim, shape: Shape, window: &DateWindow, published: &DateWindow) -> Option<NaiveDate> {
    if let Some(as_of) = &claim.reading.as_of {
        return as_of.end.or(as_of.start);
    }
    // How things stand is often dated by what they came of: then it is as of when it was told.
    if claim.reading.kind == Kind::Stock
        && let (Some(day), Some(told)) = (window.single_day(), to_the_week(published))
        && (0..=60).contains(&(told - day).num_days())
    {
        return Some(told);
    }
    if shape == Shape::ToDate && window.end.is_some() && !dating::is_open(&claim.reading.date) {
        return window.end;
    }
    to_the_week(published)
}

/// A total of a month or year that was not over when it was told goes up to when it was told.
fn while_it_runs(claim: &Claim, window: DateWindow, published: &DateWindow) -> DateWindow {
    let to_the_week = match (published.start, published.end) {
        (Some(start), Some(end)) => (end - start).num_days() <= 6,
        _ => false,
    };
    match (window.start, window.end, published.end) {
        (Some(start), Some(end), Some(told))
            if claim.reading.kind == Kind::Cumulative && to_the_week && start < told && told < end =>
        {
            DateWindow::between(start, told, window.basis)
        }
        _ => window,
    }
}

/// The window of a claim, and its incomplete notation where there is none.
fn window_of(claim: &Claim, rulings: &ClaimRulings<'_>, published: &DateWindow) -> (DateWindow, Option<Name>) {
    if let Some(window) = rulings.dates.get(&claim.id) {
        return (*window, None);
    }
    let date = &claim.reading.date;
    if date.window.is_known() {
        return (while_it_runs(claim, date.window, published), None);
    }
    match &date.value {
        Some(value) if !value.is_empty() => match dating::complete(value, published) {
            Some(window) => (while_it_runs(claim, window, published), None),
            None => (DateWindow::UNKNOWN, Some(value.clone())),
        },
        _ => (DateWindow::UNKNOWN, None),
    }
}

impl Statement {
    /// Whether its words tell whom it counts, or from or to whom they went.
    pub fn tells_whom(&self) -> bool {
        self.facet.known() > 0 && !self.inferred.party
    }

    /// Whether it may be told in another key what is told in its own: see [`joining`](super::joining).
    pub fn is_loose(&self) -> bool {
        self.inferred.date || self.inferred.category || self.key.aside != Aside::No || self.key.subset != NONE
    }
}

impl Prepared<'_> {
    /// Dates the claims of an article anew, by a date of publication that was carried over to it.
    pub fn redate(&mut self, article: u32, published: &DateWindow, rulings: &ClaimRulings<'_>) {
        let ordinary = self.statements.partition_point(|s| s.confirms == Confirms::Nothing);
        let first = self.statements[..ordinary].partition_point(|s| s.article < article);
        let last = self.statements[..ordinary].partition_point(|s| s.article <= article);
        let behind = ordinary..self.statements.len();
        for i in (first..last).chain(behind) {
            let statement = &self.statements[i];
            if statement.article != article {
                continue;
            }
            if let Confirms::Figure(figure) = statement.confirms {
                let (key, window) = {
                    let figure = &self.statements[figure as usize];
                    (figure.key, figure.window)
                };
                let said = said(self.claims[self.statements[i].claim as usize], key.shape, &window, published);
                let statement = &mut self.statements[i];
                (statement.key, statement.window, statement.said) = (key, window, said);
                statement.told = to_the_week(published);
                continue;
            }
            let claim = self.claims[statement.claim as usize];
            let (window, partial) = window_of(claim, rulings, published);
            let partial = partial.map_or(NONE, |value| self.interner.sym(&value));
            let shape = shape_of(claim, &window, published);
            let statement = &mut self.statements[i];
            (statement.window, statement.partial, statement.key.shape) = (window, partial, shape);
            statement.since = (shape == Shape::ToDate).then(|| since(claim.reading.kind, &window)).flatten();
            statement.said = said(claim, shape, &window, published);
            statement.told = to_the_week(published);
            statement.inferred = Inferred::of(claim, &window);
        }
    }

    /// Resolves what claims of an article say of one another.
    pub fn resolve(&mut self, confirmations: Vec<Statement>) {
        self.resolve_references();
        self.resolve_parts();
        self.resolve_rows();
        self.resolve_bodies();
        self.add_confirmations(confirmations);
    }

    /// Where a direction stands among all, by the letters of its names.
    pub fn rank(&self, facet: Facet) -> (u32, u32, u32) {
        (self.interner.rank(facet.party), self.interner.rank(facet.from), self.interner.rank(facet.to))
    }

    /// The claim of a statement.
    pub fn claim(&self, statement: StatementId) -> &Claim {
        self.claims[self.statements[statement as usize].claim as usize]
    }

    /// The rules of a category.
    pub fn rules(&self, category: Sym) -> CategoryRules {
        self.categories.get(&category).cloned().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_that_come_without_their_interval() {
        let c = Conventions::default();
        let bare = |form, n, low, high| Quantity { form, n, low, high, low_soft: false, high_soft: false };
        for (given, expected) in [
            (bare(Form::Approx, Some(1000), Some(1000), Some(1000)), Quantity::approx(1000, &c)),
            (bare(Form::Approx, Some(1000), None, None), Quantity::approx(1000, &c)),
            (bare(Form::MoreThan, Some(1800), Some(1800), None), Quantity::more_than(1800)),
            (bare(Form::MoreThan, Some(1800), Some(1801), None), Quantity::more_than(1800)),
            (bare(Form::LessThan, Some(10), None, Some(10)), Quantity::fewer_than(10)),
            (bare(Form::LessThan, Some(10), Some(0), Some(9)), Quantity::fewer_than(10)),
            (bare(Form::Exact, Some(7), None, None), Quantity::exact(7)),
            (bare(Form::Vague, None, Some(20), Some(99)), Quantity::vague(20, Some(99))),
            (Quantity::nearly(40, &c), Quantity::nearly(40, &c)),
            (Quantity::range(20, 30), Quantity::range(20, 30)),
        ] {
            assert_eq!(levelled(&given, &c), expected);
        }
    }
}
