//! Who is behind the claims of a fact: restatements, reprints and relays folded by their
//! innermost source, and what each origin's live word is.

mod denials;

use std::cmp::Ordering;
use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::claim::{FactFlag, Form, Precision, Quantity, Relation, Side, grouped};

use super::interner::NONE;
use super::placing::Cluster;
use super::sources::{Source, SourceId};
use super::statement::{Confirms, Prepared, Shape, Statement};

use denials::{BesideDenials, put_right, takes_back, withdraw};

/// Words of a name that say that a body counts for itself, and is no echo of its government.
const COUNTS_ITSELF: &[&str] = &["coroner", "forensic", "hospital", "laboratory", "medical", "morgue"];

/// What a claim does in its fact.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// Its figure counts.
    Live,
    /// Repeats what the same article or origin says elsewhere.
    Restates,
    /// Replaced by a later word of the same origin, or by a later count to date.
    Superseded,
    /// Denied.
    Denied,
    /// Gives no figure.
    ConfirmsEvent,
}

/// An origin, or the own voice of an article, and its word.
#[derive(Clone, Debug)]
pub(super) struct Standing {
    /// `None` for an article's own voice.
    pub source: Option<SourceId>,
    /// Further sources that were folded into it.
    pub folded: Vec<SourceId>,
    /// Its claims, as places in the cluster.
    pub members: Vec<usize>,
    /// Its word: the tightest latest interval. `None` where all of it was withdrawn.
    pub live: Option<Quantity>,
    /// When that was first said.
    pub said: Option<NaiveDate>,
    /// Of an article's own voice: when it was published.
    pub told: Option<NaiveDate>,
    /// The last day that its word speaks of, where a count to date names one.
    pub of_day: Option<NaiveDate>,
    /// Of casualties of more days than one: the last of these, where it is told.
    pub counted_to: Option<NaiveDate>,
    /// Whether a later word of somebody else has overtaken it.
    pub outdated: bool,
}

impl Standing {
    /// Its word, where it still stands.
    pub fn word(&self) -> Option<&Quantity> {
        self.live.as_ref().filter(|_| !self.outdated)
    }
}

/// The claims of a fact, by origin.
#[derive(Clone, Debug, Default)]
pub(super) struct Voices {
    /// Named and anonymous origins first, by key; then own voices, by article.
    pub standings: Vec<Standing>,
    /// What each member does.
    pub parts: Vec<Part>,
    /// What was noticed on the way.
    pub flags: Vec<(FactFlag, String)>,
    /// An origin whose own words are a conflict, as one article carries the one and another one the other; and
    /// whether it has a name.
    pub contradiction: Option<(String, bool)>,
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Voice {
    Source(SourceId),
    Own(u32),
}

/// Sorts the claims of a fact by origin. Linear but for sorting, also where one origin has many claims.
pub(super) fn voices(prepared: &Prepared<'_>, cluster: &Cluster) -> Voices {
    let statements: Vec<&Statement> =
        cluster.members.iter().map(|(id, _)| &prepared.statements[*id as usize]).collect();
    let mut out = Voices { parts: vec![Part::Live; statements.len()], ..Voices::default() };
    let beside = BesideDenials::of(&statements);
    // What each article attributes to somebody, for its headline and lead to restate.
    let mut attributed: Vec<(u32, &Quantity)> = Vec::new();
    for (statement, part) in statements.iter().zip(&mut out.parts) {
        if statement.denied {
            *part = Part::Denied;
        } else if statement.confirms == Confirms::Event
            || !statement.count.has_value() && cluster.key.shape != Shape::Status
        {
            *part = Part::ConfirmsEvent;
        } else if statement.source.is_some() && statement.confirms == Confirms::Nothing {
            attributed.push((statement.article, &statement.count));
        }
    }
    let bounds = |count: &Quantity| (count.low, count.high, count.low_soft, count.high_soft);
    attributed.sort_unstable_by_key(|(article, count)| (*article, bounds(count)));
    attributed.dedup_by_key(|(article, count)| (*article, bounds(count)));
    let restates = |statement: &Statement| {
        let first = attributed.partition_point(|(article, _)| *article < statement.article);
        let said = attributed[first..].iter().take_while(|(article, _)| *article == statement.article);
        said.into_iter().any(|(_, count)| count.meets(&statement.count))
    };
    let mut spoken: Vec<(Voice, usize)> = Vec::with_capacity(statements.len());
    for (i, statement) in statements.iter().enumerate() {
        let voice = statement.source.map_or_else(|| own_voice(prepared, &statements, statement), Voice::Source);
        if out.parts[i] == Part::Live && statement.source.is_none() && restates(statement) {
            out.parts[i] = Part::Restates;
        }
        if matches!(out.parts[i], Part::Live | Part::Denied) {
            spoken.push((voice, i));
        }
    }
    spoken.sort_unstable();
    for of_voice in spoken.chunk_by(|a, b| a.0 == b.0) {
        let members = of_voice.iter().map(|(_, i)| *i).collect();
        let standing = standing(prepared, &statements, &beside, of_voice[0].0, members, &mut out);
        if !standing.members.is_empty() {
            out.standings.push(standing);
        }
    }
    withdraw(prepared, &statements, &mut out);
    put_right(&statements, &mut out);
    fold(prepared, &mut out);
    out
}

/// Whose word an article's own voice is: its own, or, where the analyst has ruled that it retells
/// another article, that of what it retells, where that one has the same figure.
fn own_voice(prepared: &Prepared<'_>, statements: &[&Statement], statement: &Statement) -> Voice {
    let own = Voice::Own(statement.article);
    let Some(original) = prepared.retold.get(&statement.article) else { return own };
    let told = statements.iter().filter(|s| s.article == *original && !s.denied && s.count == statement.count);
    told.map(|s| s.source.map_or(Voice::Own(s.article), Voice::Source)).min().unwrap_or(own)
}

/// A value of one origin, and when it was said.
struct Word {
    count: Quantity,
    first: Option<NaiveDate>,
    last: Option<NaiveDate>,
    /// The last day that it speaks of, where a count to date names one.
    of_day: Option<NaiveDate>,
    timeless: bool,
    corrects: bool,
    members: Vec<usize>,
}

fn standing(
    prepared: &Prepared<'_>,
    statements: &[&Statement],
    beside: &BesideDenials,
    voice: Voice,
    members: Vec<usize>,
    out: &mut Voices,
) -> Standing {
    let source = match voice {
        Voice::Source(source) => Some(source),
        Voice::Own(_) => None,
    };
    let name = || source.map_or("the article", |s| &*prepared.sources[s as usize].name).to_owned();
    let (denied, said): (Vec<usize>, Vec<usize>) = match members.iter().any(|i| statements[*i].denied) {
        true => members.into_iter().partition(|i| statements[*i].denied),
        false => (Vec::new(), members),
    };
    let mut words = words(statements, &said);
    // What the origin itself takes back.
    for i in denied.iter().filter(|i| takes_back(&beside.live, statements[**i])) {
        let denial = statements[*i];
        words.retain(|word| {
            if !denial.count.has_value() || word.count.relation(&denial.count) != Relation::Agree {
                return true;
            }
            for member in &word.members {
                out.parts[*member] = Part::Superseded;
            }
            if let (Some(last), Some(said)) = (word.last, denial.said)
                && last > said
            {
                let text = format!("{} withdrew {}, and it is still repeated", name(), denial.count.reading());
                out.flags.push((FactFlag::RepeatsWithdrawn, text));
            }
            false
        });
    }
    // Who gives 24 and 21 in an article in which somebody denies the 21 gives 24.
    if words.len() > 1 && !beside.denied.is_empty() {
        let denied_beside = |word: &Word| {
            let told = word.members.iter().map(|i| statements[*i]);
            told.into_iter().any(|s| beside.denied.contains(&(s.article, s.count.low, s.count.high)))
        };
        let taken_back: Vec<bool> = words.iter().map(denied_beside).collect();
        if taken_back.iter().any(|back| !back) {
            let mut at = taken_back.iter();
            words.retain(|word| {
                let back = at.next().is_some_and(|back| *back);
                if back {
                    word.members.iter().for_each(|member| out.parts[*member] = Part::Superseded);
                }
                !back
            });
        }
    }
    let of_one_article = |a: &Word, b: &Word| {
        let tells = |i: &usize| b.members.iter().any(|j| statements[*j].article == statements[*i].article);
        a.members.iter().any(tells)
    };
    let rules = statements.first().map(|s| prepared.rules(s.key.category)).unwrap_or_default();
    let to_date = statements.iter().any(|s| s.key.shape == Shape::ToDate && !s.key.held);
    let heard = said.iter().all(|i| !statements[*i].inferred.unsure);
    if heard && rules.only_grows && (rules.found_in_time || to_date) {
        let grown = outgrown(statements, &mut words, &mut out.parts);
        if let Some((before, now)) = grown {
            let text = format!(
                "{} gives {} as well as {} in one article; taken as an earlier and a later count",
                name(),
                before.reading(),
                now.reading()
            );
            out.flags.push((FactFlag::SelfContradiction, text));
        }
    }
    let mut standing = Standing {
        source,
        folded: Vec::new(),
        members: said,
        live: None,
        said: None,
        told: None,
        of_day: None,
        counted_to: None,
        outdated: false,
    };
    let leader = words.iter().enumerate().max_by_key(|(i, w)| (w.corrects, w.first, w.of_day, std::cmp::Reverse(*i)));
    let Some((leading, leader)) = leader else { return standing };
    let mut value = leader.count.clone();
    let (mut contradicted, mut fell) = (None, None);
    for (i, word) in words.iter().enumerate() {
        if i == leading {
            continue;
        }
        if matches!(leader.count.relation(&word.count), Relation::Agree | Relation::Compatible) {
            if let Some(tighter) = intersection(&value, &word.count) {
                value = tighter;
            }
            continue;
        }
        let before = match word.first.cmp(&leader.first) {
            // Told at one time of two days: the later day's is the later word.
            Ordering::Equal => word.of_day.zip(leader.of_day).is_some_and(|(word, leader)| word < leader),
            order => order == Ordering::Less,
        };
        let earlier = leader.corrects && !word.corrects || !leader.timeless && !word.timeless && before;
        if earlier {
            for member in &word.members {
                out.parts[*member] = Part::Superseded;
            }
            if word.last > leader.first {
                let text = format!(
                    "{} has moved from {} to {}; the earlier figure is still repeated",
                    name(),
                    word.count.reading(),
                    leader.count.reading()
                );
                out.flags.push((FactFlag::RepeatsWithdrawn, text));
            }
            if leader.count.high < word.count.low && leader.count.high.is_some() {
                fell = Some(word.count.reading());
            }
        } else if leader.count.relation(&word.count) == Relation::Conflict {
            contradicted = Some((word.count.clone(), of_one_article(word, leader)));
            value = hull(&value, &word.count);
        } else if value.low_soft && !word.count.low_soft {
            value = word.count.clone();
        }
    }
    if let Some((other, in_one_article)) = contradicted {
        let text = format!(
            "{} gives {} as well as {}, at one time and without a word of correction",
            name(),
            leader.count.reading(),
            other.reading()
        );
        // Who writes both down in one article would say that they contradict one another. What is handed over
        // is counted once.
        let handed_over = rules.transfer && statements.iter().any(|s| s.facet.from != NONE || s.facet.to != NONE);
        if !in_one_article || !heard || handed_over {
            out.contradiction.get_or_insert_with(|| (text.clone(), source.is_some()));
        }
        out.flags.push((FactFlag::SelfContradiction, text));
    }
    if let Some(from) = fell
        && !leader.corrects
    {
        let text = format!("{} went down from {from} to {}", name(), leader.count.reading());
        out.flags.push((FactFlag::FallingTotal, text));
    }
    standing.said = leader.first;
    standing.of_day = leader.of_day;
    standing.counted_to = leader.members.iter().filter_map(|i| counted_to(statements[*i])).max();
    standing.told = source.is_none().then(|| leader.members.iter().filter_map(|i| statements[*i].told).max()).flatten();
    standing.live = Some(value);
    standing
}

/// Of a toll that one voice gives at two heights in one article, and says of neither when, the lower is what was
/// known before: it is no word any more. Gives the lowest and the highest of these.
fn outgrown(statements: &[&Statement], words: &mut Vec<Word>, parts: &mut [Part]) -> Option<(Quantity, Quantity)> {
    if words.len() < 2 || words.iter().any(|word| word.corrects) {
        return None;
    }
    // By article and day of telling: the highest floor.
    let mut floors: BTreeMap<(u32, Option<NaiveDate>), u64> = BTreeMap::new();
    for word in words.iter() {
        for member in &word.members {
            let floor = floors.entry((statements[*member].article, word.first)).or_insert(0);
            *floor = (*floor).max(word.count.low.unwrap_or(0));
        }
    }
    let is_outgrown = |word: &Word| {
        let Some(ceiling) = word.count.high else { return false };
        let above = |member: &usize| floors.get(&(statements[*member].article, word.first)) > Some(&ceiling);
        word.members.iter().any(above)
    };
    let gone: Vec<bool> = words.iter().map(is_outgrown).collect();
    let before = gone.iter().position(|gone| *gone)?;
    let pair = (words[before].count.clone(), words.last()?.count.clone());
    let mut at = gone.iter();
    words.retain(|word| {
        let gone = at.next().is_some_and(|gone| *gone);
        if gone {
            word.members.iter().for_each(|member| parts[*member] = Part::Superseded);
        }
        !gone
    });
    Some(pair)
}

/// The last day of a stretch of days over which casualties of one event were counted.
fn counted_to(statement: &Statement) -> Option<NaiveDate> {
    // "In August" is some day of it, and not up to its last.
    let whole = matches!(statement.window.precision, Precision::Month | Precision::Year);
    let several_days = statement.window.single_day().is_none() && !whole && !statement.inferred.date;
    statement.window.end.filter(|_| several_days && statement.window.start.is_some())
}

/// The distinct values of an origin, from the lowest to the highest.
fn words(statements: &[&Statement], members: &[usize]) -> Vec<Word> {
    let bounds = |i: &usize| {
        let count = &statements[*i].count;
        (count.low, count.high, count.low_soft, count.high_soft)
    };
    let mut order = members.to_vec();
    order.sort_by_key(bounds);
    let word = |alike: &[usize]| {
        let said = || alike.iter().map(|i| statements[*i].said);
        Word {
            count: statements[alike[0]].count.clone(),
            first: said().flatten().min(),
            last: said().max().flatten(),
            of_day: alike
                .iter()
                .map(|i| statements[*i])
                .filter(|s| s.key.shape == Shape::ToDate)
                .filter_map(|s| s.window.single_day())
                .max(),
            timeless: said().any(|said| said.is_none()),
            corrects: alike.iter().any(|i| statements[*i].corrects),
            members: alike.to_vec(),
        }
    };
    let mut words: Vec<Word> = order.chunk_by(|a, b| bounds(a) == bounds(b)).map(word).collect();
    first_named(&mut words);
    words
}

/// "At least seven" on one day, "first seven, then eleven" on another: where a number is told again
/// beside one that it does not meet, it is as old as its first telling, in whatever words.
fn first_named(words: &mut [Word]) {
    let mut first: BTreeMap<u64, NaiveDate> = BTreeMap::new();
    for word in words.iter() {
        if let (Some(n), Some(day)) = (word.count.n, word.first) {
            let known = first.entry(n).or_insert(day);
            *known = (*known).min(day);
        }
    }
    let mut days: BTreeMap<NaiveDate, (u64, u64)> = BTreeMap::new();
    for word in words.iter() {
        if let (Some(day), Some(n)) = (word.first, word.count.n) {
            let (least, most) = days.entry(day).or_insert((n, n));
            (*least, *most) = ((*least).min(n), (*most).max(n));
        }
    }
    for word in words {
        let (Some(n), Some(day)) = (word.count.n, word.first) else { continue };
        let beside_another = days.get(&day).is_some_and(|(least, most)| *least < n || n < *most);
        if beside_another && let Some(known) = first.get(&n) {
            word.first = Some(*known);
        }
    }
}

/// What two counts leave open together; a hard bound is kept before an equal soft one. `None`
/// where they do not meet.
pub(super) fn intersection(a: &Quantity, b: &Quantity) -> Option<Quantity> {
    if !a.meets(b) {
        return None;
    }
    let (low, low_soft) = match (a.low, b.low) {
        (Some(x), Some(y)) if x == y => (Some(x), a.low_soft && b.low_soft),
        (Some(x), Some(y)) if x > y => (Some(x), a.low_soft),
        (Some(x), None) => (Some(x), a.low_soft),
        (_, y) => (y, b.low_soft),
    };
    let (high, high_soft) = match (a.high, b.high) {
        (Some(x), Some(y)) if x == y => (Some(x), a.high_soft && b.high_soft),
        (Some(x), Some(y)) if x < y => (Some(x), a.high_soft),
        (Some(x), None) => (Some(x), a.high_soft),
        (_, y) => (y, b.high_soft),
    };
    let same = |q: &Quantity| q.low == low && q.high == high;
    let form = match () {
        () if low.is_some() && low == high => Form::Exact,
        () if same(a) => a.form,
        () if same(b) => b.form,
        () => Form::Range,
    };
    let n = [a, b].into_iter().find(|q| same(q)).and_then(|q| q.n);
    Some(Quantity { form, n, low, high, low_soft, high_soft })
}

/// The smallest interval that holds both.
fn hull(a: &Quantity, b: &Quantity) -> Quantity {
    let low = if a.low.unwrap_or(0) <= b.low.unwrap_or(0) { a } else { b };
    let high = match (a.high, b.high) {
        (Some(x), Some(y)) => {
            if x >= y {
                a
            } else {
                b
            }
        }
        (None, _) => a,
        (_, None) => b,
    };
    Quantity {
        form: Form::Range,
        n: None,
        low: low.low,
        high: high.high,
        low_soft: low.low_soft,
        high_soft: high.high_soft,
    }
}

/// Folds the parts of one government that give the same figure, and single members of a joint
/// work into it.
fn fold(prepared: &Prepared<'_>, out: &mut Voices) {
    let named = out.standings.iter().take_while(|s| s.source.is_some()).count();
    if named < 2 {
        return;
    }
    let source = |s: &Standing| s.source.map(|id| &prepared.sources[id as usize]);
    // Who is behind it, before all else; the specific before the government as a whole.
    let mut into: Vec<usize> = (0..named).collect();
    let mut roots: BTreeMap<(&str, Option<u64>, Option<u64>), usize> = BTreeMap::new();
    let same_figure = |a: &Standing, b: &Standing| match (&a.live, &b.live) {
        (Some(a), Some(b)) => (a.low, a.high) == (b.low, b.high),
        _ => false,
    };
    let governments: Vec<usize> =
        (0..named).filter(|i| source(&out.standings[*i]).is_some_and(|s| s.government)).collect();
    for i in 0..named {
        let Some(this) = source(&out.standings[i]) else { continue };
        let Some(live) = &out.standings[i].live else { continue };
        if this.government || this.anonymous || counts_itself(this) {
            continue;
        }
        if let Some(root) = this.part_of.last() {
            let first = *roots.entry((root, live.low, live.high)).or_insert(i);
            if first != i {
                into[i] = first;
            }
        }
        for g in &governments {
            let government = &out.standings[*g];
            let whole = source(government);
            let part = whole.is_some_and(|whole| {
                this.part_of.contains(&whole.key)
                    || matches!((&this.side, &whole.side), (Side::Party(a), Side::Party(b)) if a == b)
                        && !this.presumed
                        && !this.relay
            });
            if part && into[*g] == *g && same_figure(&out.standings[i], government) {
                into[*g] = into[i];
            }
        }
    }
    let joints: Vec<usize> =
        (0..named).filter(|i| source(&out.standings[*i]).is_some_and(|s| !s.joint.is_empty())).collect();
    for j in joints {
        let Some(parts) = source(&out.standings[j]).map(|s| &s.joint) else { continue };
        for (i, target) in into.iter_mut().enumerate().take(named) {
            let is_part = source(&out.standings[i]).is_some_and(|s| parts.contains(&s.key));
            let meets = match (&out.standings[i].live, &out.standings[j].live) {
                (Some(a), Some(b)) => a.meets(b),
                _ => false,
            };
            if is_part && meets && *target == i {
                *target = j;
            }
        }
    }
    if into.iter().enumerate().all(|(i, j)| i == *j) {
        return;
    }
    let mut standings: Vec<Option<Standing>> = std::mem::take(&mut out.standings).into_iter().map(Some).collect();
    for i in 0..named {
        let mut target = into[i];
        for _ in 0..named.min(4) {
            target = into[target];
        }
        if target == i {
            continue;
        }
        let Some(part) = standings[i].take() else { continue };
        if let Some(whole) = &mut standings[target] {
            whole.folded.extend(part.source);
            whole.folded.extend(part.folded);
            whole.members.extend(part.members);
            whole.members.sort_unstable();
            whole.said = whole.said.into_iter().chain(part.said).min();
            if let (Some(a), Some(b)) = (&whole.live, &part.live)
                && let Some(both) = intersection(a, b)
            {
                whole.live = Some(both);
            }
        } else {
            standings[i] = Some(part);
        }
    }
    out.standings = standings.into_iter().flatten().collect();
}

fn counts_itself(source: &Source) -> bool {
    source.key.split(' ').any(|word| COUNTS_ITSELF.contains(&word))
}

/// "Coordination Headquarters (1,000)": an origin and its word, for reasons.
pub(super) fn words_of_standing(prepared: &Prepared<'_>, standing: &Standing) -> String {
    let who = standing.source.map_or("no named origin", |s| &*prepared.sources[s as usize].name);
    let value = standing.live.as_ref().map_or_else(String::new, |q| match q.single() {
        Some(n) => grouped(n),
        None => q.reading(),
    });
    format!("{who} ({value})")
}
