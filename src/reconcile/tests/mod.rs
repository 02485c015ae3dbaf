//! Whole ways from claims to facts.

mod articles;
mod as_of;
mod fixture;
mod gold;
mod properties;
mod rulings;
mod terse;
mod traps;
mod traps_of_placing;
mod upkeep;
