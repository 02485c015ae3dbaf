//! Which articles the list shows, and in which order.

use crate::claim::{ArticleId, ArticleRecord, DateWindow, DocumentView};
use crate::session::Session;

/// What the list is sorted by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sort {
    /// The file's name, with numbers in their order.
    #[default]
    Name,
    /// Title.
    Title,
    /// Outlet, those without one last.
    Outlet,
    /// Date of publication, those without one last.
    Date,
    /// How many claims, most first.
    Claims,
    /// How many suggestions wait, most first.
    ToDecide,
    /// Not read, in progress, read.
    Progress,
}

impl Sort {
    /// Every one, in the order of the menu.
    pub const ALL: [Self; 7] =
        [Self::Name, Self::Title, Self::Outlet, Self::Date, Self::Claims, Self::ToDecide, Self::Progress];

    /// Whether the order changes with what is decided, or with the facts, and not with the articles alone.
    pub fn is_volatile(self) -> bool {
        matches!(self, Self::Date | Self::Claims | Self::ToDecide)
    }

    /// The words of the menu.
    pub fn word(self) -> &'static str {
        match self {
            Self::Name => "File name",
            Self::Title => "Title",
            Self::Outlet => "Outlet",
            Self::Date => "Date",
            Self::Claims => "Claims",
            Self::ToDecide => "Suggestions to decide",
            Self::Progress => "Progress",
        }
    }
}

/// The articles that have all words of the filter in title, outlet or file name, in order.
pub fn ordered(session: &Session, filter: &str, sort: Sort) -> Vec<ArticleId> {
    let words: Vec<String> = filter.split_whitespace().map(str::to_lowercase).collect();
    // The file's name decides where the chosen key does not.
    let named = session.articles_with(&words);
    if sort == Sort::Name {
        return named.cloned().collect();
    }
    let articles = &session.workspace().articles;
    let mut shown: Vec<(&ArticleId, &ArticleRecord)> = named.filter_map(|id| Some((id, articles.get(id)?))).collect();
    match sort {
        Sort::Name => {}
        Sort::Title => shown.sort_by_cached_key(|(_, record)| record.label().to_lowercase()),
        Sort::Outlet => shown.sort_by_cached_key(|(_, record)| {
            let outlet = record.metadata.outlet.as_ref().map(|outlet| outlet.value.to_lowercase());
            (outlet.is_none(), outlet)
        }),
        Sort::Date => shown.sort_by_cached_key(|(id, record)| {
            let own = record.metadata.published;
            let start = if own.is_known() { own } else { published(record, document(session, id)) }.start;
            (start.is_none(), start)
        }),
        Sort::Claims => shown.sort_by_cached_key(|(id, _)| std::cmp::Reverse(session.claim_count(id))),
        Sort::ToDecide => shown.sort_by_cached_key(|(id, _)| std::cmp::Reverse(session.pending_count(id))),
        Sort::Progress => shown.sort_by_key(|(_, record)| record.progress),
    }
    shown.into_iter().map(|(id, _)| id.clone()).collect()
}

/// What the reconciliation made of an article. Its list is sorted by article.
pub fn document<'a>(session: &'a Session, id: &ArticleId) -> Option<&'a DocumentView> {
    let documents = &session.reconciliation().documents;
    documents.binary_search_by(|document| document.article.cmp(id)).ok().map(|place| &documents[place])
}

/// When an article was published, linked dates included.
pub fn published(record: &ArticleRecord, document: Option<&DocumentView>) -> DateWindow {
    let own = record.metadata.published;
    if own.is_known() { own } else { document.map_or(own, |document| document.published) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_filter_wants_every_word_somewhere() {
        let mut session = Session::default();
        session.add_articles(&[("north/first.txt", b"One.\n"), ("south/second.txt", b"Two.\n")]);
        let shown = |filter: &str| ordered(&session, filter, Sort::Name).len();
        assert_eq!((shown(""), shown("north"), shown("FIRST north"), shown("first south")), (2, 1, 1, 0));
    }
}
