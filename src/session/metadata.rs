//! What is known of articles beside their text: outlet, title, address, date, progress.

use std::path::PathBuf;

use super::{Session, Severity};
use crate::article::{self, ReadOptions};
use crate::claim::{
    ArticleId, ArticleRecord, Basis, Change, DateWindow, Decision, Edit, Known, Metadata, Name, Progress,
};
use crate::formats::metadata_table::{MetadataTable, Row};
use crate::project::source::{Source, bytes_of};

impl Session {
    /// The date of an article as an analyst types it: any form that a claim's date may have, as
    /// long as it names a day, a month or a year by itself. Or what is wrong with it.
    pub fn read_published(&self, text: &str) -> Result<DateWindow, String> {
        let text = text.trim();
        if let Some(window) = DateWindow::parse(text, Basis::Analyst) {
            return Ok(window);
        }
        let wrong = || {
            format!(
                "“{text}” is no date of an article. Write 29 Jan 2026, January 2026, 2026, or two days with / \
                 between: 2026-01-29/2026-02-03."
            )
        };
        let window = self.suggester().read_date(text, &DateWindow::UNKNOWN).map_err(|_| wrong())?.window;
        let known = window.start.is_some() && window.end.is_some();
        known.then_some(DateWindow { basis: Basis::Analyst, ..window }).ok_or_else(wrong)
    }
}

/// What an analyst typed about a pasted article; empty leaves a field to the text.
#[derive(Clone, Debug, Default)]
pub(super) struct Entered {
    pub(super) outlet: String,
    pub(super) title: String,
    pub(super) url: String,
    pub(super) published: String,
}

/// What an analyst wants known of articles; `None` leaves a field as it is, empty takes it away.
#[derive(Clone, Debug, Default)]
pub(super) struct Wanted {
    pub(super) outlet: Option<Name>,
    pub(super) title: Option<Name>,
    pub(super) url: Option<Name>,
    pub(super) published: Option<DateWindow>,
}

impl Entered {
    /// What is known once this is laid over what the text says; a date that is none is said.
    pub(super) fn over(&self, session: &Session, metadata: &Metadata) -> Result<Metadata, String> {
        let name = |text: &str| Some(Name::from(text.trim())).filter(|name| !name.is_empty());
        let published = match self.published.trim() {
            "" => None,
            text => Some(session.read_published(text)?),
        };
        let row = Row {
            outlet: name(&self.outlet),
            title: name(&self.title),
            url: name(&self.url),
            published,
            ..Row::default()
        };
        Ok(row.over(metadata))
    }
}

impl Wanted {
    /// What is then known, given what is known now and what the text says. A value that is taken
    /// away leaves what the text says, or, if that is what was there, nothing.
    fn over(&self, now: &Metadata, text: &Metadata) -> Metadata {
        let field = |wanted: &Option<Name>, now: &Option<Known>, text: &Option<Known>| match wanted {
            None => now.clone(),
            Some(empty) if empty.trim().is_empty() => text.clone().filter(|_| now != text),
            Some(value) => match text {
                Some(known) if known.value == *value => Some(known.clone()),
                _ => Some(Known::new(value.clone(), Basis::Analyst)),
            },
        };
        let mut after = Metadata {
            outlet: field(&self.outlet, &now.outlet, &text.outlet),
            title: field(&self.title, &now.title, &text.title),
            url: field(&self.url, &now.url, &text.url),
            ..now.clone()
        };
        match self.published {
            None => {}
            Some(window) if !window.is_known() => {
                after.published = if now.published == text.published { DateWindow::UNKNOWN } else { text.published };
                after.date_differs = false;
            }
            Some(window) => {
                let row = Row { published: Some(DateWindow { basis: Basis::Analyst, ..window }), ..Row::default() };
                let laid = row.over(&Metadata { published: text.published, ..after.clone() });
                (after.published, after.date_differs) = (laid.published, laid.date_differs);
            }
        }
        after
    }
}

impl Session {
    /// Sets outlet, title, address or date of articles by hand.
    pub(super) fn set_metadata(&mut self, articles: &[ArticleId], wanted: &Wanted) {
        let change = |id: &ArticleId| {
            let record = self.workspace.articles.get(id)?;
            let none = Metadata::default();
            let text = self.article(id).map_or(&none, |article| &article.metadata);
            let metadata = wanted.over(&record.metadata, text);
            changed(record, ArticleRecord { metadata, ..record.clone() })
        };
        let edits: Vec<_> = articles.iter().filter_map(change).collect();
        let Wanted { outlet, title, url, published } = wanted;
        let set = [
            ("outlet", outlet.is_some()),
            ("title", title.is_some()),
            ("address", url.is_some()),
            ("date", published.is_some()),
        ];
        let fields: Vec<_> = set.into_iter().filter_map(|(field, set)| set.then_some(field)).collect();
        let of = if articles.len() > 1 { format!(" of {} articles", articles.len()) } else { String::new() };
        self.commit(&format!("set {}{of}", fields.join(" and ")), edits);
    }

    /// How far the analyst has got with an article.
    pub(super) fn set_progress(&mut self, id: &ArticleId, progress: Progress) {
        let Some(record) = self.workspace.articles.get(id) else { return };
        let label = match progress {
            Progress::Unread => "mark as not read",
            Progress::InProgress => "mark as in progress",
            Progress::Done => "mark as done",
        };
        if let Some(edit) = changed(record, ArticleRecord { progress, ..record.clone() }) {
            self.commit(label, vec![edit]);
        }
    }

    /// Takes an article out, with its claims and decisions.
    pub(super) fn remove_article(&mut self, id: &ArticleId) {
        let Some(record) = self.workspace.articles.get(id).cloned() else { return };
        let claims = self.claim_ids.get(id).into_iter().flatten().filter_map(|claim| self.workspace.claims.get(claim));
        let claims = claims.map(|claim| Edit::Claim(Box::new(Change::remove(claim.clone()))));
        let remove = |decision: &Decision| Edit::Decision(Box::new(Change::remove(decision.clone())));
        let decisions = self.workspace.decisions.values().filter(|d| d.suggestion.article == *id).map(remove);
        let mut edits: Vec<_> = claims.chain(decisions).collect();
        let label = format!("remove “{}”", record.label());
        edits.push(Edit::Article(Box::new(Change::remove(record))));
        self.commit(&label, edits);
    }

    /// Reads a table of sources over the articles.
    pub(super) fn import_metadata(&mut self, path: PathBuf) {
        self.jobs.start("Reading the table of sources", move |worker| {
            // Read as an article is: spreadsheets save in all encodings.
            let options = ReadOptions::default();
            let table = Source { name: "table.txt".to_owned(), path: path.clone() };
            let text = bytes_of(&table, &options).and_then(|bytes| article::read(&table.name, &bytes, &options));
            let file = path.display().to_string();
            worker.send(move |session| match text {
                Ok(table) => session.take_metadata(&file, &table.text),
                Err(error) => {
                    session.notify(Severity::Error, format!("{file}: {}. Nothing was changed.", error.message))
                }
            });
        });
    }

    fn take_metadata(&mut self, file: &str, text: &str) {
        let table = match MetadataTable::parse(text) {
            Ok(table) => table,
            Err(error) => {
                self.notify(Severity::Error, format!("{file}: {error}. Nothing was changed."));
                return;
            }
        };
        let mut remarks: Vec<_> = table.problems.iter().map(|(line, what)| format!("line {line}: {what}")).collect();
        let records: Vec<_> = self.workspace.articles.values().cloned().collect();
        let (rows, unmatched) = table.matched(records.iter().map(|record| &*record.name));
        remarks.extend(unmatched);
        let change = |record: &ArticleRecord| {
            let none = Metadata::default();
            let text = self.article(&record.id).map_or(&none, |article| &article.metadata);
            let row = rows.get(&*record.name)?;
            let wanted = Wanted {
                outlet: row.outlet.clone(),
                title: row.title.clone(),
                url: row.url.clone(),
                published: row.published,
            };
            changed(record, ArticleRecord { metadata: wanted.over(&record.metadata, text), ..record.clone() })
        };
        let edits: Vec<_> = records.iter().filter_map(change).collect();
        let count = edits.len();
        self.commit("read table of sources", edits);
        let mut text = format!("{file}: {count} of {} articles were changed.", records.len());
        if !remarks.is_empty() {
            text.push_str(&format!(" Not used: {}.", remarks.join("; ")));
        }
        let severity = if remarks.is_empty() { Severity::Info } else { Severity::Warning };
        self.notify(severity, text);
    }
}

fn changed(before: &ArticleRecord, after: ArticleRecord) -> Option<Edit> {
    (after != *before).then(|| Edit::Article(Box::new(Change::replace(before.clone(), after))))
}
