//! When: which date of the text dates a claim, and what sort of figure that makes it.
//!
//! In the order of trust: a date in the claim's own clause; the date of the sentence before, where
//! the words point back to it ("At that time", "The exchange also …"), or where the paragraph goes on
//! about what it has just dated; the day of the main event, as the lead has it; the article's own day
//! ("today", "on Thursday", a dateline); for a dated article without one, the days between its
//! latest look-back and its publication, at most 31. A day of saying ("told media in February
//! that …") is no day of the event, and how things stand ("are still held") has the day it is said,
//! else the article's. No day is ever invented.

use std::ops::Range;

use chrono::Days;

use super::attribution::{Saying, Scope};
use super::clauses::transfers;
use super::dates::{Bound, DateKind, DateMention, listed};
use super::draft::Draft;
use super::lexicon_pass::{Forms, bit};
use super::pipeline::Read;
use super::quantities::{Note, QuantityMention};
use super::sheet::Sheet;
use crate::article::BlockKind;
use crate::claim::{
    Basis, ClaimDate, Cue, DateWindow, Distributive, How, Kind, Metadata, Modality, NounClass, Precision, Provenance,
    Role,
};

/// The rule of a count of people who are held: it is as of the article, and not since anything.
const HELD: &str = "held at the time";

/// The rule of a toll that the article tells beside a handover.
const BESIDE: &str = "a toll beside the article's exchange";

/// The rule of a count that stands as of the article.
const STANDS: &str = "how things stand as the article is written";

/// The rule of a count whose paragraph has dated its event before.
const GOES_ON: &str = "the paragraph goes on about that day";

/// The rule of a count whose words point back to the sentence before.
const CARRIED: &str = "the date of the sentence before";

/// How many mentions of dates are looked through for one: however long the article.
const REACH: usize = 64;

/// The dates of an article.
pub(super) struct Calendar<'m> {
    /// Every mention.
    pub(super) mentions: &'m [DateMention],
    /// The mention that tells the article's own day.
    pub(super) own: Option<usize>,
    /// What is known of the article.
    pub(super) known: &'m Metadata,
    /// "since February 2022": the mention that the article counts losses from.
    since: Option<usize>,
    /// "Earlier in February": the month that publication lies in.
    month: Option<usize>,
    /// The mention that tells the day of the main event, as the lead has it.
    main: Option<usize>,
    /// The latest day that lies before publication.
    look_back: Option<(chrono::NaiveDate, usize)>,
}

impl<'m> Calendar<'m> {
    /// Reads the mentions once.
    pub(super) fn new(mentions: &'m [DateMention], own: Option<usize>, known: &'m Metadata) -> Self {
        let end = known.published.end;
        let days = mentions.iter().enumerate().filter_map(|(place, m)| {
            let dated = m.bound == Bound::At && !m.future && m.kind != DateKind::Vague;
            m.window.single_day().filter(|_| dated).map(|day| (day, place))
        });
        Self {
            mentions,
            own,
            known,
            since: None,
            main: None,
            month: mentions.iter().rposition(|m| m.kind == DateKind::Month && m.tokens.len() > 1),
            look_back: days.filter(|(day, _)| end.is_none_or(|end| *day < end)).max_by_key(|(day, _)| *day),
        }
    }
}

/// Dates every draft, and tells what sort of figure it is. A draft over a list of dates with
/// "each" becomes one for each.
pub(super) fn date<'a>(
    sheet: &Sheet<'a>,
    calendar: &Calendar<'_>,
    counts: &[QuantityMention],
    read: &[Read],
    drafts: Vec<Draft<'a>>,
) -> Vec<Draft<'a>> {
    let mut dated: Vec<Draft<'a>> = Vec::with_capacity(drafts.len());
    let main = main_event(sheet, calendar, read, &drafts);
    // "five who had been missing since 2024" counts nothing from there.
    let since = calendar.mentions.iter().position(|m| {
        let unit = sheet.unit_of_token(m.tokens.start);
        let floor = sheet.sentences[sheet.sentence_of(unit)].start.max(unit.saturating_sub(8));
        let told = (floor..unit).rev().take_while(|at| sheet.count(*at).is_none() && !sheet.is_punct(*at, ","));
        let aside = told.into_iter().any(|at| sheet.is_any(at, &["who", "whose"]));
        m.bound == Bound::Since && m.window.start.is_some() && !aside
    });
    let calendar = &Calendar { main, since, ..*calendar };
    // Whether the article is about a handover: then a toll in it is of something else.
    let moved = drafts.iter().filter(|d| is_transfer(sheet, read, d)).count();
    let mostly_transfers = moved * 2 >= drafts.len() && drafts.first().is_some_and(|d| is_transfer(sheet, read, d));
    for mut draft in drafts {
        let sentence = &read[draft.sentence];
        let own = own_sentence(sheet, calendar, &draft, sentence);
        let utterance = utterance(sheet, calendar, &draft, sentence);
        let carried = carried_over(sheet, calendar, &draft, read);
        let settled = draft.modality.0 != Modality::Planned;
        if let Some(place) = own {
            let mention = &calendar.mentions[place];
            let list = mention.list.filter(|(_, of)| *of > 1);
            if let Some((place, of)) = list.map(|list| (place - list.0, list.1))
                && let Some(nth) = respectively(sheet, &draft, sentence, of)
            {
                // "on 22 January, 19 February and 17 March, 38, 35 and 44, respectively"
                set(sheet, &mut draft, &calendar.mentions[place + nth], "respectively: one date for each count");
            } else if let Some(list) = list {
                let first = place - list.0;
                let members = &calendar.mentions[first..(first + list.1).min(calendar.mentions.len())];
                if distributes(sheet, counts, &draft, sentence) && members.len() > 1 {
                    for (index, member) in members.iter().enumerate() {
                        let mut one = draft.clone();
                        set(sheet, &mut one, member, "");
                        one.date.extent = false;
                        one.distributive = Some(Distributive { index: index as u16, of: members.len() as u16 });
                        one.kind = kind(sheet, &one, sentence, mostly_transfers, true);
                        dated.push(one);
                    }
                    continue;
                }
                set(sheet, &mut draft, mention, "");
                if let Some((value, window)) = listed(members) {
                    draft.date.value = Some(value.into());
                    draft.date.window = window;
                    draft.date.extent = true;
                }
            } else {
                set(sheet, &mut draft, mention, "");
            }
            draft.kind = kind(sheet, &draft, sentence, mostly_transfers, true);
        } else {
            draft.kind = kind(sheet, &draft, sentence, mostly_transfers, false);
            // "lost 46,000 troops, with tens of thousands more missing": both are counts to date.
            let tied = dated.last().filter(|d| d.sentence == draft.sentence && draft.additive.is_some());
            if tied.is_some_and(|d| d.kind.0 == Kind::Stock) {
                draft.kind = (Kind::Stock, "added to a count to date");
            }
            let as_it_stands = settled && stands(sheet, &draft, sentence);
            if let Some(place) = began(sheet, calendar, &draft, sentence) {
                set_day(sheet, &mut draft, &calendar.mentions[place], "the day the war began");
            } else if draft.kind.0 == Kind::Stock && draft.kind.1 != HELD && !(as_it_stands && draft.kind.1 == BESIDE) {
                stock(sheet, calendar, &mut draft, utterance);
            } else if draft.kind.0 == Kind::Cumulative {
                to_date(sheet, calendar, &mut draft, utterance);
            } else if let Some(place) = carried {
                set(sheet, &mut draft, &calendar.mentions[place], CARRIED);
                draft.kind = kind(sheet, &draft, sentence, mostly_transfers, true);
            } else if let Some(before) = dated.last().filter(|d| settled && !as_it_stands && goes_on(sheet, d, &draft))
            {
                draft.date = before.date.clone();
                draft.date_provenance = Some(Provenance::inferred(GOES_ON, draft.date.span));
            } else if settled {
                let main = calendar.main.filter(|_| !as_it_stands);
                let main = main.filter(|place| {
                    let said = utterance.and_then(|place| calendar.mentions[place].window.single_day());
                    let day = calendar.mentions[*place].window.single_day();
                    // What is said on a day further down is news of that day.
                    let unit = sheet.unit_of_token(calendar.mentions[*place].tokens.start);
                    let near = sheet.sentence_of(unit).abs_diff(draft.sentence) <= 2;
                    said.is_none() && utterance.is_none()
                        || near && said.zip(day).is_none_or(|(said, day)| day <= said && (said - day).num_days() <= 7)
                });
                if let Some(place) = main {
                    set(sheet, &mut draft, &calendar.mentions[place], "the day of the main event");
                } else if let Some(place) = utterance.filter(|place| {
                    let mention = &calendar.mentions[*place];
                    mention.window.single_day().is_some()
                        || mention.text_window.single_day().is_some()
                        || matches!(mention.kind, DateKind::Weekday | DateKind::Today | DateKind::Day)
                }) {
                    set(sheet, &mut draft, &calendar.mentions[place], "the day it was said");
                } else if as_it_stands && written(calendar, &mut draft) {
                    // Its day is that of publication.
                } else if let Some(place) = calendar.own {
                    set(sheet, &mut draft, &calendar.mentions[place], "the article's own day");
                } else {
                    undated_event(calendar, &mut draft);
                }
            }
        }
        dated.push(draft);
    }
    dated
}

/// Takes a mention as the date of a draft.
fn set(sheet: &Sheet<'_>, draft: &mut Draft<'_>, mention: &DateMention, rule: &'static str) {
    draft.date = mention.claim_date(sheet.tokens);
    // "the toll from Monday's earthquake", "since 1999, when 17,000 died": the day of the event itself.
    let behind = sheet.unit_of_token(mention.tokens.end);
    let when = sheet.is_any(behind, &["when"]) || sheet.is_punct(behind, ",") && sheet.is_any(behind + 1, &["when"]);
    if mention.bound != Bound::At && (sheet.is_possessive(behind) || when && draft.counted.unit > behind) {
        draft.date.window = mention.window;
        draft.date.value = Some(mention.text_value.clone());
        draft.date.extent = false;
    }
    let span = draft.date.span;
    draft.date_provenance =
        Some(if rule.is_empty() { Provenance::stated(span) } else { Provenance::inferred(rule, span) });
}

/// Takes the day that a mention names, without its bound.
fn set_day(sheet: &Sheet<'_>, draft: &mut Draft<'_>, mention: &DateMention, rule: &'static str) {
    set(sheet, draft, mention, rule);
    draft.date.window = mention.window;
    draft.date.value = Some(mention.text_value.clone());
    draft.date.extent = false;
    draft.kind = (Kind::Event, "");
}

/// The day of the main event: that of the first sentence of the body, among the first six, that dates
/// what it tells: a count, or an event by its name or verb. What was said on a day is not dated by
/// it, and neither is what lies further back or ahead.
fn main_event(sheet: &Sheet<'_>, calendar: &Calendar<'_>, read: &[Read], drafts: &[Draft<'_>]) -> Option<usize> {
    const LEAD: usize = 6;
    // "A similar swap took place on Monday" dates another event.
    const OTHER: &[&str] = &["similar", "previous", "previously", "earlier", "prior", "before", "last", "separate"];
    let body = |index: &usize| matches!(sheet.block(*index), BlockKind::Paragraph | BlockKind::Item);
    (0..read.len()).filter(body).take(LEAD).find_map(|index| {
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
            let (at, place) = date_units(sheet, &sentence.units).find(|(at, place)| {
                of_event(*place)
                    && !is_utterance(sheet, *at, &sentence.sayings)
                    && !is_compared(sheet, *at)
                    && !is_dateline(sheet, *at, &sentence.units)
            })?;
            // The verb is the date's own: nothing parts the two.
            let floor = sentence.units.start.max(at.saturating_sub(16));
            let near = (floor..at).rev().take_while(|unit| !sheet.is_punct_any(*unit, &[";", "\""]));
            let behind = (at + 1..sentence.units.end.min(at + 10)).take_while(|unit| !sheet.is_punct(*unit, ";"));
            near.chain(behind).any(struck).then_some(place)
        })
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

/// Whether a date closes a comparison: "10,000 more than on Thursday".
fn is_compared(sheet: &Sheet<'_>, unit: usize) -> bool {
    (1..=2).any(|back| unit >= back && sheet.is_any(unit - back, &["than"]))
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
fn began(sheet: &Sheet<'_>, calendar: &Calendar<'_>, draft: &Draft<'_>, sentence: &Read) -> Option<usize> {
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

/// Whether a count tells how things stand: "are still held", "remain missing", "are being treated".
fn stands(sheet: &Sheet<'_>, draft: &Draft<'_>, sentence: &Read) -> bool {
    if draft.kind.1 == HELD || draft.kind.1 == STANDS {
        return true;
    }
    let state = !matches!(&*draft.category.id, "killed" | "bodies" | "exchanges");
    let (from, to) = (draft.counted.phrase.start.saturating_sub(3), draft.counted.phrase.end + 4);
    let near = from.max(sentence.units.start)..to.min(sentence.units.end);
    state
        && near
            .into_iter()
            .any(|unit| sheet.word(unit).starts_with("still") || sheet.is_any(unit, &["remain", "currently"]))
}

/// Dates a draft by the day of publication; `false` where that is not known.
fn written(calendar: &Calendar<'_>, draft: &mut Draft<'_>) -> bool {
    let published = calendar.known.published;
    let Some(day) = published.single_day() else { return false };
    let own = calendar.mentions.iter().take(REACH).find(|m| m.window.single_day() == Some(day) && m.bound == Bound::At);
    draft.date = ClaimDate {
        window: DateWindow::day(day, Basis::Inferred),
        value: own.map(|m| m.text_value.clone()),
        text: None,
        span: None,
        extent: false,
    };
    draft.date_provenance = Some(Provenance::inferred(STANDS, own.map(|m| m.span)));
    true
}

/// A total without a beginning ("since the start of the truce", "in all so far"): up to the day it was
/// said, else the main event's or the article's.
fn to_date(sheet: &Sheet<'_>, calendar: &Calendar<'_>, draft: &mut Draft<'_>, utterance: Option<usize>) {
    let Some(place) = utterance.or(calendar.main).or(calendar.own) else { return };
    let mention = &calendar.mentions[place];
    let end = mention.window.end.or(calendar.known.published.end);
    draft.date = ClaimDate {
        window: DateWindow { start: None, end, precision: Precision::Range, basis: Basis::Inferred },
        value: Some(format!("../{}", mention.text_value).into()),
        text: Some(mention.span.of(sheet.tokens.text()).into()),
        span: Some(mention.span),
        extent: true,
    };
    draft.date_provenance = Some(Provenance::inferred("a total up to the day it was told", [mention.span]));
}

/// Whether a draft goes on about the event that the one before it has dated in its own words: in the
/// same paragraph, at most two sentences on.
fn goes_on(sheet: &Sheet<'_>, before: &Draft<'_>, draft: &Draft<'_>) -> bool {
    let near = before.sentence < draft.sentence && before.sentence + 2 >= draft.sentence;
    let same_block = (before.sentence + 1..=draft.sentence).all(|index| !sheet.opens_block(index));
    let stated = before.date_provenance.as_ref().is_some_and(|found| match &found.how {
        How::Stated => true,
        How::Inferred { rule } => matches!(&**rule, GOES_ON | CARRIED),
        _ => false,
    });
    let day = before.date.window.start.zip(before.date.window.end).is_some_and(|(a, b)| (b - a).num_days() <= 1);
    near && same_block && stated && day && !before.date.extent && before.kind.0 == Kind::Event
}

/// The place of a count among those that "respectively" hands out over a list of dates, if there are
/// as many of the one as of the other.
fn respectively(sheet: &Sheet<'_>, draft: &Draft<'_>, sentence: &Read, of: usize) -> Option<usize> {
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
    sayings.iter().any(|saying| {
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
fn own_sentence(sheet: &Sheet<'_>, calendar: &Calendar<'_>, draft: &Draft<'_>, sentence: &Read) -> Option<usize> {
    let unit = draft.counted.unit;
    date_units(sheet, &sentence.units)
        .filter(|(at, place)| {
            let mention = &calendar.mentions[*place];
            // "the first exchange of 2026" dates the exchange's rank, not the claim.
            let when = *at < unit && (sheet.is_any(at + 1, &["when"]) || sheet.is_any(at + 2, &["when"]));
            let ranks = !when
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
    let opens = sheet.is_any(end, &["who", "whose", "which"])
        || sheet.is_punct(end, ",") && {
            let word = sheet.word(end + 1);
            sheet.is_any(end + 1, &["who", "whose", "which"])
                || (word.ends_with("ed") || word.ends_with("en")) && sheet.what(end + 1) == super::sheet::What::Word
        };
    if opens {
        let close = (end + 1..sentence.units.end).find(|at| sheet.is_punct_any(*at, &[",", ";"]));
        let close = close.unwrap_or(sentence.units.end);
        if unit < close && verb_at.is_none_or(|at| at >= close) {
            return true;
        }
    }
    sentence.verbs.iter().enumerate().any(|(index, verb)| {
        let near = verb.start >= end && verb.start <= end + 2 && verb.at < unit;
        let modifier = verb.voice == super::clauses::Voice::Bare
            || verb.start > end && sheet.is_any(verb.start - 1, &["who", "which", "that"]);
        near && modifier && Some(index) != governing && (verb.at..unit).all(|at| !sheet.is_punct(at, ","))
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
fn utterance(sheet: &Sheet<'_>, calendar: &Calendar<'_>, _draft: &Draft<'_>, sentence: &Read) -> Option<usize> {
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

/// Whether "each" spreads a count over a list of dates.
fn distributes(sheet: &Sheet<'_>, counts: &[QuantityMention], draft: &Draft<'_>, sentence: &Read) -> bool {
    counts[draft.count].has(Note::Each) || sentence.units.clone().any(|unit| sheet.cue(unit, Cue::Each))
}

/// The date of the sentence before, where the words point back to it.
fn carried_over(sheet: &Sheet<'_>, calendar: &Calendar<'_>, draft: &Draft<'_>, read: &[Read]) -> Option<usize> {
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
    if !(cued || definite || later_definite) {
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

/// Whether a draft counts people that are handed over.
fn is_transfer(sheet: &Sheet<'_>, read: &[Read], draft: &Draft<'_>) -> bool {
    &*draft.category.id == "exchanges"
        || draft.roles.from.is_some()
        || draft.roles.to.is_some()
        || draft.roles.verb.is_some_and(|(verb, _)| {
            let frame = read[draft.sentence].verbs.get(verb).and_then(|v| v.frame);
            frame.is_some_and(|frame| transfers(sheet.frame_entry(frame).subject))
        })
}

/// What sort of figure it is.
fn kind(
    sheet: &Sheet<'_>,
    draft: &Draft<'_>,
    sentence: &Read,
    mostly_transfers: bool,
    dated: bool,
) -> (Kind, &'static str) {
    if draft.modality.0 == Modality::Planned {
        return (Kind::Plan, "agreed or announced for later");
    }
    let moving = draft.roles.from.is_some() || draft.roles.to.is_some() || &*draft.category.id == "exchanges";
    let since = draft.date.window.start.is_some() && draft.date.window.end.is_none() && dated;
    if dated && draft.date.extent {
        let war = sentence.units.clone().any(|unit| {
            sheet.is_any(unit, &["invasion", "war", "conflict", "hostilities", "fighting", "offensive", "uprising"])
        });
        // "Last year a cyclone killed 30", "In 2021, 45 people died when a building collapsed": one event.
        let verb = draft.roles.verb.and_then(|(verb, _)| sentence.verbs.get(verb));
        let casualty =
            !moving && matches!(&*draft.category.id, "killed" | "wounded" | "missing" | "rescued" | "aboard");
        let event = verb.is_some_and(|v| {
            let actor = v.frame.is_some_and(|frame| sheet.frame_entry(frame).subject == Role::Actor);
            actor && v.voice == super::clauses::Voice::Bare && matches!(v.subject, super::clauses::Actor::Other(_))
        }) || (draft.counted.phrase.end..sentence.units.end)
            .any(|unit| sheet.is_any(unit, &["when", "after"]));
        if casualty && event && !since {
            return (Kind::Event, "");
        }
        return if since && war && !moving {
            (Kind::Stock, "a count to date")
        } else {
            (Kind::Cumulative, "over a period")
        };
    }
    let frame = draft.roles.verb.and_then(|(verb, _)| sentence.verbs.get(verb)).and_then(|v| v.frame);
    let holds = frame.is_some_and(|frame| sheet.frame_entry(frame).name.starts_with("hold"));
    let captivity = sheet.cue(draft.category.unit, Cue::Captivity) && sheet.frame(draft.category.unit).is_none();
    if holds && !moving || captivity {
        return (Kind::Stock, HELD);
    }
    let since_then = !dated
        && sentence.units.clone().any(|unit| {
            sheet.is_any(unit, &["since"]) && sheet.date(unit + 1).is_none() && sheet.date(unit + 2).is_none()
                || sheet.is_any(unit, &["since the start", "since the beginning", "so far", "to date", "since then"])
                || sheet.word(unit).starts_with("total number")
        });
    if moving {
        return if since_then { (Kind::Cumulative, "since then") } else { (Kind::Event, "") };
    }
    let held = matches!(&*draft.category.id, "prisoners" | "hostages" | "detained");
    let still = sentence.units.clone().any(|unit| {
        sheet.cue(unit, Cue::ToDate)
            && unit.abs_diff(draft.counted.unit) <= 8
            && !sheet.is_noun(unit, NounClass::Bodies)
    });
    if held && still && draft.roles.verb.is_none() {
        return (Kind::Stock, HELD);
    }
    let verb = draft.roles.verb.and_then(|(verb, _)| sentence.verbs.get(verb));
    let role = verb.and_then(|v| v.frame).map_or(Role::None, |frame| sheet.frame_entry(frame).subject);
    if dated {
        return (Kind::Event, "");
    }
    let casualty = matches!(&*draft.category.id, "killed" | "wounded" | "missing");
    let since_words = (draft.counted.phrase.end..sentence.units.end).any(|unit| sheet.is_any(unit, &["since"]));
    if casualty && (since_words || role == Role::Loser && verb.is_some_and(|v| v.cues & bit(Cue::Have) != 0)) {
        return (Kind::Stock, "losses to date");
    }
    if casualty && mostly_transfers {
        return (Kind::Stock, BESIDE);
    }
    (Kind::Event, "")
}

/// A count to date without a date of its own: from the war's beginning, if the article tells it, to
/// the day it was said.
fn stock(sheet: &Sheet<'_>, calendar: &Calendar<'_>, draft: &mut Draft<'_>, utterance: Option<usize>) {
    let since = calendar.since.map(|place| &calendar.mentions[place]);
    let said = utterance.map(|place| &calendar.mentions[place]);
    let start = since.and_then(|m| m.window.start);
    let as_of = said.map(|m| m.window).filter(DateWindow::is_known);
    draft.as_of = as_of;
    let published = calendar.known.published;
    let end = as_of.and_then(|w| w.end).or_else(|| said.is_none().then_some(published.end).flatten());
    if start.is_none() && said.is_none() {
        return;
    }
    let value = match (said, since) {
        (Some(said), _) => format!("../{}", said.text_value),
        (None, Some(since)) => format!("{}/..", since.text_value),
        (None, None) => return,
    };
    let evidence = said.or(since);
    let basis = Basis::Inferred;
    draft.date = ClaimDate {
        window: DateWindow { start, end, precision: Precision::Range, basis },
        value: Some(value.into()),
        text: evidence.map(|m| m.span.of(sheet.tokens.text()).into()),
        span: evidence.map(|m| m.span),
        extent: true,
    };
    let rule = if said.is_some() { "losses to the day it was said" } else { "losses since the war began" };
    draft.date_provenance = Some(Provenance::inferred(rule, evidence.map(|m| m.span)));
}

/// The undated main event of a dated article: from the day after its latest dated look-back, at
/// most 31 days back, to publication.
fn undated_event(calendar: &Calendar<'_>, draft: &mut Draft<'_>) {
    let month = calendar.month.map(|place| &calendar.mentions[place]);
    let published = calendar.known.published;
    let end = published.end;
    let look_back = calendar.look_back.map(|(day, place)| (day, &calendar.mentions[place]));
    let value = month.map(|m| m.text_value.clone());
    let rule = "the undated main event: after the latest look-back, up to publication";
    let evidence = look_back.map(|(_, m)| m.span).or(month.map(|m| m.span));
    if let Some(end) = end {
        let floor = end.checked_sub_days(Days::new(31)).unwrap_or(end);
        let start =
            look_back.and_then(|(day, _)| day.checked_add_days(Days::new(1))).map_or(floor, |day| day.max(floor));
        let mut window = DateWindow::between(start, end, Basis::Inferred);
        if start == end && look_back.is_none() {
            window = DateWindow::day(end, Basis::Inferred);
        }
        draft.date = ClaimDate { window, value, text: None, span: None, extent: false };
        draft.date_provenance = Some(Provenance::inferred(rule, evidence));
    } else if let Some(month) = month {
        let start = look_back.and_then(|(day, _)| day.checked_add_days(Days::new(1)));
        let window = match (start, month.window.end) {
            (Some(start), Some(end)) if start <= end => DateWindow::between(start, end, Basis::Inferred),
            _ => DateWindow { basis: Basis::Inferred, ..month.window },
        };
        draft.date = ClaimDate { window, value, text: None, span: None, extent: false };
        draft.date_provenance = Some(Provenance::inferred(rule, evidence));
    }
}

impl DateMention {
    /// Whether anything of its window is known, from the text alone or with publication.
    fn window_or_text_known(&self) -> bool {
        self.window.is_known() || self.text_window.is_known() || !self.text_value.is_empty()
    }
}
