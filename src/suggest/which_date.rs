//! Which mention of a date dates a claim: that of its own words, of the sentence before, of the main
//! event; and which does not: the day of a saying, of an aside, of another count.

use std::ops::Range;

use super::attribution::{Saying, Scope};
use super::clauses::Voice;
use super::dates::{Bound, DateKind, DateMention};
use super::draft::Draft;
use super::lexicon_pass::{Forms, bit};
use super::pipeline::Read;
use super::sheet::Sheet;
use super::when::Calendar;
use crate::article::BlockKind;
use crate::claim::{Cue, Modality, NounClass};

/// How many mentions of dates are looked through for one: however long the article.
pub(super) const REACH: usize = 64;

/// The day of the main event: that of the first sentence of the body, among the first six, that dates
/// what it tells: a count, or an event by its name or verb. What was said on a day is not dated by
/// it, and neither is what lies further back or ahead.
pub(super) fn main_event(
    sheet: &Sheet<'_>,
    calendar: &Calendar<'_>,
    read: &[Read],
    drafts: &[Draft<'_>],
) -> Option<usize> {
    const LEAD: usize = 6;
    // "A similar swap took place on Monday" dates another event.
    const OTHER: &[&str] = &["similar", "previous", "previously", "earlier", "prior", "before", "last", "separate"];
    let body = |index: &usize| matches!(sheet.block(*index), BlockKind::Paragraph | BlockKind::Item);
    let in_lead = (0..read.len()).filter(body).take(LEAD).find_map(|index| {
        let sentence = &read[index];
        if sentence.units.clone().any(|unit| sheet.is_any(unit, OTHER)) {
            return None;
        }
        let of_event = |place: usize| {
            let mention = &calendar.mentions[place];
            let day = mention.window.single_day().is_some()
                || mention.text_window.single_day().is_some()
                || matches!(mention.kind, DateKind::Weekday | DateKind::Today | DateKind::Day);
            day && mention.bound == Bound::At && !mention.look_back && !mention.future && !mention.extent
        };
        let first = drafts.partition_point(|d| d.sentence < index);
        let told = drafts[first..].iter().take_while(|d| d.sentence == index);
        let by_count = told
            .filter(|d| matches!(d.modality.0, Modality::Reported | Modality::Confirmed))
            .find_map(|d| own_sentence(sheet, calendar, d, sentence).filter(|place| of_event(*place)));
        by_count.or_else(|| {
            let struck = |unit: usize| names_event(sheet, unit) || sheet.is_any(unit, HAPPENS);
            // "Nobody disputes that people drowned in the night to 5 June", ten days on: a day by the calendar.
            let of_late = |place: usize| {
                let mention = &calendar.mentions[place];
                let published = calendar.known.published.start;
                mention.kind == DateKind::Day
                    && mention.bound == Bound::At
                    && !mention.future
                    && published
                        .zip(mention.window.single_day())
                        .is_some_and(|(published, day)| (0..=21).contains(&(published - day).num_days()))
            };
            let dated = |(at, place): (usize, usize)| {
                if !(of_event(place) || of_late(place))
                    || is_utterance(sheet, at, &sentence.sayings)
                    || is_compared(sheet, at)
                    || is_dateline(sheet, at, &sentence.units)
                    || sets_scene(sheet, at, &sentence.units)
                {
                    return None;
                }
                // The verb is the date's own: nothing parts the two.
                let floor = sentence.units.start.max(at.saturating_sub(16));
                let near = (floor..at).rev().take_while(|unit| !sheet.is_punct_any(*unit, &[";", "\""]));
                let behind = (at + 1..sentence.units.end.min(at + 10)).take_while(|unit| !sheet.is_punct(*unit, ";"));
                near.chain(behind).any(struck).then_some(place)
            };
            date_units(sheet, &sentence.units).find_map(dated)
        })
    });
    in_lead.or_else(|| told_further_down(sheet, calendar, read))
}

/// "What happened here on the night of January 10 to 11 is no longer in doubt": a long read comes to its
/// event behind the lead, with a day by the calendar beside a verb of happening.
fn told_further_down(sheet: &Sheet<'_>, calendar: &Calendar<'_>, read: &[Read]) -> Option<usize> {
    const FAR: usize = 20;
    let happens = ["happened", "took place", "struck", "began", "erupted", "attacked", "stormed", "sank", "collapsed"];
    (0..read.len().min(FAR)).find_map(|index| {
        let sentence = &read[index];
        date_units(sheet, &sentence.units).map(|(at, place)| (at, &calendar.mentions[place], place)).find_map(
            |(at, mention, place)| {
                let days = mention.window.start.zip(mention.window.end).map(|(from, to)| (to - from).num_days());
                let recent = calendar
                    .known
                    .published
                    .start
                    .zip(mention.window.end)
                    .is_some_and(|(day, event)| (0..=31).contains(&(day - event).num_days()));
                let dated = matches!(mention.kind, DateKind::Day | DateKind::Period)
                    && days.is_some_and(|days| days <= 1)
                    && mention.bound == Bound::At
                    && recent
                    && !mention.future
                    && !is_utterance(sheet, at, &sentence.sayings)
                    && !is_dateline(sheet, at, &sentence.units);
                let near = at.saturating_sub(9).max(sentence.units.start)..(at + 6).min(sentence.units.end);
                let happened = |unit: usize| sheet.is_any(unit, &happens) || sheet.is_any(unit, HAPPENS);
                (dated && near.into_iter().any(happened)).then_some(place)
            },
        )
    })
}

/// Verbs with which an event comes over people.
const HAPPENS: &[&str] = &[
    "struck",
    "hit",
    "overturned",
    "capsized",
    "sank",
    "collapsed",
    "crashed",
    "erupted",
    "happened",
    "occurred",
    "exploded",
    "stormed",
    "derailed",
    "burst",
    "attacked",
    "opened fire",
    "took place",
    "place",
    "swept",
    "toppled",
    "went down",
    "came down",
    "ran aground",
    "collided",
    "fell",
    "broke out",
    "blew up",
    "rammed",
    "raided",
    "bombed",
    "tore",
    "rocked",
    "hits",
    "strikes",
    "freed",
    "released",
    "drowned",
    "died",
    "perished",
    "abducted",
    "kidnapped",
    "exchanged",
    "swapped",
    "handed over",
    "shelled",
    "massacred",
    "gave way",
    "burned down",
];

/// Whether a date stands in the dateline of a report: "PORT SUDAN, Nov. 6, 2025 (NWS) — …".
fn is_dateline(sheet: &Sheet<'_>, unit: usize, sentence: &Range<usize>) -> bool {
    let early = unit < sentence.start + 10 && (sentence.start..unit).all(|at| sheet.frame(at).is_none());
    let close = (unit + 1..sentence.end.min(unit + 7))
        .find(|at| sheet.is_punct_any(*at, &["\u{2014}", "\u{2013}", "-"]) && !sheet.is_glued(*at));
    let bracketed = |close: usize| {
        (unit + 1..close).all(|at| {
            sheet.is_punct_any(at, &["(", ")", "/", ".", ",", "-"]) || sheet.is_capitalised(at) || sheet.is_glued(at)
        })
    };
    // "4 May - 12 killed" is an entry of a chronicle: a dateline has its place in front.
    let place = (sentence.start..unit).any(|at| sheet.is_capitalised(at));
    early && place && close.is_some_and(bracketed)
}

/// How many days before a date the event lies that it is counted from: "on Thursday, three days after an
/// earthquake struck".
pub(super) fn days_after(sheet: &Sheet<'_>, unit: usize) -> Option<u64> {
    const NUMBERS: &[&str] = &["", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"];
    let at = unit + 1 + usize::from(sheet.is_punct(unit + 1, ","));
    let word = sheet.word(at);
    let number = match word {
        "a" => 1,
        "" => return None,
        _ => NUMBERS
            .iter()
            .position(|number| *number == word)
            .and_then(|place| u64::try_from(place).ok())
            .or_else(|| word.parse().ok())?,
    };
    let days = match sheet.word(at + 1) {
        "day" | "days" => number,
        "week" | "weeks" => number.checked_mul(7)?,
        _ => return None,
    };
    let happened = |at: usize| names_event(sheet, at) || sheet.is_any(at, HAPPENS);
    (sheet.is_any(at + 2, &["after"]) && days <= 60 && (at + 3..at + 14).any(happened)).then_some(days)
}

/// Whether a date tells the day of telling: "It is Sunday, and the search is over".
fn sets_scene(sheet: &Sheet<'_>, unit: usize, sentence: &Range<usize>) -> bool {
    unit >= sentence.start + 2
        && unit <= sentence.start + 3
        && sheet.is_any(sentence.start, &["it"])
        && sheet.any_cue(sentence.start + 1, bit(Cue::Be))
}

/// Whether a count is set against that of another time: "over 7,300 have landed, against 5,161 in all of 2024".
fn set_against(sheet: &Sheet<'_>, draft: &Draft<'_>) -> bool {
    let start = draft.counted.phrase.start;
    start > 0 && sheet.is_any(start - 1, &["against", "versus"])
        || start > 1
            && sheet.is_any(start - 1, &["with", "to"])
            && sheet.is_any(start - 2, &["compared", "comparing", "compares"])
}

/// Whether somebody else's circumstances stand between a count and a date behind it: "seven dead, four bodies
/// having drifted ashore on Thursday".
fn behind_absolute(sheet: &Sheet<'_>, draft: &Draft<'_>, unit: usize) -> bool {
    (draft.counted.phrase.end..unit).any(|at| {
        sheet.is_punct(at, ",")
            && sheet.count(at + 1).is_some()
            && (at + 2..(at + 6).min(unit)).any(|at| sheet.is_any(at, &["having", "being"]))
    })
}

/// Whether a date with "since" stands aside between commas: "living on leaves and, since Tuesday, without a well".
fn between_commas(sheet: &Sheet<'_>, draft: &Draft<'_>, unit: usize) -> bool {
    let open = unit.saturating_sub(2).max(draft.counted.phrase.end);
    unit > draft.counted.phrase.end
        && sheet.is_punct(unit + 1, ",")
        && (open..unit).any(|at| sheet.is_punct(at, ",") && sheet.cue(at.wrapping_sub(1), Cue::And))
}

/// Whether a date belongs to another count: "the 35 of Tuesday".
fn of_another(sheet: &Sheet<'_>, draft: &Draft<'_>, unit: usize) -> bool {
    unit >= 2 && sheet.cue(unit - 1, Cue::Of) && sheet.count(unit - 2).is_some() && unit - 2 != draft.counted.unit
}

/// Whether "since" bounds something told aside: in a relative clause without a count ("five who had been
/// missing since 2024"), or in the part of the sentence before a semicolon.
fn is_aside(sheet: &Sheet<'_>, draft: &Draft<'_>, unit: usize, sentence: &Read) -> bool {
    let verb_at = draft.roles.verb.and_then(|(verb, _)| sentence.verbs.get(verb)).map(|verb| verb.at);
    let sentence = &sentence.units;
    let parted = (unit..draft.counted.unit).any(|at| sheet.is_punct(at, ";"));
    let floor = sentence.start.max(unit.saturating_sub(10));
    let relative = (floor..unit)
        .rev()
        .take_while(|at| sheet.count(*at).is_none() && !sheet.is_punct_any(*at, &[",", ";"]))
        .find(|at| sheet.is_any(*at, &["who", "whose"]));
    // "the 8,000 who have fled since Sunday": that is the claim itself.
    parted || relative.is_some_and(|pronoun| verb_at.is_none_or(|at| !(pronoun..unit).contains(&at)))
}

/// Whether a date in front of a count stands in a relative clause about others: "gunmen who abducted 53
/// people last week have released 20 of them".
fn of_those_who(sheet: &Sheet<'_>, draft: &Draft<'_>, unit: usize, sentence: &Read) -> bool {
    let verb = draft.roles.verb.and_then(|(verb, _)| sentence.verbs.get(verb));
    let floor = sentence.units.start.max(unit.saturating_sub(16));
    unit < draft.counted.phrase.start
        && verb.is_some_and(|verb| verb.start > unit && verb.at < draft.counted.phrase.start)
        && (floor..unit)
            .rev()
            .take_while(|at| !sheet.is_punct_any(*at, &[",", ";"]))
            .any(|at| {
                sheet.is_any(at, &["who", "which", "whom"])
                    // "the coalition that has closed every road since June"
                    || sheet.is_any(at, &["that"]) && sheet.any_cue(at + 1, bit(Cue::Have) | bit(Cue::Be))
            })
}

/// Whether a date belongs to a relative clause behind a comma that is about somebody else: "eleven of
/// the dead were Afghans, said the union, whose secretary accused the owners of ignoring warnings last month".
fn told_aside(sheet: &Sheet<'_>, draft: &Draft<'_>, unit: usize) -> bool {
    let end = draft.counted.phrase.end;
    let floor = end.max(unit.saturating_sub(24));
    // "…, whose secretary, X, accused": an apposition may stand in the clause.
    let whose = |at: usize| sheet.is_any(at, &["whose"]) && at > floor && sheet.is_punct(at - 1, ",");
    let pronoun = (floor..unit)
        .rev()
        .take_while(|at| !sheet.is_punct_any(*at, &[",", ";"]))
        .find(|at| sheet.is_any(*at, &["whose", "who", "which"]) && sheet.is_punct(at - 1, ","))
        .or_else(|| (floor..unit).find(|at| whose(*at)));
    // "three soldiers, who were killed on Monday": of the counted themselves.
    pronoun.is_some_and(|at| at > end + 1)
}

/// Whether a date closes a comparison: "10,000 more than on Thursday", "14% fewer than in the same months
/// of last year".
fn is_compared(sheet: &Sheet<'_>, unit: usize) -> bool {
    (unit.saturating_sub(6)..unit)
        .rev()
        .take_while(|at| sheet.count(*at).is_none() && sheet.what(*at) != super::sheet::What::Punct)
        .any(|at| sheet.is_any(at, &["than"]))
}

/// Whether a date stands in the label of a note and dates the note: "Correction, 25 June: …".
fn labels_note(sheet: &Sheet<'_>, unit: usize, sentence: &Range<usize>) -> bool {
    const NOTES: &[&str] = &[
        "correction",
        "corrections",
        "update",
        "updated",
        "clarification",
        "corrected",
        "editor",
        "note",
        "published",
    ];
    let mark = (unit + 1..sentence.end.min(unit + 4)).any(|at| sheet.is_punct(at, ":"));
    mark && (sentence.start..unit).any(|at| sheet.is_any(at, NOTES))
}

/// "The war began when gunmen killed 1,200 people": the mention that the article counts from.
pub(super) fn began(sheet: &Sheet<'_>, calendar: &Calendar<'_>, draft: &Draft<'_>, sentence: &Read) -> Option<usize> {
    let war = (sentence.units.start..draft.counted.unit).find(|unit| {
        sheet.is_any(*unit, &["war", "conflict", "fighting", "hostilities", "siege", "offensive", "uprising", "crisis"])
    })?;
    (war + 1..draft.counted.unit.min(war + 8))
        .any(|unit| {
            sheet.is_any(unit, &["began", "started", "erupted", "broke out", "broke", "triggered", "sparked", "begun"])
        })
        .then(|| {
            let before = sheet.span(draft.counted.unit..draft.counted.unit + 1).map_or(0, |span| span.start);
            let since = |place: &usize| {
                let mention = &calendar.mentions[*place];
                mention.bound == Bound::Since && mention.window.start.is_some()
            };
            let behind = calendar.mentions.partition_point(|m| m.span.start < before);
            (0..behind).rev().take(REACH).find(since)
        })
        .flatten()
}

/// The place of a count among those that "respectively" hands out over a list of dates, if there are
/// as many of the one as of the other.
pub(super) fn respectively(sheet: &Sheet<'_>, draft: &Draft<'_>, sentence: &Read, of: usize) -> Option<usize> {
    let word = (draft.counted.unit..sentence.units.end).find(|unit| sheet.is_any(*unit, &["respectively"]))?;
    let mut counts: Vec<usize> = Vec::new();
    for unit in (sentence.units.start..word).rev() {
        if sheet.count(unit).is_some() {
            counts.push(unit);
        } else {
            let joins = sheet.cue(unit, Cue::And) || sheet.is_punct(unit, ",");
            if !joins && counts.len() >= of || sheet.date(unit).is_some() {
                break;
            }
        }
    }
    counts.reverse();
    let tail = counts.len().checked_sub(of)?;
    counts[tail..].iter().position(|unit| *unit == draft.counted.unit)
}

/// The units of dates in a sentence.
fn date_units<'s>(sheet: &'s Sheet<'_>, sentence: &Range<usize>) -> impl Iterator<Item = (usize, usize)> + 's {
    sentence.clone().filter_map(|unit| sheet.date(unit).map(|place| (unit, place)))
}

/// Whether a date says when something was said: "told media in February that", "announced on Thursday".
fn is_utterance(sheet: &Sheet<'_>, unit: usize, sayings: &[Saying]) -> bool {
    // "remembers other accounts: since January the war has killed": a colon says nothing on a day.
    sayings.iter().filter(|saying| !sheet.is_punct(saying.at, ":")).any(|saying| {
        if unit > saying.at {
            saying.scope != Scope::Clause
                && (saying.at + 1..unit).all(|between| {
                    sheet.count(between).is_none()
                        && !sheet.is_any(between, &["that"])
                        && !sheet.is_punct_any(between, &["\"", ";", ":"])
                        && !sheet.is_any(between, &["took", "occurred", "happened", "took place"])
                        && !(sheet.frame(between).is_some() && sheet.noun(between).is_none())
                })
        } else {
            // "On Monday the army said that": the day stands in front of its subject.
            let leads = saying.scope == Scope::Behind
                && unit < saying.units.start
                && (unit + 1..saying.units.start)
                    .all(|between| sheet.is_punct(between, ",") || sheet.any_cue(between, bit(Cue::Determiner)));
            unit >= saying.units.start || leads
        }
    })
}

/// The date in the draft's own sentence that dates its event: the nearest, clause breaks counting most.
pub(super) fn own_sentence(
    sheet: &Sheet<'_>,
    calendar: &Calendar<'_>,
    draft: &Draft<'_>,
    sentence: &Read,
) -> Option<usize> {
    let unit = draft.counted.unit;
    date_units(sheet, &sentence.units)
        .filter(|(at, place)| {
            let mention = &calendar.mentions[*place];
            // "the first exchange of 2026" dates the exchange's rank, not the claim.
            let when = *at < unit && (sheet.is_any(at + 1, &["when"]) || sheet.is_any(at + 2, &["when"]));
            // "in the same period of 2022", "in the first half of 2023"
            let stretch =
                *at > 1 && sheet.is_any(*at - 2, &["period", "half", "quarter", "months", "weeks", "time", "stretch"]);
            let nearest = || (unit + 1..*at).all(|between| sheet.count(between).is_none());
            // "in the whole of 2024", "against 5,161 in all of 2024"
            let whole = *at > 1 && sheet.is_any(*at - 2, &["whole", "all", "rest", "course", "end", "start", "beginning"]);
            let against = *at > unit && nearest() && (whole || set_against(sheet, draft));
            let ranks = mention.bound == Bound::At && !(when || against || stretch && *at > unit && nearest())
                && matches!(mention.kind, DateKind::Year | DateKind::Calendar)
                && (*at > 0 && sheet.cue(*at - 1, Cue::Of) || ranked(sheet, *at, sentence));
            // "a day after it released 20": no day of its own words. "captured in 2020" describes the people.
            !ranks
                && mention.bound != Bound::AsOf
                && !is_relative_day(mention)
                && !describes(sheet, draft, *at, sentence)
                && !is_compared(sheet, *at)
                && !is_dateline(sheet, *at, &sentence.units)
                && !of_another(sheet, draft, *at)
                && !(mention.bound == Bound::Since && is_aside(sheet, draft, *at, sentence))
                && !labels_note(sheet, *at, &sentence.units)
                && !told_aside(sheet, draft, *at)
                && !of_those_who(sheet, draft, *at, sentence)
                && !behind_absolute(sheet, draft, *at)
                && !(mention.bound == Bound::Since && between_commas(sheet, draft, *at))
                && !(set_against(sheet, draft) && *at < unit)
                && !is_utterance(sheet, *at, &sentence.sayings)
                && !(mention.kind == DateKind::Vague && !mention.window.is_known())
        })
        .min_by_key(|(at, _)| {
            let (from, to) =
                if *at > unit { (draft.counted.phrase.end, *at) } else { (*at + 1, draft.counted.phrase.start) };
            let breaks = (from..to).filter(|u| clause_break(sheet, *u)).count();
            let others = (from..to).filter(|u| sheet.count(*u).is_some()).count();
            // "35 of those abducted last week were freed on Tuesday": the main verb's day.
            let aside = usize::from(qualifies(sheet, draft, *at));
            (aside * 150 + breaks * 100 + others * 20 + if *at < unit { 30 } else { 0 } + at.abs_diff(unit), *at)
        })
        .map(|(_, place)| place)
}

/// Whether a date closes a superlative or an ordinal: "one of the worst disasters this year".
fn ranked(sheet: &Sheet<'_>, unit: usize, sentence: &Read) -> bool {
    let floor = unit.saturating_sub(8).max(sentence.units.start);
    for at in (floor..unit).rev() {
        if sheet.what(at) == super::sheet::What::Punct && !sheet.is_possessive(at) && !sheet.is_punct(at, "-") {
            return false;
        }
        if sheet.count(at).is_some() || sheet.frame(at).is_some_and(|_| sheet.noun(at).is_none()) {
            return false;
        }
        let word = sheet.word(at);
        if matches!(word, "worst" | "first" | "second" | "third" | "most" | "latest" | "biggest" | "largest")
            || word.len() > 5 && word.ends_with("iest")
        {
            return true;
        }
    }
    false
}

/// "a day after", "two days before": counted from another date, in the words of a clause.
fn is_relative_day(mention: &DateMention) -> bool {
    mention.kind == DateKind::Reference && mention.text_value.starts_with("XXXX-XX")
}

/// Participles of being held.
const HELD: &[&str] = &[
    "held",
    "captured",
    "seized",
    "taken",
    "abducted",
    "kidnapped",
    "detained",
    "jailed",
    "arrested",
    "imprisoned",
    "retained",
];

/// Words of letting go.
const FREES: &[&str] = &[
    "free", "frees", "freed", "release", "releases", "released", "releasing", "return", "returns", "returned", "swap",
    "swapped", "exchanged",
];

/// Whether a date belongs to a participle or relative clause that describes the counted people:
/// "31 servicemen captured between 2020 and 2023".
fn describes(sheet: &Sheet<'_>, draft: &Draft<'_>, unit: usize, sentence: &Read) -> bool {
    let end = draft.counted.phrase.end;
    if unit < end {
        return false;
    }
    let governing = draft.roles.verb.map(|(verb, _)| verb);
    let verb_at = governing.and_then(|verb| sentence.verbs.get(verb)).map(|verb| verb.at);
    // "five who had been missing since 2024", "64 soldiers, fallen in 1998 and 1999, were returned"
    let whole = draft.counted.phrase.start >= 2 && {
        let before = draft.counted.phrase.start - 1 - usize::from(sheet.any_cue(draft.counted.phrase.start - 1, bit(Cue::Determiner)));
        sheet.cue(before, Cue::Of) && before > 0 && sheet.count(before - 1).is_some()
    };
    // "twelve of the 34 people that it had retained on Sunday": the day of the 34, and not of the twelve.
    let part = sheet.cue(end, Cue::Of)
        && (end + 1..end + 3).any(|at| sheet.count(at).is_some())
        && (end + 2..unit).any(|at| sheet.is_any(at, &["who", "that", "whom", "which"]));
    if part {
        return verb_at.is_some_and(|at| at < draft.counted.phrase.start);
    }
    if whole && (end..end + 3).any(|at| sheet.is_any(at, &["who", "that", "whom", "which"])) {
        return false;
    }
    // "eleven traders from Niafunké whom its men seized in August", "two residents of the region who had crossed"
    let far = (end..(end + 7).min(unit))
        .take_while(|at| sheet.what(*at) == super::sheet::What::Word && sheet.frame(*at).is_none())
        .find(|at| sheet.is_any(*at, &["who", "whom", "whose"]));
    // "the 41 include five who had been missing since 2024", "consisted of five officers taken last year"
    let member = (sentence.units.start..draft.counted.phrase.start)
        .any(|at| sheet.is_any(at, &["include", "includes", "included", "comprise", "comprises", "comprised", "consisted", "consists"]));
    if member && (far.is_some() || (end..unit).any(|at| sheet.is_punct(at, ","))) {
        return true;
    }
    let opens = far.is_some() || sheet.is_any(end, &["who", "whose", "which", "whom", "that"])
        || sheet.is_punct(end, ",") && {
            let word = sheet.word(end + 1);
            sheet.is_any(end + 1, &["who", "whose", "which"])
                || (word.ends_with("ed") || word.ends_with("en")) && sheet.what(end + 1) == super::sheet::What::Word
        };
    if opens {
        let close = (end + 1..sentence.units.end).find(|at| sheet.is_punct_any(*at, &[",", ";"]));
        let close = close.unwrap_or(sentence.units.end);
        // "delivered twelve of the 34 people that it had retained on Sunday": the verb stands before the phrase.
        // "two residents who had crossed in August were handed over": the clause is over before its verb.
        let beyond = |at: usize| at >= close || at < draft.counted.phrase.start || far.is_some() && at > unit;
        if unit < close && verb_at.is_none_or(beyond) {
            return true;
        }
    }
    sentence.verbs.iter().enumerate().any(|(index, verb)| {
        let near = verb.start >= end && verb.start <= end + 2 && verb.at < unit;
        let modifier = verb.voice == super::clauses::Voice::Bare
            || verb.start > end && sheet.is_any(verb.start - 1, &["who", "which", "that"]);
        // "has let go eleven traders held since August": the verb in front of the phrase governs it.
        let led = draft.counted.phrase.start.checked_sub(1).is_some_and(|before| {
            sheet.is_any(verb.at, HELD)
                && sentence.verbs.iter().any(|v| v.at == before && v.frame.is_some() && v.voice != Voice::Nominal)
        });
        // "Jihadists free eleven traders held since August"
        let freed = verb.start == end
            && sheet.is_any(verb.at, HELD)
            && (sentence.units.start..draft.counted.phrase.start).any(|at| sheet.is_any(at, FREES));
        if freed && verb.at < unit && (verb.at..unit).all(|at| !sheet.is_punct(at, ",")) {
            return true;
        }
        near && modifier && (Some(index) != governing || member || led && verb.voice == Voice::Bare) && (verb.at..unit).all(|at| !sheet.is_punct(at, ","))
    })
}

/// Whether nothing but a participle stands between a phrase and a date: "those abducted last week".
fn qualifies(sheet: &Sheet<'_>, draft: &Draft<'_>, unit: usize) -> bool {
    let end = draft.counted.phrase.end;
    let marked =
        draft.counted.phrase.clone().any(|at| {
            at > draft.counted.unit && sheet.frame(at).is_some_and(|(_, forms)| forms.has(Forms::PARTICIPLE))
        });
    let participle = sheet.frame(end).is_some_and(|(_, forms)| forms.has(Forms::PARTICIPLE))
        && !sheet.cue(end.saturating_sub(1), Cue::Be);
    unit >= end && unit <= end + 2 && (participle || marked && unit == end)
}

/// The day on which the draft's figure was said, in its sentence.
pub(super) fn utterance(
    sheet: &Sheet<'_>,
    calendar: &Calendar<'_>,
    _draft: &Draft<'_>,
    sentence: &Read,
) -> Option<usize> {
    date_units(sheet, &sentence.units)
        .find(|(at, place)| {
            is_utterance(sheet, *at, &sentence.sayings) && calendar.mentions[*place].kind != DateKind::Vague
        })
        .map(|(_, place)| place)
}

fn clause_break(sheet: &Sheet<'_>, unit: usize) -> bool {
    sheet.is_punct_any(unit, &[";", "\u{2014}"])
        || (sheet.cue(unit, Cue::Subordinator) && !sheet.any_cue(unit, bit(Cue::Adverb) | bit(Cue::With)))
        || sheet.is_any(unit, &["which", "who"])
}

/// The date of the sentence before, where the words point back to it.
pub(super) fn carried_over(
    sheet: &Sheet<'_>,
    calendar: &Calendar<'_>,
    draft: &Draft<'_>,
    read: &[Read],
) -> Option<usize> {
    let sentence = &read[draft.sentence].units;
    let cued = (sentence.start..draft.counted.unit).any(|unit| sheet.cue(unit, Cue::SameTime));
    let opening = sentence.start..(sentence.start + 6).min(draft.counted.unit);
    let opens_block = sheet.opens_block(draft.sentence);
    let definite = !opens_block
        && opening.clone().any(|unit| {
            (sheet.is_any(unit, &["the", "that", "this"])
                && names_event(sheet, unit + 1)
                && !sheet.cue(unit + 2, Cue::Of))
                || (sheet.is_any(unit, &["also"]) && unit > sentence.start)
        });
    // "Ukraine's minister said the exchange would follow a 6,000 for 6,000 formula"
    let later_definite = !opens_block
        && (sentence.start..draft.counted.unit).any(|unit| {
            let governs = draft.roles.verb.and_then(|(verb, _)| read[draft.sentence].verbs.get(verb));
            sheet.is_any(unit, &["the", "that", "this"])
                && names_event(sheet, unit + 1)
                && !sheet.cue(unit + 2, Cue::Of)
                && governs.is_none_or(|verb| verb.at != unit + 1)
        });
    // "The next exchange is to be held in December. It should bring home 30."
    let planned = draft.modality.0 == Modality::Planned && !opens_block && sheet.is_any(sentence.start, &["it", "this", "that"]);
    if !(cued || definite || later_definite || planned) {
        return None;
    }
    let previous = draft.sentence.checked_sub(1)?;
    let units = &read[previous].units;
    date_units(sheet, units)
        .filter(|(at, place)| {
            let mention = &calendar.mentions[*place];
            !is_utterance(sheet, *at, &read[previous].sayings) && mention.window_or_text_known()
        })
        .last()
        .map(|(_, place)| place)
}

/// Whether a unit names an event that can be spoken of again: "the exchange", "the attack".
pub(super) fn names_event(sheet: &Sheet<'_>, unit: usize) -> bool {
    sheet.is_noun(unit, NounClass::Events)
        || sheet.frame(unit).is_some_and(|(_, forms)| forms.has(super::lexicon_pass::Forms::NOUN))
        || sheet.is_any(
            unit,
            &[
                "attack",
                "strike",
                "strikes",
                "raid",
                "quake",
                "earthquake",
                "flood",
                "floods",
                "accident",
                "crash",
                "blast",
                "explosion",
                "collapse",
                "operation",
                "swap",
                "deal",
                "storm",
                "fire",
                "shelling",
                "bombing",
            ],
        )
}

impl DateMention {
    /// Whether anything of its window is known, from the text alone or with publication.
    fn window_or_text_known(&self) -> bool {
        self.window.is_known() || self.text_window.is_known() || !self.text_value.is_empty()
    }
}
