//! What lies on disk: RON files, journal, lock, migration, recovery.

mod check;
pub mod disk;
pub mod items;
pub mod journal;
pub mod layout;
mod load;
pub mod merge;
pub mod notation;
pub mod paths;
mod places;
mod save;

pub use check::check;
pub use load::{Finding, OpenError, OpenedProject, open, open_on, project_folder};
pub use notation::FileError;
pub use places::{Places, user_name};
pub use save::{NewProject, Seen, save_new};

#[cfg(test)]
mod tests;
