//! Whole ways from claims to facts.

mod articles;
mod as_of;
mod fixture;
mod gold;
mod properties;
mod rulings;
mod traps;
mod upkeep;
