use std::sync::LazyLock;

use super::*;
use crate::claim::Lexicon;

static WORDS: LazyLock<(Quantifiers, DateWords)> =
    LazyLock::new(|| (Quantifiers::new(&Lexicon::built_in()), DateWords::new()));

fn metadata(published: &str) -> Metadata {
    let published = DateWindow::parse(published, Basis::Analyst).unwrap_or(DateWindow::UNKNOWN);
    Metadata { published, ..Metadata::default() }
}

fn found(published: &str, text: &str) -> Vec<DateMention> {
    let (q, words) = &*WORDS;
    let tokens = Tokens::of_text(text);
    dates(&tokens, q, words, &metadata(published), &Metadata::default())
}

/// The dates of a text published on a day (empty: not known), as "words = value".
fn check(published: &str, text: &str, expected: &[&str]) {
    let shown: Vec<String> =
        found(published, text).iter().map(|m| format!("{} = {}", m.span.of(text), m.value)).collect();
    assert_eq!(shown, expected, "{text}");
}

#[test]
fn a_dispatch_tells_first_of_the_day_of_its_head() {
    let check = |head: &str, text: &str, expected: &[&str]| {
        let (q, words) = &*WORDS;
        let tokens = Tokens::of_text(text);
        let stated = Metadata { published_value: Some(head.into()), ..Metadata::default() };
        let found = dates(&tokens, q, words, &stated, &stated);
        let values: Vec<&str> = found.iter().map(|m| &*m.text_value).collect();
        assert_eq!(values, expected, "{text}");
        assert!(found.iter().all(|m| m.text_window == DateWindow::UNKNOWN), "a year is made up: {text}");
    };
    check("XXXX-10-03", "They came home yesterday, Wednesday.", &["XXXX-10-02", "XXXX-10-02"]);
    check(
        "XXXX-04-14",
        "They were handed over on Tuesday. On Saturday there had been others.",
        &["XXXX-04-14", "XXXX-04-11"],
    );
    check(
        "XXXX-04-14",
        "They raised the toll on Saturday of the slide which hit the valley on Tuesday.",
        &["XXXX-04-14", "XXXX-04-10"],
    );
    // What happened by night was sent on the next day, and what is followed by a later day before that one.
    check("XXXX-06-24", "They came home on Tuesday night.", &["XXXX-WXX-2"]);
    check("XXXX-02-23", "The jets came on Saturday. On Sunday the army denied it.", &["XXXX-WXX-6", "XXXX-WXX-7"]);
    check("XXXX-WXX-2", "They came home on Tuesday.", &["XXXX-WXX-2"]);
}

/// 29 January 2026 is a Thursday.
const THURSDAY: &str = "2026-01-29";

#[test]
fn days_in_full() {
    for text in [
        "January 29, 2026",
        "29 January 2026",
        "29th January, 2026",
        "Jan. 29, 2026",
        "29 Jan 2026",
        "the 29th of January 2026",
        "2026-01-29",
        "2026/01/29",
        "29.01.2026",
        "29/01/2026",
        "29/1/26",
        "1/29/2026",
        "29-01-2026",
        "Thursday, January 29, 2026",
        "Thursday 29 January 2026",
        "Thu, 29 Jan 2026",
        "January 29th 2026",
        "29-Jan-2026",
    ] {
        let sentence = format!("It was seen on {text}.");
        check("", &sentence, &[&format!("{text} = 2026-01-29")]);
        check("2020-05-05", &sentence, &[&format!("{text} = 2026-01-29")]);
    }
    check("", "On 31 February 2026", &["February 2026 = 2026-02"]);
}

#[test]
fn days_without_a_year() {
    check("", "on January 29", &["January 29 = XXXX-01-29"]);
    check("2026-02-26", "on January 29", &["January 29 = 2026-01-29"]);
    check("2026-01-10", "on December 20", &["December 20 = 2025-12-20"]);
    check("2026-01-10", "The exchange will take place on February 20", &["February 20 = 2026-02-20"]);
    check("2026-12-10", "The exchange is planned for January 5", &["January 5 = 2027-01-05"]);
    check("2025-09-18", "on 18/9 and talks on 23/7", &["18/9 = 2025-09-18", "23/7 = 2025-07-23"]);
    // A year of publication fixes no day's year unless every day of it does.
    check("2026", "on July 5", &["July 5 = XXXX-07-05"]);
    check("2026-03/2026-05", "on January 5", &["January 5 = 2026-01-05"]);
    check("2026-01-29", "January 29 and 30", &["January 29 = 2026-01-29", "30 = 2026-01-30"]);
    check(
        "2025-06-01",
        "29 and 30 January, 3, 5 and 9 May",
        &["29 = 2025-01-29", "30 January = 2025-01-30", "3 = 2025-05-03", "5 = 2025-05-05", "9 May = 2025-05-09"],
    );
}

#[test]
fn days_and_weekends_by_the_calendar_of_the_text() {
    check("2026-01-29", "They left on the 14th, and again on the 28th.", &["14th = 2026-01-14", "28th = 2026-01-28"]);
    check("2026-01-10", "They left on the 28th.", &["28th = 2025-12-28"]);
    check("2026-01-10", "They will leave on the 28th.", &["28th = 2026-01-28"]);
    check("2026-01-10", "They live on the 14th floor, in the 19th century, by the 3rd-largest lake.", &[]);
    check("2026-01-29", "It sank at the weekend.", &["the weekend = 2026-01-24/2026-01-25"]);
    check("2026-01-29", "They will meet at the weekend.", &["the weekend = 2026-01-31/2026-02-01"]);
    check(
        "2026-09-29",
        "In the first eight months of the year 40 died, in the first half of 2024 60.",
        &["the first eight months of the year = 2026-01/2026-08", "the first half of 2024 = 2024-01/2024-06"],
    );
    check(
        "2026-01-29",
        "Since May 2021, and alone since that November.",
        &["May 2021 = 2021-05", "that November = 2021-11"],
    );
}

#[test]
fn what_is_on_the_calendar_is_to_come() {
    // 29 January 2026 is a Thursday.
    for text in [
        "The UN calls for a truce, to start on Friday.",
        "The two delegations meet again on Friday.",
        "The ceasefire expires on Friday.",
        "The cabinet has declared Friday a day of mourning.",
        "Each side is to free its captives by Friday.",
    ] {
        check(THURSDAY, text, &["Friday = 2026-01-30"]);
    }
    check(THURSDAY, "They were able to start on Friday.", &["Friday = 2026-01-23"]);
}

#[test]
fn day_and_month_by_vote() {
    check("", "on 18/9, and on 3/4", &["18/9 = XXXX-09-18", "3/4 = XXXX-04-03"]);
    check("", "on 9/18, and on 3/4", &["9/18 = XXXX-09-18", "3/4 = XXXX-03-04"]);
    check("", "on 3/4/2025", &["3/4/2025 = 2025-XX-XX"]);
    check("2025-04-05", "on 3/4/2025", &["3/4/2025 = 2025-04-03"]);
    check("", "on 3/4/2025, the third: April 3, 2025", &["3/4/2025 = 2025-04-03", "April 3, 2025 = 2025-04-03"]);
    check("", "3/4 of them, 2/3 of the rest, 24/7, 50/50, 192.168.1.2", &[]);
    check("", "on 30/2/2025", &[]);
}

#[test]
fn months_and_years() {
    check("", "in February 2022", &["February 2022 = 2022-02"]);
    check(
        "2025-10-23",
        "in July, August, and September",
        &["July = 2025-07", "August = 2025-08", "September = 2025-09"],
    );
    check("2025-10-23", "told U.S. media in February", &["February = 2025-02"]);
    check("2026-01-10", "in December", &["December = 2025-12"]);
    check(
        "2026-02-26",
        "Earlier in February, and early in January, late May, mid-March",
        &["Earlier in February = 2026-02", "early in January = 2026-01", "late May = 2025-05", "mid-March = 2025-03"],
    );
    check("2026-02-26", "It will be done in June", &["June = 2026-06"]);
    check(
        "2026-02-26",
        "last January, this January, next June",
        &["last January = 2026-01", "this January = 2026-01", "next June = 2026-06"],
    );
    check("2026-02-26", "in March last year", &["March last year = 2025-03"]);
    check(
        "2026-02-26",
        "in 2025, since 2014, early 2024, the 2022 invasion, the first of 2026",
        &["2025 = 2025", "2014 = 2014", "early 2024 = 2024", "2022 = 2022", "2026 = 2026"],
    );
    check("", "in summer 2025", &["summer 2025 = 2025-SU"]);
    check("", "the bodies of 2000 soldiers; returned 2025 bodies; 1900 men", &[]);
    check("", "It may return. Soldiers march on. He will decide in august company. Mark and Jan left.", &[]);
    check("", "Russia May Return Bodies", &[]);
    check("", "In May, in March, by August", &["May = XXXX-05", "March = XXXX-03", "August = XXXX-08"]);
    check("", "in January 29 bodies were returned", &["January = XXXX-01"]);
}

#[test]
fn relative_to_publication() {
    check(
        THURSDAY,
        "today, yesterday, tomorrow",
        &["today = 2026-01-29", "yesterday = 2026-01-28", "tomorrow = 2026-01-30"],
    );
    check(
        THURSDAY,
        "on Thursday, on Friday, Monday's",
        &["Thursday = 2026-01-29", "Friday = 2026-01-23", "Monday = 2026-01-26"],
    );
    check(
        THURSDAY,
        "last Thursday; next Thursday; this Friday; Tuesday last week",
        &[
            "last Thursday = 2026-01-22",
            "next Thursday = 2026-02-05",
            "this Friday = 2026-01-30",
            "Tuesday last week = 2026-01-20",
        ],
    );
    check(THURSDAY, "The exchange will take place on Saturday", &["Saturday = 2026-01-31"]);
    check(THURSDAY, "He said on Friday that they will return", &["Friday = 2026-01-23"]);
    check(THURSDAY, "Russia will return 20 wounded soldiers on Saturday", &["Saturday = 2026-01-31"]);
    check(THURSDAY, "They are to be released on Saturday", &["Saturday = 2026-01-31"]);
    check(THURSDAY, "Due to shelling on Saturday, many left", &["Saturday = 2026-01-24"]);
    check(THURSDAY, "On Saturday Kyiv received them, and will name them", &["Saturday = 2026-01-24"]);
    check(THURSDAY, "On Saturday, Russia will return them", &["Saturday = 2026-01-31"]);
    check(
        THURSDAY,
        "last week, this week, last month, this month, last year, this year, next year",
        &[
            "last week = 2026-W04",
            "this week = 2026-W05",
            "last month = 2025-12",
            "this month = 2026-01",
            "last year = 2025",
            "this year = 2026",
            "next year = 2027",
        ],
    );
    check("2025-09-18", "announced last week", &["last week = 2025-W37"]);
    check(
        THURSDAY,
        "this morning, last night, overnight",
        &["this morning = 2026-01-29", "last night = 2026-01-28/2026-01-29", "overnight = 2026-01-28/2026-01-29"],
    );
    check(
        THURSDAY,
        "three days ago, a week ago, two months ago",
        &["three days ago = 2026-01-26", "a week ago = 2026-W04", "two months ago = 2025-11"],
    );
    check(
        THURSDAY,
        "the past three weeks, the last 24 hours",
        &["past three weeks = 2026-01-08/2026-01-29", "last 24 hours = 2026-01-28/2026-01-29"],
    );
    check(
        THURSDAY,
        "in recent months, in the coming weeks",
        &["recent months = PAST_REF", "coming weeks = FUTURE_REF"],
    );
    check(THURSDAY, "the day before yesterday", &["the day before yesterday = 2026-01-27"]);
    check(
        THURSDAY,
        "earlier this week, earlier today",
        &["earlier this week = 2026-W05", "earlier today = 2026-01-29"],
    );
    check(
        THURSDAY,
        "Thursday night, Thursday morning",
        &["Thursday night = 2026-01-29", "Thursday morning = 2026-01-29"],
    );
    check(THURSDAY, "The Sunday Times on Good Friday", &[]);
}

#[test]
fn no_day_is_invented() {
    check("", "on Thursday", &["Thursday = XXXX-WXX-4"]);
    check("", "today", &["today = XXXX-XX-XX"]);
    check("2026", "on Thursday", &["Thursday = 2026-WXX-4"]);
    check("2026-02", "on Thursday", &["Thursday = 2026-WXX-4"]);
    check("2026-02-23/2026-02-27", "on Thursday", &["Thursday = 2026-02-26"]);
    check(
        "",
        "last year, last week, last month",
        &["last year = XXXX", "last week = XXXX-WXX", "last month = XXXX-XX"],
    );
    check(
        "2026-02",
        "last month, this year, today",
        &["last month = 2026-01", "this year = 2026", "today = 2026-02-XX"],
    );
    // The text gives its year away, and its day of the week.
    check(
        "",
        "on Thursday. It goes on as it did last year. In 2025 alone, today",
        &["Thursday = 2026-WXX-4", "last year = 2025", "2025 = 2025", "today = 2026-WXX-4"],
    );
}

#[test]
fn ranges() {
    check("2025-06-01", "between 3 and 9 May", &["between 3 and 9 May = 2025-05-03/2025-05-09"]);
    check(
        "2025-06-01",
        "3-9 May, 3–9 May 2024, 3 to 9 May",
        &[
            "3-9 May = 2025-05-03/2025-05-09",
            "3–9 May 2024 = 2024-05-03/2024-05-09",
            "3 to 9 May = 2025-05-03/2025-05-09",
        ],
    );
    check("2025-06-01", "from January 29 to February 5", &["from January 29 to February 5 = 2025-01-29/2025-02-05"]);
    check("2025-06-01", "January 5–9, 2024", &["January 5–9, 2024 = 2024-01-05/2024-01-09"]);
    check("2026-03-01", "between December and February", &["between December and February = 2025-12/2026-02"]);
    check("", "from January to March 2025", &["from January to March 2025 = 2025-01/2025-03"]);
    check(
        "",
        "from 2014 to 2021; 2014–2021; in 2025-26",
        &["from 2014 to 2021 = 2014/2021", "2014–2021 = 2014/2021", "2025-26 = 2025/2026"],
    );
    check("", "in the 1990s", &["1990s = 1990/1999"]);
    check("", "from July to September", &["from July to September = XXXX-07/XXXX-09"]);
    check(THURSDAY, "from Monday to Wednesday", &["from Monday to Wednesday = 2026-01-26/2026-01-28"]);
}

#[test]
fn references_in_the_text() {
    check(
        "2026-02-26",
        "It took place on January 29. At that time, Moscow gave.",
        &["January 29 = 2026-01-29", "At that time = 2026-01-29"],
    );
    check(
        "",
        "It took place on January 29. At that time, Moscow gave. The next day it ended.",
        &["January 29 = XXXX-01-29", "At that time = XXXX-01-29", "The next day = XXXX-01-30"],
    );
    check(
        "2025-09-18",
        "in early June. In the following weeks. On 23/7",
        &["early June = 2025-06", "the following weeks = 2025-06/2025-07", "23/7 = 2025-07-23"],
    );
    check(
        "",
        "in early June, in the following weeks",
        &["early June = XXXX-06", "the following weeks = XXXX-06/XXXX-07"],
    );
    check(
        "2026-02-26",
        "On January 29 they met, two days later they left, the same day",
        &["January 29 = 2026-01-29", "two days later = 2026-01-31", "the same day = 2026-01-31"],
    );
    check(
        "2026-02-26",
        "on January 29, a day after the exchange; the day before the swap",
        &["January 29 = 2026-01-29"],
    );
    check("2026-02-26", "at that time they left", &["at that time = XXXX-XX-XX"]);
    check(
        "2026-02-26",
        "on January 29. The previous day. The following week.",
        &["January 29 = 2026-01-29", "The previous day = 2026-01-28", "The following week = 2026-W06"],
    );
}

#[test]
fn bounds_and_flags() {
    let (q, words) = &*WORDS;
    let check = |text: &str, value: &str, window: &str, extent: bool| {
        let tokens = Tokens::of_text(text);
        let mentions = dates(&tokens, q, words, &metadata("2026-02-26"), &Metadata::default());
        let date = mentions[0].claim_date(&tokens);
        assert_eq!(
            (date.value.as_deref(), date.window.words().as_str(), date.extent),
            (Some(value), window, extent),
            "{text}"
        );
    };
    check("since February 2022", "2022-02/..", "since 1 Feb 2022", true);
    check("since the full-scale invasion began in February 2022", "2022-02/..", "since 1 Feb 2022", true);
    check("since January", "XXXX-01/..", "since 1 Jan 2026", true);
    check("until May 2025", "../2025-05", "until 31 May 2025", true);
    check("before May 2025", "../2025-05", "until 30 Apr 2025", false);
    check("as of May 5, 2025", "../2025-05-05", "until 5 May 2025", false);
    check("in 2025", "2025", "2025", true);
    check("in June 2025", "2025-06", "June 2025", false);
    check("throughout June 2025", "2025-06", "June 2025", true);
    check("on Thursday", "XXXX-WXX-4", "26 Feb 2026", false);
    check("between 3 and 9 May 2025", "2025-05-03/2025-05-09", "3–9 May 2025", true);
}

#[test]
fn the_words_with_their_preposition() {
    let check = |text: &str, expected: &str| {
        let tokens = Tokens::of_text(text);
        let mentions = found(THURSDAY, text);
        assert_eq!(tokens.span(mentions[0].with_preposition(&tokens)).map(|s| s.of(text)), Some(expected), "{text}");
    };
    check("It was on Thursday.", "on Thursday");
    check("since January they", "since January");
    check("as of Friday", "as of Friday");
    check("in the past week", "in the past week");
    check("Thursday's exchange", "Thursday");
}

#[test]
fn the_articles_own_day() {
    fn own(text: &str) -> Vec<(&str, OwnDate)> {
        let tokens = Tokens::of_text(text);
        let mentions = found(THURSDAY, text);
        own_dates(&tokens, &mentions)
            .into_iter()
            .map(|(place, why)| (mentions[place].span.of(text), why))
            .collect::<Vec<_>>()
    }
    assert_eq!(
        own("They met on Thursday. It took place today. Before, on January 3, they did not."),
        [("today", OwnDate::Today), ("Thursday", OwnDate::Weekday)]
    );
    assert_eq!(own("January 29, 2026\n\nThey met."), [("January 29, 2026", OwnDate::Dateline)]);
    assert_eq!(
        own("KYIV, January 29 — They met and spoke for hours about it all."),
        [("January 29", OwnDate::Dateline)]
    );
    assert_eq!(own("They will meet on Friday."), []);
}

#[test]
fn lists_stand_together() {
    let mentions = found("2025-10-23", "in July, August, and September — each");
    assert_eq!(mentions.iter().map(|m| m.list).collect::<Vec<_>>(), [Some((0, 3)), Some((1, 3)), Some((2, 3))]);
    let (value, window) = listed(&mentions).expect("three");
    assert_eq!((value.as_str(), window.notation().as_str()), ("XXXX-07/XXXX-09", "2025-07-01/2025-09-30"));
}

#[test]
fn look_backs_are_told_from_the_articles_own_day() {
    let flags = |published: &str, text: &str| found(published, text).iter().map(|m| m.look_back).collect::<Vec<_>>();
    assert_eq!(flags("2026-02-26", "on January 29; on Thursday; in 2025; on February 25"), [true, false, true, false]);
    assert_eq!(flags("", "The most recent exchange before this took place on January 29."), [true]);
    assert_eq!(flags("", "It took place on January 29."), [false]);
}

#[test]
fn what_an_analyst_types() {
    let (q, words) = &*WORDS;
    let check = |published: &str, text: &str, expected: Result<(&str, &str), &str>| {
        let published = DateWindow::parse(published, Basis::Analyst).unwrap_or(DateWindow::UNKNOWN);
        let read = read_date(text, &published, q, words);
        let read = read.map(|date| (date.value.unwrap_or_default().to_string(), date.window.words()));
        let shown = read.as_ref().map(|(value, window)| (value.as_str(), window.as_str())).map_err(String::as_str);
        assert_eq!(shown, expected, "{text}");
    };
    check("", "29 Jan 2026", Ok(("2026-01-29", "29 Jan 2026")));
    check("", "29 jan 2026", Ok(("2026-01-29", "29 Jan 2026")));
    check("", "2026-02-06/2026-02-28", Ok(("2026-02-06/2026-02-28", "6–28 Feb 2026")));
    check("", "2025", Ok(("2025", "2025")));
    check("", "june 2025", Ok(("2025-06", "June 2025")));
    check("2026-02-26", "29 January", Ok(("2026-01-29", "29 Jan 2026")));
    check("", "29 January", Ok(("XXXX-01-29", "no date")));
    check("2025-09-18", "18/9", Ok(("2025-09-18", "18 Sep 2025")));
    check("2026-01-29", "last Thursday", Ok(("2026-01-22", "22 Jan 2026")));
    check("2026-01-29", "may", Ok(("2025-05", "May 2025")));
    check("2026-01-29", "since January", Ok(("2026-01/..", "since 1 Jan 2026")));
    check("2025-06-01", "3 to 9 May", Ok(("2025-05-03/2025-05-09", "3–9 May 2025")));
    check("", "3/4/2025", Err("“3/4/2025” may be 3 April or 4 March: write the month as a word"));
    check(
        "",
        "last Thursday",
        Err(
            "“last Thursday” is counted from the date of publication, which is not known: enter that first, or the day itself",
        ),
    );
    check("", "", Err("enter a date, such as 29 January 2026, January 2026, or 2026-01-29"));
    check("", "soon", Err("no date in “soon”"));
    check("", "31/31/2025", Err("“31/31/2025” is no date: write it as 29 January 2026, January 2026, or 2026-01-29"));
    check(
        "",
        "5 May 2025 and 6 June 2025",
        Err(
            "“5 May 2025 and 6 June 2025” holds two dates, “5 May 2025” and “6 June 2025”: enter one, or a stretch as in 3 to 9 May",
        ),
    );
    check("", "29 January 2026 flurb", Err("“flurb” in “29 January 2026 flurb” was not understood"));
    check("", "at that time", Err("“at that time” points at another date: enter that date itself"));
}

proptest::proptest! {
    #[test]
    fn any_text_is_read_without_harm(text in "\\PC{0,60}|([0-9]{1,4}|[,.'/:–-]| |Jan|May|january|Thursday|last|this|year|the|following|weeks|days|ago|and|to|from|between|of|later|at that time|today){0,40}", published in "|2026|2026-02-26|0001-01-01|9999-12-31") {
        let mut end = 0;
        for mention in found(&published, &text) {
            assert!(mention.tokens.start >= end && !mention.tokens.is_empty());
            end = mention.tokens.end;
            assert!(text.get(mention.span.range()).is_some() && !mention.value.is_empty());
            let _ = mention.claim_date(&Tokens::of_text(&text));
        }
        let (q, words) = &*WORDS;
        let _ = read_date(&text, &metadata(&published).published, q, words);
    }
}
