//! What an outside suggester reads and writes: a line for each article, a line for each suggestion.
//! Every line that comes back is checked against the text before anything is made of it.

use std::collections::BTreeMap;

use serde::Serialize;

use super::Document;
use super::import::{Anchoring, ImportedClaims, LineProblem, claim_of, read_line};
use super::schema::{ClaimLine, CountLine};
use crate::article::Article;
use crate::claim::{
    BUILT_IN, ClaimId, Codebook, Distributive, Field, Form, Grade, How, Name, Provenance, Stamp, Suggestion,
};

#[derive(Serialize)]
struct ArticleLine<'a> {
    article: &'a str,
    text: &'a str,
    published: Option<String>,
    outlet: Option<&'a str>,
    title: Option<&'a str>,
}

/// The line of an article, without a line end: its name, text, and what is known of it. `name` is
/// what the suggester calls it by.
pub fn article_line(document: &Document<'_>, name: &str) -> String {
    let metadata = document.metadata;
    let line = ArticleLine {
        article: name,
        text: document.article.map_or("", |article| &article.text),
        published: metadata.published.is_known().then(|| metadata.published.notation()),
        outlet: metadata.outlet.as_ref().map(|known| &*known.value),
        title: metadata.title.as_ref().map(|known| &*known.value),
    };
    serde_json::to_string(&line).unwrap_or_default()
}

/// The lines of a suggester as they come in.
#[derive(Clone, Debug, Default)]
pub struct OutsideLines {
    number: usize,
    read: ImportedClaims,
}

impl OutsideLines {
    /// Takes the next line in. Gives the article that it speaks of, where it can be read.
    pub fn take(&mut self, line: &str) -> Option<&str> {
        self.number += 1;
        let line = line.trim();
        if line.is_empty() {
            return None;
        }
        match read_line(line) {
            Ok(claim) => {
                self.read.lines.push((self.number, claim));
                self.read.lines.last().map(|(_, claim)| &*claim.article)
            }
            Err(message) => {
                self.read.problems.push(LineProblem { line: self.number, message, skipped: true });
                None
            }
        }
    }

    /// The suggestions of the lines, under the suggester's name, and what does not fit, by line.
    /// `resolve` gives the article of a name. Lines of the same count are members of a distributive
    /// span; one that says what another has said is skipped.
    pub fn suggestions<'a>(
        self,
        resolve: impl Fn(&str) -> Option<&'a Article>,
        codebook: &Codebook,
        suggester: &Name,
    ) -> (Vec<Suggestion>, Vec<LineProblem>) {
        let mut problems = self.read.problems;
        let mut found: Vec<(usize, Suggestion)> = Vec::new();
        for (number, line) in &self.read.lines {
            let result = resolve(&line.article)
                .ok_or_else(|| format!("there is no article “{}”", line.article))
                .and_then(|article| suggestion_of(line, article, codebook, suggester));
            match result {
                Ok(suggestion) => {
                    let same = |(_, other): &&(usize, Suggestion)| other.key() == suggestion.key();
                    match found.iter().rev().take(64).find(same) {
                        Some((other, _)) => problems.push(LineProblem {
                            line: *number,
                            message: format!("it says the same as line {other}"),
                            skipped: true,
                        }),
                        None => found.push((*number, suggestion)),
                    }
                }
                Err(message) => problems.push(LineProblem { line: *number, message, skipped: true }),
            }
        }
        let mut members: BTreeMap<_, Vec<usize>> = BTreeMap::new();
        for (place, (_, suggestion)) in found.iter().enumerate() {
            let key = (suggestion.article.clone(), suggestion.span, suggestion.reading.count.span);
            members.entry(key).or_default().push(place);
        }
        for places in members.values().filter(|places| places.len() > 1) {
            let of = u16::try_from(places.len()).unwrap_or(u16::MAX);
            for (index, place) in places.iter().enumerate() {
                let index = u16::try_from(index).unwrap_or(u16::MAX);
                found[*place].1.reading.distributive = Some(Distributive { index, of });
            }
        }
        problems.sort_by_key(|problem| problem.line);
        (found.into_iter().map(|(_, suggestion)| suggestion).collect(), problems)
    }
}

fn suggestion_of(
    line: &ClaimLine,
    article: &Article,
    codebook: &Codebook,
    suggester: &Name,
) -> Result<Suggestion, String> {
    check(line, codebook)?;
    let id = ClaimId::unkept(&line.article, line.start as u32, 0);
    let stamp = Stamp { by: BUILT_IN.into(), at: chrono::DateTime::UNIX_EPOCH };
    let anchoring = Anchoring::Text(article);
    let claim = claim_of(line, id, article.id.clone(), anchoring, &codebook.conventions, &stamp)?;
    let span = claim.span();
    let (mut reading, mut trace) = (claim.reading, claim.trace);
    if let Some(count) = reading.count.span {
        let words = count.of(&article.text);
        if let Some(text) = line.count.text.as_deref().filter(|text| *text != words) {
            return Err(format!("count: the text has “{words}” there, not “{text}”"));
        }
    } else if line.count.start.is_some() {
        return Err("count: its position lies beyond the article's text, or within a character".to_owned());
    } else if reading.count.quantity.form != Form::ConfirmOnly {
        reading.count.span = Some(span);
    }
    // Whatever the suggester gives no reason for rests on its word.
    for (field, given) in [
        (Field::Count, true),
        (Field::Category, !line.category.is_empty()),
        (Field::Party, reading.party.is_some()),
        (Field::From, reading.from.is_some()),
        (Field::To, reading.to.is_some()),
        (Field::Date, reading.date.window.is_known() || reading.date.value.is_some()),
        (Field::Attribution, !reading.attribution.chain.is_empty()),
    ] {
        if given {
            let word = || Provenance { how: How::Imported { from: suggester.clone() }, evidence: Vec::new() };
            trace.entry(field).or_insert_with(word);
        }
    }
    Ok(Suggestion {
        article: article.id.clone(),
        span,
        reading,
        trace,
        grade: line.grade.unwrap_or(Grade::Check),
        suggester: suggester.clone(),
        score: line.score,
    })
}

/// What can be wrong with a line whatever the text says.
fn check(line: &ClaimLine, codebook: &Codebook) -> Result<(), String> {
    let CountLine { start, end, form, n, low, high, .. } = &line.count;
    if let (Some(start), Some(end)) = (start, end)
        && (*start < line.start || *end > line.end)
    {
        return Err(format!("count: {start}–{end} does not lie within {}–{}", line.start, line.end));
    }
    let numberless = matches!(form, Some(Form::ConfirmOnly | Form::Vague | Form::ByReference));
    if n.is_none() && low.is_none() && high.is_none() && !numberless {
        return Err("count: it says no number (n, low or high)".to_owned());
    }
    if !line.category.is_empty() && codebook.category(&line.category).is_none() {
        let known: Vec<&str> = codebook.categories.iter().map(|category| &*category.id).collect();
        return Err(format!("category: “{}” is none of {}", line.category, known.join(", ")));
    }
    for why in &line.why {
        if why.field.is_none() || !matches!(&*why.how, "stated" | "inferred" | "hand" | "imported") {
            return Err(format!(
                "why: “{}” is none of stated, inferred, hand, imported, or the field is missing",
                why.how
            ));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::{ReadOptions, read};
    use crate::claim::Metadata;

    const TEXT: &str = "Ünited — 1,000 bodies and 38 men 😀 came.\n";

    fn article() -> Article {
        read("a.txt", TEXT.as_bytes(), &ReadOptions::default()).expect("reads")
    }

    fn check(lines: &str) -> (Vec<Suggestion>, Vec<String>) {
        let article = article();
        let mut read = OutsideLines::default();
        lines.lines().for_each(|line| {
            read.take(line);
        });
        let resolve = |name: &str| (name == "a.txt").then_some(&article);
        let (found, problems) = read.suggestions(resolve, &Codebook::built_in(), &"mine".into());
        (found, problems.iter().map(ToString::to_string).collect())
    }

    #[test]
    fn an_article_goes_out_as_one_line() {
        let article = article();
        let metadata = Metadata::default();
        let document = Document { id: &article.id, name: &article.name, metadata: &metadata, article: Some(&article) };
        let line = article_line(&document, "a.txt");
        let escaped = TEXT.replace('\n', "\\n");
        let expected =
            format!(r#"{{"article":"a.txt","text":"{escaped}","published":null,"outlet":null,"title":null}}"#);
        assert_eq!(line, expected);
    }

    #[test]
    fn a_line_becomes_a_suggestion_with_name_and_score() {
        let (found, problems) = check(
            "{\"article\": \"a.txt\", \"start\": 9, \"end\": 21, \"quote\": \"1,000 bodies\", \"count\": {\"start\": 9, \
             \"end\": 14, \"text\": \"1,000\", \"n\": 1000}, \"category\": \"bodies\", \"party\": \"Ruritania\", \"score\": \
             0.75, \"suggester\": \"built-in\", \"more_of_its_own\": 1}",
        );
        assert!(problems.is_empty(), "{problems:?}");
        let [suggestion] = &found[..] else { panic!("{found:?}") };
        assert_eq!((&*suggestion.suggester, suggestion.score), ("mine", Some(0.75)));
        assert_eq!(suggestion.grade, Grade::Check);
        assert_eq!(suggestion.reading.count.span.map(|span| span.of(TEXT)), Some("1,000"));
        assert_eq!(suggestion.reading.count.quantity.low, Some(1000));
        assert_eq!(suggestion.trace[&Field::Party].how, How::Imported { from: "mine".into() });
    }

    #[test]
    fn what_does_not_fit_is_said_by_its_line_and_skipped() {
        let base = r#"{"article": "a.txt", "start": 9, "end": 21, "count": {"n": 1000}, "category": "bodies"}"#;
        for (line, expected) in [
            ("not json", "line 1: expected"),
            ("[]", "line 1: "),
            (&*base.replace("a.txt", "b.txt"), "there is no article “b.txt”"),
            (&*base.replace("\"end\": 21", "\"end\": 99"), "beyond the article's text"),
            (&*base.replace("\"end\": 21", "\"end\": 9"), "holds nothing"),
            (&*base.replace("\"end\": 21", "\"end\": -1"), "end: "),
            (&*base.replace("\"end\": 21", "\"end\": 21, \"quote\": \"1.000 bodies\""), "not “1.000 bodies”"),
            (&*base.replace("\"n\"", "\"start\": 5, \"end\": 14, \"n\""), "does not lie within"),
            (&*base.replace("\"n\"", "\"start\": 9, \"end\": 14, \"text\": \"38\", \"n\""), "not “38”"),
            (&*base.replace("\"n\": 1000", "\"form\": \"lots\""), "count.form"),
            (&*base.replace("\"n\": 1000", ""), "no number"),
            (&*base.replace("\"n\": 1000", "\"low\": 5, \"high\": 3"), "low 5 is above high 3"),
            (&*base.replace("\"n\": 1000", "\"form\": \"at_least\", \"n\": 5, \"high\": 3"), "low 5 is above high 3"),
            (&*base.replace("bodies", "weather"), "“weather” is none of"),
            (&*base.replace("1000}", "1000}, \"grade\": \"certain\""), "grade"),
            (&*base.replace("1000}", "1000}, \"date\": {\"start\": \"soon\"}"), "“soon” is no date"),
            (&*base.replace("1000}", "1000}, \"why\": [{\"field\": \"count\", \"how\": \"magic\"}]"), "“magic”"),
        ] {
            let (found, problems) = check(line);
            assert!(found.is_empty(), "{line}");
            assert!(problems.len() == 1 && problems[0].contains(expected), "{line}: {problems:?}");
            assert!(problems[0].starts_with("line 1: ") && problems[0].ends_with("; skipped"), "{problems:?}");
        }
        let (found, problems) = check(&format!("{base}\n\n{base}\n"));
        assert_eq!((found.len(), &*problems), (1, &["line 3: it says the same as line 1; skipped".to_owned()][..]));
    }

    #[test]
    fn members_of_one_span_are_told_apart() {
        let line = |date: &str| {
            format!(
                r#"{{"article": "a.txt", "start": 9, "end": 21, "count": {{"n": 1000}}, "category": "bodies", "from": "{date}"}}"#
            )
        };
        let (found, problems) = check(&format!("{}\n{}", line("A"), line("B")));
        assert!(problems.is_empty());
        let members: Vec<_> = found.iter().map(|s| s.reading.distributive.map(|d| (d.index, d.of))).collect();
        assert_eq!(members, [Some((0, 2)), Some((1, 2))]);
    }
}
