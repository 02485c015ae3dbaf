//! Categories, parties, sources and conventions; a new name is carried to all that bears the old one.

use super::{Session, Severity};
use crate::claim::{
    BestRule, Category, Change, Claim, Conventions, Edit, Form, Name, Party, Quantity, Ruling, RulingOp, Side, Source,
};

impl Session {
    /// Chooses the rule that gives "best".
    pub(super) fn set_best_rule(&mut self, best: BestRule) {
        let before = self.workspace.codebook.conventions.clone();
        let after = Conventions { best, ..before.clone() };
        if before != after {
            let edit = Edit::Conventions(Box::new(Change::replace(before, after)));
            self.commit(&format!("best by {}", best.label()), vec![edit]);
        }
    }

    /// The sources that have a rank, in its order.
    pub fn ranked_sources(&self) -> Vec<Name> {
        let sources = self.workspace.codebook.sources.iter();
        let mut ranked: Vec<(u32, &Name)> = sources.filter_map(|source| Some((source.rank?, &source.name))).collect();
        ranked.sort();
        ranked.into_iter().map(|(_, name)| name.clone()).collect()
    }

    /// Ranks sources, the first being believed first; all others lose their rank. A source that the
    /// codebook does not have yet is added to it, with the side that the facts know it by.
    pub(super) fn rank_sources(&mut self, order: &[Name]) {
        let rank = |name: &Name| order.iter().position(|other| other == name).map(|place| place as u32 + 1);
        let mut edits = self.changed_sources(|source| source.rank = rank(&source.name));
        let known: Vec<&Name> = self.workspace.codebook.sources.iter().map(|source| &source.name).collect();
        let origins = || self.reconciliation().facts.iter().flat_map(|fact| &fact.origins);
        edits.extend(order.iter().filter(|name| !known.contains(name)).map(|name| {
            let side = origins().find(|origin| origin.name == *name).map(|origin| origin.side.clone());
            let source = Source {
                name: name.clone(),
                side: side.unwrap_or_default(),
                aliases: Vec::new(),
                part_of: None,
                admiralty: None,
                rank: rank(name),
            };
            Edit::Source(Box::new(Change::add(source)))
        }));
        if !edits.is_empty() {
            self.commit("rank sources", edits);
        }
    }

    /// Sets the tolerance of "about". Claims whose bounds are those of the old one get the new.
    pub(super) fn set_tolerance(&mut self, percent: u8) {
        let before = self.workspace.codebook.conventions.clone();
        let after = Conventions { approx_percent: percent.min(100), ..before.clone() };
        if before == after {
            return;
        }
        let mut edits: Vec<_> = self.changed_claims(|claim| {
            let quantity = &mut claim.reading.count.quantity;
            if let Some(n) = quantity.n {
                for read in [Quantity::approx, Quantity::nearly] {
                    if *quantity == read(n, &before) && matches!(quantity.form, Form::Approx | Form::LessThan) {
                        *quantity = read(n, &after);
                        break;
                    }
                }
            }
        });
        let label = format!("“about” as ±{} %", after.approx_percent);
        edits.push(Edit::Conventions(Box::new(Change::replace(before, after))));
        self.commit(&label, edits);
    }

    /// Adds, changes or removes a category. One that claims carry is not removed.
    pub(super) fn set_category(&mut self, before: Option<Category>, after: Option<Category>) {
        if before == after {
            return;
        }
        if let (Some(category), None) = (&before, &after) {
            let carried = self.workspace.claims.values().filter(|c| c.reading.category == category.id).count();
            let parent = self.workspace.codebook.categories.iter().any(|c| c.parent.as_ref() == Some(&category.id));
            if carried > 0 || parent {
                let why =
                    if parent { "others are parts of it".to_owned() } else { format!("{carried} claims carry it") };
                let text = format!(
                    "“{}” was not removed: {why}. Retire it instead; it is then offered no more.",
                    category.label
                );
                self.notify(Severity::Warning, text);
                return;
            }
        }
        let change = Change::between(before.clone(), after.clone()).within(&self.workspace.codebook.categories);
        let mut edits = vec![Edit::Category(Box::new(change))];
        if let (Some(before), Some(after)) = (&before, &after)
            && before.id != after.id
        {
            edits.extend(self.carrying_category(&before.id, &after.id));
        }
        let name = before.as_ref().or(after.as_ref()).map_or("", |c| &c.label);
        self.commit(&format!("{} category {name}", verb(&before, &after)), edits);
    }

    /// Adds, changes or removes a party.
    pub(super) fn set_party(&mut self, before: Option<Party>, after: Option<Party>) {
        if before == after {
            return;
        }
        let change = Change::between(before.clone(), after.clone()).within(&self.workspace.codebook.parties);
        let mut edits = vec![Edit::Party(Box::new(change))];
        if let (Some(Party { name: old, .. }), Some(Party { name: new, .. })) = (&before, &after)
            && old != new
        {
            edits.extend(self.carrying_party(old, new));
        }
        let name = before.as_ref().or(after.as_ref()).map_or("", |p| &p.name);
        self.commit(&format!("{} party {name}", verb(&before, &after)), edits);
    }

    /// Adds, changes or removes a source.
    pub(super) fn set_source(&mut self, before: Option<Source>, after: Option<Source>) {
        if before == after {
            return;
        }
        let change = Change::between(before.clone(), after.clone()).within(&self.workspace.codebook.sources);
        let mut edits = vec![Edit::Source(Box::new(change))];
        if let (Some(Source { name: old, .. }), Some(Source { name: new, .. })) = (&before, &after)
            && old != new
        {
            edits.extend(self.carrying_source_in_claims(old, new));
            edits.extend(self.changed_sources(|source| {
                if source.name != *old
                    && let Some(body) = &mut source.part_of
                {
                    rename(body, old, new);
                }
            }));
        }
        let name = before.as_ref().or(after.as_ref()).map_or("", |s| &s.name);
        self.commit(&format!("{} source {name}", verb(&before, &after)), edits);
    }

    /// The edits that give all that bears a category's id another: claims, and categories that are
    /// parts of it.
    pub(super) fn carrying_category(&self, old: &Name, new: &Name) -> Vec<Edit> {
        let children = self.workspace.codebook.categories.iter();
        let children = children.filter(|child| child.parent.as_ref() == Some(old) && child.id != *old);
        let mut edits: Vec<Edit> = children
            .map(|child| {
                // A category is no part of itself.
                let parent = (child.id != *new).then(|| new.clone());
                Edit::Category(Box::new(Change::replace(child.clone(), Category { parent, ..child.clone() })))
            })
            .collect();
        edits.extend(self.changed_claims(|claim| rename(&mut claim.reading.category, old, new)));
        edits
    }

    /// The edits that give all that bears a party's name another: claims, sources, rulings.
    pub(super) fn carrying_party(&self, old: &Name, new: &Name) -> Vec<Edit> {
        let side = |side: &mut Side| {
            if let Side::Party(name) = side {
                rename(name, old, new);
            }
        };
        let mut edits = self.changed_claims(|claim| {
            let reading = &mut claim.reading;
            let names = [&mut reading.party, &mut reading.from, &mut reading.to];
            names.into_iter().flatten().for_each(|name| rename(name, old, new));
            reading.attribution.chain.iter_mut().for_each(|asserter| side(&mut asserter.side));
        });
        edits.extend(self.changed_sources(|source| side(&mut source.side)));
        edits.extend(self.workspace.rulings.values().filter_map(|ruling| {
            let mut changed = ruling.clone();
            if let RulingOp::SetOrigin { side: of_origin, .. } = &mut changed.op {
                side(of_origin);
            }
            changed_ruling(ruling, changed)
        }));
        edits
    }

    /// The edits that give all claims and rulings that bear a source's name another.
    pub(super) fn carrying_source_in_claims(&self, old: &Name, new: &Name) -> Vec<Edit> {
        let mut edits = self.changed_claims(|claim| {
            let attribution = &mut claim.reading.attribution;
            attribution.chain.iter_mut().for_each(|asserter| rename(&mut asserter.name, old, new));
            attribution.identity_by.iter_mut().for_each(|name| rename(name, old, new));
        });
        edits.extend(self.workspace.rulings.values().filter_map(|ruling| {
            let mut changed = ruling.clone();
            if let RulingOp::SetOrigin { origin, .. } = &mut changed.op {
                rename(origin, old, new);
            }
            changed_ruling(ruling, changed)
        }));
        edits
    }

    /// The edits of all claims that a change makes different.
    fn changed_claims(&self, change: impl Fn(&mut Claim)) -> Vec<Edit> {
        let changed = |claim: &Claim| {
            let mut after = claim.clone();
            change(&mut after);
            (after != *claim).then(|| Edit::Claim(Box::new(Change::replace(claim.clone(), after))))
        };
        self.workspace.claims.values().filter_map(changed).collect()
    }

    /// The edits of all sources of the codebook that a change makes different.
    pub(super) fn changed_sources(&self, change: impl Fn(&mut Source)) -> Vec<Edit> {
        let changed = |source: &Source| {
            let mut after = source.clone();
            change(&mut after);
            (after != *source).then(|| Edit::Source(Box::new(Change::replace(source.clone(), after))))
        };
        self.workspace.codebook.sources.iter().filter_map(changed).collect()
    }
}

fn changed_ruling(before: &Ruling, after: Ruling) -> Option<Edit> {
    (after != *before).then(|| Edit::Ruling(Box::new(Change::replace(before.clone(), after))))
}

fn rename(name: &mut Name, old: &Name, new: &Name) {
    if name == old {
        *name = new.clone();
    }
}

fn verb<T>(before: &Option<T>, after: &Option<T>) -> &'static str {
    match (before, after) {
        (None, _) => "add",
        (_, None) => "remove",
        _ => "change",
    }
}
