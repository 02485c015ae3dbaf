//! Power cuts on a real ext4 file system in an image of its own: it is shut down under the program by
//! the file system's own call, with and without what it had in its log, and mounted again.
//!
//! Only with root and loop devices, and only where `TALLYMARK_POWER_CUTS` says how many of each kind.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use super::home::{Home, must_be_there};
use super::scripts::{Dice, script};

/// Whether a command went well.
fn done(program: &str, arguments: &[&str]) -> bool {
    let status = Command::new(program).args(arguments).stdout(Stdio::null()).stderr(Stdio::null()).status();
    status.is_ok_and(|status| status.success())
}

fn words(path: &Path) -> &str {
    path.to_str().expect("Unicode")
}

/// A file system in an image, mounted.
struct Mounted {
    image: PathBuf,
    at: PathBuf,
    options: &'static str,
}

impl Mounted {
    fn new(folder: &Path, options: &'static str) -> Option<Self> {
        let (image, at) = (folder.join("disk.img"), folder.join("disk"));
        std::fs::create_dir_all(&at).ok()?;
        std::fs::File::create(&image).and_then(|file| file.set_len(96 << 20)).ok()?;
        let mounted = Self { image, at, options };
        (done("mkfs.ext4", &["-q", "-F", words(&mounted.image)]) && mounted.mount()).then_some(mounted)
    }

    fn mount(&self) -> bool {
        let options = format!("loop{}", self.options);
        done("mount", &["-t", "ext4", "-o", &options, words(&self.image), words(&self.at)])
    }

    /// The power goes: with `log`, what the file system had in its log gets out.
    fn cut(&self, log: bool) -> bool {
        // EXT4_IOC_SHUTDOWN with EXT4_GOING_FLAGS_LOGFLUSH or …_NOLOGFLUSH.
        let code = "import fcntl, os, struct, sys\n\
                    fd = os.open(sys.argv[1], os.O_RDONLY)\n\
                    fcntl.ioctl(fd, 0x8004587d, struct.pack('I', int(sys.argv[2])))";
        done("python3", &["-c", code, words(&self.at), if log { "1" } else { "2" }])
    }

    fn unmount(&self) -> bool {
        (0..50).any(|_| {
            let gone = done("umount", &[words(&self.at)]);
            if !gone {
                std::thread::sleep(Duration::from_millis(100)); // somebody still looks at it
            }
            gone
        })
    }
}

impl Drop for Mounted {
    fn drop(&mut self) {
        done("umount", &["-l", words(&self.at)]);
    }
}

#[test]
fn nothing_that_was_acknowledged_is_lost_by_a_power_cut() {
    let name = "nothing_that_was_acknowledged_is_lost_by_a_power_cut";
    let Some(cuts) = std::env::var("TALLYMARK_POWER_CUTS").ok().and_then(|n| n.parse::<usize>().ok()) else {
        eprintln!("skipped: {name}: TALLYMARK_POWER_CUTS does not say how many");
        return;
    };
    let (mut dice, mut acknowledged, mut count) = (Dice(u64::from(std::process::id())), 0, 0);
    for options in ["", ",nodelalloc"] {
        for log in [true, false] {
            let folder = tempfile::tempdir().expect("a folder");
            let Some(disk) = Mounted::new(folder.path(), options) else {
                eprintln!("skipped: {name}: no ext4 image can be mounted here (it takes root and loop devices)");
                return;
            };
            let home = Home::new(&disk.at);
            let mut now = home.found("at the start", true);
            for cut in 0..cuts {
                let script = script(&mut dice, &now, folder.path(), 40, &mut count);
                let mut running = home.start(&script, folder.path(), None);
                running.wait_for(1 + dice.below(script.lines.len()));
                std::thread::sleep(Duration::from_micros(dice.below(4000) as u64));
                if !disk.cut(log) {
                    running.kill();
                    eprintln!("skipped: {name}: the file system cannot be shut down (it takes root and python3)");
                    return;
                }
                running.kill();
                let ended = running.end();
                let place = format!("cut {cut} (ext4{options}, log {log}), {} lines acknowledged", ended.last);
                assert!(disk.unmount() && disk.mount(), "{place}: the image cannot be mounted again");
                now = home.found(&place, dice.below(2) == 0);
                must_be_there(&script, ended.last, &now, &place);
                acknowledged += ended.last;
            }
            drop(home);
            assert!(disk.unmount(), "the image stays mounted");
        }
    }
    eprintln!("{} power cuts: {acknowledged} edits acknowledged, 0 lost; 0 files unreadable", 4 * cuts);
}
