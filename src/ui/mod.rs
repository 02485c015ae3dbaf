//! The window: the four places, menu and status line. Reads the session, pushes requests, and
//! lets [`App`] carry them out after drawing.

pub mod actions;
pub mod fonts;
pub mod panels;
pub mod reader;
pub mod state;
pub mod theme;
pub mod widgets;

use crate::session::Session;
use state::{Chosen, Request, UiState, View};

/// The window's application.
#[derive(Debug, Default)]
pub struct App {
    session: Session,
    state: UiState,
    reader: reader::Reader,
    inspector: panels::inspector::Inspector,
    reconciliation: panels::reconciliation::ReconciliationPanel,
}

impl App {
    /// A window on a session.
    pub fn new(session: Session) -> Self {
        Self { session, ..Self::default() }
    }

    /// The project shown, for tests.
    pub fn session(&self) -> &Session {
        &self.session
    }

    /// The project shown, for tests.
    pub fn session_mut(&mut self) -> &mut Session {
        &mut self.session
    }

    /// Draws the window and carries out what was asked.
    pub fn show(&mut self, ui: &mut egui::Ui) {
        let Self { session, state, reader, inspector, reconciliation } = self;
        session.poll();
        let mut requests = Vec::new();
        let mut view = View { session, state, theme: theme::Theme::of(ui.ctx()), requests: &mut requests };
        egui::Panel::bottom("reconciliation")
            .resizable(true)
            .default_size(300.0)
            .show(ui, |ui| reconciliation.show(ui, &mut view));
        egui::Panel::right("inspector")
            .resizable(true)
            .default_size(316.0)
            .show(ui, |ui| inspector.show(ui, &mut view));
        egui::CentralPanel::default().show(ui, |ui| reader.show(ui, &mut view));
        for request in requests {
            self.carry_out(request);
        }
    }

    fn carry_out(&mut self, request: Request) {
        match request {
            Request::Run(command) => self.session.run(command),
            Request::ShowArticle(article) => self.state.article = Some(article),
            Request::Jump(article, span) => {
                self.state.article = Some(article);
                self.state.jump = Some(span);
            }
            Request::Choose(chosen) => self.state.chosen = chosen,
            Request::ShowClaim(claim) => self.state.chosen = Chosen::Claim(claim),
            Request::ShowSuggestion(key) => self.state.chosen = Chosen::Suggestion(key),
            Request::Select(selection) => self.state.selection = selection,
            Request::ShowFact(fact) => self.state.fact = fact,
            Request::Focus(place) => self.state.focus = Some(place),
            Request::Act(_) => {}
        }
    }
}
