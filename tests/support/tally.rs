//! How many are right, of how many: the cells of the tables that scoring tests print.

use std::collections::BTreeMap;
use std::fmt::Write as _;

/// The environment variable that shows what is missed in the held-out part. It stays hidden
/// otherwise, so that nobody fits a rule to it by accident: what is held out tells how the rules
/// do on texts that they were not written for.
const SHOW_HELD_OUT: &str = "SHOW_HELD_OUT";

/// Whether the misses of the held-out part were asked for.
pub fn held_out_is_shown() -> bool {
    std::env::var_os(SHOW_HELD_OUT).is_some_and(|value| !value.is_empty() && value != "0")
}

/// The line that stands for misses that are not shown.
pub fn hidden(misses: usize) -> String {
    format!("{misses} of the held-out part not shown; {SHOW_HELD_OUT}=1 shows them, and then it is held out no more")
}

/// A field's tally: how many are right, of how many.
#[derive(Clone, Copy, Debug, Default)]
pub struct Tally {
    /// Right.
    pub right: u32,
    /// Of how many.
    pub of: u32,
}

impl Tally {
    /// Counts one more.
    pub fn add(&mut self, right: bool) {
        self.right += u32::from(right);
        self.of += 1;
    }

    /// The share that is right; 1 where there was nothing to get wrong.
    pub fn share(self) -> f64 {
        if self.of == 0 { 1.0 } else { f64::from(self.right) / f64::from(self.of) }
    }
}

/// The tallies of several fields.
#[derive(Clone, Debug, Default)]
pub struct Score(BTreeMap<&'static str, Tally>);

impl Score {
    /// Counts one more of a field.
    pub fn add(&mut self, field: &'static str, right: bool) {
        self.0.entry(field).or_default().add(right);
    }

    /// The tally of a field; nothing of nothing where it was never counted.
    pub fn of(&self, field: &str) -> Tally {
        self.0.get(field).copied().unwrap_or_default()
    }

    /// Adds another score to this one.
    #[allow(dead_code, reason = "not every test that uses this module sums up")]
    pub fn merge(&mut self, other: &Self) {
        for (field, tally) in &other.0 {
            let sum = self.0.entry(field).or_default();
            sum.right += tally.right;
            sum.of += tally.of;
        }
    }

    /// The fields that are below their floors, in words; empty where all hold.
    pub fn below(&self, floors: &[(&str, f64)]) -> String {
        let mut low = String::new();
        for (field, floor) in floors {
            let share = self.of(field).share();
            if share < *floor {
                let _ = writeln!(low, "{field}: {share:.3} is below its floor of {floor}");
            }
        }
        low
    }
}
