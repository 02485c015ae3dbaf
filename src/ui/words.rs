//! Words that several places of the window show the same way.

use crate::article::Article;
use crate::claim::{ArticleRecord, Name};
use crate::session::Session;

/// An article's title on one line, or its file's name; damaged characters as they were meant.
pub fn title(session: &Session, record: &ArticleRecord) -> String {
    let label = record.label();
    let article = session.article(&record.id).filter(|article| !article.repairs.is_empty());
    let title = article.map_or_else(|| label.to_owned(), |article| repaired(label, article));
    title.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Words taken from an article (a title may be cut, and stripped of markup), with its damaged
/// characters as they were meant there: between the same neighbours, or else anywhere.
fn repaired(words: &str, article: &Article) -> String {
    let letters: Vec<char> = words.chars().collect();
    let meant = |i: usize| {
        let c = letters[i];
        let (before, after) = (i.checked_sub(1).map(|i| letters[i]), letters.get(i + 1).copied());
        let mut same = article.repairs.repairs().iter().filter(|(_, there, _)| *there == c).peekable();
        let any = same.peek().map(|(_, _, meant)| *meant)?;
        let between = same.find(|(at, ..)| {
            let (head, tail) = article.text.split_at(*at as usize);
            head.chars().next_back() == before && tail.chars().nth(1) == after
        });
        Some(between.map_or(any, |(_, _, meant)| *meant))
    };
    (0..letters.len()).map(|i| meant(i).unwrap_or(letters[i])).collect()
}

/// An article's outlet, where it is known.
pub fn outlet(record: &ArticleRecord) -> Option<&Name> {
    record.metadata.outlet.as_ref().map(|outlet| &outlet.value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_is_one_line_and_repaired() {
        let mut session = Session::default();
        let text = "โEnoughโ of this yearโs bodies, he said, and again: โEnoughโ, for the sake of all of the people of \
                    both of the countries, wherever they are.\n\nThe โbodiesโ of 12 soldiers.\n";
        session.add_articles(&[("a.txt", text.as_bytes())]);
        let record = session.workspace().articles.values().next().expect("one");
        let shown = title(&session, record);
        assert!(shown.starts_with("“Enough” of this year’s bodies"), "{shown}");
    }
}
