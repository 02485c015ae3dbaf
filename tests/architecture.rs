//! The walls of the house: who may know whom, and what is kept out of where. `ARCHITECTURE.md`
//! says why.

use std::fs;
use std::path::{Path, PathBuf};

/// A folder (or file) of `src/`, what it must not say, and why.
const WALLS: &[(&str, &[&str], &str)] = &[
    (
        "claim",
        &[
            "crate::article",
            "crate::suggest",
            "crate::reconcile",
            "crate::project",
            "crate::formats",
            "crate::session",
            "crate::cli",
            "crate::ui",
        ],
        "the words of the domain know nobody",
    ),
    (
        "article",
        &[
            "crate::suggest",
            "crate::reconcile",
            "crate::project",
            "crate::formats",
            "crate::session",
            "crate::cli",
            "crate::ui",
        ],
        "reading an article knows the words of the domain, and nobody else",
    ),
    (
        "suggest",
        &["crate::reconcile", "crate::project", "crate::formats", "crate::session", "crate::cli", "crate::ui"],
        "the four in the middle never see each other",
    ),
    (
        "reconcile",
        &[
            "crate::article",
            "crate::suggest",
            "crate::project",
            "crate::formats",
            "crate::session",
            "crate::cli",
            "crate::ui",
        ],
        "the four in the middle never see each other",
    ),
    (
        "project",
        &["crate::suggest", "crate::reconcile", "crate::formats", "crate::session", "crate::cli", "crate::ui"],
        "the four in the middle never see each other",
    ),
    (
        "formats",
        &["crate::suggest", "crate::reconcile", "crate::project", "crate::session", "crate::cli", "crate::ui"],
        "the four in the middle never see each other",
    ),
    ("session", &["crate::cli", "crate::ui"], "a project in use does not know its faces"),
    ("cli", &["crate::ui"], "the two faces do not know each other"),
    ("ui", &["crate::cli", "crate::reconcile", "crate::project::"], "the window asks the session"),
];

/// What only some may touch.
const KEPT_OUT: &[(&[&str], &[&str], &str)] = &[
    (
        &["std::fs", "fs::read", "fs::write", "File::open", "File::create", "walkdir", "std::env::"],
        // The launcher asks whether there is a display, the dialogs where the user is at home.
        &["project", "cli", "main.rs", "ui/launch.rs", "ui/dialogs.rs"],
        "only project and cli touch the file system and the environment",
    ),
    (
        &["SystemTime::now", "Instant::now", "Utc::now", "Local::now", "Uuid::now", "thread_rng"],
        &["session", "cli", "ui", "project", "main.rs"],
        "time and identity come in as arguments",
    ),
    (
        &["std::thread", "rayon::", "thread::spawn"],
        &["session", "cli", "ui", "project", "main.rs"],
        "the pure parts have no threads",
    ),
    // These only look up, for every claim or every word, and never go through what they hold.
    (
        &["HashMap", "HashSet"],
        &[
            "ui",
            "reconcile/interner.rs",
            "suggest/dates/words.rs",
            "suggest/form_trie.rs",
            "suggest/lexicon_pass.rs",
            "suggest/particles.rs",
            "suggest/quantities/words.rs",
            "suggest/repeats.rs",
            "suggest/sentences.rs",
        ],
        "hash order would show in what is written",
    ),
    (&["egui::", "eframe::"], &["ui", "main.rs"], "the core builds without the toolkit"),
    (&["rfd::"], &["ui/dialogs.rs"], "one file opens native dialogs"),
    (
        &["Color32::from_rgb", "Color32::from_hex", "Color32::RED", "Color32::from_gray", "from_rgba_unmultiplied"],
        &["ui/theme.rs", "ui/theme"],
        "colours come from assets/theme",
    ),
];

fn sources(folder: &Path, into: &mut Vec<PathBuf>) {
    let mut entries: Vec<_> =
        fs::read_dir(folder).expect("src is there").map(|e| e.expect("an entry").path()).collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            sources(&path, into);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            into.push(path);
        }
    }
}

/// Path below `src/` with `/`, and the lines of code before the tests, comments cut off.
fn code() -> Vec<(String, Vec<(usize, String)>)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    sources(&root, &mut files);
    (files.into_iter())
        .map(|path| {
            let text = fs::read_to_string(&path).expect("a source file");
            let name = path.strip_prefix(&root).expect("below src").to_string_lossy().replace('\\', "/");
            let lines = (text.lines().enumerate())
                .take_while(|(_, line)| !line.starts_with("#[cfg(test)]"))
                .map(|(i, line)| (i + 1, line.split("//").next().unwrap_or("").to_owned()))
                .collect();
            (name, lines)
        })
        .collect()
}

fn lives_in(file: &str, room: &str) -> bool {
    file == room || file.strip_prefix(room).is_some_and(|rest| rest.starts_with('/')) || file == format!("{room}.rs")
}

#[test]
fn nobody_reaches_over_a_wall() {
    let mut broken = Vec::new();
    for (file, lines) in code() {
        for (room, forbidden, why) in WALLS.iter().filter(|(room, ..)| lives_in(&file, room)) {
            for (number, line) in &lines {
                for word in forbidden.iter().filter(|word| line.contains(**word)) {
                    broken.push(format!("src/{file}:{number}: {room} says {word}: {why}"));
                }
            }
        }
    }
    assert!(broken.is_empty(), "\n{}", broken.join("\n"));
}

#[test]
fn what_is_kept_out_stays_out() {
    let mut broken = Vec::new();
    for (file, lines) in code() {
        if file.ends_with("tests.rs") || file.contains("/tests/") {
            continue;
        }
        for (words, rooms, why) in
            KEPT_OUT.iter().filter(|(_, rooms, _)| !rooms.iter().any(|room| lives_in(&file, room)))
        {
            let _ = rooms;
            for (number, line) in &lines {
                for word in words.iter().filter(|word| line.contains(**word)) {
                    broken.push(format!("src/{file}:{number}: {word}: {why}"));
                }
            }
        }
    }
    assert!(broken.is_empty(), "\n{}", broken.join("\n"));
}

#[test]
fn panels_never_see_one_another() {
    let mut broken = Vec::new();
    let files = code();
    let rooms: Vec<String> = (files.iter())
        .filter_map(|(file, _)| file.strip_prefix("ui/panels/"))
        .filter_map(|rest| rest.strip_suffix(".rs"))
        .filter(|rest| !rest.contains('/') && *rest != "mod")
        .map(str::to_owned)
        .collect();
    assert!(!rooms.is_empty());
    for (file, lines) in &files {
        let Some(own) = rooms.iter().find(|room| lives_in(file, &format!("ui/panels/{room}"))) else { continue };
        for (number, line) in lines {
            for other in rooms.iter().filter(|room| *room != own) {
                if line.contains(&format!("panels::{other}::"))
                    || line.contains(&format!("super::{other}::")) && file.matches('/').count() == 2
                {
                    broken.push(format!("src/{file}:{number}: {own} knows {other}"));
                }
            }
        }
    }
    assert!(broken.is_empty(), "\n{}", broken.join("\n"));
}
