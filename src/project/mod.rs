//! What lies on disk: RON files, journal, lock, migration, recovery.

mod article_files;
mod backup;
mod check;
mod conflict;
pub mod disk;
pub mod history;
mod index;
pub mod items;
pub mod journal;
mod keeper;
pub mod layout;
mod lenient;
mod load;
mod lock;
pub mod merge;
pub mod notation;
mod opened;
mod outside;
mod pack;
pub mod paths;
mod places;
mod run;
mod save;
mod settings;
pub mod source;
mod store;
mod tree;
mod work;

pub use article_files::{next_version, read_source, read_version};
pub use check::{check, check_on};
pub use index::{Preview, preview};
pub use keeper::{Keeper, Order, Report, Timing};
pub use load::{Going, open, open_on, open_watched, project_folder};
pub use notation::FileError;
pub use opened::{Finding, OpenError, OpenedProject};
pub use pack::{ENDING as PACK_ENDING, PackLimits, Packed, Unpacked, pack, unpack};
pub use places::{Places, user_name};
pub use run::{Ending, Ran, command_folder, run_command};
pub use save::{NewProject, Seen, save_new, write_outputs};
pub use settings::{Allowed, Recent, Settings, read_own_lexicon};
pub use store::{ArticleBytes, Found, Setup, Store};
pub use work::{LeftOver, UNTITLED, Work, create_untitled, left_over, open_for_work, open_for_work_watched};

#[cfg(test)]
mod tests;
