//! The analyst's word over the reconciliation's.

use std::collections::BTreeMap;

use super::{Session, Severity};
use crate::claim::{Change, ClaimId, Edit, Ruling, RulingId, RulingOp};

impl Session {
    /// Overrules the reconciliation.
    pub(super) fn rule(&mut self, op: RulingOp, reason: String) {
        let id = RulingId(format!("r{}", (self.environment.new_id)()).into());
        let label = op.label();
        let ruling = Ruling { id, op, reason, stamp: self.stamp() };
        self.commit(label, vec![Edit::Ruling(Box::new(Change::add(ruling)))]);
    }

    /// Takes a ruling back.
    pub(super) fn revoke_ruling(&mut self, id: &RulingId) {
        if let Some(ruling) = self.workspace.rulings.get(id).cloned() {
            let label = format!("revoke “{}”", ruling.op.label());
            self.commit(&label, vec![Edit::Ruling(Box::new(Change::remove(ruling)))]);
        }
    }

    /// Puts a ruling in the place of the one with its id.
    pub(super) fn change_ruling(&mut self, ruling: Ruling) {
        let Some(before) = self.workspace.rulings.get(&ruling.id).cloned() else {
            self.notify(Severity::Warning, "The ruling is gone; nothing was changed.".to_owned());
            return;
        };
        if before.op == ruling.op && before.reason == ruling.reason {
            return;
        }
        let label = format!("change “{}”", ruling.op.label());
        let ruling = Ruling { stamp: self.stamp(), ..ruling };
        self.commit(&label, vec![Edit::Ruling(Box::new(Change::replace(before, ruling)))]);
    }

    /// The edits that give claims other ids in the rulings that name them.
    pub(super) fn renaming_in_rulings(&self, renamed: &BTreeMap<ClaimId, ClaimId>) -> Vec<Edit> {
        let names = |ruling: &&Ruling| ruling.op.claims().into_iter().any(|claim| renamed.contains_key(claim));
        let rename = |ruling: &Ruling| {
            let after = Ruling { op: with_ids(ruling.op.clone(), renamed), ..ruling.clone() };
            Edit::Ruling(Box::new(Change::replace(ruling.clone(), after)))
        };
        if renamed.is_empty() {
            return Vec::new();
        }
        self.workspace.rulings.values().filter(names).map(rename).collect()
    }
}

fn with_ids(mut op: RulingOp, renamed: &BTreeMap<ClaimId, ClaimId>) -> RulingOp {
    let rename = |id: &mut ClaimId| {
        if let Some(other) = renamed.get(id) {
            *id = other.clone();
        }
    };
    match &mut op {
        RulingOp::PinValue { claims, .. }
        | RulingOp::PinVerdict { claims, .. }
        | RulingOp::Merge { claims }
        | RulingOp::Split { claims, .. } => claims.iter_mut().for_each(rename),
        RulingOp::Move { claim, to } => std::iter::once(claim).chain(to).for_each(rename),
        RulingOp::SetOrigin { claim, .. } | RulingOp::Exclude { claim } | RulingOp::SetDate { claim, .. } => {
            rename(claim);
        }
        RulingOp::Echo { .. } => {}
    }
    op
}
