//! Whole ways from claims to facts.

mod gold;
