//! The program without a window: one file per command.
//!
//! Data goes to standard output or a file, everything else to standard error. [`run`] takes both
//! as arguments, so that tests see what a user would.

mod check;
mod console;
mod edit;
mod export;
mod formats;
mod inputs;
mod outside;
mod pack;
mod reading;
mod reconcile;
mod replace;
mod suggest;

use std::ffi::OsString;
use std::path::PathBuf;

use clap::{Parser, Subcommand};

pub use console::Console;

/// Done, conflicts and empty results included.
pub const DONE: u8 = 0;
/// Some named input could not be read, or `check` found damage; the rest was done.
pub const PARTLY: u8 = 1;
/// Bad usage, nothing readable, no display.
pub const FAILED: u8 = 2;

/// The program's version.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");

/// A desktop workbench for comparing what different sources claim about the same event.
#[derive(Debug, Parser)]
#[command(
    name = "tallymark",
    version,
    about,
    long_about = None,
    args_conflicts_with_subcommands = true,
    after_help = "With articles or a project, or with nothing, the window opens.\n\
                  Exit status: 0 done; 1 some named input could not be read, or check found damage; \
                  2 bad usage, nothing readable, no display."
)]
struct Arguments {
    #[command(subcommand)]
    command: Option<Command>,
    /// Articles, folders of articles, or a project, to open in the window
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Suggest claims: every figure about people, with a reading of its sentence
    Suggest(suggest::Arguments),
    /// Compare claims: facts with their ranges and verdicts, of articles or of a project
    Reconcile(reconcile::Arguments),
    /// Export a project as a dataset
    Export(export::Arguments),
    /// Carry out a script of edits on a project; each is acknowledged once it is safe on disk
    Edit(edit::Arguments),
    /// Put a corrected version in the place of an article; its claims go along
    Replace(replace::Arguments),
    /// Check a project: every span, hash and reference; changes nothing
    Check(check::Arguments),
    /// Pack a project into one file, for an e-mail
    Pack(pack::PackArguments),
    /// Make a project's folder of a packed one
    Unpack(pack::UnpackArguments),
    /// List the formats that can be read and written
    Formats(formats::Arguments),
}

/// What is left to do once [`run`] returns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Nothing; the program ends with this status.
    Done(u8),
    /// The window is to be opened on these paths.
    Window(Vec<PathBuf>),
}

/// Runs a command. `arguments` begin with the program's name.
pub fn run(arguments: impl IntoIterator<Item = OsString>, console: &mut Console<'_>) -> Outcome {
    let arguments = match Arguments::try_parse_from(arguments) {
        Ok(arguments) => arguments,
        Err(error) => {
            let text = error.render().to_string();
            if error.use_stderr() {
                console.say(text.trim_end());
                return Outcome::Done(FAILED);
            }
            return Outcome::Done(console.finish(|out| out.write_all(text.as_bytes()), DONE));
        }
    };
    let status = match arguments.command {
        None => return Outcome::Window(arguments.paths),
        Some(Command::Suggest(arguments)) => suggest::run(&arguments, console),
        Some(Command::Reconcile(arguments)) => reconcile::run(&arguments, console),
        Some(Command::Export(arguments)) => export::run(&arguments, console),
        Some(Command::Edit(arguments)) => edit::run(&arguments, console),
        Some(Command::Replace(arguments)) => replace::run(&arguments, console),
        Some(Command::Check(arguments)) => check::run(&arguments, console),
        Some(Command::Pack(arguments)) => pack::run_pack(&arguments, console),
        Some(Command::Unpack(arguments)) => pack::run_unpack(&arguments, console),
        Some(Command::Formats(arguments)) => formats::run(&arguments, console),
    };
    Outcome::Done(status)
}
