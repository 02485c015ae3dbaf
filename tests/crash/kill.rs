//! kill -9 of the real program, at random moments, while it carries out a script of edits.
//!
//! `TALLYMARK_KILLS` says how often.

use std::time::Duration;

use super::home::{Home, must_be_there};
use super::scripts::{Dice, script};

/// How often in an ordinary run.
const ORDINARY: usize = 24;
/// After so many kills another project is begun.
const OF_ONE_PROJECT: usize = 40;

#[test]
fn nothing_that_was_acknowledged_is_lost_by_a_kill() {
    let kills = std::env::var("TALLYMARK_KILLS").ok().map_or(ORDINARY, |n| n.parse().expect("a number"));
    let mut dice = Dice(u64::from(std::process::id()));
    let mut folder = tempfile::tempdir().expect("a folder");
    let (mut home, mut now, mut count) = (Home::new(folder.path()), None, 0);
    let (mut done, mut acknowledged, mut unkilled) = (0, 0, 0);
    while done < kills {
        if done % OF_ONE_PROJECT == 0 && done > 0 && now.is_some() {
            folder = tempfile::tempdir().expect("a folder");
            (home, now) = (Home::new(folder.path()), None);
        }
        let start = now.unwrap_or_else(|| home.found("at the start", true));
        let script = script(&mut dice, &start, folder.path(), 40, &mut count);
        let mut running = home.start(&script, folder.path(), None);
        // Some are killed while they open and recover, some at work, some while they close.
        let until = if dice.below(6) == 0 { 0 } else { 1 + dice.below(script.lines.len()) };
        running.wait_for(until);
        let pause = if until == 0 { dice.below(120_000) } else { dice.below(4000) };
        std::thread::sleep(Duration::from_micros(pause as u64));
        running.kill();
        let ended = running.end();
        let killed = ended.status.is_none() || cfg!(windows);
        assert!(killed || ended.status == Some(0), "{:?}: {}", ended.status, ended.said);
        let place = format!("kill {done}, {} lines acknowledged", ended.last);
        let found = home.found(&place, dice.below(2) == 0);
        must_be_there(&script, ended.last, &found, &place);
        acknowledged += ended.last;
        if killed {
            done += 1;
        } else {
            unkilled += 1;
            assert!(unkilled < 20 + kills, "the program ends before it can be killed");
        }
        now = Some(found);
    }
    eprintln!("{kills} kills: {acknowledged} edits acknowledged, 0 lost; 0 files unreadable");
}
