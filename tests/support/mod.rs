//! What several tests that score something share.

pub mod tally;
