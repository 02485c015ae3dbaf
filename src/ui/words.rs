//! Words that several places of the window show the same way.

use crate::article::Article;
use crate::claim::{ArticleRecord, Name, Span, day_words};
use crate::session::{Recent, Session};

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

/// The words of a span, damaged characters as they were meant, line ends as spaces.
pub fn shown(article: &Article, span: Span) -> String {
    (span.of(&article.text).char_indices())
        .map(|(i, c)| article.repairs.at(span.start as usize + i).unwrap_or(if c == '\n' { ' ' } else { c }))
        .collect()
}

/// When a project was opened last, by the clock on the wall.
pub fn opened(project: &Recent) -> String {
    let opened = project.opened.with_timezone(&chrono::Local);
    format!("{}, {}", day_words(opened.date_naive()), opened.format("%H:%M"))
}

/// A project as it is told from others of its name: "Untitled, Bodies exchanged and 7 more · 12 claims".
pub fn recent(project: &Recent) -> String {
    if project.about.is_empty() { project.name.to_string() } else { format!("{}, {}", project.name, project.about) }
}

/// An article's outlet, where it is known.
pub fn outlet(record: &ArticleRecord) -> Option<&Name> {
    record.metadata.outlet.as_ref().map(|outlet| &outlet.value)
}

/// The words before and behind a span, for a line of a list: at most `most` characters each, white
/// space drawn together, damaged characters as they were meant.
pub fn surroundings(article: &Article, span: Span, most: usize) -> (String, Name, String) {
    let text = &article.text;
    let squeeze = |range: std::ops::Range<usize>| {
        let words = text[range.clone()].char_indices();
        let meant: String = words.map(|(at, c)| article.repairs.at(range.start + at).unwrap_or(c)).collect();
        meant.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    let (start, end) = (span.start as usize, span.end as usize);
    let (head, tail) = (&text[..start], &text[end..]);
    let mut from = head.char_indices().rev().take(most).last().map_or(head.len(), |(at, _)| at);
    let mut to = end + tail.char_indices().nth(most).map_or(tail.len(), |(at, _)| at);
    // Words that would be cut in two are left out.
    let cut = |next: Option<char>| next.is_some_and(|c| !c.is_whitespace());
    if cut(head[..from].chars().next_back())
        && let Some(at) = head[from..].find(char::is_whitespace)
    {
        from += at;
    }
    if cut(text[to..].chars().next())
        && let Some(at) = text[end..to].rfind(char::is_whitespace)
    {
        to = end + at;
    }
    let gap = |there: bool| if there { " " } else { "" };
    let left = format!("{}{}", squeeze(from..start), gap(text[from..start].ends_with(char::is_whitespace)));
    let right = format!("{}{}", gap(text[end..to].starts_with(char::is_whitespace)), squeeze(end..to));
    (left, squeeze(start..end).into(), right)
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

    #[test]
    fn a_line_of_the_concordance() {
        let text = "He said that\n\nthe 38 bodies were returned.";
        let at = text.find("38").expect("there");
        let article = crate::article::read("a.txt", text.as_bytes(), &Default::default()).expect("read");
        let (left, hit, right) = surroundings(&article, Span::new(at, at + 2), 12);
        assert_eq!((left.as_str(), &*hit, right.as_str()), ("that the ", "38", " bodies were"));
    }
}
