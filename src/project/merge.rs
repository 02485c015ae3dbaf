//! Two changed copies of a project, thing by thing: what does not overlap is joined, what does is
//! kept both ways.

use std::collections::{BTreeMap, BTreeSet};

use super::items::{Item, Key, current, edit_between};
use super::layout::Part;
use super::notation;
use super::paths::short_hash;
use super::save::Seen;
use crate::claim::{ArticleId, ArticleRecord, Change, Claim, ClaimId, Edit, Transaction, Workspace};

/// What became of the transactions of a journal.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Replayed {
    /// Those that were applied, without what could not be.
    pub transactions: Vec<Transaction>,
    /// What was changed on either side, and what was done about it: a sentence each.
    pub notices: Vec<String>,
}

/// Replays transactions over a project's files, which may hold all of them, some, or none, and
/// changes by somebody else besides.
///
/// A thing whose state on disk is one that the transactions lead through is taken back to where
/// they began, so that each applies as it did. A thing that somebody else has changed stays as it
/// is on disk; where it is a claim, the version of the journal is kept beside it.
pub fn replay(workspace: &mut Workspace, pending: &[Transaction]) -> Replayed {
    let chains = super::items::chains(pending.iter().flat_map(|transaction| &transaction.edits));
    let Some(last) = pending.last() else { return Replayed::default() };
    let mut replayed = Replayed::default();
    let mut foreign: BTreeMap<Key, Option<Item>> = BTreeMap::new();
    let mut rewind = Vec::new();
    let revision = workspace.codebook.revision;
    let mut counted = true;
    // A claim that somebody else had changed, and of which a copy was kept, is known by the copy.
    let copied: BTreeSet<Key> = chains.keys().filter(|key| matches!(key, Key::Claim(_))).cloned().collect();
    let settled = |now: &Option<Item>| match now {
        Some(Item::Claim(claim)) => copied.contains(&Key::Claim(copy_of(claim, "").id)),
        _ => false,
    };
    for (key, chain) in chains {
        let now = current(workspace, &key);
        if matches!(key, Key::Category(_) | Key::Party(_) | Key::Source(_) | Key::Conventions) {
            counted &= chain.last() == Some(&now); // the file's revision knows of it
        }
        if chain.iter().any(|state| alike(state.as_ref(), now.as_ref())) || settled(&now) {
            rewind.extend(edit_between(now, chain.into_iter().next().flatten()));
        } else {
            foreign.insert(key, chain.into_iter().next_back().flatten());
        }
    }
    // Things that go come first: a list refuses two entries of one name.
    rewind.sort_by_key(|edit| super::items::steps(edit).iter().any(|step| step.after.is_some()));
    let start = Transaction { id: "rewind".into(), label: "rewind".into(), edits: rewind, stamp: last.stamp.clone() };
    if let Err(stale) = workspace.apply(&start) {
        replayed.notices.push(format!("unsaved work could not be replayed: {stale}"));
        return replayed;
    }
    let rewound = workspace.codebook.revision;
    for transaction in pending {
        let ours = |edit: &Edit| {
            foreign.is_empty() || super::items::steps(edit).iter().all(|step| !foreign.contains_key(&step.key))
        };
        let edits: Vec<_> = transaction.edits.iter().filter(|edit| ours(edit)).cloned().collect();
        let Transaction { id, label, edits: _, stamp } = transaction;
        let transaction = Transaction { id: id.clone(), label: label.clone(), edits, stamp: stamp.clone() };
        if transaction.edits.is_empty() {
            continue;
        }
        match workspace.apply(&transaction) {
            Ok(()) => replayed.transactions.push(transaction),
            Err(stale) => replayed.notices.push(format!("“{}” could not be replayed: {stale}", transaction.label)),
        }
    }
    let added = workspace.codebook.revision - rewound;
    workspace.codebook.revision = revision.saturating_add(if counted { 0 } else { added });
    let mut copies = Vec::new();
    for item in foreign.into_values().flatten() {
        if let Item::Claim(claim) = &item {
            // A change stands against a removal.
            let copy = match workspace.claims.contains_key(&claim.id) {
                true => copy_of(claim, "Recovered; the files of the project had another version of it."),
                false => Claim::clone(claim),
            };
            if !workspace.claims.contains_key(&copy.id) && workspace.articles.contains_key(&copy.article) {
                copies.push(Edit::Claim(Box::new(Change::add(copy))));
            }
            replayed.notices.push(format!("{} was changed on disk as well; both versions were kept", item.words()));
        } else {
            replayed.notices.push(format!("{} was changed on disk as well; that version was kept", item.words()));
        }
    }
    if !copies.is_empty() {
        let id = format!("{}-copies", last.id).into();
        let keep =
            Transaction { id, label: "keep recovered versions".into(), edits: copies, stamp: last.stamp.clone() };
        if workspace.apply(&keep).is_ok() {
            replayed.transactions.push(keep);
        }
    }
    replayed
}

/// Whether two states of a thing are the same in what one file holds. How far the analyst has got
/// with an article stands in another one than the rest, which may have been written when this had not.
fn alike(a: Option<&Item>, b: Option<&Item>) -> bool {
    match (a, b) {
        (Some(Item::Article(a)), Some(Item::Article(b))) => *a == ArticleRecord { progress: a.progress, ..b.clone() },
        (a, b) => a == b,
    }
}

/// A claim under an identity of its own, which the same claim always gets.
pub(super) fn copy_of(claim: &Claim, remark: &str) -> Claim {
    let id = ClaimId(format!("{}-{}", claim.id, short_hash(notation::write_line(claim).as_bytes())).into());
    let note = if claim.note.is_empty() { remark.to_owned() } else { format!("{remark}\n{}", claim.note) };
    Claim { id, note, ..claim.clone() }
}

/// A part of a project that somebody else has written: the things that it now holds.
#[derive(Clone, Debug, PartialEq)]
pub struct Outside {
    /// The part.
    pub part: Part,
    /// Its file.
    pub file: String,
    /// What is in it.
    pub items: BTreeMap<Key, Item>,
    /// What was in it when it was taken in before, where nothing of ours was written since.
    pub before: Option<BTreeMap<Key, Item>>,
    /// The file as it was read; `None` where it is gone.
    pub seen: Option<Seen>,
}

/// What taking in somebody else's changes comes to.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Merged {
    /// The edits that lead from ours to both.
    pub edits: Vec<Edit>,
    /// What was changed on either side, and what was done about it: a sentence each.
    pub notices: Vec<String>,
}

/// Takes somebody else's version of a part into ours. `chains` are the states that our unsaved
/// transactions led each thing through: a thing that is not in it is as it was when it was read.
///
/// Changed by one of us: that change stands; a change stands against a removal. Changed by both:
/// ours stays in its place, and theirs is kept beside it where it is a claim.
pub fn merge(ours: &Workspace, chains: &BTreeMap<Key, Vec<Option<Item>>>, outside: &Outside) -> Merged {
    let mut merged = Merged::default();
    let mut keys = held(ours, &outside.part);
    keys.extend(outside.items.keys().cloned());
    keys.sort();
    keys.dedup();
    for key in keys {
        let (own, theirs) = (current(ours, &key), outside.items.get(&key).cloned());
        if own == theirs {
            continue;
        }
        if let (Key::Article(id), Some(own), None) = (&key, &own, &theirs)
            && ours.claims.values().any(|claim| claim.article == *id)
        {
            merged.notices.push(format!("{} was removed by somebody else; your claims keep it here", own.words()));
            continue;
        }
        let chain = chains.get(&key).map_or(&[][..], |chain| chain);
        let taken_in = outside.before.as_ref().map(|items| items.get(&key).cloned());
        let base = taken_in.as_ref().or(chain.first());
        if base.is_none_or(|base| *base == own) {
            merged.edits.extend(edit_between(own, theirs)); // only they have changed it
            continue;
        }
        if base == Some(&theirs) || taken_in.is_none() && chain.contains(&theirs) {
            continue; // only we have changed it
        }
        match (own, theirs) {
            (None, Some(theirs)) => {
                merged.notices.push(format!("{} was removed here and changed on disk; it was kept", theirs.words()));
                merged.edits.extend(edit_between(None, Some(theirs)));
            }
            (Some(own), None) => {
                merged.notices.push(format!("{} was changed here and removed on disk; it was kept", own.words()));
            }
            (Some(_), Some(Item::Claim(theirs))) => {
                let copy = copy_of(&theirs, "From disk, where it was changed while it was changed here as well.");
                let words = Item::Claim(theirs).words();
                merged.notices.push(format!("{words} was changed here and on disk; both versions were kept"));
                if !ours.claims.contains_key(&copy.id) {
                    merged.edits.push(Edit::Claim(Box::new(Change::add(copy))));
                }
            }
            (Some(own), _) => {
                let words = own.words();
                merged.notices.push(format!("{words} was changed here and on disk; the version here was kept"));
            }
            (None, None) => {}
        }
    }
    merged
}

/// The things of a workspace that stand in a part.
pub fn held(workspace: &Workspace, part: &Part) -> Vec<Key> {
    let of_article = |id: &ArticleId| {
        let claims = workspace.claims.values().filter(|c| c.article == *id).map(|c| Key::Claim(c.id.clone()));
        let decisions = workspace.decisions.keys().filter(|k| k.article == *id).cloned().map(Key::Decision);
        claims.chain(decisions).chain([Key::Article(id.clone())]).collect()
    };
    match part {
        Part::Project => vec![Key::Conventions],
        Part::Codebook => {
            let codebook = &workspace.codebook;
            let categories = codebook.categories.iter().map(|c| Key::Category(c.id.clone()));
            let parties = codebook.parties.iter().map(|p| Key::Party(p.name.clone()));
            let sources = codebook.sources.iter().map(|s| Key::Source(s.name.clone()));
            categories.chain(parties).chain(sources).collect()
        }
        Part::Lexicon => vec![Key::Lexicon],
        Part::Analyst => Vec::new(),
        Part::Article(id) => vec![Key::Article(id.clone())],
        Part::Layer(id) => of_article(id),
        Part::Rulings => workspace.rulings.keys().cloned().map(Key::Ruling).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::claim::{Party, Stamp};
    use crate::project::items::chains;
    use crate::project::tests::{sample, stamp};

    fn transaction(id: &str, edits: Vec<Edit>) -> Transaction {
        Transaction { id: id.into(), label: id.into(), edits, stamp: Stamp { by: "Anna".into(), ..stamp() } }
    }

    fn noted(claim: &Claim, note: &str) -> Claim {
        Claim { note: note.to_owned(), ..claim.clone() }
    }

    fn change(before: &Claim, after: &Claim) -> Edit {
        Edit::Claim(Box::new(Change::replace(before.clone(), after.clone())))
    }

    fn two_claims() -> (Workspace, Claim, Claim) {
        let (workspace, _) = sample();
        let [a, b] = &workspace.claims.values().cloned().collect::<Vec<_>>()[..] else { panic!("two claims") };
        let (a, b) = (a.clone(), b.clone());
        (workspace, a, b)
    }

    /// Whatever part of the work had reached the files when the program was killed, replaying the
    /// journal gives the same.
    #[test]
    fn replay_completes_what_was_written_in_part() {
        let (start, a, b) = two_claims();
        let party = Party { name: "Aland".into(), aliases: Vec::new() };
        let pending = [
            transaction("t1", vec![change(&a, &noted(&a, "1")), Edit::Party(Box::new(Change::add(party)))]),
            transaction("t2", vec![change(&noted(&a, "1"), &noted(&a, "2")), change(&b, &noted(&b, "2"))]),
            transaction("t3", vec![Edit::Claim(Box::new(Change::remove(noted(&b, "2"))))]),
        ];
        let mut end = start.clone();
        pending.iter().for_each(|t| end.apply(t).expect("applies"));
        let mut on_disk = vec![start.clone(), end.clone()];
        on_disk.push(Workspace { claims: end.claims.clone(), ..start.clone() });
        on_disk.push(Workspace { codebook: end.codebook.clone(), ..start.clone() });
        let mut half = start.clone();
        half.apply(&pending[0]).expect("applies");
        on_disk.push(half);
        for mut workspace in on_disk {
            let replayed = replay(&mut workspace, &pending);
            assert_eq!(replayed.notices, Vec::<String>::new());
            assert_eq!(replayed.transactions, pending);
            assert_eq!(workspace.claims, end.claims);
            assert_eq!(workspace.codebook, end.codebook);
        }
    }

    #[test]
    fn replay_keeps_both_versions_of_what_somebody_else_changed() {
        let (start, a, b) = two_claims();
        let pending = [transaction("t1", vec![change(&a, &noted(&a, "mine")), change(&b, &noted(&b, "mine"))])];
        let mut disk = start.clone();
        disk.claims.insert(a.id.clone(), noted(&a, "theirs"));
        let mut workspace = disk.clone();
        let replayed = replay(&mut workspace, &pending);
        assert_eq!(replayed.transactions.len(), 2);
        assert_eq!(replayed.notices.len(), 1, "{:?}", replayed.notices);
        assert_eq!(workspace.claims[&a.id].note, "theirs");
        assert_eq!(workspace.claims[&b.id].note, "mine");
        let copy = workspace.claims.values().find(|c| c.id != a.id && c.id != b.id).expect("a copy");
        assert!(copy.note.ends_with("mine"), "{}", copy.note);
        let again = replay(&mut workspace, &pending);
        assert_eq!(workspace.claims.len(), 3, "a second replay adds nothing: {again:?}");
    }

    #[test]
    fn merging_joins_what_does_not_overlap_and_keeps_both_of_what_does() {
        let (base, a, b) = two_claims();
        let check = |mine: Option<(&Claim, Option<Claim>)>, theirs: Vec<Claim>, notes: &[&str], notices: usize| {
            let mut ours = base.clone();
            let edits: Vec<_> = mine
                .map(|(before, after)| Edit::Claim(Box::new(Change::between(Some(before.clone()), after))))
                .into_iter()
                .collect();
            ours.apply(&transaction("t1", edits.clone())).expect("applies");
            let part = Part::Layer(a.article.clone());
            let mut items: BTreeMap<_, _> =
                theirs.into_iter().map(|c| Item::Claim(Box::new(c))).map(|item| (item.key(), item)).collect();
            let rest = held(&base, &part).into_iter().filter(|key| !matches!(key, Key::Claim(_)));
            items.extend(rest.filter_map(|key| current(&base, &key).map(|item| (key, item))));
            let merged =
                merge(&ours, &chains(&edits), &Outside { part, file: String::new(), items, before: None, seen: None });
            assert_eq!(merged.notices.len(), notices, "{:?}", merged.notices);
            ours.apply(&transaction("t2", merged.edits)).expect("applies");
            let mut found: Vec<_> = ours.claims.values().map(|c| c.note.lines().last().unwrap_or_default()).collect();
            found.sort_unstable();
            assert_eq!(found, notes);
            assert_eq!(ours.decisions, base.decisions);
        };
        let old = a.note.as_str();
        let (mine, theirs) = (|c: &Claim| noted(c, "mine"), |c: &Claim| noted(c, "theirs"));
        check(None, vec![a.clone(), b.clone()], &[old, old], 0);
        check(None, vec![theirs(&a), b.clone()], &[old, "theirs"], 0);
        check(None, vec![b.clone()], &[old], 0);
        check(Some((&b, Some(mine(&b)))), vec![theirs(&a), b.clone()], &["mine", "theirs"], 0);
        check(Some((&b, Some(mine(&b)))), vec![a.clone(), mine(&b)], &[old, "mine"], 0);
        check(Some((&b, Some(mine(&b)))), vec![a.clone(), theirs(&b)], &[old, "mine", "theirs"], 1);
        check(Some((&b, Some(mine(&b)))), vec![a.clone()], &[old, "mine"], 1);
        check(Some((&b, None)), vec![a.clone(), theirs(&b)], &[old, "theirs"], 1);
        check(Some((&b, None)), vec![a.clone(), b.clone()], &[old], 0);
    }
}
