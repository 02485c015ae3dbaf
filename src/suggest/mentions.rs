//! Counts and dates as the grammar takes them: overlays on the sheet.

use std::ops::Range;

use super::tokens::{TokenKind, Tokens};
use crate::claim::{Conventions, Quantity, Span};

/// A count in the text.
#[derive(Clone, Debug)]
pub(super) struct CountMention {
    /// Its tokens, modifiers included: "more than 1,800".
    pub(super) tokens: Range<usize>,
    /// Where it stands.
    pub(super) span: Span,
    /// What it says.
    pub(super) quantity: Quantity,
    /// "another", "more": it adds to another count.
    pub(super) additive: bool,
    /// "the same number"
    pub(super) same: bool,
}

pub(super) fn scratch(tokens: &Tokens<'_>, conventions: &Conventions) -> Vec<CountMention> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        let mut end = at + 1;
        let mut n: Option<Quantity> = None;
        if tokens.kind(at) == TokenKind::Number {
            let digits: String = tokens.word(at).chars().filter(|c| *c != ',').collect();
            if let Ok(v) = digits.parse::<u64>() {
                let cue = !tokens.word(at).contains(',')
                    && (1900..2100).contains(&v)
                    && tokens.is_any(at.wrapping_sub(1), &["in", "of", "since", "february", "january", ","]);
                let month = tokens.is_any(at.wrapping_sub(1), &["february", "january", "june", "."]);
                if !cue && !month && !tokens.word(at).contains('/') {
                    let v = if tokens.is(at + 1, "k") && tokens.is_glued(at + 1) {
                        end += 1;
                        v * 1000
                    } else {
                        v
                    };
                    n = Some(Quantity::exact(v));
                }
            }
        } else if tokens.is(at, "one") && tokens.is(at + 1, "thousand") {
            n = Some(Quantity::exact(1000));
            end = at + 2;
        } else if tokens.is(at, "three") {
            n = Some(Quantity::exact(3));
        } else if tokens.starts(at, &["tens", "of", "thousands"]) {
            n = Some(Quantity::vague(20_000, Some(99_999)));
            end = at + 3;
        } else if tokens.starts(at, &["the", "same", "number"]) {
            n = Some(Quantity::exact(0));
            end = at + 3;
        }
        if let Some(mut q) = n {
            let mut start = at;
            let v = q.n.unwrap_or(0);
            if tokens.is(at.wrapping_sub(1), "over") && !tokens.is(at.wrapping_sub(2), "handed") {
                start -= 1;
                q = Quantity::more_than(v);
            }
            if tokens.ends(at, &["more", "than"]) {
                start -= 2;
                q = Quantity::more_than(v);
            }
            if tokens.ends(at, &["at", "least"]) {
                start -= 2;
                q = Quantity::at_least(v);
            }
            if tokens.is(at.wrapping_sub(1), "around") {
                start -= 1;
                q = Quantity::approx(v, conventions);
            }
            let same = tokens.starts(at, &["the", "same"]);
            let additive = tokens.is(start.wrapping_sub(1), "another") || tokens.is(end, "more");
            if let Some(span) = tokens.span(start..end) {
                found.push(CountMention { tokens: start..end, span, quantity: q, additive, same });
            }
        }
        at = end;
    }
    found
}
