//! Figures that belong together: two bounds of one range, "6,000 for 6,000", "not 38 but 35".

use super::super::tokens::{TokenKind, Tokens};
use super::beside::{is_currency, is_time_noun};
use super::{Note, Quantifiers, QuantityMention};
use crate::claim::{Form, Quantity};
use crate::suggest::word_set::WordSet;

/// How a figure stands to the one before it.
enum Tie {
    /// "6,000 for 6,000"
    For,
    /// "not 38 but 35", "rose from 38 to 41": the first no longer holds.
    Replaces,
    /// "35, not 38": the second does not hold.
    Withdraws,
    /// "20 of the 38", "12 out of 40": the second is the whole.
    Whole,
}

/// Two bounds joined are a range: "more than 20 but fewer than 30".
pub(super) fn join_bounds(tokens: &Tokens<'_>, found: &mut Vec<QuantityMention>) {
    let mut joined: Vec<QuantityMention> = Vec::with_capacity(found.len());
    for mention in found.drain(..) {
        if let Some(before) = joined.last_mut()
            && let Some(both) = two_bounds(tokens, before, &mention)
        {
            before.tokens.end = mention.tokens.end;
            before.number.end = mention.number.end;
            before.span = before.span.union(mention.span);
            before.value = None;
            before.quantity = Some(both);
        } else {
            joined.push(mention);
        }
    }
    *found = joined;
}

fn two_bounds(tokens: &Tokens<'_>, a: &QuantityMention, b: &QuantityMention) -> Option<Quantity> {
    let gap = a.tokens.end..b.tokens.start;
    let linked = match gap.len() {
        1 => tokens.is_any(gap.start, &["and", "but"]),
        2 => tokens.is(gap.start, ",") && tokens.is_any(gap.start + 1, &["and", "but"]),
        _ => false,
    };
    let (x, y) = (a.quantity.as_ref()?, b.quantity.as_ref()?);
    let floor = |q: &Quantity| matches!(q.form, Form::AtLeast | Form::MoreThan);
    let ceiling = |q: &Quantity| matches!(q.form, Form::AtMost | Form::LessThan) && !q.high_soft;
    let (low, high) = match () {
        () if floor(x) && ceiling(y) => (x.low?, y.high?),
        () if ceiling(x) && floor(y) => (y.low?, x.high?),
        () => return None,
    };
    (linked && low <= high).then(|| Quantity::range(low, high))
}

/// Ties figures that belong together.
pub(super) fn pair_up(tokens: &Tokens<'_>, q: &Quantifiers, found: &mut [QuantityMention]) {
    for second in 1..found.len() {
        let first = second - 1;
        let Some(tie) = tie(tokens, q, &found[first], &found[second]) else { continue };
        let (before, after) = match tie {
            Tie::For => (Some(Note::ForPartner), Some(Note::ForPartner)),
            Tie::Replaces => (Some(Note::Withdrawn), Some(Note::Correction)),
            Tie::Withdraws => (Some(Note::Correction), Some(Note::Withdrawn)),
            Tie::Whole => (Some(Note::Part), None),
        };
        if let Some(note) = before {
            found[first].notes.add(note);
            found[first].partner = Some(second);
        }
        if let Some(note) = after {
            found[second].notes.add(note);
            found[second].partner = Some(first);
        }
    }
    // "the same number": the nearest count before it in the sentence.
    for place in 0..found.len() {
        if !found[place].has(Note::Reference) {
            continue;
        }
        let sentence = tokens.sentence_index(found[place].tokens.start);
        let same = |m: &QuantityMention| tokens.sentence_index(m.tokens.start) == sentence;
        // "as many soldiers, 146": said at once, the figure itself is the count.
        let said = found.get(place + 1).is_some_and(|next| {
            let gap = found[place].tokens.end..next.tokens.start;
            (1..=4).contains(&gap.len())
                && tokens.is_any(gap.end - 1, &[",", "(", ":", "—", "–"])
                && same(next)
                && next.may_count()
        });
        if said {
            found[place].quantity = None;
            continue;
        }
        let floor = place.saturating_sub(8);
        let before = found[floor..place].iter().rposition(|m| same(m) && m.may_count() && !m.has(Note::Reference));
        let nearest = before.map(|before| floor + before);
        if let Some(to) = nearest.and_then(|to| found[to].quantity.clone()) {
            found[place].quantity = Some(Quantity::by_reference(&to));
            found[place].partner = nearest;
        }
    }
}

fn tie(tokens: &Tokens<'_>, q: &Quantifiers, a: &QuantityMention, b: &QuantityMention) -> Option<Tie> {
    if tokens.sentence_index(a.tokens.start) != tokens.sentence_index(b.tokens.start) {
        return None;
    }
    let gap = a.tokens.end..b.tokens.start;
    let counts = a.may_count() && b.may_count();
    let hyphens = gap.len() == 3 && tokens.is(gap.start, "-") && tokens.is(gap.start + 2, "-");
    let link = if hyphens { gap.start + 1 } else { gap.start };
    if counts && (gap.len() == 1 || hyphens) {
        if tokens.is(link, "for") && !is_time_noun(tokens.word(b.tokens.end)) && !is_currency(tokens.word(b.tokens.end))
        {
            return Some(Tie::For);
        }
        if tokens.is_any(link, &["x", "×"]) {
            return Some(Tie::For);
        }
    }
    // "13 Saudis for 128 of their own men"
    let of_own = tokens.is(b.tokens.end, "of") && tokens.is_any(b.tokens.end + 1, &["its", "their", "our", "his"]);
    // "three hostages for every 30 prisoners"
    let rate = gap.len() > 2 && tokens.is_any(gap.end - 1, &["every", "each"]);
    let link = gap.end.saturating_sub(1 + usize::from(rate));
    // "130 prisoners for 90", "8 Azerbaijani soldiers for 20 detainees"
    if counts
        && (2..=5).contains(&gap.len())
        && tokens.is_any(link, &["for", "against"])
        && (q.is_counted_noun(tokens.word(link - 1)) || of_own)
        && gap.clone().all(|at| tokens.is_word(at))
        && !is_time_noun(tokens.word(b.tokens.end))
        && !is_currency(tokens.word(b.tokens.end))
        && (q.is_counted_noun(tokens.word(b.tokens.end))
            || q.is_counted_noun(tokens.word(b.tokens.end + 1))
            || of_own
            || !tokens.is_word(b.tokens.end))
    {
        return Some(Tie::For);
    }
    let before = |m: &QuantityMention| tokens.word_before(m.tokens.start, 1);
    if counts && before(a) == "not" && gap.len() <= 6 && before(b) == "but" {
        return Some(Tie::Replaces);
    }
    if counts
        && before(b) == "not"
        && gap.len() <= 6
        && (tokens.is_any(b.tokens.start.wrapping_sub(2), &[",", "and", "("]))
    {
        return Some(Tie::Withdraws);
    }
    // "now eight, down from 21"
    if counts
        && before(b) == "from"
        && gap.len() <= 8
        && changes(tokens, b.tokens.start - 1)
        && !tokens.is_any(b.tokens.end, &["to"])
    {
        return Some(Tie::Withdraws);
    }
    let from = a.tokens.start.checked_sub(1).filter(|from| tokens.is(*from, "from"));
    if counts && before(b) == "to" && gap.len() <= 4 && from.is_some_and(|from| changes(tokens, from)) {
        return Some(Tie::Replaces);
    }
    // "150 of the village's 1,800 residents"
    let owned = counts
        && (3..=6).contains(&gap.len())
        && tokens.is(gap.start, "of")
        && tokens.get(gap.end - 1).is_some_and(|token| token.is_possessive())
        && (gap.start + 1..gap.end - 1).all(|at| tokens.is_word(at));
    let whole = owned
        || gap.len() == 1 && tokens.is(gap.start, "of") && counts
        || gap.len() == 2 && (tokens.starts(gap.start, &["of", "the"]) || tokens.starts(gap.start, &["out", "of"]))
        || gap.len() == 3 && tokens.starts(gap.start, &["out", "of", "the"]);
    (whole && !b.notes.any(&[Note::Ordinal, Note::PerCent])).then_some(Tie::Whole)
}

/// Whether the words before "from" tell of a figure that changes: "rose from 20 to 30".
pub(super) fn changes(tokens: &Tokens<'_>, from: usize) -> bool {
    const VERBS: &WordSet = words![
        "change",
        "changed",
        "climb",
        "climbs",
        "climbing",
        "climbed",
        "corrected",
        "cut",
        "declined",
        "decreased",
        "down",
        "downgraded",
        "dropped",
        "fell",
        "fallen",
        "grew",
        "grow",
        "growing",
        "grows",
        "grown",
        "increase",
        "increased",
        "increasing",
        "jump",
        "jumped",
        "jumps",
        "lowered",
        "raise",
        "raised",
        "raises",
        "raising",
        "reduced",
        "reduces",
        "revised",
        "revises",
        "revising",
        "rise",
        "risen",
        "rises",
        "rising",
        "rose",
        "shrunk",
        "soared",
        "surged",
        "up",
        "updated",
        "upped",
        "went",
    ];
    (1..=14)
        .map_while(|back| from.checked_sub(back))
        .take_while(|at| tokens.kind(*at) == TokenKind::Word || tokens.kind(*at) == TokenKind::Number)
        .any(|at| VERBS.has(tokens.word(at)))
}
