//! The program cut short in every way there is: what it acknowledged is there afterwards, every file
//! reads, and nothing is left lying about. `docs/reliability.md` says what came of it.

mod full;
mod home;
mod kill;
#[cfg(target_os = "linux")]
mod power;
mod scripts;
