//! A suggestion in the making.

use std::ops::{Deref, DerefMut};

use super::category::Category;
use super::counted::Counted;
use super::roles::Roles;
use super::speakers::Speaker;
use crate::claim::{
    ClaimDate, ClaimFlag, DateWindow, Distributive, Kind, Link, Modality, Name, Provenance, Quantity, Span,
};

/// A suggestion in the making: a pointer, as it goes from list to list, and is let go of alone.
#[derive(Clone, Debug)]
pub(super) struct Draft<'a>(Box<Found<'a>>);

/// What the stages have found so far.
#[derive(Clone, Debug)]
pub(super) struct Found<'a> {
    /// Its count among those of the article.
    pub(super) count: usize,
    /// Its sentence.
    pub(super) sentence: usize,
    /// The phrase around the count.
    pub(super) counted: Counted<'a>,
    /// Who gave whom to whom.
    pub(super) roles: Roles,
    /// Of what.
    pub(super) category: Category,
    /// How many.
    pub(super) quantity: Quantity,
    /// On whose word, innermost first.
    pub(super) chain: Vec<Speaker>,
    /// The reporting words that the chain rests on, and the rule where it is inferred.
    pub(super) chain_evidence: Vec<usize>,
    pub(super) chain_rule: &'static str,
    /// The platform.
    pub(super) via: Option<Name>,
    /// Who vouches for who they are.
    pub(super) identity_by: Vec<Name>,
    /// How it is said, and the unit that shows it.
    pub(super) modality: (Modality, Option<usize>),
    /// What sort of figure, and the rule.
    pub(super) kind: (Kind, &'static str),
    /// When.
    pub(super) date: ClaimDate,
    pub(super) date_provenance: Option<Provenance>,
    pub(super) as_of: Option<DateWindow>,
    pub(super) additive: Option<Link>,
    pub(super) part_of: Option<Link>,
    pub(super) refers_to: Option<Link>,
    pub(super) distributive: Option<Distributive>,
    pub(super) subset: Option<Name>,
    pub(super) flags: Vec<ClaimFlag>,
    /// Counts that a confirmation without a number speaks of.
    pub(super) confirms: Vec<Span>,
}

/// The drafts of a sentence and of as many before it, the latest first: never more than a look back,
/// however long the article.
pub(super) fn recent<'d, 'a>(
    drafts: &'d [Draft<'a>],
    sentence: usize,
    back: usize,
) -> impl Iterator<Item = &'d Draft<'a>> + Clone {
    drafts.iter().rev().take_while(move |d| {
        #[cfg(test)]
        super::work::tick();
        d.sentence + back >= sentence
    })
}

impl<'a> From<Found<'a>> for Draft<'a> {
    fn from(found: Found<'a>) -> Self {
        Self(Box::new(found))
    }
}

impl<'a> Deref for Draft<'a> {
    type Target = Found<'a>;

    fn deref(&self) -> &Found<'a> {
        &self.0
    }
}

impl DerefMut for Draft<'_> {
    fn deref_mut(&mut self) -> &mut Self::Target {
        &mut self.0
    }
}

impl<'a> Draft<'a> {
    /// All that has been found.
    pub(super) fn into_found(self) -> Found<'a> {
        *self.0
    }

    /// Adds a flag once.
    pub(super) fn flag(&mut self, flag: ClaimFlag) {
        if !self.flags.contains(&flag) {
            self.flags.push(flag);
        }
    }
}
