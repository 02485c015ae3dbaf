//! What the sources of a fact come to: first match wins, and the reason is told in words.

use crate::claim::{BOTH, ClaimRelation, Conventions, FactFlag, FactVerdict, Quantity, Relation, Side, grouped};

use super::estimate::{Estimate, estimate};
use super::interner::Lookup;
use super::names::Names;
use super::origins::{Part, Standing, Voices, voices, words_of_standing};
use super::placing::Cluster;
use super::series::{mark_counted_on, mark_overtaken, mark_retold};
use super::statement::{Prepared, Shape};

/// All that can be said of a fact from its own claims.
#[derive(Clone, Debug)]
pub(super) struct Assessed {
    pub estimate: Estimate,
    /// The Admiralty number that the rules suggest.
    pub information: u8,
    pub verdict: FactVerdict,
    pub reason: String,
    pub flags: Vec<(FactFlag, String)>,
    pub k_origins: usize,
    pub k_sides: usize,
    pub n_articles: usize,
    pub n_unattributed: usize,
    pub voices: Voices,
    /// By member of the cluster.
    pub relations: Vec<ClaimRelation>,
}

/// Assesses a fact by its claims alone; knows nothing of other facts.
pub(super) fn assess(
    prepared: &Prepared<'_>,
    names: &Names<'_>,
    conventions: &Conventions,
    cluster: &Cluster,
) -> Assessed {
    let mut voices = voices(prepared, cluster);
    // Who is missing or displaced is counted as of a time, even where one event is behind it.
    let rules = prepared.rules(cluster.key.category);
    let changes = cluster.key.shape == Shape::Event && !rules.only_grows && !rules.transfer;
    // Those who are held are set free.
    let only_grows = rules.only_grows && !cluster.key.held;
    let to_date = cluster.key.shape == Shape::ToDate || changes;
    // The dead and the hurt of one event are found in time as well, as long as it is not two parties that
    // count them.
    let found_in_time =
        cluster.key.shape == Shape::Event && rules.found_in_time && !is_of_two_parties(prepared, &voices);
    if to_date || found_in_time {
        mark_overtaken(&mut voices.standings, only_grows);
        if cluster.key.shape == Shape::ToDate {
            mark_retold(&mut voices.standings);
        }
        // Of one event two named origins may count two things; what has no name was what was known then.
        if !to_date {
            voices.standings.iter_mut().filter(|s| s.source.is_some()).for_each(|s| s.outdated = false);
            if only_grows {
                mark_counted_on(&mut voices.standings);
            }
        }
        for standing in voices.standings.iter().filter(|s| s.outdated) {
            for member in &standing.members {
                if voices.parts[*member] == Part::Live {
                    voices.parts[*member] = Part::Superseded;
                }
            }
        }
    }
    let parties = Parties::of(prepared, cluster);
    let apart = Apart::of(&voices.standings);
    let opposing_agree = opposing_agreement(prepared, names, &parties, &voices.standings);
    // A differing figure without a name does not shake what opposing sides agree on.
    let outlier = opposing_agree.filter(|value| {
        voices.standings.iter().any(|s| is_outlier(s, *value))
            && Apart::of_those(voices.standings.iter().filter(|s| !is_outlier(s, *value))).conflict().is_none()
    });
    let grey = |s: &Standing| outlier.is_some_and(|value| is_outlier(s, value));
    let estimate = estimate(prepared, &voices.standings, conventions, to_date, grey);
    let count = Counted::of(prepared, &voices, cluster, &estimate);
    let mut flags = std::mem::take(&mut voices.flags);
    // Nor does an article that is at odds with itself shake what several origins agree on.
    let named = || voices.standings.iter().filter(|s| s.source.is_some() && s.word().is_some());
    let several_agree = named().count() > 1 && Apart::of_those(named()).tension().is_none();
    let contradicts_itself =
        voices.contradiction.take().filter(|(_, named)| *named || !several_agree).map(|(text, _)| text);
    if let Some(value) = outlier {
        let who: Vec<String> = voices
            .standings
            .iter()
            .filter(|s| is_outlier(s, value))
            .take(3)
            .map(|s| words_of_standing(prepared, s))
            .collect();
        let text = format!("opposing sides agree on {}; {} widens the range in grey", grouped(value), who.join(", "));
        flags.push((FactFlag::UnattributedOutlier, text));
    }
    // "3,000" and "more than 3,000" are one number in two wordings.
    let reworded = |(low, high): &(usize, usize)| one_number(&voices.standings[*low], &voices.standings[*high]);
    let conflict = if outlier.is_some() { None } else { apart.conflict().filter(|pair| !reworded(pair)) };
    let tension = if outlier.is_some() { None } else { apart.tension() };
    let (verdict, reason) = if let Some((low, high)) = conflict {
        (FactVerdict::Conflicting, conflict_reason(prepared, &voices.standings, low, high))
    } else if let Some(text) = contradicts_itself {
        (FactVerdict::Conflicting, text)
    } else if let Some((low, high)) = tension {
        let (low, high) = (&voices.standings[low], &voices.standings[high]);
        let why = match one_number(low, high) {
            true => "give the same number, one of them with a “more than” or “fewer than” before it",
            false => "fail to meet, but only by what “about” and vague words are taken to leave open",
        };
        let reason = format!("{} and {} {why}", words_of_standing(prepared, low), words_of_standing(prepared, high));
        (FactVerdict::Tension, reason)
    } else {
        agreement(prepared, names, &parties, &voices, &count, &estimate)
    };
    // A conflict rests on nobody.
    if !matches!(verdict, FactVerdict::Conflicting | FactVerdict::Tension) {
        rests_on(prepared, &voices, &count, &mut flags);
    }
    let retold = match verdict {
        FactVerdict::Unattributed => count.n_unattributed > 1 || count.n_articles > 1,
        FactVerdict::Echo => count.n_unattributed > 0,
        _ => false,
    };
    if retold {
        let text = format!("{} articles carry the figure, not all of them on somebody's word", count.n_articles);
        flags.push((FactFlag::Echoed, text));
    }
    let relations = relations(prepared, cluster, &voices, &estimate, &apart);
    let information = information(prepared, &voices, &count, verdict);
    Assessed {
        k_origins: match verdict {
            FactVerdict::Conflicting | FactVerdict::Tension => count.live_origins,
            _ => count.adding.len(),
        },
        k_sides: match verdict {
            FactVerdict::Conflicting | FactVerdict::Tension => count.live_sides,
            _ => count.sides.len(),
        },
        n_articles: count.n_articles,
        n_unattributed: count.n_unattributed,
        estimate,
        information,
        verdict,
        reason,
        flags,
        voices,
        relations,
    }
}

/// Whether origins of two parties speak, who differ as widely as they like, and whenever they like.
fn is_of_two_parties(prepared: &Prepared<'_>, voices: &Voices) -> bool {
    let sides = voices.standings.iter().filter_map(|s| s.source).map(|s| &prepared.sources[s as usize].side);
    let mut parties = sides.filter(|side| matches!(side, Side::Party(_)));
    parties.next().is_some_and(|first| parties.any(|other| other != first))
}

/// The Admiralty number for the information: what rests on the nameless is 2 at best.
fn information(prepared: &Prepared<'_>, voices: &Voices, count: &Counted<'_>, verdict: FactVerdict) -> u8 {
    let nameless = |i: &usize| {
        voices.standings[*i].source.is_some_and(|s| {
            let source = &prepared.sources[s as usize];
            source.anonymous || source.presumed
        })
    };
    let named = count.adding.iter().filter(|i| !nameless(i)).count();
    let rests_on_the_nameless = named < count.adding.len();
    match verdict {
        FactVerdict::Conflicting | FactVerdict::Tension => 4,
        FactVerdict::CorroboratedOpposing if !rests_on_the_nameless => 1,
        FactVerdict::CorroboratedIndependent | FactVerdict::CorroboratedSameSide if named >= 3 => 1,
        FactVerdict::CorroboratedOpposing
        | FactVerdict::CorroboratedIndependent
        | FactVerdict::CorroboratedSameSide => 2,
        FactVerdict::Echo | FactVerdict::SingleOrigin if named > 0 => 3,
        FactVerdict::Echo | FactVerdict::SingleOrigin | FactVerdict::Unattributed => 6,
        FactVerdict::Analyst => 5,
    }
}

/// The parties to the event, under the names of sides.
struct Parties<'p>(Vec<&'p str>);

impl<'p> Parties<'p> {
    fn of(prepared: &'p Prepared<'_>, cluster: &Cluster) -> Self {
        let roots = cluster.roots;
        let named = [roots.party, roots.from, roots.to].map(|sym| prepared.interner.str(sym));
        Self(named.into_iter().filter(|name| !name.is_empty() && *name != BOTH).collect())
    }

    /// Whether two sides face each other in this event.
    fn face(&self, names: &Names<'_>, a: &Side, b: &Side) -> bool {
        let (Side::Party(a), Side::Party(b)) = (a, b) else { return false };
        a != b && (self.0.contains(&&**a) && self.0.contains(&&**b) || names.are_opposite(a, b))
    }
}

/// The two words that stand farthest apart.
struct Apart {
    /// Highest floor and lowest ceiling, hard ones only.
    hard: (Option<(u64, usize)>, Option<(u64, usize)>),
    /// The same, soft ones included.
    all: (Option<(u64, usize)>, Option<(u64, usize)>),
}

impl Apart {
    fn of(standings: &[Standing]) -> Self {
        Self::of_those(standings.iter())
    }

    /// Like [`Self::of`]; the numbers are places in what is given.
    fn of_those<'s>(standings: impl Iterator<Item = &'s Standing>) -> Self {
        let mut out = Self { hard: (None, None), all: (None, None) };
        for (i, standing) in standings.enumerate() {
            let Some(word) = standing.word() else { continue };
            let raise = |to: &mut Option<(u64, usize)>, n: u64| {
                if to.is_none_or(|(m, _)| n > m) {
                    *to = Some((n, i));
                }
            };
            let sink = |to: &mut Option<(u64, usize)>, n: u64| {
                if to.is_none_or(|(m, _)| n < m) {
                    *to = Some((n, i));
                }
            };
            if let Some(low) = word.low {
                raise(&mut out.all.0, low);
                if !word.low_soft {
                    raise(&mut out.hard.0, low);
                }
            }
            if let Some(high) = word.high {
                sink(&mut out.all.1, high);
                if !word.high_soft {
                    sink(&mut out.hard.1, high);
                }
            }
        }
        out
    }

    /// Who stands above whom, by hard bounds: the lower, then the higher.
    fn conflict(&self) -> Option<(usize, usize)> {
        apart(self.hard)
    }

    fn tension(&self) -> Option<(usize, usize)> {
        apart(self.all)
    }
}

/// Whether two words that do not meet have the same number in them: "3,000", "more than 3,000".
fn one_number(a: &Standing, b: &Standing) -> bool {
    let number = |s: &Standing| s.word().and_then(|word| word.n);
    number(a).is_some() && number(a) == number(b)
}

fn apart((floor, ceiling): (Option<(u64, usize)>, Option<(u64, usize)>)) -> Option<(usize, usize)> {
    let ((floor, high), (ceiling, low)) = (floor?, ceiling?);
    (ceiling < floor).then_some((low, high))
}

/// The exact value that two sides that face each other both give.
fn opposing_agreement(
    prepared: &Prepared<'_>,
    names: &Names<'_>,
    parties: &Parties<'_>,
    standings: &[Standing],
) -> Option<u64> {
    if standings.len() < 2 {
        return None;
    }
    // Who is of no party faces nobody.
    let mut given: Vec<(u64, &Side)> = standings
        .iter()
        .filter_map(|standing| Some((standing, &prepared.sources[standing.source? as usize].side)))
        .filter(|(_, side)| matches!(side, Side::Party(_)))
        .filter_map(|(standing, side)| Some((standing.word()?.single()?, side)))
        .collect();
    given.sort_unstable();
    given.dedup();
    let mut values = given.chunk_by(|a, b| a.0 == b.0);
    let faced = |of_value: &&[(u64, &Side)]| any_face(names, parties, of_value.iter().map(|(_, side)| *side));
    values.find(faced).map(|of_value| of_value[0].0)
}

/// Whether two of some sides, none of them given twice, face each other.
fn any_face<'s>(names: &Names<'_>, parties: &Parties<'_>, mut sides: impl Iterator<Item = &'s Side> + Clone) -> bool {
    while let Some(side) = sides.next() {
        if sides.clone().any(|other| parties.face(names, side, other)) {
            return true;
        }
    }
    false
}

fn is_outlier(standing: &Standing, value: u64) -> bool {
    standing.source.is_none()
        && standing.word().is_some_and(|word| word.relation(&Quantity::exact(value)) == Relation::Conflict)
}

/// Who adds to the verdict, and from how many articles.
struct Counted<'p> {
    /// Places of the standings that add.
    adding: Vec<usize>,
    /// The known sides of these.
    sides: Vec<&'p Side>,
    live_origins: usize,
    live_sides: usize,
    n_articles: usize,
    n_unattributed: usize,
    /// Articles of the adding origins, and own voices that give the same.
    echoing: usize,
}

impl<'p> Counted<'p> {
    fn of(prepared: &'p Prepared<'_>, voices: &Voices, cluster: &Cluster, estimate: &Estimate) -> Self {
        let named = || voices.standings.iter().enumerate().filter(|(_, s)| s.source.is_some() && s.word().is_some());
        let mut adding: Vec<usize> = named()
            .filter(|(_, s)| match (s.word(), estimate.common) {
                (Some(word), Some(common)) => adds(word, common),
                // A state of affairs, of which nobody gives a figure.
                (Some(word), None) => !word.has_value(),
                (None, _) => false,
            })
            .map(|(i, _)| i)
            .collect();
        if adding.is_empty() {
            adding.extend(named().map(|(i, _)| i).next());
        }
        let known_sides = |standings: &mut dyn Iterator<Item = &Standing>| {
            let sides = standings.filter_map(|s| Some(&prepared.sources[s.source? as usize].side));
            let mut known: Vec<&'p Side> = sides.filter(|side| **side != Side::Unknown).collect();
            known.sort_unstable();
            known.dedup();
            known
        };
        let article = |i: usize| prepared.statements[cluster.members[i].0 as usize].article;
        let distinct = |mut articles: Vec<u32>| {
            articles.sort_unstable();
            articles.dedup();
            articles.len()
        };
        let articles = (0..cluster.members.len()).filter(|i| voices.parts[*i] != Part::Denied).map(article);
        let speaks = |s: &&Standing| {
            let live = s.members.iter().any(|i| voices.parts[*i] == Part::Live);
            s.source.is_none() && s.word().is_some() && live
        };
        let first = adding.first().and_then(|i| voices.standings[*i].word());
        let repeats = |s: &Standing| match (s.word(), estimate.common) {
            (Some(word), Some(best)) => adds(word, best),
            (word, None) => word.is_some() && word == first,
            (None, Some(_)) => false,
        };
        let own_repeating = voices.standings.iter().filter(|s| s.source.is_none() && repeats(s));
        let echoing = adding
            .iter()
            .map(|i| &voices.standings[*i])
            .chain(own_repeating)
            .flat_map(|s| &s.members)
            .map(|i| article(*i))
            .collect();
        Self {
            sides: known_sides(&mut adding.iter().map(|i| &voices.standings[*i])),
            live_origins: named().count(),
            live_sides: known_sides(&mut named().map(|(_, s)| s)).len(),
            n_articles: distinct(articles.collect()),
            n_unattributed: voices.standings.iter().filter(speaks).count(),
            echoing: distinct(echoing),
            adding,
        }
    }
}

/// Whether a word adds to what others say: the same exact value, or an interval that holds it and
/// is no wider than a fifth of it. Floors, ceilings and vague words never do.
fn adds(word: &Quantity, best: u64) -> bool {
    match (word.low, word.high) {
        (Some(low), Some(high)) => low <= best && best <= high && high - low <= best / 5,
        _ => false,
    }
}

fn conflict_reason(prepared: &Prepared<'_>, standings: &[Standing], low: usize, high: usize) -> String {
    let (low, high) = (&standings[low], &standings[high]);
    let gap = match (low.word().and_then(|w| w.high), high.word().and_then(|w| w.low)) {
        (Some(a), Some(b)) => format!(", {} apart", grouped(b.saturating_sub(a))),
        _ => String::new(),
    };
    let nameless = match (low.source, high.source) {
        (None, None) => "; neither figure has a named origin",
        (None, _) | (_, None) => "; one of the two has no named origin",
        _ => "",
    };
    let apart = match (low.said, high.said) {
        (Some(first), Some(then)) if first < then => {
            format!("; the higher was told {} days later and may be an update", (then - first).num_days())
        }
        _ => String::new(),
    };
    format!("{} against {}{gap}{nameless}{apart}", words_of_standing(prepared, low), words_of_standing(prepared, high))
}

fn agreement(
    prepared: &Prepared<'_>,
    names: &Names<'_>,
    parties: &Parties<'_>,
    voices: &Voices,
    count: &Counted<'_>,
    estimate: &Estimate,
) -> (FactVerdict, String) {
    let name = |i: &usize| voices.standings[*i].source.map_or("", |source| &*prepared.sources[source as usize].name);
    let who: Vec<&str> = count.adding.iter().take(4).map(name).collect();
    let more = count.adding.len().saturating_sub(who.len());
    let mut who = who.join(" and ");
    if more > 0 {
        who.push_str(&format!(" and {more} more"));
    }
    let value = estimate.common.map_or_else(String::new, |best| format!(" on {}", grouped(best)));
    let k = count.adding.len();
    if k >= 2 {
        let sides = &count.sides;
        if any_face(names, parties, sides.iter().copied()) {
            let reason = format!("{who} agree{value}, and stand on opposing sides");
            return (FactVerdict::CorroboratedOpposing, reason);
        }
        let known = count
            .adding
            .iter()
            .filter(|i| {
                voices.standings[**i].source.is_some_and(|s| prepared.sources[s as usize].side != Side::Unknown)
            })
            .count();
        let one_party = sides.len() == 1 && sides.iter().all(|side| matches!(side, Side::Party(_)));
        if known >= 2 && !one_party {
            let reason = format!("{who} agree{value}, and are neither opposed nor of one side");
            return (FactVerdict::CorroboratedIndependent, reason);
        }
        let reason = match known {
            k if k == count.adding.len() => format!("{who} agree{value}, all of one side"),
            _ => format!("{who} agree{value}; not all sides are known, so the weakest kind of agreement is taken"),
        };
        return (FactVerdict::CorroboratedSameSide, reason);
    }
    if k == 1 && count.echoing >= 2 {
        let reason = format!("{} articles, and all that they tell goes back to {who}", count.n_articles);
        return (FactVerdict::Echo, reason);
    }
    if k == 1 {
        let reason = match count.live_origins.saturating_sub(1) {
            0 => format!("{who} alone"),
            1 => format!("{who}; one more origin gives a bound or a range, which adds nothing"),
            n => format!("{who}; {n} more origins give bounds or ranges, which add nothing"),
        };
        return (FactVerdict::SingleOrigin, reason);
    }
    let reason = match (count.n_unattributed, voices.parts.contains(&Part::Denied)) {
        (0, true) => "it is only denied".to_owned(),
        (0, false) => "nobody gives a figure".to_owned(),
        (1, _) => "told by one article in its own voice".to_owned(),
        (n, _) => format!("told by {n} articles in their own voice"),
    };
    (FactVerdict::Unattributed, reason)
}

fn rests_on(prepared: &Prepared<'_>, voices: &Voices, count: &Counted<'_>, flags: &mut Vec<(FactFlag, String)>) {
    for i in &count.adding {
        let Some(source) = voices.standings[*i].source.map(|s| &prepared.sources[s as usize]) else { continue };
        if source.anonymous {
            flags.push((FactFlag::AnonymousOrigin, format!("the verdict rests on {}, who has no name", source.name)));
        }
        if source.presumed {
            let text =
                format!("{} is presumed to speak for {}, whose agency quotes it", source.name, source.side.word());
            flags.push((FactFlag::PresumedSide, text));
        }
    }
}

fn relations(
    prepared: &Prepared<'_>,
    cluster: &Cluster,
    voices: &Voices,
    estimate: &Estimate,
    apart: &Apart,
) -> Vec<ClaimRelation> {
    let conflict = apart.conflict().is_some();
    // Where the rule takes none, what all agree on is still what they agree on.
    let agreed = estimate.common.filter(|_| apart.tension().is_none());
    let best = estimate.best.or(agreed).map(|best| (Quantity::exact(best), estimate.best_approx));
    let bounds = (apart.hard.0.map(|(n, _)| n), apart.hard.1.map(|(n, _)| n));
    let mut seen: Lookup<(Option<u32>, u32, Option<u64>, Option<u64>), ()> = Lookup::default();
    let mut out = Vec::with_capacity(cluster.members.len());
    for ((id, _), part) in cluster.members.iter().zip(&voices.parts) {
        let statement = &prepared.statements[*id as usize];
        let count = &statement.count;
        let relation = match part {
            Part::Denied => ClaimRelation::Denied,
            Part::ConfirmsEvent => ClaimRelation::ConfirmsEvent,
            Part::Restates => ClaimRelation::Restates,
            Part::Superseded => ClaimRelation::Superseded,
            // The same source, figure and article again.
            Part::Live if seen.insert((statement.source, statement.article, count.low, count.high), ()).is_some() => {
                ClaimRelation::Restates
            }
            Part::Live => match &best {
                Some((best, approx)) => match count.relation(best) {
                    Relation::Agree => ClaimRelation::Agrees,
                    Relation::Compatible if *approx && count.n == best.n => ClaimRelation::Agrees,
                    Relation::Compatible => ClaimRelation::Compatible,
                    Relation::Tension => ClaimRelation::Tension,
                    Relation::Conflict if count.n.is_some() && count.n == best.n => ClaimRelation::Tension,
                    Relation::Conflict => ClaimRelation::Conflicts,
                },
                None => {
                    let above =
                        matches!((count.low, bounds.1), (Some(low), Some(high)) if low > high && !count.low_soft);
                    let below =
                        matches!((count.high, bounds.0), (Some(high), Some(low)) if high < low && !count.high_soft);
                    if conflict && (above || below) { ClaimRelation::Conflicts } else { ClaimRelation::Compatible }
                }
            },
        };
        out.push(relation);
    }
    out
}
