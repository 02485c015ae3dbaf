//! A number in digits, with every kind of separator.

use super::super::tokens::{TokenKind, Tokens};
use super::number::{Number, kind_of};
use super::ratio::Ratio;
use super::words::suffix;

/// ".5" behind white space.
pub(super) fn pointed(tokens: &Tokens<'_>, at: usize) -> Option<Number> {
    let digits = tokens.word(at + 1);
    let stands_alone = tokens.kind(at + 1) == TokenKind::Number
        && tokens.is_glued(at + 1)
        && !tokens.is_glued(at)
        && !tokens.is_glued(at + 2)
        && digits.bytes().all(|b| b.is_ascii_digit());
    let value = stands_alone.then(|| Ratio::decimal("", digits))??;
    Some(Number::new(at..at + 2, value, kind_of(value), false, 1))
}

/// A number in digits, with every kind of separator, and the token behind it.
pub(super) fn digits(tokens: &Tokens<'_>, at: usize) -> Option<(Ratio, usize)> {
    let text = tokens.word(at);
    if let Some(value) = text.chars().next().and_then(vulgar) {
        return Some((value, at + 1));
    }
    // "1 000 000": groups of three behind a first of one to three, one space between them.
    if text.len() <= 3 && !text.starts_with('0') && text.bytes().all(|b| b.is_ascii_digit()) {
        let mut joined = String::new();
        let mut end = at + 1;
        while tokens.kind(end) == TokenKind::Number && one_space(tokens, end) {
            let group = tokens.word(end);
            let (whole, rest) = group.split_at_checked(3).unwrap_or((group, ""));
            let sound = whole.len() == 3 && whole.bytes().all(|b| b.is_ascii_digit());
            let decimals =
                rest.len() > 1 && rest.starts_with(['.', ',']) && rest[1..].bytes().all(|b| b.is_ascii_digit());
            if !sound || !(rest.is_empty() || decimals) || joined.len() > 16 {
                break;
            }
            if joined.is_empty() {
                joined.push_str(text);
            }
            joined.push_str(whole);
            end += 1;
            if decimals {
                return Ratio::decimal(&joined, &rest[1..]).map(|value| (value, end));
            }
        }
        // "38 100-strong": the last group belongs to what is glued behind it.
        if end > at + 1 && !(tokens.is_glued(end) && tokens.is_word(end) && suffix(tokens.word(end)).is_none()) {
            return Ratio::decimal(&joined, "").map(|value| (value, end));
        }
    }
    let followed = tokens.is_any(
        at + 1,
        &["million", "billion", "trillion", "thousand", "mn", "bn", "bln", "mln", "m", "k", "lakh", "crore"],
    );
    grouped(text, followed).map(|value| (value, at + 1))
}

/// Whether exactly one space, of any width, stands before a token.
fn one_space(tokens: &Tokens<'_>, at: usize) -> bool {
    let (Some(before), Some(token)) = (at.checked_sub(1).and_then(|b| tokens.get(b)), tokens.get(at)) else {
        return false;
    };
    let gap = tokens.text().get(before.end as usize..token.start as usize).unwrap_or("");
    let mut characters = gap.chars();
    characters.next().is_some_and(|c| c.is_whitespace() && c != '\n' && c != '\t') && characters.next().is_none()
}

/// The value of digits with separators inside: "1,000", "1.000", "1'000", "12,34,567.89", "3.5".
/// `scaled` is whether "million" or the like follows, which makes "1.234" a decimal. `None` where
/// they are no one number.
fn grouped(text: &str, scaled: bool) -> Option<Ratio> {
    if text.bytes().all(|byte| byte.is_ascii_digit()) {
        return Ratio::decimal(text, "");
    }
    let separators: Vec<char> = text.chars().filter(|c| !c.is_ascii_digit()).take(8).collect();
    let Some(&first) = separators.first() else { return Ratio::decimal(text, "") };
    let last = *separators.last().unwrap_or(&first);
    let threes = |text: &str, separator: char| {
        let mut groups = text.split(separator);
        let head = groups.next().unwrap_or("");
        (1..=3).contains(&head.len()) && groups.all(|group| group.len() == 3)
    };
    let joined = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
    let one_kind = separators.iter().all(|c| *c == first);
    if one_kind && separators.len() == 1 {
        let (whole, behind) = text.split_once(first)?;
        let group = threes(text, first) && !whole.starts_with('0') && !(scaled && first != '\'');
        return match first {
            // One group of three is thousands: people are whole.
            _ if group => Ratio::decimal(&joined(text), ""),
            '\'' => None,
            _ => Ratio::decimal(whole, behind),
        };
    }
    if one_kind {
        let sound = threes(text, first) && !text.starts_with('0') || first == ',' && indian(text);
        return sound.then(|| Ratio::decimal(&joined(text), ""))?;
    }
    // Two kinds: the last is the decimal point, and stands once.
    let (whole, behind) = text.rsplit_once(last)?;
    let group = whole.chars().find(|c| !c.is_ascii_digit())?;
    let sound = !whole.contains(last)
        && whole.chars().all(|c| c.is_ascii_digit() || c == group)
        && (threes(whole, group) || group == ',' && indian(whole));
    sound.then(|| Ratio::decimal(&joined(whole), behind))?
}

/// "12,34,567": groups of two before the last three.
fn indian(text: &str) -> bool {
    let groups: Vec<&str> = text.split(',').take(9).collect();
    let Some((last, before)) = groups.split_last() else { return false };
    let Some((head, pairs)) = before.split_first() else { return false };
    last.len() == 3 && !pairs.is_empty() && (1..=2).contains(&head.len()) && pairs.iter().all(|pair| pair.len() == 2)
}

/// The fraction that one character is.
pub(super) fn vulgar(c: char) -> Option<Ratio> {
    let (n, d) = match c {
        '¼' => (1, 4),
        '½' => (1, 2),
        '¾' => (3, 4),
        '⅐' => (1, 7),
        '⅑' => (1, 9),
        '⅒' => (1, 10),
        '⅓' => (1, 3),
        '⅔' => (2, 3),
        '⅕' => (1, 5),
        '⅖' => (2, 5),
        '⅗' => (3, 5),
        '⅘' => (4, 5),
        '⅙' => (1, 6),
        '⅚' => (5, 6),
        '⅛' => (1, 8),
        '⅜' => (3, 8),
        '⅝' => (5, 8),
        '⅞' => (7, 8),
        _ => return None,
    };
    Ratio::new(n, d)
}
