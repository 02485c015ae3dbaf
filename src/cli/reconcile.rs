//! `tallymark reconcile`: what the claims of articles, of a project or of a file come to.

use std::collections::BTreeMap;
use std::path::PathBuf;

use clap::ValueEnum;

use super::inputs::{Input, Inputs, read_text};
use super::suggest::claims_of;
use super::{Console, FAILED, PARTLY, VERSION};
use crate::claim::{ArticleId, Claim, Codebook, Lexicon, Metadata, Reconciliation, Ruling, Stamp, counted};
use crate::formats::{
    Anchoring, Dataset, Document, ImportedClaims, claims_table, facts_json, read_claims, text_report,
};
use crate::project;
use crate::reconcile;
use crate::suggest::Suggester;

/// What `tallymark reconcile` is told.
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// Articles, folders of articles, or a project
    #[arg(value_name = "PATH", required_unless_present = "claims")]
    paths: Vec<PathBuf>,
    /// A table file,outlet,title,published,url that goes over what the texts say
    #[arg(long, value_name = "FILE.csv")]
    metadata: Option<PathBuf>,
    /// Claims in the schema of `tallymark suggest`, instead of the suggestions
    #[arg(long, value_name = "FILE.jsonl")]
    claims: Option<PathBuf>,
    /// Count only articles that were surely published by that day (YYYY-MM-DD); undated ones are left out
    #[arg(long, value_name = "DATE")]
    as_of: Option<chrono::NaiveDate>,
    /// How the facts are written
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// Write to a file rather than to standard output
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    #[command(flatten)]
    reading: super::reading::Reading,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// To be read
    Text,
    /// Documents, events, facts, roll-ups and what is unplaced, in one object
    Json,
    /// One row a claim, with the columns of its fact
    Csv,
}

pub(super) fn run(arguments: &Arguments, console: &mut Console<'_>) -> u8 {
    let mut inputs = Inputs::load(&arguments.paths, &arguments.reading.options(), console);
    match inputs.projects.as_slice() {
        [] => {}
        [folder] if inputs.articles.is_empty() && arguments.claims.is_none() && arguments.metadata.is_none() => {
            let folder = folder.clone();
            return of_project(&folder, &inputs, arguments, console);
        }
        _ => {
            console.complain("a project is reconciled alone, from its own claims and dates");
            return FAILED;
        }
    }
    match &arguments.claims {
        Some(file) => of_claims(file.clone(), inputs, arguments, console),
        None if inputs.articles.is_empty() => Inputs::nothing(console),
        None => {
            inputs.apply_table(arguments.metadata.as_deref(), &[], console);
            of_articles(&inputs, arguments, console)
        }
    }
}

/// What a reconciliation starts from.
struct Ground<'a> {
    name: &'a str,
    documents: Vec<Document<'a>>,
    /// Hashes of the texts' shingles, where the texts are at hand.
    shingles: BTreeMap<&'a ArticleId, std::sync::Arc<[u64]>>,
    claims: &'a [&'a Claim],
    rulings: &'a [&'a Ruling],
    codebook: &'a Codebook,
    lexicon: &'a Lexicon,
}

impl Ground<'_> {
    fn report(self, arguments: &Arguments, console: &mut Console<'_>) -> Result<Vec<u8>, String> {
        match arguments.as_of {
            Some(day) => self.write_as_of(day, arguments.format, console),
            None => self.write(arguments.format, None),
        }
    }

    /// What was out on a day; says on standard error what was left out.
    fn write_as_of(self, day: chrono::NaiveDate, format: Format, console: &mut Console<'_>) -> Result<Vec<u8>, String> {
        let is_out = |document: &Document<'_>| reconcile::is_out(&document.metadata.published, day);
        let later = self.documents.iter().filter(|document| is_out(document) == Some(false)).count();
        let undated = self.documents.iter().filter(|document| is_out(document).is_none()).count();
        if later + undated > 0 {
            console.complain(format!(
                "as of {day}: left out are {} that came later and {} without a date",
                counted(later, "article"),
                counted(undated, "article")
            ));
        }
        let documents: Vec<Document<'_>> =
            self.documents.into_iter().filter(|document| is_out(document) == Some(true)).collect();
        let out: std::collections::BTreeSet<&ArticleId> = documents.iter().map(|document| document.id).collect();
        let claims: Vec<&Claim> = self.claims.iter().copied().filter(|claim| out.contains(&claim.article)).collect();
        Ground { documents, claims: &claims, ..self }.write(format, Some(day))
    }

    fn write(self, format: Format, as_of: Option<chrono::NaiveDate>) -> Result<Vec<u8>, String> {
        let facts = reconciled(&self.documents, &self.shingles, self.claims, self.rulings, self.codebook, self.lexicon);
        let claims = self.claims.iter().copied();
        let dataset = Dataset::new(self.name, self.documents, claims, &facts, self.codebook, self.lexicon, VERSION)
            .with_rulings(self.rulings.iter().copied())
            .as_of(as_of);
        match format {
            Format::Text => Ok(text_report(&dataset).into_bytes()),
            Format::Json => facts_json(&dataset).map_err(|error| error.to_string()),
            Format::Csv => claims_table(&dataset).map_err(|error| error.to_string()),
        }
    }
}

/// What the claims of some documents come to.
pub(super) fn reconciled(
    documents: &[Document<'_>],
    shingles: &BTreeMap<&ArticleId, std::sync::Arc<[u64]>>,
    claims: &[&Claim],
    rulings: &[&Ruling],
    codebook: &Codebook,
    lexicon: &Lexicon,
) -> Reconciliation {
    let documents: Vec<_> = documents
        .iter()
        .map(|document| reconcile::Document {
            id: document.id.clone(),
            metadata: document.metadata.clone(),
            shingles: shingles.get(document.id).cloned().unwrap_or_else(|| std::sync::Arc::from([])),
        })
        .collect();
    reconcile::reconcile(reconcile::Input { documents: &documents, claims, rulings, codebook, lexicon })
}

/// The shingles of every article, worked out on all processors.
pub(super) fn shingles_of<'a>(
    inputs: &'a Inputs,
    console: &Console<'_>,
) -> BTreeMap<&'a ArticleId, std::sync::Arc<[u64]>> {
    let shingles = inputs.each("comparing texts", console, |input| reconcile::shingles(&input.article.text));
    inputs.articles.iter().map(|input| &input.article.id).zip(shingles).collect()
}

fn deliver(report: Result<Vec<u8>, String>, status: u8, arguments: &Arguments, console: &mut Console<'_>) -> u8 {
    match report {
        Ok(bytes) => console.deliver(&bytes, arguments.output.as_deref(), status),
        Err(message) => {
            console.complain(message);
            status.max(PARTLY)
        }
    }
}

fn of_articles(inputs: &Inputs, arguments: &Arguments, console: &mut Console<'_>) -> u8 {
    let (codebook, lexicon) = (Codebook::built_in(), Lexicon::built_in());
    let suggestions = inputs.suggestions(&Suggester::new(&codebook, &lexicon), console);
    let claims = claims_of(&inputs.articles, &suggestions);
    let claims: Vec<&Claim> = claims.iter().collect();
    let ground = Ground {
        name: "articles",
        documents: inputs.articles.iter().map(Input::document).collect(),
        shingles: shingles_of(inputs, console),
        claims: &claims,
        rulings: &[],
        codebook: &codebook,
        lexicon: &lexicon,
    };
    let report = ground.report(arguments, console);
    deliver(report, inputs.status, arguments, console)
}

/// The claims of a file. Their positions are given back as they came, so they stay in code points;
/// the articles lend their dates and their texts' shingles, and may be absent.
fn of_claims(file: PathBuf, mut inputs: Inputs, arguments: &Arguments, console: &mut Console<'_>) -> u8 {
    let mut imported = match read_text(&file) {
        Ok(text) => read_claims(&text),
        Err(message) => {
            console.complain(format!("{}: {message}", file.display()));
            return FAILED;
        }
    };
    let names = names_for_lines(&inputs, &mut imported);
    let absent: Vec<String> = names.into_iter().filter(|(_, found)| !found).map(|(name, _)| name).collect();
    let absent = inputs.apply_table(arguments.metadata.as_deref(), &absent, console);
    let absent: Vec<(ArticleId, String, Metadata)> =
        absent.into_iter().map(|(name, metadata)| (ArticleId(name.as_str().into()), name, metadata)).collect();
    let mut documents: Vec<Document<'_>> =
        inputs.articles.iter().map(|input| Document { article: None, ..input.document() }).collect();
    documents.extend(absent.iter().map(|(id, name, metadata)| Document { id, name, metadata, article: None }));
    if documents.is_empty() {
        for problem in &imported.problems {
            console.complain(format!("{}: {problem}", file.display()));
        }
        return Inputs::nothing(console);
    }

    let codebook = Codebook::built_in();
    let lexicon = Lexicon::built_in();
    let stamp = Stamp { by: "import".into(), at: chrono::DateTime::UNIX_EPOCH };
    let ids: BTreeMap<&str, &ArticleId> = documents.iter().map(|document| (document.name, document.id)).collect();
    let resolve = |name: &str| ids.get(name).map(|id| ((*id).clone(), Anchoring::AsGiven));
    let claims = imported.claims(resolve, &codebook.conventions, &stamp);
    let mut status = inputs.status;
    for problem in &imported.problems {
        console.complain(format!("{}: {problem}", file.display()));
        status = PARTLY;
    }
    for (line, message) in disagreements(&inputs, &imported) {
        console.complain(format!("{}: line {line}: {message}", file.display()));
    }
    let claims: Vec<&Claim> = claims.iter().collect();
    let ground = Ground {
        name: "claims",
        shingles: shingles_of(&inputs, console),
        documents,
        claims: &claims,
        rulings: &[],
        codebook: &codebook,
        lexicon: &lexicon,
    };
    let report = ground.report(arguments, console);
    deliver(report, status, arguments, console)
}

/// The article names of the lines, and whether each is among the articles that were read. A line
/// that gives the unique base name of an article means that article.
fn names_for_lines(inputs: &Inputs, imported: &mut ImportedClaims) -> BTreeMap<String, bool> {
    let base = |name: &str| name.rsplit('/').next().unwrap_or(name).to_owned();
    let mut by_base: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for input in &inputs.articles {
        by_base.entry(base(&input.article.name)).or_default().push(input.article.name.to_string());
    }
    let mut names = BTreeMap::new();
    for (_, line) in &mut imported.lines {
        let exact = inputs.articles.iter().any(|input| *input.article.name == *line.article);
        let alone = by_base.get(&base(&line.article)).filter(|names| names.len() == 1);
        if !exact && let Some(names) = alone {
            line.article.clone_from(&names[0]);
        }
        names.entry(line.article.clone()).or_insert(exact || alone.is_some());
    }
    names
}

/// Lines whose quote is not what the text has at their positions, where the text is at hand.
fn disagreements(inputs: &Inputs, imported: &ImportedClaims) -> Vec<(usize, String)> {
    let texts: BTreeMap<&str, &Input> = inputs.articles.iter().map(|input| (&*input.article.name, input)).collect();
    let mut found = Vec::new();
    for (number, line) in &imported.lines {
        let Some(article) = texts.get(line.article.as_str()).map(|input| &input.article) else { continue };
        let byte = |chars: usize| article.positions.byte_of_char(&article.text, chars);
        let there = article.text.get(byte(line.start)..byte(line.end)).unwrap_or("");
        if !line.quote.is_empty() && there != line.quote {
            found
                .push((*number, format!("{} has “{there}” there, not “{}”; taken as given", line.article, line.quote)));
        }
    }
    found
}

fn of_project(folder: &std::path::Path, inputs: &Inputs, arguments: &Arguments, console: &mut Console<'_>) -> u8 {
    let project = match project::open(folder) {
        Ok(project) => project,
        Err(error) => {
            console.complain(error);
            return FAILED;
        }
    };
    let opened = super::export::Opened::new(&project, console);
    let status = inputs.status.max(opened.status);
    let claims: Vec<&Claim> = opened.claims(&project);
    let rulings: Vec<&Ruling> = project.workspace.rulings.values().collect();
    let ground = Ground {
        name: &project.name,
        documents: opened.inputs.articles.iter().map(Input::document).collect(),
        shingles: shingles_of(&opened.inputs, console),
        claims: &claims,
        rulings: &rulings,
        codebook: &project.workspace.codebook,
        lexicon: &opened.lexicon,
    };
    let report = ground.report(arguments, console);
    deliver(report, status, arguments, console)
}
