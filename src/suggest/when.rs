//! When: which date of the text dates a claim, and what sort of figure that makes it.
//!
//! In the order of trust: a date in the claim's own clause; the date of the sentence before, where
//! the words point back to it ("At that time", "The exchange also …"); the article's own day
//! ("today", "on Thursday", a dateline); for a dated article without one, the days between its
//! latest look-back and its publication, at most 31. A day of saying ("told media in February
//! that …") is no day of the event. No day is ever invented.

use std::collections::BTreeSet;
use std::ops::Range;

use chrono::Days;

use super::attribution::{Saying, Scope};
use super::clauses::transfers;
use super::dates::{Bound, DateKind, DateMention, OwnDate, listed, own_dates};
use super::draft::Draft;
use super::lexicon_pass::bit;
use super::pipeline::Read;
use super::quantities::{Note, QuantityMention};
use super::sheet::Sheet;
use crate::article::BlockKind;
use crate::claim::{
    Basis, ClaimDate, Cue, DateWindow, Distributive, Kind, Metadata, Modality, NounClass, Precision, Provenance, Role,
};

/// The rule of a count of people who are held: it is as of the article, and not since anything.
const HELD: &str = "held at the time";

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
            since: mentions.iter().position(|m| m.bound == Bound::Since && m.window.start.is_some()),
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
    let counted: BTreeSet<usize> = drafts.iter().map(|draft| draft.sentence).collect();
    let main = main_day(sheet, calendar, read, &counted);
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
            if let Some(list) = mention.list.filter(|(_, of)| *of > 1) {
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
            if draft.kind.0 == Kind::Stock && draft.kind.1 != HELD {
                stock(sheet, calendar, &mut draft, utterance);
            } else if let Some(place) = carried {
                set(sheet, &mut draft, &calendar.mentions[place], "the date of the sentence before");
                draft.kind = kind(sheet, &draft, sentence, mostly_transfers, true);
            } else if settled {
                if let Some(place) = paragraph_day(sheet, calendar, &draft, read) {
                    set(sheet, &mut draft, &calendar.mentions[place], "the day told before in the paragraph");
                } else if let Some(place) = main.filter(|main| utterance.is_none_or(|said| said == *main)) {
                    set(sheet, &mut draft, &calendar.mentions[place], "the day of the article's main event");
                } else if let Some(place) = utterance.filter(|place| {
                    let mention = &calendar.mentions[*place];
                    mention.window.single_day().is_some()
                        || mention.text_window.single_day().is_some()
                        || matches!(mention.kind, DateKind::Weekday | DateKind::Today | DateKind::Day)
                }) {
                    set(sheet, &mut draft, &calendar.mentions[place], "the day it was said");
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

/// How many sentences the lead of an article has.
const LEAD: usize = 3;
/// How many sentences of a paragraph are gone back through.
const PARAGRAPH: usize = 6;

/// The day of the article's main event: the first day that a sentence of its lead with a figure in it
/// gives to what happened, and not to its being said or published.
fn main_day(sheet: &Sheet<'_>, calendar: &Calendar<'_>, read: &[Read], counted: &BTreeSet<usize>) -> Option<usize> {
    let datelines: Vec<usize> = own_dates(sheet.tokens, calendar.mentions)
        .into_iter()
        .filter(|(_, why)| matches!(why, OwnDate::Dateline | OwnDate::Caption))
        .map(|(place, _)| place)
        .collect();
    let body = (0..read.len()).filter(|index| matches!(sheet.block(*index), BlockKind::Paragraph | BlockKind::Quote));
    let told = body.take(LEAD).filter(|index| counted.contains(index)).flat_map(|index| {
        let sentence = &read[index];
        date_units(sheet, &sentence.units).filter(|(unit, place)| happened(sheet, calendar, sentence, *unit, *place))
    });
    told.map(|(_, place)| place).find(|place| !datelines.contains(place))
}

/// Whether a date is a day on which something happened.
fn happened(sheet: &Sheet<'_>, calendar: &Calendar<'_>, sentence: &Read, unit: usize, place: usize) -> bool {
    let mention = &calendar.mentions[place];
    matches!(mention.kind, DateKind::Weekday | DateKind::Today | DateKind::Day)
        && mention.bound == Bound::At
        && !mention.future
        && !mention.look_back
        && mention.list.is_none_or(|(_, of)| of == 1)
        && !ranked(sheet, unit, sentence)
        && !is_utterance(sheet, unit, &sentence.sayings)
}

/// The last day that an earlier sentence of the same paragraph gives to what happened.
fn paragraph_day(sheet: &Sheet<'_>, calendar: &Calendar<'_>, draft: &Draft<'_>, read: &[Read]) -> Option<usize> {
    let mut index = draft.sentence;
    for _ in 0..PARAGRAPH {
        if sheet.opens_block(index) {
            return None;
        }
        index = index.checked_sub(1)?;
        let sentence = &read[index];
        let day = date_units(sheet, &sentence.units)
            .filter(|(unit, place)| happened(sheet, calendar, sentence, *unit, *place))
            .last();
        if let Some((_, place)) = day {
            return Some(place);
        }
    }
    None
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
                        && !(sheet.frame(between).is_some() && sheet.noun(between).is_none())
                })
        } else {
            unit >= saying.units.start
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
                && !is_utterance(sheet, *at, &sentence.sayings)
                && !(mention.kind == DateKind::Vague && !mention.window.is_known())
        })
        .min_by_key(|(at, _)| {
            let (from, to) =
                if *at > unit { (draft.counted.phrase.end, *at) } else { (*at + 1, draft.counted.phrase.start) };
            let breaks = (from..to).filter(|u| clause_break(sheet, *u)).count();
            let others = (from..to).filter(|u| sheet.count(*u).is_some()).count();
            (breaks * 100 + others * 20 + if *at < unit { 30 } else { 0 } + at.abs_diff(unit), *at)
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
    sentence.verbs.iter().enumerate().any(|(index, verb)| {
        let near = verb.start >= end && verb.start <= end + 2 && verb.at < unit;
        let modifier = verb.voice == super::clauses::Voice::Bare
            || verb.start > end && sheet.is_any(verb.start - 1, &["who", "which", "that"]);
        near && modifier && Some(index) != governing && (verb.at..unit).all(|at| !sheet.is_punct(at, ","))
    })
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
    if holds && !moving || sheet.cue(draft.category.unit, Cue::Captivity) {
        return (Kind::Stock, HELD);
    }
    let since_then = !dated && sentence.units.clone().any(|unit| sheet.is_any(unit, &["since"]));
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
        return (Kind::Stock, "a toll beside the article's exchange");
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
