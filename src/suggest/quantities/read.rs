//! The count that an analyst types.

use super::{Note, Quantifiers, quantities};
use crate::claim::{Conventions, Form, Quantity};
use crate::suggest::tokens::Tokens;

/// Reads a count as it stands in the form of a claim: "1,000", "more than 1,800", "20–30", "tens of
/// thousands", "none". The error says what cannot be read, in a sentence.
pub(in crate::suggest) fn read_quantity(
    text: &str,
    q: &Quantifiers,
    conventions: &Conventions,
) -> Result<Quantity, String> {
    let text = text.trim();
    if text.is_empty() {
        return Err("enter a number, or words like “at least 20”".to_owned());
    }
    if matches!(text.to_lowercase().as_str(), "none" | "no" | "nobody" | "nil") {
        return Ok(Quantity::exact(0));
    }
    let tokens = Tokens::of_text(text);
    let found = quantities(&tokens, q, conventions, &[]);
    let mention = match found.as_slice() {
        [] => return Err(nothing_found(text, &tokens)),
        [one] => one,
        [first, second, ..] => {
            let (first, second) = (first.span.of(text), second.span.of(text));
            return Err(format!("“{text}” holds two counts, “{first}” and “{second}”: enter one"));
        }
    };
    let words = mention.span.of(text);
    if mention.has(Note::Negative) {
        return Err(format!("“{text}” is negative: a count is 0 or more"));
    }
    if mention.has(Note::PerCent) {
        return Err(format!("“{text}” is a share, not a count"));
    }
    let Some(quantity) = mention.quantity.clone() else {
        return Err(format!("“{words}” is not a whole number"));
    };
    if mention.has(Note::Ordinal) {
        return Err(format!("“{words}” is a place in an order, not a count"));
    }
    if quantity.form == Form::ByReference && !quantity.has_value() {
        return Err(format!("“{words}” points at another count: enter the number itself"));
    }
    // Words that were not understood must not be passed over in silence.
    let ignorable = |at: usize| {
        tokens.is_any(
            at,
            &[
                "people",
                "persons",
                "bodies",
                "soldiers",
                ".",
                "a",
                "total",
                "of",
                "in",
                "another",
                "more",
                "further",
                "additional",
                "only",
                "just",
                "all",
                "the",
                "\"",
            ],
        )
    };
    let before: Vec<usize> = (0..mention.tokens.start).filter(|at| !ignorable(*at)).collect();
    let behind: Vec<usize> = (mention.tokens.end..tokens.len()).filter(|at| !ignorable(*at)).collect();
    if let Some(&at) = behind.first() {
        let last = tokens.source(tokens.len() - 1);
        if behind.len() == 1 && tokens.is_any(at, &["or", "to", "and", "-", "–", "than", "of", "but"]) {
            return Err(format!("“{text}” ends after “{last}”"));
        }
        let rest = tokens.span(at..tokens.len()).map_or("", |span| span.of(text));
        return Err(format!("“{words}” is a count, but “{rest}” was not understood"));
    }
    if let Some(&at) = before.first() {
        let rest = tokens.span(at..mention.tokens.start).map_or("", |span| span.of(text));
        return Err(format!("“{words}” is a count, but “{rest}” was not understood"));
    }
    Ok(quantity)
}

fn nothing_found(text: &str, tokens: &Tokens<'_>) -> String {
    let digits = text.chars().any(|c| c.is_ascii_digit());
    if digits {
        let number = (0..tokens.len()).find(|at| tokens.get(*at).is_some_and(|t| t.has_digit()));
        let word = number.map_or("", |at| tokens.source(at));
        if word.len() > 18 {
            return format!("“{word}” is more than anybody can count");
        }
        return format!("“{text}” is not a count: digits may be grouped as in 1,000 or 1 000");
    }
    format!("no number in “{text}”")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::claim::Lexicon;

    fn check(text: &str, expected: Result<&str, &str>) {
        static WORDS: std::sync::LazyLock<Quantifiers> =
            std::sync::LazyLock::new(|| Quantifiers::new(&Lexicon::built_in()));
        let read = read_quantity(text, &WORDS, &Conventions::default()).map(|quantity| quantity.reading());
        assert_eq!(read.as_deref().map_err(String::as_str), expected, "{text}");
    }

    #[test]
    fn what_an_analyst_types() {
        check("1,000", Ok("exactly 1,000"));
        check(" more than 1,800 ", Ok("1,801 or more"));
        check("20-30", Ok("20 to 30"));
        check("about 1K", Ok("about 1,000 (900 to 1,100)"));
        check("tens of thousands", Ok("20,000 to 99,999"));
        check("half a million people", Ok("exactly 500,000"));
        check("none", Ok("exactly 0"));
        check("≥ 20", Ok("20 or more"));
        check("20+", Ok("20 or more"));
        check("~300", Ok("about 300 (270 to 330)"));
        check("", Err("enter a number, or words like “at least 20”"));
        check("38 or", Err("“38 or” ends after “or”"));
        check("38 and 40", Err("“38 and 40” holds two counts, “38” and “40”: enter one"));
        check("38 flurbs", Err("“38” is a count, but “flurbs” was not understood"));
        check("many", Err("no number in “many”"));
        check("2.5", Err("“2.5” is not a whole number"));
        check("-5", Err("“-5” is negative: a count is 0 or more"));
        check("5%", Err("“5%” is a share, not a count"));
        check("third", Err("“third” is a place in an order, not a count"));
        check("the same number", Err("“the same number” points at another count: enter the number itself"));
        check("1,00,0", Err("“1,00,0” is not a count: digits may be grouped as in 1,000 or 1 000"));
        check("99999999999999999999", Err("“99999999999999999999” is more than anybody can count"));
    }
}
