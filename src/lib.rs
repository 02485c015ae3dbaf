//! Tallymark: what different sources claim about the same event, compared.
//!
//! The map of the house, and who may know whom:
//! `article`, `claim` ← `suggest`, `reconcile`, `project`, `formats` ← `session` ← `ui`, `cli`.
//! `ARCHITECTURE.md` says what each is for, and what it must not do.

#![forbid(unsafe_code)]

pub mod article;
pub mod claim;
pub mod cli;
pub mod formats;
pub mod project;
pub mod reconcile;
pub mod session;
pub mod suggest;
#[cfg(feature = "gui")]
pub mod ui;
