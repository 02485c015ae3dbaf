//! What can only be seen by looking from one fact to another: twins on adjacent days, plans
//! against outcomes, gaps that a stated part explains, parts against their total, sides against
//! both.

use std::collections::{BTreeMap, BTreeSet};

use crate::claim::{BOTH, ClaimFlag, FactFlag, FactVerdict, Quantity, Relation, Side, Span, grouped};

use super::Draft;
use super::events::Happening;
use super::interner::{Lookup, NONE, Sym};
use super::names::Names;
use super::placing::Because;
use super::statement::{Aside, Facet, Key, Prepared, Shape, Statement, StatementId};

/// How many facts of one key and day are compared with those of the next.
const FEW: usize = 8;

/// Kinds of people that exclude one another.
const APART: &[&[&str]] =
    &[&["military", "civilians"], &["police", "civilians"], &["men", "women", "children"], &["crew", "passengers"]];

/// A flag, and the fact it is for.
pub(super) type Flagged = (usize, FactFlag, String);

/// Facts of one key on adjacent days, told by different articles, with an equal value or an equal
/// other leg. Gives the earlier of each later one.
pub(super) fn twins(
    prepared: &Prepared<'_>,
    drafts: &[&Draft],
    happenings: &[Happening],
    happening_of: &[Option<usize>],
    flags: &mut Vec<Flagged>,
) -> BTreeMap<usize, usize> {
    let mut days: Vec<((Sym, Sym, Facet), chrono::NaiveDate, usize)> = drafts
        .iter()
        .enumerate()
        .filter(|(_, d)| d.cluster.key.shape == Shape::Event && d.cluster.key.aside == Aside::No)
        .filter_map(|(place, d)| {
            let day = d.cluster.window.single_day()?;
            Some(((d.cluster.key.category, d.cluster.key.subset, d.cluster.facet), day, place))
        })
        .collect();
    days.sort_unstable();
    let best = |place: usize| drafts[place].assessed.estimate.best;
    let other_leg = |place: usize| {
        let facet = drafts[place].cluster.facet;
        let happening = &happenings[happening_of[place]?];
        happening.facts.iter().copied().find(|fact| {
            let other = drafts[*fact].cluster.facet;
            facet.from != NONE && (other.from, other.to) == (facet.to, facet.from)
        })
    };
    let mut out = BTreeMap::new();
    let groups: Vec<&[((Sym, Sym, Facet), chrono::NaiveDate, usize)]> =
        days.chunk_by(|a, b| (a.0, a.1) == (b.0, b.1)).collect();
    for pair in groups.windows(2) {
        let [first, second] = pair else { continue };
        if first[0].0 != second[0].0 || first[0].1.succ_opt() != Some(second[0].1) {
            continue;
        }
        // One day has one fact of a key, but for what the analyst keeps apart.
        for (_, _, a) in first.iter().take(FEW) {
            for (_, _, b) in second.iter().take(FEW) {
                let equal = best(*a).is_some() && best(*a) == best(*b);
                let equal_leg = || match (other_leg(*a), other_leg(*b)) {
                    (Some(x), Some(y)) => best(x).is_some() && best(x) == best(y),
                    _ => false,
                };
                // An article that tells of both days tells of two events.
                let told_apart = || drafts[*a].shares_article(drafts[*b], prepared);
                if !(equal || equal_leg()) || told_apart() {
                    continue;
                }
                let what = if equal { "the same figure" } else { "the same figure for the other side" };
                let text = |other: usize| {
                    format!(
                        "{what} as {} on the day beside it; one event, told around midnight?",
                        drafts[other].mention
                    )
                };
                flags.push((*a, FactFlag::SuspectedTwin, text(*b)));
                flags.push((*b, FactFlag::SuspectedTwin, text(*a)));
                out.entry(*b).or_insert(*a);
            }
        }
    }
    out
}

/// All other flags that need more than one fact, and those that claims bring with them.
pub(super) fn flags(prepared: &Prepared<'_>, names: &Names<'_>, drafts: &[&Draft], flags: &mut Vec<Flagged>) {
    plans(drafts, flags);
    both_sides(prepared, drafts, flags);
    both_legs(prepared, drafts, flags);
    overtaken(drafts, flags);
    let parts = Parts::of(prepared, drafts);
    parts.gaps(prepared, drafts, flags);
    parts.sums(prepared, drafts, flags);
    for (place, draft) in drafts.iter().enumerate() {
        of_claims(prepared, names, place, draft, flags);
    }
}

/// Conflicts whose gap a stated part explains.
pub(super) fn gaps(prepared: &Prepared<'_>, drafts: &[&Draft], flags: &mut Vec<Flagged>) {
    Parts::of(prepared, drafts).gaps(prepared, drafts, flags);
}

/// Parts that are more than their total.
pub(super) fn parts(prepared: &Prepared<'_>, drafts: &[&Draft], flags: &mut Vec<Flagged>) {
    Parts::of(prepared, drafts).sums(prepared, drafts, flags);
}

/// Plans whose outcome in the same time is another.
pub(super) fn plans(drafts: &[&Draft], flags: &mut Vec<Flagged>) {
    let mut by_subject: BTreeMap<(Sym, Sym, Facet), Vec<usize>> = BTreeMap::new();
    let subject = |d: &Draft| (d.cluster.key.category, d.cluster.key.subset, d.cluster.facet);
    for (place, draft) in drafts.iter().enumerate() {
        let plan = draft.cluster.key.shape == Shape::Plan;
        if plan && draft.cluster.key.aside == Aside::No && draft.cluster.window.is_known() {
            by_subject.entry(subject(draft)).or_default().push(place);
        }
    }
    if by_subject.is_empty() {
        return;
    }
    for (place, draft) in drafts.iter().enumerate() {
        let window = &draft.cluster.window;
        if !matches!(draft.cluster.key.shape, Shape::Event | Shape::Period)
            || draft.cluster.key.aside != Aside::No
            || window.start.is_none()
        {
            continue;
        }
        for plan in by_subject.get(&subject(draft)).into_iter().flatten() {
            let planned = &drafts[*plan].cluster.window;
            let outcome_starts_in_it = planned.start <= window.start && window.start <= planned.end;
            let (outcome, plan_range) = (interval(draft), interval(drafts[*plan]));
            // "More than 6,000" of 6,000 is a plan that was met.
            let differs = outcome.high.is_some() && outcome.relation(&plan_range) == Relation::Conflict;
            if outcome_starts_in_it && plan_range.has_value() && differs {
                let text = format!(
                    "planned {} ({}), reported {} ({})",
                    plan_range.reading(),
                    drafts[*plan].mention,
                    outcome.reading(),
                    drafts[place].mention
                );
                flags.push((*plan, FactFlag::PlanDiffers, text.clone()));
                flags.push((place, FactFlag::PlanDiffers, text));
            }
        }
    }
}

/// The range of a fact as a count.
fn interval(draft: &Draft) -> Quantity {
    let e = &draft.assessed.estimate;
    Quantity {
        form: crate::claim::Form::Range,
        n: None,
        low: e.low,
        high: e.high,
        low_soft: e.low_soft,
        high_soft: e.high_soft,
    }
}

/// A total over both sides below one side's own.
pub(super) fn both_sides(prepared: &Prepared<'_>, drafts: &[&Draft], flags: &mut Vec<Flagged>) {
    let is_both = |d: &Draft| prepared.interner.str(d.cluster.facet.party) == BOTH;
    let totals: Vec<usize> = (0..drafts.len())
        .filter(|i| is_both(drafts[*i]) && matches!(drafts[*i].cluster.key.shape, Shape::ToDate | Shape::Period))
        .collect();
    if totals.is_empty() {
        return;
    }
    let mut sides: BTreeMap<Key, Vec<usize>> = BTreeMap::new();
    for (place, draft) in drafts.iter().enumerate() {
        let shape = draft.cluster.key.shape;
        let of_a_side = draft.cluster.facet.party != NONE && !is_both(draft);
        if of_a_side && matches!(shape, Shape::ToDate | Shape::Period) {
            sides.entry(draft.cluster.key).or_default().push(place);
        }
    }
    for total in totals {
        let Some(ceiling) = drafts[total].assessed.estimate.high else { continue };
        let (key, window) = (drafts[total].cluster.key, &drafts[total].cluster.window);
        for place in sides.get(&key).into_iter().flatten().copied() {
            let draft = &drafts[place];
            let cluster = &draft.cluster;
            let inside = window.contains(&cluster.window) || !window.is_known() && !cluster.window.is_known();
            let Some(floor) = draft.assessed.estimate.low.filter(|floor| inside && *floor > ceiling) else { continue };
            let soft = drafts[total].assessed.estimate.high_soft || draft.assessed.estimate.low_soft;
            let flag = if soft { FactFlag::SoftTension } else { FactFlag::PartsDoNotAddUp };
            let text = format!(
                "{} for one side ({}) against at most {} for both ({})",
                grouped(floor),
                drafts[place].mention,
                grouped(ceiling),
                drafts[total].mention
            );
            flags.push((place, flag, text.clone()));
            flags.push((total, flag, text));
        }
    }
}

/// A figure over both sides that the two legs of the same window do not come to.
pub(super) fn both_legs(prepared: &Prepared<'_>, drafts: &[&Draft], flags: &mut Vec<Flagged>) {
    type Moment = (Key, Option<chrono::NaiveDate>, Option<chrono::NaiveDate>);
    let is_both = |d: &Draft| prepared.interner.str(d.cluster.facet.party) == BOTH;
    let moment = |d: &Draft| -> Moment { (d.cluster.key, d.cluster.window.start, d.cluster.window.end) };
    let counts = |d: &Draft| matches!(d.cluster.key.shape, Shape::Event | Shape::Period);
    let totals: Vec<usize> = (0..drafts.len())
        .filter(|i| is_both(drafts[*i]) && counts(drafts[*i]) && drafts[*i].cluster.window.is_known())
        .collect();
    if totals.is_empty() {
        return;
    }
    let mut legs: BTreeMap<Moment, Vec<usize>> = BTreeMap::new();
    for (place, draft) in drafts.iter().enumerate() {
        let facet = draft.cluster.facet;
        if counts(draft) && !is_both(draft) && facet.from != NONE && facet.to != NONE {
            legs.entry(moment(draft)).or_default().push(place);
        }
    }
    for total in totals {
        let Some([a, b]) = legs.get(&moment(drafts[total])).map(Vec::as_slice) else { continue };
        let (x, y) = (drafts[*a].cluster.facet, drafts[*b].cluster.facet);
        if (x.from, x.to) != (y.to, y.from) {
            continue;
        }
        let (one, other, whole) = (interval(drafts[*a]), interval(drafts[*b]), interval(drafts[total]));
        let sum = Quantity {
            low: Some(one.low.unwrap_or(0).saturating_add(other.low.unwrap_or(0))),
            high: one.high.zip(other.high).map(|(a, b)| a.saturating_add(b)),
            low_soft: one.low_soft || other.low_soft,
            high_soft: one.high_soft || other.high_soft,
            ..one.clone()
        };
        // "307 each", read as 307 over both, is each leg's figure.
        let each = whole.relation(&one) != Relation::Conflict && whole.relation(&other) != Relation::Conflict;
        if whole.has_value() && !each && sum.relation(&whole) == Relation::Conflict {
            let text = format!(
                "its sides come to {} ({} and {}), it to {}",
                sum.reading(),
                drafts[*a].mention,
                drafts[*b].mention,
                whole.reading()
            );
            flags.push((total, FactFlag::PartsDoNotAddUp, text));
        }
    }
}

/// States of affairs that a later event of the same kind contradicts in time.
pub(super) fn overtaken(drafts: &[&Draft], flags: &mut Vec<Flagged>) {
    if !drafts.iter().any(|d| d.cluster.key.shape == Shape::Status) {
        return;
    }
    // Drafts are sorted by their first day.
    let mut events: BTreeMap<Sym, Vec<usize>> = BTreeMap::new();
    for (place, draft) in drafts.iter().enumerate() {
        if draft.cluster.key.shape == Shape::Event && draft.cluster.window.start.is_some() {
            events.entry(draft.cluster.key.category).or_default().push(place);
        }
    }
    for (place, draft) in drafts.iter().enumerate() {
        if draft.cluster.key.shape != Shape::Status {
            continue;
        }
        let Some(said) = draft.cluster.window.end else { continue };
        let Some(events) = events.get(&draft.cluster.key.category) else { continue };
        let after = events.partition_point(|e| drafts[*e].cluster.window.start.is_some_and(|day| day <= said));
        let later = events[after..].iter().copied().find(|e| drafts[*e].cluster.facet.fits(draft.cluster.facet));
        if let Some(later) = later {
            flags.push((place, FactFlag::Overtaken, format!("{} came after it", drafts[later].mention)));
        }
    }
}

/// The lowest and the highest exact value of a conflict, where they differ.
fn gap(draft: &Draft) -> Option<(u64, u64)> {
    if draft.assessed.verdict != FactVerdict::Conflicting {
        return None;
    }
    let values = || draft.assessed.voices.standings.iter().filter_map(|s| s.word().and_then(Quantity::single));
    Some((values().min()?, values().max()?)).filter(|(low, high)| low < high)
}

/// Stated parts, by article.
struct Parts {
    /// By article and value, of the gaps of conflicts alone: the facts that have exactly that value.
    exact: Lookup<(u32, u64), Vec<usize>>,
    /// Article and place of the total's count: floor and fact of each part.
    of_total: BTreeMap<(u32, Span), Vec<(Option<u64>, usize)>>,
}

impl Parts {
    fn of(prepared: &Prepared<'_>, drafts: &[&Draft]) -> Self {
        let mut out = Self { exact: Lookup::default(), of_total: BTreeMap::new() };
        for (draft, (low, high)) in drafts.iter().filter_map(|draft| Some((draft, gap(draft)?))) {
            for article in draft.articles(prepared) {
                out.exact.or_insert_with((article, high - low), Vec::new);
            }
        }
        for (place, draft) in drafts.iter().enumerate() {
            for told in draft.told(prepared).iter().filter(|told| !told.denied) {
                if let Some(total) = told.part_of {
                    out.of_total.entry((told.article, total)).or_default().push((told.low, place));
                }
                if let Some(value) = told.value.filter(|_| !out.exact.is_empty())
                    && let Some(facts) = out.exact.get_mut(&(told.article, value))
                    && facts.last() != Some(&place)
                {
                    facts.push(place);
                }
            }
        }
        out
    }

    /// Conflicts whose gap is a part that one of the articles states.
    fn gaps(&self, prepared: &Prepared<'_>, drafts: &[&Draft], flags: &mut Vec<Flagged>) {
        for (place, draft) in drafts.iter().enumerate() {
            let Some((low, high)) = gap(draft) else { continue };
            let gap = high - low;
            let near = |other: &Draft| {
                let (a, b) = (&draft.cluster.window, &other.cluster.window);
                a.start == b.start || a.contains(b) || b.contains(a) || !b.is_known()
            };
            let explains = draft
                .articles(prepared)
                .into_iter()
                .filter_map(|article| self.exact.get(&(article, gap)))
                .flatten()
                .find(|part| {
                    let other = drafts[**part];
                    **part != place
                        && near(other)
                        && other.cluster.facet.fits(Facet { party: NONE, ..draft.cluster.facet })
                        && matches!(other.cluster.key.shape, Shape::Event | Shape::ToDate | Shape::Period)
                });
            if let Some(part) = explains {
                let text =
                    format!("{} = {} + {} ({})", grouped(high), grouped(low), grouped(gap), drafts[*part].mention);
                flags.push((place, FactFlag::GapExplained, text));
            }
        }
    }

    /// Parts that together are more than their total.
    fn sums(&self, prepared: &Prepared<'_>, drafts: &[&Draft], flags: &mut Vec<Flagged>) {
        if self.of_total.is_empty() {
            return;
        }
        let mut fact_of: BTreeMap<(u32, Span), usize> = BTreeMap::new();
        for (place, draft) in drafts.iter().enumerate() {
            for told in draft.told(prepared).iter() {
                if let Some(span) = told.span.filter(|span| self.of_total.contains_key(&(told.article, *span))) {
                    fact_of.insert((told.article, span), place);
                }
            }
        }
        for (at, parts) in &self.of_total {
            let Some(total) = fact_of.get(at) else { continue };
            let Some(ceiling) = drafts[*total].assessed.estimate.high else { continue };
            // Parts may overlap ("women", "civilians"), so each is held against the total by
            // itself; only kinds that exclude one another are added.
            let of_category = |category: Sym| {
                let part = |(low, fact): &(Option<u64>, usize)| {
                    let key = drafts[*fact].cluster.key;
                    (key.category == category).then_some((prepared.interner.str(key.subset), (*low)?))
                };
                let mut largest: BTreeMap<&str, u64> = BTreeMap::new();
                for (subset, low) in parts.iter().filter_map(part) {
                    let found = largest.entry(subset).or_default();
                    *found = (*found).max(low);
                }
                let single = largest.values().copied().max().unwrap_or(0);
                let together = APART.iter().map(|kinds| {
                    let of_kind = kinds.iter().filter_map(|kind| largest.get(kind).copied());
                    of_kind.fold(0u64, u64::saturating_add)
                });
                together.max().unwrap_or(0).max(single)
            };
            let distinct: BTreeSet<Sym> = parts.iter().map(|(_, f)| drafts[*f].cluster.key.category).collect();
            let sum = distinct.into_iter().map(of_category).fold(0u64, u64::saturating_add);
            if sum > ceiling {
                let text = format!("its parts come to {} and more, it to {}", grouped(sum), grouped(ceiling));
                flags.push((*total, FactFlag::PartsDoNotAddUp, text));
            }
        }
    }
}

/// Whether the source of a denial gives another figure in its place.
fn corrects_itself(prepared: &Prepared<'_>, draft: &Draft, denial: &Statement) -> bool {
    draft.cluster.members.iter().map(|(id, _)| &prepared.statements[*id as usize]).any(|s| {
        let same_voice = s.source == denial.source && (s.source.is_some() || s.article == denial.article);
        s.corrects && !s.denied && same_voice
    })
}

/// Flags that claims bring, and what one claim keeps and another drops.
pub(super) fn of_claims(
    prepared: &Prepared<'_>,
    names: &Names<'_>,
    place: usize,
    draft: &Draft,
    flags: &mut Vec<Flagged>,
) {
    let mut once = |flag: FactFlag, text: String| {
        if !flags.iter().rev().take_while(|(p, ..)| *p == place).any(|(_, f, _)| *f == flag) {
            flags.push((place, flag, text));
        }
    };
    let mut vouching: BTreeSet<&str> = BTreeSet::new();
    // Articles that tell who vouches for the identity, and claims that leave it out.
    let (mut kept, mut dropped): (BTreeSet<u32>, Vec<StatementId>) = (BTreeSet::new(), Vec::new());
    let (mut first_denial, mut confirmed): (Option<u32>, Option<u32>) = (None, None);
    for ((id, because), relation) in draft.cluster.members.iter().zip(&draft.assessed.relations) {
        let statement = &prepared.statements[*id as usize];
        let claim = prepared.claim(*id);
        let reading = &claim.reading;
        for flag in &reading.flags {
            match flag {
                ClaimFlag::DirectionUnclear => {
                    once(FactFlag::DirectionUnclear, "the text's directions contradict one another".to_owned());
                }
                ClaimFlag::FramingDiffers => {
                    once(FactFlag::FramingDiffers, "another party describes the same in other terms".to_owned());
                }
                ClaimFlag::LostReadAsKilled => {
                    once(FactFlag::LostReadAsKilled, "“lost” was read as killed".to_owned());
                }
                ClaimFlag::Caveat | ClaimFlag::RoundedNotation | ClaimFlag::Corrects => {}
            }
        }
        if matches!(because, Because::ConfirmsFigure(_)) {
            continue;
        }
        let identity = &reading.attribution.identity_by;
        if identity.is_empty() {
            dropped.push(*id);
        } else {
            kept.insert(statement.article);
            vouching.extend(identity.iter().map(|name| &**name));
        }
        match relation {
            // Who corrects itself denies nothing.
            crate::claim::ClaimRelation::Denied if !corrects_itself(prepared, draft, statement) => {
                first_denial = first_denial.or(Some(*id));
            }
            crate::claim::ClaimRelation::ConfirmsEvent => confirmed = confirmed.or(Some(*id)),
            _ => {}
        }
    }
    if let [who] = vouching.iter().collect::<Vec<_>>().as_slice() {
        once(FactFlag::IdentityByOneSide, format!("only {who} vouches for who the counted people are"));
    }
    if !kept.is_empty() {
        let sides: BTreeSet<Side> = vouching.iter().map(|name| names.source(name).side).collect();
        // Who vouches for it itself drops nothing.
        let leaves_out = dropped.iter().find(|id| {
            let statement = &prepared.statements[**id as usize];
            let side = statement.source.map(|s| &prepared.sources[s as usize].side);
            kept.contains(&statement.article)
                && !side.is_some_and(|side| *side != Side::Unknown && sides.contains(side))
        });
        if let Some(id) = leaves_out {
            let quote = prepared.claim(*id).quote();
            let text = format!("“{quote}” leaves out what the same article says of who vouches for it");
            once(FactFlag::CaveatDropped, text);
        }
    }
    let source = |id: u32| {
        let source = prepared.statements[id as usize].source;
        source.map_or("an article", |s| &*prepared.sources[s as usize].name)
    };
    if let Some(id) = first_denial {
        once(FactFlag::Denied, format!("{} denies it, or it was taken back", source(id)));
    }
    if let Some(id) = confirmed {
        once(FactFlag::EventConfirmed, format!("{} confirms that it happened, and gives no figure", source(id)));
    }
    let by_figure = |because: &Because| {
        matches!(
            because,
            Because::InferredDay | Because::InferredCategory(_) | Because::ToldByItself | Because::WithoutGroup
        )
    };
    let joined = draft.cluster.members.iter().filter(|(_, because)| by_figure(because)).count();
    if joined > 0 {
        let claims = if joined == 1 { "1 claim is".to_owned() } else { format!("{joined} claims are") };
        once(FactFlag::JoinedByFigure, format!("{claims} here by the figure alone: the text leaves the rest open"));
    }
    let window = &draft.cluster.window;
    let inferred = matches!(window.basis, crate::claim::Basis::Inferred | crate::claim::Basis::Linked);
    let needs_date = !matches!(draft.cluster.key.shape, Shape::ToDate | Shape::Status);
    if needs_date && (!window.is_known() || inferred) {
        let text = match window.is_known() {
            true => format!("{} is {}", window.words(), window.basis.word()),
            false => format!("when is not known: {}", super::labels::time(prepared, &draft.cluster)),
        };
        once(FactFlag::DateUnclear, text);
    }
}
