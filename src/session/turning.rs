//! Undo and redo of very many edits: written down whole before the first of them is taken back, then
//! carried out slice by slice between frames.
//!
//! Nothing can be left half undone. Until all edits are known to fit, nothing is changed; then the
//! journal has the whole of it in one entry, so that after a power cut it is either done or not begun;
//! and whatever else is asked for meanwhile waits until the rest is done at a stroke.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::{Duration, Instant};

use super::Session;
use super::history::touched;
use super::jobs::Worker;
use super::slices::AT_ONCE;
use crate::claim::{Edit, Name, Transaction, grouped};

/// So long a slice takes at most, as far as it is in the hands of this file.
const PACE: Duration = Duration::from_millis(3);
/// Edits between two looks at the clock.
const STEP: usize = 16;

/// Which way the history is gone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Way {
    Undo,
    Redo,
}

/// What is being undone or redone slice by slice.
#[derive(Debug)]
pub(super) struct Turning {
    way: Way,
    /// The action that is undone or redone, as the history has it.
    action: Arc<Transaction>,
    /// The transaction that does it.
    carried: Name,
    stage: Stage,
}

#[derive(Debug)]
enum Stage {
    /// What does it is being put together in the background.
    Preparing,
    /// So many of its edits are known to fit.
    Checking { doing: Box<Doing>, checked: usize },
    /// It is in the journal, and these are left to do.
    Doing { transaction: Transaction, left: Vec<Edit>, total: usize },
}

/// The transaction that does it, and copies that are made in the background, too.
#[derive(Debug)]
struct Doing {
    transaction: Transaction,
    for_the_journal: [Transaction; 2],
}

impl Session {
    /// Begins to undo or redo an action slice by slice, where it is large and its edits are of a kind
    /// that can be told apart; gives it back where it is to be done at a stroke.
    pub(super) fn turn(&mut self, way: Way, action: Transaction) -> Result<(), Transaction> {
        let slices = action.edits.len() > AT_ONCE && !self.headless;
        if !slices || !action.edits.iter().all(|edit| matches!(edit, Edit::Claim(_) | Edit::Decision(_))) {
            return Err(action);
        }
        let (carried, stamp): (Name, _) = (format!("t{}", (self.environment.new_id)()).into(), self.stamp());
        let doing = if way == Way::Undo { "Undoing" } else { "Redoing" };
        let name = format!("{doing} “{}”, {} changes", action.label, grouped(action.edits.len() as u64));
        self.history.touched = touched(&action.edits);
        let action = Arc::new(action);
        let (original, id) = (action.clone(), carried.clone());
        self.history.turning = Some(Turning { way, action, carried: carried.clone(), stage: Stage::Preparing });
        self.jobs.start(&name, move |worker| {
            let transaction = match way {
                Way::Undo => Transaction::clone(&original).inverted(id, stamp),
                Way::Redo => Transaction { id, stamp, ..Transaction::clone(&original) },
            };
            drop(original);
            let doing = is_plain(&transaction.edits).then(|| {
                let for_the_journal = [transaction.clone(), transaction.clone()];
                Box::new(Doing { transaction, for_the_journal })
            });
            on_the_thread(worker, &carried, doing);
        });
        self.revision += 1;
        Ok(())
    }

    /// Whether an action is still being undone or redone by this transaction.
    fn turns(&self, carried: &Name) -> bool {
        self.history.turning.as_ref().is_some_and(|turning| turning.carried == *carried)
    }

    /// Goes on for a slice. Gives how far it is, from 0 to 1; `None` once it is over.
    fn turn_on(&mut self) -> Option<f32> {
        let begun = Instant::now();
        let mut turning = self.history.turning.take()?;
        match &mut turning.stage {
            Stage::Preparing => {}
            Stage::Checking { doing, checked } => {
                let edits = &doing.transaction.edits;
                while *checked < edits.len() && begun.elapsed() < PACE {
                    let until = (*checked + STEP).min(edits.len());
                    if !edits[*checked..until].iter().all(|edit| self.workspace.fits(edit)) {
                        self.turn_at_a_stroke(turning);
                        return None;
                    }
                    *checked = until;
                }
                let (done, total) = (*checked, edits.len());
                if done == total {
                    let Stage::Checking { doing, .. } = std::mem::replace(&mut turning.stage, Stage::Preparing) else {
                        return None; // it is that stage
                    };
                    let Doing { mut transaction, for_the_journal } = *doing;
                    self.save_copies(for_the_journal);
                    let mut left = std::mem::take(&mut transaction.edits);
                    left.reverse(); // taken from the end
                    turning.stage = Stage::Doing { transaction, left, total };
                }
                self.history.turning = Some(turning);
                return Some(0.2 * done as f32 / total as f32);
            }
            Stage::Doing { transaction, left, total } => {
                while !left.is_empty() && begun.elapsed() < PACE {
                    let edits = left.split_off(left.len().saturating_sub(STEP));
                    self.carry_out_some(transaction, edits);
                }
                let share = 1.0 - left.len() as f32 / (*total).max(1) as f32;
                if left.is_empty() {
                    self.turned(turning);
                    return None;
                }
                self.history.turning = Some(turning);
                return Some(0.2 + 0.8 * share);
            }
        }
        self.history.turning = Some(turning);
        Some(0.0)
    }

    /// Does what is left of an undo or redo that is under way: before anything else is changed.
    pub(super) fn finish_turning(&mut self) {
        let Some(mut turning) = self.history.turning.take() else { return };
        match &mut turning.stage {
            Stage::Preparing | Stage::Checking { .. } => self.turn_at_a_stroke(turning),
            Stage::Doing { transaction, left, .. } => {
                let mut edits = std::mem::take(left);
                edits.reverse();
                self.carry_out_all(transaction, edits);
                self.turned(turning);
            }
        }
    }

    /// Some edits of a transaction that is in the journal already, in reverse order.
    fn carry_out_some(&mut self, of: &Transaction, mut edits: Vec<Edit>) {
        edits.reverse();
        self.carry_out_all(of, edits);
    }

    fn carry_out_all(&mut self, of: &Transaction, edits: Vec<Edit>) {
        let slice = Transaction { edits, ..of.clone() };
        self.workspace.apply(&slice).expect("each was found to fit, and nothing else was changed since");
        self.follow(&slice.edits);
    }

    /// Nothing of it is done or written yet: it is done as a small one is.
    fn turn_at_a_stroke(&mut self, turning: Turning) {
        let action = Arc::unwrap_or_clone(turning.action);
        match turning.way {
            Way::Undo => self.undo_at_a_stroke(action),
            Way::Redo => self.redo_at_a_stroke(action),
        }
    }

    /// All of it is done.
    fn turned(&mut self, turning: Turning) {
        let Turning { way, action, carried, stage } = turning;
        let action = Arc::unwrap_or_clone(action);
        match (way, stage) {
            (Way::Undo, _) => self.history.redo.push(action),
            (Way::Redo, Stage::Doing { transaction, .. }) => {
                self.history.undo.push(Transaction { id: carried, stamp: transaction.stamp, ..action });
            }
            (Way::Redo, _) => self.history.undo.push(Transaction { id: carried, ..action }),
        }
        self.revision += 1;
    }
}

/// Whether the edits are about different things, so that each of them fits if it fits by itself.
fn is_plain(edits: &[Edit]) -> bool {
    let (mut claims, mut decisions) = (BTreeSet::new(), BTreeSet::new());
    edits.iter().all(|edit| match edit {
        Edit::Claim(change) => match (&change.before, &change.after) {
            (Some(before), Some(after)) => before.id == after.id && claims.insert(&before.id),
            (one, other) => one.iter().chain(other).all(|claim| claims.insert(&claim.id)),
        },
        Edit::Decision(change) => match (&change.before, &change.after) {
            (Some(before), Some(after)) => {
                before.suggestion == after.suggestion && decisions.insert(&before.suggestion)
            }
            (one, other) => one.iter().chain(other).all(|decision| decisions.insert(&decision.suggestion)),
        },
        _ => false,
    })
}

/// On the job's thread: asks the session for one slice after the other. Stopped, the rest is done at a stroke.
fn on_the_thread(worker: &Worker, carried: &Name, doing: Option<Box<Doing>>) {
    let id = carried.clone();
    let begun = worker.ask(move |session| {
        if !session.turns(&id) {
            return false; // done at a stroke meanwhile
        }
        match (doing, &mut session.history.turning) {
            (Some(doing), Some(turning)) => turning.stage = Stage::Checking { doing, checked: 0 },
            _ => session.finish_turning(),
        }
        true
    });
    if begun != Some(true) {
        return;
    }
    let mut share = 0.0;
    loop {
        if !worker.goes_on(share) {
            worker.send(Session::finish_turning);
            return;
        }
        let id = carried.clone();
        let answer = worker.ask(move |session| if session.turns(&id) { session.turn_on() } else { None });
        match answer.flatten() {
            Some(now) => share = now,
            None => return,
        }
    }
}
