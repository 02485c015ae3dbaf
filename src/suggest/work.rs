//! Counts the work that the stages do, in tests alone: every look at a token, a unit, a draft.

use std::cell::Cell;

thread_local! {
    static DONE: Cell<u64> = const { Cell::new(0) };
}

/// One look.
pub(super) fn tick() {
    DONE.set(DONE.get() + 1);
}

/// The looks that some work takes.
pub(super) fn of(work: impl FnOnce()) -> u64 {
    let before = DONE.get();
    work();
    DONE.get() - before
}
