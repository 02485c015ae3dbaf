//! `tallymark suggest`: every figure about people, or every mention of a date.

use std::path::{Path, PathBuf};

use clap::ValueEnum;

use super::inputs::{Input, Inputs};
use super::{Console, FAILED, PARTLY, VERSION};
use crate::article::Languages;
use crate::claim::{Claim, ClaimId, Codebook, Lexicon, OutsideSuggester, Reconciliation, Stamp, Suggestion};
use crate::formats::{Dataset, MentionLine, claims_table, suggestion_lines};
use crate::project;
use crate::suggest::Suggester;

/// What `tallymark suggest` is told.
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// Articles, folders of articles, or a project
    #[arg(value_name = "PATH", required = true)]
    paths: Vec<PathBuf>,
    /// A table file,outlet,title,published,url that goes over what the texts say
    #[arg(long, value_name = "FILE.csv")]
    metadata: Option<PathBuf>,
    /// How the suggestions are written
    #[arg(long, value_enum, default_value_t = Format::Jsonl)]
    format: Format,
    /// Mentions of dates instead of claims
    #[arg(long, conflicts_with = "format")]
    dates: bool,
    /// A suggester of your own beside the built-in one: a command in quotes that reads articles and writes
    /// suggestions as JSON Lines. It is run as it stands, without a shell; see docs/outside-suggester.md
    #[arg(long, value_name = "COMMAND", conflicts_with = "dates")]
    with: Option<String>,
    /// The name that its suggestions carry [default: the name of the program]
    #[arg(long, value_name = "NAME", requires = "with")]
    with_name: Option<String>,
    /// How many seconds it may take
    #[arg(long, value_name = "SECONDS", requires = "with", default_value_t = OutsideSuggester::LIMIT)]
    with_limit: u32,
    /// Also write the text that positions count into, a file for each article, to this folder
    #[arg(long, value_name = "FOLDER")]
    with_text: Option<PathBuf>,
    /// Write to a file rather than to standard output
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    #[command(flatten)]
    reading: super::reading::Reading,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// One object a line
    Jsonl,
    /// One row a suggestion
    Csv,
}

pub(super) fn run(arguments: &Arguments, console: &mut Console<'_>) -> u8 {
    let mut inputs = Inputs::load(&arguments.paths, &arguments.reading.options(), console);
    let (mut codebook, mut lexicon) = (Codebook::built_in(), Lexicon::built_in());
    for folder in std::mem::take(&mut inputs.projects) {
        match project::open(&folder) {
            Ok(project) => {
                inputs.articles.extend(Inputs::of_project(&project));
                lexicon.add(project.workspace.lexicon.clone());
                codebook = project.workspace.codebook;
            }
            Err(error) => {
                console.complain(error);
                inputs.status = PARTLY;
            }
        }
    }
    inputs.sort();
    if inputs.articles.is_empty() {
        return Inputs::nothing(console);
    }
    inputs.apply_table(arguments.metadata.as_deref(), &[], console);
    if let Some(folder) = &arguments.with_text {
        write_texts(&mut inputs, folder, console);
    }
    let suggester = Suggester::new(&codebook, &lexicon);
    let bytes = if arguments.dates {
        dates(&inputs, &suggester, console)
    } else {
        let mut suggestions = inputs.suggestions(&suggester, console);
        say_languages(&inputs, console);
        if let Some(command) = &arguments.with {
            let outside = OutsideSuggester {
                name: arguments.with_name.clone().unwrap_or_else(|| name_of(command)).into(),
                command: command.as_str().into(),
                seconds: arguments.with_limit,
            };
            if let Some(problem) = outside.problem() {
                console.complain(format!("--with: {problem}"));
                return FAILED;
            }
            if !super::outside::add(&inputs, &outside, &codebook, &mut suggestions, console) {
                inputs.status = PARTLY;
            }
        }
        match arguments.format {
            Format::Jsonl => lines(&inputs, &suggestions),
            Format::Csv => table(&inputs, &suggestions, &codebook, &lexicon),
        }
    };
    match bytes {
        Ok(bytes) => console.deliver(&bytes, arguments.output.as_deref(), inputs.status),
        Err(message) => {
            console.complain(message);
            inputs.status.max(PARTLY)
        }
    }
}

/// The program of a command, without folder and ending: "suggest.py" is "suggest".
fn name_of(command: &str) -> String {
    let suggester = OutsideSuggester { name: "".into(), command: command.into(), seconds: 1 };
    let words = suggester.words().unwrap_or_default();
    words.first().and_then(|word| Path::new(word).file_stem()).map_or_else(String::new, |s| s.to_string_lossy().into())
}

/// Says which articles are not English: of those only numbers and dates are suggested.
fn say_languages(inputs: &Inputs, console: &mut Console<'_>) {
    for Input { article, metadata, .. } in &inputs.articles {
        if let Some(words) = Languages::in_words(metadata.language.as_ref(), &article.foreign) {
            console.complain(format!("{}: {words}: only numbers and dates are suggested there", article.name));
        }
    }
}

fn lines(inputs: &Inputs, suggestions: &[Vec<Suggestion>]) -> Result<Vec<u8>, String> {
    let mut bytes = Vec::new();
    for (input, suggestions) in inputs.articles.iter().zip(suggestions) {
        bytes.extend(suggestion_lines(&input.document(), suggestions).map_err(|error| error.to_string())?);
    }
    Ok(bytes)
}

fn dates(inputs: &Inputs, suggester: &Suggester, console: &Console<'_>) -> Result<Vec<u8>, String> {
    let mut bytes = Vec::new();
    let mentions = inputs.each("reading dates", console, |input| suggester.dates(&input.article, &input.metadata));
    for (input, mentions) in inputs.articles.iter().zip(mentions) {
        for mention in mentions {
            let line = MentionLine::new(&input.document(), mention.span, &mention.value);
            serde_json::to_writer(&mut bytes, &line).map_err(|error| error.to_string())?;
            bytes.push(b'\n');
        }
    }
    Ok(bytes)
}

/// The table of claims, with every suggestion as a claim in no fact.
fn table(
    inputs: &Inputs,
    suggestions: &[Vec<Suggestion>],
    codebook: &Codebook,
    lexicon: &Lexicon,
) -> Result<Vec<u8>, String> {
    let claims = claims_of(&inputs.articles, suggestions);
    let nothing = Reconciliation::default();
    let documents = inputs.articles.iter().map(Input::document).collect();
    let dataset = Dataset::new("suggestions", documents, &claims, &nothing, codebook, lexicon, VERSION);
    claims_table(&dataset).map_err(|error| error.to_string())
}

/// Every suggestion as the claim that accepting it would make; nobody keeps these.
pub(super) fn claims_of(inputs: &[Input], suggestions: &[Vec<Suggestion>]) -> Vec<Claim> {
    let stamp = Stamp { by: crate::claim::BUILT_IN.into(), at: chrono::DateTime::UNIX_EPOCH };
    let mut claims = Vec::new();
    for (input, suggestions) in inputs.iter().zip(suggestions) {
        let mut begun = std::collections::BTreeMap::<u32, usize>::new();
        for suggestion in suggestions {
            let nth = begun.entry(suggestion.span.start).or_default();
            let id = ClaimId::unkept(&input.article.name, suggestion.span.start, *nth);
            *nth += 1;
            claims.extend(Claim::from_suggestion(suggestion, &input.article.text, id, 1, stamp.clone(), 0));
        }
    }
    claims
}

/// Writes the texts under the names of their articles; those that are no text get the ending .txt.
fn write_texts(inputs: &mut Inputs, folder: &Path, console: &mut Console<'_>) {
    for input in &inputs.articles {
        let name = &*input.article.name;
        let path =
            folder.join(if input.article.format.is_verbatim() { name.to_owned() } else { format!("{name}.txt") });
        let same = |source: &PathBuf| std::fs::canonicalize(&path).is_ok_and(|target| target == *source);
        let result = if input.path.as_ref().is_some_and(same) {
            Err("it is the article itself, and is left as it is".to_owned())
        } else {
            super::console::write_whole(&path, input.article.text.as_bytes()).map_err(|error| error.to_string())
        };
        if let Err(message) = result {
            console.complain(format!("{} was not written: {message}", path.display()));
            inputs.status = PARTLY;
        }
    }
}
