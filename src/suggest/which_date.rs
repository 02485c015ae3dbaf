//! Which mention of a date dates a claim: that of its own words, of the sentence before, of the main
//! event; and which does not: the day of a saying, of an aside, of another count.

use std::ops::Range;

use super::attribution::{Saying, Scope};
use super::dates::{Bound, DateKind, DateMention};
use super::draft::Draft;
use super::lexicon_pass::bit;
use super::not_its_date::{
    behind_absolute, behind_semicolon, between_commas, dates_rank, dates_toll, describes, is_aside, is_compared,
    is_dateline, is_earlier_figure, is_relative_day, labels_note, of_another, of_apposition, of_earlier_figure,
    of_those_who, of_what_came_before, qualifies, ranked, set_against, sets_scene, told_aside,
};
use super::pipeline::Read;
use super::sheet::Sheet;
use super::when::Calendar;
use super::word_set::WordSet;
use crate::article::BlockKind;
use crate::claim::{Cue, Modality, NounClass, Saying as Pattern};

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
    // Titles of a plain text may be among these.
    const OPENING: usize = 4;
    // "A similar swap took place on Monday" dates another event.
    const OTHER: &WordSet =
        words!["similar", "previous", "previously", "earlier", "prior", "before", "last", "separate"];
    let body = |index: &usize| matches!(sheet.block(*index), BlockKind::Paragraph | BlockKind::Item);
    let in_lead = (0..read.len()).filter(body).take(LEAD).enumerate().find_map(|(order, index)| {
        let sentence = &read[index];
        if sentence.units.clone().any(|unit| sheet.is_any(unit, OTHER)) {
            return None;
        }
        // "had departed overnight Sunday": a boat's day of leaving is not that of its wreck.
        let sets_out = |place: usize| {
            let at = sheet.unit_of_token(calendar.mentions[place].tokens.start);
            let near = (sentence.units.start.max(at.saturating_sub(9))..at).rev();
            near.take_while(|unit| !sheet.is_punct_any(*unit, &[",", ";"]) && !sheet.cue(*unit, Cue::And)).any(|unit| {
                sheet.is_any(unit, words!["departed", "set out", "set off", "set sail", "sailed", "embarked"])
            })
        };
        let of_event = |place: usize| {
            let mention = &calendar.mentions[place];
            let day = mention.window.single_day().is_some()
                || mention.text_window.single_day().is_some()
                || matches!(mention.kind, DateKind::Weekday | DateKind::Today | DateKind::Day)
                || is_night(mention);
            day && mention.bound == Bound::At && !mention.look_back && !mention.future && !mention.extent
        };
        // "The mission has verified the killing of 46 people in the night of 11 to 12 May", three weeks on.
        let verified = |place: usize| {
            let mention = &calendar.mentions[place];
            (mention.kind == DateKind::Day || is_night(mention))
                && mention.bound == Bound::At
                && !mention.future
                && within_weeks(calendar, mention)
        };
        let opens = order < OPENING;
        let first = drafts.partition_point(|d| d.sentence < index);
        let told = drafts[first..].iter().take_while(|d| d.sentence == index).filter(|d| !is_earlier_figure(sheet, d));
        let by_count =
            told.filter(|d| matches!(d.modality.0, Modality::Reported | Modality::Confirmed)).find_map(|d| {
                own_sentence(sheet, calendar, d, sentence)
                    .filter(|place| (of_event(*place) || opens && verified(*place)) && !sets_out(*place))
            });
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

/// Whether a period is one night: "in the night of Thursday to Friday".
fn is_night(mention: &DateMention) -> bool {
    let days = mention.window.start.zip(mention.window.end).map(|(from, to)| (to - from).num_days());
    mention.kind == DateKind::Period && days.is_some_and(|days| days <= 1)
}

/// Whether a day lies at most a month before publication.
fn within_weeks(calendar: &Calendar<'_>, mention: &DateMention) -> bool {
    let published = calendar.known.published.start;
    published.zip(mention.window.end).is_some_and(|(published, day)| (0..=31).contains(&(published - day).num_days()))
}

/// "What happened here on the night of January 10 to 11 is no longer in doubt": a long read comes to its
/// event behind the lead, with a day by the calendar beside a verb of happening.
fn told_further_down(sheet: &Sheet<'_>, calendar: &Calendar<'_>, read: &[Read]) -> Option<usize> {
    const FAR: usize = 20;
    let happens = words![
        "happened",
        "took place",
        "struck",
        "began",
        "erupted",
        "attacked",
        "stormed",
        "sank",
        "collapsed",
        "went down",
    ];
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
                (dated && near.into_iter().any(|unit| sheet.is_any(unit, happens))).then_some(place)
            },
        )
    })
}

/// Verbs with which an event comes over people.
const HAPPENS: &WordSet = words![
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
    // "happened on Wednesday, a day after the agency said": what came first was said, and is no event.
    let clause = (at + 3..at + 14).take_while(|at| !sheet.is_punct_any(*at, &[",", ";", "."]));
    if clause.into_iter().any(|at| sheet.reporting(at).is_some_and(|entry| entry.pattern == Pattern::Says)) {
        return None;
    }
    let happened = |at: usize| names_event(sheet, at) || sheet.is_any(at, HAPPENS);
    (sheet.is_any(at + 2, words!["after"]) && days <= 60 && (at + 3..at + 14).any(happened)).then_some(days)
}

/// "The war began when gunmen killed 1,200 people": the mention that the article counts from.
pub(super) fn began(sheet: &Sheet<'_>, calendar: &Calendar<'_>, draft: &Draft<'_>, sentence: &Read) -> Option<usize> {
    let war = (sentence.units.start..draft.counted.unit).find(|unit| {
        sheet.is_any(
            *unit,
            words!["war", "conflict", "fighting", "hostilities", "siege", "offensive", "uprising", "crisis"],
        )
    })?;
    (war + 1..draft.counted.unit.min(war + 8))
        .any(|unit| {
            sheet.is_any(
                unit,
                words!["began", "started", "erupted", "broke out", "broke", "triggered", "sparked", "begun"],
            )
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
    let word = (draft.counted.unit..sentence.units.end).find(|unit| sheet.is_any(*unit, words!["respectively"]))?;
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
            // "…, the ministry said late on Wednesday, and": between commas, and the day of saying all the same.
            let at_once = || {
                sheet.reporting(saying.at).is_some_and(|entry| matches!(entry.pattern, Pattern::Says | Pattern::Tells))
                    && (saying.at + 1..unit).all(|between| {
                        sheet.cue(between, Cue::In)
                            || sheet.is_any(between, words!["late", "early", "earlier", "later"])
                    })
            };
            (saying.scope != Scope::Clause || at_once())
                && (saying.at + 1..unit).all(|between| {
                    sheet.count(between).is_none()
                        && !sheet.is_any(between, words!["that"])
                        && !sheet.is_punct_any(between, &["\"", ";", ":"])
                        && !sheet.is_any(between, words!["took", "occurred", "happened", "took place"])
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
    if told_on(sheet, draft, sentence).is_some() {
        return None;
    }
    let unit = draft.counted.unit;
    // "On 23 October it was 1,000 bodies against 31": without a day of its own, what is set against it has that one.
    let dated_behind = date_units(sheet, &sentence.units).any(|(at, _)| at > unit);
    date_units(sheet, &sentence.units)
        .filter(|(at, place)| {
            let mention = &calendar.mentions[*place];
            // "the first exchange of 2026" dates the exchange's rank, not the claim.
            let when = *at < unit && (sheet.is_any(at + 1, words!["when"]) || sheet.is_any(at + 2, words!["when"]));
            // "in the same period of 2022", "in the first half of 2023"
            let stretch = *at > 1
                && sheet.is_any(*at - 2, words!["period", "half", "quarter", "months", "weeks", "time", "stretch"]);
            let nearest = || (unit + 1..*at).all(|between| sheet.count(between).is_none());
            // "in the whole of 2024", "against 5,161 in all of 2024"
            let whole =
                *at > 1 && sheet.is_any(*at - 2, words!["whole", "all", "rest", "course", "end", "start", "beginning"]);
            let against = *at > unit && nearest() && (whole || set_against(sheet, draft));
            let ranks = mention.bound == Bound::At
                && !(when || against || stretch && *at > unit && nearest())
                && matches!(mention.kind, DateKind::Year | DateKind::Calendar)
                && (*at > 0 && sheet.cue(*at - 1, Cue::Of) || ranked(sheet, *at, sentence));
            // "a day after it released 20": no day of its own words. "captured in 2020" describes the people.
            !ranks
                && mention.bound != Bound::AsOf
                && !is_relative_day(mention)
                && !describes(sheet, draft, *at, sentence)
                && !is_compared(sheet, *at)
                && !dates_toll(sheet, *at)
                && !of_apposition(sheet, draft, *at, &sentence.units)
                && !is_dateline(sheet, *at, &sentence.units)
                && !of_another(sheet, draft, *at)
                && !(mention.bound == Bound::Since && is_aside(sheet, draft, *at, sentence))
                && !labels_note(sheet, *at, &sentence.units)
                && !told_aside(sheet, draft, *at)
                && !of_those_who(sheet, draft, *at, sentence)
                && !behind_absolute(sheet, draft, *at)
                && !(*at > unit && dates_rank(sheet, *at, &sentence.units))
                && !of_earlier_figure(sheet, draft, *at)
                && !behind_semicolon(sheet, draft, *at)
                && !of_what_came_before(sheet, draft, *at, mention)
                && !(mention.bound == Bound::Since && between_commas(sheet, draft, *at))
                && !(set_against(sheet, draft) && *at < unit && dated_behind)
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

/// The date in an earlier cell of the draft's row of a table: "| 12 Aug | 616 | 240 |".
pub(super) fn of_row(sheet: &Sheet<'_>, calendar: &Calendar<'_>, draft: &Draft<'_>) -> Option<usize> {
    const CELLS: usize = 12;
    let mut index = draft.sentence;
    if sheet.block(index) != BlockKind::TableRow {
        return None;
    }
    for _ in 0..CELLS {
        if sheet.opens_block(index) || index == 0 {
            return None;
        }
        index -= 1;
        let dated = date_units(sheet, &sheet.sentences[index]).map(|(_, place)| place).find(|place| {
            let mention = &calendar.mentions[*place];
            mention.bound == Bound::At && matches!(mention.kind, DateKind::Day | DateKind::Month | DateKind::Weekday)
        });
        if dated.is_some() {
            return dated;
        }
    }
    None
}

/// What the heading of the draft's section counts from ("Casualties since 13 July"), or its day ("Monday, 4 May: the
/// road is cut"). The title of the article is no such heading, and neither is a line above the text, which begins with
/// the sentence `text`.
pub(super) fn of_section(sheet: &Sheet<'_>, calendar: &Calendar<'_>, draft: &Draft<'_>, text: usize) -> Option<usize> {
    const SECTION: usize = 24;
    let heading = |index: &usize| matches!(sheet.block(*index), BlockKind::Heading(_));
    let floor = draft.sentence.saturating_sub(SECTION).max(1);
    let index = (floor..draft.sentence).rev().find(heading)?;
    if sheet.block(index) == BlockKind::Heading(1) {
        return None;
    }
    date_units(sheet, &sheet.sentences[index]).map(|(_, place)| place).find(|place| {
        let mention = &calendar.mentions[*place];
        mention.bound == Bound::Since && mention.window_or_text_known()
            || index > text && is_day_of_section(calendar, mention)
    })
}

/// Whether a mention in a heading can be the day of its section; that of publication dates the whole article.
fn is_day_of_section(calendar: &Calendar<'_>, mention: &DateMention) -> bool {
    let published = calendar.known.published.single_day();
    mention.bound == Bound::At
        && matches!(mention.kind, DateKind::Day | DateKind::Weekday)
        && (published.is_none() || mention.window.single_day() != published)
}

/// Whether days head the sections of an article: two headings at least, with other days.
fn is_chronicle(sheet: &Sheet<'_>, calendar: &Calendar<'_>) -> bool {
    let mut first = None;
    (1..sheet.sentences.len())
        .filter(|index| matches!(sheet.block(*index), BlockKind::Heading(_)))
        .flat_map(|index| date_units(sheet, &sheet.sentences[index]))
        .map(|(_, place)| &calendar.mentions[place])
        .filter(|mention| is_day_of_section(calendar, mention))
        .any(|mention| *first.get_or_insert(&mention.value) != &mention.value)
}

/// The first sentence of running text: a day in a line above it is that of publication, unless days head all sections.
pub(super) fn first_of_text(sheet: &Sheet<'_>, calendar: &Calendar<'_>) -> usize {
    const LONG: usize = 12;
    if is_chronicle(sheet, calendar) {
        return 0;
    }
    let running = |index: &usize| {
        matches!(sheet.block(*index), BlockKind::Paragraph | BlockKind::Item) && sheet.sentences[*index].len() >= LONG
    };
    (0..sheet.sentences.len()).find(running).unwrap_or(sheet.sentences.len())
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

/// The day on which a toll stood at a figure or was put at it: "had put the toll at 15 on Thursday", "On
/// Thursday the authority had put the toll at 15, and on Wednesday at 12". It dates the telling, and
/// not the event.
pub(super) fn told_on(sheet: &Sheet<'_>, draft: &Draft<'_>, sentence: &Read) -> Option<usize> {
    const TOLLS: &[&str] = &["toll", "number", "count", "figure", "tally", "total", "dead", "deaths"];
    const PUTS: &[&str] = &[
        "put",
        "puts",
        "putting",
        "placed",
        "stood",
        "stands",
        "set",
        "left",
        "estimated",
        "risen",
        "rose",
        "raised",
        "climbed",
        "revised",
        "reached",
    ];
    let units = &sentence.units;
    let start = draft.counted.phrase.start;
    // "put the toll at", "stood at" may be one unit.
    let any_of = |unit: usize, words: &[&str]| sheet.word(unit).split(' ').any(|word| words.contains(&word));
    let joins = |unit: &usize| {
        let word = sheet.word(*unit);
        matches!(word, "at" | "to") || word.ends_with(" at") || word.ends_with(" to")
    };
    let at = (units.start.max(start.saturating_sub(2))..start).rev().find(joins)?;
    let verb = (units.start..=at).rev().find(|unit| any_of(*unit, PUTS))?;
    let broken =
        |unit: usize| sheet.is_punct_any(unit, &[";", "\""]) || sheet.is_any(unit, words!["that", "who", "which"]);
    if !(units.start..=at).any(|unit| any_of(unit, TOLLS)) || (verb..at).any(broken) {
        return None;
    }
    let behind = draft.counted.phrase.end;
    let behind = behind + usize::from(sheet.is_any(behind, words!["on", "by"]));
    if let Some(place) = sheet.date(behind).filter(|_| behind < units.end) {
        return Some(place);
    }
    if at > units.start
        && let Some(place) = sheet.date(at - 1)
    {
        return Some(place);
    }
    // The day in front of the verb is that of its first figure alone.
    let first = (verb..at).all(|unit| sheet.count(unit).is_none());
    let mut before = date_units(sheet, &(units.start..verb)).filter(|(unit, _)| !is_dateline(sheet, *unit, units));
    before.next().map(|(_, place)| place).filter(|_| first)
}

fn clause_break(sheet: &Sheet<'_>, unit: usize) -> bool {
    sheet.is_punct_any(unit, &[";", "\u{2014}"])
        || (sheet.cue(unit, Cue::Subordinator) && !sheet.any_cue(unit, bit(Cue::Adverb) | bit(Cue::With)))
        || sheet.is_any(unit, words!["which", "who"])
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
            (sheet.is_any(unit, words!["the", "that", "this", "these", "those"])
                && names_event(sheet, unit + 1)
                && !sheet.cue(unit + 2, Cue::Of))
                || (sheet.is_any(unit, words!["also"]) && unit > sentence.start)
        });
    // "Ukraine's minister said the exchange would follow a 6,000 for 6,000 formula"
    let later_definite = !opens_block
        && (sentence.start..draft.counted.unit).any(|unit| {
            let governs = draft.roles.verb.and_then(|(verb, _)| read[draft.sentence].verbs.get(verb));
            sheet.is_any(unit, words!["the", "that", "this"])
                && names_event(sheet, unit + 1)
                && !sheet.cue(unit + 2, Cue::Of)
                && governs.is_none_or(|verb| verb.at != unit + 1)
        });
    // "The next exchange is to be held in December. It should bring home 30."
    let planned = draft.modality.0 == Modality::Planned
        && !opens_block
        && sheet.is_any(sentence.start, words!["it", "this", "that"]);
    if !(cued || definite || later_definite || planned) {
        return None;
    }
    let previous = draft.sentence.checked_sub(1)?;
    let units = &read[previous].units;
    date_units(sheet, units)
        .filter(|(at, place)| {
            let mention = &calendar.mentions[*place];
            !is_utterance(sheet, *at, &read[previous].sayings)
                && !is_compared(sheet, *at)
                && mention.window_or_text_known()
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
            words![
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
                "incident",
                "incidents",
                "attacks",
                "raids",
            ],
        )
}

/// The day of an event that the sentence before, in the same paragraph, tells of without a figure: "Monday's air
/// strike hit a plantation. The mayor reports four wounded."
pub(super) fn of_event_before(
    sheet: &Sheet<'_>,
    calendar: &Calendar<'_>,
    draft: &Draft<'_>,
    read: &[Read],
) -> Option<usize> {
    let hurt = matches!(&*draft.category.id, "killed" | "wounded" | "missing" | "bodies" | "civilians");
    let previous = draft.sentence.checked_sub(1).filter(|_| hurt && !sheet.opens_block(draft.sentence))?;
    let before = &read[previous];
    if sheet.is_quoted(before.units.start) != sheet.is_quoted(draft.counted.unit) {
        return None;
    }
    let mut dated = date_units(sheet, &before.units).filter(|(at, place)| {
        let mention = &calendar.mentions[*place];
        let day = mention.window.single_day().is_some() || matches!(mention.kind, DateKind::Weekday | DateKind::Day);
        let events = (*at + 1..*at + 4).take_while(|unit| *unit < before.units.end);
        day && mention.bound == Bound::At
            && !mention.future
            && !is_utterance(sheet, *at, &before.sayings)
            && !is_dateline(sheet, *at, &before.units)
            && sheet.is_possessive(*at + 1)
            && events.into_iter().any(|unit| names_event(sheet, unit))
    });
    let (_, place) = dated.next()?;
    dated.next().is_none().then_some(place)
}

/// The period over which a table counts, where the paragraph in front of it tells it: "what each of them says of the
/// shelling from the evening of 3 May to the morning of 8 May". First and last of its mentions.
pub(super) fn period_of_table(sheet: &Sheet<'_>, calendar: &Calendar<'_>, draft: &Draft<'_>) -> Option<(usize, usize)> {
    const ROWS: usize = 120;
    if sheet.block(draft.sentence) != BlockKind::TableRow {
        return None;
    }
    let floor = draft.sentence.saturating_sub(ROWS);
    let last = (floor..draft.sentence).rev().find(|index| sheet.block(*index) != BlockKind::TableRow)?;
    if sheet.block(last) != BlockKind::Paragraph {
        return None;
    }
    let units = &sheet.sentences[last];
    let days: Vec<(usize, usize)> = date_units(sheet, units)
        .filter(|(_, place)| {
            let mention = &calendar.mentions[*place];
            matches!(mention.kind, DateKind::Day | DateKind::Period) && mention.window.is_known()
        })
        .take(3)
        .collect();
    match days[..] {
        [(_, place)] if calendar.mentions[place].kind == DateKind::Period => Some((place, place)),
        [(first, from), (second, to)] => {
            let opens = (first.saturating_sub(4).max(units.start)..first).any(|at| sheet.is_any(at, words!["from"]));
            let near = second <= first + 6 && (first + 1..second).any(|at| sheet.cue(at, Cue::To));
            let ordered = calendar.mentions[from].window.start <= calendar.mentions[to].window.start;
            (opens && near && ordered).then_some((from, to))
        }
        _ => None,
    }
}

impl DateMention {
    /// Whether anything of its window is known, from the text alone or with publication.
    fn window_or_text_known(&self) -> bool {
        self.window.is_known() || self.text_window.is_known() || !self.text_value.is_empty()
    }
}
