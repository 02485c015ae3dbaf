//! `tallymark formats`: what can be read and written.

use super::{Console, DONE};
use crate::article::Format;
use crate::formats::FORMATS;

/// What `tallymark formats` is told: nothing.
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {}

pub(super) fn run(_arguments: &Arguments, console: &mut Console<'_>) -> u8 {
    let mut text = String::from("Articles in\n");
    for format in Format::ALL {
        let endings: Vec<_> = format.extensions().iter().map(|ending| format!(".{ending}")).collect();
        text.push_str(&format!("  {:<9} {}: {}\n", format.id(), format.label(), endings.join(" ")));
    }
    text.push_str("\nDatasets out (tallymark export PROJECT --to FORMAT)\n");
    for format in FORMATS {
        text.push_str(&format!("  {:<9} {}\n", format.id, format.label));
        text.push_str(&format!("            files: {}\n", format.files.join(", ")));
        text.push_str(&format!("            positions: {}; checked with: {}\n", format.units, format.checked_with));
    }
    text.push_str("\nClaims in (tallymark reconcile --claims FILE)\n  claims    Claims, JSON Lines: .jsonl\n");
    console.deliver(text.as_bytes(), None, DONE)
}
