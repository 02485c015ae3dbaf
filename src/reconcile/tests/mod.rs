//! Whole ways from claims to facts.

mod fixture;
mod gold;
mod traps;
