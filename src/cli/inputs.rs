//! The articles that a command works on, with what is known of them.

use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::{Console, FAILED, PARTLY};
use crate::article::{Article, ReadOptions, decode};
use crate::claim::{Metadata, Suggestion};
use crate::formats::Document;
use crate::formats::metadata_table::MetadataTable;
use crate::project::{OpenedProject, source};
use crate::suggest::Suggester;

/// An article, and what is known of it: the analyst's word over the text's.
#[derive(Debug)]
pub(super) struct Input {
    pub article: Article,
    pub metadata: Metadata,
    /// Where its file lies.
    pub path: Option<PathBuf>,
}

impl Input {
    /// The article as exports name it.
    pub fn document(&self) -> Document<'_> {
        let Self { article, metadata, .. } = self;
        Document { id: &article.id, name: &article.name, metadata, article: Some(article) }
    }
}

/// The articles of a command, by name, and whether something that was named could not be read.
#[derive(Debug, Default)]
pub(super) struct Inputs {
    pub articles: Vec<Input>,
    pub projects: Vec<PathBuf>,
    pub status: u8,
}

impl Inputs {
    /// Reads the articles that some paths mean. What goes wrong is said on the console.
    pub fn load(paths: &[PathBuf], options: &ReadOptions, console: &mut Console<'_>) -> Self {
        let sources = source::find(paths);
        let mut inputs = Self { projects: sources.projects, ..Self::default() };
        let bar = console.bar(sources.files.len(), "reading");
        let loaded = source::load(&sources.files, options, || bar.inc(1));
        bar.finish_and_clear();
        for problem in sources.problems.iter().chain(&loaded.problems) {
            console.complain(problem);
            inputs.status = PARTLY;
        }
        for note in &loaded.notes {
            console.complain(note);
        }
        let mut notes: Vec<String> = sources.skipped.sentence().into_iter().collect();
        match loaded.repeated {
            0 => {}
            1 => notes.push("1 file is the same as another".to_owned()),
            n => notes.push(format!("{n} files are the same as others")),
        }
        if !notes.is_empty() {
            console.complain(notes.join("; "));
        }
        let input = |(source, article): (source::Source, Article)| Input {
            metadata: article.metadata.clone(),
            path: Some(source.path),
            article,
        };
        inputs.articles = loaded.articles.into_iter().map(input).collect();
        inputs.sort();
        for pair in inputs.articles.windows(2) {
            if pair[0].article.name == pair[1].article.name {
                console.complain(format!(
                    "{}: two different files have this name; name their folder instead, to tell them apart",
                    pair[0].article.name
                ));
            }
        }
        inputs
    }

    /// By name; articles of one name by identity.
    pub fn sort(&mut self) {
        self.articles.sort_by(|a, b| (&a.article.name, &a.article.id).cmp(&(&b.article.name, &b.article.id)));
    }

    /// The articles of a project whose text could be read.
    pub fn of_project(project: &OpenedProject) -> Vec<Input> {
        let records = project.workspace.articles.values();
        let inputs = records.filter_map(|record| {
            let mut article = Article::clone(project.articles.get(&record.id)?);
            article.name = record.name.clone();
            Some(Input { article, metadata: record.metadata.clone(), path: None })
        });
        inputs.collect()
    }

    /// Says that nothing could be read, and gives the status of that.
    pub fn nothing(console: &mut Console<'_>) -> u8 {
        console.complain("there is nothing to read: name articles (.txt, .html, .pdf and others: see `tallymark formats`), or a folder that holds some");
        FAILED
    }

    /// Lays the table of sources over what the texts say. `names` are further articles, of which
    /// only the names are known; what the table says of them is given back.
    pub fn apply_table(
        &mut self,
        table: Option<&Path>,
        names: &[String],
        console: &mut Console<'_>,
    ) -> Vec<(String, Metadata)> {
        let blank = || names.iter().map(|name| (name.clone(), Metadata::default())).collect();
        let Some(path) = table else { return blank() };
        let table = match read_text(path).and_then(|text| MetadataTable::parse(&text)) {
            Ok(table) => table,
            Err(message) => {
                console.complain(format!("{}: {message}", path.display()));
                self.status = PARTLY;
                return blank();
            }
        };
        for (line, message) in &table.problems {
            console.complain(format!("{}: line {line}: {message}", path.display()));
            self.status = PARTLY;
        }
        let known = self.articles.iter().map(|input| &*input.article.name).chain(names.iter().map(String::as_str));
        let mut known: Vec<&str> = known.collect();
        known.sort_unstable();
        known.dedup();
        let (rows, remarks) = table.matched(known);
        for remark in remarks {
            console.complain(format!("{}: {remark}", path.display()));
        }
        let named = names
            .iter()
            .map(|name| {
                let row = rows.get(name.as_str());
                (name.clone(), row.map(|row| row.over(&Metadata::default())).unwrap_or_default())
            })
            .collect();
        let laid: Vec<_> = self
            .articles
            .iter()
            .map(|input| rows.get(&*input.article.name).map(|row| row.over(&input.metadata)))
            .collect();
        for (input, metadata) in self.articles.iter_mut().zip(laid) {
            if let Some(metadata) = metadata {
                if metadata.date_differs {
                    console.complain(format!(
                        "{}: the table says {}, the text {}",
                        input.article.name,
                        metadata.published.notation(),
                        input.metadata.published.notation()
                    ));
                }
                input.metadata = metadata;
            }
        }
        named
    }

    /// Something of every article, worked out on all processors, in the order of the articles.
    pub fn each<T: Send>(
        &self,
        what: &'static str,
        console: &Console<'_>,
        work: impl Fn(&Input) -> T + Sync,
    ) -> Vec<T> {
        let bar = console.bar(self.articles.len(), what);
        let results = self
            .articles
            .par_iter()
            .map(|input| {
                let result = work(input);
                bar.inc(1);
                result
            })
            .collect();
        bar.finish_and_clear();
        results
    }

    /// The suggestions of every article, in the order of the articles.
    pub fn suggestions(&self, suggester: &Suggester, console: &Console<'_>) -> Vec<Vec<Suggestion>> {
        self.each("suggesting", console, |input| suggester.suggest(&input.article, &input.metadata))
    }
}

/// A table or list of lines, in whatever encoding it was saved.
pub(super) fn read_text(path: &Path) -> Result<String, String> {
    let bytes = std::fs::read(path).map_err(|error| match error.kind() {
        std::io::ErrorKind::NotFound => "there is no such file".to_owned(),
        _ => error.to_string(),
    })?;
    decode(&bytes, None, None).map(|decoded| decoded.text)
}
