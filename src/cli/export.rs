//! `tallymark export`: a project as a dataset.

use std::path::PathBuf;

use super::inputs::{Input, Inputs};
use super::reconcile::{reconciled, shingles_of};
use super::{Console, DONE, FAILED, PARTLY, VERSION};
use crate::claim::{Claim, Lexicon, Ruling};
use crate::formats::{self, Dataset};
use crate::project::{self, OpenedProject};

/// What `tallymark export` is told.
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// The project's folder
    #[arg(value_name = "PROJECT")]
    project: PathBuf,
    /// The format: see `tallymark formats`
    #[arg(long, value_name = "FORMAT")]
    to: String,
    /// The file, or the folder for a format of several files
    #[arg(short, long, value_name = "PATH")]
    output: Option<PathBuf>,
}

/// A project that was opened to be read.
pub(super) struct Opened {
    /// Its articles whose text is at hand.
    pub inputs: Inputs,
    /// The built-in lexicon with the project's own words over it.
    pub lexicon: Lexicon,
    /// What was wrong with it.
    pub status: u8,
}

impl Opened {
    /// Says what is damaged, and what cannot be shown because of it.
    pub fn new(project: &OpenedProject, console: &mut Console<'_>) -> Self {
        let mut status = DONE;
        for finding in project.findings.iter().filter(|finding| finding.damage) {
            console.complain(finding);
            status = PARTLY;
        }
        let mut lexicon = Lexicon::built_in();
        lexicon.add(project.workspace.lexicon.clone());
        let inputs = Inputs { articles: Inputs::of_project(project), ..Inputs::default() };
        let opened = Self { inputs, lexicon, status };
        let left_out = project.workspace.claims.len() - opened.claims(project).len();
        if left_out > 0 {
            console.complain(format!("{left_out} claims are left out: their text is not at hand, or not what it was"));
        }
        opened
    }

    /// The claims that still stand where they say.
    pub fn claims<'a>(&self, project: &'a OpenedProject) -> Vec<&'a Claim> {
        let sound = |claim: &&Claim| {
            project.articles.contains_key(&claim.article) && project.unanchored.binary_search(&claim.id).is_err()
        };
        project.workspace.claims.values().filter(sound).collect()
    }
}

pub(super) fn run(arguments: &Arguments, console: &mut Console<'_>) -> u8 {
    let Some(format) = formats::format(&arguments.to) else {
        let known: Vec<_> = formats::FORMATS.iter().map(|format| format.id).collect();
        console.complain(format!("there is no format “{}”; there are {}", arguments.to, known.join(", ")));
        return FAILED;
    };
    let project = match project::open(&arguments.project) {
        Ok(project) => project,
        Err(error) => {
            console.complain(error);
            return FAILED;
        }
    };
    let opened = Opened::new(&project, console);
    let claims = opened.claims(&project);
    let rulings: Vec<&Ruling> = project.workspace.rulings.values().collect();
    let documents: Vec<_> = opened.inputs.articles.iter().map(Input::document).collect();
    let codebook = &project.workspace.codebook;
    let shingles = shingles_of(&opened.inputs, console);
    let facts = reconciled(&documents, &shingles, &claims, &rulings, codebook, &opened.lexicon);
    let dataset = Dataset::new(&project.name, documents, claims, &facts, codebook, &opened.lexicon, VERSION)
        .with_rulings(rulings);
    let files = match (format.export)(&dataset) {
        Ok(files) => files,
        Err(error) => {
            console.complain(error);
            return FAILED;
        }
    };
    match (files.as_slice(), &arguments.output) {
        ([file], output) => console.deliver(&file.bytes, output.as_deref(), opened.status),
        (_, None) => {
            console.complain(format!("{} comes to several files; name a folder for them with -o", format.id));
            FAILED
        }
        (files, Some(folder)) => {
            let write = |status, file: &formats::OutputFile| {
                console.deliver(&file.bytes, Some(&folder.join(&file.name)), status)
            };
            files.iter().fold(opened.status, write)
        }
    }
}
