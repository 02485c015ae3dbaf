//! Suggesters of the analyst's own: which there are, which may run, and running one in the
//! background. Nothing here runs by itself: not when a project is opened, not when words change.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use super::jobs::Worker;
use super::{Session, Severity};
use crate::article::Article;
use crate::claim::{ArticleId, Change, Codebook, Conventions, Edit, Metadata, Name, OutsideSuggester, Suggestion};
use crate::formats::{Document, LineProblem, OutsideLines, article_line};
use crate::project::{self, Allowed, Ending};

/// A suggester of the analyst's own, as the window lists it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KnownSuggester {
    /// What it is.
    pub suggester: OutsideSuggester,
    /// Whether the project keeps it, or the analyst's own settings.
    pub of_project: bool,
    /// Whether it runs without being asked for once more: the analyst's own always, a project's
    /// since she has seen its command on this machine.
    pub allowed: bool,
    /// How many of its suggestions are at hand.
    pub suggestions: usize,
}

/// So many lines that do not fit are named one by one.
const NAMED: usize = 8;

/// A text that goes out, under the name that the suggester knows it by.
struct Outgoing {
    name: String,
    article: Arc<Article>,
    metadata: Metadata,
}

/// What a run came to.
struct Brought {
    found: BTreeMap<ArticleId, Vec<Suggestion>>,
    /// The articles that were read to the end, as far as is known.
    whole: bool,
    problems: Vec<LineProblem>,
    ending: Result<project::Ran, String>,
}

impl Session {
    /// The suggesters that there are: the analyst's own, then the project's.
    pub fn suggesters(&self) -> Vec<KnownSuggester> {
        let made = |name: &Name| {
            let of = |shelf: &super::shelf::Shelf| shelf.outside.get(name).map_or(0, Vec::len);
            self.shelves.values().map(of).sum()
        };
        let known = |suggester: &OutsideSuggester, of_project: bool| KnownSuggester {
            allowed: !of_project || self.may_run(suggester),
            suggestions: made(&suggester.name),
            suggester: suggester.clone(),
            of_project,
        };
        let own = self.settings.suggesters.iter().map(|suggester| known(suggester, false));
        let of_project = &self.workspace.codebook.conventions.outside;
        own.chain(of_project.iter().map(|suggester| known(suggester, true))).collect()
    }

    /// Whether the analyst has allowed this project to run this very command on this machine.
    fn may_run(&self, suggester: &OutsideSuggester) -> bool {
        let project = self.project_id.as_deref().unwrap_or("");
        let allowed = |allowed: &Allowed| *allowed.project == *project && allowed.command == suggester.command;
        self.settings.allowed.iter().any(allowed)
    }

    /// Adds, changes or removes a suggester of the analyst's own.
    pub(super) fn change_suggester(&mut self, change: Change<OutsideSuggester>, of_project: bool) {
        let Change { before, after, .. } = &change;
        if before == after {
            return;
        }
        if let Some(problem) = after.as_ref().and_then(OutsideSuggester::problem) {
            self.notify(Severity::Warning, format!("The suggester was not changed. {problem}"));
            return;
        }
        let renamed = after.as_ref().filter(|after| before.as_ref().is_none_or(|before| before.name != after.name));
        if let Some(after) = renamed
            && self.suggesters().iter().any(|known| known.suggester.name == after.name)
        {
            self.notify(
                Severity::Warning,
                format!("There is a suggester “{}” already; nothing was changed.", after.name),
            );
            return;
        }
        let list = if of_project { &self.workspace.codebook.conventions.outside } else { &self.settings.suggesters };
        let Some(list) = changed_list(list, &change) else {
            self.notify(Severity::Warning, "The suggester is no longer there; nothing was changed.".to_owned());
            return;
        };
        if !of_project {
            self.settings.suggesters = list;
            self.save_settings();
            self.revision += 1;
            return;
        }
        let name = after.as_ref().or(before.as_ref()).map_or("", |suggester| &suggester.name);
        let verb = match (before, after) {
            (None, _) => "add",
            (_, None) => "remove",
            _ => "change",
        };
        let now = self.workspace.codebook.conventions.clone();
        let then = Conventions { outside: list, ..now.clone() };
        self.commit(&format!("{verb} suggester {name}"), vec![Edit::Conventions(Box::new(Change::replace(now, then)))]);
    }

    /// Runs a suggester over all articles, in the background.
    pub(super) fn run_suggester(&mut self, name: &Name, of_project: bool, allow: bool) {
        let known = self.suggesters().into_iter().find(|k| k.suggester.name == *name && k.of_project == of_project);
        let Some(KnownSuggester { suggester, allowed, .. }) = known else {
            self.notify(Severity::Warning, format!("There is no suggester “{name}”."));
            return;
        };
        if !allowed && !allow {
            let text = format!(
                "“{name}” was not run: its command comes with the project. Look at it under Suggesters, and allow it there."
            );
            self.notify(Severity::Warning, text);
            return;
        }
        if !allowed {
            let project = self.project_id.clone().unwrap_or_else(|| "".into());
            self.settings.allowed.push(Allowed { project, command: suggester.command.clone() });
            self.save_settings();
        }
        let words = match (suggester.problem(), suggester.words()) {
            (None, Ok(words)) => words,
            (Some(problem), _) | (None, Err(problem)) => {
                self.notify(Severity::Error, format!("“{name}” was not run. {problem}"));
                return;
            }
        };
        let outgoing = self.outgoing();
        if outgoing.is_empty() {
            self.notify(Severity::Info, format!("“{name}” was not run: there are no articles to read."));
            return;
        }
        let folder = project::command_folder(self.environment.setup.as_ref());
        let (codebook, project) = (self.workspace.codebook.clone(), self.project_number);
        self.revision += 1;
        self.jobs.start(&format!("Suggesting with {name}"), move |worker| {
            let brought = run(worker, &suggester, &words, &folder, outgoing, &codebook);
            worker.send(move |session| {
                if session.project_number == project {
                    session.take_outside(&suggester.name, brought);
                }
            });
        });
    }

    /// The articles in use, each under its name; those of one name under their identities.
    fn outgoing(&self) -> Vec<Outgoing> {
        let mut names: BTreeMap<&str, usize> = BTreeMap::new();
        for record in self.workspace.articles.values() {
            *names.entry(&record.name).or_default() += 1;
        }
        let one = |(id, record): (&ArticleId, &crate::claim::ArticleRecord)| {
            let article = self.shelves.get(id)?.article.clone()?;
            let name = if names[&*record.name] > 1 { id.to_string() } else { record.name.to_string() };
            Some(Outgoing { name, article, metadata: record.metadata.clone() })
        };
        self.workspace.articles.iter().filter_map(one).collect()
    }

    fn take_outside(&mut self, name: &Name, brought: Brought) {
        let Brought { mut found, whole, problems, ending } = brought;
        let (suggestions, articles) = (found.values().map(Vec::len).sum::<usize>(), found.len());
        for id in self.shelves.keys().cloned().collect::<Vec<_>>() {
            let list = found.remove(&id);
            // A run that was cut short says nothing of the articles that it had not come to.
            let concerned = |shelf: &super::Shelf| list.is_some() || shelf.outside.contains_key(name);
            if (whole || list.is_some()) && self.shelves.get(&id).is_some_and(concerned) {
                self.shelves.change(&id, |shelf| (shelf.put_outside(name, list.unwrap_or_default()), None));
                self.refresh(&id);
            }
        }
        self.revision += 1;
        let (severity, text) = sentence(name, suggestions, articles, &problems, &ending);
        self.notify(severity, text);
    }
}

fn changed_list(list: &[OutsideSuggester], change: &Change<OutsideSuggester>) -> Option<Vec<OutsideSuggester>> {
    let mut list = list.to_vec();
    match (&change.before, &change.after) {
        (None, after) => list.extend(after.clone()),
        (Some(before), after) => {
            let at = list.iter().position(|other| other == before)?;
            list.splice(at..=at, after.clone());
        }
    }
    Some(list)
}

fn run(
    worker: &Worker,
    suggester: &OutsideSuggester,
    words: &[String],
    folder: &std::path::Path,
    outgoing: Vec<Outgoing>,
    codebook: &Codebook,
) -> Brought {
    let places: BTreeMap<&str, usize> = outgoing.iter().enumerate().map(|(n, o)| (&*o.name, n)).collect();
    let mut lines = OutsideLines::default();
    let mut furthest = 0;
    let texts: Vec<_> = outgoing.iter().map(|o| (o.name.clone(), o.article.clone(), o.metadata.clone())).collect();
    let input = texts.into_iter().map(|(name, article, metadata)| {
        let document = Document { id: &article.id, name: &article.name, metadata: &metadata, article: Some(&article) };
        article_line(&document, &name)
    });
    let take = |line: &str| {
        let place = lines.take(line).and_then(|article| places.get(article)).copied();
        // Suggesters answer in the order in which they are asked, more or less.
        if let Some(place) = place.filter(|place| *place > furthest) {
            furthest = place;
            worker.progress(place as f32 / places.len() as f32);
        }
    };
    let limit = Duration::from_secs(u64::from(suggester.seconds));
    let ending = project::run_command(words, folder, limit, input, take, || worker.is_stopped());
    let resolve = |name: &str| places.get(name).map(|place| &*outgoing[*place].article);
    let (list, problems) = lines.suggestions(resolve, codebook, &suggester.name);
    let mut found: BTreeMap<ArticleId, Vec<Suggestion>> = BTreeMap::new();
    for suggestion in list {
        found.entry(suggestion.article.clone()).or_default().push(suggestion);
    }
    let whole = matches!(&ending, Ok(ran) if ran.ending == Ending::Done);
    Brought { found, whole, problems, ending }
}

/// What became of a run, in sentences.
fn sentence(
    name: &str,
    suggestions: usize,
    articles: usize,
    problems: &[LineProblem],
    ending: &Result<project::Ran, String>,
) -> (Severity, String) {
    let many = |n: usize, one: &str| format!("{n} {one}{}", if n == 1 { "" } else { "s" });
    let mut text = match ending {
        Err(error) => format!("“{name}” was not run. {error}"),
        Ok(_) => format!("“{name}” made {} in {}.", many(suggestions, "suggestion"), many(articles, "article")),
    };
    let mut severity = Severity::Info;
    if !problems.is_empty() {
        severity = Severity::Warning;
        let named: Vec<String> =
            problems.iter().take(NAMED).map(|p| format!("line {}: {}", p.line, p.message)).collect();
        let more = problems.len().saturating_sub(NAMED);
        let more = if more > 0 { format!("; and {more} more") } else { String::new() };
        text.push_str(&format!(
            " {} did not fit and were skipped: {}{more}.",
            many(problems.len(), "line"),
            named.join("; ")
        ));
    }
    if let Ok(ran) = ending {
        let (worse, words) = match &ran.ending {
            Ending::Done => (Severity::Info, None),
            Ending::Failed(status) => (Severity::Error, Some(format!("It ended with {status}."))),
            Ending::OutOfTime => (Severity::Error, Some("Its time was up, and it was ended.".to_owned())),
            Ending::Stopped => (Severity::Info, Some("It was stopped.".to_owned())),
            Ending::TooMuch => (Severity::Error, Some("It wrote more than can be meant, and was ended.".to_owned())),
        };
        severity = severity.max(worse);
        if let Some(words) = words {
            text.push_str(&format!(" {words} What it had said by then is kept."));
        }
        if !ran.messages.is_empty() {
            text.push_str(&format!(" It said: “{}”", shortened(&ran.messages)));
        }
    } else {
        severity = Severity::Error;
    }
    (severity, text)
}

/// The end of a long message: what went wrong stands last.
fn shortened(messages: &str) -> String {
    const MOST: usize = 400;
    let count = messages.chars().count();
    match count.checked_sub(MOST) {
        Some(skipped @ 1..) => format!("…{}", messages.chars().skip(skipped).collect::<String>()),
        _ => messages.to_owned(),
    }
}
