//! Random scripts of edits, and a plain map of what is in a project after each of their lines.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use serde_json::{Value, json};
use tallymark::claim::{Progress, RulingOp, Workspace};

/// Numbers that look random and are the same in every run (SplitMix64).
pub struct Dice(pub u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// Below `n`.
    pub fn below(&mut self, n: usize) -> usize {
        (self.next() % n as u64) as usize
    }

    /// One of a list.
    pub fn of<'a, T>(&mut self, list: &'a [T]) -> &'a T {
        &list[self.below(list.len())]
    }
}

/// What a user would say is in the project: a plain map of it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Seen {
    /// Articles by name: title as far as it was set by a script, and progress.
    pub articles: BTreeMap<String, (Option<String>, Progress)>,
    /// Claims by article and words: the note.
    claims: BTreeMap<(String, String), String>,
    parties: BTreeSet<String>,
    /// Reasons of the exclusions.
    excluded: BTreeSet<String>,
}

impl Seen {
    /// What a workspace comes to.
    pub fn of(workspace: &Workspace) -> Self {
        let name = |id| workspace.articles[id].name.to_string();
        let ours = |title: &str| title.starts_with("step ").then(|| title.to_owned());
        Self {
            articles: (workspace.articles.values())
                .map(|record| {
                    let title = record.metadata.title.as_ref().and_then(|title| ours(&title.value));
                    (record.name.to_string(), (title, record.progress))
                })
                .collect(),
            claims: (workspace.claims.values())
                .map(|claim| ((name(&claim.article), claim.quote().to_owned()), claim.note.clone()))
                .collect(),
            parties: workspace.codebook.parties.iter().map(|party| party.name.to_string()).collect(),
            excluded: (workspace.rulings.values())
                .filter(|ruling| matches!(ruling.op, RulingOp::Exclude { .. }))
                .map(|ruling| ruling.reason.clone())
                .collect(),
        }
    }
}

pub const ARTICLES: [&str; 3] = ["a.txt", "b/b.txt", "c.txt"];

/// The words that can be tagged in an article: each stands there once.
fn words() -> Vec<String> {
    (0..8).map(|n| format!("{} bodies", 101 + 7 * n)).collect()
}

pub fn text(name: &str) -> String {
    let lines: Vec<_> = words().iter().map(|words| format!("On a day {words} came over.")).collect();
    format!("{name}\n\n{}\n", lines.join("\n"))
}

/// A script, and what is in the project after each of its lines.
pub struct Script {
    pub lines: Vec<Value>,
    pub after: Vec<Seen>,
}

/// A random script over what is there. `count` goes on from script to script, so that no text is
/// said twice.
pub fn script(dice: &mut Dice, start: &Seen, folder: &Path, length: usize, count: &mut usize) -> Script {
    let (mut lines, mut after) = (Vec::new(), vec![start.clone()]);
    let (mut undo, mut redo): (Vec<Seen>, Vec<Seen>) = (Vec::new(), Vec::new());
    while lines.len() < length {
        *count += 1;
        let said = format!("step {count}");
        let now = after.last().expect("it begins with one").clone();
        let mut next = now.clone();
        let article = dice.of(&now.articles.keys().cloned().collect::<Vec<_>>()).clone();
        let claims: Vec<_> = now.claims.keys().cloned().collect();
        let line = match dice.below(20) {
            0..=5 if !claims.is_empty() => {
                let (article, quote) = dice.of(&claims).clone();
                next.claims.insert((article.clone(), quote.clone()), said.clone());
                json!({ "do": "note", "article": article, "quote": quote, "text": said })
            }
            6 | 7 => {
                let free: Vec<_> =
                    words().into_iter().filter(|w| !now.claims.contains_key(&(article.clone(), w.clone()))).collect();
                if free.is_empty() {
                    continue;
                }
                let quote = dice.of(&free).clone();
                next.claims.insert((article.clone(), quote.clone()), String::new());
                json!({ "do": "tag", "article": article, "quote": quote, "category": "bodies", "count": *count })
            }
            8 if claims.len() > 3 => {
                let (article, quote) = dice.of(&claims).clone();
                next.claims.remove(&(article.clone(), quote.clone()));
                json!({ "do": "delete", "article": article, "quote": quote })
            }
            9 | 10 => {
                next.articles.entry(article.clone()).or_default().0 = Some(said.clone());
                json!({ "do": "metadata", "article": article, "title": said })
            }
            11 => {
                let all = [Progress::Unread, Progress::InProgress, Progress::Done];
                let to = *dice.of(&all);
                if now.articles[&article].1 == to {
                    continue;
                }
                next.articles.entry(article.clone()).or_default().1 = to;
                json!({ "do": "progress", "article": article, "to": to })
            }
            12 if now.articles.len() < 7 => {
                let name = format!("added {count}.txt");
                fs::write(folder.join(&name), text(&name)).expect("written");
                next.articles.insert(name.clone(), (None, Progress::Unread));
                json!({ "do": "add", "file": folder.join(&name) })
            }
            13 if now.articles.len() > 4 => {
                let added: Vec<_> = now.articles.keys().filter(|name| name.starts_with("added")).cloned().collect();
                let name = dice.of(&added).clone();
                next.articles.remove(&name);
                next.claims.retain(|(article, _), _| *article != name);
                json!({ "do": "remove", "article": name })
            }
            14 if dice.below(2) == 0 => {
                // A line before all others: every claim moves.
                let corrected = folder.join(format!("corrected {count}.txt"));
                fs::write(&corrected, format!("Corrected {count} times.\n{}", text(&article))).expect("written");
                if now.articles[&article].1 == Progress::Done {
                    next.articles.entry(article.clone()).or_default().1 = Progress::InProgress;
                }
                json!({ "do": "replace", "article": article, "file": corrected })
            }
            14 => {
                next.parties.insert(said.clone());
                json!({ "do": "party", "name": said })
            }
            15 if !claims.is_empty() => {
                let (article, quote) = dice.of(&claims).clone();
                next.excluded.insert(said.clone());
                json!({ "do": "exclude", "article": article, "quote": quote, "reason": said })
            }
            16 if !undo.is_empty() => {
                next = undo.pop().expect("not empty");
                redo.push(now);
                lines.push(json!({ "do": "undo" }));
                after.push(next);
                continue;
            }
            17 if !redo.is_empty() => {
                next = redo.pop().expect("not empty");
                undo.push(now);
                lines.push(json!({ "do": "redo" }));
                after.push(next);
                continue;
            }
            18 | 19 => {
                lines.push(json!({ "do": "save" }));
                after.push(next);
                continue;
            }
            _ => continue,
        };
        undo.push(now);
        redo.clear();
        lines.push(line);
        after.push(next);
    }
    Script { lines, after }
}
