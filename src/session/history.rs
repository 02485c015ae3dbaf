//! Undo and redo: the swap of before and after, and the way back to where it happened.

use crate::claim::{ArticleId, Change, Edit, Name, Span, Transaction};

use super::turning::{Turning, Way};
use super::{Session, Severity};

/// What was done in this session, and what was taken back.
#[derive(Debug, Default)]
pub(super) struct History {
    pub(super) undo: Vec<Transaction>,
    pub(super) redo: Vec<Transaction>,
    pub(super) touched: Option<(ArticleId, Option<Span>)>,
    /// What is being undone or redone slice by slice, and so is in neither list.
    pub(super) turning: Option<Turning>,
}

impl Session {
    /// What "Undo" would take back.
    pub fn undo_label(&self) -> Option<&str> {
        self.history.undo.last().map(|t| &*t.label)
    }

    /// What "Redo" would do again.
    pub fn redo_label(&self) -> Option<&str> {
        self.history.redo.last().map(|t| &*t.label)
    }

    /// The transactions of this session that were not taken back, oldest first.
    pub fn history(&self) -> &[Transaction] {
        &self.history.undo
    }

    /// Where the last change, undo or redo happened: the article, and the words if it was about
    /// some. The window scrolls there.
    pub fn last_touched(&self) -> Option<(&ArticleId, Option<Span>)> {
        self.history.touched.as_ref().map(|(article, span)| (article, *span))
    }

    /// Applies edits as one action. Refused, with a notice, where nothing may be changed; whether
    /// it was done. No edits are no action.
    pub(super) fn commit(&mut self, label: &str, edits: Vec<Edit>) -> bool {
        self.finish_turning();
        if edits.is_empty() || !self.may_change(&edits) {
            return false;
        }
        let id: Name = format!("t{}", (self.environment.new_id)()).into();
        let transaction = Transaction { id, label: label.into(), edits, stamp: self.stamp() };
        if !self.carry_out(&transaction) {
            return false;
        }
        self.history.undo.push(transaction);
        self.history.redo.clear();
        true
    }

    /// Applies edits as a part of an action that is the last one in the history, else as an action
    /// of their own: what comes in bit by bit is undone at once. Gives the action's identity.
    pub(super) fn commit_more(&mut self, action: Option<&Name>, label: &str, edits: Vec<Edit>) -> Option<Name> {
        let before = self.history.undo.pop_if(|last| Some(&last.id) == action);
        if !self.commit(label, edits) {
            self.history.undo.extend(before);
            return None;
        }
        let last = self.history.undo.last_mut()?;
        if let Some(mut before) = before {
            before.edits.append(&mut last.edits);
            before.label = label.into();
            *last = before;
        }
        Some(last.id.clone())
    }

    /// Applies a transaction, sends it on its way to the disk, and brings all that depends on it
    /// up to date.
    fn carry_out(&mut self, transaction: &Transaction) -> bool {
        if let Err(stale) = self.workspace.apply(transaction) {
            self.notify(Severity::Error, format!("“{}” was not done: {stale}.", transaction.label));
            return false;
        }
        self.history.touched = touched(&transaction.edits);
        self.save(transaction.clone());
        self.follow(&transaction.edits);
        true
    }

    pub(super) fn undo(&mut self) {
        let Some(done) = self.history.undo.pop() else { return };
        if !self.may_change(&done.edits) {
            self.history.undo.push(done);
            return;
        }
        if let Err(done) = self.turn(Way::Undo, done) {
            self.undo_at_a_stroke(done);
        }
    }

    pub(super) fn undo_at_a_stroke(&mut self, done: Transaction) {
        let id: Name = format!("t{}", (self.environment.new_id)()).into();
        let inverse = done.clone().inverted(id, self.stamp());
        if self.carry_out(&inverse) {
            self.history.redo.push(done);
        }
    }

    pub(super) fn redo(&mut self) {
        let Some(undone) = self.history.redo.pop() else { return };
        if !self.may_change(&undone.edits) {
            self.history.redo.push(undone);
            return;
        }
        if let Err(undone) = self.turn(Way::Redo, undone) {
            self.redo_at_a_stroke(undone);
        }
    }

    pub(super) fn redo_at_a_stroke(&mut self, undone: Transaction) {
        // Done again is another action: the journal knows each by its identity.
        let id: Name = format!("t{}", (self.environment.new_id)()).into();
        let again = Transaction { id, stamp: self.stamp(), ..undone };
        if self.carry_out(&again) {
            self.history.undo.push(again);
        }
    }
}

/// Where edits happened: the first words among them, else the first article.
pub(super) fn touched(edits: &[Edit]) -> Option<(ArticleId, Option<Span>)> {
    fn latest<T>(change: &Change<T>) -> Option<&T> {
        change.after.as_ref().or(change.before.as_ref())
    }
    let place = |edit: &Edit| match edit {
        Edit::Claim(change) => {
            latest(change).map(|claim| (claim.article.clone(), claim.evidence.first().map(|anchor| anchor.span)))
        }
        Edit::Decision(change) => latest(change).map(|d| (d.suggestion.article.clone(), Some(d.suggestion.span))),
        Edit::Article(change) => change.after.as_ref().map(|record| (record.id.clone(), None)),
        _ => None,
    };
    let places: Vec<_> = edits.iter().filter_map(place).collect();
    places.iter().find(|(_, span)| span.is_some()).or(places.first()).cloned()
}
