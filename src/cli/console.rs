//! Where output, messages and progress of a command go.

use std::io::{self, Write};
use std::path::Path;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::{FAILED, PARTLY};

/// Where output, messages and progress go.
pub struct Console<'a> {
    /// Data.
    out: &'a mut dyn Write,
    /// Messages.
    err: &'a mut dyn Write,
    /// Whether messages go to a terminal, on which long work may show a bar.
    terminal: bool,
}

impl std::fmt::Debug for Console<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Console").field("terminal", &self.terminal).finish_non_exhaustive()
    }
}

impl<'a> Console<'a> {
    /// A console that writes data to `out` and messages to `err`; `terminal` allows progress bars
    /// on standard error.
    pub fn new(out: &'a mut dyn Write, err: &'a mut dyn Write, terminal: bool) -> Self {
        Self { out, err, terminal }
    }

    /// A message, on a line of its own. Where it cannot be written there is nobody to tell.
    pub fn say(&mut self, message: &str) {
        let _ = writeln!(self.err, "{message}");
        let _ = self.err.flush();
    }

    /// A message about something that went wrong, after the program's name.
    pub fn complain(&mut self, message: impl std::fmt::Display) {
        self.say(&format!("tallymark: {message}"));
    }

    /// A bar for work of so many steps: drawn on a terminal, and only where it lasts.
    pub fn bar(&self, steps: usize, what: &'static str) -> ProgressBar {
        let target =
            if self.terminal && steps > 1 { ProgressDrawTarget::stderr() } else { ProgressDrawTarget::hidden() };
        let style = ProgressStyle::with_template("{msg} {wide_bar} {pos}/{len}")
            .unwrap_or_else(|_| ProgressStyle::default_bar());
        ProgressBar::with_draw_target(Some(steps as u64), target).with_style(style).with_message(what)
    }

    /// A line of data, written at once: for what somebody waits for line by line. `false` where it
    /// cannot be written, and nobody reads any more.
    pub fn line(&mut self, line: &str) -> bool {
        writeln!(self.out, "{line}").and_then(|()| self.out.flush()).is_ok()
    }

    /// Writes data and gives the status of the program: `status` where all is written, or where the
    /// reader has gone away, which is no error.
    pub fn finish(&mut self, write: impl FnOnce(&mut dyn Write) -> io::Result<()>, status: u8) -> u8 {
        let mut buffered = io::BufWriter::with_capacity(64 * 1024, &mut *self.out);
        let result = write(&mut buffered).and_then(|()| buffered.flush());
        // What is left in the buffer after an error must not be tried again when it is dropped.
        let _ = buffered.into_parts();
        match result {
            Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
                self.complain(format!("the output could not be written: {error}"));
                status.max(PARTLY)
            }
            _ => status,
        }
    }

    /// Writes data to a file, or to the output where there is none.
    pub fn deliver(&mut self, bytes: &[u8], file: Option<&Path>, status: u8) -> u8 {
        match file {
            None => self.finish(|out| out.write_all(bytes), status),
            Some(path) => match write_whole(path, bytes) {
                Ok(()) => status,
                Err(error) => {
                    self.complain(format!("{} could not be written: {error}", path.display()));
                    FAILED
                }
            },
        }
    }
}

/// Writes a file whole or not at all: beside it first, then in its place.
pub(super) fn write_whole(path: &Path, bytes: &[u8]) -> io::Result<()> {
    if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        std::fs::create_dir_all(folder)?;
    }
    // A device or a pipe is written to as it is.
    if std::fs::metadata(path).is_ok_and(|found| !found.is_file() && !found.is_dir()) {
        return std::fs::write(path, bytes);
    }
    let mut name = path.file_name().ok_or(io::ErrorKind::InvalidInput)?.to_os_string();
    name.push(format!(".part{}", std::process::id()));
    let part = path.with_file_name(name);
    let written = std::fs::File::create_new(&part).and_then(|mut file| {
        file.write_all(bytes)?;
        file.sync_all()
    });
    let done = written.and_then(|()| std::fs::rename(&part, path));
    if done.is_err() {
        let _ = std::fs::remove_file(&part);
    }
    done
}
