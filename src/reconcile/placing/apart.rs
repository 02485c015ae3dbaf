//! What one article counts apart is apart: groups, parts without a name, and figures that one
//! voice would not give for one thing.
//!
//! Facts are only ever taken apart here, never put together, and only by what the claims of one
//! article say of one another.

use std::collections::{BTreeMap, BTreeSet};

use crate::claim::{Form, Quantity, Relation, Side};

use super::super::interner::{NONE, Sym};
use super::super::sources::Source;
use super::super::statement::{Aside, CategoryRules, Shape, Statement, StatementId};
use super::super::subset::{group_of, is_all_of_a_toll, names_nobody};
use super::super::union::{find, unite};
use super::{Because, Cluster, FEW, Placing, repeats};

/// How many claims of one article on one fact are held against one another.
const PAIRS: usize = 16;

/// How far apart two figures of one article are, in twentieths of the lower.
const JUST_BEYOND: u128 = 21;
const HALF_AS_MUCH: u128 = 30;
const TWICE: u128 = 40;
const THREE_TIMES: u128 = 60;
const TEN_TIMES: u128 = 200;

/// Words of a source's name that say that it counts whom it has in its beds and drawers.
const HOUSES: &[&str] = &["clinic", "hospital", "morgue"];

/// A count, for finding its equals.
type Interval = (Option<u64>, Option<u64>);

/// Whether of two counts neither is half as much again as the other.
fn are_near(a: &Quantity, b: &Quantity) -> bool {
    let below = |low: &Quantity, high: &Quantity| match (low.high, high.low) {
        (Some(ceiling), Some(floor)) => u128::from(floor) * 2 < u128::from(ceiling) * 3,
        _ => true,
    };
    below(a, b) && below(b, a)
}

fn interval(count: &Quantity) -> Interval {
    (count.low, count.high)
}

impl Placing<'_, '_> {
    /// Where one article gives, on one source's word, figures that cannot be one another's, and
    /// its words name different groups ("3 soldiers", "5 civilians"), the groups are facts apart.
    pub(super) fn part_groups(&mut self) {
        let groups = |id: &StatementId| {
            let name = group_of(self.prepared.claim(*id).quote())?;
            self.prepared.groups.get(&*name).copied()
        };
        for number in 0..self.placed.clusters.len() {
            let cluster = &self.placed.clusters[number];
            if cluster.values.len() < 2 || cluster.key.subset != NONE {
                continue;
            }
            let mut told: Vec<(u32, Option<u32>, StatementId)> = cluster
                .members
                .iter()
                .map(|(id, _)| (self.statement(*id).article, self.statement(*id).source, *id))
                .collect();
            told.sort_unstable();
            let toll = self.prepared.rules(cluster.key.category).toll;
            let mut apart: BTreeSet<Sym> = BTreeSet::new();
            for same in told.chunk_by(|a, b| (a.0, a.1) == (b.0, b.1)) {
                // A handful at most; more of them tell nothing new.
                let live: Vec<StatementId> = same
                    .iter()
                    .map(|(.., id)| *id)
                    .filter(|id| !self.statement(*id).denied && !self.statement(*id).corrects)
                    .take(FEW)
                    .collect();
                for (i, a) in live.iter().enumerate() {
                    for b in &live[i + 1..] {
                        let relation = self.statement(*a).count.relation(&self.statement(*b).count);
                        if relation != Relation::Conflict {
                            continue;
                        }
                        let (x, y) = (groups(a), groups(b));
                        // "Seven soldiers, and an eighth has died, which makes eight."
                        let are_sure = ![a, b].iter().any(|id| self.statement(**id).inferred.unsure);
                        let grows = toll && are_sure && self.may_be_one_group(*a, *b);
                        if x != y && !grows {
                            apart.extend(x.into_iter().chain(y));
                        }
                    }
                }
            }
            for group in apart {
                let members = std::mem::take(&mut self.placed.clusters[number].members);
                let (leaving, staying): (Vec<_>, Vec<_>) =
                    members.into_iter().partition(|(id, _)| groups(id) == Some(group));
                self.placed.clusters[number].members = staying;
                if leaving.is_empty() {
                    continue;
                }
                let from = &self.placed.clusters[number];
                let mut fresh = Cluster::beside(from);
                fresh.key.subset = group;
                fresh.members = leaving;
                self.placed.clusters.push(fresh);
            }
        }
        // Numbers of clusters stand still: an emptied one is passed over later.
    }

    /// Whether two parts that no word names may be one: their figures meet, and so do those of what
    /// they are parts of; an article that tells of two in different words tells of two.
    fn may_be_one_part(&self, a: StatementId, b: StatementId) -> bool {
        let (a, b) = (self.statement(a), self.statement(b));
        let wholes = a.whole.as_ref().zip(b.whole.as_ref());
        let one_voice = a.source == b.source || a.source.is_none() || b.source.is_none();
        a.count.meets(&b.count)
            && wholes.is_none_or(|(a, b)| a.meets(b))
            && (a.article != b.article || interval(&a.count) == interval(&b.count) && one_voice)
    }

    /// Parts of a total that no word names ("148 of them", "54 of them") are one part only where
    /// their figures meet.
    pub(super) fn part_parts(&mut self) {
        for number in 0..self.placed.clusters.len() {
            let cluster = &self.placed.clusters[number];
            if cluster.key.aside != Aside::Part || cluster.key.subset != NONE || cluster.members.len() < 2 {
                continue;
            }
            let mut parts: Vec<Vec<StatementId>> = Vec::new();
            let mut ids: Vec<StatementId> = cluster.members.iter().map(|(id, _)| *id).collect();
            ids.sort_unstable();
            for id in ids {
                let same =
                    |part: &&mut Vec<StatementId>| part.iter().take(FEW).all(|other| self.may_be_one_part(*other, id));
                match parts.iter_mut().find(same) {
                    Some(members) => members.push(id),
                    None => parts.push(vec![id]),
                }
            }
            for members in parts.into_iter().skip(1) {
                self.leave(number, &members);
            }
        }
    }

    /// One voice does not give 231 and 13 for one thing: of figures of one article that are far
    /// apart, the one that fewer articles have, or else the smaller, counts something else.
    /// Figures that are near stay together, and contradict one another.
    pub(super) fn part_contradictions(&mut self) {
        for number in 0..self.placed.clusters.len() {
            let cluster = &self.placed.clusters[number];
            if cluster.values.len() < 2 || cluster.key.aside == Aside::Part {
                continue;
            }
            let mut told: Vec<(u32, StatementId)> = cluster
                .members
                .iter()
                .map(|(id, _)| (self.statement(*id).article, *id))
                .filter(|(_, id)| !self.statement(*id).denied && !self.statement(*id).corrects)
                .collect();
            told.sort_unstable();
            let answers = self.answers(cluster);
            let losers = self.losers(&told, |of_article, a, b| {
                let (x, y) = (interval(&self.statement(a).count), interval(&self.statement(b).count));
                !answers.contains(&(x, y))
                    && !answers.contains(&(y, x))
                    && self.count_two_things(cluster, of_article, a, b)
            });
            // "24" by one and "19" by another, which both are no four girls, are near one another.
            let losers: Vec<Interval> = losers.into_iter().collect();
            let together: Vec<&[Interval]> = losers.chunk_by(|a, b| self.are_rivals(&told, *a, *b)).collect();
            for together in together {
                self.let_go(number, together);
            }
        }
    }

    /// Figures that somebody denies, and what he puts in their place in the same article: who answers "17" by
    /// "six" speaks of the same people, however far apart the two are.
    fn answers(&self, cluster: &Cluster) -> BTreeSet<(Interval, Interval)> {
        let told = || cluster.members.iter().map(|(id, _)| self.statement(*id)).filter(|s| s.source.is_some());
        let mut denials: Vec<(u32, Option<u32>, Interval)> =
            told().filter(|s| s.denied).map(|s| (s.article, s.source, interval(&s.count))).collect();
        if denials.is_empty() {
            return BTreeSet::new();
        }
        denials.sort_unstable();
        let mut out = BTreeSet::new();
        for answer in told().filter(|s| !s.denied && s.count.has_value()) {
            let first = denials.partition_point(|(a, s, _)| (*a, *s) < (answer.article, answer.source));
            let his = denials[first..].iter().take_while(|(a, s, _)| (*a, *s) == (answer.article, answer.source));
            out.extend(his.take(FEW).map(|(.., denied)| (*denied, interval(&answer.count))));
        }
        out
    }

    /// Claims of what is counted at once are one fact as far as their figures hang together,
    /// whatever they tell: nobody sees twice as many arrested as were. The largest company stays.
    /// Where a category is `inferred`, figures may be of something else, and what one voice sets apart
    /// comes first.
    pub(super) fn part_crowds(&mut self, inferred: bool) {
        self.part_companies(|placing, cluster| {
            let tenths = if cluster.key.shape == Shape::ToDate { 29 } else { 19 };
            let once = placing.prepared.rules(cluster.key.category).counted_at_once;
            let worked_out = || cluster.members.iter().any(|(id, _)| placing.statement(*id).inferred.category);
            (once && worked_out() == inferred)
                .then(|| placing.companies(cluster, tenths, |count| count.high.or(count.low).unwrap_or(0)))
        });
    }

    /// The same of claims that tell too little of what they count: nobody whom, or a day that is inferred.
    pub(super) fn part_strangers(&mut self) {
        self.part_companies(|placing, cluster| {
            let inferred = || cluster.members.iter().all(|(id, _)| placing.statement(*id).inferred.date);
            let tells_whom = || cluster.members.iter().any(|(id, _)| placing.statement(*id).tells_whom());
            if tells_whom() && !inferred() || placing.counts_anything(cluster) {
                return None;
            }
            // In tenths. A count to date grows while it is told.
            let tenths = if cluster.key.shape == Shape::ToDate { 30 } else { 20 };
            Some(placing.companies(cluster, tenths, |count| count.high.unwrap_or(u64::MAX)))
        });
    }

    /// Parts facts by the companies that their figures make, where they are asked for.
    fn part_companies(&mut self, companies: impl Fn(&Self, &Cluster) -> Option<Vec<Vec<StatementId>>>) {
        for number in 0..self.placed.clusters.len() {
            let cluster = &self.placed.clusters[number];
            if cluster.values.len() < 2 {
                continue;
            }
            let Some(companies) = companies(self, cluster) else { continue };
            let mut companies = self.with_rivals(companies);
            let Some(largest) = (0..companies.len()).rev().max_by_key(|i| companies[*i].len()) else { continue };
            let largest = companies.remove(largest);
            // "1,074, up from 144": what is put right in the same article was said of the same thing.
            companies.retain(|company| {
                let put_right = |id: &StatementId| {
                    let statement = self.statement(*id);
                    let right = |other: &StatementId| {
                        let other = self.statement(*other);
                        other.corrects && other.article == statement.article
                    };
                    statement.denied && largest.iter().any(right)
                };
                !company.iter().all(put_right)
            });
            for company in companies {
                self.leave(number, &company);
            }
        }
    }

    /// Claims of no category that do not name what they count are one fact where their figures are
    /// near one another: nothing else ties them.
    pub(super) fn part_nameless(&mut self) {
        for number in 0..self.placed.clusters.len() {
            let cluster = &self.placed.clusters[number];
            if cluster.values.len() < 2 || !self.counts_anything(cluster) {
                continue;
            }
            let mut companies = self.companies(cluster, 13, |count| count.high.or(count.low).unwrap_or(0));
            let Some(largest) = (0..companies.len()).rev().max_by_key(|i| companies[*i].len()) else { continue };
            companies.remove(largest);
            for company in companies {
                self.leave(number, &company);
            }
        }
    }

    /// The claims of a fact by figures that hang together: each from so many tenths of how far those
    /// below it `reach`.
    fn companies(&self, cluster: &Cluster, tenths: u128, reach: impl Fn(&Quantity) -> u64) -> Vec<Vec<StatementId>> {
        let mut figures: Vec<(u64, u64, StatementId)> = cluster
            .members
            .iter()
            .map(|(id, _)| (&self.statement(*id).count, *id))
            .filter(|(count, _)| count.has_value())
            .map(|(count, id)| (count.low.unwrap_or(0), reach(count), id))
            .collect();
        figures.sort_unstable();
        let mut companies: Vec<Vec<StatementId>> = Vec::new();
        let mut reached = 0u64;
        for (low, high, id) in figures {
            match companies.last_mut() {
                Some(company) if u128::from(low) * 10 <= u128::from(reached.max(1)) * tenths => company.push(id),
                _ => companies.push(vec![id]),
            }
            reached = reached.max(high);
        }
        companies
    }

    /// Where two articles set one source's figure against the same other one's ("31, the institute says;
    /// more than 200, says the mayor"), the two are of one thing, however far apart.
    fn with_rivals(&self, companies: Vec<Vec<StatementId>>) -> Vec<Vec<StatementId>> {
        if companies.len() < 2 {
            return companies;
        }
        let mut told: Vec<(u32, usize, u32)> = Vec::new();
        for (number, company) in companies.iter().enumerate() {
            let statements = company.iter().map(|id| self.statement(*id)).filter(|s| !s.denied);
            told.extend(statements.filter_map(|s| Some((s.article, number, s.source?))));
        }
        told.sort_unstable();
        told.dedup();
        // By two neighbours of the figures of one article, and who gives them: how many articles have them.
        let mut rivals: BTreeMap<[(usize, u32); 2], usize> = BTreeMap::new();
        for of_article in told.chunk_by(|a, b| a.0 == b.0) {
            let by_company: Vec<&[(u32, usize, u32)]> = of_article.chunk_by(|a, b| a.1 == b.1).collect();
            for pair in by_company.windows(2) {
                for (_, low, a) in pair[0].iter().take(FEW) {
                    for (_, high, b) in pair[1].iter().take(FEW).filter(|(.., b)| a != b) {
                        *rivals.entry([(*low, *a), (*high, *b)]).or_default() += 1;
                    }
                }
            }
        }
        let mut root: Vec<usize> = (0..companies.len()).collect();
        // Two parties that each give one of two figures contradict one another.
        let given: BTreeSet<(usize, u32)> = told.iter().map(|(_, number, source)| (*number, *source)).collect();
        let of_two_parties = |low: usize, high: usize, a: u32, b: u32| {
            self.are_of_two_parties(a, b) && !given.contains(&(low, b)) && !given.contains(&(high, a))
        };
        for ([(low, a), (high, b)], articles) in &rivals {
            if *articles >= 2 || of_two_parties(*low, *high, *a, *b) {
                unite(&mut root, *low, *high);
            }
        }
        let mut out: BTreeMap<usize, Vec<StatementId>> = BTreeMap::new();
        for (number, company) in companies.into_iter().enumerate() {
            out.entry(find(&mut root, number)).or_default().extend(company);
        }
        out.into_values().collect()
    }

    /// Whether two figures of one article, filed as one fact, are too far apart to be it.
    fn count_two_things(&self, cluster: &Cluster, told: &[(u32, StatementId)], a: StatementId, b: StatementId) -> bool {
        let (x, y) = (self.statement(a), self.statement(b));
        let above = |low: &Quantity, high: &Quantity| matches!((low.high, high.low), (Some(ceiling), Some(floor)) if floor > ceiling);
        let (low, high) = match () {
            () if above(&x.count, &y.count) => (a, b),
            () if above(&y.count, &x.count) => (b, a),
            () => return false,
        };
        // The source's own word for it is held against the other one.
        if [a, b].iter().any(|id| self.is_anothers_word(told, *id)) {
            return false;
        }
        if self.is_inside(low, high) {
            return true;
        }
        let CategoryRules { counted_at_once: once, toll, nameless, counted_by_each, .. } =
            self.prepared.rules(cluster.key.category);
        // Beyond so many twentieths of the lower one, they are two.
        let beyond = |twentieths: u128| match (self.statement(low).count.high, self.statement(high).count.low) {
            (Some(ceiling), Some(floor)) => u128::from(floor) * 20 >= u128::from(ceiling) * twentieths,
            _ => false,
        };
        if self.are_those_of_a_house(cluster.key.category, low, high) && beyond(JUST_BEYOND) {
            return true;
        }
        // As far apart as the least of all rules asks, before any word is looked at.
        if !beyond(if toll || nameless { HALF_AS_MUCH } else { JUST_BEYOND }) {
            return false;
        }
        // A count to date grows, though not by ten times within one article: what one source has
        // counted by two days, or what it counts and had counted before. More than two of its
        // figures, up and down, are rather those of several places.
        // Of what has no category and no noun, nobody knows what it is that would grow.
        let to_date = cluster.key.shape == Shape::ToDate && !self.counts_anything(cluster);
        let grows = to_date && x.said != y.said;
        let of_two_days =
            x.said != y.said || to_date && (x.window.start, x.window.end) != (y.window.start, y.window.end);
        // Whose word it is, or what they are, may be another's.
        let worked_out = [x, y].iter().any(|s| s.inferred.voice || s.inferred.category);
        // "More than 1,000" and "1,074" are one figure.
        let figures_of = |source: Option<u32>| {
            let told = told.iter().map(|(_, id)| self.statement(*id));
            let own = told.filter(|s| s.article == x.article && s.source == source);
            let mut all: Vec<&Quantity> = own.map(|s| &s.count).collect();
            all.sort_unstable_by_key(|count| interval(count));
            all.chunk_by(|a, b| a.meets(b)).count()
        };
        let are_sure = !x.inferred.unsure && !y.inferred.unsure;
        let are_counted = are_sure && x.count.single().is_some() && y.count.single().is_some();
        let twentieths = match (x.source, y.source) {
            (a, b) if grows && (a == b || a.is_none() || b.is_none()) => TEN_TIMES,
            // Who counts those that he has before him does not count them twice.
            (a, b) if a == b && !toll && !nameless && !of_two_days && !worked_out => JUST_BEYOND,
            (a, b) if a == b && to_date && (figures_of(a) == 2 || self.is_series(told, x)) => TEN_TIMES,
            (a, b) if a == b => HALF_AS_MUCH,
            // Everybody counts those whom he has rescued himself; "about 50" may be a guess at all.
            _ if counted_by_each && once && cluster.facet.known() == 0 && are_counted => JUST_BEYOND,
            _ if !beyond(HALF_AS_MUCH) => return false,
            (None, _) | (_, None) if to_date && !once => THREE_TIMES,
            (None, _) | (_, None) => TWICE,
            _ if !self.may_be_one_group(a, b) => TWICE,
            // So is who is hurt: at a hospital, by a crew, in a list.
            _ if counted_by_each && are_sure => HALF_AS_MUCH,
            (Some(a), Some(b)) if once && !self.are_of_two_parties(a, b) => TWICE,
            // Two sides of a war differ as widely as they like.
            _ => return false,
        };
        // What "dozens" leaves open is a convention, and no word of the source.
        let vague = [low, high].iter().any(|id| self.statement(*id).count.form == Form::Vague);
        beyond(if vague { twentieths.max(TEN_TIMES) } else { twentieths })
    }

    /// Whether a figure in an article's own voice is one that a source of the same article has given.
    fn is_anothers_word(&self, told: &[(u32, StatementId)], id: StatementId) -> bool {
        let own = self.statement(id);
        own.source.is_none()
            && told.iter().map(|(_, other)| self.statement(*other)).any(|other| {
                other.source.is_some() && other.article == own.article && interval(&other.count) == interval(&own.count)
            })
    }

    /// Whether the figures of one voice only rise or only fall through an article: a toll, told as it grew.
    fn is_series(&self, told: &[(u32, StatementId)], of: &Statement) -> bool {
        let of_voice = |id: &StatementId| {
            let other = self.statement(*id);
            (other.article, other.source) == (of.article, of.source)
        };
        let placed = |id: StatementId| {
            let count = &self.statement(id).count;
            Some((self.prepared.claim(id).evidence.first()?.span.start, count.low.or(count.high)?))
        };
        let mut in_order: Vec<(u32, u64)> =
            told.iter().map(|(_, id)| *id).filter(of_voice).filter_map(placed).collect();
        in_order.sort_unstable();
        in_order.is_sorted_by_key(|(_, figure)| *figure)
            || in_order.is_sorted_by_key(|(_, figure)| std::cmp::Reverse(*figure))
    }

    /// Whether two sources speak for two parties.
    fn are_of_two_parties(&self, a: u32, b: u32) -> bool {
        let side = |source: u32| &self.prepared.sources[source as usize].side;
        matches!((side(a), side(b)), (Side::Party(a), Side::Party(b)) if a != b)
    }

    /// Whether two figures of named sources are near one another, and none gives both in one article.
    fn are_rivals(&self, told: &[(u32, StatementId)], a: Interval, b: Interval) -> bool {
        let near = match (a.1, b.0) {
            (Some(ceiling), Some(floor)) => u128::from(floor) * 2 < u128::from(ceiling) * 3,
            _ => false,
        };
        let named = |figure: Interval| {
            let of_it = || told.iter().map(|(_, id)| self.statement(*id)).filter(|s| interval(&s.count) == figure);
            of_it().all(|s| s.source.is_some())
        };
        let voices = |figure: Interval| {
            let of_it = told.iter().map(|(article, id)| (*article, self.statement(*id)));
            of_it.filter(move |(_, s)| interval(&s.count) == figure).map(|(article, s)| (article, s.source))
        };
        let first: BTreeSet<(u32, Option<u32>)> = voices(a).collect();
        near && named(a) && named(b) && !voices(b).any(|voice| first.contains(&voice))
    }

    /// Whether the lower of two figures of one article that do not meet is of some of those that the
    /// higher counts: it is said to be a part ("41 girls" of 78, and 81 children), or it names a group
    /// where the article itself tells of people ("113 police officers", and at least 146 hurt).
    fn is_inside(&self, low: StatementId, high: StatementId) -> bool {
        let (x, y) = (self.statement(low), self.statement(high));
        let part = |id: StatementId| self.prepared.claim(id).reading.part_of.is_some();
        let twice = match (x.count.high, y.count.low) {
            (Some(ceiling), Some(floor)) => u128::from(floor) * 2 >= u128::from(ceiling) * 3,
            _ => false,
        };
        let group = |id: StatementId| group_of(self.prepared.claim(id).quote());
        part(low) && !part(high) && twice
            || x.source.is_some()
                && y.source.is_none()
                && group(high).is_none()
                && group(low).is_some()
                && !is_all_of_a_toll(self.prepared.claim(low).quote())
    }

    /// Whether the lower of two figures of the hurt is that of a hospital, which counts those who were brought to
    /// it, and the higher one is told by somebody else. Of the dead a hospital is asked for all.
    fn are_those_of_a_house(&self, category: Sym, low: StatementId, high: StatementId) -> bool {
        let house = |id: StatementId| {
            let source = self.statement(id).source.map(|source| &self.prepared.sources[source as usize]);
            // "Authorities and hospitals" know of all.
            let one = |source: &Source| source.joint.is_empty() && !source.name.ends_with('s');
            source.is_some_and(|source| one(source) && source.key.split(' ').any(|word| HOUSES.contains(&word)))
        };
        let CategoryRules { toll, only_grows, found_in_time, .. } = self.prepared.rules(category);
        found_in_time && only_grows && !toll && house(low) && !house(high)
    }

    /// Whether the words of two counts may speak of one group: the same, or "two soldiers" and
    /// "seven", which names nobody.
    fn may_be_one_group(&self, a: StatementId, b: StatementId) -> bool {
        let quote = |id: StatementId| self.prepared.claim(id).quote();
        let are_sure = ![a, b].iter().any(|id| self.statement(*id).inferred.unsure);
        match (group_of(quote(a)), group_of(quote(b))) {
            (None, Some(_)) => is_all_of_a_toll(quote(b)) && names_nobody(quote(a)),
            (Some(_), None) => is_all_of_a_toll(quote(a)) && names_nobody(quote(b)),
            // The one side's "140 militants" are the other's "19 men".
            (Some(x), Some(y)) if x != y && are_sure => is_all_of_a_toll(quote(a)) && is_all_of_a_toll(quote(b)),
            (x, y) => x == y,
        }
    }

    /// Whether a fact is of no category, and none of its claims names what it counts.
    fn counts_anything(&self, cluster: &Cluster) -> bool {
        cluster.key.subset == NONE && self.prepared.rules(cluster.key.category).nameless
    }

    /// Of two figures, the one that a hospital has of its own; the one that fewer articles have; else the smaller.
    fn loser(&self, told: &[(u32, StatementId)], a: StatementId, b: StatementId) -> Interval {
        let (x, y) = (&self.statement(a).count, &self.statement(b).count);
        let support = |count: &Quantity| {
            let meeting = told.iter().filter(|(_, id)| repeats(&self.statement(*id).count, count));
            meeting.map(|(article, _)| *article).collect::<BTreeSet<u32>>().len()
        };
        let own_house = |a, b| self.are_those_of_a_house(self.statement(a).key.category, a, b);
        let first = match () {
            () if own_house(a, b) && x.high < y.low => true,
            () if own_house(b, a) && y.high < x.low => false,
            () => (support(x), x.low, x.high) <= (support(y), y.low, y.high),
        };
        interval(if first { x } else { y })
    }

    /// Whether a source speaks for one of the parties of a fact.
    fn is_party_to(&self, cluster: &Cluster, source: u32) -> bool {
        let Side::Party(side) = &self.prepared.sources[source as usize].side else { return false };
        let roots = cluster.roots;
        [roots.party, roots.from, roots.to].into_iter().any(|root| self.prepared.interner.str(root) == &**side)
    }

    /// What two sources of one article propose, hope for or fear are two things, unless they are the two
    /// parties to it: nobody has counted anything yet that both could speak of.
    pub(super) fn part_offers(&mut self) {
        for number in 0..self.placed.clusters.len() {
            let cluster = &self.placed.clusters[number];
            if cluster.values.len() < 2 {
                continue;
            }
            let mut told: Vec<(u32, StatementId)> =
                cluster.members.iter().map(|(id, _)| (self.statement(*id).article, *id)).collect();
            told.sort_unstable();
            let losers = self.losers(&told, |_, a, b| {
                let (x, y) = (self.statement(a), self.statement(b));
                let two = match (x.source, y.source) {
                    (Some(a), Some(b)) => a != b && !(self.is_party_to(cluster, a) && self.is_party_to(cluster, b)),
                    _ => false,
                };
                two && x.count.relation(&y.count) == Relation::Conflict
            });
            for loser in losers {
                self.let_go(number, &[loser]);
            }
        }
    }

    /// Of every two claims of one article that are two things, the figure that leaves. `told` has the claims
    /// by article.
    fn losers(
        &self,
        told: &[(u32, StatementId)],
        are_two: impl Fn(&[(u32, StatementId)], StatementId, StatementId) -> bool,
    ) -> BTreeSet<Interval> {
        let mut losers = BTreeSet::new();
        for of_article in told.chunk_by(|a, b| a.0 == b.0) {
            let of_article = &of_article[..of_article.len().min(PAIRS)];
            for (i, (_, a)) in of_article.iter().enumerate() {
                for (_, b) in &of_article[i + 1..] {
                    if are_two(of_article, *a, *b) {
                        losers.insert(self.loser(told, *a, *b));
                    }
                }
            }
        }
        losers
    }

    /// Takes the claims with some figures out of a fact, unless that were all of it.
    fn let_go(&mut self, number: usize, figures: &[Interval]) {
        let members = &self.placed.clusters[number].members;
        let of_them = |id: &StatementId| figures.contains(&interval(&self.statement(*id).count));
        let mut leaving: Vec<StatementId> = members.iter().map(|(id, _)| *id).filter(of_them).collect();
        // "Not 17 but 15": what is put right goes where the right figure goes.
        let denied = members.iter().map(|(id, _)| *id).filter(|id| self.statement(*id).denied && !of_them(id));
        let put_right: Vec<StatementId> = denied
            .filter(|id| {
                let denied = self.statement(*id);
                let own = |other: &&StatementId| {
                    let other = self.statement(**other);
                    (other.article, other.source) == (denied.article, denied.source) && !other.denied
                };
                let near = |other: &StatementId| are_near(&self.statement(*other).count, &denied.count);
                let stays = members.iter().map(|(id, _)| id).filter(|id| !of_them(id)).filter(own).any(near);
                !stays && leaving.iter().filter(own).any(near)
            })
            .take(PAIRS)
            .collect();
        leaving.extend(put_right);
        if leaving.len() < members.len() {
            self.leave(number, &leaving);
        }
    }

    /// Takes claims out of a fact into one of their own, which could also be that fact.
    pub(super) fn leave(&mut self, number: usize, leaving: &[StatementId]) {
        let mut leaving = leaving.to_vec();
        leaving.sort_unstable();
        let of_them = |id: &StatementId| leaving.binary_search(id).is_ok();
        let members = std::mem::take(&mut self.placed.clusters[number].members);
        let (gone, staying): (Vec<_>, Vec<_>) = members.into_iter().partition(|(id, _)| of_them(id));
        self.placed.clusters[number].members = staying;
        let mut fresh = Cluster::beside(&self.placed.clusters[number]);
        for (id, because) in gone {
            let because = if fresh.members.is_empty() { Because::Founds } else { because };
            let because =
                if because == Because::Founds && !fresh.members.is_empty() { Because::SameWindow } else { because };
            let count = &self.statement(id).count;
            if fresh.values.len() < FEW && count.has_value() && !fresh.values.contains(count) {
                fresh.values.push(count.clone());
            }
            fresh.members.push((id, because));
        }
        if fresh.members.is_empty() {
            return;
        }
        fresh.maybe = u32::try_from(number).into_iter().collect();
        fresh.narrow(self.prepared);
        self.placed.clusters[number].narrow(self.prepared);
        self.placed.clusters.push(fresh);
    }
}
