//! Runs a command of the analyst's: lines in, lines out, never longer than it may, never more than
//! can be held, and ended with everything that it has started.
//!
//! No shell is involved. Reading and writing happen on threads of their own, so that a command that
//! neither reads nor writes nor ends holds nobody up; whoever calls this waits here, and so belongs
//! on a thread of its own as well.

use std::io::{BufRead as _, BufReader, Read, Write as _};
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::sync::mpsc::{self, RecvTimeoutError};
use std::time::{Duration, Instant};

use process_wrap::std::{ChildWrapper, CommandWrap};

use super::store::Setup;

/// The longest line that is taken in, in bytes.
const LONGEST_LINE: u64 = 1 << 20;
/// All that is taken in of one run, in bytes.
const MOST: u64 = 256 << 20;
/// What is kept of the messages: their last bytes.
const MESSAGES: usize = 4096;
/// How often it is looked whether to stop.
const PULSE: Duration = Duration::from_millis(20);
/// How long a command that has closed its output may take to end, and one that has ended may leave
/// its output open.
const GRACE: Duration = Duration::from_secs(2);

/// How a run ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ending {
    /// By itself, in good order.
    Done,
    /// By itself, with a status that means failure: "exit status: 1", "signal: 11".
    Failed(String),
    /// Its time was up.
    OutOfTime,
    /// Somebody stopped it.
    Stopped,
    /// It wrote a line, or a whole, that is too long to be meant.
    TooMuch,
}

/// What became of a run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ran {
    /// How it ended.
    pub ending: Ending,
    /// The last of what it wrote to standard error.
    pub messages: String,
}

/// Runs a command. `input` is written to it line by line; each line that it writes is given to
/// `take`; `stopped` is asked all the while. Lines end at LF; bytes that are no UTF-8 become U+FFFD.
///
/// # Errors
/// In a sentence, where it cannot be started.
pub fn run_command(
    words: &[String],
    folder: &Path,
    limit: Duration,
    input: impl Iterator<Item = String> + Send + 'static,
    mut take: impl FnMut(&str),
    stopped: impl Fn() -> bool,
) -> Result<Ran, String> {
    let (program, arguments) = words.split_first().ok_or("There is no command.")?;
    let mut command = CommandWrap::with_new(program, |command| {
        command.args(arguments).current_dir(folder);
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    });
    #[cfg(unix)]
    command.wrap(process_wrap::std::ProcessGroup::leader());
    #[cfg(windows)]
    command.wrap(process_wrap::std::JobObject);
    let started = Instant::now();
    let child = command.spawn().map_err(|error| match error.kind() {
        std::io::ErrorKind::NotFound => format!("There is no program “{program}”."),
        _ => format!("“{program}” could not be started: {error}."),
    })?;
    let mut child = Ended(child);
    let (Some(stdin), Some(stdout), Some(stderr)) =
        (child.0.stdin().take(), child.0.stdout().take(), child.0.stderr().take())
    else {
        return Err(format!("“{program}” could not be connected to."));
    };
    let thread = |name: &str| std::thread::Builder::new().name(format!("tallymark-{name}"));
    let failed = |error: std::io::Error| format!("“{program}” could not be connected to: {error}.");
    let writing = move || {
        let mut stdin = std::io::BufWriter::new(stdin);
        for line in input {
            // A command that does not want to read on need not.
            if stdin.write_all(line.as_bytes()).and_then(|()| stdin.write_all(b"\n")).is_err() {
                return;
            }
        }
        let _ = stdin.flush();
    };
    thread("outside-in").spawn(writing).map_err(failed)?;
    let (sender, lines) = mpsc::sync_channel::<Option<Vec<u8>>>(64);
    thread("outside-out").spawn(move || read_lines(stdout, |line| sender.send(line).is_ok())).map_err(failed)?;
    let (errors, messages) = mpsc::channel();
    let reading = move || {
        let _ = errors.send(last_bytes(stderr));
    };
    thread("outside-messages").spawn(reading).map_err(failed)?;

    let mut ending = None;
    let mut ended_at: Option<Instant> = None;
    loop {
        match lines.recv_timeout(PULSE) {
            Ok(Some(line)) => take(&String::from_utf8_lossy(&line)),
            Ok(None) => ending = Some(Ending::TooMuch),
            Err(RecvTimeoutError::Disconnected) => break,
            Err(RecvTimeoutError::Timeout) => {
                // Something that it has started may hold its output open for ever.
                if ended_at.is_none() && matches!(child.0.inner_mut().try_wait(), Ok(Some(_))) {
                    ended_at = Some(Instant::now());
                }
            }
        }
        if stopped() {
            ending = Some(Ending::Stopped);
        } else if ending.is_none() && started.elapsed() > limit {
            ending = Some(Ending::OutOfTime);
        }
        if ending.is_some() || ended_at.is_some_and(|at| at.elapsed() > GRACE) {
            break;
        }
    }
    let ending = match ending {
        Some(ending) => ending,
        None => wait(&mut child, started + limit, &stopped),
    };
    drop(child); // with everything that it has started
    let messages = messages.recv_timeout(Duration::from_millis(200)).unwrap_or_default();
    Ok(Ran { ending, messages })
}

/// A command that is ended when it is let go.
struct Ended(Box<dyn ChildWrapper>);

impl Drop for Ended {
    fn drop(&mut self) {
        let _ = self.0.start_kill();
        // So that nothing is left of it in the list of processes; it has been killed and ends at once.
        let end = Instant::now() + Duration::from_millis(500);
        while matches!(self.0.inner_mut().try_wait(), Ok(None)) && Instant::now() < end {
            std::thread::sleep(Duration::from_millis(2));
        }
    }
}

/// Waits for the end of a command that has closed its output.
fn wait(child: &mut Ended, end: Instant, stopped: &impl Fn() -> bool) -> Ending {
    let patience = Instant::now() + GRACE;
    loop {
        match child.0.inner_mut().try_wait() {
            Ok(Some(status)) if status.success() => return Ending::Done,
            Ok(Some(status)) => return Ending::Failed(status.to_string()),
            Err(error) => return Ending::Failed(error.to_string()),
            Ok(None) if stopped() => return Ending::Stopped,
            Ok(None) if Instant::now() > end => return Ending::OutOfTime,
            // It has said all that it can say.
            Ok(None) if Instant::now() > patience => return Ending::Done,
            Ok(None) => std::thread::sleep(Duration::from_millis(2)),
        }
    }
}

/// Gives every line to `send`, without its end; `None` where a line or the whole is too long. Goes on
/// while `send` wants more.
fn read_lines(output: impl Read, send: impl Fn(Option<Vec<u8>>) -> bool) {
    let mut output = BufReader::new(output);
    let mut left = MOST;
    loop {
        let mut line = Vec::new();
        match output.by_ref().take(LONGEST_LINE + 1).read_until(b'\n', &mut line) {
            Ok(0) | Err(_) => return,
            Ok(length) => {
                let length = length as u64;
                left = left.saturating_sub(length);
                if length > LONGEST_LINE || left == 0 {
                    send(None);
                    return;
                }
            }
        }
        while matches!(line.last(), Some(b'\n' | b'\r')) {
            line.pop();
        }
        if !send(Some(line)) {
            return;
        }
    }
}

/// The last bytes of all that is written, as text.
fn last_bytes(mut errors: impl Read) -> String {
    let (mut kept, mut piece) = (Vec::new(), [0; 1024]);
    while let Ok(length @ 1..) = errors.read(&mut piece) {
        kept.extend_from_slice(&piece[..length]);
        if kept.len() > 2 * MESSAGES {
            kept.drain(..kept.len() - MESSAGES);
        }
    }
    let from = kept.len().saturating_sub(MESSAGES);
    String::from_utf8_lossy(&kept[from..]).trim().to_owned()
}

/// Where a command runs that the window starts: in the user's own folder, never in a project, so
/// that a project cannot bring what a relative name then means.
pub fn command_folder(setup: Option<&Setup>) -> PathBuf {
    let data = setup.map(|setup| setup.places.data.clone()).filter(|folder| folder.is_dir());
    data.unwrap_or_else(std::env::temp_dir)
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    /// Runs a line of shell with what is to be read; gives the lines and what became of it.
    fn shell(script: &str, input: &[&str], limit: u64, stopped: impl Fn() -> bool) -> (Vec<String>, Ran) {
        let words: Vec<String> = ["sh", "-c", script].map(str::to_owned).into();
        let input: Vec<String> = input.iter().map(|line| (*line).to_owned()).collect();
        let mut lines = Vec::new();
        let ran = run_command(
            &words,
            &std::env::temp_dir(),
            Duration::from_millis(limit),
            input.into_iter(),
            |line| lines.push(line.to_owned()),
            stopped,
        );
        (lines, ran.expect("sh is there"))
    }

    #[test]
    fn lines_go_in_and_come_out() {
        let (lines, ran) = shell("cat; echo oops >&2", &["a", "ö b"], 10_000, || false);
        assert_eq!(lines, ["a", "ö b"]);
        assert_eq!(ran, Ran { ending: Ending::Done, messages: "oops".to_owned() });
        let (lines, ran) = shell("echo one; printf two; exit 3", &[], 10_000, || false);
        assert_eq!(lines, ["one", "two"]);
        assert!(matches!(&ran.ending, Ending::Failed(status) if status.contains('3')), "{ran:?}");
    }

    #[test]
    fn what_takes_too_long_is_ended_and_what_it_said_is_kept() {
        let begun = Instant::now();
        let (lines, ran) = shell("echo one; sleep 60", &[], 300, || false);
        assert_eq!((&*lines, ran.ending), (&["one".to_owned()][..], Ending::OutOfTime));
        let (_, ran) = shell("sleep 60 & sleep 60", &["never read"], 60_000, || begun.elapsed().as_millis() > 600);
        assert_eq!(ran.ending, Ending::Stopped);
        assert!(begun.elapsed() < Duration::from_secs(20));
    }

    #[test]
    fn what_it_has_started_is_ended_with_it_and_holds_nobody_up() {
        let folder = tempfile::tempdir().unwrap();
        let mark = folder.path().join("mark");
        let script = format!("(sleep 3; touch {}) & exit 0", mark.display());
        let begun = Instant::now();
        let (_, ran) = shell(&script, &[], 60_000, || false);
        assert!(begun.elapsed() < Duration::from_secs(20));
        assert_eq!(ran.ending, Ending::Done);
        std::thread::sleep(Duration::from_millis(1500));
        assert!(!mark.exists(), "it was ended");
    }

    #[test]
    fn endless_output_and_no_program_at_all() {
        let (_, ran) = shell("yes x | tr -d '\\n'", &[], 60_000, || false);
        assert_eq!(ran.ending, Ending::TooMuch);
        let words = ["no-such-program-at-all".to_owned()];
        let ran = run_command(&words, &std::env::temp_dir(), GRACE, std::iter::empty(), |_| {}, || false);
        assert!(ran.is_err_and(|message| message.contains("no-such-program-at-all")));
    }
}
