//! Whose figure it is where the words around it say so by other means than "X said": a toll that is
//! put or given, a report that is denied, a relayed word, a version that is taken back.

use std::ops::Range;

use super::attribution::{Saying, Scope};
use super::clauses::Verb;
use super::lexicon_pass::{PartyWord, bit};
use super::phrases::government;
use super::saying_phrases::{is_person_noun, names_source, phrase_behind, subject_speaker, without_adverbials};
use super::sheet::{Sheet, What};
use super::speakers::{Names, Speaker, SpeakerKind};
use super::word_set::WordSet;
use crate::article::BlockKind;
use crate::claim::{Asserter, Cue, NounClass, Side};

/// Nouns for what somebody holds to be so.
const CLAIMS: &WordSet = words![
    "report",
    "reports",
    "claim",
    "claims",
    "allegation",
    "allegations",
    "assertion",
    "assertions",
    "accusation",
    "accusations",
    "suggestion",
    "suggestions",
    "rumours",
    "rumors",
    "statement",
    "statements",
    "account",
    "accounts",
    "figure",
    "figures",
    "toll",
    "count",
    "tally",
    "estimate",
    "estimates",
    "report by",
    "report from",
    "reports by",
    "reports from",
    "statement by",
    "estimate by",
    "estimates by",
    "figures from",
    "account by",
    "count by",
];

/// Verbs that give a figure along with a noun for it: "put the dead at", "gave a lower figure of".
const PUTS: &WordSet = words![
    "put",
    "puts",
    "putting",
    "place",
    "places",
    "placing",
    "placed",
    "raised",
    "raises",
    "revised",
    "revises",
    "lowered",
    "updated",
    "corrected",
    "gave",
    "gives",
    "giving",
    "given",
    "set",
    "fixed",
    "adopted",
    "offered",
    "offers",
];

/// Nouns for a figure.
const FIGURES: &WordSet = words![
    "number",
    "numbers",
    "figure",
    "figures",
    "total",
    "toll",
    "count",
    "tally",
    "dead",
    "injured",
    "missing",
    "estimate",
    "list",
    "probability",
    "chance",
    "total number",
];

/// "The ministry put the toll in the north at 1,262", "The centre gave a lower figure of 24": a verb
/// of putting with a word for a count.
pub(super) fn puts_toll(
    sheet: &Sheet<'_>,
    sentence: &Range<usize>,
    verbs: &[Verb],
    names: &mut Names,
    found: &mut Vec<Saying>,
) {
    for at in sentence.clone().filter(|at| sheet.is_any(*at, PUTS)) {
        let ahead = at + 1..(at + 6).min(sentence.end);
        let figure = |unit: usize| {
            sheet.is_noun(unit, NounClass::Toll)
                || sheet.is_any(unit, FIGURES)
                || sheet.word(unit).starts_with("number of")
        };
        let close = ahead.clone().find(|unit| sheet.is_punct_any(*unit, &[",", ";", ":", "."])).unwrap_or(ahead.end);
        let counted = (at + 1..sentence.end).any(|unit| sheet.count(unit).is_some());
        let toll = (ahead.start..close).any(figure) || puts_at(sheet, at, sentence.end);
        if !toll || found.iter().any(|saying| saying.at == at) || verbs.iter().any(|v| v.at == at && v.says) {
            continue;
        }
        let from = verbs.iter().rev().find(|v| v.at < at).map_or(sentence.start, |v| v.at + 1);
        let from = (from..at)
            .rev()
            .find(|unit| sheet.is_punct_any(*unit, &["\"", ";"]) || sheet.is_any(*unit, words!["while", "but", "and"]))
            .map_or(from, |unit| unit + 1);
        // "The centre, which runs the ambulances, gave": the subject stands before the commas.
        let last_comma = (from..at).rev().find(|unit| sheet.is_punct(*unit, ","));
        let subject = match last_comma {
            Some(comma) if comma + 1 == super::clauses::before_adverbs(sheet, at, from) => {
                // A name may stand in the first of its appositions.
                let start = without_adverbials(sheet, sentence.start..at).start;
                start..comma
            }
            Some(comma) => comma + 1..at,
            None => without_adverbials(sheet, from..at),
        };
        // "Mayor X, who on Sunday had given the number": the clause tells of X.
        let pronoun = (subject.start..subject.end.min(subject.start + 1))
            .find(|unit| sheet.is_any(*unit, words!["who", "which"]))
            .or_else(|| subject.start.checked_sub(1).filter(|unit| sheet.is_any(*unit, words!["who", "which"])));
        let own = |pronoun: &usize| {
            (pronoun + 1..at).all(|unit| {
                sheet.date(unit).is_some()
                    || sheet.any_cue(unit, bit(Cue::Have) | bit(Cue::Adverb) | bit(Cue::In) | bit(Cue::Be))
                    || sheet.is_any(unit, words!["first"])
            })
        };
        let subject = match pronoun.filter(|unit| *unit > sentence.start && own(unit)) {
            Some(pronoun) => {
                let end = pronoun - usize::from(sheet.is_punct(pronoun - 1, ","));
                let opens = (sentence.start..end).rev().find(|unit| sheet.is_punct_any(*unit, &[",", ";", ":", "\""]));
                without_adverbials(sheet, opens.map_or(sentence.start, |unit| unit + 1)..end)
            }
            None => subject,
        };
        // "A first version of this article put the figure at 81": the outlet takes its own figure back.
        if is_withdrawn_version(sheet, subject.clone()) {
            let units = subject.start..at + 1;
            found.push(Saying { at, units, denied: true, ..Saying::of_nobody(at) });
            continue;
        }
        if let Some(speaker) = names.speaker(sheet, subject) {
            names.spoke(&speaker);
            if counted {
                found.push(Saying::simple(at, speaker, Scope::Behind));
            }
        }
    }
}

/// "put the turnout at 6,000", "puts Thai losses at more than 50", "now puts them at 11": nothing but a
/// noun phrase between the verb and the figure.
fn puts_at(sheet: &Sheet<'_>, verb: usize, end: usize) -> bool {
    let puts = sheet.is_any(verb, words!["put", "puts", "putting", "placed", "set", "fixed", "estimated"]);
    let plain = |unit: &usize| {
        sheet.count(*unit).is_none()
            && sheet.what(*unit) != super::sheet::What::Punct
            && !sheet.any_cue(*unit, bit(Cue::Be) | bit(Cue::Have) | bit(Cue::To))
    };
    let stop = (verb + 1..end.min(verb + 9)).find(|unit| !plain(unit));
    puts && stop
        .is_some_and(|stop| sheet.count(stop).is_some() && stop > verb + 1 && sheet.is_any(stop - 1, words!["at"]))
}

/// Whose report is denied: "denied reports in the Arab press that 27 …", "dismissed a claim by his
/// counterpart, X, that …", "rejected Moscow's claim". `None` where the words name nobody.
pub(super) fn claimant(sheet: &Sheet<'_>, at: usize, sentence: &Range<usize>, names: &Names) -> Option<Speaker> {
    let end = sentence.end.min(at + 7);
    let noun = (at + 1..end)
        .take_while(|unit| !sheet.is_any(*unit, words!["that"]) && sheet.count(*unit).is_none())
        .find(|unit| sheet.is_any(*unit, CLAIMS))?;
    // "Moscow's claim", "Ukrainian claims"
    let owner = (at + 1..noun).rev().find_map(|unit| {
        let party =
            sheet.party_by(unit, &[PartyWord::Name, PartyWord::Metonym, PartyWord::Adjective, PartyWord::People])?;
        Some((party, unit))
    });
    if let Some((party, unit)) = owner {
        let entry = &sheet.words.parties[party as usize];
        let side = Side::Party(entry.name.clone());
        let asserter = Asserter { name: government(entry), side, anonymous: false };
        return Some(Speaker { asserter, kind: SpeakerKind::Body, units: unit..noun + 1 });
    }
    let inside = sheet.word(noun).ends_with(" by") || sheet.word(noun).ends_with(" from");
    let from = noun + 1 + usize::from(!inside);
    let linked =
        inside || sheet.any_cue(noun + 1, bit(Cue::By) | bit(Cue::From)) || sheet.is_any(noun + 1, words!["in"]);
    if !linked {
        return None;
    }
    let units = phrase_behind(sheet, from, sentence.end);
    // "by his counterpart, Tatyana Moskalkova, that": the apposition belongs to it.
    let units = match (units.end + 1..sentence.end.min(units.end + 7)).find(|unit| sheet.is_punct(*unit, ",")) {
        Some(close) if sheet.is_punct(units.end, ",") && sheet.is_any(close + 1, words!["that"]) => units.start..close,
        _ => units,
    };
    let side = units.clone().take_while(|unit| sheet.count(*unit).is_none()).count();
    names.speaker(sheet, units.start..units.start + side)
}

/// The medium that relays in "Haaretz quoted an official as saying that …".
pub(super) fn relayed_as_saying(
    sheet: &Sheet<'_>,
    at: usize,
    sentence: &Range<usize>,
    names: &mut Names,
) -> Option<Speaker> {
    let quotes = sheet.is_any(at, words!["quoted", "quotes", "cited", "cites"]);
    let saying = (at + 1..sentence.end).find(|unit| sheet.is_any(*unit, words!["saying"]))?;
    if !quotes || !sheet.is_any(saying - 1, words!["as"]) {
        return None;
    }
    let low = (sentence.start..at)
        .rev()
        .find(|unit| sheet.is_punct_any(*unit, &[",", "\"", ";", ":"]))
        .map_or(sentence.start, |unit| unit + 1);
    let end = (low..at).rev().find(|unit| sheet.cues(*unit) == 0 || sheet.is_capitalised(*unit)).map_or(low, |u| u + 1);
    names.speaker(sheet, without_adverbials(sheet, low..end))
}

/// Whether the subject is a version of the article that stands no longer: "an earlier version of this story".
pub(super) fn is_withdrawn_version(sheet: &Sheet<'_>, units: Range<usize>) -> bool {
    let any = |words: &WordSet| units.clone().any(|unit| sheet.is_any(unit, words));
    any(words!["version", "versions", "post", "update", "headline", "tweet", "alert", "entry", "dispatch"])
        && any(words!["earlier", "previous", "original", "first"])
}

/// "drove off with what it called 46 soldiers", "handed over what the ministry described as 12 spies": whoever calls
/// them so gives the figure.
pub(super) fn what_they_call(sheet: &Sheet<'_>, sentence: &Range<usize>, names: &mut Names, found: &mut Vec<Saying>) {
    const CALLS: &WordSet = words![
        "called",
        "calls",
        "call",
        "described as",
        "describes as",
        "describe as",
        "described",
        "termed",
        "terms",
        "said were",
        "says were",
        "said was",
    ];
    for at in sentence.clone().filter(|at| sheet.is_any(*at, words!["what"])) {
        let ahead = at + 2..sentence.end.min(at + 7);
        let Some(verb) = ahead.into_iter().find(|unit| sheet.is_any(*unit, CALLS)) else { continue };
        let first = verb + 1 + usize::from(sheet.is_any(verb + 1, words!["as"]));
        let first = first + usize::from(sheet.is_punct(first, "\""));
        let plain = (at + 1..verb).all(|unit| sheet.what(unit) == What::Word && sheet.date(unit).is_none());
        if sheet.count(first).is_none() || !plain || found.iter().any(|saying| (at..first).contains(&saying.at)) {
            continue;
        }
        let units = at + 1..verb;
        let pronoun = units.len() == 1 && sheet.cue(units.start, Cue::Pronoun);
        let subject = if pronoun { subject_speaker(sheet, sentence, at, names) } else { None };
        if let Some(speaker) = subject.or_else(|| names.speaker(sheet, units)) {
            names.spoke(&speaker);
            let stop =
                (first..sentence.end).find(|unit| sheet.is_punct_any(*unit, &[",", ";"])).unwrap_or(sentence.end);
            found.push(Saying { relative: Some(at..stop), ..Saying::simple(verb, speaker, Scope::Behind) });
        }
    }
}

/// Whether a body that counts has a number of dead behind "has".
fn has_toll(sheet: &Sheet<'_>, at: usize, sentence: &Range<usize>) -> bool {
    let count = at + 1 + usize::from(sheet.cue(at + 1, Cue::Adverb));
    let tolled = sheet.count(count).is_some()
        && sheet.is_any(
            count + 1,
            words!["killed", "dead", "deaths", "fatalities", "injured", "wounded", "missing", "casualties", "victims"],
        );
    if !tolled {
        return false;
    }
    let mut end = at;
    while end > sentence.start && sheet.any_cue(end - 1, bit(Cue::Adverb)) {
        end -= 1;
    }
    end -= usize::from(end > sentence.start && sheet.is_punct(end - 1, ","));
    let subject = without_adverbials(sheet, sentence.start..end);
    let head = subject.start..subject.clone().find(|unit| sheet.is_punct(*unit, ",")).unwrap_or(subject.end);
    let fights = head.clone().any(|unit| {
        sheet.is_any(unit, words!["army", "forces", "troops", "military", "armed forces", "side", "rebels"])
            || sheet.party(unit).is_some_and(|(_, by)| by == PartyWord::Name)
    });
    let counts = head.clone().any(|unit| sheet.any_cue(unit, bit(Cue::Body)) || sheet.source(unit).is_some());
    counts && !fights && names_source(sheet, &head)
}

/// Nouns for what somebody keeps count with.
const LISTS: &WordSet = words![
    "list", "lists", "count", "tally", "records", "register", "registry", "database", "toll", "figure", "estimate"
];

/// "Its director, X, has 131 names", "The parents, whose list has grown from 112 to 115": whoever keeps the
/// names gives the figure.
pub(super) fn keeps_names(sheet: &Sheet<'_>, sentence: &Range<usize>, names: &mut Names, found: &mut Vec<Saying>) {
    for at in sentence.clone() {
        let counts = sheet.count(at + 1).is_some();
        let listed = counts
            && sheet.cue(at, Cue::Have)
            && sheet.is_any(at + 2, words!["names"])
            && !found.iter().any(|saying| saying.at < at);
        // "The observatory, which counts fighters too, has 231 killed"; of an army's own losses that says little.
        let tolled =
            sheet.cue(at, Cue::Have) && !found.iter().any(|saying| saying.at < at) && has_toll(sheet, at, sentence);
        // "Residents who have made their own list count 334 victims": the clause stands between.
        if counts && sheet.is_any(at, words!["count", "counts"]) {
            let start = (sentence.start..at).rev().find(|unit| sheet.is_punct_any(*unit, &[";", ":", "\""]));
            let start = start.map_or(sentence.start, |unit| unit + 1);
            let who = (start..at).find(|unit| sheet.is_any(*unit, words!["who"]));
            let plain = !(start..at).any(|unit| sheet.count(unit).is_some())
                && !found.iter().any(|saying| (start..at).contains(&saying.at));
            let near = who.filter(|who| plain && (start + 1..=start + 4).contains(who) && at - who < 9);
            if let Some(speaker) = near.and_then(|who| names.speaker(sheet, start..who)) {
                names.spoke(&speaker);
                found.push(Saying::simple(at, speaker, Scope::Behind));
                continue;
            }
        }
        // "The police still have nine.": a body and a bare figure, of whatever it is about.
        let speaks =
            |unit: usize| sheet.any_cue(unit, bit(Cue::Body) | bit(Cue::Organ)) || sheet.source(unit).is_some();
        let ends = || {
            matches!(sheet.what(at + 2), What::Punct | What::Break | What::Date(_))
                || sheet.cue(at + 2, Cue::In) && sheet.date(at + 3).is_some()
        };
        let bare = counts
            && sheet.cue(at, Cue::Have)
            && ends()
            && at <= sentence.start + 8
            && found.is_empty()
            && (sentence.start..at).any(speaks)
            && !(sentence.start..at).any(|unit| sheet.count(unit).is_some() || sheet.what(unit) == What::Punct);
        let listed = listed || tolled || bare;
        let whose = at > sentence.start
            && sheet.is_any(at, words!["whose"])
            && LISTS.has(sheet.word(at + 1))
            && (at + 2..sentence.end.min(at + 9)).any(|unit| sheet.count(unit).is_some());
        if !listed && !whose {
            continue;
        }
        let end = at - usize::from(at > sentence.start && sheet.is_punct(at - 1, ","));
        let start = without_adverbials(sheet, sentence.start..end).start;
        let units = if whose {
            let opens = (start..end).rev().find(|unit| sheet.is_punct_any(*unit, &[",", ";", ":", "\""]));
            opens.map_or(start, |unit| unit + 1)..end
        } else {
            start..end
        };
        let plain = units.len() <= 14 && !units.clone().any(|unit| sheet.count(unit).is_some());
        if plain && let Some(speaker) = names.speaker(sheet, units) {
            names.spoke(&speaker);
            let close = (at + 1..sentence.end).find(|unit| sheet.is_punct_any(*unit, &[",", ";"]));
            let relative = whose.then(|| at..close.unwrap_or(sentence.end));
            found.push(Saying { relative, ..Saying::simple(at, speaker, Scope::Behind) });
        }
    }
}

/// "We wrote that all 36 had been flown home" in a note of correction: the outlet takes its own figure back.
pub(super) fn takes_back(sheet: &Sheet<'_>, at: usize, sentence: &Range<usize>) -> bool {
    const NOTES: &WordSet =
        words!["correction", "corrections", "clarification", "corrected", "erratum", "apologise", "error"];
    let told = sheet.is_any(at, words!["wrote", "said", "reported", "stated", "gave", "put", "claimed"]);
    if !told || (sentence.start..at).any(|unit| sheet.is_any(unit, words!["as"])) {
        return false;
    }
    // The note's label stands in the same block, or in the heading above it; a correction follows at once.
    let here = sheet.sentence_of(at);
    let mut first = here;
    while first > 0 && here - first < 6 && !sheet.opens_block(first) {
        first -= 1;
    }
    let labelled = |index: usize| sheet.sentences[index].clone().any(|unit| sheet.is_any(unit, NOTES));
    let above = first > 0 && matches!(sheet.block(first - 1), BlockKind::Heading(_)) && labelled(first - 1);
    let mended = sheet.sentences.get(here + 1).is_some_and(|next| {
        !sheet.opens_block(here + 1)
            && (sheet.is_any(next.start, words!["it", "there", "that"])
                && sheet.is_any(next.start + 1, words!["was", "were"])
                || sheet.is_any(next.start, words!["in fact"])
                || sheet.is_any(next.start, words!["in"]) && sheet.is_any(next.start + 1, words!["fact"]))
    });
    (first..=here).any(labelled) || above || mended
}

/// Nouns for one figure that somebody gives.
const GIVEN: &WordSet = words!["figure", "count", "estimate", "toll", "death toll", "tally", "total", "figures"];

/// "His figure of 81", "the police figure of 12", "the figure of 300 that their services spread": whose it is.
pub(super) fn figure_of(sheet: &Sheet<'_>, sentence: &Range<usize>, names: &mut Names, found: &mut Vec<Saying>) {
    for at in sentence.clone() {
        let word = sheet.word(at);
        let (noun, inside) = word.strip_suffix(" of").map_or((word, false), |noun| (noun, true));
        if !(inside || sheet.cue(at + 1, Cue::Of)) || at == sentence.start || !GIVEN.has(noun) {
            continue;
        }
        let from = at + 2 - usize::from(inside);
        let from = from + usize::from(sheet.is_punct(from, "\""));
        if from >= sentence.end || sheet.count(from).is_none() {
            continue;
        }
        let end = from + 1 + usize::from(sheet.is_punct(from + 1, "\""));
        let owner = owner_of_figure(sheet, at, sentence).or_else(|| {
            let ahead = (end..sentence.end.min(end + 4)).take_while(|unit| !sheet.is_punct_any(*unit, &[",", ";"]));
            let by = ahead.clone().find(|unit| sheet.cue(*unit, Cue::By))?;
            let participle = by > end && SPREAD.has(sheet.word(by - 1));
            participle.then(|| {
                let units = phrase_behind(sheet, by + 1, sentence.end);
                let over = |unit: &usize| sheet.any_cue(*unit, bit(Cue::Possible) | bit(Cue::Negation));
                units.start..units.clone().find(over).unwrap_or(units.end)
            })
        });
        if let Some(units) = owner
            && let Some(speaker) = names.speaker(sheet, units)
        {
            let clause = at..end + 1;
            found.push(Saying { relative: Some(clause), ..Saying::simple(at, speaker, Scope::Behind) });
        }
    }
}

/// Participles of giving a figure out that are no verbs of saying elsewhere.
const SPREAD: &WordSet = words![
    "given",
    "spread",
    "issued",
    "supplied",
    "provided",
    "offered",
    "circulated",
    "advanced",
    "furnished",
    "put out"
];

/// The units of the owner in front of a noun for a figure.
fn owner_of_figure(sheet: &Sheet<'_>, at: usize, sentence: &Range<usize>) -> Option<Range<usize>> {
    let last = at - 1;
    if sheet.is_any(last, words!["his", "her", "its", "their"]) {
        return Some(last..at);
    }
    let name = |unit: usize| {
        !sheet.any_cue(unit, bit(Cue::Determiner))
            && (sheet.is_capitalised(unit)
                || sheet.source(unit).is_some()
                || sheet.is_title(unit)
                || sheet.any_cue(unit, bit(Cue::Body) | bit(Cue::Organ)))
    };
    let end = if sheet.is_possessive(last) { last } else { at };
    if end <= sentence.start || !name(end - 1) {
        return None;
    }
    let mut start = end - 1;
    while start > sentence.start && (name(start - 1) || sheet.any_cue(start - 1, bit(Cue::Of) | bit(Cue::Determiner))) {
        start -= 1;
        if sheet.any_cue(start, bit(Cue::Determiner)) {
            break;
        }
    }
    Some(start..end)
}

/// "Witnesses in the town saw dozens of teenagers": people by what they are, and what they saw.
pub(super) fn saw(sheet: &Sheet<'_>, sentence: &Range<usize>, names: &mut Names, found: &mut Vec<Saying>) {
    const OWN: &WordSet =
        words!["reporter", "reporters", "correspondent", "correspondents", "journalist", "journalists"];
    for at in sentence.clone() {
        if !sheet.is_any(at, words!["saw", "seen", "witnessed"]) || sheet.is_quoted(at) {
            continue;
        }
        let mut end = at;
        while end > sentence.start && sheet.any_cue(end - 1, bit(Cue::Have) | bit(Cue::Adverb)) {
            end -= 1;
        }
        let start = (sentence.start..end)
            .rev()
            .find(|unit| {
                sheet.what(*unit) != What::Word && sheet.what(*unit) != What::Number
                    || sheet.any_cue(*unit, bit(Cue::Relative)) && !sheet.any_cue(*unit, bit(Cue::Determiner))
                    || sheet.is_any(*unit, words!["and", "but", "while", "when"])
            })
            .map_or(sentence.start, |unit| unit + 1);
        let units = without_adverbials(sheet, start..end);
        let first =
            units.clone().find(|unit| !sheet.any_cue(*unit, bit(Cue::Determiner)) && sheet.count(*unit).is_none());
        let person = |unit: usize| {
            is_person_noun(sheet, unit) || sheet.is_any(unit, words!["witness", "witnesses", "residents", "resident"])
        };
        let people = first.is_some_and(|first| {
            (first..units.end.min(first + 2)).any(person)
                && !units.clone().any(|unit| sheet.is_any(unit, OWN) || sheet.cue(unit, Cue::Be))
        });
        let counted = (at + 1..sentence.end.min(at + 9))
            .take_while(|unit| !sheet.is_punct_any(*unit, &[",", ";"]))
            .any(|unit| sheet.count(unit).is_some());
        if people
            && counted
            && units.len() <= 8
            && let Some(speaker) = names.speaker(sheet, units)
        {
            names.spoke(&speaker);
            found.push(Saying::simple(at, speaker, Scope::Behind));
        }
    }
}

/// "37 civilians died and 425 were wounded, the UN mission found; 22 were children": at the end of its clause, with
/// its subject behind a comma, "found" says something; elsewhere people are found.
pub(super) fn found_so(sheet: &Sheet<'_>, sentence: &Range<usize>, names: &mut Names, found: &mut Vec<Saying>) {
    for at in sentence.clone() {
        let ends = sheet.is_punct_any(at + 1, &[".", ";"]) || sheet.what(at + 1) == What::Break;
        if !ends || !sheet.is_any(at, words!["found", "concluded"]) || found.iter().any(|saying| saying.at == at) {
            continue;
        }
        let floor = sentence.start.max(at.saturating_sub(11));
        let comma = (floor..at).rev().find(|unit| sheet.is_punct(*unit, ",") || sheet.count(*unit).is_some());
        let Some(comma) = comma.filter(|unit| sheet.is_punct(*unit, ",")) else { continue };
        let units = comma + 1..at;
        let counted = (sentence.start..comma).any(|unit| sheet.count(unit).is_some());
        let be = units.clone().any(|unit| sheet.any_cue(unit, bit(Cue::Be) | bit(Cue::Have)));
        if counted
            && !be
            && names_source(sheet, &units)
            && let Some(speaker) = names.speaker(sheet, units)
        {
            names.spoke(&speaker);
            found.push(Saying::simple(at, speaker, Scope::Before));
        }
    }
}

/// "60 fighters, and not 61 as their officials have been telling reporters", "not twelve as announced by the Red
/// Cross": the figure that is not so is the only one on that word.
pub(super) fn not_as_others_say(sheet: &Sheet<'_>, found: &mut [Saying]) {
    for saying in found {
        let Some(r#as) = saying.units.start.checked_sub(1).filter(|unit| sheet.is_any(*unit, words!["as"])) else {
            continue;
        };
        let floor = r#as.saturating_sub(4);
        let count = (floor..r#as).rev().find(|unit| sheet.count(*unit).is_some());
        if let Some(count) = count
            && count > 0
            && sheet.cue(count - 1, Cue::Negation)
            && (count + 1..r#as).all(|unit| sheet.what(unit) == What::Word)
        {
            saying.relative = Some(count..saying.units.end.max(r#as + 2));
            saying.scope = Scope::Clause;
        }
    }
}
