//! Whole ways from claims to facts.

mod articles;
mod fixture;
mod gold;
mod properties;
mod rulings;
mod traps;
