//! The articles in the order of their file names, each with the words that a filter looks for: kept
//! as articles change, so that a hundred thousand are listed and filtered between two frames.

use std::collections::BTreeMap;

use rayon::prelude::*;

use crate::claim::{ArticleId, ArticleRecord, Name};

/// Articles in the order of their file names.
#[derive(Debug, Default)]
pub(super) struct Catalogue {
    entries: BTreeMap<(String, ArticleId), String>,
    /// The hashes of their bytes, and how many have each.
    hashes: BTreeMap<Name, usize>,
    /// Grows with each change.
    edition: u64,
}

impl Catalogue {
    /// All of some articles, later than another catalogue.
    pub(super) fn of<'a>(records: impl IntoIterator<Item = &'a ArticleRecord>) -> Self {
        let records: Vec<&ArticleRecord> = records.into_iter().collect();
        // Of a hundred thousand, making the keys is most of the work.
        let entries: Vec<_> = records.par_iter().map(|record| (key(record), words(record))).collect();
        let mut hashes: BTreeMap<Name, usize> = BTreeMap::new();
        records.iter().for_each(|record| *hashes.entry(record.sha256.clone()).or_default() += 1);
        Self { entries: entries.into_iter().collect(), hashes, edition: 0 }
    }

    /// Whether an article has bytes of this hash.
    pub(super) fn has_bytes(&self, sha256: &Name) -> bool {
        self.hashes.contains_key(sha256)
    }

    /// The same, as what comes after another one.
    pub(super) fn after(self, before: &Self) -> Self {
        Self { edition: before.edition + 1, ..self }
    }

    /// Follows a change of an article.
    pub(super) fn follow(&mut self, before: Option<&ArticleRecord>, after: Option<&ArticleRecord>) {
        self.edition += 1;
        if let Some(before) = before {
            self.entries.remove(&key(before));
            match self.hashes.get_mut(&before.sha256) {
                Some(count) if *count > 1 => *count -= 1,
                _ => drop(self.hashes.remove(&before.sha256)),
            }
        }
        if let Some(after) = after {
            self.entries.insert(key(after), words(after));
            *self.hashes.entry(after.sha256.clone()).or_default() += 1;
        }
    }

    /// When it changed last.
    pub(super) fn edition(&self) -> u64 {
        self.edition
    }

    /// The articles that have all of some words, given in small letters, in title, outlet or file name.
    pub(super) fn with_words<'a>(&'a self, wanted: &'a [String]) -> impl Iterator<Item = &'a ArticleId> {
        let fits = |(_, words): &(&(String, ArticleId), &String)| wanted.iter().all(|word| words.contains(&**word));
        self.entries.iter().filter(fits).map(|((_, id), _)| id)
    }
}

fn key(record: &ArticleRecord) -> (String, ArticleId) {
    (natural(&record.name), record.id.clone())
}

fn words(record: &ArticleRecord) -> String {
    let outlet = record.metadata.outlet.as_ref().map_or("", |outlet| &outlet.value);
    format!("{} {outlet} {}", record.label(), record.name).to_lowercase()
}

/// A key by which "2.md" comes before "10.md": before its digits each number has how many there are.
fn natural(name: &str) -> String {
    let mut key = String::with_capacity(name.len() + 8);
    let mut rest = name;
    while !rest.is_empty() {
        let words = rest.find(|c: char| c.is_ascii_digit()).unwrap_or(rest.len());
        let (text, tail) = rest.split_at(words);
        let digits = tail.find(|c: char| !c.is_ascii_digit()).unwrap_or(tail.len());
        let (number, tail) = tail.split_at(digits);
        key.push_str(&text.to_lowercase());
        if !number.is_empty() {
            let number = number.trim_start_matches('0');
            key.push('\u{1}');
            key.extend(char::from_u32(0x20 + number.len() as u32));
            key.push_str(number);
        }
        rest = tail;
    }
    key
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_in_names_are_in_order() {
        let mut names = vec!["b.md", "10.md", "2.md", "a 9.md", "a 10.md", "A 1.md", "0003.md", "12345678901.md"];
        names.sort_by_key(|name| natural(name));
        assert_eq!(names, ["2.md", "0003.md", "10.md", "12345678901.md", "A 1.md", "a 9.md", "a 10.md", "b.md"]);
    }
}
