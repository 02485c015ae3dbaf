use super::*;

const LONG: &str = "Forty bodies were returned on Monday, the ministry said, and thirty-eight of them were identified.";

fn opened(name: &str, file: &str, column: Option<&str>) -> (Vec<Article>, Split<'static>) {
    let options = ReadOptions { column: column.map(Into::into), ..ReadOptions::default() };
    let bytes: &'static [u8] = Vec::leak(file.as_bytes().to_vec());
    let split = split(name, bytes, &options).expect("a table");
    (split.parts.iter().map(|part| split.read(part).expect("an article")).collect(), split)
}

fn known(known: &Option<crate::claim::Known>) -> &str {
    known.as_ref().map_or("–", |known| &known.value)
}

#[test]
fn each_row_is_an_article_and_tells_where_it_comes_from() {
    let file = "Headline,Link,Source,Date,Full text\n\
                Swap,https://tass.com/a/1,TASS,2026-01-29,\"Forty bodies.\nThey said \"\"yes\"\".\"\n\
                Later,https://example.org/b,example-herald.co.uk,\"Jan 30, 2026\",Two more.\n";
    let (articles, split) = opened("in/reports.csv", file, None);
    assert_eq!(split.note.as_deref(), Some("the text is taken from column “Full text”, guessed by its name"));
    let [swap, later] = &articles[..] else { panic!("{articles:?}") };
    assert_eq!((&*swap.name, &*swap.text), ("in/reports.csv/reports-1.csv", "Forty bodies.\nThey said \"yes\"."));
    assert_eq!((known(&swap.metadata.title), known(&swap.metadata.url)), ("Swap", "https://tass.com/a/1"));
    assert_eq!((known(&swap.metadata.outlet), swap.metadata.published.notation().as_str()), ("TASS", "2026-01-29"));
    assert_eq!(
        (known(&later.metadata.outlet), later.metadata.published.notation().as_str()),
        ("Example Herald", "2026-01-30")
    );
    assert_eq!(&*swap.reader, "csv 1, column Full text");
    assert!(swap.id.0.starts_with("reports-1."), "{}", swap.id);
}

#[test]
fn a_row_can_be_read_again_as_it_was() {
    // Guessed over the whole table: in the first row alone the note is the longer.
    let file = format!(
        "id;note;words\n1;{LONG}{LONG};Short.\n2;;{LONG}{LONG}{LONG}\n3;;{LONG}{LONG}{LONG}{LONG}{LONG}{LONG}{LONG}{LONG}\n"
    );
    let (articles, split) = opened("a.csv", &file, None);
    assert_eq!(
        split.note.as_deref(),
        Some("the text is taken from column “words”, which holds by far the longest texts")
    );
    assert_eq!(&*articles[0].text, "Short.");
    for (part, article) in split.parts.iter().zip(&articles) {
        let options = ReadOptions { column: Some("words".into()), ..ReadOptions::default() };
        let again = read(&part.name, &part.bytes, &options).expect("reads again");
        assert_eq!((&again.text, &again.id, &again.reader), (&article.text, &article.id, &article.reader));
    }
}

#[test]
fn tables_of_all_kinds() {
    for (name, file, column, texts) in [
        ("a.tsv", "title\ttext\nx\tForty, and more\n", None, vec!["Forty, and more"]),
        ("a.csv", "url;body\nx;Forty\n", None, vec!["Forty"]),
        ("a.csv", "text,summary\nlong,short\n", Some("Summary"), vec!["short"]),
        ("a.csv", "text,text,\nForty,b,c\n", None, vec!["Forty"]),
        ("a.csv", "text\n<p>Forty <b>bodies</b></p><p>Two</p>\n", None, vec!["Forty bodies\n\nTwo\n"]),
        (
            "a.jsonl",
            "{\"title\":\"x\",\"content\":\"Forty\"}\n\n{\"content\":\"Two\",\"n\":1}\n",
            None,
            vec!["Forty", "Two"],
        ),
        ("a.ndjson", "{\"article\":{\"body\":[\"Forty.\",\"Two.\"]}}", None, vec!["Forty.\n\nTwo."]),
    ] {
        if column.is_none() && name == "a.ndjson" {
            let (articles, _) = opened(name, file, Some("article.body"));
            assert_eq!(articles.iter().map(|a| &*a.text).collect::<Vec<_>>(), texts);
            continue;
        }
        let (articles, _) = opened(name, file, column);
        assert_eq!(articles.iter().map(|article| &*article.text).collect::<Vec<_>>(), texts, "{file}");
    }
}

#[test]
fn the_encoding_is_that_of_the_whole_table() {
    let (bytes, _, _) =
        encoding_rs::WINDOWS_1251.encode("text,source\nТела сорока солдат вернули на родину в понедельник.,РБК\n");
    let split = split("a.csv", &bytes, &ReadOptions::default()).expect("a table");
    let article = split.read(&split.parts[0]).expect("an article");
    assert_eq!(&*article.text, "Тела сорока солдат вернули на родину в понедельник.");
    assert_eq!((&*article.encoding.name, known(&article.metadata.outlet)), ("windows-1251", "РБК"));
}

#[test]
fn nested_keys_and_times_in_seconds_are_understood() {
    let line = r#"{"text":"Forty bodies.","source":{"id":null,"name":"The Example"},"publishedAt":1769688000,"url":"https://x.example/a"}"#;
    let (articles, _) = opened("a.jsonl", line, None);
    let metadata = &articles[0].metadata;
    assert_eq!((known(&metadata.outlet), metadata.published.notation().as_str()), ("The Example", "2026-01-29"));
}

#[test]
fn what_cannot_be_read_is_said_with_its_line() {
    let problem = |name: &str, file: &str| match split(name, file.as_bytes(), &ReadOptions::default()) {
        Err(error) => error.to_string(),
        Ok(split) => {
            let row = || split.parts.iter().find_map(|part| split.read(part).err());
            split.problems.first().cloned().or_else(row).map_or_else(String::new, |error| error.to_string())
        }
    };
    for (name, file, message) in [
        (
            "a.csv",
            "file,outlet\nx.txt,TASS\n",
            "a.csv: no column of it can be told to hold the text of articles; choose one of file, outlet",
        ),
        ("a.csv", "", "a.csv: there is no head with the names of its columns"),
        ("a.csv", "text\n", "a.csv: no column of it can be told to hold the text of articles; choose one of text"),
        ("a.csv", "text\nok\na,b\n", "a.csv: line 3: 2 cells under 1 names of columns"),
        ("a.csv", "text,n\nok,1\n,2\n", "a.csv/a-2.csv: there is no text in column “text”"),
        ("a.jsonl", "{\"text\":\"ok\"}\n{broken\n", "a.jsonl: line 2: this is no JSON"),
        ("a.jsonl", "[1,2]\n", "a.jsonl: line 1: this is JSON, but no object"),
        (
            "a.jsonl",
            &format!("{}\n", "[".repeat(100_000)),
            "a.jsonl: line 1: this is no JSON: recursion limit exceeded",
        ),
    ] {
        let found = problem(name, file);
        assert!(found.starts_with(message), "{found}");
    }
    let options = ReadOptions { column: Some("body".into()), ..ReadOptions::default() };
    let error = split("a.csv", b"text\nok\n", &options).expect_err("no such column");
    assert_eq!(error.message, "there is no column “body”; there are text");
    assert!(
        read("a.csv", b"text\none\ntwo\n", &ReadOptions::default()).is_err_and(|e| e.message.contains("2 articles"))
    );
}
