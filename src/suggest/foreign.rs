//! Texts that are not English: their numbers and dates, and nothing else, each to be checked.
//!
//! No grammar is read here, so a figure gets no party, no direction and no source, and its category
//! is left to the analyst. Dates are those in digits, and those with a month's name in one of the
//! languages that the news of conflicts is written in most (month names as in the CLDR). What is
//! certainly no count is left out: years, shares, money, times of day, decimals, ordinals.

use std::ops::Range;

use crate::article::{Article, ForeignPassage};
use crate::claim::{
    BUILT_IN, ClaimDate, Count, Field, Grade, Kind, MONTHS, Provenance, Quantity, Reading, Span, Suggestion, Trace,
};

/// Month names, in the form that they have in dates, lower case, January first; short forms may be
/// cut ("janv."): a word that begins with one of these stems is that month.
const FOREIGN_MONTHS: &[(&str, [&str; 12])] = &[
    (
        "Russian",
        ["январ", "феврал", "март", "апрел", "ма", "июн", "июл", "август", "сентябр", "октябр", "ноябр", "декабр"],
    ),
    ("Ukrainian", ["січ", "лют", "берез", "квіт", "трав", "черв", "лип", "серп", "верес", "жовт", "листопад", "груд"]),
    (
        "French",
        [
            "janvier",
            "février",
            "mars",
            "avril",
            "mai",
            "juin",
            "juillet",
            "août",
            "septembre",
            "octobre",
            "novembre",
            "décembre",
        ],
    ),
    (
        "German",
        [
            "januar",
            "februar",
            "märz",
            "april",
            "mai",
            "juni",
            "juli",
            "august",
            "september",
            "oktober",
            "november",
            "dezember",
        ],
    ),
    (
        "Spanish",
        [
            "enero",
            "febrero",
            "marzo",
            "abril",
            "mayo",
            "junio",
            "julio",
            "agosto",
            "septiembre",
            "octubre",
            "noviembre",
            "diciembre",
        ],
    ),
    (
        "Turkish",
        ["ocak", "şubat", "mart", "nisan", "mayıs", "haziran", "temmuz", "ağustos", "eylül", "ekim", "kasım", "aralık"],
    ),
    (
        "Arabic",
        ["يناير", "فبراير", "مارس", "أبريل", "مايو", "يونيو", "يوليو", "أغسطس", "سبتمبر", "أكتوبر", "نوفمبر", "ديسمبر"],
    ),
    (
        "Hebrew",
        ["ינואר", "פברואר", "מרץ", "אפריל", "מאי", "יוני", "יולי", "אוגוסט", "ספטמבר", "אוקטובר", "נובמבר", "דצמבר"],
    ),
];

/// A date in a passage: where it stands, and the same in English, to be read as one.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Dated {
    range: Range<usize>,
    english: String,
}

/// A number in digits: where it stands, and its value.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Figure {
    range: Range<usize>,
    value: u64,
    /// Whether it is written without separators, with as many digits as a year has.
    four: bool,
}

/// The suggestions of the parts of an article that are not English, by position. `numeric` are the
/// dates in digits that were found in it, with what they mean; `read` reads a date in English words.
pub(super) fn suggestions(
    article: &Article,
    numeric: &[(Span, ClaimDate)],
    read: impl Fn(&str) -> Option<ClaimDate>,
) -> Vec<Suggestion> {
    let mut found = Vec::new();
    for passage in &article.foreign {
        passage_suggestions(article, passage, numeric, &read, &mut found);
    }
    found
}

fn passage_suggestions(
    article: &Article,
    passage: &ForeignPassage,
    numeric: &[(Span, ClaimDate)],
    read: &impl Fn(&str) -> Option<ClaimDate>,
    found: &mut Vec<Suggestion>,
) {
    let text = passage.span.of(&article.text);
    let base = passage.span.start as usize;
    let figures = figures(text);
    let mut dates: Vec<(Range<usize>, ClaimDate)> = Vec::new();
    for date in dates_in_words(text, &figures, &passage.language) {
        if let Some(mut claim_date) = read(&date.english) {
            let span = Span::new(base + date.range.start, base + date.range.end);
            claim_date.text = Some(text[date.range.clone()].into());
            claim_date.span = Some(span);
            dates.push((date.range, claim_date));
        }
    }
    let first = numeric.partition_point(|(span, _)| span.end <= passage.span.start);
    for (span, date) in numeric[first..].iter().take_while(|(span, _)| span.end <= passage.span.end) {
        if let (Some(start), Some(end)) =
            ((span.start as usize).checked_sub(base), (span.end as usize).checked_sub(base))
        {
            dates.push((start..end, date.clone()));
        }
    }
    dates.sort_by_key(|(range, _)| range.start);
    let rule = format!("a number in a text in {}: only numbers and dates are read there", passage.language);
    for figure in &figures {
        let at = dates.partition_point(|(range, _)| range.end <= figure.range.start);
        let dated = dates.get(at).is_some_and(|(range, _)| range.start < figure.range.end);
        if dated || !may_count(text, figure) {
            continue;
        }
        let span = Span::new(base + figure.range.start, base + figure.range.end);
        let count = Count { span: Some(span), quantity: Quantity::exact(figure.value) };
        let mut reading = Reading::new(count, "other");
        reading.kind = Kind::Event;
        let mut trace = Trace::new();
        trace.insert(Field::Count, Provenance::stated([span]));
        trace.insert(Field::Category, Provenance::inferred(rule.as_str(), [span]));
        if let Some((range, date)) = near(text, figure, &dates) {
            let words = Span::new(base + range.start, base + range.end);
            trace.insert(Field::Date, Provenance::inferred("the date in the same sentence", [words]));
            reading.date = date.clone();
        }
        let (article, suggester) = (article.id.clone(), BUILT_IN.into());
        found.push(Suggestion { article, span, reading, trace, grade: Grade::Check, suggester, score: None });
    }
}

/// The numbers in digits of a text: groups of three may be parted by a comma, a point, an
/// apostrophe or any space. Digits of every script count.
fn figures(text: &str) -> Vec<Figure> {
    let mut found = Vec::new();
    let mut rest = text.char_indices().peekable();
    while let Some((start, first)) = rest.next() {
        let Some(digit) = digit(first) else { continue };
        let (mut value, mut end) = (Some(digit), start + first.len_utf8());
        let (mut digits, mut groups, mut plain) = (1, 0, true);
        let push = |digit: u64, value: &mut Option<u64>| {
            *value = value.and_then(|value| value.checked_mul(10)?.checked_add(digit));
        };
        loop {
            while let Some((at, c)) = rest.peek().copied()
                && at == end
                && let Some(next) = self::digit(c)
            {
                push(next, &mut value);
                (end, digits) = (at + c.len_utf8(), digits + 1);
                rest.next();
            }
            // A separator, then exactly three digits.
            let Some(group) = group_behind(&text[end..]).filter(|_| digits <= 3 || groups > 0) else { break };
            (groups, plain) = (groups + 1, false);
            for c in text[end..end + group].chars() {
                if let Some(next) = self::digit(c) {
                    push(next, &mut value);
                }
            }
            end += group;
            while rest.peek().is_some_and(|(at, _)| *at < end) {
                rest.next();
            }
        }
        if let Some(value) = value {
            found.push(Figure { range: start..end, value, four: plain && digits == 4 });
        }
    }
    found
}

/// The length of a separator and the three digits behind it, where no fourth follows.
fn group_behind(text: &str) -> Option<usize> {
    let mut characters = text.char_indices();
    let (_, separator) = characters.next()?;
    if !matches!(separator, ',' | '.' | '\'' | '’' | ' ' | '\u{A0}' | '\u{202F}' | '\u{2009}' | '٬') {
        return None;
    }
    let mut end = 0;
    for _ in 0..3 {
        let (at, c) = characters.next()?;
        digit(c)?;
        end = at + c.len_utf8();
    }
    (!characters.next().is_some_and(|(_, c)| digit(c).is_some())).then_some(end)
}

/// The value of a decimal digit: ASCII, Arabic-Indic, Persian, Devanagari, full width.
fn digit(c: char) -> Option<u64> {
    let zeros = ['0', '٠', '۰', '०', '０'];
    zeros.iter().find_map(|zero| u32::from(c).checked_sub(u32::from(*zero)).filter(|n| *n < 10).map(u64::from))
}

/// Whether a figure might be a count of people, by the characters beside it.
fn may_count(text: &str, figure: &Figure) -> bool {
    let before = text[..figure.range.start].chars().next_back();
    let mut behind = text[figure.range.end..].chars();
    let (next, second) = (behind.next(), behind.clone().next());
    let number = |c: Option<char>| c.is_some_and(|c| digit(c).is_some());
    let money = |c: char| "$€£¥₴₽₪₺₹".contains(c);
    let glued_before = before.is_some_and(|c| money(c) || ":.,/-–#№_".contains(c) || c.is_ascii_alphabetic());
    let joined_behind = next.is_some_and(|c| ":/-.,".contains(c)) && number(second);
    let skipped = text[figure.range.end..].trim_start_matches([' ', '\u{A0}', '\u{202F}']);
    let share = skipped.starts_with(['%', '٪', '‰', '°']) || skipped.starts_with(money);
    let lettered = next.is_some_and(|c| c.is_ascii_alphabetic() || "-º°ª年月日号時时点".contains(c));
    let year = figure.four && (1900..2100).contains(&figure.value);
    let clock = before == Some('.') || next == Some(':');
    !(glued_before || joined_behind || share || lettered || year || clock) && figure.value > 0
}

/// "29 января 2026", "le 29 janvier", "29. Januar 2026", "29 de enero de 2026", "2026年1月29日".
fn dates_in_words(text: &str, figures: &[Figure], language: &str) -> Vec<Dated> {
    let months = FOREIGN_MONTHS.iter().find(|(name, _)| *name == language).map(|(_, months)| months);
    let mut found: Vec<Dated> = Vec::new();
    for (place, day) in figures.iter().enumerate() {
        if found.last().is_some_and(|last| last.range.end > day.range.start) {
            continue;
        }
        let dated = match months {
            Some(months) => in_letters(text, day, figures.get(place + 1), months),
            None => in_signs(text, &figures[place..]),
        };
        found.extend(dated);
    }
    found
}

fn in_letters(text: &str, day: &Figure, next: Option<&Figure>, months: &[&str; 12]) -> Option<Dated> {
    if !(1..=31).contains(&day.value) {
        return None;
    }
    let behind = &text[day.range.end..];
    let skipped = behind.trim_start_matches([' ', '\u{A0}', '.', 'º']);
    // "29 de enero", "1er janvier", "29 ב-ינואר", "29 בינואר"
    let skipped =
        ["de ", "er ", "-го ", "-е ", "ב-", "ב"].iter().find_map(|w| skipped.strip_prefix(w)).unwrap_or(skipped);
    let skipped = skipped.trim_start_matches([' ', '\u{A0}']);
    let word: String = skipped.chars().take_while(|c| c.is_alphabetic()).flat_map(char::to_lowercase).collect();
    let month = month_of(&word, months)?;
    let start_of_word = text.len() - skipped.len();
    let letters: usize = skipped.chars().take_while(|c| c.is_alphabetic()).map(char::len_utf8).sum();
    let end = start_of_word + letters;
    let year = next.filter(|year| {
        let between = text.get(end..year.range.start).unwrap_or("?");
        year.four && matches!(between.trim_matches([' ', '\u{A0}', ',', '.']), "" | "de" | "del")
    });
    let english = match year {
        Some(year) => format!("{} {} {}", day.value, MONTHS[month], year.value),
        None => format!("{} {}", day.value, MONTHS[month]),
    };
    Some(Dated { range: day.range.start..year.map_or(end, |year| year.range.end), english })
}

fn month_of(word: &str, months: &[&str; 12]) -> Option<usize> {
    if word.is_empty() {
        return None;
    }
    // "мая" is May, "марта" March: the longest stem decides.
    let stem = |(_, stem): &(usize, &&str)| match **stem {
        "ма" => matches!(word, "мая" | "май" | "мае"),
        stem => word.starts_with(stem),
    };
    months.iter().enumerate().filter(stem).max_by_key(|(_, stem)| stem.len()).map(|(month, _)| month)
}

/// Chinese and Japanese: "2026年1月29日", "1月29日".
fn in_signs(text: &str, figures: &[Figure]) -> Option<Dated> {
    let ends_in = |figure: &Figure, sign: char| text[figure.range.end..].starts_with(sign);
    let first = figures.first()?;
    let (year, rest) = if first.four && ends_in(first, '年') { (Some(first), &figures[1..]) } else { (None, figures) };
    let [month, day, ..] = rest else { return None };
    let fits = (1..=12).contains(&month.value) && (1..=31).contains(&day.value);
    let near = day.range.start == month.range.end + '月'.len_utf8()
        && year.is_none_or(|year| month.range.start == year.range.end + '年'.len_utf8());
    if !fits || !near || !ends_in(month, '月') || !(ends_in(day, '日') || ends_in(day, '号')) {
        return None;
    }
    let name = MONTHS[month.value as usize - 1];
    let english = match year {
        Some(year) => format!("{} {name} {}", day.value, year.value),
        None => format!("{} {name}", day.value),
    };
    Some(Dated { range: first.range.start..day.range.end + '日'.len_utf8(), english })
}

/// The date that stands nearest to a figure in its sentence.
fn near<'d>(
    text: &str,
    figure: &Figure,
    dates: &'d [(Range<usize>, ClaimDate)],
) -> Option<&'d (Range<usize>, ClaimDate)> {
    let apart = |range: &Range<usize>| {
        if range.end <= figure.range.start { range.end..figure.range.start } else { figure.range.end..range.start }
    };
    let at = dates.partition_point(|(range, _)| range.end <= figure.range.start);
    let beside = [at.checked_sub(1).and_then(|at| dates.get(at)), dates.get(at)];
    let in_sentence = |(range, _): &&(Range<usize>, ClaimDate)| {
        let between = text.get(apart(range)).unwrap_or(".");
        between.len() < 600 && !between.contains(['\n', '。', '!', '?', '؟']) && !between.contains(". ")
    };
    beside.into_iter().flatten().filter(in_sentence).min_by_key(|(range, _)| apart(range).len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::{ReadOptions, read};
    use crate::claim::{Codebook, Lexicon};
    use crate::suggest::Suggester;

    /// Count, category, date (its window as far as known) of each suggestion; all graded check.
    fn check(text: &str, expected: &[(&str, u64, &str)]) {
        let suggester = Suggester::new(&Codebook::built_in(), &Lexicon::built_in());
        let article = read("a.txt", text.as_bytes(), &ReadOptions::default()).expect("reads");
        let list = suggester.suggest(&article, &article.metadata);
        let found: Vec<_> = list
            .iter()
            .map(|suggestion| {
                assert_eq!(suggestion.grade, Grade::Check, "{text}");
                let reading = &suggestion.reading;
                assert_eq!((&reading.party, &reading.from, &reading.to), (&None, &None, &None));
                assert!(reading.attribution.chain.is_empty());
                let count = reading.count.span.expect("there").of(&article.text);
                let date = reading.date.value.as_deref().unwrap_or("").to_owned();
                (count.to_owned(), reading.count.quantity.n.expect("a number"), date)
            })
            .collect();
        let found: Vec<_> = found.iter().map(|(count, n, date)| (&**count, *n, &**date)).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn only_numbers_and_dates_of_other_languages_are_suggested() {
        check(
            "29 января 2026 года Россия передала Украине тела 1000 погибших военнослужащих. Ранее, 15 мая, было \
             передано 909 тел, то есть 95 % от списка, в 12:30.",
            &[("1000", 1000, "2026-01-29"), ("909", 909, "XXXX-05-15")],
        );
        check(
            "Україна 29 січня повернула тіла 1 000 загиблих захисників, серед них 38 офіцерів.",
            &[("1 000", 1000, "XXXX-01-29"), ("38", 38, "XXXX-01-29")],
        );
        check(
            "La Russie a remis le 29 janvier 2026 à l'Ukraine les corps de 1 000 soldats, a annoncé le ministère dans \
             un communiqué.",
            &[("1 000", 1000, "2026-01-29")],
        );
        check(
            "Russland hat der Ukraine am 29. Januar 2026 die Leichen von 1.000 Soldaten übergeben, wie die Behörden \
             mitteilten; die Kosten lagen bei 5 €.",
            &[("1.000", 1000, "2026-01-29")],
        );
        check(
            "Rusia entregó el 29 de enero de 2026 a Ucrania los cuerpos de 1.000 soldados, según informó el \
             ministerio.",
            &[("1.000", 1000, "2026-01-29")],
        );
        check("俄罗斯2026年1月29日向乌克兰移交了1000名士兵的遗体。", &[("1000", 1000, "2026-01-29")]);
        check(
            "سلمت روسيا أوكرانيا جثث ١٠٠٠ جندي في 29 يناير 2026، بحسب ما أعلنت الوزارة.",
            &[("١٠٠٠", 1000, "2026-01-29")],
        );
        check("רוסיה העבירה לאוקראינה ב-29 בינואר 2026 את גופותיהם של 1,000 חיילים.", &[("1,000", 1000, "2026-01-29")]);
    }

    #[test]
    fn numeric_dates_are_dates_and_no_counts() {
        check(
            "Обмен состоялся 29.01.2026: Украине передали тела 1000 погибших военнослужащих, России вернули 38 тел.",
            &[("1000", 1000, "2026-01-29"), ("38", 38, "2026-01-29")],
        );
    }

    #[test]
    fn an_english_article_around_a_foreign_paragraph_is_read_as_ever() {
        let suggester = Suggester::new(&Codebook::built_in(), &Lexicon::built_in());
        let text = "Russia handed over the bodies of 1,000 soldiers to Ukraine, the ministry said on its website.\n\n\
                    Россия передала Украине тела 1000 погибших военнослужащих.\n\nUkraine returned the bodies of 38 \
                    soldiers to Russia, and said that it had been agreed.";
        let article = read("a.txt", text.as_bytes(), &ReadOptions::default()).expect("reads");
        let list = suggester.suggest(&article, &article.metadata);
        let found: Vec<_> = list.iter().map(|s| (&*s.reading.category, s.reading.from.as_deref())).collect();
        assert_eq!(found, [("bodies", Some("Russia")), ("other", None), ("bodies", Some("Ukraine"))]);
        assert!(list.is_sorted_by_key(|s| s.span.start));
    }

    #[test]
    fn separators_and_digits_of_every_script() {
        for (text, expected) in [
            ("1000", &[1000][..]),
            ("1 000", &[1000]),
            ("1\u{202F}000\u{202F}000", &[1_000_000]),
            ("1.000 2.000", &[1000, 2000]),
            ("12 345 67", &[12345, 67]),
            ("1000 000", &[1000, 0]),
            ("١٠٠", &[100]),
            ("99999999999999999999999", &[]),
            ("", &[]),
        ] {
            let found: Vec<u64> = figures(text).iter().map(|figure| figure.value).collect();
            assert_eq!(found, expected, "{text}");
        }
    }
}
