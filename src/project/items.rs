//! The single things that edits change, each under a key: what recovery and merging compare.

use std::collections::BTreeMap;

use crate::claim::{
    ArticleId, ArticleRecord, Category, Change, Claim, ClaimId, Conventions, Decision, Edit, Lexicon, Name, Party,
    Ruling, RulingId, Source, SuggestionKey, Workspace,
};

/// What a thing is known by.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Key {
    /// An article's record.
    Article(ArticleId),
    /// A claim.
    Claim(ClaimId),
    /// A decision on a suggestion.
    Decision(SuggestionKey),
    /// A ruling.
    Ruling(RulingId),
    /// A category of the codebook.
    Category(Name),
    /// A party of the codebook.
    Party(Name),
    /// A source of the codebook.
    Source(Name),
    /// The conventions.
    Conventions,
    /// The project's own lexicon.
    Lexicon,
}

/// A thing.
#[derive(Clone, Debug, PartialEq)]
pub enum Item {
    /// An article's record.
    Article(ArticleRecord),
    /// A claim.
    Claim(Box<Claim>),
    /// A decision on a suggestion.
    Decision(Decision),
    /// A ruling.
    Ruling(Ruling),
    /// A category of the codebook.
    Category(Category),
    /// A party of the codebook.
    Party(Party),
    /// A source of the codebook.
    Source(Source),
    /// The conventions; the default ones are as good as none.
    Conventions(Conventions),
    /// The project's own lexicon; an empty one is as good as none.
    Lexicon(Lexicon),
}

impl Item {
    /// What it is known by.
    pub fn key(&self) -> Key {
        match self {
            Self::Article(record) => Key::Article(record.id.clone()),
            Self::Claim(claim) => Key::Claim(claim.id.clone()),
            Self::Decision(decision) => Key::Decision(decision.suggestion.clone()),
            Self::Ruling(ruling) => Key::Ruling(ruling.id.clone()),
            Self::Category(category) => Key::Category(category.id.clone()),
            Self::Party(party) => Key::Party(party.name.clone()),
            Self::Source(source) => Key::Source(source.name.clone()),
            Self::Conventions(_) => Key::Conventions,
            Self::Lexicon(_) => Key::Lexicon,
        }
    }

    /// As a message names it.
    pub fn words(&self) -> String {
        match self {
            Self::Article(record) => format!("the article “{}”", record.label()),
            Self::Claim(claim) => format!("the claim on “{}”", claim.quote()),
            Self::Decision(decision) => format!("the decision on “{}”", decision.suggestion.reading),
            Self::Ruling(ruling) => format!("a ruling ({})", ruling.op.label()),
            Self::Category(category) => format!("the category “{}”", category.label),
            Self::Party(party) => format!("the party “{}”", party.name),
            Self::Source(source) => format!("the source “{}”", source.name),
            Self::Conventions(_) => "the conventions".to_owned(),
            Self::Lexicon(_) => "the project's lexicon".to_owned(),
        }
    }
}

/// One thing, before and after.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    /// Which.
    pub key: Key,
    /// `None` where it was not there.
    pub before: Option<Item>,
    /// `None` where it is gone.
    pub after: Option<Item>,
}

/// What an edit does, thing by thing: two where it gives something another key.
pub fn steps(edit: &Edit) -> Vec<Step> {
    fn of<T: Clone>(change: &Change<T>, item: impl Fn(T) -> Item) -> Vec<Step> {
        let (before, after) = (change.before.clone().map(&item), change.after.clone().map(&item));
        match (before, after) {
            (Some(before), Some(after)) if before.key() != after.key() => vec![
                Step { key: before.key(), before: Some(before), after: None },
                Step { key: after.key(), before: None, after: Some(after) },
            ],
            (before, after) => {
                let key = before.as_ref().or(after.as_ref()).map(Item::key);
                key.map(|key| Step { key, before, after }).into_iter().collect()
            }
        }
    }
    match edit {
        Edit::Article(change) => of(change, Item::Article),
        Edit::Claim(change) => of(change, |claim| Item::Claim(Box::new(claim))),
        Edit::Decision(change) => of(change, Item::Decision),
        Edit::Ruling(change) => of(change, Item::Ruling),
        Edit::Category(change) => of(change, Item::Category),
        Edit::Party(change) => of(change, Item::Party),
        Edit::Source(change) => of(change, Item::Source),
        Edit::Conventions(change) => of(change, Item::Conventions).into_iter().map(without_default).collect(),
        Edit::Lexicon(change) => of(change, Item::Lexicon).into_iter().map(without_default).collect(),
    }
}

fn without_default(step: Step) -> Step {
    let real = |item: &Item| match item {
        Item::Conventions(conventions) => *conventions != Conventions::default(),
        Item::Lexicon(lexicon) => *lexicon != Lexicon::default(),
        _ => true,
    };
    Step { key: step.key, before: step.before.filter(real), after: step.after.filter(real) }
}

/// The thing of a key, as the workspace has it.
pub fn current(workspace: &Workspace, key: &Key) -> Option<Item> {
    let codebook = &workspace.codebook;
    match key {
        Key::Article(id) => workspace.articles.get(id).cloned().map(Item::Article),
        Key::Claim(id) => workspace.claims.get(id).cloned().map(|claim| Item::Claim(Box::new(claim))),
        Key::Decision(key) => workspace.decisions.get(key).cloned().map(Item::Decision),
        Key::Ruling(id) => workspace.rulings.get(id).cloned().map(Item::Ruling),
        Key::Category(id) => codebook.categories.iter().find(|c| c.id == *id).cloned().map(Item::Category),
        Key::Party(name) => codebook.parties.iter().find(|p| p.name == *name).cloned().map(Item::Party),
        Key::Source(name) => codebook.sources.iter().find(|s| s.name == *name).cloned().map(Item::Source),
        Key::Conventions => {
            let own = &codebook.conventions;
            (*own != Conventions::default()).then(|| Item::Conventions(own.clone()))
        }
        Key::Lexicon => {
            let own = &workspace.lexicon;
            (*own != Lexicon::default()).then(|| Item::Lexicon(own.clone()))
        }
    }
}

/// The edit from one state of a thing to another; `None` where they are the same.
pub fn edit_between(before: Option<Item>, after: Option<Item>) -> Option<Edit> {
    if before == after {
        return None;
    }
    macro_rules! change {
        ($kind:ident) => {{
            let take = |item: Option<Item>| match item {
                Some(Item::$kind(value)) => Some(value),
                _ => None,
            };
            Edit::$kind(Box::new(Change::between(take(before), take(after))))
        }};
    }
    Some(match before.as_ref().or(after.as_ref())? {
        Item::Article(_) => change!(Article),
        Item::Claim(_) => {
            let take = |item: Option<Item>| match item {
                Some(Item::Claim(claim)) => Some(*claim),
                _ => None,
            };
            Edit::Claim(Box::new(Change::between(take(before), take(after))))
        }
        Item::Decision(_) => change!(Decision),
        Item::Ruling(_) => change!(Ruling),
        Item::Category(_) => change!(Category),
        Item::Party(_) => change!(Party),
        Item::Source(_) => change!(Source),
        Item::Conventions(_) => change!(Conventions),
        Item::Lexicon(_) => change!(Lexicon),
    })
}

/// Every state that transactions lead each thing through, from what was there before the first.
pub fn chains<'a>(edits: impl IntoIterator<Item = &'a Edit>) -> BTreeMap<Key, Vec<Option<Item>>> {
    let mut chains: BTreeMap<Key, Vec<Option<Item>>> = BTreeMap::new();
    for step in edits.into_iter().flat_map(steps) {
        chains.entry(step.key).or_insert_with(|| vec![step.before]).push(step.after);
    }
    chains
}

#[cfg(test)]
mod tests {
    use super::*;

    fn party(name: &str, alias: &str) -> Party {
        Party { name: name.into(), aliases: vec![alias.into()] }
    }

    #[test]
    fn a_thing_that_gets_another_key_is_two_steps() {
        let edit = Edit::Party(Box::new(Change::replace(party("A", "x"), party("B", "x"))));
        let steps = steps(&edit);
        assert_eq!(steps.len(), 2);
        assert_eq!((&steps[0].key, steps[0].after.is_none()), (&Key::Party("A".into()), true));
        assert_eq!((&steps[1].key, steps[1].before.is_none()), (&Key::Party("B".into()), true));
    }

    #[test]
    fn chains_keep_every_state_from_the_first() {
        let edits = [
            Edit::Party(Box::new(Change::add(party("A", "1")))),
            Edit::Party(Box::new(Change::replace(party("A", "1"), party("A", "2")))),
            Edit::Party(Box::new(Change::remove(party("A", "2")))),
        ];
        let chains = chains(&edits);
        let [chain] = &chains.values().collect::<Vec<_>>()[..] else { panic!("{chains:?}") };
        let states: Vec<_> = chain.iter().map(Option::is_some).collect();
        assert_eq!(states, [false, true, true, false]);
    }

    #[test]
    fn an_edit_leads_from_state_to_state() {
        let mut workspace = Workspace::new();
        let key = Key::Conventions;
        let after = Item::Conventions(Conventions { approx_percent: 20, ..Conventions::default() });
        let edit = edit_between(current(&workspace, &key), Some(after.clone())).expect("they differ");
        let stamp = crate::claim::Stamp { by: "a".into(), at: chrono::DateTime::UNIX_EPOCH };
        let transaction = crate::claim::Transaction { id: "t".into(), label: "t".into(), edits: vec![edit], stamp };
        workspace.apply(&transaction).expect("applies");
        assert_eq!(current(&workspace, &key), Some(after.clone()));
        assert_eq!(edit_between(Some(after.clone()), Some(after)), None);
    }
}
