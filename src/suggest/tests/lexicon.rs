//! Every entry of the lexicon with examples is found in them.

use super::super::{Suggester, pipeline};
use super::marked;
use crate::article::{ReadOptions, read};
use crate::claim::{Codebook, Lexicon, Metadata};

/// The counts of an example that are not suggested, or not headed by the noun (in its first form).
fn missed(suggester: &Suggester, example: &str, noun: Option<&str>) -> Vec<String> {
    let (text, marks) = marked(example);
    let article = read("example.txt", text.as_bytes(), &ReadOptions::default()).expect("a text");
    let heads = match noun {
        Some(_) => pipeline::heads(suggester, &article),
        None => Vec::new(),
    };
    let suggested = suggester.suggest(&article, &Metadata::default());
    marks
        .iter()
        .filter(|mark| match noun {
            Some(noun) => !heads.iter().any(|(range, head)| range == *mark && head.as_deref() == Some(noun)),
            None => !suggested.iter().any(|s| s.reading.count.span.is_some_and(|span| span.range() == **mark)),
        })
        .map(|mark| format!("{example}: {:?}", &text[mark.clone()]))
        .collect()
}

#[test]
fn every_example_of_a_frame_is_suggested() {
    let lexicon = Lexicon::built_in();
    let suggester = Suggester::new(&Codebook::built_in(), &lexicon);
    let wrong: Vec<String> = lexicon
        .frames
        .iter()
        .filter(|entry| entry.category.is_some() || entry.subject != crate::claim::Role::None)
        .flat_map(|entry| entry.examples.iter())
        .flat_map(|example| missed(&suggester, example, None))
        .collect();
    assert!(wrong.is_empty(), "{} not suggested:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn every_example_of_a_noun_is_counted_by_it() {
    let lexicon = Lexicon::built_in();
    let suggester = Suggester::new(&Codebook::built_in(), &lexicon);
    let wrong: Vec<String> = lexicon
        .nouns
        .iter()
        .filter(|entry| {
            use crate::claim::NounClass::*;
            !matches!(entry.class, Things | Group | Toll)
        })
        .flat_map(|entry| entry.examples.iter().map(move |example| (entry, example)))
        .flat_map(|(entry, example)| missed(&suggester, example, entry.forms.first().map(|form| &**form)))
        .collect();
    assert!(wrong.is_empty(), "{} not counted:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn no_example_of_a_thing_is_suggested() {
    let lexicon = Lexicon::built_in();
    let suggester = Suggester::new(&Codebook::built_in(), &lexicon);
    for entry in lexicon.nouns.iter().filter(|entry| entry.class == crate::claim::NounClass::Things) {
        for example in &entry.examples {
            let (text, marks) = marked(example);
            let article = read("example.txt", text.as_bytes(), &ReadOptions::default()).expect("a text");
            let mut found = suggester.suggest(&article, &Metadata::default());
            found.retain(|s| s.reading.count.span.is_none_or(|span| !marks.contains(&span.range())));
            assert!(found.is_empty(), "{example}: {:?}", found.iter().map(|s| s.span.of(&text)).collect::<Vec<_>>());
        }
    }
}
