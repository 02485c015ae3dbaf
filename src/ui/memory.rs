//! What the window takes over from the last time, and what it notes for the next.

use super::remembered::{Left, Remembered};
use super::{App, state, theme};

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
        self.sizes.clone_from(&remembered.sizes);
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
        let kept = self.kept.as_ref();
        let now = Remembered {
            look: self.state.look,
            zoom: ctx.zoom_factor(),
            folded: self.state.folded.clone(),
            threshold: self.state.threshold,
            sizes: self.sizes.clone(),
            keys: self.state.keys.clone(),
            // Its size changes with every frame while an edge of it is dragged: written when it is left.
            window: kept.and_then(|kept| kept.window),
            maximized: kept.is_some_and(|kept| kept.maximized),
            left: self.left.clone(),
        };
        if self.kept.as_ref() != Some(&now) {
            self.session.set_ui_settings(now.write());
            self.kept = Some(now);
        }
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
        if let (Some(project), Some(article)) = (self.returned.0.clone(), self.state.article.clone()) {
            Remembered::note_left(&mut self.left, Left { project, article, byte: self.reader.top() });
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
