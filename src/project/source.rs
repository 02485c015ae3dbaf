//! Which files are meant by the paths that somebody names, and their bytes as articles.
//!
//! The window and the command line ask here alike, so that both mean the same files by the same
//! names.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use rayon::prelude::*;
use walkdir::WalkDir;

use super::disk::{Disk as _, EntryKind, RealDisk, describe};
use super::load::project_folder;
use crate::article::{Article, Format, ReadError, ReadOptions, split};
use crate::claim::Name;

/// A file that is to be read as an article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// What the article is called: its path relative to the folder that was named, with `/`; the
    /// base name of a file that was named itself.
    pub name: String,
    /// Where it lies.
    pub path: PathBuf,
}

/// How many entries of folders were passed over, by reason.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Skipped {
    /// Names that begin with a point.
    pub hidden: usize,
    /// Symbolic links.
    pub links: usize,
    /// Pipes, devices, sockets.
    pub pipes: usize,
    /// Names whose ending is not that of a document.
    pub endings: usize,
    /// Tables, which may hold articles and may not: they are opened where somebody names them.
    pub tables: usize,
    /// Folders that are projects of their own.
    pub projects: usize,
}

impl Skipped {
    /// "skipped: 2 hidden, 1 link"; `None` where nothing was.
    pub fn sentence(&self) -> Option<String> {
        let Self { hidden, links, pipes, endings, tables, projects } = *self;
        let counted = |n: usize, one: &str, many: &str| match n {
            0 => None,
            1 => Some(format!("1 {one}")),
            n => Some(format!("{n} {many}")),
        };
        let parts: Vec<_> = [
            counted(hidden, "hidden", "hidden"),
            counted(links, "link", "links"),
            counted(pipes, "pipe or device", "pipes or devices"),
            counted(endings, "name with another ending", "names with another ending"),
            counted(tables, "table (name it to open its rows)", "tables (name one to open its rows)"),
            counted(projects, "project", "projects"),
        ]
        .into_iter()
        .flatten()
        .collect();
        (!parts.is_empty()).then(|| format!("skipped: {}", parts.join(", ")))
    }
}

/// What the paths that somebody named come to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sources {
    /// Files to be read, in the order of the paths; those of a folder in byte order of their names.
    pub files: Vec<Source>,
    /// Projects among the paths, by their folders.
    pub projects: Vec<PathBuf>,
    /// What was passed over in folders.
    pub skipped: Skipped,
    /// Paths that could not be looked at, with the reason.
    pub problems: Vec<ReadError>,
}

/// Finds the files that are meant by some paths. A folder is walked recursively, without following
/// links; a file that is named itself is taken whatever its ending.
pub fn find(paths: &[PathBuf]) -> Sources {
    let mut sources = Sources::default();
    for path in paths {
        let shown: Name = path.display().to_string().into();
        let failed = |message: String| ReadError { name: shown.clone(), message };
        // What somebody names may be a link; what lies in a folder may not.
        let real = match fs::canonicalize(path) {
            Ok(real) => real,
            Err(error) => {
                sources.problems.push(failed(in_words(&error)));
                continue;
            }
        };
        if let Some(folder) = project_folder(&RealDisk, &real) {
            sources.projects.push(folder);
            continue;
        }
        match RealDisk.look(&real) {
            Ok(Some(look)) if look.kind == EntryKind::Folder => walk(&real, &mut sources),
            Ok(Some(look)) if look.kind == EntryKind::File => {
                let name = path.file_name().or(real.file_name()).map(|name| name.to_string_lossy().into_owned());
                sources.files.push(Source { name: name.unwrap_or_else(|| shown.to_string()), path: real });
            }
            Ok(Some(look)) => sources.problems.push(failed(format!("this is {}, not a file", describe(look.kind)))),
            Ok(None) => sources.problems.push(failed("there is no such file".to_owned())),
            Err(error) => sources.problems.push(failed(in_words(&error))),
        }
    }
    sources
}

fn walk(root: &Path, sources: &mut Sources) {
    let mut found = Vec::new();
    let mut entries = WalkDir::new(root).min_depth(1).follow_links(false).into_iter();
    while let Some(entry) = entries.next() {
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) => {
                let path = error.path().unwrap_or(root).display().to_string();
                let message = error.io_error().map_or_else(|| error.to_string(), in_words);
                sources.problems.push(ReadError { name: path.into(), message });
                continue;
            }
        };
        let kind = entry.file_type();
        if entry.file_name().to_string_lossy().starts_with('.') {
            sources.skipped.hidden += 1;
            if kind.is_dir() {
                entries.skip_current_dir();
            }
        } else if kind.is_symlink() {
            sources.skipped.links += 1;
        } else if kind.is_dir() {
            if project_folder(&RealDisk, entry.path()).is_some() {
                sources.skipped.projects += 1;
                entries.skip_current_dir();
            }
        } else if !kind.is_file() {
            sources.skipped.pipes += 1;
        } else {
            let name = relative(root, entry.path());
            match Format::of_name(&name) {
                None => sources.skipped.endings += 1,
                Some(format) if format.is_table() => sources.skipped.tables += 1,
                Some(_) => found.push(Source { name, path: entry.into_path() }),
            }
        }
    }
    found.sort_by(|a, b| a.name.as_bytes().cmp(b.name.as_bytes()));
    sources.files.extend(found);
}

fn relative(root: &Path, path: &Path) -> String {
    let below = path.strip_prefix(root).unwrap_or(path);
    below.iter().map(|part| part.to_string_lossy()).collect::<Vec<_>>().join("/")
}

fn in_words(error: &std::io::Error) -> String {
    match error.kind() {
        std::io::ErrorKind::NotFound => "there is no such file or folder".to_owned(),
        std::io::ErrorKind::PermissionDenied => "you may not read it".to_owned(),
        _ => error.to_string(),
    }
}

/// Articles that were read, and what could not be.
#[derive(Clone, Debug, Default)]
pub struct Loaded {
    /// In the order of the sources; byte-identical files are one article, under the first name.
    pub articles: Vec<(Source, Article)>,
    /// How many files were left out because their bytes are those of another.
    pub repeated: usize,
    /// Files, and rows of tables, that could not be read, with the reason.
    pub problems: Vec<ReadError>,
    /// What is to be said of tables: which column was taken for the text.
    pub notes: Vec<String>,
}

/// Reads the bytes of one file.
///
/// # Errors
/// Where the system refuses, or the file is longer than the options allow.
pub fn bytes_of(source: &Source, options: &ReadOptions) -> Result<Vec<u8>, ReadError> {
    let failed = |message: String| ReadError { name: source.name.as_str().into(), message };
    if let Ok(Some(look)) = RealDisk.look(&source.path)
        && look.kind == EntryKind::File
        && let Some(message) = options.too_long(&source.name, usize::try_from(look.len).unwrap_or(usize::MAX))
    {
        return Err(failed(message));
    }
    RealDisk.read(&source.path, options.limit_for(&source.name) as u64).map_err(|error| failed(in_words(&error)))
}

/// An article of a file, with the bytes that it was read from: those of the file, or of its row alone.
pub type ReadSource = (Source, Vec<u8>, Article);

/// Reads one file as the articles that it holds, on all processors where there are many.
///
/// # Errors
/// Where the file cannot be read at all; what is wrong with single rows of a table stands beside them.
pub fn read_file(
    source: &Source,
    options: &ReadOptions,
) -> Result<(Vec<Result<ReadSource, ReadError>>, Option<String>), ReadError> {
    let bytes = bytes_of(source, options)?;
    let mut split = split(&source.name, &bytes, options)?;
    let parts = std::mem::take(&mut split.parts);
    let mut articles: Vec<_> = parts
        .into_par_iter()
        .map(|part| {
            let article = split.read(&part)?;
            let source = Source { name: part.name.to_string(), path: source.path.clone() };
            Ok((source, part.bytes.into_owned(), article))
        })
        .collect();
    articles.extend(split.problems.drain(..).map(Err));
    Ok((articles, split.note.take().map(|note| format!("{}: {note}", source.name))))
}

/// Reads files as articles, on all processors. `done` is told of each file that is finished, from
/// any thread and in any order.
pub fn load(sources: &[Source], options: &ReadOptions, done: impl Fn() + Sync) -> Loaded {
    let read: Vec<_> = sources
        .par_iter()
        .map(|source| {
            let read = read_file(source, options);
            done();
            read
        })
        .collect();
    let mut loaded = Loaded::default();
    let mut seen: BTreeMap<Name, ()> = BTreeMap::new();
    for file in read {
        let (articles, note) = match file {
            Ok(file) => file,
            Err(error) => {
                loaded.problems.push(error);
                continue;
            }
        };
        loaded.notes.extend(note);
        for article in articles {
            match article {
                Ok((_, _, article)) if seen.insert(article.sha256.clone(), ()).is_some() => loaded.repeated += 1,
                Ok((source, _, article)) => loaded.articles.push((source, article)),
                Err(error) => loaded.problems.push(error),
            }
        }
    }
    loaded
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        for (name, text) in files {
            let path = folder.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        folder
    }

    fn names(sources: &Sources) -> Vec<&str> {
        sources.files.iter().map(|source| source.name.as_str()).collect()
    }

    #[test]
    fn a_folder_is_walked_in_byte_order_of_relative_paths() {
        let folder = folder(&[
            ("b.txt", "1"),
            ("a/z.md", "2"),
            ("a.txt", "3"),
            ("B.HTML", "4"),
            ("a/b/c.text", "5"),
            (".hidden.txt", "6"),
            (".git/x.txt", "7"),
            ("data.csv", "8"),
            ("a/picture.png", "9"),
            ("old/project.ron", "()"),
            ("old/articles/x.txt", "10"),
        ]);
        let sources = find(&[folder.path().to_path_buf()]);
        assert_eq!(names(&sources), ["B.HTML", "a.txt", "a/b/c.text", "a/z.md", "b.txt"]);
        assert_eq!(sources.problems, []);
        assert_eq!(
            sources.skipped.sentence().as_deref(),
            Some("skipped: 2 hidden, 1 name with another ending, 1 table (name it to open its rows), 1 project")
        );
        assert_eq!(Skipped::default().sentence(), None);
    }

    #[test]
    fn a_file_that_is_named_is_taken_by_its_base_name() {
        let folder = folder(&[("a/x.txt", "1"), ("a/notes.dat", "2"), ("p/project.ron", "()")]);
        let path = |name: &str| folder.path().join(name);
        let sources = find(&[path("a/notes.dat"), path("a/x.txt"), path("p"), path("none.txt")]);
        assert_eq!(names(&sources), ["notes.dat", "x.txt"]);
        assert_eq!(sources.projects.len(), 1);
        assert!(sources.problems[0].message.contains("no such file"), "{:?}", sources.problems);
    }

    #[cfg(unix)]
    #[test]
    fn links_and_pipes_are_not_followed() {
        let folder = folder(&[("x.txt", "1")]);
        let link = folder.path().join("link.txt");
        std::os::unix::fs::symlink(folder.path().join("x.txt"), &link).unwrap();
        std::os::unix::fs::symlink(folder.path(), folder.path().join("loop")).unwrap();
        let socket = folder.path().join("s.txt");
        let _listener = std::os::unix::net::UnixListener::bind(&socket).unwrap();
        let sources = find(&[folder.path().to_path_buf()]);
        assert_eq!(names(&sources), ["x.txt"]);
        assert_eq!((sources.skipped.links, sources.skipped.pipes), (2, 1));
        // A link that is named is what it leads to; a socket is nothing to read.
        assert_eq!(names(&find(&[link])), ["link.txt"]);
        assert_eq!(find(&[socket]).problems.len(), 1);
    }

    #[test]
    fn a_table_that_is_named_is_an_article_for_each_row() {
        let folder =
            folder(&[("in/reports.csv", "title,text\nA,Forty bodies.\nB,\nC,Forty bodies.\nA,Forty bodies.\n")]);
        let sources = find(&[folder.path().join("in/reports.csv")]);
        let loaded = load(&sources.files, &ReadOptions::default(), || {});
        let names: Vec<_> = loaded.articles.iter().map(|(source, article)| (&*source.name, &*article.name)).collect();
        let one = "reports.csv/reports-1.csv";
        assert_eq!(names, [(one, one), ("reports.csv/reports-3.csv", "reports.csv/reports-3.csv")]);
        assert_eq!((loaded.repeated, loaded.problems.len()), (1, 1));
        assert_eq!(loaded.notes, ["reports.csv: the text is taken from column “text”, guessed by its name"]);
    }

    #[test]
    fn identical_files_are_one_under_the_first_name() {
        let folder = folder(&[("b.txt", "same"), ("a.txt", "same"), ("c.txt", "other"), ("d.txt", "\u{89}PNG")]);
        fs::write(folder.path().join("d.txt"), b"\x89PNG\r\n\x1a\n").unwrap();
        let sources = find(&[folder.path().to_path_buf()]);
        let count = std::sync::atomic::AtomicUsize::new(0);
        let loaded = load(&sources.files, &ReadOptions::default(), || {
            count.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        });
        let names: Vec<_> = loaded.articles.iter().map(|(_, article)| &*article.name).collect();
        assert_eq!((names, loaded.repeated), (vec!["a.txt", "c.txt"], 1));
        assert_eq!(&*loaded.problems[0].name, "d.txt");
        assert_eq!(count.into_inner(), 4);
        let options = ReadOptions { max_bytes: 4, ..ReadOptions::default() };
        let loaded = load(&sources.files, &options, || {});
        assert!(loaded.problems.iter().any(|error| &*error.name == "c.txt" && error.message.contains("limit")));
    }
}
