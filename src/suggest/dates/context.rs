//! What the words around a date make of it: its bound, what is to come, what lies behind.

use super::mentions::Found;
use super::partial::Partial;
use super::resolve::Frame;
use super::{Bound, DateKind, DateMention};
use crate::suggest::tokens::{TokenKind, Tokens};
use crate::suggest::word_set::WordSet;

/// Whether the sentence puts a date into what is to come: the nearest word of plan or of report
/// before it decides, else the first behind it.
pub(super) fn is_future(tokens: &Tokens<'_>, date: &Found) -> bool {
    let sentence = tokens.sentence_tokens(date.tokens.start);
    let back = (sentence.start.max(date.tokens.start.saturating_sub(12))..date.tokens.start).rev();
    let ahead = date.tokens.end..sentence.end.min(date.tokens.end + 8);
    // "would follow in early June" looks back from later; "would be freed on Tuesday" ahead.
    let backshifted = matches!(date.partial, Partial::Month { .. } | Partial::Year(_) | Partial::Season { .. });
    let shifts = |at: usize| backshifted && tokens.is_any(at, &["would", "could", "might"]);
    // "promised to free them by May", but "In May they promised to free them".
    let promised = |at: usize| {
        let near = || !(at..date.tokens.start).any(|mark| tokens.is_any(mark, &[",", ";"]));
        at < date.tokens.start && promises(tokens, at) && !shifts(at) && near()
    };
    let tells = |at: usize| match () {
        () if promised(at) => Some(true),
        () if shifts(at) => None,
        () => plans(tokens, at).or_else(|| reports(tokens, at)),
    };
    // "The negotiators meet again on Friday", "a truce that expires on Friday": what is on the calendar.
    let scheduled = (date.tokens.start.saturating_sub(4).max(sentence.start)..date.tokens.start).any(|at| {
        tokens.is_any(at, SCHEDULED)
            && (at + 1..date.tokens.start).all(|between| tokens.is_any(between, &["again", "on", "in", "at", "next"]))
    });
    // "declared Tuesday a day of mourning"
    let mourned = tokens.is_any(date.tokens.end, &["a"])
        && tokens.is_any(date.tokens.end + 1, &["day", "national"])
        && tokens.is_any(date.tokens.start.wrapping_sub(1), &["declared", "proclaimed", "made"]);
    scheduled || mourned || back.chain(ahead).find_map(tells).unwrap_or(false)
}

/// Whether a word gives a promise: "agreed to", "was being prepared for".
fn promises(tokens: &Tokens<'_>, at: usize) -> bool {
    match tokens.word(at) {
        "promised" | "pledged" | "vowed" | "agreed" | "offered" | "wants" | "want" => tokens.is(at + 1, "to"),
        "prepared" => tokens.is_any(at + 1, &["for", "to"]),
        // "in May" is a month.
        "may" => {
            !tokens.get(at).is_some_and(|token| token.is_capitalised()) && !tokens.is_any(at + 1, &["have", "not"])
        }
        // "would be freed on Tuesday", but not "would have died"
        "could" | "would" | "might" => !tokens.is_any(at + 1, &["have", "not"]),
        _ => false,
    }
}

/// Verbs that "due to" plans, where "due to shelling" gives a cause.
const MOVES: &WordSet = words![
    "be", "hand", "return", "release", "free", "receive", "exchange", "swap", "transfer", "begin", "start", "take",
    "hold", "meet", "arrive", "leave", "resume", "continue", "end", "expire", "visit", "travel", "go", "come", "open",
];

/// Verbs of the calendar in the present, which with a day speak of what is to come.
const SCHEDULED: &[&str] =
    &["meet", "meets", "resume", "resumes", "reconvene", "reconvenes", "expire", "expires", "ends", "reopens"];

/// Words of belief, behind which "to be" plans nothing.
const THOUGHT: &[&str] = &[
    "thought",
    "believed",
    "said",
    "suspected",
    "reported",
    "known",
    "feared",
    "presumed",
    "estimated",
    "understood",
    "alleged",
    "claimed",
    "considered",
    "found",
    "seemed",
    "appeared",
    "appears",
    "seems",
    "likely",
    "rumoured",
    "rumored",
];

/// Words behind which "to start" tells of what has happened.
const STARTED: &[&str] = &["had", "forced", "allowed", "able", "failed", "refused", "only", "seemed", "seem"];

/// `Some(true)` for a word that plans.
fn plans(tokens: &Tokens<'_>, at: usize) -> Option<bool> {
    const PLANS: &WordSet = words![
        "will",
        "shall",
        "scheduled",
        "planned",
        "planning",
        "plans",
        "plan",
        "expected",
        "expects",
        "expect",
        "upcoming",
        "supposed",
        "slated",
        "foreseen",
        "envisaged",
        "meant",
        "intends",
        "intend",
        "going",
        "tomorrow",
        "hope",
        "hopes",
        "hoping",
        "aims",
        "preparing",
    ];
    match tokens.word(at) {
        "set" => tokens.is_any(at + 1, &["to", "for"]),
        "poised" => tokens.is(at + 1, "to"),
        // "each side is to free whoever it has", but not "is to blame"
        "is" | "are" => {
            tokens.is(at + 1, "to")
                && tokens.get(at + 2).is_some_and(|token| !token.is_capitalised())
                && !tokens.is_any(at + 2, &["blame", "the", "a", "an", "this", "that", "date"])
        }
        // "to start on Tuesday": what is to begin or end.
        "start" | "begin" | "resume" | "reopen" | "expire" | "reconvene" => {
            tokens.is(at.wrapping_sub(1), "to") && !tokens.is_any(at.wrapping_sub(2), STARTED)
        }
        // "due to be freed", "due on Friday", but not "due to shelling"
        "due" => !tokens.is(at + 1, "to") || MOVES.has(tokens.word(at + 2)),
        // "thought to be carrying up to 90", "suspected to be bandits": nothing that is to come.
        "be" => tokens.is(at.wrapping_sub(1), "to") && !tokens.is_any(at.wrapping_sub(2), THOUGHT),
        word => PLANS.has(word),
    }
    .then_some(true)
}

/// `Some(false)` for a word that tells of what has happened. "will be returned" and "the wounded
/// soldiers" do not.
fn reports(tokens: &Tokens<'_>, at: usize) -> Option<bool> {
    const PAST: &WordSet = words![
        "said", "told", "says", "was", "were", "had", "did", "took", "wrote", "came", "began", "met", "gave", "held",
        "went", "brought", "got", "sent", "lost", "found", "left", "saw", "made", "fell", "rose", "swapped", "struck",
        "hit", "broke", "sank", "tore", "fled", "shot", "swept", "ran", "drove", "fought", "drowned", "burst",
    ];
    const ADJECTIVES: &WordSet = words![
        "abducted",
        "armed",
        "captured",
        "convicted",
        "deceased",
        "detained",
        "displaced",
        "imprisoned",
        "injured",
        "jailed",
        "kidnapped",
        "killed",
        "need",
        "remaining",
        "repatriated",
        "seed",
        "united",
        "wounded",
    ];
    let word = tokens.word(at);
    let regular = word.len() > 3
        && word.ends_with("ed")
        && !ADJECTIVES.has(word)
        && !tokens.is_any(at.wrapping_sub(1), &["be", "get", "being"]);
    (regular || PAST.has(word)).then_some(false)
}

pub(super) fn bound(tokens: &Tokens<'_>, date: &Found) -> Bound {
    let start = date.tokens.start;
    let before = start - usize::from(tokens.is_any(start.wrapping_sub(1), &["the"]));
    let tied = match tokens.word_before(before, 1) {
        "since" => Bound::Since,
        "until" | "till" | "by" => Bound::Until,
        "before" => Bound::Before,
        "after" => Bound::After,
        "of" if tokens.ends(before, &["as", "of"]) => Bound::AsOf,
        "to" if tokens.ends(before, &["up", "to"]) => Bound::Until,
        // A range has taken its "from" along.
        "from" => Bound::Since,
        _ => Bound::At,
    };
    if tied != Bound::At {
        return tied;
    }
    // "since the full-scale invasion began in February 2022"
    if matches!(date.partial, Partial::Day { .. } | Partial::Month { .. } | Partial::Year(_) | Partial::InYear(..)) {
        let sentence = tokens.sentence_tokens(start);
        let back = sentence.start.max(start.saturating_sub(14))..start;
        for at in back.rev() {
            if tokens.is(at, "since") {
                return Bound::Since;
            }
            if tokens.kind(at) == TokenKind::Punct && tokens.is_any(at, &[",", ";", ":", "—", "\"", "("]) {
                break;
            }
        }
    }
    Bound::At
}

pub(super) fn is_extent(tokens: &Tokens<'_>, mention: &DateMention) -> bool {
    let before = tokens.word_before(
        mention.tokens.start - usize::from(tokens.is_any(mention.tokens.start.wrapping_sub(1), &["the"])),
        1,
    );
    let during = matches!(before, "during" | "throughout" | "over" | "within" | "across");
    match mention.kind {
        _ if mention.bound != Bound::At => mention.bound != Bound::AsOf && mention.bound != Bound::Before,
        DateKind::Year | DateKind::Vague => true,
        // "on the night of 3-4 June" is one night.
        DateKind::Period => {
            mention.window.start.zip(mention.window.end).is_none_or(|(start, end)| (end - start).num_days() > 1)
        }
        DateKind::Calendar => {
            mention.window.start.zip(mention.window.end).is_none_or(|(start, end)| (end - start).num_days() > 6)
                || during
        }
        DateKind::Reference => {
            mention.window.start.zip(mention.window.end).is_some_and(|(start, end)| (end - start).num_days() > 6)
        }
        DateKind::Month => during,
        DateKind::Day | DateKind::Weekday | DateKind::Today => false,
    }
}

pub(super) fn is_look_back(tokens: &Tokens<'_>, mention: &DateMention, frame: &Frame) -> bool {
    if let (Some((published, _)), Some(end)) = (frame.published, mention.window.end) {
        return (published - end).num_days() > 7;
    }
    const WORDS: &[&str] =
        &["previous", "previously", "earlier", "prior", "last", "ago", "before", "preceding", "since"];
    let explicit = matches!(
        mention.kind,
        DateKind::Day | DateKind::Month | DateKind::Year | DateKind::Period | DateKind::Reference
    );
    let sentence = tokens.sentence_tokens(mention.tokens.start);
    let near = sentence.start.max(mention.tokens.start.saturating_sub(30))..sentence.end.min(mention.tokens.end + 10);
    explicit && (mention.kind == DateKind::Year || near.into_iter().any(|at| WORDS.contains(&tokens.word(at))))
}
