//! The places around the reader, and the windows inside the window. They never see one another.

pub mod articles;
pub mod inspector;
pub mod menu;
pub mod notices;
pub mod palette;
pub mod reconciliation;
pub mod sheets;
pub mod shortcuts;
pub mod start;
pub mod status;
