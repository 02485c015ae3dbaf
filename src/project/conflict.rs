//! Files in which version control has left its conflict markers: both sides are read, and joined
//! thing by thing.

use std::collections::{BTreeMap, BTreeSet};

use serde::de::DeserializeOwned;

use super::layout::{AnalystFile, ArticleFile, CodebookFile, LayerFile, ProjectFile, ProjectHead, RulingsFile};
use super::merge::copy_of;
use super::notation::{self, FileError, Strictness};
use crate::claim::Lexicon;

/// What is said of a file with conflict markers.
pub(super) const JOINED: &str = "conflict markers of version control; both sides were read and joined claim by claim, and the \
                        file is written without markers when the project is saved";

/// Two versions of the same file can be one that has what either has. Where they differ about one
/// thing the first one's is taken; of a claim both are kept.
pub trait Join: Sized {
    /// Joins another version to this one.
    #[must_use]
    fn join(self, other: Self) -> Self;
}

/// Reads a file; with conflict markers in it, both sides joined. Whether there were any.
///
/// # Errors
/// Where the file, or one of its sides, does not read.
pub fn read<T: DeserializeOwned + Join>(file: &str, bytes: &[u8]) -> Result<(T, bool), FileError> {
    read_as(file, bytes, Strictness::Strict)
}

/// [`read`], with a choice of what unknown fields are.
///
/// # Errors
/// Where the file, or one of its sides, does not read.
pub fn read_as<T: DeserializeOwned + Join>(
    file: &str,
    bytes: &[u8],
    strictness: Strictness,
) -> Result<(T, bool), FileError> {
    let text = notation::text_of(file, bytes)?;
    let Some((ours, theirs)) = sides(text) else {
        return notation::read_as(file, bytes, strictness).map(|value| (value, false));
    };
    let side = |text: String, which: &str| {
        notation::read_as::<T>(file, text.as_bytes(), strictness).map_err(|error| FileError {
            place: None, // it counts in lines that are not those of the file
            message: format!("conflict markers of version control, and the {which} side does not read: {error}"),
            ..error
        })
    };
    Ok((side(ours, "first")?.join(side(theirs, "second")?), true))
}

/// The two versions that conflict markers stand between; `None` where there are none, or where
/// they do not fit together.
fn sides(text: &str) -> Option<(String, String)> {
    #[derive(PartialEq)]
    enum At {
        Both,
        Ours,
        Base,
        Theirs,
    }
    let (mut ours, mut theirs) = (String::new(), String::new());
    let (mut at, mut any) = (At::Both, false);
    for line in text.split_inclusive('\n') {
        let next = match line.trim_end() {
            line if line.starts_with("<<<<<<<") => Some((At::Both, At::Ours)),
            line if line.starts_with("|||||||") => Some((At::Ours, At::Base)),
            "=======" if at == At::Base => Some((At::Base, At::Theirs)),
            "=======" => Some((At::Ours, At::Theirs)),
            line if line.starts_with(">>>>>>>") => Some((At::Theirs, At::Both)),
            _ => None,
        };
        if let Some((from, to)) = next {
            if at != from {
                return None;
            }
            (at, any) = (to, true);
            continue;
        }
        if matches!(at, At::Both | At::Ours) {
            ours.push_str(line);
        }
        if matches!(at, At::Both | At::Theirs) {
            theirs.push_str(line);
        }
    }
    (any && at == At::Both).then_some((ours, theirs))
}

/// The entries of a list, and those of another that have keys of their own.
fn union<T, K: Ord>(mut list: Vec<T>, other: Vec<T>, key: impl Fn(&T) -> K) -> Vec<T> {
    let known: BTreeSet<K> = list.iter().map(&key).collect();
    list.extend(other.into_iter().filter(|entry| !known.contains(&key(entry))));
    list
}

impl Join for LayerFile {
    fn join(self, other: Self) -> Self {
        let known: BTreeMap<_, _> = self.claims.iter().map(|claim| (claim.id.clone(), claim.clone())).collect();
        let mut claims = self.claims;
        for theirs in other.claims {
            match known.get(&theirs.id) {
                Some(ours) if *ours == theirs => {}
                Some(_) => claims.push(copy_of(&theirs, "From the other side of a conflict in version control.")),
                None => claims.push(theirs),
            }
        }
        Self {
            article: self.article,
            progress: self.progress.max(other.progress),
            claims,
            decisions: union(self.decisions, other.decisions, |decision| decision.suggestion.clone()),
        }
    }
}

impl Join for RulingsFile {
    fn join(self, other: Self) -> Self {
        let mut rulings = union(self.rulings, other.rulings, |ruling| ruling.id.clone());
        rulings.sort_by(|a, b| a.id.cmp(&b.id));
        Self { rulings }
    }
}

impl Join for CodebookFile {
    fn join(self, other: Self) -> Self {
        Self {
            revision: self.revision.max(other.revision),
            categories: union(self.categories, other.categories, |category| category.id.clone()),
            parties: union(self.parties, other.parties, |party| party.name.clone()),
            sources: union(self.sources, other.sources, |source| source.name.clone()),
        }
    }
}

impl Join for ArticleFile {
    fn join(self, other: Self) -> Self {
        let mut versions = union(self.versions, other.versions, |version| version.number);
        versions.sort_by_key(|version| version.number);
        Self { versions, ..self }
    }
}

impl Join for ProjectFile {
    fn join(self, _other: Self) -> Self {
        self
    }
}

impl Join for ProjectHead {
    fn join(self, other: Self) -> Self {
        Self { format: self.format.max(other.format) }
    }
}

impl Join for AnalystFile {
    fn join(self, _other: Self) -> Self {
        self
    }
}

impl Join for Lexicon {
    fn join(mut self, other: Self) -> Self {
        let ours = std::mem::replace(&mut self, other);
        self.add(ours); // a later layer wins
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::claim::Party;

    fn codebook(names: &[&str]) -> CodebookFile {
        let parties = names.iter().map(|name| Party { name: (*name).into(), aliases: Vec::new() }).collect();
        CodebookFile { revision: names.len() as u32, categories: Vec::new(), parties, sources: Vec::new() }
    }

    #[test]
    fn both_sides_of_a_conflict_are_read() {
        let text = "(\n  revision: 2,\n  categories: [],\n  parties: [\n    (name: \"A\"),\n<<<<<<< HEAD\n    (name: \"B\"),\n\
                    ||||||| base\n=======\n    (name: \"C\"),\n    (name: \"D\"),\n>>>>>>> other\n  ],\n)\n";
        let (joined, conflict) = read::<CodebookFile>("codebook.ron", text.as_bytes()).unwrap();
        assert!(conflict);
        assert_eq!(joined, CodebookFile { revision: 2, ..codebook(&["A", "B", "C", "D"]) });
        let plain = text.lines().filter(|l| l.starts_with([' ', '(', ')'])).collect::<Vec<_>>().join("\n");
        assert!(matches!(read::<CodebookFile>("codebook.ron", plain.as_bytes()), Ok((_, false))));
    }

    #[test]
    fn markers_that_do_not_fit_together_are_damage() {
        for text in ["<<<<<<< a\n(", "(\n=======\n)", "<<<<<<< a\n(\n=======\n)\n>>>>>>> b\n"] {
            let error = read::<CodebookFile>("codebook.ron", text.as_bytes()).unwrap_err();
            assert_eq!(error.file, "codebook.ron");
        }
    }
}
