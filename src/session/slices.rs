//! What is done to very many things at once: slice by slice between frames, with progress and a way
//! to stop it, and yet as one action of the history.

use std::sync::Arc;
use std::time::{Duration, Instant};

use super::Session;
use super::jobs::{Post, Worker};
use crate::claim::{Edit, Name};

/// Up to so many are done at a stroke: that takes a few milliseconds.
pub(super) const AT_ONCE: usize = 256;
/// So many are done between two frames of those that are more, at first.
const SLICE: usize = 64;
/// So long a slice is to take: the next one is made larger or smaller accordingly.
const PACE: Duration = Duration::from_millis(4);

/// What is done to the things of a slice.
pub(super) trait Slices<T>: Send + Sync + 'static {
    /// The edits that do it, and to how many of them.
    fn edits(&self, session: &mut Session, slice: Vec<T>) -> (usize, Vec<Edit>);

    /// The label of the action that has done it to so many.
    fn label(&self, count: usize) -> String;
}

/// Says that slices are under way for as long as it lives.
struct UnderWay(Post);

impl UnderWay {
    fn now(worker: &Worker) -> Self {
        worker.send(|session| session.slices_under_way += 1);
        Self(worker.post())
    }
}

impl Drop for UnderWay {
    fn drop(&mut self) {
        self.0.send(|session| session.slices_under_way -= 1);
    }
}

impl Session {
    /// Whether something is being done, undone or redone slice by slice.
    pub(super) fn is_slicing(&self) -> bool {
        self.slices_under_way > 0 || self.history.turning.is_some()
    }

    /// Does something to many things. More than a few are done slice by slice in the background,
    /// under a name such as "Accepting 19,555 suggestions".
    pub(super) fn in_slices<T: Send + 'static>(&mut self, name: &str, things: Vec<T>, what: impl Slices<T>) {
        if things.len() <= AT_ONCE || self.headless {
            let (count, edits) = what.edits(self, things);
            self.commit(&what.label(count), edits);
            return;
        }
        let (project, what) = (self.project_number, Arc::new(what));
        self.jobs.start(name, move |worker| run(worker, project, things, &what));
        self.revision += 1;
    }

    /// Does it to one slice more. Gives the action, and to how many it is done by now; `None` where
    /// it is not to go on: another project is open, the action was taken back, nothing may be changed.
    fn one_slice_more<T>(
        &mut self,
        project: u64,
        (action, done): (Option<Name>, usize),
        (slice, what): (Vec<T>, &impl Slices<T>),
    ) -> Option<(Option<Name>, usize)> {
        self.finish_turning();
        let still = |action: &Name| self.history.undo.iter().rev().any(|done| done.id == *action);
        if self.project_number != project || !action.as_ref().is_none_or(still) {
            return None;
        }
        let (count, edits) = what.edits(self, slice);
        if edits.is_empty() {
            return Some((action, done));
        }
        // What another action came in between, the rest is an action of its own.
        let last = self.history.undo.last().map(|last| &last.id);
        let done = if action.is_some() && last == action.as_ref() { done + count } else { count };
        let action = self.commit_more(action.as_ref(), &what.label(done), edits)?;
        Some((Some(action), done))
    }
}

/// On the job's thread: asks the session for one slice after the other.
pub(super) fn run<T: Send + 'static>(worker: &Worker, project: u64, things: Vec<T>, what: &Arc<impl Slices<T>>) {
    let _under_way = UnderWay::now(worker);
    let total = things.len().max(1);
    let mut things = things.into_iter();
    let mut state = (None, 0);
    let mut size = SLICE;
    loop {
        let gone = total - things.len();
        let slice: Vec<T> = things.by_ref().take(size).collect();
        if slice.is_empty() || !worker.goes_on(gone as f32 / total as f32) {
            return;
        }
        let (before, what) = (state, what.clone());
        let answer = worker.ask(move |session| {
            let begun = Instant::now();
            session.one_slice_more(project, before, (slice, &*what)).map(|after| (after, begun.elapsed()))
        });
        let Some((after, took)) = answer.flatten() else { return };
        state = after;
        let fits = PACE.as_secs_f64() / took.as_secs_f64().max(1e-6);
        size = ((size as f64 * fits.clamp(0.5, 2.0)) as usize).clamp(16, AT_ONCE);
    }
}
