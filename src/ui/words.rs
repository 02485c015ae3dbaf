//! Words that several places of the window show the same way.

use crate::claim::{ArticleRecord, Name};
use crate::session::Session;

/// An article's title on one line, or its file's name; damaged characters as they were meant.
pub fn title(session: &Session, record: &ArticleRecord) -> String {
    let label = record.label();
    let article = session.article(&record.id).filter(|article| !article.repairs.is_empty());
    let repaired = article.and_then(|article| {
        let start = article.text.find(label)?;
        let meant = |(at, c)| article.repairs.at(start + at).unwrap_or(c);
        Some(label.char_indices().map(meant).collect::<String>())
    });
    let title = repaired.as_deref().unwrap_or(label);
    title.split_whitespace().collect::<Vec<_>>().join(" ")
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
        session.add_articles(&[("a.txt", "โEnoughโ, he said\n\nThe โbodiesโ of 12 soldiers.\n".as_bytes())]);
        let record = session.workspace().articles.values().next().expect("one");
        let shown = title(&session, record);
        assert!(!shown.contains('\u{0E42}'), "{shown}");
    }
}
