//! An edit is a value: what was there before, and what is there after.
//!
//! Undo is the swap of the two, so a new command needs no undo code; the list of transactions is
//! the journal, the audit trail, and the difference between two copies of a project.

use serde::{Deserialize, Serialize};

use super::codebook::{Category, Codebook, Conventions, Party, Source};
use super::lexicon::Lexicon;
use super::{
    ArticleId, ArticleRecord, Claim, ClaimId, Decision, Name, Ruling, RulingId, SharedMap, Stamp, SuggestionKey,
    Verdict,
};

/// Added is None→Some, removed Some→None, changed Some→Some.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Change<T> {
    /// What must be there for the edit to apply.
    pub before: Option<T>,
    /// What is there afterwards.
    pub after: Option<T>,
    /// Of what is kept in a list: its place there, from 0, where it comes or goes; `None` is last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<u32>,
}

impl<T: PartialEq> Change<T> {
    /// Something new.
    pub fn add(after: T) -> Self {
        Self::between(None, Some(after))
    }

    /// Something gone.
    pub fn remove(before: T) -> Self {
        Self::between(Some(before), None)
    }

    /// From what there is, or is not, to what there will be, or will not.
    pub fn between(before: Option<T>, after: Option<T>) -> Self {
        Self { before, after, place: None }
    }

    /// The same of something in a list, so that it comes back to its place when that is undone.
    #[must_use]
    pub fn within(mut self, list: &[T]) -> Self {
        let place = match (&self.before, &self.after) {
            (Some(before), None) => list.iter().position(|other| other == before),
            _ => None,
        };
        self.place = place.and_then(|place| u32::try_from(place).ok());
        self
    }

    /// Something else in its place.
    pub fn replace(before: T, after: T) -> Self {
        Self::between(Some(before), Some(after))
    }

    fn inverted(self) -> Self {
        Self { before: self.after, after: self.before, place: self.place }
    }
}

/// A change of one thing in a project.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Edit {
    /// An article's record. Its text lies beside and is never changed.
    Article(Box<Change<ArticleRecord>>),
    /// A claim.
    Claim(Box<Change<Claim>>),
    /// A decision on a suggestion.
    Decision(Box<Change<Decision>>),
    /// A ruling over the reconciliation.
    Ruling(Box<Change<Ruling>>),
    /// A category of the codebook.
    Category(Box<Change<Category>>),
    /// A party of the codebook.
    Party(Box<Change<Party>>),
    /// A source of the codebook.
    Source(Box<Change<Source>>),
    /// The conventions.
    Conventions(Box<Change<Conventions>>),
    /// The project's own layer of the lexicon.
    Lexicon(Box<Change<Lexicon>>),
}

impl Edit {
    /// The edit that takes this one back.
    #[must_use]
    pub fn inverted(self) -> Self {
        match self {
            Self::Article(change) => Self::Article(Box::new(change.inverted())),
            Self::Claim(change) => Self::Claim(Box::new(change.inverted())),
            Self::Decision(change) => Self::Decision(Box::new(change.inverted())),
            Self::Ruling(change) => Self::Ruling(Box::new(change.inverted())),
            Self::Category(change) => Self::Category(Box::new(change.inverted())),
            Self::Party(change) => Self::Party(Box::new(change.inverted())),
            Self::Source(change) => Self::Source(Box::new(change.inverted())),
            Self::Conventions(change) => Self::Conventions(Box::new(change.inverted())),
            Self::Lexicon(change) => Self::Lexicon(Box::new(change.inverted())),
        }
    }
}

/// One action of a user: applied whole or not at all, undone whole.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Transaction {
    /// Identity; replaying a journal twice does nothing the second time.
    pub id: Name,
    /// As "Undo …" shows it: "accept suggestion".
    pub label: Name,
    /// In the order of applying.
    pub edits: Vec<Edit>,
    /// Who, and when.
    pub stamp: Stamp,
}

impl Transaction {
    /// The transaction that takes this one back, under a new identity.
    #[must_use]
    pub fn inverted(self, id: Name, stamp: Stamp) -> Self {
        let edits = self.edits.into_iter().rev().map(Edit::inverted).collect();
        Self { id, label: self.label, edits, stamp }
    }
}

/// What an edit found instead of its `before`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stale {
    /// What was to be changed: "claim 0198…".
    pub what: String,
}

impl std::fmt::Display for Stale {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} is no longer what it was when the change was made", self.what)
    }
}

impl std::error::Error for Stale {}

/// All that a project holds beside its texts: what edits apply to.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Workspace {
    /// The articles.
    pub articles: SharedMap<ArticleId, ArticleRecord>,
    /// The claims.
    pub claims: SharedMap<ClaimId, Claim>,
    /// What was decided about suggestions.
    pub decisions: SharedMap<SuggestionKey, Decision>,
    /// The rulings, in order of making (their ids sort by time).
    pub rulings: SharedMap<RulingId, Ruling>,
    /// Categories, parties, sources, conventions.
    pub codebook: Codebook,
    /// The project's own layer of the lexicon.
    pub lexicon: Lexicon,
}

impl Workspace {
    /// An empty one, with the built-in codebook.
    pub fn new() -> Self {
        Self { codebook: Codebook::built_in(), ..Self::default() }
    }

    /// The decisions on suggestions of one count, whoever suggested it and however it was read.
    pub fn decisions_on<'a>(&'a self, key: &SuggestionKey) -> impl Iterator<Item = &'a Decision> {
        let (article, span) = (key.article.clone(), key.span);
        let first = SuggestionKey { article: article.clone(), span, reading: "".into(), suggester: "".into() };
        let on_it =
            move |decision: &&Decision| decision.suggestion.article == article && decision.suggestion.span == span;
        self.decisions.range(first..).map(|(_, decision)| decision).take_while(on_it)
    }

    /// The decision that holds for a suggestion. Of a claim that was made of the same words by the
    /// same suggester it is the acceptance, however the words are read by now: the claim is what
    /// the analyst made of them. Another suggester's equal reading is decided with it. A rejection
    /// holds for the reading that was rejected; another reading of the same words is offered.
    pub fn decision_for(&self, key: &SuggestionKey) -> Option<&Decision> {
        self.decisions.get(key).or_else(|| {
            self.decisions_on(key).filter(|decision| decision.suggestion.same_words(key)).find(|decision| {
                let Decision { suggestion, verdict, .. } = decision;
                suggestion.reading == key.reading
                    || suggestion.suggester == key.suggester && matches!(verdict, Verdict::Accepted { .. })
            })
        })
    }

    /// Applies a transaction whole, or leaves everything as it was and says what stood in the way.
    pub fn apply(&mut self, transaction: &Transaction) -> Result<(), Stale> {
        for (done, edit) in transaction.edits.iter().enumerate() {
            if let Err(stale) = self.apply_one(edit) {
                for edit in transaction.edits[..done].iter().rev() {
                    self.apply_one(&edit.clone().inverted()).expect("what was just applied can be taken back");
                }
                return Err(stale);
            }
        }
        let touches_codebook =
            |edit: &Edit| matches!(edit, Edit::Category(_) | Edit::Party(_) | Edit::Source(_) | Edit::Conventions(_));
        if transaction.edits.iter().any(touches_codebook) {
            self.codebook.revision = self.codebook.revision.saturating_add(1);
        }
        Ok(())
    }

    /// Whether an edit would be applied: what it changes is as it has it before, and what it adds is
    /// not there. Of a claim or a decision; other edits are said not to fit.
    pub fn fits(&self, edit: &Edit) -> bool {
        match edit {
            Edit::Claim(change) => fits_in(&self.claims, change, |claim| claim.id.clone()),
            Edit::Decision(change) => fits_in(&self.decisions, change, |decision| decision.suggestion.clone()),
            _ => false,
        }
    }

    fn apply_one(&mut self, edit: &Edit) -> Result<(), Stale> {
        let Self { articles, claims, decisions, rulings, codebook, lexicon } = self;
        match edit {
            Edit::Article(change) => in_map(articles, change, |record| record.id.clone(), |id| format!("article {id}")),
            Edit::Claim(change) => in_map(claims, change, |claim| claim.id.clone(), |id| format!("claim {id}")),
            Edit::Decision(change) => in_map(
                decisions,
                change,
                |decision| decision.suggestion.clone(),
                |key| format!("decision on “{}”", key.reading),
            ),
            Edit::Ruling(change) => {
                in_map(rulings, change, |ruling| ruling.id.clone(), |id| format!("ruling {}", id.0))
            }
            Edit::Category(change) => in_list(&mut codebook.categories, change, |c| &c.id, "category"),
            Edit::Party(change) => in_list(&mut codebook.parties, change, |p| &p.name, "party"),
            Edit::Source(change) => in_list(&mut codebook.sources, change, |s| &s.name, "source"),
            Edit::Conventions(change) => in_place(&mut codebook.conventions, change, "conventions"),
            Edit::Lexicon(change) => in_place(lexicon, change, "the project's lexicon"),
        }
    }
}

fn fits_in<K: Ord + Clone, T: PartialEq>(map: &SharedMap<K, T>, change: &Change<T>, key: impl Fn(&T) -> K) -> bool {
    let [before, after] = [&change.before, &change.after].map(|value| value.as_ref().map(&key));
    let is_there = before.as_ref().is_none_or(|before| map.get(before) == change.before.as_ref());
    is_there && after.is_none_or(|after| before.as_ref() == Some(&after) || map.get(&after).is_none())
}

fn in_map<K: Ord + Clone, T: PartialEq + Clone>(
    map: &mut SharedMap<K, T>,
    change: &Change<T>,
    key: impl Fn(&T) -> K,
    what: impl Fn(&K) -> String,
) -> Result<(), Stale> {
    let keys = [change.before.as_ref().map(&key), change.after.as_ref().map(&key)];
    if let Some(before) = &keys[0]
        && map.get(before) != change.before.as_ref()
    {
        return Err(Stale { what: what(before) });
    }
    if let Some(after) = &keys[1]
        && keys[0].as_ref() != Some(after)
        && map.contains_key(after)
    {
        return Err(Stale { what: what(after) });
    }
    if let Some(before) = &keys[0] {
        map.remove(before);
    }
    if let (Some(key), Some(after)) = (keys[1].clone(), &change.after) {
        map.insert(key, after.clone());
    }
    Ok(())
}

/// Entries of a list keep their place when they change, and get it back when they come back; new
/// ones come last.
fn in_list<T: PartialEq + Clone>(
    list: &mut Vec<T>,
    change: &Change<T>,
    key: impl Fn(&T) -> &Name,
    what: &str,
) -> Result<(), Stale> {
    let place = |list: &[T], value: &T| list.iter().position(|other| key(other) == key(value));
    let stale = |value: &T| Stale { what: format!("{what} “{}”", key(value)) };
    match (&change.before, &change.after) {
        (None, None) => {}
        (None, Some(after)) => {
            if place(list, after).is_some() {
                return Err(stale(after));
            }
            let place = change.place.and_then(|place| usize::try_from(place).ok()).unwrap_or(list.len());
            list.insert(place.min(list.len()), after.clone());
        }
        (Some(before), after) => {
            let at = list.iter().position(|other| other == before).ok_or_else(|| stale(before))?;
            match after {
                None => {
                    list.remove(at);
                }
                Some(after) => {
                    if place(list, after).is_some_and(|other| other != at) {
                        return Err(stale(after));
                    }
                    list[at] = after.clone();
                }
            }
        }
    }
    Ok(())
}

/// `None` stands for the default of a thing that is always there.
fn in_place<T: PartialEq + Clone + Default>(value: &mut T, change: &Change<T>, what: &str) -> Result<(), Stale> {
    if *value != change.before.clone().unwrap_or_default() {
        return Err(Stale { what: what.to_owned() });
    }
    *value = change.after.clone().unwrap_or_default();
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stamp() -> Stamp {
        Stamp { by: "anna".into(), at: chrono::DateTime::UNIX_EPOCH }
    }

    fn transaction(edits: Vec<Edit>) -> Transaction {
        Transaction { id: "t1".into(), label: "test".into(), edits, stamp: stamp() }
    }

    fn party(name: &str) -> Party {
        Party { name: name.into(), aliases: Vec::new() }
    }

    #[test]
    fn an_edit_and_its_inverse_leave_everything_as_it_was() {
        let mut workspace = Workspace::new();
        workspace.codebook.parties = vec![party("A"), party("B")];
        let start = workspace.clone();
        let edits = vec![
            Edit::Party(Box::new(Change::replace(party("A"), party("C")))),
            Edit::Party(Box::new(Change::add(party("A")))),
        ];
        let transaction = transaction(edits);
        workspace.apply(&transaction).expect("applies");
        let names: Vec<_> = workspace.codebook.parties.iter().map(|p| &*p.name).collect();
        assert_eq!(names, ["C", "B", "A"]);
        workspace.apply(&transaction.inverted("t2".into(), stamp())).expect("undoes");
        assert_eq!(workspace.codebook.parties, start.codebook.parties);
    }

    #[test]
    fn what_was_removed_from_a_list_comes_back_to_its_place() {
        let mut workspace = Workspace::new();
        workspace.codebook.parties = ["A", "B", "C"].map(party).into();
        let start = workspace.codebook.parties.clone();
        let edit = Edit::Party(Box::new(Change::remove(party("B")).within(&start)));
        let removal = transaction(vec![edit]);
        workspace.apply(&removal).expect("applies");
        let back = removal.clone().inverted("t2".into(), stamp());
        workspace.apply(&back).expect("undoes");
        assert_eq!(workspace.codebook.parties, start);
        // The list has grown shorter meanwhile: then as far behind as can be.
        workspace.apply(&removal).expect("applies");
        workspace.codebook.parties.clear();
        workspace.apply(&back).expect("undoes");
        assert_eq!(workspace.codebook.parties, [party("B")]);
    }

    #[test]
    fn a_revision_that_a_file_made_the_last_there_is_stays_that() {
        let mut workspace = Workspace::new();
        workspace.codebook.revision = u32::MAX;
        workspace.apply(&transaction(vec![Edit::Party(Box::new(Change::add(party("A"))))])).expect("applies");
        assert_eq!((workspace.codebook.revision, workspace.codebook.parties.len()), (u32::MAX, 1));
    }

    #[test]
    fn a_stale_edit_changes_nothing() {
        let mut workspace = Workspace::new();
        let start = workspace.clone();
        let edits =
            vec![Edit::Party(Box::new(Change::add(party("A")))), Edit::Party(Box::new(Change::remove(party("Z"))))];
        let error = workspace.apply(&transaction(edits)).expect_err("there is no Z");
        assert_eq!(error.what, "party “Z”");
        assert_eq!(workspace, start);
    }
}
