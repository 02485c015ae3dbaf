//! What was known on a day: only what articles told that were out by then.

use chrono::NaiveDate;

use crate::claim::{ArticleId, Claim, DateWindow};

use super::{Document, Input};

/// Whether an article was surely published on or before a day: the last day on which it may have
/// been is not later. `None` where it is not known to have been published by any day; such an
/// article counts on no day.
pub fn is_out(published: &DateWindow, day: NaiveDate) -> Option<bool> {
    published.end.map(|end| end <= day)
}

/// The part of an input that was out on a day.
#[derive(Clone, Debug)]
pub struct AsOf<'a> {
    /// The articles that were out.
    pub documents: Vec<Document>,
    /// Their claims.
    pub claims: Vec<&'a Claim>,
    /// Articles that came later, sorted.
    pub later: Vec<ArticleId>,
    /// Articles of which it is not known when they were published, sorted: left out as well, since
    /// nobody can tell whether they were out.
    pub undated: Vec<ArticleId>,
}

/// Leaves out of an input what was not out on a day. A claim whose article is not among the
/// documents has no date of publication, and is left out. Rulings stay: those whose claims are not
/// out yet are stale on that day.
pub fn as_of<'a>(input: &Input<'a>, day: NaiveDate) -> AsOf<'a> {
    let (mut documents, mut later, mut undated) = (Vec::new(), Vec::new(), Vec::new());
    for document in input.documents {
        match is_out(&document.metadata.published, day) {
            Some(true) => documents.push(document.clone()),
            Some(false) => later.push(document.id.clone()),
            None => undated.push(document.id.clone()),
        }
    }
    later.sort();
    undated.sort();
    let mut out: Vec<&ArticleId> = documents.iter().map(|document| &document.id).collect();
    out.sort();
    let claims = input.claims.iter().copied().filter(|claim| out.binary_search(&&claim.article).is_ok()).collect();
    AsOf { claims, documents, later, undated }
}
