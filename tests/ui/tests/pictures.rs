//! Pictures of the window, compared pixel by pixel with those that README and guide show. After a
//! change of how the window looks, `UPDATE_GOLDEN=1 cargo test --test pictures` draws them anew; the
//! difference is looked at like any other.

use std::path::PathBuf;
use std::sync::Arc;

use egui::{Key, Modifiers, Vec2, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use tallymark::project::disk::RealDisk;
use tallymark::project::{Places, Settings, Setup};
use tallymark::session::{Command, Environment, Session};
use tallymark::ui::App;
use tallymark_ui_tests::paper::{Picture, Textures, draw};
use tallymark_ui_tests::sample_project;

/// Of so many pixels of a thousand, a colour may differ.
const MOST: f64 = 0.5;

/// A window that can be drawn.
struct Studio {
    harness: Harness<'static, App>,
    textures: Textures,
    size: Vec2,
    /// The sample project's copy, as long as it is needed.
    _folder: Option<tempfile::TempDir>,
}

impl Studio {
    /// The window on a session, so many points large.
    fn new(session: Session, size: Vec2) -> Self {
        let textures = Textures::default();
        let builder = Harness::builder().with_size(size).with_step_dt(0.05).with_max_steps(60);
        let builder = builder.renderer(textures.clone());
        let mut harness = builder.build_eframe(|_| App::new(session));
        harness.run();
        Self { harness, textures, size, _folder: None }
    }

    /// The window on the finished sample project.
    fn sample(size: Vec2) -> Self {
        let (folder, path) = sample_project();
        // With folders of its own, so that all is saved, as it is for a user.
        let user = folder.path().join("user");
        let setup = Setup { disk: Arc::new(RealDisk), places: Places::below(&user) };
        let settings = Settings { analyst: Some("Mara Lindholm".into()), ..Settings::default() };
        settings.save(&setup).expect("saved");
        let mut session = Session::start(Environment { setup: Some(setup), ..Environment::in_memory() });
        session.run(Command::OpenProject(path));
        session.settle();
        Self { _folder: Some(folder), ..Self::new(session, size) }
    }

    /// The window on the articles of that project, nothing being decided.
    fn articles(size: Vec2) -> Self {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../samples/articles");
        let mut paths: Vec<PathBuf> =
            std::fs::read_dir(folder).expect("samples").filter_map(|entry| Some(entry.ok()?.path())).collect();
        paths.sort();
        let files: Vec<(String, Vec<u8>)> = (paths.iter().take(8))
            .map(|path| {
                let name = path.file_name().expect("a file").to_string_lossy().into_owned();
                (name, std::fs::read(path).expect("readable"))
            })
            .collect();
        let files: Vec<(&str, &[u8])> = files.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())).collect();
        let mut session = Session::new("Mara Lindholm");
        session.add_articles(&files);
        Self::new(session, size)
    }

    fn press(&mut self, modifiers: Modifiers, key: Key) -> &mut Self {
        self.harness.key_press_modifiers(modifiers, key);
        self.harness.run();
        self
    }

    fn command(&mut self, words: &str) -> &mut Self {
        self.press(Modifiers::COMMAND, Key::K);
        self.harness.event(egui::Event::Text(words.to_owned()));
        self.harness.run();
        self.press(Modifiers::NONE, Key::Enter)
    }

    fn draw(&mut self) -> Picture {
        // Whatever moves has come to rest.
        self.harness.run_steps(8);
        let output = self.harness.output();
        let scale = output.pixels_per_point;
        let primitives = self.harness.ctx.tessellate(output.shapes.clone(), scale);
        let size = self.size * scale;
        let ground = self.harness.ctx.global_style().visuals.panel_fill;
        draw(&primitives, &self.textures, (size.x.round() as usize, size.y.round() as usize), scale, ground)
    }

    /// Compares the window with the picture of a name, or draws that anew where it is asked for.
    fn check(&mut self, name: &str) {
        let picture = self.draw();
        let path = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/pictures")).join(name);
        if std::env::var_os("UPDATE_GOLDEN").is_some() {
            return picture.write(&path).expect("written");
        }
        let kept = Picture::read(&path).unwrap_or_else(|error| panic!("{error}"));
        let differs = picture.differs(&kept);
        if differs > MOST {
            let new = std::env::temp_dir().join(name);
            picture.write(&new).expect("written");
            panic!("{name}: {differs:.2} of a thousand pixels differ; see {}", new.display());
        }
    }
}

const SIZE: Vec2 = vec2(1280.0, 800.0);

#[test]
fn the_window_in_both_looks() {
    let mut studio = Studio::sample(SIZE);
    studio.command("look light");
    studio.press(Modifiers::NONE, Key::N).press(Modifiers::NONE, Key::N).press(Modifiers::NONE, Key::F);
    studio.check("window.png");
    studio.command("look dark");
    studio.check("window-dark.png");
}

#[test]
fn suggestions_one_by_one_and_in_a_list() {
    let mut studio = Studio::articles(SIZE);
    studio.command("look light");
    studio.press(Modifiers::NONE, Key::Tab).press(Modifiers::NONE, Key::Tab);
    studio.check("suggestion.png");
    studio.press(Modifiers::COMMAND | Modifiers::SHIFT, Key::L);
    studio.press(Modifiers::NONE, Key::ArrowDown);
    studio.press(Modifiers::NONE, Key::Space).press(Modifiers::NONE, Key::ArrowDown).press(Modifiers::NONE, Key::Space);
    studio.check("suggestions.png");
}

#[test]
fn the_codebook() {
    let mut studio = Studio::sample(SIZE);
    studio.command("look light");
    studio.press(Modifiers::COMMAND | Modifiers::SHIFT, Key::K);
    studio.check("codebook.png");
}

#[test]
fn a_search_through_all_articles() {
    let mut studio = Studio::sample(SIZE);
    studio.command("look light");
    studio.press(Modifiers::COMMAND | Modifiers::SHIFT, Key::F);
    studio.harness.event(egui::Event::Text("ministry".to_owned()));
    studio.harness.run();
    studio.harness.get_by_label("Next").click();
    studio.harness.run();
    studio.check("search.png");
}

#[test]
fn the_smallest_window_twice_as_large() {
    let mut studio = Studio::sample(vec2(1024.0, 640.0));
    studio.command("look dark");
    studio.check("smallest-dark.png");
}
