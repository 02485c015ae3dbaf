//! An article's own bytes read otherwise: in another encoding, the whole page or its main text, the
//! text from another column. What comes of it is a version like a corrected one: claims go along.

use std::path::Path;

use super::{Session, Severity};
use crate::article::{self, Article, Format, ReadError, ReadOptions};
use crate::claim::{ArticleId, ArticleRecord, Name};
use crate::project::disk::RealDisk;
use crate::project::{self};

/// How an article is to be read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reading {
    /// The label of an encoding; `None` leaves it to the bytes.
    pub encoding: Option<Name>,
    /// The whole page of HTML and MHTML rather than its main text.
    pub whole_page: bool,
    /// Of a row of a table, the column with the text; `None` has it guessed.
    pub column: Option<Name>,
}

impl Reading {
    /// How an article was read.
    pub fn of(record: &ArticleRecord) -> Self {
        let ReadOptions { encoding, whole_page, column, .. } = ReadOptions::of_record(record);
        Self { encoding, whole_page, column }
    }
}

impl Session {
    /// Reads an article's own bytes again in the background, and puts what comes of them in its place.
    pub(super) fn reread(&mut self, id: &ArticleId, reading: Reading) {
        let Some(record) = self.workspace.articles.get(id).cloned() else { return };
        let refused = |why: &str| format!("{}: {why}. Nothing was changed.", record.label());
        let table = Format::of_name(&record.name).is_some_and(Format::is_table);
        if table && reading.encoding.is_some() {
            let why = "a row of a table is kept as UTF-8; choose the encoding when the table is opened";
            self.notify(Severity::Warning, refused(why));
            return;
        }
        let Some(folder) = self.saving.folder().map(Path::to_owned) else {
            self.notify(Severity::Warning, refused("its bytes are not kept yet; save the project first"));
            return;
        };
        let project = self.project_number;
        self.jobs.start(&format!("Reading {} again", record.label()), move |worker| {
            let read = read_again(&folder, &record, &reading);
            let version = project::next_version(&RealDisk, &folder, &record);
            worker.send(move |session| match read {
                Ok((article, bytes)) if session.project_number == project => {
                    let how = ("read otherwise", "was read again, as");
                    session.take_version(&record.id, version, bytes.into(), article, how);
                }
                Ok(_) => {}
                Err(error) => session.notify(Severity::Error, format!("{error}. Nothing was changed.")),
            });
        });
    }
}

fn read_again(folder: &Path, record: &ArticleRecord, reading: &Reading) -> Result<(Article, Vec<u8>), ReadError> {
    let Reading { encoding, whole_page, column } = reading.clone();
    let options = ReadOptions { encoding, whole_page, column, ..ReadOptions::of_record(record) };
    let failed = |message: String| ReadError { name: record.name.clone(), message };
    let bytes = project::read_source(&RealDisk, folder, record).map_err(|error| failed(error.to_string()))?;
    Ok((article::read(&record.name, &bytes, &options)?, bytes))
}
