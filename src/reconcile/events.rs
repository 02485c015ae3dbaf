//! Facts that happened together: the legs of an exchange, the figures of one disaster.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use crate::claim::{BOTH, Category, Codebook, DateWindow, Name, Precision};

use super::Draft;
use super::interner::{Lookup, NONE, Sym};
use super::labels;
use super::statement::{Aside, Prepared, Shape};
use super::union::{find, unite};

/// What sort of happening a category belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Class {
    /// Bodies handed over.
    Bodies,
    /// Living people handed over.
    Living,
    /// Killed, wounded, missing, displaced, rescued: what one event did to people.
    Toll,
    /// Counts of events, and what the codebook does not know.
    Other,
}

impl Class {
    fn of(category: Option<&Category>, id: &str) -> Self {
        match category {
            Some(category) if category.transfer && id == "bodies" => Self::Bodies,
            Some(category) if category.transfer => Self::Living,
            Some(category) if category.people && id != "other" => Self::Toll,
            _ => Self::Other,
        }
    }
}

/// An event: facts of one class and window, told of together or with the same two parties.
#[derive(Clone, Debug)]
pub(super) struct Happening {
    pub class: Class,
    pub window: DateWindow,
    /// Whether it is a stretch of time with perhaps several events in it.
    pub round: bool,
    /// Its facts, as places in the drafts, in their order.
    pub facts: Vec<usize>,
    pub label: String,
    pub kind: &'static str,
}

impl Happening {
    pub fn start(&self) -> Option<NaiveDate> {
        self.window.start
    }
}

/// The class of a fact.
pub(super) fn class_of(prepared: &Prepared<'_>, codebook: &Codebook, draft: &Draft) -> Class {
    let id = prepared.interner.str(draft.cluster.key.category);
    Class::of(codebook.category(id), id)
}

/// Class, whether a stretch of time, first and last day, incomplete notation: what facts must have
/// in common to be one event.
pub(super) type Moment = (Class, bool, Option<NaiveDate>, Option<NaiveDate>, Name);

/// The moment of a fact; `None` where it is no event.
pub(super) fn moment(prepared: &Prepared<'_>, codebook: &Codebook, draft: &Draft) -> Option<Moment> {
    let cluster = &draft.cluster;
    let round = match cluster.key.shape {
        Shape::Event => false,
        // A named month or year is a sum, not a happening.
        Shape::Period
            if cluster.window.is_known() && !matches!(cluster.window.precision, Precision::Month | Precision::Year) =>
        {
            true
        }
        _ => return None,
    };
    if cluster.key.aside != Aside::No {
        return None;
    }
    let class = class_of(prepared, codebook, draft);
    let partial = prepared.interner.name(cluster.partial).cloned().unwrap_or_default();
    Some((class, round, cluster.window.start, cluster.window.end, partial))
}

/// Groups facts into events. Linear but for sorting.
pub(super) fn happenings(prepared: &Prepared<'_>, codebook: &Codebook, drafts: &[&Draft]) -> Vec<Happening> {
    let mut moments: Vec<(Moment, usize)> = drafts
        .iter()
        .enumerate()
        .filter_map(|(place, draft)| Some((moment(prepared, codebook, draft)?, place)))
        .collect();
    moments.sort();
    let mut out = Vec::new();
    for moment in moments.chunk_by(|a, b| a.0 == b.0) {
        let facts: Vec<usize> = moment.iter().map(|(_, place)| *place).collect();
        for group in together(prepared, drafts, &facts, moment[0].0.0) {
            out.push(happening(prepared, codebook, drafts, moment[0].0.0, moment[0].0.1, group));
        }
    }
    out.sort_by(|a, b| {
        let key = |h: &Happening| (h.window.start.is_none(), h.window.start, h.facts.first().copied());
        key(a).cmp(&key(b)).then_with(|| a.label.cmp(&b.label))
    });
    out
}

/// Facts of one moment that belong together.
fn together(prepared: &Prepared<'_>, drafts: &[&Draft], facts: &[usize], class: Class) -> Vec<Vec<usize>> {
    let mut root: Vec<usize> = (0..facts.len()).collect();
    let pair_of = |place: usize| {
        let facet = drafts[place].cluster.facet;
        (facet.from != NONE && facet.to != NONE).then(|| (facet.from.min(facet.to), facet.from.max(facet.to)))
    };
    let transfer = matches!(class, Class::Bodies | Class::Living);
    let dated = facts.first().is_some_and(|place| drafts[*place].cluster.window.is_known());
    let mut by_pair: BTreeMap<(Sym, Sym), usize> = BTreeMap::new();
    let mut by_article: Lookup<(u32, Option<(Sym, Sym)>), usize> = Lookup::default();
    // By article, the first leg of each pair that it tells of.
    let mut known: Lookup<u32, Vec<usize>> = Lookup::default();
    for (i, place) in facts.iter().enumerate() {
        let pair = if transfer { pair_of(*place) } else { None };
        if let Some(pair) = pair
            && dated
        {
            let first = *by_pair.entry(pair).or_insert(i);
            unite(&mut root, first, i);
        }
        for article in drafts[*place].articles(prepared) {
            let first = *by_article.or_insert_with((article, pair), || i);
            unite(&mut root, first, i);
            if pair.is_some() && first == i {
                known.or_insert_with(article, Vec::new).push(i);
            }
            // A leg whose direction is half known goes with what its article tells beside it.
            if transfer
                && pair.is_none()
                && let Some([one]) = known.get(&article).map(Vec::as_slice)
            {
                unite(&mut root, *one, i);
            }
        }
    }
    let mut groups: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (i, place) in facts.iter().enumerate() {
        groups.entry(find(&mut root, i)).or_default().push(*place);
    }
    groups.into_values().collect()
}

fn happening(
    prepared: &Prepared<'_>,
    codebook: &Codebook,
    drafts: &[&Draft],
    class: Class,
    round: bool,
    mut facts: Vec<usize>,
) -> Happening {
    facts.sort_unstable();
    let first = &drafts[facts[0]].cluster;
    let time = labels::time(prepared, first);
    let receivers: BTreeSet<Sym> = facts.iter().map(|f| drafts[*f].cluster.facet.to).filter(|s| *s != NONE).collect();
    let mut things: Vec<String> = Vec::new();
    for fact in &facts {
        let id = prepared.interner.str(drafts[*fact].cluster.key.category);
        let label = codebook.category(id).map_or_else(|| id.to_owned(), |c| c.label.to_lowercase());
        if !things.contains(&label) {
            things.push(label);
        }
    }
    let things = match things.as_slice() {
        [] => String::new(),
        [one] => one.clone(),
        [most @ .., last] => format!("{} and {last}", most.join(", ")),
    };
    let parties: BTreeSet<&str> = facts
        .iter()
        .filter_map(|f| prepared.interner.name(drafts[*f].cluster.facet.party))
        .map(|name| &**name)
        .filter(|name| *name != BOTH)
        .collect();
    let whom = match parties.len() {
        0 => String::new(),
        _ => format!(", {}", parties.into_iter().collect::<Vec<_>>().join(" and ")),
    };
    let (kind, label) = match class {
        Class::Bodies | Class::Living if round => ("round", format!("round of exchanges of {things}, {time}")),
        Class::Bodies | Class::Living if receivers.len() > 1 => ("exchange", format!("exchange of {things}, {time}")),
        Class::Bodies | Class::Living => ("handover", format!("handover of {things}, {time}")),
        Class::Toll => ("toll", format!("{things}{whom}, {time}")),
        Class::Other => ("other", format!("{things}{whom}, {time}")),
    };
    Happening { class, window: first.window, round, facts, label, kind }
}
