//! Test data that lies outside the repository, where it is there.

use std::path::{Path, PathBuf};

/// The folder, beside the repository or beside the folder of its worktrees.
const FOLDERS: [&str; 2] = ["../shared", "../../shared"];

/// The place of a file or folder of the outside test data. Where it is absent, says that the test is
/// skipped.
pub fn outside(path: &str) -> Option<PathBuf> {
    let home = Path::new(env!("CARGO_MANIFEST_DIR"));
    let found = FOLDERS.iter().map(|folder| home.join(folder).join(path)).find(|place| place.exists());
    if found.is_none() {
        println!("skipped: {}/{path} is not there", FOLDERS[0]);
    }
    found
}

/// The lines of a JSON Lines file of the outside test data.
#[allow(dead_code, reason = "not every test that uses this module reads such a file")]
pub fn lines(path: &str) -> Option<Vec<serde_json::Value>> {
    let text = std::fs::read_to_string(outside(path)?).expect("it is there");
    Some(text.lines().filter(|l| !l.trim().is_empty()).map(|l| serde_json::from_str(l).expect("JSON")).collect())
}
