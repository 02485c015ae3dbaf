//! Texts that make careless readers slow: each as long as it is asked to be.

/// What is nasty about a text, and the text of a size: about so many words, rows or marks.
pub const NASTY: &[(&str, fn(usize) -> String)] = &[
    ("one endless sentence of commas and numbers", |n| {
        (0..n).map(|i| format!("{}, ", 1000 + i)).collect::<String>() + "soldiers were killed."
    }),
    ("one endless sentence of counted people", |n| {
        let list: String = (0..n / 4).map(|i| format!("{} soldiers and ", 1000 + i)).collect();
        format!("Russia returned {list}others to Ukraine.")
    }),
    ("nested quotation marks", |n| "“1,000 bodies ".repeat(n / 2) + &"” he said ".repeat(n / 2)),
    ("single quotation marks", |n| "'a b' ‘c 5 d’ ".repeat(n / 8)),
    ("nested brackets", |n| "(12 [people ".repeat(n / 4) + &"]) ".repeat(n / 4)),
    ("N for N for N", |n| "1,000 for ".repeat(n / 2) + "1,000."),
    ("the same number, again and again", |n| {
        "Kyiv returned 5 soldiers and ".to_owned() + &"the same number, ".repeat(n / 4)
    }),
    ("endless saying", |n| "Moscow said Kyiv told TASS that 12 soldiers were killed and ".repeat(n / 11)),
    ("endless saying by somebody new", |n| {
        (0..n / 8).map(|i| format!("Ivan Petrov{i} said 12 soldiers died. ")).collect()
    }),
    ("dates in one sentence", |n| {
        (0..n / 2).map(|i| format!("{} May, ", 1 + i % 28)).collect::<String>() + "12 soldiers were killed."
    }),
    ("dates in digits in one sentence", |n| {
        (0..n / 3).map(|i| format!("18/{}, ", 1 + i % 12)).collect::<String>() + "12 soldiers were killed."
    }),
    ("references in one sentence", |n| "12 died, the following day 3, at that time 5, ".repeat(n / 14)),
    ("no space at all", |n| "abcdefghij".repeat(n)),
    ("digits without a space", |n| "1234567890".repeat(n)),
    ("digits and commas without a space", |n| "123,".repeat(n)),
    ("groups of digits with spaces", |n| "100 000 ".repeat(n / 2)),
    ("a long table", |n| {
        let rows: String = (0..n / 6).map(|i| format!("| Town {i} | {i} | {} |\n", 2 * i)).collect();
        format!("| Place | Killed | Wounded |\n|---|---|---|\n{rows}")
    }),
    ("a wide table", |n| {
        let row = |cell: &str| format!("|{}\n", format!(" {cell} |").repeat(n / 6));
        format!("{}{}{}", row("Confirmed"), row("---"), row("12"))
    }),
    ("deep lists", |n| (0..n / 4).map(|i| format!("{}* 5 soldiers died\n", "  ".repeat(i % 60))).collect()),
    ("deep quotations of blocks", |n| (0..n / 4).map(|i| format!("{}12 bodies\n\n", "> ".repeat(i % 40))).collect()),
    ("headings without end", |n| (0..n / 5).map(|i| format!("# {i} killed: officials\n\n")).collect()),
    ("points", |n| ". ".repeat(n)),
    ("points without a space", |n| "a.b.".repeat(n)),
    ("hyphens", |n| "5-".repeat(n)),
    ("apostrophes", |n| "s' ".repeat(n)),
    ("number words", |n| "one hundred and ".repeat(n / 3)),
    ("hundreds of hundreds", |n| "hundreds of thousands of ".repeat(n / 4)),
    ("each and each", |n| "12 each, ".repeat(n / 3)),
    ("which and who", |n| "Russia, which Ukraine, who 5 people, ".repeat(n / 9)),
    ("verbs without end", |n| "returned killed received handed over ".repeat(n / 4)),
    ("names without end", |n| "Ivan Petrov Sidorov ".repeat(n / 3) + "said 12 died."),
    ("parties without end", |n| "Russia and Ukraine, Israel, Gaza ".repeat(n / 7) + "lost 12 soldiers."),
    ("including", |n| "12 people, including 5 soldiers, of whom 3 died, ".repeat(n / 12)),
    ("one paragraph again and again", |n| {
        "Russia returned the bodies of 1,000 soldiers to Ukraine on Thursday, officials said.\n\n".repeat(n / 15)
    }),
    ("confirmations", |n| "Moscow confirmed the figures. Kyiv returned 12 bodies. ".repeat(n / 10)),
    ("quotations over paragraphs", |n| "“12 soldiers died\n\n".repeat(n / 5)),
    ("links", |n| "[5](https://a.b/5) ".repeat(n / 3)),
];
