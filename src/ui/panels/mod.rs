//! The places around the reader. They never see one another.

pub mod inspector;
pub mod reconciliation;
