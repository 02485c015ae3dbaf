//! Searching the words of the article, or of all articles: the pattern, and the search itself in
//! steps short enough to fit between two frames.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::{Duration, Instant};

use regex::{Regex, RegexBuilder};

use crate::article::Article;
use crate::claim::{ArticleId, Span};

/// How long a step of a search may take.
const STEP: Duration = Duration::from_millis(6);
/// How much of a text is searched between two looks at the clock, in bytes.
const STRETCH: usize = 256 * 1024;
/// Where a search stops: nobody reads more, and tagging more by one key is a mistake.
pub const MOST: usize = 10_000;

/// What is searched for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Query {
    /// As typed.
    pub text: String,
    /// Whole words only.
    pub whole: bool,
    /// Capitals and small letters told apart.
    pub case: bool,
    /// A regular expression rather than plain words.
    pub regex: bool,
}

impl Query {
    /// The pattern, or what is wrong with it. `None` where nothing was typed.
    ///
    /// Plain words meet the text as it is read: any white space for a space, and any apostrophe or
    /// quote for another.
    pub fn pattern(&self) -> Option<Result<Regex, String>> {
        if self.text.is_empty() {
            return None;
        }
        let core = if self.regex { self.text.clone() } else { plain(&self.text) };
        let source = if self.whole { format!(r"\b(?:{core})\b") } else { core };
        let built = RegexBuilder::new(&source).case_insensitive(!self.case).size_limit(4 << 20).build();
        Some(built.map_err(|error| match error {
            regex::Error::CompiledTooBig(_) => "this pattern is too large".to_owned(),
            other => {
                let text = other.to_string();
                let last = text.lines().last().unwrap_or("not a pattern").trim();
                last.strip_prefix("error: ").unwrap_or(last).to_owned()
            }
        }))
    }
}

fn plain(words: &str) -> String {
    let mut out = String::new();
    let mut space = false;
    for character in words.chars() {
        if character.is_whitespace() {
            if !space {
                out.push_str(r"\s+");
            }
            space = true;
            continue;
        }
        space = false;
        match character {
            // Also as a damaged byte leaves them: C1 controls of Windows-1252, U+FFFD.
            '\'' | '’' | '‘' | '`' => out.push_str(r"['’‘`\u{91}\u{92}\u{FFFD}]"),
            '"' | '“' | '”' => out.push_str(r#"["“”«»\u{93}\u{94}\u{FFFD}]"#),
            '-' | '–' | '—' => out.push_str(r"[-–—\u{96}\u{97}]"),
            other => out.push_str(&regex::escape(other.encode_utf8(&mut [0; 4]))),
        }
    }
    out
}

/// A place where the words were found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    /// The article.
    pub article: ArticleId,
    /// Where in it.
    pub span: Span,
}

/// A search under way, or done.
#[derive(Debug)]
pub struct Search {
    pattern: Regex,
    texts: Vec<Arc<Article>>,
    /// Which text is searched now, and from which byte on.
    text: usize,
    from: usize,
    /// What was found, in the order of the articles and of their words.
    pub hits: Vec<Hit>,
}

impl Search {
    /// Begins a search through texts in their order.
    pub fn new(pattern: Regex, texts: Vec<Arc<Article>>) -> Self {
        Self { pattern, texts, text: 0, from: 0, hits: Vec::new() }
    }

    /// Whether everything was searched, or as much as is ever found.
    pub fn is_done(&self) -> bool {
        self.text >= self.texts.len() || self.hits.len() >= MOST
    }

    /// Searches on for a few milliseconds.
    pub fn step(&mut self) {
        let start = Instant::now();
        while !self.is_done() && start.elapsed() < STEP {
            self.stretch();
        }
    }

    /// Searches the next stretch, which ends with a line, so that no word is cut.
    fn stretch(&mut self) {
        let Some(article) = self.texts.get(self.text) else { return };
        let text = &article.text;
        let mut end = (self.from + STRETCH).min(text.len());
        while !text.is_char_boundary(end) {
            end += 1;
        }
        let end = text[end..].find('\n').map_or(text.len(), |at| end + at);
        let mut from = self.from;
        while from <= end && self.hits.len() < MOST {
            let Some(found) = self.pattern.find_at(&text[..end], from) else { break };
            if let Some(span) = Span::checked(text, found.start(), found.end()) {
                self.hits.push(Hit { article: article.id.clone(), span });
            }
            from = if found.is_empty() { next_char(text, found.end()) } else { found.end() };
        }
        (self.text, self.from) =
            if end >= text.len() { (self.text + 1, 0) } else { (self.text, next_char(text, end).max(from)) };
    }

    /// The hits of one article, and the place of the first in all hits.
    pub fn of(&self, article: &ArticleId) -> (usize, &[Hit]) {
        let first = self.hits.iter().position(|hit| hit.article == *article).unwrap_or(self.hits.len());
        let count = self.hits[first..].iter().take_while(|hit| hit.article == *article).count();
        (first, &self.hits[first..first + count])
    }

    /// In how many articles something was found.
    pub fn article_count(&self) -> usize {
        let counts: BTreeMap<&ArticleId, ()> = self.hits.iter().map(|hit| (&hit.article, ())).collect();
        counts.len()
    }
}

fn next_char(text: &str, at: usize) -> usize {
    text.get(at..).and_then(|rest| rest.chars().next()).map_or(at + 1, |character| at + character.len_utf8())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::{ReadOptions, read};

    fn found(text: &str, query: &Query) -> Vec<String> {
        let article = Arc::new(read("a.txt", text.as_bytes(), &ReadOptions::default()).expect("plain text is read"));
        let pattern = query.pattern().expect("something is searched").expect("a sound pattern");
        let mut search = Search::new(pattern, vec![article.clone(), article.clone()]);
        while !search.is_done() {
            search.step();
        }
        let (first, hits) = search.of(&article.id);
        assert_eq!(first, 0);
        hits[..hits.len() / 2].iter().map(|hit| hit.span.of(&article.text).to_owned()).collect()
    }

    #[test]
    fn plain_words_are_found_as_they_are_read() {
        for (text, words, expected) in [
            ("One body, two Bodies.", "bod", vec!["bod", "Bod"]),
            ("they don’t, they don't", "don't", vec!["don’t", "don't"]),
            ("the 1,000\nbodies of 1,000  bodies", "1,000 bodies", vec!["1,000\nbodies", "1,000  bodies"]),
            ("a.b axb", "a.b", vec!["a.b"]),
            ("ТІЛА і тіла", "тіла", vec!["ТІЛА", "тіла"]),
        ] {
            let query = Query { text: words.to_owned(), ..Query::default() };
            assert_eq!(found(text, &query), expected, "{words}");
        }
    }

    #[test]
    fn options_narrow_a_search() {
        let query = |text: &str| Query { text: text.to_owned(), ..Query::default() };
        let text = "38 of 138 Men, men and women";
        assert_eq!(found(text, &Query { whole: true, ..query("38") }), ["38"]);
        assert_eq!(found(text, &Query { whole: true, ..query("men") }), ["Men", "men"]);
        assert_eq!(found(text, &Query { case: true, ..query("men") }), ["men", "men"]);
        assert_eq!(found(text, &Query { regex: true, ..query(r"\d+") }), ["38", "138"]);
        assert!(found(text, &Query { regex: true, ..query("x*") }).is_empty());
        assert!(query("").pattern().is_none());
        let error = Query { regex: true, ..query("(") }.pattern().expect("typed").expect_err("not closed");
        assert_eq!(error, "unclosed group");
    }

    #[test]
    fn nothing_is_lost_where_long_texts_are_searched_in_stretches() {
        let text = "a needle, and more words on this line\n".repeat(20_000);
        let query = Query { text: "needle".to_owned(), ..Query::default() };
        let article = Arc::new(read("a.txt", text.as_bytes(), &ReadOptions::default()).expect("plain text is read"));
        let pattern = query.pattern().expect("typed").expect("sound");
        let mut search = Search::new(pattern, vec![article]);
        let mut stretches = 0;
        while !search.is_done() {
            search.stretch();
            stretches += 1;
        }
        assert_eq!(search.hits.len(), MOST);
        assert!(stretches > 1);
        assert!(search.hits.windows(2).all(|pair| pair[1].span.start - pair[0].span.start == 38));
    }
}
