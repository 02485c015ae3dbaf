//! Disks that are full: a small file system in memory, and a limit on the length of files.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use super::home::{Home, must_be_there};
use super::scripts::{Dice, script};

fn mount(arguments: &[&str]) -> bool {
    let status = Command::new("mount").args(arguments).stdout(Stdio::null()).stderr(Stdio::null()).status();
    status.is_ok_and(|status| status.success())
}

/// A file system that goes away again.
struct Small(PathBuf);

impl Small {
    fn new(at: &Path) -> Option<Self> {
        std::fs::create_dir_all(at).ok()?;
        let path = at.to_str()?;
        mount(&["-t", "tmpfs", "-o", "size=16m", "tmpfs", path]).then(|| Self(at.to_path_buf()))
    }

    fn resize(&self, size: &str) {
        let path = self.0.to_str().expect("Unicode");
        assert!(mount(&["-o", &format!("remount,size={size}"), path]), "the file system can be resized");
    }
}

impl Drop for Small {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg("-l").arg(&self.0).status();
    }
}

#[test]
fn a_full_disk_is_said_and_nothing_that_was_acknowledged_is_lost() {
    let folder = tempfile::tempdir().expect("a folder");
    let Some(disk) = Small::new(&folder.path().join("small")) else {
        eprintln!(
            "skipped: a_full_disk_is_said_and_nothing_that_was_acknowledged_is_lost: tmpfs cannot be mounted here"
        );
        return;
    };
    let (mut dice, mut count, mut refused) = (Dice(7), 0, 0);
    let home = Home::new(&disk.0);
    let mut now = home.found("at the start", true);
    for round in 0..6 {
        // What is there, and a few blocks more.
        let used: u64 = (walkdir::WalkDir::new(&disk.0).into_iter().filter_map(Result::ok))
            .map(|entry| entry.metadata().map_or(0, |found| found.len().div_ceil(4096) * 4096))
            .sum();
        disk.resize(&format!("{}k", used / 1024 + 16 + 12 * round));
        let script = script(&mut dice, &now, folder.path(), 60, &mut count);
        let ended = home.start(&script, folder.path(), None).end();
        if ended.status != Some(0) {
            refused += 1;
            let full = ["No space left", "could not", "cannot", "space"].iter().any(|words| ended.said.contains(words));
            assert!(full, "it is not said that the disk is full: {}", ended.said);
        }
        disk.resize("64m");
        let place = format!("round {round}, {} lines acknowledged", ended.last);
        now = home.found(&place, true);
        must_be_there(&script, ended.last, &now, &place);
    }
    assert!(refused > 0, "the disk never was full");
}

#[cfg(unix)]
#[test]
fn files_that_may_not_grow_are_no_loss() {
    let folder = tempfile::tempdir().expect("a folder");
    let home = Home::new(folder.path());
    let (mut dice, mut count, mut cut_short) = (Dice(11), 0, 0);
    let mut now = home.found("at the start", true);
    for blocks in [8, 12, 16, 24, 40] {
        let script = script(&mut dice, &now, folder.path(), 60, &mut count);
        // In blocks of 512 bytes; whoever writes more gets a signal that ends it.
        let ended = home.start(&script, folder.path(), Some(&format!("ulimit -f {blocks}"))).end();
        cut_short += usize::from(ended.status != Some(0));
        let place = format!("files of up to {blocks} blocks, {} lines acknowledged", ended.last);
        now = home.found(&place, true);
        must_be_there(&script, ended.last, &now, &place);
    }
    assert!(cut_short > 0, "no file was ever too long");
}
