//! When: which date of the text dates a claim, and what sort of figure that makes it.
//!
//! In the order of trust: a date in the claim's own clause; the date of the sentence before, where
//! the words point back to it ("At that time", "The exchange also …"), or where the paragraph goes on
//! about what it has just dated; the day of the main event, as the lead has it; the article's own day
//! ("today", "on Thursday", a dateline); for a dated article without one, the days between its
//! latest look-back and its publication, at most 31. A day of saying ("told media in February
//! that …") is no day of the event, and how things stand ("are still held") has the day it is said,
//! else the article's. No day is ever invented.

use chrono::Days;

use super::clauses::{Actor, transfers};
use super::dates::{Bound, DateKind, DateMention, listed};
use super::draft::Draft;
use super::governing::Tie;
use super::lexicon_pass::bit;
use super::pipeline::Read;
use super::quantities::{Note, QuantityMention};
use super::sheet::Sheet;
use super::which_date::{
    REACH, began, carried_over, days_after, first_of_text, main_event, names_event, of_event_before, of_row,
    of_section, own_sentence, period_of_table, respectively, told_on, utterance,
};
use super::word_set::WordSet;
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

/// An earlier figure is of the event that the later one is of.
const OVERTAKEN: &str = "the event of the figure that overtook it";

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
    // What a situation report says stands as of its day.
    let as_of = calendar.own.is_some_and(|place| calendar.mentions[place].bound == Bound::AsOf);
    let main = main_event(sheet, calendar, read, &drafts).filter(|_| !as_of);
    let text = first_of_text(sheet, calendar);
    // "five who had been missing since 2024" counts nothing from there.
    let end = known_end(calendar);
    let since = calendar.mentions.iter().position(|m| {
        if m.bound != Bound::Since || m.window.start.is_none() {
            return false;
        }
        let unit = sheet.unit_of_token(m.tokens.start);
        let floor = sheet.sentences[sheet.sentence_of(unit)].start.max(unit.saturating_sub(8));
        let told = (floor..unit).rev().take_while(|at| sheet.count(*at).is_none() && !sheet.is_punct(*at, ","));
        let aside = told.into_iter().any(|at| sheet.is_any(at, words!["who", "whose"]));
        // "without a well since Tuesday" begins no war: what it counts from is one, or lies long back.
        let near = sheet.sentences[sheet.sentence_of(unit)].clone();
        let war = near.into_iter().any(|at| sheet.is_any(at, WARS));
        let long = m.window.start.zip(end).is_some_and(|(start, end)| (end - start).num_days() > 180);
        !aside && (war || long)
    });
    let calendar = &Calendar { main, since, ..*calendar };
    // Whether the article is about a handover: then a toll in it is of something else.
    let moved = drafts.iter().filter(|d| is_transfer(sheet, read, d)).count();
    let mostly_transfers = moved * 2 >= drafts.len() && drafts.first().is_some_and(|d| is_transfer(sheet, read, d));
    for mut draft in drafts {
        let sentence = &read[draft.sentence];
        let own = own_sentence(sheet, calendar, &draft, sentence).or_else(|| of_row(sheet, calendar, &draft));
        // "Several months earlier, 12 people were killed": on a day that nobody tells.
        if own.is_none() && some_time_ago(sheet, sentence) {
            draft.kind = kind(sheet, &draft, sentence, mostly_transfers, false);
            dated.push(draft);
            continue;
        }
        let told = told_on(sheet, &draft, sentence);
        let utterance = told.or_else(|| utterance(sheet, calendar, &draft, sentence));
        // One day of telling for one saying.
        if told.is_some() || sentence.sayings.len() == 1 {
            draft.as_of = utterance.and_then(|place| day_of_telling(calendar, place));
        }
        let carried = carried_over(sheet, calendar, &draft, read);
        let in_section = || {
            let open = utterance.is_none() && carried.is_none() && !stands(sheet, &draft, sentence);
            of_section(sheet, calendar, &draft, text).filter(|_| open)
        };
        let section = own.is_none().then(in_section).flatten();
        let settled = draft.modality.0 != Modality::Planned;
        if own.is_none()
            && let Some((from, to)) = period_of_table(sheet, calendar, &draft)
        {
            over_period(sheet, &mut draft, &calendar.mentions[from], &calendar.mentions[to]);
            draft.kind = kind(sheet, &draft, sentence, mostly_transfers, true);
            dated.push(draft);
            continue;
        }
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
        } else if let Some(place) = section {
            set(sheet, &mut draft, &calendar.mentions[place], "the date in the heading of its section");
            draft.kind = kind(sheet, &draft, sentence, mostly_transfers, true);
        } else {
            draft.kind = kind(sheet, &draft, sentence, mostly_transfers, false);
            // "46 people had died since the siege began, 29 of them children": a part has the date of its whole.
            let whole = dated.last().filter(|d| {
                let of_whole =
                    draft.counted.of_them || sheet.is_any(draft.counted.phrase.end, words!["of them", "of whom"]);
                d.sentence == draft.sentence
                    && of_whole
                    && settled
                    && draft.counted.unit > d.counted.unit
                    && (d.counted.phrase.end..draft.counted.phrase.start)
                        .all(|at| sheet.date(at).is_none() && !sheet.is_punct(at, ";"))
            });
            if let Some(whole) = whole {
                draft.date = whole.date.clone();
                draft.kind = whole.kind;
                draft.as_of = whole.as_of;
                draft.date_provenance = Some(Provenance::inferred("the date of the whole", draft.date.span));
                dated.push(draft);
                continue;
            }
            // "lost 46,000 troops, with tens of thousands more missing": both are counts to date.
            let tied = dated.last().filter(|d| d.sentence == draft.sentence && draft.additive.is_some());
            if tied.is_some_and(|d| d.kind.0 == Kind::Stock) {
                draft.kind = (Kind::Stock, "added to a count to date");
            }
            // "It shut two crossings on Monday. It has isolated 19": the perfect dates nothing by a day that is over.
            let perfect = draft.chain.is_empty() && in_perfect(sheet, &draft, sentence);
            let over = perfect && dated.iter().rev().take(3).any(|d| goes_on(sheet, d, &draft));
            let as_it_stands = settled && (over || stands(sheet, &draft, sentence));
            // "It had put the toll at 15 on Thursday": the toll of the event that the latest figure is of.
            let overtakes = dated
                .iter()
                .rev()
                .take(8)
                .find(|d| told.is_some() && d.category.id == draft.category.id && d.date.window.is_known());
            if let Some(latest) = overtakes {
                draft.date = latest.date.clone();
                draft.kind = latest.kind;
                draft.date_provenance = Some(Provenance::inferred(OVERTAKEN, draft.date.span));
                dated.push(draft);
                continue;
            }
            if let Some(place) = began(sheet, calendar, &draft, sentence) {
                set_day(sheet, &mut draft, &calendar.mentions[place], "the day the war began");
            } else if draft.kind.0 == Kind::Stock && draft.kind.1 != HELD && !(as_it_stands && draft.kind.1 == BESIDE) {
                stock(sheet, calendar, &mut draft, utterance);
            } else if draft.kind.0 == Kind::Cumulative {
                to_date(sheet, calendar, &mut draft, utterance);
            } else if let Some(place) = carried {
                set(sheet, &mut draft, &calendar.mentions[place], CARRIED);
                draft.kind = kind(sheet, &draft, sentence, mostly_transfers, true);
            } else if let Some(before) = dated
                .iter()
                .rev()
                .take(3)
                // "twelve of the 34 that it had retained on Sunday. They are": the whole has a day of its own.
                .find(|d| !is_whole(sheet, d))
                .filter(|d| settled && !as_it_stands && goes_on(sheet, d, &draft))
            {
                draft.date = before.date.clone();
                draft.date_provenance = Some(Provenance::inferred(GOES_ON, draft.date.span));
            } else if let Some(place) = of_event_before(sheet, calendar, &draft, read).filter(|_| settled) {
                set_day(sheet, &mut draft, &calendar.mentions[place], GOES_ON);
            } else if settled {
                let main = calendar.main.filter(|_| !as_it_stands);
                let main = main.filter(|place| {
                    let said = utterance.and_then(|place| calendar.mentions[place].window.single_day());
                    let day = calendar.mentions[*place].window.single_day();
                    // What is said on a day further down is news of that day.
                    let unit = sheet.unit_of_token(calendar.mentions[*place].tokens.start);
                    let near = sheet.sentence_of(unit).abs_diff(draft.sentence) <= 2
                        || is_done_by_the_event(sheet, &draft, sentence);
                    said.is_none() && utterance.is_none()
                        || near && said.zip(day).is_none_or(|(said, day)| day <= said && (said - day).num_days() <= 7)
                });
                if let Some(place) = main {
                    set(sheet, &mut draft, &calendar.mentions[place], "the day of the main event");
                    let unit = sheet.unit_of_token(calendar.mentions[place].tokens.start);
                    if let Some(days) = days_after(sheet, unit) {
                        set_back(&mut draft.date, days);
                    }
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

/// "The earthquake has killed at least 480 people": of the event that the article is about.
fn is_done_by_the_event(sheet: &Sheet<'_>, draft: &Draft<'_>, sentence: &Read) -> bool {
    let Some((verb, Tie::Object)) = draft.roles.verb else { return false };
    let Actor::Other(unit) = sentence.verbs[verb].subject else { return false };
    let Some(floor) = unit.checked_sub(5) else { return false };
    let definite = (floor.max(sentence.units.start)..unit).any(|at| sheet.is_any(at, words!["the"]));
    definite && names_event(sheet, unit)
}

/// The day of a telling, where it is known and not ahead of the article.
fn day_of_telling(calendar: &Calendar<'_>, place: usize) -> Option<DateWindow> {
    let mention = &calendar.mentions[place];
    let published = calendar.known.published.end;
    let day = mention.window.single_day()?;
    (!mention.future && published.is_none_or(|published| day <= published)).then_some(mention.window)
}

/// What losses are counted from.
const WARS: &WordSet = words![
    "war",
    "invasion",
    "conflict",
    "hostilities",
    "fighting",
    "offensive",
    "uprising",
    "insurgency",
    "siege",
    "coup",
    "crisis",
    "ceasefire",
    "truce",
    "aggression",
    "outbreak",
    "epidemic",
    "attack",
];

/// The last day on which the article may have been published, else the latest that it tells.
fn known_end(calendar: &Calendar<'_>) -> Option<chrono::NaiveDate> {
    calendar.known.published.end.or_else(|| calendar.mentions.iter().filter_map(|m| m.window.end).max())
}

/// Takes a mention as the date of a draft.
fn set(sheet: &Sheet<'_>, draft: &mut Draft<'_>, mention: &DateMention, rule: &'static str) {
    draft.date = mention.claim_date(sheet.tokens);
    // "the toll from Monday's earthquake", "since 1999, when 17,000 died": the day of the event itself.
    let behind = sheet.unit_of_token(mention.tokens.end);
    let when =
        sheet.is_any(behind, words!["when"]) || sheet.is_punct(behind, ",") && sheet.is_any(behind + 1, words!["when"]);
    // "Since 2014, when 276 were taken, more than 1,400": behind the comma it is the time since.
    let inside = || (behind + 1..draft.counted.unit).all(|unit| !sheet.is_punct(unit, ","));
    let when = when && draft.counted.unit > behind && inside();
    if mention.bound != Bound::At && (sheet.is_possessive(behind) || when) {
        draft.date.window = mention.window;
        draft.date.value = Some(mention.text_value.clone());
        draft.date.extent = false;
    }
    let span = draft.date.span;
    draft.date_provenance =
        Some(if rule.is_empty() { Provenance::stated(span) } else { Provenance::inferred(rule, span) });
}

/// Moves a date back by some days, as far as it is known: `2026-03-12`, `XXXX-03-12`, `XXXX-WXX-4`.
fn set_back(date: &mut ClaimDate, days: u64) {
    let back = |day: chrono::NaiveDate| day.checked_sub_days(Days::new(days));
    date.window.start = date.window.start.and_then(back);
    date.window.end = date.window.end.and_then(back);
    date.window.basis = Basis::Inferred;
    let iso = |value: &str| chrono::NaiveDate::parse_from_str(value, "%Y-%m-%d").ok().and_then(back);
    date.value = date.value.as_deref().and_then(|value| {
        if let Some(weekday) = value.strip_prefix("XXXX-WXX-") {
            let weekday: i64 = weekday.parse().ok()?;
            let days = i64::try_from(days % 7).ok()?;
            return Some(format!("XXXX-WXX-{}", (weekday - 1 - days).rem_euclid(7) + 1).into());
        }
        match value.strip_prefix("XXXX") {
            Some(rest) => Some(iso(&format!("2024{rest}"))?.format("XXXX-%m-%d").to_string().into()),
            None => Some(iso(value)?.format("%Y-%m-%d").to_string().into()),
        }
    });
}

/// Takes the day that a mention names, without its bound.
fn set_day(sheet: &Sheet<'_>, draft: &mut Draft<'_>, mention: &DateMention, rule: &'static str) {
    set(sheet, draft, mention, rule);
    draft.date.window = mention.window;
    draft.date.value = Some(mention.text_value.clone());
    draft.date.extent = false;
    draft.kind = (Kind::Event, "");
}

/// Dates a figure of a table by the period that the table is of.
fn over_period(sheet: &Sheet<'_>, draft: &mut Draft<'_>, from: &DateMention, to: &DateMention) {
    set(sheet, draft, from, "the period that its table is of");
    if let Some((start, end)) = from.window.start.zip(to.window.end)
        && start <= end
    {
        draft.date.window = DateWindow::between(start, end, Basis::Inferred);
        let ends = |value: &str| {
            value.split_once('/').map_or((value.to_owned(), value.to_owned()), |(a, b)| (a.into(), b.into()))
        };
        draft.date.value = Some(format!("{}/{}", ends(&from.text_value).0, ends(&to.text_value).1).into());
    }
    draft.date.extent = true;
}

/// Whether a count tells how things stand: "are still held", "remain missing", "are being treated".
fn stands(sheet: &Sheet<'_>, draft: &Draft<'_>, sentence: &Read) -> bool {
    if draft.kind.1 == HELD || draft.kind.1 == STANDS {
        return true;
    }
    let state = !matches!(&*draft.category.id, "killed" | "bodies" | "exchanges");
    let (from, to) = (draft.counted.phrase.start.saturating_sub(3), draft.counted.phrase.end + 6);
    let near = from.max(sentence.units.start)..to.min(sentence.units.end);
    state
        && near
            .into_iter()
            .take_while(|unit| *unit <= draft.counted.unit || !sheet.is_punct_any(*unit, &[",", ";"]))
            .any(|unit| {
                sheet.word(unit).starts_with("still")
                    || sheet.is_any(unit, words!["remain", "currently", "sit", "languish"])
                    || sheet.is_any(unit, words!["is", "are"])
                        && (sheet.is_any(unit + 1, words!["under", "in", "on"])
                            && sheet
                                .is_any(unit + 2, words!["treatment", "hospital", "hospitals", "intensive", "oxygen"])
                            || sheet.is_any(unit + 1, words!["being"])
                                && sheet.is_any(unit + 2, words!["treated", "sought"]))
            })
}

/// Whether a sentence opens with a stretch of time that fixes no day: "Several months earlier,", "A few years ago".
fn some_time_ago(sheet: &Sheet<'_>, sentence: &Read) -> bool {
    let first = sentence.units.start;
    let first = first + usize::from(sheet.is_any(first, words!["just", "only", "but"]));
    let vague = sheet.count(first).is_some_and(|_| sheet.word(first).chars().all(char::is_alphabetic))
        || sheet.is_any(first, words!["several", "some", "a few", "few", "many", "a", "a couple of"]);
    (first + 1..first + 4).any(|at| {
        sheet.is_any(at, words!["days", "weeks", "months", "years", "hours", "decades"])
            && sheet.is_any(at + 1, words!["earlier", "ago", "before", "previously"])
            && sheet.date(at).is_none()
            && vague
    })
}

/// Whether the verb of a count is in the present perfect: "has isolated".
fn in_perfect(sheet: &Sheet<'_>, draft: &Draft<'_>, sentence: &Read) -> bool {
    let verb = draft.roles.verb.and_then(|(verb, _)| sentence.verbs.get(verb));
    verb.is_some_and(|verb| (verb.start..verb.at).any(|unit| sheet.is_any(unit, words!["has", "have"])))
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
    let days = before.date.window.start.zip(before.date.window.end).map(|(a, b)| (b - a).num_days());
    // "executed 47 people in February. Three were women."
    let day = days.is_some_and(|days| days <= 1 || days <= 31 && draft.counted.is_elliptical());
    // What a witness told of yesterday dates nothing that the outlet tells next.
    let same_voice = sheet.is_quoted(before.counted.unit) == sheet.is_quoted(draft.counted.unit);
    near && same_block && same_voice && stated && day && !before.date.extent && before.kind.0 == Kind::Event
}

/// Whether a draft is the whole that another count is a part of: "twelve of the 34".
fn is_whole(sheet: &Sheet<'_>, draft: &Draft<'_>) -> bool {
    let start = draft.counted.unit;
    (start.saturating_sub(3)..start).any(|at| sheet.cue(at, Cue::Of) && at > 0 && sheet.count(at - 1).is_some())
}

/// Whether "each" spreads a count over a list of dates.
fn distributes(sheet: &Sheet<'_>, counts: &[QuantityMention], draft: &Draft<'_>, sentence: &Read) -> bool {
    counts[draft.count].has(Note::Each) || sentence.units.clone().any(|unit| sheet.cue(unit, Cue::Each))
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
            sheet
                .is_any(unit, words!["invasion", "war", "conflict", "hostilities", "fighting", "offensive", "uprising"])
        });
        // "Last year a cyclone killed 30", "In 2021, 45 people died when a building collapsed": one event.
        let verb = draft.roles.verb.and_then(|(verb, _)| sentence.verbs.get(verb));
        let casualty =
            !moving && matches!(&*draft.category.id, "killed" | "wounded" | "missing" | "rescued" | "aboard");
        let event = verb.is_some_and(|v| {
            let actor = v.frame.is_some_and(|frame| sheet.frame_entry(frame).subject == Role::Actor);
            actor && v.voice == super::clauses::Voice::Bare && matches!(v.subject, super::clauses::Actor::Other(_))
        }) || (draft.counted.phrase.end..sentence.units.end)
            .any(|unit| sheet.is_any(unit, words!["when", "after"]));
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
            sheet.is_any(unit, words!["since"]) && sheet.date(unit + 1).is_none() && sheet.date(unit + 2).is_none()
                || sheet
                    .is_any(unit, words!["since the start", "since the beginning", "so far", "to date", "since then"])
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
    // "one of the most lethal fires since the turn of the century": a rank, and no beginning of the count.
    let ranks = |unit: usize| {
        (draft.counted.phrase.end..unit).any(|at| {
            sheet.is_any(at, words!["most", "worst", "first", "largest", "biggest"]) || sheet.word(at).ends_with("iest")
        })
    };
    let since_words =
        (draft.counted.phrase.end..sentence.units.end).any(|unit| sheet.is_any(unit, words!["since"]) && !ranks(unit));
    if casualty && (since_words || role == Role::Loser && verb.is_some_and(|v| v.cues & bit(Cue::Have) != 0)) {
        return (Kind::Stock, "losses to date");
    }
    // "the 41 include five who had been missing", "of the 12, seven went missing": of those who were handed over.
    let among = (sentence.units.start..draft.counted.unit).any(|at| {
        sheet.is_any(at, words!["include", "includes", "included"])
            || sheet.cue(at, Cue::Of)
                && [at + 1, at + 1 + usize::from(sheet.any_cue(at + 1, bit(Cue::Determiner)))]
                    .iter()
                    .any(|whole| sheet.count(*whole).is_some() && *whole != draft.counted.unit)
    });
    if casualty && mostly_transfers && among {
        return (Kind::Event, "");
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
