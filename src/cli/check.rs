//! `tallymark check`: whether a project is sound. Nothing is changed.

use std::path::PathBuf;

use super::{Console, DONE, FAILED, PARTLY};
use crate::project;

/// What `tallymark check` is told.
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// The project's folder
    #[arg(value_name = "PROJECT")]
    project: PathBuf,
}

pub(super) fn run(arguments: &Arguments, console: &mut Console<'_>) -> u8 {
    let findings = match project::check(&arguments.project) {
        Ok(findings) => findings,
        Err(error) => {
            console.complain(error);
            return FAILED;
        }
    };
    let damaged = findings.iter().filter(|finding| finding.damage).count();
    let mut report = String::new();
    for finding in &findings {
        let word = if finding.damage { "damage" } else { "note" };
        report.push_str(&format!("{word}: {finding}\n"));
    }
    report.push_str(&match (damaged, findings.len() - damaged) {
        (0, 0) => "sound\n".to_owned(),
        (0, notes) => format!("sound; {}\n", counted(notes, "note")),
        (damaged, notes) => format!("{}; {}\n", counted(damaged, "finding of damage"), counted(notes, "note")),
    });
    let status = if damaged > 0 { PARTLY } else { DONE };
    console.deliver(report.as_bytes(), None, status)
}

fn counted(n: usize, noun: &str) -> String {
    match n {
        1 => format!("1 {noun}"),
        n if noun.starts_with("finding") => format!("{n} findings of damage"),
        n => format!("{n} {noun}s"),
    }
}
