//! What the window tests share: a window without a display, on articles from memory.

pub mod paper;

use std::path::{Path, PathBuf};

use egui_kittest::Harness;
use tallymark::claim::ArticleId;
use tallymark::session::Session;
use tallymark::ui::App;
use tallymark::ui::dialogs::{Answer, Purpose, Scripted};

/// Two short articles about one exchange.
pub const EXCHANGE: [(&str, &str); 2] = [
    (
        "one.txt",
        "Bodies exchanged\n\nRussia handed over the bodies of 1,000 Ukrainian soldiers on Thursday.\n\nUkraine \
         returned the bodies of 38 Russian servicemen, the ministry said.\n",
    ),
    ("two.txt", "Handover\n\nKyiv received the remains of 1,000 soldiers on Thursday.\n"),
];

/// A window on articles, given by name and text.
pub fn harness_with(articles: &[(&str, &str)]) -> Harness<'static, App> {
    harness(articles, [])
}

/// A window on articles; dialogs answer as told, in order.
pub fn harness(articles: &[(&str, &str)], answers: impl IntoIterator<Item = Answer>) -> Harness<'static, App> {
    let mut session = Session::new("anna");
    let files: Vec<(&str, &[u8])> = articles.iter().map(|(name, text)| (*name, text.as_bytes())).collect();
    if !files.is_empty() {
        session.add_articles(&files);
    }
    let app = App::with_dialogs(session, Box::new(Scripted::new(answers)));
    let builder = Harness::builder().with_size(egui::vec2(1440.0, 900.0)).with_step_dt(0.05).with_max_steps(60);
    let mut harness = builder.build_eframe(|_| app);
    harness.run();
    harness
}

/// An answer that chooses these paths.
pub fn chosen(purpose: Purpose, paths: &[&str]) -> Answer {
    Answer::Chosen(purpose, paths.iter().map(PathBuf::from).collect())
}

/// The article of a file name.
pub fn article(app: &App, name: &str) -> ArticleId {
    let articles = &app.session().workspace().articles;
    articles.iter().find(|(_, record)| &*record.name == name).map(|(id, _)| id.clone()).expect("the article is there")
}

/// A copy of the finished sample project: the folder that goes with it, and its path.
pub fn sample_project() -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().expect("a folder");
    let to = folder.path().join("exchange");
    copy(Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../samples/exchange")), &to);
    (folder, to)
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).expect("a folder");
    for entry in std::fs::read_dir(from).expect("the sample is there") {
        let entry = entry.expect("an entry");
        let (path, to) = (entry.path(), to.join(entry.file_name()));
        if path.is_dir() {
            copy(&path, &to);
        } else {
            std::fs::copy(&path, &to).expect("copied");
        }
    }
}
