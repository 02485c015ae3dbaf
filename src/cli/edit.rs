//! `tallymark edit`: a script of edits, each acknowledged once it survives a power cut.
//!
//! One JSON object a line goes in, one comes out for each that was done. A script stops at the first
//! line that cannot be carried out: what comes behind it may rest on it. What was acknowledged is
//! safe even where the program is killed the next moment, and is undone like anything else.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde::Deserialize;
use serde_json::{Value, json};

use super::{Console, DONE, FAILED, PARTLY};
use crate::claim::{
    ArticleId, Basis, Change, Claim, ClaimId, Count, DateWindow, Edit, Grade, Name, Party, Progress, Quantity, Reading,
    RulingOp, Span,
};
use crate::session::{Command, Environment, Session, Severity};

/// What `tallymark edit` is told.
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// The project's folder
    #[arg(value_name = "PROJECT")]
    project: PathBuf,
    /// The script: one JSON object a line; without it, standard input
    #[arg(long, value_name = "FILE")]
    script: Option<PathBuf>,
    /// Whose work it is; without it, that of the person at the machine
    #[arg(long, value_name = "NAME")]
    analyst: Option<String>,
}

/// A line of a script. Articles are named by the name or the id that exports give them; claims by
/// their id, or by the article and the words that they stand on.
#[derive(Debug, Deserialize)]
#[serde(tag = "do", rename_all = "snake_case", deny_unknown_fields)]
enum Step {
    /// Add a file as an article.
    Add { file: PathBuf },
    /// Take an article out, with its claims.
    Remove { article: String },
    /// Put a corrected version in the place of an article; its claims go along.
    Replace { article: String, file: PathBuf },
    /// Set what is known of an article; an empty text takes a value away.
    Metadata {
        article: String,
        outlet: Option<Name>,
        title: Option<Name>,
        url: Option<Name>,
        published: Option<String>,
    },
    /// How far the analyst has got.
    Progress { article: String, to: Progress },
    /// Make a claim of words of an article: of the `nth` place where they stand, from 1. With
    /// `count` that is the figure; without it the words say it.
    Tag { article: String, quote: String, nth: Option<usize>, category: Name, count: Option<u64> },
    /// Make claims of all suggestions graded at least so, in an article or in all.
    Accept { article: Option<String>, at_least: Option<Grade> },
    /// Put a remark on a claim.
    Note { claim: Option<ClaimId>, article: Option<String>, quote: Option<String>, text: String },
    /// Change fields of a claim; an empty name takes one away.
    Set {
        claim: Option<ClaimId>,
        article: Option<String>,
        quote: Option<String>,
        category: Option<Name>,
        party: Option<Name>,
        from: Option<Name>,
        to: Option<Name>,
        count: Option<u64>,
    },
    /// Delete a claim.
    Delete { claim: Option<ClaimId>, article: Option<String>, quote: Option<String> },
    /// Count a claim in nowhere.
    Exclude { claim: Option<ClaimId>, article: Option<String>, quote: Option<String>, reason: String },
    /// Add a party to the codebook.
    Party {
        name: Name,
        #[serde(default)]
        aliases: Vec<Name>,
    },
    /// Take the last edit of this run back.
    Undo {},
    /// Do it again after all.
    Redo {},
    /// Write the project's files now, rather than when the work rests.
    Save {},
}

pub(super) fn run(arguments: &Arguments, console: &mut Console<'_>) -> u8 {
    let script: Box<dyn BufRead> = match &arguments.script {
        None => Box::new(std::io::stdin().lock()),
        Some(path) => match std::fs::File::open(path) {
            Ok(file) => Box::new(BufReader::new(file)),
            Err(error) => {
                console.complain(format!("{} could not be read: {error}", path.display()));
                return FAILED;
            }
        },
    };
    let mut session = match opened(&arguments.project, arguments.analyst.as_deref(), console) {
        Ok(session) => session,
        Err(message) => {
            console.complain(message);
            return FAILED;
        }
    };
    let status = carry_out(script, &mut session, console);
    session.close();
    // What the keeper could not write at the end is in the journal, and is said.
    tell(&mut session, console);
    status
}

/// Opens a project as the window would, and tells what the window would.
pub(super) fn opened(project: &Path, analyst: Option<&str>, console: &mut Console<'_>) -> Result<Session, String> {
    let folder = crate::project::project_folder(&crate::project::disk::RealDisk, project)
        .ok_or_else(|| format!("{} is not a project: there is no project.ron in it", project.display()))?;
    let mut session = Session::start_headless(Environment::of_user(Arc::new(|| {})));
    if let Some(analyst) = analyst {
        session.work_as(analyst);
    }
    session.run(Command::OpenProject(folder));
    session.wait_for_jobs();
    tell(&mut session, console);
    if session.project_folder().is_none() {
        return Err("nothing was done".to_owned());
    }
    match session.read_only() {
        Some(why) => Err(format!("the project is read-only: {why}; nothing was done")),
        None => Ok(session),
    }
}

/// Passes on what the session has to say. Whether any of it is trouble.
pub(super) fn tell(session: &mut Session, console: &mut Console<'_>) -> Option<String> {
    let notices = session.notices().to_vec();
    let mut trouble = None;
    for notice in notices {
        if notice.severity > Severity::Info {
            trouble.get_or_insert_with(|| notice.text.clone());
        }
        console.complain(&notice.text);
        session.run(Command::DismissNotice(notice.id));
    }
    trouble
}

fn carry_out(script: Box<dyn BufRead>, session: &mut Session, console: &mut Console<'_>) -> u8 {
    for (number, line) in script.lines().enumerate() {
        let number = number + 1;
        let line = match line {
            Ok(line) if line.trim().is_empty() => continue,
            Ok(line) => line,
            Err(error) => {
                console.complain(format!("line {number}: {error}"));
                return PARTLY;
            }
        };
        let done = serde_json::from_str::<Step>(&line)
            .map_err(|error| error.to_string())
            .and_then(|step| do_one(session, step, console));
        match done {
            Ok(mut answer) => {
                answer["line"] = number.into();
                if !console.line(&answer.to_string()) {
                    return PARTLY;
                }
            }
            Err(message) => {
                console.complain(format!("line {number}: {message}; the script ends here"));
                return PARTLY;
            }
        }
    }
    DONE
}

/// Carries out a step and waits until it is safe. The answer says what was done.
fn do_one(session: &mut Session, step: Step, console: &mut Console<'_>) -> Result<Value, String> {
    let before = session.changes();
    let replaces = matches!(step, Step::Replace { .. });
    let known = session.history().last().map(|transaction| transaction.id.clone());
    let save = matches!(step, Step::Save {});
    command(session, step)?.into_iter().for_each(|command| session.run(command));
    session.wait_for_files();
    session.wait_until_safe().or_else(|why| if save || session.changes() > before { Err(why) } else { Ok(()) })?;
    // What became of claims is told, and is no reason to stop.
    if let Some(trouble) = tell(session, console).filter(|_| !replaces || session.changes() == before) {
        return Err(trouble);
    }
    if save {
        return Ok(json!({ "done": "save" }));
    }
    if session.changes() == before {
        return Ok(json!({ "done": null }));
    }
    let last = session.history().last().filter(|last| Some(&last.id) != known.as_ref());
    let claims: Vec<&ClaimId> = last.iter().flat_map(|t| &t.edits).filter_map(added).collect();
    let label = last.map_or("undo", |transaction| &*transaction.label);
    Ok(if claims.is_empty() { json!({ "done": label }) } else { json!({ "done": label, "claims": claims }) })
}

/// The claim that an edit adds.
fn added(edit: &Edit) -> Option<&ClaimId> {
    match edit {
        Edit::Claim(change) => match &**change {
            Change { before: None, after: Some(claim), .. } => Some(&claim.id),
            _ => None,
        },
        _ => None,
    }
}

fn command(session: &mut Session, step: Step) -> Result<Option<Command>, String> {
    let command = match step {
        Step::Add { file } => Command::Open(vec![file]),
        Step::Replace { article, file } => Command::Replace { article: find_article(session, &article)?, path: file },
        Step::Remove { article } => Command::RemoveArticle(find_article(session, &article)?),
        Step::Metadata { article, outlet, title, url, published } => {
            let window = |text: String| match text.trim() {
                "" => Ok(DateWindow::UNKNOWN),
                text => DateWindow::parse(text, Basis::Analyst).ok_or_else(|| format!("“{text}” is no date")),
            };
            let articles = vec![find_article(session, &article)?];
            Command::SetMetadata { articles, outlet, title, url, published: published.map(window).transpose()? }
        }
        Step::Progress { article, to } => Command::SetProgress(find_article(session, &article)?, to),
        Step::Tag { article, quote, nth, category, count } => {
            if session.codebook().category(&category).is_none() {
                return Err(format!("the codebook has no category “{category}”"));
            }
            let article = find_article(session, &article)?;
            let span = find_words(session, &article, &quote, nth.unwrap_or(1))?;
            match count {
                Some(n) => {
                    let count = Count { span: Some(span), quantity: Quantity::exact(n) };
                    Command::AddClaim { article, span, reading: Box::new(Reading::new(count, category)) }
                }
                None => {
                    session.ready_words();
                    Command::Tag { article, span, category }
                }
            }
        }
        Step::Accept { article, at_least } => {
            let article = article.map(|article| find_article(session, &article)).transpose()?;
            session.ready_words();
            Command::AcceptAll { article, at_least: at_least.unwrap_or(Grade::Sure) }
        }
        Step::Note { claim, article, quote, text } => {
            let claim = find_claim(session, claim, article, quote)?;
            Command::ChangeClaim { claim: Box::new(Claim { note: text, ..claim }), label: "set note".into() }
        }
        Step::Set { claim, article, quote, category, party, from, to, count } => {
            let mut claim = find_claim(session, claim, article, quote)?;
            let name = |value: Name| Some(value).filter(|name| !name.trim().is_empty());
            if let Some(category) = category {
                if session.codebook().category(&category).is_none() {
                    return Err(format!("the codebook has no category “{category}”"));
                }
                claim.reading.category = category;
            }
            for (field, value) in
                [(&mut claim.reading.party, party), (&mut claim.reading.from, from), (&mut claim.reading.to, to)]
            {
                if let Some(value) = value {
                    *field = name(value);
                }
            }
            if let Some(n) = count {
                claim.reading.count.quantity = Quantity::exact(n);
            }
            Command::ChangeClaim { claim: Box::new(claim), label: "change claim".into() }
        }
        Step::Delete { claim, article, quote } => {
            Command::DeleteClaims(vec![find_claim(session, claim, article, quote)?.id])
        }
        Step::Exclude { claim, article, quote, reason } => {
            let claim = find_claim(session, claim, article, quote)?.id;
            Command::Rule { op: RulingOp::Exclude { claim }, reason }
        }
        Step::Party { name, aliases } => Command::Party(None, Some(Party { name, aliases })),
        Step::Undo {} => Command::Undo,
        Step::Redo {} => Command::Redo,
        Step::Save {} => Command::Save,
    };
    Ok(Some(command))
}

/// An article by its name or id.
pub(super) fn find_article(session: &Session, wanted: &str) -> Result<ArticleId, String> {
    let records = session.workspace().articles.values();
    let found: Vec<_> = records.filter(|r| *r.name == *wanted || *r.id.0 == *wanted).map(|r| r.id.clone()).collect();
    match &found[..] {
        [id] => Ok(id.clone()),
        [] => Err(format!("there is no article “{wanted}” in the project")),
        ids => {
            let ids: Vec<_> = ids.iter().map(ToString::to_string).collect();
            Err(format!("several articles are called “{wanted}”; say which: {}", ids.join(", ")))
        }
    }
}

/// Where words stand in an article for the `nth` time, from 1.
fn find_words(session: &Session, article: &ArticleId, quote: &str, nth: usize) -> Result<Span, String> {
    let text = session.article(article).map(|article| article.text.clone());
    let text = text.ok_or("the text of the article cannot be read")?;
    let found = (!quote.is_empty()).then(|| text.match_indices(quote).nth(nth.saturating_sub(1))).flatten();
    let (start, words) = found.ok_or_else(|| format!("“{quote}” does not stand in the article (place {nth})"))?;
    Ok(Span::new(start, start + words.len()))
}

/// A claim by its id, or by its article and words.
fn find_claim(
    session: &Session,
    id: Option<ClaimId>,
    article: Option<String>,
    quote: Option<String>,
) -> Result<Claim, String> {
    match (id, article, quote) {
        (Some(id), None, None) => {
            session.workspace().claims.get(&id).cloned().ok_or_else(|| format!("there is no claim {id}"))
        }
        (None, Some(article), Some(quote)) => {
            let id = find_article(session, &article)?;
            let claims = session.workspace().claims.values().filter(|claim| claim.article == id);
            let found: Vec<_> = claims.filter(|claim| claim.quote() == quote).collect();
            match &found[..] {
                [claim] => Ok((*claim).clone()),
                [] => Err(format!("there is no claim on “{quote}” in {article}")),
                _ => Err(format!("there are several claims on “{quote}” in {article}; name one by its id")),
            }
        }
        _ => Err("name a claim by its id (claim), or by its article and words (article, quote)".to_owned()),
    }
}
