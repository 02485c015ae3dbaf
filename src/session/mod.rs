//! A project in use.
