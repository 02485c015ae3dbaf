//! Dates in a claim's sentence that are not its own: of a dateline, an aside, a comparison, another count, of what
//! describes the people counted.

use std::ops::Range;

use super::clauses::Voice;
use super::dates::{DateKind, DateMention};
use super::draft::Draft;
use super::lexicon_pass::{Forms, bit};
use super::phrases::follows_up_from;
use super::pipeline::Read;
use super::sheet::Sheet;
use super::word_set::WordSet;
use crate::claim::Cue;

/// Whether a date stands in the dateline of a report: "PORT SUDAN, Nov. 6, 2025 (NWS) — …".
pub(super) fn is_dateline(sheet: &Sheet<'_>, unit: usize, sentence: &Range<usize>) -> bool {
    // "date 2024-06-19 The coast guard searched": the line of a list of articles, run into the text.
    if unit == sentence.start + 1 && sentence.start == 0 && sheet.is_any(sentence.start, words!["date"]) {
        return true;
    }
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

/// Whether a date tells the day of telling: "It is Sunday, and the search is over".
pub(super) fn sets_scene(sheet: &Sheet<'_>, unit: usize, sentence: &Range<usize>) -> bool {
    unit >= sentence.start + 2
        && unit <= sentence.start + 3
        && sheet.is_any(sentence.start, words!["it"])
        && sheet.any_cue(sentence.start + 1, bit(Cue::Be))
}

/// Whether a count is set against that of another time: "over 7,300 have landed, against 5,161 in all of 2024".
pub(super) fn set_against(sheet: &Sheet<'_>, draft: &Draft<'_>) -> bool {
    let start = draft.counted.phrase.start;
    start > 0 && sheet.is_any(start - 1, words!["against", "versus"])
        || start > 1
            && sheet.is_any(start - 1, words!["with", "to"])
            && sheet.is_any(start - 2, words!["compared", "comparing", "compares"])
}

/// Whether somebody else's circumstances stand between a count and a date behind it: "seven dead, four bodies
/// having drifted ashore on Thursday".
pub(super) fn behind_absolute(sheet: &Sheet<'_>, draft: &Draft<'_>, unit: usize) -> bool {
    (draft.counted.phrase.end..unit).any(|at| {
        sheet.is_punct(at, ",")
            && sheet.count(at + 1).is_some()
            && (at + 2..(at + 6).min(unit)).any(|at| sheet.is_any(at, words!["having", "being"]))
    })
}

/// Whether a date with "since" stands aside between commas: "living on leaves and, since Tuesday, without a well".
pub(super) fn between_commas(sheet: &Sheet<'_>, draft: &Draft<'_>, unit: usize) -> bool {
    // "41,000 remain inside, without mains water since 28 July"
    let end = draft.counted.phrase.end;
    let without = (end..unit)
        .any(|at| sheet.is_punct(at, ",") && sheet.is_any(at + 1, words!["without", "lacking"]) && unit <= at + 7);
    if without {
        return true;
    }
    let open = unit.saturating_sub(2).max(draft.counted.phrase.end);
    unit > draft.counted.phrase.end
        && sheet.is_punct(unit + 1, ",")
        && (open..unit).any(|at| sheet.is_punct(at, ",") && sheet.cue(at.wrapping_sub(1), Cue::And))
}

/// Whether a date behind a count is that of what somebody is tried or held for, or of an event spoken of in passing:
/// "sentenced 12 men for the killing of nine farmers on March 3, 2002", "were acquitted in the trial that began in July
/// 2009".
pub(super) fn of_what_came_before(sheet: &Sheet<'_>, draft: &Draft<'_>, unit: usize, mention: &DateMention) -> bool {
    const BEGINS: &WordSet = words![
        "began",
        "begun",
        "started",
        "opened",
        "erupted",
        "broke out",
        "ended",
        "followed",
        "dates",
        "dated",
        "took place",
        "was",
        "happened",
        "occurred",
        "shook",
        "struck",
        "hit",
        "devastated",
        "swept",
        "ravaged",
    ];
    let end = draft.counted.phrase.end;
    // "an outbreak that began six months ago and has infected 630 people": it began then.
    if unit < draft.counted.phrase.start {
        let near = unit.saturating_sub(4)..unit;
        let began =
            near.into_iter().any(|at| sheet.is_any(at, words!["began", "started", "erupted", "broke out", "emerged"]));
        return began
            && (unit + 1..draft.counted.phrase.start)
                .any(|at| sheet.cue(at, Cue::And) && sheet.is_any(at + 1, words!["has", "have"]));
    }
    if unit < end {
        return false;
    }
    // The clause behind "that" has the day beside its verb.
    let clause = (end + 1..unit)
        .rev()
        .take(8)
        .take_while(|at| !sheet.is_punct_any(*at, &[",", ";"]))
        .find(|at| sheet.is_any(*at, words!["that", "which"]));
    let event = |that: usize| {
        that > end + 1 && sheet.what(that - 1) == super::sheet::What::Word && sheet.count(that - 1).is_none()
    };
    if let Some(that) = clause.filter(|that| event(*that) && BEGINS.has(sheet.word(that + 1)))
        && (that + 1..unit).all(|at| sheet.count(at).is_none())
    {
        return true;
    }
    let tried = matches!(&*draft.category.id, "detained" | "prisoners");
    let far = mention.look_back || matches!(mention.kind, DateKind::Year);
    let cause = (end..unit).any(|at| {
        sheet.cue(at, Cue::For)
            && (at + 1..at + 4).any(|next| sheet.frame(next).is_some() || sheet.word(next).ends_with("ing"))
            || sheet.is_any(at, words!["guilty", "over", "convicted", "accused"])
    });
    tried && far && cause
}

/// Whether a date closes what tells how long an event's rank holds: "the first exchange since a truce in December
/// ended the shelling", "the second convoy since rebels closed the road two weeks ago".
pub(super) fn dates_rank(sheet: &Sheet<'_>, unit: usize, sentence: &Range<usize>) -> bool {
    const RANKS: &WordSet = words![
        "first",
        "second",
        "third",
        "fourth",
        "fifth",
        "worst",
        "deadliest",
        "biggest",
        "largest",
        "latest",
        "bloodiest",
    ];
    let floor = sentence.start.max(unit.saturating_sub(16));
    let since = (floor..unit)
        .rev()
        .take_while(|at| !sheet.is_punct_any(*at, &[",", ";", ":"]))
        .find(|at| sheet.is_any(*at, words!["since"]));
    since.is_some_and(|since| {
        (sentence.start.max(since.saturating_sub(8))..since)
            .rev()
            .take_while(|at| !sheet.is_punct_any(*at, &[",", ";", ":"]))
            .any(|at| RANKS.has(sheet.word(at)) || sheet.word(at).ends_with("iest"))
    })
}

/// Whether a count is an earlier figure that another is set beside: "up from 219".
pub(super) fn is_earlier_figure(sheet: &Sheet<'_>, draft: &Draft<'_>) -> bool {
    follows_up_from(sheet, draft.counted.unit)
}

/// Whether a date behind a count belongs to an earlier figure that it is set beside: "231 have been killed, up from
/// 219 on Sunday", "18,000 are in tents, down from 140,000 at the end of December".
pub(super) fn of_earlier_figure(sheet: &Sheet<'_>, draft: &Draft<'_>, unit: usize) -> bool {
    let end = draft.counted.phrase.end;
    // "214 were killed, compared with 171 in the previous month"
    let compared = |at: usize| {
        at > 1
            && sheet.is_any(at - 1, words!["with", "to"])
            && sheet.is_any(at - 2, words!["compared", "comparing", "compares"])
            || at > 0 && sheet.is_any(at - 1, words!["against", "compared with", "compared to"])
    };
    (end..unit).any(|at| sheet.count(at).is_some() && (follows_up_from(sheet, at) || compared(at)))
}

/// Whether a semicolon stands between a count and a date behind it: the date is of the clause there.
pub(super) fn behind_semicolon(sheet: &Sheet<'_>, draft: &Draft<'_>, unit: usize) -> bool {
    (draft.counted.phrase.end..unit).any(|at| sheet.is_punct(at, ";"))
}

/// Whether a date belongs to another count: "the 35 of Tuesday".
pub(super) fn of_another(sheet: &Sheet<'_>, draft: &Draft<'_>, unit: usize) -> bool {
    unit >= 2 && sheet.cue(unit - 1, Cue::Of) && sheet.count(unit - 2).is_some() && unit - 2 != draft.counted.unit
}

/// Whether "since" bounds something told aside: in a relative clause without a count ("five who had been
/// missing since 2024"), or in the part of the sentence before a semicolon.
pub(super) fn is_aside(sheet: &Sheet<'_>, draft: &Draft<'_>, unit: usize, sentence: &Read) -> bool {
    let verb_at = draft.roles.verb.and_then(|(verb, _)| sentence.verbs.get(verb)).map(|verb| verb.at);
    let sentence = &sentence.units;
    let parted = (unit..draft.counted.unit).any(|at| sheet.is_punct(at, ";"));
    let floor = sentence.start.max(unit.saturating_sub(10));
    let relative = (floor..unit)
        .rev()
        .take_while(|at| sheet.count(*at).is_none() && !sheet.is_punct_any(*at, &[",", ";"]))
        .find(|at| sheet.is_any(*at, words!["who", "whose"]));
    // "the 8,000 who have fled since Sunday": that is the claim itself.
    parted || relative.is_some_and(|pronoun| verb_at.is_none_or(|at| !(pronoun..unit).contains(&at)))
}

/// Whether a date in front of a count stands in a relative clause about others: "gunmen who abducted 53
/// people last week have released 20 of them".
pub(super) fn of_those_who(sheet: &Sheet<'_>, draft: &Draft<'_>, unit: usize, sentence: &Read) -> bool {
    let verb = draft.roles.verb.and_then(|(verb, _)| sentence.verbs.get(verb));
    let floor = sentence.units.start.max(unit.saturating_sub(16));
    unit < draft.counted.phrase.start
        && verb.is_some_and(|verb| verb.start > unit && verb.at < draft.counted.phrase.start)
        && (floor..unit).rev().take_while(|at| !sheet.is_punct_any(*at, &[",", ";"])).any(|at| {
            sheet.is_any(at, words!["who", "which", "whom"])
                    // "the coalition that has closed every road since June"
                    || sheet.is_any(at, words!["that"]) && sheet.any_cue(at + 1, bit(Cue::Have) | bit(Cue::Be))
        })
}

/// Whether a date belongs to a relative clause behind a comma that is about somebody else: "eleven of
/// the dead were Afghans, said the union, whose secretary accused the owners of ignoring warnings last month".
pub(super) fn told_aside(sheet: &Sheet<'_>, draft: &Draft<'_>, unit: usize) -> bool {
    let end = draft.counted.phrase.end;
    let floor = end.max(unit.saturating_sub(24));
    // "…, whose secretary, X, accused": an apposition may stand in the clause.
    let whose = |at: usize| sheet.is_any(at, words!["whose"]) && at > floor && sheet.is_punct(at - 1, ",");
    let pronoun = (floor..unit)
        .rev()
        .take_while(|at| !sheet.is_punct_any(*at, &[",", ";"]))
        .find(|at| sheet.is_any(*at, words!["whose", "who", "which"]) && sheet.is_punct(at - 1, ","))
        .or_else(|| (floor..unit).find(|at| whose(*at)));
    // "three soldiers, who were killed on Monday": of the counted themselves.
    pronoun.is_some_and(|at| at > end + 1)
}

/// Whether a date stands behind a word for the toll, and tells when it was drawn up: "31 dead, that is the toll this
/// morning", "the count on Friday evening".
pub(super) fn dates_toll(sheet: &Sheet<'_>, unit: usize) -> bool {
    const TOLLS: &WordSet = words!["toll", "death toll", "tally", "count", "balance"];
    let prepositions = usize::from(unit > 0 && sheet.any_cue(unit - 1, bit(Cue::In)));
    let noun = unit.wrapping_sub(1 + prepositions);
    unit > prepositions + 1
        && (sheet.is_any(noun, TOLLS) || sheet.is_any(noun, words!["so far"]) && sheet.is_any(noun - 1, TOLLS))
}

/// Whether a date closes an apposition about the people counted: "27 soldiers, prisoners since the battles of April,
/// were back on Thursday".
pub(super) fn of_apposition(sheet: &Sheet<'_>, draft: &Draft<'_>, unit: usize, sentence: &Range<usize>) -> bool {
    let end = draft.counted.phrase.end;
    unit > end
        && sheet.is_punct(end, ",")
        && sheet.is_punct(unit + 1, ",")
        && (end + 1..unit).all(|at| {
            !sheet.is_punct(at, ",")
                && !sheet.any_cue(at, bit(Cue::Be) | bit(Cue::Have) | bit(Cue::And))
                && sheet.count(at).is_none()
        })
        && sheet.any_cue(unit + 2, bit(Cue::Be) | bit(Cue::Have))
        && (unit + 2..sentence.end).any(|at| sheet.date(at).is_some())
}

/// Whether a date closes a comparison: "10,000 more than on Thursday", "14% fewer than in the same months
/// of last year".
pub(super) fn is_compared(sheet: &Sheet<'_>, unit: usize) -> bool {
    // "Less than three weeks ago": how long ago, and beside nothing.
    let opens = || sheet.sentences[sheet.sentence_of(unit)].start + 2 == unit;
    if unit > 1 && sheet.is_any(unit - 1, words!["than"]) && sheet.word(unit).ends_with(" ago") && opens() {
        return false;
    }
    // "an increase of six per cent on April"
    const CHANGES: &WordSet = words!["increase", "rise", "jump", "decrease", "decline", "drop", "fall"];
    let near = || unit.saturating_sub(7)..unit;
    if unit > 0 && sheet.is_any(unit - 1, words!["on", "over", "from"]) && near().any(|at| sheet.is_any(at, CHANGES)) {
        return true;
    }
    near()
        .skip(1)
        .rev()
        .take_while(|at| sheet.count(*at).is_none() && sheet.what(*at) != super::sheet::What::Punct)
        .any(|at| sheet.is_any(at, words!["than"]))
}

/// Whether a date stands in the label of a note and dates the note: "Correction, 25 June: …".
pub(super) fn labels_note(sheet: &Sheet<'_>, unit: usize, sentence: &Range<usize>) -> bool {
    const NOTES: &WordSet = words![
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

/// Whether a date closes a superlative or an ordinal: "one of the worst disasters this year".
pub(super) fn ranked(sheet: &Sheet<'_>, unit: usize, sentence: &Read) -> bool {
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
pub(super) fn is_relative_day(mention: &DateMention) -> bool {
    mention.kind == DateKind::Reference && mention.text_value.starts_with("XXXX-XX")
}

/// Participles of being held.
const HELD: &WordSet = words![
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

/// Some of those who were counted: "many of them".
const SOME: &WordSet = words!["many", "most", "some", "all", "several", "few"];

/// Words of letting go.
const FREES: &WordSet = words![
    "free",
    "frees",
    "freed",
    "release",
    "releases",
    "released",
    "releasing",
    "return",
    "returns",
    "returned",
    "swap",
    "swapped",
    "exchanged",
];

/// Whether a date belongs to a participle or relative clause that describes the counted people:
/// "31 servicemen captured between 2020 and 2023".
pub(super) fn describes(sheet: &Sheet<'_>, draft: &Draft<'_>, unit: usize, sentence: &Read) -> bool {
    let end = draft.counted.phrase.end;
    if unit < end {
        return false;
    }
    let governing = draft.roles.verb.map(|(verb, _)| verb);
    let verb_at = governing.and_then(|verb| sentence.verbs.get(verb)).map(|verb| verb.at);
    // "five who had been missing since 2024", "64 soldiers, fallen in 1998 and 1999, were returned"
    let whole = draft.counted.phrase.start >= 2 && {
        let before = draft.counted.phrase.start
            - 1
            - usize::from(sheet.any_cue(draft.counted.phrase.start - 1, bit(Cue::Determiner)));
        sheet.cue(before, Cue::Of) && before > 0 && sheet.count(before - 1).is_some()
    };
    // "twelve of the 34 people that it had retained on Sunday": the day of the 34, and not of the twelve.
    let part = sheet.cue(end, Cue::Of)
        && (end + 1..end + 3).any(|at| sheet.count(at).is_some())
        && (end + 2..unit).any(|at| sheet.is_any(at, words!["who", "that", "whom", "which"]));
    if part {
        return verb_at.is_some_and(|at| at < draft.counted.phrase.start);
    }
    if whole {
        return false;
    }
    // "hundreds were to be sent home, many of them detained after the raid in May": some of them, and since when.
    let some = (end..unit.saturating_sub(3))
        .rev()
        .find(|at| sheet.is_punct(*at, ",") && sheet.is_any(at + 1, SOME) && sheet.cue(at + 2, Cue::Of));
    if some.is_some_and(|at| (at..unit).any(|at| sheet.is_any(at, HELD))) {
        return true;
    }
    // "freed 17 others, mainly civilians, held hostage in the region since January": since when they were held.
    let freed = verb_at.is_some_and(|at| at < draft.counted.phrase.start && sheet.is_any(at, FREES));
    let held = (end..unit).rev().take(9).find(|at| sheet.is_any(*at, HELD));
    if let Some(held) = held.filter(|at| freed && sheet.is_punct(at - 1, ","))
        && (held..unit).all(|at| !sheet.is_punct_any(at, &[",", ";"]) && sheet.count(at).is_none())
    {
        return true;
    }
    // "eleven traders from Niafunké whom its men seized in August", "two residents of the region who had crossed"
    let far = (end..(end + 7).min(unit))
        .take_while(|at| sheet.what(*at) == super::sheet::What::Word && sheet.frame(*at).is_none())
        .find(|at| sheet.is_any(*at, words!["who", "whom", "whose"]));
    // "the 41 include five who had been missing since 2024", "consisted of five officers taken last year"
    let member = (sentence.units.start..draft.counted.phrase.start).any(|at| {
        sheet.is_any(
            at,
            words!["include", "includes", "included", "comprise", "comprises", "comprised", "consisted", "consists"],
        )
    });
    if member && (far.is_some() || (end..unit).any(|at| sheet.is_punct(at, ","))) {
        return true;
    }
    let opens = far.is_some()
        || sheet.is_any(end, words!["who", "whose", "which", "whom", "that"])
        || sheet.is_punct(end, ",") && {
            let word = sheet.word(end + 1);
            sheet.is_any(end + 1, words!["who", "whose", "which"])
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
            || verb.start > end && sheet.is_any(verb.start - 1, words!["who", "which", "that"]);
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
        // "prisoners taken then were only sent home at the end of December": the date is the main verb's.
        let over = verb_at.is_some_and(|main| verb.at < main && main < unit);
        near && modifier
            && !over
            && (Some(index) != governing || member || led && verb.voice == Voice::Bare)
            && (verb.at..unit).all(|at| !sheet.is_punct(at, ","))
    })
}

/// Whether nothing but a participle stands between a phrase and a date: "those abducted last week".
pub(super) fn qualifies(sheet: &Sheet<'_>, draft: &Draft<'_>, unit: usize) -> bool {
    let end = draft.counted.phrase.end;
    let marked =
        draft.counted.phrase.clone().any(|at| {
            at > draft.counted.unit && sheet.frame(at).is_some_and(|(_, forms)| forms.has(Forms::PARTICIPLE))
        });
    let participle = sheet.frame(end).is_some_and(|(_, forms)| forms.has(Forms::PARTICIPLE))
        && !sheet.cue(end.saturating_sub(1), Cue::Be);
    unit >= end && unit <= end + 2 && (participle || marked && unit == end)
}
