//! What exports are made of: a read-only bundle of articles, claims and facts.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::article::Article;
use crate::claim::{
    ArticleId, Claim, ClaimId, Codebook, Conventions, DocumentView, Fact, Lexicon, Member, Metadata, Reconciliation,
    Ruling, Span,
};

/// An article as exports name it.
#[derive(Clone, Copy, Debug)]
pub struct Document<'a> {
    /// Its identity.
    pub id: &'a ArticleId,
    /// What exports call `article`: the path relative to what was opened, with `/`.
    pub name: &'a str,
    /// Outlet, title, address, date.
    pub metadata: &'a Metadata,
    /// Its text. `None` where only claims on it are at hand: their spans are then in code points,
    /// as they were given, and not in bytes.
    pub article: Option<&'a Article>,
}

impl Document<'_> {
    /// A span in code points of the article's text.
    pub fn chars(&self, span: Span) -> (usize, usize) {
        match self.article {
            Some(article) => article.positions.chars_of(&article.text, span),
            None => (span.start as usize, span.end as usize),
        }
    }

    /// A span in bytes, where the text is at hand.
    pub fn bytes(&self, span: Span) -> Option<(usize, usize)> {
        self.article.map(|_| (span.start as usize, span.end as usize))
    }

    /// A span in UTF-16 units, where the text is at hand.
    pub fn utf16(&self, span: Span) -> Option<(usize, usize)> {
        let article = self.article?;
        let at = |byte: u32| article.positions.utf16_at(&article.text, byte as usize);
        Some((at(span.start), at(span.end)))
    }

    /// The words of a span, where the text is at hand.
    pub fn words(&self, span: Span) -> Option<&str> {
        self.article.map(|article| span.of(&article.text))
    }
}

/// What exports are made of.
#[derive(Debug)]
pub struct Dataset<'a> {
    /// The project's name, or that of the folder.
    pub name: &'a str,
    documents: Vec<Document<'a>>,
    claims: Vec<&'a Claim>,
    /// What the claims come to.
    pub reconciliation: &'a Reconciliation,
    /// The rulings that were applied.
    pub rulings: Vec<&'a Ruling>,
    /// Categories, parties, sources, conventions.
    pub codebook: &'a Codebook,
    /// The sides of the world's sources.
    pub lexicon: &'a Lexicon,
    /// The program's version.
    pub version: &'a str,
    /// The day by which all of it was out; `None` where that was not asked.
    pub as_of: Option<NaiveDate>,
    document_of: BTreeMap<&'a ArticleId, usize>,
    claim_of: BTreeMap<&'a ClaimId, &'a Claim>,
    view_of: BTreeMap<&'a ArticleId, &'a DocumentView>,
}

impl<'a> Dataset<'a> {
    /// A bundle; documents and claims in any order. Claims on articles that are not among the
    /// documents are left out.
    pub fn new(
        name: &'a str,
        mut documents: Vec<Document<'a>>,
        claims: impl IntoIterator<Item = &'a Claim>,
        reconciliation: &'a Reconciliation,
        codebook: &'a Codebook,
        lexicon: &'a Lexicon,
        version: &'a str,
    ) -> Self {
        documents.sort_by(|a, b| (a.name, a.id).cmp(&(b.name, b.id)));
        let document_of: BTreeMap<_, _> = documents.iter().enumerate().map(|(n, document)| (document.id, n)).collect();
        let mut claims: Vec<&Claim> =
            claims.into_iter().filter(|claim| document_of.contains_key(&claim.article)).collect();
        claims.sort_by_key(|claim| (document_of[&claim.article], claim.evidence.first().map(|a| a.span), &claim.id));
        let claim_of = claims.iter().map(|claim| (&claim.id, *claim)).collect();
        let view_of = reconciliation.documents.iter().map(|view| (&view.article, view)).collect();
        Self {
            name,
            documents,
            claims,
            reconciliation,
            rulings: Vec::new(),
            codebook,
            lexicon,
            version,
            as_of: None,
            document_of,
            claim_of,
            view_of,
        }
    }

    /// The same with the rulings that were applied.
    #[must_use]
    pub fn with_rulings(mut self, rulings: impl IntoIterator<Item = &'a Ruling>) -> Self {
        self.rulings = rulings.into_iter().collect();
        self
    }

    /// The same, which is what was out by a day and nothing else.
    #[must_use]
    pub fn as_of(mut self, day: Option<NaiveDate>) -> Self {
        self.as_of = day;
        self
    }

    /// The rule for best and the other conventions in one line, with the revision of the codebook
    /// that they stand in: "codebook 3: about ±10%, vague words as the
    /// words literally say, best plurality of sides, ties to the lower".
    /// Where only what was out by a day is in it, that is said too: "; as of 2026-02-03".
    pub fn conventions(&self) -> String {
        let Conventions { approx_percent, vague, best, tie, .. } = &self.codebook.conventions;
        format!(
            "codebook {}: about ±{approx_percent}%, vague words {}, best {}, ties {}{}",
            self.codebook.revision,
            vague.label(),
            best.label(),
            tie.label(),
            self.as_of.map_or_else(String::new, |day| format!("; as of {day}, on what was published by then"))
        )
    }

    /// The articles, by name.
    pub fn documents(&self) -> &[Document<'a>] {
        &self.documents
    }

    /// The claims, by article and position.
    pub fn claims(&self) -> &[&'a Claim] {
        &self.claims
    }

    /// The claims on one of the articles, by position.
    pub fn claims_on(&self, document: &Document<'_>) -> &[&'a Claim] {
        let Some(place) = self.document_of.get(document.id).copied() else { return &[] };
        let before = |claim: &&Claim| self.document_of[&claim.article] < place;
        let until = |claim: &&Claim| self.document_of[&claim.article] <= place;
        &self.claims[self.claims.partition_point(before)..self.claims.partition_point(until)]
    }

    /// The article of an id.
    pub fn document(&self, id: &ArticleId) -> Option<&Document<'a>> {
        self.document_of.get(id).map(|n| &self.documents[*n])
    }

    /// The name of an article; its id where it is not among the documents.
    pub fn name_of<'b>(&'b self, id: &'b ArticleId) -> &'b str {
        self.document(id).map_or(&id.0, |document| document.name)
    }

    /// The claim of an id.
    pub fn claim(&self, id: &ClaimId) -> Option<&'a Claim> {
        self.claim_of.get(id).copied()
    }

    /// What the reconciliation made of an article.
    pub fn view_of(&self, id: &ArticleId) -> Option<&'a DocumentView> {
        self.view_of.get(id).copied()
    }

    /// The facts of each claim, with its place in them.
    pub fn memberships(&self) -> BTreeMap<&'a ClaimId, Vec<(&'a Fact, &'a Member)>> {
        let mut memberships: BTreeMap<_, Vec<_>> = BTreeMap::new();
        for fact in &self.reconciliation.facts {
            for member in &fact.members {
                memberships.entry(&member.claim).or_default().push((&**fact, member));
            }
        }
        memberships
    }

    /// The members of a fact with their claims, by article name and position. Members whose claim
    /// is not at hand are left out.
    pub fn members(&self, fact: &'a Fact) -> Vec<(&'a Member, &'a Claim, &Document<'a>)> {
        let mut members: Vec<_> = fact
            .members
            .iter()
            .filter_map(|member| {
                let claim = self.claim(&member.claim)?;
                Some((member, claim, self.document(&claim.article)?))
            })
            .collect();
        members.sort_by_key(|(_, claim, document)| (document.name, claim.span(), &claim.id));
        members
    }
}
