//! A fact before it has its words: a cluster of claims, what they come to, and what other facts
//! may ask of it.

use std::borrow::Cow;

use crate::claim::{Name, Reference, Span};

use super::placing::Cluster;
use super::statement::Prepared;
use super::verdict::Assessed;

/// A fact before it has its words.
#[derive(Clone, Debug)]
pub(super) struct Draft {
    /// The cluster's number as it was placed.
    pub number: u32,
    /// The label under which the analyst split it off.
    pub split: Option<Name>,
    pub cluster: Cluster,
    pub assessed: Assessed,
    /// What words about other facts call it.
    pub mention: Reference,
    /// What other facts may ask of its claims; `None` where all statements are at hand and can be
    /// asked themselves.
    pub shared: Option<Shared>,
}

/// What other facts may ask of a fact's claims.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Shared {
    /// The articles that tell of it, in the order of their names, without repeats.
    pub articles: Vec<u32>,
    /// Its claims, in the order of the cluster.
    pub told: Vec<Told>,
}

/// A claim, as far as other facts may ask of it.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Told {
    pub article: u32,
    pub denied: bool,
    /// The number, where it is exactly one.
    pub value: Option<u64>,
    pub low: Option<u64>,
    /// Where its count stands.
    pub span: Option<Span>,
    /// Where the count stands that it is a part of.
    pub part_of: Option<Span>,
}

impl Shared {
    /// What a cluster's claims come to.
    pub fn of(prepared: &Prepared<'_>, cluster: &Cluster) -> Self {
        let mut articles: Vec<u32> =
            cluster.members.iter().map(|(id, _)| prepared.statements[*id as usize].article).collect();
        articles.sort_unstable();
        articles.dedup();
        Self { articles, told: told(prepared, cluster) }
    }
}

fn told(prepared: &Prepared<'_>, cluster: &Cluster) -> Vec<Told> {
    let of = |id: u32| {
        let statement = &prepared.statements[id as usize];
        let reading = &prepared.claim(id).reading;
        Told {
            article: statement.article,
            denied: statement.denied,
            value: statement.count.single(),
            low: statement.count.low,
            span: reading.count.span,
            part_of: reading.part_of.and_then(|link| link.span),
        }
    };
    cluster.members.iter().map(|(id, _)| of(*id)).collect()
}

impl Draft {
    /// The articles that tell of it, in the order of their names, without repeats.
    pub fn articles(&self, prepared: &Prepared<'_>) -> Vec<u32> {
        match &self.shared {
            Some(shared) => shared.articles.clone(),
            None => {
                let members = &self.cluster.members;
                let mut out: Vec<u32> =
                    members.iter().map(|(id, _)| prepared.statements[*id as usize].article).collect();
                out.sort_unstable();
                out.dedup();
                out
            }
        }
    }

    /// Its claims.
    pub fn told(&self, prepared: &Prepared<'_>) -> Cow<'_, [Told]> {
        match &self.shared {
            Some(shared) => Cow::Borrowed(&shared.told),
            None => Cow::Owned(told(prepared, &self.cluster)),
        }
    }

    /// Whether one article tells of both.
    pub fn shares_article(&self, other: &Self, prepared: &Prepared<'_>) -> bool {
        let (mut a, mut b) = (self.articles(prepared), other.articles(prepared));
        if a.len() > b.len() {
            std::mem::swap(&mut a, &mut b);
        }
        b.sort_unstable();
        a.iter().any(|article| b.binary_search(article).is_ok())
    }
}
