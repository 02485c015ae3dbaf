//! One file per headless command.
