//! Choosing files: the system's dialogs, off the window's thread, and what stands in for them in
//! tests and where the system has none. The only place that knows rfd.

use std::future::Future;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, channel};
use std::task::{Context, Poll, Wake, Waker};
use std::time::{Duration, Instant};

use crate::article::Format;
use crate::formats::FORMATS;

/// What files are chosen for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// Articles to open, several at once.
    Articles,
    /// A folder of articles.
    Folder,
    /// A project's folder.
    Project,
    /// Where a project is saved.
    SaveAs,
    /// A table of outlets and dates.
    Metadata,
    /// The corrected version of an article.
    Replacement,
    /// Where a dataset goes; the number is the format's place in the list of formats.
    Export(u8),
    /// Where a picture of the facts goes.
    Picture,
}

impl Purpose {
    /// The title of the dialog.
    pub fn title(self) -> &'static str {
        match self {
            Self::Articles => "Open articles",
            Self::Folder => "Open folder of articles",
            Self::Project => "Open project",
            Self::SaveAs => "Save project as",
            Self::Metadata => "Import table of outlets and dates",
            Self::Replacement => "Replace article by a corrected version",
            Self::Export(_) => "Export dataset",
            Self::Picture => "Save view as picture",
        }
    }

    /// What is to be typed where there is no dialog.
    pub fn hint(self) -> &'static str {
        match self {
            Self::Articles => "Paths of texts, pages, e-mails, documents or tables, one a line",
            Self::Folder => "Path of a folder",
            Self::Project => "Path of a project folder",
            Self::SaveAs => "Path of a new folder for the project",
            Self::Metadata => "Path of a CSV file",
            Self::Replacement => "Path of the corrected article",
            Self::Export(place) => match FORMATS.get(usize::from(place)) {
                Some(format) if format.files.len() > 1 => "Path of a folder for the tables",
                _ => "Path of the new file",
            },
            Self::Picture => "Path of the new SVG file",
        }
    }

    /// Whether something is written there rather than read.
    pub fn writes(self) -> bool {
        matches!(self, Self::SaveAs | Self::Export(_) | Self::Picture)
    }

    /// Whether several paths may be chosen.
    pub fn several(self) -> bool {
        self == Self::Articles
    }
}

/// What came of a dialog.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// These paths.
    Chosen(Purpose, Vec<PathBuf>),
    /// Nothing.
    Cancelled,
    /// The system has no dialog to offer.
    Unavailable(Purpose),
}

/// What lets a user choose files.
pub trait Dialogs: std::fmt::Debug {
    /// Opens a dialog. `suggested` is a name for what is saved. `wake` is called once there is an answer.
    fn ask(&mut self, purpose: Purpose, suggested: &str, wake: Box<dyn FnOnce() + Send>);

    /// The answer, once there is one.
    fn answer(&mut self) -> Option<Answer>;
}

/// The system's dialogs.
#[derive(Debug, Default)]
pub struct SystemDialogs {
    open: Option<Receiver<Answer>>,
}

/// A dialog that closes sooner than this without an answer was never shown: no hand is so quick.
const NEVER_SHOWN: Duration = Duration::from_millis(300);

impl Dialogs for SystemDialogs {
    fn ask(&mut self, purpose: Purpose, suggested: &str, wake: Box<dyn FnOnce() + Send>) {
        if self.open.is_some() {
            return;
        }
        // Made here, waited for elsewhere: on macOS a dialog is made on the window's thread.
        let dialog = future(purpose, suggested);
        let (sender, receiver) = channel();
        let work = move || {
            let asked = Instant::now();
            let answer = match wait(dialog) {
                Some(paths) if !paths.is_empty() => Answer::Chosen(purpose, paths),
                _ if asked.elapsed() < NEVER_SHOWN => Answer::Unavailable(purpose),
                _ => Answer::Cancelled,
            };
            // The window may be gone by now, and nobody is left to be told.
            if sender.send(answer).is_ok() {
                wake();
            }
        };
        if std::thread::Builder::new().name("file dialog".to_owned()).spawn(work).is_ok() {
            self.open = Some(receiver);
        }
    }

    fn answer(&mut self) -> Option<Answer> {
        let answer = self.open.as_ref()?.try_recv().ok()?;
        self.open = None;
        Some(answer)
    }
}

type Paths = std::pin::Pin<Box<dyn Future<Output = Option<Vec<PathBuf>>> + Send>>;

fn future(purpose: Purpose, suggested: &str) -> Paths {
    let dialog = rfd::AsyncFileDialog::new().set_title(purpose.title());
    let one = |handle: Option<rfd::FileHandle>| handle.map(|handle| vec![handle.path().to_owned()]);
    match purpose {
        Purpose::Articles => {
            let endings: Vec<&str> = Format::ALL.iter().flat_map(|format| format.extensions()).copied().collect();
            let dialog = dialog.add_filter("Articles", &endings).add_filter("All files", &["*"]).pick_files();
            Box::pin(async {
                dialog.await.map(|handles| handles.iter().map(|handle| handle.path().to_owned()).collect())
            })
        }
        Purpose::Folder | Purpose::Project => {
            let dialog = dialog.pick_folder();
            Box::pin(async move { one(dialog.await) })
        }
        Purpose::SaveAs => {
            let dialog = dialog.set_file_name(suggested).set_can_create_directories(true).save_file();
            Box::pin(async move { one(dialog.await) })
        }
        Purpose::Export(place) => {
            let format = FORMATS.get(usize::from(place));
            // Several files go into a folder, one has a name of its own.
            match format.filter(|format| format.files.len() == 1) {
                None => {
                    let dialog = dialog.set_can_create_directories(true).pick_folder();
                    Box::pin(async move { one(dialog.await) })
                }
                Some(format) => {
                    let name = format!("{suggested}.{}", format.extension);
                    let dialog = dialog.set_file_name(name).add_filter(format.label, &[format.extension]).save_file();
                    Box::pin(async move { one(dialog.await) })
                }
            }
        }
        Purpose::Picture => {
            let name = format!("{suggested}.svg");
            let dialog = dialog.set_file_name(name).add_filter("SVG", &["svg"]).save_file();
            Box::pin(async move { one(dialog.await) })
        }
        Purpose::Replacement => {
            let dialog = dialog.pick_file();
            Box::pin(async move { one(dialog.await) })
        }
        Purpose::Metadata => {
            let dialog = dialog.add_filter("Tables", &["csv", "tsv"]).add_filter("All files", &["*"]).pick_file();
            Box::pin(async move { one(dialog.await) })
        }
    }
}

/// Waits for a future on this thread.
fn wait<T>(mut future: std::pin::Pin<Box<dyn Future<Output = T> + Send>>) -> T {
    struct Unpark(std::thread::Thread);
    impl Wake for Unpark {
        fn wake(self: Arc<Self>) {
            self.0.unpark();
        }
    }
    let waker = Waker::from(Arc::new(Unpark(std::thread::current())));
    let mut context = Context::from_waker(&waker);
    loop {
        if let Poll::Ready(value) = future.as_mut().poll(&mut context) {
            return value;
        }
        std::thread::park();
    }
}

/// Typed paths: one a line where several may be given, quotes around and `~` before resolved.
pub fn typed_paths(text: &str, several: bool) -> Vec<PathBuf> {
    let lines: Vec<&str> = if several { text.lines().collect() } else { vec![text] };
    let path = |line: &str| {
        let line = line.trim().trim_matches(['"', '\'']);
        let line = line.strip_prefix("file://").unwrap_or(line);
        if line.is_empty() {
            return None;
        }
        let home = line.strip_prefix("~/").zip(std::env::home_dir());
        Some(home.map_or_else(|| PathBuf::from(line), |(rest, home)| home.join(rest)))
    };
    lines.into_iter().filter_map(path).collect()
}

/// Answers given in advance, for tests.
#[derive(Debug, Default)]
pub struct Scripted {
    /// Answers, in order.
    pub answers: std::collections::VecDeque<Answer>,
    /// What was asked.
    pub asked: Vec<Purpose>,
    ready: bool,
}

impl Scripted {
    /// Answers in the order in which they are asked for.
    pub fn new(answers: impl IntoIterator<Item = Answer>) -> Self {
        Self { answers: answers.into_iter().collect(), ..Self::default() }
    }
}

impl Dialogs for Scripted {
    fn ask(&mut self, purpose: Purpose, _suggested: &str, wake: Box<dyn FnOnce() + Send>) {
        self.asked.push(purpose);
        self.ready = true;
        wake();
    }

    fn answer(&mut self) -> Option<Answer> {
        if !std::mem::take(&mut self.ready) {
            return None;
        }
        Some(self.answers.pop_front().unwrap_or(Answer::Cancelled))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_read_as_they_are_typed_or_pasted() {
        for (text, several, expected) in [
            ("a.md", false, vec!["a.md"]),
            ("  \"my files/a.md\" ", false, vec!["my files/a.md"]),
            ("a.md\n\nb.txt\n", true, vec!["a.md", "b.txt"]),
            ("file:///tmp/a.html", true, vec!["/tmp/a.html"]),
            ("   ", true, vec![]),
        ] {
            assert_eq!(typed_paths(text, several), expected.iter().map(PathBuf::from).collect::<Vec<_>>(), "{text}");
        }
    }

    #[test]
    fn a_future_that_another_thread_completes_is_waited_for() {
        struct Later(Option<std::thread::JoinHandle<()>>, Arc<std::sync::atomic::AtomicBool>);
        impl Future for Later {
            type Output = u8;
            fn poll(mut self: std::pin::Pin<&mut Self>, context: &mut Context<'_>) -> Poll<u8> {
                if self.1.load(std::sync::atomic::Ordering::SeqCst) {
                    return Poll::Ready(7);
                }
                let (waker, done) = (context.waker().clone(), self.1.clone());
                self.0.get_or_insert_with(|| {
                    std::thread::spawn(move || {
                        done.store(true, std::sync::atomic::Ordering::SeqCst);
                        waker.wake();
                    })
                });
                Poll::Pending
            }
        }
        assert_eq!(wait(Box::pin(Later(None, Arc::default()))), 7);
    }
}
