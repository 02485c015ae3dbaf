//! A suggester of the user's own on the command line: named there, so it may run.

use std::collections::BTreeMap;
use std::path::Path;
use std::time::Duration;

use super::Console;
use super::inputs::{Input, Inputs};
use crate::claim::{Codebook, OutsideSuggester, Suggestion};
use crate::formats::{OutsideLines, article_line};
use crate::project::{Ending, run_command};

/// Runs a suggester over all articles and adds what it suggests, sorted in by position. What went
/// wrong is said on the console; whether nothing did.
pub(super) fn add(
    inputs: &Inputs,
    suggester: &OutsideSuggester,
    codebook: &Codebook,
    suggestions: &mut [Vec<Suggestion>],
    console: &mut Console<'_>,
) -> bool {
    let OutsideSuggester { name, seconds, .. } = suggester;
    let words = match suggester.words() {
        Ok(words) => words,
        Err(problem) => {
            console.complain(problem);
            return false;
        }
    };
    let places: BTreeMap<String, usize> =
        inputs.articles.iter().enumerate().map(|(place, input)| (called(inputs, input), place)).collect();
    let lines: Vec<String> =
        inputs.articles.iter().map(|input| article_line(&input.document(), &called(inputs, input))).collect();
    let bar = console.bar(lines.len(), "asking");
    let mut read = OutsideLines::default();
    let take = |line: &str| {
        if let Some(place) = read.take(line).and_then(|article| places.get(article)) {
            bar.set_position(*place as u64);
        }
    };
    let limit = Duration::from_secs(u64::from(*seconds));
    let ran = run_command(&words, Path::new("."), limit, lines.into_iter(), take, || false);
    bar.finish_and_clear();
    let resolve = |article: &str| places.get(article).map(|place| &inputs.articles[*place].article);
    let (found, problems) = read.suggestions(resolve, codebook, name);
    for suggestion in found {
        // Two articles of one identity are byte for byte the same, and only one of them was read.
        if let Some(place) = inputs.articles.iter().position(|input| input.article.id == suggestion.article) {
            suggestions[place].push(suggestion);
        }
    }
    for list in suggestions.iter_mut() {
        list.sort_by_key(|s| (s.reading.count.span.unwrap_or(s.span), s.reading.distributive));
    }
    for problem in &problems {
        console.complain(format!("{name}: {problem}"));
    }
    let ran = match ran {
        Ok(ran) => ran,
        Err(error) => {
            console.complain(format!("{name}: {error}"));
            return false;
        }
    };
    if !ran.messages.is_empty() {
        console.complain(format!("{name} said: {}", ran.messages));
    }
    let ending = match ran.ending {
        Ending::Done => return problems.is_empty(),
        Ending::Failed(status) => format!("it ended with {status}"),
        Ending::OutOfTime => format!("it took more than {seconds} s and was ended"),
        Ending::Stopped => "it was stopped".to_owned(),
        Ending::TooMuch => "it wrote more than can be meant and was ended".to_owned(),
    };
    console.complain(format!("{name}: {ending}; what it had said by then is kept"));
    false
}

/// What the suggester calls an article: its name, or where two have the same, its identity.
fn called(inputs: &Inputs, input: &Input) -> String {
    let name = &input.article.name;
    // Sorted by name, so that those of one name stand together.
    let first = inputs.articles.partition_point(|other| other.article.name < *name);
    let same = inputs.articles[first..].iter().take_while(|other| other.article.name == *name).count();
    if same > 1 { input.article.id.to_string() } else { name.to_string() }
}
