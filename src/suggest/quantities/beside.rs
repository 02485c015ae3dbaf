//! The words beside a figure: what they say of it, and what they make of it.

use std::ops::Range;

use super::super::tokens::TokenKind;
use super::number::{Joining, Kind, Number};
use super::ratio::Ratio;
use super::words::Modifier;
use super::{Finder, Note, Notes};
use crate::claim::{Conventions, Form, Quantity};
use crate::suggest::word_set::WordSet;

impl Finder<'_> {
    /// What the words beside a number, and its own looks, say of it.
    pub(super) fn note(&self, number: &Number, range: &Range<usize>, notes: &mut Notes) {
        let tokens = self.tokens;
        let Range { start, end } = *range;
        let before = tokens.word_before(start, 1);
        let glued_before = tokens.is_glued(start);
        let behind = tokens.word(end);
        if number.spelled {
            notes.add(Note::Spelled);
        } else {
            if number.scale >= 1_000 {
                notes.add(Note::Rounded);
            }
            let text = tokens.word(number.tokens.start);
            if number.tokens.len() == 1 && text.len() == 4 && text.bytes().all(|b| b.is_ascii_digit()) {
                notes.add(Note::YearLike);
            }
        }
        match behind {
            "%" | "per" if behind == "%" || tokens.is_any(end + 1, &["cent", "mille"]) => notes.add(Note::PerCent),
            "percent" | "percentage" | "pct" | "pc" => notes.add(Note::PerCent),
            "am" | "pm" | "a.m." | "p.m." | "o'clock" | "gmt" | "utc" | "hrs" => notes.add(Note::Time),
            "each" | "apiece" => notes.add(Note::Each),
            "times" | "fold" => notes.add(Note::Multiplier),
            _ => {}
        }
        if before == "each" || self.each_behind(end) {
            notes.add(Note::Each);
        }
        if is_currency(behind) && !tokens.is_glued(end)
            || matches!(before, "$" | "€" | "£" | "¥" | "₴" | "₽" | "₹" | "₪" | "₺" | "₱" | "₦" | "₩" | "₫" | "฿")
            || glued_before && matches!(before, "us$" | "usd" | "eur" | "gbp")
            || matches!(before, "usd" | "eur" | "gbp" | "uah" | "rub")
        {
            notes.add(Note::Currency);
        }
        if behind == "-"
            && tokens.is_glued(end)
            && tokens.is_glued(end + 1)
            && tokens.is_word(end + 1)
            && !tokens.is_any(end + 1, &["for", "odd", "plus", "ish"])
        {
            notes.add(if tokens.is(end + 1, "fold") { Note::Multiplier } else { Note::Compound });
        }
        // "T-72", "No. 5", "#3", "[3]"
        let tied = before == "-"
            && glued_before
            && tokens.is_glued(start.wrapping_sub(1))
            && start > 1
            && tokens.is_word(start - 2);
        let prefix = ["mid", "pre", "post", "non", "another", "over", "under", "for", "to", "or", "and", "some"];
        // "Are there hostages? No. Seventeen guards were freed" numbers nothing.
        let numbered =
            before == "." && !number.spelled && tokens.is_any(start.wrapping_sub(2), &["no", "nos", "nr", "nrs"])
                || before == "#" && glued_before
                || matches!(before, "№" | "nr")
                || before == "[" && glued_before && behind == "]" && start > 1 && tokens.is_glued(start - 1);
        if tied && !number.spelled && !prefix.contains(&tokens.word(start - 2)) || numbered {
            notes.add(Note::Label);
        }
        let minus = before == "-" && glued_before && start > 0 && !tokens.is_glued(start - 1);
        if minus && !number.spelled || matches!(before, "minus" | "negative") {
            notes.add(Note::Negative);
        }
        // "five of them", "20 of the 38", "12 out of 40", "including 3", "of whom 5"
        let of = behind == "of"
            && tokens.is_any(end + 1, &["them", "whom", "which", "these", "those", "the", "its", "their", "our"])
            && (tokens.is_any(end + 1, &["them", "whom", "which"])
                || number.kind == Kind::Cardinal && self.number(end + 2, Joining::And).is_some());
        let out_of = behind == "out" && tokens.is(end + 1, "of");
        let among = matches!(before, "including")
            || tokens.ends(start, &["of", "whom"])
            || tokens.ends(start, &["of", "them"])
            || tokens.ends(start, &["among", "them"])
            || tokens.ends(start, &["of", "which"]);
        if (of || out_of || among) && number.kind != Kind::Fraction {
            notes.add(Note::Part);
        }
        // "one in five": a share
        if number.value.as_whole() == Some(1)
            && behind == "in"
            && self
                .number(end + 1, Joining::And)
                .is_some_and(|n| n.kind == Kind::Cardinal && !is_time_noun(tokens.word(n.tokens.end)))
        {
            notes.add(Note::Fraction);
        }
    }

    /// Whether "each" stands behind the counted noun: "390 prisoners each".
    fn each_behind(&self, end: usize) -> bool {
        const STOPS: &WordSet = words![
            "and", "of", "to", "in", "on", "from", "for", "with", "by", "were", "was", "are", "had", "have", "that",
            "who",
        ];
        let words = |at: &usize| self.tokens.is_word(*at) && !STOPS.has(self.tokens.word(*at));
        (end..end + 4).take_while(words).any(|at| at > end && self.tokens.is_any(at, &["each", "apiece"]))
    }

    /// Applies the words of the lexicon in front of and behind a number, and widens its tokens.
    pub(super) fn modified(
        &self,
        number: &Number,
        ranged: bool,
        base: Option<Quantity>,
        whole: &mut Range<usize>,
        notes: &mut Notes,
    ) -> Option<Quantity> {
        let tokens = self.tokens;
        let mut forms: Vec<(Form, bool)> = Vec::new();
        let mut left = whole.start;
        for _ in 0..4 {
            let Some(last) = left.checked_sub(1) else { break };
            if notes.has(Note::Currency)
                && tokens.kind(last) == TokenKind::Punct
                && forms.is_empty()
                && is_symbol(tokens.word(last))
            {
                left -= 1;
                continue;
            }
            let sentence = tokens.sentence_index(left);
            let fits = |m: &&Modifier| {
                let Some(start) = left.checked_sub(m.words.len()) else { return false };
                let same = m.words.iter().enumerate().all(|(place, word)| tokens.word(start + place) == &**word);
                same && self.free(&(start..left))
                    && tokens.sentence_index(start) == sentence
                    && !m.not_after.iter().any(|word| tokens.word_before(start, 1) == &**word)
            };
            let Some(modifier) = self.q.before(tokens.word(last)).iter().find(fits) else { break };
            left -= modifier.words.len();
            if modifier.additive {
                notes.add(Note::Additive);
            }
            if let Some(form) = modifier.form {
                forms.push((form, modifier.soft));
                whole.start = left;
            }
        }
        if notes.has(Note::Ordinal) {
            // "at least the third" is no bound on people.
            return base;
        }
        let mut right = whole.end;
        for _ in 0..2 {
            let fits = |m: &&Modifier| {
                m.words.iter().enumerate().all(|(place, word)| tokens.word(right + place) == &**word)
                    && self.free(&(right..right + m.words.len()))
            };
            let Some(modifier) = self.q.after(tokens.word(right)).iter().find(fits) else { break };
            let end = right + modifier.words.len();
            let last = tokens.word(end - 1);
            // "1,000 more than last year" compares, "500 at least 20 of whom" and "or more than 4500" begin another figure.
            if tokens.is(end, "than") || modifier.form.is_some() && self.number(end, Joining::And).is_some() {
                break;
            }
            // "+" and "odd" must touch, "plus" may begin another clause.
            let touching = matches!(last, "+" | "odd" | "plus" | "ish") && modifier.words.len() == 1;
            if touching && last != "odd" && !tokens.is_glued(right) {
                break;
            }
            right = end;
            if modifier.additive {
                notes.add(Note::Additive);
            }
            if let Some(form) = modifier.form {
                forms.push((form, modifier.soft));
                whole.end = right;
            } else {
                break;
            }
        }
        let Some(base) = base else {
            // "more than half": the interval is one of shares.
            return None;
        };
        // A bound of the source's is stronger than "about".
        let bound =
            forms.iter().find(|(form, _)| !matches!(form, Form::Approx | Form::Exact)).or_else(|| forms.first());
        let Some((form, soft)) = bound else { return Some(base) };
        Some(apply(&base, number.value, ranged, *form, *soft, self.conventions))
    }
}

/// What a modifier makes of a count.
fn apply(base: &Quantity, value: Ratio, ranged: bool, form: Form, soft: bool, conventions: &Conventions) -> Quantity {
    if base.form == Form::ByReference {
        return base.clone();
    }
    if base.form == Form::Vague {
        return match form {
            Form::AtLeast | Form::MoreThan => Quantity::vague(base.low.unwrap_or(0), None),
            Form::AtMost | Form::LessThan => Quantity::vague(0, base.high),
            _ => base.clone(),
        };
    }
    let (low, high) = match (ranged, value.as_whole()) {
        (true, _) => (base.low.unwrap_or(0), base.high.unwrap_or(u64::MAX)),
        (false, Some(n)) => (n, n),
        (false, None) => return base.clone(),
    };
    match form {
        Form::AtLeast => Quantity::at_least(low),
        Form::MoreThan => Quantity::more_than(low),
        Form::AtMost => Quantity::at_most(high),
        Form::LessThan if soft => Quantity::nearly(high, conventions),
        Form::LessThan => Quantity::fewer_than(high),
        Form::Approx if !ranged => Quantity::approx(low, conventions),
        _ => base.clone(),
    }
}

fn is_symbol(word: &str) -> bool {
    matches!(word, "$" | "€" | "£" | "¥" | "₴" | "₽" | "₹" | "₪" | "₺" | "₱" | "₦" | "₩" | "₫" | "฿")
}

pub(super) fn is_currency(word: &str) -> bool {
    matches!(
        word,
        "$" | "€"
            | "£"
            | "¥"
            | "₴"
            | "₽"
            | "₹"
            | "₪"
            | "₺"
            | "dollar"
            | "dollars"
            | "euro"
            | "euros"
            | "rouble"
            | "roubles"
            | "ruble"
            | "rubles"
            | "hryvnia"
            | "hryvnias"
            | "hryvnya"
            | "yen"
            | "yuan"
            | "renminbi"
            | "shekel"
            | "shekels"
            | "rupee"
            | "rupees"
            | "lira"
            | "liras"
            | "riyal"
            | "riyals"
            | "rial"
            | "rials"
            | "dinar"
            | "dinars"
            | "franc"
            | "francs"
            | "cents"
            | "kopecks"
            | "peso"
            | "pesos"
            | "birr"
            | "naira"
            | "zloty"
            | "zlotys"
            | "usd"
            | "eur"
            | "gbp"
            | "uah"
            | "rub"
            | "sek"
            | "chf"
            | "sterling"
    )
}

/// Whether a word names a stretch of time.
pub(super) fn is_time_noun(word: &str) -> bool {
    matches!(
        word,
        "second"
            | "seconds"
            | "minute"
            | "minutes"
            | "hour"
            | "hours"
            | "day"
            | "days"
            | "night"
            | "nights"
            | "week"
            | "weeks"
            | "month"
            | "months"
            | "year"
            | "years"
            | "decade"
            | "decades"
            | "century"
            | "centuries"
    )
}
