//! Suggestions from text to reading.
mod debug;
mod jsonl;
