//! The built-in lexicon, checked as data: what each file holds, and how the files refer to one another.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use tallymark::claim::{Lexicon, Name, NounClass, Side};

/// The files of the built-in layer, each with what it holds.
fn files() -> Vec<(String, Lexicon)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/lexicon/en");
    let mut files: Vec<_> = std::fs::read_dir(&folder)
        .expect("the folder of the lexicon")
        .map(|entry| entry.expect("an entry of the folder").path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "ron"))
        .map(|path| {
            let name = path.file_name().expect("a file name").to_string_lossy().into_owned();
            let text = std::fs::read_to_string(&path).expect("a file of the lexicon");
            let layer = Lexicon::parse(&text).unwrap_or_else(|error| panic!("{name}: {error}"));
            (name, layer)
        })
        .collect();
    files.sort_by(|a, b| a.0.cmp(&b.0));
    files
}

/// All files as one, nothing laid over anything, so that nothing is hidden.
fn whole() -> Lexicon {
    let mut whole = Lexicon::default();
    for (_, layer) in files() {
        whole.parties.extend(layer.parties);
        whole.sources.extend(layer.sources);
        whole.nouns.extend(layer.nouns);
        whole.frames.extend(layer.frames);
        whole.reporting.extend(layer.reporting);
        whole.quantifiers.extend(layer.quantifiers);
        whole.suppressions.extend(layer.suppressions);
        whole.abbreviations.extend(layer.abbreviations);
        whole.titles.extend(layer.titles);
    }
    whole
}

/// Every list of forms, with the key of its entry.
fn forms(lexicon: &Lexicon) -> Vec<(&'static str, Name, &[Name])> {
    let first = |forms: &[Name]| forms.first().cloned().unwrap_or_default();
    let mut lists: Vec<(&'static str, Name, &[Name])> = Vec::new();
    for p in &lexicon.parties {
        for list in [&p.names, &p.adjectives, &p.people, &p.capital, &p.metonyms, &p.places, &p.opposite] {
            lists.push(("party", p.name.clone(), list));
        }
    }
    for s in &lexicon.sources {
        lists.push(("source", s.name.clone(), &s.aliases));
        lists.push(("source", s.name.clone(), &s.descriptions));
    }
    for f in &lexicon.frames {
        for list in [&f.finite, &f.participle, &f.gerund, &f.noun, &f.examples] {
            lists.push(("frame", f.name.clone(), list));
        }
    }
    for n in &lexicon.nouns {
        lists.push(("noun", first(&n.forms), &n.forms));
        lists.push(("noun", first(&n.forms), &n.examples));
    }
    for r in &lexicon.reporting {
        lists.push(("reporting", first(&r.forms), &r.forms));
    }
    for q in &lexicon.quantifiers {
        lists.push(("quantifier", first(&q.forms), &q.forms));
    }
    for s in &lexicon.suppressions {
        lists.push(("suppression", first(&s.forms), &s.forms));
    }
    lists.push(("abbreviations", Name::default(), &lexicon.abbreviations));
    lists.push(("titles", Name::default(), &lexicon.titles));
    lists
}

/// Fails with every word that two entries of a kind share.
fn assert_unique<'a>(kind: &str, words: impl Iterator<Item = (&'a Name, &'a Name)>) {
    let mut owners: BTreeMap<&Name, BTreeSet<&Name>> = BTreeMap::new();
    for (word, owner) in words {
        owners.entry(word).or_default().insert(owner);
    }
    let shared: Vec<_> = owners.iter().filter(|(_, owners)| owners.len() > 1).collect();
    assert!(shared.is_empty(), "{kind}: one form, several entries: {shared:?}");
}

#[test]
fn keys_are_unique_and_sorted() {
    for (file, layer) in files() {
        let keys = |names: Vec<&Name>| -> Vec<String> { names.into_iter().map(|n| n.to_lowercase()).collect() };
        for (list, keys) in [
            ("parties", keys(layer.parties.iter().map(|e| &e.name).collect())),
            ("sources", keys(layer.sources.iter().map(|e| &e.name).collect())),
            ("frames", keys(layer.frames.iter().map(|e| &e.name).collect())),
        ] {
            let mut sorted = keys.clone();
            sorted.sort();
            assert_eq!(keys, sorted, "{file}: {list} are not sorted");
        }
    }
    let whole = whole();
    let unique = |list: &str, keys: Vec<&Name>| {
        let mut seen = BTreeSet::new();
        for key in keys {
            assert!(seen.insert(key.to_lowercase()), "{list}: {key} stands twice");
        }
    };
    unique("parties", whole.parties.iter().map(|e| &e.name).collect());
    unique("sources", whole.sources.iter().map(|e| &e.name).collect());
    unique("frames", whole.frames.iter().map(|e| &e.name).collect());
    unique("nouns", whole.nouns.iter().map(|e| &e.forms[0]).collect());
    unique("reporting", whole.reporting.iter().map(|e| &e.forms[0]).collect());
    unique("quantifiers", whole.quantifiers.iter().map(|e| &e.forms[0]).collect());
    unique("suppressions", whole.suppressions.iter().map(|e| &e.forms[0]).collect());
    unique("abbreviations", whole.abbreviations.iter().collect());
    unique("titles", whole.titles.iter().collect());
}

#[test]
fn no_form_is_empty_padded_or_repeated_in_its_entry() {
    for (kind, key, list) in forms(&whole()) {
        let mut seen = BTreeSet::new();
        for form in list {
            assert!(!form.is_empty(), "{kind} {key}: an empty form");
            assert_eq!(form.split_whitespace().collect::<Vec<_>>().join(" "), **form, "{kind} {key}: stray blanks");
            assert!(!form.contains('’'), "{kind} {key}: {form}: a typewriter apostrophe stands for both");
            assert!(seen.insert(form), "{kind} {key}: {form} stands twice");
        }
    }
    for entry in &whole().parties {
        assert!(!entry.name.is_empty());
    }
}

#[test]
fn no_word_stands_for_two_parties() {
    let whole = whole();
    let words = whole.parties.iter().flat_map(|p| {
        [&p.names, &p.adjectives, &p.people, &p.capital, &p.metonyms, &p.places]
            .into_iter()
            .flatten()
            .chain(std::iter::once(&p.name))
            .map(move |word| (word, &p.name))
    });
    assert_unique("parties", words);
}

#[test]
fn opposites_and_wholes_exist() {
    let whole = whole();
    let parties: BTreeSet<_> = whole.parties.iter().map(|p| &p.name).collect();
    let sources: BTreeSet<_> = whole.sources.iter().map(|s| &s.name).collect();
    for p in &whole.parties {
        for opposite in &p.opposite {
            assert!(parties.contains(opposite), "{}: opposite {opposite} is no party", p.name);
            assert_ne!(opposite, &p.name, "{} faces itself", p.name);
        }
        if let Some(part_of) = &p.part_of {
            assert!(parties.contains(part_of), "{}: part of {part_of}, which is no party", p.name);
        }
    }
    for s in &whole.sources {
        if let Side::Party(side) = &s.side {
            assert!(parties.contains(side), "{}: side {side} is no party", s.name);
        }
        if let Some(part_of) = &s.part_of {
            assert!(
                sources.contains(part_of) || parties.contains(part_of),
                "{}: part of {part_of}, which is neither source nor party",
                s.name
            );
        }
    }
}

#[test]
fn no_name_stands_for_two_sources() {
    let whole = whole();
    assert_unique(
        "sources",
        whole.sources.iter().flat_map(|s| s.aliases.iter().chain([&s.name]).map(move |word| (word, &s.name))),
    );
}

/// "The Nation" would swallow the beginning of "the Nation of Islam": the word that begins first wins.
#[test]
fn no_name_with_an_article_swallows_another() {
    let whole = whole();
    let parties = whole.parties.iter().flat_map(|p| p.names.iter().chain([&p.name]));
    let names: BTreeSet<String> = (whole.sources.iter())
        .flat_map(|s| s.aliases.iter().chain([&s.name]))
        .chain(parties)
        .map(|name| name.to_lowercase())
        .collect();
    for name in &names {
        let Some(rest) = name.strip_prefix("the ") else { continue };
        for longer in names.iter().filter(|n| n.strip_prefix(rest).is_some_and(|tail| tail.starts_with(' '))) {
            assert!(names.contains(&format!("the {longer}")), "“{name}” swallows the beginning of “the {longer}”");
        }
    }
}

#[test]
fn no_form_stands_for_two_nouns_verbs_or_ways_of_saying() {
    let whole = whole();
    assert_unique("nouns", whole.nouns.iter().flat_map(|n| n.forms.iter().map(move |form| (form, &n.forms[0]))));
    assert_unique(
        "reporting",
        whole.reporting.iter().flat_map(|r| r.forms.iter().map(move |form| (form, &r.forms[0]))),
    );
    assert_unique("finite", whole.frames.iter().flat_map(|f| f.finite.iter().map(move |form| (form, &f.name))));
    assert_unique("participle", whole.frames.iter().flat_map(|f| f.participle.iter().map(move |form| (form, &f.name))));
    assert_unique("gerund", whole.frames.iter().flat_map(|f| f.gerund.iter().map(move |form| (form, &f.name))));
    assert_unique("noun", whole.frames.iter().flat_map(|f| f.noun.iter().map(move |form| (form, &f.name))));
}

#[test]
fn examples_mark_their_counts() {
    let whole = whole();
    let people = whole.nouns.iter().filter(|n| n.class != NounClass::Things).flat_map(|n| &n.examples);
    let frames = whole.frames.iter().flat_map(|f| &f.examples);
    for example in people.chain(frames) {
        assert!(example.contains('['), "no count is marked: {example}");
    }
    for example in whole.nouns.iter().flat_map(|n| &n.examples) {
        assert_eq!(example.matches('[').count(), example.matches(']').count(), "an open mark: {example}");
    }
}

#[test]
fn it_covers_the_world() {
    let lexicon = Lexicon::built_in();
    for (word, party) in [
        ("Kiev", "Ukraine"),
        ("Burmese", "Myanmar"),
        ("Côte d'Ivoire", "Ivory Coast"),
        ("DRC", "Democratic Republic of the Congo"),
        ("White House", "United States"),
        ("Ansar Allah", "Houthis"),
        ("Azeri", "Azerbaijan"),
        ("Gazans", "Palestinians"),
        ("RSF", "Rapid Support Forces"),
        ("LTTE", "Tamil Tigers"),
    ] {
        assert_eq!(lexicon.party_of(word).map(|p| &*p.name), Some(party), "{word}");
    }
    let states = lexicon.parties.iter().filter(|p| p.state).count();
    // The 193 members of the United Nations, the Holy See, and Kosovo.
    assert_eq!(states, 195);
    assert!(lexicon.parties.len() - states >= 80, "groups");
}
