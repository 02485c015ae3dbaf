//! What lies on disk: RON files, journal, lock, migration, recovery.

mod check;
pub mod disk;
pub mod layout;
mod load;
pub mod notation;
pub mod paths;
mod save;

pub use check::check;
pub use load::{Finding, OpenError, OpenedProject, open, open_on, project_folder};
pub use notation::FileError;
pub use save::{NewProject, Seen, save_new};

#[cfg(test)]
mod tests;
