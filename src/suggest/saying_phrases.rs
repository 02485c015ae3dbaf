//! The phrases around a verb of saying: its subject, whom it tells, the platform.

use std::ops::Range;

use super::attribution::Scope;
use super::clauses::{Verb, Voice};
use super::lexicon_pass::{PartyWord, bit};
use super::phrases::{is_acronym, name_run, trim};
use super::sheet::{Sheet, What};
use super::speakers::{Names, Speaker, SpeakerKind};
use super::word_set::WordSet;
use crate::claim::{Cue, Name, NounClass, Saying as Pattern, SourceRole};

/// What something is said by: "…, X said by telephone".
const WIRES: &WordSet = words![
    "telephone",
    "phone",
    "email",
    "e-mail",
    "radio",
    "text",
    "message",
    "video",
    "satellite",
    "letter",
    "whatsapp",
];

/// The noun phrase that is the subject of a verb of saying, and what the saying covers. The phrase
/// is `None` where the speaker is that of the saying before; all is `None` where nothing speaks.
pub(super) fn subject_phrase(
    sheet: &Sheet<'_>,
    verb: &Verb,
    sentence: &Range<usize>,
    earlier: Option<usize>,
) -> Option<(Option<Range<usize>>, Scope)> {
    let start = super::clauses::before_adverbs(sheet, verb.start, sentence.start);
    // "The channel “Northern Front Line” reported"
    if start > sentence.start
        && sheet.is_punct(start - 1, "\"")
        && let Some(name) = quoted_name(sheet, start - 1, sentence.start)
    {
        return Some((Some(name), Scope::Behind));
    }
    let quote_or_comma = |unit: usize| sheet.is_punct_any(unit, &[",", "\""]);
    // ", said X": the speaker stands behind.
    let closes = start > sentence.start && sheet.is_punct(start - 1, "\"");
    let comma = start > sentence.start && sheet.is_punct(start - 1, ",");
    let behind = speaker_behind(sheet, verb.at, sentence.end);
    let source_like = |unit: usize| {
        sheet.is_capitalised(unit)
            || sheet.is_title(unit)
            || sheet.source(unit).is_some()
            || sheet.any_cue(unit, bit(Cue::Organ) | bit(Cue::Body))
            || (closes || comma) && is_person_noun(sheet, unit)
    };
    // "…, report inhabitants of the neighbouring village": persons that no lexicon knows.
    let persons = |unit: usize| {
        sheet.is_any(verb.at, words!["report", "say", "claim", "estimate", "believe", "recall"])
            && sheet.is_unknown(unit)
            && super::counted::is_plural(sheet.word(unit))
    };
    // "confirmed it to Israel": what a preposition brings is not who speaks.
    let in_head = |unit: &usize| {
        !sheet.any_cue(
            *unit,
            bit(Cue::To) | bit(Cue::In) | bit(Cue::From) | bit(Cue::With) | bit(Cue::By) | bit(Cue::For),
        )
    };
    let names_behind = !sheet.is_any(behind.start, words!["that", "who", "which"])
        && !sheet.cue(behind.start, Cue::Pronoun)
        && (behind.clone().take_while(in_head).any(source_like) || comma && persons(behind.start))
        && !behind.clone().any(|unit| sheet.cue(unit, Cue::Figures));
    let says = sheet.reporting(verb.at).is_some_and(|entry| entry.pattern == Pattern::Says)
        // "…, informed the Ombudsman's Office": nobody stands in front of it.
        || comma && sheet.is_any(verb.at, words!["informed", "informs"]);
    if says
        && start == verb.at
        && (closes || comma)
        && !behind.is_empty()
        && names_behind
        && verb.voice != Voice::Gerund
        && !sheet.word(verb.at).ends_with("ing")
    {
        let after = behind.end;
        // "said an officer who was not authorised to speak"
        let relative = after < sentence.end && sheet.is_any(after, words!["who", "which", "whose"]);
        let ends = after >= sentence.end
            || relative
            || sheet.what(after) == What::Punct
            || sheet.what(after) == What::Break
            || sheet.date(after).is_some();
        if closes || (comma && ends && !has_subject_before_comma(sheet, start - 1, sentence)) {
            // "…, reckons X, and 388 killed", "…, says the pastor who keeps the list, were let go": it stands
            // between commas, and covers both.
            let stop = if relative {
                (after..sentence.end).find(|unit| sheet.is_punct_any(*unit, &[",", ";", "\""])).unwrap_or(sentence.end)
            } else {
                after
            };
            let said_again = || {
                (stop..sentence.end).any(|unit| {
                    sheet.reporting(unit).is_some_and(|e| matches!(e.pattern, Pattern::Says | Pattern::Tells))
                })
            };
            // "…, “so there are 20 left”, said X, head of the team": of the quotation alone.
            let quoted = start >= sentence.start + 2 && sheet.is_punct(start - 2, "\"");
            let between =
                comma && sheet.is_punct(stop, ",") && (sheet.cue(stop + 1, Cue::And) || !quoted && !said_again());
            return Some((Some(behind), if between { Scope::Clause } else { Scope::Before }));
        }
    }
    // Back to the beginning of the clause; an apposition between commas is passed over, and an age in front of it.
    let mut low = start;
    if comma {
        let mut at = start - 1;
        while at > sentence.start && !quote_or_comma(at - 1) && earlier != Some(at - 1) {
            at -= 1;
        }
        if earlier.is_some_and(|earlier| earlier + 1 >= at && at > sentence.start) {
            // "Moscow confirmed the exchange, noting": no apposition, but a verb taken on.
            return Some((None, Scope::Behind));
        }
        if at > sentence.start {
            low = at - 1;
            let age = low > sentence.start + 1
                && sheet.is_punct(low - 2, ",")
                && sheet.word(low - 1).parse::<u8>().is_ok_and(|age| (5..110).contains(&age));
            // "The school office, however, which knows the lists, told"
            let aside = low > sentence.start + 1
                && sheet.is_punct(low - 2, ",")
                && sheet.is_any(low - 1, words!["however", "though", "meanwhile", "too", "in turn", "by contrast"]);
            if age || aside {
                low -= 2;
            }
        } else if verb.voice != Voice::Gerund && at == sentence.start {
            // "Moscow, said": nothing but the phrase before the comma.
            let phrase = behind_circumstances(sheet, sentence.start..start);
            return (start > sentence.start + 1 && !phrase.is_empty()).then_some((Some(phrase), Scope::Behind));
        }
    }
    while low > sentence.start {
        let unit = low - 1;
        let boundary = quote_or_comma(unit)
            || sheet.is_punct_any(unit, &[";", ":", "\u{2014}"])
            || sheet.what(unit) == What::Break
            || (sheet.any_cue(unit, bit(Cue::Relative)) && !sheet.any_cue(unit, bit(Cue::Determiner)))
            || (sheet.is_any(unit, words!["that"]) && earlier.is_some_and(|at| at < unit))
            // "which is why the army speaks of ten"
            || sheet.is_any(unit, words!["why"])
            || (sheet.cue(unit, Cue::Subordinator) && !sheet.any_cue(unit, bit(Cue::Adverb) | bit(Cue::With)))
            || earlier == Some(unit)
            // "The search went on, with the coast guard confirming that": who confirms stands behind "with".
            || (sheet.word(verb.at).ends_with("ing") && verb.start == verb.at && sheet.cue(unit, Cue::With));
        if boundary {
            break;
        }
        low = unit;
    }
    if low >= 1
        && low > sentence.start
        && sheet.is_any(low - 1, words!["that"])
        && !sheet.is_punct_any(low, &[","])
        && low == start
    {
        return None;
    }
    let whole = without_adverbials(sheet, trim(sheet, low..start));
    let phrase = behind_circumstances(sheet, whole.clone());
    // "In a statement published on its website": nobody speaks there.
    if phrase.is_empty() && !whole.is_empty() {
        return None;
    }
    // "by various estimates": a noun.
    if sheet.cue(phrase.start, Cue::By) && !phrase.is_empty() {
        return None;
    }
    // "The coast guard, which had first said": whoever the clause is about.
    let pronoun =
        low.checked_sub(1).filter(|unit| *unit > sentence.start && sheet.is_any(*unit, words!["which", "who"]));
    // "Two medics who were at the scene told": whoever speaks inside would be named there.
    let nobody_inside =
        |phrase: &Range<usize>| !phrase.clone().any(|unit| source_like(unit) || sheet.cue(unit, Cue::Pronoun));
    if let Some(pronoun) = pronoun
        && (sheet.is_any(pronoun, words!["who"]) && nobody_inside(&phrase)
            || phrase.clone().all(|unit| {
                sheet.any_cue(unit, bit(Cue::Have) | bit(Cue::Adverb) | bit(Cue::Be))
                    || sheet.is_any(unit, words!["first"])
            })
            || tells_of_antecedent(sheet, phrase.start))
    {
        let end = pronoun - usize::from(sheet.is_punct(pronoun - 1, ","));
        let bounds = |unit: &usize| {
            quote_or_comma(*unit) || sheet.is_punct_any(*unit, &[";", ":"]) || sheet.what(*unit) == What::Break
        };
        let mut end = end;
        let mut opens = (sentence.start..end).rev().find(bounds);
        // "said Jean Wilner, 29, who said": the name in front of its age.
        if let Some(comma) = opens.filter(|comma| *comma + 2 == end && sheet.word(comma + 1).parse::<u8>().is_ok()) {
            end = comma;
            let said = |unit: &usize| bounds(unit) || sheet.reporting(*unit).is_some();
            opens = (sentence.start..end).rev().find(said);
        }
        let mut first = opens.map_or(sentence.start, |unit| unit + 1);
        // "Yahya Shaim, head of the health office, who spoke": the name in front of its apposition.
        if let Some(comma) = opens.filter(|unit| sheet.is_punct(*unit, ",") && *unit > sentence.start)
            && sheet.is_title(first)
        {
            let name = (sentence.start..comma).rev().take(4).take_while(|unit| sheet.is_capitalised(*unit)).count();
            if name >= 2 {
                first = comma - name;
            }
        }
        let mut antecedent = without_adverbials(sheet, trim(sheet, first..end));
        while antecedent.len() > 1 && sheet.count(antecedent.start).is_some() {
            antecedent.start += 1;
        }
        let plain = antecedent.len() <= 14 && !antecedent.clone().any(|unit| sheet.count(unit).is_some());
        // "A midwife who": who is a person, though no lexicon has the word.
        let person = sheet.is_any(pronoun, words!["who"])
            && antecedent.len() <= 3
            && sheet.is_any(antecedent.start, words!["a", "an", "one", "another"]);
        let named =
            names_source(sheet, &antecedent) || person || antecedent.clone().any(|unit| is_person_noun(sheet, unit));
        return (plain && named).then_some((Some(antecedent), Scope::Behind));
    }
    // "a much older wound is hardly ever mentioned", "because he is a state employee, said": a clause
    // of its own is nobody's name.
    // What stands between commas behind the name is told of it: "An elder, not to be named as this is a crime, said".
    let aside = phrase.clone().find(|unit| sheet.is_punct(*unit, ",")).filter(|_| comma);
    let head = phrase.start..aside.unwrap_or(phrase.end);
    let clause = head.skip(1).any(|unit| sheet.cue(unit, Cue::Be) && !sheet.is_quoted(unit));
    if clause {
        return comma.then_some((None, Scope::Behind));
    }
    let preceded = low > sentence.start && quote_or_comma(low - 1);
    if phrase.is_empty() {
        // "…, adding that", "and said": taken over.
        return Some((None, Scope::Behind));
    }
    // "put the dead at 29 and said": what stands between is the object of the verb before.
    let joined =
        start > sentence.start && sheet.is_any(start - 1, words!["and"]) && earlier.is_some_and(|at| at + 1 >= low);
    if sheet.cue(phrase.start, Cue::And) || joined {
        return Some((None, Scope::Behind));
    }
    let follows =
        (verb.at + 1..sentence.end).find(|unit| sheet.what(*unit) != What::Punct || sheet.is_punct(*unit, "\""));
    // "…, the ministry said last week, and": the day of saying stands in between.
    let mut behind_day = verb.at + 1;
    // "said late on Wednesday, but"
    let lead_in =
        |unit: usize| sheet.cue(unit, Cue::In) || sheet.is_any(unit, words!["late", "early", "earlier", "later"]);
    while let Some(day) = (behind_day..sentence.end.min(behind_day + 3)).find(|unit| sheet.date(*unit).is_some())
        && (behind_day..day).all(lead_in)
    {
        behind_day = day + 1;
    }
    let closed =
        sheet.is_punct(verb.at + 1, ";") || behind_day > verb.at + 1 && sheet.is_punct_any(behind_day, &[",", ";"]);
    let ends = match follows {
        _ if closed => true,
        None => true,
        Some(unit) => {
            sheet.what(unit) == What::Break
                || sheet.date(unit).is_some() && tail_is_empty(sheet, unit + 1, sentence.end)
                || sheet.any_cue(
                    unit,
                    bit(Cue::In) | bit(Cue::Subordinator) | bit(Cue::To) | bit(Cue::Preposition) | bit(Cue::Anonymous),
                ) && tail_without_clause(sheet, unit, sentence.end)
                || sheet.reporting(verb.at).is_some_and(|entry| entry.pattern == Pattern::Tells)
                    && (tail_without_clause(sheet, unit, sentence.end)
                        || preceded && tail_without_verb(sheet, unit, sentence.end))
                // "…, X said by telephone"
                || preceded && sheet.cue(unit, Cue::By) && WIRES.has(sheet.word(unit + 1))
        }
    };
    // "…, the police chief said at a briefing, and three officers were hurt": it covers both.
    let briefing = (verb.at + 1..sentence.end.min(verb.at + 9)).find(|unit| sheet.is_punct(*unit, ","));
    let goes_on = briefing.is_some_and(|unit| sheet.is_any(unit + 1, words!["and"]) && sheet.count(unit + 2).is_some());
    let comma_next = sheet.is_punct(behind_day, ",") || ends && goes_on;
    let scope = match (preceded, ends, comma_next) {
        // ", authorities said, leaving": between commas it covers the whole clause.
        (true, _, true) => Scope::Clause,
        (true, true, false) => Scope::Before,
        _ => Scope::Behind,
    };
    Some((Some(phrase), scope))
}

/// A phrase without the circumstances in front of its subject: "In a video its local chief", "In a statement
/// published on its website, the ministry".
fn behind_circumstances(sheet: &Sheet<'_>, units: Range<usize>) -> Range<usize> {
    if units.is_empty()
        || !sheet.is_any(
            units.start,
            words!["in", "on", "at", "from", "with", "during", "through", "via", "for", "across", "throughout"],
        )
    {
        return units;
    }
    // "In a statement read on state radio he said"
    if units.len() > 2 && sheet.is_any(units.end - 1, words!["he", "she", "it", "they"]) {
        return units.end - 1..units.end;
    }
    let comma = units.clone().rev().find(|unit| sheet.is_punct(*unit, ","));
    if let Some(comma) = comma.filter(|comma| comma + 1 < units.end) {
        return comma + 1..units.end;
    }
    // "During the same period of 2022 MONUC had recorded": behind the date.
    let date = units.clone().rev().find(|unit| sheet.date(*unit).is_some());
    if let Some(date) = date.filter(|date| date + 1 < units.end && names_source(sheet, &(date + 1..units.end))) {
        return date + 1..units.end;
    }
    // The last determiner that no preposition stands in front of opens the subject.
    let mut opens = units.clone().skip(2).filter(|unit| {
        sheet.any_cue(*unit, bit(Cue::Determiner) | bit(Cue::Possessive))
            && !sheet.any_cue(
                unit - 1,
                bit(Cue::In)
                    | bit(Cue::Of)
                    | bit(Cue::By)
                    | bit(Cue::From)
                    | bit(Cue::For)
                    | bit(Cue::To)
                    | bit(Cue::With)
                    | bit(Cue::Preposition)
                    | bit(Cue::And)
                    | bit(Cue::Determiner),
            )
    });
    if let Some(first) = opens.next_back() {
        return first..units.end;
    }
    let speaks = units.clone().skip(1).any(|unit| {
        sheet.source(unit).is_some()
            || sheet.is_title(unit)
            || sheet.is_capitalised(unit)
            || sheet.any_cue(unit, bit(Cue::Organ) | bit(Cue::Body) | bit(Cue::Pronoun))
            || is_person_noun(sheet, unit)
    });
    if speaks { units } else { units.end..units.end }
}

/// Whether a relative clause begins with its verb: "a farmer who lives nearby said", "medics who were at
/// the scene told". In "which the army says" it begins with somebody else.
fn tells_of_antecedent(sheet: &Sheet<'_>, first: usize) -> bool {
    sheet.any_cue(first, bit(Cue::Be) | bit(Cue::Have) | bit(Cue::Will))
        || sheet.what(first) == What::Word
            && !sheet.is_capitalised(first)
            && !sheet.any_cue(first, bit(Cue::Determiner) | bit(Cue::Possessive) | bit(Cue::Pronoun) | bit(Cue::And))
            && !sheet.any_cue(first, bit(Cue::Organ) | bit(Cue::Body) | bit(Cue::Medium))
            && !sheet.is_title(first)
            && sheet.source(first).is_none()
            && sheet.party(first).is_none()
            && (sheet.frame(first).is_some() || sheet.word(first).ends_with('s') || sheet.word(first).ends_with("ed"))
}

/// Whether a word is a noun for one or more persons: "a pastor", "villagers".
pub(super) fn is_person_noun(sheet: &Sheet<'_>, unit: usize) -> bool {
    sheet.noun(unit).is_some_and(|noun| {
        noun.category.is_none()
            && matches!(
                noun.class,
                NounClass::People | NounClass::Civilian | NounClass::Military | NounClass::Bystanders
            )
    })
}

/// Whether something that could be a subject stands before a comma at the beginning of a sentence.
fn has_subject_before_comma(sheet: &Sheet<'_>, comma: usize, sentence: &Range<usize>) -> bool {
    // "At the last checkpoint, said X, a journalist, security men took 50 off"
    let place = sheet.any_cue(sentence.start, bit(Cue::In) | bit(Cue::Preposition) | bit(Cue::From));
    !place
        && comma.saturating_sub(sentence.start) <= 4
        && !(sentence.start..comma).any(|unit| sheet.count(unit).is_some() || sheet.frame(unit).is_some())
}

fn tail_is_empty(sheet: &Sheet<'_>, from: usize, end: usize) -> bool {
    (from..end).all(|unit| matches!(sheet.what(unit), What::Punct | What::Break))
}

/// Whether nothing follows that a saying would cover: no count and no verb but in prepositional phrases.
fn tail_without_clause(sheet: &Sheet<'_>, from: usize, end: usize) -> bool {
    let stop = (from..end).find(|unit| sheet.is_punct_any(*unit, &[",", "\"", ";"])).unwrap_or(end);
    !(from..stop).any(|unit| sheet.count(unit).is_some() || sheet.is_any(unit, words!["that"]))
}

/// Whether nothing but the hearer and circumstances follows: "told this newspaper between two operations".
fn tail_without_verb(sheet: &Sheet<'_>, from: usize, end: usize) -> bool {
    !(from..end).any(|unit| {
        sheet.is_any(unit, words!["that"])
            || sheet.is_punct_any(unit, &[",", ";", ":", "\""])
            || sheet.any_cue(unit, bit(Cue::Be) | bit(Cue::Have) | bit(Cue::Will) | bit(Cue::Pronoun))
            || sheet.frame(unit).is_some_and(|_| sheet.noun(unit).is_none())
    })
}

/// The noun phrase that begins at a unit, appositions between commas included.
pub(super) fn phrase_behind(sheet: &Sheet<'_>, from: usize, end: usize) -> Range<usize> {
    let mut at = from;
    let mut content = false;
    while at < end {
        // "K. Satyavathi", "Maritime Rescue": what belongs to a name is no end of it.
        let initial = at > from && sheet.is_punct(at, ".") && is_initial(sheet, at - 1);
        let in_name = at > from
            && (sheet.is_capitalised(at) && sheet.is_capitalised(at - 1)
                || sheet.any_cue(at - 1, bit(Cue::Determiner)) && !sheet.any_cue(at - 1, bit(Cue::Relative)));
        // "according to an internal report cited by": a noun, behind its article and adjectives.
        let paper = at > from
            && sheet.is_any(
                at,
                words!["report", "reports", "list", "record", "records", "log", "count", "estimate", "post", "note"],
            )
            && sheet.any_cue(from, bit(Cue::Determiner))
            && !sheet.is_any(from, words!["this"])
            && (from + 1..at).all(|unit| sheet.is_unknown(unit) && !sheet.is_capitalised(unit));
        let stops = matches!(sheet.what(at), What::Break)
            || !initial && sheet.is_punct_any(at, &[",", ";", ":", "\"", "\u{2014}", "."])
            || content && sheet.any_cue(at, bit(Cue::Be) | bit(Cue::Have) | bit(Cue::Will))
            || content && sheet.cue(at, Cue::Subordinator) && !sheet.any_cue(at, bit(Cue::Adverb))
            || content && sheet.is_any(at, words!["that", "which", "who"])
            || content && !paper && sheet.reporting(at).is_some_and(|e| e.pattern != Pattern::Noun)
            || content && sheet.date(at).is_some()
            || sheet.count(at).is_some()
            || content
                && !in_name
                && sheet
                    .frame(at)
                    .is_some_and(|(_, forms)| !forms.has(super::lexicon_pass::Forms::NOUN) && sheet.cues(at) == 0);
        if stops {
            break;
        }
        content = true;
        at += 1;
        // "the Russian side belong to": the noun phrase of a side or body ends with it.
        let ends = sheet.any_cue(at - 1, bit(Cue::Organ) | bit(Cue::Body))
            && sheet.is_unknown(at)
            && !sheet.is_capitalised(at)
            && !sheet.is_possessive(at);
        if ends {
            break;
        }
    }
    // ", a member of the ruling party," is part of the phrase.
    if at < end && content && sheet.is_punct(at, ",") {
        let run = name_run(sheet, at + 1, end);
        let closes = |unit: usize| unit >= end || sheet.is_punct_any(unit, &[",", "."]);
        // ", SNAI," behind the name or description of a body
        if is_acronym(sheet, at + 1) && sheet.is_unknown(at + 1) && closes(at + 2) {
            return from..at + 2;
        }
        let opens = sheet.any_cue(at + 1, bit(Cue::Determiner))
            || sheet.is_title(at + 1)
            || run.len() >= 2 && closes(run.end)
            || sheet.party(at + 1).is_some() && (sheet.is_possessive(at + 2) || sheet.is_title(at + 2));
        if opens
            && let Some(close) = (at + 1..end.min(at + 24)).find(|unit| sheet.is_punct_any(*unit, &[",", ";", "\""]))
            && sheet.is_punct(close, ",")
            && !(at + 1..close)
                .any(|unit| sheet.count(unit).is_some() || sheet.any_cue(unit, bit(Cue::Be) | bit(Cue::Have)))
        {
            return from..close;
        }
        if opens && tail_is_apposition(sheet, at + 1, end) {
            return from..end;
        }
    }
    from..at
}

/// Whether a unit is one capital letter: "K."
fn is_initial(sheet: &Sheet<'_>, unit: usize) -> bool {
    sheet.is_capitalised(unit) && sheet.word(unit).chars().count() == 1
}

/// The noun phrase of a speaker behind a verb of saying: as [`phrase_behind`], and "one of the
/// survivors, X"; a day may stand in front of it ("admitted on Sunday the minister").
fn speaker_behind(sheet: &Sheet<'_>, verb: usize, end: usize) -> Range<usize> {
    let day = verb + 1 + usize::from(sheet.cue(verb + 1, Cue::In));
    let from = if sheet.date(day).is_some() { day + 1 } else { verb + 1 };
    if sheet.count(from).is_some() && sheet.cue(from + 1, Cue::Of) {
        return from..phrase_behind(sheet, from + 1, end).end;
    }
    phrase_behind(sheet, from, end)
}

/// Whether a sentence ends in an apposition: no count, no verb.
fn tail_is_apposition(sheet: &Sheet<'_>, from: usize, end: usize) -> bool {
    !(from..end).any(|unit| {
        sheet.count(unit).is_some() || sheet.any_cue(unit, bit(Cue::Be) | bit(Cue::Have)) || sheet.is_punct(unit, ",")
    })
}

/// The medium that a speaker told: "told the RBC news website".
pub(super) fn hearer(sheet: &Sheet<'_>, from: usize, sentence: &Range<usize>, names: &Names) -> Option<Speaker> {
    medium(sheet, phrase_behind(sheet, from, sentence.end), names)
}

/// The medium that a speaker addressed: "confirmed the details to the RBC news website", "in an interview with Y".
pub(super) fn addressee(sheet: &Sheet<'_>, from: usize, sentence: &Range<usize>, names: &Names) -> Option<Speaker> {
    let end =
        (from..sentence.end).find(|unit| sheet.is_punct_any(*unit, &[",", ";", "\"", "."])).unwrap_or(sentence.end);
    let mut at = from;
    while at < end {
        let interview =
            sheet.is_any(at, words!["with"]) && at > from && sheet.is_any(at - 1, words!["interview", "conversation"]);
        if (sheet.cue(at, Cue::To) || interview)
            && let Some(found) = medium(sheet, phrase_behind(sheet, at + 1, end), names)
        {
            return Some(found);
        }
        at += 1;
    }
    None
}

/// A medium in a noun phrase: an outlet by name, else "U.S. media", "local television".
fn medium(sheet: &Sheet<'_>, units: Range<usize>, names: &Names) -> Option<Speaker> {
    let units = trim(sheet, units);
    // "told this newspaper": the outlet itself.
    if sheet.is_any(units.start, words!["this", "our", "us"]) {
        return None;
    }
    for unit in units.clone() {
        if sheet.is_any(unit, words!["that"]) {
            break;
        }
        // "Savannah Times" is no other Times.
        if unit > units.start
            && sheet.source(unit).is_some()
            && sheet.is_capitalised(unit - 1)
            && sheet.is_unknown(unit - 1)
            && let Some(name) = super::phrases::text_of(sheet, units.start..unit + 1)
            && let Some(speaker) = names.speaker(sheet, unit..unit + 1)
        {
            let asserter = crate::claim::Asserter { name, side: crate::claim::Side::Unknown, anonymous: false };
            return Some(Speaker { asserter, kind: SpeakerKind::Outlet, ..speaker });
        }
        if let Some(source) = sheet.source(unit)
            && source.role == SourceRole::Outlet
        {
            return names.speaker(sheet, unit..unit + 1);
        }
    }
    let mut close = units.clone().take(6).find(|unit| sheet.cue(*unit, Cue::Medium))?;
    // "told Radio Jogoo", "cited by the newspaper Mwambao"
    while close + 1 < units.end && sheet.is_capitalised(close + 1) && sheet.is_unknown(close + 1) {
        close += 1;
    }
    let speaker = names.speaker(sheet, units.start..close + 1)?;
    Some(Speaker { kind: SpeakerKind::Outlet, ..speaker })
}

/// The platform named in a sentence.
pub(super) fn platform(sheet: &Sheet<'_>, sentence: &Range<usize>) -> Option<Name> {
    sentence
        .clone()
        .filter(|unit| !sheet.is_quoted(*unit))
        .find_map(|unit| sheet.source(unit).filter(|source| source.role == SourceRole::Platform))
        .map(|source| source.name.clone())
}

/// A phrase without the adverbials in front of it: "On Monday the army", "By Saturday night the IOM",
/// "In Geneva the agency".
pub(super) fn without_adverbials(sheet: &Sheet<'_>, units: Range<usize>) -> Range<usize> {
    let mut at = units.start;
    while at < units.end {
        let prepositional = sheet.any_cue(at, bit(Cue::In) | bit(Cue::By) | bit(Cue::From) | bit(Cue::Preposition))
            || sheet.any_cue(at, bit(Cue::Subordinator)) && sheet.date(at + 1).is_some();
        let date = (at..(at + 3).min(units.end)).find(|unit| sheet.date(*unit).is_some());
        if let Some(date) =
            date.filter(|date| *date == at || prepositional || sheet.is_any(at, words!["early", "late"]))
        {
            at = date + 1;
        } else if at > units.start && sheet.is_punct(at, ",") {
            at += 1;
        } else if sheet.is_any(at, words!["in", "at", "from"])
            && sheet.is_capitalised(at + 1)
            && at + 3 < units.end
            && (sheet.any_cue(at + 2, bit(Cue::Determiner)) || sheet.source(at + 2).is_some())
        {
            at += 2;
        } else {
            break;
        }
    }
    at..units.end
}

/// Whether a noun phrase looks like somebody who speaks: a name, a title, a body, a side.
pub(super) fn names_source(sheet: &Sheet<'_>, units: &Range<usize>) -> bool {
    let like = |unit: usize| {
        sheet.is_capitalised(unit)
            || sheet.is_title(unit)
            || sheet.source(unit).is_some()
            || sheet.any_cue(unit, bit(Cue::Organ) | bit(Cue::Body))
    };
    let determined = sheet.any_cue(units.start, bit(Cue::Determiner));
    !units.is_empty()
        && (like(units.start) || determined && units.clone().any(like))
        && !units.clone().any(|unit| sheet.cue(unit, Cue::Figures))
}

/// Who said it, behind a participle: "confirmed by the Red Cross".
pub(super) fn agent_behind(sheet: &Sheet<'_>, at: usize, end: usize) -> Option<Range<usize>> {
    let participle = sheet.word(at).ends_with("ed") || sheet.is_any(at, words!["given", "written", "put"]);
    let adverb = sheet.cue(at + 1, Cue::Adverb) || sheet.is_unknown(at + 1) && sheet.word(at + 1).ends_with("ly");
    let by = at + 1 + usize::from(adverb);
    if !participle || by >= end || !sheet.cue(by, Cue::By) || sheet.date(by + 1).is_some() {
        return None;
    }
    let mut units = phrase_behind(sheet, by + 1, end);
    // "accused by the ELN of working with dissidents"
    let of = units.clone().skip(1).find(|unit| sheet.cue(*unit, Cue::Of) && sheet.word(unit + 1).ends_with("ing"));
    units.end = of.unwrap_or(units.end);
    names_source(sheet, &units).then_some(units)
}

/// The name between quotation marks that closes at a unit: the channel "Northern Front Line".
fn quoted_name(sheet: &Sheet<'_>, close: usize, floor: usize) -> Option<Range<usize>> {
    let open = (floor.max(close.saturating_sub(7))..close).rev().find(|unit| sheet.is_punct(*unit, "\""))?;
    let inner = open + 1..close;
    let named = open > floor
        && sheet.what(open - 1) == What::Word
        && sheet.reporting(open - 1).is_none()
        && !inner.is_empty()
        && sheet.is_capitalised(inner.start)
        && sheet.is_capitalised(inner.end - 1)
        && inner.clone().all(|unit| sheet.what(unit) == What::Word);
    named.then_some(inner)
}

/// The quoted name that a phrase ends in front of: the volunteers of "No Man Left".
pub(super) fn quoted_name_behind(sheet: &Sheet<'_>, units: &Range<usize>, end: usize) -> Option<Range<usize>> {
    let open = units.end;
    if units.is_empty() || !sheet.is_punct(open, "\"") {
        return None;
    }
    let close = (open + 1..end.min(open + 8)).find(|unit| sheet.is_punct(*unit, "\""))?;
    quoted_name(sheet, close, units.start)
}

/// The subject of a sentence, as a speaker: for a verb of saying that shares it with others
/// ("The delegate, X, called it wrong and denied it").
pub(super) fn sentence_subject(
    sheet: &Sheet<'_>,
    sentence: &Range<usize>,
    before: usize,
    names: &Names,
) -> Option<Speaker> {
    let from = without_adverbials(sheet, sentence.start..before).start;
    let units = phrase_behind(sheet, from, before);
    let speaks = units.clone().any(|unit| {
        sheet.is_title(unit)
            || sheet.source(unit).is_some()
            || sheet.party(unit).is_some()
            || sheet.any_cue(unit, bit(Cue::Organ) | bit(Cue::Body))
    });
    let named = name_run(sheet, units.start, units.end).len() >= 2;
    let pronoun = units.len() == 1 && sheet.is_any(units.start, words!["he", "she", "it"]);
    if speaks || named || pronoun { names.speaker(sheet, units) } else { None }
}

/// Who a sentence is about, if that is somebody who can speak: the noun phrase that it opens with, behind
/// adverbials. Nothing behind `before` is looked at.
pub(super) fn subject_speaker(
    sheet: &Sheet<'_>,
    sentence: &Range<usize>,
    before: usize,
    names: &Names,
) -> Option<Speaker> {
    let mut from = without_adverbials(sheet, sentence.start..before).start;
    // "Since the agreement of December 2018 the Red Cross has": up to the date.
    if sheet
        .any_cue(from, bit(Cue::In) | bit(Cue::By) | bit(Cue::From) | bit(Cue::Preposition) | bit(Cue::Subordinator))
        && sheet.word(from) != "the"
    {
        let stop =
            (from..before.min(from + 9)).find(|unit| sheet.is_punct(*unit, ",") || sheet.date(*unit).is_some())?;
        from = stop + 1;
    }
    let from = (from..before).find(|unit| !sheet.is_punct_any(*unit, &["\"", "-", "\u{2022}", ","]))?;
    let mut at = from;
    while at < before.min(from + 2) && sheet.any_cue(at, bit(Cue::Determiner) | bit(Cue::Possessive)) {
        at += 1;
    }
    // Adjectives in small letters, then the words of a name, an office or a body.
    let speaks = |unit: usize| {
        sheet.is_title(unit)
            || sheet.source(unit).is_some()
            || sheet.any_cue(unit, bit(Cue::Organ) | bit(Cue::Body) | bit(Cue::Medium))
            || sheet.party_by(unit, &[PartyWord::Name, PartyWord::Metonym]).is_some()
            || is_person_noun(sheet, unit)
    };
    let first = at;
    let mut end = at;
    let mut known = false;
    while at < before.min(first + 9) {
        let link = at > first
            && (sheet.any_cue(at, bit(Cue::Of) | bit(Cue::For))
                || sheet.is_any(at, words!["the"])
                || sheet.is_possessive(at));
        if sheet.what(at) != What::Word && !link && !sheet.is_punct(at, "-") || sheet.count(at).is_some() {
            break;
        }
        if speaks(at) || sheet.is_capitalised(at) && sheet.reporting(at).is_none() {
            known |= speaks(at);
            end = at + 1;
        } else if !(link || end == first && sheet.is_unknown(at)) {
            break;
        }
        at += 1;
    }
    let named = (first..end).filter(|unit| sheet.is_capitalised(*unit)).count() >= 2;
    let opens_with_article = first > from;
    if end == first
        || !known && !named
        || known && end == first + 1 && !opens_with_article && !sheet.is_capitalised(first)
    {
        return None;
    }
    names.speaker(sheet, from..end)
}
