//! Any damage to a project's files, and any correction of an article: nothing breaks, nothing is
//! overwritten that does not read, and nothing goes elsewhere in silence.

#[path = "../fuzz/src/anchors.rs"]
#[allow(dead_code, reason = "the runner tells more of a case")]
mod anchors;
#[path = "../fuzz/src/damage.rs"]
mod damage;
#[path = "../src/project/tests/memory.rs"]
#[allow(dead_code, reason = "the tests of the program let its calls fail, too")]
mod memory;
#[path = "../fuzz/src/projects.rs"]
mod projects;
#[path = "../fuzz/src/random.rs"]
mod random;
#[path = "../fuzz/src/sample.rs"]
mod sample;

use std::path::{Path, PathBuf};

use random::Random;
// The disk in memory looks for it here.
use tallymark::project;

fn corpus(folder: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz").join(folder);
    let mut files: Vec<_> =
        std::fs::read_dir(folder).expect("the corpus").map(|entry| entry.expect("an entry").path()).collect();
    files.sort();
    assert!(files.len() >= 3);
    files
}

#[test]
fn the_sample_is_sound_and_has_everything() {
    let sound = sample::sound();
    let damage: Vec<_> = sound.opened.findings.iter().filter(|finding| finding.damage).collect();
    assert!(damage.is_empty(), "{damage:?}");
    for part in [
        "annotations/anna",
        "annotations/ben",
        "v2/text.txt",
        ".local/backups",
        "history/",
        ".local/index",
        "reconciliation/",
    ] {
        assert!(sound.files.keys().any(|path| path.contains(part)), "{part} is not in {:?}", sound.files.keys());
    }
    assert_eq!(sample::journals(&sound.disk()).len(), 3);
    projects::check(&sound.disk(), "nothing was damaged");
    projects::check_in_session(&sound.disk(), "nothing was damaged");
}

#[test]
fn what_was_once_found_does_no_harm() {
    // Each is named after the file of the project that it takes the place of, with what broke behind it.
    for file in corpus("corpus_of_projects") {
        let bytes = std::fs::read(&file).expect("a file of the corpus");
        let name = file.file_name().and_then(|name| name.to_str()).expect("a name");
        projects::check(&projects::in_place_of(name, &bytes), name);
    }
    for file in corpus("corpus_of_corrections") {
        let texts = std::fs::read_to_string(&file).expect("a file of the corpus");
        for seed in 0..6 {
            let mut random = Random::new(seed);
            let case = anchors::case_of(&texts, &mut random);
            anchors::check(&case);
            anchors::check_by_hand(&case, &mut random);
        }
    }
}

// One after the other: opening a project spreads over all threads by itself, and the first one makes the
// sample, which the others must not wait for on threads that it needs.
#[test]
fn damaged_projects_do_no_harm() {
    (0..24_u64).for_each(|seed| {
        let (disk, what) = projects::damaged(&mut Random::new(seed), projects::ANYWHERE);
        projects::check(&disk, &what);
    });
    (0..3_u64).for_each(|seed| {
        let (disk, what) = projects::damaged(&mut Random::new(1_000 + seed), projects::ANYWHERE);
        projects::check_in_session(&disk, &what);
    });
}

#[test]
fn damaged_journals_do_no_harm() {
    (0..16_u64).for_each(|seed| {
        let (disk, what) = projects::damaged(&mut Random::new(seed), projects::JOURNALS);
        projects::check(&disk, &what);
    });
}

#[test]
fn layers_go_along_to_any_correction() {
    (0..30_u64).for_each(|seed| {
        let mut random = Random::new(seed);
        let case = anchors::case(&mut random);
        anchors::check(&case);
        anchors::check_by_hand(&case, &mut random);
    });
}
