//! Making one of two categories, parties or sources: all that bore the one name bears the other.

use super::{Session, Severity};
use crate::claim::{Category, Change, Edit, Name, Party, Source};

/// Two things of the codebook that are one: what bore the first name shall bear the second.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Merge {
    /// Of two categories, by id. The second must be there; the first is retired.
    Category(Name, Name),
    /// Of two parties, by name. Either may be one that the codebook does not have: a name that
    /// claims bear, a new name.
    Party(Name, Name),
    /// Of two sources, by name. Either may be one that the codebook does not have.
    Source(Name, Name),
}

impl Session {
    /// Merges in one step, which is undone as one. The name that goes stays as an alias, so that
    /// texts that bear it are understood.
    pub(super) fn merge(&mut self, merge: &Merge) {
        let (Merge::Category(from, into) | Merge::Party(from, into) | Merge::Source(from, into)) = merge;
        if from == into || into.trim().is_empty() {
            return;
        }
        let (sort, edits) = match merge {
            Merge::Category(..) => ("category", self.merging_categories(from, into)),
            Merge::Party(..) => ("party", Some(self.merging_parties(from, into))),
            Merge::Source(..) => ("source", Some(self.merging_sources(from, into))),
        };
        match edits {
            Some(edits) => {
                self.commit(&format!("merge {sort} {from} into {into}"), edits);
            }
            None => {
                let text = format!("“{from}” was not merged: there is no category “{into}”.");
                self.notify(Severity::Warning, text);
            }
        }
    }

    fn merging_categories(&self, from: &Name, into: &Name) -> Option<Vec<Edit>> {
        let codebook = &self.workspace.codebook;
        codebook.category(into)?;
        let mut edits = self.carrying_category(from, into);
        // Retired and not removed: what is suggested may still be of it, and undo gives it its place back.
        if let Some(gone) = codebook.category(from).filter(|gone| !gone.retired) {
            let retired = Category { retired: true, digit: None, ..gone.clone() };
            edits.push(Edit::Category(Box::new(Change::replace(gone.clone(), retired))));
        }
        Some(edits)
    }

    fn merging_parties(&self, from: &Name, into: &Name) -> Vec<Edit> {
        let parties = &self.workspace.codebook.parties;
        let of = |name: &Name| parties.iter().find(|party| party.name == *name).cloned();
        let (gone, stays) = (of(from), of(into));
        let mut after = stays.clone().unwrap_or_else(|| Party { name: into.clone(), aliases: Vec::new() });
        let names = gone.iter().flat_map(|gone| gone.aliases.iter()).chain(std::iter::once(from));
        add_aliases(&mut after.aliases, names, into);
        let mut edits = self.carrying_party(from, into);
        if stays.as_ref() != Some(&after) {
            edits.push(Edit::Party(Box::new(Change::between(stays, Some(after)))));
        }
        edits.extend(gone.map(|gone| Edit::Party(Box::new(Change::remove(gone).within(parties)))));
        edits
    }

    fn merging_sources(&self, from: &Name, into: &Name) -> Vec<Edit> {
        let sources = &self.workspace.codebook.sources;
        let of = |name: &Name| sources.iter().find(|source| source.name == *name).cloned();
        let (gone, stays) = (of(from), of(into));
        // What is known of the one that goes fills what is not known of the one that stays.
        let known = gone.clone().unwrap_or_else(|| source_named(from));
        let mut after = stays.clone().unwrap_or_else(|| source_named(into));
        if after.side == crate::claim::Side::Unknown {
            after.side = known.side;
        }
        after.part_of = after.part_of.or(known.part_of).filter(|body| body != from && body != into);
        after.admiralty = after.admiralty.or(known.admiralty);
        after.rank = after.rank.or(known.rank);
        add_aliases(&mut after.aliases, known.aliases.iter().chain(std::iter::once(from)), into);
        let mut edits = self.carrying_source_in_claims(from, into);
        edits.extend(self.changed_sources(|source| {
            if source.name != *from && source.name != *into && source.part_of.as_ref() == Some(from) {
                source.part_of = Some(into.clone());
            }
        }));
        if stays.as_ref() != Some(&after) {
            edits.push(Edit::Source(Box::new(Change::between(stays, Some(after)))));
        }
        edits.extend(gone.map(|gone| Edit::Source(Box::new(Change::remove(gone).within(sources)))));
        edits
    }
}

fn source_named(name: &Name) -> Source {
    Source {
        name: name.clone(),
        side: crate::claim::Side::Unknown,
        aliases: Vec::new(),
        part_of: None,
        admiralty: None,
        rank: None,
    }
}

fn add_aliases<'a>(aliases: &mut Vec<Name>, names: impl Iterator<Item = &'a Name>, own: &Name) {
    for name in names {
        if name != own && !aliases.contains(name) {
            aliases.push(name.clone());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::claim::{ArticleId, Side};
    use crate::session::Command;

    const TEXT: &str = "Russia handed over the bodies of 1,000 Ukrainian soldiers on Thursday, the Red Cross said.\n\n\
                        The Zorgian Bureau reported that 38 prisoners were freed by Ukraine.\n";

    fn session() -> Session {
        let mut session = Session::new("anna");
        session.add_articles(&[("a.txt", TEXT.as_bytes())]);
        session.run(Command::AcceptAll { article: None, at_least: crate::claim::Grade::Check });
        assert!(session.workspace().claims.len() >= 2);
        session
    }

    fn names(session: &Session) -> (Vec<Name>, Vec<Option<Name>>, Vec<Name>) {
        let claims: Vec<_> = session.workspace().claims.values().collect();
        let categories = claims.iter().map(|claim| claim.reading.category.clone()).collect();
        let givers = claims.iter().map(|claim| claim.reading.from.clone()).collect();
        let chain = claims.iter().flat_map(|claim| claim.reading.attribution.chain.iter());
        (categories, givers, chain.map(|asserter| asserter.name.clone()).collect())
    }

    /// Merges, checks what is left of the first name, and that one undo gives everything back.
    fn check(merge: Merge) -> Session {
        let mut session = session();
        let before = session.workspace().clone();
        session.run(Command::Merge(merge.clone()));
        assert_ne!(*session.workspace(), before, "{merge:?}");
        let merged = session.workspace().clone();
        session.run(Command::Undo);
        let back = |mut workspace: crate::claim::Workspace| {
            workspace.codebook.revision = 0;
            workspace
        };
        assert_eq!(back(session.workspace().clone()), back(before), "{merge:?}");
        session.run(Command::Redo);
        assert_eq!(back(session.workspace().clone()), back(merged), "{merge:?}");
        session
    }

    #[test]
    fn claims_of_a_merged_category_bear_the_other_and_the_one_is_retired() {
        let session = check(Merge::Category("prisoners".into(), "bodies".into()));
        assert!(names(&session).0.iter().all(|category| &**category == "bodies"));
        assert!(session.codebook().category("prisoners").is_some_and(|category| category.retired));
        let mut session = self::session();
        session.run(Command::Merge(Merge::Category("prisoners".into(), "nothing".into())));
        assert!(session.codebook().category("prisoners").is_some_and(|category| !category.retired));
        assert_eq!(session.notices().len(), 1);
    }

    #[test]
    fn a_party_is_renamed_or_merged_with_all_that_bears_its_name() {
        let session = check(Merge::Party("Ukraine".into(), "Kyiv’s side".into()));
        let all = names(&session).1;
        assert!(all.contains(&Some("Kyiv’s side".into())) && !all.contains(&Some("Ukraine".into())), "{all:?}");
        let party = &session.codebook().parties[0];
        assert_eq!((&*party.name, &party.aliases), ("Kyiv’s side", &vec![Name::from("Ukraine")]));
    }

    #[test]
    fn a_merged_source_leaves_its_name_as_an_alias_and_what_was_known_of_it() {
        let mut session = session();
        let (first, last) = (names(&session).2[0].clone(), names(&session).2[1].clone());
        assert_ne!(first, last);
        let known = Source { side: Side::Independent, admiralty: Some('B'), ..source_named(&first) };
        session.run(Command::Source(None, Some(known)));
        session.run(Command::Merge(Merge::Source(first.clone(), last.clone())));
        assert!(names(&session).2.iter().all(|name| *name == last));
        let [source] = &session.codebook().sources[..] else { panic!("{:?}", session.codebook().sources) };
        assert_eq!((source.aliases.as_slice(), source.admiralty), (&[first][..], Some('B')));
        assert_eq!(source.side, Side::Independent);
        let article: Vec<ArticleId> = session.workspace().articles.keys().cloned().collect();
        assert_eq!(session.claims_of(&article[0]).len(), session.workspace().claims.len(), "none is lost");
    }
}
