//! A body of text to measure on: made, the same in every run, and no text twice.
//!
//! Articles are composed of sentences from patterns whose places are filled with the lexicon's
//! words, invented names, numbers and dates in every notation; of the sentences of the sample
//! articles and of the suggestion cases with their figures, names and dates exchanged; and of plain
//! prose without any figure, in about the share that news has. The blocks are those of real files:
//! headings, captions, lists, quotations over several paragraphs, tables, links, datelines, HTML.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::Path;

#[path = "../../fuzz/src/random.rs"]
mod random;

use random::Random;
use tallymark::claim::{Lexicon, MONTHS, Name, NounClass, SourceRole};

/// A made article: its file name and its bytes.
pub struct Made {
    pub name: String,
    pub text: String,
}

/// How varied a body of text is.
pub struct Variety {
    pub bytes: usize,
    pub articles: usize,
    pub sentences: usize,
    pub distinct_sentences: usize,
    pub distinct_words: usize,
    pub figures: usize,
}

/// What sentences are made of.
pub struct Maker {
    random: Random,
    parties: Vec<(Name, Name)>,
    places: Vec<Name>,
    bodies: Vec<Name>,
    outlets: Vec<Name>,
    people: Vec<Name>,
    things: Vec<Name>,
    finite: Vec<Name>,
    participles: Vec<Name>,
    says: Vec<Name>,
    titles: Vec<Name>,
    /// Sentences of the samples and the cases.
    found: Vec<String>,
    /// Words of plain prose.
    words: Vec<String>,
}

const FIGURES: &[&str] = &[
    "{n} {people} were {done} in {place} {date}, {body} said.",
    "{Body} said {date} that {n} {people} had been {done} and another {n} {done}.",
    "{Party} {did} {n} {people} and received {n} in return, according to {body}.",
    "“We have {did} {n} {people},” {title} {person} told {outlet}, adding that {n} of them were {adjective}.",
    "The {adjective} side {did} the bodies of {n} {people} {date}, while {n} remain missing.",
    "{Outlet}, citing {body}, reported that between {n} and {n} {people} were {done} near {place}.",
    "More than {n} {people} have been {done} since {date}, with {n} still unaccounted for.",
    "Of the {n} {people}, {n} were {done}; {n} were not.",
    "{Person}, {title} of {body}, put the toll at {n}.",
    "The death toll from the disaster in {place} rose to {n} from {n}.",
    "{Party} and {party} swapped {n} {people} each {date}, the {nth} such exchange of the year.",
    "At least {n} {people}, including {n} {people}, were {done} when a {n}-year-old building collapsed.",
    "{Body} denied that {n} {people} had been {done}, calling the figure false.",
    "It was planned that {n} {people} would be {done} for {n} {things}.",
    "The {n} {things} cost ${n} million, or {n} per cent of the budget, over {n} kilometres.",
    "In {date}, {date} and {date}, {n}, {n} and {n} {people} respectively were {done}.",
    "{Person} said {n} {people} “were {done} {date}”, which {party} claims is untrue.",
];

const PROSE: &[&str] = &[
    "{w} {w} {w} the {w} {w} of {w}, {w} {w} a {w}.",
    "“The {w} is {w} and {w},” {person} said.",
    "{Body} has {w} the {w} to {w} in {place}, where the {w} {w} {w}.",
    "{Party}’s {w} {w} with the {adjective} {w} of {place} has {w} many {w}.",
    "There was no {w} on the {w}, and {title} {person} did not {w}.",
    "But the {w} {w} that {w} {w} {w}, {w} {w} and {w} are {w} by the {w}.",
    "{Outlet} could not {w} the {w}.",
    "According to the {w}, a {w} {w} may have {w} it.",
    "When the {w} {w}, {w} families {w} to {place} — a {w} {w} — to {w} their {w}.",
    "Its {w} were {w} as {w}; {w} {w} were never {w} again.",
    "{Person} ({title}, {place}) had {w} {w} of {w} before the {w} {w}.",
];

const SYLLABLES: &[&str] = &[
    "ba", "chen", "da", "el", "fa", "gor", "hu", "is", "jan", "ko", "lev", "mi", "nur", "os", "pet", "ra", "sa", "tar",
    "u", "vik", "wa", "ya", "zol", "ben", "dri", "ek", "mar", "sho", "lin", "an",
];

impl Maker {
    /// Gathers the words of the lexicon, and the sentences that lie in the repository.
    pub fn new(seed: u64, lexicon: &Lexicon, root: &Path) -> Self {
        let forms = |class: &[NounClass]| -> Vec<Name> {
            let nouns = lexicon.nouns.iter().filter(|noun| class.contains(&noun.class));
            nouns.flat_map(|noun| noun.forms.iter().skip(1).take(1).cloned()).collect()
        };
        let sources = |role: SourceRole| -> Vec<Name> {
            lexicon.sources.iter().filter(|s| s.role == role).map(|s| s.name.clone()).collect()
        };
        let parties: Vec<(Name, Name)> =
            lexicon.parties.iter().filter_map(|p| Some((p.name.clone(), p.adjectives.first()?.clone()))).collect();
        let mut places: Vec<Name> =
            lexicon.parties.iter().flat_map(|p| p.places.iter().chain(&p.capital)).cloned().collect();
        let mut found = Vec::new();
        let mut words = BTreeSet::new();
        for text in repository_texts(root) {
            for sentence in text.split_inclusive(['\n', '.']).map(str::trim).filter(|s| s.len() > 20) {
                found.push(sentence.to_owned());
            }
            for word in text.split(|c: char| !c.is_alphabetic()).filter(|w| w.len() > 3) {
                if word.chars().all(char::is_lowercase) {
                    words.insert(word.to_owned());
                }
            }
        }
        let mut words: Vec<String> = words.into_iter().collect();
        let mut random = Random::at(seed);
        // As many again that no lexicon and no sample has.
        for _ in 0..2 * words.len() {
            let length = 2 + random.below(3);
            words.push((0..length).map(|_| *random.pick(SYLLABLES)).collect());
        }
        for _ in 0..2 * places.len() {
            places.push(capital(&(0..3).map(|_| *random.pick(SYLLABLES)).collect::<String>()).into());
        }
        Self {
            parties,
            places,
            bodies: sources(SourceRole::Body),
            outlets: sources(SourceRole::Outlet),
            people: forms(&[NounClass::People, NounClass::Military, NounClass::Civilian, NounClass::Bodies]),
            things: forms(&[NounClass::Things, NounClass::Events]),
            finite: lexicon.frames.iter().flat_map(|f| f.finite.iter().cloned()).collect(),
            participles: lexicon.frames.iter().flat_map(|f| f.participle.iter().cloned()).collect(),
            says: lexicon.reporting.iter().flat_map(|r| r.forms.iter().cloned()).collect(),
            titles: lexicon.titles.clone(),
            found,
            words,
            random,
        }
    }

    /// Articles of about `size` bytes each (half to twice as long), until they come to `bytes`.
    pub fn articles(&mut self, bytes: usize, size: usize) -> Vec<Made> {
        let mut made = Vec::new();
        let mut total = 0;
        while total < bytes {
            let length = size / 2 + self.random.below(size * 3 / 2);
            let article = self.article(made.len(), length);
            total += article.text.len();
            made.push(article);
        }
        made
    }

    /// One article.
    pub fn article(&mut self, number: usize, length: usize) -> Made {
        match self.random.below(10) {
            0 => Made { name: format!("{number}.html"), text: self.html(length) },
            1..=4 => Made { name: format!("{number}.md"), text: self.markdown(length) },
            _ => Made { name: format!("{number}.txt"), text: self.plain(length) },
        }
    }

    fn plain(&mut self, length: usize) -> String {
        let mut text = String::with_capacity(length + 400);
        text.push_str(&self.heading());
        text.push_str("\n\n");
        if self.random.chance(40) {
            let (place, date) = (self.place(), self.date());
            let _ = writeln!(text, "{}, {date} — {}", place.to_uppercase(), self.sentence());
        }
        while text.len() < length {
            let paragraph = self.paragraph();
            text.push_str(&paragraph);
            text.push_str(if self.random.chance(80) { "\n\n" } else { "\n" });
        }
        text
    }

    fn markdown(&mut self, length: usize) -> String {
        let mut text = format!("# {}\n\n", self.heading());
        while text.len() < length {
            match self.random.below(12) {
                0 => {
                    let _ = writeln!(text, "## {}\n", self.heading());
                }
                1 => {
                    for _ in 0..2 + self.random.below(4) {
                        let _ = writeln!(text, "* {}", self.sentence());
                    }
                    text.push('\n');
                }
                2 => {
                    let _ = writeln!(text, "![{}](pictures/{}.jpg)\n", self.sentence(), self.random.below(10_000));
                }
                3 => {
                    let _ = writeln!(text, "> {}\n", self.paragraph());
                }
                4 => {
                    text.push_str("| Place | Killed | Injured |\n|---|---|---|\n");
                    for _ in 0..2 + self.random.below(6) {
                        let (a, b) = (self.number(), self.number());
                        let _ = writeln!(text, "| {} | {a} | {b} |", self.place());
                    }
                    text.push('\n');
                }
                5 => {
                    let sentence = self.sentence();
                    let _ = writeln!(
                        text,
                        "{sentence} It was [reported](https://example.org/{}/{}) **earlier**.\n",
                        self.random.below(3000),
                        self.random.below(100_000)
                    );
                }
                _ => {
                    let _ = writeln!(text, "{}\n", self.paragraph());
                }
            }
        }
        text
    }

    fn html(&mut self, length: usize) -> String {
        let title = self.heading();
        let mut text = format!("<html><head><title>{title}</title></head><body><h1>{title}</h1>\n");
        while text.len() < length {
            let paragraph = self.paragraph().replace('&', "&amp;").replace('<', "&lt;");
            let _ = writeln!(text, "<p>{paragraph}</p>");
        }
        text.push_str("</body></html>\n");
        text
    }

    fn heading(&mut self) -> String {
        let sentence = self.sentence();
        sentence.trim_end_matches(['.', '”', '!']).chars().take(90).collect()
    }

    fn paragraph(&mut self) -> String {
        let sentences = 1 + self.random.below(4);
        (0..sentences).map(|_| self.sentence()).collect::<Vec<_>>().join(" ")
    }

    fn sentence(&mut self) -> String {
        match self.random.below(100) {
            0..=19 => {
                let pattern = self.random.pick(FIGURES);
                self.filled(pattern)
            }
            20..=39 => self.exchanged(),
            _ => {
                let pattern = self.random.pick(PROSE);
                self.filled(pattern)
            }
        }
    }

    /// A sentence of the repository with its figures and some of its words exchanged.
    fn exchanged(&mut self) -> String {
        let at = self.random.below(self.found.len());
        let found = std::mem::take(&mut self.found[at]);
        let mut out = String::with_capacity(found.len() + 16);
        for word in found.split_inclusive(' ') {
            let digits = word.trim_matches(|c: char| !c.is_ascii_digit());
            if !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit() || b == b',') {
                out.push_str(&word.replacen(digits, &grouped(self.random.below(20_000)), 1));
            } else if word.len() > 5 && word.trim().chars().all(char::is_lowercase) && self.random.chance(12) {
                out.push_str(&self.word());
                out.push(' ');
            } else if word.len() > 4 && word.starts_with(char::is_uppercase) && self.random.chance(25) {
                out.push_str(&self.place());
                out.push(' ');
            } else {
                out.push_str(word);
            }
        }
        self.found[at] = found;
        out
    }

    fn filled(&mut self, pattern: &str) -> String {
        let mut out = String::with_capacity(pattern.len() * 2);
        let mut rest = pattern;
        while let Some((before, behind)) = rest.split_once('{') {
            out.push_str(before);
            let Some((place, after)) = behind.split_once('}') else { break };
            let opens = out.is_empty();
            let word = self.slot(place);
            out.push_str(&if opens { capital(&word) } else { word });
            rest = after;
        }
        out.push_str(rest);
        out
    }

    fn slot(&mut self, place: &str) -> String {
        let Self { random, .. } = self;
        match place {
            "n" => self.number(),
            "nth" => random
                .pick(&["first", "second", "third", "fourth", "tenth", "15th", "twenty-first", "72nd"])
                .to_string(),
            "people" => random.pick(&self.people).to_string(),
            "things" => random.pick(&self.things).to_string(),
            "done" => random.pick(&self.participles).to_string(),
            "did" => random.pick(&self.finite).to_string(),
            "says" => random.pick(&self.says).to_string(),
            "title" => random.pick(&self.titles).to_string(),
            "body" => format!("the {}", random.pick(&self.bodies)),
            "Body" => format!("The {}", random.pick(&self.bodies)),
            "outlet" | "Outlet" => random.pick(&self.outlets).to_string(),
            "party" | "Party" => random.pick(&self.parties).0.to_string(),
            "adjective" => random.pick(&self.parties).1.to_string(),
            "place" => self.place(),
            "person" | "Person" => {
                let name = |random: &mut Random| {
                    let parts = 1 + random.below(3);
                    capital(&(0..=parts).map(|_| *random.pick(SYLLABLES)).collect::<String>())
                };
                format!("{} {}", name(random), name(random))
            }
            "date" => self.date(),
            _ => self.word(),
        }
    }

    /// Some words are far commoner than others, as in any text.
    fn word(&mut self) -> String {
        const COMMON: &[&str] = &[
            "people",
            "time",
            "city",
            "war",
            "government",
            "official",
            "said",
            "after",
            "many",
            "near",
            "still",
            "government",
            "and",
            "with",
            "their",
            "which",
            "would",
            "forces",
            "families",
            "report",
            "area",
        ];
        if self.random.chance(35) {
            return (*self.random.pick(COMMON)).to_owned();
        }
        let (a, b) = (self.random.below(self.words.len()), self.random.below(self.words.len()));
        self.words[a.min(b)].clone()
    }

    fn place(&mut self) -> String {
        self.random.pick(&self.places).to_string()
    }

    fn number(&mut self) -> String {
        const SPELLED: &[&str] = &[
            "two",
            "three",
            "seven",
            "a dozen",
            "dozens of",
            "forty-two",
            "hundreds of",
            "thirteen",
            "tens of thousands of",
            "one hundred and five",
            "twenty",
            "nineteen",
            "half a million",
            "several",
            "two thousand",
            "sixty",
        ];
        const BEFORE: &[&str] =
            &["more than ", "at least ", "nearly ", "some ", "about ", "up to ", "over ", "fewer than ", "around "];
        let n = match self.random.below(4) {
            0 => self.random.below(40) + 1,
            1 => self.random.below(900) + 10,
            2 => (self.random.below(90) + 1) * 100,
            _ => self.random.below(250_000),
        };
        let number = match self.random.below(12) {
            0..=2 => (*self.random.pick(SPELLED)).to_owned(),
            3 => n.to_string(),
            4 => format!("{}-{}", n, n + 1 + self.random.below(50)),
            5 => format!("{}.{} million", n % 10, self.random.below(10)),
            6 => grouped(n).replace(',', "\u{a0}"),
            7 => format!("{}k", n % 500 + 1),
            _ => grouped(n),
        };
        if self.random.chance(30) { format!("{}{number}", self.random.pick(BEFORE)) } else { number }
    }

    fn date(&mut self) -> String {
        const WORDS: &[&str] = &[
            "today",
            "yesterday",
            "on Thursday",
            "last week",
            "last year",
            "three days ago",
            "earlier this month",
            "on Monday morning",
            "at that time",
            "overnight",
            "in recent weeks",
            "over the past two months",
            "the following day",
            "last summer",
        ];
        let (day, year) = (self.random.below(28) + 1, 1999 + self.random.below(28));
        let month = *self.random.pick(&MONTHS);
        match self.random.below(10) {
            0 => format!("on {month} {day}, {year}"),
            1 => format!("on {day} {month} {year}"),
            2 => format!("{day}/{}", self.random.below(12) + 1),
            3 => format!("in {month} {year}"),
            4 => format!("on {day} {month}"),
            5 => format!("since {month} {year}"),
            6 => format!("between {day} and {} {month}", day + 2),
            _ => (*self.random.pick(WORDS)).to_owned(),
        }
    }
}

fn grouped(n: usize) -> String {
    if n < 1000 { n.to_string() } else { format!("{},{:03}", n / 1000, n % 1000) }
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or(String::new(), |first| first.to_uppercase().chain(letters).collect())
}

/// The texts of the sample articles and of the suggestion cases.
fn repository_texts(root: &Path) -> Vec<String> {
    let files = |folder: &Path| {
        let mut files: Vec<_> =
            std::fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path()).collect();
        files.sort();
        files
    };
    let mut texts: Vec<String> = Vec::new();
    for path in files(&root.join("samples/articles")) {
        texts.extend(std::fs::read(&path).ok().map(|bytes| String::from_utf8_lossy(&bytes).into_owned()));
    }
    for path in files(&root.join("tests/cases")) {
        let Ok(cases) = std::fs::read_to_string(&path) else { continue };
        for part in cases.split("text: \"").skip(1) {
            let text = part.split("\", ").next().unwrap_or_default();
            texts.push(text.replace("\\\"", "\"").replace("\\n", "\n").replace(['[', ']'], ""));
        }
    }
    texts
}

/// Counts what a body of text holds.
pub fn variety(articles: &[Made]) -> Variety {
    let (mut sentences, mut distinct, mut words) = (0, BTreeSet::new(), BTreeSet::new());
    let mut figures = 0;
    for article in articles {
        for sentence in article.text.split_inclusive(". ").map(str::trim).filter(|s| !s.is_empty()) {
            sentences += 1;
            distinct.insert(sentence);
        }
        words.extend(article.text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()));
        figures += article.text.split(|c: char| !c.is_ascii_digit()).filter(|w| !w.is_empty()).count();
    }
    Variety {
        bytes: articles.iter().map(|a| a.text.len()).sum(),
        articles: articles.len(),
        sentences,
        distinct_sentences: distinct.len(),
        distinct_words: words.len(),
        figures,
    }
}
