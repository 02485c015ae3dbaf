//! Suggestions from text to reading.
mod jsonl;
