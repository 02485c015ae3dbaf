//! The program: the command line, or the window.

use std::io::IsTerminal as _;
use std::process::ExitCode;

use tallymark::cli::{self, Console, Outcome};

fn main() -> ExitCode {
    let terminal = std::io::stderr().is_terminal();
    let (mut out, mut err) = (std::io::stdout().lock(), std::io::stderr());
    let outcome = cli::run(std::env::args_os(), &mut Console::new(&mut out, &mut err, terminal));
    drop(out);
    match outcome {
        Outcome::Done(status) => ExitCode::from(status),
        Outcome::Window(paths) => open_window(paths),
    }
}

#[cfg(feature = "gui")]
fn open_window(paths: Vec<std::path::PathBuf>) -> ExitCode {
    match tallymark::ui::run(paths) {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("{message}");
            ExitCode::from(cli::FAILED)
        }
    }
}

#[cfg(not(feature = "gui"))]
fn open_window(_paths: Vec<std::path::PathBuf>) -> ExitCode {
    eprintln!("This program was built without its window; see `tallymark --help` for what it does without one.");
    ExitCode::from(cli::FAILED)
}
