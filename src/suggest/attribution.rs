//! On whose word: the sayings of a sentence, and which of them covers a count.
//!
//! A saying is a reporting word with its speaker. Which words it covers is read from its place:
//! "X said that …" covers what follows, "…, X said" what stands before, "according to X" its
//! clause. Chains run from the innermost source outwards; a medium that hears ("told Y") or relays
//! ("Y, citing X") is an outer link; a platform is a channel. A relative clause that carries
//! another side's word ("which the Russian side claims belong to …") tells who vouches for the
//! identity, and not who gives the count.

use std::ops::Range;

use super::claimants::{
    claimant, figure_of, found_so, is_withdrawn_version, keeps_names, not_as_others_say, puts_toll, relayed_as_saying,
    saw, takes_back, what_they_call,
};
use super::clauses::{Verb, Voice};
use super::covering::relative_clause;
use super::labels::{RECKONED, announced, bracketed, heading_suffix, is_own_voice, label_prefix, reckoning};
use super::lexicon_pass::{bit, sort};
use super::saying_phrases::{
    addressee, agent_behind, hearer, phrase_behind, platform, quoted_name_behind, sentence_subject, subject_phrase,
    subject_speaker,
};
use super::sheet::{Sheet, What};
use super::speakers::{Names, Speaker, SpeakerKind};
use super::word_set::WordSet;
use crate::article::BlockKind;
use crate::claim::{Cue, Modality, Name, NounClass, Saying as Pattern};

/// Which words a saying covers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Scope {
    /// What follows it: "X said that …".
    Behind,
    /// What stands before it: "…, X said".
    Before,
    /// The clause it stands in: "according to X".
    Clause,
}

/// A reporting word with its speaker.
#[derive(Clone, Debug)]
pub(super) struct Saying {
    /// The unit of the reporting word.
    pub(super) at: usize,
    /// The units of word and speaker together.
    pub(super) units: Range<usize>,
    /// Who speaks.
    pub(super) speaker: Option<Speaker>,
    /// Whom it quotes, innermost first: "citing an unnamed source".
    pub(super) cited: Vec<Speaker>,
    /// The medium that heard it: "told Y".
    pub(super) heard_by: Option<Speaker>,
    /// The platform it was said on.
    pub(super) via: Option<Name>,
    /// What it covers.
    pub(super) scope: Scope,
    /// The modality that the word brings.
    pub(super) modality: Option<Modality>,
    /// Whether it stands in a relative clause, and where that clause lies.
    pub(super) relative: Option<Range<usize>>,
    /// Whether it is denied: "denied that", "did not say".
    pub(super) denied: bool,
    /// Whether it goes on from the saying before, with the same speaker: "…, adding that".
    pub(super) goes_on: bool,
}

impl Saying {
    /// The chain that it makes, innermost first.
    pub(super) fn chain(&self) -> Vec<&Speaker> {
        self.cited.iter().chain(self.speaker.as_ref()).chain(self.heard_by.as_ref()).collect()
    }
}

/// The sayings of a sentence, in order. Speakers are remembered in `names`.
pub(super) fn sayings(
    sheet: &Sheet<'_>,
    sentence: &Range<usize>,
    block: BlockKind,
    verbs: &[Verb],
    names: &mut Names,
) -> Vec<Saying> {
    let mut found: Vec<Saying> = Vec::new();
    let mut cited: Vec<(usize, Speaker)> = Vec::new();
    let mut carried: Option<Speaker> = None;
    let spoken = !sheet.is_quoted(sentence.start);
    let counted = sentence.clone().any(|unit| sheet.count(unit).is_some());
    puts_toll(sheet, sentence, verbs, names, &mut found);
    if counted {
        keeps_names(sheet, sentence, names, &mut found);
        figure_of(sheet, sentence, names, &mut found);
        saw(sheet, sentence, names, &mut found);
    }
    for at in sentence.clone() {
        // Nearly all words open nothing of this.
        if !sheet.has_sort(at, sort::SOURCE | sort::REPORTING) && !sheet.is_any(at, RECKONED) {
            continue;
        }
        if let Some(source) = sheet.source(at) {
            names.mentioned(at, source);
        }
        if let Some((units, end)) = reckoning(sheet, at, sentence)
            && let Some(speaker) = names.speaker(sheet, units.clone())
        {
            names.spoke(&speaker);
            found.push(Saying { units: at..end, ..Saying::simple(at, speaker, Scope::Clause) });
        }
        let Some(entry) = sheet.reporting(at) else { continue };
        let mut relative = relative_clause(sheet, at, sentence);
        match entry.pattern {
            Pattern::Says | Pattern::Tells => {
                let Some(verb) = verbs.iter().find(|v| v.at == at && v.says) else { continue };
                // "impossible to say how many"
                if verb.voice == Voice::Infinitive && verb.cues & (bit(Cue::Plan) | bit(Cue::Have)) == 0 {
                    continue;
                }
                // "…, admitted on Sunday the minister": no participle where somebody stands behind it.
                let inverted =
                    || verb.voice == Voice::Bare && at > sentence.start && sheet.is_punct_any(at - 1, &[",", "\""]);
                if verb.frame.is_some() && verb.voice != Voice::Active && !inverted() || is_no_saying(sheet, at) {
                    continue;
                }
                // "officials have been saying": no passive.
                let passive = verb.voice == Voice::Passive && !sheet.word(at).ends_with("ing");
                // "confirmed by the Red Cross"
                if verb.frame.is_none()
                    && let Some(speaker) = agent_behind(sheet, at, sentence.end).and_then(|u| names.speaker(sheet, u))
                {
                    names.spoke(&speaker);
                    let denied = verb.cues & bit(Cue::Negation) != 0 || sheet.cue(at, Cue::Denial);
                    let via = platform(sheet, sentence);
                    let modality = entry.modality;
                    let simple = Saying::simple(at, speaker, Scope::Clause);
                    found.push(Saying { via, modality, relative, denied, ..simple });
                    continue;
                }
                let earlier = found.iter().filter(|saying| saying.at < at).max_by_key(|saying| saying.at).cloned();
                let Some((units, scope)) = subject_phrase(sheet, verb, sentence, earlier.as_ref().map(|s| s.at)) else {
                    continue;
                };
                // "A farmer who lives nearby said": the clause tells of him, and the verb is not in it.
                let beyond = |clause: &Range<usize>| {
                    let inside = clause.start + 1..verb.start;
                    units.as_ref().is_some_and(|units| units.end <= clause.start)
                        && inside.into_iter().any(|unit| {
                            !sheet.any_cue(unit, bit(Cue::Have) | bit(Cue::Adverb) | bit(Cue::Be) | bit(Cue::Negation))
                                && !sheet.is_any(unit, words!["first", "do", "does", "did"])
                        })
                };
                if relative.as_ref().is_some_and(beyond) {
                    relative = None;
                }
                // "An earlier version of this article said": the outlet takes its own figure back.
                let withdrawn = units.clone().is_some_and(|units| is_withdrawn_version(sheet, units));
                // "rescuers do not expect to find survivors": a hope that is given up denies no figure.
                let hopeless = sheet.word(at).starts_with("expect") || sheet.word(at).starts_with("hope");
                if hopeless && verb.cues & bit(Cue::Negation) != 0 {
                    continue;
                }
                let goes_on = units.is_none() && earlier.is_some() && !passive;
                let denies = entry.modality == Some(Modality::Denied) || sheet.cue(at, Cue::Denial);
                let claimed = if denies { claimant(sheet, at, sentence, names) } else { None };
                // "I have registered 170", "our people have counted 19": whoever the quotation is of.
                let first_person = units.clone().is_some_and(|u| {
                    u.len() == 1 && sheet.is_any(u.start, words!["i", "we"])
                        || sheet.is_any(u.start, words!["our", "my"])
                });
                if first_person && sheet.is_quoted(at) {
                    continue;
                }
                // "What the company says": a heading, and nobody's name.
                if units.clone().is_some_and(|units| {
                    units.len() <= 6 && units.clone().any(|unit| sheet.is_any(unit, words!["what", "why", "how"]))
                }) {
                    continue;
                }
                let own_voice = units.clone().is_some_and(|units| is_own_voice(sheet, units));
                let mends = own_voice && takes_back(sheet, at, sentence);
                let withdrawn = withdrawn || mends;
                // "Of the 5,200 arrivals registered so far, 4,600 are women": a participle, and nobody speaks.
                if units.clone().is_some_and(|units| {
                    sheet.cue(units.start, Cue::Of)
                        || units.start > sentence.start && sheet.cue(units.start - 1, Cue::Of)
                }) {
                    continue;
                }
                // "We also wrote that five were captive: there are four."
                let colon = (at..sentence.end).find(|unit| sheet.is_punct_any(*unit, &[":", ";"]));
                if let Some(colon) = colon.filter(|_| mends) {
                    relative = Some(at..colon);
                }
                let speaker = match units {
                    // "13 people are confirmed to have died": nobody is named.
                    _ if withdrawn || own_voice || passive => None,
                    // "the Red Cross has brought home 2,344, it says": whoever the sentence is about.
                    Some(units) if units.len() == 1 && sheet.is_any(units.start, words!["it", "they"]) => {
                        // "doctors said on Thursday that they knew of 33"
                        let same = earlier.as_ref().filter(|saying| {
                            saying.scope == Scope::Behind
                                && sheet.is_any(units.start.saturating_sub(1), words!["that"])
                                && saying.speaker.as_ref().is_some_and(|s| s.kind != SpeakerKind::Person)
                        });
                        let same = same.and_then(|saying| saying.speaker.clone());
                        let subject = subject_speaker(sheet, sentence, units.start, names);
                        let opens = units.start <= sentence.start + 1;
                        let found = subject.filter(|subject| !opens && subject.kind != SpeakerKind::Person);
                        same.or(found).or_else(|| names.speaker(sheet, units))
                    }
                    // "The mediator, X, was more careful: his team had seen eight, he told the radio"
                    Some(units) if units.len() == 1 && sheet.is_any(units.start, words!["he", "she"]) => {
                        let named = || names.subject_of(sheet, sentence.start..units.start);
                        let first = if earlier.is_none() && spoken { named() } else { None };
                        first.or_else(|| names.speaker(sheet, units))
                    }
                    Some(units) => names.speaker(sheet, units),
                    // "noting that", "and added": the speaker of the saying before.
                    None => match &earlier {
                        Some(saying) => saying.speaker.clone(),
                        None => sentence_subject(sheet, sentence, at, names),
                    },
                };
                if denies && let Some(denier) = speaker.as_ref().filter(|_| claimed.is_some()) {
                    names.spoke(denier);
                }
                let speaker = claimed.or(speaker);
                // "Tunis disputes this: the ministry says": what came before, and nothing behind.
                if denies
                    && sheet.is_any(at + 1, words!["this", "that", "it", "these"])
                    && sheet.is_punct_any(at + 2, &[":", ";"])
                {
                    if let Some(speaker) = speaker {
                        names.spoke(&speaker);
                        // "The leader denied it: “We hold nobody. They have ninety.”": the quotation is the denier's.
                        if sheet.is_punct(at + 2, ":") && sheet.is_punct(at + 3, "\"") {
                            found.push(Saying::simple(at, speaker, Scope::Behind));
                        }
                    }
                    continue;
                }
                let hearer =
                    if entry.pattern == Pattern::Tells { hearer(sheet, at + 1, sentence, names) } else { None };
                let heard_by = hearer.or_else(|| addressee(sheet, at + 1, sentence, names));
                if let Some(speaker) = &speaker {
                    names.spoke(speaker);
                }
                let first = speaker.as_ref().map_or(at, |s| s.units.start.min(at));
                let last = speaker.as_ref().map_or(at + 1, |s| s.units.end.max(at + 1));
                found.push(Saying {
                    at,
                    units: first..last,
                    speaker,
                    cited: Vec::new(),
                    heard_by,
                    via: platform(sheet, sentence),
                    scope,
                    modality: entry.modality,
                    relative,
                    denied: withdrawn || verb.cues & bit(Cue::Negation) != 0 || sheet.cue(at, Cue::Denial),
                    goes_on,
                });
            }
            // "four people per square yard": a rate.
            Pattern::Preposition
                if sheet.is_any(at, words!["per"])
                    && !sheet.is_capitalised(at + 1)
                    && sheet.source(at + 1).is_none()
                    && !sheet.any_cue(at + 1, bit(Cue::Determiner) | bit(Cue::Body) | bit(Cue::Organ)) => {}
            Pattern::Preposition => {
                let units = phrase_behind(sheet, at + 1, sentence.end);
                // "according to three of those freed"
                let part = sheet.count(at + 1).is_some() && sheet.cue(at + 2, Cue::Of);
                // "according to six survivors": the figure is of those who speak.
                let some = units.is_empty()
                    && sheet.count(at + 1).is_some()
                    && sheet.noun(at + 2).is_some_and(|noun| {
                        matches!(noun.class, NounClass::People | NounClass::Civilian | NounClass::Bystanders)
                    });
                let units = if part || some { at + 1..phrase_behind(sheet, at + 2, sentence.end).end } else { units };
                let units = quoted_name_behind(sheet, &units, sentence.end).unwrap_or(units);
                let Some(speaker) = names.speaker(sheet, units.clone()) else { continue };
                names.spoke(&speaker);
                found.push(Saying {
                    at,
                    units: at..units.end,
                    speaker: Some(speaker),
                    cited: Vec::new(),
                    heard_by: None,
                    via: platform(sheet, sentence),
                    scope: Scope::Clause,
                    modality: entry.modality,
                    relative,
                    denied: false,
                    goes_on: false,
                });
            }
            Pattern::Cites => {
                let units = phrase_behind(sheet, at + 1, sentence.end);
                // "In remarks carried by Al-Masirah television, he said", "police say, as quoted by ANP": the medium
                // hears.
                let relays = sheet.word(at).ends_with(" by");
                let quoted = || {
                    let named = !units.is_empty() && sheet.is_capitalised(units.start) && sheet.is_unknown(units.start);
                    let speaker = names.speaker(sheet, units.clone()).filter(|_| named)?;
                    Some(Speaker { kind: SpeakerKind::Outlet, ..speaker })
                };
                if relays && let Some(outlet) = hearer(sheet, at + 1, sentence, names).or_else(quoted) {
                    carried = Some(outlet);
                    continue;
                }
                if let Some(speaker) = names.speaker(sheet, units) {
                    cited.push((at, speaker));
                }
            }
            // "counts by X suggest", "X's statement said": the noun phrase of the verb holds the speaker.
            Pattern::Noun => {}
        }
    }
    let unfinished = sentence
        .clone()
        .rev()
        .find(|unit| sheet.what(*unit) != What::Break)
        .is_some_and(|unit| !sheet.is_punct_any(unit, &[".", "!", "?", "\""]));
    // A byline names who writes, and not who speaks next.
    if spoken && found.iter().all(|saying| saying.speaker.as_ref().is_some_and(|s| s.kind != SpeakerKind::Person)) {
        names.told_to(sheet, sentence);
    }
    if spoken && found.is_empty() && (!unfinished || verbs.iter().any(|v| v.voice != Voice::Nominal)) {
        names.named_first(sheet, sentence);
    }
    if let (Some(outlet), Some(saying)) = (carried, found.first_mut())
        && saying.heard_by.is_none()
    {
        saying.heard_by = Some(outlet);
    }
    for (at, speaker) in cited {
        if let Some(outer) = relayed_as_saying(sheet, at, sentence, names) {
            found.push(Saying { cited: vec![speaker], ..Saying::simple(at, outer, Scope::Clause) });
            continue;
        }
        match found.iter_mut().min_by_key(|saying| saying.at.abs_diff(at)) {
            Some(saying) => saying.cited.push(speaker),
            None => {
                // "TASS, citing the ministry: …"
                let outer = names.speaker(sheet, sentence.start..at);
                found.push(Saying {
                    at,
                    units: at..speaker.units.end,
                    cited: vec![speaker],
                    speaker: outer,
                    heard_by: None,
                    via: None,
                    scope: Scope::Clause,
                    modality: None,
                    relative: None,
                    denied: false,
                    goes_on: false,
                });
            }
        }
    }
    // Nothing but an "it" that opens the next sentence asks who this one is about.
    if spoken && sheet.is_any(sentence.end, words!["it"]) {
        names.about(subject_speaker(sheet, sentence, sentence.end, names), sentence.end);
    }
    not_as_others_say(sheet, &mut found);
    if counted {
        found_so(sheet, sentence, names, &mut found);
        what_they_call(sheet, sentence, names, &mut found);
        label_prefix(sheet, sentence, names, &mut found);
        announced(sheet, sentence, names, &mut found);
        bracketed(sheet, sentence, names, &mut found);
    }
    found.sort_by_key(|saying| saying.at);
    if matches!(block, BlockKind::Heading(_)) || unfinished {
        heading_suffix(sheet, sentence, names, &mut found);
    }
    // Sayings are large, and a sentence has one or two.
    found.shrink_to_fit();
    found
}

/// Whether a word of saying says nothing here: "adds up to", "quoted him as saying", "counts its dead",
/// "admitted 186 patients".
fn is_no_saying(sheet: &Sheet<'_>, at: usize) -> bool {
    let word = sheet.word(at);
    word.starts_with("add") && sheet.word(at + 1).starts_with("up")
        // "47 cases (39 confirmed, 8 probable)", "12 reported dead": no subject but a figure.
        || at > 0
            && sheet.count(at - 1).is_some()
            && !sheet.is_any(at.saturating_sub(2), words!["of", "the"])
            && sheet.word(at).ends_with("ed")
        // "Priority lists hold 1,870 names", "Police records show": a noun, in front of its verb.
        || at > 0
            && words!["lists", "counts", "records", "registers", "logs", "reports", "claims", "estimates", "posts"].has(word)
            && (sheet.any_cue(at + 1, bit(Cue::Be) | bit(Cue::Have) | bit(Cue::Will))
                || sheet.is_any(at + 1, words!["hold", "holds", "contain", "carry", "bear", "show", "suggest", "say", "speak of", "run"]))
        // "claimed 265 lives"
        || word.starts_with("claim")
            && sheet.count(at + 1).is_some()
            && (at + 2..at + 5).any(|unit| sheet.is_any(unit, words!["lives", "victims", "dead"]))
        // "a nurse who feared for her job"
        || word.starts_with("fear") && sheet.cue(at + 1, Cue::For)
        || word == "saying" && at > 0 && sheet.is_any(at - 1, words!["as"])
        // "a boat said to be fit for 40"
        || word.ends_with("said to") && sheet.any_cue(at + 1, bit(Cue::Be) | bit(Cue::Have))
        || word == "said" && sheet.is_any(at + 1, words!["to be", "to have"])
        // "in the outbreak declared on 1 August": what is spoken of was declared by somebody else.
        || at > 0
            && word.ends_with("ed")
            && sheet.is_any(at - 1, words!["outbreak", "epidemic", "emergency", "disaster", "ceasefire", "truce", "strike"])
        || acts_without_words(sheet, at)
        // "two people briefed on the talks"
        || word == "briefed" && sheet.is_any(at + 1, words!["on", "about"])
        // "has admitted 186 patients", "was admitted to hospital"
        || word.starts_with("admit")
            && (sheet.cue(at + 1, Cue::To) && !sheet.word(at + 2).ends_with("ing") && sheet.count(at + 2).is_none()
                || sheet.count(at + 1).is_some() && (at + 2..at + 5).any(|unit| sheet.word(unit).starts_with("patient")))
        || ["count", "list", "record", "register"].iter().any(|stem| word.starts_with(stem))
            && sheet.cue(at + 1, Cue::Possessive)
}

/// Whether a verb of answering or going on stands without anything that is said: "the search continued into
/// Saturday", "rescue teams with 40 ambulances responded".
fn acts_without_words(sheet: &Sheet<'_>, at: usize) -> bool {
    const ANSWERS: &WordSet =
        words!["continue", "continues", "continued", "went on", "goes on", "respond", "responds", "responded"];
    let quoted = |unit: usize| sheet.is_quoted(unit) || sheet.is_punct_any(unit, &["\"", ":"]);
    ANSWERS.has(sheet.word(at)) && !(at.saturating_sub(4)..at + 3).any(quoted) && !sheet.is_any(at + 1, words!["that"])
}

impl Saying {
    /// A saying of nobody that is named, such as that of the outlet itself.
    pub(super) fn of_nobody(at: usize) -> Self {
        Self {
            at,
            units: at..at + 1,
            speaker: None,
            cited: Vec::new(),
            heard_by: None,
            via: None,
            scope: Scope::Behind,
            modality: None,
            relative: None,
            denied: false,
            goes_on: false,
        }
    }

    pub(super) fn simple(at: usize, speaker: Speaker, scope: Scope) -> Self {
        let units = speaker.units.start.min(at)..speaker.units.end.max(at + 1);
        Self { units, speaker: Some(speaker), scope, ..Self::of_nobody(at) }
    }
}
