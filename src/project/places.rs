//! Where a user's own files lie, apart from projects: settings, journals, untitled projects.

use std::env;
use std::path::{Path, PathBuf};

use etcetera::app_strategy::{AppStrategy as _, AppStrategyArgs, choose_native_strategy};

/// The folders of the person at the machine. Each can be moved by an environment variable:
/// `TALLYMARK_CONFIG_DIR`, `TALLYMARK_DATA_DIR`, `TALLYMARK_STATE_DIR`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Places {
    /// Settings.
    pub config: PathBuf,
    /// Untitled projects, and the analyst's own layer of the lexicon.
    pub data: PathBuf,
    /// Journals and locks.
    pub state: PathBuf,
}

impl Places {
    /// The platform's folders. Where the system knows no home, a folder for temporary files.
    pub fn of_user() -> Self {
        let args = AppStrategyArgs { app_name: "Tallymark".to_owned(), ..AppStrategyArgs::default() };
        let standard = match choose_native_strategy(args) {
            Ok(native) => Self {
                config: native.config_dir(),
                data: native.data_dir(),
                state: native.state_dir().unwrap_or_else(|| native.data_dir().join("state")),
            },
            Err(_) => Self::below(&env::temp_dir().join("tallymark")),
        };
        let or = |variable: &str, standard: PathBuf| match env::var_os(variable) {
            Some(folder) if !folder.is_empty() => PathBuf::from(folder),
            _ => standard,
        };
        Self {
            config: or("TALLYMARK_CONFIG_DIR", standard.config),
            data: or("TALLYMARK_DATA_DIR", standard.data),
            state: or("TALLYMARK_STATE_DIR", standard.state),
        }
    }

    /// All of them below one folder: for tests, and for carrying everything on a stick.
    pub fn below(folder: &Path) -> Self {
        Self { config: folder.join("config"), data: folder.join("data"), state: folder.join("state") }
    }

    /// Where projects lie that have no name yet.
    pub fn untitled(&self) -> PathBuf {
        self.data.join("untitled")
    }

    /// Where journals lie.
    pub fn journals(&self) -> PathBuf {
        self.state.join("journals")
    }
}

/// The name of the person at the machine, as the system knows it; "analyst" where it does not.
pub fn user_name() -> String {
    let real = whoami::realname().ok().map(|name| name.trim().to_owned()).filter(|name| !name.is_empty());
    let account = || whoami::username().ok().map(|name| name.trim().to_owned()).filter(|name| !name.is_empty());
    real.filter(|name| !name.eq_ignore_ascii_case("unknown")).or_else(account).unwrap_or_else(|| "analyst".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_user_has_a_name_and_places() {
        assert!(!user_name().is_empty());
        let places = Places::of_user();
        assert_ne!(places.config, places.data);
    }
}
