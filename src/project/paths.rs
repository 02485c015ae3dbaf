//! Names of files in a project: checked the same on every system, and never followed out of the folder.

use std::path::{Path, PathBuf};

use sha2::{Digest as _, Sha256};

use super::disk::{Disk, EntryKind, describe};
use super::notation::FileError;

/// Names that Windows gives to devices, with any ending.
const DEVICES: [&str; 6] = ["con", "prn", "aux", "nul", "conin$", "conout$"];

/// Checks one name of a path: it must mean the same on every system, and nothing special on any.
///
/// # Errors
/// What is wrong with it, in words.
pub fn check_name(name: &str) -> Result<(), String> {
    let refuse = |why: &str| Err(format!("“{}” is not allowed as a name: {why}", name.escape_debug()));
    if name.is_empty() || name.len() > 255 {
        return refuse("it is empty or too long");
    }
    if name == "." || name == ".." {
        return refuse("it leads out of its folder");
    }
    if name.chars().any(|c| c.is_control() || r#"/\:*?"<>|"#.contains(c)) {
        return refuse("it has a character that paths give a meaning to");
    }
    if name.ends_with(['.', ' ']) {
        return refuse("it ends in a dot or a space");
    }
    let lower = name.to_lowercase();
    if lower == ".git" || lower.starts_with("git~") {
        return refuse("it belongs to version control");
    }
    let stem = lower.split('.').next().unwrap_or_default().trim_end();
    let numbered = |prefix: &str| {
        stem.strip_prefix(prefix)
            .is_some_and(|rest| rest.chars().count() == 1 && rest.chars().all(|c| "123456789¹²³".contains(c)))
    };
    if DEVICES.contains(&stem) || numbered("com") || numbered("lpt") {
        return refuse("it is the name of a device");
    }
    Ok(())
}

/// Checks a relative path with `/` between its names.
///
/// # Errors
/// What is wrong with it, in words.
pub fn check_relative(path: &str) -> Result<(), String> {
    path.split('/').try_for_each(check_name)
}

/// The path of a file in a project, after its names and the folders on the way were checked: a
/// link on the way is an error, even one that leads back inside.
///
/// # Errors
/// What is wrong with the path.
pub fn inside(disk: &dyn Disk, root: &Path, relative: &str) -> Result<PathBuf, FileError> {
    check_relative(relative).map_err(|message| FileError::whole(relative, message))?;
    let mut path = root.to_path_buf();
    let mut names = relative.split('/').peekable();
    while let Some(name) = names.next() {
        path.push(name);
        if names.peek().is_some()
            && let Some(look) = disk.look(&path).map_err(|error| FileError::whole(relative, error))?
            && look.kind != EntryKind::Folder
        {
            let message = format!("“{name}” is {}, not a folder", describe(look.kind));
            return Err(FileError::whole(relative, message));
        }
    }
    Ok(path)
}

/// A name as the name of a file or folder: small letters, digits and hyphens. Where that loses
/// anything but case and spaces, a piece of the name's hash keeps different names apart.
pub fn slug(name: &str) -> String {
    let lower = name.trim().to_lowercase();
    let mut out = String::new();
    for character in lower.chars() {
        if character.is_ascii_alphanumeric() {
            out.push(character);
        } else if !out.is_empty() && !out.ends_with('-') {
            out.push('-');
        }
    }
    out.truncate(40);
    let out = out.trim_end_matches('-').to_owned();
    let lossless = !out.is_empty() && out == lower.replace(' ', "-") && check_name(&out).is_ok();
    if lossless {
        return out;
    }
    let hash = short_hash(lower.as_bytes());
    if out.is_empty() { hash } else { format!("{out}-{hash}") }
}

/// The first eight hexadecimal digits of the hash of `bytes`.
pub fn short_hash(bytes: &[u8]) -> String {
    hash(bytes)[..8].to_owned()
}

/// The SHA-256 of `bytes`, hexadecimal.
pub fn hash(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let digit = |half: u8| DIGITS[usize::from(half)] as char;
    digest(bytes).iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
}

/// The SHA-256 of `bytes`.
pub fn digest(bytes: &[u8]) -> [u8; 32] {
    Sha256::digest(bytes).into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project::disk::RealDisk;

    #[test]
    fn names_that_mean_something_on_any_system_are_refused() {
        for name in [
            "", ".", "..", "a/b", "a\\b", "C:", "a:stream", "nul", "NUL.txt", "com1", "Com1.ron", "lpt9.x", "a.", "a ",
            ".git", ".GIT", "git~1", "a\0b", "a\nb", "a*", "com²", "aux .txt",
        ] {
            assert!(check_name(name).is_err(), "{name:?}");
        }
        for name in ["a", "a.b.ron", "computer", "com10", "moscow-times-a91811.3f9a2c71", "Ünï", ".local", "a b"] {
            assert_eq!(check_name(name), Ok(()), "{name:?}");
        }
        assert!(check_relative("a/../b").is_err() && check_relative("/a").is_err() && check_relative("a//b").is_err());
        assert_eq!(check_relative("v1/source.md"), Ok(()));
    }

    #[test]
    fn slugs_keep_names_apart() {
        assert_eq!(slug("Anna"), "anna");
        assert_eq!(slug("Anna Maria"), "anna-maria");
        assert_ne!(slug("Anna-Maria!"), slug("Anna-Maria"));
        assert_ne!(slug("Аня"), slug("Оля"));
        assert_ne!(slug("con"), "con");
        for name in ["", "../..", "Ann/a", "con", &"x".repeat(999), " . "] {
            assert_eq!(check_name(&slug(name)), Ok(()), "{name:?} → {}", slug(name));
        }
    }

    #[cfg(unix)]
    #[test]
    fn links_on_the_way_are_refused() {
        let folder = tempfile::tempdir().unwrap();
        std::os::unix::fs::symlink("/etc", folder.path().join("articles")).unwrap();
        let error = inside(&RealDisk, folder.path(), "articles/hostname").unwrap_err();
        assert!(error.to_string().contains("is a link"), "{error}");
    }
}
