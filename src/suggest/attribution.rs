//! On whose word: the sayings of a sentence, and which of them covers a count.
//!
//! A saying is a reporting word with its speaker. Which words it covers is read from its place:
//! "X said that …" covers what follows, "…, X said" what stands before, "according to X" its
//! clause. Chains run from the innermost source outwards; a medium that hears ("told Y") or relays
//! ("Y, citing X") is an outer link; a platform is a channel. A relative clause that carries
//! another side's word ("which the Russian side claims belong to …") tells who vouches for the
//! identity, and not who gives the count.

use std::ops::Range;

use super::clauses::{Verb, Voice};
use super::lexicon_pass::bit;
use super::sheet::{Sheet, What};
use super::speakers::{Names, Speaker, SpeakerKind, text_of, trim};
use crate::article::BlockKind;
use crate::claim::{Cue, Modality, Name, Saying as Pattern, SourceRole};

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
    let spoken = !sheet.is_quoted(sentence.start);
    for at in sentence.clone() {
        if let Some(source) = sheet.source(at) {
            names.mentioned(at, source);
        }
        let Some(entry) = sheet.reporting(at) else { continue };
        let relative = relative_clause(sheet, at, sentence);
        match entry.pattern {
            Pattern::Says | Pattern::Tells => {
                let Some(verb) = verbs.iter().find(|v| v.at == at && v.says) else { continue };
                // "impossible to say how many"
                if verb.voice == Voice::Infinitive && verb.cues & (bit(Cue::Plan) | bit(Cue::Have)) == 0 {
                    continue;
                }
                if verb.frame.is_some() && verb.voice != Voice::Active {
                    continue;
                }
                let Some((units, scope)) = subject_phrase(sheet, verb, sentence, found.last().map(|s| s.at)) else {
                    continue;
                };
                let goes_on = units.is_none();
                let speaker = match units {
                    Some(units) => names.speaker(sheet, units),
                    // "noting that", "and added": the speaker of the saying before.
                    None => found.last().and_then(|saying| saying.speaker.clone()),
                };
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
                    denied: verb.cues & bit(Cue::Negation) != 0 || sheet.cue(at, Cue::Denial),
                    goes_on,
                });
            }
            Pattern::Preposition => {
                let units = phrase_behind(sheet, at + 1, sentence.end);
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
                if let Some(speaker) = names.speaker(sheet, units) {
                    cited.push((at, speaker));
                }
            }
            // "counts by X suggest", "X's statement said": the noun phrase of the verb holds the speaker.
            Pattern::Noun => {}
        }
    }
    if spoken && found.is_empty() {
        names.named_first(sheet, sentence);
    }
    for (at, speaker) in cited {
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
    label_prefix(sheet, sentence, names, &mut found);
    puts_toll(sheet, sentence, verbs, names, &mut found);
    found.sort_by_key(|saying| saying.at);
    let unfinished = sentence
        .clone()
        .rev()
        .find(|unit| sheet.what(*unit) != What::Break)
        .is_some_and(|unit| !sheet.is_punct_any(unit, &[".", "!", "?", "\""]));
    if matches!(block, BlockKind::Heading(_)) || unfinished {
        heading_suffix(sheet, sentence, names, &mut found);
    }
    found
}

impl Saying {
    fn simple(at: usize, speaker: Speaker, scope: Scope) -> Self {
        Self {
            at,
            units: speaker.units.start.min(at)..speaker.units.end.max(at + 1),
            speaker: Some(speaker),
            cited: Vec::new(),
            heard_by: None,
            via: None,
            scope,
            modality: None,
            relative: None,
            denied: false,
            goes_on: false,
        }
    }
}

/// "Disaster agency AFAD: 8,574 killed": the label of a line speaks, where it is a source.
fn label_prefix(sheet: &Sheet<'_>, sentence: &Range<usize>, names: &mut Names, found: &mut Vec<Saying>) {
    let Some(mark) = (sentence.start..sentence.end.min(sentence.start + 9)).find(|unit| sheet.is_punct(*unit, ":"))
    else {
        return;
    };
    let units = trim(sheet, sentence.start..mark);
    let source = units.clone().any(|unit| {
        sheet.source(unit).is_some() || sheet.is_title(unit) || sheet.any_cue(unit, bit(Cue::Body) | bit(Cue::Organ))
    });
    let plain = units.clone().all(|unit| {
        sheet.count(unit).is_none()
            && sheet.frame(unit).is_none()
            && !sheet.is_noun(unit, crate::claim::NounClass::Toll)
    });
    let counted = (mark + 1..sentence.end).any(|unit| sheet.count(unit).is_some());
    if source
        && plain
        && counted
        && !found.iter().any(|saying| saying.at < mark)
        && let Some(speaker) = names.speaker(sheet, units)
    {
        names.spoke(&speaker);
        found.push(Saying::simple(mark, speaker, Scope::Behind));
    }
}

/// "The ministry put the toll in the north at 1,262": a verb of putting with a word for a count.
fn puts_toll(sheet: &Sheet<'_>, sentence: &Range<usize>, verbs: &[Verb], names: &mut Names, found: &mut Vec<Saying>) {
    for at in sentence.clone() {
        let puts = sheet.is_any(at, &["put", "puts", "putting", "placed", "raised", "revised", "lowered", "updated"]);
        let toll =
            puts && (at + 1..(at + 5).min(sentence.end)).any(|unit| sheet.is_noun(unit, crate::claim::NounClass::Toll));
        if !toll || found.iter().any(|saying| saying.at == at) {
            continue;
        }
        let from = verbs.iter().rev().find(|v| v.at < at).map_or(sentence.start, |v| v.at + 1);
        let from = (from..at)
            .rev()
            .find(|unit| sheet.is_punct_any(*unit, &[",", ";", "\""]) || sheet.is_any(*unit, &["while", "but", "and"]))
            .map_or(from, |unit| unit + 1);
        if let Some(speaker) = names.speaker(sheet, from..at) {
            names.spoke(&speaker);
            found.push(Saying::simple(at, speaker, Scope::Behind));
        }
    }
}

/// "45 killed in quake: officials", "45 killed – ministry".
fn heading_suffix(sheet: &Sheet<'_>, sentence: &Range<usize>, names: &Names, found: &mut Vec<Saying>) {
    let Some(mark) = sentence.clone().rev().find(|unit| sheet.is_punct_any(*unit, &[":", "\u{2014}", "\u{2013}"]))
    else {
        return;
    };
    let units = trim(sheet, mark + 1..sentence.end);
    if units.is_empty() || units.len() > 5 || units.clone().any(|unit| sheet.count(unit).is_some()) {
        return;
    }
    let speaks = units.clone().any(|unit| {
        sheet.source(unit).is_some()
            || sheet.is_title(unit)
            || sheet.any_cue(unit, bit(Cue::Organ) | bit(Cue::Body) | bit(Cue::Medium))
            || sheet.party(unit).is_some()
    });
    if !speaks || found.iter().any(|saying| saying.at > mark) {
        return;
    }
    if let Some(speaker) = names.speaker(sheet, units.clone()) {
        found.push(Saying::simple(mark, speaker, Scope::Before));
    }
}

/// The noun phrase that is the subject of a verb of saying, and what the saying covers. The phrase
/// is `None` where the speaker is that of the saying before; all is `None` where nothing speaks.
fn subject_phrase(
    sheet: &Sheet<'_>,
    verb: &Verb,
    sentence: &Range<usize>,
    earlier: Option<usize>,
) -> Option<(Option<Range<usize>>, Scope)> {
    let start = super::clauses::before_adverbs(sheet, verb.start, sentence.start);
    let quote_or_comma = |unit: usize| sheet.is_punct_any(unit, &[",", "\""]);
    // ", said X": the speaker stands behind.
    let closes = start > sentence.start && sheet.is_punct(start - 1, "\"");
    let comma = start > sentence.start && sheet.is_punct(start - 1, ",");
    let behind = phrase_behind(sheet, verb.at + 1, sentence.end);
    let source_like = |unit: usize| {
        sheet.is_capitalised(unit)
            || sheet.is_title(unit)
            || sheet.source(unit).is_some()
            || sheet.any_cue(unit, bit(Cue::Organ) | bit(Cue::Body))
    };
    let determined = sheet.any_cue(behind.start, bit(Cue::Determiner));
    let names_behind = (source_like(behind.start) || determined && behind.clone().any(source_like))
        && !behind.clone().any(|unit| sheet.cue(unit, Cue::Figures));
    let says = sheet.reporting(verb.at).is_some_and(|entry| entry.pattern == Pattern::Says);
    if says
        && start == verb.at
        && (closes || comma)
        && !behind.is_empty()
        && names_behind
        && verb.voice != Voice::Gerund
    {
        let after = behind.end;
        let ends = after >= sentence.end
            || sheet.what(after) == What::Punct
            || sheet.what(after) == What::Break
            || sheet.date(after).is_some();
        if closes || (comma && ends && !has_subject_before_comma(sheet, start - 1, sentence)) {
            return Some((Some(behind), Scope::Before));
        }
    }
    // Back to the beginning of the clause; an apposition between commas is passed over.
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
        } else if verb.voice != Voice::Gerund && at == sentence.start {
            // "Moscow, said": nothing but the phrase before the comma.
            return (start > sentence.start + 1).then_some((Some(sentence.start..start), Scope::Behind));
        }
    }
    while low > sentence.start {
        let unit = low - 1;
        let boundary = quote_or_comma(unit)
            || sheet.is_punct_any(unit, &[";", ":", "\u{2014}"])
            || sheet.what(unit) == What::Break
            || (sheet.any_cue(unit, bit(Cue::Relative)) && !sheet.any_cue(unit, bit(Cue::Determiner)))
            || (sheet.is_any(unit, &["that"]) && earlier.is_some_and(|at| at < unit))
            || (sheet.cue(unit, Cue::Subordinator) && !sheet.any_cue(unit, bit(Cue::Adverb) | bit(Cue::With)))
            || earlier == Some(unit);
        if boundary {
            break;
        }
        low = unit;
    }
    if low >= 1
        && low > sentence.start
        && sheet.is_any(low - 1, &["that"])
        && !sheet.is_punct_any(low, &[","])
        && low == start
    {
        return None;
    }
    let phrase = trim(sheet, low..start);
    let preceded = low > sentence.start && quote_or_comma(low - 1);
    if phrase.is_empty() {
        // "…, adding that", "and said": taken over.
        return Some((None, Scope::Behind));
    }
    if sheet.cue(phrase.start, Cue::And) {
        return Some((None, Scope::Behind));
    }
    let follows =
        (verb.at + 1..sentence.end).find(|unit| sheet.what(*unit) != What::Punct || sheet.is_punct(*unit, "\""));
    let ends = match follows {
        None => true,
        Some(unit) => {
            sheet.what(unit) == What::Break
                || sheet.date(unit).is_some() && tail_is_empty(sheet, unit + 1, sentence.end)
                || sheet.any_cue(unit, bit(Cue::In) | bit(Cue::Subordinator) | bit(Cue::To) | bit(Cue::Preposition))
                    && tail_without_clause(sheet, unit, sentence.end)
                || sheet.reporting(verb.at).is_some_and(|entry| entry.pattern == Pattern::Tells)
                    && tail_without_clause(sheet, unit, sentence.end)
        }
    };
    let comma_next = sheet.is_punct(verb.at + 1, ",");
    let scope = match (preceded, ends, comma_next) {
        // ", authorities said, leaving": between commas it covers the whole clause.
        (true, _, true) => Scope::Clause,
        (true, true, false) => Scope::Before,
        _ => Scope::Behind,
    };
    Some((Some(phrase), scope))
}

/// Whether something that could be a subject stands before a comma at the beginning of a sentence.
fn has_subject_before_comma(sheet: &Sheet<'_>, comma: usize, sentence: &Range<usize>) -> bool {
    comma.saturating_sub(sentence.start) <= 4
        && !(sentence.start..comma).any(|unit| sheet.count(unit).is_some() || sheet.frame(unit).is_some())
}

fn tail_is_empty(sheet: &Sheet<'_>, from: usize, end: usize) -> bool {
    (from..end).all(|unit| matches!(sheet.what(unit), What::Punct | What::Break))
}

/// Whether nothing follows that a saying would cover: no count and no verb but in prepositional phrases.
fn tail_without_clause(sheet: &Sheet<'_>, from: usize, end: usize) -> bool {
    let stop = (from..end).find(|unit| sheet.is_punct_any(*unit, &[",", "\"", ";"])).unwrap_or(end);
    !(from..stop).any(|unit| sheet.count(unit).is_some() || sheet.is_any(unit, &["that"]))
}

/// The noun phrase that begins at a unit, appositions between commas included.
fn phrase_behind(sheet: &Sheet<'_>, from: usize, end: usize) -> Range<usize> {
    let mut at = from;
    let mut content = false;
    while at < end {
        let stops = matches!(sheet.what(at), What::Break)
            || sheet.is_punct_any(at, &[",", ";", ":", "\"", "\u{2014}", "."])
            || content && sheet.any_cue(at, bit(Cue::Be) | bit(Cue::Have) | bit(Cue::Will))
            || content && sheet.cue(at, Cue::Subordinator) && !sheet.any_cue(at, bit(Cue::Adverb))
            || content && sheet.is_any(at, &["that", "which", "who"])
            || content && sheet.reporting(at).is_some_and(|e| e.pattern != Pattern::Noun)
            || content && sheet.date(at).is_some()
            || sheet.count(at).is_some()
            || content
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
            && !sheet.is_capitalised(at);
        if ends {
            break;
        }
    }
    // ", a member of the ruling party," is part of the phrase.
    if at < end && content && sheet.is_punct(at, ",") {
        let opens = sheet.any_cue(at + 1, bit(Cue::Determiner))
            || sheet.is_title(at + 1)
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

/// Whether a sentence ends in an apposition: no count, no verb.
fn tail_is_apposition(sheet: &Sheet<'_>, from: usize, end: usize) -> bool {
    !(from..end).any(|unit| {
        sheet.count(unit).is_some() || sheet.any_cue(unit, bit(Cue::Be) | bit(Cue::Have)) || sheet.is_punct(unit, ",")
    })
}

/// The medium that a speaker told: "told the RBC news website".
fn hearer(sheet: &Sheet<'_>, from: usize, sentence: &Range<usize>, names: &Names) -> Option<Speaker> {
    medium(sheet, phrase_behind(sheet, from, sentence.end), names)
}

/// The medium that a speaker addressed: "confirmed the details to the RBC news website", "in an interview with Y".
fn addressee(sheet: &Sheet<'_>, from: usize, sentence: &Range<usize>, names: &Names) -> Option<Speaker> {
    let end =
        (from..sentence.end).find(|unit| sheet.is_punct_any(*unit, &[",", ";", "\"", "."])).unwrap_or(sentence.end);
    let mut at = from;
    while at < end {
        let interview =
            sheet.is_any(at, &["with"]) && at > from && sheet.is_any(at - 1, &["interview", "conversation"]);
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
    for unit in units.clone() {
        if sheet.is_any(unit, &["that"]) {
            break;
        }
        if let Some(source) = sheet.source(unit)
            && source.role == SourceRole::Outlet
        {
            return names.speaker(sheet, unit..unit + 1);
        }
    }
    let close = units.clone().take(6).find(|unit| sheet.cue(*unit, Cue::Medium))?;
    let speaker = names.speaker(sheet, units.start..close + 1)?;
    Some(Speaker { kind: SpeakerKind::Outlet, ..speaker })
}

/// The platform named in a sentence.
fn platform(sheet: &Sheet<'_>, sentence: &Range<usize>) -> Option<Name> {
    sentence
        .clone()
        .filter(|unit| !sheet.is_quoted(*unit))
        .find_map(|unit| sheet.source(unit).filter(|source| source.role == SourceRole::Platform))
        .map(|source| source.name.clone())
}

/// The relative clause that a unit stands in: from its pronoun to the comma that closes it.
pub(super) fn relative_clause(sheet: &Sheet<'_>, unit: usize, sentence: &Range<usize>) -> Option<Range<usize>> {
    let floor = unit.saturating_sub(14).max(sentence.start);
    let open = (floor..unit).rev().find(|at| {
        sheet.is_punct_any(*at, &[",", ";", "\""])
            || sheet.is_any(*at, &["which", "whom", "who", "whose"])
            || sheet.reporting(*at).is_some_and(|e| e.pattern != Pattern::Noun && e.pattern != Pattern::Preposition)
    })?;
    if !sheet.is_any(open, &["which", "whom", "who", "whose"]) {
        return None;
    }
    let close = (unit..sentence.end)
        .find(|at| sheet.is_punct_any(*at, &[",", ";", "\""]) || sheet.what(*at) == What::Break)
        .unwrap_or(sentence.end);
    Some(open..close)
}

/// The sayings that cover a unit, innermost first.
pub(super) fn covering<'s>(sheet: &Sheet<'_>, unit: usize, sayings: &'s [Saying]) -> Vec<&'s Saying> {
    let mut inner: Vec<&Saying> = Vec::new();
    let outside = |saying: &&Saying| saying.relative.as_ref().is_none_or(|clause| clause.contains(&unit));
    let mut gone_on = false;
    for saying in sayings.iter().rev().filter(outside) {
        if saying.scope == Scope::Behind && saying.at < unit && !parted(sheet, saying.at, unit) {
            // "denied this, saying it had killed": what was said before is over, its hearer is not.
            if !gone_on {
                inner.push(saying);
            }
            gone_on = saying.goes_on;
        }
    }
    for saying in sayings.iter().filter(outside) {
        let before = saying.scope == Scope::Before && saying.at > unit && !parted(sheet, unit, saying.at);
        let clause = saying.scope == Scope::Clause
            && if saying.at < unit { !parted(sheet, saying.at, unit) } else { !parted(sheet, unit, saying.at) };
        if before || clause {
            inner.push(saying);
            if before {
                break;
            }
        }
    }
    inner
}

/// Whether a new main clause begins between two units: a semicolon, or "while", "but" after a comma.
fn parted(sheet: &Sheet<'_>, from: usize, to: usize) -> bool {
    (from + 1..to).any(|unit| {
        sheet.is_punct(unit, ";")
            || (sheet.is_any(unit, &["while", "but", "whereas", "although", "though"])
                && unit > 0
                && sheet.is_punct(unit - 1, ",")
                && !sheet.is_any(unit + 1, &["receiving", "returning"])
                && !sheet.frame(unit + 1).is_some_and(|(_, forms)| forms.has(super::lexicon_pass::Forms::GERUND)))
    })
}

/// Who vouches for the identity of the people in a phrase: the speaker of a relative clause behind it.
pub(super) fn identity_by(sheet: &Sheet<'_>, phrase_end: usize, sayings: &[Saying]) -> Option<(Name, Range<usize>)> {
    sayings.iter().find_map(|saying| {
        let clause = saying.relative.as_ref()?;
        let close = clause.start >= phrase_end && clause.start <= phrase_end + 3;
        let speaker = saying.speaker.as_ref()?;
        let name = text_of(sheet, without_determiner(sheet, trim(sheet, speaker.units.clone())))?;
        let named = if name.contains(' ') { name } else { speaker.asserter.name.clone() };
        close.then(|| (named, saying.units.clone()))
    })
}

fn without_determiner(sheet: &Sheet<'_>, mut units: Range<usize>) -> Range<usize> {
    while !units.is_empty() && sheet.any_cue(units.start, bit(Cue::Determiner)) {
        units.start += 1;
    }
    units
}
