//! The files of one article: its record, its source and the texts of its versions, checked against their hashes.

use std::path::Path;
use std::sync::Arc;

use super::conflict;
use super::disk::Disk;
use super::layout::{ArticleFile, Part, VersionFile};
use super::notation::{self, FileError, Strictness};
use super::opened::Finding;
use super::paths::hash;
use super::save::Seen;
use crate::article::{self, Article, Markup, OldText, Positions, ReadOptions, RepairView};
use crate::claim::{ArticleId, ArticleRecord, Name};

/// The largest source or text of an article that is read, in bytes. Texts can grow as they are
/// decoded, so this is more than an article may have when it is added.
pub(super) const ARTICLE_LIMIT: u64 = 128 << 20;

/// What became of one article's folder.
pub(super) struct FoundArticle {
    pub(super) id: ArticleId,
    pub(super) outcome: Result<(ArticleFile, ArticleRecord), FileError>,
    pub(super) article: Option<Arc<Article>>,
    pub(super) findings: Vec<Finding>,
    pub(super) seen: Option<(String, Seen)>,
    pub(super) conflicting: bool,
}

/// Reads one article's folder; `None` where it has no `article.ron`: left over, not an article.
pub(super) fn read_article(
    disk: &dyn Disk,
    root: &Path,
    id: ArticleId,
    strictness: Strictness,
) -> Option<FoundArticle> {
    let file = Part::Article(id.clone()).path("");
    let mut found = FoundArticle {
        id,
        outcome: Err(FileError::whole(&file, "")),
        article: None,
        findings: Vec::new(),
        seen: None,
        conflicting: false,
    };
    let bytes = match Seen::read(disk, root, &file, notation::LIMIT) {
        Ok(Some((bytes, seen))) => {
            found.seen = Some((file.clone(), seen));
            bytes
        }
        Ok(None) => return None,
        Err(error) => {
            found.outcome = Err(error);
            return Some(found);
        }
    };
    found.outcome = conflict::read_as::<ArticleFile>(&file, &bytes, strictness).and_then(|(parsed, conflicting)| {
        if conflicting {
            found.findings.push(Finding::note(&file, conflict::JOINED));
            found.conflicting = true;
        }
        let (record, version) = parsed.record(&file, &found.id)?;
        found.article = read_text(disk, root, &record, version, &mut found.findings);
        Ok((parsed, record))
    });
    Some(found)
}

/// The current text of an article, checked against its hashes. What is damaged becomes a finding;
/// one sound copy of two is enough.
pub(super) fn read_text(
    disk: &dyn Disk,
    root: &Path,
    record: &ArticleRecord,
    version: &VersionFile,
    findings: &mut Vec<Finding>,
) -> Option<Arc<Article>> {
    let mut sound = |file: String, expected: &str| {
        let wrong = match Seen::read(disk, root, &file, ARTICLE_LIMIT) {
            Ok(Some((bytes, seen))) if *seen.sha256 == *expected => return Some(bytes),
            Ok(Some(_)) => FileError::whole(file, "its bytes are not those that were opened: the hash differs"),
            Ok(None) => FileError::whole(file, "it is missing"),
            Err(error) => error,
        };
        findings.push(Finding::damage(wrong));
        None
    };
    let folder = format!("articles/{}", record.id);
    let source = sound(format!("{folder}/{}", version.source), &version.sha256);
    let text_file = format!("{folder}/v{}/text.txt", version.number);
    let text = sound(text_file.clone(), &version.text_sha256);
    let reread = source.as_deref().and_then(|bytes| reread(record, bytes));
    let article = match (reread, text) {
        (Some(article), _) => article,
        (None, Some(text)) => match String::from_utf8(text) {
            Ok(text) => of_text(record, text.into()),
            Err(_) => {
                findings.push(Finding::damage(FileError::whole(text_file, "not UTF-8")));
                return None;
            }
        },
        (None, None) => return None,
    };
    Some(Arc::new(sharing(article, record)))
}

/// An article with what its record says in the same words.
fn sharing(article: Article, record: &ArticleRecord) -> Article {
    let same = |name: Name, recorded: &Name| if name == *recorded { recorded.clone() } else { name };
    Article {
        id: record.id.clone(),
        name: same(article.name, &record.name),
        sha256: same(article.sha256, &record.sha256),
        text_sha256: same(article.text_sha256, &record.text_sha256),
        reader: same(article.reader, &record.reader),
        metadata: if article.metadata == record.metadata { record.metadata.clone() } else { article.metadata },
        ..article
    }
}

/// Reads the source again, as it was read when it was added; `None` where no way of reading gives
/// the same text (a newer reader may see more in a file than an older one did).
fn reread(record: &ArticleRecord, source: &[u8]) -> Option<Article> {
    let recorded = ReadOptions::of_record(record);
    let by_hand = ReadOptions { encoding: Some(record.encoding.clone()), ..ReadOptions::default() };
    let whole = ReadOptions { whole_page: true, ..ReadOptions::default() };
    let both = ReadOptions { whole_page: true, ..by_hand.clone() };
    [recorded, ReadOptions::default(), by_hand, whole, both]
        .iter()
        .filter_map(|options| article::read(&record.name, source, options).ok())
        .find(|article| article.text_sha256 == record.text_sha256)
}

/// An article of its stored text alone: without markup, repairs, and what the file said of itself.
fn of_text(record: &ArticleRecord, text: Arc<str>) -> Article {
    Article {
        id: record.id.clone(),
        name: record.name.clone(),
        format: article::Format::Text,
        sha256: record.sha256.clone(),
        text_sha256: record.text_sha256.clone(),
        encoding: article::Encoding { name: record.encoding.clone(), reason: record.encoding_reason.clone() },
        reader: record.reader.clone(),
        positions: Positions::new(&text),
        foreign: article::Languages::of_plain(&text).foreign,
        markup: Markup::of_plain(&text),
        repairs: RepairView::default(),
        metadata: record.metadata.clone(),
        remarks: vec![article::Remark {
            span: None,
            text: "Shown from the stored text: this version of the program reads the file differently.".to_owned(),
        }],
        text,
    }
}

/// The hash of what a file holds, for those who compare.
pub(super) fn digest(bytes: &[u8]) -> Name {
    hash(bytes).into()
}

/// The text of any version of an article, where it is there and sound.
pub(super) fn version_text(disk: &dyn Disk, root: &Path, id: &ArticleId, version: &VersionFile) -> Option<OldText> {
    let file = format!("articles/{id}/v{}/text.txt", version.number);
    let (bytes, seen) = Seen::read(disk, root, &file, ARTICLE_LIMIT).ok()??;
    let text = String::from_utf8(bytes).ok().filter(|_| seen.sha256 == version.text_sha256)?;
    Some(OldText { version: version.number, text_sha256: seen.sha256, text: text.into() })
}

/// The number of the next version of an article: behind all that have a folder, whether they are
/// listed or not.
pub fn next_version(disk: &dyn Disk, root: &Path, record: &ArticleRecord) -> u32 {
    let folder = root.join("articles").join(&*record.id.0);
    let names = disk.list(&folder).unwrap_or_default();
    let numbers = names.iter().filter_map(|(name, _)| name.strip_prefix('v')?.parse::<u32>().ok());
    numbers.fold(record.version, u32::max).saturating_add(1)
}

/// The text of an article as a record has it, from the project's folder: one that is not current.
pub fn read_version(disk: &dyn Disk, root: &Path, record: &ArticleRecord) -> Option<Arc<Article>> {
    let file = ArticleFile::of(record, &[]);
    read_text(disk, root, record, file.versions.first()?, &mut Vec::new())
}

/// The bytes of an article as a record has it, from the project's folder.
///
/// # Errors
/// Where they cannot be read, or are not those that were opened.
pub fn read_source(disk: &dyn Disk, root: &Path, record: &ArticleRecord) -> Result<Vec<u8>, FileError> {
    let file = format!("articles/{}/{}", record.id, super::layout::source_name(&record.name, record.version));
    match Seen::read(disk, root, &file, ARTICLE_LIMIT)? {
        Some((bytes, seen)) if seen.sha256 == record.sha256 => Ok(bytes),
        Some(_) => Err(FileError::whole(file, "its bytes are not those that were opened: the hash differs")),
        None => Err(FileError::whole(file, "it is missing")),
    }
}
