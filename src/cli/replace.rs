//! `tallymark replace`: a corrected version in the place of an article, and what became of the claims.

use std::path::PathBuf;

use super::edit::{find_article, opened, tell};
use super::{Console, DONE, FAILED, PARTLY};
use crate::article::{Fate, Outcome};
use crate::session::Command;

/// What `tallymark replace` is told.
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// The project's folder
    #[arg(value_name = "PROJECT")]
    project: PathBuf,
    /// The article's name or id
    #[arg(value_name = "ARTICLE")]
    article: String,
    /// The file of the corrected version
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// Whose claims go along; without it, those of the person at the machine
    #[arg(long, value_name = "NAME")]
    analyst: Option<String>,
}

pub(super) fn run(arguments: &Arguments, console: &mut Console<'_>) -> u8 {
    let mut session = match opened(&arguments.project, arguments.analyst.as_deref(), console) {
        Ok(session) => session,
        Err(message) => {
            console.complain(message);
            return FAILED;
        }
    };
    let article = match find_article(&session, &arguments.article) {
        Ok(article) => article,
        Err(message) => {
            console.complain(message);
            return FAILED;
        }
    };
    let before = session.changes();
    session.run(Command::Replace { article, path: arguments.file.clone() });
    session.wait_for_jobs();
    let safe = session.wait_until_safe();
    tell(&mut session, console);
    let report = session.replacement().filter(|_| session.changes() > before).map(|replacement| {
        let lines = replacement.by_urgency().into_iter().map(line).collect::<String>();
        let doubt = |outcome: &Outcome| matches!(outcome.fate, Fate::InDoubt { .. } | Fate::Orphaned);
        (
            format!("version {}: {}\n{lines}", replacement.to, replacement.summary()),
            replacement.outcomes.iter().any(doubt),
        )
    });
    session.close();
    match (report, safe) {
        (Some((report, doubt)), Ok(())) => console.deliver(report.as_bytes(), None, if doubt { PARTLY } else { DONE }),
        (_, Err(why)) => {
            console.complain(why);
            FAILED
        }
        (None, Ok(())) => FAILED, // why not was told
    }
}

/// A claim's fate on a line.
fn line(outcome: &Outcome) -> String {
    let Outcome { claim, fate, before, after } = outcome;
    let now = after.as_ref().map_or("", |(_, words)| words);
    let flat = |words: &str| words.split_whitespace().collect::<Vec<_>>().join(" ");
    let (before, now) = (flat(before), flat(now));
    let what = match fate {
        Fate::Same => format!("same: “{before}”"),
        Fate::Moved => format!("moved: “{before}”"),
        Fate::Changed => format!("changed: “{before}” → “{now}”"),
        Fate::NumberChanged { before: old, after: new } => {
            format!("number changed: {old} → {new}: “{before}” → “{now}”")
        }
        Fate::InDoubt { .. } => format!("in doubt: “{before}”, perhaps “{now}”"),
        Fate::Orphaned => format!("orphaned: “{before}”"),
    };
    format!("{claim}\t{what}\n")
}
