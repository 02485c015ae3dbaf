//! The mentions that tell the day of the article's own events.

use super::{Bound, DateKind, DateMention};
use crate::article::BlockKind;
use crate::suggest::tokens::Tokens;

/// Why a mention tells the day of the article's own events.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum OwnDate {
    /// "today", "this morning".
    Today,
    /// "on Thursday", in the past.
    Weekday,
    /// A date that stands alone near the top, or before a dash: a dateline.
    Dateline,
    /// A day in a caption.
    Caption,
    /// "Data as of 18 March", alone near the top: a situation report.
    AsOf,
}

/// The mentions that tell the day of the article's own events, the strongest first: "today", a day
/// of the week in the past tense, a dateline, a caption.
pub fn own_dates(tokens: &Tokens<'_>, mentions: &[DateMention]) -> Vec<(usize, OwnDate)> {
    let mut own: Vec<(usize, OwnDate)> = mentions
        .iter()
        .enumerate()
        .filter_map(|(place, mention)| {
            let sentence = tokens.sentence_index(mention.tokens.start);
            let sentences = tokens.sentences();
            let block = sentences.get(sentence).map_or(BlockKind::Paragraph, |s| s.block);
            let why = match mention.kind {
                DateKind::Day if mention.bound == Bound::AsOf && heads_report(tokens, mention) => OwnDate::AsOf,
                _ if mention.future || mention.bound != Bound::At => return None,
                DateKind::Today if tokens.is_any(mention.tokens.start, &["today", "this", "tonight", "overnight"]) => {
                    OwnDate::Today
                }
                DateKind::Weekday
                    if !tokens.is_any(mention.tokens.start, &["last", "next"])
                        && mention.tokens.len() < 3
                        && (place == 0 || tokens.quotation_of(mention.tokens.start).is_none()) =>
                {
                    OwnDate::Weekday
                }
                DateKind::Day if block == BlockKind::Caption => OwnDate::Caption,
                DateKind::Day if is_dateline(tokens, mention) => OwnDate::Dateline,
                _ => return None,
            };
            Some((place, why))
        })
        .collect();
    own.sort_by_key(|(place, why)| (*why, *place));
    own
}

/// Whether a day stands in a short line near the top: "Situation report No. 7 | Data as of 18 March 2026".
fn heads_report(tokens: &Tokens<'_>, mention: &DateMention) -> bool {
    let range = tokens.sentence_tokens(mention.tokens.start);
    let ends =
        !tokens.is_any(range.end.saturating_sub(2), &["."]) && !tokens.is_any(range.end.saturating_sub(1), &["."]);
    // "As of 5 April 2026, 18:00 (Pemba). Compiled from reports": it opens with its day.
    let opens = mention.tokens.start <= range.start + 4;
    tokens.sentence_index(mention.tokens.start) < 8 && range.len() <= 16 && (ends || opens)
}

/// Whether a day stands alone in its block near the top, or before the dash of a dateline.
fn is_dateline(tokens: &Tokens<'_>, mention: &DateMention) -> bool {
    let sentence = tokens.sentence_index(mention.tokens.start);
    let range = tokens.sentence_tokens(mention.tokens.start);
    let top = sentence < 8;
    // Longer sentences than this are more than a date, and are not counted through for each date in them.
    let short = range.len() <= 60;
    let words = || range.clone().filter(|at| tokens.is_word(*at)).count();
    let inside = mention.tokens.clone().filter(|at| tokens.is_word(*at)).count();
    let dash = (mention.tokens.end..mention.tokens.end + 3)
        .any(|at| tokens.is_any(at, &["—", "–", "-"]) && !tokens.is_glued(at));
    // "LA PAZ (18 March 2026, Agency). Eight people"
    let bracketed = mention.tokens.start > range.start
        && tokens.is_any(mention.tokens.start - 1, &["("])
        && (mention.tokens.end..mention.tokens.end + 8).any(|at| tokens.is_any(at, &[")"]));
    top && (short && words() <= inside + 4 || (dash || bracketed) && mention.tokens.start < range.start + 8)
}
