//! What the window takes over from the last time, and what it notes for the next.

use super::remembered::{Left, Remembered};
use super::{App, state, theme};

/// Window state is written when it has rested for so many seconds.
const REST: f64 = 1.0;

impl App {
    /// Takes over what was remembered of the window. Called between passes.
    pub fn restore(&mut self, ctx: &egui::Context) {
        let remembered = Remembered::read(self.session.ui_settings()).unwrap_or_else(|| {
            let text =
                "How the window looked could not be read; it looks as it does at first. Projects are not affected.";
            self.session.say(text.to_owned());
            Remembered::default()
        });
        self.left.clone_from(&remembered.left);
        self.size = (remembered.window, remembered.maximized);
        if remembered.maximized {
            ctx.send_viewport_cmd(egui::ViewportCommand::Maximized(true));
        } else if let Some((width, height)) = remembered.window {
            self.resize = Some((egui::vec2(width, height), 2));
        }
        self.state.look = remembered.look;
        self.state.folded.clone_from(&remembered.folded);
        self.state.threshold = remembered.threshold;
        self.sizes = super::sizes::Sizes::restored(&remembered.sizes, remembered.room);
        self.state.keys.clone_from(&remembered.keys);
        theme::set_look(ctx, remembered.look);
        ctx.set_zoom_factor(remembered.zoom);
        self.kept = Some(remembered);
    }

    /// Gives the session what is to be remembered of the window, where that has changed.
    pub(super) fn remember(&mut self, ctx: &egui::Context) {
        // Not while an edge is being dragged: once it is let go.
        if ctx.input(|input| input.pointer.any_down()) {
            return;
        }
        self.note_size(ctx);
        let mut left = self.left.clone();
        if let Some(here) = self.here() {
            Remembered::note_left(&mut left, here);
        }
        let (window, maximized) = self.size;
        let (sizes, room) = self.sizes.kept();
        let now = Remembered {
            look: self.state.look,
            zoom: ctx.zoom_factor(),
            folded: self.state.folded.clone(),
            threshold: self.state.threshold,
            sizes,
            room,
            keys: self.state.keys.clone(),
            window,
            maximized,
            left,
        };
        let time = ctx.input(|input| input.time);
        if self.kept.as_ref() == Some(&now) {
            self.changing = None;
            return;
        }
        // Sizes and places change with every frame while something is dragged or scrolled: they are
        // written once they rest, and so are still there when the program ends in no good way.
        match &self.changing {
            Some((changed, since)) if *changed == now => {
                let rested = time - since;
                if rested >= REST {
                    self.session.set_ui_settings(now.write());
                    self.kept = Some(now);
                    self.changing = None;
                } else {
                    ctx.request_repaint_after_secs((REST - rested) as f32 + 0.01);
                }
            }
            _ => {
                self.changing = Some((now, time));
                ctx.request_repaint_after_secs(REST as f32 + 0.01);
            }
        }
    }

    /// Where the project that is open is being read.
    fn here(&self) -> Option<Left> {
        let (project, returned) = &self.returned;
        let (project, article) = (project.clone().filter(|_| *returned)?, self.state.article.clone()?);
        Some(Left { project, article, byte: self.reader.top() })
    }

    /// Notes how large the window is.
    fn note_size(&mut self, ctx: &egui::Context) {
        let zoom = ctx.zoom_factor(); // asked for outside: inside the context is locked
        let (size, maximized) = ctx.input(|input| {
            let viewport = input.viewport();
            (viewport.inner_rect.map(|rect| rect.size() * zoom), viewport.maximized)
        });
        self.size.1 = maximized.unwrap_or(self.size.1);
        // A window that fills the screen returns to the size that it had before.
        if let Some(size) = size.filter(|_| !self.size.1 && self.resize.is_none()) {
            self.size.0 = Some((size.x.round(), size.y.round()));
        }
    }

    /// Gives the window the size that it had, once the zoom is that of before, too.
    pub(super) fn resize(&mut self, ctx: &egui::Context) {
        match &mut self.resize {
            Some((size, 0)) => {
                ctx.send_viewport_cmd(egui::ViewportCommand::InnerSize(*size / ctx.zoom_factor()));
                self.resize = None;
            }
            Some((_, passes)) => {
                *passes -= 1;
                ctx.request_repaint();
            }
            None => {}
        }
    }

    /// Notes where the project is left, so that it is shown there again.
    pub fn leave(&mut self) {
        if let Some(here) = self.here() {
            Remembered::note_left(&mut self.left, here);
        }
        if let Some((changed, _)) = self.changing.take() {
            self.kept = Some(changed);
        }
        if let Some(kept) = &mut self.kept {
            kept.left.clone_from(&self.left);
            (kept.window, kept.maximized) = self.size;
            self.session.set_ui_settings(kept.write());
        }
    }

    /// Shows the place at which a project was left that is opened again.
    pub(super) fn return_to_place(&mut self) {
        let folder = self.session.project_folder();
        if self.returned.0.as_deref() != folder {
            let folder = folder.map(std::path::Path::to_path_buf);
            self.leave();
            self.returned = (folder, false);
        }
        if self.returned.1 || self.session.workspace().articles.is_empty() {
            return;
        }
        self.returned.1 = true;
        let Some(project) = &self.returned.0 else { return };
        let left = Remembered::left_of(&self.left, project).cloned();
        if let Some(left) = left.filter(|left| self.session.workspace().articles.contains_key(&left.article)) {
            self.state.article = Some(left.article);
            self.state.chosen = state::Chosen::Nothing;
            self.reader.begin_at(left.byte);
        }
    }
}
