//! Datasets written in the background.

use std::path::PathBuf;

use super::{Session, Severity};
use crate::claim::{ArticleRecord, Claim, ClaimId, counted, day_words};
use crate::formats::views::{Table, View};
use crate::formats::{self, Dataset, Document, ExportFormat};
use crate::project::{self, disk::RealDisk};

impl Session {
    /// Writes a dataset of the analyst's claims, and of the facts that they alone come to. While
    /// facts are looked at as of a day, of what was out by then.
    pub(super) fn export(&mut self, format: &str, path: PathBuf) {
        let Some(format) = formats::format(format) else {
            self.notify(Severity::Error, format!("There is no format “{format}”; nothing was exported."));
            return;
        };
        let waiting = self.unannotated();
        if waiting > 0 && self.workspace.claims.is_empty() {
            let text = format!("The export has no claims: {waiting} suggestions wait, and none is accepted yet.");
            self.notify(Severity::Warning, text);
        }
        let day = self.as_of();
        let input = self.facts_input(false, day);
        let claims = self.own_claims(day);
        let records = self.workspace.articles.values().filter(|record| self.is_counted(&record.id, day));
        let records: Vec<ArticleRecord> = records.cloned().collect();
        let texts: Vec<_> = records.iter().map(|record| self.article(&record.id).cloned()).collect();
        let waiting: usize = self.pending_by_grade().iter().sum();
        let rulings: Vec<_> = self.workspace.rulings.values().cloned().collect();
        let (codebook, lexicon, name) = (self.workspace.codebook.clone(), self.lexicon.clone(), self.name.clone());
        self.jobs.start(&format!("Exporting {}", format.label), move |worker| {
            let facts = input.reconcile();
            let documents = records.iter().zip(&texts).map(|(record, article)| Document {
                id: &record.id,
                name: &record.name,
                metadata: &record.metadata,
                article: article.as_deref(),
            });
            let claims: Vec<&Claim> = claims.values().flat_map(|claims| claims.iter().map(|claim| &**claim)).collect();
            let version = env!("CARGO_PKG_VERSION");
            let dataset = Dataset::new(&name, documents.collect(), claims, &facts, &codebook, &lexicon, version)
                .with_rulings(&rulings)
                .as_of(day);
            let written = write(format, &dataset, &path);
            let (facts, claims) = (facts.facts.len(), dataset.claims().len());
            worker.send(move |session| match written {
                Ok(()) => {
                    let as_of = day.map_or_else(String::new, |day| format!(" as of {}", day_words(day)));
                    let mut text = format!(
                        "{}{as_of} was written to {}: {} of {}.",
                        format.label,
                        path.display(),
                        counted(facts, "fact"),
                        counted(claims, "claim")
                    );
                    if waiting > 0 {
                        let are =
                            if waiting == 1 { "that waits for a decision is" } else { "that wait for a decision are" };
                        text += &format!(" {} {are} not in it.", counted(waiting, "suggestion"));
                    }
                    session.notify(Severity::Info, text);
                }
                Err(error) => session.notify(Severity::Error, format!("Nothing was exported: {error}.")),
            });
        });
    }
}

impl Session {
    /// A view of the facts as it is shown, undecided suggestions included, as a table. `shown` are
    /// the facts that the view has, by their place, in the order of its rows.
    pub fn view_table(&self, view: View, shown: &[usize]) -> Table {
        let facts = &self.shown_facts().labelled();
        let day = self.as_of();
        let records = self.workspace.articles.values().filter(|record| self.is_counted(&record.id, day));
        let documents = records.map(|record| Document {
            id: &record.id,
            name: &record.name,
            metadata: &record.metadata,
            article: self.article(&record.id).map(|article| &**article),
        });
        let members = facts.facts.iter().flat_map(|fact| &fact.members).map(|member| &member.claim);
        let ids: std::collections::BTreeSet<&ClaimId> = (members
            .chain(facts.unplaced.iter().map(|unplaced| &unplaced.claim)))
        .chain(self.workspace.rulings.values().flat_map(|ruling| ruling.op.claims()))
        .collect();
        let claims = ids.into_iter().filter_map(|id| self.claim(id));
        let (name, version) = (&*self.name, env!("CARGO_PKG_VERSION"));
        let codebook = &self.workspace.codebook;
        let dataset = Dataset::new(name, documents.collect(), claims, facts, codebook, &self.lexicon, version)
            .with_rulings(self.workspace.rulings.values())
            .as_of(day);
        view.table(&dataset, shown)
    }

    /// Writes a picture in the background.
    pub(super) fn write_picture(&mut self, path: PathBuf, svg: String) {
        self.jobs.start("Saving a picture", move |worker| {
            let files = [(String::new(), svg.into_bytes())];
            let written = project::write_outputs(&RealDisk, &path, &files);
            worker.send(move |session| match written {
                Ok(()) => session.notify(Severity::Info, format!("The picture was written to {}.", path.display())),
                Err(error) => session.notify(Severity::Error, format!("The picture was not saved: {error}.")),
            });
        });
    }
}

fn write(format: &ExportFormat, dataset: &Dataset<'_>, path: &std::path::Path) -> Result<(), String> {
    let files = (format.export)(dataset).map_err(|error| error.to_string())?;
    let files: Vec<_> = files.into_iter().map(|file| (file.name, file.bytes)).collect();
    project::write_outputs(&RealDisk, path, &files).map_err(|error| error.to_string())
}
