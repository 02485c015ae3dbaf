//! What is remembered of a person, not of a project: name, recent projects, the look of the window.

use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::notation::{self, FileError};
use super::save::{self, Seen};
use super::store::Setup;
use crate::claim::{Lexicon, Name, OutsideSuggester};

const FILE: &str = "settings.ron";
/// How many projects are remembered.
const RECENT: usize = 12;

/// A project that was open.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Recent {
    /// Its name.
    pub name: Name,
    /// Its folder.
    pub folder: PathBuf,
    /// When it was opened last.
    pub opened: DateTime<Utc>,
    /// What was in it when it was seen last: "Bodies exchanged and 7 more · 12 claims".
    #[serde(default, skip_serializing_if = "str::is_empty")]
    pub about: Name,
}

/// The settings of the person at the machine.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Settings {
    /// The analyst's name; `None` leaves it to the system.
    pub analyst: Option<Name>,
    /// Projects that were open, the latest first.
    pub recent: Vec<Recent>,
    /// The window's own settings, in its own notation.
    pub ui: String,
    /// The largest article that is opened, in millions of bytes; `None` leaves it at the standard.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub largest: Option<u32>,
    /// Suggesters of the analyst's own, for every project.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub suggesters: Vec<OutsideSuggester>,
    /// What projects may run, since the analyst has looked at it and said so.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub allowed: Vec<Allowed>,
}

/// A command that a project may run on this machine.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Allowed {
    /// The project's identity.
    pub project: Name,
    /// The command, exactly as it was shown.
    pub command: Name,
}

impl Settings {
    /// Reads the settings. A file that does not read is set aside, so that nothing of it is lost
    /// and the program starts; the message says so.
    pub fn load(setup: &Setup) -> (Self, Option<String>) {
        let (disk, folder) = (&*setup.disk, &setup.places.config);
        let read = Seen::read(disk, folder, FILE, notation::LIMIT)
            .and_then(|found| found.map(|(bytes, _)| notation::read(FILE, &bytes)).transpose());
        let error = match read {
            Ok(settings) => return (settings.unwrap_or_default(), None),
            Err(error) => error,
        };
        let path = folder.join(FILE);
        let aside = (1..1000)
            .map(|n| folder.join(format!("settings.broken-{n}.ron")))
            .find(|path| matches!(disk.look(path), Ok(None)));
        let kept = match aside.map(|aside| disk.rename(&path, &aside).map(|()| aside)) {
            Some(Ok(aside)) => format!("It was set aside as {}.", aside.display()),
            _ => "It was left as it is, and will not be overwritten.".to_owned(),
        };
        let message = format!(
            "The settings in {} could not be read ({error}). {kept} The standard settings are used; projects are not \
             affected.",
            path.display()
        );
        (Self::default(), Some(message))
    }

    /// Writes the settings.
    ///
    /// # Errors
    /// Where they cannot be written, or what is there does not read.
    pub fn save(&self, setup: &Setup) -> Result<(), FileError> {
        let (disk, folder) = (&*setup.disk, &setup.places.config);
        if let Some((bytes, _)) = Seen::read(disk, folder, FILE, notation::LIMIT)? {
            notation::read::<Self>(FILE, &bytes)?;
        }
        save::replace(disk, folder, FILE, notation::write(self).as_bytes()).map(drop)
    }

    /// Notes that a project is open, and what is in it.
    pub fn note_recent(&mut self, name: &Name, folder: &Path, now: DateTime<Utc>, about: Name) {
        self.forget_recent(folder);
        self.recent.insert(0, Recent { name: name.clone(), folder: folder.to_path_buf(), opened: now, about });
        self.recent.truncate(RECENT);
    }

    /// Notes what is in a project by now. Whether that has changed.
    pub fn describe_recent(&mut self, folder: &Path, about: Name) -> bool {
        let noted = self.recent.iter_mut().find(|recent| recent.folder == folder);
        noted.is_some_and(|noted| std::mem::replace(&mut noted.about, about.clone()) != about)
    }

    /// Forgets a project that is no longer where it was.
    pub fn forget_recent(&mut self, folder: &Path) {
        self.recent.retain(|recent| recent.folder != folder);
    }
}

/// The analyst's own layer of the lexicon: `lexicon.ron` in the user's data folder; empty where
/// there is none.
///
/// # Errors
/// Where the file does not read.
pub fn read_own_lexicon(setup: &Setup) -> Result<Lexicon, FileError> {
    let file = "lexicon.ron";
    let found = Seen::read(&*setup.disk, &setup.places.data, file, notation::LIMIT)?;
    found.map_or_else(|| Ok(Lexicon::default()), |(bytes, _)| notation::read(file, &bytes))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project::{Places, disk::RealDisk};

    #[test]
    fn settings_are_kept_and_a_broken_file_is_set_aside() {
        let home = tempfile::tempdir().unwrap();
        let setup = Setup { disk: std::sync::Arc::new(RealDisk), places: Places::below(home.path()) };
        assert_eq!(Settings::load(&setup), (Settings::default(), None));
        let mut settings = Settings { ui: "(zoom: 1.5)\n\"ö\"".to_owned(), ..Settings::default() };
        for n in 0..20 {
            settings.note_recent(
                &"Sample".into(),
                Path::new(&format!("/p{}", n % 15)),
                DateTime::UNIX_EPOCH,
                "".into(),
            );
        }
        assert_eq!(settings.recent.len(), RECENT);
        assert_eq!(settings.recent[0].folder, Path::new("/p4"));
        settings.save(&setup).unwrap();
        assert_eq!(Settings::load(&setup), (settings.clone(), None));

        let file = setup.places.config.join(FILE);
        std::fs::write(&file, "(analist: 1)").unwrap();
        assert!(settings.save(&setup).is_err(), "what does not read is not overwritten");
        let (standard, message) = Settings::load(&setup);
        assert_eq!(standard, Settings::default());
        assert!(message.is_some_and(|m| m.contains("settings.broken-1.ron") && m.contains("analist")));
        assert!(!file.exists());
        settings.save(&setup).unwrap();
    }
}
