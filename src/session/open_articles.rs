//! Articles opened in the background.

use std::collections::{BTreeSet, VecDeque};
use std::path::PathBuf;
use std::sync::{Arc, Mutex};

use rayon::prelude::*;

use super::jobs::Worker;
use super::metadata::Entered;
use super::shelf::Shelf;
use super::shelves::AT_HAND;
use super::suggested::{Suggested, Suggestions};
use super::{Session, Severity};
use crate::article::{self, Article, ReadOptions};
use crate::claim::{ArticleId, Change, Edit, Metadata, Name};
use crate::project::ArticleBytes;
use crate::project::source::{self, Source};
use crate::reconcile;
use crate::suggest::Suggester;

/// A text with what is known of it.
pub(super) struct Text {
    pub(super) article: Arc<Article>,
    pub(super) metadata: Metadata,
    /// Its shingles, where they are known.
    pub(super) shingles: Arc<[u64]>,
}

/// The largest article that the settings allow, in millions of bytes: a project keeps no larger one.
pub const LARGEST: u32 = 128;

/// What a text came to.
pub(super) struct Found {
    pub(super) id: ArticleId,
    /// What was known of it then.
    pub(super) metadata: Metadata,
    pub(super) suggested: Suggestions,
    pub(super) shingles: Arc<[u64]>,
}

/// How many articles are worked on before what they came to is shown.
const CHUNK: usize = 32;
/// How many texts the session is asked for at a time.
const ASKED: usize = 512;
/// Longer texts, in bytes, are shown before there are suggestions on them.
const QUICK: usize = 200_000;
/// How many files that could not be read are told one by one; more are a list.
const APART: usize = 3;
/// How many names are told in a sentence.
const ADDED: usize = 4;
/// How many such a list names.
const LISTED: usize = 1_000;

/// A few names in a sentence, and how many there are more.
fn few(names: &[String]) -> String {
    few_of(&names[..names.len().min(ADDED)], names.len())
}

/// The first names of `all`.
fn few_of(names: &[String], all: usize) -> String {
    match all.saturating_sub(names.len()) {
        0 => names.join(", "),
        more => format!("{} and {more} more", names.join(", ")),
    }
}

/// An article that was read in the background, ready to be taken in.
pub(super) struct ReadArticle {
    bytes: Arc<[u8]>,
    shelf: Shelf,
}

impl ReadArticle {
    /// An article that can be read at once, with its suggestions, unless these take long.
    fn shown(bytes: Arc<[u8]>, article: Article, suggester: &Suggester) -> Self {
        if article.text.len() <= QUICK {
            return Self::new(bytes, article, suggester);
        }
        Self { bytes, shelf: Shelf::new(Arc::new(article), Arc::from([])).awaiting_suggestions() }
    }

    fn new(bytes: Arc<[u8]>, article: Article, suggester: &Suggester) -> Self {
        let article = Arc::new(article);
        let suggested = Suggested::new(suggester, &article, &article.metadata);
        Self { bytes, shelf: Shelf::suggested(article, suggested) }
    }
}

/// Suggests for all articles, `total` of them, on all processors. The session is asked for the next
/// texts when the last ones are done; `take` is called on it for each, in chunks.
pub(super) fn suggest_all(
    worker: &Worker,
    suggester: &Suggester,
    total: usize,
    take: impl Fn(&mut Session, Found) + Clone + Send + 'static,
) {
    let (mut done, mut last) = (0, None);
    let mut waiting = VecDeque::new();
    while !worker.is_stopped() {
        if waiting.is_empty() {
            let after = last.take();
            let Some(texts) = worker.ask(move |session| session.texts_after(after.as_ref(), ASKED)) else { return };
            last = texts.last().map(|text: &Text| text.article.id.clone());
            waiting.extend(texts);
        }
        let chunk: Vec<Text> = waiting.drain(..CHUNK.min(waiting.len())).collect();
        if chunk.is_empty() {
            return;
        }
        let work = |text: &Text| Found {
            id: text.article.id.clone(),
            metadata: text.metadata.clone(),
            suggested: {
                let suggested = Suggestions::of(Suggested::new(suggester, &text.article, &text.metadata));
                if total > AT_HAND { suggested.packed() } else { suggested }
            },
            shingles: match text.shingles.is_empty() {
                true => reconcile::shingles(&text.article.text),
                false => text.shingles.clone(),
            },
        };
        let found: Vec<_> = chunk.par_iter().map(work).collect();
        done += found.len();
        let take = take.clone();
        worker.send(move |session| found.into_iter().for_each(|found| take(session, found)));
        worker.progress(done as f32 / total.max(1) as f32);
    }
}

impl Session {
    /// The largest article that is opened, in millions of bytes.
    pub fn largest(&self) -> u32 {
        self.settings.largest.unwrap_or((ReadOptions::default().max_bytes / 1_000_000) as u32)
    }

    pub(super) fn set_largest(&mut self, megabytes: u32) {
        let megabytes = megabytes.clamp(1, LARGEST);
        if megabytes != self.largest() {
            self.settings.largest = Some(megabytes);
            self.revision += 1;
            self.save_settings();
        }
    }

    /// How articles are read that are opened.
    pub(super) fn read_options(&self) -> ReadOptions {
        ReadOptions { max_bytes: self.largest() as usize * 1_000_000, ..ReadOptions::default() }
    }

    /// Opens files and folders of articles; a project among them is opened instead.
    pub(super) fn open(&mut self, paths: Vec<PathBuf>) {
        if paths.is_empty() {
            return;
        }
        let name = match &paths[..] {
            [path] => format!("Opening {}", path.file_name().map_or(path.as_os_str(), |name| name).to_string_lossy()),
            paths => format!("Opening {} files", paths.len()),
        };
        let place = match &paths[..] {
            [path] => path.display().to_string(),
            paths => format!("{} folders", paths.len()),
        };
        let (words, project, compiled) = (self.words_for_job(), self.project_number, self.compiled);
        let options = self.read_options();
        self.jobs.start(&name, move |worker| {
            let sources = source::find(&paths);
            if let Some(folder) = sources.projects.first().cloned() {
                let more = sources.projects.len() + sources.files.len() - 1;
                worker.send(move |session| {
                    if more > 0 {
                        let text =
                            format!("One project is open at a time; {more} other files or projects were not opened.");
                        session.notify(Severity::Warning, text);
                    }
                    session.open_project(folder);
                });
                return;
            }
            let none = sources.files.is_empty() && sources.problems.is_empty();
            let group = Arc::new(Mutex::new(Arrivals::default()));
            let take = |articles: Vec<ReadArticle>| {
                let group = group.clone();
                worker.send(move |session| {
                    if session.project_number == project
                        && let Ok(mut group) = group.lock()
                    {
                        session.take_some(&mut group, articles);
                    }
                });
            };
            let mut read = read_articles(worker, &words(), &sources.files, &options, take);
            read.problems.splice(0..0, sources.problems.iter().map(ToString::to_string));
            let skipped = sources.skipped.sentence();
            worker.send(move |session| {
                if none {
                    let text = format!("No articles were found in {place}. Nothing was added.");
                    session.notify(Severity::Warning, text);
                }
                if session.project_number == project
                    && let Ok(group) = group.lock()
                {
                    session.tell_of_arrivals(&group, compiled);
                }
                session.tell_of_opening(&read, skipped);
            });
        });
    }

    /// Says what was left out: a few files one by one, many in one list.
    fn tell_of_opening(&mut self, read: &Read, skipped: Option<String>) {
        let Read { problems, notes, not_read, files, .. } = read;
        if problems.len() <= APART {
            for problem in problems {
                self.notify(Severity::Error, format!("{problem}. It was left out."));
            }
        } else {
            let mut text = format!("{} could not be read, and were left out:", problems.len());
            for problem in problems.iter().take(LISTED) {
                text.push_str("\n• ");
                text.push_str(problem);
            }
            if problems.len() > LISTED {
                text.push_str(&format!("\n• and {} more", problems.len() - LISTED));
            }
            self.notify(Severity::Error, text);
        }
        if *not_read > 0 {
            let text = format!(
                "Opening was stopped: {not_read} of {files} files were not read. What was read before is here; \
                 open the folder again to read the rest."
            );
            self.notify(Severity::Warning, text);
        }
        for note in notes {
            self.notify(Severity::Info, format!("{note}. Reopen it with another column if that is not right."));
        }
        if let Some(skipped) = skipped {
            self.notify(Severity::Info, format!("In the folder that was opened: {skipped}."));
        }
    }

    /// Adds articles from memory, at once: name and bytes. For tests and pasted text.
    pub fn add_articles(&mut self, files: &[(&str, &[u8])]) {
        let mut read = Vec::new();
        for (name, bytes) in files {
            let split = match article::split(name, bytes, &self.read_options()) {
                Ok(split) => split,
                Err(error) => {
                    self.notify(Severity::Error, error.to_string());
                    continue;
                }
            };
            for part in &split.parts {
                match split.read(part) {
                    Ok(article) => read.push(ReadArticle::new(Arc::from(&*part.bytes), article, &self.suggester)),
                    Err(error) => self.notify(Severity::Error, error.to_string()),
                }
            }
        }
        self.take_articles(read, self.compiled);
        self.update_facts();
    }

    /// Adds an article from the clipboard.
    pub(super) fn paste(&mut self, text: &str, html: bool, entered: Entered) {
        let stem = match entered.title.trim() {
            "" => format!("pasted {}", (self.environment.now)().format("%Y-%m-%d %H.%M.%S")),
            title => title.chars().map(|c| if c.is_alphanumeric() { c } else { ' ' }).take(60).collect(),
        };
        let words: Vec<_> = stem.split_whitespace().collect();
        let name = format!("{}.{}", words.join(" "), if html { "html" } else { "txt" });
        let read = article::read(&name, text.as_bytes(), &self.read_options());
        let article = match read {
            Ok(article) if article.text.trim().is_empty() => {
                self.notify(Severity::Warning, "There are no words in what was pasted; nothing was added.".to_owned());
                return;
            }
            Ok(article) => article,
            Err(error) => {
                self.notify(Severity::Error, format!("What was pasted cannot be read: {}.", error.message));
                return;
            }
        };
        let metadata = match entered.over(self, &article.metadata) {
            Ok(metadata) => metadata,
            Err(message) => {
                self.notify(Severity::Error, format!("{message} Nothing was added."));
                return;
            }
        };
        let article = Article { metadata, ..article };
        let read = ReadArticle::new(Arc::from(text.as_bytes()), article, &self.suggester);
        let mut group = Arrivals::default();
        self.take_some(&mut group, vec![read]);
        // Who has pasted an article knows what was added.
        if group.taken == 0 {
            self.tell_of_arrivals(&group, self.compiled);
        }
    }

    /// Takes articles in as one action. What is there already is left out.
    fn take_articles(&mut self, read: Vec<ReadArticle>, compiled: u64) {
        let mut group = Arrivals::default();
        self.take_some(&mut group, read);
        self.tell_of_arrivals(&group, compiled);
    }

    /// Takes in articles of those that are opened together.
    fn take_some(&mut self, group: &mut Arrivals, read: Vec<ReadArticle>) {
        let mut known = BTreeSet::new();
        let (mut edits, mut bytes) = (Vec::new(), Vec::new());
        for ReadArticle { bytes: source, shelf } in read {
            let Some(article) = shelf.article.clone() else { continue };
            // An earlier version of an article is known by its name in the project.
            let is_there =
                self.workspace.articles.contains_key(&article.id) || self.catalogue.has_bytes(&article.sha256);
            if is_there || !known.insert(article.sha256.clone()) {
                group.repeated.push(article.name.to_string());
                continue;
            }
            if article.text.trim().is_empty() {
                group.blank.push(article.name.to_string());
                continue;
            }
            if group.added.len() < ADDED {
                group.added.push(article.name.to_string());
            }
            edits.push(Edit::Article(Box::new(Change::add(article.record(self.stamp())))));
            self.attic.insert(article.id.clone(), shelf); // taken out of there by the edit
            bytes.push(ArticleBytes { version: 1, source, article });
        }
        if edits.is_empty() || group.refused {
            return;
        }
        if !self.may_change(&edits) {
            group.refused = true; // said once
            return;
        }
        group.taken += edits.len();
        let label = match group.taken {
            1 => "add article".to_owned(),
            taken => format!("add {taken} articles"),
        };
        self.keep_articles(bytes);
        group.action = self.commit_more(group.action.as_ref(), &label, edits);
    }

    /// Says what of the articles that were opened together was there already.
    fn tell_of_arrivals(&mut self, group: &Arrivals, compiled: u64) {
        if !group.repeated.is_empty() {
            let text = match &group.repeated[..] {
                [name] => format!("{name} is here already, byte for byte; it was not added again."),
                names => format!("{} files are here already, byte for byte; they were not added again.", names.len()),
            };
            self.notify(Severity::Info, text);
        }
        if !group.blank.is_empty() {
            let text = match &group.blank[..] {
                [name] => format!("There are no words in {name}; it was left out."),
                names => {
                    format!("There are no words in {} files, and they were left out: {}.", names.len(), few(names))
                }
            };
            self.notify(Severity::Warning, text);
        }
        // The first articles of a project are all that there is to be seen.
        if group.taken > 0 && self.workspace.articles.len() > group.taken {
            let names = few_of(&group.added, group.taken);
            let text = match group.taken {
                1 => format!("Added: {names}."),
                taken => format!("{taken} articles were added: {names}."),
            };
            self.notify(Severity::Info, text);
        }
        if group.taken > 0 && compiled != self.compiled {
            self.recompile(); // the words have changed while the articles were read
        }
    }

    /// Puts the text of an article on its shelf, with suggestions.
    pub(super) fn put_article(&mut self, article: Arc<Article>) {
        let suggested = Suggested::new(&self.suggester, &article, &article.metadata);
        let id = article.id.clone();
        let shelf = Shelf::suggested(article.clone(), suggested);
        let record = self.workspace.articles.get(&id);
        if record.is_some_and(|record| record.text_sha256 != article.text_sha256) {
            self.superseded.insert((id, article.text_sha256.clone()), shelf); // taken from there by the edit
        } else if self.workspace.articles.contains_key(&id) {
            self.shelves.insert(id.clone(), shelf);
            self.refresh(&id);
        } else {
            self.attic.insert(id, shelf);
        }
    }
}

/// What has come in of the articles that are opened together.
#[derive(Default)]
struct Arrivals {
    /// The action that has added them.
    action: Option<Name>,
    taken: usize,
    /// Names of those that were there already.
    repeated: Vec<String>,
    /// Names of those without a word in them.
    blank: Vec<String>,
    /// Names of those that were added, the first few.
    added: Vec<String>,
    /// Whether nothing may be added.
    refused: bool,
}

/// What opening files came to.
#[derive(Default)]
struct Read {
    /// What could not be read, each with the reason.
    problems: Vec<String>,
    /// What is to be said of tables.
    notes: Vec<String>,
    /// How many files were not looked at, because somebody stopped it.
    not_read: usize,
    /// How many there were.
    files: usize,
}

/// Reads files as articles on all processors, until it is stopped; `take` is given them as they come.
fn read_articles(
    worker: &Worker,
    suggester: &Suggester,
    files: &[Source],
    options: &ReadOptions,
    take: impl Fn(Vec<ReadArticle>),
) -> Read {
    let mut read = Read { files: files.len(), ..Read::default() };
    let of_file = |file: &Source| {
        let (articles, note) = source::read_file(file, options)?;
        let suggested = articles.into_par_iter().map(|article| {
            let (_, bytes, article) = article?;
            Ok(ReadArticle::shown(bytes.into(), article, suggester))
        });
        Ok::<_, article::ReadError>((suggested.collect::<Vec<Result<_, article::ReadError>>>(), note))
    };
    for (n, chunk) in files.chunks(CHUNK).enumerate() {
        if worker.is_stopped() {
            read.not_read = files.len() - n * CHUNK;
            break;
        }
        let mut articles = Vec::new();
        for result in chunk.par_iter().map(of_file).collect::<Vec<_>>() {
            let (of_one, note) = match result {
                Ok(file) => file,
                Err(error) => {
                    read.problems.push(error.to_string());
                    continue;
                }
            };
            read.notes.extend(note);
            for article in of_one {
                match article {
                    Ok(article) => articles.push(article),
                    Err(error) => read.problems.push(error.to_string()),
                }
            }
        }
        take(articles);
        worker.progress((n * CHUNK + chunk.len()) as f32 / files.len() as f32);
    }
    read
}
