//! The views of the facts as tables, to be pasted into a spreadsheet or a document.

use std::collections::BTreeMap;

use super::picture::range_words;
use super::{Dataset, guarded};
use crate::claim::{Claim, ClaimId, ClaimRelation, Fact, Name, grouped};

/// A view of the facts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum View {
    /// Facts with range and verdict.
    #[default]
    Facts,
    /// Facts along time.
    Timeline,
    /// Facts by source.
    Matrix,
    /// Totals against what is recorded of them.
    Sums,
    /// Claims that could belong to several facts, or to none.
    Unplaced,
    /// Articles whose date is not known well enough.
    Undated,
    /// What the analyst has ruled.
    Rulings,
}

impl View {
    /// Every view, in the order of the window.
    pub const ALL: [Self; 7] =
        [Self::Facts, Self::Timeline, Self::Matrix, Self::Sums, Self::Unplaced, Self::Undated, Self::Rulings];

    /// Its name.
    pub fn label(self) -> &'static str {
        match self {
            Self::Facts => "Facts",
            Self::Timeline => "Timeline",
            Self::Matrix => "Matrix",
            Self::Sums => "Sums",
            Self::Unplaced => "Unplaced",
            Self::Undated => "Undated",
            Self::Rulings => "Rulings",
        }
    }

    /// Whether it can be saved as a picture.
    pub fn is_picture(self) -> bool {
        matches!(self, Self::Facts | Self::Timeline)
    }

    /// The view as a table. `shown` are the facts that the view has, by their place among those of
    /// the reconciliation, in the order of its rows. Of a dataset as of a day every row says so.
    pub fn table(self, dataset: &Dataset<'_>, shown: &[usize]) -> Table {
        let facts: Vec<&Fact> =
            shown.iter().filter_map(|place| dataset.reconciliation.facts.get(*place)).map(|fact| &**fact).collect();
        let table = match self {
            Self::Facts => fact_rows(&facts),
            Self::Timeline => {
                let mut dated: Vec<&Fact> = facts.into_iter().filter(|fact| fact.window.start.is_some()).collect();
                dated.sort_by_key(|fact| fact.window.start);
                fact_rows(&dated)
            }
            Self::Matrix => matrix(dataset, &facts),
            Self::Sums => sums(dataset),
            Self::Unplaced => unplaced(dataset),
            Self::Undated => undated(dataset),
            Self::Rulings => rulings(dataset),
        };
        match dataset.as_of {
            Some(day) => table.with_column("As of", &day.to_string()),
            None => table,
        }
    }
}

/// A table of words: the header, and rows as wide as it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Table {
    /// What the columns hold.
    pub header: Vec<String>,
    /// The cells.
    pub rows: Vec<Vec<String>>,
}

impl Table {
    fn new(header: &[&str]) -> Self {
        Self { header: header.iter().map(|&words| words.to_owned()).collect(), rows: Vec::new() }
    }

    /// The same with a further column that says one thing of all rows.
    fn with_column(mut self, name: &str, cell: &str) -> Self {
        self.header.push(name.to_owned());
        self.rows.iter_mut().for_each(|row| row.push(cell.to_owned()));
        self
    }

    /// The table with tabs between cells and a line a row, as spreadsheets take it from the
    /// clipboard. A cell that one of them would run as a formula is made harmless.
    pub fn tsv(&self) -> String {
        let mut out = String::new();
        for row in std::iter::once(&self.header).chain(&self.rows) {
            let cells = row.iter().map(|cell| cell.split_whitespace().collect::<Vec<_>>().join(" "));
            let cells: Vec<String> = cells.map(|cell| guarded(&cell).into_owned()).collect();
            out.push_str(&cells.join("\t"));
            out.push('\n');
        }
        out
    }
}

fn number(value: Option<u64>) -> String {
    value.map_or_else(String::new, |value| value.to_string())
}

fn name(value: &Option<Name>) -> String {
    value.as_deref().unwrap_or_default().to_owned()
}

fn fact_rows(facts: &[&Fact]) -> Table {
    let mut table = Table::new(&[
        "Fact",
        "What",
        "From",
        "To",
        "First day",
        "Last day",
        "Low",
        "Best",
        "High",
        "Verdict",
        "Origins",
        "Sides",
        "Articles",
        "Unattributed",
        "Flags",
        "Why",
    ]);
    for fact in facts {
        let day = |day: Option<chrono::NaiveDate>| day.map_or_else(String::new, |day| day.to_string());
        table.rows.push(vec![
            fact.id.to_string(),
            fact.label.clone(),
            name(&fact.from),
            name(&fact.to),
            day(fact.window.start),
            day(fact.window.end),
            number(fact.low),
            number(fact.best),
            number(fact.high),
            fact.verdict.label().to_owned(),
            fact.k_origins.to_string(),
            fact.k_sides.to_string(),
            fact.n_articles.to_string(),
            fact.n_unattributed.to_string(),
            fact.flags.iter().map(|(flag, _)| flag.label()).collect::<Vec<_>>().join("; "),
            fact.reason.clone(),
        ]);
    }
    table
}

/// The column of figures that the outlets give in their own voice.
pub const OWN_VOICE: &str = "in their own voice";

/// The columns of the matrix: the origins of some facts, the most frequent first.
pub fn origins_of<'a>(facts: impl Iterator<Item = &'a Fact>) -> Vec<Name> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for fact in facts {
        for origin in by_origin(fact).into_keys() {
            *counts.entry(origin).or_default() += 1;
        }
    }
    let mut columns: Vec<(&str, usize)> = counts.into_iter().collect();
    columns.sort_by(|(a, i), (b, j)| (j, a).cmp(&(i, b)));
    columns.into_iter().map(|(name, _)| name.into()).collect()
}

/// The claim that stands for each origin in a fact, with its relation: the first that gives a
/// figure that still holds.
pub fn by_origin(fact: &Fact) -> BTreeMap<&str, (&ClaimId, ClaimRelation)> {
    let gone = |relation| matches!(relation, ClaimRelation::Superseded | ClaimRelation::Denied);
    let mut given: BTreeMap<&str, (&ClaimId, ClaimRelation)> = BTreeMap::new();
    for member in &fact.members {
        let origin = member.origin.as_deref().unwrap_or(OWN_VOICE);
        let entry = given.entry(origin).or_insert((&member.claim, member.relation));
        if gone(entry.1) && !gone(member.relation) {
            *entry = (&member.claim, member.relation);
        }
    }
    given
}

fn matrix(dataset: &Dataset<'_>, facts: &[&Fact]) -> Table {
    let columns = origins_of(facts.iter().copied());
    let mut table = Table::new(&["Fact", "Low – best – high"]);
    table.header.extend(columns.iter().map(Name::to_string));
    for fact in facts {
        let given = by_origin(fact);
        let mut row = vec![fact.label.clone(), range_words(fact)];
        row.extend(columns.iter().map(|column| {
            let claim = given.get(&**column).and_then(|(id, _)| dataset.claim(id));
            claim.map_or_else(String::new, |claim| claim.reading.count.quantity.reading())
        }));
        table.rows.push(row);
    }
    table
}

fn sums(dataset: &Dataset<'_>) -> Table {
    let facts: BTreeMap<&str, &Fact> = dataset.reconciliation.facts.iter().map(|fact| (&*fact.id, &**fact)).collect();
    let mut table = Table::new(&["Total", "Stated", "Part", "At least", "At most", "Counted", "Outcome", "Why"]);
    for rollup in &dataset.reconciliation.rollups {
        let Some(total) = facts.get(&*rollup.fact) else { continue };
        for member in &rollup.members {
            let part = facts.get(&*member.fact).map_or_else(|| member.fact.to_string(), |fact| fact.label.clone());
            let counted = member.inside.as_ref().map_or_else(|| "yes".to_owned(), |other| format!("inside {other}"));
            table.rows.push(vec![
                total.label.clone(),
                range_words(total),
                part,
                number(member.low),
                number(member.high),
                counted,
                String::new(),
                String::new(),
            ]);
        }
        table.rows.push(vec![
            total.label.clone(),
            range_words(total),
            "Sum".to_owned(),
            rollup.sum_low.to_string(),
            number(rollup.sum_high),
            String::new(),
            rollup.status.label().to_owned(),
            rollup.reason.clone(),
        ]);
    }
    table
}

fn place(dataset: &Dataset<'_>, claim: &Claim) -> String {
    dataset.document(&claim.article).map_or_else(String::new, |document| document.name.to_owned())
}

fn unplaced(dataset: &Dataset<'_>) -> Table {
    let mut table = Table::new(&["Article", "Words", "Reading", "Could belong to", "Why"]);
    for waiting in &dataset.reconciliation.unplaced {
        let Some(claim) = dataset.claim(&waiting.claim) else { continue };
        table.rows.push(vec![
            place(dataset, claim),
            claim.quote().to_owned(),
            claim.reading.summary(),
            waiting.candidates.join("; "),
            waiting.reason.clone(),
        ]);
    }
    table
}

fn undated(dataset: &Dataset<'_>) -> Table {
    let mut table = Table::new(&["Article", "Published", "Known how", "What it would take"]);
    for view in dataset.reconciliation.documents.iter().filter(|view| !view.needs.is_empty()) {
        let known = view.published.is_known();
        table.rows.push(vec![
            dataset.name_of(&view.article).to_owned(),
            if known { view.published.words() } else { String::new() },
            view.published.basis.word().to_owned(),
            view.needs.join("; "),
        ]);
    }
    table
}

fn rulings(dataset: &Dataset<'_>) -> Table {
    let mut table = Table::new(&["Ruling", "What", "Claims", "Reason", "By", "At", "Stale"]);
    for ruling in &dataset.rulings {
        let quotes = ruling.op.claims().into_iter().filter_map(|id| dataset.claim(id)).map(|claim| claim.quote());
        let stale = dataset.reconciliation.stale.iter().find(|stale| stale.ruling == ruling.id);
        table.rows.push(vec![
            ruling.op.label().to_owned(),
            ruling.op.words(),
            quotes.collect::<Vec<_>>().join("; "),
            ruling.reason.clone(),
            ruling.stamp.by.to_string(),
            ruling.stamp.at.to_rfc3339(),
            stale.map_or_else(String::new, |stale| stale.reason.clone()),
        ]);
    }
    table
}

/// "12 rows", in words.
pub fn counted_rows(table: &Table) -> String {
    match table.rows.len() {
        1 => "1 row".to_owned(),
        n => format!("{} rows", grouped(n as u64)),
    }
}
