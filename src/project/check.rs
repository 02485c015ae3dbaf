//! A report on a project: every span against its quote, every file against its hash, every
//! reference. Nothing is changed.

use std::collections::BTreeSet;
use std::path::Path;

use super::disk::{Disk, EntryKind, RealDisk};
use super::history;
use super::layout::Part;
use super::load::open_on;
use super::notation::FileError;
use super::opened::{Finding, OpenError, OpenedProject};
use super::save::Seen;
use crate::article::Article;
use crate::claim::{Claim, ClaimId, Name, Span, Verdict};

/// Checks a project; `path` is its folder or the `project.ron` in it. The findings are sorted by
/// file; none with `damage` means that all is sound.
///
/// # Errors
/// Where it cannot be opened at all.
pub fn check(path: &Path) -> Result<Vec<Finding>, OpenError> {
    check_on(&RealDisk, path)
}

/// [`check`] on a disk.
///
/// # Errors
/// See [`check`].
pub fn check_on(disk: &dyn Disk, path: &Path) -> Result<Vec<Finding>, OpenError> {
    let mut project = open_on(disk, path, None)?;
    let mut findings = std::mem::take(&mut project.findings);
    if let Some(why) = &project.read_only {
        findings.push(Finding::note("project.ron", why));
    }
    for claim in project.workspace.claims.values() {
        check_claim(&project, claim, &mut findings);
    }
    check_references(&project, &mut findings);
    check_codebook(disk, &project, &mut findings);
    check_folders(disk, &project, &mut findings);
    check_older_versions(disk, &project, &mut findings);
    check_history(disk, &project, &mut findings);
    findings.sort_by(|a, b| {
        (&a.error.file, a.error.place, &a.error.message).cmp(&(&b.error.file, b.error.place, &b.error.message))
    });
    Ok(findings)
}

/// The layer of a claim, for messages: whoever's it is.
fn layer_of(claim: &Claim) -> String {
    Part::Layer(claim.article.clone()).path(&super::paths::slug(&claim.created.by))
}

fn check_claim(project: &OpenedProject, claim: &Claim, findings: &mut Vec<Finding>) {
    let file = layer_of(claim);
    if project.workspace.codebook.category(&claim.reading.category).is_none() {
        let message = format!("claim {}: the codebook has no category “{}”", claim.id, claim.reading.category);
        findings.push(Finding::damage(FileError::whole(&file, message)));
    }
    if project.unanchored.binary_search(&claim.id).is_ok() {
        return; // found when it was opened
    }
    let Some(article) = project.articles.get(&claim.article) else { return };
    for (what, span) in spans(claim) {
        if Span::checked(&article.text, span.start as usize, span.end as usize).is_none() {
            let message = format!("claim {}: {what} {}..{} does not fit the text", claim.id, span.start, span.end);
            findings.push(Finding::damage(FileError::whole(&file, message)));
        }
    }
    check_context(article, claim, &file, findings);
}

/// What stands before and after a quote is there to find it again; where it differs, something is odd.
fn check_context(article: &Article, claim: &Claim, file: &str, findings: &mut Vec<Finding>) {
    for anchor in &claim.evidence {
        let (start, end) = (anchor.span.start as usize, anchor.span.end as usize);
        let before = article.text.get(..start).is_some_and(|text| text.ends_with(&*anchor.before));
        let after = article.text.get(end..).is_some_and(|text| text.starts_with(&*anchor.after));
        if !before || !after {
            let message = format!("claim {}: what stands around “{}” is not what was noted", claim.id, anchor.quote);
            findings.push(Finding::note(file, message));
        }
    }
}

/// Every span of a claim beside its evidence, with the words for it.
fn spans(claim: &Claim) -> Vec<(&'static str, Span)> {
    let reading = &claim.reading;
    let link = |what, link: &Option<crate::claim::Link>| link.and_then(|l| l.span).map(|span| (what, span));
    let mut spans = Vec::new();
    spans.extend(reading.count.span.map(|span| ("the count at", span)));
    spans.extend(reading.date.span.map(|span| ("the date at", span)));
    spans.extend(link("the count that it adds to, at", &reading.additive));
    spans.extend(link("the count that it is a part of, at", &reading.part_of));
    spans.extend(link("the count that it refers to, at", &reading.refers_to));
    spans.extend(reading.confirms.iter().map(|span| ("a count that it confirms, at", *span)));
    spans.extend(claim.trace.values().flat_map(|p| &p.evidence).map(|span| ("a reason at", *span)));
    spans
}

fn check_references(project: &OpenedProject, findings: &mut Vec<Finding>) {
    let workspace = &project.workspace;
    for decision in workspace.decisions.values() {
        let slug = super::paths::slug(&decision.stamp.by);
        let file = Part::Layer(decision.suggestion.article.clone()).path(&slug);
        if let Verdict::Accepted { claim } = &decision.verdict
            && !workspace.claims.contains_key(claim)
        {
            let message = format!("“{}” was accepted as claim {claim}, which is gone", decision.suggestion.reading);
            findings.push(Finding::note(&file, message));
        }
        let record = workspace.articles.get(&decision.suggestion.article);
        if record.is_some_and(|record| record.text_sha256 != decision.text_sha256) {
            let message = format!("“{}” was decided on another text of the article", decision.suggestion.reading);
            findings.push(Finding::note(&file, message));
        }
    }
    for ruling in workspace.rulings.values() {
        let file = Part::Rulings.path(&super::paths::slug(&ruling.stamp.by));
        // A ruling may also speak of a suggestion on which nothing is decided yet.
        let gone = |claim: &&ClaimId| !claim.is_provisional() && !workspace.claims.contains_key(*claim);
        for claim in ruling.op.claims().into_iter().filter(gone) {
            let message = format!("ruling {} ({}) names claim {claim}, which is gone", ruling.id.0, ruling.op.label());
            findings.push(Finding::note(&file, message));
        }
    }
}

/// Entries of the codebook that have the same name: which of them counts, nobody can tell.
fn check_codebook(disk: &dyn Disk, project: &OpenedProject, findings: &mut Vec<Finding>) {
    let file = Part::Codebook.path("");
    if matches!(disk.look(&project.root.join(&file)), Ok(None)) {
        findings.push(Finding::note(&file, "there is none; the built-in codebook is used"));
    }
    let codebook = &project.workspace.codebook;
    let lists: [(&str, Vec<&Name>); 3] = [
        ("categories", codebook.categories.iter().map(|category| &category.id).collect()),
        ("parties", codebook.parties.iter().map(|party| &party.name).collect()),
        ("sources", codebook.sources.iter().map(|source| &source.name).collect()),
    ];
    for (list, names) in lists {
        let mut known = BTreeSet::new();
        for (place, name) in names.into_iter().enumerate().filter(|(_, name)| !known.insert(*name)) {
            let message = format!("“{name}” is in the list twice");
            findings.push(Finding::damage(FileError::field(&file, format!("{list}[{place}]"), message)));
        }
    }
}

/// Folders among the articles that are none: left behind when a machine went down while an article was
/// added, or what is left of one whose record is gone.
fn check_folders(disk: &dyn Disk, project: &OpenedProject, findings: &mut Vec<Finding>) {
    for (name, kind) in disk.list(&project.root.join("articles")).unwrap_or_default() {
        let record = format!("articles/{name}/article.ron");
        let is_article = kind == EntryKind::Folder && !name.starts_with('.');
        if is_article && matches!(disk.look(&project.root.join(&record)), Ok(None)) {
            findings.push(Finding::note(record, "it is missing, so that the folder is no article; it is left alone"));
        }
    }
}

/// Lines of the audit trail that do not read. One that was cut off when a machine went down is ended
/// and written again behind it, so that this loses nothing; anything else is somebody's doing.
fn check_history(disk: &dyn Disk, project: &OpenedProject, findings: &mut Vec<Finding>) {
    for analyst in &project.analysts {
        let file = history::file(&super::paths::slug(analyst));
        match history::read(disk, &project.root, analyst) {
            Ok((_, 0)) => {}
            Ok((_, unread)) => {
                let lines = if unread == 1 { "1 line does".to_owned() } else { format!("{unread} lines do") };
                findings.push(Finding::note(file, format!("{lines} not read; the rest of the audit trail does")));
            }
            Err(error) => findings.push(Finding::damage(error)),
        }
    }
}

/// The current version was checked when it was opened; the others are kept, and must be sound too.
fn check_older_versions(disk: &dyn Disk, project: &OpenedProject, findings: &mut Vec<Finding>) {
    for (id, versions) in &project.versions {
        let current = project.workspace.articles.get(id).map_or(0, |record| record.version);
        for version in versions.iter().filter(|version| version.number != current) {
            let files = [
                (format!("articles/{id}/{}", version.source), &version.sha256),
                (format!("articles/{id}/v{}/text.txt", version.number), &version.text_sha256),
            ];
            for (file, expected) in files {
                let wrong = match Seen::read(disk, &project.root, &file, super::article_files::ARTICLE_LIMIT) {
                    Ok(Some((_, seen))) if seen.sha256 == *expected => continue,
                    Ok(Some(_)) => FileError::whole(file, "its bytes are not those that were kept: the hash differs"),
                    Ok(None) => FileError::whole(file, "it is missing"),
                    Err(error) => error,
                };
                findings.push(Finding::damage(wrong));
            }
        }
    }
}
