//! One window per project and analyst on a machine. Nothing depends on a lock across machines.

use std::io;
use std::path::Path;

use super::disk::Guard;
use super::paths::{hash, slug};
use super::save::ensure_folder;
use super::store::Setup;
use crate::claim::Name;

/// Why a project is read-only whose lock another window holds.
pub const TAKEN: &str = "it is open in another window; changes can be made there";

/// Takes the lock on the work of an analyst in the project of a folder (canonical). It lies in the
/// user's state folder: a project's own may be read-only, shared or synchronised. `None` where
/// another window has it.
///
/// # Errors
/// What the disk says.
pub fn take(setup: &Setup, root: &Path, analyst: &Name) -> io::Result<Option<Box<dyn Guard>>> {
    let folder = setup.places.state.join("locks");
    ensure_folder(&*setup.disk, &folder)?;
    let name = hash(format!("{}\n{}", root.to_string_lossy(), slug(analyst)).as_bytes());
    setup.disk.lock(&folder.join(format!("{}.lock", &name[..32])))
}
